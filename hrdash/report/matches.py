"""What a search found, as lines: each brief with the texts of it that hold the words, the words marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hrdash import period
from hrdash.derive import brief_years
from hrdash.model import Brief
from hrdash.report.lines import Context, Line, Spans, attribution, pinpoints


def match_lines(brief: Brief, context: Context, find: Callable[[Sequence[str]], Sequence[Spans]]) -> tuple[Line, ...]:
    """The brief's title, and under it each text that holds one of the words. `find` says where in each text."""
    theme = context.themes.get(brief.theme)
    years = period.run_text(brief_years(brief, context.registers.sources))
    texts = [
        (text, attribution(item, context, {}))
        for item in brief.statements
        for text in (item.text, item.note, item.period_text)
        if text
    ]
    texts += [(item.text, pinpoints(item.cites, {})) for item in brief.left_open]
    texts += [(item.text, pinpoints(item.cites, {})) for item in brief.differences]
    in_title, *found = find([brief.title, *(text for text, _ in texts)])
    lines = [
        Line("title", brief.title, spans=in_title),
        Line("meta", " · ".join(fact for fact in (theme.label if theme else brief.theme, years, brief.id) if fact)),
    ]
    for (text, below), spans in zip(texts, found, strict=True):
        if spans:
            lines += [Line("statement", text, spans=spans), Line("attribution", below)]
    return tuple(lines)
