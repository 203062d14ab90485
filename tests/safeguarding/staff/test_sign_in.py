"""Signing in at the desk: password and code, once each; guessing is slow; a session is nobody else's."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask
from sqlalchemy import select, update

from forum import clock
from forum.credentials import delays, sessions
from forum.safeguarding.staff import access
from forum.safeguarding.staff.models import SessionRow, StaffRow
from forum.safeguarding.vault import audit
from forum.safeguarding.vault.db import vault_db, writing
from tests.pages import BASE, OURS, Page, Visitor
from tests.safeguarding.desk import PASSWORD, code_at, enter, hire, sign_in

Browser = Callable[[], Visitor]


def knock(
    visitor: Visitor, login: str, password: str, code: str, status: int, source: str = "10.0.0.1"
) -> Page:
    """One try at the door from a source."""
    visitor.client.environ_base["REMOTE_ADDR"] = source
    visitor.get("/sign-in")
    return visitor.submit("login", follow=False, status=status, login=login, password=password, code=code)


def test_a_worker_signs_in_with_password_and_code_and_out_again(desk_app: Flask, browser: Browser) -> None:
    worker = sign_in(browser(), name="田中")
    page = worker.get("/account")
    assert "田中" in page.text
    worker.submit("サインアウト", follow=False, status=303)
    assert worker.client.get("/account", base_url=BASE).status_code == 303, "the session is over"
    with desk_app.app_context():
        assert vault_db.session.scalars(select(SessionRow)).all() == []


def test_every_fault_has_the_same_answer_and_tells_nothing(desk_app: Flask, browser: Browser) -> None:
    login, visitor = hire(desk_app), browser()
    answers = {
        knock(visitor, login, "まちがった ことばを いれた", code_at(), 422).text,
        knock(visitor, login, PASSWORD, "000000", 422).text,
        knock(visitor, "nobody", PASSWORD, code_at(), 422).text,
    }
    assert len(answers) == 1 and "どれかが ちがいます" in answers.pop()
    assert access.COOKIE not in visitor.cookies()


def test_a_code_counts_once(desk_app: Flask, browser: Browser) -> None:
    """Whoever looked over the shoulder has the password and this minute's code, and stays outside."""
    login = hire(desk_app)
    with clock.turned_to(clock.now()):
        enter(browser(), login)
        knock(browser(), login, PASSWORD, code_at(), 422)
        knock(browser(), login, PASSWORD, code_at(-1), 422)
    with clock.turned_to(clock.now() + timedelta(seconds=60)):
        knock(browser(), login, PASSWORD, code_at(), 303)


def test_whoever_guesses_waits_and_the_owner_elsewhere_gets_in(desk_app: Flask, browser: Browser) -> None:
    login, guesser = hire(desk_app), browser()
    with clock.turned_to(clock.now()):
        for _ in range(delays.FREE):
            knock(guesser, login, "ちがう ことばを ためす", code_at(), 422)
        stopped = knock(guesser, login, PASSWORD, code_at(), 429)
        assert "お待ちください" in stopped.text, "even the right password is not looked at"
        knock(browser(), login, PASSWORD, code_at(), 303, source="10.0.0.2")
    with desk_app.app_context():
        assert "sign_in_slowed" not in [line.verb for line in audit.lines()]
    with clock.turned_to(clock.now() + timedelta(minutes=1)):
        knock(guesser, login, "ちがう ことばを ためす", code_at(), 422)
        knock(guesser, login, "ちがう ことばを ためす", code_at(), 429)
    with desk_app.app_context():
        assert "sign_in_slowed" in [line.verb for line in audit.lines()], "the auditor sees it"


def test_one_source_cannot_go_through_all_accounts(desk_app: Flask, browser: Browser) -> None:
    visitor = browser()
    with desk_app.app_context(), clock.turned_to(clock.now()), writing():
        from forum.safeguarding.staff.models import FailureRow
        from forum.web.forms import settings

        tag = delays.tag(settings().secret_key, clock.today(), "source", "10.0.0.9")
        vault_db.session.add(FailureRow(tag=tag, number=delays.FREE_FOR_SOURCE + 3, last_at=clock.now()))
    knock(visitor, hire(desk_app), PASSWORD, code_at(), 429, source="10.0.0.9")
    knock(visitor, hire(desk_app), PASSWORD, code_at(), 303, source="10.0.0.8")


def test_no_address_is_kept(desk_app: Flask, browser: Browser) -> None:
    login = hire(desk_app)
    knock(browser(), login, "ちがう ことばを ためす", code_at(), 422, source="203.0.113.77")
    with desk_app.app_context():
        rows = "\n".join(
            str(tuple(row))
            for table in vault_db.metadata.sorted_tables
            for row in vault_db.session.execute(select(table))
        )
    assert "203.0.113" not in rows and login in rows


