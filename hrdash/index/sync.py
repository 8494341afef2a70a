"""The index kept in step with the files of its corpus: what changed is read, and what depends on it.

Nothing here reads a corpus: a `Reader`, which the caller brings, gives the contents of files as values.
"""

# ruff: noqa: S608  (statements are put together from names in this package; every value is a parameter)

from __future__ import annotations

import sqlite3
from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Mapping
from functools import partial
from time import time_ns
from typing import TYPE_CHECKING, NamedTuple

from hrdash.index import brief_rows, rows
from hrdash.index.file import Unreadable
from hrdash.model import Brief, Place, Problem, Registers, Source, Speaker
from hrdash.names import nearest
from hrdash.text import clean_line

if TYPE_CHECKING:
    from typing import Any

    from hrdash.index.reader import Listing, Reader, Stamp
    from hrdash.index.store import Index

REGISTER_FILES = ("corpus.yaml", "sources.yaml", "speakers.yaml", "measures.yaml")
"""The files on which every brief depends: when one changes, everything is read again."""
SPARE = 1024
"""Numbers left free behind a file's briefs, besides twice as many as it has, so that it can grow and others come."""
SETTLED_NS = 2_000_000_000
"""How much older than its reading a file must be for equal stamps to mean equal content: the coarsest clock's tick."""

_LISTING, _REGISTERS = "", "registers"
"""In place of a file's name: what problems came from."""
_UNREAD = ""
"""In place of a digest: the file could not be read."""
_INT64 = 1 << 64
_UNTIDY = "INSERT OR REPLACE INTO meta VALUES ('untidy', '')"
"""Notes that words of removed texts may still stand in the file."""


class SyncReport(NamedTuple):
    """What a sync did."""

    read: int = 0
    """Files whose contents were read."""
    changed_briefs: tuple[str, ...] = ()
    """Ids of briefs that are new or say something else, by id; to stand elsewhere in a file is no change."""
    removed_briefs: tuple[str, ...] = ()
    """Ids of briefs that are gone, or are withheld now."""


class WouldLose(Exception):
    """A sync would take away briefs that are there and cannot be read as they are now; nothing was changed."""

    def __init__(self, briefs: frozenset[str], files: frozenset[str], problems: tuple[Problem, ...]) -> None:
        super().__init__(*sorted(files))
        self.briefs = briefs
        self.files = files
        """Of the files that changed, those with an error."""
        self.problems = problems
        """Every problem that the corpus has as it is now."""


class StartOver(Exception):
    """What changed changes everything, or leaves no room between two files: an empty index has to be filled."""


def is_fresh(index: Index, listing: Listing) -> bool:
    """Whether the index holds these files as they are now, as far as can be told without reading them."""
    try:
        return not index.damaged and _holds(index, listing)
    except Unreadable:
        return False


def _holds(index: Index, listing: Listing) -> bool:
    stored = {row[:5] for row in index.integers("SELECT name, size, mtime_ns, ctime_ns, inode FROM file WHERE settled")}
    if stored != set(map(_stamp, listing.files)) or index.integers("SELECT 1 FROM file WHERE NOT settled LIMIT 1"):
        return False
    return not index.is_new() and _listing_problems(index) == set(listing.problems)


def changed_files(index: Index, listing: Listing) -> frozenset[str]:
    """Of the listed files, those that the index holds in another state, by their stamps."""
    stored = {row[0]: row for row in index.integers("SELECT name, size, mtime_ns, ctime_ns, inode FROM file")}
    return frozenset(stamp[0] for stamp in map(_stamp, listing.files) if stored.get(stamp[0], stamp) != stamp)


def briefs_of(index: Index, files: Iterable[str]) -> frozenset[str]:
    """The ids of the briefs that the index has from these files."""
    query = "SELECT id FROM file CROSS JOIN brief ON number >= first AND number < last WHERE name = ?"
    return frozenset(name for file in files for (name,) in index.run(query, (file,)))


