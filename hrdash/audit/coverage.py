"""Account for every paragraph of the source texts, and for every number and year in them.

A paragraph is accounted for when a statement cites it, or when its source declares that it holds none
(`no_statements`). A paragraph cited only where sources differ or where something is left open is not: nothing says
there what it says. In a paragraph that is not declared, a number or a year is carried when a statement that cites the
paragraph has it, in its text, as a figure or as an end of a period; otherwise it is a gap. It is not asked whether the
statement says the same of it: that is for `verify` and for a reader. Where its positions are cited, a recommendation
carries its own number too.

Set aside are `one`, `first` and `single`, ordinals that are no rank (`third report`, `144th session`), number words
with a capital, and years that stand inside the name of a law, a document or a body (`the Code of 2014`, `Vision 2030`).
`this year` and `last year` are a year; `five` in `the past five years` is also carried by a period of five years.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress
from typing import NamedTuple

from hrdash.audit.figures import figure_readings
from hrdash.audit.numbers import NUMBER, YEAR, Quantity, Reading, quantities
from hrdash.audit.passage import Sentence, prepared
from hrdash.audit.texts import SourceText
from hrdash.audit.words import MONTHS, REACH, STOP_WORDS
from hrdash.derive import country_of, is_state_side
from hrdash.model import SPEAKER_KINDS, Brief, Corpus, Indicator, NoStatements, Registers, Source, Statement
from hrdash.period import parse

KINDS = ("paragraph", "number", "year")
"""What is to be accounted for."""
RESTS = ("on one source", "with statements of the State side only", "on unsigned speakers only")
"""On what a brief may rest that is little."""

_SPAN = "years"
"""How a number that counts years reads, and how long a period is."""
_RELATIVE_YEAR = re.compile(r"\b(?:this|last|previous) year\b", re.I)
_YEARS_BEHIND = re.compile(r"\s+(?:\w+\s+)?years\b", re.I)
_RANK_BEFORE = re.compile(r"\b(?:rank\w*|placed?)\s+$", re.I)
_MONTH = "|".join(MONTHS.values())
_DATE_BEHIND = re.compile(rf"\s+(?:{_MONTH})\s+\d{{4}}\b", re.I)
_RANGE_BEFORE = re.compile(r"\d{4}\s?[–/-]\s?$")
_RANGE_BEHIND = re.compile(r"\s?[–/-]\s?\d{2}")
_NAME_BEFORE = re.compile(
    r"(?<![\w’'-])(?P<word>[^\W\d_][\w’'-]*?)[\"”’')\]]?"
    rf"(?:-|[\s(“\"]{{1,3}}|\s+(?P<joining>of|through|until|to|for)\s+(?:(?:\d{{1,2}}\s+)?(?:{_MONTH})\s+)?)$",
    re.I,
)
_OWNER_BEFORE = re.compile(r"(?:\b(?:the|an?|its|their|this|that)|[’']s?)\s+$", re.I)
_NAME_BEHIND = re.compile(r"(?:[–/-]\d{2,4})?\s+[\"“‘']?(?P<word>[^\W\d_][\w’'-]*)")


class Wanted(NamedTuple):
    """A number or a year of a paragraph, and all that a statement that cites the paragraph may carry it as."""

    kind: str
    written: str
    sentence: str
    readings: frozenset[Reading]


class SourceAccount(NamedTuple):
    """One source's paragraphs, by pinpoint, and what became of each."""

    source: str
    has_text: bool
    paragraphs: tuple[str, ...]
    cited: Mapping[str, tuple[str, ...]]
    """For each paragraph that statements cite, the briefs that do."""
    declared: Mapping[str, NoStatements]
    """For each paragraph that holds no statement, where the register says so."""
    wanted: tuple[tuple[str, Wanted], ...]
    """The numbers and years of the paragraphs that are not declared."""
    gaps: tuple[tuple[str, Wanted], ...]
    """Those of them that no statement carries."""

    @property
    def uncited(self) -> tuple[str, ...]:
        """Paragraphs neither cited nor declared: gaps."""
        return tuple(place for place in self.paragraphs if place not in self.cited and place not in self.declared)


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
    """What became of every paragraph, number and year, whose words a corpus has, and on what its briefs rest."""

    sources: tuple[SourceAccount, ...]
    speakers: Mapping[str, int]
    """Statements by kind of speaker, in the order of `SPEAKER_KINDS`; a joint one once for each kind."""
    briefs: int
    rest: Mapping[str, tuple[str, ...]]
    """The briefs that rest on little, by what that is."""

    def tally(self, kind: str) -> Tally:
        """The paragraphs that are cited or declared, or the numbers or years that are carried."""
        if kind == "paragraph":
            total = sum(len(source.paragraphs) for source in self.sources)
            return Tally(total - sum(len(source.uncited) for source in self.sources), total)
        wanted, gaps = (
            sum(item.kind == kind for found in places for _, item in found)
            for places in ([source.wanted for source in self.sources], [source.gaps for source in self.sources])
        )
        return Tally(wanted - gaps, wanted, sum(not source.has_text for source in self.sources))

    @property
    def share(self) -> float:
        """The lowest of the three shares: what has to reach the share that a user requires."""
        return min(self.tally(kind).share for kind in KINDS)


