"""Small corpora for tests of the index: as files of YAML text, or as values that never were files."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from hrdash import keeping
from hrdash import library as folders
from hrdash.corpus.folder import CorpusFolder
from hrdash.corpus.listing import REGISTER_FILES, FileStamp, Listing, is_lines, is_register
from hrdash.corpus.read import Data, Declared, FileContents, RegisterContents, read_registers, read_theme_file
from hrdash.corpus.references import Known
from hrdash.corpus.values import Reference
from hrdash.derive import target
from hrdash.index import index as indexes
from hrdash.index.index import Index
from hrdash.index.survey import SyncReport
from hrdash.index.sync import sync
from hrdash.library import Library
from hrdash.model import (
    SECTION_KINDS,
    Brief,
    Corpus,
    Indicator,
    Paragraphs,
    Place,
    Problem,
    Registers,
    Source,
    Speaker,
    Statement,
    Theme,
)
from hrdash.report.parts import Line, user

HEAVY = False
"""Whether every case of a costly kind is tried (`pytest --heavy`), and not a sample of each sort."""


def examples(many: int) -> int:
    """How many of so many examples are tried: all where the tests are heavy, else a quarter."""
    return many if HEAVY else min(many, max(10, many // 4))


LONG_AGO = 1_000_000_000_000_000_000
"""A time of change, in nanoseconds, long before any test."""

REGISTER_TEXTS = {
    "corpus.yaml": "title: Ruritania\ncountry: ZZZ\nabout: A made-up country.\nas_of: 2026-01\nlicence: CC0-1.0\n"
    "themes: [torture]\n",
    "sources.yaml": "".join(
        f"- {{id: {name}, type: report, title: Source {name}, title-short: {name.upper()}, issued: {issued},\n"
        "   kind: report, capacity: official, put_to_state: true, paragraphs: {numbering: printed, last: 99}}\n"
        for name, issued in (("red", 2023), ("blue", 2024), ("green", 2025))
    ),
    "speakers.yaml": "- {id: minister, name: The Minister, short: Minister, kind: state}\n"
    "- {id: expert, name: An expert, short: Expert, kind: treaty-body}\n",
    "indicators.yaml": "- {id: cases, label: Cases, unit: cases, kind: count, span: flow}\n",
}


_OPENED: list[Callable[[], None]] = []
"""What closes each index, library and connection that the running test opened."""


def open_library(folder: str = "", cache: bool = True, at_once: bool = True) -> Library:
    """As `hrdash.library.open_library`, closed when the test ends."""
    library = folders.open_library(folder, cache, at_once=at_once)
    _OPENED.append(library.close)
    return library


def make_index(folder: str) -> str:
    """The path of an index that is now beside a corpus, however small it is; raise `OSError` where there is none."""
    large, keeping.LARGE = keeping.LARGE, 0
    try:
        with closing(folders.open_library(folder)) as library:
            if not library.index.path:
                raise OSError(library.note)
            return library.index.path
    finally:
        keeping.LARGE = large


def open_memory(note: str = "") -> Index:
    """As `hrdash.index.index.open_memory`, closed when the test ends."""
    return closed_later(indexes.open_memory(note))


def open_file(path: str, token: str | None = None) -> Index:
    """As `hrdash.index.index.open_file`, closed when the test ends."""
    return closed_later(indexes.open_file(path, token))


def connect(path: str | Path, **how: Any) -> sqlite3.Connection:
    """As `sqlite3.connect`, closed when the test ends."""
    db = sqlite3.connect(path, **how)
    _OPENED.append(db.close)
    return db


def close_all() -> None:
    """Close what is still open."""
    while _OPENED:
        _OPENED.pop()()


def closed_later(index: Index) -> Index:
    """An index that is closed when the test ends."""
    _OPENED.append(index.close)
    return index


def line(role: str, text: str, part: str = "", anchor: str = "", **more: Any) -> Line:
    """A line of somebody's words."""
    return Line(role, (user(text),), part, anchor, **more)


def readme_corpus(folder: Path) -> dict[str, str]:
    """Write the README's corpus, as a reader would save it, and give its texts by file."""
    readme = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
    example = readme.partition("<!-- corpus -->")[2].partition("<!-- /corpus -->")[0]
    files = dict(re.findall(r"`([\w/]+\.yaml)`\n```yaml\n(.*?)```", example, re.DOTALL))
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return files


def theme_text(theme: str, *briefs: str) -> str:
    """A theme's own file with these briefs."""
    return f"theme: {theme}\nlabel: {theme.capitalize()[:14]}\ntitle: All about {theme}\nbriefs:\n" + "".join(briefs)


def brief_text(name: str, text: str = "Nobody was hurt.", more: str = "") -> str:
    """One brief with one claim; `more` is further lines of keys, each with a comma behind it."""
    return (
        f"  - {{id: {name}, title: The matter of {name}, {more}\n"
        f"     claims: [{{id: c, by: minister, text: {text}, cites: [red 7]}}]}}\n"
    )


