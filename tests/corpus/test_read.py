"""A file of briefs and the registers: what becomes of them, and each problem at its exact place.

In these texts § stands where a problem is expected; it is taken out before the text is read.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrdash.corpus.read import (
    UNTITLED,
    Declared,
    Faulty,
    FileContents,
    Reference,
    RegisterContents,
    Withheld,
    read_registers,
    read_theme_file,
    stand_in,
)
from hrdash.corpus.values import last_para, uhri_labels
from hrdash.model import (
    Author,
    Brief,
    Citation,
    Corpus,
    Difference,
    Figure,
    LeftOpen,
    Measure,
    NoStatements,
    Paragraphs,
    Place,
    Problem,
    Section,
    Source,
    Speaker,
    Statement,
    Theme,
)

SHIPPED = Path(__file__).parents[2] / "briefs"

HEAD = "theme: torture\nlabel: Torture\ntitle: Prohibition of torture\nbriefs:\n"
CLAIM = "{id: c-one, by: ministry, text: Said., cites: [s1 7]}"


def theme_file(text: str, name: str = "themes/torture.yaml") -> FileContents:
    return read_theme_file(name, text.encode())


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
    title: Complaints and cases of torture are said to fall
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
      - {id: c-ministry, same_as: c-commissioner, by: ministry, text: Again., cites: [s2 53-54]}
    concerns:
      - id: q-complaints
        by: expert
        put_as: question
        faces: [c-commissioner]
        text: How many?
        cites: [s3 84]
    responses:
      - id: r-cases
        answers: [q-complaints]
        by: delegation
        text: About 100.
        period_text: during the period
        note: A note.
        cites: [s3 98]
    commendations:
      - {id: m-one, by: expert, text: Good., cites: [s3 9]}
    recommendations:
      - {id: n-one, by: expert, text: Do more., cites: [s3 10]}
    left_open:
      - {of: [q-complaints], text: The number., cites: [s3 84]}
    differences:
      - {between: [c-commissioner, r-cases], text: Differs., cites: [s3 98]}
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
    assert contents.briefs == (
        Brief(
            id="torture-fewer-cases",
            theme="torture",
            title="Complaints and cases of torture are said to fall",
            persons=("Persons deprived of their liberty & detainees",),
            also_in=("detention",),
            related=("torture-punishment",),
            claims=(
                Statement(
                    "c-commissioner",
                    "commissioner",
                    "Complaints fell by half in 2023.",
                    (Citation("lastayev-2025", "7"),),
                    period="2023/2024",
                    place=Place(13, 9),
                    figures=(
                        Figure("change", 50, direction="down", population="men", period="2023"),
                        Figure(
                            "change",
                            None,
                            2.5,
                            3,
                            "around",
                            per="year",
                            base="of all",
                            status="planned",
                        ),
                    ),
                ),
                Statement(
                    "c-ministry",
                    "ministry",
                    "Again.",
                    (Citation("s2", "53-54"),),
                    same_as="c-commissioner",
                    place=Place(23, 9),
                ),
            ),
            concerns=(
                Statement(
                    "q-complaints",
                    "expert",
                    "How many?",
                    (Citation("s3", "84"),),
                    put_as="question",
                    faces=("c-commissioner",),
                    place=Place(25, 9),
                ),
            ),
            responses=(
                Statement(
                    "r-cases",
                    "delegation",
                    "About 100.",
                    (Citation("s3", "98"),),
                    period_text="during the period",
                    answers=("q-complaints",),
                    note="A note.",
                    place=Place(32, 9),
                ),
            ),
            commendations=(Statement("m-one", "expert", "Good.", (Citation("s3", "9"),), place=Place(40, 9)),),
            recommendations=(Statement("n-one", "expert", "Do more.", (Citation("s3", "10"),), place=Place(42, 9)),),
            left_open=(LeftOpen(("q-complaints",), "The number.", (Citation("s3", "84"),), Place(44, 9)),),
            differences=(Difference(("c-commissioner", "r-cases"), "Differs.", (Citation("s3", "98"),), Place(46, 9)),),
            file="themes/torture.yaml",
            place=Place(7, 5),
        ),
    )
    assert contents.withheld == ()
    assert contents.ids_known
    assert isinstance(contents.briefs[0].claims[0].figures[0].value, int)


def test_a_file_says_what_it_declares_and_refers_to_and_where() -> None:
    contents = theme_file(FULL)
    assert contents.declares == (
        Declared("torture", "theme", Place(1, 1)),
        Declared("torture-fewer-cases", "brief", Place(7, 9)),
    )
    name = "torture-fewer-cases"
    assert contents.references[:4] == (
        Reference(name, "source", "lastayev-2025", Place(19, 26), para="7", para_place=Place(19, 47)),
        Reference(name, "measure", "change", Place(21, 23)),
        Reference(name, "measure", "change", Place(22, 23)),
        Reference(name, "speaker", "commissioner", Place(14, 13), section="claims"),
    )
    assert [(ref.kind, ref.target, ref.section) for ref in contents.references[4:]] == [
        ("source", "s2", ""),
        ("speaker", "ministry", "claims"),
        ("source", "s3", ""),
        ("speaker", "expert", "concerns"),
        ("source", "s3", ""),
        ("speaker", "delegation", "responses"),
        ("source", "s3", ""),
        ("speaker", "expert", "commendations"),
        ("source", "s3", ""),
        ("speaker", "expert", "recommendations"),
        ("source", "s3", ""),
        ("source", "s3", ""),
        ("theme", "detention", ""),
        ("brief", "torture-punishment", ""),
    ]


def test_a_file_in_a_themes_folder_belongs_to_that_theme() -> None:
    text = f"briefs:\n  - {{id: b-one, title: One, claims: [{CLAIM}]}}\n"
    contents = theme_file(text, "themes/torture/more.yaml")
    assert contents.problems == ()
    assert (contents.theme, contents.theme_id) == (None, "torture")
    assert (contents.briefs[0].theme, contents.briefs[0].file) == ("torture", "themes/torture/more.yaml")
    assert contents.declares == (Declared("b-one", "brief", Place(2, 10)),)


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
        ("§zzz: []", "unknown key 'zzz'; a brief takes id, title, persons"),
        ("related: §{a: b}", "here stands keys and values, and should stand a list"),
        ("related: §b-two", "here stands text, and should stand a list; write a list"),
        ("related: [§[a]]", "here stands a list, and should stand a text"),
        ("related: [§'']", "the text is empty"),
        ("related: [§B-Two]", "'B-Two' is not an id; write a-z, 0-9 and hyphens"),
        ("related: [§-two]", "'-two' is not an id"),
        ("related: [§../../etc]", "'../../etc' is not an id"),
        ("related: [b-two, §b-two]", "'b-two' stands in this list twice; keep one"),
        ("related: [§b-one]", "the brief is said to be related to itself"),
        ("also_in: [§torture]", "the brief is in 'torture' already"),
        ("concerns: [§text]", "here stands text, and should stand a concern, with keys and values"),
        ("concerns: [§[]]", "here stands a list, and should stand a concern, with keys and values"),
        ("concerns: [§{id: q, by: e, text: T., cites: []}]", "nothing is cited for this"),
        ("concerns: [§{id: q, by: e, text: T.}]", "nothing is cited for this; write cites: ["),
        ("concerns: [§{id: q, …}]", "missing key 'by'; a concern needs it"),
        ("concerns: [{id: q, by: e, text: §'', cites: [s 1]}]", "the text is empty"),
        (
            "concerns: [{id: q, by: e, text: §[], cites: [s 1]}]",
            "here stands a list, and should stand a text",
        ),
        ("concerns: [{id: q, by: e, §answers: [], …}]", "unknown key 'answers'"),
        (
            "concerns: [{id: q, by: e, put_as: §questoin, …}]",
            "did you mean 'question'?",
        ),
        (
            "concerns: [{id: q, by: e, put_as: §zzz, …}]",
            "write one of: statement, question",
        ),
        ("concerns: [{id: q, by: e, text: T., cites: [§{source: s}]}]", "missing key 'para'; a citation needs it"),
        (
            "concerns: [{id: q, by: e, text: T., cites: §s 1]",
            "here stands keys and values, and should stand a list",
        ),
        (
            "concerns: [{id: q, by: e, text: T., §cite: [s 1], cites: [s 1]}]",
            "did you mean 'cites'?",
        ),
        (
            "responses: [§{id: r, answers: [], by: e, …}]",
            "answers nothing and has no note; name the concerns that it answers, or say in a note why there are none",
        ),
        ("responses: [§{id: r, by: e, …}]", "missing key 'answers'"),
        (
            "responses: [{id: r, answers: [§q-one], by: e, …}]",
            "no statement 'q-one' in this brief",
        ),
        (
            "responses: [{id: r, answers: [§c-one], by: e, …}]",
            "'c-one' is a claim, and answers takes a concern",
        ),
        (
            "concerns: [{id: q, faces: [§c-on], by: e, …}]",
            "did you mean 'c-one'?",
        ),
        (
            "concerns: [{id: q, faces: [§q], by: e, …}]",
            "'q' is a concern, and faces takes a claim",
        ),
        (
            "concerns: [{id: q, same_as: §q, by: e, …}]",
            "'q' is said to be the same as itself; name the other statement",
        ),
        (
            "concerns: [{id: q, same_as: §c-one, by: e, …}]",
            "'c-one' is a claim, and same_as takes a concern",
        ),
        (
            "concerns: [{id: q, same_as: §q-two, by: e, …}]",
            "no statement 'q-two'",
        ),
        (
            "concerns: [{id: §c-one, by: e, …}]",
            "'c-one' stands twice in this brief, first in line 8",
        ),
        (
            "left_open: [{of: [§c-one], …}]",
            "'c-one' is a claim, and asks takes a concern",
        ),
        ("left_open: [§{of: [], text: T., cites: []}]", "nothing is cited for this"),
        ("differences: [{between: [c-one, §r-one], …}]", "no statement 'r-one'"),
        ("differences: [§{between: [c-one], text: T.}]", "nothing is cited for this"),
        ("claims: []".replace("claims", "§claims"), "the key 'claims' stands twice, first in line 7"),
        ("related: §*x", "aliases (*) are not taken"),
        ("related: §&x [b-two]", "anchors (&) are not taken"),
    ):
        contents = expect(brief(body), message)
        assert contents.briefs == (), body
        assert contents.withheld == (Withheld("b-one", 5, 5),), body
        assert contents.declares[1:] == (Declared("b-one", "brief", Place(5, 9)),), body
        assert contents.ids_known, body


def test_a_fault_in_a_figure() -> None:
    for figure, message in (
        ("§{indicator: m}", "the figure has no value; write value, or both low and high"),
        ("§{indicator: m, low: 1}", "the figure has no value"),
        ("§{indicator: m, value: 1, low: 1, high: 2}", "the figure has both a value and a range"),
        ("§{indicator: m, value: 1, high: 2}", "the figure has both a value and a range"),
        ("{indicator: m, low: §3, high: 2}", "the figure's low is above its high"),
        ("§{value: 1}", "missing key 'measure'"),
        ("{indicator: m, value: §1e3}", "'1e3' is not a number; write digits alone"),
        ("{indicator: m, value: §0x1F}", "'0x1F' is not a number"),
        ("{indicator: m, value: §1_000}", "'1_000' is not a number"),
        ("{indicator: m, value: §'1,000'}", "'1,000' is not a number"),
        ("{indicator: m, value: §nan}", "'nan' is not a number"),
        ("{indicator: m, value: §.5}", "'.5' is not a number"),
        ("{indicator: m, value: §5.}", "'5.' is not a number"),
        ("{indicator: m, value: §+5}", "'+5' is not a number"),
        ("{indicator: m, value: §017}", "'017' is not a number"),
        ("{indicator: m, value: §٣}", "'٣' is not a number"),
        ("{indicator: m, value: §1234567890123456}", "has more than 15 digits"),
        ("{indicator: m, value: §12345678.90123456}", "has more than 15 digits"),
        ("{indicator: m, value: 1, qualifier: §about}", "write one of: around, more-than"),
        ("{indicator: m, value: 1, qualifier: §more than}", "did you mean 'more-than'?"),
        ("{indicator: m, value: 1, direction: §downward}", "did you mean 'down'?"),
        ("{indicator: m, value: 1, status: §done}", "write one of: planned"),
        ("{indicator: m, value: 1, period: §2024-13}", "there is no month 13 in '2024-13'; write a month from 01 to 12"),
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


def test_pinpoints_are_paragraphs_and_ranges() -> None:
    for para in (
        "7",
        "53-54",
        "'7'",
        "999999",
    ):
        text = brief(f"concerns: [{{id: q, by: e, text: T., cites: [s {para}]}}]")
        assert theme_file(text).briefs[0].concerns[0].cites == (Citation("s", para.strip("'")),), para


def test_a_pinpoint_that_is_none() -> None:
    for para, message in (
        ("0", "'0' counts from 0; count paragraphs from 1"),
        ("0-3", "counts from 0"),
        ("54-53", "ends before it starts; write 53-54"),
        ("7-7", "is a range of one paragraph; write 7"),
        ("7–8", "'7–8' is not a paragraph; write its number, as 7, or a range, as 53-54"),
        ("'7, 8'", "is not a paragraph"),
        ("vii", "is not a paragraph"),
        ("-3", "is not a paragraph"),
        ("1.5", "is not a paragraph"),
        ("'007'", "is not a paragraph"),
        ("1234567", "is not a paragraph"),
        ("²", "is not a paragraph"),
    ):
        expect(brief(f"concerns: [{{id: q, by: e, text: T., cites: [§s {para}]}}]"), message)


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
        expect(
            brief(f"concerns: [{{id: q, by: e, text: T., period: §{text}, cites: [s 1]}}]"), message
        )


def test_a_response_that_answers_nothing_may_say_why_in_a_note() -> None:
    text = brief("responses: [{id: r, answers: [], note: Not asked., by: e, …}]")
    assert theme_file(text).problems == ()


def test_same_as_in_a_circle_is_told_once_where_it_begins() -> None:
    expect(
        brief(
            "concerns:\n"
            "  - {id: q1, same_as: §q2, by: e, …}\n"
            "  - {id: q2, same_as: q3, by: e, …}\n"
            "  - {id: q3, same_as: q1, by: e, …}\n"
            "  - {id: q4, same_as: q3, by: e, …}\n"
        ),
        "the same_as of 'q1' leads back to itself",
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
        "responses: [{id: r, answers: [], by: E, period: then, text: '', cites: [S 0], "
        "figures: [{value: y}]}]"
    )
    assert [said(problem).split(";")[0] for problem in theme_file(text).problems] == [
        "the response answers nothing and has no note",
        "'E' is not an id",
        "'then' is not a period",
        "the text is empty",
        "'S' is not an id",
        "'0' counts from 0",
        "missing key 'measure'",
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
    typed, place = place_of_mark(
        brief(r'concerns: [{id: q, by: e, text: "One §\e[2J two.", cites: [s 1]}]')
    )
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
    text = brief("concerns: [{id: no, by: yes, text: ~, cites: [null 1]}]").replace(
        "title: One", "title: 1.10"
    )
    found = theme_file(text).briefs[0]
    assert (found.title, found.concerns[0][:3], found.concerns[0].cites[0].source) == (
        "1.10",
        ("no", "yes", "~"),
        "null",
    )


def test_a_file_that_does_not_parse_lists_the_briefs_that_it_seems_to_hold() -> None:
    text = (
        HEAD + "  - id: b1\n    title: One: two\n"
        "    claims:\n      - id: c1\n  - title: x\n    id: b2\n  - {id: b3, title: y}\n"
    )
    contents = theme_file(text)
    assert contents.theme == stand_in("torture")
    assert contents.briefs == ()
    assert contents.withheld == (Withheld("b1", 5, 5), Withheld("", 9, 5), Withheld("b3", 11, 6))
    assert contents.declares == (Declared("torture", "theme", Place(1, 1)),)
    assert not contents.ids_known
    assert [(problem.line, problem.column) for problem in contents.problems] == [(6, 15)]


def test_briefs_under_a_misspelt_or_repeated_key_are_withheld_and_not_forgotten() -> None:
    one = f"  - {{id: b1, title: One, claims: [{CLAIM}]}}\n"
    two = one.replace("b1", "b2")
    misspelt = theme_file(HEAD.replace("briefs:", "brief:") + one)
    assert [said(problem) for problem in misspelt.problems] == ["unknown key 'brief'; did you mean 'briefs'?"]
    assert misspelt.withheld == (Withheld("b1", 5, 6),)
    repeated = theme_file(HEAD + one + "briefs:\n" + two)
    assert [found.id for found in repeated.briefs] == ["b1"]
    assert [held.id for held in repeated.withheld] == ["b2"]
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
    assert contents.declares == (Declared("torture", "theme", Place(1, 1)),)


def test_a_key_that_is_missing_or_a_value_that_is_repeated_is_told_in_every_kind_of_mapping() -> None:
    for text, message in (
        (HEAD.replace("theme: torture\n", "§") + "  []", "missing key 'theme'; a theme's file needs it"),
        (HEAD.replace("theme: torture\nlabel: Torture\n", "§theme: torture\n") + "  []", "missing key 'label'"),
        (HEAD.replace("title: P", "x: P").replace("theme: t", "§theme: t").replace("x: Prohibition of torture\n", "")
         + "  []", "missing key 'title'; a theme's file needs it"),
        (HEAD.replace("theme: t", "§theme: t").replace("briefs:\n", ""), "missing key 'briefs'; a theme's file"),
        (HEAD + f"  - §{{title: One, claims: [{CLAIM}]}}", "missing key 'id'; a brief needs it"),
        (HEAD + f"  - §{{id: b-one, claims: [{CLAIM}]}}", "missing key 'title'; a brief needs it"),
        (brief("concerns: [§{by: e, …}]"), "missing key 'id'; a concern needs it"),
        (brief("concerns: [§{id: q, by: e, cites: [s 1]}]"), "missing key 'text'; a concern"),
        (brief("concerns: [{id: q, by: e, text: T., cites: [§{para: 1}]}]"), "missing key 'source'; a citation"),
        (brief("left_open: [§{…}]"), "missing key 'asks'; what is left open needs it"),
        (brief("left_open: [§{of: [], cites: [s 1]}]"), "missing key 'text'; what is left open"),
        (brief("differences: [§{…}]"), "missing key 'between'; a difference needs it"),
        (brief("differences: [§{between: [], cites: [s 1]}]"), "missing key 'text'; a difference"),
        (brief("concerns: [{id: q, by: e, faces: [§''], …}]"), "the text is empty; write one, or remove the key"),
        (brief("concerns: [{id: q, by: e, …, figures: [{indicator: m, low: §3, high: 2}]}]"),
         "the figure's low is above its high; exchange them"),
        (HEAD.replace("briefs:", "briefs: §x"), "here stands text, and should stand a list of briefs; write a list of"),
        (brief("persons: [Children, §Children]"), "'Children' stands in this list twice; keep one"),
        (brief("also_in: [life, §life]"), "'life' stands in this list twice; keep one"),
        (brief("").replace("briefs:", "instruments: [CAT, §CAT]\nbriefs:"), "'CAT' stands in this list twice"),
    ):  # fmt: skip
        expect(text, message)


def test_a_misspelt_statement_is_compared_with_those_of_its_section_alone() -> None:
    expect(
        brief("concerns: [{id: q-hours, by: e, …}]\nresponses: [{id: r, answers: [§c-on], by: e, …}]"),
        "there is no statement 'c-on' in this brief; look for its id, or add it",
    )


def test_in_a_brief_of_more_than_a_hundred_statements_no_name_is_guessed() -> None:
    def of(count: int) -> str:
        listed = "".join(f"\n  - {{id: q{number:03}, by: e, …}}" for number in range(count))
        return brief(f"concerns:{listed}\nleft_open: [{{of: [§q00], …}}]")

    expect(of(99), "there is no statement 'q00' in this brief; did you mean 'q0")
    expect(of(100), "there is no statement 'q00' in this brief; look for its id")


def test_items_behind_the_next_key_of_a_file_that_does_not_parse_are_no_briefs() -> None:
    contents = theme_file("theme: t\nbriefs:\n  - id: b1\n    title: a: b\ninstruments:\n  - CAT\n  - CCPR\n")
    assert contents.withheld == (Withheld("b1", 3, 5),)


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
        "[{source: s, para: ",
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


@settings(max_examples=200, deadline=None)
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


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_stop_the_decoder_or_the_registers(data: bytes) -> None:
    assert read_theme_file("themes/torture.yaml", data).problems
    found = read_registers(dict.fromkeys(("corpus.yaml", "sources.yaml", "speakers.yaml", "indicators.yaml"), data))
    assert found.problems


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=50))
def test_the_last_paragraph_of_any_text_is_a_number(text: str) -> None:
    assert last_para(text) >= 0


# The registers


CORPUS = "title: Ruritania\ncountry: ZZR\nabout: A test.\nas_of: 2026-11\nlicence: CC0-1.0\nthemes: [life, torture]\n"
SOURCES = """\
- id: s1
  type: webpage
  title: "In Dialogue"
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
MEASURES = (
    "- {id: m1, label: Cases, unit: cases, kind: count, span: flow, note: A note., see: [m2]}\n"
    "- {id: m2, label: Change, unit: per cent, kind: percent-change, span: flow}\n"
)


