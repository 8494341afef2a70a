"""How long the check of a folder of very many broken files takes. Run by hand; information, never a timed test.

    python -m tests.bench.many_files [FILES]

Prints seconds and megabytes, and what was found: more files than the limit are one problem, and the limit's are read.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
from collections import Counter
from pathlib import Path
from time import perf_counter

from hrdash.check import check_corpus


def main() -> None:
    """Make the files, check them, and say what it took."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        themes = Path(folder) / "themes"
        themes.mkdir()
        (Path(folder) / "corpus.yaml").write_text("title: Ruritania\ncountry: ZZZ\nas_of: 2026-11\n")
        for number in range(count):
            with open(os.path.join(themes, f"t{number:06}.yaml"), "wb") as made:
                made.write(b"theme: [" if number % 2 else b"\xff")
        began = perf_counter()
        report = check_corpus(folder)
        seconds = perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{count:,} files: {seconds:.1f} s, {memory:.0f} MB, {len(report.problems):,} problems, {report.files:,} read"
    )
    kinds = Counter(problem.what for problem in report.problems)
    for what, times in kinds.most_common(6):
        print(f"  {times:>7,} {what}")


if __name__ == "__main__":
    main()
