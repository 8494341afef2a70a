"""Where an index stands: in memory, in a file that can be trusted, or in a new file that is to take its place.

A file is trusted when it is a regular file in a real folder, both of this user and closed to others, of this version,
with the token that was given out for it, and, up to a size, with the checksum that was left in it.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from binascii import crc32
from collections.abc import Iterable
from itertools import count

from hrdash import __version__, places
from hrdash.filter import FACETS

FORMAT = 16
"""Goes up whenever what stands in an index changes its meaning."""
VERSION = (
    f"{FORMAT} {' '.join(facet.word for facet in FACETS)} {__version__} {sqlite3.sqlite_version} {sys.hexversion:x}"
)
"""Everything that an index depends on besides the corpus; any other and it is built again."""
SECONDS_TO_WAIT = 2.0
"""For another instance to let go of the file."""
READING_KIB = 512
"""SQLite's own cache while an index is asked: a larger one answers no question sooner, for the system has one too."""
FILLING_KIB = 128_000
"""The most memory that SQLite takes while a large corpus is read for the first time; later it is the above."""
SEALED_BYTES = 8 << 20
"""Up to this size the checksum of the whole file is compared when it is opened, at some milliseconds."""
_READ_AT_ONCE = 1 << 16
"""Bytes: into memory that is at hand, where a whole file would be given its own page by page."""

_COUNT = count()
_CANNOT_WRITE = {
    sqlite3.SQLITE_BUSY: "another hrdash is writing the index",
    sqlite3.SQLITE_LOCKED: "another hrdash is writing the index",
    sqlite3.SQLITE_READONLY: "the index may not be written",
    sqlite3.SQLITE_PERM: "the index may not be written",
    sqlite3.SQLITE_FULL: "there is no room for the index",
    sqlite3.SQLITE_IOERR: "the index cannot be written",
    sqlite3.SQLITE_CANTOPEN: "the index cannot be written",
}


class Unreadable(Exception):
    """The index is damaged or locked and cannot answer: open it again, or read the corpus into memory."""


class NotKept(sqlite3.OperationalError):
    """A finished file could not take the place of the index."""


class Doubt(Exception):
    """A file that is not to be trusted as an index; its text says why."""


def connect(path: str = ":memory:") -> sqlite3.Connection:
    """A connection with the settings that every index is used with."""
    db = sqlite3.connect(path, timeout=SECONDS_TO_WAIT, isolation_level=None, check_same_thread=False)
    try:
        for setting in ("page_size = 8192", "trusted_schema = OFF", "cell_size_check = ON", "temp_store = MEMORY",
                        "secure_delete = ON", "synchronous = NORMAL", f"cache_size = -{READING_KIB}"):  # fmt: skip
            db.execute(f"PRAGMA {setting}")
    except UnicodeDecodeError:  # of SQLite's own words, which quote what is damaged
        db.close()
        raise sqlite3.DatabaseError("the index is damaged") from None
    except BaseException:
        db.close()
        raise
    return db


def new_memory(content: bytes = b"") -> sqlite3.Connection:
    """An index in memory: empty, or with what another had in it."""
    db = connect()
    if content:
        db.deserialize(content)
    return db if content else _with_tables(db)


def new_file(path: str) -> tuple[str, sqlite3.Connection]:
    """An empty index in a new file beside `path`, closed to others; raise OSError or sqlite3.Error."""
    _drop_abandoned(path)
    staged, db = _empty_file(path)
    try:
        db.execute(f"PRAGMA cache_size = -{FILLING_KIB}")
        return staged, _with_tables(db)
    except BaseException:
        db.close()
        drop(staged)
        raise


def so_far(db: sqlite3.Connection) -> tuple[str, bytes]:
    """Within the transaction that fills a new index: the file into which others may look now, or what it would hold.

    Neither where the file system cannot have it; then nobody sees anything before the end.
    """
    db.execute("COMMIT")  # words too, which FTS5 keeps to itself until then
    try:
        ((_, _, path),) = db.execute("PRAGMA database_list")
        if not path:
            return "", db.serialize()
        ((mode,),) = db.execute("PRAGMA journal_mode = WAL")
        return str(path) if mode == "wal" else "", b""
    finally:
        db.execute("BEGIN IMMEDIATE")


def alone(staged: str, db: sqlite3.Connection, token: str | None) -> tuple[str, sqlite3.Connection]:
    """A finished file as it is or, where others have been let look into it, a copy into which nobody looks."""
    if db.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        return staged, db
    copy, other = copied(staged.rpartition(f".{os.getpid()}.")[0], db)
    drop(staged)
    try:
        other.execute("BEGIN")
        seal(other, token)
        other.execute("COMMIT")
    except BaseException:
        other.close()
        drop(copy)
        raise
    return copy, other


def copied(path: str, db: sqlite3.Connection) -> tuple[str, sqlite3.Connection]:
    """A new file beside `path` with all that is in another, whose connection is closed; raise sqlite3.Error."""
    copy, other = _empty_file(path)
    try:
        db.backup(other)
        other.execute("PRAGMA journal_mode = DELETE")  # which may have come along
    except BaseException:
        other.close()
        drop(copy)
        raise
    db.close()
    return copy, other


def drop_unfinished(path: str, process: int) -> None:
    """Remove what a process has left, or leaves now, of an index that was to stand at this path."""
    folder, name = os.path.split(path)
    try:
        for other in os.listdir(folder):
            if other.startswith(f"{name}.{process}."):
                os.unlink(os.path.join(folder, other))
    except OSError:
        pass  # the next new file removes it


