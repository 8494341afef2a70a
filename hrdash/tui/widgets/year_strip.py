"""The year strip: how many briefs a year has under the filter, its years aside; each bar is a filter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive

from hrdash.filter import Years
from hrdash.tui.state import Result
from hrdash.tui.widgets.one_line import FILL, OneLine, Part

BARS = "▁▂▃▄▅▆▇█"
GAP = 2
"""So many empty years between two bars are left out, and the years beside them named."""


class YearStrip(OneLine, can_focus=True):
    """Arrows pick the year before or after, with shift they make it a span; a click picks a year."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"one-line--muted", "one-line--bar", "one-line--cursor", "one-line--strong"}

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "year(-1)", "the year before", show=False),
        Binding("right", "year(1)", "the year after", show=False),
        Binding("shift+left", "span(-1)", "narrow the span", show=False),
        Binding("shift+right", "span(1)", "widen the span", show=False),
    ]

    result: reactive[Result | None] = reactive(None, always_update=True)

    class Picked(Message):
        """Years were picked: the filter's years, replaced."""

        def __init__(self, years: tuple[Years, ...]) -> None:
            super().__init__()
            self.years = years

    def __init__(self) -> None:
        super().__init__(id="strip")

    @property
    def counts(self) -> dict[int, int]:
        """Briefs a year, the filter's own years aside; empty while they are being counted."""
        if self.result is None or self.result.facets is None:
            return {}
        return {int(year): count for year, count in sorted(self.result.facets.years.items()) if count}

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
        spans = self.result.filter.years
        tallest = max(counts.values())
        wide = 2 if width >= 3 * len(counts) + 40 else 1
        shown: list[Part] = [Part(" "), Part(f"{min(counts)} ", "muted")]
        before = min(counts)
        for year, count in counts.items():
            if year - before > GAP:
                shown.append(Part(f"  {year} ", "muted"))
            else:
                shown += [Part(" " * wide)] * (year - before - 1)
            bar = BARS[(count * len(BARS) - 1) // tallest]
            shown.append(Part(bar, "cursor" if _inside(year, spans) else "bar", year))
            shown += [Part(" ", "", year)] if wide == 2 else []
            before = year
        shown.append(Part(f"{'' if wide == 2 else ' '}{max(counts)}", "muted"))
        if len(spans) == 1 and spans[0].first == spans[0].last:
            shown += [FILL, Part(f"{spans[0].text}: {counts.get(spans[0].first or 0, 0):,} ", "strong")]
        elif self.has_focus:
            shown += [FILL, Part("← → year   shift+→ span   Esc ", "muted")]
        return shown

    def clicked(self, target: object) -> None:
        year = int(str(target))
        spans = self.result.filter.years if self.result is not None else ()
        self.post_message(self.Picked(() if spans == (Years(year, year),) else (Years(year, year),)))

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
