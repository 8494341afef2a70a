"""The index: what goes in comes out, it follows its files, and no state of its file can do harm."""

from __future__ import annotations

import os
import re
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from itertools import count, product
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from hrdash.check import check_corpus
from hrdash.corpus.folder import CorpusFolder
from hrdash.filter import EVERYTHING, Filter
from hrdash.index import across, file, hints, laying, query, rows, survey
from hrdash.index import sync as sync_module
from hrdash.index.file import Unreadable
from hrdash.index.index import Index, _Turns
from hrdash.index.survey import is_fresh
from hrdash.index.sync import sync
from hrdash.model import (
    SECTIONS,
    Brief,
    Citation,
    Difference,
    Figure,
    LeftOpen,
    Place,
    Position,
    Problem,
    Source,
    Statement,
)
from hrdash.text import clean
from tests.make import (
    LONG_AGO,
    REGISTER_TEXTS,
    Folder,
    Shelf,
    brief_text,
    connect,
    examples,
    open_file,
    open_memory,
    theme_text,
)

PROSE = st.text(st.characters(codec="utf-8"), max_size=12).map(clean)
IDS = st.lists(st.from_regex(r"[a-z][a-z0-9-]{0,5}", fullmatch=True), max_size=2).map(tuple)
NAMES = st.lists(st.from_regex(r"([a-z][a-z0-9-]{0,5}/)?[a-z][a-z0-9-]{0,5}", fullmatch=True), max_size=2).map(tuple)
PLACES = st.builds(Place, line=st.integers(1, 9), column=st.integers(1, 9))
CITE = st.builds(Citation, source=st.sampled_from(["red", "blue", "unknown"]), pinpoint=PROSE)
CITES = st.lists(CITE, max_size=2).map(tuple)
AMOUNTS = st.one_of(st.none(), st.integers(), st.floats(allow_nan=False, allow_infinity=False))
TEXTS_OF_A_FIGURE = ("indicator", "qualifier", "direction", "per", "base", "population", "status")
FIGURES = st.lists(
    st.builds(
        Figure, value=AMOUNTS, low=AMOUNTS, high=AMOUNTS, period=st.sampled_from(["", "2024"]),
        **dict.fromkeys(TEXTS_OF_A_FIGURE, PROSE),
    ),
    max_size=2,
).map(tuple)  # fmt: skip
POSITION = st.builds(Position, position=st.sampled_from(["noted", "pending"]), cites=CITES)
STATEMENT = st.builds(
    Statement, cites=CITES, period=st.sampled_from(["", "2023", "2019/..", "0001/0030~"]), place=PLACES,
    by=st.lists(PROSE, max_size=2).map(tuple), figures=FIGURES, due=st.sampled_from(["", "2025-02"]),
    positions=st.lists(POSITION, max_size=2).map(tuple), same_as=NAMES.map(lambda some: "".join(some[:1])),
    **dict.fromkeys(("answers", "premise", "assesses"), NAMES),
    **dict.fromkeys(("verbatim", "put_to_state"), st.sampled_from([None, True, False])),
    **dict.fromkeys((name for name, kind in get_type_hints(Statement).items()
                     if kind is str and name not in ("period", "due", "same_as")), PROSE),
)  # fmt: skip
LEFT_OPEN = st.builds(LeftOpen, of=NAMES, text=PROSE, cites=CITES, place=PLACES)
DIFFERENCES = st.builds(Difference, kind=PROSE, between=NAMES, text=PROSE, cites=CITES, place=PLACES)


def brief_with(said: list[tuple[str, Statement]], **about: Any) -> Brief:
    """A brief with these statements, each in its section."""
    sections = {name: tuple(one for where, one in said if where == name) for name in SECTIONS}
    return Brief(**sections, **about)


ANY_BRIEF = st.builds(
    brief_with, said=st.lists(st.tuples(st.sampled_from(SECTIONS), STATEMENT), max_size=3, unique_by=lambda one: one[1].id),
    id=st.just("b"), theme=st.just("torture"), file=PROSE, place=PLACES, also_in=IDS, related=IDS,
    persons=st.lists(PROSE, max_size=2, unique=True).map(tuple),
    left_open=st.lists(LEFT_OPEN, max_size=2).map(tuple), differences=st.lists(DIFFERENCES, max_size=2).map(tuple),
    **dict.fromkeys(("title", "source", "country", "annotation_id"), PROSE),
    **dict.fromkeys(("uhri_themes", "sdgs"), st.lists(PROSE, max_size=1).map(tuple)),
)  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where an index may be kept: a folder closed to others."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    return folder / "index.sqlite"


@pytest.fixture
def folder() -> Folder:
    """Two themes; one brief of each names the other."""
    return Folder(
        {
            "themes/torture.yaml": theme_text(
                "torture", brief_text("visits", "Prisons are visited.", "related: [shot],"), brief_text("pain")
            ),
            "themes/life.yaml": theme_text("life", brief_text("shot", more="related: [visits], also_in: [torture],")),
        }
    )


def kept(path: Path, folder: Folder, token: str | None = None) -> Index:
    """An index in a file, in step with the folder."""
    index = open_file(str(path), token)
    folder.sync(index)
    assert index.path, index.note
    return index


def indexed(folder: Folder) -> Index:
    """An index in memory, in step with the folder."""
    index = open_memory()
    folder.sync(index)
    return index


def names(index: Index, text: str = "") -> list[str]:
    return [row.id for row in query.select(index, Filter(text=text)).brief_rows()]


def numbers(index: Index) -> Any:
    return query.select(index, EVERYTHING).brief_numbers()


def everything(index: Index) -> tuple[Any, ...]:
    """All that an index says, but for the numbers it gives to briefs."""
    briefs = tuple(index.briefs(names(index)))
    everything = query.select(index, EVERYTHING)
    return (
        index.corpus, index.themes, index.registers, index.problems, index.withheld_list, briefs, everything.facets(),
        [row._replace(number=0) for row in everything.brief_rows()],
        [row._replace(number=0) for row in everything.statement_rows()],
        index.answers(numbers(index)),
        [{key: set(items) for key, items in by.items()} for by in index.elsewhere(briefs)],
        [names(index, word) for word in ("hurt", "prison", "matter", "word", "open", "differs")],
        sorted(hints.elsewhere(query.select(index, Filter(text="about")))),
    )  # fmt: skip


# What goes in comes out


@settings(max_examples=examples(40))
@given(ANY_BRIEF)
def test_a_brief_comes_back_as_it_was(brief: Brief) -> None:
    shelf = Shelf([brief], noted=False)
    index = shelf.indexed()
    found = index.brief("b")
    assert found == shelf.briefs[0]
    assert repr(found) == repr(shelf.briefs[0])  # 1 is not 1.0
    index.close()


