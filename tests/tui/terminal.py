"""hrdash in a pseudo-terminal: what it writes, byte for byte, and how it ends."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import Self

from rich.cells import cell_len

LONGEST = 120.0
"""Seconds after which a terminal that never shows what is waited for fails the test."""

START = "import sys; from hrdash.library import open_library; from hrdash.tui.start import run; "
FRESH = START + "sys.exit(run(open_library(sys.argv[1]), fresh=True, keep=False))"
OPEN = START + "sys.exit(run(open_library(sys.argv[1])))"


MOVE = re.compile(r"\x1b\[(\d+);(\d+)H")
OTHER = re.compile(r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-?]*[ -/]*[@-~]|\x1b.|[\x00-\x1f]")


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

    def wait_for(self, text: str, wake: bool = False) -> bytes:
        """Read until the text has been written since the last look; all that was written until then."""
        found, end = b"", time.monotonic() + LONGEST
        while text.encode() not in found:
            if wake:
                self.wake()
            assert time.monotonic() < end, f"{text!r} never came; the end of what did: {found[-2000:]!r}"
            found += self.read(0.05)
        return found

    @property
    def screen(self) -> str:
        """What stands on the screen: all that was written at a place since it was cleared, row by row."""
        rows: dict[int, list[str]] = {}
        written = re.split(r"\x1b\[2J|\x1b\[\?1049[hl]", self.written.decode(errors="ignore"))[-1]
        placed = MOVE.split(written)[1:]
        for row, column, run in zip(placed[::3], placed[1::3], placed[2::3], strict=True):
            cells = [cell for letter in OTHER.sub("", run) for cell in (letter, "")[: cell_len(letter)]]
            shown, at = rows.setdefault(int(row), []), int(column) - 1
            shown += [" "] * (at - len(shown))
            shown[at : at + len(cells)] = cells
        return "\n".join("".join(rows[row]) for row in sorted(rows))

    def shows(self, text: str, there: bool = True) -> None:
        """Read until the text stands on the screen, or no longer does, however many frames that takes."""
        end = time.monotonic() + LONGEST
        while (text in (screen := self.screen)) != there:
            assert time.monotonic() < end, f"{text!r} is {'not' * there} shown:\n{screen}"
            self.read(0.05)

    def quiet(self, seconds: float = 0.3) -> None:
        """Read until nothing has been written for so long."""
        end = time.monotonic() + LONGEST
        while self.read(seconds):
            assert time.monotonic() < end, "the program never stops writing"

    def stopped(self) -> None:
        """Read until the program is stopped."""
        end = time.monotonic() + LONGEST
        while not self.is_stopped:
            self.read(0.05)
            assert time.monotonic() < end, "the program does not stop"
        assert termios.tcgetattr(self.slave)[:4] == self.before[:4]

    @property
    def is_stopped(self) -> bool:
        """Whether the program stands still, as a job that was stopped."""
        return os.waitid(os.P_PID, self.process.pid, os.WSTOPPED | os.WNOHANG | os.WNOWAIT) is not None

    def wake(self) -> None:
        """Have the program go on where it was stopped."""
        if self.process.poll() is None and self.is_stopped:
            self.process.send_signal(signal.SIGCONT)

    def send(self, keys: bytes) -> None:
        os.write(self.master, keys)

    def end(self, keys: bytes = b"") -> int:
        """Wait for the program to end, pressing keys until it does; its exit code, negative for a signal."""
        end = time.monotonic() + LONGEST
        while self.process.poll() is None:
            if keys:
                self.wake()
                self.send(keys)  # a job that goes on forgets what was typed while it stood still
            self.read(0.5 if keys else 0.05)
            assert time.monotonic() < end, "the program does not end"
        self.read(0.1)
        return int(self.process.returncode)

    @property
    def restored(self) -> bool:
        """Whether the terminal is as it was: its modes, the main screen, no mouse reports, the cursor shown."""
        after = termios.tcgetattr(self.slave)
        sequences = (b"\x1b[?1049l", b"\x1b[?1000l", b"\x1b[?25h")
        return after[:4] == self.before[:4] and all(sequence in self.written for sequence in sequences)
