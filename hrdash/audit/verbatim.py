"""A source's own words in a brief: those that have to stand there word for word, and those copied without saying so.

A quotation leaves words out as `…` and puts words in as `[x]`; capitals, signs and the marks of sub-paragraphs aside,
what is between stands in a row. A copied run is eight words and more in the same order, outside quotation marks. It is
let pass where fewer than four words of it are left without names and numbers, and what joins them (`Policy through
2030`, `from 9 in 2019 to 7`). A name is a capitalised run of the source text, or stands in a source's registered title.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import compress, count, pairwise

from hrdash.audit.passage import label
from hrdash.audit.texts import SourceText
from hrdash.audit.words import STOP_WORDS, WORD, opens
from hrdash.characters import fold, plain
from hrdash.terms import NO_SPACES

RUN_WORDS = 8
"""The shortest run that counts as copied."""
OWN_WORDS = 4
"""So many words beside names make a run a copied one."""
_LEFT_OUT = re.compile(r"\[?\s*(?:…|\.\.\.)\s*\]?")
_PUT_IN = re.compile(r"\[(\w)\](?=\w)|\[[^\]]*\]")
_SIGN = re.compile(r"\((?:[a-z]|[ivx]{1,5})\)")
_UNSPACED = "".join(f"{chr(first)}-{chr(last)}" for first, last in NO_SPACES)
_UNIT = re.compile(rf"(?=[{_UNSPACED}])[^\W_]|[^\W_{_UNSPACED}]+|[%$€£]")
"""A word; of scripts that write none apart, a letter."""
_QUOTED = re.compile(r"“([^”]+)”|\"([^\"]+)\"|«([^»]+)»|„([^“”]+)[“”]|(?<!\w)‘(.+?)’(?!\w)")


def quoted(text: str) -> list[str]:
    """The phrases that stand in quotation marks."""
    return [next(filter(None, match.groups())) for match in _QUOTED.finditer(text)]


def departure(quotation: str, paragraphs: Iterable[str]) -> str:
    """The words at which a quotation departs from some paragraphs in a row, or nothing."""
    said = f" {' '.join(map(_plain, paragraphs))} "
    put_in = _PUT_IN.sub(lambda match: match[1] or " ", _LEFT_OUT.sub("…", quotation))
    return _departure(quotation, said) and _departure(put_in, said)


def _departure(quotation: str, said: str) -> str:
    for part in _LEFT_OUT.split(quotation):
        words = _plain(part).split()
        stand = bisect_left(range(1, len(words) + 1), True, key=lambda size: f" {' '.join(words[:size])} " not in said)
        if stand < len(words):
            return re.sub(rf"(?<=[{_UNSPACED}]) (?=[{_UNSPACED}])", "", " ".join(words[max(0, stand - 2) : stand + 3]))
        whole = " ".join(("", *words))
        said = said[said.index(whole) + len(whole) :]
    return ""


@lru_cache(maxsize=1 << 12)
def _plain(text: str) -> str:
    return " ".join(_UNIT.findall(_SIGN.sub(" ", fold(text))))


class SourceRuns:
    """Every run of eight words of the source texts, to look texts up in."""

    def __init__(self, texts: Mapping[str, SourceText], titles: Iterable[str]) -> None:
        self._paragraphs = [
            (label(text.source, place), _words(paragraph), _in_name(paragraph))
            for text in texts.values()
            for place, paragraph in text.paragraphs.items()
        ]
        self._runs: dict[tuple[str, ...], list[tuple[int, int]]] = {}
        for index, (_, words, _) in enumerate(self._paragraphs):
            for start in range(len(words) - RUN_WORDS + 1):
                self._runs.setdefault(words[start : start + RUN_WORDS], []).append((index, start))
        self._titles = [f" {' '.join(_words(title))} " for title in titles]

    def copied(self, text: str) -> Iterator[tuple[tuple[str, ...], str]]:
        """The runs of a text that stand in a source text too, each as long as it goes, and where."""
        for words in map(_words, _QUOTED.sub("\0", text).split("\0")):
            start = 0
            while start <= len(words) - RUN_WORDS:
                length, place = self._longest(words, start)
                if place:
                    yield words[start : start + length], place
                start += length if place else 1

    def _longest(self, words: tuple[str, ...], start: int) -> tuple[int, str]:
        """How long the longest run from a word is, and where it stands; nowhere where it is a name."""
        size, place = 0, ""
        for index, at in self._runs.get(words[start : start + RUN_WORDS], ()):
            where, there, in_name = self._paragraphs[index]
            length = RUN_WORDS
            while words[start + length : start + length + 1] == there[at + length : at + length + 1] != ():
                length += 1
            run = f" {' '.join(there[at : at + length])} "
            is_name = in_name[at : at + length].count(False) < OWN_WORDS or any(run in title for title in self._titles)
            if length > size or (length == size and is_name):
                size, place = length, "" if is_name else where
        return size, place


def _in_name(text: str) -> list[bool]:
    """Which of a paragraph's words belong to a name, are numbers, or only join two of these."""
    matches = list(WORD.finditer(text))
    joining = [match[0].lower() in STOP_WORDS or match[0].isdigit() for match in matches]
    capital = [match[0] != match[0].lower() and not joins for match, joins in zip(matches, joining, strict=True)]
    named = [
        match[0].isdecimal() or (is_capital and (goes_on or not opens(text, match.start())))
        for match, is_capital, goes_on in zip(matches, capital, [*capital, False][1:], strict=True)
    ]
    for left, right in pairwise(compress(count(), named[:])):
        if right - left <= 5 and all(joining[left + 1 : right]):
            named[left:right] = [True] * (right - left)
    return named


def _words(text: str) -> tuple[str, ...]:
    return tuple(plain(match.lower()) for match in WORD.findall(text))
