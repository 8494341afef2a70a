"""Files of briefs laid out by a second process, ahead of whoever writes them in their order.

The process is given names, a line each, and gives the rows of each back as a line of JSON. Whoever has to wait for it
lays out meanwhile what nobody has begun. Where it cannot be started, or ends too soon, all is done in place.
"""

from __future__ import annotations

import json
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from queue import Empty, SimpleQueue
from sqlite3 import Connection
from subprocess import Popen
from threading import Event, Thread

from hrdash.corpus.folder import CorpusFolder
from hrdash.corpus.listing import Listing
from hrdash.index import apart, file, rows
from hrdash.index.index import Index
from hrdash.index.laying import Filed, Laid, filed, numbered

PROGRAM = apart.PROGRAM.format(module="ahead")
WORTH_IT = 2 << 20
"""Bytes from which on a second process is worth while, which takes as long to begin as some hundred kB to read."""
LARGEST = 1 << 20
"""Bytes of a file that may be laid out before its turn: of a larger one the rows take too much memory."""
_ROOM = 1 << 20
"""Bytes that the process can tell at once: a file or more."""
_GIVEN = 3
"""Files that the process has at one time."""
_MADE = 8
"""Files that are held until those before them are written."""
_SECONDS = 20.0
"""For the process to lay out one of them: far longer than any takes."""


class Ahead:
    """The rows of files of which nothing was known, by name, in the order in which they are asked for."""

    def __init__(self, here: Callable[[str], Filed], was_read: Callable[[str], object]) -> None:
        self._here = here
        """Lays out in place what a file holds."""
        self._was_read = was_read
        """Is told of each file that the process laid out."""
        self._process: Popen[bytes] | None = None
        self._waiting: deque[tuple[str, int]] = deque()
        """Files that nobody has begun, with their numbers."""
        self._given: deque[str] = deque()
        self._made: dict[str, Filed] = {}
        self._told: SimpleQueue[bytes] = SimpleQueue()
        self._takes = Event()
        """Set when the process takes names."""

    def begin(self, folder: str, db: Connection, files: Iterable[tuple[str, int, int]]) -> None:
        """Have files of a folder, each with its number and size, laid out with the registers of an index."""
        small = [one for one in files if one[2] <= LARGEST]
        if sum(size for *_, size in small) < WORTH_IT or os.cpu_count() == 1:
            return
        self._process = process = apart.started(PROGRAM, _ROOM)
        registers = db.execute("SELECT * FROM entry").fetchall()
        if process:
            try:
                Thread(target=self._relay, args=(process, [folder, registers]), daemon=True).start()
                self._waiting.extend((name, number) for name, number, _ in small)
            except RuntimeError:  # the system has no more of them
                apart.pipe(process.stdout).close()

    def _relay(self, process: Popen[bytes], task: object) -> None:
        """Give the process its task when it takes it; then take what it tells, so that it need not wait."""
        apart.give(process, task)
        self._takes.set()
        try:
            with suppress(OSError), apart.pipe(process.stdout) as output:
                for line in output:
                    self._told.put(line)
        finally:
            self._told.put(b"")

    def rows(self, name: str) -> Filed | None:
        """What the next file holds; nothing where it is to be read in place."""
        self._give()
        while name in self._given:
            if self._waiting and len(self._made) < _MADE and self._told.empty():
                own, _ = self._waiting.popleft()
                found = self._here(own)
                self._made[own] = found._replace(parts=list(found.parts))
                continue
            try:
                told, own = json.loads(self._told.get(timeout=_SECONDS)), self._given.popleft()
                if told:  # or its bytes could not be had, which is found once more in place
                    found = Filed(*told)
                    self._made[own] = found._replace(parts=[Laid(*part) for part in found.parts])
                    self._was_read(own)
            except (ValueError, TypeError, Empty):  # it has ended, is out of order, or is stopped
                self._given.clear()
                self._waiting.clear()
            self._give()
        if self._waiting and self._waiting[0][0] == name:
            self._waiting.popleft()
        return self._made.pop(name, None)

    def _give(self) -> None:
        while self._process and self._takes.is_set() and self._waiting and len(self._given) < _GIVEN:
            apart.give(self._process, self._waiting[0])
            self._given.append(self._waiting.popleft()[0])

    def close(self) -> None:
        """End the process, which leaves nothing behind."""
        if self._process:
            self._process.kill()
            apart.end(self._process)


def main() -> None:
    """What the process does: what stands in the files that are named on stdin, as rows on stdout."""
    out = apart.telling()
    folder, entries = json.loads(sys.stdin.buffer.readline())
    db = file.new_memory()
    rows.insert(db, "entry", entries)
    index = Index(db)
    about, registers, faulty = index.corpus, index.registers, rows.read_faulty(index.run)
    corpus, stems = CorpusFolder(folder, Listing(())), index.stems
    for line in sys.stdin.buffer:
        name, number = json.loads(line)
        contents = corpus.theme_file(name, about, registers, faulty)
        found = filed(contents, numbered(number, contents), about, [registers], stems)
        told = None if name in corpus.unread else found._replace(parts=list(found.parts))
        out.write(rows.encoded(told).encode() + b"\n")
        out.flush()
    os._exit(0)
