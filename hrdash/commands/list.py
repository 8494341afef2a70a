"""Print one line a brief."""

from hrdash.commands import Answer
from hrdash.commands.options import FILTERS
from hrdash.commands.selection import Asked
from hrdash.index.query import Count
from hrdash.report.tables import brief_table
from hrdash.report.wording import LEGEND

TAKES = "[WORDS ...]"
OPTIONS = FILTERS


def run(asked: Asked) -> Answer:
    """The marks, title, years, theme and id of each brief."""
    found = asked.found
    if not found.briefs:
        return asked.nothing()
    labels = {theme.id: theme.label for theme in asked.library.index.themes}
    table = brief_table(
        (row.marks, row.title, row.years_text, labels.get(row.theme, row.theme), row.id) for row in found.brief_rows()
    )
    count = asked.counted(found, Count(found.statements_in_briefs, found.briefs), beside="brief")
    return Answer(table, asked.notes, count if asked.options.plain else f"{count}; {LEGEND}")
