"""Briefs written as rows: each as JSON, its statements with what is searched, and as bits what is counted.

What a statement has in each facet is a bit, in an integer for each value and file; so that whoever changes a file's
rows flips bits in it alone, and a filter is an AND of integers.
"""

# ruff: noqa: S608  (statements are put together from names in this package; every value is a parameter)

from __future__ import annotations

import sqlite3
from array import array
from binascii import crc32
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from hrdash import derive, period, schema
from hrdash.derive import Said
from hrdash.filter import BY_WORD, FACETS, Facet
from hrdash.index.rows import (
    BRIEFS,
    FIGURE,
    HEAD,
    POSITION_BITS,
    POSITIONS,
    STATES,
    bits_of,
    checksum_of,
    encoded,
    insert,
    unpacked,
)
from hrdash.index.words import Stems, columns
from hrdash.model import SECTIONS, Brief, Place, Registers, Theme
from hrdash.schema import held_in, searched

_OF_BRIEF = tuple(facet for facet in FACETS if facet.per == "brief" and not facet.like)
_OF_STATEMENTS = tuple(facet for facet in FACETS if facet.per != "brief" and not facet.like)
_SPREAD = tuple(facet.stored for facet in FACETS if facet.many)


class Values:
    """The values of all facets, and their bits as they change."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._numbers: dict[str, dict[str, int]] = defaultdict(dict)
        self._facets: dict[int, str] = {}
        self._flips: dict[tuple[int, int], list[int]] = {}
        self._new: set[tuple[str, str]] = set()
        self._emptied: set[int] = set()

    def number(self, facet: str, name: str) -> int:
        """The number of a value."""
        numbers = self._numbers[facet]
        if name not in numbers:
            number = self._known(facet, name)
            if number is None:
                made = self._db.execute("INSERT INTO value(facet, id) VALUES (?, ?)", (facet, name))
                number = int(made.lastrowid or 0)
                self._new.add((facet, name))
            numbers[name] = number
        return numbers[name]

    def _known(self, facet: str, name: str) -> int | None:
        """The number of a value that there is already."""
        row = self._db.execute("SELECT number FROM value WHERE (facet, id) = (?, ?)", (facet, name)).fetchone()
        return row and int(row[0])

    def _facet_of(self, number: int) -> str:
        """The facet of a value, if it is one that has many."""
        if number not in self._facets:
            ((facet,),) = self._db.execute("SELECT facet FROM value WHERE number = ?", (number,))
            self._facets[number] = facet if facet in _SPREAD else ""
        return self._facets[number]

    def flip(self, value: int, numbers: Iterable[int]) -> None:
        """Let these statements, or briefs, of one file have a value that they have not, or the other way round."""
        for number in numbers:
            self._flips.setdefault((value, number >> POSITION_BITS), []).append(number % POSITIONS)

    def settle(self, new: int = 0) -> None:
        """Write the bits that were flipped; `new` is a file of which nothing was there."""
        changed = []
        query = "SELECT bits FROM bits WHERE value = ? AND file = ?"
        for key, positions in self._flips.items():
            change = bits_of(positions)
            if not change:
                continue
            row = self._db.execute(query, key).fetchone() if key[1] != new else None
            found = change ^ (int.from_bytes(row[0], "little") if row else 0)
            if found:
                changed.append((*key, found.to_bytes((found.bit_length() + 7) // 8, "little")))
            else:
                self._db.execute("DELETE FROM bits WHERE value = ? AND file = ?", key)
                self._emptied.add(key[0])
        self._db.executemany("INSERT OR REPLACE INTO bits VALUES (?, ?, ?)", changed)
        for file in {file for _, file in self._flips}:
            self._spread(file)
        self._flips.clear()

    def _spread(self, file: int) -> None:
        """Write the values of a file's statements anew, by their places, of the facets that have many."""
        span = (file << POSITION_BITS, (file + 1) << POSITION_BITS)
        query = "SELECT number, size FROM brief WHERE number >= ? AND number < ? ORDER BY number"
        briefs = [(number % POSITIONS, size) for number, size in self._db.execute(query, span)]
        query = 'SELECT number, "values" FROM statement WHERE number >= ? AND number < ? ORDER BY number'
        statements = self._db.execute(query, span)
        rows: dict[str, array[int]] = {}
        places: dict[str, array[int]] = defaultdict(lambda: array("I"))
        values: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for brief, size in briefs:
            having: dict[str, dict[int, list[int]]] = {}
            for number, packed in islice(statements, size):
                for value in filter(self._facet_of, unpacked(packed)):
                    of_facet = having.setdefault(self._facets[value], {})
                    of_facet.setdefault(value, []).append(number % POSITIONS)
            for facet, found in having.items():
                row = rows.setdefault(facet, array("I", bytes(4 * (briefs[-1][0] + 1))))
                for value, some in found.items():
                    if len(found) == 1 and len(some) == size:
                        row[some[0] : brief + 1] = array("I", [value]) * (size + 1)
                    else:
                        places[facet].extend((*some, brief))
                        values[facet].extend([value] * (len(some) + 1))
        self._db.execute("DELETE FROM spread WHERE file = ?", (file,))
        insert(
            self._db,
            "spread",
            [
                (file, facet, row.tobytes(), places[facet].tobytes(), values[facet].tobytes())
                for facet, row in rows.items()
            ],
        )

    def name(self, themes: Iterable[Theme], registers: Registers, renamed: Iterable[str], stems: Stems) -> None:
        """Drop the values that nothing has any more; write how new ones are called, and the themes of these ids."""
        for number in self._emptied:
            if not self._db.execute("SELECT 1 FROM bits WHERE value = ?", (number,)).fetchone():
                self._db.execute("DELETE FROM value WHERE number = ?", (number,))
                self._db.execute("DELETE FROM named WHERE rowid = ?", (number,))
        known = {theme.id: theme for theme in themes}
        for facet, name in self._new | {("theme", theme) for theme in renamed}:
            found, given = BY_WORD.get(facet), self._known(facet, name)
            if found and found.named and given:
                entry = found.register(known, registers).get(name) if found.register else None
                texts = found.about(entry) if entry else ()
                self._db.execute("DELETE FROM named WHERE rowid = ?", (given,))
                query = "INSERT INTO named(rowid, name, name_stems) SELECT number, ?, ? FROM value WHERE number = ?"
                self._db.execute(query, (*columns([(name, *texts)], stems)[0], given))


