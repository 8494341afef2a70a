"""How the dashboard starts: settings and session are read and the terminal is asked while Textual is still to come."""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from hrdash.filter import EVERYTHING, Filter
from hrdash.library import Library
from hrdash.settings import load_config
from hrdash.tui.keys import rebound
from hrdash.tui.session import load_session
from hrdash.tui.terminal_colors import Answer, ask
from hrdash.tui.terminal_modes import ENDING, wait_for_terminal

SECONDS_OF_A_TURN = 0.001
"""A thread that counts lets the one that draws come in after so long; Python's own 5 ms are a third of a frame."""


def run(library: Library, asked: Filter = EVERYTHING, fresh: bool = False, keep: bool = True) -> int:
    """Open the dashboard and return the exit code; the terminal is then as it was before.

    `fresh` starts without what the last session left; without `keep`, nothing is written when this one ends.
    """
    wait_for_terminal()
    gc.disable()  # all that is made now stays; the application takes it up again
    sys.setswitchinterval(SECONDS_OF_A_TURN)
    config = load_config()
    keys, faults = rebound(dict(config.keys))
    session = None if fresh else load_session(library.folder)
    question = ask() if config.theme == "auto" and not (session and session.theme) else None
    try:
        with without_ssl():
            from hrdash.tui.app import HrdashApp  # Textual: what takes long, while the terminal answers
    finally:
        answer = question.answer() if question is not None else Answer()
    said = "; ".join((*config.faults, *faults))
    app = HrdashApp(library, asked, session, keys, config.theme, said, keep, answer.light, answer.typed)
    app.run()
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)  # what is left is short, and the exit code is known
    return app.return_code or 0


@contextmanager
def without_ssl() -> Iterator[None]:
    """Have asyncio go without OpenSSL, as it does where there is none: nothing here connects to anything."""
    known = "ssl" in sys.modules
    if not known:
        sys.modules["ssl"] = None  # type: ignore[assignment]  # as Python has it for a module that is not to be had
    try:
        yield
    finally:
        if not known:
            del sys.modules["ssl"]
