"""A reading in a process of its own: the same index as in place, whatever befalls the process, and nothing left."""

from __future__ import annotations

import os
import resource
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hrdash.corpus.listing import CorpusUnreadable, list_files
from hrdash.filter import EVERYTHING, Filter
from hrdash.index import query, reading, survey
from hrdash.index.index import Index
from hrdash.index.reading import Reading, Step, Stopped, Task
from hrdash.index.survey import bytes_behind
from tests.fuzz.index_faults import THEMES, answers, truth, write_corpus, write_theme
from tests.make import closed_later, open_library

LONGEST = 20.0
"""Seconds after which a process that never ends fails a test."""

STUCK = reading.PROGRAM.replace(
    "main; main()",
    "read as real; from hrdash.index import reading; import signal;"
    "reading.read = lambda task, told: real(task, lambda step: (told(step), signal.pause())); reading.main()",
)
"""A process that stops for ever when it has told its first step."""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus", briefs=4)


@pytest.fixture(autouse=True)
def every_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have each file be a step where the reading is in this process."""
    monkeypatch.setattr(reading._Progress, "__call__", _told_each)


_real = reading._Progress.__call__


def _told_each(self: reading._Progress, *about: object) -> None:
    self._due = 0.0
    _real(self, *about)  # type: ignore[arg-type]


def task_of(corpus: Path, kept: bool) -> Task:
    """The reading of a corpus for an index in a file, or in memory."""
    folder = corpus.with_name("index")
    folder.mkdir(mode=0o700, exist_ok=True)
    return Task(str(corpus), str(folder / "index.sqlite") if kept else "", "token" if kept else None)


def last(steps: list[Step], task: Task) -> Index:
    """The index that the last step gives."""
    assert [step.report is not None for step in steps] == [False] * (len(steps) - 1) + [True]
    index = steps[-1].opened(task.token)
    assert index is not None
    return closed_later(index)


def seen(step: Step) -> int:
    """How many briefs there are to see, all of them by a word of theirs."""
    index = step.opened()
    assert index is not None
    found = query.select(closed_later(index), EVERYTHING).briefs
    assert query.select(index, Filter(text="edition")).briefs == found
    return found


def left(task: Task) -> list[str]:
    """What stands beside the index."""
    folder, name = os.path.split(task.path)
    return sorted(set(os.listdir(folder)) - {name}) if folder else []


def ended(process: int) -> bool:
    """Whether a process ends in time."""
    try:
        handle = os.pidfd_open(process)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], LONGEST)[0])
    finally:
        os.close(handle)


@pytest.mark.parametrize("kept", [False, True])
@pytest.mark.parametrize("apart", [False, True])
def test_what_is_read_apart_is_what_is_read_in_place(corpus: Path, kept: bool, apart: bool) -> None:
    task, steps = task_of(corpus, kept), list[Step]()
    (Reading(task).run if apart else lambda told: reading.read(task, told))(steps.append)  # type: ignore[no-untyped-call]
    index = last(steps, task)
    assert answers(index) == truth(corpus)
    assert index.path == task.path
    assert left(task) == []


@pytest.mark.parametrize("kept", [False, True])
def test_what_has_been_read_is_seen_file_by_file(corpus: Path, kept: bool) -> None:
    task, found = task_of(corpus, kept), list[tuple[int, int, int]]()
    reading.read(task, lambda step: found.append((step.files, step.of, 0 if step.report else seen(step))))
    assert found == [*((files, THEMES, 4 * files) for files in range(1, THEMES + 1)), (THEMES, THEMES, 0)]


@pytest.mark.parametrize("kept", [False, True])
def test_an_index_that_was_read_before_stays_as_it_was_until_the_end(corpus: Path, kept: bool) -> None:
    task, steps = task_of(corpus, kept), list[Step]()
    reading.read(task, steps.append)
    before = last(steps, task)
    task = task._replace(content=before.content())
    held = query.select(before, EVERYTHING).statements
    sources = corpus / "sources.yaml"
    sources.write_text(sources.read_text().replace("title: Source 1", "title: Another"))
    (corpus / "themes" / "t3.yaml").unlink()
    steps.clear()

    def told(step: Step) -> None:
        steps.append(step)
        assert step.report or (not step.path and not step.content)
        assert query.select(before, EVERYTHING).statements == held

    reading.read(task, told)
    assert last(steps, task).registers.sources["s1"].title == "Another"
    assert {f"t3-{number}" for number in range(4)} <= {*steps[-1].report.removed_briefs}  # type: ignore[union-attr]


def test_a_large_change_is_written_aside_so_that_nobody_waits(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(survey, "AT_ONCE", 0)
    task, steps = task_of(corpus, kept=True), list[Step]()
    reading.read(task, steps.append)
    before = last(steps, task)
    for theme in range(3):
        write_theme(corpus, theme, 2, 4)
    steps.clear()
    kept = Path(task.path).read_bytes()

    def told(step: Step) -> None:
        steps.append(step)
        if step.report is None:
            assert Path(task.path).read_bytes() == kept
            assert not Path(f"{task.path}-journal").exists()
            assert query.select(before, EVERYTHING).briefs == 4 * THEMES

    reading.read(task, told)
    assert [step.of for step in steps] == [3] * 4
    assert answers(last(steps, task)) == truth(corpus)
    assert left(task) == []


PROGRAMS = {
    "that cannot be started": "",
    "that is killed": "import os; os.kill(os.getpid(), 9)",
    "that fails": "raise MemoryError",
    "that talks nonsense": "print('[1, 2'); print(7)",
    "that stops in the midst of a step": "import sys; print('[1, 2, \"\", 900, null, \"\"]', end='\\n12')",
    "that takes no task": "import os; os.close(0); print('x' * 99)",
}


@pytest.mark.parametrize("what", PROGRAMS)
@pytest.mark.parametrize("kept", [False, True])
def test_after_a_process_that_fails_the_corpus_is_read_in_place(
    what: str, kept: bool, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PROGRAM", PROGRAMS[what])
    if not PROGRAMS[what]:
        monkeypatch.setattr(sys, "executable", "/nowhere/python")
    task, steps = task_of(corpus, kept), list[Step]()
    Reading(task).run(steps.append)
    assert answers(last(steps, task)) == truth(corpus)
    assert left(task) == []


def test_a_frozen_program_is_not_started_a_second_time(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def start(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(subprocess, "Popen", start)
    steps = list[Step]()
    Reading(task_of(corpus, kept=False)).run(steps.append)
    assert steps[-1].report is not None


def test_a_process_that_dies_midway_leaves_nothing(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PROGRAM", STUCK)
    task, steps = task_of(corpus, kept=True), list[Step]()

    def told(step: Step) -> None:
        if not steps:
            process = int(step.path.split(".")[-3])
            assert process != os.getpid()
            os.kill(process, signal.SIGKILL)
        steps.append(step)

    Reading(task).run(told)
    assert steps[0].path.endswith(".new")
    assert answers(last(steps, task)) == truth(corpus)
    assert left(task) == []


def test_a_reading_that_is_stopped_ends_its_process_and_leaves_nothing(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for program in (STUCK, "raise MemoryError"):  # in place, after a process that failed
        monkeypatch.setattr(reading, "PROGRAM", program)
        task, steps = task_of(corpus, kept=True), list[Step]()
        stopped = Reading(task)

        def told(step: Step, steps: list[Step] = steps, stopped: Reading = stopped) -> None:
            steps.append(step)
            stopped.stop()

        with pytest.raises(Stopped):
            stopped.run(told)
        assert len(steps) == 1
        assert os.listdir(os.path.dirname(task.path)) == [], program


@pytest.mark.parametrize("kept", [False, True])
def test_the_process_ends_with_its_parent_even_when_that_is_killed(kept: bool, corpus: Path) -> None:
    code = f"""if True:
        import signal, sys
        from hrdash.index import reading
        reading.PROGRAM = {STUCK!r}
        doing = reading.Reading(reading.Task(*{task_of(corpus, kept)[:2]!r}))
        def told(step):
            print(doing._process.pid, flush=True)
            signal.pause()
        doing.run(told)
    """
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert os.getsid(child) == child != os.getsid(parent.pid)  # what the terminal sends does not reach it
        assert os.getpriority(os.PRIO_PROCESS, child) >= reading.NICENESS
        command = Path(f"/proc/{child}/cmdline").read_bytes()
        assert str(corpus).encode() not in command
        parent.kill()
    assert ended(child)
    assert left(task_of(corpus, kept)) == []
    assert answers(open_library(str(corpus), cache=False).index) == truth(corpus)


@contextmanager
def full_disk() -> Iterator[None]:
    """Let no file become larger than 100 kB."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("apart", [False, True])
