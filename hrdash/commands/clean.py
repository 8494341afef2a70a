"""Remove every file that hrdash wrote, and print which."""

from argparse import Namespace

from hrdash.cleaning import remove_written_files
from hrdash.commands import NOTHING, OK, Answer, as_lines
from hrdash.text import clean_line, number_of

TAKES = ""
OPTIONS = ()


def run(options: Namespace) -> Answer:
    """The files that were removed."""
    removed, left = remove_written_files()
    return Answer(
        as_lines(map(clean_line, removed)),
        [clean_line(f"{path} was left: {why}") for path, why in left],
        f"removed {number_of(len(removed), 'file')}",
        NOTHING if left else OK,
    )
