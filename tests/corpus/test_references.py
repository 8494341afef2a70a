"""What briefs name in the registers: that it is there, that it may be named so, and what is withheld where it may not.

In these texts § stands where a problem is expected; it is taken out before the text is read.
"""

from __future__ import annotations

import pytest

from hrdash.corpus import values
from hrdash.corpus.read import FileContents, RegisterContents, Withheld, read_registers, read_theme_file
from hrdash.corpus.references import Known

REGISTERS = {
    "corpus.yaml": "title: Ruritania\ncountry: ZZR\nas_of: 2026-11\n",
    "sources.yaml": """\
- {id: s, type: webpage, title: S, title-short: S, issued: 2025, kind: news, capacity: official,
   paragraphs: {numbering: ours, last: 20}}
- {id: page, type: webpage, title: Page, title-short: Page, issued: 2025, kind: news, capacity: official,
   paragraphs: none}
- {id: un, type: report, title: UN, number: A/1, issued: 2025, kind: report, capacity: official}
""",
    "speakers.yaml": """\
- {id: ministry, name: The Ministry, short: Ministry, kind: state}
- {id: ombudsman, name: The Ombudsman, short: Ombudsman, kind: nhri, state_side: true}
- {id: commission, name: Another institution, short: Commission, kind: nhri}
- {id: france, name: France, short: France, kind: state, country: FRA}
""",
    "indicators.yaml": "- {id: visits, label: Visits, unit: visits, kind: count, span: flow}\n",
}
SEVERAL = {
    "corpus.yaml": "title: Two\ncountries: [ZZR, FRA]\nas_of: 2026-11\n",
    "speakers.yaml": REGISTERS["speakers.yaml"].replace("kind: state}", "kind: state, country: ZZR}"),
}


def read(briefs: str, **changed: str) -> FileContents:
    found: RegisterContents = read_registers({name: text.encode() for name, text in {**REGISTERS, **changed}.items()})
    head = "theme: t\nlabel: T\ntitle: T\nbriefs:\n"
    known = Known(found.corpus, found.registers, found.faulty)
    return read_theme_file("themes/t.yaml", (head + briefs.replace("§", "")).encode(), known)


def claim(by: str = "ministry", cites: str = "s 7", more: str = "", kind: str = "claims", head: str = "") -> str:
    return f"  - {{id: b, title: B, {head} {kind}: [{{by: {by}, text: T., cites: [{cites}]{more}}}]}}\n"


def test_what_may_be_named_is_no_problem() -> None:
    for brief in (
        claim(cites="s 20"), claim(cites="s 3-20"), claim(cites="s p 99"), claim(cites="page"),
        claim(cites="un 140.254"), claim(cites="un annex IX 12"), claim(by="ombudsman"),
        claim(by="[ministry, ombudsman]"),
        claim(by="france", kind="concerns"), claim(by="commission", kind="observations"), claim(head="country: ZZR,"),
        claim(cites="'7'", head="source: s,"), claim(cites="page", head="source: page,"),
        claim(more=", figures: [{indicator: visits, value: 2}]"),
    ):  # fmt: skip
        contents = read(brief)
        assert [problem.text for problem in contents.problems] == [], brief
        assert [found.id for found in contents.briefs] == ["b"], brief


