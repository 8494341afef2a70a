"""Nodes to the model: what a file of briefs and the registers hold, every problem of theirs, and what is withheld.

One file at a time, so that a corpus of any size can be read, and read again where it changed, without holding it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as ByKey
from functools import cache
from typing import Any, NamedTuple

from hrdash import period as edtf
from hrdash.corpus import json_lines
from hrdash.corpus.listing import CORPUS_FILE, REGISTER_OF
from hrdash.corpus.nodes import Broken, Mapping, Node, Sequence, read
from hrdash.corpus.references import NAMES, Known, check_names
from hrdash.corpus.rules import check_brief, check_premises
from hrdash.corpus.shapes import Shape, reader, shape_of, values_of
from hrdash.corpus.values import Fault, Reading, Reference, place_of, scalars, spelled, wrong_type
from hrdash.derive import stand_in
from hrdash.model import Brief, Corpus, Faulty, Indicator, Place, Problem, Ref, Registers, Source, Speaker, Theme
from hrdash.names import shown
from hrdash.schema import Field, called, fields

UNTITLED = "Untitled corpus"
"""What a corpus is called while its own file cannot be read."""

_ENTRIES: dict[str, type] = {"source": Source, "speaker": Speaker, "indicator": Indicator}

Data = bytes | Problem | Iterator[bytes | Problem]
"""What a file holds, its lines, or the problem that kept it from being read, which may end lines too."""


class Withheld(NamedTuple):
    """A brief that is not shown because something in it is wrong."""

    id: str
    """Empty where it could not be read."""
    line: int
    column: int


class Declared(NamedTuple):
    """An id that a file gives: to its theme and its briefs, which share one namespace, or to a statement."""

    kind: str
    """`theme`, `brief`, or `statement:` and its kind."""
    id: str
    """Of a statement, `brief/id`."""
    place: Place
    brief_id: str = ""
    source: str = ""
    """Of a statement, its source."""
    pinpoints: str = ""
    """Of a statement, with commas between them."""


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


def read_theme_file(name: str, data: Data, known: Known | None = None) -> FileContents:
    """Read `themes/<id>.yaml` or a file in `themes/<id>/`, and hold its briefs against what is known."""
    parts = name.split("/")
    theme_id = parts[1].removesuffix(".yaml")
    reading = _Briefs(name, theme_id, known)
    theme = stand_in(theme_id) if len(parts) == 2 else None
    if theme:
        reading.declares.append(Declared("theme", theme_id, Place(1, 1)))
    root = None
    try:
        if isinstance(data, Iterator):
            for node in _nodes(reading, data):
                _brief(reading, node)
        else:
            root = _root(reading, data)
        if theme is None and isinstance(root, Sequence):
            _each_brief(reading, root)
        elif root is not None:
            values = values_of(reading, root, _briefs_file(theme is not None))
            theme = theme and _theme(reading, root, values)
    except Fault as fault:
        reading.report_fault(root.place if root else Place(1, 1), fault)
    except _Lost as lost:
        reading = _Briefs(name, theme_id, known)
        reading.problems += lost.args
    briefs, withheld = _part(reading, root)
    return FileContents(
        name, theme_id, theme, briefs, withheld, tuple(sorted(set(reading.problems))), tuple(reading.declares),
        tuple(reading.references), ids_known=all(held.id for held in withheld),
    )  # fmt: skip


class _Briefs(Reading):
    """One file of briefs, and what stands in it."""

    def __init__(self, file: str, theme_id: str, known: Known | None) -> None:
        super().__init__(file, theme_id)
        self.known = known
        self.declares: list[Declared] = []
        self.briefs: list[tuple[Brief | None, Place, Place]] = []
        """Each item of `briefs`, with where it starts and ends; none where it is not a brief at all."""
        self.name_broken: set[Place] = set()
        """Where the briefs begin that name what is left out of a register."""


class _Lost(Exception):
    """A file of lines could not be read to its end, so that what was read is not what it holds: the problem."""


def _nodes(reading: Reading, lines: Iterator[bytes | Problem]) -> Iterator[Node]:
    """What stands on each line that is not blank."""
    reader = json_lines.LineReader(reading.report)
    for number, text in enumerate(lines, 1):
        if isinstance(text, Problem):
            raise _Lost(text)
        if not json_lines.is_blank(text):
            yield reader.read(number, text)


def _root(reading: Reading, data: Data | None) -> Node | None:
    """What a file of YAML holds; nothing where it is missing, refused or cannot be read, which is reported."""
    if data is None:
        reading.report(Place(1, 1), "there is no such file", "add it")
        return None
    if not isinstance(data, bytes):
        reading.problems += [data] if isinstance(data, Problem) else ()
        return None
    root, problems = read(reading.file, data)
    reading.problems.extend(problems)
    return root


# Files of briefs


@cache
def _briefs_file(own: bool) -> Shape:
    """A theme's own file, or one in its folder."""
    head = tuple(field._replace(key="theme") if field.key == "id" else field for field in fields(Theme)) if own else ()
    shape = shape_of(called(Theme) if own else "a file in a theme's folder", head)
    return shape._replace(keys={**shape.keys, "briefs": ("briefs", _each_brief)}, required=(*shape.required, "briefs"))


