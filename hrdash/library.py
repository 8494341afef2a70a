"""A folder of briefs together with its index: found, opened, and kept in step."""

import os
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from hrdash import keeping, tokens
from hrdash.corpus.folder import CorpusFolder
from hrdash.corpus.listing import Listing, list_files
from hrdash.index.file import Unreadable, drop
from hrdash.index.index import Index, open_memory
from hrdash.index.survey import SyncReport, is_fresh, takes_long
from hrdash.keeping import Kept
from hrdash.model import Problem

_T = TypeVar("_T")


class LastRead(NamedTuple):
    """What is shown as it was last read, since it cannot be read as it is now."""

    files: frozenset[str] = frozenset()
    briefs: int = 0
    """How many briefs of these files."""


class Library:
    """A corpus and its index, in step since it was opened or last refreshed, but for what is held."""

    def __init__(self, folder: str, kept: Kept) -> None:
        self.folder = folder
        self.index = kept.opened
        self.ahead = 0
        """How many files there are when they are still to be read: the index is as it was, or empty."""
        self.note = ""
        """That an index is kept from now on, or why there is none or no longer: a sentence, or nothing."""
        self.corpus: Callable[[str, Listing], CorpusFolder] = CorpusFolder
        self._token = kept.token

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
        """What `read` gives; where the index cannot answer, what it gives once the corpus is read into memory. Then
        `note` says so. Raise `Unreadable` when memory cannot answer either."""
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

    def refresh(self, keep: bool = False, listing: Listing | None = None, helped: bool = False) -> SyncReport:
        """Read what changed on disk since, or till a `listing` was made; raise `CorpusUnreadable` without a folder.
        With `keep`, from now on a brief that cannot be read any more is shown as it was last read, and `held` says
        so. `helped` says that a second process may read too."""
        if keep and not self.index.with_held:
            self.index.show_held()
        listing = list_files(self.folder) if listing is None else listing
        if is_fresh(self.index, listing):
            return SyncReport()
        from hrdash.index.sync import sync  # for an index that is not

        report = sync(self.index, self.corpus(self.folder, listing), helped=helped)
        self.was_written()
        return report

    def was_written(self) -> None:
        """Remove an index that was cleaned away while it was written, since nobody would find it."""
        if self._token and self.index.path and tokens.give(self.folder, self._token) != self._token:
            drop(self.index.path)


def open_library(
    folder: str = "",
    cache: bool = True,
    corpus: Callable[[str, Listing], CorpusFolder] = CorpusFolder,
    at_once: bool = True,
) -> Library:
    """The corpus in a folder, or the shipped one, read; raise `CorpusUnreadable` where there is none. Without `cache`
    nothing is written and nothing that was written is used. `corpus` is what reads the files now. Without `at_once` a
    long reading is left to whoever opens it, and `ahead` says so."""
    folder = os.path.realpath(folder or shipped_folder())
    listing = list_files(folder)  # before anything is written
    kept = _kept(folder, listing) if cache else Kept(open_memory())
    library = Library(folder, kept)
    try:
        if is_fresh(library.index, listing):
            pass
        elif not at_once and takes_long(library.index, listing):
            library.ahead = len(listing.theme_files)
        else:
            library.corpus = corpus
            library.ask(lambda _: library.refresh(listing=listing, helped=True))
            library.corpus = CorpusFolder
    except BaseException:
        library.close()
        raise
    library.note = library.note or library.index.note or kept.news
    return library


def _kept(folder: str, listing: Listing) -> Kept:
    if folder == os.path.realpath(shipped_folder()):
        return keeping.in_cache(folder)
    return keeping.beside(folder, sum(stamp.size for stamp in listing.files))


def shipped_folder() -> str:
    """The corpus that comes with hrdash: inside an installed package, beside it in a checkout."""
    package = os.path.dirname(os.path.abspath(__file__))
    inside = os.path.join(package, "briefs")
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(package), "briefs")
