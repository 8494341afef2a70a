"""The corpus's own description, its registers, themes and problems as rows of the index, and back."""

# ruff: noqa: S608  (statements are put together from names in this package; every value is a parameter)

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from hrdash.model import (
    LABEL_CELLS,
    Author,
    Corpus,
    Measure,
    NoStatements,
    Paragraphs,
    Place,
    Problem,
    Registers,
    Section,
    Source,
    Speaker,
    Theme,
)
from hrdash.text import clean

if TYPE_CHECKING:
    from typing import Any

    Rows = list[tuple[Any, ...]]
    Run = Callable[..., Rows]
    """Runs one reading statement with its parameters and gives all its rows, every text in them cleaned."""


def cleaned(rows: Iterable[tuple[Any, ...]]) -> Rows:
    """Rows as read, every text in them cleaned once more: an index is not trusted."""
    found = list(rows)
    if _is_plain([cell for row in found for cell in row]):
        return found
    return [
        row if _is_plain(row) else tuple([clean(cell) if type(cell) is str else cell for cell in row]) for row in found
    ]


def write_registers(db: sqlite3.Connection, corpus: Corpus, theme_order: Sequence[str], registers: Registers) -> None:
    """Put the corpus's own description and the three registers in place of what there was."""
    for table in ("theme_order", "source", "author", "section", "no_statements", "speaker", "measure", "see"):
        db.execute(f"DELETE FROM {table}")
    db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", corpus._asdict().items())
    insert(db, "theme_order", ((theme, place) for place, theme in enumerate(dict.fromkeys(theme_order))))
    for place, source in enumerate(registers.sources.values()):
        paragraphs = source.paragraphs
        insert(db, "source", [(
            source.id, place, source.type, source.title, source.issued, source.kind, source.capacity,
            paragraphs.numbering, paragraphs.last, source.publisher, source.container_title, source.number,
            source.accessed, source.URL, source.language, source.note, *source.place,
        )])  # fmt: skip
        insert(db, "author", ((source.id, at, *author) for at, author in enumerate(source.author)))
        insert(db, "section", ((source.id, at, *section) for at, section in enumerate(paragraphs.sections)))
        insert(db, "no_statements", ((source.id, at, *none) for at, none in enumerate(paragraphs.no_statements)))
    insert(db, "speaker", ((item.id, place, *item[1:]) for place, item in enumerate(registers.speakers.values())))
    insert(db, "measure", ((item.id, place, *item[1:-1]) for place, item in enumerate(registers.measures.values())))
    for item in registers.measures.values():
        insert(db, "see", ((item.id, at, name) for at, name in enumerate(item.see)))


def write_theme(db: sqlite3.Connection, file: str, theme: Theme) -> None:
    """Add what a theme's own file says of it."""
    if db.execute("SELECT 1 FROM theme WHERE id = ?", (theme.id,)).fetchone():
        return  # a second theme of that id is the checks' to report
    insert(db, "theme", [(theme.id, file, theme.label, theme.title)])
    for kind, texts in (("uhri", theme.uhri_themes), ("instrument", theme.instruments)):
        insert(db, "tag", ((theme.id, kind, place, text) for place, text in enumerate(texts)))


def read_corpus(run: Run) -> Corpus:
    """What `corpus.yaml` says of the corpus; empty before anything was read."""
    known: dict[str, str] = dict(run("SELECT key, value FROM meta"))
    return Corpus(*(known.get(field, "") for field in Corpus._fields))


