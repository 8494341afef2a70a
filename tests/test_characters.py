"""The table of equal characters: what is one, what is not, and that all who compare take it from there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hrdash import period, pinpoint
from hrdash.characters import fold, fold_map, plain
from hrdash.filter import parse
from hrdash.terms import terms, words_in, words_of

EQUAL = [
    # letters that Unicode does not take apart, with and without a name that tells
    ("lodz", "Łódź"), ("dakovo", "Đakovo"), ("kobenhavn", "København"), ("thorarinn", "Þórarinn"), ("aegir", "Ægir"),
    ("oeuvre", "œuvre"), ("hamrun", "Ħamrun"), ("strasse", "Straße"), ("isik", "Işık"), ("istanbul", "İstanbul"),
    ("aliyev", "Əliyev"), ("gudrun", "Guðrún"), ("nu", "ŋu"), ("hausawa", "ɦausawa"), ("bantu", "ɓantu"),
    ("turkiye", "Türkiye"), ("jose", "Jose\u0301"), ("fine", "ﬁne"), ("viet nam", "Việt Nam"), ("timisoara", "Timişoara"),
    ("timișoara", "Timişoara"),
    # Cyrillic, with the letters that only some keyboards have
    ("кукык", "Құқық"), ("онер", "Өнер"), ("аскери", "Әскери"), ("жургизу", "Жүргізу"), ("ҒЫЛЫМ", "ғылым"),
    ("жана", "Жаңа"), ("хам", "һәм"), ("украина", "Україна"), ("елка", "Ёлка"), ("гудзик", "ґудзик"), ("у", "ў"),
    ("йод", "И\u0306од"), ("точикистон", "Тоҷикистон"), ("хуччат", "ҳуҷҷат"),
    # Arabic and Persian
    ("ایران", "إيران"), ("كتاب", "کتاب"), ("مدرسه", "مدرسة"), ("مهكتهب", "مەکتەب"), ("مكتبه", "مکتبة"),
    ("على", "علی"), ("مُحَمَّد", "محمد"), ("العـــدل", "العدل"), ("آزادی", "ازادي"), ("می\u200cخواهم", "میخواهم"), ("ٱلحق", "الحق"),
    # digits of every script, and forms of them
    ("2024", "٢٠٢٤"), ("2024", "۲۰۲۴"), ("2024", "२०२४"), ("2024", "２０２４"), ("1/2", "1⁄2"),
    # signs
    ("qur'an", "Qurʾan"), ("qur'an", "Qur’an"), ("qur'an", "Qurʼan"), ("qur'an", "Qur`an"), ("o'zbek", "Oʻzbek"),
    ("e-mail", "e‑mail"), ("e-mail", "e–mail"), ("e-mail", "e−mail"), ("a b", "a\u00a0b"), ("a b", "a\u2009b"),
    ("a b", "a\u202fb"), ("a b", "a\u3000b"), ('"a"', "“a”"), ('"a"', "«a»"), ('"a"', "„a“"), ("a:b", "a：b"),
]  # fmt: skip
APART = [
    "сc", "аa", "кk", "оo", "іi", "рp", "хx", "ەo", "йи", "پب", "چج", "گك", "ژز", "وۇ", "زذ", "ßb", "0o", "1l", "ьb",
]  # fmt: skip
"""Letters that are not one: of two scripts though they look alike, or of two names."""


def test_equal_characters_are_one() -> None:
    for one, other in EQUAL:
        assert fold(one) == fold(other), (one, other)


def test_letters_that_look_alike_and_those_of_other_names_are_not_one() -> None:
    for one, other in APART:
        assert fold(one) != fold(other), (one, other)


def test_every_character_stands_for_one_thing_wherever_it_is_asked() -> None:
    for code in (*range(0x3100), *range(0xA600, 0xAC00), *range(0xF900, 0x10400), *range(0x1D400, 0x1D800)):
        character = chr(code)
        folded = fold(character)
        assert fold(folded) == folded, f"U+{code:04X}"
        assert len(plain(character)) == 1, f"U+{code:04X}"
        assert plain(plain(character)) == plain(character), f"U+{code:04X}"
        assert fold(plain(character)) == folded, f"U+{code:04X}"
        if not character.isascii():
            assert fold_map(f"ж{character}")[0] == fold(f"ж{character}"), f"U+{code:04X}"


@given(st.one_of(st.text(), st.text("иИйЙ\u0306\u200dа’'`ʾ½1 2,")))
def test_folding_is_stable_and_its_map_points_into_the_text(text: str) -> None:
    folded, offsets = fold_map(text)
    assert folded == fold(text)
    assert fold(folded) == folded
    assert len(offsets) == len(folded) + 1
    assert list(offsets) == sorted(offsets)
    assert offsets[-1] == len(text)


WORDS = {
    "women's rights": "women rights", "prisoners’ rights": "prisoners rights", "Kazakhstan’s law": "kazakhstan law",
    "the 1990's": "the 1990", "Qurʾan and Qur'an": "quran and quran", "O’Brien": "obrien", "Oʻzbekiston": "ozbekiston",
    "coup d’État": "coup d etat", "l'homme": "l homme", "Côte d’Ivoire": "cote d ivoire", "D'Souza": "dsouza",
    "'quoted' ‘words’": "quoted words", "don’t": "dont", "1 200": "1200", "1,200": "1200", "1’200": "1200",
    "1\u00a0200 and 1\u202f200": "1200 and 1200", "12 345 678": "12345678", "in 2024, 120": "in 2024 120",
    "2024 120": "2024 120", "10.1 200": "10 1 200", "1,2": "1 2", "1,2345": "1 2345", "24 (a)": "24 a", "½": "1 2",
    "2½": "2 1 2", "prisons¹": "prisons 1", "e-mail": "e mail", "٢٤": "24", "об’єкт": "обект", "1,200,": "1200",
}  # fmt: skip
"""What stands in a text, and its words."""


def test_a_possessive_is_its_word_and_a_number_is_one_however_it_is_grouped() -> None:
    for text, words in WORDS.items():
        assert " ".join(words_in(fold(text))) == words, text


@given(st.one_of(st.text(), st.text("a1 2,3'sd.’4\u00a0")))
def test_the_quick_way_to_the_words_of_a_text_is_the_way(text: str) -> None:
    words = list(words_of(fold(text)))
    assert words_in(fold(text)) == [word.text for word in words]
    assert all(word.text.isalnum() and word.end - word.start >= len(word.text) for word in words)
    assert words_in(fold(plain(text))) == words_in(fold(text))


def test_whatever_a_keyboard_makes_of_a_dash_a_quote_and_a_space_is_read_everywhere() -> None:
    phrase, gone = terms('"use of force"').terms, terms("visits -prison").terms
    for opening, closing in ("“”", "„“", "«»", "‹›", "‘’", "‚‘", "„”", "＂＂", "”“", "''"):
        assert terms(f"{opening}use of force{closing}").terms == phrase, opening
        assert parse(f"person:{opening}Women & girls{closing}").filter.persons == ("Women & girls",), opening
    for dash in "-‐‑‒–—―−﹣－":
        assert terms(f"visits {dash}prison").terms == gone, dash
        assert pinpoint.parse(f"12{dash}13").text == "12-13", dash
        assert pinpoint.parse(f"24 (a) {dash} (c)").text == "24 (a)-(c)", dash
        assert period.written(f"2023{dash}2024") == "2023/2024", dash
        assert period.parse(f"2023 {dash} 2024~") == period.parse("2023/2024~"), dash
        assert period.parse(f"2024{dash}04{dash}15") == period.parse("2024-04-15"), dash
        assert parse(f"year:2019{dash}2024 answer:not{dash}put").filter.typed == "year:2019..2024 answer:not-put", dash
    for space in " \u00a0\u2007\u2009\u200a\u202f\u205f\u3000":
        assert terms(f"1{space}200{space}visits").terms == terms("1200 visits").terms, hex(ord(space))
        assert pinpoint.parse(f"24{space}(a)").text == "24 (a)", hex(ord(space))
        assert pinpoint.begins(f"p{space}12"), hex(ord(space))
    for digits in ("2024", "٢٠٢٤", "۲۰۲۴", "２０２４"):
        assert parse(f"year:{digits}").filter.typed == "year:2024", digits
        assert period.written(digits) == "2024", digits
        assert pinpoint.parse(digits).text == "2024", digits
    assert parse("theme：torture").filter.themes == ("torture",)


def test_a_value_with_quotation_marks_of_any_kind_cannot_add_a_filter_when_written_back() -> None:
    for value in ("He said “no”", "“", "‘a b’", "'a'", "« x year:1900 »", 'a"b', "“”", '"”', "x’s", "a“ year:1900 “b"):
        filter_ = parse("")[0]._replace(persons=(value,), text="visits")
        assert parse(filter_.typed).filter == filter_, value
