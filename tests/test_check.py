"""The rules across files, and the check of a whole corpus: every problem of every file in one run, each once."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from hrdash.check import CheckReport, check_corpus
from hrdash.cli import main
from hrdash.commands import COMMANDS
from hrdash.corpus import folder, listing
from hrdash.corpus.listing import CorpusUnreadable
from hrdash.corpus.read import Withheld, read_registers, read_theme_file
from hrdash.corpus.references import Known
from tests.make import REGISTER_TEXTS, brief_text, open_library, theme_text

SHIPPED = Path(__file__).parents[1] / "briefs"

REGISTERS = {
    "corpus.yaml": "title: Ruritania\ncountry: ZZR\nas_of: 2026-11\n",
    "sources.yaml": """\
- id: s1
  type: webpage
  title: One
  title-short: One
  issued: 2025
  kind: news
  capacity: official
  paragraphs: {numbering: ours, last: 20}
""",
    "speakers.yaml": """\
- {id: ministry, name: The Ministry, short: Ministry, kind: state}
- {id: ombudsman, name: The Ombudsman, short: Ombudsman, kind: nhri, state_side: true}
- {id: expert, name: An expert, short: Expert, kind: treaty-body}
""",
    "indicators.yaml": "- {id: visits, label: Visits, unit: visits, kind: count, span: flow}\n",
}


def statement(name: str = "c-one", by: str = "ministry", source: str = "s1", place: str = "7", more: str = "") -> str:
    return f"{{id: {name}, by: {by}, text: Said., cites: [{source} {place}]{more}}}"


def theme(name: str, *briefs: str) -> str:
    """A theme file; the briefs start in line 5."""
    listed = "".join(f"\n  - {brief}" for brief in briefs) or " []"
    return f"theme: {name}\nlabel: {name.title()}\ntitle: {name}\nbriefs:{listed}\n"


def brief(name: str, more: str = "", claim: str = "") -> str:
    return f"{{id: {name}, title: One, claims: [{claim or statement()}]{more}}}"


def write(folder: Path, **themes: str) -> Path:
    """A corpus of the registers above and these themes; `torture__more` is `themes/torture/more.yaml`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in REGISTERS.items():
        (folder / name).write_text(text, encoding="utf-8")
    for name, text in themes.items():
        path = folder / "themes" / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def told(folder: Path) -> list[str]:
    return [problem.text for problem in check_corpus(str(folder)).problems]


def test_that_nothing_is_a_response_is_not_said_while_a_brief_is_withheld_that_may_hold_one(tmp_path: Path) -> None:
    asked = """{id: asked, title: One, concerns: [{id: n, by: expert, text: Bad., cites: [s1 7]}],
     left_open: [{of: [n], text: No more., cites: [s1 7]}]}"""
    other = "{id: other, title: Two, responses: [{%s: [asked/n], by: ministry, text: So., cites: [s1 8]}]}"
    for at, (brief_of, expected) in enumerate((
        (other % "answers", ()),
        (other % "answer", ("'answer'", "'answers'")),
        (brief("other"), ("nothing is a response to 'asked/n'",)),
    )):  # fmt: skip
        for name, themes in (
            ("one", {"torture": theme("torture", asked, brief_of)}),
            ("two", {"torture": theme("torture", asked), "life": theme("life", brief_of)}),
        ):
            found = told(write(tmp_path / f"{name}-{at}", **themes))
            assert len(found) == bool(expected), found
            assert all(one in found[0] for one in expected), found


