"""What a search found, as lines: each brief with the texts of it that hold the words, the words marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from hrdash import period
from hrdash.derive import brief_years
from hrdash.model import SECTION_KINDS, SECTIONS, Brief, Difference, LeftOpen, Statement
from hrdash.report.lines import (
    NOTE,
    Context,
    Line,
    Part,
    Parts,
    Spans,
    attribution,
    joined,
    lead,
    outside_filter,
    own,
    pinpoints,
    source_lines,
    source_numbers,
    speaker_lines,
    user,
    years,
)

_Find = Callable[[Sequence[str]], Sequence[Spans]]
"""Says where in each of some texts the words stand."""


def match_lines(
    briefs: Sequence[Brief], context: Context, find: _Find, matching: Mapping[str, frozenset[str]] | None = None
) -> tuple[Line, ...]:
    """Every brief's title, under it each text that holds one of the words, at the end their sources and speakers.

    `matching` holds, for each brief, the ids of its statements inside the filter; `None` means all of them.
    """
    numbers = source_numbers(tuple(briefs))
    lines: list[Line] = []
    shown: list[Statement | LeftOpen | Difference] = []
    for brief in briefs:
        inside = None if matching is None else matching[brief.id]
        lines += _brief_lines(brief, context, numbers, find, inside, shown)
    cites = [cite for item in shown for cite in item.cites]
    used = {cite.source for cite in cites}
    numbers = {source: number for source, number in numbers.items() if source in used}
    sources = source_lines(cites, context, numbers) if cites else ()
    return (*lines, *sources, *speaker_lines((item.by for item in shown if isinstance(item, Statement)), context))


def _brief_lines(
    brief: Brief,
    context: Context,
    numbers: Mapping[str, int],
    find: _Find,
    inside: frozenset[str] | None,
    shown: list[Statement | LeftOpen | Difference],
) -> list[Line]:
    """One brief's lines; whatever of it was found is added to `shown`."""
    theme = context.themes.get(brief.theme)
    facts = (
        user(theme.label if theme else brief.theme),
        years(period.run_text(brief_years(brief, context.registers.sources))),
        user(brief.id),
    )
    items = [*_statements(brief, context, numbers), *_editorial(brief, numbers)]
    in_title, *found = find([brief.title, *(label.text + text for item in items for _, label, text in item.texts)])
    lines = [
        Line("title", (user(brief.title),), spans=in_title),
        Line("meta", joined([fact] for fact in facts)),
    ]
    where = iter(found)
    for item in items:
        outside = inside is not None and isinstance(item.said, Statement) and item.said.id not in inside
        marked = [
            Line(role, (label, user(text)), spans=spans)
            for role, label, text in item.texts
            if (spans := tuple(span for span in next(where) if span[0] >= len(label.text)))
        ]
        if marked:
            shown.append(item.said)
            marked.append(Line("attribution", item.below))
            lines += map(outside_filter, marked) if outside else marked
    return lines


class _Item(NamedTuple):
    """What can be found, with the line that stands below it."""

    said: Statement | LeftOpen | Difference
    texts: tuple[tuple[str, Part, str], ...]
    """The role, the label and the text of each."""
    below: Parts


def _statements(brief: Brief, context: Context, numbers: Mapping[str, int]) -> Iterator[_Item]:
    for section in SECTIONS:
        for item in brief.section(section):
            texts = (
                ("statement", own(lead(item, section, context)), item.text), ("statement", own(""), item.period_text),
                ("note", NOTE, item.note),
            )  # fmt: skip
            below = joined([[own(SECTION_KINDS[section])], attribution(item, context, numbers)])
            yield _Item(item, tuple(text for text in texts if text[2]), below)


def _editorial(brief: Brief, numbers: Mapping[str, int]) -> Iterator[_Item]:
    for label, items in (("Left open: ", brief.left_open), ("Where sources differ: ", brief.differences)):
        for item in items:
            yield _Item(item, (("statement", own(label), item.text),), pinpoints(item.cites, numbers))
