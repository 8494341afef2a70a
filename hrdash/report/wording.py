"""How one thing is worded, the same on screen, in print and in what is copied: an attribution, a pinpoint, a figure."""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from hrdash import derive, period, pinpoint
from hrdash.model import Brief, Citation, Corpus, Figure, Indicator, Registers, Source, Statement, Theme
from hrdash.report.parts import COMMA, DOT, SEMICOLON, Link, Part, Parts, joined, own, user, years
from hrdash.text import number_of, number_text

_BLANK = own(" ")
_HOW_PUT = {"statement": "", "report": ", as reported", "plan": ", as a plan"}
NOT_YET = "…"
"""In place of an answer or a mark that is not known before the whole corpus is read."""
ABSENT = ("none", "assessed")
"""The answers that say of an absence, beside which what would be held against it stands."""
_HAS = dict.fromkeys(("supported", "partly-supported", "noted", "response"), "●")
_ANSWERS = {"left-open": "response, which leaves something open", "not-put": "not put to the State"}
SIGNS = {
    "claims": "C", "concerns": "!", "questions": "?", "recommendations": "→", "responses": "R", "commendations": "✓",
    "observations": "·", "assessments": "A",
}  # fmt: skip
"""The sign of each kind of statement, by the part of a brief that it stands in."""
ANSWER_SIGNS = {**_HAS, "left-open": "◐", "pending": "◌", "assessed": "○", "none": "○", NOT_YET: NOT_YET}
"""The sign of each answer of a statement; one that was not put has none."""
LEGEND = (
    "marks: C claim; ! concern, else ? questions, else → recommendations; of what was put to the State "
    "● each has a response or position, ◐ some, or in part, ◌ all pending, ○ none in this corpus"
)
"""What the three marks of a brief say, in words."""
_MARKS = {"C": "claim", "!": "concern", "?": "questions", "→": "recommendations", "●": "response to all",
          "◐": "response to some, or something left open", "◌": "pending", "○": "no response"}  # fmt: skip


class Context(NamedTuple):
    """What wording a brief takes besides the brief itself."""

    corpus: Corpus
    themes: Mapping[str, Theme]
    registers: Registers
    withheld: int = 0
    """How many briefs of the corpus, or files of some, could not be read: every absence is worded with it."""
    titles: Mapping[str, str] = MappingProxyType({})
    """The headings of briefs that others name, by id."""
    answers: Mapping[str, Mapping[str, str]] = MappingProxyType({})
    """What became of the statements of a brief, by its id: the answer of each, if any, by its key, in their order."""
    elsewhere: derive.Elsewhere = derive.Elsewhere()
    years: Mapping[str, str] = MappingProxyType({})
    """The years that briefs are about, by id, in few cells: some follow from other briefs."""


Matching = Mapping[str, frozenset[str]]
"""For each of some briefs, by id, the keys of its statements inside the filter; of any other all are."""


class Batch(NamedTuple):
    """Some briefs, with what wording them takes."""

    briefs: tuple[Brief, ...]
    context: Context
    matching: Matching
    """What lies inside the filter, of these briefs and of those whose statements are printed in them."""


def bounded(context: Context) -> str:
    """What bounds an absence: this corpus, its date, and what of it could not be read."""
    unread = f"; {withheld_text(context.withheld)}" if context.withheld else ""
    return f"in this corpus, {context.corpus.until}{unread}"


def withheld_text(withheld: int) -> str:
    """How much of a corpus is missing from every count: briefs, and files of which nobody knows how many they hold."""
    return f"{number_of(withheld, 'brief')} or file{'s' * (withheld != 1)} could not be read"


def answer_words(answer: str, context: Context, of_the_state: bool = False) -> str:
    """The answer of a statement in words; an absence with its bounds. What is linked may be others' and not
    `of_the_state`'s."""
    if answer in ABSENT:
        return f"no response{' of the State' * of_the_state} to it {bounded(context)}"
    return _ANSWERS.get(answer, answer)


def count_parts(counts: Mapping[str, tuple[int, int]], corpus: Corpus) -> Parts:
    """How much was found, of how much, of each unit: `22 of 737 statements · 7 of 107 briefs · Ruritania · as of …`."""
    each = [[own(f"{found:,} of {number_of(whole, unit)}")] for unit, (found, whole) in counts.items()]
    return joined([*each, [user(corpus.title)], [own(corpus.until)]])


