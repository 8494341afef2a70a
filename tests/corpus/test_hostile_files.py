"""A folder full of what nobody should put there: each is a problem with its place and cure, and the rest loads."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hrdash.check import check_corpus
from hrdash.cli import main
from hrdash.corpus.listing import CorpusUnreadable

REGISTERS = {
    "corpus.yaml": "title: Ruritania\ncountry: ZZR\nas_of: 2026-11\n",
    "sources.yaml": "- id: s1\n  type: webpage\n  title: One\n  title-short: One\n  issued: 2025\n  kind: news\n"
    "  capacity: official\n  paragraphs: {numbering: ours, last: 20}\n",
    "speakers.yaml": "- {id: ministry, name: The Ministry, short: Ministry, kind: state}\n",
    "indicators.yaml": "- {id: visits, label: Visits, unit: visits, kind: count, span: flow}\n",
}
PROBLEM = re.compile(r"[\w./-]+:[1-9]\d*:[1-9]\d*: [^;]+.*; .+")


def theme(name: str, more: str = "", text: str = "Said.") -> str:
    """A good theme file with one brief, `<name>-1`, in line 5; `more` goes behind its claim."""
    claim = f"{{id: c, by: ministry, text: {text}, cites: [s1 7]}}"
    return (
        f"theme: {name}\nlabel: {name[:14]}\ntitle: {name}\nbriefs:\n"
        f"  - id: {name}-1\n    title: One\n    claims: [{claim}]\n{more}"
    )


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Two good themes."""
    folder = tmp_path / "corpus"
    (folder / "themes").mkdir(parents=True)
    for name, text in REGISTERS.items():
        (folder / name).write_text(text)
    for name in ("aaa", "zzz"):
        (folder / f"themes/{name}.yaml").write_text(theme(name))
    return folder


def holding(data: str | bytes) -> Callable[[Path], None]:
    """What makes a file of these bytes."""

    def write(path: Path) -> None:
        path.write_bytes(data if isinstance(data, bytes) else data.encode())

    return write


def linked(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


def sparse(path: Path) -> None:
    """100 MB of one scalar that takes no room on the disk."""
    path.write_text("theme: hostile\nlabel: '")
    os.truncate(path, 100 << 20)


BRIEF = theme("hostile")
ALIASES = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))
MERGES = "m0: &m0 {a: b}\n" + "".join(f"m{n}: &m{n} {{<<: [{', '.join([f'*m{n - 1}'] * 9)}]}}\n" for n in range(1, 8))
FILES: dict[str, tuple[Callable[[Path], None], tuple[int, int], str]] = {
    "a pipe": (os.mkfifo, (1, 1), "this is not a regular file"),
    "a folder": (Path.mkdir, (1, 1), "this is not a regular file"),
    "a link to an endless device": (linked("/dev/zero"), (1, 1), "this is a link to a file outside"),
    "a link to the terminal": (linked("/dev/tty"), (1, 1), "this is a link to a file outside"),
    "a link to itself": (linked("hostile.yaml"), (1, 1), "the file cannot be read (too many levels of symbolic links)"),
    "a link to nowhere": (linked("none.yaml"), (1, 1), "the file cannot be read (no such file or directory)"),
    "a link out of the folder": (linked("../../secret.yaml"), (1, 1), "this is a link to a file outside"),
    "a link to a pipe in the folder": (linked("../pipe"), (1, 1), "this is not a regular file"),
    "UTF-16": (holding(BRIEF.encode("utf-16")), (1, 1), "the file is UTF-16 or UTF-32"),
    "UTF-16 without a mark": (holding(BRIEF.encode("utf-16-le")), (1, 1), "the file is UTF-16 or UTF-32"),
    "UTF-16 of Cyrillic without a mark": (holding("Құқық: нет".encode("utf-16-le")), (1, 1), "byte 0 (0x9A) is not"),
    "Latin-1": (holding(theme("hostile", text="é").encode("latin-1")), (7, 42), "byte 127 (0xE9) is not UTF-8"),
    "a cut letter": (holding(BRIEF.encode() + b"\xd2"), (8, 1), "byte 150 (0xD2) is not UTF-8"),
    "NUL": (holding(BRIEF + "\0"), (8, 1), "the character U+0000 may not stand in YAML"),
    "a surrogate in bytes": (holding(BRIEF.encode() + b"#\xed\xa0\x80"), (8, 2), "byte 151 (0xED) is not UTF-8"),
    "100 MB": (sparse, (1, 1), "the file is larger than 1 MiB"),
    "a scalar of 1 MB": (holding(theme("hostile", text="x" * 1_000_000)), (7, 42), "this text is longer than 20,000"),
    "30,000 brackets": (holding("briefs: " + "[" * 30_000), (1, 24), "this is nested deeper than 16"),
    "30,000 braces": (holding("{a: " * 30_000), (1, 65), "this is nested deeper than 16"),
    "100,000 dashes": (holding("briefs:\n" + "- " * 100_000), (2, 31), "this is nested deeper than 16"),
    "a second document": (holding(BRIEF + "---\n" + BRIEF), (8, 1), "a second document starts here"),
    "a list": (holding("- a\n"), (1, 1), "here stands a list, and should stand a theme's file"),
    "nothing": (holding(""), (1, 1), "the file is empty"),
    "half a file": (holding(BRIEF[:-5]), (7, 56), "the bracket or brace that opens here is not closed"),
    "a key that stands twice": (holding(BRIEF + "    title: Two\n"), (8, 5), "the key 'title' stands twice, first in"),
    "a key that no editor would take for one": (
        holding(theme("hostile", '    "t\\x69tle": Two\n')), (8, 5), "the key 'title' stands twice, first in line 6",
    ),
    "an object of Python": (
        holding(theme("hostile", "    persons: !!python/object/apply:os.system [Children]\n")), (8, 14), "tags (!) are",
    ),
}  # fmt: skip
"""What is made of `themes/hostile.yaml`, where the one problem stands, and how it begins."""


