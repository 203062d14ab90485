"""Who holds a case: taking, handing over (it counts when the receiver accepts), and who must not see it."""

from sqlalchemy import select, update

from forum import clock
from forum.errors import NotFound, Refused
from forum.safeguarding.cases import facts
from forum.safeguarding.cases.changes import already, claim, new_row
from forum.safeguarding.cases.models import ConflictRow, OfferRow, TaskRow
from forum.safeguarding.cases.rules import work
from forum.safeguarding.cases.types import Actor
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.models import CaseRow
from forum.sealing.envelope import DeskKey


def take(case_id: str, version: int, actor: Actor, *, once: str) -> None:
    """Hold a case that nobody holds. Raises NotFound, Refused of `claim`, held, held_by_you, offered."""
    if already(once):
        return
    row = claim(case_id, version, actor, "take", once)
    offer = facts.waiting_offer(row.id)
    work.check_take(row.holder_id, offer, actor)
    row.holder_id = actor.id
    if offer is not None:
        _end_offer(row.id, "accepted")


def release(case_id: str, version: int, actor: Actor, *, once: str) -> None:
    """Let go of a case. While the clock runs only a supervisor can; others hand it over."""
    if already(once):
        return
    row = claim(case_id, version, actor, "release", once)
    work.check_release(row.holder_id, facts.clock_of(row), actor)
    row.holder_id = None


def offer(
    case_id: str, version: int, actor: Actor, *, desk: DeskKey, once: str, to_id: int, text: str
) -> None:
    """Ask a named person to take a case over, also as a supervisor who assigns it. Nothing moves yet.

    Raises NotFound, Refused of `claim`, not_yours, same_person, offer_waiting, conflict.
    """
    if already(once):
        return
    row = claim(case_id, version, actor, "offer", once)
    conflicted = frozenset(one.staff_id for one in facts.standing_conflicts(facts.group(row)))
    work.check_offer(row.holder_id, to_id, facts.waiting_offer(row.id), conflicted, actor)
    new_row(
        OfferRow,
        "offer",
        row,
        desk,
        {"text": text.strip()},
        from_id=row.holder_id,
        asked_by=actor.id,
        to_id=to_id,
        asked_at=clock.now(),
    )


def answer_offer(case_id: str, version: int, actor: Actor, *, once: str, accept: bool) -> None:
    """Accept or decline a handover, as the named receiver. Raises NotFound, Refused of `claim`, no_offer."""
    if already(once):
        return
    row = claim(case_id, version, actor, "accept_offer" if accept else "decline_offer", once)
    waiting = facts.waiting_offer(row.id)
    if waiting is None or waiting.to_id != actor.id:
        raise Refused("no_offer")
    _end_offer(row.id, "accepted" if accept else "declined")
    if accept:
        row.holder_id = actor.id


def withdraw_offer(case_id: str, version: int, actor: Actor, *, once: str) -> None:
    """Take a handover back before it is answered: whoever asked, who holds the case, or a supervisor."""
    if already(once):
        return
    row = claim(case_id, version, actor, "withdraw_offer", once)
    waiting = facts.waiting_offer(row.id)
    if waiting is None:
        raise Refused("no_offer")
    if actor.id not in (waiting.asked_by, waiting.from_id) and not actor.supervisor:
        raise Refused("not_yours")
    _end_offer(row.id, "withdrawn")


def _end_offer(number: int, how: str) -> None:
    row = facts.offer_row(number)
    assert row is not None, "somebody waits for an answer"
    row.ended_at, row.ended = clock.now(), how


def mark_conflict(
    case_id: str, version: int, actor: Actor, *, desk: DeskKey, once: str, staff_id: int, reason: str
) -> None:
    """Let a case not exist for somebody who may know the people in it: oneself, or as a supervisor another.

    What they held of it is free again. Also for closed cases. Raises NotFound, Refused of `claim`,
    not_yours, marked_already, needs_reason.
    """
    if already(once):
        return
    row = claim(case_id, version, actor, "mark_conflict", once, of_closed=True)
    numbers = facts.group(row)
    work.check_conflict(staff_id, reason, facts.standing_conflicts(numbers), actor)
    new_row(
        ConflictRow,
        "conflict",
        row,
        desk,
        {"reason": reason.strip()},
        staff_id=staff_id,
        marked_by=actor.id,
        marked_at=clock.now(),
    )
    _take_away(row, list(numbers), staff_id)


def _take_away(row: CaseRow, numbers: list[int], staff_id: int) -> None:
    if row.holder_id == staff_id:
        row.holder_id = None
    waiting = facts.waiting_offer(row.id)
    if waiting is not None and staff_id in (waiting.to_id, waiting.from_id):
        _end_offer(row.id, "withdrawn")
    vault_db.session.execute(
        update(TaskRow)
        .where(TaskRow.case_id.in_(numbers), TaskRow.holder_id == staff_id, TaskRow.done_at.is_(None))
        .values(holder_id=None)
    )


def lift_conflict(case_id: str, version: int, actor: Actor, conflict_id: str, *, once: str) -> None:
    """Take a mark away, as a supervisor whom it does not concern. Raises NotFound, Refused not_yours."""
    if already(once):
        return
    row = claim(case_id, version, actor, "lift_conflict", once, of_closed=True)
    numbers = facts.group(row)
    standing = {one.id: one for one in facts.standing_conflicts(numbers)}
    if conflict_id not in standing:
        raise NotFound
    work.check_lift(standing[conflict_id], actor)
    mark = vault_db.session.scalars(select(ConflictRow).where(ConflictRow.public_id == conflict_id)).one()
    mark.lifted_by, mark.lifted_at = actor.id, clock.now()
