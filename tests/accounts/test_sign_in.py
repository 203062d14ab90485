"""Signing in: password and code, once each; guessing is slow; a session is nobody else's."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from forum import clock
from forum.accounts import login, queries
from forum.accounts.models import FailureRow, SessionRow
from forum.accounts.types import Role
from forum.credentials import delays, sessions
from forum.db import db, writing
from forum.web.forms import settings
from tests.accounts.staff import PASSWORD, code_at, hire, login_of, sign_in
from tests.pages import BASE, OURS, Page, Visitor


def knock(
    visitor: Visitor, name: str, password: str, code: str, status: int, source: str = "10.0.0.1"
) -> Page:
    """One try at the door from a source."""
    visitor.client.environ_base["REMOTE_ADDR"] = source
    visitor.get("/staff/sign-in")
    return visitor.submit("login", follow=False, status=status, login=name, password=password, code=code)


def verbs(app: Flask) -> list[str]:
    with app.app_context():
        found = [line.verb for line in queries.audit_lines()]
        db.session.remove()
    return found


def hired(app: Flask, *roles: Role, name: str = "") -> str:
    """Somebody with a password; returns the name that they sign in with."""
    return login_of(app, hire(app, *roles, name=name, password=True))


def test_a_moderator_signs_in_with_password_and_code_and_out_again(app: Flask) -> None:
    moderator = Visitor(app)
    knock(moderator, hired(app, Role.MODERATOR, name="田中"), PASSWORD, code_at(), 303)
    assert "田中" in moderator.get("/staff").text
    moderator.submit("サインアウト", follow=False, status=303)
    assert moderator.client.get("/staff", base_url=BASE).status_code == 303, "the session is over"
    with app.app_context():
        assert db.session.scalars(select(SessionRow)).all() == []


def test_every_fault_has_the_same_answer_and_tells_nothing(app: Flask) -> None:
    name, visitor = hired(app, Role.LEAD), Visitor(app)
    answers = {
        knock(visitor, name, "まちがった ことばを いれた", code_at(), 422).text,
        knock(visitor, name, PASSWORD, "000000", 422).text,
        knock(visitor, "nobody", PASSWORD, code_at(), 422).text,
    }
    assert len(answers) == 1 and "どれかが ちがいます" in answers.pop()
    assert login.COOKIE not in visitor.cookies()


def test_a_code_counts_once(app: Flask) -> None:
    """Whoever looked over the shoulder has the password and this minute's code, and stays outside."""
    name = hired(app, Role.MODERATOR)
    with clock.turned_to(clock.now()):
        knock(Visitor(app), name, PASSWORD, code_at(), 303)
        knock(Visitor(app), name, PASSWORD, code_at(), 422)
        knock(Visitor(app), name, PASSWORD, code_at(-1), 422)
    with clock.turned_to(clock.now() + timedelta(seconds=60)):
        knock(Visitor(app), name, PASSWORD, code_at(), 303)


def test_whoever_guesses_waits_and_the_owner_elsewhere_gets_in(app: Flask) -> None:
    name, guesser = hired(app, Role.MODERATOR), Visitor(app)
    with clock.turned_to(clock.now()):
        for _ in range(delays.FREE):
            knock(guesser, name, "ちがう ことばを ためす", code_at(), 422)
        stopped = knock(guesser, name, PASSWORD, code_at(), 429)
        assert "お待ちください" in stopped.text, "even the right password is not looked at"
        knock(Visitor(app), name, PASSWORD, code_at(), 303, source="10.0.0.2")
    assert "sign_in_slowed" not in verbs(app)
    with clock.turned_to(clock.now() + timedelta(minutes=1)):
        knock(guesser, name, "ちがう ことばを ためす", code_at(), 422)
        knock(guesser, name, "ちがう ことばを ためす", code_at(), 429)
    assert "sign_in_slowed" in verbs(app), "the lead sees it"


