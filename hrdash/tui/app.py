"""The application: opened on a library, closed with an exit code."""

from __future__ import annotations

from rich.console import RenderableType

from hrdash.filter import EVERYTHING, Filter
from hrdash.library import Library
from hrdash.tui.base_app import BaseApp  # before anything else of Textual's

# isort: split
from hrdash.tui.basket import Name, load_basket, save_basket
from hrdash.tui.history import Place
from hrdash.tui.keys import KEYS, Key
from hrdash.tui.result import UNASKED
from hrdash.tui.screens.dashboard import Dashboard
from hrdash.tui.session import Session, save_session
from hrdash.tui.themes import SMALL, THEMES, add_styles, automatic, derived


class HrdashApp(BaseApp):
    """The dashboard on a terminal."""

    CSS_PATH = "hrdash.tcss"
    HORIZONTAL_BREAKPOINTS = Dashboard.HORIZONTAL_BREAKPOINTS
    VERTICAL_BREAKPOINTS = Dashboard.VERTICAL_BREAKPOINTS
    TITLE = "hrdash"

    def __init__(
        self, library: Library, asked: Filter = EVERYTHING, session: Session | None = None,
        keys: tuple[Key, ...] = KEYS, theme: str = "auto", said: str = "", keep: bool = False,
        light: bool | None = None, typed: bytes = b"",
    ) -> None:  # fmt: skip
        """`light` is what the terminal says of its background, and `typed` what came from the keyboard so far.

        Without `session`, or with something `asked`, it is a peek, which leaves the kept session alone.
        """
        super().__init__(typed)
        self.library = library
        self._keep, self._peek = keep, session is None or asked != EVERYTHING
        self._kept = session or Session()
        if asked != EVERYTHING:
            self._kept = Session(Place(asked), theme=self._kept.theme)
        for own in THEMES:
            self.register_theme(own)
        self._configured, self._light = theme, light
        self._colours = wanted = self._kept.theme or theme if theme == "auto" else theme
        if self._kept.theme not in ("", wanted):
            said = f"theme: {theme} of config.yaml is shown, not {self._kept.theme}, chosen in the palette; " + said
            self._kept = self._kept._replace(theme="")
        known = wanted in self.available_themes
        if not known and wanted != "auto":
            said = f"there is no colour theme {wanted!r}; " + said
        # Set as a value and not by the watcher, which would have the style sheet parsed a second time.
        self.set_reactive(HrdashApp.theme, wanted if known else automatic(light))
        self.stylesheet.set_variables(self.get_css_variables())
        self.dashboard = Dashboard(library, keys, self._kept.place, self._kept.history, said.rstrip("; "))
        self.dashboard.keeps = keep
        self.dashboard.set_reactive(Dashboard.basket, load_basket(library.folder) if keep else ())
        self.dashboard.set_reactive(Dashboard.list_width, self._kept.width)

    def get_default_screen(self) -> Dashboard:
        """The dashboard, laid out for the size there is: Textual itself would find out after a first layout."""
        for breakpoints, cells in (
            (self.HORIZONTAL_BREAKPOINTS, self.size.width), (self.VERTICAL_BREAKPOINTS, self.size.height),
        ):  # fmt: skip
            self.dashboard.add_class([name for least, name in breakpoints if cells >= least][-1], update=False)
        if self._kept.place.zoomed or not self.dashboard.has_class("-wide", "-tall"):
            add_styles(self, SMALL)
        return self.dashboard

    def on_mount(self) -> None:
        """Write what is marked as it changes."""
        if self._keep:
            self.watch(self.dashboard, "basket", self._basket_changed, init=False)

    def watch_app_focus(self, focused: bool) -> None:
        """Look at the files at once: who comes back to this terminal may have written in another."""
        if focused and self.dashboard.is_mounted:
            self.dashboard.poll()

    def key_pressed(self) -> None:
        self.dashboard.said_was_seen()

    def exit(self, result: int | None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """End, and keep where the user is; a second one changes nothing."""
        if self._keep and not self._peek and self.dashboard.result is not UNASKED:
            self._peek = True
            save_session(self.library.folder, self.session)
        super().exit(result, return_code, message)

    @property
    def session(self) -> Session:
        """Where the user is."""
        here = self.dashboard
        return Session(here.awaited or here.place, here.way, self._kept.theme, here.list_width)

    def action_colours(self, name: str) -> None:
        """Put another colour theme, and remember it; where `config.yaml` names one, that is the next start's."""
        self._colours = name
        self.action_show_colours("")
        self._kept = self._kept._replace(theme="" if name == "auto" else name)
        if self._configured not in ("auto", name):
            self.dashboard.say(f"{name} for now; the next start takes theme: {self._configured} of config.yaml")

    def action_show_colours(self, name: str) -> None:
        """Show a colour theme while it is looked at; without a name, the one that was chosen."""
        wanted = name or self._colours
        self.theme = wanted if wanted in self.available_themes else automatic(self._light)

    def get_css_variables(self) -> dict[str, str]:
        """The theme's variables; for themes that are not hrdash's own, ours are made of Textual's."""
        if THEMES[0].name not in self.available_themes:
            return {}  # for Textual's default theme, which is never drawn
        found = super().get_css_variables()
        if "chosen" not in found:
            found = self.theme_variables = {**found, **derived(found, self.current_theme.dark)}
        return found

    def _basket_changed(self, before: tuple[Name, ...], now: tuple[Name, ...]) -> None:
        if not save_basket(self.library.folder, before, now):
            self.dashboard.say("marked for now only: what is marked cannot be kept on the disk")
