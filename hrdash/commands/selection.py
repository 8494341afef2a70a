"""What most commands begin with: the corpus is opened, and the filter read and held against it."""

import os
import re
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain
from typing import NamedTuple

from hrdash.characters import plain
from hrdash.commands import NOTHING, Answer, CommandError, did_you_mean
from hrdash.filter import BY_WORD, EVERYTHING, FACETS, Filter, name_key, parse
from hrdash.index.hints import by_id, explain_nothing, ids_by_name, nearest_name, unknown_values
from hrdash.index.index import Index
from hrdash.index.query import Count, Selection, of_one_state, select
from hrdash.index.survey import register_faults
from hrdash.keeping import left_beside
from hrdash.library import Library, open_library, shipped_folder
from hrdash.model import Problem
from hrdash.names import nearest
from hrdash.progress import followed
from hrdash.report.parts import text_of
from hrdash.report.wording import Batch, Context, count_parts, withheld_text
from hrdash.settings import Config, load_config
from hrdash.terms import as_typed, quoted, terms
from hrdash.text import clean_line

FOLDER = "jsonl"
"""The format that is written into a folder, which the words then name."""
_AT_ONCE = 500
"""Briefs that are held in memory at once where they are written one after the other."""


class Asked(NamedTuple):
    """A corpus, and what of it is asked for."""

    library: Library
    filter: Filter
    """By ids, each of which the corpus knows."""
    notes: list[str]
    """What to tell the user so far."""
    options: Namespace
    names: tuple[str, ...] = ()
    """The themes and briefs that are named beside the filter."""

    @property
    def found(self) -> Selection:
        """What matches."""
        return select(self.library.index, self.filter)

    def nothing(self) -> Answer:
        """That nothing matches, and why."""
        return Answer(notes=[*self.notes, explain_nothing(self.library.index, self.filter)], code=NOTHING)

    def counted(self, found: Selection, size: Count | None = None, beside: str = "") -> str:
        """How much of the corpus there is, of which corpus, as of when; with `--plain` in words. How much it is is
        given where what is listed, `beside` which that stands, has less than all that is found.
        """
        whole, size = select(self.library.index, EVERYTHING), size or Count(found.statements, found.briefs)
        counts = {"statement": (size.statements, whole.statements), "brief": (size.briefs, whole.briefs)}
        parts = count_parts(counts, self.library.index.corpus)
        left = found.undated(beside).statements
        undated = f"; {left:,} undated, not shown" if left else ""
        if self.options.plain:
            from hrdash.report.render import spoken  # a dashboard has no use for it

            return spoken(parts) + undated
        return text_of(parts) + undated


def asking(options: Namespace, read: Callable[[Asked], Answer], named_too: bool, at_once: bool = True) -> Answer:
    """What `read` gives of what the options and the typed words ask for together. Where there may be names among the
    words, these are the words that are no filter; a folder is named by any. The corpus stays open until the answer is
    printed. What stops a command in between is said behind the notes. Without `at_once` a corpus that takes long is
    still to be read, and nothing is held against it yet."""
    notes: list[str] = []
    is_folder = getattr(options, "format", "") == FOLDER
    names = tuple(word for word in options.words if is_folder or (named_too and ":" not in word))
    try:
        typed = _typed(options, [word for word in options.words if word not in names], notes)
        named_ones = [(name, _named_filter(name, notes)) for name in options.filter]
        library = options.open_till_printed.enter_context(opened(options, at_once))
        at_first = library.note
        notes += [at_first] if at_first and not library.ahead else []  # what is still to be written is not said to be

        def answered(_: Index) -> Answer:
            known = [*notes, *unread_notes(library)]
            asked = _narrowed(library, typed, named_ones)
            asked = asked if library.ahead and library.index.is_new() else _checked(library, asked)
            return read(Asked(library, asked, known, options, names))

        is_read = at_once and not is_folder  # the dashboard reads as long as it is open, and a folder is written once
        answer: Answer = library.ask(of_one_state(answered) if is_read else answered)
    except CommandError as error:
        error.notes = (*notes, *error.notes)
        raise
    return answer if library.note == at_first else answer._replace(notes=[library.note, *answer.notes])


