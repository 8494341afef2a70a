"""A filter in words: one wording for what was asked, beside every list and number that it gave."""

from typing import NamedTuple

from hrdash.filter import BY_FIELD, FACETS, Facet, Filter, Years
from hrdash.report.parts import Parts, joined, own, text_of, user, years
from hrdash.report.wording import Context


class Chosen(NamedTuple):
    """A value that a filter holds in one of its facets."""

    field: str
    value: str | Years
    shown: str
    """The value as people read it."""

    @property
    def facet(self) -> Facet:
        """The facet that it is a value of."""
        return BY_FIELD[self.field]


def chosen_values(asked: Filter, context: Context) -> tuple[Chosen, ...]:
    """Each value that a filter holds beside its words."""
    return tuple(
        Chosen(facet.field, value, facet.shown(value, context.themes, context.registers))
        for facet in FACETS
        for value in asked.values(facet)
    )


def filter_parts(asked: Filter, context: Context) -> Parts:
    """The filter in words: `Torture · “visits” · 2019–2025 · without response`; `all briefs` for the empty one."""
    said: list[Parts] = []
    for facet in FACETS:
        shown = [facet.shown(value, context.themes, context.registers) for value in asked.values(facet)]
        if shown:
            each = [(years(one),) if facet.spans else (user(one),) for one in shown]
            values = joined(each, own(" and " if facet.match == "all" else " or "))
            said.append(values if facet.bare else (own(f"{facet.word} "), *values))
    if asked.text:
        said.insert(bool(asked.themes), (user(f"“{asked.text}”"),))  # behind the theme, as on screen
    return joined(said) or (own("all briefs"),)


def filter_words(asked: Filter, context: Context) -> str:
    """The filter in words, as they are read."""
    return text_of(filter_parts(asked, context))
