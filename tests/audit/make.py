"""A corpus of one brief and one or two short texts, for the tests of `hrdash.audit`."""

from __future__ import annotations

from hrdash.audit.texts import SourceText, parse_text
from hrdash.model import (
    Brief,
    Citation,
    Figure,
    Measure,
    NoStatements,
    Paragraphs,
    Place,
    Problem,
    Registers,
    Source,
    Speaker,
    Statement,
)

MEASURES = {
    measure.id: measure
    for measure in (
        Measure("visits", "Visits", "visits", "count", "flow"),
        Measure("share", "Share of women", "per cent", "share", "stock"),
        Measure("change", "Change in complaints", "per cent", "percent-change", "flow"),
        Measure("factor", "Rise in compensation", "times", "factor", "stock"),
        Measure("money", "Assets returned", "billion US dollars", "amount", "flow"),
        Measure("limit", "Longest sentence", "years", "limit", "stock"),
    )
}
SPEAKERS = {
    speaker.id: speaker
    for speaker in (
        Speaker("ministry", "Ministry of Justice of Ruritania", "Justice Ministry", "state"),
        Speaker("expert", "An expert of the Committee", "Expert", "treaty-body"),
        Speaker("blog", "An unsigned article", "Article", "unsigned"),
    )
}


def text_of(source: str, *paragraphs: str) -> SourceText:
    """A text with these paragraphs, numbered from 1."""
    content = "\n".join(f"[{number}] {paragraph}" for number, paragraph in enumerate(paragraphs, 1))
    text, problems = parse_text(source, content.encode(), f"{source}.txt")
    assert not problems
    return text


def source_of(source: str, last: int, issued: str = "2025-06", declared: str = "", title: str = "A report") -> Source:
    """A source of so many paragraphs."""
    gaps = (NoStatements(declared, "heading"),) if declared else ()
    return Source(
        source, "report", title, issued, "news", "official", Paragraphs("ours", last, (), gaps), place=Place(3, 1)
    )


def registers_of(*sources: Source) -> Registers:
    """The registers of these sources."""
    return Registers({source.id: source for source in sources}, SPEAKERS, MEASURES)


def said(text: str, *figures: Figure, para: str = "1", source: str = "doc", **more: object) -> Statement:
    """A statement of the ministry's."""
    values: dict[str, object] = {"id": "c-one", "by": "ministry", "place": Place(7, 9), **more}
    return Statement(text=text, cites=(Citation(source, para),), figures=figures, **values)  # type: ignore[arg-type]  # test values


def brief_of(*claims: Statement, **more: object) -> Brief:
    """A brief with these claims."""
    values: dict[str, object] = {"file": "themes/torture.yaml", "place": Place(5, 5), "title": "Visits", **more}
    return Brief(id="torture-visits", theme="torture", claims=claims, **values)  # type: ignore[arg-type]  # test values


def texts_of(problems: tuple[Problem, ...], level: str = "error") -> str:
    """All findings of a level, for looking words up in."""
    return "\n".join(problem.text for problem in problems if problem.level == level)
