"""Two people for what a child wrote; a box that one office alone opens."""

import json
from base64 import b64encode
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from nacl.public import PrivateKey

from forum import clock
from forum.city.faults import PackError
from forum.errors import NotFound, Refused
from forum.safeguarding.cases.types import Actor
from forum.safeguarding.paper import catalogue, handover, queries, service
from forum.safeguarding.vault import audit
from forum.safeguarding.vault.content import Content, Paragraph
from forum.safeguarding.vault.db import vault_db, writing
from tests.safeguarding.cases.scene import SUZUKI, TANAKA, Scene
from tests.safeguarding.paper.conftest import words

WROTE = "おうちに かえりたくない"


@pytest.fixture
def case_id(scene: Scene) -> str:
    return scene.arrives(Content((Paragraph(WROTE),), child_wrote=True))


def ask(scene: Scene, case_id: str, actor: Actor = TANAKA, kind: str = "transfer") -> str:
    with writing():
        service.ask(scene.case(case_id), actor, scene.desk.key, kind, "児相が読むため", scene.ticket())
    return queries.approvals(scene.case(case_id))[0].id


def answer(scene: Scene, case_id: str, approval: str, actor: Actor, *, agreed: bool = True) -> None:
    with writing():
        service.answer(scene.case(case_id), actor, approval, agreed=agreed)


def printed(scene: Scene, case_id: str, kind: str = "transfer", actor: Actor = TANAKA) -> str:
    case = scene.case(case_id)
    return words(service.draw(kind, case, actor, scene.desk.ring, scene.policy, child_text=True))


def test_nobody_prints_it_alone(scene: Scene, case_id: str) -> None:
    with pytest.raises(Refused, match="needs_second_person"):
        printed(scene, case_id)
    approval = ask(scene, case_id)
    with pytest.raises(Refused, match="oneself"):
        answer(scene, case_id, approval, TANAKA)
    with pytest.raises(Refused, match="needs_second_person"):
        printed(scene, case_id)


def test_with_a_second_person_it_prints_once(scene: Scene, case_id: str) -> None:
    answer(scene, case_id, ask(scene, case_id), SUZUKI)
    with pytest.raises(Refused):  # only on the paper that was asked for, by whoever asked
        printed(scene, case_id, "reception")
    with pytest.raises(Refused):
        printed(scene, case_id, actor=SUZUKI)
    assert "おうちにかえりたくない" in printed(scene, case_id)
    with pytest.raises(Refused, match="needs_second_person"):
        printed(scene, case_id)
    verbs = [line.verb for line in audit.lines(subject=case_id)]
    assert verbs[:3] == ["print_paper", "agree_child_text", "ask_child_text"]


def test_a_no_and_a_late_yes_print_nothing(scene: Scene, case_id: str) -> None:
    answer(scene, case_id, ask(scene, case_id), SUZUKI, agreed=False)
    with pytest.raises(Refused, match="needs_second_person"):
        printed(scene, case_id)
    late = ask(scene, case_id)
    with clock.turned_to(clock.now() + timedelta(hours=25)), pytest.raises(Refused, match="over"):
        answer(scene, case_id, late, SUZUKI)


def test_it_never_stands_on_the_visit_sheet(scene: Scene, case_id: str) -> None:
    with pytest.raises(NotFound):
        ask(scene, case_id, kind="visit")
    assert "かえりたくない" not in printed(scene, case_id, "visit")


def test_the_reason_is_sealed(scene: Scene, case_id: str) -> None:
    ask(scene, case_id)
    assert queries.approvals(scene.case(case_id))[0].reason == ""
    assert queries.approvals(scene.case(case_id), scene.desk.ring)[0].reason == "児相が読むため"


def test_nothing_is_printed_when_the_record_cannot_be_written(
    scene: Scene, case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **named: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(audit, "record", full)
    with pytest.raises(OSError, match="disk full"):
        service.draw("visit", scene.case(case_id), TANAKA, scene.desk.ring, scene.policy)


def test_a_box_opens_for_its_office_alone(scene: Scene, case_id: str) -> None:
    scene.child(case_id, "さくら")
    ours, others = PrivateKey.generate(), PrivateKey.generate()
    case = scene.case(case_id)
    box = service.hand_over(case, TANAKA, scene.desk.ring, scene.policy, bytes(ours.public_key))
    assert "さくら".encode() not in box
    files = handover.opened(bytes(ours), box)
    assert set(files) == {"case.json", "reception.pdf", "transfer.pdf"}
    read = json.loads(files["case.json"])
    assert read["case"]["children"][0]["label"] == "さくら" and read["case"]["child_wrote"]
    assert "かえりたくない" not in files["case.json"].decode() + words(files["transfer.pdf"])
    with pytest.raises(Refused, match="not_for_this_key"):
        handover.opened(bytes(others), box)
    with pytest.raises(Refused, match="not_for_this_key"):
        handover.opened(bytes(ours), box[:-1])
    vault_db.session.rollback()
    assert audit.lines(subject=case_id)[0].verb == "hand_over_paper"


@pytest.mark.parametrize("typed", ["", "abc", "あ" * 44, b64encode(b"x" * 31).decode(), "!" * 44])
def test_what_is_no_key_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="no_key"):
        handover.public_key(typed)


def test_another_key_has_another_tally() -> None:
    one, other = (handover.tally(bytes(PrivateKey.generate().public_key)) for _ in range(2))
    assert len(one) == 8 and one != other and not set(one) & set("0O1I")


def test_an_office_receives_by_two_commands(
    desk_app: Flask, scene: Scene, case_id: str, tmp_path: Path
) -> None:
    run = desk_app.test_cli_runner().invoke
    private = tmp_path / "key"
    told = run(args=["handover", "key", str(private)]).output
    public = handover.public_key(told.split("public key: ")[1].split("\n")[0])
    assert handover.tally(public) in told and private.stat().st_mode & 0o077 == 0
    box = tmp_path / "box"
    box.write_bytes(service.hand_over(scene.case(case_id), TANAKA, scene.desk.ring, scene.policy, public))
    opened = tmp_path / "opened"
    assert run(args=["handover", "open", str(box), str(private), str(opened)]).exit_code == 0
    assert {file.name for file in opened.iterdir()} == {"case.json", "reception.pdf", "transfer.pdf"}
    assert run(args=["handover", "key", str(private)]).exit_code == 1  # never overwrites a key


def test_a_city_brings_its_own_papers(tmp_path: Path) -> None:
    assert [one.id for one in catalogue.load()] == ["reception", "transfer", "visit"]
    paper = tmp_path / "1.toml"
    paper.write_text(
        'id = "own"\nheading = "市の紙"\nname = "市の紙"\nabout = "x"\nchild_text = false\n'
        '[[section]]\nheading = "子ども"\nsource = "children"\n',
        encoding="utf-8",
    )
    assert [one.heading for one in catalogue.load(tmp_path)] == ["市の紙"]
    paper.write_text('id = "own"\n[[section]]\nheading = "x"\nsource = "identity"\n', encoding="utf-8")
    with pytest.raises(PackError) as raised:
        catalogue.load(tmp_path)
    assert "identity" in str(raised.value)
