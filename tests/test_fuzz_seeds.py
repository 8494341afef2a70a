"""The inputs that fuzzing starts from, and those that once failed, hold every promise that fuzzing looks at."""

from __future__ import annotations

from pathlib import Path

from tests.fuzz.targets import TARGETS

SEEDS = sorted((Path(__file__).parent / "fuzz" / "seeds").glob("*/*"))


def test_a_seed_keeps_the_promises() -> None:
    for seed in SEEDS:
        try:
            TARGETS[seed.parent.name](seed.read_bytes())
        except Exception as failure:
            raise AssertionError(f"{seed.parent.name}/{seed.name}") from failure


def test_every_target_has_seeds_that_are_small_files_with_plain_names() -> None:
    assert {seed.parent.name for seed in SEEDS} == set(TARGETS)
    for seed in SEEDS:
        assert seed.name.replace("-", "").isalnum()
        assert seed.name.isascii()
        assert seed.stat().st_size < 4096
