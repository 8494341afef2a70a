"""The tabs: All, then one a theme, each with its count under the current filter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.message import Message
from textual.reactive import reactive

from hrdash.tui.state import Result
from hrdash.tui.widgets.one_line import FILL, OneLine, Part


class ThemeTabs(OneLine):
    """One line of tabs; those that do not fit are reached by scrolling to the chosen one."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"one-line--chosen", "one-line--muted"}

    result: reactive[Result | None] = reactive(None, always_update=True)

    class Picked(Message):
        """A tab was picked: a theme's id, or nothing for All."""

        def __init__(self, theme: str) -> None:
            super().__init__()
            self.theme = theme

    def __init__(self) -> None:
        super().__init__()
        self._first = 0

    def tabs(self) -> list[tuple[str, str, bool]]:
        """Each tab: its theme's id (nothing for All), its label with its count, whether it is chosen."""
        if self.result is None:
            return []
        counts, chosen = self.result.facets, self.result.filter.themes
        found = [("", f"All {counts.all:,}" if counts else "All", not chosen)]
        for theme in self.result.themes:
            count = f" {counts.themes.get(theme.id, 0):,}" if counts else ""
            found.append((theme.id, theme.label + count, theme.id in chosen))
        return found

    def parts(self, width: int) -> Sequence[Part]:
        tabs = self.tabs()
        if not tabs:
            return ()
        chosen = next((number for number, tab in enumerate(tabs) if tab[2]), 0)
        place = f" {chosen}/{len(tabs) - 1} " if chosen else f" {len(tabs) - 1} themes "
        fits = sum(cell_len(tab[1]) + 3 for tab in tabs) <= width
        room = width if fits else max(0, width - cell_len(place) - 4)
        self._first = 0 if fits else min(self._first, chosen)
        while self._first < chosen and self._width(tabs, self._first, chosen) > room:
            self._first += 1
        shown: list[Part] = (
            [] if fits else [Part("‹ " if self._first else "  ", "muted", tabs[max(0, self._first - 1)][0])]
        )
        used, last = 0, self._first
        for number in range(self._first, len(tabs)):
            theme, label, picked = tabs[number]
            size = cell_len(label) + 3
            if used + size > room and number > self._first:
                break
            used, last = used + size, number
            empty = label.rpartition(" ")[2] == "0"
            shown += [Part(f" {label} ", "chosen" if picked else "muted" if empty else "", theme), Part(" ")]
        if fits:
            return shown
        more = last + 1 < len(tabs)
        return [
            *shown,
            FILL,
            Part("›" if more else " ", "muted", tabs[last + 1][0] if more else None),
            Part(place, "muted"),
        ]

    def clicked(self, target: object) -> None:
        self.post_message(self.Picked(str(target)))

    @staticmethod
    def _width(tabs: list[tuple[str, str, bool]], first: int, last: int) -> int:
        return sum(cell_len(label) + 3 for _, label, _ in tabs[first : last + 1])
