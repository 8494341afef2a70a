"""What is written arrives as it was: briefs through YAML, documents through JSON, texts through Markdown."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from hrdash.cli import main
from hrdash.corpus.read import read_theme_file
from hrdash.filter import EVERYTHING, Filter, Years
from hrdash.model import (
    DIFFERENCE_KINDS,
    DIRECTIONS,
    POSITIONS,
    PUT_AS,
    PUT_SECTIONS,
    QUALIFIERS,
    SECTIONS,
    Author,
    Brief,
    Citation,
    Corpus,
    Difference,
    Figure,
    Indicator,
    LeftOpen,
    NoStatements,
    Paragraphs,
    Place,
    Position,
    Registers,
    Section,
    Source,
    Speaker,
    Statement,
    Theme,
)
from hrdash.report.document import document
from hrdash.report.escaping import markdown as escaped
from hrdash.report.render import markdown
from hrdash.report.roles import ROLES
from hrdash.report.threads import outside_filter
from hrdash.report.wording import Batch, Context
from hrdash.schema import document as values_of
from hrdash.schema import fields
from hrdash.text import clean
from tests.fuzz.targets import escaping
from tests.make import examples, line

LETTERS = "aZ0é₸Құқққаж́حقم人権한ǅß😀" + "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~“”–…№⟨⟩\u200c\u200d\ufe0f"
WORDS = st.text(st.sampled_from(LETTERS) | st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=8)
LINES = st.text(LETTERS + " ", max_size=12).map(lambda text: " ".join(text.split()) or "One")
PROSE = st.text(LETTERS + " \n", max_size=20).map(lambda text: text.strip() or "Said.")
IDS = st.text("ab0-", min_size=1, max_size=4).map("x{}".format)
NUMBERS = st.one_of(st.integers(-(10**14), 10**14), st.decimals(-999, 999, places=2).map(float))
PERIODS = st.sampled_from(["", "2024", "2024-04", "2024-04-15", "2017/2024", "2019/..", "../2020", "2025~"])
PLACES = st.sampled_from(["1", "53-54", "24 (a)-(c)", "140.254", "annex IX 12", "p 7", "12 bis"])
CITES = st.lists(PLACES, min_size=1, max_size=2, unique=True).flatmap(
    lambda places: IDS.map(lambda source: tuple(Citation(source, place) for place in places))
)
RANGES = st.tuples(NUMBERS, NUMBERS).map(sorted)


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    value, low, high = None, None, None
    if draw(st.booleans()):
        value = draw(NUMBERS)
    else:
        low, high = draw(RANGES)
    return Figure(
        draw(IDS), value, low, high, draw(st.sampled_from(("", *QUALIFIERS))), draw(st.sampled_from(("", *DIRECTIONS))),
        draw(st.just("") | LINES), draw(st.just("") | LINES), draw(st.just("") | LINES), draw(PERIODS),
        draw(st.sampled_from(("", "planned"))),
    )  # fmt: skip


POSITION = st.builds(Position, st.sampled_from(POSITIONS), CITES)


@st.composite
def briefs(draw: st.DrawFn) -> Brief:
    """A brief that keeps every rule, with any text in it."""
    names = draw(st.lists(IDS, min_size=2, max_size=6, unique=True))
    sections: dict[str, list[Statement]] = {section: [] for section in SECTIONS}
    where: dict[str, list[str]] = {section: [] for section in SECTIONS}
    for name in names:
        where[draw(st.sampled_from(SECTIONS))].append(name)

    def some(*of: str) -> tuple[str, ...]:
        known = [*(name for section in of for name in where[section]), "other/x1"]
        return tuple(draw(st.lists(st.sampled_from(known), min_size=1, max_size=2, unique=True)))

    def text() -> str:
        return draw(st.just("") | LINES)

    for section, members in where.items():
        for position, name in enumerate(members):
            more: dict[str, Any] = {}
            if section in PUT_SECTIONS:
                more = {"put_to_state": draw(st.none() | st.booleans()), "due": draw(st.sampled_from(["", "2026"]))}
            if section != "questions":
                more["put_as"] = draw(st.sampled_from(PUT_AS))
            if section == "responses":
                more["answers"] = some("questions", "recommendations")
            if section == "recommendations":
                more["positions"] = tuple(draw(st.lists(POSITION, max_size=2)))
            if section == "assessments":
                more |= {"assesses": ("other/x1",), "scale": text(), "grade": text()}
            if section != "recommendations":
                more["same_as"] = draw(st.sampled_from(("", *members[:position])))
            sections[section].append(
                Statement(
                    by=tuple(draw(st.lists(IDS, min_size=1, max_size=2, unique=True))), text=draw(PROSE),
                    cites=draw(CITES), id=name, period=draw(PERIODS), period_text=text(),
                    verbatim=draw(st.none() | st.booleans()), note=draw(st.just("") | PROSE),
                    figures=tuple(draw(st.lists(figures(), max_size=2))), **more,
                )
            )  # fmt: skip
    others = st.lists(IDS.map("other-{}".format), max_size=2, unique=True).map(tuple)
    labels = st.lists(LINES, max_size=2, unique=True).map(tuple)
    differing = [Difference(draw(st.sampled_from(DIFFERENCE_KINDS)), tuple(names[:2]), draw(PROSE), draw(CITES))
                 for _ in range(draw(st.integers(0, 1)))]  # fmt: skip
    return Brief(
        id=draw(IDS), theme="torture", title=draw(LINES), persons=draw(labels), uhri_themes=draw(labels),
        sdgs=draw(labels), annotation_id=text(), also_in=draw(others), related=draw(others),
        **{section: tuple(said) for section, said in sections.items()}, differences=tuple(differing),
        left_open=tuple(LeftOpen(said.answers, draw(PROSE), draw(CITES)) for said in sections["responses"][:1]),
        file="themes/torture.yaml",
    )  # fmt: skip


class Bare(str):
    """What stands without quotes."""


def dumped(value: Any) -> str:
    """Plain values as YAML on one line, every text in quotes, every letter of it escaped."""
    if isinstance(value, Bare):
        return value
    if isinstance(value, dict):
        return "{" + ", ".join(f"{dumped(key)}: {dumped(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(dumped, value)) + "]"
    return '"' + "".join(f"\\U{ord(letter):08x}" for letter in str(value)) + '"'


def keys_of(value: Any) -> Any:
    """A brief, or something in it, as the keys of its file: nothing for what is absent."""
    if isinstance(value, Citation):
        return f"{value.source} {value.pinpoint}"
    if isinstance(value, bool):
        return Bare(str(value).lower())
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return [keys_of(item) for item in value]
    if not hasattr(value, "_fields"):
        return value
    held = {field: getattr(value, field.name) for field in fields(value.__class__)}
    return {
        field.key: keys_of(found) for field, found in held.items()
        if found not in (None, "", ()) and found != field.absent
    }  # fmt: skip


def placeless(value: Any) -> Any:
    """A brief, or something in it, as if it stood nowhere."""
    if isinstance(value, Place):
        return Place(1, 1)
    if isinstance(value, tuple):
        inner = [placeless(item) for item in value]
        made = value._make(inner) if hasattr(value, "_make") else tuple(inner)
        return made._replace(file="") if isinstance(made, Source) else made
    return value


@settings(max_examples=examples(80))
@given(briefs())
def test_a_brief_that_is_written_as_yaml_is_read_back_the_same(brief: Brief) -> None:
    text = f"theme: torture\nlabel: T\ntitle: T\nbriefs:\n  - {dumped(keys_of(brief))}\n"
    contents = read_theme_file("themes/torture.yaml", text.encode())
    assert [problem.text for problem in contents.problems if problem.level != "warning"] == []
    assert [placeless(found) for found in contents.briefs] == [brief]


SOURCE = Source(
    "s1", "webpage", "One", "2025", "news", "official", "ONE",
    Paragraphs("ours", 20, (Section(1, "Start"),), (NoStatements("6", "repeats", "7"),)),
    (Author("UN"), Author("", "Doe", "Jo")),
)  # fmt: skip
CONTEXT = Context(
    Corpus("Ruritania", ("ZZR",), "About.", "2026-11", "CC0-1.0"),
    {"torture": Theme("torture", "Torture", "Torture")},
    Registers({"s1": SOURCE}, {"m": Speaker("m", "M", "M", "state")}, {"v": Indicator("v", "V", "v", "count", "flow")}),
)


def exported(brief: Brief, asked: Filter = EVERYTHING) -> dict[str, Any]:
    batch = Batch((brief,), CONTEXT, {brief.id: frozenset()})
    text = "".join(document(CONTEXT, asked, (1, 1), [batch]))
    assert clean(text) == text
    assert text.endswith("}\n")
    found: dict[str, Any] = json.loads(text)
    return found


@settings(max_examples=examples(50))
@given(briefs())
def test_every_value_of_a_brief_arrives_in_the_json_document_as_it_is(brief: Brief) -> None:
    content = exported(brief)
    ((found,),) = [theme["briefs"] for theme in content["themes"]]
    assert found.items() >= {key: value for key, value in values_of(brief).items() if key not in SECTIONS}.items()
    for section in SECTIONS:
        for shown, said in zip(found[section], brief.section(section), strict=True):
            assert shown.items() >= values_of(said).items()
            for name, value in said._asdict().items():
                if isinstance(value, str):
                    assert shown[name] == (value or None)
            assert [figure["value"] for figure in shown["figures"]] == [figure.value for figure in said.figures]
            assert [cite["pinpoint"] for cite in shown["cites"]] == [cite.pinpoint for cite in said.cites]


HOSTILE = '"\\\u2028\x85\x1b]52;c;eA==\x07\u202e\x9b\x7f\x00\ud800\U000e0041\n</script>'


@given(st.text())
@example(HOSTILE)
def test_whatever_was_typed_as_a_filter_stands_in_the_json_document_and_cannot_act(typed: str) -> None:
    asked = Filter(text=typed, years=(Years(2019, None),), persons=(typed,))
    content = exported(Brief("b", "torture", "B"), asked)
    assert (content["filter"]["text"], content["filter"]["persons"]) == (typed or None, [typed])
    assert content["filter"]["years"] == ["2019.."]


def test_a_line_separator_in_a_filter_leaves_the_export_valid_json(capsys: pytest.CaptureFixture[str]) -> None:
    main(["export", "--no-cache", "--text", '"a\u2028b\x85\x1b"'])
    assert json.loads(capsys.readouterr().out)["filter"]["text"] == '"a\u2028b\x85\x1b"'


ODD = st.lists(
    st.sampled_from(
        [*"\\`*_{}[]()<>#+-.!|~^=:;&$@%'\"/?,0 1aZ\t\n", "http://a.b", "www.", "un.org", "//localhost", "---", "===",
         "```", "![", "](", "<a href=x>", "<!--", "&amp;", "&#65;", "1.", "2)", "    ", "| - |", "mailto:a@b.org",
         "\\\n", "Құқық", "人権", "[redacted]", "“", "\u00a0", "\u2003", "xn--", "ftp:"]
    ) | WORDS,
    max_size=8,
).map("".join)  # fmt: skip


@settings(max_examples=examples(150))
@given(ODD)
@example("un.org")
@example("//localhost")
@example("https://localhost")
@example("www.x.org")
@example("[x](http://a.b) ![](http://a.b/c.png) <b>")
@example("2^10^ ~~x~~ ==x==")
def test_a_text_in_markdown_is_text_in_every_place_and_changes_nothing_around_it(text: str) -> None:
    escaping(text.encode())


@settings(max_examples=examples(150))
@given(ODD)
def test_an_escaped_text_alone_is_one_paragraph_of_exactly_that_text(text: str) -> None:
    for parser in (MarkdownIt("commonmark"), MarkdownIt("gfm-like")):
        tokens = parser.parse(escaped(text))
        shown = " ".join(text.split())
        assert [token.type for token in tokens] == (["paragraph_open", "inline", "paragraph_close"] if shown else [])
        inner = [child for token in tokens for child in token.children or ()]
        assert {child.type for child in inner} <= {"text"}
        assert "".join(child.content for child in inner) == shown


@pytest.mark.parametrize("name", ["un.org", "www.un.org", "//localhost", "//un.org/x", "report.Then", "a.kz:80"])
def test_a_name_of_a_machine_in_a_text_is_no_link(name: str) -> None:
    html = MarkdownIt("gfm-like").render(markdown([line("statement", f"See {name}, ({name}) and {name}.")]))
    assert "<a" not in html
    assert html.count(name) == 3


def test_dots_in_ordinary_prose_are_not_escaped() -> None:
    text = "In 2024 (No. 7, para. 3.2) e.g. 10.1 per cent rose. Then … and/or A/HRC/1."
    assert escaped(text) == text


def test_every_kind_of_line_has_its_place_in_the_document() -> None:
    lines = [line(role, f"a {role}") for role in ("theme", "meta", "meta", "title", "meta", "heading")]
    lines += [line(role, f"a {role}") for role in ("statement", "attribution", "figure", "note", "answer", "statement")]
    lines += [line("source", "a source"), line("address", "http://un.org"), line("address", "an address")]
    lines += [line("pinpoint", "a pinpoint"), line("statement", "x"), outside_filter(line("attribution", "y"))]
    assert (
        markdown(lines)
        == """\
