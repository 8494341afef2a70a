"""What a corpus is made of: plain immutable values, as a brief's author wrote them and nothing derived.

Names follow the field's own: CSL-JSON for sources, EDTF for periods, UHRI for tags. Every text in these values has
passed `hrdash.text.clean`.

The annotations are the schema: `hrdash.schema` derives from them which keys a mapping takes, which it must have, how
each is read and written, what refers to what, and which texts are searched. A new key is a line here.
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

SECTIONS = ("claims", "concerns", "responses", "commendations", "recommendations")
"""The five kinds of statement, as a brief's keys, in the order in which they are shown."""

SECTION_KINDS = dict(zip(SECTIONS, ("claim", "concern", "response", "commendation", "recommendation"), strict=True))
"""The word for one statement of each section."""

SPEAKER_KINDS = (
    "state", "nhri", "treaty-body", "special-procedure", "un-agency", "regional-body", "foreign-state",
    "court", "ngo", "media", "academic", "unsigned",
)  # fmt: skip
"""Who may speak; `state` and `nhri` are the State side."""

STATE_SIDE = ("state", "nhri")
PUT_AS = ("statement", "question", "report", "plan")
QUALIFIERS = ("around", "more-than", "less-than", "up-to", "at-least", "nearly")
DIRECTIONS = ("up", "down")
MEASURE_KINDS = ("count", "share", "percent-change", "factor", "amount", "rank", "limit")
SPANS = ("flow", "stock")
NUMBERINGS = ("ours", "printed")
CAPACITIES = ("official", "personal")
NO_STATEMENT_REASONS = ("navigation", "heading", "credit", "procedure", "framing", "repeats")
LABEL_CELLS = 14
"""The widest label of a theme, in terminal cells: twenty tabs have to be found on a line."""


class OneOf(NamedTuple):
    """Mark of a text that is one of a few words."""

    words: tuple[str, ...]


class Label(NamedTuple):
    """Mark of a text that is a label of the UN's index (UHRI)."""

    facet: str


class Ref(NamedTuple):
    """Mark of an id that names something else.

    That is a `source`, `speaker`, `measure`, `theme` or `brief`, which stand elsewhere; or a `claim`, a `concern` or
    any `statement` of the same brief.
    """

    kind: str


class Key(NamedTuple):
    """Mark of what the type of a field does not say of its key."""

    name: str = ""
    """Where it is another than the field's."""
    required: bool | None = None
    """Where it is required with a default, or without one is asked for by a rule of its own."""
    sections: tuple[str, ...] = ()
    """The sections whose statements alone take it."""


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
Paragraph = Annotated[int, "paragraph"]
Paras = Annotated[str, "paras"]
ParaList = Annotated[str, "para_list"]
ClaimId = Annotated[str, Ref("claim")]
ConcernId = Annotated[str, Ref("concern")]
StatementId = Annotated[str, Ref("statement")]


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

    @property
    def text(self) -> str:
        """The problem as `file:line:column: what; cure`."""
        word = "warning: " if self.level == "warning" else ""
        return f"{self.file}:{self.line}:{self.column}: {word}{self.what}; {self.cure}"


class Corpus(NamedTuple):
    """What `corpus.yaml` says of the whole folder."""

    title: Line
    country: Country
    """ISO 3166-1 alpha-3."""
    about: Annotated[Prose, Key(required=False)]
    as_of: Date
    """EDTF: the date up to which the corpus looks, named wherever it says that there is none of something."""
    licence: Annotated[Line, Key(required=False)]


class Author(NamedTuple):
    """A CSL-JSON name: a body's `literal`, or a person's `family` and `given`."""

    literal: Line = ""
    family: Line = ""
    given: Line = ""

    @property
    def text(self) -> str:
        return self.literal or " ".join(part for part in (self.given, self.family) if part)


class Section(NamedTuple):
    """A stretch of a source under one heading, from its first paragraph to the next section's."""

    first: Annotated[Paragraph, Key("from")]
    title: Line


class NoStatements(NamedTuple):
    """Paragraphs that hold nothing to cite, and why."""

    paras: Paras
    reason: Annotated[str, OneOf(NO_STATEMENT_REASONS)]
    see: ParaList = ""


class Paragraphs(NamedTuple):
    """How a source's paragraphs are counted, so that a pinpoint can be found by hand."""

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
    paragraphs: Paragraphs
    author: tuple[Author, ...] = ()
    publisher: Line = ""
    container_title: Annotated[Line, Key("container-title")] = ""
    number: Line = ""
    accessed: Date = ""
    URL: Url = ""
    language: Line = ""
    note: Prose = ""
    place: Annotated[Place, NO_KEY] = Place(1, 1)


