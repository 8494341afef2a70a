"""The one wording that the dashboard, stdout and every export share: a brief, and what stands with it, as lines."""

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
    Figure,
    LeftOpen,
    Measure,
    Registers,
    Source,
    Statement,
    Theme,
)
from hrdash.report.parts import (
    COMMA,
    DOT,
    EDITORIAL,
    NOTE,
    SEMICOLON,
    SLASH,
    Line,
    Part,
    Parts,
    joined,
    own,
    user,
    years,
)

HEADINGS = {
    "claims": ("REFORM CLAIM", "Claim"),
    "concerns": ("DOCUMENTED CONCERN", "Concern"),
    "responses": ("STATE RESPONSE", "Response"),
    "commendations": ("COMMENDED", "Commendation"),
    "recommendations": ("RECOMMENDED", "Recommendation"),
    "left_open": ("LEFT OPEN", "Left open"),
    "differences": ("WHERE SOURCES DIFFER", "Difference"),
    "related": ("SEE ALSO", "See also"),
    "mapping": ("MAPPING (OURS)", "Mapping"),
    "sources": ("SOURCES", "Source"),
    "speakers": ("SPEAKERS", "Speaker"),
    "measures": ("MEASURES", "Measure"),
}
"""Each part of a brief, in the order in which parts are shown: its heading, and what is in it when that is spoken."""

MARKS = "●○◐"
"""Has, lacks, and has a response but a concern without one: told apart by shape, without colour."""
LEGEND = (
    f"marks: claim, concern, response; {MARKS[0]} has, {MARKS[1]} has none in this corpus, "
    f"{MARKS[2]} leaves a concern without response"
)
"""What `marks` says, in words."""

_PartLines = Callable[[Brief, "Context"], "list[Line]"]
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


def brief_lines(brief: Brief, context: Context, matching: frozenset[str] | None = None) -> tuple[Line, ...]:
    """One brief with its sources. `matching` holds the ids of its statements inside the filter; `None` means all."""
    context = context._replace(numbers=source_numbers((brief,)))
    body = (*head_lines(brief, context), *body_lines(brief, context, matching))
    mapping = mapping_lines(context.themes.get(brief.theme), brief)
    return body + mapping + apparatus_lines((brief,), context)


def source_numbers(briefs: Iterable[Brief]) -> dict[str, int]:
    """The number of each source that the briefs cite, in the order in which they are first cited."""
    cited = dict.fromkeys(source for brief in briefs for source in derive.source_order(brief))
    return {source: number for number, source in enumerate(cited, 1)}


def body_lines(brief: Brief, context: Context, matching: frozenset[str] | None = None) -> tuple[Line, ...]:
    """What a brief says, without its head and its sources."""
    lines: list[Line] = []
    for part, part_lines in _PARTS.items():
        body = part_lines(brief, context)
        if body or part in ("claims", "concerns"):
            lines.append(heading(part))
            lines += body or [Line("absence", absence(SECTION_KINDS[part], context), part)]
    if matching is None:
        return tuple(lines)
    ids = {statement.id for statement in brief.statements}
    return tuple(outside_filter(line) if line.anchor in ids and line.anchor not in matching else line for line in lines)


def outside_filter(line: Line) -> Line:
    """The line as one of a statement outside the filter: said where it says who speaks."""
    said = (DOT, own("outside the filter")) if line.role == "attribution" else ()
    return line._replace(parts=(*line.parts, *said), outside=True)


def heading(part: str) -> Line:
    """The heading of a part of a brief."""
    return Line("heading", (own(HEADINGS[part][0]),), part)


def theme_lines(theme: Theme, briefs: Sequence[Brief], context: Context, asked: Parts = ()) -> tuple[Line, ...]:
    """The head of a theme brief: of what corpus, date and filter (`asked`, in words), and its briefs at a glance."""
    corpus, unread = context.corpus, withheld_text(context.withheld) if context.withheld else ""
    count = own(f"{len(briefs)} {'brief' if len(briefs) == 1 else 'briefs'}")
    facts = [[count], asked, [user(corpus.title)], [own(f"as of {corpus.as_of}")], [own(unread)]]
    label = (user(f"{theme.label}: "),) if theme.label != theme.title else ()
    lines = [
        Line("theme", (*label, user(theme.title))),
        Line("meta", joined(facts)),
        *(Line("meta", (own("mapping (ours): ", "Mapping"), *parts)) for parts in mapping_parts(theme)),
    ]
    for brief in briefs:
        mark = mark_part(derive.holdings(brief, context.registers.speakers))
        lines.append(Line("glance", (mark._replace(text=f"{mark.text}  "), user(brief.title))))
    return (*lines, Line("legend", (own(LEGEND),)))


