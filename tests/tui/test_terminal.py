"""hrdash in a real terminal, byte for byte."""

from __future__ import annotations

import os
import re
import signal
import termios
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from textual import events

from hrdash.tui.app import HrdashApp
from hrdash.tui.keys import KEYS, shown_key
from hrdash.tui.terminal_modes import ENDING
from tests import make
from tests.tui.terminal import FRESH, OPEN, Terminal

COLOR = re.compile(rb"\x1b\[(?:[0-9;:]*[;:])?(?:3[0-9]|4[0-9]|9[0-7]|10[0-7])(?:[;:][0-9;:]*)?m")
PRESSED = [name for key in KEYS for name in key.keys.split(",")]
BYTES = {
    "down": b"\x1b[B", "up": b"\x1b[A", "home": b"\x1b[H", "end": b"\x1b[F", "pagedown": b"\x1b[6~",
    "pageup": b"\x1b[5~", "tab": b"\t", "shift+tab": b"\x1b[Z", "enter": b"\r", "escape": b"\x1b",
    **{f"ctrl+{letter}": bytes([ord(letter) - 96]) for letter in "dulpqz"},
    **{name: shown_key(name).encode() for name in PRESSED if len(shown_key(name)) == 1},
}  # fmt: skip
"""What the keys send that do not send their name."""

ESCAPE = b"\x1b[27u"
"""As the kitty protocol says it: whatever follows, no other sequence begins with it."""


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


def test_the_terminal_comes_back_the_exit_code_is_true_and_no_key_acts_behind_the_end(corpus: Path) -> None:
    ends = (
        (b"q", 0), (b"m\x11", 0), (b"f\x03", 130), (b"\x11", 0), (b"\x03", 130), (b"m\x03", 130), (b"fq", 0),
        (b"f\x11", 0),
    )  # fmt: skip
    for keys, code in ends if make.HEAVY else ends[:3]:
        with opened(corpus, EDITOR="true") as terminal:
            terminal.wait_for("Visits to prisons")
            terminal.send(keys + b"".join(BYTES.get(name, name.encode()) for name in PRESSED))
            assert terminal.end() == code, keys
            assert terminal.restored, keys
            assert b"internal error" not in terminal.written, keys


async def test_no_key_or_message_acts_once_the_program_is_ending(dashboard: Callable[..., HrdashApp]) -> None:
    at_once = 1 if make.HEAVY else 10
    for names in (PRESSED[at : at + at_once] for at in range(0, len(PRESSED), at_once)):
        app = dashboard()
        async with app.run_test(size=(100, 30)):
            for name in ("q", *names):
                app.post_message(events.Key(name, name if len(name) == 1 else None))
        assert app.return_code == 0, names


def test_a_signal_ends_it_with_the_terminal_restored(corpus: Path) -> None:
    names = ("HUP", "INT", "TERM", "RTMAX", "QUIT", "USR1", "ALRM", "VTALRM", "PROF")
    numbers = {name: number for name in names if (number := getattr(signal, f"SIG{name}", None))}  # not all have each
    assert set(numbers.values()) <= set(ENDING)
    for name, number in list(numbers.items())[: None if make.HEAVY else 4]:
        with opened(corpus) as terminal:
            terminal.wait_for("Visits to prisons")
            terminal.process.send_signal(number)
            assert terminal.end() == 128 + number, name
            assert terminal.restored, name


def test_the_first_modes_are_gone_back_to_whatever_signals_came_in_between(corpus: Path) -> None:
    with opened(corpus) as terminal:
        terminal.wait_for("Visits to prisons")
        for pair in product((signal.SIGCONT, signal.SIGSTOP, signal.SIGTSTP), repeat=2):
            for number in (*pair, signal.SIGCONT):
                terminal.process.send_signal(number)
            terminal.wait_for("Visits to prisons", wake=True)  # drawn anew
        assert terminal.end(b"q") == 0
        assert terminal.restored


def test_a_signal_of_a_job_before_one_that_ends_it_or_behind_changes_nothing(corpus: Path) -> None:
    endings, others = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT), (signal.SIGCONT, signal.SIGSTOP, signal.SIGTSTP)
    pairs = product(endings, others) if make.HEAVY else zip(endings, others, strict=True)
    for (ending, other), behind in product(pairs, (False, True)):
        pair = (ending, other) if behind else (other, ending)
        with opened(corpus) as terminal:
            terminal.wait_for("Visits to prisons")
            for number in (*pair, signal.SIGCONT):
                terminal.process.send_signal(number)
            assert terminal.end() == 128 + ending, pair
            assert terminal.restored, pair


