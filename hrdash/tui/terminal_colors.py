"""Whether the terminal's background is light: asked of the terminal itself, before anything is drawn.

The question goes out before Textual is imported and its answer is looked for afterwards, so that it costs no time. An
answer that comes later still is dropped by `hrdash.tui.base_app`, which would otherwise take it for keys.
"""

import os
import re
import select
import signal
import sys
import termios
from contextlib import suppress
from time import monotonic
from typing import Any, NamedTuple

from hrdash.tui.terminal_modes import ENDING

SECONDS_TO_ANSWER = 0.1
"""The longest that the start waits for the terminal, counted from the question."""
SILENT_TERMINALS = ("dumb", "linux", "vt")
"""Beginnings of `TERM` for terminals that have no answer, and may show the question."""
_QUESTION = b"\x1b]11;?\x1b\\\x1b[c"
"""The background's colour, and what the terminal is: the second is answered by all, and so ends the waiting."""
_PART = rb"([0-9a-fA-F]{1,4})"
_COLOR = re.compile(rb"\x1b\]11;rgba?:%b/%b/%b[^\x07\x1b]*(?:\x07|\x1b\\)" % (_PART, _PART, _PART))
_KIND = re.compile(rb"\x1b\[\?[0-9;]*c")
_READ = 1 << 12


class Answer(NamedTuple):
    """What was learned."""

    light: bool | None = None
    """Whether the background is light; `None` where the terminal did not say."""
    typed: bytes = b""
    """What was typed meanwhile, to be given to the application."""


class Question:
    """A question on its way; the terminal echoes nothing until it is answered, or the program ends or stops."""

    def __init__(self, keyboard: int, screen: int) -> None:
        self._keyboard = keyboard
        self._before = termios.tcgetattr(keyboard)
        self._quiet = termios.tcgetattr(keyboard)
        self._quiet[0] &= ~termios.ICRNL  # Enter is to be read as the application reads it
        self._quiet[3] &= ~(termios.ECHO | termios.ICANON)
        self._signals = {number: signal.signal(number, self._end) for number in ENDING}
        self._signals |= {signal.SIGTSTP: signal.signal(signal.SIGTSTP, self._stop)}
        self._set(self._quiet)
        self._until = monotonic() + SECONDS_TO_ANSWER
        os.write(screen, _QUESTION)

    def answer(self) -> Answer:
        """Wait for the answer while there is time, and have the terminal as it was."""
        found, read = b"", b"?"
        with suppress(OSError):  # a terminal that is gone says so to the application
            while read and not _KIND.search(found):
                left = max(0.0, self._until - monotonic())
                ready = select.select([self._keyboard], [], [], left)[0]
                read = os.read(self._keyboard, _READ) if ready else b""
                found += read
        self.give_back()
        return understood(found)

    def give_back(self) -> None:
        """Have the terminal as it was."""
        self._set(self._before)
        for number, action in self._signals.items():
            signal.signal(number, action)

    def _set(self, modes: list[Any]) -> None:
        with suppress(termios.error):  # there is none any more
            termios.tcsetattr(self._keyboard, termios.TCSANOW, modes)

    def _end(self, number: int, _: object) -> None:
        self._until = 0.0  # nobody waits for the answer any more
        raise SystemExit(128 + number)

    def _stop(self, *_: object) -> None:
        self._set(self._before)
        os.kill(os.getpid(), signal.SIGSTOP)
        self._set(self._quiet)


def ask() -> Question | None:
    """Ask the terminal, where there is one that may answer."""
    term = os.environ.get("TERM", "")
    if not term or term.startswith(SILENT_TERMINALS) or os.environ.get("NO_COLOR"):
        return None
    try:
        keyboard, screen = sys.stdin.fileno(), sys.stdout.fileno()
        return Question(keyboard, screen) if os.isatty(keyboard) and os.isatty(screen) else None
    except (OSError, ValueError, AttributeError, termios.error):
        return None


def understood(read: bytes) -> Answer:
    """What the terminal sent, told apart from what was typed."""
    color = _COLOR.search(read)
    typed = _KIND.sub(b"", _COLOR.sub(b"", read)).replace(b"\n", b"\r")
    if color is None:
        return Answer(typed=typed)
    red, green, blue = (int(part, 16) / (16 ** len(part) - 1) for part in color.groups())
    return Answer(0.299 * red + 0.587 * green + 0.114 * blue > 0.5, typed)
