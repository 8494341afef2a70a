"""Briefs written as rows: each as JSON, its statements with what is searched, and as bits what is counted.

What a statement has in each facet is a bit, in an integer for each value and block of a file; so that whoever changes
a file's rows flips bits in it alone, and a filter is an AND of integers.
"""

# ruff: noqa: S608  (statements are put together from names in this package; every value is a parameter)

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable
from itertools import islice

from hrdash.filter import BY_WORD, FACETS
from hrdash.index.laying import Laid, slices
from hrdash.index.rows import (
    BLOCK_BITS,
    BLOCKS_OF_FILE_BITS,
    BRIEFS,
    HEAD,
    POSITION_BITS,
    POSITIONS,
    STATES,
    bits_of,
    checksum_of,
    encoded,
    insert,
    lists_of,
    unpacked,
)
from hrdash.index.words import Stems, columns
from hrdash.model import Brief, Registers, Theme

_SPREAD = tuple(facet.stored for facet in FACETS if facet.many)


class Values:
    """The values of all facets, and their bits as they change."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._numbers: dict[str, dict[str, int]] = defaultdict(dict)
        self._facets: dict[int, str] = {}
        self._flips: dict[tuple[int, int], list[int]] = defaultdict(list)
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
        """Let these statements, or briefs, have a value that they have not, or the other way round."""
        for number in numbers:
            self._flips[value, number >> BLOCK_BITS].append(number)

    def settle(self, new: int = 0) -> None:
        """Write the bits that were flipped; `new` is a file of which nothing was there."""
        changed, files = [], set()
        query = "SELECT bits FROM bits WHERE value = ? AND block = ?"
        for key, numbers in self._flips.items():
            files.add(file := key[1] >> BLOCKS_OF_FILE_BITS)
            change = bits_of(numbers, key[1] << BLOCK_BITS)
            if not change:
                continue
            row = self._db.execute(query, key).fetchone() if file != new else None
            found = change ^ (int.from_bytes(row[0], "little") if row else 0)
            if found:
                changed.append((*key, found.to_bytes((found.bit_length() + 7) // 8, "little")))
            else:
                self._db.execute("DELETE FROM bits WHERE value = ? AND block = ?", key)
                self._emptied.add(key[0])
        self._db.executemany("INSERT OR REPLACE INTO bits VALUES (?, ?, ?)", changed)
        for file in files:
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
                if facet not in rows:
                    rows[facet] = array("I", bytes(4 * (briefs[-1][0] + 1)))
                row = rows[facet]
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

    def name(self, themes: Iterable[Theme], registers: Registers, renamed: Iterable[str], stems: Stems) -> bool:
        """Drop the values that nothing has any more; write how new ones are called, and the themes of these ids.
        Whether words of what was called otherwise may still stand in the file."""
        gone = 0
        for number in self._emptied:
            if not self._db.execute("SELECT 1 FROM bits WHERE value = ?", (number,)).fetchone():
                self._db.execute("DELETE FROM value WHERE number = ?", (number,))
                gone += self._db.execute("DELETE FROM named WHERE rowid = ?", (number,)).rowcount
        known = {theme.id: theme for theme in themes}
        named: dict[int, tuple[str, ...]] = {}
        for facet, name in sorted(self._new | {("theme", theme) for theme in renamed}):
            found = BY_WORD.get(facet)
            given = self._known(facet, name) if found and found.named else None
            if found and given:
                entry = found.register(known, registers).get(name) if found.register else None
                named[given] = (name, *found.about(entry)) if entry else (name,)
        query = "INSERT OR REPLACE INTO named(rowid, name, name_stems) VALUES (?, ?, ?)"
        for number, texts in zip(named, columns(list(named.values()), stems), strict=True):
            before = self._db.execute("SELECT name, name_stems FROM named WHERE rowid = ?", (number,)).fetchone()
            if before != texts:
                gone += before is not None
                self._db.execute(query, (number, *texts))
        return bool(gone)


def put(db: sqlite3.Connection, values: Values, laid: Laid) -> None:
    """Add briefs that are laid out."""
    flips: dict[int, list[int]] = defaultdict(list)
    for number, *_, size, state, _, _, _ in laid.briefs:
        flips[values.number(*BRIEFS)].append(number)
        if state in STATES:
            flips[values.number(*STATES[state])] += range(number - size, number)
    numbers = [values.number(*value) for value in laid.values]
    statements = []
    for at, *about, places in laid.statements:
        had = sorted([numbers[place] for place in places])
        for value in had:
            flips[value].append(at)
        statements.append((at, *about, array("I", had).tobytes()))
    for value, those in flips.items():
        values.flip(value, those)
    insert(db, "brief", laid.briefs)
    insert(db, "statement", statements)
    query = (
        "INSERT INTO words(rowid, own, own_stems, title, title_stems, aside, aside_stems) VALUES (?, ?, ?, ?, ?, ?, ?)"
    )
    db.executemany(query, laid.words)


def replace_places(db: sqlite3.Connection, brief: Brief, number: int) -> None:
    """Write where in its file a brief stands now, which says what it said."""
    ((before, *head),) = db.execute(f"SELECT json, {HEAD} FROM brief WHERE number = ?", (number,)).fetchall()
    lists = lists_of(brief)
    text = encoded(lists)
    if text == before:
        return
    db.execute("UPDATE brief SET json = ?, checksum = ? WHERE number = ?", (text, checksum_of(text, *head), number))
    query = 'SELECT number, kind, "key", answer, position FROM statement WHERE number BETWEEN ? AND ? ORDER BY number'
    own = db.execute(query, (number - head[-1], number)).fetchall()
    changed = [
        (begin, end, checksum_of(text[begin:end], at, *head[1:5], *beside), at)
        for (at, *beside), (begin, end) in zip(own, slices(lists, text), strict=True)
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
