"""What follows from what a corpus says: answers, marks, years, differing figures; each rule with what it refuses."""

from __future__ import annotations

from hrdash import derive
from hrdash.derive import Links, Marks
from hrdash.model import (
    Brief,
    Citation,
    Corpus,
    Figure,
    LeftOpen,
    Paragraphs,
    Position,
    Registers,
    Section,
    Source,
    Speaker,
    Statement,
)

CORPUS = Corpus("Ruritania", ("ZZR",), "", "2026-11", "")


def source(name: str, issued: str, put: bool | None = None, due: str = "") -> Source:
    return Source(name, "report", name, issued, "report", "official", put_to_state=put, due=due)


REGISTERS = Registers(
    {
        one.id: one
        for one in (
            source("dialogue", "2024-07", put=True),
            source("wg", "2025-04", put=True),
            source("addendum", "2025-09"),
            source("paper", "2025-01"),
            source("letter", "2026-10", put=True, due="2026-12"),
            source("old-letter", "2026-01", put=True, due="2026-03"),
        )
    },
    {
        "ministry": Speaker("ministry", "The Ministry", "Ministry", "state", "ZZR"),
        "ombudsman": Speaker("ombudsman", "The Ombudsman", "Ombudsman", "nhri", "ZZR", state_side=True),
        "france": Speaker("france", "France", "France", "state", "FRA"),
        "expert": Speaker("expert", "An expert", "Expert", "treaty-body"),
    },
    {},
)
BRIEF = Brief("b", "t", "B")
NOTHING = Links()
LEFT_OPEN = LeftOpen(("q",), "The answer gives X.", ())


def said(by: str = "expert", where: str = "dialogue", **more: object) -> Statement:
    return Statement(by=(by,), text="Something.", cites=(Citation(where, "7"),), **more)  # type: ignore[arg-type]


RESPONSE = Links(responses=(said("ministry"),))


def answer(kind: str, statement: Statement, links: Links = NOTHING) -> str:
    return derive.answer(kind, statement, BRIEF, links, CORPUS, REGISTERS)


def test_the_answer_is_the_first_rule_that_holds() -> None:
    supported = (Position("pending", (Citation("wg", "140"),)), Position("supported", (Citation("addendum", "3"),)))
    pending = (Position("pending", (Citation("wg", "140"),)),)
    cases = {
        "a position of the latest source": ("recommendation", said("france", "wg", positions=supported), RESPONSE, "supported"),
        "whatever the order they are written in": ("recommendation", said("france", "wg", positions=supported[::-1]), NOTHING, "supported"),
        "a pending position and no response": ("recommendation", said("france", "wg", positions=pending), NOTHING, "pending"),
        "a pending position and a response": ("recommendation", said("france", "wg", positions=pending), RESPONSE, "response"),
        "a response that leaves something open": ("question", said(), RESPONSE._replace(left_open=(LEFT_OPEN,)), "left-open"),
        "a response": ("question", said(), RESPONSE, "response"),
        "a response to what was not put": ("concern", said(where="paper"), RESPONSE, "response"),
        "words of another of the State side alone": ("question", said(), Links(responses=(said("ombudsman"),)), "none"),
        "words of another State alone": ("question", said(), Links(responses=(said("france"),)), "none"),
        "a day of reply that is still to come": ("question", said(where="letter"), NOTHING, "pending"),
        "a day of reply that has passed": ("question", said(where="old-letter"), NOTHING, "none"),
        "its own day of reply": ("question", said(due="2027"), NOTHING, "pending"),
        "an assessment": ("recommendation", said(), Links(assessments=(said(),)), "assessed"),
        "an assessment of what was not put": ("recommendation", said(where="paper"), Links(assessments=(said(),)), "not-put"),
        "nothing": ("question", said(), NOTHING, "none"),
        "a source that puts nothing": ("concern", said(where="paper"), NOTHING, "not-put"),
        "what the State raises itself": ("concern", said("ministry"), NOTHING, "not-put"),
        "what the State side raises itself": ("concern", said("ombudsman"), NOTHING, "not-put"),
        "what another State raises": ("recommendation", said("france"), NOTHING, "none"),
        "a closing word": ("concern", said(put_to_state=False), NOTHING, "not-put"),
        "put in a source that puts nothing": ("concern", said(where="paper", put_to_state=True), NOTHING, "none"),
        "a premise": ("concern", said(), Links(questions=(said(id="q"),)), ""),
        "a claim": ("claim", said("ministry"), NOTHING, ""),
        "an observation": ("observation", said(), NOTHING, ""),
    }  # fmt: skip
    for name, (kind, statement, links, expected) in cases.items():
        assert answer(kind, statement, links) == expected, name


