"""What the vault gives out: sealed things with what is needed to open them, never rows."""

from dataclasses import dataclass
from datetime import datetime

from forum.sealing.envelope import Box


@dataclass(frozen=True)
class Kept:
    """A report that is in the vault. Everything here is safe to show to whoever sent it."""

    report_id: str
    case_id: str
    received_at: datetime
    due_at: datetime


@dataclass(frozen=True)
class SealedReport:
    """A report as the desk finds it before opening it. `files` are their numbers."""

    id: str
    case_id: str
    received_at: datetime
    read_at: datetime | None
    entrance: str
    burst: int
    can_answer: bool
    key_id: str
    wrapped_key: bytes
    body: bytes
    identity: bytes | None
    files: tuple[int, ...]


@dataclass(frozen=True)
class SealedMessage:
    """A message between desk and reporter, as the desk finds it."""

    once: str
    report_id: str
    direction: str
    at: datetime
    read_at: datetime | None
    staff_id: int | None
    box: Box
    files: tuple[int, ...]


@dataclass(frozen=True)
class ReporterMessage:
    """A message from the desk, sealed to the reporter's words."""

    at: datetime
    box: Box


@dataclass(frozen=True)
class ReporterView:
    """What the words find: how far it is, and sealed messages. Nothing of what was reported."""

    report_id: str
    received_at: datetime
    read_at: datetime | None
    groups: tuple[str, ...]
    urgent: bool
    body_digest: bytes
    messages: tuple[ReporterMessage, ...]
