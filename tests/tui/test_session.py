"""What is remembered between two runs."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from hrdash.filter import Filter
from hrdash.library import Library
from hrdash.tui.app import HrdashApp
from hrdash.tui.session import SESSION, Session, load_session, save_session
from hrdash.tui.widgets.brief_view import BriefView


def session_path(own_machine: Path) -> Path:
    return own_machine / "state" / "hrdash" / SESSION


def test_a_session_comes_back_for_its_own_corpus_alone(tmp_path: Path) -> None:
    session = Session("visits year:2019..2024", "prison-visits", "hrdash-light")
    assert save_session(str(tmp_path), session)
    assert load_session(str(tmp_path)) == session
    assert load_session(str(tmp_path / "other")) == Session()


def test_the_file_and_its_folder_are_the_users_alone(tmp_path: Path, own_machine: Path) -> None:
    save_session(str(tmp_path), Session("visits"))
    path = session_path(own_machine)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"null", b"[" * 5000, b'{"x": 1}', b"\xff\xfe", b'{"%b": 7}'])
def test_a_damaged_session_is_none(tmp_path: Path, own_machine: Path, damage: bytes) -> None:
    save_session(str(tmp_path), Session("visits"))
    session_path(own_machine).write_bytes(damage.replace(b"%b", str(tmp_path).encode()))
    assert load_session(str(tmp_path)) == Session()


def test_values_of_a_wrong_type_are_left_out(tmp_path: Path, own_machine: Path) -> None:
    save_session(str(tmp_path), Session())
    session_path(own_machine).write_text(f'{{"{tmp_path}": {{"query": 7, "brief": "b", "more": 1}}}}')
    assert load_session(str(tmp_path)) == Session(brief="b")


def test_looking_for_a_session_makes_no_folder(tmp_path: Path, own_machine: Path) -> None:
    load_session(str(tmp_path))
    assert not (own_machine / "state").exists()


async def test_filter_and_brief_are_there_again_next_time(
    dashboard: Callable[..., HrdashApp], library: Library
) -> None:
    asked = Filter(themes=("prisons",), has=("concern",))
    app = dashboard(asked=asked, keep=True)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("j", "q")
    again = dashboard(session=load_session(library.folder))
    async with again.run_test(size=(100, 30)):
        assert again.dashboard.result is not None
        assert again.dashboard.result.filter == asked
        assert again.dashboard.brief_id == "press-closed"


async def test_the_session_is_written_as_it_changes(
    dashboard: Callable[..., HrdashApp], library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hrdash.tui.app.SECONDS_TO_SETTLE", 0.01)
    app = dashboard(keep=True)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("right_square_bracket")
        await pilot.pause(0.05)
        assert load_session(library.folder).query == "theme:press"


async def test_nothing_is_written_when_nothing_shall_be_kept(
    dashboard: Callable[..., HrdashApp], own_machine: Path
) -> None:
    app = dashboard(keep=False)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("j", "q")
    assert not session_path(own_machine).exists()


async def test_a_session_whose_brief_is_gone_still_opens(dashboard: Callable[..., HrdashApp]) -> None:
    app = dashboard(session=Session("theme:nowhere has:claim", "gone", "no-such-theme"))
    async with app.run_test(size=(100, 30)):
        assert app.dashboard.brief_id == ""
        assert app.dashboard.query_one(BriefView).lines[0].text == "No brief matches"
        assert app.theme == "hrdash-dark"
