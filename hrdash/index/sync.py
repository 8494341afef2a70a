"""The index kept in step with the files of its corpus: what changed is read, and what depends on it.

A corpus folder's way to a fresh index: `list_files` walks the folder once and stamps every file. `sync` surveys these
stamps against the table `file`, and reads the bytes of those that differ, to see by a digest whether they changed. Then
comes one transaction. A changed register begins an empty index. Each changed file of briefs is read and held against
the registers; its sound briefs are written as JSON under the numbers of the file's run, with what is searched and
counted beside them, and `across.note` keeps what it declares and refers to. When all are in, `across.judge` finds by
queries which briefs break a rule across files: these are put aside as JSON, and those that break none any more come
back from there, whether or not their own files changed. The problems, stamps and counts are written, the file is sealed
with its version, token and checksum, and whoever reads the index sees the new state at once, or, after any fault, the
old one.
"""

# ruff: noqa: S608  (statements are put together from names in this package; every value is a parameter)

from __future__ import annotations

import sqlite3
from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Mapping
from hashlib import blake2b
from time import time_ns
from typing import Any, NamedTuple

from hrdash.corpus.folder import CorpusFolder
from hrdash.corpus.listing import CORPUS_FILE, REGISTER_FILES, FileStamp, Listing
from hrdash.index import across, rows
from hrdash.index.file import Unreadable
from hrdash.index.index import Index
from hrdash.model import Brief, Problem
from hrdash.text import clean_line

REGISTERS = frozenset(REGISTER_FILES)
"""The files on which every brief depends: when one changes, everything is read again."""
SPARE = 1024
"""Numbers left free behind a file's briefs, besides twice as many as it has, so that it can grow and others come."""
SETTLED_NS = 2_000_000_000
"""How much older than its reading a file must be for equal stamps to mean equal content: the coarsest clock's tick."""

_LISTING, _REGISTERS, _ACROSS = "", "registers", "across"
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


def sync(index: Index, corpus: CorpusFolder, tidy: bool = True, held: frozenset[str] | None = None) -> SyncReport:
    """Bring the index in step with the listed files, in one transaction.

    Read are the files that changed, and everything when a register changed. `tidy` drives deleted words out of the file
    as well, which takes long in a corpus of a hundred thousand briefs; without it the next tidy sync does. Where the
    file fails, the index goes on in a new one, or in memory; raise `Unreadable` only when memory fails. Until it is
    done others read the index as it was.

    With `held`, nothing is done and `WouldLose` is raised where a brief would go because it cannot be read any more;
    and the files that it names are taken to be as they were last read. Their stamps stay those of that reading, so
    that nobody else takes the index for fresh.
    """
    digests: dict[str, str] = {}
    earlier: dict[str, int] | None = None
    tidy = tidy and bool(index.path)  # in memory there is no file for a word to be left in
    fault: Exception | None = None
    try:
        if index.damaged:
            raise Unreadable
        if not _Survey(index, corpus, digests, held).finds_work(tidy):
            return SyncReport()
        return index.write(lambda db: _Update(db, index, corpus, digests, held).done(None, tidy))
    except StartOver:
        earlier = dict(index.run("SELECT id, content FROM brief"))
    except (sqlite3.Error, Unreadable, TypeError, ValueError, KeyError) as found:  # the last three: of damaged rows
        fault = found
    return index.begin_anew(fault, lambda other, db: _Update(db, other, corpus, digests, held).done(earlier, tidy=True))


class _File(NamedTuple):
    """What the index knows of one file."""

    stamp: tuple[Any, ...]
    settled: int
    digest: str
    theme: str
    first: int = 0
    last: int = 0


class _Survey:
    """Which files are new, changed or gone."""

    def __init__(
        self, index: Index, corpus: CorpusFolder, digests: dict[str, str], held: frozenset[str] | None
    ) -> None:
        self.index = index
        self.listing = listing = corpus.listing
        self.new = index.is_new()
        columns = "settled, digest, theme, first, last"
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
                    digests[name] = _digest(corpus.content(name))
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
        if self.new or self.files != self.stored or _listing_problems(self.index) != set(self.listing.problems):
            return True
        return tidy and bool(self.index.integers("SELECT 1 FROM meta WHERE key = 'untidy'"))


