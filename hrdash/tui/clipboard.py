"""The clipboard: tmux's buffer, the system's tool, or what the terminal does of itself; and what came of it."""

from __future__ import annotations

import os
import shutil
from asyncio import create_subprocess_exec, wait_for
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Callable, Iterable, Sequence

from hrdash.tui.programs import over_ssh

LONGEST_SENT = 64 * 1024
"""Bytes that terminals are known to take; a longer text is not sent rather than cut."""
_TOOLS = (
    ("TMUX", ("tmux", "load-buffer", "-w", "-")),
    ("WAYLAND_DISPLAY", ("wl-copy",)),
    ("DISPLAY", ("xclip", "-selection", "clipboard")),
    ("DISPLAY", ("xsel", "--clipboard", "--input")),
    ("", ("pbcopy",)),
)
"""Each tool with what says that it is of use here, the one for use over ssh first; `-w` has tmux hand the text on."""
_SECONDS = 2.0


def tools() -> tuple[tuple[str, ...], ...]:
    """The commands here that keep a clipboard, the first to be tried first; over ssh, where they would keep the other
    machine's, tmux alone.
    """
    here = _TOOLS[:1] if over_ssh() else _TOOLS
    return tuple(command for name, command in here if (not name or os.environ.get(name)) and shutil.which(command[0]))


async def hand_over(text: str, commands: Iterable[Sequence[str]]) -> str:
    """Give a text to the first of these that takes it, and name that; nothing where none did. One that hangs is ended,
    and so is one that is no longer waited for.
    """
    for command in commands:
        try:
            process = await create_subprocess_exec(*command, stdin=PIPE, stdout=DEVNULL, stderr=DEVNULL)
        except OSError:
            continue
        try:
            await wait_for(process.communicate(text.encode(errors="replace")), _SECONDS)
        except TimeoutError:
            continue
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode == 0:
            return command[0]
    return ""


async def put(text: str, said: str, send: Callable[[str], None], otherwise: str = "") -> str:
    """Put a text on the clipboard, by having the terminal `send` it where no tool takes it; what there is to say of it,
    which is `said` where it was copied, and what to do `otherwise` where it is too long.

    Only what the clipboard's keeper has taken is called copied; a terminal does not answer.
    """
    if not text:
        return ""
    if tool := await hand_over(text, tools()):
        return f"{said}, for tmux and its terminal" if tool == "tmux" else said
    if len(text.encode(errors="replace")) > LONGEST_SENT:
        return f"not copied: longer than the {LONGEST_SENT // 1024} KiB that terminals take{otherwise}"
    send(text)
    return f"{said.replace('copied', 'sent', 1)} to the terminal's clipboard"
