"""Who sees, holds, writes, merges, closes and erases: tables of what is refused and why."""

from datetime import UTC, date, datetime, timedelta

import pytest

from forum.errors import Refused
from forum.safeguarding.cases.rules import keeping, papers, work
from forum.safeguarding.cases.types import Actor, Clock, Conflict, Decision, Offer
from forum.safeguarding.vault.content import Content, Identity, Paragraph

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
FAMILY = frozenset({"family"})
TANAKA = Actor(1, "田中", FAMILY)
SUZUKI = Actor(2, "鈴木", FAMILY)
CHIEF = Actor(9, "上野", FAMILY, supervisor=True)
RUNNING = Clock(NOW, NOW + timedelta(hours=48))
SEEN = Clock(NOW, NOW + timedelta(hours=48), NOW, "seen")
UNCONFIRMED = Clock(NOW, NOW + timedelta(hours=48), NOW, "unconfirmed", date(2026, 12, 1))
TO_SUZUKI = Offer("o", "c", 1, 1, 2, NOW)


def code(call: object, *args: object, **kwargs: object) -> str:
    """The refusal, or "" if it is allowed."""
    try:
        call(*args, **kwargs)  # type: ignore[operator]
    except Refused as refused:
        return refused.code
    return ""


def test_a_case_is_there_for_its_own_recipients_who_know_nobody_in_it() -> None:
    assert work.may_see(["family"], FAMILY, conflicted=False)
    assert not work.may_see(["school"], FAMILY, conflicted=False)
    assert not work.may_see(["family", "school"], FAMILY, conflicted=True)


@pytest.mark.parametrize(
    ("holder", "offer", "actor", "said"),
    [
        (None, None, TANAKA, ""),
        (1, None, TANAKA, "held_by_you"),
        (1, None, SUZUKI, "held"),
        (None, TO_SUZUKI, TANAKA, "offered"),
        (None, TO_SUZUKI, SUZUKI, ""),
    ],
)
def test_a_case_is_taken_when_nobody_holds_it(
    holder: int | None, offer: Offer | None, actor: Actor, said: str
) -> None:
    assert code(work.check_take, holder, offer, actor) == said


@pytest.mark.parametrize(
    ("holder", "clock", "actor", "said"),
    [
        (1, SEEN, TANAKA, ""),
        (1, RUNNING, TANAKA, "clock_running"),
        (1, RUNNING, CHIEF, ""),
        (1, SEEN, SUZUKI, "not_yours"),
        (None, SEEN, CHIEF, "not_yours"),
    ],
)
def test_while_the_clock_runs_a_case_is_handed_over_and_not_dropped(
    holder: int | None, clock: Clock, actor: Actor, said: str
) -> None:
    assert code(work.check_release, holder, clock, actor) == said


@pytest.mark.parametrize(
    ("holder", "to", "offer", "actor", "said"),
    [
        (1, 2, None, TANAKA, ""),
        (None, 2, None, CHIEF, ""),
        (2, 1, None, TANAKA, "not_yours"),
        (1, 1, None, TANAKA, "same_person"),
        (1, 3, TO_SUZUKI, TANAKA, "offer_waiting"),
        (1, 4, None, TANAKA, "conflict"),
    ],
)
def test_a_handover_is_offered_by_the_holder_or_a_supervisor(
    holder: int | None, to: int, offer: Offer | None, actor: Actor, said: str
) -> None:
    assert code(work.check_offer, holder, to, offer, frozenset({4}), actor) == said


def test_anybody_may_step_aside_and_only_a_supervisor_moves_others() -> None:
    standing = [Conflict("k", "c", 2, 9, NOW)]
    assert code(work.check_conflict, 1, "", [], TANAKA) == ""
    assert code(work.check_conflict, 2, "親類", [], TANAKA) == "not_yours"
    assert code(work.check_conflict, 2, "", [], CHIEF) == "needs_reason"
    assert code(work.check_conflict, 2, "親類", standing, CHIEF) == "marked_already"
    assert code(work.check_lift, standing[0], CHIEF) == ""
    assert code(work.check_lift, standing[0], TANAKA) == "not_yours"
    assert code(work.check_lift, Conflict("k", "c", 9, 9, NOW), CHIEF) == "not_yours"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, ""),
        ({"kind": "guess"}, "unknown_value"),
        ({"disclosure": "maybe"}, "unknown_value"),
        ({"text": " "}, "empty"),
        ({"text": "あ" * (work.TEXT_MOST + 1)}, "too_long"),
        ({"kind": "statement"}, "needs_who"),
        ({"kind": "statement", "said_by": "担任"}, ""),
        ({"at": NOW + timedelta(minutes=1)}, "future"),
    ],
)
def test_a_line_of_the_chronology_says_what_it_is(changed: dict[str, object], said: str) -> None:
    told = {"kind": "fact", "disclosure": "undecided", "text": "訪ねた", "said_by": "", "at": NOW} | changed
    assert code(work.check_entry, now=NOW, **told) == said


