"""What opens over the dashboard: choices by typing, and lines to read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Size
from textual.screen import ModalScreen, ScreenResultType
from textual.widget import Widget
from textual.widgets import Input

from hrdash.characters import fold
from hrdash.filter import EVERYTHING, Filter, name_key
from hrdash.index.index import Withheld
from hrdash.index.query import BriefRow, Count
from hrdash.model import Brief, Problem, Source, Theme
from hrdash.named_filters import Named
from hrdash.report.escaping import clipboard as clipboard_text
from hrdash.report.parts import Line, Part, own, user
from hrdash.report.roles import ROLES
from hrdash.report.wording import LEGEND, withheld_text
from hrdash.text import clean_line, number_of
from hrdash.tui import clipboard
from hrdash.tui.base_app import bind
from hrdash.tui.keys import CONTEXTS, FIXED, Key, same_place, shown_key
from hrdash.tui.result import Result
from hrdash.tui.widgets.brief_view import BriefView
from hrdash.tui.widgets.filter_bar import Field
from hrdash.tui.widgets.hint import Hint
from hrdash.tui.widgets.line_scroll import LineScroll, Moving
from hrdash.tui.widgets.row_list import Row, RowList, fit

PANES = {
    "briefs": (f"You are in the list of briefs. Its {LEGEND}, blank where nothing was put. A brief counts once under "
               "All, and under each theme that it is also in.", ("move", "filter")),
    "statements": ("You are in the list of statements: each in full, its kind and, where it was put to the State, its "
                   "answer before it, who says it and where beside or below it. Of what was put ● has a response or "
                   "position, ◐ one that leaves something open, ◌ is pending, ○ has none in this corpus.",
                   ("lens", "take")),
    "figures": ("You are in the list of figures: by indicator, in the order of time, who gives each and where beside "
                "or below it; a bar where an indicator has several. ≠ marks those of which a brief says that sources "
                "differ.", ("lens", "take")),
    "differences": ("You are in the list of differences between sources, as the briefs record them: each under its "
                    "kind and brief, and where it stands beside or below it.", ("lens", "take")),
    "brief": ("You are in the brief: the bar at the left marks the statement or source that c, u and o take.",
              ("read", "take")),
    "facets": ("You are in the facets: each value with its count. Everything is asked of one and the same statement, "
               "but has and without, which ask of its brief.", ("panel",)),
    "strip": ("You are on the year strip: how many statements are about each year.", ("strip",)),
    "words": ("You are in a text field: it takes every letter.", ("field",)),
    "years": ("You are in a text field: it takes every letter.", ("field",)),
}  # fmt: skip
"""What the help says first, by the pane or lens it was called from, and the groups of keys that it then lists first."""


class Dialog(ModalScreen[ScreenResultType | None], Moving):
    """Opens over the dashboard; closed without an answer, it gives nothing back.

    The focus stays where it is at first, wherever one clicks: there is no other place for keys.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c,super+c", "copy_text", show=False)]

    def __init__(self, keys: Sequence[Key], opened_by: str = "") -> None:
        """The keys that move or are the whole program's act here too; Escape, q and those that opened it close it."""
        super().__init__()
        self.back = next((key.shown for key in keys if key.id == "app.back"), shown_key("escape"))
        for key in keys:
            if key.id.startswith("move."):
                bind(self, key.keys, key.action)
            elif key.id in ("app.back", "app.quit", opened_by):
                bind(self, key.keys, "close")
            elif key.action.startswith("app."):
                bind(self, key.keys, key.action)

    @property
    def pane(self) -> LineScroll:
        """What the keys move in."""
        return self.query_one(LineScroll)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Draw once what Textual lays out twice, in the styles that mounting has just worked out."""
        event.refresh_styles = False
        drawn_later = ExitStack()
        drawn_later.enter_context(self.app.batch_update())
        self.call_later(drawn_later.close)

    def action_close(self) -> None:
        self.dismiss(None)

    def set_focus(self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False) -> None:
        if self.focused is None or not self.focused.is_attached:
            super().set_focus(widget, scroll_visible, from_app_focus)

    def action_copy_text(self) -> None:
        """ctrl+c: copy what is selected; with nothing selected, end the program."""
        if words := self.get_selected_text():
            self._copy(clipboard_text(words))
        else:
            self.app.action_help_quit()

    @work(exit_on_error=False)
    async def _copy(self, words: str) -> None:
        self.query_one(Hint).say(await clipboard.put(words, "copied what is selected", self.app.copy_to_clipboard))

    def on_paste(self) -> None:
        self.query_one(Hint).say("nothing here takes what is pasted")

    def on_field_refused(self, event: Field.Refused) -> None:
        self.query_one(Hint).say(event.why)


class Choice(NamedTuple):
    """One thing to choose."""

    kind: str
    """What choosing it does: it shows a `theme`, `brief`, `source` or `colours`, does the `action` of its id, or what
    a `Link` leads to.
    """
    id: str
    label: str
    """What it is called, and what is searched."""
    aside: str = ""
    """What stands at the right."""
    also: str = ""
    """Other words by which it is found."""


Find = Callable[[str], Sequence[Choice]]
COLOURS = "Colour theme"
LEAST_ROWS, MOST_ROWS = 3, 20
"""Of choices: so many have room where there are fewer, for what is said where there are none; and no more at once."""
_COLOURS_WORDS = ("colour", "color", "theme")


def matching_choices(choices: Iterable[Choice], typed: str) -> list[Choice]:
    """The choices with every typed word in what they are called, those that begin with it first."""
    words = fold(typed).split()
    found = [choice for choice in choices if all(word in fold(f"{choice.label} {choice.also}") for word in words)]
    return sorted(found, key=lambda choice: not fold(choice.label).startswith(" ".join(words)))


def theme_choices(result: Result) -> list[Choice]:
    """All, then every theme, each with the count of its tab where that is known."""
    counts, found = result.facets, []
    for theme, label in (("", "All"), *((theme.id, f"{theme.label}: {theme.title}") for theme in result.themes)):
        count = (counts.of("themes").get(theme, Count()) if theme else counts.all) if counts else None
        unit = result.lens.unit == "brief"
        found.append(Choice("theme", theme, label, "" if count is None else f"{count[unit]:,}"))
    return found


def brief_choices(briefs: Iterable[Brief | BriefRow], themes: Mapping[str, Theme]) -> list[Choice]:
    """Briefs, each with the label of its theme."""
    return [
        Choice("brief", found.id, getattr(found, "heading", found.title),
               themes[found.theme].label if found.theme in themes else found.theme)
        for found in briefs
    ]  # fmt: skip


def palette_choices(
    typed: str,
    result: Result,
    briefs: Iterable[Brief | BriefRow],
    sources: Iterable[Source],
    keys: Iterable[Key],
    colours: Iterable[str],
    shown: str,
) -> list[Choice]:
    """Everything that can be named and holds what is typed: themes, the briefs found, sources, keys, colours, of which
    those that are `shown` say so.

    The colours stand first for those who ask for colours; else what is called just so, and with nothing typed what keys
    do: for the mouse, it has no other place.
    """
    others = (
        [Choice("source", source.id, f"{source.title} ({source.id})", "source") for source in sources],
        [Choice("action", key.action, key.words, key.shown) for key in keys if key.context != "move"],
    )
    first = fold(typed).partition(" ")[0]
    asked = len(first) > 2 and any(word.startswith(first) for word in _COLOURS_WORDS)
    shades = [Choice("colours", name, f"{COLOURS}: {name}", "in use" if name == shown else "colours", "color")
              for name in colours]  # fmt: skip
    shades = sorted(matching_choices(shades, typed), key=lambda choice: not choice.id.startswith(("auto", "hrdash")))
    found = [*matching_choices(theme_choices(result), typed), *brief_choices(briefs, result.context.themes)]
    found += [choice for choices in others for choice in matching_choices(choices, typed)]
    found.sort(key=lambda choice: fold(choice.label) != fold(typed).strip() if first else choice.kind != "action")
    return [*shades, *found] if asked else [*found, *shades]


def named_choices(typed: str, filters: Iterable[Named], present: Filter = EVERYTHING) -> list[Choice]:
    """Filters by their names; to delete the user's own; and of a new name, to save the `present` one under it."""
    listed, name = list(filters), clean_line(typed).strip()
    found = matching_choices([Choice("named", one.name, f"Filter: {one.name}", one.query) for one in listed], typed)
    own = [Choice("drop", one.name, f"Delete the filter {one.name}", one.query) for one in listed if one.own]
    found += matching_choices(own, typed)
    if name and present != EVERYTHING and name_key(name) not in [name_key(one.name) for one in listed]:
        found.append(Choice("save", name, f"Save the present filter as {name}", present.typed))
    return found


