"""A paraphrase against the cited paragraphs: each number with qualifier, unit, direction and base; and opposites."""

import re
from collections.abc import Callable, Container, Iterator
from itertools import pairwise

from hrdash.audit import hedges
from hrdash.audit.figures import qualifier_words
from hrdash.audit.finding import Finding
from hrdash.audit.numbers import Quantity, bounds, quantities, rates
from hrdash.audit.passage import Passage
from hrdash.audit.words import REACH, WORD
from hrdash.characters import fold

_COUNTS_TEXTS = re.compile(
    r"\s+(?:[\w-]+\s+)?(?:texts?|sources?|paragraphs?|passages?|places|accounts?|answers?|statements?|documents?"
    r"|versions?|descriptions?|figures?|numbers?|counts?|measures?|bodies|wordings?|sentences?|claims?|responses?"
    r"|speakers?|things|matters|parts?|points?|labels?|words?|questions?|ways|series|grounds|steps|dates|shares|causes|reasons)\b",
    re.I,
)
_DURATION = re.compile(r"[\s-]+(?:years?|months?|weeks?|days?|hours?)\b", re.I)
_OF = re.compile(r"\s+(?:out\s+)?of\s+(?:(?:the|those|these|its|their|all|his|her)\s+)*$", re.I)
_BASE_BEFORE = re.compile(r"\b(?:out\s+)?of\s+(?:(?:the|those|these|its|their|all)\s+)*$", re.I)
_OPPOSITES = [
    (frozenset(one.split()), frozenset(other.split()))
    for one, other in (
        ("highest", "lowest"), ("largest", "smallest"), ("longest", "shortest"), ("oldest", "youngest"),
        ("maximum", "minimum"),
        ("man men male males boy boys", "woman women female females girl girls"),
        ("north northern", "south southern"), ("east eastern", "west western"), ("urban", "rural"),
        ("spring summer", "autumn winter"), ("increase increased", "decrease decreased"),
        ("accepted", "rejected"), ("granted", "refused denied"),
    )
]  # fmt: skip
"""Words of which a paraphrase has one only where the paragraphs do not have the other instead."""


def absent_numbers(
    text: str, said: Passage, years: Container[int | None], let_pass: Callable[[Quantity], bool]
) -> Iterator[Finding]:
    """The numbers of a text that the paragraphs do not have; these years are there."""
    there = [number for sentence in said.sentences for number in sentence.numbers]
    for number in quantities(text):
        if number.weak or number.year in years or any(map(number.agrees, there)) or let_pass(number):
            continue
        kind = "year" if number.year else "number"
        what = f"the {kind} {number.written!r} does not stand in {said.label}"
        yield Finding(what, f"cite the paragraph that has it, or mend the {kind}")


def counts_texts(text: str, number: Quantity) -> bool:
    """Whether a number in words counts texts, paragraphs, answers …"""
    return number.written.isalpha() and bool(_COUNTS_TEXTS.match(text, number.end))


def _qualifiers(text: str, said: Passage, noted: tuple[Quantity, ...]) -> Iterator[Finding]:
    """Numbers of a text whose qualifier is not the one that they have in the paragraphs."""
    for number in quantities(text):
        if number.weak or number.year or any(map(number.agrees, noted)):
            continue
        there = {
            qualifier
            for sentence in said.sentences
            for other in sentence.numbers
            if number.agrees(other)
            for qualifier in (other.qualifier, *bounds(sentence.text))
        }
        if _DURATION.match(text, number.end) and "more-than" in {number.qualifier, *there}:
            continue  # `over eight years` is as much `during` as `more than`
        if not there or number.qualifier in there:
            continue
        words, own = qualifier_words(there), qualifier_words([number.qualifier])
        what = f"{number.written!r} lacks the qualifier that it has in {said.label}: {words}"
        if own:
            what = f"{number.written!r} is {own} in the text and {words or 'exact'} in {said.label}"
        yield Finding(what, "keep the qualifier of the source")


def other_sense(text: str, said: Passage, note: str) -> Iterator[Finding]:
    """What a paraphrase makes of the paragraphs' numbers and words that they do not say."""
    noted = quantities(note)
    yield from _qualifiers(text, said, noted)
    numbers = [one for one in quantities(text) if not (one.weak or one.year or any(map(one.agrees, noted)))]
    for number in numbers:
        found = [(one.unit, each.text) for each in said.sentences for one in each.numbers if number.agrees(one)]
        units = {unit for unit, _ in found}
        if number.unit and units and not units & {number.unit, ""}:
            what = f"{number.written!r} has the unit {number.unit} in the text, and {' or '.join(sorted(units))} in"
            yield Finding(f"{what} {said.label}", "use the unit of the source")
        clause = next((part for part in hedges.clauses(text) if number.written in part), "")
        turn = hedges.direction(clause)
        turns = {hedges.direction(sentence) for _, sentence in found}
        if turn and turns and not turns & {turn, ""}:
            what = f"the direction of {number.written!r} is {turn} in the text, and {min(turns)} in {said.label}"
            yield Finding(what, "mend the direction")
    for number, base in pairwise(numbers):
        if _OF.fullmatch(text, number.end, base.start):
            both = [each for each in said.sentences if any(map(number.agrees, each.numbers))]
            bases = [one for each in both for one in each.numbers if _is_base(each.text, one)]
            if bases and not any(base.agrees(one) for each in both for one in each.numbers):
                what = f"{number.written!r} has the base {base.written!r} in the text, and {bases[0].written!r} in"
                yield Finding(f"{what} {said.label}", "use the base of the source")
    source = " ".join(each.text for each in said.sentences)
    there = rates(source)
    if there and (other := rates(text) - there - rates(note)):
        what = f"the text gives something per {min(other)}, and {said.label} per {' or '.join(sorted(there))}"
        yield Finding(what, "give it for the time of the source")
    own, known = _words(text), _words(f"{source} {note}")
    for pair in _OPPOSITES:
        for one, opposite in (pair, pair[::-1]):
            if own & one and not own & opposite and known & opposite and not known & one:
                what = f"the text says '{min(own & one)}', and {said.label} '{min(known & opposite)}' only"
                yield Finding(what, "use the word of the source")


def _is_base(text: str, number: Quantity) -> bool:
    return number.year is None and bool(_BASE_BEFORE.search(text, max(0, number.start - REACH), number.start))


def _words(text: str) -> set[str]:
    return {fold(word) for word in WORD.findall(text)}