def put_briefs(
    db: sqlite3.Connection,
    values: Values,
    stems: Stems,
    briefs: Mapping[int, tuple[Brief, int, Sequence[Said]]],
    registers: Registers,
) -> None:
    """Add briefs, by their numbers, each with its state and its statements."""
    texts: list[Sequence[str]] = []
    rows: list[tuple[Any, ...]] = []
    statements: list[tuple[Any, ...]] = []
    flips: dict[int, list[int]] = defaultdict(list)
    for number, (brief, state, found) in briefs.items():
        own = range(number - len(found), number)
        lists = schema.to_json(brief)
        text = encoded(lists)
        rows.append(_row(number, state, brief, found, lists, text))
        flips[values.number(*BRIEFS)].append(number)
        shared = _values_of(_OF_BRIEF, found[0], values, registers) if found else set()
        if state in STATES:
            flips[values.number(*STATES[state])] += own
        aside = *brief.uhri_themes, *brief.sdgs, brief.annotation_id
        for at, said, (begin, end) in zip(own, found, _slices(lists, text), strict=True):
            had = shared | _values_of(_OF_STATEMENTS, said, values, registers)
            for figure in said.statement.figures:
                spans = derive.years_of_figure(figure, said, registers.sources)
                years = BY_WORD["year"].values_of(said._replace(years=spans), registers)
                had.update(values.number(FIGURE, f"{figure.indicator} {year}") for year in years)
            for value in had:
                flips[value].append(at)
            key = derive.statement_key(said.kind, said.statement)
            taken = derive.position(said.statement, registers.sources)
            beside = said.kind, key, said.answer, taken
            checksum = checksum_of(text[begin:end], at, *rows[-1][1:5], *beside)
            statements.append((at, *beside, begin, end, checksum, array("I", sorted(had)).tobytes()))
            notes = (*said.links.left_open, *said.links.differences)
            compared = [text for figure in said.statement.figures for text in (figure.per, figure.base)]
            texts.append([*searched(said.statement), *(text for note in notes for text in searched(note))])
            texts += [brief.title], [*compared, said.statement.scale, *aside]
    for value, numbers in flips.items():
        values.flip(value, numbers)
    insert(db, "brief", rows)
    insert(db, "statement", statements)
    laid = iter(columns(texts, stems))
    db.executemany(
        "INSERT INTO words(rowid, own, own_stems, title, title_stems, aside, aside_stems) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(at, *next(laid), *next(laid), *next(laid)) for at, *_ in statements],
    )


