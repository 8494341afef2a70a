"""What the README says holds: its corpus is clean, its commands run, its tables are complete."""

from __future__ import annotations

import re
import shlex
from importlib import import_module
from pathlib import Path

import pytest

from hrdash.cli import main
from hrdash.commands import COMMANDS, DASHBOARD
from hrdash.commands.options import EVERYWHERE
from hrdash.derive import ANSWERS, HOLDINGS
from hrdash.model import (
    CAPACITIES,
    DIFFERENCE_KINDS,
    DIRECTIONS,
    INDICATOR_KINDS,
    NO_STATEMENT_REASONS,
    NUMBERINGS,
    POSITIONS,
    PUT_AS,
    QUALIFIERS,
    SECTION_KINDS,
    SPANS,
    SPEAKER_KINDS,
    Brief,
    Corpus,
    Difference,
    Figure,
    Indicator,
    LeftOpen,
    Paragraphs,
    Position,
    Source,
    Speaker,
    Statement,
    Theme,
)
from hrdash.report.json_schema import COLUMNS
from hrdash.report.wording import ANSWER_SIGNS
from hrdash.schema import fields as schema_fields
from hrdash.schema import section_fields, with_article
from tests.make import readme_corpus

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
NASTY = str(Path(__file__).parent / "corpora" / "nasty")


def row(first: str) -> list[str]:
    """The cells behind the first of the one table row that begins with it."""
    (found,) = [line for line in README.splitlines() if line.startswith(f"| {first} |")]
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", found)[2:-1]]


def words(cell: str) -> set[str]:
    """What a cell has in backticks."""
    return set(re.findall(r"`([^`]+)`", cell))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """The README's corpus, as a reader would save it."""
    readme_corpus(tmp_path)
    return tmp_path


