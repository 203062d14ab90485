"""The training desk of a demonstration: a link per role, once; nothing of it in production."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from config import Door, Mode, SettingsError
from forum import clock
from forum.safeguarding.door import create_door, refuse_training_key
from forum.safeguarding.policy import Policy
from forum.safeguarding.staff import queries, training
from forum.safeguarding.staff.models import KeyCopyRow, StaffRow, TrainingLinkRow
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.vault.models import DeskKeyRow
from forum.safeguarding.vault.opening import KeyRing, open_report
from forum.safeguarding.vault.queries import reports_of
from tests.conftest import make_settings
from tests.pages import BASE, Visitor
from tests.safeguarding.staff.test_officers import report, run

Browser = Callable[[], Visitor]


@pytest.fixture
def empty_desk(desk_app: Flask) -> Iterator[Flask]:
    """A vault without any key, and no key file of an earlier demonstration."""
    settings = desk_app.extensions["settings"]
    (settings.instance / "secrets" / "training-desk.key").unlink(missing_ok=True)
    with desk_app.app_context():
        with writing():
            vault_db.session.execute(delete(DeskKeyRow))
        vault_db.session.remove()
    yield desk_app
    desk_app.extensions["settings"] = settings


def links(app: Flask) -> dict[str, str]:
    """What the command prints, by role."""
    done = run(app, "training")
    assert done.exit_code == 0, done.output
    return {
        role: link for link, role in re.findall(r"(/training/[\w-]+) .* (\w+)$", done.output, re.MULTILINE)
    }


def test_every_role_has_a_link_that_lets_in_once(empty_desk: Flask, browser: Browser) -> None:
    made = links(empty_desk)
    assert set(made) == {"worker", "supervisor", "officer", "auditor"}
    for role, link in made.items():
        person = browser()
        assert "作りもの" in person.get(link).text
        person.submit("入る", follow=False, status=303)
        assert training.PEOPLE[role] in person.get("/account").text
        browser().get(link, status=404)
    with empty_desk.app_context():
        assert vault_db.session.scalars(select(DeskKeyRow.training)).all() == [True]
        assert all(row.training for row in vault_db.session.scalars(select(StaffRow)))


def test_called_again_it_gives_fresh_links_to_the_same_people(empty_desk: Flask, browser: Browser) -> None:
    before, after = links(empty_desk), links(empty_desk)
    browser().get(before["worker"], status=404)
    worker = browser()
    worker.get(after["worker"])
    worker.submit("入る", follow=False, status=303)
    with empty_desk.app_context():
        assert len(queries.everybody()) == len(training.PEOPLE)
        assert len(vault_db.session.scalars(select(DeskKeyRow)).all()) == 1


def test_a_link_is_over_after_a_day_of_training(empty_desk: Flask, browser: Browser) -> None:
    link = links(empty_desk)["worker"]
    with clock.turned_to(clock.now() + training.LINK + timedelta(seconds=1)):
        browser().get(link, status=404)


def test_who_trains_can_give_a_fresh_code_too(empty_desk: Flask, browser: Browser) -> None:
    """Nobody has an authenticator in training: the page shows what it would show."""
    chief, start = browser(), clock.now()
    with clock.turned_to(start):
        chief.get(links(empty_desk)["supervisor"])
        chief.submit("入る", follow=False, status=303)
    for minutes in (11, 22):
        with clock.turned_to(start + timedelta(minutes=minutes)):
            chief.get("/people")
            page = chief.submit("mail", name="練習の人", role="worker", groups=["family"], mail="")
            assert page.heading == "もう一度、たしかめます"
            shown = re.findall(r"<code[^>]*>(\d{6})</code>", page.html)[0]
            assert chief.submit("code", code=shown).heading == "職員"


def test_a_training_link_never_opens_a_real_desk(desk_app: Flask) -> None:
    with desk_app.app_context():
        with writing():
            vault_db.session.execute(update(DeskKeyRow).values(training=False))
        vault_db.session.remove()
    (desk_app.extensions["settings"].instance / "secrets" / "training-desk.key").unlink(missing_ok=True)
    done = run(desk_app, "training")
    assert "no training here" in done.output and "/training/" not in done.output


def test_production_has_neither_command_nor_route_nor_training_key(empty_desk: Flask, tmp_path: Path) -> None:
    links(empty_desk)
    production = replace(empty_desk.extensions["settings"], mode=Mode.PRODUCTION)
    with empty_desk.app_context():
        refuse_training_key(empty_desk.extensions["settings"])
        with pytest.raises(SettingsError, match="training key"):
            refuse_training_key(production)
    empty_desk.extensions["settings"] = production
    done = run(empty_desk, "training")
    assert done.exit_code == 1 and "demonstrations only" in done.output


def test_the_routes_of_training_are_not_there_in_production(tmp_path: Path) -> None:
    from forum.safeguarding.staff import views

    for mode, there in ((Mode.PRODUCTION, False), (Mode.DEMO, True)):
        app = Flask("desk")
        app.extensions["settings"] = make_settings(tmp_path, Door.TRIAGE, mode=mode)
        views.install(app)
        assert any("training" in rule.rule for rule in app.url_map.iter_rules()) is there


def test_a_vault_that_is_not_set_up_yet_does_not_keep_the_door_from_starting(tmp_path: Path) -> None:
    app = create_door(make_settings(tmp_path, Door.TRIAGE), "desk", cookie="d")
    with app.app_context():
        refuse_training_key(make_settings(tmp_path, Door.TRIAGE, mode=Mode.PRODUCTION))


def test_training_people_have_no_password(empty_desk: Flask, browser: Browser) -> None:
    links(empty_desk)
    visitor = browser()
    visitor.get("/sign-in")
    visitor.submit("login", status=422, login="training-worker", password="", code="000000")
    visitor.submit("login", status=422, login="training-worker", password="x", code="000000")
    with empty_desk.app_context():
        assert len(vault_db.session.scalars(select(TrainingLinkRow)).all()) == 4
    assert visitor.client.get("/account", base_url=BASE).status_code == 303


def test_a_demonstration_started_again_after_a_change_of_the_key_reads_everything(
    empty_desk: Flask, browser: Browser, policy: Policy
) -> None:
    chief, link = browser(), links(empty_desk)["supervisor"]
    with empty_desk.app_context():
        cases = [report(policy, "まえの はなし")]
        vault_db.session.remove()
    chief.get(link)
    chief.submit("入る", follow=False, status=303)
    chief.get("/people")
    chief.submit("鍵を変える")
    with empty_desk.app_context():
        cases.append(report(policy, "あとの はなし"))
        vault_db.session.remove()
    links(empty_desk)
    with empty_desk.app_context():
        ring = KeyRing(training.ensure_key(empty_desk.extensions["settings"]))
        assert [open_report(ring, one).text() for one in reports_of(cases)] == [
            "まえの はなし",
            "あとの はなし",
        ]
        held = vault_db.session.scalars(select(KeyCopyRow)).all()
        assert len(held) == 4, "two keys for the two who read, sealed to their keys of now"
