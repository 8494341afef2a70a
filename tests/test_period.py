"""Periods: what is taken, what is refused by name, which years they cover, how they read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdash.period import PeriodError, parse, run_text


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


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("2024-21", "a season"), ("201X", "an unspecified digit"), ("2019?", "an uncertain date"),
        ("2019%", "an uncertain date"), ("[2019,2020]", "a set of dates"), ("{2019}", "a set of dates"),
        ("2024-04-15T10:00", "a time of day"), ("Y20000", "a year of more than four digits"),
        ("/2020", "an unknown end"),
        ("2019/", "an unknown end"), ("-0044", "before 0"),
    ],
)  # fmt: skip
def test_the_rest_of_edtf_is_refused_by_name(written: str, named: str) -> None:
    with pytest.raises(PeriodError) as refusal:
        parse(written)
    assert named in refusal.value.what
    assert refusal.value.cure


@pytest.mark.parametrize(
    "written",
    ["", "spring", "24", "20240", "2024-13", "2024-00", "2023-02-29", "2024-04-31", "2024-4", "2024 ", "1e3", "..", "../..",
     "next year"],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_a_cure(written: str) -> None:
    with pytest.raises(PeriodError, match="; "):
        parse(written)


def test_a_reversed_period_is_told_how_to_turn_it() -> None:
    with pytest.raises(PeriodError, match="ends before it starts; write 2019/2024"):
        parse("2024/2019")


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_an_interval_covers_exactly_its_ends(first: int, last: int) -> None:
    first, last = sorted((first, last))
    assert parse(f"{first:04}/{last:04}").years(latest=3000) == (first, last)


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
        ((1991, 1999, 2011, 2024), "1991–2024"), (tuple(range(1999, 2003)), "1999–2002"), ((2008, 2009), "2008–09"),
    ],
)  # fmt: skip
def test_years_are_shown_in_few_cells(years: tuple[int, ...], text: str) -> None:
    assert run_text(years) == text
