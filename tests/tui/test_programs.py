"""Addresses that may be opened, and those that may not."""

from __future__ import annotations

from hrdash.tui.programs import is_address

GOOD = ["https://example.org", "http://example.org:8080/a?b=c&d#e", "https://bureau.kz/en/?p=61051&post_type=post"]
BAD = [
    "", "example.org", "ftp://example.org", "file:///etc/passwd", "javascript:alert(1)", "--remote-debugging-port=9222",
    "https://", "https:///path", "https://un.org\\@evil.com", "https://user@evil.com", "https://un.org@evil.com/",
    "https://un.org/\x1b]0;X\x07", "https://un.org/ a", "https://un.org/\u202e", "https://ун.org/", "https://[bad",
    "https://un.org:99999/", "https://un..org/", "https://un.org/" + "a" * 3000, "smb://host/share", "https://un.org/`id`",
]  # fmt: skip


def test_plain_web_addresses_are_addresses() -> None:
    for address in GOOD:
        assert is_address(address), address


def test_anything_else_is_not() -> None:
    for address in BAD:
        assert not is_address(address), address
