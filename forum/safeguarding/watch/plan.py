"""The roster of a week as a page shows it: day by day, with what is missing. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from forum.clock import TOKYO, local
from forum.doors.hours import Schedule
from forum.safeguarding.watch import roster as rosters
from forum.safeguarding.watch.types import Hole, Person, Roster, Shift

DAYS = "月火水木金土日"
RANK_WORDS = ("当番", "代わり", "代わりの次")
GONE = "いまは窓口にいない人"


@dataclass(frozen=True)
class ShiftLine:
    """One shift on one day."""

    id: int
    name: str
    rank: str
    times: str


@dataclass(frozen=True)
class DayPlan:
    """One day of one group. `missing`: stretches without anybody, in words; grave where it matters."""

    day: date
    words: str
    lines: tuple[ShiftLine, ...]
    missing: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class GroupPlan:
    """A week of one group."""

    id: str
    name: str
    days: tuple[DayPlan, ...]


def monday_of(day: date) -> datetime:
    """The beginning of the week of a day, Tokyo time."""
    return datetime.combine(day - timedelta(days=day.weekday()), time(), TOKYO)


def week_plan(
    shifts: Sequence[Shift],
    people: Mapping[int, Person],
    groups: Mapping[str, str],
    reading: Schedule,
    monday: datetime,
) -> tuple[GroupPlan, ...]:
    """The week for every group (id and name), gaps named. `shifts` should reach a day beyond the week."""
    known = tuple(shift for shift in shifts if shift.staff_id in people)
    end = monday + timedelta(days=7)
    found = rosters.holes(Roster(known, people), list(groups), reading, monday, end)
    plans = []
    for group, name in groups.items():
        own = [shift for shift in shifts if shift.group == group]
        holes = [hole for hole in found if hole.group == group]
        days = tuple(
            _day(own, people, rosters.gaps(known, group, start, start + timedelta(days=1)), holes, start)
            for start in (monday + timedelta(days=offset) for offset in range(7))
        )
        plans.append(GroupPlan(group, name, days))
    return tuple(plans)


def _day(
    shifts: Sequence[Shift],
    people: Mapping[int, Person],
    gaps: Sequence[tuple[datetime, datetime]],
    holes: Sequence[Hole],
    start: datetime,
) -> DayPlan:
    end = start + timedelta(days=1)
    lines = tuple(
        ShiftLine(
            shift.id,
            people[shift.staff_id].name if shift.staff_id in people else GONE,
            RANK_WORDS[shift.rank],
            _times(shift.starts_at, shift.ends_at, start),
        )
        for shift in sorted(shifts, key=lambda one: (one.rank, one.starts_at))
        if shift.starts_at < end and shift.ends_at > start
    )
    missing = tuple(
        (_times(first, last, start), any(hole.starts_at < last and hole.ends_at > first for hole in holes))
        for first, last in gaps
    )
    day = local(start).date()
    return DayPlan(day, f"{day.month}月{day.day}日（{DAYS[day.weekday()]}）", lines, missing)


def _times(starts: datetime, ends: datetime, midnight: datetime) -> str:
    """8:30から17:30まで, as far as it lies on the day."""
    next_day = midnight + timedelta(days=1)
    if starts <= midnight and ends >= next_day:
        return "一日"
    first = "0:00" if starts <= midnight else _hour(starts)
    last = "24:00" if ends >= next_day else _hour(ends)
    return f"{first}から{last}まで"


def _hour(moment: datetime) -> str:
    there = local(moment)
    return f"{there.hour}:{there.minute:02d}"
