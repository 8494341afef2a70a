"""`python -m hrdash`: the same as `hrdash`, without the current folder on the import path."""

import os
import sys

# Python puts the current folder first, and a `yaml.py` lying among someone's briefs would run.
sys.path[:] = [entry for entry in sys.path if entry and os.path.realpath(entry) != os.getcwd()] or sys.path

from hrdash.cli import program  # noqa: E402

if __name__ == "__main__":
    sys.exit(program())
