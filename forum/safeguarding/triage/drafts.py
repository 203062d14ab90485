"""Keeping a call while it is written, and finding what became of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from forum import clock, ids
from forum.errors import NotFound, Refused
from forum.outbox.worker import Chore
from forum.safeguarding.triage.models import PhoneDraftRow
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.vault.models import CaseRow, ReportRow
from forum.safeguarding.vault.opening import KeyRing
from forum.safeguarding.watch import service as watch
from forum.sealing.envelope import Box, DeskKey, seal

JUST_BEFORE = timedelta(milliseconds=1)  # a draft that was never kept has one moment for both
LEFT_AFTER = timedelta(minutes=30)  # no call is that quiet: whoever wrote it was called away
ALARM = "call_left"
LOOKS_EVERY = timedelta(minutes=5)


class Elsewhere(Exception):
    """The draft is not this person's any more: a report, erased, or a colleague's. Nothing was stored."""


@dataclass(frozen=True)
class Draft:
    """A call that is being written down, still sealed. `empty`: nothing was kept of it yet."""

    id: str
    staff_id: int
    began_at: datetime
    saved_at: datetime

    @property
    def empty(self) -> bool:
        return self.saved_at == self.began_at

    @property
    def left(self) -> bool:
        """True if nobody has touched it for a good while. It is no report yet: no clock runs for it."""
        return clock.now() - self.saved_at >= LEFT_AFTER


@dataclass(frozen=True)
class Waiting:
    """How many calls wait to become reports: my own, and those that colleagues have left."""

    mine: int
    left: int


def _context(draft_id: str) -> str:
    return f"draft:{draft_id}"


def once(draft_id: str, page: str) -> str:
    """The ticket of the report that a draft becomes on a page: however often that is sent, it is one."""
    return f"draft:{draft_id}:{page}"


def sealed(draft_id: str, fields: Mapping[str, str], desk: DeskKey) -> Box:
    """The fields as they are stored; before the transaction."""
    return seal(json.dumps(dict(fields), ensure_ascii=False).encode(), desk, _context(draft_id))


def begin(staff_id: int, desk: DeskKey) -> str:
    """An empty draft, inside the open transaction: the call begins now."""
    draft_id, now = ids.new_public_id(), clock.now()
    _add(draft_id, staff_id, sealed(draft_id, {}, desk), began_at=now, saved_at=now)
    return draft_id


def begin_again(draft_id: str, staff_id: int, box: Box, instead_of: str) -> bool:
    """What was typed for a draft that is gone, as a draft of its own, inside the open transaction.

    Sent twice it is one: False. The call began when its first draft did, as far as that is still known.
    """
    there = select(PhoneDraftRow.id).where(PhoneDraftRow.public_id == draft_id)
    if vault_db.session.scalar(there) is not None or became(draft_id) is not None:
        return False
    now = clock.now()
    began = min(_began(instead_of) or now, now - JUST_BEFORE)
    _add(draft_id, staff_id, box, began_at=began, saved_at=now)
    return True


def _began(draft_id: str) -> datetime | None:
    drafted = select(PhoneDraftRow.began_at).where(PhoneDraftRow.public_id == draft_id)
    return vault_db.session.scalar(drafted) or vault_db.session.scalar(
        select(ReportRow.received_at).where(ReportRow.once.startswith(once(draft_id, ""), autoescape=True))
    )


def _add(draft_id: str, staff_id: int, box: Box, *, began_at: datetime, saved_at: datetime) -> None:
    vault_db.session.add(
        PhoneDraftRow(
            public_id=draft_id, staff_id=staff_id, began_at=began_at, saved_at=saved_at,
            key_id=box.key_id, wrapped_key=box.wrapped_key, body=box.body,
        )
    )  # fmt: skip


def _row(draft_id: str, staff_id: int | None) -> PhoneDraftRow:
    found = vault_db.session.scalar(select(PhoneDraftRow).where(PhoneDraftRow.public_id == draft_id))
    if found is None or (staff_id is not None and found.staff_id != staff_id):
        raise NotFound
    return found


def _draft(row: PhoneDraftRow) -> Draft:
    return Draft(row.public_id, row.staff_id, row.began_at, row.saved_at)


def anyones(draft_id: str) -> Draft:
    """A draft, whoever writes it. Raises NotFound."""
    return _draft(_row(draft_id, None))


def mine(draft_id: str, staff_id: int) -> Draft:
    """A draft that somebody writes. Raises Elsewhere."""
    return _draft(_still_mine(draft_id, staff_id))


def _still_mine(draft_id: str, staff_id: int) -> PhoneDraftRow:
    try:
        return _row(draft_id, staff_id)
    except NotFound:
        raise Elsewhere from None


def keep(draft_id: str, staff_id: int, box: Box) -> None:
    """Store what is written so far, inside the open transaction. Raises Elsewhere."""
    found = _still_mine(draft_id, staff_id)
    found.key_id, found.wrapped_key, found.body = box.key_id, box.wrapped_key, box.body
    found.saved_at = clock.now()


def opened(draft_id: str, staff_id: int, ring: KeyRing) -> Mapping[str, str]:
    """What stands in the fields of somebody's own draft. Raises NotFound, Unopenable."""
    found = _row(draft_id, staff_id)
    raw = ring.open(Box(found.key_id, found.wrapped_key, found.body), _context(draft_id))
    fields: Mapping[str, str] = json.loads(raw)
    return fields


def everyones() -> tuple[Draft, ...]:
    """All calls that are being written down, the oldest first."""
    rows = vault_db.session.scalars(select(PhoneDraftRow).order_by(PhoneDraftRow.began_at, PhoneDraftRow.id))
    return tuple(_draft(row) for row in rows)


def waiting(staff_id: int) -> Waiting:
    """What waits, for the inbox."""
    found = everyones()
    return Waiting(
        sum(1 for one in found if one.staff_id == staff_id),
        sum(1 for one in found if one.staff_id != staff_id and one.left),
    )


def take_over(draft_id: str, staff_id: int) -> None:
    """A colleague goes on with a call that was left, inside the open transaction.

    Raises NotFound; Refused("still_written") while somebody is at it.
    """
    found = _row(draft_id, None)
    if found.staff_id != staff_id and not _draft(found).left:
        raise Refused("still_written")
    found.staff_id = staff_id


def became(draft_id: str, page: str = "") -> str | None:
    """The case of the report that a draft has become (`page`: on that page); None if it is none."""
    return vault_db.session.scalar(
        select(CaseRow.public_id)
        .join(ReportRow, ReportRow.case_id == CaseRow.id)
        .where(ReportRow.once.startswith(once(draft_id, page), autoescape=True))
    )


def finish(draft_id: str, staff_id: int) -> None:
    """The draft becomes a report, inside the open transaction.

    Raises Elsewhere: a colleague took it over, somebody erased it, or it became one before.
    """
    vault_db.session.delete(_still_mine(draft_id, staff_id))


def erase(draft_id: str, staff_id: int) -> None:
    """It was a mistake, inside the open transaction. Raises NotFound."""
    vault_db.session.delete(_row(draft_id, staff_id))


def look() -> None:
    """A chore: a call that was left is no report, so no clock runs; those who lead are told."""
    left = any(one.left for one in everyones())
    vault_db.session.rollback()
    with writing():
        if left:
            watch.raise_alarm(ALARM)
        else:
            watch.settle(ALARM)


def chore() -> Chore:
    """For the vault's worker."""
    return Chore("calls", LOOKS_EVERY, look)
