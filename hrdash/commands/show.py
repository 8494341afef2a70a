"""Print theme briefs or single briefs, in full, with their sources.

Without a name: how many statements and briefs each theme shows.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from hrdash.commands import NOTHING, OK, Answer, ForPrograms
from hrdash.commands.options import FILTERS
from hrdash.commands.printing import FORMAT
from hrdash.commands.selection import Asked, asking, batch, batches, named, totals, unread, whole_context
from hrdash.commands.themes import theme_counts
from hrdash.filter import EVERYTHING, Filter
from hrdash.index.query import Selection, explain_nothing, select
from hrdash.report.document import Totals, document
from hrdash.report.filter_words import filter_parts
from hrdash.report.lines import report_lines
from hrdash.text import clean_line

TAKES = "[THEME|BRIEF ...]"
OPTIONS = (FORMAT, *FILTERS)


def run(options: Namespace) -> Answer:
    """The named themes and briefs, or how much each theme has."""
    names = [word for word in options.words if ":" not in word]

    def read(asked: Asked) -> Answer:
        if not names and not asked.filter.themes and options.format != "json":
            return theme_counts(asked)
        return report(asked, names)

    return asking(options, read, [word for word in options.words if ":" in word])


def report(asked: Asked, names: Sequence[str] = ()) -> Answer:
    """The briefs of the named themes and the named briefs, in corpus order, as far as the filter matches them.

    Where no theme or brief is named, the filter's themes are.
    """
    library, notes = asked.library, asked.notes
    themes, single = named(library, names) if names else (asked.filter.themes, ())
    within = asked.filter._replace(themes=()) if asked.filter.themes == themes and not single else asked.filter
    wanted = within._replace(themes=tuple(dict.fromkeys((*themes, *within.themes))))
    inside = select(library.index, within)
    numbers, outside = _found(asked, inside, within, themes, single, everything=not names)
    notes += [f"{name} lies outside the filter" for name in outside]
    if not numbers and (themes or not single):
        notes.append(_why_nothing(asked, within, themes))
    code = OK if numbers else NOTHING
    if asked.options.format == "json":
        size = totals(inside) if not names else _totals(inside, numbers)
        content = document(whole_context(library), wanted, size, batches(library, inside, numbers))
        return Answer(ForPrograms(content), notes, code=code)
    if not numbers:
        return Answer(notes=notes, code=code)
    briefs, context, matching = batch(library, inside, numbers)
    words = filter_parts(within, context) if within != EVERYTHING else ()
    return Answer(report_lines(briefs, themes, context, matching, words), notes)


def _totals(inside: Selection, numbers: Sequence[int]) -> Totals:
    return Totals(sum(map(len, inside.matching(numbers).values())), len(numbers))


def _found(
    asked: Asked, inside: Selection, within: Filter, themes: Sequence[str], single: Sequence[str], everything: bool
) -> tuple[list[int], list[str]]:
    """The numbers of the briefs of these themes and of the single ones, and which single ones the filter leaves out."""
    index = asked.library.index
    found = set(select(index, within._replace(themes=tuple(themes))).brief_numbers()) if themes or everything else set()
    if not (within.themes or single):
        return sorted(found), []
    allowed = set(inside.brief_numbers())
    numbers = index.numbers(single)
    chosen = {number for number in numbers.values() if number in allowed}
    return sorted((found & allowed) | chosen), [name for name in single if numbers.get(name) not in allowed]


def _why_nothing(asked: Asked, within: Filter, themes: Sequence[str]) -> str:
    index = asked.library.index
    if not (themes and within.themes):
        return explain_nothing(index, within._replace(themes=tuple(themes) or within.themes))
    both = f"is in {' or '.join(themes)} and matches {clean_line(within.typed)}"
    return f"nothing in this corpus, as of {index.corpus.as_of}, {both}{unread(asked.library)}"
