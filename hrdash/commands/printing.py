"""The one place that prints what a command gives, in every format."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence

from hrdash.commands import Answer, Report
from hrdash.commands.options import Option
from hrdash.filter import EVERYTHING
from hrdash.report import render
from hrdash.report.document import document, written
from hrdash.report.filter_words import filter_parts
from hrdash.report.lines import report_lines
from hrdash.report.parts import Line
from hrdash.report.tables import Table
from hrdash.streams import columns, in_color, on_terminal, say, write


def print_answer(answer: Answer, options: Namespace) -> None:
    """Write what is asked for to stdout, and behind it everything else to stderr."""
    body = FORMATS[options.format](answer.body) if isinstance(answer.body, Report) else answer.body
    if isinstance(body, Table):
        write(_table_text(body, options))
    elif isinstance(body, str):
        write(body)
    elif body:
        _print_lines(body, options)
    for note in answer.notes:
        say(f"hrdash: {note}")
    if answer.summary:
        say(answer.summary)


def _table_text(table: Table, options: Namespace) -> str:
    if options.plain:
        return render.table_speech(table)
    return render.table_text(table, columns() if table.flexible and on_terminal() else 0)


def _print_lines(lines: Sequence[Line], options: Namespace) -> None:
    """Write lines set for what stdout is, or for the ear."""
    if options.plain:
        write(render.speech(lines))
    elif in_color(options.color) or (on_terminal() and os.environ.get("TERM") != "dumb"):
        render.terminal(lines, in_color(options.color))
    else:
        write(render.plain(lines))


def _lines(report: Report) -> tuple[Line, ...]:
    if not report.briefs:
        return ()
    words = filter_parts(report.within, report.context) if report.within != EVERYTHING else ()
    return report_lines(report.briefs, report.themes, report.context, report.matching, words)


def _json(report: Report) -> str:
    return written(document(report.context, report.asked, report.briefs, report.matching))


FORMATS: Mapping[str, Callable[[Report], str | tuple[Line, ...]]] = {
    "text": _lines,
    "markdown": lambda report: render.markdown(_lines(report)) if report.briefs else "",
    "json": _json,
}
"""What makes text, or lines, of briefs in full, by the name of the format."""
FORMAT = Option("format", "how to write it", "FORMAT", tuple(FORMATS), "text")
