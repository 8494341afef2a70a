"""The English that the rules know: words and patterns by name, as `english.txt` has them."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_SECTIONS: dict[str, str] = dict(
    re.findall(r"^(\w.*)\n((?:  .*\n)+)", Path(__file__).with_name("english.txt").read_text("utf-8"), re.MULTILINE)
)


def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The words behind a name, line by line."""
    return tuple(tuple(line.split()) for line in _SECTIONS[name].splitlines())


def words(name: str) -> tuple[str, ...]:
    """The words behind a name."""
    return tuple(_SECTIONS[name].split())


def one_of(choices: Iterable[str]) -> str:
    """A pattern of these words, longer ones first."""
    return "|".join(map(re.escape, sorted(choices, key=len, reverse=True)))


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The pattern behind a name."""
    joined = _SECTIONS[name][2:-1].replace("\n  ", "")
    return re.compile(re.sub(r"\{([a-z ]+)\}", lambda found: one_of(words(found[1])), joined), re.IGNORECASE)
