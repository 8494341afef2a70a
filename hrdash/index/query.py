"""Filter in, statements, briefs and counts out: the rows, the totals and every facet come from one and the same set.

A set of statements is an integer for each file, a bit a statement; behind the bits of a brief is one of its own. So
what several facets ask of one and the same statement is an AND, and the briefs of a set are found by adding to it a
number that has every bit of every statement: it carries into the bit of each brief that has one.
"""

# ruff: noqa: S608  (statements are put together from names in this package; every value is a parameter)

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import wraps
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from hrdash.derive import Marks
from hrdash.filter import BY_FIELD, BY_WORD, EVERYTHING, FACETS, UNDATED, Facet, Filter, as_typed, name_key, terms
from hrdash.index.file import Unreadable
from hrdash.index.index import Index
from hrdash.index.meant import meant, unknown_inflections
from hrdash.index.rows import (
    BRIEFS,
    FIGURE,
    HELD,
    POSITION_BITS,
    POSITIONS,
    SHOWN,
    STATES,
    bits_of,
    marks_of,
    positions_of,
)
from hrdash.index.words import Wanted, spans, wanted
from hrdash.model import SECTION_KINDS
from hrdash.names import nearest
from hrdash.text import clean, clean_line

if TYPE_CHECKING:
    from typing import Any, TypeVar

    _T = TypeVar("_T")
    _Ask = TypeVar("_Ask", bound=Callable[..., Any])

_AT_ONCE = 500
_FIELDS = tuple(facet.field for facet in FACETS if facet.counted)
_MOST_HINTS = 3
_MOST_PARTS = 8
"""So many parts of a filter are looked at to say why nothing matches."""
_MOST_NAMES = 20
"""And so many names that have the words."""
_ROW = "number, id, theme, heading, years, marks"

Set = dict[int, int]
"""Statements: for each file, by its number, their bits."""


class BriefRow(NamedTuple):
    """What a list shows of a brief."""

    number: int
    """Its place in corpus order."""
    id: str
    theme: str
    title: str
    """Its heading: the title, or its first words."""
    years_text: str
    marks: Marks


class StatementRow(NamedTuple):
    """What a list shows of a statement."""

    number: int
    """Its place in corpus order."""
    brief_id: str
    heading: str
    theme: str
    kind: str
    answer: str
    position: str
    speakers: tuple[str, ...]
    text: str
    source: str
    pinpoint: str
    period: str
    key: str
    verbatim: bool


class Count(NamedTuple):
    """How many statements, and how many briefs have one of them."""

    statements: int = 0
    briefs: int = 0


class Facets(NamedTuple):
    """For each value of each facet, what choosing it would give; values that nothing has are left out.

    Values of one facet are alternatives, so each is counted without what is chosen in its own facet; those of `has`
    and `without` add up, so each is counted on top of the whole filter.
    """

    all: Count = Count()
    """What is in all themes, each counted once."""
    counts: Mapping[str, Mapping[str, Count]] = {}
    """By the facet's field and the value."""

    def of(self, field: str) -> Mapping[str, Count]:
        """The counts of one facet; none where it was not counted."""
        return self.counts.get(field, {})


def _of_one_state(ask: _Ask) -> _Ask:
    """A question all of whose statements see one state of the index, though others write to it meanwhile.

    It is answered with `Unreadable` where what a file holds does not fit what it is to become.
    """

    @wraps(ask)
    def answered(about: Index | Selection, *arguments: Any, **named: Any) -> Any:
        index = about if isinstance(about, Index) else about.index

        def attempt() -> tuple[bool, Any]:
            before = index.state()
            if isinstance(about, Selection):
                about.begin(before)
            try:
                found = ask(about, *arguments, **named)
            except (TypeError, ValueError, LookupError, OverflowError):
                if index.state() != before:
                    return False, None
                if not index.path:
                    raise
                index.damaged = True
                raise Unreadable("the index is damaged") from None
            return index.state() == before, found

        for _ in range(2):
            is_whole, found = attempt()
            if is_whole:
                return found
        return index.together(attempt)[1]  # nobody else can write, which would keep them waiting

    return answered  # type: ignore[return-value]


