"""hrdash in a real terminal, byte for byte."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import pytest

from tests.tui.terminal import OPEN, Terminal

COLOR = re.compile(rb"\x1b\[(?:[0-9;:]*[;:])?(?:3[0-9]|4[0-9]|9[0-7]|10[0-7])(?:[;:][0-9;:]*)?m")


def opened(corpus: Path, **environment: str) -> Terminal:
    return Terminal("-c", OPEN, str(corpus), **environment)


def test_an_idle_dashboard_writes_nothing(corpus: Path) -> None:
    often = "import hrdash.tui.screens.dashboard as screen; screen.SECONDS_BETWEEN_LOOKS = 0.1; "
    with Terminal("-c", often + OPEN, str(corpus)) as terminal:
        terminal.wait_for("Visits to prisons")
        terminal.quiet()
        assert terminal.read(0.5) == b""  # several looks at the files


def test_no_color_writes_no_colour_at_all(corpus: Path) -> None:
    with opened(corpus, NO_COLOR="1") as terminal:
        terminal.wait_for("Visits to prisons")
        terminal.send(b"/visits\r")
        terminal.send(b"j")
        terminal.send(b"f")
        terminal.quiet()
        assert COLOR.findall(terminal.written) == []
        assert re.search(rb"\x1b\[(?:[0-9;]*;)?7(?:;[0-9;]*)?m", terminal.written), "the cursor has to be seen"


def test_an_empty_no_color_is_none(corpus: Path) -> None:
    with opened(corpus, NO_COLOR="") as terminal:
        terminal.wait_for("Visits to prisons")
        assert COLOR.findall(terminal.written)


@pytest.mark.parametrize(("keys", "code"), [(b"q", 0), (b"\x03", 130), (b"\x11", 0)])
def test_the_terminal_comes_back_and_the_exit_code_is_true(corpus: Path, keys: bytes, code: int) -> None:
    with opened(corpus) as terminal:
        terminal.wait_for("Visits to prisons")
        terminal.send(keys)
        assert terminal.end() == code
        assert terminal.restored


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_a_signal_ends_it_with_the_terminal_restored(corpus: Path, number: signal.Signals) -> None:
    with opened(corpus) as terminal:
        terminal.wait_for("Visits to prisons")
        terminal.process.send_signal(number)
        assert terminal.end() == 128 + number
        assert terminal.restored


def test_a_terminal_that_is_gone_without_a_signal_ends_it_and_the_session_is_saved(
    corpus: Path, own_machine: Path
) -> None:
    with opened(corpus) as terminal:
        terminal.wait_for("Visits to prisons")
        terminal.send(b"]")
        terminal.quiet()
        nowhere = os.open(os.devnull, os.O_RDWR)
        os.dup2(nowhere, terminal.master)
        os.close(nowhere)
        assert terminal.end() == 128 + signal.SIGHUP
    assert "theme:" in (own_machine / "state" / "hrdash" / "session.json").read_text()


def test_bytes_that_are_no_utf_8_do_not_end_its_input(corpus: Path) -> None:
    with opened(corpus) as terminal:
        terminal.wait_for("Visits to prisons")
        terminal.send(b"\xff\xc3a")
        terminal.quiet(0.3)
        terminal.send(b"q")
        assert terminal.end() == 0


def test_what_is_typed_before_the_first_frame_is_not_lost_to_another_place(corpus: Path) -> None:
    with opened(corpus) as terminal:
        terminal.wait_for("Visits to prisons")
        terminal.send(b"/food\rc")
        terminal.wait_for("sent the citation")


def test_textuals_variables_do_nothing(corpus: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with opened(corpus, TEXTUAL_LOG=str(log), TEXTUAL_PRESS="q", TEXTUAL_DRIVER="nowhere:Driver") as terminal:
        terminal.wait_for("Visits to prisons")
        terminal.quiet()
        assert terminal.process.poll() is None
        assert not log.exists()


def test_hostile_text_reaches_no_terminal_as_anything_but_text(corpus: Path) -> None:
    file = corpus / "themes" / "prisons.yaml"
    hostile = r"Food \e]52;c;aGFja2Vk\a and \x9b31m and ‮ and \u200b in prisons"
    file.write_text(file.read_text().replace("title: Food in prisons", f'title: "{hostile}"'))
    with opened(corpus) as terminal:
        terminal.wait_for("⟨U+001B⟩")
        terminal.send(b"G")
        terminal.quiet()
        terminal.send(b"\x10food")
        terminal.quiet()
        assert b"]52;c;aGFja2Vk\x07" not in terminal.written
        text = terminal.written.decode()
        assert not re.search("[\x80-\x9f\u202e\u200b]", text)


def test_a_fault_of_ours_shows_no_text_of_a_brief_and_exits_70(corpus: Path, own_machine: Path) -> None:
    program = OPEN.replace(
        "sys.exit(",
        "from hrdash.tui.screens.dashboard import Dashboard; "
        "Dashboard.action_help = lambda self: {'secret': self.brief.title}['other']; sys.exit(",
    )
    with Terminal("-c", program, str(corpus)) as terminal:
        terminal.wait_for("Visits to prisons")
        terminal.quiet(0.3)
        terminal.written = b""
        terminal.send(b"?")
        assert terminal.end() == 70
        assert terminal.restored
        assert b"internal error KeyError" in terminal.written
        shown = terminal.written.split(b"\x1b[?1049l")[-1]
        report = own_machine / "state" / "hrdash" / "crash.txt"
        for text in (shown, report.read_bytes()):
            assert b"Newspapers" not in text
            assert b"secret" not in text
            assert b"Traceback" not in text
        assert str(report).encode() in shown.replace(b"\r\n", b"")
        assert b"security advisory" in shown
