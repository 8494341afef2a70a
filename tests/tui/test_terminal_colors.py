"""What the terminal says of its background, and what comes with it from the keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.color import Color

from hrdash.tui.terminal_colors import Answer, understood
from hrdash.tui.terminal_input import Typed
from hrdash.tui.themes import THEMES
from tests.tui.terminal import OPEN, Terminal

KIND = b"\x1b[?62;4c"
DARK, LIGHT = (b"48;2;%d;%d;%d" % Color.parse(theme.background or "").rgb for theme in THEMES[:2])


def color(written: str, end: bytes = b"\x1b\\") -> bytes:
    return b"\x1b]11;rgb:" + written.encode() + end


@pytest.mark.parametrize(
    ("read", "light"),
    [
        (color("ffff/ffff/ffff") + KIND, True), (color("fb/fa/f6", b"\x07") + KIND, True),
        (color("1616/1919/1c1c") + KIND, False), (color("0/0/0") + KIND, False), (KIND, None), (b"", None),
        (color("ffff/ffff"), None), (b"\x1b]11;rgba:ffff/ffff/ffff/8000\x07", True),
    ],
)  # fmt: skip
def test_the_background_is_light_or_dark_or_not_known(read: bytes, light: bool | None) -> None:
    assert understood(read).light is light


def test_what_was_typed_meanwhile_is_kept() -> None:
    assert understood(b"/vis" + color("0000/0000/0000") + b"its" + KIND + b"\r") == Answer(False, b"/visits\r")


@pytest.mark.parametrize("cut", range(len(color("ffff/0000/0000")) + 1))
def test_a_late_reply_is_no_key_wherever_it_is_cut(cut: int) -> None:
    reply = color("ffff/0000/0000")
    reader = Typed()
    if cut in (1, 2):
        return  # an ESC or alt+] alone is a key
    assert reader.decode(reply[:cut]) + reader.decode(reply[cut:] + KIND + b"q") == "q"


def test_what_looks_like_a_reply_and_is_none_is_read() -> None:
    assert Typed().decode(b"\x1b]x\x1b[Aq\xff") == "\x1b]x\x1b[Aq�"


def test_a_light_terminal_gets_the_light_theme_and_what_was_typed_is_done(corpus: Path) -> None:
    with Terminal("-c", OPEN, str(corpus)) as terminal:
        terminal.wait_for("\x1b]11;?")
        terminal.send(color("ffff/ffff/ffff") + b"/food\rc" + KIND)
        written = terminal.wait_for("sent the citation")
        assert LIGHT in written
        assert DARK not in written
        terminal.send(b"q")
        assert terminal.end() == 0
        assert terminal.restored


@pytest.mark.parametrize("setting", ["theme: hrdash-light\n", ""])
def test_a_theme_in_the_settings_asks_nothing(corpus: Path, own_machine: Path, setting: str) -> None:
    folder = own_machine / "config" / "hrdash"
    folder.mkdir(parents=True)
    (folder / "config.yaml").write_text(setting)
    with Terminal("-c", OPEN, str(corpus), **({} if setting else {"TERM": "linux"})) as terminal:
        terminal.wait_for("Visits to prisons")
        assert b"\x1b]11;?" not in terminal.written


def test_a_silent_terminal_falls_back_to_colorfgbg(corpus: Path) -> None:
    with Terminal("-c", OPEN, str(corpus), COLORFGBG="0;15") as terminal:
        written = terminal.wait_for("Visits to prisons")
        assert LIGHT in written
