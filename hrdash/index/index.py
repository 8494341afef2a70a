"""The index of one corpus, read as model values, from a file that can be trusted or from memory.

The index is a cache. Whatever goes wrong with its file, it steps back: to a new file that takes the old one's place,
and from there to memory.
"""

# ruff: noqa: S608  (statements are put together from names in this package; every value is a parameter)

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from threading import Lock, get_ident
from typing import Any, NamedTuple, TypeVar

from hrdash import derive, places
from hrdash.derive import Elsewhere, Found, Key
from hrdash.index import file, rows
from hrdash.index.file import NotKept, Unreadable
from hrdash.index.words import Stems
from hrdash.model import SECTION_KINDS, Brief, Citation, Corpus, LeftOpen, Problem, Registers, Theme
from hrdash.text import clean_line

_T = TypeVar("_T")
_AT_ONCE = 500
"""Briefs that are read by one statement."""
_GIVEN = "(SELECT value FROM json_each(?))"
"""Any number of values, as SQL takes them in one parameter."""


class Withheld(NamedTuple):
    """A brief that is not shown because something in it is wrong."""

    file: str
    id: str
    """Empty where it could not be read."""
    line: int
    column: int


class _Turns:
    """A lock that threads have in turn, each any number of times over: of Python's own, one that has it again and again
    leaves nothing to whoever waits.
    """

    def __init__(self) -> None:
        self._next, self._lock = Lock(), Lock()
        self._owner = self._held = 0

    def __enter__(self) -> None:
        if self._owner != get_ident():
            with self._next:
                self._lock.acquire()
            self._owner = get_ident()
        self._held += 1

    def __exit__(self, *_: object) -> None:
        self._held -= 1
        if not self._held:
            self._owner = 0
            self._lock.release()


