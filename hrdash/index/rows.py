"""Briefs, registers and themes as rows of the index: JSON with a checksum, and what is searched and counted.

What a statement has in each facet is a bit, in an integer for each value and file; so that whoever changes a file's
rows flips bits in it alone, and a filter is an AND of integers.
"""

# ruff: noqa: S608  (statements are put together from names in this package; every value is a parameter)

from __future__ import annotations

import json
import re
import sqlite3
from array import array
from binascii import crc32
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import compress
from operator import xor
from typing import Any, NamedTuple, TypeVar

from hrdash import derive, period, schema
from hrdash.derive import Said
from hrdash.filter import BY_WORD, FACETS, Facet
from hrdash.index.words import Stems, columns
from hrdash.model import (
    LABEL_CELLS,
    SECTION_KINDS,
    Brief,
    Corpus,
    Indicator,
    Place,
    Problem,
    Registers,
    Source,
    Speaker,
    Statement,
    Theme,
    one_a_cause,
)
from hrdash.schema import from_json, held_in, searched
from hrdash.text import clean

_T = TypeVar("_T")
Rows = list[tuple[Any, ...]]
Run = Callable[..., Rows]
"""Runs one reading statement with its parameters and gives all its rows, every text in them cleaned."""

POSITION_BITS = 26
"""Of a number, those that are a position in its file: more than the lines of a file of JSON Lines can fill."""
POSITIONS = 1 << POSITION_BITS
SHOWN, HELD, ASIDE = range(3)
"""The states of a brief: only what is shown links to others; held is shown where what was last read is."""
STATES = {SHOWN: ("", "shown"), HELD: ("", "held")}
"""The values, of no facet, of all statements in a state."""
BRIEFS = ("", "brief")
"""The value, of no facet, of briefs themselves, at the positions behind their statements."""
FIGURE = "figure"
"""What the values are stored as that join an indicator and a year of its figures."""
_OF_BRIEF = tuple(facet for facet in FACETS if facet.per == "brief" and not facet.like)
_OF_STATEMENTS = tuple(facet for facet in FACETS if facet.per != "brief" and not facet.like)
_SPREAD = tuple(facet.stored for facet in FACETS if facet.many)
REGISTERS = ("source", "speaker", "indicator")
NO_REGISTERS = Registers({}, {}, {})
_FEW = 16
"""Bits that are put together one by one more quickly than as flags."""
_AT_ONCE = 500
"""Parameters of one statement: below every limit."""
_HELD = "held "
"""Before the kind of an entry that is as it was last read."""
_HEAD = "id, theme, heading, years, marks, size"
"""The columns that a brief's checksum covers with its JSON."""
_ENCODED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_FLAGS = bytes.maketrans(b"01", b"\0\1")
_ODD_ESCAPE = re.compile(r'(?<!\\)(?:\\\\)*\\[^"\\nt]')
"""An escape in JSON that no clean text needs."""


class DamagedIndex(sqlite3.DatabaseError):
    """What was read is not what was written."""


# Values as JSON


def to_json(value: object) -> str:
    """A value of the model as JSON text."""
    return _ENCODED(schema.to_json(value))


def read_value(kind: type[_T], text: str, checksum: int, *about: object) -> _T:
    """The value that was written as this JSON; raise `DamagedIndex` where it is not as it was written."""
    return from_json(kind, _unsealed(text, checksum, *about))


def _unsealed(text: str, checksum: int, *about: object) -> Any:
    """What `json` reads of a value."""
    if type(text) is not str or _checksum(text, *about) != checksum or ("\\" in text and _ODD_ESCAPE.search(text)):
        raise DamagedIndex("what stands in the index is not what was written")
    return json.loads(text)


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
    kinds: dict[str, Mapping[str, object]] = dict(zip(REGISTERS, registers, strict=True))
    for kind, entries in kinds.items():
        values += [(kind, name, place, entry) for place, (name, entry) in enumerate(entries.items())]
    insert(db, "entry", [(kind, name, place, "", *_sealed(value)) for kind, name, place, value in values])


