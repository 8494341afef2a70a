"""The flows a user takes through the dashboard: what is asked and said first, then the screen as text."""

from __future__ import annotations

import webbrowser
from asyncio import create_task, sleep
from collections.abc import Callable
from pathlib import Path
from threading import Event, get_ident
from typing import Any

import pytest
from textual.app import ComposeResult
from textual.message import Message
from textual.pilot import Pilot

from hrdash.filter import EVERYTHING, UNDATED, Filter, Years
from hrdash.index.file import Unreadable
from hrdash.index.index import Index
from hrdash.index.query import Facets, Selection
from hrdash.library import Library
from hrdash.tui import live, result
from hrdash.tui.app import HrdashApp
from hrdash.tui.lenses import Lens
from hrdash.tui.screens.dialogs import ChoiceList, Chooser, Reader
from hrdash.tui.screens.overview import Overview
from hrdash.tui.widgets.bar import Asked
from hrdash.tui.widgets.brief_head import BriefHead
from hrdash.tui.widgets.brief_view import BriefView
from hrdash.tui.widgets.entry_list import EntryList
from hrdash.tui.widgets.facet_list import FacetList, facet_values
from hrdash.tui.widgets.filter_bar import Field, FilterBar
from hrdash.tui.widgets.foot import Foot
from hrdash.tui.widgets.masthead import Masthead
from hrdash.tui.widgets.row_list import RowList
from hrdash.tui.widgets.year_strip import YearStrip
from tests.make import open_library
from tests.tui.conftest import first_frame, screen_text

MakeApp = Callable[..., HrdashApp]
ORDER = ["press-closed", "press-law", "prison-visits", "prison-food"]


def asked(app: HrdashApp) -> Filter:
    return app.dashboard.result.filter


def shown_ids(app: HrdashApp) -> list[str]:
    briefs = app.dashboard.briefs
    return [entry.brief for index in range(briefs.count()) if (entry := briefs.entry(index)) is not None]


def said(app: HrdashApp) -> str:
    return app.dashboard.query_one(Foot).said


def focus_id(app: HrdashApp) -> str | None:
    return app.focused.id if app.focused is not None else None


def once(messages: list[Message]) -> list[Message]:
    """The messages, each once: the hook sees a message again at every widget that it bubbles through."""
    return list({id(message): message for message in messages}.values())


async def fill(pilot: Pilot[int], name: str, text: str) -> None:
    """Put a text into a field at once, where the single keys do not matter."""
    pilot.app.screen.query_one(f"#{name}", Field).value = text
    await pilot.pause()


async def looked(app: HrdashApp, pilot: Pilot[int]) -> None:
    """Have the dashboard look at the files now."""
    app.dashboard.poll()
    await app.workers.wait_for_complete()
    await pilot.pause()


# Tabs, counts, status


async def test_the_tabs_are_all_then_one_a_theme_with_counts(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)):
        tabs = [(tab.label, tab.chosen) for tab in app.dashboard.query_one(Masthead).tabs()]
        assert tabs == [("All 4 briefs", True), ("Press 2", False), ("Prisons 3", False)]


