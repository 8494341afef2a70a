"""Hold every statement against the paragraphs it cites.

What does not stand there is printed with file, line and cure. A warning leaves
the exit code alone.
"""

import os
from argparse import Namespace

from hrdash.audit.texts import SourceText, read_texts
from hrdash.audit.verify import verify
from hrdash.commands import NOTHING, OK, UNREADABLE, Answer, CommandError, as_lines
from hrdash.commands.options import Option
from hrdash.commands.selection import folder_of, from_here, opened, unread, unread_notes
from hrdash.filter import EVERYTHING
from hrdash.index.index import Index
from hrdash.index.query import of_one_state, select
from hrdash.index.survey import register_faults
from hrdash.library import Library
from hrdash.model import Brief, Problem
from hrdash.text import number_of

TAKES = "[DIR]"
TEXTS = Option("texts", "the numbered texts of the sources: DIR/<source id>.txt", "DIR")
OPTIONS = (TEXTS,)


def audited(options: Namespace) -> tuple[Library, list[Brief], dict[str, SourceText], tuple[Problem, ...]]:
    """The corpus that the options name and its briefs; the texts that they name; and what is wrong with these, or with
    the registers, whose entries with an error are held against nothing."""
    if not options.texts:
        raise CommandError("--texts names the folder of the numbered texts, and is missing")
    if not os.path.isdir(options.texts):
        raise CommandError(f"{options.texts}: there is no such folder of texts", UNREADABLE)
    library = options.open_till_printed.enter_context(opened(options))

    def read(index: Index) -> list[Brief]:
        return list(index.briefs(select(index, EVERYTHING).brief_numbers()))

    briefs = library.ask(of_one_state(read))
    texts, problems = read_texts(options.texts, library.index.registers.sources)
    faults = from_here(register_faults(library.index), folder_of(options) or library.folder)
    return library, briefs, texts, (*faults, *problems)


def run(options: Namespace) -> Answer:
    """The findings, one a line."""
    library, briefs, texts, problems = audited(options)
    findings = from_here(verify(briefs, library.index.registers, texts), folder_of(options) or library.folder)
    found = sorted({*problems, *findings})
    faults = sum(problem.level != "warning" for problem in found)
    warnings = number_of(len(found) - faults, "warning")
    held = f"{number_of(len(briefs), 'brief')} held against {number_of(len(texts), 'text')}"
    return Answer(
        as_lines(problem.text for problem in found),
        [*filter(None, [library.note]), *unread_notes(library)],
        f"{held}: {number_of(faults, 'finding')}, {warnings}{unread(library)}",
        NOTHING if faults or library.index.withheld else OK,
    )
