"""The clock of a concern: from arrival, through nights and holidays, to one of three ends."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.city.places import pack_path
from forum.clock import TOKYO
from forum.safeguarding.policy import load_policy
from forum.safeguarding.watch import rules
from forum.safeguarding.watch.types import CaseClock, Person, Roster, Shift, Told
from tests.conftest import MINATO

OTSU = load_policy(pack_path("otsu"))  # reads Mo-Fr 8:40-17:25, 48 h, urgent 24 h
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=TOKYO)
FRIDAY_NIGHT = datetime(2026, 11, 20, 22, 0, tzinfo=TOKYO)  # before a Monday that is a holiday

ANNE, BEN, CHIE, DAISUKE = (
    Person(1, "あんね", "a@desk.example", frozenset({"family"})),
    Person(2, "べん", "b@desk.example", frozenset({"family"})),
    Person(3, "ちえ", "c@desk.example", frozenset({"family"})),
    Person(4, "だいすけ", "d@desk.example", frozenset({"family"}), supervisor=True),
)
PEOPLE = {person.id: person for person in (ANNE, BEN, CHIE, DAISUKE)}


def case(
    started: datetime = TUESDAY, *, urgent: bool = False, groups: tuple[str, ...] = ("family",)
) -> CaseClock:
    return CaseClock("case000001", groups, started, rules.due_at(started, urgent, groups, OTSU))


def roster(*ranks: tuple[int, int]) -> Roster:
    """Each (person, rank) is on duty all month."""
    first, last = TUESDAY - timedelta(days=20), TUESDAY + timedelta(days=20)
    return Roster(tuple(Shift(who, "family", first, last, rank) for who, rank in ranks), PEOPLE)


FULL = roster((1, 0), (2, 1), (3, 2))


def told(
    clock: CaseClock, with_roster: Roster, at: datetime, done: Told | None = None
) -> list[tuple[str, int | None]]:
    return [
        (one.stage, one.staff_id) for one in rules.escalations(clock, OTSU, with_roster, done or Told(), at)
    ]


def test_a_report_on_friday_night_is_due_on_sunday_night_whatever_the_calendar_says() -> None:
    assert case(FRIDAY_NIGHT).due_at == datetime(2026, 11, 22, 22, 0, tzinfo=TOKYO)
    assert case(FRIDAY_NIGHT, urgent=True).due_at == datetime(2026, 11, 21, 22, 0, tzinfo=TOKYO)


def test_of_several_who_receive_it_the_quickest_clock_counts() -> None:
    minato = load_policy(MINATO)
    both = rules.due_at(TUESDAY, True, ("family", "school"), minato)
    assert both == min(rules.due_at(TUESDAY, True, (one,), minato) for one in ("family", "school"))


@pytest.mark.parametrize(
    ("passed", "level", "words"),
    [
        (0 * HOUR, "calm", "あと48時間"),
        (24 * HOUR - MINUTE, "calm", "あと24時間"),
        (24 * HOUR, "soon", "あと24時間"),
        (42 * HOUR - MINUTE, "soon", "あと6時間"),
        (42 * HOUR, "pressing", "あと6時間"),
        (47 * HOUR + 20 * MINUTE, "pressing", "あと40分"),
        (48 * HOUR, "pressing", "あと0分"),
        (48 * HOUR + MINUTE, "late", "期限を1分すぎています"),
        (51 * HOUR, "late", "期限を3時間0分すぎています"),
        (200 * HOUR, "late", "期限を6日すぎています"),
    ],
)
def test_it_turns_amber_at_24_hours_left_and_pressing_at_6(passed: timedelta, level: str, words: str) -> None:
    seen = rules.state(case(), TUESDAY + passed)
    assert (seen.level, seen.words) == (level, words)


def test_only_an_end_that_a_person_wrote_down_makes_it_quiet() -> None:
    for passed in range(0, 24 * 60, 7):
        at = TUESDAY + passed * HOUR
        assert rules.needs(case(), OTSU, at)
        for end in ("seen", "accepted", "unconfirmed"):
            assert not rules.needs(replace(case(), first_read_at=TUESDAY, end=end), OTSU, at)
    assert rules.state(replace(case(), end="seen"), TUESDAY).words == "安全確認済"
    assert "安全確認" not in rules.state(replace(case(), end="accepted"), TUESDAY).words
    assert "安全確認" not in rules.state(replace(case(), end="unconfirmed"), TUESDAY).words


def test_what_could_not_be_confirmed_comes_back_on_its_day() -> None:
    clock = replace(case(), first_read_at=TUESDAY, end="unconfirmed", look_again_on=date(2026, 12, 3))
    eve = datetime(2026, 12, 2, 23, 59, tzinfo=TOKYO)
    assert rules.state(clock, eve).level == "ended" and "12月3日" in rules.state(clock, eve).words
    assert rules.needs(clock, OTSU, eve) == ()
    morning = datetime(2026, 12, 3, 9, 0, tzinfo=TOKYO)
    assert rules.state(clock, morning).level == "soon"
    assert told(clock, FULL, morning) == [("look_again", 1)]
    assert rules.state(clock, morning + timedelta(days=2)).words == "もう一度確かめる日を2日すぎています"


@pytest.mark.parametrize(
    ("started", "urgent", "limit"),
    [
        (TUESDAY, False, TUESDAY + HOUR),
        # At night: an hour after somebody reads.
        (datetime(2026, 11, 24, 23, 0, tzinfo=TOKYO), False, datetime(2026, 11, 25, 9, 40, tzinfo=TOKYO)),
        # Three days off: nobody reads before it is late, so half of the time is the limit.
        (FRIDAY_NIGHT, False, FRIDAY_NIGHT + 24 * HOUR),
        (FRIDAY_NIGHT, True, FRIDAY_NIGHT + 12 * HOUR),
    ],
)
def test_a_person_must_open_it_within_the_hour_or_at_the_next_duty(
    started: datetime, urgent: bool, limit: datetime
) -> None:
    assert rules.open_by(case(started, urgent=urgent), OTSU) == limit


def test_the_call_climbs_from_the_one_on_duty_to_those_who_lead() -> None:
    clock, limit = case(), TUESDAY + HOUR
    assert told(clock, FULL, TUESDAY) == [("arrived", 1)]
    assert told(clock, FULL, limit) == [("unopened", 1)]
    assert told(clock, FULL, limit + 15 * MINUTE) == [("unopened", 1), ("unopened", 2)]
    assert told(clock, FULL, limit + 45 * MINUTE) == [("unopened", who) for who in (1, 2, 3, 4)]
    # Nobody answered: two hours later it begins anew.
    done = Told(frozenset(("unopened", step, step + 1) for step in range(4)))
    assert told(clock, FULL, limit + HOUR, done) == []
    assert told(clock, FULL, limit + 2 * HOUR, done) == [("unopened", 1)]


def test_nobody_is_told_twice_of_the_same_step() -> None:
    assert told(case(), FULL, TUESDAY, Told(frozenset({("arrived", 0, 1)}))) == []


def test_it_stops_when_somebody_opens_it() -> None:
    assert told(replace(case(), first_read_at=TUESDAY + MINUTE), FULL, TUESDAY + 2 * HOUR) == []


def test_who_says_i_take_it_is_trusted_for_an_hour_then_it_rings_again() -> None:
    limit = TUESDAY + HOUR
    taken = Told(acknowledged={"unopened": limit + 5 * MINUTE})
    assert told(case(), FULL, limit + 30 * MINUTE, taken) == []
    assert told(case(), FULL, limit + 65 * MINUTE, taken) == [("unopened", 1)]


def test_taking_it_on_early_does_not_silence_what_comes_later() -> None:
    opened = replace(case(), first_read_at=TUESDAY)
    taken = Told(acknowledged={"soon": TUESDAY + 25 * HOUR, "pressing": TUESDAY + 42 * HOUR})
    assert told(opened, FULL, TUESDAY + 30 * HOUR, taken) == []
    assert told(opened, FULL, TUESDAY + 48 * HOUR, taken) == [("late", 1)]


def test_a_hole_in_the_roster_costs_no_minute() -> None:
    limit = TUESDAY + HOUR
    assert told(case(), roster((2, 1)), limit) == [("unopened", 2)]
    assert told(case(), roster(), limit) == [("unopened", 4)]
    nobody = Roster((), {})
    (one,) = rules.escalations(case(), OTSU, nobody, Told(), limit)
    assert (one.staff_id, one.group) == (None, "family")


def test_who_left_the_desk_is_not_called() -> None:
    gone = Roster(roster((1, 0), (2, 1)).shifts, {2: BEN, 4: DAISUKE})
    assert told(case(), gone, TUESDAY + HOUR) == [("unopened", 2)]


def test_at_night_a_new_report_goes_to_whoever_begins_next() -> None:
    night = datetime(2026, 11, 24, 23, 0, tzinfo=TOKYO)
    morning = Shift(2, "family", night + 9 * HOUR, night + 18 * HOUR)
    assert told(case(night), Roster((morning,), PEOPLE), night) == [("arrived", 2)]


def test_whoever_holds_the_case_hears_of_it_beside_those_on_duty() -> None:
    held = replace(case(), first_read_at=TUESDAY, holder_id=3)
    assert told(held, FULL, TUESDAY + 42 * HOUR) == [("pressing", 1), ("pressing", 3)]


def test_what_a_reporter_adds_is_told_even_when_the_clock_has_ended() -> None:
    wrote = TUESDAY + 100 * HOUR  # a Saturday afternoon
    clock = replace(case(), first_read_at=TUESDAY, end="seen", wrote_at=wrote)
    assert told(clock, FULL, wrote) == [("wrote", 1)]
    assert told(clock, FULL, wrote + 24 * HOUR) == [("unread", 1)]


def test_two_groups_are_both_told_and_a_person_of_both_once() -> None:
    first, last = TUESDAY - HOUR, TUESDAY + 90 * HOUR
    shifts = (
        Shift(1, "family", first, last),
        Shift(2, "school", first, last),
        Shift(1, "school", first, last),
    )
    both = case(groups=("family", "school"))
    assert told(both, Roster(shifts, PEOPLE), TUESDAY) == [("arrived", 1), ("arrived", 2)]


def test_a_clock_that_was_turned_back_makes_no_case_younger() -> None:
    assert rules.never_back(TUESDAY, TUESDAY + HOUR) == TUESDAY + HOUR
    assert rules.never_back(TUESDAY, None) == TUESDAY


def test_alarms_of_the_watch_itself_go_to_those_who_lead_again_and_again() -> None:
    def heard(at: datetime, done: Told) -> list[int | None]:
        return [one.staff_id for one in rules.watch_escalations("roster", "family", TUESDAY, FULL, done, at)]

    assert heard(TUESDAY, Told()) == [4]
    assert heard(TUESDAY + HOUR, Told(frozenset({("roster", 0, 4)}))) == []
    assert heard(TUESDAY + 4 * HOUR, Told(frozenset({("roster", 0, 4)}))) == [4]


@given(
    minutes=st.integers(0, 60 * 24 * 400),
    passed=st.integers(0, 60 * 24 * 6),
    urgent=st.booleans(),
    opened=st.booleans(),
    ranks=st.lists(st.tuples(st.integers(1, 4), st.integers(0, 2)), max_size=5),
)
def test_an_unopened_report_past_its_limit_always_has_somebody_to_tell(
    minutes: int, passed: int, urgent: bool, opened: bool, ranks: list[tuple[int, int]]
) -> None:
    started = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    clock = case(started, urgent=urgent)
    if opened:
        clock = replace(clock, first_read_at=started)
    at = started + timedelta(minutes=passed)
    lasting = tuple(Shift(who, "family", started, started + 200 * HOUR, rank) for who, rank in ranks)
    found = rules.escalations(clock, OTSU, Roster(lasting, PEOPLE), Told(), at)
    pressing = at >= clock.due_at - rules.PRESSING or (not opened and at >= rules.open_by(clock, OTSU))
    if pressing:
        assert any(one.staff_id is not None for one in found)
    assert rules.open_by(clock, OTSU) < clock.due_at - rules.PRESSING
