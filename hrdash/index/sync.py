"""The index kept in step with the files of its corpus: what changed is read, and what depends on it.

A corpus folder's way to a fresh index: `list_files` walks the folder once and stamps every file. `survey` holds these
stamps against the table `file`, and reads the bytes of those that differ, to see by a digest whether they changed. Then
comes one transaction. A changed register begins an empty index. Each changed file of briefs is read and held against
the registers, and `laying` makes rows of it, in a second process where there is much that is new: its sound briefs as
JSON under the numbers of the file's run, what is searched and counted beside them, and what it declares and refers to,
which `across.note` keeps. When all are in, `across.judge` finds by queries which briefs break a rule across files:
these are put aside as JSON, and those that break none any more come back from there, whether or not their own files
changed. The problems, stamps and counts are written, the file is sealed with its version, token and checksum, and
whoever reads the index sees the new state at once, or, after any fault, the old one.
"""

# ruff: noqa: S608  (statements are put together from names in this package; every value is a parameter)

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from functools import lru_cache, partial
from itertools import chain
from typing import Any, TypeVar

from hrdash import derive
from hrdash.corpus.folder import CorpusFolder
from hrdash.corpus.listing import CORPUS_FILE, is_register
from hrdash.derive import Key
from hrdash.index import across, laying, rows, writing
from hrdash.index.file import Unreadable
from hrdash.index.index import Index
from hrdash.index.laying import Filed
from hrdash.index.survey import LISTING, REGISTERS, UNREAD, Survey, SyncReport, theme_of
from hrdash.model import Brief, Registers, Statement
from hrdash.text import clean_line

_T = TypeVar("_T")
Told = Callable[[int, int, "sqlite3.Connection | None"], object]
"""Is told how many files of how many were read, and where they are the first ever, what has come of them so far."""

SPARE = 1 << 18
"""Numbers left free between two files, so that others can come between."""

_ACROSS = "across"
"""In place of a file's name: problems that the rules across files found."""
_AT_ONCE = 500
_MOST_LINKING, _MOST_NAMED = 100, 10_000
"""So many briefs that link to others, and statements of others, are kept while these are written anew."""
_UNTIDY = "INSERT OR REPLACE INTO meta VALUES ('untidy', '')"
"""Notes that words of removed texts may still stand in the file."""


class StartOver(Exception):
    """What changed changes everything, or leaves no room between two files: an empty index has to be filled."""


def sync(
    index: Index, corpus: CorpusFolder, tidy: bool = True, told: Told = lambda *_: None, helped: bool = False
) -> SyncReport:
    """Bring an index in step with the listed files, in one transaction.

    Read are the files that changed, and everything when a register changed. `tidy` drives deleted words out of the file
    as well, which takes long in a corpus of a hundred thousand briefs; without it the next tidy sync does. `helped`
    says that a second process may read too. Where the file fails, the index goes on in a new one, or in memory; raise
    `Unreadable` only when memory fails. Until it is done others read the index as it was.
    """
    digests: dict[str, str] = {}
    tidy = tidy and bool(index.path)  # in memory there is no file for a word to be left in
    fault: Exception | None = None
    try:
        if index.damaged:
            raise Unreadable
        if not Survey(index, corpus, digests).finds_work(tidy):
            return SyncReport()
        return index.write(lambda db: _Update(db, index, corpus, digests, None).done(tidy, told, helped))
    except StartOver:
        try:
            return _anew(index, corpus, digests, told, None, index)
        except Unreadable as found:  # of what was last read, of which nothing is held then; memory would fail again
            fault = found
    except (sqlite3.Error, Unreadable, TypeError, ValueError, KeyError) as found:  # the last three: of damaged rows
        fault = found
    return _anew(index, corpus, digests, told, fault, None)


