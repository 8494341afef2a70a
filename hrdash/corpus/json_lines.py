"""JSON Lines as a corpus may use it: one line to nodes, each of which stands where its line begins.

What JSON leaves to its reader is settled strictly: a key stands once, NaN is no number, and a number stays the text
that was typed, so that whoever wants a text can say that `140.10` needs quotes. As from YAML, every text is cleaned.
"""

import json
import re
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Callable
from typing import Any, NoReturn

from hrdash.corpus import MAX_BYTES
from hrdash.corpus.nodes import MAX_NODES, MAX_TEXT, Broken, Literal, Mapping, Node, Scalar
from hrdash.corpus.nodes import Sequence as List
from hrdash.corpus.unseen import ONE_VERSION, as_typed, named
from hrdash.model import Place
from hrdash.names import shown
from hrdash.text import clean, first_hidden

_new = tuple.__new__  # as in `nodes`
_SPACE = b" \t\r\n"
_VERSION = re.compile(rb"(<{7}|\|{7}|={7}|>{7})(?:\s|$)")
_CONSTANT = re.compile(r'"(?:[^"\\]|\\.)*+"|(-?Infinity|NaN)')
"""A text, or outside of texts what Python takes for a number and JSON does not."""
_SHOWN = 20
"""Characters of what is no JSON, and of a text before what hides in it."""


def is_blank(line: bytes) -> bool:
    """Whether nothing stands on a line."""
    return not line.strip(_SPACE)


class LineReader:
    """Reads the lines of one file in order, and reports what is wrong with them."""

    def __init__(self, report: Callable[[Place, str, str, str], None]) -> None:
        self.report = report
        self.place = self.end = Place(0, 1)
        self.text = ""
        self.is_plain = True
        """Whether the texts of the line are so short and plain that none has to be looked at."""
        self.between = False
        """Whether the line lies between two that git puts around versions."""
        self.decode = json.JSONDecoder(
            object_pairs_hook=self.object, parse_int=self.literal, parse_float=self.literal, parse_constant=self.refuse
        ).decode

    def read(self, number: int, line: bytes) -> Node:
        """What stands on a line; `Broken` where that cannot be read, which is reported."""
        self.place, self.end = Place(number, 1), Place(number + 1, 1)
        if self.is_version(line):
            return Broken(self.place)
        try:
            self.text = self.decoded(line)
            return self.node(self.decode(self.text))
        except json.JSONDecodeError as fault:
            self.wrong(fault.pos, *_no_json(self.text[fault.pos :]))
        except UnicodeDecodeError as fault:
            what = f"the byte 0x{fault.object[fault.start]:02X} is not UTF-8"
            self.wrong(len(fault.object[: fault.start].decode()), what, "save the file as UTF-8")
        except RecursionError:
            self.wrong(0, "this is nested too deeply", "nest it less deeply")
        except ValueError as fault:
            self.wrong(0, str(fault), "make it several")
        return Broken(self.place)

    def wrong(self, at: int, what: str, cure: str, level: str = "error") -> None:
        """Report a problem at a character of the line."""
        self.report(self.place._replace(column=at + 1), what, cure, level)

    def is_version(self, line: bytes) -> bool:
        """Whether a line is of those that git put around two versions, or between: of these none is what was meant."""
        found = _VERSION.match(line) if line[:1] in b"<|=>" else None
        if found and not self.between:
            what = "git left two versions here" if found[1][:1] == b"<" else "git left this line here"
            self.wrong(0, what, ONE_VERSION)
        was_between, self.between = self.between, found[1][:1] != b">" if found else self.between
        return bool(found) or was_between

    def decoded(self, line: bytes) -> str:
        """The line's text, without the mark that some programs put before the first; `ValueError` says what is wrong
        with its length."""
        if len(line) > MAX_BYTES:
            raise ValueError("the line is longer than 1 MiB")
        text = (line.removeprefix(BOM_UTF8) if self.place.line == 1 else line).rstrip(_SPACE).decode()
        if text.count(",") >= MAX_NODES:
            raise ValueError(f"the line has more than {MAX_NODES:,} parts")
        self.is_plain = len(text) <= MAX_TEXT and "\\" not in text and clean(text) is text
        return text

    def object(self, pairs: list[tuple[str, Any]]) -> Mapping:
        place, node, is_plain = self.place, self.node, self.is_plain
        entries = {
            key if is_plain else self.cleaned(key): (
                place, _new(Scalar, (value, place, False)) if is_plain and type(value) is str else node(value)
            )
            for key, value in pairs
        }  # fmt: skip
        if len(entries) < len(pairs):
            times = Counter(clean(key) for key, _ in pairs)
            twice = next(key for key in times if times[key] > 1)
            self.wrong(0, f"the key {shown(twice)} stands twice in one object", "keep one of them")
        return _new(Mapping, (entries, place, self.end))

    def literal(self, text: str) -> Literal:
        return Literal(text, self.place)

    def refuse(self, constant: str) -> NoReturn:
        """Refuse what Python takes for a number and JSON does not."""
        at = next(found.start() for found in _CONSTANT.finditer(self.text) if found[1] == constant)
        raise json.JSONDecodeError("", self.text, at)

    def node(self, value: Any) -> Node:
        kind = type(value)
        if kind is str:
            return _new(Scalar, (value, self.place, False)) if self.is_plain else self.scalar(value)
        if kind is list:
            return _new(List, (tuple(map(self.node, value)), self.place))
        return value if kind is Mapping or kind is Literal else Literal(json.dumps(value), self.place)

    def scalar(self, text: str) -> Scalar | Broken:
        """A text that has to be looked at."""
        if len(text) > MAX_TEXT:
            what = f"a text is longer than {MAX_TEXT:,} characters, {shown(text)}"
            self.wrong(0, what, "shorten it, or make it several")
            return Broken(self.place)
        return Scalar(self.cleaned(text), self.place, False)

    def cleaned(self, text: str) -> str:
        found, hidden = clean(text), first_hidden(text)
        if hidden:
            start = max(0, found.index(f"⟨{hidden}⟩") - _SHOWN)
            what = f"{shown(found[start:])} holds {named(chr(int(hidden[2:], 16)))}, which acts or hides"
            self.wrong(0, what, "remove it; it is shown as a mark", "unsafe")
        return found


def _no_json(rest: str) -> tuple[str, str]:
    """What is wrong where JSON cannot be read on, and its cure."""
    if not rest:
        return "the line ends before its object does", "write each object on one line, with no line break inside"
    typed = as_typed(rest[0])
    if typed != rest[0]:
        cure = 'write "' if typed in ("'", '"') else f"write {typed}" if typed.strip() else "write a plain space"
        return f"{named(rest[0])} is nothing that JSON has outside of a text", cure if typed else "remove it"
    return (
        f"this is not JSON from {shown(rest[:_SHOWN])} on",
        "write one object on each line, its keys and texts in double quotes, in them \\t for a tab and \\\\ for \\",
    )
