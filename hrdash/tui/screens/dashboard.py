"""The dashboard: tabs, filter bar, list and brief, all drawn from one result."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from rich.cells import cell_len
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.reactive import Reactive, reactive
from textual.widget import Widget
from textual.widgets import Input

from hrdash.derive import statement_key, target
from hrdash.filter import EVERYTHING, Filter, parse
from hrdash.index.hints import by_id
from hrdash.index.query import BriefRow, Facets, select
from hrdash.library import Library
from hrdash.model import Brief, Difference
from hrdash.report.document import row_texts
from hrdash.report.filter_words import filter_words
from hrdash.report.footnotes import Taken
from hrdash.report.parts import EDITORIAL, Spans
from hrdash.report.wording import Context
from hrdash.tui.base_app import bind
from hrdash.tui.citations import editorial_note
from hrdash.tui.keys import Key
from hrdash.tui.lens_entries import entries
from hrdash.tui.lenses import BY_ID, SORTS
from hrdash.tui.live import (
    NOTHING,
    READING,
    Change,
    LiveCorpus,
    Name,
    Result,
    grid,
    in_order,
    nothing_lines,
    part_sought,
    place_in,
)
from hrdash.tui.screens import dialogs
from hrdash.tui.screens.copying import CopyingScreen, Selected
from hrdash.tui.screens.dialogs import Choice, Chooser, Reader
from hrdash.tui.screens.overview import Grid, Overview
from hrdash.tui.widgets.brief_head import BriefHead
from hrdash.tui.widgets.brief_list import BriefList
from hrdash.tui.widgets.brief_view import BriefView
from hrdash.tui.widgets.facet_list import FacetList
from hrdash.tui.widgets.filter_bar import Field, FilterBar
from hrdash.tui.widgets.lens_list import LensList
from hrdash.tui.widgets.line_scroll import Moving
from hrdash.tui.widgets.one_line import Asked, Pressed
from hrdash.tui.widgets.row_list import RowList
from hrdash.tui.widgets.status import HeadLine, KeyLine, StatusLine
from hrdash.tui.widgets.theme_tabs import ThemeTabs
from hrdash.tui.widgets.year_strip import YearStrip

SECONDS_BETWEEN_LOOKS = 2.0
"""Between two looks at the corpus's files."""
PALETTE_BRIEFS = 50
"""The most briefs that the palette offers."""


