"""Print what of its texts a corpus takes up.

And which paragraphs, numbers and years it leaves out.
"""

from argparse import Namespace

from hrdash.audit.account import account_lines
from hrdash.audit.coverage import coverage
from hrdash.commands import NOTHING, OK, Answer, CommandError, as_lines
from hrdash.commands.options import Option
from hrdash.commands.selection import faulty_registers, unread, unread_notes
from hrdash.commands.verify import TEXTS, audited

TAKES = "[DIR]"
OPTIONS = (TEXTS, Option("fail-under", "exit with 1 below this share", "PER_CENT", default="0"))


def run(options: Namespace) -> Answer:
    """The account of every text, and how much of all of them is accounted for."""
    least = _share(options.fail_under)
    library, briefs, texts, problems = audited(options)
    account = coverage(briefs, library.index.registers, texts)
    withheld = library.index.withheld
    lines = [f"briefs      {len(briefs)} counted{unread(library)}"] if withheld else []
    if faulty := faulty_registers(library):
        lines.append(f"sources     {len(account.sources)} counted; {faulty}")
    return Answer(
        as_lines([*lines, *account_lines(account, not options.plain, is_whole=not faulty)]),
        [*filter(None, [library.note]), *unread_notes(library), *(problem.text for problem in problems)],
        code=NOTHING if problems or withheld or account.share < least else OK,
    )


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1
    if not 0 <= share <= 100:
        raise CommandError(f"--fail-under takes a number from 0 to 100, and not {text!r}")
    return share
