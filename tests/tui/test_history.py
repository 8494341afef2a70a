"""The way back and forward, and what a step of the dashboard is."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from hrdash.filter import EVERYTHING, Filter
from hrdash.library import Library
from hrdash.tui.app import HrdashApp
from hrdash.tui.history import MOST, History, Place
from hrdash.tui.session import Session
from hrdash.tui.widgets.brief_view import BriefView
from hrdash.tui.widgets.foot import Foot
from tests.make import examples, open_library
from tests.tui.conftest import screen_text, write_corpus

MakeApp = Callable[..., HrdashApp]
PLACES = st.builds(
    Place, filter=st.sampled_from([EVERYTHING, Filter(text="visits")]), brief=st.sampled_from("abc"),
    row=st.integers(0, 9), zoomed=st.booleans(), pane=st.sampled_from(["briefs", "brief", "strip"]),
)  # fmt: skip


def gone_back(history: History, here: Place) -> tuple[History, Place, list[Place]]:
    """As far back as it goes, and the places on the way."""
    seen = []
    while found := history.back(here):
        history, here = found
        seen.append(here)
    return history, here, seen


@given(st.lists(PLACES, max_size=MOST + 9))
def test_steps_are_taken_back_in_reverse_and_forward_again(places: list[Place]) -> None:
    history = History()
    for before in places[:-1]:
        history = history.stepped(before)
    here = places[-1] if places else Place()
    history, here, seen = gone_back(history, here)
    assert seen == places[:-1][::-1][:MOST]
    seen = []
    while found := history.forward(here):
        history, here = found
        seen.append(here)
    assert seen == places[1:][-MOST:]


@given(st.lists(st.tuples(st.sampled_from(["step", "look", "back", "forward"]), PLACES)))
def test_whatever_was_done_the_way_back_ends_where_it_began_and_is_not_longer_than_it_was(
    done: list[tuple[str, Place]],
) -> None:
    history, here, begun = History(), Place(), Place()
    for kind, there in done[:MOST]:
        if kind == "step":
            history, here = history.stepped(here), there
        elif kind == "look":
            then = here._replace(zoomed=there.zoomed, pane=there.pane)
            history, here = (history.looked(here, then) if then != here else history), then
        elif found := history.back(here) if kind == "back" else history.forward(here):
            history, here = found
    assert len(history.past) <= len(done)
    _, last, seen = gone_back(history, here)
    assert last[:4] == begun[:4] and last.look == begun.look
    assert len(seen) == len(history.past)


def test_several_looks_at_the_same_are_one_step_and_one_that_leads_back_is_none() -> None:
    first = Place(brief="a")
    read, zoomed = first._replace(pane="brief"), first._replace(pane="brief", zoomed=True)
    assert History().looked(first, read).looked(read, zoomed) == History((first,))
    assert History().looked(first, read).looked(read, first) == History()
    assert History().stepped(first._replace(brief="b")).looked(first, read).past[-1] == first


STEPS: Sequence[Sequence[str]] = (
    ("right_square_bracket",), ("left_square_bracket",), ("r",), ("1",), ("2",), ("3",), ("s",), ("X",), ("enter",),
    ("tab",), ("f", "j", "space"), ("slash", *"visits", "enter"), ("slash", "enter"), ("y", *"2023", "enter"),
    ("j",), ("k",), ("ctrl+p", *"press", "enter"), ("t", *"pris", "enter"), ("F", *"no-res", "enter"),
)  # fmt: skip


def standing(app: HrdashApp) -> tuple[object, ...]:
    """What is asked for, what is looked at and how, and where the cursors are."""
    return seen_at(app.dashboard.place)


def seen_at(place: Place) -> tuple[object, ...]:
    return (*place[:6], place.row, *place.look)


@settings(max_examples=examples(8), phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.lists(st.sampled_from(STEPS), min_size=1, max_size=6))
def test_any_steps_are_taken_back_to_what_was_seen_before_each(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Sequence[str]]
) -> None:
    async def run() -> None:
        app = HrdashApp(open_library(str(write_corpus(tmp_path_factory.mktemp("corpus") / "ruritania"))))
        async with app.run_test(size=(120, 30)) as pilot:
            for keys in steps:
                await pilot.press(*keys)
            for place in app.dashboard.history.past[::-1]:
                await pilot.press("escape")
                assert standing(app) == seen_at(place), steps
            assert app.dashboard.history.past == ()
            assert app.dashboard.filter == EVERYTHING
            assert app.dashboard.lens == "briefs"
            assert not app.dashboard.zoomed
            await pilot.press("escape")
            assert "nothing to go back to" in screen_text(app)
            assert app.is_running

    asyncio.run(run())


async def test_each_kind_of_step_is_taken_back_by_one_esc_and_comes_again_by_forward(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("j", "j")
        before = standing(app)
        for keys in (
            ("right_square_bracket",), ("r",), ("2",), ("3",), ("enter",), ("tab",), ("f",), ("y", *"2023", "enter"),
            ("slash", *"visits food", "enter"), ("ctrl+p", *"law", "enter"), ("ctrl+p", *"a review", "enter"),
            ("t", *"prisons", "enter"), ("F", *"no-response", "enter"),
        ):  # fmt: skip
            await pilot.press(*keys)
            after = standing(app)
            assert after != before, keys
            assert len(app.dashboard.history.past) == 1, keys
            await pilot.press("escape")
            assert standing(app) == before, keys
            await pilot.press("L")
            assert standing(app) == after, keys
            await pilot.press("alt+left")
            assert standing(app) == before, keys


async def test_a_related_brief_of_another_theme_is_left_to_the_filter_there_was(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("t", *"prisons", "enter", "slash", *"announced", "enter", "r")
        assert app.dashboard.brief_id == "press-closed"
        await pilot.press("escape")
        assert app.dashboard.filter == Filter(themes=("prisons",), text="announced")
        assert app.dashboard.brief_id == "prison-visits"


async def test_a_click_on_a_theme_a_facet_or_a_cell_is_a_step(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        row = screen_text(app).splitlines()[1]
        await pilot.click(offset=(row.index("Prisons"), 1))
        assert app.dashboard.filter == Filter(themes=("prisons",))
        await pilot.press("f", "end", "space")
        narrower = app.dashboard.filter
        assert narrower != Filter(themes=("prisons",))
        await pilot.press("escape")
        assert app.dashboard.filter == Filter(themes=("prisons",))
        assert app.dashboard.faceted
        await pilot.press("escape", "m")
        await app.workers.wait_for_complete()
        await pilot.press("enter")
        assert app.dashboard.filter != Filter(themes=("prisons",))
        await pilot.press("escape")
        assert app.dashboard.filter == Filter(themes=("prisons",))
        await pilot.press("escape")
        assert app.dashboard.filter == EVERYTHING


async def test_esc_without_a_letter_typed_goes_back_to_the_brief_on_the_whole_screen(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "slash", "escape")
        assert app.dashboard.zoomed
        assert len(app.dashboard.history.past) == 1


async def test_typing_and_then_going_elsewhere_are_two_steps(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("slash", *"visits")
        await pilot.click(offset=(screen_text(app).splitlines()[1].index("Prisons"), 1))
        assert app.dashboard.filter == Filter(themes=("prisons",), text="visits")
        await pilot.press("alt+left")
        assert app.dashboard.filter == Filter(text="visits")
        await pilot.press("alt+left")
        assert app.dashboard.filter == EVERYTHING


async def test_the_brief_comes_back_as_far_down_as_it_was(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(60, 14)) as pilot:
        await pilot.press("enter", "j", "j", "ctrl+d")
        view = app.dashboard.query_one(BriefView)
        seen, top = screen_text(app), view.scroll_offset.y
        assert top > 0
        await pilot.press("2", "escape")
        assert view.scroll_offset.y == top
        assert re.sub(r"\d+ %", "", screen_text(app)) == re.sub(r"\d+ %", "", seen)


async def test_the_brief_comes_back_as_the_wheel_left_it_though_the_cursor_was_out_of_sight(
    dashboard: MakeApp, library: Library
) -> None:
    app = dashboard()
    async with app.run_test(size=(60, 14)) as pilot:
        await pilot.press("enter")
        view = app.dashboard.query_one(BriefView)
        view.scroll_to_row(99)
        seen, here = view.scroll_offset.y, view.here
        assert here is not None and here.last < seen
        for keys in (("2", "escape"), ("right_square_bracket", "escape")):
            await pilot.press(*keys)
            assert (view.scroll_offset.y, view.here) == (seen, here), keys
        session = app.session
    app = HrdashApp(library, session=session)
    async with app.run_test(size=(60, 14)):
        assert app.dashboard.query_one(BriefView).scroll_offset.y == seen


async def test_a_list_comes_back_as_the_wheel_left_it_though_the_cursor_was_out_of_sight(
    dashboard: MakeApp, library: Library
) -> None:
    for size, lens in (((120, 9), "1"), ((60, 9), "1"), ((60, 14), "2"), ((100, 10), "2")):
        app = dashboard()
        async with app.run_test(size=size) as pilot:
            await pilot.press(lens)
            main = app.dashboard.main
            main.scroll_to_row(99)
            seen, cursor = main.scroll_offset.y, main.cursor
            assert main.top[2], size
            for keys in (
                ("enter", "escape"),
                ("enter", "3", "escape", "escape"),
                ("3", "escape"),
                ("y", "escape"),
                ("p", "escape"),
            ):
                await pilot.press(*keys)
                assert (main.scroll_offset.y, main.cursor) == (seen, cursor), (size, lens, keys)
            app.dashboard.ask(app.dashboard.filter)
            assert (main.scroll_offset.y, main.cursor) == (seen, cursor), (size, lens)
            session = app.session
        app = HrdashApp(library, session=session)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            assert (app.dashboard.main.scroll_offset.y, app.dashboard.main.cursor) == (seen, cursor), (size, lens)


async def test_enter_in_a_lens_shows_its_statement_though_no_brief_was_ever_laid_out(dashboard: MakeApp) -> None:
    app = dashboard(session=Session(Place(lens="statements")))
    async with app.run_test(size=(100, 12)) as pilot:
        await pilot.press("G", "enter")
        entry = app.dashboard._lens_list.here if app.dashboard._lens_list else None
        view = app.dashboard.query_one(BriefView)
        assert entry is not None
        assert view.standing == (entry.part, entry.anchor)
        assert " ".join(entry.text.split()[:3]) in screen_text(app)


async def test_a_look_at_the_files_is_no_step(dashboard: MakeApp, corpus: Path) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        path = corpus / "themes" / "press.yaml"
        path.write_text(path.read_text().replace("Newspapers closed", "Papers closed"))
        app.dashboard.poll()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "Papers closed" in screen_text(app)
        assert app.dashboard.history == History()


async def test_back_leads_to_the_pane_that_had_the_focus_beside_a_brief_on_the_whole_screen(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "tab", "y", *"2023", "enter", "escape")
        assert app.dashboard.zoomed
        assert app.dashboard.place.pane == "strip"


async def test_back_from_what_was_chosen_while_typing_leads_to_a_pane_in_sight(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("2", "enter", "slash")
        await pilot.click("Masthead", offset=(screen_text(app).splitlines()[1].index("Press"), 1))
        assert app.dashboard.filter == Filter(themes=("press",))
        await pilot.press("tab", "tab", "escape", "escape")
        assert app.dashboard.filter == EVERYTHING
        await pilot.pause()
        assert app.dashboard.focused is not None and app.dashboard.focused.region.height > 0
        assert app.dashboard.query_one(Foot).pane == app.dashboard.focused.id


async def test_beside_a_brief_on_the_whole_screen_keys_move_and_mark_what_is_seen(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "tab")
        assert app.dashboard.focused is app.dashboard.query_one("#strip")
        await pilot.press("space", "j")
        assert app.dashboard.brief_id == "press-closed"
        assert len(app.dashboard.basket) == 1
        await pilot.click("#words")
        await pilot.press(*"law", "enter")
        assert app.dashboard.focused is app.dashboard.query_one(BriefView)
