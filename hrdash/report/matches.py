"""Statements as a list: what a search prints, each under its brief's title, with the words looked for marked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from hrdash.model import Statement
from hrdash.report import wording
from hrdash.report.lines import source_lines, speaker_lines
from hrdash.report.parts import DOT, NOTE, Line, Part, Spans, own, user
from hrdash.report.wording import Context

if TYPE_CHECKING:
    from hrdash.index.query import StatementRow

Find = Callable[[Sequence[str]], Sequence[Spans]]
"""Says where in each of some texts the words stand."""


def match_lines(rows: Iterable[StatementRow], context: Context, find: Find | None) -> tuple[Line, ...]:
    """Statements, each with its answer, those of one brief under its title; at the end their sources and speakers."""
    lines: list[Line] = []
    shown: list[Statement] = []
    brief = ""
    for row in rows:
        said, section = row.said, f"{row.kind}s"
        if row.brief_id != brief:
            brief = row.brief_id
            theme = context.themes.get(row.theme)
            lines.append(Line("title", (user(row.heading),)))
            lines.append(Line("meta", (user(theme.label if theme else row.theme), DOT, user(brief))))
        shown.append(said)
        below = (standing(row.kind, row.answer), *wording.attribution(said, context))
        lead = wording.lead(said, section, row.country, context)
        first = (own(lead),) if lead else ()
        lines.append(Line("statement", (*first, *wording.statement_text(said)), section, row.key))
        lines.append(Line("attribution", below, section, row.key))
        lines += [Line("note", (NOTE, user(said.note)), section, row.key)] if said.note else []
    if find is not None:
        lines = marked(lines, find)
    cites = [cite for said in shown for cite in said.cites]
    speakers = (name for said in shown for name in said.by)
    return (*lines, *source_lines(cites, context), *speaker_lines(speakers, context))


@cache
def standing(kind: str, answer: str) -> Part:
    """What a statement is and its answer, before who says it: `question · ○ none · `; for the ear, which has heard what
    it is, its answer.
    """
    sign = wording.ANSWER_SIGNS.get(answer, "")
    shown = f"{kind} · {f'{sign} {answer}'.strip()} · " if answer else f"{kind} · "
    return Part("label", shown, f"Answer: {answer.replace('-', ' ')}; said by" if answer else "Said by")


def marked(lines: Iterable[Line], find: Find) -> list[Line]:
    """The lines with the words marked in what people wrote."""
    shown = list(lines)
    places = [at for at, line in enumerate(shown) if line.role in ("title", "statement", "note")]
    written = ("user", "number")
    texts = [
        "".join([part.text if part.kind in written else "|" * len(part.text) for part in shown[at].parts])
        for at in places
    ]
    for at, spans in zip(places, find(texts), strict=True):
        if spans:
            shown[at] = shown[at]._replace(spans=spans)
    return shown
