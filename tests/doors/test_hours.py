"""When somebody answers, read from the notation that city staff write."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.clock import TOKYO
from forum.doors.hours import HoursError, Schedule, holidays_of

SICK_CHILD = Schedule.parse("Mo-Sa 18:00-32:00; Su,PH 09:00-32:00; Dec 29-Jan 3 09:00-32:00")
OFFICE = Schedule.parse("Mo-Fr 09:00-17:00; PH off; Dec 29-Jan 3 off")
LIFELINE = Schedule.parse("Mo-Su 16:00-21:00; Jan 10,Dec 10 08:00-32:00")


def at(text: str) -> datetime:
    """A moment on Japan's clock: "2026-11-24 12:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO)


@pytest.mark.parametrize(
    ("schedule", "moment", "is_open"),
    [
        (OFFICE, "2026-11-24 08:59", False),
        (OFFICE, "2026-11-24 09:00", True),
        (OFFICE, "2026-11-24 16:59", True),
        (OFFICE, "2026-11-24 17:00", False),
        (OFFICE, "2026-11-23 12:00", False),  # a holiday on a Monday
        (OFFICE, "2026-05-06 12:00", False),  # a substitute for the holiday on a Sunday
        (OFFICE, "2026-12-29 12:00", False),
        (OFFICE, "2027-01-01 12:00", False),
        (OFFICE, "2027-01-04 12:00", True),
        (SICK_CHILD, "2026-11-25 12:00", False),
        (SICK_CHILD, "2026-11-25 18:00", True),
        (SICK_CHILD, "2026-11-26 07:59", True),  # still the night of the 25th
        (SICK_CHILD, "2026-11-26 08:00", False),
        (SICK_CHILD, "2026-11-29 08:30", False),  # Saturday's night is over, Sunday begins at nine
        (SICK_CHILD, "2026-11-29 09:00", True),
        (SICK_CHILD, "2026-12-30 12:00", True),
        (SICK_CHILD, "2027-01-04 07:00", True),
        (LIFELINE, "2026-12-09 23:00", False),
        (LIFELINE, "2026-12-10 08:00", True),
        (LIFELINE, "2026-12-11 07:59", True),
        (LIFELINE, "2026-12-11 12:00", False),
    ],
)
def test_somebody_answers_or_not(schedule: Schedule, moment: str, is_open: bool) -> None:
    assert schedule.is_open(at(moment)) is is_open
    assert schedule.is_open(at(moment).astimezone(UTC)) is is_open, "asked by another clock"


@pytest.mark.parametrize(
    ("schedule", "moment", "opens"),
    [
        (OFFICE, "2026-11-24 08:00", "2026-11-24 09:00"),
        (OFFICE, "2026-11-24 12:00", "2026-11-25 09:00"),  # while open: the next time
        (OFFICE, "2026-11-20 18:00", "2026-11-24 09:00"),  # over the weekend and a holiday
        (OFFICE, "2026-12-28 18:00", "2027-01-04 09:00"),
        (SICK_CHILD, "2026-11-25 12:00", "2026-11-25 18:00"),
        (LIFELINE, "2026-12-09 22:00", "2026-12-10 08:00"),
    ],
)
def test_when_it_opens_next(schedule: Schedule, moment: str, opens: str) -> None:
    assert schedule.next_opening(at(moment)) == at(opens)


def test_changes_come_one_after_the_other() -> None:
    moment, seen = at("2026-11-21 12:00"), []
    for _ in range(4):
        change = OFFICE.next_change(moment)
        assert change is not None
        seen.append(change)
        moment = change
    assert seen == [at(f"2026-11-{day} {hour}:00") for day in ("24", "25") for hour in ("09", "17")]


def test_two_nights_that_touch_are_one_span() -> None:
    schedule = Schedule.parse("Sa 20:00-33:00; Su 09:00-12:00")
    assert schedule.next_change(at("2026-11-28 21:00")) == at("2026-11-29 12:00")


