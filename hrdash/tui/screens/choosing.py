"""What is chosen over the dashboard by typing: a theme, a brief, a named filter, a cell, or anything in the palette."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from shlex import quote

from textual import work

from hrdash import named_filters
from hrdash.filter import EVERYTHING, Filter, parse
from hrdash.index.query import BriefRow, select
from hrdash.library import Library
from hrdash.report.filter_words import filter_words
from hrdash.tui.result import grid
from hrdash.tui.screens import dialogs
from hrdash.tui.screens.copying import CopyingScreen
from hrdash.tui.screens.dialogs import Choice, Chooser
from hrdash.tui.screens.overview import Grid, Overview

PALETTE_BRIEFS = 50
"""The most briefs that the palette offers."""


class ChoosingScreen(CopyingScreen, inherit_bindings=False):
    """A screen over which choosers open, and that goes where their answers lead."""

    library: Library
    keeps = True
    """Whether anything may be written."""

    def action_choose_theme(self) -> None:
        self._offer("theme", dialogs.theme_choices(self.result))

    def action_palette(self) -> None:
        """Everything that can be named: themes, briefs, sources, keys."""
        palette = Chooser("theme, brief, source, command or colours", self._palette_choices, self.keys, self._look_at)
        self.app.push_screen(palette, self._choose)

    def action_named(self) -> None:
        """Choose a named filter, name the present one, or delete one."""
        prompt = "named filter" + ", or a new name for the present one" * (self.filter != EVERYTHING)
        filters = named_filters.named_filters()

        def find(typed: str) -> list[Choice]:
            return dialogs.named_choices(typed, filters, self.filter)

        self.app.push_screen(Chooser(prompt, find, self.keys), self._choose)

    def action_related(self) -> None:
        at = self.selected()
        if at is None:
            self.say("no brief is under the cursor here")
            return
        related = self.live.read(lambda index: [found for name in at.brief.related if (found := index.brief(name))])
        choices = dialogs.brief_choices(related, self.result.context.themes)
        if len(choices) == 1:
            self._choose(choices[0])
        elif choices:
            self._offer("related brief", choices)
        else:
            self.say("this brief names no related brief")

    def action_overview(self) -> None:
        """Theme by year; the cells are counted while one may already type."""
        if self.live.is_first:
            self.say("the overview counts all briefs, and they are still being read")
            return
        asked = self.filter._replace(themes=(), years=(), months=())
        caption = f"{filter_words(asked, self.result.context)}: briefs by theme and year"
        cells = Grid(self.result.themes, int(self.result.context.corpus.as_of[:4] or 0))
        self.app.push_screen(
            Overview(caption, cells, asked, self.keys), lambda found: self.go(found) if found else None
        )
        self._count_cells(cells, asked)

    @work(thread=True, exclusive=True, group="overview", exit_on_error=False)
    def _count_cells(self, cells: Grid, asked: Filter) -> None:
        self.app.call_from_thread(cells.show, grid(self.library.index, asked))

    # How it is done

    def _palette_choices(self, typed: str) -> list[Choice]:
        briefs: Sequence[BriefRow] = ()
        if typed.strip():
            asked = parse(typed).filter
            briefs = self.live.read(lambda index: select(index, asked).brief_rows(PALETTE_BRIEFS))
        found = dialogs.palette_choices(typed, self.result, briefs, self.keys, ("auto", *self.app.available_themes))
        return found + dialogs.named_choices(typed, named_filters.named_filters())

    def _offer(self, prompt: str, choices: Sequence[Choice]) -> None:
        """Have the user choose one."""
        self.app.push_screen(Chooser(prompt, partial(dialogs.matching_choices, choices), self.keys), self._choose)

    def _look_at(self, choice: Choice | None) -> None:
        """Show the colours under the cursor of the palette; under any other choice, those that are kept."""
        name = choice.id if choice is not None and choice.kind == "colours" else ""
        self.call_next(self.run_action, f"app.show_colours({name!r})")

    def _choose(self, choice: Choice | None) -> None:
        """Do what was chosen in the chooser or the palette."""
        match choice:
            case Choice("colours", name):
                self.call_next(self.run_action, f"app.colours({name!r})")
            case None:
                self._look_at(None)
            case Choice("theme", name):
                self.action_theme(name)
            case Choice("brief", name):
                self.go_to(name)
            case Choice("source", name):
                self.go(Filter(sources=(name,)))
            case Choice("named", name):
                self._go_by(name)
            case Choice("save", name):
                fault = named_filters.save(name, self.filter) if self.keeps else "not saved: --no-cache writes no file"
                self.say(fault or f"saved; on the command line: --filter {quote(name)}")
            case Choice("drop", name, _, query):
                done = self.keeps and named_filters.drop(name)
                self.say(f"{name} is deleted; it was {query}" if done else f"{name} cannot be deleted now")
            case Choice("action", name):
                self.call_next(self.run_action, name)

    def _go_by(self, name: str) -> None:
        """Go to what a named filter shows, in the present theme where it names none."""
        if one := named_filters.find(name):
            asked, _, faults = parse(one.query)
            within = asked if asked.themes else asked._replace(themes=self.filter.themes)
            self.go(within, "; ".join((f"{one.name}: {one.query}", *faults)))