def make(corpus: Path, name: str, kind: str) -> None:
    (corpus.parent / "secret.yaml").write_text(theme("secret"))
    if not (corpus / "pipe").exists():
        os.mkfifo(corpus / "pipe")
    FILES[kind][0](corpus / f"themes/{name}.yaml")


@pytest.mark.parametrize("kind", FILES)
def test_a_hostile_file_is_one_problem_with_place_and_cure_and_the_rest_loads(corpus: Path, kind: str) -> None:
    make(corpus, "hostile", kind)
    began = time.process_time()
    report = check_corpus(str(corpus))
    assert time.process_time() - began < 5  # it takes some milliseconds
    _, place, what = FILES[kind]
    assert [(found.file, (found.line, found.column)) for found in report.problems] == [("themes/hostile.yaml", place)]
    assert report.problems[0].what.startswith(what)
    assert PROBLEM.fullmatch(report.problems[0].text)
    assert report.briefs == 2


@pytest.mark.parametrize(("bomb", "first"), [(ALIASES, (1, 5)), (MERGES, (1, 5))], ids=["aliases", "merges"])
def test_a_bomb_is_refused_wherever_it_is_written_and_the_rest_loads(
    corpus: Path, bomb: str, first: tuple[int, int]
) -> None:
    (corpus / "themes/hostile.yaml").write_text(bomb)
    report = check_corpus(str(corpus))
    refused = [found for found in report.problems if "not taken" in found.what]
    assert (refused[0].line, refused[0].column) == first
    assert {found.file for found in report.problems} == {"themes/hostile.yaml"}
    assert {found.what.split(" (")[0] for found in report.problems} >= {"anchors", "aliases"}
    assert (report.briefs, report.withheld) == (2, 1)


