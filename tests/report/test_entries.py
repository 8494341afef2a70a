"""Figures and differences of many briefs, one by one."""

from hrdash.model import Brief, Citation, Difference, Figure, Statement
from hrdash.report.entries import figure_entries


def said(name: str, *figures: Figure, period: str = "") -> Statement:
    return Statement(("minister",), name, (Citation("red", "1"),), id=name, period=period, figures=figures)


def marked(*briefs: Brief, others: tuple[Brief, ...] = ()) -> list[tuple[str, str, str]]:
    """The figures at which it says that sources differ."""
    keys = {brief.id: frozenset(one.id for one in brief.statements) for brief in briefs}
    found = figure_entries(briefs, keys, lambda names: [one for one in others if one.id in names])
    return [(one.key, one.figure.indicator, one.figure.period) for one in found if one.differs]


def test_only_the_figures_that_a_difference_of_numbers_is_about_are_marked() -> None:
    first = said("a", Figure("cases", 30, period="2023"), Figure("cases", 40, period="2024"), Figure("deaths", 2))
    second = said("b", Figure("cases", 34), Figure("deaths", 2), Figure("visits", 7), period="2023")
    differs = Difference("number", ("a", "b"), "They differ.", ())
    here = Brief("one", "torture", claims=(first, second), differences=(differs,))
    assert marked(here) == [("a", "cases", "2023"), ("b", "cases", "")]
    assert marked(here._replace(differences=(differs._replace(kind="scope"),))) == []
    there = Brief("two", "torture", claims=(second,))
    elsewhere = here._replace(claims=(first,), differences=(differs._replace(between=("a", "two/b")),))
    assert marked(elsewhere, others=(there,)) == [("a", "cases", "2023")]
    assert marked(elsewhere, there) == [("a", "cases", "2023"), ("b", "cases", "")]


def test_what_is_planned_or_counts_others_is_not_marked_for_what_is_achieved_of_all() -> None:
    aside = Figure("cases", 100, status="planned"), Figure("cases", 18, population="women")
    first = said("a", Figure("cases", 30), *aside, period="2023")
    second = said("b", Figure("cases", 34), period="2023")
    differs = Difference("number", ("a", "b"), "They differ.", ())
    for ends, expected in (((first, second), ["a", "b"]), ((second, first), ["b", "a"])):
        assert [name for name, *_ in marked(Brief("one", "torture", claims=ends, differences=(differs,)))] == expected


def test_where_no_figures_can_be_compared_all_of_the_difference_are_marked() -> None:
    first, second = said("a", Figure("cases", 30)), said("b", Figure("deaths", 2))
    differs = Difference("number", ("a", "b"), "They differ.", ())
    here = Brief("one", "torture", claims=(first, second, said("c", Figure("cases", 1))), differences=(differs,))
    assert marked(here) == [("a", "cases", ""), ("b", "deaths", "")]


def test_a_figure_is_marked_whichever_brief_records_the_difference() -> None:
    first, second = said("a", Figure("cases", 30)), said("b", Figure("cases", 34))
    here, there = Brief("one", "torture", claims=(first,)), Brief("two", "torture", claims=(second,))
    differs = Difference("number", ("one/a", "two/b"), "They differ.", ())
    assert marked(here, there, Brief("three", "media", differences=(differs,))) == [
        ("a", "cases", ""),
        ("b", "cases", ""),
    ]


def test_a_statement_of_another_brief_that_reads_alike_is_not_marked() -> None:
    first, second = said("a", Figure("cases", 30)), said("b", Figure("cases", 34))
    differs = Difference("number", ("a", "b"), "They differ.", ())
    here = Brief("one", "torture", claims=(first, second), differences=(differs,))
    alike = Brief("two", "torture", claims=(said("a", Figure("cases", 30)),))
    assert marked(here, alike) == [("a", "cases", ""), ("b", "cases", "")]
