"""Marks for the routes of the desk, who is signed in, and the desk's keys for this one request."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Response, redirect, request, url_for
from sqlalchemy import delete
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import BadRequest

from forum import clock
from forum.credentials import codes, delays, sessions
from forum.errors import Refused
from forum.safeguarding.staff import desk_keys, ways
from forum.safeguarding.staff.locks import KEY_BYTES, unlock
from forum.safeguarding.staff.models import SessionRow, StaffRow
from forum.safeguarding.staff.signing import Tags
from forum.safeguarding.staff.types import Me, Opened
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.vault.opening import KeyRing
from forum.sealing.envelope import Unopenable
from forum.web.forms import settings
from forum.web.origin import SAFE_METHODS

View = TypeVar("View", bound=Callable[..., Any])
COOKIE = "k"
SEEN_EVERY = timedelta(minutes=1)  # the session's clock is not written with every page
_PLACE = "desk.session"  # in the request's own environment: what is opened here ends with the request


class StepUpNeeded(Refused):
    """A fresh one-time code is asked for; `back` is where the person goes on afterwards."""

    def __init__(self, back: str) -> None:
        super().__init__("step_up")
        self.back = back


class WrongRole(Refused):
    """The page is for another role."""


class SignedOut(Refused):
    """Something was sent and nobody is signed in any more: what was typed is given back."""


@dataclass(repr=False)
class _Session:
    me: Me
    mine: Opened
    box: bytes | None
    ring: KeyRing | None = field(default=None)


def _mark(*roles: str) -> Callable[[View], View]:
    def wear(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            found = _find()
            if found is None:
                if request.method not in SAFE_METHODS:
                    raise SignedOut("signed_out")
                return redirect(url_for("staff.sign_in", back=ways.present_page()), 303)
            request.environ[_PLACE] = found
            if roles and found.me.role not in roles:
                raise WrongRole("wrong_role")
            return view(*args, **kwargs)

        guarded.access_mark = "desk:" + (" ".join(roles) or "anyone")  # type: ignore[attr-defined]
        return cast(View, guarded)

    return wear


worker = _mark("worker", "supervisor")
supervisor = _mark("supervisor")
auditor = _mark("auditor")
records = _mark("auditor", "supervisor")
officer = _mark("officer")
signed_in = _mark()


def _session() -> _Session:
    return cast(_Session, request.environ[_PLACE])


def me() -> Me:
    """Who is signed in. Only inside a marked view."""
    return _session().me


def here() -> bool:
    """True if this request is of somebody signed in: for pages that everybody may see."""
    return _PLACE in request.environ


def token() -> str:
    """The session's own secret, for the pages of the account."""
    return _session().mine.token


def mine() -> Opened:
    """What the cookie holds."""
    return _session().mine


def keyring() -> KeyRing:
    """The desk's private keys, opened with the cookie for this request. Raises Refused("no_keys")."""
    found = _session()
    if found.ring is None:
        try:
            private = unlock(found.box or b"", found.mine.key)
            found.ring = desk_keys.ring_of(found.me.id, private)
        except Unopenable:
            raise Refused("no_keys") from None
        if not found.ring.keys:
            found.ring = None
            raise Refused("no_keys")
    return found.ring


def ring_again() -> KeyRing:
    """The keys, opened anew: this request has just changed them."""
    _session().ring = None
    return keyring()


def require_step_up(back: str = "") -> None:
    """Send whoever gave no code for ten minutes to the page that asks for one (raises StepUpNeeded).

    `back`: the path to go on at; by default this page, or for a form the nearest page above its address.
    """
    if not me().stepped_up:
        raise StepUpNeeded(back or ways.present_page())


def give_cookie(response: Response, opened: Opened) -> Response:
    """Put the session's secret and the key into the cookie; it ends with the browser."""
    value = f"{opened.token}.{urlsafe_b64encode(opened.key).decode('ascii')}"
    response.set_cookie(
        COOKIE, value, httponly=True, secure=settings().secure_cookies, samesite="Strict", path="/"
    )
    return response


def take_cookie(response: Response) -> Response:
    """Forget the session on this browser."""
    response.delete_cookie(COOKIE, httponly=True, secure=settings().secure_cookies, samesite="Strict")
    return response


def token_of_cookie() -> str:
    """The session's secret that this browser holds, whether or not it is still good for anything."""
    return request.cookies.get(COOKIE, "").partition(".")[0]


def failure_tags(what: str) -> Tags:
    """Under what tries are counted: this account (or thing) from this source, and this source alone."""
    secret, day, source = settings().secret_key, clock.today(), request.remote_addr or ""
    return Tags(delays.tag(secret, day, "account", what, source), delays.tag(secret, day, "source", source))


def device() -> str:
    """The browser and system of this request, in two words."""
    return sessions.device(request.user_agent.string)


def _find() -> _Session | None:
    """The session of the cookie; None if there is none, or it is over."""
    try:
        secret, _, coded = request.cookies.get(COOKIE, "").partition(".")
        key = urlsafe_b64decode(coded)
    except (ValueError, BadRequest):
        return None
    row = vault_db.session.get(SessionRow, codes.tag_of(secret)) if secret else None
    staff = vault_db.session.get(StaffRow, row.staff_id) if row else None
    if row is None or staff is None or staff.ended_at is not None or len(key) != KEY_BYTES:
        return None
    now, tag, seen_at = clock.now(), row.tag, row.seen_at
    if not sessions.alive(row.started_at, seen_at, now):
        _write_if_possible(lambda: vault_db.session.execute(delete(SessionRow).where(SessionRow.tag == tag)))
        return None
    found = _Session(
        Me(
            staff.id,
            staff.name,
            staff.role,
            frozenset(staff.groups.split()),
            sessions.stepped_up(row.code_at, now),
            staff.training,
        ),
        Opened(secret, key, staff.id),
        row.private_box,
    )
    if now - seen_at > SEEN_EVERY:
        _write_if_possible(lambda: _seen(tag))
    vault_db.session.rollback()
    return found


def _seen(tag: bytes) -> None:
    row = vault_db.session.get(SessionRow, tag)
    if row is not None:
        row.seen_at = clock.now()


def _write_if_possible(change: Callable[[], object]) -> None:
    # A full disk must not keep a worker from reading; the session then only ends the earlier.
    with suppress(OperationalError), writing():
        change()
