"""Marks for the routes of the desk, who is signed in, and the desk's keys for this one request."""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Response, g, redirect, request, url_for
from sqlalchemy import delete

from forum import clock
from forum.credentials import codes, sessions
from forum.errors import Refused
from forum.safeguarding.staff import desk_keys
from forum.safeguarding.staff.locks import unlock
from forum.safeguarding.staff.models import SessionRow, StaffRow
from forum.safeguarding.staff.service import Opened
from forum.safeguarding.staff.types import Me
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.vault.opening import KeyRing
from forum.sealing.envelope import Unopenable
from forum.web.forms import settings

View = TypeVar("View", bound=Callable[..., Any])
COOKIE = "k"
SEEN_EVERY = timedelta(minutes=1)  # the session's clock is not written with every page


def _mark(*roles: str) -> Callable[[View], View]:
    def wear(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not _load():
                return redirect(url_for("staff.sign_in"), 303)
            if roles and me().role not in roles:
                raise Refused("not_yours")
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


def me() -> Me:
    """Who is signed in. Only inside a marked view."""
    return cast(Me, g.desk_me)


def token() -> str:
    """The session's own secret, for the pages of the account."""
    return cast(str, g.desk_token)


def keyring() -> KeyRing:
    """The desk's private keys, opened with the cookie for this request. Raises Refused("no_keys")."""
    if "desk_ring" not in g:
        try:
            private = unlock(g.desk_box or b"", g.desk_key)
            g.desk_ring = desk_keys.ring_of(me().id, private)
        except Unopenable:
            raise Refused("no_keys") from None
    return cast(KeyRing, g.desk_ring)


def require_step_up() -> None:
    """Raises Refused("step_up") unless a fresh one-time code was given; the desk then asks for one."""
    if not me().stepped_up:
        raise Refused("step_up")


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


def failure_tags(login: str) -> tuple[bytes, ...]:
    """Under what failures are counted: the account from this source, and this source; no address is kept."""
    key = f"{settings().secret_key}|{clock.today().isoformat()}".encode()
    source = request.remote_addr or ""
    return tuple(
        hmac.new(key, told.encode(), hashlib.sha256).digest()
        for told in (f"account:{login}:{source}", f"source:{source}")
    )


def _load() -> bool:
    """Find the session of the cookie; False if there is none, or it is over."""
    secret, _, coded = request.cookies.get(COOKIE, "").partition(".")
    try:
        key = urlsafe_b64decode(coded)
    except ValueError:
        return False
    now = clock.now()
    row = vault_db.session.get(SessionRow, codes.tag_of(secret)) if secret else None
    staff = vault_db.session.get(StaffRow, row.staff_id) if row else None
    if row is None or staff is None or staff.ended_at is not None:
        return False
    if not sessions.alive(row.started_at, row.seen_at, now):
        with writing():
            vault_db.session.execute(delete(SessionRow).where(SessionRow.tag == row.tag))
        return False
    g.desk_token, g.desk_key, g.desk_box = secret, key, row.private_box
    g.desk_me = Me(
        staff.id,
        staff.name,
        staff.role,
        frozenset(staff.groups.split()),
        sessions.stepped_up(row.code_at, now),
        staff.training,
    )
    if now - row.seen_at > SEEN_EVERY:
        tag = row.tag
        with writing():
            vault_db.session.get_one(SessionRow, tag).seen_at = now
    vault_db.session.rollback()
    return True
