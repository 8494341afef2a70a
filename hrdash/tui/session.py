"""Where the last session of the dashboard was, kept in the state folder."""

import os
from typing import Any, NamedTuple

from hrdash import places
from hrdash.filter import parse
from hrdash.places import SESSION
from hrdash.tui.history import MOST, History, Place
from hrdash.tui.lenses import BEST, BY_ID, SORTS

CORPORA_KEPT = 20
"""The corpora whose sessions are kept, those used last."""
_LARGEST = 1 << 24
"""Bytes of the file, beyond which it is none of ours."""


class Session(NamedTuple):
    """Where the user was in one corpus, and how they came there."""

    place: Place = Place()
    history: History = History()
    theme: str = ""
    """The colour theme, when the user chose one."""
    width: int = 0
    """The cells of the list, when the user chose them."""


def load_session(corpus: str) -> Session:
    """The session of a corpus folder; an empty one when there is none, or none that can be read."""
    found = places.read_kept(SESSION, _LARGEST).get(os.path.realpath(corpus))
    if not isinstance(found, dict):
        return Session()
    past, ahead = ([_place(one) for one in _listed(found.get(name))] for name in History._fields)
    theme, width = found.get("theme"), found.get("width")
    history = History(tuple(past[-MOST:]), tuple(ahead[:MOST]))
    return Session(_place(found.get("place")), history, theme if isinstance(theme, str) else "",
                   width if type(width) is int else 0)  # fmt: skip


def save_session(corpus: str, session: Session) -> bool:
    """Keep the session of a corpus folder, the whole file or nothing; whether it could be done."""
    name = os.path.realpath(corpus)
    steps = {name: [_written(place) for place in found] for name, found in session.history._asdict().items()}
    written = {"place": _written(session.place), **steps, "theme": session.theme, "width": session.width}

    def changed(kept: dict[str, Any]) -> dict[str, Any]:
        others = [(key, value) for key, value in kept.items() if key != name]
        return dict([*others, (name, written)][-CORPORA_KEPT:])

    return places.change_kept(SESSION, changed, _LARGEST)


def _written(place: Place) -> dict[str, object]:
    """A place as JSON, its filter as it is typed, without what is as always."""
    usual = Place._field_defaults
    values = {name: value for name, value in place._asdict().items() if value != usual[name]}
    return values | ({"filter": place.filter.typed} if "filter" in values else {})


def _place(found: object) -> Place:
    """The place of a JSON value, with what cannot be so as it always is."""
    values = found if isinstance(found, dict) else {}
    usual = {**Place._field_defaults, "filter": ""}
    read = {name: value for name, value in values.items() if name in usual and type(value) is type(usual[name])}
    place = Place(**{**read, "filter": parse(str(read.get("filter", ""))).filter})
    return place if place.lens in BY_ID and place.sort in (*SORTS, BEST) else Place(place.filter)


def _listed(found: object) -> list[object]:
    return found if isinstance(found, list) else []
