"""Long texts, in a time that grows as they do."""

from __future__ import annotations

from time import process_time

from hrdash.audit.coverage import coverage
from hrdash.audit.numbers import quantities
from hrdash.audit.passage import dates, prepared
from hrdash.audit.texts import SourceText
from hrdash.audit.verbatim import SourceRuns
from hrdash.audit.words import glossary, proper_names
from tests import make
from tests.audit.make import brief_of, registers_of, source_of


def test_a_paragraph_ten_times_as_long_does_not_take_a_hundred_times_as_long() -> None:
    length = 60_000 if make.HEAVY else 20_000
    for words in (
        "The Committee noted 12 visits in 2024 to half of the prisons, ",
        "past 5 years 2 times more 2-fold ",
        "see No. 5 ",
        "State Party (SP) ",
        "...!?!",
        "a-" * 20 + " ",
        "The Law of 2021 ",
        "Third the 2030 ",
        "1/2/",
    ):
        text = words * (length // len(words))
        began = process_time()
        prepared(text, "2024")
        dates(text, "2024")
        proper_names(text)
        glossary([text])
        SourceRuns({"doc": SourceText("doc", {"1": text})}, [])
        coverage([brief_of()], registers_of(source_of("doc", 1)), {"doc": SourceText("doc", {"1": text})})
        assert process_time() - began < length / 6_000, words


def test_a_long_row_of_number_words_is_cut_into_numbers_in_time() -> None:
    began = process_time()
    assert len(quantities("six three and " * 200)) == 400
    assert process_time() - began < 5
