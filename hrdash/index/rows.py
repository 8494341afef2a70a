"""Briefs, registers and themes as rows of the index: JSON with a checksum, so that damage is seen; and bits."""

# ruff: noqa: S608  (statements are put together from names in this package; every value is a parameter)

from __future__ import annotations

import json
import re
import sqlite3
from array import array
from binascii import crc32
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import compress
from operator import xor
from typing import Any, TypeVar

from hrdash import schema
from hrdash.derive import stand_in
from hrdash.model import (
    Brief,
    Corpus,
    Faulty,
    Indicator,
    Problem,
    Registers,
    Source,
    Speaker,
    Statement,
    Theme,
    one_a_cause,
)
from hrdash.schema import from_json
from hrdash.text import clean

_T = TypeVar("_T")
Rows = list[tuple[Any, ...]]
Run = Callable[..., Rows]
"""Runs one reading statement with its parameters and gives all its rows, every text in them cleaned."""

POSITION_BITS = 26
"""Of a number, those that are a position in its file: more than the lines of a file of JSON Lines can fill."""
POSITIONS = 1 << POSITION_BITS
BLOCK_BITS = 9
"""Of a number, those that are a position in its block: a value has a row of bits for each block in which it stands, so
that a rare one takes little in a file of any length."""
BLOCKS_OF_FILE_BITS = POSITION_BITS - BLOCK_BITS
"""Of the number of a block, those that say which of its file it is."""
SHOWN, HELD, ASIDE = range(3)
"""The states of a brief: only what is shown links to others; held is shown where what was last read is."""
STATES = {SHOWN: ("", "shown"), HELD: ("", "held")}
"""The values, of no facet, of all statements in a state."""
BRIEFS = ("", "brief")
"""The value, of no facet, of briefs themselves, at the positions behind their statements."""
FIGURE = "figure"
"""What the values are stored as that join an indicator and a year of its figures."""
REGISTERS = ("source", "speaker", "indicator")
NO_REGISTERS = Registers({}, {}, {})
_FEW = 16
"""Bits that are put together one by one more quickly than as flags."""
_AT_ONCE = 500
"""Parameters of one statement: below every limit."""
_HELD = "held "
"""Before the kind of an entry that is as it was last read."""
FILE = f"(SELECT name FROM file WHERE file.number = brief.number >> {POSITION_BITS})"
"""The file of a brief, which its JSON leaves out."""
HEAD = f"{FILE}, id, theme, heading, country, years, marks, size"
"""What a brief's checksum covers with its JSON."""
BESIDE = 'id, theme, heading, country, kind, "key", answer, position'
"""The columns, the first of its brief, that a statement's checksum covers with its JSON and its number."""
encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Writes lists as JSON."""
_decoded = json.JSONDecoder().raw_decode
_FLAGS = bytes.maketrans(b"01", b"\0\1")
_ODD_ESCAPE = re.compile(r'(?<!\\)(?:\\\\)*\\[^"\\nt]')
"""An escape in JSON that no clean text needs."""


class DamagedIndex(sqlite3.DatabaseError):
    """What was read is not what was written."""


# Values as JSON


def to_json(value: object) -> str:
    """A value of the model as JSON text."""
    return encoded(schema.to_json(value))


def read_value(kind: type[_T], text: str, checksum: int, *about: object) -> _T:
    """The value that was written as this JSON; raise `DamagedIndex` where it is not as it was written."""
    return from_json(kind, _decoded(_unsealed(text, checksum, *about))[0])


def _unsealed(text: str, checksum: int, *about: object) -> str:
    """The JSON of a value, as it was written."""
    if type(text) is not str or checksum_of(text, *about) != checksum or ("\\" in text and _ODD_ESCAPE.search(text)):
        raise DamagedIndex("what stands in the index is not what was written")
    return text


def checksum_of(text: str, *about: object) -> int:
    """What tells a text, and what it is about, from any other."""
    return crc32(text.encode("utf-8", "surrogatepass"), crc32(repr(about).encode()))


def _sealed(value: object) -> tuple[str, int]:
    text = to_json(value)
    return text, checksum_of(text)


# Registers, themes and problems


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


def read_theme(run: Run, name: str, file: str) -> Theme | None:
    """What a theme's own file said of it when it was last read."""
    query = "SELECT json, checksum FROM entry WHERE kind IN (?, ?) AND id = ? AND file = ? ORDER BY kind DESC"
    found = run(query, ("theme", f"{_HELD}theme", name, file))
    return read_value(Theme, *found[0]) if found else None


