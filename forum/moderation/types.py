"""What waits for a person, what was decided, and what its writer is told."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from forum.board.types import Subject

SYSTEM = 0  # the "person" of decisions that a fixed rule took until somebody looks


class Why(StrEnum):
    """Why a text waits; one text may wait for several reasons."""

    HELD = "held"  # not public until a person has looked
    SIGN = "sign"  # signs of danger at level 2 or above
    CARD = "card"  # says what a danger card contradicts
    INSTITUTION = "institution"  # complains about a named institution
    FIRST = "first"  # the first text of a hand
    WATCHED = "watched"  # a word that the city watches
    FLAG = "flag"  # somebody told us
    APPEAL = "appeal"  # its writer asks a second person
    NAMED = "named"  # somebody is named in it and asks us


class FlagReason(StrEnum):
    """What somebody tells us about a text."""

    IDENTIFIES = "identifies"
    MEDICAL = "medical"
    HURTS = "hurts"
    CHILD = "child"
    ADVERTISING = "advertising"


class Tone(StrEnum):
    """The two doors of a flag: 「心配です」 and 「困った投稿です」."""

    WORRY = "worry"
    TROUBLE = "trouble"


class Action(StrEnum):
    """What a person may decide."""

    PUBLISH = "publish"
    HIDE = "hide"
    RESTORE = "restore"
    ASK = "ask"
    MASK = "mask"
    MOVE = "move"
    LOCK = "lock"
    UNLOCK = "unlock"
    CARD = "card"
    REMOVE = "remove"
    REFER = "refer"
    AUTO_HIDE = "auto_hide"
    CLOSED = "closed"  # the writer withdrew it first: nothing is left to decide


class Reason(StrEnum):
    """The coded reason of a decision."""

    FINE = "fine"
    IDENTIFIES = "identifies"
    NAMES_OTHERS = "names_others"
    INSTITUTION = "institution"
    MEDICAL = "medical"
    HURTS = "hurts"
    METHOD = "method"
    ADVERTISING = "advertising"
    WRONG_PLACE = "wrong_place"
    CHILD_WROTE = "child_wrote"
    CALM = "calm"
    LIFE = "life"
    CHILD_SAFETY = "child_safety"
    NIGHT = "night"
    MISTAKE = "mistake"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class Item:
    """A text that waits. `version` moves with every change, so that nobody decides over another's head.

    level: 0 to 3. suggested: the place in the queue comes from level, then age. waits_for: staff id of the
    first of two people; barred: staff id of whoever decided before, for an appeal.
    """

    id: str
    thread_id: str
    post_id: str | None
    level: int
    why: tuple[Why, ...]
    since: datetime
    version: int
    claimed_by: int | None
    claimed_until: datetime | None
    opened_at: datetime | None
    proposed: "Proposed | None"
    barred: int | None
    closed_at: datetime | None
    flags: int = 0

    @property
    def heavy(self) -> bool:
        """True for what weighs on whoever reads it."""
        return self.level >= 2

    def taken(self, at: datetime) -> int | None:
        """Staff id of whoever is at it now."""
        if self.claimed_until is not None and self.claimed_until > at:
            return self.claimed_by
        return None


@dataclass(frozen=True)
class Proposed:
    """An act that needs a second person."""

    action: Action
    reason: Reason
    by: int
    by_name: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A line of the log of decisions. Staff ids only; SYSTEM for a fixed rule."""

    id: str
    item_id: str
    thread_id: str
    post_id: str | None
    action: Action
    reason: Reason
    at: datetime
    staff_id: int
    second_id: int | None
    after_appeal: bool


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A decision as its writer reads it. `fixed`: a version to repost, perhaps empty.

    may_appeal: no second person was asked yet. appealed: one was, and has not decided.
    """

    decision: Decision
    message: str
    fixed: str
    may_appeal: bool
    appealed: bool
    reposted: bool


@dataclass(frozen=True)
class Match:
    """Words of a text that a rule fired on, with its explanation. Characters of the text as stored."""

    rule: str
    category: str
    level: int
    words: str
    start: int
    end: int
    explanation: str


@dataclass(frozen=True)
class Waiting:
    """When a text will be read. `watched_now`: somebody reads at this moment; None: nobody on the roster."""

    next_reading: datetime | None
    watched_now: bool


@dataclass(frozen=True, kw_only=True)
class Opened:
    """An item with its text, after the audit line: for this answer alone."""

    item: Item
    subject: Subject
    context: tuple[Subject, ...]
    matches: tuple[Match, ...]
    flags: tuple["FlagLine", ...]
    decisions: tuple[Decision, ...]
    appeal: str


@dataclass(frozen=True)
class FlagLine:
    """What somebody told us, without who."""

    tone: Tone
    reason: FlagReason
    at: datetime


@dataclass(frozen=True)
class Load:
    """What one person read today; for the one who leads."""

    staff_id: int
    name: str
    heavy: int
    light: int


class Outcome(StrEnum):
    """How what a named person asked was settled."""

    REMOVED = "removed"
    MASKED = "masked"
    KEPT = "kept"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What a named person asks. The words are empty where they are not shown, or were forgotten."""

    id: str
    name: str
    place: str
    what: str
    why: str
    thread_id: str | None
    at: datetime
    due_at: datetime
    settled_at: datetime | None
    outcome: Outcome | None
