"""What each command does with its options: open the corpus, ask for what was asked, write it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence

from hrdash.streams import in_color, on_terminal, say, write
from hrdash.text import clean_line
from hrdash.values import TYPE_CHECKING

if TYPE_CHECKING:
    from types import SimpleNamespace as Namespace

    from hrdash.audit.texts import SourceText
    from hrdash.filter import Filter
    from hrdash.library import Library
    from hrdash.model import Brief, Problem
    from hrdash.report.lines import Context, Line

OK, NOTHING, USAGE, UNREADABLE, INTERRUPTED = 0, 1, 2, 3, 130
"""The exit codes: done; nothing found, or problems found; usage or an unknown name; no corpus; interrupted."""


def unreadable() -> type[Exception]:
    """What a command raises when the index cannot answer it: only then is the index's module asked for its name."""
    from hrdash.index.store import Unreadable

    return Unreadable


class CommandError(Exception):
    """What stops a command: a sentence for stderr, and the exit code."""

    def __init__(self, message: str, code: int = USAGE) -> None:
        super().__init__(message)
        self.code = code


def _library(options: Namespace) -> Library:
    """The corpus that the options name, with what could not be read said on stderr."""
    from hrdash.corpus.files import CorpusUnreadable
    from hrdash.library import open_library

    folder = options.briefs or os.environ.get("HRDASH_BRIEFS") or ""
    try:
        library = open_library(folder, cache=not options.no_cache)
    except CorpusUnreadable as error:
        raise CommandError(str(error), UNREADABLE) from None
    if library.index.withheld:
        from hrdash.report.lines import withheld_text

        say(f"hrdash: {withheld_text(library.index.withheld)}; hrdash check says why")
    return library


def _checked(library: Library, asked: Filter) -> Filter:
    """The filter, once every theme, source, speaker and person in it is known to the corpus."""
    from hrdash.index.query import unknown_values

    for facet, value, nearest in unknown_values(library.index, asked):
        near = f"; did you mean {nearest!r}?" if nearest else ""
        raise CommandError(f"no {facet} {value!r} in this corpus{_unread(library)}{near}")
    return asked


def _context(library: Library, briefs: Sequence[Brief]) -> Context:
    """What wording these briefs takes."""
    from hrdash.report.lines import Context

    index = library.index
    themes = {theme.id: theme for theme in index.themes}
    return Context(index.corpus, themes, index.registers_of(briefs), index.withheld)


def _nothing(library: Library, asked: Filter) -> int:
    from hrdash.index.query import explain_nothing

    say(f"hrdash: {explain_nothing(library.index, asked)}")
    return NOTHING


def _write_lines(lines: Sequence[Line], options: Namespace) -> None:
    """Write lines set for what stdout is, or for the ear."""
    color = options.color
    if options.plain:
        from hrdash.report.spoken import spoken

        write(spoken(lines))
    elif in_color(color) or (on_terminal() and os.environ.get("TERM") != "dumb"):
        from hrdash.report.terminal import print_lines  # Rich: only where somebody sees it

        print_lines(lines, in_color(color))
    else:
        from hrdash.report.text import plain

        write(plain(lines))


def show(options: Namespace) -> int:
    """Print the named themes and briefs, or list the themes."""
    names = [word for word in options.words if ":" not in word]
    asked = _asked(options, [word for word in options.words if ":" in word])
    library = _library(options)
    if not names and asked == asked._replace(themes=()) and options.format != "json":
        return _print_themes(library, asked, options)
    return _print_briefs(library, options, asked, names)