@pytest.fixture
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The README's texts of that corpus's sources."""
    folder = tmp_path_factory.mktemp("texts")
    example = README.partition("<!-- text -->")[2].partition("<!-- /text -->")[0]
    for name, content in re.findall(r"`([\w-]+\.txt)`\n```\n(.*?)```", example, re.DOTALL):
        (folder / name).write_text(content)
    return folder


def test_the_corpus_in_the_readme_is_clean(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(corpus)]) == 0
    assert capsys.readouterr().out == ""


def test_the_corpus_in_the_readme_shows(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--briefs", str(corpus), "show", "prisons"]) == 0
    shown = capsys.readouterr().out
    assert "Every prison has been open to unannounced visits since 2023." in shown
    assert "Visits to prisons: 120 visits (2024)" in shown
    assert "Visits refused: more than 20 visits (2024)" in shown


def test_each_sample_of_a_report_is_what_is_printed(
    corpus: Path, texts: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(corpus.parent)
    theme, name = corpus / "themes" / "prisons.yaml", corpus.name
    text = theme.read_text()
    mistakes = text.replace("    concerns:", "    \u0441oncerns:").replace("cites: [12-13]", "cites: 12, 13")
    for command, content in (
        (["show", "prisons", "--briefs", name], text), (["check", name], mistakes),
        (["verify", name, "--texts", str(texts)], text.replace("Of 120 visits", "Of 130 visits")),
        (["coverage", name, "--texts", str(texts)], text),
    ):  # fmt: skip
        theme.write_text(content)
        main(command)
        printed = iter(capsys.readouterr().out.replace(f"{name}/", "corpus/").splitlines())
        sample = README.partition(f"<!-- sample {command[0]} -->\n```\n")[2].partition("```")[0].splitlines()
        assert sample, command
        for line in sample:
            begins = line.removesuffix("…")
            assert not begins or any(each.startswith(begins) for each in printed), (command, line)


def test_every_list_of_a_brief_is_explained_in_a_line() -> None:
    explained = {key for line in README.partition("| under | stands |")[2].split("\n\n")[0].splitlines()
                 for key in words(line.split("|")[1] if "|" in line else "")}  # fmt: skip
    assert explained >= {*SECTION_KINDS, "left_open", "differences", "same_as", "also_in", "related"}


def test_the_figures_in_the_readme_are_those_of_their_text() -> None:
    (said,) = re.findall(r"text: (Of .+ visits .+)", README)
    figures = re.findall(r"- \{indicator: [\w-]+, value: (\d+),(?: qualifier: ([\w-]+),)?", README)
    assert [(value, qualifier) for value, qualifier in figures] == [("120", ""), ("20", "more-than")]
    assert "120 visits" in said
    assert "more than 20" in said


def test_the_text_in_the_readme_bears_out_its_corpus(
    corpus: Path, texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--briefs", str(corpus), "verify", "--texts", str(texts)]) == 0
    assert capsys.readouterr() == ("", "1 brief held against 2 texts: 0 findings, 0 warnings\n")


def test_verify_finds_what_the_readme_says(corpus: Path, texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for file, right, wrong, finding in (
        ("prisons", "cites: [12-13]", "cites: [12-14]", "the text of report-2024 has no paragraph 14"),
        ("sources", "last: 40", "last: 41", "ends with paragraph 41 here and with 40 in its text"),
        ("prisons", "text: Of 120 visits", "text: Of 130 visits", "the number '130' does not stand in"),
        ("prisons", "more than 20 reportedly", "around 20 reportedly", "'20' is given 'around'"),
        ("prisons", "Every prison", "Every prison in Zenda", "the name 'Zenda' does not stand in"),
        ("prisons", "        period: 2024\n", "        period: 2022\n", "does not name 2022"),
        ("prisons", "value: 120", "value: 125", "the figure 125 (visits) stands in no sentence"),
        ("prisons", "value: 20, qualifier: more-than", "value: 20", "(visits-refused) is given without a qualifier"),
        ("prisons", "inquiry into refused visits is under way", "our members paid 120 visits to the prisons of",
         "9 words in a row stand in report-2024 ¶12"),
    ):  # fmt: skip
        path = corpus / ("themes/prisons.yaml" if file == "prisons" else f"{file}.yaml")
        text = path.read_text()
        assert text.count(right) == 1, right
        path.write_text(text.replace(right, wrong))
        assert main(["--briefs", str(corpus), "verify", "--texts", str(texts)]) == 1, wrong
        assert finding in capsys.readouterr().out, wrong
        path.write_text(text)


def test_a_note_explains_a_number_and_a_warning_leaves_the_status_as_the_readme_says(
    corpus: Path, texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = corpus / "themes" / "prisons.yaml"
    text = path.read_text().replace(
        "        put_as: report ", "        note: Some count 130 visits.\n        put_as: report "
    )
    path.write_text(text.replace("Of 120 visits", "Of 130 visits").replace("turned away?", "turned away."))
    assert main(["--briefs", str(corpus), "verify", "--texts", str(texts)]) == 0
    assert "warning: prisons-visits q-refused: it stands under questions and does not ask" in capsys.readouterr().out


def test_coverage_counts_as_carried_what_the_readme_says(
    corpus: Path, texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    coverage = ["--briefs", str(corpus), "coverage", "--texts", str(texts)]
    assert main(coverage) == 0
    out = capsys.readouterr().out
    assert "numbers     2 of 2 carried" in out
    assert "years       3 of 3 carried" in out
    assert main([*coverage, "--fail-under", "100"]) == 1
    assert "report-2024 ¶9: neither cited by a statement nor declared under no_statements" in capsys.readouterr().out
    path = corpus / "themes" / "prisons.yaml"
    text = path.read_text().replace("Of 120 visits to", "Of all visits to")
    path.write_text(text)
    assert main(coverage) == 0
    assert "¶12: number" not in capsys.readouterr().out
    path.write_text("".join(line for line in text.splitlines(True) if "value: 120" not in line))
    assert main(coverage) == 0
    assert "report-2024 ¶12: number 120: In 2024 our" in capsys.readouterr().out


def test_a_label_that_is_not_the_un_index_s_is_named_with_the_nearest(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = corpus / "themes" / "prisons.yaml"
    path.write_text(path.read_text().replace('"Conditions of detention"', '"Conditions of detentions"'))
    main(["check", str(corpus)])
    assert "did you mean 'Conditions of detention'?" in capsys.readouterr().out


def test_five_mistakes_in_a_handmade_corpus_are_all_found_with_their_places(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    theme = corpus / "themes" / "prisons.yaml"
    text = theme.read_text()
    mistakes = {
        "    concerns:": "    concern:",
        "cites: [statement-2025 4]": "cites: [statement-2024 4]",
        "period: 2023/..": "period: 2023/2019",
        "answers: [q-refused]": "answers: [q-refsed]",
        "label: Prisons ": "label: Prisons and other places ",
    }
    for right, wrong in mistakes.items():
        assert text.count(right) == 1, right
        text = text.replace(right, wrong)
    theme.write_text(text)
    assert main(["check", str(corpus)]) == 1
    found = capsys.readouterr().out
    lines = text.splitlines()
    for wrong in ("concern:", "statement-2024", "2023/2019", "q-refsed", "Prisons and other places"):
        line = next(number for number, content in enumerate(lines, 1) if wrong in content)
        assert re.search(rf"^{re.escape(str(theme))}:{line}:\d+: .+; .+$", found, re.MULTILINE), f"{wrong}\n{found}"


def test_every_command_in_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    for command in re.findall(r"^\$ hrdash (.+)$", README, re.MULTILINE):
        assert main(shlex.split(command)) == 0, command
        assert capsys.readouterr().out, command


def test_every_option_has_a_place_in_a_table() -> None:
    tables = "\n".join(line for line in README.splitlines() if line.startswith("|"))
    commands = [import_module(f"hrdash.commands.{name}") for name in (DASHBOARD, *COMMANDS)]
    options = {option.name for command in commands for option in (*command.OPTIONS, *EVERYWHERE)}
    assert [name for name in options if not re.search(rf"`--{name}(?![\w-])", tables)] == []


def test_every_command_is_in_the_readme() -> None:
    assert [name for name in COMMANDS if not re.search(rf"hrdash {name}(?![\w-])", README)] == []


@pytest.mark.parametrize(
    ("first", "values"),
    [
        ("`kind` of a speaker", SPEAKER_KINDS), ("`kind` of an indicator", INDICATOR_KINDS), ("`position`", POSITIONS),
        ("`kind` of a difference", DIFFERENCE_KINDS), ("`span`", SPANS),
        ("`capacity`", CAPACITIES), ("`numbering`", NUMBERINGS), ("`reason` of `no_statements`", NO_STATEMENT_REASONS),
        ("`put_as`", PUT_AS), ("`qualifier`", QUALIFIERS), ("`direction`", DIRECTIONS), ("`status`", ("planned",)),
    ],
)  # fmt: skip
def test_every_word_that_a_brief_may_use_is_in_its_own_row(first: str, values: tuple[str, ...]) -> None:
    (cell,) = row(first)
    assert words(cell) - {"see"} == set(values)


def test_every_answer_has_its_row() -> None:
    named = [words(line.split("|")[1]) for line in README.partition("| answer | holds |")[2].splitlines()[2:9]]
    assert [answer for one in named for answer in ANSWERS if answer in one] == list(ANSWERS)


def test_every_holding_is_in_the_row_of_its_option() -> None:
    typed, asks_for = row("`--has figure`")
    assert typed == "`has:figure`"
    assert words(asks_for) == set(HOLDINGS)


def test_every_key_stands_where_it_must_or_may_be_written() -> None:
    for first, kind, must_too, may_too in (
        ("`corpus.yaml`", Corpus, {"country", "countries"}, {"themes"}),
        ("a source", Source, {"title-short", "number"}, set()), ("a position", Position, {"cites"}, set()),
        ("its `paragraphs`", Paragraphs, set(), set()), ("a speaker", Speaker, set(), set()),
        ("an indicator", Indicator, set(), set()), ("a theme", Theme, {"theme", "briefs"}, set()),
        ("a brief", Brief, set(), set()), ("a statement", Statement, {"cites"}, set()),
        ("a figure", Figure, {"value", "low", "high"}, set()), ("`left_open`", LeftOpen, {"cites"}, set()),
        ("`differences`", Difference, {"cites"}, set()),
    ):  # fmt: skip
        fields = section_fields("claims") if kind is Statement else schema_fields(kind)
        keys = {field.key: field.required for field in fields if (kind, field.key) != (Theme, "id")}
        must, may = row(first)
        assert words(must) == {key for key, required in keys.items() if required} | must_too, first
        assert words(may) == (set(keys) | may_too) - words(must), first


def test_the_keys_that_some_statements_alone_have_are_in_their_rows() -> None:
    common = {field.key for field in section_fields("claims")}
    for section, kind in SECTION_KINDS.items():
        more = {field.key for field in section_fields(section)} - common
        named = [line for line in README.splitlines() if line.startswith(f"| {with_article(kind)} |")]
        assert not more or all(f"`{key}`" in line for key in more for line in named), section
        assert bool(more) == bool(named), section


def test_the_marks_are_in_the_readme() -> None:
    cells = " ".join(line.split("|")[1] for line in README.splitlines() if line.startswith("| `") and "mark" in line)
    assert {"C", "!", "?", "→", *ANSWER_SIGNS.values()} <= words(cells)


def test_every_column_is_in_the_row_of_its_option() -> None:
    assert words(row("`--columns kind,text`")[0]) == {"search", *COLUMNS}


def test_what_the_readme_says_is_shown_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    for shown, arguments in (
        ("2025 (inferred)", ["sources"]), ("Said again", ["show", "prisons"]), ("Acknowledged", ["show", "prisons"]),
        ("outside the filter", ["show", "prisons", "--year", "2023"]), ("noted", ["show", "prisons"]),
        ("in another brief", ["show", "words"]), ("response", ["show", "words"]),
    ):  # fmt: skip
        cells = [line.split("|")[1] for line in README.splitlines() if line.startswith("| ")]
        assert any(f"`{shown}`" in cell for cell in cells), shown
        assert main(["--briefs", NASTY, *arguments]) == 0, shown
        assert shown in capsys.readouterr().out, shown
    assert "no response to it in this corpus, as of " in README
    assert main(["--briefs", NASTY, "show", "prisons"]) == 0
    assert "no response to it in this corpus, as of 2025-03" in capsys.readouterr().out


def test_every_relative_link_leads_somewhere() -> None:
    targets = [target for target in re.findall(r"\]\(([^)\s]+)\)", README) if not re.match(r"[a-z]+:|#", target)]
    assert "LICENSE" in targets
    assert [target for target in targets if not (ROOT / target.partition("#")[0]).is_file()] == []


def test_the_readme_says_things_once() -> None:
    assert README.count("config.yaml") == 1
    assert "\n\n\n" not in README
