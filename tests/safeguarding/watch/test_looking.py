"""A report rings until somebody looks; what is broken in the watch itself is seen by a person."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum import clock
from forum.errors import NotFound, Refused
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.vault.models import CaseRow, VaultOutboxRow
from forum.safeguarding.watch import queries, service
from forum.safeguarding.watch.models import AlarmRow, NoticeRow
from forum.safeguarding.watch.types import Alarm, Sign
from tests.safeguarding.watch.scene import ANNE, BEN, DAISUKE, DAY, HOUR, MINUTE, SECRET, MailRoom, Scene


def alarms(scene: Scene) -> list[Alarm]:
    with scene.app.app_context(), clock.turned_to(scene.at):
        return list(queries.open_alarms())


def kinds(scene: Scene) -> list[str]:
    return [alarm.kind for alarm in alarms(scene)]


def signs(scene: Scene) -> list[Sign]:
    """What any page of the desk shows now, judged in the web process."""
    with scene.app.app_context(), clock.turned_to(scene.at):
        return list(queries.present_signs())


def acknowledge(scene: Scene, alarm_id: str, by: int = ANNE.id, *, leads: bool = False) -> None:
    with scene.app.app_context(), clock.turned_to(scene.at), writing():
        service.acknowledge(alarm_id, by, leads=leads)


def test_a_new_report_is_told_at_once_and_says_nothing(scene: Scene, room: MailRoom) -> None:
    case_id = scene.report()
    scene.works()
    assert room.letters == [
        (
            ANNE.mail,
            "お知らせがあります",
            "新しい連絡が1件あります。\n窓口の画面を開いてください。\nhttps://desk.example/\n",
        )
    ]
    assert case_id not in str(room.letters) and SECRET not in str(room.letters)


def test_nobody_opens_it_so_the_deputy_and_then_who_leads_are_called(scene: Scene, room: MailRoom) -> None:
    scene.report()
    scene.works()
    scene.passes(HOUR)
    assert [len(room.to(person)) for person in (ANNE, BEN, DAISUKE)] == [2, 0, 0]
    scene.passes(15 * MINUTE)
    assert [len(room.to(person)) for person in (ANNE, BEN, DAISUKE)] == [2, 1, 0]
    scene.passes(15 * MINUTE)
    assert "まだ開かれていない連絡が1件あります。" in room.to(DAISUKE)[0]
    (alarm,) = alarms(scene)
    assert (alarm.kind, alarm.level, alarm.sent_to, alarm.waiting) == ("unopened", 2, (1, 2, 4), 0)


def test_it_is_quiet_once_somebody_opens_it(scene: Scene, room: MailRoom) -> None:
    case_id = scene.report()
    scene.works()
    scene.opens(case_id)
    scene.passes(22 * HOUR, 30 * MINUTE)
    assert len(room.letters) == 1
    assert alarms(scene) == []


def test_the_whole_clock_of_a_case_that_nobody_ends(scene: Scene, room: MailRoom) -> None:
    case_id = scene.report()
    scene.works()
    scene.opens(case_id)
    scene.passes(24 * HOUR, 10 * MINUTE)
    assert kinds(scene) == ["soon"]
    acknowledge(scene, alarms(scene)[0].id)
    count = len(room.letters)
    scene.passes(17 * HOUR, 30 * MINUTE)
    assert len(room.letters) == count, "who took it on is trusted"
    scene.passes(HOUR, 10 * MINUTE)
    assert kinds(scene) == ["pressing"]
    scene.passes(6 * HOUR, 10 * MINUTE)
    assert kinds(scene) == ["late"]
    acknowledge(scene, alarms(scene)[0].id)
    scene.passes(12 * HOUR, 30 * MINUTE)
    assert kinds(scene) == ["late"] and alarms(scene)[0].acknowledged_at is None, "it rings again"
    scene.ends(case_id)
    scene.passes(HOUR, 10 * MINUTE)
    assert alarms(scene) == []


def test_a_flood_is_one_letter_every_two_minutes_and_each_report_has_its_alarm(
    scene: Scene, room: MailRoom
) -> None:
    scene.report()
    scene.works()
    for _ in range(30):
        scene.report()
    scene.works()
    assert len(room.letters) == 1
    scene.passes(3 * MINUTE, MINUTE)
    assert len(room.letters) == 2
    assert room.to(ANNE)[1].startswith("新しい連絡が30件あります。")
    assert len(alarms(scene)) == 31


def test_two_at_the_desk_take_the_same_alarm(scene: Scene) -> None:
    scene.report()
    scene.works()
    (alarm,) = alarms(scene)
    acknowledge(scene, alarm.id, ANNE.id)
    acknowledge(scene, alarm.id, ANNE.id)
    with pytest.raises(Refused, match="taken"):
        acknowledge(scene, alarm.id, BEN.id)
    assert alarms(scene)[0].acknowledged_by == ANNE.name
    with scene.app.app_context():
        assert queries.open_alarms({"school"}) == (), "another group does not see it"
        with pytest.raises(NotFound), writing():
            service.acknowledge(alarm.id, BEN.id, {"school"})


def test_the_roster_is_empty_and_those_who_lead_hear_of_it(bare_scene: Scene, room: MailRoom) -> None:
    bare_scene.works()
    bare_scene.works()
    assert kinds(bare_scene) == ["roster"] * 3
    assert "見守りのしくみに、確かめることがあります。" in room.to(DAISUKE)[0]
    assert any(sign.kind == "roster" and "当番がいません" in sign.words for sign in signs(bare_scene))
    # A report does not wait for the roster.
    bare_scene.report()
    bare_scene.works()
    assert any("新しい連絡" in letter for letter in room.to(DAISUKE))
    bare_scene.roster((ANNE, 0))
    bare_scene.passes(MINUTE, MINUTE)
    assert kinds(bare_scene) == ["arrived"]


def test_there_is_nobody_at_all_and_every_page_says_so(bare_scene: Scene, room: MailRoom) -> None:
    bare_scene.people = ()
    bare_scene.report()
    bare_scene.works()
    assert room.letters == []
    assert "知らせを受ける人が、一人も登録されていません。" in [sign.words for sign in signs(bare_scene)]
    assert "arrived" in kinds(bare_scene)


def test_the_worker_is_killed_and_every_page_says_so(scene: Scene) -> None:
    scene.works()
    assert signs(scene) == []
    scene.passes(4 * MINUTE, working=False)
    assert [sign.kind for sign in signs(scene)] == ["worker"]
    assert "11月24日10時00分から動いていません" in signs(scene)[0].words


def test_a_killed_worker_tells_everything_that_came_meanwhile(scene: Scene, room: MailRoom) -> None:
    scene.works()
    scene.report()
    scene.passes(3 * HOUR, working=False)
    scene.worker = scene.fresh_worker()
    scene.works()
    assert any("まだ開かれていない連絡が1件" in letter for letter in room.to(ANNE))
    assert signs(scene) == []


def test_mail_is_down_then_it_is_shown_and_sent_later(scene: Scene, room: MailRoom) -> None:
    room.close()
    scene.report()
    scene.passes(10 * MINUTE, MINUTE)
    assert room.letters == []
    assert [sign.kind for sign in signs(scene)] == ["delivery"]
    assert {"arrived", "delivery"} <= set(kinds(scene))
    # Longer than the outbox tries anything: still not lost.
    scene.passes(20 * HOUR, 30 * MINUTE)
    room.open()
    scene.passes(15 * MINUTE, MINUTE)
    assert "まだ開かれていない連絡が1件あります。" in room.to(ANNE)[0]
    assert room.to(DAISUKE)
    scene.passes(MINUTE, MINUTE)
    assert signs(scene) == []
    with scene.app.app_context():
        assert vault_db.session.scalar(select(func.count(VaultOutboxRow.id))) == 0


def test_one_address_is_refused_and_the_others_get_theirs(scene: Scene, room: MailRoom) -> None:
    room.refuses.add(ANNE.mail)
    scene.report()
    scene.passes(HOUR + 20 * MINUTE)
    assert room.to(ANNE) == [] and room.to(BEN)
    assert [sign.kind for sign in signs(scene)] == ["delivery"]


def test_no_mail_is_configured_and_the_desk_sees_it(watched_app: Flask, tmp_path: Path) -> None:
    scene = Scene(watched_app, None, tmp_path, (ANNE, DAISUKE))
    scene.roster((ANNE, 0))
    scene.report()
    scene.works()
    assert set(kinds(scene)) == {"no_mail", "arrived"}
    assert [sign.words for sign in signs(scene)] == [
        "メールが設定されていません。知らせは、この画面でだけ見られます。"
    ]


def test_somebody_on_duty_has_no_address(scene: Scene) -> None:
    scene.people = (
        ANNE,
        BEN,
        DAISUKE,
        *(),
    ) + (type(ANNE)(5, "宛先なし", "", ANNE.groups),)
    scene.roster((scene.people[-1], 2))
    scene.works()
    assert [sign.words for sign in signs(scene)] == ["知らせのあて先がない当番：宛先なし"]


def test_the_clock_is_set_back_by_a_day_and_nothing_looks_younger(scene: Scene, room: MailRoom) -> None:
    scene.works()
    scene.passes(2 * HOUR)
    scene.at -= DAY  # the machine's own counter goes on
    scene.works()
    assert "clock" in [sign.kind for sign in signs(scene)]
    scene.report()
    scene.passes(2 * MINUTE, MINUTE)
    assert "clock" in kinds(scene)
    assert any("見守りのしくみ" in letter for letter in room.to(DAISUKE))
    assert "unopened" in kinds(scene), "judged by the latest moment that was ever written"


def test_only_who_leads_says_that_the_clock_is_right_again(scene: Scene) -> None:
    scene.works()
    scene.at += 40 * DAY  # forward, while the counter stands
    scene.works()
    scene.at -= 40 * DAY
    scene.passes(MINUTE, MINUTE)
    (alarm,) = [one for one in alarms(scene) if one.kind == "clock"]
    with pytest.raises(Refused, match="leads_only"):
        acknowledge(scene, alarm.id, ANNE.id)
    acknowledge(scene, alarm.id, DAISUKE.id, leads=True)
    scene.passes(MINUTE, MINUTE)
    assert "clock" not in [sign.kind for sign in signs(scene)]
    assert "clock" not in kinds(scene)


def test_the_letterbox_writes_from_the_future(scene: Scene) -> None:
    scene.works()
    scene.at += HOUR
    scene.report()
    scene.at -= HOUR
    scene.passes(MINUTE, MINUTE)
    assert "clock" in kinds(scene)


def test_what_could_not_be_confirmed_rings_on_its_day(scene: Scene, room: MailRoom) -> None:
    case_id = scene.report()
    scene.works()
    scene.opens(case_id)
    scene.ends(case_id, "unconfirmed")
    with scene.app.app_context(), writing():
        case = vault_db.session.scalars(select(CaseRow)).one()
        case.look_again_on = clock.local(scene.at + 3 * DAY).date()
    before = len(room.letters)
    scene.passes(2 * DAY, HOUR)
    assert len(room.letters) == before
    scene.passes(DAY, HOUR)
    assert "もう一度確かめる日のものが1件あります。" in room.letters[before][2]


def test_killed_between_sending_and_writing_down_it_tells_once_more(
    scene: Scene, room: MailRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    from forum.safeguarding.watch import delivery

    def dies(*given: object) -> None:
        raise SystemExit

    scene.report()
    with monkeypatch.context() as broken, pytest.raises(SystemExit):
        broken.setattr(delivery, "_write_down", dies)
        scene.works()
    with scene.app.app_context():
        vault_db.session.remove()
    assert len(room.letters) == 1
    scene.worker = scene.fresh_worker()
    scene.works()
    assert len(room.letters) == 2 and room.letters[0] == room.letters[1]


def test_looking_twice_at_one_moment_changes_nothing(scene: Scene) -> None:
    scene.report()
    scene.works()

    def state() -> list[int]:
        with scene.app.app_context():
            return [
                vault_db.session.scalar(select(func.count(table.id))) or 0 for table in (AlarmRow, NoticeRow)
            ]

    before = state()
    scene.worker = scene.fresh_worker()
    scene.works()
    assert state() == before


def test_another_room_raises_an_alarm_and_settles_it(scene: Scene, room: MailRoom) -> None:
    with scene.app.app_context(), clock.turned_to(scene.at), writing():
        service.raise_alarm("exchange")
        service.raise_alarm("exchange")
    scene.passes(MINUTE, MINUTE)
    assert kinds(scene) == ["exchange"] and len(room.to(DAISUKE)) == 1
    with scene.app.app_context(), clock.turned_to(scene.at), writing():
        service.settle("exchange")
    assert kinds(scene) == []
    with scene.app.app_context(), clock.turned_to(scene.at):
        assert [alarm.kind for alarm in queries.past_alarms()] == ["exchange"]


def test_old_alarms_are_forgotten(scene: Scene) -> None:
    case_id = scene.report()
    scene.works()
    scene.opens(case_id)
    scene.ends(case_id)
    scene.passes(MINUTE, MINUTE)
    scene.passes(450 * DAY, 450 * DAY)
    with scene.app.app_context():
        assert "arrived" not in set(vault_db.session.scalars(select(AlarmRow.kind)))
