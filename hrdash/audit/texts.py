"""The numbered texts of the sources, as `verify` and `coverage` read them.

A source's text is the file `<source id>.txt` in one folder. It is UTF-8, at most 1 MiB, a paragraph a line, with the
paragraph's number in brackets before it:

    [1] The first paragraph, all of it on this line.
    [2] The second one. Numbers rise; one may be left out, and none comes twice.
    A line without a number goes on with the paragraph before it.

Blank lines count for nothing. The numbers are those that citations use: the document's own where it prints them, and
otherwise our count, as `paragraphs.numbering` says in `sources.yaml`. The folder may hold other files.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from hrdash.corpus.listing import read_file
from hrdash.model import Citation, Problem
from hrdash.text import clean

_NUMBERED = re.compile(r"\[(\d{1,6})\](.*)", re.ASCII)


class SourceText(NamedTuple):
    """One source's paragraphs, by number."""

    source: str
    paragraphs: Mapping[int, str]

    @property
    def last(self) -> int:
        """The number of the last paragraph."""
        return max(self.paragraphs)

    def cited(self, cite: Citation) -> tuple[int, ...]:
        """The numbers of those paragraphs of a citation that the text has."""
        return covered(cite.para, tuple(self.paragraphs))

    def absent(self, cite: Citation) -> int | None:
        """The first paragraph of a citation that the text does not have."""
        named = (number for stretch in _stretches(cite.para) for number in stretch)
        return next((number for number in named if number not in self.paragraphs), None)


def covered(paras: str, numbers: Sequence[int]) -> tuple[int, ...]:
    """Which of a source's paragraphs, whose numbers rise, `7`, `7-9` or `7-9, 12` covers."""
    ends = [(bisect_left(numbers, part.start), bisect_left(numbers, part.stop)) for part in _stretches(paras)]
    return tuple(sorted({number for first, last in ends for number in numbers[first:last]}))


def _stretches(paras: str) -> tuple[range, ...]:
    ends = [part.strip().partition("-") for part in paras.split(",")]
    return tuple(range(int(first), int(last or first) + 1) for first, _, last in ends)


def read_texts(folder: str, sources: Iterable[str]) -> tuple[dict[str, SourceText], tuple[Problem, ...]]:
    """The texts that a folder has of these sources, and what is wrong with the files; an absent file is left out."""
    texts: dict[str, SourceText] = {}
    problems: list[Problem] = []
    for source in sources:
        name = f"{source}.txt"
        if not os.path.lexists(os.path.join(folder, name)):
            continue
        found = read_file(folder, name)
        path = os.path.join(folder, name)
        if isinstance(found, Problem):
            cure = "put a UTF-8 text of at most 1 MiB there, a paragraph a line"
            problems.append(found._replace(file=path, cure=cure))
            continue
        text, faults = parse_text(source, found, path)
        problems += faults
        if text.paragraphs:
            texts[source] = text
    return texts, tuple(problems)


def parse_text(source: str, content: bytes, path: str) -> tuple[SourceText, list[Problem]]:
    """Read one text; what breaks the format is a problem, and the paragraphs that can be read are kept."""
    problems: list[Problem] = []
    try:
        decoded = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        before = content[: fault.start]
        row, column = before.count(b"\n") + 1, fault.start - before.rfind(b"\n")
        problems.append(Problem(path, row, column, "the text is not UTF-8 here", "save it as UTF-8"))
        return SourceText(source, {}), problems
    paragraphs: dict[int, list[str]] = {}
    latest = 0
    for row, line in enumerate(clean(decoded).split("\n"), 1):
        start = _NUMBERED.match(line)
        if start is None:
            if not line.strip():
                continue
            if not paragraphs:
                problems.append(
                    Problem(path, row, 1, "text before the first numbered paragraph", "begin its line with [1]")
                )
            else:
                paragraphs[latest].append(line)
        elif int(start[1]) <= latest:
            what = f"paragraph {start[1]} stands after paragraph {latest}"
            problems.append(Problem(path, row, 1, what, "number the paragraphs upward, each once"))
            paragraphs.setdefault(latest, []).append(start[2])
        else:
            latest = int(start[1])
            paragraphs[latest] = [start[2]]
    if not paragraphs and not problems:
        problems.append(Problem(path, 1, 1, "no paragraph of the text is numbered", "begin its line with [n]"))
    return SourceText(source, {key: " ".join(" ".join(lines).split()) for key, lines in paragraphs.items()}), problems
