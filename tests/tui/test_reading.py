"""The dashboard while the corpus is read: what it shows of it, what it does not, and how it ends."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from threading import Semaphore

import pytest
from textual.pilot import Pilot

from hrdash import keeping
from hrdash.filter import EVERYTHING, Filter, parse
from hrdash.index import reading, survey
from hrdash.index.reading import Reading, Step, Stopped, Told
from hrdash.tui.app import HrdashApp
from hrdash.tui.history import Place
from hrdash.tui.session import Session
from hrdash.tui.widgets.foot import Foot
from tests import make
from tests.index.test_reading import LONGEST, STUCK, ended
from tests.make import make_index, open_library
from tests.tui.conftest import screen_text
from tests.tui.terminal import Terminal


class Gate:
    """Lets a reading, which is done in place, tell one step at a time."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._arrived, self._opened, self._told = Semaphore(0), Semaphore(0), Semaphore(0)
        self._is_stopped = self._runs = False
        gate = self

        class Gated(Reading):
            def run(self, told: Told) -> None:
                def each(step: Step) -> None:
                    gate._arrived.release()
                    gate._opened.acquire()
                    if gate._is_stopped:
                        raise Stopped
                    told(step)
                    gate._told.release()

                gate._runs, gate._is_stopped = True, False
                try:
                    reading.read(self.task, each)
                finally:
                    gate._runs = False

            def stop(self) -> None:
                if gate._runs:
                    gate._is_stopped = True
                    gate._opened.release()

        monkeypatch.setattr(reading, "Reading", Gated)
        monkeypatch.setattr(survey, "AT_ONCE", 0)
        monkeypatch.setattr(reading, "SECONDS_BETWEEN_STEPS", -1_000.0)

    async def reached(self) -> None:
        """Wait until the first file has been read, and no other."""
        assert await asyncio.to_thread(self._arrived.acquire, timeout=LONGEST), "nothing is read"

    async def step(self, pilot: Pilot[int], steps: int = 1) -> None:
        """Have so many steps told and shown."""
        for _ in range(steps):
            self._opened.release()
            assert await asyncio.to_thread(self._told.acquire, timeout=LONGEST), "no step was told"
        await pilot.pause()


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    return Gate(monkeypatch)


@pytest.fixture
def app(gate: Gate, corpus: Path) -> Callable[..., HrdashApp]:
    """Makes the application on a corpus that is still to be read."""
    return lambda **how: HrdashApp(open_library(str(corpus), at_once=False), **how)


def lines(app: HrdashApp) -> list[str]:
    return [line.rstrip() for line in screen_text(app).splitlines()]


MARKS = ("●", "○", "◐", "◌", "no response", "none in this corpus")


@pytest.mark.parametrize("size", [(160, 45), (120, 40), (80, 24), (40, 20)])
async def test_the_screen_fills_as_files_are_read_and_shows_no_answer_before_all_are(
    app: Callable[..., HrdashApp], gate: Gate, size: tuple[int, int]
) -> None:
    made = app()
    async with made.run_test(size=size) as pilot:
        assert "The corpus is being read" in screen_text(made)
        assert "so far, 0 of 2 files" in screen_text(made)
        await gate.step(pilot)
        screen = screen_text(made)
        assert "Newspapers closed" in screen
        assert "Visits to prisons" not in screen
        assert "so far, 1 of 2 files" in screen or "so far 1/2" in screen
        assert "… … …" in screen or "………" in screen
        body = "\n".join(line for line in lines(made) if not line.startswith("─"))  # but for the legend
        assert not [mark for mark in MARKS if mark in body]
        await gate.step(pilot, 2)
        screen = screen_text(made)
        assert "Visits to prisons" in screen
        assert "so far" not in screen
        assert "… … …" not in screen
        assert "………" not in screen
        assert "○" in screen