def _print_briefs(library: Library, options: Namespace, asked: Filter, names: Sequence[str]) -> int:
    """The briefs of the named themes and the named briefs, in corpus order, as far as the filter matches them."""
    from hrdash.index.query import matching, rows

    index = library.index
    themes = {theme.id for theme in index.themes}
    labels = {label.casefold(): theme.id for theme in index.themes for label in (theme.label, theme.id)}
    names = [labels.get(name.casefold(), name) for name in names]
    named = [name for name in names if name not in themes]
    for name in named:
        if index.brief(name) is None:
            raise CommandError(_no_such(library, name))
    _checked(library, asked)
    chosen = tuple(dict.fromkeys(name for name in names if name in themes))
    found = {row.number for row in rows(index, asked._replace(themes=chosen))} if chosen or not names else set()
    if asked.themes or named:
        inside = {row.number: row.id for row in rows(index, asked)}
        found = {number for number in found if number in inside} | {n for n, name in inside.items() if name in named}
        for name in named:
            if name not in inside.values():
                say(f"hrdash: {name} lies outside the filter")
    if not found and options.format != "json":
        return _nothing(library, asked._replace(themes=chosen or asked.themes))
    briefs = tuple(index.briefs(found))
    matches = matching(index, asked, tuple(brief.id for brief in briefs))
    context = _context(library, briefs)
    if options.format == "json":
        from hrdash.report.document import document, written

        write(written(document(context, asked._replace(themes=chosen or asked.themes), briefs, matches)))
        return OK if briefs else NOTHING
    from hrdash.filter import EVERYTHING
    from hrdash.report.lines import report_lines

    words = ""
    if asked != EVERYTHING:
        from hrdash.report.filter_words import filter_words

        words = filter_words(asked, context)
    lines = report_lines(briefs, chosen, context, matches if asked.picks_statements else None, words)
    if options.format == "markdown":
        from hrdash.report.markdown import markdown

        write(markdown(lines))
    else:
        _write_lines(lines, options)
    return OK


def _no_such(library: Library, name: str) -> str:
    """Why there is no theme or brief of a name: it could not be read, or it is not there, and what is."""
    from hrdash.index.query import nearest_name

    for held in library.index.withheld_list:
        if held.id == name:
            return f"the brief {name!r} could not be read; hrdash check says why, at {held.file}:{held.line}"
    near = nearest_name(library.index, name)
    guess = f"; did you mean {near!r}?" if near else ""
    return f"no theme or brief {name!r} in this corpus{_unread(library)}{guess}"


def _unread(library: Library) -> str:
    """What bounds an absence, as the end of a sentence; nothing where all was read."""
    from hrdash.report.lines import withheld_text

    return f"; {withheld_text(library.index.withheld)}" if library.index.withheld else ""


def list_(options: Namespace) -> int:
    """Print one line a brief."""
    from hrdash.filter import HOLDINGS, holding_names
    from hrdash.index.query import rows
    from hrdash.report.lines import MARKS, marks
    from hrdash.report.rows import aligned, fitted

    library, asked = _selection(options)
    found = rows(library.index, asked)
    if not found:
        return _nothing(library, asked)
    labels = {theme.id: theme.label for theme in library.index.themes}
    shown: Sequence[Sequence[str]] = [
        (marks(holding_names(row.holdings)), row.title, row.years_text, labels.get(row.theme, row.theme), row.id)
        for row in found
    ]
    if options.plain:
        from hrdash.report.spoken import in_words, labelled_rows, marks_in_words

        spoken = ((title, marks_in_words(held), in_words(years), *rest) for held, title, years, *rest in shown)
        write(labelled_rows(("Brief", "", "Years", "Theme", "Id"), spoken))
        say(_heard(_count(len(found), library), options))
        return OK
    if on_terminal():
        shown = fitted(shown, os.get_terminal_size(sys.stdout.fileno()).columns, flexible=1)
    count = _count(len(found), library)
    write(aligned(shown))
    said = f"marks: {', '.join(HOLDINGS[:3])}; {MARKS[0]} has, {MARKS[1]} has none in this corpus"
    say(f"{count}; {said}")
    return OK


def _selection(options: Namespace) -> tuple[Library, Filter]:
    """The corpus and the filter that the options and words ask for, both known to be there."""
    from hrdash.filter import terms

    asked = _asked(options, options.words)
    for hint in terms(asked.text).hints:
        say(f"hrdash: {hint}")
    library = _library(options)
    return library, _checked(library, asked)


def _count(found: int, library: Library) -> str:
    from hrdash.filter import EVERYTHING
    from hrdash.index.query import total

    of = total(library.index, EVERYTHING)
    corpus = library.index.corpus
    return f"{found} of {of} {'brief' if of == 1 else 'briefs'} · {corpus.title} · as of {corpus.as_of}"


def _heard(text: str, options: Namespace) -> str:
    """A text of ours as it was asked for: with signs, or with `--plain` in words."""
    if not options.plain:
        return text
    from hrdash.report.spoken import in_words

    return in_words(text)


