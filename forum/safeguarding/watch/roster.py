"""Who is on duty, who follows, and where there is nobody. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta

from forum.clock import TOKYO, local
from forum.doors.hours import Schedule
from forum.safeguarding.watch.types import ON_DUTY, RANKS, Hole, Person, Roster, Shift

# A night between two working days (17:25 to 08:40) is 15 h 15 min; half of an urgent clock is 12 h.
# What is longer than a night means that a weekend or a holiday has nobody.
LONGEST_EMPTY = timedelta(hours=16)
NEXT_WITHIN = timedelta(days=7)


def on_duty(roster: Roster, group: str, rank: int, at: datetime) -> tuple[int, ...]:
    """The people of one rank whose shift runs at `at`, each once."""
    found = [
        shift.staff_id
        for shift in roster.shifts
        if shift.group == group
        and shift.rank == rank
        and shift.starts_at <= at < shift.ends_at
        and shift.staff_id in roster.people
    ]
    return tuple(dict.fromkeys(found))


def next_on_duty(roster: Roster, group: str, at: datetime) -> tuple[int, ...]:
    """Who is on duty at `at`; else those whose duty begins next, within a week."""
    present = on_duty(roster, group, ON_DUTY, at)
    if present:
        return present
    coming = [
        shift
        for shift in roster.shifts
        if shift.group == group
        and shift.rank == ON_DUTY
        and at < shift.starts_at <= at + NEXT_WITHIN
        and shift.staff_id in roster.people
    ]
    first = min((shift.starts_at for shift in coming), default=None)
    return tuple(dict.fromkeys(shift.staff_id for shift in coming if shift.starts_at == first))


def supervisors(people: Iterable[Person], group: str) -> tuple[int, ...]:
    """Those who lead the group; where it has none, all who lead anything: better told than not."""
    leading = [person for person in people if person.supervisor]
    return tuple(p.id for p in leading if group in p.groups) or tuple(p.id for p in leading)


def ladder(roster: Roster, group: str, at: datetime) -> tuple[tuple[int, ...], ...]:
    """The rungs that a call climbs: on duty, deputy, second deputy, supervisors.

    A rung with nobody on it is left out, so that a hole in the roster costs no minute.
    """
    rungs = [on_duty(roster, group, rank, at) for rank in RANKS]
    rungs.append(supervisors(roster.people.values(), group))
    return tuple(rung for rung in rungs if rung)


def gaps(
    shifts: Iterable[Shift], group: str, since: datetime, until: datetime
) -> list[tuple[datetime, datetime]]:
    """The stretches between two moments in which the group has nobody of any rank."""
    covered = sorted(
        (shift.starts_at, shift.ends_at)
        for shift in shifts
        if shift.group == group and shift.ends_at > since and shift.starts_at < until
    )
    found, edge = [], since
    for starts, ends in covered:
        if starts > edge:
            found.append((edge, starts))
        edge = max(edge, ends)
    if edge < until:
        found.append((edge, until))
    return found


def holes(
    roster: Roster, groups: Sequence[str], reading: Schedule, since: datetime, until: datetime
) -> tuple[Hole, ...]:
    """The stretches that matter: reading hours with nobody, and anything longer than a night.

    A stretch is cut at `since` and `until`; to see a long one coming, look further than LONGEST_EMPTY.
    """
    known = [shift for shift in roster.shifts if shift.staff_id in roster.people]
    found: list[Hole] = []
    for group in groups:
        for starts, ends in gaps(known, group, since, until):
            if ends - starts > LONGEST_EMPTY:
                found.append(Hole(group, starts, ends, "long"))
            else:
                found += [Hole(group, a, b, "reading") for a, b in _read_within(reading, starts, ends)]
    return tuple(found)


def _read_within(reading: Schedule, starts: datetime, ends: datetime) -> list[tuple[datetime, datetime]]:
    """The parts of a stretch that lie in reading hours."""
    found = []
    day = local(starts).date() - timedelta(days=1)
    while day <= local(ends).date():
        midnight = datetime.combine(day, time(), TOKYO)
        for opens, closes in reading.spans_on(day):
            first = max(starts, midnight + timedelta(minutes=opens))
            last = min(ends, midnight + timedelta(minutes=closes))
            if first < last:
                found.append((first, last))
        day += timedelta(days=1)
    return found


def week_later(shifts: Iterable[Shift]) -> tuple[Shift, ...]:
    """The same shifts seven days on. Japan has no summer time, so the hours stay."""
    week = timedelta(days=7)
    return tuple(
        Shift(one.staff_id, one.group, one.starts_at + week, one.ends_at + week, one.rank) for one in shifts
    )
