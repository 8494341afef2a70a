"""A folder of briefs together with its index: found, opened, kept in step, and where on disk the index lives.

The shipped corpus, which is public, is indexed in the user's cache folder. Any other is read into memory, so that a
private one has no second plain copy, unless `hrdash index` made an index beside it by the user's own word.
"""

from __future__ import annotations

import os
from binascii import crc32, hexlify
from collections.abc import Callable
from contextlib import closing
from typing import NamedTuple, TypeVar

from hrdash import places, tokens
from hrdash.corpus.folder import CorpusFolder
from hrdash.corpus.listing import Listing, list_files
from hrdash.index.file import Unreadable
from hrdash.index.index import Index, open_file, open_memory
from hrdash.index.reading import takes_long
from hrdash.index.sync import SyncReport, is_fresh, sync
from hrdash.model import Problem

_T = TypeVar("_T")

BESIDE = os.path.join(".hrdash", "index.sqlite")
"""The index of a corpus of one's own, below its folder."""


class LastRead(NamedTuple):
    """What is shown as it was last read, since it cannot be read as it is now."""

    files: frozenset[str] = frozenset()
    briefs: int = 0
    """How many briefs of these files."""


class Library:
    """A corpus and its index, in step since it was opened or last refreshed, but for what is held."""

    def __init__(self, folder: str, index: Index) -> None:
        self.folder = folder
        self.index = index
        self.ahead = 0
        """How many files there are when they are still to be read: the index is as it was, or empty."""
        self.note = ""
        """What made this library go on in memory while it was open: a sentence, or nothing."""

    @property
    def held(self) -> LastRead:
        """What is shown as it was last read; nothing unless that was asked for."""
        held = self.index.held if self.index.with_held else {}
        return LastRead(frozenset(held.values()), len(held))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem of the files as they are now, by file, line and column."""
        return self.index.problems

    def close(self) -> None:
        """Close the index; nothing can be asked any more."""
        self.index.close()

    def ask(self, read: Callable[[Index], _T]) -> _T:
        """What `read` gives; where the index cannot answer, what it gives once the corpus is read into memory.

        Then `note` says so. Raise `Unreadable` when memory cannot answer either.
        """
        try:
            return read(self.index)
        except Unreadable as fault:
            self._read_into_memory(fault)
            return read(self.index)

    def _read_into_memory(self, fault: Unreadable) -> None:
        self.index.close()
        note, with_held = f"{fault}, so the corpus is read into memory", self.index.with_held
        self.index, self.note = open_memory(note), note
        self.refresh(with_held)

    def refresh(self, keep: bool = False, listing: Listing | None = None) -> SyncReport:
        """Read what changed on disk since, or till a `listing` was made; raise `CorpusUnreadable` without a folder.

        With `keep`, from now on a brief that cannot be read any more is shown as it was last read, and `held` says so.
        """
        if keep and not self.index.with_held:
            self.index.show_held()
        listing = list_files(self.folder) if listing is None else listing
        return SyncReport() if is_fresh(self.index, listing) else sync(self.index, CorpusFolder(self.folder, listing))


def open_library(folder: str = "", cache: bool = True, at_once: bool = True) -> Library:
    """The corpus in a folder, or the shipped one, read; raise `CorpusUnreadable` where there is none.

    Without `cache` nothing is written and nothing that was written is used. Without `at_once` a long reading is left
    to whoever opens it, and `ahead` says so.
    """
    folder = os.path.realpath(folder or shipped_folder())
    listing = list_files(folder)  # before anything is written
    library = Library(folder, _index(folder) if cache else open_memory())
    try:
        if not at_once and takes_long(library.index, listing):
            library.ahead = len(listing.theme_files)
        else:
            library.ask(lambda _: library.refresh(listing=listing))
    except BaseException:
        library.close()
        raise
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
    known = tokens.surely_read()
    if known is None:  # a new list would forget the others, and `hrdash clean` not find them
        raise OSError(f"{tokens.path()} cannot be read, or is not yours alone")
    others = {other: held for other, held in known.items() if other != folder}
    if not tokens.write({**others, folder: token}):  # before there is anything that `hrdash clean` would have to find
        raise OSError("the state folder cannot be written")
    _remove_folder(beside)  # a new one takes its place, whoever made it
    made = places.make_private(beside) and places.write_private(os.path.join(beside, ".gitignore"), b"*\n")
    index = open_file(path, token) if made else open_memory(f"{beside} cannot be made a folder that is yours alone")
    with closing(Library(folder, index)) as library:
        library.refresh()
    if not index.path:
        _remove_folder(beside)
        tokens.write(others)
        raise OSError(index.note)
    return path


class Cleaning(NamedTuple):
    """What was removed of all that hrdash wrote, and what was not."""

    removed: tuple[str, ...]
    """Files."""
    left: tuple[str, ...]
    """Folders that are not at hand now, are not this user's alone, or hold what is not ours."""


def remove_written_files() -> Cleaning:
    """Remove every file that hrdash wrote, and each folder that it made for them."""
    found = tokens.surely_read()
    known, kept = found or {}, tokens.FILE if found is None else ""  # which leads to what is left now
    folders = [os.path.join(corpus, ".hrdash") for corpus in known]
    folders += [folder for folder in (places.cache_folder(), places.state_folder()) if folder]
    removed = tuple(path for folder in folders for path in _remove_folder(folder, kept))
    still = {corpus: token for corpus, token in known.items() if _holds_files(os.path.join(corpus, ".hrdash"))}
    if still:
        tokens.write(still)  # for the next time
    gone = [corpus for corpus in known if not os.path.lexists(corpus)]
    return Cleaning(removed, tuple(gone + [folder for folder in folders if os.path.lexists(folder)]))


def _index(folder: str) -> Index:
    """The index that a folder's corpus may have."""
    if folder == os.path.realpath(shipped_folder()):
        cache = places.cache_folder()
        if cache and places.make_private(cache):
            return open_file(os.path.join(cache, f"briefs-{crc32(os.fsencode(folder)):08x}.sqlite"))
        return open_memory()
    token = tokens.read().get(folder)
    return open_file(os.path.join(folder, BESIDE), token) if token else open_memory()


def _holds_files(folder: str) -> bool:
    """Whether there is a file in a folder, or may be one."""
    try:
        with os.scandir(folder) as entries:
            return any(not entry.is_dir(follow_symlinks=False) for entry in entries)
    except FileNotFoundError:
        return False
    except OSError:
        return True


def _remove_folder(folder: str, kept: str = "") -> list[str]:
    """Remove the files of a folder of ours but one, and it, and return the files' paths; leave what is not ours."""
    if not folder or not places.is_private(folder):
        return []
    removed = []
    try:
        for name in sorted(set(os.listdir(folder)) - {kept}):
            path = os.path.join(folder, name)
            try:
                os.unlink(path)
                removed.append(path)
            except OSError:
                pass  # a folder, which is none of ours, or what may not be removed
        os.rmdir(folder)
    except OSError:
        pass  # it stays, and is named
    return removed
