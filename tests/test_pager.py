"""What is longer than the terminal goes through the user's pager."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest

from tests.fuzz.index_faults import write_corpus
from tests.tui.terminal import Terminal

SHOW = "import sys; from hrdash.cli import main; sys.exit(main(sys.argv[1:]))"
PAGER = "import sys; text = sys.stdin.read(); print('PAGED', len(text.splitlines()) > 20)"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus", briefs=9)


def written(corpus: Path, *words: str, pager: str, rows: int = 12, code: int = 0) -> bytes:
    """What `hrdash show` writes to a terminal of so many rows."""
    arguments = ("-c", SHOW, "--briefs", str(corpus), *words)
    with Terminal(*arguments, size=(60, rows), PAGER=pager) as terminal:
        assert terminal.end() == code
        return terminal.written


def test_a_long_text_is_read_in_the_pager_and_a_short_one_or_one_that_is_not_to_be_is_not(corpus: Path) -> None:
    pager = shlex.join([sys.executable, "-c", PAGER])
    assert b"PAGED True" in written(corpus, "show", "t1", pager=pager)
    for words, rows in ((("show", "t1"), 900), (("themes",), 60), (("show", "t1", "--no-pager"), 12),
                        (("show", "t1", "--plain"), 12)):  # fmt: skip
        assert b"PAGED" not in written(corpus, *words, pager=pager, rows=rows), (words, rows)


def test_a_pager_that_fails_is_no_success(corpus: Path) -> None:
    for pager in ("false", "sh -c 'exit 3'", "sh -c 'kill -9 $$'"):
        shown = written(corpus, "show", "t1", pager=pager, code=3)
        assert b"the pager" in shown, pager
        assert b"--no-pager" in shown, pager


def test_a_pager_that_is_none_or_does_not_start_leaves_the_text_on_the_terminal(corpus: Path) -> None:
    for pager in ("cat", "", "no-such-pager", 'an "unbalanced quote', "true"):
        shown = b"State" in written(corpus, "show", "t1", pager=pager) or pager == "true"
        assert shown, pager
