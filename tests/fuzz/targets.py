"""What any bytes at all must leave true of the reader, of text, and of what is typed and written.

Each target takes bytes and raises where a promise is broken. `fuzz.py` feeds them with whatever reaches new code,
`tests/test_fuzz_seeds.py` with the seeds beside this file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing

from markdown_it import MarkdownIt
from markdown_it.token import Token

from hrdash import filter as typed_filter
from hrdash.characters import fold, fold_map
from hrdash.corpus.listing import REGISTER_FILES, is_lines
from hrdash.corpus.nodes import Mapping, Node, Scalar, Sequence, read
from hrdash.corpus.read import FileContents, RegisterContents, read_registers, read_theme_file
from hrdash.corpus.references import Known
from hrdash.filter import EVERYTHING
from hrdash.index.index import open_memory
from hrdash.model import Corpus, Problem
from hrdash.period import PeriodError
from hrdash.period import parse as parse_period
from hrdash.pinpoint import begins, covers
from hrdash.pinpoint import parse as parse_pinpoint
from hrdash.report import render
from hrdash.report.document import document
from hrdash.report.lines import brief_lines
from hrdash.report.render import markdown
from hrdash.report.roles import ROLES
from hrdash.report.wording import Batch, Context
from hrdash.terms import terms
from hrdash.text import cells, clean, clean_line, first_hidden
from tests.fuzz.index_faults import answers
from tests.make import Folder, line


def texts_of(node: Node | None) -> Iterator[str]:
    """Every text in a node, keys included."""
    if isinstance(node, Mapping):
        for key, (_, value) in node.entries.items():
            yield key
            yield from texts_of(value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from texts_of(item)
    elif isinstance(node, Scalar):
        yield node.text


def judge(problems: tuple[Problem, ...], data: bytes) -> None:
    """Every problem stands in the file, has a cure, and can be printed as it is."""
    lines = data.count(b"\n") + data.count(b"\r") + 2
    for problem in problems:
        assert problem.what, problem
        assert problem.cure, problem
        assert clean(problem.text) == problem.text, problem
        assert len(problem.text.splitlines()) == 1, problem
        assert 1 <= problem.line <= lines, problem
        assert 1 <= problem.column <= len(data) + 2, problem


def reader(data: bytes) -> None:
    """A file is a node or problems, and no text in it could act."""
    found = read("x.yaml", data)
    assert found.root is not None or found.problems
    judge(found.problems, data)
    for text in texts_of(found.root):
        assert clean(text) == text


def corpus(data: bytes) -> None:
    """A file read as each kind of file: nothing is withheld in silence, and what is good can be printed."""
    registers = read_registers(dict.fromkeys(REGISTER_FILES, data))
    judge(registers.problems, data)
    known = Known(registers.corpus, registers.registers, registers.faulty)
    for name in ("themes/torture.yaml", "themes/torture/more.yaml", "themes/torture/more.jsonl"):
        for held_against in (None, known):
            content = iter(data.splitlines(keepends=True)) if is_lines(name) else data
            contents = read_theme_file(name, content, held_against)
            judge(contents.problems, data)
            told = (*contents.problems, *registers.problems)  # it is withheld for an entry of a register too
            errors = [problem for problem in told if problem.level == "error"]
            assert bool(contents.withheld) <= bool(errors), contents.withheld
            assert {brief.place for brief in contents.briefs}.isdisjoint(held[1:] for held in contents.withheld)
            assert list(contents.problems) == sorted(set(contents.problems))
            printed(contents, registers)


def printed(contents: FileContents, registers: RegisterContents) -> None:
    """The good briefs of a file in every format."""
    themes = {contents.theme_id: contents.theme} if contents.theme else {}
    context = Context(Corpus("Ruritania", ("ZZR",), "", "2026", ""), themes, registers.registers)
    for brief in contents.briefs:
        lines = brief_lines(brief, context)
        for text in (render.text(lines, 0), render.text(lines, 30), markdown(lines)):
            assert clean(text) == text
    nothing = {brief.id: frozenset[str]() for brief in contents.briefs}
    batch = Batch(contents.briefs, context, nothing)
    content = json.loads("".join(document(context, EVERYTHING, (0, len(contents.briefs)), [batch])))
    assert [brief["id"] for theme in content["themes"] for brief in theme["briefs"]] == list(nothing)


def text(data: bytes) -> None:
    """Cleaning and folding are stable and lose no word."""
    given = decoded(data)
    shown = clean(given)
    assert clean(shown) == shown
    assert bool(first_hidden(given)) == ("⟨U+" in shown and shown.count("⟨U+") > given.count("⟨U+"))
    assert all(mark in "\t\n" or mark.isprintable() or mark.isspace() or ord(mark) > 0x9F for mark in shown)
    assert "\n" not in clean_line(given)
    assert clean_line(clean_line(given)) == clean_line(given)
    assert 0 <= cells(shown) <= 2 * len(shown)
    folded, offsets = fold_map(given)
    assert folded == fold(given)
    assert fold(folded) == folded
    assert len(offsets) == len(folded) + 1
    assert list(offsets) == sorted(offsets)
    assert offsets[-1] == len(given)


def period(data: bytes) -> None:
    """A text is a period that reads and covers years, or is refused with a cure."""
    given = decoded(data)
    try:
        found = parse_period(given)
    except PeriodError as refusal:
        assert refusal.what
        assert refusal.cure
        return
    assert given.isascii()
    assert found.text.isprintable()
    first, last = found.years(2025)
    assert 0 <= first <= last <= 9999


def place(data: bytes) -> None:
    """A text is a pinpoint that is written one way and lies in itself, or is refused in a sentence."""
    given = decoded(data)
    try:
        found = parse_pinpoint(given)
    except ValueError as refusal:
        assert str(refusal)
        return
    assert found.text.isascii()
    assert found.reading.isprintable()
    assert begins(found.text)
    assert parse_pinpoint(found.text) == found
    assert covers(found, found)
    assert found.first <= found.last
    assert found.highest >= (found.number or 0)


def index(data: bytes) -> None:
    """A file of briefs is indexed, and again after an edit, as if it had been read for the first time."""
    try:
        said = data.decode()
    except UnicodeDecodeError:
        return
    folder = Folder({"themes/torture.yaml": said})
    with closing(open_memory()) as kept:
        folder.sync(kept)
        found = answers(kept)
        folder.write("themes/torture.yaml", said[: len(said) // 2])
        folder.sync(kept)
        with closing(open_memory()) as other:
            folder.sync(other)
            assert answers(kept) == answers(other)
        folder.write("themes/torture.yaml", said)
        folder.sync(kept)
        assert answers(kept) == found


def query(data: bytes) -> None:
    """Any typed words are a filter, which is written as typed words that mean the same."""
    asked = typed_filter.parse(decoded(data))
    again = typed_filter.parse(asked.filter.typed)
    assert again.filter == asked.filter, (asked.filter, asked.filter.typed, again.filter)
    assert not again.faults, again.faults
    found = terms(asked.filter.text)
    assert bool(found.terms or found.hints) == bool(asked.filter.text)
    for term in found.terms:
        assert term.words
        assert all(word == fold(word) for word in term.words)
    assert sum(term.typing for term in found.terms) <= 1


COMMONMARK, GFM = MarkdownIt("commonmark"), MarkdownIt("gfm-like")
BLOCKS = tuple(role for role in ROLES if role != "address")


def shape(tokens: list[Token]) -> tuple[list[str], list[str]]:
    """A document's structure without its texts, and the texts."""
    kinds: list[str] = []
    words: list[str] = []
    for token in tokens:
        if token.type in ("text", "text_special"):
            if not kinds or kinds[-1] != "text":
                kinds.append("text")
                words.append("")
            words[-1] += token.content
        elif token.type == "inline":
            kinds.append("inline")
            inner, said = shape(token.children or [])
            kinds += inner
            words += said
        else:
            kinds.append(f"{token.type} {token.tag} {token.attrs}")
    return kinds, words


def escaping(data: bytes) -> None:
    """In every place of a Markdown document a text is shown as it is written, and changes nothing around it."""
    given = clean_line(decoded(data))
    if not given:
        return
    made = markdown([line(role, given) for role in BLOCKS])
    harmless = markdown([line(role, "x") for role in BLOCKS])
    for parser in (COMMONMARK, GFM):
        kinds, words = shape(parser.parse(made))
        expected, marks = shape(parser.parse(harmless))
        assert kinds == expected, (given, made)
        assert words == [mark.replace("x", given) for mark in marks], (given, words)


def decoded(data: bytes) -> str:
    """Bytes as a text that may hold anything a Python text can, lone surrogates too."""
    return data.decode("utf-8", "surrogateescape")


TARGETS: dict[str, Callable[[bytes], None]] = {
    "reader": reader, "corpus": corpus, "index": index, "text": text, "period": period, "pinpoint": place,
    "query": query, "escaping": escaping,
}  # fmt: skip
