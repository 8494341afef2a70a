"""The one place that prints what a command gives, in every format."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence

from hrdash.commands import Answer, Report, Table
from hrdash.commands.options import Option
from hrdash.filter import EVERYTHING
from hrdash.report.document import document, written
from hrdash.report.filter_words import filter_words
from hrdash.report.lines import Line, report_lines
from hrdash.report.markdown import markdown
from hrdash.report.rows import aligned, fitted
from hrdash.report.spoken import labelled_rows, spoken
from hrdash.report.text import plain
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
        return labelled_rows(table.names, table.spoken)
    return aligned(fitted(table.rows, columns(), *table.gives_way) if table.gives_way and on_terminal() else table.rows)


def _print_lines(lines: Sequence[Line], options: Namespace) -> None:
    """Write lines set for what stdout is, or for the ear."""
    if options.plain:
        write(spoken(lines))
    elif in_color(options.color) or (on_terminal() and os.environ.get("TERM") != "dumb"):
        from hrdash.report.terminal import print_lines  # Rich: only where somebody sees it

        print_lines(lines, in_color(options.color))
    else:
        write(plain(lines))


def _lines(report: Report) -> tuple[Line, ...]:
    if not report.briefs:
        return ()
    words = filter_words(report.within, report.context) if report.within != EVERYTHING else ""
    return report_lines(report.briefs, report.themes, report.context, report.matching, words)


def _json(report: Report) -> str:
    return written(document(report.context, report.asked, report.briefs, report.matching))


FORMATS: Mapping[str, Callable[[Report], str | tuple[Line, ...]]] = {
    "text": _lines,
    "markdown": lambda report: markdown(_lines(report)) if report.briefs else "",
    "json": _json,
}
"""What makes text, or lines, of briefs in full, by the name of the format."""
FORMAT = Option("format", "how to write it", "FORMAT", tuple(FORMATS), "text")
