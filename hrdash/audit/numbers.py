"""Numbers in a text, in digits or in words, as values that can be compared.

A number reads as one thing or several: `two-fold` is the factor 2 and, of a decrease, 50 %; `ten times` the factor 10
and the number 10; `2024` a year and a number. Two numbers agree when they share a reading, so that `six` agrees with
`6`, `half` with `50 %`, `one hundred and forty-fourth` with `144th`, and `30 %` never with `30`. A factor is not worked
out into per cent but for that one decrease, to one half.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from hrdash.audit.sentences import REACH

NUMBER, PERCENT, FACTOR, YEAR, MANY = "number", "percent", "factor", "year", "many"
Reading = tuple[str, float]

_UP_TO_NINETEEN = (
    "zero one two three four five six seven eight nine ten eleven twelve "
    "thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_TENS_FROM_TWENTY = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = {word: value for value, word in enumerate(_UP_TO_NINETEEN.split())}
_TENS = {word: 10 * value for value, word in enumerate(_TENS_FROM_TWENTY.split(), 2)}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12,
    **{f"{word}th": value for word, value in _SMALL.items() if value > 3 and value not in (5, 8, 9, 12)},
    **{f"{word[:-1]}ieth": value for word, value in _TENS.items()},
    "hundredth": 100, "thousandth": 1_000,
}  # fmt: skip
_VALUES = {"a": 1, **_SMALL, **_TENS, **_SCALES, **_ORDINALS}
_HALF: tuple[Reading, ...] = ((PERCENT, 50), (NUMBER, 0.5))
_SPECIAL: dict[str, tuple[Reading, ...]] = {
    "half": _HALF, "halves": _HALF, "halved": _HALF, "halving": _HALF,
    "double": ((FACTOR, 2),), "doubled": ((FACTOR, 2),), "doubling": ((FACTOR, 2),), "twice": ((FACTOR, 2),),
    "triple": ((FACTOR, 3),), "tripled": ((FACTOR, 3),), "thrice": ((FACTOR, 3),),
    "quadruple": ((FACTOR, 4),), "quadrupled": ((FACTOR, 4),),
    "dozen": ((NUMBER, 12),), "dozens": ((MANY, 12),), "hundreds": ((MANY, 100),), "thousands": ((MANY, 1_000),),
    "millions": ((MANY, 10**6),), "billions": ((MANY, 10**9),), "single": ((NUMBER, 1),),
}  # fmt: skip

_WORD = "|".join(sorted(_VALUES.keys() - {"a"}, key=len, reverse=True))
_IN_WORDS = re.compile(
    rf"\b(?:a\s+(?=hundred\b|thousand\b|million\b|billion\b))?(?:{_WORD})(?:(?:[\s-]+and)?[\s-]+(?:{_WORD}))*\b", re.I
)
_LETTERS = re.compile(r"[^\W\d_]+")
_FRACTION = re.compile(r"\b(?P<top>a|one|two|three)[\s-]+(?P<part>third|quarter)(?:s|\s+of)\b", re.I)
_FOLD = re.compile(rf"\b(?P<word>{'|'.join((*_SMALL, *_TENS, 'hundred'))})-?fold\b", re.I)
_SPECIAL_WORD = re.compile(rf"\b(?:{'|'.join(_SPECIAL)})\b", re.I)
_NOT_A_HALF = re.compile(r"(?:first|second|other|latter|former)[\s-]+$", re.I)
_DIGITS = re.compile(
    r"(?<![\w.,¶§#])(?:\d{1,3}(?:[,\u00a0\u202f]\d{3})+|\d+)(?:\.\d+)?(?:st|nd|rd|th)?(?![\w/]*[^\W\d])", re.ASCII
)
_CODE = re.compile(r"[^\W\d_][/-]$")
_SHORT_YEAR = re.compile(r"(\d{2})\d{2}[–/-]$")
_SCALE_BEHIND = re.compile(r"[\s-]*(hundred|thousand|million|billion|trillion)\b", re.I)
_PERCENT_BEHIND = re.compile(r"[\s-]*(?:%|per\s?cent\b|percentage\s+points?\b)", re.I)
_FACTOR_BEHIND = re.compile(r"(?:-?fold\b|[\s-]+fold\b|\s+times\b)", re.I)
_FEWER = re.compile(r"\b(?:decreas|reduc|declin|fall|fell|drop|fewer|lower|shr[aiu]nk|less\b)", re.I)

_AROUND = r"around|some|about|approximately|approx\.|circa|roughly|an\s+estimated|estimated"
_BEFORE = (
    ("at-least", r"at\s+least|(?:no|not)\s+(?:fewer|less)\s+than|a\s+minimum\s+of"),
    ("up-to", r"up\s+to|as\s+(?:much|many|long|high)\s+as|a\s+maximum\s+of|at\s+most|(?:no|not)\s+more\s+than"),
    ("more-than", r"more\s+than|over|above|exceed(?:ing|ed|s)|in\s+excess\s+of|upwards?\s+of"),
    ("less-than", r"(?:less|fewer)\s+than|under|below|younger\s+than"),
    ("nearly", r"nearly|almost|close\s+to|just\s+under|just\s+short\s+of"),
    ("around", _AROUND),
)  # fmt: skip
_BETWEEN = r"\s+(?:(?:the|a|an|its|their|age|age\s+of|the\s+age\s+of)\s+)?(?:US\s*)?[$€£]?\s*$"
_QUALIFIED = tuple((name, re.compile(rf"\b(?:{words}){_BETWEEN}", re.I)) for name, words in reversed(_BEFORE))
_BEHIND = (
    ("at-least", r"(?:\s+[\w-]+){0,2}?\s+(?:or|and)\s+(?:more|over|above|older)\b(?!\s+(?:the|a|an)\b|\s*[$€£]?\d)"),
    ("up-to", r"(?:\s+[\w-]+){0,3}?\s+(?:at\s+(?:the\s+)?(?:most|longest)|or\s+(?:less|fewer|under|younger))\b"),
    ("around", r"(?:\s+[\w-]+)?\s+or\s+so\b"),
)
_QUALIFIED_BEHIND = tuple((name, re.compile(words, re.I)) for name, words in _BEHIND)

_BOUNDS = ((r"\bminimum\b|\bor over\b", "at-least"), (r"\bmaximum\b", "up-to"))


class Quantity(NamedTuple):
    """One number of a text: what it reads as, how it is written and where, and the qualifier beside it."""

    readings: frozenset[Reading]
    written: str
    start: int
    end: int
    qualifier: str = ""
    """One of `hrdash.model.QUALIFIERS`, or nothing."""
    weak: bool = False
    """`one`, `first`, `second`, `single`: words that often count nothing, so that nobody has to repeat them."""
    ordinal: bool = False
    """`third`, `144th`: a place in a row, and no count."""

    @property
    def year(self) -> int | None:
        """The year that this number may be."""
        return next((int(value) for kind, value in self.readings if kind == YEAR), None)

    def agrees(self, other: Quantity) -> bool:
        """Whether the two share a reading."""
        return not self.readings.isdisjoint(other.readings)


@lru_cache(maxsize=1 << 14)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Every number of a text, in order."""
    found: list[Quantity] = []
    taken: set[int] = set()

    def take(start: int, end: int, readings: Iterable[Reading], weak: bool = False, ordinal: bool = False) -> None:
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            qualifier = "" if weak else qualifier_at(text, start, end)
            found.append(Quantity(frozenset(readings), text[start:end], start, end, qualifier, weak, ordinal))

    for match in _FRACTION.finditer(text):
        if (top := match["top"].lower()) != "two" or match["part"].lower() == "third":
            parts = {"a": 1, "one": 1, "two": 2, "three": 3}[top]
            take(*match.span(), _fraction(parts, 3 if match["part"].lower() == "third" else 4))
    for match in _FOLD.finditer(text):
        take(*match.span(), _factor(_VALUES[match["word"].lower()], text))
    for match in _DIGITS.finditer(text):
        if not _is_code(text, match.start(), match[0]):
            take(*_digits(text, match), ordinal=not match[0][-1].isdigit())
    for match in _SPECIAL_WORD.finditer(text):
        word = match[0].lower()
        if not (word == "half" and _NOT_A_HALF.search(text, max(0, match.start() - REACH), match.start())):
            take(*match.span(), _SPECIAL[word], weak=word == "single")
    for start, end, value, ordinal in _in_words(text):
        if not ordinal and (percent := _PERCENT_BEHIND.match(text, end)):
            take(start, percent.end(), ((PERCENT, value),))
        elif not ordinal and (times := _FACTOR_BEHIND.match(text, end)):
            take(start, times.end(), (*_factor(value, text), (NUMBER, value)))
        else:
            take(start, end, ((NUMBER, value),), value == 1 or (ordinal and value <= 2), ordinal)
    return tuple(sorted(found, key=lambda quantity: quantity.start))


