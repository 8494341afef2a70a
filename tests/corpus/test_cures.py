"""What was meant by a value that cannot be taken."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hrdash import period
from hrdash.corpus.cures import id_meant, in_brackets, number_meant, period_meant, quoted
from hrdash.names import is_id


def test_a_date_or_a_stretch_of_time_as_people_write_it_is_told_as_edtf_writes_it() -> None:
    for typed, meant in {
        "November 2024": "2024-11", "Nov. 2024": "2024-11", "2024 November": "2024-11", "11/2024": "2024-11",
        "20.01.2025": "2025-01-20", "20/01/2025": "2025-01-20", "01/20/2025": "2025-01-20", "2025/01/20": "2025-01-20",
        "2025-1-2": "2025-01-02", "20 January 2025": "2025-01-20", "January 20, 2025": "2025-01-20",
        "1st of May 2024": "2024-05-01", "since 2023": "2023/..", "2023-": "2023/..", "until 2020": "../2020",
        "from 2019 to 2021": "2019/2021",
        "2023/24": "2023/2024", "2020s": "2020/2029", "c. 2024": "2024~", "about 2024": "2024~", "2024?": "2024~",
        "March to May 2024": "2024-03/2024-05", "2O24": "2024", "soon": "", "2024": "", "31.02.2024": "", "": "",
    }.items():  # fmt: skip
        assert period_meant(typed) == meant, typed


def test_a_number_as_people_write_it_is_told_in_digits() -> None:
    for typed, cure in {
        "6,443": "write 6443", "1 200": "write 1200", "1\u00a0200": "write 1200", "1’200": "write 1200",
        "12,5": "write 12.5", "12 %": "write 12; the indicator says of what", "007": "write 7", "12.": "write 12",
        "about 20": "write 20, and qualifier: around", "more than 1,200": "write 1200, and qualifier: more-than",
        "20+": "write 20, and qualifier: more-than", "> 20": "write 20, and qualifier: more-than",
        "up to 20": "write 20, and qualifier: up-to", "10-20": "write low: 10 and high: 20 in place of value",
        "5 million": "write it out, as 5000000", "1,200 visits": "write 1200; the indicator says of what",
        "many": "", "": "", "12": "",
    }.items():  # fmt: skip
        assert number_meant(typed) == cure, typed


def test_an_id_is_made_of_what_stands_for_one() -> None:
    for typed, meant in {
        "N_Refused": "n-refused",
        "Q 1": "q-1",
        "Board": "board",
        "с-1": "c-1",
        "__": "",
        "-x": "x",
    }.items():
        assert id_meant(typed) == meant, typed


def test_a_list_is_written_so_that_it_reads_as_the_same() -> None:
    assert in_brackets(["a", "b, c", 'd "e"', "f's: g"]) == """[a, "b, c", 'd "e"', "f's: g"]"""
    assert quoted("""a "b" c's""") == """'a "b" c''s'"""


@given(st.text(max_size=40))
def test_whatever_is_typed_a_cure_is_sound(text: str) -> None:
    made = period_meant(text)
    assert not made or (period.parse(made) and made != text)
    assert id_meant(text) == "" or is_id(id_meant(text))
    number_meant(text)
