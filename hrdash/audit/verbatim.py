"""Runs of words that a brief shares with a source text: facts carry over, sentences do not.

A run is eight words and more that stand in the same order in both. It is let pass where what is left of it without
names is short: fewer than four words. A name is a capitalised run of the source text with its joining words and the
year at its end (`Policy through 2030`), or words that stand in a source's registered title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from hrdash.audit.sentences import REACH, STOP_WORDS, WORD
from hrdash.audit.texts import SourceText
from hrdash.model import Citation

RUN_WORDS = 8
"""The shortest run that counts as copied."""
OWN_WORDS = 4
"""So many words beside names make a run a copied one."""
_OPENING = re.compile(r"(?:^|[.?!]\W*\s)\W*$")


class _Paragraph(NamedTuple):
    cite: Citation
    words: tuple[str, ...]
    in_name: tuple[bool, ...]


class SourceRuns:
    """Every run of eight words of the source texts, to look texts up in."""

    def __init__(self, texts: Mapping[str, SourceText], titles: Iterable[str]) -> None:
        self._paragraphs = [
            _paragraph(Citation(text.source, str(number)), paragraph)
            for text in texts.values()
            for number, paragraph in text.paragraphs.items()
        ]
        self._runs: dict[tuple[str, ...], list[tuple[int, int]]] = {}
        for index, paragraph in enumerate(self._paragraphs):
            for start in range(len(paragraph.words) - RUN_WORDS + 1):
                self._runs.setdefault(paragraph.words[start : start + RUN_WORDS], []).append((index, start))
        self._titles = [" ".join(_words(title)) for title in titles]

    def copied(self, text: str) -> Iterator[tuple[tuple[str, ...], Citation]]:
        """The runs of a text that stand in a source text too, each as long as it goes, and where."""
        words = _words(text)
        start = 0
        while start <= len(words) - RUN_WORDS:
            length, cite = self._longest(words, start)
            if cite is not None:
                yield words[start : start + length], cite
            start += length if cite is not None else 1

    def _longest(self, words: tuple[str, ...], start: int) -> tuple[int, Citation | None]:
        """How long the longest run from a word is, and where it stands; nowhere where it is a name."""
        size, cite = 0, None
        for index, at in self._runs.get(words[start : start + RUN_WORDS], ()):
            paragraph = self._paragraphs[index]
            length = RUN_WORDS
            while words[start + length : start + length + 1] == paragraph.words[at + length : at + length + 1] != ():
                length += 1
            if length >= size and self._is_name(paragraph, at, length):
                size, cite = length, None
            elif length > size:
                size, cite = length, paragraph.cite
        return size, cite

    def _is_name(self, paragraph: _Paragraph, at: int, length: int) -> bool:
        run = " ".join(paragraph.words[at : at + length])
        if any(f" {run} " in f" {title} " for title in self._titles):
            return True
        return sum(not named for named in paragraph.in_name[at : at + length]) < OWN_WORDS


def _paragraph(cite: Citation, text: str) -> _Paragraph:
    """A paragraph's words, and which of them belong to a name."""
    matches = list(WORD.finditer(text))
    capital = [match[0][0].isupper() or any(letter.isupper() for letter in match[0][1:]) for match in matches]
    opening = [bool(_OPENING.search(text, max(0, at - REACH), at)) for at in (match.start() for match in matches)]
    stop = [match[0].lower() in STOP_WORDS or match[0].isdigit() for match in matches]
    named = [is_capital and not is_stop for is_capital, is_stop in zip(capital, stop, strict=True)]
    for index, is_opening in enumerate(opening):
        if is_opening and named[index] and not (index + 1 < len(named) and named[index + 1]):
            named[index] = False
    anchors = [index for index, is_named in enumerate(named) if is_named]
    for left, right in pairwise(anchors):
        if right - left <= 5 and all(stop[index] for index in range(left + 1, right)):
            named[left : right + 1] = [True] * (right - left + 1)
    for index in range(2, len(named)):
        if matches[index][0].isdigit() and stop[index - 1] and named[index - 2]:
            named[index - 1 : index + 1] = [True, True]
    return _Paragraph(cite, _words(text), tuple(named))


def _words(text: str) -> tuple[str, ...]:
    return tuple(match[0].lower().replace("’", "'") for match in WORD.finditer(text))
