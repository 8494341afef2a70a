"""Everything that follows from what a corpus says: who answers what, the years that a statement is about, what a brief
has and lacks, which figures differ. Derived here, once, for the index, the reports and the dashboard alike.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from math import inf
from types import MappingProxyType
from typing import Any, NamedTuple

from hrdash import period, pinpoint
from hrdash.digests import blake2b
from hrdash.model import (
    KINDS,
    LABEL_CELLS,
    POSITIONS,
    PUT_SECTIONS,
    SECTION_KINDS,
    Brief,
    Citation,
    Corpus,
    Difference,
    Figure,
    LeftOpen,
    Position,
    Registers,
    Section,
    Source,
    Speaker,
    Statement,
    Theme,
)


class FigureDifference(NamedTuple):
    """Figures of one indicator, period and population in one brief that disagree, with different citations."""

    indicator: str
    figures: tuple[tuple[Statement, Figure], ...]


class Links(NamedTuple):
    """What a corpus links to one statement that may be put to the State."""

    responses: tuple[Statement, ...] = ()
    assessments: tuple[Statement, ...] = ()
    questions: tuple[Statement, ...] = ()
    """Those that it is the premise of, which have the answer in its place."""
    left_open: tuple[LeftOpen, ...] = ()
    differences: tuple[Difference, ...] = ()


LINKING = {"responses": "answers", "assessments": "assesses", "questions": "premise", "left_open": "of"}
"""Each part of a brief that is linked to statements, and the key that names them."""
NAMING = {**LINKING, "differences": "between"}
"""The same, with that which is only told beside them."""

Key = tuple[str, str]
"""A statement of a corpus, by the id of its brief and its own."""
Link = tuple[str, Any, Key]
"""What a brief links to a statement: the part that it stands in, itself, and the statement that it names."""
Spans = tuple[tuple[int, int], ...]
"""Runs of years, each by its first and last."""


class Found(NamedTuple):
    """A statement and where it stands: in the brief that is spoken of, or in another, which is named then."""

    kind: str
    key: str
    """What tells it from the others of its brief: `statement_key`."""
    said: Statement
    brief: str = ""
    heading: str = ""
    """That of the other brief."""

    @property
    def anchor(self) -> str:
        """Its key, behind its brief where that is another."""
        return f"{self.brief}/{self.key}" if self.brief else self.key


class Elsewhere(NamedTuple):
    """What stands in other briefs and belongs to some, by the statements of these and those that they name."""

    said: Mapping[Key, tuple[Found, ...]] = MappingProxyType({})
    """What is linked to a statement; of one that another brief has, itself."""
    left_open: Mapping[Key, tuple[LeftOpen, ...]] = MappingProxyType({})

    @property
    def briefs(self) -> set[str]:
        """The briefs that its statements stand in."""
        return {one.brief for those in self.said.values() for one in those}

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation of it."""
        said = tuple(one.said for those in self.said.values() for one in those)
        return Brief("", "", claims=said, left_open=tuple(chain.from_iterable(self.left_open.values()))).citations


class Said(NamedTuple):
    """A statement with what its brief, its sources and the whole corpus hand on to it: all by which it is found."""

    brief: Brief
    kind: str
    statement: Statement
    links: Links
    answer: str
    years: Spans
    """Those that it is about."""
    months: tuple[str, ...]
    """Those of a year, where its periods name months."""
    country: str
    holdings: tuple[str, ...]


class Marks(NamedTuple):
    """What a list shows of a brief, each provable from what is printed in it."""

    claim: str
    """`C`, or a blank."""
    raised: str
    """The first that there is: `!` a concern; `?` a question; `→` a recommendation; or a blank."""
    answer: str
    """`●` all have a response or position; `◐` some, or something is left open; `◌` none, all pending; `○` none."""


PUT_KINDS = tuple(SECTION_KINDS[name] for name in PUT_SECTIONS)
ANSWERS = (*(position for position in POSITIONS if position != "pending"), "left-open", "response", "pending",
           "assessed", "none", "not-put")  # fmt: skip
"""What `answer` gives, in the order in which the first that holds is taken."""
HOLDINGS = (*KINDS, "figure", "difference", "left-open")
"""What a brief may have or lack."""
_HAS_ANSWER = ANSWERS[: ANSWERS.index("pending")]


