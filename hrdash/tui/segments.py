"""The one place where a text becomes something to draw, and to click on.

Textual strips what acts on a terminal from `Content` and `Text`, but what a widget of the Line API draws is written as
it is. Most of it was cleaned when it was read; a folder's name, a typed filter and a message about either was not.
"""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style

from hrdash.text import clean

UNDERLINED = Style(underline=True)
"""How what a click acts on is lit up."""
_BLANKS = str.maketrans("\n\t", "  ")


def safe_segment(text: str, style: Style | None = None) -> Segment:
    """A run of cells on one line, in which nothing acts on the terminal or hides."""
    text = clean(text)
    return Segment(text if text.isprintable() else text.translate(_BLANKS), style)


@lru_cache(1024)
def meant(name: str, value: object) -> Style:
    """What the mouse finds in a run of cells, as the style that it is kept in."""
    return Style.from_meta({name: value})


def underlined(segment: Segment) -> tuple[Segment, ...]:
    """A run of cells with what stands in it lit up, and not the blanks around that."""
    words = segment.text.strip()
    before, after = segment.text.split(words, 1) if words else (segment.text, "")
    runs = ((before, segment.style), (words, (segment.style or Style()) + UNDERLINED), (after, segment.style))
    return tuple(safe_segment(text, style) for text, style in runs if text)
