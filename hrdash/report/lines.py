"""A brief as lines with roles: the one wording that the dashboard, stdout and every export share.

A line says what it is (its role), never how it looks: each reader of lines decides that for itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from hrdash import derive, period
from hrdash.model import (
    SECTION_KINDS,
    SECTIONS,
    STATE_SIDE,
    Brief,
    Citation,
    Corpus,
    Difference,
    LeftOpen,
    Measure,
    Registers,
    Source,
    Speaker,
    Statement,
    Theme,
)

HEADINGS = {
    "claims": "REFORM CLAIM",
    "concerns": "DOCUMENTED CONCERN",
    "responses": "STATE RESPONSE",
    "commendations": "COMMENDED",
    "recommendations": "RECOMMENDED",
    "left_open": "LEFT OPEN",
    "differences": "WHERE SOURCES DIFFER",
    "related": "SEE ALSO",
    "mapping": "MAPPING (OURS)",
    "sources": "SOURCES",
    "speakers": "SPEAKERS",
    "measures": "MEASURES",
}
"""The heading of each part of a brief, in the order in which parts are shown."""

MARKS = "●○◐"
"""Has, lacks, and has a response but a concern without one: told apart by shape, without colour."""
LEGEND = (
    f"marks: claim, concern, response; {MARKS[0]} has, {MARKS[1]} has none in this corpus, "
    f"{MARKS[2]} leaves a concern without response"
)
"""What `marks` says, in words."""

ROLES = (
    "theme", "title", "meta", "heading", "absence", "answers", "statement", "attribution", "figure", "note", "source",
    "address", "pinpoint",
)  # fmt: skip
"""What a line can be."""

OURS = "#"
"""Begins the anchor of what a brief's author says, which has no id: its position among its kind follows."""

_PartLines = Callable[[Brief, "Context", Mapping[str, int]], "list[Line]"]
_HOW_PUT = {"statement": "", "question": ", as a question", "report": ", as reported", "plan": ", as a plan"}


Spans = tuple[tuple[int, int], ...]
"""Where the words that were searched for stand in a text: start and end offsets, in order."""


class Line(NamedTuple):
    """One line of a brief, of any length; it is wrapped by whoever shows it."""

    role: str
    """One of `ROLES`."""
    text: str
    part: str = ""
    """The key in `HEADINGS` of the part that it stands in; empty for the head of the brief."""
    anchor: str = ""
    """The id of the statement or source that it belongs to, for a cursor to stand on; or `OURS` and a position."""
    outside: bool = False
    """Belongs to a statement outside the filter of a brief that matches."""
    spans: Spans = ()


class Context(NamedTuple):
    """What wording a brief takes besides the brief itself."""

    corpus: Corpus
    themes: Mapping[str, Theme]
    registers: Registers
    withheld: int = 0
    """How many briefs of the corpus could not be read: every absence is worded with it."""
    titles: Mapping[str, str] = MappingProxyType({})
    """The titles of briefs that others name, by id."""


def brief_lines(brief: Brief, context: Context, matching: frozenset[str] | None = None) -> tuple[Line, ...]:
    """One brief with its sources. `matching` holds the ids of its statements inside the filter; `None` means all."""
    numbers = source_numbers((brief,))
    body = (*head_lines(brief, context), *body_lines(brief, context, numbers, matching))
    mapping = mapping_lines(context.themes.get(brief.theme), brief)
    return body + mapping + apparatus_lines((brief,), context, numbers)


def source_numbers(briefs: tuple[Brief, ...]) -> dict[str, int]:
    """The number of each source that the briefs cite, in the order in which they are first cited."""
    cited = dict.fromkeys(source for brief in briefs for source in derive.source_order(brief))
    return {source: number for number, source in enumerate(cited, 1)}


