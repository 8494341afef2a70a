"""The basket: which statements of a corpus the user has marked, by their briefs' ids and their keys, and no more."""

from __future__ import annotations

import json
import os

from hrdash import places
from hrdash.places import BASKET

Name = tuple[str, str]
"""A brief's id and a statement's key."""
_LONGEST = 1 << 26
"""Bytes: some hundred each of the statements of the largest corpus, which may all be marked."""


def load_basket(corpus: str) -> tuple[Name, ...]:
    """What is marked in a corpus folder, in the order in which it was."""
    found = places.read_kept(BASKET, _LONGEST).get(os.path.realpath(corpus))
    listed = found if isinstance(found, list) else []
    return tuple(
        (one[0], one[1]) for one in listed if isinstance(one, list) and [type(end) for end in one] == [str] * 2
    )


def save_basket(corpus: str, before: tuple[Name, ...], now: tuple[Name, ...]) -> bool:
    """Keep what was marked and unmarked in a corpus folder, beside what another dashboard has marked there; the whole
    file or nothing. Whether it could be done."""
    gone, new = set(before) - set(now), set(now) - set(before)
    kept_before = [one for one in load_basket(corpus) if one not in gone]
    new -= set(kept_before)
    marked = [*kept_before, *(one for one in now if one in new)]
    name = os.path.realpath(corpus)
    kept = {key: value for key, value in places.read_kept(BASKET, _LONGEST).items() if key != name}
    kept |= {name: [list(one) for one in marked]} if marked else {}
    return bool(places.write_kept(BASKET, json.dumps(kept, indent=1).encode("ascii")))
