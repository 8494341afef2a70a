"""Years and months that a sentence names, and what of a period it lacks."""

from __future__ import annotations

from hrdash.audit.passage import dates, missing_dates
from hrdash.period import parse


def test_years_follow_from_the_documents_date() -> None:
    for sentence, years in (
        ("This year it was so.", {2025}),
        ("Last year, 250 cases.", {2024}),
        ("By 30% in 2024, after 50% the previous year.", {2023, 2024}),
        ("In 2024, against the same period last year.", {2023, 2024}),
        ("Over the past two years.", {2023, 2024, 2025}),
        ("To date, 543 unions.", {2025}),
        ("It was so.", set()),
    ):
        assert years <= dates(sentence, "2025-06").years, sentence
        assert bool(dates(sentence, "2025-06").years) == bool(years), sentence
        if len(years) == 1:
            assert dates(sentence, "2025-06").years == years, sentence


def test_years_follow_from_another_documents_date() -> None:
    assert dates("Last year it fell.", "2024-12").years == {2023}
    assert dates("Last year it fell.", "2025~").years == {2024}


def test_what_of_a_period_a_sentence_lacks() -> None:
    for period, sentence, missing in (
        ("2019/2024", "from 800 in 2019 to 100 in 2024", ()),
        ("2019/2024", "from 800 in 2019", ("2024",)),
        ("2024-01/2024-11", "in the first 11 months of 2024", ()),
        ("2024-04", "in April 2024", ()),
        ("2024-04", "in May 2024", ("2024-04",)),
        ("2025-01/2025-03", "in the first quarter of this year", ()),
        ("2013/..", "since 2013", ()),
        ("../2020", "as of 2020", ()),
        ("../2020", "as of 2019", ("2020",)),
    ):
        assert tuple(missing_dates(parse(period), dates(sentence, "2025-06"))) == missing, (period, sentence)
