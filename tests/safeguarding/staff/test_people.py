"""Inviting, joining, working for groups, leaving: by people who lead, with a line for each."""

import re
from collections.abc import Callable
from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select

from forum import clock
from forum.safeguarding.staff import queries, service
from forum.safeguarding.staff.models import InvitationRow, KeyCopyRow, SessionRow, StaffRow
from forum.safeguarding.vault import audit
from forum.safeguarding.vault.db import vault_db
from tests.pages import BASE, Page, Visitor
from tests.safeguarding.conftest import DESK
from tests.safeguarding.desk import PASSWORD, SECRET, code_at, hire, sign_in, staff_id
from tests.safeguarding.staff.test_keys import every_value, opens

Browser = Callable[[], Visitor]


def invite(chief: Visitor, role: str = "worker", groups: tuple[str, ...] = ("family",)) -> str:
    """Somebody who leads makes a link; its path."""
    chief.get("/people")
    page = chief.submit("mail", name="新人 さん", role=role, groups=list(groups), mail="n@desk.example")
    found = re.search(r"https://localhost(/join/[\w-]+)", page.html)
    assert found, page.text
    return found[1]


def join(visitor: Visitor, link: str, status: int = 200, **changed: str) -> tuple[Page, str]:
    """The newcomer fills in the page; the page after it and the authenticator's secret."""
    visitor.get(link)
    secret = visitor.page.form("again").all("input")  # type: ignore[union-attr]
    hidden = next(e.attributes["value"] for e in secret if e.attributes.get("name") == "secret")
    fields = {
        "login": "shinjin",
        "password": "はじめての ひみつ",
        "again": "はじめての ひみつ",
        "code": pyotp.TOTP(hidden).at(clock.now()),
        **changed,
    }
    return visitor.submit("again", status=status, **fields), hidden


def test_a_newcomer_joins_by_a_link_and_reads_what_the_others_read(desk_app: Flask, browser: Browser) -> None:
    link = invite(sign_in(browser(), "supervisor"))
    newcomer = browser()
    page, secret = join(newcomer, link)
    assert "予備のコード" in page.text and len(re.findall(r"<code>[\w-]{19}</code>", page.html)) == 8
    with clock.turned_to(clock.now() + timedelta(minutes=1)):
        newcomer.get("/sign-in")
        code = pyotp.TOTP(secret).at(clock.now())
        newcomer.submit(
            "login", follow=False, status=303, login="shinjin", password="はじめての ひみつ", code=code
        )
        assert "新人 さん" in newcomer.get("/account").text
    with desk_app.app_context():
        me = next(one for one in queries.everybody() if one.login == "shinjin")
        assert me.groups == {"family"} and me.role == "worker" and me.mail == "n@desk.example"
        held = vault_db.session.scalars(select(KeyCopyRow.key_id).where(KeyCopyRow.staff_id == me.id)).all()
        assert held == [DESK.key.id]
        assert {"invite", "join", "sign_in"} <= {line.verb for line in audit.lines()}


def test_a_link_works_once_and_not_for_ever(browser: Browser) -> None:
    chief = sign_in(browser(), "supervisor")
    link, late = invite(chief), invite(chief)
    join(browser(), link)
    assert "もう使えません" in browser().get(link, status=404).text
    assert "もう使えません" in browser().get("/join/" + "x" * 43, status=404).text
    with clock.turned_to(clock.now() + service.INVITATION + timedelta(seconds=1)):
        browser().get(late, status=404)
    visitor = browser()
    visitor.get(late)
    visitor.get(late)  # looking, and a preview in a mail program, do not use it up


def test_an_invitation_can_be_taken_back(browser: Browser) -> None:
    chief = sign_in(browser(), "supervisor")
    link = invite(chief)
    assert "まだ設定していません" in chief.get("/people").text
    chief.submit("招待を取り消す")
    browser().get(link, status=404)


