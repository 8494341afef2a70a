"""A widget of one line, made of parts that may be clicked, and what widgets ask of the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from hrdash.filter import Filter
from hrdash.tui.segments import safe_segment
from hrdash.tui.themes import role_style


@dataclass
class Asked(Message):
    """Another filter is asked for."""

    change: Callable[[Filter], Filter]
    """What becomes of the present one, which may be another by now than the one that the widget shows."""
    said: tuple[str, ...] | None = None
    """What there is to say of what was typed; `None` where nothing was typed."""


@dataclass
class Pressed(Message):
    """A part was clicked that stands for an action of the screen, as `hrdash.tui.keys` names it."""

    action: str


class Part(NamedTuple):
    """A run of cells, its role, one of `hrdash.tui.themes.LOOKS`, and what a click on it means to the widget."""

    text: str
    role: str = ""
    target: object = None


CLOSE = "close"
"""The target of the part of a `Hint` that closes what it stands in."""
FILL = Part("", "fill")
"""Pushes the parts behind it to the right edge."""


def width_of(parts: Iterable[Part]) -> int:
    """How many cells parts take."""
    return sum(cell_len(part.text) for part in parts)


class OneLine(Widget):
    """Draws its `parts` on one line and finds the part under a click."""

    def parts(self, width: int) -> Sequence[Part]:
        """What stands on the line, at most `width` cells of it."""
        return ()

    def clicked(self, target: object) -> None:
        """A part with a target was clicked; by itself, the target names an action."""
        self.post_message(Pressed(str(target)))

    def render_line(self, y: int) -> Strip:
        width, base = self.size.width, self.rich_style
        if y or width <= 0:
            return Strip.blank(max(0, width), base)
        segments = [
            safe_segment(part.text, base + role_style(self, part.role) if part.role else base)
            for _, part in self.placed()
        ]
        return Strip(segments).adjust_cell_length(width, base)

    def on_click(self, event: events.Click) -> None:
        for left, part in self.placed():
            if left <= event.x < left + cell_len(part.text) and part.target is not None:
                self.clicked(part.target)

    def placed(self) -> list[tuple[int, Part]]:
        """Each part and the cell at which it begins; before `FILL`, what has no room is cut."""
        parts = list(self.parts(self.size.width))
        if FILL in parts:
            at = parts.index(FILL)
            left, right = parts[:at], parts[at + 1 :]
            room = max(0, self.size.width - width_of(right))
            while width_of(left) > room:
                *left, last = left
                if rest := max(0, room - width_of(left)):
                    left.append(last._replace(text=set_cell_size(last.text, rest)))
            parts = [*left, Part(" " * (room - width_of(left))), *right]
        return [(width_of(parts[:number]), part) for number, part in enumerate(parts)]


class Hint(OneLine):
    """The last line of what opens over the dashboard: which keys there are, and, for the mouse, the way back."""

    class Closed(Message):
        """The way back was clicked."""

    def __init__(self, words: str, back: str) -> None:
        super().__init__()
        self._words = words
        self._back = back

    def parts(self, width: int) -> Sequence[Part]:
        back = [Part(self._back, "key", CLOSE), Part(" back ", "muted", CLOSE)]
        words = [Part(f" {self._words}", "muted")]
        return [*(words if width_of((*words, *back)) < width else ()), FILL, *back]

    def say(self, words: str) -> None:
        """Put other words."""
        self._words = words
        self.refresh()

    def clicked(self, target: object) -> None:
        self.post_message(self.Closed())
