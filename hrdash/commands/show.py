"""Print theme briefs or single briefs, in full, with their sources.

Without a name: how many statements and briefs each theme shows.
"""

from collections.abc import Sequence

from hrdash.commands import NOTHING, OK, Answer, CommandError, ForPrograms
from hrdash.commands.options import FILTERS, Option
from hrdash.commands.printing import FORMAT
from hrdash.commands.selection import Asked, batch, batches, named, unread, whole_context
from hrdash.commands.themes import run as theme_counts
from hrdash.filter import EVERYTHING, Filter
from hrdash.index.hints import explain_nothing
from hrdash.index.query import select
from hrdash.report.filter_words import filter_parts
from hrdash.report.lines import report_lines
from hrdash.text import clean_line

TAKES = "[THEME|BRIEF ...]"
ONLY_MATCHING = Option("only-matching", "leave out what has no statement inside the filter")
OPTIONS = (FORMAT, ONLY_MATCHING, *FILTERS)


def run(asked: Asked) -> Answer:
    """The briefs of the named themes and the named briefs, in corpus order, as far as the filter matches them. Where no
    theme or brief is named, the filter's themes are."""
    library, within, notes, options, names = asked
    if not names and not within.themes and options.format != "json":
        return theme_counts(asked)
    if options.format == "json" and getattr(options, "only_matching", False):
        raise CommandError(
            "--only-matching goes with text and Markdown; in JSON each statement says whether it matches"
        )
    index = library.index
    themes, single = named(library, names) if names else (within.themes, ())
    both = bool(names and within.themes)
    found = select(index, within if single or both else within._replace(themes=themes))
    numbers: Sequence[int] = found.brief_numbers()
    if single or both:
        inside, known = set(numbers), index.numbers(single)
        wanted = {*known.values(), *(select(index, Filter(themes=themes)).brief_numbers() if themes else ())}
        notes += [f"{name} lies outside the filter" for name in single if known[name] not in inside]
        numbers = [number for number in numbers if number in wanted]
    if not numbers and (themes or not single):
        notes.append(_why_nothing(asked, themes))
    code = OK if numbers else NOTHING
    if options.format == "json":
        whole = len(numbers) == found.briefs
        counted = found.statements_in_briefs if whole else sum(map(len, found.matching(numbers).values()))
        all_themes = tuple(dict.fromkeys((*themes, *within.themes)))
        shown = within if single else within._replace(themes=all_themes)  # in which no brief need be that is named
        from hrdash.report.document import document  # for programs alone

        pieces = document(whole_context(library), shown, (counted, len(numbers)), batches(library, found, numbers))
        return Answer(ForPrograms(pieces), notes, code=code)
    if not numbers:
        return Answer(notes=notes, code=code)
    briefs, context, matching = batch(library, found, numbers)
    bounds = within if names else within._replace(themes=())
    words = filter_parts(bounds, context) if bounds != EVERYTHING else ()
    return Answer(report_lines(briefs, themes, context, matching, words, options.only_matching), notes)


def _why_nothing(asked: Asked, themes: Sequence[str]) -> str:
    index, filter_ = asked.library.index, asked.filter
    if not (asked.names and themes and filter_.themes):
        return explain_nothing(index, filter_._replace(themes=tuple(themes)))
    both = f"is in {' or '.join(themes)} and matches {clean_line(filter_.typed)}"
    return f"nothing in this corpus, {index.corpus.until}, {both}{unread(asked.library)}"
