"""Numbers in a text, in digits or in words, as values that can be compared.

A number reads as one thing or several: `two-fold` is the factor 2 and, of a decrease, 50 %; `ten times` the factor 10
and the number 10; `2024` a year and a number. Two numbers agree when they share a reading, so that `six` agrees with
`6`, `half` with `50 %`, `one hundred and forty-fourth` with `144th`, and `30 %` never with `30`. A factor is not worked
out into per cent but for that one decrease, to one half.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from hrdash.audit.sentences import REACH

NUMBER, PERCENT, FACTOR, YEAR, MANY = "number", "percent", "factor", "year", "many"
Reading = tuple[str, float]

_SMALL = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12,
    **{f"{word}th": value for word, value in _SMALL.items() if value > 3 and value not in (5, 8, 9, 12)},
    **{f"{word[:-1]}ieth": value for word, value in _TENS.items()},
    "hundredth": 100, "thousandth": 1_000,
}  # fmt: skip
_HALF: tuple[Reading, ...] = ((PERCENT, 50), (NUMBER, 0.5))
_SPECIAL: dict[str, tuple[Reading, ...]] = {
    "half": _HALF, "halves": _HALF, "halved": _HALF, "halving": _HALF,
    "double": ((FACTOR, 2),), "doubled": ((FACTOR, 2),), "doubling": ((FACTOR, 2),), "twice": ((FACTOR, 2),),
    "triple": ((FACTOR, 3),), "tripled": ((FACTOR, 3),), "thrice": ((FACTOR, 3),),
    "quadruple": ((FACTOR, 4),), "quadrupled": ((FACTOR, 4),),
    "dozen": ((NUMBER, 12),), "dozens": ((MANY, 12),), "hundreds": ((MANY, 100),), "thousands": ((MANY, 1_000),),
    "millions": ((MANY, 10**6),), "billions": ((MANY, 10**9),), "single": ((NUMBER, 1),),
}  # fmt: skip

_WORDS = (*_SMALL, *_TENS, *_SCALES, *_ORDINALS)
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_IN_WORDS = re.compile(
    rf"\b(?:a\s+(?=hundred\b|thousand\b|million\b|billion\b))?(?:{_WORD})(?:(?:[\s-]+and)?[\s-]+(?:{_WORD}))*\b", re.I
)
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

_LONGEST_NUMBER = 40
"""Words of one number: more than any number up to trillions has."""

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

    def take(start: int, end: int, readings: tuple[Reading, ...], weak: bool = False) -> None:
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            qualifier = "" if weak else qualifier_at(text, start, end)
            found.append(Quantity(frozenset(readings), text[start:end], start, end, qualifier, weak))

    for match in _FRACTION.finditer(text):
        if (top := match["top"].lower()) != "two" or match["part"].lower() == "third":
            parts = {"a": 1, "one": 1, "two": 2, "three": 3}[top]
            take(*match.span(), _fraction(parts, 3 if match["part"].lower() == "third" else 4))
    for match in _FOLD.finditer(text):
        factor = _in_words(match["word"])
        take(*match.span(), _factor(factor[0] if factor else 0, text))
    for match in _DIGITS.finditer(text):
        if not _is_code(text, match.start(), match[0]):
            start, end, readings = _digits(text, match)
            take(start, end, readings)
    for match in _SPECIAL_WORD.finditer(text):
        word = match[0].lower()
        if not (word == "half" and _NOT_A_HALF.search(text, max(0, match.start() - REACH), match.start())):
            take(*match.span(), _SPECIAL[word], weak=word == "single")
    for match in _IN_WORDS.finditer(text):
        for start, end in _number_spans(text, *match.span()):
            _take_words(text, start, end, take)
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


def _take_words(text: str, start: int, end: int, take: Callable[..., None]) -> None:
    parsed = _in_words(text[start:end])
    if parsed is None:
        return
    value, ordinal = parsed
    if not ordinal and (percent := _PERCENT_BEHIND.match(text, end)):
        take(start, percent.end(), ((PERCENT, value),))
    elif not ordinal and (times := _FACTOR_BEHIND.match(text, end)):
        take(start, times.end(), (*_factor(value, text), (NUMBER, value)))
    else:
        take(start, end, ((NUMBER, value),), value == 1 or (ordinal and value <= 2))


def _number_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a run of number words where two numbers stand side by side, as in `six and three` or `two thirds`."""
    spans: list[tuple[int, int]] = []
    words = [(match.start() + start, match.end() + start) for match in re.finditer(r"[^\W\d_]+", text[start:end])]
    position = 0
    while position < len(words):
        first_at, longest = words[position][0], 0
        for size, (word_at, end_at) in enumerate(words[position : position + _LONGEST_NUMBER], 1):
            if text[word_at:end_at].lower() in ("and", "a"):
                continue  # no number ends here, and one may go on
            if _in_words(text[first_at:end_at]) is None:
                break
            longest = size
        if longest:
            spans.append((first_at, words[position + longest - 1][1]))
        position += longest or 1
    return spans


def _in_words(text: str) -> tuple[float, bool] | None:
    """The value of a number in words, and whether it is an ordinal; `None` where the words do not make one number."""
    total, part, last, ordinal = 0, 0, 0, False
    words = re.findall(r"[^\W\d_]+", text.lower())
    for position, word in enumerate(words):
        if ordinal or (word == "and" and (last not in (100, 1_000) or position + 1 == len(words))):
            return None
        if word == "and":
            continue
        if word == "a":
            if position or len(words) == 1 or words[1] not in _SCALES:
                return None
            part, last = 1, 1
            continue
        ordinal = word in _ORDINALS
        value = _ORDINALS[word] if ordinal else _SMALL.get(word, _TENS.get(word, _SCALES.get(word, -1)))
        if value < 0:
            return None
        if value >= 100:
            if position == 0 and not ordinal:
                part = 1
            if (value == 100 and last >= 100) or (part == 0 and not ordinal):
                return None
            if value == 100:
                part = max(part, 1) * 100
            else:
                total, part = total + max(part, 1) * value, 0
        elif last == 0 or last >= 100 or (20 <= last < 100 and 0 < value < 10):
            part += value
        else:
            return None
        last = value
    return (float(total + part), ordinal) if words else None


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
    """Whether digits belong to a name, as in COVID-19 or CCPR/C/KAZ/3; `mid-2024` holds a year."""
    return bool(_CODE.search(text, max(0, start - REACH), start)) and not (len(written) == 4 and text[start - 1] == "-")


def _factor(value: float, text: str) -> tuple[Reading, ...]:
    return ((FACTOR, value), (PERCENT, 50)) if value == 2 and _says_fewer(text) else ((FACTOR, value),)


@lru_cache(maxsize=1)
def _says_fewer(text: str) -> bool:
    return bool(_FEWER.search(text))


def _fraction(parts: int, whole: int) -> tuple[Reading, ...]:
    share = 100 * parts / whole
    return (PERCENT, round(share, 1)), (PERCENT, float(round(share))), (NUMBER, parts / whole)
