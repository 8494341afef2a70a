"""Nodes to plain values: a converter for each sort of value.

A converter takes a `Reading` and a node and returns a value, or raises `Fault`. Reading never stops at a fault: it is
noted at its place, a stand-in takes its value's place, and the rest is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from hrdash import period as edtf
from hrdash import pinpoint as pinpoints_of
from hrdash.corpus.nodes import Broken, Literal, Mapping, Node, Scalar, Sequence
from hrdash.model import LABEL_CELLS, Label, OneOf, Place, Problem, Ref
from hrdash.names import is_id, nearest, shown
from hrdash.text import cells

Converter = Callable[[Any, Node], Any]
"""From a `Reading` and a node."""

MAX_DIGITS = 15
"""Digits of a number: what a float keeps exactly."""
OLD_WORDS = {
    "foreign-state": "write state, and its country",
    "question": "move it to the questions of the brief",
}
"""Words that were once taken, and what is written in their place."""
_FACETS = {"Themes": "a theme", "Affected persons": "a group"}
_MOST_SUGGESTIONS = 100
_LONGEST_PERIOD = 40
_PINPOINTS = "write 7, 12-13, 24 (a), 140.254, p 12 or annex IX 12"

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_URL = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:[/?#][!-~]*)?")
_USER_ASSIGNED = re.compile("AA[A-Z]|Q[M-Z][A-Z]|X[A-Z]{2}|ZZ[A-Z]")


class Fault(Exception):
    """A value that cannot be taken; without words, it has been reported. `partly` is what could be read of it."""

    def __init__(self, what: str = "", cure: str = "", partly: tuple[Any, ...] | None = None) -> None:
        super().__init__(what)
        self.what, self.cure, self.partly = what, cure, partly


class Reading:
    """One file that is being read: its problems so far, and which keys hold a stand-in."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.failed: set[tuple[Place, str]] = set()
        """A mapping's place and the key whose value is a stand-in, or incomplete."""
        self.suggestions = _MOST_SUGGESTIONS
        """How many more names are looked for that were probably meant."""

    def report(self, place: Place, what: str, cure: str, level: str = "error") -> None:
        """Note a problem of this file."""
        self.problems.append(Problem(self.file, place.line, place.column, what, cure, level))

    def report_fault(self, place: Place, fault: Fault) -> None:
        """Note why a value could not be taken, unless that is known."""
        if fault.what:
            self.report(place, fault.what, fault.cure)

    def suggestion(self, word: str, names: Iterable[str]) -> str:
        """The name that was probably meant, or nothing; a file gets a hundred of these, since each takes time."""
        self.suggestions -= 1
        return nearest(word, names) if self.suggestions >= 0 else ""

    def error_places(self) -> list[Place]:
        """Where there is an error, sorted."""
        return sorted(Place(problem.line, problem.column) for problem in self.problems if problem.level == "error")


def list_of(convert: Converter, once: bool = False, or_one: bool = False) -> Converter:
    """A converter for a list; what is wrong with one item does not lose the others.

    `once`: no item may be repeated. `or_one`: an item may stand alone.
    """

    def items(reading: Reading, node: Node) -> tuple[Any, ...]:
        if or_one and isinstance(node, Scalar) and node.text:
            return (convert(reading, node),)
        if not isinstance(node, Sequence):
            raise wrong_type(node, "a list")
        values: list[Any] = []
        seen: set[Any] = set()
        failed = False
        for item in node.items:
            try:
                value = convert(reading, item)
            except Fault as fault:
                reading.report_fault(item.place, fault)
                failed = True
                continue
            if once and value in seen:
                reading.report(item.place, f"{shown(as_written(item))} stands in this list twice", "keep one")
            if once:
                seen.add(value)
            values.append(value)
        if failed:
            raise Fault(partly=tuple(values))
        return tuple(values)

    return items


def as_written(node: Node) -> str:
    """The text of a node, where it is one."""
    return one_line(node.text) if isinstance(node, Scalar) else ""


