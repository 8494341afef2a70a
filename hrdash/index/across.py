"""The rules across files, as queries: what is named is there, is of the right kind, and no id is given twice.

Whoever reads a file notes what it declares and refers to; `judge` finds what breaks a rule, for the index and for the
check of a corpus alike. What a brief names of its own is held where it is read, but for what other briefs bear on.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from hrdash import period, pinpoint
from hrdash.model import SECTION_KINDS, Place, Problem, Source
from hrdash.names import nearest, shown

if TYPE_CHECKING:  # what they are read by loads yaml
    from hrdash.corpus.read import FileContents, Reference

_MOST_SUGGESTIONS = 20
"""Of the names in a file that lead nowhere, so many get a suggestion, since each takes time."""
LINKS = ("answers", "of", "between", "premise", "assesses", "same_as")
"""The keys that name statements."""
_OF_THEMES, _OF_BRIEFS = ("themes", "also_in"), ("related",)
_TAKES = {
    "answers": ("concern", "question", "recommendation"),
    "of": ("concern", "question", "recommendation"),
    "premise": ("concern",),
    "assesses": ("recommendation",),
}
_NO_BRIEF = """NOT EXISTS (SELECT 1 FROM declared WHERE id = named.id AND kind = 'brief')
    OR EXISTS (SELECT 1 FROM declared WHERE id = named.id AND kind = 'theme')"""
_TOLD = "(named.number > 0 OR named.brief <> named.id)"
"""What a brief names of its own is looked at where nothing else is wrong with it."""
_RULES = {
    "theme": f"named.kind IN {_OF_THEMES} AND NOT EXISTS "
    "(SELECT 1 FROM declared WHERE id = named.id AND kind IN ('theme', 'part'))",
    "brief": f"named.kind NOT IN {_OF_THEMES} AND ({_NO_BRIEF})",
    "statement": f"""named.statement <> '' AND {_TOLD} AND found.kind IS NULL
        AND EXISTS (SELECT 1 FROM declared WHERE id = named.id AND kind = 'brief' AND number > 0)""",
    "kind": f"{_TOLD} AND CASE named.kind "
    + " ".join(f"WHEN '{key}' THEN found.kind NOT IN ('{"', '".join(kinds)}')" for key, kinds in _TAKES.items())
    + " WHEN 'same_as' THEN found.kind <> named.owner_kind END",
    "premise": f"""named.kind = 'answers' AND {_TOLD} AND EXISTS (SELECT 1 FROM referred AS other
        WHERE other.kind = 'premise' AND (other.id, other.statement) = (named.id, named.statement))""",
    "open": f"""named.kind = 'of' AND {_TOLD} AND NOT EXISTS (SELECT 1 FROM referred AS other
        WHERE other.kind = 'answers' AND (other.id, other.statement) = (named.id, named.statement))""",
    "limb": "named.limb <> '' AND found.pinpoints <> '' AND NOT covers(found.pinpoints, named.limb)",
    "list": "named.kind = 'same_as' AND found.kind = 'recommendation' AND named.owner_kind = found.kind "
    "AND named.source = found.source",
    "early": "named.kind = 'answers' AND named.issued <> '' AND named.issued < found.issued",
}
"""When something that is named breaks each rule; `found` is the statement of that id."""
_TWICE = """INSERT INTO fault SELECT file, number, line, "column", 'twice', kind, id, '' FROM declared AS one
WHERE file = ? AND kind = 'brief' AND id <> '' AND EXISTS (
    SELECT 1 FROM declared AS other WHERE other.id = one.id AND other.kind IN ('brief', 'theme') AND
    (other.kind = 'brief', other.file, other.line, other."column") < (1, one.file, one.line, one."column"))"""
_BROKEN = [_TWICE] + [
    f"""INSERT INTO fault SELECT DISTINCT named.file, named.number, named.line, named."column", '{rule}', named.kind,
    named.id, named.statement FROM referred AS named LEFT JOIN declared AS found
    ON named.statement <> '' AND (found.id, found.statement) = (named.id, named.statement)
    WHERE named.file = ? AND ({condition})"""
    for rule, condition in _RULES.items()
]
_AFFECTED = "SELECT file FROM declared WHERE id = ?1 UNION SELECT file FROM referred WHERE id = ?1"
_FIRST = """SELECT file, line FROM declared WHERE id = ? AND kind IN ('brief', 'theme')
ORDER BY kind = 'brief', file, line, "column" LIMIT 1"""
_FAULTS = "SELECT * FROM fault WHERE ? OR rule NOT IN ('brief', 'open') ORDER BY file, rowid"
_NAMES = {
    "theme": "SELECT DISTINCT id FROM declared WHERE kind IN ('theme', 'part')",
    "brief": "SELECT DISTINCT id FROM declared WHERE kind = 'brief' AND id <> ''"
    " AND id NOT IN (SELECT id FROM declared WHERE kind = 'theme')",
    "statement": "SELECT statement FROM declared WHERE id = ? AND statement <> ''",
}
"""What may be named, by its kind."""


class Judgement(NamedTuple):
    """What breaks a rule across files."""

    problems: tuple[Problem, ...]
    numbers: frozenset[int]
    """Of the briefs that are withheld for it."""


def note(
    db: sqlite3.Connection, contents: FileContents, numbers: Mapping[Place, int], sources: Mapping[str, Source]
) -> None:
    """Note what a file of briefs declares and refers to; `numbers` has those of its sound briefs, by their places."""
    starts = sorted([*(brief.place for brief in contents.briefs), *(Place(*held[1:]) for held in contents.withheld)])
    rows: list[tuple[object, ...]] = []
    for entry in contents.declares:
        kind, _, of = entry.kind.partition(":")
        name, _, statement = entry.id.partition("/")
        number = None if kind == "theme" else _number(entry.place, starts, numbers)
        about = (name, statement, entry.source, entry.pinpoints, _days(entry.source, sources)[0])
        rows.append((contents.name, number, *entry.place, of or kind, *about))
    if contents.theme is None:
        rows.append((contents.name, None, 1, 1, "part", contents.theme_id, *[""] * 4))
    if not contents.ids_known:
        rows.append((contents.name, None, 1, 1, "brief", *[""] * 5))
    db.executemany("INSERT INTO declared VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    note_references(db, contents.name, contents.references, starts, numbers, sources)


def note_references(
    db: sqlite3.Connection,
    file: str,
    references: Iterable[Reference],
    starts: list[Place],
    numbers: Mapping[Place, int],
    sources: Mapping[str, Source],
) -> None:
    """Note the themes, briefs and statements that a file names."""
    rows = []
    for entry in references:
        if entry.kind in (*_OF_THEMES, *_OF_BRIEFS, *LINKS):
            name, _, statement = entry.target.partition("/")
            owner = (entry.brief_id, entry.owner, SECTION_KINDS.get(entry.section, ""))
            about = (*owner, entry.source, entry.pinpoint, _days(entry.source, sources)[1])
            rows.append((file, _number(entry.place, starts, numbers), *entry.place, entry.kind, name, statement, *about))
    db.executemany("INSERT INTO referred VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def forget(db: sqlite3.Connection, file: str) -> None:
    """Take out what was noted of a file."""
    for table in ("declared", "referred", "fault"):
        db.execute(f"DELETE FROM {table} WHERE file = ?", (file,))  # noqa: S608


def noted_ids(db: sqlite3.Connection, files: Iterable[str]) -> set[str]:
    """The ids that these files declare, and those of the briefs whose statements they name."""
    query = f"SELECT id FROM declared WHERE file = ?1 UNION SELECT id FROM referred WHERE file = ?1 AND kind IN {LINKS}"
    return {name for file in files for (name,) in db.execute(query, (file,))}


def judge(db: sqlite3.Connection, all_listed: bool, changed: Iterable[str] | None = None) -> Judgement:
    """What breaks a rule, judging anew what `changed` ids bear on, or everything.

    What may be in a file that could not be read, or is not listed, is not called missing.
    """
    db.create_function("covers", 2, _covers, deterministic=True)
    if changed is None:
        files = db.execute("SELECT file FROM declared UNION SELECT file FROM referred").fetchall()
    else:
        affected = {row for name in changed for row in db.execute(_AFFECTED, (name,))}
        files = sorted(affected.union(db.execute("SELECT DISTINCT file FROM fault")))
    for file in files:
        for query in ("DELETE FROM fault WHERE file = ?", *_BROKEN):
            db.execute(query, file)
    sure = all_listed and not db.execute("SELECT 1 FROM declared WHERE id = '' LIMIT 1").fetchone()
    words = _Words(db)
    problems = []
    numbers = set()
    for file, number, line, column, rule, *about in [*db.execute(_FAULTS, (sure,)).fetchall(), *_circles(db)]:
        level = "warning" if rule == "early" else "error"
        problems.append(Problem(file, line, column, *words.of(file, rule, *about), level))
        if level == "error":
            numbers.add(number)
    return Judgement(tuple(problems), frozenset(numbers - {None}))


def _number(place: Place, starts: list[Place], numbers: Mapping[Place, int]) -> int | None:
    """The number of the brief in which a place lies."""
    at = bisect_right(starts, place)
    return numbers.get(starts[at - 1]) if at else None


def _days(source: str, sources: Mapping[str, Source]) -> tuple[str, str]:
    """The first and the last day on which a source may have been issued, as they compare; nothing where not known."""
    if source not in sources:
        return "", ""
    issued = period.parse(sources[source].issued)
    first, last = (issued.start + (1, 1))[:3] if issued.start else (), issued.until if issued.end else ()
    return "-".join(f"{part:04}" for part in first), "-".join(f"{part:04}" for part in last)


def _covers(places: str, limb: str) -> bool:
    """Whether a limb lies within one of these pinpoints."""
    try:
        inner = pinpoint.parse(limb)
        return any(pinpoint.covers(pinpoint.parse(place), inner) for place in places.split(", "))
    except ValueError:
        return True  # it is no pinpoint, which is said where it is read


def _circles(db: sqlite3.Connection) -> Iterator[tuple[object, ...]]:
    """Chains of `same_as` that lead back to where they began, each once, as faults at the first place."""
    query = """SELECT brief, owner, id, statement, file, number, line, "column" FROM referred
    WHERE kind = 'same_as' AND number > 0 AND owner <> '' ORDER BY file, line, "column" """
    ahead = {row[:2]: row[2:] for row in db.execute(query)}
    settled: set[tuple[str, str]] = set()
    for start in ahead:
        chain: dict[tuple[str, str], None] = {}
        at = start
        while at in ahead and at not in settled and at not in chain:
            chain[at] = None
            at = ahead[at][:2]
        if at in chain:
            named, where = ahead[at][:2], ahead[at][2:]
            yield (*where, "circle", "same_as", *named)
        settled.update(chain)


class _Words:
    """What is said of each fault."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._names: dict[tuple[str, str], list[str]] = {}
        self._meant: dict[tuple[str, ...], str] = {}
        self._met: dict[str, set[tuple[str, ...]]] = {}

    def of(self, file: str, rule: str, kind: str, name: str, statement: str) -> tuple[str, str]:
        """What is wrong, and the cure."""
        whole = shown(f"{name}/{statement}")
        if rule == "twice":
            first, line = self._db.execute(_FIRST, (name,)).fetchone()
            return f"the id {shown(name)} stands twice, first at {first}:{line}", "give this brief another id"
        if rule in _NAMES:
            what = f"statement {shown(statement)} in the brief {shown(name)}" if rule == "statement" else f"{rule} {shown(name)}"
            guess = self._nearest(file, rule, name, statement)
            return f"there is no {what}", f"did you mean '{guess}'?" if guess else "correct its id, or remove it here"
        if rule == "kind":
            query = "SELECT kind FROM declared WHERE id = ? AND statement = ?"
            ((found,),) = self._db.execute(query, (name, statement)).fetchmany(1)
            takes = " or a ".join(_TAKES.get(kind, ("statement of its own kind",)))
            return f"{whole} is a {found}, and {kind} takes a {takes}", "name another, or move it"
        if rule == "premise":
            query = "SELECT brief, owner FROM referred WHERE kind = 'premise' AND id = ? AND statement = ?"
            asked = "/".join(self._db.execute(query, (name, statement)).fetchone()).rstrip("/")
            return f"{whole} is the premise of a question, which has the answer", f"name the question, of {shown(asked)}"
        return {
            "open": (f"nothing is a response to {whole}, so it leaves nothing open", "link the response, or remove this"),
            "limb": (f"the limb lies outside what is cited of {whole}", "correct it, or name what it is a part of"),
            "list": (f"{whole} is a recommendation of the same list", "let both stand alone"),
            "early": (f"the response was issued before {whole}, which it answers", "look whether it answers it"),
            "circle": (f"the same_as of this leads back to itself, by {whole}", "let one of them stand alone"),
        }[rule]

    def _nearest(self, file: str, rule: str, name: str, statement: str) -> str:
        wrong, met = (rule, name, statement), self._met.setdefault(file, set())
        if wrong not in self._meant and len(met) < _MOST_SUGGESTIONS:
            within = (rule, name if rule == "statement" else "")
            if within not in self._names:
                parameters = (name,) if rule == "statement" else ()
                self._names[within] = [found for (found,) in self._db.execute(_NAMES[rule], parameters)]
            guess = nearest(statement if rule == "statement" else name, self._names[within])
            self._meant[wrong] = f"{name}/{guess}" if guess and rule == "statement" else guess
        met.add(wrong)
        return self._meant.get(wrong, "")
