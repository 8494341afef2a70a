"""What hrdash wrote for itself, taken away: its own files by their names, and nothing that somebody else put there."""

import os
import re
import stat
from collections.abc import Iterable

from hrdash import crash, keeping, places, tokens
from hrdash.corpus.listing import CORPUS_FILE

_BEHIND = r"(\.\d+\.\d+\.new)?(-journal|-wal|-shm)?"
"""What SQLite, and an index that is being made, put behind its name."""
_IN_CACHE = re.compile(rf"briefs-[0-9a-f]{{8}}\.sqlite{_BEHIND}")
_OWN = "|".join(map(re.escape, (places.SESSION, places.BASKET, places.FILTERS, crash.FILE)))
_IN_STATE = rf"({_OWN})(\.\d+\.new)?|{tokens.NAME.pattern}\.\d+\.new"
_ANY_INDEX = re.compile(rf"index-[0-9a-f]{{8}}\.sqlite{_BEHIND}")
_FOREIGN = "hrdash did not write it"


def remove_written_files() -> tuple[list[str], list[tuple[str, str]]]:
    """Remove every file that hrdash wrote, and each folder that it made: what was removed, and what was left, and why.
    What may still be there stays known."""
    sweep = _Sweep()
    state, cache = places.state_folder(), places.cache_folder()
    try:
        entries = tokens.entries()
    except OSError as fault:
        entries = []
        sweep.leave(state, _reason(fault))
    names = "|".join(re.escape(keeping.index_name(entry.token)) for entry in entries if entry.token)
    indexes = re.compile(f"({names}){_BEHIND}" if names else "(?!)")
    done = [os.path.basename(entry.path) for entry in entries if sweep.corpus(entry, indexes)]
    if state:
        sweep.folder(state, re.compile("|".join([_IN_STATE, *done])), {entry.path for entry in entries})
    if cache:
        sweep.folder(cache, _IN_CACHE)
    return sweep.removed, sweep.left


class _Sweep:
    def __init__(self) -> None:
        self.removed: list[str] = []
        self.left: list[tuple[str, str]] = []

    def leave(self, path: str, why: str) -> None:
        self.left.append((path, why))

    def corpus(self, entry: tokens.Entry, indexes: re.Pattern[str]) -> bool:
        """Remove the indexes beside a corpus, whichever of ours; whether there is none now, for certain."""
        place = os.path.join(entry.folder, keeping.BESIDE)
        if not entry.token:
            self.leave(entry.path, "it cannot be read, or is not yours alone, and may lead to an index")
        elif os.path.lexists(place) or os.path.lexists(os.path.join(entry.folder, CORPUS_FILE)):
            return self.folder(place, indexes, marks=True)
        else:  # a stick that is not in, as likely as a folder that is no more
            why = f"it is not there now, and may hold an index; if it is gone for good, remove {entry.path} as well"
            self.leave(entry.folder, why)
        return False

    def folder(self, folder: str, ours: re.Pattern[str], known: Iterable[str] = (), marks: bool = False) -> bool:
        """Remove what is ours of a folder, and it where it is empty then; whether there is nothing of ours in it now.
        Of what stays is named what is not `known`. With `marks`, what tells others to leave it alone goes last."""
        try:
            if why := places.not_ours(os.lstat(folder), stat.S_ISDIR):
                self.leave(folder, f"it {why}")
                return False
            names = sorted(os.listdir(folder))
        except OSError as fault:
            if isinstance(fault, FileNotFoundError) and not os.path.lexists(folder):
                return True
            self.leave(folder, _reason(fault))
            return False
        mine = [name for name in names if ours.fullmatch(name)]
        kinds = {name: _is_mark(os.path.join(folder, name)) for name in names if marks and name in keeping.MARKS}
        others = [name for name in names if name not in mine and not kinds.get(name)]
        going = mine if others else names
        tried = [self.remove(os.path.join(folder, name)) for name in going]
        gone = all(tried) and None not in kinds.values()
        for path in sorted({os.path.join(folder, name) for name in others}.difference(known)):
            name = os.path.basename(path)
            why = "it is an index of another user or machine" if _ANY_INDEX.fullmatch(name) else _FOREIGN
            self.leave(path, "it cannot be read now" if name in kinds and kinds[name] is None else why)
        if gone and not others:
            try:
                os.rmdir(folder)
            except OSError as fault:
                self.leave(folder, _reason(fault))
                return False
        return gone

    def remove(self, path: str) -> bool:
        try:
            os.unlink(path)
        except FileNotFoundError:
            pass  # another process was first
        except OSError as fault:
            self.leave(path, _reason(fault))
            return False
        else:
            self.removed.append(path)
        return True


def _is_mark(path: str) -> bool | None:
    """Whether a file says what hrdash marks its folder with, or as much of it as could be written; `None`: unknown."""
    try:
        state = os.lstat(path)
    except OSError:
        return None
    if places.not_ours(state, stat.S_ISREG):
        return False
    found = places.read_private(path)
    return keeping.MARKS[os.path.basename(path)].startswith(found) if len(found) == state.st_size else None


def _reason(fault: OSError) -> str:
    return f"it cannot be removed now ({(fault.strerror or 'no access').lower()})"
