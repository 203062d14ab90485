"""Inviting, joining, changing what one signs in with, leaving."""

from datetime import timedelta

from sqlalchemy import delete, select

from forum import clock, ids
from forum.accounts import audit, rules, signing
from forum.accounts.locks import lock, unlock
from forum.accounts.models import ROLES, AccountRow, InvitationRow, RecoveryCodeRow, SessionRow
from forum.accounts.types import Actor, Role
from forum.credentials import codes, passwords
from forum.db import db, writing
from forum.errors import NotFound, Refused
from forum.web.forms import settings

INVITATION = timedelta(days=3)


def invite(name: str, roles: frozenset[Role], *, nurse: bool = False, mail: str = "") -> str:
    """Make an invitation, inside the open transaction; returns the link's secret, which is not stored."""
    kept = rules.text_of(roles)
    assert len(kept) <= ROLES
    token, invitation_id = _invitation(name, kept, nurse=nurse, mail=mail)
    audit.record("invite", invitation_id, reason=kept)
    return token


def invite_again(staff_id: int, by: int | None) -> str:
    """Give somebody a link for a new password and authenticator, inside the open transaction.

    What they had goes on working until they used it. Raises Refused("not_oneself"), NotFound.
    """
    rules.check_change(by, staff_id)
    row = _present(staff_id)
    db.session.execute(delete(InvitationRow).where(InvitationRow.staff_id == staff_id))
    token, _ = _invitation(row.name, row.roles, nurse=row.nurse, mail=row.mail, staff_id=staff_id)
    audit.record("invite_again", str(staff_id))
    return token


def _invitation(
    name: str, roles: str, *, nurse: bool, mail: str, staff_id: int | None = None
) -> tuple[str, str]:
    token, now, public_id = codes.new_token(), clock.now(), ids.new_public_id()
    db.session.execute(delete(InvitationRow).where(InvitationRow.expires_at < now))
    db.session.add(
        InvitationRow(
            tag=codes.tag_of(token),
            public_id=public_id,
            name=name,
            roles=roles,
            nurse=nurse,
            mail=mail,
            staff_id=staff_id,
            made_at=now,
            expires_at=now + INVITATION,
        )
    )
    return token, public_id


def invited_as(token: str) -> tuple[str, str]:
    """Whom a link invites: their name, and the login they have already (else nothing).

    Raises NotFound for a link that is used, old, taken back or invented.
    """
    row = _found(token)
    known = db.session.get(AccountRow, row.staff_id) if row.staff_id is not None else None
    return row.name, known.login if known else ""


def _found(token: str) -> InvitationRow:
    row = db.session.get(InvitationRow, codes.tag_of(token))
    if row is None or row.expires_at < clock.now():
        raise NotFound
    return row


def withdraw(invitation_id: str) -> None:
    """Take an invitation back, inside the open transaction. Raises NotFound."""
    row = db.session.scalar(select(InvitationRow).where(InvitationRow.public_id == invitation_id))
    if row is None:
        raise NotFound
    db.session.delete(row)
    audit.record("withdraw_invitation", invitation_id)


def join(token: str, login: str, password: str, secret: str, step: int) -> tuple[str, ...]:
    """Make the member of staff whom a link invites; returns their recovery codes, shown once.

    The code of the authenticator was checked by the caller: `step` is used up. Somebody who is invited
    again keeps name, login and roles of today; all their sessions end. Opens a transaction of its own.
    Raises Refused weak_password, login_taken, busy; NotFound.
    """
    _, known = invited_as(token)  # before argon2id: strangers cost nothing
    login = known or login
    passwords.check_new(password, login)
    stored, recovery = passwords.hashed(password), codes.new_recovery()
    with writing():
        invitation = _found(token)
        if invitation.staff_id is not None:
            row = _present(invitation.staff_id)
            signing.end_all(row.id)
        else:
            if db.session.scalar(select(AccountRow.id).where(AccountRow.login == login)):
                raise Refused("login_taken")
            row = AccountRow(login=login, made_at=clock.now(), mail=invitation.mail)
            row.name, row.roles, row.nurse = invitation.name, invitation.roles, invitation.nurse
            db.session.add(row)
        row.password, row.code_box, row.code_step = stored, lock(secret, settings().secret_key), step
        db.session.flush()
        _keep_recovery(row.id, recovery)
        verb = "join" if invitation.staff_id is None else "join_again"
        db.session.delete(invitation)
        audit.record(verb, str(row.id), reason=row.roles, by=Actor(row.id, row.name))
    return recovery


