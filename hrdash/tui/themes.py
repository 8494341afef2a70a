"""The colour themes: hrdash's own, and what its roles take from those of Textual; every text of them is readable."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from rich.style import Style
from textual.app import App
from textual.color import BLACK, WHITE, Color
from textual.theme import Theme
from textual.widget import Widget

from hrdash.model import SECTIONS
from hrdash.report.wording import SIGNS

_HERE = Path(__file__).parent
SMALL, OPENING = str(_HERE / "small.tcss"), str(_HERE / "screens" / "opening.tcss")
"""The style sheets of a small terminal, or of a brief that has all of one; and of what opens in the dashboard."""
_SLOTS = (
    "accent", "foreground", "background", "panel", "success", "warning", "error",
    "pane", "muted", "faint", "line", "chosen", "chosen-text", "mark", "mark-text", *SECTIONS,
)  # fmt: skip
_TEXTUALS = 7
"""So many of them are Textual's own; the others are variables."""
_COLORS = {
    "hrdash-dark": "8fb8c9 d9dbd8 111416 242a2e a3cf92 dfb568 e8917e 1e2529 9ba3a5 757d80 465056 35535f f4f8f9 57491f "
                   "f4e7c3 7db6ec eba26b c9a9ea e3cd78 a3cf92 7fd0bf a9b1b5 eb9dba",
    "hrdash-light": "1a566e 24292b ebe8de dfdbcd 33601c 7a4f05 9c3320 fefdfa 51595c 757b79 b4b0a2 bfdbe6 0d1f27 "
                    "f3dd97 3a2c00 17569a 94400a 6a3a9c 6b5000 33601c 08605a 51595c 922b58",
    "hrdash-contrast": "ffff66 ffffff 000000 262626 80ff80 ffd75f ffaaaa 1e1e1e d8d8d8 b4b4b4 9e9e9e ffffff 000000 "
                       "ffff66 000000 7fc4ff ffb066 dcb3ff ffe97a 8dff8d 7df0e0 d8d8d8 ffa6cf",
}  # fmt: skip
"""By theme, a colour for each of these slots, among them each kind of statement."""
SURFACES = ("background", "pane", "panel")
"""What text stands on: a pane, the one that has the focus, and the edges."""
LEAST, LEAST_FAINT = 4.5, 3.0
"""The contrast of a text (WCAG 2, AA), and of what is outside the filter."""
_APART = 1.18
"""The contrast of the pane that has the focus to the others."""
_STEPS = (0, 0.12, 0.25, 0.4, 0.55, 0.75, 1)
_FROM = {
    "claims": "primary", "concerns": "warning", "questions": "accent", "recommendations": "secondary",
    "responses": "success", "observations": "foreground",
}  # fmt: skip
"""Which of Textual's variables gives a kind its colour."""
_ANSI = {
    "pane": "ansi_default", "muted": "ansi_default", "faint": "ansi_bright_black", "line": "ansi_bright_black",
    "mark": "ansi_yellow", "mark-text": "ansi_black", "match": "ansi_bright_yellow", "match-text": "ansi_black",
    "commendations": "ansi_cyan", "assessments": "ansi_magenta",
}  # fmt: skip
"""For themes of the terminal's own colours, of which nobody knows what they are."""
ANSWER_COLORS = {"●": "responses", "◐": "warning", "○": "error", "◌": "muted", "≠": "warning", "◆": "accent"}
SIGN_COLORS = {**{sign: part for part, sign in SIGNS.items()}, **ANSWER_COLORS}
"""By sign, whether of a kind, an answer or a mark, the variable with its colour: the same wherever it stands."""


def _theme(name: str, colors: str) -> Theme:
    found: dict[str, Any] = dict(zip(_SLOTS, (f"#{color}" for color in colors.split()), strict=True))
    own = {slot: found.pop(slot) for slot in _SLOTS[_TEXTUALS:]}
    match = found["foreground"] if name == "hrdash-contrast" else found["warning"]
    text = "#ffffff" if name == "hrdash-light" else found["background"]
    return Theme(
        name, primary=found["accent"], secondary=found["accent"], surface=found["background"], **found,
        dark=name != "hrdash-light", variables={**own, "match": match, "match-text": text},
    )  # fmt: skip


THEMES = tuple(_theme(name, colors) for name, colors in _COLORS.items())


def automatic(light: bool | None = None) -> str:
    """The theme for this terminal: by what it says of its background, else by `COLORFGBG`, and dark otherwise."""
    if light is None:
        light = os.environ.get("COLORFGBG", "").rpartition(";")[2] in ("7", "15")
    return "hrdash-light" if light else "hrdash-dark"


