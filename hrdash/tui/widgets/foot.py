"""The two lines at the bottom: which keys there are, or what was said, and what is shown of the corpus."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, chop_cells
from textual import events
from textual.reactive import reactive

from hrdash.filter import EVERYTHING
from hrdash.report.filter_words import filter_words
from hrdash.report.wrapping import wrap
from hrdash.text import number_of
from hrdash.tui.keys import FOOTER, WIDGETS_KEYS, Key
from hrdash.tui.result import UNASKED, Result
from hrdash.tui.widgets.bar import Bar, Part, width_of
from hrdash.tui.widgets.row_list import fit

MENU = "≡"
"""Stands before the status."""
_PALETTE = ("screen.over", ("palette",))
"""What a click on the status does: written otherwise than the key's, which is not lit up with it."""
LEAST_ASKED = 8
"""Cells of the filter in words below which the date of the corpus goes."""
WIDE = 100
"""Cells from which on it is said what is marked."""


class Foot(Bar):
    """The keys of the focused pane and what they do, each a button; in their place, until the next key or click, what
    there is to say. Below them corpus, filter in words, shown of all, corpus date: drawn from the result that the list
    is drawn from.

    A click on the status, of which its sign tells, opens the palette: what has no other place for the mouse is there.
    Where there is one line, it is the status; and what is said has the whole foot where a line is too short for it.
    """

    result: reactive[Result] = reactive(UNASKED, always_update=True)
    marked: reactive[int] = reactive(0)
    """How many statements are marked, of the whole corpus."""
    said: reactive[str] = reactive("")
    pane: reactive[str] = reactive("briefs")
    """The id of the pane that has the focus."""

    def __init__(self, keys: Sequence[Key]) -> None:
        super().__init__()
        self._keys = {key.id: key for key in (*keys, *WIDGETS_KEYS)}
        self._covered = False

    def parts_of(self, line: int, width: int) -> Sequence[Part]:
        if (said := self._said_on(line, width)) is not None:
            return (Part(" "), Part(fit(said, width - 2), "alarm"))
        return self.status(width) if line == self.size.height - 1 else self.buttons(width)

    def buttons(self, width: int) -> Sequence[Part]:
        """The keys."""
        shown: list[Part] = [Part(" ")]
        for name in FOOTER.get(self.pane, FOOTER["briefs"]):
            key = self._keys[name]
            action = key.action if key in WIDGETS_KEYS else f"screen.{key.action}"
            one = [Part(key.shown, "key", action), Part(f" {key.footer}", "muted", action), Part("   ")]
            if width_of((*shown, *one)) - 3 <= width:
                shown += one
        return shown

    def status(self, width: int) -> Sequence[Part]:
        """What is shown of the corpus."""
        if width < 3:
            return ()
        count = number_of(self.marked, "statement") if width >= WIDE else f"{self.marked:,}"
        marked = f"{count} marked · " if self.marked else ""
        words = marked + status_words(self.result, width - 2 - len(marked))
        return (Part(f"{MENU} ", "", _PALETTE), Part(fit(words, width - 2), "muted", _PALETTE))

    def _said_on(self, line: int, width: int) -> str | None:
        """What is said on a line, and goes on in a second one where it is long; `None` where something else stands."""
        room = max(1, width - 2)
        if not self.said or self.size.height == 1:
            return self.said or None
        if cell_len(self.said) <= room:
            return None if line else self.said
        (_, end), *rest = wrap(self.said, room)
        begin = rest[0][0] if rest else end
        if len(rest) > 1 and 2 * cell_len(self.said[:end]) < room:  # a word, such as an address, takes a line and more
            end = begin = len(chop_cells(self.said, room)[0])
        return self.said[begin:] if line else self.said[:end]

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self._covered = self._said_on(event.y, self.size.width) is not None

    def on_click(self, event: events.Click) -> None:
        """A click on what is said takes it away, and does nothing that stands behind it."""
        if self._covered:
            event.prevent_default()
            event.stop()


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
    head, date = f"{context.corpus.title} · {asked}", context.corpus.date
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
