"""Fewer bytes, the same cells."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdash.tui.thin import thinned

TOKENS = re.compile(r"\x1b\[([\d;]*)m|\x1b\[\d+;\d+H|(.)", re.DOTALL)
STYLES = (
    "38;2;1;2;3;48;2;4;5;6", "38;2;9;9;9;48;2;4;5;6", "1;38;2;1;2;3;48;2;4;5;6", "7;38;2;1;2;3;48;2;4;5;6", "4", "31",
    "48;5;7", "41", "3;97;107",
)  # fmt: skip
runs = st.lists(st.tuples(st.sampled_from(STYLES), st.text("ab ●\n", min_size=1, max_size=5)), max_size=12)


def cells(written: str) -> list[tuple[str, frozenset[str]]]:
    """Each character with what is seen of its style: of a blank's, no colour of letters, weight or slant."""
    shown: list[tuple[str, frozenset[str]]] = []
    style: list[str] = []
    for token in TOKENS.finditer(written):
        if token[1] is not None:
            codes = re.findall(r"[345]8;(?:2;\d+;\d+;\d+|5;\d+)|\d+", token[1])
            if "0" in codes or not codes:
                style, codes = [], [code for code in codes if code != "0"]
            style = style + codes
        elif token[2]:
            seen = {code for code in style if token[2] != " " or not re.fullmatch(r"[123]|38;.*|3\d|9\d", code)}
            shown.append((token[2], frozenset(seen)))
    return shown


def written(pieces: list[tuple[str, str]]) -> str:
    return "".join(f"\x1b[{style}m{text}\x1b[0m" for style, text in pieces)


@given(runs)
def test_every_cell_is_what_it_was_and_nothing_is_left_on(pieces: list[tuple[str, str]]) -> None:
    before = written(pieces)
    after = thinned(before)
    assert cells(after) == cells(before)
    assert len(after) <= len(before)
    assert cells(after + "x")[-1:] == [("x", frozenset())]


@pytest.mark.parametrize("text", ["", "plain", "\x1b[?1049h", "\x1b]52;c;YQ==\x07", "\x1b[3;4H"])
def test_what_has_no_style_is_left_as_it_is(text: str) -> None:
    assert thinned(text) == text


def test_runs_alike_share_one_style_and_blanks_need_no_colour_of_letters() -> None:
    style, other = "38;2;1;2;3;48;2;4;5;6", "38;2;7;7;7;48;2;4;5;6"
    assert thinned(written([(style, "a"), (style, "b"), (other, "  ")])) == f"\x1b[{style}mab  \x1b[0m"


def test_a_blank_that_is_reversed_or_underlined_keeps_its_style() -> None:
    for sign in ("7", "4"):
        assert f"\x1b[{sign}m " in thinned(written([(sign, " ")]))
