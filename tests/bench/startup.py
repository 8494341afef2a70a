"""How much a command costs, as a ratio to `python -c pass` in the same run; printed, never asserted.

python -m tests.bench.startup [RUNS]
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time

BARE = [sys.executable, "-c", "pass"]
COMMANDS = {
    "hrdash --version": (["--version"], 2),
    "hrdash --help": (["--help"], 2),
    "hrdash show torture": (["show", "torture"], 3),
    "hrdash list": (["list"], None),
    "hrdash search visits": (["search", "visits"], None),
}
SCRIPT = [sys.executable, "-c", "import sys; from hrdash.cli import program; sys.exit(program())"]


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """How long one run of a command takes, from outside."""
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, check=False)
    return time.perf_counter() - start


def main() -> None:
    """Time each command in turn with a bare interpreter and print the median of the pairs' ratios."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "XDG_CACHE_HOME": home, "XDG_STATE_HOME": home}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed hrdash is compiled, and so is ours
        for name, (arguments, budget) in COMMANDS.items():
            command = [*SCRIPT, *arguments]
            seconds(command, environment)
            pairs = [(seconds(command, environment), seconds(BARE, environment)) for _ in range(runs)]
            ratio = statistics.median(ours / bare for ours, bare in pairs)
            ours, bare = (statistics.median(column) * 1000 for column in zip(*pairs, strict=True))
            target = f"budget {budget} x" if budget else "no budget"
            print(f"{name:<24}{ours:6.1f} ms  {ratio:5.2f} x python -c pass ({bare:.1f} ms)  {target}")


if __name__ == "__main__":
    main()
