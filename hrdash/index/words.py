"""Words: how a text is laid out for search, what each search term looks for, and where it stands in a text.

A text is folded and taken apart into words here, and FTS5 is given those words, a space between each two: what it
finds is what is marked. Each kind of text has two columns: every word as it stands, and the stems that differ from
their word. A plain word is looked up by its stem, a phrase word for word, the word being typed by its beginning too.
"""

import re
import sqlite3
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from itertools import repeat
from threading import Lock
from typing import NamedTuple

from hrdash.characters import fold, fold_map
from hrdash.terms import Term, Word, is_plain, words_in, words_of

BREAK = "¶"
"""Stands between two texts, so that no phrase runs from one into the next; never part of a word."""

_SHORTEST_BASE = 4
"""Letters before an unfinished suffix: with fewer, nearly every word would have one."""
_SUFFIXES = (
    "ing", "ings", "ed", "es", "ion", "ions", "ation", "ations", "ment", "ments", "ness", "ity", "ities", "ies", "ied",
    "er", "ers", "ly", "ally", "able", "ance", "ence", "ive",
)  # fmt: skip
_BEGUN = {
    begun: [suffix for suffix in _SUFFIXES if suffix.startswith(begun) and suffix != begun]
    for begun in {suffix[:length] for suffix in _SUFFIXES for length in range(1, len(suffix))}
}
"""For each proper beginning of a suffix, the suffixes that it may become."""
_LONGEST_BEGUN = max(map(len, _BEGUN))


class Stems:
    """Stems, each found once: of Cyrillic words as Russian, by Snowball's stemmer, of others as English, by FTS5's.

    Several threads may ask for some.
    """

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        self._other: dict[str, str] = {}
        self._fts: sqlite3.Connection | None = None
        self._lock = Lock()

    def of(self, words: Iterable[str]) -> dict[str, str]:
        """The stem of each of the words; the mapping may hold others too."""
        new = list(set(words).difference(self._known))
        if new:
            with self._lock:
                found = dict(zip(new, self._ask(new), strict=True))
            cyrillic = [word for word in new if "\u0400" <= max(word) <= "\u052f"]
            if cyrillic:
                from snowballstemmer.russian_stemmer import RussianStemmer  # for words that need it

                found.update(zip(cyrillic, RussianStemmer().stemWords(cyrillic), strict=True))
            self._other.update((word, stem) for word, stem in found.items() if word != stem)  # first, for other threads
            self._known.update(found)
        return self._known

    def others(self, words: Collection[str]) -> str:
        """The stems that differ from their word, of words that have been asked for."""
        return " ".join(sorted(set(map(self._other.get, words, repeat(""))) - {""}))

    def _ask(self, words: list[str]) -> list[str]:
        if self._fts is None:
            self._fts = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
            self._fts.execute("CREATE VIRTUAL TABLE said USING fts5(words, tokenize = 'porter ascii', content = '')")
            self._fts.execute("CREATE VIRTUAL TABLE stem USING fts5vocab(said, instance)")
        self._fts.execute("INSERT INTO said(rowid, words) VALUES (1, ?)", (" ".join(words),))
        found = [stem for (stem,) in self._fts.execute("SELECT term FROM stem ORDER BY offset")]
        self._fts.execute("INSERT INTO said(said) VALUES ('delete-all')")
        return found

    def close(self) -> None:
        """Close what stems words; it is opened again when it is needed."""
        with self._lock:
            if self._fts is not None:
                self._fts.close()
                self._fts = None


class Wanted(NamedTuple):
    """A search term with everything that satisfies it."""

    term: Term
    stems: frozenset[str] = frozenset()
    """A word with one of these stems counts."""
    plain: tuple[str, ...] = ()
    """What FTS5 is to look for among words as they stand."""
    stemmed: tuple[str, ...] = ()
    """And among stems."""

    def match(self, *columns: str) -> str:
        """The FTS5 expression that finds it in texts of these kinds; empty for a substring.

        What is looked for both as it stands and among stems is asked once, of all columns: FTS5 reads it once then.
        """
        words, stems = " ".join(columns), " ".join(f"{name}_stems" for name in columns)
        names = dict.fromkeys(self.plain, words)
        names |= {phrase: f"{names[phrase]} {stems}" if phrase in names else stems for phrase in self.stemmed}
        return " OR ".join(f"{{{named}}} : {phrase}" for phrase, named in names.items())

    @property
    def substring(self) -> str:
        """What to look for anywhere in the words as they are laid out; empty for other terms."""
        return " ".join(words_in(self.term.words[0])) if self.term.substring else ""

    def takes(self, word: str, stem: str) -> bool:
        """Whether one word of a text satisfies this term of one word."""
        if stem in self.stems:
            return True
        beginning = self.term.words[0]
        return self.term.typing and (word.startswith(beginning) or stem.startswith(beginning))


