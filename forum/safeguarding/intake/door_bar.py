"""The telephone numbers above every box, and when somebody reads: both for this very moment."""

from dataclasses import dataclass
from datetime import datetime

from forum import clock
from forum.city.current import current
from forum.doors import choice
from forum.doors.rules import shown
from forum.doors.types import OfferedDoor
from forum.safeguarding import policy
from forum.safeguarding.intake import rules

DANGER, CONCERN = "danger_now", "child_safety"
FOR_PARENTS = ("parenting",)
PARENT_DOORS = 4


@dataclass(frozen=True)
class Look:
    """Who reads, and when next. `now`: within the hours."""

    reads: str
    now: bool
    words: str


def bar() -> tuple[OfferedDoor, ...]:
    """Confirmed doors that take calls in danger or about a concern; the urgent ones first."""
    at = clock.now()
    offered = [choice.offer(shown(door, clock.local(at).date()), at) for door in current().doors]
    ready = [one for one in offered if one.door.confirmed and one.door.number]
    chosen = [one for one in ready if one.door.themes[0] in (DANGER, CONCERN)]
    return tuple(sorted(chosen, key=lambda one: one.door.themes[0] != DANGER))


def for_parents() -> tuple[OfferedDoor, ...]:
    """Where a parent who is worried about themselves may speak, those open now first."""
    answer = choice.choose(current().doors, FOR_PARENTS, clock.now())
    found = [answer.first, *answer.others, *([answer.face_to_face] if answer.face_to_face else [])]
    ready = [one for one in found if one.door.confirmed]
    return tuple(sorted(ready, key=lambda one: one.state != "open")[:PARENT_DOORS])


def look(at: datetime | None = None) -> Look:
    """Who reads what arrives now, and when that person next looks."""
    moment, chosen = at or clock.now(), policy.current()
    return Look(chosen.reads, chosen.reads_now(moment), rules.look_words(chosen.next_look(moment), moment))
