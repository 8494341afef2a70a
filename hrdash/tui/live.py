"""The corpus while the dashboard is open: read, asked, read again as its files change, in memory when its index fails.

What a filter shows is one value, replaced as a whole: list, tabs, year strip and status line are all drawn from the
same `Result`, so that no number on screen can belong to another filter than the one on screen.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import NamedTuple, TypeVar

from hrdash.corpus.listing import CorpusUnreadable, list_files
from hrdash.derive import Key, Marks, statement_key
from hrdash.filter import EVERYTHING, LINKED, Filter, terms
from hrdash.index.file import Unreadable
from hrdash.index.hints import by_id, elsewhere, explain_nothing
from hrdash.index.index import Index, open_memory
from hrdash.index.query import (
    BriefRow,
    Count,
    Facets,
    Selection,
    StatementRow,
    marks,
    rows_at,
    select,
    statements_at,
)
from hrdash.index.reading import AT_ONCE, Reading, Step, Stopped, Task, read, takes_long
from hrdash.index.sync import SyncReport, is_fresh
from hrdash.library import LastRead, Library
from hrdash.model import SECTION_KINDS, SECTIONS, Brief, Statement, Theme
from hrdash.report.footnotes import Taken, taken
from hrdash.report.lines import brief_lines
from hrdash.report.matches import marked
from hrdash.report.parts import EDITORIAL, Line, Spans, own, user
from hrdash.report.wording import NOT_YET, Context, withheld_text
from hrdash.tui.lenses import LENSES, Lens

COUNT_AT_ONCE = 20_000
"""Up to so many statements the facets are counted before the list is drawn; above, they follow from a worker."""
PARTS = {**{kind: part for part, kind in SECTION_KINDS.items()}, "left-open": "left_open", "difference": "differences"}
"""The part of a brief in which each of what it may have stands."""
READING, NOTHING = "The corpus is being read", "No brief matches"
"""What heads the page where there is nothing to show: nothing yet, or nothing."""
MOST_TAKEN = 2_000
"""Briefs, or rows of a table, that are taken along at once."""
Name = tuple[str, str]
"""A statement by its brief's id and its key."""
_T = TypeVar("_T")


