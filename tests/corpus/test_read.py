"""A file of briefs and the registers: what becomes of them, and each problem at its exact place.

In these texts § stands where a problem is expected; it is taken out before the text is read.
"""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from hrdash.corpus import nodes
from hrdash.corpus.folder import CorpusFolder
from hrdash.corpus.labels import uhri_labels
from hrdash.corpus.read import (
    UNTITLED,
    Declared,
    FileContents,
    RegisterContents,
    Withheld,
    read_registers,
    read_theme_file,
)
from hrdash.corpus.rules import highest
from hrdash.corpus.values import Reference, country_codes
from hrdash.derive import stand_in
from hrdash.index import across
from hrdash.index.file import new_memory
from hrdash.model import (
    Author,
    Brief,
    Citation,
    Corpus,
    Difference,
    Faulty,
    Figure,
    Indicator,
    LeftOpen,
    NoStatements,
    Paragraphs,
    Place,
    Position,
    Problem,
    Section,
    Source,
    Speaker,
    Statement,
    Theme,
)
from tests.make import examples

ROOT = Path(__file__).parents[2]
CORPORA = [ROOT / "briefs", *sorted((ROOT / "tests/corpora").iterdir())]

HEAD = "theme: torture\nlabel: Torture\ntitle: Prohibition of torture\nbriefs:\n"
CLAIM = "{id: c-one, by: ministry, text: Said., cites: [s1 7]}"


def theme_file(text: str, name: str = "themes/torture.yaml") -> FileContents:
    """What a file holds, once it is judged what it names, as far as that is in it."""
    found = read_theme_file(name, text.encode())
    numbers = {brief.place: number for number, brief in enumerate(found.briefs, 1)}
    with closing(new_memory()) as db:
        for theme in ("detention", "life"):
            across.note(db, *across.noted(FileContents("x", theme, None), {}, {}))
        across.note(db, *across.noted(found, numbers, {}))
        judged = across.judge(db, all_listed=False)
    held = [Withheld(brief.id, *brief.place) for brief in found.briefs if numbers[brief.place] in judged.numbers]
    return found._replace(
        problems=tuple(sorted({*found.problems, *judged.problems})),
        briefs=tuple(brief for brief in found.briefs if numbers[brief.place] not in judged.numbers),
        withheld=tuple(sorted([*found.withheld, *held], key=lambda withheld: withheld[1:])),
    )


def brief(body: str) -> str:
    """A theme file with one brief, `b-one`, that holds a claim, `c-one`, and what is given, with a text for …"""
    lines = [f"    {line}\n" for line in body.replace("…", "text: T., cites: [s 1]").splitlines()]
    return HEAD + f"  - id: b-one\n    title: One\n    claims:\n      - {CLAIM}\n" + "".join(lines)


def place_of_mark(text: str) -> tuple[str, tuple[int, int]]:
    before, mark, after = text.partition("§")
    assert mark, "the text marks no place"
    return before + after, (before.count("\n") + 1, len(before) - before.rfind("\n"))


def said(problem: Problem) -> str:
    return f"{problem.what}; {problem.cure}"


def expect(text: str, message: str, level: str = "error") -> FileContents:
    """Read a marked theme file that has one problem, and hold its place and its words to what is expected."""
    typed, place = place_of_mark(text)
    contents = theme_file(typed)
    (problem,) = contents.problems
    assert (problem.line, problem.column) == place, problem.text
    assert message in said(problem)
    assert problem.level == level
    return contents


FULL = """\
theme: torture
label: Torture
title: Prohibition of torture and other ill-treatment
uhri_themes: ["Conditions of detention"]
instruments: ["ICCPR:7"]
briefs:
  - id: torture-fewer-cases
    source: s3
    country: KAZ
    uhri_themes: ["Conditions of detention"]
    sdgs: ["16.1"]
    annotation_id: a-17
    persons: ["Persons deprived of their liberty & detainees"]
    also_in: [detention]
    related: [torture-punishment]
    claims:
      - id: c-commissioner
        by: commissioner
        text: >-
          Complaints fell by half
          in 2023.
        period: 2023/2024
        cites: [lastayev-2025 7]
        figures:
          - {indicator: change, value: 50, direction: down, population: men, period: 2023}
          - {indicator: change, low: 2.5, high: 3, qualifier: around, per: year, base: of all, status: planned}
      - {same_as: c-commissioner, by: ministry, put_as: plan, text: Again., cites: [s2 53–54.]}
    concerns:
      - {id: n-many, by: expert, due: 2026-12, text: There are many., cites: [84]}
    questions:
      - {id: q-many, premise: [n-many], put_to_state: false, by: expert, text: "How many?", cites: [84]}
    responses:
      - id: r-cases
        answers: [q-many, other-brief/q-one]
        by: delegation
        text: About 100.
        period_text: during the period
        note: A note.
        cites: ["98 (a)", para. 99]
    commendations:
      - {by: expert, text: Good., cites: [9]}
    recommendations:
      - id: m-one
        by: [france, portugal]
        verbatim: true
        text: Do more.
        cites: [s4 140.10]
        positions: [{position: pending, cites: [s4 140]}, {position: supported, cites: [s5 3]}]
    observations:
      - {by: expert, text: The law was of 1994., cites: [page]}
    assessments:
      - {by: expert, assesses: [m-one], limb: 140.10 (a), scale: HRC, grade: C, text: Nothing., cites: [s6 12]}
    left_open:
      - {of: [q-many], text: The number., cites: [84, 98 (a)]}
    differences:
      - {kind: number, between: [c-commissioner, other-brief/r-one], text: Differs., cites: [s3 98, s2 53]}
"""


def test_a_whole_theme_file_becomes_its_values() -> None:
    contents = theme_file(FULL)
    assert contents.problems == ()
    assert contents.theme == Theme(
        "torture",
        "Torture",
        "Prohibition of torture and other ill-treatment",
        ("Conditions of detention",),
        ("ICCPR:7",),
    )
    change = Figure("change", 50, direction="down", population="men", period="2023")
    planned = Figure("change", None, 2.5, 3, "around", per="year", base="of all", status="planned")
    (found,) = contents.briefs
    assert found == Brief(
        id="torture-fewer-cases",
        theme="torture",
        source="s3",
        country="KAZ",
        uhri_themes=("Conditions of detention",),
        sdgs=("16.1",),
        annotation_id="a-17",
        persons=("Persons deprived of their liberty & detainees",),
        also_in=("detention",),
        related=("torture-punishment",),
        claims=(
            said_by("commissioner", "Complaints fell by half in 2023.", "lastayev-2025 7", 17, id="c-commissioner",
                    period="2023/2024", figures=(change, planned)),
            said_by("ministry", "Again.", "s2 53-54", 27, same_as="c-commissioner", put_as="plan"),
        ),
        concerns=(said_by("expert", "There are many.", "s3 84", 29, id="n-many", due="2026-12"),),
        questions=(said_by("expert", "How many?", "s3 84", 31, id="q-many", premise=("n-many",), put_to_state=False),),
        responses=(
            said_by("delegation", "About 100.", "s3 98 (a)", 33, id="r-cases", answers=("q-many", "other-brief/q-one"),
                    period_text="during the period", note="A note.",
                    cites=(Citation("s3", "98 (a)"), Citation("s3", "99"))),
        ),
        commendations=(said_by("expert", "Good.", "s3 9", 41),),
        recommendations=(
            said_by("", "Do more.", "s4 140.10", 43, id="m-one", by=("france", "portugal"), verbatim=True, positions=(
                Position("pending", (Citation("s4", "140"),)), Position("supported", (Citation("s5", "3"),)))),
        ),
        observations=(said_by("expert", "The law was of 1994.", "page", 50),),
        assessments=(
            said_by("expert", "Nothing.", "s6 12", 52, assesses=("m-one",), limb="140.10 (a)", scale="HRC", grade="C"),
        ),
        left_open=(
            LeftOpen(("q-many",), "The number.", (Citation("s3", "84"), Citation("s3", "98 (a)")), Place(54, 9)),
        ),
        differences=(
            Difference("number", ("c-commissioner", "other-brief/r-one"), "Differs.",
                       (Citation("s3", "98"), Citation("s2", "53")), Place(56, 9)),
        ),
        file="themes/torture.yaml",
        place=Place(7, 5),
    )  # fmt: skip
    assert contents.withheld == ()
    assert contents.ids_known
    assert isinstance(found.claims[0].figures[0].value, int)


