"""Filters with names: those that come with hrdash, and the user's own, which are kept in one file for all corpora."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, NamedTuple

from hrdash import places
from hrdash.filter import Filter, name_key
from hrdash.text import clean_line

LONGEST = 40
"""Characters of a name."""


class Named(NamedTuple):
    """A filter that has a name."""

    name: str
    query: str
    """As it is typed."""
    own: bool = True
    """The user gave it this name, and may take it away."""


GIVEN = (
    Named("no-response", "answer:none", own=False),
    Named("numbers-differ", "difference:number", own=False),
    Named("pending", "answer:pending", own=False),
)
"""Those that come with hrdash, unless the user has given their names to others."""


def named_filters() -> tuple[Named, ...]:
    """The user's own in the order in which they were saved, then those that come with hrdash."""
    own = [Named(name, query) for name, query in _own(places.read_kept(places.FILTERS)).items()]
    taken = {name_key(one.name) for one in own}
    return (*own, *(one for one in GIVEN if one.name not in taken))


def find(name: str) -> Named | None:
    """The filter of a name, however that is typed."""
    return next((one for one in named_filters() if name_key(one.name) == name_key(name)), None)


def why_unknown() -> str:
    """Why the user's own are not known, where their file cannot be read; nothing where it can, or there is none."""
    if not places.keeps_unread(places.FILTERS):
        return ""
    path = clean_line(os.path.join(places.state_folder(), places.FILTERS))
    return f"{path} is damaged, a link, or not yours alone; mend it (chmod 600), or remove it"


def save(name: str, asked: Filter) -> str:
    """Give a filter a name, in place of one that has it; why that could not be done, or nothing."""
    name = clean_line(name).strip()
    if not name or len(name) > LONGEST:
        return f"not saved: a name has 1 to {LONGEST} characters"
    if why := why_unknown():
        return f"not saved: {why}"
    done = _write(lambda kept: {**_without(kept, name), name: asked.typed})
    return "" if done else "not saved: the state folder cannot be written to"


def drop(name: str) -> bool:
    """Take a name away from a filter of the user's; whether it could be done."""
    return _write(lambda kept: _without(kept, name))


def _without(kept: dict[str, str], name: str) -> dict[str, str]:
    return {other: query for other, query in kept.items() if name_key(other) != name_key(name)}


def _write(change: Callable[[dict[str, str]], dict[str, str]]) -> bool:
    return not why_unknown() and places.change_kept(places.FILTERS, lambda kept: change(_own(kept)))


def _own(kept: dict[str, Any]) -> dict[str, str]:
    return {name: query for name, query in kept.items() if isinstance(query, str)}