def test_briefs_come_in_corpus_order_whatever_was_asked_first(folder: Folder) -> None:
    index = open_memory()
    folder.sync(index)
    assert [brief.id for brief in index.briefs(["shot", "gone", "pain", "visits", "pain"])] == [
        "visits",
        "pain",
        "shot",
    ]
    assert [brief.id for brief in index.briefs(numbers(index))] == ["visits", "pain", "shot"]
    assert index.brief("gone") is None
    assert index.brief("\ud800") is None


def test_many_briefs_take_few_statements() -> None:
    index = Shelf(
        [Brief(f"b{at}", "torture", "T", claims=(Statement(("minister",), "t", ()),)) for at in range(1_200)]
    ).indexed()
    statements: list[str] = []
    index._db.set_trace_callback(statements.append)
    found = numbers(index)
    statements.clear()
    assert len(list(index.briefs(found))) == 1_200
    assert sum(one.startswith("SELECT") for one in statements) == 3


def test_registers_themes_and_corpus_come_back_as_they_were(folder: Folder) -> None:
    folder.write("sources.yaml", REGISTER_TEXTS["sources.yaml"] + """
- id: long
  type: webpage
  title: A long one
  author: [{literal: A body}, {family: Doe, given: Jane}]
  container_title: A journal
  publisher: P
  number: A/1
  issued: 2025~
  accessed: 2025-06-01
  URL: https://example.org/
  language: en
  kind: news
  capacity: personal
  note: A note.
  paragraphs:
    numbering: ours
    last: 20
    sections: [{from: 1, title: One}, {from: 7, title: Two}]
    no_statements: [{paras: "1-2", reason: navigation}, {paras: "4", reason: repeats, see: "7, 9-11"}]
""".replace("container_title", "container-title"))  # fmt: skip
    index = open_memory()
    folder.sync(index)
    assert index.problems == ()
    contents = folder.registers()
    assert index.corpus == contents.corpus
    assert index.registers == contents.registers
    assert list(index.registers.sources) == list(contents.registers.sources)
    assert [theme.id for theme in index.themes] == ["torture", "life"]
    assert index.themes[1] == folder.theme_file("themes/life.yaml", contents.corpus, contents.registers, ()).theme


