"""The year strip: how many statements are about a year under the filter, its years aside; each bar is a filter, and of
the one chosen year each month that is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.reactive import reactive

from hrdash.filter import BY_FIELD, UNDATED, Filter, Years
from hrdash.index.query import Count
from hrdash.period import MONTHS
from hrdash.tui.result import UNASKED, Result
from hrdash.tui.widgets.bar import FILL, Asked, Bar, Part, width_of

BARS = "▁▂▃▄▅▆▇█"
REACH = 2
"""Cells beside a bar that still mean its year to the mouse."""
GAP = 2
"""So many empty years between two bars are left out, and the years beside them named."""

RUN = 10
"""So many years of one low bar stand as one, with its years: what spans decades is seldom about each of them."""
LABELS = ((100, " statements about "), (60, " about "), (0, " "))
"""By the cells from which on there is room for it, what the strip says its years are."""


class YearStrip(Bar, can_focus=True):
    """Arrows pick the year before or after, with shift a span; a click picks a year, and a drag a span."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "year(-1)", "the year before", show=False),
        Binding("right", "year(1)", "the year after", show=False),
        Binding("shift+left", "span(-1)", "narrow the span", show=False),
        Binding("shift+right", "span(1)", "widen the span", show=False),
    ]

    result: reactive[Result] = reactive(UNASKED, always_update=True)
    _drag: tuple[int, int] | None = None
    """The years where the mouse was pressed and where it is."""

    def __init__(self) -> None:
        super().__init__(id="strip")
        self._cells: dict[int, int] = {}
        """By the cell where its bar stands, each year."""

    @property
    def counts(self) -> dict[int, int]:
        """Statements about a year, the filter's own years aside; empty while they are being counted."""
        return {int(year): count for year, (count, _) in sorted(self._years.items()) if year.isdigit() and count}

    @property
    def _years(self) -> Mapping[str, Count]:
        return self.result.facets.of("years") if self.result.facets else {}

    @property
    def spans(self) -> tuple[Years, ...]:
        """What the filter asks for, or the mouse is about to."""
        if self._drag is not None:
            return (Years(min(self._drag), max(self._drag)),)
        return self.result.filter.years

    def parts(self, width: int) -> Sequence[Part]:
        """A bar for each of the years, earlier ones left out where there is no room."""
        counts = self.counts
        shown = self._bars(counts, width) if counts else []
        while len(counts) > 1 and width_of(shown) > width:
            del counts[min(counts)]
            shown = self._bars(counts, width)
        return shown

    def _bars(self, counts: dict[int, int], width: int) -> list[Part]:
        self._cells = {}
        spans, tallest = self.spans, max(counts.values())
        runs = self._runs(counts, tallest)
        wide = 2 if width >= 3 * (len(counts) - sum(last - first for first, last in runs.items())) + 40 else 1
        before = named = min(counts)
        shown: list[Part] = [Part(next(text for least, text in LABELS if width >= least), "muted")]
        shown += [Part(f"{before} ", "muted")] if before not in runs else []
        within = 0
        for year, count in counts.items():
            if year <= within:
                before = named = year
                continue
            if year in runs:
                within = runs[year]
                gap = "  " if before != year else ""
                take = ("take", (Years(year, within),))
                shown += [Part(f"{gap}{year}–{within} ", "muted", take), Part(BARS[0], "muted", take), Part(" " * wide)]
                before = named = year
                continue
            if year - before > GAP or (before == within and width >= LABELS[1][0]):
                last = f"{' ' * (2 - wide)}{before}" if before != named and width >= LABELS[1][0] else ""
                shown.append(Part(f"{last}  {year} ", "muted"))
                named = year
            else:
                shown += [Part(" " * wide)] * (year - before - 1)
            picked = any(span.holds(f"{year:04}") for span in spans)
            self._cells[width_of(shown)] = year
            shown += [Part(BARS[(count * len(BARS) - 1) // tallest], "picked" if picked else "muted")]
            shown += [Part(" ")] * (wide - 1)
            before = year
        if before != named:
            shown.append(Part(f"{' ' * (2 - wide)}{before}", "muted"))
        aside = []
        if len(spans) == 1 and spans[0].first == spans[0].last and spans != (UNDATED,):
            aside = [Part(f"  {spans[0].text}: {counts.get(spans[0].first or 0, 0):,} ", "strong")]
        undated, role = self._years.get(UNDATED.text, Count()).statements, "picked" if UNDATED in spans else "muted"
        beside = [Part(f"  undated {undated:,} ", role, ("take", (UNDATED,)))] if undated else []
        for part in (*aside, *self._months()):
            if width_of((*shown, *beside, part)) <= width:
                beside.append(part)
        return [*shown, FILL, *beside] if width_of((*shown, *beside)) <= width else shown

    def _months(self) -> list[Part]:
        """The months of the one chosen year, each a filter."""
        if self.result.facets is None or len(self.spans) != 1:
            return []
        picked, year = self.result.filter.months, self.spans[0].text
        return [
            Part(f" {MONTHS[int(name[5:]) - 1][:3]}: {count:,} ", "picked" if name in picked else "muted",
                 ("month", (name,)))
            for name, (count, _) in sorted(self.result.facets.of("months").items()) if name[:4] == year and count
        ]  # fmt: skip

    def _runs(self, counts: Mapping[int, int], tallest: int) -> dict[int, int]:
        """By its first year the last of each run of years that stand as one: none of them is asked for by itself."""
        runs: dict[int, int] = {}
        first = last = 0
        for year, count in counts.items():
            low = count * len(BARS) <= tallest and not any(span.holds(f"{year:04}") for span in self.spans)
            first, last = (first if year == last + 1 else year, year) if low else (0, 0)
            if low and last - first + 1 >= RUN:
                runs[first] = last
        return runs

    def action_month(self, name: str) -> None:
        """Take a month into the filter, or out of it."""
        self.post_message(Asked(lambda asked: asked.toggled(BY_FIELD["months"], name)))

    def action_take(self, years: Years) -> None:
        """Take the undated or a run into the filter, or out of it."""
        self._pick(*(() if self.spans == (years,) else (years,)))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin a span at the year under the mouse."""
        year = self.year_at(event.x, REACH)
        if year is not None and event.button == 1:
            self._drag = (year, year)
            self.capture_mouse()
            self.refresh()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show how far the span goes."""
        if self._drag is not None and (year := self.year_at(event.x)) is not None and year != self._drag[1]:
            self._drag = (self._drag[0], year)
            self.refresh()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Take the span into the filter; the one year that it holds already is taken out."""
        if self._drag is None:
            return
        first, last = sorted((self._drag[0], self.year_at(event.x) or self._drag[1]))
        self._drag = None
        self.release_mouse()
        again = first == last and self.spans == (Years(first, last),)
        self._pick(*(() if again else (Years(first, last),)))

    def year_at(self, x: int, reach: int = 10_000) -> int | None:
        """The year of the bar under a cell, or of the nearest one so many cells away."""
        bars = [(abs(x - cell), year) for cell, year in self._cells.items()]
        away, year = min(bars, default=(reach + 1, 0))
        return year if away <= reach else None

    def action_year(self, step: int) -> None:
        if years := list(self.counts):

            def stepped(asked: Filter) -> Filter:
                first, last = _span(years, asked.years)
                at = last if step > 0 else first
                wanted = next((year for year in years[::step] if (year - at) * step > 0), at)
                wanted = wanted if asked.years else years[-1 if step > 0 else 0]
                return asked._replace(years=(Years(wanted, wanted),), months=())

            self.post_message(Asked(stepped))

    def action_span(self, step: int) -> None:
        if years := list(self.counts):

            def stretched(asked: Filter) -> Filter:
                first, last = _span(years, asked.years)
                wanted = next((year for year in years[::step] if (year - last) * step > 0), last)
                return asked._replace(years=(Years(first, max(first, wanted)),), months=())

            self.post_message(Asked(stretched))

    def _pick(self, *years: Years) -> None:
        self.post_message(Asked(lambda asked: asked._replace(years=years, months=())))


def _span(years: Sequence[int], spans: Sequence[Years]) -> tuple[int, int]:
    """The first and last year picked so far; the last of all when none is."""
    dated = [span for span in spans if span != UNDATED]
    return (dated[0].first or years[0], dated[-1].last or years[-1]) if dated else (years[-1], years[-1])
