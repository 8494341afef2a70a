"""A process of our own beside this one, on a leash: it is given its task on stdin, and ends when that is closed."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from contextlib import suppress
from typing import IO

PROGRAM = (
    "import gc, sys, json; gc.set_threshold(50_000); sys.path[:] = json.loads(sys.stdin.buffer.readline());"
    "from hrdash.index.{module} import main; main()"
)
"""What it runs: with this one's modules, whatever its environment says, and no text of a brief among it; and looking
for garbage as seldom as this one does."""


def started(program: str, room: int = -1) -> subprocess.Popen[bytes] | None:
    """The process, which signals of the terminal do not reach; `None` where there can be none. `room` are the bytes
    that it may be ahead of who listens."""
    if getattr(sys, "frozen", False) or not sys.executable:
        return None  # what would be started is hrdash itself
    command = [sys.executable, "-I", *(["-B"] if sys.dont_write_bytecode else []), "-c", program]
    package = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    try:
        process = subprocess.Popen(  # noqa: S603  (this interpreter, and nothing that somebody else named)
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            start_new_session=True, bufsize=room,
        )  # fmt: skip
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    if room > 0 and hasattr(fcntl, "F_SETPIPE_SZ"):
        with suppress(OSError):  # of a user with many pipes: then it waits more often
            fcntl.fcntl(pipe(process.stdout), fcntl.F_SETPIPE_SZ, room)
    give(process, [package, *filter(None, sys.path)])
    return process


def give(process: subprocess.Popen[bytes], value: object, content: bytes = b"") -> None:
    """Write a value as a line of JSON to its stdin, and what comes behind it; one that cannot be given it is ended, for
    it would wait for that as long as somebody waits for it."""
    try:
        pipe(process.stdin).write(json.dumps(value).encode() + b"\n" + content)
        pipe(process.stdin).flush()
    except (OSError, ValueError):
        process.kill()


def end(process: subprocess.Popen[bytes]) -> bool:
    """Have it end; whether it did by itself."""
    try:
        pipe(process.stdin).close()
    except OSError:
        pass  # what was not written cannot be any more
    try:
        process.wait(1)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return False
    return True


def pipe(end: IO[bytes] | None) -> IO[bytes]:
    """An end of a pipe that was asked for."""
    assert end is not None  # noqa: S101
    return end


def telling() -> IO[bytes]:
    """In that process: where it tells something, and nothing else comes between."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDWR), 1)
    return out
