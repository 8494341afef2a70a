"""The one-line widgets at the edges: what corpus this is, what is shown of it, what was said, which keys there are."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, chop_cells
from textual import events
from textual.reactive import reactive
from textual.strip import Strip

from hrdash.filter import EVERYTHING
from hrdash.index.query import Count
from hrdash.report.filter_words import filter_words
from hrdash.report.wrapping import wrap
from hrdash.text import number_of
from hrdash.tui.keys import FOOTER, WIDGETS_KEYS, Key
from hrdash.tui.lenses import LENSES
from hrdash.tui.result import UNASKED, Result
from hrdash.tui.segments import safe_segment
from hrdash.tui.themes import role_style
from hrdash.tui.widgets.one_line import FILL, OneLine, Part, width_of
from hrdash.tui.widgets.row_list import fit

LEAST_TITLE, SHORT_TITLE = 8, 30
"""Cells of a corpus's title below which it goes, and that are worth more than the facts beside it."""
MENU = "≡"
"""Stands before the status line."""
LEAST_ASKED = 8
"""Cells of the filter in words below which the date of the corpus goes."""
OVERVIEW = ("Theme × year", "screen.over('overview')")
"""The tab behind those of the lenses."""
WIDE = 100
"""Cells from which on it is said what is marked."""


class HeadLine(OneLine):
    """The corpus, how large it is, and how many problems it has."""

    problems: reactive[int] = reactive(0)
    result: reactive[Result] = reactive(UNASKED, always_update=True)

    def parts(self, width: int) -> Sequence[Part]:
        context = self.result.context
        title, sources = context.corpus.title, self.result.sources
        facts = f"{counted(self.result.whole)} · {number_of(sources, 'source')} "
        if self.result.progress is not None:
            facts = f"{self.result.progress.text} "  # before there is a total that holds
        alarm = [Part(f"{number_of(self.problems, 'problem')} (p)", "alarm", "screen.over('problems')"), Part("  ")]
        alarm = alarm if self.problems else []
        least = cell_len(" hrdash · ") + 2 + min(LEAST_TITLE, cell_len(title))
        lenses = self._lenses(width - width_of(alarm), least)
        right, room = [*alarm, Part(facts, "muted")], width - cell_len(" hrdash · ") - 2 - width_of(lenses)
        right = right if width_of(right) + min(cell_len(title), SHORT_TITLE) <= room else alarm
        title = fit(title, min(max(0, room - width_of(right)), cell_len(title)))
        if len(title) < min(LEAST_TITLE, len(context.corpus.title)):
            return [*lenses, FILL, *alarm]
        return [Part(" hrdash", "strong"), Part(f" · {title}  " if title else "  "), *lenses, FILL, *right]

    def _lenses(self, width: int, least: int) -> list[Part]:
        """The tabs of the lenses; where they have no room the chosen one, and around it the keys of the others if
        `least` cells are left."""
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
        return shown if width_of(shown) <= width else short if width_of(short) + least <= width else chosen


class StatusLine(OneLine):
    """Corpus, filter in words, shown of all, corpus date: drawn from the result that the list is drawn from.

    A click on it, of which the sign tells, opens the palette: what has no other place for the mouse is there.
    """

    result: reactive[Result] = reactive(UNASKED, always_update=True)
    marked: reactive[int] = reactive(0)
    """How many statements are marked, of the whole corpus."""

    def parts(self, width: int) -> Sequence[Part]:
        if width < 3:
            return ()
        count = number_of(self.marked, "statement") if width >= WIDE else f"{self.marked:,}"
        marked = f"{count} marked · " if self.marked else ""
        words = marked + status_words(self.result, width - 2 - len(marked))
        return (
            Part(f"{MENU} ", "", "screen.over('palette')"),
            Part(fit(words, width - 2), "muted", "screen.over('palette')"),
        )


