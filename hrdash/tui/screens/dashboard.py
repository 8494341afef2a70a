"""The dashboard: tabs, filter bar, list and brief, all drawn from one result."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable, Mapping
from time import monotonic, thread_time
from typing import ClassVar

from rich.cells import cell_len
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from hrdash.filter import EVERYTHING
from hrdash.library import Library
from hrdash.tui.base_app import bind
from hrdash.tui.history import History, Place
from hrdash.tui.keys import Key
from hrdash.tui.lens_entries import brief_entries
from hrdash.tui.live import Change, LiveCorpus
from hrdash.tui.result import NOTHING, READING, UNASKED, Result, is_walked, nothing_lines, part_sought, place_in
from hrdash.tui.screens.copying import CopyingScreen
from hrdash.tui.themes import OPENING, SMALL, add_styles
from hrdash.tui.widgets.bar import Asked
from hrdash.tui.widgets.brief_head import BriefHead, BriefPane
from hrdash.tui.widgets.brief_view import BriefView
from hrdash.tui.widgets.entry_list import LEGENDS_OF_BRIEFS, Entry, EntryList
from hrdash.tui.widgets.filter_bar import Field, FilterBar
from hrdash.tui.widgets.foot import Foot
from hrdash.tui.widgets.line_scroll import Moving
from hrdash.tui.widgets.masthead import Masthead
from hrdash.tui.widgets.row_list import RowList
from hrdash.tui.widgets.year_strip import YearStrip

SECONDS_BETWEEN_LOOKS, MOST_BETWEEN_LOOKS = 2.0, 10.0
"""Between two looks at the corpus's files: at the least, and at the most."""
TIMES_AS_LONG = 750
"""As the processor takes for a look at very many files that had not changed, it then leaves them alone."""
SECONDS_TO_A_PAGE = 0.1
"""From the start until the list and the brief are there, which come before all else."""
LEAST_LIST, LEAST_BRIEF = 24, 40
"""Cells that the list and the brief keep when the border between them is moved."""


