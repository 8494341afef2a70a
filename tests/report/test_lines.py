"""Lines: what stands in the report of a brief, and how it is worded."""

from __future__ import annotations

import pytest

from hrdash.model import (
    Brief,
    Citation,
    Corpus,
    Figure,
    Measure,
    Paragraphs,
    Registers,
    Section,
    Source,
    Speaker,
    Statement,
    Theme,
)
from hrdash.report.lines import body_lines, brief_lines, report_lines
from hrdash.report.matches import match_lines
from hrdash.report.parts import Line, text_of
from hrdash.report.wording import Context, figure_parts, mark_part, place_parts, source_text

REPORT = Source("report", "report", "A report", "2025-06", "press-summary", "official",
                Paragraphs("ours", 40, (Section(1, "Summary"), Section(9, "Visits"))))  # fmt: skip
SPEAKERS = {name: Speaker(name, name.title(), name.title(), kind)
            for name, kind in (("minister", "state"), ("expert", "treaty-body"))}  # fmt: skip
MEASURES = {"visits": Measure("visits", "Visits", "visits", "count", "flow", "Places not stated."),
            "cases": Measure("cases", "Cases", "cases", "count", "flow")}  # fmt: skip
THEMES = {"prisons": Theme("prisons", "Prisons", "Prisons", ("Conditions of detention",), ("ICCPR:10",))}
CONTEXT = Context(
    Corpus("Ruritania", "RUR", "", "2025-03", ""), THEMES, Registers({"report": REPORT}, SPEAKERS, MEASURES)
)


def said(name: str, by: str = "expert", **more: object) -> Statement:
    return Statement(name, by, f"Text of {name}.", (Citation("report", "12"),), **more)  # type: ignore[arg-type]


BRIEF = Brief(
    "b", "prisons", "Visits to prisons", ("Children",), related=("other", "unknown"),
    claims=(said("c", "minister", figures=(Figure("visits", 5), Figure("cases", 2))),),
    concerns=(said("q", faces=("c",)), said("again", same_as="q"), said("p", put_as="question")),
    responses=(said("r", "minister", answers=("q",)),),
)  # fmt: skip


def texts(lines: tuple[Line, ...], part: str) -> list[str]:
    return [line.text for line in lines if line.part == part and line.role != "heading"]


@pytest.mark.parametrize(
    ("holdings", "shown"),
    [((), "○○○"), (("claim",), "●○○"), (("concern", "response"), "○●●"), (("concern", "unanswered"), "○●○"),
     (("claim", "concern", "response", "unanswered"), "●●◐")],
)  # fmt: skip
def test_the_third_mark_says_whether_every_concern_has_a_response(holdings: tuple[str, ...], shown: str) -> None:
    assert mark_part(holdings).text == shown


def test_a_concern_that_none_answers_is_listed_once_and_one_raised_again_with_its_answer_is_not() -> None:
    found = texts(brief_lines(BRIEF, CONTEXT), "responses")
    assert found[-3:] == [
        "no response in this corpus, as of 2025-03, to:", "Text of p.",
        "Expert, as a question · source of 2025 · [1] ¶12",
    ]  # fmt: skip
    assert found[0] == "To: Text of q."


def test_a_concern_names_the_claim_that_it_bears_on() -> None:
    assert texts(brief_lines(BRIEF, CONTEXT), "concerns").count("On the claim: Text of c.") == 1


def test_a_related_brief_is_named_by_title_and_id_where_the_title_is_known() -> None:
    context = CONTEXT._replace(titles={"other": "Food in prisons"})
    assert texts(body_lines(BRIEF, context), "related") == ["Food in prisons (other)", "unknown"]


def test_what_is_counted_is_said_where_a_measure_has_a_note() -> None:
    assert texts(brief_lines(BRIEF, CONTEXT), "measures") == ["Visits: Places not stated."]


def test_a_report_says_whose_mapping_it_is_once_a_theme_and_the_persons_with_each_brief() -> None:
    lines = report_lines((BRIEF,), ("prisons",), CONTEXT)
    assert [line.text for line in lines if "mapping" in line.text] == [
        "mapping (ours): Treaty: ICCPR 10", "mapping (ours): UHRI theme: Conditions of detention",
    ]  # fmt: skip
    assert texts(lines, "mapping") == ["Persons: Children"]
    assert texts(brief_lines(BRIEF, CONTEXT), "mapping") == [
        "Treaty: ICCPR 10", "UHRI theme: Conditions of detention", "Persons: Children",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("para", "shown"),
    [
        ("7", "¶7: Summary, 7th paragraph; our count"),
        ("9-10", "¶9–10: Visits, 1st to 2nd paragraphs; our count"),
        ("7-10", "¶7–10: Summary, 7th paragraph, to Visits, 2nd paragraph; our count"),
    ],
)
def test_a_place_names_each_section_that_it_stands_in(para: str, shown: str) -> None:
    assert text_of(place_parts(REPORT, para)) == shown


def test_a_place_before_the_first_section_is_a_number_alone() -> None:
    late = REPORT._replace(paragraphs=Paragraphs("printed", 40, (Section(9, "Visits"),)))
    assert text_of(place_parts(late, "7-10")) == "¶7–10: printed number"


def test_figures_read_with_label_qualifier_unit_and_time() -> None:
    visits = Measure("visits", "Visits to prisons", "visits", "count", "flow")
    share = Measure("s", "Share of women", "per cent", "share", "stock")
    for figure, measure, when, shown in (
        (Figure("visits", 1500, qualifier="more-than", per="year"), visits, "2024",
         "Visits to prisons: more than 1,500 visits per year (2024)"),
        (Figure("s", 2.5, direction="down", status="planned"), share, "", "Share of women: down by 2.5 % (planned)"),
        (Figure("visits", low=5, high=7, period="2019/.."), visits, "", "Visits to prisons: 5–7 visits (since 2019)"),
    ):  # fmt: skip
        assert text_of(figure_parts(figure, measure, when)) == shown


def test_a_source_says_what_kind_of_text_it_is() -> None:
    assert source_text(REPORT) == "“A report”, Jun 2025, press summary"


def test_a_search_prints_one_attribution_for_a_text_and_its_note() -> None:
    brief = BRIEF._replace(title="Title", claims=(said("c", "minister", note="Text in a note."),), concerns=())
    found = match_lines((brief,), CONTEXT, lambda words: [((0, 4),) * (text.count("Text") > 0) for text in words])
    assert [line.role for line in found][2:5] == ["statement", "attribution", "statement"]
    found = match_lines((brief,), CONTEXT, lambda words: [((6, 10),) if "note" in text else () for text in words])
    assert [(line.role, line.text) for line in found][2:4] == [
        ("note", "Note: Text in a note."), ("attribution", "claim · Minister · source of 2025 · [1] ¶12"),
    ]  # fmt: skip


def test_a_search_says_who_the_speakers_it_found_are() -> None:
    found = match_lines((BRIEF,), CONTEXT, lambda words: [((0, 4),) if text == "Text of p." else () for text in words])
    assert texts(found, "speakers") == ["Expert: Expert (treaty-body)"]
