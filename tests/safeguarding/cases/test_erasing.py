"""Keeping and erasing: by the city's days, by two people, and then nothing is left but the log."""

import pytest
from sqlalchemy import func, select

from forum.errors import NotFound, Refused
from forum.safeguarding.cases import queries, service
from forum.safeguarding.cases.types import Decision
from forum.safeguarding.vault import audit, sealed, store
from forum.safeguarding.vault.content import Content, Identity, Paragraph, Upload
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.vault.models import AttachmentRow, CaseRow
from tests.safeguarding.cases.scene import CHIEF, SECOND_CHIEF, SUZUKI, TANAKA, Scene, hours

YEAR = 24 * 366
KINDS = "change child sighting person entry task offer conflict merge step"
OWN = {f"case_{name}" for name in KINDS.split()}


def refused(call: object, /, *args: object, **told: object) -> Refused:
    with pytest.raises(Refused) as found:
        call(*args, **told)  # type: ignore[operator]
    vault_db.session.rollback()
    return found.value


def closed(scene: Scene, outcome: str = "unfounded") -> str:
    case = scene.arrives(identity=Identity(name="近所のもの"))
    scene.is_safe(case)
    decision = Decision("supervisor", "9")
    scene.do("close", case, CHIEF, decision=decision, outcome=outcome, reason="転んだけがだった")
    return case


def counts() -> dict[str, int]:
    """Rows by table, of everything that may hold something about a case."""
    left = ("desk_key", "vault_setting", "vault_outbox")
    return {
        table.name: vault_db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in vault_db.metadata.sorted_tables
        if not table.name.startswith(("watch_", "staff", "audit")) and table.name not in left
    }


def test_what_was_unfounded_is_due_sooner(scene: Scene) -> None:
    short, long = closed(scene), closed(scene, "supported")
    open_one = scene.arrives()
    with scene.at(5 * YEAR + 48):
        assert [one.case_id for one in service.purge_due(scene.policy)] == [short]
    with scene.at(26 * YEAR):
        found = {one.case_id for one in service.purge_due(scene.policy)}
        assert found == {short, long}
        assert open_one not in found, "an open case is never due"
        assert queries.case(short).status == "closed", "looking erases nothing"


def test_a_legal_hold_keeps_it(scene: Scene) -> None:
    case = closed(scene)
    assert refused(scene.do, "set_hold", case, TANAKA, wanted=True, reason="裁判").code == "not_yours"
    scene.do("set_hold", case, CHIEF, wanted=True, reason="裁判のため")
    with scene.at(6 * YEAR):
        assert service.purge_due(scene.policy) == ()
        assert refused(scene.do, "ask_deletion", case, reason="期限").code == "on_hold"
        scene.do("set_hold", case, CHIEF, wanted=False, reason="裁判が終わった")
        assert len(service.purge_due(scene.policy)) == 1


def test_one_person_alone_erases_nothing(scene: Scene) -> None:
    case = closed(scene)
    assert refused(scene.do, "ask_deletion", case, reason="期限").code == "too_early"
    with scene.at(6 * YEAR):
        scene.do("ask_deletion", case, CHIEF, reason="保存の期限が来た")
        assert refused(scene.do, "ask_deletion", case, SUZUKI, reason="期限").code == "asked_already"
        assert refused(scene.do, "approve_deletion", case, CHIEF).code == "second_person"
        assert refused(scene.do, "approve_deletion", case, SUZUKI).code == "second_person"
        scene.do("refuse_deletion", case, SECOND_CHIEF)
        assert queries.deletion(case) is None
        with pytest.raises(NotFound):
            scene.do("approve_deletion", case, SECOND_CHIEF)
        vault_db.session.rollback()
    assert queries.case(case).id == case


def test_two_people_erase_everything_of_the_case_and_nothing_of_another(scene: Scene) -> None:
    neighbour = scene.arrives("ほかの家のこと")
    scene.child(neighbour, "れん")
    before = counts()
    case = full_case(scene)
    with scene.at(30 * YEAR):
        scene.do("ask_deletion", case, TANAKA, reason="保存の期限が来た")
        scene.do("approve_deletion", case, CHIEF)
    vault_db.session.rollback()
    assert counts() == before
    assert [row.public_id for row in vault_db.session.scalars(select(CaseRow))] == [neighbour]
    assert [(one.verb, one.staff_name) for one in audit.lines(subject=case, most=2)] == [
        ("erase", "上野"),
        ("approve_deletion", "上野"),
    ]


def full_case(scene: Scene) -> str:
    """A closed case with a row in every table of this room."""
    case = scene.arrives(identity=Identity(name="近所のもの"))
    photo = Upload("x.jpg", "image/jpeg", b"0" * 100)
    with writing():
        told = sealed.prepare_message_in(Content((Paragraph("写真"),)), (photo,), scene.desk.key, "m1")
        store.add_message_in(scene.report_id(case), told)
        store.mark_message_read("m1")
    assert vault_db.session.scalar(select(func.count()).select_from(AttachmentRow)) == 1
    voice = scene.arrives("同じ家の声")
    version = queries.case(voice).version
    scene.do("merge", case, other_id=voice, other_version=version, reason="同じ家")
    scene.do("add_person", case, words={"role": "mother", "name": "花子"})
    scene.do("note_entry", case, kind="fact", text="訪ねた", happened_at=hours(0))
    scene.do("mark_conflict", case, CHIEF, staff_id=77, reason="親類")
    scene.do("offer", case, CHIEF, to_id=SUZUKI.id, text="お願い")
    scene.do("answer_offer", case, SUZUKI, accept=True)
    scene.do("add_task", case, kind="visit", due_at=hours(9), holder_id=None, text="訪問")
    task = queries.tasks(TANAKA)[0]
    scene.do("finish_task", case, TANAKA, task.id, ring=scene.desk.ring, result="訪ねた")
    scene.is_safe(case)
    decision = Decision("supervisor", "9")
    scene.do("close", case, CHIEF, decision=decision, outcome="supported", reason="落ち着いた")
    own = {name: rows for name, rows in counts().items() if name in OWN}
    assert len(own) == 10 and 0 not in own.values()
    return case
