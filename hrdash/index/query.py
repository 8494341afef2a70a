"""Filter in, briefs and counts out: the rows, the total and every facet come from one and the same WHERE."""

# ruff: noqa: S608  (statements are put together from names in this package; every value is a parameter)

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import wraps
from typing import TYPE_CHECKING, NamedTuple

from hrdash.filter import EVERYTHING, HOLDINGS, Filter, Term, Years, holding_bits, terms
from hrdash.index.file import Unreadable
from hrdash.index.index import Index
from hrdash.index.rows import BIT_YEARS, unpacked, year_bits
from hrdash.index.words import laid_out, match_expression, spans, value_tokens, wanted
from hrdash.names import nearest
from hrdash.text import clean, clean_line

if TYPE_CHECKING:
    from typing import Any, TypeVar

    _Ask = TypeVar("_Ask", bound=Callable[..., Any])

FACETS = {
    "themes": "theme", "years": "year", "has": "has", "without": "has", "sources": "source", "speakers": "speaker",
    "persons": "person",
}  # fmt: skip
"""The fields of a filter that are facets, and what the index calls each; their own words are these too."""

_SAID = ("years", "sources", "speakers")
"""The fields that one and the same statement has to satisfy together."""
_SETS = ("persons", "sources", "speakers", "themes")
"""The fields whose values' briefs are looked up; for the others a brief has bits."""
MANY = 8
"""One in so many briefs is many: then a whole facet is gone through, and not each brief's statements."""
_AT_ONCE = 500
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

    Values of one facet are alternatives, so each is counted without what is chosen in its own facet; `has` and
    `without` add up, so each is counted on top of the whole filter.
    """

    all: int = 0
    """Briefs of all themes, each counted once."""
    themes: Mapping[str, int] = {}
    years: Mapping[int, int] = {}
    has: Mapping[str, int] = {}
    without: Mapping[str, int] = {}
    sources: Mapping[str, int] = {}
    speakers: Mapping[str, int] = {}
    persons: Mapping[str, int] = {}


class Where(NamedTuple):
    """The set of matching briefs, as the end of a SELECT: a table, its column of brief numbers, a condition."""

    table: str
    number: str
    condition: str
    parameters: tuple[Any, ...]

    def select(self, columns: str, more: str = "", joined: str = "") -> str:
        """A SELECT of these columns over the matching briefs."""
        return f"SELECT {columns} FROM {self.table}{joined} WHERE {self.condition}{more}"


def where(index: Index, asked: Filter) -> Where:
    """The filter as a condition; what the user typed is in the parameters alone."""
    looked_for = wanted(terms(asked.text).terms, index.stems)
    here = [item for item in looked_for if not item.term.negated]
    gone = [item for item in looked_for if item.term.negated]
    found = match_expression(here)
    lacking = " OR ".join(f"({item.match})" for item in gone if item.match)
    sets = sorted((_values(index, asked, field) for field in _SETS if getattr(asked, field)), key=len)
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
    traits = list(_traits(index, asked))
    if traits and table != "trait":
        table += f" CROSS JOIN trait ON trait.brief = {number}"
    for condition in traits:
        add(condition)
    if sum(bool(getattr(asked, field)) for field in _SAID) > 1:
        add(f"EXISTS (SELECT 1 FROM reach WHERE reach.brief = {number} AND {_statement(index, asked)})")
    return Where(table, number, " AND ".join(conditions) or "1", tuple(parameters))


def _sound(ask: _Ask) -> _Ask:
    """A question that is answered with `Unreadable` where what a file holds does not fit what it is to become."""

    @wraps(ask)
    def asked(index: Index, *arguments: Any, **named: Any) -> Any:
        try:
            return ask(index, *arguments, **named)
        except (TypeError, ValueError, LookupError, OverflowError):
            if not index.path:
                raise
            index.damaged = True
            raise Unreadable("the index is damaged") from None

    return asked  # type: ignore[return-value]


@_sound
def rows(index: Index, asked: Filter, limit: int | None = None, offset: int = 0) -> tuple[BriefRow, ...]:
    """The matching briefs in the order of `numbers`, all or one page of them."""
    found = where(index, asked)
    order = "{0}"
    if len(asked.themes) == 1:
        order = "{{0}} < {} OR {{0}} >= {}, {{0}}".format(*_own_run(index, asked.themes[0]))
    page = found.select(f"{found.number} AS found", f" ORDER BY {order.format(found.number)} LIMIT ? OFFSET ?")
    query = f"SELECT {_ROW} FROM ({page}) CROSS JOIN brief ON brief.number = found ORDER BY {order.format('found')}"
    parameters = (*found.parameters, -1 if limit is None else limit, offset)
    return tuple(BriefRow(*row) for row in index.run(query, parameters))


@_sound
def total(index: Index, asked: Filter) -> int:
    """How many briefs match."""
    found = where(index, asked)
    ((count,),) = index.integers(found.select("count(*)"), found.parameters)
    return int(count)


@_sound
def numbers(index: Index, asked: Filter) -> array[int]:
    """The numbers of the matching briefs, four bytes each: what a long list needs to know.

    They are in corpus order; where one theme is chosen, its own briefs come before those that are also in it.
    """
    found = where(index, asked)
    ordered = found.select(f"{found.number} AS found", f" ORDER BY {found.number}")
    ((listed,),) = index.integers(f"SELECT group_concat(found) FROM ({ordered})", found.parameters)
    matching_numbers = array("I", map(int, listed.split(",")) if listed else ())
    if len(asked.themes) != 1:
        return matching_numbers
    start, stop = (bisect_left(matching_numbers, number) for number in _own_run(index, asked.themes[0]))
    return matching_numbers[start:stop] + matching_numbers[:start] + matching_numbers[stop:]


def _own_run(index: Index, theme: str) -> tuple[int, int]:
    """The run of numbers of a theme's own files, which stand together in corpus order."""
    run = "SELECT min(first), max(last) FROM file WHERE theme = ? AND last > first"
    ((first, last),) = index.integers(run, (clean(theme),))
    return int(first or 0), int(last or 0)


