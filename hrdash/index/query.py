"""Filter in, briefs and counts out: the rows, the total and every facet come from one and the same WHERE."""

# ruff: noqa: S608  (statements are put together from names in this package; every value is a parameter)

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import wraps
from typing import TYPE_CHECKING, NamedTuple

from hrdash.filter import EVERYTHING, FACETS, OF_STATEMENTS, Facet, Filter, Term, Years, holding_bits, terms
from hrdash.index.file import Unreadable
from hrdash.index.index import Index
from hrdash.index.rows import BIT_YEARS, unpacked, year_bits
from hrdash.index.words import laid_out, match_expression, spans, value_tokens, wanted
from hrdash.names import nearest
from hrdash.text import clean, clean_line

if TYPE_CHECKING:
    from typing import Any, TypeVar

    _Ask = TypeVar("_Ask", bound=Callable[..., Any])

MANY = 8
"""One in so many briefs is many: then a whole facet is gone through, and not each brief's statements."""
_AT_ONCE = 500
_FIELDS = tuple(facet.field for facet in FACETS)
_MOST_HINTS = 3


class BriefRow(NamedTuple):
    """What a list shows of a brief."""

    number: int
    """Its place in corpus order."""
    id: str
    theme: str
    title: str
    years_text: str
    holdings: int
    """What it has, as `hrdash.filter.holding_names` reads it."""


class Facets(NamedTuple):
    """For each value of each facet, how many briefs choosing it would give; values that none has are left out.

    Values of one facet are alternatives, so each is counted without what is chosen in its own facet; those of `has`
    and `without` add up, so each is counted on top of the whole filter.
    """

    all: int = 0
    """Briefs of all themes, each counted once."""
    counts: Mapping[str, Mapping[str, int]] = {}
    """By the facet's field and the value."""

    def of(self, field: str) -> Mapping[str, int]:
        """The counts of one facet; none where it was not counted."""
        return self.counts.get(field, {})


class Where(NamedTuple):
    """The set of matching briefs, as the end of a SELECT: a table, its column of brief numbers, a condition."""

    table: str
    number: str
    condition: str
    parameters: tuple[Any, ...]

    def select(self, columns: str, more: str = "", joined: str = "") -> str:
        """A SELECT of these columns over the matching briefs."""
        return f"SELECT {columns} FROM {self.table}{joined} WHERE {self.condition}{more}"


def where(index: Index, filter_: Filter) -> Where:
    """The filter as a condition; what the user typed is in the parameters alone."""
    looked_for = wanted(terms(filter_.text).terms, index.stems)
    here = [item for item in looked_for if not item.term.negated]
    gone = [item for item in looked_for if item.term.negated]
    found = match_expression(here)
    lacking = " OR ".join(f"({item.match})" for item in gone if item.match)
    looked_up = [facet for facet in FACETS if facet.match == "any" and not facet.spans and filter_.values(facet)]
    sets = sorted((_values(index, filter_, facet) for facet in looked_up), key=len)
    conditions: list[str] = []
    parameters: list[Any] = []

    def add(condition: str, *values: Any) -> None:
        conditions.append(condition)
        parameters.extend(values)

    if found:
        table, number = "words", "words.rowid"
        both = " AND ".join([found, *(f"({value_tokens(values)})" for values in sets)])
        add("words MATCH ?", f"({both}) NOT ({lacking})" if lacking else both)
        sets = []
    elif sets and len(sets[0]) == 1:
        table, number = "facet", "facet.brief"
        add(f"facet.value = {sets.pop(0)[0]}")
    else:
        table, number = "trait", "trait.brief"
    if lacking and not found:
        add(f"{number} NOT IN (SELECT rowid FROM words WHERE words MATCH ?)", lacking)
    for items, how in ((here, "IN"), (gone, "NOT IN")):
        for item in items:
            if item.substring:
                add(f"{number} {how} (SELECT rowid FROM words WHERE instr(plain, ?))", item.substring)
    plus = "" if table == "trait" else "+"  # a facet's briefs are gone through in their order, not looked up
    for values in sets:
        add(f"{plus}{number} IN (SELECT brief FROM facet WHERE value IN ({_listed(values)}))")
    traits = list(_traits(index, filter_))
    if traits and table != "trait":
        table += f" CROSS JOIN trait ON trait.brief = {number}"
    for condition in traits:
        add(condition)
    if sum(bool(filter_.values(facet)) for facet in OF_STATEMENTS) > 1:
        add(f"EXISTS (SELECT 1 FROM reach WHERE reach.brief = {number} AND {_statement(index, filter_)})")
    return Where(table, number, " AND ".join(conditions) or "1", tuple(parameters))


