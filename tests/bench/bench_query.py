"""How long the index takes to answer on a large made-up corpus. Run by hand; information, never a timed test.

    python -m tests.bench.bench_query [BRIEFS] [INDEX-FILE]

Prints milliseconds of processor time, which other work on the machine does not lengthen as much as it does the clock's:
median, 95th percentile and most over the queries. A file that is there already is asked as it is.
"""

from __future__ import annotations

import random
import re
import resource
import sys
import tempfile
from collections import Counter
from contextlib import closing
from pathlib import Path
from time import perf_counter, process_time
from types import SimpleNamespace
from typing import Any

from hrdash.corpus.read import Declared
from hrdash.corpus.rules import Reference
from hrdash.derive import target
from hrdash.filter import Filter, Years, parse
from hrdash.index.index import Index, open_file
from hrdash.index.query import select
from hrdash.index.sync import is_fresh, sync
from hrdash.model import (
    POSITIONS,
    SECTION_KINDS,
    Brief,
    Citation,
    Corpus,
    Figure,
    Indicator,
    LeftOpen,
    Paragraphs,
    Place,
    Position,
    Registers,
    Source,
    Speaker,
    Statement,
    Theme,
)

PER_FILE = 100
THEMES = 20
BUDGETS = {"first page": 16, "total": 30, "all facets": 150}
BRIEFS = Path(__file__).parents[2] / "briefs"


