"""Which files a corpus is read from, and what stands in the way of reading them."""

from __future__ import annotations

import errno
import os
import shutil
import socket
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from hrdash.corpus import listing
from hrdash.corpus.listing import CorpusUnreadable, is_register, list_files, read_file
from hrdash.model import Problem


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    (folder / "themes" / "torture").mkdir(parents=True)
    for name in ("corpus.yaml", "sources.yaml", "speakers.yaml", "indicators.yaml", "themes/torture.yaml"):
        (folder / name).write_text("x: y\n")
    return folder


def with_inode(entry: os.DirEntry[str], inode: int) -> Any:
    """An entry of a folder as a file system with large inodes has it."""
    state = entry.stat()
    found = {name: getattr(state, name) for name in ("st_mode", "st_size", "st_mtime_ns", "st_ctime_ns")}
    return SimpleNamespace(
        name=entry.name, path=entry.path, is_dir=entry.is_dir, is_symlink=entry.is_symlink,
        stat=lambda: SimpleNamespace(st_ino=inode, **found),
    )  # fmt: skip


def names(folder: Path) -> list[str]:
    return [stamp.name for stamp in list_files(str(folder)).files]


def reported(folder: Path) -> list[tuple[str, str, str]]:
    return [(problem.file, problem.level, problem.what) for problem in list_files(str(folder)).problems]


def test_a_corpus_is_its_registers_its_themes_and_what_stands_in_their_folders(corpus: Path) -> None:
    (corpus / "themes/torture/later.yaml").write_text("")
    (corpus / "themes/life.yaml").write_text("")
    found = list_files(str(corpus))
    assert [stamp.name for stamp in found.files] == [
        "corpus.yaml",
        "indicators.yaml",
        "sources.yaml",
        "speakers.yaml",
        "themes/life.yaml",
        "themes/torture.yaml",
        "themes/torture/later.yaml",
    ]
    assert [stamp.name for stamp in found.theme_files] == [
        "themes/life.yaml",
        "themes/torture.yaml",
        "themes/torture/later.yaml",
    ]
    assert found.problems == ()


def test_a_stamp_is_what_stat_says(corpus: Path) -> None:
    state = (corpus / "corpus.yaml").stat()
    stamp = list_files(str(corpus)).files[0]
    assert stamp == ("corpus.yaml", state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino)


