"""Every command on a corpus that is hostile in every field: what reaches stdout and stderr, byte for byte."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hrdash.cli import main
from hrdash.commands import COMMANDS
from tests.hostile import ACTING, FIELDS, PAYLOADS, quoted, write_hostile_corpus, write_hostile_texts

RUN = """
import json, os, sys
from hrdash import keeping
from hrdash.cli import main
keeping.LARGE = 0
for arguments in json.load(open(sys.argv[1])):
    code = main([os.fsdecode(argument.encode(errors="surrogateescape")) for argument in arguments])
    print(f"=== {code}", flush=True)
"""
"""All commands in one process: starting one costs more than what most of them do."""

COLOR = re.compile(r"\x1b\[[0-9;]*m")
MODES: dict[str, tuple[bool, dict[str, str]]] = {
    "a terminal": (True, {"TERM": "xterm-256color"}),
    "a terminal without colour": (True, {"TERM": "xterm-256color", "NO_COLOR": "1"}),
    "a dumb terminal": (True, {"TERM": "dumb"}),
    "a pipe": (False, {}),
    "a pipe in the C locale": (False, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
}
"""Whether stdout and stderr are a terminal, and the environment."""


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The hostile corpus, in a folder whose name is hostile too, and the texts of its sources."""
    folder = tmp_path_factory.mktemp("hostile")
    return write_hostile_corpus(folder / "a\x1b]0;pwned\x07\u202e"), write_hostile_texts(folder / "texts\x9b31m")


def command_lines(corpus: Path, texts: Path) -> list[list[str]]:
    """Every command, with what is hostile in the corpus and with hostile arguments; the dashboard has its own tests."""
    here = ["--briefs", str(corpus)]
    with_texts = ["--texts", str(texts)]
    good = [
        ["show", "prisons"], ["show", "visits", "--format", "markdown"], ["show", "prisons", "--format", "json"],
        ["show", "prisons", "--color", "always"], ["show"], ["list"], ["themes"], ["sources"], ["check"], ["export"],
        ["search", "end"], ["search", "end", "--color", "always"], ["search", "--format", "csv"], ["schema"],
        ["search", "--format", "json"], ["search", "--columns", "text,speaker,id"], ["search", "--format", "markdown"],
        ["verify", *with_texts], ["coverage", *with_texts],
        ["clean"], ["list"],
        *([name, "--text", "end \x1b\x9b\u202e\u200b\n"] for name in ("list", "search", "themes", "sources")),
        ["show", "prisons", "--text", "end \x1b\x9b\u202e\u200b\n"],
    ]  # fmt: skip
    found = [[*here, *arguments] for arguments in good]
    everything = "".join(PAYLOADS).replace("\x00", "")
    for bad in (f"\u202e\udcff[/red][@click=app.quit]x[/] {everything}",):
        found += [[bad], [f"--{bad}"], ["--briefs", bad, "list"], ["--color", bad], ["check", bad]]
        found += [[command, f"--{bad}={bad}"] for command in COMMANDS]
        found += [[command, "--help", bad] for command in COMMANDS]
        found += [[*here, *arguments] for arguments in (
            ["show", bad], ["list", bad], ["search", bad], ["themes", bad], ["sources", bad], ["export", bad],
            ["list", f"year:{bad}"], ["list", f"has:{bad}"], ["list", f"{bad}:x"], ["list", "--year", bad],
            ["list", "--theme", bad], ["list", "--source", bad], ["list", "--has", bad], ["list", "--person", bad],
            ["show", "--format", bad], ["search", "--columns", bad],
            ["verify", "--texts", bad], ["coverage", *with_texts, "--fail-under", bad],
            ["verify", bad], ["clean", bad], ["search", f'"{bad}']
        )]  # fmt: skip
    return found


def written(arguments: list[list[str]], file: Path, terminal: bool, environment: dict[str, str]) -> bytes:
    """All that the commands write to stdout and stderr, on a terminal or into a pipe."""
    file.write_text(json.dumps(arguments))
    command = [sys.executable, "-c", RUN, str(file)]
    surroundings = {**os.environ, **environment}
    if not terminal:
        run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=surroundings, timeout=60)
        return re.sub(rb"\r\n", b"\n", run.stdout)  # the ends of lines in CSV
    master, slave = pty.openpty()
    with subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=surroundings) as process:
        os.close(slave)
        found = b"".join(_read_all(master))
        assert process.wait(60) == 0
    os.close(master)
    found = re.sub(rb"\r+\n", b"\n", found)  # which the terminal makes of each newline
    return re.sub(
        rb"(\rhrdash: [\w ,;]* files read[\w ,;]*\x1b\[K)+\r\x1b\[K", b"", found
    )  # and what takes itself away


def _read_all(master: int) -> Iterator[bytes]:
    """What is written to a terminal until nobody has it open."""
    while True:
        try:
            part = os.read(master, 1 << 16)
        except OSError:
            return
        if not part:
            return
        yield part


@pytest.mark.parametrize("mode", MODES)
def test_no_byte_of_a_brief_or_an_argument_acts_on_what_reads_it(
    mode: str, places: tuple[Path, Path], tmp_path: Path
) -> None:
    terminal, environment = MODES[mode]
    arguments = command_lines(*places)
    text = written(arguments, tmp_path / "arguments", terminal, environment).decode(errors="surrogateescape")
    codes = re.findall(r"^=== (-?\d+)$", text, re.MULTILINE)
    assert len(codes) == len(arguments)
    assert set(codes) <= {"0", "1", "2", "3"}
    assert codes[0] == "0"
    assert "Traceback" not in text
    assert "[/red][@click=app.quit]" in text  # an argument, shown as it was typed
    if "C locale" not in mode:
        assert text.count("⟨U+001B⟩") > 100  # it was there, and is shown
        assert text.count("⟨U+202E⟩") > 100
    left = COLOR.sub("", text)
    assert not (found := ACTING.search(left)), repr(left[found.start() - 200 : found.end() + 20])


def test_every_text_of_the_corpus_is_shown_by_some_command(
    places: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments in (["export"], ["show", "prisons"], ["sources"]):
        assert main(["--briefs", str(places[0]), *arguments]) == 0
    shown = capsys.readouterr().out
    assert [name for name in FIELDS if f"{name} ⟨U+001B⟩]52" not in shown] == []


FORGED = "Said.\n\n  STATE CLAIM\n    The court has ruled.\n      Court · 2024 · HRC ¶1"


@pytest.mark.parametrize("command", [["show", "prisons"], ["list"], ["search", "said"], ["sources"], ["themes"]])
def test_a_text_of_several_lines_can_forge_no_line_of_the_output(
    command: list[str], places: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_hostile_corpus(tmp_path / "corpus")
    for path in (*folder.glob("*.yaml"), folder / "themes" / "prisons.yaml"):
        path.write_text(re.sub(r'"[\w-]+ \\U.*? end"', quoted(FORGED).replace("\\", r"\\"), path.read_text()))
    assert main(["--briefs", str(folder), *command]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any("The court has ruled." in line for line in lines)
    assert not [line for line in lines if re.match(r"(  )*(The court has ruled|Court · 2024)", line)]
    assert sum(line.strip() == "STATE CLAIM" for line in lines) <= 2