def sync(
    index: Index, listing: Listing, reader: Reader, tidy: bool = True, held: frozenset[str] | None = None
) -> SyncReport:
    """Bring the index in step with the listed files, in one transaction.

    Read are the files that changed, those with a fault across files, and everything when a register changed. `tidy`
    drives deleted words out of the file as well, which takes long in a corpus of a hundred thousand briefs; without it
    the next tidy sync does. Where the file fails, the index goes on in a new one, or in memory; raise `Unreadable`
    only when memory fails. Until it is done others read the index as it was.

    With `held`, nothing is done and `WouldLose` is raised where a brief would go because it cannot be read any more;
    and the files that it names are taken to be as they were last read. Their stamps stay those of that reading, so
    that nobody else takes the index for fresh.
    """
    digests: dict[str, str] = {}
    earlier: dict[str, int] = {}
    tidy = tidy and bool(index.path)  # in memory there is no file for a word to be left in
    fault: Exception | None = None
    try:
        if index.damaged:
            raise Unreadable
        if not _Survey(index, listing, reader, digests, held).finds_work(tidy):
            return SyncReport()
        return index.write(lambda db: _Update(db, index, listing, reader, digests, held).done(earlier, tidy))
    except StartOver:
        earlier.update(index.run("SELECT id, content FROM brief"))
    except (sqlite3.Error, Unreadable, TypeError, ValueError, KeyError) as found:  # the last three: of damaged rows
        fault = found
    failed = index
    while True:
        other = failed.successor(fault)
        try:
            report = other.write(partial(_fill, other, listing, reader, digests, held, earlier))
        except WouldLose:
            other.close()
            raise
        except (sqlite3.Error, Unreadable) as found:
            other.close()
            failed, fault = other, found
        else:
            index.become(other)
            return report


def _fill(
    index: Index,
    listing: Listing,
    reader: Reader,
    digests: dict[str, str],
    held: frozenset[str] | None,
    earlier: dict[str, int],
    db: sqlite3.Connection,
) -> SyncReport:
    return _Update(db, index, listing, reader, digests, held).done(earlier, tidy=True)


class _File(NamedTuple):
    """What the index knows of one file."""

    stamp: tuple[Any, ...]
    settled: int
    digest: str
    theme: str
    first: int = 0
    last: int = 0
    flagged: int = 0
    """1: it has a fault across files, and is read again whenever anything changes."""
    ids_known: int = 1


class _Survey:
    """Which files are new, changed or gone."""

    def __init__(
        self, index: Index, listing: Listing, reader: Reader, digests: dict[str, str], held: frozenset[str] | None
    ) -> None:
        self.index = index
        self.problems = listing.problems
        self.unread = listing.unread
        self.new = index.is_new()
        columns = "settled, digest, theme, first, last, flagged, ids_known"
        found = index.integers(f"SELECT name, size, mtime_ns, ctime_ns, inode, {columns} FROM file")
        self.stored = {row[0]: _File(row[:5], *row[5:]) for row in found}
        self.files: dict[str, _File] = {}
        self.changed: set[str] = set()
        now = time_ns()
        for stamp in map(_stamp, listing.files):
            name, old = stamp[0], self.stored.get(stamp[0])
            if old is not None and held and name in held:
                pass
            elif old is None or not old.settled or old.stamp != stamp:
                if name not in digests:
                    digests[name] = _digest(reader.content(name))
                if old is None or old.digest != digests[name]:
                    self.changed.add(name)
                settled = int(max(stamp[2], stamp[3]) + SETTLED_NS < now and digests[name] != _UNREAD)
                old = (old or _File(stamp, 0, "", _theme_of(name)))._replace(
                    stamp=stamp, settled=settled, digest=digests[name]
                )
            self.files[name] = old
        self.removed = self.stored.keys() - self.files.keys()

    def finds_work(self, tidy: bool) -> bool:
        """Whether there is anything to write."""
        if self.new or self.files != self.stored or _listing_problems(self.index) != set(self.problems):
            return True
        return tidy and bool(self.index.integers("SELECT 1 FROM meta WHERE key = 'untidy'"))


