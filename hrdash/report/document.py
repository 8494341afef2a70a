"""The filtered corpus as one document with stable keys: what `export` and `show --format json` write."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from hrdash import derive
from hrdash.filter import Filter
from hrdash.model import SECTIONS, Brief, Citation, Figure, Measure, Source, Speaker, Statement, Theme
from hrdash.report.lines import Context
from hrdash.text import clean

if TYPE_CHECKING:
    from typing import Any

SCHEMA = "hrdash/1"
"""The name of this shape; it changes when a key is renamed or removed."""


def document(
    context: Context, asked: Filter, briefs: Iterable[Brief], matching: Mapping[str, frozenset[str]]
) -> dict[str, Any]:
    """The document as plain values. `matching` holds, for each brief, the ids of its statements inside the filter."""
    chosen = tuple(briefs)
    sources = context.registers.sources
    by_theme: dict[str, list[Brief]] = {theme: [] for theme in context.themes}
    for brief in chosen:
        by_theme.setdefault(brief.theme, []).append(brief)
    cited = {cite.source for brief in chosen for cite in brief.citations}
    speaking = {statement.by for brief in chosen for statement in brief.statements}
    counted = {figure.measure for brief in chosen for item in brief.statements for figure in item.figures}
    registers = context.registers
    return {
        "schema": SCHEMA,
        "corpus": _without_empty(context.corpus._asdict()),
        "filter": {**_without_empty(asked._asdict()), "years": [span.text for span in asked.years]},
        "total": len(chosen),
        "withheld": context.withheld,
        "themes": [
            {**_theme(context.themes.get(theme) or Theme(theme, theme, theme)),
             "briefs": [_brief(brief, sources, matching[brief.id]) for brief in members]}
            for theme, members in by_theme.items() if members
        ],
        "sources": [_source(source) for source in registers.sources.values() if source.id in cited],
        "speakers": [_speaker(speaker) for speaker in registers.speakers.values() if speaker.id in speaking],
        "measures": [_measure(measure) for measure in registers.measures.values() if measure.id in counted],
    }  # fmt: skip


def written(content: dict[str, Any]) -> str:
    """The document as JSON text in UTF-8 with a final newline; the same content gives the same bytes.

    What `hrdash.text.clean` would change, which only a typed filter can hold, is escaped and so arrives as it was.
    """
    shown = json.dumps(content, ensure_ascii=False, allow_nan=False, indent=2) + "\n"
    return shown if clean(shown) == shown else json.dumps(content, allow_nan=False, indent=2) + "\n"


def _theme(theme: Theme) -> dict[str, Any]:
    return {"id": theme.id, "label": theme.label, "title": theme.title,
            "uhri_themes": list(theme.uhri_themes), "instruments": list(theme.instruments)}  # fmt: skip


def _brief(brief: Brief, sources: Mapping[str, Source], matching: frozenset[str]) -> dict[str, Any]:
    return {
        "id": brief.id, "title": brief.title, "persons": list(brief.persons), "also_in": list(brief.also_in),
        "related": list(brief.related), "years": list(derive.brief_years(brief, sources)),
        **{name: [_statement(item, item.id in matching) for item in brief.section(name)] for name in SECTIONS},
        "left_open": [
            {"asks": list(item.asks), "text": item.text, "cites": _cites(item.cites)} for item in brief.left_open
        ],
        "differences": [
            {"between": list(item.between), "text": item.text, "cites": _cites(item.cites)}
            for item in brief.differences
        ],
    }  # fmt: skip


def _statement(item: Statement, matches: bool) -> dict[str, Any]:
    return {
        "id": item.id, "by": item.by, "text": item.text, "period": item.period or None,
        "period_text": item.period_text or None, "put_as": item.put_as, "same_as": item.same_as or None,
        "faces": list(item.faces), "answers": list(item.answers), "note": item.note or None, "matches": matches,
        "cites": _cites(item.cites), "figures": [_figure(figure) for figure in item.figures],
    }  # fmt: skip


def _cites(cites: tuple[Citation, ...]) -> list[dict[str, str]]:
    return [{"source": cite.source, "para": cite.para} for cite in cites]


def _figure(figure: Figure) -> dict[str, Any]:
    return _without_empty(figure._asdict())


def _without_empty(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields with `null` where a text is empty."""
    return {key: None if value == "" else value for key, value in fields.items()}


def _source(source: Source) -> dict[str, Any]:
    paragraphs = source.paragraphs
    return {
        "id": source.id, "type": source.type, "title": source.title,
        "author": [_without_empty(author._asdict()) for author in source.author],
        "publisher": source.publisher or None, "container-title": source.container_title or None,
        "number": source.number or None, "issued": source.issued, "accessed": source.accessed or None,
        "URL": source.URL or None, "language": source.language or None, "kind": source.kind,
        "capacity": source.capacity, "note": source.note or None,
        "paragraphs": {
            "numbering": paragraphs.numbering, "last": paragraphs.last,
            "sections": [{"from": section.first, "title": section.title} for section in paragraphs.sections],
            "no_statements": [
                {"paras": item.paras, "reason": item.reason, "see": item.see or None}
                for item in paragraphs.no_statements
            ],
        },
    }  # fmt: skip


def _speaker(speaker: Speaker) -> dict[str, Any]:
    return speaker._asdict()


def _measure(measure: Measure) -> dict[str, Any]:
    return {**measure._asdict(), "note": measure.note or None, "see": list(measure.see)}
