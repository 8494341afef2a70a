"""What the dashboard takes from the user's own files: the settings, read strictly, and where the last session was."""

from __future__ import annotations

import json
import os
from typing import NamedTuple

from hrdash import places

CONFIG = "config.yaml"
SESSION = "session.json"
CORPORA_KEPT = 20
"""The corpora whose sessions are kept, those used last."""


class Config(NamedTuple):
    """What `config.yaml` says."""

    theme: str = "auto"
    """The colour theme: a name, or `auto`."""
    keys: tuple[tuple[str, str], ...] = ()
    """Other keys for the names that the help lists."""
    faults: tuple[str, ...] = ()
    """What in the file could not be taken, each as `file:line:column: what`."""


class Session(NamedTuple):
    """Where the user was in one corpus. No text of a brief: ids, and the filter as it is typed."""

    query: str = ""
    """The filter as a typed query; its theme is the tab."""
    brief: str = ""
    """The id of the selected brief."""
    theme: str = ""
    """The colour theme, when the user chose one."""


def load_config() -> Config:
    """The settings; what is wrong with the file is said, and the rest of it holds."""
    folder = places.config_folder()
    path = os.path.join(folder, CONFIG) if folder else ""
    try:
        with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
            data = file.read(1 << 20)
    except FileNotFoundError:
        return Config()
    except OSError as fault:
        return Config(faults=(f"{path}: {fault.strerror}",))
    if not any(row.strip() and not row.lstrip().startswith(b"#") for row in data.splitlines()):
        return Config()  # nothing is set
    from hrdash.corpus.nodes import Mapping, Scalar, read  # yaml: only for those who have settings

    document = read(path, data)
    faults = [problem.text for problem in document.problems]
    if not isinstance(document.root, Mapping):
        return Config(faults=tuple(faults or [f"{path}:1:1: not a list of settings; write theme: or keys:"]))
    config = Config()
    for name, (place, node) in document.root.entries.items():
        if name == "theme" and isinstance(node, Scalar):
            config = config._replace(theme=node.text)
        elif name == "keys" and isinstance(node, Mapping):
            given = ((key, value.text) for key, (_, value) in node.entries.items() if isinstance(value, Scalar))
            config = config._replace(keys=tuple(given))
        else:
            where = f"{path}:{place.line}:{place.column}"
            faults.append(f"{where}: {name!r} is not a setting of this form; the settings are theme, keys")
    return config._replace(faults=tuple(faults))


def load_session(corpus: str) -> Session:
    """The session of a corpus folder; an empty one when there is none, or none that can be read."""
    found = _kept().get(os.path.realpath(corpus))
    if not isinstance(found, dict):
        return Session()
    return Session(**{name: found[name] for name in Session._fields if isinstance(found.get(name), str)})


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
