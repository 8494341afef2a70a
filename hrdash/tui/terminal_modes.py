"""Whose the terminal is, and which signals end a program: what job control asks of one that takes the terminal."""

from __future__ import annotations

import os
import signal
import sys

_NOT_ENDING = {
    "SIGKILL", "SIGSTOP", "SIGCONT", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGCHLD", "SIGURG", "SIGWINCH", "SIGINFO",
    "SIGPIPE", "SIGXFSZ", "SIGSEGV", "SIGBUS", "SIGFPE", "SIGILL",
}  # fmt: skip
ENDING = sorted(signal.valid_signals() - {getattr(signal, name, None) for name in _NOT_ENDING})
"""The signals that end a program which does not see to them, but those of a fault in it and those that Python ignores.

SIGTERM and SIGHUP, and as well SIGUSR1, SIGALRM or one of the real-time signals, which would leave the terminal raw.
"""


def keyboard() -> int:
    """The file descriptor of the terminal that is typed on."""
    return sys.__stdin__.fileno() if sys.__stdin__ is not None else 0


def in_background() -> bool:
    """Whether another job has the terminal, so that its modes are that one's and not for us to read or set."""
    return _job() not in (0, os.getpgrp())


def own_job() -> int:
    """Whom a signal from the terminal would reach, as `os.kill` counts: our group, or ourselves alone."""
    return 0 if _job() == os.getpgrp() else os.getpid()


def wait_for_terminal() -> None:
    """Stop, as often as it is continued, until this job has the terminal."""
    while in_background():
        os.kill(os.getpid(), signal.SIGSTOP)


def _job() -> int:
    """The process group that has the terminal; 0 where it controls no jobs."""
    try:
        return os.tcgetpgrp(keyboard())
    except OSError:
        return 0
