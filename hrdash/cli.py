"""The command line: what was typed becomes one call, whatever happens becomes an exit code.

Exit codes: 0 done, 1 nothing found or problems found, 2 usage or an unknown name, 3 the corpus cannot be read,
70 a fault of hrdash itself, 130 interrupted.
"""

import gc

gc.set_threshold(50_000)  # what is loaded and printed is no garbage, and to look for some takes a sixth of the time

# ruff: noqa: E402  (the imports, which that is for)

import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from contextlib import ExitStack
from importlib import import_module
from typing import Any

from hrdash import __version__
from hrdash.commands import COMMANDS, DASHBOARD, INTERRUPTED, OK, UNREADABLE, CommandError, did_you_mean
from hrdash.commands.options import EVERYWHERE, FILTERS, FLAGS, help_text, read
from hrdash.commands.selection import asking, named, opened
from hrdash.corpus.listing import CorpusUnreadable
from hrdash.crash import CRASHED, crash_words
from hrdash.index.file import Unreadable
from hrdash.names import nearest
from hrdash.streams import say, silence_stdout, write
from hrdash.text import clean_line

_TYPED = "Filters may be typed among the words: visits year:2019..2024 answer:none"
_CORPUS = "[DIR]"
"""What a command takes whose one word is the corpus, as --briefs names it."""
_END = """hrdash COMMAND --help is the manual of a command.
exit codes: 0 done, 1 nothing found or problems found, 2 usage or an unknown
name, 3 the corpus cannot be read, 70 a fault of hrdash itself, 130 interrupted"""


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
    except CommandError as error:
        for text in (*error.notes, str(error)):
            say(f"hrdash: {text}")
        return error.code
    except (CorpusUnreadable, Unreadable) as error:
        say(f"hrdash: {error}")
        return UNREADABLE
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
        silence_stdout()
        say(crash_words(fault, keep="--no-cache" not in arguments))
        return CRASHED
    return code


def program() -> int:
    """`main` as the process of its own that a shell starts."""
    gc.freeze()  # what is loaded by now stays until the end, where all of it would be looked through once more
    try:
        _leave_no_core()
        return main()
    except KeyboardInterrupt:
        return INTERRUPTED


def _leave_no_core() -> None:
    """Have the system write no file of this process's memory, which holds briefs, where a library crashes."""
    try:
        import resource  # which not every system has

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    except (ImportError, OSError, ValueError):
        pass  # a system that has none, or allows none


def _run(arguments: list[str]) -> int:
    name, others = _command_of(arguments)
    command = _module(name)
    options = read(others, (*command.OPTIONS, *EVERYWHERE))
    most = None if "..." in command.TAKES else len(command.TAKES.split())
    if options.version:
        write(f"hrdash {__version__}\n")
    elif options.help:
        write(_help(name))
    elif most is not None and len(options.words) > most:
        raise CommandError(f"{options.words[most]!r} is one word too many; see hrdash {name} --help")
    elif command.TAKES == _CORPUS and options.words and options.briefs:
        raise CommandError(f"both --briefs {options.briefs} and {options.words[0]} name a corpus; keep one")
    else:
        if command.TAKES == _CORPUS and options.words:
            options.briefs = options.words[0]
            if not options.briefs:
                raise CommandError("the corpus has an empty name; give its folder, or nothing for the shipped one")
        return _answered(command, options)
    return OK


def _answered(command: Any, options: Namespace) -> int:
    """Print what a command gives, while the corpus that it is of is still open."""
    with ExitStack() as options.open_till_printed:
        filters = FILTERS[0] in command.OPTIONS
        at_once = not (hasattr(command, "opens") and command.opens(options))
        named_too = "BRIEF" in command.TAKES
        answer = asking(options, command.run, named_too, at_once) if filters else command.run(options)
        from hrdash.commands.printing import print_answer  # which a dashboard does without until it ends

        print_answer(answer, options)
        return int(answer.code)


def _command_of(arguments: list[str]) -> tuple[str, list[str]]:
    """The command, wherever it stands among the options, and the other arguments."""
    is_value = False
    for position, argument in enumerate(arguments):
        if is_value:
            is_value = False
        elif argument == "--":
            break
        elif argument.startswith("--"):
            is_value = "=" not in argument and argument not in FLAGS
        elif not argument.startswith("-"):
            others = arguments[:position] + arguments[position + 1 :]
            if argument == "help":
                return _command_of(["--help", *others])
            if argument not in COMMANDS:
                raise CommandError(f"there is no command {argument!r}{_meant(argument, others)}; see hrdash --help")
            return argument, others
    return DASHBOARD, arguments


def _meant(word: str, others: Sequence[str]) -> str:
    """What a word that is no command was meant to be: a theme or brief, to be shown, or the nearest command."""
    try:
        options = read(["--help", *others], EVERYWHERE)  # no more than what names the corpus
        with opened(options) as library:
            if library.note:
                say(f"hrdash: {library.note}")
            themes, briefs = named(library, [word])
        return f"; did you mean: hrdash show {(themes + briefs)[0]}"
    except (CommandError, CorpusUnreadable, Unreadable):
        return did_you_mean(nearest(word, COMMANDS), word)


def _help(name: str) -> str:
    command = _module(name)
    filters = [option for option in command.OPTIONS if option in FILTERS]
    groups = {
        "options": [option for option in command.OPTIONS if option not in FILTERS],
        "filters, each of which may be given several times": filters,
        "for every command": EVERYWHERE,
    }
    typed = "" if name == DASHBOARD else name
    manual, end = command.__doc__.strip(), _TYPED if filters else ""
    if not typed:
        manual += "\n\ncommands\n" + "\n".join(
            f"  {each:<10}{_module(each).__doc__.splitlines()[0]}" for each in COMMANDS
        )
        end += f"\n\n{_END}"
    return help_text(f"{f'hrdash {typed}'.strip()} {command.TAKES}".rstrip() + " [options]", manual, groups, end)


def _module(name: str) -> Any:
    """A command's module: none is imported but the one that is asked for."""
    return import_module(f"hrdash.commands.{name}")
