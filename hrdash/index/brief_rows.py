"""Briefs as rows of the index, and back: what is read equals what was written, or the damage is seen."""

# ruff: noqa: S608  (statements are put together from names in this package; every value is a parameter)

from __future__ import annotations

import sqlite3
from array import array
from binascii import crc32
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, product
from typing import TYPE_CHECKING, NamedTuple

from hrdash import period
from hrdash.filter import FACETS, OF_STATEMENTS, holding_bits
from hrdash.index.rows import among, insert
from hrdash.index.words import Stems, brief_texts, columns
from hrdash.model import SECTIONS, Brief, Citation, Difference, Figure, LeftOpen, Place, Registers, Statement

if TYPE_CHECKING:
    from typing import Any

    from hrdash.index.rows import Rows, Run

BIT_YEARS = range(1970, 2033)
"""The years that have a bit in `trait`: SQLite's integers have 63 without the sign."""
_SPANS = tuple(facet for facet in OF_STATEMENTS if facet.spans)
_PICKS = tuple(facet for facet in OF_STATEMENTS if not facet.spans)
_REACH = (
    "brief", *(facet.word for facet in _PICKS),
    *(f"{end}_{facet.word}" for facet in _SPANS for end in ("first", "last")), "item",
)  # fmt: skip
REACH = f"""
    CREATE TABLE reach ({", ".join(f"{column} INTEGER" for column in _REACH)}, PRIMARY KEY ({", ".join(_REACH)}))
    WITHOUT ROWID;
"""
"""The table with a row for each statement and each combination of what it has in the facets that are per statement."""
_TABLES = ("item", "citation", "figure", "link", "trait", "tally", "reach")
"""The tables whose rows belong to the brief that their first column names."""
_ORDERS = (("item", "item"), ("citation", "item, place"), ("figure", "item, place"), ("link", "item, kind, place"))
"""The tables that `_Rows` is made of, and the order in which they are read."""
_LEFT_OPEN, _DIFFERENCES = "left_open", "differences"
_WHOLE = -1
"""In place of an item: the link belongs to the brief itself."""


class DamagedIndex(sqlite3.DatabaseError):
    """What was read is not what was written."""


