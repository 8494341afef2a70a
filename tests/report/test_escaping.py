"""A text on the clipboard: it stays that text, and nothing of it acts there."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from hrdash.report.escaping import address, clipboard, markdown
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


def test_only_a_plain_address_is_a_link_in_markdown() -> None:
    for plain in ("https://example.org", "http://example.org:80/a?b=c&d=[e]#f"):
        assert address(plain) == f"<{plain}>"
    for other in ("javascript:alert(1)", "https://", "https://a b", "https://a/<b>", "ftp://a.org", "https://a@b.org"):
        assert address(other) == markdown(other), other
