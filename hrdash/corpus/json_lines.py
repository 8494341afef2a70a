"""JSON Lines as a corpus may use it: one line to nodes, quickly where nothing is wrong, else with the place of each.

What JSON leaves to its reader is settled strictly: a key stands once, NaN is no number, and a number stays the text
that was typed, so that whoever wants a text can say that `140.10` needs quotes. As from YAML, every text is cleaned.
"""

import json
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from typing import Any, NamedTuple

from hrdash.corpus import MAX_BYTES
from hrdash.corpus.nodes import MAX_DEPTH, MAX_NODES, MAX_TEXT, Broken, Document, Literal, Mapping, Node, Scalar, cut
from hrdash.corpus.nodes import Sequence as List
from hrdash.corpus.unseen import as_typed, named
from hrdash.model import Place, Problem
from hrdash.names import shown
from hrdash.text import clean, first_hidden

_new = tuple.__new__  # as in `nodes`
_SPACE = b" \t\r\n"
_ONE = "write one object on each line, its keys and texts in double quotes"
_TOKEN = re.compile(
    r"""[ \t\r\n]*(?:(?P<sign>[{}\[\]:,])
    |(?P<text>"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*+")
    |(?P<literal>(?:-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null)(?![0-9A-Za-z.+-]))
    |(?P<end>\Z)|(?P<odd>.))""",
    re.DOTALL | re.VERBOSE,
)
_VERSION = re.compile(rb"(<{7}|\|{7}|={7}|>{7})(?:\s|$)")
_LETTER = re.compile(r"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u....|\\.|.", re.DOTALL)
"""One character of a text, as it is typed."""
_VALUE, _FIRST, _KEY, _FIRST_KEY, _COLON, _NEXT, _END = range(7)
"""What may come: a value, one or the end of its list, a key, one or the end of its object, `:`, `,` or an end."""


def is_blank(line: bytes) -> bool:
    """Whether nothing stands on a line."""
    return not line.strip(_SPACE)


def version_sign(line: bytes) -> str:
    """The sign of a line that git puts around two versions, `<` of that before the first; nothing for others."""
    found = _VERSION.match(line) if line[:1] in b"<|=>" else None
    return found[1][:1].decode() if found else ""


class Quick:
    """Reads lines with which nothing is wrong, the nodes of each standing at its beginning."""

    def __init__(self) -> None:
        self.place = self.end = Place(0, 1)
        self.decode = json.JSONDecoder(
            object_pairs_hook=self.object, parse_int=self.literal, parse_float=self.literal, parse_constant=_refuse
        ).decode

    def read(self, number: int, line: bytes) -> Mapping | None:
        """What stands on a line; nothing where it has to be read with care."""
        if len(line) > MAX_TEXT:  # in fewer bytes there are neither too many parts nor too long a text
            return None
        self.place, self.end = Place(number, 1), Place(number + 1, 1)
        try:
            text = line.decode().strip(" \t\r\n")
            found = None if "\\" in text or clean(text) is not text else self.decode(text)
        except (ValueError, RecursionError):
            return None
        return found if type(found) is Mapping else None

    def object(self, pairs: list[tuple[str, Any]]) -> Mapping:
        place, node = self.place, self.node
        entries = {
            key: (place, _new(Scalar, (value, place, False)) if type(value) is str else node(value))
            for key, value in pairs
        }
        if len(entries) < len(pairs):
            raise ValueError
        return _new(Mapping, (entries, place, self.end))

    def literal(self, text: str) -> Literal:
        return Literal(text, self.place)

    def node(self, value: Any) -> Node:
        if type(value) is str:
            return _new(Scalar, (value, self.place, False))
        if type(value) is list:
            return _new(List, (tuple(map(self.node, value)), self.place))
        return value if type(value) is Mapping or type(value) is Literal else Literal(json.dumps(value), self.place)


def _refuse(text: str) -> None:
    raise ValueError(text)


def read(name: str, number: int, line: bytes) -> Document:
    """Read one line with care; `name` and `number` are what its problems are filed under. Raises nothing."""
    careful = _Careful(name, number)
    try:
        root: Node | None = careful.tree(careful.decoded(line))
    except _Stop as stop:
        careful.report(*stop.args)
        root = None
    return Document(root, tuple(careful.problems))


class _Stop(Exception):
    """The line cannot be read on from a column: that, what is wrong, and the cure."""


class _Open(NamedTuple):
    """A list or object whose end has not been read yet."""

    place: Place
    entries: dict[str, tuple[Place, Node]] | None
    items: list[Node]


