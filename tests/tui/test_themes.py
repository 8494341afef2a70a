"""The colours of every theme: text is readable on what it stands on, and the pane with the focus is plain."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES

from hrdash.model import SECTIONS
from hrdash.tui.app import HrdashApp
from hrdash.tui.themes import (
    LEAST,
    LEAST_FAINT,
    LOOKS,
    SIGN_COLORS,
    SURFACES,
    THEMES,
    automatic,
    contrast,
    derived,
    role_style,
    sign_style,
)
from hrdash.tui.widgets.brief_view import BriefView

ALL = {theme.name: theme for theme in (*THEMES, *BUILTIN_THEMES.values())}
MEASURED = [name for name, theme in ALL.items() if not theme.ansi]
"""Nobody knows the colours of a terminal; of every other theme they are measured."""
ON_SURFACES = ("foreground", "accent", "warning", "error", "success", "muted", *SECTIONS)


def colors(name: str) -> Callable[[str], Color]:
    """A theme's colours by the names that the style sheet gives them."""
    theme = ALL[name]
    found = {**theme.to_color_system().generate(), **theme.variables}
    found = found if "chosen" in found else {**found, **derived(found, theme.dark)}
    return lambda slot: Color.parse(found[slot])


def least(name: str) -> float:
    """WCAG 2: AA for text, AAA where high contrast is promised."""
    return 7.0 if name == "hrdash-contrast" else LEAST


@pytest.mark.parametrize("name", MEASURED)
def test_every_text_is_readable_on_every_surface(name: str) -> None:
    color = colors(name)
    for slot, behind in product(ON_SURFACES, SURFACES):
        assert contrast(color(slot), color(behind)) >= least(name), (slot, behind)
    for behind in SURFACES:
        assert contrast(color("faint"), color(behind)) >= LEAST_FAINT, behind


@pytest.mark.parametrize("name", MEASURED)
def test_marked_text_is_readable_on_its_mark_and_the_cursor_is_plain(name: str) -> None:
    color = colors(name)
    for slot in ("chosen", "mark", "match"):
        assert contrast(color(f"{slot}-text"), color(slot)) >= least(name), slot
    assert contrast(color("chosen"), color("pane")) >= 1.3
    assert contrast(color("pane"), color("background")) >= 1.14


@pytest.mark.parametrize("name", MEASURED)
def test_the_cell_under_the_cursor_is_plain_among_the_shaded_ones(name: str) -> None:
    color = colors(name)
    for shade in (look for role, look in LOOKS.items() if role.startswith("shade")):
        slot, _, share = shade[1].partition(" ")
        behind = color("pane").blend(color(slot), int(share.rstrip("%")) / 100)
        assert contrast(color(LOOKS["cell"][0]), behind) >= 2, share


def test_what_is_outside_the_filter_stands_back_behind_what_is_muted() -> None:
    for name in MEASURED:
        color = colors(name)
        assert contrast(color("faint"), color("pane")) < contrast(color("muted"), color("pane")), name


def test_each_kind_has_a_colour_of_its_own_in_our_themes() -> None:
    for theme in THEMES:
        color = colors(theme.name)
        assert len({color(slot).hex for slot in SECTIONS}) == len(SECTIONS), theme.name


def test_the_theme_follows_a_light_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    assert automatic() == "hrdash-dark"
    monkeypatch.setenv("COLORFGBG", "0;15")
    assert automatic() == "hrdash-light"


async def test_every_theme_draws_signs_cursor_and_the_focused_pane_apart(dashboard: Callable[..., HrdashApp]) -> None:
    app = dashboard()
    async with app.run_test(size=(80, 24)) as pilot:
        briefs, view = app.dashboard.briefs, app.dashboard.query_one(BriefView)
        assert app.focused is briefs
        for name, theme in ALL.items():
            app.theme = name
            await pilot.pause()
            cursor, text = role_style(briefs, "chosen"), briefs.rich_style
            assert (cursor.bgcolor, cursor.reverse) != (text.bgcolor, text.reverse), name
            assert view.rich_style + role_style(view, "mark") != view.rich_style, name
            shades = [role_style(briefs, role) for role in LOOKS if role.startswith("shade")]
            assert role_style(briefs, "cell").reverse, name
            assert role_style(briefs, "cell").color not in [shade.bgcolor for shade in shades], name
            for shade in [] if theme.ansi else shades:
                front, behind = (Color.from_rich_color(color) for color in (shade.color, shade.bgcolor))
                assert contrast(front, behind) >= LEAST, name
            if not theme.ansi:
                assert briefs.rich_style.bgcolor != view.rich_style.bgcolor, name
            for sign in SIGN_COLORS:
                assert sign_style(briefs, sign).color is not None, (name, sign)
