"""What a filter shows, as one value: everything that is on screen because of it, and what follows from that.

It is replaced as a whole: list, tabs, year strip and status line are all drawn from the same `Result`, so that no
number on screen can belong to another filter than the one on screen.
"""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from typing import NamedTuple

from hrdash.filter import EVERYTHING, LINKED, Filter
from hrdash.index.hints import by_id, elsewhere, explained
from hrdash.index.index import Index
from hrdash.index.query import FIELDS, Count, Facets, Selection, of_one_state, select
from hrdash.model import SECTION_KINDS, Corpus, Registers, Theme
from hrdash.report.parts import Line, own, user
from hrdash.report.wording import Context, withheld_text
from hrdash.terms import terms
from hrdash.text import number_of
from hrdash.tui.lenses import LENSES, Lens

COUNT_AT_ONCE = 5_000
"""Up to so many statements all that a filter shows is found before the list is drawn, which takes a few milliseconds;
above, and behind a first frame, facets follow from a worker; above, what is typed is looked up by one."""
IN_SIGHT = ("themes", "years", "months")
"""The facets whose counts a first frame shows, in the tabs and the year strip."""
PARTS = {**{kind: part for part, kind in SECTION_KINDS.items()}, "left-open": "left_open", "difference": "differences"}
"""The part of a brief in which each of what it may have stands."""
READING, NOTHING = "The corpus is being read", "No brief matches"
"""What heads the page where there is nothing to show: nothing yet, or nothing."""


class Progress(NamedTuple):
    """How far a reading is that is going on."""

    files: int
    of: int
    first: bool
    """Whether nothing was read before: then all there is to see is what this reading has brought so far."""

    @property
    def text(self) -> str:
        """What every total is to be read with."""
        far = f"{self.files:,} of {self.of:,} files"
        return f"so far, {far}" if self.first else f"as last read, {far} read again"

    @property
    def short(self) -> str:
        """The same where there is little room."""
        return f"so far {self.files:,}/{self.of:,}" if self.first else "as last read"


class Result(NamedTuple):
    """Everything that is on screen because of the filter."""

    filter: Filter
    """What is asked for, by ids."""
    found: Selection | None
    """What matches, as the index that was asked has it."""
    numbers: Sequence[int]
    """The numbers of the briefs that are listed, or whose statements are, in corpus order."""
    statements: int
    """How many statements match, in those briefs."""
    undated: int
    """How many more would, were they dated."""
    whole: Count
    """All of the corpus that could be read."""
    facets: Facets | None
    """Counts of facets under the same filter, at first of those in sight alone; `None` while they are being counted."""
    context: Context
    """What wording takes, but for the sources: those are read with what cites them, as there may be thousands."""
    nothing: str = ""
    """Why the list is empty, when it is."""
    meant: Filter | None = None
    """The filter as it was probably meant then, if that is known."""
    hints: tuple[str, ...] = ()
    """What the search words could not do, and where else they stand: in sentences."""
    lens: Lens = LENSES[0]
    """Through which it is looked at: what its counts are of."""
    best_first: bool = False
    """Whether the briefs with the most matching statements come first, and not those of the first theme."""
    held: int = 0
    """How many briefs of the corpus are shown as they were last read, since they cannot be read as they are now."""
    sources: int = 0
    """How many sources the corpus has."""
    progress: Progress | None = None
    """How far a reading is: until it ends, all this is not yet, or no longer, of the whole corpus."""
    asked: Filter = EVERYTHING
    """The filter as it was typed, by names maybe."""

    def found_in(self, index: Index) -> Selection:
        """What matches, in this index: another than at first where that one has failed meanwhile."""
        if self.found is not None and self.found.index is index:
            return self.found
        return select(index, self.found.filter if self.found is not None else self.filter)

    @property
    def total(self) -> int:
        """How many briefs are listed, or have a statement that is."""
        return len(self.numbers)

    @property
    def unsure(self) -> list[str]:
        """What the counts have to be read with: what is still to be read, and what could not be, now or ever."""
        far = [self.progress.text] if self.progress else []
        unread = [withheld_text(self.context.withheld)] if self.context.withheld else []
        return [*far, *unread, *([held_text(self.held)] if self.held else [])]

    @property
    def is_counted(self) -> bool:
        """Whether every facet is counted."""
        return self.facets is not None and self.facets.counts.keys() == {*FIELDS}

    @property
    def is_first(self) -> bool:
        """Whether it is of what the first reading has brought so far."""
        return self.progress is not None and self.progress.first

    @property
    def themes(self) -> tuple[Theme, ...]:
        """Every theme of the corpus, in its order."""
        return tuple(self.context.themes.values())


UNASKED = Result(
    EVERYTHING, None, (), 0, 0, Count(), None, Context(Corpus("", (), "", "", ""), {}, Registers({}, {}, {}))
)
"""Before anything was asked; it is never drawn."""


def size_of(index: Index) -> Count:
    """How much there is in a corpus."""
    found = select(index, EVERYTHING)
    return Count(found.statements, found.briefs)


