"""Periods: what is taken, what is refused by name, which years they cover, how they read."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdash.period import PeriodError, month, parse, run_text


@pytest.mark.parametrize(
    ("written", "reads", "years"),
    [
        ("2024", "2024", (2024, 2024)),
        ("2024-04", "Apr 2024", (2024, 2024)),
        ("2024-04-15", "15 Apr 2024", (2024, 2024)),
        ("2017/2024", "2017–2024", (2017, 2024)),
        ("2024-01/2024-11", "Jan 2024 – Nov 2024", (2024, 2024)),
        ("2019/..", "since 2019", (2019, 2025)),
        ("../2020", "until 2020", (2020, 2020)),
        ("2025~", "2025 (inferred)", (2025, 2025)),
        ("2019/..~", "since 2019 (inferred)", (2019, 2025)),
        ("2030/..", "since 2030", (2030, 2030)),
        ("2024-02-29", "29 Feb 2024", (2024, 2024)),
        ("2023/2024-05", "2023 – May 2024", (2023, 2024)),
    ],
)
def test_a_period_reads_as_people_write_it_and_covers_its_years(
    written: str, reads: str, years: tuple[int, int]
) -> None:
    period = parse(written)
    assert period.text == reads
    assert period.years(latest=2025) == years


UNTAKEN = {
    "a season": "write the months, as 2024-03/2024-05, or both years in full, as 2023/2024",
    "an unspecified digit": "write an interval, as 2010/2019",
    "an uncertain date": "write ~ behind it, which says that it was inferred",
    "a set of dates": "write an interval, or two statements",
    "a time of day": "write the day alone",
    "a year of more than four digits, or before 0": "write four digits",
    "an unknown end": "write .. for an open end, as 2019/..",
}


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("2024-21", "a season"), ("2024-41", "a season"), ("2024-25/2025", "a season"), ("2024-30~/..", "a season"),
        ("201X", "an unspecified digit"), ("20xx", "an unspecified digit"), ("2024-XX", "an unspecified digit"),
        ("2019?", "an uncertain date"), ("2019%", "an uncertain date"), ("[2019,2020]", "a set of dates"),
        ("{2019}", "a set of dates"), ("2024-04-15T10:00", "a time of day"),
        ("Y20000", "a year of more than four digits, or before 0"), ("/2020", "an unknown end"),
        ("2019/", "an unknown end"), ("-0044", "a year of more than four digits, or before 0"),
        ("1E5", "a year of more than four digits, or before 0"),
        ("1950S2", "a year of more than four digits, or before 0"),
    ],
)  # fmt: skip
def test_the_rest_of_edtf_is_refused_by_name(written: str, named: str) -> None:
    with pytest.raises(PeriodError) as refusal:
        parse(written)
    assert refusal.value.what == f"{written!r} is {named} in EDTF, which hrdash does not take"
    assert refusal.value.cure == UNTAKEN[named]
    assert str(refusal.value) == f"{refusal.value.what}; {refusal.value.cure}"


@pytest.mark.parametrize("written", ["2024-20", "2024-42", "2024-13", "2024-00", "2024-21-01"])
def test_a_month_that_is_none_is_not_called_a_season(written: str) -> None:
    with pytest.raises(PeriodError, match=rf"^there is no month {written[5:7]} in .*; write a month from 01 to 12$"):
        parse(written)


@pytest.mark.parametrize("written", ["..", "../.."])
def test_a_period_without_an_end_is_told_to_take_one(written: str) -> None:
    with pytest.raises(
        PeriodError, match=r"^the period '.*' is open at both ends; give it a start or an end, as 2019/\.\.$"
    ):
        parse(written)


@pytest.mark.parametrize(
    "written",
    ["", "spring", "24", "20240", "2024-13", "2024-00", "2023-02-29", "2024-04-31", "2024-4", "2024 ", "1e3", "..",
     "../..", "next year"],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_a_cure(written: str) -> None:
    with pytest.raises(PeriodError, match="; "):
        parse(written)


def test_a_reversed_period_is_told_how_to_turn_it() -> None:
    with pytest.raises(PeriodError, match=r"^the period '2024/2019' ends before it starts; write 2019/2024$"):
        parse("2024/2019")
    with pytest.raises(PeriodError, match=r"ends before it starts; write 2019/2024~$"):
        parse("2024/2019~")


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_an_interval_covers_exactly_its_ends(first: int, last: int) -> None:
    first, last = sorted((first, last))
    assert parse(f"{first:04}/{last:04}").years(latest=3000) == (first, last)


@given(st.dates())
def test_every_day_of_the_calendar_is_a_period_that_reads_back(day: date) -> None:
    assert parse(day.isoformat()).start == (day.year, day.month, day.day)
    assert parse(day.isoformat()[:7]).start == (day.year, day.month)


MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@pytest.mark.parametrize("month", range(1, 13), ids=MONTHS)
@pytest.mark.parametrize("year", [1900, 2000, 2023, 2024])
def test_every_month_has_its_name_and_its_days_and_no_more(year: int, month: int) -> None:
    assert parse(f"{year}-{month:02}").text == f"{MONTHS[month - 1]} {year}"
    last = monthrange(year, month)[1]
    assert parse(f"{year}-{month:02}-{last}").text == f"{last} {MONTHS[month - 1]} {year}"
    with pytest.raises(PeriodError, match=f"there is no day {last + 1} in .*; write a day from 01 to {last}$"):
        parse(f"{year}-{month:02}-{last + 1}")
    with pytest.raises(PeriodError, match="there is no day 00"):
        parse(f"{year}-{month:02}-00")


@given(st.text(max_size=20))
def test_any_text_is_a_period_or_a_sentence(written: str) -> None:
    try:
        period = parse(written)
    except PeriodError as refusal:
        assert refusal.what
        assert refusal.cure
    else:
        assert period.text


@pytest.mark.parametrize(
    ("years", "text"),
    [
        ((), ""), ((2024,), "2024"), ((2019, 2020), "2019–20"), ((2011, 2023, 2024), "2011, 2023–24"),
        ((1991, 1999, 2011, 2024), "1991 … 2024"), (tuple(range(1999, 2003)), "1999–2002"), ((2008, 2009), "2008–09"),
        ((1991, 1999, 2011), "1991 … 2011"), ((1991, 1992, 1999, 2005, 2006), "1991 … 2006"),
    ],
)  # fmt: skip
def test_years_are_shown_in_few_cells(years: tuple[int, ...], text: str) -> None:
    assert run_text(years) == text


def test_months_of_a_period_are_those_of_a_year_at_most_where_both_ends_name_one() -> None:
    for text, months in (
        ("2022-01", ("2022-01",)), ("2022-01-05~", ("2022-01",)), ("2023-12/2024-02", ("2023-12", "2024-01", "2024-02")),
        ("2022", ()), ("2022-01/..", ()), ("2022/2022-03", ()), ("2022-01/2023-01", ()),
    ):  # fmt: skip
        assert parse(text).months == months, text
    assert len(parse("2022-02/2023-01").months) == 12


def test_a_month_is_typed_in_figures_or_by_its_name() -> None:
    for text in ("2022-01", "jan 2022", "January  2022", "2022 Jan.", "2022–01"):
        assert month(text) == "2022-01", text
    for number, names in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun June", "Jul July", "Aug", "Sep Sept", "Oct", "Nov", "Dec"), 1
    ):
        for name in (*names.split(), *(f"{name}." for name in names.split())):
            assert month(f"{name} 2022") == f"2022-{number:02}", name
    for text in (
        "2022",
        "Jan",
        "Janu 2022",
        "2022-13",
        "2022-01-05",
        "2022-01~",
        "2022-01/2022-02",
        "",
        "Jan 22",
        "Ja. 2022",
        "Jan.. 2022",
    ):
        with pytest.raises(ValueError, match="is not a month; write 2022-01 or Jan 2022"):
            month(text)
