"""Briefs, themes and sources as tables: columns with names, and rows of cells that are parts, as those of lines are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from hrdash.model import Source, Theme
from hrdash.report.parts import Part, Parts, own, user, years
from hrdash.report.wording import mark_part, source_text


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


def brief_table(briefs: Iterable[tuple[tuple[str, ...], str, str, str, str]]) -> Table:
    """Briefs, of each: what it has, its title, its years, its theme, its id."""
    rows = tuple(
        ((user(title),), (mark_part(holdings),), (years(run),), (user(theme),), (user(name),))
        for holdings, title, run, theme, name in briefs
    )
    return Table(("Brief", "", "Years", "Theme", "Id"), rows, seen=(1, 0, 2, 3, 4), flexible=1, spare=3)


def theme_table(themes: Iterable[Theme], counts: Mapping[str, int]) -> Table:
    """Themes, and how many briefs each shows."""
    rows = []
    for theme in themes:
        count = str(counts.get(theme.id, 0))
        rows.append(((user(theme.label),), (user(theme.title),), (Part("number", count.rjust(4), count),),
                     (user(theme.id),)))  # fmt: skip
    return Table(("Theme", "Title", "Briefs", "Id"), tuple(rows), seen=(2, 3, 1))


def source_table(sources: Iterable[Source], counts: Mapping[str, int]) -> Table:
    """Sources of the register, and how many briefs cite each."""
    names = ("Source", "Address", "Note", "Briefs that cite it", "Paragraphs", "Whose count", "Id")
    rows = tuple(
        (
            (user(source_text(source)),), (user(source.URL),), (user(" ".join(source.note.split())),),
            (Part("number", str(counts.get(source.id, 0))),), (Part("number", str(source.paragraphs.last)),),
            (own("ours" if source.paragraphs.numbering == "ours" else "printed"),), (user(source.id),),
        )
        for source in sources
    )  # fmt: skip
    return Table(names, rows)


def source_blocks(sources: Sequence[Source], counts: Mapping[str, int]) -> str:
    """The register to be read: each source in full, with its note and how many briefs cite it."""
    blocks = []
    for source in sources:
        lines = [source.id, f"  {source_text(source)}"]
        lines += [f"  {' '.join(part.split())}" for part in (source.URL, source.note) if part]
        count = counts.get(source.id, 0)
        lines.append(f"  cited by {count} {'brief' if count == 1 else 'briefs'}; {source.paragraphs.last} paragraphs, "
                     f"{'our count' if source.paragraphs.numbering == 'ours' else 'as printed'}")  # fmt: skip
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)
