"""Sentences of a paragraph, the words that say what it is about, and the proper names among them.

A name is a word with a capital letter that does not merely open its sentence, or one of two capitals and more. It
stands in a text when each of its words does, whatever their case, with possessives, plurals and the endings of
adjectives folded (`Asia`, `Asian`; `President`, `presidential`); an acronym also when the words that it abbreviates
stand there in a row (`NPM`, `national preventive mechanism`), and the words when their acronym does.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from hrdash.audit.english import words
from hrdash.characters import fold, plain

WORD = re.compile(r"[^\W_]+(?:['’‘´′‐‑-][^\W_]+)*")
"""A word with its hyphens and apostrophes."""
STOP_WORDS = frozenset(words("stop word"))
"""Words that carry no subject: function words, and the verbs of attribution."""
MONTHS = words("month")

_REACH = 40
"""How far back from a place something beside it is looked for, in characters: more than any of it takes."""
_END = re.compile(r"(?<![.?!…])[.?!…]+[\"”’')\]]*(?=\s+[\"“‘'(\[–·-]*\s*[^\W_a-zа-яё]|\s*$)")
_NEVER_LAST = re.compile(
    r"(?:^|[\s(\"“‘'])(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mr|Mrs|Ms|Dr|Prof|Hon|St|Gen|Art|art|para|cf|vs"
    r"|approx|e\.g|i\.e|(?!(?<=\s)I)[^\W\d_])$"
)
_NUMERO = re.compile(r"(?:^|\s)[Nn]os?$")
_SOMETIMES_LAST = re.compile(r"(?:^|\s)(?:[ap]\.m|etc|et al|Inc|Ltd|Co|(?:[A-Z]\.)+[A-Z])$")
_OPENING = re.compile(r"(?:^|[.?!:…][\"”’')\]]*\s+|\n)[\"“‘'(\[–·-]*\s*$")
_JOINED = re.compile(r"^(?:[\s,]+(?:of|the|on|and|for|to|in|at|by|with|against|de|von|&)\b)*[\s“\"]*$")
_EXPLAINED = re.compile(r"\(([A-Z]{2,10})\)")
_POSSESSIVE = re.compile(r"(?:'s|(?<=s)')$")
_TAILS = {"'s": "", "s'": "", "ies": "y", "ied": "y", "ing": "", "es": "", "ed": "", "ly": "", "s": "", "e": ""}
"""What grammar adds, and what stands in its place without it; the first that fits is taken."""
_SPELLED = {
    **dict(zip(words("short month"), MONTHS, strict=True)),
    "program": "programme", "programs": "programme", "sept": "september",
}  # fmt: skip
_GENERIC = frozenset({"state", "states", "i"})
"""`the State` is this field's word for any country; `I` is nobody's name."""
_SHORTEST_DERIVED, _LONGEST_ENDING = 4, 5
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
        is_there = name.folded in self.words or name.folded in _GENERIC
        if is_there or any(_derived(name.folded, one) for one in self.words):
            return True
        return name.folded in self.initials if _is_acronym(name.written) else bool(self.acronyms & _initials(name.run))


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a paragraph; `Dec. 10`, `U.S.`, `A. Smith` and `3 p.m. on` do not end one."""
    ends = [end.end() for end in _END.finditer(text) if end.end() == len(text) or not _goes_on(text, end)]
    parts = (text[start:end].strip() for start, end in zip([0, *ends], [*ends, len(text)], strict=True))
    return tuple(filter(None, parts))


def _goes_on(text: str, end: re.Match[str]) -> bool:
    """Whether a full stop is an abbreviation's, and its sentence goes on behind it."""
    before, behind = text[max(0, end.start() - _REACH) : end.start()], text[end.end() : end.end() + _REACH]
    if end[0] != ".":
        return False
    if _SOMETIMES_LAST.search(before):
        opening = WORD.search(text, end.end())
        return opening is None or opening[0].lower() not in STOP_WORDS
    return behind.lstrip()[:1].isdigit() if _NUMERO.search(before) else _NEVER_LAST.search(before) is not None


