"""Addresses that may be opened, and those that may not; and a program that is given the terminal."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import nullcontext
from typing import Any

import pytest

from hrdash.tui.programs import Guest, is_address

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


def test_a_signal_that_comes_while_a_program_starts_ends_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    came: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _: came.append(number))
    started = subprocess.Popen

    def interrupted(command: list[str], **how: Any) -> subprocess.Popen[bytes]:
        process: subprocess.Popen[bytes] = started(command, **how)
        os.kill(os.getpid(), signal.SIGTERM)
        return process

    monkeypatch.setattr(subprocess, "Popen", interrupted)
    try:
        said = Guest().run([sys.executable, "-c", "import time; time.sleep(60)"], nullcontext)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert said.endswith("was ended by SIGTERM")
    assert came == [signal.SIGTERM]
