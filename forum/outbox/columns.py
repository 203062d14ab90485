"""The columns of an outbox table, for either wing."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from forum.storage import UtcDateTime


class OutboxColumns:
    """One event: what happened to what, and how its delivery goes. Never text."""

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(40))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    tries: Mapped[int] = mapped_column(default=0)
    set_aside_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None, index=True)
    fault: Mapped[str | None] = mapped_column(String(200), default=None)
