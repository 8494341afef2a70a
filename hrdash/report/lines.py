"""A brief, and what stands with it, as lines: what the dashboard, stdout and every export show, in one order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from hrdash import derive, period
from hrdash.model import (
    SECTION_KINDS,
    SECTIONS,
    Brief,
    Citation,
    Difference,
    LeftOpen,
    Measure,
    Source,
    Statement,
    Theme,
)
from hrdash.report.parts import COMMA, DOT, EDITORIAL, NOTE, SEMICOLON, SLASH, Line, Parts, joined, own, user, years
from hrdash.report.wording import (
    LEGEND,
    Context,
    absence,
    attribution,
    figure_parts,
    lead,
    mark_part,
    pinpoints,
    place_parts,
    shortened,
    source_text,
    withheld_text,
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

_PartLines = Callable[[Brief, Context], list[Line]]


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
