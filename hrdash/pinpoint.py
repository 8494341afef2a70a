"""Pinpoints: where in a source something stands, as the source prints it or in our own count.

A pinpoint is one place or a range: `7`, `12-13`, `24 (a)-(c)`, `9 (e) (ii)`, `140.254`, `12 bis`; with a label where
it is no paragraph: `p 12`, `art 14 (2)`, `annex IX 12`, `60 rec 3`, `time 1:02:30`. Their order is the natural one:
in brackets, letters at the first level and roman numbers at the second; and one holds what is printed under it,
except what is numbered after a point: `140.7` is another recommendation under 140, and no part of it.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from hrdash.characters import plain

LABELS = ("p", "art", "annex", "chap", "sect", "part", "fn", "rec", "time")
"""What a place may be that is no paragraph: no source's id may be one of these."""
SUFFIXES = ("bis", "ter", "quater", "quinquies", "sexies")
_LONGEST = 80
"""Characters of a pinpoint, as it is typed and as hrdash writes it."""
_LONGEST_NUMBER = 16
_TOO_LONG = f"is longer than {_LONGEST} characters"

Step = tuple[int, ...]
"""One step of a path, as it is compared: its kind, then its numbers."""

_BEGINNING = rf"(?i)[0-9§¶(]|(?:{'|'.join(LABELS)}|paras?|paragraphs?)(?:[.\s\d§¶]|\Z)"
_PREFIX = r"(?i)(?:paras?\.?|paragraphs?|§+|¶+)\s*(?=\d)"
_PIECE = (
    r"\s*(?:(?P<time>\d{1,3}:\d\d(?::\d\d)?)|(?P<number>\d+(?:\.\d+)*)|\((?P<bracket>[^\W_]{1,6})\)|(?P<dash>-)"
    r"|(?P<word>[^\W\d_]+)\.?)"
)
_ROMAN = r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_ORDINARY, _LABELLED, _NUMBER, _ROMAN_NUMBER, _LETTERS = range(5)


class Pinpoint(NamedTuple):
    """A place in a source, or a range of places, as paths; it compares in the source's own order."""

    first: tuple[Step, ...]
    last: tuple[Step, ...]
    text: str
    """As it is written in a corpus: `24 (a)-(c)`."""

    @property
    def number(self) -> int | None:
        """The paragraph that it stands in, where paragraphs have plain numbers; `None` for a page and its like."""
        kind, *numbers = self.first[0]
        return numbers[0] if kind == _NUMBER and len(numbers) == 2 and not numbers[1] else None

    @property
    def is_numbered(self) -> bool:
        """Whether it begins with a number behind a point, as in a list that numbers its own: `140.7`."""
        return self.first[0][0] == _NUMBER and len(self.first[0]) > 3

    @property
    def highest(self) -> int:
        """The paragraph that it ends in or under; 0 where that is no paragraph."""
        kind, *numbers = self.last[0]
        return numbers[0] if kind == _NUMBER else 0

    @property
    def reading(self) -> str:
        """As it is read beside a source's short title: `¶24 (a)–(c)`, `p. 12`, `annex IX ¶12`."""
        first, *last = self.text.split("-")
        return "–".join((_reading(first, "¶"), *(_reading(end) for end in last)))


def _reading(end: str, sign: str = "") -> str:
    """One end of a range as it is read, with the sign of a paragraph where it begins with one."""
    words, shown = end.split(" "), []
    for at, word in enumerate(words):
        if word in LABELS:
            shown.append(word if word in ("annex", "part", "time") else f"{word}.")
        elif word[0].isdigit() and (at == 0 or words[at - 1] not in LABELS):
            shown.append(f"{'¶' if at else sign}{word}")
        else:
            shown.append(word)
    return " ".join(shown).removeprefix("time ")


def covers(outer: Pinpoint, inner: Pinpoint) -> bool:
    """Whether all of one place lies within another: `24` holds `24 (a)`, and `140` does not hold `140.7`."""
    return (
        outer.first <= inner.first
        and inner.last[: len(outer.last)] <= outer.last
        and not _is_above(inner.last, outer.last)
        and _count_alike(outer.first, inner.first)
        and _count_alike(outer.last, inner.last)
    )


def begins(text: str) -> bool:
    """Whether a citation begins with a pinpoint: an id of a source begins neither with a digit nor as a label does."""
    return re.match(_BEGINNING, plain(text)) is not None


def parse(text: str) -> Pinpoint:
    """Read a pinpoint; raise ValueError with a sentence that says what is wrong and what to write."""
    found, why = _parsed(text)
    if found is None:
        raise ValueError(why)
    return found


