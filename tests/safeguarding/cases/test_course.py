"""Chronology, merging, closing, reopening: nothing is lost, nothing happens by itself."""

from datetime import date

import pytest

from forum.errors import NotFound, Refused
from forum.safeguarding.cases import queries, reading
from forum.safeguarding.cases.types import Decision
from forum.safeguarding.vault import sealed, store
from forum.safeguarding.vault.content import Content, Paragraph
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.vault.queries import reports_of
from tests.house.dumps import as_bytes, dump
from tests.safeguarding.cases.scene import CHIEF, KATO, MEETING, SUZUKI, TANAKA, Scene, hours


def refused(call: object, /, *args: object, **told: object) -> Refused:
    with pytest.raises(Refused) as found:
        call(*args, **told)  # type: ignore[operator]
    vault_db.session.rollback()
    return found.value


def close(scene: Scene, case: str, outcome: str = "unfounded") -> None:
    scene.do(
        "close", case, CHIEF, decision=Decision("supervisor", "9"), outcome=outcome, reason="転んだけがだった"
    )


def put_into(scene: Scene, case: str, other: str, actor: object = TANAKA) -> None:
    version = queries.case(other).version
    scene.do("merge", case, actor, other_id=other, other_version=version, reason="同じ部屋番号と泣き声")  # type: ignore[arg-type]


def test_a_correction_is_a_new_line_and_the_old_one_stays(scene: Scene) -> None:
    case = scene.arrives()
    scene.do("note_entry", case, kind="fact", text="右のほおに あざ", happened_at=hours(-1))
    wrong = reading.chronology(case, scene.desk.ring)[0]
    correction = {"kind": "fact", "text": "左のほおに あざ", "happened_at": hours(-1), "corrects": wrong.id}
    scene.do("note_entry", case, SUZUKI, **correction)
    lines = reading.chronology(case, scene.desk.ring)
    assert [(one.text, one.corrected) for one in lines] == [
        ("右のほおに あざ", True),
        ("左のほおに あざ", False),
    ]
    assert lines[1].corrects == wrong.id
    assert refused(scene.do, "note_entry", case, **correction).code == "corrected"


def test_hearsay_and_opinion_stand_apart_from_what_was_seen(scene: Scene) -> None:
    case = scene.arrives()
    said = {"kind": "statement", "text": "昨日から休んでいる", "happened_at": hours(0)}
    assert refused(scene.do, "note_entry", case, **said).code == "needs_who"
    scene.do("note_entry", case, **said, said_by="担任", disclosure="closed")
    line = reading.chronology(case, scene.desk.ring)[0]
    assert (line.kind, line.said_by, line.disclosure) == ("statement", "担任", "closed")


def test_people_are_written_down_and_corrected(scene: Scene) -> None:
    case = scene.arrives()
    scene.do("add_person", case, words={"role": "partner", "name": "健一", "note": "夜だけ来る"})
    person = reading.people(case, scene.desk.ring)[0]
    scene.do("change_person", case, TANAKA, person.id, words={"role": "father", "name": "健一"})
    assert [(one.role, one.name, one.note) for one in reading.people(case, scene.desk.ring)] == [
        ("father", "健一", "")
    ]
    assert refused(scene.do, "add_person", case, words={"role": "boss", "name": "x"}).code == "unknown_value"
    assert refused(scene.do, "add_person", case, words={"role": "mother", "name": " "}).code == "empty"
    assert reading.names(scene.desk.ring) == {case: ("健一",)}


def test_nothing_of_a_case_stands_in_clear(scene: Scene) -> None:
    case = scene.arrives()
    secret = "ひみつのことば"
    scene.child(case, secret)
    scene.do("add_person", case, words={"role": "mother", "name": secret, "address": secret})
    scene.do("note_entry", case, kind="statement", text=secret, said_by=secret, happened_at=hours(0))
    scene.saw(case, kind="adult_only", who=secret, where=secret, how=secret)
    scene.do("add_task", case, kind="visit", due_at=hours(9), holder_id=1, text=secret)
    scene.do("offer", case, CHIEF, to_id=2, text=secret)
    scene.do("mark_conflict", case, CHIEF, staff_id=5, reason=secret)
    scene.do("event", case, kind="moved", text=secret, happened_at=hours(0))
    cells = dump(vault_db)
    assert "case_person" in {cell.table for cell in cells}
    assert not [cell for cell in cells if secret.encode() in as_bytes(cell.value)]


def test_two_voices_become_one_case_and_each_report_keeps_its_arrival(scene: Scene) -> None:
    first = scene.arrives()
    with scene.at(5):
        second = scene.arrives("毎晩 声がする")
        put_into(scene, second, first)
        case = scene.case(second)
        assert (case.merged, case.clock.due_at, case.ids) == ((first,), hours(48), (second, first))
        assert [one.received_at for one in reports_of(case.ids)] == [hours(0), hours(5)]
        line = queries.inbox(TANAKA)
        assert [(one.id, one.reports) for one in line] == [(second, 2)]
        assert refused(scene.do, "take", first).code == "merged"
        assert queries.root_of(first) == second


