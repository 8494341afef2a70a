"""Filter in, statements, briefs and counts out: the rows, the totals and every facet come from one and the same set."""

# ruff: noqa: S608  (statements are put together from names in this package; every value is a parameter)

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import wraps
from itertools import chain
from typing import Any, NamedTuple, TypeVar

from hrdash.derive import Marks
from hrdash.filter import BY_FIELD, EVERYTHING, FACETS, UNDATED, Facet, Filter
from hrdash.index import sets
from hrdash.index.file import Unreadable
from hrdash.index.index import Index
from hrdash.index.rows import BLOCK_BITS, FIGURE, DamagedIndex, marks_of
from hrdash.index.sets import AT_ONCE, Layout, Numbers, Set
from hrdash.index.words import spans, wanted
from hrdash.model import Statement
from hrdash.terms import terms
from hrdash.text import clean

_T = TypeVar("_T")
_Ask = TypeVar("_Ask", bound=Callable[..., Any])

FIELDS = tuple(facet.field for facet in FACETS if facet.counted)
"""Those of the facets that are counted."""
_FIRST_BYTES = 1 << 10
"""So many bytes of a set at least are looked at for a first page before all are."""
_FIRST_BRIEFS = 1.25
"""So many briefs for each row of it: of long ones as many bytes have few."""
_ROW = "number, id, theme, heading, years, marks"


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
    theme: str
    heading: str
    country: str
    """Of its brief."""
    kind: str
    said: Statement
    key: str
    answer: str
    position: str

    @property
    def source(self) -> str:
        """What it is cited from; nothing where it is cited from nowhere."""
        return self.said.cites[0].source if self.said.cites else ""

    @property
    def pinpoint(self) -> str:
        """Where in the source, a comma between two places."""
        return ", ".join([cite.pinpoint for cite in self.said.cites if cite.pinpoint])


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


def of_one_state(ask: _Ask) -> _Ask:
    """A question all of whose statements see one state of the index, though others write to it meanwhile.

    It is answered with `Unreadable` where what a file holds does not fit what it is to become.
    """

    @wraps(ask)
    def answered(about: "Index | Selection", *arguments: Any, **named: Any) -> Any:
        index = about if isinstance(about, Index) else about.index

        def attempt() -> tuple[bool, Any]:
            before = index.state()
            try:
                index.watch(before)
                found = part(before)
            except (DamagedIndex, TypeError, ValueError, LookupError, OverflowError) as fault:
                if index.state() != before:
                    return False, None
                if not index.path and not isinstance(fault, DamagedIndex):
                    raise
                index.damaged = True
                raise Unreadable("the index is damaged") from None
            finally:
                index.watch(None)
            return index.state() == before, found

        def part(state: object) -> Any:
            if isinstance(about, Selection):
                about.begin(state)
            return ask(about, *arguments, **named)

        if state := index.watched:
            return part(state)  # whoever asked looks at the end
        for _ in range(2):
            is_whole, found = attempt()
            if is_whole:
                return found
        return index.together(attempt)[1]  # nobody else can write, which would keep them waiting

    return answered  # type: ignore[return-value]


def _kept(read: "Callable[[Selection], _T]") -> _T:
    """A property that is found once for each state of the index."""

    def kept(selection: "Selection") -> _T:
        name, known = read.__name__, selection.known  # what is found too late goes with these
        if name not in known:
            known[name] = read(selection)
        found: _T = known[name]
        return found

    return property(wraps(read)(kept))  # type: ignore[return-value]  # to those who read it


def select(index: Index, filter_: Filter) -> "Selection":
    """What matches a filter, to be asked for its rows and counts."""
    return Selection(index, filter_)


