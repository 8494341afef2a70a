"""How far reading is, on stderr: true numbers, on a terminal alone, and gone at the end."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hrdash.corpus.folder import CorpusFolder
from hrdash.corpus.listing import FileStamp, Listing
from hrdash.progress import Followed, followed
from tests.fuzz.index_faults import write_corpus
from tests.report.make import CORPUS, REGISTERS

ROOT = Path(__file__).parent.parent


def stamp(name: str, size: int) -> FileStamp:
    return FileStamp(name, size, 1, 1, 1)


@pytest.fixture
def following(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Followed]:
    """A folder of nothing but listed files, each of which is read at once."""
    for name in ("theme_file", "content"):
        monkeypatch.setattr(CorpusFolder, name, lambda *_: None)

    def follow(*stamps: FileStamp) -> Followed:
        reading = Followed("", Listing(stamps))
        reading.began = 0
        return reading

    return follow


def read(reading: Followed, name: str) -> None:
    reading.theme_file(name, CORPUS, REGISTERS, ())


def test_the_line_counts_files_and_measures_the_time_left_by_their_sizes(following: Callable[..., Followed]) -> None:
    reading = following(stamp("sources.yaml", 900), *(stamp(f"themes/t{n}.yaml", 100 * n) for n in range(1, 5)))
    assert reading.text(1) == "0 of 4 files read, 1 s"
    read(reading, "themes/t1.yaml")
    assert reading.text(2) == "1 of 4 files read, 18 s left"
    read(reading, "themes/t4.yaml")
    assert reading.text(1) == "2 of 4 files read, 2 a second, 1 s left"
    for name in ("themes/t2.yaml", "themes/t3.yaml"):
        read(reading, name)
    assert reading.text(9) == "4 files read in 9 s; putting them in order"


def test_a_large_file_of_lines_is_behind_by_as_much_as_was_read_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = write_corpus(tmp_path / "corpus", briefs=1)
    (corpus / "themes/t1").mkdir()
    (corpus / "themes/t1/large.jsonl").write_bytes(b"{}\n" * 50)
    found = Followed(str(corpus))
    found.began = 0
    said: list[str] = []
    monkeypatch.setattr(found, "_show", lambda *_: said.append(found.text(1)))
    name, contents = "themes/t1/large.jsonl", found.registers()
    found.content(name)
    assert len(set(said)) == 1  # it was looked at, to see whether it has changed
    found.theme_file(name, contents.corpus, contents.registers, contents.faulty)
    assert len(said) > 100
    assert len(set(said)) > 2, said


def test_of_a_file_that_grows_while_it_is_read_no_less_than_nothing_is_left(tmp_path: Path) -> None:
    name = "themes/large.jsonl"
    (tmp_path / "themes").mkdir()
    (tmp_path / name).write_bytes(b"{}\n" * 50)
    reading = Followed(str(tmp_path), Listing((stamp(name, 60),)))
    reading.began, reading._now = 0, name
    said = [reading.text(9) for _ in reading._lines(name)]
    assert said[-1] == "0 of 1 files read, 0 s left"


def test_a_file_that_another_process_has_read_is_counted(following: Callable[..., Followed]) -> None:
    reading = following(*(stamp(f"themes/t{n}.yaml", 100) for n in range(2)))
    reading.was_read("themes/t1.yaml")
    assert reading.text(3) == "1 of 2 files read, 3 s left"


def test_of_an_index_that_is_there_only_what_may_have_changed_is_counted(following: Callable[..., Followed]) -> None:
    reading = following(*(stamp(f"themes/t{n}.yaml", 100) for n in range(9)))
    for name in ("sources.yaml", "themes/t1.yaml", "themes/t2.yaml"):
        reading.content(name)
    read(reading, "themes/t1.yaml")
    assert reading.text(3) == "1 of 2 files read, 3 s left"


class Screen(io.StringIO):
    """A stderr that is a terminal, or none."""

    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal

    def fileno(self) -> int:
        raise OSError


def test_where_no_eye_would_see_it_there_is_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    for terminal, term, quiet in ((False, "xterm", False), (True, "dumb", False), (True, "xterm", True)):
        monkeypatch.setattr(sys, "stderr", Screen(terminal))
        monkeypatch.setenv("TERM", term)
        with followed(quiet) as corpus:
            assert corpus.__name__ == "CorpusFolder", (terminal, term, quiet)
    monkeypatch.setattr(sys, "stderr", None)
    with followed() as corpus:
        assert corpus.__name__ == "CorpusFolder"


def on_terminal(corpus: Path, seconds: float, *command: str) -> tuple[bytes, bytes]:
    """What a command writes to stdout, and to a stderr that is a terminal 80 cells wide."""
    code = f"import sys; from hrdash import progress; progress.SECONDS_TILL_SHOWN = {seconds}; " \
        "from hrdash.cli import program; sys.exit(program())"  # fmt: skip
    ours, theirs = pty.openpty()
    arguments = [sys.executable, "-c", code, "--briefs", str(corpus), *command]
    with subprocess.Popen(arguments, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=theirs) as run:
        os.close(theirs)
        assert run.stdout is not None
        out, written = run.stdout.read(), b""
    while True:
        try:
            part = os.read(ours, 1 << 16)
        except OSError:  # the other end is closed
            break
        written += part
    os.close(ours)
    return out, written


def test_a_command_that_waits_shows_how_far_reading_is_and_takes_it_away(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", briefs=40)
    for command in (["list"], ["check"]):
        out, written = on_terminal(corpus, 0, *command)
        line, erased, rest = written.rpartition(b"\r\x1b[K")
        assert b"\rhrdash: " in line, command
        assert b"files read" in line, command
        assert b"\n" not in line, command
        assert erased, command
        assert b"files read" not in rest, command
        assert b"\x1b" not in out, command
        assert b"\x1b" not in on_terminal(corpus, 0, "--plain", *command)[1], command
    assert b"\x1b" not in on_terminal(corpus, 60, "list")[1]
