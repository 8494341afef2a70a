"""A text in a format of its own: what would act there, for each format that a brief may leave hrdash in.

Every function takes a text that was cleaned where it was read, and gives what stands for exactly that text, as far as
the format can. JSON is written by `hrdash.report.document`, which leaves the escaping to the standard library.
"""

from __future__ import annotations

import re
from unicodedata import normalize

from hrdash.text import clean

_ACTIVE = re.compile(
    r"[\\`*_{}\[\]<>#|~!&$@^]"  # acts anywhere: emphasis, code, links, images, HTML, entities, mentions, mathematics
    r"|:(?=\S)"  # an address that is linked as it stands, a short name of an emoji
    r"|(?<=www)\.|(?<=\S)\.(?=[^\W\d_]{2})|(?<!:)/(?=/)"  # one without https:, as www.un.org, un.org, //localhost
    r"|^[-+=:]",  # a list, a rule, a definition, or an underline that makes a heading of the line before
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^(\d+)([.)])")
_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;", "`": "&#x60;"})
_STARTS_FORMULA = "=+-@"
"""What a spreadsheet runs at the start of a cell, in any width, with tab and line ends: OWASP, "CSV Injection"."""
_SKIPPED = " '\"\u200c\u200d\u200e\u200f"
"""What may stand before it; the apostrophe among them, so that the one that `csv_cell` adds can be told apart."""


def markdown(text: str) -> str:
    """A text on one line that Markdown shows as it is written: every character that could act is escaped."""
    return _NUMBERED.sub(r"\1\\\2", _ACTIVE.sub(r"\\\g<0>", " ".join(text.split())))


def html(text: str) -> str:
    """A text that HTML shows as it is written, between tags and in an attribute in quotation marks."""
    return clean(text).translate(_HTML)


def csv_cell(text: str) -> str:
    """A cell, in quotation marks, that a spreadsheet takes for text: an apostrophe stands before what it would run."""
    cell = clean(text)
    first = cell.lstrip(_SKIPPED)[:1]
    runs = first in ("\t", "\n") or normalize("NFKC", first)[:1] in tuple(_STARTS_FORMULA)
    return '"' + "'" * runs + cell.replace('"', '""') + '"'


def clipboard(text: str) -> str:
    """A text to paste: nothing that acts on a terminal, and no line end behind it, at which a shell would run it."""
    return clean(text).rstrip("\n")
