"""Print the texts that hold the words; -word leaves out."""

from __future__ import annotations

from argparse import Namespace

from hrdash.commands import NOTHING, Answer, CommandError
from hrdash.commands.options import FILTERS
from hrdash.commands.selection import context_of, counted, nothing, selected
from hrdash.filter import terms
from hrdash.index.query import marks, matching, rows
from hrdash.report.matches import match_lines

TAKES = "WORDS ..."
OPTIONS = FILTERS


def run(options: Namespace) -> Answer:
    """The texts that hold the words, the words marked."""
    with selected(options) as selection:
        library, asked, notes = selection
        if not asked.text:
            raise CommandError("search needs words to look for; see hrdash search --help")
        if not terms(asked.text).terms:
            return Answer(notes=notes, code=NOTHING)
        found = rows(library.index, asked)
        if not found:
            return nothing(selection)
        briefs = tuple(library.index.briefs(row.number for row in found))
        inside = matching(library.index, asked, (brief.id for brief in briefs)) if asked.picks_statements else None
        context = context_of(library, briefs)
        lines = match_lines(briefs, context, lambda texts: marks(library.index, asked.text, texts), inside)
        return Answer(lines, notes, counted(len(found), library, options))
