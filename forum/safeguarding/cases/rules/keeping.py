"""How long a case is kept, and who may erase it. Pure."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from forum.clock import local
from forum.errors import Refused
from forum.safeguarding.cases.types import Actor
from forum.safeguarding.cases.words import UNFOUNDED


def record_class(outcome: str) -> str:
    """The class by which a closed case is kept: shorter where nothing was found."""
    return "unfounded" if outcome == UNFOUNDED else "case"


def kept_until(closed_at: datetime, kept_class: str, retention: Mapping[str, int]) -> date:
    """The last day of keeping, in Tokyo. Raises KeyError for a class the city did not name."""
    return local(closed_at).date() + timedelta(days=retention[kept_class])


def check_hold(held: bool, wanted: bool, reason: str, actor: Actor) -> None:
    """Refuse to set or take away a legal hold: not_yours, needs_reason, no_change."""
    if not actor.supervisor:
        raise Refused("not_yours")
    if not reason.strip():
        raise Refused("needs_reason")
    if held == wanted:
        raise Refused("no_change")


def check_ask_deletion(
    status: str, held: bool, until: date | None, today: date, reason: str, waiting: bool
) -> None:
    """Refuse to ask: not_closed, on_hold, too_early (`until`), needs_reason, asked_already."""
    if status != "closed" or until is None:
        raise Refused("not_closed")
    if held:
        raise Refused("on_hold")
    if today <= until:
        raise Refused("too_early", until=until)
    if not reason.strip():
        raise Refused("needs_reason")
    if waiting:
        raise Refused("asked_already")


def check_approve_deletion(
    status: str, held: bool, until: date | None, today: date, asked_by: int, actor: Actor
) -> None:
    """Refuse to agree: not_yours (a supervisor, and another person), and all that refuses to ask."""
    if not actor.supervisor or actor.id == asked_by:
        raise Refused("second_person")
    check_ask_deletion(status, held, until, today, "stands in the request", waiting=False)