def stand_in(name: str) -> Theme:
    """What a theme is shown as that has no file of its own, or none that can be read."""
    return Theme(name, name[:LABEL_CELLS], name)


def read_theme(run: Run, name: str, file: str) -> Theme | None:
    """What a theme's own file said of it when it was last read."""
    query = "SELECT json, checksum FROM entry WHERE kind IN (?, ?) AND id = ? AND file = ? ORDER BY kind DESC"
    found = run(query, ("theme", f"{_HELD}theme", name, file))
    return read_value(Theme, *found[0]) if found else None


def remove_theme(db: sqlite3.Connection, name: str, file: str) -> None:
    """Take out what a theme's own file says of it, or said."""
    query = "DELETE FROM entry WHERE kind IN (?, ?) AND id = ? AND file = ?"
    db.execute(query, ("theme", f"{_HELD}theme", name, file))


def write_theme(db: sqlite3.Connection, file: str, theme: Theme | None, held: Theme | None) -> None:
    """Add what a theme's own file says of it, or said; a second theme of that id is the checks' to report."""
    for kind, one in (("theme", theme), (f"{_HELD}theme", held)):
        if one is not None and one != stand_in(one.id):
            row = (kind, one.id, 0, file, *_sealed(one))
            db.execute("INSERT OR IGNORE INTO entry VALUES (?, ?, ?, ?, ?, ?)", row)


def hold_registers(db: sqlite3.Connection, registers: Registers) -> None:
    """Keep the entries of registers that were read before, for what is held."""
    for kind, entries in zip(REGISTERS, registers._asdict().values(), strict=True):
        insert(
            db, "entry", [(_HELD + kind, name, at, "", *_sealed(one)) for at, (name, one) in enumerate(entries.items())]
        )


def _entries(run: Run, kind: str, as_: type[_T], ids: Sequence[str] | None = None, held: bool = False) -> dict[str, _T]:
    kinds = [_HELD + kind, kind] if held else [kind]
    query = f"SELECT kind, place, id, json, checksum FROM entry WHERE kind IN ({marks_of(kinds)})"
    if ids is None:
        found = run(query, kinds)
    else:
        parts = [ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE)]
        found = [row for some in parts for row in run(f"{query} AND id IN ({marks_of(some)})", (*kinds, *some))]
    return {name: read_value(as_, text, checksum) for *_, name, text, checksum in sorted(found)}


def read_corpus(run: Run) -> Corpus:
    """What `corpus.yaml` says of the corpus; empty before anything was read."""
    return _entries(run, "corpus", Corpus).get("", Corpus("", (), "", "", ""))


def read_order(run: Run) -> tuple[str, ...]:
    """The themes that `corpus.yaml` names, in its order."""
    return _entries(run, "order", tuple[str, ...]).get("", ())


def read_faulty(run: Run) -> tuple[Faulty, ...]:
    """What is left out of the registers."""
    return _entries(run, "faulty", tuple[Faulty, ...]).get("", ())


def read_themes(run: Run, held: bool = False) -> tuple[Theme, ...]:
    """The themes in the order of `corpus.yaml`, then by id; one that has no file of its own stands under its id."""
    found = _entries(run, "theme", Theme, held=held)
    for (name,) in run("SELECT DISTINCT theme FROM file WHERE theme <> ''"):
        found.setdefault(name, stand_in(name))
    place = {name: at for at, name in enumerate(read_order(run))}
    return tuple(sorted(found.values(), key=lambda theme: (place.get(theme.id, len(place)), theme.id)))


def read_registers(
    run: Run, held: bool = False, sources: Sequence[str] | None = None, indicators: Sequence[str] | None = None
) -> Registers:
    """The registers, whole, or with these sources and indicators alone; and those of what is held."""
    return Registers(
        _entries(run, "source", Source, sources, held),
        _entries(run, "speaker", Speaker, None, held),
        _entries(run, "indicator", Indicator, indicators, held),
    )


