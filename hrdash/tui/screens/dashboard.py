"""The dashboard: tabs, filter bar, list and brief, all drawn from one result."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from rich.cells import cell_len
from textual import events, on, work
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive, reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from hrdash.derive import unanswered
from hrdash.filter import EVERYTHING, Filter, parse
from hrdash.index import query
from hrdash.index.query import Facets
from hrdash.library import Library
from hrdash.model import SECTION_KINDS, Brief, Speaker
from hrdash.report.escaping import clipboard
from hrdash.report.filter_words import filter_words
from hrdash.report.lines import Context, Line, brief_lines
from hrdash.report.markdown import markdown
from hrdash.tui import programs
from hrdash.tui.base_app import bind
from hrdash.tui.clipboard import LONGEST_COPY, copy_locally
from hrdash.tui.keys import Key
from hrdash.tui.live import COUNT_AT_ONCE, Change, LiveCorpus
from hrdash.tui.result import Result, grid, place_in
from hrdash.tui.screens import dialogs
from hrdash.tui.screens.dialogs import Choice, Chooser, Reader
from hrdash.tui.screens.overview import Cell, Overview
from hrdash.tui.taking import addresses, citation_text, line_of, selection_text
from hrdash.tui.widgets.brief_list import BriefList
from hrdash.tui.widgets.facet_list import FacetList
from hrdash.tui.widgets.filter_bar import Field, FilterBar
from hrdash.tui.widgets.paper import Paper
from hrdash.tui.widgets.row_list import RowList
from hrdash.tui.widgets.status import HeadLine, KeyLine, StatusLine
from hrdash.tui.widgets.theme_tabs import ThemeTabs
from hrdash.tui.widgets.year_strip import YearStrip

SECONDS_BETWEEN_LOOKS = 2.0
"""Between two looks at the corpus's files."""
PALETTE_BRIEFS = 50
"""The most briefs that the palette offers."""
PARTS = {**{kind: part for part, kind in SECTION_KINDS.items()}, "left-open": "left_open", "difference": "differences"}
"""The part of a brief in which each of what it may have stands."""
MARKED = ("title", "statement", "answers", "note")
"""The roles of lines in which search words are marked: those whose texts are searched."""