class Dashboard(CopyingScreen, Moving, inherit_bindings=False):
    """Holds the two values that everything else is drawn from: the result of the filter and the selected brief."""

    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow"), (100, "-wide")]  # noqa: RUF012  (declared by Textual)
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (8, "-low"), (18, "-tall")]  # noqa: RUF012
    AUTO_FOCUS = "#briefs"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c,super+c", "copy_text", "copy the selection", show=False)]

    def __init__(self, library: Library, keys: tuple[Key, ...], place: Place, history: History, said: str = "") -> None:
        """`place` is where to begin, and `history` how one came there."""
        super().__init__(history)
        self.library = library
        self.live = LiveCorpus(
            library, renumbered=lambda: self.call_later(lambda: self.ask(self.filter)), stepped=self._stepped,
            by_asker=lambda change: self.app.call_from_thread(change),
        )  # fmt: skip
        self.keys = keys
        self._typed: tuple[str, ...] = ()
        self._start, self.faults = place, said
        self.awaited = place if self.live.is_first and place.brief else None
        self._polling = False
        self._rests_until = 0.0
        self._seen = False
        self._brief_shown = ""
        """The brief whose page is shown."""
        self._filter_read = EVERYTHING
        """The filter under which it was opened."""
        for key in keys:
            bind(self, key.keys, key.action, key.words)

    def compose(self) -> ComposeResult:
        yield Masthead().data_bind(Dashboard.result)
        yield FilterBar().data_bind(Dashboard.result)
        with Widget(id="body"):
            yield EntryList("briefs", self._is_brief_marked, LEGENDS_OF_BRIEFS)
            with BriefPane(id="reading"):
                yield BriefHead()
                yield BriefView("brief", titled=True, is_marked=self._is_marked)
        yield YearStrip().data_bind(Dashboard.result)
        yield Foot(self.keys).data_bind(Dashboard.result)

    async def on_mount(self) -> None:
        said = self.faults
        self.query_one(Foot).marked = len(self.basket)
        self.briefs.way_out = self.way_out
        self.watch_list_width()
        await self.show(self._start)
        if said:
            beyond = cell_len(said) + 2 > self.app.size.width
            self.say(f"your settings have faults, in full under p: {said}" if beyond else said)
        elif self.library.note and not self.live.news:
            self.say(self.library.note)
        self.set_interval(SECONDS_BETWEEN_LOOKS, self.look_if_due)
        if self.live.progress is not None:
            self.call_after_refresh(self.poll)  # the first frame comes first
        self.call_after_refresh(add_styles, self.app, SMALL, OPENING)
        self.set_timer(SECONDS_TO_A_PAGE, self._read_what_opens)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Blank lines, which everything else stands on: all as one, and quicker drawn than by Textual."""
        return [Strip.blank(crop.width, self.rich_style)] * crop.height

    def on_unmount(self) -> None:
        self.live.stop()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Work out the styles again when a screen over this one has closed; at the start, mounting has just done it."""
        event.refresh_styles = self._seen
        self._seen = True

    # What is asked for, and what is then shown

    def put(self, result: Result) -> None:
        if result.lens.id != self.lens:  # another was chosen while this was looked up
            self.ask(result.asked)
            return
        super().put(result)
        self._say_what_was_typed()
        if not result.is_counted and not self.live.is_first:
            self.call_after_refresh(self._count, result)  # the list comes first

    def watch_result(self, before: Result, result: Result) -> None:
        if result is UNASKED:
            return
        self.query_one(Masthead).problems = len(self.library.problems)
        if self._facet_list is not None:
            self._facet_list.result = result
        at = (self.live.read(lambda index: place_in(result, index, self.brief_id)) or 0) if self.brief_id else 0
        same = (before.filter, before.lens, before.best_first) == (result.filter, result.lens, result.best_first)
        self.briefs.show(result, *brief_entries(self.live, result), at, stays=same)
        if self.lens == "briefs":  # another lens may leave out the brief that was read
            self.set_reactive(Dashboard.brief_id, entry.brief if (entry := self.briefs.here) is not None else "")
        elif self.brief is None and not result.is_first:
            self._leave_page()
        self._read_brief(keep=True)
        self.list_entries(keep=True, stays=same)

    def watch_brief_id(self) -> None:
        entry = self.briefs.here
        if entry is not None and entry.brief != self.brief_id:  # gone to from another lens
            self.briefs.renew(self.live.read(lambda index: place_in(self.result, index, self.brief_id)) or 0)
        self._read_brief(keep=False)

    def said_was_seen(self) -> None:
        """Show the keys again, unless what was said is about what is being typed."""
        self._going = None
        if self.is_mounted and not isinstance(self.focused, Input):
            self.say("")

    # What the user did, as the widgets tell it

    def on_asked(self, event: Asked) -> None:
        asked = event.change(self.filter)
        if event.said is None:
            self.go(asked)
        else:
            self._typed = event.said
            self.typed(asked)

    @on(RowList.Highlighted, "#briefs")
    def _brief_highlighted(self, event: RowList.Highlighted) -> None:
        if (entry := self.briefs.entry(event.index)) is not None:
            self.brief_id = self._typing_from = entry.brief
            self.awaited = None

    @on(RowList.Chosen, "#briefs")
    @on(RowList.Chosen, "#lens")
    async def _row_chosen(self) -> None:
        await self.action_zoom()

    @on(RowList.Dragged)
    def _dragged_over_rows(self) -> None:
        self.say("a list has no text to select; a brief has")

    @on(BriefView.Read)
    def _brief_read(self, event: BriefView.Read) -> None:
        head = self.query_one(BriefHead)
        head.read, head.shown_below = event.share, event.shows_title

    def on_mouse_down(self) -> None:
        """What was said was seen: who has no keyboard finds the buttons again that it stands before."""
        self.said_was_seen()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Name the keys of the pane."""
        self.query_one(Foot).pane = event.widget.id or ""

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """What was said of what is typed in a field belongs to the field."""
        if isinstance(event.widget, Input):
            self._typed = ()

    @on(Field.Left)
    def _field_was_left(self, event: Field.Left) -> None:
        """What Enter left out of the filter is said until the next key."""
        if not event.done:
            self._typed = ()
        self._say_what_was_typed()
        self._typed = ()

    def on_paste(self) -> None:
        words = next(key.shown for key in self.keys if key.id == "filter.words")
        self.say(f"nothing here takes what is pasted; {words} goes to the field for words")

    # Actions, as `hrdash.tui.keys` names them

    def action_pane(self, step: int) -> None:
        """Focus the next pane; or, while one types, the next field, and behind the last what is listed or read."""
        typing = isinstance(self.focused, Input)
        panes = [widget for widget in self.focus_chain if isinstance(widget, Input) == typing]
        panes += [self._in_sight] * typing
        if panes:
            at = panes.index(self.focused) if self.focused in panes else -step
            self.set_focus(panes[(at + step) % len(panes)])

    async def action_zoom(self) -> None:
        """Give the brief the whole screen; there, follow the link under the cursor, else take it back."""
        view = self.query_one(BriefView)
        links = view.links if self.focused is view else {}
        if links and (self.zoomed or view.standing is None):
            self.action_over("link")
        else:
            await super().action_zoom()

    def action_match(self, step: int) -> None:
        """Go to the next of what the filter asks for, through this brief and on to the next one that matches."""
        view = self.query_one(BriefView)
        if not is_walked(self.result):
            self.say("n and N walk what the filter asks for; / takes words, or answer:none")
        elif not view.size:  # no page is in sight
            self.main.move(step)
        else:
            if not view.step_match(step):
                if (entry := self.briefs.stepped(step)) is None:
                    self.say("no more this way")
                    return
                self.brief_id = entry.brief
                if step < 0:
                    view.match = len(view.stops) - 1
            self.say(f"{view.match + 1:,} of {len(view.stops):,} in this brief")

    def action_take_meant(self) -> None:
        """Ask what was probably meant."""
        if self.result.meant is not None:
            self.go(self.result.meant)

    def action_column(self, step: int) -> None:
        if step > 0 and self.result.meant is not None:
            self.action_take_meant()
        elif (view := self.page_in_sight()) and not view.step_column(step):
            self.say(f"nothing in this brief is beside it at the {'right' if step > 0 else 'left'}")

    def action_widen(self, step: int) -> None:
        """Move the border between the list and the brief."""
        if not self.has_class("-wide") or self.zoomed or self.lens != "briefs":
            self.say("there is no list beside the brief here, whose width could be changed")
            return
        self._put_border(self.briefs.region.right + step)

    @on(BriefPane.Dragged)
    def _border_dragged(self, event: BriefPane.Dragged) -> None:
        self._put_border(event.x)

    def _put_border(self, x: int) -> None:
        """Put the border between the list and the brief into a column of the screen, or as near as may be."""
        self.list_width = max(LEAST_LIST, min(x, self.size.width - LEAST_BRIEF) - self.briefs.region.x)

    def watch_list_width(self) -> None:
        for briefs in self.query("#briefs") if self.list_width > 0 else ():
            briefs.styles.width = self.list_width

    def action_section(self, step: int) -> None:
        if view := self.page_in_sight():
            view.step_section(step)

    def action_over(self, name: str) -> None:
        """Open what `hrdash.tui.screens.opening` has under a name."""
        self._read_what_opens()[name](self)

    def _read_what_opens(self) -> Mapping[str, Callable[[CopyingScreen], None]]:
        """Read what opens over this: behind the first pictures, which show none of it and need not wait for it."""
        from hrdash.tui.screens.opening import OPENED

        add_styles(self.app, SMALL, OPENING)
        return OPENED

    # Kept open

    def poll(self) -> None:
        """Look whether the corpus changed; a worker does the reading."""
        if not self._polling:
            self._polling = True
            self.run_worker(self._look, thread=True, group="poll", exit_on_error=False)

    def look_if_due(self) -> None:
        """Look, unless the last look was long and has not been for long."""
        if monotonic() >= self._rests_until:
            self.poll()

    def _look(self) -> None:
        began, reads = thread_time(), self.live.progress is not None
        try:
            change = self.live.look()
        finally:
            self._polling = False
        if change is None and not reads:
            rest = TIMES_AS_LONG * (thread_time() - began)
            self._rests_until = monotonic() + min(rest, MOST_BETWEEN_LOOKS)
        if change is not None:
            self.app.call_from_thread(self._changed, change)

    def _stepped(self, anew: bool) -> None:
        """Show how far a reading is, and what it has brought."""
        if self.result is UNASKED or not self.is_mounted:
            return
        if anew:
            awaited = self.awaited
            if awaited is not None:
                self.set_reactive(Dashboard.brief_id, awaited.brief)
            self._ask_again(otherwise=self.query_one(Foot).said)
            is_read = awaited is not None and awaited.brief == self.brief_id and self.brief is not None
            if awaited is not None and (is_read or self.live.progress is None):
                self.awaited = None
                self.call_later(self._arrive, awaited._replace(filter=self.filter))
            return
        self.set_reactive(Dashboard.result, self.result._replace(progress=self.live.progress))
        for line in (self.query_one(Masthead), self.query_one(Foot)):
            line.result = self.result

    async def _arrive(self, place: Place) -> None:
        """Go to a place that has been read by now, and keep what is said."""
        said = self.query_one(Foot).said
        await self.show(place)
        self.say(said)

    def _changed(self, change: Change) -> None:
        """Show the corpus as it is now, the reader where they were, and say what changed."""
        self.say(change.words)
        if change.shown:
            self._ask_again(said=change.words)

    def _ask_again(self, said: str = "", otherwise: str = "") -> None:
        """Ask of the corpus as it is now what was asked of it as it was; what was found of that does not count."""
        self.ask_soon(self.filter._replace(), said=said, otherwise=otherwise)

    # How it is done

    def _read_brief(self, keep: bool) -> None:
        view, head, result, name = self.query_one(BriefView), self.query_one(BriefHead), self.result, self.brief_id
        entry = here if (here := self.briefs.here) is not None and here.brief == name and name else None
        if entry is not None and keep:  # listed just now, and not before the index became another
            heading: str | None = entry.text
        else:
            heading = self.live.read(lambda index: index.titles((name,))).get(name) if name else None
        head.heading = heading if heading is not None else READING if result.is_first else NOTHING
        placed = entry is not None and heading is not None and not result.is_first
        head.place = (self.briefs.cursor + 1, result.total) if placed else (0, 0)
        same = keep and heading is not None and name == self._brief_shown
        same = same and (result.filter == self._filter_read or not is_walked(result))
        self._brief_shown, self._filter_read = name if heading is not None else "", result.filter
        if heading is None:
            view.read(lambda: nothing_lines(result))
            return
        if not same and self.selections:
            self.clear_selection()
        view.read(lambda: self.live.page(name, result), same, part_sought(result))

    def _say_what_was_typed(self) -> None:
        self.say("; ".join(filter(None, (*self._typed, *self.result.hints, self.left_out, self.live.damage()))))

    def _is_brief_marked(self, entry: Entry) -> bool:
        return any(brief == entry.brief for brief, _ in self.basket)

    @work(exclusive=True, group="count", exit_on_error=False)
    async def _count(self, result: Result) -> None:
        """Count the facets off the UI thread; whoever has asked for something else meanwhile gets nothing."""
        found = await to_thread(self.live.count, result, lambda: self._is_shown(result))
        if found is not None and self._is_shown(result):
            self.set_reactive(Dashboard.result, self.result._replace(facets=found))  # list and brief stay as they are
            for line in (self.query_one(Masthead), self.query_one(FilterBar), self.query_one(YearStrip)):
                line.result = self.result
            if self._facet_list is not None:
                self._facet_list.result = self.result
        elif self._is_shown(result):
            self.ask(self.filter)

    def _is_shown(self, result: Result) -> bool:
        return self.result.found is result.found
