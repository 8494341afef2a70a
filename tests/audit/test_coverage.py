"""The account of a corpus against its texts, and its gaps."""

from __future__ import annotations

from hrdash.audit.account import account_lines, gap_lines, share_text
from hrdash.audit.coverage import Account, coverage
from hrdash.audit.texts import SourceText
from hrdash.model import SECTIONS, Citation, Difference, Figure, Place, Position, Source, Statement
from tests.audit.make import brief_of, registers_of, said, source_of, text_of


def account_of(*statements: Statement, paragraphs: tuple[str, ...], declared: str = "", **brief: object) -> Account:
    registers = registers_of(source_of("doc", len(paragraphs), declared=declared))
    return coverage([brief_of(*statements, **brief)], registers, {"doc": text_of("doc", *paragraphs)})


def gaps(*statements: Statement, paragraph: str) -> list[str]:
    account = account_of(*statements, paragraphs=(paragraph,))
    return [gap.written for gap in account.sources[0].gaps if gap.kind != "paragraph"]


# paragraphs


def test_a_paragraph_is_cited_declared_or_a_gap() -> None:
    account = account_of(said("It was so.", para="1-2"), paragraphs=("A.", "B.", "C.", "D."), declared="4")
    (source,) = account.sources
    assert source.cited == {"1": ("torture-visits",), "2": ("torture-visits",)}
    assert {number: gap.reason for number, gap in source.declared.items()} == {"4": "heading"}
    assert [(gap.kind, gap.place) for gap in source.gaps] == [("paragraph", "3")]
    assert account.tally("paragraph").share == 75
    assert account.share == 75


def test_a_paragraph_cited_only_in_a_difference_is_a_gap() -> None:
    differs = Difference("fact", ("c-one",), "They differ.", (Citation("doc", "2"),), Place(9, 1))
    account = account_of(said("It was so."), paragraphs=("A.", "B."), differences=(differs,))
    assert [(gap.kind, gap.place) for gap in account.sources[0].gaps] == [("paragraph", "2")]


def test_a_paragraph_that_nobody_cites_has_its_numbers_as_gaps_too() -> None:
    account = account_of(paragraphs=("It made 46 visits.",))
    assert [(gap.kind, gap.written) for gap in account.sources[0].gaps] == [("paragraph", ""), ("number", "46")]


def test_numbers_of_a_declared_paragraph_are_not_looked_at() -> None:
    account = account_of(paragraphs=("1. It made 46 visits in 2024.",), declared="1")
    assert [item.kind for item in account.sources[0].items] == ["paragraph"]
    assert account.share == 100


def test_a_source_without_a_text_is_accounted_for_by_its_paragraphs_and_is_a_gap() -> None:
    account = coverage([brief_of(said("It was so."))], registers_of(source_of("doc", 1)), {})
    assert account.tally("paragraph").share == 100
    assert account.share == 0
    assert list(gap_lines(account)) == ["doc: no text at hand, so that none of its numbers and years was looked at"]
    assert list(account_lines(account))[1] == (
        "numbers     0 of 0 carried, 0 %, a text that is not at hand counted as one that is not"
    )


def test_paragraphs_are_accounted_for_by_their_pinpoints() -> None:
    text = text_of("doc", "Thus:", "A.", "B.", "C.", numbers="24; 24 (a); 24 (c); 140.2")
    statements = (said("It was so.", para="24 (a)"), said("It was so.", para="140.2"))
    account = coverage([brief_of(*statements)], registers_of(source_of("doc", 140, "24 (c)")), {"doc": text})
    (source,) = account.sources
    assert (list(source.cited), list(source.declared)) == (["24 (a)", "140.2"], ["24 (c)"])
    assert [gap.place for gap in source.gaps] == ["24"]
    assert "doc ¶24 (c): no statement, heading" in lines_of(account)


