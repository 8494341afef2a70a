"""The numbered texts that `verify` and `coverage` read."""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from hrdash.audit.texts import SourceText, parse_text, read_texts
from tests.audit.make import source_of


def parsed(content: str) -> tuple[dict[str, str], list[str]]:
    text, problems = parse_text("doc", content.encode(), "texts/doc.txt")
    return dict(text.paragraphs), [problem.text for problem in problems]


def test_a_paragraph_is_a_line_with_its_pinpoint_before_it() -> None:
    for content, paragraphs in (
        ("[1] One.\n[2]   Two.\n", {"1": "One.", "2": "Two."}),
        ("[1] One\ngoes on.\n\n  and on.\n[3] Three.", {"1": "One goes on. and on.", "3": "Three."}),
        ("[4] See [2] there.\n[9] End.", {"4": "See [2] there.", "9": "End."}),
        ("[24] All:\n[24 (a)] A.\n [24(c)-(d)] C.", {"24": "All:", "24 (a)": "A.", "24 (c)-(d)": "C."}),
        ("[140] Of 140.\n[140.2] Iraq.\n[140.10] Iran.", {"140": "Of 140.", "140.2": "Iraq.", "140.10": "Iran."}),
        (
            "[12] A.\n[12 bis] B.\n[para. 13] C.\n[annex II 1] D.",
            {"12": "A.", "12 bis": "B.", "13": "C.", "annex II 1": "D."},
        ),
        ("[p 1] A.\n[1] B.\n[p 2] C.\n[2] D.", {"p 1": "A.", "1": "B.", "p 2": "C.", "2": "D."}),
        ("[1] He said\n[sic] so, and\n[…] went.", {"1": "He said [sic] so, and […] went."}),
    ):
        assert parsed(content) == (paragraphs, []), content


def test_text_before_the_first_number_is_a_problem_with_its_place() -> None:
    paragraphs, problems = parsed("Title\nmore of it\n[1] One.")
    assert paragraphs == {"1": "One."}
    assert problems == ["texts/doc.txt:1:1: text before the first numbered paragraph; begin its line with [1]"]


def test_a_bracket_that_is_no_pinpoint_or_does_not_rise_is_a_problem_and_no_continuation() -> None:
    for bracket, what in (
        ("[1]", "[1] stands after [7], and pinpoints rise, each once"),
        ("[7]", "[7] stands after [7]"),
        ("  [7 (zz b)]", "[7 (zz b)] is no pinpoint"),
        ("[7.02]", "which is no number of a paragraph"),
        ("[8, 9]", "holds a list"),
        ("[part of it is lost]", "has the word 'of', which is no label"),
        ("[8", "[8]"),
        ("[8 (2019)]", "which is a year"),
    ):
        paragraphs, problems = parsed(f"[6 (a)] Six.\n[7] Seven.\n{bracket} Egypt's words\nthat go on.\n[9] Nine.")
        if bracket == "[8":
            assert "8" not in paragraphs["7"], bracket
            continue
        assert paragraphs == {"6 (a)": "Six.", "7": "Seven.", "9": "Nine."}, bracket
        assert len(problems) == 1, bracket
        assert problems[0].startswith("texts/doc.txt:3:1: ") and what in problems[0], problems


def test_a_source_without_paragraphs_is_one_paragraph(tmp_path: Path) -> None:
    (tmp_path / "doc.txt").write_text("Title\n\n[3] It was so.\n")
    texts, problems = read_texts(str(tmp_path), {"doc": source_of("doc", 0)})
    assert (dict(texts["doc"].paragraphs), problems) == ({"": "Title [3] It was so."}, ())
    assert texts["doc"].cited("") == ("",)
    assert texts["doc"].absent("") == ""
    assert texts["doc"].absent("3") == "3"


def test_bytes_that_are_not_utf_8_are_named_by_line_and_column() -> None:
    text, problems = parse_text("doc", b"[1] One.\n[2] caf\xe9\n", "doc.txt")
    assert not text.paragraphs
    assert [(problem.line, problem.column) for problem in problems] == [(2, 8)]


