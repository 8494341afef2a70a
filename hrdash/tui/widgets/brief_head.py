"""What stands around the page: over it which brief it is, of how many, and how far it has been read; its border."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from hrdash.tui.widgets.bar import FILL, Bar, Part, width_of
from hrdash.tui.widgets.row_list import fit

PLACE_WIDTH = 31
"""Cells of the line that are not the title's: the place among the briefs and on the page, and the margins."""


class BriefHead(Bar):
    """One line that stays when the page is scrolled."""

    heading: reactive[str] = reactive("")
    place: reactive[tuple[int, int]] = reactive((0, 0))
    """Which of how many briefs this is, from 1."""
    read: reactive[int | None] = reactive(None)
    """How much of the page is above the lower edge, in per cent; `None` where all of it is in sight."""
    shown_below: reactive[bool] = reactive(False)
    """Whether the title is in sight on the page itself."""

    def parts(self, width: int) -> Sequence[Part]:
        at, total = self.place
        facts = [f"{at:,} of {total:,}"] if total else []
        seen = " seen" if width > 2 * PLACE_WIDTH else ""
        facts += [f"{self.read} %{seen}"] if self.read is not None else []
        right = [Part(f"  {' · '.join(facts)} ", "muted")] if facts else []
        heading = "" if self.shown_below else self.heading
        title = fit(heading, max(0, min(width - width_of(right) - 2, cell_len(heading))))
        return (Part("  "), Part(title, "strong"), FILL, *right)


class BriefPane(Widget):
    """Holds the page, and tells where its left border is dragged to."""

    ALLOW_SELECT = False
    _dragged = False

    class Dragged(Message):
        """The border is wanted elsewhere."""

        def __init__(self, x: int) -> None:
            """`x` is the cell of the screen."""
            super().__init__()
            self.x = x

    def on_mouse_down(self, event: events.MouseDown) -> None:
        if event.screen_x == self.region.x < self.content_region.x:
            self._dragged = True
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._dragged:
            self.post_message(self.Dragged(event.screen_x))

    def on_mouse_up(self) -> None:
        if self._dragged:
            self._dragged = False
            self.release_mouse()
