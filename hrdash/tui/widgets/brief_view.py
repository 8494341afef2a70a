"""A page to read: lines of a brief, a cursor on its statements and sources, marks, and text to select."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import reactive
from textual.selection import Selection
from textual.strip import Strip

from hrdash.report.parts import Line
from hrdash.report.render import ROLES
from hrdash.text import cells
from hrdash.tui.layout import SIGNS, Anchor, Page, Piece, row_of, set_page
from hrdash.tui.live import is_said
from hrdash.tui.segments import safe_segment
from hrdash.tui.widgets.brief_head import PLACE_WIDTH
from hrdash.tui.widgets.line_scroll import LineScroll
from hrdash.tui.widgets.row_list import MARKED

_EMPTY = Page(0, (), (), (), ())
_CURSOR, _CURSOR_BLURRED, _LINKED = "▌", "▏", "│"
_STYLES = {role.style for role in ROLES.values()} - {""}


class BriefView(LineScroll, can_focus=True):
    """Shows `hrdash.report.lines` in Textual's Line API: what is not on screen costs nothing."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"brief-view--{name}" for name in (*_STYLES, *SIGNS, "blurred", "outside", "mark", "match", "cursor", "linked")
    }

    cursor: reactive[int] = reactive(-1, repaint=False)
    """Which of the page's anchors the cursor stands on; -1 for none."""
    match: reactive[int] = reactive(-1, repaint=False)
    """Which of the page's matches is the current one; -1 for none."""

    @dataclass
    class Read(Message):
        """So much of the page is above the lower edge, in per cent; `None` where all of it is in sight."""

        share: int | None

    def __init__(
        self, named: str | None = None, titled: bool = False, is_marked: Callable[[str], bool] = lambda _: False
    ) -> None:
        """With `titled`, the title stands over the page, and is in it only where it is too long for that.

        `is_marked` says whether the statement of an anchor is.
        """
        super().__init__(id=named)
        self._titled, self._is_marked = titled, is_marked
        self.lines: tuple[Line, ...] = ()
        """What is shown."""
        self.page = _EMPTY
        """That, set at the present width."""
        self._sought = ""
        self._stood: tuple[tuple[str, str, int, tuple[int, int, int]], int, int] | None = None
        """Where it was told to stand, and the cursor and the row at the top that this led to."""

    @property
    def here(self) -> Anchor | None:
        """The statement or source under the cursor."""
        return self.page.anchors[self.cursor] if 0 <= self.cursor < len(self.page.anchors) else None

    @property
    def standing(self) -> tuple[str, str] | None:
        """Its part and its id."""
        return (self.here.part, self.here.id) if self.here is not None else None

    def read(self, lines: Sequence[Line], keep: bool = False, sought: str = "") -> None:
        """Show other lines: from their top, or with `keep` from where the reader is.

        The cursor stands on the first statement inside the filter, of the part that is `sought` where there is one.
        """
        place, at, self._stood = self._place(), self.standing, None
        stays = keep and sought == self._sought
        self.lines, self._sought = tuple(lines), sought
        if not self.size.width:  # out of sight: to be set when it comes back
            here, nth, top = self.here, self.cursor, self.top
            self.page = _EMPTY
            self.set_reactive(BriefView.cursor, -1)
            if keep and here is not None:
                self.stand_at(here.part, here.id, nth, top)
            return
        self._set()
        self.set_reactive(BriefView.match, -1)
        kept = [number for number, found in enumerate(self.page.anchors) if stays and (found.part, found.id) == at]
        self._begin(row_of(self.page, *place) if keep else 0, kept)
        self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        """Set the page anew, with the same line at the top."""
        if self.page.width != self._room:
            here, top, is_first = self.here, self.top, self.page is _EMPTY
            standing = (here.part, here.id, self.cursor, top) if here is not None else None
            if self._stood is not None and self._stood[1:] == (self.cursor, self.scroll_offset.y):
                standing = self._stood[0]  # nobody has moved since: where there was no room for it, there may be now
            self._set()
            if standing is not None:
                self.stand_at(*standing)
            elif is_first:
                self._begin(0, [])
            else:
                self.scroll_to_row(row_of(self.page, *top[:2]))
        self._say_how_far()

    def _begin(self, top: int, kept: Sequence[int]) -> None:
        """Scroll to a row, and put the cursor where it is kept, else on what is sought, and that into sight."""
        inside = {(line.part, line.anchor) for line in self.lines if is_said(line) and not line.outside}
        anchors = list(enumerate(self.page.anchors))
        wanted = [number for number, found in anchors if found.part == self._sought and self._sought]
        first = [number for number, found in anchors if (found.part, found.id) in inside]
        cursor = next(iter((*kept, *wanted, *first, *(number for number, _ in anchors))), -1)
        self.set_reactive(BriefView.cursor, cursor)
        self.scroll_to_row(top)
        if not kept and (wanted or (first and first[0])):
            self.into_sight(self.page.anchors[cursor].first, self.page.anchors[cursor].last)

    def move(self, step: int) -> None:
        """Move the cursor to the next or previous anchor, or scroll where that one is not in sight yet."""
        anchors, top, height = self.page.anchors, self.scroll_offset.y, max(1, self.size.height)
        wanted, here, unread = self.cursor + step, self.here, False
        target = anchors[wanted] if 0 <= wanted < len(anchors) else None
        if here is not None and here.last >= top and here.first < top + height:
            unread = here.last >= top + height if step > 0 else here.first < top
        beyond = target is None or not top <= (target.first if step > 0 else target.last) < top + height
        if unread or beyond:
            self.scroll_to_row(top + step * max(1, min(height // 2, 5)))
        if target is not None and (not (unread or beyond) or self.scroll_offset.y == top):
            self.cursor = wanted

    def turn(self, step: float) -> None:
        """Scroll by pages, and take the cursor along."""
        height = max(1, self.size.height)
        self.scroll_to_row(self.scroll_offset.y + round(step * height))
        self._cursor_into_sight()

    def end(self, last: bool) -> None:
        """Go to the very first or the very last line."""
        self.scroll_to_row(self.virtual_size.height if last else 0)
        anchors = self.page.anchors
        self.cursor = (len(anchors) - 1 if last else 0) if anchors else -1

    def step_section(self, step: int) -> None:
        """Go to the next or previous section, and put the cursor on what is first there."""
        top = self.scroll_offset.y
        rows = [row for row in self.page.headings if (row > top if step > 0 else row < top)]
        if not rows:
            self.end(step > 0)
            return
        self.scroll_to_row(rows[0] if step > 0 else rows[-1])
        self._cursor_into_sight()

    def stand_on(self, part: str, anchor: str) -> None:
        """Put the cursor on a statement, and that into sight."""
        at = next((at for at, found in enumerate(self.page.anchors) if found.id == anchor and found.part == part), None)
        if at is None:
            at = next((at for at, found in enumerate(self.page.anchors) if found.id == anchor), -1)
        self.cursor = at

    @property
    def top(self) -> tuple[int, int, int]:
        """The text and the character at the top of what is in sight, and the empty rows above them."""
        place = self._place()
        return (*place, max(0, row_of(self.page, *place) - self.scroll_offset.y))

    def stand_at(self, part: str, anchor: str, nth: int, top: tuple[int, int, int]) -> None:
        """Put a text at the top, and the cursor on a statement; where that is gone, on the one in its place."""
        anchors = self.page.anchors
        found = [at for at, found in enumerate(anchors) if found.id == anchor]
        at = next((at for at in found if anchors[at].part == part), found[0] if found else min(nth, len(anchors) - 1))
        self.set_reactive(BriefView.cursor, at)
        self.scroll_to_row(row_of(self.page, *top[:2]) - top[2])
        first = self.scroll_offset.y
        if at >= 0 and not (anchors[at].first < first + self.size.height and anchors[at].last >= first):
            self.into_sight(anchors[at].first, anchors[at].last)
        self._stood = ((part, anchor, nth, top), self.cursor, self.scroll_offset.y)
        self.refresh()

    def step_match(self, step: int) -> bool:
        """Go to the next or previous match; false at the end of this page."""
        wanted = (self.match + step) if self.match >= 0 else (0 if step > 0 else len(self.page.matches) - 1)
        if not 0 <= wanted < len(self.page.matches):
            return False
        self.match = wanted
        return True

    def selected_anchors(self, selection: Selection) -> tuple[tuple[str, str], ...]:
        """Part and id of each statement or source that a selection touches."""
        shown = (line for number, line in enumerate(self.page.lines) if selection.get_span(number) is not None)
        return tuple(dict.fromkeys((line.part, line.anchor) for line in shown if line.anchor))

    def watch_cursor(self, before: int, now: int) -> None:
        anchors = self.page.anchors
        self.refresh()
        if 0 <= now < len(anchors):
            self.into_sight(anchors[now].first, anchors[now].last)

    def watch_match(self, before: int, now: int) -> None:
        self.refresh()
        if 0 <= now < len(self.page.matches):
            match = self.page.matches[now]
            if match.anchor >= 0:
                self.cursor = match.anchor
            self.into_sight(max(0, match.row - 1), match.row)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is."""
        row = event.y + self.scroll_offset.y
        if 0 <= row < len(self.page.rows):
            left = 0
            for piece in self.page.rows[row]:
                left += cells(piece.text)
                if piece.anchor >= 0 and event.x < left:
                    self.cursor = piece.anchor
                    return

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._say_how_far()

    def _say_how_far(self) -> None:
        rows, height = len(self.page.rows), self.size.height
        share = min(100, round(100 * (self.scroll_offset.y + height) / rows)) if rows > height > 0 else None
        self.post_message(self.Read(share))

    def on_focus(self) -> None:
        self.refresh()

    on_blur = on_focus

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text as it was written: no line breaks of this page, no words of the other column."""
        spans = ((text, selection.get_span(number)) for number, text in enumerate(self.page.texts))
        found = [text[span[0] : None if span[1] == -1 else span[1]] for text, span in spans if span is not None]
        return "\n".join(found), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width, number = self.size.width, y + self.scroll_offset.y
        base = self.rich_style
        if number >= len(self.page.rows):
            return Strip.blank(width, base)
        segments = [segment for piece in self.page.rows[number] for segment in self._segments(piece)]
        return Strip(segments).adjust_cell_length(width, base)

    def _segments(self, piece: Piece) -> list[Segment]:
        if piece.role == "gutter":
            if piece.part and len(piece.text) > 1 and self._is_marked(self.page.anchors[piece.anchor].id):
                piece = piece._replace(text=piece.text[:-1] + MARKED)
            if piece.anchor < 0 or piece.anchor != self.cursor:
                if self._is_linked(piece):
                    return [safe_segment(_LINKED + piece.text[1:], self.get_component_rich_style("brief-view--linked"))]
                return [safe_segment(piece.text, self.rich_style)]
            style = self.get_component_rich_style("brief-view--cursor" if self.has_focus else "brief-view--blurred")
            return [safe_segment((_CURSOR if self.has_focus else _CURSOR_BLURRED) + piece.text[1:], style)]
        if piece.line < 0:
            name = {"heading": "heading", "rule": "blurred"}.get(piece.role, piece.part)
            style = self.get_component_rich_style(f"brief-view--{name}") if name else self.rich_style
            return [safe_segment(piece.text, style)]
        name = "outside" if self.page.lines[piece.line].outside else ROLES[piece.role].style
        style = self.get_component_rich_style(f"brief-view--{name}") if name else self.rich_style
        end = piece.start + len(piece.text)
        layers: list[tuple[int, int, Style]] = [
            (match.start, match.end,
             self.get_component_rich_style(f"brief-view--{'match' if number == self.match else 'mark'}"))
            for number, match in enumerate(self.page.matches) if match.line == piece.line
        ]  # fmt: skip
        span = self.text_selection.get_span(piece.line) if self.text_selection is not None else None
        if span is not None:
            stop = end if span[1] == -1 else span[1]
            layers.append((span[0], stop, self.screen.get_component_rich_style("screen--selection")))
        cuts = {min(max(cut, piece.start), end) for first, last, _ in layers for cut in (first, last)}
        segments = []
        for first, last in pairwise(sorted({piece.start, end, *cuts})):
            shown = sum((layer for start, stop, layer in layers if start <= first and last <= stop), style)
            shown += Style.from_meta({"offset": (first, piece.line)})
            segments.append(safe_segment(piece.text[first - piece.start : last - piece.start], shown))
        return segments

    def _is_linked(self, piece: Piece) -> bool:
        """Whether something is of the cursor's thread: what was said to it, or what it is said to."""
        if self.here is None or piece.anchor < 0:
            return False
        here, other = self.here, self.page.anchors[piece.anchor]
        return here.thread > 0 and here.thread == other.thread

    @property
    def standing_at(self) -> Offset:
        """Where on the screen the statement or source under the cursor begins."""
        here, top = self.here, self.scroll_offset.y
        return self.at_row(max(here.first, top) if here is not None else top)

    def _set(self) -> None:
        if self.size.width:  # on screen: there is a width to set a page at
            whole = bool(self.lines) and self.lines[0].role == "title" and self._titled
            whole = whole and cells(self.lines[0].text) <= self._room - PLACE_WIDTH
            self.page = set_page(self.lines[whole:], self._room)
            self.sized(len(self.page.rows))
            self._say_how_far()
            self.refresh()

    @property
    def _room(self) -> int:
        return max(1, self.scrollable_content_region.width - 1)

    def _place(self) -> tuple[int, int]:
        """The text and the character at the top of what is in sight."""
        pieces = (piece for row in self.page.rows[self.scroll_offset.y :] for piece in row)
        return next(((piece.line, piece.start) for piece in pieces if piece.line >= 0), (0, 0))

    def _cursor_into_sight(self) -> None:
        top, bottom = self.scroll_offset.y, self.scroll_offset.y + max(1, self.size.height)
        anchors = self.page.anchors
        seen = [number for number, anchor in enumerate(anchors) if anchor.first < bottom and anchor.last >= top]
        if seen and self.cursor not in seen:
            self.set_reactive(BriefView.cursor, seen[0])
            self.refresh()
