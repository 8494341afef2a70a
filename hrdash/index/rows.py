"""Briefs, registers and themes as rows of the index: JSON with a checksum, and what is searched and counted."""

# ruff: noqa: S608  (statements are put together from names in this package; every value is a parameter)

from __future__ import annotations

import json
import re
import sqlite3
from array import array
from binascii import crc32
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, product
from typing import Any, NamedTuple, TypeVar

from hrdash import period
from hrdash.filter import FACETS, OF_STATEMENTS, holding_bits
from hrdash.index.words import Stems, brief_texts, columns
from hrdash.model import LABEL_CELLS, Brief, Corpus, Measure, Place, Problem, Registers, Source, Speaker, Theme
from hrdash.schema import from_json
from hrdash.text import clean

_T = TypeVar("_T")
Rows = list[tuple[Any, ...]]
Run = Callable[..., Rows]
"""Runs one reading statement with its parameters and gives all its rows, every text in them cleaned."""

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
_TABLES = ("statement", "trait", "tally", "facet", "reach")
"""The tables, beside `words`, whose rows belong to the brief that a column of theirs names."""
_HEAD = "id, theme, title, years, holdings"
"""The columns that a brief's checksum covers with its JSON."""
_NOWHERE = Place(0, 0)
_ODD_ESCAPE = re.compile(r'(?<!\\)(?:\\\\)*\\[^"\\nt]')
"""An escape in JSON that no clean text needs."""


class DamagedIndex(sqlite3.DatabaseError):
    """What was read is not what was written."""


# Values as JSON


def to_json(value: object) -> str:
    """A value of the model as JSON text: a named tuple is a list."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def read_value(kind: type[_T], text: str, checksum: int, *about: object) -> _T:
    """The value that was written as this JSON; raise `DamagedIndex` where it is not as it was written."""
    if type(text) is not str or _checksum(text, *about) != checksum or ("\\" in text and _ODD_ESCAPE.search(text)):
        raise DamagedIndex("what stands in the index is not what was written")
    return from_json(kind, json.loads(text))


def _checksum(text: str, *about: object) -> int:
    return crc32(text.encode("utf-8", "surrogatepass"), crc32(repr(about).encode()))


def _sealed(value: object) -> tuple[str, int]:
    text = to_json(value)
    return text, _checksum(text)


# Registers, themes and problems


class Faulty(NamedTuple):
    """An entry of a register, or with an empty id a whole register, that is left out for an error, and where."""

    kind: str
    id: str
    where: str


def write_registers(
    db: sqlite3.Connection, corpus: Corpus, order: Sequence[str], registers: Registers, faulty: Iterable[Faulty]
) -> None:
    """Write the corpus's own description and the three registers into an empty index."""
    values: list[tuple[str, str, int, object]] = [
        ("corpus", "", 0, corpus),
        ("order", "", 0, tuple(dict.fromkeys(order))),
        ("faulty", "", 0, tuple(faulty)),
    ]
    kinds: dict[str, Mapping[str, object]] = dict(zip(("source", "speaker", "measure"), registers, strict=True))
    for kind, entries in kinds.items():
        values += [(kind, name, place, entry) for place, (name, entry) in enumerate(entries.items())]
    insert(db, "entry", [(kind, name, place, "", *_sealed(value)) for kind, name, place, value in values])


def write_theme(db: sqlite3.Connection, file: str, theme: Theme) -> None:
    """Add what a theme's own file says of it; a second theme of that id is the checks' to report."""
    row = ("theme", theme.id, 0, file, *_sealed(theme))
    db.execute("INSERT OR IGNORE INTO entry VALUES (?, ?, ?, ?, ?, ?)", row)


def _entries(run: Run, kind: str, as_: type[_T], ids: Sequence[str] | None = None) -> dict[str, _T]:
    where = "" if ids is None else f" AND id IN ({','.join('?' * len(ids))})"
    query = f"SELECT id, json, checksum FROM entry WHERE kind = ?{where} ORDER BY place"
    return {name: read_value(as_, text, checksum) for name, text, checksum in run(query, (kind, *(ids or ())))}


