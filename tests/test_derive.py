"""What follows from a brief: years, holdings, answers, differing figures, places, figures in words."""

from __future__ import annotations

from hrdash import derive
from hrdash.model import (
    Brief,
    Citation,
    Difference,
    Figure,
    LeftOpen,
    Paragraphs,
    Section,
    Source,
    Speaker,
    Statement,
)

REPORT = Source("report", "report", "A report", "2025-06", "press-summary", "official",
                Paragraphs("ours", 120, (Section(36, "Questions"), Section(81, "Questions, again"))))  # fmt: skip
ARTICLE = Source("article", "article", "An article", "2024~", "opinion", "personal", Paragraphs("ours", 9))
SOURCES = {source.id: source for source in (REPORT, ARTICLE)}


def said(name: str, *sources: str, **more: object) -> Statement:
    cites = tuple(Citation(source, str(number)) for number, source in enumerate(sources or ("report",), 1))
    return Statement(name, "someone", f"text of {name}", cites, **more)  # type: ignore[arg-type]


def test_a_period_counts_under_its_years() -> None:
    assert derive.statement_years(said("c", period="2017/2019"), SOURCES) == ((2017, 2019),)


def test_an_open_period_runs_to_the_latest_cited_source() -> None:
    assert derive.statement_years(said("c", "article", "report", period="2019/.."), SOURCES) == ((2019, 2025),)
    assert derive.statement_years(said("c", "article", period="2019/.."), SOURCES) == ((2019, 2024),)


def test_without_a_period_the_years_of_issue_count() -> None:
    assert derive.statement_years(said("c", "report", "article"), SOURCES) == ((2024, 2024), (2025, 2025))


def test_a_brief_counts_under_the_years_of_all_its_statements() -> None:
    brief = Brief("b", "t", "B", claims=(said("c", period="2011"),), concerns=(said("q"),))
    assert derive.brief_years(brief, SOURCES) == (2011, 2025)


def test_holdings_name_what_a_brief_has() -> None:
    brief = Brief("b", "t", "B", claims=(said("c", figures=(Figure("visits", 5),)),))
    assert derive.holdings(brief, {}) == ("claim", "figure")
    full = brief._replace(
        concerns=(said("q"),), responses=(said("r", answers=("q",)),), commendations=(said("m"),),
        recommendations=(said("d"),), left_open=(LeftOpen(("q",), "x", ()),),
        differences=(Difference(("c",), "x", ()),),
    )  # fmt: skip
    assert derive.holdings(full, {}) == (
        "claim", "concern", "response", "commendation", "recommendation", "figure", "difference", "left-open",
    )  # fmt: skip


def test_a_concern_without_an_answer_is_found() -> None:
    brief = Brief("b", "t", "B", concerns=(said("q"), said("p")), responses=(said("r", answers=("q",)),))
    assert unanswered(brief) == ["p"]
    assert "unanswered" in derive.holdings(brief, {})
    assert "unanswered" not in derive.holdings(brief._replace(concerns=(said("q"),)), {})


def test_a_response_to_no_concern_answers_none() -> None:
    brief = Brief("b", "t", "B", concerns=(said("q"),), responses=(said("r", note="Said unasked."),))
    assert unanswered(brief) == ["q"]


def test_a_concern_that_is_raised_again_is_answered_with_the_one_it_repeats_and_named_once() -> None:
    concerns = (said("q"), said("again", same_as="q"), said("and-again", same_as="again"))
    assert unanswered(Brief("b", "t", "B", concerns=concerns)) == ["q"]
    for name in ("q", "again", "and-again"):
        assert unanswered(Brief("b", "t", "B", concerns=concerns, responses=(said("r", answers=(name,)),))) == []


def test_concerns_that_say_each_other_again_do_not_hang() -> None:
    concerns = (said("q", same_as="p"), said("p", same_as="q"))
    assert len(unanswered(Brief("b", "t", "B", concerns=concerns))) > 0


def test_what_the_state_raises_itself_waits_for_no_answer_of_it() -> None:
    speakers = {kind: Speaker(kind, kind, kind, kind) for kind in ("state", "nhri", "ngo")}
    for kind, found in (("state", []), ("nhri", ["q"]), ("ngo", ["q"])):
        assert unanswered(Brief("b", "t", "B", concerns=(said("q")._replace(by=kind),)), speakers) == found


def unanswered(brief: Brief, speakers: dict[str, Speaker] | None = None) -> list[str]:
    return [concern.id for concern in derive.unanswered(brief, speakers or {})]


def brief_with(one: Figure, other: Figure, same_place: bool = False) -> Brief:
    first, second = said("c", "report", figures=(one,)), said("r", "article", figures=(other,))
    return Brief(
        "b", "t", "B", claims=(first,), responses=(second._replace(cites=first.cites) if same_place else second,)
    )


def test_figures_of_one_measure_and_period_with_other_values_differ() -> None:
    found = derive.differing_figures(brief_with(Figure("visits", 5, period="2024"), Figure("visits", 7, period="2024")))
    assert [figure.value for _, figure in found[0].figures] == [5, 7]


def test_figures_do_not_differ_when_they_count_another_thing_time_or_people() -> None:
    base = Figure("visits", 5, period="2024")
    for other in (
        base, base._replace(value=7, measure="calls"), base._replace(value=7, period="2023"),
        base._replace(value=7, population="women"), base._replace(value=7, status="planned"),
        base._replace(value=7, period=""),
    ):  # fmt: skip
        assert derive.differing_figures(brief_with(base, other)) == ()
    assert derive.differing_figures(brief_with(base, base._replace(value=7), same_place=True)) == ()


def test_a_pinpoint_is_placed_in_its_section() -> None:
    assert derive.pinpoint_section(REPORT, "84") == (REPORT.paragraphs.sections[1], 4)
    assert derive.pinpoint_section(REPORT, "5") is None
