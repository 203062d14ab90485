"""Signing in at the desk, for the stories of workers: people with a key pair and a code of their own."""

from datetime import timedelta
from itertools import count

import pyotp
from flask import Flask
from nacl.public import PrivateKey
from sqlalchemy import select

from forum import clock
from forum.credentials import passwords
from forum.safeguarding import policy
from forum.safeguarding.staff import desk_keys, signing
from forum.safeguarding.staff.locks import lock
from forum.safeguarding.staff.models import StaffRow
from forum.safeguarding.vault.db import vault_db, writing
from forum.web.forms import settings
from tests.pages import Visitor
from tests.safeguarding.conftest import DESK

PASSWORD = "とても ながい ひみつのことば"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
_SALT = passwords.new_salt()
_KEY = passwords.key_of(_SALT, PASSWORD)
_numbers = count(1)


def hire(app: Flask, role: str = "worker", groups: tuple[str, ...] = policy.GROUP_IDS, name: str = "") -> str:
    """Somebody new at the desk; returns their login. Their password is PASSWORD."""
    login = f"{role}-{next(_numbers)}"
    private = PrivateKey.generate()
    with app.app_context():
        with writing():
            row = StaffRow(
                login=login,
                name=name or f"職員{login}",
                role=role,
                groups=" ".join(groups),
                mail=f"{login}@desk.example",
                salt=_SALT,
                public_key=bytes(private.public_key),
                private_box=lock(bytes(private), _KEY),
                code_box=lock(SECRET.encode(), signing.door_key(settings().secret_key, "code")),
                made_at=clock.now(),
            )
            vault_db.session.add(row)
            vault_db.session.flush()
            if role in ("worker", "supervisor"):
                desk_keys.give(row, {DESK.key.id: DESK.private})
        vault_db.session.remove()
    return login


def staff_id(app: Flask, login: str) -> int:
    """The number of a member of staff."""
    with app.app_context():
        found = vault_db.session.scalars(select(StaffRow.id).where(StaffRow.login == login)).one()
        vault_db.session.remove()
    return found


def code_at(step: int = 0) -> str:
    """What the authenticator shows now, or some steps of thirty seconds later."""
    return pyotp.TOTP(SECRET).at(clock.now() + timedelta(seconds=30 * step))


def sign_in(
    visitor: Visitor, role: str = "worker", groups: tuple[str, ...] = policy.GROUP_IDS, name: str = ""
) -> Visitor:
    """Hire somebody and sign them in on this browser."""
    return enter(visitor, hire(visitor.app, role, groups, name))


def enter(visitor: Visitor, login: str, step: int = 0) -> Visitor:
    """Sign in somebody who works here, with the code of now or of some steps later."""
    visitor.get("/sign-in")
    visitor.submit("login", follow=False, status=303, login=login, password=PASSWORD, code=code_at(step))
    return visitor
