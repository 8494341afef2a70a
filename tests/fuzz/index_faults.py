"""What befalls the file of an index, tried many times: the answers stay those of the files, and nothing is lost.

    nice python tests/fuzz/index_faults.py            # all of them; some minutes
    nice python tests/fuzz/index_faults.py killed --seed 7

Each prints how often it was tried and what came of it, and the program exits 1 where an answer was wrong. The tests
run a few of each (`tests/index/test_faults.py`).
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[2])]

from hrdash import tokens  # noqa: E402
from hrdash.filter import EVERYTHING, Filter, Years  # noqa: E402
from hrdash.index import file  # noqa: E402
from hrdash.index.file import Unreadable  # noqa: E402
from hrdash.index.hints import explain_nothing  # noqa: E402
from hrdash.index.index import Index  # noqa: E402
from hrdash.index.query import select  # noqa: E402
from hrdash.library import open_library  # noqa: E402
from tests.make import make_index  # noqa: E402

WORDS = ("visit", "prison", "court", "assembly", "journalist", "medical", "inquiry", "refused", "detained", "licence")
FILTERS = (
    EVERYTHING, *(Filter(text=word) for word in (*WORDS[:4], "-court", "inquiry 7", "journal", "nowhere")),
    Filter(years=(Years(2019, 2021),)), Filter(years=(Years(2020, None),), indicators=("m",)),
    Filter(issued=(Years(2022, None),)), Filter(sources=("s1",)), Filter(without=("response",)), Filter(themes=("t2",)),
    Filter(answers=("none",)), Filter(answers=("response", "left-open"), speakers=("expert",)),
    Filter(positions=("noted",)), Filter(kinds=("question",), text="visit"),
)  # fmt: skip
THEMES, BRIEFS = 5, 12

OPEN = """
import sys
import hrdash.check, hrdash.corpus.read
from hrdash.library import open_library
print("ready", flush=True)
sys.stdin.readline()
open_library(sys.argv[1]).close()
print("done", flush=True)
"""
"""Opens a corpus once the parent says so, everything being imported by then."""


def write_corpus(folder: Path, briefs: int = BRIEFS) -> Path:
    """Write a corpus of five themes with some briefs each, which have periods, sources and words."""
    (folder / "themes").mkdir(parents=True)
    (folder / "corpus.yaml").write_text("title: Ruritania\ncountry: ZZZ\nas_of: 2026-01\n")
    (folder / "sources.yaml").write_text(
        "".join(
            f"- {{id: s{n}, type: report, title: Source {n}, title-short: S{n}, issued: 202{n}, kind: report,\n"
            f"   capacity: official, put_to_state: {str(n != 3).lower()},\n"
            "   paragraphs: {numbering: printed, last: 99}}\n"
            for n in range(4)
        )
    )
    (folder / "speakers.yaml").write_text(
        "- {id: minister, name: The Minister, short: Minister, kind: state}\n"
        "- {id: expert, name: An expert, short: Expert, kind: treaty-body}\n"
    )
    (folder / "indicators.yaml").write_text("- {id: m, label: Cases, unit: cases, kind: count, span: flow}\n")
    for theme in range(THEMES):
        write_theme(folder, theme, 0, briefs)
    return folder


def write_theme(folder: Path, theme: int, edition: int, briefs: int = BRIEFS) -> None:
    """Write a theme's file; each edition says something else, of another length.

    Of three briefs the question of one is answered in it, in part; that of one in another theme's file, and that of one
    nowhere. The last theme is named by no other.
    """
    lines = [f"theme: t{theme}\nlabel: T{theme}\ntitle: Theme {theme}\nbriefs:\n"]
    for number in range(briefs):
        words = " ".join(WORDS[(number + theme + edition + step) % len(WORDS)] for step in range(3 + edition % 5))
        place, other = f"s{number % 4} {number + 1}", f"t{(theme + 1) % (THEMES - 1)}-{number}/q"
        asked = {0: "q", 1: other}.get(number % 3)
        lines.append(
            f"  - id: t{theme}-{number}\n"
            f"    title: Brief {number} of {theme}\n"
            f"    claims: [{{id: c, by: minister, text: 'Edition {edition}. A {words}.', period: {2018 + number % 6},\n"
            f"      cites: [{place}], figures: [{{indicator: m, value: {number + edition}}}]}}]\n"
            f"    questions: [{{id: q, by: expert, text: 'What of the {words}?', cites: [{place}]}}]\n"
            f"    recommendations: [{{by: expert, text: 'Allow a {words}.', cites: [{place}],\n"
            f"      positions: [{{position: {('noted', 'pending')[number % 2]}, cites: [s2 9]}}]}}]\n"
        )
        if asked:
            lines.append(f"    responses: [{{answers: [{asked}], by: minister, text: 'A {words}.', cites: [s3 7]}}]\n")
        if asked == "q":
            lines.append(f"    left_open: [{{of: [q], text: 'It says nothing of {words}.', cites: [{place}]}}]\n")
    draft = folder / "themes" / f".t{theme}"
    draft.write_text("".join(lines))
    draft.replace(folder / "themes" / f"t{theme}.yaml")


def answers(index: Index) -> list[Any]:
    """Whatever can be asked of an index."""
    found: list[Any] = [index.corpus, index.themes, index.registers, index.problems, index.withheld_list]
    for asked in FILTERS:
        selection = select(index, asked)
        numbers = selection.brief_numbers()
        found += [selection.statements, selection.briefs, selection.undated(), selection.facets()]
        for rows in (selection.brief_rows(), selection.statement_rows()):
            found.append([row._replace(number=0) for row in rows])
        found += [selection.matching(numbers), index.answers(numbers)]
        found += [] if numbers else [explain_nothing(index, asked)]
    briefs = list(index.briefs(select(index, EVERYTHING).brief_numbers()))
    return [*found, briefs, index.elsewhere(briefs)]


def truth(folder: Path) -> list[Any]:
    """The same, read anew from the files."""
    with closing(open_library(str(folder), cache=False)) as library:
        return answers(library.index)


class Place:
    """A corpus of one's own with its index beside it, and a home, in a folder that is thrown away."""

    def __init__(self, folder: Path, briefs: int = BRIEFS) -> None:
        self.home, self.briefs = folder / "home", briefs
        self.home.mkdir()
        for kind in ("CACHE", "STATE", "CONFIG"):
            os.environ[f"XDG_{kind}_HOME"] = str(self.home / kind.lower())
        self.corpus = write_corpus(folder / "corpus", briefs)
        for path in self.corpus.rglob("*.yaml"):
            os.utime(path, ns=(10**18, 10**18))
        self.index = Path(make_index(str(self.corpus)))
        self.own = set(os.listdir(self.index.parent))
        """The names of an index and what goes with it."""
        self.counts: Counter[str] = Counter()

    def look(self, expected: list[Any]) -> str:
        """Open the corpus and ask everything: `index` or `memory` answered rightly, or `refused` and then memory."""
        with closing(open_library(str(self.corpus))) as library:
            how = "index" if library.index.path else "memory"
            try:
                found = answers(library.index)
            except Unreadable:
                how, found = "refused", expected
        if found != expected:
            how = "WRONG"
        self.counts[how] += 1
        return how

    @property
    def said(self) -> str:
        return ", ".join(f"{count} {how}" for how, count in sorted(self.counts.items()))


