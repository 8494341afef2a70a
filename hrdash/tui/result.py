"""What the dashboard shows, as one value: the filter and everything counted under it, replaced as a whole.

The list, the tabs, the year strip and the status line are all drawn from the same `Result`, so that no number on
screen can belong to another filter than the one on screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from hrdash.derive import unanswered
from hrdash.filter import Filter, terms
from hrdash.index.index import Index
from hrdash.index.query import Facets, explain_nothing, facets, numbers
from hrdash.library import Library
from hrdash.model import SECTION_KINDS, Brief, Theme
from hrdash.report.parts import Line, own, user
from hrdash.report.wording import Context, withheld_text
from hrdash.text import clean

PARTS = {**{kind: part for part, kind in SECTION_KINDS.items()}, "left-open": "left_open", "difference": "differences"}
"""The part of a brief in which each of what it may have stands."""


class Result(NamedTuple):
    """Everything that is on screen because of the filter."""

    filter: Filter
    numbers: Sequence[int]
    """The rows of the matching briefs, in corpus order."""
    facets: Facets | None
    """Counts of every facet under the same filter; `None` while they are being counted."""
    context: Context
    nothing: str = ""
    """Why the list is empty, when it is."""
    hints: tuple[str, ...] = ()
    """What the search words could not do, in sentences."""
    held: int = 0
    """How many briefs of the corpus are shown as they were last read, since they cannot be read as they are now."""

    @property
    def unsure(self) -> list[str]:
        """What the counts have to be read with: briefs that could not be read, now or ever."""
        unread = [withheld_text(self.context.withheld)] if self.context.withheld else []
        return [*unread, *([held_text(self.held)] if self.held else [])]

    @property
    def total(self) -> int:
        """How many briefs match."""
        return len(self.numbers)

    @property
    def themes(self) -> tuple[Theme, ...]:
        """Every theme of the corpus, in its order."""
        return tuple(self.context.themes.values())


def look_up(library: Library, asked: Filter, counted: bool = True) -> Result:
    """Ask the index for everything that the filter shows; without `counted`, all but the facets."""
    index = library.index

    def read() -> Result:
        found = numbers(index, asked)
        return Result(
            asked, found, facets(index, asked) if counted else None, context(index),
            "" if len(found) else explain_nothing(index, asked), terms(asked.text).hints, library.held.briefs,
        )  # fmt: skip

    return index.together(read)  # all of one state, whoever writes meanwhile


def held_text(briefs: int) -> str:
    """That briefs are shown in a state that is not their present one."""
    return f"{briefs} brief{'s' * (briefs != 1)} shown as last read"


def place_in(result: Result, index: Index, brief: str) -> int | None:
    """In which row of the result a brief stands, if it does."""
    for (number,) in index.integers("SELECT number FROM brief WHERE id = ?", (clean(brief),)):
        if number in result.numbers:
            return result.numbers.index(number)
    return None


def place_sought(result: Result, brief: Brief) -> tuple[str, str]:
    """The part of a brief, and the statement in it, that the filter is after, where it names one; empty means any."""
    asked = result.filter
    if "unanswered" in asked.has:
        concerns = unanswered(brief, result.context.registers.speakers)
        return "concerns", next((concern.id for concern in concerns), "")
    part = next((PARTS[name] for name in asked.has if name in PARTS), "concerns" if "response" in asked.without else "")
    return part, ""


def nothing_lines(result: Result) -> tuple[Line, ...]:
    """What stands where the brief would, when no brief matches."""
    return (Line("title", (own("No brief matches"),)), Line("statement", (user(result.nothing),)))


def context(index: Index) -> Context:
    """What wording a brief of this index takes."""
    return Context(index.corpus, {theme.id: theme for theme in index.themes}, index.registers, index.withheld)


def grid(index: Index, asked: Filter) -> tuple[dict[str, dict[int, int]], dict[str, int]]:
    """Briefs by theme (the empty one stands for all) and year, and by theme alone, under a filter without both."""
    whole = facets(index, asked)
    counts = {"": _by_year(whole)}
    for theme in index.themes:
        if whole.of("themes").get(theme.id):
            counts[theme.id] = _by_year(facets(index, asked._replace(themes=(theme.id,))))
    return counts, {"": whole.all, **whole.of("themes")}


def _by_year(counted: Facets) -> dict[int, int]:
    return {int(year): count for year, count in counted.of("years").items()}
