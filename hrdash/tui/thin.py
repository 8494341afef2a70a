"""Fewer bytes to the terminal for the same picture: what a slow line is glad of.

Each run of cells comes with all of its colours before it and a reset behind it. Of two runs alike the second needs
neither, and blanks need no colour of letters.
"""

from __future__ import annotations

import re
from functools import lru_cache

_STYLE = re.compile(r"\x1b\[([\d;]*)m")
_BLANKS = re.compile(r" +")
_UNSEEN_ON_BLANKS = frozenset(("1", "2", "3"))
"""Bold, dim and italic: the attributes that a blank does not show."""


def thinned(written: str) -> str:
    """The same text and the same cells, with a change of style only where one is seen.

    Stands for itself: it begins and ends with no style, as what Textual writes does.
    """
    found: list[str] = []
    shown = wanted = ""
    at = 0
    for style in _STYLE.finditer(written):
        text = written[at : style.start()]
        if text:
            shown = _change(found, shown, wanted, text)
        wanted = "" if style[1] in ("", "0") else f"{wanted};{style[1]}" if wanted else style[1]
        at = style.end()
    rest = written[at:]
    if rest:
        shown = _change(found, shown, wanted, rest)
    if shown:
        found.append("\x1b[0m")
    return "".join(found)


def _change(found: list[str], shown: str, wanted: str, text: str) -> str:
    """Add a text and, where it is seen, the change to its style before it; the style that is then in force."""
    if shown != wanted and not (_BLANKS.fullmatch(text) and _ground(shown) == _ground(wanted)):
        found.append(f"\x1b[0;{wanted}m" if shown and wanted else f"\x1b[{wanted or 0}m")
        shown = wanted
    found.append(text)
    return shown


@lru_cache(512)
def _ground(style: str) -> tuple[str, ...]:
    """What a style shows on a blank: everything but the letters' colour, weight and slant."""
    codes = iter(style.split(";"))
    seen = []
    for code in codes:
        if code in ("38", "48", "58"):
            kind = next(codes, "")
            color = [next(codes, "") for _ in range(3 if kind == "2" else 1)]
            seen += [";".join((code, kind, *color))] if code == "48" else []
        elif not (code in _UNSEEN_ON_BLANKS or (code.isdigit() and (30 <= int(code) <= 39 or 90 <= int(code) <= 97))):
            seen.append(code)
    return tuple(seen)
