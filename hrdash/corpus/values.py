"""Nodes to plain values: a converter for each sort of value.

A converter takes a `Reading` and a node and returns a value, or raises `Fault`. Reading never stops at a fault: it is
noted at its place, a stand-in takes its value's place, and the rest is read.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from hrdash import period as edtf
from hrdash import pinpoint as pinpoints_of
from hrdash.corpus.cures import NOTHING, id_meant, in_brackets, number_meant, period_meant, quoted
from hrdash.corpus.labels import KEYS, nearest_label, uhri_labels
from hrdash.corpus.nodes import Broken, Literal, Mapping, Node, Scalar, Sequence
from hrdash.corpus.unseen import first_odd, meant, named
from hrdash.model import LABEL_CELLS, Label, OneOf, Place, Problem, Ref
from hrdash.names import is_id, nearest, shown
from hrdash.text import cells

Converter = Callable[[Any, Node], Any]
"""From a `Reading` and a node."""

MAX_PARAGRAPHS = 100_000
"""Of one source: more than any has, and as many as can be accounted for one by one."""
MAX_DIGITS = 15
"""Digits of a number: what a float keeps exactly."""
_SPELLING = "write a-z, 0-9 and hyphens, at most 64, not a hyphen first"
_FACETS = {"Themes": "a theme", "Affected persons": "a group"}
_MOST_SUGGESTIONS = 100
_LONGEST_PERIOD = 40
_ANY_LABEL = "look among those that hrdash labels lists, or keep it"
_PINPOINTS = "write 7, 12-13, 24 (a), 140.254, p 12 or annex IX 12"

_YES, _NO = ("yes", "y", "on", "1", "true"), ("no", "n", "off", "0", "false")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_URL = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:[/?#][!-~]*)?")
_USER_ASSIGNED = re.compile("AA[A-Z]|Q[M-Z][A-Z]|X[A-Z]{2}|ZZ[A-Z]")


class Fault(Exception):
    """A value that cannot be taken; without words, it has been reported. `partly` is what could be read of it."""

    def __init__(self, what: str = "", cure: str = "", partly: tuple[Any, ...] | None = None) -> None:
        super().__init__(what)
        self.what, self.cure, self.partly = what, cure, partly


class Reference(NamedTuple):
    """What a file names that stands elsewhere in it, or in another."""

    kind: str
    """The key that names it."""
    target: str
    """Its id; of a statement always `brief/id`."""
    place: Place
    brief_id: str = ""
    section: str = ""
    """Of the statement that names it."""
    owner: str = ""
    """The id of that statement, where it has one."""
    source: str = ""
    """The source of that statement."""
    pinpoint: str = ""
    """The first place that is cited; of `assesses`, the limb."""


class Reading:
    """One file that is being read: its problems so far, which keys hold a stand-in, and what it needs from others."""

    def __init__(self, file: str, theme_id: str = "") -> None:
        self.file, self.theme_id = file, theme_id
        self.owner = ""
        """The id of the brief or entry that is being read."""
        self.source: str | None = ""
        """The source of pinpoints that name none; `None` where it cannot be read."""
        self.references: list[Reference] = []
        self.problems: list[Problem] = []
        self.failed: set[tuple[Place, str]] = set()
        """A mapping's place and the key whose value is a stand-in, or incomplete."""
        self.suggestions = _MOST_SUGGESTIONS
        """How many more names are looked for that were probably meant."""
        self.labels: dict[tuple[str, str], str] = {}
        """What to do about labels that the UN's index has not, by facet and text: one may stand in every brief."""
        self.meant: dict[tuple[str, str], str] = {}
        """What was probably meant by what is not registered, by its kind and name."""

    def report(self, place: Place, what: str, cure: str, level: str = "error", about: str = "") -> None:
        """Note a problem of this file."""
        self.problems.append(Problem(self.file, place.line, place.column, what, cure, level, about))

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


def list_of(convert: Converter, once: bool = False, or_one: bool = False, item: str = "") -> Converter:
    """A converter for a list; what is wrong with one item does not lose the others. `once`: no item may be repeated.
    `or_one`: an item may stand alone. `item`: how one is written that is no text."""

    def items(reading: Reading, node: Node) -> tuple[Any, ...]:
        if or_one and isinstance(node, Scalar) and node.text:
            return (convert(reading, node),)
        if not isinstance(node, Sequence):
            raise _no_list(node, item)
        values: list[Any] = []
        seen: set[Any] = set()
        failed = False
        for one in node.items:
            try:
                value = convert(reading, one)
            except Fault as fault:
                reading.report_fault(one.place, fault)
                failed = True
                continue
            if once and value in seen:
                reading.report(one.place, f"{shown(as_written(one))} stands in this list twice", "keep one")
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


