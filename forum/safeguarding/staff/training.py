"""The desk of a demonstration: a training key, training people, links that sign them in once.

Nothing of this exists in production: the commands refuse, the routes are not there, and no door of a
production instance starts on a vault that holds a training key.
"""

import os
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pyotp
from nacl.public import PrivateKey
from sqlalchemy import delete, select

from config import Mode, Settings
from forum import clock
from forum.credentials import codes, passwords
from forum.errors import NotFound, Refused
from forum.safeguarding import policy
from forum.safeguarding.staff import desk_keys, signing
from forum.safeguarding.staff.locks import link_key, lock, unlock
from forum.safeguarding.staff.models import KeyCopyRow, StaffRow, TrainingLinkRow
from forum.safeguarding.staff.types import READERS, Opened
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.vault.models import DeskKeyRow
from forum.web.forms import settings

PEOPLE = {
    "worker": "練習 たろう",
    "supervisor": "練習 はなこ",
    "officer": "練習 かぎ",
    "auditor": "練習 きろく",
}
LINK = timedelta(hours=12)


def ensure_key(given: Settings) -> dict[str, bytes]:
    """The training keys' private halves, from a file of the instance; the first is made with it.

    Raises Refused: not_in_production; key_exists for a vault whose key is no training key.
    """
    if given.mode is Mode.PRODUCTION:
        raise Refused("not_in_production")
    kept = _kept(given)
    known = set(vault_db.session.scalars(select(DeskKeyRow.id).where(DeskKeyRow.training)))
    if known & set(kept):
        return {key_id: private for key_id, private in kept.items() if key_id in known}
    with writing():
        if desk_keys.exists():
            raise Refused("key_exists")
        key_id, private = desk_keys.add(training=True)
        keep(given, {key_id: private})
    return {key_id: private}


def keep(given: Settings, keys: Mapping[str, bytes]) -> None:
    """Write the training keys down: a demonstration that is started again needs them."""
    lines = (f"{key_id} {b64encode(private).decode('ascii')}" for key_id, private in keys.items())
    _write(_file(given), "\n".join(lines))


def _kept(given: Settings) -> dict[str, bytes]:
    if not _file(given).exists():
        return {}
    lines = _file(given).read_text(encoding="ascii").splitlines()
    return {key_id: b64decode(coded) for key_id, _, coded in (line.partition(" ") for line in lines)}


def _file(given: Settings) -> Path:
    return given.instance / "secrets" / "training-desk.key"


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as opened:
        opened.write(text)


def person(role: str, keys: dict[str, bytes]) -> tuple[int, bytes]:
    """A training person with a fresh key pair, inside the open transaction: their id and private half.

    They have no password: only a link lets them in.
    """
    private = PrivateKey.generate()
    row = vault_db.session.scalar(select(StaffRow).where(StaffRow.login == f"training-{role}"))
    if row is None:
        row = StaffRow(login=f"training-{role}", role=role, training=True, made_at=clock.now())
        vault_db.session.add(row)
    row.name, row.salt = PEOPLE[role], passwords.new_salt()
    row.groups = " ".join(policy.GROUP_IDS) if role in READERS else ""
    row.public_key, row.private_box = bytes(private.public_key), b""
    row.code_box = lock(codes.new_secret().encode(), signing.door_key(settings().secret_key, "code"))
    vault_db.session.flush()
    vault_db.session.execute(delete(KeyCopyRow).where(KeyCopyRow.staff_id == row.id))
    if role in READERS:
        desk_keys.give(row, keys)
    return row.id, bytes(private)


def code_of(staff_id: int) -> str:
    """The code that a training person's authenticator would show now: they have none in their hands.

    A code counts once, so just after one was used the next one is shown, which is accepted early.
    """
    row = vault_db.session.get_one(StaffRow, staff_id)
    if not row.training or settings().mode is Mode.PRODUCTION:
        raise NotFound
    secret = unlock(row.code_box, signing.door_key(settings().secret_key, "code")).decode()
    step = max(int(clock.now().timestamp()) // codes.STEP_SECONDS, row.code_step + 1)
    return pyotp.TOTP(secret, interval=codes.STEP_SECONDS).at(step * codes.STEP_SECONDS)


def link(staff_id: int, private: bytes) -> str:
    """A fresh link for a training person, inside the open transaction; returns its secret."""
    token, now = codes.new_token(), clock.now()
    vault_db.session.add(
        TrainingLinkRow(
            tag=codes.tag_of(token),
            staff_id=staff_id,
            private_box=lock(private, link_key(token)),
            made_at=now,
            expires_at=now + LINK,
        )
    )
    return token


def links(given: Settings) -> dict[str, str]:
    """One link's secret for each role; earlier links are over. Refused like `ensure_key`."""
    keys = ensure_key(given)
    made = {}
    with writing():
        for row in vault_db.session.scalars(select(TrainingLinkRow)).all():
            vault_db.session.delete(row)
        for role in PEOPLE:
            made[role] = link(*person(role, keys))
    return made


def found(token: str) -> TrainingLinkRow:
    """The row of a link. Raises NotFound for one that is used, old or invented."""
    row = vault_db.session.get(TrainingLinkRow, codes.tag_of(token))
    if row is None or row.expires_at < clock.now():
        raise NotFound
    return row


def use(token: str, device: str) -> Opened:
    """Sign in with a link, once; opens a transaction of its own. Raises NotFound."""
    row = found(token)
    private, opened = unlock(row.private_box, link_key(token)), signing.new_session(row.staff_id)
    with writing():
        vault_db.session.delete(found(token))
        signing.open_session(opened, private, device)
    return opened
