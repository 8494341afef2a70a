"""The list of briefs under the current filter."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence

from rich.cells import cell_len
from textual import events
from textual.reactive import reactive

from hrdash.index.query import BriefRow
from hrdash.report.parts import Spans
from hrdash.tui.live import Result
from hrdash.tui.widgets.row_list import Row, RowList, fit

PAGE = 64
"""Rows read from the index at a time."""
PAGES_KEPT = 8
YEARS_WIDTH = 13
"""Cells of the widest years, `2011, 2019–25`: kept free where a column of themes stands before them."""

LEGENDS = (
    "C claim · ! concern · ? questions · → recommendations · ● response ◐ part ◌ pending ○ none",
    "C claim ! concern ? questions → recommendations ● response ◐ part ◌ pending ○ none",
    "C claim ! concern ? question ● response ◐ part ○ none",
    "● response ◐ part ◌ pending ○ none",
    "",
)
"""What the marks say, the longest first: the one that there is room for stands under them."""

Fetch = Callable[[Sequence[int]], Sequence[BriefRow]]
Mark = Callable[[Sequence[str]], Sequence[Spans]]


class BriefList(RowList):
    """One line a brief: three marks, title, theme where several are shown, years."""

    result: reactive[Result | None] = reactive(None, always_update=True, repaint=False)

    def __init__(self, fetch: Fetch, mark: Mark) -> None:
        super().__init__(id="briefs")
        self._fetch = fetch
        self._mark = mark
        self._pages: OrderedDict[int, list[tuple[BriefRow, Sequence[tuple[int, int]]]]] = OrderedDict()

    def on_resize(self, event: events.Resize) -> None:
        self.border_subtitle = next(text for text in LEGENDS if cell_len(text) + 4 <= event.size.width or not text)

    def count(self) -> int:
        return self.result.total if self.result is not None else 0

    def watch_result(self, result: Result | None) -> None:
        self._pages.clear()
        self.renew(self.cursor, self.scroll_offset.y)

    def brief_row(self, index: int) -> BriefRow | None:
        """The brief in a row."""
        found = self._read(index)
        return found[0] if found else None

    def stepped(self, step: int) -> BriefRow | None:
        """Go so many rows on without a word to the screen; the brief there, if there is one."""
        row = self.brief_row(self.cursor + step)
        if row is not None:
            self.set_reactive(RowList.cursor, self.cursor + step)
            self.renew(self.cursor)
        return row

    def row(self, index: int, width: int) -> Row:
        found = self._read(index)
        if found is None or self.result is None:
            return ((fit("", width), ""),)
        brief, spans = found
        years = brief.years_text if width >= 36 else ""
        themes = self.result.context.themes
        several = len(self.result.filter.themes) != 1 and width >= 56
        theme = themes[brief.theme].label if several and brief.theme in themes else ""
        tail = (
            (f"  {fit(theme, 14)}" if several else "")
            + (f" {years.rjust(YEARS_WIDTH if several else 0)}" if years else "")
            + " "
        )
        gap = " " if width >= 36 else ""
        room = width - 5 - 2 * len(gap) - cell_len(tail)
        title = fit(brief.title, room)
        return ((f" {gap.join(brief.marks)} ", "marks"), *_marked(title, brief.title, spans), (tail, "muted"))

    def _read(self, index: int) -> tuple[BriefRow, Sequence[tuple[int, int]]] | None:
        if self.result is None or not 0 <= index < self.result.total:
            return None
        page = index // PAGE
        if page not in self._pages:
            rows = self._fetch(self.result.numbers[page * PAGE : (page + 1) * PAGE])
            self._pages[page] = list(zip(rows, self._mark([row.title for row in rows]), strict=True))
            while len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        rows_here = self._pages[page]
        return rows_here[index % PAGE] if index % PAGE < len(rows_here) else None


def _marked(shown: str, title: str, spans: Sequence[tuple[int, int]]) -> Row:
    """A title as it is shown, perhaps cut, with the searched words in it marked."""
    kept = len(shown.rstrip())
    kept = kept if shown[:kept] == title[:kept] else max(0, kept - 1)
    parts: list[tuple[str, str]] = []
    at = 0
    for start, end in spans:
        if start >= kept:
            break
        parts += [(shown[at:start], ""), (shown[start : min(end, kept)], "match")]
        at = min(end, kept)
    return (*parts, (shown[at:], ""))