def opened(options: Namespace, at_once: bool = True) -> closing[Library]:
    """The corpus that the options name, to be closed by `with`."""
    config = Config(keeps_index=False) if options.no_cache else load_config("index")
    with followed(quiet=options.plain) as corpus:
        library = open_library(folder_of(options), config.keeps_index, corpus, at_once)
    if config.faults and not config.keeps_index:
        library.note = f"{'; '.join(config.faults)}; so the corpus is read into memory"
    elif not config.keeps_index and not options.no_cache:
        library.note = left_beside(library.folder)
    return closing(library)


def folder_of(options: Namespace) -> str:
    """The folder that the options or the environment name; nothing where the shipped corpus is meant."""
    return os.path.expanduser(options.briefs or os.environ.get("HRDASH_BRIEFS") or "")


def from_here(problems: Iterable[Problem], folder: str) -> Iterator[Problem]:
    """Problems of a corpus, with their files named from the folder that one stands in, where that is above them."""
    here, root = os.path.realpath(os.curdir), os.path.realpath(folder)
    below = root if root == here or root.startswith(here.rstrip(os.sep) + os.sep) else ""
    path = os.path.relpath(root, here) if below else folder
    for problem in problems:
        yield problem._replace(file=os.path.normpath(os.path.join(clean_line(path), problem.file)))


def unread_notes(library: Library) -> list[str]:
    """That some briefs could not be read, or a register not whole, and what says why; nothing where all were."""
    withheld, registers = library.index.withheld, faulty_registers(library)
    found = ([withheld_text(withheld)] if withheld else []) + ([registers] if registers else [])
    return [f"{'; '.join(found)}; {_check_line(library)} says why"] if found else []


def faulty_registers(library: Library) -> str:
    """Which of `corpus.yaml` and the registers have an error, for which something in them is left out, or nothing."""
    names = dict.fromkeys(problem.file for problem in register_faults(library.index))
    return f"{clean_line(' and '.join(names))} could not be read whole" if names else ""


def unread(library: Library) -> str:
    """What bounds an absence, as the end of a sentence; nothing where all was read."""
    return f"; {withheld_text(library.index.withheld)}" if library.index.withheld else ""


def whole_context(library: Library) -> Context:
    """What wording takes of the corpus, whatever the brief."""
    index = library.index
    return Context(index.corpus, {theme.id: theme for theme in index.themes}, index.registers, index.withheld)


def batch(library: Library, found: Selection, numbers: Sequence[int]) -> Batch:
    """The briefs of these numbers, in this order, with what wording them takes."""
    index = library.index
    by_number = dict(zip(sorted(numbers), index.briefs(numbers), strict=True))
    briefs = tuple(by_number[number] for number in numbers)
    elsewhere = index.elsewhere(briefs)
    cites = (*chain.from_iterable(brief.citations for brief in briefs), *elsewhere.citations)
    answers = index.answers(numbers)
    context = Context(
        index.corpus, {theme.id: theme for theme in index.themes}, index.registers_citing(cites),
        index.withheld, index.titles({name for brief in briefs for name in brief.related}), answers, elsewhere,
        index.years(brief.id for brief in briefs),
    )  # fmt: skip
    if not found.filter.picks_statements:
        return Batch(briefs, context, {name: frozenset(keys) for name, keys in answers.items()})
    return Batch(briefs, context, found.matching({*numbers, *index.numbers(elsewhere.briefs).values()}))


def batches(library: Library, found: Selection, numbers: Sequence[int]) -> Iterator[Batch]:
    """All of these briefs, some at a time; the first of them are read at once, when an index can still be replaced."""
    state, first = library.index.state(), batch(library, found, numbers[:_AT_ONCE])

    def others() -> Iterator[Batch]:
        for start in range(_AT_ONCE, len(numbers), _AT_ONCE):
            some = batch(library, found, numbers[start : start + _AT_ONCE])
            library.index.still(state)
            yield some

    return chain([first], others())


