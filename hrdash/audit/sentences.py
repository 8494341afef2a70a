"""Sentences of a paragraph, and the words of a sentence that say what it is about."""

from __future__ import annotations

import re
from functools import lru_cache

from hrdash.text import fold

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
"""A word with its hyphens and apostrophes."""

REACH = 40
"""How far back from a place something beside it is looked for, in characters: more than any of it takes."""

_END = re.compile(r"(?<![.?!…])[.?!…]+[\"”’')\]]*(?=\s+[\"“‘'(\[–·-]*\s*[^\W_a-zа-яё]|\s*$)")
_NEVER_LAST = re.compile(
    r"(?:^|[\s(\"“‘'])(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mr|Mrs|Ms|Dr|Prof|Hon|St|Gen|Art|art|para|cf|vs"
    r"|approx|e\.g|i\.e|[^\W\d_])$"
)
_NUMERO = re.compile(r"(?:^|\s)[Nn]os?$")
_SOMETIMES_LAST = re.compile(r"(?:^|\s)(?:[ap]\.m|etc|et al|Inc|Ltd|Co|(?:[A-Z]\.)+[A-Z])$")

STOP_WORDS = frozenset(
    """a about above across after again against all also although among an and any are around as at be became because
    been before being below between both but by can cannot could did do does doing done down during each either else
    etc even every few for from further had has have having he her here hers him his how however i if in into is it its
    itself just less let like may me might more most much must my neither no nor not now of off on once one only onto or
    other our out over own per same several shall she should since so some still such than that the their them then
    there these they this those though through thus to too toward towards under until up upon us very was we well were
    what whatever when where whether which while who whom whose why will with within without would yet you your
    ask asks asked say says said state stated states""".split()  # noqa: SIM905  (a list of 180 strings reads worse)
)
"""Words that carry no subject: function words, and the verbs of attribution."""

_TAILS = {"'s": "", "s'": "", "ies": "y", "ied": "y", "ing": "", "es": "", "ed": "", "ly": "", "s": "", "e": ""}
"""What grammar adds, and what stands in its place without it; the first that fits is taken."""


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a paragraph; `Dec. 10`, `U.S.`, `A. Smith` and `3 p.m. on` do not end one."""
    found = []
    start = 0
    for end in _END.finditer(text):
        if end.end() < len(text) and _goes_on(text, start, end):
            continue
        found.append(text[start : end.end()].strip())
        start = end.end()
    found.append(text[start:].strip())
    return tuple(sentence for sentence in found if sentence)


def _goes_on(text: str, start: int, end: re.Match[str]) -> bool:
    """Whether a full stop is an abbreviation's and the sentence that starts at `start` goes on behind it."""
    if end[0] != ".":
        return False
    behind, at = end.end(), end.start()
    before = max(start, at - REACH), at
    if _SOMETIMES_LAST.search(text, *before):
        opening = WORD.search(text, behind)
        return opening is None or opening[0].lower() not in STOP_WORDS
    if _NUMERO.search(text, *before):
        return text[behind : behind + REACH].lstrip()[:1].isdigit()
    return bool(_NEVER_LAST.search(text, *before)) and text[at - 2 : at] != " I"


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> str:
    """A word without what grammar adds, cut at six letters: `detention` is `detentions`."""
    bare = fold(word)
    tail = next((tail for tail in _TAILS if bare.endswith(tail) and len(bare) - len(tail) >= 3), "")
    return (bare.removesuffix(tail) + _TAILS.get(tail, ""))[:6]


def stems(text: str) -> frozenset[str]:
    """The stems of the words that say what a text is about."""
    parts = (part for word in WORD.findall(text.replace("’", "'")) for part in word.split("-"))
    return frozenset(_stem(part) for part in parts if fold(part) not in STOP_WORDS and not part.isdigit())
