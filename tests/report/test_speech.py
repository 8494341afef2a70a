"""`--plain`: what is printed for the ear."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hrdash.cli import main
from hrdash.derive import Marks
from hrdash.filter import Filter, Years
from hrdash.model import (
    Author,
    Brief,
    Citation,
    Corpus,
    Difference,
    Figure,
    Indicator,
    LeftOpen,
    Paragraphs,
    Registers,
    Section,
    Source,
    Speaker,
    Statement,
    Theme,
)
from hrdash.report.filter_words import filter_parts
from hrdash.report.lines import register_lines, report_lines
from hrdash.report.matches import match_lines
from hrdash.report.parts import Line, Part, own, user, years
from hrdash.report.render import speech, spoken, spoken_line, table_speech
from hrdash.report.tables import Table, brief_table, theme_table
from hrdash.report.threads import heading, outside_filter
from hrdash.report.wording import LEGEND, Context, mark_part, pinpoints
from hrdash.text import clean
from tests.make import REGISTER_TEXTS, examples, line
from tests.report.make import rows_of

NOBODY = Registers({}, {}, {})
SIGNS = re.compile("[●○◐◌→│─╭╮╰╯▌•·¶]")
NASTY = str(Path(__file__).parents[1] / "corpora" / "nasty")


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[str, str]:
    assert main([*arguments]) == 0
    found = capsys.readouterr()
    return found.out, found.err


def test_numbers_are_words() -> None:
    cites = (Citation("s", "7-9"), Citation("s", "12"), Citation("t", "24 (a)-(c)"))
    context = Context(Corpus("", (), "", "", ""), {}, NOBODY)
    said = "s paragraphs 7 to 9, paragraph 12; t paragraphs 24 (a) to (c)"
    assert spoken(pinpoints(cites, context)) == said
    for written, words in (
        ("2019–25", "2019 to 2025"), ("1991–2025", "1991 to 2025"), ("1991 … 2025", "1991 to 2025"),
        ("2011, 2019–25", "2011, 2019 to 2025"), ("Dec 2024 – 2025", "Dec 2024 to 2025"), ("since 2023", "since 2023"),
    ):  # fmt: skip
        assert spoken([years(written)]) == words, written


def test_a_filter_is_words_and_what_was_typed_stays() -> None:
    asked = Filter(text="[1] 2019–25", years=(Years(2019, 2024),), has=("claim", "response"))
    context = Context(Corpus("", (), "", "", ""), {}, NOBODY)
    assert spoken(filter_parts(asked, context)) == "“[1] 2019–25”, 2019 to 2024, has claim and response"


def test_each_line_says_what_it_is() -> None:
    mark = mark_part(Marks("C", "?", "◐"))
    for given_line, heard in (
        (line("title", "Visits"), "Brief: Visits"),
        (heading("claims"), "Section: State claim"),
        (line("statement", "Visits · were [1] made.", "claims", "c"), "Claim: Visits · were [1] made."),
        (line("attribution", "Minister", "claims", "c"), "Said by: Minister"),
        (Line("answer", (Part("sign", "● ", "Answer"), own("response"))), "Answer: response"),
        (Line("statement", (own("To: ", "To"), user("To: whom?"))), "To: To: whom?"),
        (line("meta", "[1] · Visits (b)", "related"), "See also: [1] · Visits (b)"),
        (line("note", "To: the Minister, as a letter.", "sources", "s"), "Note: To: the Minister, as a letter."),
        (line("meta", "Treaty: ICCPR 7", "mapping"), "Mapping: Treaty: ICCPR 7"),
        (outside_filter(line("attribution", "Minister")), "Said by: Minister, outside the filter"),
        (Line("glance", (mark, user("●○● A"))),
         "At a glance: ●○● A; claim, questions, response to some, or something left open"),
    ):  # fmt: skip
        assert spoken_line(given_line) == heard


def test_the_legend_of_the_marks_is_not_needed_and_a_text_that_begins_like_it_is() -> None:
    assert speech([Line("legend", (own(LEGEND),)), line("statement", LEGEND)]) == f"Text: {LEGEND}\n"


def test_fields_without_text_are_left_out() -> None:
    row = ((user("s"),), (user(""),), (own("  ", "claim yes "),))
    assert table_speech(Table(("Source", "Note", ""), (row,))) == "Source: s; claim yes\n"


PIECES = [
    "marks: ", "mapping (ours): ", "To: ", "Note: ", "Left open: ", "Figures differ: ", "C!●", "◐", "[1]", "HRC ",
    "¶7", "¶7–9", "2019–25", "1991 … 2025", " · ", "5–7", ", ", "; ", "a", "Said.", " ", "\n", "Қ", "人権", "e\u0301",
    "\u202e", "“", "● response",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.characters(), min_size=1, max_size=4).map("".join).map(clean)
COUNT = 30


def spoken_of(texts: list[str]) -> tuple[str, str]:
    """A brief with these texts in all its fields, and in all that is printed with it: shown, and searched."""
    (claim, concern, question, note, response, left_open, differs, period_text, title, other, person, population, per,
     base, short, name, label, theme_title, corpus, source_title, author, section, address, source_note, indicator,
     unit, indicator_note, grade, recommendation, short_title) = texts  # fmt: skip
    cites = (Citation("s", "3"),)
    figure = Figure("m", 5, per=per, base=base, population=population)

    def said(text: str, name: str = "", **more: Any) -> Statement:
        return Statement(by=("x",), text=text, cites=cites, id=name, **more)

    brief = Brief(
        id="b", theme="t", title=title, persons=(person,), also_in=("u",), related=("r",),
        claims=(said(claim, "c", period_text=period_text, note=note, figures=(figure,), verbatim=True),),
        concerns=(said(concern, "n"),), questions=(said(question, "q", premise=("n",)),),
        recommendations=(said(recommendation, "m"),), responses=(said(response, answers=("q", "m")),),
        assessments=(said("Judged.", assesses=("m",), grade=grade, scale="S"),),
        left_open=(LeftOpen(("q",), left_open, cites),), differences=(Difference("fact", ("c", "q"), differs, cites),),
    )  # fmt: skip
    paragraphs = Paragraphs("ours", 9, (Section(1, section),))
    source = Source("s", "report", source_title, "2024", "report", "official", short_title, paragraphs,
                    (Author(author),), URL=address, note=source_note)  # fmt: skip
    registers = Registers({"s": source}, {"x": Speaker("x", name, short, "ngo")},
                          {"m": Indicator("m", indicator, unit, "count", "flow", indicator_note)})  # fmt: skip
    themes = {"t": Theme("t", label, theme_title, ("A theme",)), "u": Theme("u", "Other", "Other")}
    context = Context(Corpus(corpus, ("ZZZ",), "", "2026-01", ""), themes, registers, titles={"r": other},
                      answers={"b": {"q": "left-open", "m": "response"}})  # fmt: skip
    listed = brief_table([(Marks("C", "!", "◐"), title, "2024", label, "b")])
    shown = speech(report_lines((brief,), ("t",), context)) + table_speech(listed)
    shown += table_speech(theme_table(themes.values(), {})) + speech(register_lines([source], {}, {}))
    rows = rows_of(brief, "cnqm", context)
    return shown, speech(match_lines(rows, context, lambda found: [((0, 1),) if text else () for text in found]))


def one_line(text: str) -> str:
    return text.replace("\n", " ").replace("\t", " ")


PER_CENT = ("%", "percent")
"""What, as a unit, is spoken as `per cent`."""


@settings(max_examples=examples(150))
@given(st.lists(TEXTS, min_size=COUNT, max_size=COUNT))
@example(["marks: every pupil passed in 2024."] * COUNT)
@example(["%"] * COUNT)
@example(["“Counted” as in [2] of the annex, ¶7, aged 7–9 · 2019–24"] * COUNT)
@example(["To: nobody."] * COUNT)
@example(["●○● A title"] * COUNT)
def test_every_text_is_spoken_as_it_is_written(texts: list[str]) -> None:
    shown, _ = spoken_of(texts)
    for text in texts:
        assert one_line(text) in shown or (text in PER_CENT and "per cent" in shown), text


@settings(max_examples=examples(100))
@given(st.lists(TEXTS, min_size=COUNT, max_size=COUNT))
@example(["marks: every pupil passed in 2024."] * COUNT)
@example(["●○● To: [2] · ¶7"] * COUNT)
def test_every_text_that_a_search_finds_is_spoken_as_it_is_written(texts: list[str]) -> None:
    marked = [f"{number} {text}" for number, text in enumerate(texts)]
    found = spoken_of(marked)[1]
    for number in (0, 1, 2, 3, 8, 28):  # statements, a note, the title
        assert one_line(marked[number]) in found, marked[number]


def test_what_people_wrote_is_heard_as_they_wrote_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {
        **REGISTER_TEXTS,
        "corpus.yaml": REGISTER_TEXTS["corpus.yaml"].replace("title: Ruritania", "title: 'Ruritania 2019–2024 [1]'"),
        "sources.yaml": REGISTER_TEXTS["sources.yaml"].replace("capacity", "note: 'To: the Minister', capacity"),
        "indicators.yaml": "- {id: cases, label: Cases, unit: cases, kind: count, span: flow,\n"
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
        cites: [red 7]
        figures: [{indicator: cases, value: 5, period: 2024, population: "pupils [1] aged 7–9"}]
  - {id: two, title: "●○● Two", claims: [{id: d, by: minister, text: Said., cites: [red 7]}]}
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
        "Indicator: Cases: Counted as in [2] of the annex, ¶7.",
        "At a glance: ●○● Two; claim",
    ):  # fmt: skip
        assert said in out.splitlines()
    out, err = printed(capsys, *corpus, "search", "passed")
    assert "Claim: marks: every pupil passed." in out.splitlines()
    assert err == "1 of 2 statements, 1 of 2 briefs, Ruritania 2019–2024 [1], as of 2026-01\n"


def test_a_list_has_one_labelled_line_a_brief(capsys: pytest.CaptureFixture[str]) -> None:
    out, err = printed(capsys, "list", "--plain", "--theme", "torture")
    normal, _ = printed(capsys, "list", "--theme", "torture")
    assert len(out.splitlines()) == len(normal.splitlines())
    heard = re.compile(r"Brief: .+; (claim|concern|questions|recommendations|no marks).*; Theme: ")
    assert all(heard.match(row) for row in out.splitlines())
    assert not SIGNS.search(out + err)


def test_every_command_prints_labelled_lines_without_signs(capsys: pytest.CaptureFixture[str]) -> None:
    for command in (
        ["show", "torture"],
        ["themes"],
        ["sources"],
        ["search", "visits"],
        ["list"],
        [],
        ["show"],
        ["search", "visits", "--columns", "kind,answer,text"],
    ):
        out, err = printed(capsys, *command, "--plain")
        assert all(re.match(r"[A-Z][a-z]*[\w ]*: \S", row) for row in out.splitlines()), command
        assert not SIGNS.search(out + err), command


def test_a_search_says_what_became_of_a_statement_and_its_kind_once(capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = printed(capsys, "search", "--theme", "torture", "--plain")
    heard = re.compile(r"(Said by|Answer: [a-z ]+; said by): (?!claim|concern|question|answer|,)\S")
    rows = out.splitlines()
    kinds = ("Claim", "Concern", "Question", "Recommendation", "Response", "Commendation", "Observation", "Assessment")
    at = [number for number, row in enumerate(rows) if row.partition(":")[0] in kinds]
    assert at
    assert all(heard.match(rows[number + 1]) for number in at)
    assert any(rows[number + 1].startswith("Answer: left open; said by: Committee Expert, HRC ") for number in at)


def test_showing_in_plain_leaves_nothing_out(capsys: pytest.CaptureFixture[str]) -> None:
    normal, _ = printed(capsys, "--briefs", NASTY, "show", "words", "--width", "0")
    out, _ = printed(capsys, "--briefs", NASTY, "show", "words", "--plain")
    normal = normal.replace(LEGEND, "").replace("mapping (ours)", "mapping")
    words = set(re.findall(r"[^\W\d_]{4,}", normal.casefold()))
    assert words - set(re.findall(r"[^\W\d_]{4,}", out.casefold())) == set()


def test_a_thread_is_spoken_in_its_order_with_each_thing_named_and_no_answer_twice(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out, _ = printed(capsys, "--briefs", NASTY, "show", "prisons", "--plain")
    names = [row.partition(": ")[0] for row in out.splitlines()]
    at = next(at for at, row in enumerate(out.splitlines()) if row.startswith("Concern: Visits were few."))
    assert names[at : at + 9] == [
        "Concern", "Said by", "Question", "Said by", "Figure", "Answer", "Response", "Said by", "Left open",
    ]  # fmt: skip
    assert "Answer: noted, 演説 [1] paragraph 9; before: pending, X/1/2 paragraph 16" in out.splitlines()
    assert "State claims in this brief: 演説 [1] paragraph 4, paragraph 7; X/1/2 paragraph 30" in out.splitlines()
    for theme in ("prisons", "torture"):
        where = ("--briefs", NASTY) if theme == "prisons" else ()
        out, _ = printed(capsys, *where, "show", theme, "--plain")
        assert not re.search(r" [%–—] ?", re.sub('[“"].*?[”"]', "", out.partition("Section: Sources")[0])), theme
        assert [one for one, after in pairwise(out.splitlines()) if one == after] == [], theme
        for one in out.split("\nBrief: "):
            long = [
                row for row in one.splitlines() if len(row) > 100 and not row.startswith(("Note: ", "In another brief"))
            ]
            assert len(long) == len(set(long)), [row for row in long if long.count(row) > 1]
