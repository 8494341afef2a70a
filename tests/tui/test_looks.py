"""What the dashboard looks like: signs in their colours, what an empty list says, tabs, strip, widths, colours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rich.color import Color
from textual.geometry import Offset
from textual.selection import Selection

from hrdash.filter import Filter, Years, parse
from hrdash.index.query import Count, Facets
from hrdash.tui.app import HrdashApp
from hrdash.tui.session import Session, load_session, save_session
from hrdash.tui.themes import sign_style
from hrdash.tui.widgets.bar import width_of
from hrdash.tui.widgets.brief_view import BriefView
from hrdash.tui.widgets.foot import Foot
from hrdash.tui.widgets.line_scroll import LineScroll
from hrdash.tui.widgets.masthead import Masthead
from hrdash.tui.widgets.year_strip import YearStrip
from tests.tui.conftest import screen_text

MakeApp = Callable[..., HrdashApp]


def sign_colors(pane: LineScroll, sign: str) -> set[Color | None]:
    """The colours in which a sign stands on a pane by itself."""
    strips = [pane.render_line(y) for y in range(pane.size.height)]
    return {segment.style.color for strip in strips for segment in strip if segment.text == sign and segment.style}


async def test_a_sign_has_its_colour_in_list_page_lens_and_facets_alike(dashboard: MakeApp) -> None:
    app = dashboard(asked=Filter(themes=("prisons",), text="visits"))
    async with app.run_test(size=(160, 45)) as pilot:
        for key, pane in (("1", "#briefs"), ("1", "#brief"), ("2", "#lens"), ("f", "#facets")):
            await pilot.press(key)
            await pilot.pause()
            shown = app.dashboard.query_one(pane)
            app.dashboard.set_focus(
                next(one for one in app.dashboard.focus_chain if one.id in {"briefs", "strip"} - {shown.id})
            )
            await pilot.pause()
            for sign in ("C", "?"):
                found = sign_colors(shown, sign)
                assert found == {sign_style(shown, sign).color}, (pane, sign)


async def test_what_is_selected_on_a_page_can_be_read_in_every_theme(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        view = app.dashboard.query_one(BriefView)
        line = next(number for number, text in enumerate(view.page.texts) if text.startswith("STATE CLAIM"))
        app.dashboard.selections = {view: Selection(Offset(0, line), Offset(5, line))}
        for name in app.available_themes:
            app.theme = name
            await pilot.pause()
            strips = [view.render_line(y) for y in range(view.size.height)]
            (shown,) = (one.style for strip in strips for one in strip if one.style and one.text == "STATE")
            assert shown.color != shown.bgcolor, name
            assert shown.bgcolor != view.rich_style.bgcolor, name


async def test_an_empty_list_says_in_itself_why_and_how_to_get_out(dashboard: MakeApp) -> None:
    for width, height in ((160, 45), (80, 24)):
        app = dashboard(asked=parse("announcd").filter)
        async with app.run_test(size=(width, height)) as pilot:
            briefs = app.dashboard.briefs
            said = " ".join(briefs.render_line(y).text.strip() for y in range(briefs.size.height))
            assert "did you mean" in said, width
            assert "Esc takes back what was asked last; in the list X clears the filter" in said, width
            await pilot.press("2")
            assert "X clears the filter" in screen_text(app)


async def test_what_was_probably_meant_is_taken_by_a_key_in_the_field_or_the_list_or_by_a_click(
    dashboard: MakeApp,
) -> None:
    for size in ((120, 40), (40, 20), (20, 5)):
        for lens in ("1", "2"):
            for way in ("field", "list", "click"):
                app = dashboard()
                async with app.run_test(size=size) as pilot:
                    await pilot.press(lens, "slash", *"speaker:ministr visist")
                    assert "→ visit" in screen_text(app), (size, lens)
                    await pilot.press(*{"field": ("right",), "list": ("enter", "right"), "click": ("enter",)}[way])
                    if way == "click":
                        rows = screen_text(app).splitlines()
                        await pilot.click(offset=(2, next(y for y, row in enumerate(rows) if "→ visit" in row)))
                    await pilot.pause()
                    asked = app.dashboard.filter
                    assert (asked.text, asked.speakers) == ("visit", ("minister",)), (size, lens, way)
                    await pilot.press(*["enter"] * (way == "field"), "escape")
                    assert app.dashboard.filter != asked, (size, lens, way)


async def test_a_lens_without_entries_says_among_how_many_there_are_none(dashboard: MakeApp) -> None:
    app = dashboard(asked=parse("kind:response").filter)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("3")
        among = "no figures among the statement that matches; 1 shows the briefs, 2 the statements"
        assert among in screen_text(app)


async def test_tabs_without_hits_stand_behind_those_with_some_and_brackets_follow_them(dashboard: MakeApp) -> None:
    app = dashboard(asked=Filter(has=("figure",)))
    async with app.run_test(size=(120, 40)) as pilot:
        tabs = app.dashboard.query_one(Masthead).tabs()
        assert [tab.theme for tab in tabs] == ["", "prisons", "press"]
        assert [tab.empty for tab in tabs] == [False, False, True]
        await pilot.press("right_square_bracket")
        assert app.dashboard.filter.themes == ("prisons",)


async def test_the_strip_leaves_out_a_long_run_of_low_years_and_shows_each_year_that_is_asked(
    dashboard: MakeApp,
) -> None:
    app = dashboard()
    years = {str(year): Count(1, 1) for year in range(1991, 2011)} | {"2011": Count(9, 1), "undated": Count(4, 1)}
    async with app.run_test(size=(120, 40)):
        strip, result = app.dashboard.query_one(YearStrip), app.dashboard.result
        for asked in ((), (Years(1995, 1995),), (Years(2010, 2010),)):
            facets = Facets(Count(13, 1), {"years": years})
            strip.result = result._replace(facets=facets, filter=Filter(years=asked))
            for width in (118, 38):
                parts = strip.parts(width)
                assert width_of(parts) <= width
                text = "".join(part.text for part in parts)
                assert "–20" in text, (asked, text)
                assert not asked or any(part.role == "picked" for part in parts)
                assert width < 100 or text.startswith(" statements about ")
                assert width < 100 or asked or "–2010 ▁    2011 █" in text


async def test_the_width_of_the_list_is_changed_by_keys_and_comes_back(dashboard: MakeApp, corpus: Path) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        briefs = app.dashboard.briefs
        before = briefs.outer_size.width
        await pilot.press("greater_than_sign", "greater_than_sign", "less_than_sign")
        assert briefs.outer_size.width == before + 4
        kept = app.session
    assert save_session(str(corpus), kept)
    again = dashboard(session=load_session(str(corpus)))
    async with again.run_test(size=(120, 40)) as pilot:
        briefs = again.dashboard.briefs
        assert briefs.outer_size.width == before + 4
        await pilot.press(*["less_than_sign"] * 20)
        assert briefs.outer_size.width == 24
        await pilot.resize_terminal(60, 30)
        await pilot.pause()
        assert briefs.outer_size.width == 60
        await pilot.press("greater_than_sign")
        assert "no list beside the brief" in again.dashboard.query_one(Foot).said


async def test_the_border_between_the_panes_is_dragged_and_its_place_comes_back(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        briefs, reading = app.dashboard.briefs, app.dashboard.query_one("#reading")
        for aim, width in ((50, 50), (30, 30), (3, 24), (119, 80)):
            at = reading.region.x
            await pilot.mouse_down(offset=(at, 20))
            await pilot.hover(offset=(aim, 20))
            await pilot.mouse_up(offset=(aim, 20))
            await pilot.hover(offset=(60, 20))  # which drags nothing any more
            assert briefs.outer_size.width == app.session.width == width, aim
            assert app.dashboard.get_selected_text() is None
        await pilot.press("f")
        await pilot.mouse_down(offset=(reading.region.x, 20))
        await pilot.hover(offset=(70, 20))
        await pilot.mouse_up(offset=(70, 20))
        assert briefs.region.right == 70


async def test_colours_are_found_by_their_name_shown_while_moved_over_and_left_by_escape(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        for typed in ("theme", "colour", "color"):
            await pilot.press("ctrl+p", *typed)
            await pilot.pause()
            shown = screen_text(app)
            for name in ("auto", "hrdash-light", "hrdash-contrast", "nord"):
                assert f"Colour theme: {name}" in shown, typed
            await pilot.press("down", "down")
            await pilot.pause()
            assert app.theme == "hrdash-light", typed
            await pilot.press("escape", "escape")
            await pilot.pause()
            assert app.theme == "hrdash-dark", typed
            assert app.session.theme == "", typed


async def test_the_year_strip_names_its_keys_at_any_width_and_they_can_be_clicked(dashboard: MakeApp) -> None:
    for width in (160, 120, 80):
        app = dashboard()
        async with app.run_test(size=(width, 40)) as pilot:
            await pilot.press("tab", "tab")
            foot = screen_text(app).splitlines()[-2]
            assert "right year after" in foot, width
            await pilot.click(Foot, offset=(foot.index("year before"), 0))
            assert app.dashboard.filter.years == (Years(2020, 2020),), width


async def test_the_palette_says_which_colours_are_in_use(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("ctrl+p", *"colour")
        for _ in range(2):  # while others are looked at too
            await pilot.press("down")
            in_use = [line for line in screen_text(app).splitlines() if "in use" in line]
            assert len(in_use) == 1
            assert "Colour theme: hrdash-dark" in in_use[0]


async def test_what_a_file_is_to_be_called_is_said_in_whole_words_at_any_width(dashboard: MakeApp) -> None:
    for width in (120, 40, 24):
        app = dashboard()
        async with app.run_test(size=(width, 20)) as pilot:
            await pilot.press("w")
            assert "name.md or name.csv" in screen_text(app), width


async def test_the_colours_of_the_settings_win_at_the_start_and_both_say_so(dashboard: MakeApp) -> None:
    app = dashboard(theme="hrdash-light", session=Session(theme="nord"))
    async with app.run_test(size=(160, 40)) as pilot:
        assert app.theme == "hrdash-light"
        assert "not nord, chosen in the palette" in app.dashboard.query_one(Foot).said
        await pilot.press("ctrl+p", *"theme nord", "enter")
        await pilot.pause()
        assert app.theme == "nord"
        assert "nord for now" in app.dashboard.query_one(Foot).said
    app = dashboard(session=Session(theme="nord"))
    async with app.run_test(size=(160, 40)) as pilot:
        assert app.theme == "nord"
        await pilot.press("ctrl+p", *"theme auto", "enter")
        await pilot.pause()
        assert (app.theme, app.session.theme) == ("hrdash-dark", "")
