"""What each lens lists of a result: its entries, a page at a time or all at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from hrdash import derive, period
from hrdash.derive import Key, dated, years_about
from hrdash.filter import UNDATED, Filter
from hrdash.index.index import Index
from hrdash.index.query import StatementRow, marks, statements_at
from hrdash.model import Difference, Statement
from hrdash.report import wording
from hrdash.report.parts import Spans, text_of
from hrdash.report.wording import Context
from hrdash.text import number_of
from hrdash.tui.lenses import LENSES, SORTS, Lens
from hrdash.tui.live import LiveCorpus
from hrdash.tui.result import PARTS, Result
from hrdash.tui.widgets.entry_list import Entry, Fetch

if TYPE_CHECKING:
    from hrdash.report.entries import FigureEntry

MOST_SORTED = 20_000
"""Statements up to which they are sorted otherwise than by brief, which takes a moment for each thousand."""
MOST_BRIEFS = 2_000
"""Briefs whose figures or differences are listed."""
_ANSWER_HEADINGS = {"": "claims, responses, premises and what else has no answer of its own",
                    "not-put": "not put to the State", "none": "answer: none in this corpus"}  # fmt: skip
_BAR = 20


class Whole(NamedTuple):
    """What a lens lists all at once of a result: figures or differences as entries, sorted statements by their numbers;
    nothing for any other.
    """

    numbers: Sequence[int]
    """Those of the result."""
    lens: Lens
    sort: str
    """The field by whose values statements are sorted; nothing in the order of their briefs."""
    listed: Sequence[Any]


UNLISTED = Whole((), LENSES[0], "", ())
"""Before anything was listed."""


def brief_entries(live: LiveCorpus, result: Result) -> tuple[int, Fetch]:
    """How many briefs the result has, and what gives them as entries, under their themes where there are several."""
    themes, asked = result.context.themes, result.filter.themes
    also = f" · also in {themes[asked[0]].label}" if len(asked) == 1 and asked[0] in themes else ""

    def heading(theme: str) -> str:
        known = themes.get(theme)
        return f"{known.label}{also}" if known is not None and asked != (theme,) and not result.best_first else ""

    def fetch(first: int, count: int) -> Sequence[Entry]:
        rows = live.rows(result.numbers[first : first + count])
        found = live.marks(result.filter.text, [row.title for row in rows])
        return [
            Entry(row.id, "", "", "".join(row.marks), row.title, (), heading(row.theme), spans, years=row.years_text)
            for row, spans in zip(rows, found, strict=True)
        ]

    return result.total, fetch


def entries(live: LiveCorpus, result: Result, whole: Whole) -> tuple[int, Fetch, str]:
    """How many entries the result's lens has, what gives them, and what there is to say of them."""
    if result.lens.id == "statements":
        return _statements(live, result, whole)
    left = len(result.numbers) - MOST_BRIEFS
    said = f"of the first {MOST_BRIEFS:,} briefs; {left:,} more match" if left > 0 else ""
    return len(whole.listed), lambda first, count: whole.listed[first : first + count], said


def whole_list(index: Index, result: Result, sort: str) -> Whole:
    """What the result's lens lists all at once, of figures or differences those of the first briefs, each of which is
    read for it.
    """
    sort = sort if sort in SORTS else ""
    listed: Sequence[Any] = ()
    if result.lens.id == "statements" and sort and result.statements <= MOST_SORTED:
        listed = list(result.found_in(index).statement_numbers(sort))
    elif result.lens.id in ("figures", "differences"):
        listed = _of_briefs(index, result, result.numbers[:MOST_BRIEFS])
    return Whole(result.numbers, result.lens, sort, listed)


def _of_briefs(index: Index, result: Result, numbers: Sequence[int]) -> list[Entry]:
    from hrdash.report.entries import difference_entries, figure_entries  # for lenses that few first frames show

    matching = result.found_in(index).matching(numbers)
    briefs = index.briefs({*numbers, *index.naming(matching, (derive.NAMING["differences"],))})
    if result.lens.id == "figures":
        figures = _asked_for(index, result.filter, figure_entries(briefs, matching, index.briefs))
        return _figures(index, figures, _citing(index, result, (entry.said for entry in figures)))
    differences = difference_entries(briefs, matching, result.filter.differences)
    context = _citing(index, result, (item.difference for item in differences))
    return [
        Entry(item.brief.id, "differences", item.anchor, "≠", item.difference.text,
              (text_of(wording.pinpoints(item.difference.cites, context)),),
              f"{item.difference.kind.capitalize()} · {item.brief.heading}")
        for item in differences
    ]  # fmt: skip


def _asked_for(index: Index, asked: Filter, figures: Sequence[FigureEntry]) -> Sequence[FigureEntry]:
    """The figures that have an indicator and a year that are asked for, each by its own period."""
    if asked.indicators:
        figures = [entry for entry in figures if entry.figure.indicator in asked.indicators]
    if asked.years:
        said = (entry.said._replace(period=entry.figure.period or entry.said.period) for entry in figures)
        about = [_years_about(index, one, entry.brief.id) for one, entry in zip(said, figures, strict=True)]
        figures = [entry for entry, years in zip(figures, about, strict=True)
                   if any(span.holds(year) for span in asked.years for year in years)]  # fmt: skip
    return figures


