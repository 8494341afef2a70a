"""The filter's answers: which briefs match, and how many each further choice would give."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrdash import derive
from hrdash.filter import EVERYTHING, HOLDINGS, Filter, Years, holding_names, parse
from hrdash.index import query
from hrdash.index.index import Index
from hrdash.model import SECTIONS, Brief, Citation, Difference, Figure, LeftOpen, Statement, Theme
from hrdash.text import clean_line
from tests.make import REGISTERS, Shelf, open_memory

THEMES = (Theme("torture", "Torture", "Torture and ill-treatment"), Theme("life", "Right to life", "Life"))


def said(
    name: str, by: str = "minister", sources: Iterable[str] = ("red",), period: str = "", **more: Any
) -> Statement:
    return Statement(name, by, f"Text of {name}.", tuple(Citation(source, "1") for source in sources), period, **more)


def shelf(*briefs: Brief) -> Index:
    return Shelf(briefs, THEMES).indexed()


def ids(index: Index, typed: str) -> list[str]:
    asked = parse(typed)
    assert not asked.faults
    return [row.id for row in query.rows(index, asked.filter)]


@pytest.fixture
def index() -> Index:
    return shelf(
        Brief("both", "torture", "Both", claims=(said("c", period="2019"),),
              concerns=(said("q", "expert", ("blue",), "2024"),)),
        Brief("one", "torture", "One", persons=("Women",), also_in=("life",),
              claims=(said("c", "expert", ("blue",), "2019", figures=(Figure("cases", 5),)),)),
        Brief("undated", "life", "Undated", persons=("Women", "Children"),
              concerns=(said("q", "witness", ("red", "green")),), left_open=(LeftOpen(("q",), "What of it?", ()),)),
        Brief("repeated", "life", "Repeated", claims=(said("a"), said("b", sources=("blue",), same_as="a"),
              said("d", sources=("green",), same_as="b")), differences=(Difference(("a", "b"), "Differs.", ()),)),
    )  # fmt: skip


def test_rows_come_in_corpus_order_page_by_page(index: Index) -> None:
    assert [row.id for row in query.rows(index, EVERYTHING)] == ["undated", "repeated", "both", "one"]
    assert [row.id for row in query.rows(index, EVERYTHING, 2, 1)] == ["repeated", "both"]
    assert query.rows(index, EVERYTHING, 5, 9) == ()


def test_a_row_says_what_a_list_shows(index: Index) -> None:
    (row,) = query.rows(index, parse("theme:torture speaker:minister").filter)
    assert (row.id, row.theme, row.title, row.years_text) == ("both", "torture", "Both", "2019, 2024")
    assert holding_names(row.holdings) == ("claim", "concern", "unanswered")


def test_rows_at_numbers_come_in_their_order_without_those_that_are_not_there(index: Index) -> None:
    numbers = query.numbers(index, EVERYTHING)
    assert [row.id for row in query.rows_at(index, [numbers[3], numbers[0], 7, 1 << 40])] == ["one", "undated"]


def test_a_themes_own_briefs_come_before_those_that_are_also_in_it(index: Index) -> None:
    assert ids(index, "theme:torture") == ["both", "one"]
    assert ids(index, "theme:life") == ["undated", "repeated", "one"]
    assert ids(index, "theme:life theme:torture") == ["undated", "repeated", "both", "one"]
    earlier = shelf(
        Brief("first", "life", "First", also_in=("torture",), claims=(said("c"),)),
        Brief("own", "torture", "Own", claims=(said("c"),)),
    )
    assert ids(earlier, "theme:torture") == ["own", "first"]
    assert [row.id for row in query.rows(earlier, parse("theme:torture").filter, 1, 1)] == ["first"]


def test_which_briefs_match(index: Index) -> None:
    for typed, expected in [
        ("year:2019 speaker:expert", ["one"]),  # `both` has one statement of 2019 and another by the expert
        ("year:2024 source:blue", ["repeated", "both"]),
        ("year:2023 source:green", ["undated"]),  # a statement without a period: the years of all that it cites
        ("year:2025 source:red", ["undated"]),
        ("year:2024 source:red", ["undated"]),
        ("speaker:expert source:blue year:2019", ["one"]),
        ("year:2019 year:2024", ["undated", "repeated", "both", "one"]),
        ("year:..2019", ["both", "one"]),
        ("year:2026..", []),
        ("theme:life", ["undated", "repeated", "one"]),
        ("theme:life theme:torture", ["undated", "repeated", "both", "one"]),
        ("has:claim has:concern", ["both"]),
        ("without:claim", ["undated"]),
        ("without:claim without:concern", []),
        ("has:figure", ["one"]),
        ("has:difference", ["repeated"]),
        ("has:left-open", ["undated"]),
        ("person:Women", ["undated", "one"]),
        ("person:Women person:Children", ["undated", "one"]),
        ("person:Women theme:torture", ["one"]),
        ("text year:2019 -undated", ["both", "one"]),
        ("theme:nowhere", []),
        ("source:nowhere theme:life", []),
    ]:
        assert ids(index, typed) == expected, typed
        assert query.total(index, parse(typed).filter) == len(expected), typed


def test_statements_inside_the_filter_are_told_from_those_outside(index: Index) -> None:
    inside = query.matching(index, parse("year:2019").filter, ["both", "one", "gone"])
    assert inside == {"both": frozenset({"c"}), "one": frozenset({"c"}), "gone": frozenset()}
    assert query.matching(index, parse("theme:torture").filter, ["both"]) == {"both": frozenset({"c", "q"})}


def test_facets_of_everything(index: Index) -> None:
    counted = query.facets(index, EVERYTHING)
    assert counted.all == 4
    assert counted.of("themes") == {"life": 3, "torture": 2}
    assert counted.of("years") == {"2019": 2, "2023": 2, "2024": 3, "2025": 2}
    assert counted.of("has") == {
        "claim": 3,
        "concern": 2,
        "figure": 1,
        "difference": 1,
        "left-open": 1,
        "unanswered": 2,
    }
    assert counted.of("without")["response"] == 4
    assert counted.of("sources") == {"red": 3, "blue": 3, "green": 2}
    assert counted.of("persons") == {"Women": 2, "Children": 1}


def test_only_the_facets_that_are_wanted_are_counted(index: Index) -> None:
    assert query.facets(index, EVERYTHING, ("years",)) == query.Facets(
        counts={"years": query.facets(index, EVERYTHING).of("years")}
    )


def test_a_source_that_only_a_left_open_matter_or_a_difference_cites_is_no_match() -> None:
    green = (Citation("green", "1"),)
    index = shelf(
        Brief("aside", "torture", "Aside", claims=(said("c"),), left_open=(LeftOpen((), "What of it?", green),),
              differences=(Difference(("c",), "Differs.", green),)),
        Brief("cited", "torture", "Cited", claims=(said("c", sources=("green",)),)),
    )  # fmt: skip
    assert ids(index, "source:green") == ids(index, "source:green speaker:minister") == ["cited"]
    assert query.facets(index, EVERYTHING).of("sources") == {"red": 1, "green": 1}


TEXTS = ("alpha", "alpha beta", "beta gamma", "gamma")
STATEMENTS = st.builds(
    lambda section, by, text, sources, period, figures: (
        section, Statement("", by, text, tuple(Citation(source, "1") for source in sources), period, figures=figures)
    ),
    st.sampled_from(SECTIONS), st.sampled_from(["minister", "expert"]), st.sampled_from(TEXTS),
    st.lists(st.sampled_from(["red", "blue", "green"]), min_size=1, max_size=2, unique=True),
    st.sampled_from(["", "2023", "2024", "2022/2024", "2024/..", "../2023", "1955/1972", "2031/2040"]),
    st.sampled_from([(), (Figure("cases", 1, period="2024"),), (Figure("cases", 2.5, period="2024"),)]),
)  # fmt: skip


ASIDE_CITES = st.sampled_from([(Citation(source, "1"),) for source in ("red", "blue", "green")])
LEFT_OPEN = ASIDE_CITES.map(lambda cites: LeftOpen((), "delta", cites))
DIFFERENCES = ASIDE_CITES.map(lambda cites: Difference((), "delta", cites))


@st.composite
def briefs(draw: st.DrawFn) -> Brief:
    sections: dict[str, list[Statement]] = {}
    for at, (section, statement) in enumerate(draw(st.lists(STATEMENTS, min_size=1, max_size=4))):
        group = sections.setdefault(section, [])
        repeated = group[0].id if group and draw(st.booleans()) else ""
        group.append(statement._replace(id=f"s{at}", same_as=repeated))
    theme, other = draw(st.permutations(["torture", "life"]))
    return Brief(
        "", theme, draw(st.sampled_from(TEXTS)), tuple(draw(st.sets(st.sampled_from(["Women", "Children"])))),
        (other,) if draw(st.booleans()) else (), left_open=draw(st.lists(LEFT_OPEN, max_size=1).map(tuple)),
        differences=draw(st.lists(DIFFERENCES, max_size=1).map(tuple)),
        **{name: tuple(group) for name, group in sections.items()},
    )  # fmt: skip


CORPORA = st.lists(briefs(), max_size=6).map(
    lambda found: [brief._replace(id=f"b{at}") for at, brief in enumerate(found)]
)
SOME_YEARS = st.sampled_from(
    [
        Years(2023, 2023),
        Years(2024, 2024),
        Years(None, 2022),
        Years(2025, None),
        Years(2022, 2023),
        Years(1960, 1960),
        Years(2032, 2033),
    ]
)


def some(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


FILTERS = st.builds(
    Filter, some("torture", "life", "none"), st.lists(SOME_YEARS, max_size=2, unique=True).map(tuple),
    st.sampled_from(["", "", "alpha", "be", "alpha -gamma", "-beta", '"alpha beta"', "delta"]),
    some(*HOLDINGS), some(*HOLDINGS),
    some("red", "blue", "none"), some("minister", "expert"), some("Women", "Children"),
)  # fmt: skip


def inside(statement: Statement, asked: Filter) -> bool:
    """Whether one statement satisfies year, source and speaker together."""
    runs = derive.statement_years(statement, REGISTERS.sources)
    return (
        (not asked.sources or any(cite.source in asked.sources for cite in statement.cites))
        and (not asked.speakers or statement.by in asked.speakers)
        and (not asked.years or any((span.first or 0) <= last and first <= (span.last or 9999)
                                    for span in asked.years for first, last in runs))
    )  # fmt: skip


def matches(brief: Brief, asked: Filter) -> bool:
    """Whether a brief matches: the design's sentence, read on the brief itself."""
    held = derive.holdings(brief, REGISTERS.speakers)
    texts = [brief.title, *(one.text for one in (*brief.statements, *brief.left_open, *brief.differences))]
    words = {word for text in texts for word in text.split()}
    text = {
        "": True, "be": "beta" in words, "alpha -gamma": "alpha" in words and "gamma" not in words,
        "-beta": "beta" not in words, '"alpha beta"': "alpha beta" in texts,
    }.get(asked.text, asked.text in words)  # fmt: skip
    return (
        text
        and (not asked.themes or bool({brief.theme, *brief.also_in} & {*asked.themes}))
        and (not asked.persons or bool({*brief.persons} & {*asked.persons}))
        and {*asked.has} <= {*held} and not {*asked.without} & {*held}
        and any(inside(statement, asked) for statement in brief.statements)
    )  # fmt: skip