@lru_cache(4096)
def _parsed(text: str) -> tuple[Pinpoint | None, str]:
    if len(text) > _LONGEST:
        return None, _TOO_LONG
    parts = text.split(".")
    if text.isascii() and len(text) <= _LONGEST_NUMBER and all(one.isdigit() and one[0] != "0" for one in parts):
        only: tuple[Step, ...] = ((_NUMBER, *map(int, parts), 0),)
        return Pinpoint(only, only, text), ""  # as most are
    place = re.sub(_PREFIX, "", plain(text).strip()).removesuffix(".").rstrip()
    if not place.isascii():
        return None, _what_is_wrong(place.lstrip("".join(filter(str.isascii, place))))
    tokens = []
    at, token_at = 0, re.compile(_PIECE).match
    while at < len(place):
        token = token_at(place, at)
        if token is None:
            return None, _what_is_wrong(place[at:].strip())
        tokens.append((str(token.lastgroup), token[str(token.lastgroup)]))
        at = token.end()
    try:
        found = _built(tokens)
    except ValueError as fault:
        return None, str(fault)
    return (found, "") if len(found.text) <= _LONGEST else (None, _TOO_LONG)


def _what_is_wrong(rest: str) -> str:
    if rest.startswith((",", ";", "،", "؛", "、")):
        return "holds a list; write each place as an entry of its own"
    return f"is no pinpoint from {rest[:12]!r} on; write 7, 12-13, 24 (a), 140.254, p 12 or annex IX 12"


