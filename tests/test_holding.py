"""Files that cannot be read any more: what was read of them before is kept where that is asked for, and said."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hrdash.filter import EVERYTHING
from hrdash.index.query import rows
from hrdash.library import LastRead, Library, make_index
from tests.make import open_library

NASTY = Path(__file__).parent / "corpora" / "nasty"
BROKEN = "\n  {{{"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A copy of the corpus of odd texts, to be changed."""
    return Path(shutil.copytree(NASTY, tmp_path / "corpus"))


def ids(library: Library) -> list[str]:
    return [row.id for row in rows(library.index, EVERYTHING)]


def theme_file(corpus: Path) -> Path:
    return corpus / "themes" / "words.yaml"


def test_a_broken_file_keeps_its_briefs_and_counts_them(corpus: Path) -> None:
    library = open_library(str(corpus))
    before, whole = ids(library), theme_file(corpus).read_text()
    theme_file(corpus).write_text(whole[: len(whole) // 2] + BROKEN)
    assert library.refresh(keep=True).removed_briefs == ()
    assert ids(library) == before
    assert library.held.files == {"themes/words.yaml"}
    assert library.held.briefs == sum(name.startswith("words-") for name in before)
    assert {problem.file for problem in library.problems} == {"themes/words.yaml"}
    assert library.index.problems == ()


def test_without_keeping_a_broken_file_gives_no_brief(corpus: Path) -> None:
    library = open_library(str(corpus))
    theme_file(corpus).write_text(theme_file(corpus).read_text() + BROKEN)
    assert library.refresh().removed_briefs
    assert library.index.withheld
    assert library.held == LastRead()


def test_a_brief_with_an_error_keeps_its_whole_file(corpus: Path) -> None:
    library = open_library(str(corpus))
    before = ids(library)
    text = theme_file(corpus).read_text()
    theme_file(corpus).write_text(text.replace("cites:", "cite:", 1))
    library.refresh(keep=True)
    assert ids(library) == before
    assert library.held.files == {"themes/words.yaml"}


def test_a_mended_file_is_read_and_nothing_is_held(corpus: Path) -> None:
    library = open_library(str(corpus))
    before, whole = ids(library), theme_file(corpus).read_text()
    for mended in (whole, whole + "# and more\n"):
        theme_file(corpus).write_text(whole + BROKEN)
        library.refresh(keep=True)
        theme_file(corpus).write_text(mended)
        library.refresh(keep=True)
        assert library.held == LastRead()
        assert library.problems == ()
        assert ids(library) == before


def test_a_broken_file_holds_up_no_other(corpus: Path) -> None:
    library = open_library(str(corpus))
    theme_file(corpus).write_text(theme_file(corpus).read_text() + BROKEN)
    other = next(path for path in (corpus / "themes").glob("*.yaml") if path != theme_file(corpus))
    name = next(row.id for row in rows(library.index, EVERYTHING) if row.theme == other.stem)
    title = library.index.brief(name).title  # type: ignore[union-attr]
    other.write_text(other.read_text().replace(title, "Said in other words"))
    assert library.refresh(keep=True).changed_briefs == (name,)
    assert library.held.files == {"themes/words.yaml"}


def test_a_broken_register_takes_no_brief_away(corpus: Path) -> None:
    library = open_library(str(corpus))
    before = ids(library)
    sources = corpus / "sources.yaml"
    whole = sources.read_text()
    sources.write_text(whole[: len(whole) // 2] + BROKEN)
    library.refresh(keep=True)
    assert ids(library) == before
    assert library.held.files == {"sources.yaml"}
    assert library.held.briefs > 0
    sources.write_text(whole)
    library.refresh(keep=True)
    assert library.held == LastRead()


def test_a_brief_that_was_taken_out_is_gone(corpus: Path) -> None:
    library = open_library(str(corpus))
    head, _, rest = theme_file(corpus).read_text().partition("  - id: words-markup")
    theme_file(corpus).write_text(f"{head}  - id: words-scripts{rest.partition('  - id: words-scripts')[2]}")
    assert library.refresh(keep=True).removed_briefs == ("words-markup",)
    assert library.held == LastRead()


def test_a_brief_that_names_one_that_was_taken_out_is_kept_and_the_fault_said(corpus: Path) -> None:
    library = open_library(str(corpus))
    before = ids(library)
    theme_file(corpus).write_text(theme_file(corpus).read_text().partition("  - id: words-scripts")[0])
    library.refresh(keep=True)
    assert ids(library) == before
    assert [problem.file for problem in library.problems] == ["themes/prisons.yaml"]


def test_what_could_never_be_read_is_not_held(corpus: Path) -> None:
    theme_file(corpus).write_text(theme_file(corpus).read_text() + BROKEN)
    library = open_library(str(corpus))
    assert library.index.withheld
    theme_file(corpus).write_text(theme_file(corpus).read_text() + " {")
    library.refresh(keep=True)
    assert library.held == LastRead()


def test_another_reader_of_the_same_index_takes_nothing_that_is_held_for_fresh(corpus: Path) -> None:
    make_index(str(corpus))
    library = open_library(str(corpus))
    before = ids(library)
    theme_file(corpus).write_text(theme_file(corpus).read_text() + BROKEN)
    library.refresh(keep=True)
    assert ids(library) == before
    other = open_library(str(corpus))
    assert other.index.withheld
    assert ids(other) != before
