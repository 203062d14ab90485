"""Meetings and decisions on a real vault: who decided, what follows from it, and nothing written twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from forum import clock
from forum.errors import NotFound, Refused
from forum.safeguarding.cases import queries as cases
from forum.safeguarding.cases.types import Actor
from forum.safeguarding.meetings import gathering, queries, rules, service
from forum.safeguarding.meetings.models import DecisionRow, MeetingRow
from forum.safeguarding.meetings.service import NewDecision, NewMeeting
from forum.safeguarding.screening import queries as screening
from forum.safeguarding.screening.models import ScreeningRow
from forum.safeguarding.screening.service import Entry
from forum.safeguarding.vault.db import vault_db, writing
from tests.safeguarding.conftest import DESK
from tests.safeguarding.screening.casework import CATALOGUE, NOW, SUPERVISOR, WORKER, Work

TODAY = date(2026, 11, 23)
LATER = date(2026, 12, 21)
COURSE = NewDecision("course", "こども園で毎朝ようすを見る", check_on=LATER, agency="こども家庭センター")


def hold(work: Work, kind: str = "urgent_intake", once: str = "meeting-1", actor: Actor = WORKER) -> str:
    new = NewMeeting(
        kind, TODAY, "第2会議室", ("木村（相談員）", "小川（係長）"), "泣き声の件", (work.case_id,)
    )
    prepared = service.prepare_meeting(new, desk=DESK.key, actor=actor)
    with writing():
        return service.keep_meeting(prepared, actor, once=once)


def decide(
    work: Work, new: NewDecision, *, actor: Actor = WORKER, version: int = 0, once: str = "decision-1"
) -> None:
    seen = version or work.version()
    prepared = service.prepare_decision(
        new, [work.case_id], catalogue=CATALOGUE, ring=DESK.ring, desk=DESK.key, actor=actor
    )
    with writing():
        service.keep_decision(prepared, seen, actor, policy=work.policy, desk=DESK.key, once=once)


def refused(work: Work, new: NewDecision, **given: object) -> str:
    with pytest.raises(Refused) as no:
        decide(work, new, **given)  # type: ignore[arg-type]
    return no.value.code


def rows(table: type) -> int:
    return vault_db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_meeting_is_kept_with_who_was_there_and_its_cases(work: Work) -> None:
    meeting_id = hold(work)
    kept = queries.get_meeting(meeting_id, DESK.ring)
    assert kept.attendees == ("木村（相談員）", "小川（係長）") and kept.case_ids == (work.case_id,)
    assert kept.kind == "urgent_intake" and kept.held_on == TODAY and kept.staff == "木村"
    assert [one.id for one in queries.meetings(DESK.ring)] == [meeting_id]


def test_the_same_meeting_sent_twice_is_one_meeting(work: Work) -> None:
    assert hold(work) == hold(work)
    assert rows(MeetingRow) == 1


def test_nothing_of_a_meeting_stands_in_clear(work: Work) -> None:
    decide(work, replace(COURSE, meeting_id=hold(work)))
    for table in (MeetingRow, DecisionRow):
        body = vault_db.session.scalars(select(table)).one().body
        for word in ("木村", "泣き声", "第2会議室", "こども園", "こども家庭センター"):
            assert word.encode() not in body


def test_a_case_that_does_not_exist_for_somebody_is_not_put_before_their_meeting(work: Work) -> None:
    stranger = Actor(9, "他課", frozenset({"school"}), supervisor=True)
    with pytest.raises(NotFound):
        hold(work, actor=stranger)
    assert rows(MeetingRow) == 0


def test_the_first_decision_is_not_a_workers_alone(work: Work) -> None:
    assert refused(work, COURSE) == "needs_second"
    decide(work, replace(COURSE, meeting_id=hold(work)))
    decide(work, replace(COURSE, text="頻度を週1回にする"), once="decision-2")
    kept = queries.decisions([work.case_id], DESK.ring)
    assert [one.authority for one in kept] == ["meeting", "worker"]
    assert kept[1].corrects == kept[0].id and kept[0].text == "こども園で毎朝ようすを見る"


def test_a_meeting_records_taking_up_finding_and_codes_in_one_go(work: Work) -> None:
    new = replace(
        COURSE,
        meeting_id=hold(work),
        screened=(Entry("acceptance", "accepted"), Entry("finding", "found"), Entry("rank", "b")),
        coded={"kind": "neglect", "route": "neighbour", "age": "preschool", "outcome": "continued"},
        roles="園：毎朝見る。センター：週1回訪問",
    )
    decide(work, new)
    codes = screening.codes_of(work.case_id, DESK.ring)
    assert (codes.acceptance, codes.finding, codes.rank) == ("accepted", "found", "b")
    assert (codes.kind, codes.outcome, codes.decided_on, codes.check_on) == (
        "neglect", "continued", TODAY, LATER
    )  # fmt: skip
    assert codes.agency == "こども家庭センター"
    history = screening.screening_of([work.case_id], DESK.ring).history
    assert {one.authority.meeting_id for one in history} == {new.meeting_id}


def test_what_a_later_decision_leaves_open_stays_as_it_was(work: Work) -> None:
    decide(work, replace(COURSE, meeting_id=hold(work), coded={"kind": "neglect"}))
    decide(work, NewDecision("course", "続ける", check_on=date(2027, 1, 18)), once="decision-2")
    codes = screening.codes_of(work.case_id, DESK.ring)
    assert codes.kind == "neglect" and codes.agency == "こども家庭センター"
    assert codes.check_on == date(2027, 1, 18)


def test_that_a_child_was_not_found_ends_the_clock_with_a_day_to_look_again(work: Work) -> None:
    new = NewDecision(
        "unconfirmed",
        "世帯を特定できなかった",
        meeting_id=hold(work),
        check_on=LATER,
        verdict="not_found",
        tried="全戸に声をかけ、夜に2回まわった",
    )
    assert refused(work, replace(new, tried="")) == "needs_tried"
    assert cases.case(work.case_id).clock.running and rows(DecisionRow) == 0, "all of it or nothing"
    decide(work, new)
    after = cases.case(work.case_id).clock
    assert after.end == "unconfirmed" and after.look_again_on == LATER


def test_a_supervisor_alone_does_not_end_a_clock(work: Work) -> None:
    new = NewDecision("unconfirmed", "いたずらと思う", check_on=LATER, verdict="out_of_scope", tried="電話")
    assert refused(work, new, actor=SUPERVISOR) == "needs_meeting"
    assert cases.case(work.case_id).clock.running


def test_closing_follows_the_cases_own_rules(work: Work) -> None:
    new = NewDecision("close", "支援を終える", meeting_id=hold(work), closing="supported")
    assert refused(work, new) == "clock_running"
    assert rows(DecisionRow) == 0 and cases.case(work.case_id).status != "closed"


def test_of_two_decisions_at_the_same_second_the_second_is_told(work: Work) -> None:
    meeting_id, seen = hold(work), work.version()
    decide(work, replace(COURSE, meeting_id=meeting_id), version=seen)
    other = replace(COURSE, meeting_id=meeting_id, text="別のこと", screened=(Entry("rank", "a"),))
    assert refused(work, other, version=seen, once="decision-2") == "changed"
    assert rows(DecisionRow) == 1 and rows(ScreeningRow) == 0


def test_the_same_decision_sent_twice_counts_once(work: Work) -> None:
    new, seen = replace(COURSE, meeting_id=hold(work), screened=(Entry("rank", "a"),)), work.version()
    decide(work, new, version=seen)
    decide(work, new, version=seen)
    assert rows(DecisionRow) == 1 and rows(ScreeningRow) == 1


def test_a_meeting_that_never_was_decides_nothing(work: Work) -> None:
    with pytest.raises(NotFound):
        decide(work, replace(COURSE, meeting_id="nosuchmeet"))


def test_codes_that_nobody_offered_are_refused(work: Work) -> None:
    for coded in ({"kind": "weather"}, {"mood": "calm"}):
        assert refused(work, replace(COURSE, meeting_id=hold(work), coded=coded)) == "unknown_value"


def test_the_agenda_of_the_next_meeting_follows_from_what_was_decided(work: Work) -> None:
    def agenda() -> list[tuple[bool, tuple[str, ...]]]:
        lines = gathering.register(cases.inbox(WORKER), DESK.ring)
        found = rules.agenda_of([gathering.agenda_facts(one) for one in lines], NOW)
        return [(one.overdue, one.reasons) for one in found]

    assert agenda() == [(False, ("受理を、まだ決めていません",))]
    decide(work, replace(COURSE, meeting_id=hold(work), screened=(Entry("acceptance", "accepted"),)))
    assert agenda() == []


def test_a_decision_can_be_read_by_its_id(work: Work) -> None:
    decide(work, replace(COURSE, meeting_id=hold(work)))
    (kept,) = queries.decisions([work.case_id], DESK.ring)
    assert queries.decision(kept.id, DESK.ring) == kept
    with pytest.raises(NotFound):
        queries.decision("nosuchdeci", DESK.ring)


def test_what_is_decided_next_year_leaves_the_tables_of_this_year_alone(work: Work) -> None:
    first = {"kind": "neglect", "outcome": "continued"}
    decide(work, replace(COURSE, meeting_id=hold(work), screened=(Entry("finding", "found"),), coded=first))
    with clock.turned_to(datetime(2027, 4, 2, tzinfo=UTC)):
        later = replace(COURSE, check_on=date(2027, 5, 1), coded={"outcome": "council"})
        decide(work, later, once="decision-2")
    years = screening.codes_of(work.case_id, DESK.ring).years
    assert years["2026"] == {"finding": "found", "kind": "neglect", "outcome": "continued"}
    assert years["2027"] == {"finding": "found", "kind": "neglect", "outcome": "council"}


def test_what_becomes_clear_later_in_the_year_is_counted_in_it(work: Work) -> None:
    decide(work, replace(COURSE, meeting_id=hold(work), coded={"outcome": "continued"}))
    decide(work, replace(COURSE, coded={"kind": "physical"}), once="decision-2")
    years = screening.codes_of(work.case_id, DESK.ring).years
    assert years == {"2026": {"outcome": "continued", "kind": "physical"}}
