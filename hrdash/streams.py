"""stdout, which holds what was asked for, and stderr, which holds everything else: the one writer of each."""

import errno
import os
import sys
from typing import TextIO

from hrdash.text import clean

_COLUMNS = 80
"""How wide a terminal is that does not say."""


def write(text: str, colored: bool = False) -> None:
    """Write to stdout, which holds what was asked for and nothing else; raise `OSError` where there is none. A text
    that is `colored` was cleaned before it got its escape sequences."""
    if sys.stdout is not None:
        sys.stdout.write(text if colored else clean(text))
    elif text:
        raise OSError(errno.EBADF, "stdout is closed")


def write_for_programs(text: str) -> None:
    """As `write`, in UTF-8 whatever the locale, each line with the end that it has."""
    if sys.stdout is not None and sys.stdout.encoding != "utf-8":
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a text file, as Python opens it
    if text.endswith("\r\n"):
        write(text[:-2])
        sys.stdout.write("\r\n")
    else:
        write(text)


def say(text: str) -> None:
    """Write a line to stderr, behind what stdout holds so far."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
        if sys.stderr is not None:
            sys.stderr.write(clean(text) + "\n")
            sys.stderr.flush()
    except OSError:
        _silence(sys.stderr)  # nobody is listening, and there is no other place to say it


def flush() -> None:
    """Have stdout take all that was written, before anything is said of it; raise `OSError` where it does not.

    A reader who has gone has seen what it wanted, and what is to be said is for another.
    """
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        silence_stdout()


def overwrite(text: str) -> None:
    """Put a text in place of the last line of a terminal's stderr, where the next one takes its place; or nothing."""
    try:
        sys.stderr.write(f"\r{clean(text)}\x1b[K")
        sys.stderr.flush()
    except (OSError, ValueError):
        pass  # as in `say`


def stderr_columns() -> int:
    """How wide the terminal is that stderr writes to; 0 where it is none, or none that takes a line back."""
    try:
        if sys.stderr is None or os.environ.get("TERM", "dumb") == "dumb" or not sys.stderr.isatty():
            return 0
        return os.get_terminal_size(sys.stderr.fileno()).columns or _COLUMNS
    except (OSError, ValueError):
        return 0


def in_color(choice: str) -> bool:
    """Whether stdout gets colour: the option, then NO_COLOR, then what stdout is."""
    if choice != "auto":
        return choice == "always" and sys.stdout is not None
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb" and on_terminal()


def on_terminal() -> bool:
    """Whether stdout is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def terminal_size() -> os.terminal_size:
    """How wide and high the terminal is: what `COLUMNS` and `LINES` say, then itself; 0 lines where neither does."""
    from shutil import get_terminal_size  # which takes long to load, for a terminal alone

    return get_terminal_size((_COLUMNS, 0))


def silence_stdout() -> None:
    """Let what is still in stdout's buffer go nowhere, so that Python does not complain about it at exit."""
    if not _silence(sys.stdout):
        sys.stdout = None  # as Python itself sets it when there is none


def _silence(stream: TextIO | None) -> bool:
    """Whether what a stream still holds goes nowhere from now on."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())  # type: ignore[union-attr]  # it may be none, and is not silenced then
    except (OSError, ValueError, AttributeError):
        return False
    return True
