"""What a corpus is made of: plain immutable values, as a brief's author wrote them and nothing derived.

Names follow the field's own: CSL-JSON for sources, EDTF for periods, UHRI for tags. Every text in these values has
passed `hrdash.text.clean`.

The annotations are the schema: `hrdash.schema` derives from them which keys a mapping takes, which it must have, how
each is read and written, what refers to what, and which texts are searched. A new key is a line here.
"""

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Annotated, Any, NamedTuple

from hrdash import period

KINDS = ("claim", "concern", "question", "recommendation", "response", "commendation", "observation", "assessment")
SECTION_KINDS = {f"{kind}s": kind for kind in KINDS}
"""The eight kinds of statement: a brief's key for each, and the word for one statement of it, in the order of print."""
SECTIONS = tuple(SECTION_KINDS)

PUT_SECTIONS = ("concerns", "questions", "recommendations")
"""What may be put to the State, and so have an answer."""
STATE_SECTIONS = ("claims", "responses")
"""What the State side alone says."""
OUTSIDE_SECTIONS = ("commendations", "observations")
"""What somebody outside the State says."""

SPEAKER_KINDS = (
    "state", "nhri", "treaty-body", "special-procedure", "un-agency", "regional-body", "court", "ngo", "media",
    "academic", "individual", "unsigned",
)  # fmt: skip
PUT_AS = ("statement", "report", "plan")
POSITIONS = ("supported", "partly-supported", "noted", "pending")
"""What the State formally replies to a recommendation."""
DIFFERENCE_KINDS = ("number", "scope", "fact", "attribution", "omission")
QUALIFIERS = ("around", "more-than", "less-than", "up-to", "at-least", "nearly")
DIRECTIONS = ("up", "down")
INDICATOR_KINDS = ("count", "share", "percent-change", "factor", "amount", "rank", "limit")
SPANS = ("flow", "stock")
NUMBERINGS = ("ours", "printed", "none")
CAPACITIES = ("official", "personal")
NO_STATEMENT_REASONS = ("navigation", "heading", "credit", "procedure", "framing", "repeats")
HEADING_LETTERS = 70
"""As much of a statement as heads a brief without a title."""
LABEL_CELLS = 14
"""The widest label of a theme, in terminal cells: twenty tabs have to be found on a line."""


class OneOf(NamedTuple):
    """Mark of a text that is one of a few words."""

    words: tuple[str, ...]


class Label(NamedTuple):
    """Mark of a text that is a label of the UN's index (UHRI)."""

    facet: str


class Ref(NamedTuple):
    """Mark of an id that names something else. That is a `source`, `speaker`, `indicator`, `theme` or `brief`; or a
    `statement`, as `id` of the same brief or as `brief/id`."""

    kind: str
    sections: tuple[str, ...] = ()
    """Of a statement: the sections that it may stand in; none named is any."""


class Key(NamedTuple):
    """Mark of what the type of a field does not say of its key."""

    name: str = ""
    """Where it is another than the field's."""
    required: bool | None = None
    """Where it is required with a default, or without one is asked for by a rule of its own."""
    sections: tuple[str, ...] = ()
    """The sections whose statements alone take it."""
    not_sections: tuple[str, ...] = ()
    """The sections whose statements do not take it."""


NO_KEY = "no key"
"""Mark of a field that nobody writes: where the value was read."""
SEARCHED = "searched"
"""Mark of a text of a brief in which words are searched."""

Id = Annotated[str, "identifier"]
Line = Annotated[str, "line"]
Heading = Annotated[Line, SEARCHED]
Prose = Annotated[str, "prose", SEARCHED]
Period = Annotated[str, "period"]
Date = Annotated[str, "date"]
Url = Annotated[str, "url"]
Country = Annotated[str, "country"]
TabLabel = Annotated[str, "tab_label"]
Number = Annotated[int | float | None, "number"]
Flag = Annotated[bool, "flag"]
Paragraph = Annotated[int, "paragraph"]
Pinpoint = Annotated[str, "pinpoint"]
"""One place or range of `hrdash.pinpoint`, as it is written there."""
Pinpoints = Annotated[str, "pinpoints"]
"""Several, a comma between two."""
StatementId = Annotated[str, Ref("statement")]
PutId = Annotated[str, Ref("statement", PUT_SECTIONS)]


