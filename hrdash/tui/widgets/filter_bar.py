"""The filter bar: words and years as you type, and every other facet of the filter as a chip that a click removes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.suggester import Suggester
from textual.widgets import Input

from hrdash.filter import BY_WORD, EVERYTHING, Filter, Parsed, parse, written
from hrdash.index.query import Count
from hrdash.period import MONTHS
from hrdash.report.filter_words import Chosen, chosen_values
from hrdash.terms import quoted
from hrdash.tui.result import UNASKED, Result
from hrdash.tui.widgets.bar import Asked, Bar, Part, width_of

LONGEST_QUERY = 1_000
"""Characters of a typed query; what would make it longer is refused, and that is said."""
CHIPS_APART = 3
"""Cells before each chip."""
ELSEWHERE = ("themes", "years", "months")
"""The facets whose values have a place of their own on screen, and no chip."""
_MONTH = r"[^\W\d_]+\.? +\d{4}|\d{4} +(?!undated)[^\W\d_]+\b(?!\.? +\d)\.?|\d{4}-\d\d?"
LEAST_TYPED = 2
"""Letters of a filter's name from which on the rest of it is offered."""


class Offered(Suggester):
    """Offers the rest of what is typed, behind the cursor; the right arrow takes it."""

    def __init__(self, complete: Callable[[str], str]) -> None:
        """`complete` gives the whole of what is typed, or that alone."""
        super().__init__(use_cache=False, case_sensitive=True)
        self._complete = complete

    async def get_suggestion(self, value: str) -> str | None:
        """As Textual asks for it."""
        whole = self._complete(value)
        return value + whole[len(value) :] if whole != value else None


class Field(Input, inherit_css=False):
    """A text field without a blinking cursor: what is typed replaces what stands there, Escape clears, then leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "clear or leave", show=False),
        Binding("right", "take", "take what is offered, or what was meant", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "input--cursor", "input--placeholder", "input--selection", "input--suggestion",
    }  # fmt: skip
    """Those that Textual's field draws with; it looks each of them up."""

    class Left(Message):
        """The user is done with the field."""

        def __init__(self, done: bool) -> None:
            """`done` is by Enter, and not by Escape."""
            super().__init__()
            self.done = done

    class Meant(Message):
        """What was probably meant is to stand there."""

    class Refused(Message):
        """What was typed or pasted was not taken."""

        def __init__(self, why: str) -> None:
            super().__init__()
            self.why = why

    def __init__(
        self, placeholder: str, named: str, longer: Sequence[str] = (), complete: Callable[[str], str] = str
    ) -> None:
        """`longer` are placeholders that say more, the longest first, for where there is room; `complete` gives the
        whole of what is typed."""
        super().__init__(placeholder=placeholder, id=named, max_length=LONGEST_QUERY, suggester=Offered(complete))
        self.cursor_blink = False
        self._complete = complete
        self._placeholders = (*longer, placeholder)

    def on_resize(self, event: events.Resize) -> None:
        """Say as much as there is room for."""
        fitting = (text for text in self._placeholders if cell_len(text) < self.size.width)
        self.placeholder = next(fitting, self._placeholders[-1])

    def on_paste(self, event: events.Paste) -> None:
        """Take all that was pasted; Textual would take its first line."""
        event.stop()
        event.prevent_default()
        self.replace(event.text, *self.selection)

    def replace(self, text: str, start: int, end: int) -> None:
        """Put a text in place of another, several lines of it as one."""
        lines = re.split(r"[\r\n\t]+", text.strip("\r\n\t"))
        super().replace(" ".join(lines), start, end)

    def restricted(self) -> None:
        self.post_message(self.Refused(f"not taken: a field holds no more than {LONGEST_QUERY:,} characters"))

    def action_take(self) -> None:
        """Take what is offered at the end, or there what was probably meant; else go one to the right."""
        if self.value and self.cursor_position == len(self.value) and self._complete(self.value) == self.value:
            self.post_message(self.Meant())
        self.action_cursor_right()

    def action_leave(self) -> None:
        """One step back: clear the field, or leave it."""
        if self.value:
            self.value = ""
        else:
            self.post_message(self.Left(done=False))

    async def action_submit(self) -> None:
        """Say so at once: a key right behind Enter is not for the field any more."""
        self.post_message(self.Left(done=True))


