"""Nodes to the values of the model: how each kind of mapping is read, as the fields of its class say.

Which keys there are follows from the model; what no type says stands in `hrdash.corpus.rules`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from hrdash import pinpoint
from hrdash.characters import plain
from hrdash.corpus.cures import quoted
from hrdash.corpus.nodes import Mapping, Node, Scalar, Sequence
from hrdash.corpus.rules import RULES
from hrdash.corpus.unseen import first_odd, meant, named
from hrdash.corpus.values import (
    Converter,
    Fault,
    Reading,
    Reference,
    as_written,
    converter,
    is_nothing,
    list_of,
    parsed,
    plainly,
    scalars,
    spelled,
    word,
    wrong_type,
)
from hrdash.model import Brief, Citation, Paragraphs, Ref, Statement
from hrdash.names import is_id, shown
from hrdash.schema import Field, called, fields, section_fields

OTHER_KEYS = {
    "asks": "write of",
    "para": "write the paragraph behind the source, as cites: [source 84]",
    "paras": "write the paragraphs behind the source, as cites: [source 84-86]",
}
"""Keys that somebody may think of, and what is done in their place."""
_NEEDED = {
    "answers": "name what it responds to; what the State says unasked is a claim",
    "cites": "write cites: [source 84], or [84] where the brief names its source",
}
"""What is said of a key that is missing, or names nothing."""


class Shape(NamedTuple):
    """A kind of mapping, as its fields say."""

    called: str
    keys: dict[str, tuple[str, Converter]]
    """For each key, its field and what reads its value."""
    required: tuple[str, ...]
    absent: dict[str, Any]
    """What each field holds where its key is absent; also the stand-in for a value that could not be read."""
    refs: tuple[tuple[str, str], ...]
    """The keys that name something, each with what."""
    section: str


def shape_of(called: str, fields: tuple[Field, ...], section: str = "") -> Shape:
    return Shape(
        called,
        {field.key: (field.name, _converter(field)) for field in fields},
        tuple(field.key for field in fields if field.required or field.key == "cites"),
        {field.name: field.absent for field in fields},
        tuple((field.key, field.mark.kind) for field in fields if isinstance(field.mark, Ref)),
        section,
    )


@cache
def _shape(kind: Any, section: str = "") -> Shape:
    """The shape of a model's class; of statements, of those of one section."""
    shape = shape_of(called(kind, section), section_fields(section) if section else fields(kind), section)
    absent = dict.fromkeys(kind._fields) | {field.name: field.absent for field in fields(kind)}
    return shape._replace(absent=absent)


def _converter(field: Field) -> Converter:
    if field.mark is Citation:
        return _citations
    if field.mark is Paragraphs:
        return _paragraphs
    is_mapping = isinstance(field.mark, type)
    section = field.name if field.mark is Statement else ""
    one = reader(field.mark, section) if is_mapping else converter(field.mark)
    item = _example(_shape(field.mark, section)) if is_mapping else ""
    return list_of(one, once=not is_mapping, or_one=field.mark == Ref("speaker"), item=item) if field.many else one


def _example(shape: Shape) -> str:
    """How one mapping of a kind is written; `%s` stands for its text, where it has no more than one."""
    keys = shape.required or tuple(shape.keys)[:1]
    return f"{{{keys[0]}: %s}}" if len(keys) == 1 else f"{{{', '.join(f'{key}: …' for key in keys)}}}"


@cache
def reader(kind: Any, section: str = "") -> Converter:
    """A converter for the mappings of one kind."""
    shape = _shape(kind, section)
    rule = RULES.get(kind)
    is_placed, is_brief = "place" in kind._fields, kind is Brief

    def convert(reading: Reading, node: Node) -> Any:
        values = values_of(reading, node, shape)
        if is_placed:
            values["place"] = node.place
        if is_brief:
            values |= {"file": reading.file, "theme": reading.theme_id}
        value = kind._make(values.values())
        if rule:
            rule(reading, node, value)
        return value

    return convert


