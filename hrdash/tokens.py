"""Which corpora have an index beside them by the user's word, each with the token that its index carries.

The list is kept in the state folder: an index that came with an archive has no token there, and is not believed.
"""

from __future__ import annotations

import os

from hrdash import places

FILE = "indexes"
"""The file of the state folder that holds the list."""


def path() -> str:
    """Where the list stands."""
    return os.path.join(places.state_folder(), FILE)


def read() -> dict[str, str]:
    """The tokens, by folder; none where there is no list, or it cannot be trusted."""
    content = places.read_private(path()) if places.state_folder() else b""
    entries = [line.partition(b" ") for line in content.split(b"\0") if line]
    return {os.fsdecode(folder): token.decode("ascii", "replace") for token, _, folder in entries if folder}


def surely_read() -> dict[str, str] | None:
    """As `read`, after a second look; `None` where there is a list that cannot be read now."""
    found = read() or read()
    try:
        known = bool(found) or not os.lstat(path()).st_size or bool(places.read_private(path()))
    except FileNotFoundError:
        known = True
    except OSError:
        known = False
    return found if known else None


def write(tokens: dict[str, str]) -> bool:
    """Put this list in place of what there was; whether it could be written."""
    entries = (token.encode() + b" " + os.fsencode(folder) + b"\0" for folder, token in tokens.items())
    return bool(places.state_folder()) and places.write_private(path(), b"".join(entries))