def body_lines(
    brief: Brief, context: Context, numbers: Mapping[str, int], matching: frozenset[str] | None = None
) -> tuple[Line, ...]:
    """What a brief says, with the numbers of sources that are listed elsewhere."""
    lines: list[Line] = []
    for part, part_lines in _PARTS.items():
        body = part_lines(brief, context, numbers)
        if body or part in ("claims", "concerns"):
            lines.append(Line("heading", HEADINGS[part], part))
            lines += body or [Line("absence", absence(SECTION_KINDS[part], context), part)]
    if matching is None:
        return tuple(lines)
    ids = {statement.id for statement in brief.statements}
    return tuple(line._replace(outside=line.anchor in ids and line.anchor not in matching) for line in lines)


def theme_lines(theme: Theme, briefs: Sequence[Brief], context: Context, asked: str = "") -> tuple[Line, ...]:
    """The head of a theme brief: of what corpus, date and filter (`asked`, in words), and its briefs at a glance."""
    facts = [f"{len(briefs)} {'brief' if len(briefs) == 1 else 'briefs'}", asked, context.corpus.title]
    facts += [f"as of {context.corpus.as_of}", withheld_text(context.withheld) if context.withheld else ""]
    lines = [
        Line("theme", f"{theme.label}: {theme.title}" if theme.label != theme.title else theme.title),
        Line("meta", " · ".join(fact for fact in facts if fact)),
        *(Line("meta", f"mapping (ours): {text}") for text in mapping_texts(theme)),
    ]
    speakers = context.registers.speakers
    lines += [Line("meta", f"{marks(derive.holdings(brief, speakers))}  {brief.title}") for brief in briefs]
    return (*lines, Line("meta", LEGEND))


def report_lines(
    briefs: tuple[Brief, ...],
    themes: Sequence[str],
    context: Context,
    matching: Mapping[str, frozenset[str]] | None = None,
    asked: str = "",
) -> tuple[Line, ...]:
    """Briefs in print: one under the other, each under its theme's head, with one numbered list of sources at the end.

    `themes` are the themes that were asked for: a brief that is shown in one of them from elsewhere stands under it.
    `asked` is the filter in words.
    """
    numbers = source_numbers(briefs)
    lines: list[Line] = []
    by_theme: dict[str, list[Brief]] = {theme: [] for theme in themes}
    for brief in briefs:
        other = [theme for theme in by_theme if theme in brief.also_in] if brief.theme not in themes else []
        by_theme.setdefault(other[0] if other and themes else brief.theme, []).append(brief)
    for theme, members in by_theme.items():
        members.sort(key=lambda brief: brief.theme != theme)  # a theme's own briefs before those shown there too
        if members and theme in context.themes:
            lines += theme_lines(context.themes[theme], members, context, asked)
        for brief in members:
            lines += head_lines(brief, context, brief.id)
            lines += body_lines(brief, context, numbers, None if matching is None else matching[brief.id])
            lines += mapping_lines(None, brief)
    return (*lines, *apparatus_lines(briefs, context, numbers))


def head_lines(brief: Brief, context: Context, also: str = "") -> tuple[Line, ...]:
    """The title, and under it theme, years, mapping, what is `also` to be said, and the other themes that show it."""
    theme = context.themes.get(brief.theme)
    facts = [theme.label if theme else brief.theme]
    facts += [period.run_text(derive.brief_years(brief, context.registers.sources))]
    facts += [instrument.replace(":", " ") for instrument in (theme.instruments if theme else ())]
    facts += [also]
    lines = [Line("title", brief.title), Line("meta", " · ".join(fact for fact in facts if fact))]
    if brief.also_in:
        others = ", ".join(context.themes[other].label if other in context.themes else other for other in brief.also_in)
        lines.append(Line("meta", f"also in {others}"))
    return tuple(lines)


def absence(kind: str, context: Context) -> str:
    """That there is none of something: in this corpus, as of its date, and of what could be read of it."""
    unread = f"; {withheld_text(context.withheld)}" if context.withheld else ""
    return f"no {kind} in this corpus, as of {context.corpus.as_of}{unread}"


