"""Print how many briefs each theme shows."""

from __future__ import annotations

from argparse import Namespace

from hrdash.commands import Answer
from hrdash.commands.options import FILTERS
from hrdash.commands.selection import Selection, counted, nothing, selected
from hrdash.index.query import facets, total
from hrdash.report.tables import theme_table

TAKES = "[WORDS ...]"
OPTIONS = FILTERS


def run(options: Namespace) -> Answer:
    """How many of the matching briefs each theme shows."""
    with selected(options) as selection:
        return theme_counts(selection, options)


def theme_counts(selection: Selection, options: Namespace) -> Answer:
    """A row a theme: how many of the matching briefs it shows, its id, its title."""
    library, asked, notes = selection
    found = total(library.index, asked)
    if not found:
        return nothing(selection)
    shown = [theme for theme in library.index.themes if not asked.themes or theme.id in asked.themes]
    table = theme_table(shown, facets(library.index, asked).of("themes"))
    return Answer(table, notes, counted(found, library, options))