def _each_brief(reading: _Briefs, node: Node) -> None:
    """Read the list of briefs one by one, so that an error in one never hides another."""
    if not isinstance(node, Sequence):
        raise wrong_type(node, "a list of briefs")
    for item in node.items:
        _brief(reading, item)


def _brief(reading: _Briefs, item: Node) -> None:
    if not isinstance(item, Mapping):
        reading.report_fault(item.place, wrong_type(item, f"{called(Brief)}, with keys and values"))
        reading.briefs.append((None, item.place, item.place))
        return
    reading.owner = _id_of(item)
    source = next((spelled(text) for text, _ in scalars(item, "source")), "")
    reading.source = source if source or "source" not in item.entries else None
    before, reading.references, told = reading.references, [], len(reading.problems)
    brief: Brief = reader(Brief)(reading, item)
    named = check_brief(reading, brief, reading.references)
    if reading.known and check_names(reading, item, brief, reading.references, reading.known):
        reading.name_broken.add(item.place)
    elif all(problem.level != "error" for problem in reading.problems[told:]):
        check_premises(reading, brief)
    reading.references = before
    if brief.id:
        reading.references += (one for one in named if one.kind not in NAMES)
        reading.declares.append(Declared("brief", brief.id, place_of(item, "id"), brief.id))
        reading.declares += _statements(brief)
    reading.briefs.append((brief, item.place, item.end))


def _statements(brief: Brief) -> list[Declared]:
    """The statements of a brief that may be named."""
    return [
        Declared(
            f"statement:{kind}", f"{brief.id}/{said.id}", said.place, brief.id,
            said.cites[0].source if said.cites else "", ", ".join(cite.pinpoint for cite in said.cites),
        )
        for kind, those in brief.by_kind for said in those if said.id
    ]  # fmt: skip


def _id_of(node: Node) -> str:
    """The id that a mapping gives itself, where it is one."""
    keys = [key for key in node.entries if key.casefold() == "id"] if isinstance(node, Mapping) else []
    found = scalars(node, keys[0]) if keys and isinstance(node, Mapping) else ()
    return next((spelled(text) for text, _ in found), "")


def _theme(reading: _Briefs, node: Node, values: dict[str, Any]) -> Theme:
    spare = stand_in(reading.theme_id)
    if values["id"] and values["id"] != spare.id and isinstance(node, Mapping):
        what = f"the theme {shown(values['id'])} stands in the file of {shown(spare.id)}"
        reading.report(place_of(node, "theme"), what, f"write theme: {spare.id}, or rename the file")
    return Theme(
        spare.id, values["label"] or spare.label, values["title"] or spare.title, values["uhri_themes"],
        values["instruments"],
    )  # fmt: skip