def _anew(
    index: Index, corpus: CorpusFolder, digests: dict[str, str], told: Told, fault: Exception | None, old: Index | None
) -> SyncReport:
    """Let an index go on with one that is filled anew, with what an old one last read where that is given."""
    return index.begin_anew(fault, lambda other, db: _Update(db, other, corpus, digests, old).done(True, told, False))


class _Update:
    """The index in one transaction, from what it was to what the files are now."""

    def __init__(
        self, db: sqlite3.Connection, index: Index, corpus: CorpusFolder, digests: dict[str, str], old: Index | None
    ) -> None:
        self.db = db
        self.corpus = corpus
        self.old = old
        """The index that this empty one takes the place of, and what was last read of its briefs."""
        self.survey = survey = Survey(index, corpus, digests)  # anew: others may have come first
        self.files = dict(survey.files)
        self.about = index.corpus
        self.registers = rows.registers_at_hand(index.run)
        self.held_registers = rows.registers_at_hand(index.run, held=True)
        self.faulty = rows.read_faulty(index.run)
        self.theme_order = rows.read_order(index.run)
        self.stems = index.stems
        self.values = writing.Values(db)
        self.before: dict[str, int] = {}
        """The briefs that were shown in files that changed, by id, with a number for what they say."""
        self.known: dict[str, int] = {}
        """The same of these briefs, and of those that were held."""
        self.touched: set[str] = set()
        """The ids of briefs whose statements others name, or name others', where that may have changed."""
        self.earlier: dict[str, Brief] = {}
        """What was last read of the briefs of these files that say something else now, by id."""
        self.hidden: set[int] = set()
        """The numbers of the briefs that are shown no more, or again, though what they say did not change."""

    def done(self, tidy: bool, told: Told, helped: bool) -> SyncReport:
        """Write it all, and tell after each file how far it is."""
        from hrdash.index.ahead import Ahead  # loads subprocess, which an index that is fresh does without

        changed, touched = self.survey.changed, sorted(self.survey.changed | self.survey.removed)
        if not self.survey.new and self.survey.concerns_registers:
            raise StartOver
        if self.survey.new:
            self._fill_registers()
        self._note_before(touched)
        self._write_problems(LISTING, self.survey.listing.problems)
        ahead = self._in_order()
        ids, themes = across.noted_ids(self.db, touched), across.noted_themes(self.db, touched)
        self._touch(touched)
        self.db.execute("DELETE FROM withheld WHERE file NOT IN (SELECT name FROM file)")
        for name in sorted(self.survey.removed):
            self._forget(name)
            writing.remove_briefs(self.db, self.values, [row[0] for row in self._rows_of(name)])
            self.db.execute(_UNTIDY)
        self.values.settle()  # before another file has their number
        left_out = [(clean_line(name), "", 1, 1, None) for name in self.survey.listing.unread]
        rows.insert(self.db, "withheld", left_out)
        self._write_files()  # the themes follow from them
        with closing(Ahead(self._first, self.corpus.was_read)) as self.ahead:
            if helped and self.old is None:
                new = [(name, self.files[name]) for name in ahead if name not in self.survey.stored]
                files = [(name, file.number, file.stamp[1]) for name, file in new]
                self.ahead.begin(self.corpus.path, self.db, files)
            for read, name in enumerate(ahead, 1):
                self._take(name)
                told(read, len(ahead), self.db if self.survey.new and self.old is None else None)
        self._write_files()
        ids |= across.noted_ids(self.db, touched) | {name for _, name in themes ^ across.noted_themes(self.db, touched)}
        self._look_across(None if self.survey.new else ids)
        self._touch(changed)
        self._drop_what_is_shown_again()
        self._link_anew()
        self.values.settle()
        if self.values.name(rows.read_themes(self._run), self.registers, map(theme_of, touched), self.stems):
            self.db.execute(_UNTIDY)
        untidy = tidy and self.db.execute("DELETE FROM meta WHERE key = 'untidy'").rowcount
        if untidy or self.survey.new:  # what is written later is merged with little then, and whoever asks reads once
            self.db.execute("INSERT INTO words(words) VALUES ('optimize')")
            self.db.execute("INSERT INTO named(named) VALUES ('optimize')")
        return self._report(changed)

    def _fill_registers(self) -> None:
        contents = self.corpus.registers()
        self.about, self.registers, self.theme_order = contents.corpus, contents.registers, contents.theme_order
        self.faulty = contents.faulty
        rows.write_registers(self.db, contents.corpus, contents.theme_order, contents.registers, contents.faulty)
        across.note(self.db, [], across.noted_references(CORPUS_FILE, contents.references, [], {}, {}))
        self._write_problems(REGISTERS, contents.problems)
        old = self._of_old(partial(rows.read_registers, held=True), rows.NO_REGISTERS)
        pairs = list(zip(old._asdict().values(), self.registers._asdict().values(), strict=True))
        self.held_registers = Registers(*({**was, **now} for was, now in pairs))
        gone = ({name: one for name, one in was.items() if name not in now} for was, now in pairs)
        rows.hold_registers(self.db, Registers(*gone))

    def _note_before(self, files: Iterable[str]) -> None:
        """Note which briefs there were, in another index or in these files of this one."""
        none: rows.Rows = []
        found = self._of_old(lambda run: run("SELECT number, id, content, state FROM brief"), none)
        found += [row for name in files for row in self._rows_of(name)]
        self.before = {name: content for _, name, content, state in found if state == rows.SHOWN}
        self.known = {name: content for _, name, content, state in found if state != rows.ASIDE}

    def _rows_of(self, name: str) -> rows.Rows:
        """The number, id, content and state of each brief of a file."""
        first = (self.files.get(name) or self.survey.stored[name]).number * rows.POSITIONS
        query = "SELECT number, id, content, state FROM brief WHERE number >= ? AND number < ? ORDER BY number"
        return self.db.execute(query, (first, first + rows.POSITIONS)).fetchall() if first else []

    def _in_order(self) -> list[str]:
        """The changed files of briefs in corpus order, each that is new with a number between others: the theme's own
        first."""
        ranks = {theme: rank for rank, theme in enumerate(dict.fromkeys(self.theme_order))}
        themes = {name: file.theme for name, file in self.files.items() if not is_register(name)}
        if all(self.files[name].number for name in themes):
            return sorted(self.survey.changed & themes.keys(), key=lambda name: self.files[name].number)
        order = sorted(
            themes, key=lambda name: (ranks.get(themes[name], len(ranks)), themes[name], name.count("/"), name)
        )
        number, at = 0, 0
        while at < len(order):
            until = at
            while until < len(order) and not self.files[order[until]].number:
                until += 1
            behind = self.files[order[until]].number if until < len(order) else number + SPARE * (until - at + 1)
            step = (behind - number) // (until - at + 1)
            if at < until and not step:
                raise StartOver
            for place, name in enumerate(order[at:until], 1):
                self.files[name] = self.files[name]._replace(number=number + step * place)
            number, at = behind, until + 1
        return [name for name in order if name in self.survey.changed]

    def _take(self, name: str) -> None:
        """Read a file and write what it holds in place of what it held, before the rules across files are asked."""
        found, before, kept = self.ahead.rows(name), self._rows_of(name), dict[int, tuple[Brief, int]]()
        if found is None and (before or self.old):
            found, kept = self._again(name, {row[0]: row for row in before})
        elif found is None:
            found = self._first(name)
        self._forget(name)
        self._write_problems(name, found.problems)
        rows.insert(self.db, "entry", found.themes, "OR IGNORE")
        rows.insert(self.db, "withheld", found.withheld)
        across.note(self.db, found.declared, found.referred)
        gone = {row[0] for row in before} - kept.keys()
        writing.remove_briefs(self.db, self.values, gone)
        for number, (brief, state) in sorted(kept.items()):
            writing.replace_places(self.db, brief, number)
            writing.set_state(self.db, self.values, number, state)
        for part in found.parts:
            writing.put(self.db, self.values, part)
        self.values.settle(0 if before else self.files[name].number)
        if gone:
            self.db.execute(_UNTIDY)

    def _first(self, name: str) -> Filed:
        """What a file holds of which nothing was known."""
        contents = self.corpus.theme_file(name, self.about, self.registers, self.faulty)
        briefs = laying.numbered(self.files[name].number, contents)
        return laying.filed(contents, briefs, self.about, [self.registers], self.stems)

    def _again(self, name: str, before: Mapping[int, tuple[Any, ...]]) -> tuple[Filed, dict[int, tuple[Brief, int]]]:
        """What a file holds that held something before, here or in another index; and of its briefs, by their numbers
        and with their states, those that stand in this one as they are."""
        contents = self.corpus.theme_file(name, self.about, self.registers, self.faulty)
        missed = {entry.id for entry in contents.withheld}
        good = {brief.id: laying.content_of(brief) for brief in contents.briefs}
        last_read = self._last_read(name, before.values(), good)
        lost = [one for one in last_read if one.id not in good and (one.id in missed or not contents.ids_known)]
        self.earlier |= {one.id: one for one in last_read if one.id in good}
        theme = partial(rows.read_theme, name=contents.theme_id, file=name)
        was = self._of_old(theme, None) if self.survey.new else theme(self._run)
        briefs = laying.numbered(self.files[name].number, contents, lost)
        kept = {
            number: (brief, state) for number, (brief, state) in briefs.items()
            if number in before and before[number][1:3] == (brief.id, laying.content_of(brief))
        }  # fmt: skip
        was = was if lost else None
        return laying.filed(contents, briefs, self.about, self._registers, self.stems, kept, was), kept

    def _last_read(self, name: str, before: Iterable[tuple[Any, ...]], good: Mapping[str, int]) -> list[Brief]:
        """The briefs of a file as they were last read, in their order, but for those that say what they said."""

        def read(run: rows.Run, found: Iterable[tuple[Any, ...]]) -> list[Brief]:
            wanted = [at for at, one, content, state in found if state != rows.ASIDE and good.get(one) != content]
            parts = (wanted[at : at + _AT_ONCE] for at in range(0, len(wanted), _AT_ONCE))
            return [brief for part in parts for brief in rows.read_briefs(run, part).values()]

        query = """SELECT brief.number, id, content, state FROM brief JOIN file ON file.number = brief.number >> ?
        WHERE name = ? ORDER BY 1"""
        where = rows.POSITION_BITS, name
        return self._of_old(lambda run: read(run, run(query, where)), []) or read(self._run, before)

    def _of_old(self, read: Callable[[rows.Run], _T], otherwise: _T) -> _T:
        """What is read of the index that this one takes the place of, unless there is none or it is damaged."""
        if self.old is not None:
            try:
                return read(self.old.run)
            except (Unreadable, rows.DamagedIndex, TypeError, ValueError):
                self.old = None
        return otherwise

    def _put(
        self, number: int, brief: Brief, state: int, linked: Mapping[Key, derive.Links] | None = None,
        elsewhere: Callable[[Key], Statement | None] = lambda _: None,
    ) -> None:  # fmt: skip
        """Write a brief with its state; as it is linked in itself, or with what other briefs link and name."""
        one = {number: (brief, state)}
        for part in laying.in_parts(one, self.about, self._registers, self.stems, linked, elsewhere):
            writing.put(self.db, self.values, part)

    @property
    def _registers(self) -> list[Registers]:
        """The registers of each state."""
        return [self.registers, self.held_registers, self.held_registers]

    def _statement(self, key: Key) -> Statement | None:
        """The statement of a key in a brief that is shown."""
        query = f"""SELECT said.number FROM brief CROSS JOIN statement AS said
        ON said.number >= brief.number - size AND said.number < brief.number
        WHERE (id, "key") = (?, ?) AND state = {rows.SHOWN} LIMIT 1"""
        numbers = [number for (number,) in self.db.execute(query, key)]
        return next((found[5] for found in rows.said_at(self._run, self._read, numbers).values()), None)

    def _links_of(self, number: int) -> dict[str, list[derive.Link]]:
        """What a brief links to statements of others, by the ids of these."""
        (brief,) = rows.read_briefs(self._run, [number]).values()
        found: dict[str, list[derive.Link]] = {}
        for one in derive.linked(brief, derive.NAMING):
            found.setdefault(one[2][0], []).append(one)
        return found

    def _forget(self, name: str) -> None:
        """Take out what a file held, but for its briefs."""
        across.forget(self.db, name)
        rows.remove_theme(self.db, theme_of(name), name)
        self.db.execute("DELETE FROM withheld WHERE file = ?", (name,))
        self.db.execute("DELETE FROM problem WHERE read_from = ?", (name,))

    def _touch(self, files: Iterable[str]) -> None:
        """Note what the names in these files, and names of what is in them, may have changed in other files."""
        for name in files:
            self._touch_by("file", name)
            query = f"""SELECT DISTINCT referred.id FROM declared JOIN referred ON referred.id = declared.id
            WHERE declared.file = ? AND declared.kind = 'brief' AND brief <> referred.id
            AND referred.kind IN {across.LINKS}"""
            self.touched.update(found for (found,) in self.db.execute(query, (name,)))

    def _touch_by(self, column: str, value: object) -> None:
        query = f"""SELECT id FROM referred WHERE {column} = :value AND brief <> id AND kind IN {across.LINKS}
        UNION SELECT brief FROM referred WHERE {column} = :value AND brief <> id AND kind = 'same_as'"""
        self.touched.update(found for (found,) in self.db.execute(query, {"value": value}))

    def _look_across(self, ids: set[str] | None) -> None:
        """Put aside the briefs that break a rule across files, and take back those that break none any more."""
        judged = across.judge(self.db, self.survey.listing.is_whole, ids)
        self._write_problems(_ACROSS, judged.problems)
        aside = {number for (number,) in self.db.execute("SELECT number FROM withheld WHERE number > 0")}
        self.db.execute("DELETE FROM withheld WHERE number > 0")
        wanted = sorted(judged.numbers | aside)
        found = {}
        for at in range(0, len(wanted), _AT_ONCE):
            found.update(rows.read_briefs(self._run, wanted[at : at + _AT_ONCE]))
        for number, brief in found.items():
            fresh = brief.file in self.survey.changed
            ((content, state),) = self.db.execute("SELECT content, state FROM brief WHERE number = ?", (number,))
            if number not in judged.numbers:
                new = rows.SHOWN
            elif self.known.get(brief.id) == content or (state != rows.ASIDE and not fresh):
                new = rows.HELD
            else:
                new = rows.ASIDE
                if fresh and brief.id in self.earlier:
                    self._hold(brief.file, self.earlier[brief.id])
            if number in judged.numbers:
                rows.insert(self.db, "withheld", [(brief.file, brief.id, *brief.place, number)])
                if not fresh and state == rows.SHOWN:
                    self.before[brief.id] = content
            if new != state:
                writing.set_state(self.db, self.values, number, new)
                self.hidden.add(number)
                self.touched.add(brief.id)
                self._touch_by("number", number)

    def _hold(self, name: str, brief: Brief) -> None:
        """Keep what was last read of a brief, elsewhere maybe, behind the other briefs of a file."""
        last = max(row[0] for row in self._rows_of(name))
        self._put(last + len(brief.statements) + 1, brief._replace(file=name), rows.HELD)

    def _drop_what_is_shown_again(self) -> None:
        """Hold no brief that is shown, or held already."""
        query = f"""SELECT number, EXISTS (SELECT 1 FROM withheld WHERE withheld.number = one.number) FROM brief AS one
        WHERE state > 0 AND state = {rows.HELD} AND EXISTS (SELECT 1 FROM brief AS other WHERE other.id = one.id
        AND (other.state = {rows.SHOWN} OR (other.state = {rows.HELD} AND other.number < one.number)))"""
        for number, is_sound in self.db.execute(query).fetchall():
            if is_sound:
                writing.set_state(self.db, self.values, number, rows.ASIDE)
            else:
                writing.remove_briefs(self.db, self.values, [number])
                self.db.execute(_UNTIDY)

    def _link_anew(self) -> None:
        """Write the statements anew whose answers, years or words may follow from what changed in other briefs."""
        ahead = list(self.touched)
        while ahead:
            query = "SELECT DISTINCT brief FROM referred WHERE kind = 'same_as' AND id = ? AND brief <> id"
            found = {name for (name,) in self.db.execute(query, (ahead.pop(),))} - self.touched
            self.touched |= found
            ahead += found
        query = f"""SELECT DISTINCT brief.number FROM referred JOIN brief ON brief.number = referred.number
        WHERE referred.id = ? AND brief <> referred.id AND kind IN {(*derive.NAMING.values(),)}
        AND state = {rows.SHOWN} ORDER BY brief"""
        naming = {name: [number for (number,) in self.db.execute(query, (name,))] for name in self.touched}
        links_of, statement = lru_cache(_MOST_LINKING)(self._links_of), lru_cache(_MOST_NAMED)(self._statement)
        for name, others in sorted(naming.items(), key=lambda one: (one[1][:1], one[0])):
            query = "SELECT number, state FROM brief WHERE id = ?"
            for number, state in self.db.execute(query, (name,)).fetchall():
                for brief in rows.read_briefs(self._run, [number]).values():
                    links = chain(derive.linked(brief, derive.NAMING), *(links_of(other)[name] for other in others))
                    writing.remove_briefs(self.db, self.values, [number])
                    self._put(number, brief, state, derive.joined(links), statement)
                    self.db.execute(_UNTIDY)

    def _run(self, query: str, parameters: Iterable[Any] = ()) -> rows.Rows:
        return rows.cleaned(self._read(query, parameters))

    def _read(self, query: str, parameters: Iterable[Any] = ()) -> rows.Rows:
        return self.db.execute(query, tuple(parameters)).fetchall()

    def _write_problems(self, read_from: str, problems: Iterable[Iterable[object]]) -> None:
        self.db.execute("DELETE FROM problem WHERE read_from = ?", (read_from,))
        found = [(read_from, *problem) for problem in problems]
        self.db.executemany("INSERT INTO problem VALUES (?, ?, ?, ?, ?, ?, ?, ?)", found)

    def _write_files(self) -> None:
        """Put down what is known of each file.

        One whose bytes could not be had is looked at again every time: nobody may notice when they can be.
        """
        for name in self.corpus.unread & self.files.keys():
            self.files[name] = self.files[name]._replace(settled=0, digest=UNREAD)
        self.db.executemany("DELETE FROM file WHERE name = ?", [(name,) for name in self.survey.removed])
        changed = [(*file[0], *file[1:]) for name, file in self.files.items() if file != self.survey.stored.get(name)]
        self.db.executemany("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", changed)

    def _report(self, changed: Iterable[str]) -> SyncReport:
        shown = [row for name in changed for row in self._rows_of(name)]
        for number in self.hidden:
            shown += self.db.execute("SELECT number, id, content, state FROM brief WHERE number = ?", (number,))
        after = {name: content for _, name, content, state in shown if state == rows.SHOWN}
        registers = sum(map(is_register, self.files)) if self.survey.new else 0
        return SyncReport(
            sum(not is_register(name) for name in self.survey.changed) + registers,
            tuple(sorted(name for name, content in after.items() if self.before.get(name) != content)),
            tuple(sorted(self.before.keys() - after.keys())),
        )
