"""The pages of the watch: entering a roster, taking on an alarm, seeing whether the watch is well."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.exceptions import Forbidden

from config import Door
from forum import clock
from forum.safeguarding.door import create_door
from forum.safeguarding.vault import audit
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.watch import service, views
from forum.safeguarding.watch.models import AlarmRow, ShiftRow
from forum.safeguarding.watch.setting import Setting
from forum.safeguarding.watch.types import Person
from forum.web import access
from tests.conftest import make_settings
from tests.pages import Visitor
from tests.safeguarding.conftest import furnish
from tests.safeguarding.watch.scene import ANNE, BEN, DAISUKE, TUESDAY, MailRoom, Scene


class Reception:
    """Whoever stands at the desk, without passwords: how people sign in is another room's story."""

    def __init__(self) -> None:
        self.present: Person = DAISUKE

    def me(self) -> Person:
        return self.present

    def _mark(self, name: str, leads: bool) -> Callable[[Any], Any]:
        def wear(view: Callable[..., Any]) -> Callable[..., Any]:
            @wraps(view)
            def checked(**given: Any) -> Any:
                if leads and not self.present.supervisor:
                    raise Forbidden
                return view(**given)

            checked.access_mark = name  # type: ignore[attr-defined]
            return checked

        return wear

    @property
    def worker(self) -> Callable[[Any], Any]:
        return self._mark("worker", leads=False)

    @property
    def supervisor(self) -> Callable[[Any], Any]:
        return self._mark("supervisor", leads=True)


@pytest.fixture
def reception() -> Reception:
    return Reception()


@pytest.fixture
def desk(tmp_path: Path, reception: Reception, room: MailRoom) -> Flask:
    """A desk that has only the pages of the watch."""
    app = create_door(make_settings(tmp_path, Door.TRIAGE), "watch-desk", cookie="w")
    views.install(app, Setting(people=lambda: (ANNE, BEN, DAISUKE)), reception)
    access.check_all(app)
    with app.app_context():
        with writing():
            vault_db.create_all()
        vault_db.session.remove()
    furnish(app)
    return app


@pytest.fixture
def scene(desk: Flask, room: MailRoom, tmp_path: Path) -> Scene:
    return Scene(desk, room, tmp_path, (ANNE, BEN, DAISUKE))


def at_desk(scene: Scene) -> Visitor:
    return Visitor(scene.app)


def test_who_leads_enters_a_night_duty_and_the_gaps_are_shown(desk: Flask) -> None:
    person = Visitor(desk)
    with clock.turned_to(TUESDAY):
        page = person.get("/watch/roster")
        assert "11月23日（月）" in page.text and "一日（当番が必要です）" in page.text
        person.submit(
            "staff_id",
            staff_id="1",
            group="family",
            rank="0",
            first_day="2026-11-24",
            starts="17:30",
            last_day="2026-11-25",
            ends="08:30",
        )
        assert person.page is not None
        assert "当番：当番あんね 17:30から24:00まで" in person.page.text
        assert "当番：当番あんね 0:00から8:30まで" in person.page.text
        assert "0:00から17:30まで（当番が必要です）" in person.page.text


def test_what_cannot_be_is_told_and_everything_typed_is_still_there(desk: Flask) -> None:
    person = Visitor(desk)
    with clock.turned_to(TUESDAY):
        person.get("/watch/roster")
        given = {"first_day": "2026-11-24", "starts": "17:30", "last_day": "2026-11-24", "ends": "08:30"}
        page = person.submit("staff_id", status=422, group="school", **given)
        assert "夜をこえる当番は、終わる日を次の日に。" in page.text
        assert 'value="17:30"' in page.html and 'value="2026-11-24"' in page.html
        page = person.submit("staff_id", status=422, **{**given, "last_day": "2026-12-24"})
        assert "1回の当番は、7日までです。" in page.text
        page = person.submit("staff_id", status=422, **{**given, "first_day": "きのう", "staff_id": "99"})
        assert "2026-11-24 のように" in page.text
    with desk.app_context():
        assert vault_db.session.scalar(select(ShiftRow.id)) is None


def test_a_week_is_copied_once_however_often_it_is_pressed(scene: Scene) -> None:
    with scene.app.app_context(), clock.turned_to(TUESDAY), writing():
        starts = TUESDAY.replace(hour=8)
        for person in (ANNE, BEN):
            service.add_shift(
                views.plan.Shift(person.id, "family", starts, starts.replace(hour=17), 0), by=DAISUKE.id
            )
    scene.people = (ANNE, DAISUKE)  # べん left meanwhile
    person = at_desk(scene)
    with clock.turned_to(TUESDAY):
        person.get("/watch/roster?week=2026-11-30")
        for _ in range(2):
            page = person.submit("copy")
            assert page.text.count("当番：当番あんね") == 1 and "12月1日（火）" in page.text
        assert "副べん" not in page.text
        page = person.get("/watch/roster?week=2026-11-24")
        assert "いまは窓口にいない人" in page.text


