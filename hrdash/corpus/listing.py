"""The files of a corpus folder: which there are, and their bytes, whatever the folder holds.

Nothing here follows a link to a folder, waits on a pipe, reads a device, or reads more than a file may hold. It is on
every command's way, so it needs `os` and little else.
"""

import os
import re
import stat
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import BinaryIO, NamedTuple

from hrdash.corpus import MAX_BYTES
from hrdash.model import Problem
from hrdash.names import is_id, shown
from hrdash.text import clean_line

MAX_FILES = 20_000

CORPUS_FILE = "corpus.yaml"
REGISTER_OF = {"source": "sources.yaml", "speaker": "speakers.yaml", "indicator": "indicators.yaml"}
"""The file that registers each kind of thing."""
REGISTER_FILES = (CORPUS_FILE, *REGISTER_OF.values())
"""The files beside the themes, in the order in which they are read."""
REGISTER_FOLDERS = tuple(name.removesuffix(".yaml") for name in REGISTER_OF.values())
"""Over these folders the registers may be spread."""

_READABLE = (".yaml", ".yml", ".json", ".jsonl", ".ndjson")
"""What a file that may hold a part of a corpus ends in."""
_TAKEN = f"the folder takes {', '.join(REGISTER_FILES)}"
_ROOT_CURES = {f"{name}.jsonl": f"move it to {name}/" for name in REGISTER_FOLDERS}
_PLAIN = re.compile("[!-~]*")
"""Names in which everything can be shown, as most are."""
_MOST_LOOKED_AT = 500
"""Names below a folder that is not read."""
_LEAVES = "this is a link to a file outside the corpus folder", "put the file itself here"
_CHANGES = "the file changes while it is read", "read it again when it has been saved"
_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC | os.O_NOFOLLOW
_NOT_A_FILE = "this is not a regular file", "put a file here, or rename it"


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
    """With a sign, as SQLite's integers have one: a large one is negative."""


class Listing(NamedTuple):
    """The files that a corpus is read from, by name, and what in the folder cannot be read."""

    files: tuple[FileStamp, ...]
    problems: tuple[Problem, ...] = ()
    unread: tuple[str, ...] = ()
    """Files and folders that may hold briefs and are not among the files, for a problem of theirs."""

    @property
    def theme_files(self) -> tuple[FileStamp, ...]:
        """The files that hold briefs; a theme's own file stands before those of its folder."""
        return tuple(stamp for stamp in self.files if not is_register(stamp.name))

    @property
    def is_whole(self) -> bool:
        """Whether every file that may hold briefs is among the files."""
        return not self.problems


def is_lines(name: str) -> bool:
    """Whether a file of a corpus is JSON Lines."""
    return name.endswith(".jsonl")


def is_register(name: str) -> bool:
    """Whether a file of a corpus holds no briefs, and all of them depend on it."""
    return not name.startswith("themes/")


def of_registers(problems: Iterable[Problem]) -> frozenset[Problem]:
    """Of the problems of a folder, those that keep a part of `corpus.yaml` or of a register from being read."""
    names = {*REGISTER_FILES, *REGISTER_FOLDERS}
    return frozenset(problem for problem in problems if problem.file.partition("/")[0] in names)


def list_files(folder: str) -> Listing:
    """The files of a corpus; raise `CorpusUnreadable` where there is no folder, or no `corpus.yaml` in it."""
    try:
        entries = _entries(folder)
    except OSError as fault:
        raise CorpusUnreadable(f"{clean_line(folder)}: {_reason(fault)}, so there is no corpus to read") from None
    names = [entry.name for entry in entries]
    if CORPUS_FILE not in names:
        near = next((name for name in names if name.lower().startswith("corpus.")), "")
        cure = f"rename {clean_line(near)}, which stands there" if near else "name the folder that has one"
        raise CorpusUnreadable(f"{clean_line(folder)} holds no {CORPUS_FILE}, so it is not a corpus; {cure}")
    search = _Search(folder)
    search.root(entries)
    return search.listing()


def read_file(folder: str, name: str) -> bytes | Problem:
    """The bytes of a listed file, or why they cannot be had. A file that changes meanwhile is read once more."""
    try:
        for _ in range(2):
            file, before = _opened(folder, name)
            with file:
                found = file.read(MAX_BYTES + 1)
                if len(found) > MAX_BYTES:
                    raise _Refused("the file is larger than 1 MiB", "move some of its briefs to another file")
                if before == _state(os.fstat(file.fileno())):
                    return found
    except (OSError, ValueError) as fault:
        return Problem(name, 1, 1, *_unreadable(fault))
    return Problem(name, 1, 1, *_CHANGES)


