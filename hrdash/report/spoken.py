"""Lines for the ear: every line begins with what it is, and every sign is a word. What `--plain` prints.

What people wrote is left as it is written; what hrdash puts around it is put into words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from hrdash.model import Source
from hrdash.report.lines import MARKS, Line, source_text
from hrdash.report.text import shown_text

LABELS = {
    "theme": "Theme", "title": "Brief", "meta": "About", "heading": "Section", "absence": "Absence",
    "answers": "Unanswered", "statement": "Text", "attribution": "Said by", "figure": "Figure", "note": "Note",
    "source": "Source", "address": "Address", "pinpoint": "Place",
}  # fmt: skip
"""What a line is called by its role, where its part does not say more."""
_STATEMENTS = {
    "claims": "Claim", "concerns": "Concern", "responses": "Response", "commendations": "Commendation",
    "recommendations": "Recommendation", "left_open": "Left open", "differences": "Difference",
}  # fmt: skip
_METAS = {"mapping": "Mapping", "speakers": "Speaker", "measures": "Measure", "related": "See also"}
_OURS = ("meta", "attribution", "figure", "absence", "pinpoint")
"""The roles of lines that hrdash words itself."""
_OWN_LABELS = {
    "Note: ": "Note", "To: ": "Answers", "Figures differ: ": "Figures differ", "On the claim: ": "On the claim",
    "mapping (ours): ": "Mapping",
}  # fmt: skip
"""What lines may begin with that is a label already."""
_KINDS = ("claim", "concern", "response")
_MARKS = re.compile(f"[{MARKS}]{{3}}")
_LEGEND = "marks: "
_SIGNS = (
    (re.compile(r"\[(\d+)\]"), r"source \1"),
    (re.compile(r"¶(\d+)[–-](\d+)"), r"paragraphs \1 to \2"),
    (re.compile(r"¶(\d+)"), r"paragraph \1"),
    (re.compile(r"\b(\d\d)(\d\d)–(\d\d)\b(?!\d)"), r"\1\2 to \1\3"),
    (re.compile(r"(?<=\d)–(?=\d)"), " to "),
    (re.compile(r"(?<=\d) … (?=\d)"), " to "),
    (re.compile(r"\s·\s"), ", "),
)


def spoken(lines: Iterable[Line]) -> str:
    """The lines, each labelled, in the order of reading, as text that ends with a newline."""
    return "".join(f"{spoken_line(line)}\n" for line in lines if not line.text.startswith(_LEGEND))


def spoken_line(line: Line) -> str:
    """One line with its label."""
    label, text = (
        _STATEMENTS.get(line.part, "Text") if line.role == "statement" else LABELS[line.role],
        shown_text(line),
    )
    for begin, own in _OWN_LABELS.items():
        if line.role in ("note", "answers", "figure", "meta") and text.startswith(begin):
            label, text = own, text.removeprefix(begin)
    if line.role == "meta":
        label = _METAS.get(line.part, label)
        if _MARKS.match(text):
            return labelled([("Brief", text[3:].strip()), ("", marks_in_words(text[:3]))])
    if line.role == "heading":
        text = text.capitalize()
    elif line.role == "attribution" and line.part in ("left_open", "differences"):
        label = "Written in"
    elif line.role == "source" and (found := re.match(r"\[(\d+)\] ", text)):
        label, text = f"Source {found[1]}", text[found.end() :]
    return f"{label}: {in_words(text) if line.role in _OURS and line.part != 'related' else text}"


def labelled(fields: Iterable[tuple[str, str]]) -> str:
    """Fields on one line, each with its label; those that are empty are left out, and a field may say what it is."""
    return "; ".join(f"{label}: {text}" if label else text for label, text in fields if text)


def labelled_rows(names: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table without columns, as text: each row on a line, every cell with the name of its column."""
    return "".join(f"{labelled(zip(names, row, strict=True))}\n" for row in rows)


def spoken_sources(sources: Iterable[Source], counts: Mapping[str, int]) -> str:
    """One line a source of the register."""
    return labelled_rows(
        ("Source", "Address", "Note", "Briefs that cite it", "Paragraphs", "Whose count", "Id"),
        (
            (source_text(source), source.URL, " ".join(source.note.split()), str(counts.get(source.id, 0)),
             str(source.paragraphs.last), "ours" if source.paragraphs.numbering == "ours" else "printed", source.id)
            for source in sources
        ),
    )  # fmt: skip


def marks_in_words(marks: str) -> str:
    """The three marks: `claim yes, concern yes, response to some concerns`."""
    words = dict(zip(MARKS, ("yes", "no", "to some concerns"), strict=True))
    return ", ".join(f"{kind} {words[sign]}" for kind, sign in zip(_KINDS, marks, strict=True))


def in_words(text: str) -> str:
    """A text of hrdash's own, its signs put into words."""
    for sign, words in _SIGNS:
        text = sign.sub(words, text)
    return text