def test_all_of_them_at_once_through_the_command_line(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number, kind in enumerate(FILES):
        if kind != "a link to itself":
            make(corpus, f"h{number}", kind)
    assert main(["check", str(corpus)]) == 1
    out, err = capsys.readouterr()
    lines = out.splitlines()
    named = {line.partition(":")[0] for line in lines}
    assert named >= {
        f"{corpus}/themes/h{number}.yaml" for number, kind in enumerate(FILES) if kind != "a link to itself"
    }
    for line in lines:
        assert PROBLEM.fullmatch(line), line
        assert line.isprintable()
    assert "2 briefs in " in err
    assert "Traceback" not in out + err


@pytest.mark.parametrize("kind", [kind for kind in FILES if kind != "a link to itself"])
@pytest.mark.parametrize("register", ["sources.yaml", "corpus.yaml"])
def test_a_hostile_register_is_told_in_its_own_file(
    corpus: Path, kind: str, register: str, capsys: pytest.CaptureFixture[str]
) -> None:
    make(corpus, "spare", kind)
    (corpus / register).unlink()
    (corpus / "themes/spare.yaml").rename(corpus / register)
    assert main(["check", str(corpus)]) == 1
    out, err = capsys.readouterr()
    assert "there is no such file" not in out
    assert all(PROBLEM.fullmatch(line) for line in out.splitlines())
    assert ("0 briefs in " if register == "sources.yaml" else "2 briefs in ") in err


def test_a_file_saved_with_a_byte_order_mark_loads(corpus: Path) -> None:
    for path in corpus.rglob("*.yaml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    report = check_corpus(str(corpus))
    assert (report.problems, report.briefs) == ((), 2)


def test_the_typed_words_of_yaml_stay_text_in_every_place(corpus: Path) -> None:
    words = ["no", "on", "Off", "~", "null", "true", "0x1F", "017", "190:20:30", "1.10", ".inf", "2024-13-45", "="]
    for number, word in enumerate(words):
        (corpus / f"themes/t{number}.yaml").write_text(theme(f"t{number}", f"    persons: [{word}]\n", word))
    report = check_corpus(str(corpus))
    assert {found.level for found in report.problems} == {"warning"}  # none is a group of persons
    for found in report.problems:
        word = words[int(found.file[8:-5])]
        what = "is taken for a text, and shown" if word in ("~", "null") else "is not a group of the UN's index (UHRI)"
        assert found.what.startswith(f"'{word}' {what}"), word
    assert report.briefs == 2 + len(words)


@pytest.mark.parametrize("escape", [r"\ud800", r"\udc00\ud800", r"\ud83d\ude00"])
def test_a_surrogate_in_quotes_never_reaches_a_text(corpus: Path, escape: str) -> None:
    (corpus / "themes/hostile.yaml").write_text(theme("hostile", text=f'"a{escape}"'))
    report = check_corpus(str(corpus))
    assert {(found.file, found.line) for found in report.problems} == {("themes/hostile.yaml", 7)}
    assert report.briefs >= 2
    assert all(found.text.encode() for found in report.problems)


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (13, "permission denied"),
        (5, "input/output error"),
        (24, "too many open files"),
        (2, "no such file or directory"),
    ],
)
@pytest.mark.parametrize("name", ["themes/hostile.yaml", "sources.yaml"])
def test_a_file_that_the_system_refuses_is_told_and_the_rest_is_read(
    corpus: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    number: int,
    reason: str,
    name: str,
) -> None:
    (corpus / "themes/hostile.yaml").write_text(BRIEF)
    real = os.open

    def refuse(path: str, *more: int) -> int:
        if str(path).endswith(name):
            raise OSError(number, os.strerror(number), path)
        return real(path, *more)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        code = main(["check", str(corpus)])
    out, err = capsys.readouterr()
    assert code == 1
    assert out.startswith(
        f"{corpus}/{name}:1:1: the file cannot be read ({reason}); look whether it is there and may be read\n"
    )
    assert ("2 briefs in " if name.startswith("themes") else "0 briefs in ") in err


