"""Briefs and themes as tables: columns with names, and rows of cells that are parts, as those of lines are."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from hrdash.derive import Marks
from hrdash.model import Theme
from hrdash.report import wording
from hrdash.report.parts import Part, Parts, own, user, years


class Table(NamedTuple):
    """Rows of one kind of thing."""

    columns: tuple[str, ...]
    """What each column is called, in the order in which a row is read out; a column of marks has no name."""
    rows: tuple[tuple[Parts, ...], ...]
    seen: tuple[int, ...] = ()
    """Which columns stand side by side where the table is seen, in that order."""
    flexible: int = 0
    """Which of those gives way where there is little room."""
    spare: int = 0
    """Which of those goes where there is less."""


def brief_table(briefs: Iterable[tuple[Marks, str, str, str, str]]) -> Table:
    """Briefs, of each: its marks, its heading, its years, its theme, its id."""
    rows = tuple(
        ((user(title),), (wording.mark_part(marks),), (years(run),), (user(theme),), (user(name),))
        for marks, title, run, theme, name in briefs
    )
    return Table(("Brief", "", "Years", "Theme", "Id"), rows, seen=(1, 0, 2, 3, 4), flexible=1, spare=3)


def theme_table(themes: Iterable[Theme], counts: Mapping[str, tuple[int, int]]) -> Table:
    """Themes, and how many statements and briefs each shows."""
    rows = []
    for theme in themes:
        cells = [(Part("number", f"{count:,}".rjust(6), str(count)), own(f" {unit}{'' if count == 1 else 's'}", " "))
                 for unit, count in zip(("statement", "brief"), counts.get(theme.id, (0, 0)), strict=True)]  # fmt: skip
        rows.append(((user(theme.label),), (user(theme.title),), *cells, (user(theme.id),)))
    return Table(("Theme", "Title", "Statements", "Briefs", "Id"), tuple(rows), seen=(2, 3, 4, 1))
