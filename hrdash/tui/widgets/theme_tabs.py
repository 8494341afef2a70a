"""The tabs: All, then one a theme, each with its count under the current filter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual.message import Message
from textual.reactive import reactive

from hrdash.tui.result import Result
from hrdash.tui.widgets.one_line import FILL, OneLine, Part

NARROW = 60
"""Cells below which the number of themes stands without a word, for the tabs' sake."""
LEAST = 14
"""Cells of the longest label; twice as many have room for that number beside a tab."""
ALL_THEMES = object()
"""What the number of themes means to a click."""


class ThemeTab(NamedTuple):
    """A theme, or All."""

    theme: str
    """Its id; nothing for All."""
    label: str
    """With the count, once that is known."""
    chosen: bool
    empty: bool
    """Whether no brief of it matches."""


class ThemeTabs(OneLine):
    """One line of tabs; those that do not fit are reached by scrolling to the chosen one."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"one-line--chosen", "one-line--muted"}

    result: reactive[Result | None] = reactive(None, always_update=True)

    @dataclass
    class Picked(Message):
        """A tab was picked: a theme's id, or nothing for All."""

        theme: str

    def __init__(self) -> None:
        super().__init__()
        self._first = 0

    def tabs(self) -> list[ThemeTab]:
        """Each tab, All first."""
        if self.result is None:
            return []
        counts, chosen = self.result.facets, self.result.filter.themes
        whole = counts.all if counts else None
        found = [ThemeTab("", "All" if whole is None else f"All {whole:,}", not chosen, whole == 0)]
        for theme in self.result.themes:
            count = counts.of("themes").get(theme.id, 0) if counts else None
            label = theme.label if count is None else f"{theme.label} {count:,}"
            found.append(ThemeTab(theme.id, label, theme.id in chosen, count == 0))
        return found

    def parts(self, width: int) -> Sequence[Part]:
        tabs = self.tabs()
        if not tabs:
            return ()
        chosen = next((number for number, tab in enumerate(tabs) if tab.chosen), 0)
        picked_tabs, themes = sum(tab.chosen for tab in tabs), len(tabs) - 1
        place = f" {chosen}/{themes} " if picked_tabs == 1 else f" {picked_tabs} of {themes} "
        place = f" {themes} themes " if not chosen else place
        if width < NARROW:
            place = f" {themes} " if width > 2 * LEAST else ""
        fits = sum(cell_len(tab.label) + 3 for tab in tabs) <= width
        room = width if fits else max(0, width - cell_len(place) - 4)
        self._first = 0 if fits else min(self._first, chosen)
        while self._first < chosen and self._width(tabs, self._first, chosen) > room:
            self._first += 1
        shown: list[Part] = [Part("‹ ", "muted", tabs[self._first - 1].theme)] if self._first else []
        used, last = 0, self._first
        for number in range(self._first, len(tabs)):
            theme, label, picked, empty = tabs[number]
            size = cell_len(label) + 3
            if used + size > room and number > self._first:
                break
            used, last = used + size, number
            shown += [Part(f" {label} ", "chosen" if picked else "muted" if empty else "", theme), Part(" ")]
        if fits:
            return shown
        more = last + 1 < len(tabs)
        return [
            *shown,
            FILL,
            Part("›" if more else " ", "muted", tabs[last + 1].theme if more else None),
            Part(place, "muted", ALL_THEMES),
        ]

    def clicked(self, target: object) -> None:
        self.post_message(self.Pressed("choose_theme") if target is ALL_THEMES else self.Picked(str(target)))

    @staticmethod
    def _width(tabs: list[ThemeTab], first: int, last: int) -> int:
        return sum(cell_len(tab.label) + 3 for tab in tabs[first : last + 1])
