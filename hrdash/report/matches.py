"""What a search found, as lines: each brief with the texts of it that hold the words, the words marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from hrdash import period
from hrdash.derive import brief_years
from hrdash.model import SECTION_KINDS, SECTIONS, Brief, Difference, LeftOpen, Statement
from hrdash.report import parts
from hrdash.report.lines import outside_filter, source_lines, source_numbers, speaker_lines
from hrdash.report.parts import Line, Parts, Spans, joined, own, user
from hrdash.report.wording import Context, attribution, lead, pinpoints

_Find = Callable[[Sequence[str]], Sequence[Spans]]
"""Says where in each of some texts the words stand."""


class _Item(NamedTuple):
    """What can be found."""

    said: Statement | LeftOpen | Difference
    lines: list[Line]
    """Its texts, each behind a label that is not searched."""
    below: Parts


def match_lines(
    briefs: Sequence[Brief], context: Context, find: _Find, matching: Mapping[str, frozenset[str]] | None = None
) -> tuple[Line, ...]:
    """Every brief's title, under it each text that holds one of the words, at the end their sources and speakers.

    `matching` holds, for each brief, the ids of its statements inside the filter; `None` means all of them.
    """
    context = context._replace(numbers=source_numbers(briefs))
    lines: list[Line] = []
    shown: list[Statement | LeftOpen | Difference] = []
    for brief in briefs:
        theme = context.themes.get(brief.theme)
        years = parts.years(period.run_text(brief_years(brief, context.registers.sources)))
        facts = (user(theme.label if theme else brief.theme), years, user(brief.id))
        items = [*_statements(brief, context), *_editorial(brief, context)]
        in_title, *found = find([brief.title, *(line.text for item in items for line in item.lines)])
        lines.append(Line("title", (user(brief.title),), spans=in_title))
        lines.append(Line("meta", joined([fact] for fact in facts)))
        where = iter(found)
        for item in items:
            marked = []
            for line in item.lines:
                spans = tuple(span for span in next(where) if span[0] >= len(line.parts[0].text))
                marked += [line._replace(spans=spans)] if spans else []
            if marked:
                shown.append(item.said)
                marked.append(Line("attribution", item.below))
                inside = matching is None or not isinstance(item.said, Statement) or item.said.id in matching[brief.id]
                lines += marked if inside else map(outside_filter, marked)
    cites = [cite for said in shown for cite in said.cites]
    speakers = speaker_lines((said.by for said in shown if isinstance(said, Statement)), context)
    return (*lines, *(source_lines(cites, context) if cites else ()), *speakers)


def _statements(brief: Brief, context: Context) -> Iterator[_Item]:
    for section in SECTIONS:
        for said in brief.section(section):
            texts = (
                ("statement", own(lead(said, section, context)), said.text),
                ("statement", own(""), said.period_text), ("note", parts.NOTE, said.note),
            )  # fmt: skip
            lines = [Line(role, (label, user(text))) for role, label, text in texts if text]
            below = joined([[own(SECTION_KINDS[section])], attribution(said, context)])
            yield _Item(said, lines, below)


def _editorial(brief: Brief, context: Context) -> Iterator[_Item]:
    for label, items in (("Left open: ", brief.left_open), ("Where sources differ: ", brief.differences)):
        for said in items:
            line = Line("statement", (own(label), user(said.text)))
            yield _Item(said, [line], pinpoints(said.cites, context))
