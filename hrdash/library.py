"""A folder of briefs together with its index: found, opened, kept in step, and where on disk the index lives.

The shipped corpus, which is public, is indexed in the user's cache folder. Any other is read into memory, so that a
private one has no second plain copy, unless `hrdash index` made an index beside it by the user's own word.
"""

from __future__ import annotations

import os
from binascii import crc32, hexlify

from hrdash import places
from hrdash.corpus.files import Listing, list_files
from hrdash.index.store import Index, SyncReport, Unreadable, is_fresh, open_file, open_memory, sync
from hrdash.values import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from hrdash.corpus.decode import FileContents
    from hrdash.corpus.registers import RegisterContents
    from hrdash.index.reader import Known

BESIDE = os.path.join(".hrdash", "index.sqlite")
"""The index of a corpus of one's own, below its folder."""
_TOKENS = "indexes"
"""The file of the state folder that holds, for each index beside a corpus, its token and its path."""


class Library:
    """A corpus and its index, in step since it was opened or last refreshed."""

    def __init__(self, folder: str, index: Index) -> None:
        self.folder = folder
        self.index = index

    def refresh(self) -> SyncReport:
        """Read what changed on disk since; raise `CorpusUnreadable` when the folder is gone."""
        listing = list_files(self.folder)
        try:
            if is_fresh(self.index, listing):
                return SyncReport()
        except Unreadable:
            pass  # the sync makes another
        return sync(self.index, listing, _Reader(self.folder, listing))


class _Reader:
    """Reads a folder's files for the index; what reads YAML is imported when the first file is read."""

    def __init__(self, folder: str, listing: Listing) -> None:
        self._folder = folder
        self._listing = listing

    def content(self, name: str) -> bytes | None:
        """A listed file's bytes, for telling whether it changed; `None` where they cannot be had."""
        from hrdash.corpus.files import read_file

        found = read_file(self._folder, name)
        return found if isinstance(found, bytes) else None

    def registers(self) -> RegisterContents:
        """`corpus.yaml` and the three registers."""
        from hrdash.corpus.check import read_corpus_registers

        return read_corpus_registers(self._folder, self._listing)

    def theme_file(self, name: str) -> FileContents:
        """One file of briefs."""
        from hrdash.corpus.decode import read_theme_file
        from hrdash.corpus.files import read_file

        return read_theme_file(name, read_file(self._folder, name))

    def resolve(self, contents: Any, known: Known) -> FileContents:
        """A file's contents, as `theme_file` gave them, with the rules across files applied."""
        from hrdash.corpus.check import resolve

        return resolve(contents, known)

    def resolve_registers(self, contents: Any, known: Known) -> RegisterContents:
        """The registers, as `registers` gave them, with the rules across files applied."""
        from hrdash.corpus.check import resolve_registers

        return resolve_registers(contents, known)


def open_library(folder: str = "", cache: bool = True) -> Library:
    """The corpus in a folder, or the shipped one, read; raise `CorpusUnreadable` where there is none.

    Without `cache` nothing is written and nothing that was written is used.
    """
    folder = os.path.realpath(folder or shipped_folder())
    list_files(folder)  # before anything is written
    library = Library(folder, _index(folder) if cache else open_memory())
    try:
        library.refresh()
    except Unreadable:
        library = Library(folder, open_memory())
        library.refresh()
    return library


def shipped_folder() -> str:
    """The corpus that comes with hrdash: inside an installed package, beside it in a checkout."""
    package = os.path.dirname(os.path.abspath(__file__))
    inside = os.path.join(package, "briefs")
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(package), "briefs")


def make_index(folder: str) -> str:
    """Make an index beside a corpus of one's own, to be kept from now on, and return its path.

    Raise `CorpusUnreadable` where there is no corpus, `OSError` where the index cannot be kept.
    """
    folder = os.path.realpath(folder)
    list_files(folder)
    path = os.path.join(folder, BESIDE)
    beside = os.path.dirname(path)
    token = hexlify(os.urandom(16)).decode()
    _forget(folder)
    if not (places.make_private(beside) and places.write_private(os.path.join(beside, ".gitignore"), b"*\n")):
        raise OSError(f"{beside} cannot be made a folder that is yours alone")
    remembered = {**_remembered(), folder: token}
    index = open_file(path, token)
    library = Library(folder, index)
    library.refresh()
    if not index.path or not _remember(remembered):
        raise OSError(index.note or "the state folder cannot be written")
    return path


def remove_written_files() -> tuple[str, ...]:
    """Remove every file that hrdash wrote, and return their paths."""
    removed = [path for folder in _remembered() for path in _remove_folder(os.path.join(folder, ".hrdash"))]
    for folder in (places.cache_folder(), places.state_folder()):
        removed += _remove_folder(folder)
    return tuple(removed)


def _index(folder: str) -> Index:
    """The index that a folder's corpus may have."""
    if folder == os.path.realpath(shipped_folder()):
        cache = places.cache_folder()
        if cache and places.make_private(cache):
            return open_file(os.path.join(cache, f"briefs-{crc32(os.fsencode(folder)):08x}.sqlite"))
        return open_memory()
    token = _remembered().get(folder)
    return open_file(os.path.join(folder, BESIDE), token) if token else open_memory()


def _remembered() -> dict[str, str]:
    """The folders that have an index beside them by the user's word, each with the token that its index carries."""
    state = places.state_folder()
    content = places.read_private(os.path.join(state, _TOKENS)) if state else b""
    entries = [line.partition(b" ") for line in content.split(b"\0") if line]
    return {os.fsdecode(folder): token.decode("ascii", "replace") for token, _, folder in entries if folder}


def _remember(tokens: dict[str, str]) -> bool:
    state = places.state_folder()
    entries = (token.encode() + b" " + os.fsencode(folder) for folder, token in tokens.items())
    return bool(state) and places.write_private(os.path.join(state, _TOKENS), b"".join(e + b"\0" for e in entries))


def _forget(folder: str) -> None:
    """Drop an index that stands beside a corpus, whoever made it: a new one takes its place."""
    beside = os.path.join(folder, ".hrdash")
    if places.is_private(beside):
        _remove_folder(beside)


def _remove_folder(folder: str) -> list[str]:
    """Remove the files of a folder of ours, and it, and return the files' paths; leave what is not ours alone."""
    if not folder or not places.is_private(folder):
        return []
    removed = []
    try:
        for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
            if not entry.is_dir(follow_symlinks=False):
                os.unlink(entry.path)
                removed.append(entry.path)
        os.rmdir(folder)
    except OSError:
        pass
    return removed
