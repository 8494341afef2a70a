"""What hrdash wrote, taken away: all of it, nothing else, and nothing forgotten that could not be reached."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from hrdash import keeping, named_filters, tokens
from hrdash.cleaning import remove_written_files
from hrdash.cli import main
from hrdash.crash import crash_words
from hrdash.filter import Filter
from hrdash.index import file, rows
from hrdash.tui.basket import save_basket
from hrdash.tui.session import Session, save_session
from tests.fuzz.index_faults import write_corpus
from tests.make import make_index, open_library
from tests.test_read_once import failing


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus", briefs=1)


@pytest.fixture
def indexed(corpus: Path) -> Path:
    """The index that stands beside the corpus."""
    return Path(make_index(str(corpus)))


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_all_that_was_written_goes_half_made_files_too(corpus: Path, indexed: Path, own_machine: Path) -> None:
    assert main(["list"]) == 0
    save_session(str(corpus), Session())
    save_basket(str(corpus), (), (("prison-visits", "q-visits"),))
    named_filters.save("mine", Filter(text="visits"))
    crash_words(ValueError(), keep=True)
    (shipped,) = (own_machine / "cache" / "hrdash").iterdir()
    state = own_machine / "state" / "hrdash"
    (entry,) = state.glob("index-*")
    for path, ends in ((indexed, ("-journal", "-wal", "-shm", ".12.0.new", ".12.0.new-journal")),
                       (shipped, ("-journal", ".12.0.new")), (entry, (".12.new",)),
                       (state / "session.json", (".12.new",)), (state / "filters.json", (".12.new",)), (state / "basket.json", (".12.new",)), (state / "crash.txt", (".12.new",))):  # fmt: skip
        for end in ends:
            path.with_name(path.name + end).write_text("half")
    (indexed.parent / "CACHEDIR.TAG").write_bytes(keeping.MARKS["CACHEDIR.TAG"][:9])
    count = len(files(own_machine)) + len(files(indexed.parent))
    removed, left = remove_written_files()
    assert (len(removed), left) == (count, [])
    assert files(own_machine) == []
    assert not indexed.parent.exists()


def test_what_a_reading_left_that_was_killed_while_others_looked_is_removed(indexed: Path) -> None:
    staged, db = file.new_file(str(indexed))
    db.execute("BEGIN IMMEDIATE")
    rows.insert(db, "meta", [("text", "of a brief")])
    with closing(db):
        file.so_far(db)
        beside = [path for path in files(indexed.parent) if path.name.startswith(Path(staged).name)]
        assert len(beside) == 3, beside
        removed, left = remove_written_files()
    assert left == []
    assert {*map(str, beside)} <= {*removed}
    assert not indexed.parent.exists()


def test_nothing_writes_into_the_state_folder_but_what_clean_knows(own_machine: Path) -> None:
    package = Path(keeping.__file__).parent
    writers = [path.relative_to(package).as_posix() for path in package.rglob("*.py")
               if re.search(r"(write_private|write_kept|change_kept)\(", path.read_text()) and path.name != "places.py"]  # fmt: skip
    assert sorted(writers) == ["crash.py", "named_filters.py", "tokens.py", "tui/basket.py", "tui/session.py"], (
        "have clean know its file"
    )


def test_what_somebody_else_put_there_stays_and_is_named(
    corpus: Path, indexed: Path, own_machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["list"]) == 0
    others = [
        indexed.parent / "notes.txt", indexed.parent / "index.sqlite", indexed.parent / f"{indexed.name}.bak",
        indexed.parent / "index-00000000.sqlite", own_machine / "state" / "hrdash" / "diary",
        own_machine / "state" / "hrdash" / "index-README", own_machine / "cache" / "hrdash" / "briefs.sqlite",
    ]  # fmt: skip
    for path in others:
        path.write_text("somebody's")
    (indexed.parent / "mine").mkdir()
    capsys.readouterr()
    assert main(["clean"]) == 1
    out, err = capsys.readouterr()
    assert str(indexed) in out.splitlines()
    for path in others:
        assert path.read_text() == "somebody's", path
        why = "it is an index of another user or machine" if "-0000" in path.name else "hrdash did not write it"
        assert f"hrdash: {path} was left: {why}\n" in err, path
    assert f"hrdash: {indexed.parent / 'mine'} was left: hrdash did not write it\n" in err
    assert (indexed.parent / ".gitignore").exists()  # which still hides the others
    assert tokens.entries() == []  # nothing of ours is there any more
    assert main(["clean"]) == 1


def test_a_mark_that_somebody_wrote_otherwise_stays(indexed: Path) -> None:
    (indexed.parent / ".gitignore").write_text("# mine\n")
    removed, left = remove_written_files()
    assert [Path(path).name for path in removed][:1] == [indexed.name]
    assert [path for path, _ in left] == [str(indexed.parent / ".gitignore")]


def test_a_corpus_that_is_away_is_named_and_cleaned_when_it_is_back(
    corpus: Path, indexed: Path, tmp_path: Path, own_machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (entry,) = (own_machine / "state" / "hrdash").glob("index-*")
    corpus.rename(tmp_path / "away")
    for mount_point in (False, True):
        if mount_point:
            corpus.mkdir()
        for _ in range(2):
            assert main(["clean"]) == 1
            err = capsys.readouterr().err
            assert f"hrdash: {corpus} was left: it is not there now, and may hold an index; " in err
            assert str(entry) in err
    corpus.rmdir()
    (tmp_path / "away").rename(corpus)
    assert main(["clean"]) == 0
    assert not indexed.parent.exists()
    assert files(own_machine) == []


def test_an_index_of_ours_goes_wherever_its_folder_was_moved(
    corpus: Path, indexed: Path, tmp_path: Path, own_machine: Path
) -> None:
    moved = corpus.rename(tmp_path / "moved")
    second = Path(make_index(str(moved)))
    assert second.parent == moved / ".hrdash"
    removed, left = remove_written_files()
    assert not second.parent.exists()
    assert [path for path, _ in left] == [str(corpus)]  # for there may be a copy
    assert len(removed) == 5


@pytest.mark.parametrize("function", ["unlink", "listdir", "lstat", "open", "rmdir"])
def test_what_clean_could_not_remove_is_found_by_the_next_clean(
    function: str, corpus: Path, indexed: Path, own_machine: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    with failing(monkeypatch, function, lambda path: ".hrdash" in path):
        assert main(["clean"]) == 1
        assert f"hrdash: {indexed.parent}" in capsys.readouterr().err
    assert indexed.parent.exists()
    assert main(["clean"]) == 0
    assert not indexed.parent.exists()
    assert files(own_machine) == []


def test_an_entry_that_cannot_be_read_now_is_not_forgotten(
    corpus: Path, indexed: Path, own_machine: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    (entry,) = (own_machine / "state" / "hrdash").glob("index-*")
    entry.chmod(0o644)  # no longer its owner's alone, and so not trusted
    assert main(["clean"]) == 1
    assert f"hrdash: {entry} was left: it cannot be read, or is not yours alone" in capsys.readouterr().err
    entry.chmod(0o600)
    with failing(monkeypatch, "listdir", lambda path: path.endswith("state/hrdash")):
        assert main(["clean"]) == 1
    assert entry.exists()
    assert main(["clean"]) == 0
    assert not indexed.parent.exists()
    assert files(own_machine) == []


def test_a_folder_that_is_another_users_or_none_is_left_alone(
    corpus: Path, indexed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = os.geteuid()
    with monkeypatch.context() as patch:
        patch.setattr(os, "geteuid", lambda: user + 1)
        assert remove_written_files()[0] == []
    kept = shutil.move(indexed.parent, indexed.parent.with_name("kept"))
    indexed.parent.symlink_to(kept)
    assert remove_written_files()[0] == []
    assert (Path(kept) / indexed.name).exists()


def test_a_corpus_whose_index_was_removed_by_hand_is_forgotten(indexed: Path, own_machine: Path) -> None:
    shutil.rmtree(indexed.parent)
    assert remove_written_files()[1] == []
    assert files(own_machine) == []


def test_what_is_open_meanwhile_goes_on_in_memory_and_writes_nothing(
    corpus: Path, indexed: Path, own_machine: Path
) -> None:
    opened = open_library(str(corpus))
    assert remove_written_files()[1] == []
    for change in ("speakers.yaml", "themes/t1.yaml"):
        (corpus / change).write_text((corpus / change).read_text() + "# changed\n")
        opened.refresh()
    assert opened.index.path == ""
    assert not indexed.parent.exists()
    assert files(own_machine) == []
