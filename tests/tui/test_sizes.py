"""The dashboard at every size, and from each size to the next."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hrdash.filter import Filter
from hrdash.tui.app import HrdashApp
from hrdash.tui.widgets.brief_view import BriefView
from hrdash.tui.widgets.foot import Foot
from tests.tui.conftest import screen_text

SIZES = [(140, 40), (80, 24), (40, 20), (22, 12), (20, 5), (1, 1), (200, 50)]


async def test_the_same_flow_runs_at_every_size_and_through_every_resize(dashboard: Callable[..., HrdashApp]) -> None:
    app = dashboard()
    async with app.run_test(size=SIZES[0]) as pilot:
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await pilot.press(
                "j", "tab", "c", "f", "question_mark", "escape", "t", "escape", "escape", "enter", "escape"
            )
            assert len(screen_text(app).splitlines()) == size[1]
            assert app.is_running
        assert app.screen is app.dashboard


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 20)])
async def test_list_brief_and_count_are_readable_down_to_40_by_20(
    dashboard: Callable[..., HrdashApp], size: tuple[int, int]
) -> None:
    app = dashboard(asked=Filter(themes=("prisons",)))
    async with app.run_test(size=size):
        assert app.dashboard.briefs.size.height >= 4
        assert app.dashboard.query_one(BriefView).size.height >= 5
        screen = screen_text(app)
        assert "3 of 4" in screen
        assert "Newspapers closed" in screen
        assert "2026-01" in screen


async def test_at_20_by_5_the_list_and_the_count_are_still_there(dashboard: Callable[..., HrdashApp]) -> None:
    app = dashboard()
    async with app.run_test(size=(20, 5)):
        screen = screen_text(app)
        assert "C!○ Newspapers" in screen
        assert "4 of 4" in screen


async def test_what_is_typed_is_seen_at_every_size(dashboard: Callable[..., HrdashApp]) -> None:
    for size in ((120, 40), (80, 24), (40, 20), (20, 5), (20, 4)):
        for key, typed in (("slash", "visits"), ("y", "2024")):
            app = dashboard()
            async with app.run_test(size=size) as pilot:
                await pilot.press(key, *typed)
                assert typed in screen_text(app), (size, typed)
                await pilot.press("enter")
                assert typed in app.dashboard.filter.typed, (size, typed)


async def test_what_the_field_for_a_named_filter_is_for_is_not_cut(dashboard: Callable[..., HrdashApp]) -> None:
    app = dashboard(asked=Filter(themes=("prisons",)))
    async with app.run_test(size=(40, 20)) as pilot:
        await pilot.press("F")
        assert "named filter, or a name for this one" in screen_text(app)


async def test_a_resize_keeps_brief_cursor_and_place(dashboard: Callable[..., HrdashApp]) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("j", "j", "tab", "j")
        brief, standing = app.dashboard.brief_id, app.dashboard.query_one(BriefView).standing
        for size in ((40, 20), (80, 24), (120, 40)):
            await pilot.resize_terminal(*size)
            assert app.dashboard.brief_id == brief
            assert app.dashboard.query_one(BriefView).standing == standing


async def test_at_40_by_20_the_zoomed_brief_has_at_least_17_rows_and_its_name_stays_over_it(
    dashboard: Callable[..., HrdashApp],
) -> None:
    app = dashboard()
    async with app.run_test(size=(40, 20)) as pilot:
        await pilot.press("enter", "G")
        assert app.dashboard.query_one(BriefView).size.height >= 17
        head = screen_text(app).splitlines()[0]
        assert "Visits to prisons" in head or "Newspapers closed" in head
        assert head.rstrip().endswith("1 of 4 · 100 %")


async def test_claim_what_was_put_and_answer_stand_side_by_side_from_150_columns_and_zoomed_from_120(
    dashboard: Callable[..., HrdashApp],
) -> None:
    for size, keys, beside in (((150, 40), (), True), ((120, 40), (), False), ((120, 40), ("enter",), True)):
        app = dashboard(asked=Filter(text="beforehand"))
        async with app.run_test(size=size) as pilot:
            await pilot.press(*keys)
            row = next(row for row in screen_text(app).splitlines() if "STATE CLAIM" in row)
            assert ("ANSWER" in row and "QUESTION" in row) == beside, size


async def test_the_cursor_on_a_question_lights_up_what_was_said_to_it(dashboard: Callable[..., HrdashApp]) -> None:
    app = dashboard(asked=Filter(text="beforehand"))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("tab")
        row = next(row for row in screen_text(app).splitlines() if "No visit was announced" in row)
        assert row.partition("│")[2].startswith("│ ")


async def test_a_row_of_the_list_is_seen_below_the_facets_where_there_is_little_room(
    dashboard: Callable[..., HrdashApp],
) -> None:
    app = dashboard()
    async with app.run_test(size=(50, 20)) as pilot:
        await pilot.press("f", "tab")
        for lens in ("1", "2"):
            await pilot.press(lens)
            for width, height in ((30, 8), (70, 8), (50, 9), (50, 11), (90, 17)):
                await pilot.resize_terminal(width, height)
                await pilot.pause()
                assert app.dashboard.main.size.height > 0, (lens, width, height)
                assert app.dashboard.query_one("#facets").size.height > 0, (lens, width, height)


async def test_enter_shows_the_brief_though_the_facets_are_open_where_there_is_room_for_one_of_them(
    dashboard: Callable[..., HrdashApp],
) -> None:
    for size in ((80, 24), (40, 20), (40, 10), (20, 5)):
        for lens in "123":
            app = dashboard()
            async with app.run_test(size=size) as pilot:
                await pilot.press(lens, "f", lens, "enter")
                assert app.dashboard.query_one(BriefView).size.height > 1, (size, lens)
                assert app.dashboard.query_one("#facets").size.height == 0, (size, lens)


async def test_keys_go_to_a_pane_in_sight_though_a_resize_takes_the_one_that_had_them(
    dashboard: Callable[..., HrdashApp],
) -> None:
    for keys, seen in ((("f", "tab", "tab"), "briefs"), (("enter", "tab"), "brief")):
        app = dashboard()
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.press(*keys)
            before = app.dashboard.focused
            await pilot.resize_terminal(80, 24)
            for _ in range(20):
                await pilot.pause()
            assert before is not None and before.region.height == 0, keys
            assert app.dashboard.focused is not None and app.dashboard.focused.id == seen, keys
            assert app.dashboard.query_one(Foot).pane == app.session.place.pane == seen, keys


async def test_f_beside_a_brief_on_the_whole_screen_takes_away_the_facets_alone_and_else_shows_them(
    dashboard: Callable[..., HrdashApp],
) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("f", "tab", "enter", "f")
        assert (app.dashboard.zoomed, app.dashboard.faceted) == (True, False)
        assert "STATE CLAIM" in screen_text(app)
        await pilot.press("f")
        assert (app.dashboard.zoomed, app.dashboard.faceted) == (False, True)
        await pilot.resize_terminal(80, 24)
        await pilot.press("tab", "enter", "f")  # no facets were in sight
        assert (app.dashboard.zoomed, app.dashboard.faceted) == (False, True)
        assert "THEME " in screen_text(app)


async def test_where_one_count_has_room_it_is_that_of_what_is_listed(dashboard: Callable[..., HrdashApp]) -> None:
    for size in ((40, 20), (22, 5)):
        app = dashboard(asked=Filter(themes=("prisons",)))
        async with app.run_test(size=size) as pilot:
            assert "3 of 4 briefs" in screen_text(app)
            await pilot.press("2")
            assert "6 of 7 statem" in screen_text(app), size
            assert " of 4 briefs" not in screen_text(app), size


async def test_what_is_said_of_a_long_address_has_both_lines(dashboard: Callable[..., HrdashApp]) -> None:
    said = f"sent https://example.org/{'a' * 70} to the terminal's clipboard"
    app = dashboard()
    async with app.run_test(size=(80, 24)) as pilot:
        app.dashboard.say(said)
        await pilot.pause()
        first, second = screen_text(app).splitlines()[-2:]
        assert first[1:].rstrip() + second[1:].rstrip() == said
