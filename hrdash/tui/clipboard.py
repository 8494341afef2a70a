"""The clipboard tools of this machine, for when the terminal is on it too."""

from __future__ import annotations

import os
import shutil
import subprocess

LONGEST_COPY = 64 * 1024
"""Bytes that terminals are known to take; a longer text is not copied rather than cut."""
_TOOLS = (
    ("WAYLAND_DISPLAY", ("wl-copy",)),
    ("DISPLAY", ("xclip", "-selection", "clipboard")),
    ("DISPLAY", ("xsel", "--clipboard", "--input")),
    ("", ("pbcopy",)),
)
_SECONDS = 1.0


def copy_locally(text: str) -> bool:
    """Hand the text to the first clipboard tool that there is; false when none took it."""
    for variable, command in _TOOLS:
        if (not variable or os.environ.get(variable)) and shutil.which(command[0]):
            try:
                subprocess.run(  # noqa: S603  (a fixed list, no shell)
                    command, input=text.encode(), timeout=_SECONDS, check=True, stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )  # fmt: skip
            except (OSError, subprocess.SubprocessError):
                continue
            return True
    return False
