"""The door: what is cleaned, that it loses no word, and how wide it is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdash.text import cells, clean, clean_line, first_hidden


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b]52;c;eA==\x07", "⟨U+001B⟩]52;c;eA==⟨U+0007⟩"),
        ("\x9b31m", "⟨U+009B⟩31m"),
        ("a\u202eb", "a⟨U+202E⟩b"),
        ("a\u200bb", "a⟨U+200B⟩b"),
        ("\ud800", "⟨U+D800⟩"),
        ("a\r\nb\u2028c", "a\nb\nc"),
    ],
)
def test_what_acts_on_a_terminal_or_hides_is_marked(hostile: str, shown: str) -> None:
    assert clean(hostile) == shown
    assert bool(first_hidden(hostile)) == ("⟨" in shown)


@pytest.mark.parametrize("text", ["[redacted]", "[sic]", "[50%]", "[/]", "Құқық", "می‌خواهم", "👩‍👩‍👧", "é", "a\tb\n"])
def test_what_people_write_stays(text: str) -> None:
    assert clean(text) == text


def test_no_character_of_unicode_survives_that_could_act() -> None:
    acting = [c for c in map(chr, range(0x110000)) if unicodedata.category(c) in ("Cc", "Cs")]
    assert len(acting) == 65 + 2048
    assert {c for c in acting if clean(c) == c} == {"\t", "\n"}


def test_every_character_that_hides_is_marked_also_where_python_calls_it_printable() -> None:
    hiding = [
        *range(0x9), *range(0xB, 0xD), *range(0xE, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0), 0xAD, 0x34F, 0x61C,
        0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), 0x200B, *range(0x202A, 0x202F), *range(0x2060, 0x2070),
        0x3164, *range(0xD800, 0xE000), *range(0xFDD0, 0xFDF0), *range(0xFE00, 0xFE0E), 0xFEFF, 0xFFA0,
        *range(0xFFF0, 0xFFFC), *range(0x1BCA0, 0x1BCA4), *range(0x1D173, 0x1D17B),
        *range(0xE0000, 0xE1000), *(plane + end for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF)),
    ]  # fmt: skip
    for code in hiding:
        assert clean(f"қ{chr(code)}") == f"қ⟨U+{code:04X}⟩"
        assert first_hidden(f"a{chr(code)}\u202e") == f"U+{code:04X}"


def test_what_scripts_need_is_not_marked() -> None:
    for code in (0x200C, 0x200D, 0x200E, 0x200F, 0xFE0E, 0xFE0F, 0xFFFC, 0xFFFD):
        assert clean(f"қ{chr(code)}") == f"қ{chr(code)}"
        assert first_hidden(chr(code)) == ""


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert "\n" not in clean_line(text)


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("abc", 3),
        ("日本", 4),
        ("e\u0301", 1),
        ("Құқық", 5),
        ("", 0),
        ("कु", 1),
        ("a\u20dd", 1),
        ("a\u200db", 1),
        ("Ａ", 2),
    ],
)
def test_text_is_measured_in_cells(text: str, width: int) -> None:
    assert cells(text) == width
