"""Which door fits a worry, now or next. Pure: doors, themes and the moment are arguments.

The kinds of worry stand in an order: what cannot wait comes first, and a theme that is not in it
is an ordinary worry. For an ordinary one the people of the city stand first while they are there.
A door for concerns about a child is offered for that theme alone; those who come at once are first
only in danger, and for poison or an injury when nobody else answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from forum.clock import local
from forum.doors import rules
from forum.doors.types import Door, DoorAnswer, OfferedDoor

URGENT = tuple("danger_now poison child child_safety despair dv injury illness pregnancy postpartum".split())
VIOLENCE = frozenset({"dv", "child_safety"})
MEDICAL = frozenset({"poison", "injury", "illness"})
EMERGENCY_MAY_LEAD = frozenset({"danger_now", "poison", "injury"})
CONCERN = "child_safety"
ORDINARY = "parenting"
OTHERS = 3

OPEN = "いまつながります"
COUNTER_OPEN = "いま開いています"
UNCONFIRMED = "市に確認中"
WEEKDAYS = "月火水木金土日"


@dataclass(frozen=True)
class _Wanted:
    """What a worry looks for, best first, and whether a child is writing.

    hints: themes that only move a door up, because in danger nobody says everything.
    """

    themes: tuple[str, ...]
    child: bool
    hints: tuple[str, ...] = ()

    @property
    def urgent(self) -> bool:
        return self.themes[0] in URGENT

    @property
    def danger(self) -> bool:
        return self.themes[0] == "danger_now"

    def suits(self, door: Door) -> bool:
        """True if the door is for the writer; one for concerns only when that is the worry."""
        audience = {"everyone", "child" if self.child else "parent"}
        return bool(audience & set(door.for_whom)) and (door.themes[0] != CONCERN or CONCERN in self.themes)

    def met(self, door: Door) -> tuple[str, ...]:
        """The themes that the door answers. A line for children is not for a parent's own despair."""
        not_here = {"despair"} if door.themes[0] == "child" and not self.child else set()
        return tuple(theme for theme in self.themes if theme in door.themes and theme not in not_here)

    def listens(self, door: Door) -> bool:
        """True if one may bring this worry, like any other, to the door. Not a sick child: time is lost."""
        return ORDINARY in door.themes and self.themes[0] not in MEDICAL

    def rank(self, door: Door) -> tuple[object, ...]:
        """How well a door that meets a theme fits; lower is better."""
        best = self.themes.index(self.met(door)[0])
        hinted = -len(set(self.hints) & set(door.themes))
        guest = not self.urgent and not door.face_to_face
        return best, hinted, guest, door.themes[0] != self.themes[best]


def choose(doors: Sequence[Door], themes: Sequence[str], at: datetime) -> DoorAnswer:
    """The door for a worry with these themes (any order, unknown ones allowed) at an aware moment.

    First an open one that fits; if nobody answers, the next counter with its opening time (for
    illness and injury the first fitting door to open). Raises ValueError when there is no door.
    """
    if not doors:
        raise ValueError("a city needs at least one door")
    wanted = _wanted(themes)
    day = local(at).date()
    everyone = [rules.shown(door, day) for door in doors]
    suiting = [door for door in everyone if wanted.suits(door)]
    fitting = [offer(door, at) for door in suiting if wanted.met(door)]
    fitting.sort(key=lambda one: _order(one, wanted))
    counter = _counter(suiting, wanted, at) or _counter(everyone, wanted, at)
    first = _first(fitting, counter, wanted) or (fitting or [offer(everyone[0], at)])[0]
    listeners = [offer(door, at) for door in suiting if wanted.listens(door) and not wanted.met(door)]
    others = _others(first, counter, [*fitting, *(one for one in listeners if one.state == "open")])
    return DoorAnswer(first, others, counter)


def offers(doors: Sequence[Door], at: datetime) -> tuple[OfferedDoor, ...]:
    """All doors for a list: those for an ordinary worry first, what is open before what is not."""
    wanted = _wanted(())
    day = local(at).date()
    everyone = [offer(rules.shown(door, day), at) for door in doors]
    ordinary = [one for one in everyone if wanted.suits(one.door) and ORDINARY in one.door.themes]
    ordinary = [one for one in ordinary if one.door.confirmed]
    ordinary.sort(key=lambda one: _order(one, wanted))
    rest = [one for one in everyone if one not in ordinary]
    rest.sort(key=lambda one: not one.door.confirmed)
    return (*ordinary, *rest)