def withheld_text(withheld: int) -> str:
    """How much of a corpus is missing from every count."""
    return f"{withheld} {'brief' if withheld == 1 else 'briefs'} could not be read"


def marks(holdings: tuple[str, ...]) -> str:
    """Three marks: whether there is a claim, a concern, a response, and that to every concern."""
    shown = "".join(MARKS[kind not in holdings] for kind in ("claim", "concern", "response"))
    return shown[:2] + MARKS[2] if "response" in holdings and "unanswered" in holdings else shown


def attribution(statement: Statement, context: Context, numbers: Mapping[str, int]) -> str:
    """Who says it, how it was put, of what time, and where it is written."""
    return " · ".join(part for part in (said_by(statement, context), pinpoints(statement.cites, numbers)) if part)


def said_by(statement: Statement, context: Context) -> str:
    """Who says it, how it was put, and of what time."""
    speaker = context.registers.speakers.get(statement.by)
    who = (speaker.short if speaker else statement.by) + _HOW_PUT[statement.put_as]
    when = time_text(statement, context.registers.sources)
    return f"{who} · {when}" if when else who


def time_text(statement: Statement, sources: Mapping[str, Source]) -> str:
    """The statement's time: its period, the source's own words for it, or the year in which the source was issued."""
    words = f"“{statement.period_text}”" if statement.period_text else ""
    if statement.period:
        return ", ".join(part for part in (period.parse(statement.period).text, words) if part)
    runs = derive.statement_years(statement, sources)
    issued = ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
    return ", ".join(part for part in (words, f"source of {issued}" if issued else "") if part)


def pinpoints(cites: tuple[Citation, ...], numbers: Mapping[str, int]) -> str:
    """Citations by the source's number, or by its id where it has none: `[1] ¶7, ¶9 [3] ¶84`, `lastayev-2025 ¶7`."""
    found: dict[str, list[str]] = {}
    for cite in cites:
        found.setdefault(cite.source, []).append(f"¶{cite.para.replace('-', '–')}")
    labels = {source: f"[{numbers[source]}]" if source in numbers else source for source in found}
    return " ".join(f"{labels[source]} {', '.join(paras)}" for source, paras in found.items())


def place_text(source: Source, para: str) -> str:
    """Where a pinpoint stands, for a reader with the document in hand, and whose count it is."""
    first, dash, last = para.partition("-")
    count = "our count" if source.paragraphs.numbering == "ours" else "printed number"
    shown = f"¶{para.replace('-', '–')}"
    begin, end = (derive.pinpoint_section(source, number) for number in (first, last or first))
    if begin is None or end is None:
        return f"{shown}: {count}"
    where = f"{begin[0].title}, {ordinal(begin[1])}"
    if begin[0] != end[0]:
        where += f" paragraph, to {end[0].title}, {ordinal(end[1])} paragraph"
    else:
        where += f" to {ordinal(end[1])} paragraphs" if dash else " paragraph"
    return f"{shown}: {where}; {count}"


def source_text(source: Source) -> str:
    """A source on one line: author, title, publisher, number, date, kind, capacity."""
    authors = ", ".join(author.text for author in source.author)
    facts = [authors, f"“{source.title}”", source.container_title, source.number]
    facts += [source.publisher if source.publisher != authors else "", period.parse(source.issued).text]
    facts += [source.kind.replace("-", " ")]
    facts += ["personal capacity" if source.capacity == "personal" and source.author else ""]
    return ", ".join(fact for fact in facts if fact)


def speaker_text(speaker: Speaker) -> str:
    """A speaker's name and what kind of speaker that is."""
    return f"{speaker.short}: {speaker.name} ({speaker.kind})"


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `3rd`, `4th`, `11th` …"""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def shortened(text: str, length: int = 100) -> str:
    """A text that stands in full elsewhere, cut between words, the cut marked."""
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0].rstrip(",;:.") + " …"


def mapping_lines(theme: Theme | None, brief: Brief) -> tuple[Line, ...]:
    """The tags of a brief, and of its theme where that has no head of its own: our mapping, and not the sources'."""
    texts = [*(mapping_texts(theme) if theme else ()), *_tags("Persons", brief.persons)]
    lines = tuple(Line("meta", text, "mapping") for text in texts)
    return (Line("heading", HEADINGS["mapping"], "mapping"), *lines) if lines else ()


