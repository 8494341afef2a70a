"""Lines set on a page."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from hrdash.tui.layout import Page, beside, row_of, set_page
from tests.make import line

BRIEF = (
    line("title", "Visits"),
    line("heading", "STATE CLAIM", "claims"),
    line("statement", "Visits were made to every prison of the country.", "claims", "c1"),
    line("attribution", "Minister · 2023 · PAPER ¶7", "claims", "c1"),
    line("heading", "DOCUMENTED CONCERN", "concerns"),
    line("statement", "Were they announced?", "concerns", "q1", spans=((5, 9),)),
    line("attribution", "Expert · REVIEW ¶12", "concerns", "q1"),
    line("heading", "RESPONSE", "responses"),
    line("statement", "None was announced.", "responses", "r1"),
)


def rows_text(page: Page) -> list[str]:
    return ["".join(piece.text for piece in row).rstrip() for row in page.rows]


def test_parts_stand_below_one_another_with_a_row_between() -> None:
    for width in (40, 90):
        rows = [row.strip() for row in rows_text(set_page(BRIEF, width))]
        assert [rows[at + 1] for at, row in enumerate(rows) if not row] == [
            "STATE CLAIM", "DOCUMENTED CONCERN", "RESPONSE",
        ]  # fmt: skip


def test_a_response_stands_deeper_than_what_it_is_to() -> None:
    page = set_page((*BRIEF[4:7], line("statement", "None was.", "responses", "r1", depth=1)), 60)
    first = [len(row) - len(row.lstrip()) for row in rows_text(page)]
    assert first[-1] > first[1]


def test_what_follows_below_an_answer_belongs_to_its_statement_and_leaves_its_rows_alone() -> None:
    lines = (*BRIEF[4:6], BRIEF[8], line("note", "State claims: PAPER ¶7", "concerns", "q1"))
    page = set_page(lines, 60)
    assert [(anchor.id, anchor.first, anchor.last) for anchor in page.anchors] == [("q1", 1, 1), ("r1", 3, 3)]
    assert page.rows[-1][-1].anchor == 0


@pytest.mark.parametrize("width", [1, 2, 5, 12, 30, 66, 80, 140, 400])
def test_every_text_stands_on_the_page_in_full_at_any_width(width: int) -> None:
    page = set_page(BRIEF, width)
    for number, set_line in enumerate(BRIEF):
        shown = "".join(piece.text for row in page.rows for piece in row if piece.line == number)
        assert "".join(shown.split()) == "".join(set_line.text.split())


def test_prose_is_never_wider_than_the_measure() -> None:
    page = set_page((line("statement", "word " * 200, "responses", "r"),), 300)
    assert max(cell_len(row) for row in rows_text(page)) <= 92


def test_each_statement_is_an_anchor_once_per_part() -> None:
    assert [(anchor.part, anchor.id) for anchor in set_page(BRIEF, 90).anchors] == [
        ("claims", "c1"), ("concerns", "q1"), ("responses", "r1"),
    ]  # fmt: skip


def test_a_match_knows_its_row_and_its_statement() -> None:
    page = set_page(BRIEF, 40)
    (match,) = page.matches
    assert page.texts[match.line][match.start : match.end] == "they"
    assert page.anchors[match.anchor].id == "q1"
    assert page.anchors[match.anchor].first <= match.row <= page.anchors[match.anchor].last


def test_a_place_is_found_again_at_another_width() -> None:
    for width in (20, 40, 90):
        page = set_page(BRIEF, width)
        row = row_of(page, 2, 30)
        assert any(piece.line == 2 and piece.start <= 30 for piece in page.rows[row])


THREADS = (
    line("heading", "STATE CLAIM", "claims"),
    line("statement", "Visits were made to every prison of the country.", "claims", "c1", thread=1, side="claim"),
    line("heading", "QUESTION", "questions"),
    line("statement", "Were they announced?", "questions", "q1", thread=2, side="put", state="response"),
    line("answer", "● response", "questions", "q1", thread=2, side="answer"),
    line("statement", "None was.", "responses", "r1", spans=((0, 4),), depth=1, thread=2, side="answer"),
    line("statement", "By whom?", "questions", "q2", thread=3, side="put", state="none"),
    line("answer", "○ no response", "questions", "q2", thread=3, side="answer"),
    line("heading", "SEE ALSO", "related"),
    line("meta", "Food", "related"),
)


def test_claim_what_was_put_and_answer_stand_side_by_side_each_answer_level_with_what_it_is_to() -> None:
    rows = rows_text(set_page(THREADS, 120))
    assert [[cell.strip() for cell in row.split("│")] for row in rows[1:-3]] == [
        ["STATE CLAIM", "QUESTION", "ANSWER"],
        ["", "", ""],
        ["C  Visits were made to every prison", "?● Were they announced?", "● response"],
        ["of the country.", "", ""],
        ["", "", "R  None was."],
        ["", "", ""],
        ["", "?○ By whom?", "○ no response"],
    ]
    assert [row.strip() for row in rows[-2:]] == ["SEE ALSO", "Food"]


def test_what_there_is_none_of_takes_no_column() -> None:
    for left_out, columns in (("claim", 2), ("answer", 2)):
        lines = [one for one in THREADS if one.side != left_out]
        heads = next(row for row in rows_text(set_page(lines, 120)) if "QUESTION" in row)
        assert len(heads.split("│")) == columns, left_out


def test_in_columns_every_text_stands_in_full_and_statements_follow_row_by_row() -> None:
    for width in (104, 119, 160, 240):
        page = set_page(THREADS, width)
        for number, one in enumerate(THREADS):
            shown = " ".join(piece.text for row in page.rows for piece in row if piece.line == number)
            over_a_column = one.role == "heading" and one.part != "related"
            assert shown == ("" if over_a_column else one.text), (one.text, width)
        assert [anchor.id for anchor in page.anchors] == ["c1", "q1", "r1", "q2"]
        assert [(page.anchors[match.anchor].id, page.texts[match.line][match.start : match.end])
                for match in page.matches] == [("r1", "None")]  # fmt: skip


def test_beside_a_thing_that_was_put_stands_its_own_answer_and_beside_a_claim_what_is_level_with_it() -> None:
    page = set_page(THREADS, 120)
    at = {anchor.id: number for number, anchor in enumerate(page.anchors)}
    for here, step, there in (
        ("q1", 1, "r1"), ("r1", -1, "q1"), ("q2", 1, None), ("c1", 1, "q1"), ("q2", -1, "c1"), ("c1", -1, None),
        ("r1", 1, None),
    ):  # fmt: skip
        assert beside(page, at[here], step) == (at[there] if there else None), (here, step)
    assert beside(page, -1, 1) is None
