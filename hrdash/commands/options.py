"""Options on a command line: a table of them is read, and printed as help, by `argparse`."""

from argparse import ArgumentError, ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from hrdash.commands import CommandError, did_you_mean
from hrdash.filter import FACETS
from hrdash.names import nearest

_WORD = "\0"
"""Put before `-word`, which leaves a word out and which `argparse` would take for an option."""


class Option(NamedTuple):
    """One option, `--name VALUE` or `--name`."""

    name: str
    help: str
    metavar: str = ""
    """What the value is called in the help; empty for an option without one."""
    choices: tuple[str, ...] = ()
    default: str = ""
    many: bool = False
    """It may be given several times, and its value is a list."""


EVERYWHERE = (
    Option("briefs", "read this corpus instead of the shipped one; so does HRDASH_BRIEFS", "DIR"),
    Option("color", "colour on stdout; NO_COLOR is heard", "WHEN", ("auto", "always", "never"), "auto"),
    Option("plain", "for the ear: every line says what it is, and every sign is a word"),
    Option("width", "wrap text at so many cells; 0 for never", "CELLS"),
    Option("no-pager", "write to the terminal itself, however long it is; so does PAGER=cat"),
    Option("no-cache", "keep the index in memory and write no file"),
    Option("version", "print the version and stop"),
    Option("help", "print this and stop; so does -h"),
)
FRESH = Option("fresh", "open the dashboard without what the last session left, but for what is marked")
FLAGS = {f"--{option.name}" for option in (*EVERYWHERE, FRESH) if not option.metavar}
"""Every option without a value that may stand before the command."""
FILTERS = (
    *(Option(facet.word, facet.help, facet.metavar, many=True) for facet in FACETS),
    Option("filter", "by this named filter too: no-response, numbers-differ, pending or yours", "NAME", many=True),
    Option("text", 'with these words: visits, "a phrase", -word', "WORDS", many=True),
)
"""The options that filter, which most commands have."""


def read(arguments: Sequence[str], options: Iterable[Option]) -> Namespace:
    """The options' values by name, and as `words` what is none; raise `CommandError`. Options may stand anywhere; `--`
    ends them. With `--help` there may be any other."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    by_name = {f"--{option.name}": option for option in options}
    try:
        found, left = _parser({"": by_name.values()}).parse_known_args(map(_marked, arguments[:end]))
    except ArgumentError as error:
        name = str(error.argument_name).removeprefix("-h/")
        wants = f"needs a value, {by_name[name].metavar}" if by_name[name].metavar else "takes no value"
        raise CommandError(f"{name} {wants}") from None
    for option in by_name.values():
        field = option.name.replace("-", "_")
        values = getattr(found, field)
        if option.metavar and not option.many:
            if len(values) > 1:
                raise CommandError(f"--{option.name} stands there twice; keep one")
            setattr(found, field, values[0] if values else option.default or None)
    unknown = [word.partition("=")[0] for word in left if word.startswith("--")]
    if unknown and not found.help:
        raise CommandError(f"there is no option {unknown[0]}{did_you_mean(nearest(unknown[0], by_name))}")
    found.words = [word.removeprefix(_WORD) for word in left] + list(arguments[end + 1 :])
    return found


def help_text(usage: str, manual: str, groups: Mapping[str, Iterable[Option]], end: str = "") -> str:
    """The manual of a command with its options, each group of them under its title."""
    parser = _parser(groups)
    parser.usage, parser.description, parser.epilog = usage, manual, end
    return parser.format_help()


class _Layout(RawDescriptionHelpFormatter):
    """The same on every terminal."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=26, width=80)


def _parser(groups: Mapping[str, Iterable[Option]]) -> ArgumentParser:
    parser = ArgumentParser(formatter_class=_Layout, add_help=False, allow_abbrev=False, exit_on_error=False)
    for title, options in groups.items():
        group = parser.add_argument_group(title)
        for option in options:
            names = ["-h"] * (option.name == "help") + [f"--{option.name}"]
            group.add_argument(*names, help=option.help, **_taking(option))
    return parser


def _taking(option: Option) -> dict[str, Any]:
    if not option.metavar:
        return {"action": "store_true"}

    def value_of(typed: str) -> str:
        value = typed.removeprefix(_WORD)
        if not value:
            raise CommandError(f"--{option.name} needs a value, {option.metavar}")
        if option.choices and value not in option.choices:
            near = did_you_mean(nearest(value, option.choices))
            raise CommandError(f"--{option.name} takes {', '.join(option.choices)}, and not {value!r}{near}")
        return value

    metavar = f"{{{','.join(option.choices)}}}" if option.choices else option.metavar
    return {"metavar": metavar, "type": value_of, "action": "append", "default": []}


def _marked(word: str) -> str:
    return _WORD + word if word.startswith("-") and not word.startswith("--") and word != "-h" else word
