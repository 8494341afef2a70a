"""The one filter: the table of facets, what a user asks for as a frozen value, and how typed words are read into it.

A statement matches when it has, itself or from its brief and source, a chosen value of every facet, and the words; a
brief matches when one of its statements does. Values within a facet are ORed, facets are ANDed, and `has` and
`without` are ANDed among themselves.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from hrdash import derive, period, pinpoint
from hrdash.characters import fold, plain
from hrdash.derive import ANSWERS, HOLDINGS, Said, sources_of
from hrdash.model import DIFFERENCE_KINDS, KINDS, POSITIONS, Registers, Source, Theme
from hrdash.names import nearest
from hrdash.terms import is_open, quoted, tokens

_UNANSWERED = "unanswered"
"""No filter, since whether somebody was answered is for the reader to say."""


class Years(NamedTuple):
    """A span of calendar years, both ends included; `None` is an open end, and without both it is no year at all."""

    first: int | None
    last: int | None

    @property
    def text(self) -> str:
        """As it is typed: `2024`, `2019..2024`, `2019..`, `..2020`, `undated`."""
        first, last = ("" if year is None else f"{year:04}" for year in self)
        return first if first == last and first else f"{first}..{last}" if first or last else "undated"

    @property
    def reading(self) -> str:
        """As it is read: `2024`, `2019–2024`, `since 2019`, `until 2020`, `undated`."""
        if self.first == self.last:
            return "undated" if self.first is None else str(self.first)
        if self.last is None:
            return f"since {self.first}"
        return f"until {self.last}" if self.first is None else f"{self.first}–{self.last}"

    def holds(self, year: str) -> bool:
        """Whether a year lies in the span, as the index writes it, or `undated`."""
        if year == UNDATED.text or self == UNDATED:
            return year == self.text
        return (self.first or 0) <= int(year) <= (9999 if self.last is None else self.last)


UNDATED = Years(None, None)


class Facet(NamedTuple):
    """One way to narrow the corpus: all that any part of hrdash has to know of it. `FACETS` holds them."""

    field: str
    """Its field in `Filter`."""
    word: str
    """Its word in a typed query, among the options, beside a value on screen and in the index."""
    metavar: str
    help: str
    """What its option says of it."""
    heading: str
    """What stands above its values in a list of all facets."""
    per: str
    """`statement`, or `brief` where all statements of a brief have the same."""
    of: Callable[[Said, Registers], Iterable[Any]]
    """The values of a statement; with `spans`, the first and last year of each run."""
    spans: bool = False
    """Its values are years, and chosen are spans of them."""
    choices: tuple[str, ...] = ()
    """Every value that there is; empty where the corpus says."""
    match: str = "any"
    """How many of the chosen values a statement must have: `any`, `all` or `none`."""
    like: str = ""
    """The word of another facet that has these values too, and is the one that the index has."""
    register: Callable[[Mapping[str, Theme], Registers], Mapping[str, Any]] | None = None
    """The entries that its values are ids of."""
    name: str = ""
    """The key of an entry by which people read it."""
    called: Callable[[Any], str] = lambda _: ""
    """What an entry is called beside its id, where people may ask for it."""
    about: Callable[[Any], Iterable[str]] = lambda _: ()
    """The texts of an entry whose words may be meant for it: all that a page prints of it."""
    listed: bool = False
    """Its values are few: every one of them is listed, though nothing had it, and before other facets."""
    many: bool = False
    """Its values are many, and each is had by few: the index has them place by place, and counts them all at once."""
    counted: bool = True
    """Its values are few enough to be counted and chosen from a list."""
    bare: bool = False
    """Its values are said without its word."""
    asides: Mapping[str, str] = MappingProxyType({})
    """What is said of a value whose word alone says too little."""
    linked: bool = False
    """Its values follow from other briefs too, and are not known before all are read."""

    @property
    def stored(self) -> str:
        """What the index calls its values."""
        return self.like or self.word

    @property
    def named(self) -> bool:
        """Whether its values are names that the corpus gives."""
        return not (self.spans or self.choices)

    def values_of(self, said: Said, registers: Registers) -> Iterable[str]:
        """The values of a statement as the index writes them; each year of a run is one."""
        found = self.of(said, registers)
        return _each_year(tuple(found)) if self.spans else filter(None, found)

    def read(self, text: str) -> str | Years:
        """A value as it is typed; raise ValueError with a plain sentence for one that it cannot have."""
        word = plain(text).casefold()
        if self.spans:
            return UNDATED if word == UNDATED.text else parse_years(text)
        if self.choices and word not in self.choices:
            near = nearest(word, self.choices)
            raise ValueError(
                f"takes {', '.join(self.choices)}, and not {text!r}" + f"; did you mean {near!r}?" * bool(near)
            )
        if self.word == "month":
            return period.month(text)
        if self.word == "pinpoint":
            try:
                return pinpoint.parse(text).text
            except ValueError:
                return text  # which no statement has, and is told so
        return word if self.choices else text

    def shown(self, value: str | Years, themes: Mapping[str, Theme], registers: Registers) -> str:
        """A value as people read it."""
        if isinstance(value, Years):
            return value.reading
        entry = self.register(themes, registers).get(value) if self.register and self.name else None
        return value if entry is None else str(getattr(entry, self.name))


@lru_cache(4096)
def _each_year(spans: tuple[tuple[int, int], ...]) -> list[str]:
    years = {year for first, last in spans for year in range(first, last + 1)}
    return [f"{year:04}" for year in sorted(years)] or [UNDATED.text]


def _short_title(source: Source) -> str:
    return source.title_short or source.number


def _about_source(source: Source) -> Iterable[str]:
    return (
        source.title, source.title_short, *(author.text for author in source.author), source.publisher,
        source.container_title, source.number, source.kind, source.note,
        *(section.title for section in (source.paragraphs.sections if source.paragraphs else ())),
    )  # fmt: skip


FACETS = (
    Facet("themes", "theme", "THEME", "in this theme", "THEME", "brief",
          lambda said, _: (said.brief.theme, *said.brief.also_in),
          register=lambda themes, _: themes, name="label", called=lambda theme: theme.label, listed=True, bare=True,
          about=lambda theme: (theme.label, theme.title, *theme.uhri_themes, *theme.instruments)),
    Facet("years", "year", "YEARS", "about these years: 2024, 2019..2024, 2019.., ..2020 or undated", "YEAR",
          "statement", lambda said, _: said.years, spans=True, bare=True),
    Facet("months", "month", "MONTH", "about this month, in periods that name months: 2022-01 or Jan 2022", "MONTH",
          "statement", lambda said, _: said.months, many=True, bare=True),
    Facet("issued", "issued", "YEARS", "said in these years: the year in which the source was issued", "SAID IN",
          "statement", spans=True,
          of=lambda said, registers: map(derive.years_issued, sources_of(said.statement.cites, registers.sources))),
    Facet("kinds", "kind", "KIND", f"of this kind: {', '.join(KINDS)}", "KIND", "statement",
          lambda said, _: (said.kind,), choices=KINDS, listed=True),
    Facet("answers", "answer", "ANSWER", f"put to the State, with this answer: {', '.join(ANSWERS)}", "ANSWER",
          "statement", lambda said, _: (said.answer,), choices=ANSWERS, listed=True, linked=True,
          asides={"none": "in this corpus", "left-open": "in part"}),
    Facet("positions", "position", "POSITION", f"with this position of the State: {', '.join(POSITIONS)}", "POSITION",
          "statement", lambda said, registers: (derive.position(said.statement, registers.sources),), choices=POSITIONS,
          listed=True),
    Facet("grades", "grade", "GRADE", "assessed with this grade", "GRADE", "statement",
          lambda said, _: (assessment.grade for assessment in said.links.assessments), linked=True),
    Facet("has", "has", "WHAT", f"of briefs with all of these: {', '.join(HOLDINGS)}", "HAS", "brief",
          lambda said, _: said.holdings, choices=HOLDINGS, match="all", listed=True, linked=True,
          asides={"left-open": "not taken up", "difference": "of sources"}),
    Facet("without", "without", "WHAT", "of briefs with none of these; the same words", "WITHOUT", "brief",
          lambda said, _: said.holdings, choices=HOLDINGS, match="none", like="has", listed=True, linked=True,
          asides={"response": "by the State"}),
    Facet("sources", "source", "SOURCE", "in this source", "SOURCE", "statement",
          lambda said, _: (cite.source for cite in said.statement.cites),
          register=lambda _, registers: registers.sources, called=_short_title, many=True, about=_about_source),
    Facet("pinpoints", "pinpoint", "PLACE", "at this place of its source: 84, 140.10, 24 (a)", "PLACE", "statement",
          lambda said, _: (cite.pinpoint for cite in said.statement.cites), counted=False),
    Facet("bodies", "body", "BODY", "in a source of this body", "BODY", "statement",
          lambda said, registers: (source.body for source in sources_of(said.statement.cites, registers.sources))),
    Facet("cycles", "cycle", "CYCLE", "in a source of this cycle", "CYCLE", "statement",
          lambda said, registers: (source.cycle for source in sources_of(said.statement.cites, registers.sources))),
    Facet("position_sources", "position-source", "SOURCE", "with a position of the State that this source has",
          "POSITION IN", "statement",
          lambda said, _: (cite.source for one in said.statement.positions for cite in one.cites),
          register=lambda _, registers: registers.sources, called=_short_title, many=True, about=_about_source),
    Facet("speakers", "speaker", "SPEAKER", "in words of this speaker", "SPEAKER", "statement",
          lambda said, _: said.statement.by,
          register=lambda _, registers: registers.speakers, name="short", called=lambda speaker: speaker.short,
          many=True, about=lambda speaker: (speaker.short, speaker.name, speaker.kind)),
    Facet("indicators", "indicator", "INDICATOR", "with figures of this indicator", "INDICATOR", "statement",
          lambda said, _: (figure.indicator for figure in said.statement.figures),
          register=lambda _, registers: registers.indicators, name="label", called=lambda indicator: indicator.label,
          many=True,
          about=lambda indicator: (indicator.label, indicator.unit, indicator.note)),
    Facet("differences", "difference", "KIND", f"in a difference of this kind: {', '.join(DIFFERENCE_KINDS)}",
          "DIFFERENCE", "statement", lambda said, _: (one.kind for one in said.links.differences),
          choices=DIFFERENCE_KINDS, listed=True, linked=True),
    Facet("countries", "country", "COUNTRY", "about this country, by its ISO 3166 code", "COUNTRY", "brief",
          lambda said, _: (said.country,), many=True),
    Facet("persons", "person", "LABEL", "about these persons, by their UHRI label", "PERSONS", "brief",
          lambda said, _: said.brief.persons),
)  # fmt: skip
"""Every facet, in the order in which they are written, said and shown. Each has its field in `Filter`."""
BY_FIELD = {facet.field: facet for facet in FACETS}
BY_WORD = {facet.word: facet for facet in FACETS}
LINKED = tuple(facet for facet in FACETS if facet.linked)
"""The facets whose values are not known before the whole corpus is read."""
OF_STATEMENTS = tuple(facet for facet in FACETS if facet.per == "statement")
"""The facets by which some of a brief's statements may match and others not."""


