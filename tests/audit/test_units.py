"""Units beside numbers, and times for each of which something is given."""

from __future__ import annotations

from hrdash.audit.numbers import quantities, rates, units_of


def test_a_number_has_the_unit_beside_it() -> None:
    for text, units in (
        ("48 hours", ["hour"]),
        ("a 28-day limit", ["day"]),
        ("15 consecutive days", ["day"]),
        ("between 3 and 18 months", ["month", "month"]),
        ("two to six weeks", ["week", "week"]),
        ("45 million US dollars", ["dollar"]),
        ("US$ 3 and €4 and EUR 5 and 60 cents", ["dollar", "euro", "euro", "cent"]),
        ("3 by 1½ centimetres", ["centimetre", "centimetre"]),
        ("3 cm", ["centimetre"]),
        ("85 visits in 12 of the months", ["", ""]),
        ("12 a month", [""]),
        ("17 prisons", [""]),
    ):
        assert [number.unit for number in quantities(text)] == units, text
    assert units_of("years or months of imprisonment") == {"year", "month"}
    assert units_of("visits") == set()


def test_a_rate_is_what_something_is_given_for() -> None:
    for text, found in (
        ("90 crowns a month, or 3 per day", {"month", "day"}),
        ("a monthly budget", {"month"}),
        ("per annum", {"year"}),
        ("half an hour", set()),
    ):
        assert rates(text) == found, text
