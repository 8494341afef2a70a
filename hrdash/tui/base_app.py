"""The application under the dashboard: what of Textual's is mended, disarmed or used though private, and how it ends.

Import this before anything of Textual's: it disarms the `TEXTUAL*` variables, which can run code, write files and
press keys. The names that Textual and Rich keep to themselves are used here alone, each for what its docstring says.
"""

from __future__ import annotations

import asyncio
import codecs
import os
import re
import signal
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from typing import Any

for _name in [name for name in os.environ if name.startswith("TEXTUAL")]:
    del os.environ[_name]
_NO_COLOR = os.environ.get("NO_COLOR", "")
if not _NO_COLOR:
    os.environ.pop("NO_COLOR", None)  # no-color.org counts only a value that is not empty; Textual counts any

import rich.control  # noqa: E402
import textual.content  # noqa: E402
import textual.drivers.linux_driver as linux_driver  # noqa: E402
from rich.segment import Segment  # noqa: E402
from rich.text import Text  # noqa: E402
from textual import events  # noqa: E402
from textual._xterm_parser import XTermParser  # noqa: E402
from textual.app import App, SystemCommand  # noqa: E402
from textual.color import Color  # noqa: E402
from textual.dom import DOMNode  # noqa: E402
from textual.driver import Driver  # noqa: E402
from textual.filter import LineFilter, NoColor  # noqa: E402
from textual.geometry import Offset, Size  # noqa: E402
from textual.screen import Screen  # noqa: E402
from textual.scroll_view import ScrollView  # noqa: E402
from textual.timer import Timer  # noqa: E402
from textual.widget import Widget  # noqa: E402
from textual.widgets import Input  # noqa: E402

from hrdash.crash import CRASHED, crash_words  # noqa: E402
from hrdash.tui.keys import with_cyrillic  # noqa: E402
from hrdash.tui.programs import open_in_browser  # noqa: E402
from hrdash.tui.terminal_diff import ScreenDiff, merge_styles  # noqa: E402

CONTROLS = dict.fromkeys((
    *range(9), 11, 12, 13, *range(14, 32), 127, *range(0x80, 0xA0),
    0xAD, 0x200B, *range(0x2028, 0x202F), *range(0x2060, 0x2070), 0xFEFF,
))  # fmt: skip
"""C0 but tab and newline, DEL, and C1: whatever could act on a terminal; and what turns text around or hides in it."""
SECONDS_TO_SETTLE = 0.1
"""After the last change of size, for Textual to lay out the screen."""
INTERRUPTED = 130
SECONDS_FOR_A_KEY = 0.3
"""The longest that a key waits for the one before it."""


_REPLY = re.compile(r"\x1b\](?=\d)[^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[\?[0-9;]*c")
_BEGUN_REPLY = re.compile(r"\x1b\](?=\d)[^\x07\x1b]{0,64}\x1b?$")


class _Input(codecs.IncrementalDecoder):
    """Reads UTF-8, what is none replaced, without the terminal's late replies: Textual would take them for keys."""

    def __init__(self) -> None:
        super().__init__("replace")
        self._utf_8 = codecs.getincrementaldecoder("utf-8")("replace")
        self._begun = ""

    def decode(self, input: bytes, final: bool = False) -> str:  # type: ignore[override]  # noqa: A002
        found = _REPLY.sub("", self._begun + self._utf_8.decode(input, final))
        begun = None if final else _BEGUN_REPLY.search(found)
        self._begun = begun[0] if begun else ""
        return found[: begun.start()] if begun else found


class _UntilHangUp(_Input):
    """Reads as `_Input` does; a terminal that is gone and sent no signal, and so has nothing for ever, is a hang-up."""

    def decode(self, input: bytes, final: bool = False) -> str:  # type: ignore[override]  # noqa: A002
        if not input and not final:
            os.kill(os.getpid(), signal.SIGHUP)
        return super().decode(input, final)


# Every `Content` and `Text` drops control characters: defence in depth behind `hrdash.text.clean`.
textual.content._CONTROL_STRIP_TRANSLATE.update(CONTROLS)
rich.control._CONTROL_STRIP_TRANSLATE.update(CONTROLS)
# By itself, the driver ends its input for good at bytes that are not UTF-8.
linux_driver.getincrementaldecoder = lambda encoding: _UntilHangUp  # type: ignore[assignment,attr-defined]


async def _worked_off(nodes: Iterable[DOMNode]) -> None:
    """Wait until each of the widgets has handled the messages that it had, innermost first."""
    for node in nodes:
        done = asyncio.Event()
        if node.is_running and node.call_later(done.set):
            await done.wait()


def bind(screen: Screen[Any], keys: str, action: str, words: str = "") -> None:
    """Bind keys on one screen (promise: keys are the user's to choose); in public, Textual binds them for a class."""
    screen._bindings.bind(with_cyrillic(keys), action, words, show=False)


def set_rows(view: ScrollView, rows: int) -> None:
    """Say how many rows a scroll view has (promise: a keystroke in time).

    In public, setting `virtual_size` has every widget of the screen arranged and drawn; only the scrollbar needs it.
    """
    size = Size(max(1, view.size.width), rows)
    if size != view.virtual_size:
        view.set_reactive(Widget.virtual_size, size)
        view._scroll_update(size)


