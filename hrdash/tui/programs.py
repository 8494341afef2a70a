"""The user's own programs that hrdash starts: browser and editor; and what came of it."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import webbrowser
from collections.abc import Callable
from contextlib import AbstractContextManager
from urllib.parse import urlsplit

from textual.app import SuspendNotSupported

LONGEST_ADDRESS = 2_048


def is_address(text: str) -> bool:
    """Whether a text is an address that may be opened: http or https, an ASCII host, no user, nothing hidden."""
    if len(text) > LONGEST_ADDRESS or not text.isascii() or not all(33 <= ord(character) <= 126 for character in text):
        return False
    if any(character in '\\"<>^`{|}' for character in text):
        return False
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    labels = host.split(".")
    proper = all(label and label.replace("-", "").isalnum() for label in labels)
    return parts.scheme in ("http", "https") and "@" not in parts.netloc and proper and port != 0


def over_ssh() -> bool:
    """Whether the terminal is at the other end of an ssh connection."""
    return bool(os.environ.get("SSH_TTY") or os.environ.get("SSH_CONNECTION"))


def open_in_browser(address: str) -> bool:
    """Whether the browser has taken an address; anything but a plain http or https one is left alone."""
    return is_address(address) and webbrowser.open(address)


def edit(path: str, line: int, suspend: Callable[[], AbstractContextManager[None]]) -> str:
    """Have the user's editor open a file at a line, the terminal given up meanwhile; why it did not, or nothing."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    place = f"the brief stands in {path}, line {line}"
    if not editor:
        return f"no editor in VISUAL or EDITOR; {place}"
    before = signal.signal(signal.SIGINT, lambda *_: None)  # meant for the editor, which does not inherit this
    try:
        with suspend():
            subprocess.run([*shlex.split(editor), f"+{line}", path], check=False)  # noqa: S603  the user's own editor
    except SuspendNotSupported:
        return f"cannot leave the terminal here; {place}"
    except (OSError, ValueError) as fault:
        return f"{editor} did not start ({fault}); {place}"
    finally:
        signal.signal(signal.SIGINT, before)
    return ""
