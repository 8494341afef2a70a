"""Where one is in the dashboard, and the way back and forward: values, whatever draws them."""

from typing import NamedTuple, Self

from hrdash.filter import EVERYTHING, Filter

MOST = 50
"""Steps that can be taken back."""


class Place(NamedTuple):
    """Where one is: what is asked for, what is read, and how it is looked at. No text of a brief."""

    filter: Filter = EVERYTHING
    lens: str = "briefs"
    sort: str = ""
    brief: str = ""
    part: str = ""
    """Of the brief, where the statement or source under the cursor stands."""
    anchor: str = ""
    """That statement or source, of the brief or of the lens's list."""
    nth: int = -1
    """Which of the brief's it is: where it is gone, the one in its place is taken."""
    line: int = 0
    """The text of the brief's page at the top of what is in sight."""
    character: int = 0
    above: int = 0
    """The empty rows above it."""
    unseen: bool = False
    """Whether that statement or source is out of sight, where the wheel left it."""
    row: int = 0
    """The row of the list under the cursor."""
    top: int = 0
    """The row at the top of the list."""
    over: int = 0
    """The lines of it above what is in sight."""
    away: bool = False
    """Whether the row under the cursor is out of sight, where the wheel left it."""
    zoomed: bool = False
    faceted: bool = False
    pane: str = "briefs"
    """Which pane keys go to."""

    @property
    def subject(self) -> tuple[object, ...]:
        """What is looked at."""
        return self[:4]

    @property
    def read(self) -> tuple[str, str, str]:
        """The brief, and the statement or source in it."""
        return self.brief, self.part, self.anchor

    @property
    def look(self) -> tuple[object, ...]:
        """How it is looked at."""
        return self[-3:]


class History(NamedTuple):
    """The places that steps were taken from, and those that steps back were taken from."""

    past: tuple[Place, ...] = ()
    """The last one behind the others."""
    ahead: tuple[Place, ...] = ()
    """The next one before the others."""

    def stepped(self, here: Place) -> Self:
        """After a step from here, wherever it leads."""
        return self.__class__((*self.past, here)[-MOST:])

    def looked(self, here: Place, then: Place) -> Self:
        """After a step to another look at the same: several are one, and one that leads back is none."""
        before = self.past[-1] if self.past else None
        if before is None or before.subject != here.subject:
            return self._replace(past=(*self.past, here)[-MOST:])
        return self._replace(past=self.past[:-1]) if before.look == then.look else self

    def back(self, here: Place) -> tuple[Self, Place] | None:
        """After the last step was taken back, and where that leads; nothing where there was none."""
        return (self.__class__(self.past[:-1], (here, *self.ahead)), self.past[-1]) if self.past else None

    def forward(self, here: Place) -> tuple[Self, Place] | None:
        """After the last step back was taken back in turn."""
        return (self.__class__((*self.past, here)[-MOST:], self.ahead[1:]), self.ahead[0]) if self.ahead else None