def said_by(speaker: str, text: str, cite: str, line: int, **more: Any) -> Statement:
    """A statement of an item of a list that begins in a line."""
    source, _, pinpoint = cite.partition(" ")
    given: dict[str, Any] = {"by": (speaker,), "cites": (Citation(source, pinpoint),), **more}
    return Statement(text=text, place=Place(line, 9), **given)


def test_a_file_says_what_it_declares_and_refers_to_and_where() -> None:
    contents = theme_file(FULL)
    name = "torture-fewer-cases"
    assert contents.declares[:4] == (
        Declared("theme", "torture", Place(1, 1)),
        Declared("brief", name, Place(7, 9), name),
        Declared("statement:claim", f"{name}/c-commissioner", Place(17, 9), name, "lastayev-2025", "7"),
        Declared("statement:concern", f"{name}/n-many", Place(29, 9), name, "s3", "84"),
    )
    assert Reference("also_in", "detention", Place(14, 15), name) in contents.references
    found = {(one.kind, one.target, one.section, one.owner, one.pinpoint) for one in contents.references}
    assert found >= {
        ("premise", f"{name}/n-many", "questions", "q-many", "84"),
        ("answers", f"{name}/q-many", "responses", "r-cases", "98 (a)"),
        ("answers", "other-brief/q-one", "responses", "r-cases", "98 (a)"),
        ("same_as", f"{name}/c-commissioner", "claims", "", "53-54"),
        ("assesses", f"{name}/m-one", "assessments", "", "140.10 (a)"),
        ("of", f"{name}/q-many", "", "", "84"),
        ("between", "other-brief/r-one", "", "", "98"),
        ("also_in", "detention", "", "", ""),
        ("related", "torture-punishment", "", "", ""),
    }


def test_a_file_in_a_themes_folder_belongs_to_that_theme() -> None:
    text = f"briefs:\n  - {{id: b-one, title: One, claims: [{CLAIM}]}}\n"
    contents = theme_file(text, "themes/torture/more.yaml")
    assert contents.problems == ()
    assert (contents.theme, contents.theme_id) == (None, "torture")
    assert (contents.briefs[0].theme, contents.briefs[0].file) == ("torture", "themes/torture/more.yaml")
    assert contents.declares[:1] == (Declared("brief", "b-one", Place(2, 10), "b-one"),)


def test_a_file_in_a_themes_folder_holds_briefs_alone() -> None:
    (problem,) = theme_file("theme: torture\nbriefs: []\n", "themes/torture/more.yaml").problems
    assert problem.text == (
        "themes/torture/more.yaml:1:1: unknown key 'theme'; a file in a theme's folder takes briefs"
    )


def test_a_fault_within_a_brief_is_told_at_its_place_and_withholds_it() -> None:
    for body, message in (
        ("§concern: []", "unknown key 'concern'; did you mean 'concerns'?"),
        ("§respones: []", "unknown key 'respones'; did you mean 'responses'?"),
        ("§Related: []", "unknown key 'Related'; did you mean 'related'?"),
        ("§zzz: []", "unknown key 'zzz'; a brief takes id, title, source"),
        ("related: §{a: b}", "here stand keys and values, and should stand a list"),
        ("related: §b-two", "here stands text, and should stand a list; write [b-two]"),
        ("related: [§[a]]", "here stands a list, and should stand a text"),
        ("related: [§'']", "the text is empty"),
        ("related: [§B-Two]", "'B-Two' is not an id; write b-two: ids are of a-z"),
        ("related: [§-two]", "'-two' is not an id"),
        ("related: [§../../etc]", "'../../etc' is not an id"),
        ("related: [b-two, §b-two]", "'b-two' stands in this list twice; keep one"),
        ("related: [§b-one]", "the brief is said to be related to itself"),
        ("also_in: [§torture]", "the brief is in 'torture' already"),
        ("country: §RUR", "'RUR' is not a country's code of ISO 3166-1 alpha-3; did you mean 'URY'?"),
        ("source: §S", "'S' is not an id"),
        ("concerns: [§text]", "here stands text, and should stand a concern, with keys and values"),
        ("concerns: [§[]]", "here stands a list, and should stand a concern, with keys and values"),
        ("observations: [§text]", "here stands text, and should stand an observation, with keys"),
        ("concerns: [{by: e, text: T., cites: §[]}]", "nothing stands under 'cites'; write cites: [source 84]"),
        ("concerns: [§{by: e, text: T.}]", "missing key 'cites'; write cites: [source 84]"),
        ("concerns: [§{…}]", "missing key 'by'; a concern needs it"),
        ("concerns: [{by: §[], …}]", "nothing stands under 'by'; a concern needs one at least"),
        ("concerns: [{by: [e, §e], …}]", "'e' stands in this list twice"),
        ("concerns: [{by: §{a: b}, …}]", "here stand keys and values, and should stand a list"),
        ("concerns: [{by: e, text: §'', cites: [s 1]}]", "the text is empty"),
        ("concerns: [{by: e, text: §[], cites: [s 1]}]", "here stands a list, and should stand a text"),
        ("concerns: [{by: e, §answers: [], …}]", "unknown key 'answers'; move it: only responses take it"),
        ("claims: []".replace("claims", "§claims"), "the key 'claims' stands twice, first in line 7"),
        ("concerns: [{by: e, §positions: [], …}]", "unknown key 'positions'; move it: only recommendations take it"),
        ("responses: [{answers: [a/b], by: e, §due: 2024, …}]", "only concerns and questions and recommendations take"),
        ("questions: [{by: e, §put_as: plan, …}]", "unknown key 'put_as'; move it: only claims and"),
        ("concerns: [{by: e, put_as: §rport, …}]", "did you mean 'report'?"),
        ("concerns: [{by: e, put_as: §zzz, …}]", "write one of: statement, report"),
        ("concerns: [{by: e, verbatim: §yes, …}]", "'yes' is neither true nor false"),
        ("concerns: [{by: e, text: T., cites: §{source: s}}]", "here stand keys and values, and should stand a list"),
        ("concerns: [{by: e, text: T., §cite: [s 1], cites: [s 1]}]", "did you mean 'cites'?"),
        ("concerns: [{by: e, text: T., cites: §[s 1, t 2]}]", "one statement is cited from 2 sources, s, t; make it"),
        ("concerns: [{by: e, text: T., cites: [§84]}]", "'84' names no source; write it before the pinpoint, or as"),
        ("concerns: [{by: e, text: T., cites: [§S 84]}]", "'S 84' begins neither with a source nor with a pinpoint"),
        ("source: s\nconcerns: [{by: e, text: T., cites: [s 8, §9]}]", "some of these name their source and some do"),
        ("source: s\nconcerns: [{by: e, text: T., cites: [24 (a), §(c)]}]", "'(c)' begins with no number; write 7"),
        ("source: s\nconcerns: [{by: e, text: T., cites: ['§24 (a), (c)']}]".replace("'§", "§'"), "holds a list"),
        ("concerns: [{by: e, text: T., cites: [§s 24 (2016)]}]", "(2016), which is a year and no part of a paragraph"),
        ("concerns: [{by: e, text: T., cites: [s 7, §s 7.]}]", "'s 7.' stands in this list twice"),
        ("responses: [{answers: §[], by: e, …}]", "nothing stands under 'answers'; name what it responds to; what the"),
        ("responses: [§{by: e, …}]", "missing key 'answers'; name what it responds to"),
        ("responses: [{answers: [§q-one], by: e, …}]", "there is no statement 'q-one' in this brief"),
        ("responses: [{answers: [§b-one/q-one], by: e, …}]", "there is no statement 'q-one' in this brief"),
        ("responses: [{answers: [§a/b/c], by: e, …}]", "'a/b/c' names no statement; write its id, with its brief's"),
        ("responses: [{answers: [§c-one], by: e, …}]",
         "'c-one' is a claim, and answers takes a concern or a question or a recommendation; name another, or move it"),
        ("claims_: x".replace("claims_: x", "differences: [{kind: fact, between: [c-one, §c-on], …}]"),
         "did you mean 'c-one'?"),
        ("concerns: [{id: q, same_as: §q, by: e, …}]", "the same_as of 'b-one/q' leads back to itself; let one"),
        ("concerns: [{id: q, same_as: §c-one, by: e, …}]", "'c-one' is a claim, and same_as takes a concern"),
        ("concerns: [{id: q, same_as: §q-two, by: e, …}]", "no statement 'q-two'"),
        ("concerns: [§{id: c-one, by: e, …}]", "'c-one' stands twice in this brief, first in line 8"),
        ("concerns: [{by: e, …}, §{by: e, …, period: 2024}]", "the same concern stands twice in this brief, first in line"),
        ("left_open: [{of: [§c-one], …}]", "'c-one' is a claim, and of takes a concern or a question"),
        ("left_open: [{of: §[], …}]", "nothing stands under 'of'"),
        ("differences: [{kind: fact, between: [c-one, §r-one], …}]", "no statement 'r-one'"),
        ("differences: [{kind: fact, between: §[c-one], …}]", "a difference is between two statements at least"),
        ("differences: [{kind: §size, between: [c-one, x/y], …}]", "write one of: number, scope"),
        ("differences: [{kind: fact, between: [c-one, x/y], text: T., cites: §[]}]", "nothing stands under 'cites'"),
        ("recommendations: [{by: e, positions: [§{position: noted}], …}]", "missing key 'cites'"),
        ("recommendations: [{by: e, positions: [{position: §accepted, cites: [s 1]}], …}]", "write one of: supported"),
        ("assessments: [{by: e, assesses: [§c-one], …}]", "'c-one' is a claim, and assesses takes a recommendation"),
        ("assessments: [§{by: e, …}]", "missing key 'assesses'; an assessment needs it"),
        ("related: §*x", "aliases (*) are not taken"),
        ("related: §&x [b-two]", "anchors (&) are not taken"),
    ):  # fmt: skip
        contents = expect(brief(body), message)
        assert contents.briefs == (), body
        assert contents.withheld == (Withheld("b-one", 5, 5),), body
        assert contents.declares[1:2] == (Declared("brief", "b-one", Place(5, 9), "b-one"),), body
        assert contents.ids_known, body


