"""What hrdash takes beside what people would otherwise use, in one run and on the same records; never asserted.

    python -m tests.bench.budgets [--records 35000] [--statements 267000] [--runs 7] [--folder DIR]

Prints a table in Markdown: what was asked, what it took, how that compares, and the budget. Peers are asked where they
are installed: `sqlite-utils` with its own full-text index, `jq` and `recsel`; their answers are counted against the
records. Programs are timed in turn, from outside; questions to the index within one process, by processor time.
A corpus that stands in the folder already is asked as it is.
"""

# ruff: noqa: S608  (the query is for another program, of names in this file)

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from hrdash.corpus.folder import CorpusFolder
from hrdash.corpus.listing import list_files
from hrdash.filter import Filter, parse
from hrdash.index.index import Index, open_file
from hrdash.index.query import select
from hrdash.index.sync import sync
from hrdash.tui.start import SECONDS_OF_A_TURN
from tests.bench.corpora import PER_FILE, Record, write
from tests.bench.terminal import Terminal

HRDASH = [sys.executable, "-c", "import re, sys; from hrdash.cli import program; sys.exit(program())"]
MINIMAL = [sys.executable, "-c", """
from textual.app import App
from textual.widgets import Static

class Minimal(App):
    def compose(self):
        yield Static("that is all there is")

Minimal().run()
"""]  # fmt: skip
PEAK = [sys.executable, "-c", """
import resource, subprocess, sys

subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""]  # fmt: skip
"""Prints the most KiB that a program takes; of one begun by a large process, Linux counts that one's memory too."""
THEME, WORD, YEAR = "theme-07", "torture", 2019
STEM = "tortur"
TYPED = ("the", "torture", "visits", "human", "committee", "prison", "human rights", "torture prisons")
PICKED = ("", f"theme:{THEME}", "theme:theme-01", f"year:{YEAR}", "kind:question", "answer:none", "position:noted",
          "speaker:state-afg", "country:AFG", "body:CAT", "without:response", f"year:{YEAR} without:response")  # fmt: skip
RUNS_OF_LARGE = 3
"""How often a command is run where other programs take up to twenty seconds for it."""
HEAD = "| what | measured | beside | budget | |\n|---|--:|---|---|---|"


class Bench:
    """One run: where its files are, and how often each thing is asked."""

    def __init__(self, folder: Path, runs: int) -> None:
        self.folder, self.runs = folder, runs
        kinds = {f"XDG_{kind}_HOME": str(folder / "home" / kind) for kind in ("CACHE", "STATE", "CONFIG")}
        self.environment = {**os.environ, **kinds, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        self.environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed hrdash is compiled, and so is ours

    def ran(self, command: Sequence[str], expected: int | None = None) -> bytes:
        """What a program prints."""
        done = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=self.environment, check=False
        )
        if expected is not None and done.returncode != expected:
            raise ChildProcessError(f"{' '.join(command)} ended with {done.returncode}")
        return done.stdout

    def timed(self, *commands: Sequence[str], runs: int = 0) -> list[float]:
        """The median of the milliseconds that each program takes, all in turn."""
        found: list[list[float]] = [[] for _ in commands]
        for _ in range(runs or self.runs):
            for command, times in zip(commands, found, strict=True):
                began = perf_counter()
                self.ran(command)
                times.append((perf_counter() - began) * 1000)
        return [statistics.median(times) for times in found]

    def corpus(self, name: str, statements: int, **how: Any) -> tuple[Path, list[Record]]:
        """A corpus of about so many statements, and its records where it was made now."""
        folder = self.folder / name
        return folder, [] if folder.exists() else write(folder, statements, **how)

    def with_index(self, corpus: Path) -> None:
        """Have hrdash make an index of a corpus, as its user would."""
        self.ran([*HRDASH, "themes", "--briefs", str(corpus)], 0)

    # What is measured

    def commands(self, count: int, jsonl: bool = False, runs: int = 0) -> None:
        """Commands on the records, beside other programs for the same question."""
        corpus, records = self.corpus(f"records-{count}", count, jsonl=jsonl)
        peers = Peers(self, records, self.folder / f"peers-{count}")
        self.with_index(corpus)
        about = ["--briefs", str(corpus)]
        for name, arguments, question in (
            (f"`show` a theme of {peers.found['theme']:,}", ["show", THEME], "theme"),
            (f"`list --year`, {peers.found['year']:,}", ["list", "--year", str(YEAR)], "year"),
            (f"`search` a word, {peers.found['word']:,}", ["search", WORD], "word"),
            ("the same as CSV", ["search", WORD, "--format", "csv"], "word"),
        ):
            others = peers.asked(question)
            ours, *theirs = self.timed([*HRDASH, *arguments, *about], *others.values(), runs=runs)
            compared = dict(zip(others, theirs, strict=True))
            beside = ", ".join(f"{peer} {took:.0f} ({ours / took:.1f} ×)" for peer, took in compared.items())
            lost = [peer for peer, took in compared.items() if ours > took * (0.5 if peer == "sqlite-utils" else 1)]
            told(f"{name}, of {count:,}", f"{ours:.0f} ms", beside, "½ sqlite-utils; below jq, recsel", lost)

    def shipped(self) -> None:
        """A theme of the shipped corpus, beside a program that does nothing."""
        shipped, bare = self.timed([*HRDASH, "show", "torture"], [sys.executable, "-c", "pass"])
        told("`show torture`, shipped", f"{shipped:.0f} ms", f"python -c pass {bare:.0f}", "100 ms", shipped > 100)

    def first_reading(self, count: int, budget: float, jsonl: bool) -> Path:
        """How long the first reading of a corpus takes, and how large its index is; the path of that."""
        corpus, _ = self.corpus(f"records-{count}", count, jsonl=jsonl)
        path = self.folder / f"index-{count}" / "index.sqlite"
        if path.exists():
            return path
        path.parent.mkdir(mode=0o700)
        listing = list_files(str(corpus))
        size = sum(stamp.size for stamp in listing.files) / 1e6
        began = perf_counter()
        self.ran([*HRDASH, "themes", "--no-cache", "--briefs", str(corpus)], 0)
        took = perf_counter() - began
        with closing(open_file(str(path))) as index:
            sync(index, CorpusFolder(str(corpus), listing))
            count = select(index, Filter()).statements
        form = "JSON Lines" if jsonl else "YAML"
        told(f"first reading of {count:,} statements, {size:.0f} MB of {form}", f"{took:.0f} s", "", f"{budget:.0f} s",
             took > budget)  # fmt: skip
        each = path.stat().st_size / count / 1000
        told("index, a statement", f"{each:.1f} kB", "", "2 kB", each > 2)
        return path

    def questions(self, count: int, jsonl: bool) -> None:
        """The questions of a keystroke, and the sync after an edit."""
        path = self.first_reading(count, 90, jsonl)
        corpus, _ = self.corpus(f"records-{count}", count, jsonl=jsonl)
        with closing(open_file(str(path))) as index:
            typed = [
                Filter(text=word[:length])
                for word in TYPED
                for length in range(1, len(word) + 1)
                if word[length - 1] != " "
            ]
            picked = [parse(one).filter for one in PICKED]
            select(index, Filter(text="a")).facets()  # what is kept from then on
            within(f"first page while typing, of {count:,}", index, typed, lambda one: one.brief_rows(60), 16)
            within("first page of a facet", index, picked, lambda one: one.brief_rows(60), 16)
            within("total while typing", index, typed, lambda one: one.statements, 30)
            within("total of a facet", index, picked, lambda one: one.statements, 30)
            asked = typed + picked
            few = {one for one in asked if select(index, one).statements <= 30_000}
            facets = lambda one: one.facets()  # noqa: E731
            within("every facet, to 30,000 statements", index, [one for one in asked if one in few], facets, 150)
            within("every facet, above", index, [one for one in asked if one not in few], facets, 300)
            sys.setswitchinterval(SECONDS_OF_A_TURN)  # as the dashboard has it, and garbage looked for at rest
            gc.freeze()
            late = max(asyncio.run(latest(partial(facets, select(index, one)))) for one in asked[:: self.runs])
            told("an event loop late, while a thread counts facets", f"{late:.0f} ms", "longest", "16 ms", late > 16)
            name = next(stamp.name for stamp in list_files(str(corpus)).theme_files if stamp.name.count("/") == 2)
            edited = corpus / name
            before = edited.read_text(encoding="utf-8")
            try:
                edited.write_text(before.replace(" the ", " that ", 3), encoding="utf-8")
                began = process_time()
                sync(index, CorpusFolder(str(corpus), list_files(str(corpus))), tidy=False)
                took = (process_time() - began) * 1000
            finally:
                edited.write_text(before, encoding="utf-8")
            told(f"sync after an edited file of {PER_FILE} briefs", f"{took:.0f} ms", "", "150 ms", took > 150)

    def export(self, count: int) -> None:
        """The most memory that it takes to write out a whole corpus."""
        corpus, _ = self.corpus(f"records-{count}", count)
        self.with_index(corpus)
        peak = int(self.ran([*PEAK, *HRDASH, "export", "--briefs", str(corpus)], expected=0)) / 1024
        told(f"`export` of {count:,}, memory", f"{peak:.0f} MiB", "", "100 MiB", peak > 100)

    def dashboard(self, count: int, large: int) -> None:
        """The dashboard in a terminal: its first frame, keys, what it costs while idle, and its memory."""
        small, _ = self.corpus("records-200", 300)
        memory: dict[str, float] = {}
        for name, corpus in (
            ("shipped", None),
            ("200 briefs", small),
            *((f"{size:,} statements", self.folder / f"records-{size}") for size in dict.fromkeys((count, large))),
        ):
            command = [*HRDASH, "--fresh", *(["--briefs", str(corpus)] if corpus else [])]
            if corpus not in (None, small):
                self.with_index(corpus)
            pairs = []
            for _ in range(self.runs):
                with Terminal(command, self.environment) as ours:
                    mine = ours.shows(b"help")
                with Terminal(MINIMAL, self.environment) as minimal:
                    pairs.append((mine, minimal.shows(b"that is all there is")))
            mine, least = (statistics.median(pair[at] for pair in pairs) for at in (0, 1))
            told(f"first full frame, {name}", f"{mine * 1000:.0f} ms", f"minimal app {least * 1000:.0f} ({mine / least:.2f} ×)",
                 "1.3 ×", mine > 1.3 * least)  # fmt: skip
            with Terminal(command, self.environment) as ours:
                ours.shows(b"help")
                ours.settles()
                ours.press(b"/")
                keys = sorted(ours.press(key.encode()) for key in "torture")
                told(f"a key in the filter until something is written, {name}", f"{keys[len(keys) // 2]:.0f} ms",
                     f"longest {keys[-1]:.0f}", "", False)  # fmt: skip
                ours.press(b"\x15")  # clears the field
                took, used = max(ours.done(key.encode()) for key in "torture")
                told(f"a key until total and facets are written, {name}", f"{took:.0f} ms", f"longest; {used:.0f} of a processor", "",
                     False)  # fmt: skip
                written, share = ours.idle(10)
                told(
                    f"idle, {name}",
                    f"{written} bytes",
                    f"{share:.1f} % of a core",
                    "0 bytes, 0.3 %",
                    written > 0 or share > 0.3,
                )
                memory[name] = ours.memory()
        least = memory["200 briefs"]
        for name, used in memory.items():
            told(
                f"memory, {name}",
                f"{used:.0f} MiB",
                f"{used / least:.2f} × that with 200 briefs",
                "1.3 ×",
                used > 1.3 * least,
            )


class Peers:
    """Other programs with the same records."""

    def __init__(self, bench: Bench, records: Iterable[Record], folder: Path) -> None:
        self.bench = bench
        self.lines, self.base, self.rec = (str(folder / name) for name in ("said.jsonl", "said.db", "said.rec"))
        self.tool = shutil.which("sqlite-utils")
        if not folder.exists():
            folder.mkdir()
            records = list(records)
            Path(self.lines).write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
            blocks = ("".join(f"{key}: {value}\n" for key, value in one.items()) for one in records)
            Path(self.rec).write_text("\n".join(blocks), encoding="utf-8")
            if self.tool:
                for call in (["insert", self.base, "said", self.lines, "--nl"],
                             ["enable-fts", self.base, "said", "text", "--tokenize", "porter"],
                             ["create-index", self.base, "said", "theme"],
                             ["create-index", self.base, "said", "first", "last"]):  # fmt: skip
                    bench.ran([self.tool, *call], 0)
        with open(self.lines, encoding="utf-8") as lines:
            kept = [json.loads(line) for line in lines]
        self.found = {
            "theme": sum(one["theme"] == THEME for one in kept),
            "year": sum(one["first"] <= YEAR <= one["last"] for one in kept),
            "word": sum(bool(re.search(rf"\b{STEM}", one["text"], re.IGNORECASE)) for one in kept),
        }

    def asked(self, question: str) -> dict[str, list[str]]:
        """How each program that is here is asked, once it was seen to find what there is."""
        select_ = {"theme": f"theme = '{THEME}'", "year": f"first <= {YEAR} and last >= {YEAR}"}
        filters = {"theme": f'.theme == "{THEME}"', "year": f".first <= {YEAR} and .last >= {YEAR}",
                   "word": f'.text | test("\\\\b{STEM}"; "i")'}  # fmt: skip
        expressions = {"theme": f'theme = "{THEME}"', "year": f"first <= {YEAR} && last >= {YEAR}",
                       "word": f'text ~ "{STEM}" || text ~ "{STEM.capitalize()}"'}  # fmt: skip
        found: dict[str, list[str]] = {}
        if self.tool:
            found["sqlite-utils"] = (
                [self.tool, "search", self.base, "said", WORD, "--nl"] if question == "word"
                else [self.tool, "query", self.base, f"select * from said where {select_[question]}", "--nl"]
            )  # fmt: skip
        if jq := shutil.which("jq"):
            found["jq"] = [jq, "-c", f"select({filters[question]})", self.lines]
        if recsel := shutil.which("recsel"):
            found["recsel"] = [recsel, "-e", expressions[question], self.rec]
        for name, command in found.items():
            begin = b"brief: " if name == "recsel" else b""
            count = sum(line.startswith(begin) for line in self.bench.ran(command, 0).splitlines())
            if count != self.found[question]:
                print(f"{name} finds {count:,} of {self.found[question]:,}", file=sys.stderr)
        return found


async def latest(work: Callable[[], object]) -> float:
    """By how many milliseconds an event loop comes too late at most, while another thread works."""
    working, late = asyncio.create_task(asyncio.to_thread(work)), 0.0
    while not working.done():
        began = perf_counter()
        await asyncio.sleep(0.001)
        late = max(late, (perf_counter() - began) * 1000 - 1)
    return late


def within(what: str, index: Index, asked: Iterable[Filter], ask: Callable[[Any], object], budget: float) -> None:
    """Ask of each filter, and hold the 95th percentile of the processor's milliseconds against a budget."""
    spent = []
    for one in asked:
        selection = select(index, one)
        began = process_time()
        ask(selection)
        spent.append((process_time() - began) * 1000)
    spent.sort()
    p95 = spent[min(len(spent) - 1, int(len(spent) * 0.95))] if spent else 0.0
    median = spent[len(spent) // 2] if spent else 0.0
    beside = f"median {median:.1f}, longest {max(spent, default=0):.0f}, {len(spent)} questions"
    told(what, f"{p95:.0f} ms p95", beside, f"{budget:.0f} ms", p95 > budget)


def told(what: str, measured: str, beside: str, budget: str, missed: object) -> None:
    """Print a row of the table; what missed its budget may be the names of those who win."""
    verdict = f"wins: {', '.join(missed)}" if isinstance(missed, list) and missed else "missed" if missed else ""
    print(f"| {what} | {measured} | {beside} | {budget} | {verdict} |", flush=True)


def main() -> None:
    """Measure everything, or with small numbers see that it can be measured."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--records", type=int, default=35_000)
    reader.add_argument("--statements", type=int, default=267_000)
    reader.add_argument("--runs", type=int, default=7)
    reader.add_argument("--folder", type=Path)
    reader.add_argument("--without-dashboard", action="store_true")
    given = reader.parse_args()
    with tempfile.TemporaryDirectory() as made:
        bench = Bench(given.folder or Path(made), given.runs)
        print(HEAD)
        bench.commands(given.records)
        bench.commands(given.statements, jsonl=True, runs=min(given.runs, RUNS_OF_LARGE))
        bench.shipped()
        bench.first_reading(given.records, 6, jsonl=False)
        bench.questions(given.statements, jsonl=True)
        bench.export(given.statements)
        if not given.without_dashboard:
            bench.dashboard(given.records, given.statements)


if __name__ == "__main__":
    main()
