"""Lines as Markdown: nothing in a brief can become a link, an image, raw HTML or a heading of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hrdash.report import escaping
from hrdash.report.lines import Line
from hrdash.report.text import shown_text

_TEMPLATES = {
    "theme": "# {}", "title": "## {}", "meta": "{}  ", "heading": "### {}", "absence": "*{}*", "answers": "*{}*",
    "statement": "- {}", "attribution": "  — {}", "figure": "  - {}", "note": "  - {}", "source": "- {}",
    "address": "  <{}>", "pinpoint": "  - {}",
}  # fmt: skip
_LINK = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d+)?(?:[/?#][!-;=?-~]*)?")


def markdown(lines: Iterable[Line]) -> str:
    """The lines as a Markdown document that ends with a newline."""
    shown: list[str] = []
    before = ""
    for line in lines:
        tight = line.role == before == "meta" or line.role in ("attribution", "figure", "note", "address", "pinpoint")
        if shown and not (tight and before not in ("heading", "answers")):
            shown.append("")
        link = line.role == "address" and _LINK.fullmatch(line.text)
        template = _TEMPLATES[line.role] if link or line.role != "address" else "  {}"
        text = line.text if link else escaping.markdown(shown_text(line))
        shown.append(template.format(text) if "{}" in template else template)
        before = line.role
    return "\n".join(shown) + "\n"
