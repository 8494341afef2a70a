"""The facets panel: every value of every facet with its count, before it is chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.reactive import reactive

from hrdash.filter import BY_FIELD, FACETS, Facet, Years, written
from hrdash.model import KINDS
from hrdash.report.wording import ANSWER_SIGNS, SIGNS
from hrdash.tui.result import PARTS, UNASKED, Result
from hrdash.tui.widgets.bar import Asked
from hrdash.tui.widgets.row_list import Row, RowList, fit

_SIGNS: Mapping[tuple[str, object], str] = {
    **{("kinds", kind): f"{SIGNS[PARTS[kind]]} " for kind in KINDS},
    **{("answers", name): f"{sign} " for name, sign in ANSWER_SIGNS.items()},
    ("answers", "not-put"): "  ",
}
"""The sign of each value that has one, and a blank."""


class Value(NamedTuple):
    """A row of the panel: a facet's heading, or one of its values with its count.

    Those of facets that a statement has are counted in statements, others in briefs.
    """

    field: str
    value: str | Years | None
    found: int = 0
    chosen: bool = False

    @property
    def facet(self) -> Facet:
        """The facet that it belongs to."""
        return BY_FIELD[self.field]


class FacetList(RowList):
    """Draws the result's facets and says which filter a toggled value makes."""

    CHOSEN_BY_ONE_CLICK = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "take", "take or leave a value", show=False),
        Binding("x", "clear_facet", "clear this facet", show=False),
    ]

    result: reactive[Result] = reactive(UNASKED, always_update=True, repaint=False)

    def __init__(self) -> None:
        super().__init__(id="facets")
        self._values: list[Value] = []

    def on_mount(self) -> None:
        self.watch_result(self.result)

    def watch_result(self, result: Result) -> None:
        here = self._values[self.cursor] if self.cursor < len(self._values) else None
        if not result.is_counted and self._values:  # until the counts come
            self._values = [
                item._replace(found=0, chosen=item.value in result.filter.values(item.facet)) for item in self._values
            ]
        else:
            self._values = facet_values(result)
        places = {(item.field, item.value): number for number, item in enumerate(self._values)}
        self.renew(places.get((here.field, here.value), self.cursor) if here else 1, self.scroll_offset.y)

    def count(self) -> int:
        return len(self._values)

    def can_stand(self, index: int) -> bool:
        return self._values[index].value is not None

    def row(self, index: int, width: int) -> Row:
        item = self._values[index]
        if item.value is None:
            unit = f"{item.facet.per}s "
            return ((" " + fit(item.facet.heading, width - 1 - len(unit)), "heading"), (unit, "muted"))
        counted = f"{item.found:,}" if self.result.is_counted else ""
        name = item.facet.shown(item.value, self.result.context.themes, self.result.context.registers)
        aside = item.facet.asides.get(written(item.value))
        sign = _SIGNS.get((item.field, item.value), "")
        label = fit(f"{name} ({aside})" if aside else name, width - 7 - cell_len(sign) - cell_len(counted))
        role = "accent" if item.chosen else "" if item.found else "muted"
        box = " [x] " if item.chosen else " [ ] "
        return ((box, role), (sign, "sign"), (label, role), (f" {counted} ", "muted"))

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_take()

    def action_take(self) -> None:
        item = self._values[self.cursor] if self._values else None
        if item is not None and item.value is not None:
            facet, value = item.facet, item.value
            self.post_message(Asked(lambda asked: asked.toggled(facet, value)))

    def action_clear_facet(self) -> None:
        if self._values:
            field = self._values[self.cursor].field
            self.post_message(Asked(lambda asked: asked.with_values({field: ()})))


def facet_values(result: Result) -> list[Value]:
    """The rows of the panel: the facets that are listed whole come first, each value in its order."""
    rows: list[Value] = []
    for facet in sorted(FACETS, key=lambda facet: not facet.listed):
        counted = result.facets.of(facet.field) if result.facets else {}
        counts = {value: count[facet.per == "brief"] for value, count in counted.items()}
        chosen = result.filter.values(facet)
        values = [
            Value(facet.field, value, counts.get(written(value), 0), value in chosen)
            for value in _offered(facet, result, counts, chosen)
        ]
        shown = [item for item in values if item.found or item.chosen or facet.listed]
        rows += [Value(facet.field, None), *shown] if shown else []
    return rows


def _offered(
    facet: Facet, result: Result, counts: Mapping[str, int], chosen: Sequence[str | Years]
) -> Iterator[str | Years]:
    """The values of a facet in the order of the panel: years from the latest, others by count."""
    if facet.choices:
        yield from facet.choices
    elif facet.listed and facet.register:
        yield from facet.register(result.context.themes, result.context.registers)
    elif facet.spans:
        yield from (span for span in chosen if written(span) not in counts)
        yield from map(facet.read, sorted(counts, reverse=True))
    else:
        yield from sorted(counts, key=lambda name: (-counts[name], name))
        yield from (value for value in chosen if value not in counts)
