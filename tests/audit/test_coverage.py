"""The account of a corpus against its texts, and its gaps."""

from __future__ import annotations

import pytest

from hrdash.audit.account import account_lines, gap_lines, share_text
from hrdash.audit.coverage import Account, coverage
from hrdash.model import Citation, Difference, Figure, Place, Source, Statement
from tests.audit.make import brief_of, registers_of, said, source_of, text_of


def account_of(*statements: Statement, paragraphs: tuple[str, ...], declared: str = "", **brief: object) -> Account:
    registers = registers_of(source_of("doc", len(paragraphs), declared=declared))
    return coverage([brief_of(*statements, **brief)], registers, {"doc": text_of("doc", *paragraphs)})


def gaps(*statements: Statement, paragraph: str) -> list[tuple[str, ...]]:
    account = account_of(*statements, paragraphs=(paragraph,))
    return [gap.missing for gap in account.sources[0].gaps]


# paragraphs


def test_a_paragraph_is_cited_declared_or_a_gap() -> None:
    account = account_of(said("It was so.", para="1-2"), paragraphs=("A.", "B.", "C.", "D."), declared="4")
    (source,) = account.sources
    assert source.cited == {1: ("torture-visits",), 2: ("torture-visits",)}
    assert {number: gap.reason for number, gap in source.declared.items()} == {4: "heading"}
    assert source.uncited == (3,)
    assert account.paragraph_share == 75
    assert account.share == 75


def test_a_paragraph_cited_only_in_a_difference_is_a_gap() -> None:
    differs = Difference(("c-one",), "They differ.", (Citation("doc", "2"),), Place(9, 1))
    account = account_of(said("It was so."), paragraphs=("A.", "B."), differences=(differs,))
    assert account.sources[0].uncited == (2,)


def test_a_paragraph_that_nobody_cites_has_its_sentences_as_gaps_too() -> None:
    account = account_of(paragraphs=("It made 46 visits.",))
    assert account.sources[0].uncited == (1,)
    assert [gap.missing for gap in account.sources[0].gaps] == [("46",)]


def test_sentences_of_a_declared_paragraph_are_not_looked_at() -> None:
    account = account_of(paragraphs=("1. It made 46 visits in 2024.",), declared="1")
    assert account.sources[0].sentences == 0
    assert account.share == 100


def test_a_source_without_a_text_is_accounted_for_by_its_paragraphs_and_is_a_gap() -> None:
    account = coverage([brief_of(said("It was so."))], registers_of(source_of("doc", 1)), {})
    assert account.paragraph_share == 100
    assert account.sentence_share == 0
    assert account.share == 0
    assert list(gap_lines(account)) == ["doc: no text at hand, so that none of its sentences was looked at"]
    assert list(account_lines(account))[1] == (
        "sentences   0 of 0 with a number, a year or a question carried, 0 %, "
        "a text that is not at hand counted as one that is not"
    )


# numbers and years

SENTENCE = "In 2024, the Ombudsman made over 800 visits to closed institutions."


@pytest.mark.parametrize(
    "statement",
    [
        said("The Ombudsman made over 800 visits in 2024."),
        said("The Ombudsman made over eight hundred visits.", period="2024"),
        said("The Ombudsman made many visits.", Figure("visits", 800, qualifier="more-than", period="2024")),
    ],
    ids=["text", "period", "figure"],
)
def test_a_number_and_a_year_are_carried_by_text_figure_or_period(statement: Statement) -> None:
    assert gaps(statement, paragraph=SENTENCE) == []


@pytest.mark.parametrize(
    ("statement", "missing"),
    [
        (said("The Ombudsman made visits in 2024."), ("800",)),
        (said("The Ombudsman made over 800 visits."), ("2024",)),
        (said("The Ombudsman made visits to institutions."), ("800", "2024")),
        (said("The Ombudsman made visits in 2024, in 800 % of institutions."), ("800",)),
    ],
)
def test_what_no_statement_carries_is_missing(statement: Statement, missing: tuple[str, ...]) -> None:
    assert gaps(statement, paragraph=SENTENCE) == [missing]


