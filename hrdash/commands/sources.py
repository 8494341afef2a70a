"""Print the register of sources, each with its note.

With a filter: those that the matching statements cite.
"""

from __future__ import annotations

from argparse import Namespace

from hrdash.commands import Answer
from hrdash.commands.options import FILTERS
from hrdash.commands.selection import Asked, asking
from hrdash.filter import EVERYTHING
from hrdash.report.tables import source_blocks, source_table

TAKES = "[WORDS ...]"
OPTIONS = FILTERS


def run(options: Namespace) -> Answer:
    """Each source in full, with how many statements and briefs cite it."""
    return asking(options, _listed)


def _listed(asked: Asked) -> Answer:
    found, chosen = asked.found, asked.filter.sources
    if not found.briefs:
        return asked.nothing()
    counts = found.facets(("sources",)).of("sources")
    shown = [
        source
        for source in asked.library.index.registers.sources.values()
        if (not chosen or source.id in chosen) and (asked.filter == EVERYTHING or source.id in counts)
    ]
    return Answer((source_table if asked.options.plain else source_blocks)(shown, counts), asked.notes)