class Filter(NamedTuple):
    """What is asked for. The empty filter asks for everything."""

    themes: tuple[str, ...] = ()
    years: tuple[Years, ...] = ()
    text: str = ""
    """Search words alone: words, `"a phrase"`, `-word`."""
    months: tuple[str, ...] = ()
    issued: tuple[Years, ...] = ()
    kinds: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    has: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    pinpoints: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    cycles: tuple[str, ...] = ()
    position_sources: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()

    @property
    def typed(self) -> str:
        """The filter as a typed query: what `parse` reads back to an equal filter."""
        parts = [f"{facet.word}:{quoted(written(value))}" for facet in FACETS for value in self.values(facet)]
        if self.text:  # in front, unless it ends in quotes that would take in what comes behind
            parts.insert(len(parts) if is_open(self.text) else 0, self.text)
        return " ".join(parts)

    @property
    def picks_statements(self) -> bool:
        """Whether the filter looks inside briefs, so that some of a matching brief's statements may lie outside it."""
        return bool(self.text) or any(self.values(facet) for facet in OF_STATEMENTS)

    def values(self, facet: Facet) -> tuple[Any, ...]:
        """What is chosen in a facet."""
        chosen: tuple[Any, ...] = getattr(self, facet.field)
        return chosen

    def with_values(self, values: Mapping[str, Iterable[Any]]) -> "Filter":
        """The filter with these values, each once, in place of what was chosen in the facets of these fields."""
        return self._replace(**{field: tuple(dict.fromkeys(chosen)) for field, chosen in values.items()})  # type: ignore[arg-type]

    def toggled(self, facet: Facet, value: str | Years) -> "Filter":
        """The filter with a value taken into a facet, or out of it where it is chosen."""
        chosen = self.values(facet)
        kept = [other for other in chosen if other != value]
        return self.with_values({facet.field: kept if value in chosen else (*chosen, value)})

    def narrowed(self, other: "Filter") -> "Filter":
        """A filter for what both show; raise ValueError where both choose in a facet and no filter says that."""
        chosen = {}
        for facet in FACETS:
            one, two = self.values(facet), other.values(facet)
            if facet.match != "any" or not (one and two):
                chosen[facet.field] = (*one, *two)
            elif {*one} <= {*two} or {*two} <= {*one}:
                chosen[facet.field] = one if {*one} <= {*two} else two
            else:
                raise ValueError(f"another {facet.word} is asked for beside it; keep one")
        *closed, last = sorted(filter(None, (self.text, other.text)), key=is_open) or ("",)
        text = " ".join((*(first + '"' * is_open(first) for first in closed), last))
        return self._replace(text=text).with_values(chosen)


