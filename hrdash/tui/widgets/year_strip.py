"""The year strip: how many briefs a year has under the filter, its years aside; each bar is a filter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive

from hrdash.filter import Years
from hrdash.tui.result import Result
from hrdash.tui.widgets.one_line import FILL, OneLine, Part

BARS = "▁▂▃▄▅▆▇█"
REACH = 2
"""Cells beside a bar that still mean its year to the mouse."""
GAP = 2
"""So many empty years between two bars are left out, and the years beside them named."""


class YearStrip(OneLine, can_focus=True):
    """Arrows pick the year before or after, with shift a span; a click picks a year, and a drag a span."""

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {"one-line--muted", "one-line--bar", "one-line--cursor", "one-line--strong"}

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "year(-1)", "the year before", show=False),
        Binding("right", "year(1)", "the year after", show=False),
        Binding("shift+left", "span(-1)", "narrow the span", show=False),
        Binding("shift+right", "span(1)", "widen the span", show=False),
    ]

    result: reactive[Result | None] = reactive(None, always_update=True)

    @dataclass
    class Picked(Message):
        """Years were picked: the filter's years, replaced."""

        years: tuple[Years, ...]

    def __init__(self) -> None:
        super().__init__(id="strip")
        self._drag: tuple[int, int] | None = None
        """The years where the mouse was pressed and where it is."""

    @property
    def counts(self) -> dict[int, int]:
        """Briefs a year, the filter's own years aside; empty while they are being counted."""
        if self.result is None or self.result.facets is None:
            return {}
        return {int(year): count for year, count in sorted(self.result.facets.of("years").items()) if count}

    def parts(self, width: int) -> Sequence[Part]:
        counts = self.counts
        shown = self._bars(counts, width) if counts else []
        while len(counts) > 1 and sum(cell_len(part.text) for part in shown) > width:
            del counts[min(counts)]
            shown = self._bars(counts, width)
        return shown

    def _bars(self, counts: dict[int, int], width: int) -> list[Part]:
        """A bar for each of the years, earlier ones left out where there is no room."""
        if self.result is None:
            return []
        spans = self.result.filter.years if self._drag is None else (Years(min(self._drag), max(self._drag)),)
        tallest = max(counts.values())
        wide = 2 if width >= 3 * len(counts) + 40 else 1
        shown: list[Part] = [Part(" "), Part(f"{min(counts)} ", "muted")]
        before = named = min(counts)
        for year, count in counts.items():
            if year - before > GAP:
                shown.append(Part(f"  {year} ", "muted"))
                named = year
            else:
                shown += [Part(" " * wide)] * (year - before - 1)
            bar = BARS[(count * len(BARS) - 1) // tallest]
            shown.append(Part(bar, "cursor" if _inside(year, spans) else "bar", year))
            shown += [Part(" ", "", year)] if wide == 2 else []
            before = year
        if before != named:
            shown.append(Part(f"{'' if wide == 2 else ' '}{max(counts)}", "muted"))
        aside = None
        if len(spans) == 1 and spans[0].first == spans[0].last:
            aside = Part(f"  {spans[0].text}: {counts.get(spans[0].first or 0, 0):,} ", "strong")
        elif self.has_focus:
            aside = Part("  ← → year   shift+→ span   Esc ", "muted")
        used = sum(cell_len(part.text) for part in shown)
        return [*shown, FILL, aside] if aside is not None and used + cell_len(aside.text) <= width else shown

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin a span at the year under the mouse."""
        year = self._year_at(event.x, REACH)
        if year is not None and event.button == 1:
            self._drag = (year, year)
            self.capture_mouse()
            self.refresh()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show how far the span goes."""
        year = self._year_at(event.x)
        if self._drag is not None and year is not None and year != self._drag[1]:
            self._drag = (self._drag[0], year)
            self.refresh()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Take the span into the filter; the one year that it holds already is taken out."""
        if self._drag is None:
            return
        year = self._year_at(event.x)
        first, last = sorted((self._drag[0], self._drag[1] if year is None else year))
        self._drag = None
        self.release_mouse()
        spans = self.result.filter.years if self.result is not None else ()
        picked = (Years(first, last),)
        self.post_message(self.Picked(() if spans == picked and first == last else picked))

    def _year_at(self, x: int, reach: int = 10_000) -> int | None:
        """The year of the bar under a cell, or of the nearest one so many cells away."""
        found: list[tuple[int, int]] = []
        left = 0
        for part in self._laid_out(self.size.width):
            if isinstance(part.target, int):
                found.append((abs(x - left), part.target))
            left += cell_len(part.text)
        away, year = min(found, default=(reach + 1, 0))
        return year if away <= reach else None

    def action_year(self, step: int) -> None:
        years = list(self.counts)
        if not years:
            return
        first, last = self._span(years)
        at = last if step > 0 else first
        wanted = next((year for year in (years if step > 0 else reversed(years)) if (year - at) * step > 0), at)
        if self.result is not None and not self.result.filter.years:
            wanted = years[-1] if step > 0 else years[0]
        self.post_message(self.Picked((Years(wanted, wanted),)))

    def action_span(self, step: int) -> None:
        years = list(self.counts)
        if not years:
            return
        first, last = self._span(years)
        others = [year for year in years if (year - last) * step > 0]
        wanted = (others[0] if step > 0 else others[-1]) if others else last
        self.post_message(self.Picked((Years(first, max(first, wanted)),)))

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def _span(self, years: list[int]) -> tuple[int, int]:
        """The first and last year picked so far; the last of all when none is."""
        spans = self.result.filter.years if self.result is not None else ()
        if not spans:
            return years[-1], years[-1]
        return spans[0].first or years[0], spans[-1].last or years[-1]


def _inside(year: int, spans: Sequence[Years]) -> bool:
    return any((span.first or 0) <= year <= (span.last or 9_999) for span in spans)