def test_a_corpus_without_fault(tmp_path: Path) -> None:
    write(
        tmp_path,
        torture=theme("torture", brief("t1", ", also_in: [life], related: [l1, t2]")),
        torture__more=f"briefs:\n  - {brief('t2')}\n",
        life=theme("life", brief("l1", ", related: [t1]")),
    )
    assert check_corpus(str(tmp_path)) == CheckReport((), briefs=3, withheld=0, files=7)


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (brief("t1", claim=statement(source="§s11")), "source 's11' is not registered; did you mean 's1'?"),
        (brief("t1", claim=statement(source="§zzz")), "source 'zzz' is not registered; add it to sources.yaml"),
        (
            brief("t1", claim=statement(source="§s1", place="21")),
            "'21' lies beyond the last paragraph of 's1', 20; correct it, or last in sources.yaml",
        ),
        (
            brief("t1", claim=statement(source="§s1", place="19-21")),
            "'19-21' lies beyond the last paragraph of 's1', 20; correct it, or last in sources.yaml",
        ),
        (brief("t1", claim=statement(by="§minstry")), "speaker 'minstry' is not registered; did you mean 'ministry'?"),
        (brief("t1", claim=statement(by="§nobody")), "speaker 'nobody' is not registered; add it to speakers.yaml"),
        (
            brief("t1", claim=statement(by="§expert")),
            "'expert' is not of the State side, which alone makes a claim; "
            "move the statement to another section, or name another speaker",
        ),
        (
            brief(
                "t1",
                f", questions: [{statement('q', by='expert')}]"
                f", responses: [{statement('r', by='§expert', more=', answers: [q]')}]",
            ),
            "'expert' is not of the State side, which alone makes a response; "
            "move the statement to another section, or name another speaker",
        ),
        (
            brief("t1", f", commendations: [{statement('m', by='§ministry')}]"),
            "'ministry' is the State, and a commendation is by somebody outside it; "
            "move the statement to claims, or name another speaker",
        ),
        (
            brief("t1", f", observations: [{statement('o', by='[expert, §ministry]')}]"),
            "'ministry' is the State, and an observation is by somebody outside it; "
            "move the statement to claims, or name another speaker",
        ),
        (
            brief("t1", claim=statement(more=", figures: [{indicator: §vists, value: 1}]")),
            "indicator 'vists' is not registered; did you mean 'visits'?",
        ),
        (brief("t1", ", also_in: [§lif]"), "there is no theme 'lif'; did you mean 'life'?"),
        (brief("t1", ", related: [§life]"), "there is no brief 'life'; correct its id, or remove it here"),
        (brief("t1", ", related: [§right-to-lif]"), "there is no brief 'right-to-lif'; did you mean 'right-to-life'?"),
        (
            brief("t1", ", differences: [{kind: fact, between: [c-one, t1/c-one], text: T., cites: [§s9 1]}]"),
            "source 's9' is not registered; add it to sources.yaml",
        ),
        (
            brief("t1", ", differences: [{kind: fact, between: [c-one, t1/c-one], text: T., cites: [§s1 99]}]"),
            "'99' lies beyond the last paragraph of 's1', 20; correct it, or last in sources.yaml",
        ),
    ],
)
def test_what_a_brief_names_must_be_there(tmp_path: Path, made: str, message: str) -> None:
    """The mark § stands where the problem is expected; it is taken out before the text is read."""
    column = len("  - ") + made.index("§") + 1
    write(tmp_path, torture=theme("torture", made.replace("§", ""), brief("right-to-life")), life=theme("life"))
    report = check_corpus(str(tmp_path))
    assert [problem.text for problem in report.problems] == [f"themes/torture.yaml:5:{column}: {message}"]
    assert (report.briefs, report.withheld) == (1, 1)


def test_the_state_side_may_claim_and_answer_and_others_may_say_the_rest(tmp_path: Path) -> None:
    more = (
        f", responses: [{statement('r', by='ombudsman', more=', answers: [q]')}]"
        f", concerns: [{statement('q', by='expert')}]"
        f", commendations: [{statement('m', by='expert')}], recommendations: [{statement('n', by='ministry')}]"
    )
    write(tmp_path, torture=theme("torture", brief("t1", more, claim=statement(by="ombudsman"))))
    assert told(tmp_path) == []


