"""The numbered texts of the sources, as `verify` and `coverage` read them.

A source's text is the file `<source id>.txt` in one folder. It is UTF-8, at most 1 MiB, a paragraph a line, with the
paragraph's pinpoint in brackets before it:

    [23] The first paragraph, all of it on this line.
    [24 (a)] A part that has a line of its own. Some may be left out; none comes twice.
    A line without a pinpoint goes on with the paragraph before it.

Pinpoints are those of citations (`hrdash.pinpoint`), and rise in their natural order, each label by itself. A line that
begins with a bracket and in it a digit or a label, and is none, belongs to no paragraph, nor does what goes on with it:
nobody's words stand under another's number. `[sic]` is text. Of a source with `paragraphs: none` all is one paragraph.
"""

import os
import re
from bisect import bisect_left
from collections.abc import Mapping
from itertools import takewhile

from hrdash.corpus.listing import read_file
from hrdash.model import NoStatements, Problem, Source
from hrdash.pinpoint import LABELS, Pinpoint, covers, parse
from hrdash.text import clean

_BRACKET = re.compile(rf"\s*\[\s*((?:\d|§|¶|(?:paras?|paragraphs?|{'|'.join(LABELS)})\b)[^\]]*)\]?", re.I)
_SHOWN = 30
"""How much of a bracket that is no pinpoint stands in its problem, in characters."""


class SourceText:
    """One source's paragraphs by pinpoint, in the order of the text; the pinpoint is empty where it has none."""

    def __init__(self, source: str, paragraphs: Mapping[str, str]) -> None:
        self.source = source
        self.paragraphs = paragraphs
        self._places = sorted(map(parse, filter(None, paragraphs)))

    @property
    def last(self) -> int:
        """The highest number of a paragraph, or 0."""
        return max((place.last[0][1] for place in self._places if place.text[0].isdigit()), default=0)

    def declared(self, source: Source) -> dict[str, NoStatements]:
        """The paragraphs of which the register says that they hold no statement."""
        gaps = source.paragraphs.no_statements if source.paragraphs else ()
        return {place.text: gap for gap in gaps for place in self._held(parse(gap.paras))}

    def cited(self, place: str) -> tuple[str, ...]:
        """The paragraphs that a pinpoint holds, or else the innermost that holds it; without a pinpoint, all."""
        return tuple(found.text for found in self._cited(parse(place))) if place else tuple(self.paragraphs)

    def absent(self, place: str) -> str:
        """The first of what a pinpoint names that the text does not have, or nothing."""
        if not place:
            return ""
        wanted = parse(place)
        named = [Pinpoint(end, end, place) for end in (wanted.first, wanted.last)]
        if wanted.number is not None and len(wanted.first) == len(wanted.last) == 1:
            end = wanted.last[0][1]
            reach = min(end, wanted.number + len(self._places))
            named = [parse(str(number)) for number in (*range(wanted.number, reach + 1), end)]
        return next((one.text for one in named if not self._cited(one)), "")

    def _held(self, place: Pinpoint) -> list[Pinpoint]:
        start = bisect_left(self._places, place.first, key=lambda found: found.first)
        near = takewhile(lambda found: found.first[: len(place.last)] <= place.last, self._places[start:])
        return [found for found in near if covers(place, found)]

    def _cited(self, place: Pinpoint) -> list[Pinpoint]:
        return self._held(place) or [found for found in self._places if covers(found, place)][-1:]


def read_texts(folder: str, sources: Mapping[str, Source]) -> tuple[dict[str, SourceText], tuple[Problem, ...]]:
    """The texts that a folder has of these sources, and what is wrong with the files; an absent file is left out."""
    texts: dict[str, SourceText] = {}
    problems: list[Problem] = []
    for source in sources.values():
        name = f"{source.id}.txt"
        path = os.path.join(folder, name)
        if not os.path.lexists(path):
            continue
        found = read_file(folder, name)
        if isinstance(found, Problem):
            problems.append(found._replace(file=path, cure="put a UTF-8 text of at most 1 MiB there"))
            continue
        numbered = source.paragraphs is None or source.paragraphs.numbering != "none"
        text, faults = parse_text(source.id, found, path, numbered)
        problems += faults
        if text.paragraphs:
            texts[source.id] = text
    return texts, tuple(problems)


def parse_text(source: str, content: bytes, path: str, numbered: bool = True) -> tuple[SourceText, list[Problem]]:
    """Read one text; what breaks the format is a problem, and the paragraphs that can be read are kept."""
    try:
        decoded = clean(content.decode("utf-8-sig").replace("\u00ad", ""))  # where a line might have been broken
    except UnicodeDecodeError as fault:
        rows = (fault.object[: fault.start] + b"?").splitlines()  # of what is behind a byte order mark
        where = len(rows), len(rows[-1].decode())
        return SourceText(source, {}), [Problem(path, *where, "the text is not UTF-8 here", "save it as UTF-8")]
    if not numbered:
        return SourceText(source, {"": " ".join(decoded.split())}), []
    problems: list[Problem] = []
    paragraphs: dict[str, list[str]] = {}
    latest: dict[int, Pinpoint] = {}
    lines: list[str] | None = None
    for row, line in enumerate(decoded.split("\n"), 1):
        bracket = _BRACKET.match(line)
        if bracket:
            try:
                place = parse(bracket[1])
                label = 0 if place.text[0].isdigit() else place.first[0][1] + 1
                if label in latest and place.first <= latest[label].last:
                    raise ValueError(f"stands after [{latest[label].text}], and pinpoints rise, each once")
            except ValueError as fault:
                cure = "put a pinpoint of its own there: till then these words belong to no paragraph"
                problems.append(Problem(path, row, 1, f"[{bracket[1][:_SHOWN]}] {fault}", cure))
                lines = []
            else:
                latest[label] = place
                lines = paragraphs[place.text] = [line[bracket.end() :]]
        elif lines is not None:
            lines.append(line)
        elif line.strip():
            what = "text before the first numbered paragraph"
            problems.append(Problem(path, row, 1, what, "begin its line with [1]"))
            lines = []
    if not paragraphs and not problems:
        problems.append(Problem(path, 1, 1, "no paragraph of the text is numbered", "begin its line with [n]"))
    return SourceText(source, {place: " ".join(" ".join(part).split()) for place, part in paragraphs.items()}), problems
