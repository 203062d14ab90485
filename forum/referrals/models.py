"""Boxes on their way, the desk's public keys, and how many went on which day."""

from datetime import date, datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.db import Model
from forum.storage import UtcDateTime


class ReferralRow(Model):
    """A sealed box that the letterbox has not accepted yet. Erased when it has."""

    __tablename__ = "referral"
    delivery: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    box: Mapped[bytes] = mapped_column(LargeBinary)
    urgent: Mapped[bool]


class ReferralDayRow(Model):
    """How many boxes of a kind were accepted on a day: all that is left of them here."""

    __tablename__ = "referral_day"
    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    number: Mapped[int]


class DeskPublicKeyRow(Model):
    """The public key to seal to, as the letterbox gave it."""

    __tablename__ = "desk_public_key"
    id: Mapped[str] = mapped_column(String(10), primary_key=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    training: Mapped[bool]
    fetched_at: Mapped[datetime] = mapped_column(UtcDateTime)
