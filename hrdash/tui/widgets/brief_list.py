"""The list of briefs under the current filter."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.reactive import reactive

from hrdash.index.query import BriefRow
from hrdash.report.parts import Spans
from hrdash.report.wrapping import wrap
from hrdash.tui.result import Result, meant_text
from hrdash.tui.themes import SIGN_COLORS
from hrdash.tui.widgets.row_list import MARKED, Row, RowList, fit

PAGE = 64
"""Rows read from the index at a time."""
PAGES_KEPT = 8
LOW = 5
"""Lines of a list in which every brief has one only."""
MOST_LINES = 4
"""Lines that a title takes at the most."""

KINDS = "C claim ! concern ? question → urged"
ANSWERS = "response ● all ◐ part ◌ pending ○ none"
LEGENDS = (f"{KINDS}  {ANSWERS}", ANSWERS, "answer ● all ◐ part ◌ pending ○ none", "response ● all ◐ part ○ none", "")
"""What the marks of a brief say, the longest first: the one that there is room for stands under them."""


def legend(width: int, texts: Sequence[str] = LEGENDS) -> Content:
    """The longest of these legends for which there is room in a border of so many cells."""
    return in_colours(next(text for text in texts if cell_len(text) + 4 <= width or not text))


def in_colours(text: str) -> Content:
    """A legend, each sign in the colour in which it stands everywhere."""
    words = ((word, f"bold ${SIGN_COLORS[word]}") if word in SIGN_COLORS else word for word in text.split(" "))
    return Content(" ").join(Content.assemble(word) for word in words)


Fetch = Callable[[Sequence[int]], Sequence[BriefRow]]
Mark = Callable[[Sequence[str]], Sequence[Spans]]


class BriefList(RowList):
    """Three marks and the title of each brief, under their themes where there are several."""

    LINES = 2

    result: reactive[Result | None] = reactive(None, always_update=True, repaint=False)

    def __init__(self, fetch: Fetch, mark: Mark, is_marked: Callable[[str], bool] = lambda _: False) -> None:
        """`is_marked` says whether a statement of a brief is, by the brief's id."""
        super().__init__(id="briefs")
        self._is_marked = is_marked
        self._fetch = fetch
        self._mark = mark
        self._pages: OrderedDict[int, list[tuple[BriefRow, Sequence[tuple[int, int]]]]] = OrderedDict()

    def on_resize(self, event: events.Resize) -> None:
        self.border_subtitle = legend(event.size.width)
        self.border_title = in_colours(KINDS)  # shown where the list has a border above
        super().on_resize(event)

    def count(self) -> int:
        return self.result.total if self.result is not None else 0

    def watch_result(self, result: Result | None) -> None:
        self._pages.clear()
        self.nothing, self.meant = (result.nothing, meant_text(result)) if result is not None else ("", "")
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

    def lines(self, index: int, width: int) -> Sequence[Row]:
        """The title in full beside the marks, years behind it where there is room, a theme over its first brief."""
        found = self._read(index)
        if found is None or self.result is None:
            return (((fit("", width), ""),),)
        brief, spans = found
        marks = f"{MARKED if self._is_marked(brief.id) else ' '}{(' ' if width >= 36 else '').join(brief.marks)} "
        room = width - cell_len(marks) - 1
        rows = wrap(brief.title, room)
        low = self.size.height < LOW
        if low or len(rows) > MOST_LINES:
            kept = 1 if low else MOST_LINES
            rows = [*rows[: kept - 1], (rows[kept - 1][0], len(brief.title))]
        shown: list[Row] = []
        for number, (start, end) in enumerate(rows):
            text = fit(brief.title[start:end], room)
            years = f" {brief.years_text}" if number == len(rows) - 1 and width >= 36 else ""
            if years and cell_len(text.rstrip()) + cell_len(years) <= room:
                text = text[: len(text) - cell_len(years)]
            else:
                years = ""
            left = (marks, "sign") if not number else (" " * cell_len(marks), "")
            shown.append((left, *_marked(text, brief.title[start:end], spans, start), (years + " ", "muted")))
        return [*self._heading(index, brief, width), *shown] if not low else shown

    def _heading(self, index: int, brief: BriefRow, width: int) -> list[Row]:
        """The theme, over its first brief, where the briefs are not all of the one that is asked for."""
        result, before = self.result, self.brief_row(index - 1)
        if result is None or (before is not None and before.theme == brief.theme):
            return []
        theme = result.context.themes.get(brief.theme)
        if theme is None or result.best_first or result.filter.themes == (brief.theme,):
            return []
        return [((fit(f" {theme.label}", width - 1), "heading"),)]

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


def _marked(shown: str, title: str, spans: Sequence[tuple[int, int]], first: int) -> Row:
    """A piece of a title as it is shown, from its `first` character on, with the searched words in it marked."""
    kept = len(shown.rstrip())
    kept = kept if shown[:kept] == title[:kept] else max(0, kept - 1)
    parts: list[tuple[str, str]] = []
    at = 0
    for start, end in ((max(0, start - first), end - first) for start, end in spans if end > first):
        if start >= kept:
            break
        parts += [(shown[at:start], ""), (shown[start : min(end, kept)], "mark")]
        at = min(end, kept)
    return (*parts, (shown[at:], ""))
