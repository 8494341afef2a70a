"""Texts broken into rows of so many terminal cells, for the pane, the pipe and the terminal alike."""

import re

from hrdash.text import cells, is_narrow

_WORDS = re.compile(r"\S+|\s+")


def wrap(text: str, width: int, rest: int | None = None, split: bool = True) -> list[tuple[int, int]]:
    """Break a text into rows of at most `width` cells (`rest` from the second on): offsets of first and past-the-last.
    Between words where it can; a word that is wider than a row is `split`, or stands in one that is too wide."""
    if is_narrow(text) and text.isprintable():
        if len(text) <= width and not text.endswith(" "):
            return [(0, len(text))]
        if "  " not in text and text == text.strip():
            return _plainly(text, max(1, width), max(1, width if rest is None else rest), split)
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


def _plainly(text: str, room: int, rest: int, split: bool) -> list[tuple[int, int]]:
    """The same, of a text of words with one blank between each two, every character of one cell."""
    rows: list[tuple[int, int]] = []
    start, size = 0, len(text)
    while size - start > room:
        end = text.rfind(" ", start, start + room + 1)
        if end < 0 and not split:
            end = text.find(" ", start + room)
            if end < 0:
                break
        if end < 0:
            end = after = start + room
        else:
            after = end + 1
        rows.append((start, end))
        start, room = after, rest
    return [*rows, (start, size)]
