"""What a lens lists: statements, figures or differences, each in full, to move through and to take along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import NamedTuple

from rich.cells import cell_len
from textual import events

from hrdash.report.parts import Spans
from hrdash.report.wrapping import wrap
from hrdash.tui.widgets.brief_list import KINDS, LOW, in_colours, legend
from hrdash.tui.widgets.row_list import MARKED, Row, RowList, fit

SIDE_BY_SIDE = 90
"""Cells from which what stands beside an entry stands in columns behind its text."""
_SPEAKER, _PINPOINT = 18, 13
"""Cells of the first two columns; a third has two fifths of the rest, and a single one both of theirs."""


class Entry(NamedTuple):
    """One row of a lens, and what it leads to."""

    brief: str
    part: str
    anchor: str
    sign: str
    """Of its kind and its answer."""
    text: str
    aside: tuple[str, ...] = ()
    """Who says it, where, and where nothing above it says so in which brief; in columns, or one behind the other."""
    heading: str = ""
    """What it stands under; shown over the first with it."""
    spans: Spans = ()
    """Where in the text the searched words stand."""
    bar: str = ""
    """How much it is, beside the others under its heading; shown behind the text where there is room."""


Fetch = Callable[[int, int], Sequence[Entry]]
"""Gives so many entries, from a place in the list on."""
PAGE = 64
LEGENDS = (
    "C claim  ! concern  ? question  → recommendation  R response  ✓ commendation  · observation  A assessment   "
    "● response  ◐ leaves open  ◌ pending  ○ none",
    f"{KINDS} R response ✓ praise · observed A assessed ● response ◐ in part ◌ pending ○ none",
    f"{KINDS} R response ● response ◐ in part ○ none",
    "● response ◐ part ◌ pending ○ none",
    "",
)
"""What the signs of statements say, the longest first."""
DIFFERS = "≠ a difference between sources is recorded"
"""The legend of figures and differences."""


class LensList(RowList):
    """Entries of any number, read a page at a time."""

    LINES = 3

    def __init__(self, is_marked: Callable[[Entry], bool]) -> None:
        super().__init__(id="lens")
        self._is_marked = is_marked
        self.counted = ""
        """How many there are of what, in words, where the counts elsewhere on the screen are of something else."""
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
        self.border_subtitle = legend(self.size.width, LEGENDS) if both else in_colours(f"{self.counted} · {DIFFERS}")

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
            over = entry.heading
            whole = wrap(over, width - 2) if self.size.height >= LOW else [(0, len(over))]
            shown += [((fit(f" {over[start:end]}", width - 1), "heading"),) for start, end in whole]
        rooms = self._rooms(width - indent, len(entry.aside)) if width >= SIDE_BY_SIDE else ()
        room = width - indent - sum(rooms) - len(rooms) - 1
        bar = f"  {entry.bar}" if entry.bar and cell_len(entry.text) + 2 + len(entry.bar) <= room else ""
        wrapped = map(wrap, (entry.text, *entry.aside[: len(rooms)]), (room, *rooms))
        for number, ((start, end), *beside) in enumerate(zip_longest(*wrapped, fillvalue=(0, 0))):
            text, left = entry.text[start:end], (" " * indent, "") if number else (sign, "sign")
            blank = " " * (room - cell_len(text) - len(bar))
            columns = " ".join(fit(entry.aside[at][slice(*span)], rooms[at]) for at, span in enumerate(beside))
            shown.append((left, *_marked(text, entry.spans, start), (bar, "accent"), (f"{blank} {columns} ", "muted")))
        if not rooms and entry.aside:
            under = " · ".join(filter(None, entry.aside))
            shown += [((" " * (indent + 2), ""), (under[start:end], "muted"))
                      for start, end in wrap(under, width - indent - 3)]  # fmt: skip
        return shown

    @staticmethod
    def _rooms(width: int, columns: int) -> tuple[int, ...]:
        """Cells of each of so many columns, of the width of a list without its signs."""
        if columns < 2:
            return (_SPEAKER + 1 + _PINPOINT,) * columns
        third = (width - _SPEAKER - _PINPOINT) * 2 // 5
        return (_SPEAKER, _PINPOINT, third)[:columns]

    def _place(self, index: int) -> tuple[str, str, str] | None:
        entry = self.entry(index)
        return entry[:3] if entry is not None else None


def _marked(text: str, spans: Spans, first: int) -> Row:
    """A piece of a text, from its `first` character on, with what was searched for in it marked."""
    parts: list[tuple[str, str]] = []
    at = 0
    for start, end in ((max(0, start - first), min(end - first, len(text))) for start, end in spans):
        if at <= start < end:
            parts += [(text[at:start], ""), (text[start:end], "mark")]
            at = end
    return (*parts, (text[at:], ""))