def test_a_spelling_that_somebody_may_think_of_is_refused_with_ours_as_cure() -> None:
    for body, message in (
        ("left_open: [{§asks: [q/x], …}]", "unknown key 'asks'; write of"),
        ("concerns: [{by: e, text: T., cites: [§{source: s, para: 7}]}]", "of a source and a pinpoint; write s 7"),
        ("concerns: [{by: e, put_as: §question, …}]", "move it to the questions of the brief"),
        ("responses: [{answers: §[], by: e, …}]", "what the State says unasked is a claim"),
    ):
        expect(brief(body), message)


def test_a_citation_is_a_source_and_a_pinpoint_or_one_of_them() -> None:
    for typed, cites in (
        ("s1 84", "s1 84"), ("84", "s3 84"), ("p. 12", "s3 p 12"), ("art 14 (2)", "s3 art 14 (2)"), ("page", "page "),
        ("annex IX 12", "s3 annex IX 12"), ("s1 annex IX 12", "s1 annex IX 12"), ("para. 7", "s3 7"), ("§ 7", "s3 7"),
        ("s1   24(a)–(c).", "s1 24 (a)-(c)"), ("140.10", "s3 140.10"), ("part-two 3", "part-two 3"),
        ("time 1:02:30", "s3 time 1:02:30"), ("'140.2'", "s3 140.2"),
    ):  # fmt: skip
        found = theme_file(brief(f"source: s3\nconcerns: [{{by: e, text: T., cites: [{typed}]}}]"))
        assert found.problems == (), typed
        assert found.briefs[0].concerns[0].cites == (Citation(*cites.split(" ", 1)),), typed


def test_a_verbatim_text_is_kept_as_it_is() -> None:
    text = "Ratify … [all] the “Protocol” [OP-2],  and 'commute'?"
    body = brief('recommendations: [{by: e, verbatim: true, text: "TEXT", cites: [s 140.2]}]').replace("TEXT", text)
    found = theme_file(body)
    assert found.briefs[0].recommendations[0].text == text


def test_a_premise_is_of_the_speaker_and_paragraph_of_its_question_which_has_its_answer() -> None:
    one = "concerns: [{id: n, by: %s, text: T., cites: [s %s]}]\n"
    one += "questions: [%s{id: q, premise: [n], by: e, text: T., cites: [s 3-4]}]"
    for by, place in (("e", "3"), ("[e, f]", "4 (a)"), ("e", "2-5")):
        assert theme_file(brief(one % (by, place, ""))).problems == (), place
    for by, place in (("f", "3"), ("e", "5")):
        wrong = "the premise 'n' is of another speaker or paragraph than its question; leave it out of premise"
        expect(brief(one % (by, place, "§")), wrong)
    for key in ("responses: [{answers: [§%s], by: e, …}]", "left_open: [{of: [§%s], …}]"):
        for name in ("n", "b-one/n"):
            expect(
                brief(one % ("e", "3", "") + "\n" + key % name),
                "'n' is the premise of a question, which has the answer; name the question 'q' in its place",
            )


def test_a_limb_lies_within_what_it_is_of() -> None:
    one = "recommendations: [{id: m, by: e, text: T., cites: [s 24 (a)-(c), s 25]}]\n"
    one += "assessments: [{assesses: [§m], limb: %s, by: e, text: T., cites: [t 1]}]"
    for limb in ("24 (b)", "24 (a)-(b)", "25 (d)"):
        assert theme_file(brief(one.replace("§", "") % limb)).problems == (), limb
    for limb in ("24", "24 (d)", "24 (b)-(d)", "26", "25.1"):
        expect(brief(one % limb), f"the limb '{limb}' does not lie within 24 (a)-(c), 25; name a part of what is")


def test_a_recommendation_is_never_the_same_as_one_of_its_list() -> None:
    one = "recommendations:\n  - {id: m, by: e, text: T., cites: [s 140.1]}\n"
    one += "  - {same_as: §m, by: f, text: T., cites: [%s]}"
    for cite in ("s 140.1", "s 140.10", "s 141.2"):
        expect(brief(one % cite), "both recommendations are of one list, where each stands by itself; remove same_as")
    for cite in ("t 140.1", "s 7"):
        assert theme_file(brief(one.replace("§", "") % cite)).problems == (), cite


