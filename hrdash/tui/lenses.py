"""The lenses: ways to list what one filter shows, each with its key, its tab and its unit of counting."""

from collections.abc import Callable
from typing import NamedTuple

from hrdash.filter import Filter
from hrdash.model import DIFFERENCE_KINDS, Registers


def _as_asked(asked: Filter, registers: Registers) -> Filter:
    return asked


def _with_figures(asked: Filter, registers: Registers) -> Filter:
    return asked if asked.indicators else asked._replace(indicators=tuple(registers.indicators) or ("none",))


def _with_differences(asked: Filter, registers: Registers) -> Filter:
    return asked if asked.differences else asked._replace(differences=DIFFERENCE_KINDS)


class Lens(NamedTuple):
    """One way to look at what the filter shows."""

    id: str
    label: str
    unit: str
    """What its counts are of: `brief` or `statement`."""
    narrowed: Callable[[Filter, Registers], Filter] = _as_asked
    """The filter, with what a statement must have for this lens to show it."""
    columns: tuple[str, ...] = ()
    """What stands over the columns of its list, where it has any."""

    def without(self, statements: int) -> str:
        """That so many statements match, and that none of them has what this lens shows; nothing where none matches."""
        if not statements:
            return ""
        among = "the statement that matches" if statements == 1 else f"the {statements:,} statements that match"
        return f"no {self.label.lower()} among {among}; 1 shows the briefs, 2 the statements"


LENSES = (
    Lens("briefs", "Briefs", "brief"),
    Lens("statements", "Statements", "statement", columns=("statement", "speaker", "where", "brief")),
    Lens("figures", "Figures", "statement", _with_figures, ("figure", "speaker", "where")),
    Lens("differences", "Differences", "statement", _with_differences, ("difference", "where")),
)
"""In the order of their keys, from 1; behind them stands the overview."""
BY_ID = {lens.id: lens for lens in LENSES}
BEST = "best"
"""Briefs with the most matching statements first."""
SORTS = {"": "by brief", "speakers": "by speaker", "years": "by year", "answers": "by answer"}
"""How statements may be sorted: the field of a facet, and the order in words."""
