"""Hold every statement against the paragraphs that it cites.

An error is a finding to be mended, or to be explained beside the figure. It is explained, and no finding, where the
statement's own `note` names it: the number, the year or the name that the paragraphs lack, or the number whose
qualifier differs there. Nothing explains a copied run, or a paragraph that does not exist. A warning is worth a look.

What counts as standing in the cited paragraphs:

- a number, as `hrdash.audit.numbers` compares them; a year also when it follows from the date on which the cited source
  was issued (`hrdash.audit.dates`), in a sentence that shares two words with the statement. `one`, `first` and `second`
  are not looked for. A period marked as inferred (`~`) may be the source's own year;
- a number's qualifier, both in the statement's text and in its figure;
- a figure's value in one sentence with its qualifier and with the years and months of the figure's own period
  (`hrdash.audit.figures`);
- a proper name, as `hrdash.audit.names` compares them. Let pass are words of the cited sources' titles, authors and
  publishers, words of the speaker's name, and names that are in each of at least three texts: those are what the
  corpus is about.

`left_open` and `differences` speak of texts: a small number in words that counts texts, paragraphs, answers and the
like is not looked for in them, and neither are names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from hrdash.audit import hedges
from hrdash.audit.dates import missing_dates
from hrdash.audit.figures import Finding, figure_findings, qualifier_words
from hrdash.audit.names import fold_name, glossary, names_said, proper_names
from hrdash.audit.numbers import Quantity, bounds, quantities
from hrdash.audit.passage import Passage, passage
from hrdash.audit.sentences import REACH, WORD, stems
from hrdash.audit.texts import SourceText, covered
from hrdash.audit.verbatim import SourceRuns
from hrdash.derive import issue_years
from hrdash.model import Brief, Citation, Difference, LeftOpen, Place, Problem, Registers, Source, Statement
from hrdash.period import parse

_COUNTS_TEXTS = re.compile(
    r"\s+(?:[\w-]+\s+)?(?:texts?|sources?|paragraphs?|passages?|places|accounts?|answers?|statements?|documents?"
    r"|versions?|descriptions?|figures?|numbers?|counts?|measures?|bodies|wordings?|sentences?|claims?|responses?"
    r"|speakers?|things|matters|parts?|points?|labels?|words?|questions?|ways|series|grounds|steps|dates)\b",
    re.I,
)
_THE_TWO = re.compile(r"\bthe\s+$", re.I)
_A_NOUN = re.compile(r"\s+(?!are\b|were\b|is\b|differ|overlap|count|have\b|may\b|mean\b)\w+")
_DURATION = re.compile(r"[\s-]+(?:years?|months?|weeks?|days?|hours?)\b", re.I)
_SHARED_BY = 3
"""A name in each of so many texts and more is what a corpus is about."""
_ALIKE = 0.4
"""A statement tells of the sentence that has so large a share of its words."""


def verify(briefs: Iterable[Brief], registers: Registers, texts: Mapping[str, SourceText]) -> tuple[Problem, ...]:
    """Every finding, in the order of files and places."""
    auditor = _Auditor(registers, texts)
    found = [(brief.file, place, finding) for brief in briefs for place, finding in auditor.findings(brief)]
    found += [
        ("sources.yaml", source.place, finding)
        for source in registers.sources.values()
        for finding in _text_findings(source, texts.get(source.id))
    ]
    return tuple(sorted({Problem(file, place.line, place.column, *finding) for file, place, finding in found}))


def _text_findings(source: Source, text: SourceText | None) -> Iterator[Finding]:
    """A source whose text is not at hand, or does not end where the register says."""
    if text is None:
        what = f"there is no text of {source.id}, so that nothing that cites it was verified"
        yield Finding(what, f"put {source.id}.txt among the texts")
    elif source.paragraphs.last != text.last:
        what = f"{source.id} ends with paragraph {source.paragraphs.last} here and with {text.last} in its text"
        yield Finding(what, "correct paragraphs.last, or number the text again")


class _Auditor:
    """The rules, with the texts and registers prepared once."""

    def __init__(self, registers: Registers, texts: Mapping[str, SourceText]) -> None:
        self.registers = registers
        self.texts = texts
        self.runs = SourceRuns(texts, [source.title for source in registers.sources.values()])
        paragraphs = [part for text in texts.values() for part in text.paragraphs.values()]
        named = [_names_of(text) for text in texts.values()]
        self.shared = frozenset.intersection(*named) if len(named) >= _SHARED_BY else frozenset()
        self.glossary = glossary(paragraphs)
        lower = {fold_name(word) for part in paragraphs for word in WORD.findall(part) if word[0].islower()}
        self.only_names = frozenset().union(*named) - lower

    def findings(self, brief: Brief) -> Iterator[tuple[Place, Finding]]:
        """Every finding of one brief, with its place."""
        parts = [(statement.place, statement.id, self.statement(statement)) for statement in brief.statements]
        parts += [(gap.place, "left_open", self.aside(gap)) for gap in brief.left_open]
        parts += [(difference.place, "differences", self.aside(difference)) for difference in brief.differences]
        for place, part, findings in (*parts, (brief.place, "title", self.title(brief))):
            for finding in findings:
                yield place, finding._replace(what=f"{brief.id} {part}: {finding.what}")

    def statement(self, statement: Statement) -> Iterator[Finding]:
        """Every finding of one statement that its note does not explain."""
        yield from self.pinpoints(statement.cites)
        yield from self.undeclared(statement.cites)
        for text in (statement.text, statement.note):
            yield from self.copied(text)
        said = self.said(statement.cites)
        if said is None:
            return
        explained = quantities(statement.note)
        for number in _absent_numbers(statement.text, said, said.dates(stems(statement.text)).years):
            if not any(number.agrees(other) for other in explained):
                yield _absent(number, said)
        yield from _text_qualifiers(statement.text, said, explained)
        yield from self.names(statement, said)
        yield from self.period(statement, said, explained)
        for figure in statement.figures:
            measure = self.registers.measures.get(figure.measure)
            yield from figure_findings(figure, statement, measure, said, explained)
        yield from _how_put(statement, said)

    def aside(self, item: LeftOpen | Difference) -> Iterator[Finding]:
        """Findings of a text that speaks of texts."""
        yield from self.pinpoints(item.cites)
        yield from self.copied(item.text)
        if said := self.said(item.cites):
            for number in _absent_numbers(item.text, said, said.dates().years | self.issue_years(item.cites)):
                if not _counts_texts(item.text, number):
                    yield _absent(number, said)

    def title(self, brief: Brief) -> Iterator[Finding]:
        """A title's numbers have to stand in some paragraph that the brief cites."""
        yield from self.copied(brief.title)
        if said := self.said(brief.citations):
            years = said.dates().years | self.issue_years(brief.citations)
            for number in _absent_numbers(brief.title, said, years):
                yield _absent(number, said._replace(label="what the brief cites"))

    def said(self, cites: tuple[Citation, ...]) -> Passage | None:
        """What is cited, where all of it is at hand: else what is not found may stand in what is not."""
        said = passage(cites, self.texts, self.registers.sources)
        return said if said.sentences and all(cite.source in self.texts for cite in cites) else None

    def issue_years(self, cites: tuple[Citation, ...]) -> frozenset[int]:
        """The years in which the cited sources were issued."""
        sources = self.registers.sources
        return frozenset(year for cite in cites if cite.source in sources for year in issue_years(sources[cite.source]))

    def pinpoints(self, cites: tuple[Citation, ...]) -> Iterator[Finding]:
        """Paragraphs that the texts do not have."""
        for cite in cites:
            text = self.texts.get(cite.source)
            if text is not None and (number := text.absent(cite)) is not None:
                what = f"the text of {cite.source} has no paragraph {number}, its last being {text.last}"
                yield Finding(what, "cite a paragraph that it has")

    def undeclared(self, cites: tuple[Citation, ...]) -> Iterator[Finding]:
        """Paragraphs that the register says hold no statement."""
        for cite in cites:
            if cite.source not in self.texts:
                continue
            cited = self.texts[cite.source].cited(cite)
            gaps = self.registers.sources[cite.source].paragraphs.no_statements
            for number in sorted({number for gap in gaps for number in covered(gap.paras, cited)}):
                what = f"{cite.source} ¶{number} is cited, and sources.yaml says that it holds no statement"
                yield Finding(what, "cite the paragraph that says it, or take it out of no_statements", "warning")

    def copied(self, text: str) -> Iterator[Finding]:
        """Runs of eight words that stand in a source text."""
        for words, cite in self.runs.copied(text):
            what = f"{len(words)} words in a row stand in {cite.source} ¶{cite.para}: {' '.join(words)}"
            yield Finding(what, "write the sentence afresh")

    def names(self, statement: Statement, said: Passage) -> Iterator[Finding]:
        """Proper names that the paragraphs do not have."""
        speaker = self.registers.speakers.get(statement.by)
        known = {fold_name(word) for word in WORD.findall(f"{speaker.name} {speaker.short}")} if speaker else set()
        register = {_register_words(self.registers.sources[cite.source]) for cite in statement.cites}
        explained = {words for acronym, words in self.glossary.items() if any(acronym in at.words for at in said.names)}
        offered = [*said.names, *map(names_said, (statement.note, *register, *explained))]
        for name in dict.fromkeys(proper_names(statement.text)):
            if name.folded in known or self.is_shared(name.folded):
                continue
            if name.opening and name.folded not in self.only_names:
                continue
            if not any(place.has(name) for place in offered):
                what = f"the name '{name.written}' does not stand in {said.label}"
                yield Finding(what, "cite the paragraph that has it, or use the source's word")

    def is_shared(self, name: str) -> bool:
        """Whether a name, or the name that it is an adjective of, is what the whole corpus is about."""
        return name in self.shared or (len(name) > 4 and any(shared.startswith(name) for shared in self.shared))

    def period(self, statement: Statement, said: Passage, explained: tuple[Quantity, ...]) -> Iterator[Finding]:
        """Ends of a statement's period that the paragraphs do not name."""
        if not statement.period:
            return
        when = parse(statement.period)
        noted = {number.year for number in explained}
        if when.inferred:
            noted.update(self.issue_years(statement.cites))
        for date in missing_dates(when, said.dates(stems(statement.text))):
            if int(date[:4]) not in noted:
                what = f"the period {statement.period} is given, and {said.label} does not name {date}"
                yield Finding(what, f"leave the period out, or say in the note where {date[:4]} comes from")


