"""What opens over the dashboard, by name: help, problems, letters to jump by, and what is chosen or named by typing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from shlex import quote

from hrdash import named_filters
from hrdash.filter import EVERYTHING, Filter, parse
from hrdash.index.hints import by_id
from hrdash.index.index import Index
from hrdash.index.query import BriefRow, select
from hrdash.model import Source
from hrdash.named_filters import Named
from hrdash.report.filter_words import filter_words
from hrdash.report.parts import Line
from hrdash.tui.result import grid
from hrdash.tui.screens import dialogs
from hrdash.tui.screens.copying import CopyingScreen
from hrdash.tui.screens.dialogs import Choice, Chooser, Jump, Prompt, Reader
from hrdash.tui.screens.overview import Grid, Overview
from hrdash.tui.widgets.brief_view import BriefView

PALETTE_BRIEFS = 50
"""The most briefs that the palette offers."""
MOST_SOURCES = 5_000
"""The most sources that the palette offers; where there are more, it offers none."""


def show_help(here: CopyingScreen) -> None:
    """Every key, those of the focused pane first."""
    pane = here.focused.id or "" if here.focused is not None else ""
    pane = here.lens if pane == "lens" else pane
    lines = dialogs.help_lines(here.keys, pane, columns=not here.has_class("-tiny"))
    here.app.push_screen(Reader(lambda: lines, here.keys, "app.help"))


def show_problems(here: CopyingScreen) -> None:
    """What is wrong with the corpus, as long as this is open, and with the user's settings."""
    library = here.library

    def lines() -> Sequence[Line]:
        return dialogs.problem_lines(library.problems, library.index.withheld_list, library.folder, here.faults)

    reader = Reader(lines, here.keys, "app.problems")
    here.app.push_screen(reader)
    reader.watch(here, "result", reader.renew, init=False)


def jump(here: CopyingScreen) -> None:
    """Have the user go to what is in sight by the letter that is put there."""
    view = here.page_in_sight()
    if view is not None and view.show_letters():
        here.set_focus(view)
        here.app.push_screen(Jump(here.keys, view.jump))


def write(here: CopyingScreen) -> None:
    """Name a file, and write to it what is marked, else what is listed."""
    what = f"{len(here.basket):,} marked" if here.basket else "all that is listed"
    names = "name.md or name.csv"
    prompts = (f"write {what} to a file: {names}", f"to a file: {names}", names)
    here.app.push_screen(Prompt(prompts, here.keys), here.write_to)


def choose_link(here: CopyingScreen) -> None:
    """Go where the one link under the cursor of the page leads, or have the user choose."""
    links = here.query_one(BriefView).links
    if len(links) == 1:
        here.call_next(here.action_follow, *next(iter(links)))
        return
    choices = [Choice(*link, words, link.kind) for link, words in links.items()]
    chooser = Chooser("where to", partial(dialogs.matching_choices, choices), here.keys)
    here.app.push_screen(chooser, lambda one: here.call_next(here.action_follow, *one[:2]) if one else None)


def choose_theme(here: CopyingScreen) -> None:
    """Choose a theme by typing."""
    _offer(here, "theme", dialogs.theme_choices(here.result))


def choose_related(here: CopyingScreen) -> None:
    """Go to the related brief, or choose one of several."""
    at = here.selected()
    if at is None:
        here.say("no brief is under the cursor here")
        return
    related = here.live.read(lambda index: [found for name in at.brief.related if (found := index.brief(name))])
    choices = dialogs.brief_choices(related, here.result.context.themes)
    if len(choices) == 1:
        _choose(here, choices[0])
    elif choices:
        _offer(here, "related brief", choices)
    elif at.brief.related:
        here.say(f"{', '.join(at.brief.related)}: related, and could not be read, or not yet")
    else:
        here.say("this brief names no related brief")


def choose_named(here: CopyingScreen) -> None:
    """Choose a named filter, name the present one, or delete one."""
    prompt = "named filter" + ", or a name for this one" * (here.filter != EVERYTHING)
    filters = named_filters.named_filters()

    def find(typed: str) -> list[Choice]:
        return dialogs.named_choices(typed, filters, here.filter)

    here.app.push_screen(Chooser(prompt, find, here.keys), partial(_choose, here))


def choose_any(here: CopyingScreen) -> None:
    """Everything that can be named: themes, briefs, sources, keys."""
    find, look = partial(_palette_choices, here, here.app.theme), partial(_look_at, here)
    palette = Chooser("theme, brief, source, command or colours", find, here.keys, look)
    here.app.push_screen(palette, partial(_choose, here))