def _part(reading: _Briefs, root: Node | None) -> tuple[tuple[Brief, ...], tuple[Withheld, ...]]:
    """The briefs without an error, and those with one; without an id what may be lost besides."""
    errors = reading.error_places()
    good: list[Brief] = []
    held: list[Withheld] = []
    inside: set[Place] = set()
    for brief, start, end in reading.briefs:
        own = errors[bisect_left(errors, start) : bisect_left(errors, end)] if brief else [start]
        inside.update(own)
        if brief is None or own or start in reading.name_broken:
            held.append(Withheld(brief.id if brief else "", *start))
        else:
            good.append(brief)
    begin = root.entries["briefs"][0] if isinstance(root, Mapping) and "briefs" in root.entries else Place(0, 0)
    lost = [place for place in errors if place not in inside and place > begin]
    if lost and (begin.line or not reading.briefs):
        held.append(Withheld("", *lost[0]))
    return tuple(good), tuple(sorted(held, key=lambda withheld: withheld[1:]))


# Registers


def read_registers(files: ByKey[str, Data]) -> RegisterContents:
    """Read `corpus.yaml` and the registers by name: their bytes, or the problem that kept them from being read."""
    reading = Reading(CORPUS_FILE)
    corpus, order = _corpus(reading, files.get(CORPUS_FILE))
    problems = list(reading.problems)
    found: dict[str, dict[str, Any]] = {}
    faulty: list[Faulty] = []
    for kind, name in REGISTER_OF.items():
        folder = name.removesuffix(".yaml") + "/"
        names = [name] * (name in files) + sorted(other for other in files if f"{other}/".startswith(folder))
        register = _Register(kind, corpus)
        for each in names or [name] * (kind != "indicator"):  # a corpus without figures needs none
            register.read(each, files.get(each))
        found[kind] = register.settled()
        faulty += register.faulty
        problems += [problem for one in register.readings for problem in one.problems]
    registers = Registers(*found.values())
    problems += _outdated(files.get(CORPUS_FILE), corpus, registers)
    return RegisterContents(
        corpus, order, registers, tuple(faulty), tuple(sorted(set(problems))), tuple(reading.references)
    )


def _outdated(data: Data | None, corpus: Corpus, registers: Registers) -> Iterator[Problem]:
    """That the corpus looks up to a day before one of its own sources, and says `none as of` that day."""
    later = [
        one
        for one in registers.sources.values()
        if corpus.as_of and _begins(one.issued) > edtf.parse(corpus.as_of).until
    ]
    if later and isinstance(data, bytes):
        newest = max(later, key=lambda one: _begins(one.issued))
        root = read(CORPUS_FILE, data).root
        what = f"as_of is {corpus.as_of}, and the source {shown(newest.id)} was issued {newest.issued}, after it"
        place = place_of(root, "as_of") if isinstance(root, Mapping) else Place(1, 1)
        cure = f"write as_of: {newest.issued} or later, since it stands beside every 'none'"
        yield Problem(CORPUS_FILE, *place, what, cure, "warning")


def _begins(issued: str) -> tuple[int, ...]:
    """The first day of a date, as it compares."""
    start = edtf.parse(issued).start
    return (*start, *(1, 1)[len(start) - 1 :]) if start else ()


