"""The user's pager: what is longer than the terminal is read in it, as git does."""

import errno
import os
import sys

_LESS = {"LESS": "FRX"}
"""How `less` is to behave where the user does not say: end where all fits, show colours, leave the text behind."""


def show_in_pager(text: str) -> bool:
    """Whether a text was handed to the pager and that has ended; what `PAGER` names, or `less`. Where there is none, or
    it does not start, nothing has been shown. Raise `OSError` where it fails."""
    import shlex
    import signal
    import subprocess

    try:
        command = shlex.split(os.environ.get("PAGER", "less"))
    except ValueError:
        return False
    if not command or command == ["cat"] or sys.stdout is None:
        return False
    sys.stdout.flush()
    before = signal.signal(signal.SIGINT, lambda *_: None)  # while it is there, ctrl+c is the pager's own
    try:
        pager = subprocess.Popen(command, stdin=subprocess.PIPE, env={**_LESS, **os.environ})  # noqa: S603  (the user's own)
        pager.communicate(text.encode(sys.stdout.encoding, "backslashreplace"))
    except OSError:
        return False
    finally:
        signal.signal(signal.SIGINT, before)
    if pager.returncode:
        how = f"ended with exit code {pager.returncode}" if pager.returncode > 0 else "was killed"
        raise OSError(errno.EIO, f"the pager {command[0]} {how}; --no-pager writes without it")
    return True