def _reports_damage(ask: _Ask) -> _Ask:
    """A question that is answered with `Unreadable` where what a file holds does not fit what it is to become."""

    @wraps(ask)
    def answered(index: Index, *arguments: Any, **named: Any) -> Any:
        try:
            return ask(index, *arguments, **named)
        except (TypeError, ValueError, LookupError, OverflowError):
            if not index.path:
                raise
            index.damaged = True
            raise Unreadable("the index is damaged") from None

    return answered  # type: ignore[return-value]


@_reports_damage
def rows(index: Index, filter_: Filter, limit: int | None = None, offset: int = 0) -> tuple[BriefRow, ...]:
    """The matching briefs in the order of `numbers`, all or one page of them."""
    found = where(index, filter_)
    order = "{0}"
    if len(filter_.themes) == 1:
        order = "{{0}} < {} OR {{0}} >= {}, {{0}}".format(*_own_run(index, filter_.themes[0]))
    page = found.select(f"{found.number} AS found", f" ORDER BY {order.format(found.number)} LIMIT ? OFFSET ?")
    query = f"SELECT {_ROW} FROM ({page}) CROSS JOIN brief ON brief.number = found ORDER BY {order.format('found')}"
    parameters = (*found.parameters, -1 if limit is None else limit, offset)
    return tuple(BriefRow(*row) for row in index.run(query, parameters))


@_reports_damage
def total(index: Index, filter_: Filter) -> int:
    """How many briefs match."""
    found = where(index, filter_)
    ((count,),) = index.integers(found.select("count(*)"), found.parameters)
    return int(count)


@_reports_damage
def numbers(index: Index, filter_: Filter) -> array[int]:
    """The numbers of the matching briefs, four bytes each: what a long list needs to know.

    They are in corpus order; where one theme is chosen, its own briefs come before those that are also in it.
    """
    found = where(index, filter_)
    ordered = found.select(f"{found.number} AS found", f" ORDER BY {found.number}")
    ((listed,),) = index.integers(f"SELECT group_concat(found) FROM ({ordered})", found.parameters)
    matching_numbers = array("I", map(int, listed.split(",")) if listed else ())
    if len(filter_.themes) != 1:
        return matching_numbers
    start, stop = (bisect_left(matching_numbers, number) for number in _own_run(index, filter_.themes[0]))
    return matching_numbers[start:stop] + matching_numbers[:start] + matching_numbers[stop:]


def _own_run(index: Index, theme: str) -> tuple[int, int]:
    """The run of numbers of a theme's own files, which stand together in corpus order."""
    run = "SELECT min(first), max(last) FROM file WHERE theme = ? AND last > first"
    ((first, last),) = index.integers(run, (clean(theme),))
    return int(first or 0), int(last or 0)


@_reports_damage
def rows_at(index: Index, wanted_numbers: Sequence[int]) -> tuple[BriefRow, ...]:
    """The briefs of these numbers, in this order; a number of none is left out."""
    found: dict[int, BriefRow] = {}
    for start in range(0, len(wanted_numbers), _AT_ONCE):
        some = wanted_numbers[start : start + _AT_ONCE]
        query = f"SELECT {_ROW} FROM brief WHERE number IN ({_places(some)})"
        found.update((row[0], BriefRow(*row)) for row in index.run(query, some))
    return tuple(found[number] for number in wanted_numbers if number in found)


@_reports_damage
def facets(index: Index, filter_: Filter, fields: Collection[str] = _FIELDS) -> Facets:
    """The counts of every facet, or of those of these fields."""
    tallies: dict[Filter, tuple[int, Counter[int]]] = {}

    def tally(of: Filter) -> tuple[int, Counter[int]]:
        if of not in tallies:
            tallies[of] = _tally(index, of)
        return tallies[of]

    counts: dict[str, dict[str, int]] = {}
    for facet in (facet for facet in FACETS if facet.field in fields):
        whole, counter = 0, Counter[int]()
        aside = filter_.with_values({facet.field: ()}) if facet.match == "any" else filter_
        if facet.match == "any" and facet.per == "statement" and aside.picks_statements:
            counter = _statement_tally(index, aside, facet)
        else:
            whole, counter = tally(aside)
        counted = {name: counter[number] for name, number in _stored(index, facet).items()}
        counted = {name: counted.get(name, 0) for name in facet.choices} or counted
        if facet.match == "none":
            counted = {name: whole - count for name, count in counted.items()}
        counts[facet.field] = {name: count for name, count in counted.items() if count}
    return Facets(tally(filter_._replace(themes=()))[0] if "themes" in fields else 0, counts)


