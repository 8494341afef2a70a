"""The overview: theme by year, each cell a filter; the numbers stand in the cells, so that it reads without colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Offset
from textual.reactive import reactive

from hrdash.filter import Filter, Years
from hrdash.model import Theme
from hrdash.tui.keys import Key
from hrdash.tui.screens.dialogs import Dialog
from hrdash.tui.widgets.one_line import Hint, OneLine, Part
from hrdash.tui.widgets.row_list import Row, RowList, fit

LABEL = 17
CELL = 6
SHADES = 4
"""Steps of shading from the fewest briefs to the most."""


class Head(OneLine):
    """What the overview shows; or the years above the columns of its grid."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"one-line--strong", "one-line--muted"}

    def __init__(self, of: str | Grid) -> None:
        super().__init__()
        self._of = of

    def parts(self, width: int) -> Sequence[Part]:
        if isinstance(self._of, str):
            return (Part(f" {fit(self._of, width - 1)}", "strong"),)
        names = ["all", *map(str, self._of.years)]
        return [Part(" " * LABEL), *(Part(names[at].rjust(CELL - 1) + " ", "muted") for at in self._of.columns)]


class Grid(RowList):
    """Counts by theme and year, a row a theme; the latest year stands first, beside the total."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"row-list--none", *(f"row-list--shade{step}" for step in range(SHADES))}
    CHOSEN_BY_ONE_CLICK = True
    WHOLE_ROWS = False

    column: reactive[int] = reactive(0)
    """The cursor's column; 0 is that of every year."""

    def __init__(self, themes: Sequence[Theme], counts: Mapping[str, Mapping[int, int]], latest: int) -> None:
        """The years stand from the `latest` back, and behind them what is planned for later."""
        super().__init__()
        self._themes = [("", "All themes"), *((theme.id, theme.label) for theme in themes)]
        years = {year for row in counts.values() for year, count in row.items() if year and count}
        self.years = sorted(years, key=lambda year: (year > latest, -year))
        self._counts = [[counts.get(id_, {}).get(year, 0) for year in (0, *self.years)] for id_, _ in self._themes]
        self._most = max((count for row in self._counts[1:] for count in row[1:]), default=1)

    @property
    def columns(self) -> range:
        """Those in sight: the cursor's is always among them."""
        room = max(1, (self.size.width - LABEL) // CELL)
        left = max(0, self.column - room + 1)
        return range(left, min(len(self.years) + 1, left + room))

    def chosen(self, asked: Filter) -> Filter:
        """A filter by the theme and the year of the cell under the cursor."""
        theme, year = self._themes[self.cursor][0], self.years[self.column - 1] if self.column else 0
        return asked._replace(themes=(theme,) if theme else (), years=(Years(year, year),) if year else ())

    @property
    def standing_at(self) -> Offset:
        return self.at_row(self.cursor, LABEL + (self.column - self.columns.start) * CELL)

    def count(self) -> int:
        return len(self._themes)

    def row(self, index: int, width: int) -> Row:
        cells = [(" " + fit(self._themes[index][1], LABEL - 1), "")]
        for column in self.columns:
            count = self._counts[index][column]
            text = f"{count:,}" if count else "·"
            text = text if cell_len(text) < CELL else f"{count // 1000}k"
            shade = f"shade{min(SHADES - 1, (count * SHADES - 1) // self._most)}" if index and column else ""
            here = (index, column) == (self.cursor, self.column)
            cells.append((text.rjust(CELL - 1) + " ", "cursor" if here else shade if count else "none"))
        return tuple(cells)

    def step(self, right: int) -> None:
        """Move the cursor to the side, as far as there are cells."""
        self.column = min(max(0, self.column + right), len(self.years))

    def on_click(self, event: events.Click) -> None:
        column = self.columns.start + (event.x - LABEL) // CELL
        if event.x < LABEL or column > len(self.years):
            event.prevent_default()
        else:
            self.column = column


class Overview(Dialog[Filter]):
    """Opens over the dashboard, and gives back a filter by the cell that was chosen."""

    AUTO_FOCUS = "Grid"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "step(-1)", show=False),
        Binding("right,l", "step(1)", show=False),
        Binding("enter,space", "choose", show=False),
    ]

    def __init__(self, caption: str, grid: Grid, asked: Filter, keys: Sequence[Key]) -> None:
        super().__init__(keys, "filter.overview")
        self._caption = caption
        self._grid = grid
        self._asked = asked

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog -reader"):
            yield Head(self._caption)
            yield Head(self._grid)
            yield self._grid
            yield Hint("arrows move, Enter filters by this cell", self.back)

    def on_row_list_chosen(self) -> None:
        self.action_choose()

    def action_step(self, right: int) -> None:
        self._grid.step(right)
        self.query(Head).refresh()

    def action_choose(self) -> None:
        self.dismiss(self._grid.chosen(self._asked))