def _kept(read: Callable[[Selection], _T]) -> _T:
    """A property that is found once for each state of the index."""

    def kept(selection: Selection) -> _T:
        if read not in selection.known:
            selection.known[read] = read(selection)
        found: _T = selection.known[read]
        return found

    return property(wraps(read)(kept))  # type: ignore[return-value]  # to those who read it


def select(index: Index, filter_: Filter) -> Selection:
    """What matches a filter, to be asked for its rows and counts."""
    return Selection(index, filter_)


class Selection:
    """The statements that match a filter, and the briefs that have one of them."""

    def __init__(self, index: Index, filter_: Filter) -> None:
        self.index, self.filter = index, filter_
        looked_for = wanted(terms(filter_.text).terms, index.stems)
        self._here = tuple(item for item in looked_for if not item.term.negated)
        self._gone = tuple(item for item in looked_for if item.term.negated)
        self.known: dict[object, Any] = {}
        self._state: object = None

    def begin(self, state: object) -> None:
        """Forget what was found in another state of the index."""
        if state != self._state:
            self.known.clear()
            self._state = state

    @_kept
    @_of_one_state
    def statements(self) -> int:
        """How many statements match."""
        return sum(bits.bit_count() for bits in self._matching.values())

    @_kept
    @_of_one_state
    def briefs(self) -> int:
        """How many briefs match."""
        return sum(bits.bit_count() for bits in self._briefs.values())

    @_kept
    @_of_one_state
    def undated(self) -> Count:
        """What matches but for the year that is asked, has none, and so is not shown."""
        asked = self.filter.years
        if not asked or UNDATED in asked:
            return Count()
        return self._count(self._without("years"), self._chosen(BY_FIELD["years"], (UNDATED,)))

    @_of_one_state
    def brief_numbers(self) -> array[int]:
        """The numbers of the matching briefs, eight bytes each: what a long list needs to know.

        They are in corpus order; where one theme is chosen, its own briefs come before those that are also in it.
        """
        return self._numbers(self._briefs)

    @_of_one_state
    def brief_rows(self, limit: int | None = None, offset: int = 0) -> tuple[BriefRow, ...]:
        """The matching briefs in that order, all or one page of them."""
        return rows_at(self.index, self._numbers(self._briefs, limit, offset))

    @_of_one_state
    def statement_rows(self, limit: int | None = None, offset: int = 0) -> Iterator[StatementRow]:
        """The matching statements in the order of their briefs, all or one page of them.

        The first of them are read at once, when an index can still be replaced.
        """
        numbers = self._numbers(self._matching, limit, offset)
        first = statements_at(self.index, numbers[:_AT_ONCE])
        return chain(first, self._rows_of(numbers[_AT_ONCE:], self._state))

    @_of_one_state
    def statement_numbers(self, by: str = "") -> array[int]:
        """The numbers of the matching statements, in the order of their briefs, or by the values of a facet in their
        order: each at its first, and behind them those that have none.
        """
        if not by:
            return self._numbers(self._matching)
        facet, left, numbers = BY_FIELD[by], dict(self._matching), array("q")
        for name in facet.choices or sorted(_values(self.index).get(facet.stored, {})):
            held = _both([left, _read_set(self.index, [(facet.stored, name)])])
            numbers.extend(self._numbers(held))
            left = {file: bits & ~held.get(file, 0) for file, bits in left.items()}
        return numbers + self._numbers(left)

    def _rows_of(self, numbers: Sequence[int], state: object) -> Iterator[StatementRow]:
        for at in range(0, len(numbers), _AT_ONCE):
            if self.index.state() != state:
                raise Unreadable("the index was written to while it was read")
            yield from statements_at(self.index, numbers[at : at + _AT_ONCE])

    @_of_one_state
    def matching(self, numbers: Iterable[int]) -> dict[str, frozenset[str]]:
        """For each of these briefs, by id, the keys of its statements that match."""
        found: dict[str, set[str]] = {}
        wanted_numbers = list(numbers)
        for start in range(0, len(wanted_numbers), _AT_ONCE):
            some = wanted_numbers[start : start + _AT_ONCE]
            query = f"""SELECT brief.id, said.number, "key" FROM brief CROSS JOIN statement AS said
            ON said.number >= brief.number - size AND said.number < brief.number
            WHERE brief.number IN ({marks_of(some)})"""
            for brief, number, key in self.index.run(query, some):
                keys = found.setdefault(brief, set())
                if self._matching.get(number >> POSITION_BITS, 0) >> (number % POSITIONS) & 1:
                    keys.add(key)
        return {name: frozenset(keys) for name, keys in found.items()}

    @_of_one_state
    def facets(self, fields: Collection[str] = _FIELDS) -> Facets:
        """The counts of every facet, or of those of these fields."""
        if self.filter == EVERYTHING and {*fields} == {*_FIELDS}:
            return self.index.once("facets", lambda _: self._facets(fields))
        return self._facets(fields)

    @_of_one_state
    def elsewhere(self) -> list[str]:
        """Where else something is of what is looked for, in a few words each: at most three.

        What a facet chooses that has the words in its name, or in a figure; the briefs that have them in their title
        or tags, or only in several statements together; and, for a year, what was said in it.
        """
        return list(islice(chain(self._named(), self._beside(), self._said_in()), _MOST_HINTS))

    def _named(self) -> Iterator[str]:
        """Values of facets whose name has the words, or that a figure with them is of."""
        if not self._here:
            return
        rest = self._without("text")
        words = " AND ".join(f"({item.match('name')})" for item in self._here if not item.substring)
        substrings = [item.substring for item in self._here if item.substring]
        conditions = " AND ".join(["named MATCH ?"] * bool(words) + ["instr(name, ?)"] * len(substrings))
        query = f"""SELECT facet, id FROM value
        WHERE number IN (SELECT rowid FROM named WHERE {conditions} LIMIT {_MOST_NAMES})"""
        names = self.index.run(query, [words, *substrings] if words else substrings)
        if not self.statements:  # the words of figures, and hrdash's own
            few = [_found_by(self.index, item, "aside") for item in self._here[:_MOST_PARTS]]
            for row in statements_at(self.index, self._numbers(_both([rest, *few]), _MOST_HINTS)):
                brief = self.index.brief(row.brief_id)
                names += [("indicator", figure.indicator) for said in (brief.statements if brief else ())
                          for figure in said.figures if self._stand_in(figure.per, figure.base)]  # fmt: skip
            names += [(facet.word, name) for facet in FACETS if not facet.named
                      for name in _values(self.index).get(facet.word, {}) if self._stand_in(name)]  # fmt: skip
        found = [(self._count(rest, _read_set(self.index, [(word, name)])).briefs, BY_WORD[word], name)
                 for word, name in dict.fromkeys(names) if name not in self.filter.values(BY_WORD[word])]  # fmt: skip
        for briefs, facet, name in sorted(found, key=lambda one: -one[0])[:_MOST_HINTS]:
            if briefs:
                typed = EVERYTHING.with_values({facet.field: (facet.read(name),)}).typed
                yield f"try {typed} ({_briefs_text(briefs)})"

    def _stand_in(self, *texts: str) -> bool:
        """Whether all the words stand in these texts."""
        return all(any(spans([item], texts, self.index.stems)) for item in self._here)

    def _beside(self) -> Iterator[str]:
        """The briefs that have all the words, but no statement of theirs has: in the title or tags too, or together."""
        if not 0 < len(self._here) <= _MOST_PARTS or (len(self._here) == 1 and self.statements):
            return
        columns = ("own", "title") if self.statements else ("own", "title", "aside")
        each = [_both([_found_by(self.index, item, *columns), self._without("text")]) for item in self._here]
        told = dict(self._briefs)
        together = _both([{file: self._briefs_of(file, bits) for file, bits in one.items()} for one in each])
        beside = {file: self._briefs_of(file, bits) for file, bits in _both(each).items()}
        for briefs, how in ((beside, ", not all in a statement"), (together, " in different statements")):
            numbers = self._numbers({file: bits & ~told.get(file, 0) for file, bits in briefs.items()})
            told = _either([told, briefs])
            if numbers:
                names = ", ".join(row.id for row in rows_at(self.index, numbers[:_MOST_HINTS]))
                has = "has" if len(numbers) == 1 else "have"
                yield f"{_briefs_text(len(numbers))} {has} these words{how}: {names}"

    def _said_in(self) -> Iterator[str]:
        """What was said in the years that are asked, whatever it is about."""
        years = tuple(span for span in self.filter.years if span != UNDATED)
        if years and not self.filter.issued:
            found = Selection(self.index, self.filter._replace(years=(), issued=years))
            if found.statements:
                typed = EVERYTHING._replace(issued=years).typed
                yield f"try {typed} in its place ({_statements_text(found.statements)})"
        if self.undated.statements:
            yield f"{_statements_text(self.undated.statements)} undated"

    def _without_parts(self) -> Iterator[str]:
        """What there would be without each part of the filter; the facets first, which are at hand."""
        tried = 0
        words = as_typed(self.filter.text)
        if len(words) > _MOST_PARTS:
            yield f"of more than {_MOST_PARTS} words it is not said which of them finds nothing"
            return
        for facet in FACETS:
            chosen = self.filter.values(facet)
            for values in [chosen] if facet.match == "any" else [(value,) for value in chosen]:
                rest = self.filter.with_values({facet.field: [value for value in chosen if value not in values]})
                if values and rest != EVERYTHING and tried < _MOST_PARTS:
                    tried += 1
                    part = EVERYTHING.with_values({facet.field: values}).typed
                    yield from _without_text(part, Selection(self.index, rest).statements)
        for at, word in enumerate(words):
            rest = self.filter._replace(text=" ".join(words[:at] + words[at + 1 :]))
            if rest != EVERYTHING and tried < _MOST_PARTS:
                tried += 1
                yield from _without_text(word, Selection(self.index, rest).statements)

    # How it is found

    @_kept
    def _layout(self) -> dict[int, tuple[int, int]]:
        """For each file the bits of its briefs, and those of all that stands before a brief."""
        found = self.index.once("layout", lambda _: _read_set(self.index, [BRIEFS]))
        return {file: (briefs, ((1 << briefs.bit_length()) - 1) ^ briefs) for file, briefs in found.items()}

    @_kept
    def _parts(self) -> dict[str, Set]:
        """What each facet in which something is chosen lets through, by its field, and what the words do."""
        found = {"": _everything(self.index)}
        for facet in FACETS:
            if self.filter.values(facet) and not (facet.field == "indicators" and self.filter.years):
                found[facet.field] = self._chosen(facet, self.filter.values(facet))
        if self._here:
            found["text"] = _found(self.index, self._here)
        return found

    def _chosen(self, facet: Facet, chosen: Collection[Any]) -> Set:
        """The statements that have what is chosen in a facet; years with indicators are those of the figures."""
        if facet.spans:
            known = self._figures("years") if facet.field == "years" and self.filter.indicators else {
                name: [(facet.stored, name)] for name in _values(self.index).get(facet.stored, {})
            }  # fmt: skip
            held = [one for year, some in known.items() if any(span.holds(year) for span in chosen) for one in some]
            return _read_set(self.index, held)
        each = [_read_set(self.index, [(facet.stored, clean(name))]) for name in chosen]
        if facet.match == "any":
            return _either(each)
        if facet.match == "all":
            return _both(each)
        gone = _either(each)
        return {file: bits & ~gone.get(file, 0) for file, bits in _everything(self.index).items()}

    def _figures(self, field: str) -> dict[str, list[tuple[str, str]]]:
        """The values that join an indicator and a year of its figures, by the year, of the chosen indicators; or by the
        indicator, of the chosen years.
        """
        chosen = {clean(name) for name in self.filter.indicators}
        found: dict[str, list[tuple[str, str]]] = {}
        for name in _values(self.index).get(FIGURE, {}):
            indicator, _, year = name.partition(" ")
            if field == "years" and indicator in chosen:
                found.setdefault(year, []).append((FIGURE, name))
            elif field == "indicators" and any(span.holds(year) for span in self.filter.years):
                found.setdefault(indicator, []).append((FIGURE, name))
        return found

    def _without(self, field: str) -> Set:
        """What matches but for what is chosen in a facet, and for the words to leave out."""
        joined = ("years", "indicators") if self._joins(field) else ()
        return _both([one for name, one in self._parts.items() if name != field and name not in joined])

    def _joins(self, field: str) -> bool:
        """Whether the values of a facet are looked for in the figures, because of what is chosen in another."""
        return bool(field == "years" and self.filter.indicators) or bool(field == "indicators" and self.filter.years)

    @_kept
    def _found(self) -> Set:
        """What matches but for the words to leave out."""
        return _both(list(self._parts.values()))

    @_kept
    def _left_out(self) -> Set:
        """The statements that have a word to leave out."""
        return _either([_found_by(self.index, item, "own", "title") for item in self._gone])

    @_kept
    def _matching(self) -> Set:
        return {file: bits & ~self._left_out.get(file, 0) for file, bits in self._found.items()}

    @_kept
    def _briefs(self) -> Set:
        """The bits of the matching briefs: those without a word to leave out."""
        return {file: self._briefs_of(file, bits) for file, bits in self._found.items()}

    @_kept
    def _lists(self) -> Set:
        """The bits of the briefs that a list may show: those without a word to leave out."""
        found = {}
        for file, (briefs, before) in self._layout.items():
            found[file] = briefs & ~((self._left_out.get(file, 0) & before) + before) if self._gone else briefs
        return found

    def _briefs_of(self, file: int, bits: int) -> int:
        """The bits of the briefs that have one of these statements of a file."""
        return (bits + self._layout[file][1]) & self._lists[file] if bits else 0

    def _count(self, found: Set, value: Set) -> Count:
        return self._tally(found, ((0, *one) for one in value.items())).get(0, Count())

    def _tally(self, found: Set, values: Iterable[tuple[int, int, int]]) -> dict[int, Count]:
        """Of what is found, what has each value: given are the values with their bits in each file."""
        left_out, layout, lists = self._left_out, self._layout, self._lists  # once, for there may be many rows
        counts: dict[int, tuple[int, int]] = {}
        for value, file, bits in values:
            both = bits & found.get(file, 0)
            if both:
                statements, briefs = counts.get(value, (0, 0))
                statements += (both & ~left_out[file] if file in left_out else both).bit_count()
                counts[value] = statements, briefs + ((both + layout[file][1]) & lists[file]).bit_count()
        return {value: Count(*count) for value, count in counts.items()}

    def _numbers(self, found: Set, limit: int | None = None, offset: int = 0) -> array[int]:
        """The numbers of these bits, all or one page of them."""
        numbers = array("q")
        stop = None if limit is None else offset + limit
        passed = 0
        for file in self._in_order(found):
            bits, first = found[file], file << POSITION_BITS
            count = bits.bit_count()
            if passed + count > offset and (stop is None or passed < stop):
                places = positions_of(bits)[max(0, offset - passed) : None if stop is None else stop - passed]
                numbers.extend([first + place for place in places])
            passed += count
        return numbers

    def _in_order(self, found: Set) -> list[int]:
        """The files of a set in corpus order; those of one chosen theme come first."""
        own: set[int] = set()
        if len(self.filter.themes) == 1:
            own = {
                file
                for (file,) in self.index.integers(
                    "SELECT number FROM file WHERE theme = ?", map(clean, self.filter.themes)
                )
            }
        return sorted(found, key=lambda file: (file not in own, file))

    def _facets(self, fields: Collection[str]) -> Facets:
        counts: dict[str, dict[str, Count]] = {}
        for facet in (facet for facet in FACETS if facet.field in fields):
            found = self._found if facet.match != "any" else self._without(facet.field)
            if self._joins(facet.field):
                figures = self._figures(facet.field)
                counted = {name: self._count(found, _read_set(self.index, some)) for name, some in figures.items()}
            else:
                counted = self._counts(found, _values(self.index).get(facet.stored, {}))
            if facet.match == "none":
                whole, nothing = self._count(found, found), Count()
                have = [counted.get(name, nothing) for name in facet.choices]
                counted = {name: Count(whole.statements - one.statements, whole.briefs - one.briefs)
                           for name, one in zip(facet.choices, have, strict=True)}  # fmt: skip
            order = facet.choices or sorted(counted)
            counts[facet.field] = {name: counted[name] for name in order if any(counted.get(name, ()))}
        found = self._without("themes") if "themes" in fields else {}
        return Facets(self._count(found, found), counts)

    def _counts(self, found: Set, stored: Mapping[str, int]) -> dict[str, Count]:
        """What each of these values would give, of what is found."""
        names = {number: name for name, number in stored.items()}
        numbers = sorted(names)
        counts: dict[str, Count] = {}
        for start in range(0, len(numbers), _AT_ONCE):
            some = numbers[start : start + _AT_ONCE]
            rows = self.index.integers(f"SELECT * FROM bits WHERE value IN ({marks_of(some)})", some)
            each = ((value, file, int.from_bytes(packed, "little")) for value, file, packed in rows)
            counts |= {names[value]: count for value, count in self._tally(found, each).items()}
        return counts


