"""A corpus of one brief and one or two short texts, for the tests of `hrdash.audit`."""

from __future__ import annotations

from hrdash.audit.texts import SourceText, parse_text
from hrdash.model import (
    Brief,
    Citation,
    Figure,
    Indicator,
    NoStatements,
    Paragraphs,
    Place,
    Problem,
    Registers,
    Source,
    Speaker,
    Statement,
)

INDICATORS = {
    indicator.id: indicator
    for indicator in (
        Indicator("visits", "Visits", "visits", "count", "flow"),
        Indicator("share", "Share of women", "per cent", "share", "stock"),
        Indicator("change", "Change in complaints", "per cent", "percent-change", "flow"),
        Indicator("factor", "Rise in compensation", "times", "factor", "stock"),
        Indicator("money", "Assets returned", "billion US dollars", "amount", "flow"),
        Indicator("quota", "Quota of women", "per cent", "limit", "stock"),
        Indicator("limit", "Longest sentence", "years", "limit", "stock"),
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


def text_of(source: str, *paragraphs: str, numbers: str = "") -> SourceText:
    """A text with these paragraphs, numbered from 1 or by these pinpoints with a semicolon between two."""
    places = numbers.split("; ") if numbers else map(str, range(1, len(paragraphs) + 1))
    content = "\n".join(f"[{place}] {paragraph}" for place, paragraph in zip(places, paragraphs, strict=True))
    text, problems = parse_text(source, content.encode(), f"{source}.txt")
    assert not problems
    return text


def source_of(source: str, last: int, declared: str = "", **more: object) -> Source:
    """A source of so many paragraphs; of 0, one without paragraphs."""
    gaps = (NoStatements(declared, "heading"),) if declared else ()
    values: dict[str, object] = {
        "type": "report", "title": "A report", "issued": "2025-06", "kind": "news", "capacity": "official",
        "paragraphs": Paragraphs("ours" if last else "none", last, (), gaps), "file": "sources.yaml", "place": Place(3, 1),
        **more,
    }  # fmt: skip
    return Source(id=source, **values)  # type: ignore[arg-type]  # test values


def registers_of(*sources: Source) -> Registers:
    """The registers of these sources."""
    return Registers({source.id: source for source in sources}, SPEAKERS, INDICATORS)


def said(text: str, *figures: Figure, para: str = "1", source: str = "doc", **more: object) -> Statement:
    """A statement of the ministry's."""
    values: dict[str, object] = {"id": "c-one", "by": ("ministry",), "place": Place(7, 9), **more}
    return Statement(text=text, cites=(Citation(source, para),), figures=figures, **values)  # type: ignore[arg-type]  # test values


def brief_of(*claims: Statement, **more: object) -> Brief:
    """A brief with these claims."""
    values: dict[str, object] = {"file": "themes/torture.yaml", "place": Place(5, 5), "title": "Visits", **more}
    return Brief(id="torture-visits", theme="torture", claims=claims, **values)  # type: ignore[arg-type]  # test values


def texts_of(problems: tuple[Problem, ...], level: str = "error") -> str:
    """All findings of a level, for looking words up in."""
    return "\n".join(problem.text for problem in problems if problem.level == level)
