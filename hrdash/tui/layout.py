"""Lines set on a page of a given width: wrapped and indented as they belong together, side by side where there is room.

Nothing here knows Textual. A page keeps, for every cell of text, which line of the brief it shows and from which
character on: that is how a selection copies a sentence and not the line breaks, and how a mark is found again after a
resize.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from hrdash.report.parts import Line
from hrdash.report.roles import HEADINGS, MEASURE, ROLES, indent, needs_space
from hrdash.report.wording import ANSWER_SIGNS, SIGNS
from hrdash.report.wrapping import wrap
from hrdash.text import cells

GUTTER = 2
"""Cells at the left, where the cursor is shown."""
NARROW = 30
"""Cells up to which nothing is indented."""
COLUMNS_FROM = 104
"""Cells from which on claim, what was put, and answer stand side by side."""
_SIGN = 3
"""Cells of a statement's sign and that of its answer, and a blank."""
_MARGIN = 4
"""Cells that print has at the left of all and a page has not."""
_RULE = " │ "
_SIDES = ("claim", "put", "answer")


class Piece(NamedTuple):
    """A run of cells in one role on one row of a page."""

    text: str
    role: str = ""
    """A role of `hrdash.report.render`; `gutter`; or `sign`."""
    line: int = -1
    """Which of the page's texts this shows; -1 for what is none of theirs."""
    start: int = 0
    """The first character of that text shown here."""
    anchor: int = -1
    """Which of the page's anchors it belongs to."""
    part: str = ""
    """Of a sign and the gutter beside it: the part of the brief."""


Row = tuple[Piece, ...]


class Anchor(NamedTuple):
    """A statement or source that the cursor can stand on, and the rows it takes where it stands first."""

    id: str
    part: str
    first: int
    last: int
    thread: int = 0
    side: str = ""


class Match(NamedTuple):
    """A place where the searched words stand."""

    line: int
    start: int
    end: int
    row: int
    anchor: int


class Page(NamedTuple):
    """Lines set at a width."""

    width: int
    lines: tuple[Line, ...]
    rows: tuple[Row, ...]
    texts: tuple[str, ...]
    anchors: tuple[Anchor, ...]
    """In the order of reading: from the top, and in one row from the left."""
    matches: tuple[Match, ...] = ()
    headings: tuple[int, ...] = ()
    """The rows at which a section begins."""


_Numbered = tuple[int, Line]


def set_page(lines: Sequence[Line], width: int) -> Page:
    """Set the lines at `width` cells: one under the other, or what the State claims, what was put, and the answer side
    by side.
    """
    keys = list(dict.fromkeys((line.part, line.anchor) for line in lines if line.anchor))
    numbers = {key: number for number, key in enumerate(keys)}
    numbered = list(enumerate(lines))
    sided = [number for number, line in numbered if line.side]
    rows: list[Row] = []
    if width >= COLUMNS_FROM and sided:
        first = sided[0] - (lines[sided[0] - 1].role == "heading")
        rows += _one_under_the_other(numbered[:first], numbers, width)
        rows += [(), *_side_by_side(numbered[first : sided[-1] + 1], numbers, width), ()]
        rows += _one_under_the_other(numbered[sided[-1] + 1 :], numbers, width)
    else:
        rows += _one_under_the_other(numbered, numbers, width)
    return _page(lines, keys, rows, width)


def _page(lines: Sequence[Line], keys: Sequence[tuple[str, str]], rows: Sequence[Row], width: int) -> Page:
    """The rows with what stands in them found: anchors, in the order of reading, and the searched words."""
    spans: dict[int, tuple[int, int, int]] = {}
    headings: list[int] = []
    places: dict[int, list[tuple[int, int, int]]] = {}
    for at, row in enumerate(rows):
        for column, piece in enumerate(row):
            if piece.line < 0:
                continue
            places.setdefault(piece.line, []).append((piece.start, at, piece.anchor))
            if lines[piece.line].role == "heading" and piece.start == 0:
                headings.append(at)
            if piece.anchor >= 0:
                first, left, last = spans.get(piece.anchor, (at, column, at - 1))
                spans[piece.anchor] = (first, left, at if last >= at - 1 else last)
    order = sorted(spans, key=spans.__getitem__)
    final = {old: new for new, old in enumerate(order)}
    shown = tuple(
        tuple(piece._replace(anchor=final.get(piece.anchor, -1)) if piece.anchor >= 0 else piece for piece in row)
        for row in rows
    )
    threads = {(line.part, line.anchor): (line.thread, line.side) for line in reversed(lines) if line.anchor}
    anchors = tuple(Anchor(keys[old][1], keys[old][0], spans[old][0], spans[old][2], *threads[keys[old]])
                    for old in order)  # fmt: skip
    matches = [
        Match(number, start, end, *next((row, final.get(anchor, -1)) for begin, row, anchor in reversed(places[number])
                                        if begin <= start))
        for number, line in enumerate(lines) for start, end in line.spans if number in places
    ]  # fmt: skip
    return Page(width, tuple(lines), shown, tuple(line.text for line in lines), anchors,
                tuple(sorted(matches, key=lambda match: (match.row, match.line, match.start))),
                tuple(dict.fromkeys(headings)))  # fmt: skip


