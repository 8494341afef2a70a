"""Print the register of sources, each with its note.

With a filter: those that the matching briefs cite.
"""

from __future__ import annotations

from argparse import Namespace

from hrdash.commands import Answer
from hrdash.commands.options import FILTERS
from hrdash.commands.selection import nothing, selected
from hrdash.filter import EVERYTHING
from hrdash.index.query import facets, total
from hrdash.report.tables import source_blocks, source_table

TAKES = "[WORDS ...]"
OPTIONS = FILTERS


def run(options: Namespace) -> Answer:
    """Each source in full, with how many briefs cite it."""
    with selected(options) as selection:
        library, asked, notes = selection
        if not total(library.index, asked):
            return nothing(selection)
        counts = facets(library.index, asked).of("sources")
        shown = [
            source
            for source in library.index.registers.sources.values()
            if (not asked.sources or source.id in asked.sources) and (asked == EVERYTHING or source.id in counts)
        ]
        return Answer((source_table if options.plain else source_blocks)(shown, counts), notes)