def test_one_source_cannot_go_through_all_names(app: Flask) -> None:
    with app.app_context(), clock.turned_to(clock.now()):
        with writing():
            tag = delays.tag(settings().secret_key, clock.today(), "source", "10.0.0.9")
            db.session.add(FailureRow(tag=tag, number=delays.FREE_FOR_SOURCE + 3, last_at=clock.now()))
        db.session.remove()
    knock(Visitor(app), hired(app, Role.EDITOR), PASSWORD, code_at(), 429, source="10.0.0.9")
    knock(Visitor(app), hired(app, Role.EDITOR), PASSWORD, code_at(), 303, source="10.0.0.8")


def test_no_address_is_kept(app: Flask) -> None:
    name = hired(app, Role.MODERATOR)
    knock(Visitor(app), name, "ちがう ことばを ためす", code_at(), 422, source="203.0.113.77")
    with app.app_context():
        rows = "\n".join(
            str(tuple(row))
            for table in db.metadata.sorted_tables
            for row in db.session.execute(select(table))
        )
        db.session.remove()
    assert "203.0.113" not in rows and name in rows


def test_a_session_planted_before_is_worth_nothing(app: Flask) -> None:
    """Somebody sets the cookie of their own choice, or of their own session, in a moderator's browser."""
    stranger = sign_in(app, Role.EDITOR)
    planted, theirs = stranger.cookies()[login.COOKIE], Visitor(app)
    theirs.client.set_cookie(login.COOKIE, planted, domain="localhost", path="/staff", secure=True)
    knock(theirs, hired(app, Role.MODERATOR), PASSWORD, code_at(), 303)
    assert theirs.cookies()[login.COOKIE] != planted
    assert stranger.client.get("/staff", base_url=BASE).status_code == 303, "the planted one is over, too"


def test_form_tokens_of_before_do_not_live_on(app: Flask) -> None:
    visitor = Visitor(app)
    page = visitor.get("/staff/sign-in")
    token = page.html.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    knock(visitor, hired(app, Role.MODERATOR), PASSWORD, code_at(), 303)
    answer = visitor.client.post(
        "/staff/account/sessions", base_url=BASE, headers=OURS, data={"csrf_token": token}
    )
    assert answer.status_code == 422


def test_the_cookie_is_hidden_from_scripts_and_never_sent_to_public_pages(app: Flask) -> None:
    visitor = Visitor(app)
    knock(visitor, hired(app, Role.MODERATOR), PASSWORD, code_at(), 303)
    cookie = next(c for c in visitor.client._cookies.values() if c.key == login.COOKIE)
    assert cookie.http_only and cookie.secure and cookie.same_site == "Lax" and cookie.path == "/staff"
    assert cookie.expires is None and cookie.max_age is None, "it ends with the browser"
    public = visitor.get("/")
    assert "Cookie" not in public.response.headers.get("Vary", ""), "public pages never ask who it is"


def test_staff_pages_are_kept_nowhere_and_shown_in_no_frame(app: Flask) -> None:
    moderator = sign_in(app, Role.MODERATOR)
    for path in ("/staff", "/staff/account", "/staff/sign-in", "/staff/note", "/staff/step-up"):
        headers = moderator.get(path).response.headers
        assert headers["Cache-Control"] == "no-store"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["Referrer-Policy"] == "same-origin"


def test_a_session_ends_after_half_an_hour_of_rest(app: Flask) -> None:
    start = clock.now()
    with clock.turned_to(start):
        moderator = sign_in(app, Role.MODERATOR)
    for minutes in (20, 40, 60):
        with clock.turned_to(start + timedelta(minutes=minutes)):
            moderator.get("/staff")
    with clock.turned_to(start + timedelta(minutes=60) + sessions.IDLE):
        answer = moderator.client.get("/staff", base_url=BASE)
        assert answer.status_code == 303 and "/staff/sign-in" in answer.headers["Location"]