class Dashboard(Screen[None], inherit_bindings=False):
    """Holds the two values that everything else is drawn from: the result of the filter and the selected brief."""

    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (60, "-narrow"), (100, "-wide")]  # noqa: RUF012  (declared by Textual)
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (8, "-low"), (18, "-tall")]  # noqa: RUF012
    AUTO_FOCUS = "#briefs"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c,super+c", "copy_text", "copy the selection", show=False)]

    @dataclass
    class ColoursChosen(Message):
        """A colour theme was chosen."""

        name: str

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """As Textual has it, but that the widgets draw what the focus changes, and not the whole screen."""
    result: reactive[Result | None] = reactive(None, always_update=True, repaint=False)
    """What the filter shows; replaced as a whole."""
    brief_id: reactive[str] = reactive("", repaint=False)
    """The selected brief; empty when none matches."""
    zoomed: reactive[bool] = reactive(False, repaint=False, toggle_class="-zoomed")
    """Whether the brief has the whole screen."""

    faceted: reactive[bool] = reactive(False, repaint=False, toggle_class="-faceted")
    """Whether the facets panel is open."""

    def __init__(
        self, library: Library, keys: tuple[Key, ...], asked: Filter = EVERYTHING, brief: str = "", said: str = ""
    ) -> None:
        super().__init__()
        self.library = library
        self.live = LiveCorpus(library, renumbered=lambda: self.call_later(self._ask_again))
        self.keys = keys
        self._typed: tuple[str, ...] = ()
        self._start = (asked, brief, said)
        self._typing_from = ""
        """The brief that was selected when a field was gone to."""
        self._polling = False
        self._tmux_was_named = False
        self._seen = False
        self._facet_list: FacetList | None = None
        for key in keys:
            bind(self, key.keys, key.action, key.words)

    def compose(self) -> ComposeResult:
        yield HeadLine().data_bind(Dashboard.result)
        yield ThemeTabs().data_bind(Dashboard.result)
        yield FilterBar().data_bind(Dashboard.result)
        with Container(id="body"):
            yield BriefList(self._fetch, self._mark).data_bind(Dashboard.result)
            yield Paper(named="paper")
        yield YearStrip().data_bind(Dashboard.result)
        with Container(id="foot"):
            yield KeyLine(self.keys).data_bind(Dashboard.zoomed)
            yield StatusLine().data_bind(Dashboard.result)

    def on_mount(self) -> None:
        asked, brief, said = self._start
        self.set_reactive(Dashboard.brief_id, brief)
        self._show_size()
        self.ask(asked)
        if said:
            beyond = cell_len(said) + 2 > self.app.size.width
            self.say(f"your settings have faults, in full under p: {said}" if beyond else said)
        self.set_interval(SECONDS_BETWEEN_LOOKS, self.poll)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Work out the styles again when a screen over this one has closed; at the start, mounting has just done it."""
        event.refresh_styles = self._seen
        self._seen = True

    # What is asked for, and what is then shown

    def ask(self, asked: Filter) -> None:
        """Put another filter, and show all that it shows."""
        self.result = self.live.result(asked)
        if self.result.facets is None:
            self.run_worker(lambda: self._count(asked), thread=True, exclusive=True, group="count", exit_on_error=False)

    def watch_result(self, result: Result | None) -> None:
        if result is None:
            return
        briefs = self.query_one(BriefList)
        place = self.live.read(lambda index: place_in(result, index, self.brief_id))
        at = place if place is not None else 0
        briefs.result = result
        if self._facet_list is not None:
            self._facet_list.result = result
        briefs.renew(at, briefs.scroll_offset.y)
        row = briefs.brief_row(at)
        self.set_reactive(Dashboard.brief_id, row.id if row is not None else "")
        self._read_brief(keep=True)
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

    # What the user did, as the widgets tell it

    @on(ThemeTabs.Picked)
    def _theme_picked(self, event: ThemeTabs.Picked) -> None:
        self._pick_theme(event.theme)

    @on(ThemeTabs.ListAsked)
    def _themes_asked(self) -> None:
        self.action_choose_theme()

    @on(FilterBar.Asked)
    def _typed_in_bar(self, event: FilterBar.Asked) -> None:
        self._typed = event.said
        self.set_reactive(Dashboard.brief_id, self._typing_from)
        self.ask(event.asked)

    @on(FilterBar.Removed)
    def _chip_removed(self, event: FilterBar.Removed) -> None:
        self.ask(event.asked)

    def on_facet_list_changed(self, event: FacetList.Changed) -> None:
        self.ask(event.asked)

    @on(YearStrip.Picked)
    def _years_picked(self, event: YearStrip.Picked) -> None:
        if self.result is not None:
            self.ask(self.result.filter._replace(years=event.years))

    @on(RowList.Highlighted, "#briefs")
    def _brief_highlighted(self, event: RowList.Highlighted) -> None:
        row = self.query_one(BriefList).brief_row(event.index)
        if row is not None:
            self.brief_id = self._typing_from = row.id

    @on(RowList.Chosen, "#briefs")
    def _brief_chosen(self) -> None:
        self.action_zoom()

    @on(KeyLine.Pressed)
    async def _key_pressed(self, event: KeyLine.Pressed) -> None:
        await self.run_action(event.action)

    @on(HeadLine.ProblemsPicked)
    def _problems_picked(self) -> None:
        self.action_problems()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Remember where typing begins: what half a word has found is not where the reader was."""
        if isinstance(event.widget, Input):
            self._typing_from = self.brief_id

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """What was said of what is typed in a field belongs to the field."""
        if isinstance(event.widget, Input):
            self._typed = ()

    @on(Field.Left)
    def _field_left(self) -> None:
        self._typed = ()
        self.set_focus(self.query_one(BriefList))
        self._say_what_was_typed()

    # Actions, as `hrdash.tui.keys` names them

    def action_move(self, step: int) -> None:
        self._moving.move(step)

    def action_turn(self, step: float) -> None:
        self._moving.turn(step)

    def action_end(self, last: bool) -> None:
        self._moving.end(last)

    def action_pane(self, step: int) -> None:
        """Focus the next pane; text fields only take part while one of them has the focus."""
        typing = isinstance(self.focused, Input)
        panes: list[Widget] = [
            widget for widget in self.focus_chain if typing or not isinstance(widget, Input)
        ]  # fmt: skip
        if panes:
            at = panes.index(self.focused) if self.focused in panes else -step
            self.set_focus(panes[(at + step) % len(panes)])

    def action_theme_step(self, step: int) -> None:
        if self.result is None:
            return
        tabs = ["", *self.result.context.themes]
        chosen = self.result.filter.themes
        at = tabs.index(chosen[0]) if chosen and chosen[0] in tabs else 0
        self._pick_theme(tabs[(at + step) % len(tabs)])

    def action_field(self, name: str) -> None:
        self.zoomed = False
        self.set_focus(self.query_one(f"#{name}", Field))

    def action_clear(self) -> None:
        if self.result is not None:
            self.ask(Filter(themes=self.result.filter.themes))

    def action_zoom(self) -> None:
        """Give the brief the whole screen, and take it back."""
        if self.brief_id:
            self.zoomed = not self.zoomed
            self.set_focus(self.query_one(Paper if self.zoomed else BriefList))

    def action_match(self, step: int) -> None:
        """Go from mark to mark, through this brief and on to the next one that matches."""
        if self.result is None or not self.result.filter.text:
            self.say("n and N go from mark to mark; press / and type the words to look for")
            return
        paper, briefs = self.query_one(Paper), self.query_one(BriefList)
        if paper.step_match(step):
            return
        wanted = briefs.cursor + step
        if not 0 <= wanted < briefs.count():
            self.say("no more marks this way")
            return
        briefs.set_reactive(RowList.cursor, wanted)
        briefs.renew(wanted)
        row = briefs.brief_row(wanted)
        if row is not None:
            self.brief_id = row.id
            paper.step_match(step)

    def action_back(self) -> None:
        """Back out one step: the whole-screen brief, the pane, then the filter, facet by facet. Never quit."""
        if self.selections:
            self.clear_selection()
        elif self.zoomed:
            self.action_zoom()
        elif self.faceted and self.focused is self._facet_list:
            self._close_facets()
        elif self.focused is not self.query_one(BriefList):
            self.set_focus(self.query_one(BriefList))
        elif self.faceted:
            self._close_facets()
        elif self.result is not None and (last := _last_part(self.result.filter)):
            self.ask(self.result.filter._replace(**{last: type(getattr(self.result.filter, last))()}))
        else:
            self.say("nothing left to go back from; q quits")

    def action_quit(self) -> None:
        self.app.exit(return_code=0)

    def action_help(self) -> None:
        pane = self.focused.id or "" if self.focused is not None else ""
        columns = not self.has_class("-tiny")
        self.app.push_screen(Reader(dialogs.help_lines(self.keys, pane, columns), self.keys, "app.help"))

    def action_problems(self) -> None:
        index, faults = self.library.index, self._start[2]
        lines = dialogs.problem_lines(self.library.problems, index.withheld_list, self.library.folder, faults)
        self.app.push_screen(Reader(lines, self.keys, "app.problems"))

    def action_choose_theme(self) -> None:
        if self.result is not None:
            self._offer("theme", dialogs.theme_choices(self.result))

    def action_palette(self) -> None:
        """Everything that can be named: themes, briefs, sources, keys."""
        self.app.push_screen(Chooser("theme, brief, source or command", self._palette_choices), self._choose)

    def action_related(self) -> None:
        brief, result = self.brief, self.result
        if brief is None or result is None:
            return
        names = brief.related
        related = self.live.read(lambda index: [found for name in names if (found := index.brief(name))])
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
        self.set_focus(self.query_one(BriefList))

    def action_overview(self) -> None:
        if self.result is None:
            return
        asked = self.result.filter._replace(themes=(), years=())
        caption = f"{filter_words(asked, self.result.context)}: briefs by theme and year"
        self._overview(asked, caption)

    @work(thread=True, exclusive=True, group="overview", exit_on_error=False)
    def _overview(self, asked: Filter, caption: str) -> None:
        index = self.library.index
        counts, totals = grid(index, asked)
        latest = int(index.corpus.as_of[:4] or 0)
        screen = Overview(caption, index.themes, counts, totals, latest, self.keys)
        self.app.call_from_thread(self.app.push_screen, screen, self._cell_chosen)

    def _cell_chosen(self, cell: Cell | None) -> None:
        if cell is not None and self.result is not None:
            self.ask(self.result.filter._replace(themes=(cell.theme,) if cell.theme else (), years=cell.years))

    # Taking along

    def action_cite(self) -> None:
        brief, anchor = self.brief, self.query_one(Paper).standing
        if brief is not None and anchor is not None and self.result is not None:
            self._copy(citation_text(brief, *anchor, self.result.context), "the citation")

    def action_markdown(self) -> None:
        brief = self.brief
        if brief is not None and self.result is not None:
            self._copy(markdown(brief_lines(brief, self._context_of(brief, self.result))), "the brief as Markdown")

    def action_address(self) -> None:
        if found := self._addresses():
            more = f" (of {len(found)})" if len(found) > 1 else ""
            self._copy(found[0], f"copied {found[0]}{more}", whole=True)

    def action_open(self) -> None:
        """Open the address under the cursor where a browser is near; over ssh, copy it."""
        for address in self._addresses()[:1]:
            if not programs.is_address(address):
                self.say(f"not opened, since it is not a plain http or https address: {address}")
            elif programs.over_ssh():
                self._copy(address, f"not opened over ssh, copied: {address}", whole=True)
            else:
                self.run_worker(partial(self._open, address), thread=True, group="open", exit_on_error=False)

    def _open(self, address: str) -> None:
        """Have the browser open an address, off the UI thread, and say what came of it."""
        if programs.open_in_browser(address):
            self.app.call_from_thread(self.say, f"opened {address}")
        else:
            self.app.call_from_thread(partial(self._copy, address, f"no browser here, copied: {address}", whole=True))

    def action_edit(self) -> None:
        """Open the brief's file at the statement's line, and read it again afterwards."""
        brief, anchor = self.brief, self.query_one(Paper).standing
        if brief is not None:
            path = os.path.join(self.library.folder, *brief.file.split("/"))
            if fault := programs.edit(path, line_of(brief, anchor[1] if anchor else ""), self.app.suspend):
                self.say(fault)
            self.poll()

    def action_copy_text(self) -> None:
        """Copy what is selected, with who said it and where; with nothing selected, let ctrl+c end the program."""
        selected = self.get_selected_text()
        if not selected:
            raise SkipAction
        brief, paper = self.brief, self.query_one(Paper)
        if brief is not None and self.result is not None and paper.text_selection is not None:
            anchors = paper.selected_anchors(paper.text_selection)
            selected = selection_text(selected, brief, anchors, self.result.context)
        self._copy(selected, "what is selected")

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

    def _changed(self, change: Change) -> None:
        """Show the corpus as it is now, the reader where they were, and say what changed."""
        if change.shown:
            self.live.count_briefs()
            self._show_size()
            self._ask_again()
        self.say(change.words)

    # How it is done

    def _ask_again(self) -> None:
        if self.result is not None:
            self.ask(self.result.filter)

    def _pick_theme(self, theme: str) -> None:
        if self.result is not None:
            self.ask(self.result.filter._replace(themes=(theme,) if theme else ()))

    def _context_of(self, brief: Brief, result: Result) -> Context:
        return result.context._replace(titles=self.live.read(lambda index: index.titles(brief.related)))

    def _read_brief(self, keep: bool) -> None:
        paper, result, brief = self.query_one(Paper), self.result, self.brief
        if result is None:
            return
        if brief is None:
            paper.read(nothing_lines(result))
            return
        matching = self.live.read(lambda index: query.matching(index, result.filter, (brief.id,))).get(brief.id)
        inside = matching if result.filter.picks_statements else None
        lines = brief_lines(brief, self._context_of(brief, result), inside)
        spans = self._mark([line.text if line.role in MARKED else "" for line in lines])
        marked = [line._replace(spans=tuple(found)) for line, found in zip(lines, spans, strict=True)]
        same = keep and bool(paper.lines) and paper.lines[0].text == lines[0].text
        if not same and self.selections:
            self.clear_selection()
        paper.read(marked, same, _place_asked_for(result.filter, brief, result.context.registers.speakers))

    def _say_what_was_typed(self) -> None:
        hints = self.result.hints if self.result is not None else ()
        said = (*self._typed, *hints, *filter(None, (self.live.damage(),)))
        self.say("; ".join(said))

    def _fetch(self, numbers: Sequence[int]) -> Sequence[query.BriefRow]:
        return self.live.read(lambda index: query.rows_at(index, numbers))

    def _mark(self, texts: Sequence[str]) -> Sequence[Sequence[tuple[int, int]]]:
        words = self.result.filter.text if self.result is not None else ""
        return self.live.read(lambda index: query.marks(index, words, texts)) if words else [()] * len(texts)

    def _count(self, asked: Filter) -> None:
        """Count the facets off the UI thread; whoever has asked for something else meanwhile gets nothing."""
        found = self.live.count(asked)
        if found is None:
            self.app.call_from_thread(self.ask, asked)
        else:
            self.app.call_from_thread(self._counted, asked, found)

    def _counted(self, asked: Filter, found: Facets) -> None:
        if self.result is not None and self.result.filter == asked:
            self.result = self.result._replace(facets=found)

    def _show_size(self) -> None:
        head = self.query_one(HeadLine)
        head.whole = self.query_one(StatusLine).whole = self.live.briefs
        head.problems = len(self.library.problems)

    def _palette_choices(self, typed: str) -> list[Choice]:
        result = self.result
        if result is None:
            return []
        found = dialogs.matching_choices(dialogs.theme_choices(result), typed)
        if typed.strip():
            some = self.live.read(lambda index: query.rows(index, parse(typed).filter, PALETTE_BRIEFS))
            found += dialogs.brief_choices(some, result.context.themes)
        sources = result.context.registers.sources
        if len(sources) <= COUNT_AT_ONCE:
            found += dialogs.matching_choices(dialogs.source_choices(sources.values()), typed)
        found += dialogs.matching_choices(dialogs.key_choices(self.keys), typed)
        colours = [Choice("colours", name, f"Colours: {name}") for name in self.app.available_themes]
        return found + (dialogs.matching_choices(colours, typed) if typed.strip() else [])

    def _offer(self, prompt: str, choices: Sequence[Choice]) -> None:
        """Have the user choose one."""
        find = partial(dialogs.matching_choices, choices)
        self.app.push_screen(Chooser(prompt, find), self._choose)

    def _choose(self, choice: Choice | None) -> None:
        """Do what was chosen in the chooser or the palette."""
        if choice is None or self.result is None:
            return
        if choice.kind == "theme":
            self._pick_theme(choice.id)
        elif choice.kind == "brief":
            self._go_to(choice.id)
        elif choice.kind == "source":
            self.ask(Filter(sources=(choice.id,)))
        elif choice.kind == "colours":
            self.post_message(self.ColoursChosen(choice.id))
        else:
            self.call_next(self.run_action, choice.id)

    def _go_to(self, name: str) -> None:
        """Select a brief: in the present list, or where that does not hold it, in its theme."""
        brief, result = self.live.read(lambda index: index.brief(name)), self.result
        if brief is None or result is None:
            return
        self.set_reactive(Dashboard.brief_id, name)
        here = self.live.read(lambda index: place_in(result, index, name)) is not None
        self.ask(result.filter if here else Filter(themes=(brief.theme,)))

    def _addresses(self) -> tuple[str, ...]:
        brief, anchor = self.brief, self.query_one(Paper).standing
        if brief is None or anchor is None or self.result is None:
            return ()
        found = addresses(brief, *anchor, self.result.context)
        if not found:
            self.say("the source under the cursor has no address")
        return found

    def _copy(self, text: str, what: str, whole: bool = False) -> None:
        """Put a text on the clipboard, and say what: `what` as the whole sentence, or as what was copied."""
        text = clipboard(text)
        if not text:
            return
        if len(text.encode(errors="replace")) > LONGEST_COPY:
            self.say(f"not copied: {what} is longer than the {LONGEST_COPY // 1024} KiB that terminals take")
            return
        self.app.copy_to_clipboard(text)
        said = what if whole else f"copied {what} ({len(text):,} characters)"
        if os.environ.get("TMUX") and not self._tmux_was_named:
            said += "; tmux passes it on with: set -g set-clipboard on"
            self._tmux_was_named = True
        self.say(said)
        if not programs.over_ssh():
            self.run_worker(partial(copy_locally, text), thread=True, group="copy", exit_on_error=False)

    @property
    def _moving(self) -> RowList | Paper:
        """The pane that movement keys move."""
        return self.focused if isinstance(self.focused, RowList | Paper) else self.query_one(BriefList)


