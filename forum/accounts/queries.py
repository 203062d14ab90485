"""Reads: who works here, who is invited, where somebody is signed in, what the record holds."""

from datetime import datetime

from sqlalchemy import select

from forum import clock
from forum.accounts import rules
from forum.accounts.models import AccountRow, AuditRow, InvitationRow, SessionRow
from forum.accounts.types import AuditLine, Invited, Person, Role, SessionLine
from forum.credentials import codes, sessions
from forum.db import db


def everybody(*, present: bool = True) -> tuple[Person, ...]:
    """All members of staff, or (present=False) all that there ever were."""
    query = select(AccountRow).order_by(AccountRow.id)
    if present:
        query = query.where(AccountRow.ended_at.is_(None))
    return tuple(_person(row) for row in db.session.scalars(query))


def with_role(role: Role) -> tuple[Person, ...]:
    """Those who hold a role now: for mail, rosters and whom to ask."""
    return tuple(one for one in everybody() if role in one.roles)


def find_person(staff_id: int) -> Person | None:
    """A member of staff, also one who left."""
    row = db.session.get(AccountRow, staff_id)
    return _person(row) if row else None


def _person(row: AccountRow) -> Person:
    roles = rules.roles_of(row.roles)
    return Person(
        id=row.id,
        login=row.login,
        name=row.name,
        roles=roles,
        badge=rules.badge_of(roles, nurse=row.nurse),
        nurse=row.nurse,
        mail=row.mail,
        training=row.training,
        made_at=row.made_at,
        ended_at=row.ended_at,
    )


def invited() -> tuple[Invited, ...]:
    """Invitations that may still be used."""
    rows = db.session.scalars(
        select(InvitationRow).where(InvitationRow.expires_at >= clock.now()).order_by(InvitationRow.made_at)
    )
    return tuple(Invited(r.public_id, r.name, rules.roles_of(r.roles), r.expires_at) for r in rows)


def sessions_of(staff_id: int, here: str) -> tuple[SessionLine, ...]:
    """Where a person is signed in; `here`: the cookie's secret of the present session."""
    now, tag = clock.now(), codes.tag_of(here)
    rows = db.session.scalars(
        select(SessionRow).where(SessionRow.staff_id == staff_id).order_by(SessionRow.started_at)
    )
    return tuple(
        SessionLine(r.public_id, r.device, r.started_at, r.seen_at, r.tag == tag)
        for r in rows
        if sessions.alive(r.started_at, r.seen_at, now)
    )


def audit_lines(
    *,
    start: datetime | None = None,
    end: datetime | None = None,
    staff_id: int | None = None,
    verb: str = "",
    subject: str = "",
    before: int | None = None,
    most: int = 200,
) -> tuple[AuditLine, ...]:
    """The newest lines that fit, the newest first; `before`: only those with a smaller number."""
    if not rules.is_code(subject) or not rules.is_code(verb):  # nothing of the kind was ever recorded
        return ()
    query = select(AuditRow).order_by(AuditRow.number.desc()).limit(most)
    if before is not None:
        query = query.where(AuditRow.number < before)
    if start:
        query = query.where(AuditRow.at >= start)
    if end:
        query = query.where(AuditRow.at < end)
    if staff_id is not None:
        query = query.where(AuditRow.staff_id == staff_id)
    if verb:
        query = query.where(AuditRow.verb == verb)
    if subject:
        query = query.where(AuditRow.subject == subject)
    return tuple(
        AuditLine(r.number, r.at, r.staff_id, r.staff_name, r.verb, r.subject, r.reason)
        for r in db.session.scalars(query)
    )