def coverage(briefs: Iterable[Brief], registers: Registers, texts: Mapping[str, SourceText], corpus: Corpus) -> Account:
    """The account of a corpus; a source without a text is accounted for by its paragraphs alone."""
    held = tuple(briefs)
    counts: Counter[str] = Counter()
    rest: dict[str, list[str]] = {name: [] for name in RESTS}
    known = registers.speakers
    for brief in held:
        spoken = [[known[name] for name in said.by if name in known] for said in brief.statements]
        counts.update(kind for joint in spoken for kind in {speaker.kind for speaker in joint})
        speakers = {speaker for joint in spoken for speaker in joint}
        country = country_of(brief.country, corpus)
        rests_on = (
            len({cite.source for said in brief.statements for cite in said.cites}) == 1,
            bool(speakers) and all(is_state_side(speaker, country, corpus) for speaker in speakers),
            {speaker.kind for speaker in speakers} == {"unsigned"},
        )
        for name in compress(RESTS, rests_on):
            rest[name].append(brief.id)
    return Account(
        tuple(_account(source, held, registers, texts.get(source.id)) for source in registers.sources.values()),
        {kind: counts[kind] for kind in SPEAKER_KINDS if counts[kind]},
        len(held),
        {name: tuple(ids) for name, ids in rest.items()},
    )


def _account(source: Source, briefs: Sequence[Brief], registers: Registers, text: SourceText | None) -> SourceAccount:
    paragraphs = source.paragraphs
    known = text or SourceText(source.id, {})
    if text is None and paragraphs:  # as far as they are known without it
        numbers = range(1, paragraphs.last + 1)
        known = SourceText(source.id, dict.fromkeys([""] if paragraphs.numbering == "none" else map(str, numbers), ""))
    gaps = paragraphs.no_statements if paragraphs else ()
    declared = {place: gap for gap in gaps for place in known.held(gap.paras)}
    cited: dict[str, dict[str, None]] = {}
    carried: dict[str, set[Reading]] = {}
    for brief in briefs:
        for said in brief.statements:
            numbers_said = None
            own = ", ".join(cite.pinpoint for cite in said.cites)
            for cites, more in ((said.cites, ""), *((position.cites, own) for position in said.positions)):
                for place in {p for cite in cites if cite.source == source.id for p in known.cited(cite.pinpoint)}:
                    numbers_said = _carried(said, registers.indicators) if numbers_said is None else numbers_said
                    cited.setdefault(place, {})[brief.id] = None
                    carried.setdefault(place, set()).update(numbers_said, *(one.readings for one in quantities(more)))
    wanted = tuple(
        (place, item)
        for place, paragraph in (text.paragraphs if text else {}).items()
        if place not in declared
        for item in _wanted(prepared(paragraph, source.issued))
    )
    return SourceAccount(
        source.id,
        text is not None,
        tuple(known.paragraphs),
        {place: tuple(cited[place]) for place in known.paragraphs if place in cited},
        declared,
        wanted,
        tuple((place, item) for place, item in wanted if item.readings.isdisjoint(carried.get(place, ()))),
    )


def _wanted(paragraph: Iterable[Sentence]) -> Iterable[Wanted]:
    found: dict[frozenset[Reading], Wanted] = {}
    for sentence in paragraph:
        for item in _wanted_of(sentence):
            found.setdefault(item.readings, item)
    return found.values()


def _wanted_of(sentence: Sentence) -> Iterator[Wanted]:
    text = sentence.text
    for number in sentence.numbers:
        if _in_name(text, number):
            continue
        if number.year is not None:
            yield Wanted("year", str(number.year), text, number.readings)
        elif not number.weak and (
            not number.ordinal or _RANK_BEFORE.search(text, max(0, number.start - REACH), number.start)
        ):
            counted = _YEARS_BEHIND.match(text, number.end)
            years = {(_SPAN, value) for kind, value in number.readings if counted and kind == NUMBER}
            yield Wanted("number", number.written, text, number.readings | years)
    relative = _RELATIVE_YEAR.search(text)
    if relative and sentence.dates.derived:
        yield Wanted("year", relative[0], text, frozenset((YEAR, float(year)) for year in sentence.dates.derived))


def _in_name(text: str, number: Quantity) -> bool:
    """Whether a number belongs to a name: a word with a capital, or a date that dates a law, a document or a body."""
    if number.year is None and not _DATE_BEHIND.match(text, number.end):
        return number.start > 0 and number.written[0].isupper()
    window = max(0, number.start - REACH)
    before = text[window : number.start]
    is_range = bool(_RANGE_BEFORE.search(before) or _RANGE_BEHIND.match(text, number.end))
    before = _RANGE_BEFORE.sub("", before)
    name = _NAME_BEFORE.search(before)
    if name and window + name.start() > 1 and _is_name(name["word"]) and (is_range or name["joining"] != "for"):
        return True
    behind = _NAME_BEHIND.match(text, number.end)
    return bool(behind and _is_name(behind["word"]) and _OWNER_BEFORE.search(before))


def _is_name(word: str) -> bool:
    return word[0].isupper() and word.lower() not in STOP_WORDS and word.lower() not in MONTHS.values()


def _carried(statement: Statement, indicators: Mapping[str, Indicator]) -> set[Reading]:
    """What a statement says in numbers: those of its text, its figures, the ends of its periods and their length."""
    found = {reading for number in quantities(statement.text) for reading in number.readings}
    for figure in statement.figures:
        found.update(*figure_readings(figure, indicators.get(figure.indicator)))
    for written in filter(None, (statement.period, *(figure.period for figure in statement.figures))):
        when = parse(written)
        found |= {(YEAR, float(end[0])) for end in (when.start, when.end) if end}
        if when.start and when.end:
            years = float(when.end[0] - when.start[0])
            found |= {(_SPAN, years), (_SPAN, years + 1)}
    return found
