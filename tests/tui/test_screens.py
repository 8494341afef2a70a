"""Every screen at every size, as text: a picture of each, compared as bytes.

Refresh them with `pytest --update-golden`, and look at the difference before committing it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hrdash.filter import Filter
from hrdash.tui.app import HrdashApp
from tests.tui.conftest import screen_text

GOLDEN = Path(__file__).parent / "golden"
SIZES = [(160, 45), (120, 40), (80, 24), (40, 20), (20, 5)]
SCREENS: dict[str, tuple[Filter, tuple[str, ...]]] = {
    "first": (Filter(), ()),
    "brief": (Filter(text="beforehand"), ("enter",)),
    "statements": (Filter(), ("2", "space", "j")),
    "figures": (Filter(), ("3",)),
    "differences": (Filter(), ("4",)),
    "overview": (Filter(), ("5",)),
    "facets": (Filter(answers=("none",)), ("f",)),
    "nothing": (Filter(text="vists"), ()),
    "help": (Filter(), ("question_mark",)),
    "palette": (Filter(), ("ctrl+p",)),
}
"""Each screen by name: under which filter, and after which keys."""


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
async def test_every_screen_is_as_it_was(
    size: tuple[int, int], dashboard: Callable[..., HrdashApp], request: pytest.FixtureRequest
) -> None:
    shown = {}
    for name, (asked, keys) in SCREENS.items():
        app = dashboard(asked=asked)
        async with app.run_test(size=size) as pilot:
            await pilot.press(*keys)
            await app.workers.wait_for_complete()
            await pilot.pause()
            shown[name] = "\n".join(row.rstrip() for row in screen_text(app).splitlines())
    text = "".join(f"=== {name}\n{picture}\n" for name, picture in shown.items())
    path = GOLDEN / f"{size[0]}x{size[1]}.txt"
    if request.config.getoption("--update-golden"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
