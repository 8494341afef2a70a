"""An index that follows a folder on the disk says what one that is made from it anew says."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from hrdash.check import check_corpus
from hrdash.corpus.folder import CorpusFolder
from hrdash.filter import Filter, parse
from hrdash.index import hints, query
from hrdash.index.survey import AT_ONCE, takes_long
from hrdash.index.sync import sync
from tests.index.test_index import everything
from tests.make import REGISTER_TEXTS, Folder, brief_text, open_memory, theme_text


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Two themes; one brief cites a source that is in no register."""
    folder = tmp_path / "corpus"
    (folder / "themes").mkdir(parents=True)
    for name, text in REGISTER_TEXTS.items():
        (folder / name).write_text(text)
    (folder / "themes/torture.yaml").write_text(theme_text("torture", brief_text("visits"), brief_text("pain")))
    astray = brief_text("shot").replace("red", "violet")
    (folder / "themes/life.yaml").write_text(theme_text("life", astray))
    return folder


def gone(path: Path) -> None:
    path.unlink()


def pipe(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def link_out(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to("/etc/hostname")


def notes(path: Path) -> None:
    path.write_text("What we have to ask.")


@pytest.mark.parametrize(
    ("name", "states"),
    [("sources.yaml", (pipe, gone)), ("sources.yaml", (link_out, pipe)), ("sources/more.yaml", (pipe, gone)),
     ("sources/notes.txt", (notes, gone)), ("sources", (notes, gone)), ("indicators.yaml", (pipe, gone))],
)  # fmt: skip
def test_what_keeps_a_register_from_being_read_is_said_as_long_as_it_does(
    corpus: Path, name: str, states: tuple[Callable[[Path], None], ...]
) -> None:
    index, path = open_memory(), corpus / name
    if "/" in name:
        path.parent.mkdir()
    for state in (lambda _: None, *states):
        state(path)
        sync(index, CorpusFolder(str(corpus)))
        fresh = open_memory()
        sync(fresh, CorpusFolder(str(corpus)))
        assert everything(index) == everything(fresh)
        assert index.problems == check_corpus(str(corpus)).problems


def test_all_is_read_apart_where_what_kept_a_register_from_being_read_is_gone(corpus: Path) -> None:
    index = open_memory()
    with open(corpus / "themes/life.yaml", "a") as file:
        file.write("#" * AT_ONCE)
    (corpus / "sources").write_text("")
    sync(index, CorpusFolder(str(corpus)))
    assert not takes_long(index, CorpusFolder(str(corpus)).listing)
    (corpus / "sources").unlink()
    assert takes_long(index, CorpusFolder(str(corpus)).listing)


def test_a_name_is_not_called_missing_while_a_folder_of_its_register_cannot_be_read(corpus: Path) -> None:
    assert "source 'violet' is not registered" in check_corpus(str(corpus)).problems[0].what
    (corpus / "sources").symlink_to("elsewhere")
    (problem,) = check_corpus(str(corpus)).problems
    assert (problem.file, problem.what.partition(",")[0]) == ("sources", "this is not a folder")


def test_a_theme_whose_own_file_goes_is_not_found_by_the_title_that_it_had(corpus: Path) -> None:
    (corpus / "themes/life").mkdir()
    (corpus / "themes/life/more.yaml").write_text("briefs:\n" + brief_text("more"))
    index, asked = open_memory(), Filter(text="about")
    sync(index, CorpusFolder(str(corpus)))
    assert "try theme:life (1 brief)" in hints.elsewhere(query.select(index, asked))
    (corpus / "themes/life.yaml").unlink()
    sync(index, CorpusFolder(str(corpus)))
    assert hints.elsewhere(query.select(index, asked)) == ["try theme:torture (2 briefs)"]


def test_of_two_statements_of_one_name_the_first_is_meant_whichever_was_read_last() -> None:
    listed = "recommendations: [{id: m, by: expert, text: Do it., cites: [blue 9 (a)]}],"
    again = "recommendations: [{id: m, by: expert, text: Do it., cites: [blue 9 (b)], same_as: twice/m}],"
    folder = Folder({"themes/torture.yaml": theme_text("torture", brief_text("again", more=again))})
    folder.write("themes/life.yaml", theme_text("life", brief_text("twice", more=listed)))
    folder.write("themes/zeal.yaml", theme_text("zeal", brief_text("twice", more=listed.replace("blue", "red"))))
    index = open_memory()
    for name in ("themes/zeal.yaml", "themes/life.yaml"):
        folder.write(name, "# read last\n" + folder.files[name])
        folder.sync(index)
        assert [problem.what.partition(",")[0] for problem in index.problems] == [
            "both recommendations are of one list",
            "the id 'twice' stands twice",
        ]


def test_hints_come_in_one_order_whichever_file_was_read_first() -> None:
    folder, index = Folder({"themes/life.yaml": theme_text("life", brief_text("own"))}), open_memory()
    for at in reversed(range(25)):  # more than are looked at
        persons = f"persons: [Prisoners of ward {at}],"
        folder.write(f"themes/life/{at:02}.yaml", "briefs:\n" + brief_text(f"b{at}", more=persons))
        folder.sync(index)
    folder.sync(fresh := open_memory())
    told = [hints.elsewhere(query.select(one, Filter(text="prisoners"))) for one in (index, fresh)]
    assert told[0] == told[1] == [f'try person:"Prisoners of ward {at}" (1 brief)' for at in (0, 1, 10)]


def test_what_only_a_brief_that_is_not_shown_has_is_unknown_as_where_it_was_never_read() -> None:
    more = "concerns: [{id: n, by: expert, text: Wards were full., cites: [red 24 (a)], period: 2020-03}], persons: [Women],"
    good = theme_text("life", brief_text("kept"), brief_text("lost", more=more))
    folder, index = Folder({"themes/life.yaml": good}), open_memory()
    folder.sync(index)
    asked = parse("month:2020-03 pinpoint:24 person:women").filter
    assert hints.unknown_values(index, hints.by_id(index, asked)) == []
    folder.write("themes/life.yaml", good.replace("by: expert", "by: nobody"))
    folder.sync(index)
    folder.sync(fresh := open_memory())
    told = [hints.unknown_values(one, hints.by_id(one, asked)) for one in (index, fresh)]
    assert told[0] == told[1] == [("month", "2020-03", ""), ("pinpoint", "24", ""), ("person", "women", "")]
