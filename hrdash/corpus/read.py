"""Nodes to the model: what a file of briefs and the registers hold, every problem of theirs, and what is withheld.

One file at a time, so that a corpus of any size can be read, and read again where it changed, without holding it.
Which keys there are follows from the model; here stand the rules that a type cannot say.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping as ByKey
from functools import cache
from typing import Any, NamedTuple

from hrdash.corpus.listing import CORPUS_FILE
from hrdash.corpus.nodes import Mapping, Node, Scalar, Sequence, read
from hrdash.corpus.rules import RULES, Link, check_brief
from hrdash.corpus.values import (
    Converter,
    Fault,
    Reading,
    converter,
    list_of,
    place_of,
    scalars,
    wrong_type,
)
from hrdash.model import (
    LABEL_CELLS,
    Brief,
    Corpus,
    Measure,
    Place,
    Problem,
    Ref,
    Registers,
    Source,
    Speaker,
    Statement,
    Theme,
)
from hrdash.names import ID, is_id, shown
from hrdash.schema import Field, called, fields, section_fields

REGISTER_OF = {"source": "sources.yaml", "speaker": "speakers.yaml", "measure": "measures.yaml"}
"""The file that registers each kind of thing."""

UNTITLED = "Untitled corpus"
"""What a corpus is called while its own file cannot be read."""

_ENTRIES: dict[str, type] = {"source": Source, "speaker": Speaker, "measure": Measure}


class Withheld(NamedTuple):
    """A brief that is not shown because something in it is wrong."""

    id: str
    """Empty where it could not be read."""
    line: int
    column: int


class Declared(NamedTuple):
    """An id that a file gives to its theme or to a brief; the two share one namespace."""

    id: str
    kind: str
    """`theme` or `brief`."""
    place: Place


class Reference(NamedTuple):
    """What a brief names that stands elsewhere."""

    brief_id: str
    kind: str
    """`source`, `speaker`, `measure`, `theme` or `brief`."""
    target: str
    place: Place
    section: str = ""
    """For a speaker: the section in which it speaks."""
    para: str = ""
    """For a source: the pinpoint, and its place; empty where it could not be read."""
    para_place: Place = Place(1, 1)


class FileContents(NamedTuple):
    """What one file of briefs holds."""

    name: str
    theme_id: str
    theme: Theme | None
    """From a theme's own file, a stand-in where that is broken; none from a file in a theme's folder."""
    briefs: tuple[Brief, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    problems: tuple[Problem, ...] = ()
    declares: tuple[Declared, ...] = ()
    references: tuple[Reference, ...] = ()
    ids_known: bool = True
    """False where the file may hold briefs whose ids could not be read."""


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


def stand_in(theme_id: str) -> Theme:
    """What a theme is shown as while its own file is missing or broken."""
    return Theme(theme_id, theme_id[:LABEL_CELLS], theme_id)


def read_theme_file(name: str, data: bytes | Problem) -> FileContents:
    """Read `themes/<id>.yaml` or a file in `themes/<id>/`; a problem in place of its bytes says why there are none."""
    parts = name.split("/")
    theme_id = parts[1].removesuffix(".yaml")
    reading = _File(name, theme_id)
    theme = stand_in(theme_id) if len(parts) == 2 else None
    if theme:
        reading.declares.append(Declared(theme_id, "theme", Place(1, 1)))
    root = _root(reading, data)
    if root is not None:
        try:
            values = _values(reading, root, _briefs_file(theme is not None))
            theme = theme and _theme(reading, root, values)
        except Fault as fault:
            reading.report_fault(root.place, fault)
    briefs, withheld, salvaged = _part(reading, b"" if isinstance(data, Problem) else data)
    return FileContents(
        name, theme_id, theme, briefs, withheld, tuple(sorted(set(reading.problems))), tuple(reading.declares),
        tuple(reading.references), ids_known=not salvaged and all(held.id for held in withheld),
    )  # fmt: skip


def read_registers(files: ByKey[str, bytes | Problem]) -> RegisterContents:
    """Read the four files by name: their bytes, the problem that kept them from being read, or absent for missing."""
    found: dict[str, dict[str, Any]] = {}
    faulty: list[Faulty] = []
    problems: list[Problem] = []
    for kind, name in REGISTER_OF.items():
        reading = _File(name)
        found[kind], left_out = _register(reading, kind, files.get(name))
        faulty += left_out
        _settle_see(reading, found[kind], {entry.id for entry in left_out})
        problems += reading.problems
    reading = _File(CORPUS_FILE)
    corpus, order = _corpus(reading, files.get(CORPUS_FILE))
    problems += reading.problems
    registers = Registers(found["source"], found["speaker"], found["measure"])
    return RegisterContents(
        corpus, order, registers, tuple(faulty), tuple(sorted(set(problems))), tuple(reading.references)
    )


class _File(Reading):
    """One file that is being read, and what it needs from others."""

    def __init__(self, file: str, theme_id: str = "") -> None:
        super().__init__(file)
        self.theme_id = theme_id
        self.owner = ""
        """The id of the brief or entry that is being read."""
        self.links: list[Link] = []
        self.references: list[Reference] = []
        self.declares: list[Declared] = []
        self.briefs: list[tuple[Brief | None, Place, Place]] = []
        """Each item of `briefs`, with where it starts and ends; none where it is not a brief at all."""


def _root(reading: Reading, data: bytes | Problem | None) -> Node | None:
    """What a file holds; nothing where it is missing, refused or cannot be read, which is reported."""
    if data is None:
        reading.report(Place(1, 1), "there is no such file", "add it")
        return None
    if isinstance(data, Problem):
        reading.problems.append(data)
        return None
    root, problems = read(reading.file, data)
    reading.problems.extend(problems)
    return root


# Mappings


class _Shape(NamedTuple):
    """A kind of mapping, as its fields say."""

    called: str
    keys: dict[str, tuple[str, Converter]]
    """For each key, its field and what reads its value."""
    required: tuple[str, ...]
    absent: dict[str, Any]
    """What each field holds where its key is absent; also the stand-in for a value that could not be read."""
    refs: tuple[tuple[str, str, bool], ...]
    """The keys that name something: each with what, and whether there is a list of it."""
    section: str


def _shape_of(called: str, fields: tuple[Field, ...], section: str = "") -> _Shape:
    return _Shape(
        called,
        {field.key: (field.name, _converter(field)) for field in fields},
        tuple(field.key for field in fields if field.required),
        {field.name: field.absent for field in fields},
        tuple((field.key, field.mark.kind, field.many) for field in fields if isinstance(field.mark, Ref)),
        section,
    )


@cache
def _shape(kind: Any, section: str = "") -> _Shape:
    """The shape of a model's class; of statements, of those of one section."""
    return _shape_of(called(kind, section), section_fields(section) if section else fields(kind), section)


