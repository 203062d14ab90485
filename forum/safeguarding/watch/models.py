"""The watch's own tables. A subject is a public id of a case or the id of a group, never text."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from forum.safeguarding.vault.db import VaultModel
from forum.storage import UtcDateTime


class ShiftRow(VaultModel):
    """One person's duty for one group."""

    __tablename__ = "watch_shift"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="a_shift_lasts"),
        CheckConstraint("rank IN (0, 1, 2)", name="known_rank"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int]
    group: Mapped[str] = mapped_column("group_id", String(20))
    rank: Mapped[int]
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    written_by: Mapped[int | None] = mapped_column(default=None)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AlarmRow(VaultModel):
    """Somebody must look: at a case (`subject` its public id), or at the watch itself."""

    __tablename__ = "watch_alarm"
    __table_args__ = (
        # Of one kind and subject one alarm runs at a time, whoever raises it and however often.
        Index(
            "uq_watch_alarm_running",
            "kind",
            "subject",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(10), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(20), index=True)
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    level: Mapped[int] = mapped_column(default=0)  # the highest step reached
    acknowledged_by: Mapped[int | None] = mapped_column(default=None)  # a member of staff
    acknowledged_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, index=True)


class NoticeRow(VaultModel):
    """One person to tell of one alarm by one channel. It stays until it went out or is not needed."""

    __tablename__ = "watch_notice"
    __table_args__ = (UniqueConstraint("alarm_id", "step", "staff_id", "channel"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    alarm_id: Mapped[int] = mapped_column(ForeignKey("watch_alarm.id", ondelete="CASCADE"))
    step: Mapped[int]
    staff_id: Mapped[int]
    channel: Mapped[str] = mapped_column(String(10))
    wanted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    dropped_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    tries: Mapped[int] = mapped_column(default=0)
    fault: Mapped[str | None] = mapped_column(String(40), default=None)


class BeatRow(VaultModel):
    """The worker's sign of life, where every process can read it. One row."""

    __tablename__ = "watch_beat"
    id: Mapped[int] = mapped_column(primary_key=True)
    looked_at: Mapped[datetime] = mapped_column(UtcDateTime)  # the last round that was finished
    latest_at: Mapped[datetime] = mapped_column(UtcDateTime)  # never moves back by itself
    jumped: Mapped[bool] = mapped_column(default=False)
    mail: Mapped[bool] = mapped_column(default=False)
