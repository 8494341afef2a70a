"""Numbers in a text, in digits or in words, as values that can be compared.

A number reads as one thing or several: `ten times` is the factor 10 and the number 10; `2024` a year and a number. Two
numbers agree when they share a reading, so that `six` agrees with `6`, `half` with `50 %`, `four in ten` with `40 %`,
`one hundred and forty-fourth` with `144th`, and `30 %` never with `30` or with 30 percentage points. A factor is not
worked out into per cent. A unit that `english.txt` has not (`visits`) is not compared.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import numeric

from hrdash.audit.english import one_of, pattern, rows, words
from hrdash.characters import fold, plain

NUMBER, PERCENT, POINTS, FACTOR, YEAR, MANY = "number", "percent", "points", "factor", "year", "many"
Reading = tuple[str, float]

_LARGE = dict(zip(words("scale"), (100, 10**3, 10**6, 10**9, 10**12), strict=True))
_SCALES = {**_LARGE, "k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9}
_ORDINALS = {
    **{word: value for value, word in enumerate(words("ordinal"), 1)},
    **{word: 10 * value for value, word in enumerate(words("tenth"), 1)},
    "hundredth": 100, "thousandth": 1_000,
}  # fmt: skip
_VALUES = {
    **{word: value for value, word in enumerate(words("cardinal"))},
    **{word: 10 * value for value, word in enumerate(words("ten"), 1)},
    **_LARGE, **_ORDINALS,
}  # fmt: skip
_NTHS = {word: value for value, word in enumerate(words("nth"), 3)}
_HALF: tuple[Reading, ...] = ((PERCENT, 50), (NUMBER, 0.5))
_SPECIAL: dict[str, tuple[Reading, ...]] = {}
for _kind, _value, *_names in rows("special number"):
    for _name in _names:
        _SPECIAL[_name] = (*_SPECIAL.get(_name, ()), (_kind, float(_value)))

_WORD = one_of(_VALUES)
_LONGEST = 24
"""More words than the longest number in words has."""
_PARTS = "|".join(f"{above}/(?:10|[{above + 1}-9])" for above in range(1, 9)) + "|9/10"
_NUMBER = re.compile(
    rf"\b(?P<count>a|one|two|three|four|five)[\s-]+(?P<nth>(?<!two.)quarter|{one_of(_NTHS)})(?:s|\s+of)\b"
    rf"|(?<![\w/.,-])(?:(?P<whole>\d{{1,15}})\s*)?(?:(?P<sign>[¼-¾⅐-⅞])|\b(?P<parts>{_PARTS})(?![\w/.,-]{{0,40}}\d))"
    r"|(?P<digits>(?a:(?<![\w.¶§#])(?<!\d,)(?:\d{1,3}(?:[, ']\d{3})+(?!\d)|\d+)(?:\.\d+|,\d\d?(?=\s?(?:%|per\s?cent)))?"
    r"(?P<th>st|nd|rd|th)?(?!(?!(?:bn|mn?|k)\b)[\w/]{0,40}[^\W\d])))"
    rf"|(?P<words>\b(?:a\s+(?=(?:{one_of(_LARGE)})\b))?(?:{_WORD})(?:(?:[\s-]+and)?[\s-]+(?:{_WORD})){{0,{_LONGEST}}}"
    r"(?=\b|fold\b))"
    rf"|\b(?P<special>{one_of(_SPECIAL)})\b",
    re.I,
)
"""A fraction in words; one in digits with the whole number before it (2½, 2 1/2, and no date); digits; words, which may
be several numbers; a word that is a number of its own."""
_LETTERS = re.compile(r"[^\W\d_]+")
_NOT_A_HALF = re.compile(r"(?:first|second|other|latter|former)[\s-]+$", re.I)
_AND_A_HALF = re.compile(r"\s+and\s+a\s+half\b", re.I)
_OF_SO_MANY = re.compile(
    r"(?:\s+[^\W\d]+){0,2}?\s+(?:in|out\s+of)\s+(?:every\s+)?(\w+)\b(?!\s*[%\d]|[\s-]+(?:\w+\s+)?(?:year|month|week|day|hour)s?\b)",
    re.I,
)
_MANY_ENOUGH = (*range(2, 11), 20, 100)
"""Of so many are parts named, as in `four in ten`."""
_PERCENT_UNIT = re.compile(r"%|\bper\s?cent|\bpercentage", re.I)
_CODE = re.compile(r"[^\W\d_][/-]$")
_SHORT_YEAR = re.compile(r"(\d{2})\d{2}[/-]$")
_BEHIND = re.compile(
    r"(?P<percent>[\s-]*(?:%|per\s?cent\b))|(?P<points>\s+(?:percentage\s+)?points?\b)|(?P<factor>[\s-]*fold\b|\s+times\b)"
    rf"|[\s-]*(?P<scale>{one_of(_LARGE)})\b|(?P<short>bn|mn?|k)\b",
    re.I,
)
_SAME_UNIT = {other: name for name, *others in rows("same unit") for other in others}
_BEFORE, _AFTER = 40, 60
"""So many characters before and behind a number are looked at."""


class Quantity(NamedTuple):
    """One number of a text: what it reads as, how it is written and where, and what stands beside it."""

    readings: frozenset[Reading]
    written: str
    start: int = 0
    end: int = 0
    before: str = ""
    """What stands before it, with one sign for all that are alike, and what behind it."""
    behind: str = ""
    weak: bool = False
    """`one`, `first`, `second`, `single`: words that often count nothing, so that nobody has to repeat them."""
    ordinal: bool = False
    """`third`, `144th`: a place in a row, and no count."""
    qualifier: str = ""
    """One of `hrdash.model.QUALIFIERS`, or nothing."""
    unit: str = ""
    """The unit of time, money or measure, in the singular, or nothing."""

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
    signs, end = plain(text), 0
    while match := _NUMBER.search(signs, end):
        start, before = match.start(), signs[max(0, match.start() - _BEFORE) : match.start()]
        end, readings, weak, ordinal = _read(match, before)
        if readings:
            behind = signs[end : end + _AFTER]
            beside = pattern("unit before").search(before) or pattern("unit behind").match(behind)
            qualified = pattern("qualifier before").search(before) or pattern("qualifier behind").match(behind)
            said = _name_of(qualified) if qualified and not weak else ""
            unit = _unit_name(beside["unit"]) if beside else ""
            around = (text[start:end], start, end, before, behind, weak, ordinal, said, unit)
            found.append(Quantity(frozenset(readings), *around))
    return tuple(found)


def _read(match: re.Match[str], before: str) -> tuple[int, tuple[Reading, ...], bool, bool]:
    """The end of a number, what it reads as (nothing where it is none), whether it is weak, and whether an ordinal."""
    end = match.end()
    if match["nth"]:
        return end, _part(_count(match["count"]) / _NTHS[match["nth"].casefold()]), False, False
    if match["special"]:
        word = match["special"].casefold()
        return end, () if word == "half" and _NOT_A_HALF.search(before) else _SPECIAL[word], word == "single", False
    if match["words"]:
        value, end, ordinal = _in_words(match)
        if ordinal:
            return end, ((NUMBER, value),), value <= 2, True
        return _counted(match.string, end, value, ((NUMBER, value),), value == 1)
    if match["digits"]:
        digits = match["digits"]
        if _CODE.search(before) and not (len(digits) == 4 and before[-1] == "-"):
            return end, (), False, False  # as in COVID-19 or CCPR/C/GC/36; `mid-2024` holds a year
        written = re.sub(r"[, ']|[a-z]+$", "", re.sub(r",(?=\d\d?$)", ".", digits))
        value = float(written)
        readings: tuple[Reading, ...] = ((NUMBER, value),)
        if digits.isdigit() and len(digits) == 4 and 1900 <= value < 2100:
            readings = ((YEAR, value), (NUMBER, value))
        elif len(written) == 2 and (century := _SHORT_YEAR.search(before)):
            readings = ((YEAR, float(century[1]) * 100 + value),)
        return (end, readings, False, True) if match["th"] else _counted(match.string, end, value, readings)
    above, _, below = (match["parts"] or "").partition("/")
    value = int(match["whole"] or 0) + (numeric(match["sign"]) if match["sign"] else int(above) / int(below))
    return _counted(match.string, end, value, ((NUMBER, value),) if int(match["whole"] or 0) else _part(value))


def _in_words(match: re.Match[str]) -> tuple[float, int, bool]:
    """The first number of a row of number words, its end, and whether it is an ordinal; `six and three` are two."""
    end = total = part = last = 0
    ordinal = joined = False
    for found in _LETTERS.finditer(match.string, *match.span()):
        word = found[0].casefold()
        if word == "and":
            joined = True
            continue
        value = _VALUES.get(word, 1)
        if end and (
            ordinal or (joined and last not in (100, 1_000)) or not _goes_on(part, last, value, word in _ORDINALS)
        ):
            break
        if value < 100:
            part += value
        elif value == 100:
            part = max(part, 1) * 100
        else:
            total, part = total + max(part, 1) * value, 0
        end, last, ordinal, joined = found.end(), value, word in _ORDINALS, False
    return float(total + part), end, ordinal


def _goes_on(part: int, last: int, value: int, ordinal: bool) -> bool:
    """Whether a word of this value goes on with a number: with its part since the last thousand, and its last word."""
    if value >= 100:
        return (part > 0 or ordinal) and not (value == 100 and last >= 100)
    return last == 0 or last >= 100 or (20 <= last < 100 and 0 < value < 10)


def _counted(
    text: str, end: int, value: float, readings: tuple[Reading, ...], weak: bool = False
) -> tuple[int, tuple[Reading, ...], bool, bool]:
    """A number with the per cent, factor or scale behind it; without, it has these readings."""
    if halved := _AND_A_HALF.match(text, end):
        end, value = halved.end(), value + 0.5
        readings = ((NUMBER, value),)
    behind = _BEHIND.match(text, end)
    if behind is None:
        among = _OF_SO_MANY.match(text, end)
        of = _count(among[1]) if among else 0
        if among and of in _MANY_ENOUGH and 0 < value < of:
            return among.end(), ((NUMBER, value), (NUMBER, of), *_part(value / of)), False, False
        return end, readings, weak, False
    if behind["percent"]:
        readings = ((PERCENT, value), *(_HALF if value == 50 else ()))
    elif behind["points"]:
        readings = ((POINTS, value), *(() if "cent" in behind["points"] else readings))
    elif behind["factor"]:
        readings = ((FACTOR, value), (NUMBER, value))
    else:
        readings = ((NUMBER, value * _SCALES[(behind["scale"] or behind["short"]).casefold()]),)
    return behind.end(), readings, False, False


def _part(parts: float) -> tuple[Reading, ...]:
    return (PERCENT, round(100 * parts, 1)), (PERCENT, float(round(100 * parts))), (NUMBER, parts)


def _count(written: str) -> float:
    word = written.casefold()
    return float(word) if word.isdecimal() else 1 if word == "a" else _VALUES.get(word, 0)


def readings_of(value: float, kind: str, unit: str) -> frozenset[Reading]:
    """What a figure's value reads as, by its indicator's kind and unit: `billion US dollars` counts billions. A number
    may stand there as `hundreds`, which is at least so many."""
    if is_percent(kind, unit):
        return frozenset({(POINTS if "point" in unit.lower() else PERCENT, float(value))})
    if kind == "factor":
        return frozenset({(FACTOR, float(value))})
    scale = next((size for word, size in _LARGE.items() if size > 100 and re.search(rf"\b{word}s?\b", unit, re.I)), 1)
    return frozenset({(NUMBER, float(value) * scale), (MANY, float(value) * scale)})


def is_percent(kind: str, unit: str) -> bool:
    """Whether an indicator's values are per cent: by its kind, or its unit says so (a quota of kind `limit`)."""
    return kind in ("share", "percent-change") or bool(_PERCENT_UNIT.search(unit))


def bounds(sentence: str) -> set[str]:
    """The qualifiers that `minimum` and `maximum` give to the numbers of a sentence."""
    return {_name_of(match) for match in pattern("bound").finditer(sentence)}


def units_of(text: str) -> set[str]:
    """The units in some words, as an indicator's unit has them (`million US dollars`, `months or years`)."""
    return {_unit_name(match[0]) for match in pattern("unit of an indicator").finditer(text)}


def rates(text: str) -> set[str]:
    """The times for each of which a sentence gives something: `a month`, `monthly`."""
    return {_unit_name(match[str(match.lastgroup)]) for match in pattern("rate").finditer(text)}


def _name_of(match: re.Match[str]) -> str:
    return str(match.lastgroup).replace("_", "-")


def _unit_name(written: str) -> str:
    return _SAME_UNIT.get(fold(written), fold(written))
