"""The filter's answers: which statements and briefs match, and how many each further choice would give."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrdash import derive, period
from hrdash.derive import Marks, Said, target
from hrdash.filter import EVERYTHING, FACETS, UNDATED, Filter, Years, parse
from hrdash.index import hints, query, sets
from hrdash.index.index import Index
from hrdash.index.query import Count, select
from hrdash.model import (
    POSITIONS,
    PUT_SECTIONS,
    SECTION_KINDS,
    SECTIONS,
    Brief,
    Citation,
    Corpus,
    Difference,
    Figure,
    Indicator,
    LeftOpen,
    Position,
    Speaker,
    Statement,
    Theme,
)
from hrdash.text import clean_line
from tests.make import HEAVY, REGISTERS, Folder, Shelf, brief_text, examples, open_file, open_memory, theme_text

THEMES = (Theme("torture", "Torture", "Torture and ill-treatment"), Theme("life", "Right to life", "Life"))
CORPUS = Corpus("Ruritania", ("ZZZ",), "Made up.", "2026-01", "CC0-1.0")


def said(name: str, by: str = "minister", source: str = "red", period: str = "", **more: Any) -> Statement:
    given = {"text": f"Text of {name}.", **more}
    return Statement(id=name, by=(by,), cites=(Citation(source, "1"),), period=period, **given)


def shelf(*briefs: Brief) -> Index:
    return Shelf(briefs, THEMES).indexed()


def asked(typed: str) -> Filter:
    parsed = parse(typed)
    assert not parsed.faults, typed
    return parsed.filter


def ids(index: Index, typed: str) -> list[str]:
    return [row.id for row in select(index, asked(typed)).brief_rows()]


def keys(index: Index, typed: str) -> list[str]:
    return [f"{row.brief_id}/{row.key}" for row in select(index, asked(typed)).statement_rows()]


@pytest.fixture
def index() -> Index:
    return shelf(
        Brief("both", "torture", "Both", claims=(said("c", period="2019"),),
              concerns=(said("n", "expert", "blue", "2024"),)),
        Brief("one", "torture", "One", persons=("Women",), also_in=("life",),
              claims=(said("c", "expert", "blue", "2019", figures=(Figure("cases", 5, per="capita", period="2011"),)),)),
        Brief("undated", "life", "Undated", persons=("Women", "Children"),
              questions=(said("q", "witness", "red"),), left_open=(LeftOpen(("q",), "What of it?", ()),),
              responses=(said("r", answers=("q",)),)),
        Brief("repeated", "life", "Repeated", claims=(said("a", period="2023"), said("b", source="blue", same_as="a"),
              said("d", source="green", same_as="b")),
              differences=(Difference("fact", ("a", "b"), "Differs.", ()),)),
    )  # fmt: skip


def test_rows_come_in_corpus_order_page_by_page(index: Index) -> None:
    everything = select(index, EVERYTHING)
    assert [row.id for row in everything.brief_rows()] == ["undated", "repeated", "both", "one"]
    assert [row.id for row in everything.brief_rows(2, 1)] == ["repeated", "both"]
    assert everything.brief_rows(5, 9) == ()
    assert [row.key for row in everything.statement_rows()] == ["q", "r", "a", "b", "d", "c", "n", "c"]
    assert [row.key for row in everything.statement_rows(3, 4)] == ["d", "c", "n"]
    assert (everything.statements, everything.briefs) == (8, 4)


def test_a_row_says_what_a_list_shows(index: Index) -> None:
    (row,) = select(index, asked("theme:torture speaker:minister")).brief_rows()
    assert (row.id, row.theme, row.title, row.years_text) == ("both", "torture", "Both", "2019, 2024")
    assert row.marks == Marks("C", "!", "○")
    (found,) = select(index, asked("kind:question")).statement_rows()
    assert (found.brief_id, found.theme, found.heading, found.kind) == ("undated", "life", "Undated", "question")
    assert (found.key, found.answer, found.position, found.source, found.pinpoint) == ("q", "left-open", "", "red", "1")
    assert (found.said.by, found.said.text) == (("witness",), "Text of q.")


def test_rows_at_numbers_come_in_their_order_without_those_that_are_not_there(index: Index) -> None:
    numbers = select(index, EVERYTHING).brief_numbers()
    assert [row.id for row in query.rows_at(index, [numbers[3], numbers[0], 7, 1 << 40])] == ["one", "undated"]
    assert index.numbers(["one", "gone"]) == {"one": numbers[3]}


def test_statements_that_another_writes_anew_while_they_are_read_are_no_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Folder({"themes/torture.yaml": theme_text("torture", brief_text("one"))})
    path = str(tmp_path / "own" / "index.sqlite")
    folder.sync(other := open_file(path))
    index, changes = open_file(path), [theme_text("torture", brief_text("one", "Somebody was hurt at last."))]

    def integers(query: str, parameters: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        if "json FROM brief" in query and changes:
            folder.write("themes/torture.yaml", changes.pop())
            folder.sync(other)
        return Index.integers(index, query, parameters)

    numbers = select(index, EVERYTHING).statement_numbers()
    monkeypatch.setattr(index, "integers", integers)
    assert [row.said.text for row in query.statements_at(index, numbers)] == ["Somebody was hurt at last."]
    assert not changes
    assert not index.damaged


def test_a_themes_own_briefs_come_before_those_that_are_also_in_it(index: Index) -> None:
    assert ids(index, "theme:torture") == ["both", "one"]
    assert ids(index, "theme:life") == ["undated", "repeated", "one"]
    assert ids(index, "theme:life theme:torture") == ["undated", "repeated", "both", "one"]
    earlier = shelf(
        Brief("first", "life", "First", also_in=("torture",), claims=(said("c"),)),
        Brief("own", "torture", "Own", claims=(said("c"),)),
    )
    assert ids(earlier, "theme:torture") == ["own", "first"]
    assert [row.id for row in select(earlier, asked("theme:torture")).brief_rows(1, 1)] == ["first"]


def test_what_matches(index: Index) -> None:
    for typed, expected in [
        ("year:2019 speaker:expert", ["one/c"]),  # `both` has one statement of 2019 and another by the expert
        ("year:2023", ["repeated/a", "repeated/b", "repeated/d"]),  # the same as one of 2023
        ("year:undated", ["undated/q", "undated/r"]),
        ("year:undated year:..2019", ["undated/q", "undated/r", "both/c", "one/c"]),
        ("issued:2025", ["repeated/d"]),
        ("issued:2024 year:2019", ["one/c"]),
        ("year:2026..", []),
        ("indicator:cases", ["one/c"]),
        ("indicator:cases year:2011", ["one/c"]),  # a figure is asked by its own period
        ("indicator:cases year:2019", []),
        ("kind:question answer:left-open", ["undated/q"]),
        ("answer:none", ["both/n"]),
        ("kind:response", ["undated/r"]),
        ("has:response speaker:witness", ["undated/q"]),
        ("has:claim has:concern", ["both/c", "both/n"]),
        ("without:claim", ["undated/q", "undated/r"]),
        ("without:claim without:question", []),
        ("has:figure", ["one/c"]),
        ("difference:fact", ["repeated/a", "repeated/b"]),
        ("has:difference source:green", ["repeated/d"]),
        ("person:Women theme:torture", ["one/c"]),
        ("country:ZZZ kind:concern", ["both/n"]),
        ("text year:2019 -one", ["both/c"]),
        ("what", ["undated/q"]),  # the words of what is left open are those of what it is of
        ("differs", ["repeated/a", "repeated/b"]),
        ("repeated", []),  # of a title alone
        ("repeated text", ["repeated/a", "repeated/b", "repeated/d"]),
        ("theme:nowhere", []),
        ("source:nowhere theme:life", []),
    ]:
        found = select(index, asked(typed))
        assert keys(index, typed) == expected, typed
        assert found.statements == len(expected), typed
        assert found.briefs == len({key.split("/")[0] for key in expected}), typed


def test_words_are_found_in_one_range_after_the_other_as_in_all(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("text", "tex", "t", "text q", "-text", '"text of"', "tèxt", "*ext*", "of -q")
    before = {typed: keys(index, typed) for typed in words}
    monkeypatch.setattr(sets, "_BYTES", 1)
    laid = sets.layout(index)
    assert len(laid.ranges) == len(laid.starts) > 1
    index.once("words", dict).clear()
    assert {typed: keys(index, typed) for typed in words} == before
    assert sum(map(bool, before.values())) > 5


def test_a_word_to_leave_out_leaves_out_the_statement_of_one_list_and_the_brief_of_the_other() -> None:
    index = shelf(Brief("b", "torture", "B", claims=(said("one", text="Alpha."), said("two", text="Beta."))))
    assert keys(index, "-alpha") == ["b/two"]
    assert ids(index, "-alpha") == []
    found = select(index, asked("-alpha"))
    assert (found.statements, found.briefs) == (1, 0)
    assert found.facets().of("kinds") == {"claim": Count(1, 0)}


def test_beside_briefs_no_statement_is_counted_of_a_brief_that_is_left_out() -> None:
    index = shelf(
        Brief("a", "torture", "A", claims=(said("one", text="Alpha."), said("two", text="Gamma beta."))),
        Brief("b", "torture", "B", claims=(said("one", text="Beta."),)),
    )
    for typed, statements, inside in (
        ("-alpha", 2, 1),
        ("beta -alpha", 2, 1),
        ("-gamma", 2, 1),
        ("beta", 2, 2),
        ("-x", 3, 3),
    ):
        found = select(index, asked(typed))
        assert (found.statements, found.statements_in_briefs) == (statements, inside), typed
        assert len(found.statement_numbers()) == statements, typed
        assert len(found.statement_numbers(in_briefs=True)) == inside, typed
        assert sum(map(len, found.matching(found.brief_numbers()).values())) == inside, typed


def test_statements_inside_the_filter_are_told_from_those_outside(index: Index) -> None:
    numbers = select(index, EVERYTHING).brief_numbers()
    inside = select(index, asked("year:2019")).matching(numbers)
    assert inside == {"both": {"c"}, "one": {"c"}, "undated": set(), "repeated": set()}
    assert select(index, asked("theme:torture")).matching(numbers[2:3]) == {"both": {"c", "n"}}


def test_what_is_undated_is_counted_beside_a_year(index: Index) -> None:
    assert select(index, asked("year:2019")).undated() == Count(2, 1)
    assert select(index, asked("year:2019 kind:question")).undated() == Count(1, 1)
    assert select(index, asked("year:undated")).undated() == select(index, EVERYTHING).undated() == Count()


def test_facets_of_everything(index: Index) -> None:
    counted = select(index, EVERYTHING).facets()
    assert counted.all == Count(8, 4)
    assert counted.of("themes") == {"life": Count(6, 3), "torture": Count(3, 2)}
    assert counted.of("years") == {"2019": (2, 2), "2023": (3, 1), "2024": (1, 1), "undated": (2, 1)}
    assert counted.of("has")["figure"] == Count(1, 1)
    assert counted.of("without")["response"] == Count(6, 3)
    assert counted.of("answers") == {"left-open": (1, 1), "none": (1, 1)}
    assert counted.of("persons") == {"Women": (3, 2), "Children": (2, 1)}
    assert list(counted.of("kinds")) == ["claim", "concern", "question", "response"]


def test_each_of_very_many_values_of_a_facet_is_counted() -> None:
    for many in (200, 300, *([66_000] if HEAVY else [])):
        names = [f"s{number}" for number in range(many)]
        index = shelf(
            Brief("a", "life", "A", claims=(said("one")._replace(by=tuple(names)),)),
            Brief("b", "life", "B", claims=(said("one", names[-1]), said("two", names[-1]))),
            Brief("c", "life", "C", claims=(said("one", names[-1]), said("two", names[-2]), said("three", names[-1]))),
        )
        counted = select(index, EVERYTHING).facets(("speakers",)).of("speakers")
        assert [*counted] == sorted(names), many
        assert (counted[names[0]], counted[names[-2]], counted[names[-1]]) == ((1, 1), (2, 2), (5, 3)), many
        index.close()


def test_only_the_facets_that_are_wanted_are_counted(index: Index) -> None:
    counted = select(index, EVERYTHING).facets(("years",))
    assert counted == query.Facets(counts={"years": select(index, EVERYTHING).facets().of("years")})


# Against reading every statement

TEXTS = ("alpha", "alpha beta", "beta gamma", "gamma")
PERIODS = ["", "2023", "2024", "2022/2024", "2024/..", "../2023", "1955/1957", "2023-11/2024-02", "2024-01"]
FIGURES = st.builds(
    lambda **counted: Figure(**counted), indicator=st.sampled_from(["cases", "deaths"]), value=st.just(1), period=st.sampled_from(["", "2024", "2011"]),
    population=st.sampled_from(["", "delta"]),
)  # fmt: skip
BASICS = st.builds(
    lambda **said: Statement(**said), by=st.lists(st.sampled_from(["minister", "expert", "witness"]), min_size=1, max_size=2, unique=True).map(tuple),
    text=st.sampled_from(TEXTS), cites=st.sampled_from(["red", "blue", "green"]).map(lambda one: (Citation(one, "1"),)),
    period=st.sampled_from(PERIODS), figures=st.lists(FIGURES, max_size=1).map(tuple),
)  # fmt: skip
REPLIES = st.lists(
    st.builds(Position, st.sampled_from(POSITIONS), st.sampled_from(["red", "blue"]).map(lambda one: (Citation(one, "2"),))),
    max_size=2,
).map(tuple)  # fmt: skip


@st.composite
def corpora(draw: st.DrawFn) -> list[Brief]:
    """Briefs whose statements name each other, within a brief and from one to another."""
    drawn = st.lists(st.tuples(st.sampled_from(SECTIONS), BASICS), min_size=1, max_size=4)
    plan = draw(st.lists(drawn, max_size=5))
    there: dict[str, list[str]] = {section: [] for section in SECTIONS}
    for at, items in enumerate(plan):
        for place, (section, _) in enumerate(items):
            there[section].append(f"b{at}/s{place}")
    put = [key for section in PUT_SECTIONS for key in there[section]]
    every = [key for some in there.values() for key in some]

    def some(names: list[str], least: int = 0) -> tuple[str, ...]:
        return tuple(draw(st.lists(st.sampled_from(names), min_size=least, max_size=2, unique=True))) if names else ()

    found = []
    for at, items in enumerate(plan):
        sections: dict[str, tuple[Statement, ...]] = {}
        for place, (section, basics) in enumerate(items):
            more: dict[str, Any] = {"id": f"s{place}", "same_as": next(iter(some(there[section])), "")}
            if section == "responses":
                more["answers"] = some(put, 1)
            elif section == "questions":
                more["premise"] = some(there["concerns"])
            elif section == "assessments":
                more |= {"assesses": some(there["recommendations"], 1), "grade": draw(st.sampled_from(["", "A", "B"]))}
            elif section == "recommendations":
                more["positions"] = draw(REPLIES)
            if section in PUT_SECTIONS:
                more |= {
                    "put_to_state": draw(st.sampled_from([None, False])),
                    "due": draw(st.sampled_from(["", "2027"])),
                }
            sections[section] = (*sections.get(section, ()), basics._replace(**more))
        theme, other = draw(st.permutations(["torture", "life"]))
        found.append(Brief(
            f"b{at}", theme, draw(st.sampled_from(TEXTS)), also_in=(other,) if draw(st.booleans()) else (),
            persons=tuple(draw(st.sets(st.sampled_from(["Women", "Children"])))), **sections,
            left_open=tuple(LeftOpen((name,), "epsilon", ()) for name in some(put)[:1]),
            differences=tuple(Difference("fact", (name,), "zeta", ()) for name in some(every)[:1]),
        ))  # fmt: skip
    return found


SOME_YEARS = [Years(2023, 2023), Years(2024, 2024), Years(None, 2022), Years(2025, None), Years(1956, 1956), UNDATED]


MONTHS = sorted({month for text in filter(None, PERIODS) for month in period.parse(text).months})


def chosen(*values: Any) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.one_of(st.just(()), st.just(()), st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple))


FILTERS = st.builds(
    lambda **asked: Filter(**asked), themes=chosen("torture", "life", "none"), years=chosen(*SOME_YEARS), issued=chosen(*SOME_YEARS),
    text=st.sampled_from(["", "", "", "alpha", "be", "alpha -gamma", "-beta", '"alpha beta"', "delta", "epsilon alpha"]),
    kinds=chosen(*SECTION_KINDS.values()), answers=chosen(*derive.ANSWERS), positions=chosen(*POSITIONS),
    grades=chosen("A", "B"), has=chosen(*derive.HOLDINGS), without=chosen(*derive.HOLDINGS),
    sources=chosen("red", "blue", "none"), pinpoints=chosen("1", "2"), speakers=chosen("minister", "expert"),
    indicators=chosen("cases", "deaths", "none"), differences=chosen("fact", "number"), countries=chosen("ZZZ", "XXX"),
    persons=chosen("Women", "Children"), months=chosen(*MONTHS), position_sources=chosen("red", "blue", "none"),
)  # fmt: skip


def all_said(briefs: list[Brief]) -> list[Said]:
    """Every statement of a corpus as a reader of all of it knows it."""
    linked = derive.links(briefs)
    by_key = {(brief.id, one.id): one for brief in briefs for one in brief.statements}
    found = []
    for brief in sorted(briefs, key=lambda brief: (brief.theme, brief.id)):
        found += derive.all_said(brief, linked, by_key.get, CORPUS, REGISTERS)
    return found


def years_of(one: Said, indicators: Iterable[str]) -> list[Any]:
    """The spans of years by which a statement is asked: its own, or those of its figures of some indicators."""
    if not indicators:
        return [one.years]
    return [derive.years_of_figure(figure, one, REGISTERS.sources)
            for figure in one.statement.figures if figure.indicator in indicators]  # fmt: skip


def in_years(runs: Any, years: Iterable[Years]) -> bool:
    if not runs:
        return UNDATED in years
    return any(
        span != UNDATED and (span.first or 0) <= last and first <= (span.last or 9999)
        for span in years for first, last in runs
    )  # fmt: skip


def words_of(one: Said) -> tuple[list[str], str]:
    """A statement's own texts, and its brief's title."""
    notes = (*one.links.left_open, *one.links.differences)
    own = [one.statement.text, *(figure.population for figure in one.statement.figures), *(note.text for note in notes)]
    return own, one.brief.title


def has_words(one: Said, text: str) -> bool:
    own, title = words_of(one)
    terms = [term for term in ([text] if text.startswith('"') else text.split()) if not term.startswith("-")]

    def stands(term: str, texts: Iterable[str]) -> bool:
        if term.startswith('"'):
            return any(term.strip('"') in text for text in texts)
        return any(word.startswith(term) if term == "be" else word == term for text in texts for word in text.split())

    everywhere = all(stands(term, [*own, title]) for term in terms)
    return everywhere and (not terms or any(stands(term, own) for term in terms))


def left_out(one: Said, text: str) -> bool:
    own, title = words_of(one)
    gone = [term[1:] for term in text.split() if term.startswith("-")]
    return any(term in words.split() for term in gone for words in [*own, title])


def matches(one: Said, asked: Filter) -> bool:
    """Whether a statement matches, but for the words to leave out: the design's sentence, read on the statement."""
    statement, brief = one.statement, one.brief
    source = REGISTERS.sources[statement.cites[0].source]
    spans = years_of(one, asked.indicators)
    return (
        has_words(one, asked.text)
        and (not asked.themes or bool({brief.theme, *brief.also_in} & {*asked.themes}))
        and (not asked.persons or bool({*brief.persons} & {*asked.persons}))
        and (not asked.countries or "ZZZ" in asked.countries)
        and (not asked.indicators or bool(spans))
        and (not asked.years or any(in_years(runs, asked.years) for runs in spans))
        and (not asked.months or bool({*one.months} & {*asked.months}))
        and (not asked.issued or in_years([derive.years_issued(source)], asked.issued))
        and (not asked.kinds or one.kind in asked.kinds)
        and (not asked.answers or one.answer in asked.answers)
        and (not asked.positions or derive.position(statement, REGISTERS.sources) in asked.positions)
        and (not asked.grades or any(item.grade in asked.grades for item in one.links.assessments))
        and (not asked.sources or source.id in asked.sources)
        and (not asked.position_sources or bool(given_in(one) & {*asked.position_sources}))
        and (not asked.pinpoints or any(cite.pinpoint in asked.pinpoints for cite in statement.cites))
        and (not asked.speakers or bool({*statement.by} & {*asked.speakers}))
        and (not asked.differences or any(item.kind in asked.differences for item in one.links.differences))
        and {*asked.has} <= {*one.holdings} and not {*asked.without} & {*one.holdings}
    )  # fmt: skip


