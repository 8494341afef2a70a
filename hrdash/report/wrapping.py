"""Texts broken into rows of so many terminal cells, for the pane, the pipe and the terminal alike."""

import re

from hrdash.text import cells

_WORDS = re.compile(r"\S+|\s+")


def wrap(text: str, width: int, rest: int | None = None, split: bool = True) -> list[tuple[int, int]]:
    """Break a text into rows of at most `width` cells (`rest` from the second on): offsets of first and past-the-last.
    Between words where it can; a word that is wider than a row is `split`, or stands in one that is too wide."""
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
        start, used = word.start(), 0 if split else size
        for offset in range(word.start(), word.end() if split else word.start()):
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
