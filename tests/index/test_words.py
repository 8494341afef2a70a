"""Searching for words: what finds what, what is marked, and that no input is an error."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrdash.characters import fold
from hrdash.cli import main
from hrdash.filter import Filter, parse
from hrdash.index import hints, query
from hrdash.index.hints import elsewhere
from hrdash.index.index import Index
from hrdash.index.query import select
from hrdash.index.words import Stems, columns, spans, wanted
from hrdash.model import (
    Brief,
    Citation,
    Difference,
    Figure,
    LeftOpen,
    Position,
    Source,
    Speaker,
    Statement,
    Theme,
)
from hrdash.terms import Term, terms, words_in, words_of
from hrdash.text import clean
from tests.make import REGISTER_TEXTS, REGISTERS, Shelf, examples, open_library

STEMS = Stems()


def said(text: str, name: str = "", **more: Any) -> Statement:
    return Statement(**{"by": ("minister",), "text": text, "cites": (Citation("red", "1"),), "id": name, **more})


def brief(name: str, *texts: str, title: str = "A matter", **more: Any) -> Brief:
    claims = tuple(said(text, f"s{at}") for at, text in enumerate(texts))
    return Brief(name, "torture", title, **{"claims": claims, **more})


def asked(typed: str) -> Filter:
    parsed = parse(typed)
    assert not parsed.faults, typed
    return parsed.filter


def found(index: Index, typed: str) -> list[str]:
    return [row.id for row in select(index, asked(typed)).brief_rows()]


def keys(index: Index, typed: str) -> list[str]:
    return [f"{row.brief_id}/{row.key}" for row in select(index, asked(typed)).statement_rows()]


def marked(text: str, sought: str) -> list[str]:
    (places,) = spans(wanted(terms(sought).terms, STEMS), [text], STEMS)
    return [text[start:end] for start, end in places]


@pytest.fixture
def index() -> Index:
    return Shelf(
        [
            brief("visits", "The Ombudsman visits prisons."),
            brief("happy", "Happy families."),
            brief("prison", "Torture was reported.", "State response: none."),
            brief("split", "It ends with state", "response begins the next."),
            brief("note", claims=(said("It ends with state", "s0", note="response begins the note."),)),
            brief("kazakh", "Қазақстан Республикасы: әділет, ғылым, ІІМ."),
            brief("accents", "Café, naïve, ŁÓDŹ, İstanbul, straße."),
            brief("chinese", "人权委员会关注酷刑、拘留。"),
            brief("odd", "An e-mail about C++ and 10.1 on 5 May."),
            brief("ours", title="Left things", claims=(), concerns=(said("Nothing here.", "n"),),
                  questions=(said("What of it?", "q"),), responses=(said("Not yet.", "r", answers=("q",)),),
                  left_open=(LeftOpen(("q",), "The answer does not say whether guards were punished.", ()),),
                  differences=(Difference("number", ("n", "r"), "The ministry counts registrations.", ()),)),
            brief("beside", title="Beside", claims=(said("Text.", "a", period="2024",
                  period_text="during the reporting period", note="Inferred from context.",
                  figures=(Figure("cases", 5, population="adolescent girls"),)),)),
        ]
    ).indexed()  # fmt: skip


def test_a_word_finds_its_inflections_and_its_beginnings_while_it_is_typed(index: Index) -> None:
    for typed in ("visi", "visit", "visiti", "visitin", "visiting", "visits", "visited", "VISITS", "vísits"):
        assert "visits" in found(index, typed), typed


def test_a_word_with_a_sign_behind_it_does_not_find_all_that_begin_so(index: Index) -> None:
    assert found(index, "c++") == ["odd"]
    assert "chinese" not in found(index, "c++")
    assert found(index, "visits,") == found(index, "visits") == ["visits"]
    assert "visits" not in found(index, "visi,")


def test_what_is_written_with_other_signs_is_found_and_marked_by_whole_words() -> None:
    texts = {
        "women": "The women’s prison, since women said so.", "quran": "The Qurʾan of Saʿid", "lodz": "In Łódź: đ, ŋ, ə.",
        "number": "Of 1\u00a0200 complaints", "etat": "a coup d’État", "arabic": "حقوق الإنسان في کشور", "russian": "О пытках в тюрьме.",
        "kazakh": "Құқық қорғаушылар", "dash": "Prosecutor‑General, 2019–2024", "half": "½ of 60 cases¹",
    }  # fmt: skip
    index = Shelf([brief(name, text) for name, text in texts.items()]).indexed()
    for typed, name, marks in [
        ("women", "women", ["women’s", "women"]), ("women's", "women", ["women’s", "women"]), ("womens", "women", ["women’s", "women"]),
        ("women’s", "women", ["women’s", "women"]), ('"women\'s prison"', "women", ["women’s prison"]),
        ("“women prison”", "women", ["women’s prison"]), ("prison –men", "women", ["prison"]), ("Quran", "quran", ["Qurʾan"]),
        ("qur'an", "quran", ["Qurʾan"]), ("Qur’an", "quran", ["Qurʾan"]), ("Sa'id,", "quran", ["Saʿid"]), ("said,", "quran", ["Saʿid"]),
        ("lodz", "lodz", ["Łódź"]), ("1200", "number", ["1\u00a0200"]), ("1,200", "number", ["1\u00a0200"]),
        ("1 200", "number", ["1\u00a0200"]), ("1’200", "number", ["1\u00a0200"]), ("etat", "etat", ["État"]), ("d'etat", "etat", ["d’État"]),
        ("الانسان", "arabic", ["الإنسان"]), ("كشور", "arabic", ["کشور"]), ("пытка", "russian", ["пытках"]), ("пытки", "russian", ["пытках"]),
        ("ПЫТКОЙ тюрьма", "russian", ["пытках", "тюрьме"]), ("кукык коргаушылар", "kazakh", ["Құқық қорғаушылар"]),
        ("prosecutor-general", "dash", ["Prosecutor‑General"]), ("2019-2024", "dash", ["2019–2024"]), ("½", "half", ["½"]),
        ("1/2", "half", ["½"]), ("cases", "half", ["cases"]), ("60 cases", "half", ["60 cases"]),
    ]:  # fmt: skip
        assert name in found(index, typed), typed
        assert marked(texts[name], typed) == marks, typed
    for typed in ("women -women’s", "c\u0430se", "1.200", "2019–2023"):
        assert found(index, typed) == [], typed


def test_words_that_stand_in_a_row_are_one_mark() -> None:
    for text, sought, expected in [
        ("In January 2022 and in January, 2022.", "January 2022", ["January 2022", "January", "2022"]),
        ("the use\u00a0of  force", "use of force", ["use\u00a0of  force"]),
        ("use-of-force", "use force", ["use", "force"]),
    ]:
        assert marked(text, sought) == expected, text


def test_what_is_not_there_is_not_found(index: Index) -> None:
    for typed in ("visitz", "vist", "isits", "prisoner guard"):
        assert "visits" not in found(index, typed), typed


def test_a_word_that_is_not_the_last_has_to_be_finished(index: Index) -> None:
    assert found(index, "visi prisons") == []
    assert found(index, "visiting prisons") == ["visits"]


def test_the_beginning_of_a_stem_finds_too(index: Index) -> None:
    assert found(index, "happi") == ["happy"] == found(index, "happiness")


def test_words_are_anded_over_one_statement_and_its_briefs_title(index: Index) -> None:
    for typed, expected in [
        ("torture reported", ["prison/s0"]),
        ("reported response", []),  # in two statements
        ("matter reported", ["prison/s0"]),
        ("matter", []),  # in titles alone
        ("a matter", []),
        ("left punished", ["ours/q"]),
        ("left things", []),
        ("matter state", ["prison/s1", "split/s0", "note/s0"]),
        ('"a matter" families', ["happy/s0"]),
    ]:
        assert keys(index, typed) == expected, typed
        assert found(index, typed) == [key.split("/")[0] for key in expected], typed
        assert select(index, asked(typed)).statements == len(expected), typed


def test_the_words_of_what_is_noted_are_those_of_what_it_is_of(index: Index) -> None:
    for typed, expected in [
        ("punished", ["ours/q"]),
        ("registrations", ["ours/n", "ours/r"]),
        ("registrations nothing", ["ours/n"]),
        ("inferred adolescent reporting", ["beside/a"]),
    ]:
        assert keys(index, typed) == expected, typed


def test_words_of_a_brief_that_names_anothers_statement_are_that_statements() -> None:
    index = Shelf([
        brief("one", questions=(said("Why?", "q"),), responses=(said("Because.", "r", answers=("q",)),), claims=()),
        brief("two", "Alpha.", left_open=(LeftOpen(("one/q",), "No response says gamma.", ()),),
              differences=(Difference("fact", ("s0", "one/r"), "They say delta.", ()),)),
    ]).indexed()  # fmt: skip
    assert keys(index, "gamma") == ["one/q"]
    assert keys(index, "delta") == ["one/r", "two/s0"]


def test_a_phrase_stands_together_and_word_for_word(index: Index) -> None:
    assert found(index, '"state response"') == ["prison"]
    assert found(index, '"states response"') == []
    assert found(index, '"visit"') == []


def test_a_phrase_does_not_run_from_one_text_into_the_next(index: Index) -> None:
    assert "note" not in found(index, '"state response"')
    assert found(index, "state response") == ["prison", "note"]
    assert found(index, '"matter the"') == []  # from the title into the text


def test_a_phrase_that_is_still_typed_is_found_by_its_beginning(index: Index) -> None:
    assert found(index, '"state resp') == ["prison"]
    assert found(index, '"state resp"') == []


def test_a_word_to_leave_out_is_of_the_statement_in_statements_and_of_the_brief_in_briefs(index: Index) -> None:
    everything = [row.id for row in select(index, Filter()).brief_rows()]
    for typed, statements, briefs in [
        ("state -reported", ["prison/s1", "split/s0", "note/s0"], ["split", "note"]),
        ("state -response", ["split/s0"], []),
        ("state -nowhere", ["prison/s1", "split/s0", "note/s0"], ["prison", "split", "note"]),
        ('state -"state response"', ["split/s0", "note/s0"], ["split", "note"]),
        ("state -matter", [], []),  # a title's word is that of each of its statements
    ]:
        assert keys(index, typed) == statements, typed
        assert found(index, typed) == briefs, typed
        selection = select(index, asked(typed))
        assert (selection.statements, selection.briefs) == (len(statements), len(briefs)), typed
    for typed in ("-torture", '-"state response"'):
        assert found(index, typed) == [name for name in everything if name != "prison"], typed
    assert "prison/s1" in keys(index, "-torture")
    assert "prison/s0" not in keys(index, "-torture")


def test_case_diacritics_scripts_and_every_text_of_a_brief(index: Index) -> None:
    for typed, name in [
        ("казакстан", "kazakh"), ("ҚАЗАҚСТАН", "kazakh"), ("адилет", "kazakh"),
        ("гылым", "kazakh"), ("иим", "kazakh"),
        ("CAFE", "accents"), ("naive", "accents"), ("istanbul", "accents"), ("strasse", "accents"),
        ("酷刑", "chinese"), ("酷刑、拘留", "chinese"), ("matter 酷刑", "chinese"), ("e-mail", "odd"), ("c++", "odd"),
        ("10.1", "odd"), ("punish", "ours"), ("registration", "ours"), ("things nothing", "ours"),
        ("during", "beside"), ("inferred", "beside"), ("girls", "beside"),
    ]:  # fmt: skip
        assert found(index, typed) == [name], typed


def test_a_substring_to_leave_out(index: Index) -> None:
    assert "chinese" not in found(index, "-酷刑")
    assert len(found(index, "-酷刑")) == select(index, Filter()).briefs - 1


ODD = [
    "*", "AND", "OR", "NOT", '"', "-", "--", "''", "NEAR(", "a:b", "own:state", "[a]", "+", "🕊",
    '""', '"" ""', '"""', '-"', 'state "', "\x00", "\ud800", "x" * 70_000, "a " * 3_000, '"' + "b " * 3_000,
    "-a " * 500, " ".join(f"w{at}" for at in range(1_200)), " ".join(f"-w{at}" for at in range(1_200)),
    " ".join(chr(0x4E00 + at) for at in range(400)), "state AND", "(state", "^state", "{own}", "sta*te",
    "%", "_", "' OR 1=1 --", "words MATCH", "state\x00response", "﷽", "١٢٣", "½", "é" * 300, "¶", "state ¶ response",
]  # fmt: skip


