"""Texts broken into rows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from hrdash.report.wrapping import wrap

words = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=60)


@given(words, st.integers(1, 40))
def test_wrapping_loses_no_word_and_keeps_the_width(text: str, width: int) -> None:
    text = " ".join(text.split())
    for split in (True, False):
        rows = [text[start:end] for start, end in wrap(text, width, split=split)]
        assert "".join("".join(rows).split()) == "".join(text.split())
        assert all(cell_len(row) <= max(width, 2) for row in rows if split or " " in row), split


def test_wrapping_breaks_between_words() -> None:
    text = "one two three"
    assert [text[start:end] for start, end in wrap(text, 7)] == ["one two", "three"]


def test_a_word_wider_than_the_page_is_broken_within() -> None:
    assert wrap("abcdefgh", 3) == [(0, 3), (3, 6), (6, 8)]


def test_a_word_that_is_not_to_be_split_keeps_its_row_to_itself() -> None:
    text = "to https://example.org/long and on"
    assert [text[start:end] for start, end in wrap(text, 8, split=False)] == [
        "to", "https://example.org/long", "and on",
    ]  # fmt: skip
