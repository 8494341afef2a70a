"""The rules between briefs and registers: what a brief names is registered, and may be named there."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping

from hrdash import derive
from hrdash.corpus.read import REGISTER_OF, FileContents, Withheld
from hrdash.corpus.rules import Reference, highest, premise_faults
from hrdash.model import SECTION_KINDS, STATE_SECTIONS, Corpus, Place, Problem, Registers, Source
from hrdash.names import nearest, shown
from hrdash.schema import with_article

_NAMES = {"source": "source", "cites": "source", "by": "speaker", "indicator": "indicator"}
"""What each key names, of what stands in a register."""
_MOST_SUGGESTIONS = 20
"""Of a file's faulty names, so many get a suggestion, since each takes time."""


def check_references(
    contents: FileContents, corpus: Corpus, registers: Registers, faulty: Iterable[tuple[str, str, str]]
) -> FileContents:
    """A file's contents with what is wrong with its references added, and the briefs that have one withheld. `faulty`
    are the entries, or with an empty id the registers, that are left out for an error: kind, id and where. That is
    reported there, and no problem of the briefs that name one: they are withheld for it."""
    broken = {(kind, name): where for kind, name, where in faulty}
    found = [*_countries(contents, corpus)]
    echoes: list[Place] = []
    for place, problem in _problems(contents, corpus, registers, broken):
        if problem:
            found.append(Problem(contents.name, *place, *problem))
        else:
            echoes.append(place)
    starts = sorted([*(brief.place for brief in contents.briefs), *(Place(*held[1:]) for held in contents.withheld)])
    places = [*(Place(problem.line, problem.column) for problem in found), *echoes]
    wrong = {starts[bisect_right(starts, place) - 1] for place in places}
    for brief in contents.briefs:
        faults = [] if brief.place in wrong else list(premise_faults(brief))
        found += (Problem(contents.name, *place, what, cure) for place, what, cure in faults)
        wrong |= {brief.place for _ in faults}
    if not wrong:
        return contents
    held = [Withheld(brief.id, *brief.place) for brief in contents.briefs if brief.place in wrong]
    return contents._replace(
        briefs=tuple(brief for brief in contents.briefs if brief.place not in wrong),
        withheld=tuple(sorted([*contents.withheld, *held], key=lambda withheld: withheld[1:])),
        problems=tuple(sorted({*contents.problems, *found})),
    )


def _countries(contents: FileContents, corpus: Corpus) -> Iterator[Problem]:
    known = corpus.countries
    named = set()
    for one in contents.references:
        if one.kind == "country":
            named.add(one.brief_id)
            if known and one.target not in known:
                what, cure = f"{one.target} is no country of this corpus", f"write one of: {', '.join(known)}"
                yield Problem(contents.name, *one.place, what, cure)
    for declared in contents.declares if len(known) > 1 else ():
        if declared.kind == "brief" and declared.id not in named:
            cure = f"a corpus of several needs one of: {', '.join(known)}"
            yield Problem(contents.name, *declared.place, "missing key 'country'", cure)


def _problems(
    contents: FileContents, corpus: Corpus, registers: Registers, faulty: Mapping[tuple[str, str], str]
) -> Iterator[tuple[Place, tuple[str, ...] | None]]:
    """Where something is named that may not be, and what is wrong with that; nothing where it is known elsewhere."""
    known: dict[str, Mapping[str, object]] = dict(zip(REGISTER_OF, registers, strict=True))
    countries = {one.brief_id: one.target for one in contents.references if one.kind == "country"}
    told: set[tuple[str, str, str]] = set()
    meant: dict[tuple[str, str], str] = {}
    for one in contents.references:
        if one.kind not in _NAMES:
            continue
        kind, target = _NAMES[one.kind], one.target
        if target in known[kind]:
            found = (
                _pinpoint_fault(one, registers.sources[target]) if one.kind == "cites"
                else _speaker_fault(one, countries.get(one.brief_id, ""), corpus, registers) if one.kind == "by"
                else None
            )  # fmt: skip
            if found:
                yield one.place, found
        elif (kind, "") in faulty or (kind, target) in faulty:
            yield one.place, None
        elif (one.brief_id, kind, target) not in told:
            told.add((one.brief_id, kind, target))  # once for a brief
            if (kind, target) not in meant:
                meant[kind, target] = nearest(target, known[kind]) if len(meant) < _MOST_SUGGESTIONS else ""
            guess = meant[kind, target]
            cure = f"did you mean '{guess}'?" if guess else f"add it to {REGISTER_OF[kind]}"
            yield one.place, (f"{kind} {shown(target)} is not registered", cure, "error", target)


def _pinpoint_fault(one: Reference, source: Source) -> tuple[str, str] | None:
    paragraphs = source.paragraphs
    if paragraphs is not None and paragraphs.numbering == "none":
        return (f"{shown(source.id)} has no paragraphs to cite", "remove the pinpoint") if one.pinpoint else None
    if not one.pinpoint:
        return f"no place in {shown(source.id)} is cited", f"write {source.id} and the paragraph behind it"
    if paragraphs is not None and highest(one.pinpoint) > paragraphs.last > 0:
        last = paragraphs.last
        what = f"{shown(one.pinpoint)} lies beyond the last paragraph of {shown(source.id)}, {last}"
        return what, f"correct it, or last in {REGISTER_OF['source']}"
    return None


def _speaker_fault(one: Reference, country: str, corpus: Corpus, registers: Registers) -> tuple[str, str] | None:
    speaker = registers.speakers[one.target]
    about = country or (corpus.countries[0] if len(corpus.countries) == 1 else "")
    is_free = one.section not in STATE_SECTIONS or about not in corpus.countries
    if is_free or derive.is_state_side(speaker, about, corpus):
        return None
    what = f"{shown(one.target)} is not of the State side, which alone makes {with_article(SECTION_KINDS[one.section])}"
    return what, "move the statement to another section, or name another speaker"
