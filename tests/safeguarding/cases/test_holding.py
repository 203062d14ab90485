"""Who holds a case: two at the same second, handovers that wait, people who know the family."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from forum.errors import NotFound, Refused
from forum.safeguarding.cases import queries, reading, service
from forum.safeguarding.cases.types import Actor
from forum.safeguarding.vault.db import vault_db, writing
from tests.safeguarding.cases.scene import CHIEF, KATO, SECOND_CHIEF, SUZUKI, TANAKA, Scene, hours


def refused(call: object, /, *args: object, **told: object) -> Refused:
    with pytest.raises(Refused) as found:
        call(*args, **told)  # type: ignore[operator]
    vault_db.session.rollback()
    return found.value


def test_of_two_at_the_same_second_the_second_sees_what_changed(scene: Scene) -> None:
    case = scene.arrives()
    seen = queries.case(case).version
    scene.do("take", case, TANAKA, version=seen)
    slower = refused(scene.do, "take", case, SUZUKI, version=seen)
    assert slower.code == "changed"
    assert [(one.staff_id, one.verb, one.at) for one in slower.facts["changes"]] == [(1, "take", hours(0))]  # type: ignore[attr-defined]
    assert slower.facts["version"] == seen + 1
    assert scene.case(case).holder_id == TANAKA.id
    assert refused(scene.do, "take", case, SUZUKI).code == "held"


def test_two_processes_that_press_at_once_have_one_holder(scene: Scene) -> None:
    case = scene.arrives()
    version, gate = queries.case(case).version, Barrier(2)
    vault_db.session.rollback()

    def press(who: Actor) -> str:
        with scene.app.app_context():
            queries.case(case)  # each has its page open
            gate.wait()
            try:
                with writing():
                    service.take(case, version, who, once=f"at-once-{who.id}")
            except Refused as no:
                return no.code
            return who.name

    with ThreadPoolExecutor(2) as both:
        told = set(both.map(press, (TANAKA, SUZUKI)))
    assert "changed" in told
    assert {TANAKA.name: TANAKA.id, SUZUKI.name: SUZUKI.id}[(told - {"changed"}).pop()] == (
        scene.case(case).holder_id
    )


def test_nothing_is_overwritten_by_a_page_that_was_open_for_an_hour(scene: Scene) -> None:
    case = scene.arrives()
    old = queries.case(case).version
    line = {"kind": "fact", "text": "園に電話した", "happened_at": hours(0)}
    scene.do("note_entry", case, **line)
    for name, told in (
        ("note_entry", line),
        ("take", {}),
        ("add_child", {"words": {"name": "さくら"}}),
        ("add_person", {"words": {"role": "mother", "name": "花子"}}),
        ("event", {"kind": "moved", "text": "", "happened_at": hours(0)}),
        ("mark_conflict", {"staff_id": 1, "reason": "親類"}),
    ):
        assert refused(scene.do, name, case, version=old, **told).code == "changed", name
    assert len(reading.chronology(case, scene.desk.ring)) == 1
    assert reading.children(case, scene.desk.ring) == ()


def test_the_same_form_sent_twice_counts_once(scene: Scene) -> None:
    case = scene.arrives()
    version = queries.case(case).version
    for _ in range(2):
        scene.do(
            "note_entry", case, version=version, once="form", kind="fact", text="訪ねた", happened_at=hours(0)
        )
    assert len(reading.chronology(case, scene.desk.ring)) == 1


def test_a_handover_counts_when_the_named_receiver_accepts(scene: Scene) -> None:
    case = scene.arrives()
    scene.do("take", case, TANAKA)
    scene.do("offer", case, TANAKA, to_id=SUZUKI.id, text="あす休みです。家庭訪問は17時")
    assert scene.case(case).holder_id == TANAKA.id
    assert refused(scene.do, "answer_offer", case, CHIEF, accept=True).code == "no_offer"
    scene.do("answer_offer", case, SUZUKI, accept=False)
    assert scene.case(case).holder_id == TANAKA.id
    scene.do("offer", case, CHIEF, to_id=SUZUKI.id, text="お願いします")
    assert refused(scene.do, "offer", case, TANAKA, to_id=CHIEF.id, text="").code == "offer_waiting"
    assert queries.inbox(SUZUKI)[0].offered_to == SUZUKI.id
    scene.do("answer_offer", case, SUZUKI, accept=True)
    assert scene.case(case).holder_id == SUZUKI.id
    assert queries.offer(case) is None


def test_a_supervisor_assigns_and_nobody_holds_it_until_it_is_accepted(scene: Scene) -> None:
    case = scene.arrives()
    scene.do("offer", case, CHIEF, to_id=SUZUKI.id, text="お願いします")
    assert scene.case(case).holder_id is None
    assert refused(scene.do, "take", case, TANAKA).code == "offered"
    assert refused(scene.do, "withdraw_offer", case, TANAKA).code == "not_yours"
    scene.do("withdraw_offer", case, CHIEF)
    scene.do("take", case, TANAKA)
    assert refused(scene.do, "release", case, TANAKA).code == "clock_running"
    scene.do("release", case, CHIEF)
    assert scene.case(case).holder_id is None


def test_for_somebody_who_knows_the_family_the_case_is_gone(scene: Scene) -> None:
    case, other = scene.arrives(), scene.arrives("泣き声")
    scene.do("take", case, TANAKA)
    scene.do("add_task", case, kind="visit", due_at=hours(9), holder_id=TANAKA.id, text="訪問")
    scene.do("mark_conflict", case, TANAKA, staff_id=TANAKA.id, reason="")
    assert [one.id for one in queries.inbox(TANAKA)] == [other]
    assert queries.hidden_from(TANAKA.id) == {case}
    assert queries.tasks(TANAKA) == ()
    with pytest.raises(NotFound):
        queries.case(case, TANAKA)
    with pytest.raises(NotFound):
        scene.do("take", case, TANAKA)
    vault_db.session.rollback()
    assert scene.case(case).holder_id is None, "what they held is free again"
    assert queries.tasks(SUZUKI)[0].holder_id is None
    assert [one.staff_id for one in queries.conflicts(case)] == [TANAKA.id]
    assert refused(scene.do, "offer", case, CHIEF, to_id=TANAKA.id, text="").code == "conflict"


def test_a_supervisor_marks_others_and_another_one_marks_the_supervisor(scene: Scene) -> None:
    case = scene.arrives()
    assert refused(scene.do, "mark_conflict", case, TANAKA, staff_id=2, reason="親類").code == "not_yours"
    scene.do("mark_conflict", case, CHIEF, staff_id=SUZUKI.id, reason="となりに住んでいる")
    assert queries.inbox(SUZUKI) == ()
    mark = queries.conflicts(case)[0]
    assert reading.reasons("conflict", case, scene.desk.ring) == {mark.id: "となりに住んでいる"}
    scene.do("lift_conflict", case, CHIEF, mark.id)
    assert [one.id for one in queries.inbox(SUZUKI)] == [case]
    scene.do("mark_conflict", case, CHIEF, staff_id=CHIEF.id, reason="")
    with pytest.raises(NotFound):
        queries.case(case, CHIEF)
    assert [one.staff_id for one in queries.conflicts(case)] == [CHIEF.id]
    scene.do("lift_conflict", case, SECOND_CHIEF, queries.conflicts(case)[0].id)
    assert queries.case(case, CHIEF).id == case


def test_a_mark_hides_also_what_was_merged(scene: Scene) -> None:
    case, other = scene.arrives(), scene.arrives("同じ家の声")
    scene.do("mark_conflict", other, TANAKA, staff_id=TANAKA.id, reason="")
    scene.do(
        "merge", case, SUZUKI, other_id=other, other_version=queries.case(other).version, reason="同じ家"
    )
    assert queries.inbox(TANAKA) == ()
    assert queries.hidden_from(TANAKA.id) == {case, other}


def test_the_school_does_not_see_what_the_family_desk_receives(scene: Scene) -> None:
    case, at_school = scene.arrives(), scene.arrives("先生がたたいた", groups=("school",))
    assert [one.id for one in queries.inbox(KATO)] == [at_school]
    with pytest.raises(NotFound):
        queries.case(case, KATO)
    with pytest.raises(NotFound):
        scene.do("note_entry", case, KATO, kind="fact", text="見た", happened_at=hours(0))
    vault_db.session.rollback()
    assert {one.id for one in queries.inbox(CHIEF)} == {case, at_school}


def test_the_inbox_shows_first_what_is_most_pressing(scene: Scene) -> None:
    calm = scene.arrives()
    with scene.at(1):
        urgent = scene.arrives("血が出ている", urgent=True)
        burst = scene.arrives("同じ人から いくつも", read=False, burst=2)
    done = scene.arrives()
    scene.is_safe(done)
    with scene.at(2):
        lines = queries.inbox(TANAKA)
        assert [one.id for one in lines] == [urgent, calm, done, burst]
        assert [one.id for one in queries.unseen_lines(TANAKA)] == [urgent, calm, burst]
    with scene.at(40):
        assert [one.id for one in queries.inbox(TANAKA)] == [urgent, calm, burst, done]
    assert lines[2].last_seen_by == TANAKA.id
    assert lines[0].watch_clock().due_at == hours(25)


def test_overdue_tasks_stand_first(scene: Scene) -> None:
    case = scene.arrives()
    for number, kind in ((30, "visit"), (2, "notice"), (9, "inquiry")):
        scene.do("add_task", case, kind=kind, due_at=hours(number), holder_id=None, text=f"{kind} のこと")
    found = queries.tasks(TANAKA)
    assert [one.kind for one in found] == ["notice", "inquiry", "visit"]
    assert found[0].text == "", "lists open no words"
    ring = scene.desk.ring
    scene.do("finish_task", case, TANAKA, found[0].id, ring=ring, result="児相の山本さんに伝えた")
    assert [one.kind for one in queries.tasks(TANAKA)] == ["inquiry", "visit"]
    done = reading.tasks(case, ring)[-1]
    assert (done.text, done.result) == ("notice のこと", "児相の山本さんに伝えた")
    again = refused(scene.do, "finish_task", case, SUZUKI, found[0].id, ring=ring, result="した")
    assert again.code == "done"
