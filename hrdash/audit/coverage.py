"""Account for every paragraph of the source texts, and for every number and year in them.

A paragraph is accounted for when a statement cites it, or when its source declares that it holds none
(`no_statements`). A paragraph cited only where sources differ or where something is left open is not: nothing says
there what it says. In a paragraph that is not declared, a number or a year is carried when a statement that cites the
paragraph has it, in its text, as a figure or as an end of a period; otherwise it is a gap. It is not asked whether the
statement says the same of it: that is for `verify` and for a reader.

Set aside are `one`, `first` and `single`, ordinals that are no rank (`third report`, `144th session`), number words
with a capital, and years that stand inside the name of a law, a document or a body (`the Code of 2014`, `Vision 2030`).
`this year` and `last year` are a year; `five` in `the past five years` is also carried by a period of five years.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from hrdash.audit.figures import figure_readings
from hrdash.audit.names import MONTHS
from hrdash.audit.numbers import NUMBER, YEAR, Quantity, Reading, quantities
from hrdash.audit.passage import Sentence, prepared
from hrdash.audit.sentences import REACH, STOP_WORDS
from hrdash.audit.texts import SourceText, covered
from hrdash.model import SPEAKER_KINDS, STATE_SIDE, Brief, Measure, NoStatements, Registers, Source, Statement
from hrdash.period import parse

_RELATIVE_YEAR = re.compile(r"\b(?:this|last|previous) year\b", re.I)
_YEARS_BEHIND = re.compile(r"\s+(?:\w+\s+)?years\b", re.I)
_SPAN = "years"
"""How a number that counts years reads, and how long a period is."""

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


KINDS = ("number", "year")
"""What is looked for in a paragraph that is not declared."""


class Wanted(NamedTuple):
    """A number or a year of a paragraph, for a statement that cites the paragraph to carry."""

    kind: str
    """One of `KINDS`."""
    written: str
    sentence: str
    """Where it stands."""
    readings: frozenset[Reading]
    """All that it may be carried as."""


class SourceAccount(NamedTuple):
    """One source's paragraphs and what became of each."""

    source: str
    has_text: bool
    paragraphs: int
    cited: Mapping[int, tuple[str, ...]]
    """For each paragraph that statements cite, the briefs that do."""
    declared: Mapping[int, NoStatements]
    """For each paragraph that holds no statement, where the register says so."""
    uncited: tuple[int, ...]
    """Paragraphs neither cited nor declared: gaps."""
    found: Mapping[str, int]
    """How many numbers and how many years stand in the paragraphs that are not declared."""
    gaps: tuple[tuple[int, Wanted], ...]
    """What no statement carries, by paragraph."""


class Mix(NamedTuple):
    """Whose words a corpus consists of, and on what its briefs rest."""

    statements: Mapping[str, int]
    """By kind of speaker, in the order of `SPEAKER_KINDS`."""
    briefs: int
    one_source: tuple[str, ...]
    state_only: tuple[str, ...]
    unsigned_only: tuple[str, ...]


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
    mix: Mix

    @property
    def paragraphs(self) -> Tally:
        """The paragraphs that are cited or declared."""
        total = sum(source.paragraphs for source in self.sources)
        return Tally(total - sum(len(source.uncited) for source in self.sources), total)

    def carried(self, kind: str) -> Tally:
        """The numbers, or the years, that are carried."""
        total = sum(source.found[kind] for source in self.sources)
        gaps = sum(gap.kind == kind for source in self.sources for _, gap in source.gaps)
        return Tally(total - gaps, total, sum(not source.has_text for source in self.sources))

    @property
    def share(self) -> float:
        """The lowest of the three shares: what has to reach the share that a user requires."""
        return min(tally.share for tally in (self.paragraphs, *map(self.carried, KINDS)))


def coverage(briefs: Iterable[Brief], registers: Registers, texts: Mapping[str, SourceText]) -> Account:
    """The account of a corpus; a source without a text is accounted for by its paragraphs alone."""
    held = tuple(briefs)
    accounts = (_account(source, held, registers, texts.get(source.id)) for source in registers.sources.values())
    return Account(tuple(accounts), _mix(held, registers))


def _account(source: Source, briefs: Sequence[Brief], registers: Registers, text: SourceText | None) -> SourceAccount:
    numbers = tuple(text.paragraphs) if text else range(1, source.paragraphs.last + 1)
    declared = {
        number: declaration
        for declaration in source.paragraphs.no_statements
        for number in covered(declaration.paras, numbers)
    }
    cited: dict[int, dict[str, None]] = {}
    carried: dict[int, set[Reading]] = {}
    for brief in briefs:
        for statement in brief.statements:
            paras = [cite.para for cite in statement.cites if cite.source == source.id]
            for number in {number for para in paras for number in covered(para, numbers)}:
                cited.setdefault(number, {})[brief.id] = None
                carried.setdefault(number, set()).update(_carried(statement, registers.measures))
    wanted = {
        number: tuple(_wanted(prepared(paragraph, source.issued)))
        for number, paragraph in (text.paragraphs if text else {}).items()
        if number not in declared
    }
    return SourceAccount(
        source=source.id,
        has_text=text is not None,
        paragraphs=len(numbers),
        cited={number: tuple(cited[number]) for number in sorted(cited)},
        declared=declared,
        uncited=tuple(number for number in numbers if number not in cited and number not in declared),
        found={kind: sum(item.kind == kind for items in wanted.values() for item in items) for kind in KINDS},
        gaps=tuple(
            (number, item)
            for number, items in wanted.items()
            for item in items
            if item.readings.isdisjoint(carried.get(number, ()))
        ),
    )


def _wanted(paragraph: Iterable[Sentence]) -> tuple[Wanted, ...]:
    """The numbers and years of a paragraph, each once."""
    found: dict[frozenset[Reading], Wanted] = {}
    for sentence in paragraph:
        for item in _wanted_of(sentence):
            found.setdefault(item.readings, item)
    return tuple(found.values())


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


def _carried(statement: Statement, measures: Mapping[str, Measure]) -> set[Reading]:
    """What a statement says in numbers: those of its text, its figures, the ends of its periods and their length."""
    found = {reading for number in quantities(statement.text) for reading in number.readings}
    for figure in statement.figures:
        found.update(*figure_readings(figure, measures.get(figure.measure)))
    for written in filter(None, (statement.period, *(figure.period for figure in statement.figures))):
        when = parse(written)
        found |= {(YEAR, float(end[0])) for end in (when.start, when.end) if end}
        if when.start and when.end:
            years = float(when.end[0] - when.start[0])
            found |= {(_SPAN, years), (_SPAN, years + 1)}
    return found


def _mix(briefs: Sequence[Brief], registers: Registers) -> Mix:
    kinds = {
        brief.id: [registers.speakers[item.by].kind for item in brief.statements if item.by in registers.speakers]
        for brief in briefs
    }
    counts = Counter(kind for spoken in kinds.values() for kind in spoken)
    cited = {brief.id: {cite.source for item in brief.statements for cite in item.cites} for brief in briefs}
    return Mix(
        statements={kind: counts[kind] for kind in SPEAKER_KINDS if counts[kind]},
        briefs=len(briefs),
        one_source=tuple(brief for brief, sources in cited.items() if len(sources) == 1),
        state_only=tuple(brief for brief, spoken in kinds.items() if spoken and set(spoken) <= set(STATE_SIDE)),
        unsigned_only=tuple(brief for brief, spoken in kinds.items() if set(spoken) == {"unsigned"}),
    )
