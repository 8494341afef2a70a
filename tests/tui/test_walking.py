"""Walking: links, what the filter asks for, columns, letters to jump to, the end of the page."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from hrdash.filter import Filter, parse
from hrdash.report.parts import Link, link_spans, own, text_of, user
from hrdash.tui.app import HrdashApp
from hrdash.tui.screens.dialogs import Chooser, Jump
from hrdash.tui.widgets.brief_view import BriefView
from hrdash.tui.widgets.foot import Foot
from tests.make import line, open_library
from tests.tui.conftest import PRISONS, screen_text

MakeApp = Callable[..., HrdashApp]
TALL, WIDE = (120, 60), (170, 60)


def view_of(app: HrdashApp) -> BriefView:
    return app.dashboard.query_one(BriefView)


def said(app: HrdashApp) -> str:
    return app.dashboard.query_one(Foot).said


def standing(app: HrdashApp) -> tuple[str, str]:
    here = view_of(app).here
    return (here.part, here.id) if here is not None else ("", "")


def statement(app: HrdashApp) -> str:
    """The first text of what the cursor stands on."""
    return next(one.text for one in view_of(app).page.lines if (one.part, one.anchor) == standing(app))


def stand(app: HrdashApp, part: str, anchor: str = "") -> None:
    anchors = view_of(app).page.anchors
    view_of(app).cursor = next(at for at, found in enumerate(anchors) if found.part == part and anchor in found.id)


def cell_of(app: HrdashApp, words: str) -> tuple[int, int]:
    """Where in the page some words begin, as the mouse counts."""
    view = view_of(app)
    for number, row in enumerate(view.page.rows):
        text = "".join(piece.text for piece in row)
        if words in text:
            return text.index(words), number - view.scroll_offset.y
    raise AssertionError(words)


async def read(pilot: Pilot[int], app: HrdashApp, brief: str) -> None:
    """Have a brief on the whole screen."""
    app.dashboard.brief_id = brief
    await pilot.pause()
    await pilot.press("enter")
    await app.workers.wait_for_complete()  # what is counted is drawn when it is known
    await pilot.pause()


# Links


async def test_a_link_is_followed_by_key_and_by_mouse_to_a_brief_a_theme_and_a_source_and_back(
    dashboard: MakeApp,
) -> None:
    for mouse in (False, True):
        for brief, part, words, where in (
            ("prison-visits", "related", "Newspapers closed", ("press-closed", ())),
            ("press-closed", "", "Prisons", ("press-closed", ("prisons",))),
        ):
            app = dashboard()
            async with app.run_test(size=TALL) as pilot:
                await read(pilot, app, brief)
                stand(app, part)
                if mouse:
                    await pilot.click(BriefView, offset=cell_of(app, words))
                else:
                    await pilot.press("enter")
                assert (app.dashboard.brief_id, app.dashboard.filter.themes) == where, (mouse, words)
        app = dashboard()
        async with app.run_test(size=TALL) as pilot:
            await read(pilot, app, "prison-visits")
            before = standing(app)
            if mouse:
                await pilot.click(BriefView, offset=cell_of(app, "PAPER ¶7"))
            else:
                await pilot.press("enter")
            assert standing(app) == ("sources", "paper"), mouse
            await pilot.press("escape")
            assert (standing(app), app.dashboard.zoomed) == (before, True), mouse
            await pilot.press("escape")
            assert not app.dashboard.zoomed, mouse


async def test_of_a_link_to_a_brief_that_could_not_be_read_that_is_said_and_not_that_there_is_none(
    corpus: Path,
) -> None:
    file = corpus / "themes" / "press.yaml"
    file.write_text(file.read_text().replace("verbatim: true", "verbatim: perhaps"))
    app = HrdashApp(open_library(str(corpus)))
    async with app.run_test(size=TALL) as pilot:
        await read(pilot, app, "prison-visits")
        stand(app, "related")
        for key in ("enter", "r"):
            before = standing(app)
            await pilot.press(key)
            assert "press-closed" in said(app) and "could not be read" in said(app), key
            assert (app.dashboard.brief_id, standing(app)) == ("prison-visits", before), key


async def test_an_address_is_opened_as_o_opens_it(dashboard: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda url: not opened.append(url))
    app = dashboard()
    async with app.run_test(size=TALL) as pilot:
        await read(pilot, app, "prison-visits")
        stand(app, "sources", "paper")
        assert list(view_of(app).links.values()) == ["https://example.org/paper"]
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert opened == ["https://example.org/paper"]
        assert said(app) == "opened https://example.org/paper"


async def test_of_several_links_one_is_chosen_by_typing_and_leads_to_the_statement_itself(corpus: Path) -> None:
    file = corpus / "themes" / "press.yaml"
    answer = """    responses:
      - {by: minister, answers: [prison-visits/q-visits], text: It was in the papers., cites: [review 41]}