class ChoiceList(RowList):
    """The choices, one line each."""

    CHOSEN_BY_ONE_CLICK = True

    def __init__(self) -> None:
        super().__init__()
        self.choices: Sequence[Choice] = ()
        self.offered = 0
        """How many there are before anything is typed: then the list keeps its height, and the field its place."""
        self.nothing = "nothing here has these words in its name"

    def count(self) -> int:
        return len(self.choices)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return min(max(LEAST_ROWS, self.offered), MOST_ROWS)

    def row(self, index: int, width: int) -> Row:
        choice = self.choices[index]
        aside = fit(choice.aside, min(cell_len(choice.aside), max(0, width // 2)))
        return ((" " + fit(choice.label, width - cell_len(aside) - 3) + " ", ""), (aside + " ", "muted"))

    @property
    def shows_focus(self) -> bool:
        return True


class Chooser(Dialog[Choice]):
    """A field, and the choices that hold what is typed; gives back what was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "move(1)", show=False),
        Binding("up,ctrl+p", "move(-1)", show=False),
        Binding("pagedown", "turn(0.5)", show=False),
        Binding("pageup", "turn(-0.5)", show=False),
    ]
    AUTO_FOCUS = "Field"

    def __init__(
        self, prompt: str, find: Find, keys: Sequence[Key], look: Callable[[Choice | None], None] = lambda _: None
    ) -> None:
        """`look` is told which choice the cursor stands on, before it is taken or another one is."""
        super().__init__(keys)
        self._prompt = prompt
        self._find = find
        self._look = look

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Field(self._prompt, "chooser")
            yield ChoiceList()
            yield Hint("type to choose, Enter takes it", self.back)

    def on_mount(self) -> None:
        self._show("")
        choices = self.query_one(ChoiceList)
        choices.offered = choices.count()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._show(event.value)

    @on(Field.Left)
    def _left(self, event: Field.Left) -> None:
        choices = self.query_one(ChoiceList)
        self.dismiss(choices.choices[choices.cursor] if event.done and choices.choices else None)

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        self.dismiss(self.query_one(ChoiceList).choices[event.index])

    def _show(self, typed: str) -> None:
        choices = self.query_one(ChoiceList)
        choices.choices = self._find(typed)
        choices.renew(0, 0)
        self._look(choices.choices[0] if choices.choices else None)

    @on(RowList.Highlighted)
    def _looked_at(self, event: RowList.Highlighted) -> None:
        choices = self.query_one(ChoiceList).choices
        self._look(choices[event.index] if event.index < len(choices) else None)


class Prompt(Dialog[str]):
    """A field for a name; gives back what was typed."""

    AUTO_FOCUS = "Field"

    def __init__(self, prompts: Sequence[str], keys: Sequence[Key]) -> None:
        """Of the prompts, the longest first, the one that there is room for is shown."""
        super().__init__([key for key in keys if not key.id.startswith("move.")])
        self._prompts = prompts

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Field(self._prompts[-1], "prompt", self._prompts[:-1])
            yield Hint("Enter writes it", self.back)

    @on(Field.Left)
    def _left(self, event: Field.Left) -> None:
        self.dismiss(self.query_one(Field).value if event.done else None)


class Jump(Dialog[None]):
    """Waits for the one key that says where to go, with what is under it in sight."""

    def __init__(self, keys: Sequence[Key], go: Callable[[str], object]) -> None:
        """`go` is called with what was typed, before the next key acts; with nothing where this is closed."""
        super().__init__([key for key in keys if key.action.startswith("app.") or key.id == "app.back"])
        self._go = go

    def compose(self) -> ComposeResult:
        yield Hint("a letter goes to where it stands", self.back)

    def on_key(self, event: events.Key) -> None:
        event.stop()  # what is under this is not to act on it too
        self._leave(same_place(event.key) or event.character or "")

    def on_click(self) -> None:
        self.action_close()

    def action_close(self) -> None:
        self._leave("")

    def _leave(self, typed: str) -> None:
        self._go(typed)
        self.dismiss(None)


class Reader(Dialog[None]):
    """Lines to scroll through; the keys that opened it, Escape and q close it."""

    AUTO_FOCUS = "BriefView"

    def __init__(self, lines: Callable[[], Sequence[Line]], keys: Sequence[Key], opened_by: str) -> None:
        super().__init__(keys, opened_by)
        self._lines = lines

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog -reader"):
            yield BriefView()
            yield Hint("", self.back)

    def on_mount(self) -> None:
        self.renew()

    def renew(self) -> None:
        """Show the lines as they are now, from where the reader is."""
        self.query_one(BriefView).read(self._lines, keep=True)


def help_lines(keys: Sequence[Key], pane: str = "", columns: bool = True) -> tuple[Line, ...]:
    """Every key and what it does, those of the pane first that the help was called from; in `columns` or run on."""
    sentence, first = PANES.get(pane, ("", ()))
    lines = [_line("title", "hrdash: keys"), *([_line("text", sentence)] if sentence else [])]
    for context in dict.fromkeys((*first, *CONTEXTS)):
        here = [(_keys(key), key.words) for key in keys if key.context == context]
        here += [(written, words) for written, words, where in FIXED if where == context]
        lines.append(_line("heading", CONTEXTS[context].upper()))
        for written, words in here:
            role, gap = ("key", " " * (ROLES["key"].hang - len(written))) if columns else ("text", "  ")
            lines.append(Line(role, (Part("key", written), own(gap + words))))
    names = "In config.yaml, under keys, a name takes the keys of your choice; the names are:"
    lines += [_line("heading", "OTHER KEYS"), _line("text", names)]
    return (*lines, *(_line("meta", f"{key.id}: {_keys(key)}") for key in keys))


def _line(role: str, text: str) -> Line:
    return Line(role, (own(text),))


def _keys(key: Key) -> str:
    return ", ".join(map(shown_key, key.keys.split(",")))


def problem_lines(
    problems: Sequence[Problem], withheld: Sequence[Withheld], folder: str, settings: str = ""
) -> tuple[Line, ...]:
    """What is wrong with the corpus, as `hrdash check` says it, and what with the user's settings."""
    count = number_of(len(problems), "problem") if problems else "No problem"
    lines = [_line("title", f"{count} in this corpus"), Line("meta", (user(clean_line(folder)),))]
    for number, problem in enumerate(problems):
        place = f"{problem.file}:{problem.line}:{problem.column}"
        said = {"statement": place, "attribution": f"{problem.level}: {problem.what}", "figure": problem.cure}
        lines += [Line(role, (user(text),), "problems", str(number)) for role, text in said.items()]
    if withheld:
        lines.append(_line("heading", f"NOT SHOWN: {withheld_text(len(withheld)).upper()}"))
        for item in withheld:
            name = item.id or "a brief without a readable id"
            lines.append(Line("text", (user(f"{name}: {item.file}:{item.line}:{item.column}"),)))
    if settings:
        lines += [_line("heading", "YOUR SETTINGS"), Line("text", (user(clean_line(settings)),))]
    return tuple(lines)
