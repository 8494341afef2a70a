"""Which known name a misspelt one is nearest to: one measure for files, filters, commands and options."""

from __future__ import annotations

from collections.abc import Iterable

_MOST_COMPARED = 2_000
_LONGEST_COMPARED = 160
_SHORTEST_BEGINNING = 3


def nearest(name: str, known: Iterable[str]) -> str:
    """The one of `known` that `name` was most likely meant to be, or nothing; of many, those that begin alike.

    Meant is one that differs in few letters, or else the first that goes on where `name` ends. Costs up to some
    milliseconds a call.
    """
    from difflib import get_close_matches  # only where something is misspelt

    folded = name.casefold()
    if len(folded) > _LONGEST_COMPARED:
        return ""
    names = [(other.casefold(), other) for other in known]
    if len(names) > _MOST_COMPARED:
        names = sorted(pair for pair in names if pair[0].startswith(folded[:2]))[:_MOST_COMPARED]
    by_folded = dict(sorted(names, reverse=True))
    close = get_close_matches(folded, by_folded, 1)
    if not close and len(folded) >= _SHORTEST_BEGINNING:
        close = sorted(other for other in by_folded if other.startswith(folded))
    return by_folded[close[0]] if close else ""
