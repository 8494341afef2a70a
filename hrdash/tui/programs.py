"""The user's own programs that hrdash starts, browser and editor; and what came of it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from time import monotonic, sleep
from urllib.parse import urlsplit

from textual.app import SuspendNotSupported

from hrdash.text import clean_line
from hrdash.tui.terminal_modes import ENDING

LONGEST_ADDRESS = 2_048
_SECONDS_TO_GO_ON = 0.2


def is_address(text: str) -> bool:
    """Whether a text is an address that may be opened: http or https, an ASCII host, no user, nothing hidden."""
    if len(text) > LONGEST_ADDRESS or not re.fullmatch(r"[!-~]*", text) or not {*'\\"<>^`{|}'}.isdisjoint(text):
        return False
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    labels = host.split(".")
    proper = all(label and label.replace("-", "").isalnum() for label in labels)
    return parts.scheme in ("http", "https") and "@" not in parts.netloc and proper and port != 0


def over_ssh() -> bool:
    """Whether the terminal is at the other end of an ssh connection."""
    return bool(os.environ.get("SSH_TTY") or os.environ.get("SSH_CONNECTION"))


def open_in_browser(address: str) -> bool:
    """Whether the browser has taken an address; anything but a plain http or https one is left alone."""
    import webbrowser  # which takes a while, for who opens one

    try:
        return is_address(address) and webbrowser.open(address)
    except ValueError:
        return False  # a BROWSER with a quotation mark too few


def terminal_browser(address: str) -> list[str]:
    """The command that opens an address in the browser, where that is one that runs in the terminal."""
    import webbrowser

    try:
        browser = webbrowser.get()
    except (webbrowser.Error, ValueError):
        return []
    if type(browser) not in (webbrowser.GenericBrowser, getattr(webbrowser, "Elinks", None)):
        return []  # it has a window
    return [browser.name, *(argument.replace("%s", address) for argument in browser.args)]


def editor_command(path: str, line: int) -> list[str]:
    """The command that opens a file at a line in the user's editor, or nothing where none is named.

    Raises:
        ValueError: a quotation mark is missing.
    """
    import shlex  # for who edits

    editor = (os.environ.get("VISUAL") or os.environ.get("EDITOR") or "").strip()
    words = [editor] if editor and shutil.which(editor) else shlex.split(editor)
    return [*words, f"+{line}", path] if words else []


class Guest:
    """A program of the user's that gets the terminal; stopped meanwhile, it is gone on with when it is wanted again."""

    def __init__(self) -> None:
        self._stopped: subprocess.Popen[bytes] | None = None

    def run(self, command: Sequence[str], suspend: Callable[[], AbstractContextManager[None]]) -> str:
        """Run the command while the terminal is given up, to its end or until it is stopped; what went wrong, if so."""
        name = clean_line(os.path.basename(command[0]))
        try:
            with suspend(), _signals_passed_on(lambda number: process.send_signal(number)) as came:
                process = self._stopped or subprocess.Popen(command)  # noqa: S603  the user's own program
                for number in tuple(came):  # while it started
                    process.send_signal(number)
                if self._stopped:
                    process.send_signal(signal.SIGCONT)
                code = _end_of(process)
                self._stopped = process if code is None else None
        except SuspendNotSupported:
            return "cannot leave the terminal here"
        except OSError as fault:
            return f"{clean_line(command[0])} did not start: {fault.strerror}"
        if code is None:
            return f"{name} is stopped; the same key goes on with it"
        if code < 0:
            return f"{name} was ended by {signal.Signals(-code).name}"
        return f"{name} ended with exit code {code}" if code else ""

    def end(self) -> None:
        """Tell a program that is still stopped that it will not be gone on with, as a shell does."""
        if self._stopped is not None:
            for number in (signal.SIGHUP, signal.SIGCONT):
                self._stopped.send_signal(number)


@contextmanager
def _signals_passed_on(pass_on: Callable[[int], None]) -> Iterator[Sequence[int]]:
    """What would end us ends the program that has the terminal first, and is given as it comes; what is typed to
    interrupt or stop is its own.
    """
    came: list[int] = []

    def both(number: int, _: object) -> None:
        came.append(number)
        with suppress(NameError, ProcessLookupError):  # it is still to start, or has ended
            pass_on(number)

    wakeup = signal.set_wakeup_fd(-1)  # else the event loop, which waits meanwhile, would take each for itself
    before = {number: signal.signal(number, both) for number in ENDING}
    for interrupt in (signal.SIGINT, signal.SIGQUIT):
        signal.signal(interrupt, lambda *_: None)
    before |= {number: signal.signal(number, signal.SIG_DFL) for number in (signal.SIGTSTP, signal.SIGCONT)}
    try:
        yield came
    finally:
        for number, action in before.items():
            signal.signal(number, action)
        signal.set_wakeup_fd(wakeup)
        for ours in came:
            os.kill(os.getpid(), ours)


def _end_of(process: subprocess.Popen[bytes]) -> int | None:
    """Wait for a program, and give its exit code, negative for a signal; nothing when it is stopped and stays so.

    When all of the job is stopped and continued, we may be back before the program is.
    """
    while True:
        _, status = os.waitpid(process.pid, os.WUNTRACED)
        until = monotonic() + _SECONDS_TO_GO_ON
        while os.WIFSTOPPED(status) and monotonic() < until:
            sleep(_SECONDS_TO_GO_ON / 10)
            changed, now = os.waitpid(process.pid, os.WUNTRACED | os.WCONTINUED | os.WNOHANG)
            status = now if changed else status
        if os.WIFSTOPPED(status):
            return None
        if not os.WIFCONTINUED(status):
            process.returncode = os.waitstatus_to_exitcode(status)
            return process.returncode
