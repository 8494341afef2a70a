"""YAML as a corpus may use it: bytes to nodes that know their place, or problems; never anything else.

Built from the parser's events, not its loader: every scalar stays the text that was typed, nothing recurses, and what
a reader of the file could misread (aliases, tags, duplicate keys, a second document …) is a problem. Every scalar is
passed through `hrdash.text.clean` here, so that no text leaves this module otherwise.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable
from typing import Any, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamStartEvent,
)

from hrdash.corpus import MAX_BYTES
from hrdash.corpus.syntax import COMMENT, NO_SPACE, QUESTION, told
from hrdash.corpus.unseen import ONE_VERSION, as_typed, first_odd, meant, named, odd_indent, odd_structure, versions
from hrdash.model import Place, Problem
from hrdash.names import shown
from hrdash.text import clean, first_hidden

MAX_DEPTH = 16
"""Lists and mappings within each other."""
MAX_NODES = 100_000
"""Scalars, lists and mappings in one file; keys count."""
MAX_TEXT = 20_000
"""Characters in one scalar."""

LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader

_new = tuple.__new__  # past a value's own constructor, which takes a quarter of the time of reading

_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_OLD_BREAKS = str.maketrans("\x85\u2028\u2029", "   ")
"""YAML 1.1 ends a line at these and no editor does; as spaces, lines are counted as the user sees them."""
_OLD_BREAK = re.compile("[\x85\u2028\u2029]")
_BREAK = re.compile("\r\n|\r|\n")
_COMMENT = re.compile("[ \t]#")
_NUMBER_ENDS = "the comma ends the number"
_NO_VALUE = re.compile(r"\s*[,}]")
_KEY = re.compile(r"[A-Za-z_-]+")
_CLOSE = re.compile(r"([a-z_-]+):([^\s/]\S*)")
_OPENING = re.compile(r"\s*(?:([\[{])|.)", re.DOTALL)
"""A bracket that opens, or anything else."""


class Scalar(NamedTuple):
    """A text, cleaned, as it was typed or quoted."""

    text: str
    place: Place
    plain: bool
    """Not in quotes and not a block."""


class Sequence(NamedTuple):
    """A list."""

    items: tuple[Scalar | Sequence | Mapping | Broken | Literal, ...]
    place: Place


class Mapping(NamedTuple):
    """Keys in file order, each with its place and its value."""

    entries: dict[str, tuple[Place, Scalar | Sequence | Mapping | Broken | Literal]]
    place: Place
    end: Place
    """Just behind it."""


class Broken(NamedTuple):
    """A value that could not be taken, for which a problem has been reported."""

    place: Place


class Literal(NamedTuple):
    """A number, `true`, `false` or `null` as JSON has them, which is no text; YAML has none."""

    text: str
    place: Place


Node = Scalar | Sequence | Mapping | Broken | Literal


class Document(NamedTuple):
    """What a file holds; no root where it cannot be read at all."""

    root: Node | None
    problems: tuple[Problem, ...]


def read(name: str, data: bytes) -> Document:
    """Read one file; `name` is what its problems are filed under. Raises nothing, whatever the bytes."""
    builder = _Builder(name)
    try:
        root = builder.document(_decode(data))
    except _Stop as stop:
        place, what, cure = stop.args
        if what and not any(one.line == place.line and one.level == "error" for one in builder.problems):
            builder.report(place, what, cure)
        root = None
    return Document(root, tuple(builder.problems))


class _Stop(Exception):
    """The file cannot be read on from a place: that, what is wrong, and the cure; without words, it has been told."""


class _Open:
    """A list or mapping whose end has not been read yet."""

    __slots__ = ("entries", "is_flow", "items", "key", "key_end", "mark", "place")

    def __init__(self, mark: yaml.Mark, place: Place, is_mapping: bool, is_flow: bool) -> None:
        self.mark = mark
        self.place = place
        self.is_flow = is_flow
        """Written in brackets or braces."""
        self.entries: dict[str, tuple[Place, Node]] | None = {} if is_mapping else None
        self.items: list[Node] = []
        self.key: tuple[str, Place] | None = None
        """The key that waits for its value; an empty one was refused, and so is its value."""
        self.key_end = 0

    def closed(self, end: Any) -> Sequence | Mapping:
        if self.entries is None:
            return _new(Sequence, (tuple(self.items), self.place))
        return _new(Mapping, (self.entries, self.place, _place(end)))


class _Builder:
    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.source = ""
        self.has_comments = False

    def report(self, place: Place, what: str, cure: str, level: str = "error") -> None:
        self.problems.append(Problem(self.name, place.line, place.column, what, cure, level))

    def document(self, source: str) -> Node:
        self.source = source
        for first, last in versions(source):
            what = f"git left two versions here, down to line {last}" if last > first else "git left this line here"
            self.report(Place(first, 1), what, ONE_VERSION)
        if self.problems:
            raise _Stop(Place(1, 1), "", "")
        self.has_comments = _COMMENT.search(source) is not None
        try:
            root = self.build(iter(LOADER(source).get_event, None))
        except (yaml.YAMLError, ValueError, OverflowError):  # the parser in Python, on an escape such as "\UFFFFFFFF"
            what = "an escape in double quotes stands for no character"
            raise _Stop(Place(1, 1), what, "write the character itself") from None
        if root is None:
            raise _Stop(Place(1, 1), "the file is empty", "write what it is to hold, or remove it")
        return root

    def build(self, events: Iterable[Any]) -> Node | None:
        """Put events together to nodes. Depth and number are counted here, before either can do harm."""
        root: Node | None = None
        stack: list[_Open] = []
        top: _Open | None = None
        count = documents = 0
        has_comments = self.has_comments
        event: Any = None
        try:
            for event in events:
                kind = type(event)
                node: Node
                if kind is ScalarEvent:
                    value, style = event.value, event.style
                    is_clean = (value.isascii() and value.isprintable()) or (style and clean(value) is value)
                    careful = not is_clean or len(value) > MAX_TEXT or event.anchor or event.tag
                    if careful or (not style and (has_comments or "?" in value)):
                        node = self.scalar(event, top is not None and top.is_flow)
                    else:  # as `scalar` and `key`, without the calls
                        mark = event.start_mark
                        place = _new(Place, (mark.line + 1, mark.column + 1))
                        if (
                            top is not None and top.entries is not None and top.key is None
                            and value.isidentifier() and value.isascii() and value not in top.entries
                        ):  # fmt: skip
                            top.key = value, place
                            top.key_end = event.end_mark.index
                            count += 1
                            continue
                        node = _new(Scalar, (value, place, not style))
                elif kind is MappingStartEvent or kind is SequenceStartEvent:
                    place = _place(event.start_mark)
                    if len(stack) == MAX_DEPTH:
                        raise self.too_deep(place)
                    if event.anchor or event.tag:
                        self.refuse_properties(event, place)
                    top = _Open(event.start_mark, place, kind is MappingStartEvent, bool(event.flow_style))
                    stack.append(top)
                    continue
                elif kind is MappingEndEvent or kind is SequenceEndEvent:
                    node = stack.pop().closed(event.end_mark)
                    top = stack[-1] if stack else None
                elif kind is AliasEvent:
                    node = self.alias(event, top)
                else:
                    documents += kind is DocumentStartEvent
                    if documents > 1:
                        place = _place(event.start_mark)
                        raise _Stop(place, "a second document starts here", "keep one, and remove ---")
                    continue
                count += 1
                if count > MAX_NODES:
                    raise _Stop(node.place, f"the file has more than {MAX_NODES:,} parts", "move some to another file")
                if top is None:
                    root = node
                elif top.entries is None:
                    top.items.append(node)
                elif top.key is None:
                    top.key = self.key(node, top)
                    top.key_end = event.end_mark.index
                else:
                    key, place = top.key
                    top.key = None
                    if key and top.is_flow and _NO_VALUE.match(self.source, top.key_end):
                        self.refuse_key(key, place, top.entries)
                    elif key:
                        top.entries[key] = place, node
        except yaml.MarkedYAMLError as fault:
            raise self.stopped(fault, event, stack) from None
        return root

    def refuse_key(self, key: str, place: Place, entries: dict[str, tuple[Place, Node]]) -> None:
        """Tell what is wrong with a key in braces that has no value, and take the one that was probably meant."""
        at = first_odd(key)
        hides = at >= 0 and not as_typed(key[at]).strip()
        close = _CLOSE.fullmatch(key[:at] + key[at + 1 :] if hides else key)
        if hides:
            where = place._replace(column=place.column + at)
            self.report(where, f"{named(key[at])} stands where only spaces may", "write spaces")
        else:
            self.report(place, *(NO_SPACE if close else cut(key, entries)))
        if close:
            entries.setdefault(close[1], (place, Scalar(close[2], place, True)))

    def stopped(self, fault: yaml.MarkedYAMLError, event: Any, stack: list[_Open]) -> _Stop:
        """What is said where the parser gives up behind an event; of what is nested too deeply, that it is. A parser
        looks ahead over many brackets before it tells of the first, and has a limit of its own."""
        end = event.end_mark.index if event else 0
        depth = len(stack)
        for found in _OPENING.finditer(self.source, end):
            if not found[1]:
                break
            depth += 1
            if depth > MAX_DEPTH:
                return self.too_deep(_place_at(self.source, found.start(1)))
        opened = stack[-1] if stack else None
        begun = isinstance(event, DocumentStartEvent) or not self.source.lstrip().startswith("%")
        finished = not opened and not (begun and isinstance(event, StreamStartEvent | DocumentStartEvent))
        in_brackets = opened is not None and opened.is_flow
        at, begin = fault.problem_mark, fault.context_mark
        if at is not None:
            first = max(0, at.line - 3, begin.line if begin else at.line - 1)
            odd = odd_structure(_BREAK.split(self.source)[first : at.line + 1] or [""], at.column)
            if odd:
                return _Stop(Place(first + odd[0] + 1, odd[1] + 1), *odd[2:])
        mark, what, cure = told(fault, self.source, opened.mark if opened else None, in_brackets, finished)
        if mark and what == COMMENT[0]:  # of which there is a warning too
            self.problems = [one for one in self.problems if one.level != "warning" or one.line != mark.line + 1]
        return _Stop(_place(mark) if mark else Place(1, 1), what, cure)

    def too_deep(self, place: Place) -> _Stop:
        return _Stop(place, f"this is nested deeper than {MAX_DEPTH}", "nest it less deeply")

    def scalar(self, event: Any, in_brackets: bool) -> Node:
        value: str = event.value
        mark = event.start_mark
        place = _new(Place, (mark.line + 1, mark.column + 1))  # as _place, without the call
        plain = not event.style
        if event.anchor or event.tag:
            self.refuse_properties(event, place)
        if len(value) > MAX_TEXT:
            self.report(place, f"this text is longer than {MAX_TEXT:,} characters", "shorten it, or make it several")
            return Broken(place)
        if plain and in_brackets and "?" in value:  # where the parser in Python ends the text
            self.report(_place_at(self.source, self.source.index("?", mark.index), mark.index, place), *QUESTION)
        if plain and self.has_comments:
            self.warn_of_comment(event)
        if value.isascii() and value.isprintable():
            return _new(Scalar, (value, place, plain))
        if plain and (event.end_mark.line > mark.line or not value[0].isalnum()):
            odd = odd_indent(self.source[mark.index - mark.column : event.end_mark.index])
            if odd:
                raise _Stop(Place(place.line + odd[0], odd[1] + 1), *odd[2:])
        hidden = first_hidden(value)
        if hidden:
            at = self.hidden_place(hidden, event)
            what = f"the text holds {named(chr(int(hidden[2:], 16)))}, which acts or hides"
            self.report(at, what, "remove it; it is shown as a mark", "unsafe")
        return Scalar(clean(value), place, plain)

    def key(self, node: Node, mapping: _Open) -> tuple[str, Place]:
        """A mapping's key, as it was meant; an empty one where it is refused."""
        if isinstance(node, Broken):
            return "", node.place
        entries = mapping.entries or {}
        if isinstance(node, Scalar) and not node.text.isascii():
            node = self.plain_key(node)
        if not isinstance(node, Scalar) or not node.text:
            self.report(node.place, "this key is not a text", "write one word as the key")
        elif node.text == "<<" and node.plain:
            self.report(node.place, "merge keys (<<) are not taken", "write out the keys that are meant")
        elif self.goes_on(node):
            last = self.problems[-1]
            self.problems[-1] = last._replace(cure=f"{last.cure}{node.text}")
        elif " " in node.text and node.plain and mapping.is_flow and entries:
            self.report(node.place, *cut(node.text, entries))
        elif node.text in entries:
            what = f"the key {shown(node.text)} stands twice, first in line {entries[node.text][0].line}"
            self.report(node.place, what, "keep one of them")
        else:
            return node.text, node.place
        return "", node.place

    def goes_on(self, node: Scalar) -> bool:
        """Whether a key is what stands behind the next comma of a number that has been told of: `1,200,000`."""
        last = self.problems[-1] if self.problems and node.text.isdigit() else None
        return last is not None and last.line == node.place.line and last.what.startswith(_NUMBER_ENDS)

    def plain_key(self, node: Scalar) -> Scalar:
        """A key that is not ASCII as it was meant to be, once it is told what stands in it."""
        at = first_odd(node.text)
        odd = node.place._replace(column=node.place.column + max(at, 0) + (not node.plain))
        if at >= 0 and as_typed(node.text[: at + 1]).strip() in ("", "-"):
            if as_typed(node.text[at]) == "-":
                raise _Stop(odd, f"{named(node.text[at])} is no dash of a list to YAML", "write - and a space")
            raise _Stop(odd, f"{named(node.text[at])} stands where only spaces may", "write spaces")
        for text in meant(node.text):
            if _KEY.fullmatch(text) and text.count("-") == node.text.count("-"):  # a dash may stand for - or _
                if at >= 0:
                    self.report(odd, f"the key {shown(node.text)} has {named(node.text[at])}", f"write {text}")
                return node._replace(text=text)
        return node

    def alias(self, event: Any, top: _Open | None) -> Broken:
        place = _place(event.start_mark)
        if not (top and top.key and top.key[0] == ""):  # of `<<: *name`, the key has been reported
            self.report(place, "aliases (*) are not taken", "write the value out, or, if it is text, put it in quotes")
        return Broken(place)

    def refuse_properties(self, event: Any, place: Place) -> None:
        if event.anchor:
            self.report(place, "anchors (&) are not taken", "remove it, or, if it is text, put it in quotes")
        if event.tag:
            self.report(place, "tags (!) are not taken", "remove it, or, if it is text, put it in quotes")

    def warn_of_comment(self, event: Any) -> None:
        """Warn where text may have been lost to `#`. Two spaces before it say that a comment is meant."""
        end = event.end_mark.index
        if _COMMENT.match(self.source, end):
            what = "what stands behind # is a comment and not part of the text"
            cure = "put the text in quotes, or two spaces before the comment"
            self.report(Place(event.end_mark.line + 1, event.end_mark.column + 2), what, cure, "warning")

    def hidden_place(self, hidden: str, event: Any) -> Place:
        """Where a character stands in the file; where its text begins, if it is written as an escape."""
        start = event.start_mark.index
        offset = self.source.find(chr(int(hidden[2:], 16)), start, event.end_mark.index)
        begin = _place(event.start_mark)
        return begin if offset < 0 else _place_at(self.source, offset, start, begin)


