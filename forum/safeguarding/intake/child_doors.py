"""Doors for a child at this moment: who comes at once, who listens, who can be written to."""

from dataclasses import dataclass

from forum import clock
from forum.city.current import current
from forum.clock import local
from forum.doors import choice
from forum.doors.rules import shown
from forum.doors.types import OfferedDoor
from forum.safeguarding.intake import door_bar

SHOWN = 3
WRITTEN = frozenset({"chat", "mail"})


@dataclass(frozen=True)
class ChildDoors:
    """`now`: in danger. `talk`: people who listen to children, open ones first. `write`: without a voice."""

    now: tuple[OfferedDoor, ...]
    talk: tuple[OfferedDoor, ...]
    write: tuple[OfferedDoor, ...]


def doors() -> ChildDoors:
    """Confirmed doors alone, with their state at this very moment; never none at night where one is open."""
    at = clock.now()
    urgent = door_bar.bar()
    known = {one.door.id for one in urgent}
    answer = choice.choose(current().doors, ("child",), at)
    listening = [one for one in (answer.first, *answer.others) if one.door.id not in known]
    everyone = [choice.offer(shown(door, local(at).date()), at) for door in current().doors]
    written = [one for one in everyone if one.door.url and WRITTEN & set(one.door.channel)]
    return ChildDoors(
        urgent,
        _open_first([one for one in listening if one.door.number]),
        _open_first([one for one in written if {"child", "everyone"} & set(one.door.for_whom)]),
    )


def _open_first(offered: list[OfferedDoor]) -> tuple[OfferedDoor, ...]:
    ready = [one for one in offered if one.door.confirmed]
    return tuple(sorted(ready, key=lambda one: one.state != "open")[:SHOWN])