@_reports_damage
def matching(index: Index, filter_: Filter, names: Iterable[str]) -> dict[str, frozenset[str]]:
    """For each of these briefs, the ids of its statements that satisfy year, source and speaker together."""
    condition = _statement(index, filter_)
    same = "reach.brief = statement.brief AND reach.item = statement.item"
    within = f" AND EXISTS (SELECT 1 FROM reach WHERE {same} AND {condition})" if condition else ""
    found: dict[str, set[str]] = {name: set() for name in names}
    ids = list(found)
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        query = ("SELECT brief.id, statement.id FROM brief CROSS JOIN statement ON statement.brief = brief.number"
                 f" WHERE brief.id IN ({_places(some)}) AND statement.id <> ''{within}")  # fmt: skip
        for brief, statement in index.run(query, map(clean, some)):
            found.setdefault(brief, set()).add(statement)
    return {name: frozenset(statements) for name, statements in found.items()}


def marks(index: Index, text: str, texts: Iterable[str]) -> tuple[tuple[tuple[int, int], ...], ...]:
    """For each of the texts, where it holds what the search words look for: offsets, sorted, that do not overlap."""
    return spans(wanted(terms(text).terms, index.stems), texts, index.stems)


@_reports_damage
def unknown_values(index: Index, filter_: Filter) -> list[tuple[str, str, str]]:
    """What the filter names and the corpus has not: the facet's word, the value, and the known one nearest to it."""
    return [
        (facet.word, value, nearest(value, known))
        for facet in FACETS if filter_.values(facet) and not facet.spans
        for known in (_known(index, facet),) for value in filter_.values(facet) if value not in known
    ]  # fmt: skip


@_reports_damage
def by_id(index: Index, filter_: Filter) -> Filter:
    """The filter with an id for each name of an entry, and every name in the corpus's case."""
    found = {}
    for facet in FACETS:
        if facet.named and filter_.values(facet):
            ids = ids_by_name(index, facet)
            found[facet.field] = [ids.get(value.casefold(), value) for value in filter_.values(facet)]
    return filter_.with_values(found)


def ids_by_name(index: Index, facet: Facet) -> dict[str, str]:
    """A facet's ids by id and by name, both casefolded; a name that two share stands for neither."""
    found: dict[str, set[str]] = {}
    entries = _entries(index, facet)
    for value in _known(index, facet):
        name = getattr(entries[value], facet.name) if facet.name else value
        found.setdefault(value.casefold(), set()).add(value)
        found.setdefault(name.casefold(), set()).add(value)
    return {name: one for name, (one, *more) in found.items() if not more}


def _known(index: Index, facet: Facet) -> Collection[str]:
    """Every value that may be chosen in a facet."""
    return facet.choices or (_entries(index, facet) if facet.register else _stored(index, facet))


def _entries(index: Index, facet: Facet) -> Mapping[str, Any]:
    """The entries that a facet's values are ids of; none where they are words alone."""
    themes = {theme.id: theme for theme in index.themes}
    return facet.register(themes, index.registers) if facet.register else {}


@_reports_damage
def nearest_name(index: Index, name: str) -> str:
    """The theme or brief whose id is nearest to a name that neither has, or nothing."""
    briefs = (brief for (brief,) in index.run("SELECT id FROM brief"))
    return nearest(name, [*(theme.id for theme in index.themes), *briefs])


@_reports_damage
def explain_nothing(index: Index, filter_: Filter) -> str:
    """Why no brief matches, in a sentence that claims no more than this corpus can bear."""
    bound = f"in this corpus, as of {index.corpus.as_of}" if index.corpus.as_of else "in this corpus"
    unread = index.withheld
    tail = f"; {unread} {'brief' if unread == 1 else 'briefs'} could not be read" if unread else ""
    if not total(index, EVERYTHING):
        return f"there is no brief {bound}{tail}"
    hints = [f"{word}:{value} names nothing here" + (f"; did you mean {word}:{near}?" if near else "")
             for word, value, near in unknown_values(index, filter_)]  # fmt: skip
    if not hints:
        counted = [(dropped, total(index, rest)) for dropped, rest in _with_one_part_less(filter_)]
        hints = [f"without {part} there {'is' if count == 1 else 'are'} {count:,}" for part, count in counted if count]
    hints = hints[:_MOST_HINTS] + [f"try {hint}" for hint in _names_like(index, filter_)][:_MOST_HINTS]
    return clean_line(f"nothing {bound}, matches {filter_.typed}{''.join(f'; {hint}' for hint in hints)}{tail}")