def _empty_file(path: str) -> tuple[str, sqlite3.Connection]:
    """A connection to a new file beside `path`, of which a crash leaves what nobody looks at."""
    staged = f"{path}.{os.getpid()}.{next(_COUNT)}.new"
    drop(staged)
    os.close(os.open(staged, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600))
    db = connect(staged)
    db.execute("PRAGMA synchronous = OFF")
    return staged, db


def put_in_place(staged: str, path: str) -> None:
    """Let a finished file, which nobody has open, take the place of the index, whole or not at all; raise `NotKept`."""
    try:
        descriptor = os.open(staged, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(staged, path)
    except OSError as fault:
        raise NotKept(sentence(fault)) from None


def drop(staged: str) -> None:
    """Remove a file that was to become the index."""
    for name in (staged, *(f"{staged}-{beside}" for beside in ("journal", "wal", "shm"))):
        try:
            os.unlink(name)
        except OSError:
            pass  # it is not there, or may not be removed


def open_trusted(path: str, token: str | None) -> sqlite3.Connection:
    """The index in this file; raise `Doubt`, OSError or sqlite3.Error when it is not to be used."""
    state = os.lstat(path)
    if why := places.not_ours(state, stat.S_ISREG):
        raise Doubt(f"the file {why}")
    if state.st_nlink != 1:
        raise Doubt("the file has a second name")
    sound = state.st_size <= SEALED_BYTES and _is_sealed(path, state.st_size)
    db = connect(path)
    try:
        why = _doubt_about(db, state.st_size, token, sound)
    except UnicodeDecodeError:  # as in `connect`
        why = "the file is damaged"
    except BaseException:
        db.close()
        raise
    if why:
        db.close()
        raise Doubt(why)
    return db


def seal(db: sqlite3.Connection, token: str | None) -> None:
    """Within the transaction that ends a sync: write down the version, the token and the checksum of the file."""
    db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", [("version", VERSION), ("token", token or "")])
    db.execute("SAVEPOINT written")  # FTS5 keeps words in memory until then, and would write them after the checksum
    db.execute("RELEASE written")
    ((pages,),) = db.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
    found = _checksum(db.serialize()) if pages <= SEALED_BYTES else 0
    db.execute(f"PRAGMA application_id = {found if found < 1 << 31 else found - (1 << 32)}")


def inode(path: str) -> int:
    """What tells this file from another of the same name; 0 where there is none."""
    try:
        return os.lstat(path).st_ino
    except OSError:
        return 0


def cannot_write(fault: Exception) -> bool:
    """Whether the file is sound and the place is the trouble, so that a new file would fare no better."""
    return isinstance(fault, (OSError, NotKept)) or _code(fault) in _CANNOT_WRITE


def is_busy(fault: Exception) -> bool:
    """Whether another instance holds the file, and has held it for as long as one waits."""
    return _code(fault) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def sentence(fault: Exception) -> str:
    """What befell the index, in words for a user."""
    if isinstance(fault, (NotKept, Doubt)):
        return str(fault)
    if isinstance(fault, OSError):
        return f"the index cannot be kept ({(fault.strerror or 'no access').lower()})"
    return _CANNOT_WRITE.get(_code(fault), "the index is damaged")


def _with_tables(db: sqlite3.Connection) -> sqlite3.Connection:
    with open(os.path.join(os.path.dirname(__file__), "schema.sql"), encoding="utf-8") as schema:
        db.executescript(f"BEGIN; {schema.read()} COMMIT;")
    return db


def _is_sealed(path: str, size: int) -> bool:
    """Whether the file, read as it lies there, has its checksum, and no journal beside it is about to change it.

    A sound file may seem not to be while it is written: then SQLite reads it, which takes three times as long.
    """
    if os.path.lexists(f"{path}-journal"):
        return False
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        first = os.read(descriptor, _READ_AT_ONCE)
        rest = (os.read(descriptor, _READ_AT_ONCE) for _ in range(size // _READ_AT_ONCE))
        return len(first) >= 100 and _checksum(first, rest) == int.from_bytes(first[68:72])
    finally:
        os.close(descriptor)


def _doubt_about(db: sqlite3.Connection, size: int, token: str | None, sound: bool) -> str:
    if size <= SEALED_BYTES and not sound and _checksum(db.serialize()) != _seal_of(db):
        return "the file is damaged"
    known = dict(db.execute("SELECT key, value FROM meta WHERE key IN ('version', 'token')"))
    if known.get("version") != VERSION:
        return "the file is of another version"
    if token is not None and known.get("token") != token:
        return "the file did not come from here"
    if db.execute("PRAGMA journal_mode").fetchone() != ("delete",):
        return "the file is not kept as hrdash keeps it"
    return ""


def _checksum(first: bytes, rest: Iterable[bytes] = ()) -> int:
    """Of the whole file but for the counters that every commit moves, and the place of the checksum itself; never 0."""
    parts = memoryview(first)
    found = crc32(parts[100:], crc32(parts[72:92], crc32(parts[28:68], crc32(parts[:24]))))
    for part in rest:
        found = crc32(part, found)
    return found or 1


def _seal_of(db: sqlite3.Connection) -> int:
    ((found,),) = db.execute("PRAGMA application_id")
    return int(found) % (1 << 32)


def _drop_abandoned(path: str) -> None:
    """Remove what an instance that no longer runs left unfinished."""
    folder, name = os.path.split(path)
    for other in os.listdir(folder):
        if other.startswith(f"{name}.") and other.endswith(".new"):
            owner = other[len(name) + 1 :].partition(".")[0]
            if owner.isascii() and owner.isdigit() and not _runs(int(owner)):
                drop(os.path.join(folder, other))


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _code(fault: Exception) -> int:
    return getattr(fault, "sqlite_errorcode", 0) & 0xFF
