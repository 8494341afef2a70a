"""Cited paragraphs as rules look at them: sentences with their numbers and dates, names, and the words in a row.

`this year`, `last year`, `the past five years` and `to date` are worked out from the date on which the source was
issued; `the previous year` and `the same period last year` also from a year that the sentence itself names.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from hrdash.audit.english import pattern
from hrdash.audit.numbers import NUMBER, Quantity, quantities
from hrdash.audit.texts import SourceText
from hrdash.audit.words import MONTHS, WORD, NamesSaid, fold_name, names_said, sentences, stems
from hrdash.model import Citation, Source
from hrdash.period import Period, parse
from hrdash.pinpoint import parse as pinpoint

_LONGEST_STRETCH = 200
_SHARED_STEMS = 2


class Finding(NamedTuple):
    """What is wrong, what to do about it and how much it matters, before it has a place."""

    what: str
    cure: str
    level: str = "error"


class Dates(NamedTuple):
    """What a sentence says of time: years in print, years worked out, months, days of a month."""

    printed: frozenset[int] = frozenset()
    derived: frozenset[int] = frozenset()
    months: frozenset[int] = frozenset()
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

    def has(self, number: Quantity) -> bool:
        """Whether a number stands in it."""
        return any(map(number.agrees, self.numbers))

    def shares(self, text: str) -> bool:
        """Whether a text has two of its words, or a number that is no year."""
        counted = (number for number in quantities(text) if not number.weak and not number.year)
        return len(self.stems & stems(text)) >= _SHARED_STEMS or any(map(self.has, counted))


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

    def dates(self, text: str = "") -> Dates:
        """What the sentences say of time; years worked out only from those with two words or a number of this text."""
        said = [
            one.dates if not text or one.shares(text) else one.dates._replace(derived=frozenset())
            for one in self.sentences
        ]
        return Dates(*(frozenset[int]().union(*each) for each in zip(*said, strict=True)))

    def found(self, number: Quantity) -> list[tuple[Quantity, Sentence]]:
        """Where a number stands in them, each with its sentence."""
        return [(one, sentence) for sentence in self.sentences for one in sentence.numbers if number.agrees(one)]


def label(source: str, place: str, sign: str = "¶") -> str:
    """A source and a place in it as findings name them: `annual-report ¶24 (a)`."""
    return f"{source} {pinpoint(place).reading.replace('¶', sign)}" if place else source


@lru_cache(maxsize=1 << 14)
def prepared(paragraph: str, issued: str) -> tuple[Sentence, ...]:
    """The sentences of a paragraph in a document issued on this EDTF date."""
    return tuple(Sentence(one, quantities(one), dates(one, issued), stems(one)) for one in sentences(paragraph))


def passage(cites: Iterable[Citation], texts: Mapping[str, SourceText], sources: Mapping[str, Source]) -> Passage:
    """What some citations point at, as far as the texts are at hand."""
    once = tuple(dict.fromkeys(cites))
    known = [cite for cite in once if cite.source in texts and cite.source in sources]
    places = dict.fromkeys((cite.source, place) for cite in known for place in texts[cite.source].cited(cite.pinpoint))
    paragraphs = tuple(texts[source].paragraphs[place] for source, place in places)
    issued = (sources[source].issued for source, _ in places)
    return Passage(
        ", ".join(label(*cite) for cite in once),
        paragraphs,
        tuple(one for paragraph in zip(paragraphs, issued, strict=True) for one in prepared(*paragraph)),
        tuple(map(names_said, paragraphs)),
    )


def dates(sentence: str, issued: str) -> Dates:
    """The years and months of a sentence in a document issued on this EDTF date."""
    date = parse(issued)
    now, *month_now = (date.end or date.start)[:2]
    printed = frozenset(number.year for number in quantities(sentence) if number.year is not None)
    derived: set[int] = set()
    capitals = (fold_name(word) for word in WORD.findall(sentence) if word[0].isupper())
    months = {MONTHS.index(name) + 1 for name in capitals if name in MONTHS}
    if pattern("this year").search(sentence):
        derived.add(now)
        months |= {1, *month_now}
    if pattern("last year").search(sentence):
        derived |= {now - 1, *(year - 1 for year in printed)}
    for stretch in pattern("stretch of time").finditer(sentence):
        counted = quantities(stretch["years"] or stretch["months"] or ("three" if stretch["quarter"] else "six"))
        count = next((int(value) for number in counted for kind, value in number.readings if kind == NUMBER), None)
        if count is not None and stretch["years"]:
            derived |= set(range(now - min(count, _LONGEST_STRETCH), now + 1))
        elif count is not None:
            months |= {1, count} & set(range(1, 13))
    days = (int(day) for match in pattern("day of a month").finditer(sentence) for day in match.groups() if day)
    return Dates(printed, frozenset(derived - printed), frozenset(months), frozenset(days))


def missing_dates(when: Period, said: Dates) -> Iterator[str]:
    """The ends of a period that a sentence does not name, as `2024`, `2024-04` or `2024-04-15`."""
    for end in dict.fromkeys(filter(None, (when.start, when.end))):
        known = zip(end, (said.years, said.months, said.days), strict=False)
        size = next((size for size, (part, parts) in enumerate(known, 1) if part not in parts), 0)
        if size:
            yield "-".join([f"{end[0]:04}", *(f"{part:02}" for part in end[1:size])])
