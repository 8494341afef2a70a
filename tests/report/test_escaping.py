"""A text in HTML, in a cell of CSV and on the clipboard: it stays that text, and nothing of it acts there."""

from __future__ import annotations

import csv
import io
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hrdash.report.escaping import clipboard, csv_cell, html
from hrdash.text import clean
from tests.hostile import ACTING, PAYLOADS

ODD = st.text(
    st.sampled_from("=+-@＝＋－＠﹢⁻'\"`&<>/;,|#x1\t\n\r \u200c\u200f\u202e\x1b\x00\x9b") | st.characters(), max_size=12
)


class _Seen(HTMLParser):
    """All that a page holds, in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, object]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        if self.found and self.found[-1][0] == "text":
            data = f"{self.found.pop()[1]}{data}"
        self.found.append(("text", data))

    def handle_comment(self, data: str) -> None:
        self.found.append(("comment", data))

    def handle_decl(self, decl: str) -> None:
        self.found.append(("declaration", decl))


def seen(page: str) -> list[tuple[str, object]]:
    parser = _Seen()
    parser.feed(page)
    parser.close()
    return parser.found


def cells(written: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(written, newline=""), strict=True))


@settings(max_examples=80, deadline=None)
@given(ODD)
@example("<script>alert(1)</script>")
@example("&lt;b&gt; &#60; &copy")
@example("' onmouseover='alert(1)")
@example('" autofocus onfocus="x')
@example("<!-- --> <![CDATA[ ]]>")
def test_a_text_in_html_is_that_text_between_tags_and_in_an_attribute(text: str) -> None:
    shown = clean(text)
    for quote in "\"'":
        page = f"<p title={quote}{html(text)}{quote}>x{html(text)}</p>"
        assert seen(page) == [("p", [("title", shown)]), ("text", f"x{shown}")]


@settings(max_examples=80, deadline=None)
@given(ODD, ODD)
@example("=cmd|' /C calc'!A0", '=HYPERLINK("http://a","b")')
@example("+1", "'+1")
@example("＝1+1", " =1+1")
@example('a","=1+1', "a\n=1")
def test_texts_in_csv_are_those_cells_and_none_is_a_formula(one: str, other: str) -> None:
    ((first, second),) = cells(f"{csv_cell(one)},{csv_cell(other)}\r\n")
    for found, text in ((first, clean(one)), (second, clean(other))):
        assert found in (text, f"'{text}")
        assert not found.lstrip(' "\u200c\u200d\u200e\u200f').startswith(("=", "+", "-", "@", "\t", "\n", "\r"))
        assert not found.startswith(("＝", "＋", "－", "＠"))


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠x", " =1", "\u200f=1"]
)
def test_what_a_spreadsheet_would_run_has_an_apostrophe_before_it(text: str) -> None:
    assert cells(csv_cell(text)) == [[f"'{clean(text)}"]]


@settings(max_examples=60, deadline=None)
@given(ODD, ODD)
@example("=1", "'=1")
@example("'=1", "''=1")
def test_two_texts_are_never_the_same_cell(one: str, other: str) -> None:
    assert (csv_cell(one) == csv_cell(other)) == (clean(one) == clean(other))


@pytest.mark.parametrize("text", ["Plain.", "1. a = b", "3-5 visits", "'quoted'", "e@mail", "«a»", "人権", ""])
def test_ordinary_texts_are_cells_as_they_are(text: str) -> None:
    assert cells(f"{csv_cell(text)},") == [[text, ""]]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_of_any_format_acts_on_a_terminal(payload: str) -> None:
    for escaped in (html, csv_cell, clipboard):
        assert not ACTING.search(escaped(f"a{payload}b"))


@settings(max_examples=50, deadline=None)
@given(ODD)
@example("rm -rf .\n")
@example("rm -rf .\r\n\u2028")
def test_a_copied_text_ends_in_no_line_end(text: str) -> None:
    copied = clipboard(text)
    assert not copied.endswith(("\n", "\r"))
    assert clean(text).startswith(copied)
    assert clean(text).removeprefix(copied).strip("\n") == ""
