"""Which known name a misspelt one is nearest to."""

from __future__ import annotations

import pytest

from hrdash.names import nearest


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("tortur", "torture"), ("TORTURES", "torture"), ("pri", "prisons"), ("rad", "red"), ("children", "Children"),
        ("pr", ""), ("", ""), ("zzzz", ""), ("p" * 161, ""),
    ],
)  # fmt: skip
def test_a_misspelt_or_unfinished_name_finds_the_one_that_was_meant(name: str, expected: str) -> None:
    assert nearest(name, ["torture", "prisons", "red", "Children"]) == expected
    assert nearest(name, iter(["Children", "red", "prisons", "torture"])) == expected


def test_of_very_many_names_those_that_begin_alike_are_compared() -> None:
    many = [f"brief-{number}" for number in range(5_000)]
    assert nearest("Torture-vists", [*many, "torture-visits"]) == "torture-visits"
    assert nearest("orture-visits", [*many, "torture-visits"]) == ""
