"""The rules across files, as queries: what is named, in a brief itself too, is there and may be named there, and no id
is given twice.

Whoever reads a file notes what it declares and refers to; `judge` finds what breaks a rule, for the index and for the
check of a corpus alike.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from hrdash import period
from hrdash.index.rows import Rows, insert
from hrdash.model import Place, Problem, Source
from hrdash.names import FIRST_LETTERS, MOST_COMPARED, nearest, shown

if TYPE_CHECKING:  # what they are read by loads yaml
    from hrdash.corpus.read import FileContents
    from hrdash.corpus.values import Reference

_MOST_SUGGESTIONS = 20
"""Of the names that lead nowhere, so many get a suggestion, since each takes time."""
LINKS = ("answers", "of", "between", "premise", "assesses", "same_as")
"""The keys that name statements."""
_OF_THEMES = ("themes", "also_in")
_THEMES = ("theme", "part")
_UNSURE = ("brief", "open")
"""The rules that say of something that it is nowhere in the corpus, which is not sure where a file was not read."""
_NAMED = """SELECT named.*, found.kind, found.source, found.pinpoints, found.issued,
    EXISTS (SELECT 1 FROM declared WHERE (id, statement) = (named.id, '') AND kind IN ('theme', 'part')),
    (SELECT max(coalesce(number, 0)) FROM declared WHERE (id, statement) = (named.id, '') AND kind = 'brief'
        AND NOT EXISTS (SELECT 1 FROM declared WHERE (id, statement) = (named.id, '') AND kind = 'theme')),
    (SELECT min(brief || '/' || owner) FROM referred WHERE (id, statement) = (named.id, named.statement)
        AND kind = 'premise'),
    EXISTS (SELECT 1 FROM referred WHERE (id, statement) = (named.id, named.statement) AND kind = 'answers')
FROM referred AS named LEFT JOIN declared AS found
    ON named.statement <> '' AND found.rowid = (SELECT rowid FROM declared
        WHERE (id, statement) = (named.id, named.statement) ORDER BY file, line, "column" LIMIT 1)
WHERE named.file = ? ORDER BY named.rowid"""
"""What a file names: each with the first statement of that id, whether there is such a theme, the number of the brief
(0 where it has a fault), the question of which it is the premise, and whether there is a response."""
_TWICE = """SELECT number, line, "column", id, first FROM (
    SELECT *, row_number() OVER those AS place, first_value(file || ':' || line) OVER those AS first FROM declared
    WHERE id IN (SELECT id FROM declared AS one WHERE file = :file AND kind = 'brief' AND id <> '' AND EXISTS (
            SELECT 1 FROM declared WHERE (id, statement) = (one.id, '') AND kind IN ('theme', 'brief')
            AND rowid <> one.rowid))
        AND statement = '' AND kind IN ('theme', 'brief')
    WINDOW those AS (PARTITION BY id ORDER BY kind = 'brief', file, line, "column"))
