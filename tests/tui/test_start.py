"""What a start costs, told without a clock: what is loaded and made before the first frame, and what an idle one does."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest

import hrdash.tui.screens.dashboard as screen
from hrdash.tui.app import HrdashApp
from hrdash.tui.live import LiveCorpus

MakeApp = Callable[..., HrdashApp]
NEVER_BEFORE_THE_FRAME = {
    "_ssl", "ssl", "csv", "hashlib", "yaml", "rich.markdown", "rich.syntax", "markdown_it", "textual.demo",
    "textual.widgets._data_table", "textual.widgets._footer", "textual.widgets._header", "textual.widgets._markdown",
    "textual.widgets._tabs", "textual.widgets._text_area", "hrdash.check", "hrdash.cleaning", "hrdash.audit.verify",
    "hrdash.commands.check", "hrdash.commands.export", "hrdash.commands.show", "hrdash.commands.search",
    "hrdash.corpus.read", "hrdash.corpus.nodes", "hrdash.corpus.labels", "hrdash.index.sync", "hrdash.tui.widgets.facet_list",
    "webbrowser",
}  # fmt: skip
MOST_WIDGETS = 14
"""Each takes a millisecond or more to be styled, told that it is there, and drawn."""


@pytest.fixture
def unfrozen() -> Iterator[None]:
    """Nothing that is passed over where garbage is looked for, as a program begins."""
    gc.unfreeze()
    yield
    gc.enable()
    gc.freeze()  # as it is for every other test


@pytest.fixture
def uncollected(unfrozen: None) -> None:
    """Garbage that is not collected, as the start has it."""
    gc.disable()


def test_before_the_first_frame_nothing_is_loaded_that_it_does_not_show() -> None:
    code = "import hrdash.cli, hrdash.commands.dashboard, hrdash.tui.start as start, sys\n"
    code += "with start.without_ssl(): import hrdash.tui.app\nprint(*sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not NEVER_BEFORE_THE_FRAME & set(shown.stdout.split())


def test_openssl_can_be_had_again_once_the_dashboard_is_loaded() -> None:
    code = "from hrdash.tui.start import without_ssl\nwith without_ssl(): import asyncio\nimport ssl"
    subprocess.run([sys.executable, "-c", code], check=True)


async def test_the_first_frame_is_of_few_widgets(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)):
        shown = [type(widget).__name__ for widget in app.screen.walk_children()]
        assert len(shown) <= MOST_WIDGETS, shown


@pytest.mark.usefixtures("uncollected")
async def test_garbage_is_collected_again_behind_the_first_frame_but_for_what_was_there(dashboard: MakeApp) -> None:
    async with dashboard().run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert gc.isenabled()
        assert gc.get_freeze_count() > 10_000


@pytest.mark.usefixtures("unfrozen")
async def test_whoever_collects_garbage_all_along_has_nothing_frozen(dashboard: MakeApp) -> None:
    async with dashboard().run_test(size=(120, 40)) as pilot:
        await pilot.pause()
    assert gc.get_freeze_count() == 0


class Looks:
    """Counts the looks at the files, each of which takes the processor so many seconds."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, seconds: float = 0.0) -> None:
        self.count, self.clock, self.spent, self.seconds = 0, 100.0, 0.0, seconds
        monkeypatch.setattr(LiveCorpus, "look", self.look)
        monkeypatch.setattr(screen, "thread_time", lambda: self.spent)
        monkeypatch.setattr(screen, "monotonic", lambda: self.clock)

    def look(self) -> None:
        self.count += 1
        self.spent += self.seconds


async def test_files_that_take_long_to_look_at_are_looked_at_less_often(
    dashboard: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seconds, rests in ((0.002, 1.5), (0.008, 6), (0.5, 10)):
        looks, app = Looks(monkeypatch, seconds), dashboard()
        async with app.run_test(size=(120, 40)):
            for passed, count in ((0, 1), (rests - 0.1, 1), (0.2, 2)):
                looks.clock += passed
                app.dashboard.look_if_due()
                await app.workers.wait_for_complete()
                assert looks.count == count, seconds


async def test_whoever_comes_back_to_the_terminal_sees_the_files_as_they_are_now(
    dashboard: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks, app = Looks(monkeypatch, 1.0), dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        for focused in (True, False, True, True):
            app.app_focus = focused
            await pilot.pause()
            await app.workers.wait_for_complete()
        assert looks.count == 1
