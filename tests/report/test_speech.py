"""`--plain`: what is printed for the ear."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hrdash.cli import main
from hrdash.filter import Filter, Years
from hrdash.model import (
    Author,
    Brief,
    Citation,
    Corpus,
    Difference,
    Figure,
    LeftOpen,
    Measure,
    Paragraphs,
    Registers,
    Section,
    Source,
    Speaker,
    Statement,
    Theme,
)
from hrdash.report.filter_words import filter_parts
from hrdash.report.lines import heading, outside_filter, report_lines
from hrdash.report.matches import match_lines
from hrdash.report.parts import Line, own, user, years
from hrdash.report.render import speech, spoken, spoken_line, table_speech
from hrdash.report.tables import Table, brief_table, source_table, theme_table
from hrdash.report.wording import LEGEND, Context, mark_part, pinpoints
from hrdash.text import clean
from tests.make import REGISTER_TEXTS, line

SIGNS = re.compile("[●○◐│─╭╮╰╯▌•·¶]")
NASTY = str(Path(__file__).parents[1] / "corpora" / "nasty")


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[str, str]:
    assert main([*arguments]) == 0
    found = capsys.readouterr()
    return found.out, found.err


def test_marks_are_words() -> None:
    assert mark_part(("claim", "concern")).spoken == "claim yes, concern yes, response no"
    held = ("concern", "response", "unanswered")
    assert mark_part(held).spoken == "claim no, concern yes, response to some concerns"


def test_numbers_are_words() -> None:
    cites = (Citation("s", "7-9"), Citation("s", "12"), Citation("t", "84"))
    said = "source 1 paragraphs 7 to 9, paragraph 12 t paragraph 84"
    context = Context(Corpus("", "", "", "", ""), {}, Registers({}, {}, {}), numbers={"s": 1})
    assert spoken(pinpoints(cites, context)) == said
    for written, words in (
        ("2019–25", "2019 to 2025"), ("1991–2025", "1991 to 2025"), ("1991 … 2025", "1991 to 2025"),
        ("2011, 2019–25", "2011, 2019 to 2025"), ("Dec 2024 – 2025", "Dec 2024 – 2025"), ("since 2023", "since 2023"),
    ):  # fmt: skip
        assert spoken([years(written)]) == words, written


def test_a_filter_is_words_and_what_was_typed_stays() -> None:
    asked = Filter(text="[1] 2019–25", years=(Years(2019, 2024),), has=("claim", "response"))
    context = Context(Corpus("", "", "", "", ""), {}, Registers({}, {}, {}))
    assert spoken(filter_parts(asked, context)) == "“[1] 2019–25”, 2019 to 2024, has claim and response"


def test_each_line_says_what_it_is() -> None:
    for given_line, heard in (
        (line("title", "Visits"), "Brief: Visits"),
        (heading("claims"), "Section: Reform claim"),
        (line("statement", "Visits · were [1] made.", "claims", "c"), "Claim: Visits · were [1] made."),
        (line("attribution", "Minister", "claims", "c"), "Said by: Minister"),
        (line("answers", "Were they?", "responses", "q"), "Unanswered: Were they?"),
        (Line("answers", (own("To: ", "Answers"), user("To: whom?"))), "Answers: To: whom?"),
        (line("meta", "[1] · Visits (b)", "related"), "See also: [1] · Visits (b)"),
        (line("note", "To: the Minister, as a letter.", "sources", "s"), "Note: To: the Minister, as a letter."),
        (line("meta", "Treaty: ICCPR 7", "mapping"), "Mapping: Treaty: ICCPR 7"),
        (outside_filter(line("attribution", "Minister")), "Said by: Minister, outside the filter"),
        (Line("glance", (mark_part(("claim",)), user("●○● A"))), "Brief: ●○● A; claim yes, concern no, response no"),
    ):
        assert spoken_line(given_line) == heard


def test_the_legend_of_the_marks_is_not_needed_and_a_text_that_begins_like_it_is() -> None:
    assert speech([Line("legend", (own(LEGEND),)), line("statement", LEGEND)]) == f"Text: {LEGEND}\n"


def test_fields_without_text_are_left_out() -> None:
    row = ((user("s"),), (user(""),), (own("", "claim yes"),))
    assert table_speech(Table(("Source", "Note", ""), (row,))) == "Source: s; claim yes\n"


PIECES = [
    "marks: ", "mapping (ours): ", "To: ", "Note: ", "On the claim: ", "Figures differ: ", "●○●", "◐", "[1]", "[2] ",
    "¶7", "¶7–9", "2019–25", "1991 … 2025", " · ", "5–7", ", ", "; ", "a", "Said.", " ", "\n", "Қ", "人権", "e\u0301",
    "\u202e",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.characters(), min_size=1, max_size=4).map("".join).map(clean)


def spoken_of(texts: list[str]) -> tuple[str, str]:
    """A brief with these texts in all its fields, and in all that is printed with it: shown, and searched."""
    (claim, concern, note, response, left_open, differs, period_text, title, other, person, population, per, base,
     short, name, label, theme_title, corpus, source_title, author, section, address, source_note, measure, unit,
     measure_note) = texts  # fmt: skip
    cites = (Citation("s", "3"),)
    figure = Figure("m", 5, per=per, base=base, population=population)
    brief = Brief(
        "b", "t", title, persons=(person,), also_in=("u",), related=("r",),
        claims=(Statement("c", "x", claim, cites, period_text=period_text, note=note, figures=(figure,)),),
        concerns=(Statement("q", "x", concern, cites),),
        responses=(Statement("a", "x", response, cites, answers=("q",)),),
        left_open=(LeftOpen((), left_open, cites),), differences=(Difference(("c", "q"), differs, cites),),
    )  # fmt: skip
    paragraphs = Paragraphs("ours", 9, (Section(1, section),))
    source = Source("s", "report", source_title, "2024", "report", "official", paragraphs, (Author(author),),
                    URL=address, note=source_note)  # fmt: skip
    registers = Registers({"s": source}, {"x": Speaker("x", name, short, "ngo")},
                          {"m": Measure("m", measure, unit, "count", "flow", measure_note)})  # fmt: skip
    themes = {"t": Theme("t", label, theme_title, ("A theme",)), "u": Theme("u", "Other", "Other")}
    context = Context(Corpus(corpus, "ZZZ", "", "2026-01", ""), themes, registers, titles={"r": other})
    listed = brief_table([(("claim",), title, "2024", label, "b")])
    shown = speech(report_lines((brief,), ("t",), context)) + table_speech(listed)
    shown += table_speech(theme_table(themes.values(), {})) + table_speech(source_table([source], {}))
    return shown, speech(
        match_lines((brief,), context, lambda found: [((len(text) - 1, len(text)),) for text in found])
    )


def one_line(text: str) -> str:
    return text.replace("\n", " ").replace("\t", " ")


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXTS, min_size=26, max_size=26))
@example(["marks: every pupil passed in 2024."] * 26)
@example(["Counted as in [2] of the annex, ¶7, aged 7–9 · 2019–24"] * 26)
@example(["To: nobody."] * 26)
@example(["●○● A title"] * 26)
def test_every_text_is_spoken_as_it_is_written(texts: list[str]) -> None:
    shown, _ = spoken_of(texts)
    for text in texts:
        assert one_line(text) in shown, text


@settings(max_examples=100, deadline=None)
@given(st.lists(TEXTS, min_size=26, max_size=26))
@example(["marks: every pupil passed in 2024."] * 26)
@example(["●○● To: [2] · ¶7"] * 26)
def test_every_text_that_a_search_finds_is_spoken_as_it_is_written(texts: list[str]) -> None:
    marked = [f"{number} {text}" for number, text in enumerate(texts)]
    found = spoken_of(marked)[1]
    for number in (0, 1, 2, 3, 4, 5, 7):  # statements, note, left open, difference, title
        assert one_line(marked[number]) in found, marked[number]


def test_what_people_wrote_is_heard_as_they_wrote_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {
        **REGISTER_TEXTS,
        "corpus.yaml": REGISTER_TEXTS["corpus.yaml"].replace("title: Ruritania", "title: 'Ruritania 2019–2024 [1]'"),
        "sources.yaml": REGISTER_TEXTS["sources.yaml"].replace("capacity", "note: 'To: the Minister', capacity"),
        "measures.yaml": "- {id: cases, label: Cases, unit: cases, kind: count, span: flow,\n"
        "   note: 'Counted as in [2] of the annex, ¶7.'}\n",
        "themes/torture.yaml": """
