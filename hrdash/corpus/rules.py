"""The rules that no type can say: within one mapping, and among the statements of one brief."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from hrdash import derive, pinpoint
from hrdash.corpus.nodes import Mapping, Sequence
from hrdash.corpus.values import Reading, Reference, place_of, scalars
from hrdash.model import (
    SECTION_KINDS,
    SECTIONS,
    Author,
    Brief,
    Citation,
    Difference,
    Figure,
    LeftOpen,
    NoStatements,
    Paragraphs,
    Place,
    Ref,
    Source,
    Statement,
)
from hrdash.names import shown
from hrdash.schema import fields, with_article

MOST_DIFFERENCES = 3
"""Of one brief."""

TAKES: dict[str, tuple[str, ...]] = {
    field.key: tuple(SECTION_KINDS[name] for name in field.mark.sections or SECTIONS)
    for kind in (Statement, LeftOpen, Difference)
    for field in fields(kind)
    if isinstance(field.mark, Ref) and field.mark.kind == "statement"
}
"""The kinds of statement that each key may name; `same_as` names one of its own kind."""


def check_brief(reading: Reading, brief: Brief, references: Iterable[Reference]) -> list[Reference]:
    """Report what is wrong within a brief, but for what follows only from a value that could not be read. Gives back
    the references but for those to a statement of this brief that could not be read."""
    unread = any((brief.place, section) in reading.failed for section in SECTIONS)
    if not brief.statements and not unread:
        reading.report(brief.place, "the brief has no statement", f"write at least one, under {', '.join(SECTIONS)}")
    if len(brief.differences) > MOST_DIFFERENCES:
        what = f"the brief has {len(brief.differences)} differences"
        cure = f"keep the {MOST_DIFFERENCES} by which somebody who quotes one of its statements would be corrected most"
        reading.report(brief.differences[MOST_DIFFERENCES].place, what, cure)
    named: dict[str, Statement] = {}
    for said in brief.statements:
        unread = unread or (said.place, "id") in reading.failed
        first = named.setdefault(said.id, said)
        if said.id and first is not said:
            what = f"the statement {shown(said.id)} stands twice in this brief, first in line {first.place.line}"
            reading.report(said.place, what, "give one of them another id")
    _check_nameless(reading, brief)
    there = {f"{brief.id}/{name}" for name in named}
    return [
        one
        for one in references
        if not unread or one.kind not in TAKES or one.target in there or not one.target.startswith(f"{brief.id}/")
    ]


def _check_nameless(reading: Reading, brief: Brief) -> None:
    """Report each statement without id that nothing tells from an earlier one, as far as both could be read."""
    first: dict[tuple[object, ...], Statement] = {}
    for kind, those in brief.by_kind:
        for said in those:
            if said.id or not (said.by and said.cites and said.text) or (said.place, "id") in reading.failed:
                continue
            earlier = first.setdefault(derive.known_by(kind, said), said)
            if earlier is not said:
                what = f"the same {kind} stands twice in this brief, first in line {earlier.place.line}"
                reading.report(said.place, what, "remove one, or give one of them an id")


def check_premises(reading: Reading, brief: Brief) -> None:
    """Report each premise of a brief that another speaker said than its question, or in another paragraph. Only what
    one speaker said in one paragraph is one matter, whose question is the one to answer. Whether that is so can be told
    only where nothing else is wrong with the brief."""
    concerns = {said.id: said for said in brief.concerns}
    for question in brief.questions:
        for name in question.premise:
            said = concerns.get(name.removeprefix(f"{brief.id}/"))
            meets = said and any(_meet(one, other) for one in said.cites for other in question.cites)
            if said and not (meets and set(said.by) & set(question.by)):
                what = f"the premise {shown(name)} is of another speaker or paragraph than its question"
                reading.report(question.place, what, "leave it out of premise, and let each have its own answer")


def kind_fault(key: str, section: str, name: str, found: str) -> tuple[str, str] | None:
    """What is wrong with naming a statement of this kind by a key in a section, and its cure."""
    taken = (SECTION_KINDS[section],) if key == "same_as" else TAKES[key]
    if found in taken:
        return None
    wanted = " or ".join(map(with_article, taken))
    return f"{shown(name)} is {with_article(found)}, and {key} takes {wanted}", "name another, or move it"


def premise_fault(name: str, question: str) -> tuple[str, str]:
    """What is wrong with a response to a premise, and its cure."""
    cure = f"name the question {shown(question)} in its place" if question else "name its question in its place"
    return f"{shown(name)} is the premise of a question, which has the answer", cure


def repeated_fault(place: str, others: Iterable[str]) -> tuple[str, str] | None:
    """What is wrong with a recommendation that is the same as one of its own list, and its cure. A list is a paragraph,
    or the paragraphs of a source that are numbered behind a point, as those of the UPR are."""
    one = pinpoint.parse(place)
    for other in map(pinpoint.parse, others):
        if other.first[0] == one.first[0] or (other.is_numbered and one.is_numbered):
            return "both recommendations are of one list, where each stands by itself", "remove same_as"
    return None


def limb_fault(limb: str, places: Iterable[str]) -> tuple[str, str] | None:
    """What is wrong with a limb, and its cure: it lies within a place at which what it is of stands."""
    part = pinpoint.parse(limb)
    if any(pinpoint.covers(pinpoint.parse(place), part) for place in places):
        return None
    return f"the limb {shown(limb)} does not lie within {', '.join(places)}", "name a part of what is assessed"


def _meet(one: Citation, other: Citation) -> bool:
    """Whether two citations are of one paragraph."""
    if one.source != other.source or one.pinpoint == other.pinpoint:
        return one.source == other.source
    if not one.pinpoint or not other.pinpoint:
        return False
    first, second = pinpoint.parse(one.pinpoint), pinpoint.parse(other.pinpoint)
    return first.first[:1] <= second.last[:1] and second.first[:1] <= first.last[:1]


def _check_statement(reading: Reading, node: Mapping, said: Statement) -> None:
    sources = list(dict.fromkeys(cite.source for cite in said.cites))
    if len(sources) > 1:
        what = f"one statement is cited from {len(sources)} sources, {', '.join(sources)}"
        reading.report(place_of(node, "cites"), what, "make it one statement for each, with same_as")


def _check_difference(reading: Reading, node: Mapping, difference: Difference) -> None:
    if len(difference.between) < 2 and (node.place, "between") not in reading.failed:
        reading.report(place_of(node, "between"), "a difference is between two statements at least", "name both")


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


def _check_source(reading: Reading, node: Mapping, source: Source) -> None:
    if pinpoint.begins(source.id):
        cure = f"begin it with a letter, and let it be none of {', '.join(pinpoint.LABELS)}"
        reading.report(place_of(node, "id"), f"the id {shown(source.id)} reads as a pinpoint", cure)
    keys = {(node.place, "title-short"), (node.place, "number")}
    if not source.title_short and not source.number and not keys & reading.failed:
        reading.report(node.place, "missing key 'title-short'", "write a word or two that stand beside each pinpoint")


def _check_author(reading: Reading, node: Mapping, author: Author) -> None:
    if not node.entries:
        reading.report(node.place, "the author has no name", "write literal for a body, family and given for a person")
    elif author.literal and (author.family or author.given):
        reading.report(node.place, "the author is both a body and a person", "keep literal, or family and given")


def _check_no_statements(reading: Reading, node: Mapping, declared: NoStatements) -> None:
    if declared.reason == "repeats" and "see" not in node.entries:
        what = "what these paragraphs repeat is not said"
        reading.report(node.place, what, "write see, with its paragraphs", "warning")


def _check_paragraphs(reading: Reading, node: Mapping, paragraphs: Paragraphs) -> None:
    if paragraphs.numbering == "none":
        what = "a source without paragraphs has none to count"
        reading.report(place_of(node, "numbering"), what, "write paragraphs: none")
    before = 0
    for section, (_, place) in zip(paragraphs.sections, _below(node, "sections", "from"), strict=False):
        if not section.first:  # which has been reported
            continue
        if section.first <= before:
            what = f"this section starts at {section.first}, and one before it at {before}"
            reading.report(place, what, "put the sections in order")
        before = max(before, section.first)
    last = paragraphs.last
    for key, inner in (("sections", "from"), ("no_statements", "paras"), ("no_statements", "see")):
        for text, place in _below(node, key, inner):
            if last and highest(text) > last:
                reading.report(place, f"{shown(text)} lies beyond the last paragraph, {last}", "correct it, or last")


def highest(text: str) -> int:
    """The last paragraph in pinpoints with commas between them; 0 where there is none."""
    found = 0
    for part in text.split(","):
        try:
            found = max(found, pinpoint.parse(part.strip()).highest)
        except ValueError:  # which has been reported
            continue
    return found


def _below(node: Mapping, key: str, inner: str) -> Iterator[tuple[str, Place]]:
    """The texts under a key of each mapping in the list under another."""
    items = node.entries[key][1] if key in node.entries else None
    for item in items.items if isinstance(items, Sequence) else ():
        if isinstance(item, Mapping):
            yield from scalars(item, inner)


RULES: dict[type, Callable[[Any, Any, Any], None]] = {
    Statement: _check_statement, Difference: _check_difference, Figure: _check_figure, Brief: _check_own_names,
    Source: _check_source, Author: _check_author, NoStatements: _check_no_statements, Paragraphs: _check_paragraphs,
}  # fmt: skip
"""What is checked of a mapping, by the class that it becomes."""