class _Colorless(LineFilter):
    """Takes every colour out of what is drawn, even the terminal's default ones, which Textual's own filter names."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [Segment(text, style and style.without_color, control) for text, style, control in segments]


class BaseApp(App[int]):
    """A Textual application that ends as it should and does nothing that was not asked for."""

    ENABLE_COMMAND_PALETTE = False
    _keep = False
    """Whether files may be written: the report of a fault, and what an application of its own keeps."""

    def __init__(self, typed: bytes = b"") -> None:
        self._diff = ScreenDiff()  # which the driver asks for
        # With NO_COLOR, only `ansi_color` makes Textual write no colour at all; without, it turns colours to grey.
        super().__init__(ansi_color=True if _NO_COLOR else None)
        self._filters = [_Colorless() if isinstance(found, NoColor) else found for found in self._filters]
        self.animation_level = "none"
        self._disable_tooltips = self._disable_notifications = True  # hrdash has neither: two widgets less
        self._typed_ahead = typed
        self._settling: Timer | None = None

    def get_driver_class(self) -> type[Driver]:
        """Textual's driver for this terminal, writing no more than has to be."""
        diff = self._diff

        class Sparing(super().get_driver_class()):  # type: ignore[misc]  # which one it is, is known only here
            def __init__(self, *arguments: object, **named: object) -> None:
                super().__init__(*arguments, **named)
                self._file = sys.__stdout__  # Textual draws on stderr, which may be a file

            def write(self, data: str) -> None:
                super().write(merge_styles(diff.changed(data)))

        return Sparing

    def on_mount(self) -> None:
        """End with the terminal restored on SIGTERM, SIGHUP and SIGQUIT, the exit code saying which."""
        self.call_after_refresh(self._begin)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
            loop.add_signal_handler(number, partial(self.exit, return_code=128 + number))

    def _begin(self) -> None:
        """After the first frame: do what was typed before there was anything to see."""
        if self._typed_ahead and self._driver is not None:
            for event in XTermParser().feed(_Input().decode(self._typed_ahead)):
                self._driver.process_message(event)

    async def on_event(self, event: events.Event) -> None:
        """Let each key act before the next is looked at, so that `/visits`, typed ahead, is typed where it belongs.

        Textual hands a key to the focused widget's queue and goes on; by the time `/` has moved the focus, what was
        typed behind it has gone to the old place.
        """
        if isinstance(event, events.Resize):
            self._diff.forget()  # a terminal moves its text about as it sees fit
            if self._settling is not None:
                self._settling.stop()
            # Textual may paint its old layout meanwhile, where a smaller terminal has no room for it.
            self._settling = self.set_timer(SECONDS_TO_SETTLE, self._draw_whole)
        if isinstance(event, events.Key) and event.key == "ctrl+j":
            event = events.Key("enter", "\r")  # typed before the terminal was ours, the system has made it so
        if not isinstance(event, events.Key) or event.is_forwarded or not self._screen_stack:
            await super().on_event(event)
            return
        target = self.focused or self.screen
        nodes = [node for node in target.ancestors_with_self if node is not self]
        typing = isinstance(target, Input) and event.is_printable
        if not typing:
            self.key_pressed()
        bound = not typing and (
            await self._check_bindings(event.key, priority=True) or await self._check_bindings(event.key)
        )
        if not bound:
            await super().on_event(event)
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(_worked_off(nodes), SECONDS_FOR_A_KEY)

    def _draw_whole(self) -> None:
        """Draw every cell again, whatever stands there."""
        self._diff.forget()
        if self._screen_stack:
            self.screen.refresh()

    @property
    def cursor_position(self) -> Offset:
        """Where the terminal's own cursor stands, unseen: at the row or cell that keys act on, for braille displays."""
        standing: Offset | None = getattr(self.focused, "standing_at", None) if self._screen_stack else None
        return self._cursor_position if standing is None else standing

    @cursor_position.setter
    def cursor_position(self, position: Offset) -> None:
        self._cursor_position = position

    def key_pressed(self) -> None:
        """A key that is not typed into a field is about to act."""

    def _fatal_error(self) -> None:
        """End after a fault of ours: what and where, and no line of anybody's brief."""
        self._return_code = CRASHED
        fault = sys.exc_info()[1]
        if not self._exit_renderables and fault is not None:
            self._exit_renderables.append(Text(crash_words(fault, self._keep), no_wrap=True, overflow="ignore"))
        self._close_messages_no_wait()

    def action_help_quit(self) -> None:
        """ctrl+c where nothing is selected: the end, as an interrupt ends any program."""
        self.exit(return_code=INTERRUPTED)

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """Not offered: Textual's picture loads its fonts from the network."""

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """None of Textual's: the palette lists hrdash's own keys."""
        return ()

    def on_app_focus(self) -> None:
        """Ask for the mouse again: a terminal that was detached and rebuilt has forgotten that it was asked."""
        self._diff.forget()
        enable = getattr(self._driver, "_enable_mouse_support", None)
        if enable is not None:
            enable()

    def action_redraw(self) -> None:
        """Draw the whole screen again, over whatever another program has written on it."""
        self._diff.forget()
        self.screen.refresh(layout=True)
        if self._driver is not None:
            self._driver.write("\x1b[2J")

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Open an address in the browser, if it is one; anything else is left alone."""
        open_in_browser(url)
