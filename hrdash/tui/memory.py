"""How an open dashboard keeps small: garbage is looked for while nobody waits, and what is freed is given back."""

import gc

_MMAP_THRESHOLD, _ARENA_MAX = -3, -8
"""How `malloc.h` of the GNU C library numbers what `mallopt` sets."""


def begin() -> None:
    """After the start, which had no time for it: look for garbage, but never among what is there by now; and keep no
    piece of some MB in reserve, as each thread that counts would have it.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.set_threshold(1_000, 10, 1_000)  # a little at a time, so that no key waits for it
        gc.enable()
        _c_library("mallopt", _MMAP_THRESHOLD, 1 << 17)
        _c_library("mallopt", _ARENA_MAX, 1)


def rest() -> None:
    """While nobody waits: look for garbage among all there is, and give back what is free."""
    gc.collect()
    _c_library("malloc_trim", 0)


def _c_library(function: str, *numbers: int) -> None:
    """Call what the GNU C library has; another does as it does."""
    try:
        from ctypes import CDLL  # which no first frame waits for

        getattr(CDLL(None), function)(*numbers)
    except (ImportError, OSError, AttributeError):
        pass
