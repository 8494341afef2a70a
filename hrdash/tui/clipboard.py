"""The clipboard: tmux's buffer, the system's tool, or what the terminal does of itself; and what came of it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Sequence

LONGEST_SENT = 64 * 1024
"""Bytes that terminals are known to take; a longer text is not sent rather than cut."""
_TOOLS = (
    ("TMUX", ("tmux", "load-buffer", "-w", "-")),
    ("WAYLAND_DISPLAY", ("wl-copy",)),
    ("DISPLAY", ("xclip", "-selection", "clipboard")),
    ("DISPLAY", ("xsel", "--clipboard", "--input")),
    ("", ("pbcopy",)),
)
"""Each tool with what says that it is of use here; `-w` has tmux hand the text on to its terminal too."""
_SECONDS = 2.0


def tools() -> tuple[tuple[str, ...], ...]:
    """The commands here that keep a clipboard, the first to be tried first; over ssh, where they would keep the other
    machine's, tmux alone.
    """
    remote = bool(os.environ.get("SSH_TTY") or os.environ.get("SSH_CONNECTION"))
    return tuple(
        command for variable, command in _TOOLS
        if (not variable or os.environ.get(variable)) and (variable == "TMUX" or not remote)
        and shutil.which(command[0])
    )  # fmt: skip


def hand_over(text: str, commands: Iterable[Sequence[str]]) -> str:
    """Give a text to the first of these that takes it, and name that; nothing where none did."""
    for command in commands:
        try:
            subprocess.run(  # noqa: S603  (a fixed list, no shell)
                command, input=text.encode(errors="replace"), timeout=_SECONDS, check=True, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError):
            continue
        return command[0]
    return ""
