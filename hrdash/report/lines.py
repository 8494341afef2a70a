"""Briefs as pages: a brief with its head and its apparatus, a theme's head, and many of them one under the other."""

from collections.abc import Iterable, Mapping, Sequence

from hrdash import derive, pinpoint
from hrdash.model import Brief, Citation, Source, Theme
from hrdash.report import wording
from hrdash.report.parts import COMMA, SEMICOLON, Line, Link, Part, Parts, joined, own, user, years
from hrdash.report.threads import body_lines, heading, part_shown
from hrdash.report.wording import Context, Matching
from hrdash.text import number_of


def brief_lines(brief: Brief, context: Context) -> tuple[Line, ...]:
    """One brief with its sources."""
    body = body_lines(brief, context, None)
    mapping = mapping_lines(context.themes.get(brief.theme), brief)
    return (*head_lines(brief, context), *body, *mapping, *apparatus_lines((brief,), (brief,), body, context))


def report_lines(
    briefs: tuple[Brief, ...],
    themes: Sequence[str],
    context: Context,
    matching: Matching | None = None,
    asked: Parts = (),
    only: bool = False,
) -> tuple[Line, ...]:
    """Briefs in print: one under the other, each under its theme's head, with one list of sources at the end. `themes`
    are the themes that were asked for: a brief that is shown in one of them from elsewhere stands under it. `asked` is
    the filter in words. With `only`, threads in which nothing matches are left out."""
    lines: list[Line] = []
    shown: list[Brief] = []
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
            body = body_lines(brief, context, matching, only)
            lines += (*body, *mapping_lines(None, brief))
            shown.append(part_shown(brief, body) if only else brief)
    return (*lines, *apparatus_lines(briefs, shown, lines, context))


def theme_lines(theme: Theme, briefs: Sequence[Brief], context: Context, asked: Parts = ()) -> tuple[Line, ...]:
    """The head of a theme brief: of what corpus, date and filter (`asked`, in words), and its briefs at a glance."""
    corpus = context.corpus
    unread = wording.withheld_text(context.withheld) if context.withheld else ""
    count = own(number_of(len(briefs), "brief"))
    facts = [[count], asked, [user(corpus.title)], [own(corpus.until)], [own(unread)]]
    label = (user(f"{theme.label}: "),) if theme.label != theme.title else ()
    lines = [
        Line("theme", (*label, user(theme.title))),
        Line("meta", joined(facts)),
        *(Line("meta", (own("mapping (ours): ", "Mapping"), *parts)) for parts in mapping_parts(theme)),
    ]
    left_open = {derive.target(name, brief.id)[0] for brief in briefs for note in brief.left_open for name in note.of}
    left_open |= {name for name, _ in context.elsewhere.left_open}
    for brief in briefs:
        marks = derive.marks(brief, context.answers.get(brief.id, {}).values(), brief.id in left_open)
        _, text, spoken, _ = wording.mark_part(marks)
        lines.append(Line("glance", (Part("sign", f"{text}  ", spoken), user(brief.heading))))
    return (*lines, Line("legend", (own(wording.LEGEND),)))


def head_lines(brief: Brief, context: Context, also: str = "") -> tuple[Line, ...]:
    """The title, and under it theme, years, mapping, what is `also` to be said, and the other themes that show it."""
    theme = context.themes.get(brief.theme)
    about = context.years.get(brief.id, "")
    facts: list[Parts] = [(user(theme.label if theme else brief.theme),), (user(brief.country),)]
    facts += [(own("about "), years(about)) if about else (own("undated"),)]
    facts += [(user(instrument.replace(":", " ")),) for instrument in (theme.instruments if theme else ())]
    lines = [Line("title", (user(brief.heading),)), Line("meta", joined((*facts, (user(also),))))]
    if brief.also_in:
        themes = context.themes
        others = [
            [user(themes[other].label, Link("theme", other)) if other in themes else user(other)]
            for other in brief.also_in
        ]
        lines.append(Line("meta", (own("also in ", "Also in"), *joined(others, COMMA)), anchor="also_in/"))
    return tuple(lines)


def mapping_lines(theme: Theme | None, brief: Brief) -> tuple[Line, ...]:
    """The tags of a brief, and of its theme where that has no head of its own: our mapping, and not the sources'."""
    tags = [*(mapping_parts(theme) if theme else ()), *_tags("UHRI theme", brief.uhri_themes)]
    tags += [*_tags("SDG", brief.sdgs), *_tags("Persons", brief.persons)]
    tags += _tags("UHRI record", (brief.annotation_id,) if brief.annotation_id else ())
    return (heading("mapping"), *(Line("meta", tag, "mapping") for tag in tags)) if tags else ()


def mapping_parts(theme: Theme) -> tuple[Parts, ...]:
    """The treaty articles and UHRI themes that a theme is mapped to."""
    articles = tuple(item.replace(":", " ") for item in theme.instruments)
    return (*_tags("Treaty", articles), *_tags("UHRI theme", theme.uhri_themes))


def _tags(name: str, values: tuple[str, ...]) -> tuple[Parts, ...]:
    return ((own(f"{name}: "), *joined(([user(value)] for value in values), SEMICOLON)),) if values else ()


