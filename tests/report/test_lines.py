"""How the things of a brief are worded, and what stands around what it says."""

from __future__ import annotations

from hrdash import derive
from hrdash.derive import Marks
from hrdash.model import Citation, Figure, Indicator, LeftOpen, Paragraphs, Section
from hrdash.report.lines import brief_lines, head_lines, report_lines
from hrdash.report.matches import match_lines
from hrdash.report.parts import Line, text_of
from hrdash.report.render import spoken
from hrdash.report.threads import body_lines
from hrdash.report.wording import (
    LEGEND,
    answer_words,
    attribution,
    count_parts,
    figure_parts,
    mark_part,
    pinpoints,
    place_part,
    place_parts,
    source_text,
)
from tests.report.make import CONTEXT, CORPUS, REPLY, REPORT, brief, context_of, rows_of, said

BRIEF = brief(
    title="Visits to prisons", persons=("Children",), sdgs=("16.1",), annotation_id="77", related=("other", "unknown"),
    claims=(said("c", "minister", figures=(Figure("visits", 5, period="2024"), Figure("cases", 2))),),
    questions=(said("q"),), responses=(said("r", "minister", answers=("q",)),),
)  # fmt: skip


def texts(lines: tuple[Line, ...], part: str) -> list[str]:
    return [line.text for line in lines if line.part == part and line.role != "heading"]


def test_the_marks_are_told_apart_without_colour_and_have_words() -> None:
    for marks, shown, words in (
        (Marks("C", "!", "●"), "C!●", "claim, concern, response to all"),
        (Marks(" ", "?", "◌"), " ?◌", "questions, pending"), (Marks(" ", " ", " "), "   ", "no marks"),
        (Marks("C", "→", "◐"), "C→◐", "claim, recommendations, response to some, or something left open"),
    ):  # fmt: skip
        assert (mark_part(marks).text, mark_part(marks).spoken) == (shown, words)


def test_the_legend_claims_of_a_mark_no_more_than_it_shows() -> None:
    both = brief(questions=(said("q"),), recommendations=(said("m"),))
    assert derive.marks(both, ()).raised == "?"
    assert "else ? questions, else → recommendations" in LEGEND


def test_a_count_says_of_which_unit_it_is() -> None:
    counts = {"statement": (22, 737), "brief": (1, 1)}
    assert text_of(count_parts(counts, CORPUS)) == "22 of 737 statements · 1 of 1 brief · Ruritania · as of 2026-03"


def test_the_date_of_a_corpus_is_read_and_heard_without_signs_of_edtf() -> None:
    for as_of, words in (
        ("2026-03", "2026-03"), ("2026~", "2026 (inferred)"), ("2026-03~", "Mar 2026 (inferred)"),
        ("2025/2026", "2025 to 2026"), ("2025-11/2026-03-01~", "Nov 2025 to 1 Mar 2026 (inferred)"),
        ("", "an unknown date"),
    ):  # fmt: skip
        corpus = CORPUS._replace(as_of=as_of)
        parts = count_parts({"brief": (1, 1)}, corpus)
        assert text_of(parts) == f"1 of 1 brief · Ruritania · as of {words}"
        assert spoken(parts) == f"1 of 1 brief, Ruritania, as of {words}"
        assert answer_words("none", CONTEXT._replace(corpus=corpus)).endswith(f" in this corpus, as of {words}")


def test_an_attribution_names_all_speakers_how_it_was_put_the_time_and_the_place() -> None:
    for statement, shown in (
        (said("x", ("france", "portugal")), "France, Portugal · REP ¶12"),
        (said("x", put_as="report", period="2024"), "Expert, as reported · 2024 · REP ¶12"),
        (said("x", put_as="plan", figures=(Figure("visits", 1, period="2019"), Figure("visits", 2, period="2024"))),
         "Expert, as a plan · 2019, 2024 · REP ¶12"),
        (said("x", figures=(*(Figure("visits", 1, period=one) for one in ("2024-04~", "2019/..", "../2018")),)),
         "Expert · until 2018, since 2019, Apr 2024 (inferred) · REP ¶12"),
        (said("x", period_text="in recent years"), "Expert · “in recent years” · REP ¶12"),
        (said("x", "somebody", "24 (a)-(c)"), "somebody · REP ¶24 (a)–(c)"),
    ):  # fmt: skip
        assert text_of(attribution(statement, CONTEXT)) == shown


