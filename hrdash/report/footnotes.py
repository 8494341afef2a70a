"""Statements to paste into a document: Markdown in which each has a footnote that says in full where it is written."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from hrdash import derive
from hrdash.derive import Found
from hrdash.model import SECTION_KINDS, Brief, Citation, Source, Statement
from hrdash.report import escaping, wording
from hrdash.report.parts import text_of
from hrdash.report.wording import Context


class Taken(NamedTuple):
    """A statement that is taken along, with its brief."""

    brief: Brief
    found: Found


def taken(briefs: Iterable[Brief], keys: Mapping[str, frozenset[str]]) -> list[Taken]:
    """The statements of these keys, by their briefs' ids, in the order of the briefs."""
    return [Taken(brief, one) for brief in briefs for one in derive.keyed(brief) if one.key in keys.get(brief.id, ())]


def footnoted(statements: Sequence[Taken], context: Context) -> str:
    """The statements as a list under the headings of their briefs, and their footnotes below. The names of footnotes
    hold a mark of what was taken, so that two such texts in one document keep theirs apart."""
    from hashlib import sha256  # which loads OpenSSL, for what is taken along

    mark = sha256("\n".join(f"{item.brief.id}/{item.found.key}" for item in statements).encode())
    notes: dict[tuple[Citation, ...], str] = {}
    lines: list[str] = []
    before = ""

    def noted(cites: tuple[Citation, ...]) -> str:
        name = notes.setdefault(cites, f"{len(notes) + 1}-{mark.hexdigest()[:6]}")
        return f"[^{name}]"

    for item in statements:
        if item.brief.id != before:
            lines += [*([""] if lines else []), f"**{escaping.markdown(item.brief.heading)}**", ""]
            before = item.brief.id
        said = escaping.markdown(text_of(wording.statement_text(item.found.said))) + noted(item.found.said.cites)
        against = [f"{escaping.markdown(text)}{noted(cites)}" for text, cites in _against(item, context)]
        lines.append(f"- {said} — {'; '.join([escaping.markdown(_about(item, context)), *against])}")
    lines.append("")
    lines += [f"[^{name}]: {_joined(_written(cites, context, escaping.markdown, escaping.address))}"
              for cites, name in notes.items()]  # fmt: skip
    return "\n".join(lines) + "\n"


def _about(item: Taken, context: Context) -> str:
    """The kind of a statement, who says it, what became of it; an absence with its bounds."""
    answer = _answer(item, context)
    of_the_state = answer in wording.ABSENT and bool(_linked(item, "responses", context))
    words = [item.found.kind, said_how(item.found.said, context), wording.answer_words(answer, context, of_the_state)]
    return "; ".join(filter(None, words))


def _against(item: Taken, context: Context) -> Iterator[tuple[str, tuple[Citation, ...]]]:
    """What would be held against an absence, and where each is written."""
    if _answer(item, context) not in wording.ABSENT:
        return
    if cites := tuple(dict.fromkeys(cite for claim in item.brief.claims for cite in claim.cites)):
        yield f"State claims in this brief: {text_of(wording.pinpoints(cites, context))}", cites
    for one in _linked(item, "assessments", context):
        yield text_of(wording.judged(one, context)), one.said.cites


def _answer(item: Taken, context: Context) -> str:
    return context.answers.get(item.brief.id, {}).get(item.found.key, "")


def _linked(item: Taken, section: str, context: Context) -> list[Found]:
    """The responses to a statement, or the assessments of it, of its own brief and then of others."""
    brief, name, kind = item.brief, (item.brief.id, item.found.said.id), SECTION_KINDS[section]
    if not item.found.said.id:
        return []
    here = [
        Found(kind, one.id, one) for one in brief.section(section)
        if name in (derive.target(to, brief.id) for to in getattr(one, derive.LINKING[section]))
    ]  # fmt: skip
    there = context.elsewhere.said.get(name, ())
    return here + [one for one in there if one.kind == kind and one.brief != brief.id]


def said_how(statement: Statement, context: Context) -> str:
    """Who says it and of what time; and, where they are not the source's, that the words are the brief's author's."""
    return text_of(wording.said_by(statement, context)) + ("" if statement.verbatim else ", paraphrased")


def places(cites: tuple[Citation, ...], context: Context) -> str:
    """Each source by its short title, with its pinpoints, in full, and its address; a semicolon between two."""
    return _joined(_written(cites, context))


def _joined(written: Iterable[tuple[str, str]]) -> str:
    return "; ".join([", ".join(filter(None, parts)) for parts in written])


def _written(
    cites: tuple[Citation, ...], context: Context, shown: Callable[[str], str] = str, linked: Callable[[str], str] = str
) -> Iterator[tuple[str, str]]:
    """Of each source what is written of it, and its address, as either is shown."""
    by_source: dict[str, list[Citation]] = {}
    for cite in cites:
        by_source.setdefault(cite.source, []).append(cite)
    for name, here in by_source.items():
        source = context.registers.sources.get(name)
        if source is not None:
            where = [text_of(parts[2 * (len(here) == 1) :]) for cite in here
                     if len(parts := wording.place_parts(source, cite.pinpoint)) > 1]  # fmt: skip
            full = ", ".join([wording.source_text(source), *where])
            yield shown(f"{text_of(wording.pinpoints(tuple(here), context))}: {full}"), linked(source.URL)


def with_address(source: Source) -> str:
    """A source on one line, with its address."""
    return wording.source_text(source) + (f", {source.URL}" if source.URL else "")
