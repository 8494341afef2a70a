"""A widget of a line or two, made of parts that may be clicked, and what widgets ask of the screen."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from hrdash.filter import Filter
from hrdash.tui.segments import UNDERLINED, meant, safe_segment
from hrdash.tui.themes import role_style


class Asked(Message):
    """Another filter is asked for."""

    def __init__(self, change: Callable[[Filter], Filter], said: tuple[str, ...] | None = None) -> None:
        """`change` is what becomes of the present one, which may be another by now than the one that the widget shows;
        `said` what there is to say of what was typed, and `None` where nothing was.
        """
        super().__init__()
        self.change, self.said = change, said


class Part(NamedTuple):
    """A run of cells, its role, one of `hrdash.tui.themes.LOOKS`, and the action that a click on it is."""

    text: str
    role: str = ""
    action: str | tuple[str, tuple[object, ...]] = ""
    """As Textual takes it: `screen.over('palette')`, or the name of one of the widget's own and its arguments."""


FILL = Part("", "fill")
"""Pushes the parts behind it to the right edge."""


def width_of(parts: Iterable[Part]) -> int:
    """How many cells parts take."""
    return sum(cell_len(part.text) for part in parts)


class Bar(Widget):
    """Draws its `parts` on its line; a click on one does its action, and under the mouse it is underlined."""

    _pointed: object = None
    """The action under the mouse."""

    def parts(self, width: int) -> Sequence[Part]:
        """What stands on the line, at most `width` cells of it."""
        return ()

    def parts_of(self, line: int, width: int) -> Sequence[Part]:
        """What stands on one of its lines, where it has several."""
        return self.parts(width) if line == 0 else ()

    def render_line(self, y: int) -> Strip:
        """Before `FILL`, what has no room is cut."""
        width, base = self.size.width, self.rich_style
        parts = list(self.parts_of(y, width)) if width > 0 else []
        at = parts.index(FILL) if FILL in parts else len(parts)
        left, right = (
            Strip([safe_segment(part.text, base + self._style(part)) for part in some])
            for some in (parts[:at], parts[at + 1 :])
        )
        left = left.adjust_cell_length(max(0, width - right.cell_length), base)
        return Strip.join((left, right)).adjust_cell_length(width, base)

    def _style(self, part: Part) -> Style:
        style = role_style(self, part.role) if part.role else Style()
        if part.action:
            style += meant("@click", part.action)
            style += UNDERLINED if part.action == self._pointed else Style()
        return style

    def on_mouse_move(self, event: events.MouseMove) -> None:
        self._point(event.style.meta.get("@click"))

    def on_leave(self) -> None:
        self._point(None)

    def _point(self, action: object) -> None:
        if action != self._pointed:
            self._pointed = action
            self.refresh()
