"""Filters with names: in their file, on the command line and in the dashboard."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from hrdash.cli import main
from hrdash.filter import EVERYTHING, Filter, parse
from hrdash.index.query import select
from hrdash.named_filters import GIVEN, LONGEST, Named, drop, find, named_filters, save
from hrdash.places import FILTERS
from tests.make import open_library
from tests.tui.conftest import write_corpus


def file_of(own_machine: Path) -> Path:
    return own_machine / "state" / "hrdash" / FILTERS


def test_a_filter_is_saved_found_however_its_name_is_typed_replaced_and_taken_away(own_machine: Path) -> None:
    assert named_filters() == GIVEN
    assert not file_of(own_machine).exists()
    assert save("My  visits", parse("visits year:2024").filter) == ""
    assert find("my visits") == find("MYVISITS") == Named("My visits", "visits year:2024")
    assert stat.S_IMODE(file_of(own_machine).stat().st_mode) == 0o600
    assert save("my visits", Filter(text="visits")) == ""
    assert named_filters() == (Named("my visits", "visits"), *GIVEN)
    assert drop("MY VISITS")
    assert named_filters() == GIVEN


def test_a_given_name_may_be_given_to_another_and_comes_back_when_that_goes() -> None:
    save("pending", Filter(text="visits"))
    assert find("pending") == Named("pending", "visits")
    drop("pending")
    assert find("pending") in GIVEN


def test_a_name_that_is_none_and_a_folder_that_takes_nothing_are_said(
    own_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("", "  ", "x" * (LONGEST + 1)):
        assert str(LONGEST) in save(name, EVERYTHING), name
    monkeypatch.setattr("hrdash.places.write_private", lambda path, content: False)
    assert "cannot be written" in save("mine", EVERYTHING)
    assert not drop("mine")


def test_a_damaged_file_holds_none(own_machine: Path) -> None:
    save("mine", EVERYTHING)
    for damage in (b"", b"{", b"[]", b"null", b"[" * 5000, b'{"x": 1}', b"\xff"):
        file_of(own_machine).write_bytes(damage)
        assert named_filters() == GIVEN, damage


def test_a_file_that_cannot_be_read_is_left_as_it_is(own_machine: Path) -> None:
    save("mine", EVERYTHING)
    file = file_of(own_machine)
    whole = file.read_bytes()
    for content, mode in ((whole, 0o644), (whole[:-1], 0o600), (b"[1]", 0o600), (b"\xff", 0o600)):
        file.write_bytes(content)
        file.chmod(mode)
        said = save("other", EVERYTHING)
        assert said.startswith("not saved: ") and str(file) in said, content
        assert not drop("mine") and file.read_bytes() == content, content
    for content in (b"", b"{}"):
        file.write_bytes(content)
        assert save("other", EVERYTHING) == "", content


def test_what_is_wrong_with_a_file_or_a_filter_is_said_to_who_names_one(
    own_machine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_corpus(tmp_path)
    save("mine", Filter(text="-kind:claim"))
    main(["list", "--briefs", str(tmp_path), "--filter", "mine"])
    assert "so -kind: is searched as text" in capsys.readouterr().err
    file_of(own_machine).write_bytes(b"{")
    for name, code in (("mine", 2), ("no-response", 0)):
        assert main(["list", "--briefs", str(tmp_path), "--filter", name]) == code, name
        assert f"hrdash: your own filters are not known: {file_of(own_machine)} is damaged" in capsys.readouterr().err


def test_every_given_filter_is_one() -> None:
    for one in GIVEN:
        parsed = parse(one.query)
        assert parsed.filter.typed == one.query and not parsed.faults and not parsed.hints, one


def test_it_narrows_what_else_is_asked_for_as_a_facet_does(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = write_corpus(tmp_path / "ruritania")
    index = open_library(str(corpus)).index
    save("reports", parse("kind:concern kind:question").filter)
    for named, other in (("no-response", "theme:prisons"), ("reports", "kind:question"), ("reports", "scarce")):
        one = find(named)
        assert one is not None
        briefs = [select(index, parse(text).filter) for text in (one.query, other)]
        both = select(index, parse(one.query).filter.narrowed(parse(other).filter))
        inside = [found.matching(found.brief_numbers()) for found in (*briefs, both)]
        keys = [{(brief, key) for brief, names in found.items() for key in names} for found in inside]
        assert keys[2] == keys[0] & keys[1] and keys[2], (named, other)
        assert main(["--briefs", str(corpus), "search", "--filter", named, *other.split(), "--format", "csv"]) == 0
        assert len(capsys.readouterr().out.splitlines()) == 1 + len(keys[2]), (named, other)
        assert main(["--briefs", str(corpus), "list", other, f"--filter={named}"]) == 0
        capsys.readouterr()


def test_the_last_word_that_is_typed_beside_a_named_filter_may_be_a_beginning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = str(write_corpus(tmp_path / "ruritania"))
    save("visited", Filter(text="visits"))
    save("made", Filter(text="were"))
    for named, words, typed in (
        (["visited"], "annou", "visits annou"), (["visited"], "", "visits"),
        (["visited", "made"], "annou", "visits were annou"), (["visited", "made"], "", "visits were"),
    ):  # fmt: skip
        printed = []
        for asked in ([*(f"--filter={name}" for name in named), *words.split()], typed.split()):
            assert main(["--briefs", corpus, "search", *asked, "--format", "json"]) == 0, asked
            printed.append(capsys.readouterr().out)
        assert printed[0] == printed[1], typed


def test_what_cannot_be_asked_together_and_names_that_are_none_are_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = write_corpus(tmp_path / "ruritania")
    for words, said in (
        (["--filter", "pendin"], ["pendin", "did you mean", "pending"]),
        (["--filter", "zzzzzzzz"], ["zzzzzzzz", *(one.name for one in GIVEN)]),
        (["--filter", "pending", "--answer", "none"], ["pending", "answer:pending", "another answer", "keep one"]),
    ):
        assert main(["--briefs", str(corpus), "search", *words]) == 2, words
        err = capsys.readouterr().err
        assert all(part in err for part in said), (words, err)
