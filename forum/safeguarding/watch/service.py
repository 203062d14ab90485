"""Changes that people and other rooms make: take an alarm on, raise one, enter the roster.

Callers open `writing()` around these.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from forum import clock, ids
from forum.errors import NotFound, Refused
from forum.safeguarding.policy import GROUP_IDS
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.watch import queries, signs
from forum.safeguarding.watch import roster as rosters
from forum.safeguarding.watch.models import AlarmRow, BeatRow, NoticeRow, ShiftRow
from forum.safeguarding.watch.types import RANKS, Shift

LONGEST_SHIFT = timedelta(days=7)
KEPT = timedelta(days=400)  # a year and a month: what was an alarm last winter can be looked up


def raise_alarm(kind: str, subject: str = "") -> None:
    """Raise an alarm about the wing itself; while one of that kind and subject runs, nothing happens.

    Those who lead are told at the worker's next round. `kind` is a short name, never text.
    """
    if _running(kind, subject) is None:
        vault_db.session.add(
            AlarmRow(public_id=ids.new_public_id(), kind=kind, subject=subject, raised_at=clock.now())
        )
        vault_db.session.flush()


def settle(kind: str, subject: str = "") -> None:
    """The reason of an alarm is gone."""
    row = _running(kind, subject)
    if row is not None:
        row.closed_at = clock.now()


def _running(kind: str, subject: str) -> AlarmRow | None:
    return vault_db.session.scalar(
        select(AlarmRow).where(
            AlarmRow.kind == kind, AlarmRow.subject == subject, AlarmRow.closed_at.is_(None)
        )
    )


def acknowledge(
    alarm_id: str, staff_id: int, groups: Iterable[str] | None = None, *, leads: bool = False
) -> str:
    """Somebody takes an alarm on, by name: the calls stop for a while. Returns its kind.

    Raises NotFound for an alarm that is over or not of these groups, Refused("taken") when a colleague
    was faster, Refused("leads_only") for the clock of the machine, which only who leads declares right.
    """
    if alarm_id not in {alarm.id for alarm in queries.open_alarms(groups)}:
        raise NotFound
    row = vault_db.session.scalars(select(AlarmRow).where(AlarmRow.public_id == alarm_id)).one()
    if row.acknowledged_at is not None:
        if row.acknowledged_by != staff_id:
            raise Refused("taken", staff_id=row.acknowledged_by)
        return row.kind
    if row.kind == signs.CLOCK and not leads:
        raise Refused("leads_only")
    _take(row, staff_id)
    if row.kind == signs.CLOCK:
        _trust_the_clock()
    return row.kind


def handled(case_id: str, staff_id: int) -> None:
    """Somebody opened the case: every alarm of it that runs is theirs."""
    for row in vault_db.session.scalars(
        select(AlarmRow).where(
            AlarmRow.subject == case_id, AlarmRow.closed_at.is_(None), AlarmRow.acknowledged_at.is_(None)
        )
    ):
        _take(row, staff_id)


def _take(row: AlarmRow, staff_id: int) -> None:
    row.acknowledged_by, row.acknowledged_at = staff_id, clock.now()


def _trust_the_clock() -> None:
    """A person has looked at the machine's clock; what was written in the future counts no longer."""
    beat = vault_db.session.get(BeatRow, 1)
    if beat is not None:
        beat.latest_at, beat.jumped = clock.now(), False


def add_shift(shift: Shift, by: int) -> None:
    """Enter a shift; the same one twice counts once.

    Raises Refused: "no_person", "no_group", "backwards", "too_long".
    """
    if shift.staff_id not in queries.people():
        raise Refused("no_person")
    if shift.group not in GROUP_IDS or shift.rank not in RANKS:
        raise Refused("no_group")
    if shift.ends_at <= shift.starts_at:
        raise Refused("backwards")
    if shift.ends_at - shift.starts_at > LONGEST_SHIFT:
        raise Refused("too_long")
    if not _has(shift):
        vault_db.session.add(
            ShiftRow(
                staff_id=shift.staff_id,
                group=shift.group,
                rank=shift.rank,
                starts_at=shift.starts_at,
                ends_at=shift.ends_at,
                written_by=by,
                written_at=clock.now(),
            )
        )
        vault_db.session.flush()


def _has(shift: Shift) -> bool:
    same = (
        ShiftRow.staff_id == shift.staff_id,
        ShiftRow.group == shift.group,
        ShiftRow.rank == shift.rank,
        ShiftRow.starts_at == shift.starts_at,
        ShiftRow.ends_at == shift.ends_at,
    )
    return vault_db.session.scalar(select(ShiftRow.id).where(*same).limit(1)) is not None


def drop_shift(shift_id: int) -> None:
    """Take a shift off the roster. Raises NotFound."""
    row = vault_db.session.get(ShiftRow, shift_id)
    if row is None:
        raise NotFound
    vault_db.session.delete(row)


def copy_week(monday: datetime, by: int) -> int:
    """Enter the shifts of the week before `monday` a week later; returns how many were copied.

    Whoever left the desk is not copied: the gap is shown instead.
    """
    before = queries.shifts(monday - timedelta(days=7), monday)
    present = queries.people()
    chosen = [
        one for one in before if one.starts_at >= monday - timedelta(days=7) and one.staff_id in present
    ]
    for shift in rosters.week_later(chosen):
        add_shift(shift, by)
    return len(chosen)


def forget() -> None:
    """Forget alarms and shifts that ended long ago."""
    limit = clock.now() - KEPT
    old = select(AlarmRow.id).where(AlarmRow.closed_at < limit)
    vault_db.session.execute(delete(NoticeRow).where(NoticeRow.alarm_id.in_(old)))
    vault_db.session.execute(delete(AlarmRow).where(AlarmRow.closed_at < limit))
    vault_db.session.execute(delete(ShiftRow).where(ShiftRow.ends_at < limit))
