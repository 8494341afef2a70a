"""A corpus of an invented State, written by hand, that sets every trap: what becomes of each statement, and is found.

Its files are in `tests/corpora/traps`: a pending position and a later one, a noted recommendation, one number with two
texts, a premise and a follow-up question, an acknowledged concern, a reply to an NGO, an unsigned page, an assessed
recommendation, a letter that is not yet due, a closing word, a response in another brief, a planned figure.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hrdash.check import check_corpus
from hrdash.cli import main
from hrdash.filter import EVERYTHING, parse
from hrdash.index.query import select
from hrdash.library import Library
from tests.make import open_library

TRAPS = str(Path(__file__).parent / "corpora" / "traps")


@pytest.fixture
def library() -> Library:
    return open_library(TRAPS, cache=False)


def found(library: Library, typed: str) -> set[str]:
    """The statements that a typed filter finds, as `brief/key`; those without id by their kind."""
    rows = select(library.index, parse(typed).filter).statement_rows()
    return {f"{row.brief_id}/{row.kind if row.key.startswith('-') else row.key}" for row in rows}


def test_the_corpus_is_sound() -> None:
    assert check_corpus(TRAPS).problems == ()


def test_what_became_of_each_statement_is_as_the_design_says(library: Library) -> None:
    numbers = select(library.index, EVERYTHING).brief_numbers()
    found = library.index.answers(numbers)
    answers = {f"{brief}/{key}": answer for brief, those in found.items() for key, answer in those.items()}
    for name, expected in {
        "protocol/m-1": "supported",  # by the later of two positions
        "protocol/m-2": "noted",
        "protocol/m-2-again": "partly-supported",  # another text under the same number
        "protocol/m-10": "pending",
        "visits/n-announced": "",  # a premise
        "visits/q-announced": "none",
        "visits/q-doctors": "left-open",
        "visits/q-follow-up": "none",
        "visits/n-acknowledged": "not-put",
        "visits/n-watch": "response",  # an NGO's, not put, and replied to
        "visits/n-page": "not-put",
        "redress/r-24": "not-put",  # concluding observations, and assessed
        "redress/r-25": "not-put",
        "letter/n-arrest": "",
        "letter/q-arrest": "pending",  # due after the corpus looks
        "letter/q-closing": "not-put",
        "licences/q-licences": "response",  # in another brief
    }.items():
        assert answers.get(name, "") == expected, name


def test_marks_are_provable_from_what_is_printed(library: Library) -> None:
    marks = {row.id: "".join(row.marks) for row in select(library.index, EVERYTHING).brief_rows()}
    assert marks == {
        "protocol": "C→◐", "letter": " !◌", "visits": "C!◐", "redress": " → ", "licences": " ?●", "newspapers": "   ",
    }  # fmt: skip


def test_a_position_that_leaves_something_open_is_marked_so_in_list_and_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whether the note stands in the brief itself, or in another that speaks of it."""
    folder = shutil.copytree(TRAPS, tmp_path / "traps")
    urged = """- id: {brief}
  recommendations:
    - id: m
      by: france
      text: Set up an equality body and fund it.
      cites: [wg-2025 140.{number}]
      positions: [{{position: partly-supported, cites: [addendum-2025 3]}}]
  responses:
    - {{answers: [m], by: ministry, text: "A body would be set up.", cites: [addendum-2025 3]}}
"""
    note = """  left_open:
    - {of: [here/m], text: "The answer gives a body; no response in the text speaks of funds.", cites: [addendum-2025 3]}
"""
    briefs = urged.format(brief="here", number=61) + urged.format(brief="there", number=62) + note
    (folder / "themes" / "review" / "left.yaml").write_text(briefs)
    assert check_corpus(str(folder)).problems == ()
    marks = {
        row.id: row.marks.answer
        for row in select(open_library(str(folder), cache=False).index, EVERYTHING).brief_rows()
    }
    assert (marks["here"], marks["there"]) == ("◐", "●")
    for asked in ("here", "there"):
        assert main(["--briefs", str(folder), "--no-cache", "show", asked]) == 0
        assert f" →{marks[asked]}  Set up" in capsys.readouterr().out


