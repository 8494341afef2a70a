"""What a brief says, as threads: each concern, question and recommendation with what the State said to it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from functools import cache
from typing import Any

from hrdash import derive, period
from hrdash.derive import Found
from hrdash.model import (
    DIFFERENCE_KINDS,
    PUT_SECTIONS,
    SECTION_KINDS,
    SECTIONS,
    Brief,
    Difference,
    LeftOpen,
    Statement,
)
from hrdash.report import wording
from hrdash.report.parts import (
    DOT,
    NOTE,
    SEMICOLON,
    Line,
    Link,
    Part,
    Parts,
    is_said,
    joined,
    note_anchor,
    own,
    user,
)
from hrdash.report.roles import HEADINGS
from hrdash.report.wording import Context, Matching

_SIDES = {"claims": "claim", **dict.fromkeys((*PUT_SECTIONS, "responses"), "put")}
"""On which side of its thread that stands with which one begins."""


@cache
def heading(part: str) -> Line:
    """The heading of a part of a brief."""
    return Line("heading", (own(HEADINGS[part][0]),), part)


def outside_filter(line: Line) -> Line:
    """The line as one of a statement outside the filter: said where it says who speaks."""
    said = (DOT, own("outside the filter")) if line.role == "attribution" else ()
    return line._replace(parts=(*line.parts, *said), outside=True)


def body_lines(
    brief: Brief, context: Context, matching: Matching | None = None, only: bool = False
) -> tuple[Line, ...]:
    """What a brief says, without its head and its sources; `matching` holds what of it lies inside the filter, `None`
    means all. With `only`, threads in which no statement of its own does are left out.
    """
    body = _Body(brief, context)
    lines = body.lines()
    if matching is None:
        return tuple(lines)
    if only:
        said = (line for line in lines if is_said(line) and "/" not in line.anchor and line.thread)
        threads = {line.thread for line in said if is_inside(line.anchor, brief.id, matching)}
        lines = _Body(brief, context, [body.begun[thread - 1] for thread in threads]).lines()
    lines = [
        outside_filter(line) if is_said(line) and not is_inside(line.anchor, brief.id, matching) else line
        for line in lines
    ]
    return tuple(_with_matches(lines, brief, matching) if only else lines)


def is_inside(anchor: str, brief: str, matching: Matching) -> bool:
    """Whether the statement of an anchor of this brief lies inside the filter."""
    other, _, key = anchor.rpartition("/")
    keys = matching.get(other or brief)
    return keys is None or key in keys


def part_shown(brief: Brief, lines: Iterable[Line]) -> Brief:
    """The brief as far as lines show it, so that no source is listed of which nothing is shown."""
    shown = {(line.part, line.anchor) for line in lines}
    anchors = {anchor for _, anchor in shown}
    sections: dict[str, Any] = dict.fromkeys(SECTIONS, ())
    for kind, key, said, *_ in derive.keyed(brief):
        if key in anchors:
            sections[f"{kind}s"] += (said,)
    return brief._replace(
        **sections,
        left_open=tuple(note for note in brief.left_open if ("left_open", note_anchor(note)) in shown),
        differences=tuple(note for note in brief.differences if ("differences", note_anchor(note)) in shown),
    )


def _with_matches(lines: Sequence[Line], brief: Brief, matching: Matching) -> list[Line]:
    """The threads, the differences that a statement inside the filter has, and their headings."""
    within = {(brief.id, said.id) for said in brief.statements if said.id and is_inside(said.id, brief.id, matching)}
    differing = {note_anchor(item) for item in brief.differences
                 if not within.isdisjoint(derive.target(name, brief.id) for name in item.between)}  # fmt: skip
    kept = [
        line for line in lines
        if line.role == "heading" or line.thread or (line.part == "differences" and line.anchor in differing)
    ]  # fmt: skip
    return [
        line for line, after in zip(kept, (*kept[1:], None), strict=True)
        if line.role != "heading" or (after is not None and after.role != "heading")
    ]  # fmt: skip


class _Body:
    """A brief that is being worded: what has been printed of it in full is only pointed to afterwards. Where `wanted`
    names with what threads begin, no other thread is."""

    def __init__(self, brief: Brief, context: Context, wanted: Container[tuple[str, str]] | None = None) -> None:
        self.brief, self.context, self.wanted = brief, context, wanted
        self.found: dict[str, list[Found]] = {section: [] for section in SECTIONS}
        self.answers = context.answers.get(brief.id, {})
        for one in derive.keyed(brief, self.answers):
            self.found[f"{one.kind}s"].append(one)
        self.by_id = {one.said.id: one for those in self.found.values() for one in those if one.said.id}
        self.printed: set[Statement | LeftOpen] = set()
        self.told: set[str] = set()
        """What else the responses so far are to."""
        self.begun: list[tuple[str, str]] = []
        """With what each thread so far begins: a section and the key of a statement in it."""
        self.thread, self.side = 0, ""
        """Where in a thread the next line stands."""
        self.premises = {name for said in brief.questions for name in map(self._target, said.premise)}

    def lines(self) -> list[Line]:
        brief = self.brief
        parts = {
            "claims": self._section("claims"),
            **{section: self._section(section) for section in PUT_SECTIONS},
            "responses": self._responses_elsewhere(),
            "left_open": self._left_open([item for item in brief.left_open if item not in self.printed], 0),
            **{section: self._section(section) for section in ("commendations", "observations", "assessments")},
            "differences": self._differences(),
            "figures": self._differing_figures(),
            "related": [
                Line("meta", wording.brief_parts(self.context.titles.get(name, ""), name), "related", f"{name}/")
                for name in brief.related
            ],
        }
        return [line for part, body in parts.items() if body for line in (heading(part), *body)]

    def _section(self, section: str) -> list[Line]:
        """Each statement of a section, with its answer; a premise stands above the first question about it."""
        lines: list[Line] = []
        for found in self.found[section]:
            said = found.said
            if (said.id and (self.brief.id, said.id) in self.premises) or not self._begins(section, found.key):
                continue
            for premise in filter(None, map(self._named, said.premise)):
                if premise.said not in self.printed:
                    self.printed.add(premise.said)
                    lines += self._said(premise, "concerns", label=own("Concern: ", "Concern"))
            state = self.answers.get(found.key, "")
            lines += self._said(found, section, state=state)
            if section in PUT_SECTIONS:
                self.side = "answer"
                lines += self._answered(found, section, state)
        self.thread, self.side = 0, ""
        return lines

    def _begins(self, section: str, key: str) -> bool:
        """Begin a thread with a statement of a section, if it is wanted."""
        if self.wanted is not None and (section, key) not in self.wanted:
            return False
        self.begun.append((section, key))
        self.thread, self.side = len(self.begun), _SIDES.get(section, "")
        return True

    def _line(self, role: str, parts: Parts, part: str, anchor: str, depth: int = 0, state: str = "") -> Line:
        """A line of the thread that is being worded, if any is."""
        return Line(role, parts, part, anchor, False, (), depth, self.thread, self.side, state)

    def _said(
        self, found: Found, section: str, depth: int = 0, label: Part | None = None, state: str = ""
    ) -> list[Line]:
        """A statement in full: its words, who says it and where, its figures, its note."""
        said, context = found.said, self.context
        lead = wording.lead(said, section, self.brief.country, context)
        first = (*((label,) if label else ()), *((own(lead),) if lead else ()))
        lines: list[tuple[str, Parts]] = [
            ("statement", (*first, *wording.statement_text(said))),
            ("attribution", wording.attribution(said, context)),
        ]
        lines += [
            ("figure", wording.figure_parts(figure, wording.indicator(figure.indicator, context), said.period))
            for figure in said.figures
        ]
        lines += [("note", (NOTE, user(said.note)))] if said.note else []
        if found.brief:
            there = own("in another brief: ", "In another brief")
            lines.append(("note", (there, *wording.brief_parts(found.heading, found.brief, found.key))))
        if section == "assessments":
            lines += [("note", self._reference("Of: ", name, brief_too=True)) for name in said.assesses]
        here = [self._target(name)[0] == self.brief.id for name in said.answers]
        if any(here) and not found.brief:
            other = [name for name, inside in zip(said.answers, here, strict=True) if not inside]
            lines += [("note", self._reference("Also to: ", name, told=name in self.told)) for name in other]
            self.told.update(other)
        anchor, rest = found.anchor, iter(lines)
        begun = [self._line(*next(rest), section, anchor, depth, state)]
        return begun + [self._line(role, parts, section, anchor, depth) for role, parts in rest]

    def _answered(self, to: Found, section: str, answer: str) -> list[Line]:
        """What the State said to a statement, and what stands in its place where that is nothing."""
        said, key = to.said, to.key
        linked = self._linked(said, "responses", "answers")
        notes: list[Parts] = []
        if answer in wording.ABSENT and self.brief.claims:
            cites = tuple(dict.fromkeys(cite for claim in self.brief.claims for cite in claim.cites))
            label = own("State claims in this brief: ", "State claims in this brief")
            notes.append((label, *wording.pinpoints(cites, self.context)))
        notes += [wording.judged(found, self.context) for found in self._linked(said, "assessments", "assesses")]
        notes += [
            (own("premise of a question in: ", "Premise of a question in"),
             *wording.brief_parts(one.heading, one.brief))
            for one in self._elsewhere(said) if one.kind == "question"
        ]  # fmt: skip
        lines: list[Line] = []
        if answer in wording.ANSWER_SIGNS:
            sign = Part("sign", f"{wording.ANSWER_SIGNS[answer]} ", "Answer")
            lines.append(self._line("answer", (sign, *self._answer(answer, said, bool(linked))), section, key))
        for found in linked:
            if found.said in self.printed:
                there = Link("responses", found.anchor)
                label = Part("label", "response above: ", "Response above", there)
                above = (label, *wording.attribution(found.said, self.context))
                lines.append(self._line("note", above, section, key))
            else:
                self.printed.add(found.said)
                lines += self._said(found, "responses", depth=1)
        name = (self.brief.id, said.id)
        open_here = [item for item in self.brief.left_open if said.id and name in map(self._target, item.of)]
        lines += self._left_open(open_here, 1)
        for item in self.context.elsewhere.left_open.get(name, ()):
            lines += self._editorial(own("Left open: ", "Left open"), item, "left_open", key, 1)
        return lines + [self._line("note", parts, section, key) for parts in dict.fromkeys(notes)]

    def _answer(self, answer: str, said: Statement, linked: bool) -> Parts:
        """The state of an answer in words."""
        context = self.context
        if answer == wording.NOT_YET:
            return (own("known when all files are read"),)
        if answer in (*wording.ABSENT, "response", "left-open"):
            return (own(wording.answer_words(answer, context, of_the_state=linked)),)
        held = derive.position_held(said, context.registers.sources)
        taken = [said.positions.index(held)] if held else []
        due = derive.due(said, context.registers.sources) if answer == "pending" else ""
        until = f" until {period.parse(due).text}" if not derive.has_passed(due, context.corpus.as_of) else ""
        parts = (own(answer + until),)
        for at in (*taken, *(at for at in range(len(said.positions)) if at not in taken)):
            one = said.positions[at]
            name = () if at in taken else (own(f"; before: {one.position}"),)
            parts += (*name, DOT, *wording.pinpoints(one.cites, context))
        return parts

    def _linked(self, said: Statement, section: str, by: str) -> list[Found]:
        """The responses to a statement, or the assessments of it, of this brief and then of others."""
        if not said.id:
            return []
        name, kind = (self.brief.id, said.id), SECTION_KINDS[section]
        here = [one for one in self.found[section] if name in map(self._target, getattr(one.said, by))]
        return here + [one for one in self._elsewhere(said) if one.kind == kind]

    def _elsewhere(self, said: Statement) -> list[Found]:
        """What in other briefs names a statement."""
        found = self.context.elsewhere.said.get((self.brief.id, said.id), ())
        return [one for one in found if one.brief != self.brief.id]

    def _named(self, reference: str) -> Found | None:
        """The statement that a reference in this brief names, in this brief or another."""
        key = self._target(reference)
        if key[0] == self.brief.id:
            return self.by_id.get(key[1])
        there = self.context.elsewhere.said.get(key, ())
        return next((one for one in there if (one.brief, one.key) == key), None)

    def _target(self, reference: str) -> tuple[str, str]:
        return derive.target(reference, self.brief.id)

    def _reference(self, label: str, reference: str, brief_too: bool = False, told: bool = False) -> Parts:
        """What a statement is said to: by its place where it stands in this brief, else with its brief, and in full
        where it has not been `told`.
        """
        found = self._named(reference)
        first = own(label, label.removesuffix(": "))
        if found is None:
            return first, user(reference)
        if brief_too and not found.brief:
            return (first, *wording.pinpoints(found.said.cites, self.context))
        cited = wording.attribution(found.said, self.context)
        where = wording.brief_parts(found.heading, found.brief, found.key) if found.brief else ()
        words = () if told else (*wording.statement_text(found.said), own(" — ", ", by "))
        return (first, *words, *joined([cited, where]))

    def _responses_elsewhere(self) -> list[Line]:
        """The responses that stand under nothing of this brief: each below what it answers."""
        lines: list[Line] = []
        for found in self.found["responses"]:
            if found.said not in self.printed and self._begins("responses", found.key):
                self.printed.add(found.said)
                to = [self._reference("To: ", name) for name in found.said.answers]
                lines += [self._line("statement", parts, "responses", found.key) for parts in to]
                self.side = "answer"
                lines += self._said(found, "responses", depth=1)
        self.thread, self.side = 0, ""
        return lines

    def _left_open(self, items: Sequence[LeftOpen], depth: int) -> list[Line]:
        """What is left open, in full where it is first said."""
        lines: list[Line] = []
        for item in items:
            label, anchor = own("Left open: ", "Left open"), note_anchor(item)
            if item in self.printed:
                lines.append(self._line("note", (label, own("as said above")), "left_open", anchor, depth))
                continue
            self.printed.add(item)
            lines += self._editorial(label, item, "left_open", anchor, depth)
            if not depth:
                lines += [Line("note", self._reference("Of: ", name), "left_open", anchor) for name in item.of]
        return lines

    def _differences(self) -> list[Line]:
        """Where sources differ, as the brief's author says, numbers first."""
        lines: list[Line] = []
        order = DIFFERENCE_KINDS.index
        for item in sorted(self.brief.differences, key=lambda one: order(one.kind)):
            name = item.kind.capitalize()
            lines += self._editorial(own(f"{name}: ", f"Difference of {item.kind}"), item, "differences",
                                     note_anchor(item), 0)  # fmt: skip
        return lines

    def _differing_figures(self) -> list[Line]:
        """The figures that differ, as is derived of them."""
        lines: list[Line] = []
        for difference in derive.differing_figures(self.brief):
            counted = wording.indicator(difference.indicator, self.context)
            shown: Iterable[Parts] = (
                (*wording.figure_parts(figure, counted, said.period), own(" ", ", "),
                 *wording.pinpoints(said.cites, self.context))
                for said, figure in difference.figures
            )  # fmt: skip
            label = Part("label", "Figures differ: ", "Figures differ", Link("lens", "figures"))
            lines.append(Line("statement", (label, *joined(shown, SEMICOLON)), "figures",
                              f"{difference.indicator}/"))  # fmt: skip
        return lines

    def _editorial(self, label: Part, item: LeftOpen | Difference, part: str, anchor: str,
                   depth: int) -> list[Line]:  # fmt: skip
        """What a brief's author says, and where it is written."""
        cites = (own("", "Written in"), *wording.pinpoints(item.cites, self.context))
        return [
            self._line("statement", (label, user(item.text)), part, anchor, depth),
            self._line("attribution", cites, part, anchor, depth),
        ]
