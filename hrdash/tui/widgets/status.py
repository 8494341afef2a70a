"""The one-line widgets at the edges: what corpus this is, what is shown of it, what was said, which keys there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.reactive import reactive
from textual.strip import Strip

from hrdash.filter import EVERYTHING
from hrdash.report.filter_words import filter_words
from hrdash.tui.keys import Key
from hrdash.tui.layout import wrap
from hrdash.tui.result import Result, status_head, status_words
from hrdash.tui.segments import safe_segment
from hrdash.tui.widgets.one_line import FILL, OneLine, Part
from hrdash.tui.widgets.row_list import fit

KEYS_WIDTH = 57
"""Cells of the key line where the status line stands beside it."""
SHORT_TITLE = 30
"""Cells of a corpus's title that are worth more than the facts beside it."""
BACK = "app.back"
ALL_OF_IT = ("filter.years", "filter.facets")
"""Keys that make way for the way back while the brief has the whole screen."""


class HeadLine(OneLine):
    """The corpus, how large it is, and how many problems it has."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"one-line--strong", "one-line--muted", "one-line--alarm"}

    whole: reactive[int] = reactive(0)
    """All briefs of the corpus that could be read."""
    problems: reactive[int] = reactive(0)
    result: reactive[Result | None] = reactive(None, always_update=True)

    def parts(self, width: int) -> Sequence[Part]:
        if self.result is None:
            return (Part(" hrdash", "strong"),)
        context = self.result.context
        sources = len(context.registers.sources)
        briefs = f"{self.whole:,} brief{'s' * (self.whole != 1)}"
        facts = f"{briefs} · {sources:,} source{'s' * (sources != 1)} · as of {context.corpus.as_of} "
        alarm = [Part(f"{self.problems} problem{'s' * (self.problems != 1)} (p)", "alarm", "problems"), Part("  ")]
        right = [*(alarm if self.problems else ()), Part(facts, "muted")]
        title, room = context.corpus.title, width - cell_len(" hrdash · ") - 2
        if sum(cell_len(part.text) for part in right) + min(cell_len(title), SHORT_TITLE) > room:
            right = alarm if self.problems else []
        room -= sum(cell_len(part.text) for part in right)
        return [Part(" hrdash", "strong"), Part(f" · {fit(title, min(room, cell_len(title)))}"), FILL, *right]


class StatusLine(OneLine):
    """Corpus, filter in words, shown of all, corpus date: drawn from the result that the list is drawn from."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"one-line--muted"}

    whole: reactive[int] = reactive(0)
    result: reactive[Result | None] = reactive(None, always_update=True)

    def parts(self, width: int) -> Sequence[Part]:
        if self.result is None or width < 3:
            return ()
        words = status_words(self.result, self.whole)
        if cell_len(words) + 2 > width:
            words = _shortened(self.result, self.whole, width - 2)
        return (
            (FILL, Part(words, "muted"), Part(" "))
            if self.screen.has_class("-wide")
            else (Part(" "), Part(words, "muted"))
        )


class KeyLine(OneLine):
    """At most six keys and what they do, each a button; in their place, until the next key, what there is to say.

    What is said takes no line of its own, so that nothing else has to be drawn again.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"one-line--key", "one-line--muted", "one-line--alarm"}

    said: reactive[str] = reactive("")
    zoomed: reactive[bool] = reactive(False)
    """Whether the brief has the whole screen: the way back is then among the keys."""

    def __init__(self, keys: Sequence[Key]) -> None:
        super().__init__()
        self.keys = tuple(key for key in keys if key.footer)
        self._back = tuple(key._replace(footer="back", rank=0) for key in keys if key.id == BACK)

    def parts(self, width: int) -> Sequence[Part]:
        if self.said:
            return (Part(" "), Part(fit(self.said, width - 2), "alarm"))
        keys = self.keys
        if self.zoomed:
            keys = (*self._back, *(key for key in keys if key.id not in ALL_OF_IT))
        room, fitting = width - 1, set()
        for key in sorted(keys, key=lambda key: key.rank):
            room -= cell_len(key.shown) + cell_len(key.footer) + 4
            if room + 3 >= 0:
                fitting.add(key.id)
        shown: list[Part] = [Part(" ")]
        for key in keys:
            if key.id in fitting:
                shown += [Part(key.shown, "key", key.action), Part(f" {key.footer}", "muted", key.action), Part("   ")]
        return shown

    def render_line(self, y: int) -> Strip:
        """What is said goes on in a second line where it has one."""
        room = self.size.width - 2
        if not self.said or self.size.height < 2 or room < 1:
            return super().render_line(y)
        first, *rest = wrap(self.said, room)
        text = self.said[slice(*first)] if y == 0 else self.said[rest[0][0] :] if rest and y == 1 else ""
        style = self.get_component_rich_style("one-line--alarm")
        return Strip([safe_segment(" " + fit(text, room), style)]).adjust_cell_length(self.size.width, self.rich_style)

    def watch_said(self, said: str) -> None:
        """Have the whole foot where the keys' part of it is too short; and a line at all where there was none."""
        if self.parent is not None:
            room = KEYS_WIDTH if self.screen.has_class("-wide") else self.screen.size.width
            self.parent.set_class(bool(said), "-said")
            self.parent.set_class(cell_len(said) + 2 > room, "-long")


def _shortened(result: Result, whole: int, width: int) -> str:
    """The status line where it does not fit: the count stays whole; the title goes before the filter is cut."""
    count = f"{result.total:,} of {whole:,}"
    unread = f" · {result.context.withheld} not readable" if result.context.withheld else ""
    unread += f" · {result.held} as last read" if result.held else ""
    tail = f" · {count} · {result.context.corpus.as_of}{unread}"
    if width < cell_len(tail) + 8:
        tail = f" · {count}{unread}"
    if width < cell_len(tail) + 8:
        return f"{count}{unread}"
    head, asked = status_head(result), "all"
    if result.filter != EVERYTHING:
        asked = filter_words(result.filter, result.context)
    room = width - cell_len(tail)
    return (head if cell_len(head) <= room else fit(asked, room).rstrip()) + tail
