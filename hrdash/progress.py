"""How far the reading of a corpus is, on a terminal's stderr while a command waits for it, and gone afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING

from hrdash.corpus.folder import CorpusFolder
from hrdash.corpus.listing import Listing, is_register
from hrdash.model import Corpus, Problem, Registers
from hrdash.streams import overwrite, stderr_columns

if TYPE_CHECKING:
    from hrdash.corpus.read import FileContents

SECONDS_TILL_SHOWN = 0.5
"""What is read in less is not worth a word."""
_SECONDS_BETWEEN = 0.2


class Progress:
    """How much of how much has been read since when."""

    def __init__(self) -> None:
        self.began = monotonic()
        self._sizes: dict[str, int] = {}
        self._wanted: dict[str, int] = {}
        self._read: dict[str, int] = {}
        self._behind = 0

    def begin(self, listing: Listing) -> None:
        """Note which files there are."""
        self._sizes = {stamp.name: stamp.size for stamp in listing.theme_files}

    def want(self, name: str) -> None:
        """Note that a file may have changed, and is to be read."""
        if not is_register(name):
            self._wanted[name] = self._sizes.get(name, 0)

    def line(self, size: int) -> None:
        """Note that a line of so many bytes has been read of a file, which may be a large one."""
        self._behind += size

    def done(self, name: str) -> None:
        """Note that a file has been read."""
        self._read[name] = self._sizes.get(name, 0)
        self._behind = sum(self._read.values())

    def text(self, now: float) -> str:
        """A line for the terminal: files read of all, how many a second, and the time left by their sizes."""
        wanted = self._wanted or self._sizes
        read, seconds = len(self._read), now - self.began
        if read >= len(wanted):
            return f"{read:,} files read; putting them in order, {seconds:.0f} s"
        rate = f", {read / seconds:,.0f} a second" if read > seconds > 0 else ""
        known, behind = sum(wanted.values()), self._behind
        left = f", {seconds * max(0, known - behind) / behind:.0f} s left" if behind else f", {seconds:.0f} s"
        return f"{read:,} of {len(wanted):,} files read{rate}{left}"


class _Followed(CorpusFolder):
    def __init__(self, path: str, listing: Listing | None, progress: Progress) -> None:
        super().__init__(path, listing)
        self._progress = progress
        self._now = ""
        """The file that is being read, and not only looked at."""
        progress.begin(self.listing)

    def content(self, name: str) -> bytes | None:
        self._progress.want(name)
        return super().content(name)

    def theme_file(
        self, name: str, corpus: Corpus, registers: Registers, faulty: Iterable[tuple[str, str, str]]
    ) -> FileContents:
        self._now = name
        found = super().theme_file(name, corpus, registers, faulty)
        self._now = ""
        self._progress.done(name)
        return found

    def was_read(self, name: str) -> None:
        self._progress.done(name)

    def _lines(self, name: str) -> Iterator[bytes | Problem]:
        for line in super()._lines(name):
            if name == self._now and not isinstance(line, Problem):
                self._progress.line(len(line))
            yield line


@contextmanager
def followed(quiet: bool = False) -> Iterator[Callable[..., CorpusFolder]]:
    """What reads a corpus folder while a line on stderr says how far it is; none where no eye would see it. The line is
    drawn by a thread, since one file may take long."""
    progress, ended = Progress(), Event()
    thread = Thread(target=_draw, args=(progress, ended), daemon=True)
    if quiet or not stderr_columns() or not _started(thread):
        yield CorpusFolder
        return
    try:
        yield lambda path, listing=None: _Followed(path, listing, progress)
    finally:
        ended.set()
        thread.join()


def _started(thread: Thread) -> bool:
    try:
        thread.start()
    except RuntimeError:  # the system has no more of them
        return False
    return True


def _draw(progress: Progress, ended: Event) -> None:
    if ended.wait(SECONDS_TILL_SHOWN):
        return
    while True:
        overwrite(f"hrdash: {progress.text(monotonic())}"[: stderr_columns() - 1])
        if ended.wait(_SECONDS_BETWEEN):
            overwrite("")
            return
