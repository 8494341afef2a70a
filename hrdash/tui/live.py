"""The corpus while the dashboard is open: asked, read again when its files change, in memory when its index fails.

What a filter shows is one value, replaced as a whole: list, tabs, year strip and status line are all drawn from the
same `Result`, so that no number on screen can belong to another filter than the one on screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple, TypeVar

from hrdash.corpus.listing import CorpusUnreadable
from hrdash.derive import statement_key
from hrdash.filter import EVERYTHING, Filter, terms
from hrdash.index.file import Unreadable
from hrdash.index.index import Index
from hrdash.index.query import (
    BriefRow,
    Count,
    Facets,
    Selection,
    StatementRow,
    by_id,
    explain_nothing,
    marks,
    rows_at,
    select,
    statements_at,
)
from hrdash.index.sync import SyncReport
from hrdash.library import LastRead, Library
from hrdash.model import SECTION_KINDS, SECTIONS, Brief, Statement, Theme
from hrdash.report.footnotes import Taken, taken
from hrdash.report.lines import brief_lines
from hrdash.report.matches import marked
from hrdash.report.parts import EDITORIAL, Line, Spans, own, user
from hrdash.report.wording import Context, withheld_text
from hrdash.tui.lenses import LENSES, Lens

COUNT_AT_ONCE = 20_000
"""Up to so many statements the facets are counted before the list is drawn; above, they follow from a worker."""
PARTS = {**{kind: part for part, kind in SECTION_KINDS.items()}, "left-open": "left_open", "difference": "differences"}
"""The part of a brief in which each of what it may have stands."""
NOTHING = "No brief matches"
"""What heads the page where there is nothing to show."""
MOST_TAKEN = 2_000
"""Briefs, or rows of a table, that are taken along at once."""
Name = tuple[str, str]
"""A statement by its brief's id and its key."""
_T = TypeVar("_T")


class Result(NamedTuple):
    """Everything that is on screen because of the filter."""

    filter: Filter
    found: Selection
    """What matches, as the index that was asked has it."""
    numbers: Sequence[int]
    """The numbers of the matching briefs, in corpus order."""
    statements: int
    """How many statements match, in those briefs."""
    undated: int
    """How many more would, were they dated."""
    whole: Count
    """All of the corpus that could be read."""
    facets: Facets | None
    """Counts of every facet under the same filter; `None` while they are being counted."""
    context: Context
    nothing: str = ""
    """Why the list is empty, when it is."""
    hints: tuple[str, ...] = ()
    """What the search words could not do, and where else they stand: in sentences."""
    lens: Lens = LENSES[0]
    """Through which it is looked at: what its counts are of."""
    held: int = 0
    """How many briefs of the corpus are shown as they were last read, since they cannot be read as they are now."""

    def found_in(self, index: Index) -> Selection:
        """What matches, in this index: another than at first where that one has failed meanwhile."""
        return self.found if self.found.index is index else select(index, self.found.filter)

    @property
    def total(self) -> int:
        """How many briefs match."""
        return len(self.numbers)

    @property
    def unsure(self) -> list[str]:
        """What the counts have to be read with: briefs that could not be read, now or ever."""
        unread = [withheld_text(self.context.withheld)] if self.context.withheld else []
        return [*unread, *([held_text(self.held)] if self.held else [])]

    @property
    def themes(self) -> tuple[Theme, ...]:
        """Every theme of the corpus, in its order."""
        return tuple(self.context.themes.values())


class Change(NamedTuple):
    """What a look at the files found, to be shown and said."""

    words: str
    shown: bool
    """Whether what is on screen has changed by it."""