def _converter(field: Field) -> Converter:
    is_mapping = isinstance(field.mark, type)
    section = field.name if field.mark is Statement else ""
    one = _reader(field.mark, section) if is_mapping else converter(field.mark)
    return list_of(one, once=not is_mapping) if field.many else one


def _reader(kind: Any, section: str = "") -> Converter:
    """A converter for the mappings of one kind."""
    shape = _shape(kind, section)
    rule = RULES.get(kind)
    given = {"place", "file", "theme"}.intersection(kind._fields) - shape.absent.keys()

    def convert(reading: _File, node: Node) -> Any:
        values = _values(reading, node, shape)
        known = {"place": node.place, "file": reading.file, "theme": reading.theme_id} if given else {}
        value = kind(**values, **{name: known[name] for name in given})
        if rule:
            rule(reading, node, value)
        return value

    return convert


def _values(reading: _File, node: Node, shape: _Shape) -> dict[str, Any]:
    """A mapping's values by field: every wrong key and value reported, stand-ins in their places."""
    if not isinstance(node, Mapping):
        raise wrong_type(node, f"{shape.called}, with keys and values")
    keys = shape.keys
    values = shape.absent.copy()
    meant = set()
    for key, (place, value) in node.entries.items():
        if key not in keys:
            guess = reading.suggestion(key, keys)
            meant.add(guess)
            cure = f"did you mean '{guess}'?" if guess else f"{shape.called} takes {', '.join(keys)}"
            reading.report(place, f"unknown key {shown(key)}", cure)
            continue
        name, convert = keys[key]
        try:
            values[name] = convert(reading, value)
        except Fault as fault:
            reading.report_fault(value.place, fault)
            reading.failed.add((node.place, key))
            if fault.partly is not None:
                values[name] = fault.partly
    for key in shape.required:
        if key not in node.entries:
            reading.failed.add((node.place, key))
            if key not in meant:
                reading.report(node.place, f"missing key '{key}'", f"{shape.called} needs it")
    _refer(reading, node, shape, values)
    return values