class _Careful:
    def __init__(self, name: str, number: int) -> None:
        self.name, self.number = name, number
        self.problems: list[Problem] = []
        self.stack: list[_Open] = []
        self.keys: list[tuple[str, Place]] = []
        """The keys that wait for their values; an empty one was refused, and so is its value."""
        self.root: Node | None = None

    def report(self, column: int, what: str, cure: str, level: str = "error") -> None:
        self.problems.append(Problem(self.name, self.number, column, what, cure, level))

    def decoded(self, line: bytes) -> str:
        """The line's text, without the mark that some programs put before the first."""
        if len(line) > MAX_BYTES:
            raise _Stop(1, "the line is longer than 1 MiB", "make it several")
        if line[:2] in (BOM_UTF16_LE, BOM_UTF16_BE) or line[:4].count(0) > 1:
            raise _Stop(1, "the file is UTF-16 or UTF-32", "save it as UTF-8")
        try:
            return (line.removeprefix(BOM_UTF8) if self.number == 1 else line).decode()
        except UnicodeDecodeError as fault:
            column = len(line[: fault.start].decode()) + 1
            raise _Stop(column, f"the byte 0x{line[fault.start]:02X} is not UTF-8", "save the file as UTF-8") from None

    def tree(self, text: str) -> Node | None:
        """The line's one value. Depth and number are counted here, before either can do harm."""
        wants, count = _VALUE, 0
        for token in _TOKEN.finditer(text):
            kind = str(token.lastgroup)
            found, column = token[kind], token.start(kind) + 1
            place = Place(self.number, column)
            opens = found in ("{", "[") and kind == "sign"
            if wants in (_VALUE, _FIRST) and (opens or kind in ("text", "literal")):
                count += 1
                if count > MAX_NODES:
                    raise _Stop(column, f"the line has more than {MAX_NODES:,} parts", "make it several")
                if opens:
                    if len(self.stack) == MAX_DEPTH:
                        raise _Stop(column, f"this is nested deeper than {MAX_DEPTH}", "nest it less deeply")
                    self.stack.append(_Open(place, {} if found == "{" else None, []))
                    wants = _FIRST_KEY if found == "{" else _FIRST
                else:
                    wants = self.put(self.scalar(found, place) if kind == "text" else Literal(found, place))
            elif wants in (_KEY, _FIRST_KEY) and kind == "text":
                self.keys.append(self.key_of(found, place))
                wants = _COLON
            elif wants == _COLON and found == ":":
                wants = _VALUE
            elif wants == _NEXT and found == ",":
                wants = _VALUE if self.stack[-1].entries is None else _KEY
            elif wants in (_NEXT, _FIRST, _FIRST_KEY) and found == ("]" if self.stack[-1].entries is None else "}"):
                top = self.stack.pop()
                wants = self.put(
                    List(tuple(top.items), top.place) if top.entries is None
                    else Mapping(top.entries, top.place, Place(self.number, column + 1))
                )  # fmt: skip
            elif wants == _END and kind == "end":
                return self.root
            else:
                raise _Stop(column, *self.fault(kind, found, wants))
        return None

    def fault(self, kind: str, found: str, wants: int) -> tuple[str, str]:
        """What is wrong with a token that may not stand where it does, and its cure."""
        typed = as_typed(found)
        if kind == "odd" and typed != found:
            cure = 'write "' if typed in ("'", '"') else f"write {typed}" if typed.strip() else "write a plain space"
            return f"{named(found)} is nothing that JSON has outside of a text", cure if typed else "remove it"
        entries = self.stack[-1].entries if self.stack else None
        before = next(reversed(entries.values()))[1] if entries else None
        if wants == _KEY and found.isdigit() and isinstance(before, Literal) and before.text.isdigit():
            return cut(found, {"": (before.place, Scalar(before.text, before.place, True))})
        return _fault(kind, found, wants, bool(self.stack))

    def put(self, node: Node) -> int:
        """Put a value where it belongs, and tell what may come behind it."""
        if not self.stack:
            self.root = node
            return _END
        entries = self.stack[-1].entries
        if entries is None:
            self.stack[-1].items.append(node)
            return _NEXT
        key, place = self.keys.pop()
        if key:
            entries[key] = place, node
        return _NEXT

    def scalar(self, found: str, place: Place) -> Scalar | Broken:
        text: str = json.loads(found) if "\\" in found else found[1:-1]
        if len(text) > MAX_TEXT:
            what = f"this text is longer than {MAX_TEXT:,} characters"
            self.report(place.column, what, "shorten it, or make it several")
            return Broken(place)
        hidden = first_hidden(text)
        if hidden:
            letters = _LETTER.finditer(found, 1, len(found) - 1)
            at = next((one.start() for one in letters if first_hidden(json.loads(f'"{one[0]}"')) == hidden), 0)
            what = f"the text holds {named(chr(int(hidden[2:], 16)))}, which acts or hides"
            self.report(place.column + at, what, "remove it; it is shown as a mark", "unsafe")
        return Scalar(clean(text), place, False)

    def key_of(self, found: str, place: Place) -> tuple[str, Place]:
        """An object's key; an empty one where it is refused."""
        entries = self.stack[-1].entries or {}
        key = self.scalar(found, place)
        if isinstance(key, Broken):
            return "", place
        if not key.text:
            self.report(place.column, "this key is empty", "write one word as the key")
        elif key.text in entries:
            self.report(place.column, f"the key {shown(key.text)} stands twice in one object", "keep one of them")
        else:
            return key.text, place
        return "", place


def _fault(kind: str, found: str, wants: int, is_inside: bool) -> tuple[str, str]:
    if kind == "end":
        what = "the line ends before its object does" if is_inside else "nothing stands on this line but space"
        return what, "write each object on one line, with no line break inside"
    if wants == _END:
        return "something stands behind the object", _ONE
    if kind == "sign" and wants in (_VALUE, _KEY):
        if found in "]}" and is_inside:
            return "a value is missing here, or a comma stands before the end", "write the value, or remove the comma"
        return "a value is missing here", _ONE
    if found == '"':
        what = "this text is not closed, or holds a tab or a backslash that JSON does not take"
        return what, 'end it with ", and write \\t for a tab and \\\\ for a backslash'
    if found == "'":
        return "text stands in single quotes", "put it in double quotes"
    if found in ("#", "/"):
        return "JSON has no comments", "remove it"
    if wants == _COLON:
        return "a colon is missing behind the key", 'write "key": value'
    if wants == _NEXT:
        return "a comma is missing here, or the end of a list or object", "write it"
    if wants in (_KEY, _FIRST_KEY):
        return "here should stand a key", "put it in double quotes"
    return "this is no value that JSON has", "put text in double quotes, and write a number plainly, as 1200 or 2.5"
