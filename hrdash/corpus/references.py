"""The rules between a brief and the registers: what it names is registered, and may be named there."""

from collections.abc import Iterable

from hrdash import derive
from hrdash.corpus.listing import REGISTER_OF
from hrdash.corpus.nodes import Mapping
from hrdash.corpus.rules import highest
from hrdash.corpus.values import Reading, Reference, place_of
from hrdash.model import OUTSIDE_SECTIONS, SECTION_KINDS, STATE_SECTIONS, Brief, Corpus, Registers, Source
from hrdash.names import shown
from hrdash.schema import with_article

NAMES = {"source": "source", "cites": "source", "by": "speaker", "indicator": "indicator"}
"""What each key names, of what stands in a register."""
_MOST_SUGGESTIONS = 20
"""Of the names in a file that are not registered, so many get a suggestion: there may be thousands of sources."""


class Known:
    """What briefs are held against."""

    def __init__(self, corpus: Corpus, registers: Registers, faulty: Iterable[tuple[str, str, str]]) -> None:
        self.corpus, self.registers = corpus, registers
        self.broken = {(kind, name) for kind, name, _ in faulty}
        """The entries, or with an empty id the registers, that are left out for an error: kind and id."""


def check_names(reading: Reading, node: Mapping, brief: Brief, references: Iterable[Reference], known: Known) -> bool:
    """Report what a brief names that is not registered, or may not be named there. Whether it names what is left out
    for an error: that is reported where it is, and no problem of the brief."""
    _check_country(reading, node, brief, known.corpus.countries)
    registers = dict(zip(REGISTER_OF, known.registers, strict=True))
    told: set[tuple[str, str]] = set()
    names_broken = False
    for one in references:
        if one.kind not in NAMES:
            continue
        kind, target = NAMES[one.kind], one.target
        if target in registers[kind]:
            found = (
                _pinpoint_fault(one, known.registers.sources[target]) if one.kind == "cites"
                else _speaker_fault(one, brief.country, known) if one.kind == "by"
                else None
            )  # fmt: skip
            if found:
                reading.report(one.place, *found)
        elif (kind, target) in known.broken or (kind, "") in known.broken:
            names_broken = True
        elif (kind, target) not in told:
            told.add((kind, target))  # once for a brief
            if (kind, target) not in reading.meant:
                is_one_more = len(reading.meant) < _MOST_SUGGESTIONS
                reading.meant[kind, target] = reading.suggestion(target, registers[kind]) if is_one_more else ""
            guess = reading.meant[kind, target]
            cure = f"did you mean '{guess}'?" if guess else f"add it to {REGISTER_OF[kind]}"
            reading.report(one.place, f"{kind} {shown(target)} is not registered", cure, about=target)
    return names_broken


def _check_country(reading: Reading, node: Mapping, brief: Brief, known: tuple[str, ...]) -> None:
    if brief.country and known and brief.country not in known:
        what, cure = f"{brief.country} is no country of this corpus", f"write one of: {', '.join(known)}"
        reading.report(place_of(node, "country"), what, cure)
    elif len(known) > 1 and "country" not in node.entries:
        cure = f"a corpus of several needs one of: {', '.join(known)}"
        reading.report(place_of(node, "id"), "missing key 'country'", cure)


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


def _speaker_fault(one: Reference, country: str, known: Known) -> tuple[str, str] | None:
    corpus, speaker = known.corpus, known.registers.speakers[one.target]
    about = derive.country_of(country, corpus)
    if about not in corpus.countries:
        return None
    kind = with_article(SECTION_KINDS[one.section])
    if one.section in STATE_SECTIONS and not derive.is_state_side(speaker, about, corpus):
        what = f"{shown(one.target)} is not of the State side, which alone makes {kind}"
        return what, "move the statement to another section, or name another speaker"
    if one.section in OUTSIDE_SECTIONS and derive.is_state(speaker, about, corpus):
        what = f"{shown(one.target)} is the State, and {kind} is by somebody outside it"
        return what, "move the statement to claims, or name another speaker"
    return None