theme: torture
label: Torture
title: All about torture
briefs:
  - id: one
    title: One
    related: [two]
    claims:
      - id: c
        by: minister
        text: "marks: every pupil passed."
        note: "To: nobody."
        cites: [{source: red, para: 7}]
        figures: [{measure: cases, value: 5, period: 2024, population: "pupils [1] aged 7–9"}]
  - {id: two, title: "●○● Two", claims: [{id: d, by: minister, text: Said., cites: [{source: red, para: 7}]}]}
""",
    }
    (tmp_path / "themes").mkdir()
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    corpus = ("--briefs", str(tmp_path), "--no-cache", "--plain")
    out, _ = printed(capsys, *corpus, "show", "torture")
    for said in (
        "Claim: marks: every pupil passed.", "Note: To: nobody.", "See also: ●○● Two (two)", "Note: To: the Minister",
        "About: 2 briefs, Ruritania 2019–2024 [1], as of 2026-01", "Figure: Cases: 5 cases (2024, pupils [1] aged 7–9)",
        "Measure: Cases: Counted as in [2] of the annex, ¶7.",
        "Brief: ●○● Two; claim yes, concern no, response no",
    ):  # fmt: skip
        assert said in out.splitlines()
    out, err = printed(capsys, *corpus, "search", "passed")
    assert "Text: marks: every pupil passed." in out.splitlines()
    assert err == "1 of 2 briefs, Ruritania 2019–2024 [1], as of 2026-01\n"


def test_a_list_has_one_labelled_line_a_brief(capsys: pytest.CaptureFixture[str]) -> None:
    out, err = printed(capsys, "list", "--plain", "--theme", "torture")
    normal, _ = printed(capsys, "list", "--theme", "torture")
    assert len(out.splitlines()) == len(normal.splitlines())
    heard = re.compile(r"Brief: .+; claim (yes|no), concern (yes|no), response (yes|no|to some concerns); Years: ")
    assert all(heard.match(row) for row in out.splitlines())
    assert not SIGNS.search(out + err)


def test_every_command_prints_labelled_lines_without_signs(capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["show", "torture"], ["themes"], ["sources"], ["search", "visits"], ["list"], [], ["show"]):
        out, err = printed(capsys, *command, "--plain")
        assert all(re.match(r"[A-Z][a-z]*[\w ]*: \S", row) for row in out.splitlines()), command
        assert not SIGNS.search(out + err), command


def test_showing_in_plain_leaves_nothing_out(capsys: pytest.CaptureFixture[str]) -> None:
    normal, _ = printed(capsys, "--briefs", NASTY, "show", "words")
    out, _ = printed(capsys, "--briefs", NASTY, "show", "words", "--plain")
    normal = normal.replace(LEGEND, "").replace("mapping (ours)", "mapping")
    words = set(re.findall(r"[^\W\d_]{4,}", normal.casefold()))
    assert words - set(re.findall(r"[^\W\d_]{4,}", out.casefold())) == set()
