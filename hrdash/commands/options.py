"""Options on a command line: a table of them is read, and printed as help."""

from collections.abc import Iterable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, NamedTuple

from hrdash.commands import CommandError, did_you_mean
from hrdash.filter import FACETS
from hrdash.names import nearest


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
FRESH = Option("fresh", "open the dashboard without what the last session left")
FLAGS = {f"--{option.name}" for option in (*EVERYWHERE, FRESH) if not option.metavar}
"""Every option without a value that may stand before the command."""
FILTERS = (
    *(Option(facet.word, facet.help, facet.metavar, many=True) for facet in FACETS),
    Option("filter", "by this named filter too: no-response, numbers-differ, pending or yours", "NAME", many=True),
    Option("text", 'with these words: visits, "a phrase", -word', "WORDS", many=True),
)
"""The options that filter, which most commands have."""


def read(arguments: Sequence[str], options: Iterable[Option]) -> SimpleNamespace:
    """The options' values by name, and as `words` what is none; raise `CommandError`. Options may stand anywhere; `--`
    ends them. With `--help` there may be any other."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    by_name = {f"--{option.name}": option for option in options}
    found: dict[str, Any] = {name: [] if option.metavar else False for name, option in by_name.items()}
    words, left = [], iter(arguments[:end])
    for word in left:
        name, is_with, value = ("--help", "", "") if word == "-h" else word.partition("=")
        option = by_name.get(name)
        if option is None:
            words.append(word)
        elif not option.metavar:
            if is_with:
                raise CommandError(f"{name} takes no value")
            found[name] = True
        else:
            typed = value if is_with else next(left, "")
            if not typed or (not is_with and (typed == "-h" or (typed.startswith("--") and " " not in typed))):
                raise CommandError(f"{name} needs a value, {option.metavar}")
            if option.choices and typed not in option.choices:
                near = did_you_mean(nearest(typed, option.choices))
                raise CommandError(f"{name} takes {', '.join(option.choices)}, and not {typed!r}{near}")
            found[name].append(typed)
    for name, option in by_name.items():
        if option.metavar and not option.many:
            if len(found[name]) > 1:
                raise CommandError(f"{name} stands there twice; keep one")
            found[name] = found[name][0] if found[name] else option.default or None
    unknown = [word.partition("=")[0] for word in words if word.startswith("--")]
    if unknown and not found.get("--help"):
        raise CommandError(f"there is no option {unknown[0]}{did_you_mean(nearest(unknown[0], by_name))}")
    fields = {option.name.replace("-", "_"): found[name] for name, option in by_name.items()}
    return SimpleNamespace(**fields, words=words + list(arguments[end + 1 :]))


def help_text(usage: str, manual: str, groups: Mapping[str, Iterable[Option]], end: str = "") -> str:
    """The manual of a command with its options, each group of them under its title: the same on every terminal."""
    from argparse import ArgumentParser, RawDescriptionHelpFormatter  # for this alone, which most calls do not ask for

    parser = ArgumentParser(
        usage=usage, description=manual, epilog=end, add_help=False,
        formatter_class=lambda prog: RawDescriptionHelpFormatter(prog, max_help_position=26, width=80),
    )  # fmt: skip
    for title, options in groups.items():
        group = parser.add_argument_group(title)
        for option in options:
            names = ["-h"] * (option.name == "help") + [f"--{option.name}"]
            shown = f"{{{','.join(option.choices)}}}" if option.choices else option.metavar
            taking: dict[str, Any] = {"metavar": shown} if option.metavar else {"action": "store_true"}
            group.add_argument(*names, help=option.help, **taking)
    return parser.format_help()
