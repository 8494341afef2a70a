"""The account of a corpus as lines of plain text, to read in a terminal and to search with grep."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from hrdash.audit.coverage import Account, SourceAccount

_EXCERPT = 160
"""How much of a sentence stands in a gap's line, in characters."""
_COLUMNS = ("source", "paragraphs", "cited", "declared", "neither", "sentences", "carried", "gaps")


def account_lines(account: Account, tabular: bool = True) -> Iterator[str]:
    """The whole account: totals, sources, each paragraph's briefs or its reason, the mix, and last the gaps.

    `tabular` sets the sources in columns; without it, every number stands behind its name, and a paragraph's sign is a
    word.
    """
    sign = "¶" if tabular else "paragraph "
    yield from _totals(account)
    yield ""
    if tabular:
        yield from _table([_COLUMNS, *map(_row, account.sources)])
    for row in () if tabular else map(_row, account.sources):
        yield "; ".join(f"{name}: {cell}" for name, cell in zip(_COLUMNS, row, strict=True))
    for source in account.sources:
        yield ""
        yield from _paragraphs(source, sign)
    yield ""
    yield from _mix(account)
    yield ""
    yield from gap_lines(account, sign)


def gap_lines(account: Account, sign: str = "¶") -> Iterator[str]:
    """A line a gap, `source ¶para: …`; one line where there is none."""
    found = False
    for source in account.sources:
        if not source.has_text:
            found = True
            yield f"{source.source}: no text at hand, so that none of its sentences was looked at"
        for number in source.uncited:
            found = True
            yield f"{source.source} {sign}{number}: neither cited by a statement nor declared under no_statements"
        for gap in source.gaps:
            found = True
            text = gap.text if len(gap.text) <= _EXCERPT else gap.text[:_EXCERPT].rsplit(" ", 1)[0] + " …"
            yield f"{gap.source} {sign}{gap.para}: sentence {gap.number}: {', '.join(gap.missing)}: {text}"
    if not found:
        yield "no gap: every paragraph and every sentence with a number, a year or a question is accounted for"


def _totals(account: Account) -> Iterator[str]:
    paragraphs = sum(source.paragraphs for source in account.sources)
    uncited = sum(len(source.uncited) for source in account.sources)
    sentences = sum(source.sentences for source in account.sources)
    gaps = sum(len(source.gaps) for source in account.sources)
    yield (
        f"paragraphs  {paragraphs - uncited} of {paragraphs} cited or declared, {share_text(account.paragraph_share)}"
    )
    absent = sum(not source.has_text for source in account.sources)
    missing = "a text that is" if absent == 1 else f"each of {absent} texts that are"
    counted = f", {missing} not at hand counted as one that is not" if absent else ""
    yield (
        f"sentences   {sentences - gaps} of {sentences} with a number, a year or a question carried, "
        f"{share_text(account.sentence_share)}{counted}"
    )


def share_text(share: float) -> str:
    """A share in per cent, never rounded up: `99.9 %` is not all."""
    return f"{math.floor(share * 10) / 10:g} %"


def _row(source: SourceAccount) -> tuple[str, ...]:
    carried = (str(source.sentences), str(source.sentences - len(source.gaps)), str(len(source.gaps)))
    return (
        source.source, str(source.paragraphs), str(len(source.cited)), str(len(source.declared)),
        str(len(source.uncited)), *(carried if source.has_text else ("no text", "-", "-")),
    )  # fmt: skip


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )


def _paragraphs(source: SourceAccount, sign: str) -> Iterator[str]:
    for number in sorted({*source.cited, *source.declared}):
        if number in source.cited:
            yield f"{source.source} {sign}{number}: cited by {', '.join(source.cited[number])}"
        if number in source.declared:
            declared = source.declared[number]
            see = f" {declared.see}" if declared.see else ""
            yield f"{source.source} {sign}{number}: no statement, {declared.reason}{see}"


def _mix(account: Account) -> Iterator[str]:
    mix = account.mix
    yield f"statements by speaker: {', '.join(f'{kind} {count}' for kind, count in mix.statements.items()) or 'none'}"
    yield f"briefs on one source: {_some(mix.one_source, mix.briefs)}"
    yield f"briefs with statements of the State side only: {_some(mix.state_only, mix.briefs)}"
    yield f"briefs on unsigned speakers only: {_some(mix.unsigned_only, mix.briefs)}"


def _some(briefs: Iterable[str], total: int) -> str:
    ids = tuple(briefs)
    return f"{len(ids)} of {total}" + (f": {', '.join(ids)}" if ids else "")
