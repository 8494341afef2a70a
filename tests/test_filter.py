"""The one filter: read from typed words, written back, and never in error."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdash.characters import fold
from hrdash.commands import options
from hrdash.derive import ANSWERS, HOLDINGS
from hrdash.filter import (
    BY_FIELD,
    BY_WORD,
    EVERYTHING,
    FACETS,
    OF_STATEMENTS,
    UNDATED,
    Facet,
    Filter,
    Years,
    parse,
    parse_years,
    written,
)
from hrdash.model import DIFFERENCE_KINDS, KINDS, POSITIONS
from hrdash.terms import Term, as_typed, terms

UNANSWERED = "what was put to the State and has no response in this corpus is found by answer:none"


def test_a_typed_query_reads_into_every_facet() -> None:
    parsed = parse('visits year:2019..2024 without:response source:hrc-dialogue-2025 person:"Women & girls" -report')
    assert parsed.filter == Filter(
        years=(Years(2019, 2024),), text="visits -report", without=("response",), sources=("hrc-dialogue-2025",),
        persons=("Women & girls",),
    )  # fmt: skip
    assert parsed.hints == parsed.faults == ()


def test_years_are_typed_in_four_ways() -> None:
    for typed, span in [
        ("2024", (2024, 2024)),
        ("2019..2024", (2019, 2024)),
        ("2019..", (2019, None)),
        ("..2020", (None, 2020)),
    ]:
        assert parse_years(typed) == span, typed
        assert parse_years(typed).text == typed, typed


def test_a_span_of_one_year_is_that_year_and_one_that_ends_before_it_starts_is_turned() -> None:
    assert parse_years("2024..2024") == Years(2024, 2024)
    with pytest.raises(ValueError, match=r"^2024\.\.2019 ends before it starts; write 2019\.\.2024$"):
        parse_years("2024..2019")


def test_other_years_are_told_in_a_sentence() -> None:
    for typed in ["", "..", "4", "20192024", "2019-24", "2024-2019", "2024..2019", "2019...2020", "x"]:
        with pytest.raises(ValueError, match="write"):
            parse_years(typed)


def test_an_unknown_word_before_a_colon_is_searched_as_text_with_a_hint() -> None:
    parsed = parse("foo:bar visits")
    assert parsed.filter.text == "foo:bar visits"
    assert parsed.hints
    assert parsed.hints[0].startswith("foo: is not a filter")


def test_a_known_word_without_a_value_it_can_have_is_left_out_and_named() -> None:
    for typed in ["year:", "year:202", "issued:x", "has:reply", "answer:answered", "kind:claims", "visits theme:"]:
        parsed = parse(typed)
        assert parsed.faults, typed
        assert parsed.filter == Filter(text="visits" if "visits" in typed else ""), typed


def test_every_facet_has_a_field_and_a_word_of_its_own_and_every_field_but_the_words_a_facet() -> None:
    assert {facet.field for facet in FACETS} == {*Filter._fields} - {"text"}
    assert len(BY_FIELD) == len(BY_WORD) == len(FACETS)
    for facet in FACETS:
        assert facet.per in ("brief", "statement"), facet.word
        assert facet.match in ("any", "all", "none"), facet.word
        assert not facet.like or facet.like in BY_WORD, facet.word


def test_every_facet_is_typed_chosen_and_taken_back_in_one_way() -> None:
    for facet in FACETS:
        typed = ["2022-01"] if facet.word == "month" else facet.choices or ["value"]
        for text in ["2024", "2019..2024", "2019..", "..2020", "undated"] if facet.spans else typed:
            chosen = parse(f"{facet.word}:{text} {facet.word.upper()}:{text}").filter
            value = facet.read(text)
            assert chosen == EVERYTHING.toggled(facet, value), (facet.word, text)
            assert chosen.values(facet) == (value,), (facet.word, text)
            assert chosen.typed == f"{facet.word}:{text}", (facet.word, text)
            assert written(value) == text, (facet.word, text)
            assert hash(chosen) == hash(parse(chosen.typed).filter), (facet.word, text)
            assert chosen.picks_statements == (facet.per == "statement"), (facet.word, text)
            assert chosen.toggled(facet, value) == EVERYTHING, (facet.word, text)
        assert f" {facet.word}:" in parse("foo:bar").hints[0], facet.word


def test_every_facet_is_an_option_of_the_same_word() -> None:
    by_name = {option.name: option for option in options.FILTERS}
    assert [*by_name] == [*BY_WORD, "filter", "text"]
    for facet in FACETS:
        text = "undated" if facet.spans else [*facet.choices, "A value: of some words"][0]
        for typed in ([f"--{facet.word}", text], [f"--{facet.word}={text}"]):
            read = options.read([*typed, *typed], options.FILTERS)
            assert getattr(read, facet.word.replace("-", "_")) == [text, text], facet.word
            assert by_name[facet.word].help == facet.help, facet.word


def test_what_a_facet_takes_is_what_the_model_knows() -> None:
    for word, choices in [
        ("kind", KINDS), ("answer", ANSWERS), ("position", POSITIONS), ("difference", DIFFERENCE_KINDS),
        ("has", (*KINDS, "figure", "difference", "left-open")), ("without", HOLDINGS),
    ]:  # fmt: skip
        assert BY_WORD[word].choices == choices, word
        assert all(choice in BY_WORD[word].help for choice in choices) or word == "without", word
    assert {facet.word for facet in FACETS if facet.per == "brief"} == {"theme", "has", "without", "country", "person"}
    assert {facet.word for facet in FACETS if facet.spans} == {"year", "issued"}
    assert "unanswered" not in {*BY_WORD, *HOLDINGS, *ANSWERS}


NAMES = st.one_of(
    st.from_regex(r"[a-z][a-z0-9-]{0,9}", fullmatch=True),
    st.sampled_from(["Women & girls", "Judges, lawyers and prosecutors", 'He "said"', "year:2024", "-x", " x", "a  b"]),
    st.text(min_size=1, max_size=9),
)
YEARS = st.sampled_from([UNDATED, *map(parse_years, ("2024", "2019..", "..2020", "1999..2001", "0000", "0505..0506"))])


def values_of(facet: Facet) -> st.SearchStrategy[tuple[Any, ...]]:
    """Some values that may be chosen in a facet."""
    choices = ("2022-01", "1999-12") if facet.word == "month" else facet.choices
    one: st.SearchStrategy[Any] = YEARS if facet.spans else st.sampled_from(choices) if choices else NAMES
    if facet.word == "pinpoint":
        one = one.map(facet.read)  # as one that was typed stands in a filter
    return st.lists(one, max_size=2, unique=True).map(tuple)


TEXTS = st.sampled_from(
    ["", "visits", '"a phrase" -word', "e-mail c++", '"', 'a "', '-"open one', '"" x', "unansweredly"]
)
FILTERS = st.builds(
    lambda text, **chosen: Filter(text=text, **chosen), TEXTS, **{facet.field: values_of(facet) for facet in FACETS}
)


@given(FILTERS)
def test_a_filter_written_as_typed_words_reads_back_the_same(filter_: Filter) -> None:
    assert parse(filter_.typed) == (filter_, (), ())
    assert parse(parse(filter_.typed).filter.typed).filter.typed == filter_.typed
    assert filter_.picks_statements == (bool(filter_.text) or any(map(filter_.values, OF_STATEMENTS)))


@given(FILTERS)
def test_a_filter_narrowed_by_itself_or_by_nothing_chooses_the_same(filter_: Filter) -> None:
    assert filter_.narrowed(EVERYTHING) == EVERYTHING.narrowed(filter_) == filter_
    assert filter_.narrowed(filter_)._replace(text="") == filter_._replace(text="")


def test_two_filters_narrow_each_other_or_say_in_what_they_cannot() -> None:
    for one, two, both in (
        ("theme:torture", "answer:none", "theme:torture answer:none"),
        ("kind:concern kind:question", "kind:question", "kind:question"),
        ("kind:question", "kind:concern kind:question", "kind:question"),
        ("has:claim", "has:concern", "has:claim has:concern"),
        ("without:claim", "without:claim", "without:claim"),
        ("visits", "prison", "visits prison"),
        ('"use of for', "visits", 'visits "use of for'),
        ('"use of', '"for all', '"use of" "for all'),
    ):
        assert parse(one).filter.narrowed(parse(two).filter) == parse(both).filter, (one, two)
    for one, two in (("answer:none", "answer:pending"), ("year:2024", "year:2023..2025")):
        with pytest.raises(ValueError, match="keep one"):
            parse(one).filter.narrowed(parse(two).filter)


def test_quotes_that_are_not_closed_do_not_take_in_the_filters_when_written_back() -> None:
    parsed = parse('theme:torture "use of fo').filter
    assert parsed == Filter(themes=("torture",), text='"use of fo')
    assert parse(parsed.typed).filter == parsed


def test_words_are_written_back_in_front_of_the_filters() -> None:
    assert parse('theme:torture "use of" force').filter.typed == '"use of" force theme:torture'


def test_a_label_with_quotation_marks_cannot_add_a_filter_when_written_back() -> None:
    for label in ['He said "no"', 'a"b', '"', '" year:1900 "', 'x" y', '""']:
        parsed = Filter(persons=(label,), text="visits")
        assert parse(parsed.typed) == (parsed, (), ()), label


def test_years_before_1000_are_written_back_with_four_digits() -> None:
    for years in [Years(505, 2019), Years(0, None), Years(None, 0), Years(44, 44), Years(0, 0)]:
        assert parse_years(years.text) == years, years


@given(
    st.lists(
        st.sampled_from(
            [*' ":-\n', "theme", "year:", "a", "0505", "has:claim", "unanswered", "answer:none", "Құқық", "x\u2028y"]
        )
    ).map("".join)
)
def test_what_was_typed_is_written_back_as_the_same_filter(typed: str) -> None:
    parsed = parse(typed).filter
    assert parse(parsed.typed).filter == parsed


@given(st.text())
def test_any_typed_text_is_read(typed: str) -> None:
    parsed = parse(typed)
    assert all(isinstance(term, Term) for term in terms(parsed.filter.text).terms)
    assert parse(" ".join(as_typed(parsed.filter.text))).filter.text == parsed.filter.text


def test_what_holds_nothing_to_look_for_is_said() -> None:
    for typed in ["*", "+", "-", '"', '""', "😀", "- -"]:
        found = terms(typed)
        assert found.terms == (), typed
        assert found.hints, typed


def test_words_phrases_and_words_to_leave_out() -> None:
    for typed, term in [
        ("AND", Term(("and",), typing=True)),
        ("c++", Term(("c",))),
        ("e-mail", Term(("e", "mail"), phrase=True, typing=True)),
        ("-word", Term(("word",), negated=True)),
        ('"use of force"', Term(("use", "of", "force"), phrase=True)),
        ('"use of for', Term(("use", "of", "for"), phrase=True, typing=True)),
        ("Құқық", Term(("кукык",), typing=True)),
        ("人権", Term(("人権",), substring=True)),
    ]:
        assert terms(typed).terms == (term,), typed


def test_scripts_without_spaces_are_looked_for_anywhere() -> None:
    for word in ["สิทธิ", "ສິດ", "အခွင့်", "ក្រុម", "⼈権", "カナ", "ひらがな", "㋐", "㐀", "鿿", "ꥠ", "한국", "豈", "𠀀"]:
        (term,) = terms(word).terms
        assert term == Term((fold(word),), substring=True), word


def test_scripts_with_spaces_are_looked_for_by_word() -> None:
    for word in ["слово", "حقوق", "λόγος", "შრომა", "हक", "ሰብአዊ", "ⴰⵣⵓⵍ", "ꦗꦮ", "ﬁne", "ßa", "ༀ", "ሀ", "ꀀ"]:
        assert not any(term.substring for term in terms(word).terms), word


def test_years_read_as_people_say_them() -> None:
    for years, reading in [
        (Years(2024, 2024), "2024"),
        (Years(2019, 2024), "2019–2024"),
        (Years(2019, None), "since 2019"),
        (Years(None, 2020), "until 2020"),
        (UNDATED, "undated"),
    ]:
        assert years.reading == reading, years


def test_undated_is_a_year_like_any_other() -> None:
    assert parse("year:Undated year:2024").filter.years == (UNDATED, Years(2024, 2024))
    assert UNDATED.text == "undated"
    for span, held in [
        (UNDATED, ["undated"]),
        (Years(2019, 2020), ["2019", "2020"]),
        (Years(2020, None), ["2020", "2021"]),
        (Years(None, 2019), ["0000", "2018", "2019"]),
    ]:
        assert [year for year in ("undated", "0000", "2018", "2019", "2020", "2021") if span.holds(year)] == held, span


def test_a_year_of_two_digits_is_the_one_nearest_to_now() -> None:
    for typed, years in [
        ("24", Years(2024, 2024)), ("19..24", Years(2019, 2024)), ("98..", Years(1998, None)), ("..05", Years(None, 2005)),
        ("1966..68", Years(1966, 2068)), ("69", Years(1969, 1969)),
    ]:  # fmt: skip
        assert parse(f"year:{typed}").filter.years == (years,), typed


def test_what_cannot_be_a_filter_is_told_in_these_words() -> None:
    for typed, fault in [
        ("year:", "year: has no value yet"),
        ("has:", "has: has no value yet"),
        ('theme:""', "theme: has no value yet"),
        ("year:x", "year: 'x' is not a year; write 2024, 2019..2024, 2019.., ..2020 or undated"),
        ("year:..", "year: '..' is not a year; write 2024, 2019..2024, 2019.., ..2020 or undated"),
        ("issued:256", "issued: '256' is not a year; write 2024, 2019..2024, 2019.., ..2020 or undated"),
        ("answer:answered", f"answer: takes {', '.join(ANSWERS)}, and not 'answered'; did you mean 'assessed'?"),
        ("kind:claims", f"kind: takes {', '.join(KINDS)}, and not 'claims'; did you mean 'claim'?"),
        ("HAS:replies", f"has: takes {', '.join(HOLDINGS)}, and not 'replies'"),
        ("without:xyz", f"without: takes {', '.join(HOLDINGS)}, and not 'xyz'"),
    ]:
        parsed = parse(f"visits {typed}" if not typed.endswith('"') else f"{typed} visits")
        assert parsed == (Filter(text="visits"), (), (fault,)), typed


def test_unanswered_is_refused_with_the_way_to_ask_for_it() -> None:
    for typed, text in [
        ("unanswered", "unanswered"), ("Unanswered visits", "Unanswered visits"), ("-unanswered", "-unanswered"),
        ('"unanswered"', '"unanswered"'), ("unanswered:", "unanswered:"), ("UNANSWERED:yes", "UNANSWERED:yes"),
    ]:  # fmt: skip
        assert parse(typed) == (Filter(text=text), (UNANSWERED,), ()), typed
    for word, choices in [("has", HOLDINGS), ("without", HOLDINGS), ("answer", ANSWERS)]:
        fault = f"{word}: takes {', '.join(choices)}, and not 'unanswered'"
        assert parse(f"{word}:unanswered") == (EVERYTHING, (UNANSWERED,), (fault,)), word
    for typed in ("answer:none", "unansweredly", '"unanswered question"'):
        assert parse(typed).hints == (), typed
    assert parse("answer:none").filter == Filter(answers=("none",))


def test_words_of_a_list_are_taken_in_any_case() -> None:
    typed = "Has:Claim WITHOUT:Left-Open Kind:QUESTION answer:Not-Put position:PARTLY-supported"
    assert parse(typed).filter == Filter(
        has=("claim",), without=("left-open",), kinds=("question",), answers=("not-put",),
        positions=("partly-supported",),
    )  # fmt: skip


def test_only_the_last_word_may_be_unfinished() -> None:
    assert [term.typing for term in terms("visits prison").terms] == [False, True]


def test_a_word_with_a_sign_behind_it_is_finished() -> None:
    for typed in ("c++", "visits,", "visits, visits.", '"use of force,', "état»"):
        assert not terms(typed).terms[-1].typing, typed
    for typed in ("visi", "visits, pri", "e-mai", '"use of fo', "cafe\u0301"):
        assert terms(typed).terms[-1].typing, typed


def test_a_filter_with_a_minus_is_said_to_be_no_way_to_leave_out() -> None:
    parsed = parse("visits -year:2024")
    assert parsed.filter == Filter(text="visits -year:2024")
    assert parsed.hints == (
        "a filter cannot be left out with -, so -year: is searched as text; "
        "without:response leaves out briefs that have a response",
    )
    assert parse("-foo:bar").hints[0].startswith("foo: is not a filter")


def test_words_to_leave_out_alone_are_explained() -> None:
    assert terms("-torture").hints == ("only words to leave out were given, so all else that is asked for is shown",)
    assert terms("+").hints == ("'+' holds no letter or digit to look for",)


def test_a_lone_quotation_mark_looks_for_nothing_and_is_kept() -> None:
    for typed in ('"', 'theme:torture "', '- "', '-"', '""'):
        parsed = parse(typed)
        assert terms(parsed.filter.text).terms == (), typed
        assert "holds no letter or digit to look for" in " ".join(terms(parsed.filter.text).hints), typed
        assert parse(parsed.filter.typed).filter == parsed.filter, typed


def test_a_pinpoint_is_read_in_a_filter_as_it_is_in_a_corpus() -> None:
    for typed, meant in (
        ("¶4", "4"),
        ("4.", "4"),
        ("para. 4", "4"),
        ("§ 4", "4"),
        ("24(a)", "24 (a)"),
        ("12–13", "12-13"),
    ):
        assert parse(f'pinpoint:"{typed}"').filter.pinpoints == (meant,), typed
