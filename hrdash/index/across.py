"""The rules across files, as queries: every theme and brief that is named is there, and no id is given twice.

Whoever reads a file notes what it declares and refers to; `judge` finds what breaks a rule, for the index and for the
check of a corpus alike.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from hrdash.model import Place, Problem
from hrdash.names import nearest, shown

if TYPE_CHECKING:  # what they are read by loads yaml
    from hrdash.corpus.read import FileContents, Reference

_MOST_SUGGESTIONS = 20
"""Of the names in a file that lead nowhere, so many get a suggestion, since each takes time."""

_TWICE = """INSERT INTO fault SELECT file, number, line, "column", 'twice', id FROM declared AS one
WHERE file = ? AND kind = 'brief' AND id <> '' AND EXISTS (
    SELECT 1 FROM declared AS other WHERE other.id = one.id AND other.kind <> 'part' AND
    (other.kind = 'brief', other.file, other.line, other."column") < (1, one.file, one.line, one."column"))"""
_NOWHERE = """INSERT INTO fault SELECT file, number, line, "column", kind, id FROM referred WHERE file = ? AND CASE kind
    WHEN 'theme' THEN NOT EXISTS (SELECT 1 FROM declared WHERE id = referred.id AND kind <> 'brief')
    ELSE NOT EXISTS (SELECT 1 FROM declared WHERE id = referred.id AND kind = 'brief')
    OR EXISTS (SELECT 1 FROM declared WHERE id = referred.id AND kind = 'theme') END"""
_AFFECTED = "SELECT file FROM declared WHERE id = :id UNION SELECT file FROM referred WHERE id = :id"
_FIRST = """SELECT file, line FROM declared WHERE id = ? AND kind <> 'part'
ORDER BY kind = 'brief', file, line, "column" LIMIT 1"""
_FAULTS = "SELECT * FROM fault WHERE ? OR kind <> 'brief' ORDER BY file, rowid"
_NAMES = {
    "theme": "SELECT DISTINCT id FROM declared WHERE kind <> 'brief'",
    "brief": "SELECT DISTINCT id FROM declared WHERE kind = 'brief' AND id <> ''"
    " AND id NOT IN (SELECT id FROM declared WHERE kind = 'theme')",
}
"""What may be named, by its kind."""


class Judgement(NamedTuple):
    """What breaks a rule across files."""

    problems: tuple[Problem, ...]
    numbers: frozenset[int]
    """Of the briefs that are withheld for it."""


def note(db: sqlite3.Connection, contents: FileContents, numbers: Mapping[Place, int]) -> None:
    """Note what a file of briefs declares and refers to; `numbers` has those of its sound briefs, by their places."""
    starts = sorted([*(brief.place for brief in contents.briefs), *(Place(*held[1:]) for held in contents.withheld)])
    declared: list[tuple[object, ...]] = []
    for name, kind, place in contents.declares:
        number = _number(place, starts, numbers) if kind == "brief" else None
        declared.append((contents.name, number, *place, kind, name))
    if contents.theme is None:
        declared.append((contents.name, None, 1, 1, "part", contents.theme_id))
    if not contents.ids_known:
        declared.append((contents.name, None, 1, 1, "brief", ""))
    db.executemany("INSERT INTO declared VALUES (?, ?, ?, ?, ?, ?)", declared)
    note_references(db, contents.name, contents.references, starts, numbers)


def note_references(
    db: sqlite3.Connection,
    file: str,
    references: Iterable[Reference],
    starts: list[Place],
    numbers: Mapping[Place, int],
) -> None:
    """Note the themes and briefs that a file names."""
    rows = [
        (file, _number(entry.place, starts, numbers), *entry.place, entry.kind, entry.target)
        for entry in references
        if entry.kind in _NAMES
    ]
    db.executemany("INSERT INTO referred VALUES (?, ?, ?, ?, ?, ?)", rows)


def forget(db: sqlite3.Connection, file: str) -> None:
    """Take out what was noted of a file."""
    for table in ("declared", "referred", "fault"):
        db.execute(f"DELETE FROM {table} WHERE file = ?", (file,))  # noqa: S608


def declared_ids(db: sqlite3.Connection, files: Iterable[str]) -> set[str]:
    """The ids of the themes and briefs that these files declare."""
    query = "SELECT id FROM declared WHERE file = ?"
    return {name for file in files for (name,) in db.execute(query, (file,))}


def all_ids_known(db: sqlite3.Connection, files: Iterable[str]) -> bool:
    """Whether none of these files may hold briefs whose ids could not be read."""
    query = "SELECT 1 FROM declared WHERE file = ? AND id = ''"
    return not any(db.execute(query, (file,)).fetchone() for file in files)


def judge(db: sqlite3.Connection, all_listed: bool, changed: Iterable[str] | None = None) -> Judgement:
    """What breaks a rule, judging anew what `changed` ids bear on, or everything.

    A brief that may be in a file that could not be read, or is not listed, is not called missing.
    """
    if changed is None:
        files = db.execute("SELECT file FROM declared UNION SELECT file FROM referred").fetchall()
    else:
        affected = {row for name in changed for row in db.execute(_AFFECTED, {"id": name})}
        files = sorted(affected.union(db.execute("SELECT DISTINCT file FROM fault")))
    for file in files:
        for query in ("DELETE FROM fault WHERE file = ?", _TWICE, _NOWHERE):
            db.execute(query, file)
    sure = all_listed and not db.execute("SELECT 1 FROM declared WHERE id = '' LIMIT 1").fetchone()
    words = _Words(db)
    problems = []
    numbers = set()
    for file, number, line, column, kind, name in db.execute(_FAULTS, (sure,)).fetchall():
        problems.append(Problem(file, line, column, *words.of(file, kind, name)))
        numbers.add(number)
    return Judgement(tuple(problems), frozenset(numbers - {None}))


def _number(place: Place, starts: list[Place], numbers: Mapping[Place, int]) -> int | None:
    """The number of the brief in which a place lies."""
    at = bisect_right(starts, place)
    return numbers.get(starts[at - 1]) if at else None


class _Words:
    """What is said of each fault."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._names: dict[str, list[str]] = {}
        self._meant: dict[tuple[str, str], str] = {}
        self._met: dict[str, set[tuple[str, str]]] = {}

    def of(self, file: str, kind: str, name: str) -> tuple[str, str]:
        """What is wrong, and the cure."""
        if kind == "twice":
            first, line = self._db.execute(_FIRST, (name,)).fetchone()
            return f"the id {shown(name)} stands twice, first at {first}:{line}", "give this brief another id"
        met = self._met.setdefault(file, set())
        guess = self._nearest(kind, name) if len(met) < _MOST_SUGGESTIONS else ""
        met.add((kind, name))
        cure = f"did you mean '{guess}'?" if guess else "correct its id, or remove it here"
        return f"there is no {kind} {shown(name)}", cure

    def _nearest(self, kind: str, name: str) -> str:
        if kind not in self._names:
            self._names[kind] = [found for (found,) in self._db.execute(_NAMES[kind])]
        if (kind, name) not in self._meant:
            self._meant[kind, name] = nearest(name, self._names[kind])
        return self._meant[kind, name]