class Progress(NamedTuple):
    """How far a reading is that is going on."""

    files: int
    of: int
    first: bool
    """Whether nothing was read before: then all there is to see is what this reading has brought so far."""

    @property
    def text(self) -> str:
        """What every total is to be read with."""
        far = f"{self.files:,} of {self.of:,} files"
        return f"so far, {far}" if self.first else f"as last read, {far} read again"

    @property
    def short(self) -> str:
        """The same where there is little room."""
        return f"so far {self.files:,}/{self.of:,}" if self.first else "as last read"


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
    best_first: bool = False
    """Whether the briefs with the most matching statements come first, and not those of the first theme."""
    held: int = 0
    """How many briefs of the corpus are shown as they were last read, since they cannot be read as they are now."""
    progress: Progress | None = None
    """How far a reading is: until it ends, all this is not yet, or no longer, of the whole corpus."""

    def found_in(self, index: Index) -> Selection:
        """What matches, in this index: another than at first where that one has failed meanwhile."""
        return self.found if self.found.index is index else select(index, self.found.filter)

    @property
    def total(self) -> int:
        """How many briefs match."""
        return len(self.numbers)

    @property
    def unsure(self) -> list[str]:
        """What the counts have to be read with: what is still to be read, and what could not be, now or ever."""
        far = [self.progress.text] if self.progress else []
        unread = [withheld_text(self.context.withheld)] if self.context.withheld else []
        return [*far, *unread, *([held_text(self.held)] if self.held else [])]

    @property
    def is_first(self) -> bool:
        """Whether it is of what the first reading has brought so far."""
        return self.progress is not None and self.progress.first

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

    def __init__(
        self,
        library: Library,
        renumbered: Callable[[], object] = lambda: None,
        stepped: Callable[[bool], object] = lambda _: None,
        by_asker: Callable[[Callable[[], object]], object] = lambda change: change(),
    ) -> None:
        """`renumbered` is called after a question when its briefs have come to have other numbers than before.

        `stepped` is called as a reading goes on, with whether there is something else to see; it and what the answers
        follow from are called through `by_asker`, by the thread that asks the questions.
        """
        self.library = library
        library.index.show_held()
        self.best_first = False
        """Whether the briefs with the most matching statements come first, where words are asked for."""
        self.progress: Progress | None = None
        if library.ahead:
            self.progress = Progress(0, library.ahead, first=self._answer(Index.is_new))
        self.news = library.note if library.ahead and library.index.path else ""
        """What is to be said once the index that is being written is there."""
        self.whole = self._answer(size_of)
        self._renumbered, self._stepped, self._by_asker = renumbered, stepped, by_asker
        self._place = library.index.path, library.index.token
        self._reading: Reading | None = None
        self._version = library.index.version()
        self._unreadable = ""
        self._damage = ""

    @property
    def is_first(self) -> bool:
        """Whether what there is to see is what the first reading has brought so far."""
        return self.progress is not None and self.progress.first

    def result(self, asked: Filter, lens: Lens = LENSES[0]) -> Result:
        """All that a filter shows through a lens."""

        def read(index: Index) -> Result:
            found = look_up(index, asked, self.whole, lens, self.progress)
            if not self.best_first or not asked.text:
                return found
            return found._replace(best_first=True, numbers=best_first(found, index))

        return self._answer(read)

    def read(self, question: Callable[[Index], _T]) -> _T:
        """What the index gives; where its file cannot answer any more, what the corpus in memory gives."""
        index = self.library.index
        found = self._answer(question)
        if self.library.index is not index:
            self._renumbered()
        return found

    def rows(self, numbers: Sequence[int]) -> Sequence[BriefRow]:
        """The rows of a list of briefs; without marks until all is read."""
        found = self.read(lambda index: rows_at(index, numbers))
        return [row._replace(marks=Marks(NOT_YET, NOT_YET, NOT_YET)) for row in found] if self.is_first else found

    def marks(self, words: str, texts: Sequence[str]) -> Sequence[Spans]:
        """Where in each of the texts searched words stand."""
        return self.read(lambda index: marks(index, words, texts)) if words else [()] * len(texts)

    def context_of(self, brief: Brief, context: Context) -> Context:
        """What wording a brief takes: with the answers of its statements, and what other briefs say to them."""

        def read(index: Index) -> Context:
            answers = self._answers(index, index.numbers((brief.id,)).values())
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
            return taken(index.briefs(numbers), inside), result.context._replace(answers=self._answers(index, numbers))

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

        return self.answered(self.read(read))

    def answered(self, rows: Sequence[StatementRow]) -> list[StatementRow]:
        """Rows of statements, without the answers that are not known yet."""
        return [row._replace(answer=row.answer and NOT_YET) if self.is_first else row for row in rows]

    def _answers(self, index: Index, numbers: Iterable[int]) -> dict[Key, str]:
        """The answers of these briefs' statements, as far as they are known."""
        found = index.answers(numbers)
        return {key: answer and NOT_YET for key, answer in found.items()} if self.is_first else found

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
        is_first = self.is_first
        try:
            foreign = not is_first and self.library.index.version() != self._version
            report = self._catch_up()
            self._version = self.library.index.version()
        except (CorpusUnreadable, Unreadable) as found:
            fault = f"{found}; what was last read stays here"
        except Stopped:
            return None
        known, self._unreadable = self._unreadable, fault
        if is_first and not fault:
            return None  # it has been shown, and nothing was there before that could have changed
        if foreign or report.read or report.changed_briefs or report.removed_briefs or self.library.held != before:
            return Change(self._what_changed(report, before), shown=True)
        return Change(fault or "the corpus can be read again", shown=False) if fault != known else None

    def stop(self) -> None:
        """Have a reading end that goes on."""
        if self._reading is not None:
            self._reading.stop()

    def _catch_up(self) -> SyncReport:
        """Bring the index in step with the files, a part at once, or all of it step by step."""
        index, listing = self.library.index, list_files(self.library.folder)
        if not self.is_first and is_fresh(index, listing):
            if self.progress is not None:  # somebody else has read it
                self._by_asker(self._end)
            return SyncReport()
        reports: list[SyncReport] = []
        is_long = self.is_first or takes_long(index, listing)
        first = Progress(0, len(listing.theme_files), self.is_first or index.is_new()) if is_long else None

        def told(step: Step) -> None:
            try:
                if (other := step.opened(self._place[1])) is not None:
                    other.show_held()
                    look_up(
                        other, EVERYTHING, Count(), LENSES[0], None
                    )  # what everything takes, off the thread that asks
            except (sqlite3.Error, Unreadable):
                other = None  # there is nothing to see of it now
            if step.report is not None:
                reports.append(step.report)
            self._by_asker(partial(self._show, step, other, first))

        task = Task(self.library.folder, *self._place, index.damaged, b"" if self.is_first else index.content())
        if not is_long:
            read(task, told)
        else:
            self._reading = Reading(task)
            self._reading.run(told)
        return reports[-1]

    def _show(self, step: Step, other: Index | None, progress: Progress | None) -> None:
        """Answer from now on with what has been read so far."""
        if other is not None:
            self.library.index.become(other)
        if step.report is not None:
            self.library.was_written()
        if step.report is None:
            self.progress = progress and progress._replace(files=step.files, of=step.of)
        else:
            self._place = self.library.index.path, self.library.index.token
            self._damage, self.news = step.note or self.news or self._damage, ""
            self.progress = None
        self._stepped(other is not None)

    def _end(self) -> None:
        """Say no longer that there is something to be read."""
        self.progress = None
        self._stepped(True)

    def measure(self) -> None:
        """Count the whole corpus again, after a change."""
        self.whole = self.read(size_of)

    def _answer(self, question: Callable[[Index], _T]) -> _T:
        """What the index gives, or the corpus in memory; what befell the index is said once."""
        index = self.library.index
        try:
            return question(index)
        except Unreadable as fault:
            if self.is_first or self._takes_long():
                self._begin_anew(index, "" if self.is_first else f"{fault}, so the corpus is read into memory")
                return question(index)
        found = self.library.ask(question)
        if self.library.index is not index:
            self._damage = self.library.note
        return found

    def _takes_long(self) -> bool:
        """Whether the corpus cannot be read while somebody waits."""
        try:
            return sum(stamp.size for stamp in list_files(self.library.folder).files) > AT_ONCE
        except CorpusUnreadable:
            return True

    def _begin_anew(self, index: Index, damage: str) -> None:
        """Answer of an empty index in memory; the next look fills it again."""
        index.become(open_memory())
        self.progress = self.progress or Progress(0, 0, first=True)
        if damage:
            self._damage, self._place, self.whole = damage, ("", None), Count()
            self._renumbered()

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


