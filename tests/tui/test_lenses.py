"""The lenses over one filter: what each lists, counts and leads to."""

from __future__ import annotations

from collections.abc import Callable

from hrdash.filter import Filter
from hrdash.tui.app import HrdashApp
from hrdash.tui.widgets.brief_view import BriefView
from hrdash.tui.widgets.lens_list import LensList
from tests.tui.conftest import screen_text

MakeApp = Callable[..., HrdashApp]


def listed(app: HrdashApp) -> list[str]:
    entries = app.dashboard.query_one(LensList)
    return [entry.text for at in range(entries.count()) if (entry := entries.entry(at))]


async def test_statements_are_listed_in_full_with_speaker_pinpoint_and_brief(dashboard: MakeApp) -> None:
    app = dashboard(asked=Filter(answers=("none",)))
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("2")
        assert listed(app) == [
            "“Three newspapers were closed after visits by inspectors.”",
            "Food is said to be scarce.",
        ]
        row = next(row for row in screen_text(app).splitlines() if "Food is said" in row)
        assert " !○ Food" in row
        for part in ("Expert, Another", "REVIEW ¶13", "Food in prisons"):
            assert part in row
        await pilot.press("5", "escape")
        await app.workers.wait_for_complete()
        assert app.dashboard.lens == "statements"


async def test_the_counts_on_the_tabs_are_those_of_the_lens(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(140, 40)) as pilot:
        for key, counts in (("1", "All 4   Press 2   Prisons 3"), ("2", "All 7   Press 3   Prisons 6"),
                            ("3", "All 1   Prisons 1   Press 0"), ("4", "All 0   Press 0   Prisons 0")):  # fmt: skip
            await pilot.press(key)
            assert counts in screen_text(app).splitlines()[1], key


async def test_enter_goes_to_the_brief_at_the_statement_and_escape_back_to_the_list(dashboard: MakeApp) -> None:
    app = dashboard(asked=Filter(kinds=("response",)))
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("2", "enter")
        assert app.dashboard.zoomed
        assert app.dashboard.brief_id == "prison-visits"
        part, _ = app.dashboard.query_one(BriefView).standing or ("", "")
        assert part == "responses"
        await pilot.press("escape")
        assert not app.dashboard.zoomed
        assert app.focused is app.dashboard.query_one(LensList)


async def test_the_statement_under_the_cursor_of_a_lens_is_cited(dashboard: MakeApp) -> None:
    app = dashboard(asked=Filter(kinds=("response",)))
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("2", "c")
        assert app.clipboard.startswith("No visit was announced. — Minister · 2024, paraphrased. REVIEW ¶40")


async def test_statements_are_sorted_by_speaker_year_and_answer(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("2")
        by_brief = listed(app)
        for _ in ("speaker", "year", "answer"):
            await pilot.press("s")
            assert sorted(listed(app)) == sorted(by_brief)
            assert listed(app) != by_brief
        await pilot.press("s")
        assert listed(app) == by_brief


async def test_figures_stand_under_their_indicator_and_a_filter_reaches_them(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("3")
        screen = screen_text(app)
        assert " Visits made (visits)" in screen
        assert "2023  more than 200 visits" in screen
        app.dashboard.ask(Filter(themes=("press",)))
        await pilot.pause()
        assert listed(app) == []
