"""A file or folder that could not be read for a moment: that it is missing is said, and it is not remembered."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hrdash.check import check_corpus
from hrdash.cli import main
from hrdash.corpus import listing
from hrdash.index import survey
from tests.fuzz.index_faults import answers, truth, write_corpus
from tests.make import make_index, open_library


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A small corpus."""
    return write_corpus(tmp_path / "corpus", briefs=2)


@contextmanager
def failing(
    monkeypatch: pytest.MonkeyPatch, function: str, fails: Callable[[str], bool], since: int = 0
) -> Iterator[None]:
    """Have a function of `os` fail for some paths, from a number of such calls on."""
    real = getattr(os, function)
    calls = 0

    def failed(path: str, *arguments: object, **named: object) -> object:
        nonlocal calls
        if fails(os.fspath(path)):
            calls += 1
            if calls > since:
                raise OSError(5, "Input/output error", path)
        return real(path, *arguments, **named)

    with monkeypatch.context() as patch:
        patch.setattr(listing.os, function, failed)
        yield


@pytest.mark.parametrize("since", [0, 1])
@pytest.mark.parametrize("name", ["t1.yaml", "sources.yaml", "corpus.yaml"])
@pytest.mark.parametrize("indexed", [False, True])
def test_a_file_that_could_not_be_read_once_is_read_the_next_time(
    name: str, since: int, indexed: bool, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(survey, "time_ns", lambda: 3 * 10**18)  # when equal stamps mean equal content
    if indexed:
        make_index(str(corpus))
        for path in corpus.rglob("*.yaml"):
            path.write_bytes(path.read_bytes() + b"\n")
    expected = truth(corpus)
    with failing(monkeypatch, "open", lambda path: path.endswith(name), since):
        if indexed:
            open_library(str(corpus)).index.close()
        else:
            make_index(str(corpus))
    assert open_library(str(corpus)).index.path
    assert answers(open_library(str(corpus)).index) == expected


def test_a_file_that_can_never_be_read_costs_one_look_a_time(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(survey, "time_ns", lambda: 3 * 10**18)
    with failing(monkeypatch, "open", lambda path: path.endswith("t1.yaml")):
        made = Path(make_index(str(corpus)))
        before = made.read_bytes()
        library = open_library(str(corpus))
        assert library.index.withheld == 1
        assert library.refresh().read == 0
        assert made.read_bytes() == before


BARRIERS: dict[str, Callable[[Path], object]] = {
    "a pipe": lambda themes: os.mkfifo(themes / "t9.yaml"),
    "a link outside": lambda themes: (themes / "t9.yaml").symlink_to("/dev/null"),
    "a name that is no id": lambda themes: (themes / "t0.yaml").rename(themes / "T_0.yaml"),
    "a name that cannot be shown": lambda themes: (themes / "t0.yaml").rename(themes / "t\x1b0.yaml"),
    "a folder whose name is no id": lambda themes: (themes / "T_0").mkdir(),
    "a link in place of the themes": lambda themes: (themes.rename(themes.with_name(".x")), themes.symlink_to(".x")),
}  # fmt: skip


@pytest.mark.parametrize("barrier", BARRIERS)
def test_what_the_listing_leaves_out_bounds_every_total_and_every_absence(
    barrier: str, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_index(str(corpus))
    BARRIERS[barrier](corpus / "themes")
    assert check_corpus(str(corpus)).withheld == 1
    for how in ([], ["--no-cache"]):
        for command in (["list"], ["export"], ["search", "nowhere-to-be-found"], ["show", "t9-1"]):
            main(["--briefs", str(corpus), *how, *command])
            assert "1 brief or file could not be read" in capsys.readouterr().err
        library = open_library(str(corpus), cache=not how)
        assert library.index.withheld == 1
        assert library.refresh().read == 0


@pytest.mark.parametrize("since", [0, 1])
def test_a_folder_of_themes_that_could_not_be_listed_is_said_and_listed_the_next_time(
    since: int, corpus: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (corpus / "themes" / "t1").mkdir()
    (corpus / "themes" / "t1" / "more.yaml").write_text("briefs: []\n")
    make_index(str(corpus))
    expected = truth(corpus)
    with failing(monkeypatch, "scandir", lambda path: "corpus/themes" in path, since):
        main(["--briefs", str(corpus), "list"])
    assert "1 brief or file could not be read" in capsys.readouterr().err
    assert answers(open_library(str(corpus)).index) == expected
