"""The user's own settings: `config.yaml` in the configuration folder, read strictly, never fatal."""

from __future__ import annotations

import os
from typing import NamedTuple

from hrdash import places

FILE = "config.yaml"
_KNOWN = ("theme", "keys")


class Config(NamedTuple):
    """What `config.yaml` says."""

    theme: str = "auto"
    """The colour theme: a name, or `auto`."""
    keys: tuple[tuple[str, str], ...] = ()
    """Other keys for the names that the help lists."""
    faults: tuple[str, ...] = ()
    """What in the file could not be taken, each as `file:line:column: what`."""


def load_config() -> Config:
    """The settings; what is wrong with the file is said, and the rest of it holds."""
    folder = places.config_folder()
    path = os.path.join(folder, FILE) if folder else ""
    try:
        with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
            data = file.read(1 << 20)
    except FileNotFoundError:
        return Config()
    except OSError as fault:
        return Config(faults=(f"{path}: {fault.strerror}",))
    from hrdash.corpus.nodes import Mapping, Scalar, read  # yaml: only for those who have a config.yaml

    document = read(path, data)
    faults = [problem.text for problem in document.problems]
    root = document.root
    if not isinstance(root, Mapping):
        return Config(faults=tuple(faults or [f"{path}:1:1: not a list of settings; write theme: or keys:"]))
    theme = "auto"
    keys: tuple[tuple[str, str], ...] = ()
    for name, (place, node) in root.entries.items():
        where = f"{path}:{place.line}:{place.column}"
        if name == "theme" and isinstance(node, Scalar):
            theme = node.text
        elif name == "keys" and isinstance(node, Mapping):
            keys = tuple((key, value.text) for key, (_, value) in node.entries.items() if isinstance(value, Scalar))
        else:
            faults.append(f"{where}: {name!r} is not a setting of this form; the settings are {', '.join(_KNOWN)}")
    return Config(theme, keys, tuple(faults))