def answered(index: Index, typed: str) -> None:
    """Hold that a query gives an answer, or a sentence, and that its counts are those of its rows."""
    filter_ = Filter(text=typed)
    selection = select(index, filter_)
    names = [row.id for row in selection.brief_rows()]
    assert selection.briefs == len(names), typed[:60]
    assert selection.statements == len(list(selection.statement_rows())), typed[:60]
    assert len(elsewhere(selection)) <= 3, typed[:60]
    if not terms(typed).terms:
        assert not typed.strip() or terms(typed).hints, typed[:60]
    if not names:
        assert hints.explain_nothing(index, filter_).startswith("nothing in this corpus"), typed[:60]


def test_odd_input_gives_an_answer_or_a_sentence(index: Index) -> None:
    for typed in ODD:
        answered(index, typed)
    for typed in ('"', "+", '"" ""'):  # there is nothing to look for in it, so it leaves out nothing
        assert select(index, Filter(text=typed)).briefs == select(index, Filter()).briefs, typed


@settings(max_examples=examples(60))
@given(st.one_of(
    st.text(max_size=30),
    st.lists(st.sampled_from([*'"-:*() ', "state", " AND ", "酷刑", "\n", "¶", "visi"]), max_size=9).map("".join),
))  # fmt: skip
def test_no_input_is_an_error(typed: str) -> None:
    index = Shelf([brief("a", "State visits, 酷刑."), brief("b", "State.", "Response.")]).indexed()
    answered(index, typed)
    hints.explain_nothing(index, parse(typed).filter)
    index.close()


