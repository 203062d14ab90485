"""What the answer is made of."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from forum.board.types import Kind, ThreadLine
from forum.directory.types import Match
from forum.doors.types import DoorAnswer
from forum.search.passages import Segment

T = TypeVar("T")


@dataclass(frozen=True)
class Worry:
    """What the answer goes by. `thread_id` names the thread itself, which is no answer to itself."""

    text: str
    title: str = ""
    board: str | None = None
    child_age_months: int | None = None
    district: str | None = None
    thread_id: str | None = None


@dataclass(frozen=True)
class Situation:
    """Where a thread stands besides its words: board and child's age in months, each perhaps unknown."""

    board: str | None
    child_age_months: int | None


@dataclass(frozen=True)
class Experience:
    """A past thread that fits, with the passage that shows why, and the kind of reply it stands in."""

    thread: ThreadLine
    passage: tuple[Segment, ...]
    kind: Kind | None


@dataclass(frozen=True)
class Layer(Generic[T]):
    """One layer of the answer: what it found, or that it could not look just now."""

    found: tuple[T, ...] = ()
    failed: bool = False


@dataclass(frozen=True)
class Answer:
    """The three layers: past experience, services of the city, the human door."""

    experiences: Layer[Experience]
    services: Layer[Match]
    door: DoorAnswer | None
    door_first: bool  # help stands before everything else
    lead: str = ""  # who is led to the letterbox above everything: see leads.lead_of

    @property
    def fits_nothing(self) -> bool:
        """True if neither a past thread nor the writer's own words led to anything."""
        return not self.experiences.found and not any(match.evidence for match in self.services.found)
