"""Made-up corpora of the shape that the field's records have, the same for the same seed.

    python -m tests.bench.corpora FOLDER [STATEMENTS] [--jsonl] [--broken FILES] [--seed NUMBER]

Half of the statements are recommendations of the UPR, joint and verbatim, each a brief with the State's position; a
quarter are concluding observations of treaty bodies, a concern and what is urged; the others stand in briefs as people
write them: a title, claims with figures, questions with their premise, responses, what is left open.
"""

from __future__ import annotations

import json
import random
import re
import sys
import textwrap
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hrdash.corpus.values import uhri_labels

PER_FILE = 100
"""Briefs; but of JSON Lines, every second theme is one file."""
THEMES = 60
WORDS_OF = Path(__file__).parents[2] / "briefs" / "themes"
CODES = Path(__file__).parents[2] / "hrdash" / "corpus" / "countries.txt"
BODIES = ("CCPR", "CESCR", "CAT", "CEDAW", "CRC", "CERD", "CRPD")
VERBS = ("Ensure", "Continue to strengthen", "Ratify", "Take measures against", "Repeal", "Consider", "Investigate")
PERSONS = sorted(uhri_labels()["Affected persons"])
BROKEN = ("briefs: [", "briefs:\n  - {id: twice, id: twice}\n", "briefs:\n  - id: odd\n    titel: Odd\n", "\x00\ufffe")
"""What stands in files that cannot be read."""

Record = dict[str, Any]
"""A statement as other programs take it: flat."""


