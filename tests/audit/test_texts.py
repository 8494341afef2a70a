"""The numbered texts that `verify` and `coverage` read."""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from hrdash.audit.texts import covered, parse_text, read_texts
from hrdash.model import Citation


def parsed(content: str) -> tuple[dict[int, str], list[str]]:
    text, problems = parse_text("doc", content.encode(), "texts/doc.txt")
    return dict(text.paragraphs), [problem.text for problem in problems]


def test_a_paragraph_is_a_line_with_its_number_before_it() -> None:
    assert parsed("[1] One.\n[2]   Two.\n") == ({1: "One.", 2: "Two."}, [])


def test_a_line_without_a_number_goes_on_with_the_paragraph_before_it() -> None:
    assert parsed("[1] One\ngoes on.\n\n  and on.\n[3] Three.") == ({1: "One goes on. and on.", 3: "Three."}, [])


def test_numbers_may_be_left_out_and_bracketed_numbers_inside_a_line_are_text() -> None:
    assert parsed("[4] See [2] there.\n[9] End.") == ({4: "See [2] there.", 9: "End."}, [])


def test_text_before_the_first_number_is_a_problem_with_its_place() -> None:
    paragraphs, problems = parsed("Title\n[1] One.")
    assert paragraphs == {1: "One."}
    assert problems == ["texts/doc.txt:1:1: text before the first numbered paragraph; begin its line with [1]"]


def test_a_number_that_does_not_rise_is_a_problem_and_its_words_are_kept() -> None:
    for content in (
        "[1] One.\n[1] Again.",
        "[2] Two.\n[1] One.",
    ):
        paragraphs, problems = parsed(content)
        assert len(paragraphs) == 1, content
        assert "texts/doc.txt:2:1" in problems[0], content
        assert len(next(iter(paragraphs.values())).split()) == 2, content


def test_bytes_that_are_not_utf_8_are_named_by_line_and_column() -> None:
    text, problems = parse_text("doc", b"[1] One.\n[2] caf\xe9\n", "doc.txt")
    assert not text.paragraphs
    assert [(problem.line, problem.column) for problem in problems] == [(2, 8)]


def test_an_empty_text_is_a_problem() -> None:
    assert "no paragraph of the text is numbered" in parsed("\n")[1][0]


def test_a_byte_order_mark_and_windows_line_ends_are_read() -> None:
    text, problems = parse_text("doc", b"\xef\xbb\xbf[1] One.\r\n[2] Two.\r\n", "doc.txt")
    assert not problems
    assert dict(text.paragraphs) == {1: "One.", 2: "Two."}


def test_characters_that_act_on_a_terminal_are_marked() -> None:
    assert "\x1b" not in parsed("[1] a\x1b[31mb")[0][1]


def test_a_folder_gives_the_texts_that_it_has(tmp_path: Path) -> None:
    (tmp_path / "doc.txt").write_text("[1] One.")
    (tmp_path / "other.txt").write_text("[1] Nobody asks.")
    texts, problems = read_texts(str(tmp_path), ["doc", "absent"])
    assert list(texts) == ["doc"]
    assert problems == ()


def test_a_pipe_in_place_of_a_text_is_a_problem_and_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "doc.txt")
    texts, problems = read_texts(str(tmp_path), ["doc"])
    assert not texts
    assert problems[0].file == str(tmp_path / "doc.txt")


def test_a_text_of_more_than_a_mebibyte_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "doc.txt").write_bytes(b"[1] " + b"a" * (1 << 20))
    texts, problems = read_texts(str(tmp_path), ["doc"])
    assert not texts
    assert "larger than 1 MiB" in problems[0].what
    assert "briefs" not in problems[0].cure


def test_citations_reach_as_far_as_the_text_goes() -> None:
    text, _ = parse_text("doc", b"[1] One.\n[2] Two.\n[4] Four.", "doc.txt")
    assert text.cited(Citation("doc", "2-999999")) == (2, 4)
    assert text.absent(Citation("doc", "2-4")) == 3
    assert text.absent(Citation("doc", "1-2")) is None


def test_paras_may_be_a_list_of_ranges() -> None:
    assert covered("1-3, 7", [1, 3, 4, 6, 7, 8]) == (1, 3, 7)
    assert covered("7, 1-2, 2-4", range(1, 10)) == (1, 2, 3, 4, 7)
    assert covered("999999", [1]) == ()


@given(st.binary(max_size=200))
def test_no_bytes_raise(content: bytes) -> None:
    text, problems = parse_text("doc", content, "doc.txt")
    assert text.paragraphs or problems


@given(st.lists(st.text(st.characters(categories=("L", "N"), include_characters=" .,"), min_size=1), min_size=1))
def test_every_word_of_a_paragraph_is_kept(lines: list[str]) -> None:
    content = "\n".join(f"[{number}] {line}" for number, line in enumerate(lines, 1))
    text, _ = parse_text("doc", content.encode(), "doc.txt")
    assert [text.paragraphs[number].split() for number in sorted(text.paragraphs)] == [line.split() for line in lines]
