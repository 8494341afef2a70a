"""The files of a corpus folder: which there are, and their bytes, whatever the folder holds.

Nothing here follows a link to a folder, waits on a pipe, reads a device, or reads more than a file may hold. It is on
every command's way, so it needs `os` and little else.
"""

from __future__ import annotations

import os
import stat
from typing import NamedTuple

from hrdash.model import Problem
from hrdash.names import is_id, shown
from hrdash.text import clean_line

MAX_BYTES = 1 << 20
"""The largest file that is read: 1 MiB."""
MAX_FILES = 20_000
"""The most files that one corpus may have."""

CORPUS_FILE = "corpus.yaml"
REGISTER_FILES = (CORPUS_FILE, "sources.yaml", "speakers.yaml", "measures.yaml")
"""The files beside the themes, in the order in which they are read."""

_LEFTOVERS = (".swp", ".swo", ".bak", ".orig", ".rej", ".tmp", "~")
_YAML = (".yaml", ".yml")


class CorpusUnreadable(Exception):
    """A folder that is not a corpus, or cannot be listed; its text is a plain sentence for the user."""


class FileStamp(NamedTuple):
    """What tells one state of a file from another without reading it."""

    name: str
    """The path below the corpus folder, with `/`."""
    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


class Listing(NamedTuple):
    """The files that a corpus is read from, by name, and what in the folder cannot be read."""

    files: tuple[FileStamp, ...]
    problems: tuple[Problem, ...] = ()
    unread: tuple[str, ...] = ()
    """Files and folders that may hold briefs and are not among the files, for a problem of theirs."""

    @property
    def theme_files(self) -> tuple[FileStamp, ...]:
        """The files that hold briefs; a theme's own file stands before those of its folder."""
        return tuple(stamp for stamp in self.files if stamp.name not in REGISTER_FILES)

    @property
    def is_whole(self) -> bool:
        """Whether every file that may hold briefs is among the files."""
        return all(problem.level == "warning" for problem in self.problems)


def list_files(folder: str) -> Listing:
    """The files of a corpus; raise `CorpusUnreadable` where there is no folder, or no `corpus.yaml` in it."""
    try:
        entries = _entries(folder)
    except OSError as fault:
        raise CorpusUnreadable(f"{clean_line(folder)}: {_reason(fault)}, so there is no corpus to read") from None
    if CORPUS_FILE not in (entry.name for entry in entries):
        raise CorpusUnreadable(
            f"{clean_line(folder)} holds no {CORPUS_FILE}, so it is not a corpus; name the folder that has one"
        )
    search = _Search(folder)
    search.root(entries)
    return search.listing()


def read_file(folder: str, name: str) -> bytes | Problem:
    """The bytes of a listed file, or why they cannot be had. A file that changes meanwhile is read once more."""
    try:
        path = os.path.realpath(os.path.join(folder, name))
        if not _inside(folder, path):
            return _leaves(name)
        for _ in range(2):
            found, steady = _read_once(path)
            if found is None:
                return _not_a_file(name)
            if len(found) > MAX_BYTES:
                return Problem(name, 1, 1, "the file is larger than 1 MiB", "move some of its briefs to another file")
            if steady:
                return found
    except (OSError, ValueError) as fault:
        return _unreadable(name, fault)
    return Problem(name, 1, 1, "the file changes while it is read", "read it again when it has been saved")