def given_in(one: Said) -> set[str]:
    return {cite.source for taken in one.statement.positions for cite in taken.cites}


def count(everything: list[Said], asked: Filter) -> Count:
    """How many statements match, and how many briefs have one of them, and none with a word to leave out."""
    gone = {one.brief.id for one in everything if left_out(one, asked.text)}
    found = [one for one in everything if matches(one, asked)]
    statements = [one for one in found if not left_out(one, asked.text)]
    return Count(len(statements), len({one.brief.id for one in found} - gone))


@settings(max_examples=examples(40))
@given(corpora(), FILTERS)
def test_every_answer_is_what_reading_every_statement_gives(corpus: list[Brief], asked: Filter) -> None:
    with closing(shelf(*corpus)) as index:
        answers_are_right(index, corpus, asked)


def answers_are_right(index: Index, corpus: list[Brief], asked: Filter) -> None:
    withheld = {held.id for held in index.withheld_list}
    everything = all_said([brief for brief in corpus if brief.id not in withheld])
    found = select(index, asked)
    gone = {one.brief.id for one in everything if left_out(one, asked.text)}
    if len(asked.themes) == 1:
        everything.sort(key=lambda one: one.brief.theme != asked.themes[0])
    inside = [one for one in everything if matches(one, asked)]
    statements = [f"{one.brief.id}/{one.statement.id}" for one in inside if not left_out(one, asked.text)]
    briefs = list(dict.fromkeys(one.brief.id for one in inside if one.brief.id not in gone))
    rows = list(found.statement_rows())
    assert [f"{row.brief_id}/{row.key}" for row in rows] == statements
    assert [row.id for row in found.brief_rows()] == briefs
    assert (found.statements, found.briefs) == (len(statements), len(briefs))
    assert [row.key for row in found.statement_rows(2, 1)] == [row.key for row in rows[1:3]]
    assert [row.id for row in query.rows_at(index, found.brief_numbers())] == briefs
    answers = {(row.brief_id, row.key): (row.kind, row.answer) for row in rows}
    for one in inside:
        if (one.brief.id, one.statement.id) in answers:
            assert answers[one.brief.id, one.statement.id] == (one.kind, one.answer)
    everything_in = select(index, EVERYTHING).brief_numbers()
    became = {brief: tuple(those.items()) for brief, those in index.answers(everything_in).items()}
    assert became == {
        name: tuple((one.statement.id, one.answer) for one in everything if one.brief.id == name) for name in became
    }
    matching = found.matching(everything_in)
    assert {f"{brief}/{key}" for brief, keys in matching.items() for key in keys} == {*statements}
    without_year = count(everything, asked._replace(years=(UNDATED,)))
    assert found.undated() == (without_year if asked.years and UNDATED not in asked.years else Count())


