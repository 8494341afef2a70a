"""Sets of statements: an integer for each file, a bit a statement, as the index keeps them for each value.

What several facets ask of one and the same statement is an AND of such integers.
"""

# ruff: noqa: S608  (statements are put together from names in this package; every value is a parameter)

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hrdash.index.index import Index
from hrdash.index.rows import HELD, POSITION_BITS, POSITIONS, SHOWN, STATES, bits_of, marks_of
from hrdash.index.words import Wanted

Set = dict[int, int]
"""Statements: for each file, by its number, their bits."""
Range = tuple[int, int]
"""The numbers of the first and the last statement that are looked at."""
EVERYWHERE = (0, (1 << 63) - 1)
AT_ONCE = 500
"""Parameters of one statement: below every limit."""


def both(sets: Sequence[Set]) -> Set:
    """The statements that are in each of these sets."""
    first, *others = sorted(sets, key=len)
    if not others:
        return first
    found = {}
    for file, bits in first.items():
        for other in others:
            bits &= other.get(file, 0)
        if bits:
            found[file] = bits
    return found


def either(sets: Iterable[Set]) -> Set:
    """The statements that are in one of these sets."""
    found: Set = {}
    for one in sets:
        for file, bits in one.items():
            found[file] = found.get(file, 0) | bits
    return found


def values(index: Index, facet: str) -> Mapping[str, int]:
    """Every value of a facet, in order, with its number."""
    query = "SELECT id, number FROM value WHERE facet = ? ORDER BY id"
    return index.once(f"values of {facet}", lambda run: dict(run(query, (facet,))))


def read(index: Index, names: Sequence[tuple[str, str]]) -> Set:
    """The statements that have one of these values, of a facet and by its name."""
    by_facet: dict[str, list[str]] = {}
    for facet, name in names:
        by_facet.setdefault(facet, []).append(name)
    found: Set = {}
    for facet, ids in by_facet.items():
        for start in range(0, len(ids), AT_ONCE):
            some = ids[start : start + AT_ONCE]
            query = f"""SELECT file, bits FROM value CROSS JOIN bits ON value = value.number
            WHERE facet = ? AND id IN ({marks_of(some)})"""
            for file, packed in index.integers(query, (facet, *some)):
                found[file] = found.get(file, 0) | int.from_bytes(packed, "little")
    return found


def everything(index: Index) -> Set:
    """All statements that are shown."""
    states = [STATES[SHOWN], *([STATES[HELD]] if index.with_held else [])]
    return index.once("everything", lambda _: read(index, states))


def with_words(index: Index, items: Sequence[Wanted], within: Range = EVERYWHERE) -> Set:
    """The statements with these terms in their own words or their brief's title, and one at least in their own."""
    if any(item.substring for item in items):
        anywhere = [with_word(index, item, "own", "title") for item in items]
        return both([*anywhere, either([with_word(index, item, "own") for item in items])])
    return _matches(index, _expression(items), within)


def count(index: Index, items: Sequence[Wanted]) -> int:
    """How many statements have these terms, of which none is a substring, those that are put aside among them."""
    ((found,),) = index.integers("SELECT count(*) FROM words WHERE words MATCH ?", (_expression(items),))
    return int(found)


def _expression(items: Sequence[Wanted]) -> str:
    """What FTS5 is asked for terms of which one at least is to stand in a statement's own words."""
    own = " OR ".join(item.match("own") for item in items)
    return " AND ".join([*(f"({item.match('own', 'title')})" for item in items), f"({own})"])


def with_word(index: Index, item: Wanted, *columns: str) -> Set:
    """The statements that have a term in one of these kinds of words."""
    if not item.substring:
        return _matches(index, item.match(*columns), EVERYWHERE)
    condition = " OR ".join(f"instr({column}, ?)" for column in columns)
    return _set_of(
        index.integers(f"SELECT group_concat(rowid) FROM words WHERE {condition}", [item.substring] * len(columns))
    )


def _matches(index: Index, sought: str, within: Range) -> Set:
    query = "SELECT group_concat(rowid) FROM words WHERE words MATCH ?"
    if within != EVERYWHERE:
        query += " AND rowid BETWEEN ? AND ?"
    return _set_of(index.integers(query, (sought, *(within if within != EVERYWHERE else ()))))


def _set_of(rows: Sequence[tuple[Any, ...]]) -> Set:
    """The set of the statements whose numbers stand in a text, in order, with commas between."""
    ((listed,),) = rows
    numbers: list[int] = json.loads(f"[{listed or ''}]")  # the quickest way to many integers
    found: Set = {}
    at = 0
    while at < len(numbers):
        file = numbers[at] >> POSITION_BITS
        first, start = file << POSITION_BITS, at
        at = bisect_left(numbers, first + POSITIONS, start)
        found[file] = bits_of(numbers[start:at], first)
    return found
