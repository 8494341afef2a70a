"""Which corpora may have an index beside them, each with the token that its index carries.

Each has a file of its own in the state folder, written before there is an index and kept for as long as there may be
one: what came with an archive, an image or a stick has no token there, and is not believed.
"""

import os
import re
from binascii import hexlify
from typing import NamedTuple

from hrdash import places
from hrdash.digests import blake2b

NAME = re.compile(r"index-[0-9a-f]{16}")
"""What these files are called, by what their corpora are."""
_CONTENT = re.compile(rb"([0-9a-f]{32}) (.+)", re.DOTALL)


class Entry(NamedTuple):
    """That a corpus may have an index beside it."""

    path: str
    """The file that says so."""
    token: str
    """Empty where that file cannot be read, or not be trusted."""
    folder: str
    """The corpus."""


def path_of(folder: str) -> str:
    """The file that holds the token for a corpus, or nothing where there is no home."""
    state = places.state_folder()
    return os.path.join(state, f"index-{blake2b(os.fsencode(folder), digest_size=8).hexdigest()}") if state else ""


def read(folder: str) -> str:
    """The token for the index of a corpus; nothing where none was given out, or it cannot be read."""
    found = _entry(path_of(folder))
    return found.token if found.folder == folder else ""


def give(folder: str, token: str = "") -> str:
    """The token for the index of a corpus: the one that is known, or else this one or a new one. Of two processes that
    give one out at once both have the same. Nothing where it cannot be kept."""
    path = path_of(folder)
    content = (token or hexlify(os.urandom(16)).decode()).encode() + b" " + os.fsencode(folder)
    return read(folder) or (read(folder) if path and places.write_private(path, content, replace=False) else "")


def forget(folder: str) -> None:
    """Take back a token, since there can be no index that carries it."""
    try:
        os.unlink(path_of(folder))
    except OSError:
        pass  # it stays known, which does no harm


def entries() -> list[Entry]:
    """Every corpus that may have an index beside it; raise `OSError` where that cannot be seen."""
    state = places.state_folder()
    try:
        names = sorted(filter(NAME.fullmatch, os.listdir(state))) if state else []
    except FileNotFoundError:
        names = []
    return [_entry(os.path.join(state, name)) for name in names]


def _entry(path: str) -> Entry:
    found = _CONTENT.fullmatch(places.read_private(path)) if path else None
    return Entry(path, found[1].decode(), os.fsdecode(found[2])) if found else Entry(path, "", "")
