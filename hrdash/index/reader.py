"""What a sync asks of a corpus: the shapes of its values, so that the index needs nothing of what reads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol  # this module is imported by type checkers alone

from hrdash.known import Known
from hrdash.model import Brief, Corpus, Place, Problem, Registers, Theme


class Stamp(Protocol):
    """What tells one state of a file from another without reading it."""

    @property
    def name(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def mtime_ns(self) -> int: ...
    @property
    def ctime_ns(self) -> int: ...
    @property
    def inode(self) -> int: ...


class Listing(Protocol):
    """The files of a corpus, and what is wrong with its folder."""

    @property
    def files(self) -> Sequence[Stamp]: ...
    @property
    def problems(self) -> Sequence[Problem]: ...
    @property
    def unread(self) -> Sequence[str]: ...


class Faulty(Protocol):
    """An entry of a register, or with an empty id a whole register, that is left out for an error, and where."""

    @property
    def kind(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def where(self) -> str: ...


class RegisterContents(Protocol):
    """What `corpus.yaml` and the registers hold."""

    @property
    def corpus(self) -> Corpus: ...
    @property
    def theme_order(self) -> Sequence[str]: ...
    @property
    def registers(self) -> Registers: ...
    @property
    def faulty(self) -> Sequence[Faulty]: ...
    @property
    def problems(self) -> Sequence[Problem]: ...


class Declared(Protocol):
    """An id that a file gives to its theme or to a brief."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def place(self) -> Place: ...


class Reference(Protocol):
    """What a brief names that stands elsewhere."""

    @property
    def kind(self) -> str: ...
    @property
    def target(self) -> str: ...


class Unread(Protocol):
    """A brief that is withheld."""

    @property
    def id(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


class FileContents(Protocol):
    """What one file of briefs holds."""

    @property
    def theme(self) -> Theme | None: ...
    @property
    def briefs(self) -> Sequence[Brief]: ...
    @property
    def withheld(self) -> Sequence[Unread]: ...
    @property
    def problems(self) -> Sequence[Problem]: ...
    @property
    def declares(self) -> Sequence[Declared]: ...
    @property
    def references(self) -> Sequence[Reference]: ...
    @property
    def ids_known(self) -> bool: ...


class Reader(Protocol):
    """The contents of a corpus's files, as values; what cannot be read is a problem among them, never raised."""

    unread: set[str]
    """The files whose bytes could not be had, at one time or another."""

    def registers(self) -> RegisterContents:
        """`corpus.yaml` and the three registers."""

    def theme_file(self, name: str) -> FileContents:
        """One file of briefs."""

    def content(self, name: str) -> bytes | None:
        """A listed file's bytes, for telling whether it changed; `None` where they cannot be had."""

    def resolve(self, contents: FileContents, known: Known) -> FileContents:
        """A file's contents with the rules across files applied."""

    def resolve_registers(self, contents: RegisterContents, known: Known) -> RegisterContents:
        """The registers with the rules across files applied."""