@settings(max_examples=examples(40))
@given(corpora(), FILTERS)
def test_every_count_is_what_choosing_the_value_would_give(corpus: list[Brief], asked: Filter) -> None:
    with closing(shelf(*corpus)) as index:
        counts_are_right(index, corpus, asked)


def counts_are_right(index: Index, corpus: list[Brief], asked: Filter) -> None:
    withheld = {held.id for held in index.withheld_list}
    everything = all_said([brief for brief in corpus if brief.id not in withheld])
    counted = select(index, asked).facets()
    assert counted.all == count(everything, asked._replace(themes=()))
    years = ["undated", *(f"{year:04}" for year in (*range(1955, 1958), 2011, *range(2022, 2027)))]
    values: dict[str, list[str]] = {
        "themes": ["life", "torture"], "years": years, "months": MONTHS, "issued": years, "grades": ["A", "B"], "bodies": [],
        "cycles": [], "sources": ["blue", "green", "red"], "position_sources": ["blue", "red"], "speakers": ["expert", "minister", "witness"],
        "indicators": ["cases", "deaths"], "countries": ["ZZZ"], "persons": ["Children", "Women"],
    }  # fmt: skip
    for facet in (facet for facet in FACETS if facet.counted):
        of = {}
        for name in [*(facet.choices or values[facet.field])]:
            value = facet.read(name)
            kept = () if facet.match == "any" else asked.values(facet)
            found = count(everything, asked._replace(**{facet.field: (*kept, value)}))
            if any(found):
                of[name] = found
        assert counted.of(facet.field) == of, facet.field