# What stands elsewhere


def offered(index: Index, typed: str) -> list[str]:
    """What is said of words that no statement has."""
    selection = select(index, asked(typed))
    assert selection.statements == 0, typed
    said = elsewhere(selection)
    assert all(one in hints.explain_nothing(index, asked(typed)) for one in said), typed
    return said


@pytest.fixture
def named() -> Index:
    """A corpus whose registers, titles and tags have words that no statement has."""
    registers = REGISTERS._replace(
        sources={**REGISTERS.sources, "black": Source(
            "black", "report", "Sobre la tortura 酷刑", "2022", "submission", "official", title_short="BLK",
            body="CERD", cycle="3rd", paragraphs=None)},
        speakers={**REGISTERS.speakers, "sr": Speaker("sr", "The Rapporteur on housing", "Rapporteur", "special-procedure")},
    )  # fmt: skip
    girls = "Women & girls"
    return Shelf(
        [
            brief("first", "Alpha.", "Beta.", title="Gamma", persons=(girls, "LGBTI persons, transgender persons")),
            brief("second", "Alpha beta.", title="Delta", persons=(girls,), uhri_themes=("Right to health",)),
            brief("third", title="Alpha gamma", persons=(girls,), claims=(), sdgs=("SDG 16",), annotation_id="ab12",
                  concerns=(said("Epsilon.", "n", by=("sr",), cites=(Citation("black", "1"),)),),
                  recommendations=(said("Zeta.", "r", positions=(Position("noted", ()),), period="2019"),),
                  assessments=(said("Eta.", "a", assesses=("r",), grade="B2", scale="follow-up"),)),
            brief("fourth", title="Figures", claims=(said("Theta.", "c", figures=(
                  Figure("cases", 1, per="inhabitants"), Figure("deaths", 2, base="arrivals"))),)),
        ],
        [Theme("torture", "Torture", "Prohibition of ill-treatment", ("Cruel treatment",), ("CAT:16",))], registers,
    ).indexed()  # fmt: skip