def _found(index: Index, items: Sequence[Wanted]) -> Set:
    """The statements with these terms in their own words or their brief's title, and one at least in their own."""
    if any(item.substring for item in items):
        anywhere = [_found_by(index, item, "own", "title") for item in items]
        return _both([*anywhere, _either([_found_by(index, item, "own") for item in items])])
    own = " OR ".join(item.match("own") for item in items)
    return _matches(index, " AND ".join([*(f"({item.match('own', 'title')})" for item in items), f"({own})"]))


def _found_by(index: Index, item: Wanted, *columns: str) -> Set:
    """The statements that have a term in one of these kinds of words."""
    if not item.substring:
        return _matches(index, item.match(*columns))
    condition = " OR ".join(f"instr({column}, ?)" for column in columns)
    return _set_of(
        index.integers(f"SELECT group_concat(rowid) FROM words WHERE {condition}", [item.substring] * len(columns))
    )


def _matches(index: Index, expression: str) -> Set:
    return _set_of(index.integers("SELECT group_concat(rowid) FROM words WHERE words MATCH ?", (expression,)))


def _set_of(rows: Sequence[tuple[Any, ...]]) -> Set:
    """The set of the statements whose numbers stand in a text, in order, with commas between."""
    ((listed,),) = rows
    numbers = array("q", map(int, listed.split(",") if listed else ()))
    found: Set = {}
    at = 0
    while at < len(numbers):
        file = numbers[at] >> POSITION_BITS
        first, start = file << POSITION_BITS, at
        at = bisect_left(numbers, first + POSITIONS, start)
        found[file] = bits_of([number - first for number in numbers[start:at]])
    return found