def test_values_of_which_there_may_be_hundreds_are_counted_without_reading_each() -> None:
    indicators = {f"n{at}": Indicator(f"n{at}", f"N{at}", "cases", "count", "flow") for at in range(120)}
    corpus = [
        Brief(f"b{at}", "life", claims=(said("one", period=f"{2000 + at // 12}-{1 + at % 12:02}",
                                             figures=(Figure(f"n{at}", 1), Figure("n0", 2))),))
        for at in range(120)
    ]  # fmt: skip
    with closing(Shelf(corpus, registers=REGISTERS._replace(indicators=indicators)).indexed()) as index:
        for field in ("months", "indicators"):
            select(index, asked("text")).facets([field])
            statements: list[str] = []
            index._db.set_trace_callback(statements.append)
            counted = select(index, asked("year:2003")).facets([field]).of(field)
            index._db.set_trace_callback(None)
            assert sum(one.statements for one in counted.values()) == (12 if field == "months" else 24)
            assert len(statements) < 60, field


def test_a_first_page_is_found_in_as_much_as_has_enough_however_long_briefs_and_files_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(query, "_FIRST_BYTES", 64)
    for many, size, themes in ((15, 200, 1), (150, 2, 150)):
        long = [
            Brief(f"b{at:03}", f"life-{at % themes:03}", claims=tuple(said(f"s{place}") for place in range(size)))
            for at in range(many)
        ]
        with closing(Shelf(long).indexed()) as index:
            statements: list[str] = []
            index._db.set_trace_callback(statements.append)
            assert [row.id for row in select(index, asked("text")).brief_rows(6)] == [brief.id for brief in long[:6]]
            assert sum("FROM words" in one for one in statements) == 1
            statements.clear()
            assert len(select(index, asked("of")).brief_rows(many)) == many
            assert sum("FROM words" in one for one in statements) == 1, "all are looked at once"


