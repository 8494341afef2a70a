"""The strict reading of YAML: what is taken, what is refused, and exactly where."""

from __future__ import annotations

import time
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hrdash.corpus import nodes
from hrdash.corpus.nodes import Broken, Mapping, Node, Scalar, Sequence
from hrdash.corpus.syntax import told
from hrdash.model import Place
from hrdash.text import clean, first_hidden
from tests.make import examples

LOADERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if yaml.__with_libyaml__ else [])]


@pytest.fixture(params=LOADERS, ids=lambda loader: loader.__name__)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> type:
    """Both parsers, since a machine may lack the C library."""
    monkeypatch.setattr(nodes, "LOADER", request.param)
    found: type = request.param
    return found


def plain(node: Node | None) -> Any:
    """A node as plain values."""
    if isinstance(node, Mapping):
        return {key: plain(value) for key, (_, value) in node.entries.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return node.text if isinstance(node, Scalar) else node


def value_of(text: str) -> Any:
    document = nodes.read("x.yaml", text.encode())
    assert not document.problems, [problem.text for problem in document.problems]
    return plain(document.root)


def problems_of(data: str | bytes) -> list[tuple[int, int, str]]:
    found = nodes.read("x.yaml", data if isinstance(data, bytes) else data.encode()).problems
    return [(problem.line, problem.column, problem.what) for problem in found]


def test_the_machine_reads_with_the_c_library_where_it_has_one() -> None:
    assert nodes.LOADER is LOADERS[-1]


def test_a_scalar_is_the_text_that_was_typed(loader: type) -> None:
    for typed in (
        "no",
        "on",
        "Off",
        "~",
        "null",
        "true",
        "0x1F",
        "0b101",
        "017",
        "1_000",
        "12:30",
        "190:20:30",
        "1.10",
        ".inf",
        "2024-01-01",
        "2024-13-45",
        "1e3",
        "=",
        "NO",
        "+1",
        "a:b",
        "C#",
        "50%",
        "[x"[1:],
        "№ 7",
    ):
        assert value_of(f"a: {typed}") == {"a": typed}, typed
        assert value_of(f"{{{typed}: b}}") == {typed: "b"}, typed


def test_a_number_of_five_thousand_digits_is_text(loader: type) -> None:
    assert value_of("a: " + "9" * 5000) == {"a": "9" * 5000}


def test_every_node_knows_its_place(loader: type) -> None:
    root = nodes.read("x.yaml", "қ: [a, 'b']\nc:\n  - d: e\n  - x\nf: g\n".encode()).root
    assert isinstance(root, Mapping)
    key_place, first = root.entries["қ"]
    assert (root.place, key_place, first.place) == ((1, 1), (1, 1), (1, 4))
    assert isinstance(first, Sequence)
    assert [item.place for item in first.items] == [(1, 5), (1, 8)]
    second = root.entries["c"][1]
    assert isinstance(second, Sequence)
    inner = second.items[0]
    assert isinstance(inner, Mapping)
    assert (second.place, inner.place, inner.entries["d"][1].place) == ((3, 3), (3, 5), (3, 8))
    assert (3, 9) <= inner.end <= second.items[1].place


def test_a_plain_scalar_is_told_from_a_quoted_one(loader: type) -> None:
    root = nodes.read("x.yaml", b"[a, 'b', \"c\"]").root
    assert isinstance(root, Sequence)
    assert [item.plain for item in root.items if isinstance(item, Scalar)] == [True, False, False]


def test_ordinary_yaml_is_read(loader: type) -> None:
    for text, value in (
        ("a: >-\n  one\n  two\n", {"a": "one two"}),
        ("a: |\n  one\n  two\n", {"a": "one\ntwo\n"}),
        ("a: 'it''s'\n", {"a": "it's"}),
        ("---\na: b\n...\n", {"a": "b"}),
        ("a:\n", {"a": ""}),
        ("[]", []),
        ("{}", {}),
        ("\ufeffa: b", {"a": "b"}),
        ("a: b\r\nc: d\r\n", {"a": "b", "c": "d"}),
        ("? a\n: b\n", {"a": "b"}),
    ):
        assert value_of(text) == value, text


def test_what_could_be_misread_is_refused_at_its_place(loader: type) -> None:
    for text, place, what in (
        ("a: 1\nb: 2\na: 3\n", (3, 1), "the key 'a' stands twice, first in line 1"),
        ('x:\n  title: 1\n  "t\\x69tle": 2\n', (3, 3), "the key 'title' stands twice, first in line 2"),
        ("a: &x b\n", (1, 4), "anchors (&) are not taken"),
        ("- &x [a]\n", (1, 3), "anchors (&) are not taken"),
        ("- &x {a: b}\n", (1, 3), "anchors (&) are not taken"),
        ("a: b\nc: *x\n", (2, 4), "aliases (*) are not taken"),
        ("- *x\n", (1, 3), "aliases (*) are not taken"),
        ("a: !!str b\n", (1, 4), "tags (!) are not taken"),
        ("a: ! b\n", (1, 4), "tags (!) are not taken"),
        ("a: !!python/object/apply:os.system [ls]\n", (1, 4), "tags (!) are not taken"),
        ("- !x {a: b}\n", (1, 3), "tags (!) are not taken"),
        ("a: b\n<<: {c: d}\n", (2, 1), "merge keys (<<) are not taken"),
        ("a: b\n<<: *c\n", (2, 1), "merge keys (<<) are not taken"),
        ("a:\n  ? [b]\n  : c\n", (2, 5), "this key is not a text"),
        ("a:\n  ? {b: c}\n  : d\n", (2, 5), "this key is not a text"),
        ("? \n: d\n", (1, 2), "this key is not a text"),
        ("a: b\n---\nc: d\n", (2, 1), "a second document starts here"),
        ("a: [" + "[" * 16, (1, 19), "this is nested deeper than 16"),
        ("", (1, 1), "the file is empty"),
        ("# a comment\n", (1, 1), "the file is empty"),
        ("a: " + "x" * 20_001, (1, 4), "this text is longer than 20,000 characters"),
    ):
        (found,) = problems_of(text)
        assert found == (*place, what), text


def test_a_value_under_a_refused_key_is_not_taken(loader: type) -> None:
    document = nodes.read("x.yaml", b"a: 1\na: {b: [2]}\nc: 3\n")
    assert plain(document.root) == {"a": "1", "c": "3"}


def test_an_alias_leaves_a_broken_value_that_knows_its_place(loader: type) -> None:
    root = nodes.read("x.yaml", b"a: *x\n").root
    assert isinstance(root, Mapping)
    assert root.entries["a"][1] == Broken(Place(1, 4))


def test_every_problem_of_a_file_is_found_in_one_reading(loader: type) -> None:
    assert [line for line, _, _ in problems_of("a: &x 1\nb: *x\na: 2\nc: !!int 3\n<<: *x\n")] == [1, 2, 3, 4, 5]


def test_quoted_text_that_looks_like_a_merge_key_is_a_key(loader: type) -> None:
    assert value_of('"<<": a') == {"<<": "a"}


def test_sixteen_levels_are_taken(loader: type) -> None:
    assert problems_of("[" * 16 + "]" * 16) == []


def test_an_explicit_key_needs_no_tag(loader: type) -> None:
    assert value_of("'a': \"b\"") == {"a": "b"}


def test_too_many_parts_are_refused(loader: type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nodes, "MAX_NODES", 4)
    assert problems_of("[a, b, c]") == []
    assert problems_of("[a, b, c, d]") == [(1, 1, "the file has more than 4 parts")]


def test_text_lost_to_a_comment_is_a_warning(loader: type) -> None:
    for text, column in (
        ("text: Case C# and #7 remain\n", 19),
        ("text: Torture #7 rose\n", 15),
        ("[a #b\n]", 4),
    ):
        (problem,) = nodes.read("x.yaml", text.encode()).problems
        assert (problem.level, problem.line, problem.column) == ("warning", 1, column), text
        assert problem.what == "what stands behind # is a comment and not part of the text", text


def test_text_behind_a_tab_is_not_lost_in_silence_either(loader: type) -> None:
    problems = nodes.read("x.yaml", b"a: b\t#c\n").problems
    takes_tabs = loader is not yaml.SafeLoader
    assert [problem.level for problem in problems] == (["warning"] if takes_tabs else ["warning", "error"])


def test_a_comment_that_is_meant_as_one_is_no_warning(loader: type) -> None:
    for text in (
        "a: b  # a comment\n",
        "a: 'b' # a comment\n",
        "a: C# and F#\n",
        "a:  # a comment\n  - b\n",
        "# a\na: b\n# c\n",
        "a: |\n  one #2\n",
        "a: 'one #2'\n",
        "a: https://x.org/#y\n",
    ):
        assert problems_of(text) == [], text


def test_a_fault_of_yaml_is_told_in_plain_words_with_place_and_cure(loader: type) -> None:
    for text, place, what, cure in (
        ("title: Torture: cases\n", (1, 15), "a colon and a space", "put the text in quotes"),
        ("a: b\n  c: d\n", (2, 4), "a colon and a space", "indent the key like its neighbours"),
        ("a: ? b\n", (1, 4), "a question mark", "put the text in quotes"),
        ("a: @b\n", (1, 4), "text begins with a character that YAML keeps for itself", "put the text in quotes"),
        ("a: `b`\n", (1, 4), "text begins with a character that YAML keeps for itself", "put the text in quotes"),
        ("a: %5\n", (1, 4), "text begins with a character that YAML keeps for itself", "put the text in quotes"),
        ("a: *b*\n", (1, 4), "text begins with a character that YAML keeps for itself", "put the text in quotes"),
        ("a: **b**\n", (1, 4), "text begins with a character that YAML keeps for itself", "put the text in quotes"),
        ("a: !x!y z\n", (1, 4), "text begins with a character that YAML keeps for itself", "put the text in quotes"),
        ('a: "b" and c\n', (1, 4), "text begins with a quote or bracket", "put the whole text in other quotes"),
        ("a: 'it's'\n", (1, 4), "text begins with a quote or bracket", "put the whole text in other quotes"),
        ("a: - b\n", (1, 4), "a list starts on the line of its key", "start the list on its own line"),
        ("a: | b\n", (1, 6), "text stands on the line of | or >", "start the text on the next line"),
        ('x: y\na: "b\nc: d\n', (2, 4), "the quotation mark that opens here is never closed", "close it"),
        ('a: "b\n---\nc"\n', (1, 4), "the quotation mark that opens here is never closed", "close it"),
        ("x: y\na: [b, c\nd: e\n", (2, 4), "the bracket or brace that opens here is not closed", "close it"),
        ("a: {b: c\n", (1, 4), "the bracket or brace that opens here is not closed", "close it"),
        ("a: [ , b]", (1, 6), "inside brackets or braces an item is missing", "close the bracket"),
        ("a: [\n- x]", (2, 1), "begins with a dash", "close the bracket"),
        ("x: y\na line of text\nb: c\n", (2, 1), "a key without a colon", "write a colon and a space"),
        ("a:\n  - b\n - c\n", (3, 2), "this does not belong", "indent it with spaces"),
        ("- a\nb: c\n", (2, 1), "this does not belong", "indent it with spaces"),
        ("a: b\n...\nc: d\n", (3, 1), "something stands outside", "indent it"),
        ("a: b\n\t- c: d\n", (2, 1), "a tab stands where only spaces may", "indent with spaces"),
        ("a:\n\t- b\n", (2, 1), "a tab stands where only spaces may", "indent with spaces"),
    ):
        document = nodes.read("x.yaml", text.encode())
        (problem,) = document.problems
        assert document.root is None, text
        assert what in problem.what, text
        assert cure in problem.cure, text
        assert (problem.line, problem.column) == place, text


def test_an_escape_for_no_character_is_told_in_plain_words(loader: type) -> None:
    for escape in (
        r"\q",
        r"\xZZ",
        r"\U00110000",
        r"\UFFFFFFFF",
    ):
        ((_, _, what),) = problems_of(f'a: "b{escape}"\n')
        assert "escape" in what, escape


def test_bytes_that_are_no_text_are_refused_with_byte_and_place(loader: type) -> None:
    for data, place, what in (
        (b"a: b\nc: \xff\n", (2, 4), "byte 8 (0xFF) is not UTF-8"),
        ("a: é\n".encode("latin-1"), (1, 4), "byte 3 (0xE9) is not UTF-8"),
        (b"\xef\xbb\xbfa: \xff\n", (1, 4), "byte 6 (0xFF) is not UTF-8"),
        ("қ: ".encode() + b"\xc3", (1, 4), "byte 4 (0xC3) is not UTF-8"),
        (b"a: \xed\xa0\x80\n", (1, 4), "byte 3 (0xED) is not UTF-8"),
        (b"a: \xc0\xaf\n", (1, 4), "byte 3 (0xC0) is not UTF-8"),
        ("a: b".encode("utf-16"), (1, 1), "the file is UTF-16 or UTF-32"),
        ("a: b".encode("utf-16-le"), (1, 1), "the file is UTF-16 or UTF-32"),
        ("a: b".encode("utf-16-be"), (1, 1), "the file is UTF-16 or UTF-32"),
        ("a: b".encode("utf-32"), (1, 1), "the file is UTF-16 or UTF-32"),
        (b"a: b\0c\n", (1, 5), "the character U+0000 may not stand in YAML"),
        (b"\0a: b\n", (1, 1), "the character U+0000 may not stand in YAML"),
        (b"a: b\nc: \x1b[2J\n", (2, 4), "the character U+001B may not stand in YAML"),
        ("a: \x9d52\n".encode(), (1, 4), "the character U+009D may not stand in YAML"),
        (b"a: \x7f\n", (1, 4), "the character U+007F may not stand in YAML"),
        ("a: b\nc\ufeff: d\n".encode(), (2, 2), "the character U+FEFF may not stand in YAML"),
        ("\ufeff\ufeffa: b\n".encode(), (1, 1), "the character U+FEFF may not stand in YAML"),
        (b"#" * (nodes.MAX_BYTES + 1), (1, 1), "the file is larger than 1 MiB"),
    ):
        assert problems_of(data) == [(*place, what)], data


def test_a_character_that_acts_or_hides_is_marked_and_found(loader: type) -> None:
    for text, shown, place in (
        (r'a: "b\e[2J"', "b⟨U+001B⟩[2J", (1, 4)),
        (r'a: "\\e \x9d"', r"\e ⟨U+009D⟩", (1, 4)),
        (r'a: "\u202Eb"', "⟨U+202E⟩b", (1, 4)),
        (r'a: "\U000E0041"', "⟨U+E0041⟩", (1, 4)),
        (r'a: "\0"', "⟨U+0000⟩", (1, 4)),
        ("a: b\u202ec", "b⟨U+202E⟩c", (1, 5)),
        ("a: >-\n  one\n  t\u200bwo\n", "one t⟨U+200B⟩wo", (3, 4)),
        ("a: 'x\n\n  y\u202e'", "x\ny⟨U+202E⟩", (3, 4)),
    ):
        document = nodes.read("x.yaml", text.encode())
        (problem,) = document.problems
        assert plain(document.root) == {"a": shown}, text
        assert (problem.level, (problem.line, problem.column)) == ("unsafe", place), text


def test_an_escape_with_a_name_is_told_where_its_text_begins(loader: type) -> None:
    for letter, code in (
        ("0", 0),
        ("a", 7),
        ("b", 8),
        ("v", 11),
        ("f", 12),
        ("e", 27),
    ):
        (problem,) = nodes.read("x.yaml", f'a: "\\n x \\{letter}"'.encode()).problems
        assert problem.what == f"the text holds U+{code:04X}, which acts or hides", letter
        assert (problem.line, problem.column) == (1, 4), letter


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="no C library")
def test_a_lone_surrogate_is_a_problem() -> None:
    assert "escape" in problems_of(r'a: "\ud800"')[0][2]