@pytest.mark.parametrize("text", ["24/7", "Mo-Su 00:00-24:00", "Mo-Su 00:00-30:00"])
def test_what_never_closes_never_changes(text: str) -> None:
    schedule = Schedule.parse(text)
    assert schedule.is_open(at("2027-01-01 03:00"))
    assert schedule.next_change(at("2027-01-01 03:00")) is None
    assert schedule.next_opening(at("2027-01-01 03:00")) is None


def test_what_is_always_off_never_opens() -> None:
    assert Schedule.parse("Mo-Su off").next_opening(at("2026-11-24 12:00")) is None


def test_a_day_off_does_not_cut_the_night_before() -> None:
    schedule = Schedule.parse("Mo-Su 20:00-28:00; Dec 29 off")
    assert schedule.is_open(at("2026-12-29 03:00"))
    assert not schedule.is_open(at("2026-12-29 21:00"))


def test_the_last_rule_for_a_day_stands_alone() -> None:
    schedule = Schedule.parse("Mo-Fr 09:00-12:00; We 13:00-15:00")
    assert schedule.spans_on(date(2026, 11, 25)) == ((13 * 60, 15 * 60),)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Su[4] 10:00-12:00", [22]),
        ("Su[2],Su[4] 10:00-12:00", [8, 22]),
        ("Sa-Mo 10:00-12:00", [1, 2, 7, 8, 9, 14, 15, 16, 21, 22, 23, 28, 29, 30]),
        ("PH 10:00-12:00", [3, 23]),
        ("Nov 28-30 10:00-12:00", [28, 29, 30]),
        ("Nov 20-Feb 3 Su 10:00-12:00", [22, 29]),
        ("Oct-Nov Tu 10:00-12:00", [3, 10, 17, 24]),
        ("Dec 10:00-12:00", []),
    ],
)
def test_which_days_of_november_a_rule_names(text: str, days: list[int]) -> None:
    schedule = Schedule.parse(text)
    assert [day for day in range(1, 31) if schedule.spans_on(date(2026, 11, day))] == days


@pytest.mark.parametrize(
    ("text", "position", "said"),
    [
        ("", 1, "曜日"),
        ("Mo-Fry 09:00-17:00", 6, "曜日"),
        ("Mo-Fx 09:00-17:00", 4, "曜日"),
        ("月-金 09:00-17:00", 1, "曜日"),
        ("Mo-Fr 9:00-17:00", 7, "曜日"),
        ("Mo-Fr 09:00-17:00 PH off", 19, "「;」"),
        ("Mo-Fr 09:00-17:00;", 19, "曜日"),
        ("Mo-Fr 09:00", 12, "始まりと終わり"),
        ("Mo-Fr 09:00-17:60", 13, "時刻"),
        ("Mo-Fr 22:00-06:00", 7, "夜中"),
        ("Mo-Fr 20:00-49:00", 13, "時刻"),
        ("Feb 30 off", 5, "その月にない日"),
        ("Dec-Jan 3 off", 11, "混ぜられません"),
        ("Su[6] off", 3, "曜日"),
    ],
)
def test_a_fault_is_told_with_its_place(text: str, position: int, said: str) -> None:
    with pytest.raises(HoursError) as caught:
        Schedule.parse(text)
    assert (caught.value.position, said in caught.value.message) == (position, True), caught.value


def test_holidays_of_a_year() -> None:
    assert {date(2026, 11, 3), date(2026, 11, 23), date(2026, 5, 6)} <= holidays_of(2026)
    assert all(day.year == 2026 for day in holidays_of(2026))


START = at("2026-01-01 00:00")
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))


@given(moment=MOMENTS, schedule=st.sampled_from([SICK_CHILD, OFFICE, LIFELINE]))
def test_nothing_changes_before_the_next_change(moment: datetime, schedule: Schedule) -> None:
    change = schedule.next_change(moment)
    assert change is not None
    assert change > moment
    assert schedule.is_open(change) is not schedule.is_open(moment)
    assert schedule.is_open(change - timedelta(seconds=1)) is schedule.is_open(moment)
    opening = schedule.next_opening(moment)
    assert opening is not None
    assert schedule.is_open(opening)
    assert not schedule.is_open(opening - timedelta(seconds=1))