def listed(found: Selection, lens: Lens) -> Sequence[int]:
    """The numbers of the briefs that a lens lists, or that the statements stand in that it lists."""
    return found.brief_numbers(of_statements=lens.unit == "statement")


def _statements(found: Selection, lens: Lens) -> int:
    """How many statements match in the briefs that a lens lists, or in those of what it lists."""
    return found.statements if lens.unit == "statement" else found.statements_in_briefs


def look_up(
    index: Index, asked: Filter, whole: Count, lens: Lens, progress: Progress | None, fields: Collection[str] = FIELDS
) -> Result:
    """Ask the index for everything that the filter shows, with the counts of the facets of these fields; of a large
    corpus without.
    """

    def context() -> Context:
        themes = {theme.id: theme for theme in index.themes}
        return Context(index.corpus, themes, index.registers_citing(()), index.withheld)

    def read(_: Index) -> Result:
        known = by_id(index, asked)
        found = select(index, lens.narrowed(known, index.registers_citing(())))
        facets = found.facets(fields, beside=lens.unit) if whole.statements <= COUNT_AT_ONCE else None
        numbers = listed(found, lens)
        nothing, meant = "" if numbers else lens.without(select(index, known).statements), None
        if not numbers and not nothing:
            nothing, meant = explained(index, known)
        offered = elsewhere(found) if asked.text and numbers and not asked.years else ()
        return Result(
            known, found, numbers, _statements(found, lens), found.undated(lens.unit).statements, whole, facets,
            context(), nothing, meant, (*terms(asked.text).hints, *offered), lens,
            held=len(index.held) if index.with_held else 0, sources=index.sources, progress=progress, asked=asked,
        )  # fmt: skip

    def read_so_far(_: Index) -> Result:
        known = by_id(index, asked)
        found = select(index, lens.narrowed(known, index.registers_citing(())))
        linked = [facet.word for facet in LINKED if asked.values(facet)]
        numbers = () if linked else listed(found, lens)
        statements, undated = (0, 0) if linked else (_statements(found, lens), found.undated(lens.unit).statements)
        nothing = f"what has {' and '.join(linked)} is known when all files are read" if linked else ""
        return Result(
            known, found, numbers, statements, undated, whole, None, context(), nothing,
            hints=terms(asked.text).hints, lens=lens, sources=index.sources, progress=progress, asked=asked,
        )  # fmt: skip

    return of_one_state(read_so_far if progress is not None and progress.first else read)(index)


def meant_text(result: Result) -> str:
    """What was probably meant, and how it is taken; nothing where that is not known."""
    return f"→ {result.meant.typed}: what was probably meant; a click takes it too" if result.meant else ""


def held_text(briefs: int) -> str:
    """That briefs are shown in a state that is not their present one."""
    return f"{number_of(briefs, 'brief')} shown as last read"


def best_first(result: Result, index: Index) -> Sequence[int]:
    """The briefs of a result, those with the most matching statements first."""
    statements, before, counts = sorted(result.found_in(index).statement_numbers(in_briefs=True)), 0, {}
    for brief in sorted(result.numbers):  # whose number follows those of its statements
        upto = bisect_left(statements, brief)
        counts[brief], before = before - upto, upto
    return sorted(result.numbers, key=counts.__getitem__)


def ordered(result: Result, index: Index) -> Sequence[int]:
    """The numbers of the briefs of a result in the order in which they are listed, as this index has them."""
    numbers = listed(result.found_in(index), result.lens)
    return best_first(result._replace(numbers=numbers), index) if result.best_first else numbers


def place_in(result: Result, index: Index, brief: str) -> int | None:
    """In which row of the result a brief stands, if it does."""
    number = index.numbers((brief,)).get(brief)
    try:
        return None if number is None else result.numbers.index(number)
    except ValueError:
        return None


def part_sought(result: Result) -> str:
    """The part of a brief that the filter is after, where it names one."""
    return next((PARTS[name] for name in result.filter.has if name in PARTS), "")


def is_walked(result: Result) -> bool:
    """Whether the filter asks for something in briefs that can be gone to, one by one."""
    return result.filter.picks_statements or bool(part_sought(result))


def nothing_lines(result: Result) -> tuple[Line, ...]:
    """What stands where the brief would, when no brief matches, or none does so far."""
    if result.progress is not None and result.is_first:
        words = [Line("title", (own(READING),)), Line("meta", (own(result.progress.text),))]
        return (*words, *([Line("statement", (user(result.nothing),))] if result.nothing else []))
    return (Line("title", (own(NOTHING),)), Line("statement", (user(result.nothing),)))


@of_one_state
def grid(index: Index, asked: Filter) -> dict[str, dict[int, int]]:
    """Briefs by theme (the empty one stands for all) and year (0 for all), under a filter without both."""
    counts = {}
    for theme in ("", *(theme.id for theme in index.themes)):
        found = select(index, asked._replace(themes=(theme,) if theme else ()))
        years = found.facets(("years",)).of("years") if found.briefs else {}
        counts[theme] = {
            0: found.briefs,
            **{int(year): briefs for year, (_, briefs) in years.items() if year.isdigit()},
        }
    return counts