@cache
def mark_part(marks: derive.Marks) -> Part:
    """The three marks of a brief, and in words: `claim, concern, response to all`."""
    said = [_MARKS[sign] for sign in marks if sign != " "]
    return Part("sign", "".join(marks), ", ".join(said) or "no marks")


def attribution(statement: Statement, context: Context) -> Parts:
    """Who says it, how it was put, of what time, and where it is written."""
    facts: list[Sequence[Part]] = [said_by(statement, context)]
    if statement.grade:
        scale = [own(" on "), user(statement.scale)] if statement.scale else []
        facts.append([own("grade "), user(statement.grade), *scale])
    if statement.limb:
        facts.append([own("of "), place_part(statement.limb)])
    return joined([*facts, pinpoints(statement.cites, context)])


def said_by(statement: Statement, context: Context) -> Parts:
    """Who says it, how it was put, and of what time."""
    known = context.registers.speakers
    who: list[Part] = []
    for name in statement.by:
        speaker = known.get(name)
        who += [*([COMMA] if who else ()), user(name if speaker is None else speaker.short)]
    if how := _HOW_PUT[statement.put_as]:
        who.append(own(how))
    return joined((who, time_parts(statement)))


def time_parts(statement: Statement) -> Parts:
    """The statement's time: its period, or those of its figures, and the source's own words for it."""
    words = [user(f"“{statement.period_text}”")] if statement.period_text else []
    _, periods = derive.dated(statement, "", lambda _: None)
    found = sorted(map(period.parse, periods), key=lambda one: one.years(0))
    when = ", ".join(dict.fromkeys(one.text for one in found))
    return joined([[years(when)], words], COMMA) if when or words else ()


def statement_text(statement: Statement) -> Parts:
    """What is said: the source's own words in quotation marks, and a paraphrase without."""
    said = user(statement.text)
    return (own("“"), said, own("”")) if statement.verbatim else (said,)


def short_title(source: Source) -> str:
    """What stands beside every pinpoint of a source."""
    return source.title_short or source.number or source.id


def pinpoints(cites: tuple[Citation, ...], context: Context) -> Parts:
    """Citations by the source's short title: `HRC ¶84, ¶98; MFA ¶52`."""
    places: dict[str, list[Part]] = {}
    for name, place in cites:
        found = places.setdefault(name, [])
        if place:
            found += (COMMA if found else _BLANK, place_part(place))
    shown: list[Part] = []
    for name, found in places.items():
        source = context.registers.sources.get(name)
        title = user(name) if source is None else _title_part(short_title(source), name)
        shown += [*([SEMICOLON] if shown else ()), title, *found]
    return tuple(shown)


@lru_cache(4096)
def _title_part(title: str, name: str) -> Part:
    """The short title of a source, which leads to it."""
    return user(title, Link("sources", name))


@lru_cache(4096)
def place_part(place: str) -> Part:
    """A pinpoint: `¶7`, `¶24 (a)–(c)`, `annex IX ¶12`."""
    try:
        reading = pinpoint.parse(place).reading
    except ValueError:  # which `check` names
        reading = place
    spoken = reading.replace("¶", "paragraphs " if "–" in reading else "paragraph ").replace("–", " to ")
    return Part("number", reading, spoken)


def place_parts(source: Source, place: str) -> Parts:
    """Where a pinpoint stands, for a reader with the document in hand, and whose count it is."""
    if not place or source.paragraphs is None:
        return (place_part(place),) if place else ()
    count = own(count_text(source))
    where = _sections(source, place)
    return (place_part(place), own(": "), *where, *((SEMICOLON,) if where else ()), count)


def count_text(source: Source) -> str:
    """Whose count the paragraphs of a source have."""
    return "our count" if source.paragraphs and source.paragraphs.numbering == "ours" else "printed number"