def _with_one_part_less(filter_: Filter) -> Iterator[tuple[str, Filter]]:
    """The filter without each of its parts in turn, a word being a part, and how that part is typed."""
    words = [_typed(term) for term in terms(filter_.text).terms]
    for position, word in enumerate(words):
        rest = filter_._replace(text=" ".join(words[:position] + words[position + 1 :]))
        if rest != EVERYTHING:
            yield word, rest
    for facet in FACETS:
        chosen = filter_.values(facet)
        for values in [chosen] if facet.match == "any" else [(value,) for value in chosen]:
            kept = [value for value in chosen if value not in values]
            rest = filter_.with_values({facet.field: kept})
            if values and rest != EVERYTHING:
                yield EVERYTHING.with_values({facet.field: values}).typed, rest


def _typed(term: Term) -> str:
    """A search term as it may be typed."""
    sign = "-" if term.negated else ""
    if not term.phrase:
        return sign + term.words[0]
    return f'{sign}"{" ".join(term.words)}' + ("" if term.typing else '"')


def _names_like(index: Index, filter_: Filter) -> Iterator[str]:
    """Filters that the search words may have been meant for: a theme, speaker or source of that name."""
    sought = {word for term in terms(filter_.text).terms if not term.negated for word in term.words}
    for facet in sorted(FACETS, key=lambda facet: not facet.name):  # what has a name of its own comes first
        for value, entry in _entries(index, facet).items():
            called = " ".join(getattr(entry, key) for key in facet.about)
            if sought and sought <= {*laid_out(f"{called} {value}").split()}:
                yield f"{facet.word}:{value}"


def _values(index: Index, filter_: Filter, facet: Facet) -> list[int]:
    """The numbers of what is chosen in a facet; 0 stands for what no brief has."""
    numbers_of = _stored(index, facet)
    return [numbers_of.get(clean(name), 0) for name in filter_.values(facet)]


def _traits(index: Index, filter_: Filter) -> Iterator[str]:
    """Conditions on a brief's bits: what it has and lacks, and its years."""
    for facet in FACETS:
        chosen = filter_.values(facet)
        if facet.match != "any" and chosen:
            bits = holding_bits(tuple(name for name in chosen if name in facet.choices))
            yield f"trait.holdings & {bits} = {bits if facet.match == 'all' else 0}"
            if facet.match == "all" and not {*chosen} <= {*facet.choices}:
                yield "0"  # nobody has what there is no word for
    if filter_.years:
        inside = _inside(index, filter_)
        odd = [number for year, number in inside.items() if year not in BIT_YEARS]
        condition = f"trait.years & {year_bits(inside)}"
        others = f"trait.brief IN (SELECT brief FROM facet WHERE value IN ({_listed(odd)}))"
        yield f"({condition} OR {others})" if odd else condition


def _inside(index: Index, filter_: Filter) -> dict[int, int]:
    """The years of the corpus that lie in a span that is chosen, each with its number as a value."""
    known = index.once("values", _read_values).get("year", {})
    return {int(year): number for year, number in known.items() if any(_covers(s, int(year)) for s in filter_.years)}


def _covers(span: Years, year: int) -> bool:
    return (span.first is None or span.first <= year) and (span.last is None or year <= span.last)


def _statement(index: Index, filter_: Filter) -> str:
    """A condition on `reach`: one statement satisfies every facet that is per statement; empty when none is chosen."""
    conditions = []
    for facet in OF_STATEMENTS:
        some = [
            f"(first_{facet.word} <= {9999 if span.last is None else int(span.last)}"
            f" AND last_{facet.word} >= {int(span.first or 0)})"
            for span in filter_.values(facet)
        ] if facet.spans else [f"{facet.word} IN ({_listed(_values(index, filter_, facet))})"]  # fmt: skip
        if filter_.values(facet):
            conditions.append(f"({' OR '.join(some)})")
    return " AND ".join(conditions)