def _citing(index: Index, result: Result, items: Iterable[Statement | Difference]) -> Context:
    """What wording takes, with the sources that these cite."""
    registers = index.registers_citing(cite for item in items for cite in item.cites)
    return result.context._replace(registers=registers)


def _statements(live: LiveCorpus, result: Result, whole: Whole) -> tuple[int, Fetch, str]:
    said = f"not sorted {number_of(result.statements, 'statement')}: at most {MOST_SORTED:,}"
    said = said if whole.sort and result.statements > MOST_SORTED else ""
    by = whole.sort if not said else ""

    def fetch(first: int, count: int) -> Sequence[Entry]:
        def read(index: Index) -> list[Entry]:
            if by:
                rows: Sequence[StatementRow] = statements_at(index, whole.listed[first : first + count])
            else:
                rows = list(result.found_in(index).statement_rows(count, first))
            rows = live.answered(rows)
            texts = [text_of(wording.statement_text(row.said)) for row in rows]
            words = result.filter.text
            found = marks(index, words, texts) if words else [()] * len(rows)
            context = _citing(index, result, (row.said for row in rows))
            return [_under(_statement(row, text, spans, context), row, by, index, result)
                    for row, text, spans in zip(rows, texts, found, strict=True)]  # fmt: skip

        return live.read(read)

    return result.statements, fetch, said


def _statement(row: StatementRow, text: str, spans: Spans, context: Context) -> Entry:
    part = PARTS[row.kind]
    sign = wording.SIGNS[part] + wording.ANSWER_SIGNS.get(row.answer, " ")
    aside = _who(row.said, context), text_of(wording.pinpoints(row.said.cites, context))
    return Entry(row.brief_id, part, row.key, sign, text, aside, spans=tuple(spans))


def _who(said: Statement, context: Context) -> str:
    speakers = context.registers.speakers
    return ", ".join(speakers[name].short if name in speakers else name for name in said.by)


def _under(entry: Entry, row: StatementRow, by: str, index: Index, result: Result) -> Entry:
    """A statement under what it is sorted by, or under its brief, and that behind its theme where there are several."""
    if by:
        heading = _ANSWER_HEADINGS.get(row.answer, f"answer: {row.answer}") if by == "answers" else entry.aside[0]
        heading = _years_about(index, row.said, row.brief_id)[0] if by == "years" else heading
        return entry._replace(aside=(*entry.aside, row.heading), heading=heading)
    theme = result.context.themes.get(row.theme)
    over = "" if result.filter.themes == (row.theme,) else f"{theme.label if theme is not None else row.theme} · "
    return entry._replace(heading=f"{over}{row.heading}")


def _years_about(index: Index, said: Statement, brief: str) -> list[str]:
    """The years that a statement of a brief is about, which may be those of another that it is the same as."""

    def named(key: Key) -> Statement | None:
        brief = index.brief(key[0])
        return next((said for said in brief.statements if said.id == key[1]), None) if brief is not None else None

    whose, when = dated(said, brief, named)
    is_open = any(not period.parse(one).end for one in when)  # up to the year of its sources
    sources = index.registers_citing(whose.cites).sources if is_open else {}
    spans = years_about(whose, "", sources, lambda _: None)
    return sorted({f"{year:04}" for first, last in spans for year in range(first, last + 1)}) or [UNDATED.text]


def _time_of(index: Index, entry: FigureEntry) -> str:
    """The time of a figure, or else the years of its statement, by which it is asked for then."""
    if when := entry.figure.period or entry.said.period:
        return period.parse(when).text
    years = _years_about(index, entry.said, entry.brief.id)
    return years[0] if years == [UNDATED.text] else period.run_text(tuple(map(int, years)))


def _figures(index: Index, found: Sequence[FigureEntry], context: Context) -> list[Entry]:
    """Figures by indicator, with bars as long as the greatest of each allows."""
    from hrdash.report.entries import figure_text

    listed = []
    for name, group in groupby(found, key=lambda entry: entry.figure.indicator):
        of_one = list(group)
        counted, most = wording.indicator(name, context), max(entry.amount for entry in of_one) or 1
        times = [_time_of(index, entry) for entry in of_one]
        texts = [f"{when.ljust(max(map(len, times)))}  {figure_text(entry, context)}"
                 for when, entry in zip(times, of_one, strict=True)]  # fmt: skip
        for entry, text in zip(of_one, texts, strict=True):
            blocks = "█" * max(1, round(_BAR * abs(entry.amount) / most))
            bar = blocks.rjust(len(blocks) + max(map(len, texts)) - len(text)) if len(of_one) > 1 else ""
            aside = (_who(entry.said, context), text_of(wording.pinpoints(entry.said.cites, context)))
            sign, heading = "≠" if entry.differs else " ", f"{counted.label} ({counted.unit})"
            listed.append(Entry(entry.brief.id, entry.section, entry.key, sign, text, aside, heading, bar=bar))
    return listed
