"""Print the JSON Schema of what export, show and search write as JSON."""

from argparse import Namespace

from hrdash.commands import Answer, ForPrograms
from hrdash.report.document import json_text
from hrdash.report.json_schema import json_schema

TAKES = ""
OPTIONS = ()


def run(_: Namespace) -> Answer:
    """The schema."""
    return Answer(ForPrograms(iter((json_text(json_schema()) + "\n",))))