class MadeUp:
    """A reader of a corpus that stands nowhere, the same each time."""

    def __init__(self, briefs: int) -> None:
        self.count = briefs
        dice = random.Random(7)
        text = " ".join(file.read_text() for file in sorted(BRIEFS.glob("themes/*.yaml")))
        frequent = Counter(re.findall(r"[a-z]{2,}", text)).most_common()
        self.words = [word for word, _ in frequent]
        self.words += ["".join(dice.choices("abcdefghiklmnoprstuvz", k=dice.randint(4, 11))) for _ in range(20_000)]
        weights = [count for _, count in frequent] + [0.5] * 20_000
        total = 0.0
        self.cumulative = [total := total + weight for weight in weights]
        sources = [Source(f"source-{n}", "report", f"Report {n}", str(2000 + n % 26), "report", "official", f"R{n}",
                          Paragraphs("ours", 500), body=f"Body {n % 9}", put_to_state=n % 3 == 0)
                   for n in range(max(5, briefs // 500))]  # fmt: skip
        speakers = [Speaker(f"speaker-{n}", f"Speaker {n}", f"S{n}", "state" if n % 4 == 0 else "ngo")
                    for n in range(max(5, briefs // 1000))]  # fmt: skip
        indicator = Indicator("cases", "Cases", "cases", "count", "flow")
        self.registers_ = Registers(
            {item.id: item for item in sources}, {item.id: item for item in speakers}, {indicator.id: indicator}
        )
        self.persons = [f"Persons of group {n}" for n in range(30)]
        self.edited: dict[str, int] = {}
        self.unread: set[str] = set()

    @property
    def listing(self) -> SimpleNamespace:
        names = ["corpus.yaml", "sources.yaml", "speakers.yaml", "indicators.yaml"]
        parts = range((self.count + PER_FILE - 1) // PER_FILE)
        names += [f"themes/theme-{number % THEMES:02}/part-{number:05}.yaml" for number in parts]
        names += [f"themes/theme-{number:02}.yaml" for number in range(THEMES)]
        stamps = [
            SimpleNamespace(name=name, size=1 + self.edited.get(name, 0), mtime_ns=1, ctime_ns=1, inode=1)
            for name in names
        ]
        return SimpleNamespace(files=stamps, problems=(), unread=(), is_whole=True)

    def content(self, name: str) -> bytes:
        return f"{name} {self.edited.get(name, 0)}".encode()

    def registers(self) -> SimpleNamespace:
        corpus = Corpus("Made up", ("ZZZ",), "", "2026", "CC0")
        order = tuple(f"theme-{number:02}" for number in range(THEMES))
        return SimpleNamespace(
            corpus=corpus, theme_order=order, registers=self.registers_, faulty=(), problems=(), references=()
        )

    def theme_file(self, name: str, *registers: object) -> SimpleNamespace:
        theme = name.split("/")[1].removesuffix(".yaml")
        own = Theme(theme, theme, f"The matter of {theme}") if name.count("/") == 1 else None
        dice = random.Random(name)
        briefs = [] if own else [self.brief(dice, name, theme, number) for number in range(PER_FILE)]
        if name in self.edited:
            briefs[50] = briefs[50]._replace(title=f"Edited {self.edited[name]} times")
        declares = [Declared("theme", theme, Place(1, 1))] if own else []
        references = []
        for brief in briefs:
            declares.append(Declared("brief", brief.id, brief.place, brief.id))
            named = [*(("also_in", name) for name in brief.also_in), *(("related", name) for name in brief.related)]
            for section, kind in SECTION_KINDS.items():
                for said in brief.section(section):
                    about = (brief.id, said.cites[0].source, said.cites[0].pinpoint)
                    declares.append(Declared(f"statement:{kind}", f"{brief.id}/{said.id}", said.place, *about))
                    named += [("answers", "/".join(target(name, brief.id))) for name in said.answers]
            named += [("of", f"{brief.id}/{name}") for note in brief.left_open for name in note.of]
            references += [Reference(key, name, brief.place, brief.id) for key, name in named]
        return SimpleNamespace(
            name=name, theme_id=theme, theme=own, briefs=briefs, withheld=(), problems=(), declares=declares,
            references=references, ids_known=True,
        )  # fmt: skip

    def brief(self, dice: random.Random, file: str, theme: str, number: int) -> Brief:
        stem = file.split("/")[-1].removesuffix(".yaml")
        near = dice.sample(list(self.registers_.sources), 3)
        sections: dict[str, list[Statement]] = {"questions": []}
        count = dice.randint(3, 6)
        for at in range(count):
            section = dice.choice(("claims", "concerns", "questions", "responses", "recommendations"))
            asked = sections["questions"][-1:]
            if section == "responses" and not asked:
                section = "commendations"
            year = dice.randint(2005, 2025)
            period = dice.choice(("", str(year), f"{year}/{min(year + dice.randint(0, 4), 2026)}"))
            figures = (Figure("cases", dice.randint(1, 900), period=str(year)),) if dice.random() < 0.2 else ()
            cites = (Citation(dice.choice(near), str(dice.randint(1, 500))),)
            more: dict[str, Any] = {}
            if section == "responses":
                other = f"{stem}-{number - 1:03}/s-q" if number and dice.random() < 0.2 else asked[0].id
                more["answers"] = (other,)
            if section == "recommendations":
                more["positions"] = (Position(dice.choice(POSITIONS), cites),)
            name = "s-q" if section == "questions" and not asked else f"s-{at}"
            sections.setdefault(section, []).append(
                Statement((f"speaker-{dice.randrange(len(self.registers_.speakers))}",), self.text(dice, 28), cites,
                          name, period, figures=figures, place=Place(number * 30 + at + 2, 5), **more)
            )  # fmt: skip
        if not sections["questions"]:
            cites, place = (Citation(near[0], "7"),), Place(number * 30 + 9, 5)
            sections["questions"].append(Statement(("speaker-1",), self.text(dice, 12), cites, "s-q", place=place))
        own = [said.answers for said in sections.get("responses", ()) if "/" not in said.answers[0]]
        notes = (
            (LeftOpen(own[0], self.text(dice, 9), (Citation(near[0], "7"),)),) if own and dice.random() < 0.3 else ()
        )
        others = (f"theme-{dice.randrange(THEMES):02}",) if dice.random() < 0.1 else ()
        return Brief(
            f"{stem}-{number:03}", theme, self.text(dice, 8).capitalize(),
            persons=tuple(dice.sample(self.persons, dice.randint(0, 2))),
            also_in=tuple(other for other in others if other != theme),
            related=(f"{stem}-{(number + 1) % PER_FILE:03}",), left_open=notes, file=file,
            place=Place(number * 30 + 1, 3), **{name: tuple(said) for name, said in sections.items()},
        )  # fmt: skip

    def text(self, dice: random.Random, words: int) -> str:
        return " ".join(dice.choices(self.words, cum_weights=self.cumulative, k=words)) + "."


def keystrokes() -> list[str]:
    """Queries as they stand while words are typed, frequent and rare, alone and together; a phrase; words left out."""
    typed = ("the", "torture", "visits", "human", "rights", "committee", "disappearances", "prison", "women")
    pairs = ("torture prisons", "human rights defenders", "law peaceful", "state women")
    growing = [text[:length] for text in (*typed, *pairs) for length in range(1, len(text) + 1)]
    return [text for text in growing if not text.endswith(" ")] + ['"human rights"', "torture -prison", "-torture"]


def measured(name: str, tasks: list, repeats: int = 1) -> None:  # type: ignore[type-arg]  # of calls without arguments
    spent = []
    for task in tasks:
        tries = []
        for _ in range(repeats):
            start = process_time()
            task()
            tries.append((process_time() - start) * 1000)
        spent.append(sorted(tries)[repeats // 2])
    spent.sort()
    p95 = spent[min(len(spent) - 1, int(len(spent) * 0.95))]
    budget = BUDGETS.get(name.split(",")[0])
    verdict = f"  budget {budget}: {'met' if p95 <= budget else 'MISSED'}" if budget else ""
    print(f"{name:58} {spent[len(spent) // 2]:8.1f} {p95:8.1f} {spent[-1]:8.1f}{verdict}")


def main() -> None:
    briefs = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    path = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp()) / "index.sqlite"
    corpus = MadeUp(briefs)
    with closing(open_file(str(path))) as index:
        measure(index, corpus, path)


def opened(path: Path, listing: Any) -> None:
    with closing(open_file(str(path))) as index:
        assert is_fresh(index, listing)


def measure(index: Index, corpus: MadeUp, path: Path) -> None:
    """Fill the index where it is new, ask it, and edit a file."""
    listing = corpus.listing
    start = perf_counter()
    report = sync(index, corpus)
    print(
        f"{report.read} files read and written in {perf_counter() - start:.1f} s; "
        f"{path.stat().st_size / 1e6:.0f} MB; {index.withheld} withheld; {index.note}"
    )
    print(f"{'milliseconds':58} {'median':>8} {'p95':>8} {'max':>8}")
    measured("opened, and found fresh", [lambda: opened(path, listing)] * 9)
    asked = [Filter(text=text) for text in keystrokes()]
    themed = [one._replace(themes=("theme-07",)) for one in asked]
    years = [one._replace(years=(Years(2019, 2021),)) for one in asked]
    measured_filters(index, "typed words", asked)
    measured_filters(index, "words in one theme", themed)
    measured_filters(index, "words and years", years)
    picked = [parse(text).filter for text in (
        "", "theme:theme-19", "year:2024", "year:2019..", "source:source-3", "speaker:speaker-2",
        "has:response without:figure", "answer:none", "position:noted body:\"Body 3\"", "kind:question issued:2020..",
        "indicator:cases year:2020..2022",
        "year:2024 source:source-3", "year:2024 without:response theme:theme-05", 'person:"Persons of group 7"',
    )]  # fmt: skip
    for one in picked:
        measured_filters(index, f"[{one.typed}]", [one] * 5)
    measured(
        "one theme read in full (briefs)",
        [lambda: list(index.briefs(select(index, picked[1]).brief_numbers()[:200]))] * 5,
    )
    name = next(file.name for file in listing.files if file.name.count("/") == 2)
    for tidy in (False, True):
        corpus.edited[name] = corpus.edited.get(name, 0) + 1
        measured(
            f"sync after one edited file of {PER_FILE}, tidy={tidy}", [lambda tidy=tidy: sync(index, corpus, tidy)]
        )
    index.close()
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB, the building included")


def measured_filters(index: Index, name: str, asked: list[Filter]) -> None:
    measured(f"first page, {name}", [lambda one=one: select(index, one).brief_rows(200) for one in asked])
    measured(
        f"first page of statements, {name}",
        [lambda one=one: list(select(index, one).statement_rows(50)) for one in asked],
    )
    measured(f"total, {name}", [lambda one=one: select(index, one).statements for one in asked])
    measured(f"numbers, {name}", [lambda one=one: select(index, one).brief_numbers() for one in asked])
    measured(f"all facets, {name}", [lambda one=one: select(index, one).facets() for one in asked])


if __name__ == "__main__":
    main()
