"""Taking statements along: marked, kept, copied with footnotes, written to a file."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.geometry import Offset
from textual.selection import Selection

from hrdash import places
from hrdash.filter import parse
from hrdash.tui import clipboard, live
from hrdash.tui.app import HrdashApp
from hrdash.tui.basket import load_basket, save_basket
from hrdash.tui.screens import copying
from hrdash.tui.widgets.brief_view import BriefView
from hrdash.tui.widgets.foot import Foot
from tests.make import open_library
from tests.tui.conftest import screen_text

MakeApp = Callable[..., HrdashApp]


async def test_what_is_marked_in_any_lens_is_one_basket_and_is_copied_with_footnotes(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("2", "space")
        await pilot.press("3", "space")
        await pilot.press("1", "j", "j", "enter", "j", "space")
        assert "◆?●" in screen_text(app)
        await pilot.press("escape")
        assert "◆C ? ●" in screen_text(app)
        assert len(app.dashboard.basket) == 3
        assert f"{len(app.dashboard.basket)} statements marked" in screen_text(app).splitlines()[-1]
        await pilot.press("M")
        assert "3 marked statements" in app.dashboard.query_one(Foot).said
        notes = [row for row in app.clipboard.splitlines() if row.startswith("[^")]
        assert notes
        assert all("¶" in row for row in notes)
        await pilot.press("U")
        assert app.dashboard.basket == ()


async def test_with_nothing_marked_all_that_is_listed_is_copied(dashboard: MakeApp) -> None:
    app = dashboard()
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("2", "M")
        assert sum(row.startswith("- ") for row in app.clipboard.splitlines()) == 7
        assert "no response to it in this corpus, as of 2026-01" in app.clipboard


async def test_where_not_all_that_is_listed_is_taken_that_is_said(
    dashboard: MakeApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for module in (live, copying):
        monkeypatch.setattr(module, "MOST_TAKEN", 3)
    app = dashboard()
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("2", "M")
        assert " 6 statements of the first 3 of 4 briefs as Markdown" in screen_text(app)
        for ending, said in (
            ("md", "6 statements of the first 3 of 4 briefs written"),
            ("csv", "the first 3 of 7 statements written"),
        ):
            app.dashboard.write_to(str(tmp_path / f"some.{ending}"))
            await pilot.pause()
            assert said in screen_text(app), ending


async def test_the_basket_outlives_the_session(corpus: Path) -> None:
    for _ in range(2):
        app = HrdashApp(open_library(str(corpus)), keep=True)
        async with app.run_test(size=(140, 40)) as pilot:
            if not app.dashboard.basket:
                await pilot.press("2", "space")
            kept = app.dashboard.basket
    assert load_basket(str(corpus)) == kept
    assert len(kept) == 1


def test_a_basket_of_any_size_comes_back_and_those_of_other_corpora_with_it(corpus: Path) -> None:
    many = tuple((f"a-brief-of-some-length-{number}", f"statement-{number}") for number in range(30_000))
    assert save_basket("elsewhere", (), (("b", "s"),))
    file = Path(places.state_folder(), places.BASKET)
    file.chmod(0o644)  # as a copy from another machine may be
    before = file.read_bytes()
    assert not save_basket(str(corpus), (), many) and file.read_bytes() == before
    file.chmod(0o600)
    assert save_basket(str(corpus), (), many)
    assert load_basket(str(corpus)) == many
    assert load_basket("elsewhere") == (("b", "s"),)


async def test_what_one_dashboard_marks_is_not_lost_to_what_another_marks(corpus: Path) -> None:
    one, two = (HrdashApp(open_library(str(corpus)), keep=True) for _ in range(2))
    async with one.run_test(size=(120, 40)) as first, two.run_test(size=(120, 40)) as second:
        await first.press("2", "space")
        await second.press("2", "j", "space")
        assert set(load_basket(str(corpus))) == {*one.dashboard.basket, *two.dashboard.basket}
        assert len(load_basket(str(corpus))) == 2
        await first.press("U")
        assert load_basket(str(corpus)) == two.dashboard.basket


async def test_what_is_listed_is_written_to_a_new_file_that_is_named(
    dashboard: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.md").write_text("kept")
    app = dashboard()
    async with app.run_test(size=(140, 40)) as pilot:
        for name, words in (("new.md", "7 statements written"), ("new.csv", "7 statements written"),
                            ("old.md", "is there already"), ("what", "has to end in .md or .csv")):  # fmt: skip
            await pilot.press("w", *name)
            assert "Enter writes it" in screen_text(app)
            await pilot.press("enter")
            await pilot.pause()
            assert words in app.dashboard.query_one(Foot).said, name
    assert (tmp_path / "old.md").read_text() == "kept"
    assert "[^1-" in (tmp_path / "new.md").read_text()
    rows = list(csv.DictReader((tmp_path / "new.csv").read_text().splitlines()))
    assert [row["pinpoint"][0] for row in rows] == ["¶"] * 7
    assert sorted(path.name for path in tmp_path.glob("*.*")) == ["new.csv", "new.md", "old.md"]


async def test_where_a_terminal_takes_no_more_w_is_named_for_what_w_writes_and_for_nothing_else(
    dashboard: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clipboard, "LONGEST_SENT", 10)
    monkeypatch.setattr(clipboard, "tools", lambda: ())
    app = dashboard()
    async with app.run_test(size=(160, 40)) as pilot:
        for keys, is_written in (("M", True), ("enter M", False), ("c", False)):
            await pilot.press(*keys.split())
            await app.workers.wait_for_complete()
            await pilot.pause()
            said = app.dashboard.query_one(Foot).said
            assert said.startswith("not copied: longer"), keys
            assert said.endswith("; w writes it to a file") == is_written, keys
    assert app.clipboard == ""


async def test_what_is_selected_in_a_dialog_is_copied_and_said_as_anywhere(
    dashboard: MakeApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("TMUX", "socket,1,0")
    app = dashboard()
    async with app.run_test(size=(120, 40)) as pilot:
        for script, words in (("cat > got", "copied what is selected"), ("exit 1", "sent what is selected")):
            (tmp_path / "tmux").write_text(f"#!/bin/sh\nPATH=/bin:/usr/bin\ncd {tmp_path}\n{script}\n")
            (tmp_path / "tmux").chmod(0o755)
            await pilot.press("question_mark")
            app.screen.selections = {app.screen.query_one(BriefView): Selection(Offset(0, 0), Offset(6, 0))}
            await pilot.press("ctrl+c")
            await app.workers.wait_for_complete()
            await pilot.pause()
            assert words in screen_text(app), script
            await pilot.press("escape")
    assert (tmp_path / "got").read_text() == app.clipboard == "hrdash"


async def test_a_source_that_has_the_id_of_a_statement_is_taken_as_the_source(corpus: Path) -> None:
    path = corpus / "themes" / "press.yaml"
    path.write_text(path.read_text().replace("verbatim: true", "verbatim: true\n        id: paper"))
    app = HrdashApp(open_library(str(corpus)))
    async with app.run_test(size=(120, 50)) as pilot:
        await pilot.press("enter")
        view = app.dashboard.query_one(BriefView)
        view.stand_on("sources", "paper")
        assert view.standing == ("sources", "paper")
        await pilot.press("u", "space")
        assert app.clipboard == "https://example.org/paper"
        assert app.dashboard.basket == ()
        view.stand_on("concerns", "paper")
        await pilot.press("space")
        assert app.dashboard.basket == (("press-closed", "paper"),)


async def test_what_is_marked_and_not_in_the_corpus_any_more_is_said_with_what_is_taken(
    dashboard: MakeApp, corpus: Path, tmp_path: Path
) -> None:
    app = dashboard()
    async with app.run_test(size=(140, 40)) as pilot:
        await pilot.press("2", "space", "space")
        path = corpus / "themes" / "press.yaml"
        path.write_text(path.read_text().replace("was licensed", "was given a licence"))  # and so has another key
        app.dashboard.poll()
        await app.workers.wait_for_complete()
        await pilot.press("M")
        await app.workers.wait_for_complete()
        for name in ("", "some.md", "some.csv"):
            app.dashboard.write_to(str(tmp_path / name) if name else None)
            said = app.dashboard.query_one(Foot).said
            assert "1 marked statement (1 more marked, not in this corpus now)" in said, (name, said)


async def test_what_is_listed_is_taken_in_the_order_of_the_list(
    dashboard: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    for typed, best in (("theme:prisons visits", False), ("visits", True), ("visits", False)):
        app = dashboard(asked=parse(typed).filter)
        async with app.run_test(size=(140, 40)) as pilot:
            if best:
                await pilot.press("s")
            listed = [entry.brief for at in range(2) if (entry := app.dashboard.briefs.entry(at))]
            assert listed == (["press-closed", "prison-visits"] if (typed, best) == ("visits", False)
                              else ["prison-visits", "press-closed"])  # fmt: skip
            for most in (2_000, 1):
                monkeypatch.setattr(live, "MOST_TAKEN", most)
                found, _ = app.dashboard.live.taken(app.dashboard.result)
                rows = app.dashboard.live.rows_taken(app.dashboard.result)
                assert list(dict.fromkeys(one.brief.id for one in found)) == listed[:most], (typed, best)
                assert list(dict.fromkeys(row.brief_id for row in rows)) == listed[:most], (typed, best)
