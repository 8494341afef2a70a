"""What comes from the terminal: a paste, and keys with their place."""

from __future__ import annotations

import os
import select
from selectors import SelectSelector

import pytest
from textual import events
from textual._xterm_parser import XTermParser

from hrdash.tui import terminal_input
from hrdash.tui.terminal_input import SECONDS_ASLEEP, SECONDS_AWAKE, FromTerminal, Patient, Typed


def test_a_paste_that_is_said_to_be_one_is_left_as_it_is() -> None:
    reader, words = FromTerminal(), "first line\rsecond line"
    found = [reader.decode(piece.encode()) for piece in ("\x1b[20", "0~" + words, words, words + "\x1b[20", "1~q")]
    assert "".join(found) == f"\x1b[200~{words * 3}\x1b[201~q"


def test_a_key_that_no_character_has_and_a_late_reply_are_not_read() -> None:
    for sent in ("\x1b[1114112;5u", "\x1b[99999999999u", "\x1b[?62;22c", "\x1b]11;rgb:0000/0000/0000\x1b\\"):
        for at in range(3, len(sent)):
            reader = Typed()
            read = reader.decode(sent[:at].encode()) + reader.decode(sent[at:].encode() + b"q")
            assert read == "q", (sent, at)


def pressed(pieces: list[bytes], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys that Textual takes out of what arrives in pieces, each when the one before it has been read."""
    there, sent = os.pipe()
    monkeypatch.setattr(terminal_input, "keyboard", lambda: there)
    reader, parser, found = FromTerminal(), XTermParser(), []
    for piece in pieces:
        os.write(sent, piece)
        while select.select([there], [], [], 0)[0]:
            if text := reader.decode(os.read(there, 4096)):
                found += [event.key for event in parser.feed(text) if isinstance(event, events.Key)]
    os.close(there)
    os.close(sent)
    return found


def test_no_key_is_lost_or_another_wherever_what_is_sent_is_cut_in_two(monkeypatch: pytest.MonkeyPatch) -> None:
    for sent, keys in (
        ("\r\x1b[1089;5uj", ["enter", "ctrl+с", "j"]), ("№\r?", ["numero_sign", "enter", "question_mark"]),
        ("\r\x1b[B\x1b[6~q", ["enter", "down", "pagedown", "q"]), ("a\x1b[27uq", ["a", "escape", "q"]),
    ):  # fmt: skip
        whole = sent.encode()
        assert pressed([whole], monkeypatch) == keys, sent
        for at in range(1, len(whole)):
            assert pressed([whole[:at], whole[at:]], monkeypatch) == keys, (whole[:at], whole[at:])


def test_a_key_behind_escape_is_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(select, "select", lambda *_: ([], [], []))
    terminal = FromTerminal()
    for typed in ("[", "]", "\x1b", "j", "\x1b[A"):
        assert [terminal.decode(one.encode()) for one in ("\x1b", typed)] == ["\x1b", typed], typed


def test_keys_are_waited_for_patiently_until_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    now, found, waited = 1000.0, [[], ["a key"], [], []], []
    monkeypatch.setattr(terminal_input, "monotonic", lambda: now)
    monkeypatch.setattr(SelectSelector, "select", lambda _, timeout: waited.append(timeout) or found.pop(0))
    keyboard = Patient()
    for _ in range(3):
        keyboard.select(0.1)
    now += SECONDS_AWAKE
    keyboard.select(0.1)
    assert waited == [SECONDS_ASLEEP, SECONDS_ASLEEP, 0.1, SECONDS_ASLEEP]
