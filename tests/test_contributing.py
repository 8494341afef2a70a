"""What CONTRIBUTING.md says of the house: every file that it names is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "CONTRIBUTING.md").read_text()


def test_every_place_that_the_page_names_is_there() -> None:
    named = re.findall(r"`((?:hrdash|tests|\.ci)/[\w/.]*)`", PAGE)
    assert len(named) > 20
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_table_that_a_change_goes_to_is_where_the_page_says() -> None:
    tables = re.findall(r"`([A-Z]+)` of `(hrdash/[\w/]+\.py)`", PAGE)
    assert len(tables) == 4
    for name, path in tables:
        assert re.search(rf"^{name}\b.*=", (ROOT / path).read_text(), re.MULTILINE), (name, path)