def _tally(index: Index, filter_: Filter) -> tuple[int, Counter[int]]:
    """How many briefs match, and how many of them have each value, by its number."""
    whole: Counter[int] = index.once("counts", _read_counts)
    count, everything = total(index, filter_), _everything(index)
    if count == everything:
        return count, whole
    found = where(index, filter_)
    joined = f" CROSS JOIN tally ON tally.brief = {found.number}"
    query, parameters = found.select(_ALL_VALUES, joined=joined), found.parameters
    if count > everything // 2:  # what is left over is less to count
        query = f"SELECT {_ALL_VALUES} FROM tally WHERE brief NOT IN ({found.select(found.number)})"
    ((packed,),) = index.integers(query, parameters)
    counted = Counter(unpacked(packed or b""))
    if count > everything // 2:
        counted = Counter({value: number - counted[value] for value, number in whole.items()})
    return count, counted


def _everything(index: Index) -> int:
    """How many briefs the whole corpus has."""
    found: int = index.once("total", lambda run: run("SELECT count(*) FROM trait")[0][0])
    return found


def _statement_tally(index: Index, filter_: Filter, facet: Facet) -> Counter[int]:
    """For each value of a facet that is per statement, how many briefs have it in a statement inside the filter."""
    picked = [other.field for other in OF_STATEMENTS if filter_.values(other)]
    many = total(index, filter_) * MANY > _everything(index)
    if many and picked == ["years"] and all(year in BIT_YEARS for year in _inside(index, filter_)):
        return _tally_in_years(index, filter_, facet)
    found = where(index, filter_)
    columns = f"first_{facet.word}, last_{facet.word}" if facet.spans else facet.word
    joined = f" CROSS JOIN reach ON reach.brief = {found.number}"
    inside = found.select(f"DISTINCT reach.brief, {columns}", f" AND {_statement(index, filter_)}", joined)
    if not facet.spans:
        counted = index.integers(f"SELECT {columns}, count(*) FROM ({inside}) GROUP BY 1", found.parameters)
        return _counter(counted)
    years_of: dict[int, set[int]] = {}
    for brief, first, last in index.integers(inside, found.parameters):
        years_of.setdefault(brief, set()).update(range(first, last + 1))
    counts = Counter(year for years in years_of.values() for year in years)
    numbers_of = _stored(index, facet)
    return Counter({numbers_of[f"{year:04}"]: count for year, count in counts.items()})


def _tally_in_years(index: Index, filter_: Filter, facet: Facet) -> Counter[int]:
    """`_statement_tally` where years alone are picked: by the bits of each value, in one walk over the facet."""
    rest = filter_._replace(years=())
    found = where(index, rest)
    within = "" if rest == EVERYTHING else f" AND +brief IN ({found.select(found.number)})"
    values = f"SELECT number FROM value WHERE facet = '{facet.stored}'"
    bits = year_bits(_inside(index, filter_))
    query = f"SELECT value, count(*) FROM facet WHERE value IN ({values}) AND years & {bits}{within} GROUP BY value"
    return _counter(index.integers(query, found.parameters if within else ()))


def _counter(pairs: Iterable[tuple[int, ...]]) -> Counter[int]:
    """Pairs of a value's number and a count, as a counter."""
    counts: dict[int, int] = dict(pairs)  # type: ignore[arg-type]  # rows have as many cells as their SELECT
    return Counter(counts)


def _read_counts(run: Callable[..., Any]) -> Counter[int]:
    """How many briefs of the whole corpus have each value."""
    return _counter(run("SELECT number, briefs FROM value"))


def _stored(index: Index, facet: Facet) -> Mapping[str, int]:
    """Every value that a brief has in a facet, in order, with its number."""
    return index.once("values", _read_values).get(facet.stored, {})


def _read_values(run: Callable[..., Any]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for facet, name, number in run("SELECT facet, id, number FROM value ORDER BY facet, id"):
        found.setdefault(facet, {})[name] = number
    return found


def _listed(values: Iterable[int]) -> str:
    """Numbers as SQL writes them."""
    return ",".join(map(str, values))


def _places(values: Sequence[Any]) -> str:
    return ",".join("?" * len(values))


_ALL_VALUES = "CAST(group_concat(tally.\"values\", '') AS BLOB)"
"""The values of many briefs as one text of bytes: fetching a row for each takes four times as long."""
_ROW = "brief.number, brief.id, brief.theme, brief.title, brief.years, brief.holdings"