def next_change(doors: Sequence[Door], at: datetime) -> datetime | None:
    """The first moment after `at` at which any door opens or closes; words also change at midnight."""
    day = local(at).date()
    schedules = {door.hours for door in (rules.shown(one, day) for one in doors) if door.hours}
    changes = [change for schedule in schedules if (change := schedule.next_change(at))]
    return min(changes, default=None)


def offer(door: Door, at: datetime) -> OfferedDoor:
    """One door, already as shown, at a moment."""
    if not door.confirmed:
        return OfferedDoor(door, "unknown", None, UNCONFIRMED)
    if door.hours is None:
        return OfferedDoor(door, "unknown", None, "")
    if door.hours.is_open(at):
        return OfferedDoor(door, "open", None, COUNTER_OPEN if door.channel == ("counter",) else OPEN)
    opens_at = door.hours.next_opening(at)
    if opens_at is None:
        return OfferedDoor(door, "unknown", None, "")
    return OfferedDoor(door, "opens", opens_at, opening_words(opens_at, at))


def opening_words(opens_at: datetime, at: datetime) -> str:
    """きょう 16時から, あす 9時から, 月曜 8時30分から; beyond six days 1月4日 9時から."""
    there, here = local(opens_at), local(at)
    days = (there.date() - here.date()).days
    if days < 2:
        day = ("きょう", "あす")[days]
    elif days < 7:
        day = f"{WEEKDAYS[there.weekday()]}曜"
    else:
        day = f"{there.month}月{there.day}日"
    minutes = f"{there.minute}分" if there.minute else ""
    return f"{day} {there.hour}時{minutes}から"


def _wanted(themes: Sequence[str]) -> _Wanted:
    found = list(dict.fromkeys(themes))
    found.sort(key=lambda theme: URGENT.index(theme) if theme in URGENT else len(URGENT))
    if not found or found[0] not in URGENT:
        found.append(ORDINARY)
    hints = ("dv",) if VIOLENCE & set(found) else tuple(MEDICAL)
    return _Wanted(tuple(dict.fromkeys(found)), "child" in found, hints if found[0] == "danger_now" else ())


def _order(one: OfferedDoor, wanted: _Wanted) -> tuple[object, ...]:
    """Confirmed before not; those who come at once first in danger, else last; then open before closed."""
    emergency = one.door.emergency != wanted.danger
    return not one.door.confirmed, emergency, one.state != "open", *wanted.rank(one.door)


def _first(
    fitting: Sequence[OfferedDoor], counter: OfferedDoor | None, wanted: _Wanted
) -> OfferedDoor | None:
    """The door to stand first; `fitting` is in order. None when no time is known of any."""
    for one in fitting:
        if one.state == "open" and (not one.door.emergency or wanted.themes[0] in EMERGENCY_MAY_LEAD):
            return one
    waiting = [counter] if counter else []
    if wanted.themes[0] in MEDICAL:
        waiting.extend(one for one in fitting if not one.door.emergency)
    return min((one for one in waiting if one.state != "unknown"), key=_when, default=None)


def _when(one: OfferedDoor) -> datetime:
    """The opening as a sort key: open ones before all that open later."""
    return one.opens_at or datetime.min.replace(tzinfo=UTC)


def _counter(doors: Sequence[Door], wanted: _Wanted, at: datetime) -> OfferedDoor | None:
    """The counter to which the writer may simply go: confirmed, fitting, the first to open."""
    counters = [offer(door, at) for door in doors if door.face_to_face and door.themes[0] != CONCERN]
    found = min(
        counters,
        key=lambda one: (
            not one.door.confirmed,
            not wanted.met(one.door),
            one.state == "unknown",
            _when(one),
        ),
        default=None,
    )
    return replace(found, words=COUNTER_OPEN) if found and found.state == "open" else found


def _others(
    first: OfferedDoor, counter: OfferedDoor | None, offered: Sequence[OfferedDoor]
) -> tuple[OfferedDoor, ...]:
    """Up to three further doors, at most one of them not yet confirmed."""
    shown: list[OfferedDoor] = []
    known = {first.door.id, counter.door.id if counter else ""}
    for one in sorted(offered, key=lambda one: not one.door.confirmed):
        room = len(shown) < OTHERS and (one.door.confirmed or all(s.door.confirmed for s in shown))
        if one.door.id not in known and room:
            shown.append(one)
            known.add(one.door.id)
    return tuple(shown)