def test_a_lone_surrogate_is_marked_by_the_parser_that_takes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nodes, "LOADER", yaml.SafeLoader)
    document = nodes.read("x.yaml", rb'a: "\ud800"')
    assert plain(document.root) == {"a": "⟨U+D800⟩"}
    assert [problem.level for problem in document.problems] == ["unsafe"]


def test_a_separator_that_no_editor_counts_as_a_line_moves_no_place(loader: type) -> None:
    for separator in (
        "\x85",
        "\u2028",
        "\u2029",
    ):
        assert problems_of(f"a: 'x{separator}y'\nb: *c\n") == [(2, 4, "aliases (*) are not taken")], separator


def test_a_separator_cannot_smuggle_in_a_key(loader: type) -> None:
    assert value_of("a: x\u2028b\n") == {"a": "x b"}


def test_a_key_in_which_something_hides_is_told_and_read_as_it_was_meant(loader: type) -> None:
    document = nodes.read("x.yaml", rb'"a\e": b')
    assert plain(document.root) == {"a": "b"}
    assert [problem.level for problem in document.problems] == ["unsafe"]


def test_no_file_crashes_or_hangs_the_reader() -> None:
    for bomb in (
        "[" * 30_000,
        "- " * 100_000,
        "? " * 100_000,
        "{a: " * 100_000,
        "a: " * 100_000,
        "!x " * 100_000,
        "&a " * 100_000,
        '"' + "x" * 1_000_000,
        "[" + "x," * 500_000,
        "x: 1\n" * 200_000,
        "a: [\n" * 100_000,
        "\\" * 1_000_000,
        'a: "' + "\\e" * 500_000,
        "a: '" + "\u202e" * 300_000 + "'",
        "%" * 100_000,
        "---\n" * 100_000,
    ):
        began = time.process_time()
        assert nodes.read("x.yaml", bomb.encode()).problems, bomb
        assert time.process_time() - began < 10, bomb  # it takes a second or less; quadratic reading would take minutes


