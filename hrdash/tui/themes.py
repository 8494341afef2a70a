"""The colour themes of hrdash: quiet, one accent, every text of them readable on its background."""

from __future__ import annotations

import os
from typing import Any

from textual.theme import Theme

_SLOTS = (
    "accent", "foreground", "background", "panel", "success", "warning", "error",
    "muted", "line", "chosen", "chosen-text", "mark", "mark-text",
)  # fmt: skip
_COLORS = {
    "hrdash-dark": "8fb8c9 d7d9d6 16191c 22272b a9c08f d9b36c e08f7d 939b9d 3b4347 2c3f48 eef3f4 57491f f4e7c3",
    "hrdash-light": "1f5f78 24292b fbfaf6 efede5 4b6b2b 84590b a33a22 5d6567 c9c7bd d3e3ea 12262e f6e6b4 3a2c00",
    "hrdash-contrast": "ffff66 ffffff 000000 000000 80ff80 ffd75f ff9f9f d8d8d8 9e9e9e ffffff 000000 ffff66 000000",
}

STAND_INS = {
    "muted": "foreground", "line": "panel-lighten-2", "chosen": "block-cursor-background",
    "chosen-text": "block-cursor-foreground", "mark": "warning-muted", "mark-text": "text-warning",
    "match": "warning", "match-text": "background",
}  # fmt: skip
"""Which of Textual's variables stand for hrdash's own in a theme that has none of them."""


def _theme(name: str, colors: str) -> Theme:
    found: dict[str, Any] = dict(zip(_SLOTS, (f"#{color}" for color in colors.split()), strict=True))
    own = {slot: found.pop(slot) for slot in _SLOTS[7:]}
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
