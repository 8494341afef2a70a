"""Search words: what is typed is taken apart into terms, a folded text into the words that are compared with them.

What is typed is pieces with blanks between: words, `"phrases"`, words to leave out (`-word`), and filters, which
`hrdash.filter` knows by the word before a colon.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from hrdash.characters import QUOTES, fold, plain

_TYPED = (
    r"(-?)(?:([^\W\d_][\w-]*):)?"
    r"""(?:"((?:[^"]|"")*)"?|'(\S|\S.*?\S)'(?!\S)|((?(2)(?!)|\d{1,3}(?: \d{3})+(?=\W*(?:\s|$)))\S*|\S+))"""
)
"""A word, a number, a phrase or filter, of plain characters; `""` within quotes is a quotation mark, and quotes that
are not closed take the rest."""
_WORD = (
    r"(?<!\w)(?<!\d[.,])\d{1,3}(?:[ ,']\d{3})+(?!\w)"  # 1 200 = 1,200 = 1’200
    r"|(?<![^\W_])(?:(?:[cdjlmnst]|qu)(?='[aeiouy])|[dl](?='h))"  # the article of d’État is a word of its own
    r"|[^\W_]+(?:'[^\W_]+)*"
)
_PLAIN_WORD = re.compile(r"[^\W_]+")
_GROUPED = re.compile(r"[0-9][ ,][0-9]")
_BETWEEN = {code: " " for code in range(128) if not chr(code).isalnum()}
"""What stands between words, of ASCII."""
_WITHIN = str.maketrans("", "", " ,'")
"""What a word or number may hold that is no part of it."""
NO_SPACES = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1100, 0x11FF), (0x1780, 0x17FF), (0x2E80, 0x2FFF), (0x3005, 0x30FF),
    (0x31F0, 0x9FFF), (0xA960, 0xA97F), (0xAC00, 0xD7FF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF),
)  # fmt: skip
"""The scripts that write without spaces between words: Thai, Lao, Burmese, Khmer, Chinese, Japanese; and Korean, whose
words run together with their endings."""


class Term(NamedTuple):
    """One thing looked for in a brief's words, folded: a word, or a phrase of several."""

    words: tuple[str, ...]
    negated: bool = False
    phrase: bool = False
    """Looked for to the letter, one word behind the other."""
    substring: bool = False
    """In a script without spaces: looked for anywhere in the text."""
    typing: bool = False
    """The last word of the query, perhaps not finished: its own beginnings count too."""


class Terms(NamedTuple):
    """A text query taken apart, with a sentence for each part that cannot be looked for."""

    terms: tuple[Term, ...]
    hints: tuple[str, ...] = ()


class Word(NamedTuple):
    """A word of a folded text, as it is compared, and where it stands."""

    text: str
    start: int
    end: int


class Token(NamedTuple):
    """A piece of a typed query, and what it is."""

    text: str
    negated: bool
    key: str
    """The word before a colon."""
    body: str
    quoted: bool
    is_open: bool
    """Its quotes are not closed."""
    end: int


def terms(text: str) -> Terms:
    """Take search words apart: words are ANDed, `"a phrase"` stands together, `-word` must be absent."""
    found: list[Term] = []
    hints: list[str] = []
    end = len(text.rstrip())
    for token in tokens(text):
        folded = fold(f"{token.key}:{token.body}" if token.key else token.body)
        words = tuple(words_of(folded))
        if not words:
            hints.append(f"{token.text!r} holds no letter or digit to look for")
        elif any(first <= ord(letter) <= last for letter in folded for first, last in NO_SPACES):
            found.append(Term((folded,), negated=token.negated, substring=True))
        else:
            phrase = token.quoted or len(words) > 1
            is_last = token.end == end and not token.negated and (token.is_open or not token.quoted)
            typing = is_last and words[-1].end == len(folded.rstrip("'"))  # a sign behind a word ends it
            found.append(Term(tuple(word.text for word in words), token.negated, phrase, typing=typing))
    if found and all(term.negated for term in found):
        hints.append("only words to leave out were given, so all else that is asked for is shown")
    return Terms(tuple(found), tuple(dict.fromkeys(hints)))


def as_typed(text: str) -> list[str]:
    """The words and phrases of a text query, each as it was typed."""
    return [token.text for token in tokens(text)]


def quoted(value: str) -> str:
    """A filter's value as it is typed: in quotes where it would not be taken as one otherwise."""
    is_plain = value.split() == [value] and '"' not in plain(value) and not plain(value).startswith("'")
    return value if is_plain else '"' + re.sub(f'["{QUOTES}]', r"\g<0>\g<0>", value) + '"'


def words_of(folded: str) -> Iterator[Word]:
    """The words of a folded text; index and query both take texts apart by it. A possessive is its word."""
    for found in re.finditer(_WORD, folded):
        text = found[0]
        yield Word(text if text.isalnum() else text.removesuffix("'s").translate(_WITHIN), *found.span())


def words_in(folded: str) -> list[str]:
    """The words of a folded text as they are compared."""
    if is_plain(folded):  # the same, in half the time or less
        return folded.translate(_BETWEEN).split() if folded.isascii() else _PLAIN_WORD.findall(folded)
    return [word.text for word in words_of(folded)]


def is_plain(folded: str) -> bool:
    """Whether each word of a folded text is no more than letters and digits in a row."""
    return "'" not in folded and not _GROUPED.search(folded)


def tokens(typed: str) -> Iterator[Token]:
    """The pieces of what is typed."""
    for found in re.finditer(_TYPED, plain(typed)):
        group = found.lastindex or 0
        body = typed[found.start(group) : found.end(group)]
        is_open = group == 3 and found.end(3) == found.end()
        if group == 3:
            body = re.sub(f'(["{QUOTES}])\\1', r"\1", body)
        key = (found[2] or "").casefold()
        yield Token(typed[slice(*found.span())], bool(found[1]), key, body, group < 5, is_open, found.end())


def is_open(text: str) -> bool:
    """Whether a text ends in quotes that would take in what comes behind."""
    return any(token.is_open for token in tokens(text))
