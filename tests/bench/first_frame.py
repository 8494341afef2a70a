"""The dashboard's first full frame, as a ratio to a minimal Textual application in the same run; never asserted.

    python -m tests.bench.first_frame [PAIRS [FOLDER]]

Each runs in a pseudo-terminal of 120 by 40, in turn, until the last line of its first frame has been written: the
dashboard on a corpus that was read before, and on one that is opened for the first time. Printed are the medians of
elapsed and of processor time, and of the ratios of pairs. On a busy machine trust the processor's.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Iterator

MINIMAL = """
from textual.app import App
from textual.widgets import Static

class Minimal(App):
    def compose(self):
        yield Static("that is all there is")

Minimal().run()
"""
DASHBOARD = "import re, sys; from hrdash.cli import program; sys.exit(program())"
BUDGET = 1.3
LONGEST = 60.0
"""Seconds after which a frame that never comes ends the run."""


def first_frame(code: str, last: bytes, environment: dict[str, str], folder: str = "") -> tuple[float, float]:
    """Seconds elapsed and seconds of processor time from the start of a program to what its first frame ends with."""
    corpus = ["--briefs", folder] if folder else []
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", code, *(["--fresh", *corpus] if code is DASHBOARD else [])],
        stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True,
    )  # fmt: skip
    written = b""
    while last not in written:
        if not select.select([master], [], [], LONGEST)[0]:
            sys.exit(f"the frame never came; what did: {written[-500:]!r}")
        written += os.read(master, 1 << 16)
    elapsed = time.perf_counter() - start
    process.kill()
    used = os.wait4(process.pid, 0)[2]
    process.returncode = 0
    os.close(master)
    os.close(slave)
    return elapsed, used.ru_utime + used.ru_stime


def main() -> None:
    """Time both in pairs and print the medians."""
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    folder = sys.argv[2] if len(sys.argv) > 2 else ""
    for is_first in (False, True):
        with tempfile.TemporaryDirectory() as home:
            found = list(_timed(pairs, folder, home, is_first))
        print("opened for the first time" if is_first else "read before")
        for at, what in enumerate(("elapsed", "processor")):
            ours, minimal = ([pair[which][at] * 1000 for pair in found] for which in (0, 1))
            ratio = statistics.median(one / other for one, other in zip(ours, minimal, strict=True))
            print(f"{what:<10} dashboard {statistics.median(ours):6.0f} ms  minimal {statistics.median(minimal):6.0f} ms"
                  f"  {ratio:.2f} x  budget {BUDGET} x")  # fmt: skip


def _timed(pairs: int, folder: str, home: str, is_first: bool) -> Iterator[list[tuple[float, float]]]:
    """Each pair's times, of the dashboard and of the minimal application."""
    kinds = {f"XDG_{kind}_HOME": home for kind in ("CACHE", "STATE", "CONFIG")}
    environment = {**os.environ, **kinds, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed hrdash is compiled, and so is ours
    subprocess.run([sys.executable, "-m", "hrdash", "themes", *(["--briefs", folder] if folder else [])],
                   env=environment, stdout=subprocess.DEVNULL, check=True)  # fmt: skip
    both = ((DASHBOARD, b"help"), (MINIMAL, b"that is all there is"))
    for at in range(pairs + 1):
        if is_first:
            subprocess.run([sys.executable, "-m", "hrdash", "clean"], env=environment, stdout=subprocess.DEVNULL,
                           check=True)  # fmt: skip
        found = [first_frame(code, last, environment, folder) for code, last in both]
        if at:  # the first of them is not counted: it may have to compile
            yield found


if __name__ == "__main__":
    main()
