"""A day's work of a desk officer on the shipped corpus: ten tasks by keys, of which each has so many; and by mouse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import NamedTuple

import pytest
from rich.cells import cell_len
from textual.events import MouseScrollDown, MouseScrollUp
from textual.geometry import Offset
from textual.pilot import Pilot

from hrdash.filter import Filter, Years, written
from hrdash.library import Library, open_library
from hrdash.tui.app import HrdashApp
from hrdash.tui.screens.dialogs import ChoiceList
from hrdash.tui.session import load_session
from hrdash.tui.widgets.facet_list import FacetList, facet_values
from hrdash.tui.widgets.row_list import RowList
from tests.tui.conftest import screen_text


class Task(NamedTuple):
    """What is asked, how it is typed, and what stands there then."""

    question: str
    keys: tuple[str, ...]
    most: int
    """Keys that it may take."""
    asked: Filter
    lens: str
    holds: Callable[[HrdashApp], bool]
    """Whether the question is answered on the screen or on the clipboard."""


def shows(*texts: str) -> Callable[[HrdashApp], bool]:
    """Whether all of these stand on the screen."""
    return lambda app: all(text in screen_text(app) for text in texts)


def has_copied(*texts: str) -> Callable[[HrdashApp], bool]:
    """Whether all of these are on the clipboard."""
    return lambda app: all(text in app.clipboard for text in texts)


JANUARY = Filter(months=("2022-01",))
WOMEN_2024 = Filter(themes=("women",), years=(Years(2024, 2024),))
UNANSWERED = Filter(themes=("assembly",), answers=("none",))
TASKS = (
    Task("which concerns about assembly went unanswered, with paragraph", (*"2tas", "enter", "F", "enter"), 7,
         UNANSWERED, "statements", shows(" ?○ How far were spontaneous assemblies possible?", "HRC ¶94")),
    Task("torture figures: do they conflict", (*"4tt", "enter"), 4,
         Filter(themes=("torture",)), "differences", shows("Number · ", "Lastayev ¶7")),
    Task("who asked what about January 2022", (*"2yj", "enter"), 4, JANUARY, "statements",
         lambda app: app.dashboard.main.count() == 20 and shows("Committee Expert", "HRC ¶82")(app)),
    Task("women, 2024, as Markdown into a document", (*"5w4", "enter", "M"), 5, WOMEN_2024, "briefs",
         has_copied("[^1", "¶")),
    Task("how two sources differ on visits", (*"4/visits",), 8, Filter(text="visits"), "differences",
         shows("Fact · ", "The expert said that the mechanism")),
    Task("a half-remembered phrase, with a typo", ("slash", *"juornalists"), 12, Filter(text="juornalists"), "briefs",
         shows("did you mean", "journalists (")),
    Task("all statements of one speaker", ("2", "slash", *"sp", "right", *"commis", "right"), 12,
         Filter(speakers=("commissioner",)), "statements", shows("Lastayev ¶3")),
    Task("a concern, its address, its footnote", ("enter", "l", "u", "space", "M"), 5, Filter(), "briefs",
         has_copied("[^1", "— concern;", "Unsigned ¶3", "<https://")),
    Task("a claim against its response", ("enter", "l", "j", "l"), 4, Filter(), "briefs",
         shows("▌ R  Only a court order", "C  Registering a party")),
)  # fmt: skip
SIZES = [(160, 45), (120, 40), (80, 24), (40, 20), (20, 5)]


@pytest.fixture(scope="module")
def shipped() -> Iterator[Library]:
    """The shipped corpus, read once."""
    with closing(open_library(cache=False)) as library:
        yield library


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.question)
async def test_a_task_takes_so_many_keys(task: Task, shipped: Library) -> None:
    app = HrdashApp(shipped)
    keys = ["slash" if key == "/" else key for key in task.keys]
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press(*keys[:-1])
        await settled(pilot)
        await pilot.press(keys[-1])
        await settled(pilot)
        assert len(keys) <= task.most
        assert app.dashboard.filter == task.asked
        assert app.dashboard.lens == task.lens
        assert task.holds(app), screen_text(app)


async def test_the_work_is_there_again_after_one_key_and_a_start(shipped: Library) -> None:
    for keys in (("2", "y", "j", "enter", "j", "q"), ()):
        app = HrdashApp(shipped, session=load_session(shipped.folder), keep=True)
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.press(*keys[:-1])
            assert (app.dashboard.filter, app.dashboard.lens, app.dashboard.main.cursor) == (JANUARY, "statements", 1)
            await pilot.press(*keys[-1:])


async def settled(pilot: Pilot[int]) -> None:
    """Wait for what goes on beside."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


