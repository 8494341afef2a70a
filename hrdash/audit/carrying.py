"""What the statements that cite a paragraph carry of a sentence in it.

- A number is carried by the text of a statement that shares two words with the sentence, or by the value of one of its
  figures; `five` in `the past five years` also by a period of five years. `one`, `first` and `second` need not be
  repeated, nor ordinals in a name.
- A year, printed or meant by `this year` and `last year`, is carried by such a statement's text or by an end of a
  period of its.
- A question is carried by one statement that asks, or by two together, with half of the question's words, by their
  number or by their weight: a word weighs more the fewer sentences of the texts have it, and what any question says
  (`What steps had been taken`) weighs nothing. A question of several parts is looked at part by part. To carry a
  second question, a statement has to have a fifth of its words beside those of the question that it says most of.
- A question that leans on the sentence before it (`Would this be done?`) is also carried by half of that sentence, in
  the statement that asks, or in what its brief says from the paragraph beside a statement that asks nothing else there.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from hrdash.audit import cues
from hrdash.audit.numbers import NUMBER, Quantity, Reading, quantities, readings_of
from hrdash.audit.passage import Sentence
from hrdash.audit.sentences import STOP_WORDS, WORD, sentences, stems
from hrdash.audit.texts import SourceText
from hrdash.model import Brief, Measure, Statement
from hrdash.period import Period, parse

HALF = 0.5
"""The share of a question that has to be carried."""
SHARED_STEMS = 2
"""A statement that carries a number or a year shares so many words with the sentence."""
OWN = 0.2
"""The share of a question's words that a statement has to have for itself, to carry it beside another one."""
_ANY_QUESTION = stems(
    "State States party Government Kazakhstan step measure taken take place plan ensure address issue could would"
)
_ACRONYM = re.compile(r"\b[A-Z]{3,8}\b")
_RELATIVE_YEAR = re.compile(r"\b(?:this|last|previous) year\b", re.I)
_YEARS_BEHIND = re.compile(r"\s+(?:\w+\s+)?years\b", re.I)


class Wanted(NamedTuple):
    """What of a sentence has to be carried."""

    numbers: tuple[Quantity, ...]
    years: tuple[int, ...]
    asks: bool


class Weights:
    """How much each word stem tells: the logarithm of how rare it is among the sentences of all texts."""

    def __init__(self, texts: Iterable[SourceText]) -> None:
        said = [stems(sentence) for text in texts for part in text.paragraphs.values() for sentence in sentences(part)]
        self._seen = Counter(stem for words in said for stem in words)
        self._total = len(said)

    def of(self, words: Iterable[str]) -> float:
        """The weight of some stems together."""
        return sum(math.log((self._total + 1) / (self._seen[word] + 0.5)) for word in words)

    def share(self, wanted_words: frozenset[str], said: frozenset[str]) -> float:
        """The share of the wanted words that was said, by their number or by their weight, whichever is more."""
        shared = wanted_words & said
        return max(len(shared) / len(wanted_words), self.of(shared) / self.of(wanted_words)) if shared else 0.0


def wanted(sentence: Sentence) -> Wanted | None:
    """What a sentence has to have carried, or nothing."""
    numbers = tuple(
        number
        for number in sentence.numbers
        if not (number.weak or number.year is not None or _in_name(sentence.text, number))
    )
    years = set(sentence.dates.printed)
    if _RELATIVE_YEAR.search(sentence.text):
        years |= sentence.dates.derived
    asks = cues.is_question(sentence.text)
    return Wanted(numbers, tuple(sorted(years)), asks) if numbers or years or asks else None


class _Told(NamedTuple):
    """What one statement tells: the stems of its words and labels, its numbers, its years, how long its periods are."""

    words: frozenset[str]
    readings: frozenset[Reading]
    years: frozenset[int]
    spans: frozenset[int]


class _Asking(NamedTuple):
    """A statement that asks, by the stems of its words."""

    words: frozenset[str]
    beside: frozenset[str]
    """The stems of all that its brief says from the same paragraph."""
    nearest: frozenset[str]
    """The stems of that question of the paragraph that it says most of."""
    spoken_for: bool
    """It carries the question nearest to it."""
    leans: bool
    """Its subject stands in a statement beside it: `Asks whether this would be done.`"""

    def words_for(self, question: frozenset[str]) -> frozenset[str]:
        """What it says of a question: little of its own beside the question nearest to it is nothing."""
        own = (question & self.words) - self.nearest
        return self.words if question == self.nearest or len(own) >= OWN * len(question) > 0 else frozenset()