def _read_set(index: Index, names: Sequence[tuple[str, str]]) -> Set:
    """The statements that have one of these values, of a facet and by its name."""
    known = _values(index)
    numbers = [number for facet, name in names if (number := known.get(facet, {}).get(name))]
    found: Set = {}
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        for file, packed in index.integers(f"SELECT file, bits FROM bits WHERE value IN ({marks_of(some)})", some):
            found[file] = found.get(file, 0) | int.from_bytes(packed, "little")
    return found


def _everything(index: Index) -> Set:
    """All statements that are shown."""
    states = [STATES[SHOWN], *([STATES[HELD]] if index.with_held else [])]
    return index.once("everything", lambda _: _read_set(index, states))


def _both(sets: Sequence[Set]) -> Set:
    """The statements that are in each of these sets."""
    first, *others = sorted(sets, key=len)
    found = {}
    for file, bits in first.items():
        for other in others:
            bits &= other.get(file, 0)
        if bits:
            found[file] = bits
    return found


def _either(sets: Iterable[Set]) -> Set:
    """The statements that are in one of these sets."""
    found: Set = {}
    for one in sets:
        for file, bits in one.items():
            found[file] = found.get(file, 0) | bits
    return found


def _values(index: Index) -> Mapping[str, Mapping[str, int]]:
    """Every value by its facet, in order, with its number."""

    def read(run: Callable[..., Any]) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for facet, name, number in run("SELECT facet, id, number FROM value ORDER BY facet, id"):
            found.setdefault(facet, {})[name] = number
        return found

    return index.once("values", read)