def wrong_type(node: Node, wanted: str, example: str = "") -> Fault:
    """The fault of a node of another type than `wanted`; `example` is how it is written."""
    if isinstance(node, Broken):
        return Fault()
    if isinstance(node, Literal) and node.text != "null":
        cut, digits = node.text[:_LONGEST_PERIOD], ", with every digit that the source has" * node.text[-1].isdigit()
        cure = f"put it in quotes{digits}" if wanted == "a text" else f"write {example or wanted}"
        return Fault(f"here stands {cut} without quotes, and should stand {wanted}", cure)
    if isinstance(node, Literal) or (isinstance(node, Scalar) and (not node.text or is_nothing(node))):
        return Fault("there is no value", f"write {example or wanted}, or remove the key")
    found = "text" if isinstance(node, Scalar) else "a list" if isinstance(node, Sequence) else "keys and values"
    if isinstance(node, Sequence) and len(node.items) == 1 and isinstance(node.items[0], Scalar):
        example = f"{quoted(as_written(node.items[0]))} alone"
    return Fault(f"here stands {found}, and should stand {wanted}", f"write {example or wanted}")


def _no_list(node: Node, item: str) -> Fault:
    text = as_written(node)
    if isinstance(node, Mapping) and node.entries:
        first = next(iter(node.entries))
        return Fault("here stand keys and values, and should stand a list of them",
                     f"put a dash before the first, as - {first}: …, or write [{{{first}: …}}]")  # fmt: skip
    if item:
        return wrong_type(node, "a list", f"[{item % quoted(text)}]" if "%s" in item else f"a list, each as - {item}")
    if not text or is_nothing(node):
        return wrong_type(node, "a list")
    text = text.strip("[]［］{}") if text[0] not in "(（" else text.strip("()（）")
    whole = any(text in labels for labels in uhri_labels().values())
    parts = [text] if whole or not text else list(filter(None, map(str.strip, text.split(","))))
    source = parts[0].rpartition(" ")[0] if parts else ""
    if is_id(source):  # of citations, of which the first alone names the source
        parts = [f"{source} {part}" if pinpoints_of.begins(part) else part for part in parts]
    return wrong_type(node, "a list", in_brackets(parts))


def is_nothing(node: Node) -> bool:
    """Whether somebody wrote that there is no value."""
    return isinstance(node, Scalar) and len(node.text) < 5 and node.plain and node.text.casefold() in NOTHING


def plainly(convert: Converter) -> Converter:
    """A converter for a value that is plain ASCII: what looks as if it were is told, and read as it was meant."""

    def read(reading: Reading, node: Node) -> Any:
        try:
            return convert(reading, node)
        except Fault as fault:
            if not isinstance(node, Scalar) or not fault.what:
                raise
            for text in meant(node.text) if not node.text.isascii() else ():
                told = len(reading.problems)
                try:
                    value = convert(reading, node._replace(text=text))
                except Fault:
                    continue
                if reading.problems[told:]:  # of an id, that it is misspelt besides
                    del reading.problems[told:]
                    text = value
                at = first_odd(node.text)
                if at >= 0:  # otherwise it hides, and has been reported where it stands
                    place = node.place._replace(column=node.place.column + at + (not node.plain))
                    what = f"{shown(node.text)} has {named(node.text[at])}"
                    reading.report(place, what, f"write {quoted(text)}")
                return value
            if is_nothing(node):
                raise Fault(f"{shown(node.text)} stands here as a value", f"remove the key, or {fault.cure}") from None
            raise

    return read


def prose(reading: Reading, node: Node) -> str:
    """A text that may run over several lines."""
    if is_nothing(node):
        what = f"{shown(as_written(node))} is taken for a text, and shown"
        reading.report(node.place, what, "remove the key where there is nothing to say", "warning")
    return _text(node)


def line(reading: Reading, node: Node) -> str:
    """A text on one line."""
    return one_line(prose(reading, node))


def word(node: Node) -> str:
    """A text on one line that is no text to be shown, but an id, a date and the like."""
    return one_line(_text(node))


def _text(node: Node) -> str:
    if not isinstance(node, Scalar):
        raise wrong_type(node, "a text")
    text = node.text.strip()
    if not text:
        raise Fault("the text is empty", "write one, or remove the key")
    return text