class Bearer:
    """The statements that cite one paragraph, and what they carry together."""

    def __init__(
        self,
        citing: Sequence[tuple[Brief, Statement]],
        paragraph: Sequence[Sentence],
        measures: Mapping[str, Measure],
        weights: Weights,
    ) -> None:
        self._paragraph = paragraph
        self._weights = weights
        statements = [statement for _, statement in citing]
        self._told = [_told(statement, measures) for statement in statements]
        acronyms = sorted({short for statement in statements for short in _ACRONYM.findall(statement.text)})
        self._questions = [_questions(sentence.text, acronyms) for sentence in paragraph]
        asked = [_telling(part) for parts in self._questions for part in parts]
        self._asking = [
            self._prepared(brief, statement, citing, asked) for brief, statement in citing if _asks(statement)
        ]

    def missing(self, place: int) -> tuple[str, ...]:
        """What these statements do not carry of the paragraph's sentence at this place, counted from 0."""
        sentence = self._paragraph[place]
        needed = wanted(sentence)
        if needed is None:
            return ()
        told = [one for one in self._told if len(one.words & sentence.stems) >= min(SHARED_STEMS, len(sentence.stems))]
        numbers = [number.written for number in needed.numbers if not _has_number(told, number, sentence.text)]
        years = [str(year) for year in needed.years if not any(year in one.years for one in told)]
        parts = self._questions[place]
        before = _telling(self._paragraph[place - 1].text) if place else frozenset()
        unasked = [part for part in parts if not self._has_question(part, before)]
        return (*numbers, *years, *(f"question: {part}" if len(parts) > 1 else "question" for part in unasked))

    def _prepared(
        self,
        brief: Brief,
        statement: Statement,
        citing: Sequence[tuple[Brief, Statement]],
        asked: Sequence[frozenset[str]],
    ) -> _Asking:
        words = stems(statement.text)
        beside = frozenset(stem for mate, other in citing if mate.id == brief.id for stem in stems(other.text))
        nearest = max(asked, key=lambda question: self._weights.share(question, words), default=frozenset())
        return _Asking(words, beside, nearest, self._weights.share(nearest, words) >= HALF, cues.leans(statement.text))

    def _has_question(self, question: str, before: frozenset[str]) -> bool:
        words = _telling(question)
        said = [asking.words_for(words) for asking in self._asking]
        if any(self._weights.share(words, one) >= HALF for one in said):
            return True
        if any(self._weights.share(words, one | other) >= HALF for one, other in combinations(said, 2)):
            return True
        return cues.leans(question) and any(
            self._weights.share(before, asking.words) >= HALF
            or (
                not asking.spoken_for
                and (asking.leans or before & asking.words)
                and self._weights.share(before, asking.beside) >= HALF
            )
            for asking in self._asking
        )


def _told(statement: Statement, measures: Mapping[str, Measure]) -> _Told:
    values = [
        (figure.measure, value) for figure in statement.figures for value in (figure.value, figure.low, figure.high)
    ]
    numbers = quantities(statement.text)
    periods = [parse(when) for when in (statement.period, *(figure.period for figure in statement.figures)) if when]
    labels = " ".join(measures[figure.measure].label for figure in statement.figures if figure.measure in measures)
    return _Told(
        stems(f"{statement.text} {labels}"),
        frozenset(reading for number in numbers for reading in number.readings)
        | {
            reading
            for measure, value in values
            if value is not None
            for reading in _readings(value, measures.get(measure))
        },
        frozenset(number.year for number in numbers if number.year is not None)
        | {end[0] for when in periods for end in (when.start, when.end) if end},
        frozenset(map(_span, periods)),
    )


def _has_number(told: Iterable[_Told], number: Quantity, sentence: str) -> bool:
    """Whether a text or a figure has the number, or a period is as many years long."""
    counts = [
        value for kind, value in number.readings if kind == NUMBER and _YEARS_BEHIND.match(sentence[number.end :])
    ]
    return any(
        not number.readings.isdisjoint(one.readings)
        or any(count - 1 <= span <= count for count in counts for span in one.spans)
        for one in told
    )


def _questions(sentence: str, acronyms: Iterable[str]) -> tuple[str, ...]:
    """The parts of what a sentence asks, with acronyms in place of the words that statements use them for."""
    if not cues.is_question(sentence):
        return ()
    for acronym in acronyms:
        words = [match for match in WORD.finditer(sentence) if match[0].lower() not in STOP_WORDS]
        initials = "".join(match[0][0].lower() for match in words)
        for found in reversed(list(re.finditer(acronym.lower(), initials))):
            first, last = words[found.start()], words[found.end() - 1]
            sentence = sentence[: first.start()] + acronym + sentence[last.end() :]
    return cues.questions(sentence)


def _telling(text: str) -> frozenset[str]:
    """The stems of a text without those that any question has."""
    return stems(text) - _ANY_QUESTION


def _asks(statement: Statement) -> bool:
    return statement.put_as == "question" or cues.asks(statement.text)


def _in_name(sentence: str, number: Quantity) -> bool:
    """Whether a number in words opens with a capital inside a sentence, as in `Third Periodic Report`."""
    return number.start > 0 and number.written[0].isupper()


def _readings(value: float, measure: Measure | None) -> frozenset[tuple[str, float]]:
    return readings_of(value, measure.kind if measure else "count", measure.unit if measure else "")


def _span(when: Period) -> int:
    """How many years lie between the ends of a period; -1 where an end is open."""
    return when.end[0] - when.start[0] if when.start and when.end else -1