class Place(NamedTuple):
    """Where a value is written in its file; both numbers count from 1."""

    line: int
    column: int


class Problem(NamedTuple):
    """Something wrong with a corpus, where it is, and what to do about it."""

    file: str
    """The file's path relative to the corpus folder, with `/`."""
    line: int
    column: int
    what: str
    cure: str
    level: str = "error"
    """`error`: the brief is withheld; `unsafe`: shown, with the place marked; `warning`: worth a look."""
    about: str = ""
    """The name that is at fault wherever it stands: problems that say the same of one name are one problem."""

    @property
    def text(self) -> str:
        """The problem as `file:line:column: what; cure`."""
        word = "warning: " if self.level == "warning" else ""
        return f"{self.file}:{self.line}:{self.column}: {word}{self.what}; {self.cure}"


def one_a_cause(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems in order, each once, and what is wrong with one name in many places once, with their number."""
    found: dict[object, list[Problem]] = {}
    for problem in sorted(set(problems)):
        cause = (problem.what, problem.level) if problem.about else problem
        found.setdefault(cause, []).append(problem)
    return tuple(
        first if not others else first._replace(what=f"{first.what}, in {len(others) + 1:,} places")
        for first, *others in found.values()
    )


class Corpus(NamedTuple):
    """What `corpus.yaml` says of the whole folder."""

    title: Line
    countries: Annotated[tuple[Country, ...], Key(required=False)]
    """ISO 3166-1 alpha-3; where there is one it may be written as `country`."""
    about: Annotated[Prose, Key(required=False)]
    as_of: Date
    """EDTF: the date up to which the corpus looks, named wherever it says that there is none of something."""
    licence: Annotated[Line, Key(required=False)]
    not_read: tuple[Line, ...] = ()
    """What else belongs beside the corpus, and is no part of it: names of files, and of folders with `/`."""

    @property
    def date(self) -> str:
        """That date in words, as `2026-11` or `2026 (inferred)`; not known while its own file cannot be read."""
        if "~" in self.as_of or "/" in self.as_of:
            return period.parse(self.as_of).text.replace(" – ", "–").replace("–", " to ")
        return self.as_of or "an unknown date"

    @property
    def until(self) -> str:
        """How far it looks, in words: `as of 2026-11`."""
        return f"as of {self.date}"


class Author(NamedTuple):
    """A CSL-JSON name: a body's `literal`, or a person's `family` and `given`."""

    literal: Line = ""
    family: Line = ""
    given: Line = ""

    @property
    def text(self) -> str:
        """The name as it is read."""
        return self.literal or " ".join(part for part in (self.given, self.family) if part)


class Section(NamedTuple):
    """A stretch of a source under one heading, from its first paragraph to the next section's."""

    first: Annotated[Paragraph, Key("from")]
    title: Line


class NoStatements(NamedTuple):
    """Paragraphs that hold nothing to cite, and why."""

    paras: Pinpoint
    reason: Annotated[str, OneOf(NO_STATEMENT_REASONS)]
    see: Pinpoints = ""


class Paragraphs(NamedTuple):
    """How a source's paragraphs are counted, so that a pinpoint can be found by hand. `paragraphs: none` in a file is
    the numbering `none`: the source is cited without pinpoint."""

    numbering: Annotated[str, OneOf(NUMBERINGS)]
    last: Paragraph
    sections: tuple[Section, ...] = ()
    no_statements: tuple[NoStatements, ...] = ()


class Source(NamedTuple):
    """A document, in CSL-JSON's words, with the field's own `kind`, `capacity` and `note`."""

    id: Id
    type: Line
    title: Line
    issued: Date
    """EDTF; `~` when inferred."""
    kind: Line
    capacity: Annotated[str, OneOf(CAPACITIES)]
    title_short: Annotated[Line, Key("title-short")] = ""
    """Stands beside every pinpoint; where there is none, the `number` stands in for it."""
    paragraphs: Paragraphs | None = None
    """`None` where they are not known, and any pinpoint is taken."""
    author: tuple[Author, ...] = ()
    publisher: Line = ""
    container_title: Annotated[Line, Key("container-title")] = ""
    number: Line = ""
    """The UN symbol, or another body's number of the document."""
    body: Line = ""
    """CCPR, UPR …"""
    session: Line = ""
    cycle: Line = ""
    put_to_state: Flag | None = None
    """Whether what others raise in it is put to the State; absent is false."""
    due: Date = ""
    """EDTF: until when the State is asked to reply."""
    accessed: Date = ""
    URL: Url = ""
    language: Line = ""
    note: Prose = ""
    file: Annotated[str, NO_KEY] = ""
    """Relative to the corpus folder, with `/`."""
    place: Annotated[Place, NO_KEY] = Place(1, 1)


class Speaker(NamedTuple):
    """Who says it."""

    id: Id
    name: Line
    short: Line
    kind: Annotated[str, OneOf(SPEAKER_KINDS)]
    country: Country = ""
    state_side: Flag | None = None
    """Whether a speaker of another kind than `state` speaks for the State side."""


class Indicator(NamedTuple):
    """What a figure counts; only figures of one indicator are ever compared."""

    id: Id
    label: Line
    unit: Line
    kind: Annotated[str, OneOf(INDICATOR_KINDS)]
    span: Annotated[str, OneOf(SPANS)]
    note: Prose = ""
    see: tuple[Annotated[str, Ref("indicator")], ...] = ()


class Registers(NamedTuple):
    """The three lists that statements refer to, by id and in file order."""

    sources: Mapping[str, Source]
    speakers: Mapping[str, Speaker]
    indicators: Mapping[str, Indicator]


class Faulty(NamedTuple):
    """An entry that is left out of a register because something in it is wrong."""

    kind: str
    """`source`, `speaker` or `indicator`."""
    id: str
    """Empty for the whole register."""
    where: str
    """`sources.yaml:12`."""


class Theme(NamedTuple):
    """A subject: one tab."""

    id: Id
    label: TabLabel
    title: Line
    uhri_themes: tuple[Annotated[str, Label("Themes")], ...] = ()
    instruments: tuple[Line, ...] = ()


class Citation(NamedTuple):
    """A source and the place in it, written `source pinpoint`, or by the pinpoint alone in a brief with a source."""

    source: Annotated[str, Ref("source")]
    pinpoint: Pinpoint = ""
    """Empty where the source has no paragraphs."""


Citations = Annotated[tuple[Citation, ...], Key(required=False)]
"""That there is one at least is a rule, which says so of an empty list too."""


class Figure(NamedTuple):
    """One quantity of a statement: `value`, or `low` and `high`."""

    indicator: Annotated[str, Ref("indicator")]
    value: Number = None
    low: Number = None
    high: Number = None
    qualifier: Annotated[str, OneOf(QUALIFIERS)] = ""
    direction: Annotated[str, OneOf(DIRECTIONS)] = ""
    per: Line = ""
    base: Line = ""
    population: Heading = ""
    period: Period = ""
    status: Annotated[str, OneOf(("planned",))] = ""


class Position(NamedTuple):
    """The State's formal reply to a recommendation."""

    position: Annotated[str, OneOf(POSITIONS)]
    cites: Citations


class Statement(NamedTuple):
    """One thing said by one speaker, or by several jointly, in one source. Empty text stands for an absent key."""

    by: tuple[Annotated[str, Ref("speaker")], ...]
    text: Prose
    cites: Citations
    id: Id = ""
    """Only where something refers to it."""
    period: Period = ""
    period_text: Heading = ""
    put_as: Annotated[str, OneOf(PUT_AS), Key(not_sections=("questions",))] = "statement"
    verbatim: Flag | None = None
    """Whether the text is the source's own words."""
    put_to_state: Annotated[Flag | None, Key(sections=PUT_SECTIONS)] = None
    """Where it differs from what holds for its source."""
    due: Annotated[Date, Key(sections=PUT_SECTIONS)] = ""
    same_as: StatementId = ""
    premise: Annotated[tuple[Annotated[str, Ref("statement", ("concerns",))], ...], Key(sections=("questions",))] = ()
    """The concerns that a question is asked about: they stand above it and have no answer of their own."""
    answers: Annotated[tuple[PutId, ...], Key(required=True, sections=("responses",))] = ()
    positions: Annotated[tuple[Position, ...], Key(sections=("recommendations",))] = ()
    assesses: Annotated[
        tuple[Annotated[str, Ref("statement", ("recommendations",))], ...],
        Key(required=True, sections=("assessments",)),
    ] = ()
    limb: Annotated[Pinpoint, Key(sections=("assessments",))] = ""
    """The part of the recommendation that is judged."""
    scale: Annotated[Line, Key(sections=("assessments",))] = ""
    grade: Annotated[Line, Key(sections=("assessments",))] = ""
    """On the body's own scale."""
    note: Prose = ""
    figures: tuple[Figure, ...] = ()
    place: Annotated[Place, NO_KEY] = Place(1, 1)


class LeftOpen(NamedTuple):
    """What the responses to something pass over."""

    of: tuple[PutId, ...]
    text: Prose
    cites: Citations
    place: Annotated[Place, NO_KEY] = Place(1, 1)


class Difference(NamedTuple):
    """By what somebody who quotes one statement would be corrected by another; never resolved."""

    kind: Annotated[str, OneOf(DIFFERENCE_KINDS)]
    between: tuple[StatementId, ...]
    text: Prose
    cites: Citations
    place: Annotated[Place, NO_KEY] = Place(1, 1)


class Brief(NamedTuple):
    """One matter within a theme: what is said of it, side by side."""

    id: Id
    theme: Annotated[str, NO_KEY]
    title: Annotated[Heading, Key(required=False)] = ""
    """Where there is none, `heading` gives its first words."""
    source: Annotated[str, Ref("source")] = ""
    """The source of pinpoints that name none."""
    country: Country = ""
    """Only where the corpus has several."""
    persons: tuple[Annotated[str, Label("Affected persons")], ...] = ()
    uhri_themes: tuple[Annotated[str, Label("Themes")], ...] = ()
    sdgs: tuple[Line, ...] = ()
    annotation_id: Line = ""
    """Of the record in the UN's index (UHRI)."""
    also_in: tuple[Annotated[str, Ref("theme")], ...] = ()
    related: tuple[Annotated[str, Ref("brief")], ...] = ()
    claims: tuple[Statement, ...] = ()
    concerns: tuple[Statement, ...] = ()
    questions: tuple[Statement, ...] = ()
    recommendations: tuple[Statement, ...] = ()
    responses: tuple[Statement, ...] = ()
    commendations: tuple[Statement, ...] = ()
    observations: tuple[Statement, ...] = ()
    assessments: tuple[Statement, ...] = ()
    left_open: tuple[LeftOpen, ...] = ()
    differences: tuple[Difference, ...] = ()
    file: Annotated[str, NO_KEY] = ""
    """Relative to the corpus folder, with `/`."""
    place: Annotated[Place, NO_KEY] = Place(1, 1)

    @property
    def heading(self) -> str:
        """The title, or the first words of the first statement where there is none."""
        return self.title or _first_words(next((said.text for said in self.statements), ""))

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Every statement, section by section, in the order in which sections are shown."""
        found: Any = self[_SECTIONS]
        return tuple(chain.from_iterable(found))

    @property
    def by_kind(self) -> Iterable[tuple[str, tuple[Statement, ...]]]:
        """The statements of each kind."""
        found: Any = self[_SECTIONS]
        return zip(KINDS, found, strict=True)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation, of statements first, then of positions, of what is left open and of differences."""
        positions = [position for said in self.statements for position in said.positions]
        citing: tuple[Statement | Position | LeftOpen | Difference, ...]
        citing = (*self.statements, *positions, *self.left_open, *self.differences)
        return tuple(cite for item in citing for cite in item.cites)

    def section(self, name: str) -> tuple[Statement, ...]:
        """The statements under one of `SECTIONS`."""
        found: tuple[Statement, ...] = getattr(self, name)
        return found


_SECTIONS = slice(Brief._fields.index(SECTIONS[0]), Brief._fields.index(SECTIONS[-1]) + 1)


def _first_words(text: str) -> str:
    if len(text) <= HEADING_LETTERS:
        return text
    return text[:HEADING_LETTERS].rsplit(" ", 1)[0] + " …"
