"""The overview: theme by year, each cell a filter; the numbers stand in the cells, so that it reads without colour."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Offset, Size
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Input

from hrdash.characters import fold
from hrdash.filter import Filter, Years
from hrdash.model import Theme
from hrdash.tui.keys import Key
from hrdash.tui.screens.dialogs import Dialog
from hrdash.tui.widgets.bar import FILL, Bar, Part
from hrdash.tui.widgets.filter_bar import Field
from hrdash.tui.widgets.hint import Hint
from hrdash.tui.widgets.row_list import Row, RowList, fit

LABEL, LEAST_LABEL = 17, 8
"""Cells of a theme's label, and those that it keeps for the sake of two cells beside it."""
CELL = 6
SHADES = 4
"""Steps of shading from the fewest briefs to the most."""


class Head(Bar):
    """The years above the columns of a grid."""

    def __init__(self, grid: Grid) -> None:
        super().__init__()
        self._grid = grid

    def parts(self, width: int) -> Sequence[Part]:
        names = ["all", *map(str, self._grid.years)]
        columns = self._grid.columns
        years = [Part(names[at].rjust(CELL - 1) + " ", "muted") for at in columns]
        back = Part("‹", "muted", ("screen.page", (-1,))) if columns.start else Part(" ")
        more = [Part("›", "muted", ("screen.page", (1,)))] if columns.stop < len(names) else []
        return [Part(" " * (self._grid.label - 1)), back, *years, FILL, *more]


class Grid(RowList):
    """Counts by theme and year, a row a theme; the latest year stands first, beside the total."""

    CHOSEN_BY_ONE_CLICK = True
    WHOLE_ROWS = False

    column: reactive[int] = reactive(0)
    """The cursor's column; 0 is that of every year."""

    class Counted(Message):
        """The cells are known."""

    def __init__(self, themes: Sequence[Theme], latest: int) -> None:
        """The years stand from the `latest` back, and behind them what is planned for later."""
        super().__init__()
        self._themes = [("", "All themes"), *((theme.id, theme.label) for theme in themes)]
        self._latest = latest
        self.years: list[int] = []
        self._counts: list[list[int]] = [[] for _ in self._themes]
        self._most = 1

    def show(self, counts: Mapping[str, Mapping[int, int]]) -> None:
        """Show the cells, once they are counted."""
        years = {year for row in counts.values() for year, count in row.items() if year and count}
        self.years = sorted(years, key=lambda year: (year > self._latest, -year))
        self._counts = [[counts.get(id_, {}).get(year, 0) for year in (0, *self.years)] for id_, _ in self._themes]
        self._most = max((count for row in self._counts[1:] for count in row[1:]), default=1)
        if self.is_attached:
            self.post_message(self.Counted())

    @property
    def label(self) -> int:
        """Cells of a theme's label, and of the blank before it."""
        return min(LABEL, max(LEAST_LABEL, self.size.width - 2 * CELL))

    @property
    def columns(self) -> range:
        """Those in sight: the cursor's is always among them."""
        room = max(1, (self.size.width - self.label) // CELL)
        left = max(0, self.column - room + 1)
        return range(left, min(len(self.years) + 1, left + room))

    def chosen(self, asked: Filter) -> Filter:
        """A filter by the theme and the year of the cell under the cursor."""
        theme, year = self._themes[self.cursor][0], self.years[self.column - 1] if self.column else 0
        return asked._replace(themes=(theme,) if theme else (), years=(Years(year, year),) if year else ())

    @property
    def standing_at(self) -> Offset:
        return self.at_row(self.cursor, self.label + (self.column - self.columns.start) * CELL)

    def count(self) -> int:
        return len(self._themes)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return self.count()

    def row(self, index: int, width: int) -> Row:
        cells = [(" " + fit(self._themes[index][1], self.label - 1), "")]
        for column in self.columns if self._counts[index] else ():
            count = self._counts[index][column]
            text = f"{count:,}" if count else "·"
            text = text if cell_len(text) < CELL else f"{count // 1000}k"
            shade = f"shade{min(SHADES - 1, (count * SHADES - 1) // self._most)}" if index and column else ""
            here = (index, column) == (self.cursor, self.column)
            cells.append((text.rjust(CELL - 1) + " ", "cell" if here else shade if count else "line"))
        return tuple(cells)

    def stand_at(self, typed: str) -> None:
        """Put the cursor on the theme whose name begins with the letters typed, and on the year that ends in the
        digits: `w4` is Women in 2024."""
        year, name = "".join(re.findall(r"\d+", typed)), " ".join(re.findall(r"[^\W\d]+", fold(typed)))
        names = [fold(label) for _, label in self._themes]
        rows = [at for at, label in enumerate(names) if label.startswith(name)]
        rows += [at for at, label in enumerate(names) if name in label]
        self.column = next((at for at, one in enumerate(self.years, 1) if year and f"{one:04}".endswith(year)), 0)
        self.cursor = next(iter(rows), 0)

    def step(self, right: int) -> None:
        """Move the cursor to the side, as far as there are cells."""
        self.column = min(max(0, self.column + right), len(self.years))

    def page(self, right: int) -> None:
        """Move the cursor to the years that come next, as many as there is room for."""
        seen = self.columns
        self.step((seen.stop + len(seen) - 1 if right > 0 else seen.start - 1) - self.column)

    def on_click(self, event: events.Click) -> None:
        column = self.columns.start + (event.x - self.label) // CELL
        if event.x < self.label or column > len(self.years):
            event.prevent_default()
        else:
            self.column = column


class CellField(Field):
    """What is typed here moves the cursor of a grid, and it is there that the terminal's own stands."""

    def __init__(self, grid: Grid, caption: str) -> None:
        super().__init__("a theme or a year", "cell", (f"{caption}; type either", "type a theme or a year"))
        self._grid = grid

    @property
    def standing_at(self) -> Offset:
        """Where on the screen the cell under the cursor is."""
        return self._grid.standing_at


class Overview(Dialog[Filter]):
    """Opens over the dashboard, and gives back a filter by the cell that was chosen."""

    AUTO_FOCUS = "Field"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False, priority=True),
        Binding("right", "step(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
    ]

    def __init__(self, caption: str, grid: Grid, asked: Filter, keys: Sequence[Key]) -> None:
        super().__init__(keys)
        self._caption = caption
        self._grid = grid
        self._asked = asked

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog -reader"):
            yield CellField(self._grid, self._caption)
            yield Head(self._grid)
            yield self._grid
            yield Hint("arrows move, or type; Enter filters by this cell", self.back)

    @on(Input.Changed)
    @on(Grid.Counted)
    def _typed(self) -> None:
        self._grid.stand_at(self.query_one(Field).value)
        self._grid.refresh()
        self.query_one(Head).refresh()

    @on(Field.Left)
    def _left(self, event: Field.Left) -> None:
        self.dismiss(self._grid.chosen(self._asked) if event.done else None)

    def on_row_list_chosen(self) -> None:
        self.dismiss(self._grid.chosen(self._asked))

    def action_step(self, right: int) -> None:
        self._grid.step(right)
        self.query(Head).refresh()

    def action_page(self, right: int) -> None:
        self._grid.page(right)
        self.query(Head).refresh()
