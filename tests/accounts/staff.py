"""Signing in at the forum's console, for the stories of every room: people with a session and a code."""

from datetime import timedelta
from itertools import count

import pyotp
from flask import Flask

from forum import clock, ids
from forum.accounts import login, rules
from forum.accounts.locks import lock
from forum.accounts.models import AccountRow, SessionRow
from forum.accounts.types import Role
from forum.credentials import codes, passwords
from forum.db import db, writing
from forum.web.forms import settings
from tests.pages import Visitor

PASSWORD = "とても ながい ひみつのことば"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
_numbers = count(1)
_hashes: list[str] = []


def hashed() -> str:
    """PASSWORD as it is stored: made once."""
    if not _hashes:
        _hashes.append(passwords.hashed(PASSWORD))
    return _hashes[0]


def hire(
    app: Flask,
    *roles: Role,
    name: str = "",
    nurse: bool = False,
    password: bool = False,
    training: bool = False,
) -> int:
    """Somebody new; returns their id. With `password` they can sign in with PASSWORD as `login_of` says."""
    number = next(_numbers)
    with app.app_context():
        with writing():
            row = AccountRow(
                login=f"staff-{number}",
                name=name or f"職員{number}",
                roles=rules.text_of(roles),
                nurse=nurse,
                mail=f"staff-{number}@city.example",
                password=hashed() if password else "",
                code_box=lock(SECRET, settings().secret_key),
                training=training,
                made_at=clock.now(),
            )
            db.session.add(row)
            db.session.flush()
            staff_id = row.id
        db.session.remove()
    return staff_id


def login_of(app: Flask, staff_id: int) -> str:
    """The name that somebody signs in with."""
    with app.app_context():
        found = db.session.get_one(AccountRow, staff_id).login
        db.session.remove()
    return found


def enter(app: Flask, staff_id: int, *, stepped_up: bool = True) -> Visitor:
    """A fresh browser with an open session of somebody; no password is asked, so it is fast."""
    token, now = codes.new_token(), clock.now()
    with app.app_context():
        with writing():
            db.session.add(
                SessionRow(
                    tag=codes.tag_of(token),
                    public_id=ids.new_public_id(),
                    device="Firefox / Windows",
                    staff_id=staff_id,
                    started_at=now,
                    seen_at=now,
                    code_at=now if stepped_up else now - timedelta(hours=1),
                )
            )
        db.session.remove()
    visitor = Visitor(app)
    visitor.client.set_cookie(login.COOKIE, token, domain="localhost", path="/staff", secure=True)
    return visitor


def sign_in(
    app: Flask, *roles: Role, name: str = "", stepped_up: bool = True, nurse: bool = False
) -> Visitor:
    """Somebody with these roles, signed in on a browser of their own; their code was given just now."""
    return enter(app, hire(app, *roles, name=name, nurse=nurse), stepped_up=stepped_up)


def code_at(step: int = 0) -> str:
    """What everybody's authenticator shows now, or some steps of thirty seconds later."""
    return pyotp.TOTP(SECRET).at(clock.now() + timedelta(seconds=30 * step))
