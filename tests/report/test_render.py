"""Tables and texts in the cells of a terminal."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len

from hrdash.derive import Marks
from hrdash.report import render
from hrdash.report.tables import brief_table
from hrdash.text import cells
from tests.make import line

ROWS = [("●●○", "Complaints and cases of torture are said to fall", "2019–24", "Torture", "torture-fewer-cases")]


@pytest.mark.parametrize(
    ("width", "row"),
    [
        (110, ROWS[0]),
        (80, ("●●○", "Complaints and cases of torture are…", "2019–24", "Torture", "torture-fewer-cases")),
        (65, ("●●○", "Complaints and cases of tortu…", "2019–24", "torture-fewer-cases")),
        (20, ("●●○", "Complaints and cases of…", "2019–24", "torture-fewer-cases")),
    ],
)
def test_on_a_narrow_terminal_the_theme_goes_before_the_id(width: int, row: tuple[str, ...]) -> None:
    assert [tuple(found) for found in render.fitted(ROWS, width, flexible=1, spare=3)] == [row]


def test_a_long_title_is_cut_in_one_walk(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = 0

    def counting(text: str) -> int:
        nonlocal looked_at
        looked_at += len(text)
        return cells(text)

    monkeypatch.setattr(render, "cells", counting)
    title = "Құқық қорғау " * 100
    assert render.cut(title, 30) == "Құқық қорғау Құқық қорғау Құқ…"
    assert looked_at < 2 * len(title)


@pytest.mark.parametrize(
    ("text", "room", "shown"),
    [
        ("visits", 6, "visits"), ("visits", 5, "visi…"), ("人権人権", 6, "人権…"), ("人権人権", 7, "人権人…"),
        ("cafe\u0301 noir", 6, "cafe\u0301…"), ("visits", 1, "…"), ("visits", 0, "…"), ("", 0, ""),
    ],
)  # fmt: skip
def test_a_text_is_cut_to_cells(text: str, room: int, shown: str) -> None:
    assert render.cut(text, room) == shown


def test_the_list_and_the_pane_measure_alike() -> None:
    for title in ("a\u20dd", "\u0600\u0661\u0662", "cafe\u0301", "👩\u200d👩\u200d👧", "❤\ufe0f", "क्षि", "한글", "Ａ"):
        assert cells(title) == cell_len(title), title
        table = brief_table([(Marks(" ", " ", " "), text, "2024", "T", "i") for text in (title, "A title")])
        first, second = render.table_text(table).splitlines()
        assert cell_len(first.partition("2024")[0]) == cell_len(second.partition("2024")[0]), title


def test_in_colour_stand_the_same_rows_as_without() -> None:
    lines = [line(role, f"A text of the role {role} that goes on on a second row", outside=role == "note")
             for role in render.ROLES]  # fmt: skip
    colored = render.text(lines, 40, color=True)
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == render.text(lines, 40)
    assert "\x1b[1;36mA text" in colored


def test_in_colour_the_words_are_reversed_wherever_a_row_ends() -> None:
    shown = line("title", "one two three", spans=((0, 3), (4, 13)))
    assert render.text([shown], 9, color=True) == (
        "\x1b[1;7mone\x1b[0m\x1b[1m \x1b[0m\x1b[1;7mtwo\x1b[0m\n \x1b[1;7mthree\x1b[0m\n"
    )
    assert render.text([line("statement", "one", spans=((1, 2),))], color=True) == "    o\x1b[7mn\x1b[0me\n"
