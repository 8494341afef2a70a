"""The basket: which statements of a corpus the user has marked, by their briefs' ids and their keys, and no more."""

from __future__ import annotations

import os
from typing import Any

from hrdash import places
from hrdash.places import BASKET

Name = tuple[str, str]
"""A brief's id and a statement's key."""
_LONGEST = 1 << 26
"""Bytes: some hundred each of the statements of the largest corpus, which may all be marked."""


def load_basket(corpus: str) -> tuple[Name, ...]:
    """What is marked in a corpus folder, in the order in which it was."""
    return _names(places.read_kept(BASKET, _LONGEST).get(os.path.realpath(corpus)))


def save_basket(corpus: str, before: tuple[Name, ...], now: tuple[Name, ...]) -> bool:
    """Keep what was marked and unmarked in a corpus folder, beside what another dashboard has marked there; the whole
    file or nothing. Whether it could be done."""
    if places.keeps_unread(BASKET, _LONGEST):
        return False
    folder, gone, new = os.path.realpath(corpus), set(before) - set(now), set(now) - set(before)

    def changed(kept: dict[str, Any]) -> dict[str, Any]:
        stays = [one for one in _names(kept.pop(folder, None)) if one not in gone]
        came = new.difference(stays)
        marked = [*stays, *(one for one in now if one in came)]
        return kept | ({folder: marked} if marked else {})

    return places.change_kept(BASKET, changed, _LONGEST)


def _names(found: object) -> tuple[Name, ...]:
    listed = found if isinstance(found, list) else []
    return tuple(
        (one[0], one[1]) for one in listed if isinstance(one, list) and [type(end) for end in one] == [str] * 2
    )
