"""The clock of a concern from arrival to its end, as the desk lives it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from forum.errors import Refused
from forum.safeguarding.cases import queries, reading
from forum.safeguarding.cases.models import StepRow
from forum.safeguarding.cases.types import Decision
from forum.safeguarding.vault.db import vault_db
from tests.safeguarding.cases.scene import CHIEF, MEETING, TANAKA, Scene, hours


def refused(call: object, /, *args: object, **told: object) -> Refused:
    with pytest.raises(Refused) as found:
        call(*args, **told)  # type: ignore[operator]
    vault_db.session.rollback()
    return found.value


def test_a_case_is_safe_when_its_only_child_was_seen_and_somebody_says_so(scene: Scene) -> None:
    case = scene.arrives()
    sakura = scene.child(case, "さくら")
    with scene.at(20):
        looked = scene.saw(case, sakura)
        assert looked == type(looked)(ended=False, unseen=())
        assert scene.case(case).clock.running, "nobody said that there is no other child"
        scene.do("end_seen", case, all_known=True)
    assert scene.case(case).clock.end == "seen"
    assert [(one.kind, one.late) for one in reading.steps(case, scene.desk.ring)] == [("seen", False)]


def test_a_visit_that_met_only_the_mother_does_not_end_it(scene: Scene) -> None:
    case = scene.arrives()
    sakura = scene.child(case, "さくら")
    for kind in ("adult_only", "heard", "video", "missed"):
        scene.saw(case, sakura, kind=kind, where="", how="母親は元気だと話した", all_known=True)
        assert scene.case(case).clock.running, kind
    assert queries.unseen(case) == (sakura,)
    children = reading.children(case, scene.desk.ring)
    assert children[0].last_seen_at is None
    kinds = [one.kind for one in reading.sightings(case, scene.desk.ring)]
    assert kinds == ["adult_only", "heard", "video", "missed"]


def test_a_brother_whom_nobody_saw_keeps_it_running(scene: Scene) -> None:
    case = scene.arrives()
    sakura, ren = scene.child(case, "さくら"), scene.child(case, "れん")
    looked = scene.saw(case, sakura, all_known=True)
    assert (looked.ended, looked.unseen) == (False, (ren,))
    assert refused(scene.do, "end_seen", case, all_known=True).facts["children"] == (ren,)
    with scene.at(30):
        assert scene.saw(case, ren, all_known=True).ended
    assert scene.case(case).clock.end == "seen"


def test_without_a_known_child_nothing_is_safe_and_a_child_without_a_name_is_enough(scene: Scene) -> None:
    case = scene.arrives()
    assert refused(scene.saw, case, all_known=True).code == "no_child"
    assert refused(scene.do, "end_seen", case, all_known=True).code == "no_child"
    nameless = scene.child(case, "")
    assert scene.saw(case, nameless, all_known=True).ended
    assert reading.children(case, scene.desk.ring)[0].label == "名前の分からない子ども"


def test_too_late_is_written_down_as_late(scene: Scene) -> None:
    case = scene.arrives()
    sakura = scene.child(case, "さくら")
    with scene.at(50):
        assert scene.saw(case, sakura, all_known=True).ended
    assert [one.late for one in reading.sightings(case, scene.desk.ring)] == [True]
    assert [one.late for one in reading.steps(case, scene.desk.ring)] == [True]


def test_what_was_seen_in_time_and_written_down_later_is_not_late(scene: Scene) -> None:
    case = scene.arrives()
    sakura = scene.child(case, "さくら")
    with scene.at(50):
        scene.saw(case, sakura, seen_at=hours(40), all_known=True)
    found = reading.sightings(case, scene.desk.ring)[0]
    assert (found.late, found.recorded_at) == (False, hours(50))
    assert scene.case(case).clock.ended_at == hours(50)


def test_who_was_seen_before_the_call_was_not_seen_since(scene: Scene) -> None:
    with scene.at(5):
        case = scene.arrives()
        sakura = scene.child(case, "さくら")
        assert scene.saw(case, sakura, seen_at=hours(4), all_known=True).unseen == (sakura,)


def test_another_office_takes_it_by_name(scene: Scene) -> None:
    case = scene.arrives()
    told = {"name": "山本", "office": "児童相談所", "at": hours(2), "how": "電話で、受けますと言った"}
    with scene.at(3):
        assert refused(scene.do, "accepted_elsewhere", case, **(told | {"name": ""})).code == "needs_receiver"
        scene.do("accepted_elsewhere", case, **told)
    assert scene.case(case).clock.end == "accepted"
    step = reading.steps(case, scene.desk.ring)[0]
    assert (step.details["name"], step.late) == ("山本", False)
    with scene.at(30):  # seen afterwards all the same
        scene.is_safe(case)
    assert scene.case(case).clock.end == "seen"


def test_what_nobody_could_confirm_comes_back_on_its_day(scene: Scene) -> None:
    case = scene.arrives()
    told: dict[str, object] = {
        "verdict": "not_found",
        "decision": MEETING,
        "reason": "どの部屋か分からない",
        "tried": "3回の訪問、管理会社、民生委員",
        "look_again_on": date(2026, 11, 30),
    }
    alone = told | {"decision": Decision("supervisor", "9")}
    assert refused(scene.do, "unconfirmed", case, CHIEF, **alone).code == "needs_meeting"
    with scene.at(40):
        scene.do("unconfirmed", case, **told)
    assert scene.case(case).clock.look_again_on == date(2026, 11, 30)
    with scene.at(24 * 3):
        assert queries.look_again(TANAKA) == ()
    with scene.at(24 * 10):
        assert [one.id for one in queries.look_again(TANAKA)] == [case]
        scene.do("unconfirmed", case, **(told | {"look_again_on": date(2026, 12, 21)}))
        assert queries.look_again(TANAKA) == ()
        scene.is_safe(case)
    assert scene.case(case).clock.end == "seen"
    kinds = vault_db.session.scalars(select(StepRow.kind).order_by(StepRow.id)).all()
    assert kinds[:2] == ["unconfirmed", "unconfirmed"] and kinds[-1] == "seen"


def test_absence_from_nursery_starts_it_again_and_a_look_from_before_does_not_count(scene: Scene) -> None:
    case = scene.arrives()
    scene.is_safe(case)
    with scene.at(24 * 20):
        scene.do("event", case, kind="absence", text="2週間 登園していない", happened_at=hours(24 * 6))
        clock = scene.case(case).clock
        assert (clock.running, clock.started_at, clock.due_at) == (True, hours(480), hours(480 + 48))
        assert len(queries.unseen(case)) == 1
        line = queries.inbox(TANAKA)[0]
        assert (line.unseen, line.children) == (1, 1)


def test_a_sister_who_is_found_later_must_be_seen_too_but_the_others_stay_seen(scene: Scene) -> None:
    case = scene.arrives()
    scene.is_safe(case)
    with scene.at(10):
        baby = scene.child(case, "赤ちゃん")
        assert scene.case(case).clock.due_at == hours(10 + 48)
        assert queries.unseen(case) == (baby,)
        # They met her on the visit, before anybody came to write it down.
        assert scene.saw(case, baby, seen_at=hours(8), all_known=True).ended


def test_a_mistaken_child_is_taken_out_with_a_reason_and_the_clock_goes_on(scene: Scene) -> None:
    case = scene.arrives()
    sakura, twice = scene.child(case, "さくら"), scene.child(case, "サクラ")
    scene.saw(case, sakura, all_known=True)
    assert refused(scene.do, "drop_child", case, TANAKA, twice, reason=" ").code == "needs_reason"
    scene.do("drop_child", case, TANAKA, twice, reason="同じ子を2回書いた")
    assert scene.case(case).clock.running
    assert "同じ子を2回書いた" in reading.chronology(case, scene.desk.ring)[-1].text
    scene.do("end_seen", case, all_known=True)
    assert scene.case(case).clock.end == "seen"


def test_an_urgent_event_makes_the_limit_shorter_and_never_longer(scene: Scene) -> None:
    case = scene.arrives()
    with scene.at(2):
        scene.do("event", case, kind="other", text="けがをしている", happened_at=hours(2), urgent=True)
    assert scene.case(case).clock.due_at == hours(26)
    with scene.at(20):
        scene.do("event", case, kind="again", text="また声がした", happened_at=hours(19))
    assert scene.case(case).clock.due_at == hours(26), "a second call never buys time"
    assert scene.case(case).clock.started_at == hours(0)
    assert scene.case(case).clock.due_at - timedelta(hours=26) == hours(0)