def test_a_word_of_a_name_alone_is_offered_as_the_facet_that_it_is(named: Index) -> None:
    for typed, expected in [
        ("transgender", 'try person:"LGBTI persons, transgender persons" (1 brief)'),
        ("transg", 'try person:"LGBTI persons, transgender persons" (1 brief)'),
        ("women", 'try person:"Women & girls" (3 briefs)'),
        ("sobre tortura", "try source:black (1 brief)"),
        ("BLK", "try source:black (1 brief)"),
        ("submission", "try source:black (1 brief)"),
        ("酷刑", "try source:black (1 brief)"),
        ("sobre 酷刑", "try source:black (1 brief)"),
        ("CERD", "try body:CERD (1 brief)"),
        ("3rd", "try cycle:3rd (1 brief)"),
        ("housing", "try speaker:sr (1 brief)"),
        ("special-procedure", "try speaker:sr (1 brief)"),
        ("deaths", "try indicator:deaths (1 brief)"),
        ("arrivals", "try indicator:deaths (1 brief)"),
        ("inhabitants", "try indicator:cases (1 brief)"),
        ("prohibition", "try theme:torture (4 briefs)"),
        ("cruel", "try theme:torture (4 briefs)"),
        ("CAT 16", "try theme:torture (4 briefs)"),
        ("B2", "try grade:B2 (1 brief)"),
        ("noted", "try position:noted (1 brief)"),
        ("recommendations", "try kind:recommendation (1 brief)"),
        ("2019", "try year:2019 (1 brief)"),
        ("2022", "try issued:2022 (1 brief)"),
        ("women theme:torture -delta", 'try person:"Women & girls" (2 briefs)'),
    ]:
        assert expected in offered(named, typed), typed
    assert "indicator:cases" not in " ".join(offered(named, "arrivals"))


