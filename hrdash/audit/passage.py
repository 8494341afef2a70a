"""Cited paragraphs as rules look at them: sentences with their numbers and dates, and the names of a paragraph."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from hrdash.audit.dates import Dates, dates
from hrdash.audit.names import NamesSaid, names_said
from hrdash.audit.numbers import Quantity, quantities
from hrdash.audit.sentences import sentences, stems
from hrdash.audit.texts import SourceText
from hrdash.model import Citation, Source

_SHARED_STEMS = 2


class Sentence(NamedTuple):
    """A sentence of a cited paragraph: its numbers, its years and months, the stems of its words."""

    text: str
    numbers: tuple[Quantity, ...]
    dates: Dates
    stems: frozenset[str]


class Passage(NamedTuple):
    """All paragraphs that a statement cites, together."""

    label: str
    """How a finding names them: `annual-report ¶64, letter-2025 ¶7`."""
    sentences: tuple[Sentence, ...]
    names: tuple[NamesSaid, ...]

    @property
    def numbers(self) -> tuple[Quantity, ...]:
        """Every number of the paragraphs."""
        return tuple(number for sentence in self.sentences for number in sentence.numbers)

    def dates(self, words: frozenset[str] | None = None) -> Dates:
        """What the sentences say of time; years worked out only from sentences that share two of these stems."""
        parts = [sentence.dates for sentence in self.sentences]
        alike = [
            sentence.dates
            for sentence in self.sentences
            if words is None or len(sentence.stems & words) >= _SHARED_STEMS
        ]
        return Dates(
            frozenset(year for part in parts for year in part.printed),
            frozenset(year for part in alike for year in part.derived),
            frozenset(month for part in parts for month in part.months),
        )


@lru_cache(maxsize=1 << 14)
def prepared(paragraph: str, issued: str) -> tuple[Sentence, ...]:
    """The sentences of a paragraph in a document issued on this EDTF date."""
    return tuple(
        Sentence(sentence, quantities(sentence), dates(sentence, issued), stems(sentence))
        for sentence in sentences(paragraph)
    )


def passage(cites: tuple[Citation, ...], texts: Mapping[str, SourceText], sources: Mapping[str, Source]) -> Passage:
    """What some citations point at, as far as the texts are at hand."""
    cited = [
        (texts[cite.source].paragraphs[number], sources[cite.source].issued)
        for cite in dict.fromkeys(cites)
        if cite.source in texts and cite.source in sources
        for number in texts[cite.source].cited(cite)
    ]
    return Passage(
        ", ".join(f"{cite.source} ¶{cite.para}" for cite in dict.fromkeys(cites)),
        tuple(sentence for paragraph, issued in cited for sentence in prepared(paragraph, issued)),
        tuple(names_said(paragraph) for paragraph, _ in cited),
    )
