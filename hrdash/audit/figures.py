"""A figure against the cited paragraphs: its value in one sentence, with its unit, base, period and qualifier.

The bound of an indicator of kind `limit` need not be repeated: its label says which end it is. The words of `base`,
`population` and `per` are looked for in all that is cited, their numbers in a sentence with the value or with a word of
theirs.
"""

import re
from collections.abc import Iterator

from hrdash.audit import hedges
from hrdash.audit.numbers import Quantity, is_percent, quantities, rates, readings_of, units_of
from hrdash.audit.paraphrase import Given, told_otherwise
from hrdash.audit.passage import Finding, Passage, Sentence, missing_dates
from hrdash.audit.words import stems
from hrdash.model import Figure, Indicator
from hrdash.period import parse
from hrdash.text import number_text

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
    return [Quantity(readings_of(value, indicator.kind, indicator.unit), number_text(value, ",")) for value in values]


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
    found = [(number, one) for one in standing for number in _among(one.numbers, values)]
    own_units = set() if is_share else units_of(unit)
    in_label = kind == "limit" and not figure.qualifier and {number.qualifier for number, _ in found} <= _BOUNDS
    given = Given(name, figure.qualifier, own_units, figure.direction)
    yield from told_otherwise(given, found, where, not (is_noted or in_label))
    for key, words in (("base", figure.base), ("population", figure.population), ("per", figure.per)):
        yield from _absent_words(f"{name} has the {key} '{words}', and {where}", key, words, note, standing, passage)
    when = parse(figure.period) if figure.period else None
    dates = min([list(missing_dates(when, one.dates)) if when else [] for one in standing], key=len)
    for date in dates:
        if int(date[:4]) not in {number.year for number in noted}:
            what = f"{name} has the period {figure.period}, and {where} has no {date} in a sentence with it"
            yield Finding(what, f"leave the figure's period out, or say in the note where {date[:4]} comes from")
    if when and found and not dates:
        first, last = when.start or (0,), when.end or (9999,)
        years = {int(beside[1]) if (beside := _IN_YEAR.match(number.behind)) else 0 for number, _ in found}
        if all(year and not first[0] <= year <= last[0] for year in years):
            what = f"{name} has the period {figure.period}, and {where} has it in {' and '.join(map(str, years))}"
            yield Finding(what, "give the figure the period that stands beside it")
    clauses = [
        clause
        for one in standing
        for clause in hedges.clauses(one.text)
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


def _among(numbers: tuple[Quantity, ...], values: list[Quantity]) -> list[Quantity]:
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
