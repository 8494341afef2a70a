"""A folder and its index together: opened, and kept in step."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from hrdash.cli import main
from hrdash.filter import EVERYTHING, Filter
from hrdash.index.file import Unreadable
from hrdash.index.index import Index
from hrdash.index.query import select
from hrdash.tui.live import LiveCorpus
from tests.make import make_index, open_library

NASTY = Path(__file__).parent / "corpora" / "nasty"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A copy of the corpus of odd texts, to be changed."""
    return Path(shutil.copytree(NASTY, tmp_path / "corpus"))


def ids(library: object) -> list[str]:
    return [row.id for row in select(library.index, EVERYTHING).brief_rows()]  # type: ignore[attr-defined]


def said(capsys: pytest.CaptureFixture[str], corpus: Path, *arguments: str) -> tuple[int, str, str]:
    code = main(["--briefs", str(corpus), *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_a_brief_that_moves_to_another_file_is_not_lost(corpus: Path) -> None:
    theme = corpus / "themes" / "words.yaml"
    (corpus / "themes" / "prisons").mkdir()
    library = open_library(str(corpus))
    before = ids(library)
    head, _, second = theme.read_text().partition("  - id: words-scripts")
    theme.write_text(head)
    (corpus / "themes" / "prisons" / "more.yaml").write_text("briefs:\n  - id: words-scripts" + second)
    library.refresh()
    assert sorted(ids(library)) == sorted(before) == sorted(ids(open_library(str(corpus))))
    assert library.index.problems == ()


def test_an_index_that_cannot_answer_gives_way_to_memory_once_and_says_so(corpus: Path) -> None:
    make_index(str(corpus))
    library = open_library(str(corpus))
    expected, damaged, asked = ids(library), library.index, []

    def read(index: Index) -> list[str]:
        asked.append(index)
        if index is damaged:
            raise Unreadable("the index is damaged")
        return [row.id for row in select(index, EVERYTHING).brief_rows()]

    assert library.ask(read) == expected
    assert library.note == library.index.note == "the index is damaged, so the corpus is read into memory"
    assert library.index.path == ""
    assert asked == [damaged, library.index]
    assert library.ask(read) == expected

    def fail(index: Index) -> None:
        raise Unreadable("the index is damaged")

    with pytest.raises(Unreadable):
        library.ask(fail)


def test_what_the_corpus_itself_is_at_fault_for_is_not_asked_again(corpus: Path) -> None:
    library = open_library(str(corpus))
    asked = []

    def read(index: Index) -> None:
        asked.append(index)
        raise KeyError

    with pytest.raises(KeyError):
        library.ask(read)
    assert len(asked) == 1
    assert library.note == ""


def test_a_line_break_in_a_text_cannot_look_like_a_heading(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    theme = corpus / "themes" / "words.yaml"
    text = '"Said.\\n  STATE RESPONSE\\n    All was answered."'
    theme.write_text(theme.read_text().replace("\"=cmd|' /C calc'!A0 is only text.\"", text))
    code, shown, _ = said(capsys, corpus, "show", "words-markup")
    assert code == 0
    assert "All was answered." in shown
    assert "\n  STATE RESPONSE\n" not in shown


def test_a_withheld_brief_is_not_said_to_be_absent(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    theme = corpus / "themes" / "words.yaml"
    theme.write_text(theme.read_text().replace("period: 2024-04-15", "period: 2024-04-31"))
    code, _, err = said(capsys, corpus, "show", "words-markup")
    assert code == 2
    assert "'words-markup', at themes/words.yaml:7, could not be read; " in err
    assert f"; hrdash check {corpus} says why" in err
    code, _, err = said(capsys, corpus, "show", "nowhere")
    assert "no theme or brief 'nowhere' in this corpus; 1 brief or file could not be read" in err
    assert said(capsys, corpus, "list")[0] == 0


def test_a_printed_theme_names_its_filter(capsys: pytest.CaptureFixture[str]) -> None:
    _, shown, _ = said(capsys, NASTY, "show", "prisons", "--year", "2023")
    assert "1 brief · 2023 · Ruritania [draft]" in shown


def test_names_and_filters_narrow_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    _, shown, _ = said(capsys, NASTY, "show", "words", "--theme", "prisons")
    assert "Unannounced visits to prisons" in shown
    assert "[redacted]" not in shown
    _, shown, err = said(capsys, NASTY, "show", "words-markup", "prisons-visits", "--year", "2023")
    assert "[redacted]" not in shown
    assert "words-markup lies outside the filter" in err


def test_a_search_prints_statements_and_a_brief_marks_what_lies_outside_the_filter(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, shown, err = said(capsys, NASTY, "search", "visits", "--year", "2023")
    assert "¶30" in shown
    assert "outside the filter" not in shown
    assert "Visits were few." not in shown
    assert "2 of 17 statements · 1 of 3 briefs · Ruritania [draft] · as of 2025-03; 1 undated, not shown" in err
    _, shown, _ = said(capsys, NASTY, "show", "prisons-visits", "--year", "2023")
    assert "¶30\n" in shown
    assert "¶12 (a)–(b) · outside the filter" in shown


def test_statements_come_in_one_order_in_every_format(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = corpus / "corpus.yaml"
    file.write_text(file.read_text().replace("[words, prisons]", "[prisons, words]"))
    for asked, theme in (("theme:words", "words"), ("issued:2024..", "prisons")):
        _, shown, _ = said(capsys, corpus, "search", asked, "--format", "json")
        rows = json.loads(shown)["statements"]
        texts = [row["text"] for row in rows if re.fullmatch("[A-Za-z ]+[.]?", row["text"])]
        assert rows[0]["theme"] == theme and len(texts) > 2, asked
        for form in ("text", "markdown", "csv"):
            _, shown, _ = said(capsys, corpus, "search", asked, "--format", form, "--width", "0")
            assert sorted(texts, key=shown.index) == texts, (asked, form)


def test_a_response_of_another_brief_is_outside_the_filter_as_one_of_its_own_would_be(
    capsys: pytest.CaptureFixture[str],
) -> None:
    there = "演説 [1] ¶10"
    for kinds, found in (
        ((), f"Minister · {there}\n"),
        (("concern",), f"Minister · {there} · outside the filter\n"),
        (("concern", "response"), f"Minister · {there}\n"),
    ):
        asked = [f"--kind={kind}" for kind in kinds]
        for more in ([], ["--only-matching"]):
            _, shown, _ = said(capsys, NASTY, "show", "words-scripts", *asked, *more)
            assert found in shown, (kinds, more)
        live = LiveCorpus(open_library(str(NASTY)))
        page = live.page("words-scripts", live.result(Filter(kinds=kinds)))
        outside = [line.outside for line in page if line.role == "attribution" and there in line.text]
        assert outside == [kinds == ("concern",)], kinds


def test_the_same_answer_again_is_said_to_be_so(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    theme = corpus / "themes" / "prisons.yaml"
    again = (
        "    responses:\n"
        "      - {same_as: r-inquiry, answers: [q-number], by: minister, text: As was said., cites: [counted 9]}\n"
    )
    theme.write_text(theme.read_text().replace("    responses:\n", again))
    assert "Said again: As was said." in said(capsys, corpus, "show", "prisons")[1]


def test_one_value_with_spaces_may_come_from_a_shell_unquoted(capsys: pytest.CaptureFixture[str]) -> None:
    persons = "person:Persons deprived of their liberty & detainees"
    assert "prisons-visits" in said(capsys, NASTY, "list", persons)[1]


def test_a_list_says_which_words_it_did_not_look_for(capsys: pytest.CaptureFixture[str]) -> None:
    for word in ("+", "*", '"', "😀"):
        code, shown, err = said(capsys, NASTY, "list", "visits", word)
        assert code == 0, word
        assert "prisons-visits" in shown, word
        assert "holds no letter or digit" in err, word


def test_sources_and_themes_follow_the_filter(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, NASTY, "sources", "--year", "1900")[0] == 1
    assert said(capsys, NASTY, "themes", "--year", "1900")[0] == 1
    shown = said(capsys, NASTY, "sources", "--source", "printed")[1]
    assert "X/1/2 (printed): " in shown
    assert "(counted): " not in shown
    assert len(said(capsys, NASTY, "themes", "--theme", "words")[1].splitlines()) == 1