def cut(text: str, entries: dict[str, tuple[Place, Node]]) -> tuple[str, str]:
    """What is wrong with a text that stands alone in braces, behind a comma, and its cure."""
    before = next(reversed(entries.values()))[1] if entries else None
    if not isinstance(before, Scalar):
        return "this stands alone, with no key", "write a key, a colon and a space before it, or put the text in quotes"
    if before.text.isdigit() and text.isdigit() and len(text) < 4:
        point = "" if len(text) == 3 else "."
        return f"{_NUMBER_ENDS}, which is {before.text} now", f"write {before.text}{point}{text}"
    what = f"this stands alone behind a comma, which ends a text inside {{ }}, here {shown(before.text)}"
    return what, "put the whole text in quotes"


def _decode(data: bytes) -> str:
    """The file's text, or `_Stop` where it is too large, not UTF-8, or holds what no text file holds."""
    start = Place(1, 1)
    if len(data) > MAX_BYTES:
        raise _Stop(start, "the file is larger than 1 MiB", "move some of it to another file")
    if data[:2] in (BOM_UTF16_LE, BOM_UTF16_BE) or data[:4].count(0) > 1:
        raise _Stop(start, "the file is UTF-16 or UTF-32", "save it as UTF-8")
    body = data.removeprefix(BOM_UTF8)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as fault:
        before = body[: fault.start].decode("utf-8")
        what = f"byte {len(data) - len(body) + fault.start} (0x{body[fault.start]:02X}) is not UTF-8"
        raise _Stop(_place_at(before, len(before)), what, "save the file as UTF-8") from None
    found = _FORBIDDEN.search(text)
    if found:
        what = f"the character U+{ord(found[0]):04X} may not stand in YAML"
        raise _Stop(_place_at(text, found.start()), what, "remove it")
    return text if text.isascii() or not _OLD_BREAK.search(text) else text.translate(_OLD_BREAKS)


def _place(mark: Any) -> Place:
    return _new(Place, (mark.line + 1, mark.column + 1))


def _place_at(text: str, offset: int, known_offset: int = 0, known: Place = Place(1, 1)) -> Place:  # noqa: B008
    """The place of an offset, counted on from one whose place is known."""
    line, column = known
    for found in _BREAK.finditer(text, known_offset, offset):
        line, column, known_offset = line + 1, 1, found.end()
    return Place(line, column + offset - known_offset)
