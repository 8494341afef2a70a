"""The colour themes of hrdash: quiet, one accent, every text of them readable on its background."""

from __future__ import annotations

import os

from textual.theme import Theme

DEFAULT = "hrdash-dark"

THEMES = (
    Theme(
        "hrdash-dark", primary="#8fb8c9", accent="#8fb8c9", secondary="#8fb8c9", foreground="#d7d9d6",
        background="#16191c", surface="#16191c", panel="#22272b", success="#a9c08f", warning="#d9b36c", error="#e08f7d",
        dark=True,
        variables={
            "muted": "#939b9d", "line": "#3b4347", "chosen": "#2c3f48", "chosen-text": "#eef3f4", "mark": "#57491f",
            "mark-text": "#f4e7c3", "match": "#d9b36c", "match-text": "#16191c",
        },
    ),
    Theme(
        "hrdash-light", primary="#1f5f78", accent="#1f5f78", secondary="#1f5f78", foreground="#24292b",
        background="#fbfaf6", surface="#fbfaf6", panel="#efede5", success="#4b6b2b", warning="#84590b", error="#a33a22",
        dark=False,
        variables={
            "muted": "#5d6567", "line": "#c9c7bd", "chosen": "#d3e3ea", "chosen-text": "#12262e", "mark": "#f6e6b4",
            "mark-text": "#3a2c00", "match": "#84590b", "match-text": "#ffffff",
        },
    ),
    Theme(
        "hrdash-contrast", primary="#ffff66", accent="#ffff66", secondary="#ffff66", foreground="#ffffff",
        background="#000000", surface="#000000", panel="#000000", success="#80ff80", warning="#ffd75f", error="#ff9f9f",
        dark=True,
        variables={
            "muted": "#d8d8d8", "line": "#9e9e9e", "chosen": "#ffffff", "chosen-text": "#000000", "mark": "#ffff66",
            "mark-text": "#000000", "match": "#ffffff", "match-text": "#000000",
        },
    ),
)  # fmt: skip


def automatic(light: bool | None = None) -> str:
    """The theme for this terminal: by what it says of its background, else by `COLORFGBG`, and dark otherwise."""
    if light is None:
        light = os.environ.get("COLORFGBG", "").rpartition(";")[2] in ("7", "15")
    return "hrdash-light" if light else DEFAULT
