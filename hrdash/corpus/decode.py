"""A file of briefs: bytes to themes and briefs, with every problem of the file, and what it needs from other files.

One file at a time, so that a corpus of any size can be read, and read again where it changed, without holding it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from hrdash.corpus import uhri
from hrdash.corpus.brief_rules import Link, findings
from hrdash.corpus.convert import (
    Fault,
    Field,
    Kind,
    Reading,
    identifier,
    kind_of,
    label_from,
    line,
    list_of,
    mapping,
    number,
    of_kind,
    one_of,
    paras,
    period,
    place_of,
    prose,
    scalars,
    tab_label,
    wrong_type,
)
from hrdash.corpus.names import ID, is_id, shown
from hrdash.corpus.yamlread import Mapping, Node, Sequence, read
from hrdash.model import (
    DIRECTIONS,
    LABEL_CELLS,
    PUT_AS,
    QUALIFIERS,
    SECTION_KINDS,
    SECTIONS,
    Brief,
    Citation,
    Difference,
    Figure,
    LeftOpen,
    Place,
    Problem,
    Statement,
    Theme,
)

if TYPE_CHECKING:
    from typing import Any


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


def stand_in(theme_id: str) -> Theme:
    """What a theme is shown as while its own file is missing or broken."""
    return Theme(theme_id, theme_id[:LABEL_CELLS], theme_id)


def read_theme_file(name: str, data: bytes | Problem) -> FileContents:
    """Read `themes/<id>.yaml` or a file in `themes/<id>/`; a problem in place of its bytes says why there are none."""
    parts = name.split("/")
    theme_id = parts[1].removesuffix(".yaml")
    reading = _BriefFile(name, theme_id)
    theme = stand_in(theme_id) if len(parts) == 2 else None
    if theme:
        reading.declares.append(Declared(theme_id, "theme", Place(1, 1)))
    if isinstance(data, Problem):
        return FileContents(
            name, theme_id, theme, withheld=(Withheld("", 1, 1),), problems=(data,), declares=tuple(reading.declares),
            ids_known=False,
        )  # fmt: skip
    root, problems = read(name, data)
    reading.problems.extend(problems)
    if root is not None:
        try:
            values = mapping(reading, root, _SPLIT_FILE if theme is None else _THEME_FILE)
            theme = theme and values
        except Fault as fault:
            reading.report_fault(root.place, fault)
    briefs, withheld, salvaged = _part(reading, data)
    return FileContents(
        name, theme_id, theme, briefs, withheld, tuple(sorted(set(reading.problems))), tuple(reading.declares),
        tuple(reading.references), ids_known=not salvaged and all(held.id for held in withheld),
    )  # fmt: skip


_START = Place(1, 1)


class _BriefFile(Reading):
    """A file of briefs that is being read."""

    def __init__(self, file: str, theme_id: str) -> None:
        super().__init__(file)
        self.theme_id = theme_id
        self.section = ""
        self.links: list[Link] = []
        self.brief_id = ""
        self.references: list[Reference] = []
        self.declares: list[Declared] = []
        self.briefs: list[tuple[Brief | None, Place, Place]] = []
        """Each item of `briefs`, with where it starts and ends; none where it is not a brief at all."""

    def refer(
        self, kind: str, target: str, place: Place, section: str = "", para: str = "", para_place: Place = _START
    ) -> None:
        if target:
            self.references.append(Reference(self.brief_id, kind, target, place, section, para, para_place))

    def link(self, owner: str, key: str, node: Mapping) -> None:
        if key in node.entries:
            self.links += [Link(owner, self.section, key, name, place) for name, place in scalars(node, key) if name]


def _part(reading: _BriefFile, data: bytes) -> tuple[tuple[Brief, ...], tuple[Withheld, ...], bool]:
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


def _statement(reading: _BriefFile, node: Mapping, values: dict[str, Any]) -> Statement:
    said = Statement(**values, place=node.place)
    for key in ("id", "same_as", "faces", "answers"):
        reading.link(said.id, key, node)
    reading.refer("speaker", said.by, place_of(node, "by"), section=reading.section)
    return said


def _citation(reading: _BriefFile, node: Mapping, values: dict[str, Any]) -> Citation:
    source, para = values["source"], values["para"]
    reading.refer("source", source, place_of(node, "source"), "", para, place_of(node, "para"))
    return Citation(source, para)


def _figure(reading: _BriefFile, node: Mapping, values: dict[str, Any]) -> Figure:
    figure = Figure(**values)
    reading.refer("measure", figure.measure, place_of(node, "measure"))
    keys = {key for key in ("value", "low", "high") if key in node.entries}
    if "value" in keys and len(keys) > 1:
        reading.report(node.place, "the figure has both a value and a range", "keep value, or low and high")
    elif keys not in ({"value"}, {"low", "high"}):
        reading.report(node.place, "the figure has no value", "write value, or both low and high")
    elif figure.low is not None and figure.high is not None and figure.low > figure.high:
        reading.report(place_of(node, "low"), "the figure's low is above its high", "exchange them")
    return figure


def _left_open(reading: _BriefFile, node: Mapping, values: dict[str, Any]) -> LeftOpen:
    reading.link("", "asks", node)
    return LeftOpen(**values, place=node.place)


def _difference(reading: _BriefFile, node: Mapping, values: dict[str, Any]) -> Difference:
    reading.link("", "between", node)
    return Difference(**values, place=node.place)


def _brief(reading: _BriefFile, node: Mapping, values: dict[str, Any]) -> Brief:
    for target, place in scalars(node, "also_in"):
        reading.refer("theme", target, place)
        if target == reading.theme_id:
            reading.report(place, f"the brief is in {shown(target)} already", "remove it here")
    for target, place in scalars(node, "related"):
        reading.refer("brief", target, place)
        if target == values["id"]:
            reading.report(place, "the brief is said to be related to itself", "remove it here")
    return Brief(theme=reading.theme_id, file=reading.file, place=node.place, **values)


def _each_brief(reading: _BriefFile, node: Node) -> None:
    """Read the list of briefs one by one, so that an error in one never hides another."""
    if not isinstance(node, Sequence):
        raise wrong_type(node, "a list of briefs")
    for item in node.items:
        if not isinstance(item, Mapping):
            reading.report_fault(item.place, wrong_type(item, f"{_BRIEF.called}, with keys and values"))
            reading.briefs.append((None, item.place, item.place))
            continue
        reading.links = []
        reading.brief_id = next((text for text, _ in scalars(item, "id") if is_id(text)), "")
        brief: Brief = mapping(reading, item, _BRIEF)
        for place, what, cure in findings(brief, reading.links, reading.failed):
            reading.report(place, what, cure)
        if brief.id:
            reading.declares.append(Declared(brief.id, "brief", place_of(item, "id")))
        reading.briefs.append((brief, item.place, item.end))


def _theme(reading: _BriefFile, node: Mapping, values: dict[str, Any]) -> Theme:
    theme_id = reading.theme_id
    if values["id"] and values["id"] != theme_id:
        reading.report(
            place_of(node, "theme"), f"the theme {shown(values['id'])} stands in the file of {shown(theme_id)}",
            f"write theme: {theme_id}, or rename the file",
        )  # fmt: skip
    spare = stand_in(theme_id)
    return Theme(
        theme_id,
        values["label"] or spare.label,
        values["title"] or spare.title,
        values["uhri_themes"],
        values["instruments"],
    )


def _in_section(section: str) -> Any:
    """A converter for the statements of one section."""
    statements = list_of(of_kind(_statement_kind(section)))

    def convert(reading: _BriefFile, node: Node) -> Any:
        reading.section = section
        return statements(reading, node)

    return convert


def _statement_kind(section: str) -> Kind:
    fields = {
        "id": Field(identifier, required=True),
        "by": Field(identifier, required=True),
        "text": Field(prose, required=True),
        "period": Field(period),
        "period_text": Field(line),
        "put_as": Field(one_of(PUT_AS), default="statement"),
        "same_as": Field(identifier),
        **({"faces": _IDS} if section in ("concerns", "commendations", "recommendations") else {}),
        **({"answers": _IDS._replace(required=True)} if section == "responses" else {}),
        "cites": _CITES,
        "figures": Field(list_of(of_kind(_FIGURE)), default=()),
        "note": Field(prose),
    }
    return kind_of(f"a {SECTION_KINDS[section]}", fields, _statement)


_IDS = Field(list_of(identifier, once=True), default=())
_LABELS = Field(list_of(label_from(frozenset(uhri.THEMES), "a theme of the UN's index (UHRI)"), once=True), default=())
_PERSONS = Field(
    list_of(label_from(frozenset(uhri.AFFECTED_PERSONS), "a group of the UN's index (UHRI)"), once=True), default=()
)

_CITES = Field(
    list_of(of_kind(kind_of("a citation", {"source": Field(identifier, True), "para": Field(paras, True)}, _citation))),
    default=(),
)
_FIGURE = kind_of(
    "a figure",
    {
        "measure": Field(identifier, required=True),
        "value": Field(number, default=None),
        "low": Field(number, default=None),
        "high": Field(number, default=None),
        "qualifier": Field(one_of(QUALIFIERS)),
        "direction": Field(one_of(DIRECTIONS)),
        "per": Field(line),
        "base": Field(line),
        "population": Field(line),
        "period": Field(period),
        "status": Field(one_of(("planned",))),
    },
    _figure,
)
_LEFT_OPEN = kind_of(
    "what is left open",
    {"asks": _IDS._replace(required=True), "text": Field(prose, True), "cites": _CITES},
    _left_open,
)
_DIFFERENCE = kind_of(
    "a difference",
    {"between": _IDS._replace(required=True), "text": Field(prose, True), "cites": _CITES},
    _difference,
)
_BRIEF = kind_of(
    "a brief",
    {
        "id": Field(identifier, required=True),
        "title": Field(line, required=True),
        "persons": _PERSONS,
        "also_in": _IDS,
        "related": _IDS,
        **{section: Field(_in_section(section), default=()) for section in SECTIONS},
        "left_open": Field(list_of(of_kind(_LEFT_OPEN)), default=()),
        "differences": Field(list_of(of_kind(_DIFFERENCE)), default=()),
    },
    _brief,
)
_THEME_FILE = kind_of(
    "a theme's file",
    {
        "theme": Field(identifier, required=True, name="id"),
        "label": Field(tab_label(LABEL_CELLS), required=True),
        "title": Field(line, required=True),
        "uhri_themes": _LABELS,
        "instruments": Field(list_of(line, once=True), default=()),
        "briefs": Field(_each_brief, required=True),
    },
    _theme,
)
_SPLIT_FILE = kind_of(
    "a file in a theme's folder", {"briefs": Field(_each_brief, required=True)}, lambda reading, node, values: None
)
