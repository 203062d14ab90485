"""The vault's own tables: what the letterbox leaves, and the case that each report opens.

In clear stands only what the clock needs; SECURITY.md lists every clear field with its reason.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.outbox.columns import OutboxColumns
from forum.safeguarding.vault.db import VaultModel
from forum.storage import UtcDateTime


class VaultOutboxRow(OutboxColumns, VaultModel):
    __tablename__ = "vault_outbox"


class SettingRow(VaultModel):
    """Random values of this vault: salts and keys that never leave it."""

    __tablename__ = "vault_setting"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[bytes] = mapped_column(LargeBinary)


class DeskKeyRow(VaultModel):
    """The public half of a key of the desk. The newest that is not retired is the one to seal to."""

    __tablename__ = "desk_key"
    id: Mapped[str] = mapped_column(String(10), primary_key=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    training: Mapped[bool]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class CaseRow(VaultModel):
    """One concern and all that is done about it. Its clock runs from arrival until a person ends it."""

    __tablename__ = "case"
    __table_args__ = (
        CheckConstraint("(clock_ended_at IS NULL) = (clock_end IS NULL)", name="an_end_has_a_kind"),
        CheckConstraint("clock_end IN ('seen', 'accepted', 'unconfirmed')", name="known_end"),
        CheckConstraint("status IN ('new', 'open', 'closed', 'merged')", name="known_status"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(10), unique=True)
    groups: Mapped[str] = mapped_column(String(60))  # ids of recipient groups, parted by spaces
    status: Mapped[str] = mapped_column(String(10), default="new", index=True)
    urgent: Mapped[bool] = mapped_column(default=False)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    clock_started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    first_read_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    clock_ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    clock_end: Mapped[str | None] = mapped_column(String(12), default=None)
    look_again_on: Mapped[date | None] = mapped_column(default=None)
    holder_id: Mapped[int | None] = mapped_column(default=None, index=True)  # a member of staff
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), default=None)
    record_class: Mapped[str] = mapped_column(String(20), default="case")
    legal_hold: Mapped[bool] = mapped_column(default=False)
    training: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)  # moves with every change; a stale form is told so


class ReportRow(VaultModel):
    """One report as it arrived. `body` and `identity` open only with the desk's key."""

    __tablename__ = "report"
    __table_args__ = (Index("ix_report_burst_case_id", "burst", "case_id"),)  # which of them stand behind
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(10), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    entrance: Mapped[str] = mapped_column(String(12))
    burst: Mapped[int] = mapped_column(default=0)  # how many came before it from one source within minutes
    once: Mapped[str] = mapped_column(String(64), unique=True)
    lookup: Mapped[bytes | None] = mapped_column(LargeBinary, unique=True, default=None)
    reporter_key: Mapped[bytes | None] = mapped_column(LargeBinary, default=None)
    key_id: Mapped[str] = mapped_column(ForeignKey("desk_key.id"))
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    identity: Mapped[bytes | None] = mapped_column(LargeBinary, default=None)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class AttachmentRow(VaultModel):
    """A file of a report or of an addition, sealed with the data key of what it came with."""

    __tablename__ = "attachment"
    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"), default=None)
    position: Mapped[int]
    body: Mapped[bytes] = mapped_column(LargeBinary)


class MessageRow(VaultModel):
    """What is said between the desk and a reporter after the report.

    direction "in": `body` is sealed to the desk. "out": also `reporter_box`, sealed to the reporter's words.
    """

    __tablename__ = "message"
    __table_args__ = (
        CheckConstraint("direction IN ('in', 'out')", name="known_direction"),
        Index("ix_message_direction_read_at", "direction", "read_at"),  # what nobody has opened yet
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), index=True)
    direction: Mapped[str] = mapped_column(String(3))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    once: Mapped[str] = mapped_column(String(64), unique=True)
    key_id: Mapped[str] = mapped_column(ForeignKey("desk_key.id"))
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    reporter_box: Mapped[bytes | None] = mapped_column(LargeBinary, default=None)
    staff_id: Mapped[int | None] = mapped_column(default=None)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
