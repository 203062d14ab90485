"""One's own account: another password, another telephone, other recovery codes, signed in elsewhere."""

import re
from collections.abc import Callable
from datetime import timedelta

import pyotp
from flask import Flask

from forum import clock
from tests.pages import BASE, Visitor
from tests.safeguarding.desk import PASSWORD, code_at, enter, hire

Browser = Callable[[], Visitor]
NEW = "あたらしい ひみつのことば"


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def test_another_password_ends_all_other_sessions(desk_app: Flask, browser: Browser) -> None:
    login, here, there = hire(desk_app), browser(), browser()
    enter(here, login)
    with clock.turned_to(clock.now() + minutes(1)):
        enter(there, login)
    with clock.turned_to(clock.now() + minutes(2)):
        here.get("/account")
        page = here.submit("old", old=PASSWORD, new=NEW, again=NEW)
        assert "パスワードを変えました" in page.text
        here.get("/account")
        assert there.client.get("/account", base_url=BASE).status_code == 303
        there.get("/sign-in")
        there.submit("login", status=422, login=login, password=PASSWORD, code=code_at())
        there.submit("login", follow=False, status=303, login=login, password=NEW, code=code_at())


def test_slips_with_a_password_are_told_and_nothing_changes(desk_app: Flask, browser: Browser) -> None:
    worker = enter(browser(), hire(desk_app))
    worker.get("/account")
    assert (
        "いまのパスワードが ちがいます" in worker.submit("old", status=422, old=NEW, new=NEW, again=NEW).text
    )
    page = worker.submit("old", status=422, old=PASSWORD, new=NEW, again=NEW + "x")
    assert "二つのパスワードが同じではありません" in page.text
    assert "12文字以上" in worker.submit("old", status=422, old=PASSWORD, new="x", again="x").text
    worker.submit("old", old=PASSWORD, new=NEW, again=NEW)


def test_one_sees_where_one_is_signed_in_and_ends_a_forgotten_one(desk_app: Flask, browser: Browser) -> None:
    login, here, office, home = hire(desk_app), browser(), browser(), browser()
    office.client.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (Windows NT 10.0) Firefox/133.0"
    start = clock.now()
    for number, visitor in enumerate((here, office, home)):
        with clock.turned_to(start + minutes(number)):
            enter(visitor, login)
    with clock.turned_to(start + minutes(4)):
        page = here.get("/account")
        assert page.text.count("サインアウトする（") == 2 and "この端末" in page.text
        here.submit("Firefox / Windows")
        assert office.client.get("/account", base_url=BASE).status_code == 303
        home.get("/account")
        here.submit("ほかの端末を、すべて")
        assert home.client.get("/account", base_url=BASE).status_code == 303
        here.get("/account")


def test_a_session_of_somebody_else_cannot_be_ended(desk_app: Flask, browser: Browser) -> None:
    mine, other = enter(browser(), hire(desk_app)), enter(browser(), hire(desk_app))
    with desk_app.app_context():
        from sqlalchemy import select

        from forum.safeguarding.staff.models import SessionRow
        from forum.safeguarding.vault.db import vault_db

        theirs = vault_db.session.scalars(select(SessionRow.public_id)).all()[-1]
    mine.get("/account")
    form = mine.page.form("ほかの端末を、すべて")  # type: ignore[union-attr]
    token = next(e.attributes["value"] for e in form.all("input") if e.attributes.get("name") == "csrf_token")
    mine.post(f"/account/sessions/{theirs}", {"csrf_token": token})
    other.get("/account")


def test_a_recovery_code_stands_in_for_a_lost_telephone_once(desk_app: Flask, browser: Browser) -> None:
    """The way of a worker whose telephone fell into the lake: recovery code, then a new authenticator."""
    login, worker = hire(desk_app), browser()
    enter(worker, login)
    worker.get("/account")
    page = worker.submit("新しい予備のコードを出す")
    spare = re.findall(r"<code>([\w-]{19})</code>", page.html)
    assert len(spare) == 8
    lost = browser()
    lost.get("/sign-in")
    lost.submit(
        "login", follow=False, status=303, login=login, password=PASSWORD, code=f" {spare[0].upper()} "
    )
    again = browser()
    again.get("/sign-in")
    again.submit("login", status=422, login=login, password=PASSWORD, code=spare[0])

    lost.get("/account")
    page = lost.submit("認証アプリの機器を変える")
    secret = re.findall(r"<code[^>]*>([A-Z2-7 ]{30,})</code>", page.html)[0].replace(" ", "")
    page = lost.submit("新しい機器のアプリ", status=422, code="000000")
    assert secret in page.html.replace(" ", ""), "the same picture, so that nothing must be read again"
    lost.submit("新しい機器のアプリ", code=pyotp.TOTP(secret).at(clock.now()))
    assert lost.page is not None and lost.page.heading == "わたしの設定"
    with clock.turned_to(clock.now() + minutes(2)):
        again.get("/sign-in")
        again.submit("login", status=422, login=login, password=PASSWORD, code=code_at())
        code = pyotp.TOTP(secret).at(clock.now())
        again.submit("login", follow=False, status=303, login=login, password=PASSWORD, code=code)


def test_a_screen_left_open_gives_no_recovery_codes(desk_app: Flask, browser: Browser) -> None:
    login, worker, start = hire(desk_app), browser(), clock.now()
    with clock.turned_to(start):
        enter(worker, login)
    with clock.turned_to(start + minutes(15)):
        worker.get("/account")
        assert worker.submit("新しい予備のコードを出す").heading == "もう一度、たしかめます"
        worker.get("/account")
        assert worker.submit("認証アプリの機器を変える").heading == "もう一度、たしかめます"
