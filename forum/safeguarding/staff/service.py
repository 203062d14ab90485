"""Inviting, joining, changing what one signs in with, leaving."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from nacl.public import PrivateKey
from sqlalchemy import delete, select

from forum import clock, ids
from forum.credentials import codes, passwords
from forum.errors import NotFound, Refused
from forum.safeguarding.policy import GROUP_IDS
from forum.safeguarding.staff import desk_keys
from forum.safeguarding.staff.locks import keys_from_bytes, keys_to_bytes, link_key, lock, unlock
from forum.safeguarding.staff.models import (
    InvitationRow,
    KeyCopyRow,
    RecoveryCodeRow,
    SessionRow,
    StaffRow,
)
from forum.safeguarding.staff.signing import Tags, door_key, end_others, reserve, succeeded
from forum.safeguarding.staff.types import READERS, Opened
from forum.safeguarding.vault import audit
from forum.safeguarding.vault.db import vault_db, writing
from forum.sealing.envelope import Unopenable

INVITATION = timedelta(days=3)


def invite(
    name: str,
    role: str,
    groups: Iterable[str],
    mail: str,
    keys: Mapping[str, bytes],
    *,
    training: bool = False,
) -> str:
    """Make an invitation, inside the open transaction; returns the link's secret, which is not stored.

    `keys`: the desk's keys of whoever invites. They go along for roles that read, locked with that secret.
    """
    token, chosen = codes.new_token(), set(groups)
    reads = role in READERS
    now = clock.now()
    vault_db.session.execute(delete(InvitationRow).where(InvitationRow.expires_at < now))
    vault_db.session.add(
        InvitationRow(
            tag=codes.tag_of(token),
            public_id=ids.new_public_id(),
            name=name,
            role=role,
            groups=" ".join(one for one in GROUP_IDS if one in chosen) if reads else "",
            mail=mail,
            keys_box=lock(keys_to_bytes(keys), link_key(token)) if reads else None,
            training=training,
            made_at=now,
            expires_at=now + INVITATION,
        )
    )
    return token


def invitation(token: str) -> InvitationRow:
    """The invitation of a link. Raises NotFound for one that is used, old, taken back or invented."""
    row = vault_db.session.get(InvitationRow, codes.tag_of(token))
    if row is None or row.expires_at < clock.now():
        raise NotFound
    return row


def withdraw(invitation_id: str) -> None:
    """Take an invitation back, inside the open transaction. Raises NotFound."""
    row = vault_db.session.scalar(select(InvitationRow).where(InvitationRow.public_id == invitation_id))
    if row is None:
        raise NotFound
    vault_db.session.delete(row)


def join(token: str, login: str, password: str, secret: str, step: int, door_secret: str) -> tuple[str, ...]:
    """Make the member of staff whom a link invites; returns their recovery codes, shown once.

    The code of the authenticator was checked by the caller: `step` is used up. Opens a transaction of its
    own. Raises Refused weak_password, login_taken, busy; NotFound.
    """
    invitation(token)  # before argon2id: strangers cost nothing
    passwords.check_new(password, login)
    private, salt = PrivateKey.generate(), passwords.new_salt()
    box = lock(bytes(private), passwords.key_of(salt, password))
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
        vault_db.session.add(RecoveryCodeRow(tag=codes.recovery_tag(staff_id, code), staff_id=staff_id))


def renew_recovery(staff_id: int) -> tuple[str, ...]:
    """New recovery codes in place of the old, inside the open transaction."""
    recovery = codes.new_recovery()
    _keep_recovery(staff_id, recovery)
    row = vault_db.session.get_one(StaffRow, staff_id)
    audit.record("renew_recovery_codes", str(staff_id), staff_id=staff_id, staff_name=row.name)
    return recovery


def change_password(mine: Opened, old: str, new: str, tags: Tags) -> None:
    """Change the password, and the person's key pair with it: an old password opens nothing that comes later.

    All other sessions end; this one (`mine`) goes on. Opens transactions of its own. Raises Refused
    sign_in (wrong old password), wait, weak_password, busy.
    """
    row = vault_db.session.get_one(StaffRow, mine.staff_id)
    login, salt, box = row.login, row.salt, row.private_box
    passwords.check_new(new, login)
    reserve(tags, mine.staff_id)
    try:
        private = unlock(box, passwords.key_of(salt, old))
    except Unopenable:
        raise Refused("sign_in") from None
    fresh, fresh_salt = PrivateKey.generate(), passwords.new_salt()
    fresh_box = lock(bytes(fresh), passwords.key_of(fresh_salt, new))
    with writing():
        session = vault_db.session.get(SessionRow, codes.tag_of(mine.token))
        if session is None:
            raise Refused("sign_in")
        row = vault_db.session.get_one(StaffRow, mine.staff_id, with_for_update=True)
        keys = desk_keys.ring_of(row.id, private).keys
        row.salt, row.private_box, row.public_key = fresh_salt, fresh_box, bytes(fresh.public_key)
        desk_keys.give(row, keys)
        session.private_box = lock(bytes(fresh), mine.key)
        end_others(row.id, mine.token)
        succeeded(tags)
        audit.record("change_password", str(row.id), staff_id=row.id, staff_name=row.name)


def offer_authenticator(token: str, door_secret: str) -> str:
    """A secret for another authenticator, kept with the session until its first code proves it.

    Inside the open transaction. Asked again within the session it is the same one.
    """
    session = vault_db.session.get_one(SessionRow, codes.tag_of(token))
    if session.new_code_box is None:
        session.new_code_box = lock(codes.new_secret().encode(), door_key(door_secret, "code"))
    return unlock(session.new_code_box, door_key(door_secret, "code")).decode()


def change_authenticator(token: str, code: str, door_secret: str) -> None:
    """Take the offered authenticator, inside the open transaction. Raises Refused("sign_in")."""
    session = vault_db.session.get_one(SessionRow, codes.tag_of(token))
    if session.new_code_box is None:
        raise Refused("sign_in")
    secret = unlock(session.new_code_box, door_key(door_secret, "code")).decode()
    step = codes.step_of(secret, code, 0, clock.now())
    if step is None:
        raise Refused("sign_in")
    row = vault_db.session.get_one(StaffRow, session.staff_id)
    row.code_box, row.code_step, session.new_code_box = session.new_code_box, step, None
    end_others(row.id, token)
    audit.record("change_authenticator", str(row.id), staff_id=row.id, staff_name=row.name)


def set_groups(staff_id: int, groups: Iterable[str], by_id: int, by_name: str) -> None:
    """Say for which groups a colleague works, inside the open transaction. Raises NotFound."""
    row = vault_db.session.get(StaffRow, staff_id)
    if row is None or row.ended_at is not None or row.role not in READERS:
        raise NotFound
    chosen = set(groups)
    row.groups = " ".join(one for one in GROUP_IDS if one in chosen)
    audit.record("set_groups", str(staff_id), staff_id=by_id, staff_name=by_name)


def end(staff_id: int, by_id: int, by_name: str) -> None:
    """Somebody leaves: their copies of the keys and their sessions go, inside the open transaction.

    Raises NotFound; Refused("not_oneself"): so that somebody who leads is always left.
    """
    row = vault_db.session.get(StaffRow, staff_id)
    if row is None or row.ended_at is not None:
        raise NotFound
    if staff_id == by_id:
        raise Refused("not_oneself")
    row.ended_at, row.private_box, row.code_box = clock.now(), b"", b""
    for table in (KeyCopyRow, SessionRow, RecoveryCodeRow):
        vault_db.session.execute(delete(table).where(table.staff_id == staff_id))
    audit.record("end_staff", str(staff_id), staff_id=by_id, staff_name=by_name)
