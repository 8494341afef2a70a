"""What a paraphrase makes of numbers and opposites, with what passes and what is found."""

from __future__ import annotations

from tests.audit.make import said
from tests.audit.test_verify import findings


def found(text: str, sentence: str, **more: object) -> str:
    return findings(said(text, **more), paragraphs=(sentence,))


def test_another_unit_is_found_and_one_that_is_not_told_passes() -> None:
    sentence = "He was held for 48 hours, paid 20 dollars and was 19 when 72 had been allowed."
    assert found("It took 48 hours and cost $20.", sentence) == ""
    assert found("He was 19 years old.", sentence) == ""
    assert found("It might take 72 hours.", sentence) == ""
    assert "'48' has the unit day, and hour in doc ¶1" in found("It took 48 days.", sentence)
    assert "'20' has the unit euro, and" in found("It cost 20 euros.", sentence)


def test_another_direction_of_a_number_is_found() -> None:
    sentence = "Cases fell by 30 per cent."
    assert found("There were 30 per cent fewer cases.", sentence) == ""
    assert "the direction of '30 per cent' is up, and down in doc ¶1" in found("Cases rose by 30 per cent.", sentence)
    assert found("Cases rose by 30 per cent.", "After a fall, cases grew by 30 per cent.") == ""


def test_another_base_is_found() -> None:
    sentences = "Of the 528 we met, 190 were struck. A hundred and seventy of the 200 women were searched."
    assert found("Of 200 women 170 were searched.", sentences) == ""
    assert found("It was 170 of 200.", sentences) == ""
    assert "'170' has the base '190' in the text, and '200' in doc ¶1" in found("It was 170 of 190.", sentences)


def test_a_rate_of_another_time_is_found() -> None:
    sentence = "They have 90 crowns a month."
    assert found("Their monthly 90 crowns.", sentence) == ""
    assert "per year, and doc ¶1 per month" in found("Each year 90 crowns.", sentence)


def test_an_opposite_is_found_where_the_paragraphs_have_the_other_word_alone() -> None:
    sentence = "The share was the lowest in the northern region."
    assert "the text says 'highest', and doc ¶1 'lowest' only" in found("It was the highest share.", sentence)
    assert "'oldest'" in found("The oldest was 14.", "The youngest was 14.")
    assert "'southern'" in found("The region is southern.", sentence)
    assert found("It was lower than the highest share.", f"{sentence} The highest was elsewhere.") == ""


def test_shares_of_so_many_are_compared_as_shares() -> None:
    sentence = "Four in ten, that is, and three out of four pupils."
    assert found("It is 40 per cent, and 75 % of pupils.", sentence) == ""
    assert "'four in five'" in found("It is four in five.", sentence)
