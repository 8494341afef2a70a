"""A paraphrase against the cited paragraphs: each number with qualifier, unit, direction and base; and opposites.

Of a figure, qualifier, unit and direction are held in the same way.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from hrdash.audit import hedges
from hrdash.audit.english import pattern, rows
from hrdash.audit.numbers import Quantity, bounds, quantities, rates
from hrdash.audit.passage import Finding, Passage, Sentence
from hrdash.audit.words import WORD
from hrdash.characters import fold

_DURATION = re.compile(r"[\s-]+(?:years?|months?|weeks?|days?|hours?)\b", re.I)
_OF = re.compile(r"\s+(?:out\s+)?of\s+(?:(?:the|those|these|its|their|all|his|her)\s+)*$", re.I)
_BASE_BEFORE = re.compile(r"\b(?:out\s+)?of\s+(?:(?:the|those|these|its|their|all)\s+)*$", re.I)
_OPPOSITES = [(frozenset(row[: row.index("/")]), frozenset(row[row.index("/") + 1 :])) for row in rows("opposite")]
"""Words of which a paraphrase has one only where the paragraphs do not have the other instead."""


class Given(NamedTuple):
    """A number that a statement gives, as a finding names it, and what it gives it with."""

    name: str
    qualifier: str
    units: Collection[str]
    direction: str


def absent_numbers(numbers: Iterable[Quantity], said: Passage, years: Collection[int]) -> Iterator[Finding]:
    """Those of a text's numbers that the paragraphs do not have; these years are there."""
    for number in numbers:
        if not (number.weak or number.year in years or any(one.has(number) for one in said.sentences)):
            kind = "year" if number.year else "number"
            what = f"the {kind} {number.written!r} does not stand in {said.label}"
            yield Finding(what, f"cite the paragraph that has it, or mend the {kind}")


def counts_texts(number: Quantity) -> bool:
    """Whether a number in words counts texts, paragraphs, answers …"""
    return number.written.isalpha() and pattern("counts texts").match(number.behind) is not None


def other_sense(text: str, said: Passage, note: str) -> Iterator[Finding]:
    """What a paraphrase makes of the paragraphs' numbers and words that they do not say."""
    noted, where = quantities(note), said.label
    numbers = [one for one in quantities(text) if not (one.weak or one.year or any(map(one.agrees, noted)))]
    for number in numbers:
        if found := said.found(number):
            # `over eight years` is as much `during` as `more than`
            is_during = _DURATION.match(number.behind) is not None
            may_be = is_during and "more-than" in {number.qualifier, *(one.qualifier for one, _ in found)}
            clause = next((part for part in hedges.clauses(text) if number.written in part), "")
            given = Given(repr(number.written), number.qualifier, {number.unit} - {""}, hedges.direction(clause))
            yield from told_otherwise(given, found, where, not may_be)
    for number, base in pairwise(numbers):
        if _OF.fullmatch(text, number.end, base.start):
            there = [one for _, sentence in said.found(number) for one in sentence.numbers]
            bases = [one for one in there if one.year is None and _BASE_BEFORE.search(one.before)]
            if bases and not any(map(base.agrees, there)):
                what = (
                    f"{number.written!r} has the base {base.written!r} in the text, and {bases[0].written!r} in {where}"
                )
                yield Finding(what, "use the base of the source")
    source = " ".join(each.text for each in said.sentences)
    times = rates(source)
    if times and (other := rates(text) - times - rates(note)):
        what = f"the text gives something per {min(other)}, and {where} per {' or '.join(sorted(times))}"
        yield Finding(what, "give it for the time of the source")
    own, known = _words(text), _words(f"{source} {note}")
    for pair in _OPPOSITES:
        for one, opposite in (pair, pair[::-1]):
            if own & one and not own & opposite and known & opposite and not known & one:
                what = f"the text says '{min(own & one)}', and {where} '{min(known & opposite)}' only"
                yield Finding(what, "use the word of the source")


def told_otherwise(
    given: Given, found: list[tuple[Quantity, Sentence]], where: str, with_qualifier: bool = True
) -> Iterator[Finding]:
    """In which a number of a statement differs from itself where it stands in the paragraphs."""
    there = {word for one, sentence in found for word in (one.qualifier, *bounds(sentence.text))}
    if with_qualifier and there and given.qualifier not in there:
        own, others = (_qualifier_words(words) for words in ([given.qualifier], there))
        what = f"{given.name} is given {own or 'without a qualifier'}, and is {others or 'without one'} in {where}"
        yield Finding(what, "keep the qualifier of the source")
    units = {one.unit for one, _ in found}
    if units and given.units and units.isdisjoint({*given.units, ""}):
        what = (
            f"{given.name} has the unit {' or '.join(sorted(given.units))}, and {' or '.join(sorted(units))} in {where}"
        )
        yield Finding(what, "use the unit of the source")
    turns = {hedges.direction(sentence.text) for _, sentence in found}
    if turns and given.direction and turns.isdisjoint({given.direction, ""}):
        what = f"the direction of {given.name} is {given.direction}, and {min(turns)} in {where}"
        yield Finding(what, "mend the direction")


def _qualifier_words(qualifiers: Iterable[str]) -> str:
    """Qualifiers as a finding names them: `'around' or 'more than'`."""
    return " or ".join(sorted(f"'{word.replace('-', ' ')}'" for word in qualifiers if word))


def _words(text: str) -> set[str]:
    return {fold(word) for word in WORD.findall(text)}