LOOKS = {
    "strong": ("", "", "bold"), "title": ("", "", "bold"),
    "heading": ("accent", "", "bold"), "key": ("accent", "", "bold"),
    "muted": ("muted", "", ""), "attribution": ("muted", "", ""),
    "outside": ("faint", "", ""), "line": ("line", "", ""),
    "accent": ("accent", "", ""), "alarm": ("warning", "", ""), "answer": ("warning", "", ""),
    "picked": ("accent", "", "bold"), "blurred": ("foreground", "panel", ""),
    "chosen": ("chosen-text", "chosen", "bold"), "cell": ("accent", "", "bold reverse"),
    "mark": ("mark-text", "mark", ""), "match": ("match-text", "match", "bold"),
    "shade0": ("foreground", "accent 8%", ""), "shade1": ("foreground", "accent 18%", ""),
    "shade2": ("foreground", "accent 32%", ""), "shade3": ("foreground", "accent 48%", ""),
}  # fmt: skip
"""By role, the variables of the colours of a text and of what is behind it, and a weight; "" is as around it."""
COLORLESS = {
    "outside": "dim", "picked": "reverse", "chosen": "reverse", "blurred": "underline", "mark": "underline",
    "match": "reverse",
}  # fmt: skip
"""The weight of those that would look like others where there is no colour."""


def role_style(widget: Widget, role: str) -> Style:
    """How a role is drawn, upon the style of what it stands in."""
    front, behind, weight = LOOKS[role]
    if widget.app.no_color:
        return Style.parse(COLORLESS.get(role, weight))
    found, (back, _, share) = widget.app.theme_variables, behind.partition(" ")
    return _style(found.get(front, ""), found.get(back, ""), weight, share, found["pane"])


def sign_style(widget: Widget, sign: str) -> Style:
    """How a sign is drawn, upon the style of what it stands in; bold, for where there is no colour."""
    name = SIGN_COLORS.get(sign)
    found = widget.app.theme_variables.get(name) if name is not None else None
    return _style(found, "", "bold") if found else Style()


@cache
def _style(front: str, back: str, weight: str, share: str = "", pane: str = "") -> Style:
    """A style of these colours; with a share in per cent, of so much of the one behind on a pane, if both are known,
    and of the colour nearest to the one in front that can be read on it.
    """
    color, behind = (Color.parse(name) if name else None for name in (front, back))
    if behind and share:
        behind = Color.parse(pane).blend(behind, int(share.rstrip("%")) / 100) if behind.ansi is None else None
        color = _readable(color, (behind,)) if color and behind else color
    return Style(color=color and color.rich_color, bgcolor=behind and behind.rich_color) + Style.parse(weight)


def add_styles(app: App[Any], *sheets: str) -> None:
    """Read these style sheets, but for those that have been read: most first frames go without."""
    missing = [sheet for sheet in sheets if not app.stylesheet.has_source(sheet)]
    for sheet in missing:
        app.stylesheet.read(sheet)
    if missing:
        app.stylesheet.parse()


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of WCAG 2."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def derived(found: Mapping[str, str], dark: bool) -> dict[str, str]:
    """hrdash's variables for a theme that has none, from Textual's: each as near to them as can be read.

    The pane that has the focus is the lighter of two surfaces, in dark themes and in light ones.
    """
    if found["background"].startswith("ansi"):
        kinds = {name: found[other] for name, other in _FROM.items()}
        cursor = {"chosen": found["block-cursor-background"], "chosen-text": found["block-cursor-foreground"]}
        return {**kinds, **cursor, **_ANSI}
    names = ("background", "surface", "panel", "foreground", "primary", "secondary", "accent", "warning", "error",
             "success", "block-cursor-background")  # fmt: skip
    base = {name: Color.parse(found[name]) for name in names}
    back, pane = sorted((base["background"], base["surface"]), key=_luminance)
    while contrast(back, pane) < _APART:
        pane, back = (pane.blend(WHITE, 0.03), back) if dark else (pane.blend(WHITE, 0.3), back.blend(BLACK, 0.03))
    surfaces = (back, pane, base["panel"])
    front = _readable(base["foreground"], surfaces)
    chosen, mark = base["block-cursor-background"], pane.blend(base["warning"], 0.35)
    texts = {
        **{name: base[name] for name in ("accent", "warning", "error", "success")},
        **{name: base[other] for name, other in _FROM.items()},
        "muted": front.blend(pane, 0.3), "observations": front.blend(pane, 0.3),
        "commendations": base["success"].blend(base["primary"], 0.5),
        "assessments": base["error"].blend(base["primary"], 0.4),
    }  # fmt: skip
    shown = {
        **{name: _readable(color, surfaces) for name, color in texts.items()},
        "foreground": front, "background": back, "pane": pane, "line": pane.blend(front, 0.3),
        "faint": _readable(front.blend(pane, 0.5), surfaces, LEAST_FAINT),
        "chosen": chosen, "chosen-text": _readable(front, (chosen,)),
        "mark": mark, "mark-text": _readable(front, (mark,)),
        "match": base["warning"], "match-text": _readable(back, (base["warning"],)),
    }  # fmt: skip
    return {name: color.hex for name, color in shown.items()}


def _readable(color: Color, surfaces: Iterable[Color], least: float = LEAST) -> Color:
    """The colour nearest to one that can be read on all of these, in the direction in which there are more."""
    behind = tuple(surfaces)
    end = max((WHITE, BLACK), key=lambda pole: min(contrast(pole, surface) for surface in behind))
    tried = [color.blend(end, step) for step in _STEPS]
    return next((one for one in tried if all(contrast(one, surface) >= least for surface in behind)), end)


def _luminance(color: Color) -> float:
    parts = [part / 255 for part in color.rgb]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
