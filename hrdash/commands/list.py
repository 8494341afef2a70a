"""Print one line a brief."""

from __future__ import annotations

from argparse import Namespace

from hrdash.commands import Answer
from hrdash.commands.options import FILTERS
from hrdash.commands.selection import counted, nothing, selected
from hrdash.filter import holding_names
from hrdash.index.query import rows
from hrdash.report.tables import brief_table
from hrdash.report.wording import LEGEND

TAKES = "[WORDS ...]"
OPTIONS = FILTERS


def run(options: Namespace) -> Answer:
    """The marks, title, years, theme and id of each brief."""
    with selected(options) as selection:
        index = selection.library.index
        found = rows(index, selection.asked)
        if not found:
            return nothing(selection)
        labels = {theme.id: theme.label for theme in index.themes}
        table = brief_table(
            (holding_names(row.holdings), row.title, row.years_text, labels.get(row.theme, row.theme), row.id)
            for row in found
        )
        count = counted(len(found), selection.library, options)
        return Answer(table, selection.notes, count if options.plain else f"{count}; {LEGEND}")
