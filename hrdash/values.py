"""`NamedTuple`, made anew where it is small: a class statement with annotations becomes an immutable value.

Type checkers see `typing.NamedTuple`. At run time neither `typing` (5 of the 16 ms of a bare interpreter) is imported
nor a constructor compiled for each class, as `collections.namedtuple` does: forty values would cost more than reading
and printing a theme.
"""

from __future__ import annotations

from operator import itemgetter

TYPE_CHECKING = False  # type checkers read this name as true

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:

    class _ValueClass(type):
        """Give each annotated name of a class its place in the tuple."""

        def __new__(mcs, name, bases, body):
            fields = tuple(body.get("__annotations__", ()))
            members = {key: member for key, member in body.items() if key not in fields}
            members |= {field: property(itemgetter(place)) for place, field in enumerate(fields)}
            defaults = {field: body[field] for field in fields if field in body}
            members |= {"__slots__": (), "__match_args__": fields, "_fields": fields, "_field_defaults": defaults}
            members["_width"], members["_tail"] = len(fields), tuple(defaults.values())
            return super().__new__(mcs, name, bases, members)

    class NamedTuple(tuple, metaclass=_ValueClass):
        """A value: immutable fields with names, compared by content."""

        def __new__(cls, *given, **named):
            lacking = cls._width - len(given)
            if named or not 0 <= lacking <= len(cls._tail):
                left = cls._fields[len(given) :]
                values = {**cls._field_defaults, **named}
                missing = [field for field in left if field not in values]
                unknown = [name for name in named if name not in left]
                if missing or unknown or lacking < 0:
                    raise TypeError(f"{cls.__name__}: missing {missing}, unknown or given twice {unknown}")
                given += tuple(map(values.__getitem__, left))
            elif lacking:
                given += cls._tail[-lacking:]
            return tuple.__new__(cls, given)

        @classmethod
        def _make(cls, values):
            """The value with all of these fields, in order."""
            made = tuple.__new__(cls, values)
            if len(made) != cls._width:
                raise TypeError(f"{cls.__name__} has {cls._width} fields, and not {len(made)}")
            return made

        def _replace(self, **named):
            """The same value with some fields replaced."""
            return type(self)(**{**self._asdict(), **named})

        def _asdict(self):
            """The fields by name, in order."""
            return dict(zip(self._fields, self, strict=True))

        def __repr__(self):
            shown = ", ".join(f"{name}={value!r}" for name, value in self._asdict().items())
            return f"{type(self).__name__}({shown})"

        def __getnewargs__(self):
            return tuple(self)