_HERE = ("claim", "concern", "statement")
"""What stands in the same brief as what names it."""


def _refer(reading: _File, node: Mapping, shape: _Shape, values: dict[str, Any]) -> None:
    """Note what a mapping names, here or elsewhere."""
    if shape.section:
        reading.links += [
            Link(values["id"], shape.section, "id", "", *found) for found in scalars(node, "id") if found[0]
        ]
    for key, kind, many in shape.refs:
        if key not in node.entries or not (many or isinstance(node.entries[key][1], Scalar)):
            continue
        for target, place in scalars(node, key):
            if kind in _HERE:
                if target:
                    reading.links.append(Link(values.get("id", ""), shape.section, key, kind, target, place))
            elif kind == "source" and is_id(target):
                pinpoint = values["para"], place_of(node, "para")
                reading.references.append(Reference(reading.owner, kind, target, place, "", *pinpoint))
            elif is_id(target):
                section = shape.section if kind == "speaker" else ""
                reading.references.append(Reference(reading.owner, kind, target, place, section))


# Files of briefs


@cache
def _briefs_file(own: bool) -> _Shape:
    """A theme's own file, or one in its folder."""
    head = tuple(field._replace(key="theme") if field.key == "id" else field for field in fields(Theme)) if own else ()
    shape = _shape_of(called(Theme) if own else "a file in a theme's folder", head)
    return shape._replace(keys={**shape.keys, "briefs": ("briefs", _each_brief)}, required=(*shape.required, "briefs"))


def _each_brief(reading: _File, node: Node) -> None:
    """Read the list of briefs one by one, so that an error in one never hides another."""
    if not isinstance(node, Sequence):
        raise wrong_type(node, "a list of briefs")
    read_brief = _reader(Brief)
    for item in node.items:
        if not isinstance(item, Mapping):
            reading.report_fault(item.place, wrong_type(item, f"{called(Brief)}, with keys and values"))
            reading.briefs.append((None, item.place, item.place))
            continue
        reading.links = []
        reading.owner = _id_of(item)
        brief: Brief = read_brief(reading, item)
        check_brief(reading, brief, reading.links)
        if brief.id:
            reading.declares.append(Declared(brief.id, "brief", place_of(item, "id")))
        reading.briefs.append((brief, item.place, item.end))


def _id_of(node: Node) -> str:
    """The id that a mapping gives itself, where it is one."""
    found = scalars(node, "id") if isinstance(node, Mapping) else ()
    return next((text for text, _ in found if is_id(text)), "")


def _theme(reading: _File, node: Node, values: dict[str, Any]) -> Theme:
    spare = stand_in(reading.theme_id)
    if values["id"] and values["id"] != spare.id and isinstance(node, Mapping):
        reading.report(
            place_of(node, "theme"), f"the theme {shown(values['id'])} stands in the file of {shown(spare.id)}",
            f"write theme: {spare.id}, or rename the file",
        )  # fmt: skip
    return Theme(
        spare.id, values["label"] or spare.label, values["title"] or spare.title, values["uhri_themes"],
        values["instruments"],
    )  # fmt: skip


def _part(reading: _File, data: bytes) -> tuple[tuple[Brief, ...], tuple[Withheld, ...], bool]:
    """The briefs without an error, those with one, and whether some of these had to be found by searching the text."""
    errors = reading.error_places()
    good: list[Brief] = []
    held: list[Withheld] = []
    inside = 0
    for brief, start, end in reading.briefs:
        count = bisect_left(errors, end) - bisect_left(errors, start)
        inside += count
        if brief is None or count:
            held.append(Withheld(brief.id if brief else "", *start))
        else:
            good.append(brief)
    if inside == len(errors):
        return tuple(good), tuple(held), False
    known = {start.line for _, start, _ in reading.briefs}
    missed = [withheld for withheld in _search(data) if withheld.line not in known]
    if not missed and not reading.briefs:
        missed = [Withheld("", *min(errors))]
    return tuple(good), tuple(sorted([*held, *missed], key=lambda withheld: withheld[1:])), bool(missed)