def registers(**changed: str | None) -> RegisterContents:
    texts = {"corpus": CORPUS, "sources": SOURCES, "speakers": SPEAKERS, "measures": MEASURES, **changed}
    return read_registers({f"{name}.yaml": text.encode() for name, text in texts.items() if text is not None})


def test_the_registers_become_their_values() -> None:
    found = registers()
    assert found.problems == ()
    assert found.corpus == Corpus("Ruritania", "RUR", "A test.", "2026-11", "CC0-1.0")
    assert found.theme_order == ("life", "torture")
    assert found.registers.sources == {
        "s1": Source(
            "s1",
            "webpage",
            "In Dialogue",
            "2025-06",
            "press-summary",
            "official",
            Paragraphs(
                "ours",
                120,
                (Section(1, "One"), Section(20, "Two")),
                (NoStatements("1-5", "navigation"), NoStatements("10", "repeats", "21-31, 96-99")),
            ),
            (Author("United Nations"), Author("", "Doe", "Jo")),
            "UN",
            "News",
            "X/1",
            "2026-01-02",
            "https://un.org/x?y=[z]",
            "en",
            "A note.",
            Place(1, 3),
        )
    }
    assert found.registers.speakers == {"ministry": Speaker("ministry", "The Ministry", "Ministry", "state")}
    assert found.registers.measures["m1"] == Measure("m1", "Cases", "cases", "count", "flow", "A note.", ("m2",))


