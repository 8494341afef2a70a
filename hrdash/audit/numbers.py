"""Numbers in a text, in digits or in words, as values that can be compared.

A number reads as one thing or several: `ten times` is the factor 10 and the number 10; `2024` a year and a number. Two
numbers agree when they share a reading, so that `six` agrees with `6`, `half` with `50 %`, `four in ten` with `40 %`,
`one hundred and forty-fourth` with `144th`, and `30 %` never with `30` or with 30 percentage points. A factor is not
worked out into per cent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple
from unicodedata import numeric

from hrdash.audit.units import unit_at
from hrdash.audit.words import REACH
from hrdash.characters import plain as as_plain

NUMBER, PERCENT, POINTS, FACTOR, YEAR, MANY = "number", "percent", "points", "factor", "year", "many"
Reading = tuple[str, float]

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TEN_TIMES = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL = {word: value for value, word in enumerate(_UNITS.split())}
_TENS = {word: 10 * value for value, word in enumerate(_TEN_TIMES.split(), 2)}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SHORT = {"k": 1_000, "m": 10**6, "mn": 10**6, "bn": 10**9}
_ORDINALS = {
    **{f"{word}th": value for word, value in (*_SMALL.items(), *_SCALES.items()) if 3 < value <= 1_000},
    **{f"{word[:-1]}ieth": value for word, value in _TENS.items()},
    "first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12,
}  # fmt: skip
_VALUES = {"a": 1, **_SMALL, **_TENS, **_SCALES, **_ORDINALS}
_HALF: tuple[Reading, ...] = ((PERCENT, 50), (NUMBER, 0.5))
_SPECIAL: dict[str, tuple[Reading, ...]] = {
    word: readings
    for words, readings in (
        ("half halves halved halving", _HALF),
        ("double doubled doubling twice", ((FACTOR, 2),)),
        ("triple tripled thrice", ((FACTOR, 3),)),
        ("quadruple quadrupled", ((FACTOR, 4),)),
        ("dozen", ((NUMBER, 12),)), ("single", ((NUMBER, 1),)),
        ("dozens", ((MANY, 12),)), ("hundreds", ((MANY, 100),)), ("thousands", ((MANY, 1_000),)),
        ("millions", ((MANY, 10**6),)), ("billions", ((MANY, 10**9),)),
    )
    for word in words.split()
}  # fmt: skip

_WORD = "|".join(sorted(_VALUES.keys() - {"a"}, key=len, reverse=True))
_IN_WORDS = re.compile(
    rf"\b(?:a\s+(?=(?:{'|'.join(_SCALES)})\b))?(?:{_WORD})(?:(?:[\s-]+and)?[\s-]+(?:{_WORD}))*(?=\b|fold\b)", re.I
)
_LETTERS = re.compile(r"[^\W\d_]+")
_NTHS = {"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10}
_FRACTION = re.compile(rf"\b(a|one|two|three|four|five)[\s-]+((?<!two.)quarter|{'|'.join(_NTHS)})(?:s|\s+of)\b", re.I)
_SPECIAL_WORD = re.compile(rf"\b(?:{'|'.join(_SPECIAL)})\b", re.I)
_NOT_A_HALF = re.compile(r"(?:first|second|other|latter|former)[\s-]+$", re.I)
_DIGITS = re.compile(
    r"(?<![\w.,¶§#])(?:\d{1,3}(?:[, ']\d{3})+(?!\d)|\d+)(?:\.\d+|,\d\d?(?=\s?(?:%|per\s?cent)))?(st|nd|rd|th)?"
    r"(?!(?!(?:bn|mn?|k)\b)[\w/]*[^\W\d])",
    re.ASCII,
)
_PARTS = re.compile(r"(?<![\w/.,-])(?:(\d+)\s*)?(?:([¼-¾⅐-⅞])|\b([1-9])/(10|[2-9])(?![\w/.,-]*\d))")
"""A fraction in digits, with the whole number before it: ½, 2½, 1/2, 2 1/2; no date and no symbol."""
_AND_A_HALF = re.compile(r"\s+and\s+a\s+half\b", re.I)
_OF_SO_MANY = re.compile(
    r"(?:\s+[^\W\d]+){0,2}?\s+(?:in|out\s+of)\s+(?:every\s+)?(\w+)\b(?!\s*[%\d]|[\s-]+(?:\w+\s+)?(?:year|month|week|day|hour)s?\b)",
    re.I,
)
_MANY_ENOUGH = (*range(2, 11), 20, 100)
"""Of so many are parts named, as in `four in ten`."""
_PERCENT_UNIT = re.compile(r"%|\bper\s?cent|\bpercentage", re.I)
_CODE = re.compile(r"[^\W\d_][/-]$")
_SHORT_YEAR = re.compile(r"(\d{2})\d{2}[–/-]$")
_BEHIND = re.compile(
    r"(?P<percent>[\s-]*(?:%|per\s?cent\b))|(?P<points>\s+(?:percentage\s+)?points?\b)|(?P<factor>[\s-]*fold\b|\s+times\b)"
    rf"|[\s-]*(?P<scale>{'|'.join(_SCALES)})\b|(?P<short>bn|mn?|k)\b",
    re.I,
)

_QUALIFIED = re.compile(
    r"\b(?:(?P<around>around|some|about|approximately|approx\.|circa|roughly|(?:an\s+)?estimated)"
    r"|(?P<nearly>nearly|almost|close\s+to|just\s+under|just\s+short\s+of)"
    r"|(?P<less_than>(?:less|fewer)\s+than|under|below|younger\s+than|not\s+yet)"
    r"|(?P<more_than>more\s+than|over|above|exceed(?:ing|ed|s)|in\s+excess\s+of|upwards?\s+of)"
    r"|(?P<up_to>(?<!\bwent\s)(?<!\brose\s)(?<!\bgone\s)(?<!\brisen\s)up\s+to|as\s+(?:much|many|long|high)\s+as"
    r"|a\s+maximum\s+of|at\s+most|(?:no|not|never(?:\s+\w+)?)\s+more\s+than|never\s+\w+er\s+than)"
    r"|(?P<at_least>at\s+least|(?:no|not)\s+(?:fewer|less)\s+than|a\s+minimum\s+of))"
    r"\s+(?:(?:the|a|an|its|their|age|age\s+of|the\s+age\s+of)\s+)?(?:US\s*)?[$€£]?\s*$",
    re.I,
)
_QUALIFIED_BEHIND = re.compile(
    r"(?P<at_least>(?:\s+[\w-]+){0,2}?\s+(?:or|and)\s+(?:more|over|above|older)\b(?!\s+(?:the|a|an)\b|\s*[$€£]?\d))"
    r"|(?P<up_to>(?:\s+[\w-]+){0,3}?\s+(?:at\s+(?:the\s+)?(?:most|longest)|or\s+(?:less|fewer|under|younger))\b)"
    r"|(?P<around>(?:\s+[\w-]+)?\s+or\s+so\b)",
    re.I,
)
_BOUNDS = re.compile(
    r"\b(?:(?P<at_least>minimum|or over|lowest|smallest|shortest)|(?P<up_to>maximum|only|highest|largest|longest))\b",
    re.I,
)


class Quantity(NamedTuple):
    """One number of a text: what it reads as, how it is written and where, and the qualifier beside it."""

    readings: frozenset[Reading]
    written: str
    start: int
    end: int
    qualifier: str = ""
    """One of `hrdash.model.QUALIFIERS`, or nothing."""
    unit: str = ""
    """One of `hrdash.audit.units`, or nothing."""
    weak: bool = False
    """`one`, `first`, `second`, `single`: words that often count nothing, so that nobody has to repeat them."""
    ordinal: bool = False
    """`third`, `144th`: a place in a row, and no count."""

    @property
    def year(self) -> int | None:
        """The year that this number may be."""
        return next((int(value) for kind, value in self.readings if kind == YEAR), None)

    def agrees(self, other: Quantity) -> bool:
        """Whether the two share a reading, and where both are shares that one: `3 in 4` is not `3 in 5`."""
        shares = [{one for one in number.readings if one[0] == PERCENT} for number in (self, other)]
        return not self.readings.isdisjoint(other.readings) and (not all(shares) or not shares[0].isdisjoint(shares[1]))


@lru_cache(maxsize=1 << 14)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Every number of a text, in order."""
    found: list[Quantity] = []
    taken: set[int] = set()
    plain = as_plain(text)

    def take(start: int, end: int, readings: Iterable[Reading], weak: bool = False, ordinal: bool = False) -> None:
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            qualifier = "" if weak else _qualifier(plain, start, end)
            unit = unit_at(plain, start, end)
            found.append(Quantity(frozenset(readings), text[start:end], start, end, qualifier, unit, weak, ordinal))

    def take_counted(start: int, end: int, value: float, readings: Iterable[Reading], weak: bool = False) -> None:
        """A number with the per cent, factor or scale behind it; without, it has these readings."""
        if halved := _AND_A_HALF.match(plain, end):
            end, value, readings = halved.end(), value + 0.5, ((NUMBER, value + 0.5),)
        behind = _BEHIND.match(plain, end)
        if behind is None:
            among = _OF_SO_MANY.match(plain, end)
            of = _count(among[1]) if among else 0
            if among and of in _MANY_ENOUGH and 0 < value < of:
                end, weak = among.end(), False
                readings = ((NUMBER, value), (NUMBER, of), *_part(value / of))
            take(start, end, readings, weak)
        elif behind["percent"]:
            take(start, behind.end(), ((PERCENT, value), *(_HALF if value == 50 else ())))
        elif behind["points"]:
            take(start, behind.end(), ((POINTS, value), *(() if "cent" in behind["points"] else readings)))
        elif behind["factor"]:
            take(start, behind.end(), ((FACTOR, value), (NUMBER, value)))
        else:
            scale = _SHORT.get(behind["short"]) or _SCALES[behind["scale"].lower()]
            take(start, behind.end(), ((NUMBER, value * scale),))

    for match in _FRACTION.finditer(plain):
        parts = _VALUES[match[1].lower()] / _NTHS[match[2].lower()]
        take(*match.span(), _part(parts))
    for match in _PARTS.finditer(plain):
        parts = numeric(match[2]) if match[2] else int(match[3]) / int(match[4])
        if match[2] or parts < 1:
            whole = int(match[1] or 0)
            take_counted(*match.span(), whole + parts, ((NUMBER, whole + parts),) if whole else _part(parts))
    for match in _DIGITS.finditer(plain):
        start, end = match.span()
        written = re.sub(r",(?=\d\d?$)", ".", match[0])
        written = re.sub(r"[, ']|[a-z]+$", "", written)
        before = plain[max(0, start - REACH) : start]
        if _CODE.search(before) and not (len(match[0]) == 4 and before[-1] == "-"):
            continue  # as in COVID-19 or CCPR/C/GC/36; `mid-2024` holds a year
        value = float(written)
        readings: tuple[Reading, ...] = ((NUMBER, value),)
        if match[0].isdigit() and len(written) == 4 and 1900 <= value < 2100:
            readings = ((YEAR, value), (NUMBER, value))
        elif len(written) == 2 and (century := _SHORT_YEAR.search(before)):
            readings = ((YEAR, float(century[1]) * 100 + value),)
        if match[1]:
            take(start, end, readings, ordinal=True)
        else:
            take_counted(start, end, value, readings)
    for start, end, value, ordinal in _in_words(plain):
        if ordinal:
            take(start, end, ((NUMBER, value),), value <= 2, ordinal)
        else:
            take_counted(start, end, value, ((NUMBER, value),), value == 1)
    for match in _SPECIAL_WORD.finditer(plain):
        word = match[0].lower()
        if not (word == "half" and _NOT_A_HALF.search(plain, max(0, match.start() - REACH), match.start())):
            take(*match.span(), _SPECIAL[word], weak=word == "single")
    return tuple(sorted(found, key=lambda quantity: quantity.start))


