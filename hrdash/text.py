"""The door that every string goes through, `clean` what is read; how wide a text is, and how a number is said.

The characters that it marks are those that act on a terminal (C0 and C1 controls), turn text around (bidi
overrides and isolates) or hide it (zero-width and filler characters, tags, most variation selectors). Those that
scripts need stay: ZWNJ and ZWJ, LRM and RLM, the emoji and text variation selectors.
"""

import re

_HIDDEN = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b"
    "\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))  # no characters
    + "]"
)
"""What is marked, as a pattern, which a command whose texts are plain never needs."""
_NEWLINES = "\r\n|[\r\x85\u2028\u2029]"
_PRINTABLE_HIDDEN = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0"
    + "".join(map(chr, (*range(0xFE00, 0xFE0E), *range(0xE0100, 0xE01F0))))
)
"""The hidden characters that Python calls printable: a text without these and all printable is clean as it is."""
_NARROW = re.compile(
    "[ -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u2190-\u21ff\u2260\u2500-\u25fc]*"
)
"""Texts of Latin, Greek and Cyrillic letters, punctuation, arrows, frames and signs, each of one cell."""


def clean(text: str) -> str:
    """Mark every character that could act on a terminal or hide text as `⟨U+202E⟩`; line ends become newlines."""
    if text.isascii() and text.isprintable():
        return text
    seen = text.replace("\n", "")
    if seen.isprintable() and (is_narrow(seen) or _PRINTABLE_HIDDEN.isdisjoint(seen)):
        return text
    return re.sub(_HIDDEN, lambda found: f"⟨U+{ord(found[0]):04X}⟩", re.sub(_NEWLINES, "\n", text))


def clean_line(text: str) -> str:
    """`clean`, and all white space folded: for whatever must stay on one line."""
    return " ".join(clean(text).split())


def first_hidden(text: str) -> str:
    """The first character that `clean` would mark, as `U+202E`, or nothing."""
    found = re.search(_HIDDEN, re.sub(_NEWLINES, "\n", text))
    return f"U+{ord(found[0]):04X}" if found else ""


def is_narrow(text: str) -> bool:
    """Whether each character takes one cell, as far as that is seen at once."""
    return text.isascii() or _NARROW.fullmatch(text) is not None


def cells(text: str) -> int:
    """How many terminal cells a text takes, as all that is drawn is measured: by Rich, quickly in the usual case."""
    if is_narrow(text):
        return len(text)
    from rich.cells import cell_len  # only for other scripts: a pipe is to be as quick as it can

    return cell_len(text)


def number_of(count: int, unit: str) -> str:
    """`1 brief`, `2,000 briefs`."""
    return f"{count:,} {unit}{'' if count == 1 else 's'}"


def number_text(number: float, between: str = "") -> str:
    """A number of a corpus in digits, however small: `0.00001`; `between` stands between thousands."""
    shown = f"{number:{between}}"
    return f"{number:.14f}".rstrip("0") if "e" in shown else shown  # a corpus has no more than 15 digits
