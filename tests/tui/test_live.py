"""The corpus kept open, without a screen."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from hrdash.cli import main
from hrdash.filter import EVERYTHING, Filter
from hrdash.index.index import Unreadable
from hrdash.report.footnotes import footnoted
from hrdash.tui.lenses import LENSES
from hrdash.tui.live import Change, LiveCorpus
from tests.make import REGISTER_TEXTS, make_index, open_library, theme_text


def replace(corpus: Path, name: str, old: str, new: str) -> None:
    file = corpus / "themes" / f"{name}.yaml"
    file.write_text(file.read_text().replace(old, new))


def damaged(live: LiveCorpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the index that a corpus has now fail at every question; the one that takes its place does not."""

    def fail(*_: Any, **__: Any) -> None:
        raise Unreadable("the index is damaged")

    for name in ("integers", "together", "brief"):
        monkeypatch.setattr(live.library.index, name, fail)


def test_nothing_of_textuals_is_needed() -> None:
    code = "import hrdash.tui.live, sys; sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_what_changed_is_said_once(corpus: Path) -> None:
    live = LiveCorpus(open_library(str(corpus)))
    food = corpus / "themes" / "prisons.yaml"
    whole = food.read_text()
    changes: tuple[tuple[Callable[[], object], Change], ...] = (
        (lambda: replace(corpus, "prisons", "Food in prisons", "Bread in prisons"),
         Change("read again: prison-food; 0 problems", True)),
        (lambda: food.write_text(whole[: len(whole) // 2] + "\n  {{{"),
         Change("2 briefs shown as last read, from themes/prisons.yaml; 1 problem (p)", True)),
        (lambda: food.write_text(whole),
         Change("read again: 2 briefs; themes/prisons.yaml can be read again; 0 problems", True)),
        (lambda: corpus.rename(corpus.with_name("away")), Change("", False)),
        (lambda: corpus.with_name("away").rename(corpus), Change("the corpus can be read again", False)),
    )  # fmt: skip
    assert live.look() is None
    for change, expected in changes:
        change()
        found = live.look()
        assert found is not None, expected
        assert found.shown == expected.shown, found
        if expected.words:
            assert found.words == expected.words
        else:
            assert found.words.endswith("what was last read stays here")
        assert live.look() is None or live.library.held.briefs, expected


def test_what_another_instance_has_read_is_to_be_shown(corpus: Path) -> None:
    make_index(str(corpus))
    live = LiveCorpus(open_library(str(corpus)))
    replace(corpus, "prisons", "Food in prisons", "Bread in prisons")
    open_library(str(corpus))
    assert live.look() == Change("the corpus was read again; 0 problems", True)


def test_what_is_taken_along_is_of_one_state_though_another_instance_writes_meanwhile(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_index(str(corpus))
    live = LiveCorpus(open_library(str(corpus)))
    result = live.result(EVERYTHING)
    names = [(one.brief.id, one.found.key) for one in live.taken(result)[0]]
    told, left = live.library.index.numbers, [1]

    def numbers(wanted: Iterable[str]) -> dict[str, int]:
        found = told(wanted)
        if left:
            left.pop()
            (corpus / "themes" / "prisons.yaml").unlink()
            open_library(str(corpus))
        return found

    monkeypatch.setattr(live.library.index, "numbers", numbers)
    rows = live.rows_taken(result, names)
    assert {row.theme for row in rows} == {theme.id for theme in live.library.index.themes} - {"prisons"} != set()
    assert not left


def test_what_is_taken_along_says_of_an_absence_what_other_briefs_say_to_it_as_search_prints_it(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    speakers, press = corpus / "speakers.yaml", corpus / "themes" / "press.yaml"
    board = "- {id: board, name: The Board, short: Board, kind: nhri, state_side: true}\n"
    speakers.write_text(speakers.read_text() + board)
    answer = """    responses:
      - {by: board, answers: [prison-visits/q-visits], text: It was in the papers., cites: [review 41]}
"""
    press.write_text(press.read_text() + answer)
    prisons = corpus / "themes" / "prisons.yaml"
    prisons.write_text(re.sub(r" {4}responses:\n( {6}.*\n)+", "", prisons.read_text()))
    live = LiveCorpus(open_library(str(corpus)))
    assert not live.library.problems
    assert main(["search", "--briefs", str(corpus), "--kind", "question", "--format", "markdown"]) == 0
    printed = capsys.readouterr().out
    assert footnoted(*live.taken(live.result(Filter(kinds=("question",))))) == printed
    assert "no response of the State to it" in printed


def test_a_word_that_is_left_out_leaves_no_statement_of_the_briefs_that_are_not_listed(corpus: Path) -> None:
    live = LiveCorpus(open_library(str(corpus)))
    for lens, briefs, statements in ((LENSES[0], 2, 2), (LENSES[1], 3, 3)):
        result = live.result(Filter(text="-visits"), lens)
        rows, found = live.rows_taken(result), live.taken(result)[0]
        assert [(row.brief_id, row.key) for row in rows] == [(one.brief.id, one.found.key) for one in found], lens
        assert (result.total, result.statements, len(rows)) == (briefs, statements, statements), lens


def test_no_brief_comes_first_for_statements_of_one_that_is_not_listed(tmp_path: Path) -> None:
    for name, text in REGISTER_TEXTS.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "themes").mkdir()
    said = "{{by: minister, text: Alpha {0}., cites: [red 7]}}"
    briefs = [
        f"  - {{id: {name}, title: T, claims: [{', '.join(map(said.format, words))}]}}\n"
        for name, words in (("two", "ab"), ("out", ("a", "b", "omitted")), ("one", "a"))
    ]
    (tmp_path / "themes" / "torture.yaml").write_text(theme_text("torture", *briefs))
    live = LiveCorpus(open_library(str(tmp_path)))
    live.best_first = True
    result = live.result(Filter(text="alpha -omitted"))
    assert [row.id for row in live.rows(result.numbers)] == ["two", "one"]


def test_an_index_that_fails_is_replaced_by_memory_and_that_is_said_once(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_index(str(corpus))
    questions: tuple[tuple[Callable[[LiveCorpus], Any], Any, int], ...] = (
        (lambda live: live.result(Filter(themes=("press",))).total, 2, 0),
        (lambda live: live.read(lambda index: index.brief("prison-food")).title, "Food in prisons", 1),
    )
    for question, answer, renumbered in questions:
        told: list[None] = []
        live = LiveCorpus(open_library(str(corpus)), lambda told=told: told.append(None))  # type: ignore[misc]
        damaged(live, monkeypatch)
        assert question(live) == answer
        assert len(told) == renumbered
        assert "read into memory" in live.damage()
        assert live.damage() == ""
        assert live.result(EVERYTHING).total == live.whole.briefs == 4


def test_facets_that_cannot_be_counted_are_asked_for_again(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    live = LiveCorpus(open_library(str(corpus)))
    result = live.result(EVERYTHING)
    counted = live.count(result)
    assert counted is not None
    assert counted.all == (7, 4)

    def fail(*_: object, **named: object) -> None:
        raise Unreadable("the index is damaged")

    monkeypatch.setattr("hrdash.index.query.Selection.facets", fail)
    assert live.count(result) is None


def test_a_page_reads_the_sources_that_it_cites_and_no_others(corpus: Path) -> None:
    make_index(str(corpus))
    live = LiveCorpus(open_library(str(corpus)))
    index, whole = live.library.index, live.result(EVERYTHING)
    brief = live.read(lambda index: index.brief("press-law"))
    page = live.page(brief.id, whole)
    for spoilt, damage in (("review", ""), ("paper", "the index is damaged, so")):
        index._db.execute("UPDATE entry SET checksum = checksum + 1 WHERE kind = 'source' AND id = ?", [spoilt])
        result = live.result(EVERYTHING)
        assert result.sources == whole.sources == 2
        assert live.page(brief.id, result) == page
        assert live.damage().startswith(damage)
        assert (live.library.index is index) == (not damage)
