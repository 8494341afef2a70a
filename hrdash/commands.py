"""What each command does with its options: open the corpus, ask for what was asked, write it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from hrdash.streams import columns, in_color, on_terminal, say, write
from hrdash.text import clean_line

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
    from hrdash.index.file import Unreadable

    return Unreadable


class CommandError(Exception):
    """What stops a command: a sentence for stderr, and the exit code."""

    def __init__(self, message: str, code: int = USAGE) -> None:
        super().__init__(message)
        self.code = code


def _opened(options: Namespace) -> Library:
    """The corpus that the options name."""
    from hrdash.corpus.files import CorpusUnreadable
    from hrdash.library import open_library

    folder = options.briefs or os.environ.get("HRDASH_BRIEFS") or ""
    try:
        library = open_library(folder, cache=not options.no_cache)
    except CorpusUnreadable as error:
        raise CommandError(str(error), UNREADABLE) from None
    options.opened.callback(library.close)
    return library


def _library(options: Namespace) -> Library:
    """The corpus that the options name, with what could not be read said on stderr."""
    library = _opened(options)
    if library.index.withheld:
        from hrdash.report.lines import withheld_text

        say(f"hrdash: {withheld_text(library.index.withheld)}; {_check_line(library)} says why")
    return library


def _check_line(library: Library) -> str:
    """What to type to see the problems of this corpus."""
    from hrdash.library import shipped_folder

    folder = library.folder
    if folder == os.path.realpath(shipped_folder()):
        return "hrdash check"
    return clean_line(f"hrdash check {folder if all(c.isalnum() or c in '/._-' for c in folder) else repr(folder)}")


def _checked(library: Library, asked: Filter) -> Filter:
    """The filter by ids, once every theme, source, speaker and person in it is known to the corpus."""
    from hrdash.index.query import unknown_values

    asked = _by_id(library, asked)
    for facet, value, nearest in unknown_values(library.index, asked):
        near = f"; did you mean {nearest!r}?" if nearest else ""
        raise CommandError(f"no {facet} {value!r} in this corpus{_unread(library)}{near}")
    return asked


def _by_id(library: Library, asked: Filter) -> Filter:
    """The filter with an id for each theme's label and speaker's short name, and every name in the corpus's case."""
    if asked.themes:
        asked = asked._replace(themes=_each(asked.themes, _theme_ids(library)))
    if asked.sources:
        sources = library.index.registers.sources
        asked = asked._replace(sources=_each(asked.sources, _ids((source,) for source in sources)))
    if asked.speakers:
        speakers = library.index.registers.speakers.values()
        asked = asked._replace(speakers=_each(asked.speakers, _ids((item.id, item.short) for item in speakers)))
    if asked.persons:
        from hrdash.filter import EVERYTHING
        from hrdash.index.query import facets

        labels = facets(library.index, EVERYTHING, ("persons",)).persons
        asked = asked._replace(persons=_each(asked.persons, _ids((label,) for label in labels)))
    return asked


def _theme_ids(library: Library) -> dict[str, str]:
    """The id of each theme by its id and its label."""
    return _ids((theme.id, theme.label) for theme in library.index.themes)


def _ids(named: Iterable[tuple[str, ...]]) -> dict[str, str]:
    """Ids by id and by other name, both casefolded; a name that two share stands for neither."""
    found: dict[str, set[str]] = {}
    for names in named:
        for name in names:
            found.setdefault(name.casefold(), set()).add(names[0])
    return {name: one for name, (one, *more) in found.items() if not more}


def _each(names: Iterable[str], ids: Mapping[str, str]) -> tuple[str, ...]:
    """Each name by its id, where it has one; what stands for the same thing once."""
    return tuple(dict.fromkeys(ids.get(name.casefold(), name) for name in names))