def search(options: Namespace) -> int:
    """Print the texts that hold the words, the words marked."""
    from hrdash.filter import terms
    from hrdash.index.query import marks, matching, rows
    from hrdash.report.matches import match_lines

    library, asked = _selection(options)
    wanted = terms(asked.text)
    if not asked.text:
        raise CommandError("search needs words to look for; see hrdash search --help")
    if not wanted.terms:
        raise CommandError("; ".join(wanted.hints), NOTHING)
    found = rows(library.index, asked)
    if not found:
        return _nothing(library, asked)
    briefs = tuple(library.index.briefs(row.number for row in found))
    inside = matching(library.index, asked, (brief.id for brief in briefs)) if asked.picks_statements else None
    context = _context(library, briefs)
    lines = match_lines(briefs, context, lambda texts: marks(library.index, asked.text, texts), inside)
    count = _count(len(found), library)
    _write_lines(lines, options)
    say(_heard(count, options))
    return OK


def themes(options: Namespace) -> int:
    """Print how many briefs each theme shows."""
    library, asked = _selection(options)
    return _print_themes(library, asked, options)


def _print_themes(library: Library, asked: Filter, options: Namespace) -> int:
    from hrdash.index.query import facets, total
    from hrdash.report.rows import theme_rows

    found = total(library.index, asked)
    if not found:
        return _nothing(library, asked)
    shown = [theme for theme in library.index.themes if not asked.themes or theme.id in asked.themes]
    count = _count(found, library)
    written = theme_rows
    if options.plain:
        from hrdash.report.spoken import spoken_themes as written
    write(written(shown, facets(library.index, asked).themes))
    say(_heard(count, options))
    return OK


def sources(options: Namespace) -> int:
    """Print the register of sources, or those that the matching briefs cite."""
    from hrdash.filter import EVERYTHING
    from hrdash.index.query import facets, total
    from hrdash.report.rows import source_rows

    library, asked = _selection(options)
    if not total(library.index, asked):
        return _nothing(library, asked)
    counts = facets(library.index, asked).sources
    register = library.index.registers.sources.values()
    chosen = [source for source in register if not asked.sources or source.id in asked.sources]
    written = source_rows
    if options.plain:
        from hrdash.report.spoken import spoken_sources as written
    write(written([source for source in chosen if asked == EVERYTHING or source.id in counts], counts))
    return OK


def export(options: Namespace) -> int:
    """Print the filtered corpus as one document."""
    library, asked = _selection(options)
    return _print_briefs(library, options, asked, ())


def check(options: Namespace) -> int:
    """Print every problem of a corpus."""
    from hrdash.corpus.check import check_corpus
    from hrdash.corpus.files import CorpusUnreadable
    from hrdash.library import shipped_folder

    folder = (options.words or [""])[0] or options.briefs or os.environ.get("HRDASH_BRIEFS") or shipped_folder()
    try:
        report = check_corpus(folder)
    except CorpusUnreadable as error:
        raise CommandError(str(error), UNREADABLE) from None
    write("".join(f"{problem.text}\n" for problem in report.problems))
    faults = sum(problem.level != "warning" for problem in report.problems)
    warnings = len(report.problems) - faults
    said = [f"{folder}: {_number(report.briefs, 'brief')} in {_number(report.files, 'file')}"]
    said += [_number(faults, "problem")]
    said += [_number(warnings, "warning")] if warnings else []
    said += [f"{_number(report.withheld, 'brief')} withheld"] if report.withheld else []
    say(", ".join(said))
    return NOTHING if faults else OK


def verify(options: Namespace) -> int:
    """Hold every statement against the paragraphs that it cites, and print what does not stand there."""
    from hrdash.audit.verify import verify as findings

    briefs, library, texts, problems = _with_texts(options)
    found = sorted({*problems, *findings(briefs, library.index.registers, texts)})
    write("".join(f"{problem.text}\n" for problem in found))
    faults = sum(problem.level != "warning" for problem in found)
    say(f"{len(briefs)} briefs held against {len(texts)} texts: {_number(faults, 'finding')}, "
        f"{_number(len(found) - faults, 'warning')}")  # fmt: skip
    return NOTHING if faults else OK


def coverage(options: Namespace) -> int:
    """Print which paragraphs and sentences of the texts the corpus takes up, and which it leaves out."""
    from hrdash.audit.account import account_lines
    from hrdash.audit.coverage import coverage as account_of

    try:
        least = float(options.fail_under)
    except ValueError:
        raise CommandError(f"--fail-under takes a number, and not {options.fail_under!r}") from None
    briefs, library, texts, problems = _with_texts(options)
    account = account_of(briefs, library.index.registers, texts)
    write("".join(f"{_heard(line, options)}\n" for line in account_lines(account, tabular=not options.plain)))
    for problem in problems:
        say(f"hrdash: {problem.text}")
    if problems or account.share < least:
        return NOTHING
    return OK