def test_what_a_position_cites_is_cited_and_carries_the_recommendations_number() -> None:
    position = Position("supported", (Citation("add", "1"),))
    brief = brief_of()._replace(recommendations=(said("It was so.", para="140.7", positions=(position,)),))
    texts = {"doc": text_of("doc", "A.", numbers="140.7"), "add": text_of("add", "Supported: 140.7, 140.8.")}
    account = coverage([brief], registers_of(source_of("doc", 140), source_of("add", 1)), texts)
    assert account.tally("paragraph").share == 100
    assert [gap.written for source in account.sources for gap in source.gaps] == ["140.8"]


def test_a_source_without_paragraphs_or_of_which_they_are_not_known_is_accounted_for() -> None:
    known, unknown = source_of("doc", 0), source_of("doc", 0)._replace(paragraphs=None)
    for source, texts, paragraphs in (
        (known, {"doc": SourceText("doc", {"": "A."})}, (0, 1)),
        (known, {}, (0, 1)),
        (unknown, {}, (0, 0)),
    ):
        assert coverage([], registers_of(source), texts).tally("paragraph")[:2] == paragraphs, source
        if paragraphs[1]:
            account = coverage([brief_of(said("A.", para=""))], registers_of(source), texts)
            assert account.tally("paragraph").share == 100
            assert "doc: cited by torture-visits" in lines_of(account)


# numbers and years

SENTENCE = "In 2024, the Ombudsman made over 800 visits to closed institutions."


def test_a_number_and_a_year_are_carried_by_text_figure_or_period() -> None:
    for statement in (
        said("The Ombudsman made over 800 visits in 2024."),
        said("The Ombudsman made over eight hundred visits.", period="2024"),
        said("The Ombudsman made visits in plenty.", Figure("visits", 800, qualifier="more-than", period="2024")),
        said("In other words: 800 of them.", period="2020/2024"),
    ):
        assert gaps(statement, paragraph=SENTENCE) == [], statement


def test_what_no_statement_carries_is_missing() -> None:
    for text, missing in (
        ("The Ombudsman made visits in 2024.", ["800"]),
        ("The Ombudsman made over 800 visits.", ["2024"]),
        ("The Ombudsman made visits to institutions.", ["2024", "800"]),
        ("The Ombudsman made visits in 2024, in 800 % of institutions.", ["800"]),
        ("The Ombudsman made visits in 2023/24, and 80 in all.", ["800"]),
    ):
        assert gaps(said(text), paragraph=SENTENCE) == missing, text


def test_two_statements_carry_a_sentence_together() -> None:
    statements = (said("The Ombudsman made over 800 visits."), said("The Ombudsman made visits in 2024.", id="c-two"))
    assert gaps(*statements, paragraph=SENTENCE) == []


def test_every_kind_of_statement_carries() -> None:
    for section in SECTIONS:
        brief = brief_of()._replace(**{section: (said("Over 800 visits in 2024."),)})
        account = coverage([brief], registers_of(source_of("doc", 1)), {"doc": text_of("doc", SENTENCE)})
        assert account.share == 100, section


def test_a_statement_that_cites_another_paragraph_carries_nothing() -> None:
    account = account_of(
        said("The Ombudsman made 46 visits.", para="2"),
        said("It was so."),
        paragraphs=("The Ombudsman made 46 visits.", "B."),
    )
    assert [gap.place for gap in account.sources[0].gaps] == ["1"]


def test_a_number_is_counted_once_in_a_paragraph_however_it_is_written() -> None:
    account = account_of(paragraphs=("Six came. There were 6 of them, 60 in 2024, and in 2024 it ended.",))
    assert [item.kind for item in account.sources[0].items] == ["paragraph", "number", "number", "year"]


def test_this_year_and_last_year_are_years() -> None:
    paragraph = "Last year, beatings of children were recorded."
    assert gaps(said("Beatings of children were recorded."), paragraph=paragraph) == ["Last year"]
    assert gaps(said("Beatings of children were recorded.", period="2024"), paragraph=paragraph) == []


