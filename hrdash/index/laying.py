"""Briefs laid out as rows, as far as their own file and the registers say: what no index need be asked for.

A file of which nothing is known yet can so be laid out anywhere, by another process too. What is left to whoever writes
it are the numbers of values, and what follows from other files.
"""

from __future__ import annotations

from binascii import crc32
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from hrdash import derive, period
from hrdash.derive import Key, Links, Said
from hrdash.filter import BY_WORD, FACETS, Facet
from hrdash.index import across
from hrdash.index.rows import FIGURE, HELD, POSITIONS, SHOWN, Rows, checksum_of, encoded, lists_of, theme_rows
from hrdash.index.words import Stems, columns
from hrdash.model import SECTIONS, Brief, Corpus, Place, Registers, Statement, Theme
from hrdash.schema import held_in, searched

if TYPE_CHECKING:  # what they are read by loads yaml
    from hrdash.corpus.read import FileContents

AT_ONCE = 500
"""Briefs that are laid out together: what is written of a file of JSON Lines takes more than it holds."""
_OF_BRIEF = tuple(facet for facet in FACETS if facet.per == "brief" and not facet.like)
_OF_STATEMENTS = tuple(facet for facet in FACETS if facet.per != "brief" and not facet.like)


class Laid(NamedTuple):
    """Briefs as rows, whole but for the numbers of values."""

    briefs: list[tuple[Any, ...]]
    statements: list[tuple[Any, ...]]
    """Each with places in `values` for its values."""
    values: list[tuple[str, str]]
    """Each value by its facet and name."""
    words: list[tuple[Any, ...]]


class Filed(NamedTuple):
    """What a file of briefs holds, as rows."""

    problems: Iterable[Iterable[object]]
    themes: Rows
    withheld: Rows
    declared: Rows
    referred: Rows
    parts: Iterable[Laid]


def numbered(file: int, contents: FileContents, lost: Iterable[Brief] = ()) -> dict[int, tuple[Brief, int]]:
    """The briefs of a file by the numbers that they get, each with its state; held are the `lost` ones, where what is
    wrong with them stands."""
    where = {entry.id: Place(entry.line, entry.column) for entry in contents.withheld}
    briefs = [(one.place, one, SHOWN) for one in contents.briefs]
    briefs += [(where.get(one.id, one.place), one, HELD) for one in lost]
    number, found = file * POSITIONS - 1, {}
    for _, brief, state in sorted(briefs, key=lambda one: one[0]):
        number += len(brief.statements) + 1
        found[number] = brief, state
    return found


def filed(
    contents: FileContents,
    briefs: Mapping[int, tuple[Brief, int]],
    about: Corpus,
    registers: Sequence[Registers],
    stems: Stems,
    kept: Container[int] = (),
    was: Theme | None = None,
) -> Filed:
    """What a file holds, with the registers of each state: its briefs, but for those that are kept, and what its theme
    was said to be before something in it was lost."""
    places = {brief.place: number for number, (brief, state) in briefs.items() if state == SHOWN}
    new = {number: one for number, one in briefs.items() if number not in kept}
    return Filed(
        contents.problems,
        theme_rows(contents.name, contents.theme, was),
        [(contents.name, entry.id, entry.line, entry.column, None) for entry in contents.withheld],
        *across.noted(contents, places, registers[SHOWN].sources),
        in_parts(new, about, registers, stems),
    )


def in_parts(
    briefs: Mapping[int, tuple[Brief, int]],
    about: Corpus,
    registers: Sequence[Registers],
    stems: Stems,
    linked: Mapping[Key, Links] | None = None,
    elsewhere: Callable[[Key], Statement | None] = lambda _: None,
) -> Iterator[Laid]:
    """Briefs by their numbers, each with its state, laid out with the registers of that: as they are linked in
    themselves, or as is given, where `elsewhere` gives what a key names in another brief."""
    numbers = list(briefs)
    for at in range(0, len(numbers), AT_ONCE):
        said = {}
        for number in numbers[at : at + AT_ONCE]:
            brief, state = briefs[number]
            links = derive.links([brief]) if linked is None else linked
            said[number] = (
                brief,
                state,
                derive.all_said(brief, links, _named(brief, elsewhere), about, registers[state]),
            )
        yield _laid(said, registers, stems)