async def test_every_total_says_how_far_it_is_and_belongs_to_what_is_listed(
    app: Callable[..., HrdashApp], gate: Gate
) -> None:
    made = app()
    async with made.run_test(size=(160, 40)) as pilot:
        await gate.step(pilot)
        head, tabs, *_, status = lines(made)
        assert "so far, 1 of 2 files" in head
        assert "brief" not in head
        assert "2 of 2 briefs" in status
        assert "so far, 1 of 2 files" in status
        assert not any(sign.isdigit() for sign in tabs)
        await pilot.press("slash", *"zebra", "enter")
        assert "The corpus is being read" in screen_text(made)
        assert "in this corpus" not in screen_text(made)
        await pilot.press("escape")
        await gate.step(pilot, 2)
        assert "All 4" in lines(made)[1]


async def test_it_is_used_meanwhile_and_the_reader_stays_where_they_are(
    app: Callable[..., HrdashApp], gate: Gate
) -> None:
    made = app()
    async with made.run_test(size=(120, 40)) as pilot:
        await gate.step(pilot)
        await pilot.press("j", "f", "escape", "question_mark", "escape", "o", "c")
        assert made.dashboard.brief_id == "press-law"
        await pilot.press("slash", *"law", "enter")
        assert made.dashboard.briefs.count() == 1
        await gate.step(pilot, 2)
        assert made.dashboard.brief_id == "press-law"
        assert made.dashboard.filter == Filter(text="law")


async def test_what_follows_from_the_whole_corpus_cannot_be_asked_before(
    app: Callable[..., HrdashApp], gate: Gate
) -> None:
    for typed in ("answer:none", "without:response", "has:response"):
        made = app(asked=parse(typed).filter)
        async with made.run_test(size=(120, 40)) as pilot:
            await gate.step(pilot)
            assert made.dashboard.briefs.count() == 0, typed
            assert "is known when all files are read" in screen_text(made), typed
            await gate.step(pilot, 2)
            assert made.dashboard.briefs.count() > 0, typed
            assert "is known when all files are read" not in screen_text(made), typed


async def test_the_session_begins_where_it_was_once_that_is_read(app: Callable[..., HrdashApp], gate: Gate) -> None:
    made = app(session=Session(Place(brief="prison-food")))
    async with made.run_test(size=(120, 40)) as pilot:
        await gate.step(pilot)
        assert made.dashboard.brief_id == "press-closed"
        assert made.session.place.brief == "prison-food"  # should it end now
        await gate.step(pilot, 2)
        assert made.dashboard.brief_id == "prison-food"


async def test_that_an_index_is_kept_is_said_once_it_is_there_and_why_there_is_none_until_a_key_is_pressed(
    app: Callable[..., HrdashApp], gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "LARGE", 0)
    made = app()
    async with made.run_test(size=(120, 40)) as pilot:
        await gate.step(pilot)
        assert made.dashboard.query_one(Foot).said == ""
        await gate.step(pilot, 2)
        assert "from now on" in made.dashboard.query_one(Foot).said
    shutil.rmtree(os.path.dirname(made.library.index.path))
    monkeypatch.setattr(keeping, "_cannot_keep", lambda *_: "the folder may not be written")
    made = app()
    async with made.run_test(size=(120, 40)) as pilot:
        await gate.step(pilot, 3)
        assert "may not be written" in made.dashboard.query_one(Foot).said
        await pilot.press("j")
        assert made.dashboard.query_one(Foot).said == ""


async def test_names_are_found_as_soon_as_they_are_read(app: Callable[..., HrdashApp], gate: Gate) -> None:
    made = app(asked=Filter(themes=("Press",), speakers=("The Minister of Reform", "Minister")))
    async with made.run_test(size=(120, 40)) as pilot:
        await gate.step(pilot)
        assert made.dashboard.filter.themes == ("press",)
        assert "minister" in made.dashboard.filter.speakers


