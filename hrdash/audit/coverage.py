"""Account for every paragraph of the source texts, and for every number and year in them.

A paragraph is accounted for when a statement cites it (where sources differ, nothing says there what it says), or when
its source declares that it holds none (`no_statements`). In the others a number or a year is carried when a statement
that cites the paragraph has it, in its text, as a figure or as an end of a period; whether it says the same of it is
for `verify` and for a reader. Where its positions are cited, a recommendation carries its own number too.

Set aside are `one`, `first` and `single`, ordinals that are no rank (`third report`, `144th session`), number words
with a capital, and years that stand inside the name of a law, a document or a body (`the Code of 2014`, `Vision 2030`).
`this year` and `last year` are a year; `five` in `the past five years` is also carried by a period of five years.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from hrdash.audit.english import one_of
from hrdash.audit.figures import UNKNOWN, figure_values
from hrdash.audit.numbers import MANY, NUMBER, YEAR, Quantity, Reading, quantities
from hrdash.audit.passage import Sentence, prepared
from hrdash.audit.texts import SourceText
from hrdash.audit.words import MONTHS, STOP_WORDS
from hrdash.model import Brief, Indicator, NoStatements, Registers, Source, Statement
from hrdash.period import parse

KINDS = ("paragraph", "number", "year")
"""What is to be accounted for."""

_SPAN = "years"
"""How a number that counts years reads, and how long a period is."""
_RELATIVE_YEAR = re.compile(r"\b(?:this|last|previous) year\b", re.I)
_YEARS_BEHIND = re.compile(r"\s+(?:\w+\s+)?years\b", re.I)
_RANK_BEFORE = re.compile(r"\b(?:rank\w*|placed?)\s+$", re.I)
_MONTH = one_of(MONTHS)
_DATE_BEHIND = re.compile(rf"\s+(?:{_MONTH})\s+\d{{4}}\b", re.I)
_RANGE_BEFORE = re.compile(r"\d{4}\s?[/-]\s?$")
_RANGE_BEHIND = re.compile(r"\s?[/-]\s?\d{2}")
_NAME_BEFORE = re.compile(
    r"(?<![\w'-])(?P<word>[^\W\d_][\w'-]*?)[\"')\]]?"
    rf"(?:-|[\s(\"]{{1,3}}|\s+(?P<joining>of|through|until|to|for)\s+(?:(?:\d{{1,2}}\s+)?(?:{_MONTH})\s+)?)$",
    re.I,
)
_OWNER_BEFORE = re.compile(r"(?:\b(?:the|an?|its|their|this|that)|'s?)\s+$", re.I)
_NAME_BEHIND = re.compile(r"(?:[/-]\d{2,4})?\s+[\"']?(?P<word>[^\W\d_][\w'-]*)")


class Item(NamedTuple):
    """A paragraph of a source, or a number or year of one, that is to be accounted for."""

    kind: str
    place: str
    written: str = ""
    sentence: str = ""
    readings: frozenset[Reading] = frozenset()
    """All that a statement which cites the paragraph may carry it as."""
    is_gap: bool = False
    """Neither cited nor declared; or no statement carries it."""


class SourceAccount(NamedTuple):
    """What became of each paragraph of a source, and of its numbers and years where it is not declared."""

    source: str
    has_text: bool
    cited: Mapping[str, tuple[str, ...]]
    """For each paragraph that statements cite, the briefs that do."""
    declared: Mapping[str, NoStatements]
    """For each paragraph that holds no statement, where the register says so."""
    items: tuple[Item, ...]

    @property
    def gaps(self) -> tuple[Item, ...]:
        """What is not accounted for."""
        return tuple(item for item in self.items if item.is_gap)


class Tally(NamedTuple):
    """How many of all there are have been accounted for."""

    accounted: int
    total: int
    absent: int = 0
    """Texts that are not at hand: each counts as one that is not accounted for."""

    @property
    def share(self) -> float:
        """In per cent; 100 where there are none."""
        total = self.total + self.absent
        return 100 * self.accounted / total if total else 100.0


class Account(NamedTuple):
    """What became of every paragraph, number and year."""

    sources: tuple[SourceAccount, ...]

    def tally(self, kind: str) -> Tally:
        """The paragraphs that are cited or declared, or the numbers or years that are carried."""
        gaps = [item.is_gap for source in self.sources for item in source.items if item.kind == kind]
        absent = sum(not source.has_text for source in self.sources) if kind != "paragraph" else 0
        return Tally(gaps.count(False), len(gaps), absent)

    @property
    def share(self) -> float:
        """The lowest of the three shares: what has to reach the share that a user requires."""
        return min(self.tally(kind).share for kind in KINDS)


class _Said(NamedTuple):
    """A statement of a brief, and all that it says in numbers."""

    brief: str
    statement: Statement
    readings: set[Reading]


def coverage(briefs: Iterable[Brief], registers: Registers, texts: Mapping[str, SourceText]) -> Account:
    """The account of a corpus; a source without a text is accounted for by its paragraphs alone."""
    said = [_Said(brief.id, one, _carried(one, registers.indicators)) for brief in briefs for one in brief.statements]
    return Account(tuple(_account(source, said, texts.get(source.id)) for source in registers.sources.values()))


def _account(source: Source, statements: Iterable[_Said], text: SourceText | None) -> SourceAccount:
    known = text or SourceText(source.id, {})
    if text is None and source.paragraphs:  # as far as they are known without it
        numbers = map(str, range(1, source.paragraphs.last + 1))
        known = SourceText(source.id, dict.fromkeys([""] if source.paragraphs.numbering == "none" else numbers, ""))
    declared = known.declared(source)
    cited: dict[str, dict[str, None]] = defaultdict(dict)
    carried: dict[str, set[Reading]] = defaultdict(set)
    for brief, said, readings in statements:
        own = _readings(", ".join(cite.pinpoint for cite in said.cites)) if said.positions else set()
        for cites, more in ((said.cites, set()), *((position.cites, own) for position in said.positions)):
            for place in {p for cite in cites if cite.source == source.id for p in known.cited(cite.pinpoint)}:
                cited[place][brief] = None
                carried[place] |= readings | more
    items = [
        Item("paragraph", place, is_gap=place not in cited and place not in declared) for place in known.paragraphs
    ]
    for place in known.paragraphs if text else ():
        if place not in declared:
            wanted = _wanted(place, prepared(known.paragraphs[place], source.issued))
            items += (item._replace(is_gap=item.readings.isdisjoint(carried[place])) for item in wanted)
    briefs = {place: tuple(cited[place]) for place in known.paragraphs if place in cited}
    return SourceAccount(source.id, text is not None, briefs, declared, tuple(items))


def _wanted(place: str, paragraph: Iterable[Sentence]) -> Iterable[Item]:
    """The numbers and years of a paragraph, each once."""
    found: dict[frozenset[Reading], Item] = {}
    for text, numbers, dates, _ in paragraph:
        for number in numbers:
            kind, written, readings = "year", str(number.year), number.readings
            if number.year is None:
                counted = _YEARS_BEHIND.match(number.behind)
                years = {(_SPAN, value) for kind, value in readings if counted and kind == NUMBER}
                kind, written, readings = "number", number.written, readings | years
            if not _is_set_aside(number):
                found.setdefault(readings, Item(kind, place, written, text, readings))
        relative = _RELATIVE_YEAR.search(text)
        if relative and dates.derived:
            readings = frozenset((YEAR, float(year)) for year in dates.derived)
            found.setdefault(readings, Item("year", place, relative[0], text, readings))
    return found.values()


def _is_set_aside(number: Quantity) -> bool:
    """Whether a number counts nothing, is an ordinal that is no rank, or belongs to a name."""
    is_rank = _RANK_BEFORE.search(number.before) is not None
    return _in_name(number) or (number.year is None and (number.weak or (number.ordinal and not is_rank)))


def _in_name(number: Quantity) -> bool:
    """Whether a number belongs to a name: a word with a capital, or a date that dates a law, a document or a body."""
    if number.year is None and not _DATE_BEHIND.match(number.behind):
        return number.start > 0 and number.written[0].isupper()
    is_range = bool(_RANGE_BEFORE.search(number.before) or _RANGE_BEHIND.match(number.behind))
    before = _RANGE_BEFORE.sub("", number.before)
    name = _NAME_BEFORE.search(before)
    opens = name is not None and number.start - len(number.before) + name.start() <= 1
    if name and not opens and _is_name(name["word"]) and (is_range or name["joining"] != "for"):
        return True
    behind = _NAME_BEHIND.match(number.behind)
    return bool(behind and _is_name(behind["word"]) and _OWNER_BEFORE.search(before))


def _is_name(word: str) -> bool:
    return word[0].isupper() and word.lower() not in STOP_WORDS and word.lower() not in MONTHS


def _readings(text: str) -> set[Reading]:
    return {reading for number in quantities(text) for reading in number.readings}


def _carried(statement: Statement, indicators: Mapping[str, Indicator]) -> set[Reading]:
    """What a statement says in numbers: those of its text, its figures, the ends of its periods and their length."""
    found = _readings(statement.text)
    for figure in statement.figures:
        for value in figure_values(figure, indicators.get(figure.indicator, UNKNOWN)):
            found |= {reading for reading in value.readings if reading[0] != MANY}
    for written in filter(None, (statement.period, *(figure.period for figure in statement.figures))):
        when = parse(written)
        found |= {(YEAR, float(end[0])) for end in (when.start, when.end) if end}
        if when.start and when.end:
            years = float(when.end[0] - when.start[0])
            found |= {(_SPAN, years), (_SPAN, years + 1)}
    return found