def test_a_brief_has_three_differences_at_most() -> None:
    one = "\n  - %s{kind: fact, between: [c-one, x/y], …}"
    assert theme_file(brief("differences:" + one % "" * 3)).problems == ()
    expect(brief("differences:" + one % "" * 3 + one % "§"), "the brief has 4 differences; keep the 3 by which")


def test_more_briefs_of_a_theme_may_be_a_list_alone() -> None:
    contents = theme_file(f"- {{id: b-one, claims: [{CLAIM}]}}\n", "themes/torture/more.yaml")
    assert contents.problems == ()
    assert [found.id for found in contents.briefs] == ["b-one"]
    assert theme_file("[]", "themes/torture.yaml").withheld == (Withheld("", 1, 1),)


def test_a_brief_without_a_title_is_headed_by_its_first_words() -> None:
    text = "Nobody was ever told how many prisoners had died in the prisons of the State, or of what."
    (found,) = theme_file(f"- {{id: b, claims: [{{by: e, text: '{text}', cites: [s 1]}}]}}", "themes/a/b.yaml").briefs
    assert found.heading == "Nobody was ever told how many prisoners had died in the prisons of …"


def test_a_fault_in_a_figure() -> None:
    for figure, message in (
        ("§{indicator: m}", "the figure has no value; write value, or both low and high"),
        ("§{indicator: m, low: 1}", "the figure has no value"),
        ("§{indicator: m, value: 1, low: 1, high: 2}", "the figure has both a value and a range"),
        ("§{indicator: m, value: 1, high: 2}", "the figure has both a value and a range"),
        ("{indicator: m, low: §3, high: 2}", "the figure's low is above its high"),
        ("§{value: 1}", "missing key 'indicator'"),
        ("{indicator: m, value: §1e3}", "'1e3' is not a number; write digits alone"),
        ("{indicator: m, value: §0x1F}", "'0x1F' is not a number"),
        ("{indicator: m, value: §1_000}", "'1_000' is not a number"),
        ("{indicator: m, value: §'1,000'}", "'1,000' is not a number"),
        ("{indicator: m, value: §nan}", "'nan' is not a number"),
        ("{indicator: m, value: §.5}", "'.5' is not a number"),
        ("{indicator: m, value: §5.}", "'5.' is not a number"),
        ("{indicator: m, value: §+5}", "'+5' is not a number"),
        ("{indicator: m, value: §017}", "'017' is not a number"),
        ("{indicator: m, value: §٣}", "'٣' has an arabic-indic digit three ٣ (U+0663); write 3"),
        ("{indicator: m, value: §1234567890123456}", "has more than 15 digits"),
        ("{indicator: m, value: §12345678.90123456}", "has more than 15 digits"),
        ("{indicator: m, value: 1, qualifier: §about}", "write one of: around, more-than"),
        ("{indicator: m, value: 1, qualifier: §more than}", "did you mean 'more-than'?"),
        ("{indicator: m, value: 1, direction: §downward}", "did you mean 'down'?"),
        ("{indicator: m, value: 1, status: §done}", "write one of: planned"),
        (
            "{indicator: m, value: 1, period: §2024-13}",
            "there is no month 13 in '2024-13'; write a month",
        ),
        ("{indicator: m, value: 1, §vale: 2}", "unknown key 'vale'; did you mean 'value'?"),
    ):
        expect(
            brief(f"concerns:\n  - {{id: q, by: e, …, figures: [{figure}]}}"),
            message,
        )


def test_numbers_are_read_as_written() -> None:
    for typed, value in (
        ("0", 0),
        ("-3", -3),
        ("2.5", 2.5),
        ("-0.25", -0.25),
        ("1.0", 1.0),
        ("'800'", 800),
        ("123456789012345", 123456789012345),
    ):
        text = brief(f"concerns:\n  - {{id: q, by: e, …, figures: [{{indicator: m, value: {typed}}}]}}")
        read = theme_file(text).briefs[0].concerns[0].figures[0].value
        assert read == value, typed
        assert type(read) is type(value), typed


def test_a_pinpoint_that_is_none() -> None:
    for place in (
        "0-3-5",
        "54-53",
        "7-7",
        "'7, 8'",
        "vii",
        "'007'",
        "7 (2016)",
        "24 ((a)",
        "p",
        "²",
        "7 (²)",
        "p İ",
    ):
        contents = theme_file(brief(f"concerns: [{{by: e, text: T., cites: [s {place}]}}]".replace("s '", "'s ")))
        assert [problem.line for problem in contents.problems] == [9], place
        assert "; " in contents.problems[0].text, place


def test_what_a_word_processor_makes_of_spaces_dashes_and_digits_is_read_as_what_it_stands_for() -> None:
    body = "concerns: [{id: q, by: e, text: T., period: 2023–2024, cites: [s\u00a012–13, s ¶ ٢٤\u202f(a)—(c)]}]"
    (concern,) = theme_file(brief(body)).briefs[0].concerns
    assert concern.period == "2023/2024"
    assert concern.cites == (Citation("s", "12-13"), Citation("s", "24 (a)-(c)"))


def test_periods_stay_as_written() -> None:
    for text in (
        "2024",
        "2024-04",
        "2024-04-15",
        "2017/2024",
        "2019/..",
        "../2020",
        "2024~",
    ):
        body = f"concerns: [{{id: q, by: e, text: T., period: {text}, cites: [s 1]}}]"
        assert theme_file(brief(body)).briefs[0].concerns[0].period == text, text


def test_a_period_that_is_none() -> None:
    for text, message in (
        ("2023-02-29", "there is no day 29 in '2023-02-29'"),
        ("2024/2017", "ends before it starts; write 2017/2024"),
        ("2024-21", "is a season in EDTF"),
        ("last year", "'last year' is not a period"),
        ("2" * 41, "is too long for a period"),
        ("'2024?'", "is an uncertain date"),
    ):
        expect(brief(f"concerns: [{{id: q, by: e, text: T., period: §{text}, cites: [s 1]}}]"), message)


def test_same_as_in_a_circle_is_told_once_where_it_begins() -> None:
    expect(
        brief(
            "concerns:\n"
            "  - {id: q1, same_as: §q2, by: e, …}\n"
            "  - {id: q2, same_as: q3, by: e, …}\n"
            "  - {id: q3, same_as: q1, by: e, …}\n"
            "  - {id: q4, same_as: q3, by: e, …}\n"
        ),
        "the same_as of 'b-one/q1' leads back to itself",
    )


def test_a_chain_of_same_as_is_no_circle() -> None:
    text = brief(
        "concerns:\n  - {id: q1, same_as: q2, by: e, …}\n  - {id: q2, same_as: q3, by: e, …}\n  - {id: q3, by: e, …}\n"
    )
    assert theme_file(text).problems == ()


def test_a_brief_without_a_statement() -> None:
    expect(
        HEAD + "  - §{id: b-one, title: One}\n",
        "the brief has no statement; write at least one, under claims, concerns",
    )


def test_what_follows_only_from_another_fault_is_not_told() -> None:
    typed, place = place_of_mark(
        brief("concerns:\n  - {id: §Q One, by: e, …}\nresponses: [{id: r, answers: [q-one], by: e, …}]\n")
    )
    assert [(problem.line, problem.column) for problem in theme_file(typed).problems] == [place]