class _Entries(Mapping[str, _T]):
    """The entries of a register, each read when it is first asked for."""

    def __init__(self, run: Run, kind: str, as_: type[_T], held: bool) -> None:
        self._about = run, kind, as_, held
        self._known: dict[str, _T | None] = {}

    def __getitem__(self, name: str) -> _T:
        if name not in self._known:
            run, kind, as_, held = self._about
            self._known[name] = _entries(run, kind, as_, [name], held).get(name)
        found = self._known[name]
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        run, kind, as_, held = self._about
        return iter(_entries(run, kind, as_, None, held))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def registers_at_hand(run: Run, held: bool = False) -> Registers:
    """The registers for who needs few of their entries; and with those that are kept for what is held."""
    return Registers(
        _Entries(run, "source", Source, held),
        _Entries(run, "speaker", Speaker, held),
        _Entries(run, "indicator", Indicator, held),
    )


def read_problems(run: Run) -> tuple[Problem, ...]:
    """Every problem of the corpus, by file, line and column."""
    found = run('SELECT file, line, "column", what, cure, level, about FROM problem')
    return one_a_cause(Problem(*row) for row in found)


# Bits


def bits_of(numbers: Sequence[int], first: int = 0) -> int:
    """An integer with these bits, counted from the first; one that is given twice is none."""
    if len(numbers) < _FEW:
        return reduce(xor, (1 << number - first for number in numbers), 0)
    flags = bytearray(b"0") * (max(numbers, default=first) - first + 1)
    for number in numbers:
        flags[number - first] ^= 1
    flags.reverse()
    return int(flags, 2)


def flags_of(bits: int, size: int = 0) -> bytes:
    """The bits of an integer, a byte each, lowest first, and no fewer than so many."""
    return bin(bits)[:1:-1].encode().translate(_FLAGS).ljust(size, b"\0")


def positions_of(bits: int, first: int = 0) -> list[int]:
    """The bits that an integer has, lowest first, counted from the first."""
    flags = flags_of(bits)
    return list(compress(range(first, first + len(flags)), flags))


class Values:
    """The values of all facets, and their bits as they change."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._numbers: dict[str, dict[str, int]] = defaultdict(dict)
        self._many: dict[int, bool] = {}
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

    def _is_of_many(self, number: int) -> bool:
        """Whether a value is of a facet that has many."""
        if number not in self._many:
            ((facet,),) = self._db.execute("SELECT facet FROM value WHERE number = ?", (number,))
            self._many[number] = facet in _SPREAD
        return self._many[number]

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
        query = "SELECT number FROM brief WHERE number >= ? AND number < ? ORDER BY number"
        briefs = iter([number for (number,) in self._db.execute(query, span)])
        query = 'SELECT number, "values" FROM statement WHERE number >= ? AND number < ? ORDER BY number'
        found: list[tuple[int, int, int]] = []
        brief = 0
        for number, packed in self._db.execute(query, span):
            while brief < number:
                brief = next(briefs)
            some = filter(self._is_of_many, unpacked(packed))
            found += [(number % POSITIONS, brief % POSITIONS, value) for value in some]
        self._db.execute("DELETE FROM spread WHERE file = ?", (file,))
        if found:
            row = (file, *(array("I", one).tobytes() for one in zip(*found, strict=True)))
            self._db.execute("INSERT INTO spread VALUES (?, ?, ?, ?)", row)

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


# Briefs


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
        rows.append(_row(number, state, brief, found))
        flips[values.number(*BRIEFS)].append(number)
        shared = _values_of(_OF_BRIEF, found[0], values, registers) if found else set()
        if state in STATES:
            flips[values.number(*STATES[state])] += own
        aside = *brief.uhri_themes, *brief.sdgs, brief.annotation_id
        for at, said in zip(own, found, strict=True):
            had = shared | _values_of(_OF_STATEMENTS, said, values, registers)
            for figure in said.statement.figures:
                spans = derive.years_of_figure(figure, said, registers.sources)
                years = BY_WORD["year"].values_of(said._replace(years=spans), registers)
                had.update(values.number(FIGURE, f"{figure.indicator} {year}") for year in years)
            for value in had:
                flips[value].append(at)
            key = derive.statement_key(said.kind, said.statement)
            taken = derive.position(said.statement, registers.sources)
            statements.append((at, key, said.answer, taken, array("I", sorted(had)).tobytes()))
            notes = (*said.links.left_open, *said.links.differences)
            beside = [text for figure in said.statement.figures for text in (figure.per, figure.base)]
            texts.append([*searched(said.statement), *(text for note in notes for text in searched(note))])
            texts += [brief.title], [*beside, said.statement.scale, *aside]
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


def _row(number: int, state: int, brief: Brief, found: Sequence[Said]) -> tuple[Any, ...]:
    years = {year for said in found for first, last in said.years for year in range(first, last + 1)}
    marks = derive.marks(brief, [said.answer for said in found])
    head = (brief.id, brief.theme, brief.heading, period.run_text(tuple(sorted(years))), "".join(marks), len(found))
    lists = schema.to_json(brief)
    text = _ENCODED(lists)
    return (number, *head, state, _content(lists), text, _checksum(text, *head))


def replace_places(db: sqlite3.Connection, brief: Brief, number: int) -> None:
    """Write where in its file a brief stands now, which says what it said."""
    (head,) = db.execute(f"SELECT {_HEAD} FROM brief WHERE number = ?", (number,)).fetchall()
    text = to_json(brief)
    db.execute("UPDATE brief SET json = ?, checksum = ? WHERE number = ?", (text, _checksum(text, *head), number))


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


def read_briefs(run: Run, numbers: Sequence[int]) -> dict[int, Brief]:
    """The briefs of some hundred numbers, by number and in corpus order; a number of none is left out."""
    query = f"SELECT number, json, checksum, {_HEAD} FROM brief WHERE number IN ({marks_of(numbers)}) ORDER BY number"
    return {number: read_value(Brief, text, checksum, *head) for number, text, checksum, *head in run(query, numbers)}


Found = tuple[str, str, str, str, Statement]
"""A statement, behind its brief's id, theme and heading, and its kind."""


