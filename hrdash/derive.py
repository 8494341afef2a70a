"""Everything that follows from what a brief says: its years, what it has and lacks, who answers what, which figures
differ. Derived here, once, for the index, the reports and the dashboard alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from hrdash import period
from hrdash.model import SECTION_KINDS, SECTIONS, Brief, Figure, Section, Source, Speaker, Statement


class FigureDifference(NamedTuple):
    """Figures of one measure, period and population in one brief, with different values and different citations."""

    measure: str
    period: str
    population: str
    figures: tuple[tuple[Statement, Figure], ...]


def issue_years(source: Source) -> tuple[int, int]:
    """The first and last year in which a source was issued."""
    issued = period.parse(source.issued)
    return issued.years(issued.years(0)[0])


def statement_years(statement: Statement, sources: Mapping[str, Source]) -> tuple[tuple[int, int], ...]:
    """The runs of years that a statement counts under.

    Its period's; an open end runs to the latest year in which a source it cites was issued. Without a period, the
    years in which those sources were issued.
    """
    issued = [issue_years(sources[cite.source]) for cite in statement.cites if cite.source in sources]
    if statement.period:
        latest = max((last for _, last in issued), default=0)
        return (period.parse(statement.period).years(latest),)
    return tuple(sorted(set(issued)))


def brief_years(brief: Brief, sources: Mapping[str, Source]) -> tuple[int, ...]:
    """Every year that a statement of the brief counts under, sorted."""
    runs = {run for statement in brief.statements for run in statement_years(statement, sources)}
    return tuple(sorted({year for first, last in runs for year in range(first, last + 1)}))


def holdings(brief: Brief, speakers: Mapping[str, Speaker]) -> tuple[str, ...]:
    """What a brief has, in the words of `hrdash.filter.HOLDINGS`."""
    held = [SECTION_KINDS[name] for name in SECTIONS if brief.section(name)]
    if any(statement.figures for statement in brief.statements):
        held.append("figure")
    if brief.differences or differing_figures(brief):
        held.append("difference")
    if brief.left_open:
        held.append("left-open")
    if unanswered(brief, speakers):
        held.append("unanswered")
    return tuple(held)


def unanswered(brief: Brief, speakers: Mapping[str, Speaker]) -> tuple[Statement, ...]:
    """The concerns that no response in the brief takes up, each once however often it is raised, in order.

    What only the State itself raises asks nothing of it. A response to a concern that is raised again answers both.
    """
    again = {concern.id: concern.same_as for concern in brief.concerns}
    first = {name: _first_said(name, again) for name in again}
    answered = {first[name] for response in brief.responses for name in response.answers if name in first}
    found: dict[str, Statement] = {}
    for concern in brief.concerns:
        by_state = concern.by in speakers and speakers[concern.by].kind == "state"
        if not by_state and first[concern.id] not in answered:
            found.setdefault(first[concern.id], concern)
    return tuple(found.values())


def _first_said(statement: str, again: Mapping[str, str]) -> str:
    """The statement that a chain of `same_as` leads to, among those that `again` holds."""
    seen = {statement}
    while (said := again[statement]) in again and said not in seen:
        statement = said
        seen.add(statement)
    return statement


def differing_figures(brief: Brief) -> tuple[FigureDifference, ...]:
    """Figures of the brief that count the same thing over the same time and disagree.

    One measure, period, population and base; different values; different citations. A planned figure is never
    compared with one achieved.
    """
    groups: dict[tuple[str, ...], list[tuple[Statement, Figure]]] = {}
    for statement in brief.statements:
        for figure in statement.figures:
            when = figure.period or statement.period
            if when:
                key = (figure.measure, when, figure.population, figure.base, figure.per, figure.status)
                groups.setdefault(key, []).append((statement, figure))
    return tuple(
        FigureDifference(key[0], key[1], key[2], tuple(members))
        for key, members in groups.items()
        if len({_amount(figure) for _, figure in members}) > 1
        and len({statement.cites for statement, _ in members}) > 1
    )


def source_order(brief: Brief) -> tuple[str, ...]:
    """The sources that a brief cites, in the order in which they are first cited: their numbers in print."""
    return tuple(dict.fromkeys(cite.source for cite in brief.citations))


def pinpoint_section(source: Source, para: str) -> tuple[Section, int] | None:
    """The section that a paragraph stands in, and its place in that section, from 1."""
    first = int(para)
    inside = [section for section in source.paragraphs.sections if section.first <= first]
    return (inside[-1], first - inside[-1].first + 1) if inside else None


def number_text(number: float | None) -> str:
    """A number with a comma for each thousand, as English texts print it."""
    return f"{number:,}"


def _amount(figure: Figure) -> tuple[object, ...]:
    return figure.value, figure.low, figure.high, figure.direction
