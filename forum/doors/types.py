"""A door, and a door as it is offered to somebody at a moment."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from forum.doors.hours import Schedule

State = Literal["open", "opens", "unknown"]

CHANNELS = ("phone", "chat", "mail", "counter")
AUDIENCES = ("everyone", "parent", "child")
COSTS = ("free", "paid")
STATUSES = ("reviewed", "unconfirmed")
THEMES = tuple(
    "danger_now poison child child_safety despair dv injury illness pregnancy postpartum bullying school "
    "baby toddler development family money loneliness parenting".split()
)


@dataclass(frozen=True, kw_only=True)
class Door:
    """People who answer. Dates of the world (`as_of`) are as coarse as the source: 2024, 2024-07 or a day.

    `purpose` says in plain words what one may come with, `line` what takes the fear of coming.
    """

    id: str
    name: str
    purpose: str
    channel: tuple[str, ...]
    for_whom: tuple[str, ...]
    themes: tuple[str, ...]
    status: str
    source: str
    number: str = ""
    other_number: str = ""
    url: str = ""
    hours: Schedule | None = None
    hours_text: str = ""
    cost: str = ""
    place: str = ""
    line: str = ""
    as_of: str = ""
    verified_on: date | None = None
    valid_until: date | None = None

    @property
    def confirmed(self) -> bool:
        """True if number and hours were reviewed and may be shown."""
        return self.status == "reviewed"

    @property
    def face_to_face(self) -> bool:
        """True if one may go there and sit down with somebody."""
        return "counter" in self.channel

    @property
    def emergency(self) -> bool:
        """True for those who come at once."""
        return "danger_now" in self.themes


@dataclass(frozen=True)
class OfferedDoor:
    """A door at a moment. `opens_at` is aware, Tokyo time, and set only while `state` is "opens"."""

    door: Door
    state: State
    opens_at: datetime | None
    words: str


@dataclass(frozen=True)
class DoorAnswer:
    """The door that fits a worry, further ones, and one counter to which one may simply go."""

    first: OfferedDoor
    others: tuple[OfferedDoor, ...]
    face_to_face: OfferedDoor | None

    @property
    def face_to_face_line(self) -> str:
        """The words beside the counter; empty without one."""
        return self.face_to_face.door.line if self.face_to_face else ""