@_sound
def rows_at(index: Index, wanted_numbers: Sequence[int]) -> tuple[BriefRow, ...]:
    """The briefs of these numbers, in this order; a number of none is left out."""
    found: dict[int, BriefRow] = {}
    for start in range(0, len(wanted_numbers), _AT_ONCE):
        some = wanted_numbers[start : start + _AT_ONCE]
        query = f"SELECT {_ROW} FROM brief WHERE number IN ({_places(some)})"
        found.update((row[0], BriefRow(*row)) for row in index.run(query, some))
    return tuple(found[number] for number in wanted_numbers if number in found)


@_sound
def facets(index: Index, asked: Filter, wanted_fields: Collection[str] = tuple(FACETS)) -> Facets:
    """The counts of every facet, or of those named; a facet that is not asked for is empty."""
    tallies: dict[Filter, tuple[int, Counter[int]]] = {}

    def tally(of: Filter) -> tuple[int, Counter[int]]:
        if of not in tallies:
            tallies[of] = _tally(index, of)
        return tallies[of]

    counts: dict[str, dict[Any, int]] = {}
    names = index.once("values", _read_values)
    for field, facet in FACETS.items():
        if field not in wanted_fields:
            continue
        if field in ("has", "without"):
            whole, counter = tally(asked)
            held = {name: counter[number] for number, name in names["has"].items()}
            held = {name: held.get(name, 0) for name in HOLDINGS}
            kept = held if field == "has" else {name: whole - count for name, count in held.items()}
            counts[field] = {name: count for name, count in kept.items() if count}
            continue
        aside: Filter = asked._replace(**{field: ()})  # type: ignore[arg-type]  # an empty tuple suits every facet
        if field in _SAID and any(getattr(aside, other) for other in _SAID):
            counter = _said_tally(index, aside, field)
        else:
            counter = tally(aside)[1]
        shown = {name: counter[number] for number, name in names[facet].items() if counter[number]}
        counts[field] = {int(name): count for name, count in shown.items()} if field == "years" else shown
    return Facets(tally(asked._replace(themes=()))[0] if "themes" in wanted_fields else 0, **counts)


@_sound
def matching(index: Index, asked: Filter, names: Iterable[str]) -> dict[str, frozenset[str]]:
    """For each of these briefs, the ids of its statements that satisfy year, source and speaker together."""
    condition = _statement(index, asked)
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


@_sound
def unknown_values(index: Index, asked: Filter) -> list[tuple[str, str, str]]:
    """What the filter names and the corpus has not: the facet's word, the value, and the known one nearest to it."""
    known: dict[str, Callable[[], Collection[str]]] = {
        "themes": lambda: [theme.id for theme in index.themes],
        "sources": lambda: index.registers.sources,
        "speakers": lambda: index.registers.speakers,
        "persons": lambda: list(index.once("values", _read_values)["person"].values()),
        "has": lambda: HOLDINGS,
        "without": lambda: HOLDINGS,
    }
    return [
        (FACETS[field] if field != "without" else field, value, nearest(value, names))
        for field, read in known.items() if getattr(asked, field)
        for names in (read(),) for value in getattr(asked, field) if value not in names
    ]  # fmt: skip


@_sound
def nearest_name(index: Index, name: str) -> str:
    """The theme or brief whose id is nearest to a name that neither has, or nothing."""
    briefs = (brief for (brief,) in index.run("SELECT id FROM brief"))
    return nearest(name, [*(theme.id for theme in index.themes), *briefs])


