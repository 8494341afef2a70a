"""Every key of the dashboard, once: the bindings, the footer, the help and the README's table are made of this."""

from collections.abc import Mapping
from typing import NamedTuple

CONTEXTS = {
    "move": "Moving", "lens": "Looking", "filter": "Filtering", "read": "Reading", "take": "Taking it along",
    "app": "The dashboard", "panel": "In the facets panel", "strip": "On the year strip", "field": "In a text field",
}  # fmt: skip
"""The groups of the help screen, in order."""


class Key(NamedTuple):
    """One thing that a key does."""

    id: str
    """The name by which `config.yaml` gives it other keys."""
    keys: str
    """Textual's names of the keys, with commas; the first is the one shown."""
    action: str
    words: str
    """What it does, in words, for the help."""
    context: str
    footer: str = ""
    """Its word in the footer, for those that stand there."""

    @property
    def shown(self) -> str:
        """The first key as people write it."""
        return shown_key(self.keys.partition(",")[0])


KEYS = (
    Key("move.down", "j,down", "move(1)", "next row, or next statement in the brief", "move"),
    Key("move.up", "k,up", "move(-1)", "previous row or statement", "move"),
    Key("move.first", "g,home", "end(False)", "first", "move"),
    Key("move.last", "G,end", "end(True)", "last", "move"),
    Key("pane.wider", "greater_than_sign", "widen(4)",
        "a wider list, where it stands beside the brief; the mouse drags its border", "move"),
    Key("pane.narrower", "less_than_sign", "widen(-4)", "a narrower one", "move"),
    Key("move.half_down", "ctrl+d,pagedown", "turn(0.5)", "half a page down", "move"),
    Key("move.half_up", "ctrl+u,pageup", "turn(-0.5)", "half a page up", "move"),
    Key("move.section", "right_curly_bracket", "section(1)", "next section of the brief", "move", "section"),
    Key("move.section_back", "left_curly_bracket", "section(-1)", "previous section", "move"),
    Key("move.right", "l,right", "column(1)", "from a claim to what was put, and on to its answer", "move"),
    Key("move.left", "h,left", "column(-1)", "and back again", "move"),
    Key("move.jump", "J", "over('jump')", "go to a heading, statement or source in sight by its letter", "move",
        "jump"),
    Key("pane.next", "tab", "pane(1)", "next pane", "move", "pane"),
    Key("pane.previous", "shift+tab", "pane(-1)", "previous pane", "move"),
    Key("theme.next", "right_square_bracket", "theme_step(1)", "next theme", "move"),
    Key("theme.previous", "left_square_bracket", "theme_step(-1)", "previous theme", "move"),
    Key("theme.choose", "t", "over('theme')", "choose a theme by typing", "move", "theme"),
    Key("lens.briefs", "1", "lens('briefs')", "briefs, side by side", "lens"),
    Key("lens.statements", "2", "lens('statements')", "statements, one by one", "lens", "statements"),
    Key("lens.figures", "3", "lens('figures')", "figures, indicator by indicator", "lens"),
    Key("lens.differences", "4", "lens('differences')", "where sources differ", "lens"),
    Key("lens.sort", "s", "sort",
        "sort statements by brief, speaker, year or answer; briefs by how many of their statements have the words",
        "lens", "sort"),
    Key("filter.words", "slash", "field('words')", "filter by words, or by a query such as year:2024 without:response",
        "filter", "filter"),
    Key("filter.years", "y", "field('years')", "filter by year or month: 2024, 2019..2024, 2019.., ..2020, Jan 2022",
        "filter", "year"),
    Key("filter.facets", "f", "facets", "the facets: every value with its count", "filter", "facets"),
    Key("filter.overview", "5,m", "over('overview')", "theme by year: every cell a filter; type a theme and a year",
        "filter"),
    Key("filter.named", "F", "over('named')", "choose a named filter by typing; a new name saves the present filter",
        "filter"),
    Key("filter.clear", "X", "clear", "clear the filter within the theme; once more, the theme too", "filter"),
    Key("match.next", "n", "match(1)", "next of what is asked for: marked words, else statements", "read", "match"),
    Key("match.previous", "N", "match(-1)", "previous one", "read"),
    Key("brief.zoom", "enter", "zoom",
        "the brief on the whole screen; there, what is underlined under the cursor: a brief, theme, address or source",
        "read", "read"),
    Key("brief.related", "r", "over('related')", "go to a related brief", "read"),
    Key("take.cite", "c", "cite", "copy the citation of the statement or source under the cursor", "take", "cite"),
    Key("take.mark", "space", "mark", "mark a statement, or unmark it; in the list of briefs, those that match", "take",
        "mark"),
    Key("take.unmark", "U", "unmark", "unmark all", "take"),
    Key("take.markdown", "M", "markdown",
        "copy what is marked, else all that is listed, as Markdown with footnotes; a brief on the whole screen, whole",
        "take", "copy"),
    Key("take.write", "w", "over('write')",
        "write what is marked, else what is listed: name.md or name.csv", "take", "write"),
    Key("take.address", "u", "address", "copy the address of the source under the cursor", "take"),
    Key("take.open", "o", "open", "open that address in the browser", "take", "open"),
    Key("take.edit", "e", "edit", "open the brief's file in your editor", "take"),
    Key("app.help", "question_mark", "over('help')", "every key, those of the pane you are in first", "app", "help"),
    Key("app.palette", "ctrl+p", "over('palette')", "find a theme, brief, source or command by typing", "app", "find"),
    Key("app.problems", "p", "over('problems')", "what is wrong with the corpus, file by file", "app"),
    Key("app.redraw", "ctrl+l", "app.redraw", "draw the screen again", "app"),
    Key("app.back", "escape,H,alt+left", "back", "take back the last step; never quits", "app", "back"),
    Key("app.forward", "L,alt+right", "forward", "go forward again, after steps back", "app"),
    Key("app.quit", "q,ctrl+q", "quit", "quit", "app", "quit"),
    Key("app.suspend", "ctrl+z", "app.suspend_process", "stop for the moment; fg comes back", "app"),
)  # fmt: skip
"""What keys do on the dashboard, unless `config.yaml` says otherwise."""

