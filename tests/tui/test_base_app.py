"""Control characters that are drawn by nothing."""

from __future__ import annotations

from rich.text import Text
from textual.content import Content

import hrdash.tui.base_app  # noqa: F401  (what it mends in them is looked at)


def test_content_and_text_drop_what_acts_on_a_terminal() -> None:
    for code in (0x00, 0x07, 0x1B, 0x7F, 0x90, 0x9B, 0x9D):
        assert Content(f"a{chr(code)}b").plain == "ab"
        assert Text(f"a{chr(code)}b").plain == "ab"