def opens(text: str, start: int) -> bool:
    """Whether the word that begins here is the first of its sentence."""
    return _OPENING.search(text, max(0, start - _REACH), start) is not None


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> str:
    """A word without what grammar adds, cut at six letters: `detention` is `detentions`."""
    bare = fold(word)
    tail = next((tail for tail in _TAILS if bare.endswith(tail) and len(bare) - len(tail) >= 3), "")
    return (bare.removesuffix(tail) + _TAILS.get(tail, ""))[:6]


@lru_cache(maxsize=1 << 14)
def stems(text: str) -> frozenset[str]:
    """The stems of the words that say what a text is about."""
    return frozenset(_stem(part) for part in _parts(text) if fold(part) not in STOP_WORDS and not part.isdigit())


@lru_cache(maxsize=1 << 12)
def names_said(text: str) -> NamesSaid:
    """Prepare a text for comparison."""
    parts = _parts(text)
    acronyms = frozenset(map(fold_name, filter(_is_acronym, parts)))
    return NamesSaid(frozenset(map(fold_name, parts)), _initials(text), acronyms)


def glossary(texts: Iterable[str]) -> dict[str, str]:
    """The acronyms that texts explain themselves, as `Development Programme (UNDP)`, each with its words."""
    found: dict[str, str] = {}
    for text in texts:
        said = list(WORD.finditer(text))
        ends = [word.end() for word in said]
        for match in _EXPLAINED.finditer(text):
            before = said[: bisect_right(ends, match.start())][-_LONGEST_ACRONYM:]
            parts = [part for word in before for part in _parts(word[0])][-_LONGEST_ACRONYM:]
            for start, part in enumerate(parts):
                if fold(part) not in STOP_WORDS and _capitals(parts[start:]) == fold(match[1]):
                    found[fold_name(match[1])] = " ".join(parts[start:])
    return found


@lru_cache(maxsize=1 << 12)
def proper_names(text: str) -> tuple[Name, ...]:
    """The words of the proper names in a text, in order; those of one name have only joining words between them."""
    text = plain(text)  # as `names_said` reads it
    runs: list[list[re.Match[str]]] = []
    for match in WORD.finditer(text):
        if fold(match[0]) in STOP_WORDS or not any(map(_is_capital, _parts(match[0]))):
            continue
        if not runs or not _JOINED.match(text[runs[-1][-1].end() : match.start()]):
            runs.append([])
        runs[-1].append(match)
    return tuple(
        Name(part, fold_name(part), written, is_first and not _is_acronym(part))
        for run in runs
        for written in [text[run[0].start() : run[-1].end()]]
        for match in run
        for is_first in [opens(text, match.start())]
        for part in _parts(match[0])  # “B” status has a name, and plan B none
        if _is_capital(part) and (len(part) > 1 or text.endswith(('"', "“", "‘", "'"), 0, match.start()))
    )


def fold_name(word: str) -> str:
    """A word as names are compared: case and accents folded, no possessive, no plural, months in full."""
    bare = _POSSESSIVE.sub("", fold(word)).replace("'", "")
    bare = _SPELLED.get(bare, bare)
    return bare[:-1] if bare.endswith("s") and len(bare) > 3 and not bare.endswith("ss") else bare


def _derived(one: str, other: str) -> bool:
    """Whether two words are a name and its adjective, as Asia and Asian."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST_DERIVED and long.startswith(short) and len(long) - len(short) <= _LONGEST_ENDING


def _parts(text: str) -> list[str]:
    """The words of a text, those with hyphens taken apart."""
    return [part for word in WORD.findall(plain(text)) for part in word.split("-")]


def _is_capital(part: str) -> bool:
    return part[:1].isupper() or _is_acronym(part)


def _is_acronym(word: str) -> bool:
    return sum(map(str.isupper, re.sub(r"['’]?s$", "", word))) >= 2


def _capitals(names: Iterable[str]) -> str:
    return "".join(word[:1] for word in map(fold, names) if word not in STOP_WORDS)


@lru_cache(maxsize=1 << 12)
def _initials(text: str) -> frozenset[str]:
    """The initials of every run of two to eight words, joining words left out."""
    letters = _capitals(_parts(text))
    return frozenset(letters[start : start + size] for size in range(2, 9) for start in range(len(letters) - size + 1))