def read_lines(folder: str, name: str) -> Iterator[bytes | Problem]:
    """The lines of a listed file, of one that is too long its beginning; last, a problem if the file was not had."""
    try:
        file, before = _opened(folder, name)
        with file:
            while line := file.readline(MAX_BYTES + 1):
                yield line
                while len(line) > MAX_BYTES and not line.endswith(b"\n") and (line := file.readline(MAX_BYTES + 1)):
                    pass
            if before != _state(os.fstat(file.fileno())):
                raise _Refused(*_CHANGES)
    except (OSError, ValueError) as fault:
        yield Problem(name, 1, 1, *_unreadable(fault))


class _Search:
    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.files: list[FileStamp] = []
        self.problems: list[Problem] = []
        self.unread: set[str] = set()
        self.strays: list[tuple[str, str]] = []
        """What nobody asked for, and what to do about it; `corpus.yaml` may say that it belongs there."""
        self.too_many = False

    def listing(self) -> Listing:
        left = _not_read(self.folder) if self.strays else ()
        for name, cure in self.strays:
            if not any(f"{name}/".startswith(f"{one}/") for one in left):
                what = f"this {'folder' if os.path.isdir(os.path.join(self.folder, name)) else 'file'} is not read"
                self.leave_out(name, what, f"{cure}, or name it in {CORPUS_FILE}, under not_read")
        return Listing(tuple(sorted(self.files)), tuple(sorted(set(self.problems))), tuple(sorted(self.unread)))

    def leave_out(self, name: str, what: str, cure: str) -> None:
        """Note why a file or folder cannot be read; but for a register there may be briefs in it."""
        self.problems.append(Problem(clean_line(name), 1, 1, what, cure))
        if name not in REGISTER_FILES:
            self.unread.add(clean_line(name))

    def root(self, entries: list[os.DirEntry[str]]) -> None:
        has_themes = False
        for entry in entries:
            if entry.name in REGISTER_FILES:
                self.add(entry, entry.name)
            elif entry.name == "themes":
                has_themes = True
                if self.is_folder(entry, entry.name):
                    self.themes(entry)
            elif entry.name in REGISTER_FOLDERS and self.is_folder(entry, entry.name):
                self.files_of(entry, entry.name)
            elif _looks_like_folder(entry):
                self.folder_beside(entry)
            elif entry.name.lower().endswith(_READABLE):
                self.strays.append((entry.name, _ROOT_CURES.get(entry.name) or _TAKEN))
        if not has_themes:
            cure = "add one, with a file for each theme"
            self.problems.append(Problem("themes", 1, 1, "there is no folder of themes", cure))

    def folder_beside(self, entry: os.DirEntry[str]) -> None:
        """Note a folder that is read as nothing, where its name or a file in it says that it may hold briefs."""
        meant = entry.name.lower()
        if meant in ("themes", *REGISTER_FOLDERS):
            self.strays.append((entry.name, f"rename it to {meant}"))
        elif _holds_readable(entry.path):
            self.strays.append((entry.name, f"briefs stand in themes/ alone, and {_TAKEN}"))

    def themes(self, folder: os.DirEntry[str]) -> None:
        own_files = set()
        split: dict[str, int] = {}
        for entry in self.entries_of(folder, "themes"):
            name, stem = f"themes/{entry.name}", entry.name.removesuffix(".yaml")
            is_folder = _looks_like_folder(entry)
            if not is_folder and stem == entry.name:
                self.stray(entry, name)
            elif not is_id(stem):
                what, cure = f"{shown(stem)} is not an id, so it names no theme", "rename it, as torture"
                self.leave_out(name, what, cure if is_folder else f"{cure}.yaml")
            elif not is_folder or stem != entry.name:
                own_files.add(stem)
                self.add(entry, name)
            elif self.is_folder(entry, name):
                split[entry.name] = self.files_of(entry, name)
        for theme in sorted(split.keys() - own_files):
            if split[theme]:
                what = "there is no such file, though its folder holds briefs"
                cure = "add it, with theme, label, title and briefs"
                self.problems.append(Problem(f"themes/{theme}.yaml", 1, 1, what, cure))

    def files_of(self, folder: os.DirEntry[str], folder_name: str) -> int:
        count = 0
        for entry in self.entries_of(folder, folder_name):
            if entry.name.endswith((".yaml", ".jsonl")):
                count += 1
                self.add(entry, f"{folder_name}/{entry.name}")
            else:
                self.stray(entry, f"{folder_name}/{entry.name}")
        return count

    def stray(self, entry: os.DirEntry[str], name: str) -> None:
        """Note what is neither a file of briefs or of a register nor a theme's folder."""
        above, _, own = name.rpartition("/")
        if _looks_like_folder(entry):
            cure = f"move its files to {above}/"
        elif own.lower().endswith((".yaml", ".yml")):
            cure = "rename it so that it ends in .yaml"
        elif own.lower().endswith((".json", ".jsonl", ".ndjson")):
            to = f"move it to {name.rpartition('.')[0]}/, so that" if above == "themes" else "rename it so that"
            cure = f"if it has an object a line, {to} it ends in .jsonl"
        else:
            cure = "move it out of the folder"
        self.strays.append((name, cure))

    def is_folder(self, entry: os.DirEntry[str], name: str) -> bool:
        """Whether an entry is a real folder; report anything else, a link to a folder included."""
        if entry.is_dir(follow_symlinks=False):
            return True
        what = "this is not a folder, or a link to one, and links to folders are not followed"
        self.leave_out(name, what, "put a folder here")
        return False

    def entries_of(self, folder: os.DirEntry[str], name: str) -> list[os.DirEntry[str]]:
        try:
            return _entries(folder.path)
        except OSError as fault:
            self.leave_out(name, f"the folder cannot be read ({_reason(fault)})", "look at its permissions")
            return []

    def add(self, entry: os.DirEntry[str], name: str) -> None:
        if len(self.files) >= MAX_FILES:
            if not self.too_many:
                what = f"there are more than {MAX_FILES:,} files, and this and the rest are not read"
                self.leave_out(name, what, "join some")
            self.too_many = True
            return
        if not _PLAIN.fullmatch(name) and clean_line(name) != name:
            self.leave_out(name, "the file's name holds characters that cannot be shown", "rename it")
            return
        try:
            if entry.is_symlink() and not _inside(self.folder, os.path.realpath(entry.path)):
                self.leave_out(name, *_LEAVES)
                return
            state = entry.stat()
        except OSError as fault:
            self.leave_out(name, *_unreadable(fault))
            return
        if stat.S_ISREG(state.st_mode):
            inode = state.st_ino - (state.st_ino >> 63 << 64)
            self.files.append(FileStamp(name, state.st_size, state.st_mtime_ns, state.st_ctime_ns, inode))
        else:
            self.leave_out(name, *_NOT_A_FILE)