def test_another_state_may_praise(tmp_path: Path) -> None:
    france = "- {id: france, name: France, short: France, kind: state, country: FRA}\n"
    write(tmp_path, torture=theme("torture", brief("t1", f", commendations: [{statement('m', by='france')}]")))
    (tmp_path / "speakers.yaml").write_text(REGISTERS["speakers.yaml"] + france)
    assert told(tmp_path) == []


def test_the_last_paragraph_may_be_cited(tmp_path: Path) -> None:
    write(tmp_path, torture=theme("torture", brief("t1", claim=statement(place="19-20"))))
    assert told(tmp_path) == []


def test_an_id_given_twice_is_told_at_the_later_place(tmp_path: Path) -> None:
    write(tmp_path, torture=theme("torture", brief("b1"), brief("b2"), brief("b1")), life=theme("life", brief("b2")))
    report = check_corpus(str(tmp_path))
    assert [problem.text for problem in report.problems] == [
        "themes/torture.yaml:6:10: the id 'b2' stands twice, first at themes/life.yaml:5; give this brief another id",
        "themes/torture.yaml:7:10: the id 'b1' stands twice, first at themes/torture.yaml:5; "
        "give this brief another id",
    ]
    assert (report.briefs, report.withheld) == (2, 2)


def test_a_brief_may_not_be_called_as_a_theme_wherever_that_stands(tmp_path: Path) -> None:
    write(tmp_path, torture=theme("torture"), life=theme("life", brief("torture")))
    assert told(tmp_path) == [
        "themes/life.yaml:5:10: the id 'torture' stands twice, first at themes/torture.yaml:1; "
        "give this brief another id"
    ]


def test_a_brief_that_is_called_as_a_theme_names_its_own_statements(tmp_path: Path) -> None:
    responses = ", concerns: [{}], responses: [{}, {}]".format(
        statement("n", "expert"), statement("r", more=", answers: [n]"), statement("s", more=", answers: [c-one]")
    )
    report = check_corpus(str(write(tmp_path, life=theme("life", brief("life", responses)))))
    assert [problem.what.partition(",")[0] for problem in report.problems] == [
        "the id 'life' stands twice",
        "'c-one' is a claim",
    ]


def test_a_theme_that_has_only_a_folder_can_be_named_and_its_briefs_load(tmp_path: Path) -> None:
    write(
        tmp_path, torture__more=f"briefs:\n  - {brief('t1')}\n", life=theme("life", brief("l1", ", also_in: [torture]"))
    )
    report = check_corpus(str(tmp_path))
    assert [problem.text for problem in report.problems] == [
        "themes/torture.yaml:1:1: there is no such file, though its folder holds briefs; "
        "add it, with theme, label, title and briefs"
    ]
    assert (report.briefs, report.withheld) == (2, 0)


def test_the_briefs_of_a_broken_theme_files_folder_load(tmp_path: Path) -> None:
    write(tmp_path, torture="theme: [", torture__more=f"briefs:\n  - {brief('t1')}\n")
    report = check_corpus(str(tmp_path))
    assert (len(report.problems), report.briefs, report.withheld) == (1, 1, 1)


def test_a_brief_with_an_error_can_still_be_named(tmp_path: Path) -> None:
    write(tmp_path, torture=theme("torture", brief("t1", ", x: y"), brief("t2", ", related: [t1]")))
    report = check_corpus(str(tmp_path))
    assert [problem.what for problem in report.problems] == ["unknown key 'x'"]
    assert (report.briefs, report.withheld) == (1, 1)


def test_while_a_file_cannot_be_read_a_brief_that_may_be_in_it_is_not_called_missing(tmp_path: Path) -> None:
    write(tmp_path, torture="briefs: [", life=theme("life", brief("l1", ", related: [t1], also_in: [torture]")))
    report = check_corpus(str(tmp_path))
    assert [problem.file for problem in report.problems] == ["themes/torture.yaml"]
    assert report.briefs == 1


