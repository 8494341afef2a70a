"""What a corpus says of itself, and its three registers: sources, speakers and measures."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from collections.abc import Mapping as ByKey
from typing import TYPE_CHECKING, NamedTuple

from hrdash.corpus.convert import (
    Fault,
    Field,
    Reading,
    date,
    identifier,
    kind_of,
    last_para,
    line,
    list_of,
    made,
    mapping,
    of_kind,
    one_of,
    para_list,
    paragraph,
    paras,
    place_of,
    prose,
    scalars,
    url,
    wrong_type,
)
from hrdash.corpus.decode import Reference
from hrdash.corpus.files import CORPUS_FILE
from hrdash.corpus.names import is_id, shown
from hrdash.corpus.yamlread import Mapping, Node, Sequence, read
from hrdash.model import (
    CAPACITIES,
    MEASURE_KINDS,
    NO_STATEMENT_REASONS,
    NUMBERINGS,
    SPANS,
    SPEAKER_KINDS,
    Author,
    Corpus,
    Measure,
    NoStatements,
    Paragraphs,
    Place,
    Problem,
    Registers,
    Section,
    Source,
    Speaker,
)

if TYPE_CHECKING:
    from typing import Any

REGISTER_OF = {"source": "sources.yaml", "speaker": "speakers.yaml", "measure": "measures.yaml"}
"""The file that registers each kind of thing."""

UNTITLED = "Untitled corpus"
"""What a corpus is called while its own file cannot be read."""


class Faulty(NamedTuple):
    """An entry that was left out of a register because something in it is wrong."""

    kind: str
    """`source`, `speaker` or `measure`."""
    id: str
    """Empty for the whole register."""
    where: str
    """`sources.yaml:12`."""


class RegisterContents(NamedTuple):
    """What `corpus.yaml` and the registers hold."""

    corpus: Corpus
    theme_order: tuple[str, ...]
    """Themes whose tabs come first, in this order; the others follow by id."""
    registers: Registers
    faulty: tuple[Faulty, ...] = ()
    problems: tuple[Problem, ...] = ()
    references: tuple[Reference, ...] = ()
    """The themes that `corpus.yaml` names."""


def read_registers(files: ByKey[str, bytes | Problem]) -> RegisterContents:
    """Read the four files by name: their bytes, the problem that kept them from being read, or absent for missing."""
    found: dict[str, dict[str, Any]] = {}
    faulty: list[Faulty] = []
    problems: list[Problem] = []
    for kind, name in REGISTER_OF.items():
        reading = _Register(name)
        found[kind], left_out = _register(reading, kind, files.get(name))
        faulty += left_out
        _settle_see(reading, found[kind], {entry.id for entry in left_out})
        problems += reading.problems
    reading = _Register(CORPUS_FILE)
    corpus, order = _corpus(reading, files.get(CORPUS_FILE))
    problems += reading.problems
    registers = Registers(found["source"], found["speaker"], found["measure"])
    return RegisterContents(
        corpus, order, registers, tuple(faulty), tuple(sorted(set(problems))), tuple(reading.themes)
    )  # fmt: skip


class _Register(Reading):
    """One of the four files that is being read."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.see: list[tuple[str, str, Place]] = []
        """A measure, another that it names, and where."""
        self.themes: list[Reference] = []


def _settle_see(reading: _Register, measures: dict[str, Any], left_out: set[str]) -> None:
    """Take out of `see` what is not registered, which loses no measure, and report it."""
    dropped: dict[str, set[str]] = {}
    for name, target, place in reading.see:
        if target in measures:
            continue
        dropped.setdefault(name, set()).add(target)
        if target not in left_out:
            guess = reading.suggestion(target, measures)
            cure = f"did you mean '{guess}'?" if guess else "add it, or remove it here"
            reading.report(place, f"the measure {shown(target)} is not registered", cure)
    for name in dropped.keys() & measures.keys():
        kept = tuple(other for other in measures[name].see if other not in dropped[name])
        measures[name] = measures[name]._replace(see=kept)


