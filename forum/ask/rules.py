"""Small decisions of the answer; pure."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forum.ask.types import Situation
from forum.directory.types import Match
from forum.doors.types import OfferedDoor
from forum.search.types import Hit

# Worries in which a person who answers comes before anything to read.
DOOR_FIRST = frozenset(
    {"danger_now", "despair", "dv", "poison", "injury", "illness", "child", "child_safety"}
)


def door_first(themes: Sequence[str]) -> bool:
    """True if the human door stands before experience and services."""
    return any(theme in DOOR_FIRST for theme in themes)


def fitting(matches: Sequence[Match], door_first: bool) -> list[Match]:
    """The services to show: before a door that comes first, only what answers the writer's own words."""
    return [m for m in matches if m.evidence or not door_first]


SITUATION_WEIGHT = 0.7  # beside the words, of which the best hit's score is the measure


def alike(hits: Sequence[Hit], own: Situation, others: Mapping[str, Situation]) -> list[Hit]:
    """Hits in a new order: those of the same board and of children of like age move up.

    A year makes a difference early and little later, so ages are compared on a logarithmic scale.
    """

    def score(hit: Hit) -> float:
        return hit.score * (1 + SITUATION_WEIGHT * _likeness(own, others.get(hit.id, Situation(None, None))))

    return sorted(hits, key=lambda hit: (-score(hit), hit.id))


def _likeness(one: Situation, other: Situation) -> float:
    """0 to 1: half for the board, half for the age."""
    board = 0.5 if one.board is not None and one.board == other.board else 0.0
    if one.child_age_months is None or other.child_age_months is None:
        return board
    ages = (max(0, one.child_age_months) + 12, max(0, other.child_age_months) + 12)
    return board + 0.5 * max(0.0, 1 - abs(math.log2(ages[0] / ages[1])))


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
