"""Sentences, dates and proper names of the source texts."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdash.audit.dates import dates, missing_dates
from hrdash.audit.names import Name, glossary, names_said, proper_names
from hrdash.audit.numbers import quantities
from hrdash.audit.passage import prepared
from hrdash.audit.sentences import sentences, stems
from hrdash.audit.texts import SourceText
from hrdash.audit.verbatim import SourceRuns
from hrdash.period import parse


@pytest.mark.parametrize(
    "text",
    [
        "It was held on Dec. 10 in Astana.",
        "The U.S. Government said so.",
        "A. B. Smith spoke.",
        "They met at 3 p.m. on Thursday.",
        "See No. 5 of the list, e.g. Article 7.",
        "It rose by 2.5 times.",
        "Mr. Soh asked.",
    ],
)
def test_an_abbreviation_does_not_end_a_sentence(text: str) -> None:
    assert sentences(text) == (text,)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two? Three!", 3),
        ("“It is so.” He left.", 2),
        ("They left at 5 p.m. The end came.", 2),
        ("He said no. She left.", 2),
        ("In 2023. 46 people.", 2),
        ("A rank of 24th. Then more.", 2),
    ],
)
def test_sentences_end_where_they_end(text: str, count: int) -> None:
    assert len(sentences(text)) == count


@given(st.text(max_size=120))
def test_splitting_loses_no_word(text: str) -> None:
    assert " ".join(sentences(text)).split() == text.split()


def test_stems_join_the_forms_of_a_word() -> None:
    assert stems("registered detentions of workers") == stems("register detention worker")
    assert stems("the of and which") == frozenset()


@pytest.mark.parametrize(
    ("sentence", "years"),
    [
        ("This year it was so.", {2025}),
        ("Last year, 250 cases.", {2024}),
        ("By 30% in 2024, after 50% the previous year.", {2023, 2024}),
        ("In 2024, against the same period last year.", {2023, 2024}),
        ("Over the past two years.", {2023, 2024, 2025}),
        ("To date, 543 unions.", {2025}),
        ("It was so.", set()),
    ],
)
def test_years_follow_from_the_documents_date(sentence: str, years: set[int]) -> None:
    assert years <= dates(sentence, "2025-06").years
    assert bool(dates(sentence, "2025-06").years) == bool(years)
    if len(years) == 1:
        assert dates(sentence, "2025-06").years == years


def test_years_follow_from_another_documents_date() -> None:
    assert dates("Last year it fell.", "2024-12").years == {2023}
    assert dates("Last year it fell.", "2025~").years == {2024}


@pytest.mark.parametrize(
    ("period", "sentence", "missing"),
    [
        ("2019/2024", "from 800 in 2019 to 100 in 2024", ()),
        ("2019/2024", "from 800 in 2019", ("2024",)),
        ("2024-01/2024-11", "in the first 11 months of 2024", ()),
        ("2024-04", "in April 2024", ()),
        ("2024-04", "in May 2024", ("2024-04",)),
        ("2025-01/2025-03", "in the first quarter of this year", ()),
        ("2013/..", "since 2013", ()),
        ("../2020", "as of 2020", ()),
        ("../2020", "as of 2019", ("2020",)),
    ],
)
def test_what_of_a_period_a_sentence_lacks(period: str, sentence: str, missing: tuple[str, ...]) -> None:
    assert tuple(missing_dates(parse(period), dates(sentence, "2025-06"))) == missing


def words(text: str) -> list[str]:
    return [name.written for name in proper_names(text) if not name.opening]


def test_a_capital_that_opens_a_sentence_is_no_name_and_an_acronym_is() -> None:
    assert words("Penalties rose. UNDP agreed.") == ["UNDP"]
    assert words("The Mazhilis met Volker Türk's envoy.") == ["Mazhilis", "Volker", "Türk's"]


def test_hyphens_and_quotation_marks_are_seen_through() -> None:
    assert words('it uses e-Otinish, post-Soviet law and "B" status') == ["Otinish", "Soviet", "B"]


def said(text: str, name: str) -> bool:
    return all(names_said(text).has(found) for found in proper_names(f"the {name}"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
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
    ],
)
def test_a_name_stands_in_other_words(text: str, name: str) -> None:
    assert said(text, name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the Ministry of Justice", "Minister"),
        ("the Ombudsperson", "Ombudsman"),
        ("in Astana", "Geneva"),
        ("nothing", "NPM"),
    ],
)
def test_another_name_does_not_stand(text: str, name: str) -> None:
    assert not said(text, name)


def test_texts_explain_their_own_acronyms() -> None:
    found = glossary(["under the International Covenant on Civil and Political Rights (ICCPR), it said (AND)"])
    assert found == {"iccpr": "International Covenant on Civil and Political Rights"}


@given(st.text(max_size=80))
def test_a_text_has_its_own_names(text: str) -> None:
    offered = names_said(text)
    assert all(isinstance(name, Name) and offered.has(name) for name in proper_names(text))


@pytest.mark.parametrize(
    "words",
    [
        "The Committee noted 12 visits in 2024 to half of the prisons, ", "past 5 years 2 times more 2-fold ",
        "see No. 5 ", "State Party (SP) ", "...!?!",
    ],
)  # fmt: skip
def test_a_paragraph_ten_times_as_long_does_not_take_a_hundred_times_as_long(words: str) -> None:
    text = words * (60_000 // len(words))
    began = process_time()
    prepared(text, "2024")
    dates(text, "2024")
    proper_names(text)
    glossary([text])
    SourceRuns({"doc": SourceText("doc", {1: text})}, [])
    assert process_time() - began < 10


def test_a_long_row_of_number_words_is_cut_into_numbers_in_time() -> None:
    began = process_time()
    assert len(quantities("six three and " * 200)) == 400
    assert process_time() - began < 5