def _part(parts: float) -> tuple[Reading, ...]:
    return (PERCENT, round(100 * parts, 1)), (PERCENT, float(round(100 * parts))), (NUMBER, parts)


def readings_of(value: float, kind: str, unit: str) -> frozenset[Reading]:
    """What a figure's value reads as, by its indicator's kind and unit (`billion US dollars` counts billions)."""
    if is_percent(kind, unit):
        return frozenset({(POINTS if "point" in unit.lower() else PERCENT, float(value))})
    if kind == "factor":
        return frozenset({(FACTOR, float(value))})
    scale = next((size for word, size in _SCALES.items() if size > 100 and re.search(rf"\b{word}s?\b", unit, re.I)), 1)
    return frozenset({(NUMBER, float(value) * scale)})


def is_percent(kind: str, unit: str) -> bool:
    """Whether an indicator's values are per cent: by its kind, or its unit says so (a quota of kind `limit`)."""
    return kind in ("share", "percent-change") or bool(_PERCENT_UNIT.search(unit))


def bounds(sentence: str) -> set[str]:
    """The qualifiers that `minimum` and `maximum` give to the numbers of a sentence."""
    return {_name(match) for match in _BOUNDS.finditer(sentence)}


def _qualifier(text: str, start: int, end: int) -> str:
    """The qualifier of the number that stands at this place of a text, or nothing."""
    match = _QUALIFIED.search(text[max(0, start - 40) : start]) or _QUALIFIED_BEHIND.match(text[end : end + 60])
    return _name(match) if match else ""


def _count(written: str) -> float:
    return float(written) if written.isdecimal() else _VALUES.get(written.lower(), 0)


def _name(match: re.Match[str]) -> str:
    return str(match.lastgroup).replace("_", "-")


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
