"""Cited paragraphs as rules look at them: sentences with their numbers and dates, names, and the words in a row.

`this year`, `last year`, `the past five years` and `to date` are worked out from the date on which the source was
issued; `the previous year` and `the same period last year` also from a year that the sentence itself names.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from hrdash.audit.numbers import NUMBER, Quantity, quantities
from hrdash.audit.texts import SourceText
from hrdash.audit.words import MONTHS, WORD, NamesSaid, fold_name, names_said, sentences, stems
from hrdash.model import Citation, Source
from hrdash.period import Period, parse
from hrdash.pinpoint import parse as pinpoint

_THIS_YEAR = re.compile(
    r"\b(?:(?:this|current|present)\s+year|earlier\s+this|(?:to|by|until|up\s+to)\s+(?:date|now)|(?:thus|so)\s+far)\b",
    re.I,
)
_LAST_YEAR = re.compile(r"\b(?:(?:last|previous|preceding|past)\s+year|year\s+(?:before|earlier))\b", re.I)
_STRETCH = re.compile(
    r"\b(?:(?:past|last|previous|recent)\s+(?P<years>[\w-]+)\s+(?:\w+\s+)?years?"
    r"|first\s+(?:(?P<months>.{1,10}?)\s+months?|(?P<quarter>quarter)|half))\b",
    re.I,
)
_MONTH_NAMES = tuple(MONTHS.values())
_MONTH = "|".join((*MONTHS.values(), *MONTHS))
_DAYS = re.compile(
    rf"(?:\b(\d{{1,2}})(?:st|nd|rd|th)?\s*(?:to|and|or|–|-)\s*)?\b(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+(?:{_MONTH})\b"
    rf"|\b(?:{_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?(?:\s*(?:to|and|–|-)\s*(\d{{1,2}}))?\b(?!:)",
    re.I,
)
_LONGEST_STRETCH = 200
_SHARED_STEMS = 2


class Dates(NamedTuple):
    """What a sentence says of time: years in print, years worked out, months, days of a month."""

    printed: frozenset[int]
    derived: frozenset[int]
    months: frozenset[int]
    days: frozenset[int] = frozenset()

    @property
    def years(self) -> frozenset[int]:
        """All years, printed or worked out."""
        return self.printed | self.derived


class Sentence(NamedTuple):
    """A sentence of a cited paragraph: its numbers, its years and months, the stems of its words."""

    text: str
    numbers: tuple[Quantity, ...]
    dates: Dates
    stems: frozenset[str]

    def shares(self, text: str) -> bool:
        """Whether a text has two of its words, or a number that is no year."""
        counted = [number for number in quantities(text) if not number.weak and not number.year]
        return len(self.stems & stems(text)) >= _SHARED_STEMS or any(
            one.agrees(other) for one in self.numbers for other in counted
        )


class Passage(NamedTuple):
    """All paragraphs that a statement cites, together."""

    label: str
    """How a finding names them: `annual-report ¶64, letter-2025 ¶7`."""
    paragraphs: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    names: tuple[NamesSaid, ...]

    @property
    def stems(self) -> frozenset[str]:
        """The stems of all its words."""
        return frozenset().union(*(sentence.stems for sentence in self.sentences))

    def dates(self, text: str | None = None) -> Dates:
        """What the sentences say of time; years worked out only from those with two words or a number of this text."""
        parts = [sentence.dates for sentence in self.sentences]
        alike = [one.dates for one in self.sentences if text is None or one.shares(text)]
        return Dates(
            frozenset(year for part in parts for year in part.printed),
            frozenset(year for part in alike for year in part.derived),
            frozenset(month for part in parts for month in part.months),
            frozenset(day for part in parts for day in part.days),
        )


def label(source: str, place: str, sign: str = "¶") -> str:
    """A source and a place in it as findings name them: `annual-report ¶24 (a)`."""
    return f"{source} {pinpoint(place).reading.replace('¶', sign)}" if place else source


@lru_cache(maxsize=1 << 14)
def prepared(paragraph: str, issued: str) -> tuple[Sentence, ...]:
    """The sentences of a paragraph in a document issued on this EDTF date."""
    return tuple(
        Sentence(sentence, quantities(sentence), dates(sentence, issued), stems(sentence))
        for sentence in sentences(paragraph)
    )


def passage(cites: Iterable[Citation], texts: Mapping[str, SourceText], sources: Mapping[str, Source]) -> Passage:
    """What some citations point at, as far as the texts are at hand."""
    once = tuple(dict.fromkeys(cites))
    places = dict.fromkeys(
        (cite.source, place)
        for cite in once
        if cite.source in texts and cite.source in sources
        for place in texts[cite.source].cited(cite.pinpoint)
    )
    cited = [(texts[source].paragraphs[place], sources[source].issued) for source, place in places]
    return Passage(
        ", ".join(label(*cite) for cite in once),
        tuple(paragraph for paragraph, _ in cited),
        tuple(sentence for paragraph, issued in cited for sentence in prepared(paragraph, issued)),
        tuple(names_said(paragraph) for paragraph, _ in cited),
    )


@lru_cache(maxsize=1 << 14)
def dates(sentence: str, issued: str) -> Dates:
    """The years and months of a sentence in a document issued on this EDTF date."""
    date = parse(issued)
    now, *month_now = (date.end or date.start)[:2]
    printed = frozenset(number.year for number in quantities(sentence) if number.year is not None)
    derived: set[int] = set()
    months = {
        _MONTH_NAMES.index(fold_name(word)) + 1
        for word in WORD.findall(sentence)
        if word[0].isupper() and fold_name(word) in _MONTH_NAMES
    }
    if _THIS_YEAR.search(sentence):
        derived.add(now)
        months |= {1, *month_now}
    if _LAST_YEAR.search(sentence):
        derived |= {now - 1, *(year - 1 for year in printed)}
    for stretch in _STRETCH.finditer(sentence):
        counted = quantities(stretch["years"] or stretch["months"] or ("three" if stretch["quarter"] else "six"))
        count = next((int(value) for number in counted for kind, value in number.readings if kind == NUMBER), None)
        if count is not None and stretch["years"]:
            derived |= set(range(now - min(count, _LONGEST_STRETCH), now + 1))
        elif count is not None:
            months |= {1, count} & set(range(1, 13))
    days = frozenset(int(day) for match in _DAYS.finditer(sentence) for day in match.groups() if day)
    return Dates(printed, frozenset(derived - printed), frozenset(months), days)


def missing_dates(when: Period, said: Dates) -> Iterator[str]:
    """The ends of a period that a sentence does not name, as `2024`, `2024-04` or `2024-04-15`."""
    for end in dict.fromkeys(filter(None, (when.start, when.end))):
        if end[0] not in said.years:
            yield f"{end[0]:04}"
        elif len(end) > 1 and end[1] not in said.months:
            yield f"{end[0]:04}-{end[1]:02}"
        elif len(end) > 2 and end[2] not in said.days:
            yield f"{end[0]:04}-{end[1]:02}-{end[2]:02}"
