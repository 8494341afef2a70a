"""A figure against the cited paragraphs: its value in one sentence, with its period and its qualifier.

The bound of a measure of kind `limit` need not be repeated: the measure's label says which end it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hrdash.audit import hedges
from hrdash.audit.dates import missing_dates
from hrdash.audit.numbers import MANY, Quantity, Reading, bounds, readings_of
from hrdash.audit.passage import Passage, Sentence
from hrdash.derive import number_text
from hrdash.model import Figure, Measure, Statement
from hrdash.period import parse

_NONE = re.compile(r"\b(?:no|none|zero)\b", re.I)
_BOUNDS = ("up-to", "at-least", "less-than", "more-than")


class Finding(NamedTuple):
    """What is wrong, what to do about it and how much it matters, before it has a place."""

    what: str
    cure: str
    level: str = "error"


class _Standing(NamedTuple):
    """A sentence that has a figure's value, and what it lacks of the rest."""

    sentence: Sentence
    dates: tuple[str, ...]
    qualifiers: frozenset[str]
    qualifier_agrees: bool

    @property
    def lacks(self) -> int:
        return len(self.dates) + (not self.qualifier_agrees)


def figure_readings(figure: Figure, measure: Measure | None) -> list[frozenset[Reading]]:
    """What each value of a figure reads as, by its measure."""
    kind, unit = (measure.kind, measure.unit) if measure else ("count", "")
    return [readings_of(value, kind, unit) for value in _values(figure)]


def _values(figure: Figure) -> list[float]:
    return [value for value in (figure.value, figure.low, figure.high) if value is not None]


def figure_findings(
    figure: Figure, statement: Statement, measure: Measure | None, passage: Passage, explained: tuple[Quantity, ...]
) -> Iterator[Finding]:
    """What the cited paragraphs do not bear out of one figure; `explained` are the numbers that the note names."""
    kind = measure.kind if measure else "count"
    wanted = figure_readings(figure, measure)
    written = "–".join(map(number_text, _values(figure))) + (" %" if kind in ("share", "percent-change") else "")
    name = f"the figure {written} ({figure.measure})"
    noted = any(_agree(readings, number) for readings in wanted for number in explained)
    noted_years = {number.year for number in explained}
    standing = [
        _standing(sentence, figure, wanted, measure)
        for sentence in passage.sentences
        if all(_has(sentence, readings) for readings in wanted)
    ]
    if not standing:
        if not noted:
            apart = len(wanted) > 1 and all(any(_has(s, readings) for s in passage.sentences) for readings in wanted)
            where = "does not stand in one sentence" if apart else "stands in no sentence"
            yield Finding(f"{name} {where} of {passage.label}", "cite the paragraph that has it, or mend the figure")
        return
    best = min(standing, key=lambda found: found.lacks)
    for date in best.dates:
        if int(date[:4]) not in noted_years:
            yield Finding(
                f"{name} has the period {figure.period}, and {passage.label} has no {date} in a sentence with it",
                f"leave the figure's period out, or say in the note where {date[:4]} comes from",
            )
    if not best.qualifier_agrees and not noted:
        yield _qualifier_finding(name, figure, best, passage.label)
    yield from _turn_findings(name, figure, statement, kind, best.sentence.text)


def _standing(
    sentence: Sentence, figure: Figure, wanted: list[frozenset[Reading]], measure: Measure | None
) -> _Standing:
    beside = [number for number in sentence.numbers if any(_agree(readings, number) for readings in wanted)]
    qualifiers = frozenset(number.qualifier for number in beside)
    missing = tuple(missing_dates(parse(figure.period), sentence.dates)) if figure.period else ()
    agrees = figure.qualifier in {*qualifiers, *bounds(sentence.text)} or not (beside or figure.qualifier)
    if measure is not None and measure.kind == "limit" and not figure.qualifier:
        agrees = agrees or qualifiers <= set(_BOUNDS)
    return _Standing(sentence, missing, qualifiers, agrees)


def _qualifier_finding(name: str, figure: Figure, best: _Standing, label: str) -> Finding:
    there, own = qualifier_words(best.qualifiers), qualifier_words([figure.qualifier])
    if own:
        what = f"{name} is {own}, and {label} {f'says {there}' if there else 'gives it without a qualifier'}"
    else:
        what = f"{name} has no qualifier, and {label} says {there}"
    return Finding(what, "give the figure the qualifier that the sentence has")


def qualifier_words(qualifiers: Iterable[str]) -> str:
    """Qualifiers as a finding names them: `'around' or 'more than'`."""
    return " or ".join(sorted(f"'{word.replace('-', ' ')}'" for word in qualifiers if word))


def _turn_findings(name: str, figure: Figure, statement: Statement, kind: str, sentence: str) -> Iterator[Finding]:
    """Direction and plan, where the sentence leaves no doubt."""
    turn = hedges.direction(sentence)
    if figure.direction and turn and turn != figure.direction:
        yield Finding(f"{name} goes {figure.direction}, and the sentence speaks of {turn} only", "mend the direction")
    if kind == "percent-change" and turn and not figure.direction:
        yield Finding(f"{name} has no direction, and the sentence goes {turn}", f"add direction: {turn}", "warning")
    if hedges.is_intended(sentence) and figure.status != "planned" and statement.put_as == "statement":
        what = f"{name} is not marked as planned, and the sentence says what is intended"
        yield Finding(what, "add status: planned", "warning")


def _has(sentence: Sentence, readings: frozenset[Reading]) -> bool:
    if any(value == 0 for _, value in readings) and _NONE.search(sentence.text):
        return True
    return any(_agree(readings, number) for number in sentence.numbers)


def _agree(readings: frozenset[Reading], number: Quantity) -> bool:
    """Whether a number is a figure's value; `hundreds` is at least 100 of something and agrees with 100."""
    many = {("number", value) for kind, value in number.readings if kind == MANY}
    return not readings.isdisjoint(number.readings | many)
