"""Print statements: those with the words, or all that are asked for.

With --columns as a table of these: kind, answer, position, speaker, period,
issued, text, source, pinpoint, brief, theme, id; several speakers with a
semicolon between them.
"""

from hrdash.commands import NOTHING, OK, Answer, CommandError, ForPrograms, did_you_mean
from hrdash.commands.options import FILTERS, Option
from hrdash.commands.printing import FORMAT
from hrdash.commands.selection import Asked, batch, whole_context
from hrdash.index.query import Count, marks
from hrdash.names import nearest
from hrdash.report.document import csv_rows, head, json_rows, row_texts
from hrdash.report.footnotes import footnoted, taken
from hrdash.report.json_schema import COLUMNS
from hrdash.report.matches import match_lines
from hrdash.report.parts import user
from hrdash.report.tables import Table
from hrdash.terms import terms

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
    stand_in = found.briefs_of_statements
    size = Count(found.statements, stand_in.bit_count())
    summary = asked.counted(found, size)
    if options.format == "markdown" and not options.columns:
        briefs, context, matching = batch(library, found, found.numbers_of(stand_in))
        return Answer(footnoted(taken(briefs, matching), context), notes, summary)
    context, rows = whole_context(library), found.statement_rows()  # now, when an index can still be replaced
    texts = (row_texts(row, context.registers) for row in rows)
    if options.format == "json":
        pieces = json_rows(head(context, filter_, size), columns, texts)
        return Answer(ForPrograms(pieces), notes, code=OK if found.statements else NOTHING)
    if options.format == "csv":
        return Answer(ForPrograms(csv_rows(columns, texts)), notes, summary)
    if options.columns:
        cells = tuple(tuple((user(" ".join(row[name].split())),) for name in columns) for row in texts)
        names = tuple(name.capitalize() for name in columns)
        return Answer(Table(names, cells, seen=tuple(range(len(columns)))), notes, summary)
    find = (lambda texts: marks(library.index, filter_.text, texts)) if filter_.text else None
    return Answer(match_lines(rows, context, find), notes, summary)
