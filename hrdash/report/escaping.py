"""A text where something in it would act: in Markdown, and on the clipboard.

Each function takes a text that was cleaned where it was read, and gives what stands for exactly that text. JSON is
written by `hrdash.report.document`, which leaves the escaping to the standard library.
"""

import re

from hrdash.text import clean

_ACTIVE = (
    r"[\\`*_{}\[\]<>#|~!&$@^]"  # acts anywhere: emphasis, code, links, images, HTML, entities, mentions, mathematics
    r"|:(?=\S)"  # an address that is linked as it stands, a short name of an emoji
    r"|(?<=www)\.|(?<=\S)\.(?=[^\W\d_]{2})|(?<!:)/(?=/)"  # one without https:, as www.un.org, un.org, //localhost
    r"|^[-+=:]"  # a list, a rule, a definition, or an underline that makes a heading of the line before
)
_NUMBERED = r"^(\d+)([.)])"
_ADDRESS = r"https?://[A-Za-z0-9.-]+(?::\d+)?(?:[/?#][!-;=?-~]*)?"


def markdown(text: str) -> str:
    """A text on one line that Markdown shows as it is written: every character that could act is escaped."""
    return re.sub(_NUMBERED, r"\1\\\2", re.sub(_ACTIVE, r"\\\g<0>", " ".join(text.split()), flags=re.IGNORECASE))


def address(text: str) -> str:
    """An address as a link of Markdown, where it is plain http or https; any other as the text that it is."""
    return f"<{text}>" if re.fullmatch(_ADDRESS, text) else markdown(text)


def clipboard(text: str) -> str:
    """A text to paste: nothing that acts on a terminal, and no line end behind it, at which a shell would run it."""
    return clean(text).rstrip("\n")
