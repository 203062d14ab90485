"""Keeping a call while it is written, and making a report of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from forum import clock, ids
from forum.errors import NotFound
from forum.safeguarding.triage.models import PhoneDraftRow
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.opening import KeyRing
from forum.sealing.envelope import Box, DeskKey, seal


@dataclass(frozen=True)
class Draft:
    """A call that is being written down: what stands in which field."""

    id: str
    staff_id: int
    began_at: datetime
    saved_at: datetime
    fields: Mapping[str, str]


def _context(draft_id: str) -> str:
    return f"draft:{draft_id}"


def sealed(draft_id: str, fields: Mapping[str, str], desk: DeskKey) -> Box:
    """The fields as they are stored; before the transaction."""
    return seal(json.dumps(dict(fields), ensure_ascii=False).encode(), desk, _context(draft_id))


def begin(staff_id: int, desk: DeskKey) -> str:
    """An empty draft, inside the open transaction: the call begins now."""
    draft_id, now = ids.new_public_id(), clock.now()
    box = sealed(draft_id, {}, desk)
    vault_db.session.add(
        PhoneDraftRow(
            public_id=draft_id, staff_id=staff_id, began_at=now, saved_at=now,
            key_id=box.key_id, wrapped_key=box.wrapped_key, body=box.body,
        )
    )  # fmt: skip
    return draft_id


def row(draft_id: str, staff_id: int) -> PhoneDraftRow:
    """The row of somebody's own draft. Raises NotFound."""
    found = vault_db.session.scalar(
        select(PhoneDraftRow).where(PhoneDraftRow.public_id == draft_id, PhoneDraftRow.staff_id == staff_id)
    )
    if found is None:
        raise NotFound
    return found


def keep(draft_id: str, staff_id: int, box: Box) -> None:
    """Store what is written so far, inside the open transaction."""
    found = row(draft_id, staff_id)
    found.key_id, found.wrapped_key, found.body = box.key_id, box.wrapped_key, box.body
    found.saved_at = clock.now()


def opened(draft_id: str, staff_id: int, ring: KeyRing) -> Draft:
    """Somebody's own draft. Raises NotFound, Unopenable."""
    found = row(draft_id, staff_id)
    raw = ring.open(Box(found.key_id, found.wrapped_key, found.body), _context(draft_id))
    return Draft(draft_id, staff_id, found.began_at, found.saved_at, json.loads(raw))


def of(staff_id: int) -> tuple[tuple[str, datetime], ...]:
    """Id and beginning of somebody's open drafts, the newest first."""
    return tuple(
        (found.public_id, found.began_at)
        for found in vault_db.session.scalars(
            select(PhoneDraftRow)
            .where(PhoneDraftRow.staff_id == staff_id)
            .order_by(PhoneDraftRow.began_at.desc())
        )
    )


def erase(draft_id: str, staff_id: int) -> None:
    """The draft became a report, or was a mistake; inside the open transaction."""
    vault_db.session.delete(row(draft_id, staff_id))
