"""Searching for words: what finds what, what is marked, and that no input is an error."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrdash.filter import Filter, Term, terms, word_places
from hrdash.index import query
from hrdash.index.index import Index
from hrdash.index.words import Stems, laid_out, spans, wanted
from hrdash.model import Brief, Citation, Difference, Figure, LeftOpen, Statement
from hrdash.text import clean, fold
from tests.make import Shelf

STEMS = Stems()


def brief(name: str, *texts: str, title: str = "A matter") -> Brief:
    said = tuple(Statement(("minister",), text, (Citation("red", "1"),), id=f"s{at}") for at, text in enumerate(texts))
    return Brief(name, "torture", title, claims=said)


def question(text: str) -> tuple[Statement, ...]:
    return (Statement(("expert",), text, (Citation("red", "1"),), id="s0"),)


def found(index: Index, text: str) -> list[str]:
    return [row.id for row in query.select(index, Filter(text=text)).brief_rows()]


def statements(index: Index, text: str) -> list[str]:
    return [row.key for row in query.select(index, Filter(text=text)).statement_rows()]


def marked(text: str, sought: str) -> list[str]:
    (places,) = spans(wanted(terms(sought).terms, STEMS), [text], STEMS)
    return [text[start:end] for start, end in places]


@pytest.fixture
def index() -> Index:
    return Shelf(
        [
            brief("visits", "The Ombudsman visits prisons."),
            brief("happy", "Happy families."),
            brief("tortured", "Torture was reported.", "State response: none."),
            brief("split", "It ends with state", "response begins the next."),
            brief("kazakh", "Қазақстан Республикасы: әділет, ғылым, ІІМ."),
            brief("accents", "Café, naïve, ŁÓDŹ, İstanbul, straße."),
            brief("chinese", "人权委员会关注酷刑、拘留。"),
            brief("odd", "An e-mail about C++ and 10.1 on 5 May."),
            Brief("ours", "torture", "Left things", questions=question("Nothing here."),
                  responses=(Statement(("minister",), "It was.", (), id="r", answers=("s0",)),),
                  left_open=(LeftOpen(("s0",), "Whether guards were punished.", ()),),
                  differences=(Difference("fact", ("s0",), "The ministry counts registrations.", ()),)),
            Brief("beside", "torture", "Beside", claims=(Statement(("minister",), "Text.", (), period="2024",
                  period_text="during the reporting period", note="Inferred from context.",
                  figures=(Figure("cases", 1, population="juveniles"),)),)),
        ]
    ).indexed()  # fmt: skip


@pytest.mark.parametrize(
    "typed", ["visi", "visit", "visiti", "visitin", "visiting", "visits", "visited", "VISITS", "vísits"]
)
def test_a_word_finds_its_inflections_and_its_beginnings_while_it_is_typed(index: Index, typed: str) -> None:
    assert "visits" in found(index, typed)


def test_a_word_with_a_sign_behind_it_does_not_find_all_that_begin_so(index: Index) -> None:
    assert found(index, "c++") == ["odd"]
    assert "chinese" not in found(index, "c++")
    assert found(index, "visits,") == found(index, "visits") == ["visits"]
    assert "visits" not in found(index, "visi,")


@pytest.mark.parametrize("typed", ["visitz", "vist", "isits", "prisoner guard"])
def test_what_is_not_there_is_not_found(index: Index, typed: str) -> None:
    assert "visits" not in found(index, typed)


def test_a_word_that_is_not_the_last_has_to_be_finished(index: Index) -> None:
    assert found(index, "visi prisons") == []
    assert found(index, "visiting prisons") == ["visits"]


def test_the_beginning_of_a_stem_finds_too(index: Index) -> None:
    assert found(index, "happi") == ["happy"] == found(index, "happiness")


def test_words_are_anded_over_a_statement_and_its_title_and_one_is_its_own(index: Index) -> None:
    assert found(index, "reported response") == []  # of two statements
    assert statements(index, "torture matter") == ["s0"]
    assert found(index, "matter") == []
    assert found(index, "things punished") == ["ours"]


def test_a_phrase_stands_together_and_word_for_word(index: Index) -> None:
    assert found(index, '"state response"') == ["tortured"]
    assert found(index, '"states response"') == []
    assert found(index, '"visit"') == []


def test_a_phrase_does_not_run_from_one_text_into_the_next(index: Index) -> None:
    assert found(index, '"text during"') == []
    assert found(index, "text during") == ["beside"]


def test_a_phrase_that_is_still_typed_is_found_by_its_beginning(index: Index) -> None:
    assert found(index, '"state resp') == ["tortured"]
    assert found(index, '"state resp"') == []


def test_a_word_to_leave_out(index: Index) -> None:
    assert found(index, "state -response") == []
    assert statements(index, "state -response") == ["s0"]
    everything = [row.id for row in query.select(index, Filter()).brief_rows()]
    assert found(index, "-torture") == [name for name in everything if name != "tortured"]
    assert found(index, '-"state response"') == [name for name in everything if name != "tortured"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("казакстан", "kazakh"), ("ҚАЗАҚСТАН", "kazakh"), ("адилет", "kazakh"),
        ("гылым", "kazakh"), ("иим", "kazakh"),
        ("CAFE", "accents"), ("naive", "accents"), ("istanbul", "accents"), ("strasse", "accents"),
        ("酷刑", "chinese"), ("酷刑、拘留", "chinese"), ("e-mail", "odd"), ("c++", "odd"), ("10.1", "odd"),
        ("punish", "ours"), ("registration", "ours"),
        ("reporting", "beside"), ("inferred", "beside"), ("juveniles", "beside"), ("beside text", "beside"),
    ],
)  # fmt: skip
def test_case_diacritics_scripts_and_every_text_of_a_statement(index: Index, typed: str, name: str) -> None:
    assert name in found(index, typed)


def test_a_substring_to_leave_out(index: Index) -> None:
    assert "chinese" not in found(index, "-酷刑")
    assert len(found(index, "-酷刑")) == query.select(index, Filter()).briefs - 1


@pytest.mark.parametrize(
    "typed",
    ["*", "AND", "OR", "NOT", '"', "-", "--", "''", "NEAR(", "a:b", "plain:state", "[a]", "+", "🕊",
     '""', '"" ""', "\x00", "\ud800", "x" * 70_000, "a " * 3_000, '"' + "b " * 3_000, "-a " * 500,
     "state AND", "(state", "^state", "{plain}", "sta*te",
     "%", "_", "' OR 1=1 --", "words MATCH", "state\x00response", "﷽", "١٢٣", "½", "é" * 300],
)  # fmt: skip
def test_odd_input_gives_an_answer_or_a_sentence(index: Index, typed: str) -> None:
    names = found(index, typed)
    assert query.select(index, Filter(text=typed)).briefs == len(names)
    if not terms(typed).terms:
        assert not typed.strip() or terms(typed).hints or typed.isspace()
    if not names:
        assert query.explain_nothing(index, Filter(text=typed))


def word_list(folded: str) -> list[str]:
    """The words of a folded text, one by one."""
    return [folded[start:end] for start, end in word_places(folded)]


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


@given(
    st.lists(st.tuples(TEXTS, st.lists(TEXTS, min_size=1, max_size=3)), min_size=1, max_size=3),
    st.one_of(QUERIES, st.text(max_size=20)),
)
def test_the_index_finds_what_reading_everything_finds(bodies: list[tuple[str, list[str]]], typed: str) -> None:
    briefs = [brief(f"b{at}", *texts, title=title) for at, (title, texts) in enumerate(bodies)]
    index = Shelf(briefs).indexed()
    here = [term for term in terms(typed).terms if not term.negated]
    gone = [term for term in terms(typed).terms if term.negated]
    expected: list[str] = []
    shown: list[str] = []
    for one in briefs:
        title = laid_out(one.title).split()
        texts = [laid_out(said.text).split() for said in one.claims]
        inside = [
            own for own in texts
            if all(naively(term, [own, title]) for term in here)
            and (not here or any(naively(term, [own]) for term in here))
        ]  # fmt: skip
        without = [own for own in texts if not any(naively(term, [own, title]) for term in gone)]
        expected += [one.id for own in inside if own in without]
        shown += [one.id] if inside and len(without) == len(texts) else []
    found = query.select(index, Filter(text=typed))
    assert [row.brief_id for row in found.statement_rows()] == expected
    assert [row.id for row in found.brief_rows()] == shown
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


@pytest.mark.parametrize(
    ("text", "sought", "expected"),
    [
        ("He visits; she visited.", "visit", ["visits", "visited"]),
        ("Ärger in ŁÓDŹ", "argers lod", ["Ärger"]),
        ("Straße, STRASSE", "strasse", ["Straße", "STRASSE"]),
        ("the State response", '"state response"', ["State response"]),
        ("one e-mail", "e-mail", ["e-mail"]),
        ("人权委员会关注酷刑、拘留。", "酷刑、拘留", ["酷刑、拘留"]),
        ("visits", "-visits", []),
        ("cafe\u0301 open", "café", ["cafe\u0301"]),
        ("ﬁne finery", "fine", ["ﬁne", "finery"]),
    ],
)
def test_marks_stand_in_the_text_as_it_was_written(text: str, sought: str, expected: list[str]) -> None:
    assert marked(text, sought) == expected


def test_marks_of_several_texts_come_in_their_order(index: Index) -> None:
    assert query.marks(index, "visiting", ["no", "two visits", ""]) == ((), ((4, 10),), ())


def test_stems_are_those_of_the_porter_stemmer_for_any_number_of_words() -> None:
    assert STEMS.of(["visits", "ponies", "agreed", "визиты"])["ponies"] == "poni"
    many = [f"word{number}s" for number in range(3_000)]
    assert [STEMS.of(many)[word] for word in many] == [word[:-1] for word in many]