def overview(here: CopyingScreen) -> None:
    """Theme by year; the cells are counted while one may already type."""
    if here.live.is_first:
        here.say("the overview counts all briefs, and they are still being read")
        return
    asked = here.filter._replace(themes=(), years=(), months=())
    within = f"{filter_words(asked, here.result.context)}: " if asked != EVERYTHING else ""
    caption = f"{within}briefs by theme and year"
    cells = Grid(here.result.themes, int(here.result.context.corpus.as_of.rpartition("/")[2][:4] or 0))
    opened = Overview(caption, cells, asked, here.keys)
    here.app.push_screen(opened, lambda found: here.go(found) if found else None)

    def counts(index: Index) -> Mapping[str, Mapping[int, int]]:
        return grid(index, asked)

    def count() -> None:
        found = here.live.of(here.result, lambda index, _: counts(index))
        here.app.call_from_thread(lambda: cells.show(found or here.live.read(counts)))

    here.run_worker(count, thread=True, exclusive=True, group="overview", exit_on_error=False)


OPENED: Mapping[str, Callable[[CopyingScreen], None]] = {
    "help": show_help, "problems": show_problems, "jump": jump, "write": write, "link": choose_link,
    "theme": choose_theme, "related": choose_related, "named": choose_named, "palette": choose_any,
    "overview": overview,
}  # fmt: skip
"""By name what the action `over` opens."""


def _palette_choices(here: CopyingScreen, shown: str, typed: str) -> list[Choice]:
    briefs: Sequence[BriefRow] = ()
    if typed.strip():
        asked = parse(typed).filter
        briefs = here.live.read(lambda index: select(index, by_id(index, asked)).brief_rows(PALETTE_BRIEFS))
    sources: Iterable[Source] = ()
    if here.result.sources <= MOST_SOURCES:
        sources = here.live.read(lambda index: index.registers.sources.values())
    colours = ("auto", *here.app.available_themes)
    found = dialogs.palette_choices(typed, here.result, briefs, sources, here.keys, colours, shown)
    return found + dialogs.named_choices(typed, named_filters.named_filters())


def _offer(here: CopyingScreen, prompt: str, choices: Sequence[Choice]) -> None:
    """Have the user choose one."""
    chooser = Chooser(prompt, partial(dialogs.matching_choices, choices), here.keys)
    here.app.push_screen(chooser, partial(_choose, here))


def _look_at(here: CopyingScreen, choice: Choice | None) -> None:
    """Show the colours under the cursor of the palette; under any other choice, those that are kept."""
    name = choice.id if choice is not None and choice.kind == "colours" else ""
    here.call_next(here.run_action, f"app.show_colours({name!r})")


def _choose(here: CopyingScreen, choice: Choice | None) -> None:
    """Do what was chosen in the chooser or the palette."""
    match choice:
        case Choice("colours", name):
            here.call_next(here.run_action, f"app.colours({name!r})")
        case None:
            _look_at(here, None)
        case Choice("theme", name):
            here.action_theme(name)
        case Choice("brief", name):
            here.call_next(here.go_to, name)
        case Choice("source", name):
            here.go(Filter(sources=(name,)))
        case Choice("named", name):
            _go_by(here, name)
        case Choice("save" | "drop" as kind, name, _, query) if _is_another(kind, name, query):
            one = named_filters.find(name)
            here.say(f"{one.name} is {one.query} by now, and stays" if one else f"{name} was deleted meanwhile")
        case Choice("save", name):
            fault = named_filters.save(name, here.filter) if here.keeps else "not saved: --no-cache writes no file"
            here.say(fault or f"saved; on the command line: --filter {quote(name)}")
        case Choice("drop", name, _, query):
            done = here.keeps and named_filters.drop(name)
            here.say(f"{name} is deleted; it was {query}" if done else f"{name} cannot be deleted now")
        case Choice("action", name):
            here.call_next(here.run_action, name)


def _is_another(kind: str, name: str, query: str) -> bool:
    """Whether another dashboard has changed a filter since it was to be deleted, or its name was still to be given."""
    return named_filters.find(name) != (Named(name, query) if kind == "drop" else None)


def _go_by(here: CopyingScreen, name: str) -> None:
    """Go to what a named filter shows, in the present theme where it names none."""
    one = named_filters.find(name)
    if one is None:
        here.say(f"{name} was deleted meanwhile")
    else:
        asked, _, faults = parse(one.query)
        within = asked if asked.themes else asked._replace(themes=here.filter.themes)
        known = here.live.read(lambda index: by_id(index, within))
        here.go(known, "; ".join((f"{one.name}: {one.query}", *faults)))
