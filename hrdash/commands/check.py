"""Print every problem of a corpus, with file, line and cure.

Files are named from where you stand, as an editor opens them.
"""

from argparse import Namespace

from hrdash.check import check_corpus
from hrdash.commands import NOTHING, OK, Answer, as_lines
from hrdash.commands.selection import folder_of, from_here
from hrdash.library import shipped_folder
from hrdash.progress import followed
from hrdash.report.wording import withheld_text
from hrdash.text import number_of

TAKES = "[DIR]"
OPTIONS = ()


def run(options: Namespace) -> Answer:
    """The problems, one a line."""
    folder = folder_of(options) or shipped_folder()
    with followed(quiet=options.plain) as corpus:
        report = check_corpus(folder, corpus)
    faults = sum(problem.level != "warning" for problem in report.problems)
    warnings = len(report.problems) - faults
    said = [f"{folder}: {number_of(report.briefs, 'brief')} in {number_of(report.files, 'file')}"]
    said += [number_of(faults, "problem")]
    said += [number_of(warnings, "warning")] if warnings else []
    said += [withheld_text(report.withheld)] if report.withheld else []
    lines = as_lines(problem.text for problem in from_here(report.problems, folder))
    return Answer(lines, summary=", ".join(said), code=NOTHING if faults else OK)