def flipped(place: Place, chance: random.Random, tries: int, sealed: bool) -> None:
    """One bit of the file is another, with and without the checksum.

    At each of the first hundred bytes and then anywhere, or where that is too often, half and half.
    """
    before = file.SEALED_BYTES
    file.SEALED_BYTES = before if sealed else 0
    place.index.unlink()
    make_index(str(place.corpus))
    expected, sound = truth(place.corpus), place.index.read_bytes()
    entries = tokens.entries()
    first = chance.sample(range(100), min(100, tries // 2))
    for at in [*first, *(chance.randrange(100, len(sound)) for _ in range(tries - len(first)))]:
        place.index.write_bytes(sound[:at] + bytes([sound[at] ^ 1 << chance.randrange(8)]) + sound[at + 1 :])
        place.look(expected)
        assert tokens.entries() == entries
    file.SEALED_BYTES = before


def cut(place: Place, chance: random.Random, tries: int, step: int = 4096) -> None:
    """The file ends early, at each of so many bytes."""
    expected, sound = truth(place.corpus), place.index.read_bytes()
    for size in range(0, len(sound), max(step, len(sound) // tries)):
        place.index.write_bytes(sound[:size])
        place.look(expected)


def killed(place: Place, chance: random.Random, tries: int) -> None:
    """The process is killed at any moment of a sync, in place or into a new file; then another one opens it."""
    for number in range(tries):
        change(place, number)
        with started(place) as process:
            go(process)
            time.sleep(chance.random() * 0.06)
            process.kill()
            ended = b"done" in process.stdout.read()  # type: ignore[union-attr]
        place.counts["ended before it was killed"] += ended
        left = set(os.listdir(place.index.parent)) - place.own
        place.counts["left something behind"] += bool(left)
        place.look(truth(place.corpus))
        assert set(os.listdir(place.index.parent)) == place.own


def both(place: Place, chance: random.Random, tries: int) -> None:
    """Two instances sync at once; then both are right, and so is a third."""
    for number in range(tries):
        change(place, number)
        with started(place) as one, started(place) as two:
            go(one)
            time.sleep(chance.random() * 0.02)
            go(two)
            for process in (one, two):
                written = process.stdout.read()  # type: ignore[union-attr]
                place.counts["failed"] += b"done" not in written or process.wait() != 0
        place.look(truth(place.corpus))
        assert set(os.listdir(place.index.parent)) == place.own


def full(place: Place, chance: random.Random, tries: int) -> None:
    """The disk of the index is full at ever another moment: a small one is mounted, which takes a superuser."""
    disk = place.corpus / ".hrdash"
    for number in range(tries):
        change(place, number)
        size = 4096 * (1 + number * 120 // tries)
        shutil.rmtree(disk, ignore_errors=True)
        disk.mkdir(mode=0o700)
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=0700", "tmpfs", str(disk)]
        if subprocess.run(mount, capture_output=True).returncode:
            place.counts["could not be tried"] += 1
            return
        try:
            place.look(truth(place.corpus))
        finally:
            subprocess.run(["umount", str(disk)], check=True)


def change(place: Place, number: int) -> None:
    """Another edition of a theme; every third time of a register too, which has everything read again."""
    write_theme(place.corpus, number % THEMES, number + 1, place.briefs)
    if number % 3 == 0:
        path = place.corpus / "speakers.yaml"
        path.write_text(f"{path.read_text().rstrip()}\n# {number}\n")


def started(place: Place) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", OPEN, str(place.corpus)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip


def go(process: subprocess.Popen[bytes]) -> None:
    """Wait until everything is imported, and let it begin."""
    assert process.stdout is not None
    assert process.stdin is not None
    assert process.stdout.readline() == b"ready\n"
    process.stdin.write(b"\n")
    process.stdin.flush()


FAULTS: dict[str, tuple[Callable[[Place, random.Random, int], None], int]] = {
    "flipped": (lambda place, chance, tries: flipped(place, chance, tries, sealed=True), 3_000),
    "flipped-unsealed": (lambda place, chance, tries: flipped(place, chance, tries, sealed=False), 3_000),
    "cut": (cut, 1_000_000),
    "killed": (killed, 50),
    "both": (both, 20),
    "full": (full, 40),
}
"""Each fault, and how often it is tried."""


def tried(name: str, seed: int, tries: int = 0, briefs: int = BRIEFS) -> Counter[str]:
    """Try one fault in a place of its own; how often what came of it."""
    fault, usual = FAULTS[name]
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder), briefs)
        fault(place, random.Random(seed), tries or usual)
        return place.counts


def main() -> int:
    """Try the faults that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("faults", nargs="*", choices=[*FAULTS, []], default=[])
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    wrong = 0
    for name in options.faults or FAULTS:
        began = time.monotonic()
        counts = tried(name, options.seed)
        said = ", ".join(f"{count:,} {how}" for how, count in sorted(counts.items()))
        print(f"{name}: {said}; {time.monotonic() - began:.0f} s", flush=True)
        wrong += counts["WRONG"] + counts["failed"]
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