_LIST_OF_BRIEFS = re.compile(r"^[ \t]*['\"]?\w{0,9}briefs?\w{0,9}['\"]?[ \t]*:", re.MULTILINE | re.IGNORECASE)
_OTHER_KEY = re.compile(r"^(?:theme|label|title|uhri_themes|instruments)[ \t]*:", re.MULTILINE)
_ITEM = re.compile(rf"^([ \t]*-[ \t]+(?:\{{[ \t]*)?)(?:id[ \t]*:[ \t]*['\"]?({ID})(?![\w-]))?", re.MULTILINE)


def _search(data: bytes) -> list[Withheld]:
    """The briefs that a file which cannot be read seems to hold: the least indented items behind `briefs:`."""
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    begin = _LIST_OF_BRIEFS.search(text)
    if not begin:
        return []
    end = _OTHER_KEY.search(text, begin.end())
    items = list(_ITEM.finditer(text, begin.end(), end.start() if end else len(text)))
    depth = min((item[1].index("-") for item in items), default=0)
    found: list[Withheld] = []
    line, at = 1, 0
    for item in items:
        if item[1].index("-") == depth:
            line, at = line + text.count("\n", at, item.start()), item.start()
            found.append(Withheld(item[2] or "", line, len(item[1]) + 1))
    return found


# Registers


def _register(reading: _File, kind: str, data: bytes | Problem | None) -> tuple[dict[str, Any], list[Faulty]]:
    """The good entries of one register by id, in file order, and those left out."""
    if data is None and kind == "measure":
        return {}, []  # a corpus without figures needs none
    root = _root(reading, data)
    if isinstance(root, Sequence):
        return _entries(reading, kind, root)
    if root is not None:
        reading.report_fault(root.place, wrong_type(root, f"a list of {kind}s"))
    return {}, [Faulty(kind, "", f"{reading.file}:{min(reading.error_places()).line}")]


def _entries(reading: _File, kind: str, root: Sequence) -> tuple[dict[str, Any], list[Faulty]]:
    found: list[tuple[str, Any, Mapping]] = []
    first: dict[str, Place] = {}
    read_entry = _reader(_ENTRIES[kind])
    for item in root.items:
        reading.owner = _id_of(item)
        try:
            entry = read_entry(reading, item)
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


def _settle_see(reading: _File, measures: dict[str, Any], left_out: set[str]) -> None:
    """Take out of `see` what is not registered, which loses no measure, and report it."""
    dropped: dict[str, set[str]] = {}
    for reference in reading.references:
        if reference.target in measures:
            continue
        dropped.setdefault(reference.brief_id, set()).add(reference.target)
        if reference.target not in left_out:
            guess = reading.suggestion(reference.target, measures)
            cure = f"did you mean '{guess}'?" if guess else "add it, or remove it here"
            reading.report(reference.place, f"the measure {shown(reference.target)} is not registered", cure)
    for name in dropped.keys() & measures.keys():
        kept = tuple(other for other in measures[name].see if other not in dropped[name])
        measures[name] = measures[name]._replace(see=kept)


@cache
def _corpus_file() -> _Shape:
    order = Field("themes", "themes", Ref("theme"), many=True, required=False, absent=(), sections=(), searched=False)
    return _shape_of(called(Corpus), (*fields(Corpus), order))


def _corpus(reading: _File, data: bytes | Problem | None) -> tuple[Corpus, tuple[str, ...]]:
    """What `corpus.yaml` says, and the order of themes in it."""
    root = _root(reading, data)
    if root is not None:
        try:
            values = _values(reading, root, _corpus_file())
        except Fault as fault:
            reading.report_fault(root.place, fault)
        else:
            order: tuple[str, ...] = values.pop("themes")
            return Corpus(**{**values, "title": values["title"] or UNTITLED}), order
    return Corpus(UNTITLED, "", "", "", ""), ()