def test_a_source_that_is_cited_for_positions_alone_is_offered_as_theirs() -> None:
    sources = {**REGISTERS.sources, "add": Source(
        "add", "report", "Views and replies", "2025", "reply", "official", title_short="Addendum", number="A/1/Add.1",
        paragraphs=None)}  # fmt: skip
    taken = said("Ratify it.", "r", positions=(Position("supported", (Citation("add", "3"),)),))
    index = Shelf(
        [brief("first", "Alpha.", recommendations=(taken,))], [], REGISTERS._replace(sources=sources)
    ).indexed()
    for typed in ("addendum", "replies", "A/1/Add.1"):
        assert offered(index, typed) == ["try position-source:add (1 brief)"], typed
    assert offered(index, "source:add") == ["try position-source:add in its place (1 statement)"]
    assert select(index, asked("position-source:add position:supported")).statements == 1
    assert not select(index, asked("source:add pinpoint:3")).statements  # no statement is written there


def test_what_is_offered_has_as_many_briefs_as_is_said(named: Index) -> None:
    for typed in (
        "women",
        "sobre",
        "housing",
        "torture",
        "recommendation",
        "2019",
        "persons",
        "b2",
        "women kind:concern",
    ):
        for offer in offered(named, typed):
            (tried, count) = re.findall(r"^try (.+) \((\d+) briefs?\)$", offer)[0]
            rest = asked(typed)._replace(text="").typed
            assert select(named, asked(f"{rest} {tried}")).briefs == int(count), (typed, offer)


def test_a_word_of_a_title_or_a_tag_alone_names_the_briefs(named: Index) -> None:
    for typed, expected in [
        ("delta", "1 brief has these words, not all in a statement: second"),
        ("gamma", "2 briefs have these words, not all in a statement: first, third"),
        ("health", "1 brief has these words, not all in a statement: second"),
        ("health beta", "1 brief has these words, not all in a statement: second"),
        ("sdg", "1 brief has these words, not all in a statement: third"),
        ("ab12", "1 brief has these words, not all in a statement: third"),
        ("follow-up", "1 brief has these words, not all in a statement: third"),
    ]:
        assert offered(named, typed) == [expected], typed


def test_words_that_only_a_briefs_statements_together_have_are_said_and_offered(named: Index) -> None:
    for typed, expected in [
        ("epsilon zeta", ["1 brief has these words in different statements: third"]),
        ("epsilon zeta alpha", ["1 brief has these words in different statements: third"]),
        ("epsilon theta", []),
        ("epsilon zeta kind:concern", []),  # of what the filter lets through
        ("epsilon zeta -eta", []),
    ]:
        assert offered(named, typed) == expected, typed
    selection = select(named, asked("alpha beta"))  # beside what one statement has
    assert [row.id for row in selection.brief_rows()] == ["second"]
    assert elsewhere(selection) == ["1 brief has these words in different statements: first"]
    assert elsewhere(select(named, asked("alpha"))) == elsewhere(select(named, asked("delta beta"))) == []


def test_what_there_is_without_a_word_is_what_typing_the_others_finds(index: Index) -> None:
    for typed, expected in [
        ("nowhere visits", "without nowhere there is 1 statement"),
        ('"state response" nowhere', "without nowhere there is 1 statement"),
        ("state -matter", "without -matter there are 3 statements"),
        ('"酷刑 拘留" nowhere', "without nowhere there is 1 statement"),
        ("Қазақстан nowhere", "without nowhere there is 1 statement"),
    ]:
        sentence = hints.explain_nothing(index, asked(typed))
        assert expected in sentence, sentence
    finished = hints.explain_nothing(index, asked("visi, nowhere"))
    assert "without" not in finished  # a sign behind it: it finds nothing alone, though it is the last