def test_where_it_is_not_known_how_far_a_corpus_looks_no_day_of_reply_has_passed() -> None:
    unknown = CORPUS._replace(as_of="")
    for where, expected in (("letter", "pending"), ("old-letter", "pending"), ("dialogue", "none")):
        assert derive.answer("question", said(where=where), BRIEF, NOTHING, unknown, REGISTERS) == expected, where


def test_of_positions_whose_dates_do_not_tell_a_pending_one_gives_way() -> None:
    """Sources are often dated by the year, or not to the day."""
    for wg, addendum, written, expected in (
        ("2025-04", "2025", ("pending", "supported"), "supported"),
        ("2025-04", "2025~", ("pending", "noted"), "noted"),
        ("2025", "2025-09", ("pending", "supported"), "supported"),
        ("2025-04", "2025", ("noted", "supported"), "supported"),  # the last that is written
        ("2025-04", "2025-04", ("supported", "pending"), "supported"),
        ("2025-04-01", "2025-04", ("supported", "noted"), "noted"),
        ("2026", "2025", ("noted", "supported"), "noted"),  # here they do
        ("2026", "2025-12-31", ("pending", "supported"), "pending"),
        ("2025-10", "2025-09", ("noted", "pending"), "noted"),
    ):
        sources = {one.id: one for one in (source("wg", wg), source("addendum", addendum))}
        taken = tuple(Position(one, (Citation(where, "1"),)) for where, one in zip(sources, written, strict=True))
        assert derive.position(said(positions=taken), sources) == expected, (wg, addendum, written)
    assert derive.position(said(), {}) == ""


def test_a_position_before_the_latest_does_not_hold_though_another_could_be_of_any_time() -> None:
    sources = {
        one.id: one for one in (source("march", "2026-03"), source("year", "2026"), source("february", "2026-02"))
    }
    written = zip(("supported", "supported", "noted"), sources, strict=True)
    taken = tuple(Position(one, (Citation(where, "1"),)) for one, where in written)
    assert derive.position(said(positions=taken), sources) == "supported"


def test_in_a_corpus_of_several_countries_the_state_is_that_of_the_brief() -> None:
    corpus = CORPUS._replace(countries=("ZZR", "FRA"))
    for country, expected in (("ZZR", "response"), ("FRA", "none"), ("", "none")):
        brief = BRIEF._replace(country=country)
        assert derive.answer("question", said(), brief, RESPONSE, corpus, REGISTERS) == expected, country
    assert derive.is_state_side(REGISTERS.speakers["ombudsman"], "ZZR", corpus)
    assert not derive.is_state_side(REGISTERS.speakers["ombudsman"], "FRA", corpus)


def test_while_the_country_of_a_corpus_is_not_known_a_response_of_a_state_is_no_absence() -> None:
    """What `corpus.yaml` says is not known while it cannot be read."""
    unknown = CORPUS._replace(countries=(), as_of="")
    for responding, country, expected in (
        ("ministry", "", "response"), ("ombudsman", "", "none"), ("ministry", "ZZR", "response"),
        ("ministry", "FRA", "none"),
    ):  # fmt: skip
        links, brief = Links(responses=(said(responding),)), BRIEF._replace(country=country)
        found = derive.answer("question", said(), brief, links, unknown, REGISTERS)
        assert found == expected, (responding, country)