def test_a_fault_in_an_entry_leaves_it_out_and_says_where() -> None:
    for register, old, new, message in (
        ("sources", '  title: "In Dialogue"\n', "", "missing key 'title'; a source needs it"),
        ("sources", "  issued: 2025-06\n", "", "missing key 'issued'; a source needs it"),
        ("sources", "issued: 2025-06", "issued: §June 2025", "'June 2025' is not a period"),
        ("sources", "issued: 2025-06", "issued: §2025/..", "'2025/..' has an open end"),
        ("sources", 'title: "In', '§titel: x\n  title: "In', "unknown key 'titel'; did you mean 'title'?"),
        ("sources", "official", "§offical", "did you mean 'official'?"),
        ("sources", "last: 120", "last: §many", "'many' is not a paragraph"),
        ("sources", "last: 120", "last: §1-120", "here stands a range of paragraphs"),
        ("sources", "    last: 120\n", "", "missing key 'last'"),
        (
            "sources",
            "from: 20",
            "from: §1",
            "this section starts at 1, and one before it at 1; put the sections in order",
        ),
        ("sources", "from: 20", "from: §121", "'121' lies beyond the last paragraph, 120"),
        ("sources", 'paras: "1-5"', "paras: §119-121", "'119-121' lies beyond the last paragraph, 120"),
        ("sources", 'see: "21-31, 96-99"', "see: §'21, 130'", "'21, 130' lies beyond the last paragraph, 120"),
        ("sources", 'see: "21-31, 96-99"', "see: §21 and 30", "'21 and 30' is not a paragraph"),
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
        ("measures", "span: flow, note", "span: §stocks, note", "did you mean 'stock'?"),
    ):
        text = {"sources": SOURCES, "speakers": SPEAKERS, "measures": MEASURES}[register]
        assert old in text, register
        if new == "- §{":
            text, place = place_of_mark("- §{name: The Ministry, short: Ministry, kind: state}\n")
        elif "§" in new:
            text, place = place_of_mark(text.replace(old, new, 1))
        else:
            text, place = text.replace(old, new, 1), (1 if "last" not in old else 16, 3 if "last" not in old else 5)
        found = registers(**{register: text})
        (problem,) = found.problems
        assert (problem.file, problem.line, problem.column) == (f"{register}.yaml", *place), register
        assert message in said(problem), register
        kept = {
            "sources": found.registers.sources,
            "speakers": found.registers.speakers,
            "measures": found.registers.measures,
        }
        name = {"sources": "s1", "speakers": "ministry", "measures": "m1"}[register]
        assert name not in kept[register], register
        if "missing key 'id'" not in message:
            assert found.faulty == (Faulty(register.removesuffix("s"), name, f"{register}.yaml:1"),), register


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


