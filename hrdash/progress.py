"""How far the reading of a corpus is, on a terminal's stderr while a command waits for it, and gone afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from hrdash.corpus.folder import CorpusFolder
from hrdash.corpus.listing import Listing
from hrdash.model import Corpus, Problem, Registers
from hrdash.streams import overwrite, stderr_columns

if TYPE_CHECKING:
    from hrdash.corpus.read import FileContents

SECONDS_TILL_SHOWN = 0.5
"""What is read in less is not worth a word."""
_SECONDS_BETWEEN = 0.2


class Followed(CorpusFolder):
    """A corpus folder that says on stderr how much of how much of it has been read since when."""

    def __init__(self, path: str, listing: Listing | None = None) -> None:
        super().__init__(path, listing)
        self.began = monotonic()
        self.is_shown = False
        self._due = self.began + SECONDS_TILL_SHOWN
        self._sizes = {stamp.name: stamp.size for stamp in self.listing.theme_files}
        self._wanted: dict[str, int] = {}
        """Of an index that is there, the files that may have changed."""
        self._bytes = 0
        """Of the files that have been read, and of the lines of one that is being read."""
        self._files = 0
        self._now = ""
        """The file that is being read, and not only looked at."""

    def content(self, name: str) -> bytes | None:
        """As a folder gives it; what is asked for may have changed, and is to be read."""
        if name in self._sizes:
            self._wanted[name] = self._sizes[name]
        return super().content(name)

    def theme_file(
        self, name: str, corpus: Corpus, registers: Registers, faulty: Iterable[tuple[str, str, str]]
    ) -> FileContents:
        """As a folder gives it; it is one of those that have been read."""
        self._now, before = name, self._bytes
        found = super().theme_file(name, corpus, registers, faulty)
        self._now, self._bytes = "", before
        self.was_read(name)
        return found

    def was_read(self, name: str) -> None:
        """Note that a file has been read."""
        self._bytes += self._sizes[name]
        self._files += 1
        self._show(self._files >= len(self._wanted or self._sizes))

    def text(self, now: float) -> str:
        """A line for the terminal: files read of all, how many a second, and the time left by their sizes."""
        wanted, seconds = self._wanted or self._sizes, now - self.began
        if self._files >= len(wanted):
            return f"{self._files:,} files read in {seconds:.0f} s; putting them in order"
        rate = f", {self._files / seconds:,.0f} a second" if self._files > seconds > 0 else ""
        ahead = max(0, sum(wanted.values()) - self._bytes)
        left = f", {seconds * ahead / self._bytes:.0f} s left" if self._bytes else f", {seconds:.0f} s"
        return f"{self._files:,} of {len(wanted):,} files read{rate}{left}"

    def _lines(self, name: str) -> Iterator[bytes | Problem]:
        for line in super()._lines(name):
            if name == self._now and not isinstance(line, Problem):
                self._bytes += len(line)
            self._show()
            yield line

    def _show(self, is_last: bool = False) -> None:
        """Draw the line, where it is time to, or where it is the last that replaces another."""
        now = monotonic()
        if now >= self._due or (is_last and self.is_shown):
            overwrite(f"hrdash: {self.text(now)}"[: stderr_columns() - 1])
            self.is_shown, self._due = True, now + _SECONDS_BETWEEN


@contextmanager
def followed(quiet: bool = False) -> Iterator[Callable[..., CorpusFolder]]:
    """What reads a corpus folder while a line on stderr says how far it is; none where no eye would see it."""
    if quiet or not stderr_columns():
        yield CorpusFolder
        return
    read: list[Followed] = []

    def follow(path: str, listing: Listing | None = None) -> Followed:
        read.append(Followed(path, listing))
        return read[-1]

    try:
        yield follow
    finally:
        if any(one.is_shown for one in read):
            overwrite("")