def _root(reading: Reading, data: bytes | Problem | None) -> Node | None:
    if data is None:
        reading.report(Place(1, 1), "there is no such file", "add it")
        return None
    if isinstance(data, Problem):
        reading.problems.append(data)
        return None
    root, problems = read(reading.file, data)
    reading.problems.extend(problems)
    return root


def _corpus(reading: _Register, data: bytes | Problem | None) -> tuple[Corpus, tuple[str, ...]]:
    root = _root(reading, data)
    if root is not None:
        try:
            read_corpus: tuple[Corpus, tuple[str, ...]] = mapping(reading, root, _CORPUS)
        except Fault as fault:
            reading.report_fault(root.place, fault)
        else:
            return read_corpus
    return Corpus(UNTITLED, "", "", "", ""), ()


def _register(reading: _Register, kind: str, data: bytes | Problem | None) -> tuple[dict[str, Any], list[Faulty]]:
    """The good entries of one register by id, in file order, and those left out."""
    if data is None and kind == "measure":
        return {}, []  # a corpus without figures needs none
    root = _root(reading, data)
    if isinstance(root, Sequence):
        return _entries(reading, kind, root)
    if root is not None:
        reading.report_fault(root.place, wrong_type(root, f"a list of {kind}s"))
    return {}, [Faulty(kind, "", f"{reading.file}:{min(reading.error_places()).line}")]


def _entries(reading: _Register, kind: str, root: Sequence) -> tuple[dict[str, Any], list[Faulty]]:
    found: list[tuple[str, Any, Mapping]] = []
    first: dict[str, Place] = {}
    for item in root.items:
        try:
            entry = mapping(reading, item, _ENTRIES[kind])
        except Fault as fault:
            reading.report_fault(item.place, fault)
            continue
        assert isinstance(item, Mapping)  # noqa: S101  (anything else is a fault)
        name = next((text for text, _ in scalars(item, "id")), "")
        if entry.id and first.setdefault(name, item.place) != item.place:
            reading.report(
                place_of(item, "id"), f"the {kind} {shown(name)} stands twice, first in line {first[name].line}",
                "give one of them another id",
            )  # fmt: skip
        found.append((name, entry, item))
    errors = reading.error_places()
    good: dict[str, Any] = {}
    faulty: list[Faulty] = []
    for name, entry, item in found:
        if bisect_left(errors, item.place) == bisect_left(errors, item.end):
            good[name] = entry
        elif name not in good:
            faulty.append(Faulty(kind, name, f"{reading.file}:{item.place.line}"))
    return good, faulty


def _source(_: _Register, node: Mapping, values: dict[str, Any]) -> Source:
    return Source(**values, place=node.place)


def _author(reading: _Register, node: Mapping, values: dict[str, Any]) -> Author:
    author = Author(**values)
    if not node.entries:
        reading.report(node.place, "the author has no name", "write literal for a body, family and given for a person")
    elif author.literal and (author.family or author.given):
        reading.report(node.place, "the author is both a body and a person", "keep literal, or family and given")
    return author


def _no_statements(reading: _Register, node: Mapping, values: dict[str, Any]) -> NoStatements:
    if values["reason"] == "repeats" and "see" not in node.entries:
        reading.report(
            node.place, "what these paragraphs repeat is not said", "write see, with its paragraphs", "warning"
        )
    return NoStatements(**values)


def _paragraphs(reading: _Register, node: Mapping, values: dict[str, Any]) -> Paragraphs:
    before = 0
    for text, place in _below(node, "sections", "from"):
        first = last_para(text)
        if 0 < first <= before:
            reading.report(
                place, f"this section starts at {first}, and one before it at {before}", "put the sections in order"
            )
        before = max(before, first)
    last = values["last"]
    for key, inner in (("sections", "from"), ("no_statements", "paras"), ("no_statements", "see")):
        for text, place in _below(node, key, inner):
            if last and last_para(text) > last:
                reading.report(place, f"{shown(text)} lies beyond the last paragraph, {last}", "correct it, or last")
    return Paragraphs(**values)