def test_while_a_file_cannot_be_opened_a_brief_that_may_be_in_it_is_not_called_missing(tmp_path: Path) -> None:
    write(tmp_path, life=theme("life", brief("l1", ", related: [t1], also_in: [torture]")))
    (tmp_path / "corpus.yaml").write_text(REGISTERS["corpus.yaml"] + "themes: [torture]\n")
    os.mkfifo(tmp_path / "themes/torture.yaml")
    assert told(tmp_path) == ["themes/torture.yaml:1:1: this is not a regular file; put a file here, or rename it"]


def test_an_entry_with_an_error_is_told_there_alone_and_withholds_what_names_it(tmp_path: Path) -> None:
    write(tmp_path, torture=theme("torture", brief("t1")))
    (tmp_path / "sources.yaml").write_text(REGISTERS["sources.yaml"].replace("official", "offical"))
    assert told(tmp_path) == [
        "sources.yaml:7:13: 'offical' is not one of the words for this; did you mean 'official'?",
    ]
    assert check_corpus(str(tmp_path)).withheld == 1


def test_a_broken_register_is_one_problem_and_withholds_every_brief_that_names_something_in_it(tmp_path: Path) -> None:
    two = f"{statement()}, {statement('c-two', source='s2')}"
    write(tmp_path, torture=theme("torture", brief("t1", claim=two), brief("t2")))
    for text in ("- id: s1\n  title: In: dialogue\n", "text", ""):
        (tmp_path / "sources.yaml").write_text(text)
        report = check_corpus(str(tmp_path))
        assert [problem.file for problem in report.problems] == ["sources.yaml"], text
        assert (report.briefs, report.withheld) == (0, 2), text


def test_a_name_that_is_not_registered_is_one_problem_with_its_number_wherever_it_stands(tmp_path: Path) -> None:
    wrong = statement(source="s9")
    write(
        tmp_path,
        life=theme("life", brief("l1", claim=wrong)),
        torture=theme("torture", brief("t1", claim=wrong), brief("t2", claim=wrong)),
    )
    assert told(tmp_path) == [
        "themes/life.yaml:5:82: source 's9' is not registered, in 3 places; add it to sources.yaml"
    ]
    assert check_corpus(str(tmp_path)).withheld == 3
    library = open_library(str(tmp_path), cache=False)
    assert [problem.text for problem in library.problems] == told(tmp_path)


def test_two_sources_that_are_not_registered_are_both_told_of_one_brief(tmp_path: Path) -> None:
    two = f"{statement(source='s8')}, {statement('c-two', source='s9')}"
    write(tmp_path, torture=theme("torture", brief("t1", claim=two)))
    assert [problem.what for problem in check_corpus(str(tmp_path)).problems] == [
        "source 's8' is not registered",
        "source 's9' is not registered",
    ]


def test_a_missing_register_is_told(tmp_path: Path) -> None:
    write(tmp_path, torture=theme("torture"))
    (tmp_path / "speakers.yaml").unlink()
    assert told(tmp_path) == ["speakers.yaml:1:1: there is no such file; add it"]


def test_a_theme_in_the_order_that_is_not_there_is_told_and_dropped(tmp_path: Path) -> None:
    write(tmp_path, torture=theme("torture"))
    (tmp_path / "corpus.yaml").write_text(REGISTERS["corpus.yaml"] + "themes: [tortur, torture]\n")
    assert told(tmp_path) == ["corpus.yaml:4:10: there is no theme 'tortur'; did you mean 'torture'?"]
    assert [theme.id for theme in open_library(str(tmp_path)).index.themes] == ["torture"]


