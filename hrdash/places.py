"""Where hrdash may write: the user's cache and state folders, by the XDG base directory rules, and nowhere else.

Looking makes no folder. Folders are made 0700 and files 0600, before anything is written to them.
"""

from __future__ import annotations

import os
import stat


def cache_folder() -> str:
    """The folder for what can be made again, or nothing where there is no home."""
    return _folder("XDG_CACHE_HOME", ".cache")


def state_folder() -> str:
    """The folder for what should come back next time, or nothing where there is no home."""
    return _folder("XDG_STATE_HOME", os.path.join(".local", "state"))


def config_folder() -> str:
    """The folder of the user's `config.yaml`, or nothing where there is no home; hrdash writes nothing there."""
    return _folder("XDG_CONFIG_HOME", ".config")


def make_private(folder: str) -> bool:
    """Make a folder that only this user can enter; whether it is one now, and neither a link nor another's."""
    try:
        os.makedirs(os.path.dirname(folder), mode=0o700, exist_ok=True)
        try:
            os.mkdir(folder, 0o700)
        except FileExistsError:
            pass
        return is_private(folder)
    except OSError:
        return False


def is_private(path: str) -> bool:
    """Whether a folder or file is real, this user's, and closed to everybody else."""
    try:
        state = os.lstat(path)
    except OSError:
        return False
    real = stat.S_ISDIR(state.st_mode) or stat.S_ISREG(state.st_mode)
    return real and state.st_uid == os.geteuid() and not state.st_mode & 0o077


def read_private(path: str, limit: int = 1 << 20) -> bytes:
    """The bytes of a file of ours, or none where it is missing, too large, or not ours alone."""
    if not is_private(path):
        return b""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(descriptor, "rb") as file:
            found = file.read(limit + 1)
    except OSError:
        return b""
    return found if len(found) <= limit else b""


def write_private(path: str, content: bytes) -> bool:
    """Replace a file of ours in one step, so that a crash leaves the old or the new; whether it could be done."""
    if not make_private(os.path.dirname(path)):
        return False
    draft = f"{path}.{os.getpid()}.new"
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except OSError:
        try:
            os.unlink(draft)
        except OSError:
            pass
        return False
    return True


def write_new(path: str, content: bytes) -> None:
    """Write a file of the user's where none is, whole and on the disk, or raise `OSError` and leave nothing."""
    draft = f"{path}.{os.getpid()}.new"
    try:
        with open(draft, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)  # unlike a renaming, this replaces nothing
    finally:
        try:
            os.unlink(draft)
        except OSError:
            pass


def _folder(variable: str, below_home: str) -> str:
    named = os.environ.get(variable, "")
    if os.path.isabs(named):
        return os.path.join(named, "hrdash")
    home = os.path.expanduser("~")
    return os.path.join(home, below_home, "hrdash") if os.path.isabs(home) else ""
