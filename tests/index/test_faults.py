"""What befalls an index from outside, through the commands: the answers stay those of the files.

What one process can do to its own file is in `test_index.py`; here other processes, users and archives do it. The same
faults, many times over, are in `tests/fuzz/index_faults.py`.
"""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from hrdash import places
from hrdash.cleaning import remove_written_files
from hrdash.cli import main
from hrdash.commands import list as briefs
from hrdash.commands import search, selection, show, themes
from hrdash.filter import Filter
from hrdash.index import file, rows
from hrdash.index import index as indexes
from hrdash.index.file import Unreadable
from hrdash.index.hints import elsewhere, explain_nothing
from hrdash.index.index import Index
from hrdash.index.query import select
from hrdash.report import corpus_files, document
from tests import make
from tests.fuzz.index_faults import BRIEFS, FILTERS, answers, tried, truth, write_corpus, write_theme
from tests.make import connect, make_index, open_library


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus", briefs=3)


@pytest.fixture
def indexed(corpus: Path) -> Path:
    """The index that stands beside the corpus."""
    return Path(make_index(str(corpus)))


def shown(capsys: pytest.CaptureFixture[str], corpus: Path, *arguments: str) -> tuple[int, str, str]:
    code = main(["--briefs", str(corpus), *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_no_fault_of_the_file_or_of_another_process_gives_a_wrong_answer(
    monkeypatch: pytest.MonkeyPatch, own_machine: Path
) -> None:
    for kind in ("CACHE", "STATE", "CONFIG"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(own_machine))  # put back afterwards: the place sets its own
    for fault, tries in (("cut", 12), ("flipped", 40), ("killed", 6), ("both", 2)):
        tries = tries if make.HEAVY else -(-tries // 3)
        counts = tried(fault, seed=5, tries=tries, briefs=BRIEFS if make.HEAVY else 3)
        assert counts["WRONG"] == counts["failed"] == counts["memory"] == 0, (fault, counts)
        assert counts["index"] >= tries, (fault, counts)


def written_at(monkeypatch: pytest.MonkeyPatch, corpus: Path, where: object, name: str) -> list[int]:
    """Have another process write the index when a function is called the next time; what it leaves when it has."""
    told, left = getattr(where, name), [1]

    def at_once(*arguments: Any, **named: Any) -> Any:
        if left:
            left.pop()
            write_theme(corpus, 4, 7, 1)
            open_library(str(corpus))
        return told(*arguments, **named)

    monkeypatch.setattr(where, name, at_once)
    return left


def test_what_a_command_counts_is_what_it_lists_though_another_process_writes_meanwhile(
    corpus: Path, indexed: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    places = (
        ("list", briefs, "brief_table"), ("search", search, "whole_context"), ("themes", themes, "theme_table"),
        ("show", show, "batch"), ("show", selection, "Context"),
    )  # fmt: skip
    for command, where, name in places:
        write_theme(corpus, 4, 1, 3)
        arguments = (command, "--plain", *(("t4",) if command == "show" else ()))
        shown(capsys, corpus, *arguments)
        with monkeypatch.context() as patched:
            left = written_at(patched, corpus, where, name)
            found = shown(capsys, corpus, *arguments)
        assert not left, name
        assert found == shown(capsys, corpus, *arguments), name


def test_what_is_written_as_a_corpus_or_document_is_of_one_state_or_is_none(
    corpus: Path, indexed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = str(tmp_path / "written")
    monkeypatch.setattr(selection, "_AT_ONCE", 4)
    monkeypatch.setattr(indexes, "_AT_ONCE", 4)
    for arguments, where, name in (
        (("export", "--format", "jsonl", folder), corpus_files, "_line"),
        (("export",), document, "brief_document"),
    ):
        write_theme(corpus, 4, 1, 3)
        shown(capsys, corpus, *arguments)
        shutil.rmtree(folder, ignore_errors=True)
        with monkeypatch.context() as patched:
            left = written_at(patched, corpus, where, name)
            code, _, err = shown(capsys, corpus, *arguments)
        assert not left, name
        assert (code, "13 briefs in" in err) == ((0, True) if name == "_line" else (3, False)), err
        assert "the index was written to while it was read" in err


def test_an_archive_that_brings_an_index_with_another_text_is_read_from_its_files(
    corpus: Path, indexed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    db = connect(indexed)
    for number, text, *about in db.execute("SELECT number, json, id, theme, 'A lie', years, marks, size FROM brief"):
        forged = text.replace("Edition", "A lie")
        row = (forged, rows.checksum_of(forged, *about), number)
        db.execute("UPDATE brief SET heading = 'A lie', json = ?, checksum = ? WHERE number = ?", row)
    assert db.execute("SELECT 1 FROM brief WHERE heading <> 'A lie'").fetchone() is None
    db.commit()
    db.close()
    foreign = Path(shutil.copytree(corpus, tmp_path / "foreign", copy_function=shutil.copy2))
    theirs = foreign / ".hrdash" / indexed.name
    before = theirs.read_bytes()
    for command in (["list"], ["show", "t1"], ["search", "prison"], ["export"], ["search", "lie"]):
        code, out, _ = shown(capsys, foreign, *command)
        assert "lie" not in out
        assert code == (command[-1] == "lie")
    assert theirs.read_bytes() == before  # not ours: neither used nor touched
    assert remove_written_files()[1] == []
    assert theirs.read_bytes() == before


def test_an_archive_unpacked_over_a_corpus_of_ones_own_does_not_bring_its_index_in(
    corpus: Path, indexed: Path, tmp_path: Path, own_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = truth(corpus)
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("XDG_STATE_HOME", str(tmp_path / "other"))
        other = write_corpus(tmp_path / "theirs", briefs=2)
        theirs = Path(make_index(str(other)))
    shutil.copy2(theirs, indexed)
    library = open_library(str(corpus))
    assert library.index.path == str(indexed)  # made anew, with our token
    found = open_library(str(corpus))
    assert answers(found.index) == expected


def test_an_index_that_belongs_to_another_user_is_not_used(
    corpus: Path, indexed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = indexed.read_bytes()
    user = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: user + 1)
    with pytest.raises(file.Doubt, match="belongs to another user"):
        file.open_trusted(str(indexed), None)
    with pytest.raises(OSError, match="belongs to another user"):
        places.make_private(str(indexed.parent))
    assert open_library(str(corpus)).index.path == ""
    assert indexed.read_bytes() == expected
    assert remove_written_files()[0] == []


@pytest.fixture
def powerless() -> Iterator[None]:
    """A user whom permissions bind: for the time of the test the superuser does without CAP_DAC_OVERRIDE (1)."""
    if os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # the third version of capget(2), and this process
    power = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable, twice
    assert libc.capget(header, power) == 0
    power[0] &= ~(1 << 1)
    assert libc.capset(header, power) == 0
    yield
    power[0] |= power[1] & 1 << 1
    assert libc.capset(header, power) == 0


@pytest.mark.parametrize("changed", [False, True])
def test_an_index_in_a_folder_that_may_not_be_written_answers_or_gives_way_to_memory(
    changed: bool, corpus: Path, indexed: Path, powerless: None
) -> None:
    indexed.chmod(0o400)
    indexed.parent.chmod(0o500)
    if changed:
        theme = corpus / "themes" / "t1.yaml"
        theme.write_text(theme.read_text().replace("prison", "cell"))
    library = open_library(str(corpus))
    assert answers(library.index) == truth(corpus)
    assert bool(library.index.path) != changed
    assert sorted(os.listdir(indexed.parent)) == [".gitignore", "CACHEDIR.TAG", indexed.name]
    indexed.parent.chmod(0o700)


COMMANDS = (
    "show t1", "export", "search prison", "list nothing-like-it", "show t1 --format json", "list", "themes", "sources",
    "search --format csv", "show t1 --year 2019", "show t0-1", "list answer:none",
)  # fmt: skip


def test_an_index_that_fails_at_any_question_is_replaced_by_the_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = write_corpus(tmp_path / "few", briefs=2)
    make_index(str(corpus))
    answer = Index.integers
    left = 0

    def fail(index: Index, *question: object) -> object:
        nonlocal left
        left -= bool(index.path)
        if index.path and left == 0:
            raise Unreadable("the index is damaged")
        return answer(index, *question)  # type: ignore[arg-type]

    monkeypatch.setattr(Index, "integers", fail)
    for command in COMMANDS if make.HEAVY else COMMANDS[:4]:
        expected = shown(capsys, corpus, "--no-cache", *command.split())
        assert expected[0] == (command == "list nothing-like-it"), command
        for number in range(1, 100, 1 if make.HEAVY else 3):
            left = number
            code, out, err = shown(capsys, corpus, *command.split())
            assert (code, out) == expected[:2], (command, number)
            if left > 0:
                break
            assert "Traceback" not in err, (command, number)
        assert number > 5, command


def test_files_that_cannot_be_read_either_are_exit_3_and_a_sentence(
    corpus: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise Unreadable("the index is damaged")

    monkeypatch.setattr(Index, "briefs", fail)
    code, out, err = shown(capsys, corpus, "show", "t1")
    assert (code, out) == (3, "")
    assert err.endswith("hrdash: the index is damaged\n")


def test_damage_that_sqlite_can_only_tell_of_in_bytes_that_are_no_text_is_damage_like_any_other(
    corpus: Path, indexed: Path
) -> None:
    expected = truth(corpus)
    sound = indexed.read_bytes()
    assert sound.count(b"CREATE TABLE") > 5
    for number in range(sound.count(b"CREATE TABLE")):
        parts = sound.split(b"CREATE TABLE")
        left, right = b"CREATE TABLE".join(parts[: number + 1]), b"CREATE TABLE".join(parts[number + 1 :])
        indexed.write_bytes(left + b"CREATE T\xefBLE" + right)
        library = open_library(str(corpus))
        assert library.index.path == str(indexed)
        assert answers(library.index) == expected
        library.index.close()


def test_an_index_that_is_damaged_so_while_it_is_open_is_replaced(corpus: Path, indexed: Path) -> None:
    expected = truth(corpus)
    library = open_library(str(corpus))
    other = connect(indexed, isolation_level=None)
    other.execute("PRAGMA writable_schema = ON")
    other.execute("UPDATE sqlite_master SET sql = CAST(x'43524541544520EF' AS TEXT) WHERE name = 'brief'")
    other.execute("PRAGMA schema_version = 4711")
    other.close()
    with pytest.raises(Unreadable):
        library.index.run("SELECT * FROM brief")
    assert answers(open_library(str(corpus)).index) == expected


MEANINGLESS = (
    "DELETE FROM value", "UPDATE value SET id = 'x' || number", "UPDATE value SET id = 'x' WHERE id = '2019'",
    "UPDATE bits SET bits = 'x'", "UPDATE bits SET bits = 7", "UPDATE bits SET block = block + 1", "DELETE FROM bits",
    "UPDATE bits SET block = -block", "UPDATE bits SET bits = zeroblob(99) || bits",
    "UPDATE statement SET \"values\" = 'abc'", "UPDATE statement SET \"values\" = x'ffffffff', answer = 'maybe'",
    "UPDATE statement SET number = -number", "UPDATE brief SET size = 'x'", "UPDATE brief SET size = 10000000",
    "UPDATE brief SET marks = ''", "UPDATE brief SET json = '[]'", "UPDATE brief SET state = 'x'",
    "UPDATE brief SET number = number + 1 WHERE theme = 't4'", "UPDATE file SET number = 'x'",
    "DELETE FROM spread", "UPDATE spread SET places = 'x'", "UPDATE spread SET \"values\" = x'ffffffff'",
    "UPDATE spread SET places = x'ffffffff'", "UPDATE spread SET places = x'', row = x'07000000'", "UPDATE spread SET facet = 'x'",
    "DELETE FROM words", "INSERT INTO words(rowid, own) VALUES (-1, 'visit')", "UPDATE entry SET json = 'x'",
    "UPDATE entry SET kind = 'x' || kind", "DELETE FROM entry", "UPDATE referred SET number = 'x', id = number",
)  # fmt: skip
"""What nobody writes into an index."""


def test_rows_that_mean_nothing_are_damage_and_no_fault_of_hrdash(corpus: Path, indexed: Path) -> None:
    expected, sound = truth(corpus), indexed.read_bytes()
    for damage in MEANINGLESS:
        indexed.write_bytes(sound)
        with closing(open_library(str(corpus))) as library:
            assert library.index.path == str(indexed)
            damage_index(str(indexed), damage)
            for asked in FILTERS if make.HEAVY else FILTERS[::4]:
                ask_everything(library.index, asked, damage)
        assert answers(open_library(str(corpus)).index) == expected, damage


def test_rows_that_mean_nothing_do_not_stop_a_sync(tmp_path: Path) -> None:
    for at, damage in enumerate(MEANINGLESS):
        for register in (False, True) if make.HEAVY else (at % 2 == 1,):
            corpus = write_corpus(tmp_path / f"{at}-{register}", briefs=3)
            indexed = make_index(str(corpus))
            with closing(open_library(str(corpus))) as library:
                damage_index(indexed, damage)
                write_theme(corpus, 1, 2, 3)
                if register:
                    (corpus / "speakers.yaml").write_text((corpus / "speakers.yaml").read_text() + "# more\n")
                library.refresh(keep=register)
                ask_everything(library.index, FILTERS[1], damage)


def damage_index(path: str, damage: str) -> None:
    """Write into an index what hrdash does not."""
    with closing(connect(path, isolation_level=None)) as other:
        other.execute(damage)


def ask_everything(index: Index, asked: Filter, damage: str) -> None:
    """Ask an index that is damaged: it may answer, or tell that it is."""
    selection = select(index, asked)
    questions = (
        lambda: selection.statements, lambda: selection.briefs, selection.undated, selection.brief_numbers,
        selection.brief_rows, lambda: list(selection.statement_rows()), lambda: list(selection.statement_rows(2, 1)),
        lambda: selection.matching(selection.brief_numbers()), selection.facets, lambda: elsewhere(selection),
        lambda: explain_nothing(index, asked), lambda: index.answers(selection.brief_numbers()),
        lambda: index.elsewhere(index.briefs(selection.brief_numbers())), lambda: index.numbers(["t1-1"]),
        lambda: index.titles(["t1-1"]), lambda: index.registers, lambda: index.themes, lambda: index.withheld_list,
    )  # fmt: skip
    for number, question in enumerate(questions):
        try:
            question()
        except Unreadable:
            assert index.damaged, (damage, number)
        except Exception as fault:
            raise AssertionError(f"question {number} after {damage}") from fault
