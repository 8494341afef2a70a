"""Print statements: those with the words, or all that are asked for.

With --columns as a table of these: kind, answer, position, speaker, period,
issued, text, source, pinpoint, brief, theme, id.
"""

from hrdash.commands import NOTHING, Answer, CommandError, ForPrograms, did_you_mean
from hrdash.commands.options import FILTERS, Option
from hrdash.commands.printing import FORMAT
from hrdash.commands.selection import Asked, batch, whole_context
from hrdash.filter import terms
from hrdash.index.query import marks
from hrdash.names import nearest
from hrdash.report.document import csv_rows, head, json_rows, row_texts
from hrdash.report.footnotes import footnoted, taken
from hrdash.report.json_schema import COLUMNS
from hrdash.report.matches import match_lines
from hrdash.report.parts import user
from hrdash.report.tables import Table

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
    registers = library.index.registers  # now, when an index can still be replaced
    texts = (row_texts(row, registers) for row in found.statement_rows())
    rows = ({name: row[name] for name in columns} for row in texts)
    if options.format == "json":
        begin = head(whole_context(library), filter_, (found.statements, found.briefs))
        return Answer(ForPrograms(json_rows(begin, rows)), notes)._replace(code=0 if found.statements else NOTHING)
    summary = asked.counted(found)
    if options.format == "csv":
        return Answer(ForPrograms(csv_rows(columns, rows)), notes, summary)
    if options.columns:
        cells = tuple(tuple((user(" ".join(text.split())),) for text in row.values()) for row in rows)
        names = tuple(name.capitalize() for name in columns)
        return Answer(Table(names, cells, seen=tuple(range(len(columns)))), notes, summary)
    briefs, context, matching = batch(library, found, found.brief_numbers())
    if options.format == "markdown":
        return Answer(footnoted(taken(briefs, matching), context), notes, summary)
    find = (lambda texts: marks(library.index, filter_.text, texts)) if filter_.text else None
    return Answer(match_lines(briefs, matching, context, find), notes, summary)