async def test_a_large_change_is_read_while_the_old_state_is_shown_and_said_to_be_old(
    gate: Gate, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = HrdashApp(open_library(str(corpus)))
    async with made.run_test(size=(140, 40)) as pilot:
        sources = corpus / "sources.yaml"
        sources.write_text(sources.read_text().replace("title-short: PAPER", "title-short: TRACT"))
        before = screen_text(made)
        made.dashboard.poll()
        await gate.step(pilot)
        assert "as last read" in screen_text(made)
        assert [line for line in before.splitlines() if "PAPER" in line]
        assert "TRACT" not in screen_text(made)
        assert "○" in screen_text(made)
        await gate.step(pilot, 2)
        await made.workers.wait_for_complete()
        await pilot.pause()
        assert "as last read" not in screen_text(made)
        assert "TRACT" in screen_text(made)
        assert "0 problems" in made.dashboard.query_one(Foot).said


async def test_a_folder_that_vanishes_while_it_is_read_leaves_what_was_read_and_is_read_when_it_is_back(
    app: Callable[..., HrdashApp], gate: Gate, corpus: Path
) -> None:
    made = app()
    away = corpus.with_name("away")
    async with made.run_test(size=(160, 40)) as pilot:
        await gate.reached()
        corpus.rename(away)
        await gate.step(pilot)
        await made.workers.wait_for_complete()
        await pilot.pause()
        assert "vanished while it was read; what was last read stays here" in made.dashboard.query_one(Foot).said
        assert "Newspapers closed" in screen_text(made)
        assert "so far, 1 of 2 files" in screen_text(made)
        away.rename(corpus)
        made.dashboard.poll()
        await gate.step(pilot, 3)
        await looked(made, pilot)
        assert made.dashboard.live.result(EVERYTHING).total == 4


async def looked(app: HrdashApp, pilot: Pilot[int]) -> None:
    """Have the dashboard look at the files now."""
    await app.workers.wait_for_complete()
    app.dashboard.poll()
    await app.workers.wait_for_complete()
    await pilot.pause()


async def test_it_ends_at_once_while_it_reads(app: Callable[..., HrdashApp], gate: Gate) -> None:
    for key in ("q", "ctrl+c"):
        made = app()
        async with made.run_test(size=(120, 40)) as pilot:
            await gate.step(pilot)
            await pilot.press(key)
        assert not made.is_running


READ = (
    "import sys; from hrdash import keeping; from hrdash.index import reading, survey; from hrdash.library import open_library;"
    "from hrdash.tui.start import run; survey.AT_ONCE = keeping.LARGE = 0; {}"
    "sys.exit(run(open_library(sys.argv[1], at_once=False)))"
)


def child_of(process: int) -> int:
    """The process that another has started."""
    tasks = Path(f"/proc/{process}/task").iterdir()
    (found,) = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    return found


ENDS = ((b"q", 0), (signal.SIGTERM, 128 + 15), (signal.SIGKILL, -9), (signal.SIGHUP, 128 + 1), (b"\x03", 130))


@pytest.mark.parametrize(("end", "code"), ENDS if make.HEAVY else ENDS[:3])
def test_however_it_is_broken_off_its_process_ends_and_the_next_start_reads_it_all(
    corpus: Path, end: bytes | signal.Signals, code: int
) -> None:
    kept = Path(make_index(str(corpus)))
    kept.unlink()
    with Terminal("-c", READ.format(f"reading.PROGRAM = {STUCK!r};"), str(corpus)) as terminal:
        terminal.wait_for("Newspapers")
        child = child_of(terminal.process.pid)
        if isinstance(end, bytes):
            terminal.send(end)
        else:
            terminal.process.send_signal(end)
        assert terminal.end() == code
        assert code == -9 or terminal.restored
        assert b"from now on" not in terminal.written
    assert ended(child)
    assert {path.name for path in kept.parent.iterdir()} == {".gitignore", "CACHEDIR.TAG"}
    with Terminal("-c", READ.format(""), str(corpus)) as terminal:
        terminal.wait_for("Food in prisons")
        terminal.send(b"q")
        assert terminal.end() == 0
    assert kept.exists()


def test_a_process_that_is_killed_or_stopped_harms_nothing(corpus: Path) -> None:
    with Terminal("-c", READ.format(f"reading.PROGRAM = {STUCK!r};"), str(corpus)) as terminal:
        terminal.wait_for("Newspapers")
        os.kill(child_of(terminal.process.pid), signal.SIGKILL)
        terminal.wait_for("Food in prisons")
        terminal.send(b"q")
        assert terminal.end() == 0
