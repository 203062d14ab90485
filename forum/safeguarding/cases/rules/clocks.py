"""When the clock of a case ends, and when it runs again. Pure.

Every doubt is decided for the child: a sighting of one never speaks for another, an earlier limit is
never moved back, the weaker of two ends stands, and what comes new is always looked at again.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from forum.errors import Refused
from forum.safeguarding.cases.types import Clock, Decision, SeenChild
from forum.safeguarding.cases.words import IN_PERSON, SIGHTINGS, VERDICTS

# All cases are gone through at least every three months; "not found" may not wait for longer.
LOOK_AGAIN_WITHIN = timedelta(days=92)


def unseen(children: Iterable[SeenChild], since: datetime) -> tuple[str, ...]:
    """The children whom nobody saw in person since the latest cause (a report, an event)."""
    return tuple(one.id for one in children if one.last_seen_at is None or one.last_seen_at < since)


def check_sighting(kind: str, seen_at: datetime, now: datetime, *, who: str, where: str, how: str) -> None:
    """Refuse what is no record: unknown_value, future, needs_where, needs_how, needs_who."""
    if kind not in SIGHTINGS:
        raise Refused("unknown_value")
    if seen_at > now:
        raise Refused("future")
    if not who.strip():
        raise Refused("needs_who")
    if kind == IN_PERSON and not where.strip():
        raise Refused("needs_where")
    if not how.strip():
        raise Refused("needs_how")


def check_all_seen(clock: Clock, children: Iterable[SeenChild], since: datetime, all_known: bool) -> None:
    """Refuse the end "seen": ended, no_child, unseen (`children` their ids), not_all."""
    if clock.end == "seen":
        raise Refused("ended")
    known = tuple(children)
    if not known:
        raise Refused("no_child")
    left = unseen(known, since)
    if left:
        raise Refused("unseen", children=left)
    if not all_known:
        raise Refused("not_all")


def check_accepted(
    clock: Clock, at: datetime, now: datetime, *, name: str, office: str, how: str, since: datetime
) -> None:
    """Refuse the end "accepted": ended, needs_receiver, needs_how, future, before_cause."""
    if clock.end in ("seen", "accepted"):
        raise Refused("ended")
    if not name.strip() or not office.strip():
        raise Refused("needs_receiver")
    if not how.strip():
        raise Refused("needs_how")
    if at > now:
        raise Refused("future")
    if at < since:
        raise Refused("before_cause")


def check_unconfirmed(
    clock: Clock,
    verdict: str,
    decision: Decision,
    today: date,
    *,
    reason: str,
    tried: str,
    look_again_on: date,
) -> None:
    """Refuse the end "unconfirmed": ended, unknown_value, needs_meeting, needs_reason, needs_tried,
    look_again (too soon or too far).

    A supervisor alone is not enough: a child whom nobody saw is decided on by several people.
    """
    if clock.end in ("seen", "accepted"):
        raise Refused("ended")
    if verdict not in VERDICTS:
        raise Refused("unknown_value")
    if decision.authority != "meeting" or not decision.reference:
        raise Refused("needs_meeting")
    if not reason.strip():
        raise Refused("needs_reason")
    if not tried.strip():
        raise Refused("needs_tried")
    if not today < look_again_on <= today + LOOK_AGAIN_WITHIN:
        raise Refused("look_again", days=LOOK_AGAIN_WITHIN.days)


def is_late(clock: Clock, at: datetime) -> bool:
    """True for what happened after the limit."""
    return at > clock.due_at


def restarted(clock: Clock, now: datetime, due_at: datetime) -> Clock:
    """The clock after something new came. A running one keeps its limit, if that is earlier."""
    if clock.running:
        return Clock(clock.started_at, min(clock.due_at, due_at))
    return Clock(now, due_at)


def with_new_child(clock: Clock, due_at: datetime) -> Clock:
    """The clock after a further child became known: who was seen stays seen, the new one must be."""
    return clock if clock.running else Clock(clock.started_at, due_at)


def merged_clock(into: Clock, other: Clock) -> Clock:
    """The clock of two cases together: the earliest running one, else the weaker end."""
    running = [one for one in (into, other) if one.running]
    if running:
        return Clock(min(one.started_at for one in running), min(one.due_at for one in running))
    if "unconfirmed" in (into.end, other.end):
        open_ends = [one for one in (into, other) if one.end == "unconfirmed"]
        return min(open_ends, key=lambda one: one.look_again_on or date.max)
    return other if other.end == "accepted" and into.end == "seen" else into


def unmerged_clock(present: Clock, before: Clock, other: Clock) -> Clock:
    """The clock of a case after another was taken out of it again.

    What it was before, if nothing happened to it since; what happened since stays.
    """
    return before if present == merged_clock(before, other) else present
