"""Which files of a corpus an index has still to read: told by their stamps and, where these differ, by digests."""

from collections.abc import Iterable
from time import time_ns
from typing import Any, NamedTuple

from hrdash.corpus.folder import CorpusFolder
from hrdash.corpus.listing import Listing, is_register, of_registers
from hrdash.digests import blake2b
from hrdash.index.file import Unreadable
from hrdash.index.index import Index
from hrdash.model import Problem, one_a_cause

AT_ONCE = 64 << 10
"""Up to so many bytes are read where they are wanted, in less time than a process needs to begin."""
SETTLED_NS = 2_000_000_000
"""How much older than its reading a file must be for equal stamps to mean equal content: the coarsest clock's tick."""
LISTING, REGISTERS = "", "registers"
"""In place of a file's name: problems that the listing found, and those of `corpus.yaml` and the registers."""
UNREAD = ""
"""In place of a digest: the file could not be read."""


def is_fresh(index: Index, listing: Listing) -> bool:
    """Whether the index holds these files as they are now, as far as can be told without reading them."""
    try:
        return not index.damaged and _holds(index, listing)
    except Unreadable:
        return False


def bytes_behind(index: Index, listing: Listing) -> int:
    """How much there is to read for an index that is not fresh; all of it where a register changed."""
    try:
        query = "SELECT name, size, mtime_ns, ctime_ns, inode FROM file WHERE digest <> ?"
        stored = set() if index.damaged else set(index.integers(query, (UNREAD,)))
        changed = stored.symmetric_difference(listing.files)
        anew = concerns_registers(index, listing, (stamp[0] for stamp in changed))
    except Unreadable:
        changed, anew = set(listing.files), True
    return sum(stamp.size for stamp in listing.files if anew or stamp in changed)


def concerns_registers(index: Index, listing: Listing, changed: Iterable[str]) -> bool:
    """Whether a register is among the files that changed, or what keeps a part of one from being read: on registers
    everything depends."""
    if any(map(is_register, changed)):
        return True
    return of_registers(_problems(index, LISTING)) != of_registers(listing.problems)


def takes_long(index: Index, listing: Listing) -> bool:
    """Whether there is more to be read than is read at once."""
    return not is_fresh(index, listing) and bytes_behind(index, listing) > AT_ONCE


def _holds(index: Index, listing: Listing) -> bool:
    query = "SELECT name, size, mtime_ns, ctime_ns, inode FROM file WHERE settled ORDER BY name"
    if index.integers(query) != [*listing.files] or index.integers("SELECT 1 FROM file WHERE NOT settled LIMIT 1"):
        return False
    return not index.is_new() and _problems(index, LISTING) == set(listing.problems)


class File(NamedTuple):
    """What the index knows of one file."""

    stamp: tuple[Any, ...]
    settled: int
    digest: str
    theme: str
    number: int = 0


class SyncReport(NamedTuple):
    """What a sync did."""

    read: int = 0
    """Files whose contents were read."""
    changed_briefs: tuple[str, ...] = ()
    """Ids of briefs that are new or say something else, by id; where they stand is no change."""
    removed_briefs: tuple[str, ...] = ()
    """Ids of briefs that are gone, or are withheld now."""


class Survey:
    """Which files are new, changed or gone."""

    def __init__(self, index: Index, corpus: CorpusFolder, digests: dict[str, str]) -> None:
        self.index = index
        self.listing = listing = corpus.listing
        self.new = index.is_new()
        columns = "settled, digest, theme, number"
        found = index.integers(f"SELECT name, size, mtime_ns, ctime_ns, inode, {columns} FROM file")  # noqa: S608
        self.stored = {row[0]: File(row[:5], *row[5:]) for row in found}
        self.files: dict[str, File] = {}
        self.changed: set[str] = set()
        now = time_ns()
        for stamp in listing.files:
            name, old = stamp.name, self.stored.get(stamp.name)
            if old is None or not old.settled or old.stamp != stamp:
                if name not in digests:
                    digests[name] = _digest(corpus.content(name))
                if old is None or old.digest != digests[name]:
                    self.changed.add(name)
                settled = int(max(stamp.mtime_ns, stamp.ctime_ns) + SETTLED_NS < now and digests[name] != UNREAD)
                old = (old or File(stamp, 0, "", theme_of(name)))._replace(
                    stamp=stamp, settled=settled, digest=digests[name]
                )
            self.files[name] = old
        self.removed = self.stored.keys() - self.files.keys()
        self.concerns_registers = concerns_registers(index, listing, self.changed | self.removed)

    def finds_work(self, tidy: bool) -> bool:
        """Whether there is anything to write."""
        if self.new or self.files != self.stored or _problems(self.index, LISTING) != set(self.listing.problems):
            return True
        return tidy and bool(self.index.integers("SELECT 1 FROM meta WHERE key = 'untidy'"))


def theme_of(name: str) -> str:
    """The theme that a file belongs to, by its path; nothing for a register."""
    return "" if is_register(name) else name.split("/")[1].removesuffix(".yaml")


def _digest(content: bytes | None) -> str:
    return UNREAD if content is None else blake2b(content, digest_size=16).hexdigest()


def register_faults(index: Index) -> tuple[Problem, ...]:
    """The errors of `corpus.yaml` and the registers, for each of which something is left out of every list."""
    return one_a_cause(problem for problem in _problems(index, REGISTERS) if problem.level == "error")


def _problems(index: Index, read_from: str) -> set[Problem]:
    query = 'SELECT file, line, "column", what, cure, level, about FROM problem WHERE read_from = ?'
    return {Problem(*row) for row in index.run(query, (read_from,))}
