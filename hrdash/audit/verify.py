"""Hold every statement against the paragraphs that it cites.

What is not borne out is an error, unless the statement's own `note` has the number, year, name or words that the
paragraphs lack. Nothing explains a copied run, a `verbatim` text that departs from its source, or a paragraph that does
not exist. A year may also follow from the date of the source, in a sentence that shares two words with the statement.
Of names those pass that stand in the cited sources' register, the speakers' names, or each of at least three texts.
`left_open` and `differences` speak of texts: names are not looked for there, nor small numbers that count texts.
"""

from collections.abc import Iterable, Iterator, Mapping

from hrdash.audit.figures import UNKNOWN, figure_findings
from hrdash.audit.hedges import put_findings
from hrdash.audit.numbers import quantities
from hrdash.audit.paraphrase import absent_numbers, counts_texts, other_sense
from hrdash.audit.passage import Finding, Passage, label, missing_dates, passage
from hrdash.audit.texts import SourceText
from hrdash.audit.verbatim import SourceRuns, departure, quoted
from hrdash.audit.words import WORD, fold_name, glossary, names_said, proper_names, stems
from hrdash.derive import sources_of, years_issued
from hrdash.model import Brief, Citation, Place, Problem, Registers, Statement
from hrdash.period import parse

_SHARED_BY = 3
"""A name in each of so many texts and more is what a corpus is about."""
_STRANGE = 0.25
"""A statement is not of paragraphs that have no larger share of its words, where another has twice as much."""
_TELLING = 3
"""Fewer words than these may stand anywhere."""


def verify(briefs: Iterable[Brief], registers: Registers, texts: Mapping[str, SourceText]) -> tuple[Problem, ...]:
    """Every finding, in the order of files and places."""
    auditor = _Auditor(registers, texts)
    found = [(brief.file, *finding) for brief in briefs for finding in auditor.findings(brief)]
    for source in registers.sources.values():
        last = texts[source.id].last if source.id in texts else 0
        stated = source.paragraphs.last if source.paragraphs and source.paragraphs.numbering != "none" else 0
        if source.id not in texts:
            what = f"there is no text of {source.id}, so that nothing that cites it was verified"
            found.append((source.file, source.place, Finding(what, f"put {source.id}.txt among the texts")))
        elif stated != last and stated and last:
            what = f"{source.id} ends with paragraph {stated} here and with {last} in its text"
            cure = "correct paragraphs.last, or number the text again"
            found.append((source.file, source.place, Finding(what, cure)))
    return tuple(sorted({Problem(file, place.line, place.column, *finding) for file, place, finding in found}))


