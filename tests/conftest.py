"""What every test needs: a machine of its own, and small corpora to point hrdash at."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import make

SETTINGS = (
    "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "EDITOR", "VISUAL", "PAGER", "SSH_TTY", "SSH_CONNECTION", "TMUX",
    "BROWSER", "DISPLAY", "WAYLAND_DISPLAY",
)  # fmt: skip


@pytest.fixture(autouse=True)
def own_machine(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point every folder that hrdash may write to at a fresh one, and forget the user's settings."""
    home = tmp_path_factory.mktemp("home")
    for name in list(os.environ):
        if name.startswith(("HRDASH_", "TEXTUAL", "XDG_")) or name in SETTINGS:
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    for kind in ("CACHE", "STATE", "CONFIG", "DATA"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
    monkeypatch.setenv("TERM", "xterm-256color")
    return home


@pytest.fixture(autouse=True)
def nothing_left_open() -> Iterator[None]:
    """Close what a test opened: every connection is closed by who opened it, and a warning is an error."""
    yield
    make.close_all()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options that write golden files anew, and that have more tried."""
    parser.addoption("--update-golden", action="store_true", help="write golden files from what is printed now")
    parser.addoption("--heavy", action="store_true", help="try every case of a costly kind, not a sample of each sort")


def pytest_collection_finish() -> None:
    """Have no look for garbage go through the tests themselves, and all that they import: the dashboard looks often."""
    gc.freeze()


def pytest_configure(config: pytest.Config) -> None:
    """Say how much is tried, before a test is imported."""
    make.HEAVY = config.getoption("heavy")
    slow = [HealthCheck.too_slow]  # a machine that has other work is no fault
    settings.register_profile("hrdash", deadline=None, max_examples=make.examples(100), suppress_health_check=slow)
    settings.load_profile("hrdash")
