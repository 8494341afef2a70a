"""What a line is made of: parts that say of themselves whether they are hrdash's or somebody's words.

A line says what it is (its role), never how it looks: `hrdash.report.render` and the dashboard decide that.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from hrdash.digests import blake2b
from hrdash.model import SECTIONS, Difference, LeftOpen

EDITORIAL = "#"
"""Begins the anchor of what a brief's author says, which has no id: a hash of all that it says follows."""
_ONE_LINE = str.maketrans("\n\t", "  ")
"""One for one, so that what was searched for still stands where it did."""
_RUN = r"\b(\d\d)(\d\d)(?:–| … )(\d\d)?(\d\d)\b"
"""A run of years, as `hrdash.period` writes it."""

Spans = tuple[tuple[int, int], ...]
"""Where the words that were searched for stand in a text: start and end offsets, in order."""


class Link(NamedTuple):
    """What a part of a line leads to."""

    kind: str
    """`theme`, `brief`, `address` or `lens`; or of the same page, the part of a brief, as `sources`."""
    id: str
    """Of that: of what stands on the same page, the anchor; of a brief, `brief/key` leads to a statement in it."""


class Part(NamedTuple):
    """A run of a line that is of one kind: whoever shows the line knows what is hrdash's and what somebody's."""

    kind: str
    """`label` (hrdash's own words), `sign` (a mark, a separator), `number` (of a source, a paragraph, years, an
    amount), `key` (of the keyboard, in the help) or `user` (somebody's words, which stay as they are)."""
    text: str
    spoken: str = ""
    """What is said for it, where that is not what is written; a label that begins a line with it names the line."""
    link: Link | None = None
    """What it leads to, where a page can be walked."""


Parts = tuple[Part, ...]


@lru_cache(512)
def own(text: str, spoken: str = "") -> Part:
    """Words of hrdash's own, of which most return."""
    return Part("label", text, spoken)


def user(text: str, link: Link | None = None) -> Part:
    """Words of a brief or a register."""
    return Part("user", text, "", link)


@lru_cache(4096)
def years(text: str) -> Part:
    """A period or a run of years."""
    said = re.sub(_RUN, lambda run: f"{run[1]}{run[2]} to {run[3] or run[1]}{run[4]}", text)
    return Part("number", text, said.replace(" – ", " to "))


DOT = Part("sign", " · ", ", ")
COMMA, SEMICOLON = own(", "), own("; ")
NOTE = own("Note: ", "Note")


def joined(facts: Iterable[Sequence[Part]], between: Part = DOT) -> Parts:
    """Facts in a row, those without text left out."""
    shown: list[Part] = []
    for fact in facts:
        for part in fact:
            if part.text:
                shown += (between, *fact) if shown else fact
                break
    return tuple(shown)


def note_anchor(note: LeftOpen | Difference) -> str:
    """The anchor of what a brief's author says: it is of nothing else, whatever they write or remove beside it."""
    said = repr(note[:-1]).encode("utf-8", "surrogatepass")  # without its place
    return f"{EDITORIAL}{blake2b(said, digest_size=6).hexdigest()}"


def text_of(parts: Iterable[Part]) -> str:
    """Parts as they are read, on one line, so that they can forge no other."""
    text = "".join([part.text for part in parts])
    return text if text.isprintable() else text.translate(_ONE_LINE)


def link_spans(parts: Iterable[Part]) -> tuple[tuple[int, int, Link], ...]:
    """From where to where in the text of a line each of its links stands."""
    found, at = [], 0
    for part in parts:
        if part.link is not None:
            found.append((at, at + len(part.text), part.link))
        at += len(part.text)
    return tuple(found)


class Line(NamedTuple):
    """One line of a brief, of any length; it is wrapped by whoever shows it."""

    role: str
    """What it is: one of `hrdash.report.roles.ROLES`."""
    parts: Parts
    part: str = ""
    """The key in `hrdash.report.roles.HEADINGS` of the part that it is of; empty for the head of the brief."""
    anchor: str = ""
    """The key of the statement or the id of the source that it belongs to, for a cursor to stand on; `brief/key` of a
    statement of another brief; `note_anchor` of a note; or what ends in `/`, of a line that only leads elsewhere."""
    outside: bool = False
    """Belongs to a statement outside the filter of a brief that matches."""
    spans: Spans = ()
    depth: int = 0
    """How deep it stands below what it belongs to: a response stands a step below what it is to."""
    thread: int = 0
    """Which thread of the brief it is of, from 1: a claim; or what was put, with its premise and its answer."""
    side: str = ""
    """On which side of its thread it stands: `claim`, `put` or `answer`."""
    state: str = ""
    """Of the first line of what was put: its answer, as `hrdash.derive` names it."""

    @property
    def text(self) -> str:
        """The line as it is read."""
        return text_of(self.parts)


def is_said(line: Line) -> bool:
    """Whether a line is of a statement, and not of a source or of what the brief's author says."""
    return line.part in SECTIONS and line.anchor != "" and not line.anchor.startswith(EDITORIAL)