class _Auditor:
    """The rules, with the texts and registers prepared once."""

    def __init__(self, registers: Registers, texts: Mapping[str, SourceText]) -> None:
        self.registers = registers
        self.texts = texts
        self.runs = SourceRuns(texts, [source.title for source in registers.sources.values()])
        self.declared = {
            source.id: texts[source.id].declared(source) for source in registers.sources.values() if source.id in texts
        }
        named = [
            {name.folded for part in text.paragraphs.values() for name in proper_names(part) if not name.opening}
            for text in texts.values()
        ]
        paragraphs = [part for text in texts.values() for part in text.paragraphs.values()]
        in_small = {word for part in paragraphs for word in WORD.findall(part) if word[0].islower()}
        self.glossary = glossary(paragraphs)
        self.shared = set.intersection(*named) if len(named) >= _SHARED_BY else set()
        self.only_names = set().union(*named).difference(map(fold_name, in_small))

    def findings(self, brief: Brief) -> Iterator[tuple[Place, Finding]]:
        parts = [
            (said.place, said.id or kind, self.statement(kind, said)) for kind, those in brief.by_kind for said in those
        ]
        parts += [(gap.place, "left_open", self.aside(gap.text, gap.cites)) for gap in brief.left_open]
        parts += [(one.place, "differences", self.aside(one.text, one.cites)) for one in brief.differences]
        parts.append((brief.place, "title", self.aside(brief.title, brief.citations, "what the brief cites")))
        for place, part, findings in parts:
            for finding in findings:
                yield place, finding._replace(what=f"{brief.id} {part}: {finding.what}")

    def statement(self, kind: str, statement: Statement) -> Iterator[Finding]:
        """Every finding of one statement that its note does not explain."""
        text, note, said = statement.text, statement.note, self.said(statement.cites)
        yield from self.citations((*statement.cites, *(cite for one in statement.positions for cite in one.cites)))
        for words in (note,) if statement.verbatim else (text, note):
            yield from self.copied(words)
        if said is None:
            return
        noted, dates = quantities(note), said.dates(text)
        if not statement.verbatim:
            numbers = (number for number in quantities(text) if not any(map(number.agrees, noted)))
            yield from absent_numbers(numbers, said, dates.years)
            yield from other_sense(text, said, note)
            yield from self.names(statement, said)
            yield from _quotations("quoted phrase", quoted(text), said, note)
        elif at := departure(text, said.paragraphs):
            what = f"it is verbatim, and departs from the words of {said.label} at '{at}'"
            yield Finding(what, "write the source's own words, … for words left out and [x] for words put in")
        yield from self.elsewhere(statement, said)
        yield from _quotations("period_text", [statement.period_text], said, note)
        if statement.period:
            when = parse(statement.period)
            known = {one.year for one in noted} | (self.issued(statement.cites) if when.inferred else set())
            for date in missing_dates(when, dates):
                if int(date[:4]) not in known:
                    what = f"the period {statement.period} is given, and {said.label} does not name {date}"
                    yield Finding(what, f"leave the period out, or say in the note where {date[:4]} comes from")
        for figure in statement.figures:
            indicator = self.registers.indicators.get(figure.indicator, UNKNOWN)
            yield from figure_findings(figure, indicator, said, note)
        yield from put_findings(kind, statement, said)

    def aside(self, text: str, cites: tuple[Citation, ...], label: str = "") -> Iterator[Finding]:
        """Findings of a text that speaks of texts; with a label, of a title, whose words count none."""
        if not label:
            yield from self.citations(cites, warn=False)
        yield from self.copied(text)
        if said := self.said(cites):
            said = said._replace(label=label or said.label)
            numbers = (number for number in quantities(text) if label or not counts_texts(number))
            yield from absent_numbers(numbers, said, said.dates().years | self.issued(cites))
            yield from _quotations("quoted phrase", quoted(text), said)

    def said(self, cites: tuple[Citation, ...]) -> Passage | None:
        """What is cited, where all of it is at hand: else what is not found may stand in what is not."""
        said = passage(cites, self.texts, self.registers.sources)
        return said if said.sentences and all(cite.source in self.texts for cite in cites) else None

    def issued(self, cites: Iterable[Citation]) -> set[int]:
        return {year for source in sources_of(cites, self.registers.sources) for year in years_issued(source)}

    def citations(self, cites: Iterable[Citation], warn: bool = True) -> Iterator[Finding]:
        """Paragraphs that the texts do not have, or of which the register says that they hold no statement."""
        for cite in cites:
            text, declared = self.texts.get(cite.source), self.declared.get(cite.source)
            if text is None or declared is None:
                continue
            if absent := text.absent(cite.pinpoint):
                last = f", its last being {text.last}" if text.last else ""
                yield Finding(f"the text of {cite.source} has no paragraph {absent}{last}", "cite one that it has")
            for place in text.cited(cite.pinpoint) if warn else ():
                if place in declared:
                    file = self.registers.sources[cite.source].file
                    what = f"{label(cite.source, place)} is cited, and {file} says that it holds no statement"
                    yield Finding(what, "cite the paragraph that says it, or take it out of no_statements", "warning")

    def copied(self, text: str) -> Iterator[Finding]:
        """Runs of eight words that stand in a source text."""
        for words, place in self.runs.copied(text):
            what = f"{len(words)} words in a row stand in {place}: {' '.join(words)}"
            yield Finding(what, "write the sentence afresh")

    def elsewhere(self, statement: Statement, said: Passage) -> Iterator[Finding]:
        """A paragraph of the same source that has the statement's words, where those cited have next to none."""
        own = stems(statement.text)
        if len(own) < _TELLING or len(own & said.stems) > _STRANGE * len(own):
            return
        for source in dict.fromkeys(cite.source for cite in statement.cites):
            for place, part in self.texts[source].paragraphs.items():
                if len(own & stems(part)) >= 2 * _STRANGE * len(own):
                    what = f"the pinpoint {said.label} has hardly a word of it, and {label(source, place)} has more"
                    yield Finding(what, "cite the paragraph that says it", "warning")
                    return

    def names(self, statement: Statement, said: Passage) -> Iterator[Finding]:
        """Proper names that the paragraphs do not have."""
        speakers = [self.registers.speakers[name] for name in statement.by if name in self.registers.speakers]
        known = {fold_name(word) for one in speakers for word in WORD.findall(f"{one.name} {one.short}")}
        register = [
            " ".join((one.title, one.publisher, one.container_title, one.number, *(name.text for name in one.author)))
            for one in sources_of(statement.cites, self.registers.sources)
        ]
        written_out = [words for short, words in self.glossary.items() if any(short in one.words for one in said.names)]
        offered = [*said.names, *map(names_said, (statement.note, *register, *written_out))]
        for name in dict.fromkeys(proper_names(statement.text)):
            is_shared = name.folded in self.shared or (
                len(name.folded) > 4 and any(shared.startswith(name.folded) for shared in self.shared)
            )  # `Kazakh` is what the corpus is about where `Kazakhstan` is
            if name.folded in known or is_shared or (name.opening and name.folded not in self.only_names):
                continue
            if not name.folded.isascii():
                continue  # of another script, whose endings are not known
            if not any(place.has(name) for place in offered):
                what = f"the name '{name.written}' does not stand in {said.label}"
                yield Finding(what, "cite the paragraph that has it, or use the source's word")


def _quotations(what: str, phrases: Iterable[str], said: Passage, note: str = "") -> Iterator[Finding]:
    """Quoted words that stand neither in the paragraphs nor in the note."""
    for phrase in phrases:
        if (at := departure(phrase, said.paragraphs)) and departure(phrase, [note]):
            where = f" from '{at}' on" if len(at.split()) < len(phrase.split()) else ""
            found = f"the {what} '{phrase}' does not stand in {said.label}{where}"
            yield Finding(found, "quote the source's own words, or leave it out")