def test_a_hundred_thousand_parts_are_taken_and_not_one_more() -> None:
    assert problems_of("[" + "x," * 99_999 + "]") == []
    assert problems_of("[" + "x," * 100_000 + "]") == [(1, 1, "the file has more than 100,000 parts")]


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="the parser in Python sees some of these elsewhere")
def test_what_is_wrong_and_its_cure_are_told_in_these_words() -> None:
    for text, words in (
        ("a: b\na: c", "2:1: the key 'a' stands twice, first in line 1; keep one of them"),
        ("a: &x b", "1:4: anchors (&) are not taken; remove it, or, if it is text, put it in quotes"),
        ("a: *x", "1:4: aliases (*) are not taken; write the value out, or, if it is text, put it in quotes"),
        ("a: !x b", "1:4: tags (!) are not taken; remove it, or, if it is text, put it in quotes"),
        ("<<: b", "1:1: merge keys (<<) are not taken; write out the keys that are meant"),
        ("? [a]\n: b", "1:3: this key is not a text; write one word as the key"),
        ("a: b\n---\n", "2:1: a second document starts here; keep one, and remove ---"),
        ("a: b #c", "1:6: warning: what stands behind # is a comment and not part of the text; put the text in quotes, "
         "or two spaces before the comment"),
        ("", "1:1: the file is empty; write what it is to hold, or remove it"),
        ('a: "\\e"', "1:4: the text holds U+001B, which acts or hides; remove it; it is shown as a mark"),
        ("- " + "x" * 20_001, "1:3: this text is longer than 20,000 characters; shorten it, or make it several"),
        ("[" * 17, "1:17: this is nested deeper than 16; nest it less deeply"),
        ("a: b: c", "1:5: a colon and a space stand in unquoted text; put the text in quotes, or "
         "indent the key like its neighbours"),
        ("a: 'b", "1:4: the quotation mark that opens here is never closed; close it, or put the whole text in the "
         "other kind of quotes"),
        ("a: - b", "1:4: a list starts on the line of its key, or text begins with a dash; start the list on its own "
         "line, or put the text in quotes"),
        ("a: | b", "1:6: text stands on the line of | or >; start the text on the next line, or put it in quotes"),
        ("a: * b", "1:4: text begins with a character that YAML keeps for itself; put the text in quotes"),
        ("a: !x!y z", "1:4: text begins with a character that YAML keeps for itself; put the text in quotes"),
        ('a: "\\q"', "1:5: a backslash in double quotes begins an escape that there is not; put the text in single "
         "quotes, or write \\\\ for a backslash"),
        ("a: b\nc\nd: e", "2:1: here is a key without a colon, or a line of text that is not indented; write a colon "
         "and a space behind the key, or indent the text"),
        ("a: [ , b]", "1:6: inside brackets or braces an item is missing, or begins with a dash; close the bracket or "
         "brace, and put text with odd characters in quotes"),
        ("a: [b", "1:4: the bracket or brace that opens here is not closed, or a comma is missing; close it, put "
         "commas between its items, and text with brackets, commas or colons in quotes"),
        ("a: b\n...\nc: d", "3:1: something stands outside what the file began with; indent it with spaces like its "
         "neighbours; put text that begins with a quote or bracket in quotes as a whole"),
        ("a:\n\t- b", "2:1: a tab stands where only spaces may; indent with spaces"),
        ("a: @b", "1:4: text begins with a character that YAML keeps for itself; put the text in quotes"),
        ("- a\nb: c", "2:1: this does not belong to what is before it; indent it with spaces like its neighbours; put "
         "text that begins with a quote or bracket in quotes as a whole"),
    ):  # fmt: skip
        assert [found.text for found in nodes.read("x", text.encode()).problems] == [f"x:{words}"], text


