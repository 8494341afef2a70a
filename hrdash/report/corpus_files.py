"""A corpus as the files of a folder, its briefs and registers as JSON Lines, which are read back as the same corpus."""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from hrdash.model import Brief, Citation, Corpus, Paragraphs, Registers, Theme
from hrdash.schema import fields
from hrdash.text import number_text

MOST_LINES = 5_000
"""Briefs in one file."""


def corpus_files(
    corpus: Corpus, themes: Iterable[Theme], registers: Registers, briefs: Iterable[Brief]
) -> Iterator[tuple[str, Iterator[str]]]:
    """Each file's name and its lines, one at a time; `corpus.yaml`, without which there is no corpus, comes last."""
    order = []
    for theme in themes:
        order.append(theme.id)
        keys = {"theme" if key == "id" else key: value for key, value in as_keys(theme).items()}
        yield f"themes/{theme.id}.yaml", _yaml({**keys, "briefs": []})
    for name, entries in registers._asdict().items():
        yield f"{name}/all.jsonl", map(_line, entries.values())
    for theme_id, found in groupby(briefs, lambda brief: brief.theme):
        for part, those in groupby(enumerate(found), lambda one: one[0] // MOST_LINES):
            yield f"themes/{theme_id}/{part + 1:06}.jsonl", (_line(brief) for _, brief in those)
    yield "corpus.yaml", _yaml({**as_keys(corpus), "themes": order})


def as_keys(value: Any) -> Any:
    """A value as the keys of a file have it: nothing for what is absent."""
    if isinstance(value, Citation):
        return f"{value.source} {value.pinpoint}".strip()
    if isinstance(value, Paragraphs) and value.numbering == "none":
        return "none"
    if hasattr(value, "_fields"):
        held = ((field, getattr(value, field.name)) for field in fields(value.__class__))
        return {field.key: as_keys(found) for field, found in held if found != field.absent}
    if isinstance(value, float):
        return value if repr(value) == number_text(value) else number_text(value)  # JSON would have an exponent
    return [as_keys(item) for item in value] if isinstance(value, tuple) else value


def _line(value: Any) -> str:
    return json.dumps(as_keys(value), ensure_ascii=False, separators=(", ", ": ")) + "\n"


def _yaml(keys: dict[str, Any]) -> Iterator[str]:
    """JSON on the lines of YAML, a key each."""
    return (f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in keys.items())
