"""Sets of statements: one integer, a bit a statement, of what the index keeps for each value and block of a file.

Files follow one another in corpus order, each from a whole byte on; behind the bits of a brief's statements is one of
its own. So what several facets ask of one and the same statement is an AND, and the briefs of a set are found by adding
to it a number that has every bit of every statement: it carries into the bit of each brief that has one.
"""

# ruff: noqa: S608  (statements are put together from names in this package; every value is a parameter)

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import chain, groupby, pairwise
from operator import and_, itemgetter, or_
from sys import maxsize
from typing import Any, NamedTuple, overload

from hrdash import pinpoint
from hrdash.index.index import Index
from hrdash.index.rows import (
    BLOCK_BITS,
    BLOCKS_OF_FILE_BITS,
    BRIEFS,
    HELD,
    POSITION_BITS,
    POSITIONS,
    SHOWN,
    STATES,
    marks_of,
    positions_of,
)
from hrdash.index.words import Wanted

Set = int
"""Statements, or briefs, by their bits."""
Range = tuple[int, int]
"""The numbers of the first and the last statement that are looked at."""
EVERYWHERE = (0, (1 << 63) - 1)
AT_ONCE = 500
"""Parameters of one statement: below every limit."""
_MOST_KEPT = 16
"""So many answers to words are kept, for a letter that is taken back, and for who asks for the same."""
_BYTES = 1 << 12
"""Of a set: in the statements of so many words are looked for at once, so that another thread may ask in between."""
_LONG_BEGINNING = re.compile(r'[^" ]{4}" \*')
"""What FTS5 would put together anew for each range: beginnings longer than those that it keeps."""
_BLOCK = 1 << BLOCK_BITS
_BLOCK_BYTES = _BLOCK // 8
_DIGITS = 1 << 18
"""Of a list of numbers so much is read at once, so that other threads come in between."""

_ONE = ord("1")