def named(library: Library, names: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The themes and the briefs of these names, by id; raise `CommandError` for what is neither."""
    known = {theme.id for theme in library.index.themes}
    themes: dict[str, None] = {}
    briefs: dict[str, None] = {}
    for name in names:
        folded = plain(name).casefold()
        if name in known:
            themes[name] = None
        elif library.index.numbers([folded]):
            briefs[folded] = None
        elif meant := ids_by_name(library.index, BY_WORD["theme"]).get(name_key(name)):
            themes |= dict.fromkeys(meant)
        else:
            raise CommandError(_no_such(library, name))
    return tuple(themes), tuple(briefs)


def _no_such(library: Library, name: str) -> str:
    """Why there is no theme or brief of a name: it could not be read, or it is not there, and what is."""
    for held in library.index.withheld_list:
        if held.id == name.casefold():
            where = f"{held.file}:{held.line}"
            return f"the brief {name!r}, at {where}, could not be read; {_check_line(library)} says why"
    near = did_you_mean(nearest_name(library.index, name), name)
    return f"no theme or brief {name!r} in this corpus{unread(library)}{near}"


def _check_line(library: Library) -> str:
    """What to type to see the problems of this corpus."""
    if library.folder == os.path.realpath(shipped_folder()):
        return "hrdash check"
    from shlex import quote  # for what could not be read alone

    return clean_line(f"hrdash check {quote(library.folder)}")


def _typed(options: Namespace, words: Sequence[str], notes: list[str]) -> Filter:
    words, said = list(map(_as_typed, words)), map(_as_typed, options.text)
    chosen = [
        f"{facet.word}:{quoted(_as_typed(value))}"
        for facet in FACETS
        for value in getattr(options, facet.word.replace("-", "_"))
    ]
    if faults := parse(" ".join(chosen)).faults:
        raise CommandError("; ".join(f"--{fault}" for fault in faults))
    typed = parse(" ".join((*chosen, *map(_quoted, words), *said)))
    notes += (*typed.hints, *filter(None, map(_phrase_hint, words)))
    if typed.faults:
        raise CommandError("; ".join(typed.faults))
    notes += terms(typed.filter.text).hints
    return typed.filter


def _as_typed(text: str) -> str:
    """What was typed, which is UTF-8 also where the locale takes ASCII alone and hands on other bytes as surrogates."""
    try:
        return text.encode(errors="surrogateescape").decode()
    except UnicodeError:
        return text


def _quoted(word: str) -> str:
    """A word as the shell gives it, where it begins with one value with spaces: `person:Women & girls answer:none`."""
    key, colon, value = word.partition(":")
    facet = BY_WORD.get(key.casefold())
    if not (colon and facet and facet.named) or '"' in plain(value):
        return word
    value, *rest = re.split(rf"\s+(?=(?:{'|'.join(BY_WORD)}):)", value, maxsplit=1, flags=re.IGNORECASE)
    return " ".join((f"{key}:{quoted(value)}", *map(_quoted, rest)))


def _phrase_hint(word: str) -> str:
    """What to say of words that the shell kept together and a search takes apart; nothing of any other word."""
    if len(as_typed(word)) < 2 or '"' in plain(word) or ":" in word or plain(word).startswith("-"):
        return ""
    from shlex import quote  # for such words alone

    phrase = quote(f'"{word}"')
    return f"these words may stand anywhere: {word}; a phrase wants quotation marks of its own: {phrase}"


def _named_filter(name: str, notes: list[str]) -> Filter:
    """The filter that has a name; raise `CommandError` where none has."""
    from hrdash.named_filters import find, named_filters, why_unknown  # for who names one

    found, why = find(name), why_unknown()
    notes += [f"your own filters are not known: {why}"] if why else []
    if found is None:
        known = [one.name for one in named_filters()]
        near = did_you_mean(nearest(name, known), name) or f"; the names are {', '.join(known)}"
        raise CommandError(f"no filter is named {name!r}{near}")
    parsed = parse(found.query)
    if parsed.faults:
        raise CommandError(f"--filter {name}: {'; '.join(parsed.faults)}")
    notes += parsed.hints
    return parsed.filter


def _narrowed(library: Library, filter_: Filter, named_ones: Sequence[tuple[str, Filter]]) -> Filter:
    """A filter for what all of these show together, its own words the last; raise `CommandError` where none says
    that."""
    for name, also in reversed(named_ones):
        try:
            filter_ = by_id(library.index, also).narrowed(by_id(library.index, filter_))
        except ValueError as fault:
            raise CommandError(f"--filter {name}, which is {also.typed}: {fault}") from None
    return filter_


def _checked(library: Library, filter_: Filter) -> Filter:
    """The filter by ids, once every theme, source, speaker and person in it is known to the corpus."""
    filter_ = by_id(library.index, filter_)
    for facet, value, near in unknown_values(library.index, filter_):
        raise CommandError(f"no {facet} {value!r} in this corpus{unread(library)}{did_you_mean(near, value)}")
    return filter_
