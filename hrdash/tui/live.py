"""The corpus while the dashboard is open: asked, read again as its files change, in memory when its index fails."""

import sqlite3
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from hrdash.corpus.listing import CorpusUnreadable, list_files
from hrdash.derive import Marks, keyed
from hrdash.filter import EVERYTHING, Filter
from hrdash.index.file import Unreadable
from hrdash.index.index import Index, open_memory
from hrdash.index.query import (
    FIELDS,
    BriefRow,
    Count,
    Facets,
    StatementRow,
    marks,
    of_one_state,
    rows_at,
    statements_at,
)
from hrdash.index.survey import AT_ONCE, SyncReport, is_fresh, takes_long
from hrdash.library import LastRead, Library
from hrdash.model import Brief
from hrdash.report.parts import Line, Spans, is_said
from hrdash.report.wording import NOT_YET, Context
from hrdash.text import number_of
from hrdash.tui.basket import Name
from hrdash.tui.lenses import LENSES, Lens
from hrdash.tui.result import COUNT_AT_ONCE, Progress, Result, best_first, held_text, look_up, ordered, size_of

if TYPE_CHECKING:
    from hrdash.index.reading import Reading, Step
    from hrdash.report.footnotes import Taken

MOST_TAKEN = 2_000
"""Briefs, or rows of a table, that are taken along at once."""
_T = TypeVar("_T")


class Change(NamedTuple):
    """What a look at the files found, to be shown and said."""

    words: str
    shown: bool
    """Whether what is on screen has changed by it."""