def _values_of(facets: Iterable[Facet], said: Said, values: Values, registers: Registers) -> set[int]:
    """The numbers of a statement's values of some facets."""
    return {values.number(facet.word, name) for facet in facets for name in facet.values_of(said, registers)}


def _slices(lists: list[Any], text: str) -> Iterator[tuple[int, int]]:
    """Where in the JSON of a brief that of each of its statements begins and ends."""
    held, end = held_in(Brief, lists), 0
    for part in (encoded(said) for section in SECTIONS for said in held.get(section, ())):
        begin = text.index(part, end)
        end = begin + len(part)
        yield begin, end


def _row(number: int, state: int, brief: Brief, found: Sequence[Said], lists: list[Any], text: str) -> tuple[Any, ...]:
    years = {year for said in found for first, last in said.years for year in range(first, last + 1)}
    marks = derive.marks(brief, [said.answer for said in found], any(said.links.left_open for said in found))
    head = (brief.id, brief.theme, brief.heading, brief.country, period.run_text(tuple(sorted(years))),
            "".join(marks), len(found))  # fmt: skip
    return (number, *head, state, _content(lists), text, checksum_of(text, *head))


def replace_places(db: sqlite3.Connection, brief: Brief, number: int) -> None:
    """Write where in its file a brief stands now, which says what it said."""
    ((before, *head),) = db.execute(f"SELECT json, {HEAD} FROM brief WHERE number = ?", (number,)).fetchall()
    lists = schema.to_json(brief)
    text = encoded(lists)
    if text == before:
        return
    db.execute("UPDATE brief SET json = ?, checksum = ? WHERE number = ?", (text, checksum_of(text, *head), number))
    query = 'SELECT number, kind, "key", answer, position FROM statement WHERE number BETWEEN ? AND ? ORDER BY number'
    own = db.execute(query, (number - head[-1], number)).fetchall()
    changed = [
        (begin, end, checksum_of(text[begin:end], at, *head[:4], *beside), at)
        for (at, *beside), (begin, end) in zip(own, _slices(lists, text), strict=True)
    ]
    db.executemany('UPDATE statement SET "begin" = ?, "end" = ?, checksum = ? WHERE number = ?', changed)


def remove_briefs(db: sqlite3.Connection, values: Values, numbers: Iterable[int]) -> None:
    """Take out the briefs with these numbers."""
    for number in numbers:
        ((size, state),) = db.execute("SELECT size, state FROM brief WHERE number = ?", (number,)).fetchall()
        query = 'SELECT number, "values" FROM statement WHERE number >= ? AND number < ?'
        own = db.execute(query, (number - size, number)).fetchall()
        values.flip(values.number(*BRIEFS), [number])
        if state in STATES:
            values.flip(values.number(*STATES[state]), [at for at, _ in own])
        for at, packed in own:
            for value in unpacked(packed):
                values.flip(value, [at])
        db.execute("DELETE FROM brief WHERE number = ?", (number,))
        for table, column in (("statement", "number"), ("words", "rowid")):
            db.executemany(f"DELETE FROM {table} WHERE {column} = ?", [(at,) for at, _ in own])


def set_state(db: sqlite3.Connection, values: Values, number: int, state: int) -> None:
    """Give a brief another state."""
    ((size, old),) = db.execute("SELECT size, state FROM brief WHERE number = ?", (number,)).fetchall()
    for one in {old, state} & STATES.keys() if old != state else ():
        values.flip(values.number(*STATES[one]), range(number - size, number))
    db.execute("UPDATE brief SET state = ? WHERE number = ?", (state, number))


def content_of(brief: Brief) -> int:
    """A number that differs when the brief says something else; to stand elsewhere in its file is no difference."""
    return _content(schema.to_json(brief))


def _content(lists: list[Any]) -> int:
    return crc32(encoded(_without_places(lists)).encode("utf-8", "surrogatepass"))


def _without_places(lists: list[Any]) -> list[Any]:
    return [_without_places(one) if type(one) is list else one for one in lists if type(one) is not Place]
