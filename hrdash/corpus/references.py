"""The rules between briefs and registers: what a brief names is registered, and may be named there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping

from hrdash.corpus.read import REGISTER_OF, FileContents, Reference, Withheld
from hrdash.corpus.values import last_para
from hrdash.model import SECTION_KINDS, STATE_SIDE, Place, Problem, Registers
from hrdash.names import nearest, shown

_STATE_SECTIONS = ("claims", "responses")
_MOST_SUGGESTIONS = 20
"""Of a file's faulty names, so many get a suggestion, since each takes time."""


def check_references(
    contents: FileContents, registers: Registers, faulty: Iterable[tuple[str, str, str]]
) -> FileContents:
    """A file's contents with what is wrong with its references added, and the briefs that have one withheld.

    `faulty` are the entries, or with an empty id the registers, that are left out for an error: kind, id and where.
    """
    found = list(_problems(contents, registers, {(kind, name): where for kind, name, where in faulty}))
    if not found:
        return contents
    starts = sorted([*(brief.place for brief in contents.briefs), *(Place(*held[1:]) for held in contents.withheld)])
    wrong = {starts[bisect_right(starts, Place(problem.line, problem.column)) - 1] for problem in found}
    held = [Withheld(brief.id, *brief.place) for brief in contents.briefs if brief.place in wrong]
    return contents._replace(
        briefs=tuple(brief for brief in contents.briefs if brief.place not in wrong),
        withheld=tuple(sorted([*contents.withheld, *held], key=lambda withheld: withheld[1:])),
        problems=tuple(sorted({*contents.problems, *found})),
    )


def _problems(contents: FileContents, registers: Registers, faulty: Mapping[tuple[str, str], str]) -> Iterator[Problem]:
    known: dict[str, Mapping[str, object]] = dict(zip(REGISTER_OF, registers, strict=True))
    told: set[tuple[str, str]] = set()
    wrong: set[tuple[str, str]] = set()
    meant: dict[tuple[str, str], str] = {}
    for reference in contents.references:
        kind, target = reference.kind, reference.target
        if kind not in known:
            continue
        if target in known[kind]:
            found = _misplaced(reference, registers)
            if found:
                yield Problem(contents.name, *found[0], *found[1:])
            continue
        broken = faulty.get((kind, ""), "")
        where = faulty.get((kind, target), "")
        if broken and (reference.brief_id, kind) in told:
            continue  # where a whole register is broken, that is said once for a brief
        told.add((reference.brief_id, kind))
        if where:
            what, cure = f"{kind} {shown(target)} has an error in {where}", "correct it there"
        elif broken:
            what, cure = f"{kind} {shown(target)} cannot be looked up, for an error in {broken}", "correct it there"
        else:
            if (kind, target) not in meant:
                meant[kind, target] = nearest(target, known[kind]) if len(wrong) < _MOST_SUGGESTIONS else ""
            guess = meant[kind, target]
            cure = f"did you mean '{guess}'?" if guess else f"add it to {REGISTER_OF[kind]}"
            what = f"{kind} {shown(target)} is not registered"
        wrong.add((kind, target))
        yield Problem(contents.name, *reference.place, what, cure)


def _misplaced(reference: Reference, registers: Registers) -> tuple[Place, str, str] | None:
    """What is wrong with naming an entry here that is registered."""
    if reference.kind == "source":
        last = registers.sources[reference.target].paragraphs.last
        if last_para(reference.para) > last:
            return (
                reference.para_place,
                f"{shown(reference.para)} lies beyond the last paragraph of {shown(reference.target)}, {last}",
                f"correct it, or last in {REGISTER_OF['source']}",
            )
    if reference.kind == "speaker" and reference.section in _STATE_SECTIONS:
        speaker = registers.speakers[reference.target]
        if speaker.kind not in STATE_SIDE:
            return (
                reference.place,
                f"{shown(reference.target)} is of kind {speaker.kind}, and a {SECTION_KINDS[reference.section]} is "
                f"made by {' or '.join(STATE_SIDE)}",
                "move the statement to another section, or name another speaker",
            )
    return None