def test_a_session_planted_before_is_worth_nothing(desk_app: Flask, browser: Browser) -> None:
    """Somebody sets the cookie of their own choice, or of their own session, in the worker's browser."""
    stranger = sign_in(browser(), "auditor")
    planted, theirs = stranger.cookies()[access.COOKIE], browser()
    theirs.client.set_cookie(access.COOKIE, planted, domain="localhost", secure=True)
    enter(theirs, hire(desk_app))
    assert theirs.cookies()[access.COOKIE] != planted
    assert stranger.client.get("/account", base_url=BASE).status_code == 303, "the planted one is over, too"


def test_form_tokens_of_before_do_not_live_on(browser: Browser, desk_app: Flask) -> None:
    visitor, login = browser(), hire(desk_app)
    visitor.get("/sign-in")
    old = dict(visitor.page.form("login").attributes), visitor.page.html  # type: ignore[union-attr]
    token = old[1].split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    enter(visitor, login)
    answer = visitor.client.post("/account/sessions", base_url=BASE, headers=OURS, data={"csrf_token": token})
    assert answer.status_code == 422


def test_a_session_ends_after_half_an_hour_of_rest(desk_app: Flask, browser: Browser) -> None:
    start = clock.now()
    with clock.turned_to(start):
        worker = sign_in(browser())
    for minutes in (20, 40, 60):
        with clock.turned_to(start + timedelta(minutes=minutes)):
            worker.get("/account")
    with clock.turned_to(start + timedelta(minutes=60) + sessions.IDLE):
        answer = worker.client.get("/account", base_url=BASE)
        assert answer.status_code == 303 and "/sign-in" in answer.headers["Location"]


def test_a_session_ends_after_twelve_hours_whatever_is_done(desk_app: Flask, browser: Browser) -> None:
    start = clock.now()
    with clock.turned_to(start):
        worker = sign_in(browser())
    quarter = timedelta(minutes=25)
    at = start
    while (at := at + quarter) < start + sessions.ABSOLUTE:
        with clock.turned_to(at):
            worker.get("/account")
    with clock.turned_to(start + sessions.ABSOLUTE):
        assert worker.client.get("/account", base_url=BASE).status_code == 303


def test_what_was_typed_after_the_end_is_given_back(browser: Browser) -> None:
    visitor = browser()
    page = visitor.post("/account/password", {"text": "長い文を書いていたところでした"}, status=401)
    assert "長い文を書いていたところでした" in page.html and "まだ保存されていません" in page.text


def test_one_goes_on_where_one_wanted_to_go_and_nowhere_else(desk_app: Flask, browser: Browser) -> None:
    visitor = browser()
    visitor.get("/people", status=303)
    for back, expected in (
        ("/account", "/account"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("/sign-in", "/"),
        ("/nowhere", "/"),
    ):
        login = hire(desk_app)
        visitor.get(f"/sign-in?back={back}")
        page = visitor.submit(
            "login", follow=False, status=303, login=login, password=PASSWORD, code=code_at()
        )
        assert page.response.headers["Location"] == expected, back


def test_the_cookie_is_for_this_door_and_this_sitting(browser: Browser, desk_app: Flask) -> None:
    visitor = browser()
    visitor.get("/sign-in")
    page = visitor.submit(
        "login", follow=False, status=303, login=hire(desk_app), password=PASSWORD, code=code_at()
    )
    set_cookie = next(c for c in page.response.headers.getlist("Set-Cookie") if c.startswith("k="))
    for sign in ("HttpOnly", "Secure", "SameSite=Strict", "Path=/"):
        assert sign in set_cookie
    assert "Expires" not in set_cookie and "Max-Age" not in set_cookie, "it ends with the browser"


def test_each_role_sees_its_own_pages_only(browser: Browser) -> None:
    pages = {
        "/people": {"supervisor"},
        "/record": {"supervisor", "auditor"},
        "/recover": {"officer"},
        "/account": {"worker", "supervisor", "officer", "auditor"},
    }
    for role in ("worker", "supervisor", "officer", "auditor"):
        person = sign_in(browser(), role)
        for path, allowed in pages.items():
            page = person.get(path, status=200 if role in allowed else 403)
            assert role in allowed or "別の役割" in page.text


def test_whoever_left_is_out_at_once(desk_app: Flask, browser: Browser) -> None:
    worker = sign_in(browser())
    with desk_app.app_context(), writing():
        vault_db.session.execute(update(StaffRow).values(ended_at=clock.now()))
    assert worker.client.get("/account", base_url=BASE).status_code == 303


def test_odd_input_at_the_door_is_a_wrong_name_and_no_crash(browser: Browser) -> None:
    for number, odd in enumerate(
        ("a\x00b", "'; DROP TABLE staff; --", "🙂" * 40, "\u202eabc", "x" * 41, "\x00")
    ):
        knock(browser(), odd, PASSWORD, "\x00" * 6, 422, source=f"10.1.0.{number}")
        knock(browser(), "nobody", "\x00" * 20, odd[:40], 422, source=f"10.2.0.{number}")
