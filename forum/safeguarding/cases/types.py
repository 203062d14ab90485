"""Values of a case: frozen, opened by whoever may."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from forum.safeguarding.vault.verbs import VERBS
from forum.safeguarding.watch.types import CaseClock

End = Literal["seen", "accepted", "unconfirmed"]


@dataclass(frozen=True)
class Actor:
    """Who does something."""

    id: int
    name: str
    groups: frozenset[str]
    supervisor: bool = False


@dataclass(frozen=True)
class Decision:
    """Who decided: a meeting (`reference` its id) or a supervisor (`reference` their number)."""

    authority: Literal["meeting", "supervisor"]
    reference: str


@dataclass(frozen=True)
class Clock:
    """The clock of a case. `look_again_on` belongs to the end "unconfirmed" alone."""

    started_at: datetime
    due_at: datetime
    ended_at: datetime | None = None
    end: End | None = None
    look_again_on: date | None = None

    @property
    def running(self) -> bool:
        return self.end is None


@dataclass(frozen=True)
class Case:
    """The clear fields of a case. `merged`: the cases that were merged into it."""

    id: str
    version: int
    status: str
    groups: tuple[str, ...]
    urgent: bool
    opened_at: datetime
    clock: Clock
    first_read_at: datetime | None
    holder_id: int | None
    closed_at: datetime | None
    merged_into: str | None
    merged: tuple[str, ...]
    record_class: str
    legal_hold: bool
    training: bool

    @property
    def ids(self) -> tuple[str, ...]:
        """This case and all that was merged into it."""
        return (self.id, *self.merged)


@dataclass(frozen=True)
class CaseLine:
    """A case in a list: clear fields alone."""

    id: str
    version: int
    status: str
    groups: tuple[str, ...]
    urgent: bool
    opened_at: datetime
    clock: Clock
    first_read_at: datetime | None
    holder_id: int | None
    training: bool
    entrances: tuple[str, ...] = ()
    reports: int = 0
    burst: int = 0  # rank: 0 unless several came from the same source within minutes before it
    wrote_at: datetime | None = None  # the oldest addition of a reporter that nobody has opened
    children: int = 0
    unseen: int = 0  # known children whom nobody has seen since the clock started
    last_seen_at: datetime | None = None  # the latest that any of them was seen in person
    last_seen_by: int | None = None
    offered_to: int | None = None

    def watch_clock(self) -> CaseClock:
        """The same clock as the watch judges it."""
        return CaseClock(
            self.id,
            self.groups,
            self.clock.started_at,
            self.clock.due_at,
            self.first_read_at,
            self.clock.end,
            self.clock.look_again_on,
            self.holder_id,
            self.wrote_at,
        )


@dataclass(frozen=True)
class Change:
    """One change of a case, for whoever was slower."""

    version: int
    at: datetime
    staff_id: int
    verb: str

    @property
    def words(self) -> str:
        return VERBS.get(self.verb, "内容が変わった")


@dataclass(frozen=True)
class Child:
    """A child of a case. The name may be unknown. `last_seen_*` count only seeing in person."""

    id: str
    case_id: str
    name: str
    kana: str
    birth: str
    note: str
    added_at: datetime
    last_seen_at: datetime | None
    last_seen_by: int | None
    last_kind: str | None
    dropped_at: datetime | None = None

    @property
    def label(self) -> str:
        """How the child is called on a page."""
        return self.name or "名前の分からない子ども"


@dataclass(frozen=True)
class SeenChild:
    """What the clock must know of a child: in clear, without a name."""

    id: str
    added_at: datetime
    last_seen_at: datetime | None


@dataclass(frozen=True)
class Sighting:
    """Somebody was met, seen or heard of. Without a child: only adults, or nobody."""

    id: str
    case_id: str
    child_id: str | None
    kind: str
    seen_at: datetime
    recorded_at: datetime
    staff_id: int
    late: bool
    who: str
    where: str
    how: str


@dataclass(frozen=True)
class Person:
    """An adult around the child."""

    id: str
    case_id: str
    name: str
    kana: str
    role: str
    birth: str
    phone: str
    address: str
    note: str


@dataclass(frozen=True)
class Entry:
    """A line of the chronology. `corrects`: the line that this one takes the place of."""

    id: str
    case_id: str
    kind: str
    happened_at: datetime
    written_at: datetime
    staff_id: int
    text: str
    said_by: str
    disclosure: str
    corrects: str | None
    corrected: bool = False


@dataclass(frozen=True)
class Task:
    """Something to be done by a time of its own. `text`, `result` are empty where nobody opened them."""

    id: str
    case_id: str
    kind: str
    due_at: datetime
    holder_id: int | None
    made_at: datetime
    made_by: int
    done_at: datetime | None
    done_by: int | None
    text: str = ""
    result: str = ""


@dataclass(frozen=True)
class Offer:
    """A handover that waits for its named receiver."""

    id: str
    case_id: str
    from_id: int | None
    asked_by: int
    to_id: int
    asked_at: datetime
    text: str = ""


@dataclass(frozen=True)
class Conflict:
    """A member of staff for whom this case does not exist."""

    id: str
    case_id: str
    staff_id: int
    marked_by: int
    marked_at: datetime
    reason: str = ""


@dataclass(frozen=True)
class Merge:
    """A case that stands in another one now. It can be undone."""

    id: str
    case_id: str
    into_id: str
    at: datetime
    staff_id: int
    reason: str = ""


@dataclass(frozen=True)
class Step:
    """An end of the clock, a restart, a closing or a reopening, with its sealed details."""

    id: str
    case_id: str
    kind: str
    at: datetime
    staff_id: int
    due_at: datetime | None
    late: bool
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Deletion:
    """Somebody asked for a case to be erased; another person must agree."""

    id: str
    case_id: str
    asked_by: int
    asked_at: datetime
    reason: str = ""


@dataclass(frozen=True)
class Due:
    """A case whose time of keeping is over. Nobody erases it but two people."""

    case_id: str
    closed_at: datetime
    record_class: str
    since: date
