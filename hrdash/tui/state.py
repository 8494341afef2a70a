"""What the dashboard shows, as one value: the filter and everything counted under it, replaced as a whole.

The list, the tabs, the year strip and the status line are all drawn from the same `Result`, so that no number on
screen can belong to another filter than the one on screen.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from hrdash.filter import EVERYTHING, Filter, Years, terms
from hrdash.index.query import Facets, explain_nothing, facets, numbers
from hrdash.index.store import Index
from hrdash.model import Theme
from hrdash.report.lines import Context, withheld_text
from hrdash.text import clean
from hrdash.values import NamedTuple

COUNT_AT_ONCE = 5_000
"""Up to so many briefs the facets are counted before the list is drawn; above, they follow from a worker."""

CHIPS = (
    ("themes", "theme"), ("years", "year"), ("has", "has"), ("without", "without"), ("sources", "source"),
    ("speakers", "speaker"), ("persons", "person"),
)  # fmt: skip
"""The facets of a filter and the word each is shown with, in the order of the facets panel."""


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

    @property
    def total(self) -> int:
        """How many briefs match."""
        return len(self.numbers)

    @property
    def themes(self) -> tuple[Theme, ...]:
        """Every theme of the corpus, in its order."""
        return tuple(self.context.themes.values())


def look_up(index: Index, asked: Filter, counted: bool = True) -> Result:
    """Ask the index for everything that the filter shows; without `counted`, all but the facets."""
    found = numbers(index, asked)
    return Result(
        asked, found, facets(index, asked) if counted else None, context(index),
        "" if len(found) else explain_nothing(index, asked), terms(asked.text).hints,
    )  # fmt: skip


def place_in(result: Result, index: Index, brief: str) -> int | None:
    """In which row of the result a brief stands, if it does."""
    for (number,) in index.integers("SELECT number FROM brief WHERE id = ?", (clean(brief),)):
        at = bisect_left(result.numbers, number)
        if at < result.total and result.numbers[at] == number:
            return at
    return None


def context(index: Index) -> Context:
    """What wording a brief of this index takes."""
    return Context(index.corpus, {theme.id: theme for theme in index.themes}, index.registers, index.withheld)


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


def filter_words(asked: Filter, context: Context) -> str:
    """The filter in words: `Torture · “visits” · 2019–2025 · without response`; `all briefs` for the empty one."""
    parts: dict[str, list[str]] = {}
    for held in held_values(asked, context):
        parts.setdefault(held.field, []).append(held.shown)
    said = [" or ".join(parts.pop("themes"))] if "themes" in parts else []
    said += [f"“{asked.text}”"] if asked.text else []
    said += [" or ".join(parts.pop("years"))] if "years" in parts else []
    joiners: Mapping[str, str] = {"has": " and ", "without": " or "}
    for field, word in CHIPS:
        if field in parts:
            said.append(f"{word} {joiners.get(field, ' or ').join(parts[field])}")
    return " · ".join(said) or "all briefs"


def status_words(result: Result, whole: int) -> str:
    """The status line: corpus, filter in words, shown of all, corpus date, and what could not be read."""
    corpus = result.context.corpus
    shown = "all" if result.filter == EVERYTHING else filter_words(result.filter, result.context)
    unread = f" · {withheld_text(result.context.withheld)}" if result.context.withheld else ""
    return f"{corpus.title} · {shown} · {result.total:,} of {whole:,} · as of {corpus.as_of}{unread}"


def grid(index: Index, asked: Filter) -> tuple[dict[str, dict[int, int]], dict[str, int]]:
    """Briefs by theme (the empty one stands for all) and year, and by theme alone, under a filter without both."""
    whole = facets(index, asked)
    counts = {"": _by_year(whole)}
    for theme in index.themes:
        if whole.themes.get(theme.id):
            counts[theme.id] = _by_year(facets(index, asked._replace(themes=(theme.id,))))
    return counts, {"": whole.all, **whole.themes}


def _by_year(counted: Facets) -> dict[int, int]:
    return {int(year): count for year, count in counted.years.items()}


def with_facet(asked: Filter, field: str, values: tuple[str | Years, ...]) -> Filter:
    """The filter with one of its facets replaced; `field` is one of `CHIPS`."""
    return asked._replace(**{field: values})  # type: ignore[arg-type]  # the field decides the type