def test_the_place_of_such_a_byte_counts_characters_behind_a_byte_order_mark() -> None:
    for content, place in (
        ("[1] Құқық".encode() + b"\xff", (1, 10)),
        (b"\xef\xbb\xbf[1] One.\n[2] \xff", (2, 5)),
        (b"\xef\xbb\xbf[1] One.\n\xff", (2, 1)),
        (b"[1] One.\r\n[2] \xff", (2, 5)),
        (b"[1] One.\r\xff", (2, 1)),
    ):
        _, (problem,) = parse_text("doc", content, "texts/doc.txt")
        assert (problem.line, problem.column) == place, content


def test_an_empty_text_is_a_problem() -> None:
    assert "no paragraph of the text is numbered" in parsed("\n")[1][0]


def test_a_byte_order_mark_and_windows_line_ends_are_read() -> None:
    text, problems = parse_text("doc", b"\xef\xbb\xbf[1] One.\r\n[2] Two.\r\n", "doc.txt")
    assert not problems
    assert dict(text.paragraphs) == {"1": "One.", "2": "Two."}


def test_characters_that_act_on_a_terminal_are_marked() -> None:
    assert "\x1b" not in parsed("[1] a\x1b[31mb")[0]["1"]


def test_a_folder_gives_the_texts_that_it_has(tmp_path: Path) -> None:
    (tmp_path / "doc.txt").write_text("[1] One.")
    (tmp_path / "other.txt").write_text("[1] Nobody asks.")
    texts, problems = read_texts(str(tmp_path), {name: source_of(name, 1) for name in ("doc", "absent")})
    assert list(texts) == ["doc"]
    assert problems == ()


def test_a_pipe_in_place_of_a_text_is_a_problem_and_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "doc.txt")
    texts, problems = read_texts(str(tmp_path), {"doc": source_of("doc", 1)})
    assert not texts
    assert problems[0].file == str(tmp_path / "doc.txt")


def test_a_text_of_more_than_a_mebibyte_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "doc.txt").write_bytes(b"[1] " + b"a" * (1 << 20))
    texts, problems = read_texts(str(tmp_path), {"doc": source_of("doc", 1)})
    assert not texts
    assert "larger than 1 MiB" in problems[0].what
    assert "briefs" not in problems[0].cure


def test_a_citation_covers_what_its_pinpoint_holds_or_else_what_holds_it() -> None:
    places = "23; 24; 24 (a); 24 (c); 25-26; 140; 140.1; 140.2; 140.10"
    text = SourceText("doc", dict.fromkeys(places.split("; "), ""))
    for place, cited, absent in (
        ("23", "23", ""),
        ("24", "24; 24 (a); 24 (c)", ""),
        ("24 (a)", "24 (a)", ""),
        ("24 (a)-(c)", "24 (a); 24 (c)", ""),
        ("24 (b)", "24", ""),
        ("24 (c) (ii)", "24 (c)", ""),
        ("26", "25-26", ""),
        ("23-24", "23; 24; 24 (a); 24 (c)", ""),
        ("140", "140", ""),
        ("140.1", "140.1", ""),
        ("140.1-140.5", "140.1; 140.2", "140.1-140.5"),
        ("140.20", "", "140.20"),
        ("22-23", "23", "22"),
        ("26-999999", "140", "27"),
        ("p 24", "", "p 24"),
        ("", places, ""),
    ):
        assert "; ".join(text.cited(place)) == cited, place
        assert text.absent(place) == absent, place
    assert text.declared(source_of("doc", 140, "24 (b)")) == {}
    assert text.last == 140


@given(st.binary(max_size=200))
def test_no_bytes_raise(content: bytes) -> None:
    text, problems = parse_text("doc", content, "doc.txt")
    assert text.paragraphs or problems


@given(st.lists(st.text(st.characters(categories=("L", "N"), include_characters=" .,"), min_size=1), min_size=1))
def test_every_word_of_a_paragraph_is_kept(lines: list[str]) -> None:
    content = "\n".join(f"[{number}] {line}" for number, line in enumerate(lines, 1))
    text, _ = parse_text("doc", content.encode(), "doc.txt")
    assert [paragraph.split() for paragraph in text.paragraphs.values()] == [line.split() for line in lines]
