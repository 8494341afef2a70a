"""What is wrong with a text that is not YAML, in words for someone who does not know YAML.

The parsers, one in C and one in Python, name the same fault in different sentences, and change them. What is the same
is where they point to: what is told follows from the characters that stand there and from what is open.
"""

import re
from typing import NamedTuple

import yaml


class Told(NamedTuple):
    """A fault: the mark of its place, what it is, and its cure."""

    mark: yaml.Mark | None
    what: str
    cure: str


_INDENT = "indent it with spaces like its neighbours; put text that begins with a quote or bracket in quotes as a whole"
_COLON = (
    "a colon and a space stand in unquoted text",
    "put the text in quotes, or indent the key like its neighbours",
)
QUESTION = "a question mark stands in unquoted text", "put the text in quotes"
COMMENT = "what stands behind # is a comment, so that the bracket before it is not closed", "put the text in quotes"
NO_SPACE = "no space stands behind the colon of a key", "write a space behind the colon"
_VERSION = "git left a line between two versions here", "keep one version, and remove this line"
_QUOTE = (
    "the quotation mark that opens here is never closed",
    "close it, or put the whole text in the other kind of quotes",
)
_DASH = (
    "a list starts on the line of its key, or text begins with a dash",
    "start the list on its own line, or put the text in quotes",
)
_BLOCK = "text stands on the line of | or >", "start the text on the next line, or put it in quotes"
_ESCAPE = (
    "a backslash in double quotes begins an escape that there is not",
    "put the text in single quotes, or write \\\\ for a backslash",
)
_KEY = (
    "here is a key without a colon, or a line of text that is not indented",
    "write a colon and a space behind the key, or indent the text",
)
_ITEM = (
    "inside brackets or braces an item is missing, or begins with a dash",
    "close the bracket or brace, and put text with odd characters in quotes",
)
_BRACKET = (
    "the bracket or brace that opens here is not closed, or a comma is missing",
    "close it, put commas between its items, and text with brackets, commas or colons in quotes",
)
_OUTSIDE = "something stands outside what the file began with", _INDENT
_TAB = "a tab stands where only spaces may", "indent with spaces"
_BEGINNING = "text begins with a quote or bracket that ends before the text does", "put the whole text in other quotes"
_RESERVED = "text begins with a character that YAML keeps for itself", "put the text in quotes"
_STRAY = "this does not belong to what is before it", _INDENT
_UNKNOWN = "this is not YAML", "put text with odd characters in quotes"

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*+"|' r"'(?:[^']|'')*+'", re.DOTALL)
_KEPT = re.compile(r"[*&][0-9A-Za-z_-]*|!\S*|%")
"""What YAML takes for an alias, an anchor, a tag or a directive."""
_BEGUN = re.compile(r""":\s+("(?:[^"\\]|\\.)*+"|'(?:[^']|'')*+'|\[[^\[\]]*+\]|\{[^{}]*+\})\s*$""")
"""A value in quotes or brackets up to the end."""
_BEHIND_HASH = re.compile(r"[ \t]#")
_BETWEEN = re.compile(r"(?:={7}|\|{7})(?: .*)?$", re.MULTILINE)
_CLOSE = re.compile(r"[a-z_-]+:[^\s/]")
_INDICATOR = re.compile(r"[-:?](?:\s|\Z)")


def told(fault: yaml.MarkedYAMLError, source: str, opened: yaml.Mark | None, in_brackets: bool, finished: bool) -> Told:
    """A parser's fault in plain words. `opened` is where the innermost list or mapping begins that is not closed,
    `in_brackets` how it is written; `finished` says that a document is complete or only announced."""
    at, begin = fault.problem_mark, fault.context_mark
    if at is None:
        return Told(None, *_UNKNOWN)
    if begin is None or begin.index == at.index:
        return Told(at, *_wrong_at(source, at, in_brackets, finished, begin is None))
    is_block = opened is not None and opened.index == begin.index
    line = source[at.index - at.column : at.index]
    whole = _BEGUN.search(line) if is_block else None
    if whole:
        column = whole.start(1)
        return Told(yaml.Mark("", 0, at.line, column, None, 0), *_BEGINNING)
    at_begin, found = _wrong_since(source, begin, at, in_brackets, is_block)
    return Told(begin if at_begin else at, *found)


def _wrong_since(
    source: str, begin: yaml.Mark, at: yaml.Mark, in_brackets: bool, is_block: bool
) -> tuple[bool, tuple[str, str]]:
    """Whether the place to name is where something began, or where it failed; and what is wrong."""
    opening, here = source[begin.index : begin.index + 1], source[at.index : at.index + 1]
    if opening in ("'", '"'):
        quoted = _QUOTED.match(source, begin.index)
        if not quoted or quoted.end() > at.index:
            separator = at.column == 0 and source[at.index : at.index + 3] in ("---", "...")
            return (True, _QUOTE) if not here or separator else (False, _ESCAPE)
    kept = _KEPT.match(source, begin.index)
    if kept and (opening == "%" or kept.end() >= at.index):
        return True, _RESERVED
    if opening in ("|", ">") and at.line == begin.line:
        return False, _BLOCK
    if here == "\t":
        return False, _TAB
    if in_brackets and opening in ("[", "{"):
        comment = _BEHIND_HASH.search(source, begin.index, at.index)
        if comment and begin.line == source.count("\n", 0, comment.start()):
            return True, COMMENT
        in_text = here == "?" or (here == ":" and at.line == begin.line)
        return (False, QUESTION if here == "?" else _COLON) if in_text else (True, _BRACKET)
    if is_block:
        return False, _STRAY
    return True, _VERSION if _BETWEEN.match(source, begin.index) else NO_SPACE if _CLOSE.match(
        source, begin.index
    ) else _KEY


def _wrong_at(source: str, at: yaml.Mark, in_brackets: bool, finished: bool, alone: bool) -> tuple[str, str]:
    """What is wrong with what begins at a mark; `alone` where the parser names nothing that it is part of."""
    here = source[at.index : at.index + 1]
    first_on_line = not source[source.rfind("\n", 0, at.index) + 1 : at.index].strip()
    indicator = _INDICATOR.match(source, at.index)
    if here == "\t":
        return _TAB
    is_kept = (here == "%" and at.column) or (here == "!" and not alone) or (here in ("|", ">") and not finished)
    if here in ("@", "`") or is_kept:
        return _RESERVED
    if alone and (here == "." or (finished and (first_on_line or not indicator))):
        return _OUTSIDE
    if in_brackets:
        return _ITEM
    if not alone:
        return _STRAY
    return {"-": _DASH, "?": QUESTION, ":": _COLON}[here] if indicator else _UNKNOWN
