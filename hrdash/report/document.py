"""The filtered corpus as one document with stable keys: what `export` and `show --format json` write."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from hrdash import derive, schema
from hrdash.filter import Filter
from hrdash.model import SECTIONS, Brief, Source, Statement, Theme
from hrdash.report.wording import Context
from hrdash.text import clean

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
        "corpus": schema.document(context.corpus),
        "filter": {
            **{key: None if value == "" else value for key, value in asked._asdict().items()},
            "years": [span.text for span in asked.years],
        },
        "total": len(chosen),
        "withheld": context.withheld,
        "themes": [
            {**schema.document(context.themes.get(theme) or Theme(theme, theme, theme)),
             "briefs": [_brief(brief, sources, matching[brief.id]) for brief in members]}
            for theme, members in by_theme.items() if members
        ],
        "sources": [schema.document(source) for source in registers.sources.values() if source.id in cited],
        "speakers": [schema.document(speaker) for speaker in registers.speakers.values() if speaker.id in speaking],
        "measures": [schema.document(measure) for measure in registers.measures.values() if measure.id in counted],
    }  # fmt: skip


def written(content: dict[str, Any]) -> str:
    """The document as JSON text in UTF-8 with a final newline; the same content gives the same bytes.

    What `hrdash.text.clean` would change, which only a typed filter can hold, is escaped and so arrives as it was.
    """
    shown = json.dumps(content, ensure_ascii=False, allow_nan=False, indent=2) + "\n"
    return shown if clean(shown) == shown else json.dumps(content, allow_nan=False, indent=2) + "\n"


def _brief(brief: Brief, sources: Mapping[str, Source], matching: frozenset[str]) -> dict[str, Any]:
    written = schema.document(brief)
    written |= {name: [_statement(item, item.id in matching) for item in brief.section(name)] for name in SECTIONS}
    return _before("claims", "years", list(derive.brief_years(brief, sources)), written)


def _statement(item: Statement, matches: bool) -> dict[str, Any]:
    return _before("cites", "matches", matches, schema.document(item))


def _before(key: str, added: str, value: Any, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields with another before one of them."""
    at = list(fields).index(key)
    pairs = list(fields.items())
    return dict([*pairs[:at], (added, value), *pairs[at:]])
