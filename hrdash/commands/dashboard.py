"""Human rights monitoring briefs in a terminal.

Alone, hrdash opens the dashboard, or without a terminal prints the list.

examples
  hrdash                                      browse in the terminal
  hrdash show torture                         print a theme brief
  hrdash show torture --format markdown       the same, for a document
  hrdash list --year 2019..2024 --has figure  briefs about these years
  hrdash search visits prison                 statements with these words
  hrdash search --kind question --answer none
                                              questions without a response
"""

import os
import sys
from argparse import Namespace

from hrdash.commands import Answer
from hrdash.commands.options import FILTERS, FRESH
from hrdash.commands.selection import Asked
from hrdash.streams import on_terminal

TAKES = "[COMMAND ...]"
OPTIONS = (FRESH, *FILTERS)


def opens(options: Namespace) -> bool:
    """Whether the dashboard opens, which reads when it has drawn; or else the list is printed."""
    terminal = sys.stdin is not None and sys.stdin.isatty() and on_terminal() and os.environ.get("TERM") != "dumb"
    return terminal and not options.plain


def run(asked: Asked) -> Answer:
    """The dashboard on a terminal; the list everywhere else."""
    options = asked.options
    if not opens(options):
        from hrdash.commands import list as briefs

        return briefs.run(asked)
    from hrdash.tui.start import run as open_dashboard  # Textual: only where it is seen

    code = open_dashboard(asked.library, asked.filter, fresh=options.fresh, keep=not options.no_cache)
    return Answer(notes=asked.notes, code=code)
