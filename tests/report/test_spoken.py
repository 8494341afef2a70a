"""`--plain`: what is printed for the ear."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hrdash.cli import main
from hrdash.report.lines import LEGEND, Line
from hrdash.report.spoken import in_words, labelled, marks_in_words, spoken, spoken_line

SIGNS = re.compile("[●○◐│─╭╮╰╯▌•·¶]")
NASTY = str(Path(__file__).parents[1] / "corpora" / "nasty")


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[str, str]:
    assert main([*arguments]) == 0
    found = capsys.readouterr()
    return found.out, found.err


def test_marks_are_words() -> None:
    assert marks_in_words("●●○") == "claim yes, concern yes, response no"
    assert marks_in_words("○●◐") == "claim no, concern yes, response to some concerns"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Expert · 2019–25 · [3] ¶84", "Expert, 2019 to 2025, source 3 paragraph 84"),
        ("[1] ¶7–9, ¶12", "source 1 paragraphs 7 to 9, paragraph 12"), ("1991–2025", "1991 to 2025"),
        ("1991 … 2025", "1991 to 2025"),
        ("¶84: Questions, 4th paragraph; our count", "paragraph 84: Questions, 4th paragraph; our count"),
    ],
)  # fmt: skip
def test_signs_are_words(text: str, words: str) -> None:
    assert in_words(text) == words


@pytest.mark.parametrize(
    ("line", "heard"),
    [
        (Line("title", "Visits"), "Brief: Visits"),
        (Line("heading", "REFORM CLAIM", "claims"), "Section: Reform claim"),
        (Line("statement", "Visits · were [1] made.", "claims", "c"), "Claim: Visits · were [1] made."),
        (Line("attribution", "Minister · [1] ¶7", "claims", "c"), "Said by: Minister, source 1 paragraph 7"),
        (Line("attribution", "[1] ¶7", "left_open", "#0"), "Written in: source 1 paragraph 7"),
        (Line("answers", "To: Were they?", "responses", "r"), "Answers: Were they?"),
        (Line("answers", "To: no concern in this brief", "responses", "r"), "Answers: no concern in this brief"),
        (Line("answers", "Were they?", "responses", "q"), "Unanswered: Were they?"),
        (Line("note", "On the claim: Visits were made.", "concerns", "q"), "On the claim: Visits were made."),
        (Line("meta", "[1] · Visits (b)", "related"), "See also: [1] · Visits (b)"),
        (Line("meta", "mapping (ours): Treaty: ICCPR 7"), "Mapping: Treaty: ICCPR 7"),
        (Line("note", "Note: Read in a copy.", "claims", "c"), "Note: Read in a copy."),
        (Line("source", "[2] A review", "sources", "s"), "Source 2: A review"),
        (Line("meta", "●○○  Visits"), "Brief: Visits; claim yes, concern no, response no"),
        (Line("meta", "Treaty: ICCPR 7", "mapping"), "Mapping: Treaty: ICCPR 7"),
        (Line("attribution", "Minister", "claims", "c", outside=True), "Said by: Minister, outside the filter"),
    ],
)  # fmt: skip
def test_each_line_says_what_it_is(line: Line, heard: str) -> None:
    assert spoken_line(line) == heard


def test_the_legend_of_the_marks_is_not_needed() -> None:
    assert spoken([Line("meta", "marks: claim, concern, response; ● has, ○ has not")]) == ""


def test_fields_without_text_are_left_out() -> None:
    assert labelled([("Source", "s"), ("Note", ""), ("", "claim yes")]) == "Source: s; claim yes"


def test_a_list_has_one_labelled_line_a_brief(capsys: pytest.CaptureFixture[str]) -> None:
    out, err = printed(capsys, "list", "--plain", "--theme", "torture")
    normal, _ = printed(capsys, "list", "--theme", "torture")
    assert len(out.splitlines()) == len(normal.splitlines())
    heard = re.compile(r"Brief: .+; claim (yes|no), concern (yes|no), response (yes|no|to some concerns); Years: ")
    assert all(heard.match(line) for line in out.splitlines())
    assert not SIGNS.search(out + err)


@pytest.mark.parametrize(
    "command", [["show", "torture"], ["themes"], ["sources"], ["search", "visits"], ["list"], [], ["show"]]
)
def test_every_command_prints_labelled_lines_without_signs(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    out, err = printed(capsys, *command, "--plain")
    assert all(re.match(r"[A-Z][a-z]*[\w ]*: \S", line) for line in out.splitlines())
    assert not SIGNS.search(out + err)


def test_showing_in_plain_leaves_nothing_out(capsys: pytest.CaptureFixture[str]) -> None:
    normal, _ = printed(capsys, "--briefs", NASTY, "show", "words")
    out, _ = printed(capsys, "--briefs", NASTY, "show", "words", "--plain")
    normal = normal.replace(LEGEND, "").replace("mapping (ours)", "mapping")
    words = set(re.findall(r"[^\W\d_]{4,}", normal.casefold()))
    assert words - set(re.findall(r"[^\W\d_]{4,}", out.casefold())) == set()
