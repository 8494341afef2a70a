"""Sentences of the source texts, and the stems of their words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hrdash.audit.sentences import sentences, stems


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    for text in (
        "It was held on Dec. 10 in Astana.",
        "The U.S. Government said so.",
        "A. B. Smith spoke.",
        "They met at 3 p.m. on Thursday.",
        "See No. 5 of the list, e.g. Article 7.",
        "It rose by 2.5 times.",
        "Mr. Soh asked.",
    ):
        assert sentences(text) == (text,), text


def test_sentences_end_where_they_end() -> None:
    for text, count in (
        ("One. Two? Three!", 3),
        ("“It is so.” He left.", 2),
        ("They left at 5 p.m. The end came.", 2),
        ("He said no. She left.", 2),
        ("In 2023. 46 people.", 2),
        ("A rank of 24th. Then more.", 2),
    ):
        assert len(sentences(text)) == count, text


@given(st.text(max_size=120))
def test_splitting_loses_no_word(text: str) -> None:
    assert " ".join(sentences(text)).split() == text.split()


def test_stems_join_the_forms_of_a_word() -> None:
    assert stems("registered detentions of workers") == stems("register detention worker")
    assert stems("the of and which") == frozenset()
