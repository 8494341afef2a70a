"""What went wrong in a day's use, each fault by its name: at every size, with the mouse, and over changing files."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widget import Widget

from hrdash.filter import EVERYTHING, UNDATED, Filter, Years
from hrdash.index.file import Unreadable
from hrdash.index.index import Index
from hrdash.tui.app import HrdashApp
from hrdash.tui.result import NOTHING
from hrdash.tui.screens.dialogs import ChoiceList, Chooser, Reader
from hrdash.tui.screens.overview import Grid, Overview
from hrdash.tui.widgets.brief_head import BriefHead
from hrdash.tui.widgets.brief_view import BriefView
from hrdash.tui.widgets.facet_list import FacetList
from hrdash.tui.widgets.filter_bar import Field
from hrdash.tui.widgets.foot import Foot
from hrdash.tui.widgets.masthead import Masthead
from tests.make import make_index, open_library
from tests.tui.conftest import screen_text
from tests.tui.terminal import Terminal

MakeApp = Callable[..., HrdashApp]
UNANSWERED = """      - by: expert
        text: Who may visit?
        cites: [review 14]
    responses:
"""
LEFT_OPEN = """        cites: [review 40]
    left_open: [{of: [q-visits], text: "How many were made is not said.", cites: [review 12, review 40]}]