def test_every_problem_of_every_file_in_one_run_sorted_and_once(tmp_path: Path) -> None:
    write(
        tmp_path,
        torture=theme(
            "torture",
            brief("t1", ", x: y", statement(by="expert", place="0-0")),
            brief("t2", claim=statement(source="s9")),
        ),
        life=theme("lief", brief("t1")),
        asylum="theme: *x",
    )
    (tmp_path / "speakers.yaml").write_text(REGISTERS["speakers.yaml"] + "- {id: X}\n")
    (tmp_path / "themes/notes.yml").write_text("")
    report = check_corpus(str(tmp_path))
    assert [(problem.file, problem.line) for problem in report.problems] == [
        ("speakers.yaml", 4),
        ("speakers.yaml", 4),
        ("speakers.yaml", 4),
        ("speakers.yaml", 4),
        *[("themes/asylum.yaml", 1)] * 4,
        ("themes/life.yaml", 1),
        ("themes/notes.yml", 1),
        *[("themes/torture.yaml", 5)] * 4,
        ("themes/torture.yaml", 6),
    ]
    assert list(report.problems) == sorted(set(report.problems))


def test_a_folder_that_is_no_corpus_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CorpusUnreadable, match=r"holds no corpus\.yaml"):
        check_corpus(str(tmp_path))


def test_a_file_that_goes_while_the_corpus_is_checked_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, torture=theme("torture", brief("t1")), life=theme("life", brief("l1")))
    real = listing.list_files

    def list_and_remove(path: str) -> object:
        found = real(path)
        (tmp_path / "themes/torture.yaml").unlink()
        return found

    monkeypatch.setattr(folder, "list_files", list_and_remove)
    report = check_corpus(str(tmp_path))
    assert [problem.file for problem in report.problems] == ["themes/torture.yaml"]
    assert (report.briefs, report.withheld) == (1, 1)


def test_the_faulty_brief_alone_is_withheld_beside_what_was_withheld() -> None:
    found = read_registers({name: text.encode() for name, text in REGISTERS.items()})
    text = theme("torture", brief("t1"), brief("t2", claim=statement(source="s9")), brief("t3", ", x: y"))
    known = Known(found.corpus, found.registers, found.faulty)
    contents = read_theme_file("themes/torture.yaml", text.encode(), known)
    assert [brief.id for brief in contents.briefs] == ["t1"]
    assert contents.withheld == (Withheld("t2", 6, 5), Withheld("t3", 7, 5))
    assert [problem.line for problem in contents.problems] == [6, 7]


def test_what_is_found_across_files_does_not_hang_on_the_order_of_files(tmp_path: Path) -> None:
    write(tmp_path, a=theme("a", brief("x")), b=theme("b", brief("x"), brief("a"), brief("y", ", related: [x, a]")))
    report = check_corpus(str(tmp_path))
    assert [(problem.file, problem.line, problem.what) for problem in report.problems] == [
        ("themes/b.yaml", 5, "the id 'x' stands twice, first at themes/a.yaml:5"),
        ("themes/b.yaml", 6, "the id 'a' stands twice, first at themes/a.yaml:1"),
        ("themes/b.yaml", 7, "there is no brief 'a'"),
    ]
    assert (report.briefs, report.withheld) == (1, 3)


def test_suggestions_stay_cheap_in_a_large_corpus(tmp_path: Path) -> None:
    many = "".join(f"\n  - {brief(f'brief-{number}')}" for number in range(3_000))
    asked = ", ".join(f"torture-vist{number}" for number in range(300))
    write(
        tmp_path,
        t=theme("t").replace(" []", many),
        u=theme("u", brief("torture-visits"), brief("x", f", related: [{asked}]")),
    )
    cures = [problem.cure for problem in check_corpus(str(tmp_path)).problems]
    assert cures[:20] == ["did you mean 'torture-visits'?"] * 20
    assert cures[20:] == ["correct its id, or remove it here"] * 280


