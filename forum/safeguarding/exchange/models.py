"""What the other side has acknowledged, and when it was last heard."""

from datetime import datetime

from sqlalchemy import BigInteger, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.safeguarding.vault.db import VaultModel
from forum.storage import UtcDateTime


class AcknowledgedRow(VaultModel):
    """One thing that the other side has, in the state of this digest."""

    __tablename__ = "exchange_acknowledged"
    name: Mapped[str] = mapped_column(String(90), primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary)


class ToAcknowledgeRow(VaultModel):
    """One thing that came in and must be acknowledged in the next file that goes out."""

    __tablename__ = "exchange_to_acknowledge"
    name: Mapped[str] = mapped_column(String(90), primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary)


class PeerRow(VaultModel):
    """The other machine: the key its files are signed with, and when one of them was last read.

    `fetched_at`: when the newest of our files was written that it has read; at first, when it was trusted.
    """

    __tablename__ = "exchange_peer"
    id: Mapped[int] = mapped_column(primary_key=True)
    verify_key: Mapped[bytes] = mapped_column(LargeBinary)
    heard_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    fetched_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    last_number: Mapped[int] = mapped_column(BigInteger, default=0)  # milliseconds since 1970
