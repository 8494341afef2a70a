"""Choose by typing: a field and the choices that hold what is typed. Serves the themes and the command palette."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from hrdash.text import fold
from hrdash.tui.keys import shown_key
from hrdash.tui.widgets.filter_bar import Field
from hrdash.tui.widgets.one_line import Hint
from hrdash.tui.widgets.row_list import Row, RowList, fit


class Choice(NamedTuple):
    """One thing to choose."""

    kind: str
    """What choosing it does: `theme`, `brief`, `source` or `key`."""
    id: str
    label: str
    """What it is called, and what is searched."""
    aside: str = ""
    """What stands at the right."""


Find = Callable[[str], Sequence[Choice]]


def holding(choices: Sequence[Choice], typed: str) -> list[Choice]:
    """The choices with every typed word in their label, those that begin with it first."""
    words = fold(typed).split()
    found = [choice for choice in choices if all(word in fold(choice.label) for word in words)]
    return sorted(found, key=lambda choice: not fold(choice.label).startswith(" ".join(words)))


class ChoiceList(RowList):
    """The choices, one line each."""

    CHOSEN_BY_ONE_CLICK = True

    def __init__(self) -> None:
        super().__init__()
        self.choices: Sequence[Choice] = ()

    def count(self) -> int:
        return len(self.choices)

    def row(self, index: int, width: int) -> Row:
        choice = self.choices[index]
        aside = fit(choice.aside, min(cell_len(choice.aside), max(0, width // 2)))
        return ((" " + fit(choice.label, width - cell_len(aside) - 3) + " ", ""), (aside + " ", "muted"))

    @property
    def shows_focus(self) -> bool:
        return True


class Chooser(ModalScreen[Choice | None]):
    """Opens over the dashboard, and gives back what was chosen."""

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "move(1)", show=False),
        Binding("up,ctrl+p", "move(-1)", show=False),
        Binding("pagedown", "turn(0.5)", show=False),
        Binding("pageup", "turn(-0.5)", show=False),
    ]
    AUTO_FOCUS = "Field"

    def __init__(self, prompt: str, find: Find) -> None:
        super().__init__()
        self._prompt = prompt
        self._find = find

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Field(self._prompt, "chooser")
            yield ChoiceList()
            yield Hint("type to choose, Enter takes it", shown_key("escape"))

    def on_mount(self) -> None:
        self._show("")

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

    def on_hint_closed(self) -> None:
        self.dismiss(None)

    def action_move(self, step: int) -> None:
        self.query_one(ChoiceList).move(step)

    def action_turn(self, step: float) -> None:
        self.query_one(ChoiceList).turn(step)

    def _show(self, typed: str) -> None:
        choices = self.query_one(ChoiceList)
        choices.choices = self._find(typed)
        choices.renew(0, 0)