@_of_one_state
def rows_at(index: Index, numbers: Sequence[int]) -> tuple[BriefRow, ...]:
    """The briefs of these numbers, in this order; a number of none is left out."""
    found: dict[int, BriefRow] = {}
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        for row in index.run(f"SELECT {_ROW} FROM brief WHERE number IN ({marks_of(some)})", some):
            found[row[0]] = BriefRow._make((*row[:-1], Marks(*row[-1])))
    return tuple(found[number] for number in numbers if number in found)


@_of_one_state
def statements_at(index: Index, numbers: Sequence[int]) -> list[StatementRow]:
    """The statements of some hundred numbers, in this order; a number of none is left out."""
    query = f"""SELECT number, "key", answer, position, (SELECT min(number) FROM brief WHERE brief.number > said.number)
    FROM statement AS said WHERE number IN ({marks_of(numbers)})"""
    found = {number: row for number, *row in index.run(query, numbers)}
    whole = sorted({row[-1] for row in found.values()})
    briefs = dict(zip(whole, index.briefs(whole), strict=True))
    said = {number: [(kind, one) for section, kind in SECTION_KINDS.items() for one in brief.section(section)]
            for number, brief in briefs.items()}  # fmt: skip
    rows = []
    for number in numbers:
        if number not in found:
            continue
        key, answer, position, at = found[number]
        brief, (kind, one) = briefs[at], said[at][number - at + len(said[at])]
        cited = one.cites[0].source if one.cites else ""
        places = ", ".join(cite.pinpoint for cite in one.cites if cite.pinpoint)
        rows.append(StatementRow(number, brief.id, brief.heading, brief.theme, kind, answer, position, one.by, one.text,
                                 cited, places, one.period, key, bool(one.verbatim)))  # fmt: skip
    return rows