@settings(deadline=None, max_examples=80)
@given(CORPORA, FILTERS)
def test_every_answer_is_what_reading_every_brief_gives(corpus: list[Brief], asked: Filter) -> None:
    index = shelf(*corpus)
    corpus.sort(key=lambda brief: (brief.theme, brief.id))
    expected = [brief for brief in corpus if matches(brief, asked)]
    if len(asked.themes) == 1:
        expected.sort(key=lambda brief: brief.theme != asked.themes[0])
    assert [row.id for row in query.rows(index, asked)] == [brief.id for brief in expected]
    assert query.total(index, asked) == len(expected)
    assert [row.id for row in query.rows_at(index, query.numbers(index, asked))] == [brief.id for brief in expected]
    assert query.matching(index, asked, [brief.id for brief in corpus]) == {
        brief.id: frozenset(one.id for one in brief.statements if inside(one, asked)) for brief in corpus
    }
    index.close()


@settings(deadline=None, max_examples=80)
@given(CORPORA, FILTERS, st.sampled_from([0, 8]))
def test_every_count_is_what_choosing_the_value_would_give(corpus: list[Brief], asked: Filter, many: int) -> None:
    index = shelf(*corpus)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(query, "MANY", many)  # both ways of counting
        counted = query.facets(index, asked)

    def would_give(**chosen: Any) -> int:
        return sum(matches(brief, asked._replace(**chosen)) for brief in corpus)

    def counts(field: str, values: Iterable[Any]) -> dict[Any, int]:
        return {value: count for value in values if (count := would_give(**{field: (value,)}))}

    assert counted.all == would_give(themes=())
    assert counted.of("themes") == counts("themes", ["torture", "life"])
    assert counted.of("sources") == counts("sources", ["red", "blue", "green"])
    assert counted.of("speakers") == counts("speakers", ["minister", "expert"])
    assert counted.of("persons") == counts("persons", ["Women", "Children"])
    counted_under = {year for brief in corpus for year in derive.brief_years(brief, REGISTERS.sources)}
    years = {year: would_give(years=(Years(year, year),)) for year in counted_under}
    assert counted.of("years") == {f"{year:04}": count for year, count in years.items() if count}
    for field in ("has", "without"):
        added = {name: would_give(**{field: (*getattr(asked, field), name)}) for name in HOLDINGS}
        assert counted.of(field) == {name: count for name, count in added.items() if count}
    index.close()