def test_a_file_of_any_length_is_answered_as_a_short_one_and_what_is_rare_in_it_takes_little() -> None:
    long = [
        Brief(f"b{at:03}", "life", TEXTS[at % 4], also_in=("torture",) * (at % 7 == 0), persons=("Women",) * (at % 3 == 0),
              claims=tuple(said(f"s{place}", ("minister", "expert")[place % 2], ("red", "blue")[at % 2], PERIODS[at % 9],
                                text=TEXTS[(at + place) % 4])
                           for place in range(600 if at == 100 else 1 + at % 4)),
              concerns=(said(f"rare-{at}", "witness")._replace(cites=(Citation("green", str(1000 + at)),)),))
        for at in range(300)
    ]  # fmt: skip
    corpus = [*long, Brief("other", "torture", "Other", claims=(said("one"),))]
    with closing(shelf(*corpus)) as index:
        for typed in ("", "alpha", "beta -gamma", "theme:torture year:2023", "speaker:witness", "pinpoint:1299 kind:concern",
                      "person:Women without:figure alpha"):  # fmt: skip
            answers_are_right(index, corpus, asked(typed))
            rows = [row.id for row in select(index, asked(typed)).brief_rows()]
            assert [row.id for row in select(index, asked(typed)).brief_rows(20, 3)] == rows[3:23], typed
        counts_are_right(index, corpus, asked("speaker:expert alpha"))
        ((rare, size),) = index.run(
            "SELECT count(*), sum(length(bits)) FROM value JOIN bits ON value.number = value WHERE facet = 'pinpoint' AND id LIKE '1___'"
        )
        assert rare == 300
        assert size < 64 * rare


