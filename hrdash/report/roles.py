"""What the lines of a brief can be: how those of each role look and are called, in print and on screen; its parts."""

import sys
from functools import cache
from typing import NamedTuple

from hrdash.report.parts import Line

MEASURE = 90
"""The widest line of prose, in cells."""


class Role(NamedTuple):
    """How the lines of one role are shown and spoken."""

    spoken: str
    """What such a line is called, where its part or its own label does not say more; one without it is not spoken."""
    indent: int
    """Cells from the left margin; under a heading at least those of what stands there."""
    hang: int
    """Cells that the second and further rows stand in deeper, in the pane."""
    apart: bool
    """An empty line stands before it, but below a heading."""
    style: str
    """A component class of the pane; on a terminal, see `_TERMINAL`."""
    markdown: str
    """Blanks at its begin: it belongs to the line before. At its end: a row among rows of one paragraph."""


ROLES = {
    "theme":       Role("Theme",      0, 0,  True,     "title",       "# {}"),
    "title":       Role("Brief",      0, 0,  True,     "title",       "## {}"),
    "meta":        Role("About",      2, 2,  False,    "muted",       "{}  "),
    "glance":      Role("At a glance", 2, 2, False,    "muted",       "{}  "),
    "legend":      Role("",           2, 2,  False,    "muted",       "{}  "),
    "heading":     Role("Section",    2, 0,  True,     "heading",     "### {}"),
    "answer":      Role("Answer",     6, 2,  False,    "answer",      "  - *{}*"),
    "statement":   Role("Text",       4, 0,  True,     "",            "- {}"),
    "attribution": Role("Said by",    6, 0,  False,    "attribution", "  — {}"),
    "figure":      Role("Figure",     6, 2,  False,    "muted",       "  - {}"),
    "note":        Role("Note",       6, 0,  False,    "muted",       "  - {}"),
    "source":      Role("Source",     4, 4,  True,     "",            "- {}"),
    "address":     Role("Address",    8, 0,  False,    "muted",       "  {}"),
    "pinpoint":    Role("Place",      8, 0,  False,    "muted",       "  - {}"),
    "text":        Role("Text",       0, 4,  False,    "",            "{}"),
    "key":         Role("Key",        0, 24, False,    "",            "{}"),
}  # fmt: skip
"""What a line can be."""
HEADINGS = {
    "claims": ("STATE CLAIM", "Claim"),
    "concerns": ("DOCUMENTED CONCERN", "Concern"),
    "questions": ("QUESTION", "Question"),
    "recommendations": ("RECOMMENDATION", "Recommendation"),
    "responses": ("RESPONSE TO WHAT STANDS IN ANOTHER BRIEF", "Response"),
    "left_open": ("LEFT OPEN IN ANOTHER BRIEF", "Left open"),
    "commendations": ("COMMENDATION", "Commendation"),
    "observations": ("OBSERVATION", "Observation"),
    "assessments": ("ASSESSMENT", "Assessment"),
    "differences": ("WHERE SOURCES DIFFER", "Difference"),
    "figures": ("FIGURES THAT DIFFER", "Figures"),
    "related": ("SEE ALSO", "See also"),
    "mapping": ("MAPPING (OURS)", "Mapping"),
    "sources": ("SOURCES", "Source"),
    "speakers": ("SPEAKERS", "Speaker"),
    "indicators": ("INDICATORS", "Indicator"),
}
"""Each part of a brief, in the order in which parts are shown: its heading, and what is in it when that is spoken."""


def indent(line: Line) -> int:
    """How many cells a line stands in: by its role, and under a heading at least as far as what stands there."""
    return margins(line.role, bool(line.part), line.depth, sys.maxsize)[0]


@cache
def margins(role: str, is_of_part: bool, depth: int, most: int) -> tuple[int, int]:
    """How many cells the first row of a line stands in, and how many the others do."""
    own = ROLES[role].indent
    first = min((4 if own < 4 and is_of_part and role != "heading" else own) + 4 * depth, most)
    return first, min(first + ROLES[role].hang, most) + 1


def needs_space(before: str, line: Line) -> bool:
    """Whether an empty line stands between a line of the role `before` and this one."""
    return ROLES[line.role].apart and before != "heading" and not line.depth
