"""Options on a command line: a table of them is read, and printed as help.

Importing and setting up `argparse` costs a command 4 of the 30 ms that printing a theme may take, and it takes `-word`,
which leaves a word out, for an option; so the few kinds of option that hrdash has are read here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import NamedTuple

_LEFT, _WIDTH = 26, 100
"""The column in which help texts begin, and the one before which they end."""


class Usage(ValueError):
    """What was typed is not what the options take; the text says what is wrong."""


class Option(NamedTuple):
    """One option, `--name VALUE` or `--name`."""

    name: str
    text: str
    metavar: str = ""
    """What the value is called in the help; empty for an option without one."""
    choices: tuple[str, ...] = ()
    default: str = ""
    many: bool = False
    """It may be given several times, and its value is a list."""


def parse(arguments: Sequence[str], options: Iterable[Option]) -> SimpleNamespace:
    """The options' values by name, and as `words` what is none; raise `Usage`.

    `--` ends the options. A single dash begins no option but a word, so that `-word` needs no escaping.
    """
    known = {f"--{option.name}": option for option in options}
    values: dict[str, object] = {
        option.name.replace("-", "_"): [] if option.many else option.default if option.metavar else False
        for option in known.values()
    }
    words: list[str] = []
    left = iter(arguments)
    for argument in left:
        if argument == "--":
            words += left
        elif not argument.startswith("--"):
            words.append(argument)
        else:
            name, given, value = argument.partition("=")
            option = known.get(name)
            if option is None:
                raise Usage(f"there is no option {name}{_near(name, known)}")
            key = option.name.replace("-", "_")
            if not option.metavar:
                if given:
                    raise Usage(f"{name} takes no value")
                values[key] = True
                continue
            if not given:
                value = next(left, "")
            if not value:
                raise Usage(f"{name} needs a value, {option.metavar}")
            if option.choices and value not in option.choices:
                raise Usage(
                    f"{name} takes {', '.join(option.choices)}, and not {value!r}{_near(value, option.choices)}"
                )
            values[key] = [*_list(values[key]), value] if option.many else value
    return SimpleNamespace(words=words, **values)


def help_lines(title: str, options: Iterable[Option]) -> list[str]:
    """The options under a title, each with its text beside it."""
    lines = [title]
    for option in options:
        metavar = f"{{{','.join(option.choices)}}}" if option.choices else option.metavar
        lines += _beside(f"  --{option.name} {metavar}".rstrip(), option.text)
    return lines


def _beside(head: str, text: str) -> list[str]:
    lines = [head.ljust(_LEFT) if len(head) < _LEFT - 1 else f"{head}\n{' ' * _LEFT}"]
    room = _WIDTH - _LEFT
    used = 0
    for word in text.split():
        if used and used + len(word) >= room:
            lines.append(" " * _LEFT)
            used = 0
        lines[-1] += f" {word}" if used else word
        used += len(word) + 1
    return lines


def _near(name: str, known: Iterable[str]) -> str:
    from hrdash.names import nearest  # only where something is misspelt

    near = nearest(name, known)
    return f"; did you mean {near!r}?" if near else ""


def _list(value: object) -> list[str]:
    return value if isinstance(value, list) else []