def _below(node: Mapping, key: str, inner: str) -> Iterator[tuple[str, Place]]:
    """The texts under a key of each mapping in the list under another."""
    items = node.entries[key][1] if key in node.entries else None
    for item in items.items if isinstance(items, Sequence) else ():
        if isinstance(item, Mapping):
            yield from scalars(item, inner)


def _measure(reading: _Register, node: Mapping, values: dict[str, Any]) -> Measure:
    reading.see += [(values["id"], target, place) for target, place in scalars(node, "see") if is_id(target)]
    return Measure(**values)


def _about_corpus(reading: _Register, node: Mapping, values: dict[str, Any]) -> tuple[Corpus, tuple[str, ...]]:
    reading.themes += [Reference("", "theme", theme, place) for theme, place in scalars(node, "themes") if is_id(theme)]
    order = values.pop("themes")
    return Corpus(**values)._replace(title=values["title"] or UNTITLED), order


def _country(reading: _Register, node: Node) -> str:
    text = line(reading, node)
    if not re.fullmatch("[A-Z]{3}", text):
        raise Fault(f"{shown(text)} is not a country's code", "write ISO 3166-1 alpha-3 in capitals, as KAZ")
    return text


_CORPUS = kind_of(
    "a corpus",
    {
        "title": Field(line, required=True),
        "country": Field(_country, required=True),
        "about": Field(prose),
        "as_of": Field(date, required=True),
        "licence": Field(line),
        "themes": Field(list_of(identifier, once=True), default=()),
    },
    _about_corpus,
)
_AUTHOR = kind_of("an author", {"literal": Field(line), "family": Field(line), "given": Field(line)}, _author)
_SECTION = kind_of(
    "a section",
    {"from": Field(paragraph, required=True, default=1, name="first"), "title": Field(line, required=True)},
    made(Section),
)
_NO_STATEMENTS = kind_of(
    "paragraphs without statements",
    {
        "paras": Field(paras, required=True),
        "reason": Field(one_of(NO_STATEMENT_REASONS), required=True),
        "see": Field(para_list),
    },
    _no_statements,
)
_PARAGRAPHS = kind_of(
    "paragraphs",
    {
        "numbering": Field(one_of(NUMBERINGS), required=True),
        "last": Field(paragraph, required=True, default=0),
        "sections": Field(list_of(of_kind(_SECTION)), default=()),
        "no_statements": Field(list_of(of_kind(_NO_STATEMENTS)), default=()),
    },
    _paragraphs,
)
_SOURCE = kind_of(
    "a source",
    {
        "id": Field(identifier, required=True),
        "type": Field(line, required=True),
        "title": Field(line, required=True),
        "author": Field(list_of(of_kind(_AUTHOR)), default=()),
        "publisher": Field(line),
        "container-title": Field(line, name="container_title"),
        "number": Field(line),
        "issued": Field(date, required=True),
        "accessed": Field(date),
        "URL": Field(url),
        "language": Field(line),
        "kind": Field(line, required=True),
        "capacity": Field(one_of(CAPACITIES), required=True),
        "note": Field(prose),
        "paragraphs": Field(of_kind(_PARAGRAPHS), required=True, default=Paragraphs("ours", 0)),
    },
    _source,
)
_SPEAKER = kind_of(
    "a speaker",
    {
        "id": Field(identifier, required=True),
        "name": Field(line, required=True),
        "short": Field(line, required=True),
        "kind": Field(one_of(SPEAKER_KINDS), required=True),
    },
    made(Speaker),
)
_MEASURE = kind_of(
    "a measure",
    {
        "id": Field(identifier, required=True),
        "label": Field(line, required=True),
        "unit": Field(line, required=True),
        "kind": Field(one_of(MEASURE_KINDS), required=True),
        "span": Field(one_of(SPANS), required=True),
        "note": Field(prose),
        "see": Field(list_of(identifier, once=True), default=()),
    },
    _measure,
)
_ENTRIES = {"source": _SOURCE, "speaker": _SPEAKER, "measure": _MEASURE}
