"""Names: what an id looks like, how a name is shown, and which known one a misspelt one is nearest to.

One measure of nearness for files, filters, commands and options.
"""

from collections.abc import Iterable

from hrdash.text import clean_line

_ID_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
_LONGEST_SHOWN = 60
MOST_COMPARED = 2_000
"""Of more names than this, those are compared that have the first letters of the one that is looked for."""
FIRST_LETTERS = 2
_LONGEST_COMPARED = 160
_SHORTEST_BEGINNING = 3


def is_id(text: str) -> bool:
    """Whether a text is an id: a-z, 0-9 and hyphens, not a hyphen first, at most 64."""
    return 0 < len(text) <= 64 and not text.startswith("-") and _ID_LETTERS.issuperset(text)


def shown(text: str) -> str:
    """A name or value from a file as a message quotes it: on one line, clean, in quotes, cut when long."""
    line = clean_line(text)
    return f"'{line}'" if len(line) <= _LONGEST_SHOWN else f"'{line[:_LONGEST_SHOWN]}…'"


def nearest(name: str, known: Iterable[str]) -> str:
    """The one of `known` that `name` was most likely meant to be, or nothing; of many, those that begin alike. Meant is
    one that differs in few letters, or else the first that goes on where `name` ends. Costs up to some milliseconds a
    call."""
    from difflib import get_close_matches  # only for a name that leads nowhere

    folded = name.casefold()
    if len(folded) > _LONGEST_COMPARED:
        return ""
    names = [(other.casefold(), other) for other in known]
    if len(names) > MOST_COMPARED:
        names = sorted(pair for pair in names if pair[0].startswith(folded[:FIRST_LETTERS]))[:MOST_COMPARED]
    by_folded = dict(sorted(names, reverse=True))
    close = get_close_matches(folded, by_folded, 1)
    if not close and len(folded) >= _SHORTEST_BEGINNING:
        close = sorted(other for other in by_folded if other.startswith(folded))
    return by_folded[close[0]] if close else ""
