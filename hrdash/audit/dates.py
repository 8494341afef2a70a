"""The years and months that a sentence names, outright or from its document's date.

`this year`, `last year`, `the past five years` and `to date` are worked out from the date on which the source was
issued; `the previous year` and `the same period last year` also from a year that the sentence itself names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from hrdash.audit.names import MONTHS, fold_name
from hrdash.audit.numbers import NUMBER, quantities
from hrdash.audit.sentences import REACH, WORD
from hrdash.period import Period, parse

_THIS_YEAR = re.compile(r"\b(?:this|current|present)\s+year\b|\bearlier\s+this\b", re.I)
_LAST_YEAR = re.compile(r"\b(?:last|previous|preceding|past)\s+year\b|\byear\s+(?:before|earlier)\b", re.I)
_UNTIL_NOW = re.compile(r"\b(?:to\s+date|thus\s+far|so\s+far|up\s+to\s+now|until\s+now|by\s+now)\b", re.I)
_PAST_YEARS = re.compile(r"\b(?:past|last|previous|recent)\s+$", re.I)
_YEARS_BEHIND = re.compile(r"\s+(?:\w+\s+){0,1}years?\b", re.I)
_FIRST_MONTHS = re.compile(r"\bfirst\s+(.{1,10}?)\s+months?\b|\bfirst\s+(quarter|half)\b", re.I)
_MONTH_NAMES = tuple(MONTHS.values())


class Dates(NamedTuple):
    """What a sentence says of time: years in print, years worked out, months."""

    printed: frozenset[int]
    derived: frozenset[int]
    months: frozenset[int]

    @property
    def years(self) -> frozenset[int]:
        """All years, printed or worked out."""
        return self.printed | self.derived


@lru_cache(maxsize=1 << 14)
def dates(sentence: str, issued: str) -> Dates:
    """The years and months of a sentence in a document issued on this EDTF date."""
    date = parse(issued)
    now, *month_now = (date.end or date.start)[:2]
    numbers = quantities(sentence)
    printed = frozenset(number.year for number in numbers if number.year is not None)
    derived: set[int] = set()
    months = set(_months(sentence))
    if _THIS_YEAR.search(sentence) or _UNTIL_NOW.search(sentence):
        derived.add(now)
        months |= {1, *month_now}
    if _LAST_YEAR.search(sentence):
        derived |= {now - 1, *(year - 1 for year in printed)}
    for number in numbers:
        before = max(0, number.start - REACH), number.start
        if _PAST_YEARS.search(sentence, *before) and _YEARS_BEHIND.match(sentence, number.end):
            count = next((int(value) for kind, value in number.readings if kind == NUMBER), 0)
            derived |= set(range(now - min(count, 200), now + 1))
    return Dates(printed, frozenset(derived - printed), frozenset(months))


def missing_dates(when: Period, said: Dates) -> Iterator[str]:
    """The ends of a period that a sentence does not name, as `2024` or `2024-04`."""
    for end in dict.fromkeys(filter(None, (when.start, when.end))):
        if end[0] not in said.years:
            yield f"{end[0]:04}"
        elif len(end) > 1 and end[1] not in said.months:
            yield f"{end[0]:04}-{end[1]:02}"


def _months(sentence: str) -> Iterator[int]:
    for word in WORD.findall(sentence):
        if word[0].isupper() and fold_name(word) in _MONTH_NAMES:
            yield _MONTH_NAMES.index(fold_name(word)) + 1
    for match in _FIRST_MONTHS.finditer(sentence):
        if match[2]:
            yield from (1, 3 if match[2].lower() == "quarter" else 6)
        elif count := quantities(match[1]):
            yield from (1, *(int(value) for kind, value in count[0].readings if kind == NUMBER and 1 <= value <= 12))