class Selection:
    """The statements that match a filter, and the briefs that have one of them."""

    def __init__(self, index: Index, filter_: Filter) -> None:
        self.index, self.filter = index, filter_
        looked_for = wanted(terms(filter_.text).terms, index.stems)
        self.sought = tuple(item for item in looked_for if not item.term.negated)
        """The words that a statement must have."""
        self._gone = tuple(item for item in looked_for if item.term.negated)
        self._can_begin = bool(self.sought) and not self._gone and not any(item.substring for item in self.sought)
        self.known: dict[str, Any] = {}
        self._state: object = None

    def begin(self, state: object) -> None:
        """Forget what was found in another state of the index."""
        if state != self._state:
            if self.known:
                self.known = {}
            self._state = state

    @_kept
    @of_one_state
    def statements(self) -> int:
        """How many statements match."""
        can_count = "_found" not in self.known and self._can_begin and not self._chosen_parts
        if can_count and not sets.has_hidden(self.index):
            return sets.count(self.index, self.sought)
        return self._matching.bit_count()

    @_kept
    @of_one_state
    def briefs(self) -> int:
        """How many briefs match."""
        return self.brief_bits.bit_count()

    @_kept
    @of_one_state
    def statements_in_briefs(self) -> int:
        """How many statements match in the matching briefs: not those of a brief that has a word to leave out."""
        return self._listed(self._matching).bit_count() if self._gone else self.statements

    @of_one_state
    def undated(self, beside: str = "") -> Count:
        """What matches but for the year that is asked, has none, and so is not shown, `beside` a list as `facets`."""
        asked = self.filter.years
        if not asked or UNDATED in asked:
            return Count()
        return self.count(self.without("years"), self._chosen(BY_FIELD["years"], (UNDATED,)), beside)

    @_kept
    @of_one_state
    def briefs_of_statements(self) -> Set:
        """The bits of the briefs that the matching statements stand in, also of those that have a word to leave out
        elsewhere.
        """
        return self._layout.briefs_with(self._matching)

    @of_one_state
    def brief_numbers(self, of_statements: bool = False) -> Numbers:
        """The numbers of the matching briefs, or of those of the matching statements: what a long list needs to know.

        They are in corpus order; where one theme is chosen, its own briefs come before those that are also in it.
        """
        return self.numbers_of(self.briefs_of_statements if of_statements else self.brief_bits)

    @of_one_state
    def brief_rows(self, limit: int | None = None, offset: int = 0) -> tuple[BriefRow, ...]:
        """The matching briefs in that order, all or one page of them."""
        return rows_at(self.index, self._page(self.briefs_of, limit, offset))

    @of_one_state
    def statement_rows(self, limit: int | None = None, offset: int = 0) -> Iterator[StatementRow]:
        """The matching statements in the order of their briefs, all or one page of them.

        The first of them are read at once, when an index can still be replaced.
        """
        numbers = self._page(self._of_statements, limit, offset)
        first = statements_at(self.index, numbers[:AT_ONCE])
        return chain(first, self._rows_of(numbers[AT_ONCE:], self._state))

    @of_one_state
    def statement_numbers(self, by: str = "", in_briefs: bool = False) -> Numbers:
        """The numbers of the matching statements, or of those in the matching briefs alone, in the order of their
        briefs; or by the values of a facet in their order: each at its first, and behind them those that have none.
        """
        left: Set = self._listed(self._matching) if in_briefs else self._matching
        if not by:
            return self.numbers_of(left)
        facet, found = BY_FIELD[by], []
        for name in facet.choices or sets.values(self.index, facet.stored):
            found.append(left & sets.read(self.index, [(facet.stored, name)]))
            left ^= found[-1]
        return Numbers(self._layout, [one for some in (*found, left) for one in self._in_order(some)])

    def _rows_of(self, numbers: Sequence[int], state: object) -> Iterator[StatementRow]:
        for at in range(0, len(numbers), AT_ONCE):
            self.index.still(state)
            yield from statements_at(self.index, numbers[at : at + AT_ONCE])

    @of_one_state
    def matching(self, numbers: Iterable[int]) -> dict[str, frozenset[str]]:
        """For each of these briefs, by id, the keys of its statements that match."""
        found: dict[str, set[str]] = {}
        wanted_numbers = list(numbers)
        for start in range(0, len(wanted_numbers), AT_ONCE):
            some = wanted_numbers[start : start + AT_ONCE]
            query = f"""SELECT brief.id, said.number, "key" FROM brief CROSS JOIN statement AS said
            ON said.number >= brief.number - size AND said.number < brief.number
            WHERE brief.number IN ({marks_of(some)})"""
            for brief, number, key in self.index.run(query, some):
                keys = found.setdefault(brief, set())
                if self._matching >> self._layout.place(number) & 1:
                    keys.add(key)
        return {name: frozenset(keys) for name, keys in found.items()}

    @of_one_state
    def facets(
        self, fields: Collection[str] = FIELDS, is_wanted: Callable[[], bool] = lambda: True, beside: str = ""
    ) -> Facets:
        """The counts of every facet, or of those of these fields; or some, when nobody wants them any more.

        `beside` a list of one unit, `brief` or `statement`, both numbers of a count are of that list; else each is of
        its own. They differ where words are left out.
        """
        if self.filter == EVERYTHING and {*fields} == {*FIELDS}:
            return self.index.once("facets", lambda _: select(self.index, EVERYTHING)._facets(fields))
        return self._facets(fields, is_wanted, beside)

    # How it is found

    @_kept
    def _layout(self) -> Layout:
        return sets.layout(self.index)

    @_kept
    def _chosen_parts(self) -> dict[str, Set]:
        """What each facet in which something is chosen lets through, by its field."""
        return {
            facet.field: self._chosen(facet, self.filter.values(facet)) for facet in FACETS
            if self.filter.values(facet) and not (facet.field == "indicators" and self.filter.years)
        }  # fmt: skip

    @_kept
    def _with_words(self) -> Set:
        """What the words let through."""
        return sets.with_words(self.index, self.sought)

    def _chosen(self, facet: Facet, chosen: Collection[Any]) -> Set:
        """The statements that have what is chosen in a facet; years with indicators are those of the figures."""
        if facet.spans:
            known = self._figures("years") if facet.field == "years" and self.filter.indicators else {
                name: [(facet.stored, name)] for name in sets.values(self.index, facet.stored)
            }  # fmt: skip
            held = [one for year, some in known.items() if any(span.holds(year) for span in chosen) for one in some]
            return sets.read(self.index, held)
        if facet.word == "pinpoint":
            chosen = [name for asked in chosen for name in sets.places(self.index, asked)]
        each = [sets.read(self.index, [(facet.stored, clean(name))]) for name in chosen]
        if facet.match == "any":
            return sets.either(each)
        if facet.match == "all":
            return sets.both(each)
        return sets.everything(self.index) & ~sets.either(each)

    def _figures(self, field: str) -> dict[str, list[tuple[str, str]]]:
        """The values that join an indicator and a year of its figures, by the year, of the chosen indicators; or by the
        indicator, of the chosen years.
        """
        chosen = {clean(name) for name in self.filter.indicators}
        found: dict[str, list[tuple[str, str]]] = {}
        for name in sets.values(self.index, FIGURE):
            indicator, _, year = name.partition(" ")
            if field == "years" and indicator in chosen:
                found.setdefault(year, []).append((FIGURE, name))
            elif field == "indicators" and any(span.holds(year) for span in self.filter.years):
                found.setdefault(indicator, []).append((FIGURE, name))
        return found

    def without(self, field: str) -> Set:
        """What matches but for what is chosen in a facet, or the words, and for the words to leave out."""
        apart = {field, *(("years", "indicators") if self._joins(field) else ())}
        parts = [one for name, one in self._chosen_parts.items() if name not in apart]
        words = [self._with_words] if self.sought and field != "text" else []
        return sets.both([sets.everything(self.index), *parts, *words])

    def _joins(self, field: str) -> bool:
        """Whether the values of a facet are looked for in the figures, because of what is chosen in another."""
        return bool(field == "years" and self.filter.indicators) or bool(field == "indicators" and self.filter.years)

    @_kept
    def _found(self) -> Set:
        """What matches but for the words to leave out."""
        return self.without("")

    @_kept
    def _left_out(self) -> Set:
        """The statements that have a word to leave out."""
        return sets.either([sets.with_word(self.index, item, "own", "title") for item in self._gone])

    @_kept
    def _matching(self) -> Set:
        return self._of_statements(self._found)

    @_kept
    def brief_bits(self) -> Set:
        """The bits of the matching briefs."""
        return self.briefs_of(self._found)

    def _of_statements(self, found: Set) -> Set:
        """Of what is found, the statements without a word to leave out."""
        return found & ~self._left_out if found else 0

    def briefs_of(self, found: Set) -> Set:
        """The bits of the briefs of what is found: of those without a word to leave out."""
        return self._layout.briefs_with(found) & ~self._unlisted if found else 0

    def _listed(self, found: Set) -> Set:
        """Of what is found, the statements of those briefs."""
        return found & ~self._layout.statements_of(self._unlisted) if found and self._gone else found

    @_kept
    def _unlisted(self) -> Set:
        """The bits of the briefs with a word to leave out."""
        return self._layout.briefs_with(self._left_out)

    def count(self, found: Set, value: Set, beside: str = "") -> Count:
        """How much of what is found has a value, `beside` a list as in `facets`."""
        statements, listed = self._counted(found & value, beside)
        return Count(statements.bit_count(), self._layout.briefs_with(listed).bit_count())

    def _counted(self, found: Set, beside: str) -> tuple[Set, Set]:
        """Of what is found the statements that are counted, and those whose briefs are."""
        statements = self._listed(found) if beside == "brief" else self._of_statements(found)
        return statements, statements if beside == "statement" else self._listed(found)

    def _page(self, of: Callable[[Set], Set], limit: int | None, offset: int) -> Sequence[int]:
        """The numbers of one page, or all; words are looked for in few blocks first.

        Of what has too little in those there is so little in all that to look further step by step would take longer.
        """
        end = None if limit is None else offset + limit
        if end is not None and "_found" not in self.known and self._can_begin:
            rest = self.without("text")
            if blocks := self._first_blocks(rest, end):
                within = (min(blocks) << BLOCK_BITS, ((max(blocks) + 1) << BLOCK_BITS) - 1)
                found = sets.with_words(self.index, self.sought, within) & rest & self._layout.of_blocks(blocks)
                numbers = self.numbers_of(of(found))
                if len(numbers) >= end:
                    return numbers[offset:end]
        return self.numbers_of(of(self._found))[offset:end]

    def _first_blocks(self, found: Set, limit: int) -> list[int]:
        """The first blocks of a set, with enough briefs that a page of so many rows is probably in them; none where it
        takes all."""
        briefs, blocks, size, held = self._layout.briefs_with(found), list[int](), 0, 0
        for block, part in chain.from_iterable(map(self._layout.packed, self._in_order(found))):
            if size >= _FIRST_BYTES and held >= _FIRST_BRIEFS * limit:
                return blocks
            blocks.append(block)
            size += len(part)
            held += (briefs >> 8 * self._layout.starts[block] & (1 << 8 * len(part)) - 1).bit_count()
        return []

    def numbers_of(self, found: Set) -> Numbers:
        """The numbers of these bits."""
        return Numbers(self._layout, self._in_order(found))

    def _in_order(self, found: Set) -> list[Set]:
        """What is found in one file after the other; in those of one chosen theme, what comes first."""
        if len(self.filter.themes) != 1:
            return [found]
        query = "SELECT number FROM file WHERE theme = ?"
        files = [file for (file,) in self.index.integers(query, map(clean, self.filter.themes))]
        own = self._layout.of_files(files)
        return [found & own, found & ~own]

    def _facets(
        self, fields: Collection[str], is_wanted: Callable[[], bool] = lambda: True, beside: str = ""
    ) -> Facets:
        from hrdash.index.tally import forget, tally  # for who counts

        counts: dict[str, dict[str, Count]] = {}
        for facet in (facet for facet in FACETS if facet.field in fields and is_wanted()):
            found = self.without(facet.field) if facet.match == "any" else self._found
            if self._joins(facet.field):
                figures = self._figures(facet.field)
                counted = {name: self.count(found, sets.read(self.index, figures[name]), beside)
                           for name in sorted(figures)}  # fmt: skip
            else:
                each = tally(self.index, facet, *self._counted(found, beside))
                counted = {name: Count(statements, briefs) for name, statements, briefs in each}
            if facet.choices:
                counted = {name: counted.get(name, Count()) for name in facet.choices}
            if facet.match == "none":
                whole = self.count(found, found, beside)
                counted = {name: Count(whole.statements - one.statements, whole.briefs - one.briefs)
                           for name, one in counted.items()}  # fmt: skip
            counts[facet.field] = {name: one for name, one in counted.items() if any(one)}
        forget()
        found = self.without("themes") if "themes" in fields else 0
        return Facets(self.count(found, found, beside), counts)


@of_one_state
def rows_at(index: Index, numbers: Sequence[int]) -> tuple[BriefRow, ...]:
    """The briefs of these numbers, in this order; a number of none is left out."""
    found: dict[int, BriefRow] = {}
    for start in range(0, len(numbers), AT_ONCE):
        some = numbers[start : start + AT_ONCE]
        for row in index.run(f"SELECT {_ROW} FROM brief WHERE number IN ({marks_of(some)})", some):
            found[row[0]] = BriefRow._make((*row[:-1], Marks(*row[-1])))
    return tuple(found[number] for number in numbers if number in found)


@of_one_state
def statements_at(index: Index, numbers: Sequence[int]) -> list[StatementRow]:
    """The statements of some hundred numbers, in this order; a number of none is left out."""
    found = index.said(numbers)
    return [StatementRow(number, *found[number]) for number in numbers if number in found]


def marks(index: Index, text: str, texts: Iterable[str]) -> tuple[tuple[tuple[int, int], ...], ...]:
    """For each of the texts, where it holds what the search words look for: offsets, sorted, that do not overlap."""
    return spans(wanted(terms(text).terms, index.stems), texts, index.stems)
