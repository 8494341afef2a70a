"""The rules across files: what a brief names is registered, and no id is given twice; and the check of a whole corpus.

`resolve` takes one file at a time and asks a `Known` for the rest, so that nobody has to hold a corpus to check it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from hrdash.corpus.listing import CORPUS_FILE, REGISTER_FILES, Listing, list_files, read_file
from hrdash.corpus.read import (
    REGISTER_OF,
    FileContents,
    Reference,
    RegisterContents,
    Withheld,
    read_registers,
    read_theme_file,
)
from hrdash.corpus.values import last_para
from hrdash.model import SECTION_KINDS, STATE_SIDE, Brief, Place, Problem, Source, Speaker
from hrdash.names import nearest, shown

if TYPE_CHECKING:
    from typing import Any

    from hrdash.known import Known

_STATE_SECTIONS = ("claims", "responses")
_MOST_SUGGESTIONS = 20
"""Of a file's faulty names, so many get a suggestion, since each takes time."""


class CheckReport(NamedTuple):
    """A whole corpus, checked."""

    problems: tuple[Problem, ...]
    """By file, line and column, each once."""
    briefs: int
    """Briefs without an error."""
    withheld: int
    files: int


def resolve(contents: FileContents, known: Known) -> FileContents:
    """A file's contents with the problems across files added, and the briefs that have one moved to the withheld.

    `known` must know what this file declares too.
    """
    found = [*reference_problems(contents.name, contents.references, known), *_repeated(contents, known)]
    if not found:
        return contents
    starts = sorted(
        [brief.place for brief in contents.briefs] + [Place(held.line, held.column) for held in contents.withheld]
    )
    faulty = {starts[bisect_right(starts, Place(problem.line, problem.column)) - 1] for problem in found}
    held = [Withheld(brief.id, *brief.place) for brief in contents.briefs if brief.place in faulty]
    return contents._replace(
        briefs=tuple(brief for brief in contents.briefs if brief.place not in faulty),
        withheld=tuple(sorted([*contents.withheld, *held], key=lambda withheld: withheld[1:])),
        problems=tuple(sorted({*contents.problems, *found})),
    )


def resolve_registers(contents: RegisterContents, known: Known) -> RegisterContents:
    """The registers, with each theme that `corpus.yaml` names and nobody has as a problem, and out of the order."""
    found = tuple(reference_problems(CORPUS_FILE, contents.references, known))
    order = tuple(theme for theme in contents.theme_order if known.has("theme", theme))
    return contents._replace(theme_order=order, problems=tuple(sorted({*contents.problems, *found})))


def reference_problems(file: str, references: Iterable[Reference], known: Known) -> Iterator[Problem]:
    """What is wrong with what a file refers to."""
    told: set[tuple[str, str]] = set()
    faulty: set[tuple[str, str]] = set()
    for reference in references:
        found = _wrong_with(reference, known, suggest=len(faulty) < _MOST_SUGGESTIONS)
        if found is None:
            continue
        faulty.add((reference.kind, reference.target))
        place, what, cure = found
        if reference.kind in REGISTER_OF and known.fault(reference.kind, ""):
            if (reference.brief_id, reference.kind) in told:
                continue  # where a whole register is broken, that is said once for a brief
            told.add((reference.brief_id, reference.kind))
        yield Problem(file, *place, what, cure)


def _wrong_with(reference: Reference, known: Known, suggest: bool = False) -> tuple[Place, str, str] | None:
    kind, target = reference.kind, reference.target
    if not known.has(kind, target):
        if kind == "brief" and not known.all_read():
            return None
        return reference.place, *_unknown(kind, target, known, suggest)
    if kind == "source":
        source = known.source(target)
        if source and last_para(reference.para) > source.paragraphs.last:
            return (
                reference.para_place,
                f"{shown(reference.para)} lies beyond the last paragraph of {shown(target)}, {source.paragraphs.last}",
                f"correct it, or last in {REGISTER_OF[kind]}",
            )
    if kind == "speaker" and reference.section in _STATE_SECTIONS:
        speaker = known.speaker(target)
        if speaker and speaker.kind not in STATE_SIDE:
            return (
                reference.place,
                f"{shown(target)} is of kind {speaker.kind}, and a {SECTION_KINDS[reference.section]} is made by "
                f"{' or '.join(STATE_SIDE)}",
                "move the statement to another section, or name another speaker",
            )
    return None


def _unknown(kind: str, target: str, known: Known, suggest: bool) -> tuple[str, str]:
    """Why a name leads nowhere, and what to do."""
    where = known.fault(kind, target)
    if where:
        return f"{kind} {shown(target)} has an error in {where}", "correct it there"
    where = known.fault(kind, "")
    if where:
        return f"{kind} {shown(target)} cannot be looked up, for an error in {where}", "correct it there"
    guess = known.nearest(kind, target) if suggest else ""
    if kind in REGISTER_OF:
        what, cure = f"{kind} {shown(target)} is not registered", f"add it to {REGISTER_OF[kind]}"
    else:
        what, cure = f"there is no {kind} {shown(target)}", "correct its id, or remove it here"
    return what, f"did you mean '{guess}'?" if guess else cure


