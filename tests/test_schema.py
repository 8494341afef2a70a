"""What follows from the model: keys, documents, searched texts, values as JSON and back."""

from __future__ import annotations

import json
from pathlib import Path

from hrdash.corpus.listing import is_register
from hrdash.corpus.read import read_registers, read_theme_file
from hrdash.model import (
    SECTIONS,
    Brief,
    Citation,
    Corpus,
    Difference,
    Indicator,
    LeftOpen,
    OneOf,
    Paragraphs,
    Ref,
    Section,
    Source,
    Speaker,
    Statement,
    Theme,
)
from hrdash.schema import called, document, fields, from_json, searched, section_fields, to_json

ROOT = Path(__file__).parents[1]
CORPORA = [ROOT / "briefs", *sorted((ROOT / "tests/corpora").iterdir())]


def test_every_value_of_the_corpora_at_hand_comes_back_from_json() -> None:
    for folder in CORPORA:
        hold_round_trips(folder)


def hold_round_trips(folder: Path) -> None:
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.yaml")}
    contents = read_registers({name: data for name, data in files.items() if is_register(name)})
    for kind, entries in zip((Source, Speaker, Indicator), contents.registers, strict=True):
        for entry in entries.values():
            assert from_json(kind, json.loads(json.dumps(to_json(entry)))) == entry, entry.id
    assert from_json(Corpus, json.loads(json.dumps(to_json(contents.corpus)))) == contents.corpus
    for name in (name for name in files if not is_register(name)):
        found = read_theme_file(name, files[name])
        if found.theme is not None:
            assert from_json(Theme, json.loads(json.dumps(to_json(found.theme)))) == found.theme, name
        for brief in found.briefs:
            back = from_json(Brief, json.loads(json.dumps(to_json(brief))))
            assert back == brief, brief.id
            assert [type(back), *map(type, back.statements)] == [type(brief), *map(type, brief.statements)], brief.id


def test_a_field_says_how_its_key_is_read() -> None:
    found = {field.key: field for field in section_fields("responses")}
    assert (found["by"].mark, found["by"].many, found["by"].required) == (Ref("speaker"), True, True)
    answered = Ref("statement", ("concerns", "questions", "recommendations"))
    assert (found["answers"].mark, found["answers"].many, found["answers"].required) == (answered, True, True)
    assert (found["cites"].mark, found["cites"].many, found["cites"].required) == (Citation, True, False)
    assert (found["put_as"].mark, found["put_as"].absent) == (OneOf(("statement", "report", "plan")), "statement")
    assert (found["verbatim"].mark, found["verbatim"].absent) == ("flag", None)
    of_source = {field.key: field for field in fields(Source)}
    assert (of_source["paragraphs"].mark, of_source["paragraphs"].required) == (Paragraphs, False)
    assert of_source["title-short"].name == "title_short"
    assert [(field.key, field.name) for field in fields(Section)] == [("from", "first"), ("title", "title")]


def test_keys_of_some_sections_are_those_of_no_other() -> None:
    takers = {
        key: [section for section in SECTIONS if key in {field.key for field in section_fields(section)}]
        for key in ("answers", "premise", "positions", "assesses", "limb", "scale", "grade", "due", "put_to_state")
    }
    put = ["concerns", "questions", "recommendations"]
    assessed = {key: ["assessments"] for key in ("assesses", "limb", "scale", "grade")}
    assert takers == {
        "answers": ["responses"], "premise": ["questions"], "positions": ["recommendations"], "due": put,
        "put_to_state": put, **assessed,
    }  # fmt: skip
    assert [section for section in SECTIONS if "put_as" not in {field.key for field in section_fields(section)}] == [
        "questions"
    ]


def test_what_a_mapping_is_called_begins_with_its_article() -> None:
    assert [called(Statement, section) for section in SECTIONS] == [
        "a claim", "a concern", "a question", "a recommendation", "a response", "a commendation", "an observation",
        "an assessment",
    ]  # fmt: skip


def test_where_a_value_was_read_is_no_key_and_in_no_document() -> None:
    for kind in (Brief, Statement, LeftOpen, Difference):
        assert not {"place", "file", "theme"} & {field.key for field in fields(kind)}, kind
    assert document(LeftOpen(("q",), "Which?", (Citation("s", "7"),))) == {
        "of": ["q"], "text": "Which?", "cites": [{"source": "s", "pinpoint": "7"}],
    }  # fmt: skip
    assert document(Section(7, "")) == {"from": 7, "title": None}


def test_the_texts_that_are_searched_are_those_that_somebody_wrote_of_the_matter() -> None:
    claim = Statement(id="c", by=("minister",), text="Text.", cites=(), period_text="lately", note="Note.")
    brief = Brief(
        id="b", theme="t", title="Title", persons=("Children",), claims=(claim,), left_open=(LeftOpen((), "Open.", ()),)
    )
    assert list(searched(brief)) == ["Title", "Text.", "lately", "Note.", "Open."]
