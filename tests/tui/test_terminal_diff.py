"""Fewer bytes, the same cells."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdash.tui.terminal_diff import ScreenDiff

TOKENS = re.compile(r"\x1b\[([\d;]*)m|\x1b\[\d+;\d+H|(.)", re.DOTALL)
STYLES = (
    "38;2;1;2;3;48;2;4;5;6", "38;2;9;9;9;48;2;4;5;6", "1;38;2;1;2;3;48;2;4;5;6", "7;38;2;1;2;3;48;2;4;5;6", "4", "31",
    "48;5;7", "41", "3;97;107",
)  # fmt: skip
runs = st.lists(st.tuples(st.sampled_from(STYLES), st.text("ab ●", min_size=1, max_size=5)), max_size=12)


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


def placed(pieces: list[tuple[str, str]]) -> str:
    """Runs of cells where Textual writes them."""
    return "\x1b[1;1H" + written(pieces)


def written(pieces: list[tuple[str, str]]) -> str:
    return "".join(f"\x1b[{style}m{text}\x1b[0m" for style, text in pieces)


@given(runs)
def test_every_cell_is_what_it_was_and_nothing_is_left_on(pieces: list[tuple[str, str]]) -> None:
    before = placed(pieces)
    after = ScreenDiff().changed(before)
    assert cells(after) == cells(before)
    assert len(after) <= len(before)
    assert cells(after + "x")[-1:] == [("x", frozenset())]


@pytest.mark.parametrize("text", ["", "plain", "\x1b[?1049h", "\x1b]52;c;YQ==\x07", "\x1b[3;4H"])
def test_what_has_no_style_is_left_as_it_is(text: str) -> None:
    assert ScreenDiff().changed(text) == text


def test_runs_alike_share_one_style_and_blanks_need_no_colour_of_letters() -> None:
    style, other = "38;2;1;2;3;48;2;4;5;6", "38;2;7;7;7;48;2;4;5;6"
    changed = ScreenDiff().changed(placed([(style, "a"), (style, "b"), (other, "  ")]))
    assert changed == placed([(style, "ab  ")])
    for sign in ("31", "1", style):
        assert ScreenDiff().changed(placed([(sign, "a a ")])) == placed([(sign, "a a ")])


def test_a_blank_that_is_reversed_or_underlined_keeps_its_style() -> None:
    for sign in ("7", "4"):
        assert f"\x1b[{sign}m " in ScreenDiff().changed(placed([(sign, " ")]))


places = st.tuples(st.integers(1, 3), st.integers(1, 6))
piece = st.tuples(st.sampled_from(STYLES), st.text("ab ●人", min_size=1, max_size=4))
frames = st.lists(st.lists(st.tuples(places, st.lists(piece, min_size=1, max_size=3)), max_size=4), max_size=5)


class Screen:
    """A terminal's cells, as far as these tests write them."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], tuple[str, frozenset[str]]] = {}

    def write(self, text: str) -> None:
        shown = iter(cells(text))
        for row, column, run in zip(*[iter(re.split(r"\x1b\[(\d+);(\d+)H", text)[1:])] * 3, strict=True):
            for at in range(len(cells(run))):
                self.cells[int(row), int(column) + at] = next(shown)


@given(frames)
def test_a_screen_written_sparingly_is_the_screen_written_in_full(
    pictures: list[list[tuple[tuple[int, int], list[tuple[str, str]]]]],
) -> None:
    shown, sparing, full = ScreenDiff(), Screen(), Screen()
    for picture in pictures:
        text = "".join(f"\x1b[{row};{column}H{written(pieces)}" for (row, column), pieces in picture)
        full.write(text)
        sparing.write(shown.changed(text))
        assert sparing.cells == full.cells


def test_what_is_shown_is_not_written_again_until_it_is_forgotten() -> None:
    shown, text = ScreenDiff(), placed([(STYLES[0], "abc")])
    assert shown.changed(text) == text
    assert shown.changed(text) == ""
    assert shown.changed("\x1b]52;c;YQ==\x07\x1b[?2026h") == "\x1b]52;c;YQ==\x07\x1b[?2026h"
    assert shown.changed(text) == ""
    assert shown.changed(text + "\x1b[9;9H") == "\x1b[9;9H"
    for other in ("\x1b[?1049h", "\x1b[2J", "a line of another program"):
        shown.changed(other)
        assert shown.changed(text) == text


def test_only_the_cells_that_changed_are_written() -> None:
    shown = ScreenDiff()
    shown.changed(placed([("31", "a" * 40)]))
    changed = shown.changed(placed([("31", "a" * 30 + "b" + "a" * 9)]))
    assert changed == "\x1b[1;31H\x1b[31mb\x1b[0m"


def test_a_row_of_disputed_width_is_always_written() -> None:
    shown, text = ScreenDiff(), placed([("31", "人権")])
    assert shown.changed(text) == text
    assert shown.changed(text) == text


def test_the_colour_of_a_reversed_blank_is_seen() -> None:
    first, second = "7;38;2;1;1;1;48;2;2;2;2", "7;38;2;9;9;9;48;2;2;2;2"
    assert f"\x1b[0;{second}m " in ScreenDiff().changed(placed([(first, " "), (second, " ")]))
