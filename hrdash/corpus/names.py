"""Names in a corpus: what an id looks like, and how a name is shown."""

from __future__ import annotations

from hrdash.text import clean_line

ID = r"[a-z0-9][a-z0-9-]{0,63}"
"""Every id of a corpus, and every name of a theme's file or folder."""

_ID_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
_LONGEST_SHOWN = 60


def is_id(text: str) -> bool:
    """Whether a text is an id: a-z, 0-9 and hyphens, not a hyphen first, at most 64."""
    return 0 < len(text) <= 64 and not text.startswith("-") and _ID_LETTERS.issuperset(text)


def shown(text: str) -> str:
    """A name or value from a file as a message quotes it: on one line, clean, in quotes, cut when long."""
    line = clean_line(text)
    return f"'{line}'" if len(line) <= _LONGEST_SHOWN else f"'{line[:_LONGEST_SHOWN]}…'"
