"""JSON Lines: one line to nodes, as strictly as YAML, and a file of any number of lines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hrdash.check import check_corpus
from hrdash.corpus import MAX_BYTES, json_lines, values
from hrdash.corpus.folder import CorpusFolder
from hrdash.corpus.nodes import MAX_NODES, MAX_TEXT, Broken, Literal, Mapping, Node, Scalar, Sequence
from hrdash.corpus.read import FileContents, read_theme_file
from hrdash.corpus.values import Reading
from hrdash.model import Problem
from hrdash.text import clean
from tests.make import REGISTER_TEXTS, Folder, examples, open_memory, theme_text

BRIEF: dict[str, Any] = {
    "id": "one", "title": "One", "claims": [{"by": "minister", "text": "Done.", "cites": ["red 7"]}],
}  # fmt: skip


def brief(name: str = "one", **more: Any) -> str:
    """A brief on a line; `more` replaces keys of its statement, and with `None` removes them."""
    claim = {key: value for key, value in {**BRIEF["claims"][0], **more}.items() if value is not None}
    return json.dumps({**BRIEF, "id": name, "claims": [claim]}, ensure_ascii=False) + "\n"


def contents(*lines: str | bytes) -> FileContents:
    """What a file of these lines holds."""
    data = [line if isinstance(line, bytes) else line.encode("utf-8", "surrogatepass") for line in lines]
    return read_theme_file("themes/torture/upr.jsonl", iter(data))


def read(line: bytes) -> tuple[Node, list[Problem]]:
    """What stands on a line, and its problems."""
    reading = Reading("x")
    return json_lines.LineReader(reading.report).read(1, line), reading.problems


def plain(node: Any) -> Any:
    """Nodes without their places."""
    if isinstance(node, Mapping):
        return {key: plain(value) for key, (_, value) in node.entries.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    assert isinstance(node, Scalar | Literal), node
    return (type(node).__name__, node.text)


def expected(value: Any) -> Any:
    """What `json` reads, as `plain` shows it."""
    if isinstance(value, dict):
        return {clean(key): expected(item) for key, item in value.items()}
    if isinstance(value, list):
        return [expected(item) for item in value]
    return ("Scalar", clean(value)) if isinstance(value, str) else ("Literal", json.dumps(value))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from(["\u202e", "\U000e0001", "\ud800", "\x85"]),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(min_size=1), inner),
    max_leaves=examples(100),
)


@given(value=st.dictionaries(st.text(min_size=1), JSON), ascii_alone=st.booleans(), space=st.sampled_from(["", " \t"]))
@settings(max_examples=examples(200))
def test_a_line_is_what_json_says_it_is(value: Any, ascii_alone: bool, space: str) -> None:
    text = space + json.dumps(value, ensure_ascii=ascii_alone) + space
    line = text.encode("utf-8", "surrogatepass")
    root, problems = read(line)
    if isinstance(root, Broken):
        assert text != text.encode("utf-8", "replace").decode() and not ascii_alone, problems
    elif not any(problem.level == "error" for problem in problems):  # two keys may be one once they are cleaned
        assert plain(root) == expected(value)


@given(text=st.text(st.sampled_from("{}[]:,\"\\ab1-0.e+ntfu/\t\r\n'#x"), max_size=20) | st.text(max_size=12))
@example('{"a":1,}')
@example("[1 2]")
@example('{"a" 1}')
@example('{"a":}')
@example("{,}")
@example('"\\x"')
@example("NaN")
@example("01")
@settings(max_examples=examples(400))
def test_what_is_not_json_is_refused_and_nothing_else(text: str) -> None:
    def refuse(_: str) -> None:
        raise ValueError

    try:
        json.loads(text, parse_constant=refuse)
        is_json = True
    except ValueError:
        is_json = False
    root, problems = read(text.encode())
    assert isinstance(root, Broken) != is_json
    if not is_json:
        assert [one.level for one in problems] == ["error"]


def test_each_fault_of_a_line_has_its_place_and_a_cure() -> None:
    good = brief()[:-2]
    cases = (
        ('{"id": "a", "id": "b"}', 1, "the key 'id' stands twice in one object"),
        ('{"id": NaN}', 8, "this is not JSON from 'NaN}' on"),
        ('{"id": Infinity}', 8, "this is not JSON"),
        ('{"id": "NaN \\"NaN", "a": [NaN]}', 27, "this is not JSON from 'NaN]}' on"),
        ('{"Infinity": -Infinity}', 14, "this is not JSON from '-Infinity}' on"),
        ("{'id': 1}", 2, "this is not JSON from ''id': 1}' on"),
        ('{"id": "a",}', None, "this is not JSON"),
        ('{"id": }', 8, "this is not JSON from '}' on"),
        ('{"id": "a"', 11, "the line ends before its object does"),
        ("{\n", 2, "the line ends before its object does"),
        (good + "} {}", len(good) + 3, "this is not JSON from '{}' on"),
        ('{"id": "a" "b": 1}', 12, "this is not JSON from '\"b\": 1}' on"),
        ('{"id" "a"}', 7, "this is not JSON"),
        ('{id: "a"}', 2, "this is not JSON"),
        ('{"id": "a\tb"}', 10, "this is not JSON from 'b\"}' on"),
        ('{"id": "a', 8, "this is not JSON from '\"a' on"),
        ('{"id": "\\q"}', None, "this is not JSON"),
        ('{} // so', 4, "this is not JSON from '// so' on"),
        ('{"": 1}', 1, "unknown key ''"),
        ('{"a\\u202e": 1, "a⟨U+202E⟩": 2}', 1, "the key 'a⟨U+202E⟩' stands twice in one object"),
        ("{" + "".join(f'"{at}":1,' for at in range(80_000)) + '"79999":1}', 1, "the key '79999' stands twice"),
        ("[" * 500_000, 1, "nested too deeply"),
        ('{"a":' * 50_000, 1, "nested too deeply"),
        ("[" * 20 + "]" * 20, 1, "here stands a list, and should stand a brief"),
        ('{"a": ' * 20 + "1" + "}" * 20, 1, "unknown key 'a'"),
        ('{"a": "' + "x" * (MAX_TEXT + 1) + '"}', 1, "longer than 20,000"),
        ("[" + "1," * MAX_NODES + "1]", 1, "more than 100,000 parts"),
        ("x" * (MAX_BYTES + 1), 1, "longer than 1 MiB"),
        (b'{"id": "\xe9"}', 9, "the byte 0xE9 is not UTF-8"),
        ("{}".encode("utf-16"), 1, "the byte 0xFF is not UTF-8"),
        ("[]", 1, "here stands a list, and should stand a brief"),
        ("7", 1, "here stands 7 without quotes, and should stand a brief"),
        (brief(cites=[140.10]), 1, "here stands 140.1 without quotes"),
        (brief(period=2024), 1, "here stands 2024 without quotes"),
        (brief(id=7), 1, "here stands 7 without quotes"),
        (brief(verbatim="yes"), 1, "'yes' is neither true nor false"),
        (brief(note=None).replace("}]", ', "note": null}]'), 1, "there is no value"),
        (brief(text=True), 1, "here stands true without quotes"),
        (brief(figures=[{"indicator": "cases", "value": 10**15}]), 1, "more than 15 digits"),
        (brief(figures=[{"indicator": "cases", "value": 1e300}]), 1, "'1e+300' is not a number"),
        (brief(colour="red"), 1, "unknown key 'colour'"),
        (brief(text=None), 1, "missing key 'text'"),
    )  # fmt: skip
    for line, column, what in cases:
        found = contents(brief("before"), "\n", line, brief("behind"))
        errors = [problem for problem in found.problems if problem.level == "error"]
        places = [(error.line, error.column if column else None) for error in errors if what in error.what]
        assert places == [(3, column)], (line[:80], errors[:3])
        assert all(error.cure for error in errors), line[:80]
        assert [one.id for one in found.briefs] == ["before", "behind"], line[:80]
        assert len(found.withheld) == 1 and found.withheld[0].line == 3, line[:80]


def test_what_cannot_be_seen_in_a_line_is_named_and_two_versions_are_one_problem() -> None:
    sound = brief()
    for wrong, column, what, cure in (
        (sound.replace('{"id"', '{\u00a0"id"'), 2, "a no-break space (U+00A0)", "write a plain space"),
        (sound.replace('"id": "', '“id”: "'), 2, "a left double quotation mark “ (U+201C)", 'write "'),
        (sound.replace('"id":', '"id"：'), 6, "a fullwidth colon ： (U+FF1A)", "write :"),
        (sound.replace('{"id"', '{\u200b"id"'), 2, "a zero-width space (U+200B)", "remove it"),
        (sound.replace("Done.", "Do\u200bne."), 1, "'Do⟨U+200B⟩ne.' holds a zero-width space (U+200B)", "remove it"),
        (f"<<<<<<< HEAD\n{sound}=======\n{sound}>>>>>>> theirs\n", 1, "git left two versions here", "keep one version"),
        (f"<<<<<<< HEAD\r\n{sound}||||||| base\n{sound}=======\r\n>>>>>>> x\r\n", 1, "git left two", "keep one"),
        (">>>>>>> theirs\n", 1, "git left this line here", "keep one version"),
    ):  # fmt: skip
        found = contents(*wrong.splitlines(keepends=True))
        (problem,) = found.problems
        assert (problem.line, problem.column) == (1, column), problem.text
        assert problem.what.startswith(what) or what in problem.what, problem.text
        assert problem.cure.startswith(cure), problem.text
    assert contents('{"id": "<<<<<<< HEAD"}\n').problems[0].what != "git left two versions here"


def test_a_line_that_is_no_json_leaves_in_doubt_which_brief_it_held() -> None:
    assert not contents(brief(), "{").ids_known
    assert contents(brief(), brief("two", text=None)).ids_known


def test_numbers_and_flags_may_be_json_or_text() -> None:
    figures = [{"indicator": "cases", "value": 800, "period": "2019"}, {"indicator": "cases", "value": "2.50"}]
    found = contents(brief(verbatim=True, figures=figures), brief("two", verbatim="true"))
    assert not found.problems
    assert [figure.value for figure in found.briefs[0].claims[0].figures] == [800, 2.5]
    assert [one.claims[0].verbatim for one in found.briefs] == [True, True]


def test_pinpoints_that_differ_in_a_final_nought_stay_apart() -> None:
    lines = [brief(f"b{at}", cites=[f"red {text}"]) for at, text in enumerate(("140.1", "140.10", "140.2"))]
    found = contents(*lines)
    assert [one.claims[0].cites[0].pinpoint for one in found.briefs] == ["140.1", "140.10", "140.2"]


def test_hostile_text_is_cleaned_and_told_with_its_place_in_the_text() -> None:
    for written in ("\u202e", "\\u202E", "\\ud83d\\ude00\\u202e", "\\\\ \\u202e", "x" * 500 + "\u202e" + "x" * 500):
        found = contents(brief().replace("Done.", f"Done{written}."))
        assert "⟨U+202E⟩" in found.briefs[0].claims[0].text, written
        (problem,) = found.problems
        assert problem.level == "unsafe" and "⟨U+202E⟩" in problem.what, written


def test_blank_lines_ends_and_a_mark_are_taken() -> None:
    found = contents(b"\xef\xbb\xbf" + brief().encode(), "\r\n", "  \t\n", brief("two").replace("\n", "\r\n"), "")
    assert not found.problems
    assert [(one.id, one.place.line) for one in found.briefs] == [("one", 1), ("two", 4)]


def test_a_wrong_byte_behind_a_mark_has_its_place() -> None:
    for text, column in (("abcdef", 2), ("ééé", 2), ("", 2)):
        (problem,) = contents(b'\xef\xbb\xbf"' + text.encode() + b'\xe9"').problems
        assert problem.what == "the byte 0xE9 is not UTF-8"
        assert (problem.line, problem.column) == (1, len(text) + column)


def test_the_same_values_come_from_yaml_and_from_json_lines() -> None:
    lines = [brief(), brief("two", figures=[{"indicator": "cases", "low": 1, "high": 2.5}], note="a\nb", verbatim=True)]
    found = contents(*lines)
    text = "".join(f"- {line}" for line in lines)
    as_yaml = read_theme_file("themes/torture/upr.yaml", text.encode())
    assert not found.problems and not as_yaml.problems

    for one, other in zip(found.briefs, as_yaml.briefs, strict=True):
        assert one.claims[0][:-1] == other.claims[0][:-1]


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    """A corpus folder on disk."""
    for name, text in {**REGISTER_TEXTS, "themes/torture.yaml": theme_text("torture").replace("briefs:", "briefs: []"),
                       **files}.items():  # fmt: skip
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def test_registers_stand_as_lines_beside_yaml(tmp_path: Path) -> None:
    source = {"id": "grey", "type": "report", "title": "Grey", "title-short": "Grey", "issued": "2023", "kind": "r",
              "capacity": "official"}  # fmt: skip
    speaker = {"id": "body", "name": "Body", "short": "B", "kind": "ngo"}
    write(tmp_path, {
        "sources/a.jsonl": json.dumps(source) + "\n", "speakers/a.jsonl": "\n" + json.dumps(speaker),
        "themes/torture/a.jsonl": brief(cites=["grey 7"]).replace("claims", "concerns").replace("minister", "body"),
    })  # fmt: skip
    report = check_corpus(str(tmp_path))
    assert (report.problems, report.briefs) == ((), 1)
    (tmp_path / "sources/a.jsonl").write_text(json.dumps(source) + "\n" + json.dumps(source | {"issued": 2023}))
    problems = [problem.text for problem in check_corpus(str(tmp_path)).problems]
    assert any(text.startswith("sources/a.jsonl:2:") and "2023 without quotes" in text for text in problems), problems
    (tmp_path / "sources/a.jsonl").write_text("{\n")
    report = check_corpus(str(tmp_path))
    assert [(problem.file, problem.line) for problem in report.problems] == [("sources/a.jsonl", 1)]
    assert (report.briefs, report.withheld) == (0, 1)


def test_what_lines_break_is_held_as_it_was() -> None:
    folder = Folder({"themes/torture.yaml": theme_text("torture").replace("briefs:", "briefs: []")})
    folder.write("themes/torture/a.jsonl", brief("one") + brief("two"))
    index = open_memory()
    assert folder.sync(index).changed_briefs == ("one", "two")
    folder.write("themes/torture/a.jsonl", brief("one") + brief("two")[:40] + "\n")
    assert folder.sync(index).removed_briefs == ("two",)
    assert index.withheld == 1
    index.show_held()
    assert set(index.held) == {"two"}


def test_a_file_of_lines_may_be_larger_than_one_of_yaml(tmp_path: Path) -> None:
    lines = "".join(brief(f"b{at}", text="x" * 1000) for at in range(1200))
    write(tmp_path, {"themes/torture/a.jsonl": lines})
    assert len(lines) > MAX_BYTES
    report = check_corpus(str(tmp_path))
    assert (report.problems, report.briefs) == ((), 1200)


def test_a_file_of_lines_that_changes_while_it_is_read_is_not_taken(tmp_path: Path) -> None:
    write(tmp_path, {"themes/torture/a.jsonl": brief() + brief("two")})
    corpus = CorpusFolder(str(tmp_path))
    lines = corpus._read("themes/torture/a.jsonl")
    assert not isinstance(lines, bytes | tuple)
    found = [next(lines)]
    with (tmp_path / "themes/torture/a.jsonl").open("a") as file:
        file.write(brief("three"))
    found += lines
    read = read_theme_file("themes/torture/a.jsonl", iter(found))
    assert (read.briefs, read.ids_known, len(read.problems)) == ((), False, 1)
    assert corpus.unread == {"themes/torture/a.jsonl"}
    assert corpus.content("themes/torture/a.jsonl") != corpus.content("themes/torture.yaml")


def test_a_file_of_lines_has_a_hundred_suggestions() -> None:
    found = contents(*(brief(f"b{at}", texxt="x") for at in range(2000)))
    assert len(found.withheld) == 2000
    assert sum("did you mean" in problem.cure for problem in found.problems) == 100


def test_what_is_meant_by_a_label_is_looked_for_once_in_a_file_and_of_a_hundred(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(values, "nearest_label", lambda text, _: asked.append(text) or "Children")
    found = contents(
        *(json.dumps({**BRIEF, "id": f"b{at}", "persons": ["Kids", f"Group {at}"]}) + "\n" for at in range(200))
    )
    assert [problem.cure for problem in found.problems[:3]] == ["did you mean 'Children'?"] * 3
    assert len(found.problems) == 400
    assert asked == ["Kids", *(f"Group {at}" for at in range(99))]


def test_broken_is_for_what_was_told() -> None:
    root, problems = read(json.dumps({"a": "x" * (MAX_TEXT + 1)}).encode())
    assert isinstance(root, Mapping) and isinstance(root.entries["a"][1], Broken) and len(problems) == 1
