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
_LEAST_SHARED = 0.5
"""The part of what was written that a label has to share, its rare words counting for more."""
_LEAST = 0.2
"""What is shared has to say at least so much: a word that one label alone has says 1, one that ten have 0.1."""
_UNKNOWN = 0.3
"""What a word says that no label has."""
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

    def has(name: str) -> bool:
        there = _plain(name).split()
        return all(any(word.startswith(stem) for word in there) for stem in asked)

    every = [(facet, label, others) for facet, found in uhri_labels().items() for label, others in found.items()]
    found = [row for row in every if any(map(has, (row[1], *row[2])))]
    return found or [row for row in every if row[1] == nearest_label(words, row[0])]


def nearest_label(text: str, facet: str) -> str:
    """The label of a facet that was meant by another name, or nothing where that is not clear."""
    names, words, weights = _known(facet)
    asked = _plain(text)
    if asked in names:
        return names[asked]
    stems = [_stem(word) for word in asked.split() if word not in _SMALL]
    stems = [
        stem if stem in weights else next(iter(get_close_matches(stem, weights, 1, _CLOSE)), stem) for stem in stems
    ]
    whole = sum(weights.get(stem, _UNKNOWN) for stem in set(stems))
    best = (max(_LEAST_SHARED * whole, _LEAST), 0.0), ""
    for of, label in words:
        shared = sum(weights[stem] for stem in of.intersection(stems))
        if (shared, shared / sum(map(weights.__getitem__, of))) > best[0] and shared:
            best = (shared, shared / sum(map(weights.__getitem__, of))), label
    if best[1]:
        return best[1]
    close = get_close_matches(asked, names, 1, _CLOSE) if len(asked) >= _SHORTEST else []
    return names[close[0]] if close else ""


@cache
def _known(facet: str) -> tuple[dict[str, str], list[tuple[frozenset[str], str]], dict[str, float]]:
    """Of a facet: the label of each name, the words of each name with its label, and how much each word says."""
    labels = uhri_labels()[facet]
    names = {_plain(name): label for label, others in labels.items() for name in others}
    names |= {_plain(label): label for label in labels}
    words = [
        (frozenset(_stem(word) for word in name.split() if word not in _SMALL), label) for name, label in names.items()
    ]
    in_labels: dict[str, set[str]] = {}
    for of, label in words:
        for stem in of:
            in_labels.setdefault(stem, set()).add(label)
    return names, words, {stem: 1 / len(of) for stem, of in in_labels.items()}


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
