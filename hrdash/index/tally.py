"""How many of a set have each value of a facet, in statements and in briefs: counted in pieces of a few milliseconds.

What is laid out for that is kept with the index: of a value that many have, its set, packed to a fifth of its size; of
a facet that has many, the value at each place.
"""

from __future__ import annotations

import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from operator import add, sub
from typing import NamedTuple
from zlib import compress, decompress

from hrdash.filter import Facet
from hrdash.index import sets
from hrdash.index.index import Index
from hrdash.index.rows import POSITION_BITS, flags_of
from hrdash.index.sets import Layout, Set

_MOST_SETS = 100
"""Of a facet with more values than this, the sets are not kept: each may take a bit a statement."""
_LARGE = 1 << 12
"""Bytes from which on a set is kept packed, which takes a third of a facet's count."""
_READ_AT_ONCE = 1 << 16
"""So many bytes of sets are read at once, at least one."""
_AT_ONCE = 1 << 15
"""So many places are counted before other threads come in between."""
_CODES = {1: "B", 2: "H", 4: "I"}
"""How an array holds codes of so many bytes."""
_WHOLE = bytes.maketrans(b"\1", b"\xff")


class _Row(NamedTuple):
    """A value at each place of a layout: at that of a brief the one that its statements before it have."""

    layout: Layout
    planes: Sequence[int]
    """One byte after the other of the code at each place: an integer with a byte a place, which is no zero but where
    there is no value. So an AND with a set leaves zeros but for the codes of its places.
    """

    codes: Sequence[int]
    """Of each value, in order."""
    whole: Sequence[Sequence[int]] = ()
    """How many statements have each value, and how many briefs, of all."""

    def counts(self, found: Set, listed: Set) -> list[Iterable[int]]:
        """How many statements of one set have each value, and how many briefs of another: where it is most of them, all
        but those of the others.
        """
        some, all_ = (found, self.layout.briefs_with(listed)), (self.layout.before, self.layout.briefs)
        return [
            self.of(one) if 2 * one.bit_count() <= every.bit_count() else map(sub, whole, self.of(every ^ one))
            for one, every, whole in zip(some, all_, self.whole, strict=True)
        ]

    def of(self, found: Set) -> Sequence[int]:
        """How many places of a set have each value."""
        mask, size = _mask(found), 8 * self.layout.size
        parts = [(plane & mask).to_bytes(size, "little").translate(None, b"\0") for plane in self.planes]
        joined = bytearray(len(parts) * len(parts[0]))
        for at, part in enumerate(parts):
            joined[at :: len(parts)] = part
        codes, counted = array(_CODES[len(parts)], joined), Counter[int]()
        for at in range(0, len(codes), _AT_ONCE):
            counted.update(codes[at : at + _AT_ONCE])
        return array("I", [counted.get(code, 0) for code in self.codes])


@lru_cache(maxsize=4)
def _mask(found: Set) -> int:
    """A set with a byte a place."""
    return int.from_bytes(flags_of(found).translate(_WHOLE), "little")


def forget() -> None:
    """Let go of what is only kept from one facet to the next: a byte a place."""
    _mask.cache_clear()


def _row(layout: Layout, planes: Iterable[bytearray], codes: Sequence[int]) -> _Row:
    row = _Row(layout, [int.from_bytes(plane, "little") for plane in planes], codes)
    return row._replace(whole=[row.of(layout.before), row.of(layout.briefs)])


class _Rows(NamedTuple):
    """The values of a facet that has many."""

    same: _Row
    """Of what all statements of a brief have, and no other."""
    other: _Row
    """Of all else: for each value of a brief those that have it, and the brief."""
    places: Sequence[int]
    """Where what stands in the other row does among all."""


def tally(index: Index, facet: Facet, found: Set, listed: Set) -> Iterator[tuple[str, int, int]]:
    """Each value that has any, in order: how many of the statements found have it, and how many briefs of those that
    are listed.
    """
    for name, statements, briefs in (_of_rows if facet.many else _of_sets)(index, facet.stored, found, listed):
        if statements or briefs:
            yield name, statements, briefs


def _of_sets(index: Index, facet: str, found: Set, listed: Set) -> Iterator[tuple[str, int, int]]:
    laid, names = sets.layout(index), sets.values(index, facet)
    pack, unpack = (partial(compress, level=1), decompress) if laid.size >= _LARGE else (bytes, bytes)

    def packed(_: object) -> dict[str, bytes]:
        few, step = list(names) if len(names) <= _MOST_SETS else [], _READ_AT_ONCE // max(1, laid.size) or 1
        found = dict.fromkeys(few, pack(bytes(laid.size)))  # of those that no statement has
        for at in range(0, len(few), step):
            some = sets.of_values(index, facet, few[at : at + step])
            found |= {name: pack(bits.to_bytes(laid.size, "little")) for name, bits in some}
        return found

    kept = index.once(f"sets of {facet}", packed)
    for name in names:
        bits = int.from_bytes(unpack(kept[name]), "little") if name in kept else sets.read(index, [(facet, name)])
        yield name, (found & bits).bit_count(), laid.briefs_with(listed & bits).bit_count()


def _of_rows(index: Index, facet: str, found: Set, listed: Set) -> Iterator[tuple[str, int, int]]:
    rows: _Rows = index.once(f"rows of {facet}", lambda _: _rows(index, facet))
    counts = rows.same.counts(found, listed)
    if rows.places:
        moved = {one: _moved(one, sets.layout(index), rows.places) for one in dict.fromkeys((found, listed))}
        more = rows.other.counts(moved[found], moved[listed])
        counts = [map(add, *both) for both in zip(counts, more, strict=True)]
    yield from zip(sets.values(index, facet), *counts, strict=True)


def _rows(index: Index, facet: str) -> _Rows:
    laid, numbers = sets.layout(index), sets.values(index, facet)
    width = next(width for width in _CODES if 255**width >= len(numbers))
    tables = [
        {0: 0, **{number: 1 + at // 255**byte % 255 for at, number in enumerate(numbers.values())}}
        for byte in range(width)
    ]
    same, other = ([bytearray(size) for _ in tables] for size in (8 * laid.size, 0))
    places = array("I")
    query = 'SELECT file, row, places, "values" FROM spread WHERE facet = ? ORDER BY file'
    for file, *packed in index.integers(query, (facet,)):
        first, (row, some, values) = laid.place(file << POSITION_BITS), (array("I", one) for one in packed)
        places.extend(array("I", map(first.__add__, some)))
        for table, plane, more in zip(tables, same, other, strict=True):
            plane[first : first + len(row)] = bytes(map(table.__getitem__, row))
            more += bytes(map(table.__getitem__, values))
    briefs = _moved(laid.briefs, laid, places)
    size = (len(places) + 7) // 8
    beside = Layout({}, size, briefs, ((1 << 8 * size) - 1) ^ briefs)
    of_each = ([table[number] for table in tables] for number in numbers.values())
    codes = array("I", [int.from_bytes(code, sys.byteorder) for code in of_each])
    return _Rows(_row(laid, same, codes), _row(beside, other, codes), places)


def _moved(found: Set, laid: Layout, places: Sequence[int]) -> Set:
    """The set of those that stand at these places, by where they are listed."""
    flags, moved = bin(found)[:1:-1].ljust(8 * laid.size, "0"), bytearray()
    for at in range(0, len(places), _AT_ONCE):
        some = "".join(map(flags.__getitem__, places[at : at + _AT_ONCE]))
        moved += int(some[::-1], 2).to_bytes(_AT_ONCE // 8, "little")
    return int.from_bytes(moved, "little")
