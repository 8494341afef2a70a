"""What the dashboard remembers between two runs: a small value in a file of the user's state folder."""

from __future__ import annotations

import os
from typing import NamedTuple

from hrdash import places

FILE = "session.json"
CORPORA_KEPT = 20
"""The corpora whose sessions are kept, those used last."""


class Session(NamedTuple):
    """Where the user was in one corpus. No text of a brief: ids, and the filter as it is typed."""

    query: str = ""
    """The filter as a typed query; its theme is the tab."""
    brief: str = ""
    """The id of the selected brief."""
    theme: str = ""
    """The colour theme, when the user chose one."""


def load_session(corpus: str) -> Session:
    """The session of a corpus folder; an empty one when there is none, or none that can be read."""
    found = _kept().get(os.path.realpath(corpus))
    if not isinstance(found, dict):
        return Session()
    return Session(**{name: found[name] for name in Session._fields if isinstance(found.get(name), str)})


def save_session(corpus: str, session: Session) -> bool:
    """Keep the session of a corpus folder, the whole file or nothing; whether it could be done."""
    import json

    folder = places.state_folder()
    if not folder:
        return False
    name = os.path.realpath(corpus)
    others = {key: value for key, value in _kept().items() if key != name}
    kept = dict([*others.items(), (name, session._asdict())][-CORPORA_KEPT:])
    return places.write_private(os.path.join(folder, FILE), json.dumps(kept, indent=1).encode("ascii"))


def _kept() -> dict[str, object]:
    folder = places.state_folder()
    written = places.read_private(os.path.join(folder, FILE)) if folder else b""
    if not written:
        return {}
    import json  # not before there is a session to read

    try:
        found = json.loads(written)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
