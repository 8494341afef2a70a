"""The last line of what opens over the dashboard."""

from collections.abc import Sequence

from hrdash.tui.widgets.bar import FILL, Bar, Part, width_of


class Hint(Bar):
    """Which keys there are, and, for the mouse, the way back."""

    def __init__(self, words: str, back: str) -> None:
        super().__init__()
        self._words = words
        self._back = back

    def parts(self, width: int) -> Sequence[Part]:
        back = [Part(self._back, "key", "screen.close"), Part(" back ", "muted", "screen.close")]
        words = [Part(f" {self._words}", "muted")]
        return [*(words if width_of((*words, *back)) < width else ()), FILL, *back]

    def say(self, words: str) -> None:
        """Put other words."""
        self._words = words
        self.refresh()