def marks(index: Index, text: str, texts: Iterable[str]) -> tuple[tuple[tuple[int, int], ...], ...]:
    """For each of the texts, where it holds what the search words look for: offsets, sorted, that do not overlap."""
    return spans(wanted(terms(text).terms, index.stems), texts, index.stems)


@_of_one_state
def unknown_values(index: Index, filter_: Filter) -> list[tuple[str, str, str]]:
    """What the filter names and the corpus has not: the facet's word, the value, and the known one nearest to it."""
    return [
        (facet.word, value, nearest(value, known))
        for facet in FACETS if filter_.values(facet) and not facet.spans
        for known in (_known(index, facet),) for value in filter_.values(facet) if value not in known
    ]  # fmt: skip


@_of_one_state
def by_id(index: Index, filter_: Filter) -> Filter:
    """The filter with an id for each name of an entry, and every name in the corpus's case."""
    found = {}
    for facet in FACETS:
        if facet.named and filter_.values(facet) and not {*filter_.values(facet)} <= {*_known(index, facet)}:
            ids = ids_by_name(index, facet)
            found[facet.field] = [ids.get(name_key(value), value) for value in filter_.values(facet)]
    return filter_.with_values(found)


def ids_by_name(index: Index, facet: Facet) -> dict[str, str]:
    """A facet's ids by what id and name are known by; a name that two share stands for neither."""
    found: dict[str, set[str]] = {}
    entries = _entries(index, facet)
    for value in _known(index, facet):
        name = getattr(entries[value], facet.name) if facet.name else value
        found.setdefault(name_key(value), set()).add(value)
        found.setdefault(name_key(name), set()).add(value)
    return {name: one for name, (one, *more) in found.items() if not more}


