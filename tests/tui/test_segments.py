"""What the dashboard draws of texts that no reader of files has cleaned."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrdash.tui.segments import safe_segment
from tests.hostile import ACTING, PAYLOADS
from tests.tui.conftest import write_corpus
from tests.tui.terminal import Terminal


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_run_of_cells_acts_on_no_terminal(payload: str) -> None:
    shown = safe_segment(f"a{payload}\tb").text
    assert not ACTING.search(shown)
    assert shown.startswith("a")
    assert shown.endswith(" b")
    assert "\n" not in shown


def test_plain_cells_are_drawn_as_they_are() -> None:
    assert safe_segment("Қ 人権 [sic] é").text == "Қ 人権 [sic] é"


def test_the_name_of_a_folder_and_a_typed_filter_act_on_no_terminal(tmp_path: Path) -> None:
    folder = write_corpus(tmp_path / "a\x1b]52;c;aGFja2Vk\x07\u202e")
    (folder / "themes" / "b\x9b31m.yaml").write_text("briefs: []\n")
    arguments = ["-m", "hrdash", "--briefs", str(folder), "--text", "pri\x1b]52;c;aGFja2Vk\x07 \x9b31m"]
    with Terminal(*arguments, size=(300, 30)) as terminal:
        terminal.wait_for("Ruritania")
        terminal.send(b"p")
        terminal.wait_for("in this corpus")
        terminal.quiet()
        terminal.send(b"q")
        terminal.quiet(0.3)
        assert b"\x1b]52;c;aGFja2Vk" not in terminal.written
        shown = terminal.written.decode()
        assert "⟨U+001B⟩" in shown
        assert not [letter for letter in shown if letter in "\u202e\x9b"]
