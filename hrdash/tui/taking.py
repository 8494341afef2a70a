"""What leaves the dashboard: citations, addresses, Markdown. Copied words always keep who said them, and where."""

from __future__ import annotations

from hrdash.model import Brief, Citation, Difference, LeftOpen, Source, Statement
from hrdash.report.lines import Context, place_text, said_by, source_text
from hrdash.text import clean_line


def cited(brief: Brief, anchor: str) -> tuple[Citation, ...]:
    """The citations of the statement or source with this id, in the brief."""
    statement = find_statement(brief, anchor)
    if statement is not None:
        return statement.cites
    return tuple(cite for cite in brief.citations if cite.source == anchor)


def find_statement(brief: Brief, anchor: str) -> Statement | None:
    """The brief's statement with this id."""
    return next((statement for statement in brief.statements if statement.id == anchor), None)


def citation_text(brief: Brief, part: str, anchor: str, context: Context) -> str:
    """One line to paste: what was said, who said it, in which source, and where in it; or a source alone."""
    statement = find_statement(brief, anchor) if part != "sources" else None
    if statement is None:
        source = context.registers.sources.get(anchor)
        return with_address(source) if source is not None else ""
    # No quotation marks: the sentences of a brief are its author's, and not the speaker's own words.
    return clean_line(
        f"{statement.text} — {said_by(statement, context)}, paraphrased. {places(statement.cites, context)}"
    )


def places(cites: tuple[Citation, ...], context: Context) -> str:
    """Each source with its pinpoints and its address, a semicolon between two."""
    paras: dict[str, list[str]] = {}
    for cite in cites:
        paras.setdefault(cite.source, []).append(cite.para)
    found = []
    for name, pinned in paras.items():
        source = context.registers.sources.get(name)
        if source is not None:
            where = ", ".join(place_text(source, para) for para in pinned)
            found.append(f"{source_text(source)}, {where}" + (f", {source.URL}" if source.URL else ""))
    return "; ".join(found)


def with_address(source: Source) -> str:
    """A source on one line, with its address."""
    return clean_line(source_text(source) + (f", {source.URL}" if source.URL else ""))


def addresses(brief: Brief, anchor: str, context: Context) -> tuple[str, ...]:
    """The addresses of the sources that a statement cites, or of a source."""
    sources = context.registers.sources
    names = dict.fromkeys(cite.source for cite in cited(brief, anchor))
    return tuple(sources[name].URL for name in names if name in sources and sources[name].URL)


def line_of(brief: Brief, anchor: str) -> int:
    """The line in the brief's file on which the statement, or else the brief, begins."""
    statement = find_statement(brief, anchor)
    return statement.place.line if statement is not None else brief.place.line


def selection_text(selected: str, brief: Brief, anchors: tuple[tuple[str, str], ...], context: Context) -> str:
    """Words selected on the page, and under them whose they are and where they stand."""
    found: dict[str, None] = {}
    for _, anchor in anchors:
        statement = find_statement(brief, anchor)
        if statement is not None:
            found[f"— {said_by(statement, context)}, paraphrased. {places(statement.cites, context)}"] = None
    ours: tuple[LeftOpen | Difference, ...] = (*brief.left_open, *brief.differences)
    for item in ours:
        if item.text in selected or (not anchors and selected.strip() and selected.strip() in item.text):
            found[f"— {places(item.cites, context)}"] = None
    return "\n".join([selected, *found])
