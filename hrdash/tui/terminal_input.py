"""What comes from the terminal, before Textual takes it apart."""

from __future__ import annotations

import codecs
import os
import re
import select
import selectors
import signal
from time import monotonic

from hrdash.tui.terminal_modes import keyboard

SECONDS_BEHIND_AN_ESCAPE = 0.02
"""The longest that the rest of a sequence is waited for."""
SECONDS_ASLEEP, SECONDS_AWAKE = 0.5, 2.0
"""Between two looks whether the end has come, while there are no keys; and how long behind a key there may be more."""
_PIECE = 1 << 16
_UNREAD = r"\x1b\](?=\d)[^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[\?[0-9;]*c|\x1b\[\d{7,}[\d;]*u"
"""Late replies, of a colour and of what the terminal is, and keys that no character has."""
_BEGUN = r"\x1b\](?=\d)[^\x07\x1b]{0,64}\x1b?$|\x1b\[\??[\d;]{0,32}$"


class Typed(codecs.IncrementalDecoder):
    """Reads UTF-8, what is none replaced, without what Textual would take for keys or could not read."""

    def __init__(self) -> None:
        super().__init__("replace")
        self._utf_8 = codecs.getincrementaldecoder("utf-8")("replace")
        self._begun = ""

    def decode(self, input: bytes, final: bool = False) -> str:  # type: ignore[override]  # noqa: A002
        found = re.sub(_UNREAD, "", self._begun + self._utf_8.decode(input, final))
        begun = None if final else re.search(_BEGUN, found)
        self._begun = begun[0] if begun else ""
        return found[: begun.start()] if begun else found


class FromTerminal(Typed):
    """Reads as `Typed` does, until the terminal is gone: one that sent no signal, and has nothing for ever, hung up."""

    def __init__(self) -> None:
        super().__init__()
        self._escaped = False
        """Whether an escape was handed on alone: what belongs to it may come late, and is read with it."""

    def decode(self, input: bytes, final: bool = False) -> str:  # type: ignore[override]  # noqa: A002
        if not input and not final:
            os.kill(os.getpid(), signal.SIGHUP)
        if len(input) == 1 and not self._begun:
            self._escaped = False  # it is a key of its own, as [ is
        found = super().decode(b"\x1b" * (self._escaped and not self._begun) + input, final)
        if self._escaped and found:
            found, self._escaped = found.removeprefix("\x1b"), False
        if final:
            return found
        if found.endswith("\x1b"):
            ready = select.select([keyboard()], [], [], SECONDS_BEHIND_AN_ESCAPE)[0]
            found = found[:-1] + super().decode(b"\x1b" + (os.read(keyboard(), _PIECE) if ready else b""))
            self._escaped = found.endswith("\x1b")
        return found


class Patient(selectors.SelectSelector):
    """Waits for keys: Textual would look ten times a second whether its end has come."""

    _awake = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        found = super().select(timeout if monotonic() < self._awake else SECONDS_ASLEEP)
        if found:
            self._awake = monotonic() + SECONDS_AWAKE
        return found
