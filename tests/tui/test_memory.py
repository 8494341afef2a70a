"""What an open dashboard does about its memory."""

from typing import NoReturn

import pytest

from hrdash.tui import memory


def test_a_c_library_that_cannot_be_told_about_memory_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(_: None) -> NoReturn:
        raise OSError("there is no such library")

    for library in (absent, lambda _: object()):
        monkeypatch.setattr("ctypes.CDLL", library)
        memory.rest()
