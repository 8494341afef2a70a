"""What comes from the terminal: a paste, and keys with their place."""

from __future__ import annotations

import os
import select

import pytest
from textual import events
from textual._xterm_parser import XTermParser

from hrdash.tui import terminal_input
from hrdash.tui.terminal_input import FromTerminal, Typed


def test_a_paste_that_is_said_to_be_one_is_left_as_it_is() -> None:
    reader, words = FromTerminal(), "first line\rsecond line"
    found = [reader.decode(piece.encode()) for piece in ("\x1b[20", "0~" + words, words, words + "\x1b[20", "1~q")]
    assert "".join(found) == f"\x1b[200~{words * 3}\x1b[201~q"


def test_a_key_with_its_place_is_one_that_textual_reads() -> None:
    for sent, read in (
        ("\x1b[1089::99;5u", "\x1b[99;5u"), ("\x1b[1092::97;;1092u", "\x1b[1092;;1092u"),
        ("\x1b[1060:1060:97;2:1;1060u", "\x1b[1060;2;1060u"), ("\x1b[113::97;5u", "\x1b[113;5u"), ("\x1b[97:65u", "\x1b[97u"),
        ("\x1b[1089::99u", "\x1b[1089u"), ("\x1b[27u", "\x1b[27u"), ("\x1b[1114112::99;5u", ""), ("\x1b[1;5A", "\x1b[1;5A"),
    ):  # fmt: skip
        assert Typed().decode(sent.encode()) == read, sent
        for at in range(2, len(sent)):
            reader = Typed()
            assert reader.decode(sent[:at].encode()) + reader.decode(sent[at:].encode()) == read, (sent, at)


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
        ("\x1b[46::47;;46uп\r\x1b[46:44:47;2;44u", ["full_stop", "п", "enter", "comma"]),
        ("\r\x1b[1089:1057:99;5:1uj", ["enter", "ctrl+c", "j"]), ("№\r?", ["numero_sign", "enter", "question_mark"]),
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