class _Path:
    """A path that is being read, with the words that write it."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.words: list[str] = []
        self.depth = 0
        """Brackets behind the last number."""

    def add(self, step: Step, word: str) -> None:
        self.steps.append(step)
        self.words.append(word)


def _built(tokens: list[tuple[str, str]]) -> Pinpoint:
    dashes = [at for at, (kind, _) in enumerate(tokens) if kind == "dash"]
    if len(dashes) > 1:
        raise ValueError("has more than one dash; write each range as an entry of its own")
    if not tokens or tokens[0][0] in ("dash", "bracket"):
        raise ValueError("begins with no number; write 7, 12-13, 24 (a), p 12 or annex IX 12")
    cut = dashes[0] if dashes else len(tokens)
    start = _read(_Path(), tokens[:cut], second=[])
    if not dashes:
        return Pinpoint(tuple(start.steps), tuple(start.steps), " ".join(start.words))
    behind = tokens[cut + 1 :]
    if not behind:
        raise ValueError("has a dash and no end; write 12-13 or 24 (a)-(c)")
    end, shown = _end(start, behind, tokens[:cut])
    if not _kinds(start.steps, end):
        raise ValueError("has a range from one kind of number to another; write both ends whole, as 140.1-140.5")
    if not end > tuple(start.steps):
        begin = " ".join(start.words)
        is_one, is_plain = end == tuple(start.steps), len(start.words) == len(shown.split(" ")) == 1
        cure = f"; write {begin if is_one else f'{shown}-{begin}'}" if is_one or is_plain else ""
        raise ValueError(f"ends before it begins, or where it begins{cure}")
    return Pinpoint(tuple(start.steps), end, f"{' '.join(start.words)}-{shown}")


def _end(start: _Path, behind: list[tuple[str, str]], before: list[tuple[str, str]]) -> tuple[tuple[Step, ...], str]:
    """Where a range ends: what is written behind the dash takes the place of as much at the end of its beginning."""
    kind = behind[0][0]
    if kind == "bracket":
        if start.depth < len(behind) or any(other != "bracket" for other, _ in behind):
            raise ValueError("has a range of brackets that does not follow one; write 24 (a)-(c)")
        kept = len(start.steps) - len(behind)
        if _reads_as_roman(before[-1][1], behind[-1][1]) and start.depth == 1:
            start.steps[-1] = _bracket(before[-1][1], 1)
            last: list[Step] = [_bracket(text, 1) for _, text in behind]
        else:
            last = [_bracket(text, start.depth - len(behind) + place) for place, (_, text) in enumerate(behind)]
        return (*start.steps[:kept], *last), " ".join(f"({text.lower()})" for _, text in behind)
    keep = len(start.steps) - start.depth - 1
    if any(kind == "word" and text.lower() in LABELS for kind, text in behind):
        path = _read(_Path(), behind, second=[])
        alike = (at for at in range(keep) if _kinds(start.steps[at:], path.steps))
        keep = next(alike, keep)
    else:
        path = _read(_Path(), behind, second=start.steps[:keep])
    return (*start.steps[:keep], *path.steps), " ".join(path.words)


def _kinds(begin: Sequence[Step], end: Sequence[Step]) -> bool:
    """Whether two paths count the same things, as far as both go."""
    return all(one[0] == other[0] and len(one) == len(other) for one, other in zip(begin, end, strict=False))


def _read(path: _Path, tokens: list[tuple[str, str]], second: list[Step]) -> _Path:
    label = LABELS[second[-1][1]] if second and second[-1][0] == _LABELLED else ""
    for kind, text in tokens:
        if kind == "number":
            if any(len(part) > 1 and part.startswith("0") for part in text.split(".")) or len(text) > _LONGEST_NUMBER:
                raise ValueError(f"has {text!r}, which is no number of a paragraph")
            numbers = tuple(map(int, text.split(".")))
            path.add((_NUMBER, *numbers, 0), text)  # the last is for `bis`
            path.depth, label = 0, ""
        elif kind == "time":
            if label != "time":
                raise ValueError(f"has {text!r} and no label; write time {text}")
            seconds = sum(int(part) * 60**at for at, part in enumerate(reversed(text.split(":"))))
            path.add((_NUMBER, seconds, 0), text)
            label = ""
        elif kind == "bracket":
            if not path.steps or path.steps[-1][0] == _LABELLED:
                raise ValueError(f"has ({text}) behind no number")
            if len(text) == 4 and text.isdigit():
                raise ValueError(f"has ({text}), which is a year and no part of a paragraph; leave it out")
            path.add(_bracket(text, path.depth), f"({text.lower()})")
            path.depth += 1
        else:
            label = _word(path, text, label)
    if label:
        raise ValueError(f"has the label {label} and nothing behind it; write {label} 3")
    return path


def _word(path: _Path, text: str, label: str) -> str:
    """Read a word; the label that waits for what it labels behind it, or nothing."""
    word = text.lower()
    last = path.steps[-1] if path.steps else None
    if word in SUFFIXES and last is not None and last[0] == _NUMBER and path.depth == 0:
        path.steps[-1] = (*last[:-1], SUFFIXES.index(word) + 1)
        path.words.append(word)
        return ""
    if label and _is_roman(word) and text == text.upper():
        path.add((_ROMAN_NUMBER, _roman(word)), text)
        path.depth = 0
        return ""
    if label and len(text) == 1 and text == text.upper():
        path.add((_LETTERS, ord(word)), text)
        path.depth = 0
        return ""
    if word in LABELS:
        path.add((_LABELLED, LABELS.index(word)), word)
        path.depth = 0
        return word
    raise ValueError(f"has the word {text!r}, which is no label; the labels are {', '.join(LABELS)}")


def _bracket(text: str, depth: int) -> Step:
    """A bracket as it is compared: a number, letters at the first level, a roman number below it."""
    word = text.lower()
    if word.isdigit():
        return _NUMBER, int(word), 0
    doubled = len(set(word)) == 1
    if _is_roman(word) and (depth > 0 or (len(word) > 1 and not (doubled and word != "ii" and word != "iii"))):
        return _ROMAN_NUMBER, _roman(word)
    if len(word) > 1 and not doubled:
        raise ValueError(f"has ({text}), which is neither a letter nor a roman number")
    return _LETTERS, len(word), ord(word[0])


def _reads_as_roman(first: str, last: str) -> bool:
    """Whether `(i)-(iv)` counts in roman numbers, as the end shows."""
    return len(last) > 1 and _is_roman(first.lower()) and _is_roman(last.lower())


def _is_roman(word: str) -> bool:
    return bool(word) and re.fullmatch(_ROMAN, word) is not None


def _roman(word: str) -> int:
    values = [_ROMAN_DIGITS[letter] for letter in word]
    return sum(-one if one < next_ else one for one, next_ in zip(values, [*values[1:], 0], strict=True))


def _is_above(place: tuple[Step, ...], other: tuple[Step, ...]) -> bool:
    """Whether a place is a whole that another is a part of."""
    return len(place) < len(other) and other[: len(place)] == place


def _count_alike(one: tuple[Step, ...], other: tuple[Step, ...]) -> bool:
    """Whether two paths count in the same way where they part: a number behind a point is of another kind."""
    parting = next(((first, second) for first, second in zip(one, other, strict=False) if first != second), None)
    return parting is None or (parting[0][0] == parting[1][0] and len(parting[0]) == len(parting[1]))