class Field:
    """A made-up corpus of about so many statements."""

    def __init__(self, statements: int, seed: int = 7) -> None:
        self.dice = random.Random(seed)
        text = " ".join(file.read_text(encoding="utf-8") for file in sorted(WORDS_OF.glob("*.yaml"))).lower()
        frequent = Counter(re.findall(r"[a-z]{2,}", text)).most_common()
        rare = ["".join(self.dice.choices("abcdefghiklmnoprstuvz", k=self.dice.randint(4, 11))) for _ in range(20_000)]
        self.words = [word for word, _ in frequent] + rare
        total = 0.0
        self.weights = [total := total + weight for weight in [*(count for _, count in frequent), *[0.5] * len(rare)]]
        codes = re.findall(r"\b[A-Z]{3}\b", re.sub("#.*", "", CODES.read_text(encoding="utf-8")))
        self.countries = codes[: max(2, min(190, statements // 1400))]
        self.size = statements
        self.sources: dict[str, Record] = {}

    def briefs(self) -> Iterator[tuple[str, Record]]:
        """Each brief with its theme, as many as have the statements."""
        made = number = 0
        while made < self.size:
            shape = self.dice.choices((self.recommended, self.observed, self.written), (50, 12, 5))[0]
            brief = shape(f"b-{number}", self.dice.choice(self.countries))
            made += sum(len(brief.get(section, ())) for section in SECTIONS)
            number += 1
            yield f"theme-{min(int(self.dice.paretovariate(0.5)), THEMES * 3) % THEMES:02}", brief

    def recommended(self, name: str, country: str) -> Record:
        """A recommendation of the UPR."""
        cycle = self.dice.randint(1, 4)
        source = self.source(f"upr-{country.lower()}-{cycle}", 2004 + 5 * cycle, "UPR", cycle=str(cycle), put=True)
        reply = self.source(f"{source}-add-1", 2004 + 5 * cycle, "UPR", cycle=str(cycle), put=False)
        urging = [code for code in self.dice.sample(self.countries, self.dice.choice((1, 1, 1, 2))) if code != country]
        position = self.dice.choices(("supported", "noted", "partly-supported", "pending"), (60, 30, 5, 5))[0]
        said = {
            "by": [f"state-{code.lower()}" for code in urging] or ["expert-upr"],
            "verbatim": True,
            "text": f"{self.dice.choice(VERBS)} {self.text(14, 34)}.",
            "cites": [f"{source} {110 + cycle * 10}.{self.dice.randint(1, 280)}"],
            "positions": [{"position": position, "cites": [f"{reply} {self.dice.randint(1, 40)}"]}],
        }
        return {"id": name, "country": country, **self.tags(), "recommendations": [said]}

    def observed(self, name: str, country: str) -> Record:
        """A paragraph of concluding observations, and the one behind it."""
        body, year = self.dice.choice(BODIES), self.dice.randrange(2006, 2026, 5)
        source = self.source(f"{body.lower()}-{country.lower()}-{year}", year, body, put=False)
        at, by = self.dice.randint(5, 60), f"expert-{body.lower()}"
        concern = {"by": by, "text": f"The Committee is concerned about {self.text(18, 45)}.", "cites": [str(at)],
                   "period": f"{year - self.dice.randint(1, 6)}/{year}"}  # fmt: skip
        urged = {"by": by, "text": f"The State party should {self.text(16, 40)}.", "cites": [f"{at} (a)-(c)"]}
        brief = {"id": name, "country": country, "source": source, **self.tags(), "title": self.text(3, 8).capitalize()}
        return {**brief, "concerns": [concern], "recommendations": [urged]}

    def written(self, name: str, country: str) -> Record:
        """A brief as people write it."""
        year = self.dice.randint(2015, 2025)
        source = self.source(f"dialogue-{country.lower()}-{year}", year, "CCPR", put=True)
        state, at = f"state-{country.lower()}", self.dice.randint(3, 90)
        figures = [{"indicator": "cases", "value": self.dice.randint(2, 900), "period": str(year - 1)}]
        brief: Record = {"id": name, "title": self.text(4, 9).capitalize(), "country": country, "source": source}
        brief |= self.tags()
        brief["claims"] = [
            {"by": state, "text": f"{self.text(14, 40).capitalize()}.", "cites": [str(at + more)], "period": str(year),
             **({"figures": figures} if more else {})} for more in range(self.dice.randint(1, 2))
        ]  # fmt: skip
        brief["concerns"] = [{"id": "n-1", "by": "expert-ccpr", "text": f"{self.text(12, 30).capitalize()}.",
                              "cites": [str(at + 2)], "period": str(year - 1)}]  # fmt: skip
        brief["questions"] = [{"id": "q-1", "by": "expert-ccpr", "text": f"What was {self.text(8, 20)}?",
                               "cites": [str(at + 2)], "premise": ["n-1"]}]  # fmt: skip
        if self.dice.random() < 0.7:
            brief["responses"] = [{"answers": ["q-1"], "by": state, "text": f"{self.text(10, 40).capitalize()}.",
                                   "cites": [str(at + 5)], "period": f"{year - 2}/{year}"}]  # fmt: skip
            if self.dice.random() < 0.4:
                text = f"The answer gives {self.text(5, 9)}."
                brief["left_open"] = [{"of": ["q-1"], "text": text, "cites": [str(at + 2), str(at + 5)]}]
        return brief

    def tags(self) -> Record:
        some = self.dice.sample(PERSONS, self.dice.choice((0, 1, 1, 2)))
        return {"persons": some} if some else {}

    def text(self, least: int, most: int) -> str:
        return " ".join(self.dice.choices(self.words, cum_weights=self.weights, k=self.dice.randint(least, most)))

    def source(self, name: str, year: int, body: str, cycle: str = "", put: bool = False) -> str:
        if name not in self.sources:
            entry = {"id": name, "type": "report", "title": f"Report of {body} {name}", "title-short": name.upper(),
                     "issued": str(year), "kind": "report", "capacity": "official", "number": f"X/{name.upper()}",
                     "body": body}  # fmt: skip
            entry |= {"cycle": cycle} if cycle else {}
            self.sources[name] = entry | ({"put_to_state": True} if put else {})
        return name


SECTIONS = {"claims": "claim", "concerns": "concern", "questions": "question", "recommendations": "recommendation",
            "responses": "response"}  # fmt: skip


def write(folder: Path, statements: int, seed: int = 7, jsonl: bool = False, broken: int = 0) -> list[Record]:
    """Write a corpus of about so many statements, some files of it broken, and give its sound statements as records."""
    field = Field(statements, seed)
    (folder / "themes").mkdir(parents=True)
    files: dict[str, list[Record]] = defaultdict(list)
    records: list[Record] = []
    written: Counter[str] = Counter()

    def empty(theme: str) -> None:
        folder_of = folder / "themes" / theme
        folder_of.mkdir(exist_ok=True)
        name = folder_of / f"part-{written[theme]:04}"
        some = files.pop(theme)
        if jsonl:
            name.with_suffix(".jsonl").write_text("".join(json.dumps(one) + "\n" for one in some), encoding="utf-8")
        else:
            name.with_suffix(".yaml").write_text("briefs:\n" + "".join(block(some, "  ")), encoding="utf-8")
        written[theme] += 1

    for theme, brief in field.briefs():
        files[theme].append(brief)
        records += flat(theme, brief)
        if len(files[theme]) == PER_FILE and not (jsonl and int(theme[-2:]) % 2):
            empty(theme)
    themes = sorted({*files, *written})
    for theme in list(files):
        empty(theme)
    for theme in themes:
        about = {"theme": theme, "label": theme, "title": f"The matter of {theme}", "briefs": []}
        (folder / "themes" / f"{theme}.yaml").write_text(json.dumps(about), encoding="utf-8")
    for number in range(broken):
        path = folder / "themes" / themes[number % len(themes)] / f"broken-{number}.yaml"
        path.write_text(BROKEN[number % len(BROKEN)], encoding="utf-8")
    registers(folder, field)
    return records


def registers(folder: Path, field: Field) -> None:
    """Write what the briefs refer to."""
    about = {"title": "Made up", "countries": field.countries, "about": "Made up.", "as_of": "2026-11"}
    (folder / "corpus.yaml").write_text("".join(block(about | {"licence": "CC0-1.0"}, "")), encoding="utf-8")
    speakers = [{"id": f"state-{code.lower()}", "name": f"Delegation of {code}", "short": code, "kind": "state",
                 "country": code} for code in field.countries]  # fmt: skip
    speakers += [{"id": f"expert-{body.lower()}", "name": f"Expert of {body}", "short": body, "kind": "treaty-body"}
                 for body in (*BODIES, "UPR")]  # fmt: skip
    cases = {"id": "cases", "label": "Cases", "unit": "cases", "kind": "count", "span": "flow"}
    (folder / "sources").mkdir()
    sources = list(field.sources.values())
    for at in range(0, len(sources), 1000):
        lines = "".join(block(sources[at : at + 1000], ""))
        (folder / "sources" / f"part-{at // 1000}.yaml").write_text(lines, encoding="utf-8")
    for name, entries in (("speakers", speakers), ("indicators", [cases])):
        (folder / f"{name}.yaml").write_text("".join(block(entries, "")), encoding="utf-8")


def flat(theme: str, brief: Record) -> Iterator[Record]:
    """Each statement of a brief as a record, with what it has from the brief."""
    for section, kind in SECTIONS.items():
        for said in brief.get(section, ()):
            first, _, last = said.get("period", "").partition("/")
            cited = said["cites"][0] if brief.get("source") is None else f"{brief['source']} {said['cites'][0]}"
            source, _, pinpoint = cited.partition(" ")
            by = said["by"] if isinstance(said["by"], list) else [said["by"]]
            yield {
                "brief": brief["id"], "theme": theme, "country": brief["country"], "title": brief.get("title", ""),
                "kind": kind, "speaker": ", ".join(by), "text": said["text"], "source": source, "pinpoint": pinpoint,
                "first": int(first or 0), "last": int(last or first or 0),
                "position": said["positions"][0]["position"] if "positions" in said else "",
            }  # fmt: skip


def block(value: Any, margin: str) -> Iterator[str]:
    """A value in YAML as people write it: a key a line, long texts folded, short lists in brackets."""
    for item in value if isinstance(value, list) else [value]:
        dash = "- " if isinstance(value, list) else ""
        for key, held in item.items():
            lead, inside = f"{margin}{dash}{key}:", margin + ("  " if isinstance(value, list) else "")
            if isinstance(held, list) and held and isinstance(held[0], dict):
                yield f"{lead}\n"
                yield from block(held, inside + "  ")
            elif isinstance(held, str) and len(held) > 60:
                yield f"{lead} >-\n"
                yield from (f"{inside}  {line}\n" for line in textwrap.wrap(held, 96))
            else:
                yield f"{lead} {json.dumps(held, ensure_ascii=False)}\n"
            dash = " " * len(dash)


def main() -> None:
    """Write a corpus into a folder."""
    given = sys.argv[1:]
    numbers = {name: int(given.pop(given.index(name) + 1)) for name in ("--broken", "--seed") if name in given}
    words = [word for word in given if not word.startswith("--")]
    size = int(words[1]) if len(words) > 1 else 35_000
    records = write(Path(words[0]), size, numbers.get("--seed", 7), "--jsonl" in given, numbers.get("--broken", 0))
    print(f"{len(records):,} statements in {words[0]}")


if __name__ == "__main__":
    main()
