"""What follows from the model: values as JSON and back."""

from __future__ import annotations

import json
from pathlib import Path

from hrdash.corpus.read import read_registers, read_theme_file
from hrdash.model import Brief, Corpus, Registers, Theme
from hrdash.schema import from_json, to_json

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
