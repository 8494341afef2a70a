"""A brief as threads: each statement followed by what the State said to it, and nothing cut."""

from __future__ import annotations

from hrdash.derive import holdings, statement_key
from hrdash.model import Brief, Citation, Difference, Figure, LeftOpen, Position
from hrdash.report import render
from hrdash.report.lines import brief_lines
from hrdash.report.parts import note_anchor
from hrdash.report.render import markdown
from hrdash.report.threads import body_lines, part_shown
from hrdash.report.wording import Context
from tests.report.make import brief, context_of, said

AT = (Citation("report", "14"),)


def shown(one: Brief, *others: Brief, context: Context | None = None) -> list[str]:
    """The body of a brief as it is printed, without indents and empty lines."""
    text = render.text(body_lines(one, context or context_of(one, *others)), width=0)
    return [line.strip() for line in text.splitlines() if line.strip()]


def test_a_question_has_its_premise_above_it_and_its_response_below() -> None:
    one = brief(
        concerns=(said("n"),), questions=(said("q", premise=("n",)),),
        responses=(said("r", "minister", "98", answers=("q",)),),
        left_open=(LeftOpen(("q",), "The answer gives cases; no response gives complaints.", AT),),
    )  # fmt: skip
    assert shown(one) == [
        "QUESTION", "Concern: Text of n.", "Expert · REP ¶12", "Text of q.", "Expert · REP ¶12",
        "◐ response, which leaves something open", "Text of r.", "Minister · REP ¶98",
        "Left open: The answer gives cases; no response gives complaints.", "REP ¶14",
    ]  # fmt: skip


def test_a_premise_of_two_questions_is_printed_once() -> None:
    one = brief(concerns=(said("n"),), questions=(said("q", premise=("n",)), said("p", premise=("n",))))
    assert shown(one).count("Concern: Text of n.") == 1


def test_a_response_stands_in_full_once_and_is_pointed_to_afterwards() -> None:
    one = brief(questions=(said("q"), said("p")), responses=(said("r", "minister", "98", answers=("q", "p")),))
    lines = shown(one)
    assert lines.count("Text of r.") == 1
    assert lines[-2:] == ["● response", "response above: Minister · REP ¶98"]


def test_a_none_is_bounded_and_has_the_claims_and_assessments_beside_it() -> None:
    one = brief(
        claims=(said("c", "minister", "52"), said("d", "minister", "53")), recommendations=(said("m"),),
        assessments=(said("j", "expert", "60", assesses=("m",), grade="C", scale="HRC", limb="24"),),
    )  # fmt: skip
    context = context_of(one, withheld=2)
    key = statement_key("recommendation", one.recommendations[0])
    for answer in ("none", "assessed"):
        lines = shown(one, context=context._replace(answers={"b": {key: answer}}))
        at = lines.index("○ no response to it in this corpus, as of 2026-03; 2 briefs or files could not be read")
        assert lines[at + 1 : at + 3] == [
            "State claims in this brief: REP ¶52, ¶53", "assessed C of ¶24 by Expert · REP ¶60",
        ], answer  # fmt: skip
    assert "Of: REP ¶12" in lines
    unknown = context_of(one)._replace(corpus=context_of(one).corpus._replace(as_of=""))
    assert "○ no response to it in this corpus, as of an unknown date" in shown(one, context=unknown)


def test_what_was_not_put_says_nothing_of_an_answer() -> None:
    one = brief(concerns=(said("n", put_to_state=False), said("a", "ombudsman")))
    assert shown(one) == [
        "DOCUMENTED CONCERN", "Text of n.", "Expert · REP ¶12", "Acknowledged: Text of a.", "Ombudsman · REP ¶12",
    ]  # fmt: skip


def test_a_response_of_another_than_the_state_is_no_answer_and_is_printed() -> None:
    one = brief(questions=(said("q"),), responses=(said("r", "ombudsman", answers=("q",)),))
    lines = shown(one)
    assert "○ no response of the State to it in this corpus, as of 2026-03" in lines
    assert "Text of r." in lines