def test_what_is_wrong_with_bytes_is_told_in_these_words() -> None:
    for data, words in (
        (b"\xff\xfea", "1:1: the file is UTF-16 or UTF-32; save it as UTF-8"),
        (b"a\xff", "1:2: byte 1 (0xFF) is not UTF-8; save the file as UTF-8"),
        (b"a\x01", "1:2: the character U+0001 may not stand in YAML; remove it"),
        (b" " * (1 + (1 << 20)), "1:1: the file is larger than 1 MiB; move some of it to another file"),
    ):
        assert [found.text for found in nodes.read("x", data).problems] == [f"x:{words}"], data


def test_an_escape_that_only_the_parser_in_python_lets_overflow_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nodes, "LOADER", yaml.SafeLoader)
    (problem,) = nodes.read("x", rb'a: "\UFFFFFFFF"').problems
    assert problem.text == ("x:1:1: an escape in double quotes stands for no character; write the character itself")


def test_a_text_of_twenty_thousand_characters_is_taken(loader: type) -> None:
    assert value_of("- " + "x" * 20_000) == ["x" * 20_000]


def test_a_file_of_a_mebibyte_is_read() -> None:
    assert problems_of(b"#" * nodes.MAX_BYTES) == [(1, 1, "the file is empty")]


def test_a_complaint_that_nobody_foresaw_is_told_at_its_place() -> None:
    mark = yaml.Mark("x", 3, 1, 2, None, 0)
    found = told(yaml.MarkedYAMLError(problem="something new", problem_mark=mark), "abc\nd", None, False, False)
    assert found == (mark, "this is not YAML", "put text with odd characters in quotes")