def said_at(run: Run, briefs: Mapping[int, int]) -> dict[int, Found]:
    """Statements by their numbers, given with those of their briefs, of which no others are made."""
    numbers = sorted({*briefs.values()})
    query = f"SELECT number, json, checksum, {_HEAD} FROM brief WHERE number IN ({marks_of(numbers)})"
    found = {}
    for number, text, checksum, *head in run(query, numbers):
        brief = held_in(Brief, _unsealed(text, checksum, *head))
        said = [(kind, one) for section, kind in SECTION_KINDS.items() for one in brief.get(section, ())]
        found[number] = (*head[:3], said)
    places = {number: (found[brief], number - brief) for number, brief in briefs.items()}
    return {number: (*about, said[at][0], from_json(Statement, said[at][1]))
            for number, ((*about, said), at) in places.items()}  # fmt: skip


def content_of(brief: Brief) -> int:
    """A number that differs when the brief says something else; to stand elsewhere in its file is no difference."""
    return _content(schema.to_json(brief))


def _content(lists: list[Any]) -> int:
    return crc32(_ENCODED(_without_places(lists)).encode("utf-8", "surrogatepass"))


def _without_places(lists: list[Any]) -> list[Any]:
    return [_without_places(one) if type(one) is list else one for one in lists if type(one) is not Place]


def unpacked(packed: bytes) -> array[int]:
    """The numbers of a statement's values, as its statements have them."""
    if len(packed) % 4:
        raise DamagedIndex("a row of the index is cut")
    numbers = array("I")
    numbers.frombytes(packed)
    return numbers


# Any rows


def insert(db: sqlite3.Connection, table: str, rows: Sequence[Sequence[Any]]) -> None:
    """Add rows to a table of this package, all columns in their order."""
    if rows:
        places = ",".join("?" * len(rows[0]))
        db.executemany(f"INSERT INTO {table} VALUES ({places})", rows)


def cleaned(rows: Iterable[tuple[Any, ...]]) -> Rows:
    """Rows as read, every text in them cleaned once more: an index is not trusted."""
    return [tuple([clean(cell) if type(cell) is str else cell for cell in row]) for row in rows]


def marks_of(parameters: Sequence[Any]) -> str:
    """A question mark for each parameter of a statement."""
    return ",".join("?" * len(parameters))
