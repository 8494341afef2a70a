"""Lines set on a page."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st
from rich.cells import cell_len

from hrdash.tui.layout import Page, row_of, set_page
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

words = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=60)


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