def remove_theme(db: sqlite3.Connection, name: str, file: str) -> None:
    """Take out what a theme's own file says of it, or said."""
    query = "DELETE FROM entry WHERE kind IN (?, ?) AND id = ? AND file = ?"
    db.execute(query, ("theme", f"{_HELD}theme", name, file))


def theme_rows(file: str, theme: Theme | None, held: Theme | None) -> Rows:
    """What a theme's own file says of it, or said; a second theme of that id is the checks' to report."""
    given = (("theme", theme), (f"{_HELD}theme", held))
    return [(kind, one.id, 0, file, *_sealed(one)) for kind, one in given if one and one != stand_in(one.id)]


def hold_registers(db: sqlite3.Connection, registers: Registers) -> None:
    """Keep the entries of registers that were read before, for what is held."""
    for kind, entries in zip(REGISTERS, registers._asdict().values(), strict=True):
        insert(
            db, "entry", [(_HELD + kind, name, at, "", *_sealed(one)) for at, (name, one) in enumerate(entries.items())]
        )


_MOST_MADE = 5_000
"""So many entries of a register are kept as they were made."""


class _MadeLate(Mapping[str, _T]):
    """Entries by id, each made of its JSON when it is asked for: there may be thousands of sources, of which a screen
    shows ten.
    """

    def __init__(self, kind: type[_T], texts: Mapping[str, str]) -> None:
        self._kind, self._texts = kind, texts
        self._made: dict[str, _T] = {}

    def __getitem__(self, name: str) -> _T:
        made = self._made.get(name)
        if made is None:
            if len(self._made) >= _MOST_MADE:
                self._made.clear()
            made = self._made[name] = from_json(self._kind, _decoded(self._texts[name])[0])
        return made

    def __contains__(self, name: object) -> bool:
        return name in self._texts

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


def _entries(
    run: Run, kind: str, as_: type[_T], ids: Sequence[str] | None = None, held: bool = False
) -> Mapping[str, _T]:
    kinds = [_HELD + kind, kind] if held else [kind]
    query = f"SELECT kind, place, id, json, checksum FROM entry WHERE kind IN ({marks_of(kinds)})"
    if ids is None:
        found = run(query, kinds)
    else:
        parts = [ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE)]
        found = [row for some in parts for row in run(f"{query} AND id IN ({marks_of(some)})", (*kinds, *some))]
    return _MadeLate(as_, {name: _unsealed(text, checksum) for *_, name, text, checksum in sorted(found)})


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
    found = dict(_entries(run, "theme", Theme, held=held))
    for (name,) in run("SELECT DISTINCT theme FROM file WHERE theme <> ''"):
        found.setdefault(name, stand_in(name))
    place = {name: at for at, name in enumerate(read_order(run))}
    return tuple(sorted(found.values(), key=lambda theme: (place.get(theme.id, len(place)), theme.id)))


def read_registers(run: Run, held: bool = False, sources: Sequence[str] | None = None) -> Registers:
    """The registers, whole, or with these sources alone; and those of what is held."""
    return Registers(
        read_sources(run, held, sources),
        _entries(run, "speaker", Speaker, None, held),
        _entries(run, "indicator", Indicator, None, held),
    )


def read_sources(run: Run, held: bool = False, ids: Sequence[str] | None = None) -> Mapping[str, Source]:
    """The register of sources, whole, or these alone; and that of what is held."""
    return _entries(run, "source", Source, ids, held)


