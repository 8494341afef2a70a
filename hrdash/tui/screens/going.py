"""Where the dashboard is: filter, lens, sort, brief, zoom, pane; every step from there can be taken back."""

from __future__ import annotations

from asyncio import to_thread
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.reactive import Reactive, reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from hrdash.filter import EVERYTHING, Filter
from hrdash.index.query import FIELDS
from hrdash.model import Brief
from hrdash.text import number_of
from hrdash.tui.basket import Name
from hrdash.tui.history import History, Place
from hrdash.tui.keys import Key
from hrdash.tui.lens_entries import UNLISTED, Whole, entries, whole_list
from hrdash.tui.lenses import BEST, BY_ID, SORTS
from hrdash.tui.live import LiveCorpus
from hrdash.tui.result import IN_SIGHT, UNASKED, Result, place_in
from hrdash.tui.themes import OPENING, SMALL, add_styles
from hrdash.tui.widgets.brief_view import BriefView
from hrdash.tui.widgets.entry_list import EntryList
from hrdash.tui.widgets.filter_bar import Field
from hrdash.tui.widgets.foot import Foot
from hrdash.tui.widgets.masthead import Masthead
from hrdash.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from hrdash.tui.widgets.facet_list import FacetList


class GoingScreen(Screen[None], inherit_bindings=False):
    """Holds what everything on screen is drawn from, and goes from `Place` to `Place`."""

    live: LiveCorpus
    keys: tuple[Key, ...]

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """As Textual has it, but that the widgets draw what the focus changes, and not the whole screen."""
    result: reactive[Result] = reactive(UNASKED, always_update=True, repaint=False)
    """What the filter shows; replaced as a whole."""
    brief_id: reactive[str] = reactive("", repaint=False, init=False)
    """The selected brief; empty when none matches."""
    zoomed: reactive[bool] = reactive(False, repaint=False, toggle_class="-zoomed")
    """Whether the brief has the whole screen."""
    lens: reactive[str] = reactive("briefs", repaint=False)
    """Through which of `hrdash.tui.lenses.LENSES` the result is looked at."""
    basket: reactive[tuple[Name, ...]] = reactive((), repaint=False)
    """The statements that are marked, to be taken along; it outlives the session."""
    list_width: reactive[int] = reactive(0, repaint=False)
    """The cells of the list where it stands beside the brief; 0 for as many as it has by itself."""
    faceted: reactive[bool] = reactive(False, repaint=False, toggle_class="-faceted")
    """Whether the facets panel is open."""

    def __init__(self, history: History) -> None:
        super().__init__()
        self.history = history
        self._pane = "briefs"
        self._typing: Place | None = None
        """Where the user was when they began to type in a field; what is typed there is one step."""
        self._typing_from = ""
        """The brief that was selected then."""
        self._going: Place | None = None
        """Where the last step back or forward led, until the next key."""
        self.awaited: Place | None = None
        """The place to go to when it has been read, unless the user goes elsewhere first."""
        self._pending: Filter | None = None
        """What was asked for last, while another thread looks it up."""
        self._lens_began = ("", "", "")
        """What was under the cursor when the lens was chosen."""
        self._whole = UNLISTED
        self.left_out = ""
        """What the lens does not do for so many, in words."""
        self._facet_list: FacetList | None = None
        self._lens_list: EntryList | None = None
        self._sort = ""

    @property
    def brief(self) -> Brief | None:
        """The selected brief."""
        return self.live.read(lambda index: index.brief(self.brief_id)) if self.brief_id else None

    @property
    def filter(self) -> Filter:
        """The filter on screen, or that is about to be."""
        return self.result.filter if self._pending is None else self._pending

    @property
    def briefs(self) -> EntryList:
        """The list of briefs, in sight or not."""
        return self.query_one("#briefs", EntryList)

    @property
    def main(self) -> EntryList:
        """What lists what the filter shows."""
        return self._lens_list if self.lens != "briefs" and self._lens_list is not None else self.briefs

    @property
    def pane(self) -> RowList | BriefView:
        """The pane that keys move; where neither list nor page has the focus, the one that is in sight."""
        return self.focused if isinstance(self.focused, RowList | BriefView) else self._in_sight

    @property
    def _in_sight(self) -> EntryList | BriefView:
        """The brief where it has the whole screen, else the list."""
        return self.query_one(BriefView) if self.zoomed else self.main

    @property
    def way(self) -> History:
        """How the user came here, with what they are typing as a step."""
        before = self._typing
        if before is not None and (before.filter != self.filter or before.zoomed):
            return self.history.stepped(before)
        return self.history

    @property
    def place(self) -> Place:
        """Where the user is."""
        view, main = self.query_one(BriefView), self.main
        here = (view.here.part, view.here.id) if view.here is not None else ("", "")
        line, character, above, unseen = view.top
        top, over, away = main.top
        place = Place(self.filter, self.lens, self._sort, self.brief_id, *here, view.cursor, line, character, above,
                      unseen, main.cursor, top, over, away, self.zoomed, self.faceted, self._pane)  # fmt: skip
        if self.lens != "briefs" and not self.zoomed:  # no page is in sight
            brief, part, anchor = main.here[:3] if main.here is not None else (self.brief_id, "", "")
            return place._replace(brief=brief, part=part, anchor=anchor, nth=-1, line=0, character=0, above=0,
                                  unseen=False)  # fmt: skip
        return place

    @property
    def way_out(self) -> str:
        """How to get out of a filter that shows nothing."""
        shown = {key.id: key.shown for key in self.keys}
        return (
            f"{shown['app.back']} takes back what was asked last; in the list {shown['filter.clear']} clears the filter"
        )

    def look_up(self, part: str, anchor: str) -> None:
        """Go to what is named elsewhere on the page, as a step."""
        self._step()
        self.query_one(BriefView).stand_on(part, anchor)

    def say(self, text: str) -> None:
        """Say something in place of the keys, until the next key."""
        self.query_one(Foot).said = text

    # Steps

    def ask(self, asked: Filter) -> None:
        """Put another filter, and show all that it shows."""
        self.live.best_first = self.lens == "briefs" and self._sort == BEST
        self.put(self.live.result(asked, BY_ID[self.lens]))

    def put(self, result: Result) -> None:
        """Show what a filter shows."""
        self._pending = None
        self.result = result

    def ask_soon(self, asked: Filter, typed: bool = False, said: str = "", otherwise: str = "") -> None:
        """Put another filter, of a large corpus once another thread has looked it up, unless yet another is asked for
        by then; with it, if it is typed, go back to the brief that the user chose last, and say something, `otherwise`
        where there is nothing else to say.
        """

        def find() -> None:
            if asked is self._pending:
                listed = partial(whole_list, sort=self._sort)
                self.app.call_from_thread(put, self.live.found(asked, BY_ID[self.lens], listed))

        def put(found: tuple[Result, Whole] | None) -> None:
            if asked is not self._pending:
                return
            if typed:
                self.set_reactive(GoingScreen.brief_id, self._typing_from)
            if found is None:
                self.ask(asked)
            else:
                shown, self._whole = found
                self.put(shown)
            self.say(said or self.query_one(Foot).said or otherwise)

        self._pending = asked
        if self.live.is_large:
            self.run_worker(find, thread=True, exclusive=True, group="asked")
        else:
            put(None)

    async def _looked_up(self, asked: Filter, lens: str, sort: str) -> Result:
        """What a filter shows through a lens, or the one that was asked for meanwhile: of a large corpus looked up by
        another thread, for which the next key waits, and nothing else does.
        """
        self.live.best_first = lens == "briefs" and sort == BEST
        while self.live.is_large and self.result is not UNASKED:
            self._pending = asked
            found = await to_thread(self.live.found, asked, BY_ID[lens], partial(whole_list, sort=sort))
            if found is None:
                break
            if self._pending is asked:
                shown, self._whole = found
                return shown
            asked = self.filter
        return self.live.result(asked, BY_ID[lens], IN_SIGHT if self.result is UNASKED else FIELDS)

    def go(self, asked: Filter, said: str = "") -> None:
        """Put another filter, as a step."""
        if asked != self.filter:
            self._step()
            self._leave_page()
            self.ask_soon(asked, said=said)
        elif said:
            self.say(said)

    def _leave_page(self) -> None:
        """Show a lens again in place of a brief, which says nothing of what is listed now."""
        if self.zoomed and self.lens != "briefs":
            self.zoomed = False
            self._focus(self.main)

    async def go_to(self, name: str) -> None:
        """Select a brief, as a step: in the present list, or where that does not hold it, in its theme."""
        brief = self.live.read(lambda index: index.brief(name))
        if brief is None:
            self.say(f"the brief {name} could not be read, or not yet")
            return
        here = self.live.read(lambda index: place_in(self.result, index, name)) is not None
        self._step()
        asked = self.result.filter if here else Filter(themes=(brief.theme,))
        found = await self._looked_up(asked, self.lens, self._sort)
        self.set_reactive(GoingScreen.brief_id, name)
        self.put(found)
        if self.lens != "briefs" and not self.zoomed:
            self.zoomed = True
            self._focus(self.query_one(BriefView))

    def action_theme(self, theme: str) -> None:
        """Go to a theme's tab, or to that of all."""
        self.go(self.filter._replace(themes=(theme,) if theme else ()))

    def action_theme_step(self, step: int) -> None:
        tabs = [tab.theme for tab in self.query_one(Masthead).tabs()]
        chosen = self.filter.themes
        at = tabs.index(chosen[0]) if chosen and chosen[0] in tabs else 0
        self.action_theme(tabs[(at + step) % len(tabs)])

    def action_clear(self) -> None:
        """Clear all but the theme; where there is nothing else to clear, or no such theme, that too."""
        within = Filter(themes=tuple(name for name in self.filter.themes if name in self.result.context.themes))
        if self.filter == EVERYTHING:
            self.say("there is no filter to clear")
        self.go(EVERYTHING if self.filter == within else within)

    async def action_lens(self, name: str) -> None:
        """Look at what the filter shows in another way: as briefs at the one under the cursor, if that was moved."""
        if name != self.lens:
            self._step()
            here = self.place
            await self._make_lens(name)
            found = await self._looked_up(self.filter, name, self._sort)
            self.zoomed = False
            self._put_lens(name)
            is_followed = name == "briefs" and here.read != self._lens_began
            if is_followed:
                self.set_reactive(GoingScreen.brief_id, here.brief)
            self.put(found)
            self._focus(self.main)
            self._lens_began = self.place.read
            if is_followed:
                self._stand_on_page(here)
        elif self.zoomed:
            await self.action_zoom()
        else:
            self.set_focus(self.main)

    async def action_sort(self) -> None:
        """Sort the statements in the next way; or the briefs by how many of their statements match, and back."""
        if self.lens == "briefs" and self.filter.text:
            self._step()
            self._sort = "" if self._sort == BEST else BEST
            found = await self._looked_up(self.filter, self.lens, self._sort)
            self.set_reactive(GoingScreen.brief_id, "")  # so that the first one is shown
            self.put(found)
            self.say("most matching statements first" if self._sort else "in the order of the corpus")
            return
        if self.lens != "statements":
            self.say("briefs are sorted once words are asked for; statements in their own list: 2")
            return
        self._step()
        ways = list(SORTS)
        sort = ways[(ways.index(self._sort) + 1) % len(ways)] if self._sort in ways else ways[1]
        if self.live.is_large:
            whole = await to_thread(self.live.of, self.result, partial(whole_list, sort=sort))
            self._whole = whole or self._whole
        self._sort = sort
        self.list_entries(keep=False)
        self.say(self.left_out or f"statements {SORTS[self._sort]}")

    async def action_zoom(self) -> None:
        """Give the brief the whole screen, and take it back."""
        here, before = self.place, self.history.past[-1:]
        if self.zoomed and before and before[0].subject == here.subject and not before[0].zoomed:
            await self.action_back()
            return
        if not self.zoomed:
            self.brief_id = here.brief
        if self.brief_id:
            self._turn_to(here, self.main if self.zoomed else self.query_one(BriefView), not self.zoomed, self.faceted)
        if self.zoomed and self.lens != "briefs":
            self._going = here
            self._stand(here)

    async def action_facets(self) -> None:
        """Open the facets panel, or close it where it is in sight, and nothing else with it."""
        here = self.place
        panel = await self._put_facets()
        is_seen = panel in self.focus_chain
        self._turn_to(here, self._in_sight if is_seen else panel, self.zoomed and is_seen, not is_seen)

    async def action_back(self) -> None:
        """Take back the last step, and never anything else. Never quit."""
        self._end_typing()
        if self.selections:
            self.clear_selection()
        elif found := self.history.back(self.place):
            self.history, place = found
            await self.show(place)
        else:
            out = "Enter goes to the list, " if self.zoomed else "X clears the filter, " * (self.filter != EVERYTHING)
            self.say(f"nothing to go back to; {out}q quits")

    async def action_forward(self) -> None:
        """Take back the last step back."""
        self._end_typing()
        if found := self.history.forward(self.place):
            self.history, place = found
            await self.show(place)
        else:
            self.say("nothing to go forward to")

    async def show(self, place: Place) -> None:
        """Go to a place, or as near to it as the corpus and the terminal allow."""
        self._going = place
        await self._make_lens(place.lens)
        if place.faceted:
            await self._put_facets()
        found = await self._looked_up(place.filter, place.lens, place.sort)
        self._put_lens(place.lens)
        self._sort, self.faceted = place.sort, place.faceted
        self.set_reactive(GoingScreen.brief_id, place.brief)
        self.put(found)
        self.zoomed = place.zoomed and self.brief_id == place.brief and (self.brief is not None or not place.brief)
        panes = {"facets": self._facet_list if self.faceted else None, "strip": self.query_one("#strip")}
        beside = panes.get(place.pane) if not self.zoomed or self.has_class("-wide") else None
        read = self.zoomed or place.pane == "brief"
        self._focus(beside or (self.query_one(BriefView) if read else self.main))
        self._stand(place)
        self.call_after_refresh(self._stand, place)  # once what has changed its size is laid out
        self.call_after_refresh(self._focus_what_is_seen)

    def _stand(self, place: Place) -> None:
        """Put list and brief where they were, unless the user has gone on meanwhile."""
        if self._going is not place:
            return
        main, read = self.main, self.zoomed or place.lens == "briefs"
        row = place.row if main is self._lens_list else main.cursor
        if not read:
            row = main.nearest(row, (place.brief, place.part, place.anchor))
        main.stand(row, (place.top, place.over, place.away))
        if read:
            self._stand_on_page(place)

    def _stand_on_page(self, place: Place) -> None:
        """Put the page where it was, if it is of the same brief."""
        if place.anchor and self.brief_id == place.brief:
            self.query_one(BriefView).stand_at(
                place.part, place.anchor, place.nth, (place.line, place.character, place.above, place.unseen)
            )

    def _step(self) -> None:
        """A step is about to be taken from here."""
        self._end_typing()
        self.awaited = None
        self.history = self.history.stepped(self.place)

    def _turn_to(self, here: Place, pane: Widget, zoomed: bool, faceted: bool) -> None:
        """Look at the same in another way, as a step."""
        self.zoomed, self.faceted = zoomed, faceted
        self._focus(pane)
        self.history = self.history.looked(here, self.place)

    def _focus(self, pane: Widget) -> None:
        """Have a pane take the keys, as part of another step."""
        self._end_typing()
        self._pane = pane.id or ""
        self.set_focus(pane)

    def _focus_what_is_seen(self) -> None:
        """Have a pane take the keys where the one that did has no room, or none any more."""
        if self.focused not in self.focus_chain and self.app.app_focus and self.result is not UNASKED:
            self._focus(self._in_sight)

    def watch_focused(self, before: Widget | None, now: Widget | None) -> None:
        """Where the user goes themselves is a step; a field is one with what is typed in it."""
        if now is not None:
            self.set_class(isinstance(now, Input), "-typing")
            self.set_class(now is self._facet_list, "-choosing")
        if isinstance(now, Input):
            if self._pending is not None:
                self.ask(self._pending)  # which what is typed now is laid over
            self._typing = self._typing or self.place
            self._typing_from = self.brief_id
        elif now is not None:
            self._end_typing()
            pane, here = now.id or "", self.place
            if pane != self._pane and self.result is not UNASKED:
                self.history = self.history.looked(here, here._replace(pane=pane))
            self._pane = pane
        else:
            self.call_after_refresh(self._focus_what_is_seen)

    # Typing

    def action_field(self, name: str) -> None:
        self._typing = self._typing or self.place
        self.zoomed = False
        self.set_focus(self.query_one(f"#{name}", Field))

    def typed(self, asked: Filter) -> None:
        """Put what is typed so far; the letters of a field are one step."""
        self._typing = self._typing or self.place
        self.ask_soon(asked, typed=True)

    @on(Field.Left)
    async def _field_left(self, event: Field.Left) -> None:
        before, self._typing = self._typing, None
        if before is not None and before.filter == self.filter and not event.done:
            await self.show(before)
        else:
            self._typing = before
            self._focus(self._in_sight)

    def _end_typing(self) -> None:
        self.history, self._typing = self.way, None

    # How it is done

    async def _make_lens(self, name: str) -> None:
        """Have the list of a lens there before what it shows is found, so that nothing comes between that and it."""
        if self._lens_list is None and name != "briefs":
            add_styles(self.app, SMALL, OPENING)
            self._lens_list = EntryList("lens", lambda entry: (entry.brief, entry.anchor) in self.basket)
            await self.query_one("#body").mount(self._lens_list)

    def _put_lens(self, name: str) -> None:
        self.lens = name
        self.set_class(name != "briefs", "-lens")

    async def _put_facets(self) -> FacetList:
        from hrdash.tui.widgets.facet_list import FacetList  # which few first frames show

        if self._facet_list is None:
            add_styles(self.app, SMALL, OPENING)
            self._facet_list = FacetList()
            self._facet_list.set_reactive(FacetList.result, self.result)
            await self.query_one("#body").mount(self._facet_list, before=0)
        return self._facet_list

    def list_entries(self, keep: bool, stays: bool = False) -> None:
        """Have the lens list what it shows of the result, as `EntryList.show` has it."""
        self.left_out = ""
        if self._lens_list is None or self.lens == "briefs":
            return
        result = self.result
        sort = self._sort if self._sort in SORTS else ""
        if self._whole.numbers is not result.numbers or self._whole[1:3] != (result.lens, sort):
            self._whole = self.live.read(lambda index: whole_list(index, result, sort))
        total, fetch, self.left_out = entries(self.live, result, self._whole)
        self._lens_list.way_out = self.way_out if self.filter != EVERYTHING else ""
        listed = number_of(total, BY_ID[self.lens].label.lower().removesuffix("s"))
        among = self.left_out or f"in {number_of(result.statements, 'statement')}"
        self._lens_list.counted = f"{listed} {among}"
        first, *others = result.lens.columns
        is_sorted = sort and self.lens == "statements" and not self.left_out
        self._lens_list.names = (f"{first}, {SORTS[sort]}" if is_sorted else first, *others)
        self._lens_list.show(result, total, fetch, None if keep else 0, stays)