def test_all_faults_of_a_statement_are_told_at_once() -> None:
    text = brief(
        "responses: [{id: r, answers: [], by: E, period: then, text: '', cites: [S 0], figures: [{value: y}]}]"
    )
    assert [said(problem).split(";")[0] for problem in theme_file(text).problems] == [
        "nothing stands under 'answers'",
        "'E' is not an id",
        "'then' is not a period",
        "the text is empty",
        "'S 0' begins neither with a source nor with a pinpoint",
        "missing key 'indicator'",
        "'y' is not a number",
    ]


def test_a_brief_with_a_fault_never_hides_the_others() -> None:
    def one(name: str, extra: str = "") -> str:
        return f"  - {{id: {name}, title: One, claims: [{CLAIM}]{extra}}}\n"

    contents = theme_file(HEAD + one("b1") + one("b2", ", x: y") + "  - text\n" + one("b3") + "  - *a\n" + one("b4"))
    assert [found.id for found in contents.briefs] == ["b1", "b3", "b4"]
    assert contents.withheld == (Withheld("b2", 6, 5), Withheld("", 7, 5), Withheld("", 9, 5))
    assert [problem.line for problem in contents.problems] == [6, 7, 9]
    assert not contents.ids_known


def test_a_fault_in_the_last_line_of_a_brief_withholds_that_brief_and_not_the_next() -> None:
    contents = theme_file(
        HEAD + f"  - id: b1\n    claims: [{CLAIM}]\n    title: One\n    x: y\n"
        f"  # between\n  - id: b2\n    title: Two\n    claims: [{CLAIM}]\n"
    )
    assert contents.withheld == (Withheld("b1", 5, 5),)
    assert [found.id for found in contents.briefs] == ["b2"]


def test_a_fault_of_the_theme_withholds_no_brief_and_gives_a_stand_in() -> None:
    text = (
        brief("")
        .replace("label: Torture", "label: §Prohibition of torture")
        .replace("title: Prohibition of torture\n", "")
    )
    typed, place = place_of_mark(text)
    contents = theme_file(typed)
    assert [(problem.line, problem.column, said(problem)) for problem in contents.problems] == [
        (1, 1, "missing key 'title'; a theme's file needs it"),
        (*place, "the label takes 22 cells of a terminal's line; shorten it to 14"),
    ]
    assert contents.theme == Theme("torture", "torture", "torture")
    assert [found.id for found in contents.briefs] == ["b-one"]
    assert contents.ids_known


def test_a_theme_is_called_as_its_file() -> None:
    contents = expect(
        brief("").replace("theme: torture", "theme: §tortura"),
        "the theme 'tortura' stands in the file of 'torture'; write theme: torture, or rename the file",
    )
    assert contents.theme is not None
    assert contents.theme.id == "torture"
    assert contents.briefs[0].theme == "torture"


def test_a_stand_in_is_called_by_its_id() -> None:
    assert stand_in("gender-violence-2") == Theme("gender-violence-2", "gender-violenc", "gender-violence-2")


def test_a_label_of_seven_wide_letters_fits_and_of_eight_does_not() -> None:
    assert theme_file(brief("").replace("label: Torture", "label: 拷問拷問拷問拷")).problems == ()
    expect(brief("").replace("label: Torture", "label: §拷問拷問拷問拷問"), "the label takes 16 cells")


def test_labels_of_the_index_are_known_and_others_are_a_warning_with_the_nearest() -> None:
    text = brief("").replace("briefs:", "uhri_themes: [Conditions of detention, §Condition of detention]\nbriefs:")
    contents = expect(text, "did you mean 'Conditions of detention'?", "warning")
    assert contents.theme is not None
    assert contents.theme.uhri_themes == ("Conditions of detention", "Condition of detention")
    contents = expect(
        brief("persons: [§children]"),
        "'children' is not a group of the UN's index (UHRI); did you mean 'Children'?",
        "warning",
    )
    assert contents.briefs[0].persons == ("children",)


def test_the_vocabulary_is_spelled_as_the_index_spells_it() -> None:
    assert {facet: len(labels) for facet, labels in uhri_labels().items()} == {"Themes": 100, "Affected persons": 24}
    for facet, labels in uhri_labels().items():
        assert len(labels) == len(set(labels)), facet
        assert all(label == label.strip() for label in labels), facet
    assert (
        "Minorities/ racial, ethnic, linguistic, religious or descent-based groups" in uhri_labels()["Affected persons"]
    )
    torture = "Prohibition of torture & ill-treatment (including cruel, inhuman or degrading treatment)"
    assert torture in uhri_labels()["Themes"]


def test_unsafe_characters_leave_the_brief_shown_and_marked() -> None:
    typed, place = place_of_mark(brief(r'concerns: [{id: q, by: e, text: §"One \e[2J two.", cites: [s 1]}]'))
    contents = theme_file(typed)
    assert [(problem.line, problem.column, problem.level) for problem in contents.problems] == [(*place, "unsafe")]
    assert contents.briefs[0].concerns[0].text == "One ⟨U+001B⟩[2J two."


def test_titles_stay_on_one_line_and_texts_keep_their_lines() -> None:
    text = brief('concerns: [{id: q, by: e, text: " one\\n two ", cites: [s 1]}]').replace(
        "title: One", 'title: "a\\n  b"'
    )
    found = theme_file(text).briefs[0]
    assert (found.title, found.concerns[0].text) == ("a b", "one\n two")


def test_words_of_yaml_are_words() -> None:
    text = brief("concerns: [{id: no, by: yes, text: ~, cites: [null 1]}]").replace("title: One", "title: 1.10")
    found = theme_file(text).briefs[0]
    said = found.concerns[0]
    assert (found.title, said.id, said.by, said.text, said.cites[0].source) == ("1.10", "no", ("yes",), "~", "null")


def test_a_file_that_does_not_parse_contributes_no_brief_and_withholds_one_without_a_name() -> None:
    text = HEAD + "  - id: b1\n    title: One: two\n    claims:\n      - id: c1\n  - title: x\n    id: b2\n"
    contents = theme_file(text)
    assert contents.theme == stand_in("torture")
    assert (contents.briefs, contents.withheld, contents.ids_known) == ((), (Withheld("", 6, 15),), False)
    assert contents.declares == (Declared("theme", "torture", Place(1, 1)),)
    assert [(problem.line, problem.column) for problem in contents.problems] == [(6, 15)]


def test_briefs_under_a_misspelt_or_repeated_key_are_not_forgotten() -> None:
    one = f"  - {{id: b1, title: One, claims: [{CLAIM}]}}\n"
    misspelt = theme_file(HEAD.replace("briefs:", "brief:") + one)
    assert [said(problem) for problem in misspelt.problems] == ["unknown key 'brief'; did you mean 'briefs'?"]
    assert misspelt.withheld == (Withheld("", 4, 1),)
    repeated = theme_file(HEAD + one + "briefs:\n" + one.replace("b1", "b2"))
    assert [found.id for found in repeated.briefs] == ["b1"]
    assert repeated.withheld == (Withheld("", 6, 1),)
    assert not repeated.ids_known


def test_a_file_that_holds_no_theme_withholds_something() -> None:
    for data in (
        b"",
        b"# nothing\n",
        b"text",
        b"[]",
        b"theme: [",
        b"\xff\xfe",
        b"briefs: x",
        b"*a",
    ):
        contents = read_theme_file("themes/torture.yaml", data)
        assert contents.problems, data
        assert len(contents.withheld) == 1, data
        assert contents.theme == stand_in("torture"), data
        assert not contents.ids_known, data


def test_a_file_that_cannot_be_read_is_its_problem_and_withholds_something() -> None:
    problem = Problem("themes/torture.yaml", 1, 1, "this is not a regular file", "put a file here")
    contents = read_theme_file("themes/torture.yaml", problem)
    assert contents.problems == (problem,)
    assert contents.withheld == (Withheld("", 1, 1),)
    assert contents.theme == stand_in("torture")
    assert contents.declares == (Declared("theme", "torture", Place(1, 1)),)


