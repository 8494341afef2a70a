"""What the rules across files ask of a corpus, whoever holds it."""

from __future__ import annotations

from typing import Protocol  # this module is imported by type checkers alone

from hrdash.model import Place, Source, Speaker


class Known(Protocol):
    """What a corpus holds beyond the one file that is looked at."""

    def has(self, kind: str, name: str) -> bool:
        """Whether there is such a `theme` or `brief` at all, or such a `source`, `speaker`, `measure` without error."""

    def nearest(self, kind: str, name: str) -> str:
        """The id of that kind that was probably meant, or nothing."""

    def source(self, name: str) -> Source | None:
        """A registered source."""

    def speaker(self, name: str) -> Speaker | None:
        """A registered speaker."""

    def fault(self, kind: str, name: str) -> str:
        """`sources.yaml:12` where such an entry is left out for an error there; an empty name: the whole register."""

    def first_place(self, name: str) -> tuple[str, Place] | None:
        """The file and place where an id is declared first: a theme's before any brief's, then by file and place."""

    def all_read(self) -> bool:
        """Whether the ids of all briefs could be read; where not, one that seems missing may be among the others."""