class Dashboard(CopyingScreen, Moving, inherit_bindings=False):
    """Holds the two values that everything else is drawn from: the result of the filter and the selected brief."""

    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow"), (100, "-wide")]  # noqa: RUF012  (declared by Textual)
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (8, "-low"), (18, "-tall")]  # noqa: RUF012
    AUTO_FOCUS = "#briefs"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c,super+c", "copy_text", "copy the selection", show=False)]

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """As Textual has it, but that the widgets draw what the focus changes, and not the whole screen."""
    result: reactive[Result | None] = reactive(None, always_update=True, repaint=False)
    """What the filter shows; replaced as a whole."""
    brief_id: reactive[str] = reactive("", repaint=False)
    """The selected brief; empty when none matches."""
    zoomed: reactive[bool] = reactive(False, repaint=False, toggle_class="-zoomed")
    """Whether the brief has the whole screen."""
    lens: reactive[str] = reactive("briefs", repaint=False)
    """Through which of `hrdash.tui.lenses.LENSES` the result is looked at."""
    basket: reactive[tuple[Name, ...]] = reactive((), repaint=False)
    """The statements that are marked, to be taken along; it outlives the session."""
    faceted: reactive[bool] = reactive(False, repaint=False, toggle_class="-faceted")
    """Whether the facets panel is open."""

    def __init__(
        self, library: Library, keys: tuple[Key, ...], asked: Filter = EVERYTHING, brief: str = "", said: str = ""
    ) -> None:
        super().__init__()
        self.library = library
        self.live = LiveCorpus(
            library, renumbered=lambda: self.call_later(lambda: self.ask(self.filter)), stepped=self._stepped,
            by_asker=lambda change: self.app.call_from_thread(change),
        )  # fmt: skip
        self.keys = keys
        self._typed: tuple[str, ...] = ()
        self._start = (asked, brief, said)
        self.awaited = brief if self.live.is_first else ""
        """The brief to go to when it has been read, unless the user goes elsewhere first."""
        self._typing_from = ""
        """The brief that was selected when a field was gone to."""
        self._polling = False
        self._seen = False
        self._brief_shown = ""
        """The brief whose page is shown."""
        self._facet_list: FacetList | None = None
        self._lens_list: LensList | None = None
        self._sort = ""
        for key in keys:
            bind(self, key.keys, key.action, key.words)

    def compose(self) -> ComposeResult:
        yield HeadLine().data_bind(Dashboard.result)
        yield ThemeTabs().data_bind(Dashboard.result)
        yield FilterBar().data_bind(Dashboard.result)
        with Container(id="body"):
            yield BriefList(
                self.live.rows, self._mark, lambda brief: any(name[0] == brief for name in self.basket)
            ).data_bind(Dashboard.result)
            with Container(id="reading"):
                yield BriefHead()
                yield BriefView("brief", titled=True, is_marked=self._is_marked)
        yield YearStrip().data_bind(Dashboard.result)
        with Container(id="foot"):
            yield KeyLine(self.keys)
            yield StatusLine().data_bind(Dashboard.result)

    def on_mount(self) -> None:
        asked, brief, said = self._start
        self.set_reactive(Dashboard.brief_id, brief)
        self.query_one(StatusLine).marked = len(self.basket)
        self.ask(asked)
        if said:
            beyond = cell_len(said) + 2 > self.app.size.width
            self.say(f"your settings have faults, in full under p: {said}" if beyond else said)
        elif self.library.note and not self.live.news:
            self.say(self.library.note)
        self.set_interval(SECONDS_BETWEEN_LOOKS, self.poll)
        if self.live.progress is not None:
            self.call_after_refresh(self.poll)  # the first frame comes first

    def on_unmount(self) -> None:
        self.live.stop()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Work out the styles again when a screen over this one has closed; at the start, mounting has just done it."""
        event.refresh_styles = self._seen
        self._seen = True

    # What is asked for, and what is then shown

    def ask(self, asked: Filter) -> None:
        """Put another filter, and show all that it shows."""
        result = self.result = self.live.result(asked, BY_ID[self.lens])
        if result.facets is None and not self.live.is_first:
            self.call_after_refresh(  # the list comes first
                self.run_worker,
                lambda: self._count(result), thread=True, exclusive=True, group="count", exit_on_error=False,
            )  # fmt: skip

    def watch_result(self, result: Result | None) -> None:
        if result is None:
            return
        self.query_one(HeadLine).problems = len(self.library.problems)
        briefs = self.query_one(BriefList)
        place = self.live.read(lambda index: place_in(result, index, self.brief_id))
        at = place if place is not None else 0
        briefs.result = result
        if self._facet_list is not None:
            self._facet_list.result = result
        briefs.renew(at, briefs.scroll_offset.y)
        row = briefs.brief_row(at)
        if self.lens == "briefs":  # another lens may leave out the brief that was read
            self.set_reactive(Dashboard.brief_id, row.id if row is not None else "")
        self._read_brief(keep=True)
        self._list_entries(keep=True)
        self._say_what_was_typed()

    def watch_brief_id(self) -> None:
        self._read_brief(keep=False)

    def say(self, text: str) -> None:
        """Say something in place of the keys, until the next key."""
        self.query_one(KeyLine).said = text

    def said_was_seen(self) -> None:
        """Show the keys again, unless what was said is about what is being typed."""
        if self.is_mounted and not isinstance(self.focused, Input):
            self.say("")

    @property
    def brief(self) -> Brief | None:
        """The selected brief."""
        return self.live.read(lambda index: index.brief(self.brief_id)) if self.brief_id else None

    @property
    def filter(self) -> Filter:
        """The filter on screen."""
        return self.result.filter if self.result is not None else EVERYTHING

    def selected(self) -> Selected | None:
        """The brief, and the statement or source under the cursor."""
        entry = self._lens_list.here if self._lens_list is not None and self.main is self._lens_list else None
        if entry is not None and self.result is not None and not self.zoomed:
            there = self.live.read(lambda index: index.brief(entry.brief))
            context = self.live.context_of(there, self.result.context) if there is not None else None
            return Selected(there, entry.part, entry.anchor, context) if there and context else None
        brief, standing = self.brief, self.query_one(BriefView).standing
        if brief is None or self.result is None:
            return None
        return Selected(brief, *(standing or ("", "")), self.live.context_of(brief, self.result.context))

    def page_read(self) -> Selected | None:
        return self.selected() if self.zoomed else None

    def taken(self) -> tuple[list[Taken], Context] | None:
        if self.result is None:
            return None
        found, context = self.live.taken(self.result, self.basket)
        if not found:
            self.say(
                "nothing is marked or listed" if not self.basket else "nothing that is marked is in this corpus now"
            )
            return None
        if len(found) < len(self.basket):
            self.say(f"{len(self.basket) - len(found)} of what is marked is not in this corpus now")
        return found, context

    def rows_taken(self) -> list[dict[str, str]]:
        result = self.result
        rows = self.live.rows_taken(result, self.basket) if result is not None else []
        return [row_texts(row, result.context.registers) for row in rows] if result is not None else []

    def action_mark(self) -> None:
        """Mark the statement under the cursor, or a brief's matching ones; or unmark them."""
        names = self._names_here()
        if not names:
            self.say("space marks statements; there is none here")
            return
        kept = tuple(name for name in self.basket if name not in names)
        self.basket = kept if set(names) <= set(self.basket) else (*kept, *names)
        if isinstance(self.pane, RowList):
            self.pane.move(1)

    def action_unmark(self) -> None:
        self.basket = ()
        self.say("nothing is marked any more")

    def _names_here(self) -> tuple[Name, ...]:
        """The statement under the cursor; in the list of briefs, those of the brief that match."""
        at, result = self.selected(), self.result
        if at is None or result is None:
            return ()
        if self.pane is self.query_one(BriefList):
            keys = self.live.matching(result, at.brief.id)
            names = [statement_key(kind, said) for kind, said in in_order(at.brief)]
            return tuple((at.brief.id, name) for name in names if name in keys)
        here, _, there = at.anchor.rpartition("/")
        brief = here or at.brief.id
        names = [statement_key(kind, said) for kind, said in in_order(at.brief)]
        if at.anchor.startswith(EDITORIAL):
            note = editorial_note(at.brief, at.part, at.anchor)
            ends = {target(name, at.brief.id) for name in (note.between if isinstance(note, Difference) else ())}
            return tuple((at.brief.id, statement_key(kind, said)) for kind, said in in_order(at.brief)
                         if (at.brief.id, said.id) in ends)  # fmt: skip
        return ((brief, there),) if here or there in names else ()

    def watch_basket(self) -> None:
        if not self.is_mounted:
            return
        for pane in (self.query_one(BriefView), self.query_one(BriefList), self._lens_list):
            if pane is not None:
                pane.refresh()
        self.query_one(StatusLine).marked = len(self.basket)

    # What the user did, as the widgets tell it

    def on_asked(self, event: Asked) -> None:
        if event.said is not None:
            self._typed = event.said
            self.set_reactive(Dashboard.brief_id, self._typing_from)
        self.ask(event.filter)

    @on(RowList.Highlighted, "#briefs")
    def _brief_highlighted(self, event: RowList.Highlighted) -> None:
        row = self.query_one(BriefList).brief_row(event.index)
        if row is not None:
            self.brief_id = self._typing_from = row.id
            self.awaited = ""

    @on(RowList.Chosen, "#briefs")
    def _brief_chosen(self) -> None:
        self.action_zoom()

    @on(BriefView.Read)
    def _brief_read(self, event: BriefView.Read) -> None:
        self.query_one(BriefHead).read = event.share

    @on(RowList.Chosen, "#lens")
    def _entry_chosen(self) -> None:
        self.action_zoom()

    async def on_pressed(self, event: Pressed) -> None:
        await self.run_action(event.action)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Name the keys of the pane; and remember where typing begins: what half a word has found is not where the
        reader was.
        """
        self.query_one(KeyLine).pane = event.widget.id or ""
        if isinstance(event.widget, Input):
            self._typing_from = self.brief_id

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """What was said of what is typed in a field belongs to the field."""
        if isinstance(event.widget, Input):
            self._typed = ()

    @on(Field.Left)
    def _field_left(self) -> None:
        self._typed = ()
        self.set_focus(self.main)
        self._say_what_was_typed()

    def on_paste(self) -> None:
        words = next(key.shown for key in self.keys if key.id == "filter.words")
        self.say(f"nothing here takes what is pasted; {words} goes to the field for words")

    # Actions, as `hrdash.tui.keys` names them

    def action_pane(self, step: int) -> None:
        """Focus the next pane; text fields only take part while one of them has the focus."""
        typing = isinstance(self.focused, Input)
        panes = [widget for widget in self.focus_chain if typing or not isinstance(widget, Input)]
        if panes:
            at = panes.index(self.focused) if self.focused in panes else -step
            self.set_focus(panes[(at + step) % len(panes)])

    def action_theme_step(self, step: int) -> None:
        tabs = ["", *(theme.id for theme in self.result.themes)] if self.result is not None else [""]
        chosen = self.filter.themes
        at = tabs.index(chosen[0]) if chosen and chosen[0] in tabs else 0
        self._pick_theme(tabs[(at + step) % len(tabs)])

    def action_field(self, name: str) -> None:
        self.zoomed = False
        self.set_focus(self.query_one(f"#{name}", Field))

    def action_clear(self) -> None:
        self.ask(Filter(themes=self.filter.themes))

    async def action_lens(self, name: str) -> None:
        """Look at what the filter shows in another way."""
        if name == "years":
            self.action_overview()
            return
        if self._lens_list is None and name != "briefs":
            self._lens_list = LensList(lambda entry: (entry.brief, entry.anchor) in self.basket)
            await self.query_one("#body").mount(self._lens_list)
        self.zoomed = False
        self.lens = name
        self.set_class(name != "briefs", "-lens")
        self.set_focus(self.main)
        self.ask(self.filter)

    def action_sort(self) -> None:
        """Sort the statements in the next way."""
        if self.lens != "statements":
            self.say("statements are sorted in their own list: 2")
            return
        ways = list(SORTS)
        self._sort = ways[(ways.index(self._sort) + 1) % len(ways)]
        self._list_entries(keep=False)
        if not self.query_one(KeyLine).said:
            self.say(f"statements {SORTS[self._sort]}")

    @property
    def main(self) -> BriefList | LensList:
        """What lists what the filter shows."""
        return self._lens_list if self.lens != "briefs" and self._lens_list is not None else self.query_one(BriefList)

    def action_zoom(self) -> None:
        """Give the brief the whole screen, and take it back."""
        entry = self._lens_list.here if self.main is self._lens_list and self._lens_list is not None else None
        if entry is not None and not self.zoomed:
            self.brief_id = entry.brief
            self.query_one(BriefView).stand_on(entry.part, entry.anchor)
        if self.brief_id:
            self.zoomed = not self.zoomed
            self.set_focus(self.query_one(BriefView) if self.zoomed else self.main)

    def action_match(self, step: int) -> None:
        """Go from mark to mark, through this brief and on to the next one that matches."""
        if not self.filter.text:
            self.say("n and N go from mark to mark; press / and type the words to look for")
            return
        view, briefs = self.query_one(BriefView), self.query_one(BriefList)
        if view.step_match(step):
            return
        row = briefs.stepped(step)
        if row is None:
            self.say("no more marks this way")
        else:
            self.brief_id = row.id
            view.step_match(step)

    def action_section(self, step: int) -> None:
        self.query_one(BriefView).step_section(step)

    def action_back(self) -> None:
        """Back out one step: the whole-screen brief, the pane, then the filter, facet by facet. Never quit."""
        if self.selections:
            self.clear_selection()
        elif self.zoomed:
            self.action_zoom()
        elif self.focused not in (self._facet_list, self.main):
            self.set_focus(self.main)
        elif self.faceted:
            self._close_facets()
        elif self.filter != EVERYTHING:
            self.ask(self.filter.without_last())
        else:
            self.say("nothing left to go back from; q quits")

    def action_quit(self) -> None:
        self.app.exit(return_code=0)

    def action_help(self) -> None:
        pane = self.focused.id or "" if self.focused is not None else ""
        lines = dialogs.help_lines(self.keys, pane, columns=not self.has_class("-tiny"))
        self.app.push_screen(Reader(lines, self.keys, "app.help"))

    def action_problems(self) -> None:
        library, faults = self.library, self._start[2]
        lines = dialogs.problem_lines(library.problems, library.index.withheld_list, library.folder, faults)
        self.app.push_screen(Reader(lines, self.keys, "app.problems"))

    def action_choose_theme(self) -> None:
        if self.result is not None:
            self._offer("theme", dialogs.theme_choices(self.result))

    def action_palette(self) -> None:
        """Everything that can be named: themes, briefs, sources, keys."""
        self.app.push_screen(Chooser("theme, brief, source or command", self._palette_choices, self.keys), self._choose)

    def action_related(self) -> None:
        brief, result = self.brief, self.result
        if brief is None or result is None:
            return
        related = self.live.read(lambda index: [found for name in brief.related if (found := index.brief(name))])
        choices = dialogs.brief_choices(related, result.context.themes)
        if len(choices) == 1:
            self._choose(choices[0])
        elif choices:
            self._offer("related brief", choices)
        else:
            self.say("this brief names no related brief")

    async def action_facets(self) -> None:
        """Open the facets panel, or close it."""
        if self.faceted:
            self._close_facets()
            return
        if self._facet_list is None:
            self._facet_list = FacetList()
            self._facet_list.set_reactive(FacetList.result, self.result)
            await self.query_one("#body").mount(self._facet_list, before=0)
        self.zoomed, self.faceted = False, True
        self.set_focus(self._facet_list)

    def _close_facets(self) -> None:
        self.faceted = False
        self.set_focus(self.main)

    @work(thread=True, exclusive=True, group="overview", exit_on_error=False)
    def action_overview(self) -> None:
        if self.result is None or self.live.is_first:
            self.app.call_from_thread(self.say, "the overview counts all briefs, and they are still being read")
            return
        index, asked = self.library.index, self.filter._replace(themes=(), years=())
        counts = grid(index, asked)
        caption = f"{filter_words(asked, self.result.context)}: briefs by theme and year"
        cells = Grid(index.themes, counts, int(index.corpus.as_of[:4] or 0))
        screen = Overview(caption, cells, asked, self.keys)
        self.app.call_from_thread(self.app.push_screen, screen, lambda found: self.ask(found) if found else None)

    # Kept open

    def poll(self) -> None:
        """Look whether the corpus changed; a worker does the reading."""
        if not self._polling:
            self._polling = True
            self.run_worker(self._look, thread=True, group="poll", exit_on_error=False)

    def _look(self) -> None:
        try:
            change = self.live.look()
        finally:
            self._polling = False
        if change is not None:
            self.app.call_from_thread(self._changed, change)

    def _stepped(self, anew: bool) -> None:
        """Show how far a reading is, and what it has brought."""
        if self.result is None or not self.is_mounted:
            return
        if anew:
            if self.awaited:
                self.set_reactive(Dashboard.brief_id, self.awaited)
            said = self.query_one(KeyLine).said
            self.live.measure()
            self.ask(self.live.read(lambda index: by_id(index, self.filter)))
            if said and not self.query_one(KeyLine).said:
                self.say(said)
            if self.awaited == self.brief_id or self.live.progress is None:
                self.awaited = ""
            return
        self.set_reactive(Dashboard.result, self.result._replace(progress=self.live.progress))
        for line in (self.query_one(HeadLine), self.query_one(StatusLine)):
            line.result = self.result

    def _changed(self, change: Change) -> None:
        """Show the corpus as it is now, the reader where they were, and say what changed."""
        if change.shown:
            self.live.measure()
            self.ask(self.filter)
        self.say(change.words)

    # How it is done

    def _pick_theme(self, theme: str) -> None:
        self.ask(self.filter._replace(themes=(theme,) if theme else ()))

    def _read_brief(self, keep: bool) -> None:
        view, result, brief = self.query_one(BriefView), self.result, self.brief
        if result is None:
            return
        head = self.query_one(BriefHead)
        head.heading = brief.heading if brief is not None else READING if result.is_first else NOTHING
        placed = brief is not None and not result.is_first
        head.place = (self.query_one(BriefList).cursor + 1, result.total) if placed else (0, 0)
        same = keep and brief is not None and brief.id == self._brief_shown
        self._brief_shown = brief.id if brief is not None else ""
        if brief is None:
            view.read(nothing_lines(result))
            return
        if not same and self.selections:
            self.clear_selection()
        view.read(self.live.page(brief, result), same, part_sought(result))

    def _is_marked(self, anchor: str) -> bool:
        here, _, there = anchor.rpartition("/")
        return ((here or self.brief_id), there) in self.basket

    def _list_entries(self, keep: bool) -> None:
        """Have the lens list what it shows of the result."""
        if self.result is None or self._lens_list is None or self.lens == "briefs":
            return
        total, fetch, said = entries(self.live, self.result, self._sort)
        self._lens_list.show(total, fetch, keep)
        if said:
            self.say(said)

    def _say_what_was_typed(self) -> None:
        hints = self.result.hints if self.result is not None else ()
        self.say("; ".join(filter(None, (*self._typed, *hints, self.live.damage()))))

    def _mark(self, texts: Sequence[str]) -> Sequence[Spans]:
        return self.live.marks(self.filter.text, texts)

    def _count(self, result: Result) -> None:
        """Count the facets off the UI thread; whoever has asked for something else meanwhile gets nothing."""
        found = self.live.count(result)
        if found is None:
            self.app.call_from_thread(self.ask, result.filter)
        else:
            self.app.call_from_thread(self._counted, result, found)

    def _counted(self, result: Result, found: Facets) -> None:
        if self.result is not None and self.result.found is result.found:
            self.result = self.result._replace(facets=found)

    def _palette_choices(self, typed: str) -> list[Choice]:
        if self.result is None:
            return []
        briefs: Sequence[BriefRow] = ()
        if typed.strip():
            asked = parse(typed).filter
            briefs = self.live.read(lambda index: select(index, asked).brief_rows(PALETTE_BRIEFS))
        return dialogs.palette_choices(typed, self.result, briefs, self.keys, self.app.available_themes)

    def _offer(self, prompt: str, choices: Sequence[Choice]) -> None:
        """Have the user choose one."""
        self.app.push_screen(Chooser(prompt, partial(dialogs.matching_choices, choices), self.keys), self._choose)

    def _choose(self, choice: Choice | None) -> None:
        """Do what was chosen in the chooser or the palette."""
        match choice:
            case Choice("theme", name):
                self._pick_theme(name)
            case Choice("brief", name):
                self._go_to(name)
            case Choice("source", name):
                self.ask(Filter(sources=(name,)))
            case Choice("action", name):
                self.call_next(self.run_action, name)

    def _go_to(self, name: str) -> None:
        """Select a brief: in the present list, or where that does not hold it, in its theme."""
        brief, result = self.live.read(lambda index: index.brief(name)), self.result
        if brief is None or result is None:
            return
        self.set_reactive(Dashboard.brief_id, name)
        here = self.live.read(lambda index: place_in(result, index, name)) is not None
        self.ask(result.filter if here else Filter(themes=(brief.theme,)))

    @property
    def pane(self) -> RowList | BriefView:
        return self.focused if isinstance(self.focused, RowList | BriefView) else self.main
