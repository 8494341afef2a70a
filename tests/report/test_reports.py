"""What is printed, byte for byte: one corpus of odd texts, in every format.

Refresh the golden files with `pytest --update-golden`, and read the difference before committing it.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

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
    "themes.txt": ["themes"],
    "sources.txt": ["sources"],
}


def printed(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["--briefs", str(NASTY), *arguments]) == 0
    return capsys.readouterr().out


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
    shown = printed(["show", "words", "prisons"], capsys)
    for text in re.findall(r'"text": "((?:[^"\\]|\\.)*)"', printed(["export"], capsys)):
        assert json.loads(f'"{text}"') in shown


def test_json_keys_are_always_there_in_one_order(capsys: pytest.CaptureFixture[str]) -> None:
    content = json.loads(printed(["export"], capsys))
    assert list(content) == [
        "schema", "corpus", "filter", "total", "withheld", "themes", "sources", "speakers", "measures",
    ]  # fmt: skip
    briefs = [brief for theme in content["themes"] for brief in theme["briefs"]]
    for brief in briefs:
        assert list(brief) == [
            "id", "title", "persons", "also_in", "related", "years", "claims", "concerns", "responses", "commendations",
            "recommendations", "left_open", "differences",
        ]  # fmt: skip
        for section in ("claims", "concerns", "responses", "commendations", "recommendations"):
            for statement in brief[section]:
                assert list(statement) == [
                    "id", "by", "text", "period", "period_text", "put_as", "same_as", "faces", "answers", "note",
                    "matches", "cites", "figures",
                ]  # fmt: skip
                for figure in statement["figures"]:
                    assert list(figure) == [
                        "measure", "value", "low", "high", "qualifier", "direction", "per", "base", "population",
                        "period", "status",
                    ]  # fmt: skip
    assert len(briefs) == content["total"] == 3


def test_statements_outside_the_filter_are_marked_in_json_and_text(capsys: pytest.CaptureFixture[str]) -> None:
    content = json.loads(printed(["show", "prisons", "--year", "2023", "--format", "json"], capsys))
    matches = {item["id"]: item["matches"] for item in content["themes"][0]["briefs"][0]["claims"]}
    assert matches == {"c-open": True, "c-again": False}
    assert "outside the filter" in printed(["show", "prisons", "--year", "2023"], capsys)
    assert "outside the filter" not in printed(["show", "prisons"], capsys)