def read_themes(run: Run) -> tuple[Theme, ...]:
    """The themes in the order of `corpus.yaml`, then by id; one that has briefs and no file stands under its id."""
    tags: dict[tuple[str, str], list[str]] = {}
    for theme, kind, text in run("SELECT theme, kind, text FROM tag ORDER BY theme, kind, place"):
        tags.setdefault((theme, kind), []).append(text)
    found = run(
        "SELECT id, label, title FROM (SELECT id, label, title FROM theme UNION ALL"
        " SELECT id, substr(id, 1, ?), id FROM value WHERE facet = 'theme' AND id NOT IN (SELECT id FROM theme))"
        " LEFT JOIN theme_order USING (id) ORDER BY place IS NULL, place, id",
        (LABEL_CELLS,),
    )
    return tuple(
        Theme(theme, label, title, *(tuple(tags.get((theme, kind), ())) for kind in ("uhri", "instrument")))
        for theme, label, title in found
    )


def read_registers(run: Run, sources: Iterable[str] | None = None, measures: Iterable[str] | None = None) -> Registers:
    """The registers, whole, or with these sources and measures alone."""
    where, chosen = ("", ()) if sources is None else among("id", tuple(sources))
    of_measures, counted = ("", ()) if measures is None else among("id", tuple(measures))
    beside = where.replace("id IN", "source IN")
    rows = run(f"SELECT * FROM source{where} ORDER BY place", chosen)
    authors = _by_first(run(f"SELECT * FROM author{beside} ORDER BY source, place", chosen))
    sections = _by_first(run(f"SELECT * FROM section{beside} ORDER BY source, place", chosen))
    nothing = _by_first(run(f"SELECT * FROM no_statements{beside} ORDER BY source, place", chosen))
    see = _by_first(
        run(f"SELECT * FROM see{of_measures.replace('id IN', 'measure IN')} ORDER BY measure, place", counted)
    )
    found = {}
    for name, _, type_, title, issued, kind, capacity, numbering, last, *texts, line, column in rows:
        paragraphs = Paragraphs(
            numbering, last, tuple(Section(*row) for row in sections.get(name, ())),
            tuple(NoStatements(*row) for row in nothing.get(name, ())),
        )  # fmt: skip
        author = tuple(Author(*row) for row in authors.get(name, ()))
        about = (name, type_, title, issued, kind, capacity, paragraphs, author, *texts, Place(line, column))
        found[name] = Source._make(about)
    speakers = run("SELECT id, name, short, kind FROM speaker ORDER BY place")
    rows_of_measures = run(
        f"SELECT id, label, unit, kind, span, note FROM measure{of_measures} ORDER BY place", counted
    )
    return Registers(
        found,
        {row[0]: Speaker(*row) for row in speakers},
        {row[0]: Measure._make((*row, tuple(target for (target,) in see.get(row[0], ())))) for row in rows_of_measures},
    )


def read_problems(run: Run) -> tuple[Problem, ...]:
    """Every problem of the corpus, by file, line and column."""
    columns = 'file, line, "column", what, cure, level'
    return tuple(Problem(*row) for row in run(f"SELECT DISTINCT {columns} FROM problem ORDER BY {columns}"))


def insert(db: sqlite3.Connection, table: str, rows: Iterable[Sequence[Any]]) -> None:
    """Add rows to a table of this package, all columns in their order."""
    kept = list(rows)
    if kept:
        places = ",".join("?" * len(kept[0]))
        db.executemany(f"INSERT INTO {table} VALUES ({places})", kept)


def among(column: str, chosen: Sequence[Any]) -> tuple[str, Sequence[Any]]:
    """A WHERE with its parameters: the column has one of these values."""
    return f" WHERE {column} IN ({','.join('?' * len(chosen))})", chosen


def _by_first(rows: Rows) -> dict[str, Rows]:
    """Rows of an owner and a place, grouped by the owner, with what stands behind these."""
    grouped: dict[str, Rows] = {}
    for owner, _, *cells in rows:
        grouped.setdefault(owner, []).append(tuple(cells))
    return grouped


def _is_plain(cells: Iterable[Any]) -> bool:
    """Whether every text among the cells is of letters that no cleaning changes: quicker to see than to clean."""
    text = "".join([cell for cell in cells if type(cell) is str])
    return text.isascii() and text.isprintable()
