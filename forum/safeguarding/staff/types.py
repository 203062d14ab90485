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
