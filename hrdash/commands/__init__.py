"""What may stand behind `hrdash`, and what every command gives.

A command is a module of this folder, named as it is typed: its docstring is its manual, `TAKES` are the words that it
takes, `OPTIONS` its options beside those that every command has, and `run` gives the `Answer`: of what is asked for,
where there are filters among the options, and else of the options alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from hrdash.report.parts import Line

if TYPE_CHECKING:
    from hrdash.report.tables import Table

COMMANDS = (
    "show", "list", "search", "themes", "sources", "check", "verify", "coverage", "labels", "export", "schema",
    "clean",
)  # fmt: skip
"""Every command that is typed, in the order of the help."""
DASHBOARD = "dashboard"
"""The command of `hrdash` alone, which is not typed."""

OK, NOTHING, USAGE, UNREADABLE, INTERRUPTED = 0, 1, 2, 3, 130
"""The exit codes: done; nothing found, or problems found; usage or an unknown name; no corpus; interrupted."""


class CommandError(Exception):
    """What stops a command: a sentence for stderr, what is said before it, and the exit code."""

    def __init__(self, message: str, code: int = USAGE) -> None:
        super().__init__(message)
        self.code = code
        self.notes: tuple[str, ...] = ()


class ForPrograms(NamedTuple):
    """JSON or CSV, piece by piece: the same bytes in every locale."""

    pieces: Iterator[str]


class Answer(NamedTuple):
    """What a command gives: what is printed on stdout and said on stderr, and the exit code."""

    body: "ForPrograms | Table | Sequence[Line] | str" = ""
    notes: Sequence[str] = ()
    """What there is to know about it, each said by hrdash's name."""
    summary: str = ""
    """What was counted, said last."""
    code: int = OK


def did_you_mean(near: str, typed: str = "") -> str:
    """The known name that is nearest to a misspelt one, as the end of a sentence; nothing where there is none. Where
    the two look alike, what stands in the one that was typed."""
    if not typed.isascii():
        from hrdash.corpus.unseen import as_typed, first_odd, named  # a table of characters, for what is misspelt so

        if near and as_typed(typed).casefold() == near.casefold():
            return f"; {typed!r} has {named(typed[first_odd(typed)])}: write {near!r}"
    return f"; did you mean {near!r}?" if near else ""


def as_lines(texts: Iterable[str]) -> str:
    """Texts, one a line."""
    return "".join(f"{text}\n" for text in texts)
