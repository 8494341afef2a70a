"""Named filters in the dashboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hrdash.filter import EVERYTHING, Filter
from hrdash.named_filters import Named, drop, find, save
from hrdash.places import FILTERS
from hrdash.tui import live, result
from hrdash.tui.app import HrdashApp
from hrdash.tui.widgets.foot import Foot
from tests.tui.conftest import screen_text

MakeApp = Callable[..., HrdashApp]


async def test_it_is_chosen_saved_and_deleted_by_typing_in_the_dashboard(dashboard: MakeApp) -> None:
    app = dashboard(keep=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("t", *"prisons", "enter", "F", *"no-res", "enter")
        assert app.dashboard.filter == Filter(themes=("prisons",), answers=("none",))
        assert "answer:none" in screen_text(app)
        await pilot.press("F", *"mine", "enter")
        assert find("mine") == Named("mine", "theme:prisons answer:none")
        assert "--filter mine" in screen_text(app)
        await pilot.press("escape", "escape")
        assert app.dashboard.filter == EVERYTHING
        await pilot.press("ctrl+p", *"filter: mine", "enter")
        assert app.dashboard.filter == Filter(themes=("prisons",), answers=("none",))
        await pilot.press("F", *"delete mine", "enter")
        assert find("mine") is find("delete mine") is None
        assert app.dashboard.filter == Filter(themes=("prisons",), answers=("none",))


async def test_nothing_is_saved_where_nothing_shall_be_written(dashboard: MakeApp, own_machine: Path) -> None:
    app = dashboard(keep=False)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("t", *"prisons", "enter", "F", *"mine", "enter")
        assert "not saved" in screen_text(app)
        assert not (own_machine / "state" / "hrdash" / FILTERS).exists()


async def test_what_is_said_of_it_stays_when_the_counts_of_a_large_corpus_come(
    dashboard: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (live, result):
        monkeypatch.setattr(module, "COUNT_AT_ONCE", 0)
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("F", *"numbers", "enter")
        while app.dashboard.result.filter != Filter(differences=("number",)) or app.dashboard.result.facets is None:
            await pilot.pause()
        assert "numbers-differ: difference:number" in screen_text(app).splitlines()[-2]


async def test_it_is_no_step_where_it_is_the_filter_already_that_names_what_has_ids(dashboard: MakeApp) -> None:
    app = dashboard(keep=True)
    async with app.run_test(size=(120, 40)) as pilot:
        assert not save("mine", Filter(speakers=("Minister",)))
        for _ in range(2):
            await pilot.press("F", *"filter: mine", "enter")
            assert app.dashboard.filter == Filter(speakers=("minister",))
            assert len(app.dashboard.history.past) == 1


async def test_what_another_dashboard_does_while_one_chooses_is_neither_lost_nor_taken_for_what_was_shown(
    dashboard: MakeApp,
) -> None:
    theirs = Filter(text="theirs")
    for typed, before, meanwhile, then, words in (
        ("mine", None, theirs, theirs, "mine is theirs by now, and stays"),
        ("delete mine", Filter(text="food"), theirs, theirs, "mine is theirs by now, and stays"),
        ("delete mine", Filter(text="food"), None, None, "mine was deleted meanwhile"),
        ("filter: mine", Filter(text="food"), None, None, "mine was deleted meanwhile"),
    ):
        assert drop("mine")
        assert before is None or not save("mine", before)
        app = dashboard(keep=True, asked=Filter(themes=("prisons",)))
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.press("F", *typed)
            assert drop("mine")
            assert meanwhile is None or not save("mine", meanwhile)
            await pilot.press("enter")
            assert app.dashboard.query_one(Foot).said == words, typed
            assert find("mine") == (then and Named("mine", then.typed)), typed
            assert app.dashboard.filter == Filter(themes=("prisons",)), typed