def test_it_stops_in_the_terminals_first_modes_and_is_ended_there(corpus: Path) -> None:
    for opening in (b"", b"t", b"\x10", b"?", b"m") if make.HEAVY else (b"", b"t"):
        with opened(corpus) as terminal:
            terminal.wait_for("Visits to prisons")
            terminal.send(opening)
            terminal.quiet()
            terminal.send(b"\x1a")
            terminal.stopped()
            terminal.process.send_signal(signal.SIGTERM)
            terminal.process.send_signal(signal.SIGCONT)
            assert terminal.end() == 128 + signal.SIGTERM, opening
            assert terminal.restored, opening


def test_a_signal_while_the_terminal_is_asked_leaves_it_as_it_was(corpus: Path) -> None:
    slow = "import hrdash.tui.terminal_colors as colors; colors.SECONDS_TO_ANSWER = 20; "
    for number in (signal.SIGTERM, signal.SIGUSR1, signal.SIGINT) if make.HEAVY else (signal.SIGINT,):
        with Terminal("-c", slow + OPEN, str(corpus)) as terminal:
            terminal.wait_for("\x1b]11;?")
            terminal.process.send_signal(signal.SIGTSTP)
            terminal.stopped()
            for sent in (signal.SIGCONT, number):
                terminal.process.send_signal(sent)
            assert terminal.end() == 128 + number
            assert termios.tcgetattr(terminal.slave)[:4] == terminal.before[:4]


def script(path: Path, text: str) -> str:
    """The path of a program of the user's."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return str(path)


def test_a_clipboard_that_hangs_is_ended_with_the_program_and_what_it_did_not_take_is_said(
    corpus: Path, tmp_path: Path
) -> None:
    for script, words in (
        (f"echo $$ > {tmp_path}/pid; exec sleep 1000", b"hrdash: not copied: "), (f"cat > {tmp_path}/got", b""),
    ):  # fmt: skip
        (tmp_path / "tmux").write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / "tmux").chmod(0o755)
        path = f"{tmp_path}:{os.environ['PATH']}"
        with opened(corpus, PATH=path, TMUX="socket,1,0", SSH_TTY="", SSH_CONNECTION="") as terminal:
            terminal.wait_for("Visits to prisons")
            terminal.send(b"\tcq")
            assert terminal.end() == 0
            assert (b"not copied" in terminal.written) == bool(words)
            assert words in terminal.written
            assert terminal.restored
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)
    assert "PAPER ¶9" in (tmp_path / "got").read_text()


def test_an_editor_gets_the_terminal_and_gives_it_back_whatever_becomes_of_it(corpus: Path, tmp_path: Path) -> None:
    texts = (
        'read line; echo "typed: $line, $1"', "exit 3", "kill -9 $$", "kill -STOP $$; echo on",
        "kill -INT $PPID; kill -QUIT $PPID", 'read line; echo "typed: $line, $1"',
    )  # fmt: skip
    next_one = (
        f'cd "{tmp_path}"; number=$(cat number || echo 0); echo $((number + 1)) > number; exec ./edit$number "$@"'
    )
    for number, text in enumerate(texts):
        script(tmp_path / f"edit{number}", text)
    with Terminal(
        "-c", OPEN, str(corpus), size=(300, 30), VISUAL=script(tmp_path / "two words" / "edit", next_one)
    ) as terminal:
        terminal.shows("Visits to prisons")
        for said in (
            "typed", "edit ended with exit code 3; the brief stands in", "edit was ended by SIGKILL; the brief",
            "edit is stopped; the same key goes on with it", "on\r\n", "", "typed",
        ):  # fmt: skip
            terminal.send(b"e")
            terminal.wait_for(said if said == "on\r\n" else "\x1b[?1049l")
            if said == "typed":
                terminal.send(b"word\n")
                terminal.wait_for("typed: word, +")
            terminal.shows(said if said.startswith("edit") else "Visits to prisons")
        terminal.send(b"q")
        assert terminal.end() == 0
        assert terminal.restored


def test_an_editor_that_cannot_be_started_is_named_in_words(corpus: Path, tmp_path: Path) -> None:
    for editor, said in (
        (str(tmp_path / "missing" / "one"), "did not start"), (f"{tmp_path}/no such/edit", "did not start"),
        ("'vi", "VISUAL or EDITOR has a quotation mark too few; the brief stands in"),
        (" ", "no editor in VISUAL or EDITOR; the brief stands in"),
    ):  # fmt: skip
        with Terminal("-c", OPEN, str(corpus), size=(300, 30), VISUAL=editor) as terminal:
            terminal.shows("Visits to prisons")
            terminal.send(b"e")
            terminal.shows(said)
            terminal.send(b"q")
            assert terminal.end() == 0, editor
            assert terminal.restored, editor


def test_a_signal_ends_the_editor_too(corpus: Path, tmp_path: Path) -> None:
    with opened(corpus, EDITOR=script(tmp_path / "edit", "echo here; exec cat")) as terminal:
        terminal.wait_for("Visits to prisons")
        terminal.send(b"e")
        terminal.wait_for("here")
        terminal.process.send_signal(signal.SIGTERM)
        assert terminal.end() == 128 + signal.SIGTERM
        assert terminal.restored


def test_a_browser_that_runs_in_the_terminal_gets_it_and_gives_it_back(corpus: Path, tmp_path: Path) -> None:
    once = f'echo "at $1"; read line; if [ -e "{tmp_path}/once" ]; then exit 4; fi; touch "{tmp_path}/once"'
    browser = script(tmp_path / "browser", once)
    with Terminal("-c", OPEN, str(corpus), size=(200, 30), BROWSER=browser, DISPLAY="") as terminal:
        terminal.shows("Visits to prisons")
        for keys, said in ((b"\to", "Ruritania"), (b"o", "ended with exit code 4; sent: https")):
            terminal.send(keys)
            terminal.wait_for("at https://example.org/paper\r\n")
            terminal.send(b"\n")
            terminal.shows(said)
        terminal.send(b"q")
        assert terminal.end() == 0
        assert terminal.restored


def test_keys_act_by_their_place_under_the_kitty_protocol_and_without(corpus: Path) -> None:
    for keys, code in (("\x1b[1089;5u", 130), ("\x1b[1081u", 0), ("й", 0), ("\x1b[1081;5u", 0)):
        with opened(corpus) as terminal:
            terminal.wait_for("Visits to prisons")
            terminal.send(keys.encode())
            assert terminal.end() == code, keys
            assert terminal.restored, keys


def test_slash_and_question_mark_answer_on_a_cyrillic_keyboard(corpus: Path) -> None:
    with Terminal("-c", FRESH, str(corpus)) as terminal:
        terminal.shows("Visits to prisons")
        for slash, question in (".,", "№?"):
            terminal.send(f"{slash}пресса.\r{question}".encode())
            terminal.shows("hrdash: keys")
            terminal.send(b"q")
            terminal.shows("hrdash: keys", there=False)
            terminal.shows("пресса. ")
            terminal.send(ESCAPE)
            terminal.shows("пресса. ", there=False)


def test_a_paste_arrives_or_is_refused_in_words(corpus: Path) -> None:
    refused = "not taken: a field holds no more than 1,000 characters"
    nowhere = "nothing here takes what is pasted"
    with Terminal("-c", FRESH, str(corpus), size=(200, 30)) as terminal:
        terminal.shows("Visits to prisons")
        for field, opened_field, text, said in (
            (b"/", "", "visits to\rprisons in\n\nwinter", "visits to prisons in winter"),
            (b"/", "", "word other " * 2000, refused),
            (b"", "", "quit now\rnext line", nowhere),
            (b"t", "theme", "freedom of\rthe press", "freedom of the press"),
            (b"\x10", "theme, brief", "word other " * 2000, refused[:40]),
            (b"?", "hrdash: keys", "quit now\rnext line", nowhere),
        ):  # fmt: skip
            if field:
                terminal.send(field)
                terminal.shows(opened_field)
                terminal.quiet()
            terminal.send(b"\x1b[200~" + text.encode() + b"\x1b[201~")
            terminal.shows(said)
            terminal.send(ESCAPE * 2)
            terminal.shows(said, there=False)
        terminal.send(b"\x03")
        assert terminal.end() == 130


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


def test_a_terminal_that_cannot_be_read_any_more_is_gone(corpus: Path) -> None:
    failing = """