@settings(max_examples=examples(40))
@given(corpora())
def test_what_is_elsewhere_is_what_names_a_statement_or_is_named(corpus: list[Brief]) -> None:
    index = shelf(*corpus)
    shown = [brief for brief in corpus if brief.id not in {held.id for held in index.withheld_list}]
    linking = {"responses": "answers", "assessments": "assesses", "questions": "premise", "left_open": "of"}
    for brief in shown:
        expected: dict[tuple[str, str], set[Any]] = {}
        for other in shown:
            for part, key in linking.items():
                for item in getattr(other, part):
                    for named in {target(name, other.id) for name in getattr(item, key)}:
                        if named[0] == brief.id != other.id:
                            expected.setdefault(named, set()).add(("" if part == "left_open" else other.id, item))
                        elif other.id == brief.id != named[0]:
                            there = {(one.id, two.id): two for one in shown for two in one.statements}
                            if named in there:
                                expected.setdefault(named, set()).add((named[0], there[named]))
        there = index.elsewhere([brief])
        found = {key: {(one.brief, one.said._replace(place=brief.place)) for one in those}
                 for key, those in there.said.items()}  # fmt: skip
        for key, notes in there.left_open.items():
            found.setdefault(key, set()).update(("", note._replace(place=brief.place)) for note in notes)
        assert found == {key: {(name, item._replace(place=brief.place)) for name, item in items}
                         for key, items in expected.items()}  # fmt: skip
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
@settings(max_examples=examples(40))
def test_whatever_a_filter_holds_is_answered(asked: Filter) -> None:
    index = shelf(Brief("b", "torture", "Title", claims=(said("c"),)))
    found = select(index, asked)
    assert found.briefs == len(found.brief_rows()) == len(found.brief_numbers())
    found.facets()
    hints.unknown_values(index, asked)
    sentence = hints.explain_nothing(index, asked)
    assert sentence == clean_line(sentence)
    index.close()