def test_an_unregistered_measure_in_see_is_told_and_loses_no_measure() -> None:
    text, place = place_of_mark(MEASURES.replace("see: [m2]", "see: [m2, §m33]"))
    found = registers(measures=text)
    (problem,) = found.problems
    assert (problem.line, problem.column) == place
    assert said(problem).startswith("the measure 'm33' is not registered")
    assert found.registers.measures["m1"].see == ("m2",)


def test_a_measure_in_see_that_is_itself_left_out_is_not_told_again() -> None:
    found = registers(measures=MEASURES.replace("kind: percent-change", "kind: x"))
    assert [problem.line for problem in found.problems] == [2]
    assert found.registers.measures["m1"].see == ()


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
        ("RUR", "§rur", "'rur' is not a country's code; write ISO 3166-1 alpha-3 in capitals"),
        ("RUR", "§RU", "'RU' is not a country's code"),
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
    assert [problem.text for problem in found.problems] == ["corpus.yaml:1:1: missing key 'country'; a corpus needs it"]
    assert found.corpus == Corpus("Ruritania", "", "A test.", "2026-11", "CC0-1.0")


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
@pytest.mark.parametrize("register", ["sources", "speakers", "measures"])
def test_a_register_that_cannot_be_read_is_wholly_faulty(register: str, text: str | None) -> None:
    found = registers(**{register: text})
    if (register, text) == ("measures", None):
        assert (found.problems, found.faulty) == ((), ())  # a corpus without figures needs no measures
        return
    assert [problem.file for problem in found.problems] == [f"{register}.yaml"]
    assert found.faulty == (Faulty(register.removesuffix("s"), "", f"{register}.yaml:1"),)


def test_a_register_may_be_an_empty_list() -> None:
    assert registers(measures="[]").problems == ()


def test_a_register_that_the_system_refuses_is_its_problem() -> None:
    problem = Problem("sources.yaml", 1, 1, "this is not a regular file", "put a file here")
    found = read_registers(
        {"corpus.yaml": CORPUS.encode(), "sources.yaml": problem, "speakers.yaml": SPEAKERS.encode()}
    )
    assert found.problems == (problem,)


def test_the_shipped_briefs_decode() -> None:
    for path in sorted(SHIPPED.glob("themes/*.yaml")):
        contents = read_theme_file(f"themes/{path.name}", path.read_bytes())
        assert [problem.text for problem in contents.problems if problem.level == "error"] == [], path
        assert len(contents.briefs) > 0, path
