"""What the Line API widgets share: a content whose size changes without laying out the whole screen again."""

from __future__ import annotations

from textual.geometry import Offset
from textual.scroll_view import ScrollView

from hrdash.tui.base_app import set_rows


class LineScroll(ScrollView, inherit_bindings=False):
    """A scroll view of rows that are drawn when they come into sight; arrows move the cursor, and not the view."""

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
