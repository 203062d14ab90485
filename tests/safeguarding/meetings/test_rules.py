"""What stands first on the agenda, and who may decide."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.errors import Refused
from forum.safeguarding.meetings import rules
from forum.safeguarding.meetings.types import AgendaFacts

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)  # Monday, noon in Tokyo
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
CALM = AgendaFacts(
    case_id="calm",
    urgent=False,
    due_at=NOW - 20 * DAY,
    clock_running=False,
    look_again_on=None,
    opened_at=NOW - 22 * DAY,
    children=1,
    unseen=0,
    last_seen_at=NOW - 3 * DAY,
    accepted=True,
    check_on=TODAY + timedelta(days=60),
)


def agenda(*facts: AgendaFacts) -> list[str]:
    return [line.case_id for line in rules.agenda_of(facts, NOW)]


def reasons(facts: AgendaFacts) -> tuple[str, ...]:
    (line,) = rules.agenda_of([facts], NOW)
    return line.reasons


def test_a_case_that_is_cared_for_needs_no_meeting() -> None:
    assert agenda(CALM) == []


def test_whatever_is_overdue_comes_first_and_the_longest_overdue_before_the_others() -> None:
    late = replace(CALM, case_id="late", clock_running=True, due_at=NOW - 2 * DAY, last_seen_at=None)
    check = replace(CALM, case_id="check", check_on=TODAY - timedelta(days=9))
    again = replace(CALM, case_id="again", look_again_on=TODAY - timedelta(days=4))
    unseen = replace(CALM, case_id="unseen", last_seen_at=NOW - 50 * DAY)
    fresh = replace(CALM, case_id="fresh", accepted=False)
    soon = replace(CALM, case_id="soon", check_on=TODAY + timedelta(days=5))
    assert agenda(fresh, soon, late, check, CALM, again, unseen) == [
        "unseen", "check", "again", "late", "fresh", "soon"
    ]  # fmt: skip


def test_an_urgent_case_stands_before_the_others_that_are_overdue() -> None:
    check = replace(CALM, case_id="check", check_on=TODAY - timedelta(days=90))
    urgent = replace(CALM, case_id="urgent", urgent=True, clock_running=True, due_at=NOW)
    assert agenda(check, urgent) == ["urgent", "check"]


def test_every_line_says_why() -> None:
    assert reasons(replace(CALM, last_seen_at=None)) == ("子ども本人を直接見た記録がありません",)
    assert reasons(replace(CALM, unseen=1)) == ("まだ見ていない子どもがいます",)
    assert reasons(replace(CALM, accepted=False)) == ("受理を、まだ決めていません",)
    both = replace(CALM, check_on=TODAY, last_seen_at=NOW - 31 * DAY)
    assert reasons(both) == (
        "子ども本人を、長く直接見ていません",
        "会議で決めた、次に確かめる日がきています",
    )


@given(
    st.lists(
        st.tuples(
            st.booleans(), st.booleans(), st.integers(-90, 90), st.integers(-90, 90), st.integers(0, 90)
        ),
        max_size=12,
    )
)
def test_no_overdue_case_is_left_out_or_stands_behind_one_that_is_not(
    drawn: list[tuple[bool, bool, int, int, int]],
) -> None:
    facts = [
        replace(
            CALM,
            case_id=str(number),
            urgent=urgent,
            clock_running=running,
            due_at=NOW + due * DAY,
            check_on=TODAY + timedelta(days=check),
            last_seen_at=NOW - seen * DAY,
        )
        for number, (urgent, running, due, check, seen) in enumerate(drawn)
    ]
    lines = rules.agenda_of(facts, NOW)
    wanted = {
        one.case_id
        for one in facts
        if (one.clock_running and one.due_at <= NOW)
        or (one.check_on is not None and one.check_on <= TODAY)
        or (not one.clock_running and one.last_seen_at is not None and NOW - one.last_seen_at >= 30 * DAY)
    }
    assert {line.case_id for line in lines if line.overdue} == wanted
    overdue = [line.overdue for line in lines]
    assert overdue == sorted(overdue, reverse=True)
    assert all(line.reasons for line in lines)


def code_of(call: object, *given: object, **named: object) -> str:
    with pytest.raises(Refused) as no:
        call(*given, **named)  # type: ignore[operator]
    return no.value.code


def test_one_person_is_no_meeting() -> None:
    rules.check_meeting("intake", TODAY, ["木村", "小川（児相）"], ["c1"], TODAY)
    for attendees in (["木村"], ["木村", " 木村 "], ["木村", " "]):
        assert code_of(rules.check_meeting, "intake", TODAY, attendees, ["c1"], TODAY) == "one_person"


def test_a_meeting_has_a_kind_a_day_that_was_and_cases() -> None:
    two = ["木村", "小川"]
    assert code_of(rules.check_meeting, "tea", TODAY, two, ["c1"], TODAY) == "unknown_value"
    assert code_of(rules.check_meeting, "intake", TODAY + DAY, two, ["c1"], TODAY) == "not_yet"
    assert code_of(rules.check_meeting, "intake", TODAY, two, [], TODAY) == "no_case"


def decide(for_what: str, authority: str, *, first: bool, check_on: date | None = None) -> None:
    rules.check_decision(for_what, authority, "見守りを続ける", check_on, TODAY, first=first)


def test_the_first_decision_and_the_closing_are_not_a_workers_alone() -> None:
    later = TODAY + timedelta(days=30)
    assert code_of(decide, "course", "worker", first=True, check_on=later) == "needs_second"
    assert code_of(decide, "close", "worker", first=False) == "needs_second"
    decide("course", "worker", first=False, check_on=later)
    decide("course", "supervisor", first=True, check_on=later)
    decide("close", "supervisor", first=False)


def test_that_a_child_was_not_found_is_decided_by_a_meeting_with_a_day_to_look_again() -> None:
    later = TODAY + timedelta(days=30)
    assert code_of(decide, "unconfirmed", "supervisor", first=False, check_on=later) == "needs_meeting"
    assert code_of(decide, "unconfirmed", "meeting", first=False) == "needs_date"
    decide("unconfirmed", "meeting", first=True, check_on=later)


def test_an_open_case_never_goes_without_a_next_day() -> None:
    assert code_of(decide, "course", "meeting", first=True) == "needs_date"
    assert code_of(decide, "course", "meeting", first=True, check_on=TODAY) == "past"