def test_a_folder_that_the_system_refuses_is_told_and_the_rest_is_read(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (corpus / "themes/aaa").mkdir()
    real = os.scandir

    def refuse(path: str) -> Iterator[os.DirEntry[str]]:
        if str(path).endswith("/aaa"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", refuse)
        report = check_corpus(str(corpus))
    assert [found.text for found in report.problems] == [
        "themes/aaa:1:1: the folder cannot be read (permission denied); look at its permissions"
    ]
    assert report.briefs == 2


def test_everything_may_vanish_once_it_is_listed(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from hrdash.corpus import folder as module

    real = module.list_files

    def list_and_remove(folder: str) -> object:
        listing = real(folder)
        for path in corpus.rglob("*.yaml"):
            path.unlink()
        return listing

    monkeypatch.setattr(module, "list_files", list_and_remove)
    assert main(["check", str(corpus)]) == 1
    out, err = capsys.readouterr()
    assert [line.partition(":")[0].removeprefix(f"{corpus}/") for line in out.splitlines()] == [
        "corpus.yaml", "indicators.yaml", "sources.yaml", "speakers.yaml", "themes/aaa.yaml", "themes/zzz.yaml",
    ]  # fmt: skip
    assert "0 briefs in 6 files" in err


def test_a_folder_that_vanishes_while_it_is_read_is_told_and_no_file_of_it(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from hrdash.corpus import folder as module

    real, away = module.read_file, corpus.with_name("away")

    def vanish(folder: str, name: str) -> object:
        if name.startswith("themes") and corpus.exists():
            corpus.rename(away)
        return real(folder, name)

    monkeypatch.setattr(module, "read_file", vanish)
    for command in (["check", str(corpus)], ["list", "--briefs", str(corpus)]):
        assert main(command) == 3, command
        assert capsys.readouterr() == ("", f"hrdash: {corpus} vanished while it was read\n"), command
        away.rename(corpus)


def test_a_file_that_becomes_a_pipe_once_it_is_listed_does_not_stop_the_reading(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hrdash.corpus import folder as module

    real = module.list_files

    def list_and_exchange(folder: str) -> object:
        listing = real(folder)
        (corpus / "themes/aaa.yaml").unlink()
        os.mkfifo(corpus / "themes/aaa.yaml")
        return listing

    monkeypatch.setattr(module, "list_files", list_and_exchange)
    report = check_corpus(str(corpus))
    assert [found.what for found in report.problems] == ["this is not a regular file"]
    assert report.briefs == 1


def test_folders_that_link_to_their_parents_are_not_walked(corpus: Path) -> None:
    (corpus / "themes/aaa").mkdir()
    (corpus / "themes/aaa/up").symlink_to("..")
    (corpus / "themes/up").symlink_to("..")
    report = check_corpus(str(corpus))
    assert [(found.file, found.level) for found in report.problems] == [
        ("themes/aaa/up", "error"),
        ("themes/up", "error"),
    ]
    assert (report.briefs, report.files) == (2, 6)


def test_five_thousand_broken_files_are_five_thousand_problems_and_quick(corpus: Path) -> None:
    (corpus / "odd").write_bytes(b"\xff")
    (corpus / "even").write_text("theme: [")
    for number in range(5_000):
        os.link(corpus / ("odd" if number % 2 else "even"), corpus / f"themes/t{number:04}.yaml")
    began = time.process_time()
    report = check_corpus(str(corpus))
    assert time.process_time() - began < 10  # it takes a second
    assert len({found.file for found in report.problems}) == len(report.problems) == 5_000
    assert (report.briefs, report.withheld, report.files) == (2, 5_000, 5_006)


@pytest.mark.parametrize(
    "letters", ["brief" * 200_000, "briefs" * 170_000 + '"', "briefs" + " " * 1_000_000, "_" * 1_000_000]
)
def test_a_megabyte_that_may_be_the_key_of_a_list_of_briefs_is_searched_in_a_moment(corpus: Path, letters: str) -> None:
    (corpus / "themes/hostile.yaml").write_text(letters)
    began = time.process_time()
    report = check_corpus(str(corpus))
    assert time.process_time() - began < 10  # it takes a tenth of a second, and took hours
    assert {found.file for found in report.problems} == {"themes/hostile.yaml"}
    assert report.briefs == 2


def test_thirty_thousand_measures_that_are_not_there_are_taken_out_in_a_moment(corpus: Path) -> None:
    names = ", ".join(f"m{number}" for number in range(30_000))
    (corpus / "indicators.yaml").write_text(REGISTERS["indicators.yaml"].replace("}", f", see: [visits, {names}]}}"))
    began = time.process_time()
    report = check_corpus(str(corpus))
    assert time.process_time() - began < 5  # it takes half a second, before, a minute and more
    assert len(report.problems) == 30_000
    assert report.briefs == 2


@pytest.mark.parametrize("name", ["corpus.yaml", "themes"])
def test_what_is_not_a_file_or_folder_is_not_also_called_missing(
    corpus: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (corpus / name).rename(corpus / ".was")
    os.mkfifo(corpus / name)
    assert main(["check", str(corpus)]) == 1
    (line,) = capsys.readouterr().out.splitlines()  # not also that there is none
    assert line.startswith(f"{corpus}/{name}:1:1: this is not a ")
    with pytest.raises(CorpusUnreadable, match="not a directory"):
        check_corpus(str(corpus / name))
    assert main(["check", str(corpus / name)]) == 3
