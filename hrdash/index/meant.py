"""What was probably meant by words that stand nowhere, by the nearest among the words of the index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice, product
from typing import Any

from hrdash.index.words import Stems, Wanted, wanted
from hrdash.terms import Term, as_typed, terms

_Run = Callable[[str, Iterable[Any]], Sequence[tuple[Any, ...]]]
_SHORTEST = 4
"""Letters of a word below which any other of its length is near."""
_FURTHER = 2
"""By so many letters what is meant is shorter or longer at most."""
_LIKE = 0.8
_MOST_NEAR = 3
_MOST_TRIED = 9
_MOST_WORDS = 8
"""Of a query of more words nothing is said."""
_ENGLISH_AND_RUSSIAN = frozenset("abcdefghijklmnopqrstuvwxyzабвгдеёжзийклмнопрстуфхцчшщъыьэюя")


def meant(run: _Run, text: str, stems: Stems) -> list[str]:
    """The search words with those that stand nowhere replaced by some near ones that do, the nearest first."""
    typed = as_typed(text)
    found: list[list[str]] = []
    for at, token in enumerate(typed if len(typed) <= _MOST_WORDS else ()):
        term = next(iter(terms(token if at == len(typed) - 1 else f"{token} -").terms), None)
        near = [] if term is None or term.negated or term.substring else [
            _near(run, term, word, stems) for word in term.words
        ]  # fmt: skip
        if term and any(near):
            each = (some or [word] for some, word in zip(near, term.words, strict=True))
            found.append([f'"{" ".join(words)}"' if term.phrase else words[0] for words in product(*each)])
        else:
            found.append([token])
    some = islice(product(*found), _MOST_TRIED)
    return [said for one in some if (said := " ".join(one)) not in ("", " ".join(typed))]


def unknown_inflections(text: str) -> bool:
    """Whether search words have letters of a language whose inflections are not known."""
    return any(
        letter.isalpha() and letter not in _ENGLISH_AND_RUSSIAN
        for token in as_typed(text) for letter in token.casefold() if not token.startswith("-")
    )  # fmt: skip


def _near(run: _Run, term: Term, word: str, stems: Stems) -> list[str]:
    """The words of the index that are most like one that is not there; none for one that is."""
    single = Term((word,), phrase=term.phrase, typing=term.typing and word == term.words[-1])
    (item,) = wanted([single], stems)
    if len(word) < _SHORTEST or word.isdigit() or _stands(run, item):
        return []
    lengths = len(word) - _FURTHER, len(word) + _FURTHER
    query = """SELECT DISTINCT term FROM said
    WHERE term >= ? AND term < ? AND col IN ('own', 'title') AND length(term) BETWEEN ? AND ?"""
    known = [term for (term,) in run(query, (word[0], chr(ord(word[0]) + 1), *lengths))]
    from difflib import get_close_matches  # only for a word that leads nowhere

    return get_close_matches(word, known, _MOST_NEAR, _LIKE)


def _stands(run: _Run, item: Wanted) -> bool:
    return bool(run("SELECT 1 FROM words WHERE words MATCH ? LIMIT 1", (item.match("own", "title", "aside"),)))