FOOTER = {
    "briefs": ("brief.zoom", "filter.words", "app.help", "app.quit", "pane.next", "take.mark", "take.markdown",
               "theme.choose", "app.palette", "filter.facets", "filter.years", "lens.statements", "take.cite",
               "app.back"),
    "lens": ("brief.zoom", "filter.words", "app.help", "app.quit", "take.mark", "take.markdown", "take.write",
             "app.palette", "filter.facets", "theme.choose", "lens.sort", "take.cite", "filter.years", "app.back"),
    "brief": ("app.back", "take.cite", "app.help", "app.quit", "take.mark", "take.markdown", "move.section",
              "pane.next", "app.palette", "take.open", "filter.words", "match.next", "move.jump"),
    "facets": ("facets.take", "app.back", "app.help", "app.quit", "facets.clear", "pane.next", "take.markdown",
               "filter.words", "app.palette"),
    "strip": ("strip.before", "strip.after", "app.back", "app.help", "app.quit", "strip.span", "pane.next",
              "take.markdown", "filter.words", "app.palette"),
    **dict.fromkeys(("words", "years"), ("field.done", "field.leave", "field.next")),
}  # fmt: skip
"""By the pane that has the focus, the keys that its footer names; the last are left out first where it is narrow."""

FACET_KEYS = (
    Key("facets.take", "space", "focused.take", "take a value into the filter, or out of it", "panel", "take"),
    Key("facets.clear", "x", "focused.clear_facet", "clear this facet", "panel", "clear"),
)
FIELD_KEYS = (
    Key("field.leave", "escape", "focused.leave", "clear the field; when it is empty, leave it", "field", "clear"),
    Key("field.done", "enter", "focused.submit", "go on to the list", "field", "list"),
    Key("field.next", "tab", "screen.pane(1)", "the next field, then the list", "field", "next"),
)
STRIP_KEYS = (
    Key("strip.before", "left", "focused.year(-1)", "the year before", "strip", "year before"),
    Key("strip.after", "right", "focused.year(1)", "the year after", "strip", "year after"),
    Key("strip.span", "shift+right", "focused.span(1)", "widen the span of years", "strip", "span"),
)
WIDGETS_KEYS = (*FACET_KEYS, *FIELD_KEYS, *STRIP_KEYS)
"""Those of `FIXED` that the footer of the facets, of a field and of the year strip names: the widget keeps them."""

