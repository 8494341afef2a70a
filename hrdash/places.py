"""Where hrdash may write for itself: the user's cache and state folders, by the XDG base directory rules.

Looking makes no folder. Folders are made 0700 and files 0600, before anything is written to them.
"""

import errno
import json
import os
import stat
from collections.abc import Callable
from time import monotonic, sleep
from typing import Any

SESSION, BASKET, FILTERS = "session.json", "basket.json", "filters.json"
"""The files of the state folder that say where the user was in each corpus, what is marked there, and named filters."""

_SECONDS_TO_WAIT = 0.5
"""For another process that changes such a file; one that was stopped then is not waited for."""


def cache_folder() -> str:
    """The folder for what can be made again, or nothing where there is no home."""
    return _folder("XDG_CACHE_HOME", ".cache")


def state_folder() -> str:
    """The folder for what should come back next time, or nothing where there is no home."""
    return _folder("XDG_STATE_HOME", os.path.join(".local", "state"))


def config_folder() -> str:
    """The folder of the user's `config.yaml`, or nothing where there is no home; hrdash writes nothing there."""
    return _folder("XDG_CONFIG_HOME", ".config")


def make_private(folder: str) -> None:
    """Make a folder that only this user can enter; raise `OSError` unless it is one then, no link and no other's."""
    try:
        os.makedirs(os.path.dirname(folder), mode=0o700, exist_ok=True)
        try:
            os.mkdir(folder, 0o700)
        except FileExistsError:
            pass
    except ValueError:
        raise OSError(errno.EINVAL, "its folder cannot have such a name", folder) from None
    check_private(folder)


def check_private(folder: str) -> None:
    """Raise `OSError` unless a folder is there, no link, and can be entered by this user alone."""
    if why := not_ours(os.lstat(folder), stat.S_ISDIR):
        raise OSError(errno.EACCES, f"its folder {why}", folder)


def not_ours(state: os.stat_result, is_kind: Callable[[int], bool]) -> str:
    """Why something is not real, this user's, and closed to everybody else, as the end of a sentence; or nothing."""
    if not is_kind(state.st_mode):
        return "is not what it should be, or a link"
    if hasattr(os, "geteuid") and state.st_uid != os.geteuid():
        return "belongs to another user"
    return "is open to other users" if state.st_mode & 0o077 and os.name == "posix" else ""


def read_private(path: str, limit: int = 1 << 20) -> bytes:
    """The bytes of a file of ours, or none where it is missing, too large, or not ours alone."""
    try:
        if not_ours(os.lstat(path), stat.S_ISREG):
            return b""
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(descriptor, "rb") as file:
            found = file.read(limit + 1)
    except OSError:
        return b""
    return found if len(found) <= limit else b""


def read_kept(name: str, limit: int = 1 << 20) -> dict[str, Any]:
    """What a JSON file of the state folder holds by name; nothing where there is none that can be read."""
    folder = state_folder()
    try:
        found = json.loads(read_private(os.path.join(folder, name), limit) if folder else b"")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def change_kept(name: str, change: Callable[[dict[str, Any]], dict[str, Any]], limit: int = 1 << 20) -> bool:
    """Write what `change` makes of what a JSON file of the state folder holds, while no other process does the same, as
    when a terminal is closed with several dashboards in it; whether it could be done."""
    lock = _held(state_folder())
    try:
        return bool(write_kept(name, json.dumps(change(read_kept(name, limit)), indent=1).encode("ascii")))
    finally:
        if lock is not None:
            os.close(lock)


def _held(folder: str) -> int | None:
    """A folder of ours as a descriptor that no other process holds until it is closed, or for too long already; nothing
    where it cannot be had."""
    from fcntl import LOCK_EX, LOCK_NB, flock  # for who writes

    try:
        make_private(folder)
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        return None
    until = monotonic() + _SECONDS_TO_WAIT
    while monotonic() < until:
        try:
            flock(descriptor, LOCK_EX | LOCK_NB)
            break
        except OSError:
            sleep(_SECONDS_TO_WAIT / 100)
    return descriptor


def keeps_unread(name: str, limit: int = 1 << 20) -> bool:
    """Whether a file of the state folder holds something that cannot be read, which to write it would take away."""
    folder = state_folder()
    path = os.path.join(folder, name)
    try:
        is_empty = not folder or os.lstat(path).st_size == 0
    except OSError:
        return False
    return not is_empty and not read_kept(name, limit) and read_private(path, limit) != b"{}"


def write_kept(name: str, content: bytes) -> str:
    """Write a file of the state folder in one step; its path, or nothing where that could not be done."""
    folder = state_folder()
    path = os.path.join(folder, name)
    return path if folder and write_private(path, content) else ""


def write_private(path: str, content: bytes, replace: bool = True) -> bool:
    """Write a file of ours in one step, so that a crash leaves the old or the new; whether it could be done. Without
    `replace`, a file that is there already stays, even one that another process has made meanwhile."""
    draft = f"{path}.{int.from_bytes(os.urandom(4))}.new"
    try:
        make_private(os.path.dirname(path))
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        with open(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if not replace and _linked(draft, path):
            os.unlink(draft)
        else:
            os.replace(draft, path)
    except OSError:
        try:
            os.unlink(draft)
        except OSError:
            pass
        return False
    return True


def _linked(draft: str, path: str) -> bool:
    """Whether a file of this name is there now, the draft where there was none; not where files have one name alone."""
    try:
        os.link(draft, path)
    except OSError:
        return os.path.lexists(path)
    return True


def write_new(path: str, content: bytes) -> None:
    """Write a file of the user's where none is, and see it on the disk; raise `OSError`, and leave nothing, else."""
    try:
        file = open(path, "xb")  # noqa: SIM115  closed below
    except ValueError:
        raise OSError(errno.EINVAL, "a file cannot have such a name", path) from None
    with file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            os.unlink(path)
            raise


def _folder(variable: str, below_home: str) -> str:
    named = os.environ.get(variable, "")
    if os.path.isabs(named):
        return os.path.join(named, "hrdash")
    home = os.path.expanduser("~") if os.environ.get("HOME") != "" else ""
    return os.path.join(home, below_home, "hrdash") if os.path.isabs(home) else ""
