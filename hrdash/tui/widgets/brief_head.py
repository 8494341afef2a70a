"""What stands over the page: which brief it is, which of how many, and how far it has been read."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.reactive import reactive

from hrdash.tui.widgets.one_line import FILL, OneLine, Part, width_of
from hrdash.tui.widgets.row_list import fit

PLACE_WIDTH = 31
"""Cells of the line that are not the title's: the place among the briefs and on the page, and the margins."""


class BriefHead(OneLine):
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
