"""The one filter: what a user asks for, as a frozen value, read from options or from typed words.

A brief matches when one and the same statement satisfies year, source and speaker together, and the brief satisfies
theme, person, has, without and the words. Values within a facet are ORed, facets are ANDed, and `has` and `without`
are ANDed among themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from hrdash.text import fold

if TYPE_CHECKING:
    import re
    from typing import TypeVar

    _T = TypeVar("_T")

HOLDINGS = (
    "claim", "concern", "response", "commendation", "recommendation", "figure", "difference", "left-open", "unanswered",
)  # fmt: skip
"""What a brief may have or lack, in the order of their bits in `holding_bits`; the last is a concern without answer."""

_TYPED = r'(-?)(?:([^\W\d_][\w-]*):)?(?:"((?:[^"]|"")*)"?|(\S+))'
"""A word, phrase or filter; `""` within quotes is a quotation mark, and quotes that are not closed take the rest."""
_NO_SPACES = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1100, 0x11FF), (0x1780, 0x17FF), (0x2E80, 0x2FFF), (0x3005, 0x30FF),
    (0x31F0, 0x9FFF), (0xA960, 0xA97F), (0xAC00, 0xD7FF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF),
)  # fmt: skip
"""The scripts that write without spaces between words: Thai, Lao, Burmese, Khmer, Chinese, Japanese; and Korean, whose
words run together with their endings."""


class Years(NamedTuple):
    """A span of calendar years, both ends included; `None` is an open end."""

    first: int | None
    last: int | None

    @property
    def text(self) -> str:
        """As it is typed: `2024`, `2019..2024`, `2019..`, `..2020`."""
        first, last = ("" if year is None else f"{year:04}" for year in self)
        return first if first == last else f"{first}..{last}"

    @property
    def reading(self) -> str:
        """As it is read: `2024`, `2019–2024`, `since 2019`, `until 2020`."""
        if self.first == self.last:
            return str(self.first)
        if self.last is None:
            return f"since {self.first}"
        return f"until {self.last}" if self.first is None else f"{self.first}–{self.last}"


class Filter(NamedTuple):
    """What is asked for. The empty filter asks for every brief."""

    themes: tuple[str, ...] = ()
    years: tuple[Years, ...] = ()
    text: str = ""
    """Search words alone: words, `"a phrase"`, `-word`."""
    has: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()

    @property
    def typed(self) -> str:
        """The filter as a typed query: what `parse` reads back to an equal filter."""
        parts: list[str] = []
        for word, values in (
            ("theme", self.themes), ("year", tuple(span.text for span in self.years)), ("has", self.has),
            ("without", self.without), ("source", self.sources), ("speaker", self.speakers), ("person", self.persons),
        ):  # fmt: skip
            parts += [f"{word}:{_quoted(value)}" for value in values]
        if self.text:  # in front, unless it ends in quotes that would take in what comes behind
            is_open = any(_is_open(token) for token in _tokens(self.text))
            parts.insert(len(parts) if is_open else 0, self.text)
        return " ".join(parts)

    @property
    def picks_statements(self) -> bool:
        """Whether the filter looks inside briefs, so that some of a matching brief's statements lie outside it."""
        return bool(self.years or self.sources or self.speakers)


EVERYTHING = Filter()


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


class Asked(NamedTuple):
    """A typed query, read: the filter, what to tell the user, and whether a known word had a value it cannot have."""

    filter: Filter
    hints: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


def parse_years(text: str) -> Years:
    """Read `2024`, `2019..2024`, `2019..` or `..2020`; raise ValueError with a plain sentence for anything else."""
    first, dots, last = text.partition("..")
    if not (first or last) or not all(
        len(end) == 4 and end.isascii() and end.isdigit() for end in (first, last) if end
    ):
        raise ValueError(f"{text!r} is not a year; write 2024, 2019..2024, 2019.. or ..2020")
    if first and last and int(first) > int(last):
        raise ValueError(f"{text} ends before it starts; write {last}..{first}")
    if first and not dots:
        return Years(int(first), int(first))
    return Years(int(first) if first else None, int(last) if last else None)


