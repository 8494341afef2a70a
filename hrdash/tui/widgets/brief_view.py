"""A page to read: lines of a brief, a cursor on its statements and sources, marks, links, and text to select."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset, Size
from textual.message import Message
from textual.reactive import reactive
from textual.selection import Selection
from textual.strip import Strip

from hrdash.report.parts import Line, Link, is_said, link_spans
from hrdash.report.roles import ROLES
from hrdash.text import cells
from hrdash.tui.layout import Anchor, Match, Page, Piece, beside, of_one_thread, row_of, set_page
from hrdash.tui.segments import UNDERLINED, meant, safe_segment
from hrdash.tui.themes import role_style, sign_style
from hrdash.tui.widgets.brief_head import PLACE_WIDTH
from hrdash.tui.widgets.line_scroll import LineScroll
from hrdash.tui.widgets.row_list import MARKED

Top = tuple[int, int, int, bool]
"""Where a page is scrolled to: the text and the character at the top of what is in sight, the empty rows above; and
whether the cursor is out of sight."""
_EMPTY = Page(0, (), (), (), ())
_CURSOR, _CURSOR_BLURRED, _LINKED = "▌", "▏", "│"
_LETTERS = "asdfghjklwertyuiopzxcvbnmASDFGHJKLWERTYUIOPZXCVBNM"
"""What stands at the places to jump to, in the order in which they are given out."""


class BriefView(LineScroll, can_focus=True):
    """Shows `hrdash.report.lines` in Textual's Line API: what is not on screen costs nothing."""

    cursor: reactive[int] = reactive(-1, repaint=False)
    """Which of the page's anchors the cursor stands on; -1 for none."""
    match: reactive[int] = reactive(-1, repaint=False)
    """Which of the `stops` is the current one; -1 for none."""
    letters: reactive[Mapping[str, tuple[int, int]]] = reactive({})
    """By the letter that stands there, each place to jump to: its row, and its anchor, or -1 for a heading."""

    class Read(Message):
        """How far the page has been read."""

        def __init__(self, share: int | None, shows_title: bool) -> None:
            """`share` per cent of it are above the lower edge; `None` where all of it is in sight."""
            super().__init__()
            self.share, self.shows_title = share, shows_title

    def __init__(
        self, named: str | None = None, titled: bool = False, is_marked: Callable[[str], bool] = lambda _: False
    ) -> None:
        """With `titled`, the title stands over the page, and is in it only where it is too long for that.

        `is_marked` says whether the statement of an anchor is.
        """
        super().__init__(id=named)
        self._titled, self._is_marked = titled, is_marked
        self._lines: tuple[Line, ...] = ()
        self._unread: Callable[[], Sequence[Line]] | None = None
        """What gives other lines, until they are asked for."""
        self.page = _EMPTY
        """That, set at the present width."""
        self.stops: tuple[Match, ...] = ()
        """What `n` walks: the searched words, else the statements that the filter asks for, without what is dimmed."""
        self._sought = ""
        self._links: tuple[tuple[tuple[int, int, Link], ...], ...] = ()
        """The links of each of the page's lines."""
        self._pointed: tuple[int, Link] | None = None
        """The line and the link under the mouse."""
        self._pressed: tuple[int, int] | None = None
        self._stood: tuple[tuple[str, str, int, Top], int, int] | None = None
        """Where it was told to stand, and the cursor and the row at the top that this led to."""

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is shown; of a page that is out of sight, it is read when it comes into sight."""
        if self._unread is not None:
            self._lines, self._unread = tuple(self._unread()), None
        return self._lines

    @property
    def here(self) -> Anchor | None:
        """The statement or source under the cursor."""
        return self.page.anchors[self.cursor] if 0 <= self.cursor < len(self.page.anchors) else None

    @property
    def standing(self) -> tuple[str, str] | None:
        """Its part and its id; nothing where it only leads elsewhere."""
        return (self.here.part, self.here.id) if self.here is not None and not self.here.id.endswith("/") else None

    @property
    def links(self) -> dict[Link, str]:
        """What the lines under the cursor lead to, each with its words."""
        here = self.here
        mine = [number for number, line in enumerate(self.page.lines)
                if here is not None and (line.part, line.anchor) == (here.part, here.id)]  # fmt: skip
        return {
            link: self.page.texts[number][first:last] for number in mine for first, last, link in self._links[number]
        }

    def read(self, lines: Callable[[], Sequence[Line]], keep: bool = False, sought: str = "") -> None:
        """Show other lines, which are read for it: from what the filter asks for, or with `keep` from where the reader
        is.

        What it asks for are the searched words, else the part that is `sought`, else the statements inside.
        """
        place, at = self._place(), (self.here.part, self.here.id) if self.here is not None else None
        stays = keep and sought == self._sought
        lettered = keep and bool(self.letters)
        self._unread, self._sought = lines, sought
        self._stood, self._pointed, self.letters = None, None, {}
        if not self.size.width:  # out of sight: to be set when it comes back
            here, nth, top = self.here, self.cursor, self.top
            self.page, self._links, self.stops = _EMPTY, (), ()
            self.set_reactive(BriefView.cursor, -1)
            if keep and here is not None:
                self.stand_at(here.part, here.id, nth, top)
            return
        self._set()
        kept = [number for number, found in enumerate(self.page.anchors) if stays and (found.part, found.id) == at]
        self._begin(row_of(self.page, *place) if keep else 0, kept)
        if lettered:
            self.show_letters()
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The rows of the page at that width, or of as many lines as fill the screen."""
        room = max(1, width - self.scrollbar_size_vertical - 1)
        return len(set_page(self.lines[: viewport.height], room).rows)

    def on_resize(self, event: events.Resize) -> None:
        """Set the page anew, with the same line at the top."""
        if self.page.width != self._room:
            here, top, is_first = self.here, (*self.top[:3], False), self.page is _EMPTY
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
        """Scroll to a row, and put the cursor where it is kept, else on the first stop, and that into sight."""
        anchors, stop = self.page.anchors, next(iter(self.stops), None)
        first = next((at for at, found in enumerate(anchors) if not found.id.endswith("/")), min(0, len(anchors) - 1))
        at = stop.anchor if stop is not None and stop.anchor >= 0 else first
        self.set_reactive(BriefView.cursor, next(iter(kept), at))
        on = [number for number, stop in enumerate(self.stops) if stop.anchor in (-1, self.cursor)]
        if kept and self.match not in on:
            self.set_reactive(BriefView.match, next(iter(on), -1))
        self.scroll_to_row(top)
        if not kept:
            self.set_reactive(BriefView.match, min(0, len(self.stops) - 1))
        if not kept and stop is not None and (at != first or stop.line >= 0 or self._sought):
            if stop.anchor >= 0:
                self.into_sight(anchors[at].first, anchors[at].last)
            self.into_sight(max(0, stop.row - 1), stop.row)

    def move(self, step: int) -> None:
        """Move the cursor to the next or previous anchor, or scroll where that one is not in sight yet."""
        anchors, top, height = self.page.anchors, self.scroll_offset.y, max(1, self.size.height)
        wanted, here, unread = self.cursor + step, self.here, False
        target = anchors[wanted] if 0 <= wanted < len(anchors) else None
        if here is not None and here.last >= top and here.first < top + height:
            unread = here.last >= top + height if step > 0 else here.first < top
        beside = here is not None and target is not None and target.first <= here.last and here.first <= target.last
        beyond = target is None or not (beside or top <= (target.first if step > 0 else target.last) < top + height)
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

    def step_column(self, step: int) -> bool:
        """Go from what was put to its answer, or to the claims beside it, and back; false where nothing is beside."""
        if (at := beside(self.page, self.cursor, step)) is not None:
            self.cursor = at
        return at is not None

    @property
    def top(self) -> Top:
        """Where it is scrolled to."""
        place, here = self._place(), self.here
        unseen = here is not None and self.size.height > 0 and not self._is_seen(here)
        return (*place, max(0, row_of(self.page, *place) - self.scroll_offset.y), unseen)

    def _is_seen(self, anchor: Anchor) -> bool:
        top = self.scroll_offset.y
        return anchor.first < top + self.size.height and anchor.last >= top

    def stand_at(self, part: str, anchor: str, nth: int, top: Top) -> None:
        """Put a text at the top, and the cursor on a statement, in sight unless it was not; where that is gone, on the
        one in its place."""
        anchors = self.page.anchors
        found = [at for at, found in enumerate(anchors) if found.id == anchor]
        at = next((at for at in found if anchors[at].part == part), found[0] if found else min(nth, len(anchors) - 1))
        self.set_reactive(BriefView.cursor, at)
        self.scroll_to_row(row_of(self.page, *top[:2]) - top[2])
        if at >= 0 and not top[3] and not self._is_seen(anchors[at]):
            self.into_sight(anchors[at].first, anchors[at].last)
        self._stood = ((part, anchor, nth, top), self.cursor, self.scroll_offset.y)
        self.refresh()

    def step_match(self, step: int) -> bool:
        """Go to the next or previous stop, from where the cursor is; false at the end of this page."""
        stops, wanted = self.stops, self.match + step
        if not (0 <= self.match < len(stops) and stops[self.match].anchor in (-1, self.cursor)):
            beyond = [at for at, stop in enumerate(stops) if (stop.anchor - self.cursor) * step > 0]
            wanted = beyond[0 if step > 0 else -1] if beyond else -1
        if not 0 <= wanted < len(stops):
            return False
        self.match = wanted
        return True

    def show_letters(self) -> bool:
        """Put a letter at each heading, statement and source in sight; false where there is none."""
        seen = range(self.scroll_offset.y, self.scroll_offset.y + self.size.height)
        places = [(row, -1) for row in self.page.headings if row in seen]
        places += [(found.first, at) for at, found in enumerate(self.page.anchors) if found.first in seen]
        self.letters = dict(zip(_LETTERS, sorted(places), strict=False))
        return bool(places)

    def jump(self, letter: str) -> None:
        """Go where a letter stands, if it does, and take all letters away."""
        row, anchor = self.letters.get(letter, (-1, -1))
        self.letters = {}
        if anchor >= 0:
            self.cursor = anchor
        elif row >= 0:
            self.scroll_to_row(row)
            self._cursor_into_sight()

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
        if 0 <= now < len(self.stops):
            match = self.stops[now]
            if match.anchor >= 0:
                self.cursor = match.anchor
            self.into_sight(max(0, match.row - 1), match.row)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self._pressed = (event.x, event.y)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is; Textual follows the link there, but not at the end of a selection."""
        if (anchor := event.style.meta.get("anchor", -1)) >= 0:
            self.cursor = anchor
        if self._pressed != (event.x, event.y):
            event.prevent_default()
            event.stop()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        meta = event.style.meta
        self._point((meta["offset"][1], Link(*meta["@click"][1])) if "@click" in meta else None)

    def on_leave(self) -> None:
        self._point(None)

    def _point(self, pointed: tuple[int, Link] | None) -> None:
        if pointed != self._pointed:
            self._pointed = pointed
            self.refresh()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._say_how_far()

    def _say_how_far(self) -> None:
        rows, height = len(self.page.rows), self.size.height
        share = min(100, round(100 * (self.scroll_offset.y + height) / rows)) if rows > height > 0 else None
        shows_title = not self.scroll_offset.y and bool(self.page.lines) and self.page.lines[0].role == "title"
        self.post_message(self.Read(share, shows_title))

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
        base = self.base
        if number >= len(self.page.rows):
            return Strip.blank(width, base)
        lettered = {anchor: letter for letter, (row, anchor) in self.letters.items() if row == number}
        segments = [segment for piece in self.page.rows[number] for segment in self._segments(piece, lettered)]
        return Strip(segments).adjust_cell_length(width, base)

    def _segments(self, piece: Piece, lettered: dict[int, str]) -> list[Segment]:
        base = self.base + meant("anchor", piece.anchor) if piece.line < 0 <= piece.anchor else self.base
        if piece.role == "gutter" and piece.anchor in lettered:
            letter, style = lettered.pop(piece.anchor), base + role_style(self, "match")
            return [safe_segment(letter, style), safe_segment(piece.text[1:], base)]
        if piece.role == "gutter":
            if piece.part and len(piece.text) > 1 and self._is_marked(self.page.anchors[piece.anchor].id):
                piece = piece._replace(text=piece.text[:-1] + MARKED)
            if piece.anchor < 0 or piece.anchor != self.cursor:
                if of_one_thread(self.page, self.cursor, piece.anchor):
                    return [safe_segment(_LINKED + piece.text[1:], base + role_style(self, "accent"))]
                return [safe_segment(piece.text, base)]
            style = base + role_style(self, "accent" if self.has_focus else "line")
            return [safe_segment((_CURSOR if self.has_focus else _CURSOR_BLURRED) + piece.text[1:], style)]
        if piece.role == "sign":
            return [safe_segment(sign, base + sign_style(self, sign)) for sign in piece.text]
        if piece.line < 0:
            name = {"heading": "heading", "rule": "line"}.get(piece.role)
            style = base + role_style(self, name) if name else base
            return [safe_segment(piece.text, style)]
        name = "outside" if self.page.lines[piece.line].outside else ROLES[piece.role].style
        style = base + role_style(self, name) if name else base
        end = piece.start + len(piece.text)
        current = self.stops[self.match] if 0 <= self.match < len(self.stops) else None
        layers = [(0, len(part.text), role_style(self, "key"))
                  for part in self.page.lines[piece.line].parts[:1] if part.kind == "key"]  # fmt: skip
        for first, last, link in self._links[piece.line]:
            is_lit = self._pointed == (piece.line, link) or 0 <= piece.anchor == self.cursor
            follow = meant("@click", ("screen.follow", tuple(link)))
            layers.append((first, last, follow + UNDERLINED if is_lit else follow))
        layers += [
            (match.start, match.end,
             role_style(self, "match" if match == current else "mark"))
            for match in self.page.matches if match.line == piece.line
        ]  # fmt: skip
        span = self.text_selection.get_span(piece.line) if self.text_selection is not None else None
        if span is not None:
            stop = end if span[1] == -1 else span[1]
            layers.append((span[0], stop, role_style(self, "chosen")))
        cuts = {min(max(cut, piece.start), end) for first, last, _ in layers for cut in (first, last)}
        segments = []
        for first, last in pairwise(sorted({piece.start, end, *cuts})):
            shown = sum((layer for start, stop, layer in layers if start <= first and last <= stop), style)
            shown += Style.from_meta({"offset": (first, piece.line), "anchor": piece.anchor})
            segments.append(safe_segment(piece.text[first - piece.start : last - piece.start], shown))
        return segments

    @property
    def standing_at(self) -> Offset:
        """Where on the screen the statement or source under the cursor begins."""
        here, top, left = self.here, self.scroll_offset.y, 0
        if here is None:
            return self.at_row(top)
        for piece in self.page.rows[row := max(here.first, top)]:
            if piece.anchor == self.cursor:
                return self.at_row(row, left)
            left += cells(piece.text)
        return self.at_row(row)

    def _set(self) -> None:
        if self.size.width:  # on screen: there is a width to set a page at
            whole = bool(self.lines) and self.lines[0].role == "title" and self._titled
            whole = whole and cells(self.lines[0].text) <= self._room - PLACE_WIDTH
            self.page = set_page(self.lines[whole:], self._room)
            self._links = tuple(link_spans(line.parts) for line in self.page.lines)
            self.stops = self._found_stops()
            self.sized(len(self.page.rows))
            self._say_how_far()
            self.refresh()

    def _found_stops(self) -> tuple[Match, ...]:
        page = self.page
        if marks := tuple(match for match in page.matches if not page.lines[match.line].outside):
            return marks
        inside = {(line.part, line.anchor) for line in page.lines if is_said(line) and not line.outside}
        sought = [at for at, found in enumerate(page.anchors) if self._sought and found.part == self._sought]
        stops = sought or [at for at, found in enumerate(page.anchors) if (found.part, found.id) in inside]
        return tuple(Match(-1, 0, 0, page.anchors[at].first, at) for at in stops)

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