def _present(staff_id: int) -> AccountRow:
    row = db.session.get(AccountRow, staff_id, with_for_update=True)
    if row is None or row.ended_at is not None:
        raise NotFound
    return row


def _keep_recovery(staff_id: int, recovery: tuple[str, ...]) -> None:
    db.session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.staff_id == staff_id))
    for code in recovery:
        db.session.add(RecoveryCodeRow(tag=codes.recovery_tag(staff_id, code), staff_id=staff_id))


def renew_recovery(staff_id: int) -> tuple[str, ...]:
    """New recovery codes in place of the old, inside the open transaction."""
    recovery = codes.new_recovery()
    _keep_recovery(_present(staff_id).id, recovery)
    audit.record("renew_recovery_codes", str(staff_id))
    return recovery


def change_password(staff_id: int, token: str, old: str, new: str, tags: signing.Tags) -> None:
    """Change the password; all sessions end but the one of `token`. Opens transactions of its own.

    Raises Refused sign_in (wrong old password), wait, weak_password, busy.
    """
    row = db.session.get_one(AccountRow, staff_id)
    login, stored = row.login, row.password or passwords.NOBODY
    passwords.check_new(new, login)
    signing.reserve(tags, staff_id)
    if not passwords.fits(old, stored):
        raise Refused("sign_in")
    fresh = passwords.hashed(new)
    with writing():
        _present(staff_id).password = fresh
        signing.end_all(staff_id, but=token)
        signing.succeeded(tags)
        audit.record("change_password", str(staff_id))


def offer_authenticator(token: str) -> str:
    """A secret for another authenticator, kept with the session until its first code proves it.

    Inside the open transaction. Asked again within the session it is the same one.
    """
    session = db.session.get_one(SessionRow, codes.tag_of(token))
    if session.new_code_box is None:
        session.new_code_box = lock(codes.new_secret(), settings().secret_key)
    return unlock(session.new_code_box, settings().secret_key)


def change_authenticator(token: str, code: str) -> None:
    """Take the offered authenticator, inside the open transaction; other sessions end.

    Raises Refused("sign_in") for a wrong code.
    """
    session = db.session.get_one(SessionRow, codes.tag_of(token))
    if session.new_code_box is None:
        raise Refused("sign_in")
    step = codes.step_of(unlock(session.new_code_box, settings().secret_key), code, 0, clock.now())
    if step is None:
        raise Refused("sign_in")
    row = _present(session.staff_id)
    row.code_box, row.code_step, session.new_code_box = session.new_code_box, step, None
    signing.end_all(row.id, but=token)
    audit.record("change_authenticator", str(row.id))


def set_roles(staff_id: int, roles: frozenset[Role], by: int, *, nurse: bool) -> None:
    """Other roles for somebody, from their next page on; inside the open transaction.

    Raises Refused("not_oneself"), NotFound.
    """
    rules.check_change(by, staff_id)
    row = _present(staff_id)
    row.roles, row.nurse = rules.text_of(roles), nurse
    audit.record("set_roles", str(staff_id), reason=row.roles)


def end(staff_id: int, by: int | None) -> None:
    """Somebody leaves: their sessions end at once, their name stays in the record. In the open transaction.

    Raises Refused("not_oneself"), NotFound.
    """
    rules.check_change(by, staff_id)
    row = _present(staff_id)
    row.ended_at, row.password, row.mail = clock.now(), "", ""
    signing.end_all(staff_id)
    db.session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.staff_id == staff_id))
    db.session.execute(delete(InvitationRow).where(InvitationRow.staff_id == staff_id))
    audit.record("end", str(staff_id))
