"""A text on the clipboard: it stays that text, and nothing of it acts there."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from hrdash.report.escaping import clipboard, markdown
from hrdash.text import clean
from tests.hostile import ACTING, PAYLOADS
from tests.make import examples

ODD = st.text(st.sampled_from("=+-@'\"`&<>/;,|#x1\t\n\r \u200c\u200f\u202e\x1b\x00\x9b") | st.characters(), max_size=12)


def test_nothing_of_any_format_acts_on_a_terminal() -> None:
    for payload in PAYLOADS:
        assert not ACTING.search(clipboard(f"a{payload}b")), payload
        assert not ACTING.search(markdown(clean(f"a{payload}b"))), payload


@settings(max_examples=examples(50))
@given(ODD)
@example("rm -rf .\n")
@example("rm -rf .\r\n\u2028")
def test_a_copied_text_ends_in_no_line_end(text: str) -> None:
    copied = clipboard(text)
    assert not copied.endswith(("\n", "\r"))
    assert clean(text).startswith(copied)
    assert clean(text).removeprefix(copied).strip("\n") == ""
