"""Calls that are being written down."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.safeguarding.vault.db import VaultModel
from forum.storage import UtcDateTime


class PhoneDraftRow(VaultModel):
    """A telephone, letter or counter report while it is written: sealed, erased when it becomes a report."""

    __tablename__ = "phone_draft"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(10), unique=True)
    staff_id: Mapped[int] = mapped_column(index=True)
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    key_id: Mapped[str] = mapped_column(ForeignKey("desk_key.id"))
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary)
    body: Mapped[bytes] = mapped_column(LargeBinary)