def test_two_statements_carry_a_sentence_together() -> None:
    statements = (said("The Ombudsman made over 800 visits."), said("The Ombudsman made visits in 2024.", id="c-two"))
    assert gaps(*statements, paragraph=SENTENCE) == []


def test_a_statement_about_something_else_with_the_same_number_carries_nothing() -> None:
    paragraph = "Six parties sit in Parliament. Prisons lost six guards."
    assert gaps(said("Parliament has six parties."), paragraph=paragraph) == [("six",)]


def test_a_statement_that_cites_another_paragraph_carries_nothing() -> None:
    account = account_of(
        said("The Ombudsman made 46 visits.", para="2"),
        said("It was so."),
        paragraphs=("The Ombudsman made 46 visits.", "B."),
    )
    assert [gap.para for gap in account.sources[0].gaps] == [1]


def test_this_year_and_last_year_are_years() -> None:
    paragraph = "Last year, beatings of children were recorded."
    assert gaps(said("Beatings of children were recorded."), paragraph=paragraph) == [("2024",)]
    assert gaps(said("Beatings of children were recorded.", period="2024"), paragraph=paragraph) == []


def test_the_past_five_years_are_carried_by_a_period_of_five_years() -> None:
    paragraph = "Over the past five years compensation payments were made."
    assert gaps(said("Compensation payments were made.", period="2020/2025"), paragraph=paragraph) == []
    assert gaps(said("Compensation payments were made.", period="2024/2025"), paragraph=paragraph) == [("five",)]


def test_one_first_and_ordinals_in_a_name_need_not_be_repeated() -> None:
    paragraph = "For the first time one official presented the Third Periodic Report."
    assert gaps(said("A report was presented."), paragraph=paragraph) == []


# questions


def asks(text: str, **more: object) -> Statement:
    return said(text, by="expert", put_as="question", **more)


def test_a_question_is_carried_by_a_statement_that_asks() -> None:
    paragraph = "Would the State revise the definition of extremism?"
    assert gaps(asks("Asks whether the definition of extremism would be changed."), paragraph=paragraph) == []
    assert gaps(asks("Asks how judges are trained."), paragraph=paragraph) == [("question",)]


def test_a_question_is_not_carried_by_a_statement_that_does_not_ask() -> None:
    paragraph = "Would the State revise the definition of extremism?"
    assert gaps(said("The State revised the definition of extremism."), paragraph=paragraph) == [("question",)]


def test_words_of_any_question_do_not_carry_it() -> None:
    paragraph = "What steps had the State party taken to ensure fair trials?"
    assert gaps(asks("What steps had the State party taken to ensure visits?"), paragraph=paragraph) == [("question",)]


def test_two_statements_carry_a_question_together() -> None:
    paragraph = "How did the State support inmates with medicine, doctors and lawyers?"
    both = (asks("Asks about medicine for inmates."), asks("Asks about lawyers and doctors.", id="q-two"))
    assert gaps(*both, paragraph=paragraph) == []


def test_a_question_of_several_parts_is_looked_at_part_by_part() -> None:
    paragraph = "How did it encourage victims to report violence, and collect data on complaints and sentences?"
    (missing,) = gaps(asks("Asks how victims were encouraged to report violence."), paragraph=paragraph)
    assert missing == ("question: collect data on complaints and sentences?",)


def test_told_questions_are_looked_at_one_by_one() -> None:
    paragraph = (
        "Experts asked follow-up questions on alternatives to residential care; whether spontaneous protests were "
        "possible; and plans to prohibit corporal punishment."
    )
    statements = (
        asks("Ask about alternatives to residential care."),
        asks("Ask if protests can be spontaneous.", id="q-b"),
    )
    assert gaps(*statements, paragraph=paragraph) == [("question: and plans to prohibit corporal punishment.",)]


def test_words_of_one_question_do_not_carry_the_next() -> None:
    paragraph = "Did the Covenant have direct effect? Had courts directly implemented the Covenant?"
    assert gaps(asks("Asks whether courts implemented the Covenant directly."), paragraph=paragraph) == [("question",)]


