"""The desk of a demonstration: a training key, four training people, links that sign them in once.

Nothing of this exists in production: the commands refuse, the routes are not there, and a door of a
production instance does not start on a vault that holds a training key.
"""

import os
from base64 import b64decode, b64encode
from datetime import timedelta
from pathlib import Path

from flask import Blueprint, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from nacl.public import PrivateKey
from sqlalchemy import select

from config import Mode, Settings, SettingsError
from forum import clock
from forum.credentials import codes, passwords
from forum.errors import NotFound, Refused
from forum.safeguarding import policy
from forum.safeguarding.staff import access, desk_keys, service
from forum.safeguarding.staff.forms import PressForm
from forum.safeguarding.staff.locks import lock, unlock
from forum.safeguarding.staff.models import StaffRow, TrainingLinkRow
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.vault.models import DeskKeyRow
from forum.web import access as marks

bp = Blueprint("training", __name__)

PEOPLE = {
    "worker": "練習 たろう",
    "supervisor": "練習 はなこ",
    "officer": "練習 かぎ",
    "auditor": "練習 きろく",
}
LINK = timedelta(hours=12)


def refuse_in_production(settings: Settings) -> None:
    """Raises SettingsError where a production door meets a training key."""
    if settings.mode is not Mode.PRODUCTION:
        return
    if vault_db.session.scalar(select(DeskKeyRow.id).where(DeskKeyRow.training)):
        raise SettingsError("the vault holds a training key: a production desk starts on a vault of its own")


def ensure_key(settings: Settings) -> dict[str, bytes]:
    """The training key's private half, from a file of the instance; made with the key at first."""
    if settings.mode is Mode.PRODUCTION:
        raise Refused("not_in_production")
    file = settings.instance / "secrets" / "training-desk.key"
    if file.exists():
        key_id, _, coded = file.read_text(encoding="ascii").partition(" ")
        return {key_id: b64decode(coded)}
    key_id, private = desk_keys.make((), training=True)
    _write(file, f"{key_id} {b64encode(private).decode('ascii')}")
    return {key_id: private}


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as opened:
        opened.write(text)


def person(role: str, keys: dict[str, bytes]) -> tuple[int, bytes]:
    """A training person with a fresh key pair: their id and private half."""
    private = PrivateKey.generate()
    random_password = codes.new_token()
    stored = passwords.hashed(random_password)
    with writing():
        row = vault_db.session.scalar(select(StaffRow).where(StaffRow.login == f"training-{role}"))
        if row is None:
            row = StaffRow(login=f"training-{role}", role=role, training=True, made_at=clock.now())
            vault_db.session.add(row)
        row.name, row.password, row.salt = PEOPLE[role], stored, passwords.new_salt()
        row.groups = " ".join(policy.GROUP_IDS)
        row.public_key, row.private_box, row.code_box = bytes(private.public_key), b"", b""
        vault_db.session.flush()
        if role in ("worker", "supervisor"):
            desk_keys.give(row, keys)
        return row.id, bytes(private)


def link(staff_id: int, private: bytes) -> str:
    """A fresh link for a training person, inside the open transaction; returns its secret."""
    token = codes.new_token()
    vault_db.session.add(
        TrainingLinkRow(
            tag=codes.tag_of(token),
            staff_id=staff_id,
            private_box=lock(private, service.link_key(token)),
            expires_at=clock.now() + LINK,
        )
    )
    return token


def links(settings: Settings) -> dict[str, str]:
    """One link's secret for each role."""
    keys = ensure_key(settings)
    made = {}
    for role in PEOPLE:
        staff_id, private = person(role, keys)
        with writing():
            made[role] = link(staff_id, private)
    return made


def _found(token: str) -> TrainingLinkRow:
    row = vault_db.session.get(TrainingLinkRow, codes.tag_of(token))
    if row is None or row.expires_at < clock.now():
        raise NotFound
    return row


@bp.get("/training/<token>")
@marks.visitor
def show(token: str) -> str:
    """A button, so that a preview of the link does not use it up."""
    row = _found(token)
    name = vault_db.session.get_one(StaffRow, row.staff_id).name
    return render_template(
        "safeguarding/staff/training.html", token=token, name=name, form=PressForm(formdata=None)
    )


@bp.post("/training/<token>")
@marks.visitor
def enter(token: str) -> ResponseReturnValue:
    """Sign in, once."""
    form, row = PressForm(), _found(token)
    if not form.validate():
        return show(token), 422
    private = unlock(row.private_box, service.link_key(token))
    opened = service.Opened(codes.new_token(), os.urandom(32), row.staff_id)
    with writing():
        vault_db.session.delete(_found(token))
        service.open_session(opened, private)
    return access.give_cookie(make_response(redirect(url_for("home"), 303)), opened)
