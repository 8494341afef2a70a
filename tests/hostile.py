"""What nobody should be able to do to a terminal by writing a brief, and a corpus that tries it in every field."""

from __future__ import annotations

import re
from pathlib import Path

PAYLOADS = (
    "\x1b]52;c;aGFja2Vk\x07",  # OSC 52 fills the clipboard
    "\x1b]0;pwned\x07", "\x9d0;pwned\x9c",  # the window's title, in seven bits and in eight
    "\x1b]8;;http://evil.example\x1b\\here\x1b]8;;\x1b\\",  # OSC 8: a link that says something else
    "\x1b[2J\x1b[31m\x1b[6n", "\x9b31m", "\x1bc",  # CSI: clear, colour, an answer typed into the shell; a reset
    "\x1bP+q544e\x1b\\", "\x90+q544e\x9c", "\x1b_Gx\x1b\\", "\x9fx\x9c", "\x1b^x\x1b\\",  # DCS, APC, PM
    "\x00\x01\x07\x08\x0b\x0c\x0e\x7f\x80\x84\x88\x8d\x8e\x9a",  # single controls
    "\u202e\u202d\u202a\u202c\u2066\u2067\u2068\u2069",  # bidi overrides, embeddings and isolates
    "\u200b\u2060\u2061\ufeff\u00ad\u034f\u061c\u180e\u3164\uffa0\u115f",  # what hides text
    "\ufe00\ufe0d\U000e0041\U000e007f\U000e0100\U0001d173\ufff9\ufffb",  # variation selectors, tags, annotations
    "\u2028\u2029\x85\r\n",  # other ends of lines
)  # fmt: skip
"""Texts that act on a terminal, turn what stands around them or hide it."""

ACTING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u180e\u200b\u2028-\u202e\u2060-\u2064\u2066-\u2069\u3164"
    "\ufe00-\ufe0d\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff\U0001d173-\U0001d17a]"
)
"""Every character of `PAYLOADS` but the newline, and their kind: written down here, apart from the code under test."""

FIELDS = (
    "corpus-title", "corpus-about", "corpus-licence", "source-title", "author-literal", "author-family", "publisher",
    "container", "number", "source-note", "section", "speaker-name", "speaker-short", "indicator-label",
    "indicator-unit", "indicator-note", "theme-title", "brief-title",
    "claim", "claim-words", "claim-note", "population", "per", "base",
    "concern", "response", "commendation", "recommendation", "question", "observation",
    "assessment", "scale", "grade", "body", "session", "title-short", "left-open", "difference", "source-kind",
)  # fmt: skip
"""The texts of the corpus, each with its own name in it."""


def quoted(text: str) -> str:
    """A text as a quoted scalar of YAML in plain ASCII: how such characters get into a file."""
    shown = "".join(
        letter if letter.isascii() and letter.isprintable() and letter not in '\\"' else f"\\U{ord(letter):08X}"
        for letter in text
    )
    return f'"{shown}"'


def field(name: str) -> str:
    """The text of a field: its name, with every payload behind it."""
    assert name in FIELDS
    return quoted(f"{name} {' '.join(PAYLOADS)} end")


