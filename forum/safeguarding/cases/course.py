"""The course of a case: the two other ends of its clock, merging and parting, closing and reopening."""

from datetime import date, datetime

from sqlalchemy import select

from forum import clock
from forum.errors import NotFound, Refused
from forum.safeguarding.cases import facts
from forum.safeguarding.cases.changes import already, claim, new_row, note, restart, step, visible_row
from forum.safeguarding.cases.models import MergeRow
from forum.safeguarding.cases.record import open_again
from forum.safeguarding.cases.rules import clocks, keeping, work
from forum.safeguarding.cases.types import Actor, Clock, Decision
from forum.safeguarding.policy import Policy
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.models import CaseRow
from forum.sealing.envelope import DeskKey


def accepted_elsewhere(
    case_id: str,
    version: int,
    actor: Actor,
    *,
    desk: DeskKey,
    once: str,
    name: str,
    office: str,
    at: datetime,
    how: str,
) -> None:
    """End the clock: a named person of another office accepted the case, and how they said so.

    Raises NotFound, Refused of `claim` and of `clocks.check_accepted`.
    """
    if already(once):
        return
    row = claim(case_id, version, actor, "clock_accepted", once)
    before, moment = facts.clock_of(row), clock.now()
    since = facts.cause(list(facts.group(row)), row.opened_at)
    clocks.check_accepted(before, at, moment, name=name, office=office, how=how, since=since)
    words = {"name": name.strip(), "office": office.strip(), "at": at.isoformat(), "how": how.strip()}
    step(row, "accepted", actor, desk, words, late=clocks.is_late(before, at))
    facts.put_clock(row, Clock(before.started_at, before.due_at, moment, "accepted"))


def unconfirmed(
    case_id: str,
    version: int,
    actor: Actor,
    *,
    desk: DeskKey,
    once: str,
    verdict: str,
    decision: Decision,
    reason: str,
    tried: str,
    look_again_on: date,
) -> None:
    """End the clock as a meeting decided: 確認できず or 対象外, until the day to look again.

    Raises NotFound, Refused of `claim` and of `clocks.check_unconfirmed`.
    """
    if already(once):
        return
    row = claim(case_id, version, actor, "clock_unconfirmed", once)
    before, moment = facts.clock_of(row), clock.now()
    clocks.check_unconfirmed(
        before, verdict, decision, clock.today(), reason=reason, tried=tried, look_again_on=look_again_on
    )
    words = {
        "verdict": verdict,
        "meeting": decision.reference,
        "reason": reason.strip(),
        "tried": tried.strip(),
        "look_again_on": look_again_on.isoformat(),
    }
    step(row, "unconfirmed", actor, desk, words, late=clocks.is_late(before, moment))
    after = Clock(before.started_at, before.due_at, moment, "unconfirmed", look_again_on)
    facts.put_clock(row, after)


def close(
    case_id: str,
    version: int,
    actor: Actor,
    *,
    desk: DeskKey,
    once: str,
    decision: Decision,
    outcome: str,
    reason: str,
) -> None:
    """Close a case whose clock ended, by decision and with a reason. Raises Refused of `work.check_close`."""
    if already(once):
        return
    row = claim(case_id, version, actor, "close", once)
    numbers = list(facts.group(row))
    work.check_close(
        facts.clock_of(row),
        decision,
        outcome,
        reason,
        actor,
        tasks=facts.open_tasks(numbers),
        offered=facts.waiting_offer(row.id) is not None,
        unread=facts.has_unread(numbers),
    )
    words = {
        "authority": decision.authority,
        "reference": decision.reference,
        "outcome": outcome,
        "reason": reason.strip(),
    }
    step(row, "closed", actor, desk, words)
    row.status, row.closed_at = "closed", clock.now()
    row.record_class = keeping.record_class(outcome)
    row.look_again_on = None  # whoever closed it decided that nobody looks again; reopening asks anew


