"""Briefs, themes and sources as tables: columns with names, and rows of cells that are parts, as those of lines are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from hrdash.derive import Marks
from hrdash.model import Source, Theme
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


def source_table(sources: Iterable[Source], counts: Mapping[str, tuple[int, int]]) -> Table:
    """Sources of the register, and how many statements and briefs cite each."""
    names = ("Short title", "Source", "Address", "Note", "Statements", "Briefs", "Paragraphs", "Id")
    rows = []
    for source in sources:
        said, briefs = counts.get(source.id, (0, 0))
        texts = (wording.short_title(source), wording.source_text(source), source.URL, " ".join(source.note.split()))
        numbers = tuple((Part("number", str(count)),) for count in (said, briefs))
        rows.append((*((user(text),) for text in texts), *numbers, (own(_count(source)),), (user(source.id),)))
    return Table(names, tuple(rows))


def source_blocks(sources: Sequence[Source], counts: Mapping[str, tuple[int, int]]) -> str:
    """The register to be read: each source in full, with its note and how many statements and briefs cite it."""
    blocks = []
    for source in sources:
        lines = [f"{wording.short_title(source)} ({source.id})", f"  {wording.source_text(source)}"]
        lines += [f"  {' '.join(part.split())}" for part in (source.URL, source.note) if part]
        said, briefs = counts.get(source.id, (0, 0))
        cited = f"{said:,} statement{'' if said == 1 else 's'} in {briefs:,} brief{'' if briefs == 1 else 's'}"
        lines.append(f"  cited by {cited}; {_count(source)}")
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def _count(source: Source) -> str:
    """How many paragraphs a source has, and whose count that is."""
    found = source.paragraphs
    if found is None:
        return "paragraphs not counted"
    whose = {"ours": ", our count", "printed": ", as printed"}.get(found.numbering, "")
    return f"{found.last:,} paragraphs{whose}" if whose else "no paragraphs"
