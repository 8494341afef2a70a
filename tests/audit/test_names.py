"""Proper names, and whether a text has them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hrdash.audit.names import Name, glossary, names_said, proper_names


def words(text: str) -> list[str]:
    return [name.written for name in proper_names(text) if not name.opening]


def test_a_capital_that_opens_a_sentence_is_no_name_and_an_acronym_is() -> None:
    assert words("Penalties rose. UNDP agreed.") == ["UNDP"]
    assert words("The Mazhilis met Volker Türk's envoy.") == ["Mazhilis", "Volker", "Türk's"]


def test_hyphens_and_quotation_marks_are_seen_through() -> None:
    assert words('it uses e-Otinish, post-Soviet law and "B" status') == ["Otinish", "Soviet", "B"]


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
def test_a_text_has_its_own_names(text: str) -> None:
    offered = names_said(text)
    assert all(isinstance(name, Name) and offered.has(name) for name in proper_names(text))
