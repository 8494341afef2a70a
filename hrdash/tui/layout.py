"""Lines set on a page of a given width: wrapped, and indented as they belong together.

Nothing here knows Textual. A page keeps, for every cell of text, which line of the brief it shows and from which
character on: that is how a selection copies a sentence and not the line breaks, and how a mark is found again after a
resize.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hrdash.report.parts import Line
from hrdash.report.render import MEASURE, ROLES, indent, needs_space
from hrdash.report.wrapping import wrap

GUTTER = 2
"""Cells at the left, where the cursor is shown."""
NARROW = 30
"""Cells up to which nothing is indented."""
_MARGIN = 4
"""Cells that print has at the left of all and a page has not."""


class Piece(NamedTuple):
    """A run of cells in one role on one row of a page."""

    text: str
    role: str = ""
    """A role of `hrdash.report.render`, or `gutter`."""
    line: int = -1
    """Which of the page's texts this shows; -1 for space."""
    start: int = 0
    """The first character of that text shown here."""
    anchor: int = -1
    """Which of the page's anchors it belongs to."""
    outside: bool = False


class Anchor(NamedTuple):
    """A statement or source that the cursor can stand on, and the rows it takes where it stands first."""

    id: str
    part: str
    first: int
    last: int


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
    rows: tuple[tuple[Piece, ...], ...]
    texts: tuple[str, ...]
    anchors: tuple[Anchor, ...]
    matches: tuple[Match, ...] = ()


def set_page(lines: Sequence[Line], width: int) -> Page:
    """Set the lines at `width` cells, one under the other."""
    rows: list[tuple[Piece, ...]] = []
    numbers: dict[tuple[str, str], int] = {}
    anchors: list[Anchor] = []
    matches: list[Match] = []
    before = None
    for number, line in enumerate(lines):
        if before is not None and (needs_space(before.role, line) or line.role == "heading"):
            rows.append(())
        first, anchor = len(rows), -1
        if line.anchor:
            anchor = numbers.setdefault((line.part, line.anchor), len(numbers))
        rows += _set(line, number, anchor, min(width, MEASURE + GUTTER))
        if anchor == len(anchors):
            anchors.append(Anchor(line.anchor, line.part, first, len(rows) - 1))
        elif anchor >= 0 and anchors[anchor].last == first - 1:
            anchors[anchor] = anchors[anchor]._replace(last=len(rows) - 1)
        for start, end in line.spans:
            row = next(at for at in range(first, len(rows)) if rows[at][-1].start + len(rows[at][-1].text) > start)
            matches.append(Match(number, start, end, row, anchor))
        before = line
    return Page(width, tuple(rows), tuple(line.text for line in lines), tuple(anchors), tuple(matches))


def row_of(page: Page, text: int, character: int) -> int:
    """The row that shows a character of one of the page's texts; 0 when none does."""
    for number, row in enumerate(page.rows):
        for piece in row:
            if piece.line == text and piece.start <= character < piece.start + max(1, len(piece.text)):
                return number
    return 0


def _set(line: Line, number: int, anchor: int, width: int) -> Iterator[tuple[Piece, ...]]:
    """The rows of a line."""
    first = max(0, indent(line) - _MARGIN) if width > NARROW else 0
    hang = first + (ROLES[line.role].hang if width > NARROW else 0)
    gutter = Piece(" " * GUTTER if width > 4 * GUTTER else "", "gutter", anchor=anchor)
    room, text = width - len(gutter.text), line.text
    for position, (start, end) in enumerate(wrap(text, room - first, room - hang)):
        space = Piece(" " * (hang if position else first), anchor=anchor)
        piece = Piece(text[start:end], line.role, number, start, anchor, line.outside)
        yield tuple(part for part in (gutter, space, piece) if part.text)
