"""The corpus while the dashboard is open: asked, read again when its files change, in memory when its index fails."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from hrdash.corpus.listing import CorpusUnreadable
from hrdash.filter import EVERYTHING, Filter
from hrdash.index import query
from hrdash.index.file import Unreadable
from hrdash.index.index import Index
from hrdash.index.query import Facets
from hrdash.index.sync import SyncReport
from hrdash.library import LastRead, Library
from hrdash.model import Brief
from hrdash.report.lines import brief_lines
from hrdash.report.parts import Line
from hrdash.report.wording import Context
from hrdash.tui.result import Result, held_text, look_up

COUNT_AT_ONCE = 5_000
"""Up to so many briefs the facets are counted before the list is drawn; above, they follow from a worker."""
MARKED = ("title", "statement", "answers", "note")
"""The roles of lines in which search words are marked: those whose texts are searched."""
_T = TypeVar("_T")


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
        self.briefs = query.total(library.index, EVERYTHING)
        """All briefs of the corpus that could be read."""
        self._renumbered = renumbered
        self._version = library.index.version()
        self._unreadable = ""
        self._damage = ""

    @property
    def counts_at_once(self) -> bool:
        """Whether facets are counted with the rest of a result."""
        return self.briefs <= COUNT_AT_ONCE

    def result(self, asked: Filter) -> Result:
        """All that a filter shows."""
        return self._answer(lambda _: look_up(self.library, asked, self.counts_at_once))

    def read(self, question: Callable[[Index], _T]) -> _T:
        """What the index gives; where its file cannot answer any more, what the corpus in memory gives."""
        index = self.library.index
        found = self._answer(question)
        if self.library.index is not index:
            self._renumbered()
        return found

    def context_of(self, brief: Brief, context: Context) -> Context:
        """What wording a brief takes, with the titles of those that it names."""
        return context._replace(titles=self.read(lambda index: index.titles(brief.related)))

    def rows(self, numbers: Sequence[int]) -> Sequence[query.BriefRow]:
        """The rows of a list of briefs."""
        return self.read(lambda index: query.rows_at(index, numbers))

    def marks(self, words: str, texts: Sequence[str]) -> Sequence[Sequence[tuple[int, int]]]:
        """Where in each of the texts searched words stand."""
        return self.read(lambda index: query.marks(index, words, texts)) if words else [()] * len(texts)

    def page(self, brief: Brief, result: Result) -> list[Line]:
        """A brief under a filter: what does not match set apart, the searched words marked."""
        matching = self.read(lambda index: query.matching(index, result.filter, (brief.id,))).get(brief.id)
        inside = matching if result.filter.picks_statements else None
        lines = brief_lines(brief, self.context_of(brief, result.context), inside)
        spans = self.marks(result.filter.text, [line.text if line.role in MARKED else "" for line in lines])
        return [line._replace(spans=tuple(found)) for line, found in zip(lines, spans, strict=True)]

    def count(self, asked: Filter) -> Facets | None:
        """The facets of a filter; `None` where the index fails, and the filter has to be asked for again."""
        try:
            return query.facets(self.library.index, asked)
        except Unreadable:
            return None

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

    def count_briefs(self) -> None:
        """Count all briefs again, after a change."""
        self.briefs = self.read(lambda index: query.total(index, EVERYTHING))

    def _answer(self, question: Callable[[Index], _T]) -> _T:
        """What the index gives, or the corpus in memory; what befell the index is said once."""
        index = self.library.index
        found = self.library.ask(question)
        if self.library.index is not index:
            self._damage = self.library.note
        return found

    def _what_changed(self, report: SyncReport, before: LastRead) -> str:
        held = self.library.held
        parts = []
        if held.files:
            parts.append(f"{_some(sorted(held.files), 'files')} cannot be read as now saved: {held_text(held.briefs)}")
        elif held.briefs:
            parts.append(f"what other briefs refer to is gone: {held_text(held.briefs)}")
        elif before.briefs and not before.files:
            parts.append("every brief can be read again")
        for names, verb in ((report.changed_briefs, "read again"), (report.removed_briefs, "no longer shown")):
            if names:
                parts.append(f"{verb}: {_some(names, 'briefs')}")
        if before.files - held.files:
            parts.append(f"{_some(sorted(before.files - held.files), 'files')} can be read again")
        if not parts:
            parts.append("the corpus was read again")
        problems = len(self.library.problems)
        parts.append(f"{problems} problem{'s' * (problems != 1)}" + " (p)" * bool(problems))
        return "; ".join(parts)


def _some(names: Sequence[str], what: str) -> str:
    """The one name, or how many there are."""
    return names[0] if len(names) == 1 else f"{len(names)} {what}"