def _named(brief: Brief, elsewhere: Callable[[Key], Statement | None]) -> Callable[[Key], Statement | None]:
    """What gives the statement that a key names."""
    own = {said.id: said for said in brief.statements}
    return lambda key: own.get(key[1]) if key[0] == brief.id else elsewhere(key)


def _laid(
    briefs: Mapping[int, tuple[Brief, int, Sequence[Said]]], registers: Sequence[Registers], stems: Stems
) -> Laid:
    rows: list[tuple[Any, ...]] = []
    statements: list[tuple[Any, ...]] = []
    values: dict[tuple[str, str], int] = {}
    texts: list[Iterable[str]] = []
    for number, (brief, state, found) in briefs.items():
        known = registers[state]
        lists = lists_of(brief)
        text = encoded(lists)
        rows.append(_row(number, state, brief, found, lists, text))
        shared = _places(_OF_BRIEF, found[0], known, values) if found else set()
        aside = *brief.uhri_themes, *brief.sdgs, brief.annotation_id
        own = range(number - len(found), number)
        for at, said, (begin, end) in zip(own, found, slices(lists, text), strict=True):
            had = shared | _places(_OF_STATEMENTS, said, known, values)
            for figure in said.statement.figures:
                spans = derive.years_of_figure(figure, said, known.sources)
                for year in BY_WORD["year"].values_of(said._replace(years=spans), known):
                    had.add(values.setdefault((FIGURE, f"{figure.indicator} {year}"), len(values)))
            key = derive.statement_key(said.kind, said.statement)
            taken = derive.position(said.statement, known.sources)
            beside = said.kind, key, said.answer, taken
            checksum = checksum_of(text[begin:end], at, *rows[-1][1:5], *beside)
            statements.append((at, *beside, begin, end, checksum, [*had]))
            notes = (*said.links.left_open, *said.links.differences)
            compared = [text for figure in said.statement.figures for text in (figure.per, figure.base)]
            texts.append([*searched(said.statement), *(text for note in notes for text in searched(note))])
            texts += [brief.title], [*compared, said.statement.scale, *aside]
    laid = iter(columns(texts, stems))
    words = [(at, *next(laid), *next(laid), *next(laid)) for at, *_ in statements]
    return Laid(rows, statements, [*values], words)


def _places(facets: Iterable[Facet], said: Said, known: Registers, values: dict[tuple[str, str], int]) -> set[int]:
    """The places of a statement's values of some facets among all, at whose end new ones are put."""
    places = set()
    for facet in facets:
        for name in facet.values_of(said, known):
            places.add(values.setdefault((facet.word, name), len(values)))
    return places


def slices(lists: list[Any], text: str) -> Iterator[tuple[int, int]]:
    """Where in the JSON of a brief that of each of its statements begins and ends."""
    held, end = held_in(Brief, lists), 0
    for part in (encoded(said) for section in SECTIONS for said in held.get(section, ())):
        begin = text.index(part, end)
        end = begin + len(part)
        yield begin, end


def _row(number: int, state: int, brief: Brief, found: Sequence[Said], lists: list[Any], text: str) -> tuple[Any, ...]:
    years = {year for said in found for first, last in said.years for year in range(first, last + 1)}
    marks = derive.marks(brief, [said.answer for said in found], any(said.links.left_open for said in found))
    head = (brief.id, brief.theme, brief.heading, brief.country, period.run_text(tuple(sorted(years))),
            "".join(marks), len(found))  # fmt: skip
    return (number, *head, state, _content(lists), text, checksum_of(text, brief.file, *head))


def content_of(brief: Brief) -> int:
    """A number that differs when the brief says something else; where it stands is no difference."""
    return _content(lists_of(brief))


def _content(lists: list[Any]) -> int:
    return crc32(encoded(_without_places(lists)).encode("utf-8", "surrogatepass"))


def _without_places(lists: list[Any]) -> list[Any]:
    return [_without_places(one) if type(one) is list else one for one in lists if type(one) is not Place]