def test_an_inode_fits_an_integer_of_sqlite(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for inode in (1, (1 << 63) - 1, 1 << 63, (1 << 64) - 1):
        some = [with_inode(entry, inode) for entry in os.scandir(corpus) if entry.is_file()]
        monkeypatch.setattr(listing, "_entries", lambda _, some=some: some)
        stored = struct.unpack("q", struct.pack("Q", inode))
        assert {stamp.inode for stamp in list_files(str(corpus)).files} == {*stored}, inode


def test_an_edit_that_keeps_size_and_time_changes_the_stamp(corpus: Path) -> None:
    before = list_files(str(corpus)).files[0]
    path = corpus / "corpus.yaml"
    path.write_text("y: x\n")
    os.utime(path, ns=(before.mtime_ns, before.mtime_ns))
    after = list_files(str(corpus)).files[0]
    assert (after.size, after.mtime_ns) == (before.size, before.mtime_ns)
    assert after != before


def test_names_that_begin_with_a_dot_are_not_looked_at(corpus: Path) -> None:
    before = names(corpus)
    for name in (".x.yaml", ".torture.yaml.swp", ".git", ".x.json"):
        for place in ("", "themes", "themes/torture"):
            (corpus / place / name).write_text("")
    assert names(corpus) == before
    assert reported(corpus) == []


def test_a_file_that_is_not_read_is_named_and_counts_as_unread(corpus: Path) -> None:
    before = names(corpus)
    (corpus / "sources").mkdir()
    for name in (
        "themes/life.yml", "themes/life.YAML", "themes/notes.txt", "themes/torture/a.yml", "map.yaml", "sources.yml",
        "themes/x.yaml~", "themes/#x.yaml#", "themes/torture/x.yaml.bak", "x.JSON", "upr.jsonl", "sources/un.yml",
        "sources/README", "measures.yaml", "themes/torture.jsonl", "themes/torture/a.json", "themes/torture/a.JSONL",
        "themes/torture/a.ndjson", "sources.jsonl", "Corpus.yaml", "torture.yaml", "themes/torture.yaml.txt",
    ):  # fmt: skip
        (corpus / name).write_text("")
        found = list_files(str(corpus))
        assert [stamp.name for stamp in found.files] == before, name
        (problem,) = found.problems
        assert (problem.file, problem.level, problem.what) == (name, "error", "this file is not read"), name
        assert problem.cure.endswith(", or name it in corpus.yaml, under not_read"), name
        assert found.unread == (name,)
        (corpus / name).unlink()


def test_what_corpus_yaml_names_belongs_beside_it_and_is_not_reported(corpus: Path) -> None:
    (corpus / "themes/torture/old").mkdir()
    for name in ("map.yaml", "themes/notes.txt", "themes/torture/old/x.yaml", "themes/life.yml"):
        (corpus / name).write_text("")
    (corpus / "corpus.yaml").write_text("not_read: [map.yaml, themes/notes.txt, themes/torture/old/]\n")
    assert reported(corpus) == [("themes/life.yml", "error", "this file is not read")]
    (corpus / "corpus.yaml").write_text("not_read: [themes/]\n")
    assert [file for file, _, _ in reported(corpus)] == ["map.yaml"]
    (corpus / "corpus.yaml").write_text("not_read: [./map.yaml, themes/torture/old, themes/life, themes/notes.txt/]\n")
    assert [file for file, _, _ in reported(corpus)] == ["themes/life.yml"]


def test_registers_may_stand_in_folders(corpus: Path) -> None:
    (corpus / "indicators").mkdir()
    (corpus / "sources/more").mkdir(parents=True)
    for name in ("sources/un.yaml", "indicators/a.yaml"):
        (corpus / name).write_text("[]")
    found = list_files(str(corpus))
    assert {"sources/un.yaml", "indicators/a.yaml"} < {stamp.name for stamp in found.files}
    assert [stamp.name for stamp in found.theme_files] == ["themes/torture.yaml"]
    assert [(problem.file, problem.what) for problem in found.problems] == [("sources/more", "this folder is not read")]
    assert is_register("sources/un.yaml")
    assert not is_register("themes/torture.yaml")


def test_other_files_beside_the_registers_are_nobodys_business(corpus: Path) -> None:
    for name in ("README.md", "LICENSE", ".gitignore", ".github/workflows/check.yml", "texts/report.txt", "Makefile",
                 "docs/guide.md", ".git/config.json", "docs/.cache/x.json", "themes/.DS_Store"):  # fmt: skip
        (corpus / name).parent.mkdir(parents=True, exist_ok=True)
        (corpus / name).write_text("")
    (corpus / "empty").mkdir()
    assert reported(corpus) == []


def test_a_folder_that_may_hold_briefs_and_is_not_read_counts_as_unread(corpus: Path) -> None:
    for name in ("old/torture.yaml", "backup/themes/torture.YML", "exports/a.json", "theme/x.jsonl", "thеmes/x.yaml"):
        (corpus / name).parent.mkdir(parents=True)
        (corpus / name).write_text("")
        folder = name.partition("/")[0]
        found = list_files(str(corpus))
        assert [(problem.file, problem.what) for problem in found.problems] == [(folder, "this folder is not read")]
        assert (found.unread, found.is_whole) == ((folder,), False), name
        (corpus / "corpus.yaml").write_text(f"not_read: [{folder}/]\n")
        assert reported(corpus) == []
        (corpus / "corpus.yaml").write_text("")
        shutil.rmtree(corpus / folder)


def test_a_folder_in_another_case_of_letters_is_to_be_renamed(corpus: Path) -> None:
    (corpus / "themes").rename(corpus / "Themes")
    (corpus / "SOURCES").mkdir()
    found = list_files(str(corpus))
    assert {"Themes", "SOURCES"} == set(found.unread)
    assert any(problem.cure.startswith("rename it to themes, or name it") for problem in found.problems)


def test_a_folder_beside_a_corpus_is_not_searched_for_long(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "_MOST_LOOKED_AT", 10)
    for at in range(30):
        (corpus / f"modules/{at:02}").mkdir(parents=True)
    (corpus / "modules/29/package.json").write_text("")
    assert reported(corpus) == []


def test_a_folder_whose_corpus_file_has_another_name_is_told_so(corpus: Path) -> None:
    for name in ("corpus.yml", "Corpus.yaml", "corpus.yaml.txt", "corpus.json"):
        (corpus / "corpus.yaml").rename(corpus / name)
        with pytest.raises(CorpusUnreadable, match=f"rename {name}, which stands there"):
            list_files(str(corpus))
        (corpus / name).rename(corpus / "corpus.yaml")


def test_a_folder_within_a_themes_folder_is_named(corpus: Path) -> None:
    (corpus / "themes/torture/more").mkdir()
    assert reported(corpus) == [("themes/torture/more", "error", "this folder is not read")]


@pytest.mark.parametrize("name", ["Torture", "-x", "a b", "a.b", "қазақ", "x" * 65])
def test_a_theme_whose_name_is_no_id_is_reported_as_file_and_as_folder(corpus: Path, name: str) -> None:
    (corpus / f"themes/{name}.yaml").write_text("")
    (corpus / f"themes/{name}").mkdir()
    assert [(file, level) for file, level, _ in reported(corpus)] == [
        (f"themes/{name}", "error"),
        (f"themes/{name}.yaml", "error"),
    ]
    assert f"themes/{name}.yaml" not in names(corpus)


@pytest.mark.parametrize("raw", [b"a\x1b[2Jb.yaml", b"a\nb.yaml", b"\xff.yaml", "a\u202eb.yaml".encode()])
def test_a_name_that_acts_on_a_terminal_is_refused_and_shown_marked(corpus: Path, raw: bytes) -> None:
    with open(os.fsencode(corpus / "themes/torture") + b"/" + raw, "wb"):
        pass
    (problem,) = list_files(str(corpus)).problems
    assert problem.what == "the file's name holds characters that cannot be shown"
    assert problem.file.isprintable()
    assert problem.file.encode()


def test_a_folder_with_briefs_and_no_theme_file_is_reported_and_read(corpus: Path) -> None:
    (corpus / "themes/life").mkdir()
    (corpus / "themes/life/a.yaml").write_text("")
    assert reported(corpus) == [("themes/life.yaml", "error", "there is no such file, though its folder holds briefs")]
    assert "themes/life/a.yaml" in names(corpus)


def test_an_empty_folder_of_a_theme_is_not_reported(corpus: Path) -> None:
    (corpus / "themes/life").mkdir()
    assert reported(corpus) == []


def test_a_corpus_without_themes_says_so(tmp_path: Path) -> None:
    (tmp_path / "corpus.yaml").write_text("")
    assert [file for file, _, _ in reported(tmp_path)] == ["themes"]


def test_no_folder_is_no_corpus(tmp_path: Path) -> None:
    with pytest.raises(CorpusUnreadable, match="no such file or directory, so there is no corpus"):
        list_files(str(tmp_path / "none"))


def test_a_file_is_no_corpus(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("")
    with pytest.raises(CorpusUnreadable, match="not a directory"):
        list_files(str(tmp_path / "x"))


def test_a_folder_without_corpus_yaml_is_no_corpus(tmp_path: Path) -> None:
    with pytest.raises(CorpusUnreadable, match=r"holds no corpus\.yaml, so it is not a corpus; name the folder"):
        list_files(str(tmp_path))


def test_the_name_of_a_folder_cannot_act_on_the_terminal(tmp_path: Path) -> None:
    with pytest.raises(CorpusUnreadable) as fault:
        list_files(str(tmp_path / "a\x1b[2Jb"))
    assert "\x1b" not in str(fault.value)


def test_pipes_sockets_and_folders_named_yaml_are_not_files(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(corpus / "themes/pipe.yaml")
    (corpus / "themes/folder.yaml").mkdir()
    monkeypatch.chdir(corpus / "themes")
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("socket.yaml")
        assert [what for _, _, what in reported(corpus)] == ["this is not a regular file"] * 3
        for name in ("pipe", "folder", "socket"):
            found = read_file(str(corpus), f"themes/{name}.yaml")
            assert isinstance(found, Problem)
    assert "themes/pipe.yaml" not in names(corpus)


def test_a_link_to_a_file_within_the_corpus_is_followed(corpus: Path) -> None:
    (corpus / "themes/life.yaml").symlink_to("torture.yaml")
    assert "themes/life.yaml" in names(corpus)
    assert read_file(str(corpus), "themes/life.yaml") == b"x: y\n"


def test_a_link_out_of_the_corpus_is_refused_when_listed_and_when_read(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    (corpus / "themes/life.yaml").symlink_to(tmp_path / "secret")
    assert reported(corpus) == [("themes/life.yaml", "error", "this is a link to a file outside the corpus folder")]
    found = read_file(str(corpus), "themes/life.yaml")
    assert isinstance(found, Problem)
    assert found.what == "this is a link to a file outside the corpus folder"


def test_a_path_out_of_the_corpus_is_not_read(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    assert isinstance(read_file(str(corpus), "../secret"), Problem)


def test_a_corpus_that_is_itself_behind_a_link_is_read(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(corpus)
    assert names(tmp_path / "link") == names(corpus)
    assert read_file(str(tmp_path / "link"), "corpus.yaml") == b"x: y\n"


@pytest.mark.parametrize("target", ["life.yaml", "nowhere.yaml", "/dev/zero"])
def test_links_that_loop_dangle_or_lead_to_a_device_are_reported(corpus: Path, target: str) -> None:
    (corpus / "themes/life.yaml").symlink_to(target)
    assert [(file, level) for file, level, _ in reported(corpus)] == [("themes/life.yaml", "error")]
    assert isinstance(read_file(str(corpus), "themes/life.yaml"), Problem)


def test_links_to_folders_are_not_followed(corpus: Path, tmp_path: Path) -> None:
    (corpus / "themes/life").symlink_to(corpus / "themes/torture")
    (corpus / "themes/torture/a.yaml").write_text("")
    assert [file for file, _, _ in reported(corpus)] == ["themes/life"]
    assert "themes/life/a.yaml" not in names(corpus)


def test_themes_behind_a_link_are_not_followed(corpus: Path, tmp_path: Path) -> None:
    (corpus / "themes").rename(tmp_path / "elsewhere")
    (corpus / "themes").symlink_to(tmp_path / "elsewhere")
    assert [file for file, _, _ in reported(corpus)] == ["themes"]
    assert names(corpus) == ["corpus.yaml", "indicators.yaml", "sources.yaml", "speakers.yaml"]


def test_more_files_than_the_limit_are_one_problem(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "MAX_FILES", 6)
    for number in range(5):
        (corpus / f"themes/t{number}.yaml").write_text("")
    found = list_files(str(corpus))
    assert [stamp.name for stamp in found.files][4:] == ["themes/t0.yaml", "themes/t1.yaml"]
    assert [(problem.file, problem.what) for problem in found.problems] == [
        ("themes/t2.yaml", "there are more than 6 files, and this and the rest are not read")
    ]


def test_a_file_that_has_gone_is_a_problem_with_its_name(corpus: Path) -> None:
    found = read_file(str(corpus), "themes/gone.yaml")
    assert isinstance(found, Problem)
    assert found.text == (
        "themes/gone.yaml:1:1: the file cannot be read (no such file or directory); "
        "look whether it is there and may be read"
    )


def test_a_file_at_the_limit_is_read_and_one_above_it_is_not(corpus: Path) -> None:
    (corpus / "sources.yaml").write_bytes(b"#" * listing.MAX_BYTES)
    assert read_file(str(corpus), "sources.yaml") == b"#" * listing.MAX_BYTES
    (corpus / "sources.yaml").write_bytes(b"#" * (listing.MAX_BYTES + 1))
    found = read_file(str(corpus), "sources.yaml")
    assert isinstance(found, Problem)
    assert found.what == "the file is larger than 1 MiB"


def test_a_sparse_file_of_a_terabyte_costs_nothing(corpus: Path) -> None:
    with open(corpus / "sources.yaml", "wb") as made:
        made.truncate(1 << 40)
    found = read_file(str(corpus), "sources.yaml")
    assert isinstance(found, Problem)
    assert found.what == "the file is larger than 1 MiB"


@pytest.mark.parametrize("changes", [1, 2])
def test_a_file_that_changes_while_it_is_read_is_read_once_more(
    corpus: Path, monkeypatch: pytest.MonkeyPatch, changes: int
) -> None:
    path = corpus / "corpus.yaml"
    left = changes

    is_read = False

    def look_and_meanwhile_write(descriptor: int, real: Callable[[int], os.stat_result] = os.fstat) -> os.stat_result:
        nonlocal left, is_read
        got, is_read = real(descriptor), not is_read
        if is_read and left:
            left -= 1
            path.write_bytes(path.read_bytes() + b"# more\n")
        return got

    with monkeypatch.context() as patch:
        patch.setattr(os, "fstat", look_and_meanwhile_write)
        found = read_file(str(corpus), "corpus.yaml")
    if changes == 1:
        assert found == b"x: y\n# more\n"
    else:
        assert isinstance(found, Problem)
        assert found.what == "the file changes while it is read"


def test_a_file_without_permission_is_a_problem(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(os, "open", refuse)  # a mode of 000 does not keep root out
    found = read_file(str(corpus), "corpus.yaml")
    assert isinstance(found, Problem)
    assert "permission denied" in found.what


@pytest.mark.parametrize("call", ["open", "fstat"])
def test_an_error_of_the_system_is_a_problem(corpus: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        found = read_file(str(corpus), "corpus.yaml")
    assert isinstance(found, Problem)
    assert found.what == "the file cannot be read (input/output error)"


def test_reading_leaves_no_descriptor_open(corpus: Path) -> None:
    before = len(os.listdir("/dev/fd"))
    for _ in range(20):
        read_file(str(corpus), "corpus.yaml")
        read_file(str(corpus), "themes")
    assert len(os.listdir("/dev/fd")) == before


def test_listing_loads_no_heavy_library() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, hrdash.corpus.listing; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    ).stdout.split()
    assert not {"yaml", "rich", "textual"} & set(loaded)