class _Register:
    def __init__(self, kind: str, corpus: Corpus) -> None:
        self.kind = kind
        self.corpus = corpus
        self.readings: list[Reading] = []
        self.entries: list[tuple[Reading, str, Any, Mapping]] = []
        """Each entry with its file, the id as it is written, and its node."""
        self.faulty: list[Faulty] = []

    def read(self, name: str, data: Data | None) -> None:
        reading = Reading(name)
        self.readings.append(reading)
        items: Iterable[Node] = ()
        if isinstance(data, Iterator):
            try:
                items = list(_nodes(reading, data))
            except _Lost as lost:
                reading.problems[:] = lost.args
                self.faulty.append(Faulty(self.kind, "", f"{name}:1"))
        else:
            root = _root(reading, data)
            if isinstance(root, Sequence):
                items = root.items
            else:
                if root is not None:
                    reading.report_fault(root.place, wrong_type(root, f"a list of {self.kind}s"))
                self.faulty.append(Faulty(self.kind, "", f"{name}:{min(reading.error_places()).line}"))
        for item in items:
            self.take(reading, item)

    def take(self, reading: Reading, item: Node) -> None:
        """Read one entry; one that cannot be told from another leaves the whole register in doubt."""
        reading.owner = _id_of(item)
        try:
            entry = reader(_ENTRIES[self.kind])(reading, item)
        except Fault as fault:
            reading.report_fault(item.place, fault)
            if isinstance(item, Broken):
                self.faulty.append(Faulty(self.kind, "", f"{reading.file}:{item.place.line}"))
            return
        assert isinstance(item, Mapping)  # noqa: S101  (anything else is a fault)
        written = next((text for text, _ in scalars(item, "id")), "")
        self.entries.append((reading, entry.id or written, entry, item))

    def settled(self) -> dict[str, Any]:
        """The good entries by id, in order; those with an error are left out, and noted."""
        self.check_each()
        errors = {reading: reading.error_places() for reading in self.readings}
        good: dict[str, Any] = {}
        for reading, name, entry, item in self.entries:
            own = errors[reading]
            if bisect_left(own, item.place) == bisect_left(own, item.end):
                good[name] = entry._replace(file=reading.file) if self.kind == "source" else entry
            elif name not in good:
                self.faulty.append(Faulty(self.kind, name, f"{reading.file}:{item.place.line}"))
        self.check_see(good)
        return good

    def check_each(self) -> None:
        """Report what stands twice, and a State without its country in a corpus of several."""
        ids: dict[str, tuple[str, int]] = {}
        shorts: dict[str, str] = {}
        for reading, name, entry, item in self.entries:
            here = reading.file, item.place.line
            if entry.id and ids.setdefault(name, here) != here:
                file, row = ids[name]
                where = f"in line {row}" if file == reading.file else f"at {file}:{row}"
                what = f"the {self.kind} {shown(name)} stands twice, first {where}"
                reading.report(place_of(item, "id"), what, "give one of them another id")
            if self.kind == "source":
                short = entry.title_short or entry.number
                if short and shorts.setdefault(short, name) != name:
                    what = f"{shown(short)} is the short title of {shown(shorts[short])} too"
                    key = "title-short" if entry.title_short else "number"
                    reading.report(place_of(item, key), what, "write a title-short that no other source has")
            several = len(self.corpus.countries) > 1
            if self.kind == "speaker" and several and entry.kind == "state" and "country" not in item.entries:
                cure = "a State's speaker needs it where the corpus has several countries"
                reading.report(item.place, "missing key 'country'", cure)

    def check_see(self, good: dict[str, Any]) -> None:
        """Report what `see` names and no entry is."""
        known = {*good, *(entry.id for entry in self.faulty)}
        for reading in self.readings:
            for one in (one for one in reading.references if one.target not in known):
                guess = reading.suggestion(one.target, good)
                cure = f"did you mean '{guess}'?" if guess else "add it, or remove it here"
                reading.report(one.place, f"the indicator {shown(one.target)} is not registered", cure)


def _corpus(reading: Reading, data: Data | None) -> tuple[Corpus, tuple[str, ...]]:
    root = _root(reading, data)
    if root is not None:
        try:
            theme_order = Field("themes", "themes", Ref("theme"), True, False, (), (), False)
            one_country = Field("country", "country", "country", False, False, "", (), False)
            values = values_of(reading, root, shape_of(called(Corpus), (*fields(Corpus), one_country, theme_order)))
        except Fault as fault:
            reading.report_fault(root.place, fault)
        else:
            order, country = values.pop("themes"), values.pop("country")
            if isinstance(root, Mapping) and ("country" in root.entries) == ("countries" in root.entries):
                cure = "write country: KAZ, or countries: [KAZ, KGZ]"
                reading.report(root.place, "one of 'country' and 'countries' is wanted", cure)
            countries = values["countries"] or ((country,) if country else ())
            return Corpus(**{**values, "title": values["title"] or UNTITLED, "countries": countries}), order
    return Corpus(UNTITLED, (), "", "", ""), ()
