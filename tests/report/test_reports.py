"""What is printed, byte for byte: one corpus of odd texts, in every format.

Refresh the golden files with `pytest --update-golden`, and read the difference before committing it.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from hrdash.cli import main

NASTY = Path(__file__).parents[1] / "corpora" / "nasty"
GOLDEN = Path(__file__).parent / "golden"
OUTPUTS = {
    "show.txt": ["show", "words", "prisons"],
    "show-year.txt": ["show", "prisons", "--year", "2023"],
    "show.md": ["show", "words", "prisons", "--format", "markdown"],
    "show.json": ["show", "prisons", "--format", "json"],
    "export.json": ["export"],
    "list.txt": ["list"],
    "search.txt": ["search", "visits"],
    "search-kazakh.txt": ["search", "кукык"],
    "search.md": ["search", "visits", "--format", "markdown"],
    "search.csv": ["search", "--format", "csv"],
    "search.json": ["search", "--kind", "question", "--format", "json"],
    "schema.json": ["schema"],
    "themes.txt": ["themes"],
    "sources.txt": ["sources"],
}


def printed(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["--briefs", str(NASTY), *arguments]) == 0
    shown: str = capsys.readouterr().out
    return shown


@pytest.mark.parametrize("name", OUTPUTS)
def test_output_is_as_it_was(name: str, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest) -> None:
    shown = printed(OUTPUTS[name], capsys).encode()
    path = GOLDEN / name
    if request.config.getoption("--update-golden"):
        path.write_bytes(shown)
    assert shown == path.read_bytes()


@pytest.mark.parametrize("name", OUTPUTS)
def test_the_same_command_gives_the_same_bytes_and_ends_with_a_newline(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    first = printed(OUTPUTS[name], capsys)
    assert first == printed(OUTPUTS[name], capsys)
    assert first.endswith("\n")
    assert "\x1b" not in first


def test_every_text_of_a_brief_is_printed_as_written(capsys: pytest.CaptureFixture[str]) -> None:
    shown = printed(["show", "words", "prisons", "--width", "0"], capsys)
    for text in re.findall(r'"text": "((?:[^"\\]|\\.)*)"', printed(["export"], capsys)):
        assert json.loads(f'"{text}"') in shown


def test_what_is_written_as_json_keeps_to_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    schema = json.loads(printed(["schema"], capsys))
    for arguments in (["export"], ["export", "--year", "2023"], ["search", "--format", "json"],
                      ["show", "prisons-visits", "--format", "json"]):  # fmt: skip
        content = json.loads(printed(arguments, capsys))
        Draft202012Validator(schema).validate(content)
        assert content["total"]["statements"] > 0


def test_statements_outside_the_filter_are_marked_in_json_and_text(capsys: pytest.CaptureFixture[str]) -> None:
    content = json.loads(printed(["show", "prisons", "--year", "2023", "--format", "json"], capsys))
    claims = content["themes"][0]["briefs"][0]["claims"]
    assert [item["matches"] for item in claims] == [True, True, False]  # the second has the years of the first
    assert "outside the filter" in printed(["show", "prisons", "--year", "2023"], capsys)
    assert "outside the filter" not in printed(["show", "prisons"], capsys)