class Folder(CorpusFolder):
    """A corpus folder that stands in memory, and what reads it."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = {**REGISTER_TEXTS, **files}
        self.times: dict[str, int] = {}
        self.read: list[str] = []
        self.unread: set[str] = set()
        self.problems: tuple[Problem, ...] = ()
        """What is wrong with the folder itself."""

    def write(self, name: str, text: str) -> None:
        """Change a file, and the time at which it was changed."""
        self.files[name] = text
        self.touch(name)

    def touch(self, name: str) -> None:
        """Give a file another time of change."""
        self.times[name] = self.times.get(name, LONG_AGO) + 1_000_000_000

    @property
    def listing(self) -> Listing:  # type: ignore[override]  # it follows the files
        """The files as they are now."""
        return Listing(
            tuple(
                FileStamp(name, len(text), self.times.get(name, LONG_AGO), self.times.get(name, LONG_AGO), 1)
                for name, text in sorted(self.files.items())
            ),
            self.problems,
        )

    def sync(self, index: Index) -> SyncReport:
        """Bring an index in step with the folder; `read` has the files that this took."""
        self.read = []
        return sync(index, self)

    def content(self, name: str) -> bytes | None:
        return self.files[name].encode()

    def registers(self) -> RegisterContents:
        return read_registers({name: self._read(name) for name in self.files if is_register(name)})

    def theme_file(
        self, name: str, corpus: Corpus, registers: Registers, faulty: Iterable[tuple[str, str, str]]
    ) -> FileContents:
        self.read.append(name)
        return read_theme_file(name, self._read(name), Known(corpus, registers, faulty))

    def _read(self, name: str) -> Data:
        content = self.files[name].encode()
        return iter(content.splitlines(keepends=True)) if is_lines(name) else content


REGISTERS = Registers(
    {
        name: Source(
            name,
            "report",
            f"Source {name}",
            issued,
            "report",
            "official",
            title_short=name.upper(),
            paragraphs=Paragraphs("printed", 99),
            put_to_state=True,
        )
        for name, issued in (("red", "2023"), ("blue", "2024"), ("green", "2024/2025"))
    },
    {
        "minister": Speaker("minister", "The Minister", "Minister", "state"),
        "expert": Speaker("expert", "An expert", "Expert", "treaty-body"),
        "witness": Speaker("witness", "A witness", "Witness", "ngo"),
    },
    {
        "cases": Indicator("cases", "Cases", "cases", "count", "flow", see=("deaths",)),
        "deaths": Indicator("deaths", "Deaths", "", "count", "flow"),
    },
)


def declared(brief: Brief) -> list[Declared]:
    """What a brief declares, as reading its file would."""
    found = [Declared("brief", brief.id, brief.place, brief.id)]
    for section, kind in SECTION_KINDS.items():
        for said in brief.section(section):
            if said.id:
                source = said.cites[0].source if said.cites else ""
                places = ", ".join(cite.pinpoint for cite in said.cites)
                found.append(
                    Declared(f"statement:{kind}", f"{brief.id}/{said.id}", brief.place, brief.id, source, places)
                )
    return found


def referred(brief: Brief) -> list[Reference]:
    """What a brief names, as reading its file would; nothing of its own that is not there."""
    found = [Reference("also_in", name, brief.place, brief.id) for name in brief.also_in]
    found += [Reference("related", name, brief.place, brief.id) for name in brief.related]
    own = {said.id for said in brief.statements}

    def name(key: str, names: Iterable[str], section: str = "", said: Statement | None = None) -> None:
        for one in names:
            of, statement = target(one, brief.id)
            source = said.cites[0].source if said and said.cites else ""
            if one and (of != brief.id or statement in own):
                owner = said.id if said else ""
                found.append(Reference(key, f"{of}/{statement}", brief.place, brief.id, section, owner, source))

    for section in SECTION_KINDS:
        for said in brief.section(section):
            for key in ("answers", "premise", "assesses"):
                name(key, getattr(said, key), section, said)
            name("same_as", [said.same_as], section, said)
    for note in brief.left_open:
        name("of", note.of)
    for difference in brief.differences:
        name("between", difference.between)
    return found


class Shelf(CorpusFolder):
    """A corpus of values, taken as they are: nothing in it is checked but, where `noted`, what briefs name."""

    def __init__(
        self,
        briefs: Iterable[Brief],
        themes: Iterable[Theme] = (),
        registers: Registers = REGISTERS,
        noted: bool = True,
    ) -> None:
        self.noted = noted
        self.briefs = tuple(brief._replace(file=f"themes/{brief.theme}.yaml") for brief in briefs)
        self.by_theme: dict[str, list[Brief]] = {theme.id: [] for theme in themes}
        for brief in self.briefs:
            self.by_theme.setdefault(brief.theme, []).append(brief)
        self.themes = {theme.id: theme for theme in themes}
        self.registered = registers
        self.unread: set[str] = set()

    @property
    def listing(self) -> Listing:  # type: ignore[override]  # it is made of the values
        """A file for each theme."""
        names = [*REGISTER_FILES, *(f"themes/{theme}.yaml" for theme in self.by_theme)]
        return Listing(tuple(FileStamp(name, 1, LONG_AGO, LONG_AGO, 1) for name in sorted(names)))

    def content(self, name: str) -> bytes | None:
        return repr([brief for brief in self.briefs if brief.theme in name]).encode()

    def registers(self) -> RegisterContents:
        return RegisterContents(Corpus("Ruritania", ("ZZZ",), "Made up.", "2026-01", "CC0-1.0"), (), self.registered)

    def theme_file(
        self, name: str, corpus: Corpus, registers: Registers, faulty: Iterable[tuple[str, str, str]]
    ) -> FileContents:
        theme = name.removeprefix("themes/").removesuffix(".yaml")
        briefs = tuple(self.by_theme[theme])
        if len({brief.place for brief in briefs}) < len(briefs):
            briefs = tuple(brief._replace(place=Place(10 * at, 1)) for at, brief in enumerate(briefs, 1))
        own = self.themes.get(theme, Theme(theme, theme, theme))
        declares, references = [Declared("theme", theme, Place(1, 1))], []
        for brief in briefs if self.noted else ():
            declares += declared(brief)
            references += referred(brief)
        return FileContents(name, theme, own, briefs, declares=tuple(declares), references=tuple(references))

    def indexed(self) -> Index:
        """An index of it in memory."""
        index = open_memory()
        sync(index, self)
        return index
