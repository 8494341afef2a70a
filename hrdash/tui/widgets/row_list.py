"""A list of any number of rows, of a line or of several: a row is asked for when it comes into sight, and only then."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, chain
from types import MappingProxyType
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.style import Style
from textual import events
from textual.geometry import Offset, Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from hrdash.report.wrapping import wrap
from hrdash.tui.segments import safe_segment, underlined
from hrdash.tui.themes import role_style, sign_style
from hrdash.tui.widgets.line_scroll import LineScroll

Row = tuple[tuple[str, str], ...]
"""Runs of text on one line, each with a role: one of `hrdash.tui.themes.LOOKS`; or `sign`, of signs."""
Top = tuple[int, int, bool]
"""Where a list is scrolled to: the row at the top of what is in sight, the lines of it above; and whether the row under
the cursor is out of sight."""
MARKED = "◆"
"""Stands beside what is marked, to be taken along."""
BLOCK = 32
"""Rows whose lines are counted together."""
STEADY = 1
"""Cells to the side by which a click may slip."""


def fit(text: str, width: int) -> str:
    """A text in exactly `width` cells: padded, or cut with `…`."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return text + " " * (width - cell_len(text))
    return set_cell_size(set_cell_size(text, width - 1).rstrip() + "…", width)


class RowList(LineScroll, can_focus=True):
    """A virtual list on Textual's Line API; subclasses say how many rows there are and what stands in each."""

    CHOSEN_BY_ONE_CLICK: ClassVar[bool] = False
    """Whether a click on a row chooses it, and not only a click on the row under the cursor."""
    WHOLE_ROWS: ClassVar[bool] = True
    """Whether the cursor is drawn over the whole of its row."""

    LINES: ClassVar[int] = 1
    """How many lines a row is thought to take before it has been in sight."""

    nothing: str = ""
    """What stands in the list where it has no rows."""
    meant: str = ""
    """What was probably asked for then, and how to take it; above what else stands there."""
    way_out: str = ""
    """What to do then."""

    cursor: reactive[int] = reactive(0, repaint=False)
    """The row that the cursor stands on."""
    _heights: Mapping[int, tuple[int, ...]] = MappingProxyType({})
    """By block, how many lines each of its rows takes; of the blocks that have been in sight at this width."""
    _starts: Sequence[int] = (0,)
    """The line at which each block begins, and behind them that of the end."""
    _pointed = -1
    """The row under the mouse, where a click on it chooses it; -1 for none."""
    _pressed = Offset()
    """Where on the screen the mouse was pressed last."""
    _stood: tuple[tuple[int, Top], int, int] | None = None
    """Where it was told to stand, and the cursor and the line at the top that this led to."""
    _drawn: Callable[[int, int], Sequence[Row]]
    """`lines` while they are drawn: each line of a row asks for all of them."""

    class OfRow(Message):
        """Something about a row."""

        def __init__(self, rows: RowList, index: int) -> None:
            super().__init__()
            self.rows, self.index = rows, index

        @property
        def control(self) -> RowList:
            return self.rows

    class Highlighted(OfRow):
        """The cursor came to stand on another row."""

    class Chosen(OfRow):
        """A row was chosen: by Enter, or by a click on the row under the cursor."""

    class Dragged(Message):
        """The mouse was dragged over rows, as one does to select text, of which a list has none."""

    def count(self) -> int:
        """How many rows there are."""
        return 0

    def row(self, index: int, width: int) -> Row:
        """What stands in a row of one line, in at most `width` cells."""
        return ()

    def lines(self, index: int, width: int) -> Sequence[Row]:
        """The lines of a row; one that begins with a `heading` stands over it, and not under the cursor."""
        return (self.row(index, width),)

    def height(self, index: int, width: int) -> int:
        """How many lines a row takes."""
        return len(self.lines(index, width))

    def can_stand(self, index: int) -> bool:
        """Whether the cursor may stand on a row; not on headings."""
        return True

    def renew(self, cursor: int = 0, top: int | None = None) -> None:
        """Draw rows that have changed, with the cursor on one of them and, if given, `top` the first line in sight."""
        self._forget()
        self._stood = None
        last = max(0, self.count() - 1)
        self.set_reactive(RowList.cursor, min(max(0, cursor), last))
        self._pointed = -1
        if top is not None:
            self.scroll_to_row(top)
        self._into_sight()
        self.refresh()

    def stand(self, cursor: int, top: Top) -> None:
        """Put the cursor on one row, in sight unless it was not, and another at the top as far as that allows."""
        self.renew(cursor)
        self.scroll_to_row(self.first_line(min(max(0, top[0]), max(0, self.count() - 1))) + top[1])
        if not top[2]:
            self._into_sight()
        self._stood = (cursor, top), self.cursor, self.scroll_offset.y

    @property
    def top(self) -> Top:
        """Where it is scrolled to."""
        top, height = self.scroll_offset.y, self.size.height
        first, last = self._lines_of_cursor() if self.count() else (top, top)
        return (*self.row_at(top), height > 0 and not (first < top + height and last >= top))

    def first_line(self, index: int) -> int:
        """The line at which a row begins."""
        block, at = divmod(index, BLOCK)
        return self._starts[block] + sum(self._measured(block)[:at])

    def row_at(self, line: int) -> tuple[int, int]:
        """The row that has a line, and which of its lines that is; the number of rows where none has."""
        if not 0 <= line < self._starts[-1]:
            return self.count(), 0
        block = min(max(0, bisect_right(self._starts, line) - 1), max(0, len(self._starts) - 2))
        rest = line - self._starts[block]
        for at, height in enumerate(self._measured(block)):
            if rest < height:
                return block * BLOCK + at, rest
            rest -= height
        return self.count(), 0

    def _measured(self, block: int) -> tuple[int, ...]:
        """How many lines each row of a block takes; what is above it keeps its place on the screen."""
        if block not in self._heights and self.size.width:
            first, last, width = block * BLOCK, min((block + 1) * BLOCK, self.count()), self.size.width
            lines = tuple(self.height(index, width) for index in range(first, last))
            self._heights = {**self._heights, block: lines}
            top, start, before = self.scroll_offset.y, self._starts[block], self._starts[-1]
            self._count_lines()
            if start < top and block + 1 < len(self._starts) and self._starts[-1] != before:
                self.scroll_to_row(top + self._starts[-1] - before)
        return self._heights.get(block, (self.LINES,) * BLOCK)

    def _forget(self) -> None:
        self._heights = {}
        self._count_lines()

    def _count_lines(self) -> None:
        count, lines = self.count(), BLOCK * self.LINES
        if self._heights:
            each = [lines] * (count // BLOCK) + [count % BLOCK * self.LINES]
            for block, heights in self._heights.items():
                each[block] = sum(heights)
            self._starts = list(accumulate(each, initial=0))
        else:
            self._starts = [*range(0, count // BLOCK * lines + 1, lines), count * self.LINES]
        self.sized(self._starts[-1])

    def move(self, step: int) -> None:  # over rows on which the cursor cannot stand
        last = max(0, self.count() - 1)
        aim = min(max(0, self.cursor + step), last)
        onward, back = range(aim, last + 1), range(aim, -1, -1)
        for wanted in chain(onward, back) if step > 0 else chain(back, onward):
            if wanted < self.count() and self.can_stand(wanted):
                self.cursor = wanted
                break
        self._into_sight()

    def turn(self, step: float) -> None:
        lines = round(step * max(1, self.size.height)) or (1 if step > 0 else -1)
        if self.count():
            line = min(max(0, self.first_line(self.cursor) + lines), self._starts[-1] - 1)
            lines = self.row_at(line)[0] - self.cursor or (1 if step > 0 else -1)
        self.move(lines)

    def end(self, last: bool) -> None:
        self.move(self.count() if last else -self.count())

    def watch_cursor(self, before: int, now: int) -> None:
        for index in (before, now):
            self._refresh_row(index)
        self._into_sight()
        if self.count():
            self.post_message(self.Highlighted(self, now))

    def on_mount(self) -> None:
        self._count_lines()

    def on_resize(self, event: events.Resize) -> None:
        stood = self._stood
        self._forget()
        if stood is not None and stood[1:] == (self.cursor, self.scroll_offset.y):
            self.stand(*stood[0])  # nobody has moved since: where there was no room for it, there may be now
        else:
            self._into_sight()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if self.count():
            top = self.scroll_offset.y
            for line in (top, top + self.size.height):  # before they are drawn
                self.row_at(min(line, self._starts[-1] - 1))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self._pressed = event.screen_offset

    def on_click(self, event: events.Click) -> None:
        index, _ = self.row_at(event.y + self.scroll_offset.y)
        right, down = event.screen_offset - self._pressed
        if down or abs(right) > STEADY:
            self.post_message(self.Dragged())
        elif 0 <= index < self.count() and self.can_stand(index):
            again = index == self.cursor
            self.cursor = index
            if again or self.CHOSEN_BY_ONE_CLICK:
                self.post_message(self.Chosen(self, index))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self.CHOSEN_BY_ONE_CLICK and self.WHOLE_ROWS:
            index, _ = self.row_at(event.y + self.scroll_offset.y)
            self._point(index if index < self.count() and self.can_stand(index) else -1)

    def on_leave(self) -> None:
        self._point(-1)

    def _point(self, index: int) -> None:
        before, self._pointed = self._pointed, index
        if before != index:
            for row in (before, index):
                self._refresh_row(row)

    def on_focus(self) -> None:
        self._refresh_row(self.cursor)

    on_blur = on_focus

    def render_lines(self, crop: Region) -> list[Strip]:
        self._drawn = lru_cache(1)(self.lines)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        line, width = y + self.scroll_offset.y, self.size.width
        base = self.base
        index, at = self.row_at(line)
        if not self.count() and width > 0:
            said = self._said_of_nothing(width)
            text, style = said[line] if line < len(said) else ("", Style())
            return Strip([safe_segment(fit(text, width), base + style)])
        if index >= self.count() or width <= 0:
            return Strip.blank(max(0, width), base)
        lines = self._drawn(index, width)
        row: Row = lines[at] if at < len(lines) else ()
        over = index == self.cursor and self.WHOLE_ROWS and self.can_stand(index)
        if over and not (row[:1] and row[0][1] == "heading"):
            base += role_style(self, "chosen" if self.shows_focus else "blurred")
        else:
            over = False
        segments = []
        for text, role in row:
            if role == "sign":
                segments += [
                    safe_segment(sign, base if over and self.shows_focus else base + sign_style(self, sign))
                    for sign in text
                ]
                continue
            style = base + role_style(self, role) if role and not over else base
            segments.append(safe_segment(text, style + Style(underline=True) if role == "mark" and over else style))
        if index == self._pointed:
            segments = [lit for segment in segments for lit in underlined(segment)]
        return Strip(segments).adjust_cell_length(width, base)

    def _said_of_nothing(self, width: int) -> list[tuple[str, Style]]:
        """The lines of what is said where there are no rows, a blank one above each sentence."""
        shown = [("", Style())]
        take = Style.from_meta({"@click": "screen.take_meant"})
        for text in filter(None, (self.meant, self.nothing, self.way_out) if self.nothing else ()):
            style = take if text == self.meant else Style()
            shown += [*((f" {text[start:end]}", style) for start, end in wrap(text, max(1, width - 2))), ("", Style())]
        return shown[self.size.height < len(shown) :]

    @property
    def standing_at(self) -> Offset:
        """Where on the screen the row under the cursor begins."""
        lines = self.lines(self.cursor, self.size.width) if self.cursor < self.count() else ()
        over = sum(bool(line) and line[0][1] == "heading" for line in lines)
        return self.at_row(self.first_line(self.cursor) + over)

    @property
    def shows_focus(self) -> bool:
        """Whether the cursor is drawn as the one that keys move."""
        return self.has_focus

    def _refresh_row(self, index: int) -> None:
        if 0 <= index < self.count():
            self.refresh_lines(self.first_line(index), self._measured(index // BLOCK)[index % BLOCK])

    def _into_sight(self) -> None:
        if not self.count() or not self.size.width:
            return
        heading = self.size.height > 1 and self.cursor > 0 and not self.can_stand(self.cursor - 1)
        for _ in range(2):  # what is measured on the way may move it
            first, last = self._lines_of_cursor()
            self.into_sight(first - heading, last)

    def _lines_of_cursor(self) -> tuple[int, int]:
        """The first and the last line of the row under the cursor."""
        first = self.first_line(self.cursor)
        return first, first + self._measured(self.cursor // BLOCK)[self.cursor % BLOCK] - 1