def test_an_entry_of_a_register_is_made_when_it_is_asked_for_and_no_other(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    index, made = open_memory(), list[object]()
    folder.sync(index)
    monkeypatch.setattr(rows, "from_json", lambda kind, _: made.append(kind) or kind)
    sources = index.registers.sources
    assert (len(sources), "red" in sources, made) == (3, True, [])
    assert (sources["red"], sources["red"], made) == (Source, Source, [Source])


def test_registers_for_some_citations_hold_no_other_sources(folder: Folder) -> None:
    index = open_memory()
    folder.sync(index)
    some = index.registers_citing(cite for brief in index.briefs(["pain"]) for cite in brief.citations)
    assert list(some.sources) == ["red"]
    assert some.sources["red"] == index.registers.sources["red"]
    assert some[1:] == index.registers[1:]
    assert index.registers_citing(()).sources == {}
    assert index.sources == len(index.registers.sources) > 1


def test_a_theme_without_a_file_of_its_own_is_shown_by_its_id(folder: Folder) -> None:
    folder.write("themes/a-theme-of-a-long-name/more.yaml", "briefs:\n" + brief_text("more"))
    index = open_memory()
    folder.sync(index)
    theme = index.themes[-2]
    assert (theme.id, theme.label, theme.title) == (
        "a-theme-of-a-long-name",
        "a-theme-of-a-l",
        "a-theme-of-a-long-name",
    )


def test_the_shipped_corpus_comes_back_as_it_was_read() -> None:
    from hrdash.corpus.listing import list_files, read_file
    from hrdash.corpus.read import read_theme_file

    root = str(Path(__file__).parents[2] / "briefs")
    listing = list_files(root)
    shipped = Folder({})
    shipped.files = {
        stamp.name: (found if isinstance(found := read_file(root, stamp.name), bytes) else b"").decode()
        for stamp in listing.files
    }
    index = open_memory()
    report = shipped.sync(index)
    assert report.read == len(listing.files)
    written = {
        brief.id: brief
        for stamp in listing.theme_files
        for brief in read_theme_file(stamp.name, read_file(root, stamp.name)).briefs
    }
    found = list(index.briefs(numbers(index)))
    assert len(found) + index.withheld >= len(written)
    assert all(brief == written[brief.id] for brief in found)
    assert index.registers == CorpusFolder(root).registers().registers


def test_a_text_is_cleaned_again_when_it_is_read(folder: Folder) -> None:
    index = open_memory()
    folder.sync(index)
    index._db.execute("UPDATE brief SET heading = 'a\x1b]52;c;x\x07' WHERE id = 'pain'")
    assert query.select(index, EVERYTHING).brief_rows()[1].title == "a⟨U+001B⟩]52;c;x⟨U+0007⟩"
    for hidden in ("\x9b2J", "\\u009b2J", "\\r", "\\b", '\\\\" \\u001b'):
        text = '["torture","' + hidden + '","T",[],[]]'
        row = (text, rows.checksum_of(text))  # as somebody may forge it
        index._db.execute("UPDATE entry SET json = ?, checksum = ? WHERE kind = 'theme' AND id = 'torture'", row)
        index._known.clear()
        with pytest.raises(Unreadable, match="damaged"):
            assert index.themes, hidden


def test_a_text_may_hold_what_looks_like_an_escape(folder: Folder) -> None:
    text = 'C:\\users \\u001b \\\\ a\tb\n"\\r" \\'
    brief = Brief("b", "torture", text, claims=(Statement(("minister",), text, ()),))
    shelf = Shelf([brief])
    assert shelf.indexed().brief("b") == shelf.briefs[0]


DAMAGES = (
    "UPDATE brief SET json = replace(json, 'Nobody was hurt.', 'Nobody was hurd.')",
    "UPDATE brief SET json = replace(json, '\"7\"', '\"8\"')",
    "UPDATE brief SET json = replace(json, '\"visits\"', '\"other\"')",
    "UPDATE brief SET json = substr(json, 2)",
    "UPDATE brief SET json = x'ff'",
    "UPDATE brief SET json = 3",
    "UPDATE brief SET theme = 'life' WHERE id = 'pain'",
    "UPDATE brief SET heading = 'A lie'",
    "UPDATE brief SET checksum = checksum + 1",
    "DROP TABLE brief",
)


def test_a_brief_that_was_changed_in_the_index_is_never_shown(folder: Folder) -> None:
    for damage in (*DAMAGES, "UPDATE file SET name = 'themes/other.yaml' WHERE name = 'themes/life.yaml'"):
        index = open_memory()
        folder.sync(index)
        index._db.executescript(damage)
        with pytest.raises(Unreadable, match="damaged"):
            assert list(index.briefs(["pain", "visits", "shot"])), damage


def test_a_statement_that_was_changed_in_the_index_is_never_listed(folder: Folder) -> None:
    others = ("kind = 'concern'", "answer = 'noted'", "position = 'noted'", "\"key\" = 'other'")
    places = ('"begin" = "begin" + 1', '"end" = "end" + 1', '"begin" = 0, "end" = 0', "\"begin\" = x'00'")
    changes = [" ".join(("UPDATE statement SET", change)) for change in (*others, *places, "checksum = 0")]
    for damage in (*DAMAGES, "UPDATE brief SET country = 'AFG'", *changes):
        if damage == "UPDATE brief SET checksum = checksum + 1":
            continue  # that of the brief's whole
        index = open_memory()
        folder.sync(index)
        index._db.executescript(damage)
        with pytest.raises(Unreadable, match="damaged"):
            assert list(query.select(index, EVERYTHING).statement_rows()), damage


def test_a_register_or_theme_that_was_changed_in_the_index_is_never_shown(folder: Folder) -> None:
    for read in (lambda index: index.corpus, lambda index: index.themes, lambda index: index.registers):
        index = open_memory()
        folder.sync(index)
        index._db.execute("UPDATE entry SET json = replace(json, 'r', 'q')")
        with pytest.raises(Unreadable, match="damaged"):
            read(index)


# It follows its files


def test_nothing_changed_nothing_read(folder: Folder) -> None:
    index = open_memory()
    assert not is_fresh(index, folder.listing)
    assert folder.sync(index).changed_briefs == ("pain", "shot", "visits")
    assert is_fresh(index, folder.listing)
    assert folder.sync(index) == sync_module.SyncReport()
    assert folder.read == []


def test_one_edited_file_is_read_alone(folder: Folder) -> None:
    index = open_memory()
    folder.sync(index)
    folder.write("themes/torture.yaml", folder.files["themes/torture.yaml"].replace("Prisons", "Cells"))
    assert not is_fresh(index, folder.listing)
    report = folder.sync(index)
    assert (report.read, report.changed_briefs, report.removed_briefs) == (1, ("visits",), ())
    assert folder.read == ["themes/torture.yaml"]
    assert names(index, "cell") == ["visits"]
    assert names(index, "prisons") == []


def test_what_an_edited_file_costs_follows_from_it_and_not_from_the_corpus(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[object] = []
    read_value, misnamed = rows.read_value, across._misnamed
    monkeypatch.setattr(rows, "read_value", lambda kind, *about: taken.append(kind) or read_value(kind, *about))
    monkeypatch.setattr(across, "_misnamed", lambda db, file: taken.append(file) or misnamed(db, file))
    costs = []
    for size in (2, 9):
        parts = {f"themes/life/p{at}.yaml": "briefs:\n" + brief_text(f"b{at}") for at in range(size)}
        source = REGISTER_TEXTS["sources.yaml"].partition("\n- ")[0]
        more = [re.sub("\\bred\\b", f"red-{at}", source, flags=re.IGNORECASE) for at in range(size)]
        registers = {"sources.yaml": "\n".join([REGISTER_TEXTS["sources.yaml"].rstrip(), *more]) + "\n"}
        folder = Folder({"themes/life.yaml": theme_text("life", brief_text("shot")), **parts, **registers})
        index = open_memory()
        folder.sync(index)
        assert len(index.registers.sources) >= size, index.problems
        folder.write("themes/life/p1.yaml", "briefs:\n" + brief_text("b1", "Somebody was hurt."))
        taken.clear()
        assert folder.sync(index).changed_briefs == ("b1",)
        costs.append(list(taken))
    assert costs[0] == costs[1]


def test_a_brief_that_only_moved_in_its_file_has_not_changed(folder: Folder) -> None:
    index = open_memory()
    folder.sync(index)
    folder.write("themes/torture.yaml", "# a line\n" + folder.files["themes/torture.yaml"])
    assert folder.sync(index).changed_briefs == ()
    brief = index.brief("pain")
    assert brief is not None
    assert brief.place.line == 8
    rows_of_it = [row.said for row in query.select(index, EVERYTHING).statement_rows() if row.brief_id == "pain"]
    assert rows_of_it == list(brief.statements)


def test_an_edit_leaves_the_rows_of_other_briefs_alone(folder: Folder) -> None:
    folder.write(
        "themes/life.yaml", theme_text("life", brief_text("shot"), *(brief_text(f"n{at}") for at in range(20)))
    )
    index = open_memory()
    folder.sync(index)
    folder.write(
        "themes/life.yaml",
        "# a line\n" + folder.files["themes/life.yaml"].replace(brief_text("n7"), brief_text("n7", "Seven.")),
    )
    statements: list[str] = []
    index._db.set_trace_callback(statements.append)
    assert folder.sync(index).changed_briefs == ("n7",)
    assert sum(statement.startswith("DELETE FROM words") for statement in statements) == 1
    assert names(index, "seven") == ["n7"]


def _said(text: str, name: str = "", **more: Any) -> Statement:
    return Statement(("expert",), f"Text of {text}.", (Citation("red", "1"),), name, **more)


def _network(size: int) -> dict[str, list[Brief]]:
    """Briefs that name one another, so many, by how they do."""
    ids, asked = [f"b{at}" for at in range(size)], _said("it", "one")
    answering = [Statement(("minister",), f"Text {at}.", (Citation("blue", "1"),), answers=("hub/one",)) for at in ids]
    answered = tuple(f"{name}/one" for name in ids)
    alone = [Brief(name, "torture", recommendations=(asked,)) for name in ids]
    long = Brief("hub", "torture", concerns=tuple(_said(name, name, period="2019") for name in ids))
    before = ["", *answered[:-1]]
    return {
        "many answer one": [*(Brief(name, "torture", responses=(said,)) for name, said in zip(ids, answering, strict=True)),
                            Brief("hub", "torture", recommendations=(asked,))],
        "one answers many": [*alone, Brief("hub", "torture", responses=(answering[0]._replace(answers=answered),))],
        "many are the same as those of a long one": [
            long, *(Brief(name, "torture", concerns=(_said("it", "one", same_as=f"hub/{name}"),)) for name in ids)],
        "each is the same as the one before": [
            Brief(name, "torture", concerns=(_said("it", "one", same_as=one),)) for name, one in zip(ids, before, strict=True)],
        "all have one id": [one._replace(id="twin") for one in alone],
    }  # fmt: skip


def _steps(briefs: list[Brief]) -> int:
    """What it takes to index briefs: calls, and steps of SQLite's machine."""
    index, found = open_memory(), [0]
    index._db.set_progress_handler(lambda: found.append(found.pop() + 10), 10)
    sys.setprofile(lambda _, event, __: found.append(found.pop() + 1) if event == "call" else None)
    try:
        sync(index, Shelf(briefs))
    finally:
        sys.setprofile(None)
        index.close()
    return found[0]


def test_a_network_of_briefs_takes_work_in_proportion_to_its_size() -> None:
    many = _network(240)
    for how, few in _network(60).items():
        assert _steps(many[how]) < 5 * _steps(few), how


def test_a_sync_judges_anew_what_the_change_bears_on_and_not_all_that_is_wrong(folder: Folder) -> None:
    for at in range(20):
        text = theme_text(f"life-{at}", brief_text(f"n{at}", more="related: [gone],"), brief_text("torture"))
        folder.write(f"themes/life-{at}.yaml", text)
    folder.write("themes/torture/more.yaml", "briefs:\n" + brief_text("more"))
    index = open_memory()
    folder.sync(index)
    assert len(index.problems) == 40
    statements: list[str] = []
    index._db.set_trace_callback(statements.append)
    folder.write("themes/torture/more.yaml", "briefs:\n" + brief_text("more", "Said otherwise."))
    folder.sync(index)
    assert sum(one.startswith("SELECT named.") for one in statements) == 1


def test_of_names_that_lead_nowhere_some_get_a_suggestion_since_each_takes_time(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []

    def nearest(_: str, known: list[str]) -> str:
        asked.append(known)
        return ""

    monkeypatch.setattr(across, "nearest", nearest)
    monkeypatch.setattr(across, "MOST_COMPARED", 30)
    for file_ in range(4):
        briefs = (brief_text(f"n{file_}-{at}", more=f"related: [gone-{file_}-{at}],") for at in range(15))
        folder.write(f"themes/life-{file_}.yaml", theme_text(f"life-{file_}", *briefs))
    index = open_memory()
    folder.sync(index)
    assert index.withheld == 60
    assert len(asked) == 20
    assert max(map(len, asked)) == 0  # of more than are compared, those that begin alike
    folder.write("themes/life.yaml", theme_text("life", brief_text("gone")))
    folder.sync(index)
    assert asked[-1] == ["gone"]


def test_a_touched_file_of_equal_content_is_not_read_again(folder: Folder) -> None:
    index = open_memory()
    folder.sync(index)
    folder.touch("themes/torture.yaml")
    folder.touch("sources.yaml")
    assert not is_fresh(index, folder.listing)
    assert folder.sync(index).read == 0
    assert is_fresh(index, folder.listing)


@pytest.mark.parametrize("name", sorted(REGISTER_TEXTS))
def test_a_change_of_a_register_reads_everything(folder: Folder, name: str) -> None:
    index = open_memory()
    folder.sync(index)
    folder.write(name, folder.files[name] + "\n# changed\n")
    report = folder.sync(index)
    assert report.read == 6
    assert report.changed_briefs == report.removed_briefs == ()
    del folder.files[name]
    folder.sync(index)
    fresh = open_memory()
    folder.sync(fresh)
    assert everything(index) == everything(fresh)


def test_a_file_that_vanishes_takes_its_briefs_along(folder: Folder) -> None:
    index = open_memory()
    folder.sync(index)
    del folder.files["themes/life.yaml"]
    report = folder.sync(index)
    assert report.removed_briefs == ("shot", "visits")  # `visits` names a brief that is gone
    assert names(index) == ["pain"]
    assert [held.id for held in index.withheld_list] == ["visits"]


def test_an_id_that_appears_mends_the_brief_that_names_it_in_another_file(folder: Folder) -> None:
    missing = folder.files.pop("themes/life.yaml")
    index = open_memory()
    folder.sync(index)
    assert index.withheld == 1
    folder.write("themes/life.yaml", missing)
    folder.sync(index)
    assert folder.read == ["themes/life.yaml"]
    assert (index.withheld, index.problems) == (0, ())


def test_damage_to_a_brief_that_is_withheld_is_not_shown_when_it_comes_back(folder: Folder) -> None:
    missing = folder.files.pop("themes/life.yaml")
    index = open_memory()
    folder.sync(index)
    index._db.execute("UPDATE brief SET json = replace(json, 'Prisons', 'Palaces')")
    folder.write("themes/life.yaml", missing)
    with pytest.raises(Unreadable, match="damaged"):
        folder.sync(index)


def test_an_id_that_is_given_twice_goes_to_the_next_when_the_first_vanishes(folder: Folder) -> None:
    folder.write("themes/zeal.yaml", theme_text("zeal", brief_text("shot", "Another.")))
    index = open_memory()
    folder.sync(index)
    assert "stands twice, first at themes/life.yaml" in index.problems[0].text
    assert [brief.theme for brief in index.briefs(["shot"])] == ["life"]
    del folder.files["themes/life.yaml"]
    folder.write("themes/torture.yaml", theme_text("torture", brief_text("pain")))
    folder.sync(index)
    assert [brief.theme for brief in index.briefs(["shot"])] == ["zeal"]
    assert index.problems == ()


def test_an_id_that_is_given_twice_in_one_file_is_withheld_once() -> None:
    folder = Folder(
        {"themes/torture.yaml": theme_text("torture", brief_text("pain", "First."), brief_text("pain", "Second."))}
    )
    index = open_memory()
    folder.sync(index)
    (brief,) = index.briefs(["pain"])
    assert brief.claims[0].text == "First."
    assert index.withheld == 1


@pytest.mark.parametrize("name", ["themes/torture.yaml", "themes/torture/a.yaml", "themes/zeal.yaml"])
def test_a_brief_that_moves_to_another_file_is_not_lost(folder: Folder, name: str) -> None:
    own = theme_text(name[len("themes/") :].removesuffix(".yaml"), brief_text("pain" if "zeal" not in name else "z"))
    folder.write(name, "briefs:\n" + brief_text("more") if name.count("/") > 1 else own)
    folder.write("themes/life.yaml", theme_text("life", brief_text("shot"), brief_text("moves")))
    index = open_memory()
    folder.sync(index)
    folder.write(name, folder.files[name] + brief_text("moves"))
    folder.write("themes/life.yaml", theme_text("life", brief_text("shot")))
    fresh = open_memory()
    assert folder.sync(index).removed_briefs == ()
    folder.sync(fresh)
    assert "moves" in names(index)
    assert everything(index) == everything(fresh)


def test_a_theme_that_corpus_yaml_names_is_a_problem_until_it_appears(folder: Folder) -> None:
    folder.write("corpus.yaml", REGISTER_TEXTS["corpus.yaml"].replace("[torture]", "[zeal, life, torture]"))
    index = open_memory()
    folder.sync(index)
    assert "zeal" in index.problems[0].text
    folder.write("themes/zeal.yaml", theme_text("zeal", brief_text("z")))
    folder.sync(index)
    assert index.problems == ()
    assert names(index) == ["z", "shot", "visits", "pain"]


def test_problems_of_the_listing_are_kept_in_step(folder: Folder) -> None:
    index = open_memory()
    found = Problem("themes/x.yml", 1, 1, "this file is not read", "rename it", "warning")
    listing = folder.listing._replace(problems=(found,))
    noted = Folder(folder.files)
    noted.problems = (found,)
    noted.sync(index)
    assert index.problems == (found,)
    assert is_fresh(index, listing)
    assert not is_fresh(index, folder.listing)
    folder.sync(index)
    assert index.problems == ()


def test_a_file_as_new_as_the_index_is_told_by_its_content(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    now = LONG_AGO
    monkeypatch.setattr(survey, "time_ns", lambda: now)
    index = open_memory()
    folder.sync(index)
    assert not is_fresh(index, folder.listing)
    changed = folder.files["themes/torture.yaml"].replace("visited", "audited")
    assert len(changed) == len(folder.files["themes/torture.yaml"])
    folder.files["themes/torture.yaml"] = changed  # in the same tick of the clock, and of the same length
    folder.sync(index)
    assert names(index, "audited") == ["visits"]
    now += survey.SETTLED_NS + 1
    assert folder.sync(index).read == 0
    assert is_fresh(index, folder.listing)


def test_the_order_of_briefs_holds_when_files_come_between_and_grow(folder: Folder) -> None:
    index = open_memory()
    folder.sync(index)
    for at in range(30):
        folder.write(
            f"themes/torture/{29 - at:02}.yaml",
            "briefs:\n" + "".join(brief_text(f"t{29 - at:02}-{n}") for n in range(at % 3 + 1)),
        )
        folder.sync(index)
    folder.write("themes/torture/10.yaml", "briefs:\n" + "".join(brief_text(f"t10-{n:03}") for n in range(130)))
    folder.sync(index)
    grown = names(index)
    assert grown[:2] == ["visits", "pain"]
    assert grown[2:-1] == sorted(grown[2:-1])
    assert len(grown) == 3 + 3 * 10 * 2 + 130 - (19 % 3 + 1)


def test_without_room_between_two_files_the_index_starts_over(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sync_module, "SPARE", 1)
    index = open_memory()
    folder.sync(index)
    for at in range(6):
        folder.write(f"themes/torture/{9 - at}.yaml", "briefs:\n" + brief_text(f"t{9 - at}") + brief_text(f"u{9 - at}"))
        report = folder.sync(index)
        assert set(report.changed_briefs) == {f"t{9 - at}", f"u{9 - at}"}
    assert names(index)[2:6] == ["t4", "u4", "t5", "u5"]


OWN = (
    "questions: [{id: q, by: expert, text: Why so, cites: [red 8]}],",
    "concerns: [{id: n, by: expert, text: Seen., cites: [red 8]}],",
    "recommendations: [{id: m, by: expert, text: Do., cites: [red 9 (a)]}],",
    "observations: [{id: o, by: expert, text: Noted., cites: [green 9], period: 2019}],",
)
"""What most briefs have, and others name."""
LINKS = (
    "questions: [{{id: q, by: expert, text: Why so, cites: [red 8], premise: [{0}/n]}}],",
    "responses: [{{id: r, by: minister, text: So., cites: [blue 9], answers: [{0}/q]}}],",
    "responses: [{{id: r, by: minister, text: So., cites: [red 9], answers: [{0}/n, {0}/m]}}],",
    "responses: [{{id: r, by: minister, text: So., cites: [red 9], answers: [q, {0}/q]}}],",
    "left_open: [{{of: [{0}/q], text: Left open., cites: [red 8]}}],",
    "differences: [{{kind: fact, between: [c, {0}/c], text: Differs., cites: [red 7]}}],",
    "observations: [{{id: o, by: expert, text: Noted., cites: [green 9], same_as: {0}/o}}],",
    "assessments: [{{by: expert, text: Judged., cites: [green 9], assesses: [{0}/m], limb: 9 (a), grade: B}}],",
)
"""Sections of a brief, each with what it names of another."""
BODIES = st.lists(
    st.tuples(st.sampled_from("abcde"), st.sampled_from(["", "", "", "", "a", "life"]),
              st.sampled_from(["", "", "", "torture", "zeal"]), st.sampled_from(["Word.", "Hurt."]),
              st.one_of(st.just(list(OWN)), st.lists(st.sampled_from(OWN), max_size=4, unique=True)),
              st.dictionaries(st.sampled_from(LINKS), st.sampled_from("abcde"), min_size=1, max_size=2)),
    min_size=1, max_size=4, unique_by=lambda body: body[0],
)  # fmt: skip
FILES = st.sampled_from(["themes/torture.yaml", "themes/life.yaml", "themes/life/more.yaml", "themes/zeal/only.yaml"])


class FollowsItsFiles(RuleBasedStateMachine):
    """Whatever happens to the files, an index in step says what one made from nothing says."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Folder({})
        self.index = open_memory()
        self.seen: dict[str, set[int]] = {}
        for theme, some in (("torture", "ab"), ("life", "cd"), ("zeal", "e")):
            briefs = [brief_text(name, "Word.", " ".join(OWN)) for name in some]
            self.folder.write(f"themes/{theme}.yaml", theme_text(theme, *briefs))

    @rule(name=FILES, body=BODIES)
    def write(self, name: str, body: list[tuple[str, str, str, str, list[str], dict[str, str]]]) -> None:
        briefs = [
            brief_text(own, text, (f"related: [{other}], " if other else "")
                       + (f"also_in: [{theme}]," if theme else "") + sections(here, links))
            for own, other, theme, text, here, links in body
        ]  # fmt: skip
        theme = name.split("/")[1].removesuffix(".yaml")
        text = "briefs:\n" + "".join(briefs) if name.count("/") > 1 else theme_text(theme, *briefs)
        self.folder.write(name, text if briefs else text.replace("briefs:\n", "briefs: []\n"))

    @rule(name=FILES, text=st.sampled_from(["", "[", "briefs: 1\n", "briefs:\n - {id: a, title: x"]))
    def break_a_file(self, name: str, text: str) -> None:
        self.folder.write(name, text)

    @rule(name=FILES)
    def remove(self, name: str) -> None:
        self.folder.files.pop(name, None)

    @rule(themes=st.sampled_from(["[]", "[life, zeal]", "[zeal, nowhere, torture]"]))
    def reorder(self, themes: str) -> None:
        self.folder.write("corpus.yaml", REGISTER_TEXTS["corpus.yaml"].replace("[torture]", themes))

    @rule(text=st.sampled_from([REGISTER_TEXTS["sources.yaml"], "[]", "["]))
    def change_the_sources(self, text: str) -> None:
        self.folder.write("sources.yaml", text)

    @rule()
    def look(self) -> None:
        """The index in step says what a new one says."""
        before = {brief.id: brief for brief in self.index.briefs(names(self.index))}
        report = self.folder.sync(self.index)
        fresh = open_memory()
        self.folder.sync(fresh)
        assert everything(self.index) == everything(fresh)
        assert check_corpus("", lambda _: self.folder).problems == fresh.problems
        assert is_fresh(self.index, self.folder.listing)
        after = {brief.id: brief for brief in self.index.briefs(names(self.index))}
        assert set(report.removed_briefs) == before.keys() - after.keys()
        assert set(report.changed_briefs) == {
            name for name, brief in after.items() if said(before.get(name)) != said(brief)
        }
        fresh.close()
        self.look_at_what_is_held(after)

    def look_at_what_is_held(self, shown: dict[str, Brief]) -> None:
        """Beside what is shown stands what was last read of briefs that may still be there, and nothing else."""
        self.index.show_held()
        try:
            held = {brief.id: brief for brief in self.index.briefs(names(self.index))}
            everything(self.index)
        finally:
            self.index.with_held = False
            self.index._known.clear()
        assert {name: said(held[name]) for name in shown} == {name: said(brief) for name, brief in shown.items()}
        gone = held.keys() - shown.keys()
        assert gone == set(self.index.held)
        assert all(said(held[name]) in self.seen[name] for name in gone)
        assert not gone or self.index.problems
        for name, brief in shown.items():
            self.seen.setdefault(name, set()).add(said(brief))

    def teardown(self) -> None:
        self.look()
        self.index.close()


def sections(own: list[str], links: dict[str, str]) -> str:
    """Lines of sections, one of each kind."""
    lines = [*own, *(line.format(other) for line, other in links.items())]
    by_kind = {line.partition(":")[0]: line for line in lines}
    return " ".join(by_kind.values())


def said(brief: Brief | None) -> int:
    """A number for what a brief says, wherever it stands."""
    return laying.content_of(brief) if brief else 0


TestFollowsItsFiles = FollowsItsFiles.TestCase
TestFollowsItsFiles.settings = settings(max_examples=examples(25), stateful_step_count=12)


# No state of its file can do harm


def test_an_index_in_a_file_is_closed_to_others_and_leaves_nothing_else_behind(home: Path, folder: Folder) -> None:
    mask = os.umask(0o000)
    try:
        path = home.parent / "deeper" / "still" / "index.sqlite"
        kept(path, folder).close()
    finally:
        os.umask(mask)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert os.listdir(path.parent) == ["index.sqlite"]


def test_an_index_in_a_file_is_found_fresh_when_it_is_opened_again(home: Path, folder: Folder) -> None:
    first = kept(home, folder, "token")
    expected = everything(first)
    first.close()
    again = open_file(str(home), "token")
    assert is_fresh(again, folder.listing)
    assert everything(again) == expected


def test_an_index_that_was_never_filled_leaves_no_file(home: Path) -> None:
    open_file(str(home)).close()
    assert os.listdir(home.parent) == []


def other_token(path: Path) -> None:
    """As if it had come with somebody's archive."""


def group_may_read(path: Path) -> None:
    path.chmod(0o640)


def second_name(path: Path) -> None:
    os.link(path, path.with_name("second"))


def link(path: Path) -> None:
    path.rename(path.with_name("real"))
    path.symlink_to("real")


def garbage(path: Path) -> None:
    path.write_bytes(b"not a database at all" * 1000)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def cut_within_a_page(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 100)


def made_longer(path: Path) -> None:
    path.write_bytes(path.read_bytes() + bytes(4096))


def other_version(path: Path) -> None:
    db = connect(path)
    db.execute("UPDATE meta SET value = '0' WHERE key = 'version'")
    db.commit()
    db.close()


def write_ahead_log(path: Path) -> None:
    db = connect(path)
    db.execute("PRAGMA journal_mode = WAL")
    db.close()


def changed_from_outside(path: Path) -> None:
    db = connect(path)
    db.execute("DELETE FROM bits")
    db.commit()
    db.close()


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path, 0o600)


def left_journal(path: Path) -> None:
    path.with_name("index.sqlite-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(600))


@pytest.mark.parametrize(
    "harm",
    [other_token, group_may_read, second_name, link, garbage, empty, cut, cut_within_a_page, made_longer,
     other_version, write_ahead_log, changed_from_outside, a_pipe, left_journal],
)  # fmt: skip
def test_a_file_in_doubt_is_made_anew(home: Path, folder: Folder, harm: Callable[[Path], None]) -> None:
    first = kept(home, folder, "token")
    expected = everything(first)
    first.close()
    harm(home)
    index = open_file(str(home), "other" if harm is other_token else "token")
    folder.sync(index)
    assert everything(index) == expected
    assert index.path == str(home), index.note
    assert home.is_file()
    assert not home.is_symlink()
    assert home.stat().st_nlink == 1
    index.close()
    assert is_fresh(open_file(str(home)), folder.listing)


def test_a_byte_flipped_anywhere_gives_no_wrong_answer(home: Path, folder: Folder) -> None:
    first = kept(home, folder)
    expected = everything(first)
    first.close()
    sound = home.read_bytes()
    trusted = 0
    for at in [*range(100), *range(100, len(sound), 997)]:
        home.write_bytes(sound[:at] + bytes([sound[at] ^ 0x41]) + sound[at + 1 :])
        home.chmod(0o600)
        index = open_file(str(home))
        if is_fresh(index, folder.listing):
            trusted += 1
            assert everything(index) == expected
        index.close()
    assert trusted <= 12  # the counters of the header, which say nothing


def test_a_damaged_file_without_a_checksum_is_made_anew(
    home: Path, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "SEALED_BYTES", 0)
    first = kept(home, folder)
    expected = everything(first)
    first.close()
    data = bytearray(home.read_bytes())
    data[8192:] = bytes(len(data) - 8192)
    home.write_bytes(data)
    index = open_file(str(home))
    folder.sync(index)
    assert everything(index) == expected
    assert index.path == str(home)


def test_damage_that_is_met_while_reading_is_mended_by_the_next_sync(home: Path, folder: Folder) -> None:
    index = kept(home, folder)
    expected = everything(index)
    index._db.execute("UPDATE brief SET json = replace(json, 'Nobody was hurt.', 'Nobody was hurd.') WHERE id = 'pain'")
    assert is_fresh(index, folder.listing)
    with pytest.raises(Unreadable):
        index.brief("pain")
    assert not is_fresh(index, folder.listing)
    folder.sync(index)
    assert everything(index) == expected
    assert is_fresh(index, folder.listing)


def test_a_folder_that_is_not_ours_alone_is_not_used(home: Path, folder: Folder) -> None:
    home.parent.chmod(0o755)
    index = open_file(str(home))
    folder.sync(index)
    assert (index.path, names(index)) == ("", ["visits", "pain", "shot"])
    assert "open to other users), so the corpus is read into memory" in index.note
    assert os.listdir(home.parent) == []


def test_a_folder_behind_a_link_is_not_used(home: Path, folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(home.parent)
    index = open_file(str(tmp_path / "link" / home.name))
    folder.sync(index)
    assert "or a link" in index.note
    assert os.listdir(home.parent) == []


@pytest.mark.parametrize(
    "where", ["/dev/null/index", "/proc/index/index", "\x00/index", "file/index", "full\ud800/index"]
)
def test_where_no_folder_can_be_the_index_is_in_memory(where: str, folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    index = open_file(where if where.startswith("/") else f"{tmp_path}/{where}")
    folder.sync(index)
    assert index.path == ""
    assert index.note.endswith("so the corpus is read into memory")
    assert len(names(index)) == 3


def test_a_folder_in_the_place_of_the_file_means_memory(home: Path, folder: Folder) -> None:
    home.mkdir()
    index = open_file(str(home))
    folder.sync(index)
    assert (index.path, len(names(index))) == ("", 3)
    assert os.listdir(home.parent) == [home.name]


def test_a_locked_file_means_memory(home: Path, folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "SECONDS_TO_WAIT", 0.05)
    kept(home, folder).close()
    other = connect(home, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    index = open_file(str(home))
    folder.sync(index)
    assert index.path == ""
    assert index.note == "another hrdash is writing the index, so the corpus is read into memory"
    other.execute("ROLLBACK")
    other.close()


def test_what_was_seen_to_be_damaged_is_so_still_when_another_process_holds_the_file(
    home: Path, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "SECONDS_TO_WAIT", 0.05)
    index = kept(home, folder)
    other = connect(home, isolation_level=None)
    for damaged in (False, True):
        index.damaged = damaged
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Unreadable, match="another hrdash is writing"):
            index.run("SELECT id FROM brief")
        assert index.damaged == damaged
        other.execute("ROLLBACK")


def test_a_file_that_is_locked_while_one_syncs_means_memory(
    home: Path, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "SECONDS_TO_WAIT", 0.05)
    index = kept(home, folder)
    other = connect(home, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    folder.write("themes/life.yaml", theme_text("life", brief_text("new")))
    folder.sync(index)
    assert "new" in names(index)
    assert index.path == ""
    other.close()


def with_small_files(size: int, body: Callable[[], None]) -> None:
    """Run a test's body where no file can grow beyond a size, as on a full disk: in a child, since all are meant."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
            body()
            code = 0
        finally:
            os._exit(code)
    assert os.waitpid(child, 0)[1] == 0


@pytest.mark.parametrize("size", [0, 1, 4096, 40_000, 100_000])
def test_a_full_disk_means_memory(home: Path, folder: Folder, size: int) -> None:
    def body() -> None:
        index = open_file(str(home))
        folder.sync(index)
        assert len(names(index)) == 3
        assert index.path == ""
        assert index.note.endswith("so the corpus is read into memory")
        index.close()

    with_small_files(size, body)
    assert os.listdir(home.parent) == []


def test_a_disk_that_fills_up_leaves_the_old_index_whole(home: Path, folder: Folder) -> None:
    index = kept(home, folder)
    old, before = folder.listing, everything(index)
    index.close()
    folder.write("themes/life.yaml", theme_text("life", *(brief_text(f"n{at}", "word " * 50) for at in range(500))))

    def body() -> None:
        full = open_file(str(home))
        folder.sync(full)
        assert len(names(full)) == 501  # `visits` names a brief that is gone
        assert full.path == ""

    with_small_files(4096, body)
    again = open_file(str(home))
    assert is_fresh(again, old)
    assert everything(again) == before


def test_a_deleted_word_is_not_left_in_the_file(home: Path, folder: Folder) -> None:
    folder.write("themes/life.yaml", theme_text("life", brief_text("shot", "Xylophonist Quagmire was there.")))
    folder.write(
        "themes/torture.yaml", theme_text("torture", *(brief_text(f"t{at}", "words " * 20) for at in range(50)))
    )
    index = kept(home, folder)
    assert b"ylophonis" in home.read_bytes()
    folder.write("themes/life.yaml", theme_text("life", brief_text("shot", "Nobody was there.")))
    folder.sync(index)
    index.close()
    left = b"".join(path.read_bytes() for path in home.parent.iterdir())
    for word in (b"ylophonis", b"uagmire", b"uagmir"):
        assert word not in left


def test_a_word_of_a_deleted_file_or_of_a_former_name_is_not_left_in_the_file(home: Path, folder: Folder) -> None:
    filling = theme_text("torture", *(brief_text(f"t{at}", "words " * 20) for at in range(50)))
    life = theme_text("life", brief_text("shot", "Nobody.")).replace("All about", "Xylophonist of")
    for name, text in (
        ("themes/life/more.yaml", "briefs:\n" + brief_text("more", "Xylophonist.")),
        ("themes/life/more.yaml", "briefs:\n" + brief_text("more", more="also_in: [torture], persons: [Xylophonist],")),
        ("themes/life.yaml", life),
    ):
        files = {"themes/torture.yaml": filling, "themes/life.yaml": life.replace("Xylophonist", "Matters"), name: text}
        other, index = Folder(files), kept(home, Folder(files))
        assert b"ylophonis" in home.read_bytes(), text
        if name.count("/") > 1:
            del other.files[name]
        else:
            other.write(name, text.replace("Xylophonist", "Matters"))
        other.sync(index)
        index.close()
        assert b"ylophonis" not in home.read_bytes(), text
        home.unlink()


def test_a_deleted_word_that_was_left_goes_with_the_next_tidy_sync(home: Path, folder: Folder) -> None:
    folder.write("themes/life.yaml", theme_text("life", brief_text("shot", "Xylophonist.")))
    index = kept(home, folder)
    folder.write("themes/life.yaml", theme_text("life", brief_text("shot", "Nobody.")))
    sync(index, folder, tidy=False)
    assert folder.sync(index).read == 0
    assert b"ylophonis" not in home.read_bytes()


def test_what_a_killed_instance_left_is_removed(home: Path, folder: Folder) -> None:
    dead = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True
    ).stdout.strip()
    abandoned = [home.with_name(f"{home.name}.{dead}.0.new"), home.with_name(f"{home.name}.{dead}.0.new-journal")]
    for path in abandoned:
        path.write_text("secret")
    alive = home.with_name(f"{home.name}.{os.getpid()}.999999.new")
    alive.write_text("another thread's")
    kept(home, folder).close()
    assert sorted(os.listdir(home.parent)) == sorted([home.name, alive.name])


def test_two_instances_follow_each_other(home: Path, folder: Folder) -> None:
    one, two = open_file(str(home)), open_file(str(home))
    folder.sync(one)
    folder.sync(two)
    folder.write("themes/life.yaml", theme_text("life", brief_text("shot", "Inspected.")))
    assert folder.sync(one).read == 1
    assert names(one, "inspected") == ["shot"]
    folder.sync(two)
    assert names(two, "inspected") == ["shot"]
    folder.write(
        "speakers.yaml", folder.files["speakers.yaml"] + "# changed\n"
    )  # a new file takes the place of the old
    folder.sync(two)
    folder.sync(one)
    assert everything(one) == everything(two)
    assert os.listdir(home.parent) == [home.name]


@pytest.mark.parametrize("with_its_folder", [False, True])
def test_an_index_that_is_deleted_under_an_instance_is_made_anew_where_its_folder_is(
    with_its_folder: bool, home: Path, folder: Folder
) -> None:
    index = kept(home, folder)
    home.unlink()
    if with_its_folder:
        home.parent.rmdir()
    assert len(names(index)) == 3
    folder.write("themes/life.yaml", theme_text("life", brief_text("shot", "Inspected.")))
    folder.sync(index)
    assert names(index, "inspected") == ["shot"]
    assert home.exists() != with_its_folder
    assert bool(index.path) != with_its_folder


def test_readers_in_other_threads_see_the_old_index_or_the_new_one(home: Path, folder: Folder) -> None:
    index = kept(home, folder)
    seen: list[int] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            seen.append(len(names(index)))

    readers = [threading.Thread(target=look) for _ in range(3)]
    for reader in readers:
        reader.start()
    for at in range(6):
        folder.write(
            "sources.yaml" if at % 2 else "themes/life.yaml",
            folder.files["sources.yaml" if at % 2 else "themes/life.yaml"] + f"\n# {at}\n",
        )
        folder.sync(index)
    done.set()
    for reader in readers:
        reader.join()
    assert set(seen) == {3}


def test_what_changes_while_something_is_asked_is_in_all_of_its_answer_or_in_none_and_in_every_one_behind_it(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, left = Index.integers, 0
    torture = folder.files["themes/torture.yaml"]
    longer = theme_text("torture", *(brief_text(f"more{at}", "Hurt again.") for at in range(9)), brief_text("pain"))

    def answer(selection: query.Selection) -> object:
        return selection.facets(), selection.statements, selection.briefs, [*selection.statement_numbers("sources")]

    def interrupted(selection: query.Selection, then: Callable[[query.Selection], object]) -> Callable[..., Any]:
        def integers(index: Index, *parameters: Any) -> Any:
            nonlocal left
            left -= 1
            if left == 0:
                folder.sync(index)
                then(selection)  # as another thread does that asks the same
            return run(index, *parameters)

        return integers

    filters = EVERYTHING, Filter(text="hurt"), Filter(text="hurt -again", kinds=("claim",))
    for asked, then in product(filters, (query.Selection.facets, lambda _: None)):
        wanted, index = answer(query.select(indexed(folder), asked)), open_memory()
        folder.write("themes/torture.yaml", longer)
        before = query.select(indexed(folder), asked).facets()
        for at in count(1):
            folder.write("themes/torture.yaml", longer)
            folder.sync(index)
            selection, left = query.select(index, asked), 0
            folder.write("themes/torture.yaml", torture)
            monkeypatch.setattr(Index, "integers", interrupted(selection, then))
            assert selection.briefs
            left = at
            assert selection.facets() in (before, wanted[0]), (asked.typed, at)
            if left > 0:
                break
            assert answer(selection) == wanted, (asked.typed, at)
        assert at > 20


def test_a_sync_of_many_changed_files_does_not_look_at_all_of_them_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    class Counted(dict[str, Any]):
        looks = 0

        def __getitem__(self, name: str) -> Any:
            self.looks += 1
            return super().__getitem__(name)

    files = Counted()
    in_order = sync_module._Update._in_order

    def counted(update: Any) -> list[str]:
        files.update(update.files)
        update.files = files
        return in_order(update)

    many = 100
    folder = Folder({f"themes/torture/f{at:03}.yaml": f"briefs:\n{brief_text(f'b{at}')}" for at in range(many)})
    folder.files["themes/torture.yaml"] = theme_text("torture", brief_text("own"))
    index = open_memory()
    folder.sync(index)
    for at in range(many):
        folder.write(f"themes/torture/f{at:03}.yaml", f"briefs:\n{brief_text(f'b{at}', 'Another word.')}")
        folder.write(f"themes/torture/f{at:03}-new.yaml", f"briefs:\n{brief_text(f'n{at}')}")
    monkeypatch.setattr(sync_module._Update, "_in_order", counted)
    assert len(folder.sync(index).changed_briefs) == 2 * many
    assert files.looks < 20 * many
    assert names(index, "another")[:2] == ["b0", "b1"]


def test_several_statements_see_one_state(home: Path, folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "SECONDS_TO_WAIT", 0.05)
    one, two = kept(home, folder), open_file(str(home))
    folder.write("themes/life.yaml", theme_text("life", brief_text("shot"), brief_text("more")))

    def read() -> tuple[int, int]:
        before = len(names(one))
        folder.sync(two)
        return before, len(names(one))

    assert one.together(read) == (3, 3)
    assert "more" in names(two)


def test_memory_that_fails_is_said(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    index = open_memory()

    def fail(*_: Any) -> None:
        raise sqlite3.OperationalError("no")

    monkeypatch.setattr(sync_module.writing, "put", fail)
    with pytest.raises(Unreadable, match="damaged"):
        folder.sync(index)


def test_nothing_that_reads_a_corpus_is_imported_with_the_index() -> None:
    code = "import sys, hrdash.index.query; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not [
        name for name in loaded if name.startswith(("hrdash.corpus", "hrdash.report", "hrdash.tui", "rich", "textual"))
    ]


def test_who_waits_for_the_index_has_it_before_who_asks_again() -> None:
    turns, had = _Turns(), []

    def wait() -> None:
        with turns:
            had.append("who waits")

    waiting = threading.Thread(target=wait)
    with turns, turns:
        waiting.start()
        while not turns._next.locked():  # which it holds until it has its turn
            pass
    with turns:
        had.append("who asks again")
    waiting.join()
    assert had == ["who waits", "who asks again"]