def report_lines(
    briefs: tuple[Brief, ...],
    themes: Sequence[str],
    context: Context,
    matching: Mapping[str, frozenset[str]] | None = None,
    asked: Parts = (),
) -> tuple[Line, ...]:
    """Briefs in print: one under the other, each under its theme's head, with one numbered list of sources at the end.

    `themes` are the themes that were asked for: a brief that is shown in one of them from elsewhere stands under it.
    `asked` is the filter in words.
    """
    context = context._replace(numbers=source_numbers(briefs))
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
            lines += body_lines(brief, context, None if matching is None else matching[brief.id])
            lines += mapping_lines(None, brief)
    return (*lines, *apparatus_lines(briefs, context))


def head_lines(brief: Brief, context: Context, also: str = "") -> tuple[Line, ...]:
    """The title, and under it theme, years, mapping, what is `also` to be said, and the other themes that show it."""
    theme = context.themes.get(brief.theme)
    facts = [user(theme.label if theme else brief.theme)]
    facts += [years(period.run_text(derive.brief_years(brief, context.registers.sources)))]
    facts += [user(instrument.replace(":", " ")) for instrument in (theme.instruments if theme else ())]
    lines = [Line("title", (user(brief.title),)), Line("meta", joined([fact] for fact in (*facts, user(also))))]
    if brief.also_in:
        themes = context.themes
        others = [[user(themes[other].label if other in themes else other)] for other in brief.also_in]
        lines.append(Line("meta", (own("also in "), *joined(others, COMMA))))
    return tuple(lines)


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


def mapping_lines(theme: Theme | None, brief: Brief) -> tuple[Line, ...]:
    """The tags of a brief, and of its theme where that has no head of its own: our mapping, and not the sources'."""
    tags = [*(mapping_parts(theme) if theme else ()), *_tags("Persons", brief.persons)]
    return (heading("mapping"), *(Line("meta", tag, "mapping") for tag in tags)) if tags else ()


def mapping_parts(theme: Theme) -> tuple[Parts, ...]:
    """The treaty articles and UHRI themes that a theme is mapped to."""
    articles = tuple(item.replace(":", " ") for item in theme.instruments)
    return (*_tags("Treaty", articles), *_tags("UHRI theme", theme.uhri_themes))


def _tags(name: str, values: tuple[str, ...]) -> tuple[Parts, ...]:
    return ((own(f"{name}: "), *joined(([user(value)] for value in values), SEMICOLON)),) if values else ()


def apparatus_lines(briefs: tuple[Brief, ...], context: Context) -> tuple[Line, ...]:
    """What a reader needs to find and quote: each source with its pinpoints, who the speakers are, what is counted."""
    statements = [statement for brief in briefs for statement in brief.statements]
    used = dict.fromkeys(figure.measure for statement in statements for figure in statement.figures)
    measures = [measure for name in used if (measure := context.registers.measures.get(name)) and measure.note]
    return (
        *source_lines((cite for brief in briefs for cite in brief.citations), context),
        *speaker_lines((statement.by for statement in statements), context),
        *([heading("measures")] if measures else []),
        *(Line("meta", (user(f"{measure.label}: {measure.note}"),), "measures") for measure in measures),
    )


def speaker_lines(names: Iterable[str], context: Context) -> tuple[Line, ...]:
    """Who the speakers are and of what kind, each once, in the order in which they first speak."""
    known = context.registers.speakers
    found = [known[name] for name in dict.fromkeys(names) if name in known]
    texts = [f"{speaker.short}: {speaker.name} ({speaker.kind})" for speaker in found]
    return (heading("speakers"), *(Line("meta", (user(text),), "speakers") for text in texts)) if found else ()


def source_lines(cites: Iterable[Citation], context: Context) -> tuple[Line, ...]:
    """The numbered sources, each with where the cited paragraphs stand in it."""
    cited: dict[str, set[str]] = {}
    for cite in cites:
        cited.setdefault(cite.source, set()).add(cite.para)
    lines = [heading("sources")]
    for name, number in context.numbers.items():
        source = context.registers.sources.get(name)
        if source is not None and name in cited:
            lines += _source_lines(source, number, cited[name])
    return tuple(lines)


def _source_lines(source: Source, number: int, paras: set[str]) -> list[Line]:
    ordered = sorted(paras, key=lambda para: [int(number) for number in para.split("-")])
    lines: list[tuple[str, Parts]] = [("source", (own(f"[{number}] ", f"Source {number}"), user(source_text(source))))]
    lines += [("address", (user(source.URL),))] if source.URL else []
    lines += [("note", (user(source.note),))] if source.note else []
    lines += [("pinpoint", place_parts(source, para)) for para in ordered]
    return [Line(role, parts, "sources", source.id) for role, parts in lines]


