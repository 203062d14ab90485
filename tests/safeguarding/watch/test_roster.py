"""Who is on duty, who comes next, and where nobody is."""

from datetime import date, datetime, timedelta

from forum.city.places import pack_path
from forum.clock import TOKYO
from forum.doors.hours import Schedule
from forum.safeguarding.policy import load_policy
from forum.safeguarding.watch import plan, roster
from forum.safeguarding.watch.types import Hole, Person, Roster, Shift

READING = Schedule.parse("Mo-Fr 08:40-17:25; PH off")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY = datetime(2026, 11, 30, 0, 0, tzinfo=TOKYO)
ANNE = Person(1, "あんね", "", frozenset({"family"}))
LEADER = Person(4, "だいすけ", "", frozenset({"school"}), supervisor=True)
PEOPLE = {1: ANNE, 4: LEADER}


def day_duty(day: int, who: int = 1) -> Shift:
    midnight = MONDAY + day * DAY
    return Shift(who, "family", midnight + 8 * HOUR, midnight + 18 * HOUR)


def holes(*shifts: Shift, since: datetime = MONDAY, days: float = 7) -> tuple[Hole, ...]:
    return roster.holes(Roster(shifts, PEOPLE), ("family",), READING, since, since + days * DAY)


def test_working_days_and_their_nights_need_no_more_than_day_duty() -> None:
    assert holes(*(day_duty(day) for day in range(5)), since=MONDAY + 8 * HOUR, days=4.5) == ()


def test_a_weekend_with_nobody_is_a_hole() -> None:
    (hole,) = holes(*(day_duty(day) for day in (4, 7)), since=MONDAY + 4 * DAY + 9 * HOUR, days=3)
    assert (hole.kind, hole.starts_at, hole.ends_at) == (
        "long",
        MONDAY + 4 * DAY + 18 * HOUR,
        MONDAY + 7 * DAY + 8 * HOUR,
    )


def test_an_hour_of_reading_with_nobody_is_a_hole() -> None:
    midnight = MONDAY
    short = Shift(1, "family", midnight + 8 * HOUR, midnight + 16 * HOUR)
    (hole,) = holes(short, since=midnight + 8 * HOUR, days=1 / 3 + 0.1)
    assert (hole.kind, hole.starts_at) == ("reading", midnight + 16 * HOUR)
    assert hole.ends_at == midnight + 17 * HOUR + timedelta(minutes=25)


def test_a_shift_of_somebody_who_left_covers_nothing() -> None:
    assert holes(day_duty(0, who=99), since=MONDAY + 8 * HOUR, days=0.4)


def test_over_new_year_the_citys_own_hours_say_nobody_and_the_roster_must_say_somebody() -> None:
    otsu = load_policy(pack_path("otsu"))
    eve = datetime(2026, 12, 28, 18, 0, tzinfo=TOKYO)
    (hole,) = roster.holes(Roster((), PEOPLE), ("family",), otsu.reading, eve, eve + 6 * DAY)
    assert hole.kind == "long"


def test_next_on_duty_is_whoever_begins_first() -> None:
    people = {**PEOPLE, 2: Person(2, "べん", "", frozenset())}
    both = Roster((day_duty(1, who=2), day_duty(0), day_duty(3)), people)
    assert roster.next_on_duty(both, "family", MONDAY + 20 * HOUR) == (2,)
    assert roster.next_on_duty(both, "family", MONDAY + 9 * HOUR) == (1,)
    assert roster.next_on_duty(both, "school", MONDAY) == ()
    far = MONDAY - 8 * DAY
    assert roster.next_on_duty(both, "family", far) == ()


def test_where_a_group_has_nobody_who_leads_another_leader_is_told() -> None:
    assert roster.supervisors(PEOPLE.values(), "school") == (4,)
    assert roster.supervisors(PEOPLE.values(), "family") == (4,)
    assert roster.supervisors([ANNE], "family") == ()


def test_a_week_as_the_page_shows_it() -> None:
    night = Shift(1, "family", MONDAY + 18 * HOUR, MONDAY + 32 * HOUR, 1)
    gone = Shift(99, "family", MONDAY + 20 * HOUR, MONDAY + 21 * HOUR, 2)
    (group,) = plan.week_plan((day_duty(0), night, gone), PEOPLE, {"family": "家庭"}, READING, MONDAY)
    first, second = group.days[:2]
    assert first.words == "11月30日（月）"
    assert [(line.rank, line.name, line.times) for line in first.lines] == [
        ("当番", "あんね", "8:00から18:00まで"),
        ("代わり", "あんね", "18:00から24:00まで"),
        ("代わりの次", plan.GONE, "20:00から21:00まで"),
    ]
    assert first.missing == (("0:00から8:00まで", False),)
    assert [line.times for line in second.lines] == ["0:00から8:00まで"]
    assert second.missing == (("8:00から24:00まで", True),)


def test_the_week_begins_on_monday() -> None:
    assert plan.monday_of(date(2026, 12, 6)) == MONDAY
    assert plan.monday_of(date(2026, 11, 30)) == MONDAY