def test_a_value_with_a_lone_surrogate_is_no_error(index: Index) -> None:
    asked = Filter(themes=("\ud800",), sources=("\udcff",), persons=("\x00",), text="\ud800 \x00 state")
    assert select(index, asked).brief_rows() == ()
    assert "nothing in this corpus" in hints.explain_nothing(index, asked)


def test_unknown_values_are_named_with_the_nearest(index: Index) -> None:
    asked = Filter(themes=("tortur",), sources=("rad", "red"), speakers=("zzzz",), persons=("women",))
    assert hints.unknown_values(index, asked) == [
        ("theme", "tortur", "torture"), ("source", "rad", "red"), ("speaker", "zzzz", ""), ("person", "women", "Women"),
    ]  # fmt: skip


def test_names_are_taken_for_ids_in_any_case(index: Index) -> None:
    for typed, expected in (
        ("theme:TORTURE theme:Torture theme:nowhere", "theme:torture theme:nowhere"),
        ('theme:"torture and ill-treatment"', 'theme:"torture and ill-treatment"'),
        ("source:RED person:women indicator:Cases country:zzz", "source:red indicator:cases country:ZZZ person:Women"),
        ("has:claim year:2024 words", "words year:2024 has:claim"),
        ("theme:“torture” person:Wömen country:ＺＺＺ", "theme:torture country:ZZZ person:Women"),
        *((f'speaker:"{speaker.short.upper()}"', f"speaker:{speaker.id}") for speaker in REGISTERS.speakers.values()),
    ):
        assert hints.by_id(index, parse(typed).filter).typed == expected, typed