class LiveCorpus:
    """Answers questions and looks at the files; knows nothing of a screen.

    Questions are asked by one thread; `look` and `count` may be called by another meanwhile.
    """

    def __init__(self, library: Library, renumbered: Callable[[], object] = lambda: None) -> None:
        """`renumbered` is called after a question when its briefs have come to have other numbers than before."""
        self.library = library
        library.index.show_held()
        self.whole = size_of(library.index)
        self._renumbered = renumbered
        self._version = library.index.version()
        self._unreadable = ""
        self._damage = ""

    def result(self, asked: Filter, lens: Lens = LENSES[0]) -> Result:
        """All that a filter shows through a lens."""
        return self._answer(lambda _: look_up(self.library, asked, self.whole, lens))

    def read(self, question: Callable[[Index], _T]) -> _T:
        """What the index gives; where its file cannot answer any more, what the corpus in memory gives."""
        index = self.library.index
        found = self._answer(question)
        if self.library.index is not index:
            self._renumbered()
        return found

    def rows(self, numbers: Sequence[int]) -> Sequence[BriefRow]:
        """The rows of a list of briefs."""
        return self.read(lambda index: rows_at(index, numbers))

    def marks(self, words: str, texts: Sequence[str]) -> Sequence[Spans]:
        """Where in each of the texts searched words stand."""
        return self.read(lambda index: marks(index, words, texts)) if words else [()] * len(texts)

    def context_of(self, brief: Brief, context: Context) -> Context:
        """What wording a brief takes: with the answers of its statements, and what other briefs say to them."""

        def read(index: Index) -> Context:
            answers = index.answers(index.numbers((brief.id,)).values())
            elsewhere = index.elsewhere((brief,))
            return context._replace(answers=answers, elsewhere=elsewhere, titles=index.titles(brief.related))

        return self.read(read)

    def page(self, brief: Brief, result: Result) -> list[Line]:
        """A brief under a filter: what does not match set apart, the searched words marked."""

        def read(index: Index) -> frozenset[str]:
            numbers = tuple(index.numbers((brief.id,)).values())
            return result.found_in(index).matching(numbers).get(brief.id, frozenset())

        lines, words = list(brief_lines(brief, self.context_of(brief, result.context))), result.filter.text
        if result.filter.picks_statements:
            inside = self.read(read)
            lines = [line._replace(outside=line.anchor not in inside if is_said(line) else False) for line in lines]
        return marked(lines, lambda texts: self.marks(words, texts)) if words else lines

    def count(self, result: Result) -> Facets | None:
        """The facets of a result; `None` where the index fails, and the filter has to be asked for again."""
        try:
            return result.found_in(self.library.index).facets()
        except Unreadable:
            return None

    def taken(self, result: Result, names: Sequence[Name] = ()) -> tuple[list[Taken], Context]:
        """The statements of these names; or without any, those that the result lists, of as many briefs as can be taken
        along; and what wording them takes.
        """
        keys = _by_brief(names)

        def read(index: Index) -> tuple[list[Taken], Context]:
            found = result.found_in(index)
            numbers = sorted(index.numbers(keys).values()) if keys else list(found.brief_numbers()[:MOST_TAKEN])
            inside = keys or found.matching(numbers)
            return taken(index.briefs(numbers), inside), result.context._replace(answers=index.answers(numbers))

        return self.read(read)

    def rows_taken(self, result: Result, names: Sequence[Name] = ()) -> list[StatementRow]:
        """The same statements as rows of a table."""
        keys = _by_brief(names)

        def read(index: Index) -> list[StatementRow]:
            if not keys:
                return list(islice(result.found_in(index).statement_rows(), MOST_TAKEN))
            numbers = sorted(index.numbers(keys).values())
            said = [
                number - len(brief.statements) + at
                for number, brief in zip(numbers, index.briefs(numbers), strict=True)
                for at, (kind, one) in enumerate(in_order(brief)) if statement_key(kind, one) in keys[brief.id]
            ]  # fmt: skip
            return [row for at in range(0, len(said), 500) for row in statements_at(index, said[at : at + 500])]

        return self.read(read)

    def matching(self, result: Result, brief: str) -> frozenset[str]:
        """The keys of the statements of a brief that the result holds."""
        return self.read(
            lambda index: result.found_in(index).matching(index.numbers((brief,)).values()).get(brief, frozenset())
        )

    def damage(self) -> str:
        """What befell the index, to be said once."""
        said, self._damage = self._damage, ""
        return said

    def look(self) -> Change | None:
        """Read what has changed on disk; what there is to show or say of it, if anything."""
        before, fault, report, foreign = self.library.held, "", SyncReport(), False
        try:
            report = self.library.refresh(keep=True)
            version = self.library.index.version()
            foreign, self._version = version != self._version, version
        except (CorpusUnreadable, Unreadable) as found:
            fault = f"{found}; what was last read stays here"
        known, self._unreadable = self._unreadable, fault
        if foreign or report.read or report.changed_briefs or report.removed_briefs or self.library.held != before:
            return Change(self._what_changed(report, before), shown=True)
        return Change(fault or "the corpus can be read again", shown=False) if fault != known else None

    def measure(self) -> None:
        """Count the whole corpus again, after a change."""
        self.whole = self.read(size_of)

    def _answer(self, question: Callable[[Index], _T]) -> _T:
        """What the index gives, or the corpus in memory; what befell the index is said once."""
        index = self.library.index
        found = self.library.ask(question)
        if self.library.index is not index:
            self._damage = self.library.note
        return found

    def _what_changed(self, report: SyncReport, before: LastRead) -> str:
        held, parts = self.library.held, []
        if held.briefs:
            parts.append(f"{held_text(held.briefs)}, from {_some(sorted(held.files), 'files')}")
        gone = [name for name in report.removed_briefs if name not in self.library.index.held]
        for names, verb in ((report.changed_briefs, "read again"), (gone, "no longer shown")):
            if names:
                parts.append(f"{verb}: {_some(names, 'briefs')}")
        if before.files - held.files:
            parts.append(f"{_some(sorted(before.files - held.files), 'files')} can be read again")
        problems = len(self.library.problems)
        counted = f"{problems} problem{'s' * (problems != 1)}" + " (p)" * bool(problems)
        return "; ".join([*(parts or ["the corpus was read again"]), counted])


