"""Files that cannot be read any more: what was read of them before is kept where that is asked for, and said."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from hrdash.cli import main
from hrdash.filter import EVERYTHING
from hrdash.index.query import select
from hrdash.library import LastRead, Library
from tests.make import connect, make_index, open_library

NASTY = Path(__file__).parent / "corpora" / "nasty"
BROKEN = "\n  {{{"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A copy of the corpus of odd texts, to be changed."""
    return Path(shutil.copytree(NASTY, tmp_path / "corpus"))


def ids(library: Library) -> list[str]:
    return [row.id for row in select(library.index, EVERYTHING).brief_rows()]


def run(capsys: pytest.CaptureFixture[str], corpus: Path, *arguments: str) -> tuple[int, str, str]:
    """What a command returns, prints and says."""
    code = main(["--briefs", str(corpus), *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def theme_file(corpus: Path) -> Path:
    return corpus / "themes" / "words.yaml"


def test_a_broken_file_keeps_its_briefs_and_counts_them(corpus: Path) -> None:
    library = open_library(str(corpus))
    before, whole = ids(library), theme_file(corpus).read_text()
    theme_file(corpus).write_text(whole[: len(whole) // 2] + BROKEN)
    gone = library.refresh(keep=True).removed_briefs
    assert sorted(gone) == sorted(library.index.held) == [name for name in before if name.startswith("words-")]
    assert ids(library) == before
    assert library.held.files == {"themes/words.yaml"}
    assert library.held.briefs == sum(name.startswith("words-") for name in before)
    assert {problem.file for problem in library.problems} == {"themes/words.yaml"}


def test_without_keeping_a_broken_file_gives_no_brief(corpus: Path) -> None:
    library = open_library(str(corpus))
    theme_file(corpus).write_text(theme_file(corpus).read_text() + BROKEN)
    assert library.refresh().removed_briefs
    assert library.index.withheld
    assert library.held == LastRead()


def test_a_brief_with_an_error_is_held_in_its_place_and_the_others_of_its_file_are_read(corpus: Path) -> None:
    library = open_library(str(corpus))
    before = ids(library)
    text = theme_file(corpus).read_text()
    theme_file(corpus).write_text(text.replace("cites:", "cite:", 1).replace("naïve", "wise"))
    assert library.refresh(keep=True).changed_briefs == ("words-scripts",)
    assert ids(library) == before
    assert library.held == LastRead(frozenset({"themes/words.yaml"}), 1)
    assert library.index.held == {"words-markup": "themes/words.yaml"}
    assert library.index.problems


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
    name = next(row.id for row in select(library.index, EVERYTHING).brief_rows() if row.theme == other.stem)
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
    assert library.held == LastRead(frozenset({"themes/words.yaml", "themes/prisons.yaml"}), len(before))
    assert "sources.yaml" in {problem.file for problem in library.problems}
    assert library.index.registers.sources
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
    assert sorted(library.refresh(keep=True).removed_briefs) == ["prisons-visits", "words-scripts"]
    assert ids(library) == [name for name in before if name != "words-scripts"]
    assert library.index.held == {"prisons-visits": "themes/prisons.yaml"}
    assert {problem.file for problem in library.problems} == {"themes/prisons.yaml"}


def test_what_could_never_be_read_is_not_held(corpus: Path) -> None:
    theme_file(corpus).write_text(theme_file(corpus).read_text() + BROKEN)
    library = open_library(str(corpus))
    assert library.index.withheld
    theme_file(corpus).write_text(theme_file(corpus).read_text() + " {")
    library.refresh(keep=True)
    assert library.held == LastRead()


def test_a_command_in_another_process_takes_away_nothing_that_an_open_dashboard_holds(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_index(str(corpus))
    sources, whole = corpus / "sources.yaml", theme_file(corpus).read_text()
    for first in ("the dashboard", "the command"):
        for change in ("a file", "a file and a register", "a register and then a file"):
            theme_file(corpus).write_text(whole)
            dashboard = open_library(str(corpus))
            dashboard.refresh(keep=True)
            before = [*select(dashboard.index, EVERYTHING).statement_rows()]
            assert len(before) == 17, (first, change)
            theme_file(corpus).write_text(whole + BROKEN)
            if change == "a file and a register":
                sources.write_text(sources.read_text() + "# more\n")
            if first == "the dashboard":
                dashboard.refresh(keep=True)
            for _ in range(2):
                code, listed, said = run(capsys, corpus, "list")
                assert code == 0, (first, change)
                assert "words-" not in listed, (first, change)
                assert "1 brief or file could not be read" in said, (first, change)
                if change == "a register and then a file":
                    sources.write_text(sources.read_text() + "# more\n")
            dashboard.refresh(keep=True)
            assert dashboard.index.path, (first, change)
            after = [*select(dashboard.index, EVERYTHING).statement_rows()]
            assert [row._replace(number=0) for row in after] == [row._replace(number=0) for row in before], change
            assert dashboard.held == LastRead(frozenset({"themes/words.yaml"}), 2), (first, change)
            assert dashboard.index.withheld == 0, (first, change)
            dashboard.close()


def test_what_is_held_is_left_out_of_every_command_which_says_so(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_index(str(corpus))
    dashboard = open_library(str(corpus))
    theme_file(corpus).write_text(theme_file(corpus).read_text() + BROKEN)
    dashboard.refresh(keep=True)
    for command in ("list", "search", "search --format csv", "show words", "show words-markup", "export", "themes",
                    "sources", "list rights", "search has:difference", "show prisons"):  # fmt: skip
        for how in ((), ("--no-cache",)):
            _, printed, said = run(capsys, corpus, *how, *command.split())
            assert "[redacted]" not in printed, (command, how)
            assert "Құқық" not in printed, (command, how)
            assert "could not be read" in said, (command, how)
    assert "2 of 2" not in run(capsys, corpus, "list")[2]


def test_a_dashboard_that_starts_while_a_file_is_broken_shows_what_was_last_read_of_it(corpus: Path) -> None:
    make_index(str(corpus))
    before = ids(open_library(str(corpus)))
    theme_file(corpus).write_text(theme_file(corpus).read_text() + BROKEN)
    for _ in range(2):
        library = open_library(str(corpus))
        assert ids(library) != before
        assert library.index.withheld
        library.refresh(keep=True)
        assert ids(library) == before
        assert library.held.briefs == 2


def test_an_index_whose_last_reading_cannot_be_read_is_filled_without_it(corpus: Path) -> None:
    path = make_index(str(corpus))
    library = open_library(str(corpus))
    with closing(connect(path, isolation_level=None)) as other:
        other.execute("UPDATE brief SET json = '[]'")
    theme_file(corpus).write_text(theme_file(corpus).read_text() + BROKEN)
    (corpus / "sources.yaml").write_text((corpus / "sources.yaml").read_text() + "# more\n")
    library.refresh(keep=True)
    assert library.index.path == path
    assert ids(library) == ids(open_library(str(corpus), cache=False)) == ["prisons-visits"]
    assert library.held == LastRead()
    assert library.index.withheld == 1
