"""Draw the README's pictures from the real application on the shipped corpus.

    python -m docs.pictures

Run it when the dashboard or the corpus has changed what they show. Textual's own picture loads its font from the
network; here it is whatever fixed-width font the reader has.
"""

from __future__ import annotations

import asyncio
import os
import re
from pathlib import Path

from hrdash.filter import Filter
from hrdash.library import open_library
from hrdash.tui.app import HrdashApp
from hrdash.tui.history import Place
from hrdash.tui.session import Session

FOLDER = Path(__file__).parent
FONT = "monospace"
PICTURES = {"dashboard": (120, 40), "narrow": (60, 30)}
THEME, BRIEF = "torture", "torture-complaints"


async def picture(size: tuple[int, int]) -> str:
    """The dashboard of that size, one theme shown and one brief selected, as SVG."""
    app = HrdashApp(
        open_library(cache=False), session=Session(Place(Filter(themes=(THEME,)), brief=BRIEF)), theme="hrdash-dark"
    )
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        return without_fonts(app.export_screenshot(title="hrdash"))


def without_fonts(svg: str) -> str:
    """The picture with no font of its own, and so with nothing to load."""
    svg = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = re.sub(r"font-family:[^;]*;", f"font-family: {FONT};", svg)
    return re.sub(r"<!--.*?-->\s*", "", svg)


def main() -> None:
    """Draw each picture into this folder."""
    for name in ("NO_COLOR", "HRDASH_BRIEFS"):
        os.environ.pop(name, None)
    os.environ["COLORTERM"] = "truecolor"
    for name, size in PICTURES.items():
        (FOLDER / f"{name}.svg").write_text(asyncio.run(picture(size)), encoding="utf-8")


if __name__ == "__main__":
    main()
