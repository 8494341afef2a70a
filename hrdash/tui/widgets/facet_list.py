"""The facets panel: every value of every facet with its count, before it is chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive

from hrdash.filter import HOLDINGS, Filter, Years
from hrdash.report.filter_words import value_words
from hrdash.tui.result import Result, with_facet
from hrdash.tui.widgets.row_list import Row, RowList, fit

CONTAINED = {
    "themes": "THEME", "has": "HAS", "without": "WITHOUT", "years": "YEAR", "sources": "SOURCE", "speakers": "SPEAKER",
    "persons": "PERSONS",
}  # fmt: skip
"""The heading of each facet, in the order of the panel."""
EXPLAINED: Mapping[tuple[str, object], str] = {
    ("has", "left-open"): " (not taken up)", ("without", "response"): " (by the State)",
    ("has", "difference"): " (of sources)", ("has", "unanswered"): " (concern)",
}  # fmt: skip
"""What is said of a value whose word alone says too little."""


class Value(NamedTuple):
    """A row of the panel: a facet's heading, or one of its values with its count."""

    field: str
    value: str | Years | None
    briefs: int = 0
    chosen: bool = False


class FacetList(RowList):
    """Draws the result's facets and says which filter a toggled value makes."""

    CHOSEN_BY_ONE_CLICK = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,enter", "take", "take or leave a value", show=False),
        Binding("x", "clear_facet", "clear this facet", show=False),
    ]

    result: reactive[Result | None] = reactive(None, always_update=True, repaint=False)

    class Changed(Message):
        """A value was taken into the filter or out of it."""

        def __init__(self, asked: Filter) -> None:
            super().__init__()
            self.asked = asked

    def __init__(self) -> None:
        super().__init__(id="facets")
        self._values: list[Value] = []

    def on_mount(self) -> None:
        self.watch_result(self.result)

    def watch_result(self, result: Result | None) -> None:
        if result is not None and result.facets is None and self._values:
            self._values = [_uncounted(value, result) for value in self._values]  # until the counts come
            self.renew(self.cursor, self.scroll_offset.y)
            return
        here = self._values[self.cursor] if self.cursor < len(self._values) else None
        self._values = facet_values(result) if result is not None else []
        places = {(value.field, value.value): number for number, value in enumerate(self._values)}
        at = places.get((here.field, here.value), self.cursor) if here is not None else 1
        self.renew(at, self.scroll_offset.y)

    def count(self) -> int:
        return len(self._values)

    def can_stand(self, index: int) -> bool:
        return self._values[index].value is not None

    def row(self, index: int, width: int) -> Row:
        item = self._values[index]
        if item.value is None or self.result is None:
            return ((" " + fit(CONTAINED[item.field], width - 1), "heading"),)
        counted = f"{item.briefs:,}" if self.result.facets is not None else ""
        name = value_words(item.field, item.value, self.result.context) + EXPLAINED.get((item.field, item.value), "")
        label = fit(name, width - 7 - cell_len(counted))
        role = "accent" if item.chosen else "" if item.briefs else "muted"
        return ((" [x] " if item.chosen else " [ ] ", role), (label, role), (f" {counted} ", "muted"))

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_take()

    def action_take(self) -> None:
        if self.result is None or not self._values:
            return
        item = self._values[self.cursor]
        if item.value is not None:
            held = getattr(self.result.filter, item.field)
            new = tuple(value for value in held if value != item.value) if item.chosen else (*held, item.value)
            self.post_message(self.Changed(with_facet(self.result.filter, item.field, new)))

    def action_clear_facet(self) -> None:
        if self.result is not None and self._values:
            self.post_message(self.Changed(with_facet(self.result.filter, self._values[self.cursor].field, ())))


def _uncounted(value: Value, result: Result) -> Value:
    chosen = value.value is not None and value.value in getattr(result.filter, value.field)
    return value._replace(briefs=0, chosen=chosen)


def facet_values(result: Result) -> list[Value]:
    """The rows of the panel: themes, years and holdings in their order, the rest by count."""
    rows: list[Value] = []
    for field in CONTAINED:
        held = getattr(result.filter, field)
        counts = {str(name): count for name, count in getattr(result.facets, field).items()} if result.facets else {}
        names: Sequence[str | Years]
        if field == "years":
            spans = [span for span in held if span.first != span.last or str(span.first) not in counts]
            names = [*spans, *(Years(int(name), int(name)) for name in sorted(counts, reverse=True))]
        elif field == "themes":
            names = list(result.context.themes)
        elif field in ("has", "without"):
            names = list(HOLDINGS)
        else:
            by_count = sorted(counts, key=lambda name: (-counts[name], name))
            names = [*by_count, *(name for name in held if name not in counts)]
        values = [
            Value(field, name, counts.get(str(name.first) if isinstance(name, Years) else name, 0), name in held)
            for name in names
        ]
        shown = [item for item in values if item.briefs or item.chosen or field in ("themes", "has", "without")]
        rows += [Value(field, None), *shown] if shown else []
    return rows