def columns(groups: Sequence[Iterable[str]], stems: Stems) -> list[tuple[str, str]]:
    """For each group of texts what its two columns hold: its words, and the stems that differ from their words."""
    laid = [f" {BREAK} ".join([" ".join(words_in(fold(text))) for text in texts if text]) for texts in groups]
    words = {text: set(text.split()) for text in laid}  # equal ones once, as the title of several statements
    stems.of(set().union(*words.values()))
    found = {text: (text, stems.others(some)) for text, some in words.items()}
    return [found[text] for text in laid]


def wanted(terms: Iterable[Term], stems: Stems) -> tuple[Wanted, ...]:
    """What each of the terms looks for."""
    return tuple(_wanted(term, stems) for term in dict.fromkeys(terms))


def spans(terms: Sequence[Wanted], texts: Iterable[str], stems: Stems) -> tuple[tuple[tuple[int, int], ...], ...]:
    """For each text, where the terms that are not negated stand in it: sorted offsets that do not overlap."""
    looked_for = [item for item in terms if not item.term.negated]
    longer = [item for item in looked_for if item.substring or item.term.phrase]
    single = [item for item in looked_for if item not in longer]
    begin = {sought[0] for item in single for sought in (*item.stems, *item.term.words)}  # a stem begins as its word
    begun = re.compile(rf"[{''.join(begin)}](?<![^\W_].)[^\W_]*") if begin and not longer else None
    laid = [(text, *fold_map(text)) for text in texts]
    words = [_words_begun(begun, folded) for _, folded, _ in laid]
    known = {word.text for some in words for word in some if word.text[0] in begin}
    stem_of = stems.of(known)  # of all texts at once
    taken = {word for word in known if any(item.takes(word, stem_of[word]) for item in single)}
    found = [_found(taken, longer, some) for some in words]
    return tuple(
        tuple(_joined(places, text, offsets)) if places else ()
        for places, (text, _, offsets) in zip(found, laid, strict=True)
    )


def _wanted(term: Term, stems: Stems) -> Wanted:
    if term.substring:
        return Wanted(term)
    first = term.words[0]
    if term.phrase:
        phrase = " ".join(term.words)
        return Wanted(term, plain=(f'"{phrase}"' + (" *" if term.typing else ""),))
    sought = [first, *(_completed(first) if term.typing else ())]
    stem_of = stems.of(sought)
    found = sorted({stem_of[word] for word in sought})
    stem_of = stems.of(found)
    # A stem that is its own stem stands in both columns; any other stands for its words in one alone.
    looked_up = [stem for stem in found if not (term.typing and stem.startswith(first))]
    begun = (f'"{first}" *',) if term.typing else ()
    plain = tuple(f'"{stem}"' for stem in looked_up if stem_of[stem] == stem)
    return Wanted(term, frozenset(found), plain + begun, tuple(f'"{stem}"' for stem in looked_up) + begun)


def _completed(word: str) -> Iterator[str]:
    """The words that a word may become when it ends in an unfinished suffix: `visitin` becomes `visiting`."""
    for length in range(1, min(_LONGEST_BEGUN, len(word) - _SHORTEST_BASE) + 1):
        for suffix in _BEGUN.get(word[-length:], ()):
            yield word[:-length] + suffix


def _words_begun(begun: re.Pattern[str] | None, folded: str) -> list[Word]:
    """The words of a folded text; where they can be seen at once, those alone that begin as what is looked for."""
    if begun is None or not is_plain(folded):
        return list(words_of(folded))
    return [Word(word[0], *word.span()) for word in begun.finditer(folded)]


def _found(taken: Container[str], longer: Iterable[Wanted], words: list[Word]) -> list[tuple[int, int]]:
    """Where in a text the words that are taken stand, and the phrases and substrings."""
    runs = [(word.start, word.end) for word in words if word.text in taken]
    for item in longer:
        if item.substring:
            runs += _substring_places(item.substring, words)
        else:
            size = len(item.term.words)
            starts = _phrase_starts(item.term, [word.text for word in words])
            runs += [(words[at].start, words[at + size - 1].end) for at in starts]
    return runs


def _phrase_starts(phrase: Term, words: list[str]) -> Iterator[int]:
    *firm, last = phrase.words
    for at in range(len(words) - len(firm)):
        behind = words[at + len(firm)]
        if words[at : at + len(firm)] == firm and (behind.startswith(last) if phrase.typing else behind == last):
            yield at


def _substring_places(sought: str, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    laid = " ".join(word.text for word in words)
    origin = [min(word.start + at, word.end) for word in words for at in range(len(word.text) + 1)]  # and the space
    at = laid.find(sought)
    while at >= 0:
        yield origin[at], origin[at + len(sought) - 1] + 1
        at = laid.find(sought, at + 1)


def _joined(found: Iterable[tuple[int, int]], text: str, offsets: Sequence[int]) -> list[tuple[int, int]]:
    """Spans of the folded text as they stand in the text, in order; those with no more than a space between them, or
    that overlap, made one.
    """
    joined: list[tuple[int, int]] = []
    spans = ((offsets[start], max(offsets[end], offsets[end - 1] + 1)) for start, end in found)  # of a ½ all, of its 1
    for start, end in sorted(spans):
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
