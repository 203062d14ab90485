"""Who sees a case, who holds it, what may be written, merged and closed. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from forum.errors import Refused
from forum.safeguarding.cases.types import Actor, Clock, Conflict, Decision, Offer
from forum.safeguarding.cases.words import DISCLOSURE, ENTRIES, OUTCOMES

BURST = 1  # the rank that the letterbox gives: several came before it from one source within minutes
NEAR = timedelta(hours=24)
TEXT_MOST, LINE_MOST = 5_000, 300  # characters of a box and of a line


def may_see(case_groups: Iterable[str], groups: frozenset[str], conflicted: bool) -> bool:
    """A case is there for those who receive its kind and do not know the people in it."""
    return not conflicted and not groups.isdisjoint(case_groups)


def stands_behind(*, read: bool, urgent: bool, left: timedelta | None) -> bool:
    """True for an unread report that came in a burst from one source, until its limit comes near.

    `left`: until the clock's limit, None if it does not run. Nothing is blocked: a school shares one
    address, and a burst may be ten worried neighbours.
    """
    return not read and not urgent and left is not None and left > NEAR


def check_take(holder_id: int | None, offer: Offer | None, actor: Actor) -> None:
    """Refuse to take a case: held, offered (to somebody else, who has not answered)."""
    if holder_id == actor.id:
        raise Refused("held_by_you")
    if holder_id is not None:
        raise Refused("held", holder=holder_id)
    if offer is not None and offer.to_id != actor.id:
        raise Refused("offered", to=offer.to_id)


def check_release(holder_id: int | None, clock: Clock, actor: Actor) -> None:
    """Refuse to let go of a case: not_yours; clock_running (then it is handed over, not dropped)."""
    if holder_id is None or (holder_id != actor.id and not actor.supervisor):
        raise Refused("not_yours")
    if clock.running and not actor.supervisor:
        raise Refused("clock_running")


def check_offer(
    holder_id: int | None, to_id: int, offer: Offer | None, conflicted: frozenset[int], actor: Actor
) -> None:
    """Refuse a handover: not_yours, same_person, offer_waiting, conflict."""
    if holder_id != actor.id and not actor.supervisor:
        raise Refused("not_yours")
    if to_id == holder_id:
        raise Refused("same_person")
    if offer is not None:
        raise Refused("offer_waiting")
    if to_id in conflicted:
        raise Refused("conflict")


def check_conflict(staff_id: int, reason: str, standing: Iterable[Conflict], actor: Actor) -> None:
    """Refuse a mark: not_yours (only supervisors mark others), marked_already, needs_reason."""
    if staff_id != actor.id and not actor.supervisor:
        raise Refused("not_yours")
    if any(one.staff_id == staff_id for one in standing):
        raise Refused("marked_already")
    if staff_id != actor.id and not reason.strip():
        raise Refused("needs_reason")


def check_lift(conflict: Conflict, actor: Actor) -> None:
    """Refuse to take a mark away: not_yours. Only a supervisor does, and never their own."""
    if not actor.supervisor or conflict.staff_id == actor.id:
        raise Refused("not_yours")


def check_entry(kind: str, disclosure: str, text: str, said_by: str, at: datetime, now: datetime) -> None:
    """Refuse a line of the chronology: unknown_value, empty, too_long, needs_who, future."""
    if kind not in ENTRIES or disclosure not in DISCLOSURE:
        raise Refused("unknown_value")
    if not text.strip():
        raise Refused("empty")
    if len(text) > TEXT_MOST:
        raise Refused("too_long", limit=TEXT_MOST, length=len(text))
    if kind == "statement" and not said_by.strip():
        raise Refused("needs_who")
    if at > now:
        raise Refused("future")


def check_open(status: str) -> None:
    """Refuse work on a case that is not open: closed (reopen it first), merged."""
    if status in ("closed", "merged"):
        raise Refused(status)


def check_merge(
    statuses: Mapping[str, str], groups: Mapping[str, frozenset[str]], reason: str, actor: Actor
) -> None:
    """Refuse to put one case into another: same_case, merged, needs_reason, other_groups.

    Cases of different recipients come before more eyes when merged: a supervisor does that.
    """
    if len(statuses) != 2:
        raise Refused("same_case")
    if "merged" in statuses.values():
        raise Refused("merged")
    if not reason.strip():
        raise Refused("needs_reason")
    if len(set(groups.values())) > 1 and not actor.supervisor:
        raise Refused("other_groups")


def check_close(
    clock: Clock,
    decision: Decision,
    outcome: str,
    reason: str,
    actor: Actor,
    *,
    tasks: int,
    offered: bool,
    unread: bool,
) -> None:
    """Refuse to close: clock_running, unknown_value, needs_reason, needs_decision, needs_meeting, waits.

    Where no child was seen, only a meeting may close.
    """
    if clock.running:
        raise Refused("clock_running")
    if outcome not in OUTCOMES:
        raise Refused("unknown_value")
    if not reason.strip():
        raise Refused("needs_reason")
    if not decision.reference or (decision.authority == "supervisor" and not actor.supervisor):
        raise Refused("needs_decision")
    if clock.end == "unconfirmed" and decision.authority != "meeting":
        raise Refused("needs_meeting")
    if tasks or offered or unread:
        raise Refused("waits", tasks=tasks, offered=offered, unread=unread)
