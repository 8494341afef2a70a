"""Figures and differences of many briefs, one by one: what of them can be compared, and where each is written."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from hrdash import derive
from hrdash.model import DIFFERENCE_KINDS, Brief, Difference, Figure, Statement
from hrdash.report import wording
from hrdash.report.parts import note_anchor, text_of
from hrdash.report.wording import Context


class FigureEntry(NamedTuple):
    """A figure with the statement that gives it."""

    brief: Brief
    section: str
    key: str
    said: Statement
    figure: Figure
    differs: bool
    """Whether a brief records a difference of numbers that is about it, as far as can be told."""

    @property
    def amount(self) -> float:
        """What a bar beside it is as long as."""
        given = [end for end in (self.figure.value, self.figure.low, self.figure.high) if end is not None]
        return float(max(given, default=0))


class DifferenceEntry(NamedTuple):
    """A difference with the brief that records it."""

    brief: Brief
    anchor: str
    difference: Difference


def figure_entries(
    briefs: Iterable[Brief], matching: Mapping[str, frozenset[str]], read: Callable[[Iterable[str]], Iterable[Brief]]
) -> list[FigureEntry]:
    """The figures of the statements of these keys, by indicator, then by time, and then as they stand in the corpus.

    Among the briefs are those that record differences about them; `read` gives others, of which they may differ.
    """
    listed = list(briefs)
    ends = [[derive.target(name, brief.id) for name in item.between]
            for brief in listed for item in brief.differences if item.kind == "number"]  # fmt: skip
    others = {name for between in ends for name, _ in between} - {brief.id for brief in listed}
    named = {(brief.id, said.id): said for brief in (*listed, *read(sorted(others))) for said in brief.statements}
    at_issue = (derive.at_issue([named[end] for end in between if end in named]) for between in ends)
    differing = {(id(said), figure) for pairs in at_issue for said, figure in pairs}  # another may read alike
    found = []
    for brief in listed:
        for kind, key, said, *_ in derive.keyed(brief):
            if key in matching.get(brief.id, ()):
                found += [FigureEntry(brief, f"{kind}s", key, said, figure, (id(said), figure) in differing)
                          for figure in said.figures]  # fmt: skip
    first = {entry.figure.indicator: at for at, entry in reversed(list(enumerate(found)))}
    return sorted(found, key=lambda entry: (first[entry.figure.indicator], entry.figure.period or entry.said.period))


def figure_text(entry: FigureEntry, context: Context) -> str:
    """A figure without the label of its indicator, and without its time: `around 800 cases`."""
    counted = wording.indicator(entry.figure.indicator, context)
    return text_of(wording.figure_parts(entry.figure._replace(period=""), counted)[1:]).removeprefix(": ")


def difference_entries(
    briefs: Iterable[Brief], matching: Mapping[str, frozenset[str]], kinds: Collection[str] = ()
) -> list[DifferenceEntry]:
    """The differences that a statement of these keys is in, by kind, numbers first, and then as in the corpus."""
    found = []
    for brief in briefs:
        for item in brief.differences:
            ends = (derive.target(name, brief.id) for name in item.between)
            is_shown = any(name in matching.get(other, ()) for other, name in ends)
            if is_shown and item.kind in (kinds or DIFFERENCE_KINDS):
                found.append(DifferenceEntry(brief, note_anchor(item), item))
    return sorted(found, key=lambda entry: DIFFERENCE_KINDS.index(entry.difference.kind))
