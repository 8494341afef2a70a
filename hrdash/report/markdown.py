"""Lines as Markdown: nothing in a brief can become a link, an image, raw HTML or a heading of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hrdash.report.lines import Line
from hrdash.report.text import shown_text

_ACTIVE = re.compile(
    r"[\\`*_{}\[\]<>#|~!&$@^]"  # acts anywhere: emphasis, code, links, images, HTML, entities, mentions, mathematics
    r"|:(?=\S)"  # an address that is linked as it stands, a short name of an emoji
    r"|(?<=www)\.|(?<=\S)\.(?=[^\W\d_]{2})|(?<!:)/(?=/)"  # one without https:, as www.un.org, un.org, //localhost
    r"|^[-+=:]",  # a list, a rule, a definition, or an underline that makes a heading of the line before
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^(\d+)([.)])")
_TEMPLATES = {
    "theme": "# {}", "title": "## {}", "meta": "{}  ", "heading": "### {}", "absence": "*{}*", "answers": "*{}*",
    "statement": "- {}", "attribution": "  — {}", "figure": "  - {}", "note": "  - {}", "source": "- {}",
    "address": "  <{}>", "pinpoint": "  - {}",
}  # fmt: skip
_LINK = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d+)?(?:[/?#][!-;=?-~]*)?")


def escaped(text: str) -> str:
    """A text on one line that Markdown shows as it is written: every character that could act is escaped."""
    return _NUMBERED.sub(r"\1\\\2", _ACTIVE.sub(r"\\\g<0>", " ".join(text.split())))


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
        text = line.text if link else escaped(shown_text(line))
        shown.append(template.format(text) if "{}" in template else template)
        before = line.role
    return "\n".join(shown) + "\n"
