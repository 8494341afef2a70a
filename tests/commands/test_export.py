"""A corpus written as a folder of JSON Lines is the same corpus, and is one only when all of it is written."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrdash.check import check_corpus
from hrdash.cli import main
from hrdash.commands import export
from hrdash.index.index import Index
from hrdash.library import shipped_folder
from hrdash.model import SECTIONS, STATE_SECTIONS, Brief, Citation, Figure, Statement, Theme
from hrdash.report.corpus_files import corpus_files
from tests.make import REGISTERS, Shelf, examples, open_library
from tests.test_round_trips import briefs, placeless

SPARE = REGISTERS._replace(
    sources={name: one._replace(paragraphs=None) for name, one in REGISTERS.sources.items()},
    indicators={name: one._replace(unit="cases") for name, one in REGISTERS.indicators.items()},
)
ELSEWHERE = Brief(
    "other", "torture", recommendations=(Statement(("expert",), "Do.", (Citation("red", "140.254"),), id="x1"),)
)


def at_home(brief: Brief, name: str, theme: str) -> Brief:
    """A generated brief that names only what the corpus registers."""

    def moved(value: Any, section: str) -> Any:
        if isinstance(value, Citation):
            return value._replace(source="blue")
        if isinstance(value, Figure):
            return value._replace(indicator="cases")
        if isinstance(value, Statement):
            value = value._replace(by=("minister" if section in STATE_SECTIONS else "expert",))
        if isinstance(value, tuple):
            inner = [moved(item, section) for item in value]
            return value._make(inner) if hasattr(value, "_make") else tuple(inner)
        return value

    sections = {section: moved(brief.section(section), section) for section in SECTIONS}
    notes = {"left_open": moved(brief.left_open, ""), "differences": moved(brief.differences, "")}
    return brief._replace(id=name, theme=theme, also_in=(), related=("other",), **sections, **notes)


CORPORA = st.lists(st.tuples(briefs(), st.sampled_from(["torture", "life"])), max_size=3).map(
    lambda found: (ELSEWHERE, *(at_home(brief, f"b{at}", theme) for at, (brief, theme) in enumerate(found)))
)


def values_of(index: Index) -> tuple[Any, ...]:
    """All that a corpus says, wherever it is written, and what became of each statement."""
    numbers = list(index.numbers(brief for (brief,) in index.run("SELECT id FROM brief")).values())
    found = [placeless(brief)._replace(file="") for brief in index.briefs(numbers)]
    by_theme = sorted(found, key=lambda brief: [theme.id for theme in index.themes].index(brief.theme))
    return (
        index.corpus,
        index.themes,
        placeless(tuple(tuple(one.items()) for one in index.registers)),
        by_theme,
        dict(index.answers(numbers)),
    )


@settings(max_examples=examples(25))
@given(CORPORA)
def test_a_corpus_that_is_written_as_lines_is_read_back_the_same(found: tuple[Brief, ...]) -> None:
    themes = [Theme("life", "Life", "The right to life", ("A",), ("ICCPR:6",)), Theme("torture", "T", "Torture")]
    index = Shelf(found, themes, SPARE).indexed()
    with tempfile.TemporaryDirectory() as folder:
        written = corpus_files(index.corpus, index.themes, index.registers, index.briefs([one.id for one in found]))
        export._write(folder, written)
        problems = check_corpus(folder).problems
        assert [problem.text for problem in problems if problem.level == "error"] == []
        library = open_library(folder, cache=False)
        expected, got = values_of(index), values_of(library.index)
        library.close()
    assert got == expected


def test_a_number_of_many_decimals_is_read_back_the_same(tmp_path: Path) -> None:
    given = (0.00001, -0.00000000000001, 0.00012345, 99999999999999.5)
    claim = Statement(
        ("minister",), "Said.", (Citation("blue", "1"),), figures=tuple(Figure("cases", one) for one in given)
    )
    index = Shelf([Brief("one", "torture", "One", claims=(claim,))], [], SPARE).indexed()
    folder = str(tmp_path / "new")
    export._write(folder, corpus_files(index.corpus, index.themes, index.registers, index.briefs(["one"])))
    assert not check_corpus(folder).problems
    (brief,) = open_library(folder, cache=False).index.briefs(["one"])
    assert tuple(figure.value for figure in brief.claims[0].figures) == given


@pytest.mark.parametrize("most", [5_000, 3])
def test_the_shipped_corpus_is_read_back_the_same(most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hrdash.report.corpus_files.MOST_LINES", most)
    assert main(["export", "--no-cache", "--format", "jsonl", str(tmp_path / "new" / "corpus")]) == 0
    shipped, written = open_library(cache=False), open_library(str(tmp_path / "new" / "corpus"), cache=False)
    assert not written.problems
    assert values_of(written.index) == values_of(shipped.index)
    assert any(path.name != "000001.jsonl" for path in tmp_path.rglob("themes/*/*.jsonl")) == (most == 3)


def printed(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = main(["export", "--no-cache", "--format", "jsonl", *arguments])
    return code, capsys.readouterr().err


def test_only_one_new_or_empty_folder_takes_a_corpus(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / ".git").write_text("")
    (tmp_path / "file").write_text("")
    (tmp_path / "empty").mkdir()
    inside = os.path.join(shipped_folder(), "themes", "new")
    for arguments, words in (
        ([], "takes one folder"), (["a", "b"], "takes one folder"), ([str(tmp_path / "full")], "is not empty"),
        ([str(tmp_path / "file")], "Not a directory"), ([inside], "lies in the corpus itself"),
        ([str(tmp_path / "new"), "--theme", "torture"], "takes no filter"),
    ):  # fmt: skip
        code, said = printed(*arguments, capsys=capsys)
        assert code != 0, arguments
        assert words in said, (arguments, said)
        assert "written" not in said, arguments
    assert printed(str(tmp_path / "empty"), capsys=capsys)[0] == 0
    assert sorted(os.listdir(tmp_path)) == ["empty", "file", "full"]
    assert not os.path.exists(inside)


def test_a_folder_whose_name_reads_as_a_filter_is_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("year:2024", "theme:x y", '"a'):
        code, said = printed(str(tmp_path / name), capsys=capsys)
        assert (code, (tmp_path / name / "corpus.yaml").exists()) == (0, True), said


def test_a_corpus_that_could_not_be_read_whole_is_not_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(shipped_folder(), tmp_path / "corpus")
    (tmp_path / "corpus/themes/torture.yaml").write_text("theme: [\n")
    monkeypatch.setenv("HRDASH_BRIEFS", str(tmp_path / "corpus"))
    code, said = printed(str(tmp_path / "new"), capsys=capsys)
    assert (code, (tmp_path / "new").exists()) == (1, False)
    assert "hrdash check" in said


@pytest.mark.parametrize("call", ["fsync", "rename", "write"])
def test_an_export_that_breaks_off_leaves_no_corpus_and_says_no_success(
    call: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()

    def failing(*_: object) -> None:
        raise OSError(28, "No space left on device")

    def broken(*found: Any) -> Iterator[tuple[str, Iterator[str]]]:
        yield from list(corpus_files(*found))[:5]
        failing()

    monkeypatch.setattr(export, "corpus_files", broken) if call == "write" else monkeypatch.setattr(os, call, failing)
    for name in ("empty", "new"):
        code, said = printed(str(tmp_path / name), capsys=capsys)
        assert (code, "No space left" in said, "written" in said) == (3, True, False), said
    assert os.listdir(tmp_path) == ["empty"]
    assert os.listdir(tmp_path / "empty") == []


def test_what_is_written_follows_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        assert main(["export", "--no-cache", "--format", "jsonl", str(tmp_path / "new")]) == 0
    finally:
        os.umask(before)
    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "new").rglob("*")}
    assert modes == {0o750, 0o640}
