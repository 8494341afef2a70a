"""hrdash in a pseudo-terminal: what it writes, byte for byte, and how it ends."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import Self

LONGEST = 20.0
"""Seconds after which a terminal that never shows what is waited for fails the test."""

START = "import sys; from hrdash.library import open_library; from hrdash.tui.start import run; "
FRESH = START + "sys.exit(run(open_library(sys.argv[1]), fresh=True, keep=False))"
OPEN = START + "sys.exit(run(open_library(sys.argv[1])))"


class Terminal:
    """A program in a pseudo-terminal of a given size."""

    def __init__(self, *arguments: str, size: tuple[int, int] = (100, 30), **environment: str) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.slave = slave
        self.before = termios.tcgetattr(slave)
        self.process = subprocess.Popen(
            [sys.executable, *arguments], stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
            env={**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **environment},
            cwd=Path(__file__).parents[2],
        )  # fmt: skip
        self.written = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self.master)
        os.close(self.slave)

    def read(self, seconds: float) -> bytes:
        """What is written within so many seconds; returns when they are over or the program has ended."""
        found, end = b"", time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            ready, _, _ = select.select([self.master], [], [], min(left, 0.05))
            if ready:
                found += os.read(self.master, 1 << 16)
            elif self.process.poll() is not None:
                break
        self.written += found
        return found

    def wait_for(self, text: str) -> bytes:
        """Read until the text has been written since the last look; all that was written until then."""
        found, end = b"", time.monotonic() + LONGEST
        while text.encode() not in found:
            assert time.monotonic() < end, f"{text!r} never came; the end of what did: {found[-2000:]!r}"
            found += self.read(0.05)
        return found

    def quiet(self, seconds: float = 0.3) -> None:
        """Read until nothing has been written for so long."""
        end = time.monotonic() + LONGEST
        while self.read(seconds):
            assert time.monotonic() < end, "the program never stops writing"

    def stopped(self) -> None:
        """Read until the program is stopped."""
        end = time.monotonic() + LONGEST
        while os.waitid(os.P_PID, self.process.pid, os.WSTOPPED | os.WNOHANG | os.WNOWAIT) is None:
            self.read(0.05)
            assert time.monotonic() < end, "the program does not stop"
        assert termios.tcgetattr(self.slave)[:4] == self.before[:4]

    def send(self, keys: bytes) -> None:
        os.write(self.master, keys)

    def end(self) -> int:
        """Wait for the program to end; its exit code, negative for a signal."""
        end = time.monotonic() + LONGEST
        while self.process.poll() is None:
            self.read(0.05)
            assert time.monotonic() < end, "the program does not end"
        self.read(0.1)
        return int(self.process.returncode)

    @property
    def restored(self) -> bool:
        """Whether the terminal is as it was: its modes, the main screen, no mouse reports, the cursor shown."""
        after = termios.tcgetattr(self.slave)
        sequences = (b"\x1b[?1049l", b"\x1b[?1000l", b"\x1b[?25h")
        return after[:4] == self.before[:4] and all(sequence in self.written for sequence in sequences)
