"""Inviting, joining, signing in, changing a password, leaving."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta

from nacl.public import PrivateKey
from nacl.utils import random
from sqlalchemy import delete, select

from forum import clock
from forum.credentials import codes, delays, passwords
from forum.errors import NotFound, Refused
from forum.safeguarding.staff import desk_keys
from forum.safeguarding.staff.locks import keys_from_bytes, keys_to_bytes, lock, unlock
from forum.safeguarding.staff.models import (
    FailureRow,
    InvitationRow,
    KeyCopyRow,
    RecoveryCodeRow,
    SessionRow,
    StaffRow,
)
from forum.safeguarding.staff.types import READERS, Staff
from forum.safeguarding.vault import audit
from forum.safeguarding.vault.db import vault_db, writing
from forum.sealing.envelope import Unopenable

INVITATION = timedelta(days=3)
TAG_BYTES = 32


@dataclass(frozen=True, repr=False)
class Opened:
    """A fresh session: what goes into the cookie, and whose it is."""

    token: str
    key: bytes
    staff_id: int


def door_key(secret: str, purpose: str) -> bytes:
    """A key made of the door's own secret."""
    return hmac.new(secret.encode(), f"staff:{purpose}".encode(), hashlib.sha256).digest()


def invite(
    name: str, role: str, groups: str, mail: str, keys: dict[str, bytes], *, training: bool = False
) -> str:
    """Make an invitation, inside the open transaction; returns the link's secret, which is not stored."""
    token = codes.new_token()
    box = lock(keys_to_bytes(keys), link_key(token)) if role in READERS else None
    vault_db.session.add(
        InvitationRow(
            tag=codes.tag_of(token),
            name=name,
            role=role,
            groups=groups,
            mail=mail,
            keys_box=box,
            training=training,
            expires_at=clock.now() + INVITATION,
        )
    )
    return token


def link_key(token: str) -> bytes:
    """32 bytes that only the link's secret gives."""
    return hashlib.blake2b(token.encode(), digest_size=32, person=b"invitation").digest()


def invitation(token: str) -> InvitationRow:
    """The invitation of a link. Raises NotFound for one that is used, old or invented."""
    row = vault_db.session.get(InvitationRow, codes.tag_of(token))
    if row is None or row.expires_at < clock.now():
        raise NotFound
    return row


def join(token: str, login: str, password: str, secret: str, step: int, door_secret: str) -> tuple[str, ...]:
    """Make the member of staff whom a link invites; returns their recovery codes, shown once.

    The code of the authenticator was checked by the caller. Raises Refused and NotFound.
    """
    passwords.check_new(password, login)
    stored, salt = passwords.hashed(password), passwords.new_salt()
    private = PrivateKey.generate()
    box = lock(bytes(private), passwords.key_of(password, salt))
    recovery = codes.new_recovery()
    with writing():
        invited = invitation(token)
        if vault_db.session.scalar(select(StaffRow.id).where(StaffRow.login == login)):
            raise Refused("login_taken")
        row = StaffRow(
            login=login,
            name=invited.name,
            role=invited.role,
            groups=invited.groups,
            mail=invited.mail,
            password=stored,
            salt=salt,
            public_key=bytes(private.public_key),
            private_box=box,
            code_box=lock(secret.encode(), door_key(door_secret, "code")),
            code_step=step,
            training=invited.training,
            made_at=clock.now(),
        )
        vault_db.session.add(row)
        vault_db.session.flush()
        if invited.keys_box:
            desk_keys.give(row, keys_from_bytes(unlock(invited.keys_box, link_key(token))))
        _keep_recovery(row.id, recovery)
        vault_db.session.delete(invited)
        audit.record("join", str(row.id), staff_id=row.id, staff_name=row.name)
    return recovery


def _keep_recovery(staff_id: int, recovery: tuple[str, ...]) -> None:
    vault_db.session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.staff_id == staff_id))
    for code in recovery:
        vault_db.session.add(
            RecoveryCodeRow(tag=codes.tag_of(f"{staff_id}:{codes.tidy_recovery(code)}"), staff_id=staff_id)
        )


def renew_recovery(staff_id: int) -> tuple[str, ...]:
    """New recovery codes in place of the old, inside the open transaction."""
    recovery = codes.new_recovery()
    _keep_recovery(staff_id, recovery)
    return recovery


def waiting(tags: tuple[bytes, ...]) -> timedelta:
    """How long these tags (account with source, source alone) must still wait."""
    longest = timedelta(0)
    for tag in tags:
        row = vault_db.session.get(FailureRow, tag)
        if row is not None:
            longest = max(longest, row.last_at + delays.wait(row.number) - clock.now())
    return longest


def check_wait(tags: tuple[bytes, ...]) -> None:
    """Raises Refused("wait", seconds=...) while somebody must wait after failures."""
    pause = waiting(tags)
    if pause > timedelta(0):
        raise Refused("wait", seconds=int(pause.total_seconds()) + 1)


def note_failure(tags: tuple[bytes, ...]) -> None:
    """Count one failure, in a transaction of its own."""
    with writing():
        for tag in tags:
            row = vault_db.session.get(FailureRow, tag)
            if row is None:
                vault_db.session.add(FailureRow(tag=tag, number=1, last_at=clock.now()))
            else:
                row.number, row.last_at = row.number + 1, clock.now()


