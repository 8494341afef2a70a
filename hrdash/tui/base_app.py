"""The application under the dashboard: what of Textual's is mended, disarmed or used though private, and how it ends.

Import this before anything of Textual's: it disarms the `TEXTUAL*` variables, which can run code, write files and
press keys. The names that Textual and Rich keep to themselves are used here alone, each for what its docstring says.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import copy_context
from functools import partial
from selectors import EVENT_READ
from threading import Event
from types import SimpleNamespace
from typing import Any

for _name in [name for name in os.environ if name.startswith("TEXTUAL")]:
    del os.environ[_name]
_NO_COLOR = os.environ.get("NO_COLOR", "")
if not _NO_COLOR:
    os.environ.pop("NO_COLOR", None)  # no-color.org counts only a value that is not empty; Textual counts any

import rich.control  # noqa: E402
import textual.content  # noqa: E402
import textual.drivers.linux_driver as linux_driver  # noqa: E402
from rich.console import RenderableType  # noqa: E402
from rich.segment import Segment  # noqa: E402
from rich.text import Text  # noqa: E402
from textual import events  # noqa: E402
from textual._node_list import NodeList  # noqa: E402
from textual._xterm_parser import XTermParser  # noqa: E402
from textual.app import App, SuspendNotSupported, SystemCommand  # noqa: E402
from textual.color import Color  # noqa: E402
from textual.dom import DOMNode  # noqa: E402
from textual.driver import Driver  # noqa: E402
from textual.filter import LineFilter, NoColor  # noqa: E402
from textual.geometry import Offset, Size  # noqa: E402
from textual.message import Message  # noqa: E402
from textual.message_pump import MessagePump  # noqa: E402
from textual.screen import Screen  # noqa: E402
from textual.scroll_view import ScrollView  # noqa: E402
from textual.timer import Timer  # noqa: E402
from textual.widget import Widget  # noqa: E402
from textual.widgets import Input  # noqa: E402

from hrdash.crash import CRASHED, crash_words  # noqa: E402  # at once: a fault may be that no file can be opened
from hrdash.tui import memory  # noqa: E402
from hrdash.tui.keys import same_place  # noqa: E402
from hrdash.tui.terminal_diff import ScreenDiff  # noqa: E402
from hrdash.tui.terminal_input import FromTerminal, Patient, Typed  # noqa: E402
from hrdash.tui.terminal_modes import ENDING, in_background, own_job, wait_for_terminal  # noqa: E402

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
MUCH, SECONDS_TO_BE_OUT = 1_000, 0.01
"""Characters that are seen to come: a thread writes them, for which this one waits so long at most."""
SECONDS_AT_REST = 2.0
"""Without a key, until garbage is looked for among all there is: of a large corpus, longer than a key may wait."""
SECONDS_TO_BE_CALLED_BACK = 0.02
"""From a signal that stops or continues until it is obeyed, so that one sent right behind it is known as well."""


# Every `Content` and `Text` drops control characters: defence in depth behind `hrdash.text.clean`.
textual.content._CONTROL_STRIP_TRANSLATE.update(CONTROLS)
rich.control._CONTROL_STRIP_TRANSLATE.update(CONTROLS)
# By itself, the driver ends its input for good at bytes that are not UTF-8.
linux_driver.getincrementaldecoder = lambda encoding: FromTerminal  # type: ignore[assignment,attr-defined]
# By itself, it wakes ten times a second.
linux_driver.selectors = SimpleNamespace(  # type: ignore[assignment,attr-defined]
    SelectSelector=Patient, EVENT_READ=EVENT_READ
)
# By itself, it takes what is visible for all that is displayed after a drag from one widget to another, and the panes
# stand in one that is not: they would take no keys any more.
NodeList.displayed_and_visible = property(  # type: ignore[assignment,method-assign]
    lambda nodes: [node for node in nodes.displayed if node.visible]
)


_dispatch = MessagePump._dispatch_message


async def _dispatch_until_the_end(pump: MessagePump, message: Message) -> None:
    """Have a message act, unless the application is ending (promise: what comes behind the last key does nothing).

    A widget that is still there would look for others that are not: only what Textual ends by is handed on.
    """
    if pump.app._exit:
        callback = getattr(message, "callback", None)
        if callback is None and not isinstance(message, events.Unmount) and not _is_textuals(message):
            return
        if str(getattr(callback, "__module__", "")).startswith("hrdash"):
            return
    await _dispatch(pump, message)


def _is_textuals(message: Message) -> bool:
    return type(message).__module__ == "textual.messages"


MessagePump._dispatch_message = _dispatch_until_the_end  # type: ignore[assignment,method-assign]


async def _worked_off(nodes: Iterable[DOMNode]) -> None:
    """Wait until each of the widgets has handled the messages that it had, innermost first."""
    for node in nodes:
        done = asyncio.Event()
        if node.is_running and node.call_later(done.set):
            await done.wait()


def bind(screen: Screen[Any], keys: str, action: str, words: str = "") -> None:
    """Bind keys on one screen (promise: keys are the user's to choose); in public, Textual binds them for a class."""
    screen._bindings.bind(keys, action, words, show=False)


def set_rows(view: ScrollView, rows: int) -> None:
    """Say how many rows a scroll view has (promise: a keystroke in time).

    In public, setting `virtual_size` has every widget of the screen arranged and drawn; only the scrollbar needs it.
    """
    size = Size(max(1, view.size.width), rows)
    if size != view.virtual_size:
        view.set_reactive(Widget.virtual_size, size)
        view._scroll_update(size)


class _Screen:
    """The terminal, written to as long as there is one: Textual would wait for ever for a writer that has failed."""

    def __init__(self) -> None:
        self.is_out = Event()
        """Set when all that was to be written has been."""

    def write(self, text: str) -> None:
        with suppress(OSError):
            print(text, end="", file=sys.__stdout__)

    def flush(self) -> None:
        with suppress(OSError):
            print(end="", flush=True, file=sys.__stdout__)
        self.is_out.set()

    def fileno(self) -> int:
        return sys.__stdout__.fileno() if sys.__stdout__ is not None else 1


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
        self._early: list[events.Event] | None = []
        """What was typed or clicked since, while there was no screen for it yet; nothing waits once there is."""
        self._settling: Timer | None = None
        self._resting: asyncio.TimerHandle | None = None
        self._signalled: asyncio.TimerHandle | None = None

    def get_driver_class(self) -> type[Driver]:
        """Textual's driver for this terminal, writing no more than has to be."""
        app, diff = self, self._diff

        class Sparing(super().get_driver_class()):  # type: ignore[misc]  # which one it is, is known only here
            modes: list[Any] | None = None
            """The terminal's at first: those that are gone back to, whatever it has been through since."""
            attrs_before: list[Any] | None
            drawing = False
            """Whether the terminal is ours."""
            beginning: list[str] | None = None
            """What it is told first, to be written at once and not by a thread in turns with this one."""

            def __init__(self, *arguments: object, **named: object) -> None:
                super().__init__(*arguments, **named)
                self._file = self.screen = _Screen()  # Textual draws on stderr, which may be a file

            def write(self, data: str) -> None:
                if not self.drawing:
                    return
                if (told := self.beginning) is not None:  # once, as the thread that reads the keys writes too
                    told.append(data)
                    return
                self.screen.is_out.clear()
                super().write(changed := diff.changed(data))
                if len(changed) > MUCH:
                    self.screen.is_out.wait(SECONDS_TO_BE_OUT)

            def start_application_mode(self) -> None:
                app._heed_signals()
                wait_for_terminal()
                diff.forget()
                self.drawing, self.beginning = True, []
                super().start_application_mode()
                told, self.beginning = self.beginning, None
                if told:
                    self.write("".join(told))
                self.modes = self.attrs_before = self.modes or self.attrs_before

            def run_input_thread(self) -> None:
                """Read keys; a terminal that cannot be read is gone, as one that has nothing any more."""
                try:
                    super().run_input_thread()
                except OSError:
                    os.kill(os.getpid(), signal.SIGHUP)

            def disable_input(self) -> None:
                if self.drawing:  # Textual would flush what was typed for whoever has the terminal now
                    super().disable_input()

            def stop_application_mode(self) -> None:
                if self.drawing:
                    if in_background():
                        self.attrs_before = None
                        signal.signal(signal.SIGTTOU, signal.SIG_IGN)
                    super().stop_application_mode()
                    self.drawing = False

        return Sparing

    def on_mount(self) -> None:
        self.call_after_refresh(self._begin)

    def _heed_signals(self) -> None:
        """End on a signal with the terminal restored, the exit code saying which; stop and go on as a job does."""
        loop, context = asyncio.get_running_loop(), copy_context()

        def end(number: int, _: object) -> None:
            loop.call_soon_threadsafe(partial(self.exit, return_code=128 + number), context=context)

        for number in ENDING:  # of which asyncio would look up each among all that there are
            signal.signal(number, end)
            signal.siginterrupt(number, False)
        loop.add_signal_handler(signal.SIGTSTP, self._obey, self._stop)
        loop.add_signal_handler(signal.SIGCONT, self._obey, self._go_on)

    def on_unmount(self) -> None:
        """Behind the end, when the terminal is restored, a signal ends at once whatever is still awaited."""
        if self._driver is not None:
            self._driver.close()
            if not self.is_headless:
                for number in ENDING:
                    signal.signal(number, lambda *_: os._exit(self.return_code or 0))

    def _obey(self, signalled: Callable[[], None]) -> None:
        """Do what the last of several signals asks."""
        if self._signalled is not None:
            self._signalled.cancel()
        if signalled == self._stop and not self._exit and self._driver is not None:
            self._driver.suspend_application_mode()
        self._signalled = asyncio.get_running_loop().call_later(SECONDS_TO_BE_CALLED_BACK, signalled)

    def _stop(self) -> None:
        """The terminal is given back by now."""
        if not self._exit:
            os.kill(os.getpid(), signal.SIGSTOP)

    def _go_on(self) -> None:
        """Take the terminal, if it is this job's, and draw all of it: nobody knows what has been done to it."""
        driver = self._driver
        if self._exit or driver is None:
            return
        if in_background():
            self._stop()
            return
        driver.suspend_application_mode()
        driver.resume_application_mode()
        self._draw_whole()

    @contextmanager
    def suspend(self) -> Iterator[None]:
        """Give the terminal to another program, and take it back whatever that one has done.

        Raises:
            SuspendNotSupported: there is no terminal to give.
        """
        driver = self._driver
        if driver is None or not driver.can_suspend:
            raise SuspendNotSupported
        driver.suspend_application_mode()
        try:
            yield
        finally:
            driver.resume_application_mode()
            self._draw_whole()

    def action_suspend_process(self) -> None:
        """ctrl+z: stop the job, with whatever runs hrdash and waits for it."""
        if self._driver is not None and self._driver.can_suspend:
            os.kill(own_job(), signal.SIGTSTP)

    def exit(self, result: int | None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """End, if this is not the end already: the first exit code is the one that is given."""
        if not self._exit:
            super().exit(result, return_code, message)

    def call_from_thread(self, callback: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        """Have the application's own thread call something, unless it is ending."""
        return super().call_from_thread(lambda: None if self._exit else callback(*arguments, **named))

    async def _begin(self) -> None:
        """After the first frame: do what was typed before there was anything to see, and then what came meanwhile."""
        memory.begin()
        if self._typed_ahead:
            typed = XTermParser().feed(Typed().decode(self._typed_ahead))
            events_typed = [event for event in typed if isinstance(event, events.Event)]
            self._early, self._typed_ahead = [*events_typed, *(self._early or ())], b""
        if not self._early:
            self._early = None
            return
        await self._take(self._early.pop(0))
        self.call_later(self._begin)  # when all has been done that the key asks for

    async def on_event(self, event: events.Event) -> None:
        """Have what comes before there is a screen wait for it, in its order."""
        if self._early is not None and isinstance(event, events.InputEvent | events.Paste):
            before = self._typed_ahead or self._early or not self._screen_stack or not self.screen.is_mounted
            if before:
                self._early.append(event)
                return
        await self._take(event)

    async def _take(self, event: events.Event) -> None:
        """Let each key act before the next is looked at, so that `/visits`, typed ahead, is typed where it belongs.

        Textual hands a key to the focused widget's queue and goes on; by the time `/` has moved the focus, what was
        typed behind it has gone to the old place.
        """
        if self._resting is not None:
            self._resting.cancel()
        self._resting = asyncio.get_running_loop().call_later(SECONDS_AT_REST, memory.rest)
        if isinstance(event, events.Resize) and (self._early is None or self._diff.knows_any):
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
        if typing or not (await self._acted(event.key) or await self._acted(same_place(event.key))):
            await super().on_event(event)
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(_worked_off(nodes), SECONDS_FOR_A_KEY)

    async def _acted(self, key: str) -> bool:
        return bool(key) and (await self._check_bindings(key, priority=True) or await self._check_bindings(key))

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
        self._exit, self._return_code = True, CRASHED
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
        """Not offered: `hrdash.tui.screens.copying` opens addresses, and says what came of it."""
