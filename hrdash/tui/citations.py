"""What leaves the dashboard: citations and addresses. Copied words always keep who said them, and where."""

from __future__ import annotations

from itertools import chain

from hrdash import derive
from hrdash.model import Brief, Citation, Difference, LeftOpen, Statement
from hrdash.report.parts import EDITORIAL, note_anchor, text_of
from hrdash.report.wording import Context, short_title, statement_text
from hrdash.text import clean_line


def cited(brief: Brief, part: str, anchor: str, context: Context) -> tuple[Citation, ...]:
    """The citations of what the cursor stands on in a part of the brief: a statement, a source, an editorial note."""
    found = editorial_note(brief, part, anchor) or statement_at(brief, part, anchor, context)
    return found.cites if found else tuple(cite for cite in brief.citations if cite.source == anchor)


def statement_at(brief: Brief, part: str, anchor: str, context: Context) -> Statement | None:
    """The statement that the cursor stands on in a part of the brief; among the sources, of which one may have the id
    of a statement, none.
    """
    return find_statement(brief, anchor, context) if part != "sources" else None


def find_statement(brief: Brief, anchor: str, context: Context) -> Statement | None:
    """The statement of this key in the brief; or, by its brief and key, one of another that is printed with it."""
    there = chain.from_iterable(context.elsewhere.said.values())
    return next((one.said for one in chain(derive.keyed(brief), there) if one.anchor == anchor), None)


def editorial_note(brief: Brief, part: str, anchor: str) -> LeftOpen | Difference | None:
    """What the brief's author says at this anchor: that something is left open, or that sources differ."""
    if not anchor.startswith(EDITORIAL):
        return None
    items: tuple[LeftOpen | Difference, ...] = brief.left_open if part == "left_open" else brief.differences
    return next((item for item in items if note_anchor(item) == anchor), None)


def is_there(brief: Brief, part: str, anchor: str, context: Context) -> bool:
    """Whether the brief has what the cursor stands on, which another may have read anew since it was shown."""
    found = editorial_note(brief, part, anchor) or statement_at(brief, part, anchor, context)
    return found is not None or (part == "sources" and anchor in context.registers.sources)


def citation_text(brief: Brief, part: str, anchor: str, context: Context) -> str:
    """One line to paste: what was said, who said it, in which source, and where in it; or a source alone."""
    from hrdash.report.footnotes import places, said_how, with_address  # for who takes something along

    note = editorial_note(brief, part, anchor)
    if isinstance(note, Difference):
        words = f"Where sources differ: {note.text} — {context.corpus.title}."
    elif note is not None:
        asked = (said for name in note.of if (said := _named(brief, name, context)) is not None)
        words = f"Left open, {context.corpus.until}: {note.text} "
        words += " ".join(f"Of: {text_of(statement_text(said))} — {said_how(said, context)}." for said in asked)
    else:
        statement = statement_at(brief, part, anchor, context)
        if statement is None:
            source = context.registers.sources.get(anchor)
            return clean_line(f"{short_title(source)}: {with_address(source)}") if source is not None else ""
        words = f"{text_of(statement_text(statement))} — {said_how(statement, context)}."
    return clean_line(f"{words} {places(cited(brief, part, anchor, context), context)}")


def addresses(brief: Brief, part: str, anchor: str, context: Context) -> tuple[str, ...]:
    """The addresses of the sources that are cited where the cursor stands, or of a source."""
    sources = context.registers.sources
    names = dict.fromkeys(cite.source for cite in cited(brief, part, anchor, context))
    return tuple(sources[name].URL for name in names if name in sources and sources[name].URL)


def selection_text(selected: str, brief: Brief, anchors: tuple[tuple[str, str], ...], context: Context) -> str:
    """Words selected on the page, and under them whose they are and where they stand."""
    from hrdash.report.footnotes import places, said_how  # for who takes something along

    found: dict[str, None] = {}
    for part, anchor in anchors:
        if here := editorial_note(brief, part, anchor) or statement_at(brief, part, anchor, context):
            who = f"{said_how(here, context)}. " if isinstance(here, Statement) else ""
            found[f"— {who}{places(here.cites, context)}"] = None
    return "\n".join([selected, *found])


def _named(brief: Brief, reference: str, context: Context) -> Statement | None:
    """The statement that a reference in this brief names, where it is at hand."""
    name = derive.target(reference, brief.id)
    return find_statement(brief, name[1] if name[0] == brief.id else "/".join(name), context)
