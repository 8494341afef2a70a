"""A figure against the cited paragraphs: its value in one sentence, with its unit, base, period and qualifier.

The bound of an indicator of kind `limit` need not be repeated: its label says which end it is. The words of `base`,
`population` and `per` are looked for in all that is cited, their numbers in a sentence with the value or with a word of
theirs.
"""

import re
from collections.abc import Iterable, Iterator

from hrdash.audit import hedges
from hrdash.audit.finding import Finding
from hrdash.audit.numbers import MANY, NUMBER, Quantity, Reading, bounds, is_percent, quantities, rates, readings_of, units_of
from hrdash.audit.passage import Passage, Sentence, missing_dates
from hrdash.audit.words import stems
from hrdash.model import Figure, Indicator, Statement
from hrdash.period import Period, parse

_IN_YEAR = re.compile(
    r"(?:\s+(?!(?:as|than|from|since)\b)[^\W\d][\w-]*){0,3}?\s+(?:in|during|for)\s+(\d{4})\b"
    r"(?!\s?[/–-]\s?\d|\s+(?:and|to)\s+\d{4})"
)
_FROM = re.compile(r"\bfrom\s+$", re.I)
_NONE = re.compile(r"\b(?:no|none|zero|nobody|not (?:one|any|a single))\b", re.I)
_BOUNDS = {"up-to", "at-least", "less-than", "more-than"}


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
    kind, unit = (indicator.kind, indicator.unit) if indicator else ("count", "")
    wanted = figure_readings(figure, indicator)
    written = "–".join(f"{value:,}" for value in _values(figure)) + (" %" if is_percent(kind, unit) else "")
    name = f"the figure {written} ({figure.indicator})"
    is_noted = any(_agree(readings, number) for readings in wanted for number in noted)
    standing = [one for one in passage.sentences if _stands(one, wanted)]
    if not standing:
        if not is_noted:
            apart = all(any(_has(one, readings) for one in passage.sentences) for readings in wanted)
            where = "does not stand in one sentence" if apart else "stands in no sentence"
            yield Finding(f"{name} {where} of {passage.label}", "cite the paragraph that has it, or mend the figure")
        return
    values = [(one, each) for each in standing for one in each.numbers if any(_agree(these, one) for these in wanted)]
    units = {one.unit for one, _ in values}
    own_units = set() if is_percent(kind, unit) else units_of(unit)
    if own_units and units and not units & {*own_units, ""}:
        what = f"{name} has the unit {unit}, and {passage.label} the unit {' or '.join(sorted(units))}"
        yield Finding(what, "mend the indicator's unit, or name the indicator that counts this")
    for key, words in (("base", figure.base), ("population", figure.population), ("per", figure.per)):
        yield from _absent_words(name, key, words, statement.note, standing, passage)
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
    years = {_year_beside(number, one.text) for number, one in values} if when and not dates else set()
    if when and years and all(year and not _covers(when, year) for year in years):
        what = f"{name} has the period {figure.period}, and {passage.label} has it in {' and '.join(map(str, years))}"
        yield Finding(what, "give the figure the period that stands beside it")
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
    numbers = ((part, one) for part in hedges.clauses(sentence) for one in quantities(part))
    clauses = [
        part
        for part, one in numbers
        if any(_agree(readings, one) for readings in wanted) and not _FROM.search(part, 0, one.start)
    ]
    if figure.status != "planned" and clauses and all(hedges.is_intended(part) for part in clauses):
        what = f"{name} is not marked as planned, and {passage.label} says what is intended"
        yield Finding(what, "add status: planned", "warning")


def _absent_words(
    name: str, key: str, words: str, note: str, standing: list[Sentence], passage: Passage
) -> Iterator[Finding]:
    """The words and numbers of a figure's `base`, `population` or `per` that are not in what is cited."""
    counted = {stem for number in quantities(words) for stem in stems(number.written)}
    noted, own = quantities(note), stems(words) - counted
    for number in quantities(words):
        if any(map(number.agrees, noted)) or any(_among(number, one) for one in standing):
            continue
        if not any(_among(number, one) and own & one.stems for one in passage.sentences):
            what = f"{name} has the {key} '{words}', and {passage.label} has no {number.written} for it"
            yield Finding(what, f"mend the {key}, or cite the paragraph that has it")
    times = {stem for one in standing for rate in rates(one.text) for stem in stems(rate)}
    if missing := own - times - stems(note) - passage.stems:
        what = f"{name} has the {key} '{words}', and {passage.label} does not say so"
        yield Finding(what, "use the source's words, or leave it out", "error" if missing == own else "warning")


def _year_beside(number: Quantity, text: str) -> int:
    """The year in which a sentence puts a number (`85 visits in 2021`), or 0."""
    beside = _IN_YEAR.match(text, number.end)
    return int(beside[1]) if beside else 0


def _covers(when: Period, year: int) -> bool:
    return (not when.start or when.start[0] <= year) and (not when.end or year <= when.end[0])


def _among(number: Quantity, sentence: Sentence) -> bool:
    return number.year in sentence.dates.years or any(map(number.agrees, sentence.numbers))


def qualifier_words(qualifiers: Iterable[str]) -> str:
    """Qualifiers as a finding names them: `'around' or 'more than'`."""
    return " or ".join(sorted(f"'{word.replace('-', ' ')}'" for word in qualifiers if word))


def _qualifiers(figure: Figure, wanted: list[frozenset[Reading]], kind: str, sentence: Sentence) -> set[str] | None:
    """The qualifiers that a sentence gives a figure's values; `None` where the figure's own is among them."""
    there = {one.qualifier for one in sentence.numbers if any(_agree(readings, one) for readings in wanted)}
    own = figure.qualifier
    in_label = kind == "limit" and not own and there <= _BOUNDS
    return None if own in there | bounds(sentence.text) or not (there or own) or in_label else there


def _stands(sentence: Sentence, wanted: list[frozenset[Reading]]) -> bool:
    """Whether the values are in a sentence; both ends of a range with no other number between them."""
    if not all(_has(sentence, readings) for readings in wanted):
        return False
    counted = [number for number in sentence.numbers if number.year is None]
    low, *high = ([at for at, one in enumerate(counted) if _agree(readings, one)] for readings in wanted)
    return not (low and high and high[0]) or any(end - start == 1 for start in low for end in high[0])


def _has(sentence: Sentence, readings: frozenset[Reading]) -> bool:
    is_nothing = any(value == 0 for _, value in readings) and _NONE.search(sentence.text)
    return bool(is_nothing) or any(_agree(readings, number) for number in sentence.numbers)


def _agree(readings: frozenset[Reading], number: Quantity) -> bool:
    """Whether a number is a figure's value; `hundreds` is at least 100 of something and agrees with 100."""
    many = {(NUMBER, value) for kind, value in number.readings if kind == MANY}
    return not readings.isdisjoint(number.readings | many)
