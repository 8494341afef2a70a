"""The measurements still run; what they measure is looked at by hand."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from hrdash.check import check_corpus
from tests.bench import budgets, corpora, many_files
from tests.bench.terminal import Terminal


def test_the_budgets_can_be_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(budgets, "TYPED", ("a", "the"))
    sizes = ["--records", "300", "--statements", "400", "--runs", "1"]
    monkeypatch.setattr(sys, "argv", ["budgets", *sizes, "--folder", str(tmp_path), "--without-dashboard"])
    budgets.main()
    shown, said = capsys.readouterr()
    for what in (
        "`show` a theme of",
        "first page while typing, of 400",
        "late, while a thread",
        "`export` of 400",
        "sync after an edited file of 100 briefs",
    ):
        assert what in shown, what
    assert said == "", "another program finds something else"


def test_a_made_up_corpus_is_the_same_for_its_seed_sound_and_as_broken_as_was_asked(tmp_path: Path) -> None:
    first, second = (corpora.write(tmp_path / name, 200, seed=3, broken=4) for name in ("a", "b"))
    assert first == second != corpora.write(tmp_path / "c", 200, seed=4)
    report = check_corpus(str(tmp_path / "a"))
    assert {Path(problem.file).stem[:6] for problem in report.problems if problem.level == "error"} == {"broken"}
    assert not check_corpus(str(tmp_path / "c")).problems


def test_a_program_in_a_terminal_can_be_watched() -> None:
    echo = [sys.executable, "-c", "print('ready', flush=True); print(input() + '!', flush=True); input()"]
    with Terminal(echo, {}) as terminal:
        assert terminal.shows(b"ready") > 0
        took, used = terminal.done(b"x\n")
        assert took > 0 <= used
        terminal.shows(b"x!")
        assert terminal.idle(0.1)[0] == 0
        assert terminal.memory() > 1


def test_many_broken_files_can_be_measured(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["many_files", "20"])
    many_files.main()
    assert "20 files" in capsys.readouterr().out
