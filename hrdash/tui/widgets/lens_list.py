"""What a lens lists: statements, figures or differences, each in full, to move through and to take along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual import events

from hrdash.report.parts import Spans
from hrdash.report.wrapping import wrap
from hrdash.tui.widgets.brief_list import in_colours, legend
from hrdash.tui.widgets.row_list import MARKED, Row, RowList, fit

SIDE_BY_SIDE = 90
"""Cells from which who says it, where, and in which brief stand in columns behind the text."""
_ROOM, _MORE_ROOM = (17, 13, 24), (18, 16, 36)
"""Cells of these columns; and where the list has this many:"""
_MORE_FROM = 140


class Entry(NamedTuple):
    """One row of a lens, and what it leads to."""

    brief: str
    part: str
    anchor: str
    sign: str
    """Of its kind and its answer."""
    text: str
    aside: tuple[str, ...] = ()
    """Who says it, where, and in which brief; shown in columns, or one behind the other."""
    heading: str = ""
    """What it stands under; shown over the first with it."""
    spans: Spans = ()
    """Where in the text the searched words stand."""
    bar: str = ""
    """How much it is, beside the others under its heading; shown behind the text where there is room."""


Fetch = Callable[[int, int], Sequence[Entry]]
"""Gives so many entries, from a place in the list on."""
PAGE = 64
DIFFERS = "≠ a difference between sources is recorded"
"""The legend of figures and differences."""


class LensList(RowList):
    """Entries of any number, read a page at a time."""

    LINES = 3

    def __init__(self, is_marked: Callable[[Entry], bool]) -> None:
        super().__init__(id="lens")
        self._is_marked = is_marked
        self._total = 0
        self._fetch: Fetch = lambda first, count: ()
        self._pages: dict[int, Sequence[Entry]] = {}

    def on_resize(self, event: events.Resize) -> None:
        self._explain()
        super().on_resize(event)

    def renew(self, cursor: int = 0, top: int | None = None) -> None:
        super().renew(cursor, top)
        self._explain()

    def _explain(self) -> None:
        """Put the legend of the signs that stand here."""
        first = self.entry(0)
        both = first is None or len(first.sign) > 1  # a kind and an answer
        self.border_subtitle = legend(self.size.width) if both else in_colours(DIFFERS)

    def show(self, total: int, fetch: Fetch, keep: bool) -> None:
        """Show other entries: from the first on, or with `keep` where the cursor is."""
        here = self.entry(self.cursor) if keep else None
        self._total, self._fetch = total, fetch
        self._pages.clear()
        self.renew(self.nearest(self.cursor, here[:3]) if here is not None else 0, self.scroll_offset.y if keep else 0)

    def nearest(self, row: int, place: tuple[str, str, str]) -> int:
        """The row of an entry, by its brief, part and anchor, near the one where it was; that one where it is gone."""
        near = [row, *range(max(0, row - PAGE), min(self._total, row + PAGE))]
        return next((at for at in near if self._place(at) == place), row)

    def entry(self, index: int) -> Entry | None:
        """The entry of a row."""
        if not 0 <= index < self._total:
            return None
        page, at = divmod(index, PAGE)
        if page not in self._pages:
            if len(self._pages) > 8:
                self._pages.clear()
            self._pages[page] = self._fetch(page * PAGE, PAGE)
        return self._pages[page][at] if at < len(self._pages[page]) else None

    @property
    def here(self) -> Entry | None:
        """The entry under the cursor."""
        return self.entry(self.cursor)

    def count(self) -> int:
        return self._total

    def lines(self, index: int, width: int) -> Sequence[Row]:
        entry = self.entry(index)
        if entry is None:
            return (((fit("", width), ""),),)
        sign = f"{MARKED if self._is_marked(entry) else ' '}{entry.sign} "
        indent = cell_len(sign)
        before = self.entry(index - 1) if entry.heading else None
        shown: list[Row] = []
        if entry.heading and (before is None or before.heading != entry.heading):
            shown.append(((fit(f" {entry.heading}", width), "heading"),))
        beside, rooms = width >= SIDE_BY_SIDE, _ROOM if width < _MORE_FROM else _MORE_ROOM
        columns = " ".join(fit(text, room) for text, room in zip(entry.aside, rooms, strict=False)) if beside else ""
        room = width - indent - cell_len(columns) - 2
        bar = f"  {entry.bar}" if entry.bar and cell_len(entry.text) + 2 + len(entry.bar) <= room else ""
        for number, (start, end) in enumerate(wrap(entry.text, room)):
            left = (sign, "sign") if not number else (" " * indent, "")
            text = entry.text[start:end]
            tail = f" {columns} " if not number and columns else ""
            blank = " " * (room - cell_len(text) - len(bar)) if tail else ""
            shown.append((left, *_marked(text, entry.spans, start), (bar, "accent"), (blank, ""), (tail, "muted")))
        if not beside and entry.aside:
            shown.append(((" " * (indent + 2), ""), (fit(" · ".join(entry.aside), width - indent - 3), "muted")))
        return shown

    def _place(self, index: int) -> tuple[str, str, str] | None:
        entry = self.entry(index)
        return entry[:3] if entry is not None else None


def _marked(text: str, spans: Spans, first: int) -> Row:
    """A piece of a text, from its `first` character on, with what was searched for in it marked."""
    parts: list[tuple[str, str]] = []
    at = 0
    for start, end in ((max(0, start - first), min(end - first, len(text))) for start, end in spans):
        if at <= start < end:
            parts += [(text[at:start], ""), (text[start:end], "match")]
            at = end
    return (*parts, (text[at:], ""))
