"""A memo on its way to the counter."""

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.db import Model
from forum.storage import UtcDateTime


class MemoRow(Model):
    """A memo, locked with its own code: without the code nobody reads it, nor does the database."""

    __tablename__ = "memo"

    id: Mapped[int] = mapped_column(primary_key=True)
    lookup: Mapped[str] = mapped_column(String(64), unique=True)
    box: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