@_sound
def explain_nothing(index: Index, asked: Filter) -> str:
    """Why no brief matches, in a sentence that claims no more than this corpus can bear."""
    bound = f"in this corpus, as of {index.corpus.as_of}" if index.corpus.as_of else "in this corpus"
    unread = index.withheld
    tail = f"; {unread} {'brief' if unread == 1 else 'briefs'} could not be read" if unread else ""
    if not total(index, EVERYTHING):
        return f"there is no brief {bound}{tail}"
    hints = [f"{word}:{value} names nothing here" + (f"; did you mean {word}:{near}?" if near else "")
             for word, value, near in unknown_values(index, asked)]  # fmt: skip
    if not hints:
        counted = [(dropped, total(index, rest)) for dropped, rest in _with_one_part_less(asked)]
        hints = [f"without {part} there {'is' if count == 1 else 'are'} {count:,}" for part, count in counted if count]
    hints = hints[:_MOST_HINTS] + [f"try {hint}" for hint in _names_like(index, asked)][:_MOST_HINTS]
    return clean_line(f"nothing {bound}, matches {asked.typed}{''.join(f'; {hint}' for hint in hints)}{tail}")


def _with_one_part_less(asked: Filter) -> Iterator[tuple[str, Filter]]:
    """The filter without each of its parts in turn, a word being a part, and how that part is typed."""
    words = [_typed(term) for term in terms(asked.text).terms]
    for position, word in enumerate(words):
        rest = asked._replace(text=" ".join(words[:position] + words[position + 1 :]))
        if rest != EVERYTHING:
            yield word, rest
    for field in FACETS:
        chosen = getattr(asked, field)
        some: list[tuple[Any, ...]] = [(value,) for value in chosen] if field in ("has", "without") else [chosen]
        for values in filter(None, some):
            kept = tuple(value for value in chosen if value not in values)
            rest = asked._replace(**{field: kept})  # type: ignore[arg-type]  # some of what the field held
            if rest != EVERYTHING:
                yield EVERYTHING._replace(**{field: values}).typed, rest  # type: ignore[arg-type]


def _typed(term: Term) -> str:
    """A search term as it may be typed."""
    sign = "-" if term.negated else ""
    if not term.phrase:
        return sign + term.words[0]
    return f'{sign}"{" ".join(term.words)}' + ("" if term.typing else '"')


def _names_like(index: Index, asked: Filter) -> Iterator[str]:
    """Filters that the search words may have been meant for: a theme, speaker or source of that name."""
    sought = {word for term in terms(asked.text).terms if not term.negated for word in term.words}
    registers = index.registers
    named = [("theme", theme.id, f"{theme.label} {theme.title}") for theme in index.themes]
    named += [("speaker", item.id, f"{item.short} {item.name}") for item in registers.speakers.values()]
    sources = registers.sources.values()
    named += [("source", item.id, f"{item.title} {item.publisher} {item.number}") for item in sources]
    for word, value, name in named:
        if sought and sought <= {*laid_out(f"{name} {value}").split()}:
            yield f"{word}:{value}"


def _values(index: Index, asked: Filter, field: str) -> list[int]:
    """The numbers of what is chosen in a facet; 0 stands for what no brief has."""
    numbers_of = index.once("numbers", _read_numbers)
    return [numbers_of.get((FACETS[field], clean(name)), 0) for name in getattr(asked, field)]


def _traits(index: Index, asked: Filter) -> Iterator[str]:
    """Conditions on a brief's bits: what it has and lacks, and its years."""
    has, without = (tuple(name for name in names if name in HOLDINGS) for names in (asked.has, asked.without))
    if len(has) < len(asked.has):
        yield "0"  # nobody has what there is no word for
    if has:
        yield f"trait.holdings & {holding_bits(has)} = {holding_bits(has)}"
    if without:
        yield f"trait.holdings & {holding_bits(without)} = 0"
    if asked.years:
        inside = _inside(index, asked)
        numbers_of = index.once("numbers", _read_numbers)
        odd = [numbers_of["year", f"{year:04}"] for year in inside if year not in BIT_YEARS]
        condition = f"trait.years & {year_bits(inside)}"
        others = f"trait.brief IN (SELECT brief FROM facet WHERE value IN ({_listed(odd)}))"
        yield f"({condition} OR {others})" if odd else condition


def _inside(index: Index, asked: Filter) -> list[int]:
    """The years of the corpus that lie in a span that is asked for."""
    return [year for year in index.once("years", _read_years) if any(_covers(span, year) for span in asked.years)]


def _covers(span: Years, year: int) -> bool:
    return (span.first is None or span.first <= year) and (span.last is None or year <= span.last)


