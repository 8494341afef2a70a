"""Print how many statements and briefs each theme shows."""

from hrdash.commands import Answer
from hrdash.commands.options import FILTERS
from hrdash.commands.selection import Asked
from hrdash.report.tables import theme_table

TAKES = "[WORDS ...]"
OPTIONS = FILTERS


def run(asked: Asked) -> Answer:
    """A row a theme: how many of the matching statements and briefs it shows, its title, its id."""
    found, chosen = asked.found, asked.filter.themes
    if not found.briefs:
        return asked.nothing()
    shown = [theme for theme in asked.library.index.themes if not chosen or theme.id in chosen]
    table = theme_table(shown, found.facets(("themes",)).of("themes"))
    return Answer(table, asked.notes, asked.counted(found))
