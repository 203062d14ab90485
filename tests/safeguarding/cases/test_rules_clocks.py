"""When a clock ends: told as facts, without a database."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.errors import Refused
from forum.safeguarding.cases.rules import clocks
from forum.safeguarding.cases.types import Clock, Decision, SeenChild

MONDAY = datetime(2026, 11, 23, 1, tzinfo=UTC)
DUE = MONDAY + timedelta(hours=48)
RUNNING = Clock(MONDAY, DUE)
MEETING = Decision("meeting", "m123456789")
HOURS = st.integers(-200, 200).map(lambda hours: MONDAY + timedelta(hours=hours))
SEEN = st.one_of(st.none(), HOURS)
CHILDREN = st.lists(
    st.builds(SeenChild, st.uuids().map(str), st.just(MONDAY), SEEN), max_size=5, unique_by=lambda one: one.id
)


def clock_of(end: str | None, started: datetime = MONDAY, look: date | None = None) -> Clock:
    if end is None:
        return Clock(started, started + timedelta(hours=48))
    return Clock(started, started + timedelta(hours=48), started + timedelta(hours=3), end, look)  # type: ignore[arg-type]


CLOCKS = st.builds(
    clock_of,
    st.sampled_from([None, "seen", "accepted"]),
    HOURS,
) | st.builds(clock_of, st.just("unconfirmed"), HOURS, st.dates(date(2026, 11, 1), date(2027, 3, 1)))


def code(call: object, *args: object, **kwargs: object) -> str:
    with pytest.raises(Refused) as refused:
        call(*args, **kwargs)  # type: ignore[operator]
    return refused.value.code


def ago(hours: int) -> datetime:
    return MONDAY - timedelta(hours=hours)


def test_a_child_seen_before_the_report_has_not_been_seen_since() -> None:
    before = SeenChild("a", ago(400), ago(1))
    after = SeenChild("b", ago(400), MONDAY + timedelta(hours=1))
    never = SeenChild("c", MONDAY, None)
    assert clocks.unseen([before, after, never], MONDAY) == ("a", "c")


@pytest.mark.parametrize("kind", ["video", "adult_only", "heard", "missed"])
def test_only_a_place_is_optional_when_no_child_was_met(kind: str) -> None:
    clocks.check_sighting(kind, MONDAY, DUE, who="田中", where="", how="母親と玄関で話した")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"kind": "rumour"}, "unknown_value"),
        ({"seen_at": DUE + timedelta(seconds=1)}, "future"),
        ({"who": " "}, "needs_who"),
        ({"where": ""}, "needs_where"),
        ({"how": "　"}, "needs_how"),
    ],
)
def test_a_sighting_says_who_when_where_and_how(changed: dict[str, object], said: str) -> None:
    told: dict[str, object] = {
        "kind": "in_person",
        "seen_at": MONDAY,
        "who": "田中",
        "where": "園",
        "how": "元気",
    }
    told |= changed
    assert code(clocks.check_sighting, told.pop("kind"), told.pop("seen_at"), DUE, **told) == said


def test_the_clock_does_not_end_without_a_child_or_with_one_unseen_or_unsaid() -> None:
    seen, unseen = SeenChild("a", MONDAY, DUE), SeenChild("b", MONDAY, None)
    assert code(clocks.check_all_seen, RUNNING, [], MONDAY, True) == "no_child"
    assert code(clocks.check_all_seen, RUNNING, [seen, unseen], MONDAY, True) == "unseen"
    assert code(clocks.check_all_seen, RUNNING, [seen], MONDAY, False) == "not_all"
    assert code(clocks.check_all_seen, clock_of("seen"), [seen], MONDAY, True) == "ended"
    clocks.check_all_seen(RUNNING, [seen], MONDAY, True)
    clocks.check_all_seen(clock_of("unconfirmed"), [seen], MONDAY, True)


@given(CHILDREN, SEEN)
def test_a_further_child_never_makes_an_unseen_one_seen(
    children: list[SeenChild], seen: datetime | None
) -> None:
    before = clocks.unseen(children, MONDAY)
    after = clocks.unseen([*children, SeenChild("another", MONDAY, seen)], MONDAY)
    assert set(before) <= set(after)


@given(CHILDREN, HOURS)
def test_seeing_one_child_changes_nothing_for_its_siblings(children: list[SeenChild], at: datetime) -> None:
    for looked_at in children:
        after = [
            SeenChild(one.id, one.added_at, max(at, one.last_seen_at or at)) if one is looked_at else one
            for one in children
        ]
        others = [one for one in clocks.unseen(children, MONDAY) if one != looked_at.id]
        assert [one for one in clocks.unseen(after, MONDAY) if one != looked_at.id] == others


@given(CHILDREN, HOURS, HOURS)
def test_a_later_cause_only_ever_asks_for_more(
    children: list[SeenChild], one: datetime, two: datetime
) -> None:
    early, late = sorted((one, two))
    assert set(clocks.unseen(children, early)) <= set(clocks.unseen(children, late))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": ""}, "needs_receiver"),
        ({"office": " "}, "needs_receiver"),
        ({"how": ""}, "needs_how"),
        ({"at": DUE + timedelta(hours=1)}, "future"),
        ({"at": MONDAY - timedelta(minutes=1)}, "before_cause"),
        ({"clock": clock_of("accepted")}, "ended"),
        ({"clock": clock_of("seen")}, "ended"),
    ],
)
def test_another_office_accepts_by_a_named_person(changed: dict[str, object], said: str) -> None:
    told: dict[str, object] = {
        "clock": RUNNING,
        "at": MONDAY,
        "name": "山本",
        "office": "児童相談所",
        "how": "電話で、受けますと言った",
        **changed,
    }
    clock, at = told.pop("clock"), told.pop("at")
    assert code(clocks.check_accepted, clock, at, DUE, since=MONDAY, **told) == said


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"verdict": "forgotten"}, "unknown_value"),
        ({"decision": Decision("supervisor", "7")}, "needs_meeting"),
        ({"decision": Decision("meeting", "")}, "needs_meeting"),
        ({"reason": ""}, "needs_reason"),
        ({"tried": ""}, "needs_tried"),
        ({"look_again_on": date(2026, 11, 23)}, "look_again"),
        ({"look_again_on": date(2027, 2, 24)}, "look_again"),
        ({"clock": clock_of("seen")}, "ended"),
    ],
)
def test_could_not_be_confirmed_is_a_meetings_word_with_a_day_to_look_again(
    changed: dict[str, object], said: str
) -> None:
    told: dict[str, object] = {
        "clock": RUNNING,
        "verdict": "not_found",
        "decision": MEETING,
        "reason": "家が分からない",
        "tried": "管理会社、民生委員、3回の訪問",
        "look_again_on": date(2026, 12, 7),
    }
    clocks.check_unconfirmed(  # as it is told, it stands
        told["clock"],
        told["verdict"],
        told["decision"],
        date(2026, 11, 23),  # type: ignore[arg-type]
        reason="家が分からない",
        tried="訪問",
        look_again_on=date(2027, 2, 23),
    )
    told |= changed
    first = [told.pop(name) for name in ("clock", "verdict", "decision")]
    assert code(clocks.check_unconfirmed, *first, date(2026, 11, 23), **told) == said


def test_something_new_restarts_an_ended_clock_and_never_stretches_a_running_one() -> None:
    later = MONDAY + timedelta(days=30)
    limit = later + timedelta(hours=48)
    for end in ("seen", "accepted", "unconfirmed"):
        assert clocks.restarted(clock_of(end), later, limit) == Clock(later, limit)
    assert clocks.restarted(RUNNING, MONDAY, DUE + timedelta(hours=9)) == RUNNING
    assert clocks.restarted(RUNNING, MONDAY, DUE - timedelta(hours=9)).due_at == DUE - timedelta(hours=9)


def test_a_sibling_who_became_known_must_be_seen_too() -> None:
    again = clocks.with_new_child(clock_of("seen"), DUE + timedelta(days=9))
    assert again == Clock(MONDAY, DUE + timedelta(days=9))
    assert clocks.with_new_child(RUNNING, DUE + timedelta(days=9)) == RUNNING


@given(CLOCKS, CLOCKS)
def test_two_cases_together_are_never_calmer_than_either(one: Clock, two: Clock) -> None:
    both = clocks.merged_clock(one, two)
    assert both.running == (one.running or two.running)
    if both.running:
        assert both.due_at == min(each.due_at for each in (one, two) if each.running)
    weakest = min((one.end, two.end), key=lambda end: [None, "unconfirmed", "accepted", "seen"].index(end))
    assert both.end == weakest
    days = [each.look_again_on for each in (one, two) if each.look_again_on]
    assert both.end != "unconfirmed" or both.look_again_on == min(days)


@given(CLOCKS, CLOCKS, HOURS)
def test_parting_gives_back_what_was_and_keeps_what_came_since(one: Clock, two: Clock, at: datetime) -> None:
    both = clocks.merged_clock(one, two)
    assert clocks.unmerged_clock(both, one, two) == one
    since = Clock(both.started_at, both.due_at, at, "seen")
    if since != both:
        assert clocks.unmerged_clock(since, one, two) == since