def _not_read(folder: str) -> tuple[str, ...]:
    """What `corpus.yaml` says belongs beside the corpus and is no part of it."""
    from hrdash.corpus.nodes import Mapping, read  # yaml: only for a folder in which something is not read
    from hrdash.corpus.values import scalars

    data = read_file(folder, CORPUS_FILE)
    root = read(CORPUS_FILE, data).root if isinstance(data, bytes) else None
    named = scalars(root, "not_read") if isinstance(root, Mapping) else ()
    return tuple(os.path.normpath(text) for text, _ in named if text)


def _entries(path: str) -> list[os.DirEntry[str]]:
    """A folder's entries by name, without those that begin with a dot."""
    with os.scandir(path) as found:
        return sorted([entry for entry in found if entry.name[0] != "."], key=attrgetter("name"))


def _looks_like_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _holds_readable(folder: str) -> bool:
    """Whether a file below a folder ends as one of a corpus does, as far as a short look tells."""
    seen = 0
    for _, inner, names in os.walk(folder):
        inner[:] = sorted(name for name in inner if name[0] != ".")
        if any(name.lower().endswith(_READABLE) and name[0] != "." for name in names):
            return True
        seen += 1 + len(names)
        if seen > _MOST_LOOKED_AT:
            break
    return False


def _inside(folder: str, real_path: str) -> bool:
    root = os.path.realpath(folder)
    return real_path.startswith(root if root.endswith(os.sep) else root + os.sep)


class _Refused(ValueError):
    """A file cannot be had: what is wrong, and the cure."""


def _opened(folder: str, name: str) -> tuple[BinaryIO, tuple[int, int, int]]:
    """A listed file, and what tells whether it changed; raises where it is no regular file of the folder."""
    path = os.path.realpath(os.path.join(folder, name))
    if not _inside(folder, path):
        raise _Refused(*_LEAVES)
    descriptor = os.open(path, _FLAGS)
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise _Refused(*_NOT_A_FILE)
        return open(descriptor, "rb"), _state(found)
    except (OSError, ValueError):
        os.close(descriptor)
        raise


def _state(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _unreadable(fault: OSError | ValueError) -> tuple[str, str]:
    if isinstance(fault, _Refused):
        return fault.args
    reason = _reason(fault) if isinstance(fault, OSError) else "its name holds a NUL"
    return f"the file cannot be read ({reason})", "look whether it is there and may be read"


def _reason(fault: OSError) -> str:
    return (fault.strerror or type(fault).__name__).lower()