def readings_of(value: float, kind: str, unit: str) -> frozenset[Reading]:
    """What a figure's value reads as, by its measure's kind and unit (`billion US dollars` counts billions)."""
    if kind in ("share", "percent-change"):
        return frozenset({(PERCENT, float(value))})
    if kind == "factor":
        return frozenset({(FACTOR, float(value))})
    scale = next((size for word, size in _SCALES.items() if size > 100 and re.search(rf"\b{word}s?\b", unit, re.I)), 1)
    return frozenset({(NUMBER, float(value) * scale)})


def qualifier_at(text: str, start: int, end: int) -> str:
    """The qualifier of the number that stands at this place of a text, or nothing."""
    before = text[max(0, start - 40) : start]
    found = [(match.start(), name) for name, pattern in _QUALIFIED if (match := pattern.search(before))]
    if found:
        return min(found)[1]
    behind = text[end : end + 60]
    return next((name for name, pattern in _QUALIFIED_BEHIND if pattern.match(behind)), "")


def bounds(sentence: str) -> tuple[str, ...]:
    """The qualifiers that `minimum` and `maximum` give to the numbers of a sentence."""
    return tuple(qualifier for word, qualifier in _BOUNDS if re.search(word, sentence, re.I))


def _in_words(text: str) -> Iterator[tuple[int, int, float, bool]]:
    """The span and value of each number in words, and whether it is an ordinal; `six and three` are two."""
    for run in _IN_WORDS.finditer(text):
        start = end = total = part = last = 0
        ordinal = joined = False
        for match in _LETTERS.finditer(text, *run.span()):
            word = match[0].lower()
            if word == "and":
                joined = True
                continue
            value = _VALUES[word]
            if end and (
                ordinal or (joined and last not in (100, 1_000)) or not _goes_on(part, last, value, word in _ORDINALS)
            ):
                yield start, end, float(total + part), ordinal
                end = total = part = last = 0
            start = start if end else match.start()
            if value < 100:
                part += value
            elif value == 100:
                part = max(part, 1) * 100
            else:
                total, part = total + max(part, 1) * value, 0
            end, last, ordinal, joined = match.end(), value, word in _ORDINALS, False
        yield start, end, float(total + part), ordinal


