"""What the README says holds: its corpus is clean, its commands run, its tables are complete."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from hrdash.cli import COMMANDS, EVERYWHERE, main
from hrdash.filter import HOLDINGS
from hrdash.model import DIRECTIONS, MEASURE_KINDS, NO_STATEMENT_REASONS, PUT_AS, QUALIFIERS, SPANS, SPEAKER_KINDS

README = (Path(__file__).parent.parent / "README.md").read_text()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """The README's corpus, as a reader would save it."""
    example = README.partition("<!-- corpus -->")[2].partition("<!-- /corpus -->")[0]
    for name, content in re.findall(r"`([\w/]+\.yaml)`\n```yaml\n(.*?)```", example, re.DOTALL):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content)
    return tmp_path


def test_the_corpus_in_the_readme_is_clean(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(corpus)]) == 0
    assert capsys.readouterr().out == ""


def test_the_corpus_in_the_readme_shows(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--briefs", str(corpus), "show", "prisons"]) == 0
    shown = capsys.readouterr().out
    assert "Every prison has been open to unannounced visits since 2023." in shown
    assert "Visits to prisons: 20 visits (2024)" in shown


def test_five_mistakes_in_a_handmade_corpus_are_all_found_with_their_places(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    theme = corpus / "themes" / "prisons.yaml"
    text = theme.read_text()
    mistakes = {
        "    concerns:": "    concern:",
        "cites: [{source: statement-2025, para: 4}]": "cites: [{source: statement-2024, para: 4}]",
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
        assert re.search(rf"^themes/prisons\.yaml:{line}:\d+: .+; .+$", found, re.MULTILINE), f"{wrong}\n{found}"


@pytest.mark.parametrize("command", re.findall(r"^\$ hrdash (.+)$", README, re.MULTILINE))
def test_every_command_in_the_readme_runs(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(shlex.split(command)) == 0
    assert capsys.readouterr().out


def test_every_option_is_in_the_readme() -> None:
    options = {option.name for command in COMMANDS.values() for option in (*command.options, *EVERYWHERE)}
    assert [name for name in options if f"--{name}" not in README] == []


def test_every_command_is_in_the_readme() -> None:
    assert [name for name in COMMANDS if f"hrdash {name}".strip() not in README] == []


@pytest.mark.parametrize("values", [HOLDINGS, SPEAKER_KINDS, QUALIFIERS, DIRECTIONS, MEASURE_KINDS, SPANS, PUT_AS])
def test_every_word_that_a_brief_may_use_is_in_the_readme(values: tuple[str, ...]) -> None:
    assert [value for value in values if not re.search(rf"[`\s|]{value}[`,\s|]", README)] == []


def test_the_reasons_for_no_statements_are_in_the_readme() -> None:
    assert [reason for reason in NO_STATEMENT_REASONS if f"`{reason}`" not in README] == []
