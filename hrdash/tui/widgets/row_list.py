"""A list of any number of rows, one line each: a row is asked for when it comes into sight, and only then."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.style import Style
from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from hrdash.tui.segments import safe_segment
from hrdash.tui.widgets.line_scroll import LineScroll

Row = tuple[tuple[str, str], ...]
"""Runs of text, each with a role: the name of a component class of the list."""


def fit(text: str, width: int) -> str:
    """A text in exactly `width` cells: padded, or cut with `…`."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return text + " " * (width - cell_len(text))
    return set_cell_size(set_cell_size(text, width - 1).rstrip() + "…", width)


class RowList(LineScroll, can_focus=True):
    """A virtual list on Textual's Line API; subclasses say how many rows there are and what stands in each."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "row-list--cursor", "row-list--cursor-blurred", "row-list--marks", "row-list--muted",
        "row-list--heading", "row-list--match", "row-list--accent",
    }  # fmt: skip

    CHOSEN_BY_ONE_CLICK: ClassVar[bool] = False
    """Whether a click on a row chooses it, and not only a click on the row under the cursor."""
    WHOLE_ROWS: ClassVar[bool] = True
    """Whether the cursor is drawn over the whole of its row."""

    cursor: reactive[int] = reactive(0, repaint=False)
    """The row that the cursor stands on."""

    @dataclass
    class OfRow(Message):
        """Something about a row."""

        rows: RowList
        index: int

        @property
        def control(self) -> RowList:
            return self.rows

    class Highlighted(OfRow):
        """The cursor came to stand on another row."""

    class Chosen(OfRow):
        """A row was chosen: by Enter, or by a click on the row under the cursor."""

    def count(self) -> int:
        """How many rows there are."""
        return 0

    def row(self, index: int, width: int) -> Row:
        """What stands in a row, in at most `width` cells."""
        return ()

    def can_stand(self, index: int) -> bool:
        """Whether the cursor may stand on a row; not on headings."""
        return True

    def renew(self, cursor: int = 0, top: int | None = None) -> None:
        """Draw rows that have changed, with the cursor on one of them and, if given, `top` the first in sight."""
        self.sized(self.count())
        last = max(0, self.count() - 1)
        self.set_reactive(RowList.cursor, min(max(0, cursor), last))
        if top is not None:
            self.scroll_to_row(top)
        self._into_sight()
        self.refresh()

    def move(self, step: int) -> None:  # over rows on which the cursor cannot stand
        last = max(0, self.count() - 1)
        aim = min(max(0, self.cursor + step), last)
        onward, back = range(aim, last + 1), range(aim, -1, -1)
        for wanted in chain(onward, back) if step > 0 else chain(back, onward):
            if wanted < self.count() and self.can_stand(wanted):
                self.cursor = wanted
                break
        self._into_sight()

    def turn(self, step: float) -> None:
        self.move(round(step * max(1, self.size.height)) or (1 if step > 0 else -1))

    def end(self, last: bool) -> None:
        self.move(self.count() if last else -self.count())

    def watch_cursor(self, before: int, now: int) -> None:
        self.refresh_line(before)
        self.refresh_line(now)
        self._into_sight()
        if self.count():
            self.post_message(self.Highlighted(self, now))

    def on_resize(self, event: events.Resize) -> None:
        self.sized(self.count())
        self._into_sight()

    def on_click(self, event: events.Click) -> None:
        index = event.y + self.scroll_offset.y
        if 0 <= index < self.count() and self.can_stand(index):
            again = index == self.cursor
            self.cursor = index
            if again or self.CHOSEN_BY_ONE_CLICK:
                self.post_message(self.Chosen(self, index))

    def on_focus(self) -> None:
        self.refresh_line(self.cursor)

    on_blur = on_focus

    def render_line(self, y: int) -> Strip:
        index, width = y + self.scroll_offset.y, self.size.width
        base = self.rich_style
        if index >= self.count() or width <= 0:
            return Strip.blank(max(0, width), base)
        over = index == self.cursor and self.WHOLE_ROWS and self.can_stand(index)
        if over:
            base = self.get_component_rich_style("row-list--cursor" + "-blurred" * (not self.shows_focus))
        segments = []
        for text, role in self.row(index, width):
            style = self.get_component_rich_style(f"row-list--{role}") if role and not over else base
            segments.append(safe_segment(text, style + Style(underline=True) if role == "match" and over else style))
        return Strip(segments).adjust_cell_length(width, base)

    @property
    def standing_at(self) -> Offset:
        """Where on the screen the row under the cursor begins."""
        return self.at_row(self.cursor)

    @property
    def shows_focus(self) -> bool:
        """Whether the cursor is drawn as the one that keys move."""
        return self.has_focus

    def _into_sight(self) -> None:
        heading = self.size.height > 1 and 0 < self.cursor < self.count() and not self.can_stand(self.cursor - 1)
        self.into_sight(self.cursor - heading, self.cursor)