def _context(library: Library, briefs: Sequence[Brief]) -> Context:
    """What wording these briefs takes."""
    from hrdash.report.lines import Context

    index = library.index
    themes = {theme.id: theme for theme in index.themes}
    titles = index.titles({name for brief in briefs for name in brief.related})
    return Context(index.corpus, themes, index.registers_of(briefs), index.withheld, titles)


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
    """The briefs of the named themes and the named briefs, in corpus order, as far as the filter matches them.

    Where no theme or brief is named, the filter's themes are.
    """
    from hrdash.index.query import matching, rows

    index = library.index
    asked = _checked(library, asked)
    chosen, named = _named(library, names) if names else (asked.themes, ())
    if asked.themes == chosen and not named:
        asked = asked._replace(themes=())
    found = {row.number for row in rows(index, asked._replace(themes=chosen))} if chosen or not names else set()
    if asked.themes or named:
        inside = {row.number: row.id for row in rows(index, asked)}
        found = {number for number in found if number in inside} | {n for n, name in inside.items() if name in named}
        for name in named:
            if name not in inside.values():
                say(f"hrdash: {name} lies outside the filter")
    both = asked._replace(themes=tuple(dict.fromkeys((*chosen, *asked.themes))))
    if not found and chosen and asked.themes:
        said = f"is in {' or '.join(chosen)} and matches {clean_line(asked.typed)}"
        say(f"hrdash: nothing in this corpus, as of {index.corpus.as_of}, {said}{_unread(library)}")
    elif not found and (chosen or not named):
        _nothing(library, both)
    if not found and options.format != "json":
        return NOTHING
    briefs = tuple(index.briefs(found))
    told = options.format == "json" or asked.picks_statements  # which statements lie inside the filter
    matches = matching(index, asked, tuple(brief.id for brief in briefs)) if told else {}
    context = _context(library, briefs)
    if options.format == "json":
        from hrdash.report.document import document, written

        write(written(document(context, both, briefs, matches)))
        return OK if briefs else NOTHING
    from hrdash.filter import EVERYTHING
    from hrdash.report.lines import report_lines

    words = ""
    if asked != EVERYTHING:
        from hrdash.report.filter_words import filter_words

        words = filter_words(asked, context)
    lines = report_lines(briefs, chosen, context, matches if told else None, words)
    if options.format == "markdown":
        from hrdash.report.markdown import markdown

        write(markdown(lines))
    else:
        _write_lines(lines, options)
    return OK