def test_what_may_not_be_named_is_told_at_its_place_and_withholds_the_brief() -> None:
    for brief, message in (
        (claim(by="§minstry"), "speaker 'minstry' is not registered; did you mean 'ministry'?"),
        (claim(by="[ministry, §nobody]"), "speaker 'nobody' is not registered; add it to speakers.yaml"),
        (claim(cites="§t 7"), "source 't' is not registered; add it to sources.yaml"),
        (claim(head="source: §t,"), "source 't' is not registered"),
        (claim(more=", figures: [{indicator: §visit, value: 2}]"), "indicator 'visit' is not registered; did you mean"),
        (claim(cites="§s"), "no place in 's' is cited; write s and the paragraph behind it"),
        (claim(cites="§un"), "no place in 'un' is cited"),
        (claim(cites="§page 3"), "'page' has no paragraphs to cite; remove the pinpoint"),
        (claim(cites="§'3'", head="source: page,"), "'page' has no paragraphs to cite"),
        (claim(cites="§s 21"), "'21' lies beyond the last paragraph of 's', 20; correct it, or last in sources.yaml"),
        (claim(cites="§s 19-21"), "'19-21' lies beyond the last paragraph of 's', 20"),
        (claim(cites="§s 21 (a)"), "'21 (a)' lies beyond"),
        (claim(cites="§s 140.7"), "'140.7' lies beyond"),
        (claim(by="§france"), "'france' is not of the State side, which alone makes a claim; move the statement to"),
        (claim(by="§commission"), "'commission' is not of the State side"),
        (claim(by="[ministry, §france]"), "'france' is not of the State side"),
        (claim(by="§france", kind="responses", more=", answers: [x/q]"), "which alone makes a response; move the"),
        (claim(head="country: §FRA,"), "FRA is no country of this corpus; write one of: ZZR"),
    ):
        before = ("theme: t\nlabel: T\ntitle: T\nbriefs:\n" + brief).partition("§")[0]
        contents = read(brief)
        (problem,) = contents.problems
        place = before.count("\n") + 1, len(before) - before.rfind("\n")
        assert ((problem.line, problem.column), problem.level) == (place, "error"), problem.text
        assert message in problem.text, brief
        assert (contents.briefs, contents.withheld) == ((), (Withheld("b", 5, 5),)), brief


def test_in_a_corpus_of_several_countries_each_brief_names_its_own_and_its_state_speaks() -> None:
    (problem,) = read(claim(), **SEVERAL).problems
    assert problem.text == "themes/t.yaml:5:10: missing key 'country'; a corpus of several needs one of: ZZR, FRA"
    for by, country in (("ministry", "ZZR"), ("france", "FRA"), ("ombudsman", "FRA")):
        assert read(claim(by=by, head=f"country: {country},"), **SEVERAL).problems == (), by
    (problem,) = read(claim(by="france", head="country: ZZR,"), **SEVERAL).problems
    assert problem.what == "'france' is not of the State side, which alone makes a claim"


def test_one_cause_is_told_once_for_each_brief() -> None:
    one = "  - {id: %s, title: B, source: gone, claims: [{by: ministry, text: T., cites: [7]}], "
    one += "concerns: [{by: france, text: T., cites: [8]}]}\n"
    contents = read(one % "a" + one % "b")
    assert [(problem.line, problem.what) for problem in contents.problems] == [
        (5, "source 'gone' is not registered"), (6, "source 'gone' is not registered"),
    ]  # fmt: skip
    assert [held.id for held in contents.withheld] == ["a", "b"]


def test_of_what_is_not_registered_a_file_has_few_names_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(values, "nearest", lambda name, _: asked.append(name) or "")
    one = "  - {id: b-%s, title: B, claims: [{by: minstry-%s, text: T., cites: [s 7]}]}\n"
    contents = read("".join(one % (at, at) for at in range(60)))
    assert len(contents.problems) == 60
    assert len(asked) == 20


def test_a_faulty_entry_and_a_broken_register_are_no_problem_of_the_briefs_that_name_one_and_withhold_them() -> None:
    faulty = REGISTERS["speakers.yaml"].replace("kind: state}", "kind: king}", 1)
    for register, by in ((faulty, "ministry"), ("text", "[x, y]")):
        contents = read(claim(by=by), **{"speakers.yaml": register})
        assert (contents.problems, contents.briefs, contents.withheld) == ((), (), (Withheld("b", 5, 5),)), by


def test_what_is_meant_by_a_name_is_looked_for_once_in_a_file() -> None:
    contents = read("".join(claim(by="ministri").replace("id: b,", f"id: b{at},") for at in range(150)))
    assert [problem.cure for problem in contents.problems] == ["did you mean 'ministry'?"] * 150
