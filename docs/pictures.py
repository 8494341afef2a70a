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

from hrdash.filter import parse
from hrdash.library import open_library
from hrdash.tui.app import HrdashApp

FOLDER = Path(__file__).parent
FONT = "monospace"
PICTURES = {"dashboard": ((160, 45), "theme:torture", ()), "statements": ((120, 30), "answer:none", ("2", "j"))}
"""By name: a size, a filter as it is typed, and what is pressed then."""


async def picture(size: tuple[int, int], asked: str, keys: tuple[str, ...]) -> str:
    """The dashboard of that size under a filter, after some keys, as SVG."""
    app = HrdashApp(open_library(cache=False), parse(asked).filter, theme="hrdash-dark")
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
        await app.workers.wait_for_complete()
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
    for name, how in PICTURES.items():
        (FOLDER / f"{name}.svg").write_text(asyncio.run(picture(*how)), encoding="utf-8")


if __name__ == "__main__":
    main()
