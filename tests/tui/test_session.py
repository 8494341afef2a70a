"""What is remembered between two runs."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdash.filter import Filter, parse
from hrdash.library import Library
from hrdash.tui.app import HrdashApp
from hrdash.tui.history import MOST, History, Place
from hrdash.tui.session import SESSION, Session, load_session, save_session
from hrdash.tui.widgets.brief_view import BriefView
from tests.make import open_library
from tests.tui.conftest import screen_text

MakeApp = Callable[..., HrdashApp]
VISITS = Session(Place(Filter(text="visits"), brief="prison-visits"))
PLACES = st.builds(
    Place, filter=st.sampled_from(["", "visits", "year:2019..2024 has:claim", "theme:\"a b\" 'x"]).map(lambda q: parse(q).filter),
    lens=st.sampled_from(["briefs", "statements"]), sort=st.sampled_from(["", "years", "best"]), brief=st.text("abü", max_size=3),
    anchor=st.text("-1a", max_size=3), nth=st.integers(-1, 5), line=st.integers(0, 99), zoomed=st.booleans(),
    pane=st.sampled_from(["briefs", "brief"]),
)  # fmt: skip


def session_path(own_machine: Path) -> Path:
    return own_machine / "state" / "hrdash" / SESSION


async def end_after(app: HrdashApp, *keys: str, size: tuple[int, int] = (100, 30)) -> tuple[str, Place]:
    """Press keys, end as a user does, and give back what was on the screen before, and where that is."""
    async with app.run_test(size=size) as pilot:
        await pilot.press(*keys)
        seen = screen_text(app), app.session.place
        await pilot.press("ctrl+q")
    return seen


@given(PLACES, st.lists(PLACES, max_size=3), st.lists(PLACES, max_size=3))
def test_a_session_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, place: Place, past: list[Place], ahead: list[Place]
) -> None:
    session = Session(place, History(tuple(past), tuple(ahead)), "hrdash-light")
    corpus = str(tmp_path_factory.getbasetemp())
    assert save_session(corpus, session)
    assert load_session(corpus) == session


def test_a_session_comes_back_for_its_own_corpus_alone(tmp_path: Path) -> None:
    session = VISITS._replace(theme="hrdash-light")
    assert save_session(str(tmp_path), session)
    assert load_session(str(tmp_path)) == session
    assert load_session(str(tmp_path / "other")) == Session()


def test_the_file_and_its_folder_are_the_users_alone(tmp_path: Path, own_machine: Path) -> None:
    save_session(str(tmp_path), VISITS)
    path = session_path(own_machine)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"null", b"[" * 5000, b'{"x": 1}', b"\xff\xfe", b'{"%b": 7}'])
def test_a_damaged_session_is_none(tmp_path: Path, own_machine: Path, damage: bytes) -> None:
    save_session(str(tmp_path), VISITS)
    session_path(own_machine).write_bytes(damage.replace(b"%b", str(tmp_path).encode()))
    assert load_session(str(tmp_path)) == Session()


def test_values_of_a_wrong_type_are_left_out(tmp_path: Path, own_machine: Path) -> None:
    save_session(str(tmp_path), Session())
    for place, read in (
        ({"filter": 7, "brief": "b", "row": "1", "zoomed": 1, "more": 1}, Place(brief="b")),
        ({"filter": "visits", "lens": "years", "row": 2}, Place(Filter(text="visits"))),
        ({"filter": "visits", "sort": "size"}, Place(Filter(text="visits"))), ([], Place()), (7, Place()),
    ):  # fmt: skip
        kept = {"place": place, "past": [place] * (MOST + 5), "ahead": 7, "theme": 7}
        session_path(own_machine).write_text(json.dumps({str(tmp_path): kept}))
        assert load_session(str(tmp_path)) == Session(read, History((read,) * MOST)), place


def test_looking_for_a_session_makes_no_folder(tmp_path: Path, own_machine: Path) -> None:
    load_session(str(tmp_path))
    assert not (own_machine / "state").exists()


async def test_all_of_a_session_is_there_again_next_time(dashboard: MakeApp, library: Library) -> None:
    for keys in (
        ("right_square_bracket", "j"), ("2", "j", "j"), ("2", "s", "G"), ("2", "G", "enter"), ("enter", "j", "ctrl+d"),
        ("f", "j", "space"), ("slash", *"visits", "enter", "tab", "j"), ("j", "j", "r", "tab"),
    ):  # fmt: skip
        for size in ((120, 40), (60, 14)):
            save_session(library.folder, Session())
            app = dashboard(session=load_session(library.folder), keep=True)
            seen, place = await end_after(app, *keys, size=size)
            again = dashboard(session=load_session(library.folder))
            async with again.run_test(size=size) as pilot:
                await pilot.pause()
                shown = screen_text(again)
                assert shown.splitlines()[:-3] == seen.splitlines()[:-3], (keys, size)
                assert again.dashboard.place == place, (keys, size)
                for _ in range(len(again.dashboard.history.past)):
                    await pilot.press("escape")
                assert again.dashboard.filter == Filter(), (keys, size)
                assert again.dashboard.lens == "briefs", (keys, size)


async def test_a_peek_leaves_the_kept_session_alone(dashboard: MakeApp, library: Library) -> None:
    save_session(library.folder, VISITS)
    for peek in (
        {"asked": Filter(themes=("press",)), "session": VISITS}, {"session": None}, {"session": VISITS, "keep": False},
    ):  # fmt: skip
        await end_after(dashboard(**{"keep": True, **peek}), "right_square_bracket", "2")
        assert load_session(library.folder) == VISITS, peek


async def test_nothing_is_written_before_the_end_and_the_last_of_two_that_ends_is_kept_whole(
    dashboard: MakeApp, library: Library
) -> None:
    save_session(library.folder, VISITS)
    one, two = (dashboard(session=load_session(library.folder), keep=True) for _ in range(2))
    async with one.run_test(size=(100, 30)) as first:
        await first.press("X", "right_square_bracket")
        async with two.run_test(size=(100, 30)) as second:
            await second.press("2", "j")
            assert load_session(library.folder) == VISITS
            later = two.session
            await second.press("q")
        assert load_session(library.folder) == later
        last = one.session
        await first.press("q")
    assert load_session(library.folder) == last != later


async def test_no_text_of_a_brief_is_in_it(dashboard: MakeApp, own_machine: Path) -> None:
    await end_after(dashboard(session=Session(), keep=True), "2", "j", "enter", "r", "escape", "1", "tab", "j")
    written = session_path(own_machine).read_text()
    assert "prison" in written or "press" in written
    for words in ("inspectors", "Three", "newspapers", "visits to prisons", "Newspapers closed", "licensed"):
        assert words not in written, words


async def test_a_statement_that_is_gone_is_the_one_in_its_place_and_a_brief_that_is_gone_the_first(
    dashboard: MakeApp,
) -> None:
    for place, standing in (
        (Place(brief="prison-visits", part="questions", anchor="gone", nth=1, zoomed=True), ("questions", "q-visits")),
        (Place(brief="prison-visits", part="questions", anchor="gone", nth=99), ("sources", "review")),
        (Place(brief="prison-visits", part="questions", anchor="q-visits", nth=7), ("questions", "q-visits")),
    ):
        app = dashboard(session=Session(place))
        async with app.run_test(size=(100, 30)):
            assert app.dashboard.query_one(BriefView).standing == standing, place
    app = dashboard(session=Session(Place(brief="gone", zoomed=True, row=7, top=99, line=99, lens="statements")))
    async with app.run_test(size=(100, 30)):
        assert not app.dashboard.zoomed
        assert app.dashboard._lens_list is not None and app.dashboard._lens_list.here is not None


async def test_what_was_being_typed_at_the_end_can_be_taken_back_in_the_next_session(corpus: Path) -> None:
    for keys in (("slash", *"visits", "ctrl+q"), ("escape",)):
        app = HrdashApp(open_library(str(corpus)), session=load_session(str(corpus)), keep=True)
        seen, place = await end_after(app, *keys)
    assert place.filter == Filter(), seen


async def test_nothing_is_written_when_nothing_shall_be_kept(dashboard: MakeApp, own_machine: Path) -> None:
    await end_after(dashboard(session=Session(), keep=False), "j")
    assert not session_path(own_machine).exists()


async def test_a_session_whose_brief_is_gone_still_opens(dashboard: MakeApp) -> None:
    gone = Place(parse("theme:nowhere has:claim").filter, brief="gone")
    app = dashboard(session=Session(gone, theme="no-such-theme"))
    async with app.run_test(size=(100, 30)):
        assert app.dashboard.brief_id == ""
        assert app.dashboard.query_one(BriefView).lines[0].text == "No brief matches"
        assert app.theme == "hrdash-dark"