def size_of(index: Index) -> Count:
    """How much there is in a corpus."""
    found = select(index, EVERYTHING)
    return Count(found.statements, found.briefs)


def look_up(library: Library, asked: Filter, whole: Count, lens: Lens) -> Result:
    """Ask the index for everything that the filter shows; of a large corpus, all but the facets."""
    index = library.index

    def read() -> Result:
        known = by_id(index, asked)
        found = select(index, lens.narrowed(known, index.registers))
        facets = found.facets() if whole.statements <= COUNT_AT_ONCE else None
        context = Context(index.corpus, {theme.id: theme for theme in index.themes}, index.registers, index.withheld)
        nothing = "" if found.briefs else lens.without(select(index, known).statements) or explain_nothing(index, known)
        offered = found.elsewhere() if asked.text and found.briefs and not asked.years else ()
        return Result(
            asked, found, found.brief_numbers(), found.statements, found.undated.statements, whole, facets, context,
            nothing, (*terms(asked.text).hints, *offered), lens, library.held.briefs,
        )  # fmt: skip

    return index.together(read)  # all of one state, whoever writes meanwhile


def is_said(line: Line) -> bool:
    """Whether a line is of a statement, and not of a source or of what the brief's author says."""
    return line.part in SECTIONS and line.anchor != "" and not line.anchor.startswith(EDITORIAL)


def held_text(briefs: int) -> str:
    """That briefs are shown in a state that is not their present one."""
    return f"{briefs} brief{'s' * (briefs != 1)} shown as last read"


def in_order(brief: Brief) -> Iterator[tuple[str, Statement]]:
    """The statements of a brief with their kinds, in the order of their numbers."""
    return ((kind, said) for section, kind in SECTION_KINDS.items() for said in brief.section(section))


def _by_brief(names: Sequence[Name]) -> dict[str, frozenset[str]]:
    keys: dict[str, frozenset[str]] = {}
    for brief, key in names:
        keys[brief] = keys.get(brief, frozenset()) | {key}
    return keys


def place_in(result: Result, index: Index, brief: str) -> int | None:
    """In which row of the result a brief stands, if it does."""
    number = index.numbers((brief,)).get(brief)
    return result.numbers.index(number) if number in result.numbers else None


def part_sought(result: Result) -> str:
    """The part of a brief that the filter is after, where it names one."""
    return next((PARTS[name] for name in result.filter.has if name in PARTS), "")


def nothing_lines(result: Result) -> tuple[Line, ...]:
    """What stands where the brief would, when no brief matches."""
    return (Line("title", (own(NOTHING),)), Line("statement", (user(result.nothing),)))


def grid(index: Index, asked: Filter) -> dict[str, dict[int, int]]:
    """Briefs by theme (the empty one stands for all) and year (0 for all), under a filter without both."""
    counts = {}
    for theme in ("", *(theme.id for theme in index.themes)):
        found = select(index, asked._replace(themes=(theme,) if theme else ()))
        years = found.facets(("years",)).of("years") if found.briefs else {}
        counts[theme] = {
            0: found.briefs,
            **{int(year): briefs for year, (_, briefs) in years.items() if year.isdigit()},
        }
    return counts


def _some(names: Sequence[str], what: str) -> str:
    """The one name, or how many there are."""
    return names[0] if len(names) == 1 else f"{len(names)} {what}"
