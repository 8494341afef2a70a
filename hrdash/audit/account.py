"""The account of a corpus as lines of plain text, to read in a terminal and to search with grep."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from hrdash.audit.coverage import KINDS, Account, Mix, SourceAccount, Tally

_EXCERPT = 160
"""How much of a sentence stands in a gap's line, in characters."""
_COLUMNS = ("source", "paragraphs", "cited", "declared", "neither", "numbers", "years", "gaps")


def account_lines(account: Account, tabular: bool = True) -> Iterator[str]:
    """The whole account: totals, sources, each paragraph's briefs or its reason, the mix, and last the gaps.

    `tabular` sets the sources in columns; without it, every number stands behind its name, and a paragraph's sign is a
    word.
    """
    sign = "¶" if tabular else "paragraph "
    yield f"{'paragraphs':12}{_tally_text(account.paragraphs, 'cited or declared')}"
    for kind in KINDS:
        yield f"{f'{kind}s':12}{_tally_text(account.carried(kind), 'carried')}"
    yield ""
    rows = [_row(source) for source in account.sources]
    if tabular:
        yield from _table([_COLUMNS, *rows])
    else:
        yield from ("; ".join(f"{name}: {cell}" for name, cell in zip(_COLUMNS, row, strict=True)) for row in rows)
    for source in account.sources:
        yield ""
        yield from _paragraphs(source, sign)
    yield ""
    yield from _mix_lines(account.mix)
    yield ""
    yield from gap_lines(account, sign)


def gap_lines(account: Account, sign: str = "¶") -> Iterator[str]:
    """A line a gap, `source ¶para: …`; one line where there is none."""
    found = False
    for source in account.sources:
        if not source.has_text:
            found = True
            yield f"{source.source}: no text at hand, so that none of its numbers and years was looked at"
        for number in source.uncited:
            found = True
            yield f"{source.source} {sign}{number}: neither cited by a statement nor declared under no_statements"
        for number, gap in source.gaps:
            found = True
            excerpt = gap.sentence[:_EXCERPT].rsplit(" ", 1)[0] + " …" if len(gap.sentence) > _EXCERPT else gap.sentence
            yield f"{source.source} {sign}{number}: {gap.kind} {gap.written}: {excerpt}"
    if not found:
        yield "no gap: every paragraph, every number and every year is accounted for"


def share_text(share: float) -> str:
    """A share in per cent, never rounded up: `99.9 %` is not all."""
    return f"{math.floor(share * 10) / 10:g} %"


def _tally_text(tally: Tally, accounted: str) -> str:
    text = f"{tally.accounted} of {tally.total} {accounted}, {share_text(tally.share)}"
    absent = "a text that is" if tally.absent == 1 else f"each of {tally.absent} texts that are"
    return f"{text}, {absent} not at hand counted as one that is not" if tally.absent else text


def _row(source: SourceAccount) -> tuple[str, ...]:
    counts = (source.paragraphs, len(source.cited), len(source.declared), len(source.uncited))
    found = (*(source.found[kind] for kind in KINDS), len(source.gaps)) if source.has_text else ("no text", "-", "-")
    return (source.source, *map(str, (*counts, *found)))


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


def _mix_lines(mix: Mix) -> Iterator[str]:
    yield f"statements by speaker: {', '.join(f'{kind} {count}' for kind, count in mix.statements.items()) or 'none'}"
    yield f"briefs on one source: {_some(mix.one_source, mix.briefs)}"
    yield f"briefs with statements of the State side only: {_some(mix.state_only, mix.briefs)}"
    yield f"briefs on unsigned speakers only: {_some(mix.unsigned_only, mix.briefs)}"


def _some(briefs: Iterable[str], total: int) -> str:
    ids = tuple(briefs)
    return f"{len(ids)} of {total}" + (f": {', '.join(ids)}" if ids else "")