def apparatus_lines(
    briefs: Sequence[Brief], shown: Sequence[Brief], lines: Iterable[Line], context: Context
) -> tuple[Line, ...]:
    """What a reader of these lines needs to find and quote: each source that is cited in them with its pinpoints, who
    the speakers are, what is counted. `shown` are the briefs as far as the lines show them."""
    named = {(brief.id, said.id) for brief in shown for said in brief.statements}
    statements = [statement for brief in shown for statement in brief.statements]
    statements += [one.said for name, those in context.elsewhere.said.items() if name in named for one in those]
    for key in dict.fromkeys(key for brief in shown for *_, key in derive.linked(brief) if key not in named):
        statements += [one.said for one in context.elsewhere.said.get(key, ()) if (one.brief, one.key) == key]
    links = (link for brief in briefs for link in derive.linked(brief, {"assessments": "assesses"}))
    statements += [said for _, said, key in links if key in named]
    printed = _cited(lines)
    cites = [cite for brief in briefs for cite in brief.citations] + [*context.elsewhere.citations]
    cites = [cite for cite in cites if (cite.source, wording.place_part(cite.pinpoint).text) in printed]
    used = dict.fromkeys(figure.indicator for statement in statements for figure in statement.figures)
    counted = [found for name in used if (found := context.registers.indicators.get(name)) and found.note]
    return (
        *source_lines(cites, context),
        *speaker_lines((name for statement in statements for name in statement.by), context),
        *([heading("indicators")] if counted else []),
        *(Line("meta", (user(f"{found.label}: {found.note}"),), "indicators") for found in counted),
    )


def _cited(lines: Iterable[Line]) -> set[tuple[str, str]]:
    """Every source that is cited in lines, with each of its places as it is read, and with none."""
    found = set()
    for line in lines:
        name = ""
        for part in line.parts:
            if part.link is not None and part.link.kind == "sources":
                name = part.link.id
                found.add((name, ""))
            elif part.kind == "number":
                found.add((name, part.text))
    return found


def speaker_lines(names: Iterable[str], context: Context) -> tuple[Line, ...]:
    """Who the speakers are and of what kind, each once, in the order in which they first speak."""
    known = context.registers.speakers
    found = [known[name] for name in dict.fromkeys(names) if name in known]
    texts = [f"{speaker.short}: {speaker.name} ({speaker.kind})" for speaker in found]
    return (heading("speakers"), *(Line("meta", (user(text),), "speakers") for text in texts)) if found else ()


def source_lines(cites: Iterable[Citation], context: Context) -> tuple[Line, ...]:
    """The sources in the order in which they are first cited, each with where the cited paragraphs stand in it."""
    cited: dict[str, dict[str, None]] = {}
    for cite in cites:
        cited.setdefault(cite.source, {})[cite.pinpoint] = None
    lines: list[Line] = []
    for name, places in cited.items():
        source = context.registers.sources.get(name)
        if source is not None:
            lines += _source_lines(source, wording.short_title(source), _place_facts(source, places))
    return (heading("sources"), *lines) if lines else ()


def _place_facts(source: Source, places: Iterable[str]) -> list[Parts]:
    """Where cited paragraphs stand, by the sections of a source whose paragraphs we counted."""
    if source.paragraphs is None or source.paragraphs.numbering != "ours":
        return []
    if not source.paragraphs.sections:
        return [(own(f"paragraphs: {wording.count_text(source)}"),)]
    ordered = sorted(filter(None, places), key=pinpoint.parse)
    return [wording.place_parts(source, place) for place in ordered]


def register_lines(
    sources: Iterable[Source], counts: Mapping[str, tuple[int, int]], positions: Mapping[str, tuple[int, int]]
) -> tuple[Line, ...]:
    """The register to be read: each source in full, with its note, how many statements and briefs cite it, and for the
    position on how many recommendations it is cited."""
    lines: list[Line] = []
    for source in sources:
        said, briefs = counts.get(source.id, (0, 0))
        cited = f"cited by {number_of(said, 'statement')} in {number_of(briefs, 'brief')}"
        if source.id in positions:
            cited += f"; cited for the position on {number_of(positions[source.id][0], 'recommendation')}"
        paragraphs = source.paragraphs
        if paragraphs and paragraphs.last:
            whose = "our count" if paragraphs.numbering == "ours" else "as printed"
            cited += f"; {number_of(paragraphs.last, 'paragraph')}, {whose}"
        lines += _source_lines(source, f"{wording.short_title(source)} ({source.id})", [(own(cited),)])
    return tuple(lines)


def _source_lines(source: Source, name: str, facts: Iterable[Parts]) -> list[Line]:
    lines: list[tuple[str, Parts]] = [("source", (user(name), own(": "), user(wording.source_text(source))))]
    lines += [("address", (user(source.URL, Link("address", source.URL)),))] if source.URL else []
    lines += [("note", (user(source.note),))] if source.note else []
    lines += [("pinpoint", fact) for fact in facts]
    return [Line(role, parts, "sources", source.id) for role, parts in lines]