def test_links_are_gathered_over_briefs_by_brief_and_id() -> None:
    asked = Brief("a", "t", "A", questions=(said(id="q", premise=("n",)),), concerns=(said(id="n"),))
    answered = Brief("b", "t", "B", responses=(said("ministry", answers=("a/q", "own")),))
    found = derive.links([asked, answered])
    assert found["a", "q"] == Links(responses=answered.responses)
    assert found["a", "n"].questions == asked.questions
    assert not found["a", "n"].responses
    assert found["b", "own"].responses == answered.responses
    assert ("b", "q") not in found


def test_marks_say_what_is_printed_in_the_brief() -> None:
    put, asked, urged = {"concerns": (said(),)}, {"questions": (said(),)}, {"recommendations": (said(),)}
    for name, parts, answers, expected in (
        ("nothing put", {"claims": (said("ministry"),)}, (), ("C", " ", " ")),
        ("a concern before a question", {**put, **asked}, ("none", "response"), (" ", "!", "◐")),
        ("questions", asked, ("response",), (" ", "?", "●")),
        ("questions before recommendations", {**urged, **asked}, ("noted", "response"), (" ", "?", "●")),
        ("recommendations", urged, ("noted",), (" ", "→", "●")),
        ("something left open", asked, ("left-open",), (" ", "?", "◐")),
        ("all pending", urged, ("pending", "pending"), (" ", "→", "◌")),
        ("some pending", urged, ("pending", "none"), (" ", "→", "○")),
        ("an assessment is no response", urged, ("assessed",), (" ", "→", "○")),
        ("premises and what was not put aside", put, ("", "not-put"), (" ", "!", " ")),
    ):
        assert derive.marks(BRIEF._replace(**parts), answers) == Marks(*expected), name  # type: ignore[arg-type]
    urged_one = BRIEF._replace(recommendations=(said(),))
    for given in ("supported", "partly-supported", "noted", "response"):
        assert derive.marks(urged_one, (given,), left_open=True).answer == "◐", given


def test_a_statement_is_about_the_years_of_its_period_or_figures_or_of_what_it_repeats() -> None:
    first = said(id="first", period="2017/2019")
    again = said(id="again", same_as="first")
    circle = {"x": said(id="x", same_as="y"), "y": said(id="y", same_as="x")}
    named = {("b", name): one for name, one in {"first": first, "again": again, **circle}.items()}
    for name, statement, expected in (
        ("a period", first, ((2017, 2019),)),
        ("a month", said(period="2024-02"), ((2024, 2024),)),
        ("an open end runs to the source", said(period="2019/.."), ((2019, 2024),)),
        ("an open beginning", said(period="../2020"), ((2020, 2020),)),
        ("figures and not the years between", said(figures=(Figure("i", 1, period="2019"), Figure("i", 2, period="2024"))),
         ((2019, 2019), (2024, 2024))),
        ("a period before figures", said(period="2021", figures=(Figure("i", 1, period="2019"),)), ((2021, 2021),)),
        ("what it repeats", again, ((2017, 2019),)),
        ("what that repeats", said(same_as="again"), ((2017, 2019),)),
        ("a circle", circle["x"], ()),
        ("nothing", said(), ()),
    ):  # fmt: skip
        assert derive.years_about(statement, "b", REGISTERS.sources, named.get) == expected, name
    assert derive.years_issued(REGISTERS.sources["dialogue"]) == (2024, 2024)


def test_a_statement_without_id_is_told_by_what_it_says() -> None:
    one, other = said(), said()._replace(text="Something else.")
    assert derive.statement_key("claim", said(id="c")) == "c"
    keys = {derive.statement_key(kind, each) for kind in ("claim", "concern") for each in (one, other)}
    assert len(keys) == 4
    assert not any(key[0].isalnum() for key in keys)  # no id looks so
    assert derive.statement_key("claim", one) == derive.statement_key("claim", one._replace(note="A note."))


def test_holdings_are_the_kinds_figures_differences_and_what_is_left_open() -> None:
    assert derive.holdings(BRIEF) == ()
    brief = BRIEF._replace(claims=(said(figures=(Figure("i", 1),)),), questions=(said(),))
    assert derive.holdings(brief) == ("claim", "question", "figure")
    assert derive.holdings(brief, answered=True) == ("claim", "question", "response", "figure")


