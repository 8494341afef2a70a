"""Print statements: those with the words, or all that are asked for.

With --columns as a table of these: kind, answer, position, speaker, period,
issued, text, source, pinpoint, brief, theme, id.
"""

from __future__ import annotations

from collections.abc import Iterator

from hrdash.commands import NOTHING, Answer, CommandError, ForPrograms, did_you_mean
from hrdash.commands.options import FILTERS, Option
from hrdash.commands.printing import FORMAT
from hrdash.commands.selection import Asked, batch, whole_context
from hrdash.filter import terms
from hrdash.index.query import Selection, StatementRow, marks
from hrdash.names import nearest
from hrdash.report.document import csv_rows, head, json_rows
from hrdash.report.json_schema import COLUMNS
from hrdash.report.matches import match_lines
from hrdash.report.parts import user
from hrdash.report.tables import Table
from hrdash.report.wording import place_part

TAKES = "[WORDS ...]"
OPTIONS = (
    FORMAT._replace(choices=("text", "csv", "json", "markdown")),
    Option("columns", "which columns of csv, json or a table, with commas between", "NAMES"),
    *FILTERS,
)


def run(asked: Asked) -> Answer:
    """The statements, the words marked."""
    library, filter_, notes, options, _ = asked
    columns = tuple(name.strip().casefold() for name in (options.columns or ",".join(COLUMNS)).split(","))
    for name in columns:
        if name not in COLUMNS:
            near = did_you_mean(nearest(name, COLUMNS))
            raise CommandError(f"--columns takes {', '.join(COLUMNS)}, and not {name!r}{near}")
    if filter_.text and not terms(filter_.text).terms:
        return Answer(notes=notes, code=NOTHING)
    found = asked.found
    if not found.statements and options.format != "json":
        return asked.nothing()
    rows = ({name: row[name] for name in columns} for row in _rows(asked, found))
    if options.format == "json":
        begin = head(whole_context(library), filter_, (found.statements, found.briefs))
        return Answer(ForPrograms(json_rows(begin, rows)), notes)._replace(code=0 if found.statements else NOTHING)
    summary = asked.counted(found)
    if options.format == "csv":
        rows = ({**row, "pinpoint": _as_read(row["pinpoint"])} if "pinpoint" in row else row for row in rows)
        return Answer(ForPrograms(csv_rows(columns, rows)), notes, summary)
    if options.columns:
        cells = tuple(tuple((user(" ".join(text.split())),) for text in row.values()) for row in rows)
        names = tuple(name.capitalize() for name in columns)
        return Answer(Table(names, cells, seen=tuple(range(len(columns)))), notes, summary)
    briefs, context, matching = batch(library, found, found.brief_numbers())
    find = (lambda texts: marks(library.index, filter_.text, texts)) if filter_.text else None
    return Answer(match_lines(briefs, matching, context, find), notes, summary)


def _rows(asked: Asked, found: Selection) -> Iterator[dict[str, str]]:
    """Each statement as the texts of its columns."""
    sources, speakers = asked.library.index.registers.sources, asked.library.index.registers.speakers

    def texts(row: StatementRow) -> dict[str, str]:
        shorts = [speakers[name].short if name in speakers else name for name in row.speakers]
        issued = sources[row.source].issued if row.source in sources else ""
        return {
            "kind": row.kind, "answer": row.answer, "position": row.position, "speaker": ", ".join(shorts),
            "period": row.period, "issued": issued, "text": row.text, "source": row.source, "pinpoint": row.pinpoint,
            "brief": row.brief_id, "theme": row.theme, "id": f"{row.brief_id}/{row.key}",
        }  # fmt: skip

    return map(texts, found.statement_rows())


def _as_read(places: str) -> str:
    """Pinpoints as people read them, which no spreadsheet takes for a number or a date: `¶140.10, ¶12–13`."""
    return ", ".join(place_part(place).text for place in places.split(", ") if place)
