"""The one place that prints what a command gives."""

import os
from argparse import Namespace
from collections.abc import Sequence

from hrdash.commands import Answer, CommandError, ForPrograms
from hrdash.commands.options import Option
from hrdash.commands.pager import show_in_pager
from hrdash.report import render
from hrdash.report.parts import Line
from hrdash.report.roles import MEASURE
from hrdash.report.tables import Table
from hrdash.streams import flush, in_color, on_terminal, say, terminal_size, write, write_for_programs
from hrdash.text import clean

FORMAT = Option("format", "how to write it", "FORMAT", ("text", "markdown", "json"), "text")


def print_answer(answer: Answer, options: Namespace) -> None:
    """Write what is asked for to stdout, and behind it everything else to stderr. On a terminal that is too short for
    it, the user's pager shows it."""
    body = answer.body
    if isinstance(body, ForPrograms):
        for piece in body.pieces:
            write_for_programs(piece)
    elif body:
        colored = not isinstance(body, str | Table) and not options.plain and in_color(options.color)
        text = body if isinstance(body, str) else _text_of(body, options, colored)
        if not (_pages(text, options) and show_in_pager(text if colored else clean(text))):
            write(text, colored)
    flush()
    for note in answer.notes:
        say(f"hrdash: {note}")
    if answer.summary:
        say(answer.summary)


def _text_of(body: Table | Sequence[Line], options: Namespace, colored: bool) -> str:
    """Lines or a table, set for what stdout is, or for the ear."""
    width = _width(options)
    as_markdown = getattr(options, "format", "text") == "markdown"
    if isinstance(body, Table):
        if as_markdown:
            return render.table_markdown(body)
        wide = width if options.width else terminal_size().columns if on_terminal() else 0
        return render.table_speech(body) if options.plain else render.table_text(body, wide if body.flexible else 0)
    if as_markdown:
        return render.markdown(body)
    return render.speech(body) if options.plain else render.text(body, width, colored)


def _width(options: Namespace) -> int:
    """How many cells a line may have, 0 for any number: what is asked for, or what reads well and the terminal has."""
    asked = options.width
    if asked and not (asked.isascii() and asked.isdecimal() and len(asked) < 6):
        taken = "a number of cells, such as 72, or 0 for lines of any length"
        raise CommandError(f"--width takes {taken}, and not {asked!r}")
    return int(asked) if asked else min(terminal_size().columns, MEASURE) if on_terminal() else MEASURE


def _pages(text: str, options: Namespace) -> bool:
    """Whether a text is for the pager: somebody sees it, and not at once."""
    seen = on_terminal() and not options.plain and not options.no_pager and os.environ.get("TERM") != "dumb"
    return seen and 0 < terminal_size().lines <= text.count("\n")
