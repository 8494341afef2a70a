"""The one place that prints what a command gives."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Sequence

from hrdash.commands import Answer, ForPrograms
from hrdash.commands.options import Option
from hrdash.report import render
from hrdash.report.parts import Line
from hrdash.report.tables import Table
from hrdash.streams import columns, in_color, on_terminal, say, write, write_for_programs

FORMAT = Option("format", "how to write it", "FORMAT", ("text", "markdown", "json"), "text")


def print_answer(answer: Answer, options: Namespace) -> None:
    """Write what is asked for to stdout, and behind it everything else to stderr."""
    body = answer.body
    if isinstance(body, ForPrograms):
        for piece in body.pieces:
            write_for_programs(piece)
    elif isinstance(body, Table):
        width = columns() if body.flexible and on_terminal() else 0
        write(render.table_speech(body) if options.plain else render.table_text(body, width))
    elif isinstance(body, str):
        write(body)
    elif body:
        _print_lines(body, options)
    for note in answer.notes:
        say(f"hrdash: {note}")
    if answer.summary:
        say(answer.summary)


def _print_lines(lines: Sequence[Line], options: Namespace) -> None:
    """Write lines set for what stdout is, or for the ear."""
    if getattr(options, "format", "text") == "markdown":
        write(render.markdown(lines))
    elif options.plain:
        write(render.speech(lines))
    elif in_color(options.color) or (on_terminal() and os.environ.get("TERM") != "dumb"):
        render.terminal(lines, in_color(options.color))
    else:
        write(render.plain(lines))