"""
    file.write_text(file.read_text() + answer)
    app = HrdashApp(open_library(str(corpus)))
    async with app.run_test(size=TALL) as pilot:
        await read(pilot, app, "press-law")
        stand(app, "responses")
        await pilot.press("enter")
        assert isinstance(app.screen, Chooser)
        await pilot.press(*"visits", "enter")
        assert app.dashboard.brief_id == "prison-visits"
        assert statement(app) == "Were the visits announced beforehand?"


async def test_what_was_said_above_leads_there_and_escape_back(corpus: Path) -> None:
    file = corpus / "themes" / "prisons.yaml"
    more = "      - {id: q-two, by: expert, text: 'And after?', cites: [review 12]}\n    responses:\n"
    file.write_text(file.read_text().replace("    responses:\n", more).replace("[q-visits]", "[q-visits, q-two]"))
    app = HrdashApp(open_library(str(corpus)))
    async with app.run_test(size=TALL) as pilot:
        await read(pilot, app, "prison-visits")
        stand(app, "questions", "q-two")
        await pilot.click(BriefView, offset=cell_of(app, "response above"))
        assert statement(app) == "No visit was announced."
        await pilot.press("escape")
        assert standing(app) == ("questions", "q-two")


async def test_what_only_leads_elsewhere_is_no_statement_to_cite_or_mark(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=TALL) as pilot:
        await read(pilot, app, "prison-visits")
        stand(app, "related")
        await pilot.press("space", "c")
        assert app.dashboard.basket == ()
        assert "copied" not in said(app)


async def test_enter_on_a_statement_that_is_not_on_the_whole_screen_puts_it_there(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=TALL) as pilot:
        await pilot.press("tab", "enter")
        assert app.dashboard.zoomed


async def test_a_link_is_underlined_where_the_mouse_or_the_cursor_is(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=TALL) as pilot:
        await read(pilot, app, "prison-visits")

        def underlined() -> str:
            view = view_of(app)
            strips = [view.render_line(row) for row in range(len(view.page.rows))]
            return " ".join(one.text for strip in strips for one in strip if one.style and one.style.underline)

        assert underlined() == "PAPER"
        await pilot.hover(BriefView, offset=cell_of(app, "Newspapers closed"))
        assert underlined() == "PAPER Newspapers closed"
        await pilot.hover(BriefView, offset=(0, 0))
        assert underlined() == "PAPER"


async def test_dragging_over_a_link_selects_and_does_not_follow(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=TALL) as pilot:
        await read(pilot, app, "prison-visits")
        column, row = cell_of(app, "Newspapers closed")
        await pilot.mouse_down(BriefView, offset=(column, row))
        await pilot.hover(BriefView, offset=(column + 5, row))
        await pilot.mouse_up(BriefView, offset=(column + 5, row))
        assert app.dashboard.brief_id == "prison-visits"


# What the filter asks for


@pytest.mark.parametrize(
    "typed", ["visits", "speaker:expert", "kind:claim", "answer:none", "has:response", "visits kind:claim"]
)
async def test_n_and_N_walk_what_is_asked_for_and_nothing_that_is_dimmed(dashboard: MakeApp, typed: str) -> None:  # noqa: N802
    app = dashboard(asked=parse(typed).filter)
    async with app.run_test(size=TALL) as pilot:
        view, seen = view_of(app), []
        for _ in range(30):
            seen.append((app.dashboard.brief_id, view.match, *standing(app)))
            assert not any(one.outside for one in view.page.lines if (one.part, one.anchor) == standing(app)), seen[-1]
            await pilot.press("n")
            if "no more" in said(app):
                break
            assert said(app) == f"{view.match + 1} of {len(view.stops)} in this brief"
        briefs = app.dashboard.briefs
        assert len({brief for brief, *_ in seen}) == briefs.count(), typed
        assert len(seen) == len(set(seen)), typed
        if not parse(typed).filter.text and "has" not in typed:
            assert len(seen) == app.dashboard.result.statements, typed
        back = []
        for _ in seen:
            back.append((app.dashboard.brief_id, view.match, *standing(app)))
            await pilot.press("N")
        assert back == seen[::-1], typed


async def test_a_search_opens_at_its_first_match(corpus: Path) -> None:
    file = corpus / "themes" / "prisons.yaml"
    claims = "".join(
        f"      - {{by: minister, text: 'Claim {number} is long. {'More of it. ' * 12}', cites: [paper 8]}}\n"
        for number in range(9)
    )
    file.write_text(PRISONS.lstrip().replace("    questions:\n", f"{claims}    questions:\n", 1))
    app = HrdashApp(open_library(str(corpus)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", *"announced", "enter")
        view = view_of(app)
        top, stop = view.scroll_offset.y, view.stops[view.match]
        assert (view.match, statement(app)) == (0, "Were the visits announced beforehand?")
        assert 0 < top <= stop.row < top + view.size.height
        assert "announced beforehand?" in screen_text(app)


async def test_a_filter_that_asks_for_nothing_in_a_brief_is_not_walked_and_keys_say_how(dashboard: MakeApp) -> None:
    app = dashboard(asked=Filter(themes=("prisons",)))
    async with app.run_test(size=TALL) as pilot:
        before = standing(app)
        await pilot.press("n")
        assert standing(app) == before
        assert "answer:none" in said(app)


async def test_the_same_filter_leaves_the_reader_where_they_are(dashboard: MakeApp) -> None:
    app = dashboard(asked=Filter(text="visits"))
    async with app.run_test(size=TALL) as pilot:
        for keys in (("tab", "n"), ("G",)):
            await pilot.press(*keys)
            before = standing(app), view_of(app).match if keys[-1] == "n" else -1
            app.dashboard.ask(app.dashboard.filter)
            await pilot.pause()
            assert (standing(app), view_of(app).match) == before, keys


async def test_the_briefs_with_most_matches_come_first_on_wish_and_that_is_said(dashboard: MakeApp) -> None:
    app = dashboard(asked=Filter(text="visits"))
    async with app.run_test(size=TALL) as pilot:
        briefs = app.dashboard.briefs

        def order() -> list[str]:
            return [entry.brief for at in range(briefs.count()) if (entry := briefs.entry(at)) is not None]

        assert order() == ["press-closed", "prison-visits"]
        for expected, words, first in (
            (["prison-visits", "press-closed"], "most matching", "prison-visits"),
            (["press-closed", "prison-visits"], "order of the corpus", "press-closed"),
        ):
            await pilot.press("s")
            assert (order(), app.dashboard.brief_id) == (expected, first)
            assert words in said(app)


# Over the page


async def test_j_comes_to_every_anchor_and_to_the_last_row_and_k_back_at_any_size(dashboard: MakeApp) -> None:
    for size in ((170, 24), (170, 8), (120, 40), (80, 24), (40, 20), (20, 5)):
        app = dashboard()
        async with app.run_test(size=size) as pilot:
            await read(pilot, app, "prison-visits")
            view = view_of(app)
            await pilot.press("g")
            stood, rows = set(), set()
            for _ in range(len(view.page.rows) + len(view.page.anchors)):
                stood.add(view.cursor)
                rows |= set(range(view.scroll_offset.y, view.scroll_offset.y + view.size.height))
                await pilot.press("j")
            assert stood == set(range(len(view.page.anchors))), size
            assert set(range(len(view.page.rows))) <= rows, size
            for _ in range(len(view.page.rows) + len(view.page.anchors)):
                await pilot.press("k")
            assert (view.cursor, view.scroll_offset.y) == (0, 0), size


async def test_left_and_right_go_from_column_to_column(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=WIDE) as pilot:
        await read(pilot, app, "prison-visits")
        seen = []
        for key in ("l", "right", "l", "h", "left", "h"):
            await pilot.press(key)
            seen.append(standing(app)[0])
        assert seen == ["questions", "responses", "responses", "questions", "claims", "claims"]


async def test_where_nothing_is_beside_a_statement_that_is_said(dashboard: MakeApp) -> None:
    for size in (WIDE, (40, 20)):
        app = dashboard()
        async with app.run_test(size=size) as pilot:
            await read(pilot, app, "prison-visits")
            for key, side in (("h", "left"), ("l", ""), ("l", ""), ("l", "right")):
                await pilot.press(key)
                assert said(app) == (f"nothing in this brief is beside it at the {side}" if side else ""), (size, key)


async def typed(app: HrdashApp, pilot: Pilot[int], key: str) -> None:
    """Type a key that puts letters or takes them away, and wait until it has, on however busy a machine."""
    there = isinstance(app.screen, Jump)
    await pilot.press(key)
    for _ in range(200):
        if isinstance(app.screen, Jump) != there:
            return
        await pilot.pause()
    raise AssertionError(key)


async def test_letters_stay_where_files_are_read_again_before_one_is_typed(corpus: Path) -> None:
    app = HrdashApp(open_library(str(corpus)))
    async with app.run_test(size=WIDE) as pilot:
        await read(pilot, app, "prison-visits")
        await typed(app, pilot, "J")
        letters = dict(view_of(app).letters)
        file = corpus / "themes" / "press.yaml"
        file.write_text(file.read_text().replace("Newspapers closed", "Papers closed"))
        app.dashboard.poll()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "Papers closed" in "".join(one.text for one in view_of(app).lines)
        assert dict(view_of(app).letters) == letters != {}
        letter, (_, anchor) = next((key, place) for key, place in letters.items() if place[1] > 0)
        await typed(app, pilot, letter)
        assert view_of(app).cursor == anchor


async def test_a_letter_goes_to_each_place_in_sight_and_any_other_key_leaves(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=WIDE) as pilot:
        await read(pilot, app, "prison-visits")
        view = view_of(app)
        await typed(app, pilot, "J")
        places = dict(view.letters)
        assert isinstance(app.screen, Jump)
        assert {anchor for _, anchor in places.values()} == {-1, *range(len(view.page.anchors))}
        shown = screen_text(app).splitlines()
        for letter, (row, anchor) in places.items():
            assert letter in shown[row - view.scroll_offset.y + view.region.y], (letter, anchor)
        await typed(app, pilot, "escape")
        before = standing(app)
        assert (view.letters, app.dashboard.zoomed) == ({}, True)
        for letter in places:
            await typed(app, pilot, "J")
            _, anchor = view.letters.get(letter, (-1, -1))  # the jump before may have scrolled the page
            await typed(app, pilot, letter)
            assert anchor in (-1, view.cursor), letter
        await pilot.press("g")
        for key in ("J", "0"):
            await typed(app, pilot, key)
        assert view.letters == {}
        assert standing(app) == ("claims", before[1]) or view.cursor == 0


def test_the_links_of_a_line_are_where_their_words_are() -> None:

    parts = (own("also in "), user("A", Link("theme", "a")), own(", "), user("B\nC", Link("theme", "b")))
    found = [(text_of(parts)[first:last], link.id) for first, last, link in link_spans(parts)]
    assert found == [("A", "a"), ("B C", "b")]
    assert link_spans(line("meta", "also in A").parts) == ()


async def test_the_terminals_own_cursor_stands_beside_the_statement_in_its_column(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=WIDE) as pilot:
        await read(pilot, app, "prison-visits")
        for key, words in (("g", "C  More than"), ("l", "?● Were the"), ("l", "R  No visit")):
            await pilot.press(key)
            column, row = app.cursor_position
            assert screen_text(app).splitlines()[row][column:].lstrip(" ▌").startswith(words), words


async def test_letters_are_put_only_on_a_page_that_is_in_sight(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("2", "J")
        assert not isinstance(app.screen, Jump)
