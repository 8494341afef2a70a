"""The two lines at the top: what corpus this is and through which lens it is seen; a tab for each theme."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual.reactive import reactive

from hrdash.index.query import Count
from hrdash.text import number_of
from hrdash.tui.lenses import LENSES
from hrdash.tui.result import UNASKED, Result
from hrdash.tui.widgets.bar import FILL, Bar, Part, width_of
from hrdash.tui.widgets.row_list import fit

LEAST_TITLE, SHORT_TITLE = 8, 30
"""Cells of a corpus's title below which it goes, and that are worth more than the facts beside it."""
OVERVIEW = ("Theme × year", "screen.over('overview')")
"""The tab behind those of the lenses."""
NARROW = 60
"""Cells below which the program has no name, and how many themes do not fit stands without a word, for the tabs'
sake."""
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


class Masthead(Bar):
    """Over the tabs of the themes the corpus, how large it is, how many problems it has, and the tabs of the lenses.

    Where there is one line, it is that of the themes.
    """

    problems: reactive[int] = reactive(0)
    result: reactive[Result] = reactive(UNASKED, always_update=True)
    _first = 0
    """The first theme in sight; those that do not fit are reached by scrolling to the chosen one."""

    def parts_of(self, line: int, width: int) -> Sequence[Part]:
        return self.themes(width) if line == self.size.height - 1 else self.corpus(width)

    def corpus(self, width: int) -> Sequence[Part]:
        """What corpus it is, and the lenses."""
        context = self.result.context
        title, sources = context.corpus.title, self.result.sources
        facts = f"{_counted(self.result.whole)} · {number_of(sources, 'source')} "
        if self.result.progress is not None:
            facts = f"{self.result.progress.text} "  # before there is a total that holds
        alarm = [Part(f"{number_of(self.problems, 'problem')} (p)", "alarm", "screen.over('problems')"), Part("  ")]
        alarm = alarm if self.problems else []
        lenses = self._lenses(width - width_of(alarm))
        name = [Part(" hrdash", "strong")] if width >= NARROW else []
        before = " · " if name else " "
        right, room = [*alarm, Part(facts, "muted")], width - width_of(name) - len(before) - 2 - width_of(lenses)
        right = right if width_of(right) + min(cell_len(title), SHORT_TITLE) <= room else alarm
        title = fit(title, min(max(0, room - width_of(right)), cell_len(title)))
        if len(title) < min(LEAST_TITLE, len(context.corpus.title)):
            return [*lenses, FILL, *alarm]
        return [*name, Part(f"{before}{title}  " if title else "  "), *lenses, FILL, *right]

    def _lenses(self, width: int) -> list[Part]:
        """The tabs of the lenses; where they have no room the chosen one, and around it the keys of the others if they
        have."""
        tabs = [*((lens.label, f"screen.lens('{lens.id}')") for lens in LENSES), OVERVIEW]
        shown: list[Part] = []
        short: list[Part] = []
        chosen: list[Part] = []
        for at, (label, action) in enumerate(tabs, 1):
            is_chosen = label == self.result.lens.label
            tab = Part(f" {at} {label} ", "chosen" if is_chosen else "", action)
            shown += [tab, Part(" ")]
            short += [tab if is_chosen else Part(f" {at}", "muted", action)]
            chosen = [tab, Part(" ")] if is_chosen else chosen
        short += [Part(" ")]
        return shown if width_of(shown) <= width else short if width_of(short) <= width else chosen

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

    def themes(self, width: int) -> Sequence[Part]:
        """The tabs of the themes."""
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


def _counted(size: Count) -> str:
    """`737 statements · 107 briefs`."""
    return f"{number_of(size.statements, 'statement')} · {number_of(size.briefs, 'brief')}"


def _more(themes: int, width: int) -> str:
    """That so many do not fit at the right."""
    return f" {themes} more " if width >= NARROW else f" +{themes} " if width > 2 * LEAST else " "