@given(
    st.builds(
        Filter,
        *[st.lists(st.text(max_size=5), max_size=2).map(tuple)],
        years=st.just(()),
        text=st.text(max_size=9),
        sources=st.lists(st.text(max_size=9), max_size=2).map(tuple),
        persons=st.lists(st.text(max_size=9), max_size=2).map(tuple),
    )
)
@settings(deadline=None, max_examples=60)
def test_whatever_a_filter_holds_is_answered(asked: Filter) -> None:
    index = shelf(Brief("b", "torture", "Title", claims=(said("c"),)))
    assert query.total(index, asked) == len(query.rows(index, asked)) == len(query.numbers(index, asked))
    query.facets(index, asked)
    query.unknown_values(index, asked)
    sentence = query.explain_nothing(index, asked)
    assert sentence == clean_line(sentence)
    index.close()


def test_a_value_with_a_lone_surrogate_is_no_error(index: Index) -> None:
    asked = Filter(themes=("\ud800",), sources=("\udcff",), persons=("\x00",), text="\ud800 \x00 state")
    assert query.rows(index, asked) == ()
    assert "nothing in this corpus" in query.explain_nothing(index, asked)


def test_unknown_values_are_named_with_the_nearest(index: Index) -> None:
    asked = Filter(themes=("tortur",), sources=("rad", "red"), speakers=("zzzz",), persons=("women",))
    assert query.unknown_values(index, asked) == [
        ("theme", "tortur", "torture"), ("source", "rad", "red"), ("speaker", "zzzz", ""), ("person", "women", "Women"),
    ]  # fmt: skip


