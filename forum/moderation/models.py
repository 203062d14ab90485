"""Tables of moderation. Private to this room. Texts stand on the board; here are ids, codes and times,
and the few words that staff and writers address to each other."""

from datetime import date, datetime
from typing import cast

from sqlalchemy import Index, String, Table, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from forum.append_only import guard
from forum.db import Model
from forum.storage import UtcDateTime


class ItemRow(Model):
    """A text that waits, or waited. `open_key` is there while it waits: one item a text."""

    __tablename__ = "moderation_item"
    __table_args__ = (Index("ix_moderation_item_text", "thread_id", "post_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(10), unique=True)
    thread_id: Mapped[str] = mapped_column(String(10))
    post_id: Mapped[str | None] = mapped_column(String(10))
    open_key: Mapped[str | None] = mapped_column(String(21), unique=True)
    level: Mapped[int]
    why: Mapped[str] = mapped_column(String(100))
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    claimed_by: Mapped[int | None]
    claimed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    alarmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    proposed_action: Mapped[str | None] = mapped_column(String(12))
    proposed_reason: Mapped[str | None] = mapped_column(String(16))
    proposed_by: Mapped[int | None]
    proposed_name: Mapped[str | None] = mapped_column(String(40))
    proposed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    barred: Mapped[int | None]
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class FlagRow(Model):
    """What somebody told us. `tag` knows a second telling of the same browser, and nothing else.

    counts: came from another network than the tellings before it.
    """

    __tablename__ = "moderation_flag"
    __table_args__ = (Index("ix_moderation_flag_text", "thread_id", "post_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[str] = mapped_column(String(10))
    post_id: Mapped[str | None] = mapped_column(String(10))
    tone: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    tag: Mapped[str] = mapped_column(String(64), unique=True)
    counts: Mapped[bool]
    done: Mapped[bool] = mapped_column(default=False, server_default=false())


class DecisionRow(Model):
    """What was decided. The database itself refuses to change or remove a line."""

    __tablename__ = "moderation_decision"
    __table_args__ = (Index("ix_moderation_decision_text", "thread_id", "post_id"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(10), unique=True)
    item_id: Mapped[str] = mapped_column(String(10), index=True)
    thread_id: Mapped[str] = mapped_column(String(10))
    post_id: Mapped[str | None] = mapped_column(String(10))
    action: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(String(16))
    level: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    staff_id: Mapped[int]
    second_id: Mapped[int | None]
    after_appeal: Mapped[bool] = mapped_column(default=False)


class LetterRow(Model):
    """The words of a decision for its writer, erased with the text they are about."""

    __tablename__ = "moderation_letter"

    decision_id: Mapped[str] = mapped_column(String(10), primary_key=True)
    thread_id: Mapped[str] = mapped_column(String(10), index=True)
    post_id: Mapped[str | None] = mapped_column(String(10))
    message: Mapped[str] = mapped_column(Text)
    fixed: Mapped[str] = mapped_column(Text)
    reposted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AppealRow(Model):
    """What a writer asks a second person, once for each text."""

    __tablename__ = "moderation_appeal"
    __table_args__ = (UniqueConstraint("thread_id", "post_key"),)

    decision_id: Mapped[str] = mapped_column(String(10), primary_key=True)
    thread_id: Mapped[str] = mapped_column(String(10))
    post_key: Mapped[str] = mapped_column(String(10))
    words: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ExposureRow(Model):
    """How much one person read on a day."""

    __tablename__ = "moderation_exposure"

    staff_id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    heavy: Mapped[int] = mapped_column(default=0)
    light: Mapped[int] = mapped_column(default=0)
    in_a_row: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)


class TripRow(Model):
    """How often a limit stopped somebody on a day: a number, no address."""

    __tablename__ = "moderation_trip"

    day: Mapped[date] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20), primary_key=True)
    number: Mapped[int]


class NoticeRow(Model):
    """What a person asks who is named in a text. The words are erased some time after it is settled."""

    __tablename__ = "moderation_notice"

    public_id: Mapped[str] = mapped_column(String(10), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)
    what: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(String(16), default="")
    thread_id: Mapped[str | None] = mapped_column(String(10))
    once: Mapped[str] = mapped_column(String(64), unique=True)


class AlarmRow(Model):
    """An alarm that was raised, content-free; `told`: how many people it was sent to."""

    __tablename__ = "moderation_alarm"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    told: Mapped[int]
    fault: Mapped[str] = mapped_column(String(60), default="")


guard(cast(Table, DecisionRow.__table__))
