"""The command line as a user meets it: what goes where, which exit code, and what is said when something is wrong."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hrdash import __version__
from hrdash.cli import main

NASTY = str(Path(__file__).parent / "corpora" / "nasty")
HRDASH = [sys.executable, "-m", "hrdash", "--briefs", NASTY]


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The exit code, stdout and stderr of one command on the corpus of odd texts."""
    code = main(["--briefs", NASTY, *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"hrdash {__version__}\n"
    for arguments in (["--help"], ["-h"], ["help"]):
        assert main(arguments) == 0
        shown = capsys.readouterr().out
        assert shown.index("examples") < shown.index("commands")
    for command in ("show", "list", "search", "themes", "sources", "check", "export", "index", "clean"):
        assert main([command, "--help"]) == 0
        assert f"hrdash {command}" in capsys.readouterr().out


def test_without_a_terminal_hrdash_alone_prints_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys)[1] == said(capsys, "list")[1]


def test_show_without_a_name_lists_the_themes(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "show")[:2] == said(capsys, "themes")[:2]


def test_show_takes_themes_and_briefs_together(capsys: pytest.CaptureFixture[str]) -> None:
    _, shown, _ = said(capsys, "show", "prisons-visits", "words-markup")
    assert "Unannounced visits to prisons" in shown
    assert "[redacted] and [sic] stay" in shown
    assert "Құқық, حقوق" not in shown.replace("see also words-scripts", "")


@pytest.mark.parametrize(
    ("arguments", "suggestion"),
    [
        (["show", "prison"], "prisons"), (["show", "words-markp"], "words-markup"), (["lsit"], "list"),
        (["list", "--source", "printd"], "printed"), (["list", "--theme", "word"], "words"),
        (["list", "--speaker", "ministr"], "minister"), (["list", "--has", "reponse"], "response"),
        (["list", "source:printd"], "printed"),
    ],
)  # fmt: skip
def test_an_unknown_name_is_exit_2_with_the_nearest_known_one(
    arguments: list[str], suggestion: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = said(capsys, *arguments)
    assert (code, out) == (2, "")
    assert f"did you mean '{suggestion}'?" in err


@pytest.mark.parametrize(
    "arguments",
    [["list", "--year", "abc"], ["list", "year:20"], ["list", "--frobnicate"], ["show", "--format", "pdf"], ["search"],
     ["--color", "sometimes", "list"], ["list", "has:"]],
)  # fmt: skip
def test_wrong_usage_is_exit_2_with_a_sentence(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err.startswith("hrdash: ")
    assert "Traceback" not in err


def test_nothing_found_is_exit_1_and_says_why_and_as_of_when(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, "search", "zebra")
    assert (code, out) == (1, "")
    assert "as of 2025-03" in err


@pytest.mark.parametrize("query", ["*", '"', "-", "+", "😀", "--", "''"])
def test_a_search_for_nothing_that_can_be_looked_for_says_so(query: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, "search", "--", query)
    assert code in (1, 2)
    assert out == ""
    assert err


@pytest.mark.parametrize(
    "query", ["AND", "e-mail", "c++", "NEAR(", "visits*", "a:b", "NOT visits", "'", "x OR y", "10.1"]
)
def test_odd_searches_are_answered_or_explained(query: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, "search", query)
    assert (code == 0) == bool(out)
    assert out or err


def test_words_to_leave_out_need_no_escaping(capsys: pytest.CaptureFixture[str]) -> None:
    _, shown, _ = said(capsys, "list", "prisons", "-unannounced")
    assert shown == ""
    _, shown, _ = said(capsys, "list", "-unannounced")
    assert "words-markup" in shown
    assert "prisons-visits" not in shown


def test_a_folder_that_is_no_corpus_is_exit_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        for command in (["list"], ["check"], ["show", "x"]):
            assert main(["--briefs", str(folder), *command]) == 3
            assert str(folder) in capsys.readouterr().err


def test_the_corpus_can_be_named_by_the_environment(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HRDASH_BRIEFS", NASTY)
    assert main(["list"]) == 0
    assert "words-markup" in capsys.readouterr().out


def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*HRDASH, *arguments], capture_output=True, timeout=30, **options)  # type: ignore[call-overload,no-any-return]


def test_a_reader_that_stops_early_is_left_in_silence() -> None:
    piped = subprocess.run(
        ["bash", "-o", "pipefail", "-c", '"$0" "$@" | head -n 1', *HRDASH, "show", "words", "prisons"],
        capture_output=True, timeout=30,
    )  # fmt: skip
    assert piped.stderr == b""
    assert piped.stdout.count(b"\n") == 1


def test_stdout_that_is_closed_or_full_ends_without_a_traceback() -> None:
    closed = subprocess.run(["bash", "-c", '"$0" "$@" >&-', *HRDASH, "list"], capture_output=True, timeout=30)
    assert b"Traceback" not in closed.stderr
    with open("/dev/full", "wb") as full:
        result = subprocess.run([*HRDASH, "list"], stdout=full, stderr=subprocess.PIPE, timeout=30)
    assert result.returncode != 0
    assert b"Traceback" not in result.stderr
    assert b"hrdash: cannot write" in result.stderr


def test_no_locale_can_break_the_output() -> None:
    for locale in ("C", "POSIX", "xx_YY.ISO-8859-1"):
        result = run(
            "show", "words", env={**os.environ, "LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
        )
        assert result.returncode == 0
        assert b"Traceback" not in result.stderr


@pytest.mark.parametrize("variables", [{}, {"FORCE_COLOR": "1"}, {"CLICOLOR_FORCE": "1"}])
def test_piped_text_holds_no_colour(variables: dict[str, str]) -> None:
    assert b"\x1b" not in run("show", "prisons", env={**os.environ, **variables}).stdout


def test_colour_can_be_asked_for_and_is_markup_free() -> None:
    shown = run("show", "words", "--color", "always").stdout.decode()
    assert "\x1b[" in shown
    assert "[red]x[/red]" in shown


def test_an_interrupt_is_exit_130_without_a_traceback() -> None:
    code = """
import os, signal
from hrdash import cli
def stop(options): os.kill(os.getpid(), signal.SIGINT)
cli.COMMANDS["list"] = cli.COMMANDS["list"]._replace(run=stop)
raise SystemExit(cli.main(["list"]))
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=30)
    assert result.returncode in (130, -signal.SIGINT)
    assert b"Traceback" not in result.stderr


def test_nothing_is_imported_from_the_current_folder(tmp_path: Path) -> None:
    for name in ("yaml", "rich", "textual", "sqlite3", "json"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('ran a file of the current folder')")
    result = run("list", cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)})
    assert result.returncode == 0
    assert b"ran a file" not in result.stderr


def test_a_file_name_that_holds_escape_sequences_is_shown_marked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "a\x1b]0;x\x07b"
    assert main(["--briefs", str(folder), "list"]) == 3
    assert "\x1b" not in capsys.readouterr().err
    assert main(["\x1b[31mshow"]) == 2
    assert "\x1b" not in capsys.readouterr().err