def mapping_texts(theme: Theme) -> tuple[str, ...]:
    """The treaty articles and UHRI themes that a theme is mapped to."""
    articles = tuple(item.replace(":", " ") for item in theme.instruments)
    return (*_tags("Treaty", articles), *_tags("UHRI theme", theme.uhri_themes))


def _tags(name: str, values: tuple[str, ...]) -> tuple[str, ...]:
    return (f"{name}: {'; '.join(values)}",) if values else ()


def apparatus_lines(briefs: tuple[Brief, ...], context: Context, numbers: Mapping[str, int]) -> tuple[Line, ...]:
    """What a reader needs to find and quote: each source with its pinpoints, who the speakers are, what is counted."""
    statements = [statement for brief in briefs for statement in brief.statements]
    used = dict.fromkeys(figure.measure for statement in statements for figure in statement.figures)
    measures = [measure for name in used if (measure := context.registers.measures.get(name)) and measure.note]
    return (
        *source_lines((cite for brief in briefs for cite in brief.citations), context, numbers),
        *speaker_lines((statement.by for statement in statements), context),
        *([Line("heading", HEADINGS["measures"], "measures")] if measures else []),
        *(Line("meta", f"{measure.label}: {measure.note}", "measures") for measure in measures),
    )


def speaker_lines(names: Iterable[str], context: Context) -> tuple[Line, ...]:
    """Who the speakers are, each once, in the order in which they first speak."""
    known = context.registers.speakers
    found = [known[name] for name in dict.fromkeys(names) if name in known]
    heading = [Line("heading", HEADINGS["speakers"], "speakers")] if found else []
    return (*heading, *(Line("meta", speaker_text(speaker), "speakers") for speaker in found))


def source_lines(cites: Iterable[Citation], context: Context, numbers: Mapping[str, int]) -> tuple[Line, ...]:
    """The numbered sources, each with where the cited paragraphs stand in it."""
    cited: dict[str, set[str]] = {}
    for cite in cites:
        cited.setdefault(cite.source, set()).add(cite.para)
    lines = [Line("heading", HEADINGS["sources"], "sources")]
    for name, number in numbers.items():
        source = context.registers.sources.get(name)
        if source is not None and name in cited:
            lines += _source_lines(source, number, cited[name])
    return tuple(lines)


def _source_lines(source: Source, number: int, paras: set[str]) -> list[Line]:
    lines = [Line("source", f"[{number}] {source_text(source)}", "sources", source.id)]
    if source.URL:
        lines.append(Line("address", source.URL, "sources", source.id))
    if source.note:
        lines.append(Line("note", source.note, "sources", source.id))
    ordered = sorted(paras, key=lambda para: [int(number) for number in para.split("-")])
    return lines + [Line("pinpoint", place_text(source, para), "sources", source.id) for para in ordered]


def _statement_lines(
    statement: Statement, part: str, brief: Brief, context: Context, numbers: Mapping[str, int]
) -> list[Line]:
    lines = [
        Line("statement", lead(statement, part, context) + statement.text, part, statement.id),
        Line("attribution", attribution(statement, context, numbers), part, statement.id),
    ]
    faced = " / ".join(shortened(claim.text, 48) for claim in brief.claims if claim.id in statement.faces)
    if faced:
        lines.append(Line("note", f"On the claim: {faced}", part, statement.id))
    for figure in statement.figures:
        measure = context.registers.measures.get(figure.measure) or Measure(figure.measure, figure.measure, "", "", "")
        lines.append(Line("figure", derive.figure_text(figure, measure, statement.period), part, statement.id))
    if statement.note:
        lines.append(Line("note", f"Note: {statement.note}", part, statement.id))
    return lines