def test_a_key_that_is_missing_or_a_value_that_is_repeated_is_told_in_every_kind_of_mapping() -> None:
    for text, message in (
        (HEAD.replace("theme: torture\n", "§") + "  []", "missing key 'theme'; a theme's file needs it"),
        (HEAD.replace("theme: torture\nlabel: Torture\n", "§theme: torture\n") + "  []", "missing key 'label'"),
        (HEAD.replace("title: P", "x: P").replace("theme: t", "§theme: t").replace("x: Prohibition of torture\n", "")
         + "  []", "missing key 'title'; a theme's file needs it"),
        (HEAD.replace("theme: t", "§theme: t").replace("briefs:\n", ""), "missing key 'briefs'; a theme's file"),
        (HEAD + f"  - §{{title: One, claims: [{CLAIM}]}}", "missing key 'id'; a brief needs it"),
        (brief("concerns: [§{id: q, by: e, cites: [s 1]}]"), "missing key 'text'; a concern"),
        (brief("left_open: [§{…}]"), "missing key 'of'; what is left open needs it"),
        (brief("left_open: [§{of: [x/y], cites: [s 1]}]"), "missing key 'text'; what is left open"),
        (brief("differences: [§{kind: fact, …}]"), "missing key 'between'; a difference needs it"),
        (brief("differences: [§{kind: fact, between: [c-one, x/y], cites: [s 1]}]"), "missing key 'text'; a diff"),
        (brief("concerns: [{id: q, by: e, …, figures: [{indicator: m, low: §3, high: 2}]}]"),
         "the figure's low is above its high; exchange them"),
        (HEAD.replace("briefs:", "briefs: §x"), "here stands text, and should stand a list of briefs; write a list of"),
        (brief("persons: [Children, §Children]"), "'Children' stands in this list twice; keep one"),
        (brief("also_in: [life, §life]"), "'life' stands in this list twice; keep one"),
        (brief("").replace("briefs:", "instruments: [CAT, §CAT]\nbriefs:"), "'CAT' stands in this list twice"),
    ):  # fmt: skip
        expect(text, message)


PIECES = st.sampled_from(
    [
        "theme: torture\n",
        "label: T\n",
        "title: T\n",
        "briefs:\n",
        "  - id: b\n",
        "    title: T\n",
        "    claims:\n",
        "      - ",
        CLAIM,
        "\n",
        "    concerns: [",
        "]",
        "{",
        "}",
        ", ",
        "id: ",
        "by: e",
        "text: ",
        "cites: ",
        "[s ",
        "24 (a)",
        "source: s\n",
        "7",
        "0",
        "answers: [",
        "same_as: ",
        "figures: [{indicator: m, value: ",
        "1e3",
        "9" * 400,
        "period: ",
        "2024",
        "x",
        '"\\e"',
        "*a",
        "&a ",
        "!t ",
        "<<: ",
        "    also_in: [",
        "torture",
        "    persons: [Children",
        "    left_open: [",
        "²",
        "\u202e",
        "- ",
    ]
)


@settings(max_examples=examples(200))
@given(st.lists(PIECES, max_size=30), st.sampled_from(["themes/torture.yaml", "themes/torture/a.yaml"]))
def test_no_text_stops_the_decoder_and_nothing_is_withheld_without_a_problem(pieces: list[str], name: str) -> None:
    contents = theme_file("".join(pieces), name)
    errors = [problem for problem in contents.problems if problem.level == "error"]
    assert bool(contents.withheld) <= bool(errors)
    assert list(contents.problems) == sorted(set(contents.problems))
    assert len({brief.place for brief in contents.briefs} | {held[1:] for held in contents.withheld}) == len(
        contents.briefs
    ) + len(contents.withheld)
    for problem in contents.problems:
        assert problem.text.isprintable()


@settings(max_examples=examples(100))
@given(st.binary(max_size=300))
def test_no_bytes_stop_the_decoder_or_the_registers(data: bytes) -> None:
    assert read_theme_file("themes/torture.yaml", data).problems
    found = read_registers(dict.fromkeys(("corpus.yaml", "sources.yaml", "speakers.yaml", "indicators.yaml"), data))
    assert found.problems


@settings(max_examples=examples(100))
@given(st.text(max_size=50))
def test_the_last_paragraph_of_any_text_is_a_number(text: str) -> None:
    assert highest(text) >= 0


# The registers


CORPUS = "title: Ruritania\ncountry: ZZR\nabout: A test.\nas_of: 2026-11\nlicence: CC0-1.0\nthemes: [life, torture]\n"
SOURCES = """\
- id: s1
  type: webpage
  title: "In Dialogue"
  title-short: Dialogue
  body: CCPR
  session: "144"
  put_to_state: true
  due: 2026-12
  author: [{literal: United Nations}, {family: Doe, given: Jo}]
  publisher: UN
  container-title: News
  number: X/1
  issued: 2025-06
  accessed: 2026-01-02
  URL: https://un.org/x?y=[z]
  language: en
  kind: press-summary
  capacity: official
  note: A note.
  paragraphs:
    numbering: ours
    last: 120
    sections: [{from: 1, title: One}, {from: 20, title: Two}]
    no_statements: [{paras: "1-5", reason: navigation}, {paras: "10", reason: repeats, see: "21-31, 96-99"}]
"""
SPEAKERS = "- {id: ministry, name: The Ministry, short: Ministry, kind: state}\n"
INDICATORS = (
    "- {id: m1, label: Cases, unit: cases, kind: count, span: flow, note: A note., see: [m2]}\n"
    "- {id: m2, label: Change, unit: per cent, kind: percent-change, span: flow}\n"
)


def registers(**changed: str | None) -> RegisterContents:
    texts = {"corpus": CORPUS, "sources": SOURCES, "speakers": SPEAKERS, "indicators": INDICATORS, **changed}
    return read_registers({f"{name}.yaml": text.encode() for name, text in texts.items() if text is not None})


def test_the_registers_become_their_values() -> None:
    found = registers()
    assert found.problems == ()
    assert found.corpus == Corpus("Ruritania", ("ZZR",), "A test.", "2026-11", "CC0-1.0")
    assert found.theme_order == ("life", "torture")
    assert found.registers.sources == {
        "s1": Source(
            id="s1", type="webpage", title="In Dialogue", title_short="Dialogue", issued="2025-06",
            kind="press-summary", capacity="official", body="CCPR", session="144", put_to_state=True, due="2026-12",
            paragraphs=Paragraphs(
                "ours", 120, (Section(1, "One"), Section(20, "Two")),
                (NoStatements("1-5", "navigation"), NoStatements("10", "repeats", "21-31, 96-99")),
            ),
            author=(Author("United Nations"), Author("", "Doe", "Jo")), publisher="UN", container_title="News",
            number="X/1", accessed="2026-01-02", URL="https://un.org/x?y=[z]", language="en", note="A note.",
            file="sources.yaml", place=Place(1, 3),
        )
    }  # fmt: skip
    assert found.registers.speakers == {"ministry": Speaker("ministry", "The Ministry", "Ministry", "state")}
    assert found.registers.indicators["m1"] == Indicator("m1", "Cases", "cases", "count", "flow", "A note.", ("m2",))