def test_what_was_probably_meant_is_offered_where_it_finds_something() -> None:
    index = Shelf([
        brief("visits", "Journalists may visit prisons.", "The person asked."), brief("force", "The use of force.", "О пытках."),
    ]).indexed()  # fmt: skip
    for typed, offered_ in [
        ("juornalists", "did you mean journalists (1 statement)?"), ("vist prisns", "did you mean visit prisons (1 statement)?"),
        ("viist", "did you mean visit (1 statement)?"), ('"use of fource"', 'did you mean "use of force" (1 statement)?'),
        ("prison visist", "did you mean prison visit (1 statement)?"), ("journlists foorce", "did you mean journalists force?"),
        ("juornalists -force kind:claim", "did you mean journalists -force (1 statement)?"), ("пыткка", "did you mean пытках (1 statement)?"),
        ("prsons", "did you mean prisons (1 statement)?"), ("force prsons", "did you mean force prisons?"),
    ]:  # fmt: skip
        assert f"; {offered_}" in hints.explain_nothing(index, asked(typed)), typed
    for typed in (
        "zzzz",
        "visit force",
        "forces kind:question",
        "-juornalists zzzz",
        "2031",
        "vsi",
        "酷刑",
        "forec " * 9,
    ):
        assert "did you mean" not in hints.explain_nothing(index, asked(typed)), typed


def test_that_inflections_are_not_known_is_said_of_words_in_other_languages_alone(index: Index) -> None:
    for typed, is_said in [
        ("nothere", False), ("пытка", False), ("құқық", True), ("naïveté", True), ("حقوق", True), ("nothere -حقوق", False),
        ("women’s nothere", False),
    ]:  # fmt: skip
        sentence = hints.explain_nothing(index, asked(f"{typed} zzzz"))
        assert sentence.endswith("inflections are known of English and Russian words alone") == is_said, sentence


def asking(index: Index, monkeypatch: pytest.MonkeyPatch, typed: str) -> int:
    """How many questions to the index it takes to explain that nothing matches."""
    count = 0

    def counted(ask: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any) -> Any:
            nonlocal count
            count += 1
            return ask(*arguments)

        return run

    with monkeypatch.context() as patch:
        patch.setattr(index, "run", counted(index.run))
        patch.setattr(index, "integers", counted(index.integers))
        assert hints.explain_nothing(index, asked(typed)).startswith("nothing in this corpus")
    return count