def layout_classes(size: Size) -> list[str]:
    """The classes of the layout that a terminal of this size asks for."""
    sizes = ((Dashboard.HORIZONTAL_BREAKPOINTS, size.width), (Dashboard.VERTICAL_BREAKPOINTS, size.height))
    return [[name for least, name in breakpoints if cells >= least][-1] for breakpoints, cells in sizes]


def _last_part(asked: Filter) -> str:
    """The field of the filter that Escape takes back next: words first, the theme last; nothing when it is empty."""
    order = ("text", "persons", "speakers", "sources", "without", "has", "years", "themes")
    return next((field for field in order if getattr(asked, field)), "")


def _place_asked_for(asked: Filter, brief: Brief, speakers: Mapping[str, Speaker]) -> tuple[str, str]:
    """The part of a brief, and the statement in it, that a filter is after, where it names one; empty means any."""
    if "unanswered" in asked.has:
        return "concerns", next((concern.id for concern in unanswered(brief, speakers)), "")
    part = next((PARTS[name] for name in asked.has if name in PARTS), "concerns" if "response" in asked.without else "")
    return part, ""


def nothing_lines(result: Result) -> tuple[Line, ...]:
    """What stands where the brief would, when no brief matches."""
    return (Line("title", "No brief matches"), Line("statement", result.nothing))