def test_pinpoints_stand_behind_the_short_title_the_number_or_the_id() -> None:
    cites = (Citation("report", "84"), Citation("report", "98-99"), Citation("reply", "annex IX 12"), Citation("page"))
    assert text_of(pinpoints(cites, CONTEXT)) == "REP ¶84, ¶98–99; A/1/Add.1 annex IX ¶12; page"
    assert place_part("98-99").spoken == "paragraphs 98 to 99"
    assert place_part("no place").text == "no place"


def test_a_related_brief_is_named_by_title_and_id_where_the_title_is_known() -> None:
    context = context_of(BRIEF, titles={"other": "Food in prisons"})
    assert texts(body_lines(BRIEF, context), "related") == ["Food in prisons (other)", "unknown"]


def test_the_head_names_theme_years_and_the_other_themes() -> None:
    context = CONTEXT._replace(years={"b": "2024"})
    lines = head_lines(BRIEF._replace(also_in=("prisons", "words"), country="RUR"), context, "b")
    assert [line.text for line in lines] == [
        "Visits to prisons", "Prisons · RUR · about 2024 · ICCPR 10 · b", "also in Prisons, words",
    ]  # fmt: skip
    assert "undated" in head_lines(brief(claims=(said("c", "minister"),)), CONTEXT)[1].text


def test_a_brief_without_title_is_headed_by_its_first_words() -> None:
    untitled = brief(title="", claims=(said("c", "minister", text="Every prison was open. " * 9),))
    assert head_lines(untitled, CONTEXT)[0].text.endswith(" …")


def test_what_is_counted_is_said_where_an_indicator_has_a_note() -> None:
    assert texts(brief_lines(BRIEF, CONTEXT), "indicators") == ["Visits: Places not stated."]


def test_a_report_says_whose_mapping_it_is_once_a_theme_and_the_persons_with_each_brief() -> None:
    lines = report_lines((BRIEF,), ("prisons",), CONTEXT)
    assert [line.text for line in lines if "mapping" in line.text] == [
        "mapping (ours): Treaty: ICCPR 10", "mapping (ours): UHRI theme: Conditions of detention",
    ]  # fmt: skip
    assert texts(lines, "mapping") == ["SDG: 16.1", "Persons: Children", "UHRI record: 77"]
    assert texts(brief_lines(BRIEF, CONTEXT), "mapping")[:2] == [
        "Treaty: ICCPR 10", "UHRI theme: Conditions of detention",
    ]  # fmt: skip


def test_a_brief_at_a_glance_has_its_marks_and_the_legend_stands_below() -> None:
    lines = report_lines((BRIEF,), ("prisons",), context_of(BRIEF))
    at = [line.role for line in lines].index("glance")
    assert lines[at].text == "C?●  Visits to prisons"
    assert lines[at + 1].role == "legend"


def test_a_place_names_each_section_that_it_stands_in() -> None:
    for place, shown in (
        ("7", "¶7: Summary, 7th paragraph; our count"), ("", ""),
        ("9-10", "¶9–10: Visits, 1st to 2nd paragraphs; our count"),
        ("7-10", "¶7–10: Summary, 7th paragraph, to Visits, 2nd paragraph; our count"),
        ("9 (a)", "¶9 (a): Visits, 1st paragraph; our count"), ("p 12", "p. 12: our count"),
    ):  # fmt: skip
        assert text_of(place_parts(REPORT, place)) == shown
    late = REPORT._replace(paragraphs=Paragraphs("printed", 40, (Section(9, "Visits"),)))
    assert text_of(place_parts(late, "7-10")) == "¶7–10: printed number"
    assert text_of(place_parts(REPLY, "3")) == "¶3"


def test_places_are_listed_in_natural_order_where_the_count_is_ours() -> None:
    cites = tuple(Citation("report", place) for place in ("10", "9 (b)", "9", "2"))
    one = brief(claims=(said("c", "minister")._replace(cites=cites),))
    places = [line.text.partition(":")[0] for line in brief_lines(one, CONTEXT) if line.role == "pinpoint"]
    assert places == ["¶2", "¶9", "¶9 (b)", "¶10"]


