"""Print the filtered corpus as JSON, or write all of it as a folder.

hrdash schema describes the document. With --format jsonl DIR, which is new or
empty, becomes a corpus again: corpus.yaml and the themes, and of briefs and
registers one a line, in JSON, for programs to read and write.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress

from hrdash.commands import NOTHING, Answer, CommandError, show
from hrdash.commands.options import FILTERS
from hrdash.commands.printing import FORMAT
from hrdash.commands.selection import FOLDER, Asked, unread_notes
from hrdash.corpus import MAX_BYTES
from hrdash.filter import EVERYTHING
from hrdash.index.query import select
from hrdash.model import Brief
from hrdash.report.corpus_files import corpus_files
from hrdash.text import clean_line, number_of

TAKES = "[WORDS ...|DIR]"
OPTIONS = (FORMAT._replace(choices=("json", FOLDER), default="json"), *FILTERS)


def run(asked: Asked) -> Answer:
    """The document; or a folder, and what was written."""
    return show.run(asked) if asked.options.format == "json" else _write_corpus(asked)


def _write_corpus(asked: Asked) -> Answer:
    if len(asked.names) != 1 or not asked.names[0]:
        raise CommandError(f"--format {FOLDER} takes one folder, new or empty: hrdash export --format {FOLDER} DIR")
    if asked.filter != EVERYTHING:
        raise CommandError(f"--format {FOLDER} writes the whole corpus, and takes no filter")
    if unread := unread_notes(asked.library):
        raise CommandError(f"{unread[0]}; a corpus is written when all of it is read", NOTHING)
    index, folder = asked.library.index, os.path.realpath(asked.names[0])
    if os.path.join(folder, "").startswith(os.path.join(asked.library.folder, "")):
        raise CommandError(f"{clean_line(folder)} lies in the corpus itself; name another folder")
    state, numbers = index.state(), select(index, EVERYTHING).brief_numbers()

    def briefs() -> Iterator[Brief]:
        yield from index.briefs(numbers)
        index.still(state)

    _write(folder, corpus_files(index.corpus, index.themes, index.registers, briefs()))
    what = f"{number_of(len(numbers), 'brief')} in {number_of(len(index.themes), 'theme')}"
    return Answer(notes=asked.notes, summary=f"{clean_line(folder)}: {what} written")


def _write(folder: str, files: Iterable[tuple[str, Iterator[str]]]) -> None:
    """Write files into a new or empty folder, so that they are on the disk; nothing stays of what cannot be finished.
    They come to their places when all are written, the last of them last: without it the folder is no corpus."""
    from tempfile import TemporaryDirectory  # which takes long to load, for a folder alone

    if is_new := not os.path.lexists(folder):
        os.makedirs(folder)
    if os.listdir(folder):
        raise CommandError(f"{clean_line(folder)} is not empty; name a folder that is, or a new one")
    try:
        with TemporaryDirectory(prefix=".", dir=folder) as aside:
            places: dict[str, None] = {}
            for name, lines in files:
                places[name.partition("/")[0]] = None
                os.makedirs(os.path.dirname(os.path.join(aside, name)), exist_ok=True)
                with open(os.path.join(aside, name), "w", encoding="utf-8", newline="\n") as file:
                    for line in lines:
                        if len(line.encode()) > MAX_BYTES:
                            raise CommandError(f"{line[:60]!r}… takes more than 1 MiB, and no line of a corpus may")
                        file.write(line)
                    file.flush()
                    os.fsync(file.fileno())
            for place in places:
                os.rename(os.path.join(aside, place), os.path.join(folder, place))
    except BaseException:
        if is_new:
            with suppress(OSError):
                os.rmdir(folder)
        raise
