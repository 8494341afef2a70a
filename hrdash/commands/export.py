"""Print the filtered corpus as one JSON document, which hrdash schema describes."""

from __future__ import annotations

from argparse import Namespace

from hrdash.commands import Answer
from hrdash.commands.options import FILTERS
from hrdash.commands.printing import FORMAT
from hrdash.commands.selection import asking
from hrdash.commands.show import report

TAKES = "[WORDS ...]"
OPTIONS = (FORMAT._replace(choices=("json",), default="json"), *FILTERS)


def run(options: Namespace) -> Answer:
    """Every brief that matches."""
    return asking(options, report)
