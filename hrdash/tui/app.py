"""The application: opened on a library, closed with an exit code."""

from __future__ import annotations

from hrdash.filter import EVERYTHING, Filter, parse
from hrdash.library import Library
from hrdash.tui.base_app import BaseApp  # before anything else of Textual's

# isort: split
from textual.timer import Timer

from hrdash.tui.basket import load_basket, save_basket
from hrdash.tui.keys import KEYS, Key
from hrdash.tui.screens.dashboard import Dashboard
from hrdash.tui.session import Session, save_session
from hrdash.tui.themes import STAND_INS, THEMES, automatic

SECONDS_TO_SETTLE = 1.0
"""From a change to its being written to the session."""


class HrdashApp(BaseApp):
    """The dashboard on a terminal."""

    CSS_PATH = "hrdash.tcss"
    HORIZONTAL_BREAKPOINTS = Dashboard.HORIZONTAL_BREAKPOINTS
    VERTICAL_BREAKPOINTS = Dashboard.VERTICAL_BREAKPOINTS
    TITLE = "hrdash"
    _timer: Timer | None = None

    def __init__(
        self, library: Library, asked: Filter = EVERYTHING, session: Session | None = None,
        keys: tuple[Key, ...] = KEYS, theme: str = "auto", said: str = "", keep: bool = False,
        light: bool | None = None, typed: bytes = b"",
    ) -> None:  # fmt: skip
        """`light` is what the terminal says of its background, and `typed` what came from the keyboard so far."""
        super().__init__(typed)
        self.library = library
        self._kept = session or Session()
        self._keep = keep
        for own in THEMES:
            self.register_theme(own)
        wanted = self._kept.theme or theme
        known = wanted in self.available_themes
        if not known and wanted != "auto":
            said = f"there is no colour theme {wanted!r}; " + said
        # Set as a value and not by the watcher, which would have the style sheet parsed a second time.
        self.set_reactive(HrdashApp.theme, wanted if known else automatic(light))
        self.stylesheet.set_variables(self.get_css_variables())
        asked = parse(self._kept.query).filter if asked == EVERYTHING else asked
        self.dashboard = Dashboard(library, keys, asked, self._kept.brief, said.rstrip("; "))
        self.dashboard.set_reactive(Dashboard.basket, load_basket(library.folder) if keep else ())

    def get_default_screen(self) -> Dashboard:
        """The dashboard, laid out for the size there is: Textual itself would find out after a first layout."""
        for breakpoints, cells in (
            (self.HORIZONTAL_BREAKPOINTS, self.size.width), (self.VERTICAL_BREAKPOINTS, self.size.height),
        ):  # fmt: skip
            self.dashboard.add_class([name for least, name in breakpoints if cells >= least][-1], update=False)
        return self.dashboard

    def on_mount(self) -> None:
        """Write the session as it changes."""
        for name in ("result", "brief_id"):
            self.watch(self.dashboard, name, self._changed, init=False)
        if self._keep:
            self.watch(self.dashboard, "basket", self._basket_changed, init=False)

    def key_pressed(self) -> None:
        self.dashboard.said_was_seen()

    def on_unmount(self) -> None:
        self._save()

    @property
    def session(self) -> Session:
        """Where the user is."""
        brief = self.dashboard.awaited or self.dashboard.brief_id
        return Session(self.dashboard.filter.typed, brief, self._kept.theme)

    def action_colours(self, name: str) -> None:
        """Put another colour theme, and remember it."""
        self.theme = name
        self._kept = self._kept._replace(theme=name)
        self._changed()

    def get_css_variables(self) -> dict[str, str]:
        """The theme's variables; for themes that are not hrdash's own, the nearest of Textual's stand for ours."""
        found = super().get_css_variables()
        return {**{name: found.get(other, "#888888") for name, other in STAND_INS.items()}, **found}

    def _changed(self) -> None:
        if self._keep and self._timer is None:
            self._timer = self.set_timer(SECONDS_TO_SETTLE, self._save)

    def _basket_changed(self) -> None:
        if not save_basket(self.library.folder, self.dashboard.basket):
            self.dashboard.say("marked for now only: what is marked cannot be kept on the disk")

    def _save(self) -> None:
        self._timer = None
        if self._keep and self.dashboard.result is not None:
            save_session(self.library.folder, self.session)