class Layout(NamedTuple):
    """Where in a set the statements of each block stand; those of a file follow one another without a gap."""

    starts: Mapping[int, int]
    """The first byte of each block, by its number, in order."""
    size: int
    """The bytes of all."""
    briefs: Set
    """The bits of all briefs."""
    before: Set
    """The bits of all that stands before one."""

    def packed(self, found: Set) -> Iterator[tuple[int, bytes]]:
        """The blocks that have something of a set, in order, and their part of it."""
        whole = found.to_bytes((found.bit_length() + 7) // 8, "little")
        for block, (at, end) in zip(self.starts, pairwise([*self.starts.values(), self.size]), strict=True):
            if at >= len(whole):
                break
            if (part := whole[at:end]).strip(b"\0"):
                yield block, part

    def joined(self, parts: Iterable[tuple[int, bytes]]) -> Set:
        """The set of the parts of different blocks."""
        whole = bytearray(self.size)
        for block, part in parts:
            whole[(at := self.starts[block]) : at + len(part)] = part
        return int.from_bytes(whole, "little")

    def place(self, number: int) -> int:
        """At which bit of a set a number stands."""
        return 8 * self.starts[number >> BLOCK_BITS] + number % _BLOCK

    @property
    def ranges(self) -> list[Range]:
        """All numbers, so many at once."""
        edges = [EVERYWHERE[0]]
        for block, at in self.starts.items():
            if at >= len(edges) * _BYTES:
                edges.append(block << BLOCK_BITS)
        return [(first, after - 1) for first, after in pairwise([*edges, EVERYWHERE[1] + 1])]

    def of_files(self, files: Iterable[int]) -> Set:
        """The bits of all that stands in these files."""
        wanted = {*files}
        return self.of_blocks(block for block in self.starts if block >> BLOCKS_OF_FILE_BITS in wanted)

    def of_blocks(self, blocks: Iterable[int]) -> Set:
        """The bits of all that stands in these blocks."""
        known, edges, whole = [*self.starts], [*self.starts.values(), self.size], bytearray(self.size)
        for block in self.starts.keys() & {*blocks}:
            at, end = edges[(place := bisect_left(known, block)) : place + 2]
            whole[at:end] = b"\xff" * (end - at)
        return int.from_bytes(whole, "little")

    def briefs_with(self, found: Set) -> Set:
        """The bits of the briefs that have one of these statements."""
        return (found + self.before) & self.briefs

    def statements_of(self, briefs: Set) -> Set:
        """The bits of all that stands before these briefs, up to the ones before them."""
        before = self._turned(self.before)
        return self.before & ~self._turned(before + (self._turned(briefs) << 1))

    def _turned(self, found: Set) -> Set:
        """The bits the other way round: a sum then carries from a brief through its statements."""
        size = 8 * self.size
        return int(f"{found:0{size}b}"[: -size - 1 : -1] or "0", 2)


class Numbers(Sequence[int]):
    """The numbers of the bits of some sets, one set after the other, each in order: made when they are asked for."""

    def __init__(self, layout: Layout, found: Sequence[Set]) -> None:
        self._layout, self._found = layout, found
        self._size = sum(one.bit_count() for one in found)
        self._left = chain.from_iterable(map(layout.packed, found))
        self._read: list[tuple[int, Set]] = []
        """The blocks looked at so far, and the bits of each."""
        self._before = [0]
        """How many numbers there are before those of each block, and before the first that was not looked at."""

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[int]:
        return chain.from_iterable(positions_of(bits, block << BLOCK_BITS) for block, bits in self._blocks(self._size))

    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> list[int]: ...
    def __getitem__(self, at: int | slice) -> int | list[int]:
        asked = range(self._size)[at]
        if isinstance(asked, int):
            return self[asked : asked + 1][0]
        if not asked:
            return []
        low, high = sorted((asked[0], asked[-1]))
        blocks = self._blocks(high + 1)
        first, last = bisect_right(self._before, low) - 1, bisect_right(self._before, high)
        some = [number for block, bits in blocks[first:last] for number in positions_of(bits, block << BLOCK_BITS)]
        return some[low - self._before[first] : high + 1 - self._before[first]][:: asked.step]

    def index(self, value: Any, start: int = 0, stop: int = maxsize) -> int:
        """As every sequence has it, without making all numbers."""
        before = 0
        if value >> BLOCK_BITS in self._layout.starts:
            place = self._layout.place(value)
            for one in self._found:
                at = before + (one & ((1 << place) - 1)).bit_count()
                if one >> place & 1 and start <= at < stop:
                    return at
                before += one.bit_count()
        raise ValueError(value)

    def _blocks(self, upto: int) -> list[tuple[int, Set]]:
        """The blocks of so many numbers at least."""
        while self._before[-1] < upto and (found := next(self._left, None)):
            self._read.append((found[0], bits := int.from_bytes(found[1], "little")))
            self._before.append(self._before[-1] + bits.bit_count())
        return self._read


def layout(index: Index) -> Layout:
    """Where in the sets of this index everything stands."""

    def laid_out(_: Any) -> Layout:
        starts: dict[int, int] = {}
        whole, begin, last = bytearray(), 0, -1
        for block, part in sorted(_parts(index, BRIEFS)):
            first = block >> BLOCKS_OF_FILE_BITS << BLOCKS_OF_FILE_BITS
            if first > last:  # the first of another file
                begin, last = len(whole), first - 1
            for one in range(last + 1, block + 1):  # with those in which no brief ends
                starts[one] = begin + _BLOCK_BYTES * (one - first)
            whole += bytes(starts[block] - len(whole)) + part
            last = block
        briefs = int.from_bytes(whole, "little")
        return Layout(starts, len(whole), briefs, ((1 << 8 * len(whole)) - 1) ^ briefs)

    return index.once("layout", laid_out)


def both(sets: Iterable[Set]) -> Set:
    """The statements that are in each of these sets, of which there is one at least."""
    return reduce(and_, sets)


def either(sets: Iterable[Set]) -> Set:
    """The statements that are in one of these sets."""
    return reduce(or_, sets, 0)


def values(index: Index, facet: str) -> Mapping[str, int]:
    """Every value of a facet, in order, with its number."""
    query = "SELECT id, number FROM value WHERE facet = ? ORDER BY id"
    return index.once(f"values of {facet}", lambda run: dict(run(query, (facet,))))


def shown_values(index: Index, facet: str) -> Collection[str]:
    """Every value of a facet that a statement that is shown has, in order."""
    names = list(values(index, facet))
    if not has_hidden(index):
        return names
    shown = everything(index)
    parts = (names[at : at + AT_ONCE] for at in range(0, len(names), AT_ONCE))
    return [name for some in parts for name, found in of_values(index, facet, some) if found & shown]


def has_hidden(index: Index) -> bool:
    """Whether there are statements that are not shown."""
    query = f"SELECT 1 FROM brief WHERE state > 0 AND state NOT IN {index.states} LIMIT 1"  # by their index
    return bool(index.integers(query))


def places(index: Index, asked: str) -> list[str]:
    """The pinpoints that lie within one that is asked for, or hold it: at `24` are `24 (a)` and `23-25` too."""
    try:
        place = pinpoint.parse(asked)
    except ValueError:
        return []
    head, is_range = asked.partition(" ")[0], "-" in asked
    found = []
    for name in values(index, "pinpoint"):
        if is_range or "-" in name or name == head or name.startswith(f"{head} "):  # others are not read
            one = pinpoint.parse(name)
            if pinpoint.covers(place, one) or pinpoint.covers(one, place):
                found.append(name)
    return found


def _parts(index: Index, value: tuple[str, str]) -> list[tuple[Any, ...]]:
    query = "SELECT block, bits FROM value CROSS JOIN bits ON value = value.number WHERE facet = ? AND id = ?"
    return index.integers(query, value)


def read(index: Index, names: Iterable[tuple[str, str]]) -> Set:
    """The statements that have one of these values, of a facet and by its name."""
    return either(layout(index).joined(_parts(index, value)) for value in names)


def of_values(index: Index, facet: str, names: Sequence[str]) -> Iterator[tuple[str, Set]]:
    """Those of some hundred values of a facet that have statements, in order, with these."""
    query = f"""SELECT id, block, bits FROM value CROSS JOIN bits ON value = value.number
    WHERE facet = ? AND id IN ({marks_of(names)}) ORDER BY id"""
    laid, rows = layout(index), index.integers(query, (facet, *names))
    for name, parts in groupby(rows, itemgetter(0)):
        yield name, laid.joined((block, part) for _, block, part in parts)


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
    """How many statements have these terms, of which none is a substring, those that are not shown among them."""
    sought = _expression(items)
    if (known := _kept(index).get(sought)) is not None:
        return known.bit_count()
    ((found,),) = index.integers("SELECT count(*) FROM words WHERE words MATCH ?", (sought,))
    return int(found)


def _kept(index: Index) -> dict[str, Set]:
    """What was found last, by what FTS5 was asked."""
    return index.once("words", lambda _: {})


def _expression(items: Sequence[Wanted]) -> str:
    """What FTS5 is asked for terms of which one at least is to stand in a statement's own words."""
    own = " OR ".join(item.match("own") for item in items)
    anywhere = [f"({item.match('own', 'title')})" for item in items] if len(items) > 1 else []
    return " AND ".join([*anywhere, f"({own})"])


def with_word(index: Index, item: Wanted, *columns: str) -> Set:
    """The statements that have a term in one of these kinds of words."""
    if not item.substring:
        return _matches(index, item.match(*columns), EVERYWHERE)
    condition = " OR ".join(f"instr({column}, ?)" for column in columns)
    return _found(index, f"({condition})", [item.substring] * len(columns), layout(index).ranges)


def _matches(index: Index, sought: str, within: Range) -> Set:
    kept = _kept(index)
    if (known := kept.get(sought)) is not None:
        return known
    is_split = within == EVERYWHERE and not _LONG_BEGINNING.search(sought)
    found = _found(index, "words MATCH ?", [sought], layout(index).ranges if is_split else [within])
    if within == EVERYWHERE:
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        kept[sought] = found
    return found


def _found(index: Index, condition: str, values: Sequence[str], ranges: Iterable[Range]) -> Set:
    """The statements of whose words a condition holds, looked for in one range after the other."""
    query = f"SELECT group_concat(rowid) FROM words WHERE {condition} AND rowid BETWEEN ? AND ?"
    return _set_of(layout(index), (text for part in ranges for (text,) in index.integers(query, (*values, *part))))


def _set_of(laid: Layout, texts: Iterable[str | None]) -> Set:
    """The set of the statements whose numbers stand in texts, in order, with commas between."""
    flags = bytearray(b"0") * (8 * laid.size)
    for numbers in chain.from_iterable(_numbers_in(text or "") for text in texts):
        at = 0
        while at < len(numbers):
            file = numbers[at] >> POSITION_BITS
            first, start = file << POSITION_BITS, at
            at = bisect_left(numbers, first + POSITIONS, start)
            shift = laid.place(first) - first
            for number in numbers[start:at]:
                flags[number + shift] = _ONE
    flags.reverse()
    return int(flags or b"0", 2)


def _numbers_in(listed: str) -> Iterator[list[int]]:
    """The numbers in a text, some thousand at once."""
    at = 0
    while at < len(listed):
        end = listed.find(",", at + _DIGITS)
        end = end if end >= 0 else len(listed)
        yield json.loads(f"[{listed[at:end]}]")  # the quickest way to many integers
        at = end + 1
