"""How many of a set have each value of a facet, in statements and in briefs: counted in pieces of a few milliseconds.

What is laid out for that is kept with the index: of a value that many have, its set; of the values of a facet that has
many, the places of each.
"""

# ruff: noqa: S608  (statements are put together from names in this package; every value is a parameter)

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence

from hrdash.filter import Facet
from hrdash.index import sets
from hrdash.index.index import Index
from hrdash.index.rows import flags_of, marks_of
from hrdash.index.sets import Layout, Set

_MOST_SETS = 100
"""Of a facet with more values than this, the sets are not kept: each may take a bit a statement."""
_FILES_AT_ONCE = 100
_OTHER, _CHOSEN, _LAST_OTHER, _LAST_CHOSEN = (bytes([one]) for one in range(4))
_LAST = bytes.maketrans(_OTHER + _CHOSEN, _LAST_OTHER + _LAST_CHOSEN)


def tally(index: Index, facet: Facet, found: Set, listed: Set) -> Iterator[tuple[str, int, int]]:
    """Each value that has any, in order: how many of the statements found have it, and how many briefs of those that
    are listed.
    """
    laid = sets.layout(index)
    for name, statements, briefs in (_of_places if facet.many else _of_sets)(index, laid, facet.stored, found, listed):
        if statements or briefs:
            yield name, statements, briefs


def _of_sets(index: Index, laid: Layout, facet: str, found: Set, listed: Set) -> Iterator[tuple[str, int, int]]:
    names = sets.values(index, facet)
    kept: dict[str, Set] = index.once(f"sets of {facet}", lambda _: {})
    for name in names:
        bits = kept[name] if name in kept else sets.read(index, [(facet, name)])
        if len(names) <= _MOST_SETS:
            kept[name] = bits
        yield name, (found & bits).bit_count(), laid.briefs_with(listed & bits).bit_count()


def _of_places(index: Index, laid: Layout, facet: str, found: Set, listed: Set) -> Iterator[tuple[str, int, int]]:
    places, tables = _places(index), []
    for one in dict.fromkeys((found, listed)):
        flags = flags_of(one, 8 * laid.size)
        tables.append(flags + flags.translate(_LAST))
    for name, number in sets.values(index, facet).items():
        some = places.get(number, ())
        chosen, *others = (bytes([flags[place] for place in some]) for flags in tables)
        statements = chosen.count(_CHOSEN) + chosen.count(_LAST_CHOSEN)
        chosen = others[0] if others else chosen
        briefs = chosen.count(_LAST_CHOSEN) + chosen.replace(_OTHER, b"").count(_CHOSEN + _LAST_OTHER)
        yield name, statements, briefs


def _places(index: Index) -> Mapping[int, Sequence[int]]:
    """For each value of a facet with many, by its number, the bits of its statements, in order.

    Of a brief's statements that have it, the last stands further by the bits of a whole set.
    """

    def laid_out(_: object) -> Mapping[int, Sequence[int]]:
        laid = sets.layout(index)  # and not one that is kept from before what is laid out here
        found: dict[int, array[int]] = {}
        last: dict[int, int] = {}
        size, files = 8 * laid.size, list(laid.starts)
        for start in range(0, len(files), _FILES_AT_ONCE):
            some = files[start : start + _FILES_AT_ONCE]
            query = f'SELECT file, places, briefs, "values" FROM spread WHERE file IN ({marks_of(some)})'
            for file, *packed in index.integers(query, some):
                first = 8 * laid.starts[file]
                for place, brief, value in zip(*(array("I", one) for one in packed), strict=True):
                    places = found.get(value)
                    if places is None:
                        places = found[value] = array("I")
                    elif last[value] == first + brief:
                        places[-1] -= size
                    places.append(first + place + size)
                    last[value] = first + brief
        return found

    return index.once("places", laid_out)
