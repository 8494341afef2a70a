"""Lines on a terminal: set by Rich, wrapped with hanging indents at a width that reads well."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from hrdash.report.lines import Line
from hrdash.report.text import indent, needs_space, shown_text, starred
from hrdash.text import clean

MEASURE = 90
"""The widest line of prose, in cells."""

STYLES = {
    "theme": "bold", "title": "bold", "meta": "dim", "heading": "bold cyan", "absence": "italic",
    "answers": "italic dim", "statement": "", "attribution": "cyan", "figure": "dim", "note": "dim", "source": "",
    "address": "dim", "pinpoint": "dim",
}  # fmt: skip


def print_lines(lines: Iterable[Line], color: bool) -> None:
    """Write the lines to stdout, at most `MEASURE` cells wide, in colour or without."""
    console = Console(
        highlight=False, markup=False, emoji=False, color_system="auto" if color else None, force_terminal=color or None
    )
    width = min(console.width, MEASURE)
    before = ""
    for line in lines:
        if before and needs_space(before, line):
            console.print()
        margin = min(indent(line), max(0, width - 20))
        style = "dim" if line.outside else STYLES[line.role]
        text = Text(clean(shown_text(line) if color else starred(line)), style)
        for start, end in line.spans if color else ():
            text.stylize("reverse", start, end)
        if line.role == "address":
            console.print(" " * margin, text, sep="", soft_wrap=True)  # in one piece, to be copied or clicked
        else:
            console.print(Padding(text, (0, 0, 0, margin)), width=width)
        before = line.role
