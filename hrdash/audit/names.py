"""Proper names: the capitalised words of a text, and whether another text has them too.

A name is a word with a capital letter that does not merely open its sentence, or one of two capitals and more. It
stands in a text when each of its words does, whatever their case, with possessives, plurals and the endings of
adjectives folded (`Asia`, `Asian`; `President`, `presidential`); an acronym also when the words that it abbreviates
stand there in a row (`NPM`, `national preventive mechanism`), and the words when their acronym does.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from hrdash.audit.sentences import REACH, STOP_WORDS, WORD
from hrdash.text import fold

_OPENING = re.compile(r"(?:^|[.?!:…][\"”’')\]]*\s+|\n)[\"“‘'(\[–·-]*\s*$")
_JOINED = re.compile(r"^(?:[\s,]+(?:of|the|on|and|for|to|in|at|by|with|against|de|von|&)\b)*[\s“\"]*$")
_EXPLAINED = re.compile(r"\(([A-Z]{2,10})\)")
_POSSESSIVE = re.compile(r"(?:'s|(?<=s)')$")
MONTHS = {
    "jan": "january", "feb": "february", "mar": "march", "apr": "april", "may": "may", "jun": "june", "jul": "july",
    "aug": "august", "sep": "september", "oct": "october", "nov": "november", "dec": "december",
}  # fmt: skip
"""The months by their first three letters."""
_SAME_SPELLING = {"program": "programme", "programs": "programme", "sept": "september"}
_GENERIC = frozenset({"state", "states", "i"})
"""`the State` is this field's word for any country; `I` is nobody's name."""

_DERIVED_FROM = 4
_ENDING = 5
_LONGEST_ACRONYM = 12


class Name(NamedTuple):
    """A word of a proper name, as written and as compared, and the run of words that it is part of."""

    written: str
    folded: str
    run: str
    opening: bool = False
    """It is the first word of its sentence, and may have its capital from that alone."""


class NamesSaid(NamedTuple):
    """What a text offers to compare names with: its words, and the initials of every run of its words."""

    words: frozenset[str]
    initials: frozenset[str]
    acronyms: frozenset[str]

    def has(self, name: Name) -> bool:
        """Whether the text has this word, the words behind an acronym, or the acronym of its run."""
        if name.folded in self.words or name.folded in _GENERIC:
            return True
        if len(name.folded) >= _DERIVED_FROM and any(_derived(name.folded, word) for word in self.words):
            return True
        if _is_acronym(name.written):
            return name.folded in self.initials
        return bool(self.acronyms & _initials(name.run))


@lru_cache(maxsize=1 << 12)
def names_said(text: str) -> NamesSaid:
    """Prepare a text for comparison."""
    parts = _parts(text)
    acronyms = frozenset(fold_name(part) for part in parts if _is_acronym(part))
    return NamesSaid(frozenset(map(fold_name, parts)), _initials(text), acronyms)


def glossary(texts: Iterable[str]) -> dict[str, str]:
    """The acronyms that texts explain themselves, as `Development Programme (UNDP)`, each with its words."""
    found: dict[str, str] = {}
    for text in texts:
        said = list(WORD.finditer(text))
        ends = [word.end() for word in said]
        for match in _EXPLAINED.finditer(text):
            before = said[: bisect_right(ends, match.start())][-_LONGEST_ACRONYM:]
            words = [part for word in before for part in _parts(word[0])][-_LONGEST_ACRONYM:]
            for start, word in enumerate(words):
                if fold(word) not in STOP_WORDS and _capitals(words[start:]) == fold(match[1]):
                    found[fold_name(match[1])] = " ".join(words[start:])
    return found


@lru_cache(maxsize=1 << 12)
def proper_names(text: str) -> tuple[Name, ...]:
    """The words of the proper names in a text, in order."""
    names: list[Name] = []
    for run in _runs(text):
        written = text[run[0].start() : run[-1].end()]
        for match in run:
            opening = bool(_OPENING.search(text, max(0, match.start() - REACH), match.start()))
            quoted = text[match.start() - 1 : match.start()] in {'"', "“", "‘", "'"}
            names += [
                Name(part, fold_name(part), written, opening and not _is_acronym(part))
                for part in _parts(match[0])
                if _is_capital(part) and (len(part) > 1 or quoted)  # “B” status has a name, and plan B none
            ]
    return tuple(names)


def _runs(text: str) -> list[list[re.Match[str]]]:
    """The capitalised words of a text, those of one name together: only joining words lie between."""
    runs: list[list[re.Match[str]]] = []
    for match in WORD.finditer(text):
        if fold(match[0]) in STOP_WORDS or not any(map(_is_capital, _parts(match[0]))):
            continue
        if runs and _JOINED.match(text[runs[-1][-1].end() : match.start()]):
            runs[-1].append(match)
        else:
            runs.append([match])
    return runs


def fold_name(word: str) -> str:
    """A word as names are compared: case and accents folded, no possessive, no plural, months in full."""
    bare = _POSSESSIVE.sub("", fold(word).replace("’", "'"))
    bare = MONTHS.get(bare, _SAME_SPELLING.get(bare, bare))
    return bare[:-1] if bare.endswith("s") and len(bare) > 3 and not bare.endswith("ss") else bare


def _derived(one: str, other: str) -> bool:
    """Whether two words are a name and its adjective, as Asia and Asian."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _DERIVED_FROM and long.startswith(short) and len(long) - len(short) <= _ENDING


def _parts(text: str) -> list[str]:
    """The words of a text, those with hyphens taken apart."""
    return [part for word in WORD.findall(text) for part in word.replace("’", "'").split("-") if part]


def _is_capital(part: str) -> bool:
    return part[:1].isupper() or _is_acronym(part)


def _is_acronym(word: str) -> bool:
    bare = re.sub(r"'?s$", "", word.replace("’", "'"))
    return len(bare) > 1 and sum(letter.isupper() for letter in bare) >= 2


def _capitals(words: Iterable[str]) -> str:
    """The initials of some words, joining words left out."""
    folded = map(fold, words)
    return "".join(word[:1] for word in folded if word not in STOP_WORDS)


@lru_cache(maxsize=1 << 12)
def _initials(text: str) -> frozenset[str]:
    """The initials of every run of two to eight words, joining words left out."""
    letters = _capitals(_parts(text))
    return frozenset(letters[start : start + size] for size in range(2, 9) for start in range(len(letters) - size + 1))