def wrong_type(node: Node, wanted: str) -> Fault:
    """The fault of a node of another type than `wanted`."""
    if isinstance(node, Broken):
        return Fault()
    if isinstance(node, Literal) and node.text != "null":
        cut, digits = node.text[:_LONGEST_PERIOD], ", with every digit that the source has" * node.text[-1].isdigit()
        cure = f"put it in quotes{digits}" if wanted == "a text" else f"write {wanted}"
        return Fault(f"here stands {cut} without quotes, and should stand {wanted}", cure)
    if isinstance(node, Literal) or (isinstance(node, Scalar) and not node.text):
        return Fault("there is no value", f"write {wanted}, or remove the key")
    found = "text" if isinstance(node, Scalar) else "a list" if isinstance(node, Sequence) else "keys and values"
    return Fault(f"here stands {found}, and should stand {wanted}", f"write {wanted}")


def prose(_: Reading, node: Node) -> str:
    """A text that may run over several lines."""
    if not isinstance(node, Scalar):
        raise wrong_type(node, "a text")
    text = node.text.strip()
    if not text:
        raise Fault("the text is empty", "write one, or remove the key")
    return text


def line(reading: Reading, node: Node) -> str:
    """A text on one line."""
    text = " ".join(node.text.split()) if type(node) is Scalar else ""
    return text or one_line(prose(reading, node))


def literal(reading: Reading, node: Node) -> str:
    """A text on one line that JSON has without quotes too."""
    return node.text if isinstance(node, Literal) and node.text != "null" else line(reading, node)


def one_line(text: str) -> str:
    """A text that has been cleaned, with its white space folded: `hrdash.text.clean_line` without its other half."""
    return " ".join(text.split())


def identifier(reading: Reading, node: Node) -> str:
    """An id."""
    text = line(reading, node)
    if not is_id(text):
        raise Fault(f"{shown(text)} is not an id", "write a-z, 0-9 and hyphens, at most 64, not a hyphen first")
    return text


def statement_name(reading: Reading, node: Node) -> str:
    """The id of a statement of the same brief, or `brief/id`."""
    text = line(reading, node)
    if not all(map(is_id, text.split("/", 1))):
        raise Fault(f"{shown(text)} names no statement", "write its id, with its brief's id and / before it "
                    "if it stands in another brief")  # fmt: skip
    return text


def one_of(names: tuple[str, ...]) -> Converter:
    """A converter for one of a few words."""

    def word(reading: Reading, node: Node) -> str:
        text = line(reading, node)
        if text not in names:
            guess = reading.suggestion(text, names)
            cure = OLD_WORDS.get(text) or (f"did you mean '{guess}'?" if guess else f"write one of: {', '.join(names)}")
            raise Fault(f"{shown(text)} is not one of the words for this", cure)
        return text

    return word


def flag(reading: Reading, node: Node) -> bool:
    """Yes or no."""
    text = literal(reading, node)
    if text not in ("true", "false"):
        raise Fault(f"{shown(text)} is neither true nor false", "write true or false")
    return text == "true"


def uhri_label(facet: str) -> Converter:
    """A converter for a label of the UN's index; another text is taken too, with a warning."""

    def label(reading: Reading, node: Node) -> str:
        text = line(reading, node)
        labels = uhri_labels()[facet]
        if text not in labels:
            guess = reading.suggestion(text, labels)
            cure = f"did you mean '{guess}'?" if guess else "spell it exactly as the index does"
            what = f"{shown(text)} is not {_FACETS[facet]} of the UN's index (UHRI)"
            reading.report(node.place, what, cure, "warning")
        return text

    return label


@cache
def uhri_labels() -> dict[str, tuple[str, ...]]:
    """The labels of each facet of the UN's index that `uhri.txt` holds."""
    text = Path(__file__).with_name("uhri.txt").read_text("utf-8")
    found: dict[str, tuple[str, ...]] = {}
    for part in text.split("\n[")[1:]:
        facet, *labels = part.splitlines()
        found[facet.removesuffix("]")] = tuple(filter(None, labels))
    return found


def tab_label(reading: Reading, node: Node) -> str:
    """A line that fits on a tab."""
    text = line(reading, node)
    if cells(text) > LABEL_CELLS:
        raise Fault(f"the label takes {cells(text)} cells of a terminal's line", f"shorten it to {LABEL_CELLS}")
    return text


def country(reading: Reading, node: Node) -> str:
    """A country's code of ISO 3166-1: one that is assigned, was, or is left to its users."""
    text = line(reading, node)
    if text not in country_codes() and not _USER_ASSIGNED.fullmatch(text):
        guess = reading.suggestion(text, country_codes())
        cure = f"did you mean '{guess}'?" if guess else "write three capital letters, as KAZ"
        raise Fault(f"{shown(text)} is not a country's code of ISO 3166-1 alpha-3", cure)
    return text