class Values:
    """The numbers of facet values, given as they are first met, and how many briefs have each."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._numbers: dict[tuple[str, str], int] = {
            (facet, name): number for facet, name, number in db.execute("SELECT facet, id, number FROM value")
        }
        self._change: Counter[int] = Counter()

    def number(self, facet: str, name: str) -> int:
        number = self._numbers.get((facet, name))
        if number is None:
            made = self._db.execute("INSERT INTO value(facet, id, briefs) VALUES (?, ?, 0)", (facet, name))
            number = self._numbers[facet, name] = int(made.lastrowid or 0)
        return number

    def count(self, numbers: Iterable[int], sign: int) -> None:
        """Note that a brief with these values came (1) or went (-1)."""
        for number in numbers:
            self._change[number] += sign

    def settle(self) -> None:
        """Write the counts, and drop the values that no brief has any more."""
        changes = [(change, number) for number, change in self._change.items() if change]
        self._db.executemany("UPDATE value SET briefs = briefs + ? WHERE number = ?", changes)
        self._db.execute("DELETE FROM value WHERE briefs <= 0")


class _Rows(NamedTuple):
    """What four tables hold of a brief, without its number; the order is that of reading."""

    items: Rows
    citations: Rows
    figures: Rows
    links: Rows


def put_briefs(
    db: sqlite3.Connection,
    run: range,
    first: int,
    briefs: Sequence[Brief],
    registers: Registers,
    values: Values,
    stems: Stems,
) -> bool:
    """Put the briefs of one file, numbered from `first`, in place of those of a run; whether any text went.

    A brief that says what it said, under the same number, keeps its rows but for where it stands.
    """
    old = {number: (name, content) for name, content, number in _contents(db, run)}
    about = [_About(brief, registers) for brief in briefs]
    kept = {number for number, one in enumerate(about, first) if old.get(number) == (one.brief.id, one.content)}
    gone = sorted(old.keys() - kept)
    _remove(db, gone, values)
    for table, column in (("brief", "number"), ("item", "brief")):
        db.executemany(f"DELETE FROM {table} WHERE {column} = ?", [(number,) for number in sorted(kept)])
    tables: dict[str, Rows] = {table: [] for table in ("brief", *_TABLES, "facet", "words")}
    new = [(number, one) for number, one in enumerate(about, first) if number not in kept]
    held = [one.numbers(values) for _, one in new]
    laid = columns([(brief_texts(one.brief), some) for (_, one), some in zip(new, held, strict=True)], stems)
    for number, one in enumerate(about, first):
        tables["brief"].append((number, *one.head, one.content, _checksum(one.head, one.rows)))
        tables["item"] += ((number, *row) for row in one.rows.items)
    for (number, one), numbers, columns_ in zip(new, held, laid, strict=True):
        for table, some in zip(_TABLES[1:], one.rows[1:], strict=False):
            tables[table] += ((number, *row) for row in some)
        tables["words"].append((number, *columns_))
        values.count(numbers, 1)
        reach = list(_reach(one.brief, registers, values))
        bits = _bits_of(reach)
        tables["facet"] += ((value, number, bits.get(value, 0)) for value in numbers)
        tables["trait"].append((number, one.holdings, year_bits(one.years)))
        tables["tally"].append((number, array("I", numbers).tobytes()))
        tables["reach"] += ((number, *row) for row in reach)
    db.executemany("INSERT INTO words(rowid, plain, stems) VALUES (?, ?, ?)", tables.pop("words"))
    for table, found in tables.items():
        insert(db, table, found)
    return bool(gone)


def remove_briefs(db: sqlite3.Connection, run: range, values: Values) -> bool:
    """Take out the briefs of a run of numbers; whether there were any."""
    numbers = [number for *_, number in _contents(db, run)]
    _remove(db, numbers, values)
    return bool(numbers)


def contents(db: sqlite3.Connection, run: range) -> dict[str, int]:
    """For each brief of a run of numbers, by id, a number that differs when it says something else."""
    return {name: content for name, content, _ in _contents(db, run)}


def _contents(db: sqlite3.Connection, run: range) -> list[tuple[str, int, int]]:
    query = "SELECT id, content, number FROM brief WHERE number >= ? AND number < ?"
    return db.execute(query, (run.start, run.stop)).fetchall()


def _remove(db: sqlite3.Connection, numbers: Sequence[int], values: Values) -> None:
    each = [(number,) for number in numbers]
    for number in numbers:
        for (packed,) in db.execute('SELECT "values" FROM tally WHERE brief = ?', (number,)).fetchall():
            held = unpacked(packed)
            values.count(held, -1)
            db.executemany("DELETE FROM facet WHERE value = ? AND brief = ?", [(value, number) for value in held])
    for table, column in (("brief", "number"), ("words", "rowid"), *((table, "brief") for table in _TABLES)):
        db.executemany(f"DELETE FROM {table} WHERE {column} = ?", each)


class _About:
    """What is written of one brief."""

    def __init__(self, brief: Brief, registers: Registers) -> None:
        self.brief = brief
        self.values = {facet.word: facet.of_brief(brief, registers) for facet in FACETS if not facet.like}
        self.years = tuple(map(int, self.values["year"]))
        self.holdings = holding_bits(tuple(self.values["has"]))
        self.rows = _rows(brief)
        about = (brief.id, brief.theme, brief.title, period.run_text(self.years), self.holdings)
        self.head = (*about, brief.file, *brief.place)
        self.content = _content(about, self.rows)

    def numbers(self, values: Values) -> list[int]:
        """The numbers of the brief's values, sorted."""
        return sorted({values.number(facet, name) for facet, names in self.values.items() for name in names})


def year_bits(years: Iterable[int]) -> int:
    """Years as one integer, a bit each; years outside `BIT_YEARS` have none."""
    return sum(1 << year - BIT_YEARS.start for year in set(years) if year in BIT_YEARS)


def unpacked(packed: bytes) -> array[int]:
    """The numbers of a brief's values, as `tally` holds them."""
    if len(packed) % 4:
        raise DamagedIndex("a row of the index is cut")
    numbers = array("I")
    numbers.frombytes(packed)
    return numbers


def read_briefs(run: Run, numbers: Sequence[int]) -> list[Brief]:
    """The briefs of some hundred numbers, in corpus order, by five statements in all; a number of none is left out."""
    where, chosen = among("brief", numbers)
    heads = run(f"SELECT * FROM brief{where.replace('brief IN', 'number IN')} ORDER BY number", chosen)
    found = {head[0]: _Rows([], [], [], []) for head in heads}
    for rows, (table, order) in enumerate(_ORDERS):
        for number, *row in run(f"SELECT * FROM {table}{where} ORDER BY brief, {order}", chosen):
            if number in found:
                found[number][rows].append(tuple(row))
    return [_brief(head, found[head[0]]) for head in heads]


