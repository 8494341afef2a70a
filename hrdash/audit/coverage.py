"""Account for every paragraph of the source texts, and for every sentence that carries a number, a year or a question.

A paragraph is accounted for when a statement cites it, or when its source declares that it holds none
(`no_statements`). A paragraph cited only where sources differ or where something is left open is not: nothing says
there what it says. In a paragraph that is not declared, each sentence with a number, a year or a question is taken up
by the statements that cite the paragraph, as `hrdash.audit.carrying` has it, or is a gap.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from hrdash.audit.carrying import Bearer, Weights, wanted
from hrdash.audit.passage import prepared
from hrdash.audit.texts import SourceText, cited_numbers, ranges
from hrdash.model import SPEAKER_KINDS, STATE_SIDE, Brief, NoStatements, Registers, Source, Statement


class SentenceGap(NamedTuple):
    """A sentence that no citing statement takes up, and what of it is missing."""

    source: str
    para: int
    number: int
    """Its place in the paragraph, from 1."""
    text: str
    missing: tuple[str, ...]
    """`800`, `2024`, `question`."""


class SourceAccount(NamedTuple):
    """One source's paragraphs and what became of each."""

    source: str
    has_text: bool
    paragraphs: int
    cited: Mapping[int, tuple[str, ...]]
    """For each paragraph that statements cite, the briefs that do."""
    declared: Mapping[int, NoStatements]
    """For each paragraph that holds no statement, where the register says so."""
    uncited: tuple[int, ...]
    """Paragraphs neither cited nor declared: gaps."""
    sentences: int
    """How many sentences of paragraphs that are not declared carry a number, a year or a question."""
    gaps: tuple[SentenceGap, ...]


class Mix(NamedTuple):
    """Whose words a corpus consists of, and on what its briefs rest."""

    statements: Mapping[str, int]
    """By kind of speaker, in the order of `SPEAKER_KINDS`."""
    briefs: int
    one_source: tuple[str, ...]
    state_only: tuple[str, ...]
    unsigned_only: tuple[str, ...]


class Account(NamedTuple):
    """What became of every paragraph and of every sentence that carries something."""

    sources: tuple[SourceAccount, ...]
    mix: Mix

    @property
    def paragraph_share(self) -> float:
        """Per cent of the paragraphs that are cited or declared; 100 where there are none."""
        total = sum(source.paragraphs for source in self.sources)
        return _per_cent(total - sum(len(source.uncited) for source in self.sources), total)

    @property
    def sentence_share(self) -> float:
        """Per cent of the sentences carrying something that are taken up; a text not at hand counts as one gap."""
        absent = sum(not source.has_text for source in self.sources)
        total = absent + sum(source.sentences for source in self.sources)
        return _per_cent(total - absent - sum(len(source.gaps) for source in self.sources), total)

    @property
    def share(self) -> float:
        """The lower of the two shares: what has to reach the share that a user requires."""
        return min(self.paragraph_share, self.sentence_share)


def coverage(briefs: Iterable[Brief], registers: Registers, texts: Mapping[str, SourceText]) -> Account:
    """The account of a corpus; a source without a text is accounted for by its paragraphs alone."""
    held = tuple(briefs)
    weights = Weights(texts.values())
    accounts = tuple(
        _source_account(source, held, registers, texts.get(source.id), weights) for source in registers.sources.values()
    )
    return Account(accounts, _mix(held, registers))


def _source_account(
    source: Source, briefs: Sequence[Brief], registers: Registers, text: SourceText | None, weights: Weights
) -> SourceAccount:
    numbers = sorted(text.paragraphs) if text else range(1, source.paragraphs.last + 1)
    citing = _citing(source.id, briefs, numbers[-1] if numbers else 0)
    declared = {
        number: declaration
        for declaration in source.paragraphs.no_statements
        for stretch in ranges(declaration.paras)
        for number in numbers
        if number in stretch
    }
    sentences = 0
    gaps: list[SentenceGap] = []
    for number, paragraph in (text.paragraphs if text else {}).items():
        if number in declared:
            continue
        told = prepared(paragraph, source.issued)
        bearer = Bearer(citing.get(number, ()), told, registers.measures, weights)
        for place, sentence in enumerate(told):
            if wanted(sentence):
                sentences += 1
                if missing := bearer.missing(place):
                    gaps.append(SentenceGap(source.id, number, place + 1, sentence.text, missing))
    return SourceAccount(
        source=source.id,
        has_text=text is not None,
        paragraphs=len(numbers),
        cited={number: tuple(dict.fromkeys(brief.id for brief, _ in citing[number])) for number in sorted(citing)},
        declared=declared,
        uncited=tuple(number for number in numbers if number not in citing and number not in declared),
        sentences=sentences,
        gaps=tuple(gaps),
    )


def _citing(source: str, briefs: Sequence[Brief], last: int) -> dict[int, list[tuple[Brief, Statement]]]:
    """The statements that cite each paragraph of a source up to its last, with their briefs."""
    citing: dict[int, list[tuple[Brief, Statement]]] = {}
    for brief in briefs:
        for statement in brief.statements:
            cites = [cite for cite in statement.cites if cite.source == source]
            cited = {number for cite in cites for number in cited_numbers(cite, last)}
            for number in cited:
                citing.setdefault(number, []).append((brief, statement))
    return citing


def _mix(briefs: Sequence[Brief], registers: Registers) -> Mix:
    kinds = {
        brief.id: [registers.speakers[item.by].kind for item in brief.statements if item.by in registers.speakers]
        for brief in briefs
    }
    counts = Counter(kind for spoken in kinds.values() for kind in spoken)
    cited = {brief.id: {cite.source for item in brief.statements for cite in item.cites} for brief in briefs}
    return Mix(
        statements={kind: counts[kind] for kind in SPEAKER_KINDS if counts[kind]},
        briefs=len(briefs),
        one_source=tuple(brief for brief, sources in cited.items() if len(sources) == 1),
        state_only=tuple(brief for brief, spoken in kinds.items() if spoken and set(spoken) <= set(STATE_SIDE)),
        unsigned_only=tuple(brief for brief, spoken in kinds.items() if set(spoken) == {"unsigned"}),
    )


def _per_cent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 100.0
