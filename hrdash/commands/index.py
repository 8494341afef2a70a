"""Make an index beside a corpus of your own, and keep it."""

from __future__ import annotations

from argparse import Namespace

from hrdash.commands import UNREADABLE, Answer, CommandError
from hrdash.commands.options import Option
from hrdash.library import make_index

TAKES = "DIR"
OPTIONS: tuple[Option, ...] = ()


def run(options: Namespace) -> Answer:
    """Where the index is."""
    if not options.words:
        raise CommandError("index needs the folder that holds corpus.yaml")
    try:
        path = make_index(options.words[0])
    except OSError as error:
        raise CommandError(f"no index was made: {error}", UNREADABLE) from None
    return Answer(summary=f"indexed in {path}; from now on it is kept in step, and hrdash clean removes it")