def parse(typed: str) -> Asked:
    """Read a typed query: `visits year:2019..2024 without:response source:hrc-dialogue-2025`.

    A word before a colon that hrdash does not know is searched as text, and a hint says so. A known word with a value
    that it cannot have is left out and named in `faults`.
    """
    words: list[str] = []
    found: dict[str, list[str]] = {key: [] for key in ("theme", "has", "without", "source", "speaker", "person")}
    years: list[Years] = []
    hints: list[str] = []
    faults: list[str] = []
    for token in _tokens(typed):
        sign, key, quoted, plain = token.groups()
        value = quoted.replace('""', '"') if quoted is not None else plain
        known = (key or "").casefold()
        if not sign and known in ("year", *found):
            if not value:
                faults.append(f"{known}: has no value yet")
            elif known == "year":
                try:
                    years.append(parse_years(value))
                except ValueError as fault:
                    faults.append(f"year: {fault}")
            elif known in ("has", "without") and value.casefold() not in HOLDINGS:
                faults.append(f"{known}: takes {', '.join(HOLDINGS)}, and not {value!r}")
            else:
                found[known].append(value.casefold() if known in ("has", "without") else value)
            continue
        if sign and known in ("year", *found):
            hints.append(f"a filter cannot be left out with -, so -{known}: is searched as text; "
                         "without:response leaves out briefs that have a response")  # fmt: skip
        elif key:
            hints.append(f"{key}: is not a filter, so it is searched as text; the filters are "
                         "theme: year: has: without: source: speaker: person:")  # fmt: skip
        if token[0].endswith(":") and token[0][:-1].casefold() in ("year", *found):
            faults.append(f"{token[0][:-1].casefold()}: has no value yet")
            continue
        words.append(token[0])
    asked = Filter(
        themes=_once(found["theme"]), years=_once(years), text=" ".join(words), has=_once(found["has"]),
        without=_once(found["without"]), sources=_once(found["source"]), speakers=_once(found["speaker"]),
        persons=_once(found["person"]),
    )  # fmt: skip
    return Asked(asked, _once(hints), _once(faults))


def terms(text: str) -> Terms:
    """Take search words apart: words are ANDed, `"a phrase"` stands together, `-word` must be absent."""
    found: list[Term] = []
    hints: list[str] = []
    end = len(text.rstrip())
    for token in _tokens(text):
        sign, key, quoted, plain = token.groups()
        body = (f"{key}:" if key else "") + (quoted if quoted is not None else plain)
        folded = fold(body)
        places = word_places(folded)
        words = tuple(folded[start:stop] for start, stop in places)
        if not words:
            hints.append(f"{token[0]!r} holds no letter or digit to look for")
        elif any(first <= ord(letter) <= last for letter in folded for first, last in _NO_SPACES):
            found.append(Term((folded,), negated=bool(sign), substring=True))
        else:
            phrase = quoted is not None or len(words) > 1
            is_last = token.end() == end and not sign and (quoted is None or _is_open(token))
            typing = is_last and places[-1][1] == len(folded)  # a sign behind a word ends it
            found.append(Term(words, negated=bool(sign), phrase=phrase, typing=typing))
    if found and all(term.negated for term in found):
        hints.append("only words to leave out were given, so every other brief is shown")
    return Terms(tuple(found), _once(hints))


def holding_bits(names: tuple[str, ...]) -> int:
    """A set of `HOLDINGS` as one integer, a bit each."""
    return sum(1 << HOLDINGS.index(name) for name in set(names))


def holding_names(bits: int) -> tuple[str, ...]:
    """The set that `holding_bits` made an integer of."""
    return tuple(name for position, name in enumerate(HOLDINGS) if bits & 1 << position)


def _quoted(value: str) -> str:
    """A filter's value as it is typed: in quotes where it would not be taken as one otherwise."""
    doubled = value.replace('"', '""')
    return f'"{doubled}"' if '"' in value or value.split() != [value] else value


def word_places(folded: str) -> list[tuple[int, int]]:
    """Where the words of a folded text stand; index and query both take texts apart by it."""
    import re  # a third of a bare interpreter's start, for commands that search

    return [found.span() for found in re.finditer(r"[^\W_]+", folded)]


def _tokens(typed: str) -> Iterator[re.Match[str]]:
    """The words, phrases and filters of a typed query."""
    if not typed:
        return iter(())
    import re  # as above

    return re.finditer(_TYPED, typed)


def _is_open(token: re.Match[str]) -> bool:
    """Whether a typed word begins with quotes that nothing closes."""
    return token[3] is not None and token.end(3) == token.end()


def _once(values: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(values))