def _one_under_the_other(
    lines: Sequence[_Numbered], numbers: dict[tuple[str, str], int], width: int, inset: int = _SIGN
) -> list[Row]:
    """Lines in one column, an answer `inset` by so many cells below what it is to."""
    rows: list[Row] = []
    before = None
    for number, line in lines:
        if before is not None and (needs_space(before.role, line) or line.role == "heading"):
            rows.append(())
        rows += _set(line, number, numbers.get((line.part, line.anchor), -1), min(width, MEASURE + GUTTER), inset)
        before = line
    return rows


def _side_by_side(lines: Sequence[_Numbered], numbers: dict[tuple[str, str], int], width: int) -> list[Row]:
    """The threads of a brief in columns: claims down the left, and each thing that was put level with its answer."""
    by_side = {side: [item for item in lines if item[1].side == side] for side in _SIDES}
    shown = [side for side, items in by_side.items() if items]
    room = width - len(_RULE) * (len(shown) - 1)
    share = room // len(shown)
    widths = {side: min(share, MEASURE + GUTTER) for side in shown}
    columns: dict[str, list[Row]] = {side: [_heading(side, by_side[side], widths[side])] for side in shown}
    for _, thread in groupby(lines, key=lambda item: item[1].thread):
        items = [item for item in thread if item[1].side]
        sides = [side for side in shown if any(line.side == side for _, line in items)]
        beside = [side for side in shown if side != "claim"] if sides != ["claim"] else ["claim"]
        level = max((len(columns[side]) for side in beside if items), default=0)
        for side in sides:
            columns[side] += [()] * (level - len(columns[side]))
            set_lines = [(number, line._replace(depth=0)) for number, line in items if line.side == side]
            columns[side] += [(), *_one_under_the_other(set_lines, numbers, widths[side], inset=0)]
    height = max(map(len, columns.values()))
    blank: Row = ()
    return [
        tuple(piece for at, side in enumerate(shown)
              for piece in (*((Piece(_RULE, "rule"),) if at else ()),
                            *_filled(columns[side][row] if row < len(columns[side]) else blank, widths[side])))
        for row in range(height)
    ]  # fmt: skip


def _heading(side: str, lines: Sequence[_Numbered], width: int) -> Row:
    """What stands over a column: the kinds of statement in it."""
    parts = dict.fromkeys(line.part for _, line in lines) if side != "answer" else ()
    names = " · ".join(HEADINGS[part][0] for part in parts if part in SIGNS and part != "responses") or "ANSWER"
    return (Piece(" " * GUTTER), Piece(names[: width - GUTTER], "heading"))


def _filled(row: Row, width: int) -> Row:
    return (*row, Piece(" " * (width - sum(cells(piece.text) for piece in row))))


def row_of(page: Page, text: int, character: int) -> int:
    """The row that shows a character of one of the page's texts; 0 when none does."""
    for number, row in enumerate(page.rows):
        for piece in row:
            if piece.line == text and piece.start <= character < piece.start + max(1, len(piece.text)):
                return number
    return 0


def of_one_thread(page: Page, one: int, other: int) -> bool:
    """Whether two anchors of a page are of one thread: something that was put, and what was said to it."""
    return min(one, other) >= 0 and 0 < page.anchors[one].thread == page.anchors[other].thread


def beside(page: Page, cursor: int, step: int) -> int | None:
    """The anchor that stands beside another, to the right or left: of its thread, and else what is level with it; an
    answer is only ever its own thread's.
    """
    here = page.anchors[cursor] if 0 <= cursor < len(page.anchors) else None
    if here is None or here.side not in _SIDES:
        return None
    wanted = _SIDES.index(here.side) + step
    found = [
        (other.thread != here.thread, abs(other.first - here.first), at) for at, other in enumerate(page.anchors)
        if other.side in _SIDES and _SIDES.index(other.side) == wanted
        and (other.thread == here.thread or "answer" not in (other.side, here.side))
    ]  # fmt: skip
    return min(found)[2] if found else None


def _set(line: Line, number: int, anchor: int, width: int, inset: int) -> Iterator[Row]:
    """The rows of a line, the first of a statement with its sign, and that of its answer."""
    first = max(0, indent(line) - _MARGIN) if width > NARROW else 0
    hang = first + (ROLES[line.role].hang if width > NARROW else 0)
    gutter = Piece(" " * GUTTER if width > 4 * GUTTER else "", "gutter")
    signed = (line.part in SIGNS or line.thread > 0) and line.role != "heading" and width > NARROW
    first, hang = (
        (inset, inset + 2) if line.role == "answer" and signed else (first + _SIGN * signed, hang + _SIGN * signed)
    )
    kind = SIGNS.get(line.part, "") if signed and line.role == "statement" else ""
    sign = f"{kind}{ANSWER_SIGNS.get(line.state, ' ')}" if kind else ""
    room, text = width - len(gutter.text), line.text
    for position, (start, end) in enumerate(wrap(text, room - first, room - hang)):
        space = hang if position else first
        marked = [Piece(" " * (space - _SIGN)), Piece(sign, "sign", part=line.part)] if sign and not position else []
        blank = Piece(" " * (space - sum(len(piece.text) for piece in marked)))
        piece = Piece(text[start:end], line.role, number, start)
        edge = gutter._replace(part=line.part) if marked else gutter
        yield tuple(part._replace(anchor=anchor) for part in (edge, *marked, blank, piece) if part.text)
