"""What the Line API widgets share: a content whose size changes without laying out the whole screen again."""

from __future__ import annotations

from rich.style import Style
from textual.geometry import Offset, Region
from textual.scroll_view import ScrollView
from textual.strip import Strip

from hrdash.tui.base_app import set_rows


class LineScroll(ScrollView, inherit_bindings=False, inherit_css=False):
    """A scroll view of rows that are drawn when they come into sight; arrows move the cursor, and not the view."""

    base: Style
    """What its lines are drawn in: the same for all of them, and long to work out."""

    def render_lines(self, crop: Region) -> list[Strip]:
        self.base = self.rich_style
        return super().render_lines(crop)

    def sized(self, rows: int) -> None:
        """Say how many rows there are."""
        set_rows(self, rows)

    def at_row(self, row: int, column: int = 0) -> Offset:
        """Where a row is on the screen, or where this widget begins when it is not in sight."""
        region, seen = self.content_region, row - self.scroll_offset.y
        inside = 0 <= seen < region.height and column < region.width
        return region.offset + (Offset(column, seen) if inside else Offset(0, 0))

    def scroll_to_row(self, row: int) -> None:
        """Put a row at the top, at once."""
        self.scroll_to(y=row, animate=False, force=True, immediate=True)

    def into_sight(self, first: int, last: int) -> None:
        """Scroll as far as it takes to see these rows, or the first of them."""
        top, height = self.scroll_offset.y, max(1, self.size.height)
        if first < top or last - first >= height:
            self.scroll_to_row(first)
        elif last >= top + height:
            self.scroll_to_row(last - height + 1)

    def move(self, step: int) -> None:
        """Move the cursor by so many rows, or what stands for rows here."""

    def turn(self, step: float) -> None:
        """Move by pages."""

    def end(self, last: bool) -> None:
        """Move to the first or the last row."""


class Moving:
    """A screen on which the keys of the group `move` move a pane."""

    @property
    def pane(self) -> LineScroll:
        """The pane that they move."""
        raise NotImplementedError

    def action_move(self, step: int) -> None:
        self.pane.move(step)

    def action_turn(self, step: float) -> None:
        self.pane.turn(step)

    def action_end(self, last: bool) -> None:
        self.pane.end(last)
