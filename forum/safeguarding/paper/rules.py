"""When what a child wrote may leave the desk: two people, each by name, for one paper, once. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from forum.errors import Refused
from forum.safeguarding.paper.types import Approval

STANDS_FOR = timedelta(hours=24)
REASON_MOST = 300  # characters


def waits(one: Approval, now: datetime) -> bool:
    """True while a second person may still answer."""
    return one.answered_at is None and now - one.asked_at < STANDS_FOR


def check_ask(reason: str, standing: Iterable[Approval], staff_id: int, kind: str, now: datetime) -> None:
    """Refuse a request: needs_reason, too_long, asked_already."""
    if not reason.strip():
        raise Refused("needs_reason")
    if len(reason) > REASON_MOST:
        raise Refused("too_long", limit=REASON_MOST, length=len(reason))
    if any(waits(one, now) and (one.asked_by, one.kind) == (staff_id, kind) for one in standing):
        raise Refused("asked_already")


def check_answer(one: Approval, staff_id: int, now: datetime) -> None:
    """Refuse an answer: oneself (nobody agrees with themselves), over."""
    if one.asked_by == staff_id:
        raise Refused("oneself")
    if not waits(one, now):
        raise Refused("over")


def usable(standing: Iterable[Approval], staff_id: int, kind: str, now: datetime) -> Approval | None:
    """The agreement with which somebody may print this paper with what a child wrote."""
    for one in standing:
        fresh = one.answered_at is not None and now - one.answered_at < STANDS_FOR
        if one.agreed and fresh and one.used_at is None and (one.asked_by, one.kind) == (staff_id, kind):
            return one
    return None