def look_up(index: Index, asked: Filter, whole: Count, lens: Lens, progress: Progress | None) -> Result:
    """Ask the index for everything that the filter shows; of a large corpus, all but the facets."""

    def context() -> Context:
        return Context(index.corpus, {theme.id: theme for theme in index.themes}, index.registers, index.withheld)

    def read() -> Result:
        known = by_id(index, asked)
        found = select(index, lens.narrowed(known, index.registers))
        facets = found.facets() if whole.statements <= COUNT_AT_ONCE else None
        nothing = "" if found.briefs else lens.without(select(index, known).statements) or explain_nothing(index, known)
        offered = elsewhere(found) if asked.text and found.briefs and not asked.years else ()
        return Result(
            asked, found, found.brief_numbers(), found.statements, found.undated.statements, whole, facets, context(),
            nothing, (*terms(asked.text).hints, *offered), lens,
            held=len(index.held) if index.with_held else 0, progress=progress,
        )  # fmt: skip

    def read_so_far() -> Result:
        found = select(index, lens.narrowed(by_id(index, asked), index.registers))
        linked = [facet.word for facet in LINKED if asked.values(facet)]
        numbers = () if linked else found.brief_numbers()
        statements, undated = (0, 0) if linked else (found.statements, found.undated.statements)
        nothing = f"what has {' and '.join(linked)} is known when all files are read" if linked else ""
        return Result(
            asked, found, numbers, statements, undated, whole, None, context(), nothing, terms(asked.text).hints, lens,
            progress=progress,
        )  # fmt: skip

    # all of one state, whoever writes meanwhile
    return index.together(read_so_far if progress is not None and progress.first else read)


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


def best_first(result: Result, index: Index) -> Sequence[int]:
    """The briefs of a result, those with the most matching statements first."""
    statements, before, counts = sorted(result.found_in(index).statement_numbers()), 0, {}
    for brief in sorted(result.numbers):  # whose number follows those of its statements
        upto = bisect_left(statements, brief)
        counts[brief], before = before - upto, upto
    return sorted(result.numbers, key=counts.__getitem__)


def place_in(result: Result, index: Index, brief: str) -> int | None:
    """In which row of the result a brief stands, if it does."""
    number = index.numbers((brief,)).get(brief)
    return result.numbers.index(number) if number in result.numbers else None


def part_sought(result: Result) -> str:
    """The part of a brief that the filter is after, where it names one."""
    return next((PARTS[name] for name in result.filter.has if name in PARTS), "")


def is_walked(result: Result) -> bool:
    """Whether the filter asks for something in briefs that can be gone to, one by one."""
    return result.filter.picks_statements or bool(part_sought(result))


def nothing_lines(result: Result) -> tuple[Line, ...]:
    """What stands where the brief would, when no brief matches, or none does so far."""
    if result.progress is not None and result.is_first:
        words = [Line("title", (own(READING),)), Line("meta", (own(result.progress.text),))]
        return (*words, *([Line("statement", (user(result.nothing),))] if result.nothing else []))
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