def _sections(source: Source, place: str) -> Parts:
    """The section that a place stands in, and where in it, or the two that a range runs from and to."""
    parsed = pinpoint.parse(place)
    ends = [pinpoint.Pinpoint(end, end, "").number for end in (parsed.first, parsed.last)]
    begin, end = (derive.pinpoint_section(source, str(number)) if number else None for number in ends)
    if begin is None or end is None:
        return ()
    where: Parts = (user(begin[0].title), own(f", {ordinal(begin[1])}"))
    if begin[0] != end[0]:
        return (*where, own(" paragraph, to "), user(end[0].title), own(f", {ordinal(end[1])} paragraph"))
    return (*where, own(" paragraph" if begin == end else f" to {ordinal(end[1])} paragraphs"))


def figure_parts(figure: Figure, indicator: Indicator, when: str = "") -> Parts:
    """A figure in words with its label, unit and time: `Reported cases of torture: around 800 cases (2019)`."""
    if figure.value is None:
        ends = [number_text(end, ",") for end in (figure.low, figure.high) if end is not None]
        amount = Part("number", "–".join(ends), " to ".join(ends))
    else:
        amount = Part("number", number_text(figure.value, ","))
    sign = f"{figure.direction} by " if figure.direction else ""
    qualifier = figure.qualifier.replace("-", " ") + " " if figure.qualifier else ""
    parts = [user(indicator.label), own(f": {sign}{qualifier}"), amount]
    if indicator.unit:
        parts.append(
            own(" %", " per cent") if indicator.unit in ("per cent", "%", "percent") else user(f" {indicator.unit}")
        )
    if figure.per:
        parts += [own(" per "), user(figure.per)]
    if figure.base:
        compared = indicator.kind in ("percent-change", "factor")
        parts += [own(" compared with " if compared else " of "), user(figure.base)]
    asides = [[years(period.parse(figure.period or when).text)] if figure.period or when else []]
    asides += [[user(figure.population)], [own("planned")] if figure.status == "planned" else []]
    tail = joined(asides, COMMA)
    return (*parts, own(" ("), *tail, own(")")) if tail else tuple(parts)


def indicator(name: str, context: Context) -> Indicator:
    """An indicator of the register; of one that is not there, its id."""
    return context.registers.indicators.get(name) or Indicator(name, name, "", "", "")


def source_text(source: Source) -> str:
    """A source on one line: author, title, publisher, number, date, kind, capacity."""
    authors = ", ".join(author.text for author in source.author)
    facts = [authors, f"“{source.title}”", source.container_title, source.number]
    facts += [source.publisher if source.publisher != authors else "", period.parse(source.issued).text]
    facts += [source.kind.replace("-", " ")]
    facts += ["personal capacity" if source.capacity == "personal" and source.author else ""]
    return ", ".join(fact for fact in facts if fact)


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `3rd`, `4th`, `11th` …"""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def lead(statement: Statement, section: str, country: str, context: Context) -> str:
    """What stands before a statement of a brief with this country: that it says again what another says, that the State
    side raises it itself."""
    again = ("Raised again: " if section == "concerns" else "Said again: ") if statement.same_as else ""
    if section != "concerns":
        return again
    country, speakers = derive.country_of(country, context.corpus), context.registers.speakers
    own_side = all(
        name in speakers and derive.is_state_side(speakers[name], country, context.corpus) for name in statement.by
    )
    return again + ("Acknowledged: " if own_side else "")


def judged(found: derive.Found, context: Context) -> Parts:
    """An assessment in few words: `assessed C by the Committee · HRC ¶12`."""
    by = said_by(found.said._replace(period="", period_text="", figures=()), context)
    grade = [own(" "), user(found.said.grade)] if found.said.grade else []
    limb = [own(" of "), place_part(found.said.limb)] if found.said.limb else []
    where = (DOT, *brief_parts(found.heading, found.brief, found.key)) if found.brief else ()
    return (own("assessed"), *grade, *limb, own(" by "), *by, DOT, *pinpoints(found.said.cites, context), *where)


def brief_parts(heading: str, name: str, anchor: str = "") -> Parts:
    """Another brief, by its heading and id; it leads there, and to the statement with this key."""
    link = Link("brief", f"{name}/{anchor}" if anchor else name)
    return (user(heading, link), own(" ("), user(name), own(")")) if heading else (user(name, link),)
