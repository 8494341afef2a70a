"""Print the filtered corpus as JSON, or write all of it as a folder.

hrdash schema describes the document. With --format jsonl DIR, which is new or
empty, becomes a corpus again: corpus.yaml and the themes, and of briefs and
registers one a line, in JSON, for programs to read and write.
"""

import os
from collections.abc import Iterable, Iterator

from hrdash.commands import NOTHING, Answer, CommandError, show
from hrdash.commands.options import FILTERS
from hrdash.commands.printing import FORMAT
from hrdash.commands.selection import FOLDER, Asked, unread_notes
from hrdash.corpus import MAX_BYTES
from hrdash.filter import EVERYTHING
from hrdash.index.query import select
from hrdash.report.corpus_files import corpus_files
from hrdash.report.wording import number_of
from hrdash.text import clean_line

TAKES = "[WORDS ...|DIR]"
OPTIONS = (FORMAT._replace(choices=("json", FOLDER), default="json"), *FILTERS)


def run(asked: Asked) -> Answer:
    """The document; or a folder, and what was written."""
    return show.run(asked) if asked.options.format == "json" else _write_corpus(asked)


def _write_corpus(asked: Asked) -> Answer:
    if len(asked.names) != 1:
        raise CommandError(f"--format {FOLDER} takes one folder, new or empty: hrdash export --format {FOLDER} DIR")
    if asked.filter != EVERYTHING:
        raise CommandError(f"--format {FOLDER} writes the whole corpus, and takes no filter")
    if asked.library.index.withheld:
        raise CommandError(f"{unread_notes(asked.library)[0]}; a corpus is written when all of it is read", NOTHING)
    index, folder = asked.library.index, os.path.realpath(asked.names[0])
    if os.path.join(folder, "").startswith(os.path.join(asked.library.folder, "")):
        raise CommandError(f"{clean_line(folder)} lies in the corpus itself; name another folder")
    numbers = select(index, EVERYTHING).brief_numbers()
    _write(folder, corpus_files(index.corpus, index.themes, index.registers, index.briefs(numbers)))
    what = f"{number_of(len(numbers), 'brief')} in {number_of(len(index.themes), 'theme')}"
    return Answer(notes=asked.notes, summary=f"{clean_line(folder)}: {what} written")


def _write(folder: str, files: Iterable[tuple[str, Iterator[str]]]) -> None:
    """Write files into a new or empty folder, so that they are on the disk; nothing stays of what cannot be finished.
    The last of them is written beside its place and put there when all is done: without it the folder is no corpus."""
    made: list[str] = []
    try:
        if not os.path.lexists(folder):
            os.makedirs(folder)
            made.append(folder)
        if os.listdir(folder):
            raise CommandError(f"{clean_line(folder)} is not empty; name a folder that is, or a new one")
        path = ""
        for name, lines in files:
            path = os.path.join(folder, name)
            _make_folders(folder, os.path.dirname(path), made)
            made.append(f"{path}.new" if os.path.dirname(path) == folder else path)
            with open(made[-1], "x", encoding="utf-8", newline="\n") as file:
                for line in lines:
                    if len(line.encode()) > MAX_BYTES:
                        raise CommandError(f"{line[:60]!r}… takes more than 1 MiB, and no line of a corpus may")
                    file.write(line)
                file.flush()
                os.fsync(file.fileno())
        for each in {folder, *filter(os.path.isdir, made)}:
            _settle(each)
        os.rename(made[-1], path)
        _settle(folder)
    except BaseException:
        for each in reversed(made):
            _remove(each)
        raise


def _make_folders(top: str, folder: str, made: list[str]) -> None:
    if folder != top and not os.path.isdir(folder):
        _make_folders(top, os.path.dirname(folder), made)
        os.mkdir(folder)
        made.append(folder)


def _settle(folder: str) -> None:
    """Have the names in a folder written to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove(path: str) -> None:
    try:
        os.rmdir(path) if os.path.isdir(path) else os.unlink(path)
    except OSError:
        pass  # without corpus.yaml what is left is no corpus