EVERYTHING = Filter()


class Parsed(NamedTuple):
    """A typed query, read: the filter, what to tell the user, and whether a known word had a value it cannot have."""

    filter: Filter
    hints: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


def parse_years(text: str) -> Years:
    """Read `2024`, `2019..2024`, `2019–2024`, `2019..` or `..2020`, and of two digits the year from 1969 to 2068 that
    ends in them; raise ValueError with a sentence for others."""
    first, dots, last = re.sub(r"^(\d{4})\s*-\s*(\d{4})$", r"\1..\2", plain(text)).partition("..")
    if not (first or last) or not all(re.fullmatch("[0-9]{4}|[0-9]{2}|", end) for end in (first, last)):
        raise ValueError(f"{text!r} is not a year; write 2024, 2019..2024, 2019.., ..2020 or undated")
    first, last = (("19" if end > "68" else "20") + end if len(end) == 2 else end for end in (first, last))
    if first and last and int(first) > int(last):
        raise ValueError(f"{text} ends before it starts; write {last}..{first}")
    if first and not dots:
        return Years(int(first), int(first))
    return Years(int(first) if first else None, int(last) if last else None)


def parse(typed: str) -> Parsed:
    """Read a typed query: `visits year:2019..2024 without:response source:hrc-dialogue-2025`. A word before a colon
    that hrdash does not know is searched as text, and a hint says so. A known word with a value that it cannot have is
    left out and named in `faults`."""
    words: list[str] = []
    found: dict[str, list[str | Years]] = {}
    hints: list[str] = []
    faults: list[str] = []
    for token in tokens(typed):
        if _UNANSWERED in (token.key, token.body.casefold().rstrip(":")):
            hints.append("what was put to the State and has no response in this corpus is found by answer:none")
        facet = BY_WORD.get(token.key)
        if facet and not token.negated:
            try:
                if not token.body:
                    raise ValueError("has no value yet")
                found.setdefault(facet.field, []).append(facet.read(token.body))
            except ValueError as fault:
                faults.append(f"{facet.word}: {fault}")
            continue
        if facet:
            hints.append(f"a filter cannot be left out with -, so -{facet.word}: is searched as text; "
                         "without:response leaves out briefs that have a response")  # fmt: skip
        elif token.key and token.key != _UNANSWERED:
            hints.append(f"{token.key}: is not a filter, so it is searched as text; the filters are "
                         + " ".join(f"{word}:" for word in BY_WORD))  # fmt: skip
        unfinished = plain(token.text).casefold()
        if unfinished.endswith(":") and (unfinished := unfinished[:-1]) in BY_WORD:
            faults.append(f"{unfinished}: has no value yet")
            continue
        words.append(token.text)
    return Parsed(
        Filter(text=" ".join(words)).with_values(found), tuple(dict.fromkeys(hints)), tuple(dict.fromkeys(faults))
    )


def written(value: str | Years) -> str:
    """A value of a facet as it is typed, and as the index writes it."""
    return value.text if isinstance(value, Years) else value


def name_key(name: str) -> str:
    """What a name is known by, however it is typed: `24(a)` is `24 (a)`, and `women’s` `women's`."""
    return "".join(fold(name).split())