def test_a_fault_in_an_entry_leaves_it_out_and_says_where() -> None:
    for register, old, new, message in (
        ("sources", '  title: "In Dialogue"\n', "", "missing key 'title'; a source needs it"),
        ("sources", "  issued: 2025-06\n", "", "missing key 'issued'; a source needs it"),
        ("sources", "issued: 2025-06", "issued: §June 2025", "'June 2025' is not a period"),
        ("sources", "issued: 2025-06", "issued: §2025/..", "'2025/..' has an open end"),
        ("sources", 'title: "In', '§titel: x\n  title: "In', "unknown key 'titel'; did you mean 'title'?"),
        ("sources", "official", "§offical", "did you mean 'official'?"),
        ("sources", "last: 120", "last: §many", "'many' is not the number of a paragraph"),
        ("sources", "last: 120", "last: §20250101", "no source has '20250101' paragraphs; write a number up to 100000"),
        ("sources", "last: 120", "last: §1-120", "'1-120' is not the number of a paragraph; write one, as 7"),
        ("sources", "    last: 120\n", "", "missing key 'last'"),
        (
            "sources",
            "from: 20",
            "from: §1",
            "this section starts at 1, and one before it at 1; put the sections in order",
        ),
        ("sources", "from: 20", "from: §twenty", "'twenty' is not the number of a paragraph"),
        ("sources", "from: 20", "from: §121", "'121' lies beyond the last paragraph, 120"),
        ("sources", 'paras: "1-5"', "paras: §119-121", "'119-121' lies beyond the last paragraph, 120"),
        ("sources", 'see: "21-31, 96-99"', "see: §'21, 130'", "'21, 130' lies beyond the last paragraph, 120"),
        ("sources", 'see: "21-31, 96-99"', "see: §21 and 30", "'21 and 30' has the word 'and', which is no label"),
        ("sources", "reason: navigation", "reason: §nav", "did you mean 'navigation'?"),
        (
            "sources",
            "{literal: United Nations}",
            "§{literal: UN, family: Doe}",
            "the author is both a body and a person",
        ),
        ("sources", "{literal: United Nations}", "§{}", "the author has no name"),
        ("speakers", "kind: state", "kind: §State party", "did you mean 'state'?"),
        ("speakers", "kind: state", "kind: §special procedure", "did you mean 'special-procedure'?"),
        ("speakers", "- {id", "- §{", "missing key 'id'"),
        ("indicators", "span: flow, note", "span: §stocks, note", "did you mean 'stock'?"),
    ):
        text = {"sources": SOURCES, "speakers": SPEAKERS, "indicators": INDICATORS}[register]
        assert old in text, register
        if new == "- §{":
            text, place = place_of_mark("- §{name: The Ministry, short: Ministry, kind: state}\n")
        elif "§" in new:
            text, place = place_of_mark(text.replace(old, new, 1))
        else:
            text, place = text.replace(old, new, 1), (1 if "last" not in old else 21, 3 if "last" not in old else 5)
        found = registers(**{register: text})
        (problem,) = found.problems
        assert (problem.file, problem.line, problem.column) == (f"{register}.yaml", *place), register
        assert message in said(problem), register
        kept = {
            "sources": found.registers.sources,
            "speakers": found.registers.speakers,
            "indicators": found.registers.indicators,
        }
        name = {"sources": "s1", "speakers": "ministry", "indicators": "m1"}[register]
        assert name not in kept[register], register
        if "missing key 'id'" not in message:
            assert found.faulty == (Faulty(register.removesuffix("s"), name, f"{register}.yaml:1"),), register


def test_countries_are_those_of_iso_3166_the_former_ones_and_those_left_to_users() -> None:
    assert len(country_codes()) == 249 + 30
    for code in ("KAZ", "SUN", "YUG", "AAA", "AAZ", "QMA", "QZZ", "XKX", "ZZA", "ZZZ"):
        found = registers(corpus=CORPUS.replace("ZZR", code))
        assert (found.problems, found.corpus.countries) == ((), (code,)), code
    for code in ("ABA", "QLZ", "YAA", "ZYZ", "KAZA", "kaz"):
        assert len(registers(corpus=CORPUS.replace("ZZR", code)).problems) == 1, code


def test_a_corpus_of_several_countries_asks_for_each_state_speakers() -> None:
    several = CORPUS.replace("country: ZZR", "countries: [ZZR, ZZQ]")
    (problem,) = registers(corpus=several).problems
    assert problem.text.startswith("speakers.yaml:1:3: missing key 'country'; a State's speaker needs it where")
    found = registers(corpus=several, speakers=SPEAKERS.replace("kind:", "country: ZZQ, kind:"))
    assert (found.problems, found.corpus.countries) == ((), ("ZZR", "ZZQ"))
    (problem,) = registers(corpus=CORPUS + "countries: [ZZR]\n").problems
    assert problem.what == "one of 'country' and 'countries' is wanted"


def test_a_source_has_a_short_title_or_a_number_that_no_other_has() -> None:
    bare = SOURCES.replace("  title-short: Dialogue\n", "")
    assert registers(sources=bare).problems == ()
    (problem,) = registers(sources=bare.replace("  number: X/1\n", "")).problems
    assert problem.text.startswith("sources.yaml:1:3: missing key 'title-short'; write a word or two")
    for line in ("title-short: Dialogue", "number: Dialogue", "number: X/1\n  title-short: Dialogue"):
        other = f"- id: s2\n  type: a\n  title: T\n  {line}\n  issued: 2024\n  kind: k\n  capacity: official\n"
        (problem,) = registers(sources=SOURCES + other).problems
        assert problem.what == "'Dialogue' is the short title of 's1' too", line


def test_the_id_of_a_source_reads_as_no_pinpoint() -> None:
    for name in ("p", "art", "annex", "time", "para", "7", "2025-report", "p12"):
        text, place = place_of_mark(SOURCES.replace("id: s1", f"id: §{name}"))
        (problem,) = registers(sources=text).problems
        assert ((problem.line, problem.column), problem.what) == (place, f"the id '{name}' reads as a pinpoint"), name
    for name in ("part-two", "article", "page", "recs", "p-12", "timeline"):
        assert registers(sources=SOURCES.replace("id: s1", f"id: {name}")).problems == (), name


def test_a_source_without_paragraphs_says_so_in_a_word() -> None:
    before, _, _ = SOURCES.partition("  paragraphs:")
    found = registers(sources=before + "  paragraphs: none\n")
    assert (found.problems, found.registers.sources["s1"].paragraphs) == ((), Paragraphs("none", 0))
    found = registers(sources=before)
    assert (found.problems, found.registers.sources["s1"].paragraphs) == ((), None)
    text, place = place_of_mark(before + "  paragraphs: {numbering: §none, last: 3}\n")
    (problem,) = registers(sources=text).problems
    assert ((problem.line, problem.column), problem.cure) == (place, "write paragraphs: none")


def test_registers_may_be_spread_over_folders() -> None:
    files = {"corpus.yaml": CORPUS, "sources/un.yaml": SOURCES, "speakers.yaml": SPEAKERS,
             "speakers/more.yaml": SPEAKERS.replace("ministry", "other"), "indicators/a.yaml": INDICATORS}  # fmt: skip
    found = read_registers({name: text.encode() for name, text in files.items()})
    assert found.problems == ()
    assert [list(register) for register in found.registers] == [["s1"], ["ministry", "other"], ["m1", "m2"]]
    files["speakers/more.yaml"] = SPEAKERS
    found = read_registers({name: text.encode() for name, text in files.items()})
    assert [problem.text for problem in found.problems] == [
        "speakers/more.yaml:1:8: the speaker 'ministry' stands twice, first at speakers.yaml:1; "
        "give one of them another id"
    ]
    files["speakers/more.yaml"] = "x"
    found = read_registers({name: text.encode() for name, text in files.items()})
    assert (found.faulty, list(found.registers.speakers)) == (
        (Faulty("speaker", "", "speakers/more.yaml:1"),),
        ["ministry"],
    )