@pytest.mark.parametrize(
    ("statuses", "groups", "reason", "actor", "said"),
    [
        ({"a": "open", "b": "new"}, ["family", "family"], "同じ部屋", TANAKA, ""),
        ({"a": "open"}, ["family", "family"], "同じ部屋", TANAKA, "same_case"),
        ({"a": "open", "b": "merged"}, ["family", "family"], "同じ部屋", TANAKA, "merged"),
        ({"a": "open", "b": "new"}, ["family", "family"], " ", TANAKA, "needs_reason"),
        ({"a": "open", "b": "new"}, ["family", "school"], "同じ子", TANAKA, "other_groups"),
        ({"a": "open", "b": "new"}, ["family", "school"], "同じ子", CHIEF, ""),
    ],
)
def test_a_person_merges_and_says_why(
    statuses: dict[str, str], groups: list[str], reason: str, actor: Actor, said: str
) -> None:
    received = {one: frozenset({group}) for one, group in zip("ab", groups, strict=True)}
    assert code(work.check_merge, statuses, received, reason, actor) == said


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, ""),
        ({"clock": RUNNING}, "clock_running"),
        ({"outcome": "done"}, "unknown_value"),
        ({"reason": ""}, "needs_reason"),
        ({"actor": TANAKA}, "needs_decision"),
        ({"actor": TANAKA, "decision": Decision("meeting", "m1")}, ""),
        ({"decision": Decision("meeting", "")}, "needs_decision"),
        ({"clock": UNCONFIRMED}, "needs_meeting"),
        ({"clock": UNCONFIRMED, "decision": Decision("meeting", "m1")}, ""),
        ({"tasks": 1}, "waits"),
        ({"offered": True}, "waits"),
        ({"unread": True}, "waits"),
    ],
)
def test_closing_is_decided_and_leaves_nothing_waiting(changed: dict[str, object], said: str) -> None:
    told: dict[str, object] = {
        "clock": SEEN,
        "decision": Decision("supervisor", "9"),
        "outcome": "unfounded",
        "reason": "けがは転んだもの。医師も確かめた",
        "actor": CHIEF,
        "tasks": 0,
        "offered": False,
        "unread": False,
    }
    assert code(work.check_close, **(told | changed)) == said


@pytest.mark.parametrize(
    ("read", "urgent", "left", "behind"),
    [
        (False, False, timedelta(hours=48), True),
        (False, False, timedelta(hours=23), False),
        (False, False, None, False),
        (True, False, timedelta(hours=48), False),
        (False, True, timedelta(hours=48), False),
    ],
)
def test_a_burst_stands_behind_until_its_limit_comes_near(
    read: bool, urgent: bool, left: timedelta | None, behind: bool
) -> None:
    assert work.stands_behind(read=read, urgent=urgent, left=left) is behind


def test_what_was_unfounded_is_kept_shorter() -> None:
    retention = {"case": 9131, "unfounded": 1826}
    assert keeping.record_class("unfounded") == "unfounded"
    assert keeping.record_class("supported") == "case"
    assert keeping.kept_until(NOW, "unfounded", retention) < keeping.kept_until(NOW, "case", retention)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, ""),
        ({"status": "open"}, "not_closed"),
        ({"until": None}, "not_closed"),
        ({"held": True}, "on_hold"),
        ({"today": date(2031, 11, 22)}, "too_early"),
        ({"asked_by": 9}, "second_person"),
        ({"actor": TANAKA}, "second_person"),
    ],
)
def test_two_people_erase_and_only_when_the_time_is_over(changed: dict[str, object], said: str) -> None:
    told: dict[str, object] = {
        "status": "closed",
        "held": False,
        "until": date(2031, 11, 22),
        "today": date(2031, 11, 23),
        "asked_by": 1,
        "actor": CHIEF,
    }
    assert code(keeping.check_approve_deletion, **(told | changed)) == said


def test_a_quoted_mark_stays_inside_however_it_is_written() -> None:
    told = Content((Paragraph("夜10時に３階の音が聞こえた", telling=True), Paragraph("泣き声がする")))
    phrases = papers.telling_phrases([told])
    names = papers.reporter_names([Identity(name="大津 花子", phone="090-1234-5678")])
    assert not papers.may_leave("電話で「夜１０時に、3階の音が 聞こえた」と話した", phrases)
    assert not papers.may_leave("大津花子さんに折り返した", phrases, names)
    assert not papers.may_leave("０９０ー１２３４ー５６７８へ電話", phrases, names)
    assert papers.may_leave("泣き声がする", phrases, names)
    assert "family_knows" not in papers.safe_answers({"family_knows": "no", "child_age": "3歳"})