def statement_key(kind: str, statement: Statement) -> str:
    """What tells a statement from the others of its brief: its id, or a hash of kind, speakers, citation and text."""
    if statement.id:
        return statement.id
    found = repr(known_by(kind, statement)).encode("utf-8", "surrogatepass")
    return f"-{blake2b(found, digest_size=6).hexdigest()}"  # no id begins so


def known_by(kind: str, statement: Statement) -> tuple[object, ...]:
    """What a statement without id is known by: kind, speakers, first citation and text."""
    first = statement.cites[0] if statement.cites else ("", "")
    return kind, statement.by, tuple(first), statement.text


def keyed(brief: Brief, keys: Collection[str] = ()) -> list[Found]:
    """Each statement of a brief with its kind and its key, in the order in which statements are numbered and shown;
    `keys` are theirs where all are known."""
    found = [(kind, said) for kind, those in brief.by_kind for said in those]
    if len(keys) != len(found):
        keys = [statement_key(kind, said) for kind, said in found]
    return [Found(kind, key, said) for (kind, said), key in zip(found, keys, strict=True)]


def target(reference: str, brief: str) -> Key:
    """The brief and the statement that a reference in a brief names."""
    other, slash, name = reference.rpartition("/")
    return (other, name) if slash else (brief, reference)


def sources_of(cites: Iterable[Citation], sources: Mapping[str, Source]) -> list[Source]:
    """The sources of citations, as far as they are registered."""
    return [source for cite in cites if (source := sources.get(cite.source)) is not None]


def stand_in(theme: str) -> Theme:
    """What a theme is shown as that has no file of its own, or none that can be read."""
    return Theme(theme, theme[:LABEL_CELLS], theme)


def country_of(named: str, corpus: Corpus) -> str:
    """The State that a brief is about which names this one, or none; nothing where the corpus then has several."""
    return named or (corpus.countries[0] if len(corpus.countries) == 1 else "")


def is_state(speaker: Speaker, country: str, corpus: Corpus) -> bool:
    """Whether a speaker is the State of this country: only such a one's response is an answer."""
    return speaker.kind == "state" and country_of(speaker.country, corpus) == country


def is_state_side(speaker: Speaker, country: str, corpus: Corpus) -> bool:
    """Whether a speaker is of the State side of a brief on this country, and so may claim and respond."""
    speaks_for_it = bool(speaker.state_side) and speaker.country in ("", country)
    return speaks_for_it or is_state(speaker, country, corpus)


def is_put(kind: str, statement: Statement, brief: Brief, corpus: Corpus, registers: Registers) -> bool:
    """Whether a statement was raised where the State answers; what the State side raises itself never is."""
    if kind not in PUT_KINDS:
        return False
    country, speakers = country_of(brief.country, corpus), registers.speakers
    if all(name in speakers and is_state_side(speakers[name], country, corpus) for name in statement.by):
        return False
    if statement.put_to_state is not None:
        return statement.put_to_state
    return any(source.put_to_state for source in sources_of(statement.cites, registers.sources))


def position(statement: Statement, sources: Mapping[str, Source]) -> str:
    """The State's position on a recommendation, by its name; nothing where there is none."""
    held = position_held(statement, sources)
    return "" if held is None else held.position


def position_held(statement: Statement, sources: Mapping[str, Source]) -> Position | None:
    """The position that holds: of several that of the latest source, and where their dates do not tell (`2026` and
    `2026-03`), what is not pending, and the last that is written; `None` where there is none."""
    if len(statement.positions) < 2:
        return next(iter(statement.positions), None)
    held, since = None, tuple[int, ...]()
    for one in sorted(statement.positions, key=lambda one: one.position != "pending"):
        issued = [period.parse(source.issued) for source in sources_of(one.cites, sources)]
        if since <= max((when.until for when in issued), default=()):
            held, since = one, max((since, *(when.start for when in issued)))
    return held


def answer(kind: str, statement: Statement, brief: Brief, links: Links, corpus: Corpus, registers: Registers) -> str:
    """What became of a concern, question or recommendation: one of `ANSWERS`; nothing for anything else, or a premise.
    The rule is that of the README's table of answers: the first that holds."""
    if kind not in PUT_KINDS or links.questions:
        return ""
    taken = position(statement, registers.sources)
    country = country_of(brief.country, corpus)
    responding = [registers.speakers[name] for one in links.responses for name in one.by if name in registers.speakers]
    put = is_put(kind, statement, brief, corpus, registers)
    if taken and taken != "pending":
        return taken
    if links.responses and links.left_open:
        return "left-open"
    is_known = country or corpus.countries  # while corpus.yaml cannot be read, an absence is the worse mistake
    if any(is_state(speaker, country if is_known else speaker.country, corpus) for speaker in responding):
        return "response"
    if taken == "pending" or (put and not has_passed(due(statement, registers.sources), corpus.as_of)):
        return "pending"
    if put and links.assessments:
        return "assessed"
    return "none" if put else "not-put"