class _Update:
    """The index in one transaction, from what it was to what the files are now."""

    def __init__(
        self, db: sqlite3.Connection, index: Index, listing: Listing, reader: Reader, digests: dict[str, str],
        held: frozenset[str] | None,
    ) -> None:  # fmt: skip
        self.db = db
        self.reader = reader
        self.keep = held is not None
        self.survey = survey = _Survey(index, listing, reader, digests, held)  # anew: others may have come first
        self.files = dict(survey.files)
        self.registers = index.registers
        self.stems = index.stems
        self.values = brief_rows.Values(db)
        self.order: list[tuple[int, str, int, str]] = []
        """The files of briefs in corpus order: theme, the theme's own file first, then by name, which comes last."""
        self.position: dict[str, int] = {}
        """The place of each file in that order."""
        self.placed: list[int] = []
        """The places of the files that have a run of numbers, sorted; their runs stand in this order too."""
        self.top = SPARE
        """The first free number, while an empty index is filled."""
        self.before: dict[str, dict[str, int]] = {}
        self.after: dict[str, dict[str, int]] = {}
        """For each file written, the briefs by id, with a number for what they say, before and after."""
        self.read: set[str] = set()
        self.crowded: set[str] = set()
        """Files with a brief whose id another file still held when they were read: it may have moved here."""

    def done(self, earlier: dict[str, int], tidy: bool) -> SyncReport:
        """Write it all; `earlier` has what briefs said in another index, where this one begins anew."""
        changed, touched = self.survey.changed, self.survey.changed | self.survey.removed
        if not self.survey.new and not touched.isdisjoint(REGISTER_FILES):
            raise StartOver
        contents = self.reader.registers() if self.survey.new else None
        if contents:
            rows.write_registers(self.db, contents.corpus, contents.theme_order, contents.registers)
            faulty = [(entry.kind, entry.id, entry.where) for entry in contents.faulty]
            self.db.executemany("INSERT INTO faulty VALUES (?, ?, ?)", faulty)
            self.registers = contents.registers
        self._write_problems(_LISTING, self.survey.problems)
        self._put_in_order()
        ids, themes, suspects = self._declared(touched), self._themes(), set(changed)
        self.db.execute("DELETE FROM withheld WHERE file NOT IN (SELECT name FROM file)")
        for name in self.survey.removed:
            self._remove_briefs(name)
            self._forget(name)
        left_out = [(clean_line(name), "", 1, 1) for name in self.survey.unread]
        self.db.executemany("INSERT INTO withheld VALUES (?, ?, ?, ?)", left_out)
        hopeful = _Known(self.db, self.registers, hopeful=True)
        for *_, name in self.order:
            if name in changed:
                self._take(name, hopeful)
        for name in sorted(self.crowded):
            self._take(name, hopeful)
        self._write_files()
        if not self.survey.new:
            suspects |= self._sharing(touched)
            suspects |= self._referring((ids ^ self._declared(touched)) | (themes ^ self._themes()))
        known = _Known(self.db, self.registers)
        self._look_across(suspects, known)
        if self.survey.new or themes != self._themes():
            contents = self.reader.resolve_registers(contents or self.reader.registers(), known)
            self._write_problems(_REGISTERS, contents.problems)
        self._write_files()
        self.values.settle()
        if tidy and self.db.execute("DELETE FROM meta WHERE key = 'untidy'").rowcount:
            self.db.execute("INSERT INTO words(words) VALUES ('optimize')")
        return self._report(earlier)

    def _put_in_order(self) -> None:
        ranks = dict(self.db.execute("SELECT id, place FROM theme_order"))
        self.order = sorted(
            (ranks.get(file.theme, len(ranks)), file.theme, name.count("/"), name)
            for name, file in self.files.items() if name not in REGISTER_FILES
        )  # fmt: skip
        self.position = {name: place for place, (*_, name) in enumerate(self.order)}
        self.placed = [place for place, (*_, name) in enumerate(self.order) if self.files[name].last]

    def _take(self, name: str, known: _Known) -> None:
        """Read a file and write what it holds in place of what it held."""
        contents = self.reader.theme_file(name)
        self.read.add(name)
        file = self.files[name]
        old = range(file.first, file.last)
        self.before.setdefault(name, brief_rows.contents(self.db, old))
        self._forget(name)
        declared = {(name, entry.kind, entry.id, *entry.place) for entry in contents.declares}
        named = [entry for entry in contents.references if entry.kind in ("theme", "brief")]
        referred = {(name, entry.kind, entry.target) for entry in named}
        self.db.executemany("INSERT INTO declared VALUES (?, ?, ?, ?, ?)", sorted(declared))
        self.db.executemany("INSERT INTO referred VALUES (?, ?, ?)", sorted(referred))
        resolved = self.reader.resolve(contents, known)
        held = [(name, entry.id, entry.line, entry.column) for entry in resolved.withheld]
        self.db.executemany("INSERT INTO withheld VALUES (?, ?, ?, ?)", held)
        self._write_problems(name, resolved.problems)
        if resolved.theme:
            rows.write_theme(self.db, name, resolved.theme)
        distinct = list(_each_once(resolved.briefs))
        briefs = [brief for brief in distinct if not self._is_taken(brief.id, old)]
        if len(briefs) < len(distinct):
            self.crowded.add(name)
        first = self._room(name, len(briefs))
        if brief_rows.put_briefs(self.db, old, first, briefs, self.registers, self.values, self.stems):
            self.db.execute(_UNTIDY)
        new = range(first, first + len(briefs))
        if not file.last:
            insort(self.placed, self.position[name])
        self.files[name] = file._replace(first=new.start, last=new.stop, ids_known=int(contents.ids_known))
        self.after[name] = brief_rows.contents(self.db, new)

    def _forget(self, name: str) -> None:
        """Take out what a file held, but for its briefs."""
        self.db.execute("DELETE FROM tag WHERE theme IN (SELECT id FROM theme WHERE file = ?)", (name,))
        for table in ("theme", "declared", "referred", "withheld"):
            self.db.execute(f"DELETE FROM {table} WHERE file = ?", (name,))
        self.db.execute("DELETE FROM problem WHERE read_from = ?", (name,))

    def _remove_briefs(self, name: str) -> None:
        file = self.files.get(name) or self.survey.stored[name]
        run = range(file.first, file.last)
        self.before.setdefault(name, brief_rows.contents(self.db, run))
        if brief_rows.remove_briefs(self.db, run, self.values):
            self.db.execute(_UNTIDY)

    def _is_taken(self, name: str, own: range) -> bool:
        """Whether another file has a brief of that id: repeated ids are looked at once all are known."""
        found = self.db.execute("SELECT number FROM brief WHERE id = ?", (name,)).fetchone()
        return found is not None and found[0] not in own

    def _room(self, name: str, count: int) -> int:
        """Where a file's numbers begin: where they did, or between its neighbours'; raise `StartOver` without room."""
        file = self.files[name]
        if self.survey.new and not file.last:
            first = self.top
            self.top += count + SPARE + 2 * count
            return first
        at = bisect_left(self.placed, self.position[name])
        behind = at + bool(file.last)
        start = self._placed_file(at - 1).last if at else 1
        end = self._placed_file(behind).first if behind < len(self.placed) else 0
        if file.last and (not end or file.first + count <= end):
            return file.first
        if not end:
            return start + SPARE
        if end - start < count:
            raise StartOver
        return start + (end - start - count) // 2

    def _placed_file(self, at: int) -> _File:
        return self.files[self.order[self.placed[at]][-1]]

    def _look_across(self, suspects: set[str], known: _Known) -> None:
        """Read again, now that all are known, the files that have a fault across files, or had one."""
        again = []
        for *_, name in self.order:
            file = self.files[name]
            if file.flagged or name in suspects:
                has = self._has_fault(name)
                if has or (file.flagged and name not in self.survey.changed):
                    again.append(name)
                self.files[name] = file._replace(flagged=int(has))
        for name in again:
            self._remove_briefs(name)
        for name in again:
            self._take(name, known)

    def _has_fault(self, name: str) -> bool:
        """Whether a file names a theme or brief that nobody declares, or gives an id that is given elsewhere too."""
        return bool(
            self.db.execute(
                "SELECT EXISTS (SELECT 1 FROM referred WHERE file = :file AND CASE kind"
                " WHEN 'theme' THEN NOT EXISTS (SELECT 1 FROM file WHERE theme = target)"
                " ELSE NOT EXISTS (SELECT 1 FROM declared WHERE id = target)"
                " OR EXISTS (SELECT 1 FROM declared WHERE id = target AND kind = 'theme') END)"
                " OR EXISTS (SELECT 1 FROM declared AS one JOIN declared AS other ON other.id = one.id"
                " AND other.rowid <> one.rowid WHERE one.file = :file)",
                {"file": name},
            ).fetchone()[0]
        )

    def _declared(self, files: Iterable[str]) -> set[tuple[str, str]]:
        """What these files declare, as kind and id."""
        return {
            (kind, name) for file in files
            for kind, name in self.db.execute("SELECT kind, id FROM declared WHERE file = ?", (file,))
        }  # fmt: skip

    def _themes(self) -> set[tuple[str, str]]:
        """The themes that have files."""
        return {("theme", theme) for (theme,) in self.db.execute("SELECT DISTINCT theme FROM file WHERE theme <> ''")}

    def _sharing(self, files: Iterable[str]) -> set[str]:
        """Other files that declare an id which these declare."""
        query = ("SELECT DISTINCT other.file FROM declared AS one JOIN declared AS other ON other.id = one.id"
                 " WHERE one.file = ? AND other.file <> one.file")  # fmt: skip
        return {other for file in files for (other,) in self.db.execute(query, (file,))}

    def _referring(self, ids: Iterable[tuple[str, str]]) -> set[str]:
        """The files that name one of these."""
        query = "SELECT DISTINCT file FROM referred WHERE target = ?"
        return {file for _, name in ids for (file,) in self.db.execute(query, (name,))}

    def _write_problems(self, read_from: str, problems: Iterable[Problem]) -> None:
        self.db.execute("DELETE FROM problem WHERE read_from = ?", (read_from,))
        found = [(read_from, *problem) for problem in problems]
        self.db.executemany("INSERT INTO problem VALUES (?, ?, ?, ?, ?, ?, ?)", found)

    def _write_files(self) -> None:
        """Put down what is known of each file; a register has neither theme nor numbers.

        One whose bytes could not be had is looked at again every time: nobody may notice when they can be.
        """
        for name in self.reader.unread & self.files.keys():
            self.files[name] = self.files[name]._replace(settled=0, digest=_UNREAD)
        self.db.executemany("DELETE FROM file WHERE name = ?", [(name,) for name in self.survey.removed])
        changed = [(*file[0], *file[1:]) for name, file in self.files.items() if file != self.survey.stored.get(name)]
        self.db.executemany("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", changed)

    def _report(self, earlier: dict[str, int]) -> SyncReport:
        before = earlier or {name: mark for marks in self.before.values() for name, mark in marks.items()}
        after = {name: mark for marks in self.after.values() for name, mark in marks.items()}
        changed = sorted(name for name, mark in after.items() if before.get(name) != mark)
        registers = len(REGISTER_FILES) if self.survey.new else 0
        removed = before.keys() - after.keys()
        if self.keep:
            self._check_loss(removed)
        return SyncReport(len(self.read) + registers, tuple(changed), tuple(sorted(removed)))

    def _check_loss(self, removed: Collection[str]) -> None:
        """Raise `WouldLose` where one of the removed briefs is still there and cannot be read, or may be."""
        lost = frozenset(removed)
        if all(self.files[name].ids_known for name in self.survey.changed):
            lost &= {name for (name,) in self.db.execute("SELECT id FROM withheld")}
        if lost:
            problems = rows.read_problems(lambda *query: rows.cleaned(self.db.execute(*query)))
            faulty = {problem.file for problem in problems if problem.level == "error"}
            raise WouldLose(lost, frozenset(faulty & self.survey.changed), problems)