def sign_in(login: str, password: str, code: str, door_secret: str, tags: tuple[bytes, ...]) -> Opened:
    """Open a session. One answer for every fault: Refused("sign_in"); Refused("wait", seconds=...)."""
    check_wait(tags)
    row = vault_db.session.scalar(
        select(StaffRow).where(StaffRow.login == login, StaffRow.ended_at.is_(None))
    )
    known = row.password if row else passwords.NOBODY
    facts = (row.id, row.salt, row.private_box) if row else None
    vault_db.session.rollback()
    right = passwords.fits(password, known)
    if facts is None or not right:
        note_failure(tags)
        raise Refused("sign_in")
    staff_id, salt, box = facts
    try:
        private = unlock(box, passwords.key_of(password, salt))
    except Unopenable:
        note_failure(tags)
        raise Refused("sign_in") from None
    opened = Opened(codes.new_token(), random(32), staff_id)
    with writing():
        if not _code_fits(staff_id, code, door_secret):
            right = False
        else:
            open_session(opened, private)
            for tag in tags:
                vault_db.session.execute(delete(FailureRow).where(FailureRow.tag == tag))
    if not right:
        note_failure(tags)
        raise Refused("sign_in")
    return opened


def open_session(opened: Opened, private: bytes) -> None:
    """Store a session with the private key locked for its cookie, inside the open transaction."""
    now = clock.now()
    staff = vault_db.session.get_one(StaffRow, opened.staff_id)
    vault_db.session.add(
        SessionRow(
            tag=codes.tag_of(opened.token),
            staff_id=opened.staff_id,
            private_box=lock(private, opened.key),
            started_at=now,
            seen_at=now,
            code_at=now,
        )
    )
    audit.record("sign_in", str(staff.id), staff_id=staff.id, staff_name=staff.name)


def _code_fits(staff_id: int, code: str, door_secret: str) -> bool:
    """Use up a one-time code or a recovery code, inside the open transaction."""
    row = vault_db.session.get_one(StaffRow, staff_id)
    secret = unlock(row.code_box, door_key(door_secret, "code")).decode()
    step = codes.step_of(secret, code, row.code_step, clock.now())
    if step is not None:
        row.code_step = step
        return True
    spare = vault_db.session.get(RecoveryCodeRow, codes.tag_of(f"{staff_id}:{codes.tidy_recovery(code)}"))
    if spare is None:
        return False
    vault_db.session.delete(spare)
    audit.record("use_recovery_code", str(staff_id), staff_id=staff_id, staff_name=row.name)
    return True


def step_up(token: str, code: str, door_secret: str, tags: tuple[bytes, ...]) -> None:
    """Take a fresh code for what is specially protected. Raises Refused like `sign_in`."""
    check_wait(tags)
    with writing():
        session = vault_db.session.get_one(SessionRow, codes.tag_of(token))
        fits = _code_fits(session.staff_id, code, door_secret)
        if fits:
            session.code_at = clock.now()
    if not fits:
        note_failure(tags)
        raise Refused("sign_in")


def change_password(staff_id: int, old: str, new: str, keep_token: str) -> None:
    """Change the password: the private key is locked anew, all other sessions end."""
    row = vault_db.session.get_one(StaffRow, staff_id)
    login, stored, salt, box = row.login, row.password, row.salt, row.private_box
    vault_db.session.rollback()
    if not passwords.fits(old, stored):
        raise Refused("sign_in")
    passwords.check_new(new, login)
    private = unlock(box, passwords.key_of(old, salt))
    fresh, fresh_salt = passwords.hashed(new), passwords.new_salt()
    fresh_box = lock(private, passwords.key_of(new, fresh_salt))
    with writing():
        row = vault_db.session.get_one(StaffRow, staff_id)
        row.password, row.salt, row.private_box = fresh, fresh_salt, fresh_box
        vault_db.session.execute(
            delete(SessionRow).where(
                SessionRow.staff_id == staff_id, SessionRow.tag != codes.tag_of(keep_token)
            )
        )
        audit.record("change_password", str(staff_id), staff_id=staff_id, staff_name=row.name)


def end(staff_id: int, by_id: int, by_name: str) -> None:
    """Somebody leaves: their copies of the keys and their sessions go, inside the open transaction."""
    row = vault_db.session.get(StaffRow, staff_id)
    if row is None or row.ended_at is not None:
        raise NotFound
    if staff_id == by_id:
        raise Refused("not_oneself")
    row.ended_at = clock.now()
    for table in (KeyCopyRow, SessionRow, RecoveryCodeRow):
        vault_db.session.execute(delete(table).where(table.staff_id == staff_id))
    audit.record("end_staff", str(staff_id), staff_id=by_id, staff_name=by_name)


def everybody(*, present: bool = True) -> tuple[Staff, ...]:
    """All members of staff, or all that there ever were."""
    rows = vault_db.session.scalars(select(StaffRow).order_by(StaffRow.id)).all()
    return tuple(
        Staff(r.id, r.login, r.name, r.role, frozenset(r.groups.split()), r.mail, r.ended_at)
        for r in rows
        if r.ended_at is None or not present
    )