class _Search:
    """One walk through a corpus folder."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.files: list[FileStamp] = []
        self.problems: list[Problem] = []
        self.unread: set[str] = set()
        self.too_many = False

    def listing(self) -> Listing:
        return Listing(tuple(sorted(self.files)), tuple(sorted(set(self.problems))), tuple(sorted(self.unread)))

    def report(self, name: str, what: str, cure: str, level: str = "error") -> None:
        self.problems.append(Problem(clean_line(name), 1, 1, what, cure, level))

    def leave_out(self, problem: Problem) -> None:
        """Note why a file or folder cannot be read; in one of the themes there may be briefs."""
        self.problems.append(problem)
        if problem.file not in REGISTER_FILES:
            self.unread.add(problem.file)

    def root(self, entries: list[os.DirEntry[str]]) -> None:
        themes = None
        for entry in entries:
            if entry.name in REGISTER_FILES:
                self.add(entry, entry.name)
            elif entry.name == "themes":
                themes = entry
            elif entry.name.lower().endswith(_YAML):
                self.report(
                    entry.name, "this file is not read", f"the folder takes {', '.join(REGISTER_FILES)}", "warning"
                )
        if themes is None:
            self.report("themes", "there is no folder of themes", "add one, with a file for each theme")
        elif self.is_folder(themes, "themes"):
            self.themes(themes)

    def themes(self, folder: os.DirEntry[str]) -> None:
        own_files = set()
        split: dict[str, int] = {}
        for entry in self.entries_of(folder, "themes"):
            name = f"themes/{entry.name}"
            if self.is_brief_file(entry, name):
                stem = entry.name.removesuffix(".yaml")
                own_files.add(stem)
                if is_id(stem):
                    self.add(entry, name)
                else:
                    what, cure = f"{shown(stem)} is not an id, so it names no theme", "rename the file, as torture.yaml"
                    self.leave_out(Problem(clean_line(name), 1, 1, what, cure))
            elif _looks_like_folder(entry) and self.is_folder(entry, name):
                if is_id(entry.name):
                    split[entry.name] = self.split_files(entry, name)
                else:
                    what = f"{shown(entry.name)} is not an id, so it names no theme"
                    self.leave_out(Problem(clean_line(name), 1, 1, what, "rename the folder, as torture"))
        for theme in sorted(split.keys() - own_files):
            if split[theme]:
                self.report(
                    f"themes/{theme}.yaml", "there is no such file, though its folder holds briefs",
                    "add it, with theme, label, title and briefs",
                )  # fmt: skip

    def split_files(self, folder: os.DirEntry[str], folder_name: str) -> int:
        """List the files of one theme's folder, and count them."""
        count = 0
        for entry in self.entries_of(folder, folder_name):
            name = f"{folder_name}/{entry.name}"
            if self.is_brief_file(entry, name):
                count += 1
                self.add(entry, name)
            elif _looks_like_folder(entry):
                self.report(name, "this folder is not read", f"move its files to {folder_name}/", "warning")
        return count

    def is_brief_file(self, entry: os.DirEntry[str], name: str) -> bool:
        """Whether an entry is meant to hold briefs; report it where only its name is wrong."""
        if entry.name.endswith(".yaml"):
            return True
        if entry.name.lower().endswith(_YAML):
            self.report(name, "this file is not read", "rename it so that it ends in .yaml", "warning")
        elif not _looks_like_folder(entry):
            self.report(name, "this file is not read", "move it out of the themes", "warning")
        return False

    def is_folder(self, entry: os.DirEntry[str], name: str) -> bool:
        """Whether an entry is a real folder; report anything else, a link to a folder included."""
        if entry.is_dir(follow_symlinks=False):
            return True
        what = "this is not a folder, or a link to one, and links to folders are not followed"
        self.leave_out(Problem(clean_line(name), 1, 1, what, "put a folder here"))
        return False

    def entries_of(self, folder: os.DirEntry[str], name: str) -> list[os.DirEntry[str]]:
        try:
            return _entries(folder.path)
        except OSError as fault:
            what = f"the folder cannot be read ({_reason(fault)})"
            self.leave_out(Problem(clean_line(name), 1, 1, what, "look at its permissions"))
            return []

    def add(self, entry: os.DirEntry[str], name: str) -> None:
        """Take a file in, unless its name, its kind or its place forbids it."""
        if len(self.files) >= MAX_FILES:
            if not self.too_many:
                what = f"there are more than {MAX_FILES:,} files, and this and the rest are not read"
                self.leave_out(Problem(clean_line(name), 1, 1, what, "join some"))
            self.too_many = True
            return
        if clean_line(name) != name:
            what = "the file's name holds characters that cannot be shown"
            self.leave_out(Problem(clean_line(name), 1, 1, what, "rename it"))
            return
        try:
            if entry.is_symlink() and not _inside(self.folder, os.path.realpath(entry.path)):
                self.leave_out(_leaves(name))
                return
            state = entry.stat()
        except OSError as fault:
            self.leave_out(_unreadable(name, fault))
            return
        if stat.S_ISREG(state.st_mode):
            self.files.append(FileStamp(name, state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino))
        else:
            self.leave_out(_not_a_file(name))


def _entries(path: str) -> list[os.DirEntry[str]]:
    """A folder's entries by name, without dot files and what editors leave behind."""
    with os.scandir(path) as found:
        kept = [
            entry for entry in found
            if not entry.name.startswith((".", "#")) and not entry.name.lower().endswith(_LEFTOVERS)
        ]  # fmt: skip
    return sorted(kept, key=lambda entry: entry.name)


def _looks_like_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _inside(folder: str, real_path: str) -> bool:
    root = os.path.realpath(folder)
    return real_path.startswith(root if root.endswith(os.sep) else root + os.sep)


def _read_once(path: str) -> tuple[bytes | None, bool]:
    """A regular file's bytes, at most one more than allowed, and whether it stayed the same; None for another kind."""
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC | os.O_NOFOLLOW
    descriptor = os.open(path, flags)
    try:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            return None, True
        parts: list[bytes] = []
        wanted = MAX_BYTES + 1
        while wanted and (part := os.read(descriptor, wanted)):
            parts.append(part)
            wanted -= len(part)
        after = os.fstat(descriptor)
    finally:
        os.close(descriptor)
    steady = (before.st_size, before.st_mtime_ns, before.st_ctime_ns) == (
        after.st_size, after.st_mtime_ns, after.st_ctime_ns
    )  # fmt: skip
    return b"".join(parts), steady


def _leaves(name: str) -> Problem:
    return Problem(name, 1, 1, "this is a link to a file outside the corpus folder", "put the file itself here")


def _not_a_file(name: str) -> Problem:
    return Problem(name, 1, 1, "this is not a regular file", "put a file here, or rename it")


def _unreadable(name: str, fault: OSError | ValueError) -> Problem:
    reason = _reason(fault) if isinstance(fault, OSError) else "its name holds a NUL"
    return Problem(name, 1, 1, f"the file cannot be read ({reason})", "look whether it is there and may be read")


def _reason(fault: OSError) -> str:
    return (fault.strerror or type(fault).__name__).lower()
