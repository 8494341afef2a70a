"""What hrdash has to do with the world outside: no network, nothing taken from where it stands, nothing left behind."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import pytest

from hrdash.cli import main
from hrdash.commands import COMMANDS
from hrdash.crash import FILE as CRASH
from hrdash.crash import crash_words
from hrdash.keeping import MARKS
from hrdash.tokens import NAME
from hrdash.tui.session import SESSION, Session, save_session
from tests.fuzz.index_faults import write_corpus
from tests.make import make_index
from tests.tui.terminal import OPEN, Terminal

ROOT = Path(__file__).parent.parent
NO_NETWORK = """
import os, sys
def forbid(event, arguments):
    local = event == "socket.__new__" and arguments[1] == 1  # the pair of AF_UNIX with which asyncio wakes itself
    if event.partition(".")[0] in ("socket", "urllib", "http", "ftplib", "smtplib", "imaplib", "poplib") and not local:
        os.write(2, f"NETWORK {event}".encode())
        os._exit(99)
sys.addaudithook(forbid)
"""
"""What Python itself reports before it asks the system for a socket, an address or a connection ends the process."""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus", briefs=2)


def test_every_command_works_without_sockets(corpus: Path) -> None:
    texts = ["--texts", str(corpus)]
    codes = {
        "list": 0, "show t1": 0, "show t1 --format markdown": 0, "show t1-0 --format json": 0,
        "show t1 --color always": 0, "search prison": 0, "search --format csv": 0, "schema": 0, "labels": 0,
        "themes": 0, "sources": 0, "check": 0, "export": 0,
        "list --plain": 0, shlex.join(["verify", *texts]): 1, shlex.join(["coverage", *texts]): 0,
        "clean": 0, "--help": 0, "--version": 0,
    }  # fmt: skip
    code = f"""{NO_NETWORK}
import json, shlex
from hrdash.cli import main
from hrdash.commands import COMMANDS
for command, code in json.loads(sys.argv[1]).items():
    found = main(["--briefs", sys.argv[2], *shlex.split(command)])
    assert found == code, f"hrdash {{command}} ended with {{found}} and not with {{code}}"
import socket
socket.create_connection(("127.0.0.1", 9), 0.1)
"""
    assert set(COMMANDS) <= {command.split()[0] for command in codes}
    run = subprocess.run([sys.executable, "-c", code, json.dumps(codes), str(corpus)], capture_output=True, cwd=ROOT)
    assert run.stderr.endswith(b"NETWORK socket.getaddrinfo"), run.stderr  # and it would have been seen
    assert run.returncode == 99


def test_the_dashboard_works_without_sockets(corpus: Path) -> None:
    with Terminal("-c", NO_NETWORK + OPEN, str(corpus)) as terminal:
        terminal.wait_for("Brief 0 of 0")
        terminal.send(b"jcMf")
        terminal.wait_for("ANSWER")
        terminal.send(b"q")
        assert terminal.end() == 0
        assert b"NETWORK" not in terminal.written


def test_no_variable_of_textuals_reaches_it() -> None:
    code = """
import json, os, re, sys
from importlib import reload
from importlib.util import find_spec
from pathlib import Path
sources = "".join(path.read_text() for path in Path(find_spec("textual").origin).parent.rglob("*.py"))
names = set(re.findall(r"[\\"'](TEXTUAL[A-Z_]*)[\\"']", sources)) | {"TEXTUAL", "TEXTUAL_NEW"}
hostile = {name: "1" for name in names} | {"TEXTUAL_ANIMATIONS": "none"}
os.environ.update(hostile)
import hrdash.tui.app
left = sorted(name for name in os.environ if name.startswith("TEXTUAL"))
from textual import constants
def values():
    return {name: value for name, value in vars(constants).items() if name.isupper()}
taken = values()
reload(constants)
plain = values()
os.environ.update(hostile)
reload(constants)
hurt = sorted(name for name, value in values().items() if value != plain[name])
print(json.dumps([sorted(names), left, taken == plain, hurt]))
"""
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT).stdout
    names, left, same, hurt = json.loads(shown)
    assert len(names) > 20
    assert {"DRIVER", "LOG_FILE", "PRESS", "SCREENSHOT_DELAY", "SCREENSHOT_LOCATION", "SHOW_RETURN"} <= set(hurt)
    assert left == []
    assert same


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a file for each module that there may be, which says that it ran."""
    folder = tmp_path_factory.mktemp("planted")
    dependencies = ("textual", "rich", "yaml", "_yaml", "pygments", "markdown_it", "mdit_py_plugins", "linkify_it",
                    "mdurl", "platformdirs", "snowballstemmer", "Stemmer", "typing_extensions", "sitecustomize",
                    "usercustomize")  # fmt: skip
    for name in (*sys.stdlib_module_names, *dependencies):
        (folder / f"{name}.py").write_text(f"import sys; sys.__stderr__.write('RAN {name}\\n')")
    return folder


@pytest.fixture
def script(tmp_path: Path) -> str:
    """The program that an installer makes of the entry in pyproject.toml."""
    module, _, function = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"][
        "hrdash"
    ].partition(":")
    path = tmp_path / "bin" / "hrdash"
    path.parent.mkdir()
    path.write_text(f"import sys\nfrom {module} import {function}\nsys.exit({function}())\n")
    return str(path)


