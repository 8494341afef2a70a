"""Sentences of the source texts, the stems of their words, and the proper names among them."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from hrdash.audit.words import Name, glossary, names_said, proper_names, sentences, stems


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


def names(text: str) -> list[str]:
    return [name.written for name in proper_names(text) if not name.opening]


def test_a_capital_that_opens_a_sentence_is_no_name_and_an_acronym_is() -> None:
    assert names("Penalties rose. UNDP agreed.") == ["UNDP"]
    assert names("The Mazhilis met Volker Türk's envoy.") == ["Mazhilis", "Volker", "Türk's"]


def test_hyphens_and_quotation_marks_are_seen_through() -> None:
    assert names('it uses e-Otinish, post-Soviet law and "B" status') == ["Otinish", "Soviet", "B"]


def said(text: str, name: str) -> bool:
    return all(names_said(text).has(found) for found in proper_names(f"the {name}"))


def test_a_name_stands_in_other_words() -> None:
    for text, name in (
        ("the national preventive mechanism", "NPM"),
        ("the United Nations system", "UN"),
        ("UN bodies", "United Nations"),
        ("non-governmental organizations", "NGOs"),
        ("the Ministry of Health", "Health Ministry"),
        ("Kazakhstan’s law", "Kazakh"),
        ("Central Asia", "Asian"),
        ("a presidential term", "President"),
        ("on Dec. 10", "December"),
        ("Changrok Soh", "Soh's"),
        ("anything", "State"),
        ("the Qurʾan", "Qur'an"),
        ("the Quran", "Qur’an"),
        ("Saʿid", "Sa‘id"),
        ("Małgorzata Ðorđević", "Malgorzata Dordevic"),
        ("the Prosecutor‑General", "Prosecutor-General"),
        ("the Oﬃce", "Office"),
        ("Ғаббасов", "Габбасов"),
    ):
        assert said(text, name), text


def test_another_name_does_not_stand() -> None:
    for text, name in (
        ("the Ministry of Justice", "Minister"),
        ("the Ombudsperson", "Ombudsman"),
        ("in Astana", "Geneva"),
        ("nothing", "NPM"),
    ):
        assert not said(text, name), text


def test_texts_explain_their_own_acronyms() -> None:
    found = glossary(["under the International Covenant on Civil and Political Rights (ICCPR), it said (AND)"])
    assert found == {"iccpr": "International Covenant on Civil and Political Rights"}


@given(st.text(max_size=80))
@example("0`A0")
@example("O‛Brien")
def test_a_text_has_its_own_names(text: str) -> None:
    offered = names_said(text)
    assert all(isinstance(name, Name) and offered.has(name) for name in proper_names(text))
