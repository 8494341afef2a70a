"""A page over the dashboard, to read and close: the help, and what is wrong with the corpus."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from hrdash.index.index import Withheld
from hrdash.model import Problem
from hrdash.report.lines import LEGEND, Line, withheld_text
from hrdash.text import clean_line
from hrdash.tui.keys import CONTEXTS, FIXED, Key, shown_key, with_cyrillic
from hrdash.tui.page import KEYS_WIDTH
from hrdash.tui.widgets.one_line import Hint
from hrdash.tui.widgets.paper import Paper

PANES = {
    "briefs": (f"You are in the list: one line a brief. {LEGEND}.", ("move", "filter")),
    "paper": ("You are in the brief: the bar at the left marks the statement or source that c, u and o take.",
              ("read", "take")),
    "facets": ("You are in the facets: each value with its count. Values of one facet are alternatives, facets add up; "
               "every value of has and without must hold.", ("panel",)),
    "strip": ("You are on the year strip: how many briefs speak of each year.", ("strip",)),
    "words": ("You are in a text field: it takes every letter.", ("field",)),
    "years": ("You are in a text field: it takes every letter.", ("field",)),
}  # fmt: skip
"""What the help says first, by the pane it was called from, and the groups of keys that it then lists first."""


class Reader(ModalScreen[None]):
    """Lines to scroll through; the keys that opened it, Escape and q close it."""

    CSS_PATH = "dialog.tcss"
    AUTO_FOCUS = "Paper"

    def __init__(self, lines: Sequence[Line], keys: Sequence[Key], opened_by: str) -> None:
        super().__init__()
        self._lines = lines
        self._keys = keys
        for key in keys:
            if key.id.startswith("move."):
                self._bindings.bind(with_cyrillic(key.keys), key.action, show=False)
            elif key.id in ("app.back", "app.quit", opened_by):
                self._bindings.bind(with_cyrillic(key.keys), "close", show=False)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog -reader"):
            yield Paper()
            yield Hint("", next((key.shown for key in self._keys if key.id == "app.back"), ""))

    def on_mount(self) -> None:
        self.query_one(Paper).read(self._lines)

    def on_hint_closed(self) -> None:
        self.dismiss(None)

    def action_close(self) -> None:
        self.dismiss(None)

    def action_move(self, step: int) -> None:
        self.query_one(Paper).move(step)

    def action_turn(self, step: float) -> None:
        self.query_one(Paper).turn(step)

    def action_end(self, last: bool) -> None:
        self.query_one(Paper).end(last)


def help_lines(keys: Sequence[Key], pane: str = "", columns: bool = True) -> tuple[Line, ...]:
    """Every key and what it does, those of the pane first that the help was called from; in `columns` or run on."""
    sentence, first = PANES.get(pane, ("", ()))
    lines = [Line("title", "hrdash: keys"), *([Line("text", sentence)] if sentence else [])]
    for context in dict.fromkeys((*first, *CONTEXTS)):
        heading = CONTEXTS[context]
        here = [
            (", ".join(map(shown_key, key.keys.split(","))), key.words, key.id)
            for key in keys
            if key.context == context
        ]
        here += [(written, words, "") for written, words, where in FIXED if where == context]
        lines.append(Line("heading", heading.upper()))
        lines += [
            Line("key", f"{written:<{KEYS_WIDTH}}{words}") if columns else Line("text", f"{written}  {words}")
            for written, words, _ in here
        ]
    lines.append(Line("heading", "OTHER KEYS"))
    lines.append(Line("text", "In config.yaml, under keys, a name takes the keys of your choice; the names are:"))
    lines += [Line("meta", f"{key.id}: {', '.join(map(shown_key, key.keys.split(',')))}") for key in keys]
    return tuple(lines)


def problem_lines(
    problems: Sequence[Problem], withheld: Sequence[Withheld], folder: str, settings: str = ""
) -> tuple[Line, ...]:
    """What is wrong with the corpus, as `hrdash check` says it, and what with the user's settings."""
    count = f"{len(problems)} problem{'s' * (len(problems) != 1)}" if problems else "No problem"
    lines = [Line("title", f"{count} in this corpus"), Line("meta", clean_line(folder))]
    for number, problem in enumerate(problems):
        lines += [
            Line("statement", f"{problem.file}:{problem.line}:{problem.column}", "problems", str(number)),
            Line("attribution", f"{problem.level}: {problem.what}", "problems", str(number)),
            Line("figure", problem.cure, "problems", str(number)),
        ]
    if withheld:
        lines.append(Line("heading", f"NOT SHOWN: {withheld_text(len(withheld)).upper()}"))
        for item in withheld:
            lines.append(
                Line("text", f"{item.id or 'a brief without a readable id'}: {item.file}:{item.line}:{item.column}")
            )
    if settings:
        lines += [Line("heading", "YOUR SETTINGS"), Line("text", clean_line(settings))]
    return tuple(lines)