async def test_list_tabs_and_status_line_show_the_same_result(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("slash", *"visits")
        screen = screen_text(app)
        assert "All 2" in screen
        assert "“visits” · 4 of 7 statements · 2 of 4 briefs" in screen
        assert len(shown_ids(app)) == 2


async def test_brackets_step_through_the_themes_and_round(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        seen = []
        for _ in range(3):
            await pilot.press("right_square_bracket")
            seen.append(asked(app).themes)
        assert seen == [("press",), ("prisons",), ()]
        await pilot.press("left_square_bracket")
        assert asked(app).themes == ("prisons",)


async def test_a_brief_that_is_also_in_another_theme_is_shown_there_and_counted_once_in_all(
    dashboard: MakeApp,
) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        assert shown_ids(app).count("press-closed") == 1
        await pilot.press("t")
        await fill(pilot, "chooser", "prisons")
        await pilot.press("enter")
        assert "press-closed" in shown_ids(app)


async def test_a_click_on_a_tab_shows_its_theme(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        left = screen_text(app).splitlines()[1].index("Press 2")
        await pilot.click(Masthead, offset=(left, 1))
        assert asked(app).themes == ("press",)
        assert "Press · 3 of 7 statements · 2 of 4 briefs" in screen_text(app)


# The filter bar


async def test_words_filter_as_they_are_typed(dashboard: MakeApp) -> None:
    app = dashboard()
    messages: list[Message] = []
    async with app.run_test(size=(120, 40), message_hook=messages.append) as pilot:
        await pilot.press("slash", *"food")
        texts = [message.change(EVERYTHING).text for message in messages if isinstance(message, Asked)]
        assert list(dict.fromkeys(texts)) == ["f", "fo", "foo", "food"]
        assert shown_ids(app) == ["prison-food"]
        assert "Food in prisons" in screen_text(app)


async def test_letters_in_a_field_are_letters_and_not_keys(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("slash", *"qtyjkgGcf?")
        assert app.is_running
        assert app.screen is app.dashboard
        assert app.dashboard.query_one("#words", Field).value == "qtyjkgGcf?"


async def test_keys_typed_ahead_act_in_the_order_in_which_they_were_typed(dashboard: MakeApp) -> None:
    from textual import events

    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        for key in ("slash", *"visits", "enter", "j"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await pilot.pause()
        await pilot.pause()
        assert asked(app).text == "visits"
        assert focus_id(app) == "briefs"
        assert app.dashboard.briefs.cursor == 1


async def test_a_key_pressed_before_there_is_anything_to_see_acts_then(
    dashboard: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    from textual import events

    from hrdash.tui.screens.dashboard import Dashboard

    compose, early = Dashboard.compose, [""]

    def composed(screen: Dashboard) -> ComposeResult:
        for key in early:
            screen.app.post_message(events.Key(key, key))
        yield from compose(screen)

    monkeypatch.setattr(Dashboard, "compose", composed)
    for keys, holds in (
        ("2", lambda app: app.dashboard.lens == "statements"),
        ("f", lambda app: app.dashboard.faceted),
        ("jj", lambda app: app.dashboard.briefs.cursor == 2),
        ("q", lambda app: app.return_code == 0),
    ):
        early[:] = keys
        app = dashboard()
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            await pilot.pause()
            assert holds(app), keys


async def test_a_typed_query_reaches_every_facet_and_the_year_field_shows_its_years(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("slash")
        await fill(pilot, "words", "visits year:2023..2024 has:claim")
        await pilot.press("enter")
        assert asked(app) == Filter(text="visits", years=(Years(2023, 2024),), has=("claim",))
        assert app.dashboard.query_one("#words", Field).value == "visits"
        assert app.dashboard.query_one("#years", Field).value == "2023..2024"
        assert "has claim ×" in screen_text(app)


async def test_typing_lays_over_the_filter_there_was_and_deleting_brings_it_back(dashboard: MakeApp) -> None:
    app = dashboard(asked=Filter(themes=("prisons",), years=(Years(2025, 2025),)))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("slash")
        await fill(pilot, "words", "theme:press year:2021")
        assert asked(app) == Filter(themes=("press",), years=(Years(2021, 2021),))
        await fill(pilot, "words", "")
        assert asked(app) == Filter(themes=("prisons",), years=(Years(2025, 2025),))


async def test_a_year_that_is_none_is_said_in_words_and_does_not_filter(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("y", *"209")
        assert "'209' is not a year" in said(app)
        assert len(shown_ids(app)) == 4
        await pilot.press("enter")
        assert "'209' is not a year" in said(app), "Enter drops it, and does not say so"
        await pilot.press("y")
        assert said(app) == ""
        await pilot.press(*"2023")
        assert said(app) == ""
        assert asked(app).years == (Years(2023, 2023),)


async def test_an_unknown_word_before_a_colon_is_searched_and_hinted_at(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("slash", *"foo:bar")
        assert "foo: is not a filter" in said(app)


ODD = ("*", "AND", '"', "-", "e-mail", "c++", "🙂", "[/foo]", "zzzz", "year:", "theme:nowhere")


async def test_an_empty_list_is_always_explained(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("slash")
        for odd in ODD:
            await fill(pilot, "words", odd)
            result = app.dashboard.result
            if not result.total:
                assert result.nothing, odd
                assert "No brief matches" in screen_text(app), odd


async def test_escape_in_a_field_clears_it_and_then_leaves_it(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("slash", *"food", "escape")
        assert app.dashboard.query_one("#words", Field).value == ""
        assert focus_id(app) == "words"
        await pilot.press("escape")
        assert focus_id(app) == "briefs"


async def test_arrows_move_in_the_list_while_typing(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("slash", *"visits", "down")
        assert app.dashboard.briefs.cursor == 1
        assert focus_id(app) == "words"


async def test_a_click_on_a_chip_takes_its_value_out_of_the_filter(dashboard: MakeApp) -> None:
    app = dashboard(asked=Filter(has=("claim", "concern")))
    async with app.run_test(size=(120, 40)) as pilot:
        left = screen_text(app).splitlines()[2].index("has claim")
        await pilot.click(offset=(left, 2))
        assert asked(app) == Filter(has=("concern",))


# Moving and reading


async def test_the_detail_follows_the_cursor(dashboard: MakeApp) -> None:
    app = dashboard()
    messages: list[Message] = []
    async with app.run_test(size=(120, 40), message_hook=messages.append) as pilot:
        seen = [app.dashboard.brief_id]
        for _ in range(3):
            await pilot.press("j")
            seen.append(app.dashboard.brief_id)
            title = app.dashboard.brief.title if app.dashboard.brief else ""
            assert app.dashboard.query_one(BriefHead).heading == title
        assert seen == shown_ids(app)
        assert [message.index for message in once(messages) if isinstance(message, RowList.Highlighted)] == [1, 2, 3]


async def test_arrows_home_end_and_pages_move_the_cursor_in_list_brief_and_facets(dashboard: MakeApp) -> None:
    app = dashboard(asked=Filter(text="visits"))
    async with app.run_test(size=(120, 16)) as pilot:
        for pane in (EntryList, BriefView, None):
            if pane is None:
                await pilot.press("f")
            pane_shown = app.focused
            assert isinstance(pane_shown, EntryList | BriefView | FacetList)
            start = pane_shown.cursor
            await pilot.press("down")
            assert pane_shown.cursor == start + 1 or pane_shown.scroll_offset.y > 0, pane
            await pilot.press("end")
            last = pane_shown.cursor
            await pilot.press("pageup", "home")
            assert pane_shown.cursor <= start < last, pane
            await pilot.press("pagedown", "up", "tab")


async def test_a_new_search_replaces_the_one_there_was(dashboard: MakeApp) -> None:
    app = dashboard(asked=Filter(text="food"))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("slash", *"law", "enter")
        assert asked(app).text == "law"
        await pilot.press("slash", "end", "s")
        assert asked(app).text == "laws"


async def test_g_and_G_go_to_the_ends(dashboard: MakeApp) -> None:  # noqa: N802  (the key is G)
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("G")
        assert app.dashboard.briefs.cursor == 3
        await pilot.press("g")
        assert app.dashboard.briefs.cursor == 0


async def test_keys_act_on_a_cyrillic_keyboard_too(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("о", "о", "л")
        assert app.dashboard.briefs.cursor == 1


async def test_a_brief_reads_as_threads_with_the_short_titles_of_its_sources(dashboard: MakeApp) -> None:
    app = dashboard(asked=Filter(themes=("prisons",)))
    async with app.run_test(size=(120, 50)) as pilot:
        await pilot.press("slash")
        await fill(pilot, "words", "beforehand")
        await pilot.press("enter")
        shown = [line.partition("│")[2].lstrip(" ▏│").rstrip() for line in screen_text(app).splitlines()]
        at = shown.index("STATE CLAIM")
        assert shown[at + 1 : at + 13] == [
            "C  More than 200 visits to prisons were made in 2023.", "Minister · 2023 · PAPER ¶7",
            "Visits made: more than 200 visits (2023)", "",
            "QUESTION", "?● Were the visits announced beforehand?", "Expert · REVIEW ¶12", "● response",
            "R  No visit was announced.", "Minister · 2024 · REVIEW ¶40", "", "SEE ALSO",
        ]  # fmt: skip


async def test_an_absence_is_bounded_and_what_the_state_claims_stands_beside_it(dashboard: MakeApp) -> None:
    app = dashboard(asked=Filter(text="inspectors"))
    async with app.run_test(size=(140, 40)):
        screen = screen_text(app)
        assert "“Three newspapers were closed after visits by inspectors.”" in screen
        assert "○ no response to it in this corpus, as of 2026-01" in screen
        assert "State claims in this brief: PAPER ¶9" in screen


async def test_the_marks_stand_in_the_list_and_what_they_say_under_it(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(160, 40)):
        rows = screen_text(app).splitlines()
        assert [row[1:6] for row in rows[4:11] if row[1:6].strip()] == [
            "Press", "C ! ○", "C    ", "Priso", "C ? ●", "  ! ○",
        ]  # fmt: skip
        assert any("response ● all ◐ part ◌ pending ○ none" in row for row in rows)


async def test_the_undated_stand_beside_the_years_and_are_a_filter(dashboard: MakeApp) -> None:
    app = dashboard(asked=Filter(years=(Years(2023, 2023),)))
    async with app.run_test(size=(160, 40)) as pilot:
        row = next(number for number, line in enumerate(screen_text(app).splitlines()) if "undated 2" in line)
        assert "2023 · 1 of 7 statements (and 2 undated) · 1 of 4 briefs" in screen_text(app)
        await pilot.click(offset=(screen_text(app).splitlines()[row].index("undated 2"), row))
        assert asked(app).years == (UNDATED,)
        assert shown_ids(app) == ["prison-visits", "prison-food"]
        assert app.dashboard.query_one("#years", Field).value == "undated"
        await pilot.click(offset=(screen_text(app).splitlines()[row].index("undated 2"), row))
        assert asked(app).years == ()


async def test_joint_speakers_stand_together_and_each_finds_the_statement(dashboard: MakeApp) -> None:
    app = dashboard(asked=Filter(speakers=("other",)))
    async with app.run_test(size=(120, 40)):
        assert shown_ids(app) == ["prison-food"]
        assert "Expert, Another, as reported · REVIEW ¶13" in screen_text(app)


async def test_enter_gives_the_brief_the_whole_screen_and_escape_takes_it_back(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter")
        assert not app.dashboard.briefs.display
        assert app.dashboard.query_one(BriefView).size.width > 110
        await pilot.press("escape")
        assert app.dashboard.briefs.display
        assert focus_id(app) == "briefs"


async def test_tab_goes_from_pane_to_pane_and_never_into_a_field(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        seen = []
        for _ in range(4):
            await pilot.press("tab")
            seen.append(focus_id(app))
        assert seen == ["brief", "strip", "briefs", "brief"]


async def test_n_goes_from_mark_to_mark_and_on_to_the_next_brief(dashboard: MakeApp) -> None:
    app = dashboard(asked=Filter(text="visits"))
    async with app.run_test(size=(120, 40)) as pilot:
        view = app.dashboard.query_one(BriefView)
        first = app.dashboard.brief_id
        matches = len(view.page.matches)
        assert (matches, view.match) == (len(view.stops), 0)
        for number in range(1, matches):
            await pilot.press("n")
            assert view.match == number
        await pilot.press("n")
        assert app.dashboard.brief_id != first
        assert view.match == 0
        await pilot.press("N")
        assert app.dashboard.brief_id == first
        assert view.match == matches - 1


async def test_n_counts_nothing_in_a_brief_that_has_no_room_beside_the_facets(dashboard: MakeApp) -> None:
    app = dashboard(asked=Filter(text="visits"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f")
        for key, brief in (("n", "prison-visits"), ("n", "prison-visits"), ("N", "press-closed")):
            await pilot.press(key)
            assert app.dashboard.brief_id == brief, key
            assert "in this brief" not in said(app), key


async def test_statements_outside_the_filter_are_dimmed_and_the_cursor_stands_on_the_first_inside(
    dashboard: MakeApp,
) -> None:
    app = dashboard(asked=Filter(answers=("response",)))
    async with app.run_test(size=(120, 50)):
        view = app.dashboard.query_one(BriefView)
        outside = {line.anchor: line.outside for line in view.lines if line.role == "statement"}
        assert list(outside.values()) == [True, False, True]
        assert view.standing == ("questions", "q-visits")
        assert "outside the filter" not in screen_text(app)


# Backing out and ending


async def test_escape_backs_out_step_by_step_and_never_quits(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("right_square_bracket", "slash", *"visits", "enter", "X")
        steps = []
        for _ in range(4):
            await pilot.press("escape")
            steps.append(asked(app))
        assert steps == [Filter(themes=("press",), text="visits"), Filter(themes=("press",)), EVERYTHING, EVERYTHING]
        assert app.is_running
        assert "q quits" in said(app)


async def test_q_ends_with_0_and_ctrl_c_with_130(dashboard: MakeApp) -> None:
    for key, code in (("q", 0), ("ctrl+c", 130)):
        app = dashboard()
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press(key)
        assert app.return_code == code


async def test_ctrl_c_copies_a_selection_with_who_said_it_and_does_not_quit(dashboard: MakeApp) -> None:
    from textual.geometry import Offset
    from textual.selection import Selection

    app = dashboard(asked=Filter(text="food"))
    async with app.run_test(size=(120, 40)) as pilot:
        view = app.dashboard.query_one(BriefView)
        line = next(number for number, text in enumerate(view.page.texts) if text.startswith("Food is said"))
        app.dashboard.selections = {view: Selection(Offset(0, line), Offset(4, line))}
        await pilot.press("ctrl+c")
        assert app.is_running
        assert app.clipboard.startswith("Food\n— Expert")
        assert "A review by experts" in app.clipboard
        assert "sent what is selected" in said(app)


# Choosing by typing


async def test_t_chooses_a_theme_by_typing(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("t")
        assert isinstance(app.screen, Chooser)
        await pilot.press(*"pris", "enter")
        assert app.screen is app.dashboard
        assert asked(app).themes == ("prisons",)


async def test_the_palette_finds_briefs_sources_and_commands(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("ctrl+p")
        await fill(pilot, "chooser", "food")
        await pilot.press("enter")
        assert app.dashboard.brief_id == "prison-food"
        await pilot.press("ctrl+p")
        await fill(pilot, "chooser", "review by")
        await pilot.press("enter")
        assert asked(app) == Filter(sources=("review",))
        await pilot.press("ctrl+p")
        await fill(pilot, "chooser", "every key")
        await pilot.press("enter")
        assert isinstance(app.screen, Reader)


async def test_what_is_called_as_it_was_typed_stands_first_in_the_palette(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("ctrl+p")
        await fill(pilot, "chooser", "Quit")
        choices = [choice.id for choice in app.screen.query_one(ChoiceList).choices]
        assert choices[0] == "quit"
        assert "press-law" in choices  # in whose text it stands


async def test_with_nothing_typed_the_palette_has_what_keys_do_first_and_the_colours_too(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("ctrl+p")
        kinds = [choice.kind for choice in app.screen.query_one(ChoiceList).choices]
        assert list(dict.fromkeys(kinds))[:4] == ["action", "theme", "source", "colours"]


async def test_the_palette_does_not_offer_textuals_screenshot(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("ctrl+p")
        await fill(pilot, "chooser", "screenshot")
        assert "creenshot" not in screen_text(app).replace("screenshot", "", 1)
        assert list(app.get_system_commands(app.screen)) == []


async def test_the_palette_changes_the_colours_and_the_session_keeps_them(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("ctrl+p")
        await fill(pilot, "chooser", "colour theme: hrdash-light")
        await pilot.press("enter")
        assert app.theme == "hrdash-light"
        assert app.session.theme == "hrdash-light"


async def test_escape_closes_the_chooser_and_changes_nothing(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("t", *"pris", "escape", "escape")
        assert app.screen is app.dashboard
        assert asked(app) == EVERYTHING


async def test_r_goes_to_a_related_brief(dashboard: MakeApp) -> None:
    app = dashboard(asked=Filter(text="announced"))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("r")
        assert app.dashboard.brief_id == "press-closed"
        assert asked(app).themes == ("press",)


# Panels


async def test_facets_show_every_count_before_it_is_chosen(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 60)) as pilot:
        await pilot.press("f")
        lines = [" ".join(line.split()) for line in screen_text(app).splitlines()]
        assert any(line.startswith("[ ] Prisons 3") for line in lines)
        assert any(line.startswith("[ ] R response 1") for line in lines)
        assert any(line.startswith("[ ] ○ none (in this corpus) 2") for line in lines)
        assert any(line.startswith("ANSWER statements") for line in lines)
        assert any(line.startswith("THEME briefs") for line in lines)
        await pilot.press("space")
        assert asked(app).themes == ("press",)
        await pilot.press("j", "space")
        assert asked(app).themes == ("press", "prisons")
        await pilot.press("x")
        assert asked(app).themes == ()
        await pilot.press("escape", "escape")
        assert asked(app).themes == ("press",)
        await pilot.press("f")
        assert focus_id(app) == "briefs"


async def test_a_first_frame_has_the_counts_in_sight_and_those_of_the_facets_follow(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on, count = Event(), live.LiveCorpus.count

    def slow(*about: Any) -> Any:
        assert goes_on.wait(60)
        return count(*about)

    monkeypatch.setattr(live.LiveCorpus, "count", slow)
    app = HrdashApp(library, asked=Filter(years=(Years(2023, 2023),)))
    async with first_frame(app, size=(120, 60)) as pilot:
        try:
            first = screen_text(app).splitlines()
            assert any("Press 0" in line and "Prisons 1" in line for line in first)
            assert "2023: 1" in first[-3]
            await pilot.press("f", "j")
            panel = app.dashboard.query_one(FacetList)
            assert [panel.row(at, 38)[-1][0].strip() for at in (1, 2)] == ["", ""]
        finally:
            goes_on.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert [panel.row(at, 38)[-1][0].strip() for at in (1, 2)] == ["0", "1"]
        assert panel.cursor == 2
        await pilot.press("f")
        assert screen_text(app).splitlines()[:-1] == first[:-1]
        app.dashboard.ask(Filter(text="food"))
        assert app.dashboard.result.is_counted


async def test_what_is_typed_is_laid_over_what_was_chosen_last_and_over_nothing_that_was_typed_before(
    dashboard: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        here, bar = app.dashboard, app.dashboard.query_one(FilterBar)
        await pilot.press("/", *"theme:life")
        await pilot.pause()
        assert here.filter.themes == ("life",)
        with monkeypatch.context() as late:
            late.setattr(here, "typed", lambda asked: None)
            await pilot.press("ctrl+u")
            bar.result = here.result  # as its counts come
        await pilot.press(*"pain")
        await pilot.pause()
        assert here.filter == Filter(text="pain")
        for theme in ("torture", ""):  # clicked, while the field has the focus
            here.action_theme(theme)
            await pilot.pause()
        await pilot.press("s")
        await pilot.pause()
        assert here.filter == Filter(text="pains")


async def test_nothing_that_was_typed_is_kept_under_what_is_typed_then_however_fast_that_was(
    dashboard: MakeApp,
) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("slash")
        field = app.dashboard.query_one("#words", Field)
        field.value = "kind:clai visits"
        field.value = "kind:claim visits"  # before the first of them is shown
        await pilot.pause()
        assert app.dashboard.filter == Filter(text="visits", kinds=("claim",))
        field.value = "visits"
        await pilot.pause()
        assert app.dashboard.filter == Filter(text="visits")


async def test_a_field_that_is_typed_in_shows_the_filter_when_a_part_of_it_is_taken_out_by_the_mouse(
    dashboard: MakeApp,
) -> None:
    app = dashboard()
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("slash", *"answer:none food")
        bar = app.dashboard.query_one(FilterBar)
        await pilot.click(bar, offset=(screen_text(app).splitlines()[bar.region.y].index("answer none"), 0))
        assert app.dashboard.query_one("#words", Field).value == "food"
        await pilot.press("s")
        assert app.dashboard.filter == Filter(text="foods")


async def test_a_year_or_month_typed_among_words_takes_the_place_of_those_there_are(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        for typed, asked in (
            ("month:2025-03", Filter(months=("2025-03",))),
            ("year:2021", Filter(years=(Years(2021, 2021),))),
            ("month:2022-01", Filter(months=("2022-01",))),
            ("visits", Filter(text="visits", months=("2022-01",))),
        ):
            await pilot.press("slash", *typed, "enter")
            assert app.dashboard.filter == asked, typed


async def test_what_is_typed_is_looked_for_beside_the_screen_in_a_large_corpus(
    dashboard: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (live, result):
        monkeypatch.setattr(module, "COUNT_AT_ONCE", 0)
    first, goes_on, found = Event(), Event(), live.LiveCorpus.found

    def slow(self: live.LiveCorpus, asked: Filter, *more: Any) -> Any:
        if asked.text == "f":
            first.set()
            goes_on.wait()
        return found(self, asked, *more)

    monkeypatch.setattr(live.LiveCorpus, "found", slow)
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("/", "f")
        assert first.wait(60)
        await pilot.press("o", "o", "d")
        goes_on.set()
        while (shown := app.dashboard.result) is None or shown.filter.text != "food" or shown.facets is None:
            await pilot.pause()
        assert app.dashboard.query_one("#words", Field).value == "food"
        assert shown_ids(app) == ["prison-food"]
        assert shown.facets == app.dashboard.live.count(shown)
        assert app.dashboard.live.count(shown, lambda: False) is None
        first.clear(), goes_on.clear()
        await pilot.press("ctrl+u", "f")
        assert first.wait(60)
        await pilot.press("escape")
        goes_on.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert asked(app) == EVERYTHING
        assert shown_ids(app) == ORDER


async def test_a_lens_a_place_and_a_brief_are_looked_up_beside_the_screen_in_a_large_corpus(
    dashboard: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (live, result):
        monkeypatch.setattr(module, "COUNT_AT_ONCE", 0)
    own, asked_by, found = get_ident(), [], live.LiveCorpus.found
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:

        def noted(self: live.LiveCorpus, asked: Filter, lens: Lens, *more: Any) -> Any:
            asked_by.append((lens.id, get_ident() == own))
            return found(self, asked, lens, *more)

        monkeypatch.setattr(live.LiveCorpus, "found", noted)
        monkeypatch.setattr(live.LiveCorpus, "result", None)  # which the screen's own thread would call
        await pilot.press("3", "4", "2", "1", "escape")
        await app.dashboard.go_to("prison-food")
        assert app.dashboard.brief_id == "prison-food"
        assert asked_by == [(lens, False) for lens in ("figures", "differences", "statements", "briefs",
                                                       "statements", "statements")]  # fmt: skip
        await app.workers.wait_for_complete()


async def test_what_has_changed_is_looked_up_beside_the_screen_in_a_large_corpus(
    dashboard: MakeApp, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (live, result):
        monkeypatch.setattr(module, "COUNT_AT_ONCE", 0)
    own, asked_by, select = get_ident(), [], Selection.__init__
    app = dashboard(asked=Filter(text="food"))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("2")

        def noted(self: Selection, *asked: Any) -> None:
            asked_by.append(get_ident() == own)
            select(self, *asked)

        monkeypatch.setattr(Selection, "__init__", noted)
        prisons = corpus / "themes" / "prisons.yaml"
        prisons.write_text(prisons.read_text().replace("No visit was", "No food was").replace("scarce", "plenty"))
        app.dashboard.poll()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.dashboard.result.statements == 2
        assert "plenty" in screen_text(app)
        assert app.dashboard.query_one(Foot).said == "read again: 2 briefs; 0 problems"
        assert asked_by
        assert not any(asked_by)


async def test_statements_are_sorted_beside_the_screen_in_a_large_corpus(
    dashboard: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (live, result):
        monkeypatch.setattr(module, "COUNT_AT_ONCE", 0)
    own, sorted_by, numbers = get_ident(), [], Selection.statement_numbers

    def noted(self: Selection, by: str = "") -> Any:
        sorted_by.append((by, get_ident() == own))
        return numbers(self, by)

    monkeypatch.setattr(Selection, "statement_numbers", noted)
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("2", "s", "s")
        await pilot.press("/", *"visits", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert asked(app).text == "visits"
        assert {by for by, _ in sorted_by} == {"speakers", "years"}
        assert not any(by_screen for _, by_screen in sorted_by)


async def test_what_is_gone_to_while_words_are_looked_for_stays_selected(
    dashboard: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (live, result):
        monkeypatch.setattr(module, "COUNT_AT_ONCE", 0)
    goes_on, found = Event(), live.LiveCorpus.found
    monkeypatch.setattr(live.LiveCorpus, "found", lambda *asked: goes_on.wait(60) and found(*asked))
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("/", *"visits", "down", "down")
        assert app.dashboard.brief_id == "prison-visits"
        goes_on.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert shown_ids(app) == ["press-closed", "prison-visits"]
        assert app.dashboard.brief_id == "prison-visits"


async def test_what_is_chosen_while_a_lens_opens_holds(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)):
        opening = create_task(app.dashboard.action_lens("statements"))
        await sleep(0)
        app.dashboard.action_theme("press")
        await opening
        assert asked(app) == Filter(themes=("press",))
        assert app.dashboard.result.lens.id == app.dashboard.lens == "statements"


async def test_what_is_shown_is_of_the_lens_that_was_chosen_while_a_brief_is_looked_up(
    dashboard: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (live, result):
        monkeypatch.setattr(module, "COUNT_AT_ONCE", 0)
    goes_on, found = Event(), live.LiveCorpus.found

    def slow(self: live.LiveCorpus, asked: Filter, lens: Lens, *more: Any) -> Any:
        return (lens.id != "briefs" or goes_on.wait(60)) and found(self, asked, lens, *more)

    monkeypatch.setattr(live.LiveCorpus, "found", slow)
    app = dashboard()
    async with app.run_test(size=(120, 40)):
        going = create_task(app.dashboard.go_to("press-law"))
        await sleep(0)
        await app.dashboard.action_lens("statements")
        goes_on.set()
        await going
        assert app.dashboard.result.lens.id == app.dashboard.lens == "statements"
        assert app.dashboard.brief_id == "press-law"


async def test_what_is_asked_for_holds_though_the_index_fails_as_the_last_is_counted(
    dashboard: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (live, result):
        monkeypatch.setattr(module, "COUNT_AT_ONCE", 0)
    goes_on = Event()
    monkeypatch.setattr(live.LiveCorpus, "found", lambda *_: goes_on.wait(60) and None)
    monkeypatch.setattr(live.LiveCorpus, "count", lambda *_: None if asked(app) == EVERYTHING else Facets())
    app = dashboard()
    async with first_frame(app, size=(120, 40)) as pilot:
        app.dashboard.go(Filter(themes=("press",)))
        for _ in range(10):
            await pilot.pause()
        goes_on.set()
        assert asked(app) == Filter(themes=("press",))


async def test_what_is_typed_in_one_field_and_still_looked_for_holds_in_the_next(
    dashboard: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (live, result):
        monkeypatch.setattr(module, "COUNT_AT_ONCE", 0)
    goes_on, found = Event(), live.LiveCorpus.found
    monkeypatch.setattr(live.LiveCorpus, "found", lambda *asked: goes_on.wait() and found(*asked))
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("/", *"food", "tab")
        assert focus_id(app) == "years"
        assert app.dashboard.query_one("#words", Field).value == "food"
        await pilot.press(*"2024")
        goes_on.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert asked(app) == Filter(text="food", years=(Years(2024, 2024),))


async def test_what_is_chosen_while_another_filter_is_looked_for_is_laid_over_that_one(
    dashboard: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (live, result):
        monkeypatch.setattr(module, "COUNT_AT_ONCE", 0)
    goes_on, found = Event(), live.LiveCorpus.found
    monkeypatch.setattr(live.LiveCorpus, "found", lambda *asked: goes_on.wait(60) and found(*asked))
    app = dashboard(asked=Filter(kinds=("claim",)))
    async with app.run_test(size=(120, 40)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("/", *"visits", "enter")
        await pilot.click(FilterBar, offset=(screen_text(app).splitlines()[2].index("claim"), 0))
        app.dashboard.set_focus(app.dashboard.query_one(YearStrip))
        await pilot.press("left", "right")
        assert app.dashboard.result is not None
        assert app.dashboard.result.filter == Filter(kinds=("claim",))
        goes_on.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert asked(app) == app.dashboard.result.filter == Filter(text="visits", years=(Years(2021, 2021),))


async def test_a_click_takes_a_value_of_the_facets_panel(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 60)) as pilot:
        await pilot.press("f")
        row = next(number for number, line in enumerate(screen_text(app).splitlines()) if "[ ] R response" in line)
        await pilot.click(offset=(6, row))
        assert asked(app).kinds == ("response",)


async def test_the_footer_names_the_keys_of_the_facets_panel_and_a_click_on_one_acts(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("f")
        for shown, themes in (("space take", ("press",)), ("x clear", ())):
            foot = screen_text(app).splitlines()[-2]
            await pilot.click(offset=(foot.index(shown), app.size.height - 2))
            assert asked(app).themes == themes, shown
            assert focus_id(app) == "facets"


async def test_in_a_field_the_footer_names_no_key_that_is_typed_there_and_each_that_it_names_acts(
    dashboard: MakeApp,
) -> None:
    for key, field, value in (("slash", "words", "law"), ("y", "years", "2025")):
        for shown, then in (("Enter list", "briefs"), ("Esc clear", field), ("Tab next", "")):
            for mouse in (False, True):
                app = dashboard()
                async with app.run_test(size=(100, 30)) as pilot:
                    await pilot.press(key, *value)
                    line = app.dashboard.query_one(Foot)
                    words = "".join(part.text for part in line.buttons(100))
                    assert words.split("   ") == [" Enter list", "Esc clear", "Tab next", ""], key
                    if mouse:
                        await pilot.click(Foot, offset=(words.index(shown), 0))
                    else:
                        await pilot.press({"Esc": "escape"}.get(shown[:3], shown.split()[0].lower()))
                    case = key, shown, mouse
                    assert focus_id(app) == (then or {"words": "years", "years": "briefs"}[field]), case
                    assert (asked(app) == EVERYTHING) == (shown == "Esc clear"), case


async def test_the_overview_filters_by_the_cell_that_is_chosen(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("m")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, Overview)
        assert "Prisons" in screen_text(app)
        await pilot.press("down", "right", "enter")
        assert asked(app) == Filter(themes=("press",), years=(Years(2025, 2025),))


async def test_in_the_overview_a_theme_and_a_year_are_typed(dashboard: MakeApp) -> None:
    for typed, theme, year in (("pris", "prisons", 0), ("p 24", "press", 2024), ("Pri21", "prisons", 2021), ("3", "", 2023),
                               ("2023 prisons", "prisons", 2023)):  # fmt: skip
        app = dashboard(asked=Filter(months=("2024-01",)))
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.press("m", *(key if key != " " else "space" for key in typed))
            await app.workers.wait_for_complete()
            await pilot.press("enter")
            years = (Years(year, year),) if year else ()
            assert asked(app) == Filter(themes=(theme,) if theme else (), years=years), typed


async def test_the_overview_says_where_there_are_more_years_and_shows_one_in_the_smallest_terminal(
    dashboard: MakeApp,
) -> None:
    app = dashboard()
    for width, keys, shown in ((20, (), "all  2025›"), (20, ("right",) * 2, "‹ 2025  2024›"), (120, (), "2020")):
        async with app.run_test(size=(width, 24)) as pilot:
            await pilot.press("m", *keys)
            await app.workers.wait_for_complete()
            await pilot.pause()
            row = next(line for line in screen_text(app).splitlines() if "2025" in line)
            assert shown in row, width
            assert ("›" in row) == (width == 20), width
        app = dashboard()


async def test_the_signs_of_more_years_in_the_overview_are_buttons(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(24, 24)) as pilot:
        await pilot.press("m")
        await app.workers.wait_for_complete()
        await pilot.pause()
        seen = []
        for sign in "›››‹‹‹":
            lines = screen_text(app).splitlines()
            row = next(at for at, line in enumerate(lines) if "202" in line)
            seen.append(lines[row].strip(" ‹›").split())
            if sign in lines[row]:
                await pilot.click(offset=(lines[row].index(sign), row))
        assert {year for years in seen for year in years} == {"all", "2025", "2024", "2023", "2022", "2021", "2020"}
        assert seen[0] == ["all", "2025"]
        assert seen[3][-1] == "2020"


async def test_the_year_strip_filters_by_a_click_and_by_arrows(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        row = next(
            n for n, line in enumerate(screen_text(app).splitlines()) if line.startswith(" statements about 2020 ")
        )
        strip = screen_text(app).splitlines()[row]
        await pilot.click(offset=(strip.rstrip().rindex(" 2025") - 1, row))
        assert asked(app).years == (Years(2025, 2025),)
        await pilot.press("left")
        assert asked(app).years == (Years(2024, 2024),)
        await pilot.press("shift+right")
        assert asked(app).years == (Years(2024, 2025),)


async def test_a_drag_over_the_year_strip_takes_a_span_and_a_click_takes_it_back(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        row = next(
            n for n, line in enumerate(screen_text(app).splitlines()) if line.startswith(" statements about 2020 ")
        )
        strip = app.dashboard.query_one(YearStrip)
        places = {year: at for at in range(strip.size.width) if (year := strip.year_at(at, 0)) is not None}
        await pilot.mouse_down(offset=(places[2024], row))
        await pilot.hover(offset=(places[2021], row))
        await pilot.mouse_up(offset=(places[2021], row))
        assert asked(app).years == (Years(2021, 2024),)
        await pilot.click(offset=(places[2023], row))
        assert asked(app).years == (Years(2023, 2023),)
        await pilot.click(offset=(places[2023], row))
        assert asked(app).years == ()


async def test_help_says_what_each_lens_shows(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 60)) as pilot:
        for key, listed in (("2", "statements"), ("3", "figures"), ("4", "differences")):
            await pilot.press(key, "question_mark")
            assert f"You are in the list of {listed}" in screen_text(app)
            await pilot.press("escape")


async def test_keys_stand_out_in_help_without_colours(dashboard: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    for width in (120, 40):
        app = dashboard()
        async with app.run_test(size=(width, 60)) as pilot:
            await pilot.press("question_mark")
            page = app.screen.query_one(BriefView)
            at = next(at for at, row in enumerate(page.page.rows) if "next pane" in "".join(one.text for one in row))
            weights = {part.text.strip(): bool(part.style and part.style.bold) for part in page.render_line(at)}
            assert weights["Tab"], width
            assert not weights["next pane"], width


async def test_help_names_every_key_and_comes_from_the_pane(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 60)) as pilot:
        await pilot.press("question_mark")
        assert "You are in the list" in screen_text(app)
        await pilot.press("escape")
        assert app.screen is app.dashboard
        for panes, sentence, heading in ((1, "the bar at the left", "READING"), (1, "year strip", "ON THE YEAR STRIP")):
            await pilot.press(*["tab"] * panes, "question_mark")
            shown = [line.text for line in app.screen.query_one(BriefView).lines]
            assert sentence in shown[1]
            assert shown[2] == heading
            assert [line for line in shown if line.isupper()].count("MOVING") == 1
            await pilot.press("escape")


async def test_the_terminals_own_cursor_stands_where_keys_act(dashboard: MakeApp) -> None:
    app = dashboard(asked=Filter(text="visits"))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("j")
        lines = screen_text(app).splitlines()
        title = app.dashboard.brief.title if app.dashboard.brief else ""
        x, y = app.cursor_position
        assert title in lines[y][x : x + 60]
        await pilot.press("tab", "j")
        x, y = app.cursor_position
        assert "▌" in screen_text(app).splitlines()[y][x : x + 60]
        await pilot.press("slash")
        assert app.cursor_position.y == 2
        await pilot.press("enter", "m")
        await app.workers.wait_for_complete()
        await pilot.pause()
        x, y = app.cursor_position
        assert screen_text(app).splitlines()[y][x:].split()[0] == "2"


async def test_problems_opens_and_closes(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("p")
        assert "in this corpus" in screen_text(app)
        await pilot.press("q")
        assert app.screen is app.dashboard
        assert app.is_running


OTHER = """
theme: courts
label: Courts
title: Courts
briefs:
  - id: court-answers
    claims:
      - {by: minister, text: "Courts were reformed, and a great many judges were appointed.", cites: [paper 11]}
    responses:
      - {by: minister, answers: [prison-visits/q-visits], text: "Some visits were announced.", cites: [review 41]}
"""


async def test_a_response_of_another_brief_is_shown_cited_and_named_by_its_first_words(corpus: Path) -> None:
    (corpus / "themes" / "courts.yaml").write_text(OTHER.lstrip())
    app = HrdashApp(open_library(str(corpus)), asked=Filter(text="beforehand"))
    async with app.run_test(size=(160, 40)) as pilot:
        screen = screen_text(app)
        assert "Some visits were announced." in screen
        assert "in another brief: Courts were" in screen
        await pilot.press("tab", "j", "j", "c")
        assert app.clipboard.startswith("Some visits were announced. — Minister, paraphrased. REVIEW ¶41: ")
        app.dashboard.ask(Filter(themes=("courts",)))
        await pilot.pause()
        assert "C     Courts were reformed" in screen_text(app)


# Copy and open


async def test_c_copies_the_citation_and_says_so(dashboard: MakeApp) -> None:
    app = dashboard(asked=Filter(text="200 visits"))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("tab", "c")
        assert app.clipboard.startswith(
            "More than 200 visits to prisons were made in 2023. — Minister · 2023, paraphrased. PAPER ¶7: "
        )
        assert "A paper on reform" in app.clipboard
        assert "Opening, 7th paragraph; our count, https://example.org/paper" in app.clipboard
        assert "https://example.org/paper" in app.clipboard
        assert "\n" not in app.clipboard
        assert "sent the citation" in said(app)


async def test_u_copies_the_address_and_says_when_there_is_none(dashboard: MakeApp) -> None:
    app = dashboard(asked=Filter(text="200 visits"))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("tab", "u")
        assert app.clipboard == "https://example.org/paper"
        await pilot.press("j", "u")
        assert "no address" in said(app)


async def test_over_ssh_o_copies_and_opens_nothing(dashboard: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_TTY", "/dev/pts/9")
    app = dashboard(asked=Filter(text="200 visits"))
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda url: not opened.append(url))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("tab", "o")
        assert opened == []
        assert app.clipboard == "https://example.org/paper"
        assert "not opened over ssh" in said(app)


async def test_o_opens_the_address_and_shows_it_in_full(dashboard: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    app = dashboard(asked=Filter(text="200 visits"))
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda url: not opened.append(url))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("tab", "o")
        await app.workers.wait_for_complete()
        assert opened == ["https://example.org/paper"]
        assert said(app) == "opened https://example.org/paper"


async def test_what_is_left_open_can_be_cited_with_what_was_asked(dashboard: MakeApp, corpus: Path) -> None:
    file = corpus / "themes" / "prisons.yaml"
    item = "    left_open: [{of: [q-visits], text: How many is not said., cites: [review 12, review 40]}]\n"
    file.write_text(file.read_text().replace("  - id: prison-food\n", f"{item}  - id: prison-food\n"))
    app = dashboard(asked=Filter(text="beforehand"))
    app.library.refresh()
    async with app.run_test(size=(120, 40)) as pilot:
        app.dashboard.ask(Filter(answers=("left-open",)))
        await pilot.press("tab", "j", "j", "c")
        assert app.clipboard.startswith(
            "Left open, as of 2026-01: How many is not said. Of: Were the visits announced beforehand? — Expert, "
        )
        assert "REVIEW ¶12, ¶40" in app.clipboard


async def test_the_sources_own_words_are_quoted_and_never_called_paraphrased(dashboard: MakeApp) -> None:
    app = dashboard(asked=Filter(text="inspectors"))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("c")
        assert app.clipboard.startswith(
            "“Three newspapers were closed after visits by inspectors.” — Expert · 2025. REVIEW ¶20: United Experts"
        )


async def test_a_text_is_called_copied_when_a_tool_has_taken_it_and_else_sent(
    dashboard: MakeApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("TMUX", "socket,1,0")
    for script, words in (("cat > got", "copied the citation"), ("exit 1", "sent the citation")):
        (tmp_path / "tmux").write_text(f"#!/bin/sh\nPATH=/bin:/usr/bin\ncd {tmp_path}\n{script}\n")
        (tmp_path / "tmux").chmod(0o755)
        app = dashboard()
        async with app.run_test(size=(160, 40)) as pilot:
            await pilot.press("c")
            await app.workers.wait_for_complete()
            await pilot.pause()
            assert words in said(app), script
    assert "PAPER ¶9" in (tmp_path / "got").read_text()


async def test_M_copies_the_whole_brief_as_markdown(dashboard: MakeApp) -> None:  # noqa: N802  (the key is M)
    app = dashboard(asked=Filter(text="announced"))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("M")
        assert "Visits to prisons" in app.clipboard
        assert "A review by experts" in app.clipboard


# Kept open


async def test_an_edited_brief_is_read_again_and_the_place_is_kept(dashboard: MakeApp, corpus: Path) -> None:
    app = dashboard(asked=Filter(themes=("prisons",)))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("j")
        before = app.dashboard.brief_id
        file = corpus / "themes" / "prisons.yaml"
        file.write_text(file.read_text().replace("Food in prisons", "Food and water in prisons"))
        await looked(app, pilot)
        assert app.dashboard.brief_id == before == "prison-food"
        assert asked(app) == Filter(themes=("prisons",))
        assert "Food and water" in screen_text(app)
        assert "prison-food" in said(app)


async def test_a_file_broken_while_it_is_read_leaves_its_briefs_on_screen_and_says_so(
    dashboard: MakeApp, corpus: Path
) -> None:
    app = dashboard(asked=Filter(themes=("prisons",)))
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("j")
        before = shown_ids(app)
        file = corpus / "themes" / "prisons.yaml"
        whole = file.read_text()
        file.write_text(whole[: len(whole) // 2] + "\n  {{{")
        await looked(app, pilot)
        assert shown_ids(app) == before
        assert "Food is said to be scarce" in screen_text(app)
        assert "2 briefs shown as last read, from themes/prisons.yaml" in said(app)
        await pilot.press("k")
        assert " · 3 of 4 briefs · corpus as of 2026-01 · 2 briefs shown as last read" in screen_text(app)
        await pilot.press("p")
        assert "themes/prisons.yaml:" in screen_text(app)
        await pilot.press("escape")
        file.write_text(whole.replace("Food in prisons", "Food and water"))
        await looked(app, pilot)
        assert "themes/prisons.yaml can be read again" in said(app)
        assert "as last read" not in screen_text(app)
        assert "Food and water" in screen_text(app)


async def test_a_folder_that_is_gone_is_said_and_what_was_read_stays(dashboard: MakeApp, corpus: Path) -> None:
    app = dashboard()
    async with app.run_test(size=(140, 40)) as pilot:
        corpus.rename(corpus.parent / "elsewhere")
        await looked(app, pilot)
        assert "what was last read stays here" in said(app)
        assert shown_ids(app) == ORDER
        (corpus.parent / "elsewhere").rename(corpus)
        await looked(app, pilot)
        assert "can be read again" in said(app)


# Text is text


async def test_markup_in_a_brief_is_text_everywhere(dashboard: MakeApp) -> None:
    app = dashboard(asked=Filter(text="passed"))
    async with app.run_test(size=(120, 40)) as pilot:
        screen = " ".join(screen_text(app).split())
        assert "[red]The law[/red] on the press [/foo]" in screen
        assert "[@click=app.quit]A law[/] was passed; see [sic] and [/ref]." in screen.replace(" │ ", " ") or (
            "[@click=app.quit]A law[/]" in screen
        )
        await pilot.press("ctrl+p")
        await fill(pilot, "chooser", "law")
        assert "[red]The law[/red]" in screen_text(app)
        await pilot.press("escape", "escape", "c", "M")
        assert app.is_running


async def test_an_index_damaged_under_the_dashboard_does_not_end_it(
    dashboard: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hrdash.index.file import Unreadable
    from hrdash.tui import live as module

    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        damaged, look_up = app.library.index, module.look_up

        def asked_of(index: Index, *rest: object) -> object:
            if index is damaged:
                raise Unreadable("the index is damaged")
            return look_up(index, *rest)

        monkeypatch.setattr(module, "look_up", asked_of)
        await pilot.press("right_square_bracket")
        assert asked(app).themes == ("press",)
        assert "read into memory" in said(app)


async def test_the_key_that_is_named_as_the_way_out_leads_out(dashboard: MakeApp) -> None:
    for themes, left in ((("nowhere",), ()), (("prisons",), ("prisons",))):
        app = dashboard(asked=Filter(themes=themes, text="zzzz"))
        async with app.run_test(size=(120, 40)) as pilot:
            assert "clears the filter" in screen_text(app)
            await pilot.press("X")
            assert asked(app) == Filter(themes=left)
            await pilot.press("X")
            assert asked(app) == EVERYTHING
            await pilot.press("X")
            assert said(app) == "there is no filter to clear", themes


async def test_an_overview_that_an_index_cannot_answer_is_counted_in_memory(
    dashboard: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise Unreadable("the index is damaged")

    app = dashboard()
    async with app.run_test(size=(140, 40)) as pilot:
        monkeypatch.setattr(app.library.index, "integers", fail)
        await pilot.press("5")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert f"All themes {4:>10}" in screen_text(app)


async def test_a_filter_that_is_typed_by_names_is_the_one_by_ids_in_every_place(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("slash", *"theme:Prisons speaker:Minister")
        here, asked = app.dashboard, Filter(themes=("prisons",), speakers=("minister",))
        assert here.filter == asked
        assert [tab.theme for tab in here.query_one(Masthead).tabs() if tab.chosen] == ["prisons"]
        chosen = {value.field: (value.value, value.found) for value in facet_values(here.result) if value.chosen}
        assert chosen == {"themes": ("prisons", here.result.total), "speakers": ("minister", here.result.statements)}
        await pilot.press(*["backspace"] * len(" speaker:Minister"))
        assert here.filter == Filter(themes=("prisons",))
        here.poll()
        here.ask(here.filter)  # as after a change of the files
        await pilot.press(*["backspace"] * len("theme:Prisons"))
        assert here.filter == EVERYTHING
        await pilot.press(*"speaker:Minister", "enter", "5")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert f"All themes {here.result.total:>10}" in screen_text(app)
        await pilot.press("escape", "ctrl+p", *"speaker:Minister")
        assert (
            here.result.total == sum(choice.kind == "brief" for choice in app.screen.query_one(ChoiceList).choices) > 0
        )