def due(statement: Statement, sources: Mapping[str, Source]) -> str:
    """Until when a reply is asked for, by the statement or else its source."""
    return statement.due or next((one.due for one in sources_of(statement.cites, sources) if one.due), "")


def has_passed(due: str, as_of: str) -> bool:
    """Whether a day of reply lies before the day up to which the corpus looks; true where there is no day of reply, and
    false where it is not known how far the corpus looks."""
    return not due or (as_of != "" and period.parse(due).until < period.parse(as_of).until)


def linked(brief: Brief, by: Mapping[str, str] = LINKING) -> Iterator[Link]:
    """What a brief links to statements."""
    return (
        (part, item, key) for part, names in by.items() for item in getattr(brief, part)
        for key in dict.fromkeys(target(name, brief.id) for name in getattr(item, names))
    )  # fmt: skip


def links(briefs: Iterable[Brief]) -> dict[Key, Links]:
    """What these briefs link to each statement: those of a whole corpus, or all that name some statements."""
    return joined(chain.from_iterable(linked(brief, NAMING) for brief in briefs))


def joined(links: Iterable[Link]) -> dict[Key, Links]:
    """All that is linked to each statement."""
    found: dict[Key, dict[str, list[Any]]] = {}
    for part, item, key in links:
        found.setdefault(key, {}).setdefault(part, []).append(item)
    return {key: Links(**{part: tuple(items) for part, items in by.items()}) for key, by in found.items()}


def all_said(
    brief: Brief,
    linked: Mapping[Key, Links],
    named: Callable[[Key], Statement | None],
    corpus: Corpus,
    registers: Registers,
) -> tuple[Said, ...]:
    """Every statement of a brief with what is handed on to it; `named` gives what a `same_as` names."""
    country = country_of(brief.country, corpus)
    own = [one for key, one in linked.items() if key[0] == brief.id]
    held = holdings(brief, any(one.responses for one in own), any(one.left_open for one in own))
    found = []
    for kind, those in brief.by_kind:
        for said in those:
            link = linked.get((brief.id, said.id), Links()) if said.id else Links()
            whose, when = dated(said, brief.id, named)
            years = _years(when, whose, registers.sources)
            months = tuple(dict.fromkeys(month for one in when for month in period.parse(one).months))
            answered = answer(kind, said, brief, link, corpus, registers)
            found.append(Said(brief, kind, said, link, answered, years, months, country, held))
    return tuple(found)


def marks(brief: Brief, answers: Iterable[str], left_open: bool = False) -> Marks:
    """What a list shows of a brief whose statements have these answers, whatever the filter; `left_open` where a note
    says what is left open of one of them, which its answer does not tell where a position holds before it."""
    asked = [answer for answer in answers if answer not in ("", "not-put")]
    have = [answer in _HAS_ANSWER for answer in asked]
    if not asked:
        shown = " "
    elif all(have) and not left_open and "left-open" not in asked:
        shown = "●"
    elif any(have):
        shown = "◐"
    else:
        shown = "◌" if all(answer == "pending" for answer in asked) else "○"
    raised = "!" if brief.concerns else "?" if brief.questions else "→" if brief.recommendations else " "
    return Marks("C" if brief.claims else " ", raised, shown)


def years_issued(source: Source) -> tuple[int, int]:
    """The first and last year in which a source was issued."""
    issued = period.parse(source.issued)
    return issued.years(issued.years(0)[0])


def dated(
    statement: Statement, brief: str, named: Callable[[Key], Statement | None]
) -> tuple[Statement, tuple[str, ...]]:
    """The periods that a statement of a brief is about, and whose they are; none where it is undated. Its own, or else
    those of its figures and not those between, or else those of the statement that it is the same as, which `named`
    gives."""
    seen: set[Key] = set()
    found: Statement | None = statement
    while found is not None:
        when = (found.period,) if found.period else tuple(figure.period for figure in found.figures if figure.period)
        if when or not found.same_as or (key := target(found.same_as, brief)) in seen:
            return found, when
        seen.add(key)
        brief, found = key[0], named(key)
    return statement, ()