def _rows(brief: Brief) -> _Rows:
    rows = _Rows([], [], [], [])
    sections = [(section, said) for section in SECTIONS for said in brief.section(section)]
    for item, (section, said) in enumerate(sections):
        rows.items.append((item, section, said.id, said.by, said.text, said.period, said.period_text, said.put_as,
                           said.same_as, said.note, *said.place))  # fmt: skip
        rows.citations.extend(_numbered(item, said.cites))
        for place, figure in enumerate(said.figures):
            amounts = (None if amount is None else repr(amount) for amount in (figure.value, figure.low, figure.high))
            rows.figures.append((item, place, figure.measure, *amounts, *figure[4:]))
        rows.links.extend(_links(item, answers=said.answers, faces=said.faces))
    for open_ in brief.left_open:
        _add_ours(rows, _LEFT_OPEN, open_, asks=open_.asks)
    for difference in brief.differences:
        _add_ours(rows, _DIFFERENCES, difference, between=difference.between)
    rows.links[:0] = _links(_WHOLE, also_in=brief.also_in, persons=brief.persons, related=brief.related)
    return rows


def _add_ours(rows: _Rows, section: str, note: LeftOpen | Difference, **targets: tuple[str, ...]) -> None:
    item = len(rows.items)
    rows.items.append((item, section, "", "", note.text, "", "", "", "", "", *note.place))
    rows.citations.extend(_numbered(item, note.cites))
    rows.links.extend(_links(item, **targets))


def _numbered(item: int, values: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    return ((item, place, *value) for place, value in enumerate(values))


def _links(item: int, **targets: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    """Rows of links; the kinds have to come by name, as they are read."""
    return ((item, kind, place, name) for kind, names in targets.items() for place, name in enumerate(names))


def _checksum(about: tuple[Any, ...], rows: _Rows) -> int:
    """Of everything that is read back of a brief."""
    return crc32(repr((about, *map(list, rows))).encode())


def _content(about: tuple[Any, ...], rows: _Rows) -> int:
    """As `_checksum`, but for where in its file everything stands."""
    return crc32(repr((about, [row[:-2] for row in rows.items], *rows[1:])).encode())


def _reach(brief: Brief, registers: Registers, values: Values) -> Iterator[tuple[int, ...]]:
    """The rows of `reach` for a brief, without its number."""
    for item, said in enumerate(brief.statements):
        picks = [
            [(values.number(facet.word, value),) for value in sorted(set(facet.of(said, brief, registers)))]
            for facet in _PICKS
        ]  # fmt: skip
        runs = (sorted(set(facet.of(said, brief, registers))) for facet in _SPANS)
        for cells in product(*picks, *runs):
            yield *chain.from_iterable(cells), item


def _bits_of(reach: Iterable[tuple[int, ...]]) -> dict[int, int]:
    """For each value of a brief that is per statement, the years of those statements as bits."""
    bits: dict[int, int] = {}
    for *picks, first, last, _ in reach:
        run = year_bits(range(first, last + 1))
        for value in picks:
            bits[value] = bits.get(value, 0) | run
    return bits


def _brief(head: tuple[Any, ...], rows: _Rows) -> Brief:
    """The brief that these rows were written for; raise `DamagedIndex` where they are not as they were written."""
    _, *about, _, expected = head
    if _checksum(tuple(about), rows) != expected:
        raise DamagedIndex("a brief in the index is not what was written")
    cites: dict[int, list[Citation]] = {}
    for item, _, *cells in rows.citations:
        cites.setdefault(item, []).append(Citation(*cells))
    figures: dict[int, list[Figure]] = {}
    for item, _, measure, value, low, high, *texts in rows.figures:
        figure = Figure._make((measure, _amount(value), _amount(low), _amount(high), *texts))
        figures.setdefault(item, []).append(figure)
    links: dict[tuple[int, str], list[str]] = {}
    for item, kind, _, target in rows.links:
        links.setdefault((item, kind), []).append(target)

    def linked(item: int, kind: str) -> tuple[str, ...]:
        return tuple(links.get((item, kind), ()))

    parts: dict[str, list[Any]] = {}
    for item, section, name, by, text, when, when_text, put_as, same_as, note, line, column in rows.items:
        cited, place = tuple(cites.get(item, ())), Place(line, column)
        said: Statement | LeftOpen | Difference
        if section == _LEFT_OPEN:
            said = LeftOpen(linked(item, "asks"), text, cited, place)
        elif section == _DIFFERENCES:
            said = Difference(linked(item, "between"), text, cited, place)
        else:
            said = Statement(
                name, by, text, cited, when, when_text, put_as, same_as, linked(item, "faces"), linked(item, "answers"),
                note, tuple(figures.get(item, ())), place,
            )  # fmt: skip
        parts.setdefault(section, []).append(said)
    name, theme, title, _, _, file, line, column = about
    everything = (tuple(parts.get(section, ())) for section in (*SECTIONS, _LEFT_OPEN, _DIFFERENCES))
    tags = (linked(_WHOLE, kind) for kind in ("persons", "also_in", "related"))
    return Brief._make((name, theme, title, *tags, *everything, file, Place(line, column)))


def _amount(written: str | None) -> int | float | None:
    if written is None:
        return None
    return float(written) if "." in written or "e" in written else int(written)
