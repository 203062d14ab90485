"""The pages of the watch: entering a roster, taking on an alarm, seeing whether the watch is well."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from forum import clock
from forum.safeguarding.triage.people import everybody
from forum.safeguarding.vault import audit
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.watch import service
from forum.safeguarding.watch.models import AlarmRow, ShiftRow
from forum.safeguarding.watch.types import Person, Shift
from tests.pages import BASE, Visitor
from tests.safeguarding.desk import enter, hire, staff_id
from tests.safeguarding.watch.scene import DAY, MINUTE, TUESDAY, MailRoom, Scene


@dataclass(frozen=True)
class Crew:
    """Who works here: their logins, and the desk with its worker and mail."""

    scene: Scene
    logins: dict[str, str]

    def person(self, name: str) -> Person:
        wanted = staff_id(self.scene.app, self.logins[name])
        return next(one for one in self.scene.people if one.id == wanted)

    def at_desk(self, name: str) -> Visitor:
        """Somebody signed in at this moment."""
        with clock.turned_to(self.scene.at):
            return enter(Visitor(self.scene.app), self.logins[name])


@pytest.fixture
def crew(watched_app: Flask, room: MailRoom, tmp_path: Path) -> Crew:
    with clock.turned_to(TUESDAY - DAY):
        logins = {
            "当番あんね": hire(watched_app, name="当番あんね"),
            "副べん": hire(watched_app, name="副べん"),
            "学校ちえ": hire(watched_app, groups=("school",), name="学校ちえ"),
            "係長だいすけ": hire(watched_app, "supervisor", name="係長だいすけ"),
        }
    with watched_app.app_context():
        return Crew(Scene(watched_app, room, tmp_path, everybody()), logins)


@pytest.fixture
def on_duty(crew: Crew) -> Crew:
    """あんね is on duty for everybody."""
    crew.scene.roster((crew.person("当番あんね"), 0))
    return crew


def test_who_leads_enters_a_night_duty_and_the_gaps_are_shown(crew: Crew) -> None:
    person = crew.at_desk("係長だいすけ")
    with clock.turned_to(TUESDAY):
        page = person.get("/watch/roster")
        assert "11月23日（月）" in page.text and "一日（当番が必要です）" in page.text
        page = person.submit(
            "staff_id",
            staff_id=str(crew.person("当番あんね").id),
            group="family",
            rank="0",
            first_day="2026-11-24",
            starts="17:30",
            last_day="2026-11-25",
            ends="08:30",
        )
        assert "当番：当番あんね 17:30から24:00まで" in page.text
        assert "当番：当番あんね 0:00から8:30まで" in page.text
        assert "0:00から17:30まで（当番が必要です）" in page.text
    with crew.scene.app.app_context():
        assert audit.lines()[0].verb == "add_shift"


def test_what_cannot_be_is_told_and_everything_typed_is_still_there(crew: Crew) -> None:
    person = crew.at_desk("係長だいすけ")
    with clock.turned_to(TUESDAY):
        person.get("/watch/roster")
        given = {"first_day": "2026-11-24", "starts": "17:30", "last_day": "2026-11-24", "ends": "08:30"}
        page = person.submit("staff_id", status=422, group="school", **given)
        assert "夜をこえる当番は、終わる日を次の日に。" in page.text
        assert 'value="17:30"' in page.html and 'value="2026-11-24"' in page.html
        page = person.submit("staff_id", status=422, **{**given, "last_day": "2026-12-24"})
        assert "1回の当番は、7日までです。" in page.text
        page = person.submit("staff_id", status=422, **{**given, "first_day": "きのう", "staff_id": "99"})
        assert "2026-11-24 のように" in page.text and "きのう" in page.html
    with crew.scene.app.app_context():
        assert vault_db.session.scalar(select(ShiftRow.id)) is None


def test_a_week_is_copied_once_however_often_it_is_pressed(crew: Crew) -> None:
    anne, ben, daisuke = (crew.person(name) for name in ("当番あんね", "副べん", "係長だいすけ"))
    with crew.scene.app.app_context(), clock.turned_to(TUESDAY), writing():
        for person in (anne, ben):
            service.add_shift(Shift(person.id, "family", TUESDAY, TUESDAY.replace(hour=17), 0), by=daisuke.id)
    crew.scene.people = (anne, daisuke)  # べん left meanwhile
    at_desk = crew.at_desk("係長だいすけ")
    with clock.turned_to(TUESDAY):
        at_desk.get("/watch/roster?week=2026-11-30")
        for _ in range(2):
            page = at_desk.submit("copy")
            assert page.text.count("当番：当番あんね") == 1 and "12月1日（火）" in page.text
        assert "副べん" not in page.text
        assert "いまは窓口にいない人" in at_desk.get("/watch/roster?week=2026-11-24").text


def test_a_shift_is_taken_off(on_duty: Crew) -> None:
    person = on_duty.at_desk("係長だいすけ")
    with clock.turned_to(TUESDAY):
        before = person.get("/watch/roster").html.count("外す")
        page = person.submit("/drop")
        assert page.html.count("外す") < before
        person.post("/watch/roster/999/drop", {"week": "x"}, status=422)


@pytest.mark.parametrize("week", ["", "きのう", "0001-01-01", "9999-12-31", "2026-02-30"])
def test_a_week_that_no_calendar_has_is_this_week(crew: Crew, week: str) -> None:
    person = crew.at_desk("係長だいすけ")
    with clock.turned_to(TUESDAY):
        assert "11月23日（月）" in person.get(f"/watch/roster?week={week}").text


def test_a_worker_takes_an_alarm_on_by_name(on_duty: Crew) -> None:
    on_duty.scene.report()
    on_duty.scene.works()
    person = on_duty.at_desk("当番あんね")
    with clock.turned_to(on_duty.scene.at):
        page = person.get("/watch/alarms")
        assert "新しい連絡が、まだ開かれていません" in page.text and "知らせた人当番あんね" in page.text
        page = person.submit("わたしが引き受けます")
        assert "当番あんねさんが引き受けました（11月24日 10:00）" in page.text
        person.get("/watch/roster", status=403)
        person.get("/watch/state", status=403)
    with on_duty.scene.app.app_context():
        assert (audit.lines()[0].verb, audit.lines()[0].staff_name) == ("take_alarm", "当番あんね")


def test_another_group_sees_nothing_of_it(on_duty: Crew) -> None:
    on_duty.scene.report()
    on_duty.scene.works()
    person = on_duty.at_desk("学校ちえ")
    with on_duty.scene.app.app_context():
        alarm_id = vault_db.session.scalar(select(AlarmRow.public_id))
    with clock.turned_to(on_duty.scene.at):
        page = person.get("/watch/alarms")
        assert "いま、鳴っている知らせはありません。" in page.text
        person.post(f"/watch/alarms/{alarm_id}/take", {}, status=422)


def test_two_press_at_the_same_time(on_duty: Crew) -> None:
    on_duty.scene.report()
    on_duty.scene.works()
    anne, ben = on_duty.at_desk("当番あんね"), on_duty.at_desk("副べん")
    with clock.turned_to(on_duty.scene.at):
        anne.get("/watch/alarms")
        ben.get("/watch/alarms")
        anne.submit("わたしが引き受けます")
        page = ben.submit("わたしが引き受けます", status=409)
        assert "ほかの人が、先に引き受けました。" in page.text


def test_a_press_without_token_takes_nothing(on_duty: Crew) -> None:
    on_duty.scene.report()
    on_duty.scene.works()
    with on_duty.scene.app.app_context():
        alarm_id = vault_db.session.scalar(select(AlarmRow.public_id))
    person = on_duty.at_desk("当番あんね")
    with clock.turned_to(on_duty.scene.at):
        person.post(f"/watch/alarms/{alarm_id}/take", {}, status=422)
        assert "わたしが引き受けます" in person.get("/watch/alarms").text


def test_the_state_of_the_watch_is_told_by_the_web_process_alone(on_duty: Crew) -> None:
    scene = on_duty.scene
    scene.works()
    person = on_duty.at_desk("係長だいすけ")
    with clock.turned_to(scene.at):
        page = person.get("/watch/state")
        assert "見守りのしくみは動いています。" in page.text
        assert "家庭のことを受け取る担当当番あんね" in page.text
        assert person.client.get("/watch/heartbeat", base_url=BASE).status_code == 200
    scene.passes(4 * MINUTE, working=False)
    with clock.turned_to(scene.at):
        assert "11月24日10時00分から動いていません" in person.get("/watch/state").text
        answer = scene.app.test_client().get("/watch/heartbeat", base_url=BASE)
        assert (answer.status_code, answer.get_json()) == (503, {"alive": False, "signs": ["worker"]})
        assert "動いていません" in person.get("/watch/alarms").text, "on every page of the desk"


def test_the_outside_watcher_hears_when_letters_do_not_arrive(on_duty: Crew, room: MailRoom) -> None:
    scene = on_duty.scene
    room.close()
    scene.report()
    scene.passes(8 * MINUTE, MINUTE)
    person = on_duty.at_desk("当番あんね")
    with clock.turned_to(scene.at):
        answer = scene.app.test_client().get("/watch/heartbeat", base_url=BASE)
        assert (answer.status_code, answer.get_json()["signs"]) == (503, ["delivery"])
        assert "まだ届いていないメール" in person.get("/watch/alarms").text
