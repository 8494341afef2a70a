"""Print every problem of a corpus, with file, line and cure."""

from __future__ import annotations

from argparse import Namespace

from hrdash.check import check_corpus
from hrdash.commands import NOTHING, OK, Answer, as_lines, number
from hrdash.commands.options import Option
from hrdash.commands.selection import folder_of
from hrdash.library import shipped_folder

TAKES = "[DIR]"
OPTIONS: tuple[Option, ...] = ()


def run(options: Namespace) -> Answer:
    """The problems, one a line."""
    folder = "".join(options.words) or folder_of(options) or shipped_folder()
    report = check_corpus(folder)
    faults = sum(problem.level != "warning" for problem in report.problems)
    warnings = len(report.problems) - faults
    said = [f"{folder}: {number(report.briefs, 'brief')} in {number(report.files, 'file')}"]
    said += [number(faults, "problem")]
    said += [number(warnings, "warning")] if warnings else []
    said += [f"{number(report.withheld, 'brief')} withheld"] if report.withheld else []
    return Answer(
        as_lines(problem.text for problem in report.problems), summary=", ".join(said), code=NOTHING if faults else OK
    )