def test_no_word_of_a_parser_is_needed_to_tell_a_fault(loader: type, monkeypatch: pytest.MonkeyPatch) -> None:
    def silenced(fault: yaml.MarkedYAMLError, *where: Any) -> Any:
        fault.context = fault.problem = fault.note = "another sentence"
        return told(fault, *where)

    texts = ("a: b: c", "a: 'b", "a: - b", "a: | b", "a: * b", "a: !x!y z", 'a: "\\q"', "a: b\nc\nd: e", "a: [ , b]",
             "a: [b", "a: b\n...\nc: d", "a:\n\t- b", "a: @b", "- a\nb: c")  # fmt: skip
    as_told = [problems_of(text) for text in texts]
    monkeypatch.setattr(nodes, "told", silenced)
    assert [problems_of(text) for text in texts] == as_told


def test_an_alias_bomb_is_refused_where_it_begins(loader: type) -> None:
    bomb = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))
    assert problems_of(bomb)[0] == (1, 5, "anchors (&) are not taken")


YAML_PIECES = st.sampled_from(
    [
        "a",
        "b: ",
        "- ",
        "? ",
        ": ",
        "\n",
        "  ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        '"',
        "'",
        "&x ",
        "*x",
        "!t ",
        "|\n",
        ">-\n",
        " #",
        "%YAML 1.1\n",
        "---\n",
        "...\n",
        "<<: ",
        "\t",
        "\r",
        "\\e",
        "\\ud800",
        "\\U00110000",
        "\ufeff",
        "\u2028",
        "\u202e",
        "é",
        "\x00",
        "\x1b",
        "@",
        "`",
        "~",
    ]
)