def test_a_disk_that_is_full_gives_the_corpus_in_memory_and_says_why(corpus: Path, apart: bool) -> None:
    task, steps = task_of(corpus, kept=True), list[Step]()
    with full_disk():
        (Reading(task).run if apart else lambda told: reading.read(task, told))(steps.append)  # type: ignore[no-untyped-call]
    index = last(steps, task)
    assert index.path == ""
    assert "so the corpus is read into memory" in index.note
    assert answers(index) == truth(corpus)
    assert os.listdir(os.path.dirname(task.path)) == []


CHANGES: dict[str, Callable[[Path], object]] = {
    "a file that was read is changed": lambda corpus: write_theme(corpus, 0, 3, 4),
    "a file that is still to be read is changed": lambda corpus: write_theme(corpus, 4, 3, 4),
    "a file is removed": lambda corpus: (corpus / "themes" / "t4.yaml").unlink(),
    "a register is changed": lambda corpus: (corpus / "speakers.yaml").write_text("[]\n"),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("kept", [False, True])
def test_what_is_changed_while_it_is_read_is_read_by_the_next(change: str, kept: bool, corpus: Path) -> None:
    task, steps = task_of(corpus, kept), list[Step]()

    def told(step: Step) -> None:
        if not steps:
            CHANGES[change](corpus)
        steps.append(step)

    reading.read(task, told)
    index = last(steps, task)
    steps.clear()
    reading.read(task._replace(content=index.content()), steps.append)
    assert answers(last(steps, task)) == truth(corpus)


@pytest.mark.parametrize("kept", [False, True])
def test_a_folder_that_vanishes_while_it_is_read_is_read_when_it_is_back(kept: bool, corpus: Path) -> None:
    task, steps, away = task_of(corpus, kept), list[Step](), corpus.with_name("away")

    def told(step: Step) -> None:
        if not steps:
            corpus.rename(away)
        steps.append(step)

    with pytest.raises(CorpusUnreadable, match=f"^{corpus} vanished while it was read$"):
        reading.read(task, told)
    assert steps[-1].report is None
    with pytest.raises(CorpusUnreadable):
        Reading(task).run(steps.append)
    away.rename(corpus)
    steps.clear()
    reading.read(task, steps.append)
    assert answers(last(steps, task)) == truth(corpus)


def test_how_much_there_is_to_read_follows_from_what_changed(corpus: Path) -> None:
    library = open_library(str(corpus))
    assert bytes_behind(library.index, list_files(str(corpus))) == 0
    write_theme(corpus, 1, 2, 4)
    one = (corpus / "themes" / "t1.yaml").stat().st_size
    assert bytes_behind(library.index, list_files(str(corpus))) == one
    speakers = corpus / "speakers.yaml"
    speakers.write_text(speakers.read_text() + "\n")
    whole = sum(path.stat().st_size for path in corpus.rglob("*.yaml"))
    assert bytes_behind(library.index, list_files(str(corpus))) == whole