def test_a_brief_has_what_it_prints_of_anothers_responses_and_what_they_leave_open() -> None:
    asking = BRIEF._replace(id="asking", questions=(said(id="q"),))
    answering = BRIEF._replace(
        id="answering", responses=(said(id="r", answers=("asking/q",)),),
        left_open=(LeftOpen(("asking/q",), "No text says when.", ()),),
    )  # fmt: skip
    linked = derive.links([asking, answering])
    for brief, expected in ((asking, ("question", "response", "left-open")), (answering, ("response", "left-open"))):
        (found,) = derive.all_said(brief, linked, lambda _: None, CORPUS, REGISTERS)
        assert found.holdings == expected, brief.id


def test_figures_differ_where_they_count_the_same_thing_over_the_same_time() -> None:
    def holding(*figures: Figure) -> Brief:
        return BRIEF._replace(claims=tuple(said(where=place, figures=(one,)) for place, one in zip(("dialogue", "paper"), figures, strict=True)))  # fmt: skip

    first = Figure("visits", 200, period="2023")
    assert [found.indicator for found in derive.differing_figures(holding(first, first._replace(value=300)))] == [
        "visits"
    ]
    for name, other in (
        ("another time", first._replace(value=300, period="2024")),
        ("another thing", first._replace(value=300, indicator="cases")),
        ("other people", first._replace(value=300, population="women")),
        ("a plan", first._replace(value=300, status="planned")),
        ("the same", first),
    ):
        assert derive.differing_figures(holding(first, other)) == (), name


def test_figures_that_one_value_fits_do_not_differ() -> None:
    def differ(*those: Figure) -> bool:
        given = (one._replace(indicator="visits", period="2023") for one in those)
        claims = tuple(
            said(where=place, figures=(one,)) for place, one in zip(("dialogue", "paper", "wg"), given, strict=False)
        )
        return bool(derive.differing_figures(BRIEF._replace(claims=claims)))

    def figure(value: int, qualifier: str = "", direction: str = "") -> Figure:
        return Figure("", value, qualifier=qualifier, direction=direction)

    for name, those, expected in (
        ("two values", (figure(30), figure(34)), True),
        ("at least and more", (figure(30, "at-least"), figure(34)), False),
        (
            "at least, exactly that, and within a span",
            (figure(30, "at-least"), figure(34), Figure("", None, 30, 40)),
            False,
        ),
        ("at least and fewer", (figure(30, "at-least"), figure(20)), True),
        ("more than, and exactly that", (figure(30, "more-than"), figure(30)), True),
        ("less than, and exactly that", (figure(30, "less-than"), figure(30)), True),
        ("up to, and exactly that", (figure(30, "up-to"), figure(30)), False),
        ("less than one and more than the other", (figure(30, "less-than"), figure(40, "more-than")), True),
        ("more than one and less than the other", (figure(30, "more-than"), figure(40, "less-than")), False),
        ("within a span", (Figure("", None, 30, 40), figure(35)), False),
        ("beside a span", (Figure("", None, 30, 40), figure(41)), True),
        ("spans that share a value", (Figure("", None, 30, 40), Figure("", None, 40, 50)), False),
        ("around", (figure(30, "around"), figure(34)), True),
        ("one value, with and without around", (figure(30, "around"), figure(30)), False),
        ("up and down", (figure(30, direction="up"), figure(30, direction="down")), True),
        ("a number of any length", (figure(10**400, "more-than"), figure(10**400 + 1)), False),
    ):
        assert differ(*those) is expected, name


def test_a_paragraph_of_our_own_count_is_placed_in_its_section() -> None:
    counted = Paragraphs("ours", 40, (Section(1, "Opening"), Section(30, "Replies")))
    place = REGISTERS.sources["dialogue"]._replace(paragraphs=counted)
    for pinpoint, expected in (("7", ("Opening", 7)), ("31-33", ("Replies", 2)), ("30 (a)", ("Replies", 1))):
        section, at = derive.pinpoint_section(place, pinpoint) or (None, 0)
        assert (section and section.title, at) == expected, pinpoint
    assert derive.pinpoint_section(place, "p 7") is None
    assert derive.pinpoint_section(REGISTERS.sources["paper"], "7") is None