def reopen(
    case_id: str, version: int, actor: Actor, *, desk: DeskKey, policy: Policy, once: str, reason: str
) -> None:
    """Open a closed case again; its clock runs. Raises Refused of `claim`, not_closed, needs_reason."""
    if already(once):
        return
    if not reason.strip():
        raise Refused("needs_reason")
    row = claim(case_id, version, actor, "reopen", once, of_closed=True)
    if row.status != "closed":
        raise Refused("not_closed")
    open_again(row)
    moment = clock.now()
    due = policy.due_at(moment, row.groups.split(), row.urgent)
    after = clocks.restarted(facts.clock_of(row), moment, due)
    restart(row, actor, desk, once, after, {"reason": reason.strip()}, "reopened")


def merge(
    case_id: str,
    version: int,
    actor: Actor,
    *,
    desk: DeskKey,
    once: str,
    other_id: str,
    other_version: int,
    reason: str,
) -> None:
    """Put another case into this one; reports keep their own arrival, the earliest running clock stands.

    A new report in a closed case opens it again. Raises NotFound, Refused of `claim` (for either case),
    `work.check_merge`, unread (nobody has opened one of them yet).
    """
    if already(once):
        return
    seen = {one: visible_row(one, actor) for one in {case_id, other_id}}
    work.check_merge(
        {one: row.status for one, row in seen.items()},
        {one: frozenset(row.groups.split()) for one, row in seen.items()},
        reason,
        actor,
    )
    if any(row.first_read_at is None for row in seen.values()):
        raise Refused("unread")
    row = claim(case_id, version, actor, "merge", once, of_closed=True)
    other = claim(other_id, other_version, actor, "merge", f"{once}:other", of_closed=True)
    if facts.waiting_offer(other.id) is not None:
        raise Refused("offer_waiting")
    _keep_what_was(row, other, actor, desk, reason)
    facts.put_clock(row, clocks.merged_clock(facts.clock_of(row), facts.clock_of(other)))
    row.groups = " ".join(dict.fromkeys([*row.groups.split(), *other.groups.split()]))
    row.urgent = row.urgent or other.urgent
    if row.status == "closed" and other.status != "closed":
        open_again(row)
        note(row, actor, "reopen", f"{once}:reopen")
    other.status, other.merged_into_id = "merged", row.id


def _keep_what_was(row: CaseRow, other: CaseRow, actor: Actor, desk: DeskKey, reason: str) -> None:
    before = facts.clock_of(row)
    new_row(
        MergeRow,
        "merge",
        other,
        desk,
        {"reason": reason.strip()},
        into_id=row.id,
        at=clock.now(),
        staff_id=actor.id,
        status_before=other.status,
        groups_before=row.groups,
        urgent_before=row.urgent,
        started_at=before.started_at,
        due_at=before.due_at,
        ended_at=before.ended_at,
        end=before.end,
        look_again_on=before.look_again_on,
    )


def unmerge(case_id: str, version: int, actor: Actor, merge_id: str, *, once: str) -> None:
    """Take a case out of this one again: it has its own reports and its own clock as before.

    What happened to this case since stays with it. Raises NotFound, Refused of `claim`, undone.
    """
    if already(once):
        return
    row = claim(case_id, version, actor, "unmerge", once, of_closed=True)
    kept = vault_db.session.scalar(
        select(MergeRow).where(MergeRow.public_id == merge_id, MergeRow.into_id == row.id)
    )
    if kept is None:
        raise NotFound
    if kept.undone_at is not None:
        raise Refused("undone")
    other = vault_db.session.get_one(CaseRow, kept.case_id)
    before = Clock(kept.started_at, kept.due_at, kept.ended_at, kept.end, kept.look_again_on)  # type: ignore[arg-type]
    facts.put_clock(row, clocks.unmerged_clock(facts.clock_of(row), before, facts.clock_of(other)))
    # Urgency only rises: what raised it since the merge still stands.
    row.groups, row.urgent = kept.groups_before, row.urgent or kept.urgent_before
    kept.undone_at, kept.undone_by = clock.now(), actor.id
    other.status, other.merged_into_id = kept.status_before, None
    other.version += 1
    note(other, actor, "unmerge", f"{once}:other")