def test_check_and_the_index_word_one_suggestion(tmp_path: Path) -> None:
    wrong = [brief(f"t{number}", claim=statement(source=f"s{number}x")) for number in range(30)]
    texts = {
        **REGISTERS,
        "corpus.yaml": REGISTERS["corpus.yaml"] + "themes: [torture, pri]\n",
        "themes/torture.yaml": theme("torture", *wrong, brief("one", ", related: [tw, pris, vists]")),
        "themes/prisons.yaml": theme("prisons", brief("visits", ", also_in: [tort]")),
        "themes/prisons/more.yaml": "briefs:\n  - " + brief("prisons-two", claim=statement(by="minstry")) + "\n",
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    problems = check_corpus(str(tmp_path)).problems
    assert open_library(str(tmp_path), cache=False).problems == problems
    assert any(problem.text.endswith("there is no theme 'pri'; did you mean 'prisons'?") for problem in problems)


def test_the_shipped_corpus_is_read() -> None:
    if not (SHIPPED / "corpus.yaml").exists():
        pytest.skip("no shipped corpus here")
    report = check_corpus(str(SHIPPED))
    assert report.briefs > 0
    assert [
        problem.text for problem in report.problems if problem.file == "corpus.yaml" or "registered" in problem.what
    ] == []


def test_a_corpus_that_looks_no_further_than_before_one_of_its_sources_is_warned_of_its_date(tmp_path: Path) -> None:
    write(tmp_path, torture=theme("torture", brief("t1")))
    for as_of, issued, later in (
        ("2024-11", "2025", "2025"), ("2025-03", "2025-04-01", "2025-04-01"), ("2025-03", "2025-03-31", ""),
        ("2025", "2025-12", ""), ("2025-03", "2025", ""), ("2025-03", "2025~", ""), ("2024~", "2025-01/2025-02",
         "2025-01/2025-02"),
    ):  # fmt: skip
        (tmp_path / "corpus.yaml").write_text(f"title: Ruritania\ncountry: ZZR\nas_of: {as_of}\n")
        (tmp_path / "sources.yaml").write_text(REGISTERS["sources.yaml"].replace("issued: 2025", f"issued: {issued}"))
        expected = [
            f"corpus.yaml:3:8: warning: as_of is {as_of}, and the source 's1' was issued {later}, after it; "
            f"write as_of: {later} or later, since it stands beside every 'none'"
        ]
        assert told(tmp_path) == (expected if later else []), (as_of, issued)


def test_an_unknown_label_warns_once_with_its_number_and_what_is_meant(tmp_path: Path) -> None:
    one = ", persons: [Detainees], uhri_themes: [Torture]"
    write(tmp_path, life=theme("life", brief("l1", one)), torture=theme("torture", brief("t1", one), brief("t2", one)))
    found = [problem.text for problem in check_corpus(str(tmp_path)).problems]
    assert found == [
        "themes/life.yaml:5:101: warning: 'Detainees' is not a group of the UN's index (UHRI), in 3 places; "
        "did you mean 'Persons deprived of their liberty & detainees'?",
        "themes/life.yaml:5:127: warning: 'Torture' is not a theme of the UN's index (UHRI), in 3 places; did you mean "
        "'Prohibition of torture & ill-treatment (including cruel, inhuman or degrading treatment)'?",
    ]
    assert check_corpus(str(tmp_path)).withheld == 0


def test_a_label_of_the_other_facet_is_told_where_it_belongs(tmp_path: Path) -> None:
    write(tmp_path, life=theme("life", brief("l1", ", uhri_themes: [Migrants]")))
    assert told(tmp_path)[0].endswith("; under persons there is 'Migrants'; hrdash labels lists them all")


def test_files_are_named_from_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = write(tmp_path / "a" / "corpus", torture=theme("torture", brief("t1", ", x: y")))
    (tmp_path / "b").mkdir()
    for stands, typed, path in (
        (tmp_path, "a/corpus", "a/corpus/"), (tmp_path / "a", str(corpus), "corpus/"), (corpus, ".", ""),
        (corpus / "themes", "..", "../"), (tmp_path / "b", "../a/corpus", "../a/corpus/"),
        (tmp_path / "b", str(corpus), f"{corpus}/"),
    ):  # fmt: skip
        monkeypatch.chdir(stands)
        assert main(["check", typed]) == 1
        assert capsys.readouterr().out.startswith(f"{path}themes/torture.yaml:5:"), typed


def test_check_verify_and_coverage_take_the_corpus_as_a_word_or_an_option_and_not_both(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = write(tmp_path / "corpus", torture=theme("torture", brief("t1")))
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "s1.txt").write_text("[7] Said.\n[20] End.\n")
    for name, more in (("check", []), ("verify", ["--texts", str(tmp_path / "texts")]),
                       ("coverage", ["--texts", str(tmp_path / "texts")])):  # fmt: skip
        by_word = main([name, str(corpus), *more]), capsys.readouterr()
        assert (main(["--briefs", str(corpus), name, *more]), capsys.readouterr()) == by_word, name
        assert by_word[0] in (0, 1), name
        assert main([name, str(corpus), "--briefs", str(corpus), *more]) == 2, name
        assert "name a corpus; keep one" in capsys.readouterr().err, name


def test_an_option_that_takes_one_value_is_refused_twice_for_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("", *COMMANDS):
        assert main([*([name] if name else []), "--briefs", "a", "--briefs=a"]) == 2, name
        assert capsys.readouterr().err == "hrdash: --briefs stands there twice; keep one\n", name
    assert main(["show", "--format", "json", "--format", "text"]) == 2
    assert main(["list", "--theme", "torture", "--theme", "women", "--plain", "--plain"]) == 0


def test_labels_are_listed_one_a_line_in_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["labels"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 124
    assert "uhri_themes  Conditions of detention" in lines
    assert "persons      Media" in lines
    assert main(["labels", "prisoners", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"uhri_themes", "persons"} == {row["key"] for row in found}
    assert all("prisoner" in " ".join((row["label"], *row["also"])).casefold() for row in found)
    assert main(["labels", "journalists", "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "key,label,also"
    assert main(["labels", "media", "--format", "markdown"]) == 0
    assert "- persons      Media\n" in capsys.readouterr().out
    assert main(["labels", "xyzzy"]) == 1
    assert capsys.readouterr() == ("", "hrdash: no label has 'xyzzy'; hrdash labels lists them all\n")


def test_no_absence_is_said_without_what_was_not_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HRDASH_BRIEFS", str(tmp_path))
    text = theme_text("prisons", brief_text("one"))
    for name, content in REGISTER_TEXTS.items():
        (tmp_path / name).write_text(content.replace("themes: [torture]\n", ""))
    (tmp_path / "themes").mkdir()
    for name in (
        "themes/prisons.yml", "themes/prisons.YAML", "themes/prisons.yaml.bak", "themes/prisons.yaml~", "prisons.yaml",
        "themes/prisons.json", "themes/prisons.jsonl", "Themes/prisons.yaml", "theme/prisons.yaml", "themes/prisons.txt",
        "themes/prisons/more/a.yaml", "themes/prisons/a.YAML", "themes/prisons copy.yaml", "themes.bak/prisons.yaml",
        "old/themes/prisons.yaml", "sources/UN/a.yaml", "prisons.JSONL", "sources.yml", "themes/Prisons/a.yaml",
        "themes/prisons.yaml.d/x",
    ):  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
        code, said = main(["check"]), capsys.readouterr().out
        assert (code, "not read" in said or "not an id" in said) == (1, True), (name, said)
        for command in (
            ["search", "nobody"],
            ["list"],
            ["show", "prisons"],
            ["search", "--theme", "prisons"],
            ["show"],
        ):
            main([*command, "--no-cache"])
            said = capsys.readouterr().err
            assert "1 brief or file could not be read" in said, (name, command, said)
        top = tmp_path / Path(name).parts[0]
        if top.name == "themes":
            shutil.rmtree(top)
            top.mkdir()
        elif top.is_dir():
            shutil.rmtree(top)
        else:
            top.unlink()


def test_a_home_in_the_name_of_a_corpus_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("HRDASH_BRIEFS", "~/none")
    assert main(["list"]) == 3
    assert f"{tmp_path}/none" in capsys.readouterr().err
