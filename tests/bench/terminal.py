"""A program in a pseudo-terminal: what it writes and when, what it uses, and keys for it."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import clock_gettime, monotonic
from types import TracebackType
from typing import Self

LONGEST = 120.0
"""Seconds after which a frame that never comes ends the run."""


class Terminal:
    """A program in a terminal of 120 by 40."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self.written = b""
        self.began = monotonic()
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self.master)

    def shows(self, text: bytes) -> float:
        """The seconds from now, or first from the start, until something has been written."""
        began, self.began = self.began, monotonic()
        while text not in self.written:
            if not self.reads(LONGEST):
                raise TimeoutError(f"{text!r} never came; what did: {self.written[-300:]!r}")
        return monotonic() - began

    def reads(self, seconds: float) -> int:
        """How many bytes were written at once, waited for at most so long."""
        if not select.select([self.master], [], [], seconds)[0]:
            return 0
        found = os.read(self.master, 1 << 16)
        if b"\x1b[c" in found:
            os.write(self.master, b"\x1b[?62c")  # what it is, as every terminal answers
        self.written += found
        return len(found)

    def settles(self, seconds: float = 1.0) -> None:
        """Wait until nothing was written for so long."""
        while self.reads(seconds):
            pass

    def press(self, key: bytes) -> float:
        """Milliseconds from a key to the first that is written for it."""
        self.settles()
        began = monotonic()
        os.write(self.master, key)
        self.reads(LONGEST)
        return (monotonic() - began) * 1000

    def done(self, key: bytes) -> tuple[float, float]:
        """Milliseconds from a key to the last that is written for it, and those of the processor meanwhile."""
        self.settles()
        used, began = self.used(), monotonic()
        last = began
        os.write(self.master, key)
        while self.reads(1.0):
            last = monotonic()
        return (last - began) * 1000, (self.used() - used) * 1000

    def idle(self, seconds: float) -> tuple[int, float]:
        """Bytes that are written while nothing happens, and the share of a core in per cent."""
        self.settles(3.0)
        used, end, count = self.used(), monotonic() + seconds, 0
        while (left := end - monotonic()) > 0:
            count += self.reads(left)
        return count, (self.used() - used) / seconds * 100

    def used(self) -> float:
        """Seconds of processor time, by the clock that Linux has for each process: /proc counts in hundredths."""
        return clock_gettime(~self.process.pid << 3 | 2)

    def memory(self) -> float:
        """Megabytes that it holds."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
