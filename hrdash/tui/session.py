"""Where the last session of the dashboard was, kept in the state folder."""

from __future__ import annotations

import json
import os
from typing import NamedTuple

from hrdash import places
from hrdash.places import SESSION

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
    width: int = 0
    """The cells of the list, when the user chose them."""


def load_session(corpus: str) -> Session:
    """The session of a corpus folder; an empty one when there is none, or none that can be read."""
    found = _kept().get(os.path.realpath(corpus))
    if not isinstance(found, dict):
        return Session()
    usual = Session()._asdict().items()
    return Session(**{name: found[name] for name, value in usual if type(found.get(name)) is type(value)})


def save_session(corpus: str, session: Session) -> bool:
    """Keep the session of a corpus folder, the whole file or nothing; whether it could be done."""
    folder, name = places.state_folder(), os.path.realpath(corpus)
    kept = {key: value for key, value in _kept().items() if key != name} | {name: session._asdict()}
    written = json.dumps(dict(list(kept.items())[-CORPORA_KEPT:]), indent=1).encode("ascii")
    return bool(folder) and places.write_private(os.path.join(folder, SESSION), written)


def _kept() -> dict[str, object]:
    folder = places.state_folder()
    try:
        found = json.loads(places.read_private(os.path.join(folder, SESSION)) if folder else b"")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