WHERE file = :file AND kind = 'brief' AND place > 1"""
_LOST = "SELECT 1 FROM declared WHERE kind = 'brief' AND number IS NULL LIMIT 1"
"""A brief with another fault, of which what it answers may not be known."""
_AFFECTED = "SELECT file FROM declared WHERE id = :id UNION SELECT file FROM referred WHERE id = :id"
_SAME = """SELECT brief, owner, id, statement, file, number, line, "column" FROM referred
WHERE kind = 'same_as' AND number > 0 AND owner <> '' ORDER BY file, line, "column" """
_NAMES = {
    "theme": "SELECT DISTINCT id AS name FROM declared WHERE kind IN ('theme', 'part') AND :of = ''",
    "brief": "SELECT DISTINCT id AS name FROM declared AS one WHERE kind = 'brief' AND id <> '' AND :of = ''"
    " AND NOT EXISTS (SELECT 1 FROM declared WHERE (id, statement) = (one.id, '') AND kind = 'theme')",
    "statement": "SELECT statement AS name FROM declared WHERE id = :of AND statement <> ''",
}
"""What may be named, by its kind; a statement, of a brief."""
_ALIKE = "AND name >= :first AND name < :first || char(0x10FFFF) ORDER BY name LIMIT :most"
"""Of these, the names that begin with some letters."""


class Judgement(NamedTuple):
    """What breaks a rule across files."""

    problems: tuple[Problem, ...]
    numbers: frozenset[int]
    """Of the briefs that are withheld for it."""


def note(db: sqlite3.Connection, declared: Rows, referred: Rows) -> None:
    """Note what a file declares and refers to."""
    insert(db, "declared", declared)
    insert(db, "referred", referred)


def noted(contents: FileContents, numbers: Mapping[Place, int], sources: Mapping[str, Source]) -> tuple[Rows, Rows]:
    """What is noted of a file of briefs; `numbers` has those of its sound briefs, by their places."""
    starts = sorted([*(brief.place for brief in contents.briefs), *(Place(*held[1:]) for held in contents.withheld)])
    rows: Rows = []
    for entry in contents.declares:
        kind, _, of = entry.kind.partition(":")
        number = None if kind == "theme" else _number(entry.place, starts, numbers)
        name, _, statement = entry.id.partition("/")
        about = (name, statement, entry.source, entry.pinpoints, _days(entry.source, sources)[0])
        rows.append((contents.name, number, *entry.place, of or kind, *about))
    if contents.theme is None:
        rows.append((contents.name, None, 1, 1, "part", contents.theme_id, *[""] * 4))
    if not contents.ids_known:
        rows.append((contents.name, None, 1, 1, "brief", *[""] * 5))
    return rows, noted_references(contents.name, contents.references, starts, numbers, sources)


def noted_references(
    file: str,
    references: Iterable[Reference],
    starts: list[Place],
    numbers: Mapping[Place, int],
    sources: Mapping[str, Source],
) -> Rows:
    """The themes, briefs and statements that a file names, as they are noted."""
    rows: Rows = []
    for entry in references:
        if entry.kind in (*_OF_THEMES, "related", *LINKS):
            name, _, statement = entry.target.partition("/")
            owner = (entry.brief_id, entry.section, entry.owner, entry.source, entry.pinpoint)
            where = (file, _number(entry.place, starts, numbers), *entry.place)
            rows.append((*where, entry.kind, name, statement, *owner, _days(entry.source, sources)[1]))
    return rows


def forget(db: sqlite3.Connection, file: str) -> None:
    """Take out what was noted of a file."""
    for table in ("declared", "referred", "fault"):
        db.execute(f"DELETE FROM {table} WHERE file = ?", (file,))  # noqa: S608


def noted_ids(db: sqlite3.Connection, files: Iterable[str]) -> set[str]:
    """The ids that these files declare, and those of the briefs whose statements they name."""
    query = f"""SELECT id FROM declared WHERE file = :file AND kind NOT IN {_THEMES}
    UNION SELECT id FROM referred WHERE file = :file AND kind IN {LINKS}"""  # noqa: S608
    return {name for file in files for (name,) in db.execute(query, {"file": file})}


def noted_themes(db: sqlite3.Connection, files: Iterable[str]) -> set[tuple[str, str]]:
    """What these files declare of their themes, which concerns others only where there was or is nothing of it."""
    query = f"SELECT kind, id FROM declared WHERE file = ? AND kind IN {_THEMES}"  # noqa: S608
    return {row for file in files for row in db.execute(query, (file,))}


def judge(db: sqlite3.Connection, all_listed: bool, changed: Iterable[str] | None = None) -> Judgement:
    """What breaks a rule, judging anew what `changed` ids bear on, or everything.

    What may be in a file that could not be read, or is not listed, is not called missing.
    """
    if changed is None:
        files = db.execute("SELECT file FROM declared UNION SELECT file FROM referred").fetchall()
    else:
        files = sorted({row for name in changed for row in db.execute(_AFFECTED, {"id": name})})
    for (file,) in files:
        db.execute("DELETE FROM fault WHERE file = ?", (file,))
        found = [(file, *fault) for fault in (*_twice(db, file), *_misnamed(db, file))]
        db.executemany("INSERT INTO fault VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", found)
    sure = all_listed and not db.execute("SELECT 1 FROM declared WHERE id = '' LIMIT 1").fetchone()
    guesses = _Guesses(db)
    problems = []
    numbers: set[int] = set()
    faults = db.execute("SELECT * FROM fault ORDER BY file, rowid").fetchall()
    unsure: tuple[str, ...] = () if sure else _UNSURE if all_listed else (*_UNSURE, "theme")
    if sure and any(fault[4] == "open" for fault in faults) and db.execute(_LOST).fetchone():
        unsure = ("open",)
    for file, number, line, column, rule, name, statement, what, cure in [*faults, *_circles(db)]:
        if rule not in unsure:
            level = "warning" if rule == "early" else "error"
            cure = cure or guesses.cure(rule, name, statement)
            problems.append(Problem(file, line, column, what, cure, level))
            if level == "error" and number is not None:
                numbers.add(number)
    return Judgement(tuple(problems), frozenset(numbers))


def _number(place: Place, starts: list[Place], numbers: Mapping[Place, int]) -> int | None:
    """The number of the brief in which a place lies."""
    at = bisect_right(starts, place)
    return numbers.get(starts[at - 1]) if at else None


def _days(source: str, sources: Mapping[str, Source]) -> tuple[str, str]:
    """The first and the last day on which a source may have been issued, as they compare; nothing where not known."""
    if source not in sources:
        return "", ""
    issued = period.parse(sources[source].issued)
    first, last = (*issued.start, *(1, 1)[: 3 - len(issued.start)]) if issued.start else (), issued.until
    return "-".join(f"{part:04}" for part in first), "-".join(f"{part:04}" for part in last)


def _twice(db: sqlite3.Connection, file: str) -> Iterator[tuple[Any, ...]]:
    for number, line, column, name, first in db.execute(_TWICE, {"file": file}):
        what = f"the id {shown(name)} stands twice, first at {first}"
        yield number, line, column, "twice", name, "", what, "give this brief another id"


def _misnamed(db: sqlite3.Connection, file: str) -> Iterator[tuple[Any, ...]]:
    """Of what a file names, each that breaks a rule: the rule, what is named, what is wrong and the cure. That nothing
    is a response may follow from what else is wrong in a brief."""
    found = []
    for row in db.execute(_NAMED, (file,)).fetchall():
        _, number, line, column, _, name, statement, *_ = row
        found += [(number, line, column, rule, name, statement, what, cure) for rule, what, cure in _faults(row)]
    faulty = {None, *(number for number, _, _, rule, *_ in found if rule not in ("open", "early"))}
    return (fault for fault in found if fault[3] != "open" or fault[0] not in faulty)


def _faults(row: tuple[Any, ...]) -> Iterator[tuple[str, str, str]]:
    """The rules that one name breaks."""
    from hrdash.corpus import rules  # loads yaml, which is there where anything was read

    *_, kind, name, statement, brief, section, _, source, place, until = row[:13]
    found, found_source, places, issued, is_theme, number, question, responded = row[13:]
    whole, elsewhere = shown(f"{name}/{statement}"), brief != name
    if kind in _OF_THEMES:
        if not is_theme:
            yield "theme", f"there is no theme {shown(name)}", ""
    elif number is None and elsewhere:
        yield "brief", f"there is no brief {shown(name)}", ""
    elif statement and found is None:
        if number or not elsewhere:
            where = f"the brief {shown(name)}" if elsewhere else "this brief"
            yield "statement", f"there is no statement {shown(statement)} in {where}", ""
    elif statement:
        fault = rules.kind_fault(kind, section, statement, found)
        others = [one for one in places.split(", ") if one]
        if not fault and place and others:
            if kind == "same_as" and section == "recommendations" and source == found_source:
                fault = rules.repeated_fault(place, others)
            elif kind == "assesses":
                fault = rules.limb_fault(place, others)
        if not fault and kind in ("answers", "of") and question:
            fault = rules.premise_fault(statement, question.removeprefix(f"{brief}/").removesuffix("/"))
        if fault:
            yield "kind", *fault
        if kind == "of" and not responded:
            yield "open", f"nothing is a response to {whole}, so that it leaves nothing open", "link it, or remove this"
        if kind == "answers" and until and until < issued:
            yield "early", f"the response was issued before {whole}, which it answers", "look whether it answers it"


def _circles(db: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    """Chains of `same_as` that lead back to where they began, each once, as faults at the first place."""
    ahead = {row[:2]: row[2:] for row in db.execute(_SAME)}
    settled: set[tuple[str, str]] = set()
    for start in ahead:
        chain: dict[tuple[str, str], None] = {}
        at = start
        while at in ahead and at not in settled and at not in chain:
            chain[at] = None
            at = ahead[at][:2]
        if at in chain:
            what = f"the same_as of {shown('/'.join(at))} leads back to itself"
            yield *ahead[at][2:], "circle", *at, what, "let one of them stand alone"
        settled.update(chain)


class _Guesses:
    """What may have been meant by names that lead nowhere."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._meant: dict[tuple[str, str, str], str] = {}

    def cure(self, rule: str, name: str, statement: str) -> str:
        """The nearest name there is, or what else to do."""
        wrong = rule, name, statement
        if wrong not in self._meant and len(self._meant) < _MOST_SUGGESTIONS:
            of, one = (name, statement) if rule == "statement" else ("", name)
            self._meant[wrong] = nearest(one, self._names(rule, of, one.casefold()[:FIRST_LETTERS]))
        guess = self._meant.get(wrong, "")
        return f"did you mean '{guess}'?" if guess else "correct its id, or remove it here"

    def _names(self, rule: str, of: str, first: str) -> list[str]:
        """Those that may have been meant: all, or where they are many those that begin so."""
        found: list[str] = []
        for begin in ("", first):
            asked = {"of": of, "first": begin, "most": MOST_COMPARED + 1}
            found = [name for (name,) in self._db.execute(f"{_NAMES[rule]} {_ALIKE}", asked)]
            if len(found) <= MOST_COMPARED:
                break
        return found
