"""What a search found, as lines: each brief with the texts of it that hold the words, the words marked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from hrdash import period
from hrdash.derive import brief_years
from hrdash.model import SECTION_KINDS, SECTIONS, Brief, Citation
from hrdash.report.lines import Context, Line, Spans, attribution, lead, pinpoints, source_lines, source_numbers

_Find = Callable[[Sequence[str]], Sequence[Spans]]
"""Says where in each of some texts the words stand."""


def match_lines(
    briefs: Sequence[Brief], context: Context, find: _Find, matching: Mapping[str, frozenset[str]] | None = None
) -> tuple[Line, ...]:
    """Every brief's title, under it each text that holds one of the words, and at the end the sources of these.

    `matching` holds, for each brief, the ids of its statements inside the filter; `None` means all of them.
    """
    numbers = source_numbers(tuple(briefs))
    lines: list[Line] = []
    cites: list[Citation] = []
    for brief in briefs:
        inside = None if matching is None else matching[brief.id]
        lines += _brief_lines(brief, context, numbers, find, inside, cites)
    used = {cite.source for cite in cites}
    numbers = {source: number for source, number in numbers.items() if source in used}
    return (*lines, *source_lines(cites, context, numbers)) if cites else tuple(lines)


def _brief_lines(
    brief: Brief,
    context: Context,
    numbers: Mapping[str, int],
    find: _Find,
    inside: frozenset[str] | None,
    cites: list[Citation],
) -> list[Line]:
    """One brief's lines; the citations under what was found are added to `cites`."""
    theme = context.themes.get(brief.theme)
    years = period.run_text(brief_years(brief, context.registers.sources))
    texts = [
        (role, label, text, f"{SECTION_KINDS[section]} · {attribution(item, context, numbers)}", item.cites, item.id)
        for section in SECTIONS
        for item in brief.section(section)
        for role, label, text in (
            ("statement", lead(item, section, context), item.text), ("note", "Note: ", item.note),
            ("statement", "", item.period_text),
        )
        if text
    ]  # fmt: skip
    for label, items in (("Left open: ", brief.left_open), ("Where sources differ: ", brief.differences)):
        texts += [("statement", label, item.text, pinpoints(item.cites, numbers), item.cites, "") for item in items]
    in_title, *found = find([brief.title, *(label + text for _, label, text, *_ in texts)])
    lines = [
        Line("title", brief.title, spans=in_title),
        Line("meta", " · ".join(fact for fact in (theme.label if theme else brief.theme, years, brief.id) if fact)),
    ]
    for (role, label, text, below, cited, statement), spans in zip(texts, found, strict=True):
        shown = tuple(span for span in spans if span[0] >= len(label))
        if shown:
            outside = inside is not None and statement != "" and statement not in inside
            cites.extend(cited)
            lines.append(Line(role, label + text, outside=outside, spans=shown))
            lines.append(Line("attribution", below, outside=outside))
    return lines