def _absent_numbers(text: str, said: Passage, years: frozenset[int]) -> Iterator[Quantity]:
    """The numbers of a text that the paragraphs do not have; these years are there."""
    for number in quantities(text):
        if not number.weak and number.year not in years and not any(number.agrees(other) for other in said.numbers):
            yield number


def _absent(number: Quantity, said: Passage) -> Finding:
    kind = "year" if number.year else "number"
    what = f"the {kind} {number.written!r} does not stand in {said.label}"
    return Finding(what, f"cite the paragraph that has it, or mend the {kind}")


def _counts_texts(text: str, number: Quantity) -> bool:
    """Whether a number in words counts texts, paragraphs, answers …, or is `the two` of them."""
    if not number.written.isalpha():
        return False
    before = max(0, number.start - REACH), number.start
    the_two = bool(_THE_TWO.search(text, *before)) and not _A_NOUN.match(text, number.end)
    return the_two or bool(_COUNTS_TEXTS.match(text, number.end))


def _text_qualifiers(text: str, said: Passage, explained: tuple[Quantity, ...]) -> Iterator[Finding]:
    """Numbers of a text whose qualifier is not the one that they have in the paragraphs."""
    for number in quantities(text):
        there = {
            qualifier
            for sentence in said.sentences
            for other in sentence.numbers
            if number.agrees(other)
            for qualifier in (other.qualifier, *bounds(sentence.text))
        }
        if _DURATION.match(text, number.end) and "more-than" in {number.qualifier, *there}:
            continue  # `over eight years` is as much `during` as `more than`
        noted = any(number.agrees(other) for other in explained)
        if number.weak or number.year or noted or not there or number.qualifier in there:
            continue
        words = qualifier_words(there)
        if number.qualifier:
            own = qualifier_words([number.qualifier])
            what = f"{number.written!r} is {own} in the text and {words or 'exact'} in {said.label}"
        else:
            what = f"{number.written!r} lacks the qualifier that it has in {said.label}: {words}"
        yield Finding(what, "keep the qualifier of the source")


