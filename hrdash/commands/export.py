"""Print the filtered corpus as one JSON document.

hrdash schema describes it.
"""

from __future__ import annotations

from hrdash.commands import show
from hrdash.commands.options import FILTERS
from hrdash.commands.printing import FORMAT

TAKES = "[WORDS ...]"
OPTIONS = (FORMAT._replace(choices=("json",), default="json"), *FILTERS)
run = show.run
