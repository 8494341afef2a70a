"""Pinpoints: what is taken, how it is written, what is refused in which words, their order, and what holds what."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdash.pinpoint import LABELS, _parsed, begins, covers, parse

WRITTEN = {
    "7": "7", "12-13": "12-13", "24 (a)": "24 (a)", "24(a)": "24 (a)", "24 (a)–(c)": "24 (a)-(c)",
    "9 (e) (ii)": "9 (e) (ii)", "140.254": "140.254", "140.1": "140.1", "140.10": "140.10", "9.2": "9.2",
    "12 bis": "12 bis", "12bis": "12 bis", "p 12": "p 12", "p. 12": "p 12", "art 14 (2)": "art 14 (2)",
    "annex IX 12": "annex IX 12", "chap VII 3": "chap VII 3", "60 rec 3": "60 rec 3", "para. 7": "7",
    "paras 12-13": "12-13", "§ 7": "7", "¶7": "7", "7.": "7", "12—13": "12-13", "12\u00a0-\u00a013": "12-13",
    "time 1:02:30": "time 1:02:30", "140.1-140.5": "140.1-140.5", "p 12-13": "p 12-13", "24 (a)-(c).": "24 (a)-(c)",
    "12 (i)-(iv)": "12 (i)-(iv)", "12 (a)-13 (b)": "12 (a)-13 (b)", "Art. 14": "art 14", "24 (A)": "24 (a)",
    "9 (e) (i)-(iii)": "9 (e) (i)-(iii)", "annex IX 12-13": "annex IX 12-13", "24 (aa)": "24 (aa)", "4 (1)": "4 (1)",
    "annex A 3": "annex A 3", "٣": "3", "fn 17": "fn 17", "sect 3": "sect 3", "part 2": "part 2",
}  # fmt: skip
"""What is typed, and how it is written from then on."""


def test_what_is_typed_in_many_ways_is_written_in_one() -> None:
    for typed, written in WRITTEN.items():
        assert parse(typed).text == written, typed
        assert parse(written) == parse(typed), typed
        assert begins(typed), typed


def test_what_is_no_pinpoint_is_refused_in_a_sentence() -> None:
    for typed, sentence in (
        ("", "begins with no number; write 7"),
        ("x", "has the word 'x', which is no label; the labels are p, art"),
        ("24 (2016)", "has (2016), which is a year and no part of a paragraph; leave it out"),
        ("24 (c) (2004)", "has (2004), which is a year"),
        ("12, 13", "holds a list; write each place as an entry of its own"),
        ("24 (a), (c)", "holds a list"),
        ("24 (a) and (c)", "has the word 'and'"),
        ("13-12", "ends before it begins"),
        ("7-7", "ends before it begins, or where it begins"),
        ("24 (c)-(a)", "ends before it begins"),
        ("140.1-5", "from one kind of number to another; write both ends whole, as 140.1-140.5"),
        ("(a)", "begins with no number"),
        ("-3", "begins with no number"),
        ("12-", "has a dash and no end"),
        ("12 (a)-", "has a dash and no end"),
        ("12-13-14", "more than one dash"),
        ("p", "has the label p and nothing behind it; write p 3"),
        ("7 (ab)", "has (ab), which is neither a letter nor a roman number"),
        ("07", "has '07', which is no number of a paragraph"),
        ("140.01", "which is no number of a paragraph"),
        ("1:30", "has '1:30' and no label; write time 1:30"),
        ("24 ((a)", "is no pinpoint from '((a)' on"),
        ("12 ()", "is no pinpoint from '()' on"),
        ("p (a)", "has (a) behind no number"),
        ("7 (²)", "is no pinpoint from '²)' on"),
        ("p İ", "is no pinpoint from 'İ' on"),
        ("7" * 81, "is longer than 80 characters"),
        ("7" * 17, "which is no number of a paragraph"),
    ):
        with pytest.raises(ValueError) as fault:
            parse(typed)
        assert sentence in str(fault.value), typed


def test_the_order_is_the_natural_one() -> None:
    rising = [
        "7", "9 (e) (ii)", "9 (e) (v)", "9 (e) (ix)", "24", "24 (a)", "24 (a)-(c)", "24 (b)", "24 (h)", "24 (i)",
        "24 (j)", "24 (z)", "24 (aa)", "100", "140.1", "140.2", "140.10", "140.20", "140.254", "141.1",
    ]  # fmt: skip
    for first, second in itertools.pairwise(rising):
        assert parse(first) < parse(second), (first, second)
    for first, second in itertools.pairwise(["annex I 1", "annex II 1", "annex IX 1", "annex X 1"]):
        assert parse(first) < parse(second), (first, second)


def test_a_place_holds_what_is_printed_under_it_and_nothing_else() -> None:
    for outer, inner, holds in (
        ("24", "24 (a)", True), ("24 (c)-(f)", "24 (d)", True), ("24 (c)-(f)", "24 (b)", False),
        ("140", "140.7", False), ("140.2", "140.20", False), ("140.1", "140.10", False), ("139-141", "140.7", False),
        ("12-13", "13 (a)", True), ("12-13", "12-13", True), ("12", "12-13", False), ("24 (a)", "24", False),
        ("12 (a)-13 (b)", "13", False), ("12 (a)-13 (b)", "12 (c)", True), ("140.1-140.5", "140.3", True),
        ("annex IX", "annex IX 12", True), ("12", "12 bis", False), ("12-14", "12 bis", True),
        ("9 (e)", "9 (e) (ii)", True), ("art 14", "art 14 (2)", True), ("art 14", "14", False), ("p 12", "12", False),
        ("60", "60 rec 3", True), ("12 (i)-(iv)", "12 (ii)", True), ("24 (a)-(c)", "24 (b)-(d)", False),
        ("12 (a)-14", "12 (a)-14", True), ("12 (a)-14", "13", True), ("12 (b)-14", "12 (a)", False),
        ("60 rec 3-60 rec 4", "60 rec 4", True), ("60 rec 3-60 rec 4", "60 rec 5", False),
        ("60 rec 3-rec 5", "60 rec 4", True), ("60 rec 3-61 rec 4", "61 rec 2", True),
    ):  # fmt: skip
        assert covers(parse(outer), parse(inner)) == holds, (outer, inner)


def test_beside_a_short_title_it_reads_as_people_cite() -> None:
    for typed, reading in (
        ("84", "¶84"), ("12-13", "¶12–13"), ("24 (a)-(c)", "¶24 (a)–(c)"), ("p 12", "p. 12"), ("12 bis", "¶12 bis"),
        ("annex IX 12", "annex IX ¶12"), ("60 rec 3", "¶60 rec. 3"), ("time 1:02:30", "1:02:30"), ("fn 3", "fn. 3"),
        ("art 14 (2)", "art. 14 (2)"), ("chap VII 3", "chap. VII ¶3"), ("140.254", "¶140.254"),
        ("p 12-p 15", "p. 12–p. 15"), ("art 5-7", "art. 5–7"), ("time 1:02-time 1:03", "1:02–1:03"),
        ("annex I 3-annex II 4", "annex I ¶3–annex II ¶4"), ("60 rec 3-61 rec 4", "¶60 rec. 3–61 rec. 4"),
        ("chap VII 3-5", "chap. VII ¶3–5"), ("p 12-13 fn 3", "p. 12–13 fn. 3"),
    ):  # fmt: skip
        assert parse(typed).reading == reading, typed


def test_the_paragraph_that_it_stands_in_is_known_where_paragraphs_have_plain_numbers() -> None:
    for typed, number, highest in (
        ("84", 84, 84), ("12-13", 12, 13), ("24 (a)-(c)", 24, 24), ("12 (a)-13 (b)", 12, 13), ("140.7", None, 140),
        ("p 12", None, 0), ("12 bis", None, 12), ("art 14", None, 0),
    ):  # fmt: skip
        assert (parse(typed).number, parse(typed).highest) == (number, highest), typed


def test_a_source_is_told_from_a_pinpoint_by_how_it_begins() -> None:
    for text in ("7", "(c)", "p 12", "p.12", "p12", "art", "Annex IX", "para. 7", "§7", *LABELS):
        assert begins(text), text
    for text in ("hrc 84", "page", "article 7", "part-two", "x", "", "recs 3", "s1 p 12"):
        assert not begins(text), text


PARTS = st.lists(
    st.sampled_from(
        ["7", "140.10", " ", "(a)", "(ii)", "(2016)", "-", "–", "bis", *LABELS, "IX", ".", ",", "1:02", "é", "²"]
    ),
    max_size=7,
)


@given(st.one_of(PARTS.map(" ".join), PARTS.map("".join), st.text(max_size=12)))
def test_whatever_is_typed_is_a_pinpoint_that_is_written_as_it_is_read_or_a_sentence(text: str) -> None:
    try:
        found = parse(text)
    except ValueError as fault:
        assert str(fault), text
        assert "int()" not in str(fault), text
        return
    assert parse(found.text) == found
    assert covers(found, found)
    assert begins(found.text)
    assert found.text.isascii()
    assert found.reading


def test_what_is_too_long_as_it_is_written_is_refused_as_it_is_typed() -> None:
    typed = "24" + "(ii)" * 19
    assert len(typed) <= 80
    with pytest.raises(ValueError, match="longer than 80"):
        parse(typed)


def test_of_the_texts_that_were_read_no_more_than_some_are_kept() -> None:
    for number in range(5000):
        parse(str(number))
    assert _parsed.cache_info().currsize < 5000
