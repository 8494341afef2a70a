"""What is said and kept of a fault of hrdash's own: its kind and where in the code it arose, and no text of a brief.

The message of an exception is left out with the values of its frames: `KeyError` carries the key that was looked for.
"""

import os
import sys

from hrdash import __version__, places
from hrdash.text import clean_line

CRASHED = 70
"""The exit code of a fault of hrdash's own, as `sysexits.h` numbers it."""
FILE = "crash.txt"
_MOST_FRAMES = 50
_HOW = "open an issue in hrdash's repository; where somebody could be harmed, a private security advisory"


def crash_words(fault: BaseException, keep: bool) -> str:
    """What a user is told of a fault, in lines; with `keep`, its report is written and named there."""
    frames = _frames(fault)
    place = f" at {frames[-1].rpartition(' in ')[0]}" if frames else ""
    kept = places.write_kept(FILE, crash_report(fault).encode("ascii", "replace")) if keep else ""
    lines = [f"internal error {type(fault).__name__}{place}: a fault of hrdash, and not of your files"]
    lines += [f"a report without any text of a brief: {clean_line(kept)}"] if kept else []
    return "\n".join(f"hrdash: {line}" for line in (*lines, f"to report it, {_HOW}"))


def crash_report(fault: BaseException) -> str:
    """Versions, and for the fault and each that it arose from: its class, and file, line and function of its frames."""
    lines = [f"hrdash {__version__}, Python {sys.version.split()[0]}, {sys.platform}"]
    seen: list[BaseException] = []
    found: BaseException | None = fault
    while found is not None and found not in seen:
        seen.append(found)
        lines += ["", type(found).__name__, *(f"  {frame}" for frame in _frames(found)[-_MOST_FRAMES:])]
        found = found.__cause__ or found.__context__
    return "\n".join(lines) + "\n"


def _frames(fault: BaseException) -> list[str]:
    found, at = [], fault.__traceback__
    while at is not None:
        code = at.tb_frame.f_code
        found.append(f"{'/'.join(code.co_filename.split(os.sep)[-2:])}:{at.tb_lineno} in {code.co_name}")
        at = at.tb_next
    return found
