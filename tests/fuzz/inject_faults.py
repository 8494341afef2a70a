"""One system call after the other fails under hrdash, or the process ends at it: run by hand, on Linux with strace.

    nice python tests/fuzz/inject_faults.py                       # a sample of every step; some minutes
    nice python tests/fuzz/inject_faults.py sync --tries 100000   # every call of one step
    nice python tests/fuzz/inject_faults.py --only rename:EIO --verbose

A step is a command in a small corpus of its own, with its own folders for cache and state. For each system call of a
family, and each n up to the number of such calls that the step makes once everything is imported, the step is run
with an error or a signal at the n-th. Afterwards must hold: the process ended by itself or by that signal, without
a traceback; where it says that it is done, it has done it or said on stderr what it could not read; the same step
undisturbed gives the right answer; the briefs are as they were; the session is the old or the new one; and `hrdash
clean` finds everything. Prints a line for each step and family, and exits 1 where anything else came of it.
"""

from __future__ import annotations

import argparse
import compileall
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from hrdash import cleaning, library  # noqa: E402
from hrdash.tui.history import Place  # noqa: E402
from hrdash.tui.session import SESSION, Session, load_session, save_session  # noqa: E402
from tests.fuzz.index_faults import answers, truth, write_corpus, write_theme  # noqa: E402
from tests.make import make_index  # noqa: E402

FAMILIES = {
    "open": ("openat",),
    "read": ("read", "pread64"),
    "write": ("write", "pwrite64"),
    "sync": ("fsync", "fdatasync"),
    "rename": ("rename", "link"),
    "unlink": ("unlink", "rmdir"),
    "stat": ("newfstatat", "fstat", "lstat", "stat"),
    "folder": ("mkdir", "getdents64"),
    "lock": ("fcntl",),
    "size": ("ftruncate", "lseek"),
    "close": ("close",),
    "memory": ("mmap",),
}
"""System calls by what they do; strace counts each by itself."""
ERRORS = {
    "open": ("EMFILE", "EACCES", "EIO", "ENOSPC", "EINTR"),
    "read": ("EIO", "EINTR"),
    "write": ("ENOSPC", "EIO", "EINTR"),
    "sync": ("EIO", "ENOSPC"),
    "rename": ("EACCES", "EIO", "ENOSPC"),
    "unlink": ("EACCES", "EIO"),
    "stat": ("EACCES", "EIO", "ENOENT"),
    "folder": ("EACCES", "EIO", "ENOSPC", "EMFILE"),
    "lock": ("EACCES", "ENOLCK", "EINTR", "EIO"),
    "size": ("EIO", "ENOSPC"),
    "close": ("EIO", "EINTR"),
    "memory": ("ENOMEM",),
}
SIGNALS = ("SIGKILL", "SIGTERM", "SIGINT")
NUMBERS = {"SIGKILL": 9, "SIGTERM": 15, "SIGINT": 2}

RUN = """
import os, sys
sys.path[:0] = [{root!r}]
import hrdash.cli, hrdash.commands.check, hrdash.commands.clean, hrdash.commands.export
import hrdash.commands.list, hrdash.commands.show, hrdash.commands.sources, hrdash.commands.search, hrdash.library
import hrdash.check, hrdash.corpus.read, hrdash.filter, hrdash.keeping, hrdash.cleaning, hrdash.progress
import hrdash.index.query, hrdash.index.index, hrdash.index.words, hrdash.index.ahead, hrdash.report.lines, hrdash.report.tables
import hrdash.report.render, hrdash.report.filter_words, hrdash.report.document, hrdash.crash, hrdash.derive
import difflib, hashlib, json, re, unicodedata, errno, encodings.ascii, encodings.latin_1
import types
from hrdash.commands import Answer
from hrdash.tui.history import Place
from hrdash.tui.session import Session, save_session
corpus, shipped = {corpus!r}, {shipped!r}
hrdash.keeping.LARGE = {large!r}
hrdash.index.ahead.WORTH_IT = {worth_it!r}
if shipped:
    hrdash.library.shipped_folder = lambda: corpus
def save(options):
    saved = save_session(corpus, Session(Place(brief={after!r})))
    return Answer(summary="saved" if saved else "not saved", code=0 if saved else 3)
hrdash.cli.COMMANDS += ("save",)
sys.modules["hrdash.commands.save"] = types.SimpleNamespace(TAKES="", OPTIONS=(), run=save)
os.access({marker!r}, os.F_OK)
sys.exit(hrdash.cli.program())
"""
"""A step's program: what it imports is there before the first call that may fail. `save` is what the dashboard does."""
MARKER = "/hrdash-begins-here"
BEFORE, AFTER = (Session(Place(brief=name)) for name in ("t0-0", "t1-1"))


