"""A figure against the cited paragraphs: its value in one sentence, with its period and its qualifier.

The bound of an indicator of kind `limit` need not be repeated: its label says which end it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hrdash.audit import hedges
from hrdash.audit.numbers import MANY, NUMBER, Quantity, Reading, bounds, readings_of
from hrdash.audit.passage import Passage, Sentence, missing_dates
from hrdash.derive import number_text
from hrdash.model import Figure, Indicator, Statement
from hrdash.period import parse

_NONE = re.compile(r"\b(?:no|none|zero)\b", re.I)
_BOUNDS = {"up-to", "at-least", "less-than", "more-than"}


class Finding(NamedTuple):
    """What is wrong, what to do about it and how much it matters, before it has a place."""

    what: str
    cure: str
    level: str = "error"


def figure_readings(figure: Figure, indicator: Indicator | None) -> list[frozenset[Reading]]:
    """What each value of a figure reads as, by its indicator."""
    kind, unit = (indicator.kind, indicator.unit) if indicator else ("count", "")
    return [readings_of(value, kind, unit) for value in _values(figure)]


def _values(figure: Figure) -> list[float]:
    return [value for value in (figure.value, figure.low, figure.high) if value is not None]


def figure_findings(
    figure: Figure, statement: Statement, indicator: Indicator | None, passage: Passage, noted: tuple[Quantity, ...]
) -> Iterator[Finding]:
    """What the cited paragraphs do not bear out of one figure; the note names these numbers."""
    kind = indicator.kind if indicator else "count"
    wanted = figure_readings(figure, indicator)
    written = "–".join(map(number_text, _values(figure))) + (" %" if kind in ("share", "percent-change") else "")
    name = f"the figure {written} ({figure.indicator})"
    is_noted = any(_agree(readings, number) for readings in wanted for number in noted)
    standing = [one for one in passage.sentences if all(_has(one, readings) for readings in wanted)]
    if not standing:
        if not is_noted:
            apart = all(any(_has(one, readings) for one in passage.sentences) for readings in wanted)
            where = "does not stand in one sentence" if apart else "stands in no sentence"
            yield Finding(f"{name} {where} of {passage.label}", "cite the paragraph that has it, or mend the figure")
        return
    when = parse(figure.period) if figure.period else None
    lacks = [
        (tuple(missing_dates(when, one.dates)) if when else (), _qualifiers(figure, wanted, kind, one), one.text)
        for one in standing
    ]
    dates, qualifiers, sentence = min(lacks, key=lambda lack: len(lack[0]) + (lack[1] is not None))
    for date in dates:
        if int(date[:4]) not in {number.year for number in noted}:
            yield Finding(
                f"{name} has the period {figure.period}, and {passage.label} has no {date} in a sentence with it",
                f"leave the figure's period out, or say in the note where {date[:4]} comes from",
            )
    if qualifiers is not None and not is_noted:
        there, own = qualifier_words(qualifiers), qualifier_words([figure.qualifier])
        says = f"says {there}" if there else "gives it without a qualifier"
        what = f"{name} {f'is {own}' if own else 'has no qualifier'}, and {passage.label} {says}"
        yield Finding(what, "give the figure the qualifier that the sentence has")
    turn = hedges.direction(sentence)
    if figure.direction and turn and turn != figure.direction:
        yield Finding(f"{name} goes {figure.direction}, and the sentence speaks of {turn} only", "mend the direction")
    if kind == "percent-change" and turn and not figure.direction:
        yield Finding(f"{name} has no direction, and the sentence goes {turn}", f"add direction: {turn}", "warning")
    if hedges.has("intended", sentence) and figure.status != "planned" and statement.put_as == "statement":
        what = f"{name} is not marked as planned, and the sentence says what is intended"
        yield Finding(what, "add status: planned", "warning")


def qualifier_words(qualifiers: Iterable[str]) -> str:
    """Qualifiers as a finding names them: `'around' or 'more than'`."""
    return " or ".join(sorted(f"'{word.replace('-', ' ')}'" for word in qualifiers if word))


def _qualifiers(figure: Figure, wanted: list[frozenset[Reading]], kind: str, sentence: Sentence) -> set[str] | None:
    """The qualifiers that a sentence gives a figure's values; `None` where the figure's own is among them."""
    there = {one.qualifier for one in sentence.numbers if any(_agree(readings, one) for readings in wanted)}
    own = figure.qualifier
    in_label = kind == "limit" and not own and there <= _BOUNDS
    return None if own in there | bounds(sentence.text) or not (there or own) or in_label else there


def _has(sentence: Sentence, readings: frozenset[Reading]) -> bool:
    is_nothing = any(value == 0 for _, value in readings) and _NONE.search(sentence.text)
    return bool(is_nothing) or any(_agree(readings, number) for number in sentence.numbers)


def _agree(readings: frozenset[Reading], number: Quantity) -> bool:
    """Whether a number is a figure's value; `hundreds` is at least 100 of something and agrees with 100."""
    many = {(NUMBER, value) for kind, value in number.readings if kind == MANY}
    return not readings.isdisjoint(number.readings | many)
