"""Addresses that may be opened, and control characters that are drawn by nothing."""

from __future__ import annotations

import pytest
from rich.text import Text
from textual.content import Content

from hrdash.tui.shell import is_address

GOOD = ["https://example.org", "http://example.org:8080/a?b=c&d#e", "https://bureau.kz/en/?p=61051&post_type=post"]
BAD = [
    "", "example.org", "ftp://example.org", "file:///etc/passwd", "javascript:alert(1)", "--remote-debugging-port=9222",
    "https://", "https:///path", "https://un.org\\@evil.com", "https://user@evil.com", "https://un.org@evil.com/",
    "https://un.org/\x1b]0;X\x07", "https://un.org/ a", "https://un.org/\u202e", "https://ун.org/", "https://[bad",
    "https://un.org:99999/", "https://un..org/", "https://un.org/" + "a" * 3000, "smb://host/share", "https://un.org/`id`",
]  # fmt: skip


@pytest.mark.parametrize("address", GOOD)
def test_plain_web_addresses_are_addresses(address: str) -> None:
    assert is_address(address)


@pytest.mark.parametrize("address", BAD)
def test_anything_else_is_not(address: str) -> None:
    assert not is_address(address)


def test_content_and_text_drop_what_acts_on_a_terminal() -> None:
    for code in (0x00, 0x07, 0x1B, 0x7F, 0x90, 0x9B, 0x9D):
        assert Content(f"a{chr(code)}b").plain == "ab"
        assert Text(f"a{chr(code)}b").plain == "ab"