class LiveCorpus:
    """Answers questions and looks at the files; knows nothing of a screen.

    Questions are asked by one thread; `look`, `found` and `count` may be called by others meanwhile.
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

    def result(self, asked: Filter, lens: Lens = LENSES[0], fields: Collection[str] = FIELDS) -> Result:
        """All that a filter shows through a lens, with the counts of the facets of these fields."""
        return self._answer(lambda index: self._look_up(index, asked, lens, fields))

    @property
    def is_large(self) -> bool:
        """Whether there are so many statements that it may take long to say what a filter shows of them."""
        return self.whole.statements > COUNT_AT_ONCE and not self.is_first

    def found(self, asked: Filter, lens: Lens, of: Callable[[Index, Result], _T]) -> tuple[Result, _T] | None:
        """As `result`, with something of it, by another thread than asks the other questions; `None` where the index
        fails.
        """
        index = self.library.index
        try:
            found = self._look_up(index, asked, lens)
            return found, of(index, found)
        except Unreadable:
            return None

    def of(self, result: Result, question: Callable[[Index, Result], _T]) -> _T | None:
        """Something of a result, by another thread; `None` where the index fails."""
        try:
            return question(self.library.index, result)
        except Unreadable:
            return None

    def _look_up(self, index: Index, asked: Filter, lens: Lens, fields: Collection[str] = FIELDS) -> Result:
        found = look_up(index, asked, self.whole, lens, self.progress, fields)
        if not self.best_first or not asked.text:
            return found
        return found._replace(best_first=True, numbers=best_first(found, index))

    def read(self, question: Callable[[Index], _T]) -> _T:
        """What the index gives in one state of it; where its file cannot answer any more, what the corpus in memory
        gives."""
        index = self.library.index
        found = self._answer(of_one_state(question))
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
            elsewhere, titles = index.elsewhere((brief,)), index.titles(brief.related)
            registers = index.registers_citing((*brief.citations, *elsewhere.citations))
            return context._replace(
                registers=registers, answers=answers, elsewhere=elsewhere, titles=titles, years=index.years((brief.id,))
            )

        return self.read(read)

    def page(self, name: str, result: Result) -> list[Line]:
        """A brief under a filter: what does not match set apart, the searched words marked; nothing of one that is gone
        meanwhile."""
        from hrdash.report.lines import brief_lines  # no first frame has a page
        from hrdash.report.matches import marked
        from hrdash.report.threads import is_inside

        brief = self.read(lambda index: index.brief(name))
        if brief is None:
            return []
        context, words = self.context_of(brief, result.context), result.filter.text
        lines = list(brief_lines(brief, context))
        if result.filter.picks_statements:
            names = {name, *context.elsewhere.briefs}
            matching = self.read(lambda index: result.found_in(index).matching(index.numbers(names).values()))
            lines = [
                line._replace(outside=is_said(line) and not is_inside(line.anchor, name, matching)) for line in lines
            ]
        return marked(lines, lambda texts: self.marks(words, texts)) if words else lines

    def count(self, result: Result, is_wanted: Callable[[], bool] = lambda: True) -> Facets | None:
        """The facets of a result; `None` where nobody wants them any more, or the index fails and has to be asked for
        the filter again.
        """
        beside = result.lens.unit
        found = self.of(result, lambda index, shown: shown.found_in(index).facets(FIELDS, is_wanted, beside))
        return found if is_wanted() else None

    def taken(self, result: Result, names: Sequence[Name] = ()) -> "tuple[list[Taken], Context]":
        """The statements of these names; or without any, those that the result lists, of as many briefs as can be taken
        along; and what wording them takes.
        """
        from hrdash.report.footnotes import taken  # for who takes something along

        keys = _by_brief(names)

        def read(index: Index) -> "tuple[list[Taken], Context]":
            found = result.found_in(index)
            numbers = sorted(index.numbers(keys).values()) if keys else list(ordered(result, index)[:MOST_TAKEN])
            inside = keys or found.matching(numbers)
            by_number = dict(zip(sorted(numbers), index.briefs(numbers), strict=True))
            briefs = [by_number[number] for number in numbers]
            elsewhere = index.elsewhere(briefs)
            cites = (*(cite for brief in briefs for cite in brief.citations), *elsewhere.citations)
            answers, registers = self._answers(index, numbers), index.registers_citing(cites)
            return taken(briefs, inside), result.context._replace(
                registers=registers, answers=answers, elsewhere=elsewhere
            )

        return self.read(read)

    def rows_taken(self, result: Result, names: Sequence[Name] = ()) -> list[StatementRow]:
        """The same statements as rows of a table."""
        keys = _by_brief(names)

        def read(index: Index) -> list[StatementRow]:
            numbers = sorted(index.numbers(keys).values())
            said = [
                number - len(brief.statements) + at
                for number, brief in zip(numbers, index.briefs(numbers), strict=True)
                for at, one in enumerate(keyed(brief)) if one.key in keys[brief.id]
            ]  # fmt: skip
            if not keys:
                found: Sequence[int] = result.found_in(index).statement_numbers(in_briefs=result.lens.unit == "brief")
                if result.best_first:  # the number of a brief follows those of its statements
                    briefs = ordered(result, index)
                    places, upwards = {number: at for at, number in enumerate(briefs)}, sorted(briefs)
                    found = sorted(found, key=lambda number: places[upwards[bisect_left(upwards, number)]])
                said = list(found[:MOST_TAKEN])
            return [row for at in range(0, len(said), 500) for row in statements_at(index, said[at : at + 500])]

        return self.answered(self.read(read))

    def answered(self, rows: Sequence[StatementRow]) -> list[StatementRow]:
        """Rows of statements, without the answers that are not known yet."""
        return [row._replace(answer=row.answer and NOT_YET) if self.is_first else row for row in rows]

    def _answers(self, index: Index, numbers: Iterable[int]) -> dict[str, dict[str, str]]:
        """The answers of these briefs' statements, as far as they are known."""
        found = index.answers(numbers)
        if not self.is_first:
            return found
        return {name: {key: answer and NOT_YET for key, answer in those.items()} for name, those in found.items()}

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
            if foreign:
                self.whole = size_of(self.library.index)
            done = self._catch_up()
            if done is None:
                return None
            report = done
            self._version = self.library.index.version()
        except (CorpusUnreadable, Unreadable) as found:
            fault = f"{found}; what was last read stays here"
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

    def _catch_up(self) -> SyncReport | None:
        """Bring the index in step with the files, a part at once, or all of it step by step; `None` where it is
        stopped."""
        index, listing = self.library.index, list_files(self.library.folder)
        if not self.is_first and is_fresh(index, listing):
            if self.progress is not None:  # somebody else has read it
                self._by_asker(self._end)
            return SyncReport()
        from hrdash.index.reading import Reading, Stopped, Task, read  # for who has something to read

        reports: list[SyncReport] = []
        is_long = self.is_first or takes_long(index, listing)
        first = Progress(0, len(listing.theme_files), self.is_first or index.is_new()) if is_long else None

        def told(step: "Step") -> None:
            whole = self.whole
            try:
                if (other := step.opened(self._place[1])) is not None:
                    other.show_held()
                    look_up(
                        other, EVERYTHING, Count(), LENSES[0], None
                    )  # what everything takes, off the thread that asks
                    whole = size_of(other)
            except (sqlite3.Error, Unreadable):
                other = None  # there is nothing to see of it now
            if step.report is not None:
                reports.append(step.report)
            self._by_asker(partial(self._show, step, other, whole, first))

        task = Task(self.library.folder, *self._place, index.damaged, b"" if self.is_first else index.content())
        if not is_long:
            read(task, told)
        else:
            self._reading = Reading(task)
            try:
                self._reading.run(told)
            except Stopped:
                return None
        return reports[-1]

    def _show(self, step: "Step", other: Index | None, whole: Count, progress: Progress | None) -> None:
        """Answer from now on with what has been read so far, which is so much."""
        if other is not None:
            self.library.index.become(other)
            self.whole = whole
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
            parts.append(f"{held_text(held.briefs)}, from {_some(sorted(held.files), 'file')}")
        gone = [name for name in report.removed_briefs if name not in self.library.index.held]
        for names, verb in ((report.changed_briefs, "read again"), (gone, "no longer shown")):
            if names:
                parts.append(f"{verb}: {_some(names, 'brief')}")
        if before.files - held.files:
            parts.append(f"{_some(sorted(before.files - held.files), 'file')} can be read again")
        problems = len(self.library.problems)
        counted = number_of(problems, "problem") + " (p)" * bool(problems)
        return "; ".join([*(parts or ["the corpus was read again"]), counted])


def _by_brief(names: Sequence[Name]) -> dict[str, frozenset[str]]:
    keys: dict[str, frozenset[str]] = {}
    for brief, key in names:
        keys[brief] = keys.get(brief, frozenset()) | {key}
    return keys


def _some(names: Sequence[str], what: str) -> str:
    """The one name, or how many there are."""
    return names[0] if len(names) == 1 else number_of(len(names), what)