def test_a_question_that_leans_on_the_sentence_before_it_is_carried_by_what_that_says() -> None:
    paragraph = (
        "Military schools were excluded from the mandate of the mechanism. Did the State intend to address this?"
    )
    told = said("Military schools were outside the mandate of the mechanism.", by="expert", id="q-schools")
    leaning = asks("Asks whether this was going to be changed.")
    assert gaps(told, leaning, paragraph=paragraph) == []
    assert gaps(told, paragraph=paragraph) == [("question",)]
    assert gaps(leaning, paragraph=paragraph) == [("question",)]


def test_an_acronym_carries_the_words_that_it_stands_for() -> None:
    paragraph = "Was a society of lesbian, gay, bisexual, transgender and intersex persons refused registration?"
    assert gaps(asks("Asks whether registration was refused to a society of LGBTI persons."), paragraph=paragraph) == []


# shares


def test_both_kinds_of_gap_lower_the_share() -> None:
    paragraphs = ("It made 46 visits.", "It made 47 visits to prisons.", "A.", "B.")
    account = account_of(said("Some visits to prisons: 47.", para="2-4"), said("It was so."), paragraphs=paragraphs)
    assert (account.paragraph_share, account.sentence_share, account.share) == (100, 50, 50)


def test_a_corpus_without_sources_has_no_gap() -> None:
    assert coverage([], registers_of(), {}).share == 100


def test_a_share_is_never_rounded_up_to_all() -> None:
    assert share_text(99.99) == "99.9 %"
    assert share_text(100.0) == "100 %"


# the mix


def test_the_mix_counts_speakers_and_what_briefs_rest_on() -> None:
    sources = (source_of("doc", 1), source_of("two", 1))
    state = brief_of(said("A."), said("B.", source="two", id="c-two"))
    mixed = brief_of(said("A."), said("B.", by="expert", id="q"))._replace(id="mixed")
    blog = brief_of(said("A.", by="blog"))._replace(id="blog")
    texts = {source.id: text_of(source.id, "A.") for source in sources}
    mix = coverage([state, mixed, blog], registers_of(*sources), texts).mix
    assert mix.statements == {"state": 3, "treaty-body": 1, "unsigned": 1}
    assert mix.one_source == ("mixed", "blog")
    assert mix.state_only == ("torture-visits",)
    assert mix.unsigned_only == ("blog",)


# the lines


def lines_of(account: Account) -> list[str]:
    return list(account_lines(account))


def test_the_account_names_every_paragraph_once() -> None:
    account = account_of(said("It was so."), paragraphs=("A.", "Heading", "C."), declared="2")
    lines = lines_of(account)
    assert "doc ¶1: cited by torture-visits" in lines
    assert "doc ¶2: no statement, heading" in lines
    assert "doc ¶3: neither cited by a statement nor declared under no_statements" in lines
    assert lines[0] == "paragraphs  2 of 3 cited or declared, 66.6 %"


def test_a_gap_is_a_line_with_source_paragraph_and_sentence() -> None:
    account = account_of(said("It was so."), paragraphs=("It was so. It made 46 visits.",))
    assert list(gap_lines(account)) == ["doc ¶1: sentence 2: 46: It made 46 visits."]


def test_a_long_sentence_is_cut_and_stays_on_one_line() -> None:
    account = account_of(said("It was so."), paragraphs=("It made 46 visits " + "to many places " * 30 + ".",))
    (line,) = gap_lines(account)
    assert line.endswith(" …")
    assert len(line) < 220


def test_no_gap_is_said() -> None:
    (line,) = gap_lines(account_of(said("It was so."), paragraphs=("A.",)))
    assert line.startswith("no gap: ")


def test_columns_are_aligned() -> None:
    sources: tuple[Source, ...] = (source_of("doc", 1), source_of("a-longer-name", 1))
    texts = {source.id: text_of(source.id, "A.") for source in sources}
    lines = lines_of(coverage([], registers_of(*sources), texts))
    head = next(line for line in lines if line.startswith("source"))
    rows = [line for line in lines if line.startswith(("doc  ", "a-longer-name  "))]
    assert len(rows) == 2
    assert {len(line) for line in rows} == {len(head)}
