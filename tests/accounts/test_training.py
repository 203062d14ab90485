"""Training people of a demonstration: one link each, once, on this machine only, never in production."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from config import Mode, Settings
from forum.accounts import login, training
from forum.accounts.models import AccountRow
from forum.accounts.types import Role
from forum.app import create_forum_app
from forum.credentials import codes
from forum.db import db
from forum.errors import Refused
from tests.accounts.staff import PASSWORD, code_at, enter, hire, login_of
from tests.conftest import make_settings
from tests.pages import BASE, Visitor


def links(app: Flask) -> dict[str, str]:
    """The paths that the command prints, by role."""
    told = app.test_cli_runner().invoke(args=["staff", "training"]).output.splitlines()
    lines = [line.split() for line in told if "/training/" in line]
    return {words[-1]: "/staff" + words[0].split("/staff")[1] for words in lines}


def test_every_role_has_a_link_that_signs_in_as_a_marked_person(app: Flask) -> None:
    made = links(app)
    assert set(made) == set(Role)
    for role, link in made.items():
        visitor = Visitor(app)
        page = visitor.get(link)
        assert "練習" in page.text
        home = visitor.submit("入る")
        assert training.PEOPLE[Role(role)] in home.heading and "練習" in home.root.all("p")[0].text()
        assert "練習" in visitor.get("/staff/account").text


def test_a_link_works_once_and_looking_does_not_use_it_up(app: Flask) -> None:
    link = links(app)["lead"]
    Visitor(app).get(link)
    first = Visitor(app)
    first.get(link)
    first.submit("入る")
    assert login.COOKIE in first.cookies()
    Visitor(app).get(link, 404)


def test_a_new_start_makes_new_links_and_the_same_people(app: Flask) -> None:
    old, new = links(app), links(app)
    Visitor(app).get(old["lead"], 404)
    Visitor(app).get(new["lead"])
    with app.app_context():
        assert len(db.session.scalars(select(AccountRow)).all()) == len(Role)
        db.session.remove()


def test_a_training_person_steps_up_with_the_code_that_the_page_shows(app: Flask) -> None:
    visitor = Visitor(app)
    visitor.get(links(app)["admin"])
    visitor.submit("入る")
    page = visitor.get("/staff/step-up")
    visitor.submit("code", follow=False, status=303, code=page.root.all("code")[0].text())


def test_training_people_have_no_password(app: Flask) -> None:
    links(app)
    with app.app_context():
        name = db.session.scalars(select(AccountRow.login).where(AccountRow.roles == "lead")).one()
        db.session.remove()
    visitor = Visitor(app)
    for password in (PASSWORD, " ", "x"):
        visitor.get("/staff/sign-in")
        visitor.submit("login", 422, login=name, password=password, code=code_at())


@pytest.mark.parametrize(("address", "host"), [("192.0.2.7", "localhost"), ("127.0.0.1", "wa.example")])
def test_a_link_opens_nothing_from_another_machine_or_by_another_name(
    app: Flask, address: str, host: str
) -> None:
    link = links(app)["lead"]
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = address
    assert client.get(link, base_url=f"https://{host}").status_code == 404
    answer = client.post(link, base_url=f"https://{host}", headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 404


def production(folder: Path) -> Settings:
    return make_settings(folder, mode=Mode.PRODUCTION, forum_url="https://localhost/")


def test_production_has_neither_page_nor_command(app: Flask, tmp_path: Path) -> None:
    real = create_forum_app(production(tmp_path))
    assert not [rule.rule for rule in real.url_map.iter_rules() if "training" in rule.rule]
    assert real.test_client().get("/staff/training/x", base_url=BASE).status_code == 404
    with app.app_context():
        with pytest.raises(Refused, match="not_in_production"):
            training.links(production(tmp_path))
        with pytest.raises(Refused, match="not_on_loopback"):
            training.links(make_settings(tmp_path, forum_url="https://wa.example/"))
        with pytest.raises(Refused, match="not_on_loopback"):
            training.links(make_settings(tmp_path, forum_url=""))
        assert db.session.scalars(select(AccountRow)).all() == []
        db.session.remove()


def test_a_session_of_training_is_none_in_production(app: Flask) -> None:
    """Somebody carried the database of the demonstration over."""
    person = enter(app, hire(app, *Role, training=True))
    person.get("/staff")
    given = app.extensions["settings"]
    app.extensions["settings"] = production(given.instance)
    try:
        assert person.client.get("/staff", base_url=BASE).status_code == 303
    finally:
        app.extensions["settings"] = given


def test_the_first_admin_is_made_at_the_machine(app: Flask) -> None:
    runner = app.test_cli_runner()
    told = runner.invoke(args=["staff", "add", "山本", "--role", "admin", "--role", "lead"]).output
    visitor = Visitor(app)
    assert "山本" in visitor.get("/staff/join/" + told.strip().rpartition("/join/")[2]).text
    assert runner.invoke(args=["staff", "add", "山本"]).exit_code != 0, "nobody without a role"
    assert runner.invoke(args=["staff", "add", " \n ", "--role", "lead"]).exit_code != 0
    assert runner.invoke(args=["staff", "again", "nobody"]).exit_code != 0


def test_somebody_is_ended_or_invited_again_at_the_machine(app: Flask) -> None:
    """The only admin lost the telephone; somebody's laptop was stolen in the night."""
    staff_id = hire(app, Role.ADMIN, name="山本")
    name, stolen, runner = login_of(app, staff_id), enter(app, staff_id), app.test_cli_runner()
    told = runner.invoke(args=["staff", "again", name]).output
    token = told.strip().rpartition("/join/")[2]
    assert len(token) == len(codes.new_token()) and "山本" in Visitor(app).get(f"/staff/join/{token}").text
    assert name in runner.invoke(args=["staff", "list"]).output
    runner.invoke(args=["staff", "end", name])
    assert stolen.client.get("/staff", base_url=BASE).status_code == 303
    assert name not in runner.invoke(args=["staff", "list"]).output
    Visitor(app).get(f"/staff/join/{token}", 404)
