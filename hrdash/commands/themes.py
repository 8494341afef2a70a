"""Print how many briefs each theme shows."""

from __future__ import annotations

from argparse import Namespace

from hrdash.commands import Answer, Table
from hrdash.commands.options import FILTERS
from hrdash.commands.selection import Selection, counted, nothing, selected
from hrdash.index.query import facets, total

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
    counts = facets(library.index, asked).themes
    shown = [
        (theme, str(counts.get(theme.id, 0)))
        for theme in library.index.themes
        if not asked.themes or theme.id in asked.themes
    ]
    table = Table(
        [(count.rjust(4), theme.id, theme.title) for theme, count in shown],
        ("Theme", "Title", "Briefs", "Id"),
        [(theme.label, theme.title, count, theme.id) for theme, count in shown],
    )
    return Answer(table, notes, counted(found, library, options))
