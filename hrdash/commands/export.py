"""Print the filtered corpus as one JSON document."""

from __future__ import annotations

from argparse import Namespace

from hrdash.commands import Answer
from hrdash.commands.options import FILTERS
from hrdash.commands.printing import FORMAT
from hrdash.commands.selection import selected
from hrdash.commands.show import report

TAKES = "[WORDS ...]"
OPTIONS = (FORMAT._replace(choices=("json",), default="json"), *FILTERS)


def run(options: Namespace) -> Answer:
    """Every brief that matches."""
    with selected(options) as selection:
        return report(selection)
