"""Which known name a misspelt one is nearest to."""

from __future__ import annotations

from collections.abc import Iterable

_MOST_COMPARED = 2_000
_LONGEST_COMPARED = 160


def nearest(word: str, names: Iterable[str]) -> str:
    """The one of `names` that `word` was most likely meant to be, or nothing; of many, those that begin alike."""
    from difflib import get_close_matches  # only where something is misspelt

    folded = word.casefold()
    known = {name.casefold(): name for name in sorted(names, reverse=True)}
    if len(folded) > _LONGEST_COMPARED:
        return ""
    if len(known) > _MOST_COMPARED:
        known = dict([item for item in known.items() if item[0].startswith(folded[:2])][:_MOST_COMPARED])
    close = get_close_matches(folded, known, 1)
    if not close:
        close = sorted(name for name in known if len(folded) > 2 and name.startswith(folded))
    return known[close[0]] if close else ""
