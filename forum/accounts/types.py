"""Who signs in at the forum, and what they may do."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from flask_login import UserMixin


class Role(StrEnum):
    """What somebody works as; a person may hold several."""

    MODERATOR = "moderator"  # reads what waits, decides
    EDITOR = "editor"  # keeps the list of services
    CITY_OFFICER = "city_officer"  # answers for the city
    LEAD = "lead"  # leads the readers, reads the log
    ADMIN = "admin"  # people and settings; reads no held text


@dataclass(frozen=True)
class Me(UserMixin):  # type: ignore[misc]
    """Who is signed in on this browser. `badge`: 市の担当, 保健師 or nothing."""

    id: int
    name: str
    roles: frozenset[Role]
    badge: str = ""
    stepped_up: bool = False
    training: bool = False
    token: str = field(default="", repr=False)  # the session's own secret, for the pages of the account


@dataclass(frozen=True)
class Person:
    """A member of staff, also one who left."""

    id: int
    login: str
    name: str
    roles: frozenset[Role]
    badge: str
    nurse: bool
    mail: str
    training: bool
    made_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class Invited:
    """Somebody who has a link and has not used it yet."""

    id: str
    name: str
    roles: frozenset[Role]
    expires_at: datetime


@dataclass(frozen=True)
class SessionLine:
    """Where a person is signed in."""

    id: str
    device: str
    started_at: datetime
    seen_at: datetime
    here: bool


@dataclass(frozen=True)
class AuditLine:
    """One line of the record: who (None: the machine) did what with what, and why, in codes and ids."""

    number: int
    at: datetime
    staff_id: int | None
    staff_name: str
    verb: str
    subject: str
    reason: str


@dataclass(frozen=True)
class Actor:
    """By whom a line of the record is. Without an id it is the machine or a command."""

    id: int | None = None
    name: str = ""


@dataclass(frozen=True, repr=False)
class Opened:
    """A fresh session: its secret for the cookie, and whose it is."""

    token: str
    staff_id: int