def read_corpus(run: Run) -> Corpus:
    """What `corpus.yaml` says of the corpus; empty before anything was read."""
    return _entries(run, "corpus", Corpus).get("", Corpus("", "", "", "", ""))


def read_order(run: Run) -> tuple[str, ...]:
    """The themes that `corpus.yaml` names, in its order."""
    return _entries(run, "order", tuple[str, ...]).get("", ())


def read_faulty(run: Run) -> tuple[Faulty, ...]:
    """What is left out of the registers."""
    return _entries(run, "faulty", tuple[Faulty, ...]).get("", ())


def read_themes(run: Run) -> tuple[Theme, ...]:
    """The themes in the order of `corpus.yaml`, then by id; one that has briefs and no file stands under its id."""
    found = _entries(run, "theme", Theme)
    for (name,) in run("SELECT id FROM value WHERE facet = 'theme'"):
        found.setdefault(name, Theme(name, name[:LABEL_CELLS], name))
    place = {name: at for at, name in enumerate(read_order(run))}
    return tuple(sorted(found.values(), key=lambda theme: (place.get(theme.id, len(place)), theme.id)))


def read_registers(run: Run, sources: Sequence[str] | None = None, measures: Sequence[str] | None = None) -> Registers:
    """The registers, whole, or with these sources and measures alone."""
    return Registers(
        _entries(run, "source", Source, sources),
        _entries(run, "speaker", Speaker),
        _entries(run, "measure", Measure, measures),
    )


def read_problems(run: Run) -> tuple[Problem, ...]:
    """Every problem of the corpus, by file, line and column."""
    names = 'file, line, "column", what, cure, level'
    return tuple(Problem(*row) for row in run(f"SELECT DISTINCT {names} FROM problem ORDER BY {names}"))


# Briefs


