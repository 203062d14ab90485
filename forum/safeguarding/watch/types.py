"""What the watch knows: clocks, shifts, people who can be told. No word of what was reported."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol

Level = Literal["calm", "soon", "pressing", "late", "ended"]
Stage = Literal["arrived", "unopened", "soon", "pressing", "late", "look_again", "wrote", "unread"]
End = Literal["seen", "accepted", "unconfirmed"]

ON_DUTY, DEPUTY, SECOND_DEPUTY = 0, 1, 2
RANKS = (ON_DUTY, DEPUTY, SECOND_DEPUTY)


class Hours(Protocol):
    """What the city decided about time; `forum.safeguarding.policy.Policy` is one."""

    def due_at(self, started: datetime, groups: Iterable[str], urgent: bool) -> datetime:
        """When the child must have been seen."""

    def next_look(self, at: datetime) -> datetime:
        """When somebody reads next; `at` itself within the hours."""


@dataclass(frozen=True)
class CaseClock:
    """The clock of one case, in clear. `look_again_on` counts only after the end "unconfirmed"."""

    case_id: str
    groups: tuple[str, ...]
    started_at: datetime
    due_at: datetime
    first_read_at: datetime | None = None
    end: End | None = None
    look_again_on: date | None = None
    holder_id: int | None = None
    wrote_at: datetime | None = None  # the oldest addition of the reporter that nobody has opened


@dataclass(frozen=True)
class ClockState:
    """How a clock stands. `remaining` is negative once it is late, zero once it ended."""

    level: Level
    remaining: float  # seconds
    words: str


@dataclass(frozen=True)
class Person:
    """Somebody of the desk who can be told. `mail` is empty where no address is known."""

    id: int
    name: str
    mail: str
    groups: frozenset[str]
    supervisor: bool = False


@dataclass(frozen=True)
class Shift:
    """One person's duty for one group, from a moment to a moment."""

    staff_id: int
    group: str
    starts_at: datetime
    ends_at: datetime
    rank: int = ON_DUTY
    id: int = 0


@dataclass(frozen=True)
class Roster:
    """Shifts around a moment, and the people who are at the desk these days, by their number."""

    shifts: tuple[Shift, ...]
    people: Mapping[int, Person]


@dataclass(frozen=True)
class Hole:
    """A stretch in which a group has nobody. "reading": although the city says that somebody reads."""

    group: str
    starts_at: datetime
    ends_at: datetime
    kind: Literal["reading", "long"]


@dataclass(frozen=True)
class Need:
    """Somebody must look at a case, since a moment."""

    stage: Stage
    since: datetime


@dataclass(frozen=True)
class Told:
    """What was done so far: who was told of the running alarms, and when somebody took one on."""

    sent: frozenset[tuple[str, int, int]] = frozenset()  # stage or kind, step, person
    acknowledged: Mapping[str, datetime] = field(default_factory=dict)  # by stage or kind, the latest


@dataclass(frozen=True)
class Escalation:
    """One person to tell now. `staff_id` None: there is nobody at all to tell for that group."""

    stage: str
    step: int
    staff_id: int | None
    group: str = ""


@dataclass(frozen=True)
class Sign:
    """Something wrong with the watch itself. `silent`: alarms may not reach people by mail because of it."""

    kind: str
    subject: str
    words: str
    silent: bool = True


@dataclass(frozen=True)
class Facts:
    """What is known about the watch at a moment; the worker and every page judge by the same."""

    now: datetime
    looked_at: datetime | None  # the worker's last finished round
    latest_at: datetime | None  # the latest moment that any process has written down
    jumped: bool  # the clock moved while the machine's own counter did not
    mail: bool  # a mail channel is configured
    unsent_since: datetime | None  # the oldest notice that should have gone out
    waiting_since: datetime | None  # the oldest event that waits in the outbox
    set_aside: int  # events that were given up
    holes: tuple[Hole, ...] = ()
    nobody: tuple[str, ...] = ()  # groups for which there is nobody at all to tell
    without_address: tuple[str, ...] = ()  # names of people on duty whom no mail reaches


@dataclass(frozen=True)
class Alarm:
    """An alarm as pages show it."""

    id: str
    kind: str
    subject: str
    raised_at: datetime
    level: int
    sent_to: tuple[int, ...]
    waiting: int  # notices that have not gone out
    acknowledged_by: str
    acknowledged_at: datetime | None
