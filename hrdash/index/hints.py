"""What is said beside an answer: why nothing matches, where else something is, and what a name may have meant."""

# ruff: noqa: S608  (statements are put together from names in this package; every value is a parameter)

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any

from hrdash.filter import BY_WORD, EVERYTHING, FACETS, UNDATED, Facet, Filter, name_key
from hrdash.index import sets
from hrdash.index.index import Index
from hrdash.index.query import Selection, of_one_state, rows_at, statements_at
from hrdash.index.rows import registers_at_hand
from hrdash.index.words import spans
from hrdash.names import nearest
from hrdash.terms import as_typed
from hrdash.text import clean_line, number_of

_MOST_HINTS = 3
_MOST_PARTS = 8
"""So many parts of a filter are looked at to say why nothing matches."""
_MOST_NAMES = 20
"""And so many names that have the words."""


@of_one_state
def elsewhere(selection: Selection) -> list[str]:
    """Where else something is of what is looked for, in a few words each: at most three.

    What a facet chooses that has the words in its name, or in a figure; the briefs that have them in their title
    or tags, or only in several statements together; for a year, what was said in it; and for a source, what it is
    cited for the position on.
    """
    return list(
        islice(chain(_named(selection), _beside(selection), _said_in(selection), _positions_in(selection)), _MOST_HINTS)
    )


def _named(selection: Selection) -> Iterator[str]:
    """Values of facets whose name has the words, or that a figure with them is of."""
    if not selection.sought:
        return
    index, rest = selection.index, selection.without("text")
    words = " AND ".join(f"({item.match('name')})" for item in selection.sought if not item.substring)
    substrings = [item.substring for item in selection.sought if item.substring]
    conditions = " AND ".join(["named MATCH ?"] * bool(words) + ["instr(name, ?)"] * len(substrings))
    query = f"""SELECT facet, id FROM value
    WHERE number IN (SELECT rowid FROM named WHERE {conditions}) ORDER BY facet, id LIMIT {_MOST_NAMES}"""
    names = index.run(query, [words, *substrings] if words else substrings)
    if not selection.statements:  # the words of figures, and hrdash's own
        few = [sets.with_word(index, item, "aside") for item in selection.sought[:_MOST_PARTS]]
        for row in statements_at(index, selection.numbers_of(sets.both([rest, *few]))[:_MOST_HINTS]):
            brief = index.brief(row.brief_id)
            names += [("indicator", figure.indicator) for said in (brief.statements if brief else ())
                      for figure in said.figures if _stand_in(selection, figure.per, figure.base)]  # fmt: skip
        names += [(facet.word, name) for facet in FACETS if not facet.named
                  for name in sets.values(index, facet.word) if _stand_in(selection, name)]  # fmt: skip
    found = [(selection.count(rest, sets.read(index, [(word, name)])).briefs, BY_WORD[word], name)
             for word, name in dict.fromkeys(names) if name not in selection.filter.values(BY_WORD[word])]  # fmt: skip
    for briefs, facet, name in sorted(found, key=lambda one: -one[0])[:_MOST_HINTS]:
        if briefs:
            typed = EVERYTHING.with_values({facet.field: (facet.read(name),)}).typed
            yield f"try {typed} ({number_of(briefs, 'brief')})"


def _stand_in(selection: Selection, *texts: str) -> bool:
    """Whether all the words stand in these texts."""
    return all(any(spans([item], texts, selection.index.stems)) for item in selection.sought)


def _beside(selection: Selection) -> Iterator[str]:
    """The briefs that have all the words, but no statement of theirs has: in the title or tags too, or together."""
    if not 0 < len(selection.sought) <= _MOST_PARTS or (len(selection.sought) == 1 and selection.statements):
        return
    index = selection.index
    columns = ("own", "title") if selection.statements else ("own", "title", "aside")
    each = [sets.both([sets.with_word(index, item, *columns), selection.without("text")]) for item in selection.sought]
    told = selection.brief_bits
    together = sets.both(map(selection.briefs_of, each))
    beside = selection.briefs_of(sets.both(each))
    for briefs, how in ((beside, ", not all in a statement"), (together, " in different statements")):
        numbers = selection.numbers_of(briefs & ~told)
        told |= briefs
        if numbers:
            names = ", ".join(row.id for row in rows_at(index, numbers[:_MOST_HINTS]))
            has = "has" if len(numbers) == 1 else "have"
            yield f"{number_of(len(numbers), 'brief')} {has} these words{how}: {names}"


def _said_in(selection: Selection) -> Iterator[str]:
    """What was said in the years that are asked, whatever it is about."""
    years = tuple(span for span in selection.filter.years if span != UNDATED)
    if years and not selection.filter.issued:
        found = Selection(selection.index, selection.filter._replace(years=(), issued=years))
        if found.statements:
            typed = EVERYTHING._replace(issued=years).typed
            yield f"try {typed} in its place ({number_of(found.statements, 'statement')})"
    if undated := selection.undated().statements:
        yield f"{number_of(undated, 'statement')} undated"


def _positions_in(selection: Selection) -> Iterator[str]:
    """What has a position of the State that is cited from the sources that are asked."""
    chosen = selection.filter.sources
    if chosen and not selection.filter.position_sources:
        found = Selection(selection.index, selection.filter._replace(sources=(), position_sources=chosen))
        if found.statements:
            typed = EVERYTHING._replace(position_sources=chosen).typed
            yield f"try {typed} in its place ({number_of(found.statements, 'statement')})"


