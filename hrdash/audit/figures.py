"""A figure against the cited paragraphs: its value in one sentence, with its unit, base, period and qualifier.

The bound of an indicator of kind `limit` need not be repeated: its label says which end it is. The words of `base`,
`population` and `per` are looked for in all that is cited, their numbers in a sentence with the value or with a word of
theirs.
"""

import re
from collections.abc import Iterable, Iterator

from hrdash.audit import hedges
from hrdash.audit.numbers import Quantity, bounds, is_percent, quantities, rates, readings_of, units_of
from hrdash.audit.passage import Finding, Passage, Sentence, missing_dates
from hrdash.audit.words import stems
from hrdash.model import Figure, Indicator
from hrdash.period import parse

_IN_YEAR = re.compile(
    r"(?:\s+(?!(?:as|than|from|since)\b)[^\W\d][\w-]*){0,3}?\s+(?:in|during|for)\s+(\d{4})\b"
    r"(?!\s?[/-]\s?\d|\s+(?:and|to)\s+\d{4})"
)
_FROM = re.compile(r"\bfrom\s+$", re.I)
_NONE = re.compile(r"\b(?:no|none|zero|nobody|not (?:one|any|a single))\b", re.I)
_BOUNDS = {"up-to", "at-least", "less-than", "more-than"}
UNKNOWN = Indicator("", "", "", "count", "flow")
"""What a figure counts whose indicator is in no register."""


def figure_values(figure: Figure, indicator: Indicator) -> list[Quantity]:
    """Each value of a figure as a number of a text, by its indicator."""
    values = [value for value in (figure.value, figure.low, figure.high) if value is not None]
    return [Quantity(readings_of(value, indicator.kind, indicator.unit), f"{value:,}") for value in values]


def figure_findings(figure: Figure, indicator: Indicator, passage: Passage, note: str) -> Iterator[Finding]:
    """What the cited paragraphs do not bear out of one figure, and the statement's note does not explain."""
    kind, unit = indicator.kind, indicator.unit
    values, noted, where = figure_values(figure, indicator), quantities(note), passage.label
    is_share = is_percent(kind, unit)
    name = f"the figure {'–'.join(value.written for value in values)}{' %' * is_share} ({figure.indicator})"
    is_noted = any(value.agrees(number) for value in values for number in noted)
    standing = [one for one in passage.sentences if _stands(one, values)]
    if not standing:
        if not is_noted:
            apart = all(any(_has(one, value) for one in passage.sentences) for value in values)
            how = "does not stand in one sentence" if apart else "stands in no sentence"
            yield Finding(f"{name} {how} of {where}", "cite the paragraph that has it, or mend the figure")
        return
    found = _among((number for one in standing for number in one.numbers), values)
    units, own_units = {number.unit for number in found}, set() if is_share else units_of(unit)
    if own_units and units and not units & {*own_units, ""}:
        what = f"{name} has the unit {unit}, and {where} the unit {' or '.join(sorted(units))}"
        yield Finding(what, "mend the indicator's unit, or name the indicator that counts this")
    for key, words in (("base", figure.base), ("population", figure.population), ("per", figure.per)):
        yield from _absent_words(f"{name} has the {key} '{words}', and {where}", key, words, note, standing, passage)
    when = parse(figure.period) if figure.period else None
    lacks = [
        (tuple(missing_dates(when, one.dates)) if when else (), _other_qualifiers(figure, values, kind, one), one.text)
        for one in standing
    ]
    dates, qualifiers, sentence = min(lacks, key=lambda lack: len(lack[0]) + (lack[1] is not None))
    for date in dates:
        if int(date[:4]) not in {number.year for number in noted}:
            what = f"{name} has the period {figure.period}, and {where} has no {date} in a sentence with it"
            yield Finding(what, f"leave the figure's period out, or say in the note where {date[:4]} comes from")
    if when and found and not dates:
        first, last = when.start or (0,), when.end or (9999,)
        years = {int(beside[1]) if (beside := _IN_YEAR.match(number.behind)) else 0 for number in found}
        if all(year and not first[0] <= year <= last[0] for year in years):
            what = f"{name} has the period {figure.period}, and {where} has it in {' and '.join(map(str, years))}"
            yield Finding(what, "give the figure the period that stands beside it")
    if qualifiers is not None and not is_noted:
        there, own = qualifier_words(qualifiers), qualifier_words([figure.qualifier])
        says = f"says {there}" if there else "gives it without a qualifier"
        what = f"{name} {f'is {own}' if own else 'has no qualifier'}, and {where} {says}"
        yield Finding(what, "give the figure the qualifier that the sentence has")
    turn = hedges.direction(sentence)
    if figure.direction and turn and turn != figure.direction:
        yield Finding(f"{name} goes {figure.direction}, and the sentence speaks of {turn} only", "mend the direction")
    if kind == "percent-change" and turn and not figure.direction:
        yield Finding(f"{name} has no direction, and the sentence goes {turn}", f"add direction: {turn}", "warning")
    clauses = [
        clause
        for clause in hedges.clauses(sentence)
        for number in _among(quantities(clause), values)
        if not _FROM.search(number.before)
    ]
    if figure.status != "planned" and clauses and all(map(hedges.is_intended, clauses)):
        what = f"{name} is not marked as planned, and {where} says what is intended"
        yield Finding(what, "add status: planned", "warning")


