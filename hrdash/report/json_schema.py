"""The JSON Schema of what hrdash writes for programs, derived from the annotations of the model."""

from typing import Any

from hrdash import derive, schema
from hrdash.filter import Filter
from hrdash.model import Brief, Corpus, Indicator, OneOf, Source, Speaker, Statement, Theme
from hrdash.report.document import SCHEMA

COLUMNS = ("kind", "answer", "position", "speaker", "period", "issued", "text", "source", "pinpoint", "brief", "theme",
           "id")  # fmt: skip
"""What a row of a list of statements may hold, in its order."""
_TEXT: dict[str, Any] = {"type": ["string", "null"]}
_PLAIN: dict[str, dict[str, Any]] = {
    "number": {"type": ["number", "null"]}, "flag": {"type": ["boolean", "null"]}, "paragraph": {"type": "integer"},
}  # fmt: skip
_MORE: dict[type, dict[str, Any]] = {
    Statement: {"key": {"type": "string"}, "matches": {"type": "boolean"},
                "answer": {"enum": [*derive.ANSWERS, None]}},
    Brief: {"heading": {"type": "string"}, "about": _TEXT},
    Theme: {"briefs": {"type": "array", "items": {"$ref": "#/$defs/Brief"}}},
}  # fmt: skip
"""What is written beside what people wrote."""


def json_schema() -> dict[str, Any]:
    """Of `export` and `show --format json`, and of `search --format json`."""
    definitions: dict[str, Any] = {}
    kinds = {"themes": Theme, "sources": Source, "speakers": Speaker, "indicators": Indicator}
    lists = {name: {"type": "array", "items": _of(kind, definitions)} for name, kind in kinds.items()}
    _define(Brief, definitions)
    begin = {
        "schema": {"const": SCHEMA},
        "corpus": _of(Corpus, definitions),
        "filter": _mapping({name: _TEXT if value == "" else {"type": "array", "items": {"type": "string"}}
                            for name, value in Filter()._asdict().items()}),
        "total": _mapping({unit: {"type": "integer"} for unit in ("statements", "briefs")}),
        "withheld": {"type": "integer"},
    }  # fmt: skip
    row = _mapping(dict.fromkeys(COLUMNS, _TEXT)) | {"required": []}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": SCHEMA,
        "oneOf": [_mapping(begin | lists), _mapping(begin | {"statements": {"type": "array", "items": row}})],
        "$defs": definitions,
    }


def _mapping(keys: dict[str, Any]) -> dict[str, Any]:
    """A mapping that has these keys, all of them and no other."""
    return {"type": "object", "properties": keys, "required": list(keys), "additionalProperties": False}


def _of(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    _define(kind, definitions)
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _define(kind: Any, definitions: dict[str, Any]) -> None:
    if kind.__name__ not in definitions:
        definitions[kind.__name__] = {}
        keys = {field.key: _key(field, definitions) for field in schema.fields(kind)}
        definitions[kind.__name__] = _mapping(keys | _MORE.get(kind, {}))


def _key(field: schema.Field, definitions: dict[str, Any]) -> dict[str, Any]:
    """What stands for one key: a list, a mapping, a word of a few, or a text; `null` where it may be left out."""
    one: dict[str, Any]
    if isinstance(field.mark, type) and hasattr(field.mark, "_fields"):
        one = _of(field.mark, definitions)
        one = one if field.many or field.required else {"anyOf": [one, {"type": "null"}]}
    elif isinstance(field.mark, OneOf):
        one = {"enum": [*field.mark.words, *([] if field.many or field.required or field.absent else [None])]}
    else:
        text = {"type": "string"} if field.many or field.required else _TEXT
        one = _PLAIN.get(field.mark, text) if isinstance(field.mark, str) else text
    return {"type": "array", "items": one} if field.many else one