def test_a_source_is_known_by_its_short_title_and_a_name_that_several_share_stands_for_all() -> None:
    speakers = {name: Speaker(name, name, short, "ngo") for name, short in (("a", "Board"), ("b", "board"), ("c", "A"))}
    sources = {"red": REGISTERS.sources["red"]._replace(title_short="REP 24"),
               "blue": REGISTERS.sources["blue"]._replace(title_short="", number="A/1")}  # fmt: skip
    registers = REGISTERS._replace(speakers=speakers, sources=sources)
    with closing(Shelf([Brief("b", "torture", "B")], THEMES, registers).indexed()) as index:
        for typed, expected in (
            ("speaker:Board", "speaker:a speaker:b"), ("speaker:a", "speaker:a"), ("speaker:A", "speaker:a speaker:c"),
            ("speaker:BOARD speaker:c", "speaker:a speaker:b speaker:c"), ("source:“rep 24”", "source:red"), ("position-source:a/1",
            "position-source:blue"), ("source:nowhere", "source:nowhere"),
        ):  # fmt: skip
            assert hints.by_id(index, parse(typed).filter).typed == expected, typed


def test_the_nearest_name_is_a_theme_or_a_brief(index: Index) -> None:
    assert hints.nearest_name(index, "tortures") == "torture"
    assert hints.nearest_name(index, "undatd") == "undated"
    assert hints.nearest_name(index, "qqqqqq") == ""


def test_nothing_is_explained_by_what_is_there_without_a_part_or_elsewhere(index: Index) -> None:
    for typed, parts in [
        ("differs theme:torture", ["without theme:torture there are 2 statements", "without differs there are 3 stat"]),
        ("women", ["try person:Women (2 briefs)"]),
        ("ill-treatment", ["try theme:torture (2 briefs)"]),
        ("minister", ["try speaker:minister (3 briefs)"]),
        ("right life", ["try theme:life (3 briefs)"]),
        ("capita", ["try indicator:cases"]),
        ("repeated", ["nothing in this corpus, as of 2026-01, matches repeated"]),
        ("year:2025", ["try issued:2025 in its place (1 statement)", "2 statements undated"]),
        ("theme:tortur", ["theme:tortur names nothing here; did you mean theme:torture?"]),
    ]:
        sentence = hints.explain_nothing(index, asked(typed))
        assert sentence.startswith(f"nothing in this corpus, as of 2026-01, matches {typed}"), sentence
        for part in parts:
            assert part in sentence, sentence


def test_words_that_only_a_briefs_statements_have_together_are_offered() -> None:
    index = shelf(Brief("b", "torture", "B", claims=(said("one", text="Alpha."), said("two", text="Beta."))))
    sentence = hints.explain_nothing(index, asked("alpha beta"))
    assert "1 brief has these words in different statements: b" in sentence


def test_an_empty_corpus_is_said_to_be_empty() -> None:
    assert hints.explain_nothing(shelf(), parse("words").filter) == "there is no brief in this corpus, as of 2026-01"
    assert hints.explain_nothing(open_memory(), EVERYTHING) == "there is no brief in this corpus, as of an unknown date"


def test_what_is_held_is_counted_where_it_is_listed() -> None:
    index, good = open_memory(), brief_text("good", "A full moon.")
    folder = Folder({"themes/life.yaml": theme_text("life", good, brief_text("bad", "A new moon."))})
    folder.sync(index)
    folder.write("themes/life.yaml", theme_text("life", good, brief_text("bad", "A new moon.", "colour: red,")))
    folder.sync(index)
    for listed in (1, 2):
        found = select(index, asked("moon"))
        assert (found.statements, len([*found.statement_rows()]), found.briefs) == (listed,) * 3
        index.show_held()


def test_numbers_are_those_of_a_list_however_they_are_asked_for(index: Index) -> None:
    for typed in ("theme:life", "", "theme:nowhere"):
        numbers = select(index, asked(typed)).brief_numbers()
        each = [*numbers]
        assert [row.id for row in query.rows_at(index, each)] == ids(index, typed)
        assert (len(numbers), bool(numbers)) == (len(each), bool(each))
        for at in (
            slice(1),
            slice(1, 3),
            slice(-2, None),
            slice(9, 12),
            slice(3, 1),
            slice(None, None, -1),
            slice(None),
        ):
            assert select(index, asked(typed)).brief_numbers()[at] == numbers[at] == each[at], (typed, at)
        for at in (*range(-len(each), len(each)),):
            assert numbers[at] == each[at]
            assert numbers.index(each[at]) == each.index(each[at])
        with pytest.raises(IndexError):
            numbers[len(each)]
        with pytest.raises(ValueError, match="-1"):
            numbers.index(-1)
