"""A page over the dashboard, to read and close: the help, and what is wrong with the corpus."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from hrdash.index.index import Withheld
from hrdash.model import Problem
from hrdash.report.lines import LEGEND, withheld_text
from hrdash.report.parts import Line, own, user
from hrdash.report.render import ROLES
from hrdash.text import clean_line
from hrdash.tui.keys import CONTEXTS, FIXED, Key, shown_key, with_cyrillic
from hrdash.tui.widgets.brief_view import BriefView
from hrdash.tui.widgets.one_line import Hint

PANES = {
    "briefs": (f"You are in the list: one line a brief. {LEGEND}.", ("move", "filter")),
    "brief": ("You are in the brief: the bar at the left marks the statement or source that c, u and o take.",
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
    AUTO_FOCUS = "BriefView"

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
            yield BriefView()
            yield Hint("", next((key.shown for key in self._keys if key.id == "app.back"), ""))

    def on_mount(self) -> None:
        self.query_one(BriefView).read(self._lines)

    def on_hint_closed(self) -> None:
        self.dismiss(None)

    def action_close(self) -> None:
        self.dismiss(None)

    def action_move(self, step: int) -> None:
        self.query_one(BriefView).move(step)

    def action_turn(self, step: float) -> None:
        self.query_one(BriefView).turn(step)

    def action_end(self, last: bool) -> None:
        self.query_one(BriefView).end(last)


def help_lines(keys: Sequence[Key], pane: str = "", columns: bool = True) -> tuple[Line, ...]:
    """Every key and what it does, those of the pane first that the help was called from; in `columns` or run on."""
    sentence, first = PANES.get(pane, ("", ()))
    lines = [Line("title", (own("hrdash: keys"),)), *([Line("text", (own(sentence),))] if sentence else [])]
    for context in dict.fromkeys((*first, *CONTEXTS)):
        heading = CONTEXTS[context]
        here = [
            (", ".join(map(shown_key, key.keys.split(","))), key.words, key.id)
            for key in keys
            if key.context == context
        ]
        here += [(written, words, "") for written, words, where in FIXED if where == context]
        lines.append(Line("heading", (own(heading.upper()),)))
        lines += [
            Line("key", (own(f"{written:<{ROLES['key'].hang}}{words}"),))
            if columns
            else Line("text", (own(f"{written}  {words}"),))
            for written, words, _ in here
        ]
    lines.append(Line("heading", (own("OTHER KEYS"),)))
    lines.append(
        Line("text", (own("In config.yaml, under keys, a name takes the keys of your choice; the names are:"),))
    )
    lines += [Line("meta", (own(f"{key.id}: {', '.join(map(shown_key, key.keys.split(',')))}"),)) for key in keys]
    return tuple(lines)


def problem_lines(
    problems: Sequence[Problem], withheld: Sequence[Withheld], folder: str, settings: str = ""
) -> tuple[Line, ...]:
    """What is wrong with the corpus, as `hrdash check` says it, and what with the user's settings."""
    count = f"{len(problems)} problem{'s' * (len(problems) != 1)}" if problems else "No problem"
    lines = [Line("title", (own(f"{count} in this corpus"),)), Line("meta", (user(clean_line(folder)),))]
    for number, problem in enumerate(problems):
        lines += [
            Line("statement", (user(f"{problem.file}:{problem.line}:{problem.column}"),), "problems", str(number)),
            Line("attribution", (user(f"{problem.level}: {problem.what}"),), "problems", str(number)),
            Line("figure", (user(problem.cure),), "problems", str(number)),
        ]
    if withheld:
        lines.append(Line("heading", (own(f"NOT SHOWN: {withheld_text(len(withheld)).upper()}"),)))
        for item in withheld:
            name = item.id or "a brief without a readable id"
            lines.append(Line("text", (user(f"{name}: {item.file}:{item.line}:{item.column}"),)))
    if settings:
        lines += [Line("heading", (own("YOUR SETTINGS"),)), Line("text", (user(clean_line(settings)),))]
    return tuple(lines)
