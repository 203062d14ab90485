"""Signing in and out, and the fresh code for what is specially protected."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from nacl.utils import random
from sqlalchemy import delete, or_, select
from sqlalchemy.exc import IntegrityError

from forum import clock, ids
from forum.credentials import codes, delays, passwords, sessions
from forum.errors import NotFound, Refused
from forum.safeguarding.staff.locks import KEY_BYTES, lock, unlock
from forum.safeguarding.staff.models import FailureRow, RecoveryCodeRow, SessionRow, StaffRow
from forum.safeguarding.staff.types import Opened
from forum.safeguarding.vault import audit
from forum.safeguarding.vault.db import vault_db, writing
from forum.sealing.envelope import Unopenable

NO_SALT = bytes(passwords.SALT_BYTES)  # for names that nobody has: the answer takes as long


@dataclass(frozen=True)
class Tags:
    """Under what tries are counted: one account from one source, and the source alone."""

    account: bytes
    source: bytes


def door_key(secret: str, purpose: str) -> bytes:
    """A key made of the door's own secret."""
    return hmac.new(secret.encode(), f"staff:{purpose}".encode(), hashlib.sha256).digest()


def reserve(tags: Tags, staff_id: int | None = None) -> None:
    """Count one try before it is looked at, in a transaction of its own.

    So whoever sends a hundred guesses at once gets no more looked at than one after another. Raises
    Refused("wait", seconds=...). `succeeded` takes the count back.
    """
    now = clock.now()
    with writing():
        vault_db.session.execute(delete(FailureRow).where(FailureRow.last_at < now - delays.FORGOTTEN))
        account, source = _failures(tags.account, now), _failures(tags.source, now)
        until = max(
            delays.next_try_at(account.number, account.last_at),
            delays.next_try_at(source.number, source.last_at, delays.FREE_FOR_SOURCE),
        )
        if until > now:
            raise Refused("wait", seconds=int((until - now).total_seconds()) + 1)
        for row in (account, source):
            row.number, row.last_at = row.number + 1, now
        if account.number == delays.FREE + 1 and staff_id is not None:  # not slips any more
            audit.record("sign_in_slowed", str(staff_id), staff_id=None, staff_name="")


def _failures(tag: bytes, now: datetime) -> FailureRow:
    row = vault_db.session.get(FailureRow, tag, with_for_update=True)
    if row is None:
        row = FailureRow(tag=tag, number=0, last_at=now)
        try:
            with vault_db.session.begin_nested():
                vault_db.session.add(row)
        except IntegrityError:  # on a server, somebody else at this source was faster
            row = vault_db.session.get_one(FailureRow, tag, with_for_update=True)
    return row


def succeeded(tags: Tags) -> None:
    """It was the right person, inside the open transaction. Others at the same source stay counted."""
    vault_db.session.execute(delete(FailureRow).where(FailureRow.tag == tags.account))
    source = vault_db.session.get(FailureRow, tags.source)
    if source is not None:
        source.number = max(0, source.number - 1)


def sign_in(login: str, password: str, code: str, door_secret: str, tags: Tags, device: str) -> Opened:
    """Open a fresh session with password and one-time code (or recovery code).

    One answer for every fault, after the same time: Refused("sign_in"). Refused("wait", seconds=...), "busy".
    """
    row = vault_db.session.scalar(
        select(StaffRow).where(StaffRow.login == login, StaffRow.ended_at.is_(None))
    )
    staff_id, salt, box = (row.id, row.salt, row.private_box) if row else (None, NO_SALT, b"")
    reserve(tags, staff_id)
    try:
        private = unlock(box, passwords.key_of(salt, password))
    except Unopenable:
        raise Refused("sign_in") from None
    if staff_id is None:
        raise Refused("sign_in")
    opened = new_session(staff_id)
    with writing():
        try:
            take_code(staff_id, code, door_secret)
        except Refused:  # nobody outside learns which of the three was wrong
            raise Refused("sign_in") from None
        open_session(opened, private, device)
        succeeded(tags)
    return opened


def new_session(staff_id: int) -> Opened:
    """The secrets of a session that is not open yet."""
    return Opened(codes.new_token(), random(KEY_BYTES), staff_id)


def open_session(opened: Opened, private: bytes, device: str) -> None:
    """Store a session with the private key locked for its cookie, inside the open transaction.

    Raises Refused("sign_in") for somebody who left meanwhile.
    """
    now = clock.now()
    staff = vault_db.session.get_one(StaffRow, opened.staff_id)
    if staff.ended_at is not None:
        raise Refused("sign_in")
    _drop_dead_sessions()
    vault_db.session.add(
        SessionRow(
            tag=codes.tag_of(opened.token),
            public_id=ids.new_public_id(),
            device=device,
            staff_id=opened.staff_id,
            private_box=lock(private, opened.key),
            started_at=now,
            seen_at=now,
            code_at=now,
        )
    )
    audit.record("sign_in", str(staff.id), staff_id=staff.id, staff_name=staff.name)


def _drop_dead_sessions() -> None:
    now = clock.now()
    vault_db.session.execute(
        delete(SessionRow).where(
            or_(SessionRow.seen_at <= now - sessions.IDLE, SessionRow.started_at <= now - sessions.ABSOLUTE)
        )
    )


def take_code(staff_id: int, code: str, door_secret: str) -> None:
    """Use up a one-time code or a recovery code, inside the open transaction. Raises Refused("code")."""
    row = vault_db.session.get_one(StaffRow, staff_id)
    secret = unlock(row.code_box, door_key(door_secret, "code")).decode()
    step = codes.step_of(secret, code, row.code_step, clock.now())
    if step is not None:
        row.code_step = step
        return
    spare = vault_db.session.get(RecoveryCodeRow, codes.recovery_tag(staff_id, code))
    if spare is None:
        raise Refused("code")
    vault_db.session.delete(spare)
    audit.record("use_recovery_code", str(staff_id), staff_id=staff_id, staff_name=row.name)


def step_up(token: str, staff_id: int, code: str, door_secret: str, tags: Tags) -> None:
    """Take a fresh code for what is specially protected. Raises Refused: code, wait, sign_in."""
    reserve(tags, staff_id)
    with writing():
        session = vault_db.session.get(SessionRow, codes.tag_of(token))
        if session is None:
            raise Refused("sign_in")
        take_code(staff_id, code, door_secret)
        session.code_at = clock.now()
        succeeded(tags)


def end_session(token: str) -> None:
    """Forget a session by the cookie's secret, inside the open transaction."""
    vault_db.session.execute(delete(SessionRow).where(SessionRow.tag == codes.tag_of(token)))


def end_one(staff_id: int, session_id: str) -> None:
    """End one of a person's sessions, inside the open transaction. Raises NotFound."""
    row = vault_db.session.scalar(
        select(SessionRow).where(SessionRow.public_id == session_id, SessionRow.staff_id == staff_id)
    )
    if row is None:
        raise NotFound
    vault_db.session.delete(row)


def end_others(staff_id: int, keep_token: str) -> None:
    """End all sessions of a person but this one, inside the open transaction."""
    vault_db.session.execute(
        delete(SessionRow).where(SessionRow.staff_id == staff_id, SessionRow.tag != codes.tag_of(keep_token))
    )


def role_of(staff_id: int) -> str:
    """The role of a member of staff."""
    return vault_db.session.get_one(StaffRow, staff_id).role