def lead(statement: Statement, section: str, context: Context) -> str:
    """What stands before a statement: that it says again what another says, that the State side raises it itself."""
    again = ("Raised again: " if section == "concerns" else "Said again: ") if statement.same_as else ""
    own = section == "concerns" and _kind_of_speaker(statement, context) in STATE_SIDE
    return again + ("Acknowledged: " if own else "")


def _kind_of_speaker(statement: Statement, context: Context) -> str:
    speaker = context.registers.speakers.get(statement.by)
    return speaker.kind if speaker else ""


def _section(name: str) -> _PartLines:
    def lines(brief: Brief, context: Context, numbers: Mapping[str, int]) -> list[Line]:
        found: list[Line] = []
        for statement in brief.section(name):
            found += _statement_lines(statement, name, brief, context, numbers)
        return found

    return lines


def _responses(brief: Brief, context: Context, numbers: Mapping[str, int]) -> list[Line]:
    """Each response under the concerns that it answers; then the concerns that none takes up."""
    concerns = {concern.id: concern.text for concern in brief.concerns}
    place = {concern: position for position, concern in enumerate(concerns)}
    together: dict[tuple[str, ...], list[Statement]] = {}
    for response in brief.responses:
        together.setdefault(response.answers, []).append(response)
    lines: list[Line] = []
    for answered in sorted(together, key=lambda ids: min((place.get(name, 0) for name in ids), default=len(place))):
        asked = " / ".join(shortened(concerns[name]) for name in answered if name in concerns)
        head = f"To: {asked}" if asked else "To: no concern in this brief"
        lines.append(Line("answers", head, "responses", together[answered][0].id))
        for response in together[answered]:
            lines += _statement_lines(response, "responses", brief, context, numbers)
    unanswered = derive.unanswered(brief, context.registers.speakers)
    if unanswered and not lines:
        return [Line("absence", absence("response", context), "responses")]
    if unanswered:
        lines.append(Line("absence", f"{absence('response', context)}, to:", "responses"))
    for concern in unanswered:
        lines += [
            Line("answers", shortened(concern.text), "responses", concern.id),
            Line("attribution", attribution(concern, context, numbers), "responses", concern.id),
        ]
    return lines


def _left_open(brief: Brief, context: Context, numbers: Mapping[str, int]) -> list[Line]:
    return [line for at, item in enumerate(brief.left_open) for line in _ours(item, "left_open", at, numbers)]


def _differences(brief: Brief, context: Context, numbers: Mapping[str, int]) -> list[Line]:
    lines = [line for at, item in enumerate(brief.differences) for line in _ours(item, "differences", at, numbers)]
    for difference in derive.differing_figures(brief):
        measure = context.registers.measures.get(difference.measure)
        if measure is not None:
            shown = "; ".join(
                f"{derive.figure_text(figure, measure, statement.period)} {pinpoints(statement.cites, numbers)}"
                for statement, figure in difference.figures
            )
            lines.append(Line("figure", f"Figures differ: {shown}", "differences"))
    return lines


def _related(brief: Brief, context: Context, numbers: Mapping[str, int]) -> list[Line]:
    return [
        Line("meta", f"{context.titles[name]} ({name})" if name in context.titles else name, "related")
        for name in brief.related
    ]


def _ours(item: LeftOpen | Difference, part: str, at: int, numbers: Mapping[str, int]) -> list[Line]:
    lines = (("statement", item.text), ("attribution", pinpoints(item.cites, numbers)))
    return [Line(role, text, part, f"{OURS}{at}") for role, text in lines]


_PARTS: dict[str, _PartLines] = {
    **{name: _section(name) for name in SECTIONS},
    "responses": _responses,
    "left_open": _left_open,
    "differences": _differences,
    "related": _related,
}