def _with_texts(options: Namespace) -> tuple[list[Brief], Library, dict[str, SourceText], tuple[Problem, ...]]:
    """Every brief of the corpus, the corpus, and the numbered texts of its sources with what is wrong with them."""
    from hrdash.audit.texts import read_texts
    from hrdash.filter import EVERYTHING
    from hrdash.index.query import numbers

    if not options.texts:
        raise CommandError("--texts names the folder of the numbered texts, and is missing")
    if not os.path.isdir(options.texts):
        raise CommandError(f"{options.texts}: there is no such folder of texts", UNREADABLE)
    library = _library(options)
    texts, problems = read_texts(options.texts, library.index.registers.sources)
    return list(library.index.briefs(numbers(library.index, EVERYTHING))), library, texts, problems


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def index(options: Namespace) -> int:
    """Make an index beside a corpus."""
    from hrdash.corpus.files import CorpusUnreadable
    from hrdash.library import make_index

    if not options.words:
        raise CommandError("index needs the folder that holds corpus.yaml")
    try:
        path = make_index(options.words[0])
    except CorpusUnreadable as error:
        raise CommandError(str(error), UNREADABLE) from None
    except OSError as error:
        raise CommandError(f"no index was made: {error}", UNREADABLE) from None
    say(f"indexed in {path}; from now on it is kept in step, and hrdash clean removes it")
    return OK


def clean(options: Namespace) -> int:
    """Remove what hrdash wrote, and print what that was."""
    from hrdash.library import remove_written_files

    removed, left = remove_written_files()
    write("".join(f"{clean_line(path)}\n" for path in removed))
    for path in left:
        say(f"hrdash: {clean_line(path)} was left: it is not there, not yours, or holds what hrdash did not write")
    say(f"removed {_number(len(removed), 'file')}")
    return NOTHING if left else OK


def dashboard(options: Namespace) -> int:
    """The dashboard on a terminal; the list everywhere else."""
    terminal = sys.stdin is not None and sys.stdin.isatty() and on_terminal() and os.environ.get("TERM") != "dumb"
    if not terminal or options.plain:
        return list_(options)
    library, asked = _selection(options)
    from hrdash.tui.start import run  # Textual: only where it is seen

    return run(library, asked, fresh=options.fresh, keep=not options.no_cache)


def _asked(options: Namespace, words: Sequence[str] = ()) -> Filter:
    """The filter that the options and the typed words ask for together."""
    from hrdash.filter import Filter, parse, parse_years

    asked = parse(" ".join((*map(_quoted, words), *options.text)))
    for hint in asked.hints:
        say(f"hrdash: {hint}")
    if asked.faults:
        raise CommandError("; ".join(asked.faults))
    try:
        years = tuple(parse_years(text) for text in options.year)
    except ValueError as error:
        raise CommandError(f"--year: {error}") from None
    for option in ("has", "without"):
        for value in getattr(options, option):
            _known_holding(option, value)
    typed = asked.filter
    return Filter(
        themes=(*typed.themes, *options.theme), years=(*typed.years, *years), text=typed.text,
        has=(*typed.has, *options.has), without=(*typed.without, *options.without),
        sources=(*typed.sources, *options.source), speakers=(*typed.speakers, *options.speaker),
        persons=(*typed.persons, *options.person),
    )  # fmt: skip


def _quoted(word: str) -> str:
    """A word as the shell gives it, where it is one value with spaces: `person:Women & girls`."""
    key, colon, value = word.partition(":")
    return f'{key}:"{value}"' if colon and key == "person" and '"' not in value else word


def _known_holding(option: str, value: str) -> None:
    from hrdash.filter import HOLDINGS

    if value not in HOLDINGS:
        raise CommandError(f"--{option} {value}: not one of {', '.join(HOLDINGS)}{suggestion(value, HOLDINGS)}")


def suggestion(name: str, known: Iterable[str]) -> str:
    """Which known name a misspelt one is nearest to, as the end of a sentence; or nothing."""
    from difflib import get_close_matches

    near = get_close_matches(name.casefold(), [word for word in known if word], 1, 0.5)
    return f"; did you mean {near[0]!r}?" if near else ""
