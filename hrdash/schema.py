"""What follows from the annotations of `hrdash.model`, said nowhere else: how values are read, written and searched."""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import compress
from operator import is_not, itemgetter
from types import NoneType, UnionType
from typing import Annotated, Any, NamedTuple, TypeVar, Union, get_args, get_origin

from hrdash.model import NO_KEY, SEARCHED, SECTION_KINDS, SECTIONS, Key, Place, Statement

Value = TypeVar("Value")

CALLED = {
    "Paragraphs": "paragraphs", "NoStatements": "paragraphs without statements", "Theme": "a theme's file",
    "LeftOpen": "what is left open",
}  # fmt: skip
"""What some kinds of mapping are called in a message; the others have the names of their classes."""
_FEW = 3
"""Fields of a class that is written whole."""


class Field(NamedTuple):
    """One key of a mapping, and the field of the model that it becomes."""

    key: str
    name: str
    mark: Any
    """How one value is read: a converter's name, a mark of the model, or the class of a mapping."""
    many: bool
    required: bool
    absent: Any
    """What the field holds where the key is absent."""
    sections: tuple[str, ...]
    """Of a statement: the sections that take it."""
    searched: bool


@cache
def fields(kind: Any) -> tuple[Field, ...]:
    """The keys that stand for a model's class, in the order in which they are written."""
    defaults: dict[str, Any] = kind._field_defaults
    found: dict[str, Field] = {}
    for name, hint in kind.__annotations__.items():
        whole, *marks = _parts(hint)
        many = get_origin(whole) is tuple
        one, *inner = _parts(get_args(whole)[0]) if many else (whole, *marks)
        key = next((mark for mark in marks if isinstance(mark, Key)), Key())
        if NO_KEY in marks:
            continue
        how = next((mark for mark in inner if mark != SEARCHED and not isinstance(mark, Key)), one)
        required = name not in defaults if key.required is None else key.required
        absent = defaults.get(name, () if many else "" if one is str else None)
        sections = tuple(each for each in key.sections or SECTIONS if each not in key.not_sections)
        found[name] = Field(key.name or name, name, how, many, required, absent, sections, SEARCHED in marks)
    return tuple(found.values())


def section_fields(section: str) -> tuple[Field, ...]:
    """The keys of a statement of one section."""
    return tuple(field for field in fields(Statement) if section in field.sections)


def called(kind: type, section: str = "") -> str:
    """What a kind of mapping is called in a message."""
    return CALLED.get(kind.__name__) or with_article(SECTION_KINDS[section] if section else kind.__name__.lower())


def with_article(word: str) -> str:
    """A word with `a` or `an`."""
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def document(value: Any) -> Any:
    """A value for readers of JSON: mappings with the keys of a file, and `null` where a text is empty."""
    if isinstance(value, str):
        return value or None
    if hasattr(value, "_fields"):
        return {field.key: document(getattr(value, field.name)) for field in fields(value.__class__)}
    return [document(item) for item in value] if isinstance(value, tuple) else value


def searched(value: Any) -> Iterator[str]:
    """The texts in a value in which words are searched, in the order of its fields."""
    for field in _searched(value.__class__):
        found = getattr(value, field.name)
        if field.searched and found:
            yield found
        elif found:
            for item in found if field.many else (found,):
                yield from searched(item)


@cache
def _searched(kind: Any) -> tuple[Field, ...]:
    """The fields of a class that hold such texts, or values of other classes that may."""
    return tuple(field for field in fields(kind) if field.searched or isinstance(field.mark, type))


def to_json(value: Any) -> Any:
    """A value as `json` writes it: a tuple, named or not, as a list of what it holds. One of many fields is a list that
    leaves out what is not given, and begins with a number whose bits say which are there."""
    kind: Any = value.__class__
    absent = _absent(kind)
    if not absent:
        is_long = kind is tuple and value and _absent(value[0].__class__)
        return list(map(to_json, value)) if is_long else value
    found: list[Any] = [0]
    for at in compress(range(len(absent)), map(is_not, value, absent)):  # which most fields are done with
        held = value[at]
        if held != absent[at]:
            found[0] |= 1 << at
            found.append(held if held.__class__ is str else to_json(held))
    return found


def from_json(kind: type[Value], found: Any) -> Value:
    """The value of a model's class from what `json` read of it; `ValueError` or `TypeError` where it is none."""
    made: Any = kind  # a class, which mypy does not take for hashable
    value: Value = _maker(made)(found)
    return value


def held_in(kind: Any, found: Any) -> dict[str, Any]:
    """What `json` read of each field that is given, by its name, of a class of many fields."""
    bits, *held = found
    return dict(zip(_given(kind, bits), held, strict=True))


@cache
def _given(kind: Any, bits: int) -> tuple[str, ...]:
    return tuple(name for at, name in enumerate(kind._fields) if bits >> at & 1)


@cache
def _absent(kind: Any) -> tuple[Any, ...]:
    """What the fields of a class of many hold where nothing is given; an ellipsis where there is to be something, as
    there is always a place. Nothing of any other class."""
    names: tuple[str, ...] = getattr(kind, "_fields", ())
    given = {name: one for name, one in getattr(kind, "_field_defaults", {}).items() if one.__class__ is not Place}
    return tuple(given.get(name, ...) for name in names) if len(names) > _FEW else ()


@cache
def _maker(kind: Any) -> Callable[[Any], Any]:
    kind, *_ = _parts(kind)
    arguments = get_args(kind)
    if get_origin(kind) is tuple:
        inner = _maker(arguments[0])
        return tuple if inner is _as_it_is else lambda found: tuple(map(inner, found))
    if not hasattr(kind, "_fields"):
        return _as_it_is
    makers = [_maker(hint) for hint in kind.__annotations__.values()]
    absent, every = _absent(kind), range(len(makers))
    if len(makers) <= _FEW and {*makers} == {_as_it_is}:
        whole: Callable[[Any], Any] = kind._make  # a `TypeError` where its length is another
        return whole

    @cache
    def order(bits: int) -> tuple[int, Callable[[Any], tuple[Any, ...]], list[tuple[int, Callable[[Any], Any]]]]:
        """How many fields are given, what puts these and then all that are absent in order, and how which are made."""
        given = [at for at in every if bits >> at & 1]
        if not 0 <= bits < 1 << len(makers) or any(absent[at] is ... for at in every if at not in given):
            raise ValueError("a value has other fields")
        places = [given.index(at) if at in given else len(given) + at for at in every]
        converted = [(place, makers[at]) for place, at in enumerate(given) if makers[at] is not _as_it_is]
        return len(given), itemgetter(*places), converted

    def make(found: Any) -> Any:
        if found is None:
            return None
        bits, *held = found if len(makers) > _FEW else ((1 << len(makers)) - 1, *found)
        size, in_order, converted = order(bits)
        if len(held) != size:
            raise ValueError("a value has other fields")
        for at, maker in converted:
            held[at] = maker(held[at])
        return tuple.__new__(kind, in_order((*held, *absent)))

    return make


def _as_it_is(found: Any) -> Any:
    return found


def _parts(hint: Any) -> tuple[Any, ...]:
    """A type, without the `None` that it may be, and the marks on it."""
    marks: list[Any] = []
    while True:
        inner = [part for part in get_args(hint) if part is not NoneType]
        if get_origin(hint) is Annotated:
            hint, *found = inner
            marks = [*found, *marks]
        elif get_origin(hint) in (Union, UnionType) and len(inner) == 1:
            hint = inner[0]
        else:
            return hint, *marks