def _named(library: Library, names: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The themes and the briefs of these names, by id; raise `CommandError` for what is neither."""
    ids = _theme_ids(library)
    known = {theme.id for theme in library.index.themes}
    themes: dict[str, None] = {}
    briefs: dict[str, None] = {}
    for name in names:
        folded = name.casefold()
        if name in known:
            themes[name] = None
        elif library.index.brief(folded) is not None:
            briefs[folded] = None
        elif folded in ids:
            themes[ids[folded]] = None
        else:
            raise CommandError(_no_such(library, name))
    return tuple(themes), tuple(briefs)


def id_of(name: str, options: Namespace) -> str:
    """The id of the theme or brief that a name stands for; raise `CommandError` where it stands for none."""
    themes, briefs = _named(_opened(options), [name])
    return (themes + briefs)[0]


def _no_such(library: Library, name: str) -> str:
    """Why there is no theme or brief of a name: it could not be read, or it is not there, and what is."""
    from hrdash.index.query import nearest_name

    for held in library.index.withheld_list:
        if held.id == name.casefold():
            return f"the brief {name!r} could not be read; {_check_line(library)} says why, at {held.file}:{held.line}"
    near = nearest_name(library.index, name)
    guess = f"; did you mean {near!r}?" if near else ""
    return f"no theme or brief {name!r} in this corpus{_unread(library)}{guess}"


def _unread(library: Library) -> str:
    """What bounds an absence, as the end of a sentence; nothing where all was read."""
    from hrdash.report.lines import withheld_text

    return f"; {withheld_text(library.index.withheld)}" if library.index.withheld else ""


def list_(options: Namespace) -> int:
    """Print one line a brief."""
    from hrdash.filter import holding_names
    from hrdash.index.query import rows
    from hrdash.report.lines import LEGEND, marks
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
        shown = fitted(shown, columns(), flexible=1, spare=3)
    count = _count(len(found), library)
    write(aligned(shown))
    say(f"{count}; {LEGEND}")
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
        return NOTHING  # the hints were said
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
    from hrdash.check import check_corpus
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
    said = f"{_number(len(briefs), 'brief')} held against {_number(len(texts), 'text')}: {_number(faults, 'finding')}"
    say(f"{said}, {_number(len(found) - faults, 'warning')}{_unread(library)}")
    return NOTHING if faults or library.index.withheld else OK


def coverage(options: Namespace) -> int:
    """Print which paragraphs and sentences of the texts the corpus takes up, and which it leaves out."""
    from hrdash.audit.account import account_lines
    from hrdash.audit.coverage import coverage as account_of

    least = _share(options.fail_under)
    briefs, library, texts, problems = _with_texts(options)
    account = account_of(briefs, library.index.registers, texts)
    lines = list(account_lines(account, tabular=not options.plain))
    if library.index.withheld:
        lines.insert(0, f"briefs      {len(briefs)} counted{_unread(library)}")
    write("".join(f"{_heard(line, options)}\n" for line in lines))
    for problem in problems:
        say(f"hrdash: {problem.text}")
    return NOTHING if problems or library.index.withheld or account.share < least else OK


def _share(text: str) -> float:
    """A share in per cent, as it was typed."""
    try:
        share = float(text)
    except ValueError:
        share = -1
    if not 0 <= share <= 100:
        raise CommandError(f"--fail-under takes a number from 0 to 100, and not {text!r}")
    return share


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
        say(
            f"hrdash: {clean_line(path)} was left: it is not there, not yours, holds what hrdash did not write, "
            "or cannot be read or removed now"
        )
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
    for hint in (*asked.hints, *filter(None, map(_phrase_hint, words))):
        say(f"hrdash: {hint}")
    if asked.faults:
        raise CommandError("; ".join(asked.faults))
    try:
        years = tuple(parse_years(text) for text in options.year)
    except ValueError as error:
        raise CommandError(f"--year: {error}") from None
    has, without = (
        [_known_holding(option, value) for value in getattr(options, option)] for option in ("has", "without")
    )
    typed = asked.filter
    return Filter(
        themes=(*typed.themes, *options.theme), years=(*typed.years, *years), text=typed.text,
        has=(*typed.has, *has), without=(*typed.without, *without),
        sources=(*typed.sources, *options.source), speakers=(*typed.speakers, *options.speaker),
        persons=(*typed.persons, *options.person),
    )  # fmt: skip


def _quoted(word: str) -> str:
    """A word as the shell gives it, where it is one value with spaces: `person:Women & girls`."""
    key, colon, value = word.partition(":")
    named = key.casefold() in ("theme", "source", "speaker", "person")
    return f'{key}:"{value}"' if colon and named and '"' not in value else word


def _phrase_hint(word: str) -> str:
    """What to say of words that the shell kept together and a search takes apart; nothing of any other word."""
    if len(word.split()) < 2 or '"' in word or ":" in word or word.startswith("-"):
        return ""
    from shlex import quote  # only for this

    phrase = quote(f'"{word}"')
    return f"these words may stand anywhere: {word}; a phrase wants quotation marks of its own: {phrase}"


def _known_holding(option: str, value: str) -> str:
    from hrdash.filter import HOLDINGS

    if value.casefold() not in HOLDINGS:
        raise CommandError(f"--{option} {value}: not one of {', '.join(HOLDINGS)}{suggestion(value, HOLDINGS)}")
    return value.casefold()


def suggestion(name: str, known: Iterable[str]) -> str:
    """Which known name a misspelt one is nearest to, as the end of a sentence; or nothing."""
    from hrdash.names import nearest  # only where something is misspelt

    near = nearest(name, known)
    return f"; did you mean {near!r}?" if near else ""