def test_the_past_five_years_are_carried_by_a_period_of_five_years() -> None:
    paragraph = "Over the past five years compensation payments were made."
    assert gaps(said("Compensation payments were made.", period="2020/2025"), paragraph=paragraph) == []
    assert gaps(said("Compensation payments were made.", period="2024/2025"), paragraph=paragraph) == ["five"]


def test_what_belongs_to_a_name_or_counts_nothing_need_not_be_repeated() -> None:
    for paragraph in (
        "For the first time one official presented the Third Periodic Report.",
        "It was the third periodic report, at the 144th session of the Committee.",
        "This was the one hundred and forty-fourth meeting, in the twenty-first century.",
        "They follow Vision 2050, the 2030 Agenda and its 2021 Law on Petitions.",
        "They follow the Law on Petitions of 2021 and the Zenda Plan (2022).",
        "They follow the Code of 4 July 2014 and Ruritania’s 1995 Constitution.",
        "They follow the Concept of Inclusive Policy through 2030.",
        "They follow the Action Plan for 2024–2026 and the 2023–2026 Anti-Fraud Plan.",
        "They follow “Zenda-2050”.",
    ):
        assert gaps(said("It was so."), paragraph=paragraph) == [], paragraph


def test_a_year_or_number_that_is_in_no_name_has_to_be_carried() -> None:
    for paragraph, missing in (
        ("In 2024 Ruritania acted.", ["2024"]),
        ("By 2030, the Ombudsman will act.", ["2030"]),
        ("They met in Zenda in 2024.", ["2024"]),
        ("They met on 4 May 2024.", ["4", "2024"]),
        ("They met in December 2024.", ["2024"]),
        ("They met the Ombudsman, and in 2024 the Minister.", ["2024"]),
        ("The report of the Office for 2024 came.", ["2024"]),
        ("A law of 2021 was changed.", ["2021"]),
        ("Since 2019 the 2030 Agenda is followed.", ["2019"]),
        ("Ruritania is ranked 24th, and placed third in Zenda.", ["24th", "third"]),
        ("Visits rose from 2019 to 2024.", ["2019", "2024"]),
    ):
        assert gaps(said("It was so."), paragraph=paragraph) == missing, paragraph


def test_a_question_is_asked_for_nothing_but_its_numbers() -> None:
    paragraph = "Would the harbour be opened again? Were 46 boats there?"
    assert gaps(said("It was so."), paragraph=paragraph) == ["46"]


# shares


def test_every_kind_of_gap_lowers_the_share() -> None:
    paragraphs = ("It made 46 visits in 2024.", "It made 47 visits to prisons in 2023.", "A.", "B.")
    for text, cited, numbers, years in (
        ("Visits to prisons: 47, in 2023.", "1-4", 50, 50),
        ("Visits to prisons: 46 and 47, in 2023.", "1-4", 100, 50),
        ("Visits to prisons: 46, in 2023 and 2024.", "1-4", 50, 100),
        ("Visits to prisons: 46 and 47, in 2023 and 2024.", "1-3", 100, 100),
    ):
        account = account_of(said(text, para=cited), paragraphs=paragraphs)
        shares = (account.tally("number").share, account.tally("year").share)
        assert shares == (numbers, years), text
        assert account.share == min(account.tally("paragraph").share, *shares), text


def test_a_corpus_without_sources_has_no_gap() -> None:
    assert coverage([], registers_of(), {}).share == 100


def test_a_share_is_never_rounded_up_to_all() -> None:
    assert share_text(99.99) == "99.9 %"
    assert share_text(100.0) == "100 %"


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


def test_a_gap_is_a_line_with_source_paragraph_number_and_sentence() -> None:
    account = account_of(said("It was so."), paragraphs=("It was so. It made 46 visits.",))
    assert list(gap_lines(account)) == ["doc ¶1: number 46: It made 46 visits."]


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
