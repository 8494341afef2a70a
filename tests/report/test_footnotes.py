"""What is taken along says of each statement what the pages of its corpus say of it."""

from __future__ import annotations

import re

from hrdash.report.footnotes import footnoted, taken
from tests.report.make import brief, context_of, said


def test_an_absence_has_what_would_be_held_against_it_beside_it() -> None:
    one = brief(
        claims=(said("c", "minister", "9"),), recommendations=(said("m"),),
        assessments=(said("", "expert", "14", grade="B", assesses=("m",)),),
    )  # fmt: skip
    other = brief("other", assessments=(said("", "expert", "15", grade="C", assesses=("b/m",)),))
    printed = footnoted(taken([one], {"b": frozenset(["m"])}), context_of(one, other)).replace("\\", "")
    printed = re.sub(r"(?<=\[\^\d)-\w{6}", "", printed)
    assert (
        "no response to it in this corpus, as of 2026-03; State claims in this brief: REP ¶9[^2]; "
        "assessed B by Expert · REP ¶14[^3]; assessed C by Expert · REP ¶15 · Title of other (other)[^4]\n"
    ) in printed
    assert all(f"[^{at}]: REP ¶{place}: “A report”" in printed for at, place in ((1, 12), (2, 9), (3, 14), (4, 15)))


def test_an_absence_is_of_the_states_response_where_another_responds() -> None:
    asks = brief(questions=(said("q"), said("p")), responses=(said("r", "ombudsman", answers=("q",)),))
    other = brief("other", responses=(said("r", "ombudsman", answers=("b/p",)),))
    for others, key, of_whom in (((), "q", " of the State"), ((), "p", ""), ((other,), "p", " of the State")):
        found = footnoted(taken([asks], {"b": frozenset([key])}), context_of(asks, *others))
        assert f"; no response{of_whom} to it in this corpus, as of 2026-03" in found, (others, key)


def test_what_was_not_put_is_said_in_words() -> None:
    one = brief(questions=(said("q", put_to_state=False),))
    assert "; not put to the State" in footnoted(taken([one], {"b": frozenset(["q"])}), context_of(one))
