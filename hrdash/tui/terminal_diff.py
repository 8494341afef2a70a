"""Fewer bytes to the terminal for the same picture, for slow lines: a third to an eighth of what Textual writes.

What stands on the terminal already is not written again. And each run of cells comes with all of its colours before
it and a reset behind it: of two runs alike the second needs neither, and blanks need no colour of letters.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby, pairwise, repeat
from operator import itemgetter

from hrdash.text import is_narrow

_STYLE = re.compile(r"\x1b\[([\d;]*)m")
_UNSEEN_ON_BLANKS = frozenset(("1", "2", "3"))
"""Bold, dim and italic: the attributes that a blank does not show."""
_Cell = tuple[str, str]
"""A character and the style it is in."""
_CHARACTER, _STYLE_OF = itemgetter(0), itemgetter(1)
WORTH_A_MOVE = 8
"""Cells alike between two that differ, from which on it is shorter to go there than to write them again."""
_BACKGROUND = re.compile(r"4[0-79]|10[0-7]")
_MOVE = re.compile(r"\x1b\[(\d+);(\d+)H")
_HARMLESS = re.compile(
    r"\x1b\](?!1337)[^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[\?(?!(?:47|1047|1049)[hl])\d+(?:[hl]|\$p)|\x1b\[[<>=]\d*u"
)
"""Sequences that change no cell: titles, pointers, the clipboard, and modes that are not those of another screen."""


class ScreenDiff:
    """What stands on the terminal, cell by cell, as far as it is known.

    Only what takes the same width on every terminal is remembered; anything else makes its row, or all, unknown.
    """

    def __init__(self) -> None:
        self._rows: dict[int, list[_Cell | None]] = {}
        self._written: dict[int, tuple[int, str]] = {}
        """Of each row that was written once, from a column on: what, to be taken apart when it is written again."""

    @property
    def knows_any(self) -> bool:
        """Whether anything is known to stand there."""
        return bool(self._rows or self._written)

    def forget(self) -> None:
        """Take nothing for granted: the next picture is written whole."""
        self._rows.clear()
        self._written.clear()

    def changed(self, written: str) -> str:
        """Of what is to be written, that which does not stand there already; with no style left in force."""
        before, *placed = _MOVE.split(written)
        self._note_other(before)
        found, style = [before], ""
        for row, column, run in zip(map(int, placed[::3]), map(int, placed[1::3]), placed[2::3], strict=True):
            run, text = run.rstrip("\n"), _STYLE.sub("", run.rstrip("\n"))
            if not text:
                continue
            if not (text.isprintable() and is_narrow(text)):
                self._rows.pop(row, None)
                self._written.pop(row, None)
                if not text.isprintable():
                    self._note_other(text)
            elif row in self._rows or row in self._written:
                cells = _cells(run)
                for start, end in self._changes(row, column, cells):
                    found.append(f"\x1b[{row};{column + start}H")
                    pieces = groupby(cells[start:end], key=_STYLE_OF)
                    style = _write(found, [(style, "".join(map(_CHARACTER, piece))) for style, piece in pieces], style)
                continue
            else:
                self._written[row] = column, run
            found.append(f"\x1b[{row};{column}H")
            style = _write(found, _runs(run), style)
        found += ["\x1b[0m"] if style else []
        if placed and not placed[-1]:
            found.append(f"\x1b[{placed[-3]};{placed[-2]}H")  # where the cursor is left
        return "".join(found)

    def _changes(self, row: int, column: int, cells: list[_Cell]) -> list[tuple[int, int]]:
        """From where to where these cells, of which the first stands in a column, have to be written; note them."""
        if row in self._written:
            begin, run = self._written.pop(row)
            self._rows[row] = [*[None] * begin, *_cells(run)]
        shown, end = self._rows[row], column + len(cells)
        shown += [None] * (end - len(shown))
        before, shown[column:end] = shown[column:end], cells
        if before == cells:
            return []
        if not any(before):
            return [(0, len(cells))]  # nothing of it is known, as in the first picture
        changed = [at for at, cell in enumerate(cells) if cell != before[at]]
        found = []
        start = last = changed[0]
        for at in (*changed[1:], len(cells) + WORTH_A_MOVE + 1):
            if at - last > WORTH_A_MOVE:
                found.append((start, last + 1))
                start = at
            last = at
        return found

    def _note_other(self, text: str) -> None:
        """Forget all where a text stands in no known place, or may have moved what does."""
        if _HARMLESS.sub("", text):
            self.forget()


def _runs(written: str) -> list[tuple[str, str]]:
    """Each style of what is written on a row, and the text in it."""
    found, style, at = [], "", 0
    for change in (*_STYLE.finditer(written), None):
        if text := written[at : change.start() if change else None]:
            found.append((style, text))
        if change:
            style = "" if change[1] in ("", "0") else f"{style};{change[1]}" if style else change[1]
            at = change.end()
    return found


def _cells(written: str) -> list[_Cell]:
    """Each character of what is written on a row with its style; a blank's with what is seen of it."""
    found: list[_Cell] = []
    for style, text in _runs(written):
        ground = ";".join(_ground(style))
        if ground == style or not text.strip():
            found += zip(text, repeat(ground))
        else:
            found += [(character, style if character != " " else ground) for character in text]
    return found


def _write(found: list[str], runs: list[tuple[str, str]], shown: str) -> str:
    """Add runs of text, with a change of style only where one is seen; the style that is then in force."""
    for (style, text), (following, _) in pairwise((*runs, ("", ""))):
        is_blank = not text.strip(" ")
        if is_blank and _ground(style) == _ground(following):
            style = following
        if style != shown and not (is_blank and _ground(style) == _ground(shown)):
            found.append(f"\x1b[0;{style}m" if shown and style else f"\x1b[{style or 0}m")
            shown = style
        found.append(text)
    return shown


@lru_cache(512)
def _ground(style: str) -> tuple[str, ...]:
    """What a style shows on a blank: everything but the letters' colour, weight and slant, where nothing else is."""
    codes = iter(style.split(";") if style else ())
    seen = []
    for code in codes:
        if code in ("38", "48", "58"):
            kind = next(codes, "")
            color = [next(codes, "") for _ in range(3 if kind == "2" else 1)]
            seen += [";".join((code, kind, *color))] if code == "48" else []
        elif not (code in _UNSEEN_ON_BLANKS or (code.isdigit() and (30 <= int(code) <= 39 or 90 <= int(code) <= 97))):
            seen.append(code)
    only_ground = all(code.startswith("48;") or _BACKGROUND.fullmatch(code) for code in seen)
    return tuple(seen) if only_ground else (style,)
