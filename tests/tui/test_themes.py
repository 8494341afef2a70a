"""The colours of every theme: text is readable on what it stands on."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from hrdash.tui.app import HrdashApp
from hrdash.tui.themes import THEMES, automatic
from hrdash.tui.widgets.brief_list import BriefList
from hrdash.tui.widgets.brief_view import BriefView

BY_NAME = {theme.name: theme for theme in THEMES}
LEAST = {"hrdash-dark": 4.5, "hrdash-light": 4.5, "hrdash-contrast": 7.0}
"""WCAG 2: AA for text, AAA where high contrast is promised."""
ON_BACKGROUND = ("foreground", "accent", "warning", "error", "success", "muted")


def color(name: str, slot: str) -> Color:
    theme = BY_NAME[name]
    return Color.parse(getattr(theme, slot, None) or theme.variables[slot])


def contrast(one: Color, other: Color) -> float:
    """The WCAG 2 contrast ratio."""

    def luminance(shade: Color) -> float:
        parts = [part / 255 for part in shade.rgb]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("name", "slot"), [*product(BY_NAME, ON_BACKGROUND)])
def test_every_text_is_readable_on_the_background_and_on_the_panel(name: str, slot: str) -> None:
    for behind in ("background", "panel"):
        assert contrast(color(name, slot), color(name, behind)) >= LEAST[name]


@pytest.mark.parametrize(("name", "pair"), [*product(BY_NAME, ("chosen", "mark", "match"))])
def test_marked_text_is_readable_on_its_mark(name: str, pair: str) -> None:
    assert contrast(color(name, f"{pair}-text"), color(name, pair)) >= LEAST[name]


def test_the_theme_follows_a_light_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    assert automatic() == "hrdash-dark"
    monkeypatch.setenv("COLORFGBG", "0;15")
    assert automatic() == "hrdash-light"


async def test_every_theme_of_textual_draws_the_cursor_and_the_muted_apart(dashboard: Callable[..., HrdashApp]) -> None:
    app = dashboard()
    async with app.run_test(size=(80, 24)) as pilot:
        briefs, view = app.dashboard.query_one(BriefList), app.dashboard.query_one(BriefView)
        for name in (*BY_NAME, *BUILTIN_THEMES):
            app.theme = name
            await pilot.pause()
            cursor, text = briefs.get_component_rich_style("row-list--cursor"), briefs.rich_style
            assert (cursor.bgcolor, cursor.reverse) != (text.bgcolor, text.reverse), name
            assert view.get_component_rich_style("brief-view--mark") != view.rich_style, name
