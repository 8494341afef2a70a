"""A widget of one line, made of parts that may be clicked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from rich.cells import cell_len, set_cell_size
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from hrdash.tui.segments import safe_segment


class Part(NamedTuple):
    """A run of cells, its role, and what a click on it means to the widget."""

    text: str
    role: str = ""
    target: object = None


CLOSE = "close"
"""The target of the part of a `Hint` that closes what it stands in."""
FILL = Part("", "fill")
"""Pushes the parts behind it to the right edge."""


class OneLine(Widget):
    """Draws its `parts` on one line and finds the part under a click.

    Each subclass names the roles of its parts as component classes, and no others: every one of them costs at start.
    """

    @dataclass
    class Pressed(Message):
        """A part was clicked that stands for an action of the screen, as `hrdash.tui.keys` names it."""

        action: str

    def parts(self, width: int) -> Sequence[Part]:
        """What stands on the line, at most `width` cells of it."""
        return ()

    def clicked(self, target: object) -> None:
        """A part with a target was clicked; by itself, the target names an action."""
        self.post_message(self.Pressed(str(target)))

    def render_line(self, y: int) -> Strip:
        width, base = self.size.width, self.rich_style
        if y or width <= 0:
            return Strip.blank(max(0, width), base)
        segments = [
            safe_segment(part.text, self.get_component_rich_style(f"one-line--{part.role}") if part.role else base)
            for part in self._laid_out(width)
        ]
        return Strip(segments).adjust_cell_length(width, base)

    def on_click(self, event: events.Click) -> None:
        left = 0
        for part in self._laid_out(self.size.width):
            right = left + cell_len(part.text)
            if left <= event.x < right and part.target is not None:
                self.clicked(part.target)
                return
            left = right

    def _laid_out(self, width: int) -> list[Part]:
        parts = list(self.parts(width))
        if FILL in parts:
            at = parts.index(FILL)
            right = sum(cell_len(part.text) for part in parts[at + 1 :])
            left = parts[:at]
            room = max(0, width - right)
            used = sum(cell_len(part.text) for part in left)
            while left and used > room:
                last = left.pop()
                used -= cell_len(last.text)
                if used < room:
                    left.append(last._replace(text=set_cell_size(last.text, room - used)))
                    used = room
            return [*left, Part(" " * (room - used), ""), *parts[at + 1 :]]
        return parts


class Hint(OneLine):
    """The last line of what opens over the dashboard: which keys there are, and, for the mouse, the way back."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"one-line--muted", "one-line--key"}

    class Closed(Message):
        """The way back was clicked."""

    def __init__(self, words: str, back: str) -> None:
        super().__init__()
        self._words = words
        self._back = back

    def parts(self, width: int) -> Sequence[Part]:
        back = [Part(self._back, "key", CLOSE), Part(" back ", "muted", CLOSE)]
        if cell_len(self._words) + sum(cell_len(part.text) for part in back) + 2 > width:
            return [FILL, *back]
        return [Part(f" {self._words}", "muted"), FILL, *back]

    def clicked(self, target: object) -> None:
        self.post_message(self.Closed())
