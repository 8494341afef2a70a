"""What a corpus is made of: plain immutable values, as a brief's author wrote them and nothing derived.

Names follow the field's own: CSL-JSON for sources, EDTF for periods, UHRI for tags. Every text in these values has
passed `hrdash.text.clean`.
"""

from __future__ import annotations

from typing import NamedTuple

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

    title: str
    country: str
    """ISO 3166-1 alpha-3."""
    about: str
    as_of: str
    """EDTF: the date up to which the corpus looks, named wherever it says that there is none of something."""
    licence: str


class Author(NamedTuple):
    """A CSL-JSON name: a body's `literal`, or a person's `family` and `given`."""

    literal: str = ""
    family: str = ""
    given: str = ""

    @property
    def text(self) -> str:
        return self.literal or " ".join(part for part in (self.given, self.family) if part)


class Section(NamedTuple):
    """A stretch of a source under one heading, from its first paragraph to the next section's."""

    first: int
    title: str


class NoStatements(NamedTuple):
    """Paragraphs that hold nothing to cite, and why."""

    paras: str
    reason: str
    see: str = ""


class Paragraphs(NamedTuple):
    """How a source's paragraphs are counted, so that a pinpoint can be found by hand."""

    numbering: str
    last: int
    sections: tuple[Section, ...] = ()
    no_statements: tuple[NoStatements, ...] = ()


class Source(NamedTuple):
    """A document, in CSL-JSON's words, with the field's own `kind`, `capacity` and `note`."""

    id: str
    type: str
    title: str
    issued: str
    """EDTF; `~` when inferred."""
    kind: str
    capacity: str
    paragraphs: Paragraphs
    author: tuple[Author, ...] = ()
    publisher: str = ""
    container_title: str = ""
    number: str = ""
    accessed: str = ""
    URL: str = ""
    language: str = ""
    note: str = ""
    place: Place = Place(1, 1)


class Speaker(NamedTuple):
    """Who says it."""

    id: str
    name: str
    short: str
    kind: str


class Measure(NamedTuple):
    """What a figure counts; only figures of one measure are ever compared."""

    id: str
    label: str
    unit: str
    kind: str
    span: str
    note: str = ""
    see: tuple[str, ...] = ()


class Registers(NamedTuple):
    """The three lists that statements refer to, by id and in file order."""

    sources: dict[str, Source]
    speakers: dict[str, Speaker]
    measures: dict[str, Measure]


class Theme(NamedTuple):
    """A subject: one tab."""

    id: str
    label: str
    title: str
    uhri_themes: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()


class Citation(NamedTuple):
    """A source and the paragraph, or range of paragraphs, in it."""

    source: str
    para: str


class Figure(NamedTuple):
    """One quantity of a statement: `value`, or `low` and `high`."""

    measure: str
    value: int | float | None = None
    low: int | float | None = None
    high: int | float | None = None
    qualifier: str = ""
    direction: str = ""
    per: str = ""
    base: str = ""
    population: str = ""
    period: str = ""
    status: str = ""
    """Empty, or `planned`."""


class Statement(NamedTuple):
    """One thing said by one speaker, at least once cited. Empty text stands for an absent key."""

    id: str
    by: str
    text: str
    cites: tuple[Citation, ...]
    period: str = ""
    period_text: str = ""
    put_as: str = "statement"
    same_as: str = ""
    faces: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    note: str = ""
    figures: tuple[Figure, ...] = ()
    place: Place = Place(1, 1)


class LeftOpen(NamedTuple):
    """What was asked and no response in the corpus takes up."""

    asks: tuple[str, ...]
    text: str
    cites: tuple[Citation, ...]
    place: Place = Place(1, 1)


class Difference(NamedTuple):
    """The same thing, described differently in two places; never resolved."""

    between: tuple[str, ...]
    text: str
    cites: tuple[Citation, ...]
    place: Place = Place(1, 1)


class Brief(NamedTuple):
    """One matter within a theme: what is said of it, side by side."""

    id: str
    theme: str
    title: str
    persons: tuple[str, ...] = ()
    also_in: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    claims: tuple[Statement, ...] = ()
    concerns: tuple[Statement, ...] = ()
    responses: tuple[Statement, ...] = ()
    commendations: tuple[Statement, ...] = ()
    recommendations: tuple[Statement, ...] = ()
    left_open: tuple[LeftOpen, ...] = ()
    differences: tuple[Difference, ...] = ()
    file: str = ""
    """Relative to the corpus folder, with `/`."""
    place: Place = Place(1, 1)

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
