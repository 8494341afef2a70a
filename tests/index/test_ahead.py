"""Files laid out by a second process: the same index as in place, whatever befalls the process."""

from __future__ import annotations

import fcntl
import io
import os
import select
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from hrdash.corpus.folder import CorpusFolder
from hrdash.index import ahead, apart
from hrdash.index.ahead import Ahead
from hrdash.index.sync import sync
from hrdash.progress import Followed
from tests.bench.corpora import BROKEN, write
from tests.make import connect, open_file, open_library, open_memory

LONGEST = 20.0
"""Seconds after which a process that never ends fails a test."""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of several files, of YAML and of JSON Lines, some of them broken."""
    folder = tmp_path_factory.mktemp("made") / "corpus"
    write(folder, 260, broken=len(BROKEN))
    more = folder / "themes" / "theme-00"
    more.mkdir(exist_ok=True)
    claim = '{{"by": "state-{0}", "text": "Said {1}.", "cites": ["{2} {1}"]}}'
    code, source = "aaa", "none"
    lines = (f'{{"id": "l-{at}", "claims": [{claim.format(code, at, source)}]}}\n' for at in range(20))
    (more / "lines.jsonl").write_text("".join(lines) + '{"id": "l-sound", "title": "Sound"}\n')
    return folder


@pytest.fixture(autouse=True)
def worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "WORTH_IT", 0)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


@pytest.fixture
def laid_apart(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that the process laid out."""
    found, real = list[str](), CorpusFolder.was_read

    def noted(corpus: CorpusFolder, name: str) -> None:
        found.append(name)
        real(corpus, name)

    monkeypatch.setattr(CorpusFolder, "was_read", noted)
    return found


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have nobody begin before the process takes names, however quick this one is."""
    real = Ahead._give

    def given(self: Ahead) -> None:
        assert self._process is None or self._takes.wait(LONGEST)
        real(self)

    monkeypatch.setattr(Ahead, "_give", given)


def tables(path: Path) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    """All that stands in an index."""
    db = connect(path)
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall():
        rows = db.execute(f'SELECT * FROM "{name}"').fetchall()  # noqa: S608  (a name that stands there)
        yield name, [row[:5] + row[6:] for row in rows] if name == "file" else rows  # one may have settled since


def made(corpus: Path, folder: Path, helped: bool = True) -> dict[str, list[tuple[object, ...]]]:
    """The tables of an index of a corpus."""
    folder.mkdir(mode=0o700)
    index = open_file(str(folder / "index.sqlite"), "token")
    sync(index, CorpusFolder(str(corpus)), helped=helped)
    assert index.path
    return dict(tables(folder / "index.sqlite"))


def test_what_a_second_process_lays_out_is_what_is_laid_out_in_place(
    corpus: Path, tmp_path: Path, laid_apart: list[str], at_once: None
) -> None:
    expected = made(corpus, tmp_path / "place", helped=False)
    assert not laid_apart
    assert len(expected["statement"]) > 200
    assert len(expected["problem"]) > len(BROKEN)
    assert made(corpus, tmp_path / "helped") == expected
    assert laid_apart


PROGRAMS = {
    "that cannot be started": "",
    "that is killed": "import os; os.kill(os.getpid(), 9)",
    "that fails": "raise MemoryError",
    "that talks nonsense": "import sys; sys.stdin.readline(); sys.stdin.readline(); print('[1, 2'); print(7)",
    "that tells too little": "import sys; sys.stdin.readline(); sys.stdin.readline(); print('[[], [], []]')",
    "that is stopped": "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)",
    "that takes no task": "import os; os.close(0); print('x' * 99)",
    "that ends in the midst of its work": ahead.PROGRAM.replace(
        "main()", "os, told = ahead.os, ahead.rows.encoded; left = [3];"
        "ahead.rows.encoded = lambda value: (left.append(left.pop() - 1), left[0] or os._exit(1), told(value))[2]; main()"
    ).replace("import main", "import main; from hrdash.index import ahead"),
}  # fmt: skip


@pytest.mark.parametrize("what", PROGRAMS)
def test_after_a_process_that_fails_all_is_laid_out_in_place(
    what: str, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: None
) -> None:
    expected = made(corpus, tmp_path / "place", helped=False)
    monkeypatch.setattr(ahead, "PROGRAM", PROGRAMS[what])
    monkeypatch.setattr(ahead, "_SECONDS", 0.1 if "stopped" in what else LONGEST)
    if not PROGRAMS[what]:
        monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert made(corpus, tmp_path / "helped") == expected


def test_a_process_that_may_have_no_larger_pipe_has_a_smaller_one(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, laid_apart: list[str], at_once: None
) -> None:
    asked: list[int] = []

    def refused(_: object, command: int, room: int) -> int:
        asked.append(room)
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(fcntl, "fcntl", refused)
    expected = made(corpus, tmp_path / "place", helped=False)
    assert made(corpus, tmp_path / "helped") == expected
    assert asked
    assert laid_apart


@pytest.mark.parametrize("number", range(1, 6))
def test_a_process_that_cannot_be_given_what_it_waits_for_is_not_waited_for(
    number: int, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: None
) -> None:
    expected, real, left = made(corpus, tmp_path / "place", helped=False), apart.pipe, [number]

    class Full:
        def write(self, *_: bytes) -> None:
            raise OSError(28, "No space left on device")

        flush = close = write

    def pipe(end: IO[bytes]) -> object:
        left[0] -= end.writable()
        return Full() if end.writable() and left[0] == 0 else real(end)

    monkeypatch.setattr(apart, "pipe", pipe)
    assert made(corpus, tmp_path / "helped") == expected
    assert left[0] <= 0


def test_what_cannot_be_read_of_the_process_is_laid_out_in_place(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: None
) -> None:
    expected, real = made(corpus, tmp_path / "place", helped=False), apart.pipe

    class Torn(io.BytesIO):
        def __next__(self) -> bytes:
            raise OSError(5, "Input/output error")

    def pipe(end: IO[bytes]) -> IO[bytes]:
        if end.writable():
            return real(end)
        end.close()
        return Torn()

    monkeypatch.setattr(apart, "pipe", pipe)
    assert made(corpus, tmp_path / "helped") == expected


def test_a_system_without_another_thread_lays_out_in_place(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, laid_apart: list[str]
) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(ahead.Thread, "start", fail)
    assert made(corpus, tmp_path / "helped")["statement"]
    assert not laid_apart


def test_a_file_that_the_process_cannot_read_is_looked_at_again(
    corpus: Path, tmp_path: Path, at_once: None, laid_apart: list[str]
) -> None:
    index, folder = open_file(str(tmp_path / "index.sqlite")), CorpusFolder(str(corpus))
    lost = [stamp.name for stamp in folder.listing.theme_files][5]
    before = (corpus / lost).read_bytes()
    (corpus / lost).unlink()
    try:
        sync(index, folder, helped=True)
    finally:
        (corpus / lost).write_bytes(before)
    assert laid_apart
    assert folder.unread == {lost}
    assert any(one.file == lost for one in index.problems)


def test_a_file_is_counted_as_read_once_whoever_lays_it_out(corpus: Path, at_once: None) -> None:
    index, folder = open_memory(), Followed(str(corpus))
    sync(index, folder, helped=True)
    files = len(folder.listing.theme_files)
    assert folder.text(folder.began + 9) == f"{files} files read in 9 s; putting them in order"


def test_a_second_process_is_started_for_a_large_first_reading_of_a_command_alone(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = list[str]()
    monkeypatch.setattr(apart, "started", lambda program, _: started.append(program))
    for at, helped in enumerate((False, True)):
        made(corpus, tmp_path / str(at), helped)
        assert len(started) == helped
    with monkeypatch.context() as patch:
        patch.setattr(os, "cpu_count", lambda: 1)
        made(corpus, tmp_path / "one")
        patch.setattr(os, "cpu_count", lambda: 2)
        patch.setattr(ahead, "WORTH_IT", 2 << 20)
        made(corpus, tmp_path / "small")
        patch.setattr(ahead, "LARGEST", 100)
        made(corpus, tmp_path / "of-large-files")
    assert len(started) == 1
    assert open_library(str(corpus), cache=False, at_once=False).refresh().read
    assert len(started) == 1
    open_library(str(corpus), cache=False)
    assert len(started) == 2


def test_a_reading_that_is_broken_off_ends_the_process(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: None
) -> None:
    processes, real = list[subprocess.Popen[bytes]](), apart.started

    def started(program: str, room: int) -> subprocess.Popen[bytes]:
        process = real(program, room)
        assert process is not None
        processes.append(process)
        return process

    def told(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(apart, "started", started)
    index = open_file(str(tmp_path / "index.sqlite"))
    with pytest.raises(KeyboardInterrupt):
        sync(index, CorpusFolder(str(corpus)), told=told, helped=True)
    assert [process.returncode for process in processes] == [-9]
    assert index.is_new()


def test_no_more_than_a_few_files_are_held_before_their_turn(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: None
) -> None:
    real, held = Ahead.rows, list[int]()

    def rows(self: Ahead, name: str) -> object:
        found = real(self, name)
        held.append(len(self._made) + len(self._given))
        return found

    monkeypatch.setattr(Ahead, "rows", rows)
    monkeypatch.setattr(ahead, "_MADE", 2)
    made(corpus, tmp_path / "helped")
    assert max(held) <= ahead._GIVEN + 2


def test_the_process_ends_when_its_parent_is_killed_and_hears_nothing_of_the_terminal(
    corpus: Path, tmp_path: Path
) -> None:
    code = f"""if True:
        import signal
        from hrdash.corpus.folder import CorpusFolder
        from hrdash.index import ahead, sync
        from hrdash.index.index import open_memory
        ahead.WORTH_IT, ahead.os.cpu_count = 0, lambda: 2
        real = ahead.Ahead.begin
        def begun(self, *about):
            real(self, *about)
            assert self._takes.wait()
            self._give()
            print(self._process.pid, flush=True)
            signal.pause()
        ahead.Ahead.begin = begun
        sync.sync(open_memory(), CorpusFolder({str(corpus)!r}), helped=True)
    """
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=tmp_path) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert os.getsid(child) == child != os.getsid(parent.pid)
        command = Path(f"/proc/{child}/cmdline").read_bytes()
        assert b"\0-I\0" in command
        assert str(corpus).encode() not in command
        handle = os.pidfd_open(child)
        parent.kill()
    assert select.select([handle], [], [], LONGEST)[0]
    os.close(handle)
