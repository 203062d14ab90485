"""Reads of what is clear: the case, its tasks, handovers and marks, and lists over many cases."""

from sqlalchemy import select

from forum.safeguarding.cases import facts
from forum.safeguarding.cases.changes import visible_row
from forum.safeguarding.cases.eyes import conflicted, urgent_reports
from forum.safeguarding.cases.lists import Show, inbox, lines, look_again, order, tasks, unseen_lines
from forum.safeguarding.cases.models import DeletionRow, MergeRow
from forum.safeguarding.cases.rules import clocks
from forum.safeguarding.cases.types import Actor, Case, Change, Conflict, Deletion, Merge, Offer
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.models import CaseRow

__all__ = [
    "Show",
    "case",
    "changes_since",
    "conflicted",
    "conflicts",
    "deletion",
    "hidden_from",
    "inbox",
    "lines",
    "look_again",
    "merges",
    "offer",
    "order",
    "root_of",
    "tasks",
    "unseen",
    "unseen_lines",
    "urgent_reports",
]


def case(case_id: str, actor: Actor | None = None) -> Case:
    """A case by its public id; `actor`: as it is for somebody. Raises NotFound."""
    row = facts.case_row(case_id) if actor is None else visible_row(case_id, actor)
    return Case(
        id=row.public_id,
        version=row.version,
        status=row.status,
        groups=tuple(row.groups.split()),
        urgent=row.urgent,
        opened_at=row.opened_at,
        clock=facts.clock_of(row),
        first_read_at=row.first_read_at,
        holder_id=row.holder_id,
        closed_at=row.closed_at,
        merged_into=_public(row.merged_into_id),
        merged=tuple(public for number, public in facts.group(row).items() if number != row.id),
        record_class=row.record_class,
        legal_hold=row.legal_hold,
        training=row.training,
    )


def _public(number: int | None) -> str | None:
    return vault_db.session.get_one(CaseRow, number).public_id if number is not None else None


def root_of(case_id: str) -> str:
    """The case in which this one stands now: itself, unless it was merged. Raises NotFound."""
    row = facts.case_row(case_id)
    return _public(facts.roots().get(row.id, row.id)) or case_id


def hidden_from(staff_id: int) -> frozenset[str]:
    """The public ids of all cases that do not exist for somebody: for lists, search and registers."""
    numbers = facts.conflicted_numbers(staff_id)
    if not numbers:
        return frozenset()
    return frozenset(vault_db.session.scalars(select(CaseRow.public_id).where(CaseRow.id.in_(numbers))))


def changes_since(case_id: str, version: int) -> tuple[Change, ...]:
    """What was done to a case after a version, oldest first. Raises NotFound."""
    return facts.changes_since(facts.case_row(case_id).id, version)


def unseen(case_id: str) -> tuple[str, ...]:
    """The known children (public ids) whom nobody has seen in person since the latest cause."""
    row = facts.case_row(case_id)
    numbers = list(facts.group(row))
    return clocks.unseen(facts.seen_children(numbers), facts.cause(numbers, row.opened_at))


def offer(case_id: str) -> Offer | None:
    """The handover that waits, without its words. Raises NotFound."""
    return facts.waiting_offer(facts.case_row(case_id).id)


def conflicts(case_id: str) -> tuple[Conflict, ...]:
    """For whom this case does not exist, without the reasons; supervisors see it. Raises NotFound."""
    return facts.standing_conflicts(facts.group(facts.case_row(case_id)))


def merges(case_id: str) -> tuple[Merge, ...]:
    """What was put into this case and can be taken out again, without the reasons. Raises NotFound."""
    row = facts.case_row(case_id)
    found = vault_db.session.execute(
        select(MergeRow, CaseRow.public_id)
        .join(CaseRow, MergeRow.case_id == CaseRow.id)
        .where(MergeRow.into_id == row.id, MergeRow.undone_at.is_(None))
        .order_by(MergeRow.id)
    )
    return tuple(Merge(one.public_id, public, case_id, one.at, one.staff_id) for one, public in found)


def deletion(case_id: str) -> Deletion | None:
    """The request to erase this case that waits for a second person, without its reason."""
    row = facts.case_row(case_id)
    asked = vault_db.session.scalar(
        select(DeletionRow).where(DeletionRow.case_id == row.id, DeletionRow.refused_at.is_(None))
    )
    return Deletion(asked.public_id, case_id, asked.asked_by, asked.asked_at) if asked else None
