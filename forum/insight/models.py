"""Tables of insight. Private to this room. No raw count and no text of a parent is kept."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forum.db import Model
from forum.insight.types import Status
from forum.storage import UtcDateTime


class DigestRow(Model):
    """A month as it was published: tables as JSON, small numbers hidden before they came here."""

    __tablename__ = "digest"
    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    least: Mapped[int]
    tables: Mapped[str] = mapped_column(Text)


class AnswerRow(Model):
    """What the city said to a voice. Never changed, only added to. `by` is the badge, not a person."""

    __tablename__ = "voice_answer"
    __table_args__ = (
        CheckConstraint(f"status IN ({', '.join(repr(one.value) for one in Status)})", name="status"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[str] = mapped_column(String(10), index=True)  # the public id
    number: Mapped[int]
    status: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[str] = mapped_column(String(40))