class Step(NamedTuple):
    """Something that hrdash does, from a prepared state to one that can be looked at."""

    arguments: tuple[str, ...]
    """What is typed behind `hrdash`."""
    indexed: bool
    """Whether an index stands beside the corpus before."""
    change: Callable[[Path], None] | None = None
    """What happens to the corpus in between."""
    large: int = 1 << 30
    """From how many bytes on the corpus has an index by itself."""
    worth_it: int = 1 << 30
    """From how many bytes on a second process helps to read it."""
    shipped: bool = False
    """Whether the corpus is taken for the one that comes with hrdash, whose index is in the cache folder."""


def edit(corpus: Path) -> None:
    """Another edition of one theme."""
    write_theme(corpus, 1, 3, BRIEFS)


def edit_register(corpus: Path) -> None:
    """A register changes, and a theme's file goes: everything is read again."""
    (corpus / "speakers.yaml").write_text((corpus / "speakers.yaml").read_text() + "# more\n")
    (corpus / "themes" / "t4.yaml").unlink()


BRIEFS = 3
STEPS = {
    "first": Step(("list",), False, shipped=True),
    "index": Step(("--briefs", "{corpus}", "list"), False, large=0),
    "helped": Step(("--briefs", "{corpus}", "list"), False, large=0, worth_it=0),
    "start": Step(("--briefs", "{corpus}", "show", "t1"), True),
    "sync": Step(("--briefs", "{corpus}", "export"), True, edit),
    "anew": Step(("--briefs", "{corpus}", "search", "prison"), True, edit_register),
    "memory": Step(("--briefs", "{corpus}", "list"), False),
    "session": Step(("save",), True),
    "clean": Step(("clean",), True),
}


class Ended(NamedTuple):
    """How a process ended."""

    code: int
    out: str
    err: str