import os
read = os.read
def read_or_fail(number, size):
    if b"~" in (found := read(number, size)):
        raise OSError(5, "the terminal is gone")
    return found
os.read = read_or_fail
"""
    with Terminal("-c", failing + OPEN, str(corpus)) as terminal:
        terminal.wait_for("Visits to prisons")
        terminal.send(b"~")
        assert terminal.end() == 128 + signal.SIGHUP


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


def test_a_fault_of_ours_is_said_though_no_file_can_be_opened_any_more(corpus: Path) -> None:
    program = OPEN.replace(
        "sys.exit(",
        "import resource; from hrdash.tui.screens.dashboard import Dashboard; "
        "Dashboard.action_over = lambda *_: [resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3)), open(sys.argv[1])]; "
        "sys.exit(",
    )
    with Terminal("-c", program, str(corpus)) as terminal:
        terminal.wait_for("Visits to prisons")
        terminal.send(b"?")
        assert terminal.end() == 70
        assert terminal.restored
        assert b"internal error OSError" in terminal.written


def test_a_fault_of_ours_shows_no_text_of_a_brief_and_exits_70(corpus: Path, own_machine: Path) -> None:
    program = OPEN.replace(
        "sys.exit(",
        "from hrdash.tui.screens.dashboard import Dashboard; "
        "Dashboard.action_over = lambda self, name: {'secret': self.brief.title}['other']; sys.exit(",
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
