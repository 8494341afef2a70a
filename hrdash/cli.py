"""The command line: what was typed becomes one call, whatever happens becomes an exit code.

Exit codes: 0 done, 1 nothing found or problems found, 2 usage or an unknown name, 3 the corpus cannot be read,
70 a fault of hrdash itself, 130 interrupted.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from types import SimpleNamespace
from typing import NamedTuple

from hrdash import __version__, commands
from hrdash.commands import INTERRUPTED, OK, UNREADABLE, CommandError, suggestion
from hrdash.filter import FACETS
from hrdash.options import Option, Usage, help_lines, parse
from hrdash.streams import say, silence_stdout, write
from hrdash.text import clean_line

EVERYWHERE = (
    Option("briefs", "read this corpus instead of the shipped one; so does HRDASH_BRIEFS", "DIR"),
    Option("color", "colour on stdout; NO_COLOR is heard", "WHEN", ("auto", "always", "never"), "auto"),
    Option("plain", "for the ear: every line says what it is, and every sign is a word"),
    Option("no-cache", "keep the index in memory and write no file"),
    Option("version", "print the version and stop"),
    Option("help", "print this and stop; so does -h"),
)
FILTERS = (
    *(Option(facet.word, facet.help, facet.metavar, many=True) for facet in FACETS),
    Option("text", 'with these words: visits, "a phrase", -word', "WORDS", many=True),
)
FRESH = Option("fresh", "open the dashboard without what the last session left")
FORMAT = Option("format", "how to write it", "FORMAT", ("text", "markdown", "json"), "text")
JSON = Option("format", "how to write it", "FORMAT", ("json",), "json")
TEXTS = Option("texts", "the numbered texts of the sources: DIR/<source id>.txt", "DIR")
FAIL_UNDER = Option("fail-under", "exit with 1 below this share", "PER_CENT", default="0")


class Command(NamedTuple):
    """One word after `hrdash`: what it takes, what it does, and the function that does it."""

    takes: str
    """The words that it takes, as its usage shows them."""
    summary: str
    options: tuple[Option, ...]
    run: Callable[[SimpleNamespace], int]
    most: int | None = None
    """How many words it takes at most; `None` is any number."""


COMMANDS = {
    "": Command("[COMMAND]", "The dashboard on a terminal; otherwise the list.", (*FILTERS, FRESH), commands.dashboard),
    "show": Command(
        "[THEME|BRIEF ...]", "Print theme briefs or single briefs, in full, with numbered sources.", (FORMAT, *FILTERS),
        commands.show,
    ),
    "list": Command("[WORDS ...]", "Print one line a brief.", FILTERS, commands.list_),
    "search": Command("WORDS ...", "Print the texts that hold the words; -word leaves out.", FILTERS, commands.search),
    "themes": Command("[WORDS ...]", "Print how many briefs each theme shows.", FILTERS, commands.themes),
    "sources": Command("[WORDS ...]", "Print the register of sources, each with its note.", FILTERS, commands.sources),
    "check": Command("[DIR]", "Print every problem of a corpus, with file, line and cure.", (), commands.check, 1),
    "verify": Command("", "Hold every statement against the paragraphs it cites.", (TEXTS,), commands.verify, 0),
    "coverage": Command("", "Print what of its texts a corpus takes up.", (TEXTS, FAIL_UNDER), commands.coverage, 0),
    "export": Command(
        "[WORDS ...]", "Print the filtered corpus as one JSON document.", (JSON, *FILTERS), commands.export
    ),
    "index": Command("DIR", "Make an index beside a corpus of your own, and keep it.", (), commands.index, 1),
    "clean": Command("", "Remove every file that hrdash wrote, and print which.", (), commands.clean, 0),
}  # fmt: skip
"""Every command by its name; the empty name is `hrdash` alone."""

EXAMPLES = (
    ("hrdash", "browse in the terminal"),
    ("hrdash show torture", "print a theme brief"),
    ("hrdash show torture --format markdown", "the same, for a document"),
    ("hrdash list --without response", "briefs without a State response"),
    ("hrdash list --year 2019..2024 --has figure", "figures of these years"),
    ("hrdash search visits prison", "where the words stand"),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code; never a traceback for what a user, file or pipe can do."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # a text file, as Python opens it
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        code = _run(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
    except (CommandError, Usage) as error:
        say(f"hrdash: {error}")
        return error.code if isinstance(error, CommandError) else commands.USAGE
    except BrokenPipeError:
        silence_stdout()
        return OK
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        silence_stdout()
        what = "cannot write" if error.filename is None else clean_line(os.fsdecode(error.filename))
        say(f"hrdash: {what}: {error.strerror or type(error).__name__}")
        return UNREADABLE
    except MemoryError:
        silence_stdout()
        say("hrdash: there is not enough memory")
        return UNREADABLE
    except Exception as fault:
        from hrdash.crash import CRASHED, crash_words  # not before it is needed

        silence_stdout()
        say(crash_words(fault, keep="--no-cache" not in arguments))
        return CRASHED
    return code


def program() -> int:
    """`main` as the process of its own that a shell starts."""
    gc.set_threshold(50_000)  # most commands end before there is anything to collect
    try:
        _leave_no_core()
        code = main()
        gc.freeze()  # what there is goes with the process, and need not be looked through
    except KeyboardInterrupt:
        code = INTERRUPTED
    return code


def _leave_no_core() -> None:
    """Have the system write no file of this process's memory, which holds briefs, where a library crashes."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    except (ImportError, OSError, ValueError):
        pass  # a system that has none, or allows none


