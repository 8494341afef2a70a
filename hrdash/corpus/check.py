"""The rules across files: what a brief names is registered, and no id is given twice; and the check of a whole corpus.

`resolve` takes one file at a time and asks a `Known` for the rest, so that nobody has to hold a corpus to check it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from hrdash.corpus.convert import last_para
from hrdash.corpus.decode import FileContents, Reference, Withheld, read_theme_file
from hrdash.corpus.files import CORPUS_FILE, REGISTER_FILES, Listing, list_files, read_file
from hrdash.corpus.names import nearest, shown
from hrdash.corpus.registers import REGISTER_OF, RegisterContents, read_registers
from hrdash.model import SECTION_KINDS, STATE_SIDE, Brief, Place, Problem, Source, Speaker
from hrdash.values import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Protocol
else:
    Protocol = object

_STATE_SECTIONS = ("claims", "responses")
_MOST_COMPARED = 2_000
_MOST_SUGGESTIONS = 100


class Known(Protocol):
    """What a corpus holds beyond the one file that is looked at."""

    def has(self, kind: str, name: str) -> bool:
        """Whether there is such a `theme` or `brief` at all, or such a `source`, `speaker`, `measure` without error."""

    def nearest(self, kind: str, name: str) -> str:
        """The id of that kind that was probably meant, or nothing."""

    def source(self, name: str) -> Source | None:
        """A registered source."""

    def speaker(self, name: str) -> Speaker | None:
        """A registered speaker."""

    def fault(self, kind: str, name: str) -> str:
        """`sources.yaml:12` where such an entry is left out for an error there; an empty name: the whole register."""

    def first_place(self, name: str) -> tuple[str, Place] | None:
        """The file and place where an id is declared first: a theme's before any brief's, then by file and place."""

    def all_read(self) -> bool:
        """Whether the ids of all briefs could be read; where not, one that seems missing may be among the others."""


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
    for reference in references:
        found = _wrong_with(reference, known)
        if found is None:
            continue
        place, what, cure = found
        if reference.kind in REGISTER_OF and known.fault(reference.kind, ""):
            if (reference.brief_id, reference.kind) in told:
                continue  # where a whole register is broken, that is said once for a brief
            told.add((reference.brief_id, reference.kind))
        yield Problem(file, *place, what, cure)


def _wrong_with(reference: Reference, known: Known) -> tuple[Place, str, str] | None:
    kind, target = reference.kind, reference.target
    if not known.has(kind, target):
        if kind == "brief" and not known.all_read():
            return None
        return reference.place, *_unknown(kind, target, known)
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


def _unknown(kind: str, target: str, known: Known) -> tuple[str, str]:
    """Why a name leads nowhere, and what to do."""
    where = known.fault(kind, target)
    if where:
        return f"{kind} {shown(target)} has an error in {where}", "correct it there"
    where = known.fault(kind, "")
    if where:
        return f"{kind} {shown(target)} cannot be looked up, for an error in {where}", "correct it there"
    guess = known.nearest(kind, target)
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
        if (kind, name) not in self._suggestions and len(self._suggestions) < _MOST_SUGGESTIONS:
            self._suggestions[kind, name] = nearest(name, self._candidates(kind, name[:2]))
        return self._suggestions.get((kind, name), "")

    def _candidates(self, kind: str, beginning: str) -> list[str]:
        """The names to compare with: all, or where there are many, those that begin alike."""
        if kind == "brief":
            names = sorted(name for name, (is_brief, _, _) in self._first.items() if is_brief)
        else:
            names = sorted(self._themes if kind == "theme" else self._registers[kind])
        if len(names) <= _MOST_COMPARED:
            return names
        return [name for name in names if name.startswith(beginning)][:_MOST_COMPARED]

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


def read_corpus_registers(folder: str, listing: Listing) -> RegisterContents:
    """The registers of a listed folder, before `resolve_registers`."""
    found: dict[str, bytes | Problem] = {problem.file: problem for problem in listing.problems}
    found |= {stamp.name: read_file(folder, stamp.name) for stamp in listing.files if stamp.name in REGISTER_FILES}
    return read_registers(found)


def check_corpus(folder: str) -> CheckReport:
    """Check a folder, every file once; raise `CorpusUnreadable` where it is none. Holds ids, not briefs."""
    listing = list_files(folder)
    registers = read_corpus_registers(folder, listing)
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
        sum(len(contents.withheld) for contents in resolved),
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