def _statement_lines(statement: Statement, part: str, brief: Brief, context: Context) -> list[Line]:
    lines: list[tuple[str, Parts]] = [
        ("statement", (own(lead(statement, part, context)), user(statement.text))),
        ("attribution", attribution(statement, context)),
    ]
    faced = [[user(shortened(claim.text, 48))] for claim in brief.claims if claim.id in statement.faces]
    if faced:
        lines.append(("note", (own("On the claim: ", "On the claim"), *joined(faced, SLASH))))
    lines += [
        ("figure", figure_parts(figure, _measure(figure.measure, context), statement.period))
        for figure in statement.figures
    ]
    if statement.note:
        lines.append(("note", (NOTE, user(statement.note))))
    return [Line(role, parts, part, statement.id) for role, parts in lines]


def _measure(name: str, context: Context) -> Measure:
    return context.registers.measures.get(name) or Measure(name, name, "", "", "")


def lead(statement: Statement, section: str, context: Context) -> str:
    """What stands before a statement: that it says again what another says, that the State side raises it itself."""
    again = ("Raised again: " if section == "concerns" else "Said again: ") if statement.same_as else ""
    speaker = context.registers.speakers.get(statement.by)
    is_state_side = section == "concerns" and speaker is not None and speaker.kind in STATE_SIDE
    return again + ("Acknowledged: " if is_state_side else "")


def _section(name: str) -> _PartLines:
    def lines(brief: Brief, context: Context) -> list[Line]:
        found: list[Line] = []
        for statement in brief.section(name):
            found += _statement_lines(statement, name, brief, context)
        return found

    return lines


def _responses(brief: Brief, context: Context) -> list[Line]:
    """Each response under the concerns that it answers; then the concerns that none takes up."""
    concerns = {concern.id: concern.text for concern in brief.concerns}
    place = {concern: position for position, concern in enumerate(concerns)}
    together: dict[tuple[str, ...], list[Statement]] = {}
    for response in brief.responses:
        together.setdefault(response.answers, []).append(response)
    lines: list[Line] = []
    for answered in sorted(together, key=lambda ids: min((place.get(name, 0) for name in ids), default=len(place))):
        asked = joined(([user(shortened(concerns[name]))] for name in answered if name in concerns), SLASH)
        head = (own("To: ", "Answers"), *(asked or [own("no concern in this brief")]))
        lines.append(Line("answers", head, "responses", together[answered][0].id))
        for response in together[answered]:
            lines += _statement_lines(response, "responses", brief, context)
    unanswered = derive.unanswered(brief, context.registers.speakers)
    if unanswered and not lines:
        return [Line("absence", absence("response", context), "responses")]
    if unanswered:
        lines.append(Line("absence", (*absence("response", context), own(", to:")), "responses"))
    for concern in unanswered:
        lines += [
            Line("answers", (user(shortened(concern.text)),), "responses", concern.id),
            Line("attribution", attribution(concern, context), "responses", concern.id),
        ]
    return lines


def _left_open(brief: Brief, context: Context) -> list[Line]:
    return [line for at, item in enumerate(brief.left_open) for line in _editorial(item, "left_open", at, context)]


def _differences(brief: Brief, context: Context) -> list[Line]:
    lines = [line for at, item in enumerate(brief.differences) for line in _editorial(item, "differences", at, context)]
    for difference in derive.differing_figures(brief):
        measure = context.registers.measures.get(difference.measure)
        if measure is not None:
            shown = joined(
                (
                    (*figure_parts(figure, measure, statement.period), own(" "), *pinpoints(statement.cites, context))
                    for statement, figure in difference.figures
                ),
                SEMICOLON,
            )
            lines.append(Line("figure", (own("Figures differ: ", "Figures differ"), *shown), "differences"))
    return lines


def _related(brief: Brief, context: Context) -> list[Line]:
    titles = context.titles
    return [
        Line("meta", (user(f"{titles[name]} ({name})" if name in titles else name),), "related")
        for name in brief.related
    ]


def _editorial(item: LeftOpen | Difference, part: str, at: int, context: Context) -> list[Line]:
    anchor = f"{EDITORIAL}{at}"
    return [
        Line("statement", (user(item.text),), part, anchor),
        Line("attribution", (own("", "Written in"), *pinpoints(item.cites, context)), part, anchor),
    ]


_PARTS: dict[str, _PartLines] = {
    **{name: _section(name) for name in SECTIONS},
    "responses": _responses,
    "left_open": _left_open,
    "differences": _differences,
    "related": _related,
}
