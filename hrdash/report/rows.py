"""Briefs, themes and sources as rows: a line each, aligned in terminal cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from hrdash.model import Source
from hrdash.report.lines import source_text
from hrdash.text import cells

_LEAST = 24
"""Cells that the column which gives way keeps at the least."""


def fitted(rows: Sequence[Sequence[str]], width: int, flexible: int, spare: int) -> Sequence[Sequence[str]]:
    """Rows that keep within a width as far as may be: one column's texts are cut, and before they are cut to less than
    can be read, a spare column goes. The others stay, and the rows run over.
    """
    if not rows:
        return rows
    widths = [max(map(cells, column)) + 2 for column in zip(*rows, strict=True)]
    room = width - sum(widths) + widths[flexible]
    goes = spare if room < _LEAST else None
    if goes is not None:
        room += widths[spare]
    room = max(room, _LEAST)
    return [[cut(text, room) if at == flexible else text for at, text in enumerate(row) if at != goes] for row in rows]


def cut(text: str, room: int) -> str:
    """A text in so many cells, `…` at its end where something is left out."""
    if cells(text) <= room:
        return text
    used = 0
    for at, character in enumerate(text):
        used += cells(character)
        if used >= room:
            return f"{text[:at].rstrip()}…"
    return text


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Rows of columns as text, each column as wide as its widest cell, two cells apart, the last one unpadded."""
    if not rows:
        return ""
    widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    padded = (
        "  ".join(text + " " * (width - cells(text)) for text, width in zip(row, widths, strict=True)) for row in rows
    )
    return "".join(line.rstrip() + "\n" for line in padded)


def source_rows(sources: Iterable[Source], counts: Mapping[str, int]) -> str:
    """The register: each source in full, with its note and how many briefs cite it."""
    blocks = []
    for source in sources:
        lines = [source.id, f"  {source_text(source)}"]
        lines += [f"  {' '.join(part.split())}" for part in (source.URL, source.note) if part]
        count = counts.get(source.id, 0)
        lines.append(f"  cited by {count} {'brief' if count == 1 else 'briefs'}; {source.paragraphs.last} paragraphs, "
                     f"{'our count' if source.paragraphs.numbering == 'ours' else 'as printed'}")  # fmt: skip
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)