def test_the_link_is_not_in_the_database_and_the_database_without_it_opens_nothing(
    desk_app: Flask, browser: Browser
) -> None:
    link = invite(sign_in(browser(), "supervisor"))
    token = link.rpartition("/")[2]
    with desk_app.app_context():
        box = vault_db.session.scalars(select(InvitationRow.keys_box)).one()
        values = every_value()
        assert not [v for v in values if token.encode() in v]
        assert box is not None
        assert all(opens(v[i : i + 32], [box]) == [] for v in values for i in range(max(1, len(v) - 31))
                   if len(v[i : i + 32]) == 32)  # fmt: skip
        assert opens(service.link_key(token), [box]) != []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"again": "ちがう ことばに なった"}, "二つのパスワードが同じではありません"),
        ({"password": "みじかい", "again": "みじかい"}, "12文字以上"),
        ({"password": "password password", "again": "password password"}, "よく使われる"),
        ({"password": "shinjin のひみつの文", "again": "shinjin のひみつの文"}, "サインインの名前を"),
        ({"code": "000000"}, "番号が ちがうか"),
        ({"login": "新人"}, "英小文字"),
        ({"secret": "???"}, "読み取りなおして"),
        ({"secret": ""}, "読み取りなおして"),
    ],
)
def test_bad_input_is_told_and_the_link_stays_good(
    browser: Browser, changed: dict[str, str], words: str
) -> None:
    link, newcomer = invite(sign_in(browser(), "supervisor")), browser()
    page, _ = join(newcomer, link, status=422, **changed)
    assert words in page.text
    assert changed.get("login", "shinjin") in page.html, "what was typed is still there"
    assert PASSWORD not in page.html and "はじめての ひみつ" not in page.html, "but no password"
    join(newcomer, link)


def test_two_people_cannot_have_one_name(desk_app: Flask, browser: Browser) -> None:
    taken = hire(desk_app)
    page, _ = join(browser(), invite(sign_in(browser(), "supervisor")), status=422, login=taken)
    assert "もう使われています" in page.text


def test_only_who_leads_invites_and_only_after_a_fresh_code(desk_app: Flask, browser: Browser) -> None:
    sign_in(browser()).get("/people", status=403)
    start = clock.now()
    with clock.turned_to(start):
        chief = sign_in(browser(), "supervisor")
    with clock.turned_to(start + timedelta(minutes=11)):
        chief.get("/people")
        page = chief.submit("mail", name="新人 さん", role="worker", groups=["family"], mail="")
        assert page.heading == "もう一度、たしかめます"
        page = chief.submit("code", code="000000", status=422)
        assert "番号が ちがうか" in page.text and "名前・パスワード" not in page.text
        chief.submit("code", code=pyotp.TOTP(SECRET).at(clock.now()))
        assert chief.page is not None and chief.page.heading == "職員", "back where one was"
        invite(chief)
    with desk_app.app_context():
        assert len(vault_db.session.scalars(select(InvitationRow)).all()) == 1


def test_leaving_takes_keys_codes_and_every_session(desk_app: Flask, browser: Browser) -> None:
    login = hire(desk_app, name="山田")
    gone_id = staff_id(desk_app, login)
    gone, chief = browser(), sign_in(browser(), "supervisor")
    gone.get("/sign-in")
    gone.submit("login", follow=False, status=303, login=login, password=PASSWORD, code=code_at())
    chief.get("/people")
    chief.submit(f"/people/{gone_id}/end")
    assert gone.client.get("/account", base_url=BASE).status_code == 303
    with desk_app.app_context():
        for table in (KeyCopyRow, SessionRow):
            left = vault_db.session.scalars(select(table).where(table.staff_id == gone_id)).all()
            assert left == []
        row = vault_db.session.get_one(StaffRow, gone_id)
        assert row.name == "山田" and row.private_box == b"", "the name stays for the record, no key does"
        assert "end_staff" in [line.verb for line in audit.lines(subject=str(gone_id))]
    with clock.turned_to(clock.now() + timedelta(minutes=1)):
        visitor = browser()
        visitor.get("/sign-in")
        visitor.submit("login", status=422, login=login, password=PASSWORD, code=code_at())


def test_nobody_ends_oneself_so_that_somebody_is_always_left(desk_app: Flask, browser: Browser) -> None:
    login = hire(desk_app, "supervisor")
    chief = browser()
    chief.get("/sign-in")
    chief.submit("login", follow=False, status=303, login=login, password=PASSWORD, code=code_at())
    other = hire(desk_app)
    chief.get("/people")
    number = staff_id(desk_app, login)
    form = chief.page.form(f"/people/{staff_id(desk_app, other)}/end")  # type: ignore[union-attr]
    token = next(e.attributes["value"] for e in form.all("input") if e.attributes.get("name") == "csrf_token")
    page = chief.post(f"/people/{number}/end", {"csrf_token": token}, status=422)
    assert "自分を終わりにする" in page.text


def test_other_groups_count_from_the_next_page_on(desk_app: Flask, browser: Browser) -> None:
    number = staff_id(desk_app, hire(desk_app, groups=("family",)))
    chief = sign_in(browser(), "supervisor")
    chief.get(f"/people/{number}")
    chief.submit("groups", groups=["school", "facility"])
    with desk_app.app_context():
        one = next(one for one in queries.everybody() if one.id == number)
        assert one.groups == {"school", "facility"}
    chief.get("/people/999999", status=404)