class Mouse:
    """A user who has no keyboard: everything is a click on what is in sight, or the wheel."""

    def __init__(self, pilot: Pilot[int], app: HrdashApp) -> None:
        self.pilot, self.app = pilot, app
        self.clicks = 0

    async def click(self, text: str) -> bool:
        """Click on a text, if it is in sight."""
        for y, row in enumerate(screen_text(self.app).splitlines()):
            if text in row:
                await self.pilot.click(offset=(cell_len(row[: row.index(text)]) + cell_len(text) // 2, y))
                await settled(self.pilot)
                self.clicks += 1
                return True
        return False

    async def row(self, rows: RowList, index: int) -> None:
        """Turn the wheel over a list until a row is in sight, and click on it."""
        turned = MouseScrollDown, MouseScrollUp
        for _ in range(rows.count()):
            line = rows.first_line(index) - rows.scroll_offset.y
            if 0 <= line < rows.size.height:
                break
            for _ in range(max(1, (abs(line) - rows.size.height) // 3)):
                rows.post_message(turned[line < 0](rows, 1, 1, 0, 0, 0, False, False, False))
            await self.pilot.pause()
        await self.pilot.click(offset=rows.content_region.offset + Offset(2, line))
        await settled(self.pilot)
        self.clicks += 1

    async def press(self, kind: str, name: str, shown: str = "") -> None:
        """Click on a button that is in sight, else on what it says in the palette, which the status line opens."""
        if not (shown and await self.click(shown)):
            while self.app.screen is self.app.dashboard:  # at first, what was said may stand before it
                if not await self.click("≡"):
                    await self.pilot.click(offset=(1, self.app.size.height - 1))
                    self.clicks += 1
            choices = self.app.screen.query_one(ChoiceList)
            while not choices.choices:  # the dialog is being put together
                await settled(self.pilot)
            await self.row(choices, [one[:2] for one in choices.choices].index((kind, name)))

    async def take(self, field: str, value: str) -> None:
        """Take a value of a facet, in the panel."""
        if not self.app.dashboard.faceted:
            await self.press("action", "facets", " f facets ")
        panel, result = self.app.dashboard.query_one(FacetList), self.app.dashboard.result
        values = [(one.field, written(one.value) if one.value else "") for one in facet_values(result)]
        await self.row(panel, values.index((field, value)))


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_tasks_are_done_by_mouse_alone(size: tuple[int, int], shipped: Library) -> None:
    app = HrdashApp(shipped)
    async with app.run_test(size=size) as pilot:
        day, dashboard = Mouse(pilot, app), app.dashboard
        await settled(pilot)

        async def clear() -> None:
            while dashboard.filter != Filter():
                await day.press("action", "clear")

        await day.press("action", "lens('statements')", " 2 Statements ")  # unanswered concerns about assembly
        await day.press("theme", "assembly", " Assembly ")
        await day.press("named", "no-response")
        assert (dashboard.filter, dashboard.lens, dashboard.main.count()) == (UNANSWERED, "statements", 5)
        await clear()
        await day.press("action", "lens('differences')", " 4 Differences ")  # figures of torture; visits are among them
        await day.press("theme", "torture", " Torture ")
        assert (dashboard.filter.themes, dashboard.main.count()) == (("torture",), 12)
        await clear()
        await day.press("action", "lens('statements')", " 2 Statements ")  # who asked what about January 2022
        await day.take("months", "2022-01")
        assert (dashboard.filter, dashboard.main.count()) == (JANUARY, 20)
        await clear()
        await day.take("speakers", "commissioner")
        assert (dashboard.filter.speakers, dashboard.main.count()) == (("commissioner",), 61)
        await clear()
        await day.take("themes", "women")  # women, 2024
        await day.take("years", "2024")
        assert dashboard.filter == WOMEN_2024
        await day.press("action", "facets", " f facets ")
        await day.press("action", "markdown", " M copy ")
        assert "[^1" in app.clipboard
        await clear()
        await day.press("action", "lens('briefs')", " 1 Briefs ")  # a claim against its response
        briefs = dashboard.briefs
        for _ in range(3):  # the first click may but put the cursor there
            await settled(pilot)
            if not dashboard.zoomed:
                await day.row(briefs, briefs.cursor)
        assert dashboard.zoomed
        await day.press("action", "cite", " c cite ")  # a footnote
        assert "¶" in app.clipboard
        await day.press("action", "address")
        assert app.clipboard.startswith("https://")
        await day.press("action", "quit", " q quit ")
        assert app.return_code == 0
        assert day.clicks <= 60
