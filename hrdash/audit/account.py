"""The account of a corpus as lines of plain text, to read in a terminal and to search with grep."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence

from hrdash.audit.coverage import KINDS, Account, SourceAccount, Tally
from hrdash.audit.passage import label

_EXCERPT = 160
"""How much of a sentence stands in a gap's line, in characters."""
_COLUMNS = ("source", "paragraphs", "cited", "declared", "neither", "numbers", "years", "gaps")


def account_lines(account: Account, tabular: bool = True, is_whole: bool = True) -> Iterator[str]:
    """The whole account: totals, sources, each paragraph's briefs or its reason, and last the gaps. `tabular`
    sets the sources in columns; without it, every number stands behind its name, and a paragraph's sign is a word. An
    account that `is_whole` has every source."""
    sign = "¶" if tabular else "paragraph "
    for kind in KINDS:
        how = "cited or declared" if kind == "paragraph" else "carried"
        yield f"{f'{kind}s':12}{_tally_text(account.tally(kind), how)}"
    yield ""
    rows = [_row(source) for source in account.sources]
    if tabular:
        yield from _table([_COLUMNS, *rows])
    else:
        yield from ("; ".join(f"{name}: {cell}" for name, cell in zip(_COLUMNS, row, strict=True)) for row in rows)
    for source in account.sources:
        yield ""
        for place in (item.place for item in source.items if item.kind == "paragraph"):
            if place in source.cited:
                yield f"{label(source.source, place, sign)}: cited by {', '.join(source.cited[place])}"
            if place in source.declared:
                declared = source.declared[place]
                yield f"{label(source.source, place, sign)}: no statement, {declared.reason} {declared.see}".rstrip()
    yield ""
    yield from gap_lines(account, sign, is_whole)


def gap_lines(account: Account, sign: str = "¶", is_whole: bool = True) -> Iterator[str]:
    """A line a gap, `source ¶7: …`; one line where there is none, in an account that has every source."""
    if is_whole and account.share == 100:
        yield "no gap: every paragraph, every number and every year is accounted for"
    for source in account.sources:
        if not source.has_text:
            yield f"{source.source}: no text at hand, so that none of its numbers and years was looked at"
        for kind, place, written, sentence, *_ in source.gaps:
            what = "neither cited by a statement nor declared under no_statements"
            if written:
                cut = sentence[:_EXCERPT].rsplit(" ", 1)[0] + " …" if len(sentence) > _EXCERPT else sentence
                what = f"{kind} {written}: {cut}"
            yield f"{label(source.source, place, sign)}: {what}"


def share_text(share: float) -> str:
    """A share in per cent, never rounded up: `99.9 %` is not all."""
    return f"{math.floor(share * 10) / 10:g} %"


def _tally_text(tally: Tally, accounted: str) -> str:
    text = f"{tally.accounted} of {tally.total} {accounted}, {share_text(tally.share)}"
    absent = "a text that is" if tally.absent == 1 else f"each of {tally.absent} texts that are"
    return f"{text}, {absent} not at hand counted as one that is not" if tally.absent else text


def _row(source: SourceAccount) -> tuple[str, ...]:
    all_of, gaps = Counter(item.kind for item in source.items), Counter(gap.kind for gap in source.gaps)
    counts = (all_of["paragraph"], len(source.cited), len(source.declared), gaps["paragraph"])
    looked_at = (all_of["number"], all_of["year"], gaps["number"] + gaps["year"])
    return source.source, *map(str, (*counts, *(looked_at if source.has_text else ("no text", "-", "-"))))


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    first, *others = (max(map(len, column)) for column in zip(*rows, strict=True))
    for name, *cells in rows:
        yield "  ".join((name.ljust(first), *map(str.rjust, cells, others)))