def literal(node: Node) -> str:
    """A text on one line that JSON has without quotes too."""
    return node.text if isinstance(node, Literal) and node.text != "null" else word(node)


def one_line(text: str) -> str:
    """A text that has been cleaned, with its white space folded: `hrdash.text.clean_line` without its other half."""
    return " ".join(text.split())


def identifier(reading: Reading, node: Node) -> str:
    """An id; one that is not spelled as ids are is told, and read as it was meant, so that what names it finds it."""
    text = word(node)
    if is_id(text):
        return text
    made = spelled(text)
    _told_to_respell(reading, node, f"{shown(text)} is not an id", made)
    return made


def spelled(text: str) -> str:
    """The id that a text is, or was meant to be; nothing where it is none."""
    return text if is_id(text) else id_meant(text)


def statement_name(reading: Reading, node: Node) -> str:
    """The id of a statement of the same brief, or `brief/id`."""
    text = word(node)
    if is_id(text):
        return text
    names = text.split("/")
    made = "/".join(map(spelled, names)) if len(names) < 3 and all(map(spelled, names)) else ""
    if made != text:
        cure = "write its id, with its brief's id and / before it if it stands in another brief"
        _told_to_respell(reading, node, f"{shown(text)} names no statement", made, cure)
    return made


def _told_to_respell(reading: Reading, node: Node, what: str, made: str, cure: str = _SPELLING) -> None:
    """Report an id that is misspelt, or raise `Fault` where it is not clear what was meant."""
    if not made or not as_written(node).isascii() or is_nothing(node):
        raise Fault(what, cure)
    reading.report(node.place, what, f"write {made}: ids are of a-z, 0-9 and hyphens")


def one_of(names: tuple[str, ...]) -> Converter:
    """A converter for one of a few words."""

    def one(reading: Reading, node: Node) -> str:
        text = word(node)
        if text not in names:
            guess = reading.suggestion(text, names)
            cure = f"did you mean '{guess}'?" if guess else f"write one of: {', '.join(names)}"
            cure = "move it to the questions of the brief" if text == "question" else cure
            raise Fault(f"{shown(text)} is not one of the words for this", cure)
        return text

    return one


def flag(_: Reading, node: Node) -> bool:
    """Yes or no."""
    text = literal(node)
    if text not in ("true", "false"):
        is_yes, is_no = text.casefold() in _YES, text.casefold() in _NO
        cure = "write true" if is_yes else "write false" if is_no else "write true or false"
        raise Fault(f"{shown(text)} is neither true nor false", cure)
    return text == "true"


def uhri_label(facet: str) -> Converter:
    """A converter for a label of the UN's index; another text is taken too, with a warning."""

    def label(reading: Reading, node: Node) -> str:
        text = line(reading, node)
        if text not in uhri_labels()[facet] and not is_nothing(node):
            odd = next((made for made in meant(text) if made in uhri_labels()[facet]), "")
            what = f"{shown(text)} is not {_FACETS[facet]} of the UN's index (UHRI)"
            if odd:
                what += f": it has {named(text[first_odd(text)])}"
            elif (facet, text) not in reading.labels and len(reading.labels) < _MOST_SUGGESTIONS:
                reading.labels[facet, text] = _label_meant(text, facet)
            cure = f"write '{odd}'" if odd else reading.labels.get((facet, text), _ANY_LABEL)
            reading.report(node.place, what, cure, "warning", text)
        return text

    return label


def _label_meant(text: str, facet: str) -> str:
    """What to do about a label that a facet has not."""
    guess = nearest_label(text, facet)
    if guess:
        return f"did you mean '{guess}'?"
    for other in uhri_labels():
        guess = nearest_label(text, other) if other != facet else ""
        if guess:
            return f"under {KEYS[other]} there is '{guess}'; hrdash labels lists them all"
    return _ANY_LABEL


def tab_label(reading: Reading, node: Node) -> str:
    """A line that fits on a tab."""
    text = line(reading, node)
    if cells(text) > LABEL_CELLS:
        raise Fault(f"the label takes {cells(text)} cells of a terminal's line", f"shorten it to {LABEL_CELLS}")
    return text


