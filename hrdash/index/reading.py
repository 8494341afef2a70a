"""A corpus read apart from whoever waits for it: in a process of its own, at low priority, and held on a leash.

The process brings an index in step as `sync` does, and tells how far it is. While a first index is filled, whoever
waits may look into it: into its file, or where it is in memory at a copy. The process takes its task from stdin and
ends when that is closed, however its parent ends. Where it cannot be started, or ends too soon, the same is done in
place.
"""

import json
import os
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from subprocess import Popen
from threading import Thread
from time import monotonic
from typing import NamedTuple

from hrdash.corpus.folder import CorpusFolder
from hrdash.index import apart, file
from hrdash.index.index import Index, open_file, open_memory, open_unfinished
from hrdash.index.survey import SyncReport, takes_long

SECONDS_BETWEEN_STEPS = 0.4
"""At the least between two steps that are told; they grow apart as there is more to be seen."""
NICENESS = 10
PROGRAM = apart.PROGRAM.format(module="reading")


class Stopped(Exception):
    """Nobody waits for the reading any more."""


class Task(NamedTuple):
    """What is to be read, and the index that is to be in step with it."""

    folder: str
    path: str = ""
    """The file of the index; empty where it is in memory."""
    token: str | None = None
    damaged: bool = False
    """Whether that index cannot be believed, and is made anew."""
    content: bytes = b""
    """Of an index in memory: what it holds so far."""


class Step(NamedTuple):
    """How far a reading is, and sometimes what there is to see of it; the last step has a report."""

    files: int
    of: int
    path: str = ""
    """The file that holds what has been read; at the end the index."""
    content: bytes = b""
    """The same as bytes, where there is no file."""
    report: SyncReport | None = None
    note: str = ""
    """Why the index is not in the file that was named."""

    def opened(self, token: str | None = None) -> Index | None:
        """The index that there is to see; raise sqlite3.Error where it cannot be seen."""
        if self.content:
            return open_memory(self.note, self.content)
        if not self.path:
            return None
        return open_unfinished(self.path) if self.report is None else open_file(self.path, token)


Told = Callable[[Step], object]


def read(task: Task, told: Told) -> None:
    """Bring the index in step, telling each step; raise `CorpusUnreadable`, or `Unreadable` where memory fails."""
    from hrdash.index.sync import sync  # for who reads: whoever waits need not

    corpus, progress = CorpusFolder(task.folder), _Progress(told)
    index = open_file(task.path, task.token) if task.path else open_memory(content=task.content)
    index.damaged = task.damaged
    with closing(index):
        if not task.damaged and takes_long(index, corpus.listing):
            with suppress(OSError, sqlite3.Error):  # where there is no room, whoever asks meanwhile waits
                index.write_aside()
        report = sync(index, corpus, told=progress)
        content = b"" if index.path else index.content()
        told(Step(progress.files, progress.files, index.path, content, report, index.note))


class Reading:
    """A task that is being done in a process of its own, as long as somebody waits for it."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self._process: Popen[bytes] | None = None
        self._stopped = False

    def run(self, told: Told) -> None:
        """Tell each step; raise as `read`, or `Stopped`."""
        self._process = process = apart.started(PROGRAM)
        if process is not None:
            try:
                apart.give(process, [*self.task[:-1], len(self.task.content)], self.task.content)
                if self._relayed(process, told):
                    return
            finally:
                self._end(process)
                apart.pipe(process.stdout).close()
        if self._stopped:
            raise Stopped

        def unless_stopped(step: Step) -> None:
            if self._stopped:
                raise Stopped
            told(step)

        read(self.task, unless_stopped)

    def stop(self) -> None:
        """Have the process end, and leave nothing unfinished behind."""
        self._stopped = True
        if self._process is not None:
            self._end(self._process)

    def _relayed(self, process: Popen[bytes], told: Told) -> bool:
        """Tell what the process tells; whether it came to its end."""
        output = apart.pipe(process.stdout)
        while line := output.readline():
            try:
                files, of, path, size, report, note = json.loads(line)
                content = output.read(size)
                done = SyncReport(report[0], *map(tuple, report[1:])) if report else None
                step = Step(files, of, path, content, done, note)
            except (ValueError, TypeError):
                return False
            if self._stopped or len(content) < size:
                return False
            told(step)
            if step.report is not None:
                return True
        return False

    def _end(self, process: Popen[bytes]) -> None:
        if not apart.end(process):
            file.drop_unfinished(self.task.path, process.pid)


class _Progress:
    """Tells how far a sync is, now and then, and lets others look into what it has filled so far."""

    def __init__(self, told: Told) -> None:
        self.files = 0
        self._told = told
        self._began = monotonic()
        self._due = 0.0

    def __call__(self, files: int, of: int, db: sqlite3.Connection | None) -> None:
        now, self.files = monotonic(), files
        if now < self._due and files < of:
            return
        step, pause = Step(files, of), SECONDS_BETWEEN_STEPS
        if db is not None:  # what is seen and how far it is are told together: a count belongs to what was counted
            path, content = file.so_far(db)
            step = step._replace(path=path, content=content)
            pause += (now - self._began) / (4 if content else 8)
        self._due = monotonic() + pause
        self._told(step)


def main() -> None:
    """What the process does: the task that stands on stdin, told on stdout."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    out = apart.telling()
    *about, size = json.loads(sys.stdin.buffer.readline())
    task = Task._make([*about, sys.stdin.buffer.read(size)])
    Thread(target=_leash, args=(task.path,), daemon=True).start()

    def tell(step: Step) -> None:
        head = [*step[:3], len(step.content), step.report, step.note]
        out.write(json.dumps(head).encode() + b"\n" + step.content)
        out.flush()

    code = 1
    try:
        read(task, tell)
        code = 0
    finally:
        os._exit(code)  # at once: nothing is left to be done, and the leash is still waited for


def _leash(path: str) -> None:
    """End, and leave nothing unfinished, when nobody holds the other end of stdin any more."""
    while os.read(0, 1 << 16):
        pass
    if path:
        file.drop_unfinished(path, os.getpid())
    os._exit(1)
