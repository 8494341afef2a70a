"""The rules within one brief: what its statements refer to is there, and everything said is cited."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from hrdash.model import SECTION_KINDS, SECTIONS, Brief, Difference, LeftOpen, Place, Statement
from hrdash.names import nearest, shown

_SECTION_OF = {kind: section for section, kind in SECTION_KINDS.items()}


class Link(NamedTuple):
    """One id under a key of a statement, a left-open matter or a difference; `id` itself is such a key."""

    owner: str
    """The statement's id; nothing for what has none."""
    section: str
    key: str
    kind: str
    """What the id must name: a `claim`, a `concern`, any `statement`."""
    target: str
    place: Place


class Finding(NamedTuple):
    """What a rule found wrong."""

    place: Place
    what: str
    cure: str


def findings(brief: Brief, links: list[Link], failed: set[tuple[Place, str]]) -> Iterator[Finding]:
    """Everything wrong within a brief. What follows only from a value that could not be read (`failed`) is left out."""
    unread = any((brief.place, section) in failed for section in SECTIONS)
    if not brief.statements and not unread:
        yield Finding(brief.place, "the brief has no statement", f"write at least one, under {', '.join(SECTIONS)}")
    all_said: list[Statement | LeftOpen | Difference] = [*brief.statements, *brief.left_open, *brief.differences]
    for said in all_said:
        if not said.cites and (said.place, "cites") not in failed:
            yield Finding(said.place, "nothing is cited for this", "write cites: [{source: …, para: …}]")
    for response in brief.responses:
        if (
            not response.answers
            and not response.note
            and not {(response.place, "answers"), (response.place, "note")} & failed
        ):
            yield Finding(response.place, "the response answers nothing and has no note",
                          "name the concerns that it answers, or say in a note why there are none")  # fmt: skip
    unread = unread or any((said.place, "id") in failed for said in brief.statements)
    yield from _links(links, unread)


def _links(links: list[Link], unread: bool) -> Iterator[Finding]:
    sections: dict[str, str] = {}
    first: dict[str, Place] = {}
    for link in links:
        if link.key == "id" and first.setdefault(link.target, link.place) is not link.place:
            yield Finding(link.place, f"the statement {shown(link.target)} stands twice in this brief, first in line "
                          f"{first[link.target].line}", "give one of them another id")  # fmt: skip
        elif link.key == "id":
            sections[link.target] = link.section
    same: dict[str, Link] = {}
    for link in links:
        if link.key == "id":
            continue
        found = sections.get(link.target)
        wanted = link.section if link.key == "same_as" else _SECTION_OF.get(link.kind, found)
        if found is None:
            if not unread:
                yield Finding(
                    link.place,
                    f"there is no statement {shown(link.target)} in this brief",
                    _cure(link, sections, wanted),
                )
        elif found != wanted:
            yield Finding(link.place, f"{shown(link.target)} is a {SECTION_KINDS[found]}, and {link.key} takes a "
                          f"{SECTION_KINDS[wanted or found]}", "name another, or move it")  # fmt: skip
        elif link.key == "same_as" and link.target == link.owner:
            yield Finding(
                link.place, f"{shown(link.owner)} is said to be the same as itself", "name the other statement"
            )
        elif link.key == "same_as" and link.owner:
            same[link.owner] = link
    yield from _cycles(same)


def _cure(link: Link, sections: dict[str, str], wanted: str | None) -> str:
    if len(sections) > 100:  # comparing takes time, and nobody writes such a brief by hand
        return "look for its id"
    guess = nearest(link.target, [name for name, section in sections.items() if wanted in (None, section)])
    return f"did you mean '{guess}'?" if guess else "look for its id, or add it"


def _cycles(same: dict[str, Link]) -> Iterator[Finding]:
    """Chains of `same_as` that lead back to where they began, each reported once, where it is first written."""
    settled: set[str] = set()
    for start in same:
        chain: dict[str, None] = {}
        at = start
        while at in same and at not in settled and at not in chain:
            chain[at] = None
            at = same[at].target
        if at in chain:
            yield Finding(
                same[at].place, f"the same_as of {shown(at)} leads back to itself", "let one of them stand alone"
            )
        settled.update(chain)