@cache
def country_codes() -> frozenset[str]:
    """The codes of ISO 3166-1 alpha-3 that are assigned, and the former ones."""
    text = Path(__file__).with_name("countries.txt").read_text("ascii")
    return frozenset(code for row in text.splitlines() if not row.startswith("#") for code in row.split())


def number(reading: Reading, node: Node) -> int | float:
    """A number, written plainly: `800`, `-3`, `2.5`."""
    text = literal(reading, node)
    if not _NUMBER.fullmatch(text):
        raise Fault(
            f"{shown(text)} is not a number", "write digits alone, as 1200 or 2.5; other words go into the qualifier"
        )
    if sum(letter.isdigit() for letter in text) > MAX_DIGITS:
        raise Fault(f"{shown(text)} has more than {MAX_DIGITS} digits", "round it")
    return float(text) if "." in text else int(text)


def paragraph(reading: Reading, node: Node) -> int:
    """The plain number of one paragraph."""
    found = parsed(literal(reading, node))
    if found.number is None or found.first != found.last or len(found.first) > 1:
        raise Fault(f"{shown(found.text)} is not the number of a paragraph", "write one, as 7")
    return found.number


def pinpoint(reading: Reading, node: Node) -> str:
    """A pinpoint, as `hrdash.pinpoint` writes it."""
    return parsed(line(reading, node)).text


def pinpoints(reading: Reading, node: Node) -> str:
    """Pinpoints with commas between them: `21-31, 96-99`."""
    return ", ".join(parsed(part.strip()).text for part in line(reading, node).split(","))


def parsed(text: str) -> pinpoints_of.Pinpoint:
    """A pinpoint, or the fault that it is none."""
    try:
        return pinpoints_of.parse(text)
    except ValueError as fault:
        what, _, cure = str(fault).partition("; ")
        raise Fault(f"{shown(text)} {what}", cure or _PINPOINTS) from None


def period(reading: Reading, node: Node) -> str:
    """A period, as `hrdash.period` reads it."""
    text = line(reading, node)
    if len(text) > _LONGEST_PERIOD:
        raise Fault(f"{shown(text)} is too long for a period", "write 2024, 2024-04, 2024-04-15, 2017/2024 or 2019/..")
    try:
        edtf.parse(text)
    except edtf.PeriodError as fault:
        raise Fault(fault.what, fault.cure) from None
    return text


def date(reading: Reading, node: Node) -> str:
    """A period that is closed at both ends."""
    text = period(reading, node)
    if ".." in text:
        raise Fault(f"{shown(text)} has an open end", "write a date, as 2024, 2024-04 or 2024-04-15")
    return text


def url(reading: Reading, node: Node) -> str:
    """An address; one that cannot be opened safely is taken too, with a warning."""
    text = line(reading, node)
    if not _URL.fullmatch(text):
        cure = "write http:// or https://, a host, and no spaces or letters beyond ASCII"
        reading.report(node.place, f"{shown(text)} is not an address that hrdash opens", cure, "warning")
    return text


def scalars(node: Mapping, key: str) -> Iterator[tuple[str, Place]]:
    """The texts under a key, one or a list, each with its place."""
    if key in node.entries:
        value = node.entries[key][1]
        for item in value.items if isinstance(value, Sequence) else (value,):
            if isinstance(item, Scalar):
                yield one_line(item.text), item.place


def place_of(node: Mapping, key: str) -> Place:
    """The place of a key's value, or of the mapping where there is none."""
    return node.entries[key][1].place if key in node.entries else node.place


_BY_NAME: dict[str, Converter] = {
    convert.__name__: convert
    for convert in (
        identifier, line, prose, period, date, url, country, tab_label, number, flag, paragraph, pinpoint, pinpoints,
    )
}  # fmt: skip


def converter(mark: Any) -> Converter:
    """What reads a value that the model marks so."""
    match mark:
        case OneOf(words):
            return one_of(words)
        case Label(facet):
            return uhri_label(facet)
        case Ref(kind):
            return statement_name if kind == "statement" else identifier
    return _BY_NAME[mark]