def _known(index: Index, facet: Facet) -> Collection[str]:
    """Every value that may be chosen in a facet."""
    return facet.choices or (_entries(index, facet) if facet.register else _values(index).get(facet.stored, {}))


def _entries(index: Index, facet: Facet) -> Mapping[str, Any]:
    """The entries that a facet's values are ids of; none where they are words alone."""
    themes = {theme.id: theme for theme in index.themes}
    return facet.register(themes, index.registers) if facet.register else {}


@_of_one_state
def nearest_name(index: Index, name: str) -> str:
    """The theme or brief whose id is nearest to a name that neither has, or nothing."""
    briefs = (brief for (brief,) in index.run(f"SELECT id FROM brief WHERE state IN {index.states}"))
    return nearest(name, [*(theme.id for theme in index.themes), *briefs])


@_of_one_state
def explain_nothing(index: Index, filter_: Filter) -> str:
    """Why nothing matches, in a sentence that claims no more than this corpus can bear."""
    bound = f"in this corpus, as of {index.corpus.as_of}" if index.corpus.as_of else "in this corpus"
    unread = index.withheld
    tail = f"; {unread} {'brief' if unread == 1 else 'briefs'} could not be read" if unread else ""
    if not _everything(index):
        return f"there is no brief {bound}{tail}"
    hints = [f"{word}:{value} names nothing here" + (f"; did you mean {word}:{near}?" if near else "")
             for word, value, near in unknown_values(index, filter_)]  # fmt: skip
    selection = Selection(index, filter_)
    hints = (hints or list(islice(selection._without_parts(), _MOST_HINTS)))[:_MOST_HINTS]
    hints = [*_meant(index, filter_), *hints, *selection.elsewhere()]
    if unknown_inflections(filter_.text):
        hints.append("inflections are known of English and Russian words alone")
    return clean_line(f"nothing {bound}, matches {filter_.typed}{''.join(f'; {hint}' for hint in hints)}{tail}")


def _meant(index: Index, filter_: Filter) -> Iterator[str]:
    """The search words as they were probably meant: so that they find something, where they do."""
    texts = meant(index.run, filter_.text, index.stems)
    counts = ((text, Selection(index, filter_._replace(text=text)).statements) for text in texts)
    if texts:
        text, count = next((one for one in counts if one[1]), (texts[0], 0))
        yield f"did you mean {text}" + (f" ({_statements_text(count)})?" if count else "?")


def _without_text(part: str, count: int) -> Iterator[str]:
    if count:
        yield f"without {part} there {'is' if count == 1 else 'are'} {_statements_text(count)}"


def _statements_text(count: int) -> str:
    return f"{count:,} statement{'' if count == 1 else 's'}"


def _briefs_text(count: int) -> str:
    return f"{count:,} brief{'' if count == 1 else 's'}"
