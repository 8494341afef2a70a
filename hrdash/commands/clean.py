"""Remove every file that hrdash wrote, and print which."""

from __future__ import annotations

from argparse import Namespace

from hrdash.commands import NOTHING, OK, Answer, as_lines
from hrdash.commands.options import Option
from hrdash.library import remove_written_files
from hrdash.report.wording import number_of
from hrdash.text import clean_line

TAKES = ""
OPTIONS: tuple[Option, ...] = ()
_WHY = "it is not there, not yours, holds what hrdash did not write, or cannot be read or removed now"


def run(options: Namespace) -> Answer:
    """The files that were removed."""
    removed, left = remove_written_files()
    return Answer(
        as_lines(map(clean_line, removed)),
        [f"{clean_line(path)} was left: {_WHY}" for path in left],
        f"removed {number_of(len(removed), 'file')}",
        NOTHING if left else OK,
    )