class KeyLine(OneLine):
    """The keys of the focused pane and what they do, each a button; in their place, until the next key or click, what
    there is to say.
    """

    said: reactive[str] = reactive("")
    pane: reactive[str] = reactive("briefs")
    """The id of the pane that has the focus."""

    def __init__(self, keys: Sequence[Key]) -> None:
        super().__init__()
        self._keys = {key.id: key for key in (*keys, *WIDGETS_KEYS)}
        self._covered = False

    def parts(self, width: int) -> Sequence[Part]:
        if self.said:
            return (Part(" "), Part(fit(self.said, width - 2), "alarm"))
        shown: list[Part] = [Part(" ")]
        for name in FOOTER.get(self.pane, FOOTER["briefs"]):
            key = self._keys[name]
            action = key.action if key in WIDGETS_KEYS else f"screen.{key.action}"
            one = [Part(key.shown, "key", action), Part(f" {key.footer}", "muted", action), Part("   ")]
            if width_of((*shown, *one)) - 3 <= width:
                shown += one
        return shown

    def on_mouse_down(self) -> None:
        self._covered = bool(self.said)

    def on_click(self, event: events.Click) -> None:
        """A click on what is said takes it away, and does nothing that stands behind it."""
        if self._covered:
            event.prevent_default()
            event.stop()

    def render_line(self, y: int) -> Strip:
        """What is said goes on in a second line where it has one."""
        room = self.size.width - 2
        if not self.said or self.size.height < 2 or room < 1:
            return super().render_line(y)
        first, *rest = wrap(self.said, room)
        end, begin = first[1], rest[0][0] if rest else len(self.said)
        if len(rest) > 1 and 2 * cell_len(self.said[:end]) < room:  # a word, such as an address, takes a line and more
            end = begin = len(chop_cells(self.said, room)[0])
        text = self.said[:end] if y == 0 else self.said[begin:] if y == 1 else ""
        style = self.rich_style + role_style(self, "alarm")
        return Strip([safe_segment(" " + fit(text, room), style)]).adjust_cell_length(self.size.width, self.rich_style)

    def watch_said(self, said: str) -> None:
        """Have the whole foot where a line is too short; and a line at all where there was none."""
        if self.parent is not None:
            self.parent.set_class(bool(said), "-said")
            self.parent.set_class(cell_len(said) + 2 > self.screen.size.width, "-long")


def counted(size: Count) -> str:
    """`737 statements · 107 briefs`."""
    return f"{number_of(size.statements, 'statement')} · {number_of(size.briefs, 'brief')}"


def status_words(result: Result, width: int) -> str:
    """Corpus, filter in words, what is shown of all, corpus date, and what could not be read.

    Where that does not fit, the count of what is listed stays whole; the title goes before the filter is cut.
    """
    if not result.whole.briefs and result.progress:
        return fit(result.progress.text, width).rstrip()
    context, whole, unsure = result.context, result.whole, "".join(f" · {text}" for text in result.unsure)
    asked = "all" if result.filter == EVERYTHING else filter_words(result.filter, context)
    undated = f" (and {result.undated:,} undated)" if result.undated else ""
    briefs = f"{result.total:,} of {number_of(whole.briefs, 'brief')}"
    statements = f"{result.statements:,} of {number_of(whole.statements, 'statement')}"
    both, own = f"{statements}{undated} · {briefs}", briefs if result.lens.unit == "brief" else statements
    head, date = f"{context.corpus.title} · {asked}", context.corpus.as_of or "an unknown date"
    words = f"{head} · {both} · corpus {context.corpus.until}{unsure}"
    if cell_len(words) <= width:
        return words
    unsure = f" · {result.progress.short}" if result.progress else ""
    unsure += f" · {context.withheld} not readable" if context.withheld else ""
    unsure += f" · {result.held} as last read" if result.held else ""
    for counts in (both.replace(undated, ""), own):
        for tail, least in ((f" · {counts} · {date}{unsure}", cell_len(asked)), (f" · {counts}{unsure}", LEAST_ASKED)):
            room = width - cell_len(tail)
            if room >= least:
                return (head if cell_len(head) <= room else fit(asked, room).rstrip()) + tail
    return f"{own}{unsure}"
