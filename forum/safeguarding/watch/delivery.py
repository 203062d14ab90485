"""Send what waits, by every channel on its own; keep what did not go out until it did or is not needed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, select

from forum import clock
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.vault.models import VaultOutboxRow
from forum.safeguarding.vault.store import record
from forum.safeguarding.watch import notices, queries, setting
from forum.safeguarding.watch.channels import Channel, Undelivered
from forum.safeguarding.watch.models import AlarmRow, NoticeRow
from forum.safeguarding.watch.types import Person


class NotDelivered(Exception):
    """Something still waits; the outbox tries again."""


@dataclass(frozen=True)
class Waiting:
    """One notice that has not gone out."""

    id: int
    alarm_id: str
    kind: str
    channel: str
    staff_id: int


def deliver(alarm_ids: list[str]) -> None:
    """Send everything that waits, one letter for each person. Raises NotDelivered while some of it stays.

    A worker killed between sending and writing down sends once more: twice told is better than never.
    """
    given = setting.current()
    _drop_unneeded()
    waiting = _waiting()
    people = queries.people()
    vault_db.session.rollback()
    sent: list[int] = []
    faults: dict[int, str] = {}
    for channel in given.channels:
        _send_by(channel, [one for one in waiting if one.channel == channel.name], people, sent, faults)
    if sent or faults:
        with writing():
            _write_down(sent, faults)
    if any(one.id in faults and one.alarm_id in alarm_ids for one in waiting):
        raise NotDelivered


def _drop_unneeded() -> None:
    """Whoever took an alarm on, or an alarm that is over, needs no more notices."""
    over = (
        select(NoticeRow)
        .join(AlarmRow, NoticeRow.alarm_id == AlarmRow.id)
        .where(
            NoticeRow.sent_at.is_(None),
            NoticeRow.dropped_at.is_(None),
            NoticeRow.channel != "none",
            AlarmRow.closed_at.is_not(None) | AlarmRow.acknowledged_at.is_not(None),
        )
    )
    if vault_db.session.scalars(over.limit(1)).first() is not None:
        with writing():
            for row in vault_db.session.scalars(over):
                row.dropped_at = clock.now()


def _waiting() -> list[Waiting]:
    found = vault_db.session.execute(
        select(NoticeRow.id, AlarmRow.public_id, AlarmRow.kind, NoticeRow.channel, NoticeRow.staff_id)
        .join(AlarmRow, NoticeRow.alarm_id == AlarmRow.id)
        .where(NoticeRow.sent_at.is_(None), NoticeRow.dropped_at.is_(None), NoticeRow.channel != "none")
        .order_by(NoticeRow.id)
    )
    return [Waiting(*row) for row in found]


def _send_by(
    channel: Channel,
    waiting: list[Waiting],
    people: dict[int, Person],
    sent: list[int],
    faults: dict[int, str],
) -> None:
    by_person: dict[int, list[Waiting]] = {}
    for one in waiting:
        by_person.setdefault(one.staff_id, []).append(one)
    down = ""
    for staff_id, theirs in by_person.items():
        person = people.get(staff_id)
        fault = down or ("NoAddress" if person is None or not person.mail else "")
        if not fault and person is not None:
            # Of one case told on two steps it is still one case.
            counts = Counter(kind for kind, _ in {(one.kind, one.alarm_id) for one in theirs})
            try:
                channel.send(person.mail, notices.letter(counts, setting.current().desk_url))
            except Undelivered as error:
                fault = error.fault
                down = fault if error.everybody else ""
        if fault:
            faults.update({one.id: fault for one in theirs})
        else:
            sent += [one.id for one in theirs]


def _write_down(sent: Iterable[int], faults: dict[int, str]) -> None:
    moment = clock.now()
    rows = {
        row.id: row
        for row in vault_db.session.scalars(select(NoticeRow).where(NoticeRow.id.in_([*sent, *faults])))
    }
    for notice_id in sent:
        rows[notice_id].sent_at = moment
        rows[notice_id].fault = None
    for notice_id, fault in faults.items():
        rows[notice_id].tries += 1
        rows[notice_id].fault = fault


def revive() -> None:
    """Promise anew what waits: an event that was given up, or lost, must not end a notice."""
    given_up = select(VaultOutboxRow.id).where(
        VaultOutboxRow.name == queries.ALARM_RAISED, VaultOutboxRow.set_aside_at.is_not(None)
    )
    if vault_db.session.scalar(given_up.limit(1)) is None and not queries.unsent_alarms():
        return
    with writing():
        vault_db.session.execute(
            delete(VaultOutboxRow).where(
                VaultOutboxRow.name == queries.ALARM_RAISED, VaultOutboxRow.set_aside_at.is_not(None)
            )
        )
        for alarm_id in queries.unsent_alarms():
            record(queries.ALARM_RAISED, alarm_id)
