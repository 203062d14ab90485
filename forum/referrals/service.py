"""Seal a text in the request that holds it, and promise its delivery."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from uuid import uuid4

from sqlalchemy import delete, select

from forum import clock
from forum.db import db
from forum.errors import Refused
from forum.outbox.service import record
from forum.referrals.models import DeskPublicKeyRow, ReferralDayRow, ReferralRow
from forum.sealing.content import REFERRAL, Content
from forum.sealing.envelope import Box, DeskKey, seal
from forum.web.forms import settings

EVENT = "ReferralSealed"
# Where life may be in danger, the chance pause is a tenth of the others'.
URGENT_SHARE = 10
# writer: the one who wrote it asked for it. staff: two people of the team judged that life is in danger.
Kind = Literal["writer", "staff"]


@dataclass(frozen=True, repr=False)
class SealedReferral:
    """A box that only the desk opens, with what its clock needs to know."""

    box: Box
    kind: Kind
    urgent: bool


def available() -> bool:
    """True if this city has a letterbox and its key is here; otherwise pages show the doors only."""
    return db.session.scalar(select(DeskPublicKeyRow.id).limit(1)) is not None


def seal_referral(content: Content, *, kind: Kind, urgent: bool) -> SealedReferral:
    """Seal before the transaction. Raises Refused("no_desk_key") where the city has no letterbox."""
    row = db.session.scalar(select(DeskPublicKeyRow).order_by(DeskPublicKeyRow.fetched_at.desc()).limit(1))
    if row is None:
        raise Refused("no_desk_key")
    box = seal(content.to_bytes(), DeskKey(row.id, row.public_key), REFERRAL)
    return SealedReferral(box, kind, urgent)


def refer(sealed: SealedReferral) -> None:
    """Promise the delivery, inside the open transaction. Tells nobody which text it was.

    The box leaves after a pause of chance: texts here have a second, arrivals there have one, and whoever
    held both databases could otherwise lay the two side by side and see whose text it was.
    """
    delivery = uuid4().hex
    db.session.add(
        ReferralRow(delivery=delivery, kind=sealed.kind, box=sealed.box.to_bytes(), urgent=sealed.urgent)
    )
    # Public pages do not change by it, and a moved content version would tell the world the moment.
    record(EVENT, delivery, public=False, after=_pause(urgent=sealed.urgent))


def _pause(*, urgent: bool) -> timedelta:
    longest = settings().hatch_spread / (URGENT_SHARE if urgent else 1)
    return timedelta(milliseconds=secrets.randbelow(int(longest.total_seconds() * 1000) + 1))


def accepted(delivery: str) -> None:
    """Forget a box that the letterbox has, inside the open transaction; the day alone stays."""
    row = db.session.get(ReferralRow, delivery)
    if row is None:
        return
    day = clock.today()
    counted = db.session.get(ReferralDayRow, (day, row.kind))
    if counted is None:
        db.session.add(ReferralDayRow(day=day, kind=row.kind, number=1))
    else:
        counted.number += 1
    db.session.delete(row)


def keep_key(key_id: str, public: bytes, training: bool) -> None:
    """Keep the desk's present public key, inside the open transaction, in place of the one before."""
    DeskKey(key_id, public)  # a key of the wrong length is refused here, not in somebody's request
    db.session.execute(delete(DeskPublicKeyRow).where(DeskPublicKeyRow.id != key_id))
    if db.session.get(DeskPublicKeyRow, key_id) is None:
        db.session.add(
            DeskPublicKeyRow(id=key_id, public_key=public, training=training, fetched_at=clock.now())
        )
