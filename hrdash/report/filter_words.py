"""A filter in words: one wording for what was asked, beside every list and number that it gave."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from hrdash.filter import Filter, Years
from hrdash.report.lines import Context
from hrdash.report.parts import Parts, joined, own, text_of, user, years

CHIPS = (
    ("themes", "theme"), ("years", "year"), ("has", "has"), ("without", "without"), ("sources", "source"),
    ("speakers", "speaker"), ("persons", "person"),
)  # fmt: skip
"""The facets of a filter and the word each is shown with, in the order in which facets are shown."""


class Held(NamedTuple):
    """A value that a filter holds in one of its facets."""

    field: str
    word: str
    """The facet's word in a typed query."""
    value: str | Years
    shown: str
    """The value as people read it."""


def held_values(asked: Filter, context: Context) -> tuple[Held, ...]:
    """Each value that a filter holds beside its words."""
    return tuple(
        Held(field, word, value, value_words(field, value, context))
        for field, word in CHIPS
        for value in getattr(asked, field)
    )


def value_words(field: str, value: str | Years, context: Context) -> str:
    """One value of a facet as people read it."""
    if isinstance(value, Years):
        return value.reading
    if field == "themes":
        return context.themes[value].label if value in context.themes else value
    if field == "speakers":
        speakers = context.registers.speakers
        return speakers[value].short if value in speakers else value
    return value


def filter_parts(asked: Filter, context: Context) -> Parts:
    """The filter in words: `Torture · “visits” · 2019–2025 · without response`; `all briefs` for the empty one."""
    shown: dict[str, list[Parts]] = {}
    for held in held_values(asked, context):
        shown.setdefault(held.field, []).append((years(held.shown) if held.field == "years" else user(held.shown),))
    joiners: Mapping[str, str] = {"has": " and "}
    said = {field: joined(values, own(joiners.get(field, " or "))) for field, values in shown.items()}
    facts = [said.pop("themes", ()), (user(f"“{asked.text}”"),) if asked.text else (), said.pop("years", ())]
    facts += [(own(f"{word} "), *said[field]) for field, word in CHIPS if field in said]
    return joined(facts) or (own("all briefs"),)


def filter_words(asked: Filter, context: Context) -> str:
    """The filter in words, as they are read."""
    return text_of(filter_parts(asked, context))