def _goes_on(part: int, last: int, value: int, ordinal: bool) -> bool:
    """Whether a word of this value goes on with a number: with its part since the last thousand, and its last word."""
    if value >= 100:
        return (part > 0 or ordinal) and not (value == 100 and last >= 100)
    return last == 0 or last >= 100 or (20 <= last < 100 and 0 < value < 10)


def _digits(text: str, match: re.Match[str]) -> tuple[int, int, tuple[Reading, ...]]:
    """The span and the readings of a number in digits, with the per cent, scale or factor behind it."""
    start, end = match.span()
    written = match[0].rstrip("stndrh")
    value = float(re.sub(r"[,\u00a0\u202f]", "", written))
    if written != match[0]:
        return start, end, ((NUMBER, value),)
    if scale := _SCALE_BEHIND.match(text, end):
        return start, scale.end(), ((NUMBER, value * _SCALES[scale[1].lower()]),)
    if percent := _PERCENT_BEHIND.match(text, end):
        readings: tuple[Reading, ...] = ((PERCENT, value), *(_HALF if value == 50 else ()))
        return start, percent.end(), readings
    if times := _FACTOR_BEHIND.match(text, end):
        return start, times.end(), (*_factor(value, text), (NUMBER, value))
    if written.isdigit() and len(written) == 4 and 1900 <= value < 2100:
        return start, end, ((YEAR, value), (NUMBER, value))
    if len(written) == 2 and written.isdigit() and (century := _SHORT_YEAR.search(text, max(0, start - REACH), start)):
        return start, end, ((YEAR, float(century[1]) * 100 + value),)
    return start, end, ((NUMBER, value),)


def _is_code(text: str, start: int, written: str) -> bool:
    """Whether digits belong to a name, as in COVID-19 or CCPR/C/GC/36; `mid-2024` holds a year."""
    return bool(_CODE.search(text, max(0, start - REACH), start)) and not (len(written) == 4 and text[start - 1] == "-")


def _factor(value: float, text: str) -> tuple[Reading, ...]:
    return ((FACTOR, value), (PERCENT, 50)) if value == 2 and _says_fewer(text) else ((FACTOR, value),)


@lru_cache(maxsize=1)
def _says_fewer(text: str) -> bool:
    return bool(_FEWER.search(text))


def _fraction(parts: int, whole: int) -> tuple[Reading, ...]:
    share = 100 * parts / whole
    return (PERCENT, round(share, 1)), (PERCENT, float(round(share))), (NUMBER, parts / whole)
