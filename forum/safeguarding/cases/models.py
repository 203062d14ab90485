"""Tables of the cases. Private to this room. In clear: ids, moments, kinds. All words are sealed."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from forum.safeguarding.vault.db import VaultModel
from forum.storage import UtcDateTime


class BoxColumns:
    """A box sealed to the desk; its place is case:<case>:<table>:<row>."""

    key_id: Mapped[str] = mapped_column(ForeignKey("desk_key.id"))
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class ChangeRow(VaultModel):
    """That a case changed: whoever comes a second later is told who was faster and what they did."""

    __tablename__ = "case_change"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    version: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    staff_id: Mapped[int]
    verb: Mapped[str] = mapped_column(String(30))
    once: Mapped[str] = mapped_column(String(64), unique=True)  # the same form sent twice counts once


class ChildRow(BoxColumns, VaultModel):
    """A child. `last_seen_*` count only seeing in person."""

    __tablename__ = "case_child"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(10), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    last_seen_by: Mapped[int | None] = mapped_column(default=None)
    last_kind: Mapped[str | None] = mapped_column(String(12), default=None)
    dropped_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class SightingRow(BoxColumns, VaultModel):
    """That somebody was met, seen or heard of."""

    __tablename__ = "case_sighting"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(10), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    child_id: Mapped[int | None] = mapped_column(ForeignKey("case_child.id"), default=None)
    kind: Mapped[str] = mapped_column(String(12))
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    staff_id: Mapped[int]
    late: Mapped[bool] = mapped_column(default=False)


class PersonRow(BoxColumns, VaultModel):
    """An adult around the child; the role stands in the box."""

    __tablename__ = "case_person"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(10), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)


class EntryRow(BoxColumns, VaultModel):
    """A line of the chronology. Never changed, only added to; a correction points to what it corrects."""

    __tablename__ = "case_entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(10), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("case_entry.id"), default=None)
    kind: Mapped[str] = mapped_column(String(12))
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    staff_id: Mapped[int]


class TaskRow(BoxColumns, VaultModel):
    """Something to be done by a time of its own."""

    __tablename__ = "case_task"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(10), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    holder_id: Mapped[int | None] = mapped_column(default=None)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[int]
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    done_by: Mapped[int | None] = mapped_column(default=None)


class OfferRow(BoxColumns, VaultModel):
    """A handover. It counts when `to_id` accepts; until then whoever held the case holds it."""

    __tablename__ = "case_offer"
    __table_args__ = (
        Index(
            "uq_case_offer_waiting",
            "case_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(10), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    from_id: Mapped[int | None] = mapped_column(default=None)
    asked_by: Mapped[int]
    to_id: Mapped[int] = mapped_column(index=True)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    ended: Mapped[str | None] = mapped_column(String(12), default=None)  # accepted, declined, withdrawn


class ConflictRow(BoxColumns, VaultModel):
    """A member of staff for whom this case does not exist."""

    __tablename__ = "case_conflict"
    __table_args__ = (
        Index(
            "uq_case_conflict_standing",
            "case_id",
            "staff_id",
            unique=True,
            sqlite_where=text("lifted_at IS NULL"),
            postgresql_where=text("lifted_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(10), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    staff_id: Mapped[int] = mapped_column(index=True)
    marked_by: Mapped[int]
    marked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lifted_by: Mapped[int | None] = mapped_column(default=None)
    lifted_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)


class MergeRow(BoxColumns, VaultModel):
    """A case was put into another by a person; what both were before, so that it can be undone."""

    __tablename__ = "case_merge"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(10), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    into_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    staff_id: Mapped[int]
    status_before: Mapped[str] = mapped_column(String(10))
    groups_before: Mapped[str] = mapped_column(String(60))
    urgent_before: Mapped[bool]
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    end: Mapped[str | None] = mapped_column(String(12), default=None)
    look_again_on: Mapped[date | None] = mapped_column(default=None)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    undone_by: Mapped[int | None] = mapped_column(default=None)


class StepRow(BoxColumns, VaultModel):
    """The clock ended or restarted, the case was closed or reopened. Never changed, only added to."""

    __tablename__ = "case_step"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(10), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    staff_id: Mapped[int]
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    late: Mapped[bool] = mapped_column(default=False)


class DeletionRow(BoxColumns, VaultModel):
    """Somebody asked for a case to be erased. It goes with the case; the audit keeps who did it."""

    __tablename__ = "case_deletion"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(10), unique=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    asked_by: Mapped[int]
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    refused_by: Mapped[int | None] = mapped_column(default=None)
    refused_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