class Speaker(NamedTuple):
    """Who says it."""

    id: Id
    name: Line
    short: Line
    kind: Annotated[str, OneOf(SPEAKER_KINDS)]


class Measure(NamedTuple):
    """What a figure counts; only figures of one measure are ever compared."""

    id: Id
    label: Line
    unit: Line
    kind: Annotated[str, OneOf(MEASURE_KINDS)]
    span: Annotated[str, OneOf(SPANS)]
    note: Prose = ""
    see: tuple[Annotated[str, Ref("measure")], ...] = ()


class Registers(NamedTuple):
    """The three lists that statements refer to, by id and in file order."""

    sources: dict[str, Source]
    speakers: dict[str, Speaker]
    measures: dict[str, Measure]


class Theme(NamedTuple):
    """A subject: one tab."""

    id: Id
    label: TabLabel
    title: Line
    uhri_themes: tuple[Annotated[str, Label("Themes")], ...] = ()
    instruments: tuple[Line, ...] = ()


class Citation(NamedTuple):
    """A source and the paragraph, or range of paragraphs, in it."""

    source: Annotated[str, Ref("source")]
    para: Paras


Citations = Annotated[tuple[Citation, ...], Key(required=False)]
"""That there is one at least is a rule, which says so of an empty list too."""


class Figure(NamedTuple):
    """One quantity of a statement: `value`, or `low` and `high`."""

    measure: Annotated[str, Ref("measure")]
    value: Number = None
    low: Number = None
    high: Number = None
    qualifier: Annotated[str, OneOf(QUALIFIERS)] = ""
    direction: Annotated[str, OneOf(DIRECTIONS)] = ""
    per: Line = ""
    base: Line = ""
    population: Line = ""
    period: Period = ""
    status: Annotated[str, OneOf(("planned",))] = ""
    """Empty, or `planned`."""


class Statement(NamedTuple):
    """One thing said by one speaker, at least once cited. Empty text stands for an absent key."""

    id: Id
    by: Annotated[str, Ref("speaker")]
    text: Prose
    cites: Citations
    period: Period = ""
    period_text: Heading = ""
    put_as: Annotated[str, OneOf(PUT_AS)] = "statement"
    same_as: StatementId = ""
    faces: Annotated[tuple[ClaimId, ...], Key(sections=("concerns", "commendations", "recommendations"))] = ()
    answers: Annotated[tuple[ConcernId, ...], Key(required=True, sections=("responses",))] = ()
    note: Prose = ""
    figures: tuple[Figure, ...] = ()
    place: Annotated[Place, NO_KEY] = Place(1, 1)


class LeftOpen(NamedTuple):
    """What was asked and no response in the corpus takes up."""

    asks: tuple[ConcernId, ...]
    text: Prose
    cites: Citations
    place: Annotated[Place, NO_KEY] = Place(1, 1)


class Difference(NamedTuple):
    """The same thing, described differently in two places; never resolved."""

    between: tuple[StatementId, ...]
    text: Prose
    cites: Citations
    place: Annotated[Place, NO_KEY] = Place(1, 1)


class Brief(NamedTuple):
    """One matter within a theme: what is said of it, side by side."""

    id: Id
    theme: Annotated[str, NO_KEY]
    title: Heading
    persons: tuple[Annotated[str, Label("Affected persons")], ...] = ()
    also_in: tuple[Annotated[str, Ref("theme")], ...] = ()
    related: tuple[Annotated[str, Ref("brief")], ...] = ()
    claims: tuple[Statement, ...] = ()
    concerns: tuple[Statement, ...] = ()
    responses: tuple[Statement, ...] = ()
    commendations: tuple[Statement, ...] = ()
    recommendations: tuple[Statement, ...] = ()
    left_open: tuple[LeftOpen, ...] = ()
    differences: tuple[Difference, ...] = ()
    file: Annotated[str, NO_KEY] = ""
    """Relative to the corpus folder, with `/`."""
    place: Annotated[Place, NO_KEY] = Place(1, 1)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Every statement, section by section, in the order in which sections are shown."""
        return self.claims + self.concerns + self.responses + self.commendations + self.recommendations

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation, of statements first, then of what is left open and where sources differ."""
        said = [item.cites for item in self.statements]
        return tuple(
            cite
            for cites in (*said, *(item.cites for item in self.left_open), *(item.cites for item in self.differences))
            for cite in cites
        )

    def section(self, name: str) -> tuple[Statement, ...]:
        """The statements under one of `SECTIONS`."""
        found: tuple[Statement, ...] = getattr(self, name)
        return found