def _run(arguments: list[str]) -> int:
    name, rest = _command_name(arguments)
    command = COMMANDS[name]
    if "-h" in rest[: rest.index("--") if "--" in rest else None]:
        rest = ["--help"]
    options = parse(rest, (*command.options, *EVERYWHERE))
    if options.version:
        write(f"hrdash {__version__}\n")
    elif options.help:
        write(_help(name) if name else _overview())
    elif command.most is not None and len(options.words) > command.most:
        raise Usage(f"{options.words[command.most]!r} is one word too many; see hrdash {name} --help")
    else:
        return _answered(command, options)
    return OK


def _answered(command: Command, options: SimpleNamespace) -> int:
    """What a command gives; where the index cannot answer, once more without one: nothing was written by then."""
    try:
        with ExitStack() as options.opened:
            return command.run(options)
    except (CommandError, Usage, OSError):
        raise
    except commands.unreadable() as fault:
        if options.no_cache:
            raise CommandError(str(fault), UNREADABLE) from None
        say(f"hrdash: {fault}, so the corpus is read into memory")
    options.no_cache = True
    return _answered(command, options)


def _command_name(arguments: list[str]) -> tuple[str, list[str]]:
    """The command, wherever it stands among the options, and the other arguments."""
    flags = {f"--{option.name}" for option in (*EVERYWHERE, FRESH) if not option.metavar}
    skip = False
    for position, argument in enumerate(arguments):
        others = arguments[:position] + arguments[position + 1 :]
        if skip:
            skip = False
        elif argument == "help":
            return _command_name([*others, "--help"])
        elif argument in COMMANDS and argument:
            return argument, others
        elif argument == "--":
            break
        elif argument.startswith("--"):
            skip = "=" not in argument and argument not in flags
        elif not argument.startswith("-"):
            meant = _shown_by(argument, others)
            near = f"; did you mean: hrdash show {meant}" if meant else suggestion(argument, COMMANDS)
            raise CommandError(f"there is no command {argument!r}{near}; see hrdash --help")
    return "", arguments


def _shown_by(word: str, others: list[str]) -> str:
    """The theme or brief that a word names, for `hrdash show`; nothing where there is none, or no corpus."""
    try:
        options = parse(others, (FORMAT, *FILTERS, FRESH, *EVERYWHERE))
        with ExitStack() as options.opened:
            return commands.id_of(word, options)
    except (CommandError, Usage, commands.unreadable()):
        return ""


def _help(name: str) -> str:
    command = COMMANDS[name]
    lines = [f"hrdash {name} {command.takes}".rstrip() + " [options]", "", command.summary]
    own = [option for option in command.options if option not in FILTERS]
    if own:
        lines += ["", *help_lines("options", own)]
    if len(own) < len(command.options):
        lines += ["", *help_lines("filters, each of which may be given several times", FILTERS)]
        lines += ["", "Filters may be typed among the words too: visits year:2019..2024 without:response"]
    return "\n".join([*lines, "", *help_lines("for every command", EVERYWHERE)]) + "\n"


def _overview() -> str:
    listed = "".join(f"  {name:<10}{command.summary}\n" for name, command in COMMANDS.items() if name)
    examples = "".join(f"  {example:<44}{text}\n" for example, text in EXAMPLES)
    options = "\n".join(help_lines("options of the dashboard, beside the filters", (FRESH, *EVERYWHERE)))
    return (
        "hrdash: human rights monitoring briefs in a terminal\n\n"
        f"examples\n{examples}\ncommands\n{listed}\n{options}\n\n"
        "hrdash COMMAND --help lists the options and filters of a command.\n"
        "exit codes: 0 done, 1 nothing found or problems found, 2 usage or an unknown name,\n"
        "3 the corpus cannot be read, 70 a fault of hrdash itself, 130 interrupted\n"
    )
