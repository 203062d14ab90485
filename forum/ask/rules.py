"""Small decisions of the answer; pure."""

from collections.abc import Sequence

from forum.directory.types import Match

# Worries in which a person who answers comes before anything to read.
DOOR_FIRST = frozenset({"danger_now", "despair", "dv", "poison", "injury", "child", "child_safety"})


def door_first(themes: Sequence[str]) -> bool:
    """True if the human door stands before experience and services."""
    return any(theme in DOOR_FIRST for theme in themes)


def understood(matches: Sequence[Match]) -> tuple[str, ...]:
    """What was read in the worry, in the plain words of the categories found."""
    return tuple(dict.fromkeys(m.category.label for m in matches))
