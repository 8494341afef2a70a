"""A corpus written by hand from the format alone, with every trap that one can set: it reads as it is meant."""

from __future__ import annotations

from pathlib import Path

from hrdash import pinpoint
from hrdash.corpus.folder import CorpusFolder
from hrdash.corpus.read import FileContents
from hrdash.corpus.values import Reference
from hrdash.model import Brief, Citation

TRAPS = Path(__file__).parents[1] / "corpora/traps"


def files() -> list[FileContents]:
    folder = CorpusFolder(str(TRAPS))
    found = folder.registers()
    assert (folder.listing.problems, found.problems) == ((), ())
    read = [
        folder.theme_file(stamp.name, found.corpus, found.registers, found.faulty)
        for stamp in folder.listing.theme_files
    ]
    assert [problem.text for contents in read for problem in contents.problems] == []
    return read


def briefs() -> dict[str, Brief]:
    return {brief.id: brief for contents in files() for brief in contents.briefs}


def test_everything_is_read() -> None:
    assert set(briefs()) == {"licences", "newspapers", "protocol", "visits", "redress", "letter"}
    assert CorpusFolder(str(TRAPS)).registers().registers.sources.keys() >= {"wg-2025", "page"}


def test_a_recommendation_is_joint_verbatim_and_has_every_position_given_to_it() -> None:
    first = briefs()["protocol"].recommendations[0]
    assert (first.by, first.verbatim) == (("france", "portugal"), True)
    assert [one.position for one in first.positions] == ["pending", "supported"]


def test_numbers_behind_a_point_are_text_and_stand_in_their_natural_order() -> None:
    cites = [said.cites[0].pinpoint for said in briefs()["protocol"].recommendations]
    assert cites == ["140.1", "140.2", "140.10", "140.2"]
    assert sorted(set(cites), key=pinpoint.parse) == ["140.1", "140.2", "140.10"]


def test_one_number_with_two_texts_is_two_recommendations() -> None:
    assert [said.id for said in briefs()["protocol"].recommendations if said.cites[0].pinpoint == "140.2"] == [
        "m-2", "m-2-again",
    ]  # fmt: skip


def test_sub_paragraphs_are_entries_of_their_own_and_a_year_in_brackets_stays_in_the_text() -> None:
    first, second = briefs()["redress"].recommendations
    assert [cite.pinpoint for cite in first.cites] == ["24 (a)", "24 (c)"]
    assert second.cites == (Citation("observations-2024", "25 (a)-(c)"),)
    assert first.text.endswith("general comment No. 31 (2004)")


def test_a_response_in_another_brief_names_the_question_by_its_brief() -> None:
    (named,) = [one for contents in files() for one in contents.references if one.target == "licences/q-licences"]
    assert named[:6] == Reference("answers", "licences/q-licences", named.place, "newspapers", "responses", "")[:6]


def test_a_premise_a_follow_up_and_a_repeated_statement_keep_what_they_name() -> None:
    visits = briefs()["visits"]
    assert [(said.id, said.premise) for said in visits.questions] == [
        ("q-announced", ("n-announced",)), ("q-doctors", ()), ("q-follow-up", ()),
    ]  # fmt: skip
    assert visits.claims[1].same_as == "c-visits"
    assert briefs()["letter"].questions[1].put_to_state is False


def test_a_page_without_paragraphs_is_cited_by_its_name_alone() -> None:
    visits = briefs()["visits"]
    assert visits.concerns[-1].cites == (Citation("page"),)
    assert visits.differences[0].cites == (Citation("ministry-2025", "7"), Citation("page"))


def test_planned_figures_and_open_periods_stay_what_they_are() -> None:
    visits = briefs()["visits"]
    assert [figure.status for figure in visits.claims[0].figures] == ["", "planned"]
    assert [said.period for said in visits.responses] == ["2019/..", ""]


def test_a_limb_is_a_place_within_what_is_assessed() -> None:
    (assessment,) = briefs()["redress"].assessments
    assert (assessment.assesses, assessment.limb, assessment.grade) == (("r-24",), "24 (a)", "C")