def _read_years(run: Callable[..., Any]) -> list[int]:
    """Every year that a brief of the corpus counts under."""
    return [int(year) for (year,) in run("SELECT id FROM value WHERE facet = 'year'")]


def _statement(index: Index, asked: Filter) -> str:
    """A condition on `reach`: one statement satisfies year, source and speaker; empty when none is asked for."""
    conditions = [
        f"{FACETS[field]} IN ({_listed(_values(index, asked, field))})"
        for field in ("sources", "speakers") if getattr(asked, field)
    ]  # fmt: skip
    spans_ = [
        f"first_year <= {9999 if span.last is None else int(span.last)} AND last_year >= {int(span.first or 0)}"
        for span in asked.years
    ]
    if spans_:
        conditions.append(f"({' OR '.join(f'({part})' for part in spans_)})")
    return " AND ".join(conditions)


def _tally(index: Index, asked: Filter) -> tuple[int, Counter[int]]:
    """How many briefs match, and how many of them have each value, by its number."""
    whole: Counter[int] = index.once("counts", _read_counts)
    count, everything = total(index, asked), _everything(index)
    if count == everything:
        return count, whole
    found = where(index, asked)
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


def _said_tally(index: Index, asked: Filter, field: str) -> Counter[int]:
    """For each source, speaker or year, how many briefs have it in a statement inside the filter, by value number."""
    picked = [other for other in _SAID if getattr(asked, other)]
    many = total(index, asked) * MANY > _everything(index)
    if many and picked == ["years"] and all(year in BIT_YEARS for year in _inside(index, asked)):
        return _said_in_years(index, asked, FACETS[field])
    found = where(index, asked)
    columns = "first_year, last_year" if field == "years" else FACETS[field]
    joined = f" CROSS JOIN reach ON reach.brief = {found.number}"
    inside = found.select(f"DISTINCT reach.brief, {columns}", f" AND {_statement(index, asked)}", joined)
    if field != "years":
        counted = index.integers(f"SELECT {columns}, count(*) FROM ({inside}) GROUP BY 1", found.parameters)
        return _counter(counted)
    years_of: dict[int, set[int]] = {}
    for brief, first, last in index.integers(inside, found.parameters):
        years_of.setdefault(brief, set()).update(range(first, last + 1))
    counts = Counter(year for years in years_of.values() for year in years)
    numbers_of = index.once("numbers", _read_numbers)
    return _counter((numbers_of["year", f"{year:04}"], count) for year, count in counts.items())


def _said_in_years(index: Index, asked: Filter, facet: str) -> Counter[int]:
    """`_said_tally` of sources or speakers where years alone are picked: by their bits, in one walk over the facet."""
    rest = asked._replace(years=())
    found = where(index, rest)
    within = "" if rest == EVERYTHING else f" AND +brief IN ({found.select(found.number)})"
    values = f"SELECT number FROM value WHERE facet = '{facet}'"
    bits = year_bits(_inside(index, asked))
    query = f"SELECT value, count(*) FROM facet WHERE value IN ({values}) AND years & {bits}{within} GROUP BY value"
    return _counter(index.integers(query, found.parameters if within else ()))


def _counter(pairs: Iterable[tuple[int, ...]]) -> Counter[int]:
    """Pairs of a value's number and a count, as a counter."""
    counts: dict[int, int] = dict(pairs)  # type: ignore[arg-type]  # rows have as many cells as their SELECT
    return Counter(counts)


def _read_counts(run: Callable[..., Any]) -> Counter[int]:
    """How many briefs of the whole corpus have each value."""
    return _counter(run("SELECT number, briefs FROM value"))


def _read_numbers(run: Callable[..., Any]) -> dict[tuple[str, str], int]:
    """The number of every value that a brief has."""
    return {(facet, name): number for number, facet, name in run("SELECT number, facet, id FROM value")}


def _read_values(run: Callable[..., Any]) -> dict[str, dict[int, str]]:
    """Every value that a brief has, by facet and number."""
    found: dict[str, dict[int, str]] = {facet: {} for facet in FACETS.values()}
    for number, facet, name in run("SELECT number, facet, id FROM value ORDER BY facet, id"):
        found.setdefault(facet, {})[number] = name
    return found


def _listed(values: Iterable[int]) -> str:
    """Numbers as SQL writes them."""
    return ",".join(map(str, values))


def _places(values: Sequence[Any]) -> str:
    return ",".join("?" * len(values))


_ALL_VALUES = "CAST(group_concat(tally.\"values\", '') AS BLOB)"
"""The values of many briefs as one text of bytes: fetching a row for each takes four times as long."""
_ROW = "brief.number, brief.id, brief.theme, brief.title, brief.years, brief.holdings"
