"""flask-login on a cookie of our own: a random secret that finds a row here, sent to staff pages only."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any, cast

from flask import Flask, Request, Response, current_app, request
from flask_login import LoginManager
from sqlalchemy import delete
from sqlalchemy.exc import OperationalError

from config import Mode
from forum import clock
from forum.accounts import rules, ways
from forum.accounts.models import AccountRow, SessionRow
from forum.accounts.types import Me
from forum.credentials import codes, sessions
from forum.db import db, writing
from forum.web.forms import settings

COOKIE = "k"
SEEN_EVERY = timedelta(minutes=1)  # the session's clock is not written with every page


class StaffLogin(LoginManager):  # type: ignore[misc]
    """Nothing in the form's session and no remembering: public pages never meet this cookie at all."""

    def init_app(self, app: Flask, add_context_processor: bool = False) -> None:
        """Put the manager on the app. Its own hooks would read the session on public pages: left out."""
        app.login_manager = self  # type: ignore[attr-defined]
        app.config["REMEMBER_COOKIE_NAME"] = ""

    def load(self) -> None:
        """Look who is signed in, anew for this request."""
        self._load_user()


def install(app: Flask) -> None:
    """Give the app its manager."""
    manager = StaffLogin()
    manager.session_protection = None  # the session is a row; the form's session says nothing about it
    manager.request_loader(find)
    manager.init_app(app)


def manager() -> StaffLogin:
    """The manager of the running app."""
    return cast(StaffLogin, cast(Any, current_app).login_manager)


def find(asked: Request) -> Me | None:
    """Whose session the cookie is; None if there is none, or it is over, or the person left."""
    token = asked.cookies.get(COOKIE, "")
    row = db.session.get(SessionRow, codes.tag_of(token)) if token else None
    person = db.session.get(AccountRow, row.staff_id) if row else None
    if row is None or person is None or person.ended_at is not None:
        return None
    if person.training and settings().mode is Mode.PRODUCTION:
        return None
    now, tag, seen_at = clock.now(), row.tag, row.seen_at
    if not sessions.alive(row.started_at, seen_at, now):
        _write_if_possible(lambda: db.session.execute(delete(SessionRow).where(SessionRow.tag == tag)))
        return None
    roles = rules.roles_of(person.roles)
    found = Me(
        id=person.id,
        name=person.name,
        roles=roles,
        badge=rules.badge_of(roles, nurse=person.nurse),
        stepped_up=sessions.stepped_up(row.code_at, now),
        training=person.training,
        token=token,
    )
    if now - seen_at > SEEN_EVERY:
        _write_if_possible(lambda: _seen(tag))
    return found


def _seen(tag: bytes) -> None:
    row = db.session.get(SessionRow, tag)
    if row is not None:
        row.seen_at = clock.now()


def _write_if_possible(change: Callable[[], object]) -> None:
    # A full disk must not keep a moderator from reading; the session then only ends the earlier.
    with suppress(OperationalError), writing():
        change()


def give_cookie(response: Response, token: str) -> Response:
    """Put the session's secret into the cookie; it ends with the browser.

    Lax, not Strict: whoever follows the link of an alarm in their mail is still signed in. Every change
    needs a token and our own origin besides.
    """
    secure = settings().secure_cookies
    response.set_cookie(COOKIE, token, httponly=True, secure=secure, samesite="Lax", path=ways.ROOT)
    return response


def take_cookie(response: Response) -> Response:
    """Forget the session on this browser."""
    secure = settings().secure_cookies
    response.delete_cookie(COOKIE, httponly=True, secure=secure, samesite="Lax", path=ways.ROOT)
    return response


def token_of_cookie() -> str:
    """The session's secret that this browser holds, whether or not it is still good for anything."""
    return request.cookies.get(COOKIE, "")