def test_a_position_is_named_with_its_citation_and_the_earlier_one_too() -> None:
    positions = (Position("pending", (Citation("report", "140"),)), Position("supported", (Citation("reply", "3"),)))
    one = brief(recommendations=(said("m", ("france", "portugal"), "140.7", verbatim=True, positions=positions),))
    assert shown(one) == [
        "RECOMMENDATION", "“Text of m.”", "France, Portugal · REP ¶140.7",
        "● supported · A/1/Add.1 ¶3; before: pending · REP ¶140",
    ]  # fmt: skip
    latest_first = (*positions[::-1], positions[1]._replace(cites=(Citation("report", "141"),)))
    again = brief(recommendations=(said("m", positions=latest_first),))
    assert shown(again)[-1] == ("● supported · A/1/Add.1 ¶3; before: pending · REP ¶140; before: supported · REP ¶141")
    waits = brief(recommendations=(said("m", positions=positions[:1]),))
    assert shown(waits)[-1] == "◌ pending · REP ¶140"
    late = brief(recommendations=(said("m", positions=positions[:1], due="2025-12"),))
    assert shown(late)[-1] == "◌ pending · REP ¶140", "no day that has passed"
    due = brief(questions=(said("q", due="2026-12"),))
    assert shown(due)[-1] == "◌ pending until Dec 2026"


def test_responses_and_questions_in_two_briefs_name_each_other() -> None:
    asks = brief("asks", questions=(said("q"),))
    answers = brief("answers", responses=(said("r", "minister", "98", answers=("asks/q",)),))
    lines = shown(asks, answers)
    assert lines[3:] == [
        "● response",
        "Text of r.",
        "Minister · REP ¶98",
        "in another brief: Title of answers (answers)",
    ]
    assert shown(answers, asks) == [
        "RESPONSE TO WHAT STANDS IN ANOTHER BRIEF",
        "To: Text of q. — Expert · REP ¶12 · Title of asks (asks)", "Text of r.", "Minister · REP ¶98",
    ]  # fmt: skip


def test_a_response_here_to_a_question_here_and_one_elsewhere_names_both() -> None:
    asks = brief("asks", questions=(said("p"),))
    one = brief(questions=(said("q"),), responses=(said("r", "minister", answers=("q", "asks/p")),))
    assert shown(one, asks)[-1] == "Also to: Text of p. — Expert · REP ¶12 · Title of asks (asks)"


def test_what_another_brief_leaves_open_or_judges_or_asks_is_printed_with_its_name() -> None:
    one = brief(recommendations=(said("m"),), concerns=(said("n"),))
    other = brief(
        "other", questions=(said("q", premise=("b/n",)),), assessments=(said("", grade="B", assesses=("b/m",)),),
        left_open=(LeftOpen(("b/m",), "No text says when.", AT),), responses=(said("r", "minister", answers=("b/m",)),),
    )  # fmt: skip
    lines = shown(one, other)
    assert "premise of a question in: Title of other (other)" in lines
    assert "assessed B by Expert · REP ¶12 · Title of other (other)" in lines
    assert "Left open: No text says when." in lines
    assert "in another brief: Title of one (b)" not in lines
    there = shown(other, one)
    assert there[:4] == ["QUESTION", "Concern: Text of n.", "Expert · REP ¶12", "in another brief: Title of b (b)"]
    assert "Of: Text of m. — Expert · REP ¶12 · Title of b (b)" in there
    assert "LEFT OPEN IN ANOTHER BRIEF" in there


def test_figures_that_differ_are_not_called_a_difference_that_somebody_records() -> None:
    one = brief(claims=tuple(
        said(name, "minister", name, figures=(Figure("visits", 30 + int(name), period="2023"),)) for name in ("1", "2")
    ))  # fmt: skip
    parts = {line.part for line in body_lines(one, context_of(one))}
    assert "figures" in parts
    assert ("differences" in parts) is ("difference" in holdings(one)) is False