def _repeated(contents: FileContents, known: Known) -> Iterator[Problem]:
    for declared in contents.declares:
        first = known.first_place(declared.id)
        if declared.kind == "brief" and first and first != (contents.name, declared.place):
            file, place = first
            what = f"the id {shown(declared.id)} stands twice, first at {file}:{place.line}"
            yield Problem(contents.name, *declared.place, what, "give this brief another id")


class KnownIds:
    """A `Known` that holds a corpus's registers, and of its themes and briefs the ids alone."""

    def __init__(self, registers: RegisterContents, all_listed: bool = True) -> None:
        sources, speakers, measures = registers.registers
        self._registers: dict[str, dict[str, Any]] = {"source": sources, "speaker": speakers, "measure": measures}
        self._faulty = {(entry.kind, entry.id): entry.where for entry in registers.faulty}
        self._themes: set[str] = set()
        self._first: dict[str, tuple[bool, str, Place]] = {}
        """For each id, whether it is a brief's, and where it is declared first."""
        self._all_read = all_listed
        self._suggestions: dict[tuple[str, str], str] = {}

    def add(self, contents: FileContents) -> None:
        """Learn what one file declares; in any order, but all before the first is resolved."""
        self._themes.add(contents.theme_id)
        self._all_read &= contents.ids_known
        for declared in contents.declares:
            place = declared.kind == "brief", contents.name, declared.place
            self._first[declared.id] = min(place, self._first.get(declared.id, place))

    def has(self, kind: str, name: str) -> bool:
        if kind == "theme":
            return name in self._themes
        if kind == "brief":
            return name in self._first and self._first[name][0]
        return name in self._registers[kind]

    def nearest(self, kind: str, name: str) -> str:
        if (kind, name) not in self._suggestions:
            self._suggestions[kind, name] = nearest(name, self._ids(kind))
        return self._suggestions[kind, name]

    def _ids(self, kind: str) -> Iterable[str]:
        if kind == "brief":
            return [name for name, (is_brief, _, _) in self._first.items() if is_brief]
        return self._themes if kind == "theme" else self._registers[kind]

    def source(self, name: str) -> Source | None:
        found: Source | None = self._registers["source"].get(name)
        return found

    def speaker(self, name: str) -> Speaker | None:
        found: Speaker | None = self._registers["speaker"].get(name)
        return found

    def fault(self, kind: str, name: str) -> str:
        return self._faulty.get((kind, name), "")

    def first_place(self, name: str) -> tuple[str, Place] | None:
        found = self._first.get(name)
        return found[1:] if found else None

    def all_read(self) -> bool:
        return self._all_read


def read_corpus_registers(listing: Listing, read: Callable[[str], bytes | Problem]) -> RegisterContents:
    """The registers of a listed folder, before `resolve_registers`; `read` gives a file's bytes."""
    found: dict[str, bytes | Problem] = {problem.file: problem for problem in listing.problems}
    found |= {stamp.name: read(stamp.name) for stamp in listing.files if stamp.name in REGISTER_FILES}
    return read_registers(found)


def check_corpus(folder: str) -> CheckReport:
    """Check a folder, every file once; raise `CorpusUnreadable` where it is none. Holds ids, not briefs."""
    listing = list_files(folder)
    registers = read_corpus_registers(listing, partial(read_file, folder))
    known = KnownIds(registers, all_listed=all(problem.level == "warning" for problem in listing.problems))
    outlines = []
    for stamp in listing.theme_files:
        contents = read_theme_file(stamp.name, read_file(folder, stamp.name))
        known.add(contents)
        outlines.append(_outline(contents, known))
    resolved = [resolve(contents, known) for contents in outlines]
    problems = {*listing.problems, *resolve_registers(registers, known).problems}
    problems.update(problem for contents in resolved for problem in contents.problems)
    return CheckReport(
        tuple(sorted(problems)),
        sum(len(contents.briefs) for contents in resolved),
        sum(len(contents.withheld) for contents in resolved) + len(listing.unread),
        len(listing.files),
    )


def _outline(contents: FileContents, known: Known) -> FileContents:
    """A file's contents without the text of its briefs and without the references that are settled already."""
    return contents._replace(
        briefs=tuple(Brief(brief.id, brief.theme, "", place=brief.place) for brief in contents.briefs),
        references=tuple(
            reference
            for reference in contents.references
            if reference.kind not in REGISTER_OF or _wrong_with(reference, known)
        ),
    )