def test_a_place_is_asked_with_what_lies_within_it_and_what_holds_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = shutil.copytree(TRAPS, tmp_path / "traps")
    places = "3", "3 (a)", "3 (c)-(f)", "2-4", "3.1", "33", "12-14", "annex I 3"
    briefs = [
        f"- id: at-{number}\n  observations:\n    - {{by: committee, text: Noted., cites: [observations-2024 {place}]}}\n"
        for number, place in enumerate(places)
    ]
    (folder / "themes" / "review" / "places.yaml").write_text("".join(briefs))
    library = open_library(str(folder), cache=False)
    for asked, expected in {
        "3": {"3", "3 (a)", "3 (c)-(f)", "2-4"},
        "3 (a)": {"3", "3 (a)", "2-4"},
        "3 (d)": {"3", "3 (c)-(f)", "2-4"},
        "3 (c)-(f)": {"3", "3 (c)-(f)", "2-4"},
        "13": {"12-14"},
        "1-20": {"3", "3 (a)", "3 (c)-(f)", "2-4", "12-14"},
        "3.1": {"3.1"},
        "annex I": {"annex I 3"},
    }.items():
        rows = select(library.index, parse(f'pinpoint:"{asked}" kind:observation').filter).statement_rows()
        assert {row.pinpoint for row in rows if row.brief_id.startswith("at-")} == expected, asked
    for nothing in ("5", "3.10", "annex II"):
        assert main(["--briefs", str(folder), "--no-cache", "search", f"pinpoint:{nothing}"]) == 2, nothing
        assert f"no pinpoint '{nothing}' in this corpus" in capsys.readouterr().err


def test_filters_that_the_shell_kept_together_are_read_one_by_one(capsys: pytest.CaptureFixture[str]) -> None:
    for typed, expected in {
        "speaker:germany position:noted": {"protocol/m-2"},
        "position:noted speaker:germany": {"protocol/m-2"},
        "source:wg-2025 pinpoint:140.10": {"protocol/m-10"},
        "pinpoint:24 (a) grade:C": {"redress/r-24"},
        "SPEAKER:Germany Position:noted": {"protocol/m-2"},
    }.items():
        asked = ["--briefs", TRAPS, "--no-cache", "search", typed, "--format", "csv", "--columns", "id"]
        assert main(asked) == 0, typed
        assert {*capsys.readouterr().out.split()[1:]} == expected, typed


def test_each_statement_is_found_by_what_is_asked_of_it_alone(library: Library) -> None:
    for typed, expected in {
        "position:noted": {"protocol/m-2"},
        "position:noted speaker:germany": {"protocol/m-2"},
        "position:noted speaker:portugal": set(),
        "position:supported speaker:portugal": {"protocol/m-1"},  # joint
        "answer:none": {"visits/q-announced", "visits/q-follow-up"},
        "answer:pending": {"protocol/m-10", "letter/q-arrest"},
        "answer:left-open kind:question": {"visits/q-doctors"},
        "position-source:addendum-2025": {"protocol/m-1", "protocol/m-2", "protocol/m-2-again"},
        "grade:C": {"redress/r-24"},  # of what was assessed
        "kind:assessment": {"redress/assessment"},
        "year:2026 indicator:prison-visits": {"visits/c-visits"},
        "year:2022 speaker:delegation": {"visits/r-doctors"},  # an open period
        "issued:2026": {"letter/n-arrest", "letter/q-arrest", "letter/q-closing", "redress/assessment"},
        "difference:fact": {"visits/c-visits", "visits/n-page"},
        "year:2023 kind:claim": {"visits/c-visits", "visits/claim"},  # said again, by the figure of the first
        "body:UPR kind:claim": set(),
        "pinpoint:140.1": {"protocol/m-1"},
        "pinpoint:140.2": {"protocol/m-2", "protocol/m-2-again"},
        'pinpoint:"24 (a)"': {"redress/r-24", "visits/n-watch"},
        "cycle:4": {"protocol/m-1", "protocol/m-2", "protocol/m-10", "protocol/m-2-again"},
        "has:response theme:press kind:question": {"licences/q-licences"},
    }.items():
        assert found(library, typed) == expected, typed


def test_a_number_under_another_is_no_part_of_it_and_comes_in_natural_order(
    library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--briefs", TRAPS, "--no-cache", "show", "protocol"]) == 0
    shown = capsys.readouterr().out
    places = [shown.index(f"A/HRC/59/15 ¶140.{number}") for number in (1, 2, 10)]
    assert all(places)
    assert "“Commute all death sentences”" in shown
    assert main(["--briefs", TRAPS, "--no-cache", "search", "140.10"]) == 1
    assert "try pinpoint:140.10 (1 brief)" in capsys.readouterr().err
    assert "“Commute all death sentences without delay”" in shown


def test_none_names_what_would_be_held_against_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--briefs", TRAPS, "--no-cache", "show", "visits"]) == 0
    shown = capsys.readouterr().out
    assert "no response to it in this corpus, as of 2026-11" in shown
    assert "State claims in this brief: Ministry ¶7; Dialogue ¶12" in shown
    assert main(["--briefs", TRAPS, "--no-cache", "show", "redress"]) == 0
    shown = capsys.readouterr().out
    assert "assessed C of ¶24 (a) by Committee · Follow-up ¶12" in shown
    assert "no response" not in shown  # it was not put


def test_a_response_in_another_brief_is_printed_under_its_question_with_that_briefs_name(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--briefs", TRAPS, "--no-cache", "show", "licences"]) == 0
    shown = capsys.readouterr().out
    question, response = shown.index("How many newspapers"), shown.index("Three newspapers had lost their licence")
    assert question < response
    assert "Newspapers that were closed" in shown[question:]
