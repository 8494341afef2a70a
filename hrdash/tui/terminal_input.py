"""What comes from the terminal, before Textual takes it apart: text, keys by their place, a paste as one piece."""

from __future__ import annotations

import codecs
import os
import re
import select
import signal
import sys

from hrdash.tui.keys import learn_place
from hrdash.tui.terminal_modes import keyboard

SECONDS_TO_THE_NEXT_PIECE = 0.02
"""The longest that a paste pauses between two pieces, or a sequence behind its escape."""
LONGEST_TYPED = 64
"""From so many characters on that come at once, they were pasted: nobody types ahead so far."""
WORDS = 6
"""From so many different characters on, a line is words, and not a run of keys."""
_PIECE = 1 << 16
_REPLY = re.compile(r"\x1b\](?=\d)[^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[\?[0-9;]*c")
_BEGUN = re.compile(r"\x1b\](?=\d)[^\x07\x1b]{0,64}\x1b?$|\x1b\[[\d:;]{0,32}$")
_KEY = re.compile(r"\x1b\[(\d{1,7})(?::(\d*))?(?::(\d{1,7}))?(?:;(\d*)(?::\d*)?)?((?:;[\d:]*)?)u")
_SHIFTS = 1 | 64 | 128
"""Shift, caps lock and num lock: the modifiers with which a key still types text, in the kitty keyboard protocol."""
_PASTE, _PASTED = "\x1b[200~", "\x1b[201~"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


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
        self._end = ""
        self._in_paste = False
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
            found = found[:-1] + super().decode(b"\x1b" + self._next_piece())
            self._escaped = found.endswith("\x1b")
        if not self._in_paste and is_pasted(found):
            while piece := self._next_piece():
                found += super().decode(piece)
            return _PASTE + found.replace("\x1b", "") + _PASTED
        seen = self._end + found
        self._in_paste = seen.rfind(_PASTE) > seen.rfind(_PASTED) or (self._in_paste and _PASTED not in seen)
        self._end = seen[1 - len(_PASTE) :]
        return found

    def _next_piece(self) -> bytes:
        """What follows at once, of a sequence or of a paste that a terminal hands over in pieces."""
        ready = select.select([keyboard()], [], [], SECONDS_TO_THE_NEXT_PIECE)[0]
        return os.read(keyboard(), _PIECE) if ready else b""


def is_pasted(text: str) -> bool:
    """Whether what came at once was pasted, though the terminal does not say so: lines of words, or very much."""
    if _CONTROL.search(text):
        return False
    lines = [line for line in re.split("[\r\n]+", text) if len(set(line)) >= WORDS]
    return len(lines) > 1 or (bool(lines) and len(text) >= LONGEST_TYPED)


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