def test_a_good_entry_stands_beside_a_bad_one() -> None:
    bad = "- {id: x, name: X, short: X, kind: y}\n"
    found = registers(speakers=bad + SPEAKERS)
    assert list(found.registers.speakers) == ["ministry"]
    assert found.faulty == (Faulty("speaker", "x", "speakers.yaml:1"),)


def test_an_id_registered_twice_is_told_at_the_second_and_the_first_stays() -> None:
    text, place = place_of_mark(SPEAKERS + "- {id: §ministry, name: Other, short: Other, kind: ngo}\n")
    found = registers(speakers=text)
    (problem,) = found.problems
    assert (problem.line, problem.column) == place
    assert said(problem) == "the speaker 'ministry' stands twice, first in line 1; give one of them another id"
    assert found.registers.speakers["ministry"].name == "The Ministry"
    assert found.faulty == ()


def test_an_unregistered_indicator_in_see_is_told_and_loses_no_indicator() -> None:
    text, place = place_of_mark(INDICATORS.replace("see: [m2]", "see: [m2, §m33]"))
    found = registers(indicators=text)
    (problem,) = found.problems
    assert (problem.line, problem.column) == place
    assert said(problem).startswith("the indicator 'm33' is not registered")
    assert found.registers.indicators.keys() == {"m1", "m2"}


def test_a_indicator_in_see_that_is_itself_left_out_is_not_told_again() -> None:
    found = registers(indicators=INDICATORS.replace("kind: percent-change", "kind: x"))
    assert [problem.line for problem in found.problems] == [2]
    assert found.registers.indicators.keys() == {"m1"}


def test_an_address_that_is_not_opened_is_a_warning() -> None:
    for address in (
        "javascript:alert(1)",
        "file:///etc/passwd",
        "--remote-debugging-port=9222",
        "https://",
        "https://un.org\\@evil.com",
        "http://a b",
        "ftp://un.org",
        "https://user@un.org",
        "https://қаз.kz",
        "//un.org",
        "https://un.org:999999",
    ):
        text, place = place_of_mark(SOURCES.replace("URL: https://un.org/x?y=[z]", f"URL: §'{address}'"))
        found = registers(sources=text)
        (problem,) = found.problems
        assert ((problem.line, problem.column), problem.level) == (place, "warning"), address
        assert address == found.registers.sources["s1"].URL, address


def test_an_ordinary_address_is_none() -> None:
    for address in (
        "http://un.org",
        "https://un.org:8080/",
        "https://un.org?p=1",
        "https://a.b.kz/x#y",
    ):
        assert registers(sources=SOURCES.replace("https://un.org/x?y=[z]", address)).problems == (), address


def test_repeated_paragraphs_that_do_not_say_what_they_repeat_are_a_warning() -> None:
    found = registers(sources=SOURCES.replace(', see: "21-31, 96-99"', ""))
    assert [(problem.level, problem.what) for problem in found.problems] == [
        ("warning", "what these paragraphs repeat is not said")
    ]
    assert list(found.registers.sources) == ["s1"]


def test_a_fault_in_corpus_yaml() -> None:
    for old, new, message in (
        ("ZZR", "§rur", "'rur' is not a country's code of ISO 3166-1 alpha-3; did you mean 'URY'?"),
        ("ZZR", "§QLA", "'QLA' is not a country's code"),
        ("ZZR", "§1", "'1' is not a country's code of ISO 3166-1 alpha-3; write three capital letters, as KAZ"),
        ("ZZR", "§RU", "'RU' is not a country's code"),
        ("2026-11", "§2019/..", "has an open end"),
        ("2026-11", "§soon", "'soon' is not a period"),
        ("[life, torture]", "[life, §life]", "'life' stands in this list twice"),
        ("[life, torture]", "[life, §A b]", "'A b' is not an id"),
        ("licence:", "§license:", "unknown key 'license'; did you mean 'licence'?"),
    ):
        text, place = place_of_mark(CORPUS.replace(old, new))
        (problem,) = registers(corpus=text).problems
        assert (problem.file, problem.line, problem.column) == ("corpus.yaml", *place), old
        assert message in said(problem), old


def test_a_corpus_without_country_is_told_so_and_keeps_the_rest() -> None:
    found = registers(corpus=CORPUS.replace("country: ZZR\n", ""))
    assert [problem.text for problem in found.problems] == [
        "corpus.yaml:1:1: one of 'country' and 'countries' is wanted; write country: KAZ, or countries: [KAZ, KGZ]"
    ]
    assert found.corpus == Corpus("Ruritania", (), "A test.", "2026-11", "CC0-1.0")


def test_a_corpus_yaml_that_cannot_be_read_leaves_an_untitled_corpus() -> None:
    for text in (
        "",
        "x: [",
        "[]",
        "text",
    ):
        found = registers(corpus=text)
        assert [problem.file for problem in found.problems] == ["corpus.yaml"], text
        assert (found.corpus.title, found.theme_order) == (UNTITLED, ()), text


@pytest.mark.parametrize("text", [None, "", "x: [a", "a: b", "text", "*a"])
@pytest.mark.parametrize("register", ["sources", "speakers", "indicators"])
def test_a_register_that_cannot_be_read_is_wholly_faulty(register: str, text: str | None) -> None:
    found = registers(**{register: text})
    if (register, text) == ("indicators", None):
        assert (found.problems, found.faulty) == ((), ())  # a corpus without figures needs no indicators
        return
    assert [problem.file for problem in found.problems] == [f"{register}.yaml"]
    assert found.faulty == (Faulty(register.removesuffix("s"), "", f"{register}.yaml:1"),)


def test_a_register_may_be_an_empty_list() -> None:
    assert registers(indicators="[]").problems == ()


def test_a_register_that_the_system_refuses_is_its_problem() -> None:
    problem = Problem("sources.yaml", 1, 1, "this is not a regular file", "put a file here")
    found = read_registers(
        {"corpus.yaml": CORPUS.encode(), "sources.yaml": problem, "speakers.yaml": SPEAKERS.encode()}
    )
    assert found.problems == (problem,)


def test_every_corpus_at_hand_reads_without_a_problem() -> None:
    for folder in CORPORA:
        corpus = CorpusFolder(str(folder))
        found = corpus.registers()
        problems = [*corpus.listing.problems, *found.problems]
        for stamp in corpus.listing.theme_files:
            contents = corpus.theme_file(stamp.name, found.corpus, found.registers, found.faulty)
            problems += contents.problems
            assert contents.briefs, stamp.name
        assert [problem.text for problem in problems] == [], folder


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="there is one parser alone")
def test_both_parsers_read_every_corpus_at_hand_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    samples = re.findall(r"^```yaml\n(.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL | re.MULTILINE)
    texts = [text.encode() for text in samples]
    texts += [path.read_bytes() for folder in CORPORA for path in sorted(folder.rglob("*.yaml"))]
    for text in texts:
        found = []
        for loader in (yaml.CSafeLoader, yaml.SafeLoader):
            monkeypatch.setattr(nodes, "LOADER", loader)
            document = nodes.read("x.yaml", text)
            found.append((without_ends(document.root), document.problems))
        assert found[0] == found[1], text[:200]


def without_ends(node: nodes.Node | None) -> Any:
    """A node without what the parsers count differently: where a mapping ends."""
    match node:
        case nodes.Mapping(entries, place):
            return place, [(key, at, without_ends(value)) for key, (at, value) in entries.items()]
        case nodes.Sequence(items, place):
            return place, [without_ends(item) for item in items]
    return node