class Place:
    """The state before a step, kept aside so that each try starts from it."""

    def __init__(self, folder: Path, name: str) -> None:
        self.step = STEPS[name]
        self.name = name
        self.kept, self.here, self.trace = folder / "kept", folder / "here", folder / "trace"
        self.corpus = self.here / "corpus"
        self.program = folder / "program.py"
        package = folder / "package"  # as it is now, whoever goes on writing it
        shutil.copytree(ROOT / "hrdash", package / "hrdash", ignore=shutil.ignore_patterns("__pycache__"))
        compileall.compile_dir(package, quiet=1)
        self.program.write_text(
            RUN.format(
                root=str(package),
                marker=MARKER,
                corpus=str(self.corpus),
                shipped=self.step.shipped,
                large=self.step.large,
                worth_it=self.step.worth_it,
                after=AFTER.place.brief,
            )
        )
        self.kept.mkdir()
        write_corpus(self.kept / "corpus", BRIEFS)
        for path in (self.kept / "corpus").rglob("*.yaml"):
            os.utime(path, ns=(10**18, 10**18))
        self.here.mkdir()
        self.restore()
        os.environ.update(self.environment)
        library.shipped_folder = lambda: str(self.corpus) if self.step.shipped else str(self.here)
        if not self.step.shipped:
            make_index(str(write_corpus(self.here / "other", 1)))
        if self.step.indexed:
            make_index(str(self.corpus))
        save_session(str(self.corpus), BEFORE)
        if self.step.change:
            self.step.change(self.corpus)
        self.briefs = self.bytes_of_corpus()
        shutil.rmtree(self.kept)
        shutil.copytree(self.here, self.kept, copy_function=shutil.copy2)
        self.expected = self.run()
        assert self.expected.code == 0, self.expected
        self.answers = truth(self.corpus)

    @property
    def environment(self) -> dict[str, str]:
        kinds = ("CACHE", "STATE", "CONFIG")
        homes = {f"XDG_{kind}_HOME": str(self.here / kind.lower()) for kind in kinds}
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        return {**kept, **homes, "HOME": str(self.here), "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}

    @property
    def command(self) -> list[str]:
        words = [word.format(corpus=self.corpus) for word in self.step.arguments]
        return [sys.executable, "-P", str(self.program), *words]

    def restore(self) -> None:
        """Put everything back as it was before the step, the stamps of the files included."""
        shutil.rmtree(self.here)
        shutil.copytree(self.kept, self.here, copy_function=shutil.copy2)

    def bytes_of_corpus(self) -> dict[str, bytes]:
        return {str(path.relative_to(self.corpus)): path.read_bytes() for path in self.corpus.rglob("*.yaml")}

    def run(self, *before: str | Path) -> Ended:
        """The step from the state that was prepared for it, under what stands before it."""
        self.restore()
        ended = subprocess.run([*before, *self.command], env=self.environment, cwd=self.here, capture_output=True,
                               text=True, errors="replace", timeout=60)  # fmt: skip
        return Ended(ended.returncode, ended.stdout, ended.stderr)

    def calls(self) -> dict[str, tuple[int, int]]:
        """How often each system call is made before the step begins, and how often at all."""
        names = sorted({call for calls in FAMILIES.values() for call in calls})
        self.run("strace", "-qq", "-o", self.trace, "-e", f"trace={','.join(names)},access")
        before: Counter[str] = Counter()
        counts: Counter[str] = Counter()
        for line in self.trace.read_text(errors="replace").splitlines():
            if MARKER in line:
                before = Counter(counts)
            if found := re.match(r"(\w+)\(", line):
                counts[found[1]] += 1
        return {call: (before[call], counts[call]) for call in names}

    def disturbed(self, call: str, fault: str, number: int) -> tuple[Ended, bool]:
        """The step with a fault at the n-th of a system call, and whether it came to that."""
        how = f"signal={fault}" if fault in SIGNALS else f"error={fault}"
        inject = ("-e", f"trace={call}", "-e", f"inject={call}:{how}:when={number}")
        ended = self.run("strace", "-qq", "-o", self.trace, *inject)
        said = self.trace.read_text(errors="replace")
        return ended, "(INJECTED)" in said or f"--- {fault} " in said or f"killed by {fault}" in said

    def fault_of(self, ended: Ended, fault: str) -> str:
        """What is wrong with how the step ended or with what it left; nothing where all is well."""
        expected = self.expected
        allowed = (0, 1, 2, 3, 70, 120, 130)
        if fault in SIGNALS:
            allowed = (*allowed, -NUMBERS[fault])
        if "Traceback" in ended.err or "Fatal" in ended.err:
            return "traceback"
        if ended.code not in allowed:
            return f"exit {ended.code}"
        if ended.code == 0 and ended.out != expected.out and not ended.err:
            return "said that it was done, and was not"
        if ended.code and fault not in SIGNALS and not ended.err.strip():
            return f"exit {ended.code} without a word"
        if self.bytes_of_corpus() != self.briefs:
            return "a brief was changed"
        return self.fault_of_session(ended) or self.fault_of_answers() or self.left_by_clean()

    def fault_of_session(self, ended: Ended) -> str:
        path = self.here / "state" / "hrdash" / SESSION
        if self.step.arguments == ("clean",) and not path.exists():
            return ""
        found = load_session(str(self.corpus))
        if found not in (BEFORE, AFTER):
            return f"the session is torn: {path.read_bytes()!r}"
        return "" if self.step.arguments != ("save",) or (found == AFTER or ended.code) else "the session is not saved"

    def fault_of_answers(self) -> str:
        found = library.open_library(str(self.corpus))
        right = answers(found.index) == self.answers
        found.index.close()
        return "" if right else "the next run gives another answer"

    def left_by_clean(self) -> str:
        """What `hrdash clean` leaves behind of all that hrdash wrote."""
        cleaned = cleaning.remove_written_files()
        left = [str(path) for path in self.here.rglob("*") if path.is_file() and path.suffix != ".yaml"]
        return f"clean leaves {left} {cleaned[1]}" if left or cleaned[1] else ""


def tried(name: str, tries: int, seed: int, only: str, verbose: bool) -> int:
    """Try the faults of one step, at most so many a call and fault; how many were not survived."""
    chance = random.Random(seed)
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder), name)
        counted = place.calls()
        for family, calls in FAMILIES.items():
            outcomes: Counter[str] = Counter()
            began, ways = time.monotonic(), sum(counted[call][1] - counted[call][0] for call in calls)
            for call in calls:
                before, all_of_them = counted[call]
                numbers = list(range(before + 1, all_of_them + 1))
                for fault in (*ERRORS[family], *SIGNALS):
                    if only and only not in (call, fault, family, f"{call}:{fault}", f"{family}:{fault}"):
                        continue
                    chosen = numbers if len(numbers) <= tries else sorted(chance.sample(numbers, tries))
                    for number in chosen:
                        ended, hit = place.disturbed(call, fault, number)
                        if not hit:
                            outcomes["never came to it"] += 1
                            continue
                        bad = place.fault_of(ended, fault)
                        wrong += bool(bad)
                        same = ended.code == 0 and ended.out == place.expected.out
                        outcomes[
                            "WRONG" if bad else "as if nothing had happened" if same else f"exit {ended.code}"
                        ] += 1
                        if bad or verbose:
                            at = number - before
                            print(
                                f"  {name} {call} {fault} {at}: {bad or ended.code} | {ended.err[-400:]!r}", flush=True
                            )
            if outcomes:
                said = ", ".join(f"{count:,} {what}" for what, count in sorted(outcomes.items()))
                seconds = time.monotonic() - began
                print(
                    f"{name} {family} ({ways:,} calls): {outcomes.total():,} tried: {said}; {seconds:.0f} s", flush=True
                )
    return wrong


def main() -> int:
    """Try the steps that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("steps", nargs="*", choices=[*STEPS, []], default=[])
    parser.add_argument("--tries", type=int, default=3, help="at most so many numbers a call and fault")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="a family, a call, a fault, or two of them with a colon")
    parser.add_argument("--verbose", action="store_true", help="say how each try ended")
    options = parser.parse_args()
    if not shutil.which("strace"):
        sys.exit("strace is needed: apt install strace")
    return int(bool(sum([
        tried(name, options.tries, options.seed, options.only, options.verbose) for name in options.steps or STEPS
    ])))  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