def test_figures_read_with_label_qualifier_unit_and_time() -> None:
    visits = Indicator("visits", "Visits to prisons", "visits", "count", "flow")
    share = Indicator("s", "Share of women", "per cent", "share", "stock")
    for figure, indicator, when, shown in (
        (Figure("visits", 1500, qualifier="more-than", per="year"), visits, "2024",
         "Visits to prisons: more than 1,500 visits per year (2024)"),
        (Figure("s", 2.5, direction="down", status="planned"), share, "", "Share of women: down by 2.5 % (planned)"),
        (Figure("visits", low=5, high=7, period="2019/.."), visits, "", "Visits to prisons: 5–7 visits (since 2019)"),
        (Figure("s", 0.00001), share, "", "Share of women: 0.00001 %"),
    ):  # fmt: skip
        assert text_of(figure_parts(figure, indicator, when)) == shown


def test_every_source_that_a_page_names_is_listed_below_it_whichever_brief_cites_it() -> None:
    one = brief(recommendations=(said("m"),))
    note = LeftOpen(("b/m",), "No text says when.", (Citation("reply", "3"),))
    lines = brief_lines(one, context_of(one, brief("other", left_open=(note,))))
    assert "A/1/Add.1 ¶3" in [line.text for line in lines if line.part == "left_open" or line.role == "attribution"]
    assert [line.anchor for line in lines if line.role == "source"] == ["report", "reply"]


def test_a_source_says_what_kind_of_text_it_is() -> None:
    assert source_text(REPORT) == "“A report”, Jun 2025, press summary"
    named = [line.text for line in brief_lines(BRIEF, CONTEXT) if line.role == "source"]
    assert named == ["REP: “A report”, Jun 2025, press summary"]


def test_a_list_of_statements_has_their_kind_answer_speaker_and_place_and_marks_the_words() -> None:
    one = BRIEF._replace(claims=(said("c", "minister", note="Text in a note.", same_as="d"),))
    rows, context = rows_of(one, "cq"), context_of(one)
    found = match_lines(rows, context, lambda words: [((13, 17),) if text else () for text in words])
    assert [(line.role, line.text) for line in found[:7]] == [
        ("title", "Visits to prisons"), ("meta", "Prisons · b"), ("statement", "Said again: Text of c."),
        ("attribution", "claim · Minister · REP ¶12"), ("note", "Note: Text in a note."),
        ("statement", "Text of q."), ("attribution", "question · ● response · Expert · REP ¶12"),
    ]  # fmt: skip
    assert [line.spans for line in found[:5]] == [((13, 17),), (), ((13, 17),), (), ((13, 17),)]
    assert texts(found, "speakers") == ["Minister: The minister (state)", "Expert: The expert (treaty-body)"]
    assert not any(line.spans for line in match_lines(rows, CONTEXT, None))


def test_no_mark_stands_in_words_of_our_own() -> None:
    one = brief(claims=(said("c", "minister", same_as="d"),))
    found = match_lines(
        rows_of(one, "c"), CONTEXT, lambda texts: [((0, 4),) if text[:4] == "Said" else () for text in texts]
    )
    assert found[2].text.startswith("Said again: ")
    assert found[2].spans == ()


def test_every_source_and_speaker_that_is_named_in_a_brief_is_told_below_it() -> None:
    reply = (Citation("reply", "3"),)
    there = brief("there", recommendations=(said("m", "portugal")._replace(cites=reply),))
    claim = said("c", "minister")._replace(cites=reply)
    for one, only, speakers in (
        (brief(responses=(said("r", "minister", answers=("there/m",)),)), True, ["Minister", "Portugal"]),
        (brief(assessments=(said("r", assesses=("there/m",)),)), True, ["Expert", "Portugal"]),
        (brief(recommendations=(said("m"),), assessments=(said("a", "france", assesses=("m",))._replace(cites=reply),)),
         True, ["Expert", "France"]),
        (brief(left_open=(LeftOpen(("there/m",), "What of it?", (Citation("report"),)),)), False, ["Portugal"]),
        (brief(claims=(claim,), questions=(said("q"),)), True, ["Expert"]),
    ):  # fmt: skip
        lines = report_lines((one,), (), context_of(one, there), {"b": frozenset("qrm")}, only=only)
        named = {part.link.id for line in lines for part in line.parts if part.link and part.link.kind == "sources"}
        assert {line.anchor for line in lines if line.role == "source"} == named == {"report", "reply"}, one
        assert [text.split(":")[0] for text in texts(lines, "speakers")] == speakers, one
