"""What the user's `config.yaml` says, read strictly; hrdash never writes it."""

import os
from typing import NamedTuple

from hrdash import places

CONFIG = "config.yaml"


class Config(NamedTuple):
    """What `config.yaml` says."""

    theme: str = "auto"
    """The colour theme: a name, or `auto`."""
    keys: tuple[tuple[str, str], ...] = ()
    """Other keys for the names that the help lists."""
    keeps_index: bool = True
    """Whether an index may be kept in a file; not where what the file says of it cannot be read."""
    faults: tuple[str, ...] = ()
    """What in the file could not be taken, each as `file:line:column: what`."""


def load_config(about: str = "") -> Config:
    """The settings; what is wrong with the file is said, and the rest of it holds. A file that nowhere says `about` is
    not read as YAML, which takes long."""
    folder = places.config_folder()
    path = os.path.join(folder, CONFIG) if folder else ""
    try:
        with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
            data = file.read(1 << 20)
    except (FileNotFoundError, NotADirectoryError):
        return Config()
    except OSError as fault:
        return Config(keeps_index=False, faults=(f"{path}: {fault.strerror}",))
    plain = data.replace(b"\0", b"")  # or UTF-16 would say nothing of an index
    is_silent = about.encode() not in plain.lower() and data.isascii()
    if is_silent or not any(row.strip() and row.lstrip()[:1] != b"#" for row in data.splitlines()):
        return Config()  # nothing is set
    from hrdash.corpus.nodes import Mapping, Scalar, read  # yaml: only for those who have settings
    from hrdash.corpus.unseen import as_typed

    document = read(path, data)
    faults = [problem.text for problem in document.problems]
    is_said = "index" in as_typed(plain.decode(errors="replace")).casefold()
    config = Config(keeps_index=not (faults and is_said))
    if not isinstance(document.root, Mapping):
        return Config(
            keeps_index=not is_said,
            faults=tuple(faults or [f"{path}:1:1: not a list of settings; write theme: or keys:"]),
        )
    for name, (place, node) in document.root.entries.items():
        where = f"{path}:{place.line}:{place.column}"
        if name == "theme" and isinstance(node, Scalar):
            config = config._replace(theme=node.text)
        elif name == "keys" and isinstance(node, Mapping):
            given = ((key, value.text) for key, (_, value) in node.entries.items() if isinstance(value, Scalar))
            config = config._replace(keys=tuple(given))
        elif name == "index":
            said = node.text if isinstance(node, Scalar) else ""
            config = config._replace(keeps_index=config.keeps_index and said == "true")
            faults += [] if said in ("true", "false") else [f"{where}: index is true or false; till then it is false"]
        else:
            faults.append(f"{where}: {name!r} is not a setting of this form; the settings are theme, keys, index")
            config = config._replace(keeps_index=config.keeps_index and name.casefold() != "index")
    return config._replace(faults=tuple(faults))