def country(reading: Reading, node: Node) -> str:
    """A country's code of ISO 3166-1: one that is assigned, was, or is left to its users."""
    text = word(node)
    if text not in country_codes() and not _USER_ASSIGNED.fullmatch(text):
        if text != text.upper() and (text.upper() in country_codes() or _USER_ASSIGNED.fullmatch(text.upper())):
            raise Fault(f"{shown(text)} is not in capital letters", f"write {text.upper()}")
        guess = reading.suggestion(text, country_codes())
        cure = f"did you mean '{guess}'?" if guess else "write three capital letters, as KAZ"
        raise Fault(f"{shown(text)} is not a country's code of ISO 3166-1 alpha-3", cure)
    return text


@cache
def country_codes() -> frozenset[str]:
    """The codes of ISO 3166-1 alpha-3 that are assigned, and the former ones."""
    text = Path(__file__).with_name("countries.txt").read_text("ascii")
    return frozenset(code for row in text.splitlines() if not row.startswith("#") for code in row.split())


def number(_: Reading, node: Node) -> int | float:
    """A number, written plainly: `800`, `-3`, `2.5`."""
    text = literal(node)
    if not _NUMBER.fullmatch(text):
        cure = number_meant(text) if len(text) < _LONGEST_PERIOD else ""
        other = "write digits alone, as 1200 or 2.5; other words go into the qualifier"
        raise Fault(f"{shown(text)} is not a number", cure or other)
    if sum(letter.isdigit() for letter in text) > MAX_DIGITS:
        raise Fault(f"{shown(text)} has more than {MAX_DIGITS} digits", "round it")
    return float(text) if "." in text else int(text)


def paragraph(_: Reading, node: Node) -> int:
    """The plain number of one paragraph."""
    text = literal(node)
    try:
        found = pinpoints_of.parse(text)
    except ValueError:
        found = None
    if found is None or found.number is None or found.first != found.last or len(found.first) > 1:
        raise Fault(f"{shown(text)} is not the number of a paragraph", "write one, as 7")
    if found.number > MAX_PARAGRAPHS:
        raise Fault(f"no source has {shown(text)} paragraphs", f"write a number up to {MAX_PARAGRAPHS}")
    return found.number


def pinpoint(_: Reading, node: Node) -> str:
    """A pinpoint, as `hrdash.pinpoint` writes it."""
    return parsed(word(node)).text


def pinpoints(_: Reading, node: Node) -> str:
    """Pinpoints with commas between them: `21-31, 96-99`."""
    return ", ".join(parsed(part.strip()).text for part in word(node).split(","))


def parsed(text: str) -> pinpoints_of.Pinpoint:
    """A pinpoint, or the fault that it is none."""
    try:
        return pinpoints_of.parse(text)
    except ValueError as fault:
        what, _, cure = str(fault).partition("; ")
        parts = re.split(r"[,;:]\s*", text)
        if len(parts) > 1 and all(part.isdigit() for part in parts):
            apart = f"write each as an entry of its own: {in_brackets(parts)}"
            cure = f"write {parts[0]}-{parts[1]} for a range, or {cure}" if ":" in text else apart
        raise Fault(f"{shown(text)} {what}", cure or _PINPOINTS) from None


def period(_: Reading, node: Node) -> str:
    """A period, as `hrdash.period` reads it."""
    text = word(node)
    if len(text) > _LONGEST_PERIOD:
        raise Fault(f"{shown(text)} is too long for a period", "write 2024, 2024-04, 2024-04-15, 2017/2024 or 2019/..")
    try:
        edtf.parse(text)
    except edtf.PeriodError as fault:
        made = period_meant(text)
        raise Fault(fault.what, f"write {made}" if made else fault.cure) from None
    return edtf.written(text)


def date(reading: Reading, node: Node) -> str:
    """A period that is closed at both ends."""
    text = period(reading, node)
    if ".." in text:
        raise Fault(f"{shown(text)} has an open end", "write a date, as 2024, 2024-04 or 2024-04-15")
    return text


def url(reading: Reading, node: Node) -> str:
    """An address; one that cannot be opened safely is taken too, with a warning."""
    text = word(node)
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
    **{convert.__name__: convert for convert in (line, prose, url, tab_label)},
    **{convert.__name__: plainly(convert) for convert in (
        identifier, period, date, country, number, flag, paragraph, pinpoint, pinpoints,
    )},
}  # fmt: skip


def converter(mark: Any) -> Converter:
    """What reads a value that the model marks so."""
    match mark:
        case OneOf(words):
            return plainly(one_of(words))
        case Label(facet):
            return uhri_label(facet)
        case Ref(kind):
            return plainly(statement_name if kind == "statement" else identifier)
    return _BY_NAME[mark]
