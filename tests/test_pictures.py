"""The pictures of the README: drawn from the dashboard, and with nothing to load."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parent.parent / "docs"


@pytest.mark.parametrize("name", ["dashboard", "statements"])
def test_a_picture_loads_no_font_and_nothing_else(name: str) -> None:
    picture = (DOCS / f"{name}.svg").read_text(encoding="utf-8")
    assert "hrdash" in picture
    assert set(re.findall(r"https?://[^\s\"'<)]+", picture)) == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"font-face|@import|url\((?!#)|<(image|script|a|foreignObject)\b", picture)
