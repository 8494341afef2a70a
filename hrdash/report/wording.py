"""How each thing of a brief is worded, on screen, on stdout and in every export alike."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from hrdash import derive, period
from hrdash.model import STATE_SIDE, Citation, Corpus, Figure, Measure, Registers, Source, Statement, Theme
from hrdash.report.parts import COMMA, SEMICOLON, Part, Parts, joined, own, user, years

MARKS = "●○◐"
"""Has, lacks, and has a response but a concern without one: told apart by shape, without colour."""
LEGEND = (
    f"marks: claim, concern, response; {MARKS[0]} has, {MARKS[1]} has none in this corpus, "
    f"{MARKS[2]} leaves a concern without response"
)
"""What `marks` says, in words."""

_MARKED = ("claim", "concern", "response")
_HOW_PUT = {"statement": "", "question": ", as a question", "report": ", as reported", "plan": ", as a plan"}


class Context(NamedTuple):
    """What wording a brief takes besides the brief itself."""

    corpus: Corpus
    themes: Mapping[str, Theme]
    registers: Registers
    withheld: int = 0
    """How many briefs of the corpus could not be read: every absence is worded with it."""
    titles: Mapping[str, str] = MappingProxyType({})
    """The titles of briefs that others name, by id."""
    numbers: Mapping[str, int] = MappingProxyType({})
    """The numbers of the sources that are listed below what is worded, by id."""


def absence(kind: str, context: Context) -> Parts:
    """That there is none of something: in this corpus, as of its date, and of what could be read of it."""
    unread = f"; {withheld_text(context.withheld)}" if context.withheld else ""
    return (own(f"no {kind} in this corpus, as of {context.corpus.as_of}{unread}"),)


def withheld_text(withheld: int) -> str:
    """How much of a corpus is missing from every count."""
    return f"{withheld} {'brief' if withheld == 1 else 'briefs'} could not be read"


def count_parts(found: int, whole: int, corpus: Corpus) -> Parts:
    """How many briefs were found, of how many, in what corpus and as of when."""
    count = own(f"{found} of {whole} {'brief' if whole == 1 else 'briefs'}")
    return joined([[count], [user(corpus.title)], [own(f"as of {corpus.as_of}")]])


def marks(holdings: tuple[str, ...]) -> str:
    """Three marks: whether there is a claim, a concern, a response, and that to every concern."""
    shown = "".join(MARKS[kind not in holdings] for kind in _MARKED)
    return shown[:2] + MARKS[2] if "response" in holdings and "unanswered" in holdings else shown


def mark_part(holdings: tuple[str, ...]) -> Part:
    """The three marks, and in words: `claim yes, concern yes, response to some concerns`."""
    shown = marks(holdings)
    words = dict(zip(MARKS, ("yes", "no", "to some concerns"), strict=True))
    return Part("sign", shown, ", ".join(f"{kind} {words[sign]}" for kind, sign in zip(_MARKED, shown, strict=True)))


def attribution(statement: Statement, context: Context) -> Parts:
    """Who says it, how it was put, of what time, and where it is written."""
    return joined([said_by(statement, context), pinpoints(statement.cites, context)])


def said_by(statement: Statement, context: Context) -> Parts:
    """Who says it, how it was put, and of what time."""
    speaker = context.registers.speakers.get(statement.by)
    who = (user(speaker.short if speaker else statement.by), own(_HOW_PUT[statement.put_as]))
    return joined([who, time_parts(statement, context.registers.sources)])


def time_parts(statement: Statement, sources: Mapping[str, Source]) -> Parts:
    """The statement's time: its period, the source's own words for it, or the year in which the source was issued."""
    words = [user(f"“{statement.period_text}”")] if statement.period_text else []
    if statement.period:
        return joined([[years(period.parse(statement.period).text)], words], COMMA)
    runs = derive.statement_years(statement, sources)
    issued = ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
    return joined([words, [own("source of "), years(issued)] if issued else []], COMMA)


def pinpoints(cites: tuple[Citation, ...], context: Context) -> Parts:
    """Citations by the source's number, or by its id where it has none: `[1] ¶7, ¶9 [3] ¶84`, `lastayev-2025 ¶7`."""
    found: dict[str, list[Parts]] = {}
    for cite in cites:
        found.setdefault(cite.source, []).append((paragraph(cite.para),))
    shown = []
    for source, paras in found.items():
        number = context.numbers.get(source)
        name = user(source) if number is None else Part("number", f"[{number}]", f"source {number}")
        shown.append((name, own(" "), *joined(paras, COMMA)))
    return joined(shown, own(" "))


def paragraph(para: str) -> Part:
    """A pinpoint: `¶7`, `¶7–9`."""
    first, dash, last = para.partition("-")
    return Part("number", f"¶{first}–{last}" if dash else f"¶{first}",
                f"paragraphs {first} to {last}" if dash else f"paragraph {first}")  # fmt: skip


def place_parts(source: Source, para: str) -> Parts:
    """Where a pinpoint stands, for a reader with the document in hand, and whose count it is."""
    first, dash, last = para.partition("-")
    shown = (paragraph(para), own(": "))
    count = own("our count" if source.paragraphs.numbering == "ours" else "printed number")
    begin, end = (derive.pinpoint_section(source, number) for number in (first, last or first))
    if begin is None or end is None:
        return (*shown, count)
    where: Parts = (*shown, user(begin[0].title), own(f", {ordinal(begin[1])}"))
    if begin[0] != end[0]:
        where += (own(" paragraph, to "), user(end[0].title), own(f", {ordinal(end[1])} paragraph"))
    else:
        where += (own(f" to {ordinal(end[1])} paragraphs" if dash else " paragraph"),)
    return (*where, SEMICOLON, count)


def figure_parts(figure: Figure, measure: Measure, when: str = "") -> Parts:
    """A figure in words with its label, unit and time: `Reported cases of torture: around 800 cases (2019)`."""
    if figure.value is None:
        ends = (derive.number_text(figure.low), derive.number_text(figure.high))
        amount = Part("number", "–".join(ends), " to ".join(ends))
    else:
        amount = Part("number", derive.number_text(figure.value))
    sign = f"{figure.direction} by " if figure.direction else ""
    qualifier = figure.qualifier.replace("-", " ") + " " if figure.qualifier else ""
    parts = [user(measure.label), own(f": {sign}{qualifier}"), amount]
    if measure.unit:
        parts.append(own(" %") if measure.unit in ("per cent", "%", "percent") else user(f" {measure.unit}"))
    if figure.per:
        parts += [own(" per "), user(figure.per)]
    if figure.base:
        compared = measure.kind in ("percent-change", "factor")
        parts += [own(" compared with " if compared else " of "), user(figure.base)]
    asides = [[years(period.parse(figure.period or when).text)] if figure.period or when else []]
    asides += [[user(figure.population)], [own("planned")] if figure.status == "planned" else []]
    tail = joined(asides, COMMA)
    return (*parts, own(" ("), *tail, own(")")) if tail else tuple(parts)


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


def shortened(text: str, length: int = 100) -> str:
    """A text that stands in full elsewhere, cut between words, the cut marked."""
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0].rstrip(",;:.") + " …"


def lead(statement: Statement, section: str, context: Context) -> str:
    """What stands before a statement: that it says again what another says, that the State side raises it itself."""
    again = ("Raised again: " if section == "concerns" else "Said again: ") if statement.same_as else ""
    speaker = context.registers.speakers.get(statement.by)
    is_state_side = section == "concerns" and speaker is not None and speaker.kind in STATE_SIDE
    return again + ("Acknowledged: " if is_state_side else "")