class _Known:
    """A `hrdash.known.Known` of what the registers and all files declare, from the index itself.

    A hopeful one takes every theme and brief to be there, once: so that files can be written while others are still
    to come, and those where this was wrong are read again.
    """

    def __init__(self, db: sqlite3.Connection, registers: Registers, hopeful: bool = False) -> None:
        self._db = db
        self._registers: dict[str, Mapping[str, Any]] = {
            "source": registers.sources, "speaker": registers.speakers, "measure": registers.measures,
        }  # fmt: skip
        self._hopeful = hopeful
        self._faulty: dict[tuple[str, str], str] = {
            (kind, name): where for kind, name, where in db.execute('SELECT kind, id, "where" FROM faulty')
        }
        self._suggestions: dict[tuple[str, str], str] = {}

    def has(self, kind: str, name: str) -> bool:
        if kind in self._registers:
            return name in self._registers[kind]
        if self._hopeful:
            return True
        if kind == "theme":
            return self._db.execute("SELECT 1 FROM file WHERE theme = ? LIMIT 1", (name,)).fetchone() is not None
        kinds = {found for (found,) in self._db.execute("SELECT kind FROM declared WHERE id = ?", (name,))}
        return kinds == {"brief"}

    def nearest(self, kind: str, name: str) -> str:
        if (kind, name) not in self._suggestions:
            self._suggestions[kind, name] = nearest(name, self._ids(kind))
        return self._suggestions[kind, name]

    def _ids(self, kind: str) -> Iterable[str]:
        if kind in self._registers:
            return self._registers[kind]
        themes = "SELECT DISTINCT theme FROM file WHERE theme <> ''"
        briefs = "SELECT id FROM declared GROUP BY id HAVING max(kind) = 'brief'"
        return [found for (found,) in self._db.execute(themes if kind == "theme" else briefs)]

    def source(self, name: str) -> Source | None:
        return self._registers["source"].get(name)

    def speaker(self, name: str) -> Speaker | None:
        return self._registers["speaker"].get(name)

    def fault(self, kind: str, name: str) -> str:
        return self._faulty.get((kind, name), "")

    def first_place(self, name: str) -> tuple[str, Place] | None:
        order = "kind = 'brief', file, line, \"column\""
        query = f'SELECT file, line, "column" FROM declared WHERE id = ? ORDER BY {order} LIMIT 1'
        found = None if self._hopeful else self._db.execute(query, (name,)).fetchone()
        return (found[0], Place(*found[1:])) if found else None

    def all_read(self) -> bool:
        query = ("SELECT NOT EXISTS (SELECT 1 FROM file WHERE NOT ids_known)"
                 " AND NOT EXISTS (SELECT 1 FROM problem WHERE read_from = ? AND level <> 'warning')")  # fmt: skip
        return bool(self._db.execute(query, (_LISTING,)).fetchone()[0])


def _each_once(briefs: Iterable[Brief]) -> Iterable[Brief]:
    """Of briefs with one id the first."""
    found: dict[str, Brief] = {}
    for brief in briefs:
        found.setdefault(brief.id, brief)
    return found.values()


def _stamp(stamp: Stamp) -> tuple[str, int, int, int, int]:
    """A file's stamp as a row holds it: SQLite's integers have a sign, and an inode may need its bit."""
    inode = stamp.inode if stamp.inode < _INT64 // 2 else stamp.inode - _INT64
    return stamp.name, stamp.size, stamp.mtime_ns, stamp.ctime_ns, inode


def _digest(content: bytes | None) -> str:
    from hashlib import blake2b  # only where a file may have changed

    return _UNREAD if content is None else blake2b(content, digest_size=16).hexdigest()


def _theme_of(name: str) -> str:
    """The theme that a file belongs to, by its path; nothing for a register."""
    return "" if name in REGISTER_FILES else name.split("/")[1].removesuffix(".yaml")


def _listing_problems(index: Index) -> set[Problem]:
    query = 'SELECT file, line, "column", what, cure, level FROM problem WHERE read_from = ?'
    return {Problem(*row) for row in index.run(query, (_LISTING,))}
