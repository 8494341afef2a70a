"""A listed corpus folder, read file by file, as values. A file that cannot be read is a problem among them; raised is
only `CorpusUnreadable`, where the folder itself is gone.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from hrdash.corpus.listing import CorpusUnreadable, Listing, is_lines, is_register, list_files, read_file, read_lines
from hrdash.digests import blake2b
from hrdash.model import Corpus, Problem, Registers
from hrdash.text import clean_line

if TYPE_CHECKING:  # they load yaml, which an index that is fresh does without
    from hrdash.corpus.read import Data, FileContents, RegisterContents


class CorpusFolder:
    """The files of a corpus as they were listed; what reads YAML is imported when the first of them is read."""

    def __init__(self, path: str, listing: Listing | None = None) -> None:
        self.path = path
        self.listing = list_files(path) if listing is None else listing
        self.unread: set[str] = set()
        """The files whose bytes could not be had, at one time or another."""

    def content(self, name: str) -> bytes | None:
        """A listed file's bytes, or a digest of its lines, for telling whether it changed; `None` without them."""
        found = self._read(name)
        if isinstance(found, Iterator):
            digest = blake2b()
            for line in found:
                if isinstance(line, Problem):
                    return None
                digest.update(line)
            return digest.digest()
        return found if isinstance(found, bytes) else None

    def registers(self) -> RegisterContents:
        """`corpus.yaml` and the registers."""
        from hrdash.corpus.read import read_registers

        found: dict[str, Data] = {one.file: one for one in self.listing.problems if one.level == "error"}
        found |= {stamp.name: self._read(stamp.name) for stamp in self.listing.files if is_register(stamp.name)}
        return read_registers(found)

    def theme_file(
        self, name: str, corpus: Corpus, registers: Registers, faulty: Iterable[tuple[str, str, str]]
    ) -> FileContents:
        """One file of briefs, held against the corpus, its registers and what is left out of them."""
        from hrdash.corpus.read import read_theme_file
        from hrdash.corpus.references import Known

        return read_theme_file(name, self._read(name), Known(corpus, registers, faulty))

    def was_read(self, name: str) -> None:
        """Note that a file has been read elsewhere, for who follows it."""

    def _read(self, name: str) -> Data:
        if is_lines(name):
            return self._lines(name)
        found = read_file(self.path, name)
        if not isinstance(found, bytes):
            self._miss(name)
        return found

    def _lines(self, name: str) -> Iterator[bytes | Problem]:
        for line in read_lines(self.path, name):
            if isinstance(line, Problem):
                self._miss(name)
            yield line

    def _miss(self, name: str) -> None:
        self.unread.add(name)
        if not os.path.isdir(self.path):
            raise CorpusUnreadable(f"{clean_line(self.path)} vanished while it was read")
