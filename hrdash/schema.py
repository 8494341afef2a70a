"""What follows from the classes of `hrdash.model`, said nowhere else: how a value is read and written."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

Value = TypeVar("Value")


def to_json(value: Any) -> Any:
    """A value as lists and dicts that `json` writes: to `json` a named tuple is a list, so the value itself serves."""
    return value


def from_json(kind: type[Value], found: Any) -> Value:
    """The value of a model's class from what `json` read of it; `ValueError` or `TypeError` where it is none."""
    made: Any = kind  # a class, which mypy does not take for hashable
    value: Value = _maker(made)(found)
    return value


@cache
def _maker(kind: Any) -> Callable[[Any], Any]:
    """What builds a value of a type from what `json` gives."""
    arguments = get_args(kind)
    if get_origin(kind) is tuple:
        inner = _maker(arguments[0])
        return tuple if inner is _as_it_is else lambda found: tuple(map(inner, found))
    if get_origin(kind) is dict:
        inner = _maker(arguments[1])
        return lambda found: {key: inner(item) for key, item in found.items()}
    if not hasattr(kind, "_fields"):
        return _as_it_is
    makers = [_maker(hint) for hint in get_type_hints(kind).values()]
    if all(maker is _as_it_is for maker in makers):
        return lambda found: kind._make(found)
    return lambda found: kind._make([maker(item) for maker, item in zip(makers, found, strict=True)])


def _as_it_is(found: Any) -> Any:
    return found
