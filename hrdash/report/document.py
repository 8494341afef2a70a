"""The filtered corpus for programs: JSON with stable keys, and statements as rows of JSON and CSV, piece by piece."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from hrdash import derive, schema
from hrdash.filter import Filter
from hrdash.model import SECTIONS, Brief, Registers
from hrdash.report import wording
from hrdash.report.wording import Batch, Context
from hrdash.text import clean

if TYPE_CHECKING:
    from hrdash.index.query import StatementRow

SCHEMA = "hrdash/2"
"""The name of this shape; it changes when a key is renamed or removed."""
_ACTS = frozenset("=+-@\t\r\uff1d\uff0b\uff0d\uff20")
"""What a spreadsheet takes for the begin of a formula, in both widths; an apostrophe before it shows it as it is."""


def head(context: Context, asked: Filter, total: tuple[int, int]) -> dict[str, Any]:
    """What a document begins with: of what corpus, filter and date it is, and how many statements and briefs match."""
    return {
        "schema": SCHEMA,
        "corpus": schema.document(context.corpus),
        "filter": {key: [getattr(item, "text", item) for item in value] if isinstance(value, tuple) else value or None
                   for key, value in asked._asdict().items()},
        "total": {"statements": total[0], "briefs": total[1]},
        "withheld": context.withheld,
    }  # fmt: skip


def document(context: Context, asked: Filter, total: tuple[int, int], batches: Iterable[Batch]) -> Iterator[str]:
    """The document as JSON text, a brief at a time; the same content gives the same bytes. Briefs stand under their
    theme as long as they follow one another, as they do in the order of the corpus."""
    yield json_text(head(context, asked, total)).removesuffix("\n}") + ',\n  "themes": ['
    theme, used = "", {"sources": set[str](), "speakers": set[str](), "indicators": set[str]()}
    for batch in batches:
        for brief in batch.briefs:
            if brief.theme == theme:
                yield ",\n"
            else:
                named = schema.document(context.themes.get(brief.theme) or derive.stand_in(brief.theme))
                opening = _indented(json_text(named), 4).removesuffix("\n    }")
                closing = "\n      ]\n    }," if theme else ""
                yield f'{closing}\n    {opening},\n      "briefs": [\n'
                theme = brief.theme
            said = brief_document(brief, batch.context, batch.matching[brief.id])
            yield " " * 8 + _indented(json_text(said), 8)
            _note_used(brief, used)
    yield "\n      ]\n    }\n  ]" if theme else "]"
    for name, ids in used.items():
        yield f',\n  "{name}": ['
        entries = (entry for entry in getattr(context.registers, name).values() if entry.id in ids)
        for at, entry in enumerate(entries):
            yield ("," if at else "") + "\n    " + _indented(json_text(schema.document(entry)), 4)
        yield "\n  ]" if ids else "]"
    yield "\n}\n"


def brief_document(brief: Brief, context: Context, matching: frozenset[str]) -> dict[str, Any]:
    """One brief, each of its statements with its key, its answer, and whether it lies inside the filter."""
    shown: dict[str, Any] = schema.document(brief)
    items = chain.from_iterable(shown[section] for section in SECTIONS)
    answers = context.answers.get(brief.id, {})
    for (_, key, *_), item in zip(derive.keyed(brief, answers), items, strict=True):
        item |= {"key": key, "answer": answers.get(key) or None, "matches": key in matching}
    return shown | {"heading": brief.heading, "about": context.years.get(brief.id) or None}


def json_text(value: Any) -> str:
    """A value as JSON text without a final newline, its texts in UTF-8. What `hrdash.text.clean` would change, which
    only a typed filter can hold, is escaped and so arrives as it was."""
    shown = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2)
    return shown if clean(shown) == shown else json.dumps(value, allow_nan=False, indent=2)


def json_rows(begin: Mapping[str, Any], columns: tuple[str, ...], rows: Iterable[Mapping[str, str]]) -> Iterator[str]:
    """These columns of statements as one JSON document, a row a line."""
    before = json_text(begin).removesuffix("\n}") + ',\n  "statements": ['
    for row in rows:
        yield f"{before}\n    {json.dumps({name: row[name] or None for name in columns}, ensure_ascii=False)}"
        before = ","
    yield ("\n  ]" if before == "," else f"{before}]") + "\n}\n"


def row_texts(row: StatementRow, registers: Registers) -> dict[str, str]:
    """A statement as the texts of its columns, as `hrdash.report.json_schema.COLUMNS` names them."""
    known, source = registers.speakers, registers.sources.get(row.source)
    shorts = [name if (speaker := known.get(name)) is None else speaker.short for name in row.said.by]
    issued = "" if source is None else source.issued
    return {
        "kind": row.kind, "answer": row.answer, "position": row.position, "speaker": "; ".join(shorts),
        "period": row.said.period, "issued": issued, "text": row.said.text, "source": row.source,
        "pinpoint": row.pinpoint, "brief": row.brief_id, "theme": row.theme, "id": f"{row.brief_id}/{row.key}",
    }  # fmt: skip


def csv_rows(columns: tuple[str, ...], rows: Iterable[Mapping[str, str]]) -> Iterator[str]:
    """Statements as CSV (RFC 4180), a row at a time, in which no text is a formula to a spreadsheet."""
    import csv  # for this alone

    write = csv.writer(_Taking(str), lineterminator="\r\n").writerow  # gives back what it wrote
    yield write(columns)
    for row in rows:
        texts = [_as_read(row[name]) if name == "pinpoint" else row[name] for name in columns]
        yield write([f"'{text}" if text[:1] in _ACTS else text for text in texts])


class _Taking(NamedTuple):
    """What `csv` writes to."""

    write: Callable[[str], str]


@lru_cache(4096)
def _as_read(places: str) -> str:
    """Pinpoints as people read them, which no spreadsheet takes for a number or a date: `¶140.10, ¶12–13`."""
    return ", ".join(wording.place_part(place).text for place in places.split(", ") if place)


def _indented(text: str, cells: int) -> str:
    return text.replace("\n", "\n" + " " * cells)


def _note_used(brief: Brief, used: Mapping[str, set[str]]) -> None:
    used["sources"].update(cite.source for cite in brief.citations)
    for said in brief.statements:
        used["speakers"].update(said.by)
        used["indicators"].update(figure.indicator for figure in said.figures)