def test_differences_name_their_kind_numbers_first_and_keep_their_place() -> None:
    fact, number = Difference("fact", ("c",), "One.", AT), Difference("number", ("c",), "Two.", AT)
    one = brief(claims=(said("c", "minister"),), differences=(fact, number))
    lines = [line for line in body_lines(one, context_of(one)) if line.part == "differences"]
    assert [(line.text, line.anchor) for line in lines if line.role == "statement"] == [
        ("Number: Two.", note_anchor(number)), ("Fact: One.", note_anchor(fact)),
    ]  # fmt: skip


def test_statements_outside_the_filter_say_so_with_what_belongs_to_them() -> None:
    one = brief(questions=(said("q"), said("p")), responses=(said("r", "minister", answers=("q",)),))
    lines = body_lines(one, context_of(one), {"b": frozenset({"q"})})
    assert [line.anchor for line in lines if line.outside] == ["r", "r", "p", "p", "p"]
    assert [line.text for line in lines if line.outside and line.role == "attribution"] == [
        "Minister · REP ¶12 · outside the filter", "Expert · REP ¶12 · outside the filter",
    ]  # fmt: skip


def test_in_markdown_a_response_is_a_bullet_below_what_it_is_to() -> None:
    one = brief(questions=(said("q"),), responses=(said("r", "minister", "98", answers=("q",), note="A note."),))
    text = markdown(body_lines(one, context_of(one)))
    assert text == (
        "### QUESTION\n\n- Text of q.\n  — Expert · REP ¶12\n  - *● response*\n  - Text of r.\n"
        "    — Minister · REP ¶98\n    - Note: A note.\n"
    )


def test_every_text_of_a_brief_is_printed_once_in_full() -> None:
    one = brief(
        claims=(said("c", "minister"),), concerns=(said("n"), said("lone")),
        questions=(said("q", premise=("n",)), said("p", premise=("n",))), recommendations=(said("m"),),
        responses=(said("r", "minister", answers=("q", "p", "n")), said("x", "minister", answers=("gone",))),
        commendations=(said("g"),), observations=(said("o"),), assessments=(said("j", assesses=("m",)),),
        left_open=(LeftOpen(("q", "p"), "Open one.", AT), LeftOpen(("gone",), "Open two.", AT)),
        differences=(Difference("scope", ("c", "q"), "They differ.", AT),),
    )  # fmt: skip
    lines = [line.text for line in brief_lines(one, context_of(one))]
    for text in ("Text of " + name + "." for name in ["c", "n", "lone", "q", "p", "m", "r", "x", "g", "o", "j"]):
        assert sum(line.endswith(text) for line in lines) == 1, text
    for text in ("Open one.", "Open two.", "They differ."):
        assert sum(line.endswith(text) for line in lines) == 1, text


def test_with_only_what_matches_whole_threads_stay_and_their_sources() -> None:
    one = brief(
        concerns=(said("n"),),
        questions=(said("q"), said("w")),
        responses=(said("r", "minister", answers=("q",)),),
        differences=(Difference("number", ("n", "q"), "One says much.", AT),),
    )
    inside = frozenset({statement_key("question", one.questions[0])})
    shown = [
        line.text for line in body_lines(one, context_of(one), {"b": inside}, only=True) if line.role == "statement"
    ]
    assert shown == ["Text of q.", "Text of r.", "Number: One says much."]
    other = frozenset({statement_key("question", one.questions[1])})
    lines = body_lines(one, context_of(one), {"b": other}, only=True)
    assert [line.text for line in lines if line.role in ("heading", "statement")] == [
        "QUESTION", "Text of w.",
    ]  # fmt: skip
    assert part_shown(one, lines) == brief(questions=one.questions[1:], differences=(), left_open=())


def test_with_only_what_matches_nothing_is_said_to_stand_above_that_is_left_out() -> None:
    one = brief(
        concerns=(said("n"),), questions=(said("q", premise=("n",)), said("w", premise=("n",))),
        responses=(said("r", "minister", answers=("q", "w")), said("x", "minister", answers=("q",))),
    )  # fmt: skip
    lines = body_lines(one, context_of(one), {"b": frozenset("w")}, only=True)
    assert [line.text for line in lines if line.role == "statement"] == [
        "Concern: Text of n.", "Text of w.", "Text of r.",
    ]  # fmt: skip
    assert not [line.text for line in lines if "above" in line.text]
