"""Where the index of a corpus is kept: the shipped one's in the user's cache folder, a large one's in its own.

A corpus of one's own is read into memory while it is small, since that takes no time worth a second copy of a private
text. An index beside a larger one is believed only when it carries the token that the state folder holds for it.
"""

import os
import stat
from binascii import crc32
from typing import NamedTuple

from hrdash import places, tokens
from hrdash.index.index import Index, open_file, open_memory
from hrdash.text import clean_line

LARGE = 256_000
"""From so many bytes of files on a corpus of one's own has an index beside it."""
BESIDE = ".hrdash"
"""The folder of such an index, in that of the corpus."""
MARKS = {
    ".gitignore": b"*\n",
    "CACHEDIR.TAG": b"Signature: 8a477f597d28d172789f06886806bc55\n# an index that hrdash can make anew\n",
}
"""What tells others to leave that folder alone, by name."""
_NO_HOME = "there is no home in which hrdash could remember an index"


class Kept(NamedTuple):
    """The index that a corpus may have, and what goes with it."""

    opened: Index
    token: str = ""
    """What an index beside a corpus carries."""
    news: str = ""
    """What is to be said once this index has been written for the first time."""


def index_name(token: str) -> str:
    """The name of the file of the index that carries a token, so that no user or machine takes another's place."""
    return f"index-{token[:8]}.sqlite"


def in_cache(folder: str) -> Kept:
    """The index of the shipped corpus, which is public."""
    cache = places.cache_folder()
    if not cache:
        return _in_memory(_NO_HOME)
    return Kept(open_file(os.path.join(cache, f"briefs-{crc32(os.fsencode(folder)):08x}.sqlite")))


def beside(folder: str, size: int) -> Kept:
    """The index of a corpus of one's own, of so many bytes; in memory, with the reason, where none can be kept."""
    token, place = tokens.read(folder), os.path.join(folder, BESIDE)
    path = os.path.join(place, index_name(token))
    if token and os.path.lexists(path):
        return Kept(open_file(path, token), token)
    if size < LARGE:
        return Kept(open_memory())
    if why := _cannot_keep(folder, place):
        return _in_memory(why)
    token = token or tokens.give(folder)  # before there is anything that `hrdash clean` would have to find
    if not token:
        known = tokens.path_of(folder)
        return _in_memory(f"{known} cannot be written, or not be read" if known else _NO_HOME)
    index = open_file(os.path.join(place, index_name(token)), token)
    if not index.path:
        if not os.path.lexists(place):
            tokens.forget(folder)
        return Kept(index)
    _mark(place)
    news = f"an index is kept in {clean_line(place)} from now on, for you alone; "
    return Kept(index, token, f"{news}hrdash clean removes it, --no-cache or the setting index: false forbids it")


def left_beside(folder: str) -> str:
    """That an index of ours is still beside a corpus, though none is kept now: a sentence, or nothing."""
    token, place = tokens.read(folder), os.path.join(folder, BESIDE)
    if not token or not os.path.lexists(os.path.join(place, index_name(token))):
        return ""
    return f"an index from before is still in {clean_line(place)}, and is not read; hrdash clean removes it"


def _in_memory(why: str) -> Kept:
    return Kept(open_memory(f"{clean_line(why)}, so the corpus is read into memory"))


def _cannot_keep(folder: str, place: str) -> str:
    """Why there can be no index beside a corpus; nothing where there may be one."""
    try:
        if hasattr(os, "geteuid") and os.stat(folder).st_uid != os.geteuid():
            return f"{folder} belongs to another user"
        why = places.not_ours(os.lstat(place), stat.S_ISDIR)
    except FileNotFoundError:
        return "" if os.access(folder, os.W_OK) else f"{folder} may not be written"
    except OSError as fault:
        return f"{place} cannot be looked at ({(fault.strerror or 'no access').lower()})"
    return f"{place} {why}" if why else ""


def _mark(place: str) -> None:
    for name, content in MARKS.items():
        try:
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
            with open(os.open(os.path.join(place, name), flags, 0o600), "wb") as file:
                file.write(content)
        except OSError:
            pass  # it is there already, or there is no room, and then none for the index