def _absent_words(
    said: str, key: str, words: str, note: str, standing: list[Sentence], passage: Passage
) -> Iterator[Finding]:
    """The words and numbers of a figure's `base`, `population` or `per` that are not in what is cited."""
    numbers = quantities(words)
    own = stems(words).difference(*(stems(number.written) for number in numbers))
    for number in numbers:
        near = [*standing, *(one for one in passage.sentences if own & one.stems)]
        is_there = any(number.year in one.dates.years or one.has(number) for one in near)
        if not is_there and not any(map(number.agrees, quantities(note))):
            cure = f"mend the {key}, or cite the paragraph that has it"
            yield Finding(f"{said} has no {number.written} for it", cure)
    times = {stem for one in standing for rate in rates(one.text) for stem in stems(rate)}
    if missing := own - times - stems(note) - passage.stems:
        level = "error" if missing == own else "warning"
        yield Finding(f"{said} does not say so", "use the source's words, or leave it out", level)


def qualifier_words(qualifiers: Iterable[str]) -> str:
    """Qualifiers as a finding names them: `'around' or 'more than'`."""
    return " or ".join(sorted(f"'{word.replace('-', ' ')}'" for word in qualifiers if word))


def _other_qualifiers(figure: Figure, values: list[Quantity], kind: str, sentence: Sentence) -> set[str] | None:
    """The qualifiers that a sentence gives a figure's values; `None` where the figure's own is among them."""
    there, own = {number.qualifier for number in _among(sentence.numbers, values)}, figure.qualifier
    in_label = kind == "limit" and not own and there <= _BOUNDS
    return None if own in there | bounds(sentence.text) or not (there or own) or in_label else there


def _among(numbers: Iterable[Quantity], values: list[Quantity]) -> list[Quantity]:
    """The numbers that are one of these values."""
    return [number for number in numbers if any(map(number.agrees, values))]


def _stands(sentence: Sentence, values: list[Quantity]) -> bool:
    """Whether the values are in a sentence; both ends of a range with no other number between them."""
    if not all(_has(sentence, value) for value in values):
        return False
    counted = [number for number in sentence.numbers if number.year is None]
    low, *high = ([at for at, one in enumerate(counted) if value.agrees(one)] for value in values)
    return not (low and high and high[0]) or any(end - start == 1 for start in low for end in high[0])


def _has(sentence: Sentence, value: Quantity) -> bool:
    is_nothing = any(size == 0 for _, size in value.readings) and _NONE.search(sentence.text)
    return bool(is_nothing) or sentence.has(value)
