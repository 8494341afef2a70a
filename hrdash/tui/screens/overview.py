"""The overview: theme by year, each cell a filter; the numbers stand in the cells, so that it reads without colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from hrdash.filter import Years
from hrdash.model import Theme
from hrdash.tui.keys import Key
from hrdash.tui.screens.dialogs import Dialog
from hrdash.tui.segments import safe_segment
from hrdash.tui.widgets.line_scroll import LineScroll
from hrdash.tui.widgets.one_line import Hint, OneLine, Part
from hrdash.tui.widgets.row_list import fit

LABEL = 17
CELL = 6
SHADES = 4
"""Steps of shading from the fewest briefs to the most."""


class Cell(NamedTuple):
    """A theme (empty: every theme) and a year (0: every year)."""

    theme: str
    year: int

    @property
    def years(self) -> tuple[Years, ...]:
        """The cell's year as a filter has it."""
        return (Years(self.year, self.year),) if self.year else ()


class Grid(LineScroll, can_focus=True):
    """Counts by theme and year; the latest year stands first, beside the total."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "grid--label", "grid--head", "grid--cursor", "grid--none", *(f"grid--shade{step}" for step in range(SHADES)),
    }  # fmt: skip

    cursor: reactive[tuple[int, int]] = reactive((0, 0), repaint=True)
    """Row (0: every theme) and column (0: every year)."""

    @dataclass
    class Chosen(Message):
        """A cell was chosen."""

        cell: Cell

    def __init__(
        self, themes: Sequence[Theme], counts: Mapping[str, Mapping[int, int]], totals: Mapping[str, int], latest: int
    ) -> None:
        """The years stand from the `latest` back, and behind them what is planned for later."""
        super().__init__()
        self._rows = [("", "All themes"), *((theme.id, theme.label) for theme in themes)]
        self._counts = counts
        self._totals = totals
        years = {year for row in counts.values() for year, count in row.items() if count}
        self.years = sorted(years, key=lambda year: (year > latest, -year))
        self._most = max((count for row, _ in self._rows[1:] for count in counts.get(row, {}).values()), default=1)

    def count(self, row: int, column: int) -> int:
        """The briefs of a cell."""
        theme = self._rows[row][0]
        return self._totals.get(theme, 0) if column == 0 else self._counts.get(theme, {}).get(self.years[column - 1], 0)

    def cell(self) -> Cell:
        """The cell under the cursor."""
        row, column = self.cursor
        return Cell(self._rows[row][0], self.years[column - 1] if column else 0)

    @property
    def standing_at(self) -> Offset:
        """Where on the screen the cell under the cursor begins."""
        row, column = self.cursor
        return self.at_row(row + 1, LABEL + (column - self._left) * CELL)

    def on_mount(self) -> None:
        self._sized()

    def on_resize(self, event: events.Resize) -> None:
        self._sized()

    def step(self, down: int, right: int) -> None:
        """Move the cursor, as far as there are cells."""
        row, column = self.cursor
        self.cursor = (
            min(max(0, row + down), len(self._rows) - 1), min(max(0, column + right), len(self.years)),
        )  # fmt: skip

    def watch_cursor(self) -> None:
        row = self.cursor[0]
        height = max(1, self.size.height - 1)
        top = self.scroll_offset.y
        if row < top or row >= top + height:
            self.scroll_to_row(row if row < top else row - height + 1)

    def on_click(self, event: events.Click) -> None:
        row = event.y - 1 + self.scroll_offset.y
        column = self._left + (event.x - LABEL) // CELL
        if event.y > 0 and event.x >= LABEL and row < len(self._rows) and column <= len(self.years):
            self.cursor = (row, column)
            self.post_message(self.Chosen(self.cell()))

    def render_line(self, y: int) -> Strip:
        width, base = self.size.width, self.rich_style
        columns = range(self._left, min(len(self.years) + 1, self._left + max(1, (width - LABEL) // CELL)))
        head = self.get_component_rich_style("grid--head")
        if y == 0:
            names = ["all" if column == 0 else str(self.years[column - 1]) for column in columns]
            segments = [
                safe_segment(" " * LABEL, base),
                *(safe_segment(name.rjust(CELL - 1) + " ", head) for name in names),
            ]
            return Strip(segments).adjust_cell_length(width, base)
        row = y - 1 + self.scroll_offset.y
        if row >= len(self._rows):
            return Strip.blank(width, base)
        segments = [
            safe_segment(" " + fit(self._rows[row][1], LABEL - 1), self.get_component_rich_style("grid--label"))
        ]
        for column in columns:
            count = self.count(row, column)
            text = f"{count:,}" if count else "·"
            text = text if cell_len(text) < CELL else f"{count // 1000}k"
            name = "cursor" if (row, column) == self.cursor else self._shade(row, column, count)
            segments += [safe_segment(text.rjust(CELL - 1) + " ", self.get_component_rich_style(f"grid--{name}"))]
        return Strip(segments).adjust_cell_length(width, base)

    @property
    def _left(self) -> int:
        """The first column in sight: the cursor's is always among them."""
        room = max(1, (self.size.width - LABEL) // CELL)
        return max(0, self.cursor[1] - room + 1)

    def _shade(self, row: int, column: int, count: int) -> str:
        if not count:
            return "none"
        if not row or not column:
            return "label"
        return f"shade{min(SHADES - 1, (count * SHADES - 1) // self._most)}"

    def _sized(self) -> None:
        self.sized(len(self._rows) + 1)


class Caption(OneLine):
    """What the overview shows."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"one-line--strong"}

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words

    def parts(self, width: int) -> Sequence[Part]:
        return (Part(f" {fit(self._words, width - 1)}", "strong"),)


class Overview(Dialog[Cell]):
    """Opens over the dashboard, and gives back the cell that was chosen."""

    AUTO_FOCUS = "Grid"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "step(0, -1)", show=False),
        Binding("right,l", "step(0, 1)", show=False),
        Binding("enter,space", "choose", show=False),
    ]

    def __init__(
        self, caption: str, themes: Sequence[Theme], counts: Mapping[str, Mapping[int, int]], totals: Mapping[str, int],
        latest: int, keys: Sequence[Key],
    ) -> None:  # fmt: skip
        super().__init__()
        self._caption = caption
        self._back = next((key.shown for key in keys if key.id == "app.back"), "")
        self._grid = Grid(themes, counts, totals, latest)
        moves = {"down": "step(1, 0)", "up": "step(-1, 0)", "first": "step(-999, 0)", "last": "step(999, 0)"}
        closing = dict.fromkeys(("app.back", "app.quit", "filter.overview"), "close")
        self.bind_actions(keys, {**{f"move.{name}": action for name, action in moves.items()}, **closing})

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog -reader"):
            yield Caption(self._caption)
            yield self._grid
            yield Hint("arrows move, Enter filters by this cell", self._back)

    def on_grid_chosen(self, event: Grid.Chosen) -> None:
        self.dismiss(event.cell)

    def action_step(self, down: int, right: int) -> None:
        self._grid.step(down, right)

    def action_choose(self) -> None:
        self.dismiss(self._grid.cell())