@pytest.mark.parametrize("parser", LOADERS, ids=lambda parser: parser.__name__)
@settings(max_examples=examples(150), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(pieces=st.lists(YAML_PIECES, max_size=40), tail=st.binary(max_size=4))
def test_no_text_raises_anything(parser: type, monkeypatch: pytest.MonkeyPatch, pieces: list[str], tail: bytes) -> None:
    monkeypatch.setattr(nodes, "LOADER", parser)
    data = "".join(pieces).encode() + tail
    document = nodes.read("x.yaml", data)
    assert document.root is not None or document.problems
    lines = data.count(b"\n") + data.count(b"\r") + 2
    for problem in document.problems:
        assert 1 <= problem.line <= lines
        assert problem.column >= 1
        assert problem.text.isprintable()


@settings(max_examples=examples(150))
@given(st.binary(max_size=200))
@example(b"\xef\xbb\xbf\xff")
@example(b"\xff\xfe")
def test_no_bytes_raise_anything(data: bytes) -> None:
    document = nodes.read("x.yaml", data)
    assert document.root is not None or document.problems


def quoted(text: str) -> str:
    """A text as a double-quoted scalar, every character escaped."""
    return '"' + "".join(f"\\U{ord(character):08x}" for character in text) + '"'


@settings(max_examples=examples(150))
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
@example("\u2028\x85\r\n\x00\x1b")
def test_any_text_in_quotes_arrives_clean_and_otherwise_untouched(text: str) -> None:
    document = nodes.read("x.yaml", f"a: {quoted(text)}\n".encode())
    assert plain(document.root) == {"a": clean(text)}
    assert bool(document.problems) == bool(first_hidden(text))


@settings(max_examples=examples(100))
@given(
    st.text(
        st.characters(categories=["L", "N", "P", "S", "Zs"], exclude_characters="\u3164\uffa0\u115f\u1160"), max_size=60
    )
)
def test_any_visible_text_in_single_quotes_is_taken_as_it_is(text: str) -> None:
    typed = text.replace("'", "''")
    assert value_of(f"a: '{typed}'\n") == {"a": text}