def hostile_files() -> dict[str, str]:
    """The corpus as the text of its files, by name."""
    return {
        "corpus.yaml": f"title: {field('corpus-title')}\ncountry: ZZR\nabout: {field('corpus-about')}\n"
        f"as_of: 2026-01\nlicence: {field('corpus-licence')}\n",
        "sources.yaml": f"""
- id: paper
  type: article
  title: {field("source-title")}
  title-short: {field("title-short")}
  body: {field("body")}
  session: {field("session")}
  author: [{{literal: {field("author-literal")}}}, {{family: {field("author-family")}, given: G}}]
  publisher: {field("publisher")}
  container-title: {field("container")}
  number: {field("number")}
  issued: 2024-03
  URL: {quoted("https://example.org/" + PAYLOADS[0] + PAYLOADS[3])}
  kind: {field("source-kind")}
  capacity: official
  note: {field("source-note")}
  paragraphs: {{numbering: ours, last: 50, sections: [{{from: 1, title: {field("section")}}}]}}
- {{id: plain, type: article, title: Plain, title-short: Plain, put_to_state: true, issued: 2024, kind: opinion,
   capacity: official,   paragraphs: {{numbering: ours, last: 50}}}}
""",
        "speakers.yaml": f"- {{id: minister, name: {field('speaker-name')}, short: {field('speaker-short')},\n"
        "   kind: state}\n- {id: expert, name: An expert, short: Expert, kind: treaty-body}\n",
        "indicators.yaml": f"- {{id: visits, label: {field('indicator-label')}, unit: {field('indicator-unit')},\n"
        f"   kind: count, span: flow, note: {field('indicator-note')}}}\n",
        "themes/prisons.yaml": f"""
theme: prisons
label: {quoted("Pr" + chr(0x202E) + "i")}
title: {field("theme-title")}
uhri_themes: [{quoted("Conditions of detention" + PAYLOADS[0])}]
instruments: [{quoted("ICCPR:10" + PAYLOADS[4])}]
briefs:
  - id: visits
    title: {field("brief-title")}
    persons: [{quoted("Children" + PAYLOADS[1])}]
    claims:
      - id: c-visits
        by: minister
        text: {field("claim")}
        period_text: {field("claim-words")}
        note: {field("claim-note")}
        cites: [paper 7]
        figures:
          - {{indicator: visits, value: 2, period: 2023, population: {field("population")}, per: {field("per")},
             base: {field("base")}}}
    concerns:
      - {{id: q, by: expert, text: {field("concern")}, cites: [paper 8]}}
    responses:
      - {{id: r, by: minister, answers: [q], text: {field("response")}, cites: [plain 8]}}
    questions:
      - {{id: a, by: expert, text: {field("question")}, cites: [plain 8]}}
    observations:
      - {{by: expert, text: {field("observation")}, cites: [plain 8]}}
    assessments:
      - {{by: expert, assesses: [m], scale: {field("scale")}, grade: {field("grade")}, text: {field("assessment")},
         cites: [plain 9]}}
    commendations:
      - {{id: p, by: expert, text: {field("commendation")}, cites: [plain 8]}}
    recommendations:
      - {{id: m, by: expert, text: {field("recommendation")}, cites: [plain 8]}}
    left_open:
      - {{of: [q], text: {field("left-open")}, cites: [plain 8]}}
    differences:
      - {{kind: number, between: [c-visits, r], text: {field("difference")}, cites: [plain 8]}}
""",
    }


def write_hostile_corpus(folder: Path) -> Path:
    """Write the corpus, and beside its files some whose names and keys do the same; the folder."""
    (folder / "themes").mkdir(parents=True)
    for name, text in hostile_files().items():
        (folder / name).write_text(text.lstrip(), encoding="ascii")
    for number, payload in enumerate(("".join(PAYLOADS), *PAYLOADS[-5:])):
        name = payload.replace("\x00", "").replace("/", "")
        (folder / "themes" / f"{name}.yaml").write_text("briefs: []\n")
        key = quoted(payload)
        (folder / "themes" / f"broken-{number}.yaml").write_text(
            f"theme: broken-{number}\nlabel: B\ntitle: B\n{key}: {key}\nbriefs:\n  - id: {key}\n    title: T\n"
            f"    {key}: [{key}]\n    claims: [{{id: {key}, by: {key}, text: T, period: {key},\n"
            f"      cites: [{key}], figures: [{{indicator: {key}, value: {key}}}]}}]\n"
        )
    return folder


def write_hostile_texts(folder: Path) -> Path:
    """Write the numbered texts of the sources, in which paragraphs and what stands before them carry the payloads."""
    folder.mkdir(parents=True)
    line = " ".join(PAYLOADS).replace("\r\n", " ")
    (folder / "paper.txt").write_text(
        f"{line}\n[7] paragraph {line} of 12 Visits.\n[8] Nobody {line} 1999\n[8] {line}\n"
    )
    (folder / "plain.txt").write_bytes(b"[8] Nobody \xff\x1b[31m\n")
    return folder
