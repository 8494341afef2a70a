"""Lines and tables as text: on a terminal, in a pipe, in Markdown, and for the ear.

Nothing here reads what stands in a line: a line says of each of its parts what that is.
"""

import sys
from collections.abc import Iterable, Sequence

from hrdash.report import escaping
from hrdash.report.parts import Line, Part, text_of
from hrdash.report.roles import HEADINGS, MEASURE, ROLES, margins, needs_space
from hrdash.report.tables import Table
from hrdash.report.wrapping import wrap
from hrdash.text import cells, clean

_LEAST = 24
"""Cells that the column which gives way keeps at the least."""


_TERMINAL = {"": "", "title": "1", "muted": "2", "heading": "1;36", "answer": "3", "attribution": "36"}
"""The styles of the roles as every terminal knows them (SGR): bold, dim, italic, cyan."""


def text(lines: Iterable[Line], width: int = MEASURE, color: bool = False) -> str:
    """The lines as text that ends with a newline: indented, and wrapped at words to so many cells; 0 for never.

    A row on which a line goes on stands an odd number of cells from the margin, and one on which a line begins an even
    one, so that no text can make a line of itself.
    """
    most = max(0, width - _LEAST) // 2 * 2 if width else sys.maxsize
    shown: list[str] = []
    before = ""
    for line in lines:
        if shown and needs_space(before, line):
            shown.append("")
        before = line.role
        said = starred(line) if line.spans and not color else line.text
        margin, hang = margins(before, bool(line.part), line.depth, most)
        whole = not width or before == "address"  # in one piece, to be copied or clicked
        rows = [(0, len(said))] if whole else wrap(said, width - margin, width - hang, split=False)
        for start, end in rows:
            shown.append(" " * margin + (_painted(line, start, end) if color else said[start:end]))
            margin = hang
    return "\n".join(shown) + "\n"


def _painted(line: Line, start: int, end: int) -> str:
    """A row of a line with the escape sequences of its style, the words that were searched for reversed."""
    style = "2" if line.outside else _TERMINAL[ROLES[line.role].style]
    found = [(max(first, start), min(last, end)) for first, last in line.spans if first < end and last > start]
    shown, at = "", start
    for first, last in (*found, (end, end)):
        for codes, text in ((style, line.text[at:first]), (f"{style};7".lstrip(";"), line.text[first:last])):
            shown += _styled(clean(text), codes)
        at = last
    return shown


def _styled(text: str, codes: str) -> str:
    return f"\x1b[{codes}m{text}\x1b[0m" if codes and text else text


def starred(line: Line) -> str:
    """The text with `*` around each word that was searched for: a mark that reads without colour."""
    shown = line.text
    for start, end in reversed(line.spans):
        shown = f"{shown[:start]}*{shown[start:end]}*{shown[end:]}"
    return shown


def markdown(lines: Iterable[Line]) -> str:
    """The lines as a Markdown document, in which nothing of a brief becomes a link, an image, HTML or a heading."""
    shown: list[str] = []
    before = ""
    for line in lines:
        template, text = ROLES[line.role].markdown, line.text
        row = template.endswith("  ") and before != "" and ROLES[before].markdown.endswith("  ")
        template = "  " * line.depth + template
        if shown and not ((row or template.startswith("  ")) and before != "heading"):
            shown.append("")
        text = escaping.address(text) if line.role == "address" else escaping.markdown(text)
        shown.append(template.format(text))
        before = line.role
    return "\n".join(shown) + "\n"


def speech(lines: Iterable[Line]) -> str:
    """The lines for the ear, in the order of reading: each begins with what it is, and every sign is a word.

    What people wrote is left as it is written.
    """
    return "".join(f"{spoken_line(line)}\n" for line in lines if ROLES[line.role].spoken)


def spoken_line(line: Line) -> str:
    """One line, with what it is."""
    name, (first, *rest) = ROLES[line.role].spoken, line.parts
    if line.role in ("statement", "meta") and line.part in HEADINGS:
        name = HEADINGS[line.part][1]
    if line.role == "glance":  # a mark is seen before what it marks, and heard after it
        return f"{name}: {spoken(rest)}; {first.spoken}"
    if first.kind in ("label", "sign") and first.spoken:
        return f"{first.spoken}: {spoken(rest)}"
    text = spoken(line.parts)
    return f"{name}: {text.capitalize() if line.role == 'heading' else text}"


def spoken(parts: Iterable[Part]) -> str:
    """Parts as they are spoken."""
    return text_of(part._replace(text=part.spoken) if part.spoken else part for part in parts)


def table_text(table: Table, width: int = 0) -> str:
    """The columns of a table that are seen, aligned, two cells apart; within a width where there is one."""
    rows = [[text_of(row[at]) for at in table.seen] for row in table.rows]
    return aligned(fitted(rows, width, table.flexible, table.spare) if width else rows)


def table_markdown(table: Table) -> str:
    """The columns of a table that are seen, as a table of Markdown under their names."""
    rows = [[escaping.markdown(text_of(row[at])) for at in table.seen] for row in table.rows]
    heads = [[table.columns[at] for at in table.seen], ["---"] * len(table.seen)]
    return "".join(f"| {' | '.join(row)} |\n" for row in (*heads, *rows))


def table_speech(table: Table) -> str:
    """A table without columns: each row on a line, every cell that says something with the name of its column."""
    lines = []
    for row in table.rows:
        fields = [(name, spoken(cell).strip()) for name, cell in zip(table.columns, row, strict=True)]
        lines.append("; ".join(f"{name}: {said}" if name else said for name, said in fields if said) + "\n")
    return "".join(lines)


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Rows of columns as text, each column as wide as its widest cell, two cells apart, the last one unpadded."""
    columns = []
    for column in zip(*rows, strict=True):
        sizes = list(map(cells, column))
        widest = max(sizes)
        columns.append([text + " " * (widest - size) for text, size in zip(column, sizes, strict=True)])
    return "".join(["  ".join(row).rstrip() + "\n" for row in zip(*columns, strict=True)])


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
