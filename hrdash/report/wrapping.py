"""Texts broken into rows of so many terminal cells, for the pane, the pipe and the terminal alike."""

from hrdash.text import cells, is_narrow


def wrap(text: str, width: int, rest: int | None = None, split: bool = True) -> list[tuple[int, int]]:
    """Break a text into rows of at most `width` cells (`rest` from the second on): offsets of first and past-the-last.
    Between words where it can; a word that is wider than a row is `split`, or stands in one that is too wide."""
    room, size = max(1, width), len(text.rstrip())
    if 2 * size <= room:  # no character takes more than two cells
        return [(0, size)]
    rows: list[tuple[int, int]] = []
    start, narrow = 0, is_narrow(text)
    while (full := start + room if narrow else _filled(text, start, room)) < size:
        end = full
        while end > start and not text[end].isspace():
            end -= 1
        if not text[start:end].strip():  # the first word alone is too wide
            end = full
            while not split and end < size and not text[end].isspace():
                end += 1
        if end >= size:
            break
        rows.append((start, start + len(text[start:end].rstrip())))
        start, room = end, max(1, width if rest is None else rest)
        while text[start].isspace():
            start += 1
    return [*rows, (start, size)]


def _filled(text: str, start: int, room: int) -> int:
    """Where a row that begins at `start` is full, behind one character at least."""
    used = 0
    for at in range(start, len(text)):
        used += cells(text[at])
        if used > room and at > start:
            return at
    return len(text)
