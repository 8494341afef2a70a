"""Briefs of a made-up country as values, and what wording them takes, derived without an index."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from hrdash import derive
from hrdash.index.query import StatementRow
from hrdash.model import (
    Brief,
    Citation,
    Corpus,
    Indicator,
    LeftOpen,
    Paragraphs,
    Registers,
    Section,
    Source,
    Speaker,
    Statement,
    Theme,
)
from hrdash.report.wording import Context

REPORT = Source("report", "report", "A report", "2025-06", "press-summary", "official", "REP",
                Paragraphs("ours", 40, (Section(1, "Summary"), Section(9, "Visits"))), put_to_state=True)  # fmt: skip
REPLY = Source("reply", "report", "A reply", "2026-01", "reply", "official", number="A/1/Add.1")
SPEAKERS = {
    name: Speaker(name, f"The {name}", name.title(), kind, country)
    for name, kind, country in (
        ("minister", "state", ""), ("expert", "treaty-body", ""), ("france", "state", "FRA"),
        ("portugal", "state", "PRT"), ("ombudsman", "nhri", ""),
    )
}  # fmt: skip
SPEAKERS["ombudsman"] = SPEAKERS["ombudsman"]._replace(state_side=True)
INDICATORS = {
    "visits": Indicator("visits", "Visits", "visits", "count", "flow", "Places not stated."),
    "cases": Indicator("cases", "Cases", "cases", "count", "flow"),
}
THEMES = {"prisons": Theme("prisons", "Prisons", "Prisons", ("Conditions of detention",), ("ICCPR:10",))}
CORPUS = Corpus("Ruritania", ("RUR",), "", "2026-03", "")
REGISTERS = Registers({"report": REPORT, "reply": REPLY}, SPEAKERS, INDICATORS)
CONTEXT = Context(CORPUS, THEMES, REGISTERS)


def said(name: str = "", by: str | tuple[str, ...] = "expert", place: str = "12", **more: Any) -> Statement:
    """A statement whose text is its name."""
    speakers = (by,) if isinstance(by, str) else by
    text = more.pop("text", f"Text of {name}.")
    return Statement(by=speakers, text=text, cites=(Citation("report", place),), id=name, **more)


def brief(name: str = "b", **more: Any) -> Brief:
    """A brief of prisons."""
    return Brief(id=name, theme="prisons", title=more.pop("title", f"Title of {name}"), **more)


def context_of(printed: Brief, *others: Brief, **more: Any) -> Context:
    """What wording a brief takes in a corpus that has these others."""
    briefs = (printed, *others)
    links = derive.links(briefs)
    answers = {
        one.id: {
            key: derive.answer(kind, item, one, links.get((one.id, item.id), derive.Links()), CORPUS, REGISTERS)
            for kind, key, item, *_ in derive.keyed(one)
        }
        for one in briefs
    }
    elsewhere: dict[tuple[str, str], list[derive.Found]] = {}
    left_open: dict[tuple[str, str], list[LeftOpen]] = {}
    for one in others:
        for kind, _, item, *_ in derive.keyed(one):
            found = derive.Found(kind, item.id, item, one.id, one.heading)
            elsewhere.setdefault((one.id, item.id), []).append(found)
            for name in (*item.answers, *item.assesses, *item.premise):
                to = derive.target(name, one.id)
                if to[0] != one.id:
                    elsewhere.setdefault(to, []).append(found)
        for note in one.left_open:
            for name in note.of:
                left_open.setdefault(derive.target(name, one.id), []).append(note)
    there = derive.Elsewhere(*({key: tuple(those) for key, those in by.items()} for by in (elsewhere, left_open)))
    return CONTEXT._replace(answers=answers, elsewhere=there, **more)


def rows_of(brief: Brief, keys: Container[str], context: Context | None = None) -> list[StatementRow]:
    """The statements of a brief with these keys, as the index lists them."""
    answers = (context or context_of(brief)).answers.get(brief.id, {})
    return [
        StatementRow(0, brief.id, brief.theme, brief.heading, brief.country, kind, item, key,
                     answers.get(key, ""), "")
        for kind, those in brief.by_kind for item in those if (key := derive.statement_key(kind, item)) in keys
    ]  # fmt: skip
