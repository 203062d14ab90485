"""Who works at the desk."""

from dataclasses import dataclass
from datetime import datetime

ROLES = ("worker", "supervisor", "officer", "auditor")
READERS = ("worker", "supervisor")  # they hold copies of the desk's keys


@dataclass(frozen=True)
class Staff:
    """A member of staff, also one who left."""

    id: int
    login: str
    name: str
    role: str
    groups: frozenset[str]
    mail: str
    ended_at: datetime | None


@dataclass(frozen=True)
class Me:
    """Who is signed in on this browser."""

    id: int
    name: str
    role: str
    groups: frozenset[str]
    stepped_up: bool
    training: bool


@dataclass(frozen=True)
class Invited:
    """Somebody who has a link and has not used it yet."""

    id: str
    name: str
    role: str
    groups: frozenset[str]
    expires_at: datetime


@dataclass(frozen=True)
class SessionLine:
    """Where a person is signed in."""

    id: str
    device: str
    started_at: datetime
    seen_at: datetime
    here: bool


@dataclass(frozen=True, repr=False)
class Opened:
    """A fresh session: what goes into the cookie, and whose it is."""

    token: str
    key: bytes
    staff_id: int


@dataclass(frozen=True)
class Progress:
    """How far a change of the desk's key is. `running` until nothing is sealed to an older key."""

    running: bool
    left: int