def loaded_by_python() -> set[str]:
    """What `python -m` itself imports before it comes to hrdash, from the current folder too unless `-P` forbids it."""
    code = "import runpy, importlib.util, sys; print(*sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    return {name.partition(".")[0] for name in shown.split()}


@pytest.mark.parametrize("started", ["by its name", "as a module", "as a module, safely"])
def test_no_file_of_the_current_folder_is_imported(started: str, planted: Path, script: str, corpus: Path) -> None:
    program = {"by its name": [script], "as a module": ["-m", "hrdash"]}.get(started, ["-P", "-m", "hrdash"])
    if started == "as a module":
        unsafe = {f"{name}.py" for name in loaded_by_python()}
        planted = Path(shutil.copytree(planted, corpus / "planted", ignore=lambda *_: unsafe))
        assert len(list(planted.iterdir())) > 200
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    for command in (["search", "prison", "--color", "always"], ["export"]):
        run = subprocess.run([sys.executable, *program, "--briefs", str(corpus), *command], cwd=planted,
                             env=environment, capture_output=True, text=True)  # fmt: skip
        assert run.returncode == 0, run.stderr
        assert "RAN" not in run.stderr


def test_the_dashboard_imports_no_file_of_the_current_folder(planted: Path, corpus: Path) -> None:
    code = ("import os, sys, runpy; os.chdir(sys.argv.pop(1)); "
            "runpy.run_module('hrdash', run_name='__main__', alter_sys=True)")  # fmt: skip
    with Terminal("-c", code, str(planted), "--briefs", str(corpus), PYTHONPATH=str(ROOT)) as terminal:
        terminal.wait_for("Brief 0 of 0")
        terminal.send(b"c")
        terminal.wait_for("sent the citation")
        terminal.send(b"q")
        assert terminal.end() == 0
        assert b"RAN" not in terminal.written


def test_clean_leaves_things_as_they_were_before_hrdash_and_names_each_file(
    corpus: Path, own_machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = own_machine / "config" / "hrdash" / "config.yaml"
    config.parent.mkdir(parents=True)
    config.write_text("theme: auto\n")
    before = everything(own_machine, corpus)
    assert main(["list"]) == 0
    index = Path(make_index(str(corpus)))
    assert main(["--briefs", str(corpus), "export"]) == 0
    assert save_session(str(corpus), Session())
    assert CRASH in crash_words(ValueError(), keep=True)
    written = everything(own_machine, corpus) - before
    files = {path for path in written if path.is_file()}
    assert index in files
    names = {path.name for path in files if path.suffix != ".sqlite" and not NAME.fullmatch(path.name)}
    assert names == {*MARKS, SESSION, CRASH}
    assert {path.name: oct(path.stat().st_mode & 0o777) for path in files} == dict.fromkeys(
        (path.name for path in files), "0o600"
    )
    assert {oct(path.stat().st_mode & 0o777) for path in written if path.is_dir()} == {"0o700"}
    capsys.readouterr()
    assert main(["clean"]) == 0
    out, err = capsys.readouterr()
    assert sorted(out.splitlines()) == sorted(map(str, files))
    assert err == f"removed {len(files)} files\n"
    left = everything(own_machine, corpus) - before
    assert left <= {own_machine / "cache", own_machine / "state"}  # which are not hrdash's own
    assert config.read_text() == "theme: auto\n"


def everything(*folders: Path) -> set[Path]:
    return {path for folder in folders for path in folder.rglob("*")}


# Packages


def pinned() -> dict[str, str]:
    lock = (ROOT / "requirements.lock").read_text()
    return dict(re.findall(r"^([\w.-]+)==([\w.]+)", lock, re.MULTILINE))


def test_the_lock_holds_every_package_by_version_and_hash_and_names_no_machine() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    entries = re.split(r"\n(?=\w)", lock.partition("\n\n")[2].strip())
    assert len(entries) == len(pinned()) > 20
    for entry in entries:
        first, *hashes = entry.splitlines()
        assert re.fullmatch(r"[\w.-]+==[\w.]+( ; [\w ='.]+)? \\", first), first
        assert hashes
        assert all(re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line) for line in hashes)
    assert not re.search(r"://|--index|--find-links|/home|/root|/work|/tmp", lock)


def test_the_lock_covers_what_pyproject_asks_for_and_all_that_follows_from_it() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    asked = [*project["project"]["dependencies"], *project["project"]["optional-dependencies"]["test"]]
    asked += project["build-system"]["requires"]
    versions = pinned()
    seen: set[str] = set()
    while asked:
        name = re.match(r"[\w.-]+", asked.pop())[0].lower().replace("_", "-")  # type: ignore[index]
        assert name in versions
        if name not in seen and is_installed(name, versions[name]):
            asked += [text for text in requires(name) or [] if ";" not in text]
        seen.add(name)
    assert len(seen) > 10


def is_installed(name: str, wanted: str) -> bool:
    """Whether a package is there in this very version: another may need others."""
    try:
        return version(name) == wanted
    except PackageNotFoundError:
        return False


def test_the_lock_stays_within_what_pyproject_allows() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    versions = pinned()
    for text in project["project"]["dependencies"]:
        name, *bounds = re.fullmatch(r"([\w-]+)>=([\d.]+),<([\d.]+)", text).groups()  # type: ignore[union-attr]
        least, below = (tuple(map(int, bound.split("."))) for bound in bounds)
        assert least <= tuple(map(int, versions[name].split("."))) < below
