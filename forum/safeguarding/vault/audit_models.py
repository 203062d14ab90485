"""The record of who did what at the desk."""

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.safeguarding.vault.db import VaultModel
from forum.storage import UtcDateTime


class AuditRow(VaultModel):
    """One line. `digest` covers the line and the digest before it."""

    __tablename__ = "audit"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    staff_id: Mapped[int | None] = mapped_column(default=None, index=True)
    staff_name: Mapped[str] = mapped_column(String(40))
    verb: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(40), index=True)
    reason: Mapped[str] = mapped_column(String(40), default="")
    digest: Mapped[bytes] = mapped_column(LargeBinary)


class AuditHeadRow(VaultModel):
    """How many lines there are, and the last digest, signed with a key that only this vault has."""

    __tablename__ = "audit_head"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    seal: Mapped[bytes] = mapped_column(LargeBinary)
