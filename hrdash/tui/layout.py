"""Lines set on a page of a given width: wrapped, indented, claims and concerns side by side where there is room.

Nothing here knows Textual. A page keeps, for every cell of text, which line of the brief it shows and from which
character on: that is how a selection copies a sentence and not the line breaks or the neighbouring column, and how a
mark is found again after a resize.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import NamedTuple

from hrdash.report.parts import Line
from hrdash.report.render import MEASURE, ROLES, indent, needs_space
from hrdash.text import cells

SIDE_BY_SIDE = 66
"""The narrowest page on which claims and concerns stand side by side."""
GUTTER = 2
"""Cells at the left of each column, where the cursor is shown."""
_RULE = " │ "
_MARGIN = 4
"""Cells that print has at the left of all and a page has not."""
_WORDS = re.compile(r"\S+|\s+")

_Numbered = tuple[int, int, Line]
"""A line with its number on the page and that of its anchor."""


class Piece(NamedTuple):
    """A run of cells in one role on one row of a page."""

    text: str
    role: str = ""
    """A role of `hrdash.report.render`, or `gutter` or `rule`."""
    line: int = -1
    """Which of the page's texts this shows; -1 for space and rules."""
    start: int = 0
    """The first character of that text shown here."""
    anchor: int = -1
    """Which of the page's anchors it belongs to."""
    outside: bool = False


class Anchor(NamedTuple):
    """A statement or source that the cursor can stand on, and the rows it takes."""

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
    """Set the lines at `width` cells."""
    numbers: dict[tuple[str, str], int] = {}
    numbered: list[_Numbered] = []
    for number, line in enumerate(lines):
        anchor = numbers.setdefault((line.part, line.anchor), len(numbers)) if line.anchor else -1
        numbered.append((number, anchor, line))
    rows: list[tuple[Piece, ...]] = []
    for block in _blocks(numbered):
        if isinstance(block, tuple) and width >= SIDE_BY_SIDE:
            rows += _beside(block[0], block[1], min(width, 2 * MEASURE))
        else:
            stacked = [*block[0], *block[1]] if isinstance(block, tuple) else block
            rows += _stack(stacked, min(width, MEASURE + GUTTER))
    rows = rows[1:] if rows and not any(piece.text.strip() for piece in rows[0]) else rows
    anchors, matches = _places(rows, lines, numbers)
    return Page(width, tuple(rows), tuple(line.text for line in lines), anchors, matches)


def row_of(page: Page, text: int, character: int) -> int:
    """The row that shows a character of one of the page's texts; 0 when none does."""
    for number, row in enumerate(page.rows):
        for piece in row:
            if piece.line == text and piece.start <= character < piece.start + max(1, len(piece.text)):
                return number
    return 0


def wrap(text: str, width: int, rest: int | None = None) -> list[tuple[int, int]]:
    """Break a text into rows of at most `width` cells (`rest` from the second on): offsets of first and past-the-last.

    Between words where it can, within a word only where the word is wider than a row.
    """
    rows: list[tuple[int, int]] = []
    room = max(1, width)
    start = end = used = 0
    for word in _WORDS.finditer(text):
        size = cells(word[0])
        if used + size <= room:
            used += size
            end = word.end() if not word[0].isspace() else end
            continue
        if word[0].isspace():
            used = room
            continue
        if end > start:
            rows.append((start, end))
            room = max(1, width if rest is None else rest)
        start, used = word.start(), 0
        for offset in range(word.start(), word.end()):
            size = cells(text[offset])
            if used + size > room and offset > start:
                rows.append((start, offset))
                room = max(1, width if rest is None else rest)
                start, used = offset, 0
            used += size
        end = word.end()
    if end > start or not rows:
        rows.append((start, end))
    return rows


def _blocks(numbered: list[_Numbered]) -> Iterable[list[_Numbered] | tuple[list[_Numbered], list[_Numbered]]]:
    """The page's blocks in order: a list of lines, or claims and concerns as a pair."""
    parts: dict[str, list[_Numbered]] = {}
    for item in numbered:
        parts.setdefault(item[2].part, []).append(item)
    for part, block in parts.items():
        if part == "claims" and "concerns" in parts:
            yield block, parts["concerns"]
        elif part != "concerns" or "claims" not in parts:
            yield block


def _beside(left: list[_Numbered], right: list[_Numbered], width: int) -> list[tuple[Piece, ...]]:
    half = (width - len(_RULE)) // 2
    blank = (Piece(" " * half),)
    pairs = zip_longest(_stack(left, half)[1:], _stack(right, width - len(_RULE) - half)[1:])
    rule = Piece(_RULE, "rule")
    return [(), *((*_padded(one or blank, half), rule, *(two or ())) for one, two in pairs)]


def _stack(block: list[_Numbered], width: int) -> list[tuple[Piece, ...]]:
    """Lines one under the other, the first row empty where the first line is a heading."""
    rows: list[tuple[Piece, ...]] = []
    before = ""
    for number, anchor, line in block:
        if needs_space(before, line) or (line.role == "heading" and not before):
            rows.append((Piece(" " * GUTTER, "gutter", anchor=-1),) if line.role != "heading" else ())
        first = max(0, indent(line) - _MARGIN) if width > 30 else 0
        hang = first + (ROLES[line.role].hang if width > 30 else 0)
        text = line.text
        gutter = Piece(" " * GUTTER, "gutter", anchor=anchor)
        if width <= 4 * GUTTER:
            gutter = gutter._replace(text="")
        room = width - len(gutter.text)
        for position, (start, end) in enumerate(wrap(text, room - first, room - hang)):
            space = Piece(" " * (hang if position else first), "", anchor=anchor)
            piece = Piece(text[start:end], line.role, number, start, anchor, line.outside)
            rows.append(tuple(part for part in (gutter, space, piece) if part.text))
        before = line.role
    return rows


def _padded(row: tuple[Piece, ...], width: int) -> tuple[Piece, ...]:
    used = sum(cells(piece.text) for piece in row)
    return (*row, Piece(" " * (width - used))) if used < width else row


def _places(
    rows: list[tuple[Piece, ...]], lines: Sequence[Line], numbers: dict[tuple[str, str], int]
) -> tuple[tuple[Anchor, ...], tuple[Match, ...]]:
    """Where the anchors and the matches stand."""
    taken: dict[int, list[int]] = {}
    found: dict[tuple[int, int], Match] = {}
    for number, row in enumerate(rows):
        for piece in row:
            taken.setdefault(piece.anchor, []).append(number)
            for start, end in lines[piece.line].spans if piece.line >= 0 else ():
                if piece.start <= start < piece.start + len(piece.text):
                    found.setdefault((piece.line, start), Match(piece.line, start, end, number, piece.anchor))
    anchors = tuple(Anchor(name, part, taken[key][0], taken[key][-1]) for (part, name), key in numbers.items())
    return anchors, tuple(sorted(found.values()))
