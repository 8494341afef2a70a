"""Proper names: the capitalised words of a text, and whether another text has them too.

A name is a word with a capital letter that does not merely open its sentence, or one of two capitals and more. It
stands in a text when each of its words does, whatever their case, with possessives, plurals and the endings of
adjectives folded (`Asia`, `Asian`; `President`, `presidential`); an acronym also
when the words that it abbreviates stand there in a row (`NPM`, `national preventive mechanism`), and the words when
their acronym does.
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
    words = WORD.findall(text)
    parts = [part for word in words for part in _parts(word)]
    acronyms = frozenset(fold_name(part) for part in parts if _is_acronym(part))
    return NamesSaid(frozenset(fold_name(part) for part in parts), _initials(text), acronyms)


def glossary(texts: Iterable[str]) -> dict[str, str]:
    """The acronyms that texts explain themselves, as `Development Programme (UNDP)`, each with its words."""
    found: dict[str, str] = {}
    for text in texts:
        said = list(WORD.finditer(text))
        ends = [word.end() for word in said]
        for match in _EXPLAINED.finditer(text):
            before = said[: bisect_right(ends, match.start())][-12:]
            words = [part for word in before for part in _parts(word[0])][-12:]
            for start in range(len(words)):
                initials = "".join(fold(word)[0] for word in words[start:] if fold(word) not in STOP_WORDS)
                if initials == fold(match[1]) and fold(words[start]) not in STOP_WORDS:
                    found[fold_name(match[1])] = " ".join(words[start:])
    return found


@lru_cache(maxsize=1 << 12)
def proper_names(text: str) -> tuple[Name, ...]:
    """The words of the proper names in a text, in order."""
    found: list[tuple[re.Match[str], bool, bool]] = []
    for match in WORD.finditer(text):
        opening = bool(_OPENING.search(text, max(0, match.start() - REACH), match.start()))
        capital = any(part[:1].isupper() or _is_acronym(part) for part in _parts(match[0]))
        found.append((match, capital and fold(match[0]) not in STOP_WORDS, opening))
    names: list[Name] = []
    position = 0
    while position < len(found):
        last = position
        while last + 1 < len(found) and found[position][1] and _runs_on(text, found, last):
            last = _next_capital(found, last)
        if found[position][1]:
            run = text[found[position][0].start() : found[last][0].end()]
            for match, capital, opening in found[position : last + 1]:
                if capital:
                    names += [
                        Name(part, fold_name(part), run, opening and not _is_acronym(part)) for part in _parts(match[0])
                        if (part[:1].isupper() or _is_acronym(part)) and _counts(part, text, match)
                    ]  # fmt: skip
        position = last + 1
    return tuple(names)


def fold_name(word: str) -> str:
    """A word as names are compared: case and accents folded, no possessive, no plural, months in full."""
    bare = re.sub(r"(?:'s|s')$", lambda end: "s" if end[0] == "s'" else "", fold(word).replace("’", "'"))
    bare = MONTHS.get(bare[:3], bare) if bare in MONTHS or bare in MONTHS.values() else bare
    bare = _SAME_SPELLING.get(bare, bare)
    return bare[:-1] if bare.endswith("s") and len(bare) > 3 and not bare.endswith("ss") else bare


def _derived(one: str, other: str) -> bool:
    """Whether two words are a name and its adjective, as Asia and Asian, Uzbek and Uzbekistan."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _DERIVED_FROM and long.startswith(short) and len(long) - len(short) <= _ENDING


def _counts(part: str, text: str, match: re.Match[str]) -> bool:
    """Whether a capital is a name: more than one letter, or one in quotation marks (“B” status)."""
    return len(part) > 1 or text[match.start() - 1 : match.start()] in {'"', "“", "‘", "'"}


def _next_capital(found: list[tuple[re.Match[str], bool, bool]], last: int) -> int:
    return next(index for index in range(last + 1, len(found)) if found[index][1])


def _runs_on(text: str, found: list[tuple[re.Match[str], bool, bool]], last: int) -> bool:
    """Whether the next capitalised word belongs to the same name: only joining words lie between."""
    following = next((index for index in range(last + 1, len(found)) if found[index][1]), None)
    if following is None:
        return False
    return bool(_JOINED.match(text[found[last][0].end() : found[following][0].start()]))


def _parts(word: str) -> list[str]:
    return [part for part in word.replace("’", "'").split("-") if part]


def _is_acronym(word: str) -> bool:
    bare = re.sub(r"(?:'s|s')$|s$", "", word.replace("’", "'"))
    return len(bare) > 1 and sum(letter.isupper() for letter in bare) >= 2


@lru_cache(maxsize=1 << 12)
def _initials(text: str) -> frozenset[str]:
    """The initials of every run of two to eight words, joining words left out."""
    words = [part for word in WORD.findall(text) for part in _parts(word)]
    letters = "".join(fold(word)[0] for word in words if fold(word) not in STOP_WORDS)
    return frozenset(letters[start : start + size] for size in range(2, 9) for start in range(len(letters) - size + 1))
