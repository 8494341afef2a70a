"""The measurements still run; what they measure is looked at by hand."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.bench import bench_query


def test_the_index_can_be_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tmp_path.chmod(0o700)
    monkeypatch.setattr(bench_query, "keystrokes", lambda: ["a", "an", "and"])
    monkeypatch.setattr(sys, "argv", ["bench_query", "150", str(tmp_path / "index.sqlite")])
    bench_query.main()
    shown = capsys.readouterr().out
    assert "first page, words and years" in shown
    assert "sync after one edited file of 100, tidy=True" in shown
