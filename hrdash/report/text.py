"""Lines as plain text, for a pipe: indented by role, never wrapped, without colour."""

from __future__ import annotations

from collections.abc import Iterable

from hrdash.report.lines import Line

INDENTS = {
    "theme": 0, "title": 0, "meta": 2, "heading": 2, "absence": 4, "answers": 4, "statement": 4, "attribution": 6,
    "figure": 6, "note": 6, "source": 4, "address": 8, "pinpoint": 8,
}  # fmt: skip
"""How many cells each role stands in from the left margin."""

SPACED = ("theme", "title", "heading", "source")
"""Roles with an empty line before them."""

_BLANKS = str.maketrans("\n\t", "  ")
"""One for one, so that what was searched for still stands where it did."""


def plain(lines: Iterable[Line]) -> str:
    """The lines as text that ends with a newline."""
    shown: list[str] = []
    before = ""
    for line in lines:
        if shown and needs_space(before, line):
            shown.append("")
        shown.append(" " * indent(line) + starred(line))
        before = line.role
    return "\n".join(shown) + "\n"


def indent(line: Line) -> int:
    """How many cells a line stands in: by its role, and under a heading at least as far as what stands there."""
    return max(INDENTS[line.role], 4 if line.part and line.role != "heading" else 0)


def needs_space(before: str, line: Line) -> bool:
    """Whether an empty line stands between a line of the role `before` and this one."""
    if line.role in ("answers", "statement", "absence"):
        return before not in ("heading", "answers", "absence")
    return line.role in SPACED and before != "heading"


def shown_text(line: Line) -> str:
    """A line's text on one line, so that it can forge no other; marked where its statement lies outside the filter."""
    text = line.text if line.text.isprintable() else line.text.translate(_BLANKS)
    return f"{text} · outside the filter" if line.outside and line.role == "attribution" else text


def starred(line: Line) -> str:
    """The text with `*` around each word that was searched for: a mark that reads without colour."""
    shown = shown_text(line)
    for start, end in reversed(line.spans):
        shown = f"{shown[:start]}*{shown[start:end]}*{shown[end:]}"
    return shown