def test_names_are_taken_for_ids_in_any_case(index: Index) -> None:
    for typed, expected in (
        ("theme:TORTURE theme:Torture theme:nowhere", "theme:torture theme:nowhere"),
        ('theme:"torture and ill-treatment"', 'theme:"torture and ill-treatment"'),
        ("source:RED person:women", "source:red person:Women"),
        ("has:claim year:2024 words", "words year:2024 has:claim"),
        *((f'speaker:"{speaker.short.upper()}"', f"speaker:{speaker.id}") for speaker in REGISTERS.speakers.values()),
    ):
        assert query.by_id(index, parse(typed).filter).typed == expected, typed


def test_the_nearest_name_is_a_theme_or_a_brief(index: Index) -> None:
    assert query.nearest_name(index, "tortures") == "torture"
    assert query.nearest_name(index, "undatd") == "undated"
    assert query.nearest_name(index, "qqqqqq") == ""


def test_nothing_is_explained_by_the_part_that_could_go(index: Index) -> None:
    sentence = query.explain_nothing(index, parse("undated theme:torture").filter)
    assert sentence.startswith("nothing in this corpus, as of 2026-01, matches undated theme:torture; ")
    assert "without theme:torture there is 1" in sentence
    assert "without undated there are 2" in sentence


def test_nothing_is_explained_by_a_name_that_was_searched_as_a_word(index: Index) -> None:
    assert "try speaker:minister" in query.explain_nothing(index, parse("minister").filter)
    assert "try theme:life" in query.explain_nothing(index, parse("right life").filter)


def test_nothing_is_explained_by_a_name_that_is_not_there(index: Index) -> None:
    sentence = query.explain_nothing(index, parse("theme:tortur").filter)
    assert "theme:tortur names nothing here; did you mean theme:torture?" in sentence


def test_an_empty_corpus_is_said_to_be_empty() -> None:
    assert query.explain_nothing(shelf(), parse("words").filter) == "there is no brief in this corpus, as of 2026-01"
    assert query.explain_nothing(open_memory(), EVERYTHING) == "there is no brief in this corpus"


def test_numbers_take_four_bytes_each(index: Index) -> None:
    assert query.numbers(index, EVERYTHING).itemsize == 4
