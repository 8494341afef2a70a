"""What a lens lists: briefs, statements, figures or differences, each in full, to move through and to take along."""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import accumulate, zip_longest
from typing import NamedTuple

from rich.cells import cell_len
from textual import events
from textual.content import Content

from hrdash.report.parts import Spans
from hrdash.report.wrapping import wrap
from hrdash.tui.result import Result, meant_text
from hrdash.tui.themes import SIGN_COLORS
from hrdash.tui.widgets.row_list import MARKED, Row, RowList, fit

SIDE_BY_SIDE = 90
"""Cells from which what stands beside an entry stands in columns behind its text."""
_SPEAKER, _PINPOINT = 18, 13
"""Cells of the first two columns; a third has two fifths of the rest, and a single one both of theirs."""
ROOMY = 36
"""Cells from which the marks of a brief stand apart, and its years behind its title."""
LOW = 5
"""Lines of a list in which every brief has one only, and every heading."""
MOST_LINES = 4
"""Lines that the title of a brief takes at the most."""
PAGE, PAGES_KEPT = 32, 16
"""Entries that are read from the index at a time."""
KINDS = "C claim ! concern / ? asked / → advised"
"""Of what was put a brief shows the first of these that it has: `?` is of one without concerns, and so on."""
_ANSWERS, _SHORTER = "response ● all ◐ part ◌ pending ○ none", "answer ● all ◐ part ◌ pending ○ none"
LEGENDS_OF_BRIEFS = (
    f"{KINDS}  {_ANSWERS}", f"{KINDS}  {_SHORTER}", _ANSWERS, _SHORTER, "response ● all ◐ part ○ none",
)  # fmt: skip
"""What the marks of a brief say, the longest first: the one that there is room for stands under them."""
LEGENDS = (
    "C claim  ! concern  ? question  → recommendation  R response  ✓ commendation  · observation  A assessment   "
    "● response  ◐ leaves open  ◌ pending  ○ none",
    "C claim ! concern ? question → advised R response ✓ praise · observed A assessed "
    "● response ◐ part ◌ pending ○ none",
    "C claim ! concern ? question → advised R response  ● response ◐ in part ○ none",
    "● response ◐ part ◌ pending ○ none",
)
"""What the signs of statements say, the longest first."""
DIFFERS = (" · ≠ a difference between sources is recorded", " · ≠ sources differ", "")
"""The legend of figures and differences, the longest first."""


_Span = tuple[int, int]


class Entry(NamedTuple):
    """One row of a lens, and what it leads to."""

    brief: str
    part: str
    """Of the brief, where it stands; nothing for a brief itself."""
    anchor: str
    sign: str
    """Of its kind and its answer; or the three marks of a brief."""
    text: str
    aside: tuple[str, ...] = ()
    """Who says it, where, and where nothing above it says so in which brief; in columns, or one behind the other."""
    heading: str = ""
    """What it stands under; shown over the first with it."""
    spans: Spans = ()
    """Where in the text the searched words stand."""
    bar: str = ""
    """How much it is, beside the others under its heading; shown behind the text where there is room."""
    years: str = ""
    """Of a brief; at the end of its last line where there is room."""


Fetch = Callable[[int, int], Sequence[Entry]]
"""Gives so many entries, from a place in the list on."""