def values_of(reading: Reading, node: Node, shape: Shape) -> dict[str, Any]:
    """A mapping's values by field: every wrong key and value reported, stand-ins in their places."""
    if not isinstance(node, Mapping):
        example = _example(shape).replace("%s", quoted(as_written(node)) or "…")
        raise wrong_type(node, f"{shape.called}, with keys and values", f"{shape.called} as {example}")
    keys = shape.keys
    values = shape.absent.copy()
    meant = set()
    for key, (place, value) in node.entries.items():
        if key not in keys:
            cure, guess = _cure(reading, key, shape)
            at = first_odd(key)
            odd = f": it has {named(key[at])}" if at >= 0 else ""
            place = place._replace(column=place.column + max(at, 0))
            reading.report(place, f"unknown key {shown(key)}{odd}", cure)
            meant.add(guess)
            if not guess or guess in node.entries or guess == "briefs":
                continue
            key = guess  # so that nothing else is missed for it
        name, convert = keys[key]
        try:
            values[name] = convert(reading, value)
        except Fault as fault:
            if key not in meant:
                reading.report_fault(value.place, fault)
            reading.failed.add((node.place, key))
            if fault.partly is not None:
                values[name] = fault.partly
    for key in shape.required:
        if key not in node.entries:
            reading.failed.add((node.place, key))
            if key not in meant:
                reading.report(node.place, f"missing key '{key}'", _NEEDED.get(key, f"{shape.called} needs it"))
        elif values.get(keys[key][0]) == () and (node.place, key) not in reading.failed:
            cure = _NEEDED.get(key, f"{shape.called} needs one at least")
            reading.report(node.entries[key][1].place, f"nothing stands under '{key}'", cure)
    _refer(reading, node, shape, values)
    return values


def _cure(reading: Reading, key: str, shape: Shape) -> tuple[str, str]:
    """What to do about an unknown key, and the known one that was probably meant."""
    if key in OTHER_KEYS:
        return OTHER_KEYS[key], "of" if key == "asks" else ""
    takers = [field.sections for field in fields(Statement) if field.key == key] if shape.section else []
    if takers:
        return f"move it: only {' and '.join(takers[0])} take it", ""
    guess = reading.suggestion(key, shape.keys)
    return f"did you mean '{guess}'?" if guess else f"{shape.called} takes {', '.join(shape.keys)}", guess


def _refer(reading: Reading, node: Mapping, shape: Shape, values: dict[str, Any]) -> None:
    """Note what a mapping names, here or elsewhere."""
    cites = values.get("cites", ())
    more = values.get("id", "") if shape.section else "", *(cites[0] if cites else ("", ""))
    for key, kind in shape.refs:
        is_there = key in node.entries and not is_nothing(node.entries[key][1])
        for target, place in scalars(node, key) if is_there else ():
            if kind == "statement" and not target.isascii():  # told already; it is no link less for that
                target = next(filter(None, map(spelled, meant(target))), target)
            if all(map(is_id, target.split("/", 1) if kind == "statement" else [target])):
                full = f"{reading.owner}/{target}" if kind == "statement" and "/" not in target else target
                one = Reference(key, full, place, reading.owner, shape.section, *more)
                reading.references.append(one._replace(pinpoint=values["limb"]) if key == "assesses" else one)


def _citations(reading: Reading, node: Node) -> tuple[Citation, ...]:
    """A list of citations, in which either each names its source or none does."""
    texts = [(as_written(item), item.place) for item in node.items] if isinstance(node, Sequence) else []
    bare = [(text, place) for text, place in texts if pinpoint.begins(text)]
    if not bare or len(bare) == len(texts):
        found: tuple[Citation, ...] = _each_citation(reading, node)
        return found
    (first, place), (after, behind) = texts[0], bare[0]
    source, _, where = first.partition(" ")
    if is_id(source) and not where:
        reading.report(place, f"a comma parts {shown(source)} from its place", f"write {source} {after}")
    else:
        cure = f"write {source} {after}" if is_id(source) else "write the source before each"
        reading.report(behind, "some of these name their source and some do not", cure)
    raise Fault


def _citation(reading: Reading, node: Node) -> Citation:
    if isinstance(node, Mapping):
        old = " ".join(text for key in ("source", "para") for text, _ in scalars(node, key))
        raise Fault("a citation is one text, of a source and a pinpoint", f"write {old or 'source 84'}")
    text = word(node)
    source: str | None
    if pinpoint.begins(text):
        source, place = reading.source, text
        if source is None:
            parsed(place)
            raise Fault
        if not source:
            raise Fault(f"{shown(text)} names no source", "write it before the pinpoint, or as source: of the brief")
    else:
        source, _, place = plain(text).partition(" ")
        if not is_id(source):
            if not place:
                source, _, place = re.sub(r"[:,#@/]", " ", source, count=1).partition(" ")
            is_clear = place and spelled(source)
            made = f"the source's id first, as {spelled(source)} {place}" if is_clear else "'source 84', or '84'"
            raise Fault(f"{shown(text)} begins neither with a source nor with a pinpoint", f"write {made}")
    found = Citation(source, parsed(place).text if place else "")
    reading.references.append(Reference("cites", source, node.place, reading.owner, pinpoint=found.pinpoint))
    return found


_each_citation = list_of(plainly(_citation), once=True)


def _paragraphs(reading: Reading, node: Node) -> Paragraphs:
    if isinstance(node, Scalar) and node.text == "none":
        return Paragraphs("none", 0)
    found: Paragraphs = reader(Paragraphs)(reading, node)
    return found
