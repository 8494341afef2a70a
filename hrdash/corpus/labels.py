"""The labels of the UN's index (UHRI), and which of them somebody meant who wrote another name."""

import re
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from hrdash.characters import fold

KEYS = {"Themes": "uhri_themes", "Affected persons": "persons"}
"""The facets of the index that a corpus uses, each with the key under which its labels stand."""

_CODE = re.compile(r"^\W*(?:[a-z]?\d+(?:\.\d+)*[a-z]?[.:)]?\s+)(?=\D)")
_WORD = re.compile(r"[^\W_]+")
_SMALL = {"all", "and", "any", "by", "for", "from", "general", "human", "in", "of", "on", "or", "other", "right"}
_SMALL |= {"rights", "the", "to", "with"}
"""Words that say nothing of a label."""
_CLOSE = 0.84
_SHORTEST = 5
"""Letters of a name that may be misspelt."""


@cache
def uhri_labels() -> dict[str, dict[str, tuple[str, ...]]]:
    """The labels of each facet of the index that `uhri.txt` holds, in the index's order, each with its other names."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for part in Path(__file__).with_name("uhri.txt").read_text("utf-8").split("\n[")[1:]:
        facet, *rows = part.splitlines()
        labels = found.setdefault(facet.removesuffix("]"), {})
        for row in filter(None, rows):
            if row.startswith(" "):
                labels[next(reversed(labels))] = tuple(row.strip().split("; "))
            else:
                labels[row] = ()
    return found


def labels_with(words: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """The labels that have words, or the beginnings of them, or another name that has; where none has, the nearest.
    Each with its facet and its other names."""
    asked = [_stem(word) for word in _plain(words).split()]
    if words.strip() and not asked:
        return []

    def has(name: str) -> bool:
        there = _plain(name).split()
        return all(any(word.startswith(stem) for word in there) for stem in asked)

    every = [(facet, label, others) for facet, found in uhri_labels().items() for label, others in found.items()]
    found = [row for row in every if any(map(has, (row[1], *row[2])))]
    return found or [row for row in every if row[1] == nearest_label(words, row[0])]


def nearest_label(text: str, facet: str) -> str:
    """The label of a facet that was meant by another name, or nothing where that is not clear."""
    names, asked = _names(facet), _plain(text)
    if asked in names:
        return names[asked]
    close = get_close_matches(asked, names, 1, _CLOSE) if len(asked) >= _SHORTEST else []
    if close:
        return names[close[0]]
    words = _words(asked)
    alike = [(label, of) for of, label in _words_of_names(facet) if words and (words <= of or of <= words)]
    label, is_all_of_one = (alike[0][0], any(of <= words for _, of in alike)) if len(dict(alike)) == 1 else ("", False)
    return label if is_all_of_one or words <= _words(_plain(label)) else ""  # no victim is meant by `torture`


@cache
def _names(facet: str) -> dict[str, str]:
    """The label of each name in a facet."""
    labels = uhri_labels()[facet]
    names = {_plain(name): label for label, others in labels.items() for name in others}
    return names | {_plain(label): label for label in labels}


@cache
def _words_of_names(facet: str) -> tuple[tuple[frozenset[str], str], ...]:
    """The words of each name in a facet, with its label."""
    return tuple((_words(name), label) for name, label in _names(facet).items())


def _words(name: str) -> frozenset[str]:
    """The words of a name that say something of it."""
    return frozenset(_stem(word) for word in name.split() if word not in _SMALL)


def _plain(name: str) -> str:
    """A name without case, code, signs and small differences of spelling."""
    folded = _CODE.sub("", fold(name).strip())
    return " ".join(_WORD.findall(folded.replace("&", " and ").replace("'s", "s").replace("’s", "s"))).replace(
        "labor", "labour"
    )


def _stem(word: str) -> str:
    """A word without the ending of its plural."""
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
