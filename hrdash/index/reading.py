"""A corpus read apart from whoever waits for it: in a process of its own, at low priority, and held on a leash.

The process brings an index in step as `sync` does, and tells how far it is. While a first index is filled, whoever
waits may look into it: into its file, or where it is in memory at a copy. The process takes its task from stdin and
ends when that is closed, however its parent ends. Where it cannot be started, or ends too soon, the same is done in
place.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from threading import Thread
from time import monotonic
from typing import IO, NamedTuple

from hrdash.corpus.folder import CorpusFolder
from hrdash.index import file
from hrdash.index.index import Index, open_file, open_memory, open_unfinished
from hrdash.index.sync import SyncReport, sync, takes_long

SECONDS_BETWEEN_STEPS = 0.4
"""At the least between two steps that are told; they grow apart as there is more to be seen."""
NICENESS = 10
PROGRAM = (
    "import sys, json; sys.path[:] = json.loads(sys.stdin.buffer.readline());"
    "from hrdash.index.reading import main; main()"
)
"""What the process runs: with this one's modules, whatever its environment says, and no text of a brief among it."""


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
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def run(self, told: Told) -> None:
        """Tell each step; raise as `read`, or `Stopped`."""
        process = self._started()
        if process is not None:
            try:
                if self._relayed(process, told):
                    return
            finally:
                self._end(process)
                _pipe(process.stdout).close()
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

    def _started(self) -> subprocess.Popen[bytes] | None:
        """The process, with its task; `None` where there can be none."""
        if getattr(sys, "frozen", False) or not sys.executable:
            return None  # what would be started is hrdash itself
        command = [sys.executable, "-I", *(["-B"] if sys.dont_write_bytecode else []), "-c", PROGRAM]
        package = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
        head, content = [*self.task[:-1], len(self.task.content)], self.task.content
        try:
            process = subprocess.Popen(  # noqa: S603  (this interpreter, and nothing that somebody else named)
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                start_new_session=True,
            )  # fmt: skip
        except (OSError, ValueError, subprocess.SubprocessError):
            return None
        self._process = process
        try:
            for line in ([package, *filter(None, sys.path)], head):
                _pipe(process.stdin).write(json.dumps(line).encode() + b"\n")
            _pipe(process.stdin).write(content)
            _pipe(process.stdin).flush()
        except (OSError, ValueError):
            pass  # it has ended, and tells nothing
        return process

    def _relayed(self, process: subprocess.Popen[bytes], told: Told) -> bool:
        """Tell what the process tells; whether it came to its end."""
        output = _pipe(process.stdout)
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

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        try:
            _pipe(process.stdin).close()
        except OSError:
            pass  # what was not written cannot be any more
        try:
            process.wait(1)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            file.drop_unfinished(self.task.path, process.pid)


def _pipe(end: IO[bytes] | None) -> IO[bytes]:
    assert end is not None  # noqa: S101  (it was asked for)
    return end


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
    out = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 1)  # so that nothing comes between what is told
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
