"""The check of a whole corpus: every problem of every file in one run, each once."""

from collections.abc import Callable
from contextlib import closing
from typing import NamedTuple

from hrdash.corpus.folder import CorpusFolder
from hrdash.corpus.listing import CORPUS_FILE
from hrdash.index import across, file
from hrdash.model import Problem, one_a_cause


class CheckReport(NamedTuple):
    """A whole corpus, checked."""

    problems: tuple[Problem, ...]
    """By file, line and column, each once, and one of each cause."""
    briefs: int
    """Briefs without an error."""
    withheld: int
    files: int


def check_corpus(folder: str, corpus_of: Callable[..., CorpusFolder] = CorpusFolder) -> CheckReport:
    """Check a folder, every file once; raise `CorpusUnreadable` where it is none. The rules are those of the index, in
    an index in memory that holds no brief."""
    corpus = corpus_of(folder)
    listing, contents = corpus.listing, corpus.registers()
    problems = {*listing.problems, *contents.problems}
    sound = withheld = 0
    with closing(file.new_memory()) as db:
        across.note(db, [], across.noted_references(CORPUS_FILE, contents.references, [], {}, {}))
        for stamp in listing.theme_files:
            found = corpus.theme_file(stamp.name, contents.corpus, contents.registers, contents.faulty)
            numbers = {brief.place: sound + at for at, brief in enumerate(found.briefs, 1)}
            across.note(db, *across.noted(found, numbers, contents.registers.sources))
            problems.update(found.problems)
            sound += len(found.briefs)
            withheld += len(found.withheld)
        judged = across.judge(db, listing.is_whole)
    problems.update(judged.problems)
    hidden = len(judged.numbers)
    files = len(listing.files)
    return CheckReport(one_a_cause(problems), sound - hidden, withheld + hidden + len(listing.unread), files)