class FilterBar(Bar):
    """Says in a message what the fields ask for; draws what the filter holds when they are left."""

    result: reactive[Result] = reactive(UNASKED, always_update=True)

    _base = EVERYTHING
    """What is typed is laid over this."""
    _last: Filter | None = None
    """What was typed here last."""
    _told: tuple[Filter, ...] = ()
    """What was typed here, and is not shown yet."""
    _said: tuple[str, ...] = ()
    """What there was to say of it."""
    _counts: Mapping[str, Mapping[str, Count]] = MappingProxyType({})
    """What each facet counts, as last known."""

    def compose(self) -> ComposeResult:
        longer = ("type words, or theme:torture answer:none", "words, answer:none")
        yield Field("words", "words", longer, self._whole_query)
        yield Field("any", "years", complete=self._whole_years)

    def parts(self, width: int) -> Sequence[Part]:
        """What stands around the fields: their signs before them, and behind them each other value as a chip."""
        words, years = (self.query_one(name, Field) for name in ("#words", "#years"))
        shown = [Part(" / ".ljust(words.region.x), "muted", "screen.field('words')"), Part(" " * words.size.width)]
        shown += [Part("year ".rjust(years.region.x - words.region.right), "muted", "screen.field('years')")]
        shown += [Part(" " * (years.size.width + CHIPS_APART))]
        room = width - width_of(shown)
        for chosen in chosen_values(self.result.filter, self.result.context):
            chip = f"{chosen.facet.word} {chosen.shown} ×"
            if chosen.field not in ELSEWHERE and room > 0:
                room -= cell_len(chip) + CHIPS_APART
                if room + CHIPS_APART < 0:
                    return [*shown, Part("…", "muted")]  # the status line has it all
                shown += [Part(chip, "strong", ("drop", (chosen,))), Part(" " * CHIPS_APART)]
        return shown

    def on_resize(self) -> None:
        """Draw the signs and chips again once the fields, between which they stand, have their new places."""
        self.call_after_refresh(self.refresh)

    def action_drop(self, chosen: Chosen) -> None:
        """Take a chip's value out of the filter."""
        self.post_message(Asked(lambda asked: asked.toggled(chosen.facet, chosen.value)))

    def watch_result(self, before: Result, result: Result) -> None:
        """Show the filter in each field that is not being typed in; in that one too when it was chosen elsewhere."""
        if not self.is_mounted:
            return
        if result.facets is not None:
            self._counts = result.facets.counts
        elsewhere = result.asked not in self._told and result.filter != before.filter
        if elsewhere:  # it was chosen: what is typed then is laid over it
            self._base, self._last, self._told = result.filter, None, ()
        elif result.asked in self._told:
            self._told = self._told[self._told.index(result.asked) + 1 :]
        years, months = tuple(map(written, result.filter.years)), result.filter.months
        within = {*years} == {month[:4] for month in months}  # then its months say which year it is
        shown = {"words": result.filter.text, "years": ", ".join((*(() if within else years), *months))}
        for name, value in shown.items():
            field = self.query_one(f"#{name}", Field)
            if (elsewhere or not field.has_focus) and field.value != value:
                with field.prevent(Input.Changed):
                    field.value = value

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """What is typed is laid over the filter as it was when typing began."""
        self._said = ()
        self._base = self.result.filter

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        self.watch_result(self.result, self.result)

    @on(Field.Meant)
    def _meant_taken(self, event: Field.Meant) -> None:
        """Ask what was probably meant, and go on typing from there."""
        event.stop()
        meant, words = self.result.meant, self.query_one("#words", Field)
        if meant is not None and words.has_focus:
            self._base = meant
            with words.prevent(Input.Changed):
                words.value = meant.text
            words.cursor_position = len(words.value)
            self._tell(meant, ())

    @on(Input.Changed, "#words")
    def _words_typed(self, event: Input.Changed) -> None:
        event.stop()
        parsed = parse(event.value)
        typed = {name: value for name, value in parsed.filter._asdict().items() if value}
        if {*typed} & {"years", "months"}:  # a year of another month has nothing
            typed = {"years": (), "months": (), **typed}
        self._tell(self._base._replace(**{"text": "", **typed}), (*parsed.faults, *parsed.hints))

    @on(Input.Changed, "#years")
    def _years_typed(self, event: Input.Changed) -> None:
        event.stop()
        parsed = _dated(self._whole_years(event.value))
        self._tell(self._base._replace(years=parsed.filter.years, months=parsed.filter.months), parsed.faults)

    @on(Field.Refused)
    def _refused(self, event: Field.Refused) -> None:
        event.stop()
        if self._said != (event.why,):
            self._tell(self._last or self._base, (event.why,))

    def _whole_years(self, typed: str) -> str:
        """What is typed of years, the last of them the one that is spoken of most where it is not whole."""
        last = typed.rpartition(",")[2].lstrip()
        if not last or not _dated(last).faults:
            return typed
        named = [(name, count) for field in ("years", "months") for name, count in self._most_first(field)]
        found = [name for name, _ in named if name.startswith(last)]
        months = [(MONTHS[int(name[5:]) - 1], name[:4]) for name, _ in self._most_first("months")]
        found += [name for month, year in months for name in (f"{month} {year}", f"{year} {month}")
                  if name.casefold().startswith(last.casefold())]  # fmt: skip
        return typed + found[0][len(last) :] if found else typed

    def _whole_query(self, typed: str) -> str:
        """What is typed of a query, with the rest of a filter's name, or of the value of it that most have."""
        token = re.search(r'(?<!\S)(?:([a-z]+):)?([^\s":]*)$', typed)
        if token is None:
            return typed
        word, begun = token[1], token[2].casefold()
        if not word:
            offered = [f"{name}:" for name in BY_WORD if len(begun) >= LEAST_TYPED]
        elif facet := BY_WORD.get(word):
            offered = [*map(quoted, (name for name, _ in self._most_first(facet.field))), *facet.choices]
        else:
            offered = []
        found = [name for name in offered if name.casefold().startswith(begun) and begun]
        return typed + found[0][len(begun) :] if found else typed

    def _most_first(self, field: str) -> list[tuple[str, int]]:
        """The values of a facet that anything has, the most frequent first."""
        counted = [(name, count.statements) for name, count in self._counts.get(field, {}).items() if count.statements]
        return sorted(counted, key=lambda one: -one[1])

    def _tell(self, asked: Filter, said: tuple[str, ...]) -> None:
        self._last, self._told, self._said = asked, (*self._told, asked), said
        self.post_message(Asked(lambda _: asked, said))


def _dated(typed: str) -> Parsed:
    """Years and months as they are typed in a field of their own."""
    found = re.findall(rf"{_MONTH}|[^\s,]+", typed)
    return parse(" ".join(f"{'month' if re.fullmatch(_MONTH, text) else 'year'}:{quoted(text)}" for text in found))