class Index:
    """The index of one corpus. Several threads may use it; one statement runs at a time."""

    def __init__(self, db: sqlite3.Connection, path: str = "", staged: str = "", token: str | None = None) -> None:
        self.path = path
        """The file that holds the index; empty when it is in memory."""
        self.note = ""
        """Why the index is not in the file that was named: a sentence, or nothing."""
        self.damaged = False
        """Whether something read was not what was written: the next sync makes the index anew."""
        self.with_held = False
        """Whether briefs that cannot be read as they are now are shown as they were last read."""
        self._written = 0
        self.stems = Stems()
        """Stems of words, as this index has them."""
        self._db = db
        self._staged = staged
        self._token = token
        self._inode = file.inode(path) if path and not staged else 0
        self._lock = _Turns()
        self._known: dict[str, Any] = {}
        self._data_version = -1
        self._watched: dict[int, object] = {}

    @property
    def token(self) -> str | None:
        """What tells the file from one that came from elsewhere."""
        return self._token

    @property
    def corpus(self) -> Corpus:
        """What `corpus.yaml` says."""
        return self.once("corpus", rows.read_corpus)

    @property
    def states(self) -> str:
        """The states of the briefs that are shown, as SQL lists them."""
        return f"({rows.SHOWN}, {rows.HELD})" if self.with_held else f"({rows.SHOWN})"

    @property
    def themes(self) -> tuple[Theme, ...]:
        """The themes, in the order of `corpus.yaml`, then by id."""
        return self.once("themes", partial(rows.read_themes, held=self.with_held))

    @property
    def registers(self) -> Registers:
        """All sources, speakers and indicators, in file order."""
        return self.once("registers", partial(rows.read_registers, held=self.with_held))

    def registers_citing(self, cites: Iterable[Citation]) -> Registers:
        """The registers with no other sources than are cited: there may be thousands, of which a page names ten."""
        named = self.once("unsourced", partial(rows.read_registers, held=self.with_held, sources=()))
        cited = sorted({cite.source for cite in cites})
        read = partial(rows.read_sources, held=self.with_held, ids=cited)
        return named._replace(sources=self._reporting_damage(read))

    @property
    def sources(self) -> int:
        """How many sources there are."""
        return self.once("sources", partial(rows.count_sources, held=self.with_held))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem of the corpus, by file, line and column."""
        return self.once("problems", rows.read_problems)

    @property
    def withheld(self) -> int:
        """How many briefs could not be read: every total and every absence is said with it."""
        return len(self.withheld_list)

    @property
    def withheld_list(self) -> tuple[Withheld, ...]:
        """The briefs that could not be read, by file and line; but for those that are shown as they were last read."""
        query = 'SELECT file, id, line, "column" FROM withheld ORDER BY file, line, "column"'
        found = self.once("withheld", lambda run: tuple(Withheld(*row) for row in run(query)))
        held = self.held if self.with_held else {}
        return tuple(one for one in found if one.id not in held and (one.id or one.file not in held.values()))

    @property
    def held(self) -> dict[str, str]:
        """The briefs that are held as they were last read, by id, each with its file."""
        query = f"""SELECT brief.id, file.name FROM brief JOIN file ON file.number = brief.number >> ?
        WHERE state > 0 AND state = {rows.HELD}"""
        return self.once("held", lambda run: dict(run(query, (rows.POSITION_BITS,))))

    def numbers(self, names: Iterable[str]) -> dict[str, int]:
        """The numbers of the briefs with these ids; what is not there is left out."""
        return self._of_ids("number", names)

    def brief(self, name: str) -> Brief | None:
        """The brief with this id."""
        return next(self.briefs([name]), None)

    def briefs(self, names: Iterable[str | int]) -> Iterator[Brief]:
        """The briefs with these ids or numbers, in corpus order; what is not there is left out."""
        wanted = list(names)
        numbers = {name for name in wanted if isinstance(name, int)}
        ids = [name for name in wanted if isinstance(name, str)]
        ordered = sorted(numbers.union(self.numbers(ids).values()) if ids else numbers)
        for start in range(0, len(ordered), _AT_ONCE):
            some_numbers = ordered[start : start + _AT_ONCE]
            yield from self._reporting_damage(partial(rows.read_briefs, numbers=some_numbers)).values()

    def said(self, numbers: Sequence[int]) -> dict[int, rows.Found]:
        """Some hundred statements by their numbers; a number of none is left out."""
        return self._reporting_damage(partial(rows.said_at, read=self.integers, numbers=numbers))

    def titles(self, names: Iterable[str]) -> dict[str, str]:
        """The headings of the briefs with these ids; what is not there is left out."""
        return self._of_ids("heading", names)

    def years(self, names: Iterable[str]) -> dict[str, str]:
        """The years that the briefs with these ids are about, as `hrdash.period.run_text` writes them; what is not
        there is left out."""
        return self._of_ids("years", names)

    def _of_ids(self, column: str, names: Iterable[str]) -> dict[str, Any]:
        query = f"SELECT id, {column} FROM brief WHERE id IN {_GIVEN} AND state IN {self.states}"
        return dict(self.run(query, [json.dumps([clean_line(name) for name in names])]))

    def answers(self, numbers: Iterable[int]) -> dict[str, dict[str, str]]:
        """The answer of each statement of these briefs, by its brief's id and then, in their order, by its key; empty
        where it has none."""
        query = f"""SELECT id, "key", answer FROM brief CROSS JOIN statement AS said
        ON said.number >= brief.number - size AND said.number < brief.number WHERE brief.number IN {_GIVEN}"""
        found: dict[str, dict[str, str]] = {}
        for brief, key, answer in self.run(query, [json.dumps(list(numbers))]):
            found.setdefault(brief, {})[key] = answer
        return found

    def elsewhere(self, briefs: Iterable[Brief]) -> Elsewhere:
        """What stands in other briefs and belongs to these: of a statement here, everything that is linked to it there;
        of a statement there that is named here, itself."""
        here = {brief.id: brief for brief in briefs}
        others = self.naming(here, (*derive.LINKING.values(),))
        found: dict[Key, list[Found]] = {}
        left_open: dict[Key, list[LeftOpen]] = {}
        keys = self.answers(others)
        for other in self.briefs(others):
            known = {one.said: one.key for one in derive.keyed(other, keys.get(other.id, ()))}
            for part, item, key in derive.linked(other):
                if key[0] not in here or key[0] == other.id:
                    continue
                if part == "left_open":
                    left_open.setdefault(key, []).append(item)
                else:
                    one = Found(SECTION_KINDS[part], known[item], item, other.id, other.heading)
                    found.setdefault(key, []).append(one)
        named_here = {key for brief in here.values() for _, _, key in derive.linked(brief) if key[0] != brief.id}
        for other in self.briefs(sorted({key[0] for key in named_here})):
            for kind, said in ((kind, one) for kind, those in other.by_kind for one in those):
                if (other.id, said.id) in named_here:
                    one = Found(kind, said.id, said, other.id, other.heading)
                    found.setdefault((other.id, said.id), []).append(one)
        named = {key: tuple(those) for key, those in found.items()}
        return Elsewhere(named, {key: tuple(those) for key, those in left_open.items()})

    def naming(self, names: Iterable[str], by: Sequence[str]) -> list[int]:
        """The numbers of the other briefs in which statements of these are named by one of these keys."""
        query = f"""SELECT DISTINCT brief.number FROM referred JOIN brief ON brief.number = referred.number
        WHERE referred.id IN {_GIVEN} AND brief <> referred.id AND kind IN {_GIVEN} AND state IN {self.states}"""
        return [number for (number,) in self.integers(query, [json.dumps([*names]), json.dumps(by)])]

    def show_held(self) -> None:
        """From now on show the briefs that cannot be read as they are now as they were last read."""
        self.with_held = True
        self._known = {}

    def run(self, query: str, parameters: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of one reading statement, every text in them cleaned; raise `Unreadable`."""
        return rows.cleaned(self.integers(query, parameters))

    def integers(self, query: str, parameters: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        """As `run`, for rows that hold no text, of which there may be many."""
        with self._lock:
            try:
                return self._db.execute(query, tuple(parameters)).fetchall()
            except (sqlite3.Error, UnicodeDecodeError) as fault:  # the latter of SQLite's words on what is damaged
                self.damaged |= not file.cannot_write(fault)
                raise Unreadable(file.sentence(fault)) from None

    def together(self, read: Callable[[], _T]) -> _T:
        """What `read` gives when all its statements see one state of the index; no other thread comes between them."""
        with self._lock:
            self.integers("BEGIN")
            try:
                return read()
            finally:
                self._roll_back()

    def close(self) -> None:
        """Close the connection, and drop a new file that never took its place."""
        with self._lock:
            self._db.close()
            self.stems.close()
            if self._staged:
                file.drop(self._staged)

    def write(self, change: Callable[[sqlite3.Connection], _T]) -> _T:
        """What `change` gives, in one transaction, kept at its end or undone by any exception: for `sync` alone."""
        with self._lock:
            self._follow()
            try:
                self._db.execute("BEGIN IMMEDIATE")
                made = change(self._db)
                if self.path:
                    file.seal(self._db, self._token)
                self._db.execute("COMMIT")
                if self._staged:
                    self._take_place()
            except BaseException:
                self._roll_back()
                raise
            else:
                return made
            finally:
                self._written += 1
                self._known = {}

    def write_aside(self) -> None:
        """Go on with a copy of the file, which takes its place when it has been written to: nobody waits meanwhile.

        Raise OSError or sqlite3.Error where there can be none.
        """
        if self.path and not self._staged:
            self._staged, self._db = file.copied(self.path, self._db)

    def content(self) -> bytes:
        """All that is in an index in memory, as a file would hold it; nothing of one that is new, or in a file."""
        with self._lock:
            return b"" if self.path or self.is_new() else self._db.serialize()

    def version(self) -> tuple[int, int]:
        """What changes when another connection has written to the index, or another file has come into use."""
        ((found,),) = self.integers("PRAGMA data_version")
        return self._inode, int(found)

    def state(self) -> tuple[object, ...]:
        """What changes whenever anything else may be answered; what was kept of another state is forgotten."""
        with self._lock:  # or the first of them may be older than the last
            version = self.version()
            if version[1] != self._data_version:
                self._known, self._data_version = {}, version[1]
            return self._written, self.with_held, *version

    @property
    def watched(self) -> object:
        """The state that this thread asks about, and at the end looks whether it still is; `None` where nobody looks
        but each single question."""
        return self._watched.get(get_ident())

    def watch(self, state: object) -> None:
        """Have this thread ask about one state from now on, or with `None` about whichever there is."""
        self._watched[get_ident()] = state
        if state is None:
            del self._watched[get_ident()]

    def still(self, state: object) -> None:
        """Raise `Unreadable` where anything else may be answered than in this state."""
        if self.state() != state:
            raise Unreadable("the index was written to while it was read")

    def is_new(self) -> bool:
        """Whether nothing was ever read into this index."""
        return not self.integers("SELECT 1 FROM entry LIMIT 1")

    def begin_anew(self, fault: Exception | None, fill: Callable[[Index, sqlite3.Connection], _T]) -> _T:
        """What `fill` gives, which fills an empty index that this one goes on with: for `sync` alone.

        It is in a new file, or after a `fault` of the place in memory. Raise `Unreadable` when memory is what failed.
        """
        failed: Index = self
        while True:
            other = failed._successor(fault)
            try:
                made = other.write(partial(fill, other))
            except (sqlite3.Error, Unreadable) as found:
                other.close()
                failed, fault = other, found
            except BaseException:
                other.close()
                raise
            else:
                self.become(other)
                return made

    def _successor(self, fault: Exception | None) -> Index:
        """An empty index in a new file, or in memory."""
        if fault and not self.path:
            raise Unreadable(file.sentence(fault)) from None
        if self.path and not (fault and (self._staged or file.cannot_write(fault))):
            try:
                staged, db = file.new_file(self.path)
                return Index(db, self.path, staged, self._token)
            except (OSError, sqlite3.Error) as other:
                fault = other
        return _in_memory(fault) if fault else open_memory(self.note)

    def become(self, other: Index) -> None:
        """Answer from now on as another index, of which nothing else may be asked any more.

        What that one knows already need not be read again; if this one shows what is held, so should the other.
        """
        with self._lock:
            self.close()
            self._db, self.path, self.note, self.stems = other._db, other.path, other.note, other.stems
            self._staged, self._token, self._inode = other._staged, other._token, other._inode
            self._known, self._data_version = other._known, other._data_version
            self.damaged = False
            self._written += 1

    def once(self, key: str, read: Callable[[rows.Run], _T]) -> _T:
        """What `read` gives, kept until the index changes; other threads are not kept from asking meanwhile."""
        if not self.watched:
            self.state()
        known = self._known  # of this state: what is found too late goes with it
        if key not in known:
            known[key] = self._reporting_damage(read)
        found: _T = known[key]
        return found

    def _reporting_damage(self, read: Callable[[rows.Run], _T]) -> _T:
        """What `read` gives; raise `Unreadable` where the rows do not fit the values that they are to become. Rows of
        two states, which fit no better, are read again."""
        while True:
            before = self.watched or self.version()
            try:
                return read(self.run)
            except (rows.DamagedIndex, TypeError, ValueError) as fault:
                if self.watched:  # whoever watches knows which of the two it is
                    raise rows.DamagedIndex(str(fault)) from None
                if self.version() == before:
                    self.damaged = True
                    raise Unreadable("the index is damaged") from None

    def _follow(self) -> None:
        """Where another instance has put a new file in the place of ours, go on with that one; raise `NotKept`."""
        if self.path and not self._staged and file.inode(self.path) != self._inode:
            try:
                places.check_private(os.path.dirname(self.path))
                staged, db = _open(self.path, self._token)
            except (file.Doubt, OSError) as fault:
                raise NotKept(file.sentence(fault)) from None
            self._db.close()
            self._staged, self._db, self._inode = staged, db, file.inode(self.path)

    def _roll_back(self) -> None:
        try:
            self._db.execute("ROLLBACK")
        except sqlite3.Error:
            pass  # there is no transaction any more

    def _take_place(self) -> None:
        self._staged, self._db = file.alone(self._staged, self._db, self._token)
        self._db.close()
        file.put_in_place(self._staged, self.path)
        self._staged = ""
        self._inode = file.inode(self.path)
        self._db = file.connect(self.path)


def open_memory(note: str = "", content: bytes = b"") -> Index:
    """An index in memory: empty, to be filled by `sync`, or with what `content` gave of another."""
    index = Index(file.new_memory(content))
    index.note = note
    return index


def open_unfinished(path: str) -> Index:
    """What has come so far into a file that somebody fills, to be read alone; raise sqlite3.Error."""
    return Index(file.connect(path), path)


def _in_memory(fault: Exception) -> Index:
    return open_memory(f"{file.sentence(fault)}, so the corpus is read into memory")


def open_file(path: str, token: str | None = None) -> Index:
    """The index in this file, if it can be trusted; else a new one that takes its place at the first sync.

    `token` is what an earlier call left in the file; a file with another is not used; `None` takes any. Where no file
    can be kept the index is in memory, and its `note` says why. Never raises for what a file or folder can be.
    """
    path = os.path.abspath(path)
    try:
        places.make_private(os.path.dirname(path))
        staged, db = _open(path, token)
    except (file.Doubt, OSError, sqlite3.Error) as fault:
        return _in_memory(fault)
    return Index(db, path, staged, token)


def _open(path: str, token: str | None) -> tuple[str, sqlite3.Connection]:
    """The file as it is, or a new one beside it under the name that comes first."""
    try:
        return "", file.open_trusted(path, token)
    except (file.Doubt, OSError, sqlite3.DatabaseError) as fault:
        if file.is_busy(fault):
            raise
        return file.new_file(path)
