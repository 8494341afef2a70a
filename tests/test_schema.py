"""What follows from the model: keys, documents, searched texts, values as JSON and back."""

from __future__ import annotations

import json
from pathlib import Path

from hrdash.corpus.read import read_registers, read_theme_file
from hrdash.model import (
    SECTIONS,
    Brief,
    Citation,
    Corpus,
    Difference,
    LeftOpen,
    OneOf,
    Ref,
    Registers,
    Section,
    Statement,
    Theme,
)
from hrdash.schema import document, fields, from_json, searched, section_fields, to_json

SHIPPED = Path(__file__).parents[1] / "briefs"


def test_every_value_of_the_shipped_corpus_comes_back_from_json() -> None:
    contents = read_registers({path.name: path.read_bytes() for path in SHIPPED.glob("*.yaml")})
    assert from_json(Registers, json.loads(json.dumps(to_json(contents.registers)))) == contents.registers
    assert from_json(Corpus, json.loads(json.dumps(to_json(contents.corpus)))) == contents.corpus
    for path in SHIPPED.glob("themes/*.yaml"):
        found = read_theme_file(f"themes/{path.name}", path.read_bytes())
        assert from_json(Theme, json.loads(json.dumps(to_json(found.theme)))) == found.theme, path
        for brief in found.briefs:
            back = from_json(Brief, json.loads(json.dumps(to_json(brief))))
            assert back == brief, brief.id
            assert [type(back), *map(type, back.statements)] == [type(brief), *map(type, brief.statements)], brief.id


def test_a_field_says_how_its_key_is_read() -> None:
    found = {field.key: field for field in section_fields("responses")}
    assert (found["by"].mark, found["by"].required) == (Ref("speaker"), True)
    assert (found["answers"].mark, found["answers"].many, found["answers"].absent) == (Ref("concern"), True, ())
    assert (found["cites"].mark, found["cites"].many, found["cites"].required) == (Citation, True, False)
    assert (found["put_as"].mark, found["put_as"].absent) == (
        OneOf(("statement", "question", "report", "plan")), "statement",
    )  # fmt: skip
    assert [(field.key, field.name) for field in fields(Section)] == [("from", "first"), ("title", "title")]


def test_keys_of_some_sections_are_those_of_no_other() -> None:
    answering = [section for section in SECTIONS if "answers" in {field.key for field in section_fields(section)}]
    facing = [section for section in SECTIONS if "faces" in {field.key for field in section_fields(section)}]
    assert (answering, facing) == (["responses"], ["concerns", "commendations", "recommendations"])


def test_where_a_value_was_read_is_no_key_and_in_no_document() -> None:
    for kind in (Brief, Statement, LeftOpen, Difference):
        assert not {"place", "file", "theme"} & {field.key for field in fields(kind)}, kind
    assert document(LeftOpen(("q",), "Which?", (Citation("s", "7"),))) == {
        "asks": ["q"], "text": "Which?", "cites": [{"source": "s", "para": "7"}],
    }  # fmt: skip
    assert document(Section(7, "")) == {"from": 7, "title": None}


def test_the_texts_that_are_searched_are_those_that_somebody_wrote_of_the_matter() -> None:
    claim = Statement(id="c", by="minister", text="Text.", cites=(), period_text="lately", note="Note.")
    brief = Brief(
        id="b", theme="t", title="Title", persons=("Children",), claims=(claim,), left_open=(LeftOpen((), "Open.", ()),)
    )
    assert list(searched(brief)) == ["Title", "Text.", "lately", "Note.", "Open."]
