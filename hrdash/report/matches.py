"""Statements as a list: what a search prints, each under its brief's title, with the words looked for marked."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from hrdash import derive
from hrdash.model import SECTION_KINDS, Brief, Statement
from hrdash.report import wording
from hrdash.report.lines import source_lines, speaker_lines
from hrdash.report.parts import NOTE, Line, Part, Parts, Spans, joined, own, user
from hrdash.report.wording import Context

Find = Callable[[Sequence[str]], Sequence[Spans]]
"""Says where in each of some texts the words stand."""


def match_lines(briefs: Iterable[Brief], wanted: Mapping[str, frozenset[str]], context: Context, find: Find | None
                ) -> tuple[Line, ...]:  # fmt: skip
    """The statements of these keys, by their brief, each with its answer; at the end their sources and speakers."""
    lines: list[Line] = []
    shown: list[Statement] = []
    for brief in briefs:
        theme = context.themes.get(brief.theme)
        lines.append(Line("title", (user(brief.heading),)))
        facts = [user(theme.label if theme else brief.theme), user(brief.id)]
        lines.append(Line("meta", joined([fact] for fact in facts)))
        for section, kind in SECTION_KINDS.items():
            for said in brief.section(section):
                key = derive.statement_key(kind, said)
                if key in wanted[brief.id]:
                    shown.append(said)
                    answer = answer_parts(context.answers.get((brief.id, key), ""))
                    below = joined([[own(kind)], answer, wording.attribution(said, context)])
                    first = own(wording.lead(said, section, brief, context))
                    lines.append(Line("statement", (first, *wording.statement_text(said)), section, key))
                    lines.append(Line("attribution", below, section, key))
                    lines += [Line("note", (NOTE, user(said.note)), section, key)] if said.note else []
    if find is not None:
        lines = marked(lines, find)
    cites = [cite for said in shown for cite in said.cites]
    speakers = (name for said in shown for name in said.by)
    return (*lines, *source_lines(cites, context), *speaker_lines(speakers, context))


def answer_parts(answer: str) -> Parts:
    """The answer of a statement as a sign and a word: `○ none`."""
    sign = wording.ANSWER_SIGNS.get(answer)
    return (*((Part("sign", f"{sign} ", "answer: "),) if sign else ()), own(answer)) if answer else ()


def marked(lines: list[Line], find: Find) -> list[Line]:
    """The lines with the words marked in what people wrote."""
    texts = [line.text if line.role in ("title", "statement", "note") else "" for line in lines]
    return [
        line._replace(spans=tuple(span for span in spans if span[0] >= len(line.parts[0].text)))
        if line.parts and line.parts[0].kind == "label" else line._replace(spans=tuple(spans))
        for line, spans in zip(lines, find(texts), strict=True)
    ]  # fmt: skip