def test_a_session_ends_after_twelve_hours_whatever_is_done(app: Flask) -> None:
    start = at = clock.now()
    with clock.turned_to(start):
        moderator = sign_in(app, Role.MODERATOR)
    while (at := at + timedelta(minutes=25)) < start + sessions.ABSOLUTE:
        with clock.turned_to(at):
            moderator.get("/staff/note")
            moderator.get("/staff")
    with clock.turned_to(start + sessions.ABSOLUTE):
        assert moderator.client.get("/staff", base_url=BASE).status_code == 303


ELSEWHERE = (
    "https://evil.example/staff",
    "//evil.example/staff",
    "/staff/..//evil.example",
    "/staff\\@evil.example",
    "/staff/account?next=//evil.example",
    "https:/staff",
    "javascript:alert(1)",
    "/staff/sign-in",
    "/staff/no-such-page",
    "/threads",
    "/staffing",
    "/staff/\n//evil.example",
    "",
)


@pytest.mark.parametrize("back", ELSEWHERE)
def test_after_signing_in_one_goes_on_at_own_staff_pages_only(app: Flask, back: str) -> None:
    visitor = Visitor(app)
    name = hired(app, Role.MODERATOR)
    visitor.client.get("/staff/sign-in", query_string={"back": back}, base_url=BASE)
    visitor.get("/staff/sign-in")
    answer = visitor.submit(
        "login", follow=False, status=303, login=name, password=PASSWORD, code=code_at(), back=back
    )
    assert answer.response.headers["Location"] == "/staff"


def test_who_was_sent_to_sign_in_comes_back_to_the_page(app: Flask) -> None:
    visitor, name = Visitor(app), hired(app, Role.MODERATOR)
    away = visitor.client.get("/staff/account", base_url=BASE)
    visitor.get(away.headers["Location"])
    answer = visitor.submit("login", follow=False, status=303, login=name, password=PASSWORD, code=code_at())
    assert answer.response.headers["Location"] == "/staff/account"


def test_what_was_typed_when_the_time_was_over_is_given_back(app: Flask) -> None:
    moderator = sign_in(app, Role.MODERATOR)
    with clock.turned_to(clock.now() + sessions.IDLE + timedelta(minutes=1)):
        page = moderator.post("/staff/step-up", {"text": "長い返事を書いていました"}, status=401)
    assert "長い返事を書いていました" in page.html and page.link("サインインへ")


WAYS_IN = ("/staff/sign-in", "/staff/join/x", "/staff/training/x")


@pytest.mark.parametrize("path", WAYS_IN)
def test_nobody_is_signed_in_without_a_token_or_from_a_foreign_page(app: Flask, path: str) -> None:
    """A foreign page that signs somebody in as the attacker would read along."""
    sent = {"login": hired(app, Role.EDITOR), "password": PASSWORD, "code": code_at()}
    visitor = Visitor(app)
    foreign = {"Origin": "https://evil.example"}
    assert visitor.client.post(path, base_url=BASE, data=sent, headers=foreign).status_code == 403
    assert visitor.client.post(path, base_url=BASE, data=sent, headers=OURS).status_code in (404, 422)
    assert login.COOKIE not in visitor.cookies()


@pytest.mark.parametrize("back", ELSEWHERE)
def test_after_a_fresh_code_one_goes_on_at_own_staff_pages_only(app: Flask, back: str) -> None:
    moderator = sign_in(app, Role.MODERATOR)
    moderator.get("/staff/step-up")
    answer = moderator.submit("code", follow=False, status=303, code=code_at(), back=back)
    assert answer.response.headers["Location"] == "/staff"


def test_a_form_of_another_role_is_refused_in_words(app: Flask) -> None:
    page = sign_in(app, Role.EDITOR).get("/staff/record", 403)
    assert "別の役割" in page.text and page.link("はじめの画面へ") == "/staff"