def test_a_shift_is_taken_off(scene: Scene) -> None:
    scene.roster((ANNE, 0), days=7)
    person = at_desk(scene)
    with clock.turned_to(TUESDAY):
        page = person.get("/watch/roster")
        before = page.html.count("外す")
        page = person.submit("/drop")
        assert page.html.count("外す") < before
        person.post("/watch/roster/999/drop", {"week": "x"}, status=422)


def test_a_worker_takes_an_alarm_on_by_name(scene: Scene, reception: Reception) -> None:
    scene.roster((ANNE, 0))
    scene.report()
    scene.works()
    person = at_desk(scene)
    with clock.turned_to(scene.at):
        reception.present = ANNE
        page = person.get("/watch/alarms")
        assert "新しい連絡が、まだ開かれていません" in page.text and "知らせた人当番あんね" in page.text
        page = person.submit("わたしが引き受けます")
        assert "当番あんねさんが引き受けました（11月24日 10:00）" in page.text
        with scene.app.app_context():
            (line,) = audit.lines()
            assert (line.verb, line.staff_name) == ("take_alarm", ANNE.name)
        with scene.app.app_context():
            alarm_id = vault_db.session.scalar(select(AlarmRow.public_id))
        reception.present = BEN
        person.get("/watch/alarms")
        token = person.client.get("/watch/roster", base_url="https://localhost").get_data(as_text=True)
        assert "送れません" in token, "a worker does not enter the roster"
        reception.present = Person(7, "学校", "", frozenset({"school"}))
        assert "新しい連絡" not in person.get("/watch/alarms").text
        assert alarm_id is not None


def test_two_press_at_the_same_time(scene: Scene, reception: Reception) -> None:
    scene.roster((ANNE, 0))
    scene.report()
    scene.works()
    anne, ben = at_desk(scene), at_desk(scene)
    with clock.turned_to(scene.at):
        anne.get("/watch/alarms")
        ben.get("/watch/alarms")
        reception.present = ANNE
        anne.submit("わたしが引き受けます")
        reception.present = BEN
        page = ben.submit("わたしが引き受けます", status=409)
        assert "ほかの人が、先に引き受けました。" in page.text


def test_a_press_without_token_takes_nothing(scene: Scene) -> None:
    scene.roster((ANNE, 0))
    scene.report()
    scene.works()
    with scene.app.app_context():
        alarm_id = vault_db.session.scalar(select(AlarmRow.public_id))
    person = at_desk(scene)
    with clock.turned_to(scene.at):
        person.get("/watch/alarms")
        person.post(f"/watch/alarms/{alarm_id}/take", {}, status=422)
        assert "わたしが引き受けます" in person.get("/watch/alarms").text


def test_the_state_of_the_watch_is_told_by_the_web_process_alone(scene: Scene, reception: Reception) -> None:
    scene.roster((ANNE, 0))
    scene.works()
    person = at_desk(scene)
    with clock.turned_to(scene.at):
        page = person.get("/watch/state")
        assert "見守りのしくみは動いています。" in page.text
        assert "家庭のことを受け取る担当当番あんね" in page.text
        assert person.client.get("/watch/heartbeat", base_url="https://localhost").status_code == 200
    scene.passes(views.timedelta(minutes=4), working=False)
    with clock.turned_to(scene.at):
        page = person.get("/watch/state")
        assert "11月24日10時00分から動いていません" in page.text
        answer = person.client.get("/watch/heartbeat", base_url="https://localhost")
        assert (answer.status_code, answer.get_json()) == (503, {"alive": False, "signs": ["worker"]})
        assert "動いていません" in person.get("/watch/alarms").text, "on every page of the desk"
    reception.present = ANNE
    person.get("/watch/state", status=403)


def test_the_outside_watcher_hears_when_letters_do_not_arrive(scene: Scene, room: MailRoom) -> None:
    scene.roster((ANNE, 0))
    room.close()
    scene.report()
    scene.passes(views.timedelta(minutes=8), views.timedelta(minutes=1))
    with clock.turned_to(scene.at):
        answer = scene.app.test_client().get("/watch/heartbeat", base_url="https://localhost")
        assert (answer.status_code, answer.get_json()["signs"]) == (503, ["delivery"])
        assert "まだ届いていないメール" in at_desk(scene).get("/watch/alarms").text