def _without_parts(selection: Selection) -> Iterator[str]:
    """What there would be without each part of the filter; the facets first, which are at hand."""
    asked, words = selection.filter, as_typed(selection.filter.text)
    if len(words) > _MOST_PARTS:
        yield f"of more than {_MOST_PARTS} words it is not said which of them finds nothing"
        return
    parts: list[tuple[str, Filter]] = []
    for facet in filter(asked.values, FACETS):
        chosen = asked.values(facet)
        for values in [chosen] if facet.match == "any" else [(value,) for value in chosen]:
            rest = asked.with_values({facet.field: [value for value in chosen if value not in values]})
            parts.append((EVERYTHING.with_values({facet.field: values}).typed, rest))
    parts += [(word, asked._replace(text=" ".join(words[:at] + words[at + 1 :]))) for at, word in enumerate(words)]
    for part, rest in [one for one in parts if one[1] != EVERYTHING][:_MOST_PARTS]:
        if count := Selection(selection.index, rest).statements:
            yield f"without {part} there {'is' if count == 1 else 'are'} {number_of(count, 'statement')}"


@of_one_state
def unknown_values(index: Index, asked: Filter) -> list[tuple[str, str, str]]:
    """What the filter names and the corpus has not: the facet's word, the value, and the known one nearest to it."""
    return [
        (facet.word, value, nearest(value, known))
        for facet in FACETS if asked.values(facet) and not facet.spans
        for known in (_known(index, facet),) for value in asked.values(facet)
        if value not in known and not (facet.word == "pinpoint" and {*sets.places(index, value)} & {*known})
    ]  # fmt: skip


@of_one_state
def by_id(index: Index, asked: Filter) -> Filter:
    """The filter with an id for each name of an entry, and every name in the corpus's case."""
    found = {}
    for facet in FACETS:
        chosen = asked.values(facet) if facet.named else ()
        known = _known(index, facet) if chosen else ()
        if any(value not in known for value in chosen):
            ids = ids_by_name(index, facet)
            meant = [[value] if value in known else ids.get(name_key(value), [value]) for value in chosen]
            found[facet.field] = [*chain.from_iterable(meant)]
    return asked.with_values(found)


def ids_by_name(index: Index, facet: Facet) -> dict[str, list[str]]:
    """A facet's ids by what id and name are known by; a name that several share stands for all of them."""
    found: dict[str, list[str]] = {}
    entries = _entries(index, facet)
    for value in _known(index, facet):
        names = (value, facet.called(entries[value])) if value in entries else (value,)
        for name in dict.fromkeys(map(name_key, names)):
            found.setdefault(name, []).append(value)
    return found


def _known(index: Index, facet: Facet) -> Collection[str]:
    """Every value that may be chosen in a facet; of countries those too of which the corpus has no brief yet."""
    if facet.word == "country":
        return sorted({*sets.shown_values(index, facet.stored), *index.corpus.countries})
    return facet.choices or (_entries(index, facet) if facet.register else sets.shown_values(index, facet.stored))


def _entries(index: Index, facet: Facet) -> Mapping[str, Any]:
    """The entries that a facet's values are ids of; none where they are words alone."""
    themes, at_hand = {theme.id: theme for theme in index.themes}, registers_at_hand(index.run, index.with_held)
    registers = index.registers_citing(())._replace(sources=at_hand.sources)
    return facet.register(themes, registers) if facet.register else {}


@of_one_state
def nearest_name(index: Index, name: str) -> str:
    """The theme or brief whose id is nearest to a name that neither has, or nothing."""
    briefs = (brief for (brief,) in index.run(f"SELECT id FROM brief WHERE state IN {index.states}"))
    return nearest(name, [*(theme.id for theme in index.themes), *briefs])


def explain_nothing(index: Index, asked: Filter) -> str:
    """Why nothing matches, in a sentence that claims no more than this corpus can bear."""
    return explained(index, asked)[0]


@of_one_state
def explained(index: Index, asked: Filter) -> tuple[str, Filter | None]:
    """Why nothing matches, and the filter as it was probably meant, where the sentence asks whether it was."""
    bound = f"in this corpus, {index.corpus.until}"
    tail = f"; {number_of(index.withheld, 'brief')} could not be read" if index.withheld else ""
    if not sets.everything(index):
        return f"there is no brief {bound}{tail}", None
    unknown = unknown_values(index, asked)
    hints = [f"{word}:{value} names nothing here" + (f"; did you mean {word}:{near}?" if near else "")
             for word, value, near in unknown]  # fmt: skip
    nearest_one = {(word, value): near for word, value, near in unknown if near}
    named = {facet.field: [nearest_one.get((facet.word, value), value) for value in asked.values(facet)]
             for facet in FACETS for word, _ in nearest_one if facet.word == word}  # fmt: skip
    from hrdash.index.meant import meant, unknown_inflections  # most filters match something

    text, count = _counted(index, asked, meant(index.run, asked.text, index.stems))
    selection = Selection(index, asked)
    hints = (hints or list(islice(_without_parts(selection), _MOST_HINTS)))[:_MOST_HINTS]
    said = f"did you mean {text}" + (f" ({number_of(count, 'statement')})?" if count else "?")
    hints = [*([said] if text else []), *hints, *elsewhere(selection)]
    if unknown_inflections(asked.text):
        hints.append("inflections are known of English and Russian words alone")
    sentence = clean_line(f"nothing {bound}, matches {asked.typed}{''.join(f'; {hint}' for hint in hints)}{tail}")
    return sentence, asked.with_values(named)._replace(text=text or asked.text) if named or text else None


def _counted(index: Index, asked: Filter, texts: Sequence[str]) -> tuple[str, int]:
    """Of search words as they were probably meant one, and what it finds: something, where any of them does."""
    counts = ((text, Selection(index, asked._replace(text=text)).statements) for text in texts)
    return next((one for one in counts if one[1]), (texts[0] if texts else "", 0))