# a theme

a meta␠␠
a meta␠␠

## a title

a meta␠␠

### a heading

- a statement
  — a attribution
  - a figure
  - a note
  - *a answer*

- a statement

- a source
  <http://un.org>
  an address
  - a pinpoint

- x
  — y · outside the filter
""".replace("␠", " ")
    )


@pytest.mark.parametrize("role", ["figure", "note", "pinpoint", "attribution", "address"])
def test_what_belongs_to_the_line_before_stands_close_to_it_but_not_to_a_heading(role: str) -> None:
    for before, gap in (("heading", 2), ("answer", 1), ("statement", 1), ("source", 1)):
        text = markdown([line(before, "B"), line(role, "R")])
        assert text.count("\n", text.index("B"), text.index("R")) == gap


@pytest.mark.parametrize("start", ["-", "+", "=", ":", "1.", "2)", "10."])
@pytest.mark.parametrize("role", ROLES)
def test_what_begins_a_list_elsewhere_begins_nothing(start: str, role: str) -> None:
    html = MarkdownIt("commonmark").render(markdown([line("note", "x"), line(role, f"{start} y")]))
    harmless = MarkdownIt("commonmark").render(markdown([line("note", "x"), line(role, "S y")]))
    assert html == harmless.replace("S y", f"{start} y")


@pytest.mark.parametrize(
    ("address", "is_link"),
    [
        ("https://un.org/a?b=[c]#d", True),
        ("http://un.org:80", True),
        ("https://un.org/a)b*c_d", True),
        ("javascript:alert(1)", False),
        ("https://un.org/a>b", False),
        ("https://un.org/<b>", False),
        ("https://un.org\\@evil.org", False),
        ("https://user@un.org", False),
        ("https://un.org/a b", False),
        ("https://қаз.kz", False),
        ("https://un.org/a\n# b", False),
        ("data:text/html,x", False),
    ],
)
def test_only_a_plain_web_address_is_a_link_and_leads_where_it_says(address: str, is_link: bool) -> None:
    (paragraph,) = [t for t in MarkdownIt("gfm-like").parse(markdown([line("address", address)])) if t.children]
    links = [child.attrs["href"] for child in paragraph.children or () if child.type == "link_open"]
    assert len(links) == is_link
    assert all(str(link).startswith(("https://un.org", "http://un.org")) for link in links)
    shown = "".join(child.content for child in paragraph.children or () if child.type == "text")
    assert shown.split() == address.split()