def count_sources(run: Run, held: bool = False) -> int:
    """How many sources there are, with those of what is held."""
    query = f"""SELECT (SELECT count(*) FROM entry WHERE kind = 'source') + (SELECT count(*) FROM entry AS held
    WHERE ? AND kind = '{_HELD}source' AND NOT EXISTS (SELECT 1 FROM entry WHERE kind = 'source' AND id = held.id))"""
    ((found,),) = run(query, (held,))
    return int(found)


class _ReadLate(Mapping[str, _T]):
    """The entries of a register, each read when it is first asked for."""

    def __init__(self, run: Run, kind: str, as_: type[_T], held: bool) -> None:
        self._about = run, kind, as_, held
        self._known: dict[str, _T | None] = {}

    def __getitem__(self, name: str) -> _T:
        if name not in self._known:
            run, kind, as_, held = self._about
            self._known[name] = _entries(run, kind, as_, [clean(name)], held).get(name)
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
        _ReadLate(run, "source", Source, held),
        _ReadLate(run, "speaker", Speaker, held),
        _ReadLate(run, "indicator", Indicator, held),
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


# Briefs


def lists_of(brief: Brief) -> list[Any]:
    """What is kept of a brief as JSON: all but its file, which its number tells."""
    lists: list[Any] = schema.to_json(brief._replace(file=""))
    return lists


def read_briefs(run: Run, numbers: Sequence[int]) -> dict[int, Brief]:
    """The briefs of some hundred numbers, by number and in corpus order; a number of none is left out."""
    query = f"SELECT number, json, checksum, {HEAD} FROM brief WHERE number IN ({marks_of(numbers)}) ORDER BY number"
    return {
        number: read_value(Brief, text, checksum, *head)._replace(file=head[0])
        for number, text, checksum, *head in run(query, numbers)
    }


Found = tuple[str, str, str, str, str, Statement, str, str, str]
"""A statement, behind the first five of `BESIDE` and before the others."""


def said_at(run: Run, read: Run, numbers: Sequence[int]) -> dict[int, Found]:
    """Some hundred statements by their numbers; a number of none is left out. Of the JSON of their briefs, which `read`
    gives as it stands there, no more is looked at than theirs."""
    query = f"""SELECT said.number, brief.number, "begin", "end", said.checksum, {BESIDE} FROM statement AS said
    CROSS JOIN brief ON brief.number = (SELECT number FROM brief WHERE number > said.number ORDER BY 1 LIMIT 1)
    WHERE said.number IN ({marks_of(numbers)})"""
    found = run(query, numbers)
    briefs = sorted({brief for _, brief, *_ in found})
    texts: dict[int, str] = dict(read(f"SELECT number, json FROM brief WHERE number IN ({marks_of(briefs)})", briefs))
    parts = cleaned([tuple(texts[brief][begin:end] for _, brief, begin, end, *_ in found)])[0]
    said = {}
    for (number, _, _, _, checksum, *beside), text in zip(found, parts, strict=True):
        statement = read_value(Statement, text, checksum, number, *beside)
        said[number] = (*beside[:5], statement, *beside[5:])
    return said


def unpacked(packed: bytes) -> array[int]:
    """The numbers of a statement's values, as its statements have them."""
    if len(packed) % 4:
        raise DamagedIndex("a row of the index is cut")
    numbers = array("I")
    numbers.frombytes(packed)
    return numbers


# Any rows


def insert(db: sqlite3.Connection, table: str, rows: Sequence[Sequence[Any]], otherwise: str = "") -> None:
    """Add rows to a table of this package, all columns in their order; `otherwise` is what is done with one that is
    there."""
    if rows:
        places = ",".join("?" * len(rows[0]))
        db.executemany(f"INSERT {otherwise} INTO {table} VALUES ({places})", rows)


def cleaned(rows: Iterable[tuple[Any, ...]]) -> Rows:
    """Rows as read, every text in them cleaned once more: an index is not trusted."""
    return [
        row if clean(text := "\n".join([cell for cell in row if type(cell) is str])) is text
        else tuple([clean(cell) if type(cell) is str else cell for cell in row])
        for row in rows
    ]  # fmt: skip


def marks_of(parameters: Sequence[Any]) -> str:
    """A question mark for each parameter of a statement."""
    return ",".join("?" * len(parameters))