def _how_put(statement: Statement, said: Passage) -> Iterator[Finding]:
    """Questions, reports and plans put as statements, by the sentence that a statement is most like."""
    if statement.put_as == "question" and not hedges.asks(statement.text):
        yield Finding("it is put as a question and does not ask", "write a question, or 'Asks whether …'", "warning")
    own = stems(statement.text)
    if statement.put_as != "statement" or not own:
        return
    parts = [(clause, sentence.text) for sentence in said.sentences for clause in hedges.clauses(sentence.text)]
    shares = [len(own & stems(clause)) / len(own) for clause, _ in parts]
    best = max(shares, default=0.0)
    if best < _ALIKE:
        return
    alike = [part for part, share in zip(parts, shares, strict=True) if share == best]
    if all(hedges.is_question(sentence) for _, sentence in alike):
        yield Finding("the sentence that it is most like is a question", "put_as: question", "warning")
    elif all(hedges.is_report_dropped(clause, statement.text) for clause, _ in alike):
        yield Finding("the sentence that it is most like passes on a report", "put_as: report", "warning")
    elif all(hedges.is_intended(clause) for clause, _ in alike):
        yield Finding("the sentence that it is most like says what is intended", "put_as: plan", "warning")


def _register_words(source: Source) -> str:
    return " ".join(
        (source.title, source.publisher, source.container_title, source.number, *(a.text for a in source.author))
    )


def _names_of(text: SourceText) -> frozenset[str]:
    """The names of a text that do not merely open a sentence."""
    paragraphs = text.paragraphs.values()
    return frozenset(name.folded for part in paragraphs for name in proper_names(part) if not name.opening)