class EntryList(RowList):
    """Entries of any number, read a page at a time."""

    LINES = 2

    def __init__(self, named: str, is_marked: Callable[[Entry], bool], legends: Sequence[str] = LEGENDS) -> None:
        super().__init__(id=named)
        self._is_marked = is_marked
        self._legends = legends
        self.names: Sequence[str] = ()
        """What stands over the columns, where the list has a border above."""
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
        """Put the legend of the signs that stand here, the longest for which there is room; what of the marks of briefs
        is not in it stands above.
        """
        first = self.entry(0)
        legends = self._legends  # of a kind and an answer, or of marks
        if first is not None and len(first.sign) == 1:
            legends = [f"{self.counted}{words}" for words in DIFFERS]
        fitting = (text for text in legends if cell_len(text) + 2 <= self.size.width)
        legend = next(fitting, "")
        self.border_subtitle = in_colours(legend)
        if self._legends is LEGENDS_OF_BRIEFS:
            above = KINDS not in legend and cell_len(KINDS) + 2 <= self.size.width
            self.border_title = in_colours(KINDS * above)
        if self.names:
            self.border_title = self._over(first, self.size.width) if first is not None else ""

    def _over(self, entry: Entry, width: int) -> Content:
        """The names of the columns, each where it begins; shown where the list has a border above."""
        indent = len(entry.sign) + 2
        rooms = self._rooms(width - indent, len(entry.aside)) if width >= SIDE_BY_SIDE else ()
        places = accumulate((room + 1 for room in rooms), initial=width - sum(rooms) - len(rooms))
        begin = (indent, *places)[: len(rooms) + 1]
        shown, end = list[tuple[str, str] | str](), 1  # a border's title begins in its second cell
        for name, at in zip(self.names, begin, strict=False):
            shown += [("─" * (at - 1 - end), "$line"), f" {name} "]
            end = at + len(name) + 1
        return Content.assemble(*shown)

    def show(self, result: Result, total: int, fetch: Fetch, row: int | None = None, stays: bool = False) -> None:
        """Show other entries, with the cursor on a row; by itself, on the entry where it is, if that is there still.
        With `stays`, it is out of sight where the wheel left it so."""
        here, top = self.here, self.top
        self.nothing, self.meant = result.nothing, meant_text(result)
        self._total, self._fetch = total, fetch
        self._pages.clear()
        if row is None:
            row = self.nearest(self.cursor, here[:3]) if here is not None else 0
        if stays and top[2] and row == self.cursor:
            self.stand(row, top)
        else:
            self.renew(row, self.scroll_offset.y)

    def nearest(self, row: int, place: tuple[str, str, str]) -> int:
        """The row of an entry, by its brief, part and anchor, near the one where it was; that one where it is gone."""
        near = [row, *range(max(0, row - PAGE), min(self._total, row + PAGE))]
        return next((at for at in near if (found := self.entry(at)) is not None and found[:3] == place), row)

    def entry(self, index: int) -> Entry | None:
        """The entry of a row."""
        if not 0 <= index < self._total:
            return None
        page, at = divmod(index, PAGE)
        if page not in self._pages:
            if len(self._pages) > PAGES_KEPT:
                self._pages.clear()
            self._pages[page] = self._fetch(page * PAGE, PAGE)
        return self._pages[page][at] if at < len(self._pages[page]) else None

    @property
    def here(self) -> Entry | None:
        """The entry under the cursor."""
        return self.entry(self.cursor)

    def stepped(self, step: int) -> Entry | None:
        """Go so many rows on without a word to the screen; the entry there, if there is one."""
        entry = self.entry(self.cursor + step)
        if entry is not None:
            self.set_reactive(RowList.cursor, self.cursor + step)
            self.renew(self.cursor)
        return entry

    def count(self) -> int:
        return self._total

    def lines(self, index: int, width: int) -> Sequence[Row]:
        """The text in full beside the signs, and beside or below that who says it and where."""
        entry = self.entry(index)
        if entry is None:
            return (((fit("", width), ""),),)
        sign = f"{MARKED if self._is_marked(entry) else ' '}{self._signs(entry, width)} "
        indent = cell_len(sign)
        rooms, room, rows, columns, under = self._wrapped(entry, width)
        bar = f"  {entry.bar}" if entry.bar and cell_len(entry.text) + 2 + len(entry.bar) <= room else ""
        shown = self._heading(index, entry, width)
        for number, ((start, end), *beside) in enumerate(zip_longest(rows, *columns, fillvalue=(0, 0))):
            text, left = fit(entry.text[start:end], room).rstrip(), (" " * indent, "") if number else (sign, "sign")
            blank = " " * (room - cell_len(text) - len(bar))
            if entry.years and number == len(rows) - 1 and width >= ROOMY and cell_len(entry.years) < len(blank):
                blank = blank[: -cell_len(entry.years)] + entry.years
            aside = " ".join(fit(entry.aside[at][slice(*span)], rooms[at]) for at, span in enumerate(beside))
            shown.append((left, *_marked(text, entry.spans, start), (bar, "accent"), (f"{blank} {aside} ", "muted")))
        return [*shown, *(((" " * (indent + 2), ""), (text, "muted")) for text in under)]

    def height(self, index: int, width: int) -> int:
        entry = self.entry(index)
        if entry is None:
            return 1
        _, _, rows, columns, under = self._wrapped(entry, width)
        return len(self._heading(index, entry, width)) + max(map(len, (rows, *columns))) + len(under)

    def _signs(self, entry: Entry, width: int) -> str:
        return " ".join(entry.sign) if not entry.part and width >= ROOMY else entry.sign

    def _wrapped(
        self, entry: Entry, width: int
    ) -> tuple[tuple[int, ...], int, list[_Span], list[list[_Span]], list[str]]:
        """The cells of each column beside the text, and those of the text; the rows of the text, and of each of the
        columns; and the rows that stand below, where there is no room beside."""
        indent = cell_len(self._signs(entry, width)) + 2
        rooms = self._rooms(width - indent, len(entry.aside)) if width >= SIDE_BY_SIDE else ()
        room = width - indent - sum(rooms) - len(rooms) - 1
        rows, kept = wrap(entry.text, room), 1 if self.size.height < LOW else MOST_LINES
        if not entry.part and len(rows) > kept:
            rows = [*rows[: kept - 1], (rows[kept - 1][0], len(entry.text))]
        below = " · ".join(filter(None, entry.aside)) if not rooms else ""
        under = (
            [below[start:end] for start, end in wrap(below, width - indent - 3)] if entry.aside and not rooms else []
        )
        return rooms, room, rows, list(map(wrap, entry.aside[: len(rooms)], rooms)), under

    def _heading(self, index: int, entry: Entry, width: int) -> list[Row]:
        """What the entry stands under, over the first with it; of briefs, where there is room."""
        over = entry.heading
        if not over or (not entry.part and self.size.height < LOW):
            return []
        if (before := self.entry(index - 1)) is not None and before.heading == over:
            return []
        whole = wrap(over, width - 2) if self.size.height >= LOW else [(0, len(over))]
        return [((fit(f" {over[start:end]}", width - 1), "heading"),) for start, end in whole]

    @staticmethod
    def _rooms(width: int, columns: int) -> tuple[int, ...]:
        """Cells of each of so many columns, of the width of a list without its signs."""
        if columns < 2:
            return (_SPEAKER + 1 + _PINPOINT,) * columns
        third = (width - _SPEAKER - _PINPOINT) * 2 // 5
        return (_SPEAKER, _PINPOINT, third)[:columns]


@cache
def in_colours(text: str) -> Content:
    """A legend, each sign in the colour in which it stands everywhere."""
    words = ((word, f"bold ${SIGN_COLORS[word]}") if word in SIGN_COLORS else word for word in text.split(" "))
    return Content(" ").join(Content.assemble(word) for word in words)


def _marked(text: str, spans: Spans, first: int) -> Row:
    """A piece of a text, from its `first` character on, with what was searched for in it marked."""
    parts: list[tuple[str, str]] = []
    at = 0
    for start, end in ((max(0, start - first), min(end - first, len(text))) for start, end in spans):
        if at <= start < end:
            parts += [(text[at:start], ""), (text[start:end], "mark")]
            at = end
    return (*parts, (text[at:], ""))