def test_a_merge_can_be_undone_and_both_clocks_are_as_before(scene: Scene) -> None:
    first = scene.arrives()
    with scene.at(5):
        second = scene.arrives()
        put_into(scene, second, first)
        merge = queries.merges(second)[0]
        scene.do("unmerge", second, TANAKA, merge.id)
        assert (scene.case(first).clock.due_at, scene.case(second).clock.due_at) == (hours(48), hours(53))
        assert {one.id for one in queries.inbox(TANAKA)} == {first, second}
        assert refused(scene.do, "unmerge", second, TANAKA, merge.id).code == "undone"
        put_into(scene, first, second)
        assert [one.case_id for one in queries.merges(first)] == [second]


def test_merging_shows_nothing_to_those_who_may_not_see_the_other(scene: Scene) -> None:
    case, at_school = scene.arrives(), scene.arrives(groups=("school",))
    with pytest.raises(NotFound):
        put_into(scene, case, at_school)
    vault_db.session.rollback()
    put_into(scene, case, at_school, CHIEF)
    assert [one.id for one in queries.inbox(KATO)] == [case]
    scene.do("unmerge", case, CHIEF, queries.merges(case)[0].id)
    assert [one.id for one in queries.inbox(KATO)] == [at_school]


def test_what_nobody_has_read_is_not_merged_and_a_stale_page_is_told(scene: Scene) -> None:
    case, unread = scene.arrives(), scene.arrives(read=False)
    told = {"other_version": queries.case(unread).version, "reason": "同じ家"}
    assert refused(scene.do, "merge", case, other_id=unread, **told).code == "unread"
    other = scene.arrives()
    stale = {"other_id": other, "other_version": queries.case(other).version, "reason": "同じ家"}
    scene.do("take", other, SUZUKI)
    assert refused(scene.do, "merge", case, **stale).code == "changed"
    assert scene.case(other).status == "open"


def test_a_new_report_in_a_closed_case_opens_it_again(scene: Scene) -> None:
    case = scene.arrives()
    scene.is_safe(case)
    close(scene, case)
    with scene.at(24 * 40):
        new = scene.arrives("また声がする")
        put_into(scene, case, new)
        found = scene.case(case)
        assert (found.status, found.clock.running, found.record_class) == ("open", True, "case")
        assert found.clock.due_at == hours(24 * 40 + 48)
        assert len(queries.unseen(case)) == 1, "seen forty days ago is not seen since"


def test_closing_waits_for_everything_that_is_open(scene: Scene) -> None:
    case = scene.arrives()
    assert refused(close, scene, case).code == "clock_running"
    scene.is_safe(case)
    scene.do("add_task", case, kind="visit", due_at=hours(9), holder_id=None, text="もう一度 訪問")
    assert refused(close, scene, case).code == "waits"
    task = queries.tasks(TANAKA)[0]
    scene.do("finish_task", case, TANAKA, task.id, ring=scene.desk.ring, result="訪ねた")
    with writing():
        told = sealed.prepare_message_in(Content((Paragraph("また声がした"),)), (), scene.desk.key, "m1")
        store.add_message_in(scene.report_id(case), told)
    assert refused(close, scene, case).facts["unread"] is True
    with writing():
        store.mark_message_read("m1")
    worker = {"decision": Decision("supervisor", "1"), "outcome": "unfounded", "reason": "転んだ"}
    assert refused(scene.do, "close", case, TANAKA, **worker).code == "needs_decision"
    close(scene, case)
    assert (scene.case(case).status, scene.case(case).record_class) == ("closed", "unfounded")
    assert queries.inbox(TANAKA) == ()
    assert [one.id for one in queries.inbox(TANAKA, ("closed",))] == [case]
    assert refused(scene.do, "take", case).code == "closed"


def test_what_was_never_confirmed_is_closed_by_a_meeting_and_rings_no_more(scene: Scene) -> None:
    case = scene.arrives()
    scene.do(
        "unconfirmed", case, verdict="not_found", decision=MEETING, reason="分からない", tried="訪問",
        look_again_on=date(2026, 12, 1),
    )  # fmt: skip
    assert refused(close, scene, case, "not_identified").code == "needs_meeting"
    scene.do("close", case, decision=MEETING, outcome="not_identified", reason="手がかりがない")
    with scene.at(24 * 60):
        assert queries.look_again(TANAKA) == ()


def test_a_closed_case_opens_again_with_its_clock(scene: Scene) -> None:
    case = scene.arrives()
    scene.is_safe(case)
    close(scene, case)
    with scene.at(500):
        assert refused(scene.do, "reopen", case, reason="").code == "needs_reason"
        scene.do("event", case, kind="checkup", text="3歳半健診に来ていない", happened_at=hours(400))
        found = scene.case(case)
        assert (found.status, found.clock.due_at, found.closed_at) == ("open", hours(548), None)
        assert refused(scene.do, "reopen", case, reason="もう一度").code == "not_closed"
        scene.saw(case, *queries.unseen(case), all_known=True)
        close(scene, case, "supported")
        scene.do("reopen", case, reason="近所から電話")
        assert scene.case(case).clock.running
    kinds = [one.kind for one in reading.steps(case, scene.desk.ring)]
    assert kinds == ["seen", "closed", "restarted", "seen", "closed", "reopened"]
