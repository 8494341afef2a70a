"""A finding before it has a place."""

from typing import NamedTuple


class Finding(NamedTuple):
    """What is wrong, what to do about it and how much it matters."""

    what: str
    cure: str
    level: str = "error"
