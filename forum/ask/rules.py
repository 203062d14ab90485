"""Small decisions of the answer; pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from forum.directory.types import Match
from forum.doors.types import OfferedDoor

# Worries in which a person who answers comes before anything to read.
DOOR_FIRST = frozenset({"danger_now", "despair", "dv", "poison", "injury", "child", "child_safety"})


def door_first(themes: Sequence[str]) -> bool:
    """True if the human door stands before experience and services."""
    return any(theme in DOOR_FIRST for theme in themes)


def understood(matches: Sequence[Match]) -> tuple[str, ...]:
    """What was read in the worry, in the plain words of the categories found."""
    return tuple(dict.fromkeys(m.category.label for m in matches))


@dataclass(frozen=True)
class DoorGroup:
    """A heading of the page of doors, with those who stand under it."""

    id: str
    doors: tuple[OfferedDoor, ...]


def door_groups(offered: Sequence[OfferedDoor]) -> tuple[DoorGroup, ...]:
    """Who listens to an ordinary worry; who is there for something of its own; who comes in danger."""
    urgent = tuple(o for o in offered if o.door.emergency or o.door.themes[0] == "child_safety")
    ordinary = tuple(o for o in offered if o not in urgent and "parenting" in o.door.themes)
    special = tuple(o for o in offered if o not in urgent and o not in ordinary)
    return DoorGroup("ordinary", ordinary), DoorGroup("special", special), DoorGroup("urgent", urgent)


def open_now(offered: Sequence[OfferedDoor]) -> int:
    """How many doors for an ordinary worry are open."""
    return sum(1 for one in door_groups(offered)[0].doors if one.state == "open")