def years_about(
    statement: Statement, brief: str, sources: Mapping[str, Source], named: Callable[[Key], Statement | None]
) -> Spans:
    """The years that a statement of a brief is about. An open end runs to the year in which its source was issued."""
    whose, when = dated(statement, brief, named)
    return _years(when, whose, sources) if when else ()


def years_of_figure(figure: Figure, said: Said, sources: Mapping[str, Source]) -> Spans:
    """The years that a figure counts: its own, or else those that its statement is about."""
    return _years([figure.period], said.statement, sources) if figure.period else said.years


def _years(periods: Iterable[str], statement: Statement, sources: Mapping[str, Source]) -> Spans:
    when = {period.parse(one) for one in periods}
    latest = 0 if all(one.end for one in when) else max(
        (years_issued(source)[1] for source in sources_of(statement.cites, sources)), default=0
    )  # fmt: skip
    return tuple(sorted({one.years(latest) for one in when}))


def holdings(brief: Brief, answered: bool = False, left_open: bool = False) -> tuple[str, ...]:
    """What a brief has, in the words of `HOLDINGS`; `answered` where it prints another's response, `left_open` where it
    prints what another says is left open."""
    held = {kind: bool(those) or (answered and kind == "response") for kind, those in brief.by_kind}
    held["figure"] = any(statement.figures for statement in brief.statements)
    held |= {"difference": bool(brief.differences), "left-open": left_open or bool(brief.left_open)}
    return tuple(kind for kind, there in held.items() if there)


def differing_figures(brief: Brief) -> tuple[FigureDifference, ...]:
    """Figures of the brief that count the same thing over the same time and disagree. One indicator, period, population
    and base; no value that fits them all; different citations. A planned figure is never compared with one achieved."""
    groups: dict[tuple[str, ...], list[tuple[Statement, Figure]]] = {}
    for statement in brief.statements:
        for figure in statement.figures:
            when = figure.period or statement.period
            if when:
                key = (figure.indicator, when, figure.population, figure.base, figure.per, figure.status)
                groups.setdefault(key, []).append((statement, figure))
    return tuple(
        FigureDifference(key[0], tuple(members))
        for key, members in groups.items()
        if _disagree([figure for _, figure in members]) and len({statement.cites for statement, _ in members}) > 1
    )


def at_issue(between: Sequence[Statement]) -> list[tuple[Statement, Figure]]:
    """The figures that a difference of numbers between these statements is about: those of which another of them has
    one of the same indicator, population, status and period with another number; all, where none has."""
    given = [(said, figure) for said in between for figure in said.figures]
    found = [(said, one) for said, one in given
             if any(said is not whose and _is_other(one, said, other, whose) for whose, other in given)]  # fmt: skip
    return found or given


def _is_other(one: Figure, said: Statement, other: Figure, whose: Statement) -> bool:
    first, second = one.period or said.period, other.period or whose.period
    is_comparable = _counted(one) == _counted(other) and (first == second or not first or not second)
    return is_comparable and _number(one) != _number(other)


def _counted(figure: Figure) -> tuple[str, ...]:
    return figure.indicator, figure.population, figure.status  # what is planned is not compared with what is achieved


def _number(figure: Figure) -> tuple[object, ...]:
    return figure.value, figure.low, figure.high, figure.direction


def _disagree(figures: Iterable[Figure]) -> bool:
    """Whether no value is all that these figures say: `at least 30` and `34` agree, `around 30` and `34` do not."""
    lows, highs, directions = [(-inf, 0)], [(inf, 0)], set()
    for figure in figures:
        low, high = (figure.value if end is None else end for end in (figure.low, figure.high))
        if low is not None and high is not None:
            if figure.qualifier not in ("up-to", "less-than"):
                lows.append((low, figure.qualifier == "more-than"))
            if figure.qualifier not in ("at-least", "more-than"):
                highs.append((high, -(figure.qualifier == "less-than")))
        directions.add(figure.direction)
    return len(directions) > 1 or max(lows) > min(highs)


def pinpoint_section(source: Source, place: str) -> tuple[Section, int] | None:
    """The section that a paragraph of our own count stands in, and its place in that section, from 1."""
    number = pinpoint.parse(place).number if place else None
    if source.paragraphs is None or number is None:
        return None
    inside = [section for section in source.paragraphs.sections if section.first <= number]
    return (inside[-1], number - inside[-1].first + 1) if inside else None
