"""The tabs: All, then one a theme, each with its count under the current filter."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual.reactive import reactive

from hrdash.index.query import Count
from hrdash.text import number_of
from hrdash.tui.result import UNASKED, Result
from hrdash.tui.widgets.one_line import FILL, OneLine, Part

NARROW = 60
"""Cells below which how many themes do not fit stands without a word, for the tabs' sake."""
LEAST = 14
"""Cells of the longest label; twice as many have room for that number beside a tab."""


class ThemeTab(NamedTuple):
    """A theme, or All."""

    theme: str
    """Its id; nothing for All."""
    label: str
    """With the count, once that is known."""
    chosen: bool
    empty: bool
    """Whether nothing of it matches."""

    @property
    def width(self) -> int:
        """Its cells, with those around it."""
        return cell_len(self.label) + 3

    @property
    def action(self) -> tuple[str, tuple[str]]:
        """Goes to it."""
        return ("screen.theme", (self.theme,))


class ThemeTabs(OneLine):
    """One line of tabs; those that do not fit are reached by scrolling to the chosen one."""

    result: reactive[Result] = reactive(UNASKED, always_update=True)
    _first = 0
    """The first tab in sight."""

    def tabs(self) -> list[ThemeTab]:
        """Each tab, All first, which says what is counted where there is room; behind those in which something matches,
        those in which nothing does."""
        counts, chosen = self.result.facets, self.result.filter.themes
        found = []
        for theme, label in (("", "All"), *((theme.id, theme.label) for theme in self.result.themes)):
            found_here = (counts.of("themes").get(theme, Count()) if theme else counts.all) if counts else None
            count = found_here[self.result.lens.unit == "brief"] if found_here is not None else None
            picked = theme in chosen if theme else not chosen
            if count is not None:
                named = not theme and self.size.width >= NARROW
                label += f" {number_of(count, self.result.lens.unit)}" if named else f" {count:,}"
            found.append(ThemeTab(theme, label, picked, count == 0))
        return sorted(found, key=lambda tab: tab.empty and tab.theme != "")

    def parts(self, width: int) -> Sequence[Part]:
        tabs = self.tabs()
        chosen = next((number for number, tab in enumerate(tabs) if tab.chosen), 0)
        fits = sum(tab.width for tab in tabs) <= width
        room = width if fits else max(0, width - len(_more(len(tabs), width)) - 4)
        self._first = 0 if fits else min(self._first, chosen)
        while self._first < chosen and sum(tab.width for tab in tabs[self._first : chosen + 1]) > room:
            self._first += 1
        last = self._first + 1
        while last < len(tabs) and sum(tab.width for tab in tabs[self._first : last + 1]) <= room:
            last += 1
        shown: list[Part] = [Part("‹ ", "muted", tabs[self._first - 1].action)] if self._first else []
        for tab in tabs[self._first : last]:
            role = "chosen" if tab.chosen else "muted" if tab.empty else ""
            shown += [Part(f" {tab.label} ", role, tab.action), Part(" ")]
        if last == len(tabs):
            return shown
        more = Part(_more(len(tabs) - last, width), "muted", "screen.over('theme')")
        return [*shown, FILL, more, Part("› ", "muted", tabs[last].action)]


def _more(themes: int, width: int) -> str:
    """That so many do not fit at the right."""
    return f" {themes} more " if width >= NARROW else f" +{themes} " if width > 2 * LEAST else " "
