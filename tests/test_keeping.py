"""Where the index of a corpus is kept: whether by itself, under what name, and for whom; and memory everywhere else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from hrdash import keeping, library, places, tokens
from hrdash.cli import main
from hrdash.index import file
from hrdash.index.index import Index
from tests import make
from tests.fuzz.index_faults import answers, truth, write_corpus
from tests.make import make_index, open_library

ROOT = Path(__file__).parent.parent


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus that counts as large."""
    monkeypatch.setattr(keeping, "LARGE", 1000)
    return write_corpus(tmp_path / "corpus", briefs=2)


def listed(capsys: pytest.CaptureFixture[str], corpus: Path, *options: str) -> str:
    """What `hrdash list` says on stderr, but for the counts."""
    assert main(["--briefs", str(corpus), *options, "list"]) == 0
    return "".join(line for line in capsys.readouterr().err.splitlines(True) if line.startswith("hrdash: "))


def entries(own_machine: Path) -> list[Path]:
    return sorted((own_machine / "state" / "hrdash").glob("index-*"))


def test_a_large_corpus_has_an_index_by_itself_and_that_is_said_once(
    corpus: Path, own_machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = listed(capsys, corpus)
    beside = corpus / ".hrdash"
    assert said == (
        f"hrdash: an index is kept in {beside} from now on, for you alone; hrdash clean removes it, "
        "--no-cache or the setting index: false forbids it\n"
    )
    (entry,) = entries(own_machine)
    (path,) = beside.glob("index-*.sqlite")
    assert path.name == f"index-{entry.read_bytes()[:8].decode()}.sqlite"
    assert {each.name for each in beside.iterdir()} == {".gitignore", "CACHEDIR.TAG", path.name}
    assert (beside / ".gitignore").read_text() == "*\n"
    assert (beside / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55\n")
    for each in (beside, entry.parent):
        assert each.stat().st_mode & 0o777 == 0o700, each
        assert {one.stat().st_mode & 0o777 for one in each.iterdir()} == {0o600}, each
    assert listed(capsys, corpus) == ""
    assert open_library(str(corpus)).index.path == str(path)
    assert open_library(str(corpus)).refresh().read == 0


def test_whatever_comes_of_the_command_that_makes_an_index_says_so(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = ["--texts", str(corpus)]
    commands = (["show", "nowhere"], ["search", "nothing-like-it"], ["shwo"], ["verify", *texts], ["coverage", *texts],
                ["list", "--source", "nobody"], ["export"], ["themes"])  # fmt: skip
    for command in commands:
        for times in (1, 0):
            main(["--briefs", str(corpus), *command])
            assert capsys.readouterr().err.count("hrdash: an index is kept in") == times, command
        assert main(["clean"]) == 0


def test_a_small_corpus_is_read_into_memory_and_nothing_is_written(
    corpus: Path, own_machine: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "LARGE", sum(path.stat().st_size for path in corpus.rglob("*.yaml")) + 1)
    assert listed(capsys, corpus) == ""
    assert not (corpus / ".hrdash").exists()
    assert list(own_machine.iterdir()) == []


def test_an_index_is_kept_in_step_when_its_corpus_has_become_small(corpus: Path) -> None:
    path = Path(make_index(str(corpus)))
    for theme in (corpus / "themes").glob("t[1-4].yaml"):
        theme.unlink()
    keeping.LARGE = 1_000_000
    assert open_library(str(corpus)).index.path == str(path)
    assert b"Theme 3" not in path.read_bytes()  # or what was deleted would stay in it
    path.unlink()
    assert open_library(str(corpus)).index.path == ""


def test_no_cache_and_the_setting_write_no_index_and_believe_none(
    corpus: Path, own_machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = own_machine / "config" / "hrdash" / "config.yaml"
    settings.parent.mkdir(parents=True)
    for index in (False, True):
        if index:
            keeping_file = Path(make_index(str(corpus)))
            keeping_file.write_bytes(b"")
        before = {path for path in own_machine.rglob("*") if path != settings}
        for setting, *options in (("index: false\n",), ("theme: auto\n", "--no-cache")):
            settings.write_text(setting)
            for folder in ([], ["--briefs", str(corpus)]):
                assert main([*folder, *options, "list"]) == 0
                left = f"hrdash: an index from before is still in {corpus / '.hrdash'}" in capsys.readouterr().err
                assert left == (index and bool(folder) and not options), (setting, folder)
        assert (corpus / ".hrdash").exists() == index
        assert {path for path in own_machine.rglob("*") if path != settings} == before
    assert keeping_file.read_bytes() == b""


def test_a_setting_that_cannot_be_read_keeps_no_index_and_says_so(
    corpus: Path, own_machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = own_machine / "config" / "hrdash" / "config.yaml"
    settings.parent.mkdir(parents=True)
    for setting in (
        "index: no\n",
        "index: [\n",
        "index: {}\n",
        "index: false\nindex: true\n",
        "'index: false\n",
        "Index: false\n",
        "INDEX: true\n",
        "index:\u00a0false\n",
        "index:false\n",
        "ind\u0435x: false\n",
    ):
        settings.write_text(setting)
        said = listed(capsys, corpus)
        assert str(settings) in said, setting
        assert said.endswith("so the corpus is read into memory\n"), setting
    settings.write_bytes("index: false\n".encode("utf-16"))
    assert str(settings) in listed(capsys, corpus)
    settings.unlink()
    settings.mkdir()
    assert str(settings) in listed(capsys, corpus)
    assert not (corpus / ".hrdash").exists()
    settings.rmdir()
    settings.write_text("colour: blue\nindex: true\n")  # a fault elsewhere forbids nothing
    assert "from now on" in listed(capsys, corpus)


def test_where_no_index_can_be_kept_it_is_memory_and_one_line_says_why(
    corpus: Path, own_machine: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def of_another_user() -> None:
        user = os.geteuid()
        monkeypatch.setattr(os, "geteuid", lambda: user + 1)

    def without_a_home() -> None:
        for kind in ("STATE", "CACHE"):
            monkeypatch.setenv(f"XDG_{kind}_HOME", "")
        monkeypatch.setattr(os.path, "expanduser", lambda path: path)

    ways = {
        "belongs to another user": of_another_user,
        "may not be written": lambda: monkeypatch.setattr(os, "access", lambda *_: False),
        "there is no home": without_a_home,
        "state/hrdash": lambda: (own_machine / "state").write_text("a file where the folder should be"),
        ".hrdash is not what it should be": lambda: (corpus / ".hrdash").write_text("a file as well"),
        ".hrdash is open to other users": lambda: (corpus / ".hrdash").mkdir(mode=0o755),
    }
    expected = truth(corpus)
    for why, harm in ways.items():
        harm()
        said = listed(capsys, corpus)
        assert why in said, (why, said)
        assert said.endswith(", so the corpus is read into memory\n"), (why, said)
        assert said.count("\n") == 1, (why, said)
        assert answers(open_library(str(corpus)).index) == expected, why
        assert entries(own_machine) == [] if (own_machine / "state").is_dir() else True, why
        monkeypatch.undo()
        monkeypatch.setattr(keeping, "LARGE", 1000)
        for kind in ("CACHE", "STATE", "CONFIG"):
            monkeypatch.setenv(f"XDG_{kind}_HOME", str(own_machine / kind.lower()))
        for left in (own_machine / "state", corpus / ".hrdash"):
            if left.is_file():
                left.unlink()
            shutil.rmtree(left, ignore_errors=True)


def test_a_shipped_corpus_without_a_place_for_its_index_is_read_into_memory_and_says_why(
    own_machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (own_machine / "cache").write_text("a file where the folder should be")
    assert main(["themes"]) == 0
    assert "hrdash: the index cannot be kept (" in capsys.readouterr().err


def test_a_folder_that_is_full_leaves_no_index_and_the_token_is_known(corpus: Path, own_machine: Path) -> None:
    def fail(staged: str, path: str) -> None:
        raise file.NotKept("the index cannot be kept (no space left on device)")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(file, "put_in_place", fail)
        library_ = open_library(str(corpus))
        assert library_.note == "the index cannot be kept (no space left on device), so the corpus is read into memory"
    assert sorted(path.name for path in (corpus / ".hrdash").iterdir()) == [".gitignore", "CACHEDIR.TAG"]
    assert len(entries(own_machine)) == 1


def test_a_token_that_cannot_be_read_is_not_given_anew(corpus: Path, own_machine: Path) -> None:
    make_index(str(corpus))
    (entry,) = entries(own_machine)
    for harm in (b"\xff" * 9, b"", entry.read_bytes().replace(b"/corpus", b"/other")):
        entry.write_bytes(harm)
        with pytest.raises(OSError, match="cannot be written, or not be read"):
            make_index(str(corpus))
        assert entry.read_bytes() == harm  # it may be what leads to an index


def test_two_that_give_out_a_token_at_once_have_the_same(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = places._linked
    first: list[str] = []

    def second(draft: str, path: str) -> bool:
        if not first:
            first.append("")
            first[0] = tokens.give(str(corpus))
        return real(draft, path)

    monkeypatch.setattr(places, "_linked", second)
    assert tokens.give(str(corpus)) == first[0] != ""


def test_where_a_file_has_one_name_alone_a_token_is_kept_all_the_same(
    corpus: Path, own_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    assert tokens.give(str(corpus)) == tokens.read(str(corpus)) != ""
    assert len(entries(own_machine)) == 1


def test_an_index_that_came_with_an_archive_is_not_used_and_another_stands_beside_it(
    corpus: Path, tmp_path: Path
) -> None:
    theirs = Path(make_index(str(corpus)))
    elsewhere = Path(shutil.copytree(corpus, tmp_path / "elsewhere", copy_function=shutil.copy2))
    found = open_library(str(elsewhere))
    assert Path(found.index.path).parent == elsewhere / ".hrdash"
    assert Path(found.index.path).name != theirs.name
    assert (elsewhere / ".hrdash" / theirs.name).exists()


def test_an_index_that_is_written_after_clean_is_one_that_clean_knows(corpus: Path, own_machine: Path) -> None:
    made = make_index(str(corpus))
    opened = open_library(str(corpus))
    (entry,) = entries(own_machine)
    content = entry.read_bytes()
    entry.unlink()
    (corpus / "speakers.yaml").write_text((corpus / "speakers.yaml").read_text() + "# all is read anew\n")
    opened.refresh()
    assert (opened.index.path, entry.read_bytes()) == (made, content)
    entry.write_bytes(content.replace(content[:8], b"00000000"))  # another was given out meanwhile
    (corpus / "speakers.yaml").write_text((corpus / "speakers.yaml").read_text() + "# once more\n")
    opened.refresh()
    assert not os.path.exists(made)


def test_a_process_that_is_killed_at_any_step_of_the_first_index_leaves_what_the_next_answers_from(
    corpus: Path, own_machine: Path
) -> None:
    expected, steps = truth(corpus), ("os.link", "os.mkdir", "os.open", "os.fsync", "os.replace")
    code = """
import os, signal, sys
from hrdash import keeping, library
step, number = sys.argv[2], int(sys.argv[3])
keeping.LARGE = 1
module, name = step.split(".")
real = getattr(os, name)
def killing(*arguments, **named):
    global number
    number -= 1
    if not number:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*arguments, **named)
setattr(os, name, killing)
library.open_library(sys.argv[1]).close()
"""
    for step in steps:
        for number in range(1, 30, 1 if make.HEAVY else 3):
            run = subprocess.run([sys.executable, "-c", code, str(corpus), step, str(number)], cwd=ROOT)
            assert run.returncode in (0, -9), (step, number)
            with closing(library.open_library(str(corpus))) as found:
                assert found.index.path, (step, number)
                assert answers(found.index) == expected, (step, number)
            assert main(["clean"]) == 0, (step, number)
            assert not (corpus / ".hrdash").exists(), (step, number)
            assert not [path for path in own_machine.rglob("*") if path.is_file()], (step, number)
            if not run.returncode or (step == "os.open" and number > 9):
                break


def test_two_processes_that_make_the_first_index_at_once_share_it(corpus: Path, own_machine: Path) -> None:
    code = """
import sys
from hrdash import keeping, library
keeping.LARGE = 1
import hrdash.corpus.read, hrdash.corpus.references
print("ready", flush=True)
sys.stdin.readline()
library.open_library(sys.argv[1]).close()
"""
    expected = truth(corpus)
    for _ in range(5 if make.HEAVY else 2):
        command = [sys.executable, "-c", code, str(corpus)]
        both = [subprocess.Popen(command, stdin=-1, stdout=-1, cwd=ROOT) for _ in range(2)]
        for one in both:
            assert one.stdout is not None
            assert one.stdout.readline() == b"ready\n"
        for one in both:
            assert one.stdin is not None
            one.stdin.write(b"\n")
            one.stdin.flush()
        for one in both:
            one.communicate()
            assert one.returncode == 0
        assert len(list((corpus / ".hrdash").glob("*"))) == 3
        assert len(entries(own_machine)) == 1
        assert answers(open_library(str(corpus)).index) == expected
        assert main(["clean"]) == 0


def test_the_index_itself_is_the_first_thing_that_carries_text(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    real = Index.write

    def write(index: Index, *change: object) -> object:
        seen.append(bool(tokens.read(str(corpus))) and (corpus / ".hrdash" / ".gitignore").exists())
        return real(index, *change)  # type: ignore[arg-type]

    monkeypatch.setattr(Index, "write", write)
    assert open_library(str(corpus)).index.path
    assert all(seen)
    assert seen
