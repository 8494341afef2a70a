"""What leaves the dashboard: citations and addresses.

Copied words always keep who said them, and where.
"""

from __future__ import annotations

from hrdash.model import Brief, Citation, Difference, LeftOpen, Source, Statement
from hrdash.report.parts import EDITORIAL, text_of
from hrdash.report.wording import Context, place_parts, said_by, source_text
from hrdash.text import clean_line


def cited(brief: Brief, part: str, anchor: str) -> tuple[Citation, ...]:
    """The citations of what the cursor stands on in a part of the brief: a statement, a source, an editorial note."""
    found = find_statement(brief, anchor) or editorial_note(brief, part, anchor)
    if found is not None:
        return found.cites
    return tuple(cite for cite in brief.citations if cite.source == anchor)


def find_statement(brief: Brief, anchor: str) -> Statement | None:
    """The brief's statement with this id."""
    return next((statement for statement in brief.statements if statement.id == anchor), None)


def editorial_note(brief: Brief, part: str, anchor: str) -> LeftOpen | Difference | None:
    """What the brief's author says at this anchor: that something is left open, or that sources differ."""
    if not anchor.startswith(EDITORIAL):
        return None
    items: tuple[LeftOpen | Difference, ...] = brief.left_open if part == "left_open" else brief.differences
    return items[int(anchor.removeprefix(EDITORIAL))]


def citation_text(brief: Brief, part: str, anchor: str, context: Context) -> str:
    """One line to paste: what was said, who said it, in which source, and where in it; or a source alone."""
    note = editorial_note(brief, part, anchor)
    if note is not None:
        return _editorial_text(brief, note, context)
    statement = find_statement(brief, anchor) if part != "sources" else None
    if statement is None:
        source = context.registers.sources.get(anchor)
        return with_address(source) if source is not None else ""
    # No quotation marks: the sentences of a brief are its author's, and not the speaker's own words.
    return clean_line(f"{statement.text} — {said_how(statement, context)}. {places(statement.cites, context)}")


def _editorial_text(brief: Brief, note: LeftOpen | Difference, context: Context) -> str:
    """What the brief's author says, with what was asked, and where to read it."""
    corpus = context.corpus
    if isinstance(note, Difference):
        return clean_line(f"Where sources differ: {note.text} — {corpus.title}. {places(note.cites, context)}")
    asked = [found for name in note.asks if (found := find_statement(brief, name)) is not None]
    questions = " ".join(f"Asked: {item.text} — {said_how(item, context)}." for item in asked)
    return clean_line(f"Left open, as of {corpus.as_of}: {note.text} {questions} {places(note.cites, context)}")


def said_how(statement: Statement, context: Context) -> str:
    """Who says it and of what time, and that the words are those of the brief's author."""
    return f"{text_of(said_by(statement, context))}, paraphrased"


def places(cites: tuple[Citation, ...], context: Context) -> str:
    """Each source with its pinpoints and its address, a semicolon between two."""
    paras: dict[str, list[str]] = {}
    for cite in cites:
        paras.setdefault(cite.source, []).append(cite.para)
    found = []
    for name, pinned in paras.items():
        source = context.registers.sources.get(name)
        if source is not None:
            where = ", ".join(text_of(place_parts(source, para)) for para in pinned)
            found.append(f"{source_text(source)}, {where}" + (f", {source.URL}" if source.URL else ""))
    return "; ".join(found)


def with_address(source: Source) -> str:
    """A source on one line, with its address."""
    return clean_line(source_text(source) + (f", {source.URL}" if source.URL else ""))


def addresses(brief: Brief, part: str, anchor: str, context: Context) -> tuple[str, ...]:
    """The addresses of the sources that are cited where the cursor stands, or of a source."""
    sources = context.registers.sources
    names = dict.fromkeys(cite.source for cite in cited(brief, part, anchor))
    return tuple(sources[name].URL for name in names if name in sources and sources[name].URL)


def line_of(brief: Brief, anchor: str) -> int:
    """The line in the brief's file on which the statement, or else the brief, begins."""
    statement = find_statement(brief, anchor)
    return statement.place.line if statement is not None else brief.place.line


def selection_text(selected: str, brief: Brief, anchors: tuple[tuple[str, str], ...], context: Context) -> str:
    """Words selected on the page, and under them whose they are and where they stand."""
    found: dict[str, None] = {}
    for part, anchor in anchors:
        statement, note = find_statement(brief, anchor), editorial_note(brief, part, anchor)
        if statement is not None:
            found[f"— {said_how(statement, context)}. {places(statement.cites, context)}"] = None
        elif note is not None:
            found[f"— {places(note.cites, context)}"] = None
    return "\n".join([selected, *found])
