"""The application: opened on a library, closed with an exit code."""

from __future__ import annotations

from hrdash.filter import EVERYTHING, Filter, parse
from hrdash.library import Library
from hrdash.tui.shell import Shell  # before anything else of Textual's

# isort: split
from textual.timer import Timer

from hrdash.tui.keys import KEYS, Key
from hrdash.tui.screens.dashboard import Dashboard
from hrdash.tui.session import Session, load_session, save_session
from hrdash.tui.themes import THEMES, automatic

SECONDS_TO_SETTLE = 1.0
"""From a change to its being written to the session."""


class HrdashApp(Shell):
    """The dashboard on a terminal."""

    CSS_PATH = "hrdash.tcss"
    TITLE = "hrdash"

    def __init__(
        self, library: Library, asked: Filter = EVERYTHING, session: Session | None = None,
        keys: tuple[Key, ...] = KEYS, theme: str = "auto", said: str = "", keep: bool = False,
    ) -> None:  # fmt: skip
        super().__init__()
        self.library = library
        self._kept = session if session is not None else Session()
        self._keep = keep
        self._timer: Timer | None = None
        for own in THEMES:
            self.register_theme(own)
        wanted = self._kept.theme or theme
        known = wanted in self.available_themes
        if not known and wanted != "auto":
            said = f"there is no colour theme {wanted!r}; " + said
        # Set as a value and not by the watcher, which would have the style sheet parsed a second time.
        self.set_reactive(HrdashApp.theme, wanted if known else automatic())
        self.stylesheet.set_variables(self.get_css_variables())
        if asked == EVERYTHING:
            asked = parse(self._kept.query).filter
        self.dashboard = Dashboard(library, keys, asked, self._kept.brief, said.rstrip("; "))

    def get_default_screen(self) -> Dashboard:
        return self.dashboard

    def on_mount(self) -> None:
        """Write the session as it changes."""
        for name in ("result", "brief_id"):
            self.watch(self.dashboard, name, self._changed, init=False)

    def key_pressed(self) -> None:
        """Whatever was said has been seen."""
        self.dashboard.said_was_seen()

    def on_unmount(self) -> None:
        self._save()

    @property
    def session(self) -> Session:
        """Where the user is."""
        result = self.dashboard.result
        return Session(result.filter.typed if result is not None else "", self.dashboard.brief_id, self._kept.theme)

    def on_dashboard_colours_chosen(self, event: Dashboard.ColoursChosen) -> None:
        """Put another colour theme, and remember it."""
        self.theme = event.name
        self._kept = self._kept._replace(theme=event.name)
        self._changed()

    def get_css_variables(self) -> dict[str, str]:
        """The theme's variables; for themes that are not hrdash's own, the nearest of Textual's stand for ours."""
        found = super().get_css_variables()
        stand_ins = {
            "muted": "foreground", "line": "panel-lighten-2", "chosen": "block-cursor-background",
            "chosen-text": "block-cursor-foreground", "mark": "warning-muted", "mark-text": "text-warning",
            "match": "warning", "match-text": "background",
        }  # fmt: skip
        return {**{name: found.get(other, "#888888") for name, other in stand_ins.items()}, **found}

    def _changed(self) -> None:
        if self._keep and self._timer is None:
            self._timer = self.set_timer(SECONDS_TO_SETTLE, self._save)

    def _save(self) -> None:
        self._timer = None
        if self._keep and self.dashboard.result is not None:
            save_session(self.library.folder, self.session)


def run(library: Library, asked: Filter = EVERYTHING, fresh: bool = False, keep: bool = True) -> int:
    """Open the dashboard and return the exit code; the terminal is then as it was before.

    `fresh` starts without what the last session left; without `keep`, nothing is written when this one ends.
    """
    from hrdash.tui.config import load_config
    from hrdash.tui.keys import rebound

    config = load_config()
    keys, faults = rebound(dict(config.keys))
    session = Session() if fresh else load_session(library.folder)
    app = HrdashApp(library, asked, session, keys, config.theme, "; ".join((*config.faults, *faults)), keep)
    app.run()
    return app.return_code or 0
