"""Print the register of sources, each with its note.

With a filter: those that the matching statements cite.
"""

from hrdash.commands import Answer
from hrdash.commands.options import FILTERS
from hrdash.commands.selection import Asked
from hrdash.filter import EVERYTHING
from hrdash.report.lines import register_lines

TAKES = "[WORDS ...]"
OPTIONS = FILTERS


def run(asked: Asked) -> Answer:
    """Each source in full, with how many statements and briefs cite it, and for how many positions."""
    found, chosen = asked.found, asked.filter.sources
    if not found.briefs:
        return asked.nothing()
    facets = found.facets(("sources", "position_sources"))
    counts, positions = facets.of("sources"), facets.of("position_sources")
    shown = [
        source
        for source in asked.library.index.registers.sources.values()
        if (not chosen or source.id in chosen)
        and (asked.filter == EVERYTHING or source.id in counts or source.id in positions)
    ]
    return Answer(register_lines(shown, counts, positions), asked.notes, asked.counted(found))