def test_an_empty_list_of_400_words_is_explained_in_bounded_work(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    for each in ("word{}", '"word{} prisons"', "person:word{}", "-matter word{}", "-word{} nowhere"):
        few, many = (" ".join(each.format(at) for at in range(size)) for size in (20, 400))
        first = asking(index, monkeypatch, few)
        assert asking(index, monkeypatch, many) <= first < 150, each


def test_no_search_says_nothing_of_a_word_that_stands_on_a_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = {
        **REGISTER_TEXTS,
        "sources.yaml": "- {id: red, type: report, title: xtitle, title-short: XSHORT, issued: 2023, kind: xkind, capacity: official,\n"
        "   put_to_state: true, body: XBODY, session: xsession, cycle: xcycle, number: XNUMBER, publisher: xpublisher,\n"
        "   container-title: xcontainer, author: [{family: xfamily, given: xgiven}], note: xnote,\n"
        "   paragraphs: {numbering: ours, last: 99, sections: [{from: 1, title: xsection}]}}\n",
        "speakers.yaml": "- {id: minister, name: xministername, short: xminister, kind: state}\n"
        "- {id: expert, name: xexpertname, short: xexpert, kind: treaty-body}\n",
        "indicators.yaml": "- {id: cases, label: xindicator, unit: xunits, kind: count, span: flow, note: xnoted}\n",
        "themes/torture.yaml": "theme: torture\nlabel: xlabel\ntitle: xthemetitle\n"
        "uhri_themes: [Death penalty]\ninstruments: ['XCCPR:7']\nbriefs:\n"
        "  - id: one\n    title: xbrieftitle\n    persons: [Women & girls]\n    uhri_themes: [Freedom of movement]\n"
        "    sdgs: [xsdg]\n    annotation_id: xannotation\n    claims:\n"
        "      - {id: c, by: minister, text: xclaim, cites: [red 7], period: 2019, period_text: xperiod, note: xbeside,\n"
        "         figures: [{indicator: cases, value: 1, per: xper, base: xbase, population: xpopulation, period: 2019}]}\n"
        "    concerns: [{id: n, by: expert, text: xconcern, cites: [red 8]}]\n"
        "    questions: [{id: q, by: expert, text: xquestion, cites: [red 11]}]\n"
        "    recommendations:\n"
        "      - {id: r, by: expert, text: xask, cites: [red 9], positions: [{position: noted, cites: [red 10]}]}\n"
        "    responses: [{by: minister, answers: [q], text: xresponse, cites: [red 12]}]\n"
        "    assessments: [{by: expert, assesses: [r], text: xjudged, scale: xscale, grade: xgrade, cites: [red 9]}]\n"
        "    left_open: [{of: [q], text: 'No response in the text says xopen.', cites: [red 12]}]\n"
        "    differences: [{kind: number, between: [c, n], text: xdiffers, cites: [red 7]}]\n",
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    assert main(["show", "one", "--no-cache", "--briefs", str(tmp_path)]) == 0
    page = capsys.readouterr().out
    words = {word for word in re.findall(r"[^\W_]+", page) if word.casefold().startswith("x")}
    assert len(words) > 30, page
    index = open_library(str(tmp_path), False).index
    for word in sorted({*words, "2019", "noted", "women", "girls", "movement", "death", "treaty", "recommendation"}):
        selection = select(index, asked(f"{word},"))
        assert selection.statements or elsewhere(selection), word


def word_list(folded: str) -> list[str]:
    """The words of a folded text, one by one."""
    return [word.text for word in words_of(folded)]


def naively(term: Term, texts: list[list[str]]) -> bool:
    """Whether texts, taken apart into words, satisfy a term: written for reading, with no index."""
    if term.substring:
        sought = " ".join(word_list(term.words[0]))
        return any(sought in " ".join(words) for words in texts)
    if term.phrase:
        *firm, last = term.words
        return any(
            words[at : at + len(firm)] == firm
            and (words[at + len(firm)].startswith(last) if term.typing else words[at + len(firm)] == last)
            for words in texts for at in range(len(words) - len(firm))
        )  # fmt: skip
    sought = term.words[0]
    stem_of = STEMS.of([sought, *(word for words in texts for word in words)])
    for word in (word for words in texts for word in words):
        if stem_of[word] == stem_of[sought]:
            return True
        if term.typing and (
            word.startswith(sought) or stem_of[word].startswith(sought) or unfinished(sought, stem_of[word])
        ):
            return True
    return False


def unfinished(typed: str, stem: str) -> bool:
    """Whether a word that ends in the beginning of a suffix is, once that is finished, of this stem."""
    for suffix in ("ing", "ings", "ed", "es", "ion", "ions", "ation", "ations", "ment", "ments", "ness", "ity",
                   "ities", "ies", "ied", "er", "ers", "ly", "ally", "able", "ance", "ence", "ive"):  # fmt: skip
        for length in range(1, len(suffix)):
            base = typed[: len(typed) - length]
            if typed.endswith(suffix[:length]) and len(base) >= 4 and STEMS.of([base + suffix])[base + suffix] == stem:
                return True
    return False


SYLLABLES = [
    "visit",
    "vis",
    "it",
    "ing",
    "ed",
    "s",
    "tion",
    "happ",
    "y",
    "iness",
    "universe",
    "ies",
    "а",
    "қ",
    "é",
    "酷刑",
    "１",
    "2",
    "1 200",
    "women’s",
    "'",
    "пытками",
    "½",
    "㍿",
    "й",
    "ł",
    "𐐀",
    "ß",
]
WORDS = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=3).map("".join)
ODDITIES = st.sampled_from(["-", "¶", "·", "_", '"', "'", "e-mail"])
TEXTS = st.lists(st.one_of(WORDS, ODDITIES), max_size=7).map(" ".join)
QUERIES = st.lists(
    st.builds(lambda sign, mark, words: f"{sign}{mark}{' '.join(words)}{mark}", st.sampled_from(["", "", "-"]),
              st.sampled_from(["", '"']), st.lists(WORDS, min_size=1, max_size=2)),
    min_size=1, max_size=3,
).map(" ".join)  # fmt: skip


BODIES = st.lists(st.tuples(TEXTS, st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=3)), min_size=1, max_size=4)


def has(sought: Iterable[Term], own: list[list[str]], title: list[list[str]]) -> bool:
    """Whether a statement has terms: each in its own words or its brief's title, and one at least in its own."""
    terms_ = list(sought)
    return all(naively(term, [*own, *title]) for term in terms_) and (
        not terms_ or any(naively(term, own) for term in terms_)
    )


