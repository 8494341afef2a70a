"""Print theme briefs or single briefs, in full, with numbered sources.

Without a name: how many briefs each theme shows.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from hrdash.commands import NOTHING, OK, Answer, Report
from hrdash.commands.options import FILTERS
from hrdash.commands.printing import FORMAT
from hrdash.commands.selection import Selection, context_of, named, selected, unread
from hrdash.commands.themes import theme_counts
from hrdash.filter import Filter
from hrdash.index.query import explain_nothing, matching, rows
from hrdash.library import Library
from hrdash.model import Brief
from hrdash.text import clean_line

TAKES = "[THEME|BRIEF ...]"
OPTIONS = (FORMAT, *FILTERS)


def run(options: Namespace) -> Answer:
    """The named themes and briefs, or how many briefs each theme has."""
    names = [word for word in options.words if ":" not in word]
    with selected(options, [word for word in options.words if ":" in word]) as selection:
        if not names and not selection.asked.themes and options.format != "json":
            return theme_counts(selection, options)
        return report(selection, names)


def report(selection: Selection, names: Sequence[str] = ()) -> Answer:
    """The briefs of the named themes and the named briefs, in corpus order, as far as the filter matches them.

    Where no theme or brief is named, the filter's themes are.
    """
    library, asked, notes = selection
    themes, single = named(library, names) if names else (asked.themes, ())
    within = asked._replace(themes=()) if asked.themes == themes and not single else asked
    asked = within._replace(themes=tuple(dict.fromkeys((*themes, *within.themes))))
    found, outside = _found(library, within, themes, single, everything=not names)
    notes += [f"{name} lies outside the filter" for name in outside]
    if not found and (themes or not single):
        notes.append(_why_nothing(library, asked, within, themes))
    briefs = tuple(library.index.briefs(found))
    context = context_of(library, briefs)
    body = Report(briefs, themes, context, asked, within, _matching(library, within, briefs))
    return Answer(body, notes, code=OK if briefs else NOTHING)


def _found(
    library: Library, within: Filter, themes: Sequence[str], single: Sequence[str], everything: bool
) -> tuple[set[int], list[str]]:
    """The numbers of the briefs of these themes and of the single ones, and which single ones the filter leaves out."""
    wanted = within._replace(themes=tuple(themes))
    found = {row.number for row in rows(library.index, wanted)} if themes or everything else set()
    if not (within.themes or single):
        return found, []
    inside = {row.id: row.number for row in rows(library.index, within)}
    found = found.intersection(inside.values()) | {inside[name] for name in single if name in inside}
    return found, [name for name in single if name not in inside]


def _why_nothing(library: Library, asked: Filter, within: Filter, themes: Sequence[str]) -> str:
    if not (themes and within.themes):
        return explain_nothing(library.index, asked)
    both = f"is in {' or '.join(themes)} and matches {clean_line(within.typed)}"
    return f"nothing in this corpus, as of {library.index.corpus.as_of}, {both}{unread(library)}"


def _matching(library: Library, within: Filter, briefs: Sequence[Brief]) -> dict[str, frozenset[str]]:
    """For each brief, the ids of its statements inside the filter."""
    if within.picks_statements:
        return matching(library.index, within, (brief.id for brief in briefs))
    return {brief.id: frozenset(statement.id for statement in brief.statements) for brief in briefs}
