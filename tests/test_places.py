"""Where hrdash writes: only under the user's folders, private, in one step."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from threading import Barrier, BrokenBarrierError, Thread
from typing import Any

import pytest

from hrdash import places
from hrdash.places import write_new


def test_the_folders_follow_xdg_and_looking_makes_none(own_machine: Path) -> None:
    assert places.cache_folder() == str(own_machine / "cache" / "hrdash")
    assert places.state_folder() == str(own_machine / "state" / "hrdash")
    assert places.config_folder() == str(own_machine / "config" / "hrdash")
    assert not list(own_machine.iterdir())


def test_a_relative_xdg_folder_is_ignored(own_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "cache")
    assert places.cache_folder() == str(own_machine / ".cache" / "hrdash")


def test_what_is_written_is_the_users_alone(tmp_path: Path) -> None:
    path = tmp_path / "state" / "hrdash" / "session"
    assert places.write_private(str(path), b"one")
    assert places.write_private(str(path), b"two")
    assert places.read_private(str(path)) == b"two"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [entry.name for entry in path.parent.iterdir()] == ["session"]


def test_a_link_or_an_open_file_is_not_trusted(tmp_path: Path) -> None:
    folder = tmp_path / "hrdash"
    folder.mkdir(mode=0o700)
    (folder / "real").write_bytes(b"x")
    (folder / "real").chmod(0o644)
    assert places.read_private(str(folder / "real")) == b""
    (folder / "real").chmod(0o600)
    (folder / "link").symlink_to(folder / "real")
    assert places.read_private(str(folder / "link")) == b""
    assert places.read_private(str(folder / "real")) == b"x"
    assert places.read_private(str(folder / "real"), limit=0) == b""


def test_a_folder_that_is_a_link_is_not_written_to(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    (tmp_path / "hrdash").symlink_to(tmp_path / "elsewhere")
    assert not places.write_private(str(tmp_path / "hrdash" / "session"), b"x")
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_full_or_blocked_place_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "hrdash").write_text("a file where the folder should be")
    assert not places.write_private(str(tmp_path / "hrdash" / "session"), b"x")


def test_a_file_of_the_users_is_new_or_refused_in_words_and_nothing_half_made_is_left(tmp_path: Path) -> None:
    write_new(str(tmp_path / "new.md"), b"text")
    (tmp_path / "link.md").symlink_to("nowhere.md")
    for name in ("new.md", "link.md", "nul\0.md", "none/x.md", "x" * 300 + ".md"):
        with pytest.raises(OSError, match=r".") as refused:
            write_new(str(tmp_path / name), b"other")
        assert refused.value.strerror, name
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.md", "new.md"]
    assert (tmp_path / "new.md").read_bytes() == b"text"


def test_of_several_processes_that_change_a_kept_file_at_once_none_takes_back_what_another_wrote(
    own_machine: Path,
) -> None:
    """As when a terminal is closed with several dashboards in it."""
    both = Barrier(3)

    def change(name: str) -> None:
        def changed(kept: dict[str, Any]) -> dict[str, Any]:
            with suppress(BrokenBarrierError):
                both.wait(0.1)  # each would have read by then what there was, were it let
            return {**kept, name: 1}

        assert places.change_kept("session.json", changed)

    threads = [Thread(target=change, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert places.read_kept("session.json") == {"a": 1, "b": 1, "c": 1}


def test_a_process_that_does_not_let_go_of_the_kept_files_is_not_waited_for(
    own_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "_SECONDS_TO_WAIT", 0.01)
    assert places.change_kept("session.json", lambda _: {"a": places.change_kept("session.json", lambda _: {})})
    assert places.read_kept("session.json") == {"a": True}
