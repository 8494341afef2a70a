"""What comes from the terminal, before Textual takes it apart: text, and keys by their place."""

from __future__ import annotations

import codecs
import os
import re
import select
import signal
import sys

from hrdash.tui.keys import learn_place
from hrdash.tui.terminal_modes import keyboard

SECONDS_BEHIND_AN_ESCAPE = 0.02
"""The longest that the rest of a sequence is waited for."""
_PIECE = 1 << 16
_REPLY = re.compile(r"\x1b\](?=\d)[^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[\?[0-9;]*c")
_BEGUN = re.compile(r"\x1b\](?=\d)[^\x07\x1b]{0,64}\x1b?$|\x1b\[[\d:;]{0,32}$")
_KEY = re.compile(r"\x1b\[(\d{1,7})(?::(\d*))?(?::(\d{1,7}))?(?:;(\d*)(?::\d*)?)?((?:;[\d:]*)?)u")
_SHIFTS = 1 | 64 | 128
"""Shift, caps lock and num lock: the modifiers with which a key still types text, in the kitty keyboard protocol."""


class Typed(codecs.IncrementalDecoder):
    """Reads UTF-8, what is none replaced, without the terminal's late replies: Textual would take them for keys."""

    def __init__(self) -> None:
        super().__init__("replace")
        self._utf_8 = codecs.getincrementaldecoder("utf-8")("replace")
        self._begun = ""

    def decode(self, input: bytes, final: bool = False) -> str:  # type: ignore[override]  # noqa: A002
        found = _KEY.sub(_by_place, _REPLY.sub("", self._begun + self._utf_8.decode(input, final)))
        begun = None if final else _BEGUN.search(found)
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


def _by_place(key: re.Match[str]) -> str:
    """A key of the kitty protocol as Textual reads it, which knows nothing of a key's place on the keyboard.

    With ctrl and its like, it is the Latin key in that place; for a letter, the place is learned.
    """
    code, place, modifiers = int(key[1]), int(key[3] or 0), key[4] or ""
    if code > sys.maxunicode or place > sys.maxunicode:
        return ""
    if place and code > 0x7F:
        learn_place(chr(code), chr(place))
        if int(modifiers or 1) - 1 & ~_SHIFTS:
            code = place
    return f"\x1b[{code};{modifiers}{key[5]}u" if modifiers or key[5] else f"\x1b[{code}u"
