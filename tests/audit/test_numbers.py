"""Numbers in digits and in words, as `verify` and `coverage` compare them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hrdash.audit.numbers import quantities, readings_of

UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def in_words(number: int) -> str:
    if number < 20:
        return UNITS[number]
    if number < 100:
        return TENS[number // 10 - 2] + (f"-{UNITS[number % 10]}" if number % 10 else "")
    if number < 1_000:
        return f"{UNITS[number // 100]} hundred" + (f" and {in_words(number % 100)}" if number % 100 else "")
    return f"{in_words(number // 1_000)} thousand" + (f" {in_words(number % 1_000)}" if number % 1_000 else "")


def agree(one: str, other: str) -> bool:
    (first,), (second,) = quantities(one), quantities(other)
    return first.agrees(second)


def test_ways_of_writing_one_number_agree() -> None:
    for one, other in (
        ("1,500 visits", "1500 visits"),
        ("1\u00a0500 visits", "1 500 visits"),
        ("1\u202f500 visits", "1\u2009500 visits"),
        ("1’500 visits", "1,500 visits"),
        ("١٥٠٠ visits", "１,５００ visits"),
        ("twenty‑five women", "25 women"),
        ("twenty–five women", "25 women"),
        ("½ of it", "half of it"),
        ("½ of it", "1/2 of it"),
        ("½ of it", "0.5 of it"),
        ("1⁄2 of it", "50٪ of it"),
        ("¾ of it", "three quarters of it"),
        ("⅓ of it", "a third of it"),
        ("2½ hours", "2.5 hours"),
        ("2 1/2 hours", "2.5 hours"),
        ("2½ million", "2,500,000"),
        ("12,5 % of it", "12.5 per cent of it"),
        ("60¹", "60"),
        ("60²", "60"),
        ("six parties", "6 parties"),
        ("twenty years", "20 years"),
        ("one hundred and forty-fourth session", "144th session"),
        ("half of it", "50 % of it"),
        ("complaints halved", "complaints fell by 50%"),
        ("tenfold", "10 times"),
        ("ten-fold", "tenfold"),
        ("four-fold", "fourfold"),
        ("53 per cent", "53%"),
        ("53 percent", "53 %"),
        ("$4 billion", "4,000,000,000 dollars"),
        ("a hundred cases", "100 cases"),
        ("two thousand", "2,000 of them"),
        ("24th", "rank 24"),
        ("thirtieth", "30th"),
        ("22.7 per cent", "22.7%"),
        ("two thirds of them", "67 % of them"),
        ("a quarter of them", "25 per cent"),
        ("½ of it", "half of it"),
        ("1\u202f200 cases", "1,200 cases"),
        ("twenty\u2011five cases", "25 cases"),
        ("dozens of people", "dozens died"),
        ("one in 5", "20 % of them"),
        ("1 in five", "one in 5"),
    ):
        assert agree(one, other), one


def test_different_numbers_do_not_agree() -> None:
    for one, other in (
        ("30 % of it", "30 of them"),
        ("2.5 times", "25 times"),
        ("a two-fold increase", "50 % more"),
        ("doubled", "halved"),
        ("hundreds of them", "100 of them"),
        ("1,500", "500"),
        ("1 500", "500"),
        ("1.500", "1,500"),
        ("½", "1"),
        ("2½", "½"),
        ("60¹", "601"),
        ("4 billion", "4 million"),
        ("a four-fold decrease", "75 per cent less"),
    ):
        assert not agree(one, other), one


@given(st.integers(min_value=0, max_value=99_999))
def test_a_number_in_words_is_the_number(number: int) -> None:
    assert agree(f"{in_words(number)} cases", f"{number:,} cases")


@given(st.integers(min_value=0, max_value=99_999), st.integers(min_value=0, max_value=99_999))
def test_two_numbers_in_words_agree_only_when_they_are_equal(one: int, other: int) -> None:
    assert agree(f"{in_words(one)} cases", f"{in_words(other)} cases") == (one == other)


@given(st.text(max_size=80))
def test_no_text_raises_and_what_is_found_stands_there(text: str) -> None:
    for quantity in quantities(text):
        assert text[quantity.start : quantity.end] == quantity.written


def test_a_scale_may_be_in_capitals() -> None:
    for one, other in (("5M dollars", "5 million dollars"), ("3BN", "3bn"), ("7K", "7,000"), ("2 Thouſand", "2,000")):
        assert agree(one, other), one


def test_numbers_side_by_side_are_two() -> None:
    for text, written in (
        ("in two and three cases", ["two", "three"]),
        ("In 2024, 120 visits", ["2024", "120"]),
        ("in 2024 120 visits", ["2024", "120"]),
        ("on 1/2/2024", ["1", "2", "2024"]),
        ("resolution 5/1", ["5", "1"]),
        ("paragraphs 3, 5 and 7", ["3", "5", "7"]),
        ("1\u00a0200 of 2½ and ½", ["1\u00a0200", "2½", "½"]),
    ):
        assert [quantity.written for quantity in quantities(text)] == written, text


def test_both_ends_of_a_range_are_years() -> None:
    assert [quantity.year for quantity in quantities("2022–2024, 2019-21 and mid-2018")] == [
        2022,
        2024,
        2019,
        2021,
        2018,
    ]


def test_codes_and_names_hold_no_number() -> None:
    for text in (
        "COVID-19",
        "CCPR/C/GC/36",
        "see ¶14",
        "e2e4",
        "the second half",
    ):
        assert [quantity for quantity in quantities(text) if not quantity.weak] == [], text


def test_one_and_first_are_weak_and_two_is_not() -> None:
    assert [quantity.weak for quantity in quantities("one or two, first, single, third")] == [
        True,
        False,
        True,
        True,
        False,
    ]


def test_the_qualifier_of_a_number() -> None:
    for text, qualifier in (
        ("around 800", "around"),
        ("some 53 per cent", "around"),
        ("about 20", "around"),
        ("approximately 7", "around"),
        ("more than 3,000", "more-than"),
        ("over $4 billion", "more-than"),
        ("more than $750 million", "more-than"),
        ("up to 12 years", "up-to"),
        ("12 years at most", "up-to"),
        ("nearly half", "nearly"),
        ("almost 40", "nearly"),
        ("at least 18", "at-least"),
        ("no fewer than 18", "at-least"),
        ("not more than 18", "up-to"),
        ("less than 10", "less-than"),
        ("under the age of 35", "less-than"),
        ("21 or over", "at-least"),
        ("only 27 per cent", ""),
        ("over the past eight years", ""),
        ("some of the 46", ""),
        ("the over 600", "more-than"),
    ):
        assert quantities(text)[-1].qualifier == qualifier, text


def test_a_qualifier_of_the_next_number_is_not_the_one_before() -> None:
    assert [found.qualifier for found in quantities("1,300 services and over 10 million users")] == ["", "more-than"]


def test_a_figure_reads_by_its_indicator() -> None:
    (share,) = quantities("30 %")
    (money,) = quantities("$4 billion")
    assert share.readings & readings_of(30, "percent-change", "per cent")
    assert not share.readings & readings_of(30, "count", "cases")
    assert money.readings & readings_of(4, "amount", "billion US dollars")
    assert not money.readings & readings_of(4, "amount", "million US dollars")


def test_any_number_of_digits_is_a_number() -> None:
    for digits, rest in (
        ("9", "½"),
        ("9", " 1/2"),
        ("٣", "½"),
        ("9", " million"),
        ("9", " in 10"),
        ("9", "th"),
        ("9", ""),
    ):
        assert quantities(digits * 5_000 + rest)[0].written.startswith(digits * 5_000), rest
