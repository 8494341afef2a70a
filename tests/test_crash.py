"""A fault of hrdash's own: what is said of it, what is kept, and that neither holds a text of a brief."""

from __future__ import annotations

import resource
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from hrdash import cli
from hrdash.cli import main
from hrdash.commands import Answer
from hrdash.crash import CRASHED, FILE, crash_words

WITNESS = "The name of a witness"


def fails(options: Namespace) -> Answer:
    found = {WITNESS: WITNESS}
    try:
        return Answer(found[WITNESS + "!"])
    except KeyError:
        raise ValueError(f"no such text: {WITNESS}") from None


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A `list` with a fault in it."""
    monkeypatch.setattr("hrdash.commands.list.run", fails)


def test_a_fault_in_a_command_shows_no_text_of_a_brief_and_exits_70(
    broken: None, own_machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["list"]) == CRASHED == 70
    out, err = capsys.readouterr()
    report = own_machine / "state" / "hrdash" / FILE
    assert out == ""
    assert "internal error ValueError at tests/test_crash.py:" in err
    assert f"hrdash: a report without any text of a brief: {report}\n" in err
    assert "security advisory" in err
    assert "Traceback" not in err
    for text in (err, report.read_text()):
        assert WITNESS not in text
        assert "no such text" not in text
    assert report.stat().st_mode & 0o777 == 0o600
    lines = report.read_text().splitlines()
    assert lines[0].startswith("hrdash ")
    assert {"ValueError", "KeyError"} <= set(lines)
    assert any(line.startswith("  hrdash/cli.py:") for line in lines)


def test_the_report_goes_with_all_else_that_was_written(broken: None, own_machine: Path) -> None:
    main(["list"])
    assert main(["clean"]) == 0
    assert not [path for path in own_machine.rglob("*") if path.is_file()]


@pytest.mark.parametrize("hindered", [False, True])
def test_a_fault_is_said_where_no_file_may_be_written(
    hindered: bool, broken: None, own_machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if hindered:
        (own_machine / "state").write_text("in the way")
    assert main(["list", *([] if hindered else ["--no-cache"])]) == CRASHED
    err = capsys.readouterr().err
    assert "internal error ValueError" in err
    assert FILE not in err
    assert "to report it, open an issue" in err
    assert (own_machine / "state").exists() == hindered


def test_a_fault_is_said_where_no_file_can_be_opened_any_more() -> None:
    fails = "def fails(_): resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3)); raise KeyError('a secret')"
    code = f"import resource, sys\nfrom hrdash import cli\n{fails}\ncli._run = fails\nsys.exit(cli.main([]))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == CRASHED
    assert done.stderr.startswith("hrdash: internal error KeyError")
    assert "secret" not in done.stderr


def test_a_fault_with_endless_frames_is_a_short_report(own_machine: Path) -> None:
    def again(depth: int) -> int:
        return again(depth + 1) + 1

    try:
        again(0)
    except RecursionError as fault:
        words = crash_words(fault, keep=True)
    assert words.count("\n") == 2
    assert len((own_machine / "state" / "hrdash" / FILE).read_text().splitlines()) < 60


def test_a_folder_whose_name_acts_on_a_terminal_is_named_harmlessly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "a\x1b]0;x\x07\n"))
    words = crash_words(ValueError(), keep=True)
    assert "\x1b" not in words
    assert words.count("\n") == 2


def test_a_machine_that_fails_is_exit_3_and_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli, "silence_stdout", lambda: None)
    for fault, words in (
        (MemoryError(), "there is not enough memory"),
        (OSError(24, "Too many open files", "/a/b"), "/a/b: Too many open files"),
        (OSError(28, "No space left on device"), "cannot write: No space left on device"),
        (OSError("odd"), "cannot write: OSError"),
    ):

        def failing(options: Namespace, fault: Exception = fault) -> Answer:
            raise fault

        monkeypatch.setattr("hrdash.commands.list.run", failing)
        assert main(["list"]) == 3, fault
        assert capfd.readouterr().err == f"hrdash: {words}\n"


def test_no_file_of_the_memory_is_written_when_a_library_crashes() -> None:
    code = (
        "import resource; from hrdash import cli\n"
        "def limit(kind, limits): print(kind == resource.RLIMIT_CORE, *limits)\n"
        "resource.setrlimit, cli.main = limit, lambda: 0\n"
        "cli.program()"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert shown.stdout.split() == ["True", "0", str(resource.getrlimit(resource.RLIMIT_CORE)[1])]