@given(BODIES, st.one_of(QUERIES, st.text(max_size=20)))
def test_the_index_finds_what_reading_everything_finds(bodies: list[Any], typed: str) -> None:
    briefs = [brief(f"b{at}", title=title, claims=tuple(said(text, f"s{place}", note=note)
              for place, (text, note) in enumerate(texts))) for at, (title, texts) in enumerate(bodies)]  # fmt: skip
    index = Shelf(briefs).indexed()
    here = [term for term in terms(typed).terms if not term.negated]
    gone = [term for term in terms(typed).terms if term.negated]
    statements, shown = [], []
    for one in briefs:
        title = [words_in(fold(one.title))]
        own = {said.id: [words_in(fold(text)) for text in (said.text, said.note)] for said in one.claims}
        out = {name for name, texts in own.items() if any(naively(term, [*texts, *title]) for term in gone)}
        inside = [name for name, texts in own.items() if has(here, texts, title)]
        statements += [f"{one.id}/{name}" for name in inside if name not in out]
        shown += [one.id] if inside and not out else []
    filter_ = Filter(text=typed)
    assert [f"{row.brief_id}/{row.key}" for row in select(index, filter_).statement_rows()] == statements
    assert [row.id for row in select(index, filter_).brief_rows()] == shown
    index.close()


@given(st.text(max_size=40), st.one_of(QUERIES, st.text(max_size=10)))
def test_what_is_marked_is_what_was_found(text: str, typed: str) -> None:
    shown = clean(text)
    words = [word_list(fold(shown))]
    for term in terms(typed).terms:
        if not term.negated:
            (places,) = spans(wanted([term], STEMS), [shown], STEMS)
            assert bool(places) == naively(term, words)
            assert all(0 <= start < end <= len(shown) for start, end in places)
            assert all(one[1] < other[0] for one, other in pairwise(places))


def test_marks_stand_in_the_text_as_it_was_written() -> None:
    for text, sought, expected in [
        ("He visits; she visited.", "visit", ["visits", "visited"]),
        ("Ärger in ŁÓDŹ", "argers lodz", ["Ärger", "ŁÓDŹ"]),
        ("Straße, STRASSE", "strasse", ["Straße", "STRASSE"]),
        ("the State response", '"state response"', ["State response"]),
        ("one e-mail", "e-mail", ["e-mail"]),
        ("人权委员会关注酷刑、拘留。", "酷刑、拘留", ["酷刑、拘留"]),
        ("visits", "-visits", []),
        ("cafe\u0301 open", "café", ["cafe\u0301"]),
        ("ﬁne, finery", "fine", ["ﬁne", "finery"]),
        ("any text", '"', []),
        ("½ of it", "1,", ["½"]),
        ("½ of it", "2", ["½"]),
        ("case¹.", "1", ["¹"]),
    ]:
        assert marked(text, sought) == expected, sought


def test_marks_of_several_texts_come_in_their_order(index: Index) -> None:
    assert query.marks(index, "visiting", ["no", "two visits", ""]) == ((), ((4, 10),), ())


def test_stems_of_words_with_cyrillic_letters_are_russian() -> None:
    for forms in (
        "пытка пытки пытку пыткой пытках",
        "тюремный тюремного тюремной",
        "права правами",
        "обвиняемый обвиняемого",
    ):
        assert len({STEMS.of(forms.split())[form] for form in forms.split()}) == 1, forms
    assert STEMS.of(["visits"])["visits"] == "visit"


def test_stems_are_those_of_the_porter_stemmer_for_any_number_of_words() -> None:
    assert STEMS.of(["visits", "ponies", "agreed", "визиты"])["ponies"] == "poni"
    many = [f"word{number}s" for number in range(3_000)]
    assert [STEMS.of(many)[word] for word in many] == [word[:-1] for word in many]


def test_stems_are_the_same_whoever_else_asks_for_some() -> None:
    words = [[f"torturing{thread}{at}s" for at in range(300)] for thread in "abc"]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with closing(Stems()) as stems, ThreadPoolExecutor(3) as pool:
            each = pool.map(lambda some: [stems.of([word])[word] for word in some], words)
            assert [*each] == [[word[:-1] for word in some] for some in words]
    finally:
        sys.setswitchinterval(before)


def test_the_columns_of_texts_are_their_words_and_the_stems_that_differ() -> None:
    assert columns([["Visits prisons", "Visits"], [], ["None, naïve"]], STEMS) == [
        ("visits prisons ¶ visits", "prison visit"), ("", ""), ("none naive", "naiv"),
    ]  # fmt: skip
