"""The rules that no type can say: within one mapping, and among the statements of one brief."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from hrdash.corpus.nodes import Mapping, Sequence
from hrdash.corpus.values import Reading, last_para, place_of, scalars
from hrdash.model import (
    SECTION_KINDS,
    SECTIONS,
    Author,
    Brief,
    Difference,
    Figure,
    LeftOpen,
    NoStatements,
    Paragraphs,
    Place,
    Statement,
)
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


def check_brief(reading: Reading, brief: Brief, links: list[Link]) -> None:
    """Report what is wrong within a brief, but for what follows only from a value that could not be read."""
    failed, report = reading.failed, reading.report
    unread = any((brief.place, section) in failed for section in SECTIONS)
    if not brief.statements and not unread:
        report(brief.place, "the brief has no statement", f"write at least one, under {', '.join(SECTIONS)}")
    items: list[Statement | LeftOpen | Difference] = [*brief.statements, *brief.left_open, *brief.differences]
    for item in items:
        if not item.cites and (item.place, "cites") not in failed:
            report(item.place, "nothing is cited for this", "write cites: [{source: …, para: …}]")
    for response in brief.responses:
        keys = {(response.place, "answers"), (response.place, "note")}
        if not response.answers and not response.note and not keys & failed:
            report(response.place, "the response answers nothing and has no note",
                   "name the concerns that it answers, or say in a note why there are none")  # fmt: skip
    _check_links(reading, links, unread or any((item.place, "id") in failed for item in brief.statements))


def _check_links(reading: Reading, links: list[Link], unread: bool) -> None:
    """Report ids that stand twice, and those that name nothing, or not what they must name."""
    report = reading.report
    sections: dict[str, str] = {}
    first: dict[str, Place] = {}
    for link in links:
        if link.key == "id" and first.setdefault(link.target, link.place) is not link.place:
            report(link.place, f"the statement {shown(link.target)} stands twice in this brief, first in line "
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
                report(
                    link.place,
                    f"there is no statement {shown(link.target)} in this brief",
                    _cure(link, sections, wanted),
                )
        elif found != wanted:
            report(link.place, f"{shown(link.target)} is a {SECTION_KINDS[found]}, and {link.key} takes a "
                          f"{SECTION_KINDS[wanted or found]}", "name another, or move it")  # fmt: skip
        elif link.key == "same_as" and link.target == link.owner:
            report(link.place, f"{shown(link.owner)} is said to be the same as itself", "name the other statement")
        elif link.key == "same_as" and link.owner:
            same[link.owner] = link
    _check_cycles(reading, same)


def _cure(link: Link, sections: dict[str, str], wanted: str | None) -> str:
    if len(sections) > 100:  # comparing takes time, and nobody writes such a brief by hand
        return "look for its id"
    guess = nearest(link.target, [name for name, section in sections.items() if wanted in (None, section)])
    return f"did you mean '{guess}'?" if guess else "look for its id, or add it"


def _check_cycles(reading: Reading, same: dict[str, Link]) -> None:
    """Report chains of `same_as` that lead back to where they began, each once, where it is first written."""
    settled: set[str] = set()
    for start in same:
        chain: dict[str, None] = {}
        at = start
        while at in same and at not in settled and at not in chain:
            chain[at] = None
            at = same[at].target
        if at in chain:
            reading.report(
                same[at].place, f"the same_as of {shown(at)} leads back to itself", "let one of them stand alone"
            )
        settled.update(chain)


def _check_figure(reading: Reading, node: Mapping, figure: Figure) -> None:
    keys = {key for key in ("value", "low", "high") if key in node.entries}
    if "value" in keys and len(keys) > 1:
        reading.report(node.place, "the figure has both a value and a range", "keep value, or low and high")
    elif keys not in ({"value"}, {"low", "high"}):
        reading.report(node.place, "the figure has no value", "write value, or both low and high")
    elif figure.low is not None and figure.high is not None and figure.low > figure.high:
        reading.report(place_of(node, "low"), "the figure's low is above its high", "exchange them")


def _check_own_names(reading: Reading, node: Mapping, brief: Brief) -> None:
    for target, place in scalars(node, "also_in"):
        if target == brief.theme:
            reading.report(place, f"the brief is in {shown(target)} already", "remove it here")
    for target, place in scalars(node, "related"):
        if target == brief.id:
            reading.report(place, "the brief is said to be related to itself", "remove it here")


def _check_author(reading: Reading, node: Mapping, author: Author) -> None:
    if not node.entries:
        reading.report(node.place, "the author has no name", "write literal for a body, family and given for a person")
    elif author.literal and (author.family or author.given):
        reading.report(node.place, "the author is both a body and a person", "keep literal, or family and given")


def _check_no_statements(reading: Reading, node: Mapping, declared: NoStatements) -> None:
    if declared.reason == "repeats" and "see" not in node.entries:
        reading.report(
            node.place, "what these paragraphs repeat is not said", "write see, with its paragraphs", "warning"
        )


def _check_paragraphs(reading: Reading, node: Mapping, paragraphs: Paragraphs) -> None:
    before = 0
    for text, place in _below(node, "sections", "from"):
        first = last_para(text)
        if 0 < first <= before:
            reading.report(
                place, f"this section starts at {first}, and one before it at {before}", "put the sections in order"
            )
        before = max(before, first)
    last = paragraphs.last
    for key, inner in (("sections", "from"), ("no_statements", "paras"), ("no_statements", "see")):
        for text, place in _below(node, key, inner):
            if last and last_para(text) > last:
                reading.report(place, f"{shown(text)} lies beyond the last paragraph, {last}", "correct it, or last")


def _below(node: Mapping, key: str, inner: str) -> Iterator[tuple[str, Place]]:
    """The texts under a key of each mapping in the list under another."""
    items = node.entries[key][1] if key in node.entries else None
    for item in items.items if isinstance(items, Sequence) else ():
        if isinstance(item, Mapping):
            yield from scalars(item, inner)


RULES: dict[type, Callable[[Any, Any, Any], None]] = {
    Figure: _check_figure, Brief: _check_own_names, Author: _check_author, NoStatements: _check_no_statements,
    Paragraphs: _check_paragraphs,
}  # fmt: skip
"""What is checked of a mapping, by the class that it becomes."""