"""


def lines(app: HrdashApp) -> list[str]:
    return screen_text(app).splitlines()


def asked(app: HrdashApp) -> Filter:
    return app.dashboard.result.filter


def row_with(app: HrdashApp, text: str) -> int:
    return next(number for number, line in enumerate(lines(app)) if text in line)


async def fill(pilot: Pilot[int], name: str, text: str) -> None:
    pilot.app.screen.query_one(f"#{name}", Field).value = text
    await pilot.pause()


def test_the_dashboard_is_drawn_where_stderr_is_a_file(corpus: Path) -> None:
    program = (
        "import os, sys; os.dup2(os.open(os.devnull, os.O_WRONLY), 2); from hrdash.library import open_library; "
        "from hrdash.tui.start import run; sys.exit(run(open_library(sys.argv[1])))"
    )
    with Terminal("-c", program, str(corpus)) as terminal:
        terminal.wait_for("Visits to prisons")
        terminal.send(b"q")
        assert terminal.end() == 0
        assert terminal.restored


@pytest.mark.parametrize("width", [14, 20, 30, 40, 60, 80])
async def test_a_count_on_a_tab_is_never_cut_into_another_number(dashboard: MakeApp, width: int) -> None:
    app = dashboard()
    async with app.run_test(size=(width, 24)):
        tabs = lines(app)[1]
        assert " All 4 " in tabs
        assert "Press" not in tabs or "Press 2 " in tabs


@pytest.mark.parametrize("width", [22, 30, 33, 40])
async def test_how_many_themes_do_not_fit_is_said_beside_the_tabs(dashboard: MakeApp, width: int) -> None:
    app = dashboard()
    async with app.run_test(size=(width, 24)):
        tabs = lines(app)[1]
        hidden = sum(name not in tabs for name in ("Prisons", "Press"))
        assert ("›" in tabs) == (hidden > 0)
        assert width <= 28 or (f" +{hidden} " in tabs) == (hidden > 0)


async def test_a_brief_of_another_theme_is_said_to_be_also_in_the_one_that_is_asked_for(dashboard: MakeApp) -> None:
    app = dashboard(asked=Filter(themes=("prisons",)))
    async with app.run_test(size=(120, 40)):
        assert lines(app)[row_with(app, "Newspapers closed") - 1].startswith(" Press · also in Prisons ")


async def test_the_last_year_stands_once_on_the_strip(corpus: Path) -> None:
    file = corpus / "themes" / "press.yaml"
    file.write_text(file.read_text().replace("period: 2021", "period: 2031"))
    app = HrdashApp(open_library(str(corpus)))
    async with app.run_test(size=(120, 40)):
        assert lines(app)[row_with(app, " 2020 ")].count("2031") == 1


async def test_what_stands_beside_the_years_costs_none_of_them_and_touches_none(dashboard: MakeApp) -> None:
    for width in (30, 40, 60, 120):
        app = dashboard(asked=Filter(years=(Years(2024, 2024),)))
        async with app.run_test(size=(width, 24)) as pilot:
            strip = lines(app)[row_with(app, " 2020 ")].rstrip()
            assert strip.endswith((" 2025", "undated 2", "  2024: 1"))
            await pilot.press("tab", "tab")
            assert lines(app)[row_with(app, " 2020 ")].startswith(strip[: strip.index("2025") + 4])


async def test_the_status_is_whole_or_cut_with_a_sign(dashboard: MakeApp) -> None:
    for width in (9, 13, 20, 25, 31, 44):
        app = dashboard()
        async with app.run_test(size=(width, 20)) as pilot:
            await pilot.press("space")
            assert lines(app)[-1].rstrip().endswith(("2026-01", " briefs", "…")), (width, lines(app)[-1])


@pytest.mark.parametrize("width", [30, 40, 60, 80, 100, 120, 200])
async def test_no_placeholder_is_clipped_or_runs_into_the_year(dashboard: MakeApp, width: int) -> None:
    app = dashboard()
    async with app.run_test(size=(width, 24)):
        field = app.dashboard.query_one("#words", Field)
        assert field.placeholder + " " in screen_text(app)
        assert len(str(field.placeholder)) < field.size.width
        assert " year " in screen_text(app)


async def test_one_brief_and_one_source_are_not_plural(corpus: Path) -> None:
    (corpus / "themes" / "press.yaml").unlink()
    file = corpus / "themes" / "prisons.yaml"
    file.write_text(file.read_text().partition("  - id: prison-food")[0].replace("    related: [press-closed]\n", ""))
    app = HrdashApp(open_library(str(corpus)))
    async with app.run_test(size=(160, 40)):
        assert "  3 statements · 1 brief · 2 sources" in screen_text(app)


async def test_a_long_title_is_cut_with_a_sign_and_leaves_the_facts(corpus: Path) -> None:
    file = corpus / "corpus.yaml"
    file.write_text(file.read_text().replace("Ruritania", "Ruritania and all of its islands " * 5))
    app = HrdashApp(open_library(str(corpus)))
    async with app.run_test(size=(160, 24)):
        assert "… " in lines(app)[0]
        assert lines(app)[0].endswith("4 briefs · 2 sources ")


async def test_a_short_title_stands_in_the_first_line_too(corpus: Path) -> None:
    file = corpus / "corpus.yaml"
    file.write_text(file.read_text().replace("Ruritania", "Peru"))
    app = HrdashApp(open_library(str(corpus)))
    async with app.run_test(size=(120, 24)):
        assert lines(app)[0].startswith(" hrdash · Peru   1 Briefs ")


async def test_where_the_status_line_is_short_the_filter_is_kept_and_the_title_goes(dashboard: MakeApp) -> None:
    app = dashboard(asked=Filter(text="visits", years=(Years(2023, 2025),)))
    async with app.run_test(size=(42, 24)):
        assert "“visits” · 2023–2025 · " in lines(app)[-1]


async def test_what_is_said_goes_on_in_a_second_line_where_it_is_narrow(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(40, 20)) as pilot:
        await pilot.press("n")
        assert " ".join(" ".join(lines(app)[-2:]).split()) == app.dashboard.query_one(Foot).said
        await pilot.press("j")
        assert "4 of 4" in lines(app)[-1]


async def test_the_facets_show_the_row_under_the_cursor_in_the_smallest_terminal(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(20, 5)) as pilot:
        await pilot.press("f")
        assert "[ ] Press" in screen_text(app)
        await pilot.press(*"jjj")
        assert "[ ] ! concern" in screen_text(app)


async def test_what_is_typed_stands_in_place_of_the_tabs_where_there_is_no_room_for_both(dashboard: MakeApp) -> None:
    for size, shown in (((20, 5), " / "), ((40, 7), " / visits")):
        app = dashboard()
        async with app.run_test(size=size) as pilot:
            before = lines(app)
            await pilot.press("/", *"visits")
            assert lines(app)[0].startswith(shown), size
            assert app.dashboard.focused in app.dashboard.focus_chain, size
            await pilot.press("escape", "escape")
            assert lines(app) == before, size


async def test_the_pane_that_takes_the_keys_is_the_one_that_is_seen_where_there_is_room_for_one(
    dashboard: MakeApp,
) -> None:
    app = dashboard()
    async with app.run_test(size=(40, 7)) as pilot:
        for keys, seen in (
            (("f",), "facets"), (("/", "v", "enter"), "briefs"), (("2",), "lens"), (("f",), "facets"), (("1",), "briefs"),
            (("f", "f"), "briefs"), (("f", "tab"), "facets"),
        ):  # fmt: skip
            await pilot.press(*keys)
            await pilot.pause()
            assert app.dashboard.focused is app.dashboard.query_one(f"#{seen}"), keys
            assert app.dashboard.focused in app.dashboard.focus_chain, keys


async def test_where_it_is_narrow_the_facets_have_room_and_the_list_shows_what_they_do(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f")
        assert len([line for line in lines(app) if line.startswith((" [", " THEME", " HAS"))]) >= 9
        await pilot.press("space")
        assert "The law" in screen_text(app)
        assert "Food" not in screen_text(app)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 20)])
async def test_a_dialog_is_closed_by_the_mouse(dashboard: MakeApp, size: tuple[int, int]) -> None:
    app = dashboard()
    async with app.run_test(size=size) as pilot:
        for key in ("question_mark", "p", "t", "m"):
            await pilot.press(key)
            await app.workers.wait_for_complete()
            await pilot.pause()
            assert app.screen is not app.dashboard
            row = row_with(app, "Esc back")
            await pilot.click(offset=(lines(app)[row].index("Esc back"), row))
            assert app.screen is app.dashboard, key


async def test_a_dialog_is_as_tall_as_what_it_holds(dashboard: MakeApp) -> None:
    held = {"F": 3 + 2, "t": 3 + 2, "m": 3 + 3, "w": 2}
    """By the key that opens it: what there is to choose, and the lines around it."""
    for size in ((160, 45), (120, 40), (80, 24)):
        app = dashboard()
        async with app.run_test(size=size) as pilot:
            for key, rows in held.items():
                await pilot.press(key)
                await app.workers.wait_for_complete()
                await pilot.pause()
                box = app.screen.query_one(".dialog")
                assert box.content_size.height == rows, (size, key)
                await pilot.press("escape")
            await pilot.press("p")
            page = app.screen.query_one(BriefView).page
            assert app.screen.query_one(".dialog").content_size.height == len(page.rows) + 1, size


async def test_in_any_dialog_each_line_has_its_place_at_any_size(dashboard: MakeApp) -> None:
    for size in ((160, 45), (120, 18), (100, 8), (80, 24), (60, 18), (40, 20), (20, 5)):
        app = dashboard()
        async with app.run_test(size=size) as pilot:
            for key in ("question_mark", "p", "ctrl+p", "F", "t", "m", "w"):
                await pilot.press(key)
                await app.workers.wait_for_complete()
                await pilot.pause()
                box = app.screen.query_one(".dialog")
                rows = [row for child in box.children for row in range(child.region.y, child.region.bottom)]
                assert len({*rows}) == len(rows), (size, key)
                assert {*rows} <= {*range(box.content_region.y, box.content_region.bottom)}, (size, key)
                await pilot.press("escape")


async def test_a_field_keeps_its_place_while_choices_become_fewer(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("ctrl+p")
        before = app.screen.query_one(".dialog").region
        for typed in "prisons":
            await pilot.press(typed)
        assert len(app.screen.query_one(ChoiceList).choices) < 10
        assert app.screen.query_one(".dialog").region == before
        await pilot.press(*"zzz")
        assert "nothing here has these words" in screen_text(app)


async def test_a_dialog_has_the_whole_of_a_narrow_screen(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(40, 20)) as pilot:
        await pilot.press("question_mark")
        assert isinstance(app.screen, Reader)
        assert "Ruritania" not in screen_text(app)
        assert "j, down  next row" in screen_text(app)


async def test_what_a_key_does_hangs_under_its_own_column(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.press("question_mark")
        row = row_with(app, "filter by words, or by a query")
        at = lines(app)[row].index("filter by words")
        assert lines(app)[row + 1][:at].strip(" │") == ""
        assert lines(app)[row + 1][at] not in " │"


async def test_the_mouse_opens_the_list_of_themes_and_gives_the_brief_the_screen_and_back(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(29, 20)) as pilot:
        await pilot.click(offset=(lines(app)[1].index("+"), 1))
        assert isinstance(app.screen, Chooser)
        await pilot.press("escape")
        row = row_with(app, "Newspapers")
        await pilot.click(offset=(8, row))
        assert app.dashboard.zoomed
        await pilot.click(offset=(2, row_with(app, "Esc back")))
        assert not app.dashboard.zoomed


async def test_the_statement_that_c_takes_is_seen_from_the_list_too(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        assert "▏" in lines(app)[row_with(app, "Every newspaper")]
        await pilot.press("tab")
        assert "▌" in lines(app)[row_with(app, "Every newspaper")]


async def test_an_unanswered_question_is_on_the_clipboard_after_the_filter_enter_and_c(corpus: Path) -> None:
    file = corpus / "themes" / "prisons.yaml"
    file.write_text(file.read_text().replace("        cites: [review 40]\n", LEFT_OPEN))
    app = HrdashApp(open_library(str(corpus)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash")
        await fill(pilot, "words", "theme:prisons")
        await fill(pilot, "words", "theme:prisons has:left-open")
        await pilot.press("enter", "c")
        assert app.clipboard.startswith("Left open, as of 2026-01: How many were made is not said.")
        assert "REVIEW ¶12, ¶40" in app.clipboard
        assert "▏" in lines(app)[row_with(app, "How many were made is not")]


async def test_the_cursor_stands_on_the_question_without_a_response(corpus: Path) -> None:
    file = corpus / "themes" / "prisons.yaml"
    file.write_text(file.read_text().replace("    responses:\n", UNANSWERED, 1))
    app = HrdashApp(open_library(str(corpus)), asked=Filter(answers=("none",), kinds=("question",)))
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("c")
        assert app.clipboard.startswith("Who may visit? — Expert, paraphrased. REVIEW ¶14")


async def test_the_facets_say_what_left_open_means(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("f")
        assert "left-open (in part)" in screen_text(app)


async def test_half_a_word_does_not_decide_which_brief_is_selected(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        first = app.dashboard.brief_id
        await pilot.press("slash")
        await fill(pilot, "words", "food")
        assert app.dashboard.brief_id == "prison-food"
        await fill(pilot, "words", "")
        assert app.dashboard.brief_id == first
        await pilot.press("down", "enter")
        assert app.dashboard.brief_id != first


async def test_an_address_that_was_copied_is_said_and_nothing_else(dashboard: MakeApp) -> None:
    app = dashboard(asked=Filter(text="200 visits"))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("u")
        assert app.dashboard.query_one(Foot).said == "sent https://example.org/paper to the terminal's clipboard"


async def test_a_removed_file_that_others_refer_to_is_said_and_the_problems_are_counted(
    dashboard: MakeApp, corpus: Path
) -> None:
    app = dashboard()
    async with app.run_test(size=(140, 40)) as pilot:
        press = (corpus / "themes" / "press.yaml").read_text()
        (corpus / "themes" / "press.yaml").unlink()
        app.dashboard.poll()
        await app.workers.wait_for_complete()
        await pilot.pause()
        said = app.dashboard.query_one(Foot).said
        assert "1 brief shown as last read, from themes/prisons.yaml; no longer shown: 2 briefs; 1 problem (p)" in said
        assert "1 problem (p)" in lines(app)[0]
        (corpus / "themes" / "press.yaml").write_text(press)
        app.dashboard.poll()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "can be read again; 0 problems" in app.dashboard.query_one(Foot).said
        assert asked(app) == EVERYTHING


def test_what_stands_on_the_screen_is_not_written_again(corpus: Path) -> None:
    with Terminal("-m", "hrdash", "--briefs", str(corpus), "--fresh", size=(120, 40)) as terminal:
        terminal.wait_for("Visits to prisons")
        terminal.quiet()
        pane = 5_000  # which is drawn on another surface when the focus comes or goes
        for keys, most in ((b"/", pane), (b"\t", 1_500), (b"\x1b", pane), (b"\t", 12_000)):
            before = len(terminal.written)
            terminal.send(keys)
            terminal.quiet(0.4)
            assert 0 < len(terminal.written) - before < most, keys


async def test_ctrl_z_reaches_the_application(dashboard: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped: list[bool] = []
    monkeypatch.setattr(HrdashApp, "action_suspend_process", lambda self: stopped.append(True))
    app = dashboard()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+z")
        assert stopped == [True]


def test_ctrl_l_writes_the_whole_screen_again(corpus: Path) -> None:
    with Terminal("-m", "hrdash", "--briefs", str(corpus), "--fresh") as terminal:
        terminal.wait_for("Visits to prisons")
        terminal.quiet()
        terminal.send(b"\x0c")
        written = terminal.wait_for("Newspapers closed") + terminal.read(0.3)
        assert b"Ruritania" in written


async def test_the_lines_of_a_dialog_take_the_keys(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.press("question_mark", "G")
        assert app.screen.query_one(BriefView).scroll_offset.y > 0


async def test_the_problems_are_those_of_the_files_as_they_are_while_they_are_read(
    dashboard: MakeApp, corpus: Path
) -> None:
    app, press = dashboard(), corpus / "themes" / "press.yaml"
    whole = press.read_text()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("p")
        for text, count in ((whole.replace("by: minister", "by: ministre"), "1 problem"), (whole, "No problem")):
            assert count not in screen_text(app)
            press.write_text(text)
            app.dashboard.poll()
            await app.workers.wait_for_complete()
            await pilot.pause()
            assert f"{count} in this corpus" in screen_text(app)
        await pilot.press("escape")
        assert app.screen is app.dashboard


async def test_what_is_gone_when_it_is_chosen_is_said_to_be(dashboard: MakeApp, corpus: Path) -> None:
    app, press = dashboard(), corpus / "themes" / "press.yaml"
    whole = press.read_text()

    async def looked(pilot: Pilot[int]) -> None:
        app.dashboard.poll()
        await app.workers.wait_for_complete()
        await pilot.pause()

    async with app.run_test(size=(100, 30)) as pilot:
        for keys, said in (
            (("t", *"press"), "theme:press names nothing here"),
            (("ctrl+p", *"press:"), "theme:press names nothing here"),
            (("ctrl+p", *"newspapers"), "the brief press-closed could not be read"),
        ):
            await pilot.press(*keys)
            press.unlink()
            await looked(pilot)
            await pilot.press("enter")
            assert said in screen_text(app), keys
            await pilot.press("escape")
            assert app.dashboard.filter == EVERYTHING
            press.write_text(whole)
            await looked(pilot)


async def test_after_a_drag_of_the_mouse_every_pane_takes_keys_as_before(dashboard: MakeApp) -> None:
    for size, keys in (((120, 40), ()), ((150, 9), ("enter",)), ((40, 20), ("2",))):
        app = dashboard()
        async with app.run_test(size=size) as pilot:
            await pilot.press(*keys)
            before = app.dashboard.focus_chain
            await pilot.mouse_down(offset=(size[0] - 10, 4))
            await pilot.hover(offset=(12, 0))
            await pilot.mouse_up(offset=(12, 0))
            assert app.dashboard.focus_chain == before, size
            await pilot.press("escape", "tab")
            assert app.dashboard.focused in before, size


async def test_no_date_of_a_corpus_is_shown_with_signs_of_edtf(dashboard: MakeApp, corpus: Path) -> None:
    about = corpus / "corpus.yaml"
    about.write_text(about.read_text().replace("as_of: 2026-01", "as_of: 2026~"))
    for width in (150, 80, 40):
        app = dashboard()
        async with app.run_test(size=(width, 30)) as pilot:
            app.dashboard.poll()
            await app.workers.wait_for_complete()
            await pilot.pause()
            assert "2026~" not in screen_text(app)
            assert "2026 (inferred)" in screen_text(app)


async def test_theme_by_year_begins_with_the_year_up_to_which_the_corpus_looks(
    dashboard: MakeApp, corpus: Path
) -> None:
    about = corpus / "corpus.yaml"
    for date in ("2026-01", "2019/2025", "2025~"):
        about.write_text(about.read_text().replace("as_of: 2026-01", f"as_of: {date}"))
        app = dashboard()
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.press("5")
            await app.workers.wait_for_complete()
            await pilot.pause()
            assert app.screen.query_one(Grid).years[0] == 2025, date
        about.write_text(about.read_text().replace(f"as_of: {date}", "as_of: 2026-01"))


async def test_faults_of_the_settings_that_are_too_long_to_say_stand_under_the_problems(dashboard: MakeApp) -> None:
    faults = "; ".join(f"keys: there is no 'app.nope{number}'; the names stand in the help (?)" for number in range(3))
    app = dashboard(said=faults)
    async with app.run_test(size=(80, 24)) as pilot:
        assert "in full under p" in screen_text(app)
        await pilot.press("p")
        assert "YOUR SETTINGS" in screen_text(app)
        assert "app.nope2" in screen_text(app)


async def test_a_chip_is_whole_or_not_there(dashboard: MakeApp) -> None:
    app = dashboard(asked=Filter(has=("claim", "concern", "response")))
    for width in (80, 100, 120, 160):
        async with app.run_test(size=(width, 24)):
            bar = lines(app)[2]
            assert bar.count("has ") == bar.count("×"), bar
            assert bar.count("×") == 3 or "…" in bar, bar
        app = dashboard(asked=Filter(has=("claim", "concern", "response")))


def test_years_that_are_only_planned_stand_behind_the_others_in_the_overview() -> None:
    grid = Grid((), 2026)
    grid.show({"": {0: 5, 2019: 1, 2030: 1, 2025: 2, 2027: 0, 2026: 1}})
    assert grid.years == [2026, 2025, 2019, 2030]


async def test_an_index_that_fails_at_any_question_does_not_end_the_dashboard(
    dashboard: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    for keys in (("G",), ("right_square_bracket", "j"), ("r",), ("ctrl+p", "l", "a", "w"), ("M",)):
        app = dashboard(asked=Filter(text="visits"))
        damaged, answer = app.library.index, Index.integers

        def fail(index: Index, *question: Any, damaged: Index = damaged, answer: Any = answer) -> Any:
            if index is damaged:
                raise Unreadable("the index is damaged")
            return answer(index, *question)

        async with app.run_test(size=(120, 40)) as pilot:
            with monkeypatch.context() as patch:
                patch.setattr(Index, "integers", fail)
                await pilot.press(*keys)
                await pilot.pause()
                assert app.is_running
                assert app.library.index is not damaged, keys


async def test_what_another_instance_has_read_is_shown_here_too(corpus: Path) -> None:
    make_index(str(corpus))
    app = HrdashApp(open_library(str(corpus)))
    async with app.run_test(size=(120, 40)) as pilot:
        file = corpus / "themes" / "prisons.yaml"
        file.write_text(file.read_text().replace("Food in prisons", "Bread in prisons"))
        open_library(str(corpus)).index.close()
        app.dashboard.poll()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "Bread in prisons" in screen_text(app)
        assert "the corpus was read again" in screen_text(app)


async def test_the_heading_is_that_of_the_page_though_the_list_is_of_before_another_instance_read_the_files(
    corpus: Path,
) -> None:
    make_index(str(corpus))
    file = corpus / "themes" / "prisons.yaml"
    before = file.read_text()
    without = before.partition("  - id: prison-food")[0]
    for now, heading in (
        (before.replace("Food in prisons", "Bread in prisons"), "Bread in prisons"),
        (without, NOTHING),
    ):
        app = HrdashApp(open_library(str(corpus)), asked=Filter(themes=("prisons",)))
        async with app.run_test(size=(120, 40)) as pilot:
            file.write_text(now)
            assert not open_library(str(corpus)).problems
            await pilot.press("j")
            head = app.dashboard.query_one(BriefHead)
            assert (app.dashboard.brief_id, head.heading) == ("prison-food", heading)
            assert head.place == ((0, 0) if heading == NOTHING else (2, 3))
        file.write_text(before)


async def test_what_another_instance_took_away_under_the_cursor_is_said_to_have_changed_and_ends_nothing(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_index(str(corpus))
    path = corpus / "themes" / "prisons.yaml"
    before = path.read_text()
    note = "    differences:\n      - {kind: fact, between: [q-visits, c], text: They differ., cites: [review 12]}\n"
    noted = before.replace(
        "      - by: minister\n        text: More", "      - by: minister\n        id: c\n        text: More"
    )
    noted = noted.replace("  - id: prison-food", f"{note}  - id: prison-food")
    looks: list[bool] = []
    for lens, part in (("1", "differences"), ("1", "questions"), ("4", "differences")):
        path.write_text(noted)
        app = HrdashApp(open_library(str(corpus)), asked=Filter(themes=("prisons",)))
        async with app.run_test(size=(120, 50)) as pilot:
            view = app.dashboard.query_one(BriefView)
            monkeypatch.setattr(app.dashboard, "poll", lambda: looks.append(True))
            assert app.dashboard.brief_id == "prison-visits"
            await pilot.press(lens, "tab")
            view.cursor = next((at for at, one in enumerate(view.page.anchors) if one.part == part), -1)
            path.write_text(before.replace("    questions:\n      - id: q-visits", "    questions:\n      - id: q-other")
                            .replace("[q-visits]", "[q-other]"))  # fmt: skip
            assert not open_library(str(corpus)).problems
            for key in ("c", "u", "o"):
                looks.clear()
                await pilot.press(key)
                said = app.dashboard.query_one(Foot).said
                assert "was changed a moment ago" in said, (lens, part, key)
                assert looks, (lens, part, key)
            await pilot.press("space")
            assert not app.dashboard.basket, (lens, part)


async def test_a_note_that_another_instance_took_away_is_not_taken_for_the_one_in_its_place(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_index(str(corpus))
    path = corpus / "themes" / "prisons.yaml"
    before, _, after = (
        path.read_text().replace("text: More", "id: c\n        text: More").partition("  - id: prison-food")
    )
    first, second = (
        f"      - {{kind: fact, between: [q-visits, c], text: {text}, cites: [review 12]}}\n"
        for text in ("One.", "Two.")
    )
    for lens in ("1", "4"):
        path.write_text(f"{before}    differences:\n{first}{second}  - id: prison-food{after}")
        app = HrdashApp(open_library(str(corpus)), asked=Filter(themes=("prisons",)))
        async with app.run_test(size=(120, 50)) as pilot:
            view = app.dashboard.query_one(BriefView)
            monkeypatch.setattr(app.dashboard, "poll", lambda: None)
            await pilot.press(lens, "tab")
            path.write_text(f"{before}    differences:\n{second}  - id: prison-food{after}")
            assert not open_library(str(corpus)).problems
            for at, said in ((0, "was changed a moment ago"), (1, "copied the citation")):
                anchors = [number for number, one in enumerate(view.page.anchors) if one.part == "differences"]
                if lens == "1":
                    view.cursor = anchors[at]
                else:
                    app.dashboard.main.cursor = at
                await pilot.press("c")
                await app.workers.wait_for_complete()
                assert said in app.dashboard.query_one(Foot).said.replace("sent", "copied"), (lens, at)
            assert "Two." in app.clipboard


async def test_enter_that_the_system_turned_into_a_line_feed_is_enter(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("slash", "f", "o", "ctrl+j")
        assert not isinstance(app.focused, Field)


async def test_a_theme_that_is_chosen_while_typing_stays(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("slash", "v", "i")
        app.dashboard.ask(app.dashboard.result._replace(filter=Filter(("press",), text="vi")).filter)  # type: ignore[union-attr]
        await pilot.press("s")
        assert app.dashboard.result.filter == Filter(("press",), text="vis")


async def test_what_was_wrong_in_a_field_is_not_said_again_later(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("y", "9", "x")
        assert "is not a year" in screen_text(app)
        await pilot.press("tab", "right_square_bracket")
        assert "is not a year" not in screen_text(app)


async def test_without_a_browser_the_address_is_copied(dashboard: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webbrowser, "open", lambda address: False)
    app = dashboard()
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.press("tab", "o")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "no browser here, sent: https://example.org/paper" in screen_text(app)
        assert app.clipboard == "https://example.org/paper"


async def test_keys_act_in_a_dialog_wherever_one_has_clicked(
    dashboard: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: list[str] = []
    monkeypatch.setattr(HrdashApp, "action_suspend_process", lambda self: stopped.append("ctrl+z"))
    for opening in ("t", "ctrl+p", "question_mark", "p", "m"):
        app = dashboard()
        async with app.run_test(size=(100, 30)) as pilot:
            await pilot.press(opening)
            await app.workers.wait_for_complete()
            await pilot.pause()
            dialog = app.screen
            assert dialog is not app.dashboard
            for offset in ((50, 20), (2, 2), (98, 28), (50, 15)):
                await pilot.click(offset=offset)
                await pilot.pause()
                if app.screen is not dialog:  # a choice was clicked
                    await pilot.press(opening)
                    await app.workers.wait_for_complete()
                    await pilot.pause()
                    dialog = app.screen
                assert dialog.focused is not None, (opening, offset)
            await pilot.press("ctrl+z")
            assert stopped.pop() == "ctrl+z", opening
            if fields := dialog.query(Field):
                await pilot.press("v", "i")
                assert fields.first().value == "vi"
                await pilot.press("escape")
            await pilot.press("escape")
            assert app.screen is app.dashboard, opening
            await pilot.press(opening)
            await app.workers.wait_for_complete()
            await pilot.pause()
            await pilot.press("ctrl+c")
        assert app.return_code == 130, opening


async def test_what_is_typed_into_a_full_field_is_refused_in_words(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("slash")
        app.post_message(events.Paste("word " * 199 + "words"))
        await pilot.pause()
        assert len(app.dashboard.query_one("#words", Field).value) == 1_000
        assert "not taken" not in screen_text(app)
        await pilot.press("x", "y")
        assert "not taken: a field holds no more than 1,000 characters" in screen_text(app)
        await pilot.press("backspace")
        assert "not taken" not in screen_text(app)


async def test_the_screen_is_drawn_whole_once_a_new_size_has_settled(
    dashboard: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[None] = []
    monkeypatch.setattr("hrdash.tui.base_app.SECONDS_TO_SETTLE", 0.001)
    monkeypatch.setattr(HrdashApp, "_draw_whole", lambda self: drawn.append(None))
    app = dashboard()
    async with app.run_test(size=(100, 30)) as pilot:
        drawn.clear()
        await pilot.resize_terminal(60, 20)
        for _ in range(20):
            await pilot.pause()
        assert drawn


async def test_all_garbage_is_looked_for_when_no_key_waits_for_it(
    dashboard: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[None] = []
    monkeypatch.setattr("hrdash.tui.base_app.SECONDS_AT_REST", 0.001)
    monkeypatch.setattr("gc.collect", lambda: looked.append(None))
    app = dashboard()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("j")
        for _ in range(20):
            await pilot.pause()
        assert looked


async def test_chips_and_signs_stand_beside_the_fields_after_a_resize(dashboard: MakeApp) -> None:
    asked = Filter(has=("claim",))
    app = dashboard(asked=asked)
    async with app.run_test(size=(120, 40)) as pilot:
        for width in (80, 60, 120, 100):
            await pilot.resize_terminal(width, 24)
            await pilot.pause()
            await pilot.pause()
            fresh = dashboard(asked=asked)
            async with fresh.run_test(size=(width, 24)):
                assert lines(app)[2] == lines(fresh)[2]


async def test_of_a_year_that_is_not_whole_the_most_frequent_is_shown_and_months_are_taken(corpus: Path) -> None:
    file = corpus / "themes" / "prisons.yaml"
    file.write_text(file.read_text().replace("        period: 2024\n", "        period: 2024-03\n"))
    for typed, expected in (
        ("m", "2024-03"),
        ("Mar 2024", "2024-03"),
        ("Mar. 2024", "2024-03"),
        ("2024-", "2024-03"),
        ("9", ""),
        ("unda", "undated"),
    ):
        app = HrdashApp(open_library(str(corpus)))
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.press(
                "y",
                *(key.replace(" ", "space").replace("-", "minus").replace(".", "full_stop") for key in typed),
                "enter",
            )
            shown = app.dashboard.query_one("#years", Field).value
            assert shown == expected, typed
            assert ("is not a year" in screen_text(app)) == (not expected), typed


async def test_a_month_of_the_chosen_year_is_a_filter_on_the_strip(corpus: Path) -> None:
    file = corpus / "themes" / "prisons.yaml"
    file.write_text(file.read_text().replace("        period: 2024\n", "        period: 2024-03\n"))
    app = HrdashApp(open_library(str(corpus)), asked=Filter(years=(Years(2024, 2024),)))
    async with app.run_test(size=(120, 40)) as pilot:
        row = row_with(app, " Mar: 1 ")
        for expected in (("2024-03",), ()):
            await pilot.click(offset=(lines(app)[row].index("Mar"), row))
            assert asked(app).months == expected


async def test_a_month_is_typed_before_or_behind_its_year_and_stands_for_both(corpus: Path) -> None:
    file = corpus / "themes" / "prisons.yaml"
    file.write_text(file.read_text().replace("        period: 2024\n", "        period: 2024-03\n"))
    app = HrdashApp(open_library(str(corpus)))
    year = (Years(2024, 2024),)
    async with app.run_test(size=(120, 40)) as pilot:
        for typed, years, months in (
            ("Mar 2024", (), ("2024-03",)), ("2024 Mar", (), ("2024-03",)), ("2024 m", (), ("2024-03",)),
            ("2024 undated", (*year, UNDATED), ()), ("2024, March 2024", year, ("2024-03",)),
            ("2024 Mar 2024", year, ("2024-03",)),
        ):  # fmt: skip
            await pilot.press("y")
            await fill(pilot, "years", typed)
            assert (asked(app).years, asked(app).months) == (years, months), typed
            await pilot.press("enter")
        assert app.dashboard.query_one("#years", Field).value == "2024-03"


async def test_the_rest_of_a_filter_and_of_its_value_is_offered(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("slash", *"the")
        assert "theme:" in screen_text(app)
        await pilot.press("right", *"pr", "right", "space", *"kin", "right", "q", "right", "enter")
        assert asked(app) == Filter(themes=("prisons",), kinds=("question",))


async def test_a_click_takes_away_what_is_said_and_does_not_what_stands_behind_it(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        row = row_with(app, " q quit ")
        quit_at = (lines(app)[row].index("q quit"), row)
        app.dashboard.say("something")
        await pilot.pause()
        await pilot.click(offset=quit_at)
        assert app.is_running
        assert "q quit" in screen_text(app)
        await pilot.click(offset=quit_at)
        assert app.return_code == 0


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 20)])
async def test_a_title_stands_once_wherever_one_has_scrolled(corpus: Path, size: tuple[int, int]) -> None:
    file = corpus / "themes" / "prisons.yaml"
    title = "Visits to prisons by bodies that nobody had announced to anybody there before"
    file.write_text(file.read_text().replace("Visits to prisons", title))
    app = HrdashApp(open_library(str(corpus)), asked=Filter(text="beforehand"))
    async with app.run_test(size=size) as pilot:
        await pilot.press("enter")
        for keys in ("g", "G"):
            await pilot.press(keys)
            assert screen_text(app).count("Visits to prisons") == 1, keys


async def test_each_tab_in_the_head_does_what_its_key_does(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(160, 30)) as pilot:
        for label, lens in (("2 Statements", "statements"), ("3 Figures", "figures"), ("4 Differences", "differences")):
            await pilot.click(offset=(screen_text(app).index(label), 0))
            assert app.dashboard.lens == lens
        await pilot.click(offset=(screen_text(app).index("5 Theme × year"), 0))
        assert isinstance(app.screen, Overview)


async def test_a_drag_over_a_list_is_no_click_and_it_is_said_that_nothing_is_selected(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        briefs = app.dashboard.briefs
        here = (app.dashboard.brief_id, briefs.cursor, False)

        async def drag(right: int, down: int) -> tuple[str, int, bool]:
            left, top = briefs.content_region.offset
            for kind, x, y in ((events.MouseDown, 4, 1), (events.Click, 4 + right, 1 + down)):
                mouse = kind(briefs, x, y, 0, 0, 1, False, False, False, left + x, top + y)
                briefs.post_message(mouse)
                await pilot.pause()
            return app.dashboard.brief_id, briefs.cursor, app.dashboard.zoomed

        for right, down in ((9, 0), (0, 2), (5, 1)):
            assert await drag(right, down) == here, (right, down)
            assert "no text to select" in screen_text(app), (right, down)
        assert await drag(1, 0) == (*here[:2], True)  # a hand that is not quite steady


async def test_what_a_click_does_something_to_is_underlined_under_the_mouse(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        status = lines(app)[-1].strip()
        for widget, y, text in (
            (Masthead, 1, "Prisons 3"), (Foot, 0, "/ filter"), (Masthead, 0, "2 Statements"), (Foot, 0, "ctrl+p find"),
            (Foot, 1, status),
        ):  # fmt: skip
            bar = app.dashboard.query_one(widget)
            at = bar.render_line(y).text.index(text)
            await pilot.hover(widget, offset=(at + 1, y))
            assert underlined(bar).strip() == text
        await pilot.hover(BriefView)
        assert not underlined(app.dashboard.query_one(Masthead))
        for key, rows, text in (("f", FacetList, "[ ]Prisons3"), ("t", ChoiceList, "Prisons: Conditions in prisons3")):
            await pilot.press(key)
            found = app.screen.query_one(rows)
            y = next(y for y in range(found.size.height) if "Prisons" in found.render_line(y).text)
            await pilot.hover(rows, offset=(4, y))
            assert underlined(found) == text
            await pilot.hover(rows, offset=(4, y + 1))
            assert text not in underlined(found)
            await pilot.press("escape")


def underlined(widget: Widget) -> str:
    """What is underlined on its lines."""
    segments = [segment for y in range(widget.size.height) for segment in widget.render_line(y)]
    return "".join(text for text, style, _ in segments if style is not None and style.underline)