class _Update:
    """The index in one transaction, from what it was to what the files are now."""

    def __init__(
        self,
        db: sqlite3.Connection,
        index: Index,
        corpus: CorpusFolder,
        digests: dict[str, str],
        held: frozenset[str] | None,
    ) -> None:
        self.db = db
        self.corpus = corpus
        self.keep = held is not None
        self.survey = survey = _Survey(index, corpus, digests, held)  # anew: others may have come first
        self.files = dict(survey.files)
        self.registers = index.registers
        self.faulty = rows.read_faulty(index.run)
        self.theme_order = rows.read_order(index.run)
        self.stems = index.stems
        self.values = rows.Values(db)
        self.order: list[tuple[int, str, int, str]] = []
        """The files of briefs in corpus order: theme, the theme's own file first, then by name, which comes last."""
        self.position: dict[str, int] = {}
        """The place of each file in that order."""
        self.placed: list[int] = []
        """The places of the files that have a run of numbers, sorted; their runs stand in this order too."""
        self.top = SPARE
        """The first free number, while an empty index is filled."""
        self.before: dict[str, int] = {}
        self.after: dict[str, int] = {}
        """The briefs that may have changed, by id, with a number for what they say, before and after."""

    def done(self, earlier: dict[str, int] | None, tidy: bool) -> SyncReport:
        """Write it all; `earlier` has what briefs said in another index, where this one begins anew."""
        changed, touched = self.survey.changed, sorted(self.survey.changed | self.survey.removed)
        if not self.survey.new and not REGISTERS.isdisjoint(touched):
            raise StartOver
        if self.survey.new:
            self._fill_registers()
        for name in touched:
            self.before |= rows.contents(self.db, self._run_of(name))
        self._write_problems(_LISTING, self.survey.listing.problems)
        self._put_in_order()
        ids = across.declared_ids(self.db, touched)
        self.db.execute("DELETE FROM withheld WHERE file NOT IN (SELECT name FROM file)")
        for name in self.survey.removed:
            self._put(self._run_of(name), {})
            self._forget(name)
        left_out = [(clean_line(name), "", 1, 1, None, None, None) for name in self.survey.listing.unread]
        rows.insert(self.db, "withheld", left_out)
        for *_, name in self.order:
            if name in changed:
                self._take(name)
        self._write_files()
        ids |= across.declared_ids(self.db, touched)
        self._look_across(None if self.survey.new else ids)
        for name in changed:
            self.after |= rows.contents(self.db, self._run_of(name))
        self.values.settle()
        if tidy and self.db.execute("DELETE FROM meta WHERE key = 'untidy'").rowcount:
            self.db.execute("INSERT INTO words(words) VALUES ('optimize')")
        return self._report(self.before if earlier is None else earlier)

    def _fill_registers(self) -> None:
        contents = self.corpus.registers()
        self.registers, self.theme_order = contents.registers, contents.theme_order
        self.faulty = tuple(rows.Faulty(*entry) for entry in contents.faulty)
        rows.write_registers(self.db, contents.corpus, contents.theme_order, contents.registers, self.faulty)
        across.note_references(self.db, CORPUS_FILE, contents.references, [], {})
        self._write_problems(_REGISTERS, contents.problems)

    def _put_in_order(self) -> None:
        ranks = {theme: rank for rank, theme in enumerate(dict.fromkeys(self.theme_order))}
        self.order = sorted(
            (ranks.get(file.theme, len(ranks)), file.theme, name.count("/"), name)
            for name, file in self.files.items() if name not in REGISTER_FILES
        )  # fmt: skip
        self.position = {name: place for place, (*_, name) in enumerate(self.order)}
        self.placed = [place for place, (*_, name) in enumerate(self.order) if self.files[name].last]

    def _take(self, name: str) -> None:
        """Read a file and write what it holds in place of what it held, before the rules across files are asked."""
        contents = self.corpus.theme_file(name, self.registers, self.faulty)
        file = self.files[name]
        self._forget(name)
        self._write_problems(name, contents.problems)
        if contents.theme:
            rows.write_theme(self.db, name, contents.theme)
        old, first = self._run_of(name), self._room(name, len(contents.briefs))
        briefs = dict(enumerate(contents.briefs, first))
        across.note(self.db, contents, {brief.place: number for number, brief in briefs.items()})
        held = [(name, entry.id, entry.line, entry.column, None, None, None) for entry in contents.withheld]
        rows.insert(self.db, "withheld", held)
        shown: dict[int, Brief] = {}
        ids: set[str] = set()
        for number, brief in briefs.items():
            if brief.id not in ids and not self._is_taken(brief, old):
                shown[number] = brief
            ids.add(brief.id)
        self._put(old, shown)
        rows.withhold(self.db, {number: brief for number, brief in briefs.items() if number not in shown})
        if not file.last:
            insort(self.placed, self.position[name])
        self.files[name] = file._replace(first=first, last=first + len(briefs))

    def _forget(self, name: str) -> None:
        """Take out what a file held, but for its briefs."""
        across.forget(self.db, name)
        self.db.execute("DELETE FROM entry WHERE kind = 'theme' AND file = ?", (name,))
        self.db.execute("DELETE FROM withheld WHERE file = ?", (name,))
        self.db.execute("DELETE FROM problem WHERE read_from = ?", (name,))

    def _put(self, old: range, briefs: Mapping[int, Brief]) -> None:
        """Put briefs in place of those of a run of numbers."""
        if rows.put_briefs(self.db, old, briefs, self.registers, self.values, self.stems):
            self.db.execute(_UNTIDY)

    def _run_of(self, name: str) -> range:
        file = self.files.get(name) or self.survey.stored[name]
        return range(file.first, file.last)

    def _is_taken(self, brief: Brief, own: range) -> bool:
        """Whether another file has a brief of that id: which of them is the first is seen once all are there."""
        found = self.db.execute("SELECT number FROM brief WHERE id = ?", (brief.id,)).fetchone()
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

    def _look_across(self, ids: set[str] | None) -> None:
        """Put aside the briefs that break a rule across files, and take back those that break none any more."""
        judged = across.judge(self.db, self.survey.listing.is_whole, ids)
        self._write_problems(_ACROSS, judged.problems)
        aside = {number for (number,) in self.db.execute("SELECT number FROM withheld WHERE number > 0")}
        for number in sorted(judged.numbers - aside):
            run = range(number, number + 1)
            found = rows.read_briefs(self._run, run)
            if any(brief.file not in self.survey.changed for brief in found.values()):
                self.before |= rows.contents(self.db, run)
            rows.withhold(self.db, found)
            self._put(run, {})
        back = rows.take_withheld(self.db, sorted(aside - judged.numbers))
        self._put(range(0), back)
        for number in back:
            self.after |= rows.contents(self.db, range(number, number + 1))

    def _run(self, query: str, parameters: Iterable[Any] = ()) -> rows.Rows:
        return rows.cleaned(self.db.execute(query, tuple(parameters)))

    def _write_problems(self, read_from: str, problems: Iterable[Problem]) -> None:
        self.db.execute("DELETE FROM problem WHERE read_from = ?", (read_from,))
        found = [(read_from, *problem) for problem in problems]
        self.db.executemany("INSERT INTO problem VALUES (?, ?, ?, ?, ?, ?, ?)", found)

    def _write_files(self) -> None:
        """Put down what is known of each file; a register has neither theme nor numbers.

        One whose bytes could not be had is looked at again every time: nobody may notice when they can be.
        """
        for name in self.corpus.unread & self.files.keys():
            self.files[name] = self.files[name]._replace(settled=0, digest=_UNREAD)
        self.db.executemany("DELETE FROM file WHERE name = ?", [(name,) for name in self.survey.removed])
        changed = [(*file[0], *file[1:]) for name, file in self.files.items() if file != self.survey.stored.get(name)]
        self.db.executemany("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", changed)

    def _report(self, before: dict[str, int]) -> SyncReport:
        changed = sorted(name for name, mark in self.after.items() if before.get(name) != mark)
        read = len(self.survey.changed - REGISTERS) + (len(REGISTER_FILES) if self.survey.new else 0)
        removed = before.keys() - self.after.keys()
        if self.keep:
            self._check_loss(removed)
        return SyncReport(read, tuple(changed), tuple(sorted(removed)))

    def _check_loss(self, removed: Collection[str]) -> None:
        """Raise `WouldLose` where one of the removed briefs is still there and cannot be read, or may be."""
        lost = frozenset(removed)
        if across.all_ids_known(self.db, self.survey.changed):
            lost &= {name for (name,) in self.db.execute("SELECT id FROM withheld")}
        if lost:
            problems = rows.read_problems(self._run)
            faulty = {problem.file for problem in problems if problem.level == "error"}
            raise WouldLose(lost, frozenset(faulty & self.survey.changed), problems)


def _stamp(stamp: FileStamp) -> tuple[str, int, int, int, int]:
    """A file's stamp as a row holds it: SQLite's integers have a sign, and an inode may need its bit."""
    inode = stamp.inode if stamp.inode < _INT64 // 2 else stamp.inode - _INT64
    return stamp.name, stamp.size, stamp.mtime_ns, stamp.ctime_ns, inode


def _digest(content: bytes | None) -> str:
    return _UNREAD if content is None else blake2b(content, digest_size=16).hexdigest()


def _theme_of(name: str) -> str:
    """The theme that a file belongs to, by its path; nothing for a register."""
    return "" if name in REGISTER_FILES else name.split("/")[1].removesuffix(".yaml")


def _listing_problems(index: Index) -> set[Problem]:
    query = 'SELECT file, line, "column", what, cure, level FROM problem WHERE read_from = ?'
    return {Problem(*row) for row in index.run(query, (_LISTING,))}
