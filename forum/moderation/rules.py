"""What waits for a person, in which order, and what each may decide; pure."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta

from forum.board.types import Subject, Visibility
from forum.clock import TOKYO
from forum.errors import Refused
from forum.moderation.types import Action, FlagReason, Item, Proposed, Reason, Why

URGENT = 3
SIGN_FROM = 2
ALARM_EVERY = timedelta(hours=1)
PAUSE = timedelta(minutes=10)  # so long without opening anything counts as a break

# Two people decide what cannot be undone, or leaves the house.
TWO = frozenset({Action.REMOVE, Action.REFER})
# These change something and leave the text waiting.
STEPS = frozenset({Action.MASK, Action.MOVE, Action.LOCK, Action.UNLOCK, Action.CARD})
WORRIED = (Reason.LIFE, Reason.CHILD_SAFETY)
_FAULTS = (
    Reason.IDENTIFIES, Reason.NAMES_OTHERS, Reason.INSTITUTION, Reason.MEDICAL, Reason.HURTS, Reason.METHOD,
    Reason.ADVERTISING, Reason.CHILD_WROTE,
)  # fmt: skip
REASONS: dict[Action, tuple[Reason, ...]] = {
    Action.PUBLISH: (Reason.FINE,),
    Action.HIDE: _FAULTS,
    Action.RESTORE: (Reason.FINE, Reason.MISTAKE),
    Action.ASK: _FAULTS,
    Action.MASK: (Reason.IDENTIFIES, Reason.NAMES_OTHERS, Reason.INSTITUTION, Reason.METHOD),
    Action.MOVE: (Reason.WRONG_PLACE,),
    Action.LOCK: (Reason.CALM, Reason.CHILD_WROTE),
    Action.UNLOCK: (Reason.CALM, Reason.MISTAKE),
    Action.CARD: (Reason.MEDICAL,),
    Action.REMOVE: _FAULTS,
    Action.REFER: WORRIED,
    Action.CLOSED: (Reason.WITHDRAWN,),
}
_FLAG_LEVELS = {FlagReason.CHILD: 2, FlagReason.IDENTIFIES: 1, FlagReason.MEDICAL: 1}
_INSTITUTION_RULE = "institution"


def why_waits(
    subject: Subject, watched: bool, flags: Collection[FlagReason], looked: bool
) -> tuple[Why, ...]:
    """Why a person should look at a text; empty when nobody need.

    watched: a word of the city stands in it. looked: a person has decided since its writer last touched it;
    then only what was told since counts.
    """
    if is_gone(subject):
        return ()
    found = subject.found
    facts = {
        Why.HELD: subject.visibility is Visibility.HELD or subject.kept,
        Why.SIGN: found.level >= SIGN_FROM,
        Why.CARD: bool(found.cards),
        Why.INSTITUTION: any(rule.startswith(_INSTITUTION_RULE) for rule in found.rules),
        Why.FIRST: found.first,
        Why.WATCHED: watched,
    }
    own = () if looked else tuple(why for why, holds in facts.items() if holds)
    return (*own, *((Why.FLAG,) if flags else ()))


def is_gone(subject: Subject) -> bool:
    """True for a text that was withdrawn and is not kept for a decision."""
    return subject.visibility is Visibility.WITHDRAWN and not subject.kept


def level_of(subject: Subject, flags: Collection[FlagReason]) -> int:
    """How pressing a text is, 0 to 3: what was read in it, or what people told about it."""
    return max((subject.found.level, *(_FLAG_LEVELS.get(flag, 0) for flag in flags)))


def order(item: Item) -> tuple[int, datetime]:
    """The suggested place in the queue: the most pressing first, then the oldest."""
    return -item.level, item.since


def check_open(item: Item) -> None:
    """Raises Refused decided when somebody has decided already."""
    if item.closed_at is not None:
        raise Refused("decided")


def check_free(item: Item, staff_id: int, at: datetime) -> None:
    """Raises Refused taken while somebody else is at it."""
    check_open(item)
    if item.taken(at) not in (None, staff_id):
        raise Refused("taken")


def check_unchanged(item: Item, version: int) -> None:
    """Nobody decides on what somebody else has changed meanwhile. Raises Refused changed."""
    if item.version != version:
        raise Refused("changed")


def choices(subject: Subject, level: int) -> tuple[Action, ...]:
    """What may be decided about a text as it stands."""
    refer = (Action.REFER,) if level >= URGENT else ()
    if subject.visibility is Visibility.WITHDRAWN:
        return (Action.CLOSED, *refer)
    back = Action.RESTORE if subject.visibility is Visibility.HIDDEN else Action.PUBLISH
    lock = Action.UNLOCK if subject.locked else Action.LOCK
    rest = (Action.HIDE, Action.ASK, Action.MASK, Action.MOVE, lock, Action.CARD, Action.REMOVE)
    return (back, *rest, *refer)


def check_reason(action: Action, reason: Reason) -> None:
    """Raises Refused wrong_reason for a reason that does not lead to the act."""
    if reason not in REASONS.get(action, ()):
        raise Refused("wrong_reason")


def check_not_barred(item: Item, staff_id: int) -> None:
    """An appeal is decided by a second person. Raises Refused same_person."""
    if item.barred == staff_id:
        raise Refused("same_person")


def check_second(proposed: Proposed | None, staff_id: int) -> Proposed:
    """The act that waits for a second person. Raises Refused nothing_proposed, same_person."""
    if proposed is None:
        raise Refused("nothing_proposed")
    if proposed.by == staff_id:
        raise Refused("same_person")
    return proposed


def check_referral(level: int, reason: Reason) -> None:
    """A text goes to those who protect children only from level 3 on, for a life or a child's safety.

    A writer's 「だれにも渡さない」 stands against anything less. Raises Refused not_urgent, wrong_reason.
    """
    if level < URGENT:
        raise Refused("not_urgent")
    if reason not in WORRIED:
        raise Refused("wrong_reason")


def check_exposure(heavy_today: int, a_day: int, item: Item) -> None:
    """Nobody reads more heavy texts on a day than is good for them. Raises Refused enough.

    A life comes first: what is most urgent and nobody has opened yet is never refused.
    """
    unseen = item.level >= URGENT and item.opened_at is None
    if item.heavy and heavy_today >= a_day and not unseen:
        raise Refused("enough")


def break_due(in_a_row: int, after: int) -> bool:
    """True when somebody has read so many heavy texts without a pause that a break is due."""
    return in_a_row >= after


def hides_at_night(tellings: int, enough: int, night: bool, visibility: Visibility) -> bool:
    """True if so many different people told at night that nobody sees the text until a person looked."""
    return night and tellings >= enough and visibility is Visibility.PUBLIC


def alarm_due(last: datetime | None, at: datetime) -> bool:
    """True for an alarm that was never raised, or an hour ago."""
    return last is None or at - last >= ALARM_EVERY


def may_appeal(action: Action, appealed: bool, after_appeal: bool) -> bool:
    """True if the writer may ask a second person: once, and only where something was taken from them."""
    took = action in (Action.HIDE, Action.ASK, Action.MASK, Action.LOCK, Action.AUTO_HIDE)
    return took and not appealed and not after_appeal


def month_bounds(month: str) -> tuple[datetime, datetime]:
    """Beginning of a month (2026-10) and of the next, in Japan's time. Raises ValueError."""
    first = date.fromisoformat(f"{month}-01")
    following = (first + timedelta(days=32)).replace(day=1)
    begin, end = (datetime.combine(day, time(), TOKYO) for day in (first, following))
    return begin, end


def months_between(first: datetime, now: datetime) -> tuple[str, ...]:
    """The whole months from one moment to another, newest first, as 2026-10."""
    month = now.astimezone(TOKYO).date().replace(day=1)
    start = first.astimezone(TOKYO).date().replace(day=1)
    found = []
    while month > start:
        month = (month - timedelta(days=1)).replace(day=1)
        found.append(month.strftime("%Y-%m"))
    return tuple(found)


def published(numbers: Mapping[str, int], least: int) -> tuple[tuple[str, int | None], ...]:
    """Numbers for publishing, largest first; None hides one.

    Small ones are hidden, and as many of the next larger ones as it takes until what is hidden together is
    not small either: the total may stand beside them.
    """
    ordered = sorted((number, name) for name, number in numbers.items() if number)
    hidden: set[str] = set()
    together = 0
    for number, name in ordered:
        if number >= least and (not hidden or (together >= least and len(hidden) > 1)):
            break
        hidden.add(name)
        together += number
    return tuple((name, None if name in hidden else number) for number, name in reversed(ordered))


def shown(number: int, least: int) -> int | None:
    """A number that stands alone, for publishing; None hides a small one."""
    return None if 0 < number < least else number
