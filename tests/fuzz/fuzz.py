"""Feed the targets with bytes that reach ever new code, starting from the seeds. Run by hand, on Linux:

    pip install atheris            # not among the packages for tests: it needs no release of hrdash
    nice python tests/fuzz/fuzz.py reader --seconds 150

For each target prints how many inputs were run, in how many seconds, and what was found: each kind of failure once,
with the input that caused it saved in a folder that is named at the start. Exits 1 where something was found. A new
finding belongs, once mended, among the tests under a name of its own, and its input among the seeds.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
import traceback
from pathlib import Path

import atheris

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]
with atheris.instrument_imports(include=["hrdash"]):
    from targets import TARGETS


class Session:
    """One target's run: what was executed, and each kind of failure once."""

    def __init__(self, name: str, seconds: float, folder: Path) -> None:
        self.name, self.folder = name, folder
        self.target = TARGETS[name]
        self.began = time.monotonic()
        self.end = self.began + seconds
        self.executions = 0
        self.findings: dict[str, str] = {}

    def one_input(self, data: bytes) -> None:
        """Run the target on one input; end the process when the time is up."""
        self.executions += 1
        try:
            self.target(data)
        except Exception as failure:
            self.note(failure, data)
        if time.monotonic() > self.end:
            self.finish()

    def note(self, failure: Exception, data: bytes) -> None:
        frames = traceback.extract_tb(failure.__traceback__)
        kind = f"{type(failure).__name__} at {Path(frames[-1].filename).name}:{frames[-1].lineno}"
        if kind not in self.findings:
            path = self.folder / f"{self.name}-{len(self.findings)}.bin"
            path.write_bytes(data)
            self.findings[kind] = f"{str(failure)[:300]!a} {path}"
            print(f"  {kind}: {self.findings[kind]}", flush=True)

    def finish(self) -> None:
        seconds = time.monotonic() - self.began
        print(f"{self.name}: {self.executions:,} executions in {seconds:.0f} s, {len(self.findings)} findings",
              flush=True)  # fmt: skip
        os._exit(bool(self.findings))


def main() -> None:
    """Fuzz the target that is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix=f"hrdash-fuzz-{options.target}-"))
    grown = folder / "inputs"
    shutil.copytree(HERE / "seeds" / options.target, grown)
    session = Session(options.target, options.seconds, folder)
    print(f"{options.target}: seed {options.seed}, inputs in {folder}", flush=True)
    limits = ["-timeout=10", "-rss_limit_mb=2048", "-max_len=4096", "-verbosity=0", f"-artifact_prefix={folder}/"]
    atheris.Setup([sys.argv[0], f"-seed={options.seed}", *limits, str(grown)], session.one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