class Values:
    """The numbers of facet values, given as they are first met, and how many briefs have each."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._numbers: dict[tuple[str, str], int] = {
            (facet, name): number for facet, name, number in db.execute("SELECT facet, id, number FROM value")
        }
        self._change: Counter[int] = Counter()

    def number(self, facet: str, name: str) -> int:
        """The number of a value."""
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


def put_briefs(
    db: sqlite3.Connection,
    old: range,
    briefs: Mapping[int, Brief],
    registers: Registers,
    values: Values,
    stems: Stems,
) -> bool:
    """Put briefs, by their numbers, in place of those of a run of numbers; whether any text went.

    A brief that says what it said, under the same number, keeps its rows but for its JSON, which has its places.
    """
    before = {number: (name, content) for name, content, number in _contents(db, old)}
    about = {number: _About(brief, registers) for number, brief in briefs.items()}
    kept = {number for number, one in about.items() if before.get(number) == (one.brief.id, one.content)}
    gone = sorted(before.keys() - kept)
    remove_briefs(db, gone, values)
    db.executemany("DELETE FROM brief WHERE number = ?", [(number,) for number in sorted(kept)])
    insert(db, "brief", [(number, *one.row) for number, one in about.items()])
    new = {number: one for number, one in about.items() if number not in kept}
    held = {number: one.numbers(values) for number, one in new.items()}
    tables: dict[str, Rows] = {table: [] for table in _TABLES}
    for number, one in new.items():
        values.count(held[number], 1)
        reach = list(_reach(one.brief, registers, values))
        bits = _bits_of(reach)
        tables["statement"] += ((number, item, said.id) for item, said in enumerate(one.brief.statements))
        tables["facet"] += ((value, number, bits.get(value, 0)) for value in held[number])
        tables["trait"].append((number, one.holdings, year_bits(one.years)))
        tables["tally"].append((number, array("I", held[number]).tobytes()))
        tables["reach"] += ((number, *row) for row in reach)
    for table, rows in tables.items():
        insert(db, table, rows)
    laid = columns([(brief_texts(one.brief), held[number]) for number, one in new.items()], stems)
    words = [(number, *some) for number, some in zip(new, laid, strict=True)]
    db.executemany("INSERT INTO words(rowid, plain, stems) VALUES (?, ?, ?)", words)
    return bool(gone)


def remove_briefs(db: sqlite3.Connection, numbers: Sequence[int], values: Values) -> None:
    """Take out the briefs with these numbers."""
    each = [(number,) for number in numbers]
    for number in numbers:
        for (packed,) in db.execute('SELECT "values" FROM tally WHERE brief = ?', (number,)).fetchall():
            held = unpacked(packed)
            values.count(held, -1)
            db.executemany("DELETE FROM facet WHERE value = ? AND brief = ?", [(value, number) for value in held])
    others = [(table, "brief") for table in _TABLES if table != "facet"]  # which has no index by brief
    for table, column in (("brief", "number"), ("words", "rowid"), *others):
        db.executemany(f"DELETE FROM {table} WHERE {column} = ?", each)


def withhold(db: sqlite3.Connection, briefs: Mapping[int, Brief]) -> None:
    """Keep sound briefs aside, by their numbers: they break a rule across files, or may."""
    rows = [(brief.file, brief.id, *brief.place, number, *_sealed(brief)) for number, brief in briefs.items()]
    insert(db, "withheld", rows)


def take_withheld(db: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, Brief]:
    """Take the briefs with these numbers from those that are kept aside."""
    found = {}
    for number in numbers:
        query = "SELECT json, checksum FROM withheld WHERE number = ?"
        for text, checksum in db.execute(query, (number,)).fetchall():
            found[number] = read_value(Brief, text, checksum)
            db.execute("DELETE FROM withheld WHERE number = ?", (number,))
    return found


def contents(db: sqlite3.Connection, run: range) -> dict[str, int]:
    """For each brief of a run of numbers, by id, a number that differs when it says something else."""
    return {name: content for name, content, _ in _contents(db, run)}


def _contents(db: sqlite3.Connection, run: range) -> Rows:
    query = "SELECT id, content, number FROM brief WHERE number >= ? AND number < ?"
    return db.execute(query, (run.start, run.stop)).fetchall()


def read_briefs(run: Run, numbers: Sequence[int]) -> dict[int, Brief]:
    """The briefs of some hundred numbers, by number and in corpus order; a number of none is left out."""
    where = f"WHERE number IN ({','.join('?' * len(numbers))})"
    query = f"SELECT number, json, checksum, {_HEAD} FROM brief {where} ORDER BY number"
    return {number: read_value(Brief, text, checksum, *head) for number, text, checksum, *head in run(query, numbers)}


class _About:
    """What is written of one brief."""

    def __init__(self, brief: Brief, registers: Registers) -> None:
        self.brief = brief
        self._values = {facet.word: facet.of_brief(brief, registers) for facet in FACETS if not facet.like}
        self.years = tuple(map(int, self._values["year"]))
        self.holdings = holding_bits(tuple(self._values["has"]))
        head = (brief.id, brief.theme, brief.title, period.run_text(self.years), self.holdings)
        text = to_json(brief)
        self.content = crc32(to_json((head, _placeless(brief))).encode("utf-8", "surrogatepass"))
        self.row = (*head, self.content, text, _checksum(text, *head))

    def numbers(self, values: Values) -> list[int]:
        """The numbers of the brief's values, sorted."""
        return sorted({values.number(facet, name) for facet, names in self._values.items() for name in names})


def _placeless(value: Any) -> Any:
    """A value without where in its file everything stands."""
    if isinstance(value, tuple):
        return [_placeless(item) for item in value if type(item) is not Place]
    return value


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


# Any rows


def insert(db: sqlite3.Connection, table: str, rows: Sequence[Sequence[Any]]) -> None:
    """Add rows to a table of this package, all columns in their order."""
    if rows:
        places = ",".join("?" * len(rows[0]))
        db.executemany(f"INSERT INTO {table} VALUES ({places})", rows)


def cleaned(rows: Iterable[tuple[Any, ...]]) -> Rows:
    """Rows as read, every text in them cleaned once more: an index is not trusted."""
    return [tuple([clean(cell) if type(cell) is str else cell for cell in row]) for row in rows]
