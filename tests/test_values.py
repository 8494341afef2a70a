"""Values behave as named tuples do: one test holds ours against `collections.namedtuple`."""

from __future__ import annotations

from collections import namedtuple

import pytest

from hrdash.values import NamedTuple


class Point(NamedTuple):
    """A value for these tests."""

    x: int
    y: int = 0

    @property
    def sum(self) -> int:
        return self.x + self.y


Standard = namedtuple("Standard", ["x", "y"], defaults=[0])  # noqa: PYI024  (the standard that ours is held against)


def test_a_value_behaves_as_a_named_tuple() -> None:
    for made in (Point(1, 2), Point(1), Point(x=1), Point(1, y=2), Point(y=2, x=1)):
        standard = Standard(*made)
        assert made == standard == tuple(made)
        assert hash(made) == hash(standard)
        assert made._asdict() == standard._asdict()
        assert made._replace(y=5) == standard._replace(y=5)
        assert (made._fields, made._field_defaults, made.__match_args__) == (
            standard._fields, standard._field_defaults, standard.__match_args__
        )  # fmt: skip
        assert repr(made) == repr(standard).replace("Standard", "Point")
        assert Point._make(tuple(made)) == made
        assert made.sum == made.x + made.y


@pytest.mark.parametrize(
    "build", [lambda: Point(), lambda: Point(1, 2, 3), lambda: Point(1, z=2), lambda: Point(1, x=2), lambda: Point(y=1)]
)
def test_a_value_with_missing_or_unknown_fields_is_an_error(build) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(TypeError):
        build()


def test_a_value_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        Point(1).x = 2  # type: ignore[misc]
    with pytest.raises(AttributeError):
        Point(1).z = 2  # type: ignore[attr-defined]