FIXED = (
    ("ctrl+c", "copy what is selected; with nothing selected, end", "app"),
    ("space, Enter", FACET_KEYS[0].words, "panel"),
    ("x", FACET_KEYS[1].words, "panel"),
    ("left, right", "the year before, the year after", "strip"),
    ("shift+left, shift+right", "widen or narrow the span of years; with the mouse, drag", "strip"),
    ("Esc", FIELD_KEYS[0].words, "field"),
    ("Enter", FIELD_KEYS[1].words, "field"),
    (
        "right",
        "at the end, take what is offered: the rest of a filter, of its value, of a year or month; or what was meant",
        "field",
    ),
    ("Tab", FIELD_KEYS[2].words, "field"),
    ("up, down", "move in the list while typing", "field"),
)
"""Keys that a widget keeps for itself: shown in the help, not rebindable."""

_SIGNS = {
    "slash": "/", "question_mark": "?", "less_than_sign": "<", "greater_than_sign": ">",
    "left_square_bracket": "[", "right_square_bracket": "]",
    "left_curly_bracket": "{", "right_curly_bracket": "}", "escape": "Esc",
    "tab": "Tab", "enter": "Enter", "shift+tab": "Shift+Tab",
}  # fmt: skip
_PLACES = dict(zip("йцукенгшщзхъфывапролджэячсмитьбю.,№іїўёє", "qwertyuiop[]asdfghjkl;'zxcvbnm,./?/s]o`'", strict=True))
"""For what a Cyrillic keyboard types, the key of a Latin one in the same place."""
_SHIFTED = str.maketrans("[]", "{}")
_NAMES = {"full_stop": ".", "comma": ",", "numero_sign": "№"}
"""Textual's names of those that are no letters."""


def shown_key(key: str) -> str:
    """A Textual key name as people write it."""
    return _SIGNS.get(key, key)


def textual_key(written: str) -> str:
    """A key as people write it, as Textual names it."""
    names = {sign: name for name, sign in _SIGNS.items()}
    return names.get(written, names.get(written.capitalize(), written))


def same_place(key: str) -> str:
    """The Latin key in the place of one that is of a Cyrillic keyboard, or nothing."""
    modifiers, plus, name = key.rpartition("+")
    letter = _NAMES.get(name, name)
    other = _PLACES.get(letter.lower(), "")
    if letter.isupper():
        other = other.upper().translate(_SHIFTED)
    return modifiers + plus + textual_key(other) if other else ""


def rebound(changes: Mapping[str, str]) -> tuple[tuple[Key, ...], tuple[str, ...]]:
    """The keys with a user's changes, and what is wrong with those: unknown names, and keys that clash.

    A change that clashes is left out, and both names are said.
    """
    known = {key.id: key for key in KEYS}
    faults = [f"keys: there is no {name!r}; the names stand in the help (?)" for name in changes if name not in known]
    changed = {
        name: known[name]._replace(keys=",".join(textual_key(part.strip()) for part in written.split(",")))
        for name, written in changes.items() if name in known
    }  # fmt: skip
    while True:
        keys = tuple(changed.get(key.id, key) for key in KEYS)
        given = [(name, key.id) for key in keys for name in key.keys.split(",")]
        owners = dict(reversed(given))
        clash = next(((name, owners[name], id_) for name, id_ in given if owners[name] != id_), None)
        if clash is None:
            return keys, tuple(faults)
        name, first, second = clash
        wrong = second if second in changed else first
        faults.append(f"keys: {shown_key(name)} is given to both {first} and {second}; {wrong} keeps its own key")
        del changed[wrong]
