"""What the rules must know of a case: clear fields alone, read inside or outside of a change."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, or_, select

from forum.errors import NotFound
from forum.safeguarding.cases.models import ChangeRow, ChildRow, ConflictRow, OfferRow, StepRow, TaskRow
from forum.safeguarding.cases.types import Change, Clock, Conflict, Offer, SeenChild
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.models import CaseRow, MessageRow, ReportRow

CAUSES = ("restarted", "reopened")  # after these a child must be seen anew


def case_row(case_id: str, *, lock: bool = False) -> CaseRow:
    """The row of a case. Raises NotFound."""
    query = select(CaseRow).where(CaseRow.public_id == case_id)
    row = vault_db.session.scalar(query.with_for_update() if lock else query)
    if row is None:
        raise NotFound
    return row


def clock_of(row: CaseRow | Row[Any]) -> Clock:
    """The clock that a row holds, or the columns of one."""
    end: Any = row.clock_end
    return Clock(row.clock_started_at, row.due_at, row.clock_ended_at, end, row.look_again_on)


def put_clock(row: CaseRow, clock: Clock) -> None:
    """Write a clock into its row."""
    row.clock_started_at, row.due_at = clock.started_at, clock.due_at
    row.clock_ended_at, row.clock_end, row.look_again_on = clock.ended_at, clock.end, clock.look_again_on


def merged_ids() -> dict[int, tuple[int, str]]:
    """Every merged case by its number: the case it was put into, and its public id."""
    rows = vault_db.session.execute(
        select(CaseRow.id, CaseRow.merged_into_id, CaseRow.public_id).where(CaseRow.status == "merged")
    )
    return {number: (into, public) for number, into, public in rows if into is not None}


def group(row: CaseRow) -> dict[int, str]:
    """The case and all that stands in it, through any number of merges: number to public id."""
    found = {row.id: row.public_id}
    merged = merged_ids()
    while more := {n: public for n, (into, public) in merged.items() if into in found and n not in found}:
        found |= more
    return found


def roots() -> dict[int, int]:
    """For every merged case the number of the case in which it stands in the end."""
    merged = {number: into for number, (into, _public) in merged_ids().items()}
    found = {}
    for number in merged:
        root = number
        while root in merged:
            root = merged[root]
        found[number] = root
    return found


def seen_children(numbers: Iterable[int]) -> tuple[SeenChild, ...]:
    """The children of these cases who were not taken out again."""
    rows = vault_db.session.scalars(
        select(ChildRow)
        .where(ChildRow.case_id.in_(list(numbers)), ChildRow.dropped_at.is_(None))
        .order_by(ChildRow.id)
    )
    return tuple(SeenChild(row.public_id, row.added_at, row.last_seen_at) for row in rows)


def cause(numbers: Sequence[int], opened_at: datetime) -> datetime:
    """Since when the children must be seen: the latest report, event or reopening."""
    reported = vault_db.session.scalar(
        select(func.max(ReportRow.received_at)).where(ReportRow.case_id.in_(numbers))
    )
    stepped = vault_db.session.scalar(
        select(func.max(StepRow.at)).where(StepRow.case_id.in_(numbers), StepRow.kind.in_(CAUSES))
    )
    return max(one for one in (opened_at, reported, stepped) if one is not None)


def changes_since(number: int, version: int) -> tuple[Change, ...]:
    """What was done to a case after this version, oldest first. A reporter's addition leaves no name here."""
    rows = vault_db.session.scalars(
        select(ChangeRow)
        .where(ChangeRow.case_id == number, ChangeRow.version > version)
        .order_by(ChangeRow.id)
    )
    return tuple(Change(row.version, row.at, row.staff_id, row.verb) for row in rows)


def waiting_offer(number: int) -> Offer | None:
    """The handover of a case that nobody has answered, without its words."""
    row = offer_row(number)
    return _offer(row) if row is not None else None


def offer_row(number: int) -> OfferRow | None:
    """The row of the handover that waits."""
    return vault_db.session.scalar(
        select(OfferRow).where(OfferRow.case_id == number, OfferRow.ended_at.is_(None))
    )


def _offer(row: OfferRow) -> Offer:
    public = vault_db.session.scalar(select(CaseRow.public_id).where(CaseRow.id == row.case_id)) or ""
    return Offer(row.public_id, public, row.from_id, row.asked_by, row.to_id, row.asked_at)


def standing_conflicts(numbers: Iterable[int]) -> tuple[Conflict, ...]:
    """The marks on these cases that stand, without their reasons."""
    rows = vault_db.session.execute(
        select(ConflictRow, CaseRow.public_id)
        .join(CaseRow, ConflictRow.case_id == CaseRow.id)
        .where(ConflictRow.case_id.in_(list(numbers)), ConflictRow.lifted_at.is_(None))
        .order_by(ConflictRow.id)
    )
    return tuple(
        Conflict(row.public_id, public, row.staff_id, row.marked_by, row.marked_at) for row, public in rows
    )


def conflicted_numbers(staff_id: int) -> frozenset[int]:
    """The cases that do not exist for somebody, with everything merged with them, by number."""
    marked = vault_db.session.scalars(
        select(ConflictRow.case_id).where(ConflictRow.staff_id == staff_id, ConflictRow.lifted_at.is_(None))
    ).all()
    if not marked:
        return frozenset()
    top = roots()
    hidden = {top.get(number, number) for number in marked}
    return frozenset(hidden | {number for number, root in top.items() if root in hidden} | set(marked))


def open_tasks(numbers: Iterable[int]) -> int:
    """How many tasks of these cases are not done."""
    query = select(func.count(TaskRow.id)).where(
        TaskRow.case_id.in_(list(numbers)), TaskRow.done_at.is_(None)
    )
    return vault_db.session.scalar(query) or 0


def has_unread(numbers: Iterable[int]) -> bool:
    """True if a report or an addition of these cases was opened by nobody."""
    ids = list(numbers)
    report = select(ReportRow.id).where(ReportRow.case_id.in_(ids), ReportRow.read_at.is_(None))
    message = (
        select(MessageRow.id)
        .join(ReportRow, MessageRow.report_id == ReportRow.id)
        .where(ReportRow.case_id.in_(ids), MessageRow.direction == "in", MessageRow.read_at.is_(None))
    )
    return bool(vault_db.session.scalar(select(or_(report.exists(), message.exists()))))
